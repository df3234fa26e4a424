//! The roll: who is in the room by tally, counted by two people, and the women's share in giant
//! type. Big buttons add and take away one; without a script each press asks the node. No names,
//! and nothing that shows who is displaced or disabled.

use axum::extract::{Path, Query, State};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::field;
use page::components::form::{Form, form};
use page::components::notice::{Notice, Tone, notice};
use page::{Html, Tongue, text};
use record::Id;
use serde::Deserialize;

use super::super::acts;
use super::super::queries;
use super::super::rules::meeting::Counting;
use super::super::rules::{BodyRules, Counts, Lack, PEOPLE_MAX, quorum, sheet};
use super::super::views::{Assembly, Counted};
use super::parts::{self, Asked, line, part, said_as, the_one};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};

/// What is counted, in the order of the page; the last three are age bands and may stay empty.
const CELLS: [(&str, &str); 6] = [
    ("women", "assemblies-women"),
    ("men", "assemblies-men"),
    ("other", "assemblies-other"),
    ("young", "assemblies-age-young"),
    ("grown", "assemblies-age-grown"),
    ("old", "assemblies-age-old"),
];

/// A count under way, in the address and in the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tally {
    moment: String,
    of: String,
    counter: String,
    women: String,
    men: String,
    other: String,
    young: String,
    grown: String,
    old: String,
    step: String,
}

impl Tally {
    fn cell(&self, name: &str) -> &str {
        match name {
            "women" => &self.women,
            "men" => &self.men,
            "other" => &self.other,
            "young" => &self.young,
            "grown" => &self.grown,
            _ => &self.old,
        }
    }

    fn moment(&self) -> &str {
        if self.moment == "vote" { "vote" } else { "arrival" }
    }

    fn counter(&self) -> &str {
        if self.counter == "2" { "2" } else { "1" }
    }

    /// The same, with one more or one less of what a button names (`women+1`, `men-1`).
    fn stepped(&self) -> Tally {
        let mut next = self.clone();
        next.step = String::new();
        let step = [("+1", 1), ("-1", -1)];
        let named = step.into_iter().find_map(|(end, by)| Some((self.step.strip_suffix(end)?, by)));
        let Some((name, by)) = named else { return next };
        let now = sheet::number(self.cell(name)).unwrap_or(0);
        let then = (now + by).clamp(0, PEOPLE_MAX).to_string();
        match name {
            "women" => next.women = then,
            "men" => next.men = then,
            "other" => next.other = then,
            "young" => next.young = then,
            "grown" => next.grown = then,
            "old" => next.old = then,
            _ => {}
        }
        next
    }

    fn address(&self, id: Id) -> String {
        let safe =
            |typed: &str| typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let cells = CELLS.map(|(name, _)| format!("&{name}={}", safe(self.cell(name)))).concat();
        let (moment, counter, of) = (self.moment(), self.counter(), safe(&self.of));
        format!("/desk/assemblies/{id}/roll?moment={moment}&counter={counter}&of={of}{cells}")
    }

    fn counts(&self) -> Result<Counts, record::Refusal> {
        let has_ages = [&self.young, &self.grown, &self.old].iter().any(|n| !n.trim().is_empty());
        let ages = if has_ages {
            let number = sheet::number;
            Some([number(&self.young)?, number(&self.grown)?, number(&self.old)?])
        } else {
            None
        };
        Ok(Counts {
            women: sheet::number(&self.women)?,
            men: sheet::number(&self.men)?,
            other: sheet::number(&self.other)?,
            ages,
        })
    }
}

/// `GET /desk/assemblies/{id}/roll`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(tally): Query<Tally>,
) -> Result<Shown, Trouble> {
    let assembly = the_one(&house, &id).await?;
    Ok(form_page(&visitor, &assembly, &tally))
}

fn form_page(visitor: &Visitor, assembly: &Assembly, tally: &Tally) -> Shown {
    let t = visitor.tongue();
    let mut fields = Html::join([
        field::hidden("moment", tally.moment()),
        field::hidden("of", &tally.of),
        field::hidden("counter", tally.counter()),
    ]);
    for (at, (name, key)) in CELLS.iter().enumerate() {
        if at == 3 {
            fields.push(&part(t, "assemblies-ages"));
            fields.push(&line(t, "assemblies-ages-lead"));
        }
        fields.push(&cell(t, name, &t.say(key), tally.cell(name)));
    }
    fields.push(&buttons([button(&Button::new(&t.say("assemblies-count-keep"), Kind::Main))]));
    let to = visitor.link(&format!("/desk/assemblies/{}/roll", assembly.id));
    let moment = t.say(&format!("assemblies-moment-{}", tally.moment()));
    let counter = t.with("assemblies-counter", &[("n", tally.counter().into())]);
    let body = Html::join([
        parts::para(&said_as(assembly)),
        Html(format!("<p class=lead>{} · {}</p>", text(&moment), text(&counter))),
        line(t, "assemblies-count-lead"),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ]);
    parts::shown(visitor, &t.say("assemblies-roll"), &Asked::default(), body)
}

