//! What can be recorded about ballots: nouns in the past tense, never edited. No name, no number
//! and no code stands in any of them; what a ballot says stands only in a sealed half, under the
//! box's own key.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

macro_rules! payload {
    ($name:ident, $kind:literal) => {
        impl Payload for $name {
            const KIND: &'static str = $kind;
        }
    };
}

/// One project of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ProjectSaid {
    /// What it is called.
    #[n(0)]
    pub title: String,
    /// What it costs, in minor units.
    #[n(1)]
    pub cost_minor: i64,
    /// The body that would have the money, if one is named.
    #[n(2)]
    pub body: Option<Id>,
    /// The needs it answers, if any were named.
    #[n(3)]
    pub needs: Option<Vec<Id>>,
}

/// By what right a round is held, and whether its result will bind (safety 15).
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct RightSaid {
    /// The body for which it is held.
    #[n(0)]
    pub body: Id,
    /// What that body was called when this was announced.
    #[n(1)]
    pub decides: String,
    /// What it is about, in the words of a mandate; the question where there is none.
    #[n(2)]
    pub subject: String,
    /// The mandate it stands on.
    #[n(3)]
    pub mandate: Option<Id>,
    /// The legal instrument of that mandate, in its words of that day.
    #[n(4)]
    pub instrument: Option<String>,
    /// Whether the result binds; if not, it is advice.
    #[n(5)]
    pub binds: bool,
    /// Why it does not bind, one code; empty when it does.
    #[n(6)]
    pub why: String,
}

/// A round of ballots was announced with all its rules. They never change. Its area is the
/// envelope's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct BallotRoundAnnounced {
    /// The small number people say aloud: `V-12`.
    #[n(0)]
    pub number: i64,
    /// What is asked.
    #[n(1)]
    pub question: String,
    /// `approval` or `cumulative`.
    #[n(2)]
    pub kind: String,
    /// How many projects a ballot may name.
    #[n(3)]
    pub choices_max: i64,
    /// How many points a ballot gives; 0 where it ticks.
    #[n(4)]
    pub points: i64,
    /// The rule, as `baraza count` names it.
    #[n(5)]
    pub rule: String,
    /// `list` or `cost`.
    #[n(6)]
    pub tie: String,
    /// The money, in minor units.
    #[n(7)]
    pub budget_minor: i64,
    /// Digits of an amount behind the point.
    #[n(8)]
    pub decimals: u8,
    /// The currency.
    #[n(9)]
    pub currency: String,
    /// What can be chosen.
    #[n(10)]
    pub projects: Vec<ProjectSaid>,
    /// The place in words, as it was called when this was announced.
    #[n(11)]
    pub place: String,
    /// Who may vote, in words.
    #[n(12)]
    pub who: String,
    /// Whether women alone vote.
    #[n(13)]
    pub women_only: bool,
    /// When it opens.
    #[n(14)]
    pub opens_ms: i64,
    /// When it closes.
    #[n(15)]
    pub closes_ms: i64,
    /// For how many days after the count one may appeal.
    #[n(16)]
    pub appeal_days: i64,
    /// Whether ballots are published where nobody can be told by theirs.
    #[n(17)]
    pub full_if_many: bool,
    /// The member who gives out credentials.
    #[n(18)]
    pub registrar: Id,
    /// The member who keeps the box.
    #[n(19)]
    pub keeper: Id,
    /// The public key of the box.
    #[cbor(n(20), with = "minicbor::bytes")]
    pub log_key: [u8; 32],
    /// The box's signature over its empty log, 64 bytes.
    #[cbor(n(21), with = "minicbor::bytes")]
    pub opened: Vec<u8>,
    /// By what right it is held; none on rounds that were announced before this was asked.
    #[n(22)]
    pub right: Option<RightSaid>,
    /// So many ballots must count for the result to bind; with fewer it is advice. None on rounds
    /// that were announced before this was asked.
    #[n(23)]
    pub turnout_min: Option<i64>,
}
payload!(BallotRoundAnnounced, "ballot_round.announced");

/// A round will not be counted.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotRoundCalledOff {
    /// Why, for everybody to read.
    #[n(0)]
    pub reason: String,
}
payload!(BallotRoundCalledOff, "ballot_round.called_off");

/// A member said that they gain if a project is funded: they do nothing more in this round.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotRoundConflictSaid {
    /// The member.
    #[n(0)]
    pub member: Id,
    /// The project, from 1.
    #[n(1)]
    pub project: i64,
}
payload!(BallotRoundConflictSaid, "ballot_round.conflict_said");

/// Another member has a duty from now on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotRoundDutyGiven {
    /// `registrar` or `keeper`.
    #[n(0)]
    pub duty: String,
    /// Who.
    #[n(1)]
    pub member: Id,
    /// Why, for everybody to read.
    #[n(2)]
    pub reason: String,
}
payload!(BallotRoundDutyGiven, "ballot_round.duty_given");

