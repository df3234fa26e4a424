//! What can be recorded of a window: its terms, when they were published, what set it off, how it
//! was shared between areas, and where people departed from the rule.

use fair::sharing::class_weight;
use minicbor::{Decode, Encode};
use record::Id;

use super::payload;

/// A purse within the window, with what it may be used for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Pool {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// The only areas it may go to; empty for all of the window.
    #[n(1)]
    pub areas: Vec<Id>,
}

/// What applications are measured by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Criterion {
    /// Its name, as a question.
    #[n(0)]
    pub name: String,
    /// How much it counts; all weights of a window are a hundred together.
    #[n(1)]
    pub weight: i64,
}

/// A seat of the panel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Seat {
    /// Who sits on it.
    #[n(0)]
    pub member: Id,
    /// For whom: `resident`, `officer`, `organisation`, or `funder`, which has no veto.
    #[n(1)]
    pub seat: String,
    /// Whether it is a woman's seat.
    #[n(2)]
    pub woman: bool,
}

/// What a matching window adds to what others pay in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Match {
    /// For each hundred that others pay in, so much is added.
    #[n(0)]
    pub percent: i64,
    /// Up to so much, in minor units.
    #[n(1)]
    pub ceiling_minor: i64,
}

/// The terms of a window. Everybody reads all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Terms {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// What it is for, in plain words.
    #[n(1)]
    pub purpose: String,
    /// One code of the vocabulary's mechanisms.
    #[n(2)]
    pub mechanism: String,
    /// ISO 4217.
    #[n(3)]
    pub currency: String,
    /// The body that decides on applications.
    #[n(4)]
    pub body: Option<Id>,
    /// What it decides about, in the words of its mandate.
    #[n(5)]
    pub subject: String,
    /// Its pools; at least one.
    #[n(6)]
    pub pools: Vec<Pool>,
    /// So many of each hundred are kept for women-led bodies.
    #[n(7)]
    pub women_led_percent: i64,
    /// Kinds of bodies that may apply, as codes of constituencies; empty for all.
    #[n(8)]
    pub kinds: Vec<String>,
    /// Areas it is for; empty for the whole city.
    #[n(9)]
    pub areas: Vec<Id>,
    /// The most that one application may ask for, in minor units.
    #[n(10)]
    pub application_minor_max: i64,
    /// So many of each hundred may go into running costs.
    #[n(11)]
    pub overhead_percent: i64,
    /// By what applications are measured.
    #[n(12)]
    pub criteria: Vec<Criterion>,
    /// Who scores.
    #[n(13)]
    pub panel: Vec<Seat>,
    /// The first day for applications, in days since 1970.
    #[n(14)]
    pub opens_day: i64,
    /// The last day for them.
    #[n(15)]
    pub closes_day: i64,
    /// The last day for the decision.
    #[n(16)]
    pub decides_day: i64,
    /// So many days after a decision somebody may appeal, before anything is paid.
    #[n(17)]
    pub appeal_days: i64,
    /// What sets a pre-arranged window off, in words; empty for others.
    #[n(18)]
    pub trigger: String,
    /// What a matching window adds; none for others.
    #[n(19)]
    pub matching: Option<Match>,
    /// So many of each hundred are held back for what comes suddenly; none in older terms.
    #[n(20)]
    pub reserve_percent: Option<i64>,
}

/// The terms were written down, or written anew before the window opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct WindowTermsSet {
    /// The small number people call it by: `W-3`.
    #[n(0)]
    pub number: i64,
    /// Which version, from 1.
    #[n(1)]
    pub version: i64,
    /// All of them.
    #[n(2)]
    pub terms: Terms,
    /// Why they were changed; empty for those that nobody had read yet.
    #[n(3)]
    pub reason: String,
}
payload!(WindowTermsSet, "window.terms_set");

/// The terms are for everybody to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct WindowPublished {
    /// Which version.
    #[n(0)]
    pub version: i64,
}
payload!(WindowPublished, "window.published");

/// What a pre-arranged window waits for has happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct WindowTriggered {
    /// The decision that says so, by its entity.
    #[n(0)]
    pub decision: Id,
    /// Its number.
    #[n(1)]
    pub number: i64,
    /// What happened.
    #[n(2)]
    pub what: String,
}
payload!(WindowTriggered, "window.triggered");

/// What is known of one area when money is shared out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct AreaLine {
    /// Which.
    #[n(0)]
    pub area: Id,
    /// Its name in the published files.
    #[n(1)]
    pub name: String,
    /// Verified people in need.
    #[n(2)]
    pub people: i64,
    /// The published cost for one person, in minor units.
    #[n(3)]
    pub cost_minor: i64,
    /// What others gave already.
    #[n(4)]
    pub covered_minor: i64,
    /// What was validly asked for and can be used.
    #[n(5)]
    pub cap_minor: i64,
    /// Risk in tenths, 0 to 100; none where nobody knows it.
    #[n(6)]
    pub risk_tenths: Option<i64>,
    /// Where these figures come from.
    #[n(7)]
    pub source: String,
    /// Of which day they are, in days since 1970.
    #[n(8)]
    pub day: i64,
    /// The smallest grant with which something can be done.
    #[n(9)]
    pub grant_min_minor: i64,
    /// Of what was asked for, how much by women-led bodies.
    #[n(10)]
    pub women_minor: i64,
    /// How many sharings-out in a row it was left out of because its share was too small to begin
    /// with; none in older records.
    #[n(11)]
    pub deferrals: Option<i64>,
    /// What this window had given there already when what was left of it was shared out; none
    /// where nothing.
    #[n(12)]
    pub given_minor: Option<i64>,
    /// In which class of severity most of them are, 3 to 5: by it each counts once, twice or three
    /// times. None where nobody said, and then each counts once.
    #[n(13)]
    pub severity: Option<i64>,
}

