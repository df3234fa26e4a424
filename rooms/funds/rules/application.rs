//! Who may apply for what, who vouches, who scores and who is too close to it, and what is decided.
//! Pure. A no is explained as a yes is; whoever departs from rank or line says so by name.

use record::{Draft, Id, Refusal};

use super::mandate::{self, Matter, May};
use super::{
    Actor, Drafts, NAME_CHARS_MAX, PLAN_CHARS_MAX, REASON_CHARS_MAX, SCORE_CHARS_MAX,
    WHAT_CHARS_MAX, money, one_of, said, said_perhaps,
};
use crate::funds::records::{
    ApplicationAppealAnswered, ApplicationAppealed, ApplicationConflictSaid, ApplicationDecided,
    ApplicationMade, ApplicationPointed, ApplicationRouted, ApplicationScored, ApplicationVouched,
    PurseAllocated, Score,
};
use crate::funds::views::{Application, Line, Phase, Purse, Window};
use crate::needs::FEW;
use crate::people::{CONSTITUENCIES, MandateRow};

/// Most points on a criterion.
pub const POINTS_MAX: i64 = 4;
/// Most people of one application.
pub const PEOPLE_MAX: i64 = 10_000_000;
/// Most needs of one application.
pub const NEEDS_MAX: usize = 10;
/// Most applications of one window.
pub const APPLICATIONS_MAX: usize = 300;

/// A body asks for money. `made` holds what was typed; the rule cleans its words.
///
/// # Errors
/// The window takes no applications on that day; the body, place, amount or words do not fit it.
pub fn make(
    window: &Window,
    id: Id,
    made: &ApplicationMade,
    area: Option<Id>,
    today: i64,
    author: Option<Id>,
) -> Drafts {
    super::window::known(window)?;
    match window.phase(today) {
        Phase::Draft => return Err(Refusal::new("funds-window-unknown").status(404)),
        Phase::Open => {}
        Phase::Announced | Phase::Closed => {
            return Err(Refusal::new("funds-window-shut").status(409));
        }
    }
    let terms = &window.terms;
    one_of(&made.kind, &CONSTITUENCIES)?;
    if !terms.kinds.is_empty() && !terms.kinds.contains(&made.kind) {
        return Err(Refusal::new("funds-kind"));
    }
    let inside = area.is_some_and(|area| terms.areas.contains(&area));
    if !terms.areas.is_empty() && !inside {
        return Err(Refusal::new("funds-area-unknown"));
    }
    money::sound(made.amount_minor)?;
    if made.amount_minor > terms.application_minor_max {
        return Err(Refusal::new("funds-application-large"));
    }
    if !(FEW..=PEOPLE_MAX).contains(&made.people) {
        return Err(Refusal::new("funds-people").naming("few", FEW));
    }
    if made.needs.len() > NEEDS_MAX {
        return Err(Refusal::new("funds-many").naming("most", NEEDS_MAX));
    }
    let made = ApplicationMade {
        window: window.id,
        body_name: said(&made.body_name, NAME_CHARS_MAX)?,
        what: said(&made.what, WHAT_CHARS_MAX)?,
        how: said(&made.how, PLAN_CHARS_MAX)?,
        day: today,
        ..made.clone()
    };
    Ok(vec![Draft::new(id, &made).area(area).by(author)])
}

/// A body vouches for one without papers: two different bodies, by two different members.
///
/// # Errors
/// It needs nobody to vouch; the member does not belong to the body; one of both did so already.
pub fn vouch(application: &Application, by: Id, actor: &Actor) -> Drafts {
    known(application)?;
    belongs(actor, by)?;
    if application.made.body.is_some() {
        return Err(Refusal::new("funds-no-vouching").status(409));
    }
    let same_member = |member: Option<Id>| member.is_none() || member == actor.id;
    let again =
        |other: &crate::funds::views::Voucher| other.body == by || same_member(other.member);
    if actor.id.is_none() || application.vouchers.iter().any(again) {
        return Err(Refusal::new("funds-vouched").status(409));
    }
    Ok(vec![
        Draft::new(application.id, &ApplicationVouched { by }).area(application.area).by(actor.id),
    ])
}

