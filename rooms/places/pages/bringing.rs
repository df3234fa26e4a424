//! A file of areas on its way in, without a script: sent from a phone or a computer, or pasted;
//! then somebody says which of its properties means what. Between the two pages it waits in memory,
//! one file for the whole node, and is gone when the node stops. It imports nothing by itself.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use page::components::field::{self, Choice, Field};
use page::{Html, Tongue, text};
use record::{Id, Refusal};

use crate::door::{House, Trouble};
use crate::places::records::{AreaProps, Imported, import_areas};
use crate::places::rules::reading::{GEOJSON_BYTES_MAX, PROPERTIES_MAX, Property, properties_of};

/// Longest form without a file, in bytes: areas may be pasted, and a browser sends three for one.
const FORM_BYTES_MAX: usize = 8_000_000;
/// Most parts of a form: a tick for each property, and the rest.
const PARTS_MAX: usize = PROPERTIES_MAX + 20;

/// What a form brought.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// What was filled in, by name.
    pub fields: HashMap<String, String>,
    /// The file; empty when none was chosen.
    pub file: Vec<u8>,
}

impl Brought {
    /// Reads a form, with a file or without, of no more bytes than these.
    ///
    /// # Errors
    /// It is longer, or no form.
    pub async fn read(request: Request, bytes_max: usize) -> Result<Brought, Trouble> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            return parts_of(request, bytes_max).await;
        }
        let bytes = axum::body::to_bytes(request.into_body(), bytes_max.min(FORM_BYTES_MAX))
            .await
            .map_err(|_| too_long("8 MB"))?;
        let fields = serde_urlencoded::from_bytes(&bytes).map_err(|_| unreadable())?;
        Ok(Brought { fields, file: Vec::new() })
    }

    /// What was filled in under a name, without blanks around it.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |value| value.trim())
    }
}

async fn parts_of(request: Request, bytes_max: usize) -> Result<Brought, Trouble> {
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| unreadable())?;
    let mut brought = Brought::default();
    let mut left = bytes_max;
    for _ in 0..PARTS_MAX {
        let Some(mut part) = parts.next_field().await.map_err(|error| wrong(&error))? else {
            return Ok(brought);
        };
        let (name, is_file) = (part.name().unwrap_or_default().to_owned(), is_file(&part));
        let mut bytes = Vec::new();
        while let Some(more) = part.chunk().await.map_err(|error| wrong(&error))? {
            left = left.checked_sub(more.len()).ok_or_else(|| too_long("50 MB"))?;
            bytes.extend_from_slice(&more);
        }
        if is_file {
            brought.file = bytes;
        } else {
            let value = String::from_utf8(bytes).map_err(|_| unreadable())?;
            brought.fields.insert(name, value);
        }
    }
    Err(unreadable().into())
}

fn is_file(part: &axum::extract::multipart::Field<'_>) -> bool {
    part.file_name().is_some()
}

fn wrong(error: &MultipartError) -> Trouble {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_long("50 MB").into();
    }
    unreadable().into()
}

fn unreadable() -> Refusal {
    Refusal::new("form-unreadable").status(400)
}

fn too_long(most: &str) -> Refusal {
    Refusal::new("geojson-long").status(413).naming("most", most)
}

/// The file that waits until somebody has said what its properties mean.
struct Waiting {
    /// Tells this file from another that came in between.
    mark: String,
    bytes: Vec<u8>,
    features: usize,
    properties: Vec<Property>,
}

#[derive(Clone, Default)]
struct Kept(Option<Arc<Waiting>>);

/// Most bytes of a form that brings a file.
pub(super) const FILE_FORM_BYTES_MAX: usize = GEOJSON_BYTES_MAX + 100_000;

/// The fields by which a file is brought: chosen, or pasted.
#[must_use]
pub fn file_fields(t: Tongue, pasted: &str) -> Html {
    let (label, hint) = (t.say("places-file"), t.say("places-file-hint"));
    let file = Field { name: "file", label: &label, hint: &hint, ..Field::default() };
    let (label, hint) = (t.say("places-geojson"), t.say("places-geojson-hint"));
    let geojson =
        Field { name: "geojson", label: &label, hint: &hint, value: pasted, ..Field::default() };
    Html::join([field::file(t, &file), field::area(t, &geojson, 4)])
}

/// Looks at the file that was brought, and lets it wait for the choice.
///
/// # Errors
/// There is none; it cannot be read; nothing in it could be a name.
pub fn take_file(house: &House, brought: Brought) -> Result<(), Refusal> {
    let Brought { mut fields, file } = brought;
    let bytes = if file.is_empty() {
        fields.remove("geojson").unwrap_or_default().into_bytes()
    } else {
        file
    };
    if bytes.trim_ascii().is_empty() {
        return Err(Refusal::new("geojson-missing"));
    }
    let (features, properties) = properties_of(&bytes)?;
    if properties.is_empty() {
        return Err(Refusal::new("geojson-nameless"));
    }
    let mark = Id(house.vault().keyed("file of areas", &bytes)).to_string();
    house.keep(Kept(Some(Arc::new(Waiting { mark, bytes, features, properties }))));
    Ok(())
}

