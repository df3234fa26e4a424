//! Applications by rank, each with why it is paid or not and what would change it; and the page on
//! which anybody tries other weights, by the address alone, so that nothing is recorded.

use axum::extract::{Path, State};
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::table::{Column, table};
use page::{Html, Tongue, text};

use super::parts::{self, Asked, asked};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::funds::queries::{self, today};
use crate::funds::rules::ranking::{self, Standing};
use crate::funds::views::{Application, Phase, Window};

/// The highest weight that may be tried.
const WEIGHT_MAX: i64 = 1000;

fn weights(window: &Window) -> Vec<i64> {
    window.terms.criteria.iter().map(|known| known.weight).collect()
}

/// The applications of a window, as everybody sees them; before it closes only how many there are.
///
/// # Errors
/// When the store fails.
pub async fn part(house: &House, visitor: &Visitor, window: &Window) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let all = queries::applications_of(house, window.id).await?;
    let counted: Vec<&Application> = all.iter().filter(|one| one.counts()).collect();
    let n = i64::try_from(counted.len()).unwrap_or(0);
    let mut body = parts::h2(t, "funds-applications");
    body.push(&parts::line(&t.with("funds-applications-n", &[("n", n.into())])));
    if window.phase(today(house)) != Phase::Closed || counted.is_empty() {
        return Ok(body);
    }
    let ranked = ranking::rank(&counted, &weights(window));
    let standings: Vec<(&Standing, &Application)> = ranked
        .iter()
        .filter_map(|own| Some((own, *counted.iter().find(|one| one.id == own.id)?)))
        .collect();
    let currency = &window.terms.currency;
    let rows: Vec<Vec<Html>> =
        standings.iter().map(|(own, one)| row(house, t, own, one, currency)).collect();
    let columns = [
        Column::words(&t.say("funds-column-application")),
        Column::words(&t.say("funds-column-place")),
        Column::words(&t.say("funds-column-area")),
        Column::number(&t.say("funds-column-asked")),
        Column::words(&t.say("funds-column-decided")),
    ];
    body.push(&table(&t.say("funds-ranking"), &columns, &rows));
    let reasons = standings.iter().map(|(_, one)| reasons(t, window, one));
    body.push(&Html::join(reasons));
    let to = format!("/money/{}/what-if", window.number);
    let link = parts::link(visitor, &to, &t.say("funds-what-if"));
    body.push(&Html(format!("<p>{link}</p>")));
    Ok(body)
}

fn row(house: &House, t: Tongue, own: &Standing, one: &Application, currency: &str) -> Vec<Html> {
    let name = format!("F-{} · {}", one.made.number, one.made.body_name);
    let mut decided = parts::status_tag(t, one);
    if let Some(said) = &one.decided {
        let amount = if said.funded {
            parts::amount_html(t, said.amount_minor, currency)
        } else {
            Html::none()
        };
        decided.push(&Html(format!(" {amount} {}", parts::said(&said.reason))));
        if !said.would_change.is_empty() {
            let change = text(&t.say("funds-would-change"));
            decided.push(&Html(format!("<br>{change} {}", parts::said(&said.would_change))));
        }
        if !said.departs.is_empty() {
            let departs = text(&t.say("funds-departs"));
            decided.push(&Html(format!("<br>{departs} {}", parts::said(&said.departs))));
        }
    }
    let what = parts::said(&one.made.what);
    vec![
        Html(format!("<span>{}<br><small>{what}</small></span>", parts::said(&name))),
        place(t, own),
        text(&parts::area_name(house, t, one.area)),
        parts::amount_html(t, one.made.amount_minor, currency),
        parts::together(&decided),
    ]
}

/// The place of an application, or the span in which it may come to lie.
fn place(t: Tongue, own: &Standing) -> Html {
    let points = |milli: i64| format!("{}.{}", t.number(milli / 1000), milli % 1000 / 100);
    match own.place {
        Some(place) => {
            let args = [
                ("place", i64::try_from(place).unwrap_or(0).into()),
                ("points", points(own.milli).into()),
            ];
            text(&t.with("funds-place", &args))
        }
        None => {
            let args =
                [("least", points(own.milli).into()), ("most", points(own.milli_most).into())];
            text(&t.with("funds-place-missing", &args))
        }
    }
}

