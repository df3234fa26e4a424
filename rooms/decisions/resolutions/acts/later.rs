//! What is done after a decision: the body it waits on answers, somebody appeals, it is looked at
//! again. No judgement of its own: the rules decide under lock.

use record::Id;
use store::{Change, Decision as Act};

use super::super::queries;
use super::super::records::{DecisionAppealAnswered, DecisionReplied, DecisionReviewed};
use super::super::rules::{self, Taking};
use super::told::{all, names_of, told_of_taking};
use super::{Actor, after, body_stands, fit, on_decision, register, today};
use crate::door::{House, Trouble};
use crate::needs;

/// A body says what it does with a decision that waits on it, and everyone who spoke is told.
///
/// # Errors
/// As the rule refuses; whoever says it does not belong to the body; a text is not fit for the
/// street; the body that promises is not there.
pub async fn take(house: &House, id: Id, taking: Taking, by: &Actor) -> Result<(), Trouble> {
    by.speaks_for(taking.body)?;
    let promise = taking.promise.as_ref().map_or("", |promise| promise.what.as_str());
    fit(house, &[&taking.reason, &taking.because, promise]).await?;
    let decision = queries::decision(house, id).await?.ok_or(Trouble::NotFound)?;
    let register = register(house, taking.body).await?;
    taking.promise.iter().try_for_each(|promise| body_stands(&register.bodies, promise.body))?;
    let (ours, author, names) = (house.clone(), by.id, names_of(&register.bodies));
    let mut entities = vec![id];
    entities.extend(&decision.needs);
    let change = Change::on(entities, move |known| {
        let drafts = rules::take(id, known.of(id), &taking, &register.ground(None), author)?;
        let after = after(id, known, &drafts);
        let mut act = Act { drafts, ..Act::default() };
        let told = told_of_taking(&after, &names, &taking.because);
        all(&mut act, &ours, known, &after, &told, author);
        Ok(act)
    });
    house.store().append(change).await?;
    house.outbound().notify_one();
    Ok(())
}

/// Somebody asks that another body look at it again.
///
/// # Errors
/// As the rule refuses, or the words are not fit for the street.
pub async fn appeal(house: &House, id: Id, why: String, by: &Actor) -> Result<(), Trouble> {
    fit(house, &[&why]).await?;
    let decision = queries::decision(house, id).await?.ok_or(Trouble::NotFound)?;
    let register = register(house, decision.body).await?;
    let author = by.id;
    on_decision(house, id, move |records| {
        rules::appeal(id, records, &why, &register.ground(None), author)
    })
    .await
}

/// The body that was asked answers. When the decision falls, its needs are open again.
///
/// # Errors
/// As the rule refuses; whoever says it does not belong to the body; the words are not fit.
pub async fn answer_appeal(
    house: &House,
    id: Id,
    answer: DecisionAppealAnswered,
    by: &Actor,
) -> Result<(), Trouble> {
    by.speaks_for(answer.by)?;
    fit(house, &[&answer.reason]).await?;
    let decision = queries::decision(house, id).await?.ok_or(Trouble::NotFound)?;
    let author = by.id;
    let mut entities = vec![id];
    entities.extend(&decision.needs);
    let change = Change::on(entities, move |known| {
        let mut drafts = rules::answer_appeal(id, known.of(id), &answer, author)?;
        if !answer.stands {
            for need in &decision.needs {
                let reopened = needs::drafts::reopened(*need, known.of(*need), "appeal", author);
                drafts.extend(reopened.unwrap_or_default());
            }
        }
        Ok(Act { drafts, ..Act::default() })
    });
    house.store().append(change).await?;
    Ok(())
}

/// It is looked at again.
///
/// # Errors
/// As the rule refuses; whoever says it does not belong to the body that decided; the words are
/// not fit for the street.
pub async fn review(
    house: &House,
    id: Id,
    reviewed: DecisionReviewed,
    by: &Actor,
) -> Result<(), Trouble> {
    fit(house, &[&reviewed.reason]).await?;
    let decision = queries::decision(house, id).await?.ok_or(Trouble::NotFound)?;
    by.speaks_for(decision.body)?;
    let (author, today) = (by.id, today(house));
    on_decision(house, id, move |records| rules::review(id, records, &reviewed, today, author))
        .await
}

/// Who is waited for says what they have to say about that.
///
/// # Errors
/// As the rule refuses; whoever says it does not belong to the body; the words are not fit.
pub async fn reply(
    house: &House,
    id: Id,
    replied: DecisionReplied,
    by: &Actor,
) -> Result<(), Trouble> {
    by.speaks_for(replied.by)?;
    fit(house, &[&replied.words]).await?;
    let author = by.id;
    on_decision(house, id, move |records| rules::reply(id, records, &replied, author)).await
}
