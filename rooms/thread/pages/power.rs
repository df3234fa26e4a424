//! How promises are kept and who has the say, in figures that come from the log alone. They count
//! promises and decisions, never people, and nobody can hide one that falls.

use std::collections::HashMap;

use axum::extract::State;
use page::components::bar::share;
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::number::facts;
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};
use record::Id;
use store::StoreError;

use super::{h1, h2, say, small, soft};
use crate::actions::{self, Figures};
use crate::decisions::{self, Power, WOMEN_SHARE_PERCENT};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::people::{self, BodyKind};

/// Bodies in which those who live there decide.
const OF_RESIDENTS: [BodyKind; 2] = [BodyKind::Assembly, BodyKind::Committee];

/// What the city promised, and who had the say.
pub(super) struct Account {
    figures: Figures,
    overdue: i64,
    power: Power,
    /// Of what was resolved, by assemblies and committees of residents.
    by_residents: i64,
}

/// Reads the account of the city.
///
/// # Errors
/// When the store fails.
pub(super) async fn account(house: &House) -> Result<Account, StoreError> {
    let figures = actions::figures(house, Id::NONE).await?;
    // Promises alone: a committee's step that is late is no promise of a decision.
    let overdue = actions::promises(house).await?.overdue;
    let power = decisions::power(house, Id::NONE).await?;
    let kinds: HashMap<Id, BodyKind> =
        people::bodies(house).await?.into_iter().map(|body| (body.id, body.kind)).collect();
    let residents = |body: &Id| kinds.get(body).is_some_and(|kind| OF_RESIDENTS.contains(kind));
    let by_residents = power.bodies.iter().filter(|(id, _)| residents(id)).map(|(_, n)| n).sum();
    Ok(Account { figures, overdue, power, by_residents })
}

/// Promises kept and missed; nothing before anybody has promised anything.
pub(super) fn promises(t: Tongue, account: &Account) -> Html {
    let Account { figures, overdue, .. } = account;
    if figures.kept + figures.kept_late + figures.given_up + figures.open == 0 {
        return Html::none();
    }
    let number = |n: i64| text(&t.number(n));
    let names = ["kept", "kept-late", "open", "overdue", "given-up"]
        .map(|name| t.say(&format!("thread-promises-{name}")));
    let late = if *overdue > 0 { tag(Tone::Bad, &t.number(*overdue)) } else { number(0) };
    let values = [
        number(figures.kept),
        number(figures.kept_late),
        number(figures.open),
        late,
        number(figures.given_up),
    ];
    let pairs: Vec<(&str, Html)> = names.iter().map(String::as_str).zip(values).collect();
    let mut out = h2(t, "thread-promises");
    out.push(&facts(&pairs));
    if figures.said_not_done > 0 {
        let n = [("n", figures.said_not_done.into()), ("all", figures.said_done.into())];
        out.push(&soft(&t.with("thread-said-not-done", &n)));
    }
    out
}

/// Who has the say, as shares of what was resolved; nothing before anything was.
pub(super) fn line(t: Tongue, account: &Account) -> Html {
    let power = &account.power;
    if power.resolved == 0 {
        return Html::none();
    }
    let part = |key: &str, part: i64, whole: i64| {
        if whole == 0 { Html::none() } else { share(t, &t.say(key), small(part), small(whole)) }
    };
    let mut out = h2(t, "thread-power");
    out.push(&part("thread-power-residents", account.by_residents, power.resolved));
    let asked = power.by_residents + power.by_needs;
    out.push(&part("thread-power-asked", asked, power.resolved));
    let women = [("percent", WOMEN_SHARE_PERCENT.into())];
    if power.votes > 0 {
        let name = t.with("thread-power-women", &women);
        out.push(&share(t, &name, small(power.votes_with_women), small(power.votes)));
    }
    out
}

/// `GET /power`.
pub(super) async fn power(State(house): State<House>, visitor: Visitor) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let account = account(&house).await?;
    let title = t.say("thread-power-title");
    let mut body = h1(&text(&title));
    body.push(&say(t, "thread-power-lead"));
    let shown = Html::join([line(t, &account), promises(t, &account)]);
    if shown.0.is_empty() {
        let next = t.say("thread-power-none-next");
        body.push(&empty(Icon::Decide, &t.say("thread-power-none"), &next, &Html::none()));
        return Ok(Shown::street(title, body));
    }
    body.push(&shown);
    let power = &account.power;
    if power.resolved > 0 {
        body.push(&h2(t, "thread-power-more"));
        let pairs = [
            ("thread-power-resolved", power.resolved),
            ("thread-power-binding", power.binding),
            ("thread-power-proposals", power.by_residents),
            ("thread-power-from-needs", power.by_needs),
        ];
        let named: Vec<(String, Html)> =
            pairs.iter().map(|(key, n)| (t.say(key), text(&t.number(*n)))).collect();
        let pairs: Vec<(&str, Html)> =
            named.iter().map(|(name, n)| (name.as_str(), n.clone())).collect();
        body.push(&facts(&pairs));
    }
    body.push(&soft(&t.say("thread-power-how")));
    Ok(Shown::street(title, body))
}
