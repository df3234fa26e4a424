//! A phone that sends SMS, in the browser: what it sends goes through the same act as any gateway's
//! message, and what it receives comes from the same queue. It lends itself to no real number, and
//! is there only while the simulator is the gateway in force.

mod page;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use record::{Id, Refusal};
use rooms::door::{Access, House, Moved, Rate, Routes, Sent, Shown, Trouble, Visitor};
use rooms::voices::outbound::{self, Leased};
use rooms::voices::sms::{self, Sms};
use rooms::voices::{NUMBER_CHARS_MAX, e164};
use serde::Deserialize;
use store::StoreError;

use crate::gateway::{Carrier, InForce};
use crate::node::wall_ms;
use crate::settings::GatewayKind;

/// The simulator's name among gateways.
pub const GATEWAY: &str = "simulator";
/// Messages kept on one phone.
const MESSAGES_MAX: usize = 50;
/// Phones kept at once; beyond that the one that was silent longest goes.
const PHONES_MAX: usize = 500;
/// Messages handed over at once.
const LEASED_MAX: i64 = 50;
/// No country has this prefix: nobody can be made to speak who did not.
const NOBODYS_PREFIX: &str = "+99900";
/// Digits of a phone's number after that prefix.
const NUMBER_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;
/// How often one origin may press Send.
const SENDING: Rate = Rate { name: "simulator", times: 60, within_ms: 60_000 };
/// How long a page waits for the answer of its message.
const REPLY_LOOKS: u32 = 20;
const REPLY_PAUSE: Duration = Duration::from_millis(50);
/// The phones one can pick up at once.
const DEMO_PHONES: [u32; 4] = [1, 2, 3, 4];

/// A message on a phone's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnScreen {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// Whether the phone sent it; otherwise the city did.
    pub own: bool,
    /// Its words.
    pub words: String,
}

/// The phones and what they show, in memory only. Clones are the same phones.
#[derive(Clone, Default)]
pub struct Phones(Arc<Mutex<HashMap<String, VecDeque<OnScreen>>>>);

impl Phones {
    /// The phone sent this.
    pub fn sent(&self, number: &str, words: &str, at_ms: i64) {
        self.show(number, OnScreen { at_ms, own: true, words: words.to_owned() });
    }

    /// The phone received this.
    pub fn received(&self, number: &str, words: &str, at_ms: i64) {
        self.show(number, OnScreen { at_ms, own: false, words: words.to_owned() });
    }

    /// What a phone shows, the oldest first.
    #[must_use]
    pub fn on_screen(&self, number: &str) -> Vec<OnScreen> {
        let Ok(phones) = self.0.lock() else { return Vec::new() };
        phones.get(number).map(|shown| shown.iter().cloned().collect()).unwrap_or_default()
    }

    fn show(&self, number: &str, message: OnScreen) {
        let Ok(mut phones) = self.0.lock() else { return };
        if phones.len() >= PHONES_MAX && !phones.contains_key(number) {
            let last = |shown: &VecDeque<OnScreen>| shown.back().map_or(0, |m| m.at_ms);
            let silent = phones.iter().min_by_key(|(_, shown)| last(shown));
            if let Some(silent) = silent.map(|(number, _)| number.clone()) {
                phones.remove(&silent);
            }
        }
        let shown = phones.entry(number.to_owned()).or_default();
        if shown.len() >= MESSAGES_MAX {
            shown.pop_front();
        }
        shown.push_back(message);
    }
}

impl Carrier for Phones {
    fn carry(&self, message: &Leased) {
        self.received(&message.to, &message.text, wall_ms());
    }
}

/// The number of a phone of the demo.
#[must_use]
pub fn demo_number(n: u32) -> String {
    format!("{NOBODYS_PREFIX}500{n:03}")
}

/// The pages and files of the simulator.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/simulator", Access::Street, get(shown))
        .post("/simulator", Access::Street, post(send))
        .get(page::CSS_PATH, Access::Street, get(css))
}

