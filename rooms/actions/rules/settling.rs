//! The published rule: when a need is open again, when it is closed, and when it stays "not
//! confirmed". Anybody can read it in plain words (`actions-rule-…`). It counts answers and never
//! knows whose they are; silence is never a yes.

use record::DAY_MS;

/// Of those who were asked, so many of a hundred must say YES before a need closes while others
/// are silent.
pub const CLOSE_YES_PERCENT: i64 = 50;
/// How long those who were asked have to say NO before a need closes while some are silent (days).
pub const ANSWER_DAYS: i64 = 7;
/// Whoever says NO hears of the next step within so many days.
pub const NEXT_STEP_DAYS: i64 = 3;
/// A committee sees how many said NO only from so many people on …
pub const NO_BATCH_PEOPLE: i64 = 5;
/// … or after so many days (days).
pub const NO_BATCH_DAYS: i64 = 1;

/// The answers about one need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many voices were asked.
    pub asked: i64,
    /// How many said YES.
    pub yes: i64,
    /// How many said NO and were not asked again since.
    pub no: i64,
    /// What a meeting said by hands, if one was asked since the delivery.
    pub hands: Option<super::Hands>,
    /// Whether an assembly raised the need: then its hands may close it.
    pub by_assembly: bool,
}

/// What the rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settling {
    /// Somebody says that it did not arrive.
    Reopen,
    /// Those who were asked say that it arrived.
    Close,
    /// Not before this moment, in milliseconds since 1970.
    WaitUntil(i64),
    /// Not confirmed: too few have answered, and nobody said NO.
    NotConfirmed,
}

/// The published rule, on what was answered and when it was last said to be delivered.
#[must_use]
pub fn settle(counts: &Counts, now_ms: i64, delivered_ms: i64) -> Settling {
    let hands_no = counts.hands.is_some_and(|hands| hands.no > hands.yes);
    if counts.no > 0 || hands_no {
        return Settling::Reopen;
    }
    if counts.asked > 0 && counts.yes >= counts.asked {
        return Settling::Close;
    }
    // Most of an assembly that raised it, hand by hand, is an answer of its own.
    let hands_yes = counts.hands.is_some_and(|hands| hands.yes > hands.asked - hands.yes);
    if counts.by_assembly && hands_yes {
        return Settling::Close;
    }
    let enough = counts.asked > 0
        && counts.yes.saturating_mul(100) >= counts.asked.saturating_mul(CLOSE_YES_PERCENT);
    if !enough {
        return Settling::NotConfirmed;
    }
    let until = delivered_ms.saturating_add(ANSWER_DAYS * DAY_MS);
    if now_ms >= until { Settling::Close } else { Settling::WaitUntil(until) }
}

/// What a committee, or anybody, is shown of those who said NO.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noes {
    /// Nobody said it.
    None,
    /// Some people; how many is not said yet, so that nobody is found out.
    Some,
    /// Fewer than five, a day later.
    Few,
    /// At least so many, rounded down.
    AtLeast(i64),
}

/// Batches those who said NO: how many is told only when they are several, or when a day has
/// passed since the need was open again; and then never a number below five.
#[must_use]
pub fn noes_shown(no: i64, since_ms: Option<i64>, now_ms: i64) -> Noes {
    let floored = no - no.rem_euclid(NO_BATCH_PEOPLE);
    let waited = since_ms.is_some_and(|since| now_ms - since >= NO_BATCH_DAYS * DAY_MS);
    match no {
        ..=0 => Noes::None,
        _ if floored > 0 => Noes::AtLeast(floored),
        _ if waited => Noes::Few,
        _ => Noes::Some,
    }
}
