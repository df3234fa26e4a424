//! Rules about an activity as a whole: its ids, its days, what must be there at all.
//!
//! Never adds up shares: [`shares`](super::shares) does.

use roxmltree::Node;

use super::super::kinds::day_of;
use super::super::{Level, grandkids, kids};
use super::{Rule, loose, padded, symbols, text_of};
use crate::day::Day;
use crate::iati::lists::AGENCIES;

const ACTIVITY: &[&str] = &["iati-activities/iati-activity"];
const REPORTER: &[&str] = &["iati-activity/reporting-org"];
const ID: &[&str] = &["iati-activity/iati-identifier"];

const fn wrong(
    id: &'static str,
    at: &'static [&'static str],
    broken: fn(Node<'_, '_>, Day) -> bool,
    says: &'static str,
) -> Rule {
    Rule { id, level: Level::Wrong, at, broken, says }
}

const fn doubtful(
    id: &'static str,
    at: &'static [&'static str],
    broken: fn(Node<'_, '_>, Day) -> bool,
    says: &'static str,
) -> Rule {
    Rule { id, level: Level::Doubtful, at, broken, says }
}

pub(super) const RULES: [Rule; 29] = [
    wrong(
        "1.1.3",
        ACTIVITY,
        |node, _| reporter(node).is_some_and(|id| id == identifier(node)),
        "the activity has the reporter's own id: add a hyphen and a number to it",
    ),
    doubtful(
        "1.1.21",
        ACTIVITY,
        |node, _| !built_on_reporter(node),
        "the activity's id should begin with the reporter's id and a hyphen: build it so",
    ),
    doubtful(
        "1.14.8",
        REPORTER,
        |node, _| node.attribute("ref").is_some_and(|id| !registered(id)),
        "the reporter's id should begin with the code of a register: look for it on org-id.guide",
    ),
    doubtful(
        "1.3.13",
        ID,
        |node, _| symbols(text_of(node)),
        "the activity's id holds / & | or ?: write it without",
    ),
    doubtful(
        "1.14.13",
        REPORTER,
        |node, _| node.attribute("ref").is_some_and(symbols),
        "the reporter's id holds / & | or ?: write it without",
    ),
    doubtful(
        "1.3.1",
        ID,
        |node, _| loose(text_of(node)),
        "the activity's id begins or ends with a blank: write it without",
    ),
    doubtful(
        "1.14.1",
        REPORTER,
        |node, _| padded(node, "ref"),
        "the reporter's id begins or ends with a blank: write it without",
    ),
    doubtful(
        "1.16.1",
        &["iati-activity/other-identifier"],
        |node, _| node.attribute("type") == Some("B1") && padded(node, "ref"),
        "the reporter's earlier id begins or ends with a blank: write it without",
    ),
    doubtful(
        "1.6.1",
        &["iati-activity/other-identifier"],
        |node, _| node.attribute("type") == Some("A3") && padded(node, "ref"),
        "the activity's earlier id begins or ends with a blank: write it without",
    ),
    doubtful(
        "1.7.1",
        &["iati-activity/related-activity"],
        |node, _| padded(node, "ref"),
        "the related activity's id begins or ends with a blank: write it without",
    ),
    wrong(
        "6.11.1",
        ACTIVITY,
        |node, _| !kids(node, "activity-date").any(|date| kind(date, "1") || kind(date, "2")),
        "no day says when it began or is meant to begin: add an activity-date of type 1 or 2",
    ),
    wrong(
        "6.2.2",
        ACTIVITY,
        |node, _| !has(node, "sector") && grandkids(node, "transaction", "sector").count() == 0,
        "no sector says what it is for: add one to the activity, or to every transaction",
    ),
    wrong(
        "4.1.1",
        ACTIVITY,
        |node, _| {
            no_lang(node)
                && node.descendants().any(|it| it.has_tag_name("narrative") && no_lang(it))
        },
        "some text has no language: give the activity an xml:lang, or each narrative its own",
    ),
    wrong(
        "6.7.2",
        ACTIVITY,
        |node, _| !has(node, "sector") && some_only(node, |it| has(it, "sector")),
        "some transactions have a sector and some have none: give one to each",
    ),
    wrong(
        "7.8.1",
        ACTIVITY,
        |node, _| node.attribute("default-currency").is_none() && bare_value(node),
        "some amount has no currency: give the activity a default-currency, or each value its own",
    ),
    wrong(
        "11.1.1",
        ACTIVITY,
        |node, today| node.attribute("last-updated-datetime").is_some_and(|it| later(it, today)),
        "it says it was changed on a day that has not come: correct last-updated-datetime",
    ),
    wrong(
        "11.1.2",
        ACTIVITY,
        |node, _| backwards(node, "1", "3"),
        "it is meant to end before it is meant to begin: correct one of the days",
    ),
    wrong(
        "11.1.3",
        ACTIVITY,
        |node, _| backwards(node, "2", "4"),
        "it ended before it began: correct one of the days",
    ),
    wrong(
        "11.1.4",
        &["iati-activity/activity-date"],
        |node, today| kind(node, "2") && is_later(node, "iso-date", today),
        "it is said to have begun on a day that has not come: use type 1 until then",
    ),
    wrong(
        "11.1.5",
        &["iati-activity/activity-date"],
        |node, today| kind(node, "4") && is_later(node, "iso-date", today),
        "it is said to have ended on a day that has not come: use type 3 until then",
    ),
    wrong(
        "11.2.1",
        &["iati-activity/transaction/transaction-date"],
        |node, today| is_later(node, "iso-date", today),
        "the transaction is on a day that has not come: tell it when it has happened",
    ),
    wrong(
        "11.2.2",
        &["iati-activity/transaction/value"],
        |node, today| is_later(node, "value-date", today),
        "the value is of a day that has not come: correct value-date",
    ),
    doubtful(
        "102.1.1",
        ACTIVITY,
        |node, _| other_only(kids(node, "sector")),
        "sectors should also be told in the DAC's codes: add one of vocabulary 1",
    ),
    doubtful(
        "107.1.1",
        ACTIVITY,
        |node, _| other_only(kids(node, "default-aid-type")),
        "the type of aid should also be told in the DAC's codes: add one of vocabulary 1",
    ),
    doubtful(
        "107.2.1",
        ACTIVITY,
        |node, _| other_only(grandkids(node, "transaction", "aid-type")),
        "the type of aid of transactions should also be told in the DAC's codes: add vocabulary 1",
    ),
    wrong(
        "6.6.2",
        ACTIVITY,
        |node, _| has(node, "sector") && grandkids(node, "transaction", "sector").count() > 0,
        "sectors are told for the activity and for transactions: keep one of the two",
    ),
    wrong(
        "3.6.2",
        ACTIVITY,
        |node, _| placed(node) && kids(node, "transaction").any(placed),
        "countries are told for the activity and for transactions: keep one of the two",
    ),
    wrong(
        "3.7.1",
        ACTIVITY,
        |node, _| !placed(node) && !kids(node, "transaction").any(placed),
        "no country or region is told: add one to the activity, or to every transaction",
    ),
    wrong(
        "3.7.2",
        ACTIVITY,
        |node, _| !placed(node) && !kids(node, "transaction").all(placed),
        "some transactions have no country or region: give one to each, or to the activity",
    ),
];

