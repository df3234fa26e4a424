//! `/desk/offers/{id}` and `/desk/offers/new`: one offer with what can be done with it, and the
//! form for an offer of a body or of a voice. Words are shown only to whoever may read the voice;
//! the number to nobody.

use axum::extract::{Path, Query, State};
use page::components::button::Kind;
use page::components::field;
use page::components::number::facts;
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};
use record::Id;

use super::doing::{ONCE, in_days};
use super::parts::{self, Ask, Asked, id_of};
use super::request::spoken;
use crate::actions::today;
use crate::door::{House, Role, Shown, Trouble, Visitor};
use crate::people;
use crate::resources::lists::GIVERS;
use crate::resources::queries;
use crate::resources::rules::{Actor, REASON_CHARS_MAX};
use crate::resources::views::Offer;
use crate::voices::desk_parts::{area_field, may_see};
use crate::voices::queries as voices;

/// An offer of a body holds for so many days when nothing else is said.
const HOLDS_DAYS: i64 = 90;

/// Whether this member reads the words of offers.
pub fn reads_words(visitor: &Visitor) -> bool {
    [Role::Steward, Role::Operator, Role::Officer].iter().any(|role| visitor.is(*role))
}

/// How an offer stands, by shape and word.
pub fn offer_tags(t: Tongue, offer: &Offer) -> Html {
    let mut all = Html::none();
    if offer.withdrawn {
        all.push(&tag(Tone::Bad, &t.say("resources-withdrawn")));
    } else if offer.left() <= 0 {
        all.push(&tag(Tone::Info, &t.say("resources-all-taken")));
    }
    if offer.is_vouched() {
        all.push(&tag(Tone::Good, &t.say("resources-vouched")));
    }
    if offer.standing || offer.trigger.is_some() {
        all.push(&tag(Tone::Info, &t.say("resources-on-call")));
    }
    if !offer.conflicts.is_empty() {
        all.push(&tag(Tone::Warn, &t.say("resources-in-conflict")));
    }
    all
}

/// The same on a day: also that its days are over.
pub fn tags_on(t: Tongue, offer: &Offer, today: i64) -> Html {
    let mut all = offer_tags(t, offer);
    if offer.until_day < today {
        all.push(&tag(Tone::Bad, &t.say("resources-expired")));
    }
    all
}

/// One offer.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let offer = queries::offer(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let tags = tags_on(t, &offer, today(&house));
    let mut body = Html(format!("<p class=tags>{tags}</p>"));
    body.push(&own_facts(&house, t, &offer).await?);
    body.push(&words(&house, &visitor, &offer).await?);
    body.push(&parts_taken(&house, &visitor, &offer).await?);
    if parts::may_do(&visitor) && !offer.withdrawn {
        body.push(&acts(&house, &visitor, &offer).await?);
    }
    let back = parts::link(&visitor, "/desk/offers", &t.say("resources-offers"));
    body.push(&Html(format!("<p>{back}</p>")));
    Ok(parts::shown(&visitor, &parts::offer_title(t, &offer), &asked, body))
}

async fn own_facts(house: &House, t: Tongue, offer: &Offer) -> Result<Html, Trouble> {
    let keys = ["resources-fact-where", "resources-fact-much", "resources-left"];
    let [place, much, left] = &keys.map(|key| t.say(key));
    let keys = ["resources-price", "resources-from", "resources-until"];
    let [price, from, until] = &keys.map(|key| t.say(key));
    let keys = ["resources-giver", "resources-languages", "resources-trigger"];
    let [giver, speak, trigger] = &keys.map(|key| t.say(key));
    let said = if offer.amount == 0 {
        t.say("resources-not-said")
    } else {
        parts::amount(t, &offer.item, offer.amount)
    };
    let mut who = t.say(&format!("resources-giver-{}", offer.giver));
    if offer.body.is_some() {
        who = format!("{who}: {}", parts::body_name(house, offer.body).await?);
    }
    let mut all = vec![
        (place.as_str(), text(&parts::area_name(house, t, offer.area))),
        (giver, text(&who)),
        (much, text(&said)),
        (left, text(&left_said(t, offer))),
        (price, text(&parts::price(t, offer))),
        (from, text(&parts::day(t, offer.from_day))),
        (until, text(&parts::day(t, offer.until_day))),
    ];
    if !offer.languages.is_empty() {
        all.push((speak, text(&spoken(&offer.languages))));
    }
    if let Some((said, day)) = &offer.trigger {
        let words = format!("{said} ({})", parts::day(t, *day));
        all.push((trigger, Html(format!("<span dir=auto>{}</span>", text(&words)))));
    }
    let mut out = facts(&all);
    let bodies = people::bodies(house).await?;
    for body in bodies.iter().filter(|body| offer.conflicts.contains(&body.id)) {
        let args = [("body", body.name.as_str().into())];
        out.push(&parts::line(&t.with("resources-conflict-said", &args)));
    }
    if !offer.excluded.is_empty() {
        let n = i64::try_from(offer.excluded.len()).unwrap_or(0);
        out.push(&parts::line(&t.with("resources-kept-away", &[("n", n.into())])));
    }
    let n = i64::try_from(offer.vouches.len()).unwrap_or(0);
    out.push(&parts::soft(&t.with("resources-vouches", &[("n", n.into())])));
    Ok(out)
}

