//! One assembly: what comes next, from the agenda to the witnesses; the page a facilitator keeps
//! open for an evening. Each thing is sent by itself, so that a power cut loses nothing.

use axum::extract::{Path, Query, Request, State};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::field::{self, Choice, Field};
use page::components::form::{Form, form};
use page::components::number::facts;
use page::{Html, Tongue, text};
use record::Refusal;
use serde::Deserialize;

use super::super::acts;
use super::super::rules::meeting::{Chair, WITNESSES_MIN};
use super::super::rules::sheet;
use super::super::views::Assembly;
use super::super::words::REASON_CHARS_MAX;
use super::agenda;
use super::parts::{
    self, Asked, act, area_name, body_name, line, number_field, part, said_as, status_tag, the_one,
    when,
};
use super::roll;
use super::street::checked;
use crate::door::{House, Moved, Role, Sent, Shown, Trouble, Visitor};
use crate::places::Brought;

/// Most bytes of a photograph of the sheet, in megabytes.
pub const PHOTO_MEGABYTES_MAX: usize = 20;
/// Bytes of a form around its file.
pub const FORM_BYTES_MAX: usize = 100_000;

/// `GET /desk/assemblies/{id}`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let assembly = the_one(&house, &id).await?;
    let leads = visitor.is(Role::Facilitator) || visitor.is(Role::Steward);
    let mut body = Html::join([
        Html(format!("<p class=tags>{}</p>", status_tag(t, &assembly))),
        about(&house, &visitor, &assembly).await?,
    ]);
    match assembly.status() {
        "open" => {
            body.push(&roll::section(&house, &visitor, &assembly).await?);
            body.push(&agenda::section(&visitor, &assembly));
            if leads {
                body.push(&evening(&visitor, &assembly));
            }
        }
        "closed" => {
            body.push(&roll::section(&house, &visitor, &assembly).await?);
            body.push(&checked(&house, t, &assembly).await?);
            body.push(&told(t, &assembly));
            body.push(&agenda::section(&visitor, &assembly));
            if leads {
                body.push(&paper(&visitor, &assembly));
            }
        }
        "called_off" => body.push(&agenda::section(&visitor, &assembly)),
        _ => {
            body.push(&agenda::section(&visitor, &assembly));
            if leads {
                body.push(&before(&visitor, &assembly));
            }
        }
    }
    Ok(parts::shown(&visitor, &said_as(&assembly), &asked, body))
}

async fn about(house: &House, visitor: &Visitor, assembly: &Assembly) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let body = body_name(house, t, assembly.body).await?;
    let yes_no = |yes: bool| t.say(if yes { "assemblies-yes" } else { "assemblies-no" });
    let names = [
        "assemblies-body",
        "assemblies-area",
        "assemblies-place",
        "assemblies-when",
        "assemblies-from-afar",
        "assemblies-childcare",
        "assemblies-hour-reason",
        "assemblies-exception",
        "assemblies-off-reason",
    ];
    let values = [
        body,
        area_name(house, t, assembly.area),
        assembly.place.clone(),
        when(house, t, assembly.starts_ms),
        assembly.from_afar.clone(),
        yes_no(assembly.childcare),
        assembly.hour_reason.clone().unwrap_or_default(),
        assembly.exception.clone().unwrap_or_default(),
        assembly.called_off.clone().unwrap_or_default(),
    ];
    let named: Vec<(String, Html)> = names
        .iter()
        .zip(&values)
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (t.say(key), page::html::bdi(value)))
        .collect();
    let all: Vec<(&str, Html)> = named.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    let to = |end: &str| format!("/desk/assemblies/{}/{end}", assembly.id);
    let link =
        |end: &str, key: &str| link_button(&visitor.link(&to(end)), &t.say(key), Kind::Other, None);
    let mut ways = vec![link("sheet", "assemblies-sheet")];
    if !matches!(assembly.status(), "called" | "called_off") {
        ways.push(link("motions", "decisions-motions"));
        ways.push(link("minutes", "decisions-minutes"));
    }
    let leads = visitor.is(Role::Facilitator) || visitor.is(Role::Steward);
    if leads && matches!(assembly.status(), "invited" | "open") {
        ways.push(link("type", "assemblies-type"));
    }
    if crate::decisions::kit::may_count(visitor, assembly) {
        ways.push(link("kit", "evening-way"));
    }
    Ok(Html::join([facts(&all), buttons(ways)]))
}

