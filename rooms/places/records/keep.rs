//! How this room's records get into the log: each act asks its rule, appends, and reads the atlas
//! again. A community's drawing is sealed here, before it reaches the store; it never leaves in
//! the open but through its body's release.

use std::sync::{Arc, Mutex};

use record::{Draft, Id, Record, Refusal, day_of, encode};
use seal::PersonKey;
use store::{Change, Decision, PERSON_KEYS, Put};

use crate::door::{House, Member, Trouble};
use crate::places::queries::{self, atlas, body_key, city_id, inside_of, refresh};
use crate::places::records::{
    AreaDrawn, AreaReleased, AreaRenamed, AreaSealed, AreaWithdrawn, CityHidden, CityNamed,
    CityShown, MICRO, Rings, Source,
};
use crate::places::rules;
use crate::places::views::AreaRow;

pub use crate::places::rules::corners::Outline;
pub use crate::places::rules::reading::AreaProps;
pub use crate::places::rules::{CityWords, Vote};

const MINUTE_MS: i64 = 60_000;
/// Areas written in one transaction of an import.
const IMPORT_CHUNK: usize = 100;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Areas that were not known.
    pub new: usize,
    /// Areas that were known as they are, or that are not the file's to change.
    pub same: usize,
    /// Areas drawn again.
    pub changed: usize,
    /// Features left out, by number from 1, and why.
    pub refused: Vec<(usize, Refusal)>,
    /// What was mended, by number: keys of texts, such as `places-mended-closed`.
    pub mended: Vec<(usize, String)>,
}

/// Writes what the city says of itself.
///
/// # Errors
/// A refusal naming the fact that cannot be right; a failing store.
pub async fn name_city(house: &House, words: CityWords, author: Option<Id>) -> Result<(), Trouble> {
    let named = rules::city_named(&words)?;
    let change = Change::on(vec![city_id()], move |known| {
        let last = known.of(city_id()).iter().rev().find_map(Record::read::<CityNamed>);
        if last.as_ref() == Some(&named) {
            return Ok(Decision::default());
        }
        Ok(writing(Draft::new(city_id(), &named).by(author).public()))
    });
    house.store().append(change).await?;
    Ok(refresh(house).await?)
}

/// Withdraws the city's pages, exports and caches, or opens them again. Asking for what is so
/// already does nothing.
///
/// # Errors
/// When no reason is given; a failing store.
pub async fn hide_city(
    house: &House,
    hidden: bool,
    reason: &str,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let reason = reason.to_owned();
    let change = Change::on(vec![city_id()], move |known| {
        let Some(reason) = rules::hide(known.of(city_id()), hidden, &reason)? else {
            return Ok(Decision::default());
        };
        let draft = if hidden {
            Draft::new(city_id(), &CityHidden { reason })
        } else {
            Draft::new(city_id(), &CityShown { reason })
        };
        Ok(writing(draft.by(author)))
    });
    house.store().append(change).await?;
    Ok(refresh(house).await?)
}

fn writing(draft: Draft) -> Decision {
    Decision { drafts: vec![draft], ..Decision::default() }
}

/// Takes in a file of official areas. Importing it twice stores each area once; a community's area
/// is never touched. `progress` is told areas done and areas in all.
///
/// # Errors
/// When nothing in the file can be used, or the store fails; areas told to `progress` are kept
/// then, and the import can be run again.
pub async fn import_areas(
    house: &House,
    geojson: &[u8],
    props: &AreaProps,
    author: Option<Id>,
    mut progress: impl FnMut(usize, usize),
) -> Result<Imported, Trouble> {
    let reading = rules::reading::read_areas(geojson, props)?;
    let all: Vec<(Id, AreaDrawn)> = reading
        .areas
        .into_iter()
        .map(|area| {
            let drawn = AreaDrawn {
                name: area.name,
                code: area.code,
                parent_name: area.parent_name,
                population: area.population,
                source: Source::Official,
                rings: area.rings,
                body: None,
            };
            (area.id, drawn)
        })
        .collect();
    let mut done =
        Imported { refused: reading.refused, mended: reading.mended, ..Imported::default() };
    for chunk in all.chunks(IMPORT_CHUNK) {
        let [new, same, changed] = import_chunk(house, chunk.to_vec(), author).await?;
        done.new += new;
        done.same += same;
        done.changed += changed;
        progress(done.new + done.same + done.changed, all.len());
    }
    refresh(house).await?;
    Ok(done)
}

