//! Rules about codes and their shares: one of a kind, a share for each of several, and shares that
//! make a whole.
//!
//! Never uses a float: 33.33, 33.33 and 33.34 make exactly a hundred.

use roxmltree::Node;

use super::super::kinds::{HUNDRED, decimal};
use super::super::{Level, by_vocabulary, kids, vocabulary};
use super::Rule;

const ACTIVITY: &[&str] = &["iati-activities/iati-activity"];

macro_rules! rule {
    ($level:ident $id:literal, $at:expr, $broken:expr, $says:literal) => {
        Rule { id: $id, level: Level::$level, at: $at, broken: $broken, says: $says }
    };
}

pub(super) const RULES: [Rule; 19] = [
    rule!(Wrong "2.1.1", ACTIVITY, |node, _| any_group(sectors(node), without_share),
        "several sectors of one vocabulary, one without a percentage: give each its own"),
    rule!(Wrong "2.1.2", ACTIVITY,
        |node, _| any_group(sectors(node), |of| shared(of) > 1 && no_whole(of)),
        "the percentages of the sectors of one vocabulary do not make 100: correct them"),
    rule!(Wrong "2.1.4", ACTIVITY, |node, _| any_group(sectors(node), lone_part),
        "the only sector of its vocabulary has not all of it: leave its percentage out"),
    rule!(Wrong "2.2.1", ACTIVITY, |node, _| unnamed(sectors(node)),
        "a sector of the reporter's own list (98 or 99) has no name: add a narrative"),
    rule!(Wrong "3.1.1", ACTIVITY, |node, _| countries_only(node, without_share),
        "several countries, one without a percentage: give each its own"),
    rule!(Wrong "3.1.2", ACTIVITY,
        |node, _| countries_only(node, |of| of.len() > 1 && no_whole(of)),
        "the percentages of the countries do not make 100: correct them"),
    rule!(Wrong "3.1.4", ACTIVITY, |node, _| countries_only(node, lone_part),
        "the only country has not all of it: leave its percentage out"),
    rule!(Wrong "3.4.1", ACTIVITY, |node, _| any_group(regions(node), without_share),
        "several regions of one vocabulary, one without a percentage: give each its own"),
    rule!(Wrong "3.4.2", ACTIVITY, |node, _| no_whole_with_countries(node),
        "the percentages of countries and regions do not make 100: correct them"),
    rule!(Wrong "3.4.4", ACTIVITY,
        |node, _| countries(node).is_empty() && any_group(regions(node), lone_part),
        "the only region of its vocabulary has not all of it: leave its percentage out"),
    rule!(Doubtful "7.9.1", &["iati-activity/country-budget-items"],
        |node, _| items(node).len() > 1 && items(node).iter().all(|it| share(*it).is_none()),
        "several budget items without percentages: give each its own"),
    rule!(Doubtful "7.9.2", &["iati-activity/country-budget-items"],
        |node, _| items(node).len() > 1 && no_whole(&items(node)),
        "the percentages of the budget items do not make 100: correct them"),
    rule!(Doubtful "7.9.4", &["iati-activity/country-budget-items"],
        |node, _| lone_part(&items(node)),
        "the only budget item has not all of it: leave its percentage out"),
    rule!(Wrong "12.1.1", &["iati-activity/recipient-country", "iati-activity/recipient-region"],
        |node, _| beyond(node), "a percentage is from 0 to 100: correct it"),
    rule!(Wrong "12.3.1", &["iati-activity/sector"],
        |node, _| beyond(node), "a percentage is from 0 to 100: correct it"),
    rule!(Wrong "12.2.1", &["iati-activity/capital-spend", "country-budget-items/budget-item"],
        |node, _| beyond(node), "a percentage is from 0 to 100: correct it"),
    rule!(Doubtful "107.1.2", ACTIVITY,
        |node, _| any_group(kids(node, "default-aid-type").collect(), |of| of.len() > 1),
        "several types of aid of one vocabulary: keep one"),
    rule!(Doubtful "107.2.2", &["iati-activity/transaction"],
        |node, _| any_group(kids(node, "aid-type").collect(), |of| of.len() > 1),
        "several types of aid of one vocabulary: keep one"),
    rule!(Wrong "6.14.1", &["iati-activity/policy-marker"],
        |node, _| vocabulary(node) == "1" && node.attribute("significance").is_none(),
        "a policy marker of vocabulary 1 needs a significance: add it"),
];

type Nodes<'a, 'input> = Vec<Node<'a, 'input>>;

fn sectors<'a, 'input>(activity: Node<'a, 'input>) -> Nodes<'a, 'input> {
    kids(activity, "sector").collect()
}

fn countries<'a, 'input>(activity: Node<'a, 'input>) -> Nodes<'a, 'input> {
    kids(activity, "recipient-country").collect()
}

fn regions<'a, 'input>(activity: Node<'a, 'input>) -> Nodes<'a, 'input> {
    kids(activity, "recipient-region").collect()
}

fn items<'a, 'input>(of: Node<'a, 'input>) -> Nodes<'a, 'input> {
    kids(of, "budget-item").collect()
}

/// Whether something holds for the elements of any vocabulary.
fn any_group(nodes: Nodes<'_, '_>, holds: fn(&[Node<'_, '_>]) -> bool) -> bool {
    by_vocabulary(nodes.into_iter()).values().any(|of| holds(of))
}

fn share<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute("percentage")
}

fn shared(of: &[Node<'_, '_>]) -> usize {
    of.iter().filter(|node| share(**node).is_some()).count()
}

/// Several, and not each has a share.
fn without_share(of: &[Node<'_, '_>]) -> bool {
    of.len() > 1 && shared(of) < of.len()
}

/// One, with a share that is not the whole.
fn lone_part(of: &[Node<'_, '_>]) -> bool {
    let [lone] = of else { return false };
    share(*lone).is_some_and(|share| decimal(share) != Some(HUNDRED))
}

fn sum(of: &[Node<'_, '_>]) -> i128 {
    of.iter().filter_map(|node| decimal(share(*node)?)).sum()
}

fn no_whole(of: &[Node<'_, '_>]) -> bool {
    sum(of) != HUNDRED
}

/// Rules about countries hold where no region is told.
fn countries_only(activity: Node<'_, '_>, holds: fn(&[Node<'_, '_>]) -> bool) -> bool {
    regions(activity).is_empty() && holds(&countries(activity))
}

/// Regions of one vocabulary and all countries together make a whole.
fn no_whole_with_countries(activity: Node<'_, '_>) -> bool {
    let countries = countries(activity);
    let told = sum(&countries);
    by_vocabulary(regions(activity).into_iter())
        .values()
        .any(|of| of.len() + countries.len() > 1 && sum(of) + told != HUNDRED)
}

fn beyond(node: Node<'_, '_>) -> bool {
    let value = share(node).and_then(decimal);
    value.is_some_and(|value| !(0..=HUNDRED).contains(&value))
}

/// Fewer names than sectors of the reporter's own lists.
fn unnamed(sectors: Nodes<'_, '_>) -> bool {
    let own = |node: &&Node<'_, '_>| ["98", "99"].contains(&vocabulary(**node));
    let names = sectors.iter().filter(own).map(|node| kids(*node, "narrative").count());
    names.sum::<usize>() < sectors.iter().filter(own).count()
}
