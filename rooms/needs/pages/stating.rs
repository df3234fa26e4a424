//! The form in which a need is said: what, where, how grave, how many people, since when; and
//! `/desk/needs/new` for what somebody saw or heard where no voices came. What was typed is never
//! lost, and nothing of it is taken from how many voices there are.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use page::components::field::{self, Choice, Field, Kind as FieldKind};
use page::components::notice::notice;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{Id, Refusal};

use super::list::sectors_named;
use super::parts::{self, Asked};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::needs::rules::{SEVERITY_MAX, SOURCES, Said, TITLE_CHARS_MAX};
use crate::needs::{Need, acts};
use crate::voices::desk_parts as desk;

/// What a form sends: names and values, a name perhaps several times.
pub type Pairs = Vec<(String, String)>;

/// A need as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What is lacking.
    pub title: String,
    /// Sector of vocabulary 5.3.
    pub sector: String,
    /// An area's id or name.
    pub area: String,
    /// 0 to 4.
    pub severity: String,
    /// At least so many people.
    pub people_min: String,
    /// At most so many.
    pub people_max: String,
    /// A day as a browser sends it.
    pub since: String,
    /// How the desk knows.
    pub source: String,
}

/// The value of a name, trimmed; empty when it was not sent.
pub fn value<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs.iter().find(|(sent, _)| sent == name).map_or("", |(_, value)| value.trim())
}

impl Typed {
    /// What a form sent.
    pub fn of(pairs: &Pairs) -> Typed {
        let of = |name: &str| value(pairs, name).to_owned();
        Typed {
            title: of("title"),
            sector: of("sector"),
            area: of("area"),
            severity: of("severity"),
            people_min: of("people_min"),
            people_max: of("people_max"),
            since: of("since"),
            source: of("source"),
        }
    }

    /// A need as it stands, to be said otherwise.
    pub fn from_need(need: &Need) -> Typed {
        let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        Typed {
            title: need.title.clone(),
            sector: need.sector.clone(),
            area: need.area.map(|id| id.to_string()).unwrap_or_default(),
            severity: need.severity.to_string(),
            people_min: number(need.people_min),
            people_max: number(need.people_max),
            since: need.since_day.map(day_typed).unwrap_or_default(),
            source: need.source.clone(),
        }
    }

    /// What was typed, read.
    ///
    /// # Errors
    /// A number, a day, a level or an area cannot be read.
    pub fn read(&self, house: &House) -> Result<Said, Refusal> {
        let since_day = match self.since.as_str() {
            "" => None,
            typed => Some(desk::day_sent(typed).ok_or(Refusal::new("need-since-ahead"))?),
        };
        let severity = match self.severity.as_str() {
            "" => 0,
            typed => typed.parse().map_err(|_| Refusal::new("need-list-unknown"))?,
        };
        Ok(Said {
            title: self.title.clone(),
            area: desk::area_sent(house, &self.area)?,
            sector: self.sector.clone(),
            severity,
            people_min: people(&self.people_min)?,
            people_max: people(&self.people_max)?,
            since_day,
        })
    }
}

/// A number of people as typed, perhaps in groups of three.
fn people(typed: &str) -> Result<Option<i64>, Refusal> {
    let digits: String =
        typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | '\'')).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    let read = words::plain(&digits).parse().ok().filter(|n: &i64| *n >= 0);
    read.map(Some).ok_or(Refusal::new("need-people-wrong"))
}

/// A day as a browser takes it.
pub fn day_typed(day: i64) -> String {
    let at = page::calendar::moment(day.saturating_mul(page::calendar::DAY_MS), 0);
    format!("{:04}-{:02}-{:02}", at.year, at.month, at.day)
}

/// The fields, with what was typed and what is wrong with it.
pub fn fields(house: &House, t: Tongue, typed: &Typed, refusal: Option<&Refusal>) -> Html {
    let wrong = refusal.map(|refusal| (field_of(refusal.code), desk::said(t, refusal)));
    let wrong_at =
        |name: &str| wrong.as_ref().filter(|(at, _)| *at == name).map(|(_, said)| said.as_str());
    let mut all = Html::none();
    if let Some(said) = wrong_at("") {
        all.push(&notice(t, &Notice::new(Tone::Bad, said)));
    }
    let (label, hint) = (t.say("needs-title"), t.say("needs-title-hint"));
    let title = Field {
        name: "title",
        label: &label,
        hint: &hint,
        error: wrong_at("title"),
        value: &typed.title,
        required: true,
        length_max: Some(TITLE_CHARS_MAX),
        ..Field::default()
    };
    all.push(&desk::keyed(field::line(t, &title), "input", KEY_TITLE));
    all.push(&severity_field(t, &typed.severity));
    all.push(&sector_field(t, &typed.sector));
    let chosen = desk::area_sent(house, &typed.area).ok().flatten();
    if let Some(said) = wrong_at("area") {
        all.push(&notice(t, &Notice::new(Tone::Bad, said)));
    }
    all.push(&desk::area_field(house, t, chosen, desk::AREAS_LISTED_MAX));
    all.push(&people_fields(t, typed, wrong_at("people_min")));
    let (label, hint) = (t.say("needs-since-field"), t.say("needs-since-field-hint"));
    let since = Field {
        name: "since",
        label: &label,
        hint: &hint,
        error: wrong_at("since"),
        value: &typed.since,
        kind: FieldKind::Day,
        ..Field::default()
    };
    all.push(&field::line(t, &since));
    all
}

