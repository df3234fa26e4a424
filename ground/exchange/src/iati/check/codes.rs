//! Which attribute takes its codes from which list.
//!
//! Never judges codes of lists that are not in [`lists`](crate::iati::lists): formats of documents,
//! channels of the DAC, and the like.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::lists::{self as of, List};
use super::{Findings, Level, vocabulary};
use crate::quote::quote;

/// An attribute with a list: in which element of which parent, and for which vocabulary.
pub(super) struct Coded {
    /// The parent; empty for any.
    pub(super) within: &'static str,
    /// The element.
    pub(super) element: &'static str,
    /// The attribute.
    pub(super) attribute: &'static str,
    /// The vocabulary for which the list holds; none for all.
    pub(super) vocabulary: Option<&'static str>,
    /// The list.
    pub(super) list: &'static List,
}

const fn any(element: &'static str, attribute: &'static str, list: &'static List) -> Coded {
    Coded { within: "", element, attribute, vocabulary: None, list }
}

const fn code(element: &'static str, list: &'static List) -> Coded {
    any(element, "code", list)
}

const fn kind(element: &'static str, list: &'static List) -> Coded {
    any(element, "type", list)
}

const fn inside(within: &'static str, coded: Coded) -> Coded {
    Coded { within, ..coded }
}

const fn when(vocabulary: &'static str, coded: Coded) -> Coded {
    Coded { vocabulary: Some(vocabulary), ..coded }
}

/// All of them.
pub(super) const CODED: [Coded; 60] = [
    any("iati-activities", "version", &of::VERSION),
    any("iati-activity", "default-currency", &of::CURRENCIES),
    kind("activity-date", &of::ACTIVITY_DATE_TYPE),
    code("activity-status", &of::ACTIVITY_STATUS),
    code("activity-scope", &of::ACTIVITY_SCOPE),
    any("budget", "status", &of::BUDGET_STATUS),
    kind("budget", &of::BUDGET_TYPE),
    any("value", "currency", &of::CURRENCIES),
    code("collaboration-type", &of::COLLABORATION_TYPE),
    any("loan-status", "currency", &of::CURRENCIES),
    when("1", code("default-aid-type", &of::AID_TYPE)),
    when("2", code("default-aid-type", &of::EARMARKING_CATEGORY)),
    when("4", code("default-aid-type", &of::CASH_AND_VOUCHER_MODALITIES)),
    any("default-aid-type", "vocabulary", &of::AID_TYPE_VOCABULARY),
    code("default-finance-type", &of::FINANCE_TYPE),
    code("default-flow-type", &of::FLOW_TYPE),
    code("default-tied-status", &of::TIED_STATUS),
    inside("iati-activity", kind("description", &of::DESCRIPTION_TYPE)),
    inside("document-link", code("category", &of::DOCUMENT_CATEGORY)),
    inside("document-link", code("language", &of::LANGUAGES)),
    any("forecast", "currency", &of::CURRENCIES),
    kind("humanitarian-scope", &of::HUMANITARIAN_SCOPE_TYPE),
    any("humanitarian-scope", "vocabulary", &of::HUMANITARIAN_SCOPE_VOCABULARY),
    any("administrative", "vocabulary", &of::GEOGRAPHIC_VOCABULARY),
    when("A4", code("administrative", &of::COUNTRIES)),
    code("location-class", &of::GEOGRAPHIC_LOCATION_CLASS),
    any("location-id", "vocabulary", &of::GEOGRAPHIC_VOCABULARY),
    code("location-reach", &of::GEOGRAPHIC_LOCATION_REACH),
    code("exactness", &of::GEOGRAPHIC_EXACTNESS),
    kind("other-identifier", &of::OTHER_IDENTIFIER_TYPE),
    any("participating-org", "role", &of::ORGANISATION_ROLE),
    kind("participating-org", &of::ORGANISATION_TYPE),
    kind("planned-disbursement", &of::BUDGET_TYPE),
    kind("provider-org", &of::ORGANISATION_TYPE),
    kind("receiver-org", &of::ORGANISATION_TYPE),
    when("1", code("policy-marker", &of::POLICY_MARKER)),
    any("policy-marker", "significance", &of::POLICY_SIGNIFICANCE),
    any("policy-marker", "vocabulary", &of::POLICY_MARKER_VOCABULARY),
    code("recipient-country", &of::COUNTRIES),
    when("1", code("recipient-region", &of::REGION)),
    any("recipient-region", "vocabulary", &of::REGION_VOCABULARY),
    kind("related-activity", &of::RELATED_ACTIVITY_TYPE),
    kind("reporting-org", &of::ORGANISATION_TYPE),
    kind("result", &of::RESULT_TYPE),
    any("indicator", "measure", &of::INDICATOR_MEASURE),
    inside("indicator", any("reference", "vocabulary", &of::INDICATOR_VOCABULARY)),
    when("1", code("sector", &of::SECTORS)),
    when("2", code("sector", &of::SECTOR_CATEGORY)),
    when("7", code("sector", &of::UN_SDG_GOALS)),
    any("sector", "vocabulary", &of::SECTOR_VOCABULARY),
    when("2", code("tag", &of::UN_SDG_GOALS)),
    any("tag", "vocabulary", &of::TAG_VOCABULARY),
    when("1", code("aid-type", &of::AID_TYPE)),
    when("2", code("aid-type", &of::EARMARKING_CATEGORY)),
    when("4", code("aid-type", &of::CASH_AND_VOUCHER_MODALITIES)),
    any("aid-type", "vocabulary", &of::AID_TYPE_VOCABULARY),
    code("finance-type", &of::FINANCE_TYPE),
    code("flow-type", &of::FLOW_TYPE),
    code("tied-status", &of::TIED_STATUS),
    code("transaction-type", &of::TRANSACTION_TYPE),
];

