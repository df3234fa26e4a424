//! What can be recorded about a voice: nouns in the past tense, never edited. Words, places and
//! numbers stand only in the sealed halves.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

macro_rules! payload {
    ($name:ident, $kind:literal) => {
        impl Payload for $name {
            const KIND: &'static str = $kind;
        }
    };
}

/// Somebody said something.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceHeard {
    /// The code that follows it.
    #[n(0)]
    pub code: String,
    /// `sms`, `page`, `paper`, `import`, `api`, `call`.
    #[n(1)]
    pub channel: String,
    /// Language of the words, `und` when unknown.
    #[n(2)]
    pub language: String,
    /// How sure of the language, 0 to 100.
    #[n(3)]
    pub confidence: u8,
    /// When it was said, in milliseconds since 1970 (paper and imports come later).
    #[n(4)]
    pub said_ms: i64,
    /// A random name for whoever said it: links voices of one number, says nothing of the person.
    #[n(5)]
    pub person: Id,
    /// What the person says it is, if they chose.
    #[n(6)]
    pub kind: Option<String>,
    /// Suggested sectors.
    #[n(7)]
    pub sectors: Vec<String>,
    /// 2 danger to life, 1 urgent, 0 ordinary; by rule, a person decides.
    #[n(8)]
    pub urgency: u8,
    /// Whether it reads like a disclosure: held for a focal point.
    #[n(9)]
    pub held: bool,
    /// Whether the person can be answered (a number was left).
    #[n(10)]
    pub reachable: bool,
    /// Whether somebody typed it for them.
    #[n(11)]
    pub on_behalf: bool,
    /// Whether the area was suggested from the words rather than chosen.
    #[n(12)]
    pub area_suggested: bool,
}
payload!(VoiceHeard, "voice.heard");

/// The sealed half of [`VoiceHeard`], [`VoiceTypedUp`] and [`VoiceCorrected`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Words {
    /// The words as they came.
    #[n(0)]
    pub words: String,
    /// The place in the person's own words.
    #[n(1)]
    pub place: Option<String>,
    /// The number, in E.164.
    #[n(2)]
    pub number: Option<String>,
}

/// A note came with it: something said aloud. Its bytes lie sealed in a drawer of their own, where
/// forgetting reaches them ([`super::notes`]).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceNoted {
    /// Hash of the sealed bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub hash: Vec<u8>,
    /// How large it is, rounded up: the exact size would tell a copy of it from others.
    #[n(1)]
    pub kilobytes: u32,
    /// How long it is, when the recorder said so.
    #[n(2)]
    pub seconds: Option<u8>,
}
payload!(VoiceNoted, "voice.noted");

/// A member listened to the note and typed what it says. The words, with those that were written
/// beside it, are the sealed half ([`Words`]): from now on they are the voice's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct VoiceTypedUp {
    /// Language of the words, `und` when unknown.
    #[n(0)]
    pub language: String,
    /// How sure of the language, 0 to 100.
    #[n(1)]
    pub confidence: u8,
    /// Suggested sectors.
    #[n(2)]
    pub sectors: Vec<String>,
    /// 2 danger to life, 1 urgent, 0 ordinary; by rule, a person decides.
    #[n(3)]
    pub urgency: u8,
    /// Whether it reads like a disclosure: held for a focal point.
    #[n(4)]
    pub held: bool,
}
payload!(VoiceTypedUp, "voice.typed_up");

/// An operator opened it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceRead {}
payload!(VoiceRead, "voice.read");

/// An operator sorted it; what is absent stays as it was. The area is the envelope's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct VoiceSorted {
    /// Type of vocabulary 5.7; empty for none after all.
    #[n(0)]
    pub kind: Option<String>,
    /// Sectors of vocabulary 5.3.
    #[n(1)]
    pub sectors: Option<Vec<String>>,
    /// 0, 1 or 2.
    #[n(2)]
    pub urgency: Option<u8>,
    /// Language, corrected.
    #[n(3)]
    pub language: Option<String>,
    /// The body it complains about, whose members do not see it; [`Id::NONE`] for none after all.
    #[n(4)]
    pub about: Option<Id>,
    /// Whether it is held for a focal point from now on.
    #[n(5)]
    pub held: Option<bool>,
}
payload!(VoiceSorted, "voice.sorted");

/// A focal point looked at a held voice and let it into the general queue.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceReleased {}
payload!(VoiceReleased, "voice.released");

