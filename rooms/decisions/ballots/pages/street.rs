//! Rounds for everybody, without an account: what is asked, by which rules, how to vote, what it
//! came to and how to check it. It shows nothing of how a vote goes.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use ballots::{Rules, shown};
use page::components::button::Kind;
use page::components::empty::empty;
use page::components::field;
use page::components::icon::Icon;
use page::components::number::facts;
use page::components::row::{Row, pager, rows};
use page::components::table::{Column, table};
use page::{Html, Tongue, text};
use record::Refusal;

use super::super::queries::{self, PAGE};
use super::super::records::{BallotPaperTaken, RightSaid};
use super::super::rules::{REASON_CHARS_MAX, TOO_FEW, rules_of};
use super::super::views::{Log, Round};
use super::parts::{
    Answers, Asked, act, answers, area_name, folded, heading, line, money, of_number, para, part,
    rule_said, said_as, status_tag, way, when,
};
use super::{deciding, parts, result};
use crate::door::{House, Shown, Trouble, Visitor};

/// `GET /ballots`
pub(super) async fn list(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let list = listed(&house, &visitor, &asked, "/ballots", |round| {
        format!("/ballot/{}", round.rules().number)
    });
    let title = t.say("ballots-title");
    let body = Html::join([heading(&title), line(t, "ballots-lead"), list.await?]);
    Ok(Shown::street(title, body))
}

/// Rounds, the newest first, with a way to older ones.
pub(super) async fn listed(
    house: &House,
    visitor: &Visitor,
    asked: &Asked,
    here: &str,
    to: impl Fn(&Round) -> String,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut all = queries::rounds(house, asked.before.unwrap_or(i64::MAX), PAGE + 1).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = all.len() > size;
    all.truncate(size);
    if all.is_empty() {
        let (title, next) = (t.say("ballots-none"), t.say("ballots-none-next"));
        return Ok(empty(Icon::Decide, &title, &next, &Html::none()));
    }
    let told: Vec<(String, String, Html, String)> = all
        .iter()
        .map(|round| {
            let note = [area_name(house, round, round.area), hours(house, t, round)].join(" · ");
            (said_as(round), visitor.link(&to(round)), status_tag(house, t, round), note)
        })
        .collect();
    let list: Vec<Row> = told
        .iter()
        .map(|(title, href, tags, note)| Row {
            title,
            href,
            tags: tags.clone(),
            note: text(note),
            acts: Html::none(),
        })
        .collect();
    let last = all.last().filter(|_| more).map(|last| last.rules().number);
    let next = last.map(|last| visitor.link(&format!("{here}?before={last}")));
    Ok(Html::join([rows(&list), pager(t, None, next.as_deref())]))
}

fn hours(house: &House, t: Tongue, round: &Round) -> String {
    let said = round.rules();
    let (from, until) = (when(house, t, said.opens_ms), when(house, t, said.closes_ms));
    t.with("ballots-hours", &[("from", from.into()), ("until", until.into())])
}

