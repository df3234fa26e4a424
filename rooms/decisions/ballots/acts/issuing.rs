//! Credentials made: as a sheet of cards, or sent by SMS to people who spoke. A code is made here,
//! handed on once, and kept nowhere; which key went to whom is not written down, and keys are put
//! in their own order before they are.

use std::collections::BTreeSet;

use record::{Id, Refusal};
use store::{Change, Decision, Name};

use super::super::card::{Card, credential_id};
use super::super::queries;
use super::super::rules::{self, CARDS_MAX, Hand, Issuing, SMS_MIN};
use super::super::views::{Credential, Round};
use super::the_round;
use crate::door::{House, Trouble};
use crate::needs;
use crate::places::atlas;
use crate::voices::outbound::tell;
use crate::voices::{self, notices};

/// Cards with their public keys.
type Made = Vec<(Card, [u8; 32])>;

async fn made(round: Id, n: usize) -> Result<Made, Trouble> {
    let make = move || {
        let one = |_| {
            let card = Card::fresh();
            let public = card.credential(round).public();
            (card, public)
        };
        (0..n).map(one).collect()
    };
    tokio::task::spawn_blocking(make).await.map_err(Trouble::broken)
}

/// What is asked of a sheet of cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Which it is.
    pub batch: Id,
    /// How many cards.
    pub cards: usize,
    /// Where it is given out; none for the round's own place.
    pub area: Option<Id>,
    /// For whom it is, in words; may be empty.
    pub lot: String,
}

/// A sheet of cards for one place. The codes are in the answer and nowhere else.
///
/// # Errors
/// As [`rules::issue`] refuses; the sheet was printed before.
pub async fn cards(house: &House, id: Id, sheet: Sheet, hand: Hand) -> Result<Vec<Card>, Trouble> {
    let round = the_round(house, id).await?;
    let Sheet { batch, cards: n, area, lot } = sheet;
    if !lot.trim().is_empty() {
        needs::fit_in_house(house, &lot).await?;
    }
    place_fits(house, &round, area)?;
    if n == 0 || n > CARDS_MAX || !queries::of_batch(house, batch).await?.is_empty() {
        let refusal = Refusal::new("ballot-cards-many").naming("max", CARDS_MAX);
        return Err(refusal.naming("all", rules::CREDENTIALS_MAX).into());
    }
    let made = made(id, n).await?;
    let keys = made.iter().map(|(_, public)| (*public, area)).collect();
    let (decision, name) = (Decision::default(), batch_name(house, batch));
    let asked = Issuing { batch, via: "card".to_owned(), keys, lot, there: 0 };
    give_out(house, id, asked, hand, (decision, vec![(name, id)])).await?;
    Ok(made.into_iter().map(|(card, _)| card).collect())
}

fn batch_name(house: &House, batch: Id) -> Name {
    Name { space: "ballot-batch", key: house.vault().keyed("ballot-batch", &batch.0) }
}

fn place_fits(house: &House, round: &Round, area: Option<Id>) -> Result<(), Refusal> {
    let known = area.is_none_or(|area| atlas(house).area(area).is_some());
    // Whoever votes on what is for one area has their card for that area.
    let own = round.area.is_none() || area == round.area;
    if known && own { Ok(()) } else { Err(Refusal::new("decision-area")) }
}

