//! `/desk/needs`: what is lacking, the gravest first, each with how many voices, how many people
//! and since when; beside it the areas nobody hears from. It shows no words of a person.

use std::collections::HashMap;

use axum::extract::{Query, State};
use page::components::button::{Kind, button, buttons, link_button};
use page::components::empty::empty;
use page::components::field::{self, Choice, Field, hidden};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::row::{Row, pager, rows};
use page::{Html, Tongue, text};
use record::Id;

use super::parts::{self, Asked, READERS, WRITERS};
use super::silence;
use crate::door::{House, Shown, Trouble, Visitor};
use crate::needs::queries::{self, PAGE_NEEDS, Which};
use crate::needs::{Need, STATUSES, title_line};
use crate::voices::desk_parts as desk;
use crate::voices::queries::NeedCounts;
use crate::voices::queries::grouping::counts_of_needs;
use crate::voices::rules::SECTORS;

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let area = desk::area_sent(&house, &asked.area)?;
    let last = match asked.after.parse() {
        Ok(id) => queries::need(&house, id).await?,
        Err(_) => None,
    };
    let which = which(&asked);
    let needs = queries::list(&house, which, area, last.as_ref(), PAGE_NEEDS).await?;
    let full = i64::try_from(needs.len()).is_ok_and(|n| n >= PAGE_NEEDS);
    let next = needs.last().filter(|_| full).map(|need| {
        let area = area.map(|id| id.to_string()).unwrap_or_default();
        let (status, sector) = (&asked.status, &asked.sector);
        let on = format!("status={status}&sector={sector}&area={area}&after={}", need.id);
        visitor.link(&format!("/desk/needs?{on}"))
    });
    let mut body = ways(&visitor);
    body.push(&filters(&house, &visitor, &asked, area));
    if needs.is_empty() {
        let (title, next) = (t.say("needs-list-empty"), t.say("needs-list-empty-next"));
        body.push(&empty(Icon::Follow, &title, &next, &Html::none()));
    } else {
        let ids: Vec<Id> = needs.iter().map(|need| need.id).collect();
        let counts = counts_of_needs(&house, &ids).await?;
        body.push(&list(&house, &visitor, &needs, &counts));
        body.push(&pager(t, None, next.as_deref()));
    }
    body.push(&silence::panel(&house, &visitor).await?);
    Ok(parts::shown(&visitor, &t.say("needs-list-title"), &asked.done, body))
}

/// Which needs an address asks for; what is on no list asks for all that stand.
fn which(asked: &Asked) -> Which<'_> {
    let known = |list: &[&str], code: &str| list.contains(&code);
    if known(&STATUSES, &asked.status) {
        Which::Status(&asked.status)
    } else if known(&SECTORS, &asked.sector) {
        Which::Sector(&asked.sector)
    } else {
        Which::Standing
    }
}

fn ways(visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let link = |to: &str, key: &str, icon| {
        link_button(&visitor.link(to), &t.say(key), Kind::Other, Some(icon))
    };
    let mut all = Vec::new();
    if parts::any(visitor, READERS) {
        let group = link("/desk/grouping", "needs-way-grouping", Icon::Add);
        all.push(desk::keyed(group, "a", 'g'));
    }
    if parts::any(visitor, WRITERS) {
        let new = link("/desk/needs/new", "needs-way-new", Icon::Paper);
        all.push(desk::keyed(new, "a", 'n'));
    }
    buttons(all)
}

fn filters(house: &House, visitor: &Visitor, asked: &Asked, area: Option<Id>) -> Html {
    let t = visitor.tongue();
    let all = t.say("needs-filter-all");
    let choose = |name: &str, key: &str, value: &str, named: &[(String, String)]| {
        let label = t.say(key);
        let first = Choice::new("", &all);
        let choices: Vec<Choice<'_>> = std::iter::once(first)
            .chain(named.iter().map(|(code, name)| Choice::new(code, name)))
            .collect();
        field::select(t, &Field { name, label: &label, value, ..Field::default() }, &choices)
    };
    let statuses: Vec<(String, String)> =
        STATUSES.iter().map(|code| ((*code).to_owned(), parts::status_name(t, code))).collect();
    let sectors = sectors_named(t);
    let show = t.say("needs-filter-show");
    let fields = Html::join([
        hidden("lang", t.lang.code()),
        choose("status", "needs-filter-status", &asked.status, &statuses),
        choose("sector", "needs-filter-sector", &asked.sector, &sectors),
        desk::area_field(house, t, area, desk::AREAS_LISTED_MAX),
        buttons([button(&desk::other_button(&show))]),
    ]);
    desk::folded(&t.say("needs-filter"), &form(t, &Form::get("/desk/needs"), &fields))
}

/// All sectors by their names: code and name.
pub fn sectors_named(t: Tongue) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> =
        SECTORS.iter().map(|code| ((*code).to_owned(), desk::sector_name(t, code))).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    named
}

/// Needs as rows of the desk.
pub fn list(
    house: &House,
    visitor: &Visitor,
    needs: &[Need],
    counts: &HashMap<Id, NeedCounts>,
) -> Html {
    let t = visitor.tongue();
    let shown: Vec<(String, String, Html, Html)> = needs
        .iter()
        .map(|need| {
            let voices = counts.get(&need.id).map_or(0, |counts| counts.voices);
            let to = visitor.link(&format!("/desk/needs/{}", need.id));
            (title_line(t, need), to, tags(t, need), note(house, t, need, voices))
        })
        .collect();
    let rowed: Vec<Row<'_>> = shown
        .iter()
        .map(|(title, href, tags, note)| Row {
            title,
            href,
            tags: tags.clone(),
            note: note.clone(),
            acts: Html::none(),
        })
        .collect();
    rows(&rowed)
}

/// The marks of a need: how grave, where it stands, its sector, whether the street sees it.
pub fn tags(t: Tongue, need: &Need) -> Html {
    let mut all = parts::severity(t, need.severity);
    all.push(&parts::status_tag(t, need));
    all.push(&parts::sector(t, &need.sector));
    if !need.published {
        let hidden = page::components::tag::mark(Icon::Lock, &t.say("needs-not-public"));
        all.push(&hidden);
    }
    all
}

fn note(house: &House, t: Tongue, need: &Need, voices: i64) -> Html {
    let notes = [
        desk::area_name(house, t, need.area),
        t.with("needs-voices-exact", &[("n", voices.into())]),
        parts::people(t, need),
        t.with("needs-since", &[("day", parts::since(t, need).into())]),
        t.with("needs-stated-ago", &[("ago", desk::age(t, house, need.stated_ms).into())]),
    ];
    text(&notes.join(" · "))
}
