//! Suggestions by rule: what kind of message, which sectors, how urgent, and whether it may be a
//! sensitive report, each with the words that gave the hint.
//!
//! Never decides and never hides: a person sees the reason and has the last word. Grave and rare
//! kinds are wordlists that people can read, not a learned model.

use std::cmp::Reverse;
use std::sync::LazyLock;

use crate::fold::Folded;
use crate::matcher::{Hit, Matcher};

/// Labels whose suggestions are right too rarely to be trusted: F1 under 0.5 on an event held out,
/// or never measured for want of labelled messages. Whatever is suggested, a person reads the
/// message before anything follows. `docs/suggestions.md` has the figures; the trial that writes
/// it fails when a poor class is missing here.
pub const ALWAYS_A_PERSON: &[&str] = &[
    // Measured, and poor on at least one event held out.
    "request",
    "offer",
    "health",
    "protection",
    "drainage_flood",
    "transport_roads",
    "energy",
    "cash",
    "life_at_risk",
    "urgent",
    // Too few or no labelled messages.
    "complaint",
    "suggestion",
    "question",
    "rumour",
    "thanks",
    "aspiration",
    "alert_report",
    "other",
    "nutrition",
    "mhpss",
    "education",
    "solid_waste_debris",
    "markets_livelihoods",
    "governance_civil_docs",
    "telecom_info",
    "logistics",
    "public_space",
    "environment",
];

/// A sector, kind or urgency that the words point to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// A stable code of the vocabulary.
    pub value: &'static str,
    /// Why.
    pub reason: Reason,
    /// 0 to 100.
    pub confidence: u8,
}

/// Why a hint is given: a stable code that pages translate, and words of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// `says`, `asks`, `names`, `names_nearly` or `says_nothing_urgent`.
    pub code: &'static str,
    /// The words, as the message has them.
    pub words: Vec<String>,
}

/// All hints for one message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggested {
    /// `request`, `complaint`, `suggestion`, `question`, `rumour`, `thanks`, `aspiration`,
    /// `offer`, `alert_report` or `other`.
    pub kind: Option<Hint>,
    /// Sectors of the vocabulary, most certain first.
    pub sectors: Vec<Hint>,
    /// `life_at_risk`, `urgent` or `ordinary`.
    pub urgency: Option<Hint>,
    /// Words of danger to life; the same hint as `urgency` when there are any.
    pub life_at_risk: Option<Hint>,
    /// A kind of sensitive report: hold the message for a focal point.
    pub disclosure: Option<Hint>,
}

/// A hint under this confidence is not given.
const CONFIDENCE_MIN: u32 = 50;
/// No hint is surer than this: it is still only a hint.
const CONFIDENCE_MAX: u32 = 97;
/// What a question mark alone says about a message being a question.
const QUESTION_MARK: u32 = 52;
/// What weak words of asking say about a request when something to ask for stands beside them.
const PLEA: u32 = 58;
/// Kinds beside which a plea adds nothing; thanks and a lone question mark are mere politeness.
const ASKING: &[&str] = &["request", "complaint", "suggestion", "offer", "alert_report"];
/// The most words given as a reason.
const REASON_WORDS_MAX: usize = 4;
/// The most sectors given.
const SECTORS_MAX: usize = 4;

/// Hints for `text`, which is in `language` (a code of [`crate::language()`]; an unknown code
/// means any).
///
/// Danger to life and sensitive reports are looked for in every language at once, because a
/// wrongly told language must not hide them.
#[must_use]
pub fn suggest(text: &str, language: &str) -> Suggested {
    let folded = Folded::stemmed(text);
    let mut hits = RULES.matcher.find(&folded);
    let spoken = tongues(language);
    hits.retain(|hit| {
        RULES.rules.get(hit.rule).is_some_and(|rule| {
            matches!(rule.area, Area::Urgency | Area::Disclosure) || rule.tongue & spoken != 0
        })
    });
    let heard = Heard { text, folded: &folded, hits: &hits };
    let urgency = heard.urgency();
    let life_at_risk = urgency.clone().filter(|hint| hint.value == "life_at_risk");
    let kind = heard.kind(life_at_risk.is_some());
    let mut sectors = heard.hints(Area::Sector);
    sectors.truncate(SECTORS_MAX);
    let mut disclosures = heard.hints(Area::Disclosure);
    disclosures.truncate(1);
    let urgency = urgency.or_else(|| ordinary(kind.as_ref()));
    Suggested { kind, sectors, urgency, life_at_risk, disclosure: disclosures.pop() }
}

