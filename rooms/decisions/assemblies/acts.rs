//! What is done with assemblies, rules and proposals: reads what the rules need, asks them under
//! lock, and appends. It judges nothing, and tells nobody a word of what somebody told us.

use page::Tongue;
use page::calendar::{DAY_MS, MINUTE_MS};
use record::{Draft, Id, Refusal};
use store::{AppendError, Change, Decision, Known, Name};

use super::queries;
use super::records::{AgendaItem, AssemblyAgendaSet, LeftOut};
use super::rules::meeting::{self, Calling, Chair, Counting, Evening};
use super::rules::{BodyAsked, BodyRules, Required, RulesBy, set_rules};
use super::views::{Assembly, rules_id};
use crate::door::{House, Role, Trouble, Visitor};
use crate::voices::notices::{Notice, owe};
use crate::{needs, people};

/// How often a number is tried when others take one at the same moment.
pub(super) const NUMBER_TRIES: usize = 8;

type Drafts = Result<Vec<Draft>, Refusal>;

/// Words that everybody will read name no member of the desk either; the rules look for the rest.
pub(super) async fn name_nobody(house: &House, all: &[&str]) -> Result<(), Trouble> {
    for words in all.iter().filter(|words| !words.trim().is_empty()) {
        needs::fit_in_house(house, words).await?;
    }
    Ok(())
}

/// The name under which a small number is held.
pub(super) fn number_name(house: &House, space: &'static str, number: i64) -> Name {
    Name { space, key: house.vault().keyed(space, &number.to_be_bytes()) }
}

