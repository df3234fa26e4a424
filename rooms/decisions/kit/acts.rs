//! What a phone sends is taken in: each fact once, by the same rules as if it had been typed live.
//! What came too early is kept and taken in when the other phone has sent. It judges nothing.

use record::{Draft, Id, Refusal};
use store::{AppendError, Change, Decision as Act, Known, Name};

use super::queries;
use super::records::{KitKept, KitTakenIn};
use super::rules::{self, FACTS_MAX, Fact, Said, is_so, replaced, waits};
use super::views::Waiting;
use super::{motions, steps};
use crate::decisions::assemblies::{self, Assembly};
use crate::door::{House, Trouble};
use crate::needs;

/// How often what waits is gone through after a sending: each round takes at least one in.
const ROUNDS_MAX: usize = 64;
/// How often what is refused in a sending is tried again: each pass takes at least one fact in.
const PASSES_MAX: usize = FACTS_MAX + 1;

/// Who sends: a member and the bodies they belong to.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// Who.
    pub id: Option<Id>,
    /// The bodies they belong to.
    pub groups: Vec<Id>,
}

/// Something that was not taken in, or waits, and why.
#[derive(Clone, Debug)]
pub struct Unsettled {
    /// The event, as the phone names it.
    pub id: String,
    /// Why.
    pub why: Refusal,
}

/// What became of a sending. What it names may leave the phone, but for `no`.
#[derive(Clone, Debug, Default)]
pub struct Receipt {
    /// What the node has, now or from before.
    pub got: Vec<String>,
    /// What it has and cannot take in before the other phone sends.
    pub waits: Vec<Unsettled>,
    /// What it refuses.
    pub no: Vec<Unsettled>,
}

/// What one fact is appended with: under which event, whether that waited, by whom.
pub(super) struct Deed<'a> {
    pub house: &'a House,
    pub assembly: &'a Assembly,
    pub event: Id,
    /// Whether it waits in the log already; else its event's name is taken in the same act.
    pub kept: bool,
    pub by: &'a Sender,
}

/// The name that an event holds for ever: whoever sends it again changes nothing.
fn event_name(house: &House, event: Id) -> Name {
    Name { space: "kit", key: house.vault().keyed("kit", &event.0) }
}

impl Deed<'_> {
    /// Appends what a rule answers, once for this event.
    pub(super) async fn append(
        &self,
        entities: Vec<Id>,
        names: Vec<(Name, Id)>,
        rule: impl Fn(&Known) -> Result<Vec<Draft>, Refusal> + Send + Sync + 'static,
    ) -> Result<(), Trouble> {
        let (event, kept, by) = (self.event, self.kept, self.by.id);
        let mut all = entities;
        all.extend(Some(event).filter(|_| kept));
        let mut change = Change::on(all, move |known| {
            if kept && Waiting::fold(event, known.of(event)).taken_in {
                return Ok(Act::default());
            }
            let mut drafts = rule(known)?;
            if kept {
                let late = drafts.is_empty();
                drafts.push(Draft::new(event, &KitTakenIn { late }).by(by));
            }
            Ok(Act { drafts, ..Act::default() })
        });
        if !kept {
            change = change.claiming(event_name(self.house, event), event);
        }
        for (name, entity) in names {
            change = change.claiming(name, entity);
        }
        self.house.store().append(change).await?;
        Ok(())
    }

    /// Nothing is left to do for this event.
    pub(super) async fn settle(&self) -> Result<(), Trouble> {
        self.append(Vec::new(), Vec::new(), |_| Ok(Vec::new())).await
    }
}

/// Takes in what a phone sends for an assembly, in the order of that phone.
///
/// # Errors
/// The assembly is unknown; the store fails: what was taken in so far stays, and the phone sends
/// all of it again.
pub async fn receive(
    house: &House,
    assembly: Id,
    sent: &[serde_json::Value],
    by: &Sender,
) -> Result<Receipt, Trouble> {
    let assembly = assemblies::assembly(house, assembly).await?;
    let assembly = assembly.ok_or(Refusal::new("assembly-unknown").status(404))?;
    let mut receipt = Receipt::default();
    let mut facts = Vec::new();
    for value in sent {
        match rules::read(value) {
            Ok(fact) => facts.push(fact),
            Err(why) => {
                let id = value.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
                receipt.no.push(Unsettled { id: id.to_owned(), why });
            }
        }
    }
    facts.sort_by_key(|(event, fact)| (fact.n, *event));
    for _ in 0..PASSES_MAX {
        let (sent, mut refused) = (facts.len(), Vec::new());
        for (event, fact) in facts {
            let deed = Deed { house, assembly: &assembly, event, kept: false, by };
            let id = fact.id.clone();
            match take(&deed, &fact).await {
                Ok(None) => receipt.got.push(id),
                Ok(Some(why)) => {
                    receipt.got.push(id.clone());
                    receipt.waits.push(Unsettled { id, why });
                }
                Err(Trouble::Refused(why)) => refused.push((event, fact, why)),
                Err(trouble) => return Err(trouble),
            }
        }
        if refused.is_empty() || refused.len() == sent {
            let no = refused.into_iter();
            receipt.no.extend(no.map(|(_, fact, why)| Unsettled { id: fact.id, why }));
            break;
        }
        // What was put right later on the phone may let through what was refused before it.
        facts = refused.into_iter().map(|(event, fact, _)| (event, fact)).collect();
    }
    settle(house, &assembly).await?;
    still_waiting(house, &assembly, &mut receipt).await?;
    Ok(receipt)
}

