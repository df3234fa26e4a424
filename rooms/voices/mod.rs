//! What is said: every channel, the code, the answer, the sealed reports, forgetting.
//! Purpose: hear anyone by any door, keep it so that nothing is lost, answer, and forget on
//! request.
//! Records: voice.heard, voice.noted … voice.erased, call.missed, call.returned (see `records.rs`).
//! Reads: places (where), people (who answers, who is behind the sealed door).
//! Never: shows a number or words on the street, acts on a code alone, or keeps words in the plain.

pub mod acts;
pub mod alarms;
pub mod calls;
mod code;
mod commands;
pub mod dialogue;
mod drawers;
mod elsewhere;
pub mod forget;
mod intake;
pub mod notes;
pub mod notices;
mod offered;
pub mod outbound;
mod pages;
pub mod queries;
mod records;
pub mod review;
pub mod rules;
pub mod sealed;
pub mod sms;
#[cfg(test)]
mod tests;
mod totals;
mod unheard;
mod views;

use page::Lang;

pub use calls::missed_call;
pub use code::{CODE_SYMBOLS, Code, NotACode};
pub(crate) use code::{SYMBOLS, check_of, digits_of};
pub use drawers::{NOTES, PUBLIC_COUNTS, drawers};
pub use intake::{CHOSEN_WORD_CHARS_MAX, Heard, Inbound, NUMBER_CHARS_MAX, e164, hear};
pub use pages::parts as desk_parts;
pub use pages::{played, player, routes, seen};
pub use records::{VoiceAnswered, VoiceConfirmed, VoiceGrouped, VoiceSorted, Words};
pub use totals::{
    DELAY_HOURS, LOOSE_NO, LOOSE_SILENT, LOOSE_UNASKED, LOOSE_YES, NEED_ASKED, NEED_NO,
    NEED_VOICES, NEED_YES, NOWHERE, delay_class,
};
pub use views::{Voice, views};

use crate::door::House;

/// The texts of this room, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];

/// What an SMS says when it is a ballot: the round's number, the code as typed, what is chosen.
#[cfg(test)]
pub(crate) fn sms_intent(text: &str) -> Option<(i64, String, String)> {
    match commands::intent(text) {
        commands::Intent::Ballot { number, code, chosen } => Some((number, code, chosen)),
        _ => None,
    }
}

/// How many messages wait for the gateway, as last counted; kept by the roof's worker.
#[derive(Clone, Copy, Debug, Default)]
pub struct Load(pub i64);

/// Whether receipts are cut to the code alone: more waits than a phone carries in half an hour.
pub(crate) fn under_load(house: &House) -> bool {
    house.kept::<Load>().is_some_and(|load| load.0 > outbound::GATEWAY_MESSAGES_PER_HOUR / 2)
}
