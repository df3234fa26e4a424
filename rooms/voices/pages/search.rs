//! `/desk/search`: words looked for among voices, the newest first, opened as the search goes.
//! There is no index of words, so what was forgotten cannot be found, and what is held is passed
//! over.

use axum::extract::{Query, State};
use page::components::button::{Kind, button, buttons, link_button};
use page::components::empty::empty;
use page::components::field::{self, Field, Kind as FieldKind, hidden};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::{Html, text};
use record::Id;

use super::list::list_opened;
use super::parts::{self, Asked};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::voices::queries::desk;
use crate::voices::{Code, Voice, Words, queries};

/// Voices one search looks through.
const SEARCHED_MAX: usize = 20_000;
/// Voices opened at once.
const SEARCHED_AT_ONCE: usize = 500;
/// Found voices on one page.
const FOUND_MAX: usize = 50;
/// Longest thing looked for, in characters.
const QUERY_CHARS_MAX: usize = 200;

/// What a search found, and how far it went.
struct Found {
    voices: Vec<(Voice, Option<Words>)>,
    looked: usize,
    /// The last voice looked at, when there are older ones.
    last: Option<(i64, Id)>,
}

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let typed: String =
        asked.q.as_deref().unwrap_or_default().trim().chars().take(QUERY_CHARS_MAX).collect();
    let mut body = Html::join([parts::line(t, "voices-search-lead"), ask(&visitor, &typed)]);
    if !typed.is_empty() {
        let before = asked.from.zip(asked.after());
        let found = search(&house, &visitor, &typed, before).await?;
        body.push(&answer(&house, &visitor, &typed, &found));
    }
    Ok(parts::shown(&visitor, &t.say("voices-search-title"), &asked, body))
}

fn ask(visitor: &Visitor, typed: &str) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("voices-search-words"), t.say("voices-search-words-hint"));
    let shape = Field {
        name: "q",
        label: &label,
        hint: &hint,
        value: typed,
        required: true,
        length_max: Some(QUERY_CHARS_MAX),
        kind: FieldKind::Search,
        ..Field::default()
    };
    let send = t.say("voices-search-send");
    let fields = Html::join([
        parts::keyed(field::line(t, &shape), "input", '/'),
        hidden("lang", t.lang.code()),
        buttons([button(&parts::main_button(&send))]),
    ]);
    form(t, &Form::get("/desk/search"), &fields)
}

async fn search(
    house: &House,
    visitor: &Visitor,
    typed: &str,
    before: Option<(i64, Id)>,
) -> Result<Found, Trouble> {
    let mut found = Found { voices: Vec::new(), looked: 0, last: before };
    if let Ok(code) = typed.parse::<Code>()
        && let Some(voice) = queries::by_code(house, &code).await?
        && let Some(voice) = queries::voice(house, voice.id).await?
        && parts::may_see(visitor, &voice)
    {
        let words = queries::words(house, voice.id).await?;
        let voices = vec![(voice, words)];
        return Ok(Found { voices, looked: 1, last: None });
    }
    let wanted = words::plain(typed);
    while found.looked < SEARCHED_MAX && found.voices.len() < FOUND_MAX {
        let count = i64::try_from(SEARCHED_AT_ONCE).unwrap_or(i64::MAX);
        let voices = desk::newest(house, found.last, count).await?;
        let more = voices.len() == SEARCHED_AT_ONCE;
        let ids: Vec<Id> = voices.iter().map(|voice| voice.id).collect();
        let opened = queries::words_of(house, &ids).await?;
        for (voice, words) in voices.into_iter().zip(opened) {
            found.looked += 1;
            found.last = Some((voice.heard_ms, voice.id));
            let known = parts::may_see(visitor, &voice);
            if known && words.as_ref().is_some_and(|words| holds(words, &wanted)) {
                found.voices.push((voice, words));
                // The rest of this lot is looked at when the reader goes on.
                if found.voices.len() == FOUND_MAX {
                    return Ok(found);
                }
            }
        }
        if !more {
            found.last = None;
            break;
        }
    }
    Ok(found)
}

/// Whether words or place hold what is looked for, case and accents aside.
fn holds(words: &Words, wanted: &str) -> bool {
    let place = words.place.as_deref().unwrap_or_default();
    words::plain(&words.words).contains(wanted) || words::plain(place).contains(wanted)
}

fn answer(house: &House, visitor: &Visitor, typed: &str, found: &Found) -> Html {
    let t = visitor.tongue();
    let looked = i64::try_from(found.looked).unwrap_or(i64::MAX);
    let mut all = Html::none();
    if found.voices.is_empty() {
        let (title, next) = (t.say("voices-search-empty"), t.say("voices-search-empty-next"));
        all.push(&empty(Icon::Search, &title, &next, &Html::none()));
    } else {
        all.push(&list_opened(house, visitor, &found.voices));
    }
    match found.last {
        None => {
            let words = t.with("voices-search-all", &[("n", looked.into())]);
            all.push(&parts::soft(&text(&words)));
        }
        Some((heard_ms, id)) => {
            let day = t.date_at(heard_ms, house.city().offset_minutes);
            let args = [("n", looked.into()), ("day", day.into())];
            all.push(&parts::soft(&text(&t.with("voices-search-back", &args))));
            let typed = in_address(typed);
            let to = format!("/desk/search?q={typed}&from={heard_ms}&after={id}");
            let further = t.say("voices-search-further");
            let link = link_button(&visitor.link(&to), &further, Kind::Other, Some(Icon::Search));
            all.push(&buttons([link]));
        }
    }
    all
}

/// Words as they stand in an address.
fn in_address(words: &str) -> String {
    serde_urlencoded::to_string([("q", words)])
        .map(|pair| pair.trim_start_matches("q=").to_owned())
        .unwrap_or_default()
}
