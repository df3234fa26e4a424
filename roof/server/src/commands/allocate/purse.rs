//! What is told of a pool: whether it ran dry and at which line, or what stays in it and why.
//!
//! Never says more than the certificate proves.

use fair::sharing::{Few, Left, Level, Pool, Window};
use serde_json::{Value, json};

use super::sentence::{capital, listed, most_of_arc, most_of_partner, percent};

/// What is told of one pool.
pub(super) struct Purse {
    pub(super) id: String,
    /// What of it may be given and is not.
    pub(super) amount: i64,
    pub(super) held_back: i64,
    /// Why, in one word each.
    pub(super) why: Vec<&'static str>,
    pub(super) said: String,
}

impl Purse {
    pub(super) fn of(
        window: &Window,
        pool: &Pool,
        line: Level,
        left: &Left,
        somebody_waits: bool,
    ) -> Self {
        let (why, mut said) = match (pool.ready(), left.amount) {
            (0, _) => empty(pool),
            (ready, 0) => spent(ready, line, somebody_waits),
            (ready, amount) => stays(window, left, amount, ready),
        };
        if pool.held_back > 0 && pool.ready() > 0 {
            said += &format!(" {} more are held back for what comes suddenly.", pool.held_back);
        }
        Self {
            id: pool.id.clone(),
            amount: left.amount,
            held_back: pool.held_back,
            why,
            said: format!("{}: {said}", pool.id),
        }
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "amount": self.amount,
            "held_back": self.held_back,
            "why": self.why,
            "said": self.said,
        })
    }
}

fn empty(pool: &Pool) -> (Vec<&'static str>, String) {
    if pool.supply == 0 {
        return (vec!["empty"], "nothing is in it.".to_owned());
    }
    let said = format!("all of its {} are held back for what comes suddenly.", pool.supply);
    (vec!["held_back"], said)
}

fn spent(ready: i64, line: Level, somebody_waits: bool) -> (Vec<&'static str>, String) {
    let said = format!("all of its {ready} are given.");
    let Level::At(line) = line else { return (vec!["spent"], said) };
    let apart = if somebody_waits { ", apart from areas that were put off" } else { "" };
    let said = format!(
        "{said} It ran dry at the line of {}: give or take one unit, nobody whom it pays stands \
         higher, and nobody to whom it could give more stands lower{apart}.",
        percent(line)
    );
    (vec!["dry"], said)
}

fn stays(window: &Window, left: &Left, amount: i64, ready: i64) -> (Vec<&'static str>, String) {
    let stays = format!("{amount} of its {ready} stay in it.");
    let area = |at: usize| window.areas.get(at).map(|area| area.id.clone());
    let mut why = Vec::new();
    let mut reasons = Vec::new();
    if !left.full.is_empty() {
        why.push("full");
        reasons.push(format!("{} can take no more", named(&left.full, area)));
    }
    if !left.idle.is_empty() {
        why.push("idle");
        let them = named(&left.idle, area);
        reasons.push(format!("nothing goes to {them} this time, for a reason of their own"));
    }
    if !left.ceilings.is_empty() {
        why.push("ceiling");
        reasons.extend(left.ceilings.first.iter().map(|arc| most_of_arc(window, *arc)));
        let others = "other ways have a ceiling too".to_owned();
        reasons.extend(left.ceilings.more.then_some(others));
    }
    if !left.partners.is_empty() {
        why.push("partner");
        reasons.extend(left.partners.first.iter().map(|by| most_of_partner(window, *by)));
        let others = "other partners are as full".to_owned();
        reasons.extend(left.partners.more.then_some(others));
    }
    if reasons.is_empty() {
        return (vec!["no_taker"], format!("{stays} No area may receive from it."));
    }
    (why, format!("{stays} {}.", capital(&listed(&reasons))))
}

fn named(few: &Few, name: impl Fn(usize) -> Option<String>) -> String {
    let mut names: Vec<String> = few.first.iter().filter_map(|at| name(*at)).collect();
    if few.more {
        names.push("others".to_owned());
    }
    listed(&names)
}
