//! A vote on projects becomes a decision, in the one act in which its round says so. It judges
//! nothing of the vote: what came of it is given.

use record::{Draft, Id, Refusal};
use store::{AppendError, Change, Decision as Act, Known, Name};

use super::told::{self, names_of, told_of_resolving};
use super::{NUMBER_TRIES_MAX, after, body_stands, fit, register};
use crate::decisions::resolutions::queries;
use crate::decisions::resolutions::rules::{self, Voted};
use crate::door::{House, Trouble};

/// Records a decision that a round came to; `also` gives what the round itself says of it, under
/// lock on `round`. Everyone whose voice belongs to its needs is told; so is, with
/// the reason, whose need only something else would have answered.
///
/// # Errors
/// As the rule or `also` refuses; a text is not fit for the street; there is no such body.
pub async fn from_round(
    house: &House,
    round: Id,
    said: Voted,
    by: Option<Id>,
    also: impl Fn(&Known, Id, i64) -> Result<Vec<Draft>, Refusal> + Clone + Send + Sync + 'static,
) -> Result<Id, Trouble> {
    let promise = said.moved.promise.as_ref().map_or("", |promise| promise.what.as_str());
    fit(house, &[&said.moved.short, &said.reasons, &said.because, promise]).await?;
    let id = Id::fresh(house.now_ms());
    for further in 1.. {
        let number = queries::last_number(house).await? + further;
        let register = register(house, said.moved.body).await?;
        body_stands(&register.bodies, said.moved.body)?;
        let mut promised = said.moved.promise.iter();
        promised.try_for_each(|promise| body_stands(&register.bodies, promise.body))?;
        let (ours, also, mut said) = (house.clone(), also.clone(), said.clone());
        said.moved.number = number;
        let lost = said.unchosen.iter().map(|(need, _)| *need);
        let needs = said.moved.needs.iter().copied().chain(lost);
        let entities = [id, round].into_iter().chain(needs).collect();
        let change = Change::on(entities, move |known| {
            let mut drafts = also(known, id, number)?;
            drafts.extend(rules::voted(id, &said, &register.ground(None), by)?);
            let decision = after(id, known, &drafts);
            let mut act = Act { drafts, ..Act::default() };
            let told = told_of_resolving(&decision, &names_of(&register.bodies));
            told::all(&mut act, &ours, known, &decision, &told, by);
            for (need, title) in &said.unchosen {
                told::unchosen(&mut act, &ours, known, &decision, (*need, title), by);
            }
            Ok(act)
        });
        let key = house.vault().keyed("decision-number", &number.to_be_bytes());
        let name = Name { space: "decision-number", key };
        match house.store().append(change.claiming(name, id)).await {
            Ok(_) => break,
            Err(AppendError::Taken { .. }) if further < NUMBER_TRIES_MAX as i64 => {}
            Err(error) => return Err(error.into()),
        }
    }
    house.outbound().notify_one();
    Ok(id)
}
