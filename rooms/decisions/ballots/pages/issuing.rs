//! The registrar's page: sheets of cards, codes by SMS, cards made void. It shows nothing of the
//! box. A sheet is shown once, in the answer that made it, and cannot be shown again.

use axum::extract::{Path, Query, State};
use page::components::button::Kind;
use page::components::card::{cards as laid, panel};
use page::components::field::{self, Field};
use page::components::notice::{Notice, Tone, notice};
use page::components::table::{Column, table};
use page::{Html, Tongue, text};
use record::{Id, Refusal};

use super::super::acts;
use super::super::card::Card;
use super::super::queries;
use super::super::rules::{CARDS_MAX, CREDENTIALS_MAX, LOT_CHARS_MAX, REASON_CHARS_MAX, SMS_MIN};
use super::super::views::Round;
use super::parts::{
    Asked, Typed, act, area_choice, area_name, area_sent, heading, line, para, part, said_as,
    shown, the_one, typed, when,
};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};

/// `GET /desk/ballots/{id}/cards`
pub(super) async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let round = own(&house, &visitor, &id).await?;
    let batch = || field::hidden("batch", &Id::fresh(house.now_ms()).to_string());
    let to = |verb: &str| format!("/desk/ballots/{}/{verb}", round.id);
    let label = t.say("ballots-area");
    let own_area = round.area.map(|area| area.to_string()).unwrap_or_default();
    let area = Field { name: "area", label: &label, value: &own_area, ..Field::default() };
    let hint =
        t.with("ballots-cards-n-hint", &[("max", i64::try_from(CARDS_MAX).unwrap_or(0).into())]);
    let n = t.say("ballots-cards-n");
    let kind = field::Kind::Number;
    let n = Field {
        name: "n",
        label: &n,
        hint: &hint,
        kind,
        length_max: Some(3),
        required: true,
        ..Field::default()
    };
    let fields = Html::join([
        batch(),
        field::line(t, &n),
        lot(t),
        area_choice(&house, t, &area, &round.rules().place),
    ]);
    let mut body = Html::join([
        line(t, "ballots-cards-lead"),
        sent_before(t, queries::by_sms(&house, round.id).await?),
        part(t, "ballots-cards-print"),
        act(&visitor, &to("cards"), fields, "ballots-cards-print", Kind::Main),
    ]);
    if !round.rules().women_only {
        let lead = t.with("ballots-sms-lead", &[("n", i64::try_from(SMS_MIN).unwrap_or(0).into())]);
        let form = act(&visitor, &to("sms"), batch(), "ballots-sms-send", Kind::Other);
        body.push(&Html::join([part(t, "ballots-sms-send"), para(&lead), form]));
    }
    body.push(&given(&house, &visitor, &round).await?);
    Ok(shown(&visitor, &said_as(&round), &asked, body))
}

/// Whoever was sent a code needs no card. The program could not say of anybody that they were: a
/// list of numbers would say who spoke.
fn sent_before(t: Tongue, n: usize) -> Html {
    if n == 0 {
        return Html::none();
    }
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    let said = t.with("ballots-cards-sms-before", &[("n", n.into())]);
    notice(t, &Notice::new(Tone::Warn, &said))
}

/// For whom a sheet is; may stay empty.
fn lot(t: Tongue) -> Html {
    let (label, hint) = (t.say("ballots-lot"), t.say("ballots-lot-hint"));
    let length_max = Some(LOT_CHARS_MAX);
    let shape = Field { name: "lot", label: &label, hint: &hint, length_max, ..Field::default() };
    field::line(t, &shape)
}

/// The round, for its registrar alone.
async fn own(house: &House, visitor: &Visitor, id: &str) -> Result<Round, Trouble> {
    let round = the_one(house, id).await?;
    let member = visitor.signed_in()?;
    if member.id != round.registrar || round.gains(member.id, &member.bodies) {
        return Err(Refusal::new("ballot-hands").status(403).into());
    }
    Ok(round)
}