impl AreaLine {
    /// The class of severity; none where nobody said.
    #[must_use]
    pub fn class(&self) -> Option<u8> {
        self.severity.and_then(|class| u8::try_from(class).ok())
    }

    /// The reference need in minor units: people, counted by severity, times what one costs.
    #[must_use]
    pub fn need_minor(&self) -> i64 {
        let times = self.class().map_or(1, class_weight);
        self.people.saturating_mul(self.cost_minor).saturating_mul(times)
    }
}

/// What one area gets, and where it stood and stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct AreaShare {
    /// Which.
    #[n(0)]
    pub area: Id,
    /// How much.
    #[n(1)]
    pub amount_minor: i64,
    /// Its level before, in thousandths, rounded down.
    #[n(2)]
    pub before_milli: i64,
    /// And after.
    #[n(3)]
    pub after_milli: i64,
    /// Why no more: one code.
    #[n(4)]
    pub why: String,
    /// In how many draws of a thousand parts it moved by more than a tenth.
    #[n(5)]
    pub moved_milli: i64,
    /// In how many draws it got anything; none in older records.
    #[n(6)]
    pub funded_draws: Option<i64>,
}

/// Which part of more money an area would get.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct NextArea {
    /// Which.
    #[n(0)]
    pub area: Id,
    /// In thousandths, rounded down.
    #[n(1)]
    pub part_milli: i64,
}

/// Whom more money in a pool would lift first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Next {
    /// The pool, as the published files call it.
    #[n(0)]
    pub pool: String,
    /// Up to so much, in minor units, rounded down; then others join, or one has all it asked for.
    /// None where nothing ends it.
    #[n(1)]
    pub amount_minor: Option<i64>,
    /// Who; empty where nobody could take more of it.
    #[n(2)]
    pub areas: Vec<NextArea>,
}

/// What is told beside a sharing-out. All of it can be reckoned again from the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Beside {
    /// How often everything was drawn anew, with figures up to a tenth off.
    #[n(0)]
    pub draws: i64,
    /// From which seed.
    #[n(1)]
    pub seed: i64,
    /// By pool, whom more money would lift first.
    #[n(2)]
    pub next: Vec<Next>,
    /// People that the amounts reach at the published cost, rounded down.
    #[n(3)]
    pub reached: i64,
    /// People that the division which reaches the most would reach, rounded down.
    #[n(4)]
    pub most: i64,
    /// Which part of the most is not reached, in thousandths, rounded down.
    #[n(5)]
    pub price_milli: i64,
    /// The most by which rounding moved an area, in thousandths of a minor unit, rounded down.
    #[n(6)]
    pub rounded_milli: i64,
}

/// The window was shared out between areas by the water line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct WindowShared {
    /// What was known.
    #[n(0)]
    pub lines: Vec<AreaLine>,
    /// What came out.
    #[n(1)]
    pub shares: Vec<AreaShare>,
    /// What there was, in minor units.
    #[n(2)]
    pub ready_minor: i64,
    /// The line, in thousandths, rounded down; none where everybody got all that was asked for.
    #[n(3)]
    pub line_milli: Option<i64>,
    /// The question, as `baraza allocate` reads it.
    #[n(4)]
    pub question: String,
    /// The result with its certificate, as `baraza allocate --check` reads it.
    #[n(5)]
    pub result: String,
    /// How unequal levels were before, in thousandths (Gini).
    #[n(6)]
    pub gini_before_milli: i64,
    /// And after.
    #[n(7)]
    pub gini_after_milli: i64,
    /// What of the pools is held back for what comes suddenly, in minor units; none in older
    /// records.
    #[n(8)]
    pub held_back_minor: Option<i64>,
    /// What is told beside it; none in older records.
    #[n(9)]
    pub beside: Option<Beside>,
}
payload!(WindowShared, "window.shared");

/// Somebody departed from the line, in their own name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct WindowOverridden {
    /// For which area.
    #[n(0)]
    pub area: Id,
    /// So much instead.
    #[n(1)]
    pub amount_minor: i64,
    /// Why.
    #[n(2)]
    pub reason: String,
}
payload!(WindowOverridden, "window.overridden");

/// Somebody of the panel disagrees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct WindowDissented {
    /// In their words.
    #[n(0)]
    pub words: String,
}
payload!(WindowDissented, "window.dissented");