/// Before it begins: the agenda, the chair, or calling it off.
fn before(visitor: &Visitor, assembly: &Assembly) -> Html {
    let t = visitor.tongue();
    let to = |end: &str| format!("/desk/assemblies/{}/{end}", assembly.id);
    let mut out = buttons([link_button(
        &visitor.link(&to("agenda")),
        &t.say("assemblies-agenda-write"),
        if assembly.invited_ms.is_none() { Kind::Main } else { Kind::Other },
        None,
    )]);
    if assembly.invited_ms.is_some() {
        out.push(&part(t, "assemblies-open"));
        out.push(&line(t, "assemblies-open-lead"));
        let fields = chair_fields(t, &Opening::default());
        out.push(&act(visitor, &to("open"), fields, "assemblies-open", Kind::Main));
    }
    let reason = reason_field(t, "reason", "assemblies-off-reason", true);
    let off = act(visitor, &to("off"), reason, "assemblies-off", Kind::Grave);
    out.push(&Html(format!(
        "<details><summary>{}</summary>{off}</details>",
        text(&t.say("assemblies-off"))
    )));
    out
}

/// Who is in the chair: shared with the form that types a sheet.
pub(super) fn chair_fields(t: Tongue, sent: &Opening) -> Html {
    let (yes, no, none) =
        (t.say("assemblies-woman"), t.say("assemblies-not-woman"), t.say("assemblies-nobody"));
    let chair = t.say("assemblies-chair");
    let chair = Field { name: "chair", label: &chair, value: &sent.chair, ..Field::default() };
    let chair = Field { required: true, ..chair };
    let two = [Choice::new("woman", &yes), Choice::new("other", &no)];
    let three = [Choice::new("woman", &yes), Choice::new("other", &no), Choice::new("none", &none)];
    let co = t.say("assemblies-co-chair");
    let co = Field { name: "co_chair", label: &co, value: &sent.co_chair, ..Field::default() };
    let co = Field { required: true, ..co };
    let (label, hint) = (t.say("assemblies-exception"), t.say("assemblies-exception-hint"));
    let reason = Field {
        name: "exception",
        label: &label,
        hint: &hint,
        value: &sent.exception,
        length_max: Some(REASON_CHARS_MAX),
        ..Field::default()
    };
    Html::join([
        field::radios(t, &chair, &two),
        field::radios(t, &co, &three),
        field::line(t, &reason),
    ])
}

fn reason_field(t: Tongue, name: &str, key: &str, required: bool) -> Html {
    let label = t.say(key);
    let shape = Field { name, label: &label, required, ..Field::default() };
    field::area(t, &Field { length_max: Some(REASON_CHARS_MAX), ..shape }, 2)
}

/// While it is open: the women's session, who spoke, the end.
fn evening(visitor: &Visitor, assembly: &Assembly) -> Html {
    let t = visitor.tongue();
    let to = |end: &str| format!("/desk/assemblies/{}/{end}", assembly.id);
    let mut out = told(t, assembly);
    out.push(&part(t, "assemblies-women-session"));
    out.push(&line(t, "assemblies-women-session-lead"));
    out.push(&act(
        visitor,
        &to("women"),
        women_fields(t, "", ""),
        "assemblies-women-keep",
        Kind::Other,
    ));
    out.push(&part(t, "assemblies-spoken"));
    out.push(&line(t, "assemblies-spoken-lead"));
    let minutes =
        [("women", "assemblies-women"), ("men", "assemblies-men"), ("other", "assemblies-other")];
    let fields = minutes.map(|(name, key)| number_field(t, name, &t.say(key), ""));
    out.push(&act(
        visitor,
        &to("spoken"),
        Html::join(fields),
        "assemblies-spoken-keep",
        Kind::Other,
    ));
    out.push(&paper(visitor, assembly));
    out.push(&part(t, "assemblies-close"));
    out.push(&act(
        visitor,
        &to("close"),
        line(t, "assemblies-close-lead"),
        "assemblies-close",
        Kind::Grave,
    ));
    out
}