const XML_LANG: (&str, &str) = ("http://www.w3.org/XML/1998/namespace", "lang");

/// Judges the codes of a whole file.
pub(super) fn judge(root: Node<'_, '_>, findings: &mut Findings<'_>) {
    let mut places: HashMap<&str, Vec<&Coded>> = HashMap::new();
    for coded in &CODED {
        places.entry(coded.element).or_default().push(coded);
    }
    for node in root.descendants().filter(|node| node.is_element()) {
        if node.tag_name().namespace().is_some() {
            continue;
        }
        if let Some(said) = node.attribute(XML_LANG) {
            language(node, said, findings);
        }
        for coded in places.get(node.tag_name().name()).into_iter().flatten() {
            attribute(node, coded, findings);
        }
    }
}

fn attribute(node: Node<'_, '_>, coded: &Coded, findings: &mut Findings<'_>) {
    let Some(said) = node.attribute(coded.attribute) else { return };
    let parent = node.parent_element().map_or("", |parent| parent.tag_name().name());
    let here = coded.within.is_empty() || coded.within == parent;
    let meant = coded.vocabulary.is_none_or(|meant| meant == vocabulary(node));
    if here && meant && !coded.list.has(said) {
        unknown(node, coded.attribute, said, coded.list, findings);
    }
}

/// A language may name a script or a country behind it; the list knows the first part.
fn language(node: Node<'_, '_>, said: &str, findings: &mut Findings<'_>) {
    let first = said.split('-').next().unwrap_or_default();
    if !of::LANGUAGES.has(&first.to_ascii_lowercase()) {
        unknown(node, "xml:lang", said, &of::LANGUAGES, findings);
    }
}

fn unknown(
    node: Node<'_, '_>,
    attribute: &str,
    said: &str,
    list: &List,
    findings: &mut Findings<'_>,
) {
    // Where a list is open, the code may be a new one.
    let level = if list.complete { Level::Wrong } else { Level::Doubtful };
    let (said, list) = (quote(said), list.name);
    let says = format!("{attribute} says “{said}”: choose a code of the list {list}");
    findings.add("code", level, node, says);
}
