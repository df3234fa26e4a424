//! What is done with money, from whichever page: the rule is asked under one lock, and what it
//! answers is appended, all or nothing. It decides nothing itself.

use record::{Draft, Id, Record, Refusal};
use store::{AppendError, Change, Decision, Name};

pub use super::applying::{apply, code_key};
pub(super) use super::applying::{prepared, recording};
pub use super::confirming::{confirm, settle};
use super::queries::{self, today};
use super::records::{
    ApplicationAppealAnswered, ApplicationPointed, AreaLine, PurseCommitted, PursePaidIn,
    PursePaymentApproved, PursePaymentAsked, PursePaymentRefused, PursePledged, PurseReleased,
    PurseRepaid, PurseReplied, PurseReturned, PurseSpent, PurseWithdrawn, Score, Terms,
    WindowOverridden, WindowTriggered,
};
use super::rules::application::{self, Deciding, Verdict};
use super::rules::purse::{self, Keeping};
use super::rules::{self, Actor, line, ranking, window};
use super::sms;
use super::views::{Application, Purse, Window, purse_id};
use crate::door::{House, Trouble};
use crate::voices::Code;
use crate::{decisions, needs, people};

/// How often a number is tried again when another process took it.
const NUMBER_TRIES_MAX: usize = 16;

/// Does an act that needs the next free number; another process may take it first.
pub(super) async fn numbered(
    house: &House,
    space: &'static str,
    id: Id,
    make: impl Fn(i64) -> Change,
) -> Result<i64, Trouble> {
    let mut number = 0;
    for _ in 0..NUMBER_TRIES_MAX {
        number = next_number(house, space).await?.max(number + 1);
        let change = make(number).claiming(number_name(house, space, number), id);
        match house.store().append(change).await {
            Err(AppendError::Taken { space: taken, .. }) if taken == space => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok(number),
        }
    }
    Err(Trouble::broken("no number is free"))
}

/// The number after the highest that is known.
pub(super) async fn next_number(house: &House, space: &'static str) -> Result<i64, Trouble> {
    Ok(queries::highest(house, space).await? + 1)
}

pub(super) fn number_name(house: &House, space: &'static str, number: i64) -> Name {
    Name { space, key: house.vault().keyed(space, &number.to_be_bytes()) }
}

pub(super) fn written(drafts: Vec<Draft>) -> Decision {
    Decision { drafts, ..Decision::default() }
}

pub(super) async fn fit(house: &House, words: &[&str]) -> Result<(), Trouble> {
    for words in words {
        needs::fit_in_house(house, words).await?;
    }
    Ok(())
}

/// The terms of a window are written down: of a new one, or anew of one that has not opened.
///
/// # Errors
/// As the rule refuses.
pub async fn set_terms(
    house: &House,
    id: Option<Id>,
    terms: Terms,
    reason: String,
    actor: Actor,
) -> Result<Id, Trouble> {
    fit(house, &[&terms.name, &terms.purpose, &terms.subject, &terms.trigger, &reason]).await?;
    for name in terms.pools.iter().map(|pool| &pool.name) {
        fit(house, &[name]).await?;
    }
    for name in terms.criteria.iter().map(|criterion| &criterion.name) {
        fit(house, &[name]).await?;
    }
    let day = today(house);
    if let Some(id) = id {
        let change = Change::on(vec![id], move |known| {
            let window = Window::fold(id, known.of(id));
            rules::window::known(&window)?;
            Ok(written(window::set_terms(&window, 0, &terms, &reason, day, &actor)?))
        });
        house.store().append(change).await?;
        return Ok(id);
    }
    let id = Id::fresh(house.now_ms());
    numbered(house, "window-number", id, |number| {
        let (terms, reason, actor) = (terms.clone(), reason.clone(), actor.clone());
        Change::on(vec![id], move |known| {
            let window = Window::fold(id, known.of(id));
            Ok(written(window::set_terms(&window, number, &terms, &reason, day, &actor)?))
        })
    })
    .await?;
    Ok(id)
}

