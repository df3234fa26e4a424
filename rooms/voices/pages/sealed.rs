//! `/desk/sealed`: the reports for trained people. They are opened with the focal point's own
//! passphrase, at each visit, into that one answer: never into an address, a session or a cache.

use axum::extract::{Query, State};
use page::components::button::{button, buttons};
use page::components::card::{card, cards};
use page::components::code;
use page::components::empty::empty;
use page::components::field::{self, Choice, Field, Kind as FieldKind, hidden};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::quote::quote;
use page::{Html, Tongue, text};
use record::DAY_MS;
use serde::Deserialize;

use super::parts::{self, Asked};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::people;
use crate::voices::sealed::{self, Report, STATES, SealedReport};

/// The focal point's own passphrase.
#[derive(Deserialize)]
pub struct Opening {
    passphrase: String,
}

/// What following the code shows from now on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewState {
    id: String,
    state: String,
}

/// The question for the passphrase.
pub async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let (label, hint) = (t.say("voices-sealed-passphrase"), t.say("voices-sealed-passphrase-hint"));
    let passphrase = Field {
        name: "passphrase",
        label: &label,
        hint: &hint,
        required: true,
        kind: FieldKind::Secret,
        ..Field::default()
    };
    let open = t.say("voices-sealed-open");
    let fields = field::line(t, &passphrase);
    let confirm = text(&t.say("voices-sealed-confirm"));
    let body = Html::join([
        parts::line(t, "voices-sealed-log-lead"),
        parts::act(&visitor, "/desk/sealed", fields, &parts::main_button(&open)),
        parts::soft(&parts::link(&visitor, "/desk/sealed/confirm", &confirm)),
    ]);
    Ok(parts::shown(&visitor, &t.say("voices-sealed-log-title"), &asked, body))
}

/// Opens the reports into this answer.
pub async fn open(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Opening>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let member = visitor.signed_in()?.id;
    let key = people::focal_key(&house, member, &sent.passphrase).await?;
    let reports = sealed::reports(&house).await?;
    let shown: Vec<Html> = reports
        .iter()
        .map(|report| one(&visitor, report, sealed::open(report, member, &key).as_ref()))
        .collect();
    let mut body = parts::line(t, "voices-sealed-log-care");
    if shown.is_empty() {
        let (title, next) = (t.say("voices-sealed-empty"), t.say("voices-sealed-empty-next"));
        body.push(&empty(Icon::Lock, &title, &next, &Html::none()));
    } else {
        body.push(&cards(shown));
    }
    let title = t.say("voices-sealed-log-title");
    Ok(parts::shown(&visitor, &title, &Asked::default(), body))
}

fn one(visitor: &Visitor, report: &SealedReport, opened: Option<&Report>) -> Html {
    let t = visitor.tongue();
    let day = t.date(report.day * DAY_MS);
    let inside = match opened {
        Some(opened) => Html::join([said(t, opened), state_form(visitor, report)]),
        None => parts::line(t, "voices-sealed-not-yours"),
    };
    let code = Html(format!("<p>{}</p>", code::inline(&report.code)));
    card(&day, None, &Html::join([code, inside]))
}

fn said(t: Tongue, report: &Report) -> Html {
    let language = Some(report.language.as_str()).filter(|code| *code != "und");
    let mut about = parts::channel_name(t, &report.channel);
    if report.moved {
        about = format!("{about} · {}", t.say("voices-sealed-moved"));
    }
    let mut all = quote(&report.words, language, &text(&about));
    if let Some(number) = &report.number {
        let inside = Html::join([
            parts::line(t, "voices-sealed-number-note"),
            Html(format!("<p class=lead>{}</p>", parts::number_link(number))),
        ]);
        all.push(&parts::folded(&t.say("voices-sealed-number"), &inside));
    }
    all
}

fn state_form(visitor: &Visitor, report: &SealedReport) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("voices-sealed-state"), t.say("voices-sealed-state-hint"));
    let names = STATES.map(|state| t.say(&format!("voices-status-{state}")));
    let choices: Vec<Choice<'_>> =
        STATES.iter().zip(&names).map(|(state, name)| Choice::new(state, name)).collect();
    let field = field::select(
        t,
        &Field {
            name: "state",
            label: &label,
            hint: &hint,
            value: &report.state,
            required: true,
            ..Field::default()
        },
        &choices,
    );
    // Many such forms stand on one page, so each field gets an id of its own.
    let own = format!("state-{}", report.id);
    let field = Html(
        field
            .0
            .replace("id=\"state\"", &format!("id=\"{own}\""))
            .replace("for=\"state\"", &format!("for=\"{own}\""))
            .replace("state-hint", &format!("{own}-hint")),
    );
    let save = t.say("voices-sealed-state-save");
    let fields = Html::join([
        hidden("id", &report.id.to_string()),
        field,
        buttons([button(&parts::other_button(&save))]),
    ]);
    let to = visitor.link("/desk/sealed/state");
    form(t, &Form::post(&to, visitor.csrf()), &fields)
}

/// Sets what following a report's code shows.
pub async fn set_state(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<NewState>,
) -> Result<Moved, Trouble> {
    sealed::set_state(&house, parts::id_of(&sent.id)?, &sent.state).await?;
    Ok(Moved(visitor.link("/desk/sealed?done=state")))
}
