//! IATI's standard ruleset for activities, each rule under its official number: what the schema
//! cannot say. A test compares numbers and levels with the published ruleset.
//!
//! Never asks a register which organisations exist: where the ruleset exempts those that a register
//! knows, nobody is exempt here, and such rules only doubt.

mod activity;
mod parts;
mod shares;

use std::collections::HashMap;

use roxmltree::Node;

use super::{Findings, Level};
use crate::day::Day;

/// A rule.
pub(super) struct Rule {
    /// Its official number.
    pub(super) id: &'static str,
    /// How bad it is to break it.
    pub(super) level: Level,
    /// Where it holds: elements, each with as much of its way as it takes to know it.
    pub(super) at: &'static [&'static str],
    /// Whether an element breaks it.
    pub(super) broken: fn(Node<'_, '_>, Day) -> bool,
    /// What is there, and what to do.
    pub(super) says: &'static str,
}

/// All rules.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    let own = activity::RULES.iter().chain(&shares::RULES);
    own.chain(&parts::RULES).chain(&parts::WORDS)
}

/// Judges a whole file.
pub(super) fn judge(root: Node<'_, '_>, today: Day, findings: &mut Findings<'_>) {
    let mut places: HashMap<&str, Vec<(&'static str, &'static Rule)>> = HashMap::new();
    for rule in all() {
        for at in rule.at {
            let name = at.rsplit('/').next().unwrap_or_default();
            places.entry(name).or_default().push((at, rule));
        }
    }
    for node in root.descendants().filter(|node| node.is_element()) {
        if node.tag_name().namespace().is_some() {
            continue;
        }
        for (at, rule) in places.get(node.tag_name().name()).into_iter().flatten() {
            if stands(node, at) && (rule.broken)(node, today) {
                findings.add(rule.id, rule.level, node, rule.says.to_owned());
            }
        }
    }
}

/// Whether an element is where a rule holds.
fn stands(node: Node<'_, '_>, at: &str) -> bool {
    let mut above = node.ancestors();
    at.rsplit('/').all(|name| above.next().is_some_and(|node| node.has_tag_name(name)))
}

/// Whether an attribute begins or ends with a blank.
fn padded(node: Node<'_, '_>, attribute: &'static str) -> bool {
    node.attribute(attribute).is_some_and(loose)
}

fn loose(text: &str) -> bool {
    text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace)
}

/// Whether a text holds a symbol that leads astray in links.
fn symbols(text: &str) -> bool {
    text.contains(['/', '&', '|', '?'])
}

/// Whether an element has neither an id nor a name.
fn nameless(node: Node<'_, '_>) -> bool {
    let told = node.attribute("ref").is_some_and(|id| !id.trim().is_empty());
    !told && super::kids(node, "narrative").next().is_none()
}

/// The text in an element, blanks and all.
fn text_of<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default()
}