fn identifier<'a>(activity: Node<'a, '_>) -> &'a str {
    kids(activity, "iati-identifier").next().map_or("", text_of)
}

fn reporter<'a>(activity: Node<'a, '_>) -> Option<&'a str> {
    kids(activity, "reporting-org").next().and_then(|org| org.attribute("ref"))
}

fn built_on_reporter(activity: Node<'_, '_>) -> bool {
    let earlier = kids(activity, "other-identifier").filter(|other| kind(*other, "B1"));
    let earlier = earlier.filter_map(|other| other.attribute("ref"));
    let id = identifier(activity);
    let rest = |own: &str| id.strip_prefix(own).and_then(|rest| rest.strip_prefix('-'));
    reporter(activity).into_iter().chain(earlier).any(|own| rest(own).is_some())
}

/// Whether an id begins with the code of a register.
fn registered(id: &str) -> bool {
    let hyphens = id.match_indices('-');
    hyphens.filter_map(|(at, _)| id.get(..at)).any(|register| AGENCIES.has(register))
}

fn kind(node: Node<'_, '_>, code: &str) -> bool {
    node.attribute("type") == Some(code)
}

fn has(node: Node<'_, '_>, name: &'static str) -> bool {
    kids(node, name).next().is_some()
}

/// Whether a country or region is told.
fn placed(node: Node<'_, '_>) -> bool {
    has(node, "recipient-country") || has(node, "recipient-region")
}

/// Whether it holds for some transactions and not for others.
fn some_only(activity: Node<'_, '_>, holds: fn(Node<'_, '_>) -> bool) -> bool {
    kids(activity, "transaction").any(holds) && !kids(activity, "transaction").all(holds)
}

fn no_lang(node: Node<'_, '_>) -> bool {
    node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).is_none()
}

fn bare_value(activity: Node<'_, '_>) -> bool {
    let values = activity.descendants().filter(|node| node.has_tag_name("value"));
    values.into_iter().any(|value| value.attribute("currency").is_none())
}

/// Whether any day of one type is after any day of another.
fn backwards(activity: Node<'_, '_>, first: &'static str, then: &'static str) -> bool {
    let days = |code: &'static str| {
        let dates = kids(activity, "activity-date").filter(move |date| kind(*date, code));
        dates.filter_map(|date| day_of(date.attribute("iso-date")?))
    };
    let (last, soonest) = (days(first).max(), days(then).min());
    last.zip(soonest).is_some_and(|(start, end)| start > end)
}

fn later(text: &str, today: Day) -> bool {
    day_of(text).is_some_and(|day| day > today)
}

fn is_later(node: Node<'_, '_>, attribute: &'static str, today: Day) -> bool {
    node.attribute(attribute).is_some_and(|text| later(text, today))
}

/// Whether there are codes, and none of the DAC's.
fn other_only<'a, 'input: 'a>(mut nodes: impl Iterator<Item = Node<'a, 'input>>) -> bool {
    let first = nodes.next();
    first.is_some_and(|first| {
        std::iter::once(first).chain(nodes).all(|node| super::super::vocabulary(node) != "1")
    })
}
