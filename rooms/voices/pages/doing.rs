//! What the buttons of a voice's page do: each reads its form, asks the room to act, and leads on.
//! It judges nothing but whether this member may know of the voice at all.

use axum::extract::{Path, State};
use page::{Html, text};
use record::{Id, Refusal};
use serde::Deserialize;

use super::parts;
use super::sorting::SECTORS_ASKED;
use super::voice::seen;
use crate::door::{House, Moved, Rate, Role, Sent, Shown, Trouble, Visitor};
use crate::voices::{Code, Voice, VoiceAnswered, VoiceSorted, acts, forget, sealed};

/// Words tried on one voice at the desk.
const WORDS: Rate = Rate { name: "words-at-desk", times: 10, within_ms: 10 * 60 * 1000 };

/// A form without fields of its own.
#[derive(Debug, Default, Deserialize)]
pub struct Nothing {}

/// How a voice is sorted. What is not sent stays as it was; a type, an area or a body that is sent
/// empty is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sorted {
    kind: Option<String>,
    urgency: String,
    with_sectors: String,
    sector1: String,
    sector2: String,
    sector3: String,
    area: Option<String>,
    language: String,
    about: Option<String>,
}

/// What the person is told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answered {
    outcome: String,
    words: String,
    due: String,
    body: String,
    body_other: String,
}

/// Which voice says the same.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Linked {
    to: String,
}

/// Why a number is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    reason: String,
}

/// What the person told a focal point.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Confirmed {
    answer: String,
}

/// What the person asks for, and how they are known to be the one who spoke.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    what: String,
    code: String,
    word: String,
    present: String,
}

fn back(visitor: &Visitor, voice: &Voice, done: &str) -> Moved {
    Moved(visitor.link(&format!("/desk/voices/{}?done={done}", voice.id)))
}

/// The list again: whoever works through it goes on with the next.
fn onward(visitor: &Visitor, done: &str) -> Moved {
    Moved(visitor.link(&format!("/desk/voices?done={done}")))
}

/// Sorts.
pub async fn sort(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Sorted>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    let some = |typed: &str| Some(typed.to_owned()).filter(|typed| !typed.is_empty());
    let named: [&String; SECTORS_ASKED] = [&sent.sector1, &sent.sector2, &sent.sector3];
    let mut sectors: Vec<String> = named.into_iter().filter_map(|s| some(s)).collect();
    // The same sector chosen twice is one.
    sectors.dedup();
    let urgency = some(&sent.urgency)
        .map(|n| n.parse::<u8>().map_err(|_| Refusal::new("list-unknown")))
        .transpose()?;
    let about = |typed: &String| match typed.as_str() {
        "" => Ok(Id::NONE),
        typed => parts::id_of(typed),
    };
    let sorted = VoiceSorted {
        kind: sent.kind.clone(),
        sectors: (sent.with_sectors == "yes").then_some(sectors),
        urgency,
        language: some(&sent.language),
        about: sent.about.as_ref().map(about).transpose()?,
        held: None,
    };
    let area = match &sent.area {
        Some(typed) => Some(parts::area_sent(&house, typed)?.unwrap_or(Id::NONE)),
        None => None,
    };
    acts::sort(&house, voice.id, sorted, area, visitor.author()).await?;
    Ok(back(&visitor, &voice, "sorted"))
}

/// Answers.
pub async fn answer(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Answered>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    let body = [&sent.body_other, &sent.body].into_iter().find(|name| !name.trim().is_empty());
    let answered = VoiceAnswered {
        body: body.map(|name| name.trim().to_owned()).filter(|_| sent.outcome == "referred"),
        due_day: parts::day_sent(&sent.due).filter(|_| sent.outcome == "in_progress"),
        outcome: sent.outcome,
    };
    acts::answer(&house, &voice, answered, sent.words, visitor.author()).await?;
    Ok(onward(&visitor, "answered"))
}

/// Links.
pub async fn link(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Linked>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    let other = seen(&house, &visitor, parts::id_of(&sent.to)?).await?;
    acts::link(&house, voice.id, Some(other.id), visitor.author()).await?;
    Ok(back(&visitor, &voice, "linked"))
}

/// Parts again.
pub async fn unlink(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    acts::link(&house, voice.id, None, visitor.author()).await?;
    Ok(back(&visitor, &voice, "unlinked"))
}

/// Moves a disclosure to the trained people; every ordinary trace of it goes.
pub async fn seal(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    sealed::move_here(&house, voice.id).await?;
    Ok(onward(&visitor, "sealed"))
}

/// Lets a held voice into the general queue.
pub async fn release(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    acts::release(&house, voice.id, visitor.author()).await?;
    Ok(back(&visitor, &voice, "released"))
}

/// Shows a number once, in this very answer: it is in no address, and not there again.
pub async fn number(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Looked>,
) -> Result<Shown, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    let number = acts::see_number(&house, voice.id, sent.reason, visitor.author()).await?;
    let t = visitor.tongue();
    let words = text(&t.say("voices-back-voice"));
    let body = Html::join([
        Html(format!("<p class=lead>{}</p>", parts::number_link(&number))),
        parts::line(t, "voices-number-shown"),
        parts::soft(&parts::link(&visitor, &format!("/desk/voices/{}", voice.id), &words)),
    ]);
    Ok(parts::shown(&visitor, &t.say("voices-number-title"), &parts::Asked::default(), body))
}

/// Writes down what the person told a focal point.
pub async fn confirm(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Confirmed>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    let yes = match sent.answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::new("list-unknown").into()),
    };
    acts::confirm(&house, &voice, yes, "focal", visitor.author()).await?;
    Ok(back(&visitor, &voice, "confirmed"))
}

/// Writes down what the person said: whether some of their words may be shown in public.
pub async fn consent(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Confirmed>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    let (given, done) = match sent.answer.as_str() {
        "yes" => (true, "consented"),
        "no" => (false, "unconsented"),
        _ => return Err(Refusal::new("list-unknown").into()),
    };
    acts::consent(&house, voice.id, given, "told", visitor.author()).await?;
    Ok(back(&visitor, &voice, done))
}

/// Takes back consent, or forgets: at the wish of the person, who is known by the code and the
/// word they chose, or who stands before a focal point.
pub async fn erase(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Asking>,
) -> Result<Moved, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    let code: Code = sent.code.parse().map_err(|_| Refusal::new("code-wrong"))?;
    if code.plain() != voice.code {
        return Err(Refusal::new("code-unknown").into());
    }
    let tried = house.vault().keyed("word-tries", voice.code.as_bytes());
    if !house.limits().take(WORDS, tried, house.now_ms()) {
        return Err(Refusal::new("too-often").status(429).into());
    }
    let present = visitor.is(Role::FocalPoint) && sent.present == "yes";
    if !present {
        acts::prove(&house, voice.person, &sent.word).await?;
    }
    match sent.what.as_str() {
        "withdraw" => {
            acts::withdraw(&house, voice.id).await?;
            Ok(back(&visitor, &voice, "withdrawn"))
        }
        "erase" => {
            forget::voice(&house, voice.id).await?;
            Ok(onward(&visitor, "erased"))
        }
        _ => Err(Refusal::new("list-unknown").into()),
    }
}
