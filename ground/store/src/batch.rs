//! The pure middle of a batch: what is loaded and what is asked to what is written. No database,
//! no clock, no chance of its own: both engines run this same code between load and commit.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use record::{CLOCK_AHEAD_MS_MAX, Clock, Hash, Head, Id, Record, SALT_BYTES, Shelled, Signer};

use crate::Value;
use crate::change::{AppendError, Change, Committed, Known, Name, Work};
use crate::schema::{CLAIMS, HEADS, RECORDS};
use crate::table::{Count, OnConflict, Plan, Statement, Table, View};

/// Kinds that end in this take the sealed halves of their entity away.
pub(crate) const ERASED: &str = ".erased";

/// A writer's chain as far as it is durable.
#[derive(Clone)]
pub(crate) struct Chain {
    pub signer: Signer,
    pub seq: u64,
    pub hash: Hash,
    pub clock: Clock,
}

/// What was read under lock.
#[derive(Default)]
pub(crate) struct Loaded {
    pub records: HashMap<Id, Vec<Record>>,
    pub names: HashMap<Name, Id>,
    /// Views being built beside the serving ones: noun to table name.
    pub building: HashMap<String, String>,
    /// Entities already in a table being built.
    pub present: HashSet<Id>,
}

/// Rows for one table.
type Rows = (Table, Vec<Vec<Value>>);

/// What is to be written in one transaction.
#[derive(Default)]
pub(crate) struct Writes {
    pub puts: BTreeMap<(String, u8), Rows>,
    pub rollups: BTreeMap<(String, Id, String), i64>,
    pub statements: Vec<Statement>,
    pub forget: BTreeSet<Id>,
    pub release: BTreeSet<Id>,
}

impl Writes {
    pub fn is_empty(&self) -> bool {
        self.puts.is_empty()
            && self.rollups.is_empty()
            && self.statements.is_empty()
            && self.forget.is_empty()
            && self.release.is_empty()
    }

    fn put(&mut self, table: &Table, row: Vec<Value>) {
        let key = (table.name.to_string(), table.on_conflict as u8);
        self.puts.entry(key).or_insert_with(|| (table.clone(), Vec::new())).1.push(row);
    }

    fn count(&mut self, view: &str, counts: &[Count], sign: i64) {
        for count in counts {
            let key = (view.to_owned(), count.area, count.key.to_string());
            *self.rollups.entry(key).or_insert(0) += sign * count.n;
        }
    }
}

/// The outcome of a batch.
pub(crate) struct Assembled {
    pub writes: Writes,
    pub chain: Chain,
    pub outcomes: Vec<Result<Committed, AppendError>>,
}

/// Decides every piece of work in turn, each seeing what those before it wrote; chains, folds and
/// signs what came of it.
pub(crate) fn assemble(
    plan: &Plan,
    chain: &Chain,
    loaded: Loaded,
    works: &[Work],
    now_ms: i64,
    seed: &[u8; 32],
) -> Assembled {
    let mut batch = Batch {
        plan,
        chain: chain.clone(),
        writes: Writes::default(),
        before: HashMap::new(),
        loaded,
        now_ms,
        salts: blake3::Hasher::new_keyed(seed).finalize_xof(),
    };
    let outcomes = works.iter().map(|work| batch.run(work)).collect();
    batch.fold_touched();
    batch.sign(chain.seq);
    let mut writes = batch.writes;
    writes.rollups.retain(|_, n| *n != 0);
    dedupe(&mut writes);
    Assembled { writes, chain: batch.chain, outcomes }
}

struct Batch<'a> {
    plan: &'a Plan,
    chain: Chain,
    writes: Writes,
    /// Records of touched entities as they were when the batch began.
    before: HashMap<Id, Vec<Record>>,
    loaded: Loaded,
    now_ms: i64,
    salts: blake3::OutputReader,
}

