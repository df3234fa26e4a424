//! `/desk/voices/{id}`: one voice, to be read, sorted and answered. To open it is to have read it,
//! and that is recorded. It never shows the number; to whom it is not shown, it is not there.

use axum::extract::Query;
use axum::extract::{Path, State};
use page::components::button::{Kind, buttons, link_button};
use page::components::icon::Icon;
use page::components::notice::notice;
use page::components::number::facts;
use page::components::quote::quote;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::Id;

use super::parts::{self, Asked};
use super::{alike, answering, handling, list, note, sorting};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::voices::{Voice, Words, acts, queries};

/// Other voices of the same person that are shown.
const OTHERS_SHOWN_MAX: usize = 5;
/// The key that leads to the needs it may belong to.
const KEY_GROUP: char = 'g';

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let voice = seen(&house, &visitor, parts::id_of(&id)?).await?;
    let voice = if voice.read_ms.is_none() && !voice.erased {
        acts::read(&house, voice.id, visitor.author()).await?;
        seen(&house, &visitor, voice.id).await?
    } else {
        voice
    };
    let t = visitor.tongue();
    let words = queries::words(&house, voice.id).await?;
    let others = others(&house, &visitor, &voice).await?;
    let mut body = said(&house, &visitor, &voice, words.as_ref(), others);
    if let Some(need) = voice.need {
        body.push(&crate::on_voice(&house, &visitor, need).await?);
    }
    if let Some(words) = words.as_ref().filter(|_| !voice.erased) {
        body.push(&handling::first(&house, &visitor, &voice));
        body.push(&sorting::suggestions(&house, &visitor, &voice, words));
        body.push(&answering::answers(&house, t, &voice).await?);
        if !voice.held && voice.status != "withdrawn" {
            body.push(&answering::answer_form(&house, &visitor, &voice).await?);
        }
        body.push(&alike::alike(&house, &visitor, &voice, words).await?);
        body.push(&sorting::sort_form(&house, &visitor, &voice));
        body.push(&handling::last(&visitor, &voice));
    }
    Ok(parts::shown(&visitor, &title(t, &voice), &asked, body))
}

/// A voice, if this member may know of it.
///
/// # Errors
/// Not found, also when it is held and they are no focal point.
pub async fn seen(house: &House, visitor: &Visitor, id: Id) -> Result<Voice, Trouble> {
    let voice = queries::voice(house, id).await?.filter(|voice| !voice.code.is_empty());
    let voice = voice.filter(|voice| parts::may_see(visitor, voice)).ok_or(Trouble::NotFound)?;
    if visitor.member().is_some_and(|member| !member.bodies.is_empty()) && !voice.sorted {
        let words = queries::words(house, id).await?;
        if words.is_some_and(|words| parts::accuses(house, visitor, &voice, &words.words)) {
            return Err(Trouble::NotFound);
        }
    }
    Ok(voice)
}

fn title(t: Tongue, voice: &Voice) -> String {
    t.with("voices-voice-title", &[("code", acts::shown_code(voice).into())])
}

/// Codes of other voices from the same person, the newest first: an answer to what was asked back
/// comes as a voice of its own.
async fn others(house: &House, visitor: &Visitor, voice: &Voice) -> Result<Html, Trouble> {
    let Some(person) = voice.person else { return Ok(Html::none()) };
    let all = queries::of_person(house, person).await?;
    let known = all.iter().filter(|other| other.id != voice.id && parts::may_see(visitor, other));
    let links = known.take(OTHERS_SHOWN_MAX).map(|other| {
        let code = page::components::code::inline(&acts::shown_code(other));
        parts::link(visitor, &format!("/desk/voices/{}", other.id), &code)
    });
    let links: Vec<String> = links.map(|link| link.0).collect();
    Ok(Html(links.join(" · ")))
}

fn said(
    house: &House,
    visitor: &Visitor,
    voice: &Voice,
    words: Option<&Words>,
    others: Html,
) -> Html {
    let t = visitor.tongue();
    let tags = list::tags(house, t, voice);
    let mut all = Html(format!("<div class=bs><p class=tags>{tags}</p></div>"));
    if voice.urgency == 2 {
        let number = house.city().emergency.clone();
        let shown = t.html("voices-danger-call", &[("emergency", number.into())]);
        all.push(&notice(t, &Notice { tone: Tone::Warn, words: shown }));
    }
    match words.filter(|_| !voice.erased) {
        Some(words) => {
            let language = Some(voice.language.as_str()).filter(|code| *code != "und");
            let about = text(&format!(
                "{} · {}",
                parts::channel_name(t, &voice.channel),
                parts::age(t, house, voice.said_ms)
            ));
            if !words.words.is_empty() {
                all.push(&quote(&words.words, language, &about));
            }
            all.push(&note::shown(visitor, voice));
        }
        None => {
            let gone = Notice::new(Tone::Info, &t.say("voices-words-gone"));
            all.push(&notice(t, &gone));
        }
    }
    all.push(&about(house, visitor, voice, words, others));
    all
}

fn about(
    house: &House,
    visitor: &Visitor,
    voice: &Voice,
    words: Option<&Words>,
    others: Html,
) -> Html {
    let t = visitor.tongue();
    let names = [
        "voices-fact-place",
        "voices-fact-area",
        "voices-fact-answer",
        "voices-fact-heard",
        "voices-fact-behalf",
        "voices-fact-same",
        "voices-fact-person",
    ]
    .map(|key| t.say(key));
    let [place, area, answer, heard, behalf, same, person] = &names;
    let mut all: Vec<(&str, Html)> = Vec::new();
    if let Some(own) = words.and_then(|words| words.place.as_deref()) {
        all.push((place, Html(format!("<span dir=auto>{}</span>", text(own)))));
    }
    all.push((area, text(&parts::area_name(house, t, voice.area))));
    let reach = if voice.reachable { "voices-answer-sms" } else { "voices-answer-page" };
    all.push((answer, text(&t.say(reach))));
    let offset = house.city().offset_minutes;
    let at = |ms: i64| format!("{}, {}", t.date_at(ms, offset), t.time_at(ms, offset));
    all.push((heard, text(&at(voice.heard_ms))));
    if voice.on_behalf {
        all.push((behalf, text(&t.say("voices-on-behalf-said"))));
    }
    if let Some(other) = voice.linked_to {
        let words = text(&t.say("voices-linked-open"));
        all.push((same, parts::link(visitor, &format!("/desk/voices/{other}"), &words)));
    }
    if !others.0.is_empty() {
        all.push((person, others));
    }
    let mut shown = facts(&all);
    let follow = visitor.link(&format!("/follow/{}", acts::shown_code(voice)));
    let thread =
        link_button(&follow, &t.say("voices-open-thread"), Kind::Other, Some(Icon::Follow));
    let back = visitor.link("/desk/voices");
    let back = link_button(&back, &t.say("voices-back-list"), Kind::Other, None);
    let group = parts::may_group(voice).then(|| parts::group_link(visitor, voice));
    let group = group.map(|link| parts::keyed(link, "a", KEY_GROUP));
    shown.push(&buttons([parts::keyed(back, "a", 'b'), thread].into_iter().chain(group)));
    shown
}
