//! The fold of a task: its records in order to one row, and what it gives to the totals. Pure. It
//! never counts a promise as kept because somebody says so late.

use record::{Id, Payload, Record};
use store::{Column, Count, Folded, OnConflict, Row, Table, Value, View};

use super::records::{
    TaskAskedAtMeeting, TaskClaimed, TaskDelivered, TaskDropped, TaskHandedOver, TaskMet,
    TaskPromised, TaskReferred, TaskReleased, TaskSet,
};

/// A task that a decision promised.
pub const PROMISE: &str = "promise";
/// The committee's task when people said that it did not arrive.
pub const COMMITTEE: &str = "committee";
/// Any other task.
pub const DO: &str = "do";

/// By area and in the city: promises that wait, were kept in time, kept late, or not kept.
pub const PROMISES_OPEN: &str = "promise/open";
/// See [`PROMISES_OPEN`].
pub const PROMISES_KEPT: &str = "promise/kept";
/// See [`PROMISES_OPEN`].
pub const PROMISES_KEPT_LATE: &str = "promise/kept_late";
/// See [`PROMISES_OPEN`].
pub const PROMISES_GIVEN_UP: &str = "promise/given_up";
/// By area and in the city: how often a need was said to be met.
pub const SAID_DONE: &str = "said_done";
/// By area and in the city: how often those who asked said that it did not arrive after all.
pub const SAID_NOT_DONE: &str = "said_not_done";
/// Under a need's id: before the id of each task that is for it.
pub(crate) const OF_NEED: &str = "task/";

/// The columns of `tasks_1`, in order.
pub(crate) const COLUMNS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("what", Column::Text),
    ("kind", Column::Text),
    ("area", Column::Bytes),
    ("decision", Column::Bytes),
    ("needs", Column::Bytes),
    ("body", Column::Bytes),
    ("due_day", Column::Int),
    ("status", Column::Text),
    ("open", Column::Bool),
    ("holder", Column::Bytes),
    ("set_ms", Column::Int),
    ("done_ms", Column::Int),
    ("done_day", Column::Int),
    ("arrived", Column::Text),
    ("much", Column::Text),
    ("how", Column::Text),
    ("reason", Column::Text),
    ("referred_to", Column::Text),
    ("asked", Column::Int),
    ("yes", Column::Int),
    ("no", Column::Int),
    ("promised", Column::Bool),
    ("last_ms", Column::Int),
];

/// The views of this room.
#[must_use]
pub fn views() -> Vec<View> {
    vec![View {
        noun: "task",
        table: Table {
            name: "tasks_1".into(),
            key: 1,
            columns: COLUMNS,
            on_conflict: OnConflict::Replace,
        },
        sql: include_str!("views.sql"),
        fold: |id, records| {
            let task = Task::fold(id, records);
            Folded { counts: task.counts(), row: task.row() }
        },
    }]
}

/// What those at a meeting said by hands, whether it arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    /// How many were there.
    pub asked: i64,
    /// For YES.
    pub yes: i64,
    /// For NO.
    pub no: i64,
}

/// A task as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: Id,
    /// The small number people call it by; 0 while what began it has not arrived.
    pub number: i64,
    /// What is to be done; empty for a committee's task whose next step has not been named.
    pub what: String,
    /// `promise`, `committee` or `do`.
    pub kind: String,
    /// Where.
    pub area: Option<Id>,
    /// The decision that promised it.
    pub decision: Option<Id>,
    /// The needs it is for.
    pub needs: Vec<Id>,
    /// The body that owns it.
    pub body: Option<Id>,
    /// The last day for it, in days since 1970 as the city counts them.
    pub due_day: i64,
    /// `open`, `claimed`, `delivered`, `dropped`, `referred`, or `met` under another task.
    pub status: String,
    /// The member who has it.
    pub holder: Option<Id>,
    /// When it was set.
    pub set_ms: i64,
    /// When it was delivered, dropped, referred or met.
    pub done_ms: Option<i64>,
    /// The day it was delivered, as the city counts days.
    pub done_day: Option<i64>,
    /// What arrived.
    pub arrived: Option<String>,
    /// How much of it.
    pub much: Option<String>,
    /// How it was brought.
    pub how: Option<String>,
    /// Why it was dropped.
    pub reason: Option<String>,
    /// Whose it is, by name.
    pub referred_to: Option<String>,
    /// What a meeting said.
    pub hands: Option<Hands>,
    /// Whether the next step was named to those who said NO.
    pub promised: bool,
    /// When it last changed.
    pub last_ms: i64,
}