/// A message of thanks, a question or an idea without urgent words can wait its turn.
fn ordinary(kind: Option<&Hint>) -> Option<Hint> {
    let kind = kind?;
    let waits = ["thanks", "question", "suggestion", "aspiration", "offer"].contains(&kind.value);
    let reason = Reason { code: "says_nothing_urgent", words: kind.reason.words.clone() };
    waits.then_some(Hint { value: "ordinary", reason, confidence: 60 })
}

/// Everything found in one message.
struct Heard<'a> {
    text: &'a str,
    folded: &'a Folded,
    hits: &'a [Hit],
}

impl Heard<'_> {
    fn urgency(&self) -> Option<Hint> {
        let hints = self.hints(Area::Urgency);
        let grave = hints.iter().find(|hint| hint.value == "life_at_risk");
        grave.or_else(|| hints.first()).cloned()
    }

    fn kind(&self, life_at_risk: bool) -> Option<Hint> {
        let mut hints = self.hints(Area::Kind);
        let asks = self.text.contains(['?', '؟']);
        if asks && !hints.iter().any(|hint| hint.value == "question") {
            let reason = Reason { code: "asks", words: vec!["?".to_owned()] };
            let confidence = small(QUESTION_MARK);
            hints.push(Hint { value: "question", reason, confidence });
        }
        // Someone in danger who says nothing else reports it; a plea for help is a request.
        if hints.is_empty() && life_at_risk {
            let alert = self.hints(Area::Urgency).into_iter().next()?;
            return Some(Hint { value: "alert_report", ..alert });
        }
        if !hints.iter().any(|hint| ASKING.contains(&hint.value)) {
            hints.extend(self.plea());
        }
        // The first of the surest: the order of the wordlist is the order of preference.
        let surest = hints.iter().map(|hint| hint.confidence).max()?;
        hints.into_iter().find(|hint| hint.confidence == surest)
    }

    /// Weak words of asking ("please", "hungry") together with something to ask for.
    fn plea(&self) -> Option<Hint> {
        self.hints(Area::Sector).first()?;
        let weak = self.heard(Area::Kind).into_iter().find(|(value, ..)| *value == "request")?;
        let reason = Reason { code: "says", words: self.said(&weak.2) };
        Some(Hint { value: "request", reason, confidence: small(PLEA) })
    }

    /// The hints of one area, surest first.
    fn hints(&self, area: Area) -> Vec<Hint> {
        let sure = self.heard(area).into_iter().filter(|(_, sure, _)| *sure >= CONFIDENCE_MIN);
        let mut hints: Vec<Hint> = sure
            .map(|(value, sure, hits)| Hint {
                value,
                reason: Reason { code: "says", words: self.said(&hits) },
                confidence: small(sure),
            })
            .collect();
        hints.sort_by_key(|hint| Reverse(hint.confidence));
        hints
    }

    /// Every value of one area that was heard at all, in the order of the wordlist's rules, with
    /// its certainty in percent. Several weak words together make a sure hint.
    fn heard(&self, area: Area) -> Vec<(&'static str, u32, Vec<Hit>)> {
        let mut found: Vec<(&'static str, u32, Vec<Hit>)> = Vec::new();
        let (nots, hits): (Vec<_>, Vec<_>) = self
            .hits
            .iter()
            .filter_map(|hit| Some((hit, RULES.rules.get(hit.rule)?)))
            .filter(|(_, rule)| rule.area == area)
            .partition(|(_, rule)| rule.value == NOT);
        for (hit, rule) in hits {
            // Words inside a phrase of the list "not" mean something else.
            if nots.iter().any(|(not, _)| not.first <= hit.first && hit.last <= not.last) {
                continue;
            }
            let known = found.iter().position(|(value, ..)| *value == rule.value);
            let Some((_, doubt, words)) = known.and_then(|at| found.get_mut(at)) else {
                found.push((rule.value, 100 * (100 - rule.strength), vec![*hit]));
                continue;
            };
            let shared = words.iter_mut().find(|w| w.first <= hit.last && hit.first <= w.last);
            // Words inside words already counted are no further evidence; the longer is the reason.
            if let Some(word) = shared {
                *doubt = (*doubt).min(100 * (100 - rule.strength));
                if hit.last - hit.first > word.last - word.first {
                    *word = *hit;
                }
            } else if words.iter().any(|word| says_no_more(rule, word.rule)) {
                *doubt = (*doubt).min(100 * (100 - rule.strength));
            } else {
                *doubt = *doubt * (100 - rule.strength) / 100;
                words.push(*hit);
            }
        }
        found.into_iter().map(|(value, doubt, hits)| (value, 100 - doubt / 100, hits)).collect()
    }

    fn said(&self, hits: &[Hit]) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for hit in hits {
            let spans = self.folded.spans();
            let (Some(first), Some(last)) = (spans.get(hit.first), spans.get(hit.last)) else {
                continue;
            };
            let Some(said) = self.text.get(first.from..last.to) else { continue };
            if words.len() < REASON_WORDS_MAX && !words.iter().any(|w| w == said) {
                words.push(said.to_owned());
            }
        }
        words
    }
}

