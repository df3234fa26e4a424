//! The steward's pages of members: who is here, what they may do, adding, leaving, a new
//! passphrase. A passphrase is shown once, on the page that answers, and never again.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use page::components::button::{Button, Kind, button, buttons};
use page::components::card::panel;
use page::components::empty::empty;
use page::components::field::{self, Choice, Field};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::row::pager;
use page::components::table::{Column, table};
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::Id;
use serde::Deserialize;

use super::acts::{self, NewMember};
use super::parts::{self, Asked, fact, line, part, roles_said, ways};
use crate::door::{House, Moved, Role, Sent, Shown, Trouble, Visitor};
use crate::people::fresh_passphrase;
use crate::people::queries::{self, MEMBERS_PAGE, Named};
use crate::people::rules::MEMBER_NAME_BYTES_MAX;

/// A role given or taken.
#[derive(Debug, Deserialize)]
pub struct RoleSent {
    member: String,
    role: String,
    give: String,
}

/// One member.
#[derive(Debug, Deserialize)]
pub struct MemberSent {
    member: String,
}

/// All members, and the form that adds one.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let after = asked.after.as_deref().and_then(|id| id.parse().ok()).unwrap_or(Id::NONE);
    let mut members = queries::members(&house, after, MEMBERS_PAGE + 1).await?;
    let more = members.len() > MEMBERS_PAGE;
    members.truncate(MEMBERS_PAGE);
    let next = members
        .last()
        .filter(|_| more)
        .map(|last| visitor.link(&format!("/desk/people?after={}", last.row.id)));
    let offset = house.city().offset_minutes;
    let rows: Vec<Vec<Html>> = members
        .iter()
        .map(|member| {
            let to = format!("/desk/people/member/{}", member.row.id);
            vec![
                parts::link(&visitor, &to, &name_said(t, member)),
                text(&roles_said(t, &member.row.roles)),
                text(&t.date_at(member.row.joined_ms, offset)),
            ]
        })
        .collect();
    let columns = ["people-name", "people-roles", "people-since"];
    let columns = columns.map(|key| Column::words(&t.say(key)));
    let body = Html::join([
        ways(&visitor),
        line(t, "people-lead"),
        table(&t.say("people-members"), &columns, &rows),
        pager(t, None, next.as_deref()),
        add_form(&visitor),
    ]);
    Ok(parts::shown(&visitor, &t.say("people-title"), &asked, body))
}

fn add_form(visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("people-name"), t.say("people-name-hint"));
    let name = Field {
        name: "name",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(MEMBER_NAME_BYTES_MAX),
        ..Field::default()
    };
    let roles = Role::ALL.map(|role| {
        let name = format!("role-{}", role.code());
        let label = t.say(&format!("people-role-{}", role.code()));
        let hint = t.say(&format!("people-role-{}-about", role.code()));
        let shape = Field { name: &name, label: &label, hint: &hint, ..Field::default() };
        field::tick(t, &Field { required: false, ..shape })
    });
    let fields = Html::join([
        field::line(t, &name),
        Html(format!(
            "<fieldset class=f><legend>{}</legend>{}</fieldset>",
            text(&t.say("people-roles")),
            Html::join(roles)
        )),
        buttons([button(&Button::new(&t.say("people-add"), Kind::Main))]),
    ]);
    let to = visitor.link("/desk/people/members");
    Html::join([
        part(t, "people-add"),
        line(t, "people-add-lead"),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ])
}

/// Adds a member and shows their first passphrase, once.
pub async fn add(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<HashMap<String, String>>,
) -> Result<Shown, Trouble> {
    let name = sent.get("name").cloned().unwrap_or_default();
    let ticked = |role: &Role| sent.contains_key(&format!("role-{}", role.code()));
    let roles = Role::ALL.into_iter().filter(ticked).collect();
    let passphrase = fresh_passphrase();
    let new = NewMember { name, passphrase: passphrase.clone(), roles };
    let id = acts::join(&house, new, visitor.author()).await?;
    once(&house, &visitor, id, &passphrase).await
}

/// Gives a member a new passphrase and shows it, once.
pub async fn renew_passphrase(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<MemberSent>,
) -> Result<Shown, Trouble> {
    let id = id_of(&sent.member)?;
    let passphrase = fresh_passphrase();
    acts::renew_passphrase(&house, id, &passphrase, visitor.author()).await?;
    once(&house, &visitor, id, &passphrase).await
}

/// The page that shows a passphrase once.
async fn once(
    house: &House,
    visitor: &Visitor,
    id: Id,
    passphrase: &str,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let member = queries::member(house, id).await?.ok_or(Trouble::NotFound)?;
    let shown = Html(format!(
        "<p class=lead><bdi class=mono lang=zxx dir=ltr>{}</bdi></p>",
        text(passphrase)
    ));
    let to = format!("/desk/people/member/{id}");
    let body = Html::join([
        fact(t, "people-name", &page::html::bdi(&member.name)),
        part(t, "people-passphrase"),
        panel(&shown),
        line(t, "people-passphrase-once"),
        Html(format!("<p>{}</p>", parts::link(visitor, &to, &t.say("people-passphrase-kept")))),
    ]);
    let page = Shown::desk(
        t.say("people-passphrase-first"),
        Html::join([parts::heading(&t.say("people-passphrase-first")), body]),
    );
    Ok(page.noticing(Notice::new(Tone::Warn, &t.say("people-passphrase-warn"))))
}