impl Task {
    /// Folds a task's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Task {
        let mut ordered: Vec<&Record> = records.iter().collect();
        ordered.sort_by_key(|record| record.order());
        let mut task = Task { id, status: "open".to_owned(), ..Task::default() };
        // What began it is read first, whatever the clocks of two nodes say; of two, the earlier.
        if let Some((record, set)) = ordered.iter().find_map(|r| Some((r, r.read::<TaskSet>()?))) {
            task.number = set.number;
            task.what = set.what;
            task.kind = set.kind;
            task.area = record.area;
            task.decision = set.decision;
            task.needs = set.needs;
            task.body = set.body;
            task.due_day = set.due_day;
            task.set_ms = record.clock.ms();
        }
        for record in ordered {
            task.step(record);
            task.last_ms = task.last_ms.max(record.clock.ms());
        }
        task
    }

    /// Whether something is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.status.as_str(), "open" | "claimed")
    }

    /// Whether its day has passed and it is still to be done.
    #[must_use]
    pub fn is_overdue(&self, today: i64) -> bool {
        self.is_open() && self.due_day < today
    }

    /// Whether it was delivered after its day.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.done_day.is_some_and(|day| day > self.due_day)
    }

    fn step(&mut self, record: &Record) {
        if record.kind == TaskAskedAtMeeting::KIND {
            self.hands = record.read::<TaskAskedAtMeeting>().map(|hands| Hands {
                asked: hands.asked,
                yes: hands.yes,
                no: hands.no,
            });
            return;
        }
        // What came after the end changes nothing: another node did not know of it yet.
        if !self.is_open() {
            return;
        }
        match record.kind.as_str() {
            TaskClaimed::KIND => self.held_by(record.author),
            TaskHandedOver::KIND => {
                self.held_by(record.read::<TaskHandedOver>().map(|handed| handed.to));
            }
            TaskReleased::KIND => self.held_by(None),
            TaskPromised::KIND => {
                let Some(promised) = record.read::<TaskPromised>() else { return };
                self.what = promised.what;
                self.due_day = promised.due_day;
                self.promised = true;
            }
            TaskDelivered::KIND => {
                let Some(delivered) = record.read::<TaskDelivered>() else { return };
                self.ends("delivered", record);
                self.done_day = Some(delivered.day);
                self.arrived = Some(delivered.what);
                self.how = Some(delivered.how);
                self.much = Some(delivered.much);
            }
            TaskDropped::KIND => {
                self.ends("dropped", record);
                self.reason = record.read::<TaskDropped>().map(|dropped| dropped.reason);
            }
            TaskReferred::KIND => {
                self.ends("referred", record);
                self.referred_to = record.read::<TaskReferred>().map(|referred| referred.body);
            }
            TaskMet::KIND => self.ends("met", record),
            _ => {}
        }
    }

    fn held_by(&mut self, holder: Option<Id>) {
        self.status = if holder.is_some() { "claimed" } else { "open" }.to_owned();
        self.holder = holder;
    }

    fn ends(&mut self, status: &str, record: &Record) {
        self.status = status.to_owned();
        self.done_ms = Some(record.clock.ms());
    }

    fn row(&self) -> Vec<Value> {
        let hands = |of: fn(&Hands) -> i64| Value::from(self.hands.as_ref().map(of));
        vec![
            self.id.into(),
            self.number.into(),
            self.what.as_str().into(),
            self.kind.as_str().into(),
            self.area.into(),
            self.decision.into(),
            self.needs.iter().flat_map(|need| need.0).collect::<Vec<u8>>().into(),
            self.body.into(),
            self.due_day.into(),
            self.status.as_str().into(),
            (self.number > 0 && self.is_open()).into(),
            self.holder.into(),
            self.set_ms.into(),
            self.done_ms.into(),
            self.done_day.into(),
            self.arrived.clone().into(),
            self.much.clone().into(),
            self.how.clone().into(),
            self.reason.clone().into(),
            self.referred_to.clone().into(),
            hands(|hands| hands.asked),
            hands(|hands| hands.yes),
            hands(|hands| hands.no),
            self.promised.into(),
            self.last_ms.into(),
        ]
    }

    /// A task from a row of `tasks_1`.
    #[must_use]
    pub fn from_row(row: &Row) -> Task {
        let needs = row.bytes(6);
        Task {
            id: row.id(0),
            number: row.int(1),
            what: row.text(2),
            kind: row.text(3),
            area: row.opt_id(4),
            decision: row.opt_id(5),
            needs: needs.chunks(record::ID_BYTES).filter_map(Id::from_slice).collect(),
            body: row.opt_id(7),
            due_day: row.int(8),
            status: row.text(9),
            holder: row.opt_id(11),
            set_ms: row.int(12),
            done_ms: row.opt_int(13),
            done_day: row.opt_int(14),
            arrived: row.opt_text(15),
            much: row.opt_text(16),
            how: row.opt_text(17),
            reason: row.opt_text(18),
            referred_to: row.opt_text(19),
            hands: row.opt_int(20).map(|asked| Hands { asked, yes: row.int(21), no: row.int(22) }),
            promised: row.flag(23),
            last_ms: row.int(24),
        }
    }

    /// What this task gives to the totals of its area and of the city, and to the list under each
    /// of its needs.
    fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::new();
        if self.number <= 0 {
            // Nothing was set yet: the record that began it has not arrived.
            return counts;
        }
        let mut both = |key: String, n: i64| {
            let areas = [self.area.unwrap_or(crate::voices::NOWHERE), Id::NONE];
            counts.extend(areas.map(|area| Count { area, key: key.clone().into(), n }));
        };
        both(format!("status/{}", self.status), 1);
        if self.kind == PROMISE {
            both(self.promise_key().to_owned(), 1);
        }
        let needs = i64::try_from(self.needs.len()).unwrap_or(0);
        if self.status == "delivered" && needs > 0 {
            both(SAID_DONE.to_owned(), needs);
        }
        if self.kind == COMMITTEE {
            both(SAID_NOT_DONE.to_owned(), 1);
        }
        let listed =
            |need: &Id| Count { area: *need, key: format!("{OF_NEED}{}", self.id).into(), n: 1 };
        counts.extend(self.needs.iter().map(listed));
        counts
    }

    fn promise_key(&self) -> &'static str {
        match self.status.as_str() {
            "delivered" | "met" if self.is_late() => PROMISES_KEPT_LATE,
            "delivered" | "met" => PROMISES_KEPT,
            "dropped" | "referred" => PROMISES_GIVEN_UP,
            _ => PROMISES_OPEN,
        }
    }
}
