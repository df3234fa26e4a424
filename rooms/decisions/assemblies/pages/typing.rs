//! A paper sheet typed in three minutes: rows in the order of the paper, sums checked, and an error
//! says in which row. What was typed comes back with it. As much in force as a live count.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use page::{Html, Tongue, text};
use record::Refusal;

use super::super::acts;
use super::super::rules::meeting::{Evening, WITNESSES_MIN};
use super::super::rules::sheet::{self, Sums};
use super::super::views::Assembly;
use super::evening::{Opening, chair_fields, women_fields};
use super::parts::{self, Asked, line, number_field, said_as, the_one};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};

/// A row of the sheet: its short name in the form, its text, and the texts of its numbers.
struct Line {
    name: &'static str,
    caption: &'static str,
    counter: Option<&'static str>,
    ages: bool,
}

/// The rows in the order of the paper.
const LINES: [Line; 6] = [
    Line { name: "a1", caption: "assemblies-moment-arrival", counter: Some("1"), ages: false },
    Line { name: "a2", caption: "assemblies-moment-arrival", counter: Some("2"), ages: false },
    Line { name: "ag", caption: "assemblies-ages", counter: None, ages: true },
    Line { name: "v1", caption: "assemblies-moment-vote", counter: Some("1"), ages: false },
    Line { name: "v2", caption: "assemblies-moment-vote", counter: Some("2"), ages: false },
    Line { name: "sp", caption: "assemblies-spoken", counter: None, ages: false },
];

type Filled = HashMap<String, String>;

/// `GET /desk/assemblies/{id}/type`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Shown, Trouble> {
    let assembly = the_one(&house, &id).await?;
    Ok(form_page(&visitor, &assembly, &Filled::new()))
}

fn value<'a>(filled: &'a Filled, name: &str) -> &'a str {
    filled.get(name).map_or("", String::as_str)
}

fn form_page(visitor: &Visitor, assembly: &Assembly, filled: &Filled) -> Shown {
    let t = visitor.tongue();
    let opening = opening(filled);
    let mut fields = chair_fields(t, &opening);
    fields.push(&Html(LINES.iter().map(|row| row_fields(t, row, filled)).collect()));
    if assembly.women_first {
        fields.push(&women_fields(t, value(filled, "held"), value(filled, "words")));
    }
    let least = WITNESSES_MIN.to_string();
    let typed = value(filled, "n");
    let witnesses = if typed.is_empty() { &least } else { typed };
    fields.push(&number_field(t, "n", &t.say("assemblies-witnesses"), witnesses));
    let signed = t.say("assemblies-signed");
    let signed = Field {
        name: "signed",
        label: &signed,
        value: value(filled, "signed"),
        ..Field::default()
    };
    fields.push(&field::tick(t, &Field { required: true, ..signed }));
    fields.push(&buttons([button(&Button::new(&t.say("assemblies-type-keep"), Kind::Main))]));
    let to = visitor.link(&format!("/desk/assemblies/{}/type", assembly.id));
    let body = Html::join([
        parts::para(&said_as(assembly)),
        line(t, "assemblies-type-lead"),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ]);
    parts::shown(visitor, &t.say("assemblies-type"), &Asked::default(), body)
}

/// What a row is called: on the page, and in what is said of an error in it.
fn name_of(t: Tongue, row: &Line) -> String {
    let caption = t.say(row.caption);
    match row.counter {
        Some(n) => format!("{caption} · {}", t.with("assemblies-counter", &[("n", n.into())])),
        None => caption,
    }
}

fn row_fields(t: Tongue, row: &Line, filled: &Filled) -> String {
    let parts = if row.ages {
        ["assemblies-age-young", "assemblies-age-grown", "assemblies-age-old"]
    } else {
        ["assemblies-women", "assemblies-men", "assemblies-other"]
    };
    let all = parts.into_iter().zip(["a", "b", "c"]).chain([("assemblies-sum", "s")]);
    let cells: String = all
        .map(|(key, end)| {
            let name = format!("{}{end}", row.name);
            format!(
                "<label>{} <input type=text inputmode=numeric pattern=\"[0-9]*\" maxlength=6 \
                 autocomplete=off id=\"{name}\" name=\"{name}\" value=\"{}\"></label>",
                text(&t.say(key)),
                text(value(filled, &name))
            )
        })
        .collect();
    format!(
        "<fieldset class=\"f typed\"><legend>{}</legend><div>{cells}</div></fieldset>",
        text(&name_of(t, row))
    )
}

fn opening(filled: &Filled) -> Opening {
    Opening {
        chair: value(filled, "chair").to_owned(),
        co_chair: value(filled, "co_chair").to_owned(),
        exception: value(filled, "exception").to_owned(),
    }
}

/// `POST /desk/assemblies/{id}/type`
pub(super) async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(filled): Sent<Filled>,
) -> Result<Response, Trouble> {
    let assembly = the_one(&house, &id).await?;
    match keep(&house, &visitor, &assembly, &filled).await {
        Ok(moved) => Ok(moved.into_response()),
        Err(Trouble::Refused(refusal)) => {
            let page = form_page(&visitor, &assembly, &filled);
            Ok(parts::again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn keep(
    house: &House,
    visitor: &Visitor,
    assembly: &Assembly,
    filled: &Filled,
) -> Result<Moved, Trouble> {
    let evening = read(visitor.tongue(), assembly, filled)?;
    acts::type_sheet(house, assembly.id, evening, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/assemblies/{}?done=typed", assembly.id))))
}

fn read(t: Tongue, assembly: &Assembly, filled: &Filled) -> Result<Evening, Refusal> {
    if value(filled, "signed") != "yes" {
        return Err(Refusal::new("assembly-sheet-signed"));
    }
    let [a1, a2, ag, v1, v2, sp] = &LINES;
    let names = |rows: [&Line; 3]| rows.map(|row| name_of(t, row));
    let ages = is_filled(filled, ag).then(|| sums(filled, ag)).transpose()?;
    let said = names([a1, a2, ag]);
    let said = said.each_ref().map(String::as_str);
    let arrival = sheet::read(&sums(filled, a1)?, &sums(filled, a2)?, ages.as_ref(), said)?;
    let vote = if is_filled(filled, v1) || is_filled(filled, v2) {
        let said = names([v1, v2, ag]);
        let said = said.each_ref().map(String::as_str);
        Some(sheet::read(&sums(filled, v1)?, &sums(filled, v2)?, None, said)?)
    } else {
        None
    };
    let spoken = is_filled(filled, sp).then(|| sums(filled, sp)).transpose()?;
    if let Some(minutes) = &spoken {
        sheet::adds_up(minutes, &name_of(t, sp))?;
    }
    let women = assembly.women_first && !value(filled, "held").is_empty();
    Ok(Evening {
        chair: opening(filled).read(),
        arrival,
        vote,
        spoken: spoken.map(|Sums { parts: [women, men, other], .. }| (women, men, other)),
        women_session: women
            .then(|| (value(filled, "held") == "yes", value(filled, "words").to_owned())),
        witnesses: sheet::number(value(filled, "n"))?,
    })
}

fn is_filled(filled: &Filled, row: &Line) -> bool {
    ["a", "b", "c", "s"]
        .iter()
        .any(|end| !value(filled, &format!("{}{end}", row.name)).trim().is_empty())
}

fn sums(filled: &Filled, row: &Line) -> Result<Sums, Refusal> {
    let number = |end: &str| sheet::number(value(filled, &format!("{}{end}", row.name)));
    Ok(Sums { parts: [number("a")?, number("b")?, number("c")?], sum: number("s")? })
}
