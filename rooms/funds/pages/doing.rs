//! `/desk/money/{id}/do`: one thing done with a window or its purse, on one form. What each needs
//! stands in a table; the handler reads it, asks the rule, and leads back.

use axum::extract::{Path, State};
use page::Html;
use page::components::button::{Button, Kind, button, buttons};
use page::components::field;
use page::components::form::{Form as Around, form};
use record::{Id, Refusal};

use super::fields::{self, Form, Shape, drawn, sent, ticked};
use super::parts::{self, Asked, asked, id_of};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::funds::acts::{self, Act};
use crate::funds::buying;
use crate::funds::queries;
use crate::funds::records::{
    Given, PurseCommitted, PursePaidIn, PursePaymentApproved, PursePaymentAsked,
    PursePaymentRefused, PursePledged, PurseReleased, PurseRepaid, PurseReplied, PurseReturned,
    PurseSpent, PurseWithdrawn, WindowOverridden,
};
use crate::funds::rules::money;
use crate::funds::views::Window;

/// What can be done, with the fields it needs.
const ACTS: [(&str, &[(&str, Shape)]); 17] = [
    ("publish", &[]),
    ("trigger", &[("decision", Shape::Number), ("what", Shape::Long)]),
    ("depart", &[("area", Shape::Area), ("amount", Shape::Perhaps), ("reason", Shape::Long)]),
    ("dissent", &[("words", Shape::Long)]),
    (
        "pledge",
        &[
            ("giver", Shape::Body),
            ("directness", Shape::Directness),
            ("pool", Shape::Pool),
            ("amount", Shape::Amount),
            ("currency", Shape::Currency),
            ("rate", Shape::Rate),
            ("rate_day", Shape::Day),
            ("due", Shape::Day),
            ("matches", Shape::Tick),
        ],
    ),
    ("commit", &[("amount", Shape::Amount), ("instrument", Shape::Line)]),
    ("pay_in", &[("amount", Shape::Amount), ("day", Shape::Day), ("reference", Shape::Reference)]),
    ("withdraw", &[("amount", Shape::Amount), ("reason", Shape::Long)]),
    ("reply", &[("words", Shape::Long)]),
    ("release", &[("amount", Shape::Amount), ("reason", Shape::Long)]),
    (
        "pay",
        &[
            ("amount", Shape::Amount),
            ("fee", Shape::Perhaps),
            ("overhead", Shape::Perhaps),
            ("means", Shape::Means),
            ("what", Shape::Line),
        ],
    ),
    ("approve", &[("reference", Shape::Reference)]),
    ("refuse", &[("reason", Shape::Long)]),
    (
        "spend",
        &[
            ("amount", Shape::Amount),
            ("what", Shape::Line),
            ("supplier", Shape::Line),
            ("local", Shape::Tick),
            ("offer", Shape::LinePerhaps),
            ("units", Shape::LinePerhaps),
            ("bill", Shape::Reference),
            ("day", Shape::Day),
        ],
    ),
    ("confirm", &[]),
    ("give_back", &[("amount", Shape::Amount), ("reason", Shape::Long)]),
    ("repay", &[("amount", Shape::Amount)]),
];

/// The form of one act.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    query: Asked,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let window = queries::window(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let act = asked(&query, "act");
    let (act, wanted) = ACTS.iter().find(|(name, _)| *name == act).ok_or(Trouble::NotFound)?;
    let title = t.say(&format!("funds-do-{act}"));
    let mut inside =
        Html::join([field::hidden("act", act), field::hidden("of", asked(&query, "of"))]);
    if *act == "pay_in" {
        let purse = queries::purse(&house, window.id).await?;
        let pledge = asked(&query, "of").parse().ok().and_then(|n| purse.pledge(n).cloned());
        let own = pledge.map(|pledge| pledge.given.currency).unwrap_or_default();
        if !own.is_empty() && own != purse.currency {
            let args = [("own", own.as_str().into()), ("ours", purse.currency.as_str().into())];
            inside.push(&parts::line(&t.with("funds-came-own", &args)));
            inside.push(&field::hidden("currency", &own));
            inside.push(&drawn(&house, &visitor, &window, ("rate", Shape::Rate), "").await?);
        }
    }
    for (name, shape) in *wanted {
        let value = match *shape {
            Shape::Currency => window.terms.currency.as_str(),
            Shape::Rate => "1",
            _ => "",
        };
        inside.push(&drawn(&house, &visitor, &window, (name, *shape), value).await?);
    }
    inside.push(&buttons([button(&Button::new(&title, Kind::Main))]));
    let to = visitor.link(&format!("/desk/money/{id}/do"));
    let name = format!("W-{} · {}", window.number, window.terms.name);
    let back = parts::link(&visitor, &format!("/desk/money/{id}"), &name);
    let body = Html::join([
        parts::h1(&title),
        parts::line(&t.say(&format!("funds-do-{act}-lead"))),
        form(t, &Around::post(&to, visitor.csrf()), &inside),
        Html(format!("<p>{back}</p>")),
    ]);
    Ok(Shown::desk(title, body))
}

