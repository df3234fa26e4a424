//! `/desk/needs/{id}/quote`: some words of one voice are chosen, previewed exactly as the street
//! would show them, and only then shown. Only of somebody who said that they may be.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::field::{self, Field, hidden};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::quote::quote;
use page::{Html, text};
use record::Refusal;

use super::doing::back;
use super::need::seen;
use super::parts::{self, Asked};
use super::stating::{Pairs, value};
use super::street;
use crate::door::{House, Sent, Shown, Trouble, Visitor};
use crate::needs::rules::QUOTE_CHARS_MAX;
use crate::needs::rules::counts::public_need;
use crate::needs::{Need, acts};
use crate::voices::desk_parts as desk;
use crate::voices::queries::{counts_of_need, words};
use crate::voices::{self as spoken, Voice};

/// Chooses words.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let need = seen(&house, &id).await?;
    let voice = voice_of(&house, &visitor, &need, &asked.voice).await?;
    choosing(&house, &visitor, &need, &voice, None, None).await
}

/// Previews the words, shows them, or shows none any more.
pub async fn quote_words(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Trouble> {
    let need = seen(&house, &id).await?;
    let voice = voice_of(&house, &visitor, &need, value(&pairs, "voice")).await?;
    let chosen = value(&pairs, "words");
    let done: Result<Response, Trouble> = async {
        match value(&pairs, "do") {
            "stop" => {
                spoken::acts::quote(&house, voice.id, None, visitor.author()).await?;
                Ok(back(&visitor, need.id, "unquoted").into_response())
            }
            "show" => {
                acts::quote(&house, need.id, &voice, chosen, visitor.author()).await?;
                Ok(back(&visitor, need.id, "quoted").into_response())
            }
            _ => {
                let fit = acts::quotable(&house, need.id, &voice, chosen).await?;
                Ok(previewed(&house, &visitor, &need, &voice, &fit).await?.into_response())
            }
        }
    }
    .await;
    match done {
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            let again =
                choosing(&house, &visitor, &need, &voice, Some(chosen), Some(&refusal)).await?;
            let status = StatusCode::from_u16(refusal.status).unwrap_or_default();
            Ok(again.with_status(status).into_response())
        }
        done => done,
    }
}

/// A voice of this need that this member may read.
async fn voice_of(
    house: &House,
    visitor: &Visitor,
    need: &Need,
    typed: &str,
) -> Result<Voice, Trouble> {
    let voice = spoken::seen(house, visitor, desk::id_of(typed)?).await?;
    if voice.need == Some(need.id) && !voice.erased { Ok(voice) } else { Err(Trouble::NotFound) }
}

/// The person's words, and the field in which some of them are left.
async fn choosing(
    house: &House,
    visitor: &Visitor,
    need: &Need,
    voice: &Voice,
    typed: Option<&str>,
    refusal: Option<&Refusal>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let own = words(house, voice.id).await?.map(|words| words.words).unwrap_or_default();
    let language = Some(voice.language.as_str()).filter(|code| *code != "und");
    let first: String = own.chars().take(QUOTE_CHARS_MAX).collect();
    let wrong = refusal.map(|refusal| desk::said(t, refusal));
    let (label, hint) = (t.say("needs-quote-words"), t.say("needs-quote-words-hint"));
    let shape = Field {
        name: "words",
        label: &label,
        hint: &hint,
        error: wrong.as_deref(),
        value: typed.unwrap_or(&first),
        required: true,
        length_max: Some(QUOTE_CHARS_MAX),
        ..Field::default()
    };
    let preview = t.say("needs-quote-preview");
    let to = format!("/desk/needs/{}/quote", need.id);
    let voice_sent = hidden("voice", &voice.id.to_string());
    let fields = Html::join([voice_sent.clone(), field::area(t, &shape, 3)]);
    let about = text(&t.say("needs-quote-all-words"));
    let mut body = Html::join([
        desk::line(t, "needs-quote-about"),
        quote(&own, language, &about),
        desk::act(visitor, &to, fields, &desk::main_button(&preview)),
    ]);
    if voice.quoted {
        let stop = t.say("needs-quote-stop");
        let fields = Html::join([voice_sent, hidden("do", "stop")]);
        body.push(&desk::act(visitor, &to, fields, &Button::new(&stop, Kind::Grave)));
    }
    body.push(&buttons([way_back(visitor, need)]));
    Ok(parts::shown(visitor, &t.say("needs-quote-title"), "", body))
}

fn way_back(visitor: &Visitor, need: &Need) -> Html {
    let to = visitor.link(&format!("/desk/needs/{}", need.id));
    link_button(&to, &visitor.tongue().say("needs-back"), Kind::Other, Some(Icon::Next))
}

/// The need exactly as the street would show it with these words.
async fn previewed(
    house: &House,
    visitor: &Visitor,
    need: &Need,
    voice: &Voice,
    chosen: &str,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let told = public_need(&counts_of_need(house, need.id).await?);
    let mut quotes = street::quotes(house, need.id).await?;
    quotes.push((chosen.to_owned(), voice.language.clone()));
    let show = t.say("needs-quote-show");
    let pressed = Button { sends: Some(("do", "show")), ..desk::main_button(&show) };
    let fields = Html::join([
        hidden("voice", &voice.id.to_string()),
        hidden("words", chosen),
        buttons([button(&pressed), way_back(visitor, need)]),
    ]);
    let to = visitor.link(&format!("/desk/needs/{}/quote", need.id));
    let body = Html::join([
        desk::line(t, "needs-preview-about"),
        street::drawn(house, t, need, &told, &quotes),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ]);
    Ok(parts::shown(visitor, &t.say("needs-preview-title"), "", body))
}
