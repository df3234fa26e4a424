//! The door for sensitive reports, seen from behind: for the steward whether it is open and what is
//! missing; for each focal point their own training and confirmation. No page here shows a report.

use axum::extract::{Query, State};
use page::components::button::{Button, Kind, button, buttons};
use page::components::empty::empty;
use page::components::field::{self, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::notice::notice;
use page::components::table::{Column, table};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{DAY_MS, Id};
use serde::Deserialize;

use super::acts;
use super::parts::{self, Asked, fact, line, part, ways};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::people::queries;
use crate::people::rules::{
    Behind, CONFIRMED_MS_MAX, OUTSIDE_NUMBER_BYTES_MAX, REFERRAL_LIST_BYTES_MAX, SealedDoor,
    door_state,
};
use crate::people::views::{DoorRow, FocalRow};

/// What stands behind the door, as a steward checked it.
#[derive(Debug, Deserialize)]
pub struct DoorSent {
    outside_number: String,
    referral_list: String,
}

/// What a focal point says of themselves when they are trained.
#[derive(Debug, Deserialize)]
pub struct TrainSent {
    woman: Option<String>,
    outside: Option<String>,
    passphrase: String,
}

/// The form carries nothing but its token.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// The steward's page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let (behind, door) = (queries::behind(&house).await?, queries::door(&house).await?);
    let state = door_state(&behind, &door, house.now_ms());
    let ids: Vec<Id> = behind.iter().map(|b| b.focal.member).collect();
    let names = queries::member_names(&house, &ids).await?;
    let former = t.say("people-member-former");
    let now_ms = house.now_ms();
    let rows: Vec<Vec<Html>> = behind
        .iter()
        .filter(|b| b.holds_role)
        .map(|b| row(t, names.get(&b.focal.member).unwrap_or(&former), b, now_ms))
        .collect();
    let list = if rows.is_empty() {
        let (title, next) = (t.say("people-door-nobody"), t.say("people-door-nobody-next"));
        empty(Icon::Safety, &title, &next, &Html::none())
    } else {
        let columns = COLUMNS.map(|key| Column::words(&t.say(key)));
        table(&t.say("people-door-focal-points"), &columns, &rows)
    };
    let body = Html::join([
        ways(&visitor),
        line(t, "people-door-lead"),
        state_said(t, &state),
        part(t, "people-door-focal-points"),
        list,
        line(t, "people-door-how"),
        check_form(&visitor, &door, now_ms),
    ]);
    Ok(parts::shown(&visitor, &t.say("people-door-title"), &asked, body))
}

const COLUMNS: [&str; 4] =
    ["people-name", "people-door-woman", "people-door-outside", "people-door-confirmed"];

fn row(t: Tongue, name: &str, behind: &Behind, now_ms: i64) -> Vec<Html> {
    let said = |yes: bool| text(&t.say(if yes { "people-yes" } else { "people-no" }));
    let at_ms = behind.focal.confirmed_ms;
    vec![
        page::html::bdi(name),
        said(behind.focal.woman),
        said(behind.focal.outside && !behind.in_a_body),
        tag(age_tone(at_ms, now_ms), &t.ago(at_ms, now_ms)),
    ]
}

/// How a confirmation stands: old ones count nothing, and the last week warns.
fn age_tone(at_ms: i64, now_ms: i64) -> Tone {
    match CONFIRMED_MS_MAX - (now_ms - at_ms) {
        ..0 => Tone::Bad,
        left if left < 7 * DAY_MS => Tone::Warn,
        _ => Tone::Good,
    }
}

fn state_said(t: Tongue, state: &SealedDoor) -> Html {
    if state.open {
        return notice(t, &Notice::new(Tone::Good, &t.say("people-door-open")));
    }
    let missing = state
        .why_closed
        .iter()
        .map(|why| Html(format!("<li>{}</li>", text(&t.say(&format!("people-door-{why}"))))));
    let closed = text(&t.say("people-door-closed"));
    let words = Html(format!("{closed}<ul>{}</ul>", Html::join(missing)));
    notice(t, &Notice { tone: Tone::Warn, words })
}

