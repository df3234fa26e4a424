//! The checker: whether a file of activities keeps the structure of IATI 2.03, its code lists and
//! its standard ruleset, with the place of each fault and what to do about it.
//!
//! Never changes a file, never asks another machine, and never trusts the file: it is read within
//! limits, and only so many findings are told.

mod codes;
mod kinds;
mod rules;
mod shape;
mod shapes;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use roxmltree::{Node, NodeId};

use crate::day::Day;
use crate::quote::quote;
use crate::xml::read::{Lines, read};

pub use crate::xml::{
    ATTRIBUTES_MAX, DEPTH_MAX, ELEMENTS_MAX, FILE_BYTES_MAX, NAMESPACES_MAX, NotXml, Unreadable,
};

/// Findings that are told of one file; the rest are counted.
pub const FINDINGS_MAX: usize = 1_000;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The file breaks the standard.
    Wrong,
    /// The file is understood, and could be better.
    Doubtful,
}

/// Something that the checker found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {path}: {says} ({rule})")]
pub struct Finding {
    /// Which rule: the number in IATI's ruleset, or one of ours that begins with `shape-` or is
    /// `code`.
    pub rule: &'static str,
    /// How bad it is.
    pub level: Level,
    /// Where: `iati-activities[1]/iati-activity[2]/transaction[1]/value[1]`.
    pub path: String,
    /// The line of that element, from 1.
    pub line: usize,
    /// What is there, and what to do.
    pub says: String,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What is told, in the order of the file within each part: structure, codes, rules.
    pub findings: Vec<Finding>,
    /// How many findings more there are.
    pub left_off: usize,
    /// How many activities the file has.
    pub activities: usize,
    /// How many findings break the standard, those left off too.
    pub wrong: usize,
}

impl Report {
    /// Whether nothing breaks the standard.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.wrong == 0
    }
}

/// Checks a file as it would be read on a given day.
///
/// # Errors
/// When the bytes are no XML within the limits: nothing in it was judged.
pub fn check(bytes: &[u8], today: Day) -> Result<Report, Unreadable> {
    read(bytes, |root, lines| {
        let report = Report::default();
        let mut findings = Findings { report, lines, places: HashMap::new() };
        shape::judge(root, &mut findings);
        codes::judge(root, &mut findings);
        rules::judge(root, today, &mut findings);
        findings.report.activities = kids(root, "iati-activity").count();
        findings.report
    })
}

/// The findings, gathered.
struct Findings<'a> {
    report: Report,
    lines: &'a Lines<'a>,
    places: HashMap<NodeId, usize>,
}

impl Findings<'_> {
    fn add(&mut self, rule: &'static str, level: Level, node: Node<'_, '_>, says: String) {
        let report = &mut self.report;
        report.wrong += usize::from(level == Level::Wrong);
        if report.findings.len() >= FINDINGS_MAX {
            report.left_off += 1;
            return;
        }
        let line = self.lines.line(node.range().start);
        let path = self.path(node);
        self.report.findings.push(Finding { rule, level, path, line, says });
    }

    fn path(&mut self, node: Node<'_, '_>) -> String {
        let mut steps: Vec<String> = Vec::new();
        for element in node.ancestors().filter(Node::is_element) {
            let place = self.place(element);
            steps.push(format!("{}[{place}]", quote(element.tag_name().name())));
        }
        steps.reverse();
        steps.join("/")
    }

    /// The place of an element among those of its name. Places are kept, so that many findings
    /// among many siblings do not count them all anew.
    fn place(&mut self, element: Node<'_, '_>) -> usize {
        let mut place = 1;
        for other in element.prev_siblings().skip(1) {
            if other.tag_name() == element.tag_name() {
                if let Some(known) = self.places.get(&other.id()) {
                    place += known;
                    break;
                }
                place += 1;
            }
        }
        self.places.insert(element.id(), place);
        place
    }
}

/// The children of a name.
fn kids<'a, 'input: 'a>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

/// The children of children of a name: `transaction`, `sector`.
fn grandkids<'a, 'input: 'a>(
    node: Node<'a, 'input>,
    name: &'static str,
    inner: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    kids(node, name).flat_map(move |child| kids(child, inner))
}

/// Elements by their vocabulary; without one they are of vocabulary 1.
fn by_vocabulary<'a, 'input: 'a>(
    nodes: impl Iterator<Item = Node<'a, 'input>>,
) -> BTreeMap<&'a str, Vec<Node<'a, 'input>>> {
    let mut groups: BTreeMap<&str, Vec<Node<'_, '_>>> = BTreeMap::new();
    for node in nodes {
        groups.entry(vocabulary(node)).or_default().push(node);
    }
    groups
}

fn vocabulary<'a>(node: Node<'a, '_>) -> &'a str {
    node.attribute("vocabulary").filter(|said| !said.is_empty()).unwrap_or("1")
}