/// Hands what waits to the phones, at the house's own time.
///
/// # Errors
/// When the store fails; what was not handed over waits on.
pub async fn deliver(house: &House, phones: &Phones) -> Result<(), StoreError> {
    loop {
        let taken = take(house, phones).await?;
        if taken.is_empty() {
            return Ok(());
        }
        outbound::handed(house, &taken).await?;
    }
}

/// Shows what waits on its phones; the caller says that it was handed over.
///
/// # Errors
/// When the store fails.
pub(crate) async fn take(house: &House, phones: &Phones) -> Result<Vec<Id>, StoreError> {
    if !outbound::any_waiting(house).await? {
        return Ok(Vec::new());
    }
    let leased = outbound::lease(house, LEASED_MAX).await?;
    for message in &leased {
        phones.received(&message.to, &message.text, house.now_ms());
    }
    Ok(leased.iter().map(|message| message.id).collect())
}

/// Sends an SMS from a phone of the simulator, and waits a moment for what the city answers.
///
/// # Errors
/// As the room of voices refuses or the store fails.
pub async fn say(house: &House, number: &str, words: &str) -> Result<(), Trouble> {
    let phones = house.kept::<Phones>().ok_or(Trouble::NotFound)?;
    let message = Sms {
        gateway: GATEWAY.to_owned(),
        id: Id::fresh(house.now_ms()).to_string(),
        from: number.to_owned(),
        text: words.to_owned(),
        sent_ms: None,
    };
    phones.sent(number, words, house.now_ms());
    sms::receive(house, &message).await?;
    deliver(house, &phones).await?;
    // The node's own worker may have taken the answer a moment earlier: it is on its way then.
    for _ in 0..REPLY_LOOKS {
        if phones.on_screen(number).last().is_some_and(|message| !message.own) {
            break;
        }
        tokio::time::sleep(REPLY_PAUSE).await;
    }
    Ok(())
}

/// The number a phone may have here.
///
/// # Errors
/// When it could belong to somebody.
pub(crate) fn phone_number(typed: &str) -> Result<String, Refusal> {
    let wrong = || Refusal::new("simulator-number").naming("prefix", NOBODYS_PREFIX);
    if typed.chars().count() > NUMBER_CHARS_MAX * 2 {
        return Err(wrong());
    }
    let number = e164(typed).map_err(|_| wrong())?;
    let digits = number.strip_prefix(NOBODYS_PREFIX).map(str::len);
    if digits.is_some_and(|digits| NUMBER_DIGITS.contains(&digits)) {
        Ok(number)
    } else {
        Err(wrong())
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    number: String,
}

#[derive(Deserialize)]
struct Sending {
    number: String,
    words: String,
}

/// The simulator is there only while it is the gateway.
fn in_force(house: &House) -> Result<Arc<Phones>, Trouble> {
    let gateway = house.kept::<InForce>().and_then(|in_force| in_force.0.clone());
    match gateway {
        Some(gateway) if gateway.kind == GatewayKind::Simulator => {
            house.kept::<Phones>().ok_or(Trouble::NotFound)
        }
        _ => Err(Trouble::NotFound),
    }
}

async fn shown(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let phones = in_force(&house)?;
    let number = match asked.number.trim() {
        "" => demo_number(DEMO_PHONES[0]),
        typed => phone_number(typed)?,
    };
    page::phone(&house, &visitor, &number, &phones.on_screen(&number))
}

async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sending): Sent<Sending>,
) -> Result<Moved, Trouble> {
    in_force(&house)?;
    let number = phone_number(&sending.number)?;
    if !house.limits().take(SENDING, visitor.0.origin, house.now_ms()) {
        return Err(Refusal::new("too-often").status(429).into());
    }
    say(&house, &number, &sending.words).await?;
    let digits = number.trim_start_matches('+');
    Ok(Moved(visitor.link(&format!("/simulator?number=%2B{digits}")) + "#last"))
}

async fn css() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    (headers, page::CSS).into_response()
}
