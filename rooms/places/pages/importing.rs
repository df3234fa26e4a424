//! Importing official areas at the desk, for a steward without a command line: a file is brought,
//! then its properties are chosen, then it is told what became of it. It judges nothing of a file:
//! the rules do.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Request, State};
use page::components::button::{Button, Kind, button, link_button};
use page::components::form::{Form, form};
use page::{Html, Tongue, text};
use record::Refusal;

use crate::door::{House, Shown, Trouble, Visitor};
use crate::places::pages::bringing::{
    Brought, FILE_FORM_BYTES_MAX, choose_fields, file_fields, import_chosen, take_file,
};
use crate::places::pages::draw::refusal_words;
use crate::places::pages::{PLACES_PATH, rendered};
use crate::places::records::Imported;

const IMPORT_PATH: &str = "/desk/places/import";
/// Features left out that are told one by one after an import.
const TOLD_LINES_MAX: usize = 200;
/// Numbers of features told with what was mended.
const TOLD_NUMBERS_MAX: usize = 20;

#[derive(Template)]
#[template(path = "places/pages/imported.html")]
struct Told {
    t: Tongue,
    counts: Html,
    refused: Vec<Html>,
    mended: Vec<Html>,
    back: Html,
}

/// Takes a file, then the choice of its properties; tells what became of it.
pub(in crate::places) async fn import(
    State(house): State<House>,
    visitor: Visitor,
    request: Request,
) -> Result<Shown, Trouble> {
    let brought = Brought::read(request, FILE_FORM_BYTES_MAX).await?;
    if brought.get("csrf") != visitor.signed_in()?.csrf {
        return Err(Refusal::new("form-stale").status(403).into());
    }
    let t = visitor.tongue();
    if brought.get("mark").is_empty() {
        take_file(&house, brought)?;
        let heading = Html(format!("<h1>{}</h1>", text(&t.say("places-choose-title"))));
        let body = Html::join([heading, choice(t, &house, &visitor)?]);
        return Ok(Shown::desk(t.say("places-choose-title"), body));
    }
    let done = import_chosen(&house, &brought.fields, visitor.author()).await?;
    let mut body = rendered(&told(t, &done))?;
    if !done.refused.is_empty() {
        body.push(&Html(format!("<h2>{}</h2>", text(&t.say("places-choose-again")))));
        body.push(&choice(t, &house, &visitor)?);
    }
    Ok(Shown::desk(t.say("places-imported-title"), body))
}

fn choice(t: Tongue, house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    let mut fields = choose_fields(t, house)?;
    fields.push(&button(&Button::new(&t.say("places-import"), Kind::Main)));
    Ok(form(t, &Form::post(IMPORT_PATH, visitor.csrf()), &fields))
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

/// The form that brings a file.
pub(super) fn form_of(t: Tongue, visitor: &Visitor) -> Html {
    let fields = Html::join([
        Html(format!(
            "<h2>{}</h2><p>{}</p>",
            text(&t.say("places-import-title")),
            text(&t.say("places-import-about"))
        )),
        file_fields(t, ""),
        button(&Button::new(&t.say("places-import-look"), Kind::Other)),
    ]);
    let shape = Form { carries_file: true, ..Form::post(IMPORT_PATH, visitor.csrf()) };
    form(t, &shape, &fields)
}
