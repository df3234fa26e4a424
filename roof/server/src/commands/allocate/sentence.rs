//! What an area is told: one sentence that anybody understands, read off the certificate.
//!
//! Never says more than the certificate proves.

use fair::sharing::{Area, Fraction, Grants, Level, Reason, Reasons, Stop, Window};

/// What one area is told.
pub(super) struct Sentence {
    pub(super) id: String,
    /// Why it gets no more, in one word.
    pub(super) why: &'static str,
    pub(super) said: String,
}

impl Sentence {
    pub(super) fn of(
        window: &Window,
        grants: &Grants,
        reasons: &Reasons<'_>,
        levels: &[Option<(Fraction, Fraction)>],
        at: usize,
    ) -> Option<Self> {
        let area = window.areas.get(at)?;
        let amount = *grants.shares.amounts.get(at)?;
        let levels = levels.get(at).copied().flatten();
        let deferred = grants.deferred.iter().find(|deferred| deferred.area == at);
        let (why, rest) = match deferred {
            Some(deferred) => ("deferred", waits(area, deferred.amount)),
            None => told(amount, levels, &reasons.why_not_more(at)?),
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

fn waits(area: &Area, amount: i64) -> String {
    format!(
        "gets nothing this time: its share of {amount} would be too little to begin with, which is \
         {}; next time its need counts more for having waited",
        area.grant_min
    )
}

fn told(
    amount: i64,
    levels: Option<(Fraction, Fraction)>,
    reason: &Reason,
) -> (&'static str, String) {
    const RISK: &str = "of its need times its risk factor, counting what others already gave";
    let (before, after) = levels.unwrap_or((Fraction::ZERO, Fraction::ZERO));
    let (before, after) = (percent(before), percent(after));
    match reason {
        Reason::NoClaim => (
            "no_claim",
            "gets nothing: no need of it is known, or it does not \
                                          count"
                .to_owned(),
        ),
        Reason::NoRequest => (
            "no_request",
            "gets nothing: nothing is asked for that is still \
                                              open"
                .to_owned(),
        ),
        Reason::NoGiver => ("no_giver", "gets nothing: no pool may give to it".to_owned()),
        Reason::Full => (
            "full",
            format!(
                "gets {amount}, all that is asked for: it stood at {before} {RISK}, and now \
                     stands at {after}"
            ),
        ),
        Reason::Ahead { line, .. } => (
            "ahead",
            format!(
                "gets nothing this time: it stands at {before} {RISK}; the pools that may \
                     give to it lift others who stood lower, up to {}",
                said(*line)
            ),
        ),
        Reason::Short { stops, .. } if amount == 0 => {
            ("short", format!("gets nothing: {}", stopped(stops)))
        }
        Reason::Short { level, stops } => (
            "lifted",
            format!(
                "gets {amount}: all who depend on the same pools are lifted to the same line, \
                     {} {RISK}; it stood at {before}, so it gets the difference. {}",
                said(*level),
                capital(&stopped(stops))
            ),
        ),
    }
}

fn said(level: Level) -> String {
    level.line().map_or_else(|| "all that is asked for".to_owned(), percent)
}

/// What stops more from coming.
fn stopped(stops: &[(usize, Stop)]) -> String {
    let dry = stops.iter().any(|(_, stop)| matches!(stop, Stop::Dry(_)));
    let ceiling = stops.iter().any(|(_, stop)| *stop == Stop::Ceiling);
    let partner = stops.iter().any(|(_, stop)| *stop == Stop::PartnerFull);
    let parts = [
        (dry, "the pools that may give to it are spent"),
        (ceiling, "what one of its pools may give to it at most is given"),
        (partner, "a partner handles all that it can"),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|(is, _)| *is).map(|(_, said)| said).collect();
    parts.join(", and ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
