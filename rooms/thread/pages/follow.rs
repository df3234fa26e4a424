//! Following a code: the way of a voice as a picture, the answers to it, and what the person may
//! do. Whoever has the code reads the way, never the words, the number or the place; a report that
//! only focal points can open looks like any voice.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::code as codes;
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::notice::{Notice, Tone, notice};
use page::components::quote::quote;
use page::components::thread::{Knot as Drawn, KnotState, thread};
use page::{Html, Tongue, text};
use record::{Refusal, day_of};

use super::front::{code_form, danger};
use super::{Asked, MISSES, asked, date_of, h1, h2, p, say, soft};
use crate::door::{House, Moved, Shown, Trouble, Visitor};
use crate::thread::queries::walked;
use crate::thread::rules::way::{Knot, Standing, Step, Trace, Why};
use crate::voices::queries::{Answer, by_code};
use crate::voices::{Code, Voice};

/// What a person may do with their word, in the order shown: the act, its picture.
const ACTS: [(&str, Icon); 6] = [
    ("see", Icon::Search),
    ("correct", Icon::Paper),
    ("show", Icon::Speak),
    ("unshow", Icon::Lock),
    ("withdraw", Icon::Hide),
    ("erase", Icon::No),
];
/// The picture of an act.
pub(super) fn icon_of(act: &str) -> Option<Icon> {
    ACTS.iter().find(|(known, _)| *known == act).map(|(_, picture)| *picture)
}

/// Rows of the field for corrected words.
const WORDS_ROWS: u8 = 5;

/// `GET /follow`: asks for a code, or goes to it.
pub(super) async fn ask(visitor: Visitor, query: Asked) -> Response {
    let t = visitor.tongue();
    let typed = asked(&query, "code");
    let wrong = match typed.parse::<Code>() {
        Ok(code) => {
            return Moved(visitor.link(&format!("/follow/{}", code.plain()))).into_response();
        }
        Err(_) if typed.is_empty() => None,
        Err(_) => Some(t.say("refused-code-wrong-advice")),
    };
    let mut body = h1(&text(&t.say("thread-front-follow")));
    body.push(&code_form(&visitor, "thread-code-label", typed, wrong.as_deref()));
    body.push(&soft(&t.say("thread-follow-other-ways")));
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Shown::street(t.say("thread-front-follow"), body).with_status(status).into_response()
}

/// `GET /follow/{code}`.
pub(super) async fn follow(
    State(house): State<House>,
    visitor: Visitor,
    Path(typed): Path<String>,
    query: Asked,
) -> Result<Shown, Trouble> {
    let (code, voice) = found(&house, &visitor, &typed).await?;
    let t = visitor.tongue();
    let act = asked(&query, "do");
    if let Some((act, _)) = ACTS.iter().find(|(known, _)| *known == act && !voice.erased) {
        return Ok(act_page(&visitor, &code, act, "", None));
    }
    let (trace, answers) = walked(&house, &voice).await?;
    let mut body = Html::none();
    if asked(&query, "new") == "1" {
        if asked(&query, "danger") == "1" {
            body.push(&danger(t, &house.city()));
        }
        body.push(&h1(&text(&t.say("thread-new-title"))));
        body.push(&codes::large(t, &code.to_string()));
    } else {
        let shown = codes::inline(&code.to_string());
        body.push(&h1(&Html(format!("{} {shown}", text(&t.say("thread-follow-title"))))));
    }
    if let Some(key) = said(asked(&query, "said")) {
        body.push(&notice(t, &Notice::new(Tone::Good, &t.say(key))));
    }
    body.push(&way_of(&visitor, &voice, &trace, &house.city().name));
    body.push(&words_of(t, &answers, voice.erased));
    if voice.asked_ms.is_some() {
        body.push(&question(&visitor, &code));
    }
    if !voice.erased {
        body.push(&acts(&visitor, &code));
    }
    Ok(Shown::street(t.say("thread-follow-title"), body))
}

/// The way of whatever bears this code, for whoever asks by it.
///
/// # Errors
/// It is no code, nothing bears it, or too many were tried from there.
pub async fn traced(house: &House, visitor: &Visitor, typed: &str) -> Result<Trace, Trouble> {
    let (_, voice) = found(house, visitor, typed).await?;
    Ok(walked(house, &voice).await?.0)
}

/// What a code stands for. Codes that are not there are counted, and too many close the door for
/// a while, so that nobody can try them all.
pub(super) async fn found(
    house: &House,
    visitor: &Visitor,
    typed: &str,
) -> Result<(Code, Voice), Trouble> {
    // A slip of the hand is no guess: only codes that are whole and unknown are counted.
    let code: Code = typed.parse().map_err(|_| Refusal::new("code-wrong").status(404))?;
    let origin = visitor.0.origin;
    // Counted before it is looked up: of many guesses sent at once, few are answered.
    if !house.limits().take(MISSES, origin, house.now_ms()) {
        return Err(Refusal::new("too-often").status(429).into());
    }
    let voice = by_code(house, &code).await?;
    let voice = voice.ok_or_else(|| Refusal::new("code-unknown").status(404))?;
    house.limits().give_back(MISSES, origin);
    Ok((code, voice))
}