fn waiting(house: &House) -> Result<Arc<Waiting>, Refusal> {
    let kept = house.kept::<Kept>().and_then(|kept| kept.0.clone());
    kept.ok_or_else(|| Refusal::new("geojson-gone").status(409))
}

/// The fields by which somebody says what the properties of the waiting file mean.
///
/// # Errors
/// No file waits.
pub fn choose_fields(t: Tongue, house: &House) -> Result<Html, Refusal> {
    let file = waiting(house)?;
    let n = i64::try_from(file.features).unwrap_or(i64::MAX);
    let labels: Vec<String> = file.properties.iter().map(shown).collect();
    let all = file.properties.iter().zip(&labels);
    let choices: Vec<Choice<'_>> =
        all.map(|(property, label)| Choice::new(&property.name, label)).collect();
    let none = t.say("places-prop-none");
    let with_none = [&[Choice::new("", &none)], choices.as_slice()].concat();
    let select = |what: &str, value: &str, choices: &[Choice<'_>]| {
        let (name, label) = (format!("prop-{what}"), t.say(&format!("places-prop-{what}")));
        let required = what == "name";
        let field = Field { name: &name, label: &label, value, required, ..Field::default() };
        field::select(t, &field, choices)
    };
    let ticks = labels.iter().enumerate().map(|(at, label)| {
        let name = format!("prop-code-{at}");
        field::tick(t, &Field { name: &name, label, required: false, ..Field::default() })
    });
    Ok(Html::join([
        Html(format!("<p>{}</p>", text(&t.with("places-choose-lead", &[("n", n.into())])))),
        field::hidden("mark", &file.mark),
        select("name", likely_name(&file.properties), &choices),
        select("parent", "", &with_none),
        select("population", "", &with_none),
        Html(format!(
            "<details class=f><summary>{}</summary><p class=hint>{}</p>{}</details>",
            text(&t.say("places-prop-code")),
            text(&t.say("places-prop-hint")),
            Html::join(ticks)
        )),
    ]))
}

/// A property with what it says of the first area.
fn shown(property: &Property) -> String {
    match property.says.as_str() {
        "" => property.name.clone(),
        says => format!("{} ({says})", property.name),
    }
}

/// The property that most likely holds the name: a hint, which a person sees and changes.
fn likely_name(properties: &[Property]) -> &str {
    const NAMES: [&str; 5] = ["name", "nom", "nombre", "non", "jina"];
    let called = |fits: &dyn Fn(&str) -> bool| {
        let found = properties.iter().find(|property| fits(&property.name.to_lowercase()));
        found.map(|property| property.name.as_str())
    };
    // Otherwise the words that tell most of the areas apart.
    let words = properties.iter().filter(|property| property.says.contains(char::is_alphabetic));
    let telling = words.rev().max_by_key(|property| property.kinds);
    called(&|name| NAMES.contains(&name))
        .or_else(|| called(&|name| NAMES.iter().any(|known| name.contains(known))))
        .or_else(|| telling.map(|property| property.name.as_str()))
        .unwrap_or_default()
}

/// Imports the waiting file as it was chosen. It waits on when the choice was wrong, or left some
/// areas out: another choice may tell them apart.
///
/// # Errors
/// It is no longer there, or another came in between; nothing in it can be used by this choice.
pub async fn import_chosen(
    house: &House,
    fields: &HashMap<String, String>,
    author: Option<Id>,
) -> Result<Imported, Trouble> {
    let file = waiting(house)?;
    let get = |name: &str| fields.get(name).map_or("", String::as_str);
    if get("mark") != file.mark {
        return Err(Refusal::new("geojson-gone").status(409).into());
    }
    let some = |value: String| Some(value).filter(|value| !value.is_empty());
    let ticked = file.properties.iter().enumerate();
    let code: Vec<&str> = ticked
        .filter(|(at, _)| !get(&format!("prop-code-{at}")).is_empty())
        .map(|(_, property)| property.name.as_str())
        .collect();
    let props = AreaProps {
        name: get("prop-name").to_owned(),
        code: some(code.join(",")),
        parent: some(get("prop-parent").to_owned()),
        population: some(get("prop-population").to_owned()),
    };
    let done = import_areas(house, &file.bytes, &props, author, |_, _| ()).await?;
    if done.refused.is_empty() {
        house.keep(Kept(None));
    }
    Ok(done)
}
