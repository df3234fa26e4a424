//! The steward's pages of bodies: which there are, how to reach them, who belongs to them. A body's
//! name and contact are public matters; who belongs to it is not shown on the street.

use axum::extract::{Path, Query, State};
use page::components::button::{Button, Kind, button, buttons};
use page::components::empty::empty;
use page::components::field::{self, Choice, Field};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::table::{Column, table};
use page::{Html, text};
use serde::Deserialize;

use super::acts;
use super::members::id_of;
use super::parts::{self, Asked, area_field, area_name, area_sent, fact, line, part, ways};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::people::queries;
use crate::people::rules::{
    BODY_NAME_BYTES_MAX, BodyAsked, BodyKind, CONSTITUENCIES, CONTACT_BYTES_MAX,
};
use crate::people::views::BodyRow;

/// A new body.
#[derive(Debug, Deserialize)]
pub struct BodySent {
    name: String,
    kind: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    constituency: String,
    #[serde(default)]
    contact: String,
}

/// A body changed.
#[derive(Debug, Deserialize)]
pub struct ChangeSent {
    body: String,
    name: String,
    #[serde(default)]
    contact: String,
}

/// A member begins to belong to a body, or no longer does.
#[derive(Debug, Deserialize)]
pub struct BelongSent {
    body: String,
    member: String,
    belongs: String,
}

/// All bodies, and the form that writes down one.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let all = queries::bodies(&house).await?;
    let rows: Vec<Vec<Html>> = all
        .iter()
        .map(|body| {
            vec![
                parts::link(&visitor, &format!("/desk/people/body/{}", body.id), &body.name),
                text(&t.say(&format!("people-kind-{}", body.kind))),
                page::html::bdi(&area_name(&house, t, body.area)),
                page::html::bdi(&body.contact),
            ]
        })
        .collect();
    let list = if rows.is_empty() {
        let (title, next) = (t.say("people-bodies-none"), t.say("people-bodies-none-next"));
        empty(Icon::People, &title, &next, &Html::none())
    } else {
        let columns = ["people-body", "people-kind", "people-area", "people-contact"];
        let columns = columns.map(|key| Column::words(&t.say(key)));
        table(&t.say("people-bodies-title"), &columns, &rows)
    };
    let body = Html::join([
        ways(&visitor),
        line(t, "people-bodies-lead"),
        list,
        add_form(&house, &visitor),
    ]);
    Ok(parts::shown(&visitor, &t.say("people-bodies-title"), &asked, body))
}

fn add_form(house: &House, visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let kinds =
        BodyKind::ALL.map(|kind| (kind.code(), t.say(&format!("people-kind-{}", kind.code()))));
    let kinds: Vec<Choice> = kinds.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let label = t.say("people-kind");
    let kind = Field { name: "kind", label: &label, required: true, ..Field::default() };
    let unsaid = t.say("people-constituency-unsaid");
    let known = CONSTITUENCIES.map(|code| (code, t.say(&format!("people-constituency-{code}"))));
    let known = known.iter().map(|(code, name)| Choice::new(code, name));
    let speaks: Vec<Choice> = std::iter::once(Choice::new("", &unsaid)).chain(known).collect();
    let (for_whom, hint) = (t.say("people-constituency"), t.say("people-constituency-hint"));
    let constituency =
        Field { name: "constituency", label: &for_whom, hint: &hint, ..Field::default() };
    let fields = Html::join([
        name_field(visitor, ""),
        field::radios(t, &kind, &kinds),
        area_field(house, t),
        field::select(t, &constituency, &speaks),
        contact_field(visitor, ""),
        buttons([button(&Button::new(&t.say("people-body-add"), Kind::Main))]),
    ]);
    let to = visitor.link("/desk/people/bodies");
    Html::join([part(t, "people-body-add"), form(t, &Form::post(&to, visitor.csrf()), &fields)])
}

