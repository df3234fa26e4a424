//! Assemblies and proposals of the story, from the call to the end of the evening. Two members
//! count whoever is there; nobody's name is in any of it.

use std::collections::HashMap;

use page::calendar::MINUTE_MS;
use record::{DAY_MS, Id};
use rooms::decisions::assemblies::rules::meeting::{Calling, Chair, Counting};
use rooms::decisions::assemblies::rules::proposing::Proposing;
use rooms::decisions::assemblies::{
    self, AgendaItem, AssemblyAgendaSet, BodyRules, Counts, LeftOut, ProposedWords, acts, proposals,
};
use rooms::door::Trouble;
use serde::Deserialize;

use super::{Act, Civic, minute};

/// What a photograph of the sheet is in this story: only its hash is kept.
const SHEET: &[u8] = b"the sheet of the demo's assembly";

/// Somebody proposes something.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Proposed {
    proposal: String,
    via: String,
    title: String,
    words: String,
    area: Option<String>,
    /// Whoever wrote it down and looked at it at once.
    by: Option<String>,
}

/// An assembly is called.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Call {
    assembly: String,
    body: String,
    area: String,
    title: String,
    place: String,
    /// So many days before today; fewer than none lie ahead.
    on: i64,
    hour: String,
    #[serde(default)]
    afar: String,
    #[serde(default)]
    childcare: bool,
    #[serde(default)]
    women_first: bool,
    #[serde(default)]
    short_form: bool,
    by: String,
}

/// An agenda is made public. Items are `need:…`, `proposal:…`, `promise:…` or `own:…`.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Agenda {
    assembly: String,
    items: Vec<String>,
    #[serde(default)]
    left_out: Vec<Left>,
    by: String,
}

/// What is left out of an agenda, and why.
#[derive(Debug, Deserialize)]
struct Left {
    what: String,
    reason: String,
}

/// An assembly begins.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Open {
    assembly: String,
    woman: bool,
    co_woman: Option<bool>,
    #[serde(default)]
    exception: String,
    by: String,
}

/// Two members count who came: women, men, others.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Roll {
    assembly: String,
    there: [i64; 3],
    ages: Option<[i64; 3]>,
    counters: [String; 2],
}

/// An assembly ends, its minutes read aloud and witnessed.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct End {
    assembly: String,
    /// Minutes that women, men and others spoke.
    spoken: [i64; 3],
    witnesses: i64,
    #[serde(default)]
    sheet: bool,
    by: String,
}

