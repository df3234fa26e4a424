//! Assemblies: their rules, agendas, invitations and rolls; the proposals of residents. It never
//! keeps a name of anybody who came, and never decides: what is resolved stands in `resolutions`.

pub mod acts;
mod check;
mod pages;
pub mod proposals;
pub mod queries;
pub(crate) mod records;
pub mod rules;
#[cfg(test)]
mod tests;
pub(crate) mod views;
pub(crate) mod words;

use page::Tongue;
use store::StoreError;

pub use check::{by_sms as told_by_sms, check_rolls};
pub use pages::{public_part, routes, who_came};
pub use proposals::by_sms;
pub use queries::{
    assembly, assembly_by_number, proposal, proposal_by_number, proposals_over, rules_of,
};
pub use records::{AgendaItem, AssemblyAgendaSet, LeftOut, ProposedWords};
pub use rules::{
    BodyRules, Counts, Figure, Lack, PublicRoom, Quorum, Required, public_room, quorum,
};
pub use views::{Assembly, Counted, Proposal, rules_id};

use crate::door::House;

/// What other parts say of an assembly or a proposal: pure rules whose drafts they put into acts of
/// their own. The entities they read must be among those of the act.
pub mod drafts {
    pub use super::rules::meeting::{Counting, count};
    pub use super::rules::proposing::{decided, left_out, taken_up};
}

/// All that belongs on the agenda of an assembly, by the rules of its body. Titles are in the
/// reader's language.
///
/// # Errors
/// When the database fails.
pub async fn required_items(
    house: &House,
    t: Tongue,
    assembly: &Assembly,
) -> Result<Vec<Required>, StoreError> {
    let rules = rules_of(house, assembly.body).await?;
    let needs = queries::needs_seen(house, assembly, t).await?;
    let proposals = queries::proposals_seen(house, assembly, rules.support_min).await?;
    let decisions = queries::decisions_seen(house, assembly).await?;
    Ok(rules::required(&needs, &proposals, &decisions, &rules))
}
