//! The vote in the hall: who gains is asked first, hands are counted by two, papers when three ask
//! for it. Pure. It never takes one counter's word for the other's.

use record::{Draft, Id, Record, Refusal};

use super::{limited, open, public_line};
use crate::decisions::resolutions::records::{
    DecisionChairReplaced, DecisionConflictAsked, DecisionHandsCounted, DecisionHeard,
    DecisionNoticed, DecisionRecounted, DecisionSecretAsked, DecisionVoteBegun, Tally,
};
use crate::decisions::resolutions::views::Decision;

/// Most hands of one kind, and most papers.
pub const HANDS_MAX: i64 = 100_000;
/// Most rounds of counting.
pub const ROUNDS_MAX: u8 = 20;
/// Most notices and hearings of one decision.
pub const HEARINGS_MAX: usize = 200;
/// Longest words of a notice, a hearing or a declared interest, in bytes.
pub const WORDS_BYTES_MAX: usize = 1_200;

/// It was asked aloud whether anybody gains from it.
///
/// # Errors
/// It is resolved or being voted on; somebody said so and nothing is written of it.
pub fn ask_conflict(
    id: Id,
    records: &[Record],
    asked: &DecisionConflictAsked,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = open(id, records)?;
    if decision.vote_begun_ms.is_some() {
        return Err(Refusal::new("decision-vote-begun").status(409));
    }
    let declared = asked.declared || asked.chair;
    if declared && asked.what.trim().is_empty() {
        return Err(Refusal::new("decision-conflict-what"));
    }
    let what = limited(&asked.what, WORDS_BYTES_MAX)?;
    let said = DecisionConflictAsked { declared, chair: asked.chair, what };
    Ok(vec![Draft::new(id, &said).area(decision.area).by(by)])
}

/// Somebody else leads the meeting for this vote.
///
/// # Errors
/// It is resolved, or who leads gains nothing from it.
pub fn replace_chair(
    id: Id,
    records: &[Record],
    woman: bool,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = open(id, records)?;
    if !decision.conflict.as_ref().is_some_and(|conflict| conflict.chair) {
        return Err(Refusal::new("decision-chair-free").status(409));
    }
    Ok(vec![Draft::new(id, &DecisionChairReplaced { woman }).area(decision.area).by(by)])
}

/// An area was told. `today` is the city's own day.
///
/// # Errors
/// It is resolved; how is not said; the day is still to come.
pub fn notice(
    id: Id,
    records: &[Record],
    noticed: &DecisionNoticed,
    today: i64,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = open(id, records)?;
    if noticed.day > today {
        return Err(Refusal::new("decision-notice-day"));
    }
    if decision.notices.len() >= HEARINGS_MAX {
        return Err(Refusal::new("decision-many").naming("max", HEARINGS_MAX));
    }
    let how = public_line(&noticed.how, WORDS_BYTES_MAX, "decision-notice-how")?;
    let noticed = DecisionNoticed { how, ..noticed.clone() };
    Ok(vec![Draft::new(id, &noticed).area(decision.area).by(by)])
}

/// Somebody it affects was heard.
///
/// # Errors
/// It is resolved, or nothing was said.
pub fn hear(
    id: Id,
    records: &[Record],
    heard: &DecisionHeard,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = open(id, records)?;
    if decision.hearings.len() >= HEARINGS_MAX {
        return Err(Refusal::new("decision-many").naming("max", HEARINGS_MAX));
    }
    let words = public_line(&heard.words, WORDS_BYTES_MAX, "decision-heard-empty")?;
    let heard = DecisionHeard { words, ..heard.clone() };
    Ok(vec![Draft::new(id, &heard).area(decision.area).by(by)])
}

/// People ask for a secret vote.
///
/// # Errors
/// It is resolved, hands were counted already, or nobody asked.
pub fn ask_secret(
    id: Id,
    records: &[Record],
    by_n: i64,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = open(id, records)?;
    if !decision.counts.is_empty() {
        return Err(Refusal::new("decision-hands-counted").status(409));
    }
    if !(1..=HANDS_MAX).contains(&by_n) {
        return Err(Refusal::new("decision-number").naming("max", HANDS_MAX));
    }
    Ok(vec![Draft::new(id, &DecisionSecretAsked { by_n }).area(decision.area).by(by)])
}

/// The vote begins in the hall, and votes from afar end. Nothing is written when it began already.
///
/// # Errors
/// It is resolved; nobody has asked who gains; who leads gains from it.
pub fn begin(id: Id, records: &[Record], by: Option<Id>) -> Result<Vec<Draft>, Refusal> {
    let decision = open(id, records)?;
    may_vote(&decision)?;
    if decision.vote_begun_ms.is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &DecisionVoteBegun {}).area(decision.area).by(by)])
}

