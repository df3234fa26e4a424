//! What was resolved: the outcome from what was counted, its force from mandate and quorum, and
//! who decides it when its body may not. Pure. A relocation that nobody was told of is never
//! resolved, and the women's share never takes in votes whose sex nobody knows.

use record::{Draft, Id, Record, Refusal};

use super::force::{
    COOLING_OFF_DAYS, EMERGENCY_REVIEW_DAYS_MAX, Ground, NOTICE_DAYS_MIN, Reach, reach,
    told_in_time,
};
use super::motion::{few_words, promise_fits};
use super::vote::{agreed, may_vote};
use super::{DAYS_AHEAD_MAX, LONG_BYTES_MAX, limited, open, public_line};
use crate::decisions::resolutions::records::{
    DecisionResolved, DecisionRouted, Present, Promise, Tally,
};
use crate::decisions::resolutions::views::Decision;

/// Longest reason for the SMS that says no, in characters of its alphabet.
pub const BECAUSE_CHARS_MAX: usize = 36;

/// What is said when it is resolved, and what is known of the vote.
#[derive(Clone, Debug, Default)]
pub struct Resolving {
    /// Who was there at the vote; none for an authority's own act.
    pub present: Option<Present>,
    /// What was chosen from afar.
    pub afar: Vec<Tally>,
    /// Whether an authority decides by its own act, without hands: `carried` or `rejected`.
    pub by_act: Option<bool>,
    /// Why.
    pub reasons: String,
    /// Why, in few words; needed for a no.
    pub because: String,
    /// What those said who were against.
    pub dissent: String,
    /// The day it is looked at again.
    pub review_day: Option<i64>,
    /// Who does what by when; none for what was moved.
    pub promise: Option<Promise>,
}

/// What was counted, and which option won: `Some(0)` for a yes, none for a no.
///
/// An option wins with more votes than any other and than "none of them"; a tie is a no.
#[must_use]
pub fn outcome_of(decision: &Decision, hall: &[Tally], afar: &[Tally]) -> Option<u8> {
    let sum = |choice: &str| -> i64 {
        let all = hall.iter().chain(afar).filter(|tally| tally.choice == choice);
        all.map(Tally::sum).sum()
    };
    if decision.options.is_empty() {
        return (sum("yes") > sum("no")).then_some(0);
    }
    let options = ["1", "2", "3"].into_iter().take(decision.options.len());
    let mut ranked: Vec<(i64, u8)> = (1u8..).zip(options).map(|(n, o)| (sum(o), n)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    let (first, option) = *ranked.first()?;
    let second = ranked.get(1).map_or(0, |(votes, _)| *votes);
    (first > second && first > sum("no")).then_some(option)
}

/// It is resolved. Gives its records and how far it reaches.
///
/// # Errors
/// It is resolved already; nobody asked who gains, or who leads gains; counts are missing or
/// differ; more hands than people; no reason; a relocation nobody was told of in time; a day that
/// does not fit.
pub fn resolve(
    id: Id,
    records: &[Record],
    said: &Resolving,
    ground: &Ground,
    by: Option<Id>,
) -> Result<(Vec<Draft>, Reach), Refusal> {
    let decision = open(id, records)?;
    may_vote(&decision)?;
    let (hall, winner) = match said.by_act {
        Some(yes) => (Vec::new(), Some(0).filter(|_| yes)),
        None => {
            let hall = agreed(&decision)?;
            hands_fit(&hall, said.present)?;
            let winner = outcome_of(&decision, &hall, &said.afar);
            (hall, winner)
        }
    };
    let carried = winner.is_some();
    let reach = if carried { reach(&decision, ground) } else { rejected(&decision, ground) };
    if carried && decision.kind == "relocation" && !decision.emergency {
        let told = told_in_time(&decision, ground.day);
        if !told {
            let refusal = Refusal::new("decision-not-told").status(409);
            return Err(refusal.naming("days", NOTICE_DAYS_MIN));
        }
    }
    let promise = said.promise.as_ref().or(decision.offered.as_ref()).filter(|_| carried);
    let because = if carried {
        limited(&said.because, LONG_BYTES_MAX)?
    } else {
        let (empty, long) = ("decision-because-empty", "decision-because-long");
        few_words(&said.because, BECAUSE_CHARS_MAX, empty, long)?
    };
    let (conditions, from_day) = conditions(&decision, carried, ground.day);
    let resolved = DecisionResolved {
        outcome: if carried { "carried" } else { "rejected" }.to_owned(),
        option: winner.unwrap_or(0),
        force: reach.force.to_owned(),
        force_why: reach.why.to_owned(),
        mandate: reach.mandate,
        present: said.present,
        hall,
        afar: said.afar.clone(),
        secret: decision.must_be_secret(),
        reasons: public_line(&said.reasons, LONG_BYTES_MAX, "decision-reasons-empty")?,
        because,
        dissent: Some(limited(&said.dissent, LONG_BYTES_MAX)?).filter(|words| !words.is_empty()),
        review_day: review_day(&decision, said.review_day, carried, ground.day)?,
        promise: promise.map(|promise| promise_fits(promise, ground.day)).transpose()?,
        conditions,
        from_day,
    };
    let mut drafts = vec![Draft::new(id, &resolved).area(decision.area).by(by)];
    if let (true, Some(to)) = (carried, reach.to) {
        let routed = DecisionRouted { to, why: reach.why.to_owned() };
        drafts.push(Draft::new(id, &routed).area(decision.area).by(by));
    }
    Ok((drafts, reach))
}

/// A no needs no mandate; whether enough were there to say it is kept all the same.
fn rejected(decision: &Decision, ground: &Ground) -> Reach {
    Reach { to: None, ..reach(decision, ground) }
}

fn hands_fit(hall: &[Tally], present: Option<Present>) -> Result<(), Refusal> {
    let Some(present) = present else {
        return Err(Refusal::new("decision-present-uncounted").status(409));
    };
    let sum = |of: fn(&Tally) -> i64| -> i64 { hall.iter().map(of).sum() };
    let people = present.women + present.men + present.other;
    let more = sum(|t| t.women) > present.women
        || sum(|t| t.men) > present.men
        || sum(|t| t.other) > present.other
        || sum(Tally::sum) > people;
    if more { Err(Refusal::new("decision-more-hands").status(409)) } else { Ok(()) }
}

/// A relocation waits, and needs a witness from outside (safety 12).
fn conditions(decision: &Decision, carried: bool, day: i64) -> (Vec<String>, i64) {
    if !carried || decision.kind != "relocation" {
        return (Vec::new(), day);
    }
    let conditions = ["independent_witness", "cooling_off", "own_consent"];
    (conditions.map(str::to_owned).to_vec(), day + COOLING_OFF_DAYS)
}

/// What is decided in haste is looked at again within two weeks, whether anybody says so or not.
fn review_day(
    decision: &Decision,
    asked: Option<i64>,
    carried: bool,
    day: i64,
) -> Result<Option<i64>, Refusal> {
    if !carried {
        return Ok(None);
    }
    let last = day + if decision.emergency { EMERGENCY_REVIEW_DAYS_MAX } else { DAYS_AHEAD_MAX };
    match asked {
        Some(asked) if asked < day => Err(Refusal::new("decision-review-day")),
        Some(asked) if asked > last && decision.emergency => {
            Err(Refusal::new("decision-review-late").naming("days", EMERGENCY_REVIEW_DAYS_MAX))
        }
        Some(asked) if asked > last => Err(Refusal::new("decision-review-day")),
        None if decision.emergency => Ok(Some(last)),
        asked => Ok(asked),
    }
}
