//! Rules about the parts of an activity: organisations, periods, results, words.
//!
//! Never looks beyond the part and the part around it.

use roxmltree::Node;

use super::super::kinds::{day_of, decimal};
use super::super::{Level, kids};
use super::{Rule, nameless, padded, symbols};
use crate::day::Day;

const PROVIDER: &[&str] = &["transaction/provider-org", "planned-disbursement/provider-org"];
const RECEIVER: &[&str] = &["transaction/receiver-org", "planned-disbursement/receiver-org"];
const PARTICIPANT: &[&str] = &["iati-activity/participating-org"];
const OWNER: &[&str] = &["other-identifier/owner-org"];
const BASELINE: &[&str] = &["indicator/baseline"];
const TARGET: &[&str] = &["indicator/period/target"];
const ACTUAL: &[&str] = &["indicator/period/actual"];

macro_rules! rule {
    ($level:ident $id:literal, $at:expr, $broken:expr, $says:literal) => {
        Rule { id: $id, level: Level::$level, at: $at, broken: $broken, says: $says }
    };
}

pub(super) const RULES: [Rule; 29] = [
    rule!(Wrong "6.8.1", OWNER, |node, _| nameless(node),
        "the owner of another id has neither id nor name: add one"),
    rule!(Doubtful "1.11.1", OWNER, |node, _| padded(node, "ref"),
        "the owner's id begins or ends with a blank: write it without"),
    rule!(Doubtful "1.11.13", OWNER, |node, _| marked(node),
        "the owner's id holds / & | or ?: write it without"),
    rule!(Wrong "6.9.1", PROVIDER, |node, _| nameless(node),
        "who gave has neither id nor name: add one"),
    rule!(Doubtful "1.10.1", PROVIDER, |node, _| padded(node, "ref"),
        "the giver's id begins or ends with a blank: write it without"),
    rule!(Doubtful "1.10.13", PROVIDER, |node, _| marked(node),
        "the giver's id holds / & | or ?: write it without"),
    rule!(Doubtful "1.4.1", PROVIDER, |node, _| padded(node, "provider-activity-id"),
        "the id of the giver's activity begins or ends with a blank: write it without"),
    rule!(Wrong "6.9.2", RECEIVER, |node, _| nameless(node),
        "who received has neither id nor name: add one"),
    rule!(Doubtful "1.15.1", RECEIVER, |node, _| padded(node, "ref"),
        "the receiver's id begins or ends with a blank: write it without"),
    rule!(Doubtful "1.15.13", RECEIVER, |node, _| marked(node),
        "the receiver's id holds / & | or ?: write it without"),
    rule!(Doubtful "1.5.1", RECEIVER, |node, _| padded(node, "receiver-activity-id"),
        "the id of the receiver's activity begins or ends with a blank: write it without"),
    rule!(Wrong "6.10.1", PARTICIPANT, |node, _| nameless(node),
        "an organisation that takes part has neither id nor name: add one"),
    rule!(Doubtful "1.8.1", PARTICIPANT, |node, _| padded(node, "ref"),
        "the organisation's id begins or ends with a blank: write it without"),
    rule!(Doubtful "1.8.13", PARTICIPANT, |node, _| marked(node),
        "the organisation's id holds / & | or ?: write it without"),
    rule!(Doubtful "1.9.1", PARTICIPANT, |node, _| padded(node, "activity-id"),
        "the id of the organisation's activity begins or ends with a blank: write it without"),
    rule!(Wrong "6.13.1", &["iati-activity/policy-marker"],
        |node, _| node.attribute("vocabulary") == Some("99") && !named(node),
        "a policy marker of the reporter's own list (99) has no name: add a narrative"),
    rule!(Wrong "8.6.3", &["iati-activity/budget", "iati-activity/planned-disbursement"],
        |node, _| backwards(node),
        "the period ends before it begins: correct one of the days"),
    rule!(Wrong "8.6.1", &["indicator/period"], |node, _| backwards(node),
        "the period ends before it begins: correct one of the days"),
    rule!(Wrong "7.5.3", &["iati-activity/budget"], |node, _| over_a_year(node),
        "the budget spans more than a year: split it"),
    rule!(Wrong "8.11.1", &["result/indicator"], |node, _| twice_referenced(node),
        "a reference is told for the result and for its indicator: keep one of the two"),
    rule!(Wrong "8.8.1", BASELINE, |node, _| numeric(node) && valueless(node),
        "what is counted needs a value to begin with: add it"),
    rule!(Doubtful "8.8.2", BASELINE, |node, _| numeric(node) && no_number(node),
        "the value to begin with is no number: write digits and at most one point"),
    rule!(Doubtful "8.8.3", BASELINE, |node, _| in_words(node) && !valueless(node),
        "what is told in words has no value: leave it out"),
    rule!(Wrong "8.9.1", TARGET, |node, _| numeric(node) && valueless(node),
        "what is counted needs a value to reach: add it"),
    rule!(Doubtful "8.9.2", TARGET, |node, _| numeric(node) && no_number(node),
        "the value to reach is no number: write digits and at most one point"),
    rule!(Doubtful "8.9.3", TARGET, |node, _| in_words(node) && !valueless(node),
        "what is told in words has no value: leave it out"),
    rule!(Wrong "8.10.1", ACTUAL, |node, _| numeric(node) && valueless(node),
        "what was counted needs its value: add it"),
    rule!(Doubtful "8.10.2", ACTUAL, |node, _| numeric(node) && no_number(node),
        "the value that was reached is no number: write digits and at most one point"),
    rule!(Doubtful "8.10.3", ACTUAL, |node, _| in_words(node) && !valueless(node),
        "what is told in words has no value: leave it out"),
];

