//! What is done about decisions, from whichever page or message: what is needed is read, a rule
//! decides under lock, what it answers is appended with everything that must be true at once. No
//! judgement of its own.

mod afar;
mod later;
mod told;
mod voted;

use record::{Draft, Id, Record, Refusal, day_of};
use store::{AppendError, Change, Decision as Act, Known, Name};

pub use afar::{by_sms, came};
pub use later::{answer_appeal, appeal, reply, review, take};
#[cfg(test)]
pub use told::{OWNER_CHARS_MAX, told_of_taking};
pub use told::{names_of, told_of_resolving};
pub use voted::from_round;

use super::queries;
use super::records::{DecisionConflictAsked, DecisionHandsCounted, DecisionHeard, DecisionNoticed};
use super::rules::{self, Ground, MotionAsked, Resolving};
use super::views::Decision;
use crate::decisions::assemblies::rules::{BodyAsked, RulesBy, set_rules};
use crate::decisions::assemblies::{self, Assembly, BodyRules, Counted, Counts, Quorum};
use crate::door::{House, Trouble};
use crate::people::{self, Body, BodyKind, MandateRow};

/// How often a number is tried again when another act took it a moment before.
const NUMBER_TRIES_MAX: usize = 20;
const MINUTE_MS: i64 = 60_000;

/// The city's own day, in days since 1970.
#[must_use]
pub fn today(house: &House) -> i64 {
    day_of(house.now_ms() + house.city().offset_minutes * MINUTE_MS)
}

/// Whether all words that the street will read are fit for it.
///
/// # Errors
/// Which is not, and why; or when the database fails.
pub(super) async fn fit(house: &House, texts: &[&str]) -> Result<(), Trouble> {
    for said in texts.iter().filter(|text| !text.trim().is_empty()) {
        crate::needs::fit_in_house(house, said).await?;
    }
    Ok(())
}

/// Who acts: a member, with the bodies they belong to.
#[derive(Clone, Debug, Default)]
pub struct Actor {
    /// Who; none for the node itself.
    pub id: Option<Id>,
    /// The bodies they belong to.
    pub bodies: Vec<Id>,
}

impl Actor {
    /// Passes when they belong to a body, or are the node itself.
    ///
    /// # Errors
    /// They do not.
    pub fn speaks_for(&self, body: Id) -> Result<(), Refusal> {
        if self.id.is_none() || self.bodies.contains(&body) {
            return Ok(());
        }
        Err(Refusal::new("decision-not-your-body").status(403))
    }
}

