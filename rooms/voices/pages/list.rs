//! `/desk/voices`: what waits, the most urgent first, each with why it is there. Rows move with j
//! and k and open with Enter. It never shows a number, and shows what is held to focal points
//! alone.

use axum::extract::{Query, State};
use page::components::button::{Kind, link_button};
use page::components::button::{button, buttons};
use page::components::code;
use page::components::empty::empty;
use page::components::field::hidden;
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::row::{Row, pager, rows};
use page::components::tag;
use page::{Html, Tongue, text};
use record::Id;
use words::{LIKENESS_SAME, Sketch, likeness, sketch, suggest};

use super::desk::danger_banner;
use super::parts::{self, Asked};
use crate::door::{House, Role, Shown, Trouble, Visitor};
use crate::voices::queries::{self, PAGE_VOICES, Queue};
use crate::voices::{Voice, Words, acts};

/// The first words of a voice, in characters: enough to know what it asks.
const FIRST_WORDS_CHARS_MAX: usize = 280;
/// The key that leads from the chosen row to the needs it may belong to.
const KEY_GROUP: char = 'g';

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let queue = queue_of(&visitor, asked.queue.as_deref())?;
    let area = parts::area_sent(&house, asked.area.as_deref().unwrap_or_default())?;
    let last = match asked.after() {
        Some(id) => queries::voice(&house, id).await?,
        None => None,
    };
    let voices = queries::queue(&house, queue, area, last.as_ref()).await?;
    let full = i64::try_from(voices.len()).unwrap_or(0) >= PAGE_VOICES;
    let next = voices.last().filter(|_| full).map(|voice| {
        let area = area.map(|id| format!("&area={id}")).unwrap_or_default();
        visitor.link(&format!("/desk/voices?queue={}{area}&after={}", code_of(queue), voice.id))
    });
    // The page goes on from the last one read, whether this member may know of it or not.
    let voices: Vec<Voice> =
        voices.into_iter().filter(|voice| parts::may_see(&visitor, voice)).collect();
    let mut body = danger_banner(&house, &visitor).await?;
    body.push(&ways(&visitor, queue));
    body.push(&by_area(&house, &visitor, queue, area));
    if voices.is_empty() {
        let (title, next) = (t.say("voices-list-empty"), t.say("voices-list-empty-next"));
        body.push(&empty(Icon::Ok, &title, &next, &Html::none()));
    } else {
        body.push(&parts::soft(&text(&t.say("voices-list-keys"))));
        body.push(&list(&house, &visitor, &voices).await?);
        body.push(&pager(t, None, next.as_deref()));
    }
    Ok(parts::shown(&visitor, &t.say(title_of(queue)), &asked, body))
}

fn queue_of(visitor: &Visitor, asked: Option<&str>) -> Result<Queue, Trouble> {
    match asked {
        Some("all") => Ok(Queue::All),
        // To anybody else there is no such list.
        Some("held") if !visitor.is(Role::FocalPoint) => Err(Trouble::NotFound),
        Some("held") => Ok(Queue::Held),
        _ => Ok(Queue::Waiting),
    }
}

fn code_of(queue: Queue) -> &'static str {
    match queue {
        Queue::Waiting => "waiting",
        Queue::Held => "held",
        Queue::All => "all",
    }
}

fn title_of(queue: Queue) -> &'static str {
    match queue {
        Queue::Waiting => "voices-list-waiting",
        Queue::Held => "voices-list-held",
        Queue::All => "voices-list-all",
    }
}

fn ways(visitor: &Visitor, here: Queue) -> Html {
    let t = visitor.tongue();
    let held = visitor.is(Role::FocalPoint).then_some(Queue::Held);
    let others = [Queue::Waiting, Queue::All].into_iter().chain(held).filter(|q| *q != here);
    let links = others.map(|queue| {
        let to = visitor.link(&format!("/desk/voices?queue={}", code_of(queue)));
        link_button(&to, &t.say(title_of(queue)), Kind::Other, None)
    });
    let search = link_button(
        &visitor.link("/desk/search"),
        &t.say("voices-way-search"),
        Kind::Other,
        Some(Icon::Search),
    );
    buttons(links.chain([search]))
}

fn by_area(house: &House, visitor: &Visitor, queue: Queue, area: Option<Id>) -> Html {
    let t = visitor.tongue();
    let show = t.say("voices-list-show");
    let fields = Html::join([
        hidden("queue", code_of(queue)),
        hidden("lang", t.lang.code()),
        parts::area_field(house, t, area, parts::AREAS_LISTED_MAX),
        buttons([button(&parts::other_button(&show))]),
    ]);
    let inside = form(t, &Form::get("/desk/voices"), &fields);
    parts::folded(&t.say("voices-list-by-area"), &inside)
}

/// Voices as rows, their first words opened.
pub async fn list(house: &House, visitor: &Visitor, voices: &[Voice]) -> Result<Html, Trouble> {
    let ids: Vec<Id> = voices.iter().map(|voice| voice.id).collect();
    let words = queries::words_of(house, &ids).await?;
    let all: Vec<(Voice, Option<Words>)> = voices.iter().cloned().zip(words).collect();
    Ok(list_opened(house, visitor, &all))
}

