//! What this is and who answers for it; what is kept, for what, until when, and what no erasing
//! reaches. Said plainly, also where it is not to our credit.

use axum::extract::State;
use page::components::button::{Kind, buttons, link_button};
use page::components::icon::Icon;
use page::components::number::facts;
use page::components::table::{Column, table};
use page::{Html, Tongue, text};

use super::{h1, h2, p, say};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::people;

/// Steps of a voice's way, as told on this page.
const WAY: [&str; 5] = ["heard", "read", "answer", "action", "confirm"];
/// What is never done.
const NEVER: [&str; 6] = ["names", "number", "promise", "sell", "silence", "score"];
/// What is kept: for each, what, what for, until when.
const KEPT: [&str; 7] = ["words", "place", "number", "asking", "way", "counts", "sealed"];
/// What erasing does not reach.
const GAPS: [&str; 5] = ["gateway", "carrier", "phone", "paper", "backup"];
/// Who can check what.
const CHECKS: [&str; 4] = ["anyone", "code", "city", "missing"];

/// `GET /about`.
pub(super) async fn about(State(house): State<House>, visitor: Visitor) -> Result<Shown, Trouble> {
    let (t, city) = (visitor.tongue(), house.city());
    let name = || [("city", city.name.as_str().into())];
    let mut body = h1(&text(&t.say("thread-about")));
    body.push(&p(&t.html("thread-about-what", &name())));
    body.push(&h2(t, "thread-about-way"));
    body.push(&list(t, "ol", "thread-about-way", &WAY));
    body.push(&h2(t, "thread-about-never"));
    body.push(&list(t, "ul", "thread-about-never", &NEVER));
    body.push(&h2(t, "thread-about-who"));
    body.push(&p(&t.html("thread-about-who-city", &name())));
    let bodies = people::bodies(&house).await?;
    if !bodies.is_empty() {
        let reached: Vec<(&str, Html)> = bodies
            .iter()
            .map(|body| {
                let contact = text(&body.contact);
                let none = || text(&t.say("thread-about-no-contact"));
                (body.name.as_str(), if contact.is_empty() { none() } else { contact })
            })
            .collect();
        body.push(&facts(&reached));
    }
    body.push(&say(t, "thread-about-free"));
    let privacy = link_button(
        &visitor.link("/privacy"),
        &t.say("thread-privacy"),
        Kind::Other,
        Some(Icon::Lock),
    );
    body.push(&buttons([privacy]));
    Ok(Shown::street(t.say("thread-about"), body))
}

/// `GET /privacy`.
pub(super) async fn privacy(visitor: Visitor) -> Shown {
    let t = visitor.tongue();
    let mut body = h1(&text(&t.say("thread-privacy")));
    body.push(&say(t, "thread-privacy-lead"));
    let columns = ["what", "why", "until"]
        .map(|column| Column::words(&t.say(&format!("thread-privacy-{column}"))));
    let cell = |what: &str, column: &str| text(&t.say(&format!("thread-privacy-{what}-{column}")));
    let rows: Vec<Vec<Html>> = KEPT
        .iter()
        .map(|what| ["what", "why", "until"].map(|column| cell(what, column)).to_vec())
        .collect();
    body.push(&table(&t.say("thread-privacy-kept"), &columns, &rows));
    body.push(&h2(t, "thread-privacy-erase"));
    body.push(&list(t, "ul", "thread-privacy-erase", &["sms", "word", "person"]));
    body.push(&h2(t, "thread-privacy-gaps"));
    body.push(&say(t, "thread-privacy-gaps-lead"));
    body.push(&list(t, "ul", "thread-privacy-gap", &GAPS));
    body.push(&h2(t, "thread-privacy-counts"));
    body.push(&say(t, "thread-privacy-counts-how"));
    body.push(&h2(t, "thread-privacy-checks"));
    body.push(&list(t, "ul", "thread-privacy-check", &CHECKS));
    let about =
        link_button(&visitor.link("/about"), &t.say("thread-about"), Kind::Other, Some(Icon::Info));
    body.push(&buttons([about]));
    Shown::street(t.say("thread-privacy"), body)
}

fn list(t: Tongue, tag: &str, prefix: &str, keys: &[&str]) -> Html {
    let line = |key: &&str| Html(format!("<li>{}</li>", text(&t.say(&format!("{prefix}-{key}")))));
    let lines: Html = keys.iter().map(line).collect();
    Html(format!("<{tag}>{lines}</{tag}>"))
}
