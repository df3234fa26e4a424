//! A round is announced with all its rules before it opens, and nothing of them changes: there is
//! no rule here that would change one. Pure.

use ballots::{
    AMOUNT_MINOR_MAX, APPROVAL, CUMULATIVE, Head, LogKey, POINTS_MAX, PROJECTS_MAX, log,
};
use record::{DAY_MS, Draft, Id, Record, Refusal};

use super::issuing::CREDENTIALS_MAX;
use super::{Drafts, Hand, known, rules_of};
use crate::decisions::ballots::records::{
    BallotRoundAnnounced, BallotRoundCalledOff, BallotRoundConflictSaid, BallotRoundDutyGiven,
};
use crate::decisions::ballots::views::Round;
use crate::decisions::resolutions::rules::AREAS_MAX;
use crate::needs;
use crate::people::CURRENCIES;

/// Longest question, in characters.
pub const QUESTION_CHARS_MAX: usize = 160;
/// Longest words on who may vote, in characters.
pub const WHO_CHARS_MAX: usize = 200;
/// Longest name of a project, in characters.
pub const TITLE_CHARS_MAX: usize = 100;
/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 400;
/// So many hours at least lie between the announcement and the opening.
pub const NOTICE_HOURS_MIN: i64 = 24;
/// How long a round may be open, in days.
pub const OPEN_DAYS_MAX: i64 = 60;
/// How far ahead a round may open, in days.
const AHEAD_DAYS_MAX: i64 = 366;
/// How long one may appeal, in days.
pub const APPEAL_DAYS_MAX: i64 = 60;
/// So many ballots at least must count for a result to bind: of fewer no number is ever told.
pub const TURNOUT_MIN: i64 = ballots::GROUP_MIN as i64;
/// The kinds of rules that a round may be counted by, those that need points last.
pub const RULE_KINDS: [&str; 5] =
    ["mes_cost", "greedy_cost", "phragmen", "mes_points", "greedy_points"];
/// What may be done with money that equal shares leave over, the usual first: each goes behind the
/// name of such a rule.
pub const RESTS: [&str; 4] = ["_add1u", "_add1", "_utility", ""];
/// The rules that a round may be counted by. Each is one of `baraza count`.
pub const RULES_OFFERED: [&str; 11] = [
    "mes_cost_add1u",
    "mes_cost_add1",
    "mes_cost_utility",
    "mes_cost",
    "greedy_cost",
    "phragmen",
    "mes_points_add1u",
    "mes_points_add1",
    "mes_points_utility",
    "mes_points",
    "greedy_points",
];

const HOUR_MS: i64 = 60 * 60 * 1000;

/// What is asked for: the record, with the place of the round. Key and signature are filled in
/// here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcing {
    /// All its rules.
    pub said: BallotRoundAnnounced,
    /// Where; none for the whole city.
    pub area: Option<Id>,
}

/// A round is announced.
///
/// # Errors
/// Words, amounts, hours or limits are not fit; the rule cannot count such ballots; one member
/// would do both duties; one of them, or whoever announces, gains; nobody said by what right it is
/// held.
pub fn announce(
    id: Id,
    asked: &Announcing,
    key: &LogKey,
    (registrar, keeper, author): (&Hand, &Hand, &Hand),
    now_ms: i64,
) -> Drafts {
    let mut said = fitting(&asked.said)?;
    limits(&said, now_ms)?;
    if registrar.id == keeper.id {
        return Err(Refusal::new("ballot-same-hands"));
    }
    if said.right.is_none() {
        return Err(Refusal::new("ballot-right"));
    }
    (said.registrar, said.keeper) = (registrar.id, keeper.id);
    let round = Round { id, said: Some(said.clone()), ..Round::default() };
    for hand in [registrar, keeper, author] {
        super::no_gain(&round, hand)?;
    }
    if rules_of(&round).rule().is_none() || !RULES_OFFERED.contains(&said.rule.as_str()) {
        return Err(Refusal::new("ballot-rule"));
    }
    let head = Head { round: id.0, size: 0, root: log::root(&[]) };
    said.log_key = key.public();
    said.opened = key.sign_head(&head).signature.0.to_vec();
    // The node itself is nobody.
    let by = Some(author.id).filter(|id| *id != Id::NONE);
    Ok(vec![Draft::new(id, &said).area(asked.area).by(by)])
}

/// Words that everybody will read, in one line.
///
/// # Errors
/// There are none, they are too long, or something in them points at a person.
pub fn public_words(raw: &str, chars_max: usize) -> Result<String, Refusal> {
    let long = || Refusal::new("ballot-words").naming("chars", chars_max);
    let said = words::clean(raw).map_err(|_| long())?;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if said.is_empty() || said.chars().count() > chars_max {
        return Err(long());
    }
    needs::fit_for_public(&said)?;
    Ok(said)
}

fn fitting(asked: &BallotRoundAnnounced) -> Result<BallotRoundAnnounced, Refusal> {
    let mut said = asked.clone();
    said.question = public_words(&asked.question, QUESTION_CHARS_MAX)?;
    said.who = public_words(&asked.who, WHO_CHARS_MAX)?;
    let n = said.projects.len();
    if n == 0 || n > PROJECTS_MAX {
        return Err(Refusal::new("ballot-projects").naming("max", PROJECTS_MAX));
    }
    for project in &mut said.projects {
        project.title = public_words(&project.title, TITLE_CHARS_MAX)?;
        if project.cost_minor <= 0 {
            return Err(Refusal::new("ballot-projects").naming("max", PROJECTS_MAX));
        }
        countable(project.cost_minor)?;
    }
    let mut needs: Vec<Id> = said.projects.iter().flat_map(|p| p.needs.clone()).flatten().collect();
    needs.sort_unstable();
    needs.dedup();
    if needs.len() > AREAS_MAX {
        return Err(Refusal::new("decision-many").naming("max", AREAS_MAX));
    }
    Ok(said)
}

