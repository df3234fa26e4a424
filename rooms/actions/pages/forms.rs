//! What can be done with a task, as forms: one tap to take it on, let it go or hand it over; what
//! arrived; why not; whose it is. A form is shown only to whoever may send it.

use page::calendar::moment;
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Choice, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::{Html, Tongue};
use record::{DAY_MS, Id};

use super::parts;
use crate::actions::rules::{
    ARRIVED_CHARS_MAX, Actor, BODY_CHARS_MAX, MUCH_CHARS_MAX, REASON_CHARS_MAX, STEP_CHARS_MAX,
};
use crate::actions::views::{COMMITTEE, Task};
use crate::door::{House, Role, Trouble, Visitor};
use crate::people;

/// Whether this member sets tasks and works on them.
pub fn may_do(visitor: &Visitor) -> bool {
    [Role::Steward, Role::Operator, Role::Facilitator, Role::Officer, Role::Committee]
        .iter()
        .any(|role| visitor.is(*role))
}

/// Whether this member counts the hands of a meeting.
pub fn may_count(visitor: &Visitor) -> bool {
    [Role::Steward, Role::Operator, Role::Facilitator].iter().any(|role| visitor.is(*role))
}

/// Whether this member may act on a task.
pub fn may_act(visitor: &Visitor, task: &Task, actor: &Actor) -> bool {
    let own = task.body.is_none_or(|body| actor.bodies.contains(&body));
    let holds = actor.id.is_some() && task.holder == actor.id;
    may_do(visitor) && task.is_open() && (own || holds || actor.coordinates)
}

fn tap(visitor: &Visitor, task: &Task, verb: &str, key: &str, kind: Kind) -> Html {
    let t = visitor.tongue();
    let to = visitor.link(&format!("/desk/tasks/{}/{verb}", task.id));
    let inside = button(&Button::new(&t.say(key), kind));
    form(t, &Form::post(&to, visitor.csrf()), &inside)
}

/// The one tap of a task in a list: take it on, or let it go.
pub fn one_tap(visitor: &Visitor, task: &Task, actor: &Actor) -> Html {
    if !may_act(visitor, task, actor) {
        return Html::none();
    }
    match task.holder {
        None => tap(visitor, task, "claim", "actions-claim", Kind::Other),
        Some(_) if task.holder == actor.id => {
            tap(visitor, task, "release", "actions-release", Kind::Other)
        }
        Some(_) => Html::none(),
    }
}

/// Taking it on, letting it go, handing it over: one button a member.
pub async fn holding(
    house: &House,
    visitor: &Visitor,
    task: &Task,
    actor: &Actor,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut all = Html::none();
    if task.holder.is_none() {
        all.push(&tap(visitor, task, "claim", "actions-claim", Kind::Main));
    } else if task.holder == actor.id || actor.coordinates {
        all.push(&tap(visitor, task, "release", "actions-release", Kind::Other));
    }
    let members = people::here(house, task.body).await?;
    let others = members.iter().filter(|(id, _)| task.holder != Some(*id) && actor.id != Some(*id));
    let taps: Vec<Html> = others
        .map(|(id, name)| {
            let id = id.to_string();
            button(&Button { sends: Some(("to", &id)), ..Button::new(name, Kind::Other) })
        })
        .collect();
    if !taps.is_empty() {
        let to = visitor.link(&format!("/desk/tasks/{}/hand-over", task.id));
        let inside = form(t, &Form::post(&to, visitor.csrf()), &buttons(taps));
        all.push(&parts::folded(&t.say("actions-hand-over"), &inside));
    }
    Ok(all)
}

/// What arrived, how much, how.
pub fn delivering(visitor: &Visitor, task: &Task) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("actions-arrived"), t.say("actions-arrived-hint"));
    let arrived = Field {
        name: "what",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(ARRIVED_CHARS_MAX),
        ..Field::default()
    };
    let (label, hint) = (t.say("actions-much"), t.say("actions-much-hint"));
    let much = Field {
        name: "much",
        label: &label,
        hint: &hint,
        length_max: Some(MUCH_CHARS_MAX),
        ..Field::default()
    };
    let (label, hint) = (t.say("actions-how"), t.say("actions-how-hint"));
    let how = Field {
        name: "how",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(REASON_CHARS_MAX),
        ..Field::default()
    };
    // One thing a page is for: taking it on, then naming what was promised, then bringing it.
    let first = task.holder.is_some() && (task.kind != COMMITTEE || task.promised);
    let kind = if first { Kind::Main } else { Kind::Other };
    let (send, then) = if task.needs.is_empty() {
        (t.say("actions-deliver-title"), Html::none())
    } else {
        (t.say("actions-deliver"), parts::soft(&t.say("actions-deliver-then")))
    };
    let fields = Html::join([
        field::line(t, &arrived),
        field::line(t, &much),
        field::area(t, &how, 2),
        then,
        buttons([button(&Button::new(&send, kind))]),
    ]);
    let to = visitor.link(&format!("/desk/tasks/{}/deliver", task.id));
    Html::join([
        parts::part(t, "actions-deliver-title"),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ])
}

