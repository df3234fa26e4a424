//! The thread: the knots from a voice to its answer, and where it waits or broke.
//!
//! A rope runs down the page through the knots. Where it has been walked it is whole; ahead it is
//! dashed; where a promise broke, it is cut. It reads from top to bottom on a phone of 360 pixels
//! and as an ordered list with every state in words.
//!
//! Never: it never hides a broken knot, and never says who spoke.

use crate::components::Example;
use crate::components::icon::{Icon, icon};
use crate::components::notice::Tone;
use crate::components::table::{Column, table};
use crate::components::tag::tag;
use crate::html::{Html, href, text};
use crate::tongue::Tongue;

/// How a knot stands.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum KnotState {
    /// Tied.
    Done,
    /// Being waited for now.
    Pending,
    /// It was promised and did not happen, or somebody said no.
    Broken,
    /// Its turn has not come.
    NotYet,
}

impl KnotState {
    fn class(self) -> &'static str {
        match self {
            KnotState::Done => "done",
            KnotState::Pending => "pending",
            KnotState::Broken => "broken",
            KnotState::NotYet => "notyet",
        }
    }

    fn word(self, t: Tongue) -> String {
        t.say(match self {
            KnotState::Done => "knot-done",
            KnotState::Pending => "knot-pending",
            KnotState::Broken => "knot-broken",
            KnotState::NotYet => "knot-notyet",
        })
    }
}

/// One knot, in the reader's language.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Knot {
    /// Voice, need, decision, allocation, action, answer, confirmation.
    pub name: String,
    /// How it stands.
    pub state: KnotState,
    /// When it was tied, or by when it is promised.
    pub when: Option<String>,
    /// Its clock, its reason, what changed.
    pub note: Option<String>,
    /// Who has to act.
    pub owner: Option<String>,
    /// Where this knot has a page of its own.
    pub href: Option<String>,
}

/// The thread: one sentence on how far it has come, the picture, and the same as a table.
pub fn thread(t: Tongue, knots: &[Knot]) -> Html {
    let items: String = knots.iter().map(|knot| item(t, knot)).collect();
    Html(format!(
        "<div class=thread-box><p class=lead>{}</p><ol class=thread>{items}</ol>\
         <details class=as-table><summary>{}</summary>{}</details></div>",
        summary(t, knots),
        text(&t.say("as-table")),
        thread_table(t, knots),
    ))
}

/// How far the thread has come, in one sentence that can be read aloud.
pub fn summary(t: Tongue, knots: &[Knot]) -> Html {
    let done = knots.iter().filter(|knot| knot.state == KnotState::Done).count();
    let counts = [("done", count(done)), ("all", count(knots.len()))];
    if !knots.is_empty() && done == knots.len() {
        return t.html("thread-whole", &counts);
    }
    let open = |state| knots.iter().find(|knot| knot.state == state);
    let (key, knot) = match (open(KnotState::Broken), open(KnotState::Pending)) {
        (Some(knot), _) => ("thread-broken", Some(knot)),
        (None, Some(knot)) => ("thread-waiting", Some(knot)),
        (None, None) => ("thread-so-far", None),
    };
    let name = knot.map(|knot| knot.name.clone()).unwrap_or_default();
    let [done, all] = counts;
    t.html(key, &[done, all, ("name", name.into())])
}