impl Batch<'_> {
    fn run(&mut self, work: &Work) -> Result<Committed, AppendError> {
        match work {
            Work::Change(change) => self.change(change),
            Work::Admit(records) => Ok(self.admit(records)),
            Work::Refold { noun, entities } => Ok(self.refold(noun, entities)),
            Work::Statements(statements) => {
                self.writes.statements.extend(statements.iter().cloned());
                Ok(self.committed(0))
            }
        }
    }

    fn committed(&self, records: usize) -> Committed {
        Committed { clock: self.chain.clock, records }
    }

    fn change(&mut self, change: &Change) -> Result<Committed, AppendError> {
        for (name, entity) in &change.holds {
            if self.loaded.names.get(name) != Some(entity) {
                return Err(AppendError::Gone);
            }
        }
        for (name, _) in &change.claims {
            if let Some(holder) = self.loaded.names.get(name) {
                return Err(AppendError::Taken { space: name.space, entity: *holder });
            }
        }
        let known = Known { records: &self.loaded.records, now_ms: self.now_ms };
        let decision = (change.decide)(&known)?;
        for (name, entity) in &change.claims {
            self.loaded.names.insert(name.clone(), *entity);
            let row = vec![name.key.into(), name.space.into(), (*entity).into()];
            self.writes.put(&CLAIMS, row);
        }
        for person in &decision.release {
            self.loaded.names.retain(|_, holder| holder != person);
            self.writes.release.insert(*person);
        }
        for put in decision.puts {
            self.writes.put(&put.table, put.row);
        }
        self.writes.statements.extend(decision.statements);
        let count = decision.drafts.len();
        for draft in decision.drafts {
            self.chain.clock = self.chain.clock.tick(self.now_ms);
            let mut salts = [[0; SALT_BYTES]; 3];
            salts.iter_mut().for_each(|salt| self.salts.fill(salt));
            let writer = self.chain.signer.writer();
            let (seq, before) = (self.chain.seq + 1, self.chain.hash);
            let shelled = draft.place(writer, seq, before, self.chain.clock, salts);
            self.chain.seq = seq;
            self.chain.hash = shelled.hash;
            self.append(shelled, &RECORDS, false);
        }
        Ok(self.committed(count))
    }

    fn admit(&mut self, records: &[Shelled]) -> Committed {
        let table = Table { on_conflict: OnConflict::Replace, ..RECORDS };
        let mut count = 0;
        for shelled in records {
            let record = &shelled.record;
            let known = self.loaded.records.get(&record.entity).map_or(&[][..], Vec::as_slice);
            if known.iter().any(|k| k.writer == record.writer && k.seq == record.seq) {
                continue;
            }
            let parked = record.clock.ms() > self.now_ms + CLOCK_AHEAD_MS_MAX;
            if !parked {
                self.chain.clock = self.chain.clock.max(record.clock);
            }
            self.append(shelled.clone(), &table, parked);
            count += 1;
        }
        self.committed(count)
    }

    /// Writes one record and lets the batch know it.
    fn append(&mut self, mut shelled: Shelled, table: &Table, parked: bool) {
        let entity = shelled.record.entity;
        let known = self.loaded.records.entry(entity).or_default();
        if shelled.record.kind.ends_with(ERASED) && !parked {
            self.writes.forget.insert(entity);
        } else if known.iter().any(|r| r.kind.ends_with(ERASED)) {
            // A record of a forgotten entity that arrives late is forgotten on arrival.
            shelled.sealed = None;
            shelled.record.sealed = None;
        }
        if !parked {
            self.before.entry(entity).or_insert_with(|| known.clone());
            let place = known.partition_point(|r| r.order() < shelled.record.order());
            known.insert(place, shelled.record.clone());
        }
        self.writes.put(table, row_of(&shelled, parked));
    }

    fn fold_touched(&mut self) {
        let before = std::mem::take(&mut self.before);
        for (entity, old) in before {
            let new = self.loaded.records.get(&entity).cloned().unwrap_or_default();
            let Some(view) = new.first().and_then(|r| self.plan.view_of(&r.kind)) else {
                continue;
            };
            let old = (!old.is_empty()).then(|| (view.fold)(entity, &old));
            let new = (view.fold)(entity, &new);
            let name = view.table.name.as_ref();
            let building = self.loaded.building.get(view.noun).cloned();
            // A view of a new version is served from the very table that is being built.
            if building.as_deref() != Some(name) {
                self.writes.count(name, &new.counts, 1);
                if let Some(old) = &old {
                    self.writes.count(name, &old.counts, -1);
                }
                self.writes.put(&view.table, new.row.clone());
            }
            if let Some(building) = building {
                self.writes.count(&building, &new.counts, 1);
                if let Some(old) = old.filter(|_| self.loaded.present.contains(&entity)) {
                    self.writes.count(&building, &old.counts, -1);
                }
                self.writes.put(&renamed(view, &building), new.row);
                self.loaded.present.insert(entity);
            }
        }
    }

    /// Puts entities into a table being built, unless a live change has put them there already.
    fn refold(&mut self, noun: &str, entities: &[Id]) -> Committed {
        let building = self.loaded.building.get(noun).cloned();
        let view = self.plan.views.iter().find(|v| v.noun == noun);
        let (Some(building), Some(view)) = (building, view) else { return self.committed(0) };
        let table = renamed(view, &building);
        let mut count = 0;
        for entity in entities {
            // A change in this same batch puts the entity there itself, when the batch folds.
            if self.loaded.present.contains(entity) || self.before.contains_key(entity) {
                continue;
            }
            let records = self.loaded.records.get(entity).map_or(&[][..], Vec::as_slice);
            if records.first().is_some_and(|r| r.kind.split('.').next() == Some(noun)) {
                let folded = (view.fold)(*entity, records);
                self.writes.count(&building, &folded.counts, 1);
                self.writes.put(&table, folded.row);
                self.loaded.present.insert(*entity);
                count += records.len();
            }
        }
        self.committed(count)
    }

    fn sign(&mut self, began_at: u64) {
        if self.chain.seq == began_at {
            return;
        }
        let writer = self.chain.signer.writer();
        let head = Head { writer, seq: self.chain.seq, hash: self.chain.hash };
        let signature = self.chain.signer.sign_head(&head);
        let row = vec![writer.into(), seq_value(head.seq), head.hash.into(), signature.into()];
        self.writes.put(&HEADS, row);
    }
}

