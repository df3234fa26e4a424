//! A window as its records tell it. Pure. Terms that were changed after it opened are not taken in,
//! whoever wrote them.

use minicbor::{Decode, Encode};
use record::{DAY_MS, Id, Payload, Record};

use crate::funds::records::{
    AreaShare, Terms, WindowDissented, WindowOverridden, WindowPublished, WindowShared,
    WindowTermsSet, WindowTriggered,
};

/// Where a departure from the line is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Override {
    /// For which area, how much instead, why.
    #[n(0)]
    pub said: WindowOverridden,
    /// Who.
    #[n(1)]
    pub by: Option<Id>,
}

/// A version of the terms that others had read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Version {
    /// Which.
    #[n(0)]
    pub version: i64,
    /// Why it was changed.
    #[n(1)]
    pub reason: String,
    /// When, in milliseconds since 1970.
    #[n(2)]
    pub at_ms: i64,
}

/// How far a window is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Being written.
    Draft,
    /// Published; its first day has not come.
    Announced,
    /// It takes applications.
    Open,
    /// It takes no more; they are scored and decided on.
    Closed,
}

impl Phase {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Phase::Draft => "draft",
            Phase::Announced => "announced",
            Phase::Open => "open",
            Phase::Closed => "closed",
        }
    }
}

/// A window as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Window {
    /// Its id.
    #[n(0)]
    pub id: Id,
    /// The number people call it by; 0 before what began it is known.
    #[n(1)]
    pub number: i64,
    /// The version of the terms that holds.
    #[n(2)]
    pub version: i64,
    /// The terms.
    #[n(3)]
    pub terms: Terms,
    /// When the terms were first published.
    #[n(4)]
    pub published_ms: Option<i64>,
    /// What was changed since, and why.
    #[n(5)]
    pub changes: Vec<Version>,
    /// What set it off.
    #[n(6)]
    pub triggered: Option<WindowTriggered>,
    /// How it was shared between areas, the last time.
    #[n(7)]
    pub shared: Option<WindowShared>,
    /// When.
    #[n(8)]
    pub shared_ms: Option<i64>,
    /// Where somebody departed from the line.
    #[n(9)]
    pub overrides: Vec<Override>,
    /// What those of the panel said who disagree.
    #[n(10)]
    pub dissents: Vec<String>,
}

impl Window {
    /// Folds a window's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Window {
        let mut ordered: Vec<&Record> = records.iter().collect();
        ordered.sort_by_key(|record| record.order());
        let mut window = Window { id, ..Window::default() };
        for record in ordered {
            window.step(record);
        }
        window
    }

    fn step(&mut self, record: &Record) {
        let at_ms = record.clock.ms();
        match record.kind.as_str() {
            WindowTermsSet::KIND => {
                let Some(set) = record.read::<WindowTermsSet>() else { return };
                // A city's day may end up to a day after that of the clock.
                let opened_ms = self.terms.opens_day.saturating_add(1).saturating_mul(DAY_MS);
                let is_late = self.published_ms.is_some() && at_ms >= opened_ms;
                if is_late || set.version <= self.version {
                    return;
                }
                self.number = set.number;
                self.version = set.version;
                self.terms = set.terms;
                if self.published_ms.is_some() {
                    self.changes.push(Version { version: set.version, reason: set.reason, at_ms });
                }
            }
            WindowPublished::KIND => {
                self.published_ms = self.published_ms.or(Some(at_ms));
            }
            WindowTriggered::KIND => {
                self.triggered = self.triggered.take().or_else(|| record.read());
            }
            WindowShared::KIND => {
                self.shared = record.read::<WindowShared>().or(self.shared.take());
                self.shared_ms = Some(at_ms);
                self.overrides.clear();
            }
            WindowOverridden::KIND => {
                let Some(said) = record.read::<WindowOverridden>() else { return };
                self.overrides.push(Override { said, by: record.author });
            }
            WindowDissented::KIND => {
                let said = record.read::<WindowDissented>();
                self.dissents.extend(said.map(|said| said.words));
            }
            _ => {}
        }
    }

    /// How far it is on a day, as the city counts days.
    #[must_use]
    pub fn phase(&self, today: i64) -> Phase {
        if self.published_ms.is_none() {
            Phase::Draft
        } else if today < self.terms.opens_day {
            Phase::Announced
        } else if today <= self.terms.closes_day {
            Phase::Open
        } else {
            Phase::Closed
        }
    }

    /// What an area may be given in all: by the last departure from the line, or by the line with
    /// what it had been given before that was drawn; none where nothing was shared out.
    #[must_use]
    pub fn envelope(&self, area: Id) -> Option<i64> {
        let said = self.overrides.iter().rev().find(|known| known.said.area == area);
        let given = || {
            let mut lines = self.shared.iter().flat_map(|shared| &shared.lines);
            lines.find(|line| line.area == area).and_then(|line| line.given_minor).unwrap_or(0)
        };
        let line = || Some(self.share_of(area)?.amount_minor.saturating_add(given()));
        said.map(|known| known.said.amount_minor).or_else(line)
    }

    /// What the line gave an area.
    #[must_use]
    pub fn share_of(&self, area: Id) -> Option<&AreaShare> {
        self.shared.as_ref()?.shares.iter().find(|share| share.area == area)
    }

    /// Whether it waits for something to happen before it pays.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.terms.mechanism == "pre_arranged" && self.triggered.is_none()
    }
}