/// Rules about titles and descriptions, wherever they stand.
pub(super) const WORDS: [Rule; 2] = [
    rule!(Wrong "4.3.1", &["title"], |node, _| !worded(node),
        "the title has no words: add a narrative with text"),
    rule!(Wrong "4.4.1", &["description"], |node, _| !worded(node),
        "the description has no words: add a narrative with text"),
];

fn marked(node: Node<'_, '_>) -> bool {
    node.attribute("ref").is_some_and(symbols)
}

fn named(node: Node<'_, '_>) -> bool {
    kids(node, "narrative").next().is_some()
}

fn worded(node: Node<'_, '_>) -> bool {
    let mut texts = kids(node, "narrative").flat_map(|words| words.children());
    texts.any(|text| text.is_text() && text.text().is_some_and(|it| !it.trim().is_empty()))
}

fn period(node: Node<'_, '_>) -> Option<(Day, Day)> {
    let day = |name| day_of(kids(node, name).next()?.attribute("iso-date")?);
    Some((day("period-start")?, day("period-end")?))
}

fn backwards(node: Node<'_, '_>) -> bool {
    period(node).is_some_and(|(start, end)| start > end)
}

fn over_a_year(node: Node<'_, '_>) -> bool {
    period(node).is_some_and(|(start, end)| end > start.year_later())
}

fn twice_referenced(indicator: Node<'_, '_>) -> bool {
    let has = |node| kids(node, "reference").next().is_some();
    has(indicator) && indicator.parent_element().is_some_and(has)
}

/// What the indicator above is measured in.
fn measure<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.ancestors().find(|above| above.has_tag_name("indicator"))?.attribute("measure")
}

fn numeric(node: Node<'_, '_>) -> bool {
    measure(node).is_some_and(|measure| ["1", "2", "3", "4"].contains(&measure))
}

fn in_words(node: Node<'_, '_>) -> bool {
    measure(node) == Some("5")
}

fn valueless(node: Node<'_, '_>) -> bool {
    node.attribute("value").is_none()
}

fn no_number(node: Node<'_, '_>) -> bool {
    node.attribute("value").is_some_and(|value| decimal(value).is_none())
}