/// A window with its purse, under lock.
async fn on_window(
    house: &House,
    id: Id,
    rule: impl Fn(&Window, &[Record]) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let change = Change::on(vec![id, purse_id(id)], move |known| {
        let window = Window::fold(id, known.of(id));
        window::known(&window)?;
        Ok(written(rule(&window, known.of(purse_id(id)))?))
    });
    house.store().append(change).await?;
    Ok(())
}

/// The terms are for everybody to read, and the purse is opened.
///
/// # Errors
/// As the rule refuses.
pub async fn publish(house: &House, id: Id, actor: Actor) -> Result<(), Trouble> {
    let day = today(house);
    on_window(house, id, move |known, purse| window::publish(known, purse, day, &actor)).await
}

/// What a pre-arranged window waits for has happened, as the decision of this number says.
///
/// # Errors
/// There is no such decision, or it was not carried; as the rule refuses.
pub async fn trigger(
    house: &House,
    id: Id,
    decision: i64,
    what: String,
    actor: Actor,
) -> Result<(), Trouble> {
    fit(house, &[&what]).await?;
    let said = decisions::by_number(house, decision).await?;
    let said = said.filter(decisions::Decision::carried);
    let said = said.ok_or(Refusal::new("funds-decision-unknown").status(404))?;
    let asked = WindowTriggered { decision: said.id, number: said.number, what };
    let (mandates, day) = (people::mandates(house).await?, today(house));
    on_window(house, id, move |known, _| {
        let by = window::Saying {
            body: said.body,
            area: said.area,
            resolved_ms: said.resolved_ms.unwrap_or(0),
            mandates: &mandates,
            today: day,
        };
        window::trigger(known, &asked, &by, &actor)
    })
    .await
}

/// The window is shared out between areas by the water line.
///
/// # Errors
/// As the rule refuses.
pub async fn share(
    house: &House,
    id: Id,
    lines: Vec<AreaLine>,
    actor: Actor,
) -> Result<(), Trouble> {
    for line in &lines {
        fit(house, &[&line.source]).await?;
    }
    let day = today(house);
    let own = queries::window(house, id).await?.ok_or(Trouble::NotFound)?;
    // Those of the same fund are locked too, so that who was left out there holds while it counts.
    let others = queries::windows(house, i64::MAX, false).await?;
    let others = others.into_iter().filter(|other| line::is_earlier(&own, other));
    let others: Vec<Id> = others.map(|other| other.id).collect();
    let all = others.iter().chain([&id]).flat_map(|window| [*window, purse_id(*window)]);
    let mut entities: Vec<Id> = all.collect();
    entities.sort_unstable();
    entities.dedup();
    let change = Change::on(entities, move |known| {
        let folded = |window: Id| {
            let purse = Purse::fold(purse_id(window), known.of(purse_id(window)));
            (Window::fold(window, known.of(window)), purse)
        };
        let (window, purse) = folded(id);
        let others: Vec<(Window, Purse)> = others.iter().map(|other| folded(*other)).collect();
        Ok(written(line::share((&window, &purse), &others, &lines, day, &actor)?))
    });
    house.store().append(change).await?;
    Ok(())
}

/// Somebody departs from the line for an area.
///
/// # Errors
/// As the rule refuses.
pub async fn depart(
    house: &House,
    id: Id,
    asked: WindowOverridden,
    actor: Actor,
) -> Result<(), Trouble> {
    fit(house, &[&asked.reason]).await?;
    on_window(house, id, move |known, _| window::depart(known, &asked, &actor)).await
}

/// Somebody of the panel disagrees.
///
/// # Errors
/// As the rule refuses.
pub async fn dissent(house: &House, id: Id, words: String, actor: Actor) -> Result<(), Trouble> {
    fit(house, &[&words]).await?;
    on_window(house, id, move |known, _| window::dissent(known, &words, &actor)).await
}