/// What the panel said, criterion by criterion: points and reasons, and nobody's name.
fn reasons(t: Tongue, window: &Window, one: &Application) -> Html {
    let of = |at: usize| {
        let own = one.scores.iter().filter(move |s| usize::try_from(s.criterion) == Ok(at));
        let all = own.map(|score| {
            Html(format!("<li>{}: {}</li>", t.number(score.points), parts::said(&score.reason)))
        });
        let all: Vec<Html> = all.collect();
        if all.is_empty() {
            vec![Html(format!("<li>{}</li>", text(&t.say("funds-score-missing"))))]
        } else {
            all
        }
    };
    let parted = window.terms.criteria.iter().enumerate().map(|(at, known)| {
        let name = parts::said(&known.name);
        Html(format!("<p><b>{name}</b></p><ul>{}</ul>", Html::join(of(at))))
    });
    let mut inside = Html::join(parted);
    for (_, words) in &one.conflicts {
        let close = text(&t.say("funds-close-said"));
        inside.push(&Html(format!("<p class=soft>{close} {}</p>", parts::said(words))));
    }
    for appeal in &one.appeals {
        let why = text(&t.say("funds-appeal-said"));
        inside.push(&Html(format!("<p>{why} {}</p>", parts::said(&appeal.said.why))));
        if let Some(answer) = &appeal.answer {
            let key = if answer.stands { "funds-appeal-stands" } else { "funds-appeal-anew" };
            let said = text(&t.say(key));
            inside.push(&Html(format!("<p>{said} {}</p>", parts::said(&answer.reason))));
        }
    }
    let args = [("n", one.made.number.into())];
    parts::folded(&t.with("funds-reasons-of", &args), &inside)
}

/// `GET /money/{number}/what-if`.
pub async fn what_if(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<i64>,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let window = queries::by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    if window.phase(today(&house)) != Phase::Closed {
        return Err(record::Refusal::new("funds-too-early").status(409).into());
    }
    let published = weights(&window);
    let tried: Vec<i64> = published
        .iter()
        .enumerate()
        .map(|(at, own)| {
            let typed = asked(&query, &format!("w{at}")).parse().unwrap_or(*own);
            typed.clamp(0, WEIGHT_MAX)
        })
        .collect();
    let title = t.say("funds-what-if");
    let mut body = Html::join([parts::h1(&title), parts::line(&t.say("funds-what-if-lead"))]);
    let fields = window.terms.criteria.iter().zip(&tried).enumerate().map(|(at, (known, now))| {
        let (name, value) = (format!("w{at}"), now.to_string());
        let shape = Field {
            name: &name,
            label: &known.name,
            value: &value,
            required: true,
            kind: FieldKind::Number,
            length_max: Some(4),
            ..Field::default()
        };
        field::line(t, &shape)
    });
    let lang = field::hidden("lang", t.lang.code());
    let send = buttons([button(&Button::new(&t.say("funds-what-if-try"), Kind::Main))]);
    let inside = Html::join(std::iter::once(lang).chain(fields).chain([send]));
    body.push(&form(t, &Form::get(&format!("/money/{number}/what-if")), &inside));
    let all = queries::applications_of(&house, window.id).await?;
    let counted: Vec<&Application> = all.iter().filter(|one| one.counts()).collect();
    body.push(&moved(t, &window, &counted, (&published, &tried)));
    let back = parts::link(&visitor, &format!("/money/{number}"), &window.terms.name);
    body.push(&Html(format!("<p>{back}</p>")));
    Ok(Shown::street(title, body))
}

/// Each place as published and as tried, with what moved it.
fn moved(
    t: Tongue,
    window: &Window,
    all: &[&Application],
    (published, tried): (&[i64], &[i64]),
) -> Html {
    let (was, is) = (ranking::rank(all, published), ranking::rank(all, tried));
    let place =
        |all: &[Standing], id| all.iter().find(|own| own.id == id).and_then(|own| own.place);
    let shown = |place: Option<usize>| match place {
        Some(place) => t.number(i64::try_from(place).unwrap_or(0)),
        None => "–".to_owned(),
    };
    let rows: Vec<Vec<Html>> = is
        .iter()
        .filter_map(|own| {
            let one = all.iter().find(|one| one.id == own.id)?;
            let (from, to) = (place(&was, own.id), own.place);
            let why = if from == to {
                t.say("funds-moved-not")
            } else {
                because(t, window, ranking::because(all, own.id, (published, tried)))
            };
            let name = format!("F-{} · {}", one.made.number, one.made.body_name);
            Some(vec![parts::said(&name), text(&shown(from)), text(&shown(to)), text(&why)])
        })
        .collect();
    let columns = [
        Column::words(&t.say("funds-column-application")),
        Column::number(&t.say("funds-column-was")),
        Column::number(&t.say("funds-column-is")),
        Column::words(&t.say("funds-column-why")),
    ];
    table(&t.say("funds-what-if-table"), &columns, &rows)
}

fn because(t: Tongue, window: &Window, because: Option<ranking::Because>) -> String {
    let Some(because) = because else { return t.say("funds-moved-others") };
    let name = window.terms.criteria.get(because.criterion).map(|known| known.name.clone());
    let key = match (because.stronger, because.more) {
        (true, true) => "funds-moved-strong-more",
        (true, false) => "funds-moved-strong-less",
        (false, true) => "funds-moved-weak-more",
        (false, false) => "funds-moved-weak-less",
    };
    t.with(key, &[("criterion", name.unwrap_or_default().into())])
}
