//! Voices that may say the same: put side by side for a person, who links or parts them. Nothing is
//! joined by itself, and every link can be undone.

use page::calendar::DAY_MS;
use page::components::button::Button;
use page::components::card::{card, cards};
use page::components::field::hidden;
use page::components::quote::quote;
use page::{Html, text};
use words::{LIKENESS_SAME, likeness, sketch};

use super::parts;
use crate::door::{House, Trouble, Visitor};
use crate::voices::{Voice, Words, acts, queries};

/// How far back another voice may lie, in milliseconds.
const ALIKE_WITHIN_MS: i64 = 7 * DAY_MS;
/// Others shown at once.
const ALIKE_SHOWN_MAX: usize = 5;
/// The key that links the likest.
const KEY_LINK: char = 'l';

/// The voices near it whose words are nearly the same, the likest first.
pub async fn alike(
    house: &House,
    visitor: &Visitor,
    voice: &Voice,
    words: &Words,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let since = house.now_ms() - ALIKE_WITHIN_MS;
    let near: Vec<Voice> = queries::near(house, voice, since)
        .await?
        .into_iter()
        .filter(|other| parts::may_see(visitor, other))
        .collect();
    let ids: Vec<record::Id> = near.iter().map(|other| other.id).collect();
    let opened = queries::words_of(house, &ids).await?;
    let own = sketch(&words.words);
    let mut found: Vec<(u8, Voice, Words)> = near
        .into_iter()
        .zip(opened)
        .filter_map(|(other, words)| Some((other, words?)))
        // Notes that nobody has typed up have no words to compare.
        .filter(|(_, other)| !words.words.is_empty() && !other.words.is_empty())
        .filter(|(other, words)| !parts::accuses(house, visitor, other, &words.words))
        .map(|(other, words)| (likeness(&own, &sketch(&words.words)), other, words))
        .filter(|(alike, other, _)| *alike >= LIKENESS_SAME || voice.linked_to == Some(other.id))
        .collect();
    found.sort_by_key(|(alike, other, _)| (std::cmp::Reverse(*alike), other.id));
    found.truncate(ALIKE_SHOWN_MAX);
    if found.is_empty() && voice.linked_to.is_none() {
        return Ok(Html::none());
    }
    let mut shown: Vec<Html> = Vec::new();
    for (at, (alike, other, said)) in found.iter().enumerate() {
        shown.push(one(house, visitor, voice, (other, said), (*alike, at == 0)));
    }
    let mut all = Html::join([
        parts::part(t, "voices-alike-title"),
        parts::soft(&text(&t.say("voices-alike-note"))),
        cards(shown),
    ]);
    if voice.linked_to.is_some() {
        let unlink = t.say("voices-unlink");
        let to = format!("/desk/voices/{}/unlink", voice.id);
        all.push(&parts::act(visitor, &to, Html::none(), &parts::other_button(&unlink)));
    }
    Ok(all)
}

fn one(
    house: &House,
    visitor: &Visitor,
    voice: &Voice,
    (other, said): (&Voice, &Words),
    (alike, first): (u8, bool),
) -> Html {
    let t = visitor.tongue();
    let area = parts::area_name(house, t, other.area);
    let status = parts::status_name(t, other, house.now_ms());
    let about = format!("{} · {area} · {status}", parts::age(t, house, other.heard_ms));
    let language = Some(other.language.as_str()).filter(|code| *code != "und");
    let mut inside = quote(&said.words, language, &text(&about));
    if voice.linked_to == Some(other.id) {
        inside.push(&parts::line(t, "voices-linked"));
    } else {
        let label = t.say("voices-link");
        let key = first.then_some(KEY_LINK);
        let link = Button { key, ..parts::other_button(&label) };
        let fields = hidden("to", &other.id.to_string());
        let to = format!("/desk/voices/{}/link", voice.id);
        inside.push(&parts::act(visitor, &to, fields, &link));
    }
    let args = [("code", acts::shown_code(other).into()), ("alike", i64::from(alike).into())];
    card(&t.with("voices-alike-one", &args), None, &inside)
}
