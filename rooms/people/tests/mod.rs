//! Tests of the people of the desk: the rules and folds on records made here, the rest through a
//! house on every database there is. They never lean on the order in which they run.

mod folds;
mod pages;
mod rules;
mod sealed;
mod sessions;
mod texts;

use std::collections::HashMap;
use std::sync::Arc;

use record::{Clock, Draft, Id, Record, Refusal};
use seal::Vault;
use store::{Decision, Known, Plan};
use tempfile::TempDir;

use super::rules::Joining;
use super::views::drawers::drawers;
use super::{NewMember, join, views, who};
use crate::door::{House, HouseParts, Role, Trouble};

/// A passphrase long enough to be taken.
const PASSPHRASE: &str = "nine kites over the harbour";

/// A member by name: the same id wherever it is asked for.
fn id(name: &str) -> Id {
    Id::named("test", name)
}

/// What is known: records written one after the other, a minute apart.
struct Told {
    records: HashMap<Id, Vec<Record>>,
    now_ms: i64,
    seq: u64,
}

impl Told {
    /// Nothing yet, in the morning.
    fn nothing() -> Told {
        Told { records: HashMap::new(), now_ms: testkit::MORNING_MS, seq: 0 }
    }

    /// Rose is steward, Amina operator.
    fn morning() -> Told {
        let mut told = Told::nothing();
        told.joins("Rose", &[Role::Steward]);
        told.joins("Amina", &[Role::Operator]);
        told
    }

    fn known(&self) -> Known<'_> {
        Known { records: &self.records, now_ms: self.now_ms }
    }

    fn joins(&mut self, name: &str, roles: &[Role]) {
        let joined = super::rules::join(&self.known(), &joining(name, roles), None);
        self.happens(joined.expect("the node itself adds members"));
    }

    fn happens(&mut self, decision: Decision) {
        for draft in decision.drafts {
            self.says(draft);
        }
    }

    fn says(&mut self, draft: Draft) {
        self.seq += 1;
        self.now_ms += 60_000;
        let place =
            draft.place(id("writer"), self.seq, [0; 32], Clock::at(self.now_ms), [[0; 16]; 3]);
        self.records.entry(place.record.entity).or_default().push(place.record);
    }
}

fn joining(name: &str, roles: &[Role]) -> Joining {
    Joining {
        id: id(name),
        roles: roles.to_vec(),
        name: name.as_bytes().to_vec(),
        key: vec![1],
        hash: vec![2],
    }
}

/// The code of a refusal; what was decided is shown when there was none.
fn refused(outcome: Result<Decision, Refusal>) -> &'static str {
    match outcome {
        Err(refusal) => refusal.code,
        Ok(decision) => panic!("not refused: {:?}", kinds(&decision)),
    }
}

fn kinds(decision: &Decision) -> Vec<&'static str> {
    decision.drafts.iter().map(|draft| draft.kind).collect()
}

fn code(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Refused(refusal) => refusal.code,
        Trouble::NotFound => "not-found",
        Trouble::Broken(what) => panic!("broken: {what}"),
    }
}

/// A house of this room alone, with a clock that tests move.
struct Home {
    house: House,
    clock: testkit::Clock,
    _folder: Option<TempDir>,
}

/// One house a database, each with its name.
async fn homes() -> Vec<(&'static str, Home)> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut homes = Vec::new();
    for (name, database) in testkit::databases(folder.path()) {
        let clock = testkit::Clock::default();
        let plan = Plan { views: views(), drawers: drawers() };
        let store = testkit::open(&database, plan, &clock, 1).await.expect("a store opens");
        let house = House::new(HouseParts {
            store,
            vault: Vault::fresh(),
            texts: Box::leak(Box::new(texts::all())),
            data: folder.path().to_path_buf(),
            who: Arc::new(who),
        });
        homes.push((name, Home { house, clock, _folder: None }));
    }
    if let Some((_, first)) = homes.first_mut() {
        first._folder = Some(folder);
    }
    homes
}

impl Home {
    /// A member with [`PASSPHRASE`].
    async fn joins(&self, name: &str, roles: &[Role]) -> Id {
        let new = NewMember {
            name: name.to_owned(),
            passphrase: PASSPHRASE.to_owned(),
            roles: roles.to_vec(),
        };
        join(&self.house, new, None).await.expect("the node itself adds members")
    }

    async fn signs_in(&self, name: &str, passphrase: &str) -> Result<String, &'static str> {
        super::sign_in(&self.house, name, passphrase).await.map_err(|trouble| code(&trouble))
    }

    /// The name a session belongs to.
    async fn name_of(&self, token: &str) -> Option<String> {
        self.house.who(token.to_owned()).await.map(|member| member.name)
    }
}
