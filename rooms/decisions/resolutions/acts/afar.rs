//! Votes from afar and the door of the hall: a person votes once, from afar or by hand. Whose vote
//! it is stands nowhere: its entity is a keyed hash that only the node can make again.

use record::Id;
use store::{Change, Decision as Act, StoreError};

use super::super::queries;
use super::super::rules;
use super::super::views::{AfarVote, Decision};
use super::Actor;
use crate::door::{House, Trouble};
use crate::voices::{self, Code, Voice};
use record::Refusal;

/// A vote as an SMS brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The number of the decision.
    pub number: i64,
    /// What is chosen: `yes`, `no`, or the number of an option.
    pub choice: String,
}

/// The entity of somebody's vote on a decision.
fn vote_id(house: &House, decision: Id, person: Id) -> Id {
    Id(house.vault().keyed("afar-vote", &[decision.0, person.0].concat()))
}

/// The entity of "this person came to that assembly".
fn mark_id(house: &House, assembly: Id, person: Id) -> Id {
    Id(house.vault().keyed("afar-came", &[assembly.0, person.0].concat()))
}

/// Somebody votes by SMS. `persons` speak from that number, the proven one first.
///
/// # Errors
/// As the rule refuses; there is no such decision; it is not put to an assembly; nobody at this
/// number has a living voice in it.
pub async fn vote_from_afar(
    house: &House,
    persons: &[Id],
    vote: &Vote,
) -> Result<Decision, Trouble> {
    let unknown = || Refusal::new("decision-unknown").status(404);
    let decision = queries::by_number(house, vote.number).await?.ok_or_else(unknown)?;
    let assembly = decision.assembly.ok_or(Refusal::new("decision-afar-nowhere").status(409))?;
    let Some(person) = persons.first().copied() else {
        return Err(Refusal::new("decision-afar-not-yours").status(403).into());
    };
    let said = voices::queries::of_persons(house, persons).await?;
    if !said.iter().any(|voice| has_a_voice(&decision, voice)) {
        return Err(Refusal::new("decision-afar-not-yours").status(403).into());
    }
    let own = vote_id(house, decision.id, person);
    let marks: Vec<Id> = persons.iter().map(|p| mark_id(house, assembly, *p)).collect();
    let votes: Vec<Id> = persons.iter().map(|p| vote_id(house, decision.id, *p)).collect();
    let mut entities = vec![decision.id, own];
    entities.extend(marks.iter().chain(&votes));
    entities.sort_unstable();
    entities.dedup();
    let (id, choice) = (decision.id, vote.choice.clone());
    let change = Change::on(entities, move |known| {
        let marks = marks.iter().chain(&votes).map(|mark| (*mark, known.of(*mark).to_vec()));
        let marks: Vec<_> = marks.collect();
        let about = (id, known.of(id));
        let drafts = rules::vote_from_afar(about, (own, known.of(own)), &marks, &choice)?;
        Ok(Act { drafts, ..Act::default() })
    });
    house.store().append(change).await?;
    Ok(decision)
}

/// Whether somebody may vote from afar: they spoke of what it answers, or from where it is for.
fn has_a_voice(decision: &Decision, voice: &Voice) -> bool {
    if voice.erased || voice.status == "withdrawn" {
        return false;
    }
    let of_need = voice.need.is_some_and(|need| decision.needs.contains(&need));
    let of_area = voice.area.is_some_and(|area| {
        decision.area.is_none() || decision.area == Some(area) || decision.affects.contains(&area)
    });
    of_need || of_area
}

/// What is known of somebody at the door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// Numbers of decisions on which their vote from afar already counts: they raise no hand.
    pub counted: Vec<i64>,
}

/// Somebody came in person and gives their code: what they chose from afar is set aside, and a
/// later vote from afar is refused. Where the hall has begun already, their vote from afar stands
/// and they raise no hand.
///
/// # Errors
/// There is no voice of this code, or nobody behind it any more.
pub async fn came(house: &House, assembly: Id, code: &Code, by: &Actor) -> Result<Came, Trouble> {
    let unknown = || Refusal::new("decision-code-unknown").status(404);
    let voice = voices::queries::by_code(house, code).await?.ok_or_else(unknown)?;
    let persons = persons_of(house, &voice).await?;
    if persons.is_empty() {
        return Err(unknown().into());
    }
    let motions = queries::of_assembly(house, assembly).await?;
    let marks: Vec<Id> = persons.iter().map(|p| mark_id(house, assembly, *p)).collect();
    let votes: Vec<(Id, Id)> = motions
        .iter()
        .flat_map(|motion| persons.iter().map(|p| (motion.id, vote_id(house, motion.id, *p))))
        .collect();
    let mut entities: Vec<Id> = marks.clone();
    entities.extend(votes.iter().flat_map(|(decision, vote)| [*decision, *vote]));
    entities.sort_unstable();
    entities.dedup();
    let (author, all) = (by.id, votes.clone());
    let change = Change::on(entities, move |known| {
        let marked = marks.iter().filter_map(|m| rules::came(*m, known.of(*m), assembly, author));
        let aside = all.iter().filter_map(|(decision, vote)| {
            let now = Decision::fold(*decision, known.of(*decision));
            let open = now.vote_begun_ms.is_none() && now.resolved_ms.is_none();
            let aside = || rules::set_aside(*vote, known.of(*vote), *decision, author);
            open.then(aside).flatten()
        });
        Ok(Act { drafts: marked.chain(aside).collect(), ..Act::default() })
    });
    house.store().append(change).await?;
    let mut came = Came::default();
    for motion in motions {
        for (_, vote) in votes.iter().filter(|(decision, _)| *decision == motion.id) {
            if counts(house, *vote).await? {
                came.counted.push(motion.number);
            }
        }
    }
    came.counted.dedup();
    Ok(came)
}

async fn counts(house: &House, vote: Id) -> Result<bool, StoreError> {
    let vote = AfarVote::fold(vote, &house.store().records_of(vote).await?);
    Ok(!vote.set_aside && !vote.choice.is_empty())
}

/// Everybody this voice may be of: whoever said it, and whoever speaks from the number it left.
async fn persons_of(house: &House, voice: &Voice) -> Result<Vec<Id>, Trouble> {
    let Some(person) = voice.person else { return Ok(Vec::new()) };
    let words = voices::queries::words(house, voice.id).await?;
    let mut persons = match words.and_then(|words| words.number) {
        Some(number) => voices::queries::persons_at(house, &number).await?,
        None => Vec::new(),
    };
    persons.push(person);
    persons.sort_unstable();
    persons.dedup();
    Ok(persons)
}
