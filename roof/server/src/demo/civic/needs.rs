//! Needs of the story: stated of the voices that say so, confirmed, shown, quoted, referred,
//! withdrawn. It never chooses for whoever groups: which voice belongs where is written beside it.

use std::collections::HashMap;

use record::Id;
use rooms::door::Trouble;
use rooms::needs::{self, Said, acts};
use rooms::voices::queries;
use serde::Deserialize;

use super::{Act, Civic};

/// A need is stated.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct State {
    need: String,
    title: String,
    area: String,
    sector: String,
    #[serde(default)]
    severity: u8,
    /// At least and at most so many people.
    people: Option<[i64; 2]>,
    /// Since when, in days before today.
    since: Option<i64>,
    source: Option<String>,
    by: String,
}

impl Civic<'_> {
    /// A voice was sorted that says what a need says: it is grouped, now or once that is stated.
    ///
    /// # Errors
    /// As the room of needs refuses.
    pub(in crate::demo) async fn sorted(
        &mut self,
        need: &str,
        voice: Id,
        by: Option<Id>,
    ) -> Result<(), Trouble> {
        match self.made.get(&format!("need:{need}")) {
            Some(id) => acts::group(self.house, &[(voice, *id)], by).await,
            None => {
                self.waiting.entry(need.to_owned()).or_default().push(voice);
                Ok(())
            }
        }
    }

    pub(super) async fn about_needs(
        &mut self,
        act: &Act,
        voices: &HashMap<String, Id>,
    ) -> Result<(), Trouble> {
        let house = self.house;
        match act {
            Act::State(state) => self.state(state).await,
            Act::Publish { need, by } => {
                let need = needs::need(house, self.need(need)?).await?.ok_or(Trouble::NotFound)?;
                acts::publish(house, &need, Some(self.member(by)?)).await
            }
            Act::Confirm { need, how, body, by } => {
                let body = body.as_deref().map(|body| self.body(body)).transpose()?;
                acts::confirm(house, self.need(need)?, body, how, Some(self.member(by)?)).await
            }
            Act::Refer { need, to, by } => {
                acts::refer(house, self.need(need)?, to, Some(self.member(by)?)).await
            }
            Act::Withdraw { need, reason, by } => {
                acts::withdraw(house, self.need(need)?, reason, Some(self.member(by)?)).await
            }
            Act::Quote { need, voice, words, by } => {
                let id = *voices.get(voice).ok_or(Trouble::NotFound)?;
                let voice = queries::voice(house, id).await?.ok_or(Trouble::NotFound)?;
                acts::quote(house, self.need(need)?, &voice, words, Some(self.member(by)?)).await
            }
            _ => Ok(()),
        }
    }

    async fn state(&mut self, state: &State) -> Result<(), Trouble> {
        let of = self.waiting.remove(&state.need).unwrap_or_default();
        let said = Said {
            title: state.title.clone(),
            area: Some(self.area(&state.area)?),
            sector: state.sector.clone(),
            severity: state.severity,
            people_min: state.people.map(|[min, _]| min),
            people_max: state.people.map(|[_, max]| max),
            since_day: state.since.map(|before| self.day(before)),
        };
        let source = state.source.as_deref().unwrap_or("voices");
        let by = Some(self.member(&state.by)?);
        let id = acts::state(self.house, said, source, &of, by).await?;
        self.made.insert(format!("need:{}", state.need), id);
        Ok(())
    }

    pub(super) fn need(&self, name: &str) -> Result<Id, Trouble> {
        self.named(&format!("need:{name}"))
    }

    pub(super) fn needs_named(&self, names: &[String]) -> Result<Vec<Id>, Trouble> {
        names.iter().map(|name| self.need(name)).collect()
    }
}
