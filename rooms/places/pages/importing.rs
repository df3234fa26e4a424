//! Importing official areas at the desk: GeoJSON pasted into a field, for a steward without a
//! command line. Larger files go through the command line; both end in the same import.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Request, State};
use page::components::button::{Button, Kind, button, link_button};
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use page::{Html, Tongue, text};
use record::Refusal;
use serde::Deserialize;

use crate::door::{House, Shown, Trouble, Visitor};
use crate::places::pages::draw::refusal_words;
use crate::places::pages::{PLACES_PATH, rendered};
use crate::places::records::{AreaProps, Imported, import_areas};

/// Longest form with pasted areas, in bytes: some thousand areas, as a browser sends them.
const PASTED_BYTES_MAX: usize = 8_000_000;
/// Features left out that are told one by one after an import.
const TOLD_LINES_MAX: usize = 200;
/// Numbers of features told with what was mended.
const TOLD_NUMBERS_MAX: usize = 20;

#[derive(Clone, Default, Deserialize)]
pub(in crate::places) struct Pasted {
    #[serde(default)]
    pub(in crate::places) csrf: String,
    #[serde(default)]
    pub(in crate::places) geojson: String,
    #[serde(default)]
    pub(in crate::places) name: String,
    #[serde(default)]
    pub(in crate::places) code: String,
    #[serde(default)]
    pub(in crate::places) parent: String,
    #[serde(default)]
    pub(in crate::places) population: String,
}

#[derive(Template)]
#[template(path = "places/pages/imported.html")]
struct Told {
    t: Tongue,
    counts: Html,
    refused: Vec<Html>,
    mended: Vec<Html>,
    back: Html,
}

/// Imports what was pasted and tells what became of it.
pub(in crate::places) async fn import(
    State(house): State<House>,
    visitor: Visitor,
    request: Request,
) -> Result<Shown, Trouble> {
    // Areas are longer than any other form, so this one is read here.
    let bytes = axum::body::to_bytes(request.into_body(), PASTED_BYTES_MAX)
        .await
        .map_err(|_| Refusal::new("geojson-long").status(413).naming("most", "8 MB"))?;
    let pasted: Pasted = serde_urlencoded::from_bytes(&bytes)
        .map_err(|_| Refusal::new("form-unreadable").status(400))?;
    if pasted.csrf != visitor.signed_in()?.csrf {
        return Err(Refusal::new("form-stale").status(403).into());
    }
    let some = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    let props = AreaProps {
        name: pasted.name.trim().to_owned(),
        code: some(&pasted.code),
        parent: some(&pasted.parent),
        population: some(&pasted.population),
    };
    let bytes = pasted.geojson.as_bytes();
    let done = import_areas(&house, bytes, &props, visitor.author(), |_, _| ()).await?;
    let t = visitor.tongue();
    Ok(Shown::desk(t.say("places-imported-title"), rendered(&told(t, &done))?))
}

fn told(t: Tongue, done: &Imported) -> Told {
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX).into();
    let args = [("new", n(done.new)), ("same", n(done.same)), ("changed", n(done.changed))];
    let line = |number: usize, words: &str| {
        t.html("places-feature", &[("n", n(number)), ("words", words.into())])
    };
    let refused = done.refused.iter().map(|(at, why)| line(*at, &refusal_words(t, why)));
    // A file often needs the same mending throughout: each kind is told once, with its numbers.
    let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, key) in &done.mended {
        kinds.entry(key).or_default().push(*at);
    }
    let mended = kinds.into_iter().map(|(key, numbers)| {
        let told = numbers.iter().take(TOLD_NUMBERS_MAX).map(usize::to_string);
        let told = told.collect::<Vec<_>>().join(", ");
        let rest = if numbers.len() > TOLD_NUMBERS_MAX { " …" } else { "" };
        let args = [
            ("words", t.say(key).into()),
            ("n", n(numbers.len())),
            ("numbers", format!("{told}{rest}").into()),
        ];
        t.html("places-mended", &args)
    });
    Told {
        t,
        counts: t.html("places-imported-counts", &args),
        refused: shortened(t, refused.collect()),
        mended: mended.collect(),
        back: link_button(PLACES_PATH, &t.say("places-title"), Kind::Main, None),
    }
}

/// The first lines, and how many more there are.
fn shortened(t: Tongue, mut lines: Vec<Html>) -> Vec<Html> {
    let more = lines.len().saturating_sub(TOLD_LINES_MAX);
    lines.truncate(TOLD_LINES_MAX);
    if more > 0 {
        let n = i64::try_from(more).unwrap_or(i64::MAX);
        lines.push(text(&t.with("places-more", &[("n", n.into())])));
    }
    lines
}

/// The form for pasting areas.
pub(super) fn form_of(t: Tongue, visitor: &Visitor, typed: &Pasted) -> Html {
    let mut fields = Html(format!(
        "<h2>{}</h2><p>{}</p>",
        text(&t.say("places-import-title")),
        text(&t.say("places-import-about"))
    ));
    let (label, hint) = (t.say("places-geojson"), t.say("places-geojson-hint"));
    let geojson = Field {
        name: "geojson",
        label: &label,
        hint: &hint,
        value: &typed.geojson,
        required: true,
        ..Field::default()
    };
    fields.push(&field::area(t, &geojson, 6));
    for (name, required, value) in [
        ("name", true, &typed.name),
        ("code", false, &typed.code),
        ("parent", false, &typed.parent),
        ("population", false, &typed.population),
    ] {
        let label = t.say(&format!("places-prop-{name}"));
        let hint = t.say("places-prop-hint");
        let hint = if required { hint.as_str() } else { "" };
        let length_max = Some(200);
        let property =
            Field { name, label: &label, hint, value, required, length_max, ..Field::default() };
        fields.push(&field::line(t, &property));
    }
    fields.push(&button(&Button::new(&t.say("places-import"), Kind::Other)));
    form(t, &Form::post("/desk/places/import", visitor.csrf()), &fields)
}
