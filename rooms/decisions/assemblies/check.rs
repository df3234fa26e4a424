//! The check of the roll by lot: some of those who were invited are asked by SMS whether they were
//! there and whether the count is right. It never keeps who answered what, and never writes to
//! whoever asked for codes only.

use std::collections::HashSet;

use record::{DAY_MS, Id, Refusal};
use store::{Change, Decision, StoreError};

use super::queries;
use super::rules::checking;
use super::views::Assembly;
use crate::door::{House, Trouble};
use crate::voices::sms::Meant;
use crate::voices::{self, Voice, notices};

/// The most voices of one assembly among whom the lot is drawn.
const DRAWN_FROM_MAX: usize = 2_000;
/// Voices read at once.
const PAGE_VOICES: i64 = 200;
/// Assemblies looked at in one round, the newest first.
const ROUND_MAX: i64 = 500;
/// How long after an assembly began it is looked at, in days: a sheet of paper is often typed
/// later. Who is asked after that no longer remembers.
const BEGAN_DAYS_MAX: i64 = 30;

/// The entity of what somebody tells of an assembly.
fn told_id(house: &House, assembly: Id, person: Id) -> Id {
    Id(house.vault().keyed("attendance", &[assembly.0, person.0].concat()))
}

/// Asks about every assembly that ended of late; repeated, it asks nobody twice. Returns how many
/// were asked.
///
/// # Errors
/// When the database fails; whoever was not asked is asked at the next round.
pub async fn check_rolls(house: &House) -> Result<usize, Trouble> {
    let now = house.now_ms();
    let since_ms = now - BEGAN_DAYS_MAX * DAY_MS;
    let mut asked = 0;
    for assembly in queries::closed_since(house, since_ms, ROUND_MAX).await? {
        if checking::is_due(&assembly, now) {
            asked += check(house, &assembly).await?;
        }
    }
    Ok(asked)
}

async fn check(house: &House, assembly: &Assembly) -> Result<usize, Trouble> {
    let mut asked = 0;
    if let Some(least) = checking::counted_least(assembly) {
        let args = [
            ("number", format!("A{}", assembly.number)),
            ("place", assembly.place.clone()),
            ("n", least.to_string()),
        ];
        for voice in drawn(house, assembly).await? {
            let about = (assembly.id, &voice);
            asked += usize::from(notices::ask(house, about, "sms-roll-check", &args).await?);
        }
    }
    let draft = checking::checked(assembly, asked);
    let change = Change::on(vec![assembly.id], move |_| {
        Ok(Decision { drafts: vec![draft.clone()], ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(asked)
}

/// One voice of each person whom the lot draws among those whose needs were on the agenda.
async fn drawn(house: &House, assembly: &Assembly) -> Result<Vec<Voice>, StoreError> {
    let mut persons = HashSet::new();
    let mut lots = Vec::new();
    for item in assembly.items.iter().filter(|item| item.kind == "need") {
        let mut after = None;
        while lots.len() < DRAWN_FROM_MAX {
            let page = voices::queries::of_need(house, item.of, after, PAGE_VOICES).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.grouped_ms.unwrap_or(0), last.id));
            for voice in page.into_iter().filter(|voice| voice.reachable) {
                let Some(person) = voice.person.filter(|person| persons.insert(*person)) else {
                    continue;
                };
                let name = [assembly.id.0, person.0].concat();
                lots.push((house.vault().keyed("attendance-lot", &name), voice));
            }
        }
    }
    Ok(checking::drawn(lots))
}

/// What somebody who was asked answers by SMS: `A7 1`.
///
/// # Errors
/// When the database fails.
pub async fn by_sms(
    house: &House,
    person: Id,
    number: i64,
    digit: usize,
) -> Result<Meant, Trouble> {
    let args = vec![("number", format!("A-{number}"))];
    let found = queries::assembly_by_number(house, number).await?;
    let mut asked = None;
    if let Some(assembly) = &found {
        for one in voices::queries::persons_with(house, person).await? {
            if notices::was_asked(house, assembly.id, one).await? {
                asked = Some((assembly.id, told_id(house, assembly.id, one)));
            }
        }
    }
    let Some((of, own)) = asked else {
        let refused = "sms-roll-not-asked";
        let change = Change::on(Vec::new(), |_| Err(Refusal::new("assembly-unknown").status(404)));
        return Ok(Meant { change, done: refused, again: refused, refused, args });
    };
    let told = digit.checked_sub(1).and_then(|at| checking::ANSWERS.get(at)).copied();
    let (told, now) = (told.unwrap_or_default(), house.now_ms());
    let change = Change::on(vec![of, own], move |known| {
        let drafts = checking::told((of, known.of(of)), (own, known.of(own)), told, now)?;
        Ok(Decision { drafts, ..Decision::default() })
    });
    let (done, refused) = ("sms-roll-thanks", "sms-roll-late");
    Ok(Meant { change, done, again: done, refused, args })
}
