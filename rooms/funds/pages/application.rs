//! `/desk/application/{id}`: one application for the desk: who vouches, who scores and who is too
//! close to it, what is decided and why, and appeals that another body answers.

use axum::extract::{Path, State};
use page::components::button::{Button, Kind as ButtonKind, button, buttons, link_button};
use page::components::field::{self, Field, Kind};
use page::components::form::{Form as Around, form};
use page::components::notice::notice;
use page::components::number::facts;
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::Refusal;

use super::apply::{decision_typed, needs_typed};
use super::fields::{self, Form, Shape, drawn, sent, ticked};
use super::parts::{self, Asked, asked, id_of};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::funds::acts;
use crate::funds::queries;
use crate::funds::records::{ApplicationAppealAnswered, ApplicationPointed, Score};
use crate::funds::rules::application::{POINTS_MAX, Verdict};
use crate::funds::rules::{SCORE_CHARS_MAX, money};
use crate::funds::views::{Application, Window};

/// What can be done, with the fields it needs; scores have fields of their own.
const ACTS: [(&str, &[(&str, Shape)]); 7] = [
    ("point", &[("needs", Shape::LinePerhaps), ("decision", Shape::LinePerhaps)]),
    ("vouch", &[("by", Shape::OwnBody)]),
    ("score", &[]),
    ("conflict", &[("words", Shape::Long)]),
    (
        "fund",
        &[
            ("amount", Shape::Amount),
            ("pool", Shape::Pool),
            ("reason", Shape::Long),
            ("departs", Shape::LongPerhaps),
        ],
    ),
    ("decline", &[("reason", Shape::Long), ("would_change", Shape::Long)]),
    ("answer", &[("by", Shape::OwnBody), ("stands", Shape::Tick), ("reason", Shape::Long)]),
];

async fn found(house: &House, id: &str) -> Result<(Application, Window), Trouble> {
    let application = queries::application(house, id_of(id)?).await?.ok_or(Trouble::NotFound)?;
    let window = queries::window(house, application.made.window).await?;
    Ok((application, window.ok_or(Trouble::NotFound)?))
}

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let (application, window) = found(&house, &id).await?;
    let title = format!("F-{} · {}", application.made.number, application.made.what);
    let mut body = parts::h1(&title);
    let tag = parts::status_tag(t, &application);
    body.push(&Html(format!("<p class=tags>{tag}</p>")));
    body.push(&known(&house, t, &application, &window).await?);
    if super::desk::may_keep(&visitor) {
        body.push(&ways(&visitor, &application, &window));
    }
    if let Some(routed) = &application.routed {
        let names = parts::body_names(&house).await?;
        let args = [("to", parts::body_name(&names, t, Some(routed.to)).into())];
        let words = t.with("funds-routed", &args);
        body.push(&notice(t, &Notice::new(Tone::Warn, &words)));
    }
    body.push(&scores(t, &application, &window));
    for appeal in &application.appeals {
        let why = text(&t.say("funds-appeal-said"));
        body.push(&Html(format!("<p>{why} {}</p>", parts::said(&appeal.said.why))));
    }
    let name = format!("W-{} · {}", window.number, window.terms.name);
    let back = parts::link(&visitor, &format!("/desk/money/{}", window.id), &name);
    body.push(&Html(format!("<p>{back}</p>")));
    let page = Shown::desk(title, body);
    if asked(&query, "done").is_empty() {
        return Ok(page);
    }
    Ok(page.noticing(Notice::new(Tone::Good, &t.say("funds-done"))))
}

