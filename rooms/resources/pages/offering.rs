//! `/help-wanted/offer`: anybody offers what they can do or give, without an account. The words and
//! the number are sealed as with any voice; it never loses what was typed.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::notice::notice;
use page::frame::Tone;
use page::{Html, Notice, Tongue};
use record::{Id, Refusal};

use super::doing::{Fields, ONCE, in_days, once, price_sent};
use super::parts::{self, Ask, Asked, day_field, day_sent, id_perhaps, whole_perhaps};
use crate::door::{House, Moved, Rate, Sent, Shown, Trouble, Visitor};
use crate::resources::acts;
use crate::resources::records::OfferMade;
use crate::voices::desk_parts::{area_field, area_sent, said};
use crate::voices::{CHOSEN_WORD_CHARS_MAX, Inbound, NUMBER_CHARS_MAX};

/// Offers one origin may make in a minute: a church's Wi-Fi is one origin for many people.
const OFFERS: Rate = Rate { name: "offer", times: 30, within_ms: 60_000 };
/// An offer holds for so many days when nothing else is said.
const HOLDS_DAYS: i64 = 30;
/// Longest words of an offer, in characters.
const WORDS_CHARS_MAX: usize = 1_000;

/// The form.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let item = asked.item.clone().unwrap_or_default();
    form_page(&house, &visitor, &Fields::of(&[("item", &item)]), None).await
}

/// Hears an offer, and leads to where it can be followed.
pub async fn offer(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Fields>,
) -> Result<Response, Trouble> {
    match heard(&house, &visitor, &sent).await {
        Ok(code) => Ok(Moved(visitor.link(&format!("/follow/{code}?new=1"))).into_response()),
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            Ok(form_page(&house, &visitor, &sent, Some(&refusal)).await?.into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn heard(house: &House, visitor: &Visitor, sent: &Fields) -> Result<String, Trouble> {
    let few = house.limits().take(OFFERS, visitor.0.origin, house.now_ms());
    few.then_some(()).ok_or(Refusal::new("too-often").status(429))?;
    let some = |name: &str| Some(sent.get(name).to_owned()).filter(|typed| !typed.is_empty());
    let words = sent.get("words").to_owned();
    if words.chars().count() > WORDS_CHARS_MAX {
        return Err(Refusal::new("resource-words-long").naming("most", WORDS_CHARS_MAX).into());
    }
    let (price_minor, currency) = price_sent(sent)?;
    // No resident offers as a body: that is for members at the desk.
    let giver = Some(sent.get("giver")).filter(|giver| *giver != "body").unwrap_or_default();
    let made = OfferMade {
        item: sent.get("item").to_owned(),
        amount: whole_perhaps(sent.get("amount"))?,
        price_minor,
        currency,
        from_day: day_sent(sent.get("from"))?,
        until_day: day_sent(sent.get("until"))?,
        languages: parts::languages_sent(sent.all()),
        remote: sent.get("remote") == "yes",
        giver: giver.to_owned(),
        conflict: id_perhaps(sent.get("conflict"))?,
        ..OfferMade::default()
    };
    let inbound = Inbound {
        channel: "page",
        message_id: once(sent).map(|form| ("offer".to_owned(), form)),
        words,
        number: some("number"),
        area: area_sent(house, sent.get("area"))?,
        kind: Some("offer".to_owned()),
        chosen_word: some("word"),
        ..Inbound::default()
    };
    let code = acts::offers::hear_offer(house, inbound, made).await?;
    Ok(code.chars().filter(char::is_ascii_alphanumeric).collect())
}

async fn form_page(
    house: &House,
    visitor: &Visitor,
    sent: &Fields,
    refusal: Option<&Refusal>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let title = t.say("resources-offer-something");
    let mut body = parts::h1(&title);
    body.push(&parts::line(&t.say("resources-offer-lead")));
    if let Some(refusal) = refusal {
        body.push(&notice(t, &Notice::new(Tone::Bad, &said(t, refusal))));
    }
    let send = t.say("resources-offer-send");
    let send = Button { icon: Some(Icon::Add), ..Button::new(&send, Kind::Main) };
    let chosen = area_sent(house, sent.get("area")).ok().flatten();
    let words =
        Ask { value: sent.get("words"), ..Ask::words("words", "resources-words", WORDS_CHARS_MAX) };
    let fresh = Id::fresh(house.now_ms()).to_string();
    let once = Some(sent.get(ONCE)).filter(|once| !once.is_empty()).unwrap_or(&fresh);
    let fields = Html::join([
        field::hidden(ONCE, once),
        parts::item_field(t, None, sent.get("item")),
        words.area(t, 3),
        area_field(house, t, chosen, parts::AREAS_LISTED_MAX),
        Ask { value: sent.get("amount"), ..Ask::number("amount", "resources-how-much") }
            .perhaps()
            .line(t),
        parts::giver_field(t, &["resident", "firm", "savings_group"], sent.get("giver")),
        contact(t, sent),
        more(house, t, sent).await?,
        buttons([button(&send)]),
    ]);
    let to = visitor.link("/help-wanted/offer");
    body.push(&form(t, &Form::post(&to, visitor.csrf()), &fields));
    let status = refusal.and_then(|refusal| StatusCode::from_u16(refusal.status).ok());
    Ok(Shown::street(title, body).with_status(status.unwrap_or_default()))
}

fn contact(t: Tongue, sent: &Fields) -> Html {
    let number = Ask {
        value: sent.get("number"),
        kind: FieldKind::Phone,
        ..Ask::words("number", "resources-number", 2 * NUMBER_CHARS_MAX).perhaps()
    };
    let word = Ask {
        value: sent.get("word"),
        ..Ask::words("word", "resources-word", CHOSEN_WORD_CHARS_MAX).perhaps()
    };
    Html::join([number.line(t), word.line(t)])
}

/// Days, price, languages, and whether the owner sits where it is decided.
async fn more(house: &House, t: Tongue, sent: &Fields) -> Result<Html, Trouble> {
    let typed =
        |name: &str, days: i64| day_sent(sent.get(name)).unwrap_or_else(|_| in_days(house, days));
    let price = Ask { value: sent.get("price"), ..Ask::number("price", "resources-price") };
    let currency = Ask {
        value: sent.get("currency"),
        ..Ask::words("currency", "resources-currency", 3).perhaps()
    };
    let remote =
        Ask { value: sent.get("remote"), ..Ask::words("remote", "resources-remote", 3).perhaps() };
    let inside = Html::join([
        day_field(t, "from", "resources-from", typed("from", 0)),
        day_field(t, "until", "resources-until", typed("until", HOLDS_DAYS)),
        price.perhaps().line(t),
        currency.line(t),
        parts::language_ticks(t, &parts::languages_sent(sent.all())),
        remote.tick(t),
        parts::body_field(house, t, "conflict", "resources-conflict").await?,
    ]);
    Ok(parts::folded(&t.say("resources-more"), &inside))
}