/// What is written into a purse.
#[derive(Clone, Debug)]
pub enum Act {
    /// Said to be given.
    Pledge(PursePledged),
    /// Signed for.
    Commit(PurseCommitted),
    /// Paid in.
    PayIn(PursePaidIn),
    /// Will not come.
    Withdraw(PurseWithdrawn),
    /// The giver's word.
    Reply(PurseReplied),
    /// Back into the pool, unpaid.
    Release(PurseReleased),
    /// A payment approved.
    Approve(PursePaymentApproved),
    /// A payment refused.
    Refuse(PursePaymentRefused),
    /// Spent.
    Spend(PurseSpent),
    /// Came back.
    GiveBack(PurseReturned),
    /// A loan repaid.
    Repay(PurseRepaid),
}

/// Writes into a purse, under its lock.
///
/// # Errors
/// As the rule refuses.
pub async fn keep(house: &House, id: Id, act: Act, actor: Actor) -> Result<(), Trouble> {
    let words = match &act {
        Act::Commit(said) => vec![said.instrument.as_str()],
        Act::Withdraw(said) => vec![said.reason.as_str()],
        Act::Reply(said) => vec![said.words.as_str()],
        Act::Release(said) => vec![said.reason.as_str()],
        Act::Refuse(said) => vec![said.reason.as_str()],
        Act::Spend(said) => vec![said.supplier.as_str(), said.what.as_str()],
        Act::GiveBack(said) => vec![said.reason.as_str()],
        Act::Pledge(_) | Act::PayIn(_) | Act::Approve(_) | Act::Repay(_) => Vec::new(),
    };
    fit(house, &words).await?;
    let (day, now_ms) = (today(house), house.now_ms());
    on_window(house, id, move |known, records| {
        let keeping = Keeping { window: known, actor: &actor, today: day, now_ms };
        match &act {
            Act::Pledge(said) => purse::pledge(&keeping, records, said.clone()),
            Act::Commit(said) => purse::commit(&keeping, records, said),
            Act::PayIn(said) => purse::pay_in(&keeping, records, said),
            Act::Withdraw(said) => purse::withdraw(&keeping, records, said),
            Act::Reply(said) => purse::reply(&keeping, records, said),
            Act::Release(said) => purse::release(&keeping, records, said),
            Act::Approve(said) => purse::approve(&keeping, records, said),
            Act::Refuse(said) => purse::refuse(&keeping, records, said),
            Act::Spend(said) => purse::spend(&keeping, records, said),
            Act::GiveBack(said) => purse::give_back(&keeping, records, said),
            Act::Repay(said) => purse::repay(&keeping, records, said),
        }
    })
    .await
}

/// A payment is prepared and gets its number.
///
/// # Errors
/// As the rule refuses.
pub async fn ask_payment(
    house: &House,
    id: Id,
    asked: PursePaymentAsked,
    actor: Actor,
) -> Result<i64, Trouble> {
    fit(house, &[&asked.what]).await?;
    let (day, now_ms) = (today(house), house.now_ms());
    numbered(house, "payment-number", purse_id(id), |number| {
        let (asked, actor) = (PursePaymentAsked { number, ..asked.clone() }, actor.clone());
        Change::on(vec![id, purse_id(id)], move |known| {
            let window = Window::fold(id, known.of(id));
            window::known(&window)?;
            let keeping = Keeping { window: &window, actor: &actor, today: day, now_ms };
            Ok(written(purse::ask(&keeping, known.of(purse_id(id)), &asked)?))
        })
    })
    .await
}

/// An application with its window, under lock.
async fn on_application(
    house: &House,
    id: Id,
    rule: impl Fn(&Window, &Application) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let known = queries::application(house, id).await?.ok_or(Trouble::NotFound)?;
    let window = known.made.window;
    let change = Change::on(vec![id, window], move |known| {
        let application = Application::fold(id, known.of(id));
        Ok(written(rule(&Window::fold(window, known.of(window)), &application)?))
    });
    house.store().append(change).await?;
    Ok(())
}

/// A body vouches for one without papers.
///
/// # Errors
/// As the rule refuses.
pub async fn vouch(house: &House, id: Id, by: Id, actor: Actor) -> Result<(), Trouble> {
    on_application(house, id, move |_, known| application::vouch(known, by, &actor)).await
}

