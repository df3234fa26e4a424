//! Each thing that a phone can say, as the act it is at the node. It judges nothing: the rules of
//! assemblies and decisions do.

use record::{Id, Refusal};
use store::Known;

use super::acts::Deed;
use super::motions;
use super::rules::{Promised, Said, Tallied, tallies};
use crate::decisions::assemblies::rules::meeting::{self, Chair, Counting};
use crate::decisions::assemblies::{Assembly, Counts};
use crate::decisions::resolutions::acts::{self, Actor};
use crate::decisions::resolutions::records::{
    DecisionConflictAsked, DecisionHandsCounted, Promise,
};
use crate::decisions::resolutions::rules::{self as votes, Resolving};
use crate::decisions::resolutions::{Decision, of_assembly};
use crate::door::Trouble;
use crate::{needs, people};

/// What is said of the meeting itself.
pub(super) async fn on_meeting(deed: &Deed<'_>, said: &Said) -> Result<(), Trouble> {
    let (id, by) = (deed.assembly.id, deed.by.id);
    let on = vec![id];
    match said.clone() {
        Said::Opened { chair: woman, co: co_woman, why: exception } => {
            let chair = Chair { woman, co_woman, exception };
            deed.append(on, vec![], move |known| meeting::open(id, known, &chair, by)).await
        }
        Said::Counted { .. } => count(deed, said, None).await,
        Said::Moved { .. } => motions::from_floor(deed, said).await,
        Said::Women { held, words } => {
            let rule = move |known: &Known| meeting::women_session(id, known, held, &words, by);
            deed.append(on, vec![], rule).await
        }
        Said::Spoken { women, men, other } => {
            let minutes = (women, men, other);
            deed.append(on, vec![], move |known| meeting::spoken(id, known, minutes, by)).await
        }
        Said::Witnessed { witnesses: n } => {
            deed.append(on, vec![], move |known| meeting::witnessed(id, known, n, by)).await
        }
        Said::Closed {} => close(deed).await,
        _ => Err(Refusal::new("kit-unreadable").status(400).into()),
    }
}

/// A meeting is over for the node once both phones have said what they counted at its votes.
async fn close(deed: &Deed<'_>) -> Result<(), Trouble> {
    let (id, by) = (deed.assembly.id, deed.by.id);
    let begun = |one: &Decision| one.vote_begun_ms.is_some() && one.resolved_ms.is_none();
    if of_assembly(deed.house, id).await?.iter().any(begun) {
        return Err(Refusal::new("kit-other-phone").status(409).into());
    }
    deed.append(vec![id], vec![], move |known| meeting::close(id, known, by)).await
}

/// One phone says who is there, at the arrival or at a vote.
async fn count(deed: &Deed<'_>, said: &Said, of: Option<Id>) -> Result<(), Trouble> {
    let Said::Counted { counter, women, men, other, ages, .. } = said.clone() else {
        return Err(Trouble::broken("no count"));
    };
    let moment = if of.is_some() { "vote" } else { "arrival" }.to_owned();
    let counts = Counts { women, men, other, ages };
    let now = crate::decisions::assemblies::assembly(deed.house, deed.assembly.id).await?;
    let now = now.unwrap_or_else(Assembly::default);
    let seen = now.counted_at(&moment, of);
    let before = seen.and_then(|seen| if counter == 1 { seen.second_by } else { seen.first_by });
    let other_groups = match before {
        Some(member) => people::bodies_of(deed.house, member).await?,
        None => Vec::new(),
    };
    let groups = deed.by.groups.clone();
    let counting = Counting { moment, of, counter, counts, groups, other_groups };
    let (id, by) = (deed.assembly.id, deed.by.id);
    deed.append(vec![id], vec![], move |known| meeting::count(id, known, &counting, by)).await
}

/// What is said of a motion.
pub(super) async fn on_motion(
    deed: &Deed<'_>,
    said: &Said,
    decision: Decision,
) -> Result<(), Trouble> {
    let (id, by) = (decision.id, deed.by.id);
    let on = vec![id];
    match said.clone() {
        Said::Counted { .. } => count(deed, said, Some(id)).await,
        Said::Conflict { declared, chair, what, .. } => {
            if !what.trim().is_empty() {
                needs::fit_for_public(&what)?;
            }
            let asked = DecisionConflictAsked { declared, chair, what };
            let rule = move |known: &Known| votes::ask_conflict(id, known.of(id), &asked, by);
            deed.append(on, vec![], rule).await
        }
        Said::Replaced { woman, .. } => {
            let rule = move |known: &Known| votes::replace_chair(id, known.of(id), woman, by);
            deed.append(on, vec![], rule).await
        }
        Said::Secret { asked: n, .. } => {
            let rule = move |known: &Known| votes::ask_secret(id, known.of(id), n, by);
            deed.append(on, vec![], rule).await
        }
        Said::Hands { counter, round, tallies, .. } => {
            hands(deed, &decision, (counter, round), &tallies).await
        }
        Said::Again { round, .. } => {
            deed.append(on, vec![], move |known| {
                // Somebody had it counted again already.
                let now = Decision::fold(id, known.of(id));
                if round <= now.round { Ok(vec![]) } else { votes::recount(id, known.of(id), by) }
            })
            .await
        }
        Said::Resolved { .. } => resolve(deed, said, &decision).await,
        _ => Err(Refusal::new("kit-unreadable").status(400).into()),
    }
}

/// What a phone counted in a round. The minute phone begins the vote; a round that has been counted
/// again since changes nothing.
async fn hands(
    deed: &Deed<'_>,
    decision: &Decision,
    (counter, round): (u8, u8),
    tallied: &[Tallied],
) -> Result<(), Trouble> {
    let id = decision.id;
    if counter == 1 && decision.vote_begun_ms.is_none() {
        let actor = Actor { id: deed.by.id, bodies: deed.by.groups.clone() };
        acts::begin(deed.house, id, &actor).await?;
    }
    let by = deed.by.id;
    let tallies = tallies(tallied);
    let counted = DecisionHandsCounted { counter, round, tallies, via: "hall".to_owned() };
    deed.append(vec![id], vec![], move |known| {
        let now = Decision::fold(id, known.of(id));
        let same = votes::agreed(&now)
            .is_ok_and(|hall| hall.iter().all(|tally| counted.tallies.contains(tally)));
        if round < now.round || (same && round == now.round) {
            return Ok(vec![]);
        }
        votes::count(id, known.of(id), &counted, by)
    })
    .await
}

/// What was resolved. It is written by the act of decisions, which tells everybody; the event is
/// taken in after it, and finds its own result when that was cut short.
async fn resolve(deed: &Deed<'_>, said: &Said, decision: &Decision) -> Result<(), Trouble> {
    let Said::Resolved { reasons, because, dissent, review_day, promise, .. } = said.clone() else {
        return Err(Trouble::broken("nothing was resolved"));
    };
    let is_own = decision.reasons == reasons.trim();
    if decision.resolved_ms.is_some() && (deed.kept || is_own) {
        return deed.settle().await;
    }
    let promise = promise.map(promised).transpose()?;
    let resolving =
        Resolving { reasons, because, dissent, review_day, promise, ..Resolving::default() };
    let actor = Actor { id: deed.by.id, bodies: deed.by.groups.clone() };
    acts::resolve(deed.house, decision.id, resolving, &actor).await?;
    deed.settle().await
}

fn promised(promise: Promised) -> Result<Promise, Refusal> {
    let body = promise.body.parse().map_err(|_| Refusal::new("decision-body-gone").status(404))?;
    Ok(Promise { body, what: promise.what, due_day: promise.due_day })
}
