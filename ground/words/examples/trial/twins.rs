//! Duplicates: how often a pair with a high likeness is one and the same thing, on pairs that
//! were labelled by reading them.
//!
//! Never holds words: the pairs are kept as ids.

use std::collections::HashMap;
use std::fmt::Write;

use words::{LIKENESS_SAME, Sketch, likeness, sketch};

use crate::data::Message;
use crate::tongues::share;

const PAIRS: &str = include_str!("../duplicate_pairs.tsv");
const BANDS: &[(u8, u8)] = &[(85, 100), (70, 84), (60, 69), (50, 59), (40, 49), (30, 39)];

/// Precision by band and at k, as Markdown.
pub fn report(messages: &[Message]) -> String {
    let sketches: HashMap<&str, Sketch> =
        messages.iter().map(|m| (m.id.as_str(), sketch(m.sent()))).collect();
    let mut pairs: Vec<(u8, bool)> =
        PAIRS.lines().filter_map(|line| read(line, &sketches)).collect();
    pairs.sort_by_key(|(alike, _)| std::cmp::Reverse(*alike));
    let right = |pairs: &[(u8, bool)]| pairs.iter().filter(|(_, same)| *same).count();
    let mut out = String::new();
    let _ = writeln!(out, "| likeness | pairs labelled | the same | precision |");
    let _ = writeln!(out, "|---|---:|---:|---:|");
    for (low, high) in BANDS {
        let band: Vec<(u8, bool)> =
            pairs.iter().copied().filter(|(alike, _)| (low..=high).contains(&alike)).collect();
        let cells = (band.len(), right(&band));
        let _ = writeln!(
            out,
            "| {low} to {high} | {} | {} | {} |",
            cells.0,
            cells.1,
            share(cells.1, cells.0)
        );
    }
    let _ = writeln!(out, "\n| k most alike of the labelled pairs | precision at k |\n|---:|---:|");
    for k in [10, 20, 40, 60, 80, 100, pairs.len()] {
        let top: Vec<(u8, bool)> = pairs.iter().copied().take(k).collect();
        let _ = writeln!(out, "| {k} | {} |", share(right(&top), top.len()));
    }
    let shown: Vec<(u8, bool)> =
        pairs.iter().copied().filter(|(alike, _)| *alike >= LIKENESS_SAME).collect();
    let _ = writeln!(
        out,
        "\nShown to a person from likeness {LIKENESS_SAME} on: {} of {} such labelled pairs were \
         the same (**{}**); below it {} of {} were, and would have been missed.",
        right(&shown),
        shown.len(),
        share(right(&shown), shown.len()),
        right(&pairs) - right(&shown),
        pairs.len() - shown.len(),
    );
    out
}

fn read(line: &str, sketches: &HashMap<&str, Sketch>) -> Option<(u8, bool)> {
    let mut fields = line.split('\t');
    let (one, other) = (sketches.get(fields.next()?)?, sketches.get(fields.next()?)?);
    Some((likeness(one, other), fields.next()? == "same"))
}