/// The desk names what an application is for.
///
/// # Errors
/// As the rule refuses.
pub async fn point(
    house: &House,
    id: Id,
    asked: ApplicationPointed,
    actor: Actor,
) -> Result<(), Trouble> {
    on_application(house, id, move |window, known| {
        application::point(window, known, &asked, &actor)
    })
    .await
}

/// A member of the panel scores.
///
/// # Errors
/// As the rule refuses.
pub async fn score(house: &House, id: Id, scores: Vec<Score>, actor: Actor) -> Result<(), Trouble> {
    for score in &scores {
        fit(house, &[&score.reason]).await?;
    }
    on_application(house, id, move |window, known| {
        application::score(window, known, &scores, &actor)
    })
    .await
}

/// A member of the panel is too close to an application.
///
/// # Errors
/// As the rule refuses.
pub async fn conflict(house: &House, id: Id, words: String, actor: Actor) -> Result<(), Trouble> {
    fit(house, &[&words]).await?;
    on_application(house, id, move |window, known| {
        application::conflict(window, known, &words, &actor)
    })
    .await
}

/// An application is decided on; for a yes the money is set apart in the same breath.
///
/// # Errors
/// As the rule refuses.
pub async fn decide(house: &House, id: Id, verdict: Verdict, actor: Actor) -> Result<(), Trouble> {
    fit(house, &[&verdict.reason, &verdict.would_change, &verdict.departs]).await?;
    let known = queries::application(house, id).await?.ok_or(Trouble::NotFound)?;
    let window = known.made.window;
    let mandates = people::mandates(house).await?;
    let others: Vec<Id> =
        queries::applications_of(house, window).await?.iter().map(|other| other.id).collect();
    let told = match queries::window(house, window).await? {
        Some(window) => sms::telling(house, &known, &window, &verdict).await?,
        None => None,
    };
    let (day, now_ms, purse) = (today(house), house.now_ms(), purse_id(window));
    let (telling, of) = (told.clone(), house.clone());
    // All of the window's applications are locked, so that the rank holds while it is acted on.
    let mut entities = [vec![id, window, purse], others.clone()].concat();
    entities.sort_unstable();
    entities.dedup();
    let change = Change::on(entities, move |known| {
        let window = Window::fold(window, known.of(window));
        let all: Vec<Application> =
            others.iter().map(|other| Application::fold(*other, known.of(*other))).collect();
        let counted: Vec<&Application> = all.iter().filter(|other| other.counts()).collect();
        let weights: Vec<i64> = window.terms.criteria.iter().map(|known| known.weight).collect();
        let deciding = Deciding {
            window: &window,
            purse: &Purse::fold(purse, known.of(purse)),
            application: &Application::fold(id, known.of(id)),
            mandates: &mandates,
            passed_over: ranking::passed_over(&counted, &weights, id),
            actor: &actor,
            today: day,
            now_ms,
        };
        let mut decision = written(application::decide(&deciding, &verdict)?);
        if let Some(telling) = &telling {
            telling.tell(&of, &mut decision);
        }
        Ok(decision)
    });
    let change = match &told {
        Some(told) => told.holding(change),
        None => change,
    };
    house.store().append(change).await?;
    house.outbound().notify_one();
    Ok(())
}

/// Whoever asked appeals, with their code.
///
/// # Errors
/// As the rule refuses.
pub async fn appeal(house: &House, code: &Code, why: String) -> Result<(), Trouble> {
    fit(house, &[&why]).await?;
    let known = queries::by_code(house, code_key(house, code)).await?.ok_or(Trouble::NotFound)?;
    let day = today(house);
    on_application(house, known.id, move |window, known| {
        application::appeal(window, known, &why, day)
    })
    .await
}

/// Another body answers an appeal.
///
/// # Errors
/// As the rule refuses.
pub async fn answer(
    house: &House,
    id: Id,
    asked: ApplicationAppealAnswered,
    actor: Actor,
) -> Result<(), Trouble> {
    fit(house, &[&asked.reason]).await?;
    on_application(house, id, move |_, known| application::answer(known, &asked, &actor)).await
}