/// The result of the women's session: shared with the form that types a sheet.
pub(super) fn women_fields(t: Tongue, held: &str, words: &str) -> Html {
    let (yes, no) = (t.say("assemblies-yes"), t.say("assemblies-no"));
    let label = t.say("assemblies-women-held");
    let shape = Field { name: "held", label: &label, value: held, ..Field::default() };
    let (label, hint) = (t.say("assemblies-women-words"), t.say("assemblies-women-words-hint"));
    let said =
        Field { name: "words", label: &label, hint: &hint, value: words, ..Field::default() };
    Html::join([
        field::radios(t, &shape, &[Choice::new("yes", &yes), Choice::new("no", &no)]),
        field::area(t, &Field { length_max: Some(REASON_CHARS_MAX), ..said }, 3),
    ])
}

/// What was noted: the women's own result apart, who spoke, hashes, witnesses.
fn told(t: Tongue, assembly: &Assembly) -> Html {
    let mut out = Html::none();
    if let Some((held, words)) = &assembly.women_session {
        let key = if *held { "assemblies-women-result" } else { "assemblies-women-not-held" };
        out.push(&Html(format!(
            "<div class=card><h3>{}</h3><p dir=auto>{}</p></div>",
            text(&t.say(key)),
            text(words)
        )));
    }
    if let Some((women, men, other)) = assembly.spoken {
        let args = [("women", women), ("men", men), ("other", other)];
        let args = args.map(|(name, n)| (name, n.into()));
        out.push(&parts::para(&t.with("assemblies-spoken-said", &args)));
    }
    if assembly.witnesses > 0 {
        let args = [("n", assembly.witnesses.into())];
        out.push(&parts::para(&t.with("assemblies-witnesses-said", &args)));
    }
    for hash in &assembly.sheets {
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        out.push(&Html(format!(
            "<p>{} <bdi class=mono dir=ltr>{}</bdi></p>",
            text(&t.say("assemblies-photo-kept")),
            text(&hex)
        )));
    }
    out
}

/// The paper that stays: witnesses and the photograph's hash.
fn paper(visitor: &Visitor, assembly: &Assembly) -> Html {
    let t = visitor.tongue();
    let to = |end: &str| format!("/desk/assemblies/{}/{end}", assembly.id);
    let least = WITNESSES_MIN.to_string();
    let witnesses = number_field(t, "n", &t.say("assemblies-witnesses"), &least);
    let (label, hint) = (
        t.say("assemblies-photo"),
        t.with("assemblies-photo-hint", &[("mb", PHOTO_MEGABYTES_MAX.to_string().into())]),
    );
    let file = Field { name: "photo", label: &label, hint: &hint, ..Field::default() };
    let go = buttons([button(&Button::new(&t.say("assemblies-photo-keep"), Kind::Other))]);
    let path = visitor.link(&to("photo"));
    let shape = Form { carries_file: true, ..Form::post(&path, visitor.csrf()) };
    Html::join([
        part(t, "assemblies-paper"),
        line(t, "assemblies-witnesses-lead"),
        act(visitor, &to("witnesses"), witnesses, "assemblies-witnesses-keep", Kind::Other),
        form(t, &shape, &Html::join([field::file(t, &file), go])),
    ])
}

fn to(visitor: &Visitor, assembly: &Assembly, done: &str) -> Moved {
    Moved(visitor.link(&format!("/desk/assemblies/{}?done={done}", assembly.id)))
}

/// A reason.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reason {
    reason: String,
}