fn count(n: usize) -> crate::tongue::Arg {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

fn item(t: Tongue, knot: &Knot) -> String {
    let tone = match knot.state {
        KnotState::Done => None,
        KnotState::Pending => Some(Tone::Warn),
        KnotState::Broken => Some(Tone::Bad),
        KnotState::NotYet => None,
    };
    let word = knot.state.word(t);
    // Open knots wear their state as a tag and their clock on a line of its own; a tied or coming
    // one says both quietly beside its name, so that a whole thread fits a phone's screen.
    let state = match (tone, knot.when.as_deref()) {
        (Some(tone), _) => tag(tone, &word),
        (None, Some(when)) => {
            Html(format!("<span class=soft>{} · {}</span>", text(&word), text(when)))
        }
        (None, None) => Html(format!("<span class=soft>{}</span>", text(&word))),
    };
    let current = if knot.state == KnotState::Pending { " aria-current=step" } else { "" };
    let line = |class: &str, words: &Option<String>| {
        let words = words.as_deref().map(text);
        words.map(|words| format!("<p class={class}>{words}</p>")).unwrap_or_default()
    };
    let owner = knot.owner.as_deref().map(|owner| {
        let key = if tone.is_some() { "knot-owner-open" } else { "knot-owner" };
        let waits = t.html(key, &[("owner", owner.into())]);
        format!("<p class=owner>{}<span>{waits}</span></p>", icon(Icon::People))
    });
    let when = knot.when.as_deref().filter(|_| tone.is_some());
    let clock = when
        .map(|when| format!("<p class=when>{}<span>{}</span></p>", icon(Icon::Clock), text(when)));
    format!(
        "<li class={}{current}>{}<div><p class=name><b>{}</b> {state}</p>{}{}{}</div></li>",
        knot.state.class(),
        knot_picture(knot.state),
        name(knot),
        clock.unwrap_or_default(),
        line("note", &knot.note),
        owner.unwrap_or_default(),
    )
}

/// The name of a knot, leading to its page where it has one.
fn name(knot: &Knot) -> Html {
    match &knot.href {
        Some(to) => Html(format!("<a href=\"{}\">{}</a>", href(to), text(&knot.name))),
        None => text(&knot.name),
    }
}

/// One knot as a drawing of 32 by 32: a tick in a bead, a clock, a cut, an empty ring.
fn knot_picture(state: KnotState) -> Html {
    let drawing = match state {
        KnotState::Done => {
            "<circle class=k-fill cx=16 cy=16 r=13 />\
             <path class=k-on d=\"M10 16.500l4.5 4.5 8-9\"/>"
        }
        KnotState::Pending => {
            "<circle class=k-ground cx=16 cy=16 r=13 /><circle class=k-line cx=16 cy=16 r=13 />\
             <path class=k-line d=\"M16 8.500V16l5 3.5\"/>"
        }
        KnotState::Broken => {
            "<path class=k-fill d=\"M11 2h10l9 9v10l-9 9H11l-9-9V11z\"/>\
             <path class=k-on d=\"M11 11l10 10M21 11 11 21\"/>"
        }
        KnotState::NotYet => {
            "<circle class=k-ground cx=16 cy=16 r=10 /><circle class=k-line cx=16 cy=16 r=10 \
             stroke-dasharray=\"4 4\"/>"
        }
    };
    Html(format!(
        "<svg class=knot viewBox=\"0 0 32 32\" width=32 height=32 fill=none \
         stroke=currentColor stroke-width=3 stroke-linecap=round stroke-linejoin=round \
         aria-hidden=true>{drawing}</svg>"
    ))
}

/// The thread as a line of small knots, for a list where many threads are compared.
pub fn thread_line(t: Tongue, knots: &[Knot]) -> Html {
    let step = 20;
    let width = step * i64::try_from(knots.len()).unwrap_or(0).max(1);
    let mut drawing = String::new();
    for (index, knot) in (0..).zip(knots) {
        let x = step * index + step / 2;
        if index > 0 {
            let walked = matches!(knot.state, KnotState::Done | KnotState::Pending);
            let class = if walked { "l-walked" } else { "l-ahead" };
            let begin = x - step;
            drawing.push_str(&format!("<path class={class} d=\"M{begin} 10h{step}\"/>"));
        }
    }
    for (index, knot) in (0..).zip(knots) {
        let x = step * index + step / 2;
        let class = knot.state.class();
        drawing.push_str(&match knot.state {
            KnotState::Broken => {
                format!("<path class=\"l {class}\" d=\"M{x} 2l8 8-8 8-8-8z\"/>")
            }
            KnotState::NotYet => format!("<circle class=\"l {class}\" cx={x} cy=10 r=4 />"),
            _ => format!("<circle class=\"l {class}\" cx={x} cy=10 r=6 />"),
        });
    }
    let said = summary(t, knots).0.replace("<bdi>", "").replace("</bdi>", "");
    Html(format!(
        "<svg class=thread-line viewBox=\"0 0 {width} 20\" width={width} height=20 fill=none \
         stroke=currentColor stroke-width=3 role=img aria-label=\"{said}\">{drawing}</svg>"
    ))
}

/// The thread as a table.
pub fn thread_table(t: Tongue, knots: &[Knot]) -> Html {
    let columns = ["column-step", "column-state", "column-when", "column-who", "column-note"]
        .map(|key| Column::words(&t.say(key)));
    let words = |words: &Option<String>| text(words.as_deref().unwrap_or_default());
    let rows: Vec<Vec<Html>> = knots
        .iter()
        .map(|knot| {
            vec![
                name(knot),
                text(&knot.state.word(t)),
                words(&knot.when),
                words(&knot.owner),
                words(&knot.note),
            ]
        })
        .collect();
    table(&t.say("thread-caption"), &columns, &rows)
}

/// A thread that waits, one that broke, one that is whole, and the line.
pub fn examples(t: Tongue) -> Vec<Example> {
    use KnotState::{Broken, Done, NotYet, Pending};
    let waiting = example(t, [Done, Done, Done, Done, Pending, NotYet, NotYet]);
    let broken = example(t, [Done, Done, Done, Done, Broken, NotYet, NotYet]);
    let whole = example(t, [Done; 7]);
    let lines: Html = [&waiting, &broken, &whole]
        .into_iter()
        .map(|knots| Html(format!("<p>{}</p>", thread_line(t, knots))))
        .collect();
    vec![
        Example::new("waiting", thread(t, &waiting)),
        Example::new("broken", thread(t, &broken)),
        Example::new("as a line, for lists", lines),
    ]
}

fn example(t: Tongue, states: [KnotState; 7]) -> Vec<Knot> {
    let names = ["voice", "need", "decision", "allocation", "action", "answer", "confirmation"];
    let day = |n: i64| t.weekday_at(1_772_500_000_000 + n * crate::calendar::DAY_MS, 0);
    (0..)
        .zip(names.into_iter().zip(states))
        .map(|(index, (name, state))| {
            let open = matches!(state, KnotState::Pending | KnotState::Broken);
            let note = match state {
                KnotState::Pending => Some(t.say("example-knot-waits")),
                KnotState::Broken => Some(t.say("example-knot-broke")),
                KnotState::Done if index == 2 => Some(t.say("example-knot-reason")),
                _ => None,
            };
            Knot {
                name: t.say(&format!("knot-{name}")),
                state,
                when: match state {
                    KnotState::NotYet => None,
                    KnotState::Pending => Some(t.with("knot-by", &[("when", day(index).into())])),
                    _ => Some(day(index)),
                },
                note,
                owner: open.then(|| t.say("example-owner")),
                href: (index == 2).then(|| "#example".to_owned()),
            }
        })
        .collect()
}
