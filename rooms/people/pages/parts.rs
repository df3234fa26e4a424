//! What the pages of this room share: headings, the way between them, areas to choose from. It
//! knows no rule.

use page::components::button::{Kind, link_button};
use page::components::field::{self, Choice, Field};
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{Id, Refusal};

use crate::door::{House, Role, Shown, Visitor};
use crate::places::atlas;

/// The most areas offered as a list; where there are more, the name is typed.
const AREAS_LISTED_MAX: usize = 1000;

/// What can be said above a page after something was done there: `people-done-<code>`.
pub const DONE: [&str; 12] = [
    "role",
    "left",
    "body",
    "changed",
    "belongs",
    "mandate",
    "ended",
    "door",
    "trained",
    "confirmed",
    "down",
    "passphrase",
];

/// What every page of this room may find in its address.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Asked {
    /// What was just done.
    pub done: Option<String>,
    /// Where a list goes on.
    pub after: Option<String>,
}

/// A desk page with the line of what was just done.
pub fn shown(visitor: &Visitor, title: &str, asked: &Asked, body: Html) -> Shown {
    let t = visitor.tongue();
    let page = Shown::desk(title, Html::join([heading(title), body]));
    match asked.done.as_deref().filter(|code| DONE.contains(code)) {
        Some(code) => {
            let words = t.say(&format!("people-done-{code}"));
            page.noticing(Notice::new(Tone::Good, &words))
        }
        None => page,
    }
}

/// A first heading.
pub fn heading(words: &str) -> Html {
    Html(format!("<h1 dir=auto>{}</h1>", text(words)))
}

/// A heading of a part.
pub fn part(t: Tongue, key: &str) -> Html {
    Html(format!("<h2>{}</h2>", text(&t.say(key))))
}

/// A paragraph.
pub fn line(t: Tongue, key: &str) -> Html {
    Html(format!("<p>{}</p>", text(&t.say(key))))
}

/// A label and what stands there.
pub fn fact(t: Tongue, key: &str, value: &Html) -> Html {
    Html(format!("<p><b>{}</b> {value}</p>", text(&t.say(key))))
}

/// The way between the pages of people. Only stewards have more than one to go to.
pub fn ways(visitor: &Visitor) -> Html {
    if !visitor.is(Role::Steward) {
        return Html::none();
    }
    let t = visitor.tongue();
    let all = [
        ("/desk/people", "people-title"),
        ("/desk/people/bodies", "people-bodies-title"),
        ("/desk/people/mandates", "people-mandates-title"),
        ("/desk/people/sealed-door", "people-door-title"),
    ];
    let links = all.map(|(to, key)| link_button(&visitor.link(to), &t.say(key), Kind::Other, None));
    let label = text(&t.say("people-ways"));
    Html(format!("<nav class=bs aria-label=\"{label}\">{}</nav>", Html::join(links)))
}

/// A link inside a sentence or a table.
pub fn link(visitor: &Visitor, to: &str, words: &str) -> Html {
    let to = page::html::href(&visitor.link(to));
    Html(format!("<a href=\"{to}\"><bdi>{}</bdi></a>", text(words)))
}

/// The name of an area; of the whole city for none; a line for one that is not public.
pub fn area_name(house: &House, t: Tongue, area: Option<Id>) -> String {
    match area {
        None => t.say("people-whole-city"),
        Some(id) => atlas(house)
            .area(id)
            .map_or_else(|| t.say("people-area-unshown"), crate::places::Area::both_names),
    }
}

/// The field in which an area is chosen or typed; left empty it is the whole city.
pub fn area_field(house: &House, t: Tongue) -> Html {
    let atlas = atlas(house);
    let (label, hint) = (t.say("people-area"), t.say("people-area-hint"));
    let shape = Field { name: "area", label: &label, hint: &hint, ..Field::default() };
    if atlas.areas().len() > AREAS_LISTED_MAX {
        return field::line(t, &Field { length_max: Some(200), ..shape });
    }
    let whole = t.say("people-whole-city");
    let names: Vec<(String, String)> =
        atlas.areas().iter().map(|area| (area.id.to_string(), area.both_names())).collect();
    let areas = names.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice> = std::iter::once(Choice::new("", &whole)).chain(areas).collect();
    field::select(t, &shape, &choices)
}

/// The area that was chosen or typed.
///
/// # Errors
/// What was typed names no area, or more than one.
pub fn area_sent(house: &House, sent: &str) -> Result<Option<Id>, Refusal> {
    let sent = sent.trim();
    if sent.is_empty() {
        return Ok(None);
    }
    let atlas = atlas(house);
    let chosen = sent.parse::<Id>().ok().and_then(|id| atlas.area(id));
    let typed = || match atlas.by_text(sent).as_slice() {
        [only] => Some(only.id),
        _ => None,
    };
    let id = chosen.map(|area| area.id).or_else(typed);
    id.map(Some).ok_or(Refusal::new("people-area-unclear"))
}

/// The names of roles, joined.
pub fn roles_said(t: Tongue, roles: &[Role]) -> String {
    let names: Vec<String> =
        roles.iter().map(|role| t.say(&format!("people-role-{}", role.code()))).collect();
    if names.is_empty() { t.say("people-no-roles") } else { names.join(" · ") }
}
