//! Whether elements stand where the schema wants them, with the attributes and values it wants.
//!
//! Never looks at what a value means, nor into elements of others: those are theirs to judge.

use roxmltree::Node;

use super::kinds::Kind;
use super::shapes::ACTIVITIES;
use super::{Findings, Level};
use crate::quote::quote;

/// What an element may hold.
pub(super) struct Shape {
    /// The kind of its text, when text is what it holds.
    pub(super) text: Option<Kind>,
    /// Its attributes: name, kind, whether it must be there.
    pub(super) attributes: &'static [(&'static str, Kind, bool)],
    /// Its elements, in their order.
    pub(super) children: &'static [(&'static str, &'static Shape, Times)],
    /// Whether attributes of others may stand in it.
    pub(super) open_attributes: bool,
    /// Whether elements of others may stand behind its own.
    pub(super) open_children: bool,
}

/// How often an element may stand in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// Once.
    Once,
    /// Once or not at all.
    Maybe,
    /// Once or more often.
    Some,
    /// As often as one likes.
    Any,
}

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Judges a whole file.
pub(super) fn judge(root: Node<'_, '_>, findings: &mut Findings<'_>) {
    if !root.has_tag_name("iati-activities") {
        let name = quote(root.tag_name().name());
        let says = format!("the file begins with {name}: it should begin with iati-activities");
        return findings.add("shape-root", Level::Wrong, root, says);
    }
    if let Some(version) = root.attribute("version").filter(|said| *said != super::super::VERSION) {
        let version = quote(version);
        let says = format!("the file says version {version}: it was judged as version 2.03");
        findings.add("shape-version", Level::Doubtful, root, says);
    }
    element(root, &ACTIVITIES, findings);
}

fn element(node: Node<'_, '_>, shape: &'static Shape, findings: &mut Findings<'_>) {
    attributes(node, shape, findings);
    match shape.text {
        Some(kind) => text(node, kind, findings),
        None => children(node, shape, findings),
    }
}

fn wrong(rule: &'static str, node: Node<'_, '_>, says: String, findings: &mut Findings<'_>) {
    findings.add(rule, Level::Wrong, node, says);
}

fn attributes(node: Node<'_, '_>, shape: &'static Shape, findings: &mut Findings<'_>) {
    for attribute in node.attributes() {
        let lang = attribute.namespace() == Some(XML) && attribute.name() == "lang";
        let name = if lang { "xml:lang" } else { attribute.name() };
        let own = attribute.namespace().is_none() || lang;
        let known = shape.attributes.iter().find(|(known, ..)| own && *known == name);
        let kind = match known {
            Some((_, kind, _)) => Some(*kind),
            None if lang && shape.open_attributes => Some(Kind::Language),
            None => None,
        };
        let other = attribute.namespace().is_some_and(|of| shape.open_attributes || of == XSI);
        match kind {
            Some(kind) if !kind.holds(attribute.value()) => {
                let (value, advice) = (quote(attribute.value()), kind.advice());
                let says = format!("{name} says “{value}”: {advice}");
                wrong("shape-value", node, says, findings);
            }
            None if !other => {
                let says = format!("IATI knows no {} here: take it out", quote(name));
                wrong("shape-attribute-unknown", node, says, findings);
            }
            _ => {}
        }
    }
    for (name, kind, needed) in shape.attributes {
        if *needed && node.attribute(*name).is_none() {
            let says = format!("{name} is missing: {}", kind.advice());
            wrong("shape-attribute-missing", node, says, findings);
        }
    }
}

fn text(node: Node<'_, '_>, kind: Kind, findings: &mut Findings<'_>) {
    if let Some(inner) = node.children().find(Node::is_element) {
        let name = quote(inner.tag_name().name());
        let says = format!("{name} may not stand in a text: take it out");
        return wrong("shape-element-unknown", inner, says, findings);
    }
    let said: String =
        node.children().filter_map(|child| child.text().filter(|_| child.is_text())).collect();
    if !kind.holds(&said) {
        let says = format!("it says “{}”: {}", quote(&said), kind.advice());
        wrong("shape-value", node, says, findings);
    }
}

fn children(node: Node<'_, '_>, shape: &'static Shape, findings: &mut Findings<'_>) {
    let mut counts = vec![0_usize; shape.children.len()];
    let (mut reached, mut others) = (0, false);
    for child in node.children() {
        if child.is_text() && child.text().is_some_and(|text| !blank(text)) {
            let says = "words stand between the elements: put them into a narrative".to_owned();
            wrong("shape-text", node, says, findings);
        }
        if !child.is_element() {
            continue;
        }
        let (name, namespace) = (child.tag_name().name(), child.tag_name().namespace());
        if namespace.is_some() && shape.open_children {
            others = true;
            continue;
        }
        let known = shape.children.iter().position(|(known, ..)| *known == name);
        let at = known.filter(|_| namespace.is_none());
        let Some((at, (_, inner, times))) = at.and_then(|at| Some((at, shape.children.get(at)?)))
        else {
            let says = format!("IATI knows no {} here: take it out", quote(name));
            wrong("shape-element-unknown", child, says, findings);
            continue;
        };
        if at < reached || others {
            let says = format!("{name} stands too late: IATI wants its elements in its own order");
            wrong("shape-element-order", child, says, findings);
        }
        reached = reached.max(at);
        let count = counts.get_mut(at).map_or(0, |count| {
            *count += 1;
            *count
        });
        if count == 2 && matches!(times, Times::Once | Times::Maybe) {
            let says = format!("{name} may stand here only once: keep one");
            wrong("shape-element-many", child, says, findings);
        }
        element(child, inner, findings);
    }
    for ((name, _, times), count) in shape.children.iter().zip(counts) {
        if count == 0 && matches!(times, Times::Once | Times::Some) {
            let says = format!("{name} is missing: add it");
            wrong("shape-element-missing", node, says, findings);
        }
    }
}

/// Whether a text is only what stands between elements.
fn blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}
