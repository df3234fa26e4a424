//! `/desk/needs/{id}`: everything of one need: what is said of it, the voices in it for whoever may
//! read them, what can be done, and what happened. It shows no number of a person, and no voice
//! that this member may not know of.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use page::components::button::{Kind, button, buttons, link_button};
use page::components::field::{self, Choice, Field, hidden};
use page::components::icon::Icon;
use page::components::number::facts;
use page::components::row::{Row, pager, rows};
use page::components::tag;
use page::{Html, Tongue, text};
use record::Id;

use super::history;
use super::parts::{self, Asked, CONFIRMERS, READERS, WRITERS};
use super::stating::{self, Typed};
use crate::door::{House, Role, Shown, Trouble, Visitor};
use crate::needs::rules::{CONFIRMED_HOW, LINE_CHARS_MAX};
use crate::needs::{Need, queries, title_line};
use crate::places::BodyNames;
use crate::voices::desk_parts as desk;
use crate::voices::queries::grouping::opened_for;
use crate::voices::queries::{NeedCounts, counts_of_need, of_need};
use crate::voices::{Voice, Words, acts as spoken};

/// Voices of a need on one page.
const VOICES_SHOWN: i64 = 20;

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let need = seen(&house, &id).await?;
    let t = visitor.tongue();
    let counts = counts_of_need(&house, need.id).await?;
    let tags = super::list::tags(t, &need);
    let mut body = Html(format!("<div class=bs><p class=tags>{tags}</p></div>"));
    body.push(&undo_form(&visitor, &need, &asked));
    body.push(&facts_of(&house, t, &need, &counts));
    body.push(&ways(&visitor, &need));
    if parts::any(&visitor, READERS) {
        body.push(&voices(&house, &visitor, &need, &asked).await?);
    }
    body.push(&forms(&house, &visitor, &need, &counts));
    body.push(&history::history(&house, t, &need).await?);
    Ok(parts::shown(&visitor, &title_line(t, &need), &asked.done, body))
}

/// The need of a path.
///
/// # Errors
/// There is none.
pub async fn seen(house: &House, typed: &str) -> Result<Need, Trouble> {
    queries::need(house, desk::id_of(typed)?).await?.ok_or(Trouble::NotFound)
}

fn facts_of(house: &House, t: Tongue, need: &Need, counts: &NeedCounts) -> Html {
    let names = [
        "needs-fact-area",
        "needs-fact-people",
        "needs-fact-since",
        "needs-fact-voices",
        "needs-fact-known",
        "needs-fact-confirmed",
        "needs-fact-body",
        "needs-fact-due",
        "needs-fact-arrived",
        "needs-fact-why",
    ]
    .map(|key| t.say(key));
    let [area, people, since, voices, known, confirmed, body, due, arrived, why] = &names;
    let mut all: Vec<(&str, Html)> = vec![
        (area, text(&desk::area_name(house, t, need.area))),
        (people, text(&parts::people_aged(t, need, house.now_ms()))),
        (since, text(&parts::since(t, need))),
        (voices, text(&t.with("needs-voices-exact", &[("n", counts.voices.into())]))),
        (known, text(&t.say(&format!("needs-source-{}", need.source)))),
    ];
    if let Some(said) = parts::confirmed(house, t, need) {
        all.push((confirmed, text(&said)));
    }
    all.extend(need.body.as_deref().map(|name| (body.as_str(), text(name))));
    let day = need.due_day.map(|day| t.date(day.saturating_mul(page::calendar::DAY_MS)));
    all.extend(day.map(|day| (due.as_str(), text(&day))));
    if counts.asked > 0 {
        let n = |n: i64| page::Arg::from(t.number(n));
        let args = [("asked", n(counts.asked)), ("yes", n(counts.yes)), ("no", n(counts.no))];
        all.push((arrived, text(&t.with("needs-arrived", &args))));
    }
    if let Some(said) = parts::reason(t, need) {
        all.push((why, text(&said)));
    }
    facts(&all)
}

/// What was just grouped can be undone at once.
fn undo_form(visitor: &Visitor, need: &Need, asked: &Asked) -> Html {
    if asked.from <= 0 || asked.undo != need.id.to_string() || !parts::any(visitor, READERS) {
        return Html::none();
    }
    undo_button(visitor, need.id, asked.from)
}

/// The button that undoes what was grouped into a need since a moment.
pub fn undo_button(visitor: &Visitor, need: Id, from_ms: i64) -> Html {
    let label = visitor.tongue().say("needs-undo");
    let fields =
        Html::join([hidden("need", &need.to_string()), hidden("from", &from_ms.to_string())]);
    let pressed =
        page::components::button::Button { key: Some(KEY_UNDO), ..desk::other_button(&label) };
    desk::act(visitor, "/desk/grouping/undo", fields, &pressed)
}

