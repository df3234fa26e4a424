//! What may be done with ballots: pure rules on their records. They read no clock and draw no
//! chance: hours, keys and salts are arguments. None reads what a ballot says.

mod amount;
mod announce;
mod casting;
mod deciding;
mod issuing;
mod later;
mod paper;
mod right;
mod written;

use ballots::{Force, Hex, Project, Publication, Rules, TieRule};
use record::{Draft, Id, Record, Refusal};

use super::views::Round;

pub use amount::amount_typed;
pub use announce::{
    APPEAL_DAYS_MAX, Announcing, NOTICE_HOURS_MIN, OPEN_DAYS_MAX, QUESTION_CHARS_MAX,
    REASON_CHARS_MAX, RESTS, RULE_KINDS, RULES_OFFERED, TITLE_CHARS_MAX, TURNOUT_MIN,
    WHO_CHARS_MAX, announce, call_off, public_words, say_conflict, transfer,
};
pub use casting::{Casting, cast};
pub use deciding::{Deciding, TOO_FEW, decidable, decided, unchosen, voted};
pub use issuing::{
    CARDS_MAX, CREDENTIALS_MAX, Issuing, LOT_CHARS_MAX, SMS_MIN, issue, sent_together, void,
};
pub use later::{
    Answering, Counting, answer_appeal, appeal, countable, counted, grow, uncountable,
};
pub use paper::{LINES_MAX, Line, Typed, digest, recount, taken, typed};
pub use right::right;
pub use written::{Ticked, Wrong, chosen_in};

/// After closing, so long must pass before the log is closed: what was cast in the last moment is
/// then in the box (milliseconds).
pub const CLOSE_GRACE_MS: i64 = 2 * 60 * 1000;
/// So many ballots go into the log together at least: the place of one says nothing of its hour.
pub const TOGETHER_MIN: usize = 10;

pub(super) type Drafts = Result<Vec<Draft>, Refusal>;

/// Who does something: a member and the bodies they belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    /// The member.
    pub id: Id,
    /// Their bodies.
    pub bodies: Vec<Id>,
}

/// The round, if there is one.
///
/// # Errors
/// There is none.
pub fn known(id: Id, records: &[Record]) -> Result<Round, Refusal> {
    let round = Round::fold(id, records);
    if round.said.is_none() {
        return Err(Refusal::new("ballot-unknown").status(404));
    }
    Ok(round)
}

/// The round, if ballots are taken now.
///
/// # Errors
/// There is none; it has not opened, is closed or was called off.
pub fn open(id: Id, records: &[Record], now_ms: i64) -> Result<Round, Refusal> {
    let round = known(id, records)?;
    match round.status(now_ms) {
        "open" => Ok(round),
        "announced" => Err(Refusal::new("ballot-not-open").status(409)),
        _ => Err(Refusal::new("ballot-closed").status(409)),
    }
}

/// The round, if it is neither closed nor called off.
pub(super) fn before_closing(id: Id, records: &[Record], now_ms: i64) -> Result<Round, Refusal> {
    let round = known(id, records)?;
    match round.status(now_ms) {
        "announced" | "open" => Ok(round),
        _ => Err(Refusal::new("ballot-closed").status(409)),
    }
}

/// Whoever gives out credentials does nothing else, whoever keeps the box gives out none, and
/// whoever gains does neither.
pub(super) fn registrar(round: &Round, hand: &Hand) -> Result<(), Refusal> {
    no_gain(round, hand)?;
    if round.registrar != hand.id {
        return Err(Refusal::new("ballot-hands").status(403));
    }
    Ok(())
}

pub(super) fn keeper(round: &Round, hand: &Hand) -> Result<(), Refusal> {
    no_gain(round, hand)?;
    if round.keeper != hand.id {
        return Err(Refusal::new("ballot-hands").status(403));
    }
    Ok(())
}

pub(super) fn no_gain(round: &Round, hand: &Hand) -> Result<(), Refusal> {
    if round.gains(hand.id, &hand.bodies) {
        return Err(Refusal::new("ballot-conflict").status(403));
    }
    Ok(())
}

/// The rules of a round as the bundle writes them.
#[must_use]
pub fn rules_of(round: &Round) -> Rules {
    let said = round.rules();
    let minor = |n: i64| u64::try_from(n).unwrap_or(0);
    let few = |n: i64| u32::try_from(n).unwrap_or(0);
    let project = |(n, one): (usize, &super::records::ProjectSaid)| Project {
        id: project_id(n + 1),
        title: one.title.clone(),
        cost_minor: minor(one.cost_minor),
    };
    Rules {
        round: Hex(round.id.0),
        number: minor(said.number),
        question: said.question.clone(),
        kind: said.kind.clone(),
        choices_max: few(said.choices_max),
        points: few(said.points),
        rule: said.rule.clone(),
        tie: if said.tie == "cost" { TieRule::Cost } else { TieRule::List },
        budget_minor: minor(said.budget_minor),
        decimals: said.decimals,
        currency: said.currency.clone(),
        projects: said.projects.iter().enumerate().map(project).collect(),
        place: said.place.clone(),
        who: said.who.clone(),
        women_only: said.women_only,
        opens_ms: said.opens_ms,
        closes_ms: said.closes_ms,
        appeal_days: few(said.appeal_days),
        publication: if said.full_if_many {
            Publication::FullIfMany
        } else {
            Publication::Commitments
        },
        log_key: Hex(said.log_key),
        force: said.right.as_ref().map(force_of),
        turnout_min: said.turnout_min.map(minor),
    }
}

fn force_of(right: &super::records::RightSaid) -> Force {
    Force {
        binds: right.binds,
        body: right.decides.clone(),
        instrument: right.instrument.clone().unwrap_or_default(),
        why: right.why.clone(),
    }
}

/// The id of the n-th project, from 1.
#[must_use]
pub fn project_id(n: usize) -> String {
    format!("{n:02}")
}
