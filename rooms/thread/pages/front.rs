//! The front page of the street: speak, follow, and how the city keeps its word. It fits one
//! breath of a slow network.

use axum::extract::State;
use page::components::bar::{Bar, bars};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::card::{cards, door, panel};
use page::components::empty::empty;
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::notice::{Notice, Tone, notice};
use page::html::href;
use page::{Html, Tongue, text};
use record::Id;

use super::{area_path, figures, h1, h2, p, power, small};
use crate::door::{City, House, Shown, Trouble, Visitor};
use crate::funds;
use crate::places::{self, Atlas};
use crate::thread::queries::{Frozen, frozen};

/// Areas named on the front page.
const AREAS_SHOWN: usize = 5;

/// `GET /`.
pub(super) async fn front(State(house): State<House>, visitor: Visitor) -> Result<Shown, Trouble> {
    let (t, city, atlas) = (visitor.tongue(), house.city(), places::atlas(&house));
    let frozen = frozen(&house).await?;
    let title = t.with("thread-front-title", &[("city", city.name.as_str().into())]);
    let mut body = h1(&t.html("thread-front-title", &[("city", city.name.as_str().into())]));
    body.push(&Html(format!("<p class=lead>{}</p>", text(&t.say("thread-front-lead")))));
    let speak = door(
        Icon::Speak,
        &visitor.link("/say"),
        &t.say("thread-front-say"),
        &t.say("thread-front-say-about"),
    );
    body.push(&cards([speak, panel(&code_form(&visitor, "thread-front-follow", "", None))]));
    body.push(&sms(t, &city));
    body.push(&danger(t, &city));
    body.push(&kept_word(&visitor, &power::account(&house).await?));
    body.push(&account(&visitor, &frozen, &atlas));
    body.push(&funds::neglected_part(&house, &visitor).await?);
    let way = |path: &str, key: &str, icon: Icon| {
        link_button(&visitor.link(path), &t.say(key), Kind::Other, Some(icon))
    };
    body.push(&buttons([
        way("/needs", "thread-needs", Icon::Search),
        way("/decisions", "thread-decisions", Icon::Decide),
        way("/assemblies", "assemblies-title", Icon::People),
        way("/proposals", "proposals-title", Icon::Hear),
        way("/ballots", "ballots-title", Icon::Decide),
        way("/money", "funds-title", Icon::Money),
        way("/help-wanted", "resources-help-wanted", Icon::Act),
        way("/areas", "thread-areas", Icon::Home),
        way("/map", "thread-map", Icon::Map),
        way("/about", "thread-about", Icon::Info),
        way("/privacy", "thread-privacy", Icon::Lock),
    ]));
    Ok(Shown::street(title, body))
}

/// The form that asks for a code.
pub(super) fn code_form(visitor: &Visitor, label: &str, typed: &str, wrong: Option<&str>) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say(label), t.say("thread-code-hint"));
    let code = Field {
        name: "code",
        label: &label,
        hint: &hint,
        error: wrong,
        value: typed,
        required: true,
        kind: field::Kind::Code,
        ..Field::default()
    };
    let mut body = field::line(t, &code);
    // A form that asks drops the query of its address, so the language goes as a field.
    body.push(&field::hidden("lang", visitor.tongue().lang.code()));
    let go = t.say("thread-follow-send");
    let go = Button { icon: Some(Icon::Follow), ..Button::new(&go, Kind::Other) };
    body.push(&button(&go));
    form(t, &Form::get("/follow"), &body)
}

fn sms(t: Tongue, city: &City) -> Html {
    if city.sms_number.is_empty() {
        return Html::none();
    }
    let number = city.sms_number.as_str();
    let link = format!(
        "<a href=\"{}\"><bdi dir=ltr>{}</bdi></a>",
        href(&format!("sms:{}", number.replace(' ', ""))),
        text(number)
    );
    p(&Html(format!("{} {link}", text(&t.say("thread-front-sms")))))
}

/// The number for danger to life, and that this is no rescue service.
pub(super) fn danger(t: Tongue, city: &City) -> Html {
    let number = city.emergency.as_str();
    let words = t.html("thread-emergency", &[("number", number.into())]);
    notice(t, &Notice { tone: Tone::Warn, words })
}

/// Promises kept and missed, and who has the say, with the way to more.
fn kept_word(visitor: &Visitor, account: &power::Account) -> Html {
    let t = visitor.tongue();
    let mut out = power::promises(t, account);
    out.push(&power::line(t, account));
    if !out.0.is_empty() {
        let more = visitor.link("/power");
        out.push(&buttons([link_button(&more, &t.say("thread-power-to"), Kind::Other, None)]));
    }
    out
}

/// How the city keeps its word: the answer clock, what was done, where people speak and wait.
fn account(visitor: &Visitor, frozen: &Frozen, atlas: &Atlas) -> Html {
    let t = visitor.tongue();
    let mut out = h2(t, "thread-clock-heading");
    if frozen.figure(Id::NONE, "heard") == 0 {
        let (title, next) = (t.say("thread-front-empty"), t.say("thread-front-empty-next"));
        out.push(&empty(Icon::Hear, &title, &next, &Html::none()));
        out.push(&figures::when(t, frozen));
        return out;
    }
    out.push(&figures::clock(t, frozen, Id::NONE));
    out.push(&figures::done(t, frozen, Id::NONE));
    for (key, heading) in [("heard", "thread-most-heard"), ("waiting", "thread-most-waiting")] {
        out.push(&most(visitor, frozen, atlas, key, heading));
    }
    out.push(&figures::when(t, frozen));
    out
}

/// The areas with the largest figures.
fn most(visitor: &Visitor, frozen: &Frozen, atlas: &Atlas, key: &str, heading: &str) -> Html {
    let t = visitor.tongue();
    let mut all: Vec<(String, String, i64)> = atlas
        .areas()
        .iter()
        .map(|area| (area.both_names(), area_path(visitor, area.id), frozen.figure(area.id, key)))
        .filter(|(_, _, n)| *n > 0)
        .collect();
    all.sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
    all.truncate(AREAS_SHOWN);
    if all.is_empty() {
        return Html::none();
    }
    let shown: Vec<Bar<'_>> = all
        .iter()
        .map(|(name, to, n)| Bar { name, value: Some(small(*n)), href: Some(to) })
        .collect();
    let mut out = h2(t, heading);
    out.push(&bars(t, &shown));
    out
}