/// A number between a minus and a plus. Enter in the field must keep the count and not press a
/// minus, so the form's first button is one that nobody sees.
fn cell(t: Tongue, name: &str, label: &str, value: &str) -> Html {
    let (less, more) = (t.say("assemblies-less"), t.say("assemblies-more"));
    let press = |mark: &str, said: &str, by: &str| {
        format!(
            "<button class=b name=step value=\"{name}{by}\" data-step=\"{name}\" \
             aria-label=\"{}\">{mark}</button>",
            text(&format!("{label}: {said}"))
        )
    };
    let first = if name == "women" {
        "<button class=vh tabindex=-1 aria-hidden=true></button>"
    } else {
        ""
    };
    Html(format!(
        "<div class=\"f tally\">{first}<label for=\"{name}\">{}</label>{}<input type=text \
         inputmode=numeric pattern=\"[0-9]*\" maxlength=6 autocomplete=off id=\"{name}\" \
         name=\"{name}\" value=\"{}\">{}</div>",
        text(label),
        press("−", &less, "-1"),
        text(value),
        press("+", &more, "+1"),
    ))
}

/// `POST /desk/assemblies/{id}/roll`: one more or one less, or the count as it is.
pub(super) async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(tally): Sent<Tally>,
) -> Result<axum::response::Response, Trouble> {
    use axum::response::IntoResponse as _;
    let assembly = the_one(&house, &id).await?;
    if !tally.step.is_empty() {
        return Ok(Moved(visitor.link(&tally.stepped().address(assembly.id))).into_response());
    }
    match keep(&house, &visitor, &assembly, &tally).await {
        Ok(moved) => Ok(moved.into_response()),
        Err(Trouble::Refused(refusal)) => {
            let page = form_page(&visitor, &assembly, &tally);
            Ok(parts::again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn keep(
    house: &House,
    visitor: &Visitor,
    assembly: &Assembly,
    tally: &Tally,
) -> Result<Moved, Trouble> {
    let asked = Counting {
        moment: tally.moment().to_owned(),
        of: tally.of.parse().ok(),
        counter: if tally.counter() == "2" { 2 } else { 1 },
        counts: tally.counts()?,
        ..Counting::default()
    };
    acts::count(house, visitor, assembly.id, asked).await?;
    Ok(Moved(visitor.link(&format!("/desk/assemblies/{}?done=counted", assembly.id))))
}

/// Who is in the room, as far as both counters agree, with the ways to count.
pub(super) async fn section(
    house: &House,
    visitor: &Visitor,
    assembly: &Assembly,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let rules = queries::rules_of(house, assembly.body).await?;
    let mut out = part(t, "assemblies-roll");
    for moment in ["arrival", "vote"] {
        let counted = assembly.counted.iter().rev().find(|counted| counted.moment == moment);
        out.push(&Html(format!(
            "<h3>{}</h3>",
            text(&t.say(&format!("assemblies-moment-{moment}")))
        )));
        out.push(&match counted {
            Some(counted) => found(t, counted, &rules),
            None => line(t, "assemblies-not-counted"),
        });
        if assembly.status() == "open" {
            let of = counted.and_then(|c| c.of).map(|of| of.to_string()).unwrap_or_default();
            let ways = ["1", "2"].map(|n| {
                let to = format!(
                    "/desk/assemblies/{}/roll?moment={moment}&counter={n}&of={of}",
                    assembly.id
                );
                let label = t.with("assemblies-counter", &[("n", n.into())]);
                link_button(&visitor.link(&to), &label, Kind::Other, None)
            });
            out.push(&buttons(ways));
        }
    }
    Ok(out)
}

/// The women's share in giant type once both agree; what to do while they do not.
fn found(t: Tongue, counted: &Counted, rules: &BodyRules) -> Html {
    if counted.differs() {
        return notice(t, &Notice::new(Tone::Bad, &t.say("assemblies-recount")));
    }
    match counted.agreed() {
        Some(counts) => giant(t, &counts, rules),
        None => notice(t, &Notice::new(Tone::Info, &t.say("assemblies-one-counted"))),
    }
}

/// "26 of 41 women: quorate", to be read across a hall.
fn giant(t: Tongue, counts: &Counts, rules: &BodyRules) -> Html {
    let found = quorum(counts, rules);
    let args = [("women", counts.women.into()), ("all", found.present.into())];
    let share = t.with("assemblies-women-of", &args);
    let word = if found.quorate { "assemblies-quorate" } else { "assemblies-not-quorate" };
    let tone = if found.quorate { Tone::Good } else { Tone::Bad };
    let mut out = Html(format!(
        "<p class=giant><b>{}</b> {}</p>",
        text(&share),
        page::components::tag::tag(tone, &t.say(word))
    ));
    for lack in &found.why {
        let words = match lack {
            Lack::People { present, min } => t.with(
                "assemblies-lack-people",
                &[("n", (*present).into()), ("min", (*min).into())],
            ),
            Lack::Women { min, .. } => t.with(
                "assemblies-lack-women",
                &[
                    ("women", counts.women.into()),
                    ("all", found.present.into()),
                    ("min", (*min).into()),
                ],
            ),
        };
        out.push(&notice(t, &Notice::new(Tone::Warn, &words)));
    }
    let split = [("women", counts.women), ("men", counts.men), ("other", counts.other)];
    let split = split.map(|(name, n)| (name, n.into()));
    out.push(&parts::para(&t.with("assemblies-split", &split)));
    if let Some([young, grown, old]) = counts.ages {
        let ages = [("young", young), ("grown", grown), ("old", old)];
        out.push(&parts::para(&t.with("assemblies-ages-said", &ages.map(|(k, n)| (k, n.into())))));
    }
    out
}