/// What was given out, and the forms that make it void.
async fn given(house: &House, visitor: &Visitor, round: &Round) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let all = queries::by_batch(house, round.id).await?;
    if all.is_empty() {
        return Ok(Html::none());
    }
    let columns = [
        Column::words(&t.say("ballots-batch")),
        Column::words(&t.say("ballots-area")),
        Column::number(&t.say("ballots-credentials")),
        Column::number(&t.say("ballots-void")),
    ];
    let row = |one: &queries::Given| {
        let batch = one.batch.map(short).unwrap_or_default();
        let area = page::html::bdi(&area_name(house, round, one.area));
        vec![text(&batch), area, text(&t.number(one.n)), text(&t.number(one.void))]
    };
    let rows: Vec<Vec<Html>> = all.iter().map(row).collect();
    let label = t.say("ballots-void-what");
    let hint = t.say("ballots-void-what-hint");
    let what = Field {
        name: "what",
        label: &label,
        hint: &hint,
        required: true,
        kind: field::Kind::Code,
        length_max: Some(26),
        ..Field::default()
    };
    let words = (field::Kind::Words, REASON_CHARS_MAX);
    let fields =
        Html::join([field::line(t, &what), typed(t, ("reason", "ballots-reason"), words, "")]);
    let to = format!("/desk/ballots/{}/void", round.id);
    Ok(Html::join([
        part(t, "ballots-credentials"),
        table(&t.say("ballots-credentials"), &columns, &rows),
        part(t, "ballots-void-make"),
        act(visitor, &to, fields, "ballots-void-make", Kind::Grave),
    ]))
}

/// A sheet as people name it: the last symbols of its id.
fn short(batch: Id) -> String {
    let whole = batch.to_string().to_ascii_uppercase();
    whole.chars().skip(whole.chars().count().saturating_sub(SHORT_SYMBOLS)).collect()
}

/// Symbols by which a sheet is named.
const SHORT_SYMBOLS: usize = 6;

/// `POST /desk/ballots/{id}/cards`: answers with the sheet itself.
pub(super) async fn cards(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Shown, Trouble> {
    let round = own(&house, &visitor, &id).await?;
    let many = || Refusal::new("ballot-cards-many").naming("max", CARDS_MAX);
    let n = sent.number("n").and_then(|n| usize::try_from(n).ok());
    let n = n.ok_or_else(|| many().naming("all", CREDENTIALS_MAX))?;
    let area = area_sent(&house, sent.get("area"), "decision-area")?.or(round.area);
    let (batch, hand) = (sent.id("batch")?, acts::hand(&visitor)?);
    let lot = sent.get("lot").to_owned();
    let sheet = acts::Sheet { batch, cards: n, area, lot };
    let made = acts::cards(&house, round.id, sheet, hand).await?;
    Ok(sheet_page(&house, &visitor, &round, batch, &made))
}

fn sheet_page(house: &House, visitor: &Visitor, round: &Round, batch: Id, made: &[Card]) -> Shown {
    let t = visitor.tongue();
    let until = when(house, t, round.rules().closes_ms);
    let number = round.rules().number.to_string();
    let args = [("number", number.as_str().into()), ("until", until.into())];
    let points = round.rules().points > 0;
    let how = t.with(if points { "ballots-card-how-points" } else { "ballots-card-how" }, &args);
    let one = |card: &Card| {
        panel(&Html(format!(
            "<p><b>{}</b></p><p class=lead><bdi class=mono dir=ltr>{card}</bdi></p><p>{}</p>",
            text(&round.shown_number()),
            text(&how)
        )))
    };
    let once = t.with("ballots-cards-once", &[("batch", short(batch).into())]);
    let body = Html::join([
        heading(&said_as(round)),
        notice(t, &Notice::new(Tone::Warn, &once)),
        laid(made.iter().map(one)),
    ]);
    Shown::desk(t.say("ballots-cards"), body)
}

/// `POST /desk/ballots/{id}/sms`
pub(super) async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let round = own(&house, &visitor, &id).await?;
    acts::send(&house, round.id, sent.id("batch")?, acts::hand(&visitor)?).await?;
    Ok(Moved(visitor.link(&format!("/desk/ballots/{}/cards?done=sent", round.id))))
}

/// `POST /desk/ballots/{id}/void`: a sheet by its name, or a card by its code.
pub(super) async fn void(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let round = own(&house, &visitor, &id).await?;
    let (what, hand) = (sent.get("what"), acts::hand(&visitor)?);
    let reason = sent.get("reason").to_owned();
    let all = queries::by_batch(&house, round.id).await?;
    let named = all.iter().filter_map(|one| one.batch);
    let named = named.into_iter().find(|batch| short(*batch).eq_ignore_ascii_case(what));
    match named {
        Some(batch) => acts::void_batch(&house, round.id, batch, reason, hand).await?,
        None => {
            let card = what.parse().map_err(|_| Refusal::new("ballot-card-mistyped"))?;
            acts::void_card(&house, round.id, card, reason, hand).await?;
        }
    }
    Ok(Moved(visitor.link(&format!("/desk/ballots/{}/cards?done=void", round.id))))
}