async fn known(
    house: &House,
    t: Tongue,
    application: &Application,
    window: &Window,
) -> Result<Html, Trouble> {
    let made = &application.made;
    let names = [
        "body", "kind", "area", "people", "amount", "how", "channel", "needs", "vouched", "why",
        "decision", "pointed",
    ];
    let labels = names.map(|key| t.say(&format!("funds-fact-{key}")));
    let [body, kind, area, people, amount, how, channel, needs, vouched, why, decision, pointed] =
        &labels;
    let mut numbers = Vec::new();
    for need in &made.needs {
        let need = crate::needs::need(house, *need).await?;
        numbers.extend(need.map(|need| crate::needs::title_line(t, &need)));
    }
    let mut all: Vec<(&str, Html)> = vec![
        (body, parts::said(&made.body_name)),
        (kind, text(&t.say(&format!("people-constituency-{}", made.kind)))),
        (area, text(&parts::area_name(house, t, application.area))),
        (people, text(&t.number(made.people))),
        (amount, parts::amount_html(t, made.amount_minor, &window.terms.currency)),
        (how, parts::said(&made.how)),
        (channel, text(&t.say(&format!("voices-channel-{}", made.channel)))),
    ];
    if !numbers.is_empty() {
        all.push((needs, parts::said(&numbers.join("; "))));
    } else if made.decision.is_none() {
        all.push((needs, tag(Tone::Warn, &t.say("funds-needs-missing"))));
    }
    if let Some(id) = made.decision
        && let Some(known) = crate::decisions::decision(house, id).await?
    {
        all.push((decision, parts::said(&format!("D-{} · {}", known.number, known.title))));
    }
    if application.pointed {
        all.push((pointed, text(&t.say("funds-pointed"))));
    }
    if made.body.is_none() {
        let bodies = parts::body_names(house).await?;
        let own = application.vouchers.iter();
        let own: Vec<String> =
            own.map(|one| parts::body_name(&bodies, t, Some(one.body))).collect();
        let said = if own.is_empty() { t.say("funds-nobody") } else { own.join(", ") };
        all.push((vouched, parts::said(&said)));
    }
    if let Some(decided) = &application.decided {
        all.push((why, parts::said(&decided.reason)));
    }
    Ok(facts(&all))
}

/// What can be done with it now.
fn ways(visitor: &Visitor, application: &Application, window: &Window) -> Html {
    let t = visitor.tongue();
    let sits = window.terms.panel.iter().any(|seat| Some(seat.member) == visitor.author());
    let close = visitor.author().is_some_and(|member| application.is_close(member));
    let open = application.decided.is_none();
    let wanted = [
        ("point", open && !application.is_named_by_them()),
        ("vouch", application.made.body.is_none() && !application.counts()),
        ("score", sits && open && !close && application.counts()),
        ("conflict", sits && open && !close),
        ("fund", open && application.counts()),
        ("decline", open && application.counts()),
        ("answer", application.is_appealed()),
    ];
    let all = wanted.iter().filter(|(_, now)| *now).map(|(act, _)| {
        let to = visitor.link(&format!("/desk/application/{}/do?act={act}", application.id));
        link_button(&to, &t.say(&format!("funds-do-{act}")), ButtonKind::Other, None)
    });
    buttons(all)
}

fn scores(t: Tongue, application: &Application, window: &Window) -> Html {
    let mut all = parts::h2(t, "funds-scores");
    for (at, criterion) in window.terms.criteria.iter().enumerate() {
        let own = application.scores.iter().filter(|s| usize::try_from(s.criterion) == Ok(at));
        let own: Vec<Html> = own
            .map(|s| Html(format!("<li>{}: {}</li>", t.number(s.points), parts::said(&s.reason))))
            .collect();
        let name = parts::said(&criterion.name);
        let inside = if own.is_empty() {
            Html(format!("<li>{}</li>", text(&t.say("funds-score-missing"))))
        } else {
            Html::join(own)
        };
        all.push(&Html(format!("<p><b>{name}</b></p><ul>{inside}</ul>")));
    }
    for (_, words) in &application.conflicts {
        let close = text(&t.say("funds-close-said"));
        all.push(&Html(format!("<p class=soft>{close} {}</p>", parts::said(words))));
    }
    all
}

/// The form of one act.
pub async fn form_page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let (application, window) = found(&house, &id).await?;
    let act = asked(&query, "act");
    let (act, wanted) = ACTS.iter().find(|(name, _)| *name == act).ok_or(Trouble::NotFound)?;
    let title = t.say(&format!("funds-do-{act}"));
    let mut inside = field::hidden("act", act);
    for (name, shape) in *wanted {
        let value = match *shape {
            Shape::Amount => {
                parts::amount_typed(application.made.amount_minor, &window.terms.currency)
            }
            _ => String::new(),
        };
        inside.push(&drawn(&house, &visitor, &window, (name, *shape), &value).await?);
    }
    if *act == "score" {
        inside.push(&score_fields(t, &application, &window, &visitor));
    }
    inside.push(&buttons([button(&Button::new(&title, ButtonKind::Main))]));
    let to = visitor.link(&format!("/desk/application/{id}/do"));
    let name = format!("F-{} · {}", application.made.number, application.made.what);
    let back = parts::link(&visitor, &format!("/desk/application/{id}"), &name);
    let body = Html::join([
        parts::h1(&title),
        parts::line(&t.say(&format!("funds-do-{act}-lead"))),
        form(t, &Around::post(&to, visitor.csrf()), &inside),
        Html(format!("<p>{back}</p>")),
    ]);
    Ok(Shown::desk(title, body))
}