/// A motion is put to an assembly, or to a body that decides without one.
///
/// # Errors
/// As the rule refuses; a text is not fit for the street; there is no such body or assembly; the
/// assembly has ended, or is of another body; a body of residents decides only in an assembly.
pub async fn move_motion(house: &House, asked: MotionAsked, by: &Actor) -> Result<Id, Trouble> {
    let moved = &asked.moved;
    let promise = moved.promise.as_ref().map_or("", |promise| promise.what.as_str());
    let whom = moved.affects_whom.as_deref().unwrap_or_default();
    fit(house, &[&moved.title, &moved.short, &moved.effects, whom, promise]).await?;
    let options: Vec<&str> = moved.options.iter().map(String::as_str).collect();
    fit(house, &options).await?;
    let bodies = people::bodies(house).await?;
    body_stands(&bodies, moved.body)?;
    moved.promise.iter().try_for_each(|promise| body_stands(&bodies, promise.body))?;
    match moved.assembly {
        Some(_) => {}
        None => {
            by.speaks_for(moved.body)?;
            decides_alone(&bodies, moved.body)?;
        }
    }
    let (id, today) = (Id::fresh(house.now_ms()), today(house));
    for further in 1.. {
        let number = queries::last_number(house).await? + further;
        let mut asked = asked.clone();
        asked.moved.number = number;
        let author = by.id;
        let change = Change::on(asked.moved.assembly.into_iter().collect(), move |known| {
            let mut asked = asked.clone();
            meeting_of(known, &mut asked)?;
            let draft = rules::move_motion(id, &asked, today, author)?;
            Ok(Act { drafts: vec![draft], ..Act::default() })
        });
        let key = house.vault().keyed("decision-number", &number.to_be_bytes());
        let name = Name { space: "decision-number", key };
        match house.store().append(change.claiming(name, id)).await {
            Ok(_) => return Ok(id),
            Err(AppendError::Taken { .. }) if further < NUMBER_TRIES_MAX as i64 => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Trouble::broken("no number is left"))
}

/// Passes when there is such a body.
fn body_stands(bodies: &[Body], body: Id) -> Result<(), Refusal> {
    let stands = bodies.iter().any(|other| other.id == body);
    if stands { Ok(()) } else { Err(Refusal::new("decision-body-gone").status(404)) }
}

/// Residents decide in an assembly, where women's share is counted; others may decide without one.
fn decides_alone(bodies: &[Body], body: Id) -> Result<(), Refusal> {
    let kind = bodies.iter().find(|other| other.id == body).map(|body| body.kind);
    if kind == Some(BodyKind::Assembly) {
        return Err(Refusal::new("decision-needs-assembly").status(409));
    }
    Ok(())
}

/// The assembly a motion is put to must stand and be of the same body; one of the short form
/// decides in haste, so that all it decides is looked at again.
fn meeting_of(known: &Known, asked: &mut MotionAsked) -> Result<(), Refusal> {
    let Some(id) = asked.moved.assembly else { return Ok(()) };
    let assembly = Assembly::fold(id, known.of(id));
    if assembly.number == 0 {
        return Err(Refusal::new("decision-assembly-gone").status(404));
    }
    if assembly.closed_ms.is_some() || assembly.called_off.is_some() {
        return Err(Refusal::new("decision-assembly-over").status(409));
    }
    if assembly.body != asked.moved.body {
        return Err(Refusal::new("decision-assembly-body").status(409));
    }
    asked.moved.emergency |= assembly.short_form;
    asked.area = assembly.area.or(asked.area);
    Ok(())
}

/// Appends what a rule over one decision's records answers.
async fn on_decision(
    house: &House,
    id: Id,
    rule: impl Fn(&[Record]) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let change = Change::on(vec![id], move |known| {
        Ok(Act { drafts: rule(known.of(id))?, ..Act::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// It was asked aloud who gains from it.
///
/// # Errors
/// As the rule refuses, or the words are not fit for the street.
pub async fn ask_conflict(
    house: &House,
    id: Id,
    asked: DecisionConflictAsked,
    by: &Actor,
) -> Result<(), Trouble> {
    fit(house, &[&asked.what]).await?;
    let author = by.id;
    on_decision(house, id, move |records| rules::ask_conflict(id, records, &asked, author)).await
}

/// Somebody else leads the vote.
///
/// # Errors
/// As the rule refuses.
pub async fn replace_chair(house: &House, id: Id, woman: bool, by: &Actor) -> Result<(), Trouble> {
    let author = by.id;
    on_decision(house, id, move |records| rules::replace_chair(id, records, woman, author)).await
}

/// An area it affects was told of it.
///
/// # Errors
/// As the rule refuses, or the words are not fit for the street.
pub async fn notice(
    house: &House,
    id: Id,
    noticed: DecisionNoticed,
    by: &Actor,
) -> Result<(), Trouble> {
    fit(house, &[&noticed.how]).await?;
    let (author, today) = (by.id, today(house));
    on_decision(house, id, move |records| rules::notice(id, records, &noticed, today, author)).await
}

/// Somebody it affects was heard.
///
/// # Errors
/// As the rule refuses, or the words are not fit for the street.
pub async fn hear(house: &House, id: Id, heard: DecisionHeard, by: &Actor) -> Result<(), Trouble> {
    fit(house, &[&heard.words]).await?;
    let author = by.id;
    on_decision(house, id, move |records| rules::hear(id, records, &heard, author)).await
}

/// People ask for a secret vote.
///
/// # Errors
/// As the rule refuses.
pub async fn ask_secret(house: &House, id: Id, by_n: i64, by: &Actor) -> Result<(), Trouble> {
    let author = by.id;
    on_decision(house, id, move |records| rules::ask_secret(id, records, by_n, author)).await
}

/// The vote begins in the hall.
///
/// # Errors
/// As the rule refuses; the assembly has not been opened, or has ended.
pub async fn begin(house: &House, id: Id, by: &Actor) -> Result<(), Trouble> {
    let decision = queries::decision(house, id).await?.ok_or(Trouble::NotFound)?;
    let (author, assembly) = (by.id, decision.assembly);
    let change = Change::on(assembly.into_iter().chain([id]).collect(), move |known| {
        if let Some(meeting) = assembly {
            let meeting = Assembly::fold(meeting, known.of(meeting));
            if meeting.opened_ms.is_none() || meeting.closed_ms.is_some() {
                return Err(Refusal::new("decision-assembly-shut").status(409));
            }
        }
        Ok(Act { drafts: rules::begin(id, known.of(id), author)?, ..Act::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// Counters say what they counted: one from the hall, or both from the sheet.
///
/// # Errors
/// As the rule refuses.
pub async fn count(
    house: &House,
    id: Id,
    counted: Vec<DecisionHandsCounted>,
    by: &Actor,
) -> Result<(), Trouble> {
    let author = by.id;
    on_decision(house, id, move |records| {
        let drafts = counted.iter().map(|counted| rules::count(id, records, counted, author));
        Ok(drafts.collect::<Result<Vec<_>, _>>()?.concat())
    })
    .await
}

/// All is counted again.
///
/// # Errors
/// As the rule refuses.
pub async fn recount(house: &House, id: Id, by: &Actor) -> Result<(), Trouble> {
    let author = by.id;
    on_decision(house, id, move |records| rules::recount(id, records, author)).await
}

/// What a resolution stands on, read before it is decided under lock.
pub(super) struct Register {
    pub bodies: Vec<Body>,
    pub mandates: Vec<MandateRow>,
    pub rules: BodyRules,
    pub day: i64,
}

impl Register {
    /// What a force stands on; without a quorum where nobody is counted.
    pub fn ground<'a>(&'a self, quorum: Option<&'a Quorum>) -> Ground<'a> {
        let Register { bodies, mandates, day, .. } = self;
        Ground { mandates, bodies, quorum, day: *day }
    }
}

/// Reads the register of who may decide what.
pub(super) async fn register(house: &House, body: Id) -> Result<Register, Trouble> {
    Ok(Register {
        bodies: people::bodies(house).await?,
        mandates: people::mandates(house).await?,
        rules: assemblies::rules_of(house, body).await?,
        day: today(house),
    })
}

/// It is resolved; everyone whose voice belongs to its needs is told, and the needs say so, in the
/// same act.
///
/// # Errors
/// As the rule refuses, a text is not fit for the street, or the body that promises is not there.
pub async fn resolve(
    house: &House,
    id: Id,
    mut said: Resolving,
    by: &Actor,
) -> Result<(), Trouble> {
    let promise = said.promise.as_ref().map_or("", |promise| promise.what.as_str());
    fit(house, &[&said.reasons, &said.because, &said.dissent, promise]).await?;
    let decision = queries::decision(house, id).await?.ok_or(Trouble::NotFound)?;
    let register = register(house, decision.body).await?;
    said.promise.iter().try_for_each(|promise| body_stands(&register.bodies, promise.body))?;
    let kind = register.bodies.iter().find(|body| body.id == decision.body).map(|body| body.kind);
    let alone = decision.assembly.is_none();
    if alone {
        by.speaks_for(decision.body)?;
    }
    if said.by_act.is_some() && !(alone && kind == Some(BodyKind::Authority)) {
        return Err(Refusal::new("decision-by-act").status(409).into());
    }
    // What came from afar no longer changes once the hall has begun.
    said.afar = queries::afar(house, id).await?;
    let author = by.id;
    let told = names_of(&register.bodies);
    let mut entities = vec![id];
    entities.extend(decision.assembly.iter().chain(&decision.needs).chain(&decision.proposal));
    entities.push(assemblies::rules_id(decision.body));
    let ours = house.clone();
    let change = Change::on(entities, move |known| {
        let mut said = said.clone();
        said.present = present(&decision, known).or(said.present);
        let quorum = said.present.filter(|_| said.by_act.is_none()).map(|present| {
            let (women, men, other) = (present.women, present.men, present.other);
            let counts = Counts { women, men, other, ages: None };
            assemblies::quorum(&counts, &register.rules)
        });
        let ground = register.ground(quorum.as_ref());
        let (drafts, _) = rules::resolve(id, known.of(id), &said, &ground, author)?;
        let after = after(id, known, &drafts);
        let mut act = Act { drafts, ..Act::default() };
        told::all(&mut act, &ours, known, &after, &told_of_resolving(&after, &told), author);
        if let Some(proposal) = after.proposal {
            let yes = after.carried();
            act.drafts.extend(assemblies::drafts::decided(proposal, known, id, yes, author)?);
        }
        act.drafts.extend(new_rules(known, &after, author)?);
        Ok(act)
    });
    house.store().append(change).await?;
    house.outbound().notify_one();
    Ok(())
}

/// A binding decision about the body's own rules sets them in the same act.
fn new_rules(
    known: &Known,
    decision: &Decision,
    author: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let Some(rules) = decision.rules.filter(|_| decision.carried() && decision.binds()) else {
        return Ok(Vec::new());
    };
    let rules = BodyRules {
        women_share_min_percent: rules.women_share_min_percent,
        attendance_min: rules.attendance_min,
        support_min: rules.support_min,
        agenda_voices_min: rules.agenda_voices_min,
    };
    let by = RulesBy::Decision {
        id: decision.id,
        body: decision.body,
        kind: decision.kind.clone(),
        carried: true,
        force: decision.force.clone().unwrap_or_default(),
        says: Some(rules.clone()),
    };
    set_rules(known, &BodyAsked { body: decision.body, rules, by }, author)
}

/// Who was there at the vote: what both counters of the assembly found; without an assembly, whose
/// hands were counted.
fn present(decision: &Decision, known: &Known) -> Option<super::records::Present> {
    use super::records::Present;
    let Some(meeting) = decision.assembly else {
        let hall = rules::agreed(&Decision::fold(decision.id, known.of(decision.id))).ok()?;
        let sum = |of: fn(&super::records::Tally) -> i64| hall.iter().map(of).sum::<i64>();
        let other = sum(|t| t.other) + sum(|t| t.papers);
        return Some(Present { women: sum(|t| t.women), men: sum(|t| t.men), other });
    };
    let meeting = Assembly::fold(meeting, known.of(meeting));
    // A paper sheet has one count of the vote for the whole evening.
    let of_this = |counted: &&Counted| counted.of == Some(decision.id);
    let of_all = |counted: &&Counted| counted.of.is_none() && counted.moment == "vote";
    let mut counted = meeting.counted.iter();
    let at_vote = counted.clone().find(of_this).or_else(|| counted.find(of_all))?;
    let counts = at_vote.agreed()?;
    Some(Present { women: counts.women, men: counts.men, other: counts.other })
}

/// The decision as it stands after these drafts, as far as a fold without clocks can tell.
pub(super) fn after(id: Id, known: &Known, drafts: &[Draft]) -> Decision {
    let mut records = known.of(id).to_vec();
    let clock = record::Clock::at(known.now_ms);
    for (seq, draft) in (1u64..).zip(drafts.iter().filter(|draft| draft.entity == id)) {
        let placed = draft.clone().place(Id::NONE, seq, [0; 32], clock, [[0; 16]; 3]);
        records.push(placed.record);
    }
    Decision::fold(id, &records)
}