/// In a disclosure one line of the wordlist is who and another what is done: two of the same line
/// say no more than one.
fn says_no_more(rule: &Rule, earlier: usize) -> bool {
    let same_line = |other: &Rule| other.line == rule.line;
    rule.area == Area::Disclosure && RULES.rules.get(earlier).is_some_and(same_line)
}

fn small(percent: u32) -> u8 {
    u8::try_from(percent.min(CONFIDENCE_MAX)).unwrap_or(0)
}

/// The value of phrases that take the meaning from the words inside them.
const NOT: &str = "not";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    Kind,
    Sector,
    Urgency,
    Disclosure,
}

/// One phrase of a wordlist.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) area: Area,
    pub(crate) value: &'static str,
    pub(crate) phrase: &'static str,
    strength: u32,
    pub(crate) tongue: u8,
    /// Which line of the wordlists it is from.
    line: usize,
}

pub(crate) struct Rules {
    pub(crate) rules: Vec<Rule>,
    pub(crate) matcher: Matcher,
}

#[cfg(test)]
impl Rules {
    /// The values that have a phrase in one language.
    pub(crate) fn values_in(&self, area: Area, code: &str) -> std::collections::HashSet<&str> {
        let speaks = |rule: &&Rule| rule.area == area && rule.tongue & tongue_bit(code) != 0;
        self.rules.iter().filter(speaks).map(|r| r.value).filter(|v| *v != NOT).collect()
    }
}

pub(crate) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let rules: Vec<Rule> = [
        (Area::Kind, include_str!("rules/kinds.txt")),
        (Area::Sector, include_str!("rules/sectors.txt")),
        (Area::Urgency, include_str!("rules/urgency.txt")),
        (Area::Disclosure, include_str!("rules/disclosure.txt")),
    ]
    .into_iter()
    .flat_map(|(area, list)| read(area, list))
    .collect();
    let matcher = Matcher::new(rules.iter().map(|rule| rule.phrase));
    Rules { rules, matcher }
});

/// Reads a wordlist: `@ value` opens a value, `ht 80: phrase, phrase` gives it phrases of one
/// language (`*` for all) with how sure one of them makes it; `#` is a remark. In the list of
/// disclosures, words of one line count once.
pub(crate) fn read(area: Area, list: &'static str) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut value = "";
    for (number, line) in list.lines().enumerate() {
        if let Some(opened) = line.strip_prefix('@') {
            value = opened.trim();
        } else if let Some((head, phrases)) = line.split_once(':')
            && !line.starts_with('#')
            && let Some((tongue, strength)) = head.split_once(' ')
            && let Ok(strength) = strength.trim().parse::<u32>()
        {
            let (tongue, strength) = (tongue_bit(tongue), strength.min(100));
            for phrase in phrases.split(',').map(str::trim).filter(|p| !p.is_empty()) {
                rules.push(Rule { area, value, phrase, strength, tongue, line: number });
            }
        }
    }
    rules
}

const EVERY_TONGUE: u8 = 0x7F;

fn tongue_bit(code: &str) -> u8 {
    match code {
        "ht" => 1,
        "fr" => 2,
        "en" => 4,
        "es" => 8,
        "sw" => 16,
        "ar" => 32,
        "ur" => 64,
        _ => EVERY_TONGUE,
    }
}

/// Whose wordlists are read for a message: people mix languages, and always the same ones.
pub(crate) fn tongues(language: &str) -> u8 {
    match language {
        "ht" => 1 | 2 | 4,
        "fr" => 2 | 1,
        "en" => 4,
        "es" => 8,
        "sw" => 16 | 4,
        "ar" => 32,
        "ur-Latn" => 64 | 4,
        _ => EVERY_TONGUE,
    }
}
