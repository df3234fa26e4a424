//! What is done with proposals: made on a page, from a voice, on paper; looked at, refused with a
//! reason, supported by SMS and by hand. It never opens words to anybody but who looks at them.

use record::{Id, Refusal};
use seal::PersonKey;
use store::{AppendError, Change, Decision, Known, Name, PERSON_KEYS, Put, StoreError};

use super::acts::{NUMBER_TRIES, name_nobody, number_name};
use super::queries;
use super::records::{ProposalCounted, ProposalMade, ProposedWords};
use super::rules::proposing::{self, Proposing};
use super::views::Proposal;
use crate::door::{House, Trouble};
use crate::voices;
use crate::voices::sms::Meant;

/// The name under which a person's support of a proposal is held. It belongs to the person, so that
/// it goes when they are forgotten; what they supported stays counted.
fn support_name(house: &House, proposal: Id, person: Id) -> Name {
    let key = house.vault().keyed("support", &[proposal.0, person.0].concat());
    Name { space: "support", key }
}

/// Somebody proposes something. With `looked`, it is public at once: somebody at the desk wrote it
/// down and looked at it.
///
/// # Errors
/// The words are missing or too long; at the desk, they are not fit for everybody to read.
pub async fn make(
    house: &House,
    asked: Proposing,
    words: ProposedWords,
    looked: bool,
    author: Option<Id>,
) -> Result<(Id, i64), Trouble> {
    let words = proposing::measured(&words)?;
    if looked {
        name_nobody(house, &[&words.title, &words.words]).await?;
    }
    let mut number = queries::proposal_next(house).await?;
    for _ in 0..NUMBER_TRIES {
        let id = Id::fresh(house.now_ms());
        let key = PersonKey::fresh();
        let wrapped = house.vault().wrap(&id.0, &key);
        let put = Put { table: PERSON_KEYS, row: vec![id.into(), wrapped.into()] };
        let sealed = seal::seal(&key, &id.0, &record::encode(&words));
        let looked = looked.then(|| words.clone());
        let asked = Proposing { number, sealed, looked, ..asked.clone() };
        let change = Change::on(vec![id], move |_| {
            let drafts = proposing::make(id, &asked, author)?;
            Ok(Decision { drafts, puts: vec![put.clone()], ..Decision::default() })
        });
        let change = change.claiming(number_name(house, "proposal-number", number), id);
        match house.store().append(change).await {
            Ok(_) => return Ok((id, number)),
            Err(AppendError::Taken { .. }) => number += 1,
            Err(error) => return Err(error.into()),
        }
    }
    Err(Trouble::broken("no number for a proposal was free"))
}

/// A suggestion somebody sent becomes a proposal, because they said yes to that.
///
/// # Errors
/// The voice is unknown, forgotten or no suggestion, or its person has not said that its words may
/// be shown; the words are not fit for everybody to read.
pub async fn from_voice(
    house: &House,
    voice: Id,
    words: ProposedWords,
    author: Option<Id>,
) -> Result<(Id, i64), Trouble> {
    let said = voices::queries::voice(house, voice).await?;
    let fits = |v: &voices::Voice| {
        v.kind.as_deref() == Some("suggestion") && v.consented && !v.erased && !v.held
    };
    let Some(said) = said.filter(fits) else {
        return Err(Refusal::new("proposal-voice").status(409).into());
    };
    let asked = Proposing {
        area: said.area,
        via: "voice".to_owned(),
        from_voice: Some(voice),
        ..Proposing::default()
    };
    make(house, asked, words, true, author).await
}

/// The words of a proposal as they were made: for whoever looks at them.
///
/// # Errors
/// When the database fails.
pub async fn words(house: &House, id: Id) -> Result<Option<ProposedWords>, StoreError> {
    let Some(wrapped) = house.store().wrapped_key(id).await? else { return Ok(None) };
    let Ok(key) = house.vault().unwrap(&id.0, &wrapped) else { return Ok(None) };
    let records = house.store().records_of(id).await?;
    let made = records.iter().find(|record| record.read::<ProposalMade>().is_some());
    let sealed = made.and_then(|record| record.sealed.as_deref());
    let opened = sealed.and_then(|sealed| seal::open(&key, &id.0, sealed).ok());
    Ok(opened.and_then(|bytes| record::decode(&bytes).ok()))
}

async fn on(
    house: &House,
    id: Id,
    rule: impl Fn(&Known) -> Result<Vec<record::Draft>, Refusal> + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let change = Change::on(vec![id], move |known| {
        Ok(Decision { drafts: rule(known)?, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// A member looked at a proposal, and it is public in these words.
///
/// # Errors
/// As [`proposing::show`] refuses.
pub async fn show(
    house: &House,
    id: Id,
    words: ProposedWords,
    author: Option<Id>,
) -> Result<(), Trouble> {
    name_nobody(house, &[&words.title, &words.words]).await?;
    on(house, id, move |known| proposing::show(id, known, &words, author)).await
}

/// A proposal is not shown, and everybody may read why.
///
/// # Errors
/// As [`proposing::refuse`] refuses.
pub async fn refuse(
    house: &House,
    id: Id,
    reason: String,
    author: Option<Id>,
) -> Result<(), Trouble> {
    name_nobody(house, &[&reason]).await?;
    on(house, id, move |known| proposing::refuse(id, known, &reason, author)).await
}

/// Somebody counted a list of signatures or hands; without a list it is a new one.
///
/// # Errors
/// As [`proposing::counted`] refuses.
pub async fn count(
    house: &House,
    id: Id,
    list: Option<Id>,
    via: &str,
    n: i64,
    author: Option<Id>,
) -> Result<(), Trouble> {
    let list = list.unwrap_or_else(|| Id::fresh(house.now_ms()));
    let counted = ProposalCounted { list, via: via.to_owned(), n };
    on(house, id, move |known| proposing::counted(id, known, &counted, author)).await
}

/// `SUPPORT 12` from a phone: the person supports proposal 12, once. The roof hands it on here.
///
/// # Errors
/// When the database fails.
pub async fn by_sms(house: House, number: i64, person: Id) -> Result<Meant, Trouble> {
    let args = vec![("proposal", format!("P-{number}"))];
    let found = queries::proposal_by_number(&house, number).await?.filter(is_told);
    let Some(proposal) = found else {
        let change = Change::writing(Decision::default());
        let unknown = "sms-support-unknown";
        return Ok(Meant { change, done: unknown, again: unknown, refused: unknown, args });
    };
    let id = proposal.id;
    let change = Change::on(vec![id], move |known| {
        Ok(Decision { drafts: proposing::support(id, known)?, ..Decision::default() })
    });
    Ok(Meant {
        change: change.claiming(support_name(&house, id, person), person),
        done: "sms-supported",
        again: "sms-supported-already",
        refused: "sms-support-over",
        args,
    })
}

/// Of one that nobody has looked at yet, a phone is told no more than of one that is not there.
fn is_told(proposal: &Proposal) -> bool {
    !matches!(proposal.status(), "" | "made" | "refused")
}
