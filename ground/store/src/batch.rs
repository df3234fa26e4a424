//! The pure middle of a batch: what is loaded and what is asked to what is written. No database,
//! no clock, no chance of its own: both engines run this same code between load and commit.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use record::{CLOCK_AHEAD_MS_MAX, Clock, Hash, Head, Id, Record, SALT_BYTES, Shelled, Signer};

use crate::Value;
use crate::change::{AppendError, Change, Committed, Known, Name, Refold, Sweep, Work};
use crate::schema::{CLAIMS, HEADS, RECORDS};
use crate::table::{Plan, Statement, Table};
use crate::writes::Writes;

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

/// How far each writer's chain goes, at one moment.
pub(crate) type Ends = BTreeMap<Id, u64>;

/// What was read under lock.
#[derive(Default)]
pub(crate) struct Loaded {
    pub records: HashMap<Id, Vec<Record>>,
    pub names: HashMap<Name, Id>,
    /// Which table serves each noun.
    pub serving: HashMap<String, String>,
    /// Places in chains that are to be admitted and are filled already: the entry's hash, and
    /// whether the record is parked.
    pub places: HashMap<(Id, u64), (Hash, bool)>,
    /// For a swap: where the chains end, and the entities that must be folded once more.
    pub ends: Ends,
    pub late: Vec<Id>,
    /// Views are being rebuilt from chains that only grow at their ends: nothing may be admitted.
    pub rebuilding: bool,
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
    writes.finish();
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
            Work::Admit(records) => self.admit(records),
            Work::Refold(refold) => Ok(self.refold(refold, &refold.to, &refold.entities)),
            Work::Swap(swap) => {
                let (ends, mut late) = (self.loaded.ends.clone(), self.loaded.late.clone());
                // What several chains speak of is found once in each, and folded once.
                late.sort_unstable();
                late.dedup();
                Ok(self.refold(&swap.refold, &ends, &late))
            }
            Work::Sweep(sweep) if self.loaded.serving.get(&sweep.noun) == Some(&sweep.building) => {
                Ok(self.committed(0))
            }
            Work::Sweep(Sweep { statements, .. }) | Work::Statements(statements) => {
                statements.iter().cloned().for_each(|s| self.writes.run(s));
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
            let sql = "DELETE FROM claims WHERE entity = $1";
            self.writes.run(Statement::new(sql, vec![(*person).into()]));
        }
        for put in decision.puts {
            self.writes.put(&put.table, put.row);
        }
        decision.statements.into_iter().for_each(|s| self.writes.run(s));
        let count = decision.drafts.len();
        self.catch_up(&change.entities);
        for draft in decision.drafts {
            self.chain.clock = self.chain.clock.tick(self.now_ms);
            let mut salts = [[0; SALT_BYTES]; 3];
            salts.iter_mut().for_each(|salt| self.salts.fill(salt));
            let writer = self.chain.signer.writer();
            let (seq, before) = (self.chain.seq + 1, self.chain.hash);
            let shelled = draft.place(writer, seq, before, self.chain.clock, salts);
            self.chain.seq = seq;
            self.chain.hash = shelled.hash;
            self.append(shelled, false);
        }
        Ok(self.committed(count))
    }

    /// Moves the clock to where these entities' last records stand, written perhaps by a process
    /// whose clock is ahead: what is said after something was read stands after it.
    fn catch_up(&mut self, entities: &[Id]) {
        let last = |id: &Id| self.loaded.records.get(id)?.last().map(|record| record.clock);
        let last = entities.iter().filter_map(last).max();
        if let Some(last) = last.filter(|last| last.ms() <= self.now_ms + CLOCK_AHEAD_MS_MAX) {
            self.chain.clock = self.chain.clock.max(last);
        }
    }

    fn admit(&mut self, records: &[Shelled]) -> Result<Committed, AppendError> {
        if self.loaded.rebuilding {
            return Err(AppendError::Store("views are being rebuilt: try again later".to_owned()));
        }
        let mut count = 0;
        for shelled in records {
            let record = &shelled.record;
            let parked = record.clock.ms() > self.now_ms + CLOCK_AHEAD_MS_MAX;
            let place = (record.writer, record.seq);
            let known = self.loaded.places.insert(place, (shelled.hash, parked));
            match known {
                None => self.append(shelled.clone(), parked),
                Some((hash, true)) if hash == shelled.hash && !parked => {
                    self.unpark(shelled.clone());
                }
                Some(known) => {
                    // Whatever came first stays: a chain that forks is told by `verify` there.
                    self.loaded.places.insert(place, known);
                    if known.0 != shelled.hash {
                        tracing::warn!(writer = %place.0, seq = place.1, "another record was sent");
                    }
                    continue;
                }
            }
            if !parked {
                self.chain.clock = self.chain.clock.max(record.clock);
            }
            count += 1;
        }
        Ok(self.committed(count))
    }

    /// Lets a parked record take its place, now that its time has come.
    fn unpark(&mut self, mut shelled: Shelled) {
        self.take_in(&mut shelled);
        let place = vec![shelled.record.writer.into(), seq_value(shelled.record.seq)];
        let sql = if shelled.sealed.is_some() {
            "UPDATE records SET parked = FALSE WHERE writer = $1 AND seq = $2"
        } else {
            "UPDATE records SET parked = FALSE, sealed = NULL WHERE writer = $1 AND seq = $2"
        };
        self.writes.run(Statement::new(sql, place));
    }

    /// Writes one record and lets the batch know it.
    fn append(&mut self, mut shelled: Shelled, parked: bool) {
        if !parked {
            self.take_in(&mut shelled);
        }
        self.writes.put(&RECORDS, row_of(&shelled, parked));
    }

    /// Puts a record among those of its entity, to be folded.
    fn take_in(&mut self, shelled: &mut Shelled) {
        let entity = shelled.record.entity;
        let known = self.loaded.records.entry(entity).or_default();
        if shelled.record.kind.ends_with(ERASED) {
            self.writes.forget.insert(entity);
        } else if known.iter().any(|r| r.kind.ends_with(ERASED)) {
            // A record of a forgotten entity that arrives late is forgotten on arrival.
            shelled.sealed = None;
            shelled.record.sealed = None;
        }
        self.before.entry(entity).or_insert_with(|| known.clone());
        let place = known.partition_point(|r| r.order() < shelled.record.order());
        known.insert(place, shelled.record.clone());
    }

    fn fold_touched(&mut self) {
        let before = std::mem::take(&mut self.before);
        for (entity, old) in before {
            let new = self.loaded.records.get(&entity).cloned().unwrap_or_default();
            let Some(view) = new.first().and_then(|r| self.plan.view_of(&r.kind)) else {
                continue;
            };
            let name = view.table.name.as_ref();
            // While a table of another version serves, this one is being built from the log, and
            // takes this in from there.
            if self.loaded.serving.get(view.noun).is_some_and(|serving| serving != name) {
                continue;
            }
            if !old.is_empty() {
                self.writes.count(name, &(view.fold)(entity, &old).counts, -1);
            }
            let new = (view.fold)(entity, &new);
            self.writes.count(name, &new.counts, 1);
            self.writes.put(&view.table, new.row);
        }
    }

    /// Brings entities in a table being built from where it was to where the chains end: what they
    /// gave to the totals then is taken out, what they give now is put in.
    fn refold(&mut self, refold: &Refold, to: &Ends, entities: &[Id]) -> Committed {
        let Some(view) = self.plan.views.iter().find(|v| v.noun == refold.noun) else {
            return self.committed(0);
        };
        let table = Table { name: refold.target.clone().into(), ..view.table.clone() };
        let mut count = 0;
        for entity in entities {
            let records = self.loaded.records.get(entity).map_or(&[][..], Vec::as_slice);
            let of = records.first().and_then(|r| self.plan.view_of(&r.kind));
            if of.is_none_or(|of| of.noun != refold.noun) {
                continue;
            }
            let old = until(records, &refold.from);
            let new = until(records, to);
            if new.is_empty() {
                continue;
            }
            let folded = (view.fold)(*entity, &new);
            self.writes.count(&refold.target, &folded.counts, 1);
            if !old.is_empty() {
                self.writes.count(&refold.target, &(view.fold)(*entity, &old).counts, -1);
            }
            self.writes.put(&table, folded.row);
            count += new.len().saturating_sub(old.len());
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

/// The records that stood in the chains when these were their ends.
fn until<'a>(records: &'a [Record], ends: &Ends) -> Cow<'a, [Record]> {
    let there = |r: &&Record| ends.get(&r.writer).is_some_and(|end| r.seq <= *end);
    if records.iter().all(|r| there(&r)) {
        return Cow::Borrowed(records);
    }
    Cow::Owned(records.iter().filter(there).cloned().collect())
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use record::{Draft, HASH_BYTES, Payload};

    use super::*;
    use crate::change::Swap;
    use crate::table::{Column, Count, Folded, OnConflict, View};

    #[derive(minicbor::Encode, minicbor::Decode)]
    struct Rung {}
    impl Payload for Rung {
        const KIND: &'static str = "bell.rung";
    }

    fn rung(bell: Id, chain: u8) -> Record {
        let writer = Signer::from_seed(&[chain; 32]).writer();
        let salts = [[0; SALT_BYTES]; 3];
        Draft::new(bell, &Rung {}).place(writer, 1, [0; HASH_BYTES], Clock::at(1), salts).record
    }

    fn bells() -> Plan {
        let table = Table {
            name: "bells_1".into(),
            key: 1,
            columns: &[("id", Column::Bytes)],
            on_conflict: OnConflict::Replace,
        };
        let fold = |id: Id, records: &[Record]| Folded {
            row: vec![id.into()],
            counts: vec![Count {
                area: Id::NONE,
                key: "rung".into(),
                n: i64::try_from(records.len()).unwrap_or(0),
            }],
        };
        Plan { views: vec![View { noun: "bell", table, sql: "", fold }], drawers: Vec::new() }
    }

    /// Two chains speak of one bell while its table waits to be put in place: both find it late.
    #[test]
    fn what_two_chains_speak_of_is_folded_once_when_a_table_is_put_in_place() {
        let bell = Id::named("test", "bell");
        let records = vec![rung(bell, 1), rung(bell, 2)];
        let loaded = Loaded {
            ends: records.iter().map(|record| (record.writer, 1)).collect(),
            late: vec![bell, bell],
            records: HashMap::from([(bell, records)]),
            ..Loaded::default()
        };
        let refold = Refold {
            noun: "bell",
            target: "bells_1_next".to_owned(),
            from: Ends::new(),
            to: Ends::new(),
            entities: Vec::new(),
        };
        let swap = Swap { refold, compare: vec![], statements: vec![], apart: Arc::default() };
        let signer = Signer::from_seed(&[3; 32]);
        let chain = Chain { signer, seq: 0, hash: [0; HASH_BYTES], clock: Clock(0) };
        let works = [Work::Swap(swap)];
        let done = assemble(&bells(), &chain, loaded, &works, 0, &[0; 32]);
        assert_eq!(done.writes.rollups.values().sum::<i64>(), 2, "each ringing counts once");
    }
}
