//! What can be recorded about assemblies, their rules and the proposals of residents: nouns in the
//! past tense, never edited. No name of anybody who came stands in any of them; words that nobody
//! has looked at for names stand only in a sealed half.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

macro_rules! payload {
    ($name:ident, $kind:literal) => {
        impl Payload for $name {
            const KIND: &'static str = $kind;
        }
    };
}

/// The rules of a body were set: first by a steward, later by its own binding decision only.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BodyRulesSet {
    /// The body.
    #[n(0)]
    pub body: Id,
    /// The least share of women at a vote, in percent.
    #[n(1)]
    pub women_share_min_percent: i64,
    /// How many people must be there.
    #[n(2)]
    pub attendance_min: i64,
    /// How many supporters put a proposal on the agenda.
    #[n(3)]
    pub support_min: i64,
    /// How many voices put a need on the agenda.
    #[n(4)]
    pub agenda_voices_min: i64,
    /// The decision that changed them; none the first time.
    #[n(5)]
    pub by_decision: Option<Id>,
}
payload!(BodyRulesSet, "body_rules.set");

/// Somebody proposed something. Their words, not yet looked at, are the sealed half
/// ([`ProposedWords`]) under the proposal's own key; absent when the words came already looked at,
/// which [`ProposalShown`] then says at once. The area is the envelope's.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ProposalMade {
    /// The small number people say aloud: `P-12`.
    #[n(0)]
    pub number: i64,
    /// The voice it came from, whose person said yes to that.
    #[n(1)]
    pub from_voice: Option<Id>,
    /// `page`, `voice`, `paper`, `meeting`, or `women` for a session of women alone.
    #[n(2)]
    pub via: String,
}
payload!(ProposalMade, "proposal.made");

/// The sealed half of [`ProposalMade`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct ProposedWords {
    /// What it is called.
    #[n(0)]
    pub title: String,
    /// What is proposed, and why.
    #[n(1)]
    pub words: String,
}

/// A member looked at it for names and small numbers only, and it is public in these words.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ProposalShown {
    /// What it is called.
    #[n(0)]
    pub title: String,
    /// What is proposed, and why.
    #[n(1)]
    pub words: String,
}
payload!(ProposalShown, "proposal.shown");

/// It is not shown, for a reason that is. Its words stay sealed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ProposalRefused {
    /// Why, for everybody to read.
    #[n(0)]
    pub reason: String,
}
payload!(ProposalRefused, "proposal.refused");

/// One person supports it; that they do so once is held by a claimed name, not here.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ProposalSupported {
    /// `sms`.
    #[n(0)]
    pub via: String,
}
payload!(ProposalSupported, "proposal.supported");

/// Somebody counted the signatures of a list, or the hands at a meeting. It counts once two members
/// found the same number.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ProposalCounted {
    /// Which list or show of hands.
    #[n(0)]
    pub list: Id,
    /// `paper` or `meeting`.
    #[n(1)]
    pub via: String,
    /// How many.
    #[n(2)]
    pub n: i64,
}
payload!(ProposalCounted, "proposal.counted");

/// It is on the published agenda of an assembly.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ProposalTakenUp {
    /// The assembly.
    #[n(0)]
    pub assembly: Id,
}
payload!(ProposalTakenUp, "proposal.taken_up");

/// An assembly's published agenda leaves it out, for a reason that everybody may read.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ProposalLeftOut {
    /// The assembly.
    #[n(0)]
    pub assembly: Id,
    /// Why.
    #[n(1)]
    pub reason: String,
}
payload!(ProposalLeftOut, "proposal.left_out");

/// An assembly resolved what it proposed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ProposalDecided {
    /// The decision.
    #[n(0)]
    pub decision: Id,
    /// Whether it was carried.
    #[n(1)]
    pub yes: bool,
}
payload!(ProposalDecided, "proposal.decided");

/// An assembly was called. Its area is the envelope's.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyCalled {
    /// The small number people say aloud: `A-7`.
    #[n(0)]
    pub number: i64,
    /// The body that meets.
    #[n(1)]
    pub body: Id,
    /// What it is called.
    #[n(2)]
    pub title: String,
    /// Where, in few words: they stand in an SMS.
    #[n(3)]
    pub place: String,
    /// When it begins, in milliseconds since 1970.
    #[n(4)]
    pub starts_ms: i64,
    /// How to take part from afar, in few words; may be empty.
    #[n(5)]
    pub from_afar: String,
    /// Whether somebody looks after the children.
    #[n(6)]
    pub childcare: bool,
    /// Whether women meet first, alone.
    #[n(7)]
    pub women_first: bool,
    /// Whether it is short: an evening of an emergency.
    #[n(8)]
    pub short_form: bool,
    /// Why it begins outside the safe hours, when it does.
    #[n(9)]
    pub hour_reason: Option<String>,
}
payload!(AssemblyCalled, "assembly.called");