/// `GET /ballot/{number}`
pub(super) async fn one(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Shown, Trouble> {
    let round = of_number(&house, &number).await?;
    page_of(&house, &visitor, &round, "").await
}

/// The page of a round, with what was typed as the reason of an appeal.
pub(super) async fn page_of(
    house: &House,
    visitor: &Visitor,
    round: &Round,
    typed: &str,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let title = said_as(round);
    let answers = answers(house, round).await?;
    let tags = status_tag(house, t, round);
    let mut body =
        Html::join([heading(&title), Html(format!("<p class=tags>{tags}</p>")), told(t, round)]);
    if round.status(house.now_ms()) == "open" {
        let to = format!("/ballot/{}/vote", round.rules().number);
        body.push(&way(visitor, &to, "ballots-vote", Kind::Main));
    }
    body.push(&deciding::decision(visitor, round));
    body.push(&result::section(visitor, round, &answers));
    body.push(&appeals(house, t, round));
    body.push(&appeal_form(house, visitor, round, typed));
    body.push(&about(house, visitor, round, &answers).await?);
    Ok(Shown::street(title, body))
}

/// Appealing without an account, while one may.
fn appeal_form(house: &House, visitor: &Visitor, round: &Round, typed: &str) -> Html {
    let (t, now_ms) = (visitor.tongue(), house.now_ms());
    if round.status(now_ms) != "counted" || now_ms >= round.appeals_until_ms() {
        return Html::none();
    }
    let kind = (field::Kind::Words, REASON_CHARS_MAX);
    let reason = parts::typed(t, ("why", "ballots-appeal-why"), kind, typed);
    let to = format!("/ballot/{}/appeal", round.rules().number);
    let form = act(visitor, &to, reason, "ballots-appeal-make", Kind::Other);
    let inside = Html::join([line(t, "ballots-appeal-anybody"), form]);
    folded(t, "ballots-appeal-make", &inside)
}

/// What concerns the whole round: called off, void.
fn told(t: Tongue, round: &Round) -> Html {
    match &round.called_off {
        Some(reason) => Html::join([line(t, "ballots-off-because"), para(reason)]),
        None => Html::none(),
    }
}

/// All that was published before the first ballot, how to vote, and how to check.
pub(super) async fn about(
    house: &House,
    visitor: &Visitor,
    round: &Round,
    answers: &Answers,
) -> Result<Html, Trouble> {
    let (t, rules) = (visitor.tongue(), rules_of(round));
    let mut out = part(t, "ballots-rules");
    out.push(&fixed(house, t, round, &rules));
    if round.told.is_none() {
        out.push(&choices(visitor, &rules, answers));
    }
    out.push(&how(house, visitor, round));
    out.push(&credentials(house, t, round).await?);
    out.push(&proof(house, visitor, round).await?);
    Ok(out)
}

fn fixed(house: &House, t: Tongue, round: &Round, rules: &Rules) -> Html {
    let publication = if round.rules().full_if_many { "full" } else { "hashes" };
    let kind = match rules.points {
        0 => t.with("ballots-kind-said-approval", &[("n", i64::from(rules.choices_max).into())]),
        points => t.with(
            "ballots-kind-said-cumulative",
            &[("n", i64::from(rules.choices_max).into()), ("points", i64::from(points).into())],
        ),
    };
    let tie = if round.rules().tie == "cost" { "cost" } else { "list" };
    let days = [("n", i64::from(rules.appeal_days).into())];
    let mut all = vec![
        ("ballots-money", money(t, rules.budget_minor, &rules.currency)),
        ("ballots-when", hours(house, t, round)),
        ("ballots-who", rules.who.clone()),
        ("ballots-kind", kind),
        ("ballots-rule", rule_said(t, &rules.rule)),
        ("ballots-tie", t.say(&format!("ballots-tie-{tie}"))),
        ("ballots-publication", t.say(&format!("ballots-publication-{publication}"))),
        ("ballots-appeal", t.with("ballots-appeal-days-said", &days)),
    ];
    if let Some(mut right) = round.rules().right {
        if right.binds && round.result().is_some_and(|c| !rules.turned_out(&c.outcome)) {
            (right.binds, right.why) = (false, TOO_FEW.to_owned());
        }
        all.insert(0, ("ballots-right", right.decides.clone()));
        all.insert(1, ("decisions-force", force_said(t, &right)));
        if let Some(min) = round.rules().turnout_min {
            let words = t.with("ballots-turnout-said", &[("n", min.into())]);
            all.insert(2, ("ballots-turnout", words));
        }
    }
    let named: Vec<(String, Html)> =
        all.iter().map(|(key, value)| (t.say(key), page::html::bdi(value))).collect();
    let named: Vec<(&str, Html)> = named.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    let mut out = facts(&named);
    if rules.women_only {
        out.push(&line(t, "ballots-women-only-said"));
    }
    out.push(&line(t, "ballots-duties-said"));
    for (duty, reason) in &round.changes {
        let words = t.say(&format!("ballots-duty-{duty}-changed"));
        out.push(&para(&format!("{words} {reason}")));
    }
    out
}

/// Whether the result binds and by what, or why it does not: in the words of every decision.
fn force_said(t: Tongue, right: &RightSaid) -> String {
    if right.binds {
        let law = right.instrument.clone().unwrap_or_default();
        return t.with("decisions-binds-by", &[("law", law.into())]);
    }
    let why = t.say(&format!("decisions-why-{}", right.why));
    t.with("decisions-is-advice", &[("why", why.into())])
}

fn choices(visitor: &Visitor, rules: &Rules, answers: &Answers) -> Html {
    let t = visitor.tongue();
    let columns = [
        Column::words(&t.say("ballots-number")),
        Column::words(&t.say("ballots-project")),
        Column::number(&t.say("ballots-cost")),
    ];
    let row = |(n, project): (usize, &ballots::Project)| {
        let cost = money(t, project.cost_minor, &rules.currency);
        let title = answers.with_title(visitor, n, &project.title);
        vec![text(&(n + 1).to_string()), title, text(&cost)]
    };
    let rows: Vec<Vec<Html>> = rules.projects.iter().enumerate().map(row).collect();
    table(&t.say("ballots-projects"), &columns, &rows)
}

fn how(house: &House, visitor: &Visitor, round: &Round) -> Html {
    let t = visitor.tongue();
    if !matches!(round.status(house.now_ms()), "announced" | "open") {
        return Html::none();
    }
    let (number, sms) = (round.rules().number.to_string(), house.city().sms_number.clone());
    let by_sms =
        if round.rules().points == 0 { "ballots-how-sms" } else { "ballots-how-sms-points" };
    let args = [("number", number.as_str().into()), ("sms", sms.as_str().into())];
    Html::join([
        part(t, "ballots-how"),
        line(t, "ballots-how-card"),
        line(t, "ballots-how-page"),
        if sms.is_empty() { Html::none() } else { para(&t.with(by_sms, &args)) },
        line(t, "ballots-how-paper"),
        folded(t, "ballots-limits", &line(t, "ballots-limits-said")),
    ])
}

/// How many credentials were given out, by area, for everybody to compare.
async fn credentials(house: &House, t: Tongue, round: &Round) -> Result<Html, Trouble> {
    let given = queries::by_area(house, round.id).await?;
    if given.is_empty() {
        return Ok(Html::none());
    }
    let counts: Vec<u64> = given.iter().map(|one| u64::try_from(one.n).unwrap_or(0)).collect();
    let shows = shown(&counts, ballots::CELL_MIN);
    let all: i64 = given.iter().map(|one| one.n).sum();
    let void: i64 = given.iter().map(|one| one.void).sum();
    let columns =
        [Column::words(&t.say("ballots-area")), Column::number(&t.say("ballots-credentials"))];
    let row = |(one, shows): (&queries::Given, &bool)| {
        let n = if *shows { t.number(one.n) } else { t.say("ballots-few") };
        vec![page::html::bdi(&area_name(house, round, one.area)), text(&n)]
    };
    let mut rows: Vec<Vec<Html>> = given.iter().zip(&shows).map(row).collect();
    rows.sort_by(|a, b| a.first().map(|c| &c.0).cmp(&b.first().map(|c| &c.0)));
    let sum = if all >= 5 { t.number(all) } else { t.say("ballots-few") };
    let void = if (1..5).contains(&void) { t.say("ballots-few") } else { t.number(void) };
    let args = [("n", sum.into()), ("void", void.into())];
    Ok(Html::join([
        part(t, "ballots-credentials"),
        para(&t.with("ballots-credentials-lead", &args)),
        table(&t.say("ballots-credentials"), &columns, &rows),
    ]))
}

/// The box's key, the digest of the rules and the heads of the log, to be written down and compared
/// later; the result to take home.
async fn proof(house: &House, visitor: &Visitor, round: &Round) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let rules = rules_of(round);
    let log = queries::log(house, round.id).await?;
    let number = round.rules().number;
    let mut out = part(t, "ballots-check");
    out.push(&line(t, "ballots-check-lead"));
    out.push(&way(visitor, &format!("/ballot/{number}/check"), "ballots-check-mine", Kind::Other));
    if round.told.is_some() {
        let to = page::html::href(&format!("/ballot/{number}/result.json"));
        let words = text(&t.say("ballots-bundle"));
        out.push(&line(t, "ballots-bundle-lead"));
        out.push(&Html(format!("<p><a href=\"{to}\" download>{words}</a></p>")));
        if round.full {
            let to = page::html::href(&format!("/ballot/{number}/result.pb"));
            let words = text(&t.say("ballots-pb"));
            out.push(&Html(format!("<p><a href=\"{to}\" download>{words}</a></p>")));
        }
    }
    out.push(&papers(house, t, round).await?);
    let watch = page::html::href(&format!("/ballot/{number}/log.json"));
    let words = text(&t.say("ballots-log"));
    let watch = Html(format!("<p><a href=\"{watch}\">{words}</a></p>"));
    let marks = Html::join([marks(t, &rules, &log), line(t, "ballots-log-lead"), watch]);
    out.push(&folded(t, "ballots-marks", &marks));
    Ok(out)
}