/// Voices as rows, with words that are open already.
pub fn list_opened(house: &House, visitor: &Visitor, all: &[(Voice, Option<Words>)]) -> Html {
    let t = visitor.tongue();
    let accuses = |(voice, words): &(Voice, Option<Words>)| {
        words.as_ref().is_some_and(|words| parts::accuses(house, visitor, voice, &words.words))
    };
    let all: Vec<_> = all.iter().filter(|one| !accuses(one)).cloned().collect();
    let all = all.as_slice();
    let sketches: Vec<Option<Sketch>> =
        all.iter().map(|(_, words)| words.as_ref().map(|w| sketch(&w.words))).collect();
    let shown: Vec<(String, String, Html, Html)> = all
        .iter()
        .enumerate()
        .map(|(at, (voice, words))| {
            let title = words.as_ref().map(|words| first(&words.words));
            let title = title.unwrap_or_else(|| t.say("voices-no-words"));
            let to = visitor.link(&format!("/desk/voices/{}", voice.id));
            let alike = alike_before(all, &sketches, at);
            (title, to, tags(house, t, voice), note(house, t, voice, words.as_ref(), alike))
        })
        .collect();
    let rowed: Vec<Row<'_>> = shown
        .iter()
        .zip(all)
        .map(|((title, href, tags, note), (voice, _))| Row {
            title,
            href,
            tags: tags.clone(),
            note: note.clone(),
            acts: if parts::may_group(voice) {
                parts::keyed(parts::group_link(visitor, voice), "a", KEY_GROUP)
            } else {
                Html::none()
            },
        })
        .collect();
    rows(&rowed)
}

fn first(words: &str) -> String {
    let mut first: String = words.chars().take(FIRST_WORDS_CHARS_MAX).collect();
    if first.len() < words.len() {
        first.push('…');
    }
    first
}

/// The marks of a voice: haste, status, what it seems to be about, language, code.
pub fn tags(house: &House, t: Tongue, voice: &Voice) -> Html {
    let mut all = parts::haste(t, voice.urgency);
    let plain = |words: &str| Html(format!("<span class=tag>{}</span>", text(words)));
    all.push(&plain(&parts::status_name(t, voice, house.now_ms())));
    if let Some(kind) = &voice.kind {
        all.push(&tag::mark(parts::kind_icon(kind), &parts::kind_name(t, kind)));
    }
    for sector in &voice.sectors {
        let name = parts::sector_name(t, sector);
        let name =
            if voice.sorted { name } else { t.with("voices-perhaps", &[("what", name.into())]) };
        all.push(&tag::mark(parts::sector_icon(sector), &name));
    }
    let language = parts::language_name(t, &voice.language);
    let sure = [("language", language.into()), ("sure", voice.confidence.into())];
    all.push(&tag::mark(Icon::Globe, &t.with("voices-language-sure", &sure)));
    all.push(&code::inline(&acts::shown_code(voice)));
    all
}

/// The line beneath: age, place, why it is where it is, and whether another one says the same.
fn note(
    house: &House,
    t: Tongue,
    voice: &Voice,
    words: Option<&Words>,
    alike: Option<&Voice>,
) -> Html {
    let area = parts::area_name(house, t, voice.area);
    let area = if voice.area_suggested && voice.area.is_some() && !voice.sorted {
        t.with("voices-perhaps", &[("what", area.into())])
    } else {
        area
    };
    let mut notes = vec![parts::age(t, house, voice.heard_ms), area];
    if let Some(why) = words.and_then(|words| why_urgent(t, voice, &words.words)) {
        notes.push(why);
    }
    if let Some(other) = alike {
        notes.push(t.with("voices-alike-hint", &[("code", acts::shown_code(other).into())]));
    }
    if voice.noes > 0 {
        notes.push(t.with("voices-noes", &[("n", voice.noes.into())]));
    }
    text(&notes.join(" · "))
}

/// Why a voice is as urgent as it is: the words that say so.
pub fn why_urgent(t: Tongue, voice: &Voice, words: &str) -> Option<String> {
    let suggested = suggest(words, &voice.language);
    let hint = suggested.urgency?;
    let level = t.say(&format!("voices-urgency-{}", hint.value));
    let why = parts::why(t, &hint.reason);
    Some(t.with("voices-why-line", &[("what", level.into()), ("why", why.into())]))
}

/// An earlier voice of the same page and place whose words are nearly the same.
fn alike_before<'a>(
    all: &'a [(Voice, Option<Words>)],
    sketches: &[Option<Sketch>],
    at: usize,
) -> Option<&'a Voice> {
    let (own, mine) = (all.get(at)?, sketches.get(at)?.as_ref()?);
    let others = all.iter().zip(sketches).take(at);
    others
        .filter(|((voice, _), _)| voice.area == own.0.area)
        .find(|(_, sketch)| {
            sketch.as_ref().is_some_and(|sketch| likeness(mine, sketch) >= LIKENESS_SAME)
        })
        .map(|((voice, _), _)| voice)
}