/// Passes when it was asked who gains, and nobody who gains leads the vote.
pub(super) fn may_vote(decision: &Decision) -> Result<(), Refusal> {
    match &decision.conflict {
        None => Err(Refusal::new("decision-conflict-unasked").status(409)),
        Some(conflict) if conflict.chair && !decision.chair_replaced => {
            Err(Refusal::new("decision-chair-conflict").status(409))
        }
        Some(_) => Ok(()),
    }
}

/// What may be chosen: the options and none of them, or yes and no; and to abstain.
#[must_use]
pub fn choices(decision: &Decision) -> Vec<&'static str> {
    let options = ["1", "2", "3"].into_iter().take(decision.options.len());
    let yes = Some("yes").filter(|_| decision.options.is_empty());
    options.chain(yes).chain(["no", "abstain"]).collect()
}

/// One counter says what they counted.
///
/// # Errors
/// The vote has not begun; the same member counts twice; a choice is not on the list, or counted
/// twice; a number is not one; hands by sex in a secret vote, or papers in an open one; men in a
/// vote of women; both agreed already.
pub fn count(
    id: Id,
    records: &[Record],
    counted: &DecisionHandsCounted,
    by: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let decision = open(id, records)?;
    may_vote(&decision)?;
    if decision.vote_begun_ms.is_none() {
        return Err(Refusal::new("decision-vote-not-begun").status(409));
    }
    if counted.round != decision.round {
        return Err(Refusal::new("decision-round").status(409).naming("round", decision.round));
    }
    if agreed(&decision).is_ok() {
        return Err(Refusal::new("decision-counts-agree").status(409));
    }
    let (counter, via) = (counted.counter, counted.via.as_str());
    if !matches!(counter, 1 | 2) || !matches!(via, "hall" | "paper") {
        return Err(Refusal::new("decision-counter"));
    }
    let other = decision.counts.iter().find(|c| c.round == decision.round && c.counter != counter);
    if other.is_some_and(|other| other.via != via) {
        return Err(Refusal::new("decision-counter"));
    }
    if via == "hall" && other.is_some_and(|other| other.author == by) {
        return Err(Refusal::new("decision-same-counter").status(409));
    }
    tallies_fit(&decision, &counted.tallies)?;
    Ok(vec![Draft::new(id, counted).area(decision.area).by(by)])
}

fn tallies_fit(decision: &Decision, tallies: &[Tally]) -> Result<(), Refusal> {
    let choices = choices(decision);
    let mut seen: Vec<&str> = tallies.iter().map(|tally| tally.choice.as_str()).collect();
    let unknown = seen.iter().any(|choice| !choices.contains(choice));
    seen.sort_unstable();
    seen.dedup();
    if unknown || seen.len() != tallies.len() || seen.len() != choices.len() {
        return Err(Refusal::new("decision-choices"));
    }
    for tally in tallies {
        let all = [tally.women, tally.men, tally.other, tally.papers];
        if all.iter().any(|n| !(0..=HANDS_MAX).contains(n)) {
            return Err(Refusal::new("decision-number").naming("max", HANDS_MAX));
        }
        let hands = tally.women + tally.men + tally.other;
        if decision.must_be_secret() && hands > 0 {
            return Err(Refusal::new("decision-secret").status(409));
        }
        if !decision.must_be_secret() && tally.papers > 0 {
            return Err(Refusal::new("decision-not-secret").status(409));
        }
        if decision.kind == "women_only" && tally.men > 0 {
            return Err(Refusal::new("decision-women-only"));
        }
    }
    Ok(())
}

/// What both counters found in this round, in the order of the choices.
///
/// # Errors
/// One has not counted yet, or they differ.
pub fn agreed(decision: &Decision) -> Result<Vec<Tally>, Refusal> {
    let of = |counter: u8| {
        decision.counts.iter().find(|c| (c.counter, c.round) == (counter, decision.round))
    };
    let missing = || Refusal::new("decision-counts-missing").status(409);
    let (one, two) = (of(1).ok_or_else(missing)?, of(2).ok_or_else(missing)?);
    let in_order = |tallies: &[Tally]| -> Vec<Tally> {
        let found = |choice: &str| tallies.iter().find(|tally| tally.choice == choice).cloned();
        choices(decision).into_iter().filter_map(found).collect()
    };
    let (one, two) = (in_order(&one.tallies), in_order(&two.tallies));
    if one == two { Ok(one) } else { Err(Refusal::new("decision-counts-differ").status(409)) }
}

/// All is counted again.
///
/// # Errors
/// It is resolved; nothing was counted in this round; too many rounds.
pub fn recount(id: Id, records: &[Record], by: Option<Id>) -> Result<Vec<Draft>, Refusal> {
    let decision = open(id, records)?;
    if !decision.counts.iter().any(|count| count.round == decision.round) {
        return Err(Refusal::new("decision-counts-missing").status(409));
    }
    if decision.round >= ROUNDS_MAX {
        return Err(Refusal::new("decision-many").naming("max", ROUNDS_MAX));
    }
    let round = decision.round + 1;
    Ok(vec![Draft::new(id, &DecisionRecounted { round }).area(decision.area).by(by)])
}