/// Does one thing with one assembly.
async fn on(
    house: &House,
    id: Id,
    rule: impl Fn(&Known) -> Drafts + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let change = Change::on(vec![id], move |known| {
        Ok(Decision { drafts: rule(known)?, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// A steward sets the first rules of a body.
///
/// # Errors
/// As [`set_rules`] refuses.
pub async fn first_rules(
    house: &House,
    visitor: &Visitor,
    body: Id,
    rules: BodyRules,
) -> Result<(), Trouble> {
    let has_met = queries::has_met(house, body).await?;
    let by = RulesBy::First { steward: visitor.is(Role::Steward), has_met };
    change_rules(house, BodyAsked { body, rules, by }, visitor.author()).await
}

/// Sets the rules of a body, by what somebody says allows it.
///
/// # Errors
/// As [`set_rules`] refuses.
pub async fn change_rules(
    house: &House,
    asked: BodyAsked,
    author: Option<Id>,
) -> Result<(), Trouble> {
    on(house, rules_id(asked.body), move |known| set_rules(known, &asked, author)).await
}

/// Calls an assembly; returns which it is.
///
/// # Errors
/// As [`meeting::call`] refuses; the body is unknown.
pub async fn call(house: &House, asked: Calling, author: Option<Id>) -> Result<Id, Trouble> {
    name_nobody(house, &[&asked.title, &asked.hour_reason]).await?;
    if people::bodies(house).await?.iter().all(|body| body.id != asked.body) {
        return Err(Refusal::new("assembly-body-unknown").into());
    }
    let mut number = queries::assembly_next(house).await?;
    for _ in 0..NUMBER_TRIES {
        let id = Id::fresh(house.now_ms());
        let asked = Calling { number, ..asked.clone() };
        let change = Change::on(vec![id], move |known| {
            let drafts = meeting::call(id, &asked, known.now_ms, author)?;
            Ok(Decision { drafts, ..Decision::default() })
        });
        let change = change.claiming(number_name(house, "assembly-number", number), id);
        match house.store().append(change).await {
            Ok(_) => return Ok(id),
            Err(AppendError::Taken { .. }) => number += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Err(Trouble::broken("no number for an assembly was free"))
}

/// Writes an agenda down without making it public.
///
/// # Errors
/// As [`meeting::set_agenda`] refuses.
pub async fn keep_agenda(
    house: &House,
    id: Id,
    agenda: AssemblyAgendaSet,
    author: Option<Id>,
) -> Result<(), Trouble> {
    on(house, id, move |known| meeting::set_agenda(id, known, &agenda, author)).await
}

/// Makes an agenda public: its needs and proposals are taken up, what is left out says why, and
/// everybody whose voice belongs to a need of it is invited once.
///
/// # Errors
/// As [`meeting::publish`] refuses; a need or a proposal of it is unknown or over.
pub async fn publish(
    house: &House,
    t: Tongue,
    id: Id,
    agenda: AssemblyAgendaSet,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let assembly = queries::assembly(house, id).await?;
    let assembly = assembly.ok_or(Refusal::new("assembly-unknown").status(404))?;
    let own = agenda.items.iter().filter(|item| item.kind == "own").map(|i| i.title.as_str());
    let reasons = agenda.left_out.iter().map(|left| left.reason.as_str());
    name_nobody(house, &own.chain(reasons).collect::<Vec<_>>()).await?;
    let required = super::required_items(house, t, &assembly).await?;
    let body = people::bodies(house).await?.into_iter().find(|body| body.id == assembly.body);
    let body = body.map(|body| body.name).unwrap_or_default();
    let mut entities = vec![id];
    let of = |kind: &str| kind == "need" || kind == "proposal";
    entities.extend(agenda.items.iter().filter(|item| of(&item.kind)).map(|item| item.of));
    let left = agenda.left_out.iter().filter(|left| left.kind == "proposal");
    entities.extend(left.map(|left| left.of));
    let kept = house.clone();
    let change = Change::on(entities, move |known| {
        let drafts = meeting::publish(id, known, &agenda, &required, author)?;
        let mut decision = Decision { drafts, ..Decision::default() };
        for item in &agenda.items {
            decision.drafts.extend(taken_up(known, id, item, author)?);
            if item.kind == "need" {
                owe(&mut decision, &kept, &invitation(&kept, &assembly, item.of, &body));
            }
        }
        for left in agenda.left_out.iter().filter(|left| left.kind == "proposal") {
            let LeftOut { of, reason, .. } = left;
            decision.drafts.extend(super::drafts::left_out(*of, known, id, reason, author)?);
        }
        Ok(decision)
    });
    house.store().append(change).await?;
    Ok(())
}

fn taken_up(known: &Known, assembly: Id, item: &AgendaItem, author: Option<Id>) -> Drafts {
    match item.kind.as_str() {
        "need" => needs::drafts::taken_up(item.of, known.of(item.of), assembly, author),
        "proposal" => super::drafts::taken_up(item.of, known, assembly, author),
        _ => Ok(Vec::new()),
    }
}

/// What everybody whose voice belongs to a need is told: where and when, and how from afar.
fn invitation(house: &House, assembly: &Assembly, need: Id, body: &str) -> Notice {
    let offset = house.city().offset_minutes;
    let local_ms = assembly.starts_ms.saturating_add(offset.saturating_mul(MINUTE_MS));
    let at = page::calendar::moment(assembly.starts_ms, offset);
    let hour = format!("{:02}:{:02}", at.hour, at.minute);
    let mut args = vec![("place".to_owned(), assembly.place.clone()), ("hour".to_owned(), hour)];
    let key = if assembly.from_afar.is_empty() { "sms-invited-here" } else { "sms-invited" };
    if !assembly.from_afar.is_empty() {
        args.push(("afar".to_owned(), assembly.from_afar.clone()));
    }
    Notice {
        need,
        about: assembly.id,
        standing: "in_assembly".to_owned(),
        key: key.to_owned(),
        args,
        body: Some(body.to_owned()).filter(|name| !name.is_empty()),
        due_day: Some(local_ms.div_euclid(DAY_MS)),
    }
}

/// Calls an assembly off.
///
/// # Errors
/// As [`meeting::call_off`] refuses.
pub async fn call_off(
    house: &House,
    id: Id,
    reason: String,
    author: Option<Id>,
) -> Result<(), Trouble> {
    name_nobody(house, &[&reason]).await?;
    on(house, id, move |known| meeting::call_off(id, known, &reason, author)).await
}

/// Opens an assembly.
///
/// # Errors
/// As [`meeting::open`] refuses.
pub async fn open(house: &House, id: Id, chair: Chair, author: Option<Id>) -> Result<(), Trouble> {
    name_nobody(house, &[&chair.exception]).await?;
    on(house, id, move |known| meeting::open(id, known, &chair, author)).await
}

/// One of the two counters counted. The groups of both are looked up here.
///
/// # Errors
/// As [`meeting::count`] refuses.
pub async fn count(
    house: &House,
    visitor: &Visitor,
    id: Id,
    asked: Counting,
) -> Result<(), Trouble> {
    let member = visitor.signed_in()?;
    let assembly = queries::assembly(house, id).await?;
    let assembly = assembly.ok_or(Refusal::new("assembly-unknown").status(404))?;
    let seen = assembly.counted_at(&asked.moment, asked.of);
    let other = seen.and_then(|seen| match asked.counter {
        1 => seen.second_by,
        _ => seen.first_by,
    });
    let other_groups = match other {
        Some(other) => people::bodies_of(house, other).await?,
        None => Vec::new(),
    };
    let asked = Counting { groups: member.bodies.clone(), other_groups, ..asked };
    let by = Some(member.id);
    on(house, id, move |known| meeting::count(id, known, &asked, by)).await
}

/// How long who spoke.
///
/// # Errors
/// As [`meeting::spoken`] refuses.
pub async fn spoken(
    house: &House,
    id: Id,
    minutes: (i64, i64, i64),
    author: Option<Id>,
) -> Result<(), Trouble> {
    on(house, id, move |known| meeting::spoken(id, known, minutes, author)).await
}

/// What the women's session found.
///
/// # Errors
/// As [`meeting::women_session`] refuses.
pub async fn women_session(
    house: &House,
    id: Id,
    held: bool,
    words: String,
    author: Option<Id>,
) -> Result<(), Trouble> {
    name_nobody(house, &[&words]).await?;
    on(house, id, move |known| meeting::women_session(id, known, held, &words, author)).await
}

/// A photograph of the sheet was hashed; only its SHA-256 is kept.
///
/// # Errors
/// As [`meeting::sheet_kept`] refuses.
pub async fn keep_sheet(
    house: &House,
    id: Id,
    photo: &[u8],
    author: Option<Id>,
) -> Result<(), Trouble> {
    let hash = seal::sha256(photo);
    on(house, id, move |known| meeting::sheet_kept(id, known, hash, author)).await
}

/// Witnesses said that the minutes are true.
///
/// # Errors
/// As [`meeting::witnessed`] refuses.
pub async fn witnessed(house: &House, id: Id, n: i64, author: Option<Id>) -> Result<(), Trouble> {
    on(house, id, move |known| meeting::witnessed(id, known, n, author)).await
}

/// An evening typed from its sheet.
///
/// # Errors
/// As [`meeting::typed`] refuses.
pub async fn type_sheet(
    house: &House,
    id: Id,
    evening: Evening,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let women = evening.women_session.as_ref().map_or("", |(_, words)| words);
    name_nobody(house, &[&evening.chair.exception, women]).await?;
    on(house, id, move |known| meeting::typed(id, known, &evening, author)).await
}

/// Ends an assembly.
///
/// # Errors
/// As [`meeting::close`] refuses.
pub async fn close(house: &House, id: Id, author: Option<Id>) -> Result<(), Trouble> {
    on(house, id, move |known| meeting::close(id, known, author)).await
}

/// All that an agenda may hold, as the page offers it: what is required, and what stands on it.
///
/// # Errors
/// When the database fails.
pub async fn offered(
    house: &House,
    t: Tongue,
    assembly: &Assembly,
) -> Result<Vec<Required>, Trouble> {
    let mut all = super::required_items(house, t, assembly).await?;
    for before in meeting::public_before(assembly) {
        if all.iter().all(|item| (item.kind, item.of) != (before.kind, before.of)) {
            all.push(before);
        }
    }
    Ok(all)
}
