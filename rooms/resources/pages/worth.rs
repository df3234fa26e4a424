//! What an answer was worth and how long it took: the clock of a request, the mark of whoever
//! asked, the form for it, and medians of many. Of few nothing is told, and nobody is named.

use page::components::button::Kind;
use page::components::field::Choice;
use page::{Html, Tongue, text};

use super::parts::{self, Ask};
use crate::door::{House, Trouble, Visitor};
use crate::needs::FEW;
use crate::resources::acts::advice::waited_ms;
use crate::resources::lists::is_goods;
use crate::resources::queries;
use crate::resources::rules::{REASON_CHARS_MAX, STARS_MAX};
use crate::resources::views::Request;

/// How long a request waited for its first useful answer, or waits still; and what that was worth.
pub fn lines(house: &House, t: Tongue, request: &Request) -> Html {
    let mut all = Html::none();
    let waited = waited_ms(request.asked_ms, request.helped_ms, house.now_ms());
    let key = match request.helped_ms {
        Some(_) => "resources-helped-after",
        None if request.open => "resources-waits",
        None => "resources-never-helped",
    };
    all.push(&parts::soft(&t.with(key, &[("span", t.span(waited).into())])));
    if let Some(rated) = &request.rated {
        let args = [("n", rated.stars.into()), ("most", i64::from(STARS_MAX).into())];
        let said = [t.with("resources-rated", &args), rated.word.clone()];
        let said = said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
        all.push(&Html(format!("<p dir=auto>{}</p>", text(&said.join(" · ")))));
    }
    all
}

/// The form by which whoever asked says what it was worth; and the button that asks people.
///
/// # Errors
/// When the store fails.
pub async fn acts(house: &House, visitor: &Visitor, request: &Request) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let came = queries::came(house, request.id).await?.received > 0;
    let mut all = Html::none();
    if !parts::may_do(visitor) || !(came || request.helped_ms.is_some()) {
        return Ok(all);
    }
    if came && !is_goods(&request.item) && request.need.is_some() && request.asked_about.is_none() {
        let to = format!("/desk/requests/{}/ask", request.id);
        all.push(&parts::line(&t.say("resources-nobody-asked")));
        all.push(&parts::tap(visitor, &to, &[], "resources-ask-people", Kind::Other));
    }
    let named: Vec<(String, String)> = (1..=STARS_MAX)
        .rev()
        .map(|n| (n.to_string(), t.say(&format!("resources-stars-{n}"))))
        .collect();
    let choices: Vec<Choice<'_>> = named.iter().map(|(n, name)| Choice::new(n, name)).collect();
    let fields = Html::join([
        Ask::words("stars", "resources-stars", 1).select(t, &choices),
        Ask::words("word.rate", "resources-word-on-it", REASON_CHARS_MAX).perhaps().line(t),
    ]);
    let to = format!("/desk/requests/{}/rate", request.id);
    let inside = parts::act(visitor, &to, fields, "resources-rate", Kind::Other);
    all.push(&parts::folded(&t.say("resources-rate"), &inside));
    Ok(all)
}

/// Halves of many, by kind, for anybody to see.
///
/// # Errors
/// When the store fails.
pub async fn medians(house: &House, t: Tongue) -> Result<Html, Trouble> {
    let mut items = Vec::new();
    for worth in queries::worths(house, FEW).await? {
        let kind = t.say(&format!("resources-kind-{}", worth.kind.code()));
        if let Some(hours) = worth.hours {
            let args = [("kind", kind.as_str().into()), ("n", hours.into())];
            items.push(t.with("resources-median-said", &args));
        }
        if let Some(stars) = worth.stars {
            let args = [
                ("kind", kind.as_str().into()),
                ("n", stars.into()),
                ("most", i64::from(STARS_MAX).into()),
            ];
            items.push(t.with("resources-median-stars", &args));
        }
    }
    Ok(Html::join(items.iter().map(|said| parts::soft(said))))
}