/// The receipt of every batch of paper in the box: whoever keeps the papers can make it again.
async fn papers(house: &House, t: Tongue, round: &Round) -> Result<Html, Trouble> {
    let all = queries::papers(house, round.id).await?;
    let taken: Vec<&BallotPaperTaken> =
        all.iter().filter_map(|paper| paper.taken.as_ref()).collect();
    if taken.is_empty() {
        return Ok(Html::none());
    }
    let columns = [
        Column::words(&t.say("ballots-receipt")),
        Column::words(&t.say("ballots-paper-by")),
        Column::number(&t.say("ballots-papers")),
    ];
    let few = i64::try_from(ballots::CELL_MIN).unwrap_or(i64::MAX);
    let row = |paper: &&BallotPaperTaken| {
        let receipt = format!("<bdi class=mono dir=ltr>{}</bdi>", ballots::Hex(paper.digest));
        let n = match paper.papers {
            n if n < few => t.say("ballots-few"),
            n => t.number(n),
        };
        vec![Html(receipt), page::html::bdi(&paper.groups.join(", ")), text(&n)]
    };
    let rows: Vec<Vec<Html>> = taken.iter().map(row).collect();
    let inside = Html::join([
        line(t, "ballots-paper-receipts-lead"),
        table(&t.say("ballots-paper-receipts"), &columns, &rows),
    ]);
    Ok(folded(t, "ballots-paper-receipts", &inside))
}

