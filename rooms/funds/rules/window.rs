//! Terms of a window: what must stand in them, until when they may be changed, and when a window is
//! set off. Pure.

use record::{Draft, Id, Record, Refusal};

use super::mandate::{self, Matter, May};
use super::{
    Actor, Drafts, MECHANISMS, NAME_CHARS_MAX, PLAN_CHARS_MAX, REASON_CHARS_MAX, SEATS, acts_for,
    money, one_of, said, said_perhaps,
};
use crate::funds::records::{
    Criterion, Pool, PurseOpened, Terms, WindowDissented, WindowOverridden, WindowPublished,
    WindowTermsSet, WindowTriggered,
};
use crate::funds::views::{Phase, Purse, Window, purse_id};
use crate::people::{CONSTITUENCIES, MandateRow};

/// Most pools of a window.
pub const POOLS_MAX: usize = 12;
/// Most criteria of a window.
pub const CRITERIA_MAX: usize = 8;
/// Most seats of a panel.
pub const SEATS_MAX: usize = 15;
/// Women's seats there must be at least, where there are so many seats.
pub const WOMEN_SEATS_MIN: usize = 3;
/// Most areas of a window.
pub const AREAS_MAX: usize = 200;
/// All weights together.
pub const WEIGHTS_SUM: i64 = 100;
/// Running costs at most, in percent.
pub const OVERHEAD_PERCENT_MAX: i64 = 30;
/// Days for appeals: at least, and at most.
pub const APPEAL_DAYS: std::ops::RangeInclusive<i64> = 2..=60;
/// How far ahead a timetable may reach, in days.
pub const AHEAD_DAYS_MAX: i64 = 3 * 366;

/// Terms are written down, or written anew before the window opens.
///
/// # Errors
/// As [`sound`]; the window has opened; terms that others had read are changed without a reason.
pub fn set_terms(
    window: &Window,
    number: i64,
    terms: &Terms,
    reason: &str,
    today: i64,
    actor: &Actor,
) -> Drafts {
    acts_for(actor, terms.body)?;
    if window.number > 0 {
        acts_for(actor, window.terms.body)?;
    }
    let published = window.published_ms.is_some();
    if matches!(window.phase(today), Phase::Open | Phase::Closed) {
        return Err(Refusal::new("funds-window-opened").status(409));
    }
    let reason = said_perhaps(reason, REASON_CHARS_MAX)?;
    if published && reason.is_empty() {
        return Err(Refusal::new("funds-change-reason"));
    }
    if published && (&terms.currency, terms.pools.len()) != fixed(&window.terms) {
        return Err(Refusal::new("funds-window-opened").status(409));
    }
    let terms = sound(terms, today)?;
    let number = if window.number > 0 { window.number } else { number };
    let set = WindowTermsSet { number, version: window.version + 1, terms, reason };
    Ok(vec![Draft::new(window.id, &set).by(actor.id)])
}

/// What of the terms a purse stands on.
fn fixed(terms: &Terms) -> (&String, usize) {
    (&terms.currency, terms.pools.len())
}

/// Terms that can be, with their words cleaned.
///
/// # Errors
/// The first thing that is missing, too much or contradicts itself.
pub fn sound(terms: &Terms, today: i64) -> Result<Terms, Refusal> {
    let mut sound = terms.clone();
    sound.name = said(&terms.name, NAME_CHARS_MAX)?;
    sound.purpose = said(&terms.purpose, PLAN_CHARS_MAX)?;
    sound.subject = said(&terms.subject, 2 * NAME_CHARS_MAX)?;
    sound.mechanism = one_of(&terms.mechanism, &MECHANISMS)?;
    money::known(&terms.currency)?;
    money::sound(terms.application_minor_max)?;
    if terms.body.is_none() {
        return Err(Refusal::new("funds-body-unknown"));
    }
    for kind in &terms.kinds {
        one_of(kind, &CONSTITUENCIES)?;
    }
    sound.reserve_percent = terms.reserve_percent.filter(|percent| *percent != 0);
    let percents = (0..=100).contains(&terms.women_led_percent)
        && (0..=100).contains(&terms.reserve_percent.unwrap_or(0))
        && (0..=OVERHEAD_PERCENT_MAX).contains(&terms.overhead_percent);
    if !percents {
        return Err(Refusal::new("funds-percent").naming("most", OVERHEAD_PERCENT_MAX));
    }
    if terms.areas.len() > AREAS_MAX {
        return Err(Refusal::new("funds-many").naming("most", AREAS_MAX));
    }
    sound.pools = pools(&terms.pools)?;
    sound.criteria = criteria(&terms.criteria)?;
    panel(terms)?;
    days(terms, today)?;
    mechanism(&mut sound)?;
    Ok(sound)
}