/// What waited when it came may have been taken in since.
async fn still_waiting(
    house: &House,
    assembly: &Assembly,
    receipt: &mut Receipt,
) -> Result<(), Trouble> {
    let waiting = queries::waiting(house, assembly.id).await?;
    let waits = |id: &str| waiting.iter().any(|one| rules::event_id(id) == Some(one.id));
    receipt.waits.retain(|one| waits(&one.id));
    Ok(())
}

/// One fact: done, or kept for the other phone and why.
async fn take(deed: &Deed<'_>, fact: &Fact) -> Result<Option<Refusal>, Trouble> {
    let house = deed.house;
    if house.store().holder(&event_name(house, deed.event)).await?.is_some() {
        return Ok(None);
    }
    let known = match attempt(deed, &fact.said).await {
        Err(Trouble::Refused(why)) => {
            let counted = minute_counted(deed, &fact.said).await?;
            if waits(&fact.said, why.code, counted) {
                keep(deed, fact).await.map(|()| Some(why))
            } else {
                Err(why.into())
            }
        }
        other => other.map(|()| None),
    };
    match known {
        // Two sendings of the same event met: the other one took it in.
        Err(Trouble::Refused(why)) if why.code == "taken" => {
            match house.store().holder(&event_name(house, deed.event)).await? {
                Some(_) => Ok(None),
                None => Err(why.into()),
            }
        }
        other => other,
    }
}

/// Whether the minute phone's count of the vote that a fact is about is there.
async fn minute_counted(deed: &Deed<'_>, said: &Said) -> Result<bool, Trouble> {
    let Some(of) = said.of() else { return Ok(false) };
    match motions::named(deed.house, deed.assembly, of).await {
        Ok(motion) => Ok(motion.counts.iter().any(|count| count.counter == 1)),
        Err(Trouble::Refused(_)) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}

async fn attempt(deed: &Deed<'_>, said: &Said) -> Result<(), Trouble> {
    let done = match said.of() {
        Some(of) => match motions::named(deed.house, deed.assembly, of).await {
            Ok(decision) => steps::on_motion(deed, said, decision).await,
            Err(trouble) => Err(trouble),
        },
        None => steps::on_meeting(deed, said).await,
    };
    match done {
        Err(Trouble::Refused(why)) if is_so(said, why.code) => deed.settle().await,
        other => other,
    }
}

/// Keeps a fact that came too early. Its words were looked at first: nobody may be named in them.
async fn keep(deed: &Deed<'_>, fact: &Fact) -> Result<(), Trouble> {
    let words = fact.said.words();
    let said = words.iter().filter(|text| !text.trim().is_empty());
    said.copied().try_for_each(needs::fit_for_public)?;
    let most = usize::try_from(queries::WAITING_MAX).unwrap_or(usize::MAX);
    if queries::waiting(deed.house, deed.assembly.id).await?.len() >= most {
        return Err(Refusal::new("kit-many").status(413).naming("facts", most).into());
    }
    let kept = KitKept {
        assembly: deed.assembly.id,
        place: fact.n,
        fact: serde_json::to_string(fact).map_err(Trouble::broken)?,
        groups: deed.by.groups.clone(),
    };
    let (event, by, area) = (deed.event, deed.by.id, deed.assembly.area);
    let change = Change::writing(Act {
        drafts: vec![Draft::new(event, &kept).area(area).by(by)],
        ..Act::default()
    });
    match deed.house.store().append(change.claiming(event_name(deed.house, event), event)).await {
        Ok(_) | Err(AppendError::Taken { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Takes in what waits, as far as it can be by now.
///
/// # Errors
/// When the store fails.
pub async fn settle(house: &House, assembly: &Assembly) -> Result<(), Trouble> {
    for _ in 0..ROUNDS_MAX {
        let all = queries::waiting(house, assembly.id).await?;
        let facts: Vec<(Id, Option<Id>, Fact)> = all
            .iter()
            .filter_map(|one| Some((one.id, one.by, serde_json::from_str(&one.fact).ok()?)))
            .collect();
        let old = replaced(&facts);
        let mut moved = false;
        for (event, author, fact) in facts {
            let groups = all.iter().find(|one| one.id == event).map(|one| one.groups.clone());
            let by = Sender { id: author, groups: groups.unwrap_or_default() };
            let deed = Deed { house, assembly, event, kept: true, by: &by };
            let done = if old.contains(&event) {
                deed.settle().await
            } else {
                attempt(&deed, &fact.said).await
            };
            match done {
                Ok(()) => moved = true,
                // It waits on, or somebody must look at it: the page of the kit shows it.
                Err(Trouble::Refused(_)) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        if !moved {
            break;
        }
    }
    Ok(())
}