/// Keeps an official area that a steward drew, as if it had come in a file; drawn again under the
/// same name, it is changed. Returns its id.
///
/// # Errors
/// When the store fails.
pub async fn draw_official(
    house: &House,
    Outline { name, rings }: Outline,
    author: Option<Id>,
) -> Result<Id, Trouble> {
    let id = rules::reading::id_of("", &name);
    let drawn = AreaDrawn {
        name,
        code: String::new(),
        parent_name: String::new(),
        population: None,
        source: Source::Official,
        rings,
        body: None,
    };
    import_chunk(house, vec![(id, drawn)], author).await?;
    refresh(house).await?;
    Ok(id)
}

/// New, same, changed.
async fn import_chunk(
    house: &House,
    chunk: Vec<(Id, AreaDrawn)>,
    author: Option<Id>,
) -> Result<[usize; 3], Trouble> {
    // The rule may run more than once; the last run is the one that was written.
    let counted = Arc::new(Mutex::new([0; 3]));
    let counts = counted.clone();
    let ids = chunk.iter().map(|(id, _)| *id).collect();
    let change = Change::on(ids, move |known| {
        let mut decision = Decision::default();
        let (mut new, mut same, mut changed) = (0, 0, 0);
        for (id, drawn) in &chunk {
            match rules::import(*id, known.of(*id), drawn) {
                rules::Import::New => new += 1,
                rules::Import::Changed => changed += 1,
                rules::Import::Same => {
                    same += 1;
                    continue;
                }
            }
            decision.drafts.push(Draft::new(*id, drawn).by(author).public());
        }
        if let Ok(mut counts) = counts.lock() {
            *counts = [new, same, changed];
        }
        Ok(decision)
    });
    house.store().append(change).await?;
    let counts = counted.lock().map(|counts| *counts);
    counts.map_err(Trouble::broken)
}

/// Keeps an area that a community drew, sealed under the key of its body. Returns its id.
///
/// # Errors
/// When the member does not speak for the body, the name is none, or the store fails.
pub async fn draw_area(
    house: &House,
    member: &Member,
    body: Id,
    name: &str,
    rings: Rings,
) -> Result<Id, Trouble> {
    rules::may_draw(member, body)?;
    let name = rules::name_of(name)?;
    let id = Id::fresh(house.now_ms());
    let key = key_for(house, body).await?;
    let sealed = seal::seal(&key, &id.0, &encode(&AreaSealed { name, rings }));
    let drawn = AreaDrawn {
        name: String::new(),
        code: String::new(),
        parent_name: String::new(),
        population: None,
        source: Source::Community,
        rings: Rings::new(),
        body: Some(body),
    };
    let draft = Draft::new(id, &drawn).by(Some(member.id)).sealing(sealed);
    house.store().append(Change::writing(writing(draft))).await?;
    Ok(id)
}

/// The body's key, made when there is none. It is put first and then read again: when two
/// processes make one at once, the first put stays and both use it.
async fn key_for(house: &House, body: Id) -> Result<PersonKey, Trouble> {
    if let Some(key) = body_key(house, body).await? {
        return Ok(key);
    }
    let wrapped = house.vault().wrap(&body.0, &PersonKey::fresh());
    let put = Put { table: PERSON_KEYS, row: vec![body.into(), wrapped.into()] };
    let decision = Decision { puts: vec![put], ..Decision::default() };
    house.store().append(Change::writing(decision)).await?;
    let key = body_key(house, body).await?;
    key.ok_or_else(|| Trouble::broken("the key of a body cannot be opened"))
}

