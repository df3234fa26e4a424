//! The paper sheet of an assembly, on A4: agenda, boxes to count in, sums to make by hand, places
//! to sign. With an assembly it is filled in as far as is known; blank it serves without any node.

use axum::extract::{Path, State};
use page::{Html, Tongue, text};

use super::super::rules::meeting::WITNESSES_MIN;
use super::super::views::Assembly;
use super::parts::{area_name, body_name, said_as, the_one, when};
use crate::decisions;
use crate::door::{House, Shown, Trouble, Visitor};

/// Lines for an agenda written by hand.
const BLANK_LINES: usize = 6;
/// Motions that can be written by hand.
const BLANK_MOTIONS: usize = 2;

/// `GET /desk/assemblies/{id}/sheet`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let assembly = the_one(&house, &id).await?;
    let head = [
        ("assemblies-body", body_name(&house, t, assembly.body).await?),
        ("assemblies-area", area_name(&house, t, assembly.area)),
        ("assemblies-place", assembly.place.clone()),
        ("assemblies-when", when(&house, t, assembly.starts_ms)),
    ];
    let title = said_as(&assembly);
    let motions = decisions::of_assembly(&house, assembly.id).await?;
    let motions = if motions.is_empty() {
        blank_motions(t)
    } else {
        Html::join(motions.iter().map(|motion| decisions::sheet_rows(t, motion)))
    };
    Ok(Shown::desk(title.clone(), paper(t, &title, &head, Some(&assembly), &motions)))
}

/// `GET /desk/assemblies/sheet`: for a place without a node, or a morning without power.
pub(super) async fn blank(visitor: Visitor) -> Shown {
    let t = visitor.tongue();
    let keys = ["assemblies-body", "assemblies-area", "assemblies-place", "assemblies-when"];
    let head = keys.map(|key| (key, String::new()));
    let title = t.say("assemblies-sheet-blank");
    Shown::desk(title.clone(), paper(t, &t.say("assemblies-sheet"), &head, None, &blank_motions(t)))
}

fn paper(
    t: Tongue,
    title: &str,
    head: &[(&str, String)],
    assembly: Option<&Assembly>,
    motions: &Html,
) -> Html {
    let head = head.iter().map(|(key, value)| {
        let value = if value.is_empty() { rule() } else { page::html::bdi(value) };
        Html(format!("<div><dt>{}</dt><dd>{value}</dd></div>", text(&t.say(key))))
    });
    Html::join([
        Html(format!("<div class=paper><h1 dir=auto>{}</h1>", text(title))),
        Html(format!("<p class=hint>{}</p>", text(&t.say("assemblies-sheet-lead")))),
        Html(format!("<dl class=facts>{}</dl>", Html::join(head))),
        chair(t),
        agenda(t, assembly),
        tally(t, "assemblies-moment-arrival", true),
        tally(t, "assemblies-moment-vote", false),
        Html(format!("<h2>{}</h2>", text(&t.say("decisions-motions")))),
        motions.clone(),
        spoken(t),
        women(t),
        signatures(t),
        Html("</div>".to_owned()),
    ])
}

/// A line to write on.
fn rule() -> Html {
    Html("<span class=rule></span>".to_owned())
}

/// A box to tick.
fn tick(words: &str) -> String {
    format!("<span class=tickbox></span> {}", text(words))
}

fn chair(t: Tongue) -> Html {
    let (woman, not, nobody) =
        (t.say("assemblies-woman"), t.say("assemblies-not-woman"), t.say("assemblies-nobody"));
    Html(format!(
        "<p><b>{}</b> {} {} <b>{}</b> {} {} {}</p><p>{} {}</p>",
        text(&t.say("assemblies-chair")),
        tick(&woman),
        tick(&not),
        text(&t.say("assemblies-co-chair")),
        tick(&woman),
        tick(&not),
        tick(&nobody),
        text(&t.say("assemblies-exception")),
        rule(),
    ))
}

fn agenda(t: Tongue, assembly: Option<&Assembly>) -> Html {
    let items: String = match assembly {
        Some(assembly) if !assembly.items.is_empty() => assembly
            .items
            .iter()
            .map(|item| format!("<li dir=auto>{}</li>", text(&item.title)))
            .collect(),
        _ => format!("<li>{}</li>", rule()).repeat(BLANK_LINES),
    };
    Html(format!("<h2>{}</h2><ol>{items}</ol>", text(&t.say("assemblies-agenda"))))
}