/// One item of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AgendaItem {
    /// `need`, `proposal`, `review`, `promise` or `own`.
    #[n(0)]
    pub kind: String,
    /// The need, proposal or decision; [`Id::NONE`] for an item of its own.
    #[n(1)]
    pub of: Id,
    /// What it is called.
    #[n(2)]
    pub title: String,
}

/// Something that belongs on the agenda and is not, with the reason everybody may read.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LeftOut {
    /// `need`, `proposal`, `review` or `promise`.
    #[n(0)]
    pub kind: String,
    /// Which.
    #[n(1)]
    pub of: Id,
    /// What it is called.
    #[n(2)]
    pub title: String,
    /// Why it is left out.
    #[n(3)]
    pub reason: String,
}

/// The agenda was written down, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyAgendaSet {
    /// What is on it, in order.
    #[n(0)]
    pub items: Vec<AgendaItem>,
    /// What is not, and why.
    #[n(1)]
    pub left_out: Vec<LeftOut>,
}
payload!(AssemblyAgendaSet, "assembly.agenda_set");

/// The agenda was made public, and everybody whose voice it concerns is told.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyInvited {}
payload!(AssemblyInvited, "assembly.invited");

/// The assembly will not take place.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyCalledOff {
    /// Why, for everybody to read.
    #[n(0)]
    pub reason: String,
}
payload!(AssemblyCalledOff, "assembly.called_off");

/// The assembly began.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyOpened {
    /// Whether a woman is in the chair.
    #[n(0)]
    pub chair_woman: bool,
    /// Whether the co-chair is a woman; none when there is no co-chair.
    #[n(1)]
    pub co_chair_woman: Option<bool>,
    /// Why neither is, for everybody to read.
    #[n(2)]
    pub exception: Option<String>,
}
payload!(AssemblyOpened, "assembly.opened");

/// One of the two counters counted who is there. It holds once both found the same.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyCounted {
    /// `arrival` or `vote`.
    #[n(0)]
    pub moment: String,
    /// The decision voted on, of a count at its vote.
    #[n(1)]
    pub of: Option<Id>,
    /// 1 or 2.
    #[n(2)]
    pub counter: u8,
    /// Women.
    #[n(3)]
    pub women: i64,
    /// Men.
    #[n(4)]
    pub men: i64,
    /// Others, and who did not say.
    #[n(5)]
    pub other: i64,
    /// By age band 0 to 17, 18 to 59, 60 and more; none when it was not counted.
    #[n(6)]
    pub ages: Option<Vec<i64>>,
    /// Whether it was typed from the paper sheet, on which both counters signed.
    #[n(7)]
    pub sheet: bool,
}
payload!(AssemblyCounted, "assembly.counted");

/// How long who spoke, in minutes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblySpoken {
    /// Women.
    #[n(0)]
    pub women_minutes: i64,
    /// Men.
    #[n(1)]
    pub men_minutes: i64,
    /// Others, and who did not say.
    #[n(2)]
    pub other_minutes: i64,
}
payload!(AssemblySpoken, "assembly.spoken");

/// What the women's session that came first found, shown apart from what all found.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyWomenSession {
    /// Whether it was held.
    #[n(0)]
    pub held: bool,
    /// Its result, or why it was not held.
    #[n(1)]
    pub words: String,
}
payload!(AssemblyWomenSession, "assembly.women_session");

/// A photograph of the paper sheet was hashed; the picture itself is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblySheetKept {
    /// SHA-256 of the file, 32 bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub hash: [u8; 32],
}
payload!(AssemblySheetKept, "assembly.sheet_kept");

/// People who were there heard the minutes read and said that they are true.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyWitnessed {
    /// How many.
    #[n(0)]
    pub n: i64,
}
payload!(AssemblyWitnessed, "assembly.witnessed");

/// Some of those who were invited were asked by lot whether they were there and whether the count
/// is right.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyChecked {
    /// How many were asked.
    #[n(0)]
    pub asked: i64,
}
payload!(AssemblyChecked, "assembly.checked");

/// Somebody who was asked by lot answered. Who it was stands nowhere: the entity is a keyed hash
/// that only the node can make again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AttendanceTold {
    /// The assembly.
    #[n(0)]
    pub assembly: Id,
    /// `so`: the count is right; `otherwise`; `absent`: they were not there.
    #[n(1)]
    pub told: String,
}
payload!(AttendanceTold, "attendance.told");

/// The assembly ended.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssemblyClosed {}
payload!(AssemblyClosed, "assembly.closed");
