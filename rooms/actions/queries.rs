//! What this room reads back: tasks by id, need, decision and list; counts by the totals. No page
//! counts a whole table, and nothing here knows who said YES or NO.

use record::Id;
use store::{StoreError, Value, marks};

use super::views::{
    COLUMNS, COMMITTEE, OF_NEED, PROMISES_GIVEN_UP, PROMISES_KEPT, PROMISES_KEPT_LATE,
    PROMISES_OPEN, SAID_DONE, SAID_NOT_DONE, Task,
};
use crate::door::House;

/// Tasks on one page of the desk.
pub const PAGE_TASKS: i64 = 20;
/// Tasks of one need or decision that are read.
const OF_ONE_MAX: usize = 100;
/// Overdue tasks are counted up to here.
pub const COUNTED_MAX: i64 = 1000;

const MINUTE_MS: i64 = 60_000;

/// Today, in days since 1970 as the city counts them.
#[must_use]
pub fn today(house: &House) -> i64 {
    day_at(house, house.now_ms())
}

/// The day of a moment, as the city counts days.
#[must_use]
pub fn day_at(house: &House, at_ms: i64) -> i64 {
    record::day_of(at_ms + house.city().offset_minutes * MINUTE_MS)
}

/// Which tasks of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those a member has.
    Mine(Id),
    /// Those of these bodies.
    Bodies(Vec<Id>),
    /// All that are to be done.
    Open,
    /// Those whose day has passed.
    Overdue(i64),
    /// Those that ended, the newest first.
    Done,
}

/// A task.
///
/// # Errors
/// When the store fails.
pub async fn task(house: &House, id: Id) -> Result<Option<Task>, StoreError> {
    Ok(tasks(house, &[id]).await?.pop())
}

/// Tasks by their ids, those set last first.
///
/// # Errors
/// When the store fails.
pub async fn tasks(house: &House, ids: &[Id]) -> Result<Vec<Task>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {} FROM tasks_1 WHERE id IN ({}) AND number > 0 ORDER BY set_ms DESC, id DESC",
        columns(),
        marks(1, ids.len())
    );
    let rows = house.store().read(&sql, ids.iter().map(|id| (*id).into()).collect()).await?;
    Ok(rows.iter().map(Task::from_row).collect())
}

/// The task people call by this number.
///
/// # Errors
/// When the store fails.
pub async fn by_number(house: &House, number: i64) -> Result<Option<Task>, StoreError> {
    let sql = format!("SELECT {} FROM tasks_1 WHERE number = $1 LIMIT 1", columns());
    let row = house.store().read_one(&sql, vec![number.max(1).into()]).await?;
    Ok(row.as_ref().map(Task::from_row))
}

/// The highest number given so far.
pub(crate) async fn highest(house: &House) -> Result<i64, StoreError> {
    let row = house.store().read_one("SELECT MAX(number) FROM tasks_1", vec![]).await?;
    Ok(row.map_or(0, |row| row.int(0)))
}

/// All tasks for a need, those set last first.
///
/// # Errors
/// When the store fails.
pub async fn tasks_of_need(house: &House, need: Id) -> Result<Vec<Task>, StoreError> {
    let totals = house.store().totals_of("task", need).await?;
    let listed = totals.iter().filter_map(|total| total.key.strip_prefix(OF_NEED)?.parse().ok());
    let mut ids: Vec<Id> = listed.collect();
    // An id begins with its time: the last ones are the newest.
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.truncate(OF_ONE_MAX);
    tasks(house, &ids).await
}

/// Of these, the committee's task that is still to be done.
#[must_use]
pub fn open_committee(tasks: &[Task]) -> Option<&Task> {
    tasks.iter().find(|task| task.kind == COMMITTEE && task.is_open())
}

/// All tasks of a decision, those set last first.
///
/// # Errors
/// When the store fails.
pub async fn tasks_of_decision(house: &House, decision: Id) -> Result<Vec<Task>, StoreError> {
    let sql = format!(
        "SELECT {} FROM tasks_1 WHERE decision = $1 AND number > 0 \
         ORDER BY set_ms DESC, id DESC LIMIT $2",
        columns()
    );
    let most = i64::try_from(OF_ONE_MAX).unwrap_or(i64::MAX);
    let rows = house.store().read(&sql, vec![decision.into(), most.into()]).await?;
    Ok(rows.iter().map(Task::from_row).collect())
}

