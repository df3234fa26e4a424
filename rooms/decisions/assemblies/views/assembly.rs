//! The fold of an assembly, and what its two counters found. Pure; it knows no names.

use std::borrow::Cow;

use minicbor::{Decode, Encode};
use record::{Id, Payload, Record};
use store::{Count, Row, Value};

use super::super::records::{
    AgendaItem, AssemblyAgendaSet, AssemblyCalled, AssemblyCalledOff, AssemblyChecked,
    AssemblyClosed, AssemblyCounted, AssemblyInvited, AssemblyOpened, AssemblySheetKept,
    AssemblySpoken, AssemblyWitnessed, AssemblyWomenSession, LeftOut,
};
use super::super::rules::Counts;

/// Under an assembly's body in the totals: how many assemblies were held.
const HELD: &str = "assembly/held";

/// What two counters found of who was there at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Counted {
    /// `arrival` or `vote`.
    #[n(0)]
    pub moment: String,
    /// The decision voted on, of a count at its vote.
    #[n(1)]
    pub of: Option<Id>,
    /// What the first counter found last.
    #[n(2)]
    pub first: Option<Counts>,
    /// What the second counter found last.
    #[n(3)]
    pub second: Option<Counts>,
    /// The member who counted or typed as the first.
    #[n(4)]
    pub first_by: Option<Id>,
    /// The member who counted or typed as the second.
    #[n(5)]
    pub second_by: Option<Id>,
    /// When it was last counted, in milliseconds since 1970.
    #[n(6)]
    pub last_ms: i64,
    /// Whether it was typed from the paper sheet.
    #[n(7)]
    pub sheet: bool,
}

impl Counted {
    /// What both found, once they agree on women, men and others. Ages are the second's, or the
    /// first's where the second counted none.
    #[must_use]
    pub fn agreed(&self) -> Option<Counts> {
        let (first, second) = (self.first.as_ref()?, self.second.as_ref()?);
        first.same_people(second).then(|| {
            let ages = second.ages.or(first.ages);
            Counts { ages, ..second.clone() }
        })
    }

    /// Whether both counted and found different numbers: they count again.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.first.is_some() && self.second.is_some() && self.agreed().is_none()
    }
}

/// An assembly, as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Assembly {
    /// Which.
    #[n(0)]
    pub id: Id,
    /// The small number people say aloud; 0 before its call is known.
    #[n(1)]
    pub number: i64,
    /// The body that meets.
    #[n(2)]
    pub body: Id,
    /// Where it is about; none for the whole city.
    #[n(3)]
    pub area: Option<Id>,
    /// What it is called.
    #[n(4)]
    pub title: String,
    /// Where it meets.
    #[n(5)]
    pub place: String,
    /// When it begins, in milliseconds since 1970.
    #[n(6)]
    pub starts_ms: i64,
    /// How to take part from afar; may be empty.
    #[n(7)]
    pub from_afar: String,
    /// Whether somebody looks after the children.
    #[n(8)]
    pub childcare: bool,
    /// Whether women meet first, alone.
    #[n(9)]
    pub women_first: bool,
    /// Whether it is of the short form.
    #[n(10)]
    pub short_form: bool,
    /// Why it begins outside the safe hours, when it does.
    #[n(11)]
    pub hour_reason: Option<String>,
    /// What is on the agenda, in order.
    #[n(12)]
    pub items: Vec<AgendaItem>,
    /// What is left out, and why.
    #[n(13)]
    pub left_out: Vec<LeftOut>,
    /// When the agenda was last made public, in milliseconds since 1970.
    #[n(14)]
    pub invited_ms: Option<i64>,
    /// When it began.
    #[n(15)]
    pub opened_ms: Option<i64>,
    /// Whether a woman is in the chair.
    #[n(16)]
    pub chair_woman: bool,
    /// Whether the co-chair is a woman; none when there is no co-chair.
    #[n(17)]
    pub co_chair_woman: Option<bool>,
    /// Why neither is.
    #[n(18)]
    pub exception: Option<String>,
    /// Who was there, at each moment that was counted.
    #[n(19)]
    pub counted: Vec<Counted>,
    /// Minutes spoken by women, men and others.
    #[n(20)]
    pub spoken: Option<(i64, i64, i64)>,
    /// Whether the women's session was held, and its result or why not.
    #[n(21)]
    pub women_session: Option<(bool, String)>,
    /// Hashes of photographs of the sheet.
    #[n(22)]
    pub sheets: Vec<Vec<u8>>,
    /// How many witnesses said that the minutes are true.
    #[n(23)]
    pub witnesses: i64,
    /// When it ended.
    #[n(24)]
    pub closed_ms: Option<i64>,
    /// Why it does not take place.
    #[n(25)]
    pub called_off: Option<String>,
    /// How many were asked by lot whether the count is right; none before they were.
    #[n(26)]
    pub checked: Option<i64>,
}

/// The most counts that are kept of one assembly: an arrival and a vote for each decision.
const COUNTED_MAX: usize = 64;
/// The most hashes of sheets that are kept of one assembly.
const SHEETS_MAX: usize = 16;

