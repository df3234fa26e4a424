//! What this room reads: the way of a voice, and the public counts as they were frozen. The one
//! thing it writes is the day's frozen counts, made from totals that stay as they are.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use record::{DAY_MS, Id, Payload, day_of};
use store::{AppendError, Change, Decision, Name, Put, Statement, StoreError};

use super::rules::counts::{MEDIAN, public_figures};
use super::rules::way::{Along, Moments, Trace, way};
use crate::door::House;
use crate::needs::{self, Need};
use crate::places::{self, BodyNames};
use crate::voices::queries::{Answer, answers};
use crate::voices::{PUBLIC_COUNTS, Voice, VoiceConfirmed};
use crate::{actions, decisions, funds, resources};

/// How many days of frozen counts are kept.
pub const DAYS_KEPT: i64 = 40;

const MINUTE_MS: i64 = 60_000;
const NEWEST_DAY: &str = "SELECT MAX(day) FROM public_counts";
const OF_DAY: &str = "SELECT area, key, n FROM public_counts WHERE day = $1 ORDER BY area, key";
const OUT_OF_TIME: &str = "DELETE FROM public_counts WHERE day <= $1 OR day > $2";

/// The public counts of one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frozen {
    /// The day, in days since 1970 as the city counts them; none before the first freeze.
    pub day: Option<i64>,
    figures: HashMap<Id, BTreeMap<String, i64>>,
}

impl Frozen {
    /// The figure of a key: at least so many; nought for fewer than five.
    #[must_use]
    pub fn figure(&self, area: Id, key: &str) -> i64 {
        self.figures.get(&area).and_then(|all| all.get(key)).copied().unwrap_or(0)
    }

    /// The figures of all keys that begin with `prefix`, the largest first, without the prefix.
    #[must_use]
    pub fn split(&self, area: Id, prefix: &str) -> Vec<(&str, i64)> {
        let all = self.figures.get(&area).into_iter().flatten();
        let mut found: Vec<(&str, i64)> =
            all.filter_map(|(key, n)| Some((key.strip_prefix(prefix)?, *n))).collect();
        found.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        found
    }

    /// The class of the middle answer's delay, if enough were answered.
    #[must_use]
    pub fn median_class(&self, area: Id) -> Option<usize> {
        let class = self.figures.get(&area)?.get(MEDIAN)?;
        usize::try_from(*class).ok()
    }

    /// Every figure: area, key and number, in order; the middle delays are no figures.
    #[must_use]
    pub fn all(&self) -> Vec<(Id, &str, i64)> {
        let mut all: Vec<(Id, &str, i64)> = self
            .figures
            .iter()
            .flat_map(|(area, keys)| keys.iter().map(|(key, n)| (*area, key.as_str(), *n)))
            .filter(|(_, key, _)| *key != MEDIAN)
            .collect();
        all.sort_unstable();
        all
    }
}

/// The newest frozen counts. A day's figures never change, so they are read once and kept.
///
/// # Errors
/// When the store fails.
pub async fn frozen(house: &House) -> Result<Arc<Frozen>, StoreError> {
    let newest = house.store().read_one(NEWEST_DAY, vec![]).await?.and_then(|row| row.opt_int(0));
    let kept = house.kept::<Frozen>();
    if let Some(kept) = kept.filter(|kept| kept.day == newest) {
        return Ok(kept);
    }
    let Some(day) = newest else { return Ok(Arc::default()) };
    let mut frozen = Frozen { day: Some(day), ..Frozen::default() };
    for row in house.store().read(OF_DAY, vec![day.into()]).await? {
        frozen.figures.entry(row.id(0)).or_default().insert(row.text(1), row.int(2));
    }
    house.keep(frozen.clone());
    Ok(Arc::new(frozen))
}

