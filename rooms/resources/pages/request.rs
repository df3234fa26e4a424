//! `/desk/requests/{id}` and `/desk/requests/new`: one request with what is proposed for it, what
//! is taken and what came; and the form that asks. A person decides, always.

use axum::extract::{Path, Query, State};
use page::components::button::Kind;
use page::components::field::Choice;
use page::components::number::facts;
use page::{Html, Tongue, text};

use super::doing::in_days;
use super::parts::{self, Ask, Asked, id_of};
use super::{advising, matches, public, worth};
use crate::actions::today;
use crate::door::{House, Shown, Trouble, Visitor};
use crate::needs;
use crate::people;
use crate::resources::queries;
use crate::resources::rules::{REASON_CHARS_MAX, WHAT_CHARS_MAX};
use crate::resources::views::{Offer, Request, Take};
use crate::voices::desk_parts::area_field;

/// A request is wanted after so many days when nothing else is said.
const WANTED_DAYS: i64 = 7;
/// It is handed over after so many days when nothing else is said.
const HAND_OVER_DAYS: i64 = 60;

/// One request.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let request = queries::request(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let tags = parts::request_tags(t, &request, today(&house));
    let mut body = Html(format!("<p class=tags>{tags}</p>"));
    body.push(&public::own_facts(&house, t, &request).await?);
    body.push(&worth::lines(&house, t, &request));
    body.push(&whose(&house, &visitor, &request).await?);
    body.push(&taken(&house, &visitor, &request).await?);
    body.push(&goods(&house, &visitor, &request).await?);
    if request.open {
        body.push(&matches::for_request(&house, &visitor, &request).await?);
    }
    body.push(&advising::on_request(&house, &visitor, &request).await?);
    body.push(&worth::acts(&house, &visitor, &request).await?);
    body.push(&ending(&house, &visitor, &request));
    let back = parts::link(&visitor, "/desk/requests", &t.say("resources-requests"));
    body.push(&Html(format!("<p>{back}</p>")));
    Ok(parts::shown(&visitor, &parts::request_title(t, &request), &asked, body))
}

/// Who works beside whoever comes, which need it is for.
async fn whose(house: &House, visitor: &Visitor, request: &Request) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let names = people::member_names(house, &[request.counterpart]).await?;
    let name = names.get(&request.counterpart).cloned();
    let name = name.unwrap_or_else(|| t.say("resources-member-former"));
    let (who, of, speak) = (
        t.say("resources-counterpart"),
        t.say("resources-fact-need"),
        t.say("resources-languages"),
    );
    let mut all = vec![(who.as_str(), page::html::bdi(&name))];
    let need = match request.need {
        Some(need) => needs::need(house, need).await?,
        None => None,
    };
    if let Some(need) = need {
        let to = format!("/desk/needs/{}", need.id);
        all.push((&of, parts::link(visitor, &to, &needs::title_line(t, &need))));
    }
    if !request.languages.is_empty() {
        all.push((&speak, text(&spoken(&request.languages))));
    }
    Ok(facts(&all))
}

/// Languages by their own names.
pub fn spoken(codes: &[String]) -> String {
    let own = |code: &String| page::Lang::from_code(code).map_or("", page::Lang::own_name);
    codes.iter().map(own).collect::<Vec<_>>().join(", ")
}

/// The parts of offers that are taken for it.
async fn taken(house: &House, visitor: &Visitor, request: &Request) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let offers = queries::offers_of(house, request.id).await?;
    let mut items = Vec::new();
    for offer in &offers {
        for part in offer.takes.iter().filter(|part| part.request == request.id) {
            items.push(part_line(visitor, t, request, offer, part));
        }
    }
    if items.is_empty() {
        return Ok(Html::none());
    }
    let list = Html(format!("<ul>{}</ul>", Html::join(items)));
    Ok(Html::join([parts::part(t, "resources-taken"), list]))
}

fn part_line(visitor: &Visitor, t: Tongue, request: &Request, offer: &Offer, part: &Take) -> Html {
    let to = format!("/desk/offers/{}", offer.id);
    let link = parts::link(visitor, &to, &parts::offer_title(t, offer));
    let mut said = vec![
        parts::amount(t, &offer.item, part.amount),
        t.say(&format!("resources-take-{}", part.status)),
        t.say(&format!("resources-from-{}", part.from)),
    ];
    if part.status == "given" {
        let came = [("came", parts::amount(t, &offer.item, part.came).into())];
        said.push(t.with("resources-came", &came));
        said.push(part.difference.clone());
    }
    said.retain(|words| !words.is_empty());
    let mut acts = Html::none();
    if parts::may_do(visitor) && part.status != "given" {
        let (take, of) = (part.take.to_string(), request.id.to_string());
        let hidden = [("take", take.as_str()), ("request", of.as_str())];
        let tap = |verb: &str, key: &str| {
            parts::tap(visitor, &format!("{to}/{verb}"), &hidden, key, Kind::Other)
        };
        if part.status == "claimed" {
            acts.push(&tap("commit", "resources-commit"));
        }
        acts.push(&tap("release", "resources-release"));
        if visitor.author() == Some(request.counterpart) {
            acts.push(&came_form(visitor, &to, &hidden, part));
        }
    }
    let said = text(&said.join(" · "));
    Html(format!("<li>{link} <span dir=auto>{said}</span> {acts}</li>"))
}

