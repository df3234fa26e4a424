//! The water line as people see it: one sentence, a picture of where each area stood and stands,
//! the table beside it, where people departed from it, and the two files by which anybody checks
//! it. It reckons nothing: it shows what was recorded.

use std::fmt::Write as _;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use fair::sharing::{class_weight, credit};
use page::components::button::{Kind, buttons, link_button};
use page::components::table::{Column, table};
use page::{Html, Tongue, text};
use record::Id;

use super::{beside, parts};
use crate::door::{House, Trouble, Visitor};
use crate::funds::queries;
use crate::funds::records::{AreaLine, AreaShare, WindowShared};
use crate::funds::rules::line::reckoned_risk;
use crate::funds::views::Window;
use crate::people;

/// The width of one column, in units of the picture.
const COLUMN: i64 = 26;
/// The height of the picture; the level that is all of a need, and the highest that is drawn, in
/// thousandths.
const HEIGHT: i64 = 120;
const LEVEL_MILLI_WHOLE: i64 = 1000;
const LEVEL_MILLI_MAX: i64 = 1200;
/// The picture is as wide as so many columns at least: it fills the page, and is not to fill it
/// upwards too.
const COLUMNS_MIN: i64 = 12;

/// How the window was shared out; nothing where it was not.
pub fn part(house: &House, visitor: &Visitor, window: &Window) -> Html {
    let t = visitor.tongue();
    let Some(shared) = &window.shared else { return Html::none() };
    let mut all = parts::h2(t, "funds-line-title");
    all.push(&parts::lead(&sentence(t, shared)));
    if let Some(held) = shared.held_back_minor.filter(|held| *held > 0) {
        let amount = parts::amount(t, held, &window.terms.currency);
        all.push(&parts::line(&t.with("funds-line-held", &[("amount", amount.into())])));
    }
    all.push(&picture(t, shared));
    all.push(&by_area(house, t, window, shared));
    let args = [
        ("before", parts::percent_of_milli(t, shared.gini_before_milli).into()),
        ("after", parts::percent_of_milli(t, shared.gini_after_milli).into()),
        ("draws", beside::draws(shared).into()),
    ];
    for said in beside::next(house, t, window).into_iter().chain(beside::costs(t, window)) {
        all.push(&Html(format!("<p>{said}</p>")));
    }
    all.push(&parts::soft(&t.with("funds-line-measures", &args)));
    if let Some(beside) = &shared.beside {
        let args = [("draws", beside.draws.into()), ("seed", beside.seed.into())];
        all.push(&parts::soft(&t.with("funds-line-seed", &args)));
    }
    let file = |name: &str, key: &str| {
        let to = visitor.link(&format!("/money/{}/{name}", window.number));
        link_button(&to, &t.say(key), Kind::Other, None)
    };
    all.push(&parts::line(&t.say("funds-line-check")));
    all.push(&buttons([
        file("question.json", "funds-line-question"),
        file("result.json", "funds-line-result"),
    ]));
    all
}

/// The one sentence.
fn sentence(t: Tongue, shared: &WindowShared) -> String {
    match shared.line_milli {
        Some(line) => {
            let args = [("line", parts::percent_of_milli(t, line).into())];
            t.with("funds-line-sentence", &args)
        }
        None => t.say("funds-line-all"),
    }
}

/// A column an area: what it had, what it gets, and the line over all.
fn picture(t: Tongue, shared: &WindowShared) -> Html {
    let levels = shared.shares.iter().map(|share| share.after_milli);
    let most = levels
        .chain(shared.line_milli)
        .max()
        .unwrap_or(0)
        .clamp(LEVEL_MILLI_WHOLE, LEVEL_MILLI_MAX);
    let high = |milli: i64| milli.clamp(0, most) * HEIGHT / most;
    let mut drawn = String::new();
    for (at, share) in (0_i64..).zip(&shared.shares) {
        let (left, before, after) =
            (at * COLUMN + 3, high(share.before_milli), high(share.after_milli));
        let wide = COLUMN - 6;
        let _ = write!(
            drawn,
            "<path class=bar-ground d=\"M{left} 0h{wide}v{HEIGHT}h-{wide}z\"/>\
             <path class=bar-fill d=\"M{left} {}h{wide}v{after}h-{wide}z\"/>\
             <path fill=currentColor d=\"M{left} {}h{wide}v{before}h-{wide}z\"/>\
             <text class=m-name x={} y={}>{}</text>",
            HEIGHT - after,
            HEIGHT - before,
            left + wide / 2,
            HEIGHT + 12,
            at + 1
        );
    }
    let width = i64::try_from(shared.shares.len()).unwrap_or(1).max(COLUMNS_MIN) * COLUMN;
    if let Some(line) = shared.line_milli {
        let _ = write!(
            drawn,
            "<path class=m-own stroke-dasharray=\"6 3\" d=\"M0 {}h{width}\"/>",
            HEIGHT - high(line)
        );
    }
    let label = text(&t.say("funds-line-picture"));
    Html(format!(
        "<figure class=map-box><svg class=map viewBox=\"0 0 {width} {0}\" width={width} height={0} \
         role=img aria-label=\"{label}\">{drawn}</svg>\
         <figcaption><p>{label}</p></figcaption></figure>",
        HEIGHT + 20
    ))
}

