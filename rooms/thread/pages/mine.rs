//! What a person does to their own voice, with the word they chose when they spoke: say YES or NO,
//! see, correct, let
//! some words be shown or none, take back, be forgotten. A code alone does none of it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use page::components::button::{Kind, buttons, link_button};
use page::components::number::facts;
use page::components::quote::quote;
use page::{Html, Tongue, text};
use record::{Refusal, day_of};
use serde::Deserialize;

use super::follow::{act_page, found};
use super::{date_of, h1, say};
use crate::door::{House, Moved, Rate, Sent, Shown, Trouble, Visitor};
use crate::voices::{Code, Voice, Words, acts, forget, queries};

/// Words tried from one origin.
const WORDS_BY_ORIGIN: Rate =
    Rate { name: "words-by-origin", times: 10, within_ms: 10 * 60 * 1000 };
/// Words tried on one code, from wherever.
const WORDS_BY_CODE: Rate = Rate { name: "words-by-code", times: 10, within_ms: 10 * 60 * 1000 };
/// Last digits of a number that are shown to its owner.
const DIGITS_SHOWN: usize = 2;

/// What these forms send.
#[derive(Deserialize)]
pub(super) struct WithWord {
    #[serde(default)]
    word: String,
    /// `yes` or `no`.
    #[serde(default)]
    arrived: String,
    /// The corrected words.
    #[serde(default)]
    words: String,
}

/// `POST /follow/{code}/confirm`.
pub(super) async fn confirm(
    State(house): State<House>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Sent(sent): Sent<WithWord>,
) -> Result<Moved, Trouble> {
    let yes = match sent.arrived.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::new("list-unknown").into()),
    };
    let (code, voice) = own(&house, &visitor, &typed, &sent.word).await?;
    acts::confirm(&house, &voice, yes, "page", None).await?;
    Ok(back(&visitor, &code, if yes { "yes" } else { "no" }))
}

/// `POST /follow/{code}/see`.
pub(super) async fn see(
    State(house): State<House>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Sent(sent): Sent<WithWord>,
) -> Result<Response, Trouble> {
    let done = async {
        let (code, voice) = own(&house, &visitor, &typed, &sent.word).await?;
        let words = queries::words(&house, voice.id).await?;
        let words = words.ok_or_else(|| Refusal::new("voice-erased").status(410))?;
        Ok(kept(&visitor, &code, &voice, &words).into_response())
    };
    again(&visitor, &typed, "see", &sent, done.await)
}

/// `POST /follow/{code}/correct`.
pub(super) async fn correct(
    State(house): State<House>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Sent(sent): Sent<WithWord>,
) -> Result<Response, Trouble> {
    let done = async {
        let (code, voice) = own(&house, &visitor, &typed, &sent.word).await?;
        acts::correct(&house, voice.id, &sent.words).await?;
        Ok(back(&visitor, &code, "corrected").into_response())
    };
    again(&visitor, &typed, "correct", &sent, done.await)
}

/// `POST /follow/{code}/show`.
pub(super) async fn show(
    State(house): State<House>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Sent(sent): Sent<WithWord>,
) -> Result<Response, Trouble> {
    consented(&house, &visitor, &typed, ("show", true), &sent).await
}

/// `POST /follow/{code}/unshow`.
pub(super) async fn unshow(
    State(house): State<House>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Sent(sent): Sent<WithWord>,
) -> Result<Response, Trouble> {
    consented(&house, &visitor, &typed, ("unshow", false), &sent).await
}

/// Whether some of the words may be shown in public: the person says so, and takes it back.
async fn consented(
    house: &House,
    visitor: &Visitor,
    typed: &str,
    (act, given): (&str, bool),
    sent: &WithWord,
) -> Result<Response, Trouble> {
    let done = async {
        let (code, voice) = own(house, visitor, typed, &sent.word).await?;
        acts::consent(house, voice.id, given, "page", None).await?;
        let said = if given { "shown" } else { "unshown" };
        Ok(back(visitor, &code, said).into_response())
    };
    again(visitor, typed, act, sent, done.await)
}

/// `POST /follow/{code}/withdraw`.
pub(super) async fn withdraw(
    State(house): State<House>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Sent(sent): Sent<WithWord>,
) -> Result<Response, Trouble> {
    let done = async {
        let (code, voice) = own(&house, &visitor, &typed, &sent.word).await?;
        acts::withdraw(&house, voice.id).await?;
        Ok(back(&visitor, &code, "withdrawn").into_response())
    };
    again(&visitor, &typed, "withdraw", &sent, done.await)
}

