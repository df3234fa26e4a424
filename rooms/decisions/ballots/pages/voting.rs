//! The ballot itself, and whether it is in the box. It works without a script and sets no cookie;
//! an answer never repeats what was chosen.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use ballots::log;
use page::components::button::{Button, Kind, button, buttons};
use page::components::card::panel;
use page::components::field::{self, Field};
use page::components::form::{Form, form};
use page::components::notice::{Notice, Tone, notice};
use page::{Html, Tongue, text};
use record::Refusal;
use serde::Deserialize;

use super::super::acts;
use super::super::card::Card;
use super::super::queries;
use super::super::rules::{self, Ticked, rules_of};
use super::super::views::{Credential, Round};
use super::parts::{
    Typed, again, folded, heading, line, money, of_number, para, said_as, typed, way,
};
use crate::door::{House, Moved, Rate, Sent, Shown, Trouble, Visitor};

/// Ballots that one place may send in vain; whoever guesses codes does not get far.
const TRIES: Rate = Rate { name: "ballot", times: 20, within_ms: 10 * 60 * 1000 };
/// The same from everywhere together.
const TRIES_IN_ALL: Rate = Rate { name: "ballot in all", times: 2_000, within_ms: 10 * 60 * 1000 };
const EVERYBODY: [u8; 16] = [0; 16];
/// Receipts that one place may look for.
const CHECKS: Rate = Rate { name: "ballot check", times: 60, within_ms: 10 * 60 * 1000 };
/// The first symbols of a receipt are enough to find it, when there are so many.
const RECEIPT_SYMBOLS_MIN: usize = acts::RECEIPT_SYMBOLS;
/// All symbols of a receipt.
const RECEIPT_SYMBOLS: usize = 64;
/// Most letters of a code as typed.
const CODE_CHARS_MAX: usize = 24;

/// `GET /ballot/{number}/vote`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Shown, Trouble> {
    let round = of_number(&house, &number).await?;
    let records = house.store().records_of(round.id).await?;
    rules::open(round.id, &records, house.now_ms())?;
    Ok(form_page(&visitor, &round, &Typed::default()))
}

fn form_page(visitor: &Visitor, round: &Round, sent: &Typed) -> Shown {
    let (t, rules) = (visitor.tongue(), rules_of(round));
    let most =
        [("n", i64::from(rules.choices_max).into()), ("points", i64::from(rules.points).into())];
    let lead = if rules.gives_points() { "ballots-give-points" } else { "ballots-tick" };
    let mut fields = Html::none();
    for (n, project) in rules.projects.iter().enumerate() {
        let cost = money(t, project.cost_minor, &rules.currency);
        let label = format!("{}. {} · {cost}", n + 1, project.title);
        let name = format!("p{}", project.id);
        let value = sent.get(&name);
        let shape = Field { name: &name, label: &label, value, ..Field::default() };
        fields.push(&if rules.gives_points() {
            field::line(t, &Field { kind: field::Kind::Number, length_max: Some(3), ..shape })
        } else {
            field::tick(t, &shape)
        });
    }
    let legend = text(&t.with(lead, &most));
    let code =
        typed(t, ("code", "ballots-code"), (field::Kind::Code, CODE_CHARS_MAX), sent.get("code"));
    let fields = Html::join([
        code,
        Html(format!("<fieldset class=f><legend>{legend}</legend>{fields}</fieldset>")),
        buttons([button(&Button::new(&t.say("ballots-cast"), Kind::Main))]),
    ]);
    let to = visitor.link(&format!("/ballot/{}/vote", rules.number));
    let body = Html::join([
        heading(&said_as(round)),
        line(t, "ballots-vote-lead"),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
        folded(t, "ballots-limits", &line(t, "ballots-limits-said")),
    ]);
    Shown::street(t.say("ballots-vote"), body)
}