/// The next step, for those who said that it did not arrive.
pub fn next_step(visitor: &Visitor, task: &Task) -> Html {
    if task.kind != COMMITTEE || task.promised {
        return Html::none();
    }
    let t = visitor.tongue();
    let (label, hint) = (t.say("actions-step"), t.say("actions-step-hint"));
    let step = Field {
        name: "what",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(STEP_CHARS_MAX),
        ..Field::default()
    };
    let kind = if task.holder.is_some() { Kind::Main } else { Kind::Other };
    let fields = Html::join([
        field::line(t, &step),
        due_field(t, task.due_day),
        parts::soft(&t.say("actions-step-then")),
        buttons([button(&Button::new(&t.say("actions-step-send"), kind))]),
    ]);
    let to = visitor.link(&format!("/desk/tasks/{}/step", task.id));
    Html::join([
        parts::part(t, "actions-step-title"),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ])
}

/// A day to choose.
pub fn due_field(t: Tongue, day: i64) -> Html {
    let at = moment(day.saturating_mul(DAY_MS), 0);
    let value = format!("{:04}-{:02}-{:02}", at.year, at.month, at.day);
    let label = t.say("actions-due");
    let due = Field {
        name: "due",
        label: &label,
        value: &value,
        required: true,
        kind: FieldKind::Day,
        ..Field::default()
    };
    field::line(t, &due)
}

/// Not ours, or not at all.
pub async fn refusing(house: &House, visitor: &Visitor, task: &Task) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let bodies = people::bodies(house).await?;
    let none = t.say("actions-not-said");
    let listed = bodies.iter().map(|body| Choice::new(&body.name, &body.name));
    let choices: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none)).chain(listed).collect();
    let (label, hint) = (t.say("actions-refer-body"), t.say("actions-refer-hint"));
    let body = Field { name: "body", label: &label, hint: &hint, ..Field::default() };
    let label = t.say("actions-refer-other");
    let other = Field {
        name: "body_other",
        label: &label,
        length_max: Some(BODY_CHARS_MAX),
        ..Field::default()
    };
    let fields = Html::join([
        field::select(t, &body, &choices),
        field::line(t, &other),
        buttons([button(&Button::new(&t.say("actions-refer"), Kind::Grave))]),
    ]);
    let to = visitor.link(&format!("/desk/tasks/{}/refer", task.id));
    let refer = form(t, &Form::post(&to, visitor.csrf()), &fields);
    let mut all = parts::folded(&t.say("actions-refer-title"), &refer);
    if task.kind != COMMITTEE {
        let (label, hint) = (t.say("actions-reason"), t.say("actions-reason-hint"));
        let reason = Field {
            name: "reason",
            label: &label,
            hint: &hint,
            required: true,
            length_max: Some(REASON_CHARS_MAX),
            ..Field::default()
        };
        let fields = Html::join([
            field::area(t, &reason, 2),
            buttons([button(&Button::new(&t.say("actions-drop"), Kind::Grave))]),
        ]);
        let to = visitor.link(&format!("/desk/tasks/{}/drop", task.id));
        let drop = form(t, &Form::post(&to, visitor.csrf()), &fields);
        all.push(&parts::folded(&t.say("actions-drop-title"), &drop));
    }
    Ok(all)
}

/// What those at a meeting said by hands.
pub fn hands(visitor: &Visitor, task: &Task) -> Html {
    let t = visitor.tongue();
    let labels = ["actions-hands-asked", "actions-hands-yes", "actions-hands-no"];
    let labels = labels.map(|key| t.say(key));
    let now = task.hands.map(|hands| [hands.asked, hands.yes, hands.no].map(|n| n.to_string()));
    let now = now.unwrap_or_default();
    let fields =
        ["asked", "yes", "no"].iter().zip(&labels).zip(&now).map(|((name, label), value)| {
            let shape = Field {
                name,
                label,
                value,
                required: true,
                kind: FieldKind::Number,
                length_max: Some(6),
                ..Field::default()
            };
            field::line(t, &shape)
        });
    let send = buttons([button(&Button::new(&t.say("actions-hands-keep"), Kind::Other))]);
    let to = visitor.link(&format!("/desk/tasks/{}/hands", task.id));
    let inside = Html::join(fields.chain([send]));
    let inside = Html::join([
        parts::soft(&t.say("actions-hands-lead")),
        form(t, &Form::post(&to, visitor.csrf()), &inside),
    ]);
    parts::folded(&t.say("actions-hands-title"), &inside)
}

/// The bodies to choose from, the one chosen first.
pub async fn body_field(house: &House, t: Tongue, chosen: Option<Id>) -> Result<Html, Trouble> {
    let bodies = people::bodies(house).await?;
    let none = t.say("actions-body-none");
    let named: Vec<(String, String)> =
        bodies.iter().map(|body| (body.id.to_string(), body.name.clone())).collect();
    let listed = named.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none)).chain(listed).collect();
    let (label, hint) = (t.say("actions-body"), t.say("actions-body-hint"));
    let value = chosen.map(|id| id.to_string()).unwrap_or_default();
    let shape =
        Field { name: "body", label: &label, hint: &hint, value: &value, ..Field::default() };
    Ok(field::select(t, &shape, &choices))
}