/// Somebody of the body that decides names what an application is for, where those who asked did
/// not, so that what it pays for is walked back to voices.
///
/// # Errors
/// The body is another; it is their own application; it is decided; those who asked named it;
/// nothing is named, or too much.
pub fn point(
    window: &Window,
    application: &Application,
    asked: &ApplicationPointed,
    actor: &Actor,
) -> Drafts {
    known(application)?;
    super::acts_for(actor, window.terms.body)?;
    if own_body(application, actor) {
        return Err(Refusal::new("funds-conflict").status(403));
    }
    if application.decided.is_some() {
        return Err(Refusal::new("funds-decided").status(409));
    }
    // What those who asked have named is theirs to say.
    if application.is_named_by_them() {
        return Err(Refusal::new("funds-named").status(409));
    }
    if asked.needs.is_empty() && asked.decision.is_none() {
        return Err(Refusal::new("funds-no-need"));
    }
    if asked.needs.len() > NEEDS_MAX {
        return Err(Refusal::new("funds-many").naming("most", NEEDS_MAX));
    }
    Ok(vec![Draft::new(application.id, asked).area(application.area).by(actor.id)])
}

/// A member of the panel scores an application, each criterion with a reason.
///
/// # Errors
/// They do not sit on the panel, or are too close to it; it does not count, or is decided; a score
/// that is none.
pub fn score(window: &Window, application: &Application, asked: &[Score], actor: &Actor) -> Drafts {
    let member = on_panel(window, application, actor)?;
    if application.is_close(member) || own_body(application, actor) {
        return Err(Refusal::new("funds-conflict").status(403));
    }
    if !application.counts() {
        return Err(Refusal::new("funds-waits").status(409));
    }
    let mut scores = Vec::new();
    for score in asked {
        let known =
            usize::try_from(score.criterion).is_ok_and(|at| at < window.terms.criteria.len());
        let again = scores.iter().any(|other: &Score| other.criterion == score.criterion);
        if !known || again || !(0..=POINTS_MAX).contains(&score.points) {
            return Err(Refusal::new("funds-score").naming("most", POINTS_MAX));
        }
        scores.push(Score { reason: said(&score.reason, SCORE_CHARS_MAX)?, ..score.clone() });
    }
    if scores.is_empty() {
        return Err(Refusal::new("funds-score").naming("most", POINTS_MAX));
    }
    let scored = ApplicationScored { scores };
    Ok(vec![Draft::new(application.id, &scored).area(application.area).by(Some(member))])
}

/// A member of the panel is too close to an application: what they scored no longer counts.
///
/// # Errors
/// They do not sit on the panel; it is decided; nothing is said.
pub fn conflict(window: &Window, application: &Application, words: &str, actor: &Actor) -> Drafts {
    let member = on_panel(window, application, actor)?;
    let words = said(words, REASON_CHARS_MAX)?;
    let said = ApplicationConflictSaid { words };
    Ok(vec![Draft::new(application.id, &said).area(application.area).by(Some(member))])
}

fn on_panel(window: &Window, application: &Application, actor: &Actor) -> Result<Id, Refusal> {
    known(application)?;
    let seat = window.terms.panel.iter().find(|seat| Some(seat.member) == actor.id);
    let seat = seat.ok_or(Refusal::new("funds-not-on-panel").status(403))?;
    if application.decided.is_some() {
        return Err(Refusal::new("funds-decided").status(409));
    }
    Ok(seat.member)
}

/// All that a decision stands on.
#[derive(Clone, Debug)]
pub struct Deciding<'a> {
    /// The window.
    pub window: &'a Window,
    /// Its purse.
    pub purse: &'a Purse,
    /// The application.
    pub application: &'a Application,
    /// All mandates there are.
    pub mandates: &'a [MandateRow],
    /// The needs that the decision it names is about.
    pub decision_needs: &'a [Id],
    /// How many that stand higher are not decided or were told no.
    pub passed_over: usize,
    /// Who acts.
    pub actor: &'a Actor,
    /// The day, as the city counts it.
    pub today: i64,
    /// The moment, in milliseconds since 1970.
    pub now_ms: i64,
}

/// What is decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is paid.
    pub funded: bool,
    /// How much.
    pub amount_minor: i64,
    /// From which pool.
    pub pool: i64,
    /// Why.
    pub reason: String,
    /// What would change it.
    pub would_change: String,
    /// Why it departs from rank or line; empty where it does not.
    pub departs: String,
}