/// What was just done, if the address says so.
fn said(what: &str) -> Option<&'static str> {
    match what {
        "yes" => Some("thread-said-yes"),
        "no" => Some("thread-said-no"),
        "corrected" => Some("thread-said-corrected"),
        "withdrawn" => Some("thread-said-withdrawn"),
        "shown" => Some("thread-said-shown"),
        "unshown" => Some("thread-said-unshown"),
        _ => None,
    }
}

/// The way as a picture, and a line above it when the person has taken something back.
fn way_of(visitor: &Visitor, voice: &Voice, trace: &Trace, city: &str) -> Html {
    let t = visitor.tongue();
    let mut out = Html::none();
    if let Some(day) = trace.forgotten_day {
        let words = t.html("thread-forgotten", &[("day", date_of(t, day).into())]);
        out.push(&notice(t, &Notice { tone: Tone::Info, words }));
    } else if voice.status == "withdrawn" {
        out.push(&notice(t, &Notice::new(Tone::Info, &t.say("thread-withdrawn"))));
    }
    out.push(&picture(visitor, &trace.knots, city));
    out
}

/// Knots as a picture, each leading to the page of what it refers to.
pub(super) fn picture(visitor: &Visitor, knots: &[Knot], city: &str) -> Html {
    let knots: Vec<Drawn> = knots.iter().map(|knot| drawn(visitor, knot, city)).collect();
    thread(visitor.tongue(), &knots)
}

/// Where what is referred to has its page: `N-88` is `/need/88`.
pub(super) fn page_of(refers: &str) -> Option<String> {
    let (letter, number) = refers.split_once('-')?;
    let folder = match letter {
        "N" => "need",
        "A" => "assembly",
        "D" => "decision",
        "T" => "task",
        "P" => "money/payment",
        "R" => "request",
        _ => return None,
    };
    Some(format!("/{folder}/{number}"))
}

fn drawn(visitor: &Visitor, knot: &Knot, city: &str) -> Drawn {
    let t = visitor.tongue();
    let name = t.say(match knot.step {
        Step::Voice => "knot-voice",
        Step::Read => "thread-knot-read",
        Step::Need => "knot-need",
        Step::Decision => "knot-decision",
        Step::Allocation => "knot-allocation",
        Step::Resources => "thread-knot-resources",
        Step::Answer => "knot-answer",
        Step::Action => "knot-action",
        Step::Confirmation => "knot-confirmation",
    });
    let state = match knot.state {
        Standing::Done => KnotState::Done,
        Standing::Waiting => KnotState::Pending,
        Standing::Broken => KnotState::Broken,
        Standing::NotYet => KnotState::NotYet,
    };
    let by = |day: i64| t.with("knot-by", &[("when", date_of(t, day).into())]);
    let when = knot.due_day.map(by).or_else(|| knot.day.map(|day| date_of(t, day)));
    let open = matches!(knot.state, Standing::Waiting | Standing::Broken);
    let yours = knot.step == Step::Confirmation || knot.why == Some(Why::AskedBack);
    let ended = knot.why == Some(Why::Declined);
    // What is asked of everybody waits for nobody by name.
    let anybody = knot.step == Step::Resources;
    let owner = match (&knot.body, yours) {
        _ if !open || ended || anybody => None,
        (Some(body), _) => Some(body.clone()),
        (None, true) => Some(t.say("thread-you")),
        (None, false) => Some(t.with("thread-desk", &[("city", city.into())])),
    };
    let name = match &knot.refers {
        Some(number) => format!("{name} {number}"),
        None => name,
    };
    let href = knot.refers.as_deref().and_then(page_of).map(|to| visitor.link(&to));
    Drawn { name, state, when, note: note(t, knot), owner, href }
}

fn note(t: Tongue, knot: &Knot) -> Option<String> {
    let said_day = || knot.day.map(|day| date_of(t, day)).unwrap_or_default();
    let body = knot.body.clone().unwrap_or_default();
    Some(match knot.why {
        Some(Why::Late) => t.say("thread-why-late"),
        Some(Why::Urgent) => t.say("thread-why-urgent"),
        Some(Why::AskedBack) => t.say("thread-why-asked-back"),
        Some(Why::Declined) => t.say("thread-why-declined"),
        Some(Why::Referred) => t.with("thread-why-referred", &[("body", body.into())]),
        Some(Why::SaidNotDone) => t.with("thread-why-not-done", &[("day", said_day().into())]),
        Some(Why::OthersSaidNotDone) => t.say("thread-why-others-not-done"),
        Some(Why::NotConfirmed) => t.say("thread-why-not-confirmed"),
        Some(Why::Called) => t.say("thread-why-called"),
        None if knot.state != Standing::Waiting => return None,
        None => match knot.step {
            Step::Read => t.say("thread-why-read"),
            Step::Answer => t.say("thread-why-answer"),
            // Without a day nobody has promised anything yet.
            Step::Action if knot.due_day.is_none() => return None,
            Step::Action => t.say("thread-why-action"),
            Step::Confirmation => t.say("thread-why-confirmation"),
            Step::Decision => t.say("thread-why-decision"),
            Step::Resources => t.say("thread-why-resources"),
            Step::Voice | Step::Need | Step::Allocation => return None,
        },
    })
}