/// How much of a part came, said by the counterpart alone.
fn came_form(visitor: &Visitor, to: &str, hidden: &[(&str, &str)], part: &Take) -> Html {
    let t = visitor.tongue();
    let much = part.amount.to_string();
    let names = ["amount", "difference"].map(|name| format!("{name}.{}", part.take));
    let [amount, difference] = &names;
    let kept = hidden.iter().map(|(name, value)| page::components::field::hidden(name, value));
    let fields = Html::join([
        Html::join(kept),
        Ask { value: &much, ..Ask::number(amount, "resources-came-much") }.line(t),
        Ask::words(difference, "resources-difference", REASON_CHARS_MAX).perhaps().line(t),
    ]);
    let inside =
        parts::act(visitor, &format!("{to}/given"), fields, "resources-came-keep", Kind::Other);
    parts::folded(&t.say("resources-it-came"), &inside)
}

/// Waybills that carry goods for it, and what was handed out.
async fn goods(house: &House, visitor: &Visitor, request: &Request) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut items = Vec::new();
    for waybill in queries::waybills_of(house, request.id).await? {
        let to = format!("/desk/waybills/{}", waybill.id);
        let link = parts::link(visitor, &to, &parts::waybill_number(&waybill));
        let mut said = vec![
            parts::amount(t, &waybill.item, waybill.amount),
            t.say(&format!("resources-waybill-{}", waybill.status)),
        ];
        said.extend(waybill.difference.clone());
        items.push(Html(format!(
            "<li>{link} <span dir=auto>{}</span></li>",
            text(&said.join(" · "))
        )));
    }
    for lot in queries::lots_of(house, request.id).await? {
        let link =
            parts::link(visitor, &format!("/desk/stock/{}", lot.id), &parts::lot_title(t, &lot));
        let args = [("n", parts::amount(t, &lot.item, lot.handed).into())];
        let said = text(&t.with("resources-handed-out", &args));
        items.push(Html(format!("<li>{link} <span dir=auto>{said}</span></li>")));
    }
    if items.is_empty() {
        return Ok(Html::none());
    }
    let list = Html(format!("<ul>{}</ul>", Html::join(items)));
    Ok(Html::join([parts::part(t, "resources-waybills"), list]))
}

/// Handing over, and asking no more.
fn ending(house: &House, visitor: &Visitor, request: &Request) -> Html {
    let t = visitor.tongue();
    let mut all = Html::none();
    if !request.open || !parts::may_do(visitor) {
        return all;
    }
    if request.is_hand_over_due(today(house)) {
        all.push(&parts::line(&t.say("resources-hand-over-due-lead")));
    }
    if request.handed_over_ms.is_none() && visitor.author() == Some(request.counterpart) {
        let to = format!("/desk/requests/{}/hand-over", request.id);
        all.push(&parts::tap(visitor, &to, &[], "resources-hand-over", Kind::Other));
    }
    let reason = Ask::words("reason.close", "resources-reason", REASON_CHARS_MAX).area(t, 2);
    let to = format!("/desk/requests/{}/close", request.id);
    let inside = parts::act(visitor, &to, reason, "resources-close", Kind::Grave);
    all.push(&parts::folded(&t.say("resources-close"), &inside));
    all
}

/// The form that asks.
pub async fn new(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let number = asked.number.clone().unwrap_or_default();
    let members = people::here(&house, None).await?;
    let named: Vec<(String, String)> =
        members.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let members: Vec<Choice<'_>> = named.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let me = visitor.author().map(|id| id.to_string()).unwrap_or_default();
    let haste = ["1", "2", "3", "4", "5"].map(|n| (n, t.say(&format!("resources-urgency-{n}"))));
    let haste: Vec<Choice<'_>> = haste.iter().map(|(n, name)| Choice::new(n, name)).collect();
    let fields = Html::join([
        parts::item_field(t, None, asked.item.as_deref().unwrap_or_default()),
        Ask::number("amount", "resources-how-much-asked").line(t),
        Ask::words("what", "resources-what", WHAT_CHARS_MAX).line(t),
        Ask { value: &number, ..Ask::words("need", "resources-for-need", 12).perhaps() }.line(t),
        area_field(&house, t, asked.area_id(), parts::AREAS_LISTED_MAX),
        parts::body_field(&house, t, "body", "resources-body").await?,
        Ask { value: &me, ..Ask::words("counterpart", "resources-counterpart", 40) }
            .select(t, &members),
        parts::day_field(t, "wanted", "resources-wanted", in_days(&house, WANTED_DAYS)),
        parts::day_field(t, "hand_over", "resources-hand-over-on", in_days(&house, HAND_OVER_DAYS)),
        Ask { value: "3", ..Ask::words("urgency", "resources-urgency", 1) }.select(t, &haste),
        parts::language_ticks(t, &[]),
        Ask::words("remote", "resources-remote", 3).perhaps().tick(t),
    ]);
    let body = Html::join([
        parts::line(&t.say("resources-ask-lead")),
        parts::act(&visitor, "/desk/requests/new", fields, "resources-ask", Kind::Main),
    ]);
    Ok(parts::shown(&visitor, &t.say("resources-ask"), &asked, body))
}