/// Freezes today's public counts, if that has not been done: floored, safe against one another, all
/// in one transaction. Called at start and every hour; the first process of the day does it.
///
/// # Errors
/// When the store fails; nothing was written then.
pub async fn freeze(house: &House) -> Result<(), StoreError> {
    let local_ms = house.now_ms() + house.city().offset_minutes * MINUTE_MS;
    let today = local_ms.div_euclid(DAY_MS);
    let newest = house.store().read_one(NEWEST_DAY, vec![]).await?.and_then(|row| row.opt_int(0));
    // The city may have moved its clock back by some hours: then tomorrow is frozen already.
    if newest.is_some_and(|day| day == today || day == today + 1) {
        return Ok(());
    }
    let atlas = places::atlas(house);
    let areas: Vec<Id> = atlas.areas().iter().map(|area| area.id).collect();
    let totals = house.store().totals("voice", "").await?;
    // What is counted under a need's id is no figure of an area.
    let of_areas = totals.iter().filter(|total| !total.key.starts_with("need/"));
    let figures =
        public_figures(of_areas.map(|total| (total.area, total.key.as_str(), total.n)), &areas);
    let puts = figures.into_iter().map(|figure| Put {
        table: PUBLIC_COUNTS,
        row: vec![today.into(), figure.area.into(), figure.key.into(), figure.n.into()],
    });
    let decision = Decision {
        puts: puts.collect(),
        // Days further ahead come from a machine's clock that was wrong.
        statements: vec![Statement::new(
            OUT_OF_TIME,
            vec![(today - DAYS_KEPT).into(), (today + 1).into()],
        )],
        ..Decision::default()
    };
    // Two processes that count at the same moment may count differently: one of them speaks.
    let key = house.vault().keyed("frozen", &today.to_be_bytes());
    let change = Change::writing(decision)
        .claiming(Name { space: "frozen", key }, Id::fresh(house.now_ms()));
    match house.store().append(change).await {
        Ok(_) | Err(AppendError::Taken { .. }) => Ok(()),
        Err(error) => Err(StoreError::Engine(error.to_string())),
    }
}

/// The way of a voice, and the answers it was given.
///
/// # Errors
/// When the store fails.
pub(crate) async fn walked(
    house: &House,
    voice: &Voice,
) -> Result<(Trace, Vec<Answer>), StoreError> {
    let mut at = Moments { now_ms: house.now_ms(), ..Moments::default() };
    let along = along_with(house, voice).await?;
    // Only what the row says was answered is looked up: behind a report's code there is nothing.
    if voice.answered_ms.is_none() {
        return Ok((way(voice, along.as_ref(), &at), Vec::new()));
    }
    let given = answers(house, voice.id).await?;
    at.answered_ms = given.last().map(|answer| answer.at_ms);
    let records = house.store().records_of(voice.id).await?;
    let confirmed = records.iter().rev().find(|r| r.kind == VoiceConfirmed::KIND);
    at.confirmed_ms = confirmed.map(|record| record.clock.ms());
    Ok((way(voice, along.as_ref(), &at), given))
}

/// What became of the need a voice belongs to, if it belongs to one.
async fn along_with(house: &House, voice: &Voice) -> Result<Option<Along>, StoreError> {
    let Some(id) = voice.need else { return Ok(None) };
    let Some(need) = needs::need(house, id).await? else { return Ok(None) };
    let day = day_of(voice.grouped_ms.unwrap_or(need.stated_ms));
    let along = along(house, &need).await?;
    // What is not shown on the street has no page to lead to.
    let number = if need.published { along.number } else { 0 };
    Ok(Some(Along { day, number, ..along }))
}

/// What became of a need.
///
/// # Errors
/// When the store fails.
pub(crate) async fn along(house: &House, need: &Need) -> Result<Along, StoreError> {
    let decision = match need.decision {
        Some(id) => decisions::decision(house, id).await?,
        None => None,
    };
    let assembly = match need.assembly {
        Some(id) => decisions::assemblies::assembly(house, id).await?,
        None => None,
    };
    let tasks = actions::tasks_of_need(house, need.id).await?;
    let again = tasks.iter().find(|task| task.kind == actions::COMMITTEE && task.is_open());
    let task = again.or_else(|| tasks.iter().find(|task| need.task == Some(task.id)));
    let task = task.or(tasks.first());
    let requests = resources::requests_of_need(house, need.id).await?;
    let request = requests.iter().max_by_key(|known| (known.open, known.asked_ms));
    let body_of = |id: Option<Id>| name_of_body(house, id?);
    let called = assembly.as_ref().and_then(|assembly| body_of(Some(assembly.body)));
    let delivered =
        tasks.iter().filter_map(|task| task.done_ms.filter(|_| task.status == "delivered"));
    Ok(Along {
        number: need.number,
        day: day_of(need.stated_ms),
        status: need.status.clone(),
        assembly: assembly.map(|assembly| (assembly.number, day_of(assembly.starts_ms))),
        decision: decision.and_then(|d| Some((d.number, day_of(d.resolved_ms?)))),
        payment: funds::paid_for(house, need.id).await?.first().map(|paid| (paid.number, paid.day)),
        request: request.map(|known| (known.number, day_of(known.asked_ms), known.open)),
        task: task.map(|task| (task.number, delivered.max().map(day_of))),
        body: again.and_then(|task| body_of(task.body)).or_else(|| need.body.clone()).or(called),
        due_day: again.map(|task| task.due_day).or(need.due_day),
    })
}

/// The name of a body.
pub(crate) fn name_of_body(house: &House, body: Id) -> Option<String> {
    let names = house.kept::<BodyNames>()?;
    names.0.get(&body).cloned()
}