/// Sends a code to everybody who spoke there and can be reached, each number once, all in one act;
/// where they are more than one sending holds, at least [`SMS_MIN`] wait for the next one. Returns
/// how many.
///
/// # Errors
/// As [`rules::issue`] refuses.
pub async fn send(house: &House, id: Id, batch: Id, hand: Hand) -> Result<usize, Trouble> {
    let round = the_round(house, id).await?;
    let points = round.rules().points > 0;
    let key = if points { "sms-ballot-card-points" } else { "sms-ballot-card" };
    let mut numbers = BTreeSet::new();
    let (mut messages, mut names) = (Vec::new(), Vec::new());
    for voice in voices::queries::reachable_in(house, round.area).await? {
        if messages.len() >= CARDS_MAX + SMS_MIN {
            break;
        }
        let day = day_said(house, &round);
        let args = [("number", format!("V{}", round.rules().number)), ("until", day)];
        let Some((message, _)) = notices::message_to(house, &voice, key, &args).await? else {
            continue;
        };
        let once = [id.0.as_slice(), message.to.as_bytes()].concat();
        let name = Name { space: "ballot-sms", key: house.vault().keyed("ballot-sms", &once) };
        let had = house.store().holder(&name).await?.is_some();
        if !had && numbers.insert(message.to.clone()) {
            messages.push((message, voice.area));
            names.push((name, id));
        }
    }
    let sent = rules::sent_together(messages.len());
    messages.truncate(sent);
    names.truncate(sent);
    let made = made(id, sent).await?;
    let mut decision = Decision::default();
    let mut keys = Vec::with_capacity(sent);
    for ((mut message, area), (card, public)) in messages.into_iter().zip(made) {
        message.args.push(("code".to_owned(), card.to_string()));
        message.args.push(("force".to_owned(), force_said(house, &round, &message.lang)));
        // It belongs to nobody: the queue does not say whose message this is.
        tell(&mut decision, house, &message, (Id::NONE, Id::NONE), 0);
        keys.push((public, if round.area.is_some() { round.area } else { area }));
    }
    names.push((batch_name(house, batch), id));
    let asked = Issuing { batch, via: "sms".to_owned(), keys, ..Issuing::default() };
    give_out(house, id, asked, hand, (decision, names)).await?;
    house.outbound().notify_one();
    Ok(sent)
}

/// Whether the result binds, in few words; nothing of a round that did not say.
fn force_said(house: &House, round: &Round, lang: &str) -> String {
    let Some(right) = round.rules().right else { return String::new() };
    let t = page::Tongue::new(page::Lang::from_code(lang).unwrap_or(page::Lang::En), house.texts());
    t.say(if right.binds { "sms-ballot-binds" } else { "sms-ballot-advises" })
}

/// The last day of a round as figures, which every language reads.
fn day_said(house: &House, round: &Round) -> String {
    let at = page::calendar::moment(round.rules().closes_ms, house.city().offset_minutes);
    format!("{:02}.{:02}. {:02}:{:02}", at.day, at.month, at.hour, at.minute)
}

async fn give_out(
    house: &House,
    id: Id,
    asked: Issuing,
    hand: Hand,
    (more, names): (Decision, Vec<(Name, Id)>),
) -> Result<(), Trouble> {
    let there: i64 = queries::by_area(house, id).await?.iter().map(|given| given.n).sum();
    let there = usize::try_from(there).unwrap_or(usize::MAX);
    let keys = asked.keys.iter();
    let mut entities: Vec<Id> = keys.map(|(public, _)| credential_id(public)).collect();
    entities.push(id);
    let asked = Issuing { there, ..asked };
    let mut change = Change::on(entities, move |known| {
        let drafts = rules::issue(id, known.of(id), &asked, &hand, known.now_ms)?;
        Ok(Decision { drafts, ..more.clone() })
    });
    for (name, entity) in names {
        change = change.claiming(name, entity);
    }
    house.store().append(change).await?;
    Ok(())
}

/// Makes a whole sheet or sending void.
///
/// # Errors
/// As [`rules::void`] refuses.
pub async fn void_batch(
    house: &House,
    id: Id,
    batch: Id,
    reason: String,
    hand: Hand,
) -> Result<(), Trouble> {
    let all = queries::of_batch(house, batch).await?;
    void(house, id, all, reason, hand).await
}

/// Makes one card void, by its code.
///
/// # Errors
/// As [`rules::void`] refuses.
pub async fn void_card(
    house: &House,
    id: Id,
    card: Card,
    reason: String,
    hand: Hand,
) -> Result<(), Trouble> {
    let credential = tokio::task::spawn_blocking(move || card.credential(id).public());
    let public = credential.await.map_err(Trouble::broken)?;
    let found = queries::credential(house, credential_id(&public)).await?;
    void(house, id, found.into_iter().collect(), reason, hand).await
}

async fn void(
    house: &House,
    id: Id,
    all: Vec<Credential>,
    reason: String,
    hand: Hand,
) -> Result<(), Trouble> {
    needs::fit_in_house(house, &reason).await?;
    let ids: Vec<Id> = all.iter().map(|one| one.id).collect();
    let mut entities = ids.clone();
    entities.push(id);
    let change = Change::on(entities, move |known| {
        let now: Vec<Credential> =
            ids.iter().map(|one| Credential::fold(*one, known.of(*one))).collect();
        let drafts = rules::void(id, known.of(id), &now, &reason, &hand, known.now_ms)?;
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}