impl Civic<'_> {
    pub(super) async fn about_proposals(
        &mut self,
        act: &Act,
        voices: &HashMap<String, Id>,
    ) -> Result<(), Trouble> {
        let house = self.house;
        match act {
            Act::Propose(proposed) => self.propose(proposed).await,
            Act::FromVoice { proposal, voice, title, words, by } => {
                let voice = *voices.get(voice).ok_or(Trouble::NotFound)?;
                let words = ProposedWords { title: title.clone(), words: words.clone() };
                let by = Some(self.member(by)?);
                let (id, _) = proposals::from_voice(house, voice, words, by).await?;
                self.made.insert(proposal.clone(), id);
                Ok(())
            }
            Act::Show { proposal, by } => {
                let id = self.named(proposal)?;
                let words = proposals::words(house, id).await?.ok_or(Trouble::NotFound)?;
                proposals::show(house, id, words, Some(self.member(by)?)).await
            }
            Act::Refuse { proposal, reason, by } => {
                let by = Some(self.member(by)?);
                proposals::refuse(house, self.named(proposal)?, reason.clone(), by).await
            }
            Act::List { proposal, n, counters } => {
                let list = Some(Id::fresh(house.now_ms()));
                for by in counters {
                    let (id, by) = (self.named(proposal)?, Some(self.member(by)?));
                    proposals::count(house, id, list, "paper", *n, by).await?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn propose(&mut self, proposed: &Proposed) -> Result<(), Trouble> {
        let area = proposed.area.as_deref().map(|area| self.area(area)).transpose()?;
        let asked = Proposing { area, via: proposed.via.clone(), ..Proposing::default() };
        let words = ProposedWords { title: proposed.title.clone(), words: proposed.words.clone() };
        let by = proposed.by.as_deref().map(|by| self.member(by)).transpose()?;
        let (id, _) = proposals::make(self.house, asked, words, by.is_some(), by).await?;
        self.made.insert(proposed.proposal.clone(), id);
        Ok(())
    }

    pub(super) async fn about_meetings(&mut self, act: &Act) -> Result<(), Trouble> {
        let house = self.house;
        match act {
            Act::Rules { body, women, attendance, support, voices } => {
                let rules = BodyRules {
                    women_share_min_percent: *women,
                    attendance_min: *attendance,
                    support_min: *support,
                    agenda_voices_min: *voices,
                };
                let steward = self.visitor(crate::demo::STEWARD).await?;
                acts::first_rules(house, &steward, self.body(body)?, rules).await
            }
            Act::Call(call) => self.call(call).await,
            Act::Agenda(agenda) => self.agenda(agenda).await,
            Act::CallOff { assembly, reason, by } => {
                let (id, by) = (self.named(assembly)?, Some(self.member(by)?));
                acts::call_off(house, id, reason.clone(), by).await
            }
            Act::Open(open) => {
                let chair = Chair {
                    woman: open.woman,
                    co_woman: open.co_woman,
                    exception: open.exception.clone(),
                };
                let (id, by) = (self.named(&open.assembly)?, Some(self.member(&open.by)?));
                acts::open(house, id, chair, by).await
            }
            Act::Roll(roll) => {
                let id = self.named(&roll.assembly)?;
                self.roll(id, ("arrival", None), (roll.there, roll.ages), &roll.counters).await
            }
            Act::WomenSession { assembly, held, words, by } => {
                let (id, by) = (self.named(assembly)?, Some(self.member(by)?));
                acts::women_session(house, id, *held, words.clone(), by).await
            }
            Act::End(end) => self.end(end).await,
            _ => Ok(()),
        }
    }

    async fn call(&mut self, call: &Call) -> Result<(), Trouble> {
        let asked = Calling {
            body: self.body(&call.body)?,
            area: Some(self.area(&call.area)?),
            title: call.title.clone(),
            place: call.place.clone(),
            starts_ms: self.day(call.on) * DAY_MS + minute(&call.hour) * MINUTE_MS,
            offset_minutes: self.house.city().offset_minutes,
            from_afar: call.afar.clone(),
            childcare: call.childcare,
            women_first: call.women_first,
            short_form: call.short_form,
            ..Calling::default()
        };
        let id = acts::call(self.house, asked, Some(self.member(&call.by)?)).await?;
        self.made.insert(call.assembly.clone(), id);
        Ok(())
    }

    /// Everything is called as the room itself calls what it would offer for the agenda.
    async fn agenda(&self, agenda: &Agenda) -> Result<(), Trouble> {
        let (house, id) = (self.house, self.named(&agenda.assembly)?);
        let assembly = assemblies::assembly(house, id).await?.ok_or(Trouble::NotFound)?;
        let offered = assemblies::required_items(house, self.tongue(), &assembly).await?;
        let mut set = AssemblyAgendaSet::default();
        for what in &agenda.items {
            let (kind, of, named) = self.item(what)?;
            let item = offered.iter().find(|item| item.of == of && of != Id::NONE);
            let title = match item {
                Some(item) => item.title.clone(),
                None => self.titled(&kind, of, named).await?,
            };
            set.items.push(AgendaItem { kind, of, title });
        }
        for left in &agenda.left_out {
            let (kind, of, named) = self.item(&left.what)?;
            let title = self.titled(&kind, of, named).await?;
            set.left_out.push(LeftOut { kind, of, title, reason: left.reason.clone() });
        }
        acts::publish(house, self.tongue(), id, set, Some(self.member(&agenda.by)?)).await
    }

    fn item<'t>(&self, what: &'t str) -> Result<(String, Id, &'t str), Trouble> {
        let (kind, named) = what.split_once(':').unwrap_or(("own", what));
        let of = match kind {
            "own" => Id::NONE,
            "need" => self.need(named)?,
            _ => self.named(named)?,
        };
        Ok((kind.to_owned(), of, named))
    }

    async fn titled(&self, kind: &str, of: Id, named: &str) -> Result<String, Trouble> {
        if kind != "need" {
            return Ok(named.to_owned());
        }
        let need = rooms::needs::need(self.house, of).await?.ok_or(Trouble::NotFound)?;
        Ok(rooms::needs::title_line(self.tongue(), &need))
    }

    /// Both counters say what they found.
    pub(super) async fn roll(
        &self,
        assembly: Id,
        (moment, of): (&str, Option<Id>),
        (there, ages): ([i64; 3], Option<[i64; 3]>),
        counters: &[String; 2],
    ) -> Result<(), Trouble> {
        let [women, men, other] = there;
        let counting = |counter| Counting {
            moment: moment.to_owned(),
            of,
            counter,
            counts: Counts { women, men, other, ages },
            ..Counting::default()
        };
        let [first, second] = counters;
        let (first, second) = (self.visitor(first).await?, self.visitor(second).await?);
        let (first, second) = tokio::join!(
            biased;
            acts::count(self.house, &first, assembly, counting(1)),
            acts::count(self.house, &second, assembly, counting(2))
        );
        first.and(second)
    }

    async fn end(&self, end: &End) -> Result<(), Trouble> {
        let (house, id) = (self.house, self.named(&end.assembly)?);
        let by = Some(self.member(&end.by)?);
        let [women, men, other] = end.spoken;
        if end.sheet {
            acts::keep_sheet(house, id, SHEET, by).await?;
        }
        let (spoke, witnessed, closed) = tokio::join!(
            biased;
            acts::spoken(house, id, (women, men, other), by),
            acts::witnessed(house, id, end.witnesses, by),
            acts::close(house, id, by)
        );
        spoke.and(witnessed).and(closed)
    }
}