/// One page of a list; `after` is the last task of the page before.
///
/// # Errors
/// When the store fails.
pub async fn list(
    house: &House,
    which: &Which,
    area: Option<Id>,
    after: Option<&Task>,
) -> Result<Vec<Task>, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let mut mark = |value: Value| {
        params.push(value);
        format!("${}", params.len())
    };
    let mut wheres =
        vec![format!("open = {}", if *which == Which::Done { "FALSE" } else { "TRUE" })];
    match which {
        Which::Mine(member) => wheres.push(format!("holder = {}", mark((*member).into()))),
        Which::Bodies(bodies) if bodies.is_empty() => return Ok(Vec::new()),
        Which::Bodies(bodies) => {
            let all: Vec<String> = bodies.iter().map(|body| mark((*body).into())).collect();
            wheres.push(format!("body IN ({})", all.join(", ")));
        }
        Which::Overdue(today) => wheres.push(format!("due_day < {}", mark((*today).into()))),
        Which::Done => wheres.push("number > 0".to_owned()),
        Which::Open => {}
    }
    if let Some(area) = area {
        wheres.push(format!("area = {}", mark(area.into())));
    }
    let (by, way, sign) = match which {
        Which::Done => ("done_ms", " DESC", "<"),
        _ => ("due_day", "", ">"),
    };
    if let Some(last) = after {
        let place = if *which == Which::Done { last.done_ms.unwrap_or(0) } else { last.due_day };
        let (place, id) = (mark(place.into()), mark(last.id.into()));
        wheres.push(format!("({by}, id) {sign} ({place}, {id})"));
    }
    let most = mark(PAGE_TASKS.into());
    let sql = format!(
        "SELECT {} FROM tasks_1 WHERE {} ORDER BY {by}{way}, id{way} LIMIT {most}",
        columns(),
        wheres.join(" AND ")
    );
    Ok(house.store().read(&sql, params).await?.iter().map(Task::from_row).collect())
}

/// Tasks whose day has passed, those that wait longest first.
///
/// # Errors
/// When the store fails.
pub async fn overdue(house: &House, today: i64) -> Result<Vec<Task>, StoreError> {
    list(house, &Which::Overdue(today), None, None).await
}

/// How many tasks are overdue, at most [`COUNTED_MAX`].
///
/// # Errors
/// When the store fails.
pub async fn overdue_count(house: &House, today: i64) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM tasks_1 \
               WHERE open = TRUE AND due_day < $1 LIMIT $2) AS late";
    let row = house.store().read_one(sql, vec![today.into(), COUNTED_MAX.into()]).await?;
    Ok(row.map_or(0, |row| row.int(0)))
}

/// How many promises of decisions are overdue among the tasks, at most [`COUNTED_MAX`].
pub(crate) async fn overdue_promises(house: &House, today: i64) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM (SELECT kind FROM tasks_1 \
               WHERE open = TRUE AND due_day < $1 LIMIT $2) AS late WHERE kind = 'promise'";
    let row = house.store().read_one(sql, vec![today.into(), COUNTED_MAX.into()]).await?;
    Ok(row.map_or(0, |row| row.int(0)))
}

/// How many tasks a member has, at most [`COUNTED_MAX`].
///
/// # Errors
/// When the store fails.
pub async fn mine_count(house: &House, member: Id) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM tasks_1 \
               WHERE holder = $1 AND open = TRUE LIMIT $2) AS mine";
    let row = house.store().read_one(sql, vec![member.into(), COUNTED_MAX.into()]).await?;
    Ok(row.map_or(0, |row| row.int(0)))
}

/// What became of promises, in an area or ([`Id::NONE`]) in the city, by the totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Promises kept in time.
    pub kept: i64,
    /// Kept, after their day.
    pub kept_late: i64,
    /// Given up, or another's.
    pub given_up: i64,
    /// Still to be kept.
    pub open: i64,
    /// How often a need was said to be met.
    pub said_done: i64,
    /// How often those who asked said that it did not arrive after all.
    pub said_not_done: i64,
}

/// What became of promises and deliveries, in an area or ([`Id::NONE`]) in the city.
///
/// # Errors
/// When the store fails.
pub async fn figures(house: &House, area: Id) -> Result<Figures, StoreError> {
    let totals = house.store().totals_of("task", area).await?;
    let of = |key: &str| totals.iter().find(|t| t.key == key).map_or(0, |total| total.n);
    Ok(Figures {
        kept: of(PROMISES_KEPT),
        kept_late: of(PROMISES_KEPT_LATE),
        given_up: of(PROMISES_GIVEN_UP),
        open: of(PROMISES_OPEN),
        said_done: of(SAID_DONE),
        said_not_done: of(SAID_NOT_DONE),
    })
}

fn columns() -> String {
    COLUMNS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}