impl Assembly {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Assembly {
        let mut assembly = Assembly { id, ..Assembly::default() };
        for record in records {
            if let Some(called) = record.read::<AssemblyCalled>() {
                assembly.called(called, record.area);
            } else if let Some(counted) = record.read::<AssemblyCounted>() {
                assembly.counts_heard(&counted, record);
            } else {
                assembly.step(record);
            }
        }
        assembly
    }

    fn called(&mut self, called: AssemblyCalled, area: Option<Id>) {
        self.number = called.number;
        self.body = called.body;
        self.area = area;
        self.title = called.title;
        self.place = called.place;
        self.starts_ms = called.starts_ms;
        self.from_afar = called.from_afar;
        self.childcare = called.childcare;
        self.women_first = called.women_first;
        self.short_form = called.short_form;
        self.hour_reason = called.hour_reason;
    }

    fn step(&mut self, record: &Record) {
        if let Some(agenda) = record.read::<AssemblyAgendaSet>() {
            self.items = agenda.items;
            self.left_out = agenda.left_out;
        } else if record.kind == AssemblyInvited::KIND {
            self.invited_ms = Some(record.clock.ms());
        } else if let Some(off) = record.read::<AssemblyCalledOff>() {
            self.called_off.get_or_insert(off.reason);
        } else if let Some(opened) = record.read::<AssemblyOpened>() {
            self.opened_ms.get_or_insert(record.clock.ms());
            self.chair_woman = opened.chair_woman;
            self.co_chair_woman = opened.co_chair_woman;
            self.exception = opened.exception;
        } else if let Some(spoken) = record.read::<AssemblySpoken>() {
            self.spoken = Some((spoken.women_minutes, spoken.men_minutes, spoken.other_minutes));
        } else if let Some(session) = record.read::<AssemblyWomenSession>() {
            self.women_session = Some((session.held, session.words));
        } else if let Some(kept) = record.read::<AssemblySheetKept>() {
            let hash = kept.hash.to_vec();
            if !self.sheets.contains(&hash) && self.sheets.len() < SHEETS_MAX {
                self.sheets.push(hash);
            }
        } else if let Some(witnessed) = record.read::<AssemblyWitnessed>() {
            self.witnesses = witnessed.n;
        } else if let Some(checked) = record.read::<AssemblyChecked>() {
            // Two processes may have asked, each the same people.
            self.checked = self.checked.max(Some(checked.asked));
        } else if record.kind == AssemblyClosed::KIND {
            self.closed_ms.get_or_insert(record.clock.ms());
        }
    }

    fn counts_heard(&mut self, heard: &AssemblyCounted, record: &Record) {
        let known = self
            .counted
            .iter()
            .position(|counted| counted.moment == heard.moment && counted.of == heard.of);
        let mut counted = known.map(|at| self.counted.remove(at)).unwrap_or_else(|| Counted {
            moment: heard.moment.clone(),
            of: heard.of,
            ..Counted::default()
        });
        let counts = Counts {
            women: heard.women,
            men: heard.men,
            other: heard.other,
            ages: heard.ages.as_deref().and_then(|ages| <[i64; 3]>::try_from(ages).ok()),
        };
        match heard.counter {
            1 => (counted.first, counted.first_by) = (Some(counts), record.author),
            2 => (counted.second, counted.second_by) = (Some(counts), record.author),
            // A newer program counts otherwise: it is passed over.
            _ => {}
        }
        counted.last_ms = record.clock.ms();
        counted.sheet = heard.sheet;
        if self.counted.len() < COUNTED_MAX {
            // The one counted last stands last.
            self.counted.push(counted);
        }
    }

    /// `called`, `invited`, `open`, `closed` or `called_off`; empty before its call is known.
    #[must_use]
    pub fn status(&self) -> &'static str {
        if self.number == 0 {
            ""
        } else if self.called_off.is_some() && self.opened_ms.is_none() {
            "called_off"
        } else if self.closed_ms.is_some() {
            "closed"
        } else if self.opened_ms.is_some() {
            "open"
        } else if self.invited_ms.is_some() {
            "invited"
        } else {
            "called"
        }
    }

    /// The count at a moment, of a decision's vote or of the arrival.
    #[must_use]
    pub fn counted_at(&self, moment: &str, of: Option<Id>) -> Option<&Counted> {
        self.counted.iter().find(|counted| counted.moment == moment && counted.of == of)
    }

    /// Who is there now, as both counters agreed last: at the last vote, else at the arrival.
    #[must_use]
    pub fn room(&self) -> Option<Counts> {
        self.counted.iter().rev().find_map(Counted::agreed)
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.number.into(),
            self.body.into(),
            self.area.into(),
            self.starts_ms.into(),
            self.status().into(),
            record::encode(self).into(),
        ]
    }

    pub(super) fn counts(&self) -> Vec<Count> {
        let held = self.status() == "closed";
        let of = |area| Count { area, key: Cow::Borrowed(HELD), n: 1 };
        if held { vec![of(self.area.unwrap_or(Id::NONE))] } else { Vec::new() }
    }

    /// The row whose `whole` stands at a place of a query's answer.
    #[must_use]
    pub fn from_row(row: &Row, place: usize) -> Option<Assembly> {
        record::decode(&row.bytes(place)).ok()
    }
}
