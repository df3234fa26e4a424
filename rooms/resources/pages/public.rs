//! What anybody may see: what is asked for, where, since when and what came; and for an area and a
//! need the same in few lines. Nobody who offers is in it, and how many people came is told from
//! five on.

use axum::extract::{Path, Query, State};
use page::components::button::{Kind, buttons, link_button};
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::number::facts;
use page::components::row::{Row, pager, rows};
use page::{Html, Tongue, text};
use record::Id;

use super::parts::{self, Asked};
use super::worth;
use crate::actions::today;
use crate::door::{House, Shown, Trouble, Visitor};
use crate::resources::lists::is_people;
use crate::resources::queries::{self, Came, PAGE_ROWS, Which};
use crate::resources::views::Request;

/// Requests shown of a need.
const OF_NEED_MAX: usize = 5;

/// `/help-wanted`: what is asked for.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let after = match asked.after_id() {
        Some(id) => queries::request(&house, id).await?,
        None => None,
    };
    let list = queries::list(&house, Which::Open, asked.area_id(), after.as_ref()).await?;
    let title = t.say("resources-help-wanted");
    let mut body = parts::h1(&title);
    body.push(&parts::line(&t.say("resources-help-wanted-lead")));
    let offer = visitor.link("/help-wanted/offer");
    let offer =
        link_button(&offer, &t.say("resources-offer-something"), Kind::Main, Some(Icon::Add));
    body.push(&buttons([offer]));
    if list.is_empty() {
        let (none, next) = (t.say("resources-none-asked"), t.say("resources-none-asked-next"));
        body.push(&empty(Icon::Ok, &none, &next, &Html::none()));
    } else {
        body.push(&request_rows(&house, &visitor, &list).await?);
        let full = i64::try_from(list.len()).unwrap_or(0) >= PAGE_ROWS;
        let area = asked.area_id().map(|id| format!("&area={id}")).unwrap_or_default();
        let next = list
            .last()
            .filter(|_| full)
            .map(|last| visitor.link(&format!("/help-wanted?after={}{area}", last.id)));
        body.push(&pager(t, None, next.as_deref()));
    }
    body.push(&worth::medians(&house, t).await?);
    Ok(Shown::street(title, body))
}

/// Requests as rows of the street.
async fn request_rows(house: &House, visitor: &Visitor, list: &[Request]) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let day = today(house);
    let mut shown = Vec::new();
    for request in list {
        let came = queries::came(house, request.id).await?;
        let note = [
            parts::area_name(house, t, request.area),
            how_much(t, request),
            state(t, request, &came),
        ];
        let to = visitor.link(&format!("/request/{}", request.number));
        let title = parts::request_title(t, request);
        let tags = parts::request_tags(t, request, day);
        shown.push((title, to, tags, text(&note.join(" · "))));
    }
    let all: Vec<Row<'_>> = shown
        .iter()
        .map(|(title, href, tags, note)| Row {
            title,
            href,
            tags: tags.clone(),
            note: note.clone(),
            acts: Html::none(),
        })
        .collect();
    Ok(rows(&all))
}

/// How much is asked for, in words.
pub fn how_much(t: Tongue, request: &Request) -> String {
    parts::amount(t, &request.item, request.amount)
}

/// What came so far, in words: never how much of a few people's time.
pub fn state(t: Tongue, request: &Request, came: &Came) -> String {
    let key = match came {
        _ if request.answered.is_some_and(|(yes, _)| yes) => "resources-state-confirmed",
        _ if request.answered.is_some() => "resources-state-not-arrived",
        _ if request.confirmed() > 0 => "resources-state-asker-says",
        came if came.received >= request.amount => "resources-state-all-came",
        came if came.received > 0 => "resources-state-some-came",
        came if came.pledged >= request.amount => "resources-state-promised",
        came if came.pledged > 0 => "resources-state-some-promised",
        _ => "resources-state-nothing",
    };
    t.say(key)
}

