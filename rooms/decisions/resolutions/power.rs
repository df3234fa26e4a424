//! What each decision gives to the power line: who proposed it, who decided it, and whether women
//! were there. Counts of decisions, never of people.

use std::collections::BTreeMap;

use record::Id;
use store::StoreError;

use super::views::Decision;
use crate::door::House;

/// Women among those present, in percent, from which a vote counts as theirs too (mission P4b).
pub const WOMEN_SHARE_PERCENT: i64 = 40;

const PREFIX: &str = "power/";
const BODY: &str = "power/body/";

/// What was resolved, in an area or in the city, by who had the say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Power {
    /// Resolved decisions, yes and no.
    pub resolved: i64,
    /// Of these, on a proposal of residents.
    pub by_residents: i64,
    /// Of these, on a need that was grouped from voices.
    pub by_needs: i64,
    /// How many each body resolved.
    pub bodies: BTreeMap<Id, i64>,
    /// Votes at which those present were counted.
    pub votes: i64,
    /// Of these, with women at [`WOMEN_SHARE_PERCENT`] or more of those present.
    pub votes_with_women: i64,
    /// Carried, and binding by a mandate.
    pub binding: i64,
}

impl Decision {
    /// The keys under which a resolved decision is counted.
    pub(super) fn power_keys(&self) -> Vec<String> {
        if self.resolved_ms.is_none() {
            return Vec::new();
        }
        let key = |name: &str| format!("{PREFIX}{name}");
        let mut keys = vec![key("resolved"), format!("{BODY}{}", self.body)];
        if self.proposal.is_some() {
            keys.push(key("residents"));
        } else if !self.needs.is_empty() {
            keys.push(key("needs"));
        }
        if let Some(present) = self.present {
            let all = present.women + present.men + present.other;
            keys.push(key("votes"));
            if all > 0 && present.women * 100 >= all * WOMEN_SHARE_PERCENT {
                keys.push(key("women"));
            }
        }
        if self.carried() && self.binds() {
            keys.push(key("binding"));
        }
        keys
    }
}

/// Who had the say, in an area or ([`Id::NONE`]) in the city, by the totals.
///
/// # Errors
/// When the database fails.
pub async fn power(house: &House, area: Id) -> Result<Power, StoreError> {
    let totals = house.store().totals_of("decision", area).await?;
    let of = |name: &str| {
        let key = format!("{PREFIX}{name}");
        totals.iter().find(|total| total.key == key).map_or(0, |total| total.n)
    };
    let bodies = totals
        .iter()
        .filter_map(|total| Some((total.key.strip_prefix(BODY)?.parse().ok()?, total.n)));
    Ok(Power {
        resolved: of("resolved"),
        by_residents: of("residents"),
        by_needs: of("needs"),
        bodies: bodies.collect(),
        votes: of("votes"),
        votes_with_women: of("women"),
        binding: of("binding"),
    })
}
