//! `/desk/grouping`: voices that may lack the same thing, a group at a time, with the reasons in
//! words, made for the keyboard. One key makes a need of them or puts them to one that is there;
//! boxes leave some out; everything can be undone. Nothing is grouped until somebody presses, and
//! how many there are says nothing of how grave it is.

use std::collections::HashSet;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use record::{Id, Refusal};

use super::grouping_parts::{Drawing, page_of_alone, page_of_group, page_of_none};
use super::parts::Asked;
use super::stating::{Pairs, Typed, value};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::needs::acts::{self, GROUPED_AT_ONCE_MAX};
use crate::needs::pages::doing::numbered;
use crate::needs::proposals::{self, Opened, Proposal, Window};
use crate::voices::desk_parts as desk;
use crate::voices::queries::grouping::by_ids;

/// Voices on one page of those that stand alone.
const ALONE_SHOWN: usize = 20;

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    if asked.voice.is_empty() {
        return window_page(&house, &visitor, &asked, None, &HashSet::new()).await;
    }
    let voice = crate::voices::seen(&house, &visitor, desk::id_of(&asked.voice)?).await?;
    if !desk::may_group(&voice) {
        return Err(Refusal::new("need-voices-taken")
            .status(409)
            .naming("codes", code(&voice))
            .into());
    }
    // Its own group, when the window holds one; else it alone.
    let window = proposals::window(&house, &visitor, voice.area).await?;
    let all = proposals::proposals(&house, visitor.author(), &window);
    let is_it = |at: &usize| window.voices.get(*at).is_some_and(|(other, _)| other.id == voice.id);
    let own = all.into_iter().find(|proposal| proposal.members.iter().any(is_it));
    let (members, why) = match own {
        Some(proposal) => (members(&window, &proposal), Some(proposal.why)),
        None => (proposals::opened(&house, &visitor, vec![voice.clone()]).await?, None),
    };
    let drawing = Drawing { asked: &asked, why, ..Drawing::of(members) };
    page_of_group(&house, &visitor, drawing).await
}

fn code(voice: &crate::voices::Voice) -> String {
    crate::voices::acts::shown_code(voice)
}

fn members(window: &Window, proposal: &Proposal) -> Vec<Opened> {
    proposal.members.iter().filter_map(|at| window.voices.get(*at)).cloned().collect()
}

/// The next proposal, or the voices that stand alone.
async fn window_page(
    house: &House,
    visitor: &Visitor,
    asked: &Asked,
    refusal: Option<&Refusal>,
    ticked: &HashSet<String>,
) -> Result<Shown, Trouble> {
    let area = desk::area_sent(house, &asked.area)?;
    let window = proposals::window(house, visitor, area).await?;
    let all = proposals::proposals(house, visitor.author(), &window);
    let wait = (window.voices.len(), window.more);
    let alone = proposals::alone(house, visitor.author(), &window, &all);
    // Where nobody stands alone the groups are shown.
    if (asked.alone != "1" || alone.is_empty()) && !all.is_empty() {
        let at = asked.at % all.len();
        let Some(proposal) = all.get(at) else { return Err(Trouble::NotFound) };
        let members = members(&window, proposal);
        let why = Some(proposal.why.clone());
        let drawing = Drawing {
            asked,
            why,
            place: Some((at, all.len())),
            wait: Some(wait),
            ..Drawing::of(members)
        };
        return page_of_group(house, visitor, drawing).await;
    }
    let from = asked.at.saturating_mul(ALONE_SHOWN);
    let shown: Vec<Opened> = alone
        .iter()
        .skip(from)
        .take(ALONE_SHOWN)
        .filter_map(|at| window.voices.get(*at))
        .cloned()
        .collect();
    if shown.is_empty() {
        return Ok(page_of_none(house, visitor, asked));
    }
    if asked.choose == "1" {
        let (ticked, wait) = (Some(HashSet::new()), Some(wait));
        let drawing = Drawing { asked, ticked, wait, choosing: true, ..Drawing::of(shown) };
        return page_of_group(house, visitor, drawing).await;
    }
    let more = alone.len() > from + shown.len();
    page_of_alone(house, visitor, asked, (shown, more, wait), (refusal, ticked)).await
}