/// One member: roles, bodies, passphrase, leaving.
pub async fn one(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let id: Id = id.parse().map_err(|_| Trouble::NotFound)?;
    let member = queries::member(&house, id).await?.ok_or(Trouble::NotFound)?;
    let name = name_said(t, &member);
    if !member.row.here {
        let title = t.say("people-member-left");
        let next = t.say("people-member-left-next");
        let gone = empty(Icon::People, &title, &next, &ways(&visitor));
        return Ok(parts::shown(&visitor, &name, &asked, gone));
    }
    let since = t.date_at(member.row.joined_ms, house.city().offset_minutes);
    let body = Html::join([
        ways(&visitor),
        fact(t, "people-since", &text(&since)),
        part(t, "people-roles"),
        role_table(&visitor, &member),
        belonging(&house, &visitor, id).await?,
        part(t, "people-passphrase-renew"),
        line(t, "people-passphrase-renew-lead"),
        act(&visitor, "/desk/people/passphrase", id, "people-passphrase-renew", Kind::Other),
        part(t, "people-leave"),
        line(t, "people-leave-lead"),
        act(&visitor, "/desk/people/left", id, "people-leave", Kind::Grave),
    ]);
    Ok(parts::shown(&visitor, &name, &asked, body))
}

fn role_table(visitor: &Visitor, member: &Named) -> Html {
    let t = visitor.tongue();
    let rows: Vec<Vec<Html>> = Role::ALL
        .iter()
        .map(|role| {
            let holds = member.row.roles.contains(role);
            let (give, key, kind) = if holds {
                ("no", "people-role-take", Kind::Grave)
            } else {
                ("yes", "people-role-give", Kind::Other)
            };
            let name = t.say(&format!("people-role-{}", role.code()));
            let label = t.with(key, &[("role", name.as_str().into())]);
            let fields = Html::join([
                field::hidden("member", &member.row.id.to_string()),
                field::hidden("role", role.code()),
                field::hidden("give", give),
                button(&Button::new(&label, kind)),
            ]);
            let to = visitor.link("/desk/people/roles");
            vec![
                text(&name),
                text(&t.say(&format!("people-role-{}-about", role.code()))),
                text(&t.say(if holds { "people-yes" } else { "people-no" })),
                form(t, &Form::post(&to, visitor.csrf()), &fields),
            ]
        })
        .collect();
    let columns = ["people-role", "people-role-about", "people-role-holds", "people-role-change"];
    let columns = columns.map(|key| Column::words(&t.say(key)));
    table(&t.say("people-roles"), &columns, &rows)
}

/// The bodies a member belongs to, and the form that adds one.
async fn belonging(house: &House, visitor: &Visitor, id: Id) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let all = queries::bodies(house).await?;
    let own = queries::bodies_of(house, id).await?;
    let (of, others): (Vec<_>, Vec<_>) = all.iter().partition(|body| own.contains(&body.id));
    let rows: Vec<Vec<Html>> = of
        .iter()
        .map(|body| {
            let fields = Html::join([
                field::hidden("member", &id.to_string()),
                field::hidden("body", &body.id.to_string()),
                field::hidden("belongs", "no"),
                button(&Button::new(&t.say("people-part"), Kind::Other)),
            ]);
            let to = visitor.link("/desk/people/memberships");
            let link = format!("/desk/people/body/{}", body.id);
            vec![
                parts::link(visitor, &link, &body.name),
                form(t, &Form::post(&to, visitor.csrf()), &fields),
            ]
        })
        .collect();
    let columns = ["people-body", "people-role-change"].map(|key| Column::words(&t.say(key)));
    let mut out = part(t, "people-bodies");
    if rows.is_empty() {
        out.push(&line(t, "people-no-bodies"));
    } else {
        out.push(&table(&t.say("people-bodies"), &columns, &rows));
    }
    if !others.is_empty() {
        let choices: Vec<(String, &str)> =
            others.iter().map(|body| (body.id.to_string(), body.name.as_str())).collect();
        let choices: Vec<Choice> = choices.iter().map(|(id, name)| Choice::new(id, name)).collect();
        let label = t.say("people-body");
        let shape = Field { name: "body", label: &label, required: true, ..Field::default() };
        let fields = Html::join([
            field::hidden("member", &id.to_string()),
            field::hidden("belongs", "yes"),
            field::select(t, &shape, &choices),
            buttons([button(&Button::new(&t.say("people-belong"), Kind::Other))]),
        ]);
        let to = visitor.link("/desk/people/memberships");
        out.push(&form(t, &Form::post(&to, visitor.csrf()), &fields));
    }
    Ok(out)
}

/// Gives or takes a role.
pub async fn set_role(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<RoleSent>,
) -> Result<Moved, Trouble> {
    let id = id_of(&sent.member)?;
    let role = Role::from_code(&sent.role).ok_or(Trouble::NotFound)?;
    acts::set_role(&house, id, role, sent.give == "yes", visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/people/member/{id}?done=role"))))
}

/// A member leaves.
pub async fn leave(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<MemberSent>,
) -> Result<Moved, Trouble> {
    acts::leave(&house, id_of(&sent.member)?, visitor.author()).await?;
    Ok(Moved(visitor.link("/desk/people?done=left")))
}

/// A member's name, or that they have none any more.
pub fn name_said(t: Tongue, member: &Named) -> String {
    if member.name.is_empty() { t.say("people-member-former") } else { member.name.clone() }
}

/// An id that a form of ours sent.
pub fn id_of(sent: &str) -> Result<Id, Trouble> {
    sent.parse().map_err(|_| Trouble::NotFound)
}

/// A form of one button about one member.
fn act(visitor: &Visitor, to: &str, id: Id, key: &str, kind: Kind) -> Html {
    let t = visitor.tongue();
    let label = t.say(key);
    let fields = Html::join([
        field::hidden("member", &id.to_string()),
        buttons([button(&Button::new(&label, kind))]),
    ]);
    form(t, &Form::post(&visitor.link(to), visitor.csrf()), &fields)
}
