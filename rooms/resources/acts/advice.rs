//! What is done with advice: a link with a one-time code for whoever is invited, the answer that
//! comes by it, and what the local owner makes of it. The code opens the advice and nothing else;
//! only its keyed hash is kept.

use record::{DAY_MS, Id, Refusal};
use seal::PersonKey;
use store::{Change, Decision, Name, PERSON_KEYS, Put};

use super::on;
use crate::actions::today;
use crate::door::{House, Trouble};
use crate::needs;
use crate::resources::queries;
use crate::resources::records::{AdviceGiven, AdviceInvited, AdviceWords};
use crate::resources::rules::{self, Actor};
use crate::resources::views::Advice;
use crate::voices::forget;

/// Chance in the code of a link, in bytes.
const CODE_BYTES: usize = 16;
/// Longest code of a link, in characters.
pub const CODE_CHARS_MAX: usize = 32;

fn code_name(house: &House, code: &str) -> Name {
    Name { space: "advice-code", key: house.vault().keyed("advice-code", code.as_bytes()) }
}

/// Somebody is invited to advise. Returns the code of their link, which is shown once and kept
/// nowhere.
///
/// # Errors
/// As the rule refuses.
pub async fn invite(
    house: &House,
    invited: AdviceInvited,
    who: &str,
    actor: Actor,
) -> Result<String, Trouble> {
    let who = rules::line(who, rules::WHO_CHARS_MAX)?;
    let before = queries::advice_on(house, invited.request).await?.len();
    let (id, key, day) = (Id::fresh(house.now_ms()), PersonKey::fresh(), today(house));
    let put =
        Put { table: PERSON_KEYS, row: vec![id.into(), house.vault().wrap(&id.0, &key).into()] };
    let words = AdviceWords { who, ..AdviceWords::default() };
    let sealed = seal::seal(&key, &id.0, &record::encode(&words));
    let mut chance = [0; CODE_BYTES];
    seal::chance(&mut chance);
    let code = Id(chance).to_string();
    let of = invited.request;
    let change = Change::on(vec![of], move |known| {
        let asked = (&invited, sealed.clone());
        let drafts = rules::invite(id, known.of(of), asked, before, day, &actor)?;
        Ok(Decision { drafts, puts: vec![put.clone()], ..Decision::default() })
    });
    house.store().append(change.claiming(code_name(house, &code), id)).await?;
    Ok(code)
}

/// The advice that a link's code opens.
///
/// # Errors
/// Not found, for any other code.
pub async fn by_code(house: &House, code: &str) -> Result<Advice, Trouble> {
    if code.chars().count() > CODE_CHARS_MAX {
        return Err(Trouble::NotFound);
    }
    let holder = house.store().holder(&code_name(house, code)).await?;
    let advice = queries::advice(house, holder.ok_or(Trouble::NotFound)?).await?;
    advice.ok_or(Trouble::NotFound)
}

async fn key_of(house: &House, id: Id) -> Result<PersonKey, Trouble> {
    let gone = || Refusal::new("advice-erased").status(410);
    let wrapped = house.store().wrapped_key(id).await?.ok_or_else(gone)?;
    house.vault().unwrap(&id.0, &wrapped).map_err(|_| gone().into())
}

/// The advice comes, by its link.
///
/// # Errors
/// As the rule refuses.
pub async fn give(
    house: &House,
    advice: &Advice,
    words: &AdviceWords,
    (gains, limits_read): (bool, bool),
) -> Result<(), Trouble> {
    let words = rules::worded(words)?;
    let (id, of, day) = (advice.id, advice.request, today(house));
    let key = key_of(house, id).await?;
    let sealed = seal::seal(&key, &id.0, &record::encode(&words));
    on(house, vec![id, of], move |known| {
        let records = (known.of(id), known.of(of));
        rules::give(id, records, (gains, limits_read), sealed.clone(), day)
    })
    .await
}

/// The words of an advice, opened: what was advised once it was given, before that who was
/// invited. None once they are gone.
///
/// # Errors
/// When the store fails.
pub async fn words(house: &House, id: Id) -> Result<Option<AdviceWords>, Trouble> {
    let Ok(key) = key_of(house, id).await else { return Ok(None) };
    let records = house.store().records_of(id).await?;
    let given = records.iter().find(|record| record.read::<AdviceGiven>().is_some());
    let invited = records.iter().find(|record| record.read::<AdviceInvited>().is_some());
    let open = |record: &record::Record| -> Option<AdviceWords> {
        let bytes = seal::open(&key, &id.0, record.sealed.as_deref()?).ok()?;
        record::decode(&bytes).ok()
    };
    let said = invited.and_then(open);
    Ok(match given.and_then(open) {
        Some(words) if words.who.is_empty() => {
            Some(AdviceWords { who: said.unwrap_or_default().who, ..words })
        }
        Some(words) => Some(words),
        None => said,
    })
}

/// The local owner does as advised, or not, and says why.
///
/// # Errors
/// As the rule refuses.
pub async fn settle(
    house: &House,
    advice: &Advice,
    accepted: bool,
    reason: String,
    actor: Actor,
) -> Result<(), Trouble> {
    needs::fit_in_house(house, &reason).await?;
    let (id, of) = (advice.id, advice.request);
    on(house, vec![id, of], move |known| {
        let records = (known.of(id), known.of(of));
        if accepted {
            rules::accept(id, records, &reason, &actor)
        } else {
            rules::decline(id, records, &reason, &actor)
        }
    })
    .await
}

/// The local owner says what it was worth.
///
/// # Errors
/// As the rule refuses.
pub async fn rate(
    house: &House,
    advice: &Advice,
    useful: bool,
    word: String,
    actor: Actor,
) -> Result<(), Trouble> {
    if !word.trim().is_empty() {
        needs::fit_in_house(house, &word).await?;
    }
    let (id, of) = (advice.id, advice.request);
    on(house, vec![id, of], move |known| {
        rules::rate(id, (known.of(id), known.of(of)), useful, &word, &actor)
    })
    .await
}

/// The adviser takes their words back: they are gone, and so is who they were.
///
/// # Errors
/// When it is unknown, or the list of what was forgotten cannot be written.
pub async fn erase(house: &House, advice: &Advice) -> Result<(), Trouble> {
    let id = advice.id;
    let forgetting = forget::of_another_room(house, id)?;
    let change = Change::on(vec![id], move |known| {
        let drafts = rules::erase(id, known.of(id))?;
        Ok(Decision { drafts, ..forgetting.clone() })
    });
    house.store().append(change).await?;
    house.store().housekeep();
    Ok(())
}

/// How long an advice is waited for when nothing else is said (days).
pub const WAIT_DAYS: i64 = 14;

/// The time a request has waited for its first useful advice, or waited until it had it.
#[must_use]
pub fn waited_ms(asked_ms: i64, helped_ms: Option<i64>, now_ms: i64) -> i64 {
    (helped_ms.unwrap_or(now_ms) - asked_ms).clamp(0, rules::AHEAD_DAYS_MAX * DAY_MS)
}