fn pools(pools: &[Pool]) -> Result<Vec<Pool>, Refusal> {
    if !(1..=POOLS_MAX).contains(&pools.len()) {
        return Err(Refusal::new("funds-pools").naming("most", POOLS_MAX));
    }
    let all = pools.iter().map(|pool| {
        Ok(Pool { name: said(&pool.name, NAME_CHARS_MAX)?, areas: pool.areas.clone() })
    });
    let all: Vec<Pool> = all.collect::<Result<_, Refusal>>()?;
    let twice = |at: usize, pool: &Pool| all.iter().take(at).any(|other| other.name == pool.name);
    if all.iter().enumerate().any(|(at, pool)| twice(at, pool)) {
        return Err(Refusal::new("funds-pools").naming("most", POOLS_MAX));
    }
    Ok(all)
}

fn criteria(criteria: &[Criterion]) -> Result<Vec<Criterion>, Refusal> {
    let refused = || Refusal::new("funds-criteria").naming("most", CRITERIA_MAX);
    let sum: i64 = criteria.iter().map(|criterion| criterion.weight.clamp(0, 1000)).sum();
    let weighted = criteria.iter().all(|criterion| criterion.weight > 0);
    if !(1..=CRITERIA_MAX).contains(&criteria.len()) || sum != WEIGHTS_SUM || !weighted {
        return Err(refused());
    }
    let all = criteria.iter().map(|criterion| {
        let name = said(&criterion.name, NAME_CHARS_MAX)?;
        Ok(Criterion { name, weight: criterion.weight })
    });
    all.collect()
}

/// Half of the seats are residents', three are women's; a funder has a seat and no veto.
fn panel(terms: &Terms) -> Result<(), Refusal> {
    let seats = &terms.panel;
    for seat in seats {
        one_of(&seat.seat, &SEATS)?;
    }
    let mut members: Vec<Id> = seats.iter().map(|seat| seat.member).collect();
    members.sort_unstable();
    members.dedup();
    let residents = seats.iter().filter(|seat| seat.seat == "resident").count();
    let women = seats.iter().filter(|seat| seat.woman).count();
    let sound = (WOMEN_SEATS_MIN..=SEATS_MAX).contains(&seats.len())
        && members.len() == seats.len()
        && residents * 2 >= seats.len()
        && women >= WOMEN_SEATS_MIN;
    if sound {
        return Ok(());
    }
    Err(Refusal::new("funds-panel").naming("women", WOMEN_SEATS_MIN).naming("most", SEATS_MAX))
}

fn days(terms: &Terms, today: i64) -> Result<(), Refusal> {
    let order = today < terms.opens_day
        && terms.opens_day <= terms.closes_day
        && terms.closes_day <= terms.decides_day
        && terms.decides_day <= today.saturating_add(AHEAD_DAYS_MAX);
    if order && APPEAL_DAYS.contains(&terms.appeal_days) {
        return Ok(());
    }
    Err(Refusal::new("funds-timetable")
        .naming("least", APPEAL_DAYS.start())
        .naming("most", APPEAL_DAYS.end()))
}

/// What a mechanism asks for beyond the rest.
fn mechanism(terms: &mut Terms) -> Result<(), Refusal> {
    match terms.mechanism.as_str() {
        "pre_arranged" => terms.trigger = said(&terms.trigger, REASON_CHARS_MAX)?,
        _ => terms.trigger = String::new(),
    }
    if terms.mechanism == "matching" {
        let matching = terms.matching.clone().unwrap_or_default();
        money::sound(matching.ceiling_minor)?;
        if !(1..=1000).contains(&matching.percent) {
            return Err(Refusal::new("funds-percent").naming("most", 1000));
        }
    } else {
        terms.matching = None;
    }
    Ok(())
}

