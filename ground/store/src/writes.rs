//! What a batch writes, in the order in which its acts said it: rows are gathered by table, but
//! never carried across a statement that names their table. It decides nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use record::Id;

use crate::Value;
use crate::table::{Count, OnConflict, Statement, Table};

/// One thing to be done in the transaction.
pub(crate) enum Step {
    /// Rows of one table.
    Rows(Table, Vec<Vec<Value>>),
    /// A statement as it is.
    Statement(Statement),
}

/// What is to be written in one transaction: the totals, then the steps in their order.
#[derive(Default)]
pub(crate) struct Writes {
    pub steps: Vec<Step>,
    /// Tables whose next row may join a step: which step, and what its rows do on conflict.
    open: HashMap<String, (OnConflict, usize)>,
    pub rollups: BTreeMap<(String, Id, String), i64>,
    pub forget: BTreeSet<Id>,
}

impl Writes {
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.rollups.is_empty() && self.forget.is_empty()
    }

    pub fn put(&mut self, table: &Table, row: Vec<Value>) {
        if let Some((on_conflict, place)) = self.open.get(table.name.as_ref())
            && *on_conflict == table.on_conflict
            && let Some(Step::Rows(_, rows)) = self.steps.get_mut(*place)
        {
            return rows.push(row);
        }
        self.open.insert(table.name.to_string(), (table.on_conflict, self.steps.len()));
        self.steps.push(Step::Rows(table.clone(), vec![row]));
    }

    pub fn run(&mut self, statement: Statement) {
        // A row put after a DELETE of its key must stay: it may not join the rows before it.
        self.open.retain(|name, _| !statement.sql.contains(name.as_str()));
        self.steps.push(Step::Statement(statement));
    }

    pub fn count(&mut self, view: &str, counts: &[Count], sign: i64) {
        for count in counts {
            let key = (view.to_owned(), count.area, count.key.to_string());
            *self.rollups.entry(key).or_insert(0) += sign * count.n;
        }
    }

    /// Makes it ready: totals that did not move are left out, and so are rows that the next one of
    /// their key replaces, or that the first one keeps out: one statement may not write a row
    /// twice (PostgreSQL).
    pub fn finish(&mut self) {
        self.rollups.retain(|_, n| *n != 0);
        for step in &mut self.steps {
            if let Step::Rows(table, rows) = step {
                dedupe(table, rows);
            }
        }
    }
}

fn dedupe(table: &Table, rows: &mut Vec<Vec<Value>>) {
    if table.on_conflict == OnConflict::Retry || rows.len() < 2 {
        return;
    }
    let key = |row: &[Value]| -> Vec<Value> { row.iter().take(table.key).cloned().collect() };
    let mut kept: HashMap<Vec<Value>, usize> = HashMap::new();
    for (i, row) in rows.iter().enumerate() {
        let place = kept.entry(key(row)).or_insert(i);
        if table.on_conflict == OnConflict::Replace {
            *place = i;
        }
    }
    let mut i = 0;
    rows.retain(|row| {
        i += 1;
        kept.get(&key(row)) == Some(&(i - 1))
    });
}
