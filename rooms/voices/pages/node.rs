//! `/desk/node`: the steward's own page: messages out, hide mode, the number on call, which texts
//! people may be sent, and what is to be checked by hand. It shows nobody's words.

use axum::extract::{Query, State};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::field::{self, Field, Kind as FieldKind, hidden};
use page::components::form::{Form, form};
use page::components::notice::notice;
use page::components::number::facts;
use page::components::quote::quote;
use page::components::table::{Column, table};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Lang, Notice, Tongue, text};
use record::Refusal;
use serde::Deserialize;

use super::desk::backlog;
use super::parts::{self, Asked};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::places;
use crate::voices::queries::desk;
use crate::voices::rules::LINE_CHARS_MAX;
use crate::voices::{alarms, review};

/// Longest number as people write it, in characters.
const NUMBER_TYPED_CHARS_MAX: usize = 32;

/// Hide mode, on or off, and why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Hiding {
    hidden: String,
    reason: String,
}

/// The number on call.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OnCall {
    number: String,
}

/// A text taken on, or no longer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Taken {
    of: String,
    key: String,
    taken: String,
}

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let outbound = backlog(&house, t).await?;
    let body = Html::join([
        parts::part(t, "voices-node-outbound"),
        Html(format!("<div class=bigs>{outbound}</div>")),
        parts::line(t, "voices-node-outbound-note"),
        hide_part(&house, &visitor),
        numbers_part(&house, &visitor).await?,
        texts_part(&visitor),
        checks_part(&house, &visitor, &asked).await?,
    ]);
    Ok(parts::shown(&visitor, &t.say("voices-node-title"), &asked, body))
}

fn hide_part(house: &House, visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let hidden_now = house.city().hidden;
    let (label, hint) = (t.say("voices-node-hide-reason"), t.say("voices-node-hide-reason-hint"));
    let reason = Field {
        name: "reason",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(LINE_CHARS_MAX),
        ..Field::default()
    };
    let (key, value, kind) = if hidden_now {
        ("voices-node-show", "no", Kind::Other)
    } else {
        ("voices-node-hide", "yes", Kind::Grave)
    };
    let label = t.say(key);
    let fields = Html::join([field::line(t, &reason), hidden("hidden", value)]);
    Html::join([
        parts::part(t, "voices-node-hide-title"),
        parts::line(t, if hidden_now { "voices-node-hidden" } else { "voices-node-hide-note" }),
        parts::act(visitor, "/desk/node/hide", fields, &Button::new(&label, kind)),
    ])
}

async fn numbers_part(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let city = house.city();
    let on_call = alarms::on_call(house).await?;
    let names = ["voices-node-emergency", "voices-node-sms-number"].map(|key| t.say(key));
    let sms = if city.sms_number.is_empty() {
        t.say("voices-node-none")
    } else {
        city.sms_number.clone()
    };
    let values = [page::html::bdi(&city.emergency), page::html::bdi(&sms)];
    let shown: Vec<(&str, Html)> = names.iter().map(String::as_str).zip(values).collect();
    let (label, hint) = (t.say("voices-node-on-call"), t.say("voices-node-on-call-hint"));
    let number = Field {
        name: "number",
        label: &label,
        hint: &hint,
        value: on_call.as_deref().unwrap_or_default(),
        length_max: Some(NUMBER_TYPED_CHARS_MAX),
        kind: FieldKind::Phone,
        ..Field::default()
    };
    let save = t.say("voices-node-on-call-save");
    let to_city = text(&t.say("voices-node-city"));
    let mut all = Html::join([
        parts::part(t, "voices-node-numbers"),
        facts(&shown),
        parts::soft(&parts::link(visitor, "/desk/places", &to_city)),
    ]);
    if on_call.is_none() {
        let missing = Notice::new(Tone::Warn, &t.say("voices-node-on-call-missing"));
        all.push(&notice(t, &missing));
    }
    let fields = field::line(t, &number);
    all.push(&parts::act(visitor, "/desk/node/on-call", fields, &parts::other_button(&save)));
    Ok(all)
}

fn texts_part(visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let columns = ["voices-node-language", "voices-node-reviewed", "voices-node-sms-texts"]
        .map(|key| Column::words(&t.say(key)));
    let rows: Vec<Vec<Html>> = Lang::ALL
        .iter()
        .map(|lang| {
            let (done, all) = review::reviewed_of(*lang);
            let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            let state = [("done", count(done).into()), ("all", count(all).into())];
            let (tone, own) = own_state(t, *lang);
            let to = format!("/desk/node/texts?of={}", lang.code());
            let name = Html(format!("<bdi lang={}>{}</bdi>", lang.code(), lang.own_name()));
            vec![
                parts::link(visitor, &to, &name),
                text(&t.with("voices-node-reviewed-of", &state)),
                tag(tone, &own),
            ]
        })
        .collect();
    Html::join([
        parts::part(t, "voices-node-texts-title"),
        parts::line(t, "voices-node-texts-note"),
        table(&t.say("voices-node-texts-title"), &columns, &rows),
    ])
}

