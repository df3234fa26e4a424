//! What a room asks the store to do: one all-or-nothing act, decided by a pure rule on what is
//! known under lock. The rule may be run again when two processes meet; it never has effects.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use record::{Clock, Draft, Id, Record, Refusal, Shelled};

use crate::batch::Ends;
use crate::table::{Put, Statement};

/// A name that may be held once, such as a code or a message id (a keyed hash, never the thing).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// Kind of name, such as `code`.
    pub space: &'static str,
    /// Keyed hash.
    pub key: [u8; 16],
}

/// What is known when a rule decides.
pub struct Known<'a> {
    /// Records of the entities asked for, in order; absent when there are none.
    pub records: &'a HashMap<Id, Vec<Record>>,
    /// Milliseconds since 1970.
    pub now_ms: i64,
}

impl Known<'_> {
    /// The records of an entity, in order.
    #[must_use]
    pub fn of(&self, entity: Id) -> &[Record] {
        self.records.get(&entity).map_or(&[], Vec::as_slice)
    }
}

/// What a rule answers when it says yes. A draft whose kind ends in `.erased` also takes the sealed
/// halves of its entity away.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// Records to append.
    pub drafts: Vec<Draft>,
    /// Rows for drawers.
    pub puts: Vec<Put>,
    /// Statements for drawers.
    pub statements: Vec<Statement>,
    /// Entities (persons) whose held names are let go.
    pub release: Vec<Id>,
}

/// A pure rule: what is known to what is written, or a refusal.
pub type Decide = Box<dyn Fn(&Known) -> Result<Decision, Refusal> + Send + Sync>;

/// One all-or-nothing act.
pub struct Change {
    /// Existing entities to lock and load.
    pub entities: Vec<Id>,
    /// Names to take, each for an entity.
    pub claims: Vec<(Name, Id)>,
    /// Names that must still be held by these entities.
    pub holds: Vec<(Name, Id)>,
    /// The rule.
    pub decide: Decide,
}

impl Change {
    /// An act decided by `decide` on the records of `entities`.
    pub fn on(
        entities: Vec<Id>,
        decide: impl Fn(&Known) -> Result<Decision, Refusal> + Send + Sync + 'static,
    ) -> Change {
        Change { entities, claims: Vec::new(), holds: Vec::new(), decide: Box::new(decide) }
    }

    /// An act that writes what is given, whatever is known.
    #[must_use]
    pub fn writing(decision: Decision) -> Change {
        Change::on(Vec::new(), move |_| Ok(decision.clone()))
    }

    /// The same, taking a name for an entity.
    #[must_use]
    pub fn claiming(mut self, name: Name, entity: Id) -> Change {
        self.claims.push((name, entity));
        self
    }

    /// The same, only while the entity still holds a name.
    #[must_use]
    pub fn while_held(mut self, name: Name, entity: Id) -> Change {
        self.holds.push((name, entity));
        self
    }
}

/// What was durably written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Point in the order of all records after the last of these.
    pub clock: Clock,
    /// How many records.
    pub records: usize,
}

/// Why nothing was written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AppendError {
    /// The rule said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A name is held already, by this entity.
    #[error("the {space} is held by {entity}")]
    Taken {
        /// Kind of name.
        space: &'static str,
        /// Who holds it.
        entity: Id,
    },
    /// A name is no longer held: begin again.
    #[error("what this stood on has gone")]
    Gone,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The database failed; nothing was written.
    #[error("the store failed: {0}")]
    Store(String),
}

/// Work for the writer: an act, or one of the store's own chores.
pub(crate) enum Work {
    Change(Change),
    /// Records of other writers, checked already.
    Admit(Vec<Shelled>),
    /// Fold entities again into a table that is being built.
    Refold(Refold),
    /// Put a built table in the place of the one that serves; a batch of its own.
    Swap(Swap),
    /// Take what was half built away, unless it serves by now.
    Sweep(Sweep),
    /// Statements of the store's own, in one transaction.
    Statements(Vec<Statement>),
}

/// A piece of a rebuild: these entities, from where the table is to where the chains ended.
pub(crate) struct Refold {
    pub noun: &'static str,
    pub target: String,
    pub from: Ends,
    pub to: Ends,
    pub entities: Vec<Id>,
}

/// A rebuild that came to nothing, or so it seems: the answer to its swap may have been lost.
pub(crate) struct Sweep {
    pub noun: String,
    pub building: String,
    pub statements: Vec<Statement>,
}

/// The end of a rebuild. What is late is found under lock.
pub(crate) struct Swap {
    pub refold: Refold,
    /// Queries whose first number says how much differs, run before the statements.
    pub compare: Vec<Statement>,
    /// What puts the table in its place.
    pub statements: Vec<Statement>,
    /// The sum of what the queries said.
    pub apart: Arc<AtomicU64>,
}

impl Work {
    /// Entities to lock and load.
    pub(crate) fn entities(&self) -> Vec<Id> {
        match self {
            Work::Change(change) => change.entities.clone(),
            Work::Admit(records) => records.iter().map(|r| r.record.entity).collect(),
            Work::Refold(_) | Work::Swap(_) | Work::Sweep(_) | Work::Statements(_) => Vec::new(),
        }
    }

    /// Entities to load only: chains do not change below their ends.
    pub(crate) fn reads(&self) -> &[Id] {
        if let Work::Refold(refold) = self { &refold.entities } else { &[] }
    }

    /// Places in chains about which the batch must know.
    pub(crate) fn places(&self) -> impl Iterator<Item = (Id, u64)> {
        let admit = if let Work::Admit(records) = self { Some(records) } else { None };
        admit.into_iter().flatten().map(|r| (r.record.writer, r.record.seq))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &Name> {
        let change = if let Work::Change(change) = self { Some(change) } else { None };
        change.into_iter().flat_map(|c| c.claims.iter().chain(&c.holds).map(|(name, _)| name))
    }
}
