//! The fold of a need: its records to one row, and what it gives to the totals. Pure, and the same
//! whatever order the records come in. It never looks at how many voices there are: how badly
//! people fare is said by a person.

use record::{Id, Payload, Record};
use store::{Column, Count, Folded, OnConflict, Row, Table, View};

use super::records::{
    NeedClosed, NeedConfirmed, NeedDecided, NeedDelivered, NeedHidden, NeedInProgress,
    NeedPublished, NeedReferred, NeedReopened, NeedReworded, NeedStated, NeedTakenUp,
    NeedWithdrawn, PEOPLE_UNKNOWN,
};

/// Under an area's id, and the city's: needs that are neither closed nor withdrawn.
pub const NEEDS_OPEN: &str = "open";
/// The same, of those that are shown on the street.
pub const NEEDS_OPEN_PUBLIC: &str = "open_public";

/// The columns of `needs_1`, in order.
pub(crate) const COLUMNS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("title", Column::Text),
    ("area", Column::Bytes),
    ("sector", Column::Text),
    ("severity", Column::Int),
    ("people_min", Column::Int),
    ("people_max", Column::Int),
    ("people_ms", Column::Int),
    ("since_day", Column::Int),
    ("source", Column::Text),
    ("status", Column::Text),
    ("published", Column::Bool),
    ("confirmed_by", Column::Bytes),
    ("confirmed_how", Column::Text),
    ("assembly", Column::Bytes),
    ("decision", Column::Bytes),
    ("task", Column::Bytes),
    ("body", Column::Text),
    ("due_day", Column::Int),
    ("reason", Column::Text),
    ("stated_ms", Column::Int),
    ("last_ms", Column::Int),
    ("deliveries", Column::Int),
    ("reopenings", Column::Int),
    ("standing", Column::Bool),
    ("agenda", Column::Bool),
];

/// The views of this room.
#[must_use]
pub fn views() -> Vec<View> {
    vec![View {
        noun: "need",
        table: Table {
            name: "needs_1".into(),
            key: 1,
            columns: COLUMNS,
            on_conflict: OnConflict::Replace,
        },
        sql: include_str!("views.sql"),
        fold: |id, records| {
            let need = Need::fold(id, records);
            Folded { counts: need.counts(), row: need.row() }
        },
    }]
}

/// A need as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// Its id.
    pub id: Id,
    /// The small number that people say; 0 while what began it has not arrived.
    pub number: i64,
    /// What is lacking.
    pub title: String,
    /// Where; none for the whole city.
    pub area: Option<Id>,
    /// Sector of vocabulary 5.3.
    pub sector: String,
    /// 0 not known, 1 to 4.
    pub severity: i64,
    /// At least so many people.
    pub people_min: Option<i64>,
    /// At most so many.
    pub people_max: Option<i64>,
    /// When the number of people was last said.
    pub people_ms: Option<i64>,
    /// Since when, in days since 1970.
    pub since_day: Option<i64>,
    /// How the desk knows.
    pub source: String,
    /// One of [`super::STATUSES`].
    pub status: String,
    /// Whether it is shown on the street.
    pub published: bool,
    /// The body that confirmed it last.
    pub confirmed_by: Option<Id>,
    /// How it was confirmed last.
    pub confirmed_how: Option<String>,
    /// The assembly that took it up last.
    pub assembly: Option<Id>,
    /// The last decision about it.
    pub decision: Option<Id>,
    /// The task or decision by which somebody works on it, or by which it was delivered.
    pub task: Option<Id>,
    /// Who works on it or whose it is, by name.
    pub body: Option<String>,
    /// The day it was promised for.
    pub due_day: Option<i64>,
    /// Why it was withdrawn or opened again.
    pub reason: Option<String>,
    /// When it was stated.
    pub stated_ms: i64,
    /// When anything last happened to it.
    pub last_ms: i64,
    /// How often it was said to be delivered.
    pub deliveries: i64,
    /// How often it was opened again.
    pub reopenings: i64,
}

