//! Assemblies: their rules, agendas, invitations and rolls; the proposals of residents. It never
//! keeps a name of anybody who came, and never decides: what is resolved stands in `resolutions`.

pub mod queries;
pub(crate) mod records;
pub mod rules;
pub(crate) mod views;
pub(crate) mod words;
#[cfg(test)]
mod tests;

pub use queries::{
    assembly, assembly_by_number, proposal, proposal_by_number, proposals_over, rules_of,
};
pub use rules::{
    BodyRules, Counts, Figure, Lack, PublicRoom, Quorum, Required, public_room, quorum,
};
pub use views::{Assembly, Counted, Proposal};

use store::StoreError;

use crate::door::{House, Routes};

/// The routes of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}

/// All that belongs on the agenda of an assembly, by the rules of its body.
///
/// # Errors
/// When the database fails.
pub async fn required_items(
    house: &House,
    assembly: &Assembly,
) -> Result<Vec<Required>, StoreError> {
    let rules = rules_of(house, assembly.body).await?;
    let proposals = queries::proposals_seen(house, assembly, rules.support_min).await?;
    Ok(rules::required(&[], &proposals, &[], &rules))
}
