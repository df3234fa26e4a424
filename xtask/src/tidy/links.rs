//! Every link from one page of ours to another leads somewhere.
//!
//! Never asks the network: a link to somebody else's page is theirs to keep.

use super::Finding;
use crate::house::House;

const WHY: &str = "a reader who meets a dead link stops trusting the page";

/// Links in `*.md` to files or headings that are not there.
#[must_use]
pub fn check(house: &House) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in house.ending(".md") {
        for (line, target) in links(text) {
            if let Some(what) = broken(house, path, &target) {
                let advice = "correct the link or write what it promises";
                found.push(Finding::new(path, line, what, WHY, advice));
            }
        }
    }
    found
}

/// The targets of `[text](target)` outside code, with their lines.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        // Between backticks is code too: every second part.
        for prose in line.split('`').step_by(2) {
            for (start, mark) in prose.match_indices("](") {
                let rest = prose.get(start + mark.len()..).unwrap_or_default();
                if let Some((target, _)) = rest.split_once(')') {
                    let target = target.split_whitespace().next().unwrap_or_default();
                    found.push((at + 1, target.to_owned()));
                }
            }
        }
    }
    found
}

fn broken(house: &House, path: &str, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (file, heading) = match target.split_once('#') {
        Some((file, heading)) => (file, Some(heading)),
        None => (target, None),
    };
    let file = if file.is_empty() { path.to_owned() } else { resolved(path, file) };
    if !house.has(&file) {
        return Some(format!("the link `{target}` leads to {file}, which is not there"));
    }
    let (Some(heading), Some(text)) = (heading, house.text(&file)) else { return None };
    let there = file.ends_with(".md") && !headings(text).any(|slug| slug == heading);
    there.then(|| format!("the link `{target}` names a heading that is not in {file}"))
}

/// A link's path seen from the workspace: `../x` from `docs/a/b.md` is `docs/x`.
fn resolved(path: &str, link: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    if link.starts_with('/') {
        parts.clear();
    }
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The anchors that a page's headings make.
fn headings(text: &str) -> impl Iterator<Item = String> + '_ {
    let titles = text.lines().filter(|line| line.starts_with('#'));
    titles.map(|line| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    })
}
