//! Drawing an area without a script: corners typed or pasted, a picture to look at, then keeping.
//! Nothing is kept before the picture was seen. What is drawn with a community is kept sealed; only
//! what a steward draws for the city itself is public at once.

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

use crate::door::{House, Role, Sent, Shown, Trouble, Visitor};
use crate::places::BodyNames;
use crate::places::pages::{onward, picture, rendered};
use crate::places::queries::atlas;
use crate::places::records::{Outline, Source, draw_area, draw_official};
use crate::places::rules::{self, NAME_CHARS_MAX};
use crate::places::views::AreaRow;

/// Stands in the place of a body: the city itself draws, and a steward speaks for it.
const OFFICE: &str = "office";
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
    match read(&visitor, &typed) {
        Ok((Whose::City, outline)) if typed.act == "keep" => {
            let id = draw_official(&house, outline, visitor.author()).await?;
            Ok(onward(id, "official").into_response())
        }
        Ok((Whose::Body(body), outline)) if typed.act == "keep" => {
            let id = draw_area(&house, member, body, &outline.name, outline.rings).await?;
            Ok(onward(id, "drawn").into_response())
        }
        Ok((_, outline)) => {
            Ok(sheet(&house, &visitor, &typed, Some(outline), None)?.into_response())
        }
        // Nobody's corners are lost: the sheet comes back as it was, with what to mend.
        Err(refusal) => Ok(sheet(&house, &visitor, &typed, None, Some(&refusal))?.into_response()),
    }
}

/// For whom an area is drawn.
enum Whose {
    City,
    Body(Id),
}

fn read(visitor: &Visitor, typed: &Sheet) -> Result<(Whose, Outline), Refusal> {
    let whose = if typed.body == OFFICE && visitor.is(Role::Steward) {
        Whose::City
    } else {
        let body = typed.body.parse().map_err(|_| Refusal::new("area-other-body").status(403))?;
        rules::may_draw(visitor.signed_in()?, body)?;
        Whose::Body(body)
    };
    Ok((whose, Outline::typed(&typed.name, &typed.corners)?))
}

/// The picture of an area that is being drawn, among those around it.
#[must_use]
pub fn outline_picture(t: Tongue, house: &House, outline: Outline, source: Source) -> Html {
    let Outline { name, rings } = outline;
    let seen = AreaRow { name, rings, source: Some(source), ..AreaRow::default() };
    picture(t, &atlas(house), &seen)
}

fn sheet(
    house: &House,
    visitor: &Visitor,
    typed: &Sheet,
    seen: Option<Outline>,
    refusal: Option<&Refusal>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let official = typed.body == OFFICE;
    let source = if official { Source::Official } else { Source::Community };
    let keep = seen.as_ref().map(|_| if official { "official" } else { "sealed" });
    let between = body_field(t, house, visitor, &typed.body)?;
    let fields = drawing_fields(t, (&typed.name, &typed.corners), between, keep);
    let body = Drawing {
        t,
        refused: refusal.map(|refusal| refused(t, refusal)).unwrap_or_default(),
        map: seen.map(|seen| outline_picture(t, house, seen, source)).unwrap_or_default(),
        form: form(t, &Form::post("/desk/places/draw", visitor.csrf()), &fields),
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
pub(in crate::places) fn refusal_words(t: Tongue, refusal: &Refusal) -> String {
    let args: Vec<(&str, Arg)> =
        refusal.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    let key = format!("refused-{}", refusal.code);
    let said = t.with(&key, &args);
    format!("{said}. {}", t.with(&format!("{key}-advice"), &args))
}

/// The fields of a drawing, with the buttons that look at it (`act` is `look`) and, once it was
/// looked at, keep it (`keep`). `kept` says how it would be kept: `sealed` or `official`.
#[must_use]
pub fn drawing_fields(
    t: Tongue,
    (name, corners): (&str, &str),
    between: Html,
    kept: Option<&str>,
) -> Html {
    let (label, hint) = (t.say("places-draw-name"), t.say("places-draw-name-hint"));
    let name = Field {
        name: "name",
        label: &label,
        hint: &hint,
        value: name,
        required: true,
        length_max: Some(NAME_CHARS_MAX),
        ..Field::default()
    };
    let (label, hint) = (t.say("places-draw-corners"), t.say("places-draw-corners-hint"));
    let lines = Field {
        name: "corners",
        label: &label,
        hint: &hint,
        value: corners,
        required: true,
        length_max: Some(CORNERS_CHARS_MAX),
        ..Field::default()
    };
    let look = t.say("places-draw-look");
    let look_kind = if kept.is_some() { Kind::Other } else { Kind::Main };
    let look = button(&Button { sends: Some(("act", "look")), ..Button::new(&look, look_kind) });
    let keep = kept.map(|how| {
        let label = t.say(&format!("places-draw-keep-{how}"));
        button(&Button { sends: Some(("act", "keep")), ..Button::new(&label, Kind::Main) })
    });
    let ways = buttons(keep.into_iter().chain([look]));
    Html::join([field::line(t, &name), between, field::area(t, &lines, 10), ways])
}

fn body_field(t: Tongue, house: &House, visitor: &Visitor, chosen: &str) -> Result<Html, Trouble> {
    let names = house.kept::<BodyNames>().unwrap_or_default();
    let bodies = &visitor.signed_in()?.bodies;
    let office =
        visitor.is(Role::Steward).then(|| (OFFICE.to_owned(), t.say("places-draw-official")));
    let known: Vec<(String, String)> = bodies
        .iter()
        .map(|id| {
            let code = id.to_string();
            // A body without a name here is told by the end of its id.
            let end = code.get(code.len().saturating_sub(4)..).unwrap_or_default().to_owned();
            let nameless = || t.with("places-body", &[("code", end.into())]);
            (code, names.0.get(id).cloned().unwrap_or_else(nameless))
        })
        .chain(office)
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
