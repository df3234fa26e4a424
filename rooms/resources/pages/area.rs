//! What anybody may see of an area: what it asked for and got, who did the work, where help came
//! from, what was agreed beforehand, who offers there. Never a number of fewer than five people,
//! nor one from which it could be worked out.

use page::components::button::{Kind, buttons, link_button};
use page::{Html, Tongue, text};
use record::Id;

use super::parts;
use crate::actions::today;
use crate::door::{House, Trouble, Visitor};
use crate::needs::FEW;
use crate::places;
use crate::resources::lists::{SOURCES, is_people};
use crate::resources::queries::{self, Days, Line};
use crate::resources::views::Offer;

/// What else is to be known of people and goods of an area, for anybody to see: who did the work,
/// who offers there, and the way to what is asked for.
///
/// # Errors
/// When the store fails.
pub async fn area_part(house: &House, visitor: &Visitor, area: Id) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut all = local_share(house, t, area).await?;
    all.push(&givers(house, t, area).await?);
    all.push(&standing(house, t, area).await?);
    let to = visitor.link(&format!("/help-wanted?area={area}"));
    let way = link_button(&to, &t.say("resources-help-wanted"), Kind::Other, None);
    all.push(&buttons([way]));
    all.push(&suppliers(house, t, area).await?);
    Ok(all)
}

/// What an area asked for and got, a row for each kind of thing or work: its name, asked, promised,
/// received, confirmed. With each row, whether it is people.
///
/// # Errors
/// When the store fails.
pub async fn area_cells(
    house: &House,
    t: Tongue,
    area: Id,
) -> Result<Vec<(bool, Vec<Html>)>, Trouble> {
    let lines = queries::figures(house, area).await?;
    let lines = lines.iter().filter(|line| line.asked + line.pledged + line.received > 0);
    Ok(lines.map(|line| (is_people(&line.item), cells(t, line))).collect())
}

fn cells(t: Tongue, line: &Line) -> Vec<Html> {
    // How long people worked is theirs: of one line and the next somebody could work out what a
    // single person gave, so of work only words are told.
    let number = |n: i64| match n {
        n if !is_people(&line.item) => text(&parts::amount(t, &line.item, n)),
        0 => text(&t.number(0)),
        n if n >= line.asked => text(&t.say("resources-all")),
        _ => text(&t.say("resources-some")),
    };
    vec![
        text(&parts::item_name(t, &line.item)),
        text(&parts::amount(t, &line.item, line.asked)),
        number(line.pledged),
        number(line.received),
        number(line.confirmed),
    ]
}

/// Of the days that people worked here, how many were people of the place; when a part of it is the
/// time of fewer than five, that, and the share around it.
async fn local_share(house: &House, t: Tongue, area: Id) -> Result<Html, Trouble> {
    let days = queries::days(house, area).await?;
    if days.here + days.city + days.outside == 0 {
        return Ok(Html::none());
    }
    if !of_few(&days) {
        let all = days.here + days.city + days.outside;
        let args = [
            ("percent", (days.here * 100 / all).into()),
            ("all", t.number(all).into()),
            ("asked", t.number(days.asked).into()),
        ];
        return Ok(parts::soft(&t.with("resources-local-share", &args)));
    }
    let mut out = parts::soft(&t.say("resources-days-few"));
    let atlas = places::atlas(house);
    let parent = atlas.area(area).map(|own| own.parent_name.clone()).unwrap_or_default();
    let near = atlas.areas().iter().filter(|other| other.parent_name == parent);
    let near: Vec<Id> = near.map(|other| other.id).collect();
    let around = [
        (parent.clone(), queries::days_around(house, &near).await?),
        (house.city().name.clone(), queries::days(house, Id::NONE).await?),
    ];
    let told = around.iter().find(|(name, days)| !name.is_empty() && !of_few(days));
    if let Some((name, days)) = told {
        let all = days.here + days.city + days.outside;
        // In tens, so that no area's part can be worked out from the others'.
        let tens = days.here * 10 / all.max(1) * 10;
        let args = [("place", name.as_str().into()), ("percent", tens.into())];
        out.push(&parts::soft(&t.with("resources-local-share-around", &args)));
    }
    Ok(out)
}

/// Whether a part of these days is the time of fewer than five people.
fn of_few(days: &Days) -> bool {
    days.people.iter().any(|n| (1..FEW).contains(n)) || days.people.iter().all(|n| *n == 0)
}

/// How often something came from residents, savings groups, firms of the city and others; in fives,
/// and of fewer than five no number.
async fn givers(house: &House, t: Tongue, area: Id) -> Result<Html, Trouble> {
    let sources = queries::sources(house, area).await?;
    if sources.all == 0 {
        return Ok(Html::none());
    }
    let mut out = parts::part(t, "resources-sources");
    let items = SOURCES.iter().zip(sources.times).map(|(source, n)| {
        let name = t.say(&format!("resources-source-of-{source}"));
        let args = [("who", name.into()), ("n", t.number(n - n.rem_euclid(FEW)).into())];
        let key = if n >= FEW { "resources-source-times" } else { "resources-source-few" };
        Html(format!("<li>{}</li>", text(&t.with(key, &args))))
    });
    out.push(&Html(format!("<ul>{}</ul>", Html::join(items))));
    let away = sources.all - sources.here;
    if [sources.here, away].iter().any(|n| (1..FEW).contains(n)) {
        out.push(&parts::soft(&t.say("resources-share-few")));
    } else {
        let tens = sources.here * 10 / sources.all * 10;
        out.push(&parts::soft(&t.with("resources-share-here", &[("percent", tens.into())])));
    }
    Ok(out)
}

/// What bodies have agreed beforehand to give or sell here, until when, and what calls it.
async fn standing(house: &House, t: Tongue, area: Id) -> Result<Html, Trouble> {
    let all = queries::standing(house, area, today(house)).await?;
    let item = |offer: &Offer| {
        let trigger = offer.trigger.as_ref().map(|(said, _)| said.as_str()).unwrap_or_default();
        let args = [
            ("much", parts::amount(t, &offer.item, offer.left().max(0)).into()),
            ("item", parts::item_name(t, &offer.item).into()),
            ("price", parts::price(t, offer).into()),
            ("day", parts::day(t, offer.until_day).into()),
        ];
        let said = text(&t.with("resources-standing-line", &args));
        Html(format!("<li>{said} <span dir=auto>{}</span></li>", text(trigger)))
    };
    if all.is_empty() {
        return Ok(Html::none());
    }
    let list = Html(format!("<ul>{}</ul>", Html::join(all.iter().map(item))));
    Ok(Html::join([parts::part(t, "resources-standing"), list]))
}

/// Who of the area offers work or goods, as counts from five on.
async fn suppliers(house: &House, t: Tongue, area: Id) -> Result<Html, Trouble> {
    let all = queries::suppliers(house, area).await?;
    let items: Vec<Html> = all
        .iter()
        .filter(|(_, n)| *n >= FEW)
        .map(|(item, n)| {
            let floored = n - n.rem_euclid(FEW);
            let args =
                [("item", parts::item_name(t, item).into()), ("n", t.number(floored).into())];
            Html(format!("<li>{}</li>", text(&t.with("resources-supplier", &args))))
        })
        .collect();
    if items.is_empty() {
        return Ok(Html::none());
    }
    let list = Html(format!("<ul>{}</ul>", Html::join(items)));
    Ok(Html::join([parts::part(t, "resources-suppliers"), list]))
}
