//! A result that is final becomes a decision, once, with the force that was announced. Pure. What
//! was chosen is not typed again: it is taken from the count.

use ballots::Outcome;
use record::{Draft, Id, Record, Refusal};

use super::{Drafts, Hand, known, no_gain};
use crate::decisions::ballots::records::{BallotRoundDecided, ProjectSaid};
use crate::decisions::ballots::views::Round;
use crate::decisions::resolutions::rules::{
    LONG_BYTES_MAX, SUBJECT_BYTES_MAX, TITLE_BYTES_MAX, Voted,
};
use crate::decisions::resolutions::{DecisionMoved, FromRound, Promise};
use crate::people::{Ceiling, minor_parts};

/// Why a result that would bind is advice: fewer ballots counted than was announced.
pub const TOO_FEW: &str = "turnout";

/// What is said when a result is made a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deciding {
    /// It in few words, for an SMS.
    pub short: String,
    /// Why it came to that, in plain words.
    pub reasons: String,
    /// Why something was not chosen, in few words; needed when somebody is told no.
    pub because: String,
    /// The body whose decision it is, for rounds that did not say.
    pub body: Option<Id>,
    /// Who does what by when.
    pub promise: Option<Promise>,
}

/// The round, if its result may become a decision now.
///
/// # Errors
/// Appeals are still possible or open, or one held; it is a decision already; whoever asks gains.
pub fn decidable(id: Id, records: &[Record], hand: &Hand, now_ms: i64) -> Result<Round, Refusal> {
    let round = known(id, records)?;
    no_gain(&round, hand)?;
    if round.status(now_ms) != "final" {
        return Err(Refusal::new("ballot-not-final").status(409));
    }
    if round.decided.is_some() {
        return Err(Refusal::new("ballot-decided").status(409));
    }
    Ok(round)
}

/// The round says which decision it became.
///
/// # Errors
/// As [`decidable`].
pub fn decided(
    id: Id,
    records: &[Record],
    (decision, number): (Id, i64),
    hand: &Hand,
    now_ms: i64,
) -> Drafts {
    let round = decidable(id, records, hand, now_ms)?;
    let decided = BallotRoundDecided { decision, number };
    Ok(vec![Draft::new(id, &decided).area(round.area).by(Some(hand.id))])
}

/// The decision that a counted round comes to.
///
/// # Errors
/// It was not counted, or nobody said whose decision it is.
pub fn voted(round: &Round, asked: &Deciding) -> Result<Voted, Refusal> {
    let counted = round.result().ok_or(Refusal::new("ballot-not-final").status(409))?;
    let (outcome, said) = (counted.outcome, round.rules());
    let turned_out = super::rules_of(round).turned_out(&outcome);
    let right = said.right.clone().unwrap_or_default();
    let body = said.right.as_ref().map(|right| right.body).or(asked.body);
    let carried = !outcome.order.is_empty();
    let about = if carried { chosen(round, &outcome) } else { said.projects.iter().collect() };
    let mut needs: Vec<Id> = about.iter().flat_map(|p| p.needs.iter().flatten().copied()).collect();
    needs.sort_unstable();
    needs.dedup();
    let cost = i64::try_from(outcome.cost_minor).unwrap_or(i64::MAX);
    let money = Ceiling { amount_minor: cost, currency: said.currency.clone() };
    let subject = if right.subject.is_empty() { said.question.clone() } else { right.subject };
    let moved = DecisionMoved {
        body: body.ok_or(Refusal::new("ballot-right"))?,
        subject: cut(&subject, SUBJECT_BYTES_MAX),
        title: cut(&said.question, TITLE_BYTES_MAX),
        short: asked.short.clone(),
        effects: cut(&listed(&about, &said.currency), LONG_BYTES_MAX),
        money: Some(money).filter(|money| money.amount_minor > 0),
        kind: if said.women_only { "women_only" } else { "ordinary" }.to_owned(),
        needs,
        promise: asked.promise.clone().filter(|_| carried),
        from_round: Some(FromRound { round: round.id, number: said.number }),
        ..DecisionMoved::default()
    };
    let force_why = match (right.binds, turned_out, right.why.as_str()) {
        (true, true, _) => "",
        (true, false, _) => TOO_FEW,
        (false, _, "") => "no_mandate",
        (false, _, why) => why,
    };
    Ok(Voted {
        moved,
        area: round.area,
        carried,
        binds: right.binds && turned_out,
        force_why: force_why.to_owned(),
        mandate: right.mandate,
        unchosen: unchosen(round),
        reasons: asked.reasons.clone(),
        because: asked.because.clone(),
    })
}

/// The projects that are funded, in the order in which they won.
fn chosen<'a>(round: &'a Round, outcome: &Outcome) -> Vec<&'a ProjectSaid> {
    let projects = round.said.iter().flat_map(|said| &said.projects);
    let named: Vec<(String, &ProjectSaid)> = (1..).map(super::project_id).zip(projects).collect();
    let of = |id: &String| named.iter().find(|(name, _)| name == id).map(|(_, one)| *one);
    outcome.order.iter().filter_map(of).collect()
}

/// The needs that only projects which were not chosen would have answered, each with the name of
/// such a project; none where nothing was chosen, for then all are told alike.
#[must_use]
pub fn unchosen(round: &Round) -> Vec<(Id, String)> {
    let Some(counted) = round.result() else { return Vec::new() };
    let won = chosen(round, &counted.outcome);
    if won.is_empty() {
        return Vec::new();
    }
    let answered: Vec<Id> = won.iter().flat_map(|p| p.needs.iter().flatten().copied()).collect();
    let mut lost: Vec<(Id, String)> = Vec::new();
    for project in round.said.iter().flat_map(|said| &said.projects) {
        for need in project.needs.iter().flatten() {
            if !answered.contains(need) && lost.iter().all(|(other, _)| other != need) {
                lost.push((*need, project.title.clone()));
            }
        }
    }
    lost
}

/// Projects with what they cost, the same in every language.
fn listed(projects: &[&ProjectSaid], currency: &str) -> String {
    let one = |project: &&ProjectSaid| {
        let (whole, part) = minor_parts(project.cost_minor, currency);
        let cents = if part.is_empty() { String::new() } else { format!(".{part}") };
        format!("{}: {whole}{cents} {currency}", project.title)
    };
    projects.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Words of at most so many bytes, as a decision holds them; longer ones end in a sign for it.
fn cut(words: &str, bytes_max: usize) -> String {
    if words.len() <= bytes_max {
        return words.to_owned();
    }
    let mut kept = String::new();
    for symbol in words.chars() {
        if kept.len() + symbol.len_utf8() + '…'.len_utf8() > bytes_max {
            break;
        }
        kept.push(symbol);
    }
    kept + "…"
}