/// Groups what is ticked: into a new need, into one that was suggested, or into one by its number.
pub async fn group(
    State(house): State<House>,
    visitor: Visitor,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Trouble> {
    let ticked = ids(&pairs, "v")?;
    let shown = may_read(&house, &visitor, ids(&pairs, "m")?, &ticked).await?;
    match done(&house, &visitor, &pairs, &ticked).await {
        Ok(moved) => Ok(moved.into_response()),
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            // What can still be grouped stays ticked: a second press does it.
            let now = by_ids(&house, &shown).await?;
            let now = now.into_iter().filter(desk::may_group).collect();
            let members = proposals::opened(&house, &visitor, now).await?;
            let asked = Asked { area: value(&pairs, "area_of").to_owned(), ..Asked::default() };
            let drawing = Drawing {
                asked: &asked,
                ticked: Some(ticked.iter().copied().collect()),
                typed: Typed::of(&pairs),
                refusal: Some(&refusal),
                choosing: value(&pairs, "choose_of") == "1",
                ..Drawing::of(members)
            };
            let page = page_of_group(&house, &visitor, drawing).await?;
            let status = StatusCode::from_u16(refusal.status).unwrap_or_default();
            Ok(page.with_status(status).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

/// What was pressed is done: the ticked are grouped, or asked back.
async fn done(
    house: &House,
    visitor: &Visitor,
    pairs: &Pairs,
    ticked: &[Id],
) -> Result<Moved, Trouble> {
    if ticked.is_empty() {
        return Err(Refusal::new("need-voices-none").into());
    }
    if value(pairs, "do") == "ask" {
        for voice in by_ids(house, ticked).await?.iter().filter(|voice| desk::may_group(voice)) {
            crate::voices::acts::ask_what(house, voice, visitor.author()).await?;
        }
        return Ok(Moved(visitor.link(&format!("/desk/grouping?done=asked{}", place(pairs)))));
    }
    let from = house.now_ms();
    let need = grouped(house, visitor, pairs, ticked).await?;
    Ok(next(visitor, pairs, &need.to_string(), from))
}

async fn grouped(
    house: &House,
    visitor: &Visitor,
    pairs: &Pairs,
    ticked: &[Id],
) -> Result<Id, Trouble> {
    let by = visitor.author();
    let need = match value(pairs, "do").split_once(':') {
        Some(("add", need)) => desk::id_of(need)?,
        _ if value(pairs, "do") == "to" => numbered(house, value(pairs, "to")).await?.id,
        _ => {
            let said = Typed::of(pairs).read(house)?;
            return acts::state(house, said, "voices", ticked, by).await;
        }
    };
    let into: Vec<(Id, Id)> = ticked.iter().map(|voice| (*voice, need)).collect();
    acts::group(house, &into, by).await?;
    Ok(need)
}

/// Groups voices that stand alone, each into the need that was suggested for it.
pub async fn suggested(
    State(house): State<House>,
    visitor: Visitor,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Trouble> {
    let mut into: Vec<(Id, Id)> = Vec::new();
    for (_, typed) in pairs.iter().filter(|(name, _)| name == "fit") {
        let (voice, need) = typed.split_once(':').ok_or(Trouble::NotFound)?;
        into.push((desk::id_of(voice)?, desk::id_of(need)?));
    }
    let of: Vec<Id> = into.iter().map(|(voice, _)| *voice).collect();
    may_read(&house, &visitor, Vec::new(), &of).await?;
    let from = house.now_ms();
    match acts::group(&house, &into, visitor.author()).await {
        Ok(()) => {
            let mut needs: Vec<Id> = into.iter().map(|(_, need)| *need).collect();
            needs.sort_unstable();
            needs.dedup();
            let needs: Vec<String> = needs.iter().map(Id::to_string).collect();
            Ok(next(&visitor, &pairs, &needs.join(","), from).into_response())
        }
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            let asked = Asked {
                area: value(&pairs, "area_of").to_owned(),
                alone: "1".to_owned(),
                ..Asked::default()
            };
            let fits = pairs.iter().filter(|(name, _)| name == "fit");
            let ticked: HashSet<String> = fits.map(|(_, fit)| fit.clone()).collect();
            let page = window_page(&house, &visitor, &asked, Some(&refusal), &ticked).await?;
            let status = StatusCode::from_u16(refusal.status).unwrap_or_default();
            Ok(page.with_status(status).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

/// Undoes what was just grouped.
pub async fn undo(
    State(house): State<House>,
    visitor: Visitor,
    Sent(pairs): Sent<Pairs>,
) -> Result<Moved, Trouble> {
    let from = value(&pairs, "from").parse().map_err(|_| Trouble::NotFound)?;
    let reason = visitor.tongue().say("needs-undone-reason");
    for need in ids(&pairs, "need")? {
        acts::undo(&house, need, from, &reason, visitor.author()).await?;
    }
    Ok(Moved(visitor.link("/desk/grouping?done=undone")))
}

/// The next page of the work, with the way to undo the last.
fn next(visitor: &Visitor, pairs: &Pairs, needs: &str, from_ms: i64) -> Moved {
    let place = place(pairs);
    let to = format!("/desk/grouping?done=grouped&undo={needs}&from={from_ms}{place}");
    Moved(visitor.link(&to))
}

/// Where the work goes on: in the same area, at the same kind of page.
fn place(pairs: &Pairs) -> String {
    let area = value(pairs, "area_of").parse::<Id>().map(|id| format!("&area={id}"));
    let alone = if value(pairs, "alone_of") == "1" { "&alone=1" } else { "" };
    let choose = if value(pairs, "choose_of") == "1" { "&choose=1" } else { "" };
    format!("{}{alone}{choose}", area.unwrap_or_default())
}

/// The ids sent under a name.
fn ids(pairs: &Pairs, name: &str) -> Result<Vec<Id>, Trouble> {
    let named = pairs.iter().filter(|(sent, _)| sent == name);
    named.map(|(_, typed)| desk::id_of(typed)).collect()
}

/// All voices a form speaks of, each of which this member may know of.
async fn may_read(
    house: &House,
    visitor: &Visitor,
    shown: Vec<Id>,
    ticked: &[Id],
) -> Result<Vec<Id>, Trouble> {
    let mut all = shown;
    let missing: Vec<Id> = ticked.iter().filter(|id| !all.contains(id)).copied().collect();
    all.extend(missing);
    if all.len() > GROUPED_AT_ONCE_MAX {
        return Err(Refusal::new("need-voices-many").naming("most", GROUPED_AT_ONCE_MAX).into());
    }
    let known = by_ids(house, &all).await?;
    // Whatever was hidden from them since they saw it is simply not there.
    let seen = crate::voices::queries::grouping::opened_for(house, visitor, known).await?;
    let seen: HashSet<Id> = seen.iter().map(|(voice, _)| voice.id).collect();
    if ticked.iter().any(|id| !seen.contains(id)) {
        return Err(Trouble::NotFound);
    }
    all.retain(|id| seen.contains(id));
    Ok(all)
}
