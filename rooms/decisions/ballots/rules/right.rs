//! By what right a round is held, and whether its result binds: as of any decision of that body on
//! the day on which the vote closes. Pure. A mandate that names no law makes advice (safety 15),
//! and so does a body of residents, which decides in an assembly alone.

use record::{Id, Refusal};

use crate::decisions::ballots::records::{BallotRoundAnnounced, RightSaid};
use crate::decisions::resolutions::Decision;
use crate::decisions::resolutions::rules::{BINDING, Ground, reach};
use crate::people::{BodyKind, Ceiling};

/// Why the vote of a body of residents is advice: it decides in an assembly, where those who came
/// are counted, and no vote by cards is one.
pub const ONLY_ASSEMBLY: &str = "only_assembly";

/// What is asked with body and subject, filled in from the register of mandates. The day of the
/// ground is the day on which the vote closes.
///
/// # Errors
/// No body is named, or it is not there.
pub fn right(
    said: &BallotRoundAnnounced,
    area: Option<Id>,
    ground: &Ground,
) -> Result<RightSaid, Refusal> {
    let missing = || Refusal::new("ballot-right");
    let asked = said.right.as_ref().ok_or_else(missing)?;
    let body = ground.bodies.iter().find(|body| body.id == asked.body).ok_or_else(missing)?;
    let subject = asked.subject.trim();
    let subject = if subject.is_empty() { said.question.trim() } else { subject }.to_owned();
    let money = Ceiling { amount_minor: said.budget_minor, currency: said.currency.clone() };
    let decision = Decision {
        body: body.id,
        subject: subject.clone(),
        area,
        money: Some(money),
        ..Decision::default()
    };
    let reach = reach(&decision, ground);
    let mandate = ground.mandates.iter().find(|mandate| Some(mandate.id) == reach.mandate);
    let binds = reach.force == BINDING;
    let elsewhere = binds && body.kind == BodyKind::Assembly;
    Ok(RightSaid {
        body: body.id,
        decides: body.name.clone(),
        subject,
        mandate: reach.mandate,
        instrument: mandate.and_then(|mandate| mandate.instrument.clone()),
        binds: binds && !elsewhere,
        why: if elsewhere { ONLY_ASSEMBLY } else { reach.why }.to_owned(),
    })
}