/// `POST /ballot/{number}/vote`
pub(super) async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Response, Trouble> {
    let round = of_number(&house, &number).await?;
    match cast(&house, &visitor, &round, &sent).await {
        Ok(leaf) => {
            let to = format!("/ballot/{number}/check?new=1&receipt={}", ballots::Hex(leaf));
            Ok(Moved(visitor.link(&to)).into_response())
        }
        Err(Trouble::Refused(refusal)) => {
            let page = form_page(&visitor, &round, &sent);
            Ok(again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn cast(
    house: &House,
    visitor: &Visitor,
    round: &Round,
    sent: &Typed,
) -> Result<[u8; 32], Trouble> {
    let (now, origin) = (house.now_ms(), visitor.0.origin);
    // Counted first and given back afterwards: no two guesses pass side by side.
    let few = house.limits().take(TRIES, origin, now);
    if !few || !house.limits().take(TRIES_IN_ALL, EVERYBODY, now) {
        return Err(Refusal::new("too-often").status(429).into());
    }
    let card: Card = sent.get("code").parse().map_err(|_| Refusal::new("ballot-card-mistyped"))?;
    let leaf = acts::cast(house, round, card, &ticked(round, sent)).await?;
    house.limits().give_back(TRIES, origin);
    house.limits().give_back(TRIES_IN_ALL, EVERYBODY);
    Ok(leaf)
}

/// What was ticked, or given points; a project left empty is not chosen. What is no number is more
/// points than there are, so that it is refused and not lost.
fn ticked(round: &Round, sent: &Typed) -> Ticked {
    let rules = rules_of(round);
    let one = |(n, project): (usize, &ballots::Project)| {
        let name = format!("p{}", project.id);
        let points = match (rules.gives_points(), sent.get(&name)) {
            (_, "") => return None,
            (false, value) => u32::from(value == "yes"),
            (true, _) => sent.number(&name).and_then(|n| n.try_into().ok()).unwrap_or(u32::MAX),
        };
        (points > 0).then_some((n + 1, points))
    };
    rules.projects.iter().enumerate().filter_map(one).collect()
}

/// What the page of receipts finds in its address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Looked {
    receipt: String,
    new: String,
}

/// `GET /ballot/{number}/check`
pub(super) async fn check(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<String>,
    Query(looked): Query<Looked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let round = of_number(&house, &number).await?;
    let mut body = heading(&said_as(&round));
    if !looked.receipt.is_empty() {
        if !house.limits().take(CHECKS, visitor.0.origin, house.now_ms()) {
            return Err(Refusal::new("too-often").status(429).into());
        }
        body.push(&found(&house, t, &round, &looked).await?);
    }
    let label = t.say("ballots-receipt");
    let hint = t.say("ballots-receipt-hint");
    let shape = Field {
        name: "receipt",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(2 * RECEIPT_SYMBOLS),
        kind: field::Kind::Code,
        ..Field::default()
    };
    let to = format!("/ballot/{number}/check");
    let fields = Html::join([
        field::hidden("lang", t.lang.code()),
        field::line(t, &shape),
        buttons([button(&Button::new(&t.say("ballots-check-look"), Kind::Other))]),
    ]);
    body.push(&form(t, &Form::get(&to), &fields));
    body.push(&way(&visitor, &format!("/ballot/{number}"), "ballots-back", Kind::Other));
    Ok(Shown::street(t.say("ballots-check-mine"), body))
}

/// What is known of a receipt.
async fn found(house: &House, t: Tongue, round: &Round, looked: &Looked) -> Result<Html, Trouble> {
    let typed: String = looked.receipt.chars().filter(char::is_ascii_alphanumeric).collect();
    let typed = typed.to_ascii_lowercase();
    let unknown =
        || Html::join([notice(t, &Notice::new(Tone::Bad, &t.say("ballots-receipt-unknown")))]);
    if !(RECEIPT_SYMBOLS_MIN..=RECEIPT_SYMBOLS).contains(&typed.len()) {
        return Ok(unknown());
    }
    let used = queries::used(house, round.id).await?;
    let Some((credential, leaf)) = of_receipt(&used, &typed) else { return Ok(unknown()) };
    let leaves = queries::log(house, round.id).await?.hashes();
    let (head, counts) = (said(t, leaf, looked.new == "1"), counts(t, credential));
    let place = match leaves.iter().position(|one| *one == leaf) {
        Some(at) => in_log(t, &leaves, at),
        None => line(t, "ballots-receipt-waits"),
    };
    Ok(Html::join([head, counts, place]))
}

/// The ballot whose leaf hash begins so, and its credential.
fn of_receipt<'a>(used: &'a [Credential], typed: &str) -> Option<(&'a Credential, [u8; 32])> {
    used.iter().find_map(|credential| {
        let mut leaves = credential.ballots.iter().map(|cast| cast.leaf);
        let found = leaves.find(|leaf| ballots::Hex(*leaf).to_string().starts_with(typed));
        found.map(|leaf| (credential, leaf))
    })
}

/// Whether the ballot counts, as far as whoever holds its receipt may learn it. That a later ballot
/// of the same card took its place is not said: somebody who took the receipt from a voter would
/// see by it that they voted again.
fn counts(t: Tongue, credential: &Credential) -> Html {
    match &credential.void {
        None => line(t, "ballots-receipt-last"),
        Some(why) => Html::join([
            notice(t, &Notice::new(Tone::Warn, &t.say("ballots-receipt-void"))),
            para(&t.with("ballots-receipt-void-why", &[("why", why.as_str().into())])),
        ]),
    }
}

/// The receipt, large, to be written down: its first symbols in groups, and all of it.
fn said(t: Tongue, leaf: [u8; 32], new: bool) -> Html {
    let key = if new { "ballots-cast-done" } else { "ballots-receipt-there" };
    let hex = ballots::Hex(leaf).to_string();
    let short: Vec<String> = hex
        .as_bytes()
        .chunks(4)
        .take(RECEIPT_SYMBOLS_MIN / 4)
        .map(|four| String::from_utf8_lossy(four).into_owned())
        .collect();
    let large = format!("<p class=lead><bdi class=mono dir=ltr>{}</bdi></p>", short.join(" "));
    let whole = format!("<p class=soft><bdi class=mono dir=ltr>{hex}</bdi></p>");
    let words = if new { line(t, "ballots-receipt-keep") } else { Html::none() };
    let inside = Html::join([words, Html(large), folded(t, "ballots-receipt-whole", &Html(whole))]);
    Html::join([notice(t, &Notice::new(Tone::Good, &t.say(key))), panel(&inside)])
}

/// The place of a ballot in the log, with the hashes that prove it.
fn in_log(t: Tongue, leaves: &[[u8; 32]], at: usize) -> Html {
    let size = i64::try_from(leaves.len()).unwrap_or(i64::MAX);
    let place = i64::try_from(at).unwrap_or(i64::MAX);
    let args = [("place", place.saturating_add(1).into()), ("size", size.into())];
    let path = log::inclusion(leaves, at).unwrap_or_default();
    let item =
        |hash: [u8; 32]| format!("<li><bdi class=mono dir=ltr>{}</bdi></li>", ballots::Hex(hash));
    let path: String = path.into_iter().map(item).collect();
    let root = ballots::Hex(log::root(leaves));
    let proof = Html(format!("<ol>{path}</ol><p><bdi class=mono dir=ltr>{root}</bdi></p>"));
    let proof = Html::join([line(t, "ballots-proof-lead"), proof]);
    Html::join([para(&t.with("ballots-receipt-in-log", &args)), folded(t, "ballots-proof", &proof)])
}