fn name_field(visitor: &Visitor, value: &str) -> Html {
    let t = visitor.tongue();
    let label = t.say("people-body-name");
    let shape = Field {
        name: "name",
        label: &label,
        value,
        required: true,
        length_max: Some(BODY_NAME_BYTES_MAX),
        ..Field::default()
    };
    field::line(t, &shape)
}

fn contact_field(visitor: &Visitor, value: &str) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("people-contact"), t.say("people-contact-hint"));
    let shape = Field {
        name: "contact",
        label: &label,
        hint: &hint,
        value,
        length_max: Some(CONTACT_BYTES_MAX),
        ..Field::default()
    };
    field::line(t, &shape)
}

/// Writes down a body.
pub async fn add(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<BodySent>,
) -> Result<Moved, Trouble> {
    let asked = BodyAsked {
        name: sent.name,
        kind: sent.kind,
        area: area_sent(&house, &sent.area)?,
        constituency: sent.constituency,
        contact: sent.contact,
    };
    acts::write_body(&house, asked, visitor.author()).await?;
    Ok(Moved(visitor.link("/desk/people/bodies?done=body")))
}

/// One body: its facts, its members, the form that changes it.
pub async fn one(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let id = id_of(&id)?;
    let body = queries::body(&house, id).await?.ok_or(Trouble::NotFound)?;
    let mut parts_shown = Html::join([
        ways(&visitor),
        fact(t, "people-kind", &text(&t.say(&format!("people-kind-{}", body.kind)))),
        fact(t, "people-area", &page::html::bdi(&area_name(&house, t, body.area))),
    ]);
    if let Some(code) = &body.constituency {
        let key = format!("people-constituency-{code}");
        parts_shown.push(&fact(t, "people-constituency", &text(&t.say(&key))));
    }
    parts_shown.push(&part(t, "people-members"));
    parts_shown.push(&members(&house, &visitor, &body).await?);
    parts_shown.push(&change_form(&visitor, &body));
    Ok(parts::shown(&visitor, &body.name, &asked, parts_shown))
}

async fn members(house: &House, visitor: &Visitor, body: &BodyRow) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let ids = queries::members_of(house, body.id).await?;
    if ids.is_empty() {
        return Ok(line(t, "people-body-empty"));
    }
    let names = queries::member_names(house, &ids).await?;
    let former = t.say("people-member-former");
    let items = ids.iter().map(|id| {
        let name = names.get(id).unwrap_or(&former);
        let link = parts::link(visitor, &format!("/desk/people/member/{id}"), name);
        Html(format!("<li>{link}</li>"))
    });
    Ok(Html(format!("<ul>{}</ul>", Html::join(items))))
}

fn change_form(visitor: &Visitor, body: &BodyRow) -> Html {
    let t = visitor.tongue();
    let fields = Html::join([
        field::hidden("body", &body.id.to_string()),
        name_field(visitor, &body.name),
        contact_field(visitor, &body.contact),
        buttons([button(&Button::new(&t.say("people-body-change"), Kind::Main))]),
    ]);
    let to = visitor.link("/desk/people/body");
    Html::join([part(t, "people-body-change"), form(t, &Form::post(&to, visitor.csrf()), &fields)])
}

/// Changes a body's name or the way to reach it.
pub async fn change(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<ChangeSent>,
) -> Result<Moved, Trouble> {
    let id = id_of(&sent.body)?;
    acts::change_body(&house, id, sent.name, sent.contact, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/people/body/{id}?done=changed"))))
}

/// A member begins to belong to a body, or no longer does.
pub async fn set_membership(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<BelongSent>,
) -> Result<Moved, Trouble> {
    let (body, member) = (id_of(&sent.body)?, id_of(&sent.member)?);
    let belongs = sent.belongs == "yes";
    acts::set_membership(&house, body, member, belongs, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/people/member/{member}?done=belongs"))))
}