/// It was answered. The words of the answer are the sealed half.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceAnswered {
    /// `in_progress`, `delivered`, `declined_with_reason`, `referred` or `asked_back`.
    #[n(0)]
    pub outcome: String,
    /// The body it was referred to, by name: "not ours" must say whose.
    #[n(1)]
    pub body: Option<String>,
    /// The day the promise falls due, in days since 1970.
    #[n(2)]
    pub due_day: Option<i64>,
}
payload!(VoiceAnswered, "voice.answered");

/// The sealed half of [`VoiceAnswered`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AnswerWords {
    /// What the person is told.
    #[n(0)]
    pub words: String,
}

/// The person said whether it arrived.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceConfirmed {
    /// YES or NO.
    #[n(0)]
    pub yes: bool,
    /// `sms`, `page` or `focal` (told to a focal point, who wrote it down).
    #[n(1)]
    pub via: String,
}
payload!(VoiceConfirmed, "voice.confirmed");

/// The person corrected their words (the sealed half).
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct VoiceCorrected {
    /// Whether the new words read like a disclosure: held for a focal point.
    #[n(0)]
    pub held: Option<bool>,
    /// What the new words say of danger; it is raised by them, never lowered.
    #[n(1)]
    pub urgency: Option<u8>,
}
payload!(VoiceCorrected, "voice.corrected");

/// The person took back their consent: no more messages, no further use; it stays counted.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceWithdrawn {}
payload!(VoiceWithdrawn, "voice.withdrawn");

/// Its words are gone. The same record whatever the reason, so that none can be read from it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceErased {}
payload!(VoiceErased, "voice.erased");

/// It says the same as another.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceLinked {
    /// The other.
    #[n(0)]
    pub to: Id,
}
payload!(VoiceLinked, "voice.linked");

/// It does not say the same after all.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceUnlinked {}
payload!(VoiceUnlinked, "voice.unlinked");

/// It belongs to a need: those who spoke lack the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceGrouped {
    /// The need.
    #[n(0)]
    pub need: Id,
}
payload!(VoiceGrouped, "voice.grouped");

/// It does not belong to that need after all.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceUngrouped {}
payload!(VoiceUngrouped, "voice.ungrouped");

/// The person was told what became of the need their voice belongs to, or can read it under their
/// code when they left no number.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceTold {
    /// What it tells of: an assembly, a decision or a task.
    #[n(0)]
    pub about: Id,
    /// Where the voice stands since, a status of vocabulary 5.7.
    #[n(1)]
    pub standing: String,
    /// The body that owns what comes next, by name.
    #[n(2)]
    pub body: Option<String>,
    /// The day the promise falls due, in days since 1970.
    #[n(3)]
    pub due_day: Option<i64>,
}
payload!(VoiceTold, "voice.told");

/// The person said whether something more may be done with their voice than answer it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceConsented {
    /// To what: `words`, that some of them may be shown in public without a name.
    #[n(0)]
    pub what: String,
    /// Whether they said yes.
    #[n(1)]
    pub given: bool,
    /// `sms`, `page`, `paper` or `told` (to a member, who wrote it down).
    #[n(2)]
    pub via: String,
}
payload!(VoiceConsented, "voice.consented");

/// Some of its words are shown in public with its need. Those words are the sealed half
/// ([`AnswerWords`]); empty, they are no longer shown.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct VoiceQuoted {
    /// Whether any words are shown.
    #[n(0)]
    pub shown: bool,
}
payload!(VoiceQuoted, "voice.quoted");

/// A member looked at the number, once, to save a life. Why, in the member's words, is the sealed
/// half ([`AnswerWords`]): it may name the person.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NumberSeen {
    /// Always empty.
    #[n(0)]
    pub reason: String,
}
payload!(NumberSeen, "voice.number_seen");

/// Somebody rang and could not speak: to be called back. The number is the sealed half ([`Words`]).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CallMissed {
    /// When.
    #[n(0)]
    pub rang_ms: i64,
}
payload!(CallMissed, "call.missed");

/// They were called back.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CallReturned {
    /// Whether somebody answered.
    #[n(0)]
    pub reached: bool,
}
payload!(CallReturned, "call.returned");

/// Its number is gone: they were reached, tried often enough, or asked to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CallErased {}
payload!(CallErased, "call.erased");