/// Makes a community's area public, as its body decided by a vote.
///
/// # Errors
/// When the member does not speak for the body, it did not vote, the area is public already, or
/// its key has gone.
pub async fn release_area(
    house: &House,
    member: &Member,
    id: Id,
    vote: &Vote,
) -> Result<(), Trouble> {
    let records = house.store().records_of(id).await?;
    rules::may_release(member, &AreaRow::of(id, &records))?;
    let today = day_of(house.now_ms() + house.city().offset_minutes * MINUTE_MS);
    let Vote { day, result } = rules::vote(vote, today)?;
    let opened = queries::opened(house, id, &records).await?;
    let AreaSealed { name, rings } = opened.ok_or_else(|| Refusal::new("area-key-gone"))?;
    let around = atlas(house);
    let middle = inside_of(&rings);
    let lies_in = middle.and_then(|(x, y)| around.at(f64::from(x) / MICRO, f64::from(y) / MICRO));
    let parent_name = lies_in.and_then(|id| around.area(id)).map(|area| area.name.clone());
    let parent_name = parent_name.unwrap_or_default();
    let (voted_day, vote_result) = (Some(day), Some(result));
    let released = AreaReleased { name, parent_name, rings, voted_day, vote_result };
    let member = member.clone();
    act(house, id, move |area| {
        rules::may_release(&member, area)?;
        Ok(Draft::new(id, &released).by(Some(member.id)).public())
    })
    .await
}

/// Takes an area from all pages and lists.
///
/// # Errors
/// When it is not the member's to withdraw.
pub async fn withdraw_area(house: &House, member: &Member, id: Id) -> Result<(), Trouble> {
    let member = member.clone();
    act(house, id, move |area| {
        rules::may_withdraw(&member, area)?;
        let draft = Draft::new(id, &AreaWithdrawn {}).by(Some(member.id));
        // Whoever may have copied a public area is told that it was withdrawn; of a sealed one
        // nobody may even know that it is there.
        let public = area.standing == crate::places::views::Standing::Public;
        Ok(if public { draft.public() } else { draft })
    })
    .await
}

/// Brings back an official area that was withdrawn.
///
/// # Errors
/// When it is not the member's to bring back.
pub async fn show_area(house: &House, member: &Member, id: Id) -> Result<(), Trouble> {
    let records = house.store().records_of(id).await?;
    let last = records.iter().rev().find_map(Record::read::<AreaDrawn>);
    let drawn = last.ok_or(Trouble::NotFound)?;
    let member = member.clone();
    act(house, id, move |area| {
        rules::may_show(&member, area)?;
        Ok(Draft::new(id, &drawn).by(Some(member.id)).public())
    })
    .await
}

/// Puts another name beside an area's own; an empty one takes it away.
///
/// # Errors
/// When it is not the member's to name, or the name is too long.
pub async fn rename_area(
    house: &House,
    member: &Member,
    id: Id,
    other_name: &str,
) -> Result<(), Trouble> {
    let other_name = match other_name.trim() {
        "" => String::new(),
        typed => rules::name_of(typed)?,
    };
    let member = member.clone();
    act(house, id, move |area| {
        rules::may_rename(&member, area)?;
        let renamed = AreaRenamed { other_name: other_name.clone() };
        Ok(Draft::new(id, &renamed).by(Some(member.id)).public())
    })
    .await
}

/// One record about one area, decided on what is known of it under lock.
async fn act(
    house: &House,
    id: Id,
    rule: impl Fn(&AreaRow) -> Result<Draft, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let change =
        Change::on(vec![id], move |known| Ok(writing(rule(&AreaRow::of(id, known.of(id)))?)));
    house.store().append(change).await?;
    Ok(refresh(house).await?)
}
