//! `/money`: where the money is. Totals by state with their picture, how long people wait for it,
//! how much is spent where they live, through how many hands it comes, which promises of money were
//! kept, and all windows.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use page::components::bar::{Bar, bars};
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::number::facts;
use page::components::row::{Row, rows};
use page::{Html, Tongue, text};

use super::parts::{self, Asked, asked};
use super::public;
use crate::door::{House, Shown, Trouble, Visitor};
use crate::funds::queries::{self, Figures, WINDOWS_MAX, today};
use crate::funds::reported;
use crate::funds::rules::DIRECTNESS;
use crate::funds::telling;
use crate::funds::views::{States, Window};
use crate::people::minor_parts;

/// Windows whose steps are told in one table.
const WINDOWS_TOLD_MAX: usize = 100;

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let title = t.say("funds-title");
    let mut body = Html::join([parts::h1(&title), parts::line(&t.say("funds-lead"))]);
    let (all, wait) = queries::figures(&house).await?;
    for (currency, figures) in &all {
        body.push(&parts::flow(t, &states(figures), currency));
        body.push(&known(t, figures, currency, wait));
        body.push(&hands(t, figures, currency));
    }
    body.push(&public::red_part(&house, &visitor).await?);
    body.push(&public::neglected_part(&house, &visitor).await?);
    body.push(&parts::h2(t, "funds-windows"));
    let before = asked(&query, "before").parse().unwrap_or(i64::MAX);
    let windows = queries::windows(&house, before, false).await?;
    if windows.is_empty() {
        let next = t.say("funds-windows-none-next");
        body.push(&empty(Icon::Money, &t.say("funds-windows-none"), &next, &Html::none()));
    } else {
        body.push(&window_rows(&house, &visitor, &windows, "/money/"));
        let full = i64::try_from(windows.len()).unwrap_or(0) >= WINDOWS_MAX;
        let next = windows.last().filter(|_| full);
        let next = next.map(|last| visitor.link(&format!("/money?before={}", last.number)));
        body.push(&page::components::row::pager(t, None, next.as_deref()));
    }
    let follow = parts::link(&visitor, "/money/application", &t.say("funds-follow"));
    let table = parts::link(&visitor, "/money/flows.csv", &t.say("funds-flows"));
    body.push(&Html(format!("<p>{follow}</p><p>{table}</p>")));
    body.push(&reported::link(&house, &visitor).await?);
    Ok(Shown::street(title, body))
}

/// `GET /money/flows.csv` (RFC 4180): every step that money took, a line each, of the newest
/// windows; where the rest is, the header `Link` says (RFC 8288).
pub async fn flows(
    State(house): State<House>,
    visitor: Visitor,
    query: Asked,
) -> Result<Response, Trouble> {
    let before = asked(&query, "before").parse().unwrap_or(i64::MAX);
    let read = telling::some_books(&house, visitor.tongue(), before, WINDOWS_TOLD_MAX);
    let (books, rest) = read.await?;
    let table = books.lines().map_err(|why| Trouble::Broken(why.to_string()))?;
    let mut told = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], table).into_response();
    if let Some(before) = rest {
        let next = format!("</money/flows.csv?before={before}>; rel=\"next\"");
        let next = next.parse().map_err(Trouble::broken)?;
        told.headers_mut().insert(header::LINK, next);
    }
    Ok(told)
}

/// Windows as rows; `to` leads to the street's or the desk's page of one.
pub fn window_rows(house: &House, visitor: &Visitor, windows: &[Window], to: &str) -> Html {
    let t = visitor.tongue();
    let day = today(house);
    let shown: Vec<(String, String, Html, Html)> = windows
        .iter()
        .map(|window| {
            let title = format!("W-{} · {}", window.number, window.terms.name);
            let own = match to {
                "/money/" => window.number.to_string(),
                _ => window.id.to_string(),
            };
            let args = [("day", parts::day(t, window.terms.closes_day).into())];
            let note = text(&t.with("funds-closes", &args));
            (
                title,
                visitor.link(&format!("{to}{own}")),
                parts::phase_tag(t, window.phase(day)),
                note,
            )
        })
        .collect();
    let all: Vec<Row<'_>> = shown
        .iter()
        .map(|(title, href, tags, note)| Row {
            title,
            href,
            tags: tags.clone(),
            note: note.clone(),
            acts: Html::none(),
        })
        .collect();
    rows(&all)
}

fn states(figures: &Figures) -> States {
    let of = |name: &str| figures.states.get(name).copied().unwrap_or(0);
    States {
        pledged: of("pledged"),
        committed: of("committed"),
        paid_in: of("paid_in"),
        allocated: of("allocated"),
        disbursed: of("disbursed"),
        spent: of("spent"),
        confirmed: of("confirmed"),
        returned: of("returned"),
        fees: of("fees"),
        overheads: of("overheads"),
    }
}

/// How long it takes, how much stays in the area, and which pledges were kept.
pub(super) fn known(t: Tongue, figures: &Figures, currency: &str, wait: Option<i64>) -> Html {
    let names = ["funds-days-to-cash", "funds-local", "funds-honour"].map(|key| t.say(key));
    let [days, local, honour] = &names;
    let wait = wait.map_or_else(|| "–".to_owned(), |n| t.with("funds-days", &[("n", n.into())]));
    let of = |part: i64, whole: i64| {
        let args = [
            ("percent", parts::percent(t, part, whole).into()),
            ("part", parts::amount(t, part, currency).into()),
            ("whole", parts::amount(t, whole, currency).into()),
        ];
        if whole > 0 { t.html("funds-part-of", &args) } else { text("–") }
    };
    facts(&[
        (days, text(&wait)),
        (local, of(figures.local_minor, figures.bought_minor)),
        (honour, of(figures.kept_minor, figures.due_minor)),
    ])
}

/// Through how many hands it comes.
pub(super) fn hands(t: Tongue, figures: &Figures, currency: &str) -> Html {
    let of = |code: &str| figures.directness.get(code).copied().unwrap_or(0);
    let names = DIRECTNESS.map(|code| t.say(&format!("funds-directness-{code}")));
    let all: Vec<Bar<'_>> = DIRECTNESS
        .iter()
        .zip(&names)
        .filter(|(code, _)| of(code) > 0)
        .map(|(code, name)| {
            let whole = minor_parts(of(code), currency).0;
            Bar { name, value: Some(u32::try_from(whole).unwrap_or(u32::MAX)), href: None }
        })
        .collect();
    if all.is_empty() {
        return Html::none();
    }
    let note = t.with("funds-directness-note", &[("currency", currency.into())]);
    Html::join([parts::h2(t, "funds-directness"), bars(t, &all), parts::soft(&note)])
}