/// The ballots were counted. The whole result is its own record, [`BallotBundleMade`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotRoundCounted {
    /// What everybody is told: outcome and groups, as the bundle writes them.
    #[n(0)]
    pub told: String,
    /// SHA-256 of the bundle.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bundle: [u8; 32],
    /// Whether ballots are published.
    #[n(2)]
    pub full: bool,
}
payload!(BallotRoundCounted, "ballot_round.counted");

/// Somebody appealed against the result.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotRoundAppealed {
    /// Why. Members read it; everybody does once it is answered, if whoever answered found it fit.
    #[n(0)]
    pub why: String,
}
payload!(BallotRoundAppealed, "ballot_round.appealed");

/// A member answered an appeal. One alone can say that the result stands; it is void when two of
/// different bodies say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct BallotRoundAppealAnswered {
    /// Whether the result stands; once it does not, the round begins anew as another one.
    #[n(0)]
    pub stands: bool,
    /// Why, for everybody to read.
    #[n(1)]
    pub reason: String,
    /// Which appeal, from 1; none on answers from when one was open at a time.
    #[n(2)]
    pub appeal: Option<u32>,
    /// The bodies of whoever answers; none on answers from when one alone decided either way.
    #[n(3)]
    pub groups: Option<Vec<Id>>,
    /// Whether the words of the appeal are fit for everybody; none where they were public at once.
    #[n(4)]
    pub fit: Option<bool>,
}
payload!(BallotRoundAppealAnswered, "ballot_round.appeal_answered");

/// The final result was made a decision.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotRoundDecided {
    /// The decision.
    #[n(0)]
    pub decision: Id,
    /// Its number: `D-41`.
    #[n(1)]
    pub number: i64,
}
payload!(BallotRoundDecided, "ballot_round.decided");

/// Ballots went from the box into its log, in the order of their hashes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotLogGrown {
    /// The round.
    #[n(0)]
    pub round: Id,
    /// The leaf hashes, one after the other, 32 bytes each.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub leaves: Vec<u8>,
    /// The root over all leaves now.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub root: [u8; 32],
    /// The box's signature over the head.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub signature: [u8; 64],
    /// Whether the box is closed, and nothing comes after.
    #[n(4)]
    pub last: bool,
}
payload!(BallotLogGrown, "ballot_log.grown");

/// A credential was given out. Its entity is made from its public key; to whom it went stands
/// nowhere. Its area is the envelope's.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CredentialIssued {
    /// The round.
    #[n(0)]
    pub round: Id,
    /// The sheet or the sending it belongs to.
    #[n(1)]
    pub batch: Id,
    /// Its public key.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub public: [u8; 32],
    /// `card` or `sms`.
    #[n(3)]
    pub via: String,
    /// For whom the sheet is, in words, if it says.
    #[n(4)]
    pub lot: Option<String>,
}
payload!(CredentialIssued, "credential.issued");

/// A credential was made void: its ballots do not count.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CredentialVoided {
    /// Why, for everybody to read.
    #[n(0)]
    pub reason: String,
}
payload!(CredentialVoided, "credential.voided");

/// A ballot was put in the box. What it says is the sealed half, a signed ballot under the box's
/// key; no author stands on it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CredentialUsed {
    /// The how-manieth ballot of this credential.
    #[n(0)]
    pub turn: u32,
    /// Its leaf hash.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub leaf: [u8; 32],
}
payload!(CredentialUsed, "credential.used");

/// One of two counters typed a batch of paper. Their lines, without any code, are the sealed half.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotPaperTyped {
    /// The round.
    #[n(0)]
    pub round: Id,
    /// How many papers.
    #[n(1)]
    pub papers: i64,
    /// SHA-256 over the lines, put in order.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub digest: [u8; 32],
    /// The bodies the counter belongs to.
    #[n(3)]
    pub groups: Vec<Id>,
}
payload!(BallotPaperTyped, "ballot_paper.typed");

/// Both counters had the same, and the papers are in the box.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotPaperTaken {
    /// How many papers.
    #[n(0)]
    pub papers: i64,
    /// SHA-256 over the lines, put in order.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub digest: [u8; 32],
    /// The groups of the two counters, in words.
    #[n(2)]
    pub groups: Vec<String>,
    /// The box's signature over the batch.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}
payload!(BallotPaperTaken, "ballot_paper.taken");

/// The counters differed, and begin again with the same papers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotPaperRecounted {}
payload!(BallotPaperRecounted, "ballot_paper.recounted");

/// The result bundle of a round, as it is published.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BallotBundleMade {
    /// The round.
    #[n(0)]
    pub round: Id,
    /// The bundle, one JSON object.
    #[n(1)]
    pub json: String,
}
payload!(BallotBundleMade, "ballot_bundle.made");