impl Need {
    /// Folds a need's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Need {
        let mut ordered: Vec<&Record> = records.iter().collect();
        ordered.sort_by_key(|record| record.order());
        let mut need = Need { id, status: "stated".to_owned(), ..Need::default() };
        // What began it is read first, whatever the clocks of two nodes say.
        let first = ordered.iter().find(|r| r.kind == NeedStated::KIND);
        if let Some(record) = first {
            need.state(record);
        }
        for record in ordered {
            need.step(record);
            need.last_ms = need.last_ms.max(record.clock.ms());
        }
        need
    }

    /// When those who spoke of it closed it, if it is closed, in milliseconds since 1970.
    #[must_use]
    pub fn closed_ms(id: Id, records: &[Record]) -> Option<i64> {
        let closed = records.iter().filter(|record| record.kind == NeedClosed::KIND);
        let last = closed.map(|record| record.clock.ms()).max();
        last.filter(|_| Need::fold(id, records).status == "closed")
    }

    /// Whether it was said to be met and those who spoke of it said NO, and it is not closed since.
    #[must_use]
    pub fn is_denied(id: Id, records: &[Record]) -> bool {
        let opened = records.iter().filter(|record| record.kind == NeedReopened::KIND);
        let last = opened.max_by_key(|record| record.order());
        let why = last.and_then(|record| record.read::<NeedReopened>()).map(|opened| opened.why);
        why.as_deref() == Some("said_not_done") && Need::fold(id, records).status != "closed"
    }

    /// Whether anything was stated: what began it has arrived.
    #[must_use]
    pub fn is_stated(&self) -> bool {
        self.number > 0
    }

    /// Whether it still stands: neither closed nor withdrawn.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.is_stated() && !matches!(self.status.as_str(), "closed" | "withdrawn")
    }

    /// Whether an agenda may offer it: shown on the street, confirmed, or open again, and nobody
    /// has taken it up.
    #[must_use]
    pub fn for_agenda(&self) -> bool {
        let fresh = self.status == "stated" && self.published;
        self.is_stated() && (fresh || matches!(self.status.as_str(), "confirmed" | "reopened"))
    }

    fn state(&mut self, record: &Record) {
        let Some(stated) = record.read::<NeedStated>() else { return };
        let known = |n: &i64| *n >= 0;
        self.number = stated.number;
        self.title = stated.title;
        self.area = record.area.filter(|area| *area != Id::NONE);
        self.sector = stated.sector;
        self.severity = i64::from(stated.severity);
        self.people_min = stated.people_min.filter(known);
        self.people_max = stated.people_max.filter(known);
        let told = self.people_min.or(self.people_max);
        self.people_ms = told.map(|_| record.clock.ms());
        self.since_day = stated.since_day;
        self.source = stated.source.unwrap_or_else(|| "voices".to_owned());
        self.stated_ms = record.clock.ms();
    }

    fn step(&mut self, record: &Record) {
        match record.kind.as_str() {
            NeedReworded::KIND => self.reword(record),
            NeedPublished::KIND => self.published = true,
            NeedHidden::KIND => self.published = false,
            NeedConfirmed::KIND => {
                let Some(confirmed) = record.read::<NeedConfirmed>() else { return };
                self.confirmed_by = confirmed.by;
                self.confirmed_how = Some(confirmed.how);
                if matches!(self.status.as_str(), "stated" | "reopened") {
                    self.to("confirmed");
                }
            }
            NeedTakenUp::KIND => {
                let Some(taken) = record.read::<NeedTakenUp>() else { return };
                self.assembly = Some(taken.assembly);
                self.to("in_assembly");
            }
            NeedDecided::KIND => {
                let Some(decided) = record.read::<NeedDecided>() else { return };
                self.decision = Some(decided.decision);
                self.to(if decided.yes { "decided_yes" } else { "declined_with_reason" });
            }
            NeedInProgress::KIND => {
                let Some(work) = record.read::<NeedInProgress>() else { return };
                self.task = Some(work.about);
                self.body = work.body;
                self.due_day = work.due_day;
                self.to("in_progress");
            }
            NeedReferred::KIND => {
                let Some(referred) = record.read::<NeedReferred>() else { return };
                self.body = Some(referred.body);
                self.due_day = None;
                self.to("referred");
            }
            _ => self.end(record),
        }
    }

    fn end(&mut self, record: &Record) {
        match record.kind.as_str() {
            NeedDelivered::KIND => {
                let Some(delivered) = record.read::<NeedDelivered>() else { return };
                self.task = Some(delivered.task);
                self.deliveries += 1;
                self.to("delivered");
            }
            NeedReopened::KIND => {
                let Some(reopened) = record.read::<NeedReopened>() else { return };
                self.reopenings += 1;
                self.to("reopened");
                self.reason = Some(reopened.why);
            }
            NeedClosed::KIND => self.to("closed"),
            NeedWithdrawn::KIND => {
                let Some(withdrawn) = record.read::<NeedWithdrawn>() else { return };
                self.to("withdrawn");
                self.reason = Some(withdrawn.reason);
            }
            _ => {}
        }
    }

    fn to(&mut self, status: &str) {
        self.status = status.to_owned();
        self.reason = None;
    }

    fn reword(&mut self, record: &Record) {
        let Some(reworded) = record.read::<NeedReworded>() else { return };
        if let Some(area) = record.area {
            self.area = Some(area).filter(|area| *area != Id::NONE);
        }
        if reworded.people_min.is_some() || reworded.people_max.is_some() {
            self.people_ms = Some(record.clock.ms());
        }
        let number = |told: Option<i64>, was: Option<i64>| match told {
            Some(PEOPLE_UNKNOWN) => None,
            Some(n) => Some(n),
            None => was,
        };
        self.people_min = number(reworded.people_min, self.people_min);
        self.people_max = number(reworded.people_max, self.people_max);
        self.title = reworded.title.unwrap_or_else(|| std::mem::take(&mut self.title));
        self.sector = reworded.sector.unwrap_or_else(|| std::mem::take(&mut self.sector));
        self.severity = reworded.severity.map_or(self.severity, i64::from);
        self.since_day = reworded.since_day.or(self.since_day);
    }

    fn row(&self) -> Vec<store::Value> {
        vec![
            self.id.into(),
            self.number.into(),
            self.title.as_str().into(),
            self.area.into(),
            self.sector.as_str().into(),
            self.severity.into(),
            self.people_min.into(),
            self.people_max.into(),
            self.people_ms.into(),
            self.since_day.into(),
            self.source.as_str().into(),
            self.status.as_str().into(),
            (self.published && self.is_stated()).into(),
            self.confirmed_by.into(),
            self.confirmed_how.clone().into(),
            self.assembly.into(),
            self.decision.into(),
            self.task.into(),
            self.body.clone().into(),
            self.due_day.into(),
            self.reason.clone().into(),
            self.stated_ms.into(),
            self.last_ms.into(),
            self.deliveries.into(),
            self.reopenings.into(),
            self.stands().into(),
            self.for_agenda().into(),
        ]
    }

    /// A need from a row of `needs_1`.
    #[must_use]
    pub fn from_row(row: &Row) -> Need {
        Need {
            id: row.id(0),
            number: row.int(1),
            title: row.text(2),
            area: row.opt_id(3),
            sector: row.text(4),
            severity: row.int(5),
            people_min: row.opt_int(6),
            people_max: row.opt_int(7),
            people_ms: row.opt_int(8),
            since_day: row.opt_int(9),
            source: row.text(10),
            status: row.text(11),
            published: row.flag(12),
            confirmed_by: row.opt_id(13),
            confirmed_how: row.opt_text(14),
            assembly: row.opt_id(15),
            decision: row.opt_id(16),
            task: row.opt_id(17),
            body: row.opt_text(18),
            due_day: row.opt_int(19),
            reason: row.opt_text(20),
            stated_ms: row.int(21),
            last_ms: row.int(22),
            deliveries: row.int(23),
            reopenings: row.int(24),
        }
    }

    /// What this need gives to the totals of its area and of the city.
    fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::with_capacity(6);
        if !self.is_stated() {
            return counts;
        }
        let mut both = |key: String| {
            for area in self.area.into_iter().chain([Id::NONE]) {
                counts.push(Count { area, key: key.clone().into(), n: 1 });
            }
        };
        both(format!("status/{}", self.status));
        if self.stands() {
            both(NEEDS_OPEN.to_owned());
            if self.published {
                both(NEEDS_OPEN_PUBLIC.to_owned());
            }
        }
        counts
    }
}