/// `POST /follow/{code}/erase`.
pub(super) async fn erase(
    State(house): State<House>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Sent(sent): Sent<WithWord>,
) -> Result<Response, Trouble> {
    let done = async {
        let (code, voice) = own(&house, &visitor, &typed, &sent.word).await?;
        forget::voice(&house, voice.id).await?;
        Ok(back(&visitor, &code, "erased").into_response())
    };
    again(&visitor, &typed, "erase", &sent, done.await)
}

/// The act's own page again, when the word or the words were refused: nothing typed is lost.
fn again(
    visitor: &Visitor,
    typed: &str,
    act: &str,
    sent: &WithWord,
    done: Result<Response, Trouble>,
) -> Result<Response, Trouble> {
    match (done, typed.parse::<Code>()) {
        (Err(Trouble::Refused(refusal)), Ok(code))
            if !visitor.0.wants_json && asks_again(refusal.code) =>
        {
            let page = act_page(visitor, &code, act, &sent.words, Some(&refusal));
            Ok(page.into_response())
        }
        (done, _) => done,
    }
}

/// Whether what was refused can be put right in the form itself.
fn asks_again(code: &str) -> bool {
    code == "word-wrong"
        || code == "word-young"
        || code == "too-often"
        || code.starts_with("words-")
}

/// The voice of whoever knows both its code and their word. Wrong words are few, whoever tries:
/// the same refusal for a voice without a word, for a forgotten one, and for a sealed report.
async fn own(
    house: &House,
    visitor: &Visitor,
    typed: &str,
    word: &str,
) -> Result<(Code, Voice), Trouble> {
    let (code, voice) = found(house, visitor, typed).await?;
    let by_code = house.vault().keyed("word-tries", code.plain().as_bytes());
    let now = house.now_ms();
    let few = house.limits().take(WORDS_BY_ORIGIN, visitor.0.origin, now)
        && house.limits().take(WORDS_BY_CODE, by_code, now);
    if !few {
        return Err(Refusal::new("too-often").status(429).into());
    }
    acts::prove(house, voice.person, word).await?;
    Ok((code, voice))
}

fn back(visitor: &Visitor, code: &Code, said: &str) -> Moved {
    Moved(visitor.link(&format!("/follow/{}?said={said}", code.plain())))
}

/// Everything the node keeps of this voice, to the person it is from.
fn kept(visitor: &Visitor, code: &Code, voice: &Voice, words: &Words) -> Shown {
    let t = visitor.tongue();
    let title = t.say("thread-do-see");
    let mut body = h1(&text(&title));
    let heard = text(&date_of(t, day_of(voice.heard_ms)));
    body.push(&quote(&words.words, Some(&voice.language), &heard));
    let none = || text(&t.say("thread-kept-none"));
    let place = words.place.as_deref().map_or_else(none, text);
    let number = words.number.as_deref().map_or_else(none, |number| masked(t, number));
    let names = ["thread-kept-place", "thread-kept-number", "thread-kept-kind"].map(|k| t.say(k));
    let kind = match voice.kind.as_deref() {
        Some(kind) => text(&t.say(&format!("voices-kind-{kind}"))),
        None => none(),
    };
    let [place_name, number_name, kind_name] = &names;
    body.push(&facts(&[(place_name, place), (number_name, number), (kind_name, kind)]));
    body.push(&say(t, "thread-kept-counts"));
    let to = |path: String| visitor.link(&path);
    let code = code.plain();
    let link = |act: &str, kind| {
        let label = t.say(&format!("thread-do-{act}"));
        link_button(&to(format!("/follow/{code}?do={act}")), &label, kind, None)
    };
    body.push(&buttons([
        link_button(&to(format!("/follow/{code}")), &t.say("thread-back"), Kind::Main, None),
        link("correct", Kind::Other),
        link("erase", Kind::Grave),
    ]));
    Shown::street(title, body)
}

/// A number of which its owner recognises the end, and nobody else the rest.
fn masked(t: Tongue, number: &str) -> Html {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().saturating_sub(DIGITS_SHOWN);
    let end: String = digits.into_iter().skip(from).collect();
    t.html("thread-kept-number-ends", &[("end", end.into())])
}
