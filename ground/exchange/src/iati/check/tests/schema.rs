//! The table of shapes says, element by element, what the published schema says.
//!
//! Never judges a file: the cases of `tests/official.rs` do.

use roxmltree::{Document, Node};

use super::super::kinds::Kind;
use super::super::shape::{Shape, Times};
use super::super::shapes::ACTIVITIES;
use super::published;

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// The parts of the schema that IATI uses, looked up by name.
struct Schema<'a> {
    roots: [Node<'a, 'a>; 2],
}

/// What the schema says of an element.
#[derive(Default)]
struct Said<'a> {
    text: Option<&'a str>,
    attributes: Vec<(&'a str, &'a str, bool)>,
    children: Vec<(&'a str, Node<'a, 'a>, Times)>,
    open_attributes: bool,
    open_children: bool,
}

impl<'a> Schema<'a> {
    fn top(&self, kind: &str, name: &str) -> Node<'a, 'a> {
        let tops = self.roots.iter().flat_map(|root| parts(*root));
        let mut named = tops.filter(|top| is(*top, kind) && top.attribute("name") == Some(name));
        named.next().unwrap_or_else(|| panic!("the schema has {kind} {name}"))
    }

    /// What a declaration says, wherever its type stands.
    fn element(&self, declared: Node<'a, 'a>) -> Said<'a> {
        let mut said = Said::default();
        match declared.attribute("type") {
            Some(kind) => self.named_type(kind, &mut said),
            None => {
                let complex = parts(declared).find(|part| is(*part, "complexType")).unwrap();
                self.complex(complex, &mut said);
            }
        }
        said
    }

    fn named_type(&self, kind: &'a str, said: &mut Said<'a>) {
        match kind.strip_prefix("xsd:") {
            Some(simple) => said.text = Some(simple),
            None => self.complex(self.top("complexType", kind), said),
        }
    }

    fn complex(&self, complex: Node<'a, 'a>, said: &mut Said<'a>) {
        assert_eq!(complex.attribute("mixed"), None);
        for part in parts(complex) {
            match part.tag_name().name() {
                "sequence" => self.sequence(part, said),
                "attribute" => said.attributes.push(self.attribute(part)),
                "anyAttribute" => {
                    assert_eq!(part.attribute("namespace"), Some("##other"));
                    said.open_attributes = true;
                }
                "simpleContent" | "complexContent" | "extension" => {
                    if let Some(base) = part.attribute("base") {
                        self.named_type(base, said);
                    }
                    self.complex(part, said);
                }
                other => panic!("the schema uses {other}"),
            }
        }
    }

    fn sequence(&self, sequence: Node<'a, 'a>, said: &mut Said<'a>) {
        for part in parts(sequence) {
            if is(part, "any") {
                assert_eq!(part.attribute("namespace"), Some("##other"));
                said.open_children = true;
                continue;
            }
            // What is open stands last.
            assert!(is(part, "element") && !said.open_children, "{part:?}");
            let declared = part.attribute("ref").map_or(part, |name| self.top("element", name));
            let often = (
                part.attribute("minOccurs").unwrap_or("1"),
                part.attribute("maxOccurs").unwrap_or("1"),
            );
            let times = match often {
                ("1", "1") => Times::Once,
                ("0", "1") => Times::Maybe,
                ("1", "unbounded") => Times::Some,
                ("0", "unbounded") => Times::Any,
                other => panic!("the schema says {other:?}"),
            };
            said.children.push((declared.attribute("name").unwrap(), declared, times));
        }
    }

    fn attribute(&self, part: Node<'a, 'a>) -> (&'a str, &'a str, bool) {
        let needed = part.attribute("use") == Some("required");
        match part.attribute("ref") {
            Some("xml:lang") => ("xml:lang", "lang", needed),
            Some(name) => {
                let top = self.top("attribute", name);
                (name, top.attribute("type").unwrap(), needed)
            }
            None => (part.attribute("name").unwrap(), part.attribute("type").unwrap(), needed),
        }
    }

    /// Compares all that lies in an element; gives how many elements were compared.
    fn compare(&self, path: &str, declared: Node<'a, 'a>, shape: &Shape) -> usize {
        let said = self.element(declared);
        assert_eq!(shape.text, said.text.map(kind), "{path}");
        assert_eq!(shape.open_attributes, said.open_attributes, "{path}");
        assert_eq!(shape.open_children, said.open_children, "{path}");
        let mut ours = shape.attributes.to_vec();
        let mut theirs: Vec<(&str, Kind, bool)> =
            said.attributes.iter().map(|(name, of, must)| (*name, kind(of), *must)).collect();
        ours.sort_by_key(|(name, ..)| *name);
        theirs.sort_by_key(|(name, ..)| *name);
        assert_eq!(ours, theirs, "{path}");
        let ours: Vec<_> = shape.children.iter().map(|(name, _, often)| (*name, *often)).collect();
        let theirs: Vec<_> = said.children.iter().map(|(name, _, often)| (*name, *often)).collect();
        assert_eq!(ours, theirs, "{path}");
        let pairs = said.children.iter().zip(shape.children);
        let inner = pairs.map(|((name, declared, _), (_, shape, _))| {
            self.compare(&format!("{path}/{name}"), *declared, shape)
        });
        1 + inner.sum::<usize>()
    }
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((XSD, name))
}

fn parts<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(|part| part.is_element() && !is(*part, "annotation"))
}

fn kind(name: &str) -> Kind {
    match name.strip_prefix("xsd:").unwrap_or(name) {
        "string" => Kind::Text,
        "boolean" => Kind::Boolean,
        "date" => Kind::Date,
        "dateTime" => Kind::DateTime,
        "decimal" => Kind::Decimal,
        "int" => Kind::Int,
        "positiveInteger" => Kind::Positive,
        "nonNegativeInteger" => Kind::Count,
        "anyURI" => Kind::Uri,
        "NMTOKEN" => Kind::Token,
        "lang" => Kind::Language,
        other => panic!("the schema uses {other}"),
    }
}

#[test]
fn the_table_says_what_the_schema_says() {
    let Some(activities) = published(&["schema-2.03/iati-activities-schema.xsd"]) else { return };
    let common = published(&["schema-2.03/iati-common.xsd"]).unwrap();
    let trees = [&activities, &common].map(|text| Document::parse(text).unwrap());
    let [activities, common] = &trees;
    let schema = Schema { roots: [activities.root_element(), common.root_element()] };
    let compared = schema.compare("", schema.top("element", "iati-activities"), &ACTIVITIES);
    // So many places an element can stand in.
    assert_eq!(compared, 201);
}