fn marks(t: Tongue, rules: &Rules, log: &Log) -> Html {
    let hash = |bytes: [u8; 32]| Html(format!("<bdi class=mono>{}</bdi>", ballots::Hex(bytes)));
    let named = ["ballots-mark-rules", "ballots-mark-key"].map(|key| t.say(key));
    let values = [hash(rules.digest()), hash(rules.log_key.0)];
    let all: Vec<(&str, Html)> = named.iter().map(String::as_str).zip(values).collect();
    let columns =
        [Column::number(&t.say("ballots-mark-size")), Column::words(&t.say("ballots-mark-root"))];
    let head = |head: &super::super::views::HeadRow| {
        let n = t.number(i64::try_from(head.size).unwrap_or(i64::MAX));
        vec![text(&n), hash(head.root)]
    };
    let rows: Vec<Vec<Html>> = log.heads.iter().map(head).collect();
    let heads = if rows.is_empty() {
        line(t, "ballots-mark-none")
    } else {
        table(&t.say("ballots-mark-heads"), &columns, &rows)
    };
    Html::join([facts(&all), heads])
}

/// Whether and until when one may appeal; since when appeals are looked at, without their words;
/// and those that are answered.
pub(super) fn appeals(house: &House, t: Tongue, round: &Round) -> Html {
    let mut out = Html::none();
    if round.status(house.now_ms()) == "counted" {
        let until = when(house, t, round.appeals_until_ms());
        out.push(&para(&t.with("ballots-appeal-until", &[("until", until.into())])));
    }
    if let Some((_, first)) = round.open_appeals().next() {
        let since = when(house, t, first.at_ms);
        let words = t.with("ballots-appeal-open", &[("since", since.into())]);
        out.push(&Html::join([part(t, "ballots-appeal"), para(&words)]));
    }
    for appeal in &round.appeals {
        let Some((stands, reason)) = &appeal.answer else { continue };
        out.push(&part(t, "ballots-appeal"));
        out.push(&match appeal.is_public() {
            true => para(&appeal.why),
            false => line(t, "ballots-appeal-unfit"),
        });
        out.push(&answered(t, *stands, reason));
        let others = appeal.answers().iter().filter(|said| said.reason != *reason);
        others.for_each(|said| out.push(&answered(t, said.stands, &said.reason)));
    }
    out
}

/// One answer to an appeal.
pub(super) fn answered(t: Tongue, stands: bool, reason: &str) -> Html {
    let key = if stands { "ballots-appeal-stands" } else { "ballots-appeal-fell" };
    Html::join([line(t, key), para(reason)])
}

/// `GET /ballot/{number}/result.json`
pub(super) async fn bundle(
    State(house): State<House>,
    Path(number): Path<String>,
) -> Result<Response, Trouble> {
    let round = of_number(&house, &number).await?;
    let json = queries::bundle(&house, round.id).await?.ok_or(Trouble::NotFound)?;
    Ok(download(&round, ("json", "application/json"), json))
}

/// `GET /ballot/{number}/result.pb`: only where ballots are published.
pub(super) async fn ballots_file(
    State(house): State<House>,
    Path(number): Path<String>,
) -> Result<Response, Trouble> {
    let round = of_number(&house, &number).await?;
    let json = queries::bundle(&house, round.id).await?.ok_or(Trouble::NotFound)?;
    let read = move || ballots::read(json.as_bytes()).ok().and_then(|b| ballots::as_pb(&b));
    let file = tokio::task::spawn_blocking(read).await.map_err(Trouble::broken)?;
    let file = file.ok_or(Refusal::new("ballot-no-ballots").status(404))?;
    Ok(download(&round, ("pb", "text/plain; charset=utf-8"), file))
}

fn download(round: &Round, (ends, kind): (&str, &str), file: String) -> Response {
    let name = format!("attachment; filename=\"V-{}.{ends}\"", round.rules().number);
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, file).into_response()
}
