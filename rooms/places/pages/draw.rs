//! Drawing an area with a community, without a script: corners typed or pasted, a picture to look
//! at, then keeping. Nothing is kept before the picture was seen, and what is kept is sealed.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Choice, Field};
use page::components::form::{Form, form};
use page::components::notice::{self, Notice, Tone};
use page::{Arg, Html, Tongue};
use record::{Id, Refusal};
use serde::Deserialize;

use crate::door::{House, Sent, Shown, Trouble, Visitor};
use crate::places::BodyNames;
use crate::places::pages::{onward, picture, rendered};
use crate::places::queries::atlas;
use crate::places::records::{Rings, Source, draw_area};
use crate::places::rules::corners::rings_of_typed;
use crate::places::rules::{self, NAME_CHARS_MAX};
use crate::places::views::AreaRow;

/// Longest list of corners, in characters.
const CORNERS_CHARS_MAX: usize = 40_000;

#[derive(Clone, Default, Deserialize)]
pub(in crate::places) struct Sheet {
    #[serde(default)]
    pub(in crate::places) name: String,
    #[serde(default)]
    pub(in crate::places) body: String,
    #[serde(default)]
    pub(in crate::places) corners: String,
    /// `keep` once the picture was looked at.
    #[serde(default)]
    pub(in crate::places) act: String,
}

#[derive(Template)]
#[template(path = "places/pages/draw.html")]
struct Drawing {
    t: Tongue,
    refused: Html,
    map: Html,
    form: Html,
}

/// The empty sheet.
pub(in crate::places) async fn empty_sheet(
    State(house): State<House>,
    visitor: Visitor,
) -> Result<Shown, Trouble> {
    sheet(&house, &visitor, &Sheet::default(), None, None)
}

/// Looks at what was typed, or keeps it.
pub(in crate::places) async fn draw(
    State(house): State<House>,
    visitor: Visitor,
    Sent(typed): Sent<Sheet>,
) -> Result<Response, Trouble> {
    let member = visitor.signed_in()?;
    let read = read(&visitor, &typed);
    match read {
        Ok((body, name, rings)) if typed.act == "keep" => {
            let id = draw_area(&house, member, body, &name, rings).await?;
            Ok(onward(id, "drawn").into_response())
        }
        Ok((_, name, rings)) => {
            let seen =
                AreaRow { name, rings, source: Some(Source::Community), ..AreaRow::default() };
            Ok(sheet(&house, &visitor, &typed, Some(&seen), None)?.into_response())
        }
        // Nobody's corners are lost: the sheet comes back as it was, with what to mend.
        Err(refusal) => Ok(sheet(&house, &visitor, &typed, None, Some(&refusal))?.into_response()),
    }
}

fn read(visitor: &Visitor, typed: &Sheet) -> Result<(Id, String, Rings), Refusal> {
    let body = typed.body.parse().map_err(|_| Refusal::new("area-other-body").status(403))?;
    rules::may_draw(visitor.signed_in()?, body)?;
    let name = rules::name_of(&typed.name)?;
    Ok((body, name, rings_of_typed(&typed.corners)?))
}

fn sheet(
    house: &House,
    visitor: &Visitor,
    typed: &Sheet,
    seen: Option<&AreaRow>,
    refusal: Option<&Refusal>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let body = Drawing {
        t,
        refused: refusal.map(|refusal| refused(t, refusal)).unwrap_or_default(),
        map: seen.map(|seen| picture(t, &atlas(house), seen)).unwrap_or_default(),
        form: form_of(t, house, visitor, typed, seen.is_some())?,
    };
    let shown = Shown::desk(t.say("places-draw-title"), rendered(&body)?);
    Ok(match refusal {
        Some(_) => shown.with_status(axum::http::StatusCode::UNPROCESSABLE_ENTITY),
        None => shown,
    })
}

/// A refusal in words, for a page that stays open.
fn refused(t: Tongue, refusal: &Refusal) -> Html {
    notice::notice(t, &Notice::new(Tone::Bad, &refusal_words(t, refusal)))
}

/// A refusal and its advice as one line.
pub(super) fn refusal_words(t: Tongue, refusal: &Refusal) -> String {
    let args: Vec<(&str, Arg)> =
        refusal.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    let key = format!("refused-{}", refusal.code);
    let said = t.with(&key, &args);
    format!("{said}. {}", t.with(&format!("{key}-advice"), &args))
}

fn form_of(
    t: Tongue,
    house: &House,
    visitor: &Visitor,
    typed: &Sheet,
    looked: bool,
) -> Result<Html, Trouble> {
    let (name, name_hint) = (t.say("places-draw-name"), t.say("places-draw-name-hint"));
    let (corners, corners_hint) = (t.say("places-draw-corners"), t.say("places-draw-corners-hint"));
    let mut fields = field::line(
        t,
        &Field {
            name: "name",
            label: &name,
            hint: &name_hint,
            value: &typed.name,
            required: true,
            length_max: Some(NAME_CHARS_MAX),
            ..Field::default()
        },
    );
    fields.push(&body_field(t, house, visitor, &typed.body)?);
    let lines = Field {
        name: "corners",
        label: &corners,
        hint: &corners_hint,
        value: &typed.corners,
        required: true,
        length_max: Some(CORNERS_CHARS_MAX),
        ..Field::default()
    };
    fields.push(&field::area(t, &lines, 10));
    let (look, keep) = (t.say("places-draw-look"), t.say("places-draw-keep"));
    let look_kind = if looked { Kind::Other } else { Kind::Main };
    let look = Button { sends: Some(("act", "look")), ..Button::new(&look, look_kind) };
    let keep = Button { sends: Some(("act", "keep")), ..Button::new(&keep, Kind::Main) };
    let ways = if looked { vec![button(&keep), button(&look)] } else { vec![button(&look)] };
    fields.push(&buttons(ways));
    Ok(form(t, &Form::post("/desk/places/draw", visitor.csrf()), &fields))
}

fn body_field(t: Tongue, house: &House, visitor: &Visitor, chosen: &str) -> Result<Html, Trouble> {
    let names = house.kept::<BodyNames>().unwrap_or_default();
    let bodies = &visitor.signed_in()?.bodies;
    let known: Vec<(String, String)> = bodies
        .iter()
        .map(|id| {
            let code = id.to_string();
            // A body without a name here is told by the end of its id.
            let end = code.get(code.len().saturating_sub(4)..).unwrap_or_default().to_owned();
            let nameless = || t.with("places-body", &[("code", end.into())]);
            (code, names.0.get(id).cloned().unwrap_or_else(nameless))
        })
        .collect();
    let choices: Vec<Choice> = known.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let hint = if choices.is_empty() { "places-draw-body-none" } else { "places-draw-body-hint" };
    let (label, hint) = (t.say("places-draw-body"), t.say(hint));
    let body = Field {
        name: "body",
        label: &label,
        hint: &hint,
        value: chosen,
        required: true,
        ..Field::default()
    };
    Ok(field::select(t, &body, &choices))
}
