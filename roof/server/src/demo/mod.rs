//! The demo city: a fictional port after a flood, told by a hundred voices in six languages over
//! three weeks, with what was decided, kept and not kept, so that every page has something true to
//! show. All is done through the rooms' own acts at the hours at which it would have happened. It
//! never shows a real place, person or number, and never seeds a node that has a name.

pub mod city;
mod civic;
mod people;
mod story;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use record::DAY_MS;
use rooms::voices::alarms;
use store::Now;

use crate::cli::Refused;
use crate::commands::explain;
use crate::node::{Node, wall_ms};
use crate::simulator::Phones;

/// The name the demo's steward signs in with.
pub const STEWARD: &str = "mirlande";
/// The passphrase of every member of the demo.
pub const PASSPHRASE: &str = "demo city only";
/// The number of the demo city itself; no country has this prefix.
pub const SMS_NUMBER: &str = "+99900100";
/// The number that is called when danger to life stays unread.
pub const ON_CALL: &str = "+99900500000";

/// How many days before now the members of the desk began.
const DAYS_BEFORE: i64 = 21;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// The demo's clock: it stands where the story is while the city is made, and is the machine's
/// clock before and after. What it shows only grows while the story is told.
#[derive(Clone, Default)]
pub struct DemoClock(Arc<AtomicI64>);

impl DemoClock {
    /// The time, for opening a node.
    #[must_use]
    pub fn now(&self) -> Now {
        let held = self.0.clone();
        Arc::new(move || match held.load(Ordering::SeqCst) {
            0 => wall_ms(),
            at => at,
        })
    }

    /// Goes to a moment; an earlier one changes nothing.
    fn go(&self, at_ms: i64) {
        self.0.fetch_max(at_ms, Ordering::SeqCst);
    }

    /// From now on the machine's own clock.
    fn let_go(&self) {
        self.0.store(0, Ordering::SeqCst);
    }
}

/// Makes the demo city, once.
///
/// # Errors
/// When a city that is no demo is there already: with the simulator, anybody could write to it
/// under any number, and what waits for real phones would be thrown away. When the story's files
/// are wrong or the store fails.
pub async fn seed(node: &Node, clock: &DemoClock, phones: &Phones) -> anyhow::Result<()> {
    let house = &node.house;
    let city = house.city();
    if city.demo {
        return Ok(());
    }
    if !city.name.is_empty() || rooms::people::has_steward(house).await? {
        return Err(Refused(format!(
            "in {} lives a real city{}{}, which the demo would spoil: \
             open it with `baraza serve`, or give the demo another folder with --data",
            node.data.display(),
            if city.name.is_empty() { "" } else { ", " },
            city.name
        ))
        .into());
    }
    let now_ms = wall_ms();
    let today_ms = now_ms - now_ms.rem_euclid(DAY_MS);
    clock.go(today_ms - DAYS_BEFORE * DAY_MS + 8 * HOUR_MS);
    let told = async {
        let cast = people::found(house, clock).await?;
        alarms::set_on_call(house, ON_CALL).await?;
        let story = story::read().map_err(rooms::door::Trouble::broken)?;
        let civic = civic::read().map_err(rooms::door::Trouble::broken)?;
        story::tell(house, (&story, &civic), &cast, (clock, phones), now_ms).await
    };
    let told = told.await.map_err(|trouble| explain(house, &trouble));
    clock.let_go();
    told
}
