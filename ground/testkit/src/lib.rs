//! A whole store for tests: a clock that stands still until it is moved, seeded keys, both
//! databases. It knows no room, and is never part of the program.

#![expect(clippy::panic, reason = "a test that cannot be set up is a failing test")]

pub mod postgres;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use record::Signer;
use store::{Database, Now, Opening, Plan, Store, StoreError};

/// The moment tests begin: 22 November 2026, 08:00 UTC.
pub const MORNING_MS: i64 = 1_795_334_400_000;

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Default for Clock {
    fn default() -> Clock {
        Clock(Arc::new(AtomicI64::new(MORNING_MS)))
    }
}

impl Clock {
    /// The clock as the store takes it.
    #[must_use]
    pub fn now(&self) -> Now {
        let clock = self.0.clone();
        Arc::new(move || clock.load(Ordering::SeqCst))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Moves it on (or back, with a negative number).
    pub fn pass_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

/// The databases tests run on: the embedded one, and PostgreSQL where its server programs are. In
/// CI a missing PostgreSQL is a failure, not a shorter list.
///
/// # Panics
/// In CI, when there is no PostgreSQL.
#[must_use]
pub fn databases(folder: &Path) -> Vec<(&'static str, Database)> {
    let mut databases = vec![("SQLite", Database::Sqlite(folder.join("test.sqlite")))];
    match postgres::url() {
        Some(url) => {
            let fresh = postgres::fresh_database(&url);
            databases.push(("PostgreSQL", Database::Postgres(fresh.unwrap_or_else(no_database))));
        }
        None => assert!(std::env::var_os("CI").is_none(), "CI has no PostgreSQL server programs"),
    }
    databases
}

fn no_database(error: std::io::Error) -> String {
    panic!("a fresh PostgreSQL database could not be made: {error}")
}

/// Opens a store as the writer grown from `seed`, vouched for by the test node.
///
/// # Errors
/// When the database fails.
pub async fn open(
    database: &Database,
    plan: Plan,
    clock: &Clock,
    seed: u8,
) -> Result<Store, StoreError> {
    let (node, signer) = (Signer::from_seed(&[200; 32]), Signer::from_seed(&[seed; 32]));
    Store::open(Opening {
        database: database.clone(),
        plan,
        delegation: node.delegate(signer.public(), clock.ms()),
        signer,
        node: node.public(),
        now: clock.now(),
    })
    .await
}
