//! The rules of a body: first set by a steward before its first assembly, changed afterwards by its
//! own binding decision only. Pure. It never lets a rule be set that would tell who is in a room.

use std::ops::RangeInclusive;

use record::{Draft, Id, Record, Refusal};
use store::Known;

use super::super::records::BodyRulesSet;
use super::super::views::{RulesRow, rules_id};
use super::BodyRules;

/// Least and greatest share of women that a body may ask for at its votes, in percent. Beyond them
/// the word "may decide" would tell one number of women in a small room.
pub const SHARE_PERCENT: RangeInclusive<i64> = 30..=60;
/// Least and greatest attendance that a body may ask for, in people.
pub const ATTENDANCE: RangeInclusive<i64> = 10..=10_000;
/// Least and greatest number of supporters that put a proposal on the agenda.
pub const SUPPORT: RangeInclusive<i64> = 5..=10_000;
/// Least and greatest number of voices that put a need on the agenda.
pub const AGENDA_VOICES: RangeInclusive<i64> = 1..=10_000;
/// The kind of decision that changes the rules of a body.
pub const RULES_KIND: &str = "rules";

/// By what the rules of a body are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RulesBy {
    /// A steward, before the body first met.
    First {
        /// Whether whoever sets them is a steward.
        steward: bool,
        /// Whether the body was ever called to an assembly.
        has_met: bool,
    },
    /// A decision of the body.
    Decision {
        /// Which.
        id: Id,
        /// The body that took it.
        body: Id,
        /// Its kind, which must be [`RULES_KIND`].
        kind: String,
        /// Whether it was carried.
        carried: bool,
        /// Its force: only what begins with `binding` binds.
        force: String,
        /// What it says the rules are, if it says so.
        says: Option<BodyRules>,
    },
}

/// The rules somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyAsked {
    /// The body.
    pub body: Id,
    /// The rules.
    pub rules: BodyRules,
    /// By what.
    pub by: RulesBy,
}

/// Sets the rules of a body. The entity is [`rules_id`] of the body.
///
/// # Errors
/// They were set before or the body has met, and no binding decision of its own says so; whoever
/// sets them first is no steward; a number is beyond its limits.
pub fn set_rules(
    known: &Known,
    asked: &BodyAsked,
    author: Option<Id>,
) -> Result<Vec<Draft>, Refusal> {
    let id = rules_id(asked.body);
    within(&asked.rules)?;
    let now = RulesRow::fold(id, known.of(id));
    let by_decision = match &asked.by {
        RulesBy::First { steward: false, .. } => {
            return Err(Refusal::new("assembly-rules-steward").status(403));
        }
        RulesBy::First { has_met, .. } if *has_met || now.set_ms > 0 => {
            return Err(Refusal::new("assembly-rules-decision").status(409));
        }
        RulesBy::First { .. } => None,
        RulesBy::Decision { id, body, kind, carried, force, says } => {
            let binds = *carried && force.starts_with("binding");
            if !binds || kind != RULES_KIND || *body != asked.body {
                return Err(Refusal::new("assembly-rules-decision").status(409));
            }
            if says.as_ref().is_some_and(|says| *says != asked.rules) {
                return Err(Refusal::new("assembly-rules-other").status(409));
            }
            // A decision changes the rules once: what is set again is decided again.
            let is_used = |set: BodyRulesSet| set.by_decision == Some(*id);
            if known.of(rules_id(asked.body)).iter().filter_map(Record::read).any(is_used) {
                return Err(Refusal::new("assembly-rules-used").status(409));
            }
            Some(*id)
        }
    };
    let set = BodyRulesSet {
        body: asked.body,
        women_share_min_percent: asked.rules.women_share_min_percent,
        attendance_min: asked.rules.attendance_min,
        support_min: asked.rules.support_min,
        agenda_voices_min: asked.rules.agenda_voices_min,
        by_decision,
    };
    Ok(vec![Draft::new(id, &set).by(author)])
}

fn within(rules: &BodyRules) -> Result<(), Refusal> {
    let all = [
        ("assembly-rules-share", SHARE_PERCENT, rules.women_share_min_percent),
        ("assembly-rules-attendance", ATTENDANCE, rules.attendance_min),
        ("assembly-rules-support", SUPPORT, rules.support_min),
        ("assembly-rules-voices", AGENDA_VOICES, rules.agenda_voices_min),
    ];
    match all.into_iter().find(|(_, range, n)| !range.contains(n)) {
        Some((code, range, _)) => {
            Err(Refusal::new(code).naming("least", range.start()).naming("most", range.end()))
        }
        None => Ok(()),
    }
}