/// Boxes for both counters, each row with its own sum; ages only at the arrival.
fn tally(t: Tongue, key: &str, ages: bool) -> Html {
    let columns = ["assemblies-women", "assemblies-men", "assemblies-other", "assemblies-sum"];
    let counter = |n: &str| t.with("assemblies-counter", &[("n", n.into())]);
    let mut out = boxes(t, &t.say(key), &columns, &[counter("1"), counter("2")]);
    if ages {
        let columns = [
            "assemblies-age-young",
            "assemblies-age-grown",
            "assemblies-age-old",
            "assemblies-sum",
        ];
        out.push(&boxes(t, &t.say("assemblies-ages"), &columns, &[t.say("assemblies-all")]));
    }
    out
}

fn boxes(t: Tongue, caption: &str, columns: &[&str], rows: &[String]) -> Html {
    let head: String =
        columns.iter().map(|key| format!("<th scope=col>{}</th>", text(&t.say(key)))).collect();
    let cells = "<td class=box></td>".repeat(columns.len().saturating_sub(1));
    let body: String = rows
        .iter()
        .map(|row| {
            format!("<tr><th scope=row>{}</th>{cells}<td class=\"box sum\"></td></tr>", text(row))
        })
        .collect();
    Html(format!(
        "<table><caption>{}</caption><thead><tr><th></th>{head}</tr></thead>\
         <tbody>{body}</tbody></table>",
        text(caption)
    ))
}

/// Boxes for motions that nobody has typed: a line for the words, each choice, counted by two.
fn blank_motions(t: Tongue) -> Html {
    let groups = ["assemblies-women", "assemblies-men", "assemblies-other"];
    let mut head = format!("<th scope=col>{}</th>", text(&t.say("decisions-choice")));
    for n in ["1", "2"] {
        let counter = t.with("assemblies-counter", &[("n", n.into())]);
        for group in groups {
            let (counter, group) = (text(&counter), text(&t.say(group)));
            head.push_str(&format!("<th scope=col>{counter}<br>{group}</th>"));
        }
    }
    let boxes = "<td class=box></td>".repeat(groups.len() * 2);
    let keys = ["decisions-choice-yes", "decisions-choice-no", "decisions-choice-abstain"];
    let rows = keys
        .into_iter()
        .chain(["assemblies-sum"])
        .map(|key| format!("<tr><th scope=row>{}</th>{boxes}</tr>", text(&t.say(key))));
    let table = format!(
        "<table><caption>{}</caption><thead><tr>{head}</tr></thead><tbody>{}</tbody></table>",
        rule(),
        rows.collect::<String>()
    );
    Html(table.repeat(BLANK_MOTIONS))
}

fn spoken(t: Tongue) -> Html {
    let columns = ["assemblies-women", "assemblies-men", "assemblies-other", "assemblies-sum"];
    boxes(t, &t.say("assemblies-spoken"), &columns, &[t.say("assemblies-minutes")])
}

fn women(t: Tongue) -> Html {
    Html(format!(
        "<h2>{}</h2><p>{} {}</p><p>{}</p><p>{}</p>",
        text(&t.say("assemblies-women-session")),
        tick(&t.say("assemblies-yes")),
        tick(&t.say("assemblies-no")),
        rule(),
        rule(),
    ))
}

fn signatures(t: Tongue) -> Html {
    let counter = |n: &str| t.with("assemblies-counter", &[("n", n.into())]);
    let sign = |who: &str| {
        format!("<tr><th scope=row>{}</th><td class=box></td><td class=box></td></tr>", text(who))
    };
    let witness = t.say("assemblies-witness");
    let witnesses = (0..WITNESSES_MIN).map(|_| sign(&witness)).collect::<String>();
    Html(format!(
        "<table><caption>{}</caption><thead><tr><th></th><th scope=col>{}</th>\
         <th scope=col>{}</th></tr></thead><tbody>{}{}{witnesses}</tbody></table>\
         <p class=hint>{}</p>",
        text(&t.say("assemblies-sign")),
        text(&t.say("assemblies-sign-group")),
        text(&t.say("assemblies-sign-mark")),
        sign(&counter("1")),
        sign(&counter("2")),
        text(&t.say("assemblies-sheet-after")),
    ))
}
