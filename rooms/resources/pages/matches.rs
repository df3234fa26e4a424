//! `/desk/matches`: who could come to whom, a sentence each, and for what stays open why. It takes
//! nothing: each proposal has the tap by which a person does.

use std::collections::HashMap;

use axum::extract::{Query, State};
use fair::matching::{Chosen, Lack};
use page::components::button::Kind;
use page::components::empty::empty;
use page::components::icon::Icon;
use page::{Html, Tongue, text};
use record::Id;

use super::parts::{self, Asked};
use crate::actions::today;
use crate::door::{House, Shown, Trouble, Visitor};
use crate::resources::matching::{Proposal, Proposed, Source, Unserved, propose_all, propose_of};
use crate::resources::queries;
use crate::resources::rules::{Actor, in_conflict};
use crate::resources::views::{Lot, Offer, Request};

/// Proposals on one page.
const SHOWN_MAX: usize = 60;
/// Other offers of the same item shown with a request.
const OTHERS_MAX: usize = 20;

/// The list.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let proposal = propose_all(&house).await?;
    let mut body = parts::line(&t.say("resources-matches-lead"));
    if proposal.proposed.is_empty() && proposal.unserved.is_empty() {
        let (none, next) = (t.say("resources-list-empty"), t.say("resources-list-empty-next"));
        body.push(&empty(Icon::Ok, &none, &next, &Html::none()));
        return Ok(parts::shown(&visitor, &t.say("resources-matches"), &asked, body));
    }
    let known = Known::of(&house, &proposal).await?;
    let shown = proposal.proposed.iter().take(SHOWN_MAX);
    let items: Vec<Html> = shown
        .map(|one| Html(format!("<li>{}</li>", known.line(&house, &visitor, one, true))))
        .collect();
    body.push(&Html(format!("<ul>{}</ul>", Html::join(items))));
    body.push(&open_part(&visitor, &known, &proposal.unserved));
    Ok(parts::shown(&visitor, &t.say("resources-matches"), &asked, body))
}

fn open_part(visitor: &Visitor, known: &Known, unserved: &[Unserved]) -> Html {
    let t = visitor.tongue();
    if unserved.is_empty() {
        return Html::none();
    }
    let lines = unserved.iter().take(SHOWN_MAX).filter_map(|one| {
        let request = known.requests.get(&one.request)?;
        let to = format!("/desk/requests/{}", request.id);
        let link = parts::link(visitor, &to, &parts::request_title(t, request));
        Some(Html(format!("<li>{link} <span>{}</span></li>", text(&lack(t, request, one)))))
    });
    let list = Html(format!("<ul>{}</ul>", Html::join(lines)));
    Html::join([parts::part(t, "resources-unserved"), list])
}

/// Why something stays open, in a sentence.
fn lack(t: Tongue, request: &Request, one: &Unserved) -> String {
    let key = match one.why {
        Lack::NotDue => "resources-lack-not-due",
        Lack::NoOffer => "resources-lack-no-offer",
        Lack::NotThen => "resources-lack-not-then",
        Lack::NoLanguage => "resources-lack-no-language",
        Lack::NoWay => "resources-lack-no-way",
        Lack::GivenElsewhere => "resources-lack-elsewhere",
    };
    t.with(key, &[("amount", parts::amount(t, &request.item, one.amount).into())])
}

/// What the proposals name.
#[derive(Default)]
struct Known {
    requests: HashMap<Id, Request>,
    offers: HashMap<Id, Offer>,
    lots: HashMap<Id, Lot>,
}

impl Known {
    async fn of(house: &House, proposal: &Proposal) -> Result<Known, Trouble> {
        let mut known = Known::default();
        let mut ids: Vec<Id> = proposal.proposed.iter().map(|one| one.request).collect();
        ids.extend(proposal.unserved.iter().map(|one| one.request));
        ids.sort_unstable();
        ids.dedup();
        for request in queries::requests(house, &ids).await? {
            known.requests.insert(request.id, request);
        }
        for one in proposal.proposed.iter().take(SHOWN_MAX) {
            match one.source {
                Source::Offer(id) => {
                    known.offers.extend(queries::offer(house, id).await?.map(|offer| (id, offer)));
                }
                Source::Lot(id) => {
                    known.lots.extend(queries::lot(house, id).await?.map(|lot| (id, lot)));
                }
            }
        }
        Ok(known)
    }