/// An amount that an election can hold.
fn countable(minor: i64) -> Result<(), Refusal> {
    match u64::try_from(minor) {
        Ok(minor) if minor > AMOUNT_MINOR_MAX => {
            Err(Refusal::new("ballot-amount").naming("digits", AMOUNT_MINOR_MAX.to_string().len()))
        }
        _ => Ok(()),
    }
}

fn limits(said: &BallotRoundAnnounced, now_ms: i64) -> Result<(), Refusal> {
    if said.budget_minor <= 0 || !CURRENCIES.contains(&said.currency.as_str()) {
        return Err(Refusal::new("ballot-money"));
    }
    countable(said.budget_minor)?;
    let projects = i64::try_from(said.projects.len()).unwrap_or(i64::MAX);
    let points = match said.kind.as_str() {
        APPROVAL => said.points == 0,
        CUMULATIVE => (1..=i64::from(POINTS_MAX)).contains(&said.points),
        _ => return Err(Refusal::new("ballot-rule")),
    };
    let appeal = (1..=APPEAL_DAYS_MAX).contains(&said.appeal_days);
    if !points || !appeal || !(1..=projects).contains(&said.choices_max) {
        let refusal = Refusal::new("ballot-limits").naming("points", POINTS_MAX);
        return Err(refusal.naming("days", APPEAL_DAYS_MAX));
    }
    let most = i64::try_from(CREDENTIALS_MAX).unwrap_or(i64::MAX);
    if said.turnout_min.is_some_and(|min| !(TURNOUT_MIN..=most).contains(&min)) {
        let refusal = Refusal::new("ballot-turnout").naming("min", TURNOUT_MIN);
        return Err(refusal.naming("max", most));
    }
    let notice = said.opens_ms.saturating_sub(now_ms);
    let lasts = said.closes_ms.saturating_sub(said.opens_ms);
    let sound = (NOTICE_HOURS_MIN * HOUR_MS..=AHEAD_DAYS_MAX * DAY_MS).contains(&notice);
    if !sound || !(HOUR_MS..=OPEN_DAYS_MAX * DAY_MS).contains(&lasts) {
        let refusal = Refusal::new("ballot-hours").naming("hours", NOTICE_HOURS_MIN);
        return Err(refusal.naming("days", OPEN_DAYS_MAX));
    }
    Ok(())
}

/// A round is called off before it is counted, for a reason that everybody reads.
///
/// # Errors
/// It was counted or called off; the reason is not fit.
pub fn call_off(id: Id, records: &[Record], reason: &str, by: Option<&Hand>) -> Drafts {
    let round = known(id, records)?;
    by.map_or(Ok(()), |hand| super::no_gain(&round, hand))?;
    if round.told.is_some() || round.called_off.is_some() {
        return Err(Refusal::new("ballot-over").status(409));
    }
    let reason = public_words(reason, REASON_CHARS_MAX)?;
    Ok(vec![
        Draft::new(id, &BallotRoundCalledOff { reason })
            .area(round.area)
            .by(by.map(|hand| hand.id)),
    ])
}

/// A member says that they gain by a project: they do nothing more in this round. Said twice, it is
/// written once. Until the decision is made of the result somebody may see that they gain.
///
/// # Errors
/// There is no such project; the round was called off, or its result is a decision.
pub fn say_conflict(id: Id, records: &[Record], project: i64, member: Id) -> Drafts {
    let round = known(id, records)?;
    if round.called_off.is_some() || round.decided.is_some() {
        return Err(Refusal::new("ballot-over").status(409));
    }
    let projects = round.rules().projects.len();
    if !usize::try_from(project).is_ok_and(|n| (1..=projects).contains(&n)) {
        return Err(Refusal::new("form-unreadable").status(400));
    }
    if round.conflicts.contains(&(member, project)) {
        return Ok(Vec::new());
    }
    let said = BallotRoundConflictSaid { member, project };
    Ok(vec![Draft::new(id, &said).area(round.area).by(Some(member))])
}

/// Another member takes a duty over, for a reason that everybody reads.
///
/// # Errors
/// The round was counted; they do the other duty already; they or whoever gives it gain; the reason
/// is not fit.
pub fn transfer(
    id: Id,
    records: &[Record],
    (duty, to): (&str, &Hand),
    reason: &str,
    by: Option<&Hand>,
) -> Drafts {
    let round = known(id, records)?;
    by.map_or(Ok(()), |hand| super::no_gain(&round, hand))?;
    if round.told.is_some() || round.called_off.is_some() {
        return Err(Refusal::new("ballot-over").status(409));
    }
    let other = match duty {
        "registrar" => round.keeper,
        "keeper" => round.registrar,
        _ => return Err(Refusal::new("form-unreadable").status(400)),
    };
    // Whoever had the one duty knows its part, and does not take the other one later.
    let had = match duty {
        "registrar" => round.rules().keeper,
        _ => round.rules().registrar,
    };
    if other == to.id || had == to.id {
        return Err(Refusal::new("ballot-same-hands"));
    }
    super::no_gain(&round, to)?;
    let reason = public_words(reason, REASON_CHARS_MAX)?;
    let given = BallotRoundDutyGiven { duty: duty.to_owned(), member: to.id, reason };
    Ok(vec![Draft::new(id, &given).area(round.area).by(by.map(|hand| hand.id))])
}
