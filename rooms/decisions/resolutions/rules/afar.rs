//! Votes from afar: each person once, the last one counts, until the hall begins; and never by
//! whoever came in person. Pure. It knows of no person: ids are keyed hashes made before.

use record::{Draft, Id, Record, Refusal};

use super::{open, vote};
use crate::decisions::resolutions::records::{AfarCame, AfarSetAside, AfarVoted};
use crate::decisions::resolutions::views::AfarVote;

/// Somebody votes from afar. `vote` is theirs on this decision, `marks` stand for them at the door.
///
/// # Errors
/// It is resolved or being voted on in the hall; the choice is not on the list; they came in
/// person; men have no voice in it, and of a vote from afar nobody knows.
pub fn vote_from_afar(
    (decision, records): (Id, &[Record]),
    (id, own): (Id, &[Record]),
    marks: &[(Id, Vec<Record>)],
    choice: &str,
) -> Result<Vec<Draft>, Refusal> {
    let open = open(decision, records)?;
    if open.vote_begun_ms.is_some() {
        return Err(Refusal::new("decision-vote-begun").status(409));
    }
    if open.kind == "women_only" {
        return Err(Refusal::new("decision-afar-women-only").status(409));
    }
    if !vote::choices(&open).contains(&choice) {
        return Err(Refusal::new("decision-choices"));
    }
    let came = marks.iter().any(|(id, records)| AfarVote::fold(*id, records).set_aside);
    if came || AfarVote::fold(id, own).set_aside {
        return Err(Refusal::new("decision-came").status(409));
    }
    let voted = AfarVoted { decision, choice: choice.to_owned() };
    Ok(vec![Draft::new(id, &voted)])
}

/// Somebody came in person to an assembly. Nothing is written when that is known already.
#[must_use]
pub fn came(id: Id, records: &[Record], assembly: Id, by: Option<Id>) -> Option<Draft> {
    let known = AfarVote::fold(id, records).set_aside;
    (!known).then(|| Draft::new(id, &AfarCame { assembly }).by(by))
}

/// What they chose from afar on one decision is set aside.
#[must_use]
pub fn set_aside(id: Id, records: &[Record], decision: Id, by: Option<Id>) -> Option<Draft> {
    let known = AfarVote::fold(id, records).set_aside;
    (!known).then(|| Draft::new(id, &AfarSetAside { decision }).by(by))
}
