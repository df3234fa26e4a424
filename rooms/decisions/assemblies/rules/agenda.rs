//! What belongs on an agenda, and what may be published as one. Pure. It never lets something that
//! residents asked for be left out without a reason that everybody can read.

use record::{Id, Refusal};

use super::super::records::{AgendaItem, AssemblyAgendaSet, LeftOut};
use super::super::words::{REASON_CHARS_MAX, public_words};
use super::BodyRules;

/// A need of at least this severity reaches the agenda without counting voices.
pub const SEVERITY_MIN: i64 = 3;
/// The most items of one agenda.
pub const ITEMS_MAX: usize = 40;

/// A need, as far as an agenda looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedSeen {
    /// Which.
    pub id: Id,
    /// What it is called, with its number.
    pub title: String,
    /// 0 unknown to 4.
    pub severity: i64,
    /// How many voices belong to it.
    pub voices: i64,
    /// Whether it lies in an area that nobody hears from.
    pub from_silence: bool,
}

/// A proposal, as far as an agenda looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposalSeen {
    /// Which.
    pub id: Id,
    /// What it is called, with its number.
    pub title: String,
    /// How many support it.
    pub supporters: i64,
    /// Whether women alone put it forward, in a session of their own.
    pub by_women: bool,
}

/// A decision that comes back to the hall.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub id: Id,
    /// What it is called, with its number.
    pub title: String,
    /// Whether it must be looked at again by the day of the assembly.
    pub review: bool,
    /// Whether what it promised is late.
    pub late: bool,
}

/// Why something belongs on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// A severe need.
    Severe,
    /// A need from an area that nobody hears from.
    Silence,
    /// A motion of women alone.
    Women,
    /// As many voices as the rules ask for.
    Voices,
    /// As many supporters as the rules ask for.
    Support,
    /// A decision to be looked at again, such as one that was taken in an emergency.
    Review,
    /// A promise whose day has passed.
    Overdue,
}

impl Why {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Why::Severe => "severe",
            Why::Silence => "silence",
            Why::Women => "women",
            Why::Voices => "voices",
            Why::Support => "support",
            Why::Review => "review",
            Why::Overdue => "overdue",
        }
    }
}

/// Something that belongs on the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// `need`, `proposal`, `review` or `promise`.
    pub kind: &'static str,
    /// Which.
    pub of: Id,
    /// What it is called.
    pub title: String,
    /// Why it belongs there.
    pub why: Why,
}

/// All that belongs on an agenda by a body's rules: severe needs first, then decisions to be looked
/// at again, promises whose day has passed, proposals, other needs; within each the order given.
#[must_use]
pub fn required(
    needs: &[NeedSeen],
    proposals: &[ProposalSeen],
    decisions: &[Standing],
    rules: &BodyRules,
) -> Vec<Required> {
    let why_need = |need: &NeedSeen| match need {
        _ if need.severity >= SEVERITY_MIN => Some(Why::Severe),
        _ if need.from_silence => Some(Why::Silence),
        _ if need.voices >= rules.agenda_voices_min => Some(Why::Voices),
        _ => None,
    };
    let mut needed: Vec<Required> = needs
        .iter()
        .filter_map(|need| {
            let (of, title) = (need.id, need.title.clone());
            why_need(need).map(|why| Required { kind: "need", of, title, why })
        })
        .collect();
    needed.sort_by_key(|need| need.why != Why::Severe);
    let severe = needed.iter().filter(|need| need.why == Why::Severe).count();
    let rest = needed.split_off(severe);
    let back = |kind, why, decision: &Standing| {
        let (of, title) = (decision.id, decision.title.clone());
        Required { kind, of, title, why }
    };
    let reviewed = decisions.iter().filter(|d| d.review).map(|d| back("review", Why::Review, d));
    let promised = decisions.iter().filter(|d| d.late).map(|d| back("promise", Why::Overdue, d));
    let supported = proposals.iter().filter_map(|p| {
        let why = match p {
            _ if p.by_women => Why::Women,
            _ if p.supporters >= rules.support_min => Why::Support,
            _ => return None,
        };
        Some(Required { kind: "proposal", of: p.id, title: p.title.clone(), why })
    });
    needed.into_iter().chain(reviewed).chain(promised).chain(supported).chain(rest).collect()
}

/// An agenda as it may be published: everything that is required is on it or left out with a
/// reason, in public words.
///
/// # Errors
/// It is empty or too long; something required is neither on it nor left out with a reason; a
/// reason or a title is not fit for everybody to read.
pub fn publishable(agenda: &AssemblyAgendaSet, required: &[Required]) -> Result<(), Refusal> {
    if agenda.items.is_empty() {
        return Err(Refusal::new("assembly-agenda-empty"));
    }
    if agenda.items.len() + agenda.left_out.len() > ITEMS_MAX * 2 || agenda.items.len() > ITEMS_MAX
    {
        return Err(Refusal::new("assembly-agenda-long").naming("items", ITEMS_MAX));
    }
    for wanted in required {
        let same = |kind: &str, of: Id| kind == wanted.kind && of == wanted.of;
        let is_on = agenda.items.iter().any(|item| same(&item.kind, item.of));
        let left = agenda.left_out.iter().find(|left| same(&left.kind, left.of));
        let reasoned = left.is_some_and(|left| !left.reason.trim().is_empty());
        if !is_on && !reasoned {
            let code = match wanted.kind {
                "proposal" => "assembly-agenda-omits-proposal",
                _ => "assembly-agenda-omits",
            };
            return Err(Refusal::new(code).status(409).naming("title", &wanted.title));
        }
    }
    for LeftOut { reason, .. } in &agenda.left_out {
        public_words(reason, REASON_CHARS_MAX, "assembly-reason-empty")?;
    }
    for AgendaItem { title, .. } in agenda.items.iter().filter(|item| item.kind == "own") {
        public_words(title, super::super::words::TITLE_CHARS_MAX, "assembly-title-empty")?;
    }
    Ok(())
}