/// How much can still be had; where nobody said how much there is, no number is made up.
fn left_said(t: Tongue, offer: &Offer) -> String {
    match offer.left() {
        left if left > 0 && offer.amount == 0 => t.say("resources-not-said"),
        left => parts::amount(t, &offer.item, left.max(0)),
    }
}

/// What was said with the offer, and the way to the voice.
async fn words(house: &House, visitor: &Visitor, offer: &Offer) -> Result<Html, Trouble> {
    let Some(id) = offer.voice.filter(|_| reads_words(visitor)) else { return Ok(Html::none()) };
    let t = visitor.tongue();
    let voice = voices::voice(house, id).await?.filter(|voice| may_see(visitor, voice));
    let Some(voice) = voice else { return Ok(Html::none()) };
    let words = voices::words(house, id).await?.map(|words| words.words);
    let words = words.unwrap_or_else(|| t.say("resources-words-gone"));
    let link =
        parts::link(visitor, &format!("/desk/voices/{}", voice.id), &t.say("resources-voice"));
    Ok(Html::join([parts::line(&words), Html(format!("<p>{link}</p>"))]))
}

async fn parts_taken(house: &House, visitor: &Visitor, offer: &Offer) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut items = Vec::new();
    for part in &offer.takes {
        if part.request == Id::NONE {
            let args = [("n", parts::amount(t, &offer.item, part.came).into())];
            let said = t.with("resources-bought-of-it", &args);
            items.push(Html(format!("<li>{}</li>", text(&said))));
            continue;
        }
        let Some(request) = queries::request(house, part.request).await? else { continue };
        let to = format!("/desk/requests/{}", request.id);
        let link = parts::link(visitor, &to, &parts::request_title(t, &request));
        let said = [
            parts::amount(t, &offer.item, part.amount),
            t.say(&format!("resources-take-{}", part.status)),
        ];
        items.push(Html(format!("<li>{link} <span>{}</span></li>", text(&said.join(" · ")))));
    }
    if items.is_empty() {
        return Ok(Html::none());
    }
    let list = Html(format!("<ul>{}</ul>", Html::join(items)));
    Ok(Html::join([parts::part(t, "resources-taken"), list]))
}

/// What can be done with an offer.
async fn acts(house: &House, visitor: &Visitor, offer: &Offer) -> Result<Html, Trouble> {
    let mut all = wanting(visitor, offer, today(house));
    let actor = Actor::of(visitor);
    if actor.coordinates || offer.body.is_some_and(|body| actor.bodies.contains(&body)) {
        all.push(&keeping(house, visitor, offer).await?);
    }
    Ok(all)
}

/// Taking a part of it, vouching for it, putting right what it is.
fn wanting(visitor: &Visitor, offer: &Offer, today: i64) -> Html {
    let t = visitor.tongue();
    let at = |verb: &str| format!("/desk/offers/{}/{verb}", offer.id);
    let mut all = Html::none();
    if offer.left() > 0 && offer.until_day >= today {
        let fields = Html::join([
            Ask::words("number", "resources-for-request", 12).line(t),
            Ask::number("amount.claim", "resources-how-much").perhaps().line(t),
        ]);
        let inside = parts::act(visitor, &at("claim"), fields, "resources-claim", Kind::Other);
        all.push(&parts::folded(&t.say("resources-claim"), &inside));
    }
    all.push(&parts::tap(visitor, &at("vouch"), &[], "resources-vouch", Kind::Other));
    all.push(&parts::soft(&t.say("resources-vouch-about")));
    if reads_words(visitor) && offer.takes.is_empty() {
        let much = offer.amount.to_string();
        let fields = Html::join([
            parts::item_field(t, None, &offer.item),
            Ask { value: &much, ..Ask::number("amount.sort", "resources-how-much") }.line(t),
        ]);
        let inside = parts::act(visitor, &at("sort"), fields, "resources-sort", Kind::Other);
        all.push(&parts::folded(&t.say("resources-sort"), &inside));
    }
    all
}

