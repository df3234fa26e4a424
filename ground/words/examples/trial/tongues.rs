//! Language against the silver labels of the shared messages.
//!
//! Never counts a message whose silver label is "mixed" or "und" into the agreement.

use std::collections::BTreeMap;
use std::fmt::Write;

use words::{LANGUAGES, UNDETERMINED, language};

use crate::data::Message;

/// Agreement and the confusion table, as Markdown. `tuned` says which ids were looked at while
/// the model was made; agreement is given for the others too.
pub fn report(messages: &[Message]) -> String {
    let mut table: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let (mut all, mut right, mut unseen, mut unseen_right) = (0, 0, 0, 0);
    for message in messages {
        let Some(original) = &message.original else { continue };
        let told = language(original).code;
        *table.entry((message.silver.clone(), told)).or_default() += 1;
        if message.silver == "mixed" || message.silver == UNDETERMINED {
            continue;
        }
        let agrees = usize::from(told == message.silver);
        all += 1;
        right += agrees;
        if is_unseen(&message.id) {
            unseen += 1;
            unseen_right += agrees;
        }
    }
    let mut out = String::new();
    let _ = writeln!(
        out,
        "Agreement on {all} messages with a silver label: **{}**. On the {unseen} messages with \
         odd ids, of which no error was looked at while making the model: **{}**.\n",
        share(right, all),
        share(unseen_right, unseen)
    );
    let told: Vec<&str> = LANGUAGES.iter().copied().chain([UNDETERMINED]).collect();
    let _ = writeln!(out, "| silver | {} | same |", told.join(" | "));
    let _ = writeln!(out, "|---|{}", "---:|".repeat(told.len() + 1));
    let mut rows: Vec<&String> = table.keys().map(|(silver, _)| silver).collect();
    rows.dedup();
    for silver in rows {
        let cell = |code: &str| {
            table.iter().find(|((s, t), _)| s == silver && *t == code).map_or(0, |(_, n)| *n)
        };
        let counts: Vec<usize> = told.iter().map(|code| cell(code)).collect();
        let cells: Vec<String> = counts.iter().map(usize::to_string).collect();
        let same = share(cell(silver), counts.iter().sum());
        let _ = writeln!(out, "| {silver} | {} | {same} |", cells.join(" | "));
    }
    out
}

/// Odd ids were kept apart.
pub fn is_unseen(id: &str) -> bool {
    id.bytes().last().is_some_and(|digit| digit % 2 == 1)
}

/// A share with three places.
pub fn share(part: usize, whole: usize) -> String {
    let thousandths = (part * 1000 + whole / 2).checked_div(whole).unwrap_or(0);
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}
