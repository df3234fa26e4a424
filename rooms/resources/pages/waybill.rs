//! `/desk/waybills/{id}`: a waybill, to be printed and to travel with the goods; and the form for
//! what came. Who drives is written on the paper alone, by hand.

use axum::extract::{Path, Query, State};
use page::components::button::Kind;
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};

use super::parts::{self, Ask, Asked, id_of};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::resources::queries;
use crate::resources::rules::REASON_CHARS_MAX;
use crate::resources::views::Waybill;

/// The waybill.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let waybill = queries::waybill(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let number = parts::waybill_number(&waybill);
    let title = t.with("resources-waybill-title", &[("number", number.into())]);
    let mut body = paper(&house, t, &waybill).await?;
    body.push(&stands(t, &waybill));
    if waybill.status == "sent" && parts::may_do(&visitor) {
        body.push(&acts(&visitor, &waybill));
    }
    let back = parts::link(&visitor, "/desk/waybills", &t.say("resources-waybills"));
    body.push(&Html(format!("<p>{back}</p>")));
    Ok(parts::shown(&visitor, &title, &asked, body))
}

/// What travels: number, from, to, what, how much, by whom; lines to sign on.
async fn paper(house: &House, t: Tongue, waybill: &Waybill) -> Result<Html, Trouble> {
    let good = waybill.good_until_day.map(|day| parts::day(t, day));
    let lines = [
        ("resources-waybill-number", parts::waybill_number(waybill)),
        ("resources-from-place", parts::area_name(house, t, waybill.from)),
        ("resources-to-place", parts::area_name(house, t, waybill.to)),
        ("resources-item", parts::item_name(t, &waybill.item)),
        ("resources-fact-much", parts::amount(t, &waybill.item, waybill.amount)),
        ("resources-carrier", parts::body_name(house, waybill.carrier).await?),
        ("resources-good-until-day", good.unwrap_or_else(|| "–".to_owned())),
        ("resources-sent-on", t.date_at(waybill.sent_ms, house.city().offset_minutes)),
    ];
    let stop = (!waybill.ends())
        .then(|| ("resources-waybill-stop", parts::area_name(house, t, waybill.wanted_at)));
    let known = lines.iter().chain(&stop).map(|(key, value)| {
        Html(format!(
            "<div><dt>{}</dt><dd><bdi>{}</bdi></dd></div>",
            text(&t.say(key)),
            text(value)
        ))
    });
    let known = Html::join(known);
    let signs = ["resources-sign-driver", "resources-sign-sent", "resources-sign-came"];
    let rule = "<span class=rule></span>";
    let signs =
        signs.map(|key| Html(format!("<div><dt>{}</dt><dd>{rule}</dd></div>", text(&t.say(key)))));
    Ok(Html(format!("<div class=paper><dl class=facts>{known}{}</dl></div>", Html::join(signs))))
}

/// How it stands: on its way, came in full, came with a difference and why, not sent after all.
fn stands(t: Tongue, waybill: &Waybill) -> Html {
    let tone = match (waybill.status.as_str(), &waybill.difference) {
        ("sent", _) => Tone::Warn,
        ("received", None) => Tone::Good,
        _ => Tone::Bad,
    };
    let mut all = tag(tone, &t.say(&format!("resources-waybill-{}", waybill.status)));
    if let Some(came) = waybill.came {
        let args = [("came", parts::amount(t, &waybill.item, came).into())];
        all.push(&Html(format!(" {}", text(&t.with("resources-came", &args)))));
    }
    let mut out = Html(format!("<p class=tags>{all}</p>"));
    let why = waybill.difference.as_ref().or(waybill.reason.as_ref());
    if let Some(why) = why {
        let said = [("words", why.as_str().into())];
        out.push(&parts::line(&t.with("resources-difference-said", &said)));
    }
    out
}

fn acts(visitor: &Visitor, waybill: &Waybill) -> Html {
    let t = visitor.tongue();
    let at = |verb: &str| format!("/desk/waybills/{}/{verb}", waybill.id);
    let mut all = Html::none();
    if visitor.author().is_some() && visitor.author() == waybill.sent_by {
        all.push(&parts::soft(&t.say("resources-waybill-other-signs")));
    } else {
        let much = waybill.amount.to_string();
        let fields = Html::join([
            Ask { value: &much, ..Ask::number("amount", "resources-came-much") }.line(t),
            Ask::words("difference", "resources-difference", REASON_CHARS_MAX).perhaps().area(t, 2),
        ]);
        all.push(&parts::part(t, "resources-it-came"));
        all.push(&parts::act(visitor, &at("receive"), fields, "resources-came-keep", Kind::Main));
    }
    let reason = Ask::words("reason", "resources-reason", REASON_CHARS_MAX).area(t, 2);
    let inside =
        parts::act(visitor, &at("cancel"), reason, "resources-waybill-cancel", Kind::Grave);
    all.push(&parts::folded(&t.say("resources-waybill-cancel"), &inside));
    all
}