fn own_state(t: Tongue, lang: Lang) -> (Tone, String) {
    if review::own_state(lang) == "reviewed" {
        (Tone::Good, t.say("voices-text-reviewed"))
    } else {
        (Tone::Warn, t.say("voices-text-unreviewed"))
    }
}

async fn checks_part(house: &House, visitor: &Visitor, asked: &Asked) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut all =
        Html::join([parts::part(t, "voices-node-checks"), parts::line(t, "voices-node-verify")]);
    if asked.count.as_deref() == Some("parked") {
        let parked = desk::parked(house).await?;
        let words = t.with("voices-node-parked", &[("n", parked.into())]);
        let tone = if parked == 0 { Tone::Good } else { Tone::Warn };
        all.push(&notice(t, &Notice::new(tone, &words)));
    } else {
        let to = visitor.link("/desk/node?count=parked");
        let label = t.say("voices-node-parked-count");
        all.push(&buttons([link_button(&to, &label, Kind::Other, None)]));
    }
    Ok(all)
}

/// Hides the city, or shows it again.
pub async fn hide(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Hiding>,
) -> Result<Moved, Trouble> {
    let hidden = sent.hidden == "yes";
    places::hide_city(&house, hidden, &sent.reason, visitor.author()).await?;
    Ok(Moved(visitor.link("/desk/node?done=hidden")))
}

/// Sets who is called for danger to life.
pub async fn on_call(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<OnCall>,
) -> Result<Moved, Trouble> {
    alarms::set_on_call(&house, &sent.number).await?;
    Ok(Moved(visitor.link("/desk/node?done=on-call")))
}

/// The SMS texts of one language, each beside English, to be taken on by name.
pub async fn texts(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let lang = Lang::from_code(asked.of.as_deref().unwrap_or_default()).ok_or(Trouble::NotFound)?;
    let reviewed = review::own_state(lang) == "reviewed";
    let mut body = parts::line(t, "voices-texts-lead");
    for key in review::sms_keys(&house) {
        body.push(&one_text(&house, &visitor, lang, key, reviewed));
    }
    let back = text(&t.say("voices-node-title"));
    body.push(&parts::soft(&parts::link(&visitor, "/desk/node", &back)));
    let title = t.with("voices-texts-title", &[("language", lang.own_name().into())]);
    Ok(parts::shown(&visitor, &title, &asked, body))
}

fn one_text(house: &House, visitor: &Visitor, lang: Lang, key: &str, reviewed: bool) -> Html {
    let t = visitor.tongue();
    let never = review::NEVER_UNREVIEWED.contains(&key);
    let taken = review::is_accepted(house, lang, key);
    let (tone, state) = match (reviewed, never, taken) {
        (true, ..) => (Tone::Good, "voices-text-reviewed"),
        (_, true, _) => (Tone::Bad, "voices-text-never"),
        (_, _, true) => (Tone::Info, "voices-text-taken"),
        _ => (Tone::Warn, "voices-text-unreviewed"),
    };
    let about = Html(format!("<span lang=en dir=ltr>{}</span>", text(&raw(house, Lang::En, key))));
    let mut inside = Html::join([
        Html(format!("<p>{}</p>", tag(tone, &t.say(state)))),
        quote(&raw(house, lang, key), Some(lang.code()), &about),
    ]);
    if !reviewed && !never {
        let (label, value) = if taken {
            (t.say("voices-text-untake"), "no")
        } else {
            (t.say("voices-text-take"), "yes")
        };
        let fields = Html::join([
            hidden("of", lang.code()),
            hidden("key", key),
            hidden("taken", value),
            buttons([button(&parts::other_button(&label))]),
        ]);
        let to = visitor.link("/desk/node/texts");
        inside.push(&form(t, &Form::post(&to, visitor.csrf()), &fields));
    }
    Html(format!("<section class=card><h3 class=mono>{}</h3>{inside}</section>", text(key)))
}

/// A text as it would leave, its values as they are named in it.
fn raw(house: &House, lang: Lang, key: &str) -> String {
    const VALUES: [&str; 9] =
        ["code", "city", "emergency", "number", "words", "body", "status", "day", "minutes"];
    let named = VALUES.map(|name| (name, format!("[{name}]").into()));
    Tongue::new(lang, house.texts()).with(key, &named)
}

/// Takes a text on by name, or no longer.
pub async fn accept(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Taken>,
) -> Result<Moved, Trouble> {
    let lang = Lang::from_code(&sent.of).ok_or(Refusal::new("list-unknown"))?;
    review::accept(&house, lang, &sent.key, sent.taken == "yes", visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/node/texts?of={}&done=texts", lang.code()))))
}