/// An application is decided on, by the body whose mandate covers it; or it goes up.
///
/// # Errors
/// Too early, or decided; outside the mandate; no reason; more than there is for it.
pub fn decide(on: &Deciding, verdict: &Verdict) -> Drafts {
    let application = on.application;
    known(application)?;
    let body = application.routed.as_ref().map(|routed| routed.to).or(on.window.terms.body);
    let body = body.ok_or(Refusal::new("funds-body-unknown"))?;
    belongs(on.actor, body)?;
    ready(on)?;
    let most = application.made.amount_minor.min(on.window.terms.application_minor_max);
    if verdict.funded && money::sound(verdict.amount_minor)? > most {
        return Err(Refusal::new("funds-application-large"));
    }
    let amount = if verdict.funded { verdict.amount_minor } else { application.made.amount_minor };
    let matter = Matter {
        subject: &on.window.terms.subject,
        area: application.area,
        amount_minor: amount,
        currency: &on.window.terms.currency,
        day: on.today,
    };
    // A no spends nothing: the ceiling does not bind it, the mandate does.
    let matter = Matter { amount_minor: if verdict.funded { amount } else { 0 }, ..matter };
    let mandate = match mandate::may(body, &matter, on.mandates)? {
        May::Decide(mandate) => mandate,
        May::Route(to) => {
            let why = "over_ceiling".to_owned();
            let routed = ApplicationRouted { to, why, amount_minor: amount };
            return Ok(vec![
                Draft::new(application.id, &routed).area(application.area).by(on.actor.id),
            ]);
        }
    };
    let mut drafts = Vec::new();
    let departs = said_perhaps(&verdict.departs, REASON_CHARS_MAX)?;
    if verdict.funded {
        drafts.push(allocate(on, verdict, &departs)?);
    }
    let would_change = match verdict.funded {
        true => said_perhaps(&verdict.would_change, REASON_CHARS_MAX)?,
        false => said(&verdict.would_change, REASON_CHARS_MAX)?,
    };
    let decided = ApplicationDecided {
        funded: verdict.funded,
        amount_minor: if verdict.funded { amount } else { 0 },
        reason: said(&verdict.reason, REASON_CHARS_MAX)?,
        would_change,
        by: body,
        mandate: Some(mandate),
        departs,
        day: on.today,
    };
    drafts.push(Draft::new(application.id, &decided).area(application.area).by(on.actor.id));
    Ok(drafts)
}

fn ready(on: &Deciding) -> Result<(), Refusal> {
    let application = on.application;
    if on.window.phase(on.today) != Phase::Closed {
        return Err(Refusal::new("funds-too-early").status(409));
    }
    if application.decided.is_some() {
        return Err(Refusal::new("funds-decided").status(409));
    }
    if !application.counts() || application.is_appealed() {
        return Err(Refusal::new("funds-waits").status(409));
    }
    let close = on.actor.id.is_some_and(|member| application.is_close(member));
    if close || own_body(application, on.actor) {
        return Err(Refusal::new("funds-conflict").status(403));
    }
    // A funder has a seat, and no veto: others write down what was decided.
    let seat = on.window.terms.panel.iter().find(|seat| Some(seat.member) == on.actor.id);
    if seat.is_some_and(|seat| seat.seat == "funder") {
        return Err(Refusal::new("funds-funder").status(403));
    }
    Ok(())
}