/// The terms are for everybody to read, before the window opens; its purse is opened with it.
///
/// # Errors
/// There are none; the day of opening has come.
pub fn publish(window: &Window, purse: &[Record], today: i64, actor: &Actor) -> Drafts {
    known(window)?;
    acts_for(actor, window.terms.body)?;
    if window.published_ms.is_some() {
        return Ok(Vec::new());
    }
    days(&window.terms, today)?;
    let published = WindowPublished { version: window.version };
    let mut drafts = vec![Draft::new(window.id, &published).by(actor.id)];
    let id = purse_id(window.id);
    if Purse::fold(id, purse).window.is_none() {
        let pools = i64::try_from(window.terms.pools.len()).unwrap_or(0);
        let currency = window.terms.currency.clone();
        let opened = PurseOpened { window: window.id, currency, pools };
        drafts.push(Draft::new(id, &opened).by(actor.id));
    }
    Ok(drafts)
}

/// Who decided that what a window waits for has happened.
#[derive(Clone, Debug)]
pub struct Saying<'a> {
    /// The body.
    pub body: Id,
    /// For where; none for the whole city.
    pub area: Option<Id>,
    /// When, in milliseconds since 1970.
    pub resolved_ms: i64,
    /// All mandates there are.
    pub mandates: &'a [MandateRow],
    /// The day, as the city counts it.
    pub today: i64,
}

/// What a pre-arranged window waits for has happened, as a decision says: of the window's body, or
/// of another with a mandate for the same subject, made since the terms were published.
///
/// # Errors
/// It waits for nothing; the decision is older, or another body's; nothing is said.
pub fn trigger(window: &Window, asked: &WindowTriggered, by: &Saying, actor: &Actor) -> Drafts {
    known(window)?;
    acts_for(actor, window.terms.body)?;
    let published = window.published_ms.filter(|_| window.waits());
    let published = published.ok_or(Refusal::new("funds-no-trigger").status(409))?;
    let matter = Matter {
        subject: &window.terms.subject,
        area: by.area,
        amount_minor: 0,
        currency: &window.terms.currency,
        day: by.today,
    };
    let may = window.terms.body == Some(by.body)
        || matches!(mandate::may(by.body, &matter, by.mandates), Ok(May::Decide(_)));
    if !may || by.resolved_ms < published {
        return Err(Refusal::new("funds-trigger-other").status(409));
    }
    let what = said(&asked.what, REASON_CHARS_MAX)?;
    Ok(vec![Draft::new(window.id, &WindowTriggered { what, ..asked.clone() }).by(actor.id)])
}

/// Somebody departs from the line for an area, in their own name.
///
/// # Errors
/// Nothing was shared out, or not to that area; no reason; it would give out more than there is,
/// with what was held back for what comes suddenly: this is how that is given.
pub fn depart(window: &Window, asked: &WindowOverridden, actor: &Actor) -> Drafts {
    acts_for(actor, window.terms.body)?;
    let shared = window.shared.as_ref().ok_or(Refusal::new("funds-not-shared").status(409))?;
    if window.share_of(asked.area).is_none() {
        return Err(Refusal::new("funds-area-unknown").status(404));
    }
    let sound = asked.amount_minor >= 0 && asked.amount_minor <= money::AMOUNT_MINOR_MAX;
    if actor.id.is_none() || !sound {
        return Err(Refusal::new("funds-amount-nothing"));
    }
    let reason = said(&asked.reason, REASON_CHARS_MAX)?;
    let others = shared.shares.iter().filter(|share| share.area != asked.area);
    let others: i64 = others.filter_map(|share| window.envelope(share.area)).sum();
    let given = shared.lines.iter().filter_map(|line| line.given_minor);
    let given = given.fold(0, i64::saturating_add);
    let most = shared.ready_minor.saturating_add(shared.held_back_minor.unwrap_or(0));
    let most = most.saturating_add(given);
    if others.saturating_add(asked.amount_minor) > most {
        return Err(Refusal::new("funds-pool-short").status(409));
    }
    Ok(vec![Draft::new(window.id, &WindowOverridden { reason, ..asked.clone() }).by(actor.id)])
}

/// Somebody of the panel disagrees, in public.
///
/// # Errors
/// They do not sit on it; nothing is said.
pub fn dissent(window: &Window, words: &str, actor: &Actor) -> Drafts {
    let sits = window.terms.panel.iter().any(|seat| Some(seat.member) == actor.id);
    if !sits {
        return Err(Refusal::new("funds-not-on-panel").status(403));
    }
    let words = said(words, REASON_CHARS_MAX)?;
    Ok(vec![Draft::new(window.id, &WindowDissented { words }).by(actor.id)])
}

/// That there is such a window.
///
/// # Errors
/// There is none.
pub fn known(window: &Window) -> Result<(), Refusal> {
    if window.number > 0 {
        return Ok(());
    }
    Err(Refusal::new("funds-window-unknown").status(404))
}
