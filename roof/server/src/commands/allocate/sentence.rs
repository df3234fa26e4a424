//! What an area is told: a sentence or two that anybody understands, read off the certificate.
//!
//! Never says more than the certificate proves.

use fair::sharing::{Area, Deferred, Fraction, Grants, Reason, Reasons, Stop, Window, credit};

use super::file::{Asked, arc_name};

/// So many ways are named; the rest are counted.
const WAYS_MAX: usize = 3;
/// What a level is a part of.
const RISK: &str = "of its need times its risk factor, counting what others already gave";

/// What one area is told.
pub(super) struct Sentence {
    pub(super) id: String,
    /// Why it gets no more, in one word.
    pub(super) why: &'static str,
    pub(super) said: String,
}

impl Sentence {
    pub(super) fn of(
        words: &Words<'_>,
        levels: Option<(Fraction, Fraction)>,
        at: usize,
    ) -> Option<Self> {
        let area = words.window.areas.get(at)?;
        let amount = *words.grants.shares.amounts.get(at)?;
        let (why, rest) = match words.deferred.get(at).copied().flatten() {
            Some(deferred) => ("deferred", waits(area, &deferred)),
            None => {
                let (before, after) = levels.unwrap_or((Fraction::ZERO, Fraction::ZERO));
                // Of whom it is not said what others gave, it may have been more.
                let least =
                    if words.uncovered.get(at) == Some(&true) { "no less than " } else { "" };
                let said = [before, after].map(|level| format!("{least}{}", percent(level)));
                words.told(area, amount, &said, &words.reasons.why_not_more(at)?)
            }
        };
        Some(Self { id: area.id.clone(), why, said: format!("{}: {rest}.", area.id) })
    }
}

/// The levels of an area before and after; none of one without a claim.
pub(super) fn levels(area: &Area, amount: i64) -> Option<(Fraction, Fraction)> {
    let claim = area.claim()?;
    let of = |has: i128| {
        let turned = Fraction::new(claim.den(), claim.num())?;
        Some(Fraction::new(has, 1)?.times(turned)?.reduced())
    };
    let covered = i128::from(area.covered);
    of(covered).zip(of(covered + i128::from(amount)))
}

/// A level as people read it: rounded down to a tenth of a hundredth.
pub(super) fn percent(level: Fraction) -> String {
    let tenths = level.per_mille();
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// Some things, as one says them.
pub(super) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn waits(area: &Area, deferred: &Deferred) -> String {
    format!(
        "gets nothing this time: its share would be {}, and with less than {} nothing can be done \
         there. It is put off, and next time its need counts for {} for having waited",
        deferred.amount,
        area.grant_min,
        percent(credit(deferred.deferrals))
    )
}

/// What may go over an arc that has a ceiling.
pub(super) fn most_of_arc(window: &Window, arc: usize) -> String {
    let most = window.arcs.get(arc).and_then(|arc| arc.ceiling).unwrap_or_default();
    format!("from {} no more than {most} may go", arc_name(window, arc))
}

/// What a partner can handle.
pub(super) fn most_of_partner(window: &Window, at: usize) -> String {
    let (name, most) = window.partners.get(at).map_or(("", 0), |by| (&by.id, by.capacity));
    format!("{name} handles no more than {most}")
}

/// What the sentences of all areas are made of.
pub(super) struct Words<'a> {
    window: &'a Window,
    grants: &'a Grants,
    reasons: &'a Reasons<'a>,
    /// By area, whether it is not said what others gave it.
    uncovered: &'a [bool],
    /// By area.
    deferred: Vec<Option<Deferred>>,
    /// By partner, why no more comes to it.
    partners: Vec<String>,
}

