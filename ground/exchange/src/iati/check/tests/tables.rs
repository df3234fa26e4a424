//! The code lists, what takes its codes from which, and the numbers of the rules, as IATI publishes
//! them.
//!
//! Never compares what a code means: we name them ourselves.

use std::collections::BTreeSet;

use roxmltree::Document;
use serde_json::Value;

use super::super::codes::CODED;
use super::super::{Level, rules};
use super::published;
use crate::iati::{codes, lists};

/// Every code that we write, with the list that it is taken from.
fn written() -> Vec<(&'static lists::List, &'static str)> {
    let mut all: Vec<(&lists::List, &str)> = Vec::new();
    macro_rules! of {
        ($($name:ident)+) => {
            $(all.extend(codes::$name::ALL.iter().map(|it| (codes::$name::LIST, it.code())));)+
        };
    }
    of!(OrganisationType Role Status DescriptionType OtherIdType Reach Exactness PlaceClass);
    of!(AreaVocabulary SectorVocabulary ScopeType ScopeVocabulary TransactionType BudgetType);
    of!(BudgetStatus FlowType FinanceType AidType TiedStatus Relation ResultType Measure);
    all.extend(codes::purpose::ALL.iter().map(|code| (&lists::SECTORS, *code)));
    all
}

#[test]
fn every_code_that_is_written_is_in_its_list() {
    let written = written();
    assert_eq!(written.len(), 95);
    for (list, code) in written {
        assert!(list.has(code), "{} {code}", list.name);
        assert!(!list.has("") && !list.has(&format!("{code} ")));
    }
}

#[test]
fn the_lists_have_the_published_codes() {
    for list in lists::ALL {
        let names =
            ["embedded", "nonembedded"].map(|part| format!("codelists/{part}/{}.xml", list.name));
        let Some(text) = published(&[&names[0], &names[1]]) else { return };
        let tree = Document::parse(&text).unwrap();
        let root = tree.root_element();
        assert_eq!(root.attribute("name"), Some(list.name));
        assert_eq!(root.attribute("complete") == Some("1"), list.complete, "{}", list.name);
        let codes = root.descendants().filter(|node| node.has_tag_name("code"));
        let codes: Vec<&str> = codes.filter_map(|code| Some(code.text()?.trim())).collect();
        assert_eq!(list.codes().collect::<Vec<_>>(), codes, "{}", list.name);
        // Nothing is written in a code that was withdrawn.
        let items = root.descendants().filter(|node| node.has_tag_name("codelist-item"));
        for item in items.filter(|item| item.attribute("status") == Some("withdrawn")) {
            let code = item.children().find(|child| child.has_tag_name("code"));
            let code = code.and_then(|code| code.text()).unwrap();
            let ours = written().iter().any(|(of, it)| of.name == list.name && *it == code);
            assert!(!ours, "{} {code}", list.name);
        }
    }
}

#[test]
fn attributes_take_their_codes_from_the_published_lists() {
    let Some(text) = published(&["codelists/mapping.xml"]) else { return };
    let tree = Document::parse(&text).unwrap();
    let mappings = tree.root_element().children().filter(|node| node.is_element());
    let (mut kept, mut without) = (0, BTreeSet::new());
    for mapping in mappings {
        let part = |name| mapping.children().find(|node| node.has_tag_name(name));
        let path = part("path").and_then(|path| path.text()).unwrap();
        if path.contains("iati-organisation") || path == "//@xml:lang" {
            continue;
        }
        let name = part("codelist").and_then(|list| list.attribute("ref")).unwrap();
        let condition = part("condition").and_then(|it| it.text()).unwrap_or("");
        let vocabulary = condition.split('\'').nth(1);
        let (way, attribute) = path.trim_start_matches("//").rsplit_once('/').unwrap();
        let mut steps = way.rsplit('/');
        let (element, parent) = (steps.next().unwrap(), steps.next().unwrap_or(""));
        let known = CODED.iter().any(|coded| {
            coded.element == element
                && (coded.within.is_empty() || coded.within == parent)
                && Some(coded.attribute) == attribute.strip_prefix('@')
                && coded.vocabulary == vocabulary
                && coded.list.name == name
        });
        if known {
            kept += 1;
        } else {
            without.insert(name);
        }
    }
    // Lists that are not in the folder of published lists, or need a list of their own.
    let not_ours = [
        "BudgetIdentifierVocabulary",
        "BudgetNotProvided",
        "CRSAddOtherFlags",
        "CRSChannelCode",
        "ConditionType",
        "ContactType",
        "DisbursementChannel",
        "FileFormat",
        "LoanRepaymentPeriod",
        "LoanRepaymentType",
        "LocationType",
        "ResultVocabulary",
        "UNSDG-Targets",
    ];
    assert_eq!(without.into_iter().collect::<Vec<_>>(), not_ours);
    assert_eq!(kept, 81);
}

#[test]
fn the_rules_have_the_published_numbers_and_levels() {
    let Some(text) = published(&["rulesets/standard.json"]) else { return };
    let ruleset: Value = serde_json::from_str(&text).unwrap();
    let mut theirs = BTreeSet::new();
    for (context, rules) in ruleset.as_object().unwrap() {
        // Files of organisations are not ours to check.
        if !context.contains("/iati-organisations") {
            gather(rules, &mut theirs);
        }
    }
    let level = |level| if level == Level::Wrong { "error" } else { "warning" };
    let ours: BTreeSet<(String, String)> =
        rules::all().map(|rule| (rule.id.to_owned(), level(rule.level).to_owned())).collect();
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 79);
}

fn gather(value: &Value, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(fields) => {
            if let Some(rule) = fields.get("ruleInfo") {
                let part = |name: &str| rule[name].as_str().unwrap().to_owned();
                found.insert((part("id"), part("severity")));
            }
            fields.values().for_each(|inner| gather(inner, found));
        }
        Value::Array(all) => all.iter().for_each(|inner| gather(inner, found)),
        _ => {}
    }
}