/// The key that undoes.
const KEY_UNDO: char = 'u';

fn ways(visitor: &Visitor, need: &Need) -> Html {
    let t = visitor.tongue();
    let mut all = vec![desk::keyed(
        link_button(&visitor.link("/desk/needs"), &t.say("needs-back-list"), Kind::Other, None),
        "a",
        'b',
    )];
    if parts::any(visitor, WRITERS) && need.status != "withdrawn" {
        let (key, icon) = if need.published {
            ("needs-see-public", Icon::Home)
        } else {
            ("needs-publish", Icon::Home)
        };
        let to = visitor.link(&format!("/desk/needs/{}/publish", need.id));
        all.push(desk::keyed(link_button(&to, &t.say(key), Kind::Main, Some(icon)), "a", 'p'));
    }
    buttons(all)
}

/// The voices in it, opened for whoever may read them.
async fn voices(
    house: &House,
    visitor: &Visitor,
    need: &Need,
    asked: &Asked,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let after = match asked.after.parse() {
        Ok(id) => crate::voices::queries::voice(house, id).await?,
        Err(_) => None,
    };
    let place = after.map(|voice| (voice.grouped_ms.unwrap_or(0), voice.id));
    let all = of_need(house, need.id, place, VOICES_SHOWN).await?;
    let full = i64::try_from(all.len()).is_ok_and(|n| n >= VOICES_SHOWN);
    let next = all
        .last()
        .filter(|_| full)
        .map(|voice| visitor.link(&format!("/desk/needs/{}?after={}", need.id, voice.id)));
    let mut shown = desk::part(t, "needs-voices-title");
    if all.is_empty() {
        shown.push(&desk::line(t, "needs-voices-none"));
        return Ok(shown);
    }
    let opened = opened_for(house, visitor, all).await?;
    shown.push(&voice_rows(house, visitor, need, &opened));
    shown.push(&pager(t, None, next.as_deref()));
    Ok(shown)
}

fn voice_rows(
    house: &House,
    visitor: &Visitor,
    need: &Need,
    all: &[(Voice, Option<Words>)],
) -> Html {
    let t = visitor.tongue();
    let shown: Vec<(String, String, Html, Html, Html)> = all
        .iter()
        .map(|(voice, words)| {
            let title = words.as_ref().map(|words| words.words.clone());
            let title = title.unwrap_or_else(|| t.say("needs-voice-forgotten"));
            let to = visitor.link(&format!("/desk/voices/{}", voice.id));
            let status = desk::status_name(t, voice, house.now_ms());
            let mut tags = tag::mark(Icon::Hear, &status);
            if voice.quoted {
                tags.push(&tag::mark(Icon::Speak, &t.say("needs-voice-quoted")));
            }
            tags.push(&page::components::code::inline(&spoken::shown_code(voice)));
            let place = desk::area_name(house, t, voice.area);
            let note = format!("{} · {place}", desk::age(t, house, voice.heard_ms));
            (title, to, tags, text(&note), voice_acts(visitor, need, voice))
        })
        .collect();
    let rowed: Vec<Row<'_>> = shown
        .iter()
        .map(|(title, href, tags, note, acts)| Row {
            title,
            href,
            tags: tags.clone(),
            note: note.clone(),
            acts: acts.clone(),
        })
        .collect();
    rows(&rowed)
}

fn voice_acts(visitor: &Visitor, need: &Need, voice: &Voice) -> Html {
    let t = visitor.tongue();
    if voice.erased {
        return Html::none();
    }
    let mut all = Html::none();
    if parts::any(visitor, WRITERS) && voice.consented {
        let to = visitor.link(&format!("/desk/needs/{}/quote?voice={}", need.id, voice.id));
        let key = if voice.quoted { "needs-quote-change" } else { "needs-quote" };
        all.push(&link_button(&to, &t.say(key), Kind::Other, Some(Icon::Speak)));
    }
    let label = t.say("needs-ungroup");
    let fields = hidden("v", &voice.id.to_string());
    let to = format!("/desk/needs/{}/ungroup", need.id);
    let pressed =
        page::components::button::Button { key: Some(KEY_UNGROUP), ..desk::other_button(&label) };
    all.push(&desk::act(visitor, &to, fields, &pressed));
    all
}

/// The key that takes the chosen voice out.
const KEY_UNGROUP: char = 'x';

