//! What the street sees of a need: what is lacking, where, how grave, how many people and since
//! when, at least how many voices, the words that were let be shown, and where it stands. It shows
//! no need that was not published, and no count below five.

use page::components::card::card;
use page::components::number::facts;
use page::components::quote::quote;
use page::{Html, Tongue, text};
use record::Id;
use store::StoreError;

use super::parts;
use crate::door::{House, Visitor};
use crate::needs::queries::{self, PAGE_NEEDS, PublicNeed, Which};
use crate::needs::{Need, title_line};
use crate::voices::desk_parts as desk;
use crate::voices::queries::grouping::quotes_of_need;

/// Most quotes shown of one need.
pub const QUOTES_SHOWN_MAX: i64 = 5;

/// Needs that the street may see, of an area or of the city, the gravest first; `after` is the last
/// one of the page before.
///
/// # Errors
/// When the store fails.
pub async fn public_list(
    house: &House,
    area: Option<Id>,
    after: Option<&Need>,
) -> Result<Vec<Need>, StoreError> {
    queries::list(house, Which::Public, area, after, PAGE_NEEDS).await
}

/// A need as the street sees it; nothing when it is not published.
///
/// # Errors
/// When the store fails.
pub async fn public_part(
    house: &House,
    visitor: &Visitor,
    need: &Need,
) -> Result<Html, StoreError> {
    if !need.published {
        return Ok(Html::none());
    }
    let told = queries::public_counts(house, need.id).await?;
    let quotes = quotes(house, need.id).await?;
    Ok(drawn(house, visitor.tongue(), need, &told, &quotes))
}

/// The words shown of a need: each with its language.
pub(super) async fn quotes(house: &House, need: Id) -> Result<Vec<(String, String)>, StoreError> {
    let shown = quotes_of_need(house, need, QUOTES_SHOWN_MAX).await?;
    Ok(shown.into_iter().map(|(voice, words)| (words, voice.language)).collect())
}

/// The part itself, of what is given: a preview draws the very same.
pub(super) fn drawn(
    house: &House,
    t: Tongue,
    need: &Need,
    told: &PublicNeed,
    quotes: &[(String, String)],
) -> Html {
    let mut tags = parts::severity(t, need.severity);
    tags.push(&parts::status_tag(t, need));
    tags.push(&parts::sector(t, &need.sector));
    let mut body = Html(format!("<p class=tags>{tags}</p>"));
    body.push(&facts_of(house, t, need, told));
    if !quotes.is_empty() {
        body.push(&desk::soft(&text(&t.say("needs-quotes-lead"))));
    }
    for (words, language) in quotes {
        let language = Some(language.as_str()).filter(|code| *code != "und");
        body.push(&quote(words, language, &Html::none()));
    }
    card(&title_line(t, need), None, &body)
}

fn facts_of(house: &House, t: Tongue, need: &Need, told: &PublicNeed) -> Html {
    let names = [
        "needs-fact-area",
        "needs-fact-people",
        "needs-fact-since",
        "needs-fact-voices",
        "needs-fact-known",
        "needs-fact-confirmed",
        "needs-fact-body",
        "needs-fact-due",
        "needs-fact-arrived",
        "needs-fact-why",
    ]
    .map(|key| t.say(key));
    let [area, people, since, voices, known, confirmed, body, due, arrived, why] = &names;
    let mut all: Vec<(&str, Html)> = vec![
        (area, text(&desk::area_name(house, t, need.area))),
        (people, text(&parts::people_aged(t, need, house.now_ms()))),
        (since, text(&parts::since(t, need))),
    ];
    if told.voices > 0 || need.source == "voices" {
        all.push((voices, text(&parts::voices_told(t, told))));
    }
    if need.source != "voices" {
        all.push((known, text(&t.say(&format!("needs-source-{}", need.source)))));
    }
    if let Some(said) = parts::confirmed(house, t, need) {
        all.push((confirmed, text(&said)));
    }
    if matches!(need.status.as_str(), "in_progress" | "referred") {
        all.extend(need.body.as_deref().map(|name| (body.as_str(), text(name))));
        let day = need.due_day.map(|day| t.date(day.saturating_mul(page::calendar::DAY_MS)));
        all.extend(day.map(|day| (due.as_str(), text(&day))));
    }
    if need.deliveries > 0 {
        let n = |n: i64| page::Arg::from(parts::floored(t, n));
        let args = [("asked", n(told.asked)), ("yes", n(told.yes)), ("no", n(told.no))];
        all.push((arrived, text(&t.with("needs-arrived", &args))));
    }
    if let Some(said) = parts::reason(t, need) {
        all.push((why, text(&said)));
    }
    facts(&all)
}
