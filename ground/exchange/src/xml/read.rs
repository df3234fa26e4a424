//! Bytes that say they are XML, parsed into a tree within limits.
//!
//! Never guesses an encoding: what is not UTF-8 is refused with what to do.

use roxmltree::{Document, Error, Node, ParsingOptions};

use super::scan::scan;
use crate::quote::quote;

/// Bytes of one file: as much as the registry of IATI takes, and a little more.
pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Elements of one file: a hundred thousand transactions have a million.
pub const ELEMENTS_MAX: usize = 3_000_000;
/// Attributes of one element; the richest of IATI has seven.
pub const ATTRIBUTES_MAX: usize = 64;
/// Declarations of namespaces in one file: each is handed on to all elements inside, so that many
/// would cost more than the file.
pub const NAMESPACES_MAX: usize = 1_000;
/// How deep elements may be nested; the deepest of IATI is nine.
pub const DEPTH_MAX: usize = 32;

/// Nodes of the tree: an element, the text before it and the text in it.
const NODES_MAX: u32 = 10_000_000;
/// Bytes in which the first line of an XML file says its encoding.
const DECLARATION_BYTES: usize = 200;

/// A file that cannot be read, with the line where that shows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Unreadable {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub why: NotXml,
}

/// Why bytes are not taken as an XML file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotXml {
    /// Larger than a file may be.
    #[error("the file has more than {FILE_BYTES_MAX} bytes: split it into several files")]
    TooLarge,
    /// Bytes that are no text.
    #[error("these bytes are no UTF-8 text: save the file as UTF-8")]
    NotText,
    /// Another encoding is named.
    #[error("the first line says encoding “{0}”: save the file as UTF-8 and say so")]
    Encoding(String),
    /// It brings its own document type or entities.
    #[error("the file has a document type (<!DOCTYPE …>): take it out, IATI files need none")]
    Dtd,
    /// Too deep.
    #[error("elements are nested deeper than {DEPTH_MAX}: look for one that is not closed")]
    Depth,
    /// Too many elements.
    #[error("the file has more than {ELEMENTS_MAX} elements: split it into several files")]
    Elements,
    /// Too many attributes.
    #[error("an element has more than {ATTRIBUTES_MAX} attributes: keep those that IATI knows")]
    Attributes,
    /// Too many namespaces.
    #[error(
        "the file declares more than {NAMESPACES_MAX} namespaces: declare each once, at the top"
    )]
    Namespaces,
    /// It is not well-formed.
    #[error("it is not well-formed XML ({0}): repair it there")]
    Broken(String),
}

/// Parses a file and hands its root to `judge`, with the lines of the file. The tree takes up to
/// ten times as much memory as the file.
pub(crate) fn read<T>(
    bytes: &[u8],
    judge: impl FnOnce(Node<'_, '_>, &Lines<'_>) -> T,
) -> Result<T, Unreadable> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Unreadable { line: 1, why: NotXml::TooLarge });
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let lines = Lines::of(bytes);
    let at = |place: usize, why: NotXml| Unreadable { line: lines.line(place), why };
    let text = std::str::from_utf8(bytes).map_err(|bad| at(bad.valid_up_to(), NotXml::NotText))?;
    if let Some(encoding) = other_encoding(text) {
        return Err(at(0, NotXml::Encoding(encoding)));
    }
    scan(bytes).map_err(|(place, why)| at(place, why))?;
    let options = ParsingOptions { nodes_limit: NODES_MAX, ..ParsingOptions::default() };
    let parsed = Document::parse_with_options(text, options);
    let tree = parsed.map_err(|error| {
        let line = usize::try_from(error.pos().row).unwrap_or(1);
        let why = match error {
            Error::DtdDetected => NotXml::Dtd,
            Error::NodesLimitReached => NotXml::Elements,
            Error::AttributesLimitReached => NotXml::Attributes,
            other => NotXml::Broken(quote(&other.to_string())),
        };
        Unreadable { line, why }
    })?;
    Ok(judge(tree.root_element(), &lines))
}

/// The encoding that the first line names, when it is not UTF-8.
fn other_encoding(text: &str) -> Option<String> {
    let declaration = text.strip_prefix("<?xml")?.split_once("?>")?.0;
    if declaration.len() > DECLARATION_BYTES {
        return None;
    }
    let said = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let mark = said.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let name = said.get(1..)?.split(mark).next()?;
    let known = ["utf-8", "utf8", "us-ascii"].iter().any(|it| name.eq_ignore_ascii_case(it));
    (!known).then(|| quote(name))
}

/// Where the lines of a file are: the ends of some, between which the others are counted.
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    ends: Vec<usize>,
}

/// Lines between two ends that are kept.
const LINES_STEP: usize = 1_024;

impl<'a> Lines<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let all = memchr::memchr_iter(b'\n', bytes);
        Self { bytes, ends: all.skip(LINES_STEP - 1).step_by(LINES_STEP).collect() }
    }

    /// The line of a place, from 1.
    pub(crate) fn line(&self, place: usize) -> usize {
        let kept = self.ends.partition_point(|end| *end < place);
        let from = kept.checked_sub(1).and_then(|at| self.ends.get(at)).map_or(0, |end| end + 1);
        let rest = self.bytes.get(from..place).unwrap_or_default();
        kept * LINES_STEP + memchr::memchr_iter(b'\n', rest).count() + 1
    }
}