/// What was answered, each with its day. The words of a forgotten voice's answers are gone too.
fn words_of(t: Tongue, answers: &[Answer], erased: bool) -> Html {
    let given: Vec<(&str, i64)> = answers
        .iter()
        .filter_map(|answer| Some((answer.words.as_deref()?, day_of(answer.at_ms))))
        .collect();
    if erased || given.is_empty() {
        return Html::none();
    }
    let mut out = h2(t, "thread-answers");
    for (words, day) in given {
        out.push(&quote(words, None, &text(&date_of(t, day))));
    }
    out
}

/// Did it arrive? Two buttons, and the word that shows who presses them.
fn question(visitor: &Visitor, code: &Code) -> Html {
    let t = visitor.tongue();
    let mut body = say(t, "thread-question-how");
    body.push(&word_field(t, None));
    let (yes, no) = (t.say("thread-answer-yes"), t.say("thread-answer-no"));
    // Both alike: nobody is led to say yes.
    let press = |label, value, icon| {
        let sends = Some(("arrived", value));
        button(&Button { icon: Some(icon), sends, ..Button::new(label, Kind::Other) })
    };
    body.push(&buttons([press(&yes, "yes", Icon::Ok), press(&no, "no", Icon::No)]));
    let to = visitor.link(&format!("/follow/{}/confirm", code.plain()));
    let mut out = h2(t, "thread-question");
    out.push(&form(t, &Form::post(&to, visitor.csrf()), &body));
    out
}

fn word_field(t: Tongue, wrong: Option<&str>) -> Html {
    let (label, hint) = (t.say("thread-word"), t.say("thread-word-hint"));
    field::line(
        t,
        &Field {
            name: "word",
            label: &label,
            hint: &hint,
            error: wrong,
            required: true,
            kind: field::Kind::Secret,
            ..Field::default()
        },
    )
}

/// The ways to one's own voice.
fn acts(visitor: &Visitor, code: &Code) -> Html {
    let t = visitor.tongue();
    let mut out = h2(t, "thread-yours");
    out.push(&soft(&t.say("thread-yours-how")));
    out.push(&buttons(ACTS.iter().map(|(act, icon)| {
        let to = visitor.link(&format!("/follow/{}?do={act}", code.plain()));
        link_button(&to, &t.say(&format!("thread-do-{act}")), Kind::Other, Some(*icon))
    })));
    out
}

/// The page of one act: what it does, and the word. When it was refused the page comes back with
/// what was typed, but never with the word.
pub(super) fn act_page(
    visitor: &Visitor,
    code: &Code,
    act: &str,
    typed: &str,
    refusal: Option<&Refusal>,
) -> Shown {
    let t = visitor.tongue();
    let wrong = refusal.map(|refusal| {
        let args: Vec<(&str, page::Arg)> =
            refusal.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        let what = t.with(&format!("refused-{}", refusal.code), &args);
        let advice = t.with(&format!("refused-{}-advice", refusal.code), &args);
        (refusal.code.starts_with("words-"), format!("{what}. {advice}"))
    });
    let wrong_in = |words: bool| wrong.as_ref().filter(|(at, _)| *at == words);
    let wrong_in = |words: bool| wrong_in(words).map(|(_, said)| said.as_str());
    let title = t.say(&format!("thread-do-{act}"));
    let mut body = h1(&text(&title));
    body.push(&p(&codes::inline(&code.to_string())));
    body.push(&say(t, &format!("thread-do-{act}-about")));
    let mut fields = Html::none();
    if act == "correct" {
        let label = t.say("thread-words-now");
        let words = Field {
            name: "words",
            label: &label,
            value: typed,
            error: wrong_in(true),
            required: true,
            ..Field::default()
        };
        fields.push(&field::area(t, &words, WORDS_ROWS));
    }
    fields.push(&word_field(t, wrong_in(false)));
    let kind = if act == "erase" { Kind::Grave } else { Kind::Main };
    let back = visitor.link(&format!("/follow/{}", code.plain()));
    fields.push(&buttons([
        button(&Button { icon: icon_of(act), ..Button::new(&title, kind) }),
        link_button(&back, &t.say("thread-back"), Kind::Other, Some(Icon::Back)),
    ]));
    let to = visitor.link(&format!("/follow/{}/{act}", code.plain()));
    body.push(&form(t, &Form::post(&to, visitor.csrf()), &fields));
    body.push(&h2(t, "thread-no-word"));
    body.push(&say(
        t,
        if act == "erase" { "thread-no-word-erase" } else { "thread-no-word-about" },
    ));
    let status = refusal.and_then(|refusal| StatusCode::from_u16(refusal.status).ok());
    Shown::street(title, body).with_status(status.unwrap_or_default())
}
