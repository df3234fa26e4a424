//! After the ballots: the log grows and is closed, the keeper counts once, one may appeal until the
//! day that was published. Pure.

use ballots::{Bundle, Contents, Head, LogKey, NotMade, log};
use record::{Draft, Id, Record, Refusal};

use super::announce::{REASON_CHARS_MAX, public_words};
use super::{CLOSE_GRACE_MS, Drafts, Hand, TOGETHER_MIN, keeper, known, no_gain};
use crate::decisions::ballots::records::{
    BallotBundleMade, BallotLogGrown, BallotRoundAppealAnswered, BallotRoundAppealed,
    BallotRoundCounted,
};
use crate::decisions::ballots::views::{Log, Round};

/// Ballots go from the box into its log: the first so many by their hashes, as long as as many
/// stay behind to be mixed with what comes; all of them after closing. None when it is not time.
#[must_use]
pub fn grow(
    round: &Round,
    (id, records): (Id, &[Record]),
    waiting: &[[u8; 32]],
    key: &LogKey,
    now_ms: i64,
) -> Option<Draft> {
    let before = Log::fold(id, records);
    let closes = round.rules().closes_ms;
    if before.closed || round.said.is_none() {
        return None;
    }
    let known = before.hashes();
    let mut waiting: Vec<[u8; 32]> =
        waiting.iter().copied().filter(|leaf| !known.contains(leaf)).collect();
    waiting.sort_unstable();
    waiting.dedup();
    let last = now_ms >= closes.saturating_add(CLOSE_GRACE_MS);
    if !last {
        let go = waiting.len().saturating_sub(TOGETHER_MIN);
        if go < TOGETHER_MIN {
            return None;
        }
        waiting.truncate(go);
    }
    let mut all = known;
    all.extend(&waiting);
    let size = u64::try_from(all.len()).unwrap_or(u64::MAX);
    let head = Head { round: round.id.0, size, root: log::root(&all) };
    let signature = key.sign_head(&head).signature.0;
    let (leaves, root) = (waiting.concat(), head.root);
    Some(Draft::new(id, &BallotLogGrown { round: round.id, leaves, root, signature, last }))
}

/// What the keeper counted.
#[derive(Clone, Debug)]
pub struct Counting {
    /// The bundle.
    pub bundle: Bundle,
    /// The entity under which it is kept.
    pub bundle_id: Id,
    /// SHA-256 of its text.
    pub digest: [u8; 32],
}

/// The ballots are counted, once.
///
/// # Errors
/// Not by the keeper; the round is not closed, was counted or called off.
pub fn counted(
    (id, records): (Id, &[Record]),
    log_records: (Id, &[Record]),
    counting: &Counting,
    hand: &Hand,
    now_ms: i64,
) -> Drafts {
    let round = countable(id, records, hand, now_ms)?;
    if !Log::fold(log_records.0, log_records.1).closed {
        return Err(Refusal::new("ballot-not-closed").status(409));
    }
    let bundle = &counting.bundle;
    let told = (&bundle.outcome, &bundle.groups, &bundle.beside);
    let said = BallotRoundCounted {
        told: serde_json::to_string(&told).unwrap_or_default(),
        bundle: counting.digest,
        full: matches!(counting.bundle.contents, Contents::Full { .. }),
    };
    let made = BallotBundleMade { round: id, json: counting.bundle.written() };
    let by = Some(hand.id);
    Ok(vec![
        Draft::new(id, &said).area(round.area).by(by),
        Draft::new(counting.bundle_id, &made).by(by),
    ])
}

/// Why there is no result, said as it is: a box that is not as it was left is another matter than
/// a rule that comes to no end.
#[must_use]
pub fn uncountable(why: &NotMade) -> Refusal {
    match why {
        NotMade::NoCount(why) => Refusal::new("ballot-no-count").status(409).naming("why", why),
        NotMade::Ballot { .. } | NotMade::Stranger(_) | NotMade::Leaves(..) => {
            Refusal::new("ballot-uncountable").status(409)
        }
    }
}

/// The round, if its keeper may count it now.
///
/// # Errors
/// Not by the keeper; the round is not closed, was counted or called off.
pub fn countable(id: Id, records: &[Record], hand: &Hand, now_ms: i64) -> Result<Round, Refusal> {
    let round = known(id, records)?;
    keeper(&round, hand)?;
    match round.status(now_ms) {
        "closed" if now_ms >= round.rules().closes_ms.saturating_add(CLOSE_GRACE_MS) => Ok(round),
        "closed" | "announced" | "open" => Err(Refusal::new("ballot-not-closed").status(409)),
        _ => Err(Refusal::new("ballot-over").status(409)),
    }
}

/// Somebody appeals against the result, while others may too: none stops another.
///
/// # Errors
/// It was not counted, or the days are over; the reason is not fit.
pub fn appeal(id: Id, records: &[Record], why: &str, by: Option<Id>, now_ms: i64) -> Drafts {
    let round = known(id, records)?;
    if round.status(now_ms) != "counted" || now_ms >= round.appeals_until_ms() {
        return Err(Refusal::new("ballot-appeal-over").status(409));
    }
    let why = public_words(why, REASON_CHARS_MAX)?;
    Ok(vec![Draft::new(id, &BallotRoundAppealed { why }).area(round.area).by(by)])
}

/// An answer to an appeal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answering {
    /// Which, from 1.
    pub appeal: u32,
    /// Whether the result stands.
    pub stands: bool,
    /// Whether the words of the appeal are fit for everybody.
    pub fit: bool,
    /// Why.
    pub reason: String,
}

/// An appeal is answered by somebody who neither made it, nor gave out credentials, nor kept the
/// box, nor gains. That the result is not valid must be said by two of different bodies: whoever
/// appeals without a name could otherwise answer themselves.
///
/// # Errors
/// There is no such open appeal; not by such a member; the reason is not fit.
pub fn answer_appeal(id: Id, records: &[Record], asked: &Answering, hand: &Hand) -> Drafts {
    let round = known(id, records)?;
    let found = round.open_appeals().find(|(n, _)| *n == asked.appeal);
    let (_, appeal) = found.ok_or(Refusal::new("ballot-appeal-over").status(409))?;
    no_gain(&round, hand)?;
    let said = round.rules();
    let duties = [round.registrar, round.keeper, said.registrar, said.keeper];
    if duties.contains(&hand.id) || appeal.by == Some(hand.id) {
        return Err(Refusal::new("ballot-hands").status(403));
    }
    let before = appeal.answers();
    let shared = |body: &Id| before.iter().any(|other| other.groups.contains(body));
    let same = before.iter().any(|other| other.by == hand.id) || hand.bodies.iter().any(shared);
    let alone = asked.stands && before.is_empty();
    if same || (!alone && hand.bodies.is_empty()) {
        return Err(Refusal::new("ballot-appeal-hands").status(409));
    }
    let reason = public_words(&asked.reason, REASON_CHARS_MAX)?;
    let answered = BallotRoundAppealAnswered {
        stands: asked.stands,
        reason,
        appeal: Some(asked.appeal),
        groups: Some(hand.bodies.clone()),
        fit: Some(asked.fit),
    };
    Ok(vec![Draft::new(id, &answered).area(round.area).by(Some(hand.id))])
}