/// `/request/{number}`: one request.
pub async fn request(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let number: i64 = number.parse().map_err(|_| Trouble::NotFound)?;
    let request = queries::request_by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    let day = today(&house);
    let title = parts::request_title(t, &request);
    let tags = parts::request_tags(t, &request, day);
    let mut body = parts::h1(&title);
    body.push(&Html(format!("<p class=tags>{tags}</p>")));
    body.push(&own_facts(&house, t, &request).await?);
    body.push(&worth::lines(&house, t, &request));
    body.push(&advice(&house, t, &request).await?);
    if request.open {
        let to = visitor.link(&format!("/help-wanted/offer?item={}", request.item));
        let offer = t.say("resources-offer-something");
        body.push(&buttons([link_button(&to, &offer, Kind::Main, Some(Icon::Add))]));
    }
    let back = visitor.link("/help-wanted");
    let back = link_button(&back, &t.say("resources-help-wanted"), Kind::Other, None);
    body.push(&buttons([back]));
    Ok(Shown::street(title, body))
}

/// What is known of a request, without anybody's name.
pub async fn own_facts(house: &House, t: Tongue, request: &Request) -> Result<Html, Trouble> {
    let came = queries::came(house, request.id).await?;
    let said = |words: &str| Html(format!("<span dir=auto>{}</span>", text(words)));
    let keys = ["resources-fact-where", "resources-fact-much", "resources-fact-since"];
    let [place, much, since] = &keys.map(|key| t.say(key));
    let keys = ["resources-fact-body", "resources-fact-came", "resources-fact-hand-over"];
    let [body, arrived, hand_over] = &keys.map(|key| t.say(key));
    let mut all: Vec<(&str, Html)> = vec![
        (place, said(&parts::area_name(house, t, request.area))),
        (much, text(&how_much(t, request))),
        (since, text(&t.date_at(request.asked_ms, house.city().offset_minutes))),
    ];
    let name = parts::body_name(house, request.body).await?;
    if request.body.is_some() {
        all.push((body, said(&name)));
    }
    all.push((arrived, text(&state(t, request, &came))));
    if is_people(&request.item) {
        all.push((hand_over, text(&parts::day(t, request.hand_over_day))));
    }
    let pairs = [
        ("resources-pledged", came.pledged),
        ("resources-received", came.received),
        ("resources-handed", came.handed),
    ];
    let named: Vec<(String, i64)> = pairs.iter().map(|(key, n)| (t.say(key), *n)).collect();
    if !is_people(&request.item) {
        for (name, n) in &named {
            all.push((name, text(&parts::amount(t, &request.item, *n))));
        }
    }
    let why = t.say("resources-fact-reason");
    if let Some(reason) = &request.reason {
        all.push((&why, said(reason)));
    }
    Ok(facts(&all))
}

/// What became of advice: followed or not, and why; never its words.
async fn advice(house: &House, t: Tongue, request: &Request) -> Result<Html, Trouble> {
    let all = queries::advice_on(house, request.id).await?;
    let items: Vec<Html> = all
        .iter()
        .filter_map(|advice| {
            let reason = advice.reason.as_ref()?;
            let said = t.say(&format!("resources-advice-{}", advice.status));
            let mut line = format!("{said}: {reason}");
            if let Some(useful) = advice.useful {
                let key = if useful { "resources-useful" } else { "resources-not-useful" };
                line = format!("{line} · {}", t.say(key));
            }
            Some(Html(format!("<li dir=auto>{}</li>", text(&line))))
        })
        .collect();
    if items.is_empty() {
        return Ok(Html::none());
    }
    let list = Html(format!("<ul>{}</ul>", Html::join(items)));
    Ok(Html::join([parts::part(t, "resources-advice"), list]))
}

/// What is asked for a need, in few words each, for anybody to see.
///
/// # Errors
/// When the store fails.
pub async fn need_part(house: &House, visitor: &Visitor, need: Id) -> Result<Html, Trouble> {
    let mut all = queries::requests_of_need(house, need).await?;
    all.truncate(OF_NEED_MAX);
    if all.is_empty() {
        return Ok(Html::none());
    }
    let t = visitor.tongue();
    let rows = request_rows(house, visitor, &all).await?;
    Ok(Html::join([parts::part(t, "resources-help-wanted"), rows]))
}