/// What is given, from which pool: within the earmark, what is set aside, and what the area is due.
fn allocate(on: &Deciding, verdict: &Verdict, departs: &str) -> Result<Draft, Refusal> {
    let (application, terms) = (on.application, &on.window.terms);
    let amount = verdict.amount_minor;
    // Each payment is walked back to voices: what leads to none is not paid.
    let needs = match application.made.needs.as_slice() {
        [] => on.decision_needs,
        own => own,
    };
    if needs.is_empty() {
        return Err(Refusal::new("funds-no-need").status(409));
    }
    let pool = usize::try_from(verdict.pool).ok().and_then(|at| terms.pools.get(at));
    let pool = pool.ok_or(Refusal::new("funds-pool-unknown"))?;
    let inside = application.area.is_some_and(|area| pool.areas.contains(&area));
    if !pool.areas.is_empty() && !inside {
        return Err(Refusal::new("funds-earmark").status(409));
    }
    if !application.is_women_led() {
        let supply = i128::from(on.purse.supply(verdict.pool));
        let aside = supply * i128::from(terms.women_led_percent) / 100;
        let others = on.purse.allocated_to_others(verdict.pool).saturating_add(amount);
        if i128::from(others) > supply - aside {
            return Err(Refusal::new("funds-set-aside").status(409));
        }
    }
    if application.scores.is_empty() && departs.is_empty() {
        return Err(Refusal::new("funds-unscored").status(409));
    }
    if eats_reserve(on, verdict.pool, amount) && departs.is_empty() {
        return Err(Refusal::new("funds-reserve").status(409));
    }
    let due = application.area.and_then(|area| on.window.envelope(area));
    let given = on.purse.allocated_in(application.area).saturating_add(amount);
    let beyond = on.window.shared.is_some() && given > due.unwrap_or(0);
    if (beyond || on.passed_over > 0) && departs.is_empty() {
        return Err(Refusal::new(if beyond { "funds-beyond-line" } else { "funds-passed-over" })
            .status(409));
    }
    let overhead = i128::from(amount) * i128::from(terms.overhead_percent) / 100;
    let allocated = PurseAllocated {
        application: application.made.number,
        pool: verdict.pool,
        amount_minor: amount,
        overhead_minor: i64::try_from(overhead).unwrap_or(0),
        area: application.area,
        women_led: application.is_women_led(),
        applied_day: application.made.day,
        pay_from_day: on.today.saturating_add(terms.appeal_days).saturating_add(1),
        decision: application.made.decision,
        needs: needs.to_vec(),
        of: application.id,
        body: application.made.body,
    };
    let line = Line::Allocated(allocated);
    let mut purse = on.purse.clone();
    purse.take(&line, on.actor.id, on.now_ms).map_err(|no| Refusal::new(no).status(409))?;
    Ok(super::purse::draft(purse.id, &line, on.actor.id))
}

/// Whether giving so much more of a pool takes of what is held back for what comes suddenly.
fn eats_reserve(on: &Deciding, pool: i64, amount: i64) -> bool {
    let held = super::line::reserved(on.window, on.purse, pool);
    let given = on.purse.allocated_from(pool).saturating_add(amount);
    held > 0 && given > on.purse.supply(pool) - held
}

/// Whoever asked appeals, with their code, within the days for it.
///
/// # Errors
/// Nothing is decided, or it was a yes; the days are over; an appeal waits; nothing is said.
pub fn appeal(window: &Window, application: &Application, why: &str, today: i64) -> Drafts {
    known(application)?;
    let decided = application.decided.as_ref().filter(|decided| !decided.funded);
    let decided = decided.ok_or(Refusal::new("funds-no-appeal").status(409))?;
    if today > decided.day.saturating_add(window.terms.appeal_days) || application.is_appealed() {
        return Err(Refusal::new("funds-appeal-over").status(409));
    }
    let why = said(why, REASON_CHARS_MAX)?;
    let appealed = ApplicationAppealed { why, day: today };
    Ok(vec![Draft::new(application.id, &appealed).area(application.area)])
}

/// Another body answers an appeal.
///
/// # Errors
/// None waits; it is the body that decided, the one that asked, or one that vouched; no reason.
pub fn answer(
    application: &Application,
    asked: &ApplicationAppealAnswered,
    actor: &Actor,
) -> Drafts {
    known(application)?;
    belongs(actor, asked.by)?;
    if !application.is_appealed() {
        return Err(Refusal::new("funds-no-appeal").status(409));
    }
    let decided_by = application.decided.as_ref().map(|decided| decided.by);
    let vouched = application.vouchers.iter().any(|voucher| voucher.body == asked.by);
    if decided_by == Some(asked.by) || application.made.body == Some(asked.by) || vouched {
        return Err(Refusal::new("funds-appeal-other").status(403));
    }
    let reason = said(&asked.reason, REASON_CHARS_MAX)?;
    let answered = ApplicationAppealAnswered { reason, ..asked.clone() };
    Ok(vec![Draft::new(application.id, &answered).area(application.area).by(actor.id)])
}

/// Whether a member belongs to the body that asked.
#[must_use]
pub fn own_body(application: &Application, actor: &Actor) -> bool {
    application.made.body.is_some_and(|body| actor.bodies.contains(&body))
}

/// To decide and to vouch one belongs to the body: no role gives authority.
fn belongs(actor: &Actor, body: Id) -> Result<(), Refusal> {
    if actor.bodies.contains(&body) {
        return Ok(());
    }
    Err(Refusal::new("funds-of-others").status(403))
}

fn known(application: &Application) -> Result<(), Refusal> {
    if application.made.number > 0 {
        return Ok(());
    }
    Err(Refusal::new("funds-application-unknown").status(404))
}