fn by_area(house: &House, t: Tongue, window: &Window, shared: &WindowShared) -> Html {
    let currency = &window.terms.currency;
    let draws = beside::draws(shared);
    let funded = |n: i64| t.with("funds-funded-of", &[("n", n.into()), ("draws", draws.into())]);
    let row = |at: usize, line: &AreaLine, share: &AreaShare| {
        let risk = reckoned_risk(line, &shared.lines);
        let risk = format!("{}.{}", risk / 10, risk % 10);
        let risk = match line.risk_tenths {
            Some(_) => risk,
            None => t.with("funds-risk-read", &[("risk", risk.into())]),
        };
        let name = parts::area_name(house, t, Some(line.area));
        vec![
            parts::said(&format!("{}. {name}", at + 1)),
            text(&people(t, line)),
            text(&risk),
            text(&parts::percent_of_milli(t, share.before_milli)),
            text(&parts::percent_of_milli(t, share.after_milli)),
            parts::amount_html(t, share.amount_minor, currency),
            text(&why(t, (line, share), currency)),
            text(&share.funded_draws.map_or_else(|| "–".to_owned(), funded)),
            text(&parts::percent_of_milli(t, share.moved_milli)),
            text(&format!("{}, {}", line.source, parts::day(t, line.day))),
        ]
    };
    let all = shared.lines.iter().zip(&shared.shares).enumerate();
    let rows: Vec<Vec<Html>> = all.map(|(at, (line, share))| row(at, line, share)).collect();
    let columns = [
        Column::words(&t.say("funds-column-area")),
        Column::number(&t.say("funds-column-people")),
        Column::number(&t.say("funds-column-risk")),
        Column::number(&t.say("funds-column-before")),
        Column::number(&t.say("funds-column-after")),
        Column::number(&t.say("funds-column-gets")),
        Column::words(&t.say("funds-column-why")),
        Column::words(&t.say("funds-column-funded")),
        Column::number(&t.say("funds-column-moved")),
        Column::words(&t.say("funds-column-source")),
    ];
    table(&t.say("funds-line-table"), &columns, &rows)
}

/// People in need, and how often each counts by severity.
fn people(t: Tongue, line: &AreaLine) -> String {
    let people = t.number(line.people);
    match line.class().map_or(1, class_weight) {
        1 => people,
        times => t.with("funds-people-counted", &[("n", people.into()), ("times", times.into())]),
    }
}

/// Why an area gets what it gets; that it counts more where it was left out before, and what this
/// window had given there already.
fn why(t: Tongue, (line, share): (&AreaLine, &AreaShare), currency: &str) -> String {
    let mut said = vec![t.say(&format!("funds-why-{}", share.why))];
    let times = line.deferrals.and_then(|times| u32::try_from(times).ok()).unwrap_or(0);
    if times > 0 {
        let counts = i64::try_from(credit(times).per_mille()).unwrap_or(0);
        let args = [("percent", parts::percent_of_milli(t, counts).into())];
        said.push(t.with("funds-waited", &args));
    }
    if let Some(given) = line.given_minor {
        let amount = parts::amount(t, given, currency).into();
        said.push(t.with("funds-given-before", &[("amount", amount)]));
    }
    said.join("; ")
}

/// Where somebody departed from the line: who, and the reason.
///
/// # Errors
/// When the store fails.
pub async fn departures(house: &House, t: Tongue, window: &Window) -> Result<Html, Trouble> {
    if window.overrides.is_empty() {
        return Ok(Html::none());
    }
    let ids: Vec<Id> = window.overrides.iter().filter_map(|known| known.by).collect();
    let names = people::member_names(house, &ids).await?;
    let name = |by: Option<Id>| {
        let known = by.and_then(|id| names.get(&id)).filter(|name| !name.is_empty());
        known.cloned().unwrap_or_else(|| t.say("funds-member-gone"))
    };
    let items = window.overrides.iter().map(|known| {
        let args = [
            ("area", parts::area_name(house, t, Some(known.said.area)).into()),
            ("amount", parts::amount(t, known.said.amount_minor, &window.terms.currency).into()),
            ("who", name(known.by).into()),
        ];
        let words = t.html("funds-departed", &args);
        Html(format!("<li>{words} {}</li>", parts::said(&known.said.reason)))
    });
    let heading = parts::h2(t, "funds-departures");
    Ok(Html(format!("{heading}<ul>{}</ul>", Html::join(items))))
}

/// `GET /money/{number}/question.json`.
pub async fn question(
    State(house): State<House>,
    Path(number): Path<i64>,
) -> Result<Response, Trouble> {
    file(&house, number, |shared| shared.question.clone()).await
}

/// `GET /money/{number}/result.json`.
pub async fn result(
    State(house): State<House>,
    Path(number): Path<i64>,
) -> Result<Response, Trouble> {
    file(&house, number, |shared| shared.result.clone()).await
}

async fn file(
    house: &House,
    number: i64,
    of: fn(&WindowShared) -> String,
) -> Result<Response, Trouble> {
    let window = queries::by_number(house, number).await?;
    let shared = window.and_then(|window| window.shared).ok_or(Trouble::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], of(&shared)).into_response())
}