fn check_form(visitor: &Visitor, door: &DoorRow, now_ms: i64) -> Html {
    let t = visitor.tongue();
    let (number, number_hint) = (t.say("people-door-number"), t.say("people-door-number-hint"));
    let (list, list_hint) = (t.say("people-door-list"), t.say("people-door-list-hint"));
    let number = Field {
        name: "outside_number",
        label: &number,
        hint: &number_hint,
        value: &door.outside_number,
        required: true,
        kind: FieldKind::Phone,
        length_max: Some(OUTSIDE_NUMBER_BYTES_MAX),
        ..Field::default()
    };
    let list = Field {
        name: "referral_list",
        label: &list,
        hint: &list_hint,
        value: &door.referral_list,
        required: true,
        length_max: Some(REFERRAL_LIST_BYTES_MAX),
        ..Field::default()
    };
    let fields = Html::join([
        field::line(t, &number),
        field::area(t, &list, 8),
        buttons([button(&Button::new(&t.say("people-door-check"), Kind::Main))]),
    ]);
    let last = if door.confirmed_ms > 0 {
        tag(age_tone(door.confirmed_ms, now_ms), &t.ago(door.confirmed_ms, now_ms))
    } else {
        text(&t.say("people-door-never"))
    };
    let to = visitor.link("/desk/people/sealed-door");
    Html::join([
        part(t, "people-door-behind"),
        fact(t, "people-door-checked", &last),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ])
}

/// A steward has checked the outside number and the referral list.
pub async fn confirm_door(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<DoorSent>,
) -> Result<Moved, Trouble> {
    let (number, list) = (&sent.outside_number, &sent.referral_list);
    acts::confirm_sealed_door(&house, number, list, visitor.author()).await?;
    Ok(Moved(visitor.link("/desk/people/sealed-door?done=door")))
}

/// A focal point's own page.
pub async fn own(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let member = visitor.signed_in()?;
    let focal = acts::focal_of(&house, member.id).await?.filter(|focal| focal.stands);
    let body = match focal {
        Some(focal) => standing(&visitor, &focal, house.now_ms()),
        None => Html::join([line(t, "people-door-train-lead"), train_form(&visitor)]),
    };
    Ok(parts::shown(&visitor, &t.say("people-door-own-title"), &asked, body))
}

fn standing(visitor: &Visitor, focal: &FocalRow, now_ms: i64) -> Html {
    let t = visitor.tongue();
    let at_ms = focal.confirmed_ms;
    let one = |to: &str, key: &str, kind| {
        let fields = buttons([button(&Button::new(&t.say(key), kind))]);
        form(t, &Form::post(&visitor.link(to), visitor.csrf()), &fields)
    };
    Html::join([
        line(t, "people-door-own-lead"),
        fact(t, "people-door-confirmed", &tag(age_tone(at_ms, now_ms), &t.ago(at_ms, now_ms))),
        one("/desk/sealed/confirm", "people-door-confirm", Kind::Main),
        part(t, "people-door-stand-down"),
        line(t, "people-door-stand-down-lead"),
        one("/desk/sealed/stand-down", "people-door-stand-down", Kind::Grave),
    ])
}

fn train_form(visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let tick = |name, key: &str, hint: &str| {
        let (label, hint) = (t.say(key), t.say(hint));
        field::tick(t, &Field { name, label: &label, hint: &hint, ..Field::default() })
    };
    let (label, hint) = (t.say("people-passphrase"), t.say("people-door-passphrase-hint"));
    let secret = Field {
        name: "passphrase",
        label: &label,
        hint: &hint,
        required: true,
        kind: FieldKind::Secret,
        autocomplete: Some("current-password"),
        ..Field::default()
    };
    let fields = Html::join([
        tick("woman", "people-door-woman-tick", "people-door-woman-hint"),
        tick("outside", "people-door-outside-tick", "people-door-outside-hint"),
        field::line(t, &secret),
        buttons([button(&Button::new(&t.say("people-door-train"), Kind::Main))]),
    ]);
    let to = visitor.link("/desk/sealed/train");
    form(t, &Form::post(&to, visitor.csrf()), &fields)
}

/// A focal point is trained: their key pair is made under their own passphrase.
pub async fn train(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<TrainSent>,
) -> Result<Moved, Trouble> {
    let id = visitor.signed_in()?.id;
    let (woman, outside) = (sent.woman.is_some(), sent.outside.is_some());
    acts::train_focal_point(&house, id, woman, outside, &sent.passphrase, Some(id)).await?;
    Ok(Moved(visitor.link("/desk/sealed/confirm?done=trained")))
}

/// A focal point says that they are there.
pub async fn confirm(
    State(house): State<House>,
    visitor: Visitor,
    Sent(_): Sent<Nothing>,
) -> Result<Moved, Trouble> {
    acts::confirm_focal(&house, visitor.signed_in()?.id).await?;
    Ok(Moved(visitor.link("/desk/sealed/confirm?done=confirmed")))
}

/// A focal point no longer receives reports.
pub async fn stand_down(
    State(house): State<House>,
    visitor: Visitor,
    Sent(_): Sent<Nothing>,
) -> Result<Moved, Trouble> {
    let id = visitor.signed_in()?.id;
    acts::stand_down(&house, id, Some(id)).await?;
    Ok(Moved(visitor.link("/desk/sealed/confirm?done=down")))
}