    /// A proposal in a sentence, with the tap that takes it.
    fn line(&self, house: &House, visitor: &Visitor, one: &Proposed, named: bool) -> Html {
        let t = visitor.tongue();
        let Some(request) = self.requests.get(&one.request) else { return Html::none() };
        let mut all = Html::none();
        if named {
            let to = format!("/desk/requests/{}", request.id);
            all.push(&parts::link(visitor, &to, &parts::request_title(t, request)));
            all.push(&Html(" ← ".to_owned()));
        }
        let (to, title, area) = match one.source {
            Source::Offer(id) => {
                let Some(offer) = self.offers.get(&id) else { return all };
                (format!("/desk/offers/{id}"), parts::offer_title(t, offer), offer.area)
            }
            Source::Lot(id) => {
                let Some(lot) = self.lots.get(&id) else { return all };
                (format!("/desk/stock/{id}"), parts::lot_title(t, lot), lot.area)
            }
        };
        all.push(&parts::link(visitor, &to, &title));
        let mut said = vec![
            parts::amount(t, &request.item, one.amount),
            parts::area_name(house, t, area),
            why(t, one),
        ];
        if let Some(lang) = one.language.as_deref().and_then(page::Lang::from_code) {
            let args = [("language", lang.own_name().into())];
            said.push(t.with("resources-why-language", &args));
        }
        let said = text(&said.join(" · "));
        all.push(&Html(format!(" <span dir=auto>{said}</span>")));
        if parts::may_do(visitor) && matches!(one.source, Source::Offer(_)) {
            let (of, much) = (request.id.to_string(), one.amount.to_string());
            let hidden = [("request", of.as_str()), ("amount", much.as_str())];
            let act = format!("{to}/claim");
            all.push(&parts::tap(visitor, &act, &hidden, "resources-claim", Kind::Other));
        }
        all
    }
}

/// Why this one, in a sentence.
fn why(t: Tongue, one: &Proposed) -> String {
    match one.why {
        Chosen::Local => t.say("resources-why-local"),
        Chosen::Nearest => {
            t.with("resources-why-nearest", &[("minutes", i64::from(one.minutes).into())])
        }
        Chosen::AnsweredFor => {
            t.with("resources-why-answered", &[("minutes", i64::from(one.minutes).into())])
        }
        Chosen::NearerGivenElsewhere { .. } => t.say("resources-why-nearer-elsewhere"),
        Chosen::AnsweredForGivenElsewhere { .. } => t.say("resources-why-answered-elsewhere"),
    }
}

/// What is proposed for one request, why not more, and who else offers the same.
pub async fn for_request(
    house: &House,
    visitor: &Visitor,
    request: &Request,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut proposal = propose_of(house, &request.item).await?;
    proposal.proposed.retain(|one| one.request == request.id);
    proposal.unserved.retain(|one| one.request == request.id);
    let known = Known::of(house, &proposal).await?;
    let mut all = parts::part(t, "resources-matches");
    let items: Vec<Html> = proposal
        .proposed
        .iter()
        .map(|one| Html(format!("<li>{}</li>", known.line(house, visitor, one, false))))
        .collect();
    if !items.is_empty() {
        all.push(&Html(format!("<ul>{}</ul>", Html::join(items))));
    }
    for one in &proposal.unserved {
        all.push(&parts::line(&lack(t, request, one)));
    }
    if proposal.proposed.is_empty() && proposal.unserved.is_empty() {
        all.push(&parts::soft(&t.say("resources-nothing-lacks")));
    }
    all.push(&others(house, visitor, request, &proposal).await?);
    Ok(all)
}

/// Everybody else who offers the same: a person may choose otherwise than is proposed.
async fn others(
    house: &House,
    visitor: &Visitor,
    request: &Request,
    proposal: &Proposal,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let there = |id: Id| proposal.proposed.iter().any(|one| one.source == Source::Offer(id));
    let offers = queries::offers_of_item(house, &request.item, today(house)).await?;
    let (of, actor) = (request.id.to_string(), Actor::of(visitor));
    let rest = offers.iter().filter(|offer| !there(offer.id) && offer.left() > 0).take(OTHERS_MAX);
    let items: Vec<Html> = rest
        .map(|offer| {
            let to = format!("/desk/offers/{}", offer.id);
            let link = parts::link(visitor, &to, &parts::offer_title(t, offer));
            let said = [parts::area_name(house, t, offer.area), parts::price(t, offer)];
            let tags = super::offers::offer_tags(t, offer);
            let act = format!("{to}/claim");
            let tap = if parts::may_do(visitor) && in_conflict(offer, request, &actor).is_none() {
                parts::tap(visitor, &act, &[("request", &of)], "resources-claim", Kind::Other)
            } else {
                Html::none()
            };
            let said = text(&said.join(" · "));
            Html(format!("<li>{link} <span class=tags>{tags}</span> {said} {tap}</li>"))
        })
        .collect();
    if items.is_empty() {
        return Ok(Html::none());
    }
    let list = Html(format!("<ul>{}</ul>", Html::join(items)));
    Ok(parts::folded(&t.say("resources-others"), &list))
}