fn renamed(view: &View, name: &str) -> Table {
    Table { name: name.to_owned().into(), ..view.table.clone() }
}

pub(crate) fn seq_value(seq: u64) -> Value {
    Value::Int(i64::try_from(seq).unwrap_or(i64::MAX))
}

fn row_of(shelled: &Shelled, parked: bool) -> Vec<Value> {
    let record = &shelled.record;
    vec![
        record.writer.into(),
        seq_value(record.seq),
        record.entity.into(),
        record.clock.0.into(),
        record.kind.clone().into(),
        shelled.hash.into(),
        shelled.entry.clone().into(),
        shelled.envelope.clone().into(),
        shelled.plain.clone().into(),
        shelled.sealed.clone().into(),
        parked.into(),
    ]
}

/// Keeps the last row of each key: one statement may not write a row twice (PostgreSQL).
fn dedupe(writes: &mut Writes) {
    for (table, rows) in writes.puts.values_mut() {
        if table.on_conflict == OnConflict::Retry || rows.len() < 2 {
            continue;
        }
        let mut last: HashMap<Vec<Value>, usize> = HashMap::new();
        for (i, row) in rows.iter().enumerate() {
            last.insert(row.iter().take(table.key).cloned().collect(), i);
        }
        let mut i = 0;
        rows.retain(|row| {
            let key: Vec<Value> = row.iter().take(table.key).cloned().collect();
            i += 1;
            last.get(&key) == Some(&(i - 1))
        });
    }
}