/// What only its body, or who coordinates, says of it.
async fn keeping(house: &House, visitor: &Visitor, offer: &Offer) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let at = |verb: &str| format!("/desk/offers/{}/{verb}", offer.id);
    let mut all = Html::none();
    let bodies = parts::body_field(house, t, "body.conflict", "resources-conflict").await?;
    let inside =
        parts::act(visitor, &at("conflict"), bodies, "resources-conflict-keep", Kind::Other);
    all.push(&parts::folded(&t.say("resources-conflict"), &inside));
    let much = offer.amount.to_string();
    let (whole, cents) = people::minor_parts(offer.price_minor, &offer.currency);
    let price = match offer.price_minor {
        0 => String::new(),
        _ if cents.chars().all(|digit| digit == '0') => whole.to_string(),
        _ => format!("{whole}.{cents}"),
    };
    let price = Ask { value: &price, ..Ask::words("price.arrange", "resources-price", 12) };
    let currency =
        Ask { value: &offer.currency, ..Ask::words("currency.arrange", "resources-currency", 3) };
    let fields = Html::join([
        parts::soft(&t.say("resources-arrange-lead")),
        Ask::words("trigger", "resources-trigger", REASON_CHARS_MAX).line(t),
        Ask { value: &much, ..Ask::number("amount.arrange", "resources-how-much-asked") }.line(t),
        area_field(house, t, offer.area, parts::AREAS_LISTED_MAX),
        price.perhaps().line(t),
        currency.perhaps().line(t),
        parts::day_field(t, "until.arrange", "resources-until", in_days(house, HOLDS_DAYS)),
    ]);
    let inside = parts::act(visitor, &at("arrange"), fields, "resources-arrange", Kind::Other);
    all.push(&parts::folded(&t.say("resources-arrange"), &inside));
    all.push(&parts::tap(visitor, &at("withdraw"), &[], "resources-withdraw", Kind::Grave));
    Ok(all)
}

/// The form for an offer of a body, or of a voice that nobody listed.
pub async fn new(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let voice = match asked.voice.as_deref().and_then(|typed| typed.parse().ok()) {
        Some(id) => voices::voice(&house, id).await?.filter(|voice| may_see(&visitor, voice)),
        None => None,
    };
    let voice = voice.filter(|voice| reads_words(&visitor) && !voice.erased);
    let mut body = parts::line(&t.say("resources-offer-body-lead"));
    let mut fields = field::hidden(ONCE, &Id::fresh(house.now_ms()).to_string());
    let givers: &[&str] = if let Some(voice) = &voice {
        let words = voices::words(&house, voice.id).await?.map(|words| words.words);
        body.push(&parts::line(&words.unwrap_or_default()));
        fields.push(&field::hidden("voice", &voice.id.to_string()));
        &GIVERS[..3]
    } else {
        fields.push(&parts::body_field(&house, t, "body", "resources-offering-body").await?);
        &["body", "savings_group", "firm"]
    };
    let area = voice.as_ref().and_then(|voice| voice.area);
    fields.push(&Html::join([
        parts::giver_field(t, givers, ""),
        parts::item_field(t, None, asked.item.as_deref().unwrap_or_default()),
        Ask::number("amount", "resources-how-much").perhaps().line(t),
        area_field(&house, t, area, parts::AREAS_LISTED_MAX),
        parts::day_field(t, "from", "resources-from", in_days(&house, 0)),
        parts::day_field(t, "until", "resources-until", in_days(&house, HOLDS_DAYS)),
        Ask::number("price", "resources-price").perhaps().line(t),
        Ask::words("currency", "resources-currency", 3).perhaps().line(t),
        parts::language_ticks(t, &[]),
        Ask::words("remote", "resources-remote", 3).perhaps().tick(t),
        parts::body_field(&house, t, "conflict", "resources-conflict").await?,
    ]));
    body.push(&parts::act(
        &visitor,
        "/desk/offers/new",
        fields,
        "resources-offer-send",
        Kind::Main,
    ));
    Ok(parts::shown(&visitor, &t.say("resources-offer-body"), &asked, body))
}