/// `POST /desk/assemblies/{id}/off`
pub(super) async fn off(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Reason>,
) -> Result<Moved, Trouble> {
    let assembly = the_one(&house, &id).await?;
    acts::call_off(&house, assembly.id, sent.reason, visitor.author()).await?;
    Ok(to(&visitor, &assembly, "off"))
}

/// Who is in the chair, as sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Opening {
    pub chair: String,
    pub co_chair: String,
    pub exception: String,
}

impl Opening {
    /// As the rule takes it.
    pub(super) fn read(&self) -> Chair {
        let co_woman = match self.co_chair.as_str() {
            "woman" => Some(true),
            "other" => Some(false),
            _ => None,
        };
        Chair { woman: self.chair == "woman", co_woman, exception: self.exception.clone() }
    }
}

/// `POST /desk/assemblies/{id}/open`
pub(super) async fn open(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Opening>,
) -> Result<Moved, Trouble> {
    let assembly = the_one(&house, &id).await?;
    acts::open(&house, assembly.id, sent.read(), visitor.author()).await?;
    Ok(to(&visitor, &assembly, "opened"))
}

/// Three numbers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Three {
    women: String,
    men: String,
    other: String,
}

/// `POST /desk/assemblies/{id}/spoken`
pub(super) async fn spoken(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Three>,
) -> Result<Moved, Trouble> {
    let assembly = the_one(&house, &id).await?;
    let minutes =
        (sheet::number(&sent.women)?, sheet::number(&sent.men)?, sheet::number(&sent.other)?);
    acts::spoken(&house, assembly.id, minutes, visitor.author()).await?;
    Ok(to(&visitor, &assembly, "spoken"))
}

/// The women's session.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Session {
    held: String,
    words: String,
}

/// `POST /desk/assemblies/{id}/women`
pub(super) async fn women(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Session>,
) -> Result<Moved, Trouble> {
    let assembly = the_one(&house, &id).await?;
    let held = sent.held == "yes";
    acts::women_session(&house, assembly.id, held, sent.words, visitor.author()).await?;
    Ok(to(&visitor, &assembly, "women"))
}

/// `POST /desk/assemblies/{id}/photo`: the picture is hashed and let go.
pub(super) async fn photo(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    request: Request,
) -> Result<Moved, Trouble> {
    let wrong = || Refusal::new("assembly-sheet-file").naming("mb", PHOTO_MEGABYTES_MAX);
    let most = PHOTO_MEGABYTES_MAX * 1_000_000;
    let brought = match Brought::read(request, most + FORM_BYTES_MAX).await {
        Err(Trouble::Refused(_)) => return Err(wrong().status(413).into()),
        brought => brought?,
    };
    if brought.get("csrf") != visitor.signed_in()?.csrf {
        return Err(Refusal::new("form-stale").status(403).into());
    }
    let assembly = the_one(&house, &id).await?;
    if brought.file.is_empty() || brought.file.len() > most {
        return Err(wrong().into());
    }
    acts::keep_sheet(&house, assembly.id, &brought.file, visitor.author()).await?;
    Ok(to(&visitor, &assembly, "photo"))
}

/// A number.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Number {
    n: String,
}

/// `POST /desk/assemblies/{id}/witnesses`
pub(super) async fn witnesses(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Number>,
) -> Result<Moved, Trouble> {
    let assembly = the_one(&house, &id).await?;
    let n = sheet::number(&sent.n)?;
    acts::witnessed(&house, assembly.id, n, visitor.author()).await?;
    Ok(to(&visitor, &assembly, "witnesses"))
}

/// A form that sends nothing but its token.
#[derive(Deserialize)]
pub(super) struct Plain {}

/// `POST /desk/assemblies/{id}/close`
pub(super) async fn close(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(Plain {}): Sent<Plain>,
) -> Result<Moved, Trouble> {
    let assembly = the_one(&house, &id).await?;
    acts::close(&house, assembly.id, visitor.author()).await?;
    Ok(to(&visitor, &assembly, "closed"))
}