/// It is done.
pub async fn act(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(form): Sent<Form>,
) -> Result<Moved, Trouble> {
    let window = queries::window(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let actor = parts::actor(&visitor);
    match sent(&form, "act") {
        "publish" => acts::publish(&house, window.id, actor).await?,
        "trigger" => {
            let decision = fields::number(&form, "decision")?;
            let what = sent(&form, "what").to_owned();
            acts::trigger(&house, window.id, decision, what, actor).await?;
        }
        "depart" => {
            let area: Id = fields::id(&form, "area").unwrap_or_default();
            let typed = sent(&form, "amount");
            let amount_minor = money::typed_or_none(typed, &window.terms.currency)?;
            let reason = sent(&form, "reason").to_owned();
            let asked = WindowOverridden { area, amount_minor, reason };
            acts::depart(&house, window.id, asked, actor).await?;
        }
        "dissent" => {
            acts::dissent(&house, window.id, sent(&form, "words").to_owned(), actor).await?;
        }
        "pay" => {
            acts::ask_payment(&house, window.id, payment(&window, &form)?, actor).await?;
        }
        "confirm" => {
            acts::confirm(&house, window.id, of(&form)?, actor).await?;
        }
        "spend" if !sent(&form, "offer").is_empty() => {
            let offer = buying::offer_typed(&house, sent(&form, "offer")).await?;
            let units = Some(fields::number(&form, "units")?);
            let said = PurseSpent { units, ..spent(&window, &form)? };
            buying::buy(&house, window.id, offer, said, actor).await?;
        }
        _ => acts::keep(&house, window.id, kept(&window, &form)?, actor).await?,
    }
    Ok(Moved(visitor.link(&format!("/desk/money/{id}?done=1"))))
}

/// Which pledge, application, payment or spend.
fn of(form: &Form) -> Result<i64, Refusal> {
    fields::number(form, "of")
}

fn payment(window: &Window, form: &Form) -> Result<PursePaymentAsked, Refusal> {
    let currency = &window.terms.currency;
    Ok(PursePaymentAsked {
        number: 0,
        application: of(form)?,
        amount_minor: money::typed(sent(form, "amount"), currency)?,
        fee_minor: money::typed_or_none(sent(form, "fee"), currency)?,
        overhead_minor: money::typed_or_none(sent(form, "overhead"), currency)?,
        means: sent(form, "means").to_owned(),
        what: sent(form, "what").to_owned(),
    })
}

/// What was sent, as it is written into a purse.
fn kept(window: &Window, form: &Form) -> Result<Act, Refusal> {
    let words = |name: &str| sent(form, name).to_owned();
    let amount = || money::typed(sent(form, "amount"), &window.terms.currency);
    Ok(match sent(form, "act") {
        "pledge" => Act::Pledge(pledge(form)?),
        "commit" => Act::Commit(PurseCommitted {
            pledge: of(form)?,
            amount_minor: amount()?,
            instrument: words("instrument"),
        }),
        "pay_in" => Act::PayIn(came(window, form)?),
        "withdraw" => Act::Withdraw(PurseWithdrawn {
            pledge: of(form)?,
            amount_minor: amount()?,
            reason: words("reason"),
        }),
        "reply" => Act::Reply(PurseReplied { pledge: of(form)?, words: words("words") }),
        "release" => Act::Release(PurseReleased {
            application: of(form)?,
            amount_minor: amount()?,
            reason: words("reason"),
        }),
        "approve" => Act::Approve(PursePaymentApproved {
            number: of(form)?,
            day: 0,
            reference: words("reference"),
        }),
        "refuse" => Act::Refuse(PursePaymentRefused { number: of(form)?, reason: words("reason") }),
        "spend" => Act::Spend(spent(window, form)?),
        "give_back" => Act::GiveBack(PurseReturned {
            payment: of(form)?,
            amount_minor: amount()?,
            reason: words("reason"),
        }),
        "repay" => Act::Repay(PurseRepaid { application: of(form)?, amount_minor: amount()? }),
        _ => return Err(Refusal::new("funds-choice")),
    })
}

/// What came: in the window's currency, or in the pledge's own with the rate of that day.
fn came(window: &Window, form: &Form) -> Result<PursePaidIn, Refusal> {
    let (own, ours) = (sent(form, "currency"), window.terms.currency.as_str());
    let currency = if own.is_empty() { ours } else { own };
    let (day, typed) = (fields::day(form, "day")?, money::typed(sent(form, "amount"), currency)?);
    let given = if currency == ours {
        None
    } else {
        let (rate_digits, scale) = money::rate_typed(sent(form, "rate"))?;
        Some(Given {
            amount_minor: typed,
            currency: currency.to_owned(),
            rate_digits,
            rate_scale: i64::from(scale),
            rate_day: day,
        })
    };
    Ok(PursePaidIn {
        pledge: of(form)?,
        amount_minor: typed,
        day,
        reference: sent(form, "reference").to_owned(),
        given,
    })
}

fn spent(window: &Window, form: &Form) -> Result<PurseSpent, Refusal> {
    let words = |name: &str| sent(form, name).to_owned();
    Ok(PurseSpent {
        spend: 0,
        payment: of(form)?,
        amount_minor: money::typed(sent(form, "amount"), &window.terms.currency)?,
        supplier: words("supplier"),
        local: ticked(form, "local"),
        bill: words("bill"),
        what: words("what"),
        day: fields::day(form, "day")?,
        ..PurseSpent::default()
    })
}

fn pledge(form: &Form) -> Result<PursePledged, Refusal> {
    let currency = sent(form, "currency").to_owned();
    let (rate_digits, scale) = money::rate_typed(sent(form, "rate"))?;
    let given = Given {
        amount_minor: money::typed(sent(form, "amount"), &currency)?,
        currency,
        rate_digits,
        rate_scale: i64::from(scale),
        rate_day: fields::day(form, "rate_day")?,
    };
    Ok(PursePledged {
        giver: fields::id(form, "giver"),
        directness: sent(form, "directness").to_owned(),
        pool: fields::number(form, "pool")?,
        given,
        due_day: fields::day(form, "due")?,
        matches: ticked(form, "matches"),
        ..PursePledged::default()
    })
}
