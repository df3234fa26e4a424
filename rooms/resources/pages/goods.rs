//! `/desk/stock/{id}` and `/desk/stock/new`: one lot of goods with what left it, and the form that
//! takes goods in. What is left is worked out, never typed.

use axum::extract::{Path, Query, State};
use page::components::button::Kind;
use page::components::field::Choice;
use page::components::number::facts;
use page::{Html, Tongue, text};

use super::lists::spoils;
use super::parts::{self, Ask, Asked, id_of};
use crate::actions::rules::ARRIVED_CHARS_MAX;
use crate::actions::today;
use crate::door::{House, Shown, Trouble, Visitor};
use crate::resources::lists::Kind as What;
use crate::resources::queries;
use crate::resources::rules::WHAT_CHARS_MAX;
use crate::resources::views::{Hand, Lot};
use crate::voices::desk_parts::area_field;

/// How goods can come into stock by hand.
const SOURCES: [&str; 4] = ["bought", "given", "made", "counted"];

/// One lot.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let lot = queries::lot(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let tags = spoils(t, &lot, today(&house));
    let mut body = Html(format!("<p class=tags>{tags}</p>"));
    body.push(&own_facts(&house, t, &lot));
    body.push(&handed(&house, &visitor, &lot).await?);
    if parts::may_do(&visitor) && lot.here > 0 {
        body.push(&acts(&house, &visitor, &lot).await?);
    }
    let back = parts::link(&visitor, "/desk/stock", &t.say("resources-stock"));
    body.push(&Html(format!("<p>{back}</p>")));
    Ok(parts::shown(&visitor, &parts::lot_title(t, &lot), &asked, body))
}

fn own_facts(house: &House, t: Tongue, lot: &Lot) -> Html {
    let keys = ["resources-fact-where", "resources-here", "resources-stocked"];
    let [place, here, came] = &keys.map(|key| t.say(key));
    let keys = ["resources-handed", "resources-lost", "resources-source"];
    let [handed, lost, source] = &keys.map(|key| t.say(key));
    let much = |n: i64| text(&parts::amount(t, &lot.item, n));
    facts(&[
        (place, text(&parts::area_name(house, t, lot.area))),
        (source, text(&t.say(&format!("resources-source-{}", lot.source)))),
        (came, much(lot.amount)),
        (here, much(lot.here)),
        (handed, much(lot.handed)),
        (lost, much(lot.lost)),
    ])
}

/// What was handed out, and whether people are asked about it.
async fn handed(house: &House, visitor: &Visitor, lot: &Lot) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut items = Vec::new();
    for hand in &lot.hands {
        let mut line = text(&parts::amount(t, &lot.item, hand.amount));
        let request = match hand.request {
            Some(request) => queries::request(house, request).await?,
            None => None,
        };
        if let Some(request) = &request {
            let to = format!("/desk/requests/{}", request.id);
            line.push(&Html(" · ".to_owned()));
            line.push(&parts::link(visitor, &to, &parts::request_title(t, request)));
        }
        line.push(&Html(" · ".to_owned()));
        if let Some(task) = hand.task {
            let to = format!("/desk/tasks/{task}");
            line.push(&parts::link(visitor, &to, &t.say("resources-people-asked")));
        } else {
            line.push(&text(&t.say("resources-nobody-asked")));
            if parts::may_do(visitor) && request.is_some_and(|request| request.need.is_some()) {
                line.push(&asking(visitor, lot, hand));
            }
        }
        items.push(Html(format!("<li>{line}</li>")));
    }
    if items.is_empty() {
        return Ok(Html::none());
    }
    let list = Html(format!("<ul>{}</ul>", Html::join(items)));
    Ok(Html::join([parts::part(t, "resources-handed"), list]))
}

fn asking(visitor: &Visitor, lot: &Lot, hand: &Hand) -> Html {
    let t = visitor.tongue();
    let (name, item) = (format!("what.{}", hand.hand), parts::item_name(t, &lot.item));
    let fields = Html::join([
        page::components::field::hidden("hand", &hand.hand.to_string()),
        Ask { value: &item, ..Ask::words(&name, "resources-arrived", ARRIVED_CHARS_MAX) }.line(t),
    ]);
    let to = format!("/desk/stock/{}/ask", lot.id);
    parts::act(visitor, &to, fields, "resources-ask-people", Kind::Other)
}

async fn acts(house: &House, visitor: &Visitor, lot: &Lot) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let at = |verb: &str| format!("/desk/stock/{}/{verb}", lot.id);
    let request = match lot.request {
        Some(request) => {
            queries::request(house, request).await?.map(|one| parts::request_number(&one))
        }
        None => None,
    };
    let request = request.unwrap_or_default();
    let of =
        |name| Ask { value: &request, ..Ask::words(name, "resources-for-request", 12).perhaps() };
    let item = parts::item_name(t, &lot.item);
    let hand = Html::join([
        Ask::number("amount.hand", "resources-how-much-asked").line(t),
        of("request.hand").line(t),
        Ask { value: &item, ..Ask::words("what.hand", "resources-arrived", ARRIVED_CHARS_MAX) }
            .line(t),
        parts::soft(&t.say("resources-hand-out-then")),
    ]);
    let send = Html::join([
        Ask::number("amount.send", "resources-how-much-asked").line(t),
        area_field(house, t, None, parts::AREAS_LISTED_MAX),
        parts::body_field(house, t, "carrier", "resources-carrier").await?,
        of("request.send").line(t),
    ]);
    let lose = Html::join([
        Ask::number("amount.lose", "resources-how-much-asked").line(t),
        Ask::words("reason.lose", "resources-reason", WHAT_CHARS_MAX).line(t),
    ]);
    let forms = [
        ("hand-out", "resources-hand-out", hand, Kind::Main),
        ("send", "resources-send", send, Kind::Other),
        ("lose", "resources-lose", lose, Kind::Other),
    ];
    Ok(Html::join(forms.into_iter().map(|(verb, key, fields, kind)| {
        let inside = parts::act(visitor, &at(verb), fields, key, kind);
        parts::folded(&t.say(key), &inside)
    })))
}

/// The form that takes goods into stock.
pub async fn new(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let named = SOURCES.map(|code| (code, t.say(&format!("resources-source-{code}"))));
    let choices: Vec<Choice<'_>> =
        named.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let good = Ask {
        kind: page::components::field::Kind::Day,
        ..Ask::words("good_until", "resources-good-until-day", 10).perhaps()
    };
    let fields = Html::join([
        parts::item_field(t, Some(What::Goods), ""),
        Ask::number("amount", "resources-how-much-asked").line(t),
        area_field(&house, t, asked.area_id(), parts::AREAS_LISTED_MAX),
        Ask::words("source", "resources-source", 20).select(t, &choices),
        good.line(t),
    ]);
    let body = parts::act(&visitor, "/desk/stock/new", fields, "resources-stock-new", Kind::Main);
    Ok(parts::shown(&visitor, &t.say("resources-stock-new"), &asked, body))
}