/// Points and a reason for each criterion; what is left empty is not scored, and not nought.
fn score_fields(t: Tongue, application: &Application, window: &Window, visitor: &Visitor) -> Html {
    let rows = window.terms.criteria.iter().enumerate().map(|(at, criterion)| {
        let own = application.scores.iter().find(|score| {
            usize::try_from(score.criterion) == Ok(at) && Some(score.member) == visitor.author()
        });
        let points = own.map(|own| own.points.to_string()).unwrap_or_default();
        let reason = own.map(|own| own.reason.clone()).unwrap_or_default();
        let (one, two) = (format!("points{at}"), format!("why{at}"));
        let (label, why) =
            (t.with("funds-points", &[("most", POINTS_MAX.into())]), t.say("funds-f-reason"));
        let given = Field {
            name: &one,
            label: &label,
            value: &points,
            length_max: Some(1),
            kind: Kind::Number,
            ..Field::default()
        };
        let said = Field {
            name: &two,
            label: &why,
            value: &reason,
            length_max: Some(SCORE_CHARS_MAX),
            ..Field::default()
        };
        let legend = text(&criterion.name);
        let inside = Html::join([field::line(t, &given), field::line(t, &said)]);
        Html(format!("<fieldset><legend>{legend}</legend>{inside}</fieldset>"))
    });
    Html::join(rows)
}

/// It is done.
pub async fn act(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(form): Sent<Form>,
) -> Result<Moved, Trouble> {
    let (application, window) = found(&house, &id).await?;
    let (own, actor) = (application.id, parts::actor(&visitor));
    let words = |name: &str| sent(&form, name).to_owned();
    match sent(&form, "act") {
        "vouch" => {
            acts::vouch(&house, own, fields::id(&form, "by").unwrap_or_default(), actor).await?;
        }
        "point" => {
            let needs = needs_typed(&house, sent(&form, "needs")).await?;
            let decision = decision_typed(&house, sent(&form, "decision")).await?;
            acts::point(&house, own, ApplicationPointed { needs, decision }, actor).await?;
        }
        "score" => acts::score(&house, own, scores_sent(&window, &form)?, actor).await?,
        "conflict" => acts::conflict(&house, own, words("words"), actor).await?,
        "fund" => {
            let verdict = Verdict {
                funded: true,
                amount_minor: money::typed(sent(&form, "amount"), &window.terms.currency)?,
                pool: fields::number(&form, "pool")?,
                reason: words("reason"),
                would_change: String::new(),
                departs: words("departs"),
            };
            acts::decide(&house, own, verdict, actor).await?;
        }
        "decline" => {
            let verdict = Verdict {
                reason: words("reason"),
                would_change: words("would_change"),
                ..Verdict::default()
            };
            acts::decide(&house, own, verdict, actor).await?;
        }
        "answer" => {
            let asked = ApplicationAppealAnswered {
                by: fields::id(&form, "by").unwrap_or_default(),
                stands: ticked(&form, "stands"),
                reason: words("reason"),
            };
            acts::answer(&house, own, asked, actor).await?;
        }
        _ => return Err(Refusal::new("funds-choice").into()),
    }
    Ok(Moved(visitor.link(&format!("/desk/application/{id}?done=1"))))
}

fn scores_sent(window: &Window, form: &Form) -> Result<Vec<Score>, Refusal> {
    let mut all = Vec::new();
    for (at, criterion) in (0..window.terms.criteria.len()).zip(0_i64..) {
        let points = sent(form, &format!("points{at}"));
        if points.is_empty() {
            continue;
        }
        let refused = || Refusal::new("funds-score").naming("most", POINTS_MAX);
        let points = points.parse().map_err(|_| refused())?;
        all.push(Score { criterion, points, reason: sent(form, &format!("why{at}")).to_owned() });
    }
    Ok(all)
}