/// The key that goes to the title.
const KEY_TITLE: char = 'w';

/// Which field a refusal is about; empty for the form as a whole.
fn field_of(code: &str) -> &'static str {
    match code {
        "need-words-missing" | "need-line-long" => "title",
        code if code.starts_with("need-public-") => "title",
        code if code.starts_with("need-people-") => "people_min",
        "need-since-ahead" => "since",
        "place-unclear" => "area",
        _ => "",
    }
}

fn severity_field(t: Tongue, value: &str) -> Html {
    let (label, hint) = (t.say("needs-severity"), t.say("needs-severity-hint"));
    let named: Vec<(String, String)> = (0..=SEVERITY_MAX)
        .map(|level| {
            let name = parts::severity_name(t, i64::from(level));
            let shown = if level == 0 { "?".to_owned() } else { level.to_string() };
            (level.to_string(), format!("{shown} · {name}"))
        })
        .collect();
    let choices: Vec<Choice<'_>> =
        named.iter().map(|(value, name)| Choice::new(value, name)).collect();
    let value = if value.is_empty() { "0" } else { value };
    let shape = Field {
        name: "severity",
        label: &label,
        hint: &hint,
        value,
        required: true,
        ..Field::default()
    };
    field::radios(t, &shape, &choices)
}

fn sector_field(t: Tongue, value: &str) -> Html {
    let named = sectors_named(t);
    let label = t.say("needs-filter-sector");
    let choices: Vec<Choice<'_>> =
        named.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let shape = Field { name: "sector", label: &label, value, required: true, ..Field::default() };
    field::select(t, &shape, &choices)
}

fn people_fields(t: Tongue, typed: &Typed, wrong: Option<&str>) -> Html {
    let (min, max) = (t.say("needs-people-min"), t.say("needs-people-max"));
    let hint = t.say("needs-people-hint");
    let shape = Field { kind: FieldKind::Words, length_max: Some(12), ..Field::default() };
    let least = Field {
        name: "people_min",
        label: &min,
        hint: &hint,
        error: wrong,
        value: &typed.people_min,
        ..shape.clone()
    };
    let most = Field { name: "people_max", label: &max, value: &typed.people_max, ..shape };
    Html::join([field::line(t, &least), field::line(t, &most)])
}

fn source_field(t: Tongue, value: &str) -> Html {
    let label = t.say("needs-source");
    let named: Vec<(&str, String)> = SOURCES
        .iter()
        .filter(|code| **code != "voices")
        .map(|code| (*code, t.say(&format!("needs-source-{code}"))))
        .collect();
    let choices: Vec<Choice<'_>> =
        named.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let shape = Field { name: "source", label: &label, value, required: true, ..Field::default() };
    field::select(t, &shape, &choices)
}

/// The page of a new need without voices.
pub async fn new_page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Shown {
    let typed = Typed { area: asked.area, source: "visit".to_owned(), ..Typed::default() };
    new_shown(&house, &visitor, &typed, None)
}

fn new_shown(house: &House, visitor: &Visitor, typed: &Typed, refusal: Option<&Refusal>) -> Shown {
    let t = visitor.tongue();
    let label = t.say("needs-new-send");
    let all = Html::join([source_field(t, &typed.source), fields(house, t, typed, refusal)]);
    let body = Html::join([
        desk::soft(&text(&t.say("needs-new-lead"))),
        desk::act(visitor, "/desk/needs", all, &desk::main_button(&label)),
    ]);
    let status = refusal.and_then(|refusal| StatusCode::from_u16(refusal.status).ok());
    parts::shown(visitor, &t.say("needs-new-title"), "", body)
        .with_status(status.unwrap_or_default())
}

/// States a need without voices.
pub async fn state(
    State(house): State<House>,
    visitor: Visitor,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Trouble> {
    let typed = Typed::of(&pairs);
    let done: Result<Id, Trouble> = async {
        // Voices come in by grouping; a need without any says how the desk knows.
        if typed.source == "voices" {
            return Err(Refusal::new("need-list-unknown").into());
        }
        let said = typed.read(&house)?;
        acts::state(&house, said, &typed.source, &[], visitor.author()).await
    }
    .await;
    match done {
        Ok(id) => {
            let to = format!("/desk/needs/{id}?done=stated");
            Ok(Moved(visitor.link(&to)).into_response())
        }
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            Ok(new_shown(&house, &visitor, &typed, Some(&refusal)).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}
