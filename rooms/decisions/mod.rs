//! Purpose: communities decide in the open: assemblies with their rules, agendas and rolls;
//! proposals by residents; ballots on projects; what was resolved, with its reason, its promise and
//! its force.
//! Records: assembly.*, attendance.*, proposal.*, body_rules.* (assemblies); decision.*, afar.*
//! (resolutions); kit.* (kit); ballot_round.*, ballot_log.*, credential.*, ballot_paper.*,
//! ballot_bundle.* (ballots).
//! Reads: places (where), people (bodies, mandates), voices (who spoke, who is told), needs.
//! Never: keeps a name of somebody who came, spoke or voted; lets an agenda leave out in silence
//! what residents asked for; shows a figure from which fewer than five people could be worked out.

pub mod assemblies;
pub mod ballots;
pub mod kit;
mod pages;
mod queries;
mod records;
pub mod resolutions;
mod rules;
#[cfg(test)]
mod tests;
mod views;

use page::Lang;
use record::Id;

use crate::door::{House, Trouble};
use crate::voices::sms::{Asked, Meant};

pub use assemblies::check_rolls;
pub use pages::routes;
pub use resolutions::power::{Power, WOMEN_SHARE_PERCENT, power};
pub use resolutions::{
    AfarVote, Appeal, AreaSaid, Conflict, Decision, HandCount, Later, NewRules, Present, Promise,
    Tally, Waiting, by_number, decision, drafts, in_area, newest, newest_resolved, of_assembly,
    of_need, open_promises, overdue, public_line, public_minutes, public_part, public_path,
    reviews_due, sheet_rows, waiting_by_body,
};
pub use views::views;

/// The texts that all parts of this room share, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("texts/en.ftl")),
    (Lang::Fr, include_str!("texts/fr.ftl")),
    (Lang::Es, include_str!("texts/es.ftl")),
    (Lang::Ht, include_str!("texts/ht.ftl")),
    (Lang::Sw, include_str!("texts/sw.ftl")),
    (Lang::Ar, include_str!("texts/ar.ftl")),
];

/// The texts of assemblies and proposals, by language.
pub const ASSEMBLY_TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("assemblies/texts/en.ftl")),
    (Lang::Fr, include_str!("assemblies/texts/fr.ftl")),
    (Lang::Es, include_str!("assemblies/texts/es.ftl")),
    (Lang::Ht, include_str!("assemblies/texts/ht.ftl")),
    (Lang::Sw, include_str!("assemblies/texts/sw.ftl")),
    (Lang::Ar, include_str!("assemblies/texts/ar.ftl")),
];

/// The texts of motions, votes, promises and minutes, by language.
pub const RESOLUTION_TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("resolutions/texts/en.ftl")),
    (Lang::Fr, include_str!("resolutions/texts/fr.ftl")),
    (Lang::Es, include_str!("resolutions/texts/es.ftl")),
    (Lang::Ht, include_str!("resolutions/texts/ht.ftl")),
    (Lang::Sw, include_str!("resolutions/texts/sw.ftl")),
    (Lang::Ar, include_str!("resolutions/texts/ar.ftl")),
];

/// What a message asks of this room: to support a proposal, to vote from afar, to say whether the
/// count of an assembly is right, or to put a ballot in the box. The roof hands it on here.
///
/// # Errors
/// When the database fails.
pub async fn by_sms(house: House, asked: Asked, person: Id) -> Result<Meant, Trouble> {
    match asked {
        Asked::Support(number) => assemblies::by_sms(house, number, person).await,
        Asked::Vote { number, choice } => {
            resolutions::acts::by_sms(&house, person, number, choice).await
        }
        Asked::Attendance { number, digit } => {
            assemblies::told_by_sms(&house, person, number, digit).await
        }
        Asked::Ballot { number, code, chosen } => {
            ballots::by_sms(&house, number, &code, &chosen).await
        }
    }
}
