//! What somebody writes behind a code, in an SMS or on a line for a paper: numbers of projects, or
//! points for them. Pure. It corrects nothing that it is not sure of: that is asked for again, and
//! no answer repeats what was chosen.

use ballots::{PROJECTS_MAX, Rules};

use super::project_id;

/// What somebody chose: projects by number, with points where ballots give them.
pub type Ticked = Vec<(usize, u32)>;

/// What may stand between a project and its points; a phone makes a long dash of a short one.
const SIGNS: [char; 6] = ['=', ':', '-', '–', '—', '−'];
/// What stands in a number that is not whole, beside its figures.
const PARTS: [char; 6] = ['.', '/', '+', '%', '٫', '٪'];
/// A total beyond this is said as more than this.
const TOTAL_SAID_MAX: u64 = 9_999;

/// Why what was written is no ballot of this round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Here ballots tick, and these are not as many numbers of the list as one may.
    Numbers,
    /// Here ballots tick, and points were given.
    NoPoints,
    /// Here ballots give points, and none were given.
    Points,
    /// More points in all than a ballot has.
    Over(u64),
    /// A project that is not on the list.
    NotListed,
    /// A project twice.
    Twice,
    /// More projects than a ballot may name.
    Many,
    /// Points that are no whole number.
    NotWhole,
    /// Words where a number is needed.
    Words,
}

impl Wrong {
    /// The refusal that the page would answer with.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Wrong::Numbers | Wrong::NoPoints => "ballot-choices",
            _ => "ballot-points",
        }
    }

    /// The text of the SMS that says it.
    #[must_use]
    pub fn reply(&self) -> &'static str {
        match self {
            Wrong::Numbers => "sms-ballot-choices",
            Wrong::NoPoints => "sms-ballot-no-points",
            Wrong::Points => "sms-ballot-points",
            Wrong::Over(_) => "sms-ballot-points-over",
            Wrong::NotListed => "sms-ballot-points-list",
            Wrong::Twice => "sms-ballot-points-twice",
            Wrong::Many => "sms-ballot-points-many",
            Wrong::NotWhole => "sms-ballot-points-whole",
            Wrong::Words => "sms-ballot-points-words",
        }
    }

    /// What the text names.
    #[must_use]
    pub fn says(&self, rules: &Rules) -> Vec<(&'static str, String)> {
        let mut said = vec![
            ("max", rules.choices_max.to_string()),
            ("points", rules.points.to_string()),
            ("last", rules.projects.len().to_string()),
        ];
        match self {
            Wrong::Over(total) if *total > TOTAL_SAID_MAX => {
                said.push(("total", format!("{TOTAL_SAID_MAX}+")));
            }
            Wrong::Over(total) => said.push(("total", total.to_string())),
            _ => {}
        }
        said
    }
}

/// What was chosen in a round of these rules: «1 4», or «1=5 4=3» where ballots give points. A
/// project with 0 points is not chosen.
///
/// # Errors
/// It is no ballot of this round.
pub fn chosen_in(rules: &Rules, written: &str) -> Result<Ticked, Wrong> {
    if rules.gives_points() { pointed(rules, written) } else { ticked(rules, written) }
}

fn ticked(rules: &Rules, written: &str) -> Result<Ticked, Wrong> {
    let read = read(written).map_err(|_| Wrong::Numbers)?;
    if read.iter().any(|(_, points)| points.is_some()) {
        return Err(Wrong::NoPoints);
    }
    let mut ticked: Ticked = read.into_iter().map(|(n, _)| (n, 1)).collect();
    ticked.sort_unstable();
    ticked.dedup();
    if ticked.is_empty() || beyond(rules, &ticked) || !listed(rules, &ticked) {
        return Err(Wrong::Numbers);
    }
    Ok(ticked)
}

fn pointed(rules: &Rules, written: &str) -> Result<Ticked, Wrong> {
    let read = read(written)?;
    let given = read.into_iter().map(|(n, points)| Some((n, points?)));
    let mut given: Ticked = given.collect::<Option<_>>().ok_or(Wrong::Points)?;
    if !listed(rules, &given) {
        return Err(Wrong::NotListed);
    }
    given.sort_unstable();
    if given.windows(2).any(|pair| matches!(pair, [(one, _), (next, _)] if one == next)) {
        return Err(Wrong::Twice);
    }
    given.retain(|(_, points)| *points > 0);
    let total: u64 = given.iter().map(|(_, points)| u64::from(*points)).sum();
    match total {
        0 => Err(Wrong::Points),
        total if total > u64::from(rules.points) => Err(Wrong::Over(total)),
        _ if beyond(rules, &given) => Err(Wrong::Many),
        _ => Ok(given),
    }
}

fn listed(rules: &Rules, ticked: &Ticked) -> bool {
    ticked.iter().all(|(n, _)| rules.project(&project_id(*n)).is_some())
}

fn beyond(rules: &Rules, ticked: &Ticked) -> bool {
    ticked.len() > usize::try_from(rules.choices_max).unwrap_or(usize::MAX)
}

/// Numbers, each with its points where some were given.
fn read(written: &str) -> Result<Vec<(usize, Option<u32>)>, Wrong> {
    let parted =
        SIGNS.iter().fold(words::plain_digits(written), |text, sign| text.replace(*sign, " = "));
    let blank = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '،' | '؛');
    let mut words = parted.split(blank).filter(|word| !word.is_empty()).peekable();
    let mut all = Vec::new();
    while let Some(word) = words.next() {
        let n = usize::try_from(number(word)?).unwrap_or(usize::MAX);
        let points = match words.next_if_eq(&"=") {
            Some(_) => Some(number(words.next().unwrap_or("="))?),
            None => None,
        };
        all.push((n, points));
        if all.len() > PROJECTS_MAX {
            return Err(Wrong::Many);
        }
    }
    Ok(all)
}

/// A whole number; what is too long to be one is more than there is.
fn number(word: &str) -> Result<u32, Wrong> {
    // «1=5, 4=3.» ends a sentence.
    let word = word.trim_end_matches('.');
    if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(word.parse().unwrap_or(u32::MAX));
    }
    // A sign where a number is needed: points are missing, or fewer than none.
    let part = |c: char| c.is_numeric() || PARTS.contains(&c);
    if word == "=" || (word.chars().any(char::is_numeric) && word.chars().all(part)) {
        return Err(Wrong::NotWhole);
    }
    Err(Wrong::Words)
}
