//! Votes from afar and the door of the hall: a person votes once, from afar or by hand. Whose vote
//! it is stands nowhere: its entity is a keyed hash that only the node can make again.

use record::{Id, Refusal};
use store::{Change, Decision as Act, StoreError};

use super::super::queries;
use super::super::rules;
use super::super::views::{AfarVote, Decision};
use super::Actor;
use crate::door::{House, Trouble};
use crate::voices::sms::Meant;
use crate::voices::{self, Code, Voice};

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

/// A vote from afar, ready to be written with the answer to it.
pub struct Voting {
    /// The act.
    pub change: Change,
    /// Key of the SMS that says why not, should the rule refuse.
    pub refused: &'static str,
    /// The decision; none when there is no such number.
    pub decision: Option<Decision>,
}

/// Somebody votes by SMS. `person` is who that number is proven to be.
///
/// # Errors
/// When the database fails. What the rule refuses is refused when the act is appended.
pub async fn voting(house: &House, person: Id, vote: &Vote) -> Result<Voting, Trouble> {
    let Some(decision) = queries::by_number(house, vote.number).await? else {
        return Ok(refusing("decision-unknown", "sms-vote-unknown", None));
    };
    let Some(assembly) = decision.assembly else {
        return Ok(refusing("decision-afar-nowhere", "sms-vote-unknown", Some(decision)));
    };
    let persons = voices::queries::persons_with(house, person).await?;
    let said = voices::queries::of_persons(house, &persons).await?;
    if !said.iter().any(|voice| has_a_voice(&decision, voice)) {
        return Ok(refusing("decision-afar-not-yours", "sms-vote-not-yours", Some(decision)));
    }
    let own = vote_id(house, decision.id, person);
    let mut marks: Vec<Id> = Vec::new();
    for person in &persons {
        marks.extend([mark_id(house, assembly, *person), vote_id(house, decision.id, *person)]);
    }
    let mut entities = vec![decision.id, own];
    entities.extend(&marks);
    entities.sort_unstable();
    entities.dedup();
    let (id, choice) = (decision.id, vote.choice.clone());
    let refused = why_not(house, &decision, (own, &marks), &choice).await?;
    let change = Change::on(entities, move |known| {
        let marks: Vec<_> = marks.iter().map(|mark| (*mark, known.of(*mark).to_vec())).collect();
        let (about, own) = ((id, known.of(id)), (own, known.of(own)));
        let drafts = rules::vote_from_afar(about, own, &marks, &choice)?;
        Ok(Act { drafts, ..Act::default() })
    });
    Ok(Voting { change, refused, decision: Some(decision) })
}

fn refusing(code: &'static str, key: &'static str, decision: Option<Decision>) -> Voting {
    let change = Change::on(Vec::new(), move |_| Err(Refusal::new(code).status(409)));
    Voting { change, refused: key, decision }
}

/// What an SMS would say if it were refused now; what changes in this moment was too late.
async fn why_not(
    house: &House,
    decision: &Decision,
    (own, marks): (Id, &[Id]),
    choice: &str,
) -> Result<&'static str, StoreError> {
    let mut seen = Vec::with_capacity(marks.len());
    for mark in marks {
        seen.push((*mark, house.store().records_of(*mark).await?));
    }
    let records = house.store().records_of(decision.id).await?;
    let mine = house.store().records_of(own).await?;
    let outcome = rules::vote_from_afar((decision.id, &records), (own, &mine), &seen, choice);
    Ok(match outcome.err().map(|refusal| refusal.code) {
        Some("decision-came") => "sms-vote-came",
        Some("decision-choices") => "sms-vote-choices",
        Some("decision-afar-women-only") => "sms-vote-women-only",
        _ => "sms-vote-late",
    })
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

/// A vote that came by SMS, with the words that answer it. They never repeat what was chosen:
/// somebody else may hold the phone.
///
/// # Errors
/// When the database fails.
pub async fn by_sms(
    house: &House,
    person: Id,
    number: i64,
    choice: String,
) -> Result<Meant, Trouble> {
    let Voting { change, refused, decision } =
        voting(house, person, &Vote { number, choice }).await?;
    let short = decision.map(|decision| decision.short).unwrap_or_default();
    let args = vec![("number", format!("D-{number}")), ("short", short)];
    Ok(Meant { change, done: "sms-vote-taken", again: "sms-vote-taken", refused, args })
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