impl<'a> Words<'a> {
    pub(super) fn new(asked: &'a Asked, grants: &'a Grants, reasons: &'a Reasons<'a>) -> Self {
        let (window, uncovered) = (&asked.window, asked.uncovered.as_slice());
        let mut deferred = vec![None; window.areas.len()];
        for one in &grants.deferred {
            if let Some(place) = deferred.get_mut(one.area) {
                *place = Some(*one);
            }
        }
        let partners = Vec::new();
        let mut words = Self { window, grants, reasons, uncovered, deferred, partners };
        let partners = 0..window.partners.len();
        words.partners = partners.map(|by| words.ways(reasons.partner_stops(by)).0).collect();
        words
    }

    fn told(
        &self,
        area: &Area,
        amount: i64,
        [before, after]: &[String; 2],
        reason: &Reason,
    ) -> (&'static str, String) {
        let (why, said) = match reason {
            Reason::NoClaim if area.need == 0 => {
                ("no_claim", "gets nothing: its need is given as nought".to_owned())
            }
            Reason::NoClaim => {
                ("no_claim", "gets nothing: the weight of its need is nought".to_owned())
            }
            Reason::NoRequest => {
                ("no_request", "gets nothing: what it can take is given as nought".to_owned())
            }
            Reason::NoGiver => {
                let said = "gets nothing: no pool may give to it, itself or through a partner";
                ("no_giver", said.to_owned())
            }
            Reason::Full => {
                let said = format!("gets {amount}, as much as it can take: it stood at {before}");
                ("full", format!("{said} {RISK}, and now stands at {after}"))
            }
            Reason::Ahead { stops, .. } => {
                let said = format!("gets nothing this time: it stands at {before} {RISK}, above");
                let (ways, _) = self.ways(stops);
                ("ahead", format!("{said} every line up to which others are lifted here: {ways}"))
            }
            Reason::Unit { .. } => {
                let said = "gets nothing: its share is less than one whole unit, and is rounded";
                ("short", format!("{said} down. It stands at {before} {RISK}"))
            }
            Reason::Short { stops, .. } if amount == 0 => {
                let said = format!("gets nothing: it stands at {before} {RISK}");
                ("short", format!("{said}, and {}", self.stopped(stops)))
            }
            Reason::Short { stops, .. } => {
                let said = format!("gets {amount}: it stood at {before} {RISK}, and is lifted to");
                let stopped = self.stopped(stops);
                ("lifted", format!("{said} {after}. It gets no more, since {stopped}"))
            }
        };
        (why, said)
    }

    /// What stops more from coming.
    fn stopped(&self, stops: &[(usize, Stop)]) -> String {
        match self.ways(stops) {
            (ways, 1) => ways,
            (ways, _) => format!("every way to it is used up: {ways}"),
        }
    }

    /// What is at the end of each way, and how many different ones there are.
    fn ways(&self, stops: &[(usize, Stop)]) -> (String, usize) {
        let mut ways: Vec<String> = Vec::new();
        let mut others = 0;
        for (arc, stop) in stops {
            if ways.len() == WAYS_MAX {
                others += 1;
                continue;
            }
            let way = self.way(*arc, *stop);
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        let count = ways.len() + others;
        match others {
            0 => {}
            1 => ways.push("one other way is used up too".to_owned()),
            _ => ways.push(format!("{others} other ways are used up too")),
        }
        (listed(&ways), count)
    }

    fn way(&self, arc: usize, stop: Stop) -> String {
        let pool = |at: usize| self.window.pools.get(at).map_or("", |pool| &pool.id);
        let partner = |at: usize| self.window.partners.get(at).map_or("", |by| &by.id);
        match stop {
            Stop::Dry { pool: at, line } => match line.line() {
                Some(line) => format!("{} ran dry at the line of {}", pool(at), percent(line)),
                None => format!("{} ran dry", pool(at)),
            },
            Stop::Empty { pool: at } => format!("{} has nothing to give", pool(at)),
            Stop::Ceiling => most_of_arc(self.window, arc),
            Stop::PartnerFull { partner: at } => most_of_partner(self.window, at),
            Stop::PartnerDry { partner: at } => {
                let why = self.partners.get(at).map_or("", String::as_str);
                format!("no more comes through {} ({why})", partner(at))
            }
        }
    }
}