/// What can be done to a need, each folded until it is wanted.
fn forms(house: &House, visitor: &Visitor, need: &Need, counts: &NeedCounts) -> Html {
    let t = visitor.tongue();
    let mut all = Html::none();
    if need.status == "withdrawn" {
        return all;
    }
    let to = |verb: &str| format!("/desk/needs/{}/{verb}", need.id);
    if parts::any(visitor, CONFIRMERS) && need.status != "closed" {
        let label = t.say("needs-confirm-send");
        let fields = confirm_fields(house, visitor);
        let inside = desk::act(visitor, &to("confirm"), fields, &desk::main_button(&label));
        all.push(&desk::folded(&t.say("needs-confirm"), &inside));
    }
    if !parts::any(visitor, WRITERS) {
        return all;
    }
    let label = t.say("needs-reword-send");
    let fields = stating::fields(house, t, &Typed::from_need(need), None);
    let inside = desk::act(visitor, &to("reword"), fields, &desk::main_button(&label));
    all.push(&desk::folded(&t.say("needs-reword"), &inside));
    if need.status != "closed" {
        let label = t.say("needs-refer-send");
        let inside = Html::join([
            desk::line(t, "needs-refer-about"),
            desk::act(visitor, &to("refer"), body_field(t), &desk::main_button(&label)),
        ]);
        all.push(&desk::folded(&t.say("needs-refer"), &inside));
        if counts.voices > 0 {
            all.push(&desk::folded(&t.say("needs-move"), &move_form(visitor, &to("move"))));
        }
        let label = t.say("needs-withdraw");
        let pressed = page::components::button::Button::new(&label, Kind::Grave);
        let inside = Html::join([
            desk::line(t, "needs-withdraw-about"),
            desk::act(visitor, &to("withdraw"), reason_field(t), &pressed),
        ]);
        all.push(&desk::folded(&label, &inside));
    }
    let mut headed = desk::part(t, "needs-acts-title");
    headed.push(&all);
    headed
}

/// Who confirmed it: a body, or those who live there. A member of a committee speaks for their own.
fn confirm_fields(house: &House, visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("needs-confirm-how"), t.say("needs-confirm-hint"));
    let named = CONFIRMED_HOW.map(|how| t.say(&format!("needs-how-{how}")));
    let choices: Vec<Choice<'_>> =
        CONFIRMED_HOW.iter().zip(&named).map(|(how, name)| Choice::new(how, name)).collect();
    let how = Field {
        name: "how",
        label: &label,
        hint: &hint,
        value: "committee",
        required: true,
        ..Field::default()
    };
    let names = house.kept::<BodyNames>().unwrap_or_default();
    let mut bodies: Vec<(String, String)> = names
        .0
        .iter()
        .filter(|(id, _)| may_speak_for(visitor, **id))
        .map(|(id, name)| (name.clone(), id.to_string()))
        .collect();
    bodies.sort();
    let none = t.say("needs-confirm-nobody");
    let choices_of_bodies: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none))
        .chain(bodies.iter().map(|(name, id)| Choice::new(id, name)))
        .collect();
    let label = t.say("needs-confirm-body");
    let body = Field { name: "body", label: &label, ..Field::default() };
    Html::join([field::radios(t, &how, &choices), field::select(t, &body, &choices_of_bodies)])
}

/// Whether a member may write down what a body said: those of the desk for any, members of
/// committees for their own.
pub fn may_speak_for(visitor: &Visitor, body: Id) -> bool {
    let desk = [Role::Operator, Role::Officer, Role::Steward, Role::Facilitator];
    parts::any(visitor, &desk)
        || visitor.member().is_some_and(|member| member.bodies.contains(&body))
}

fn body_field(t: Tongue) -> Html {
    let (label, hint) = (t.say("needs-refer-body"), t.say("needs-refer-body-hint"));
    let shape = Field {
        name: "body_name",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(LINE_CHARS_MAX),
        ..Field::default()
    };
    field::line(t, &shape)
}

fn reason_field(t: Tongue) -> Html {
    let (label, hint) = (t.say("needs-withdraw-reason"), t.say("needs-withdraw-reason-hint"));
    let shape = Field {
        name: "reason",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(LINE_CHARS_MAX),
        ..Field::default()
    };
    field::line(t, &shape)
}

fn move_form(visitor: &Visitor, to: &str) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("needs-move-to"), t.say("needs-move-to-hint"));
    let shape = Field {
        name: "to",
        label: &label,
        hint: &hint,
        length_max: Some(12),
        kind: field::Kind::Code,
        ..Field::default()
    };
    let send = t.say("needs-move-send");
    let all = Html::join([field::line(t, &shape), buttons([button(&desk::other_button(&send))])]);
    let to = visitor.link(to);
    page::components::form::form(t, &page::components::form::Form::post(&to, visitor.csrf()), &all)
}

/// Names of members by their ids, for lines of history.
pub async fn names(house: &House, ids: &[Id]) -> Result<HashMap<Id, String>, Trouble> {
    Ok(crate::people::member_names(house, ids).await?)
}
