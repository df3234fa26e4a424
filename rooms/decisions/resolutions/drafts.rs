//! What other rooms write about a decision in an act of their own. Pure. It never judges for them
//! whether the thing was really brought: that the person says.

use record::{Draft, Id, Record, Refusal};

use super::records::DecisionKept;
use super::views::Decision;

/// The promise of a decision was kept, by a task. Nothing is written when that is known already.
///
/// # Errors
/// There is no such decision, or it promised nothing.
pub fn kept(id: Id, records: &[Record], task: Id, by: Option<Id>) -> Result<Vec<Draft>, Refusal> {
    let decision = Decision::fold(id, records);
    if decision.moved_ms == 0 {
        return Err(Refusal::new("decision-unknown").status(404));
    }
    if decision.promise_body.is_none() {
        return Err(Refusal::new("decision-no-promise").status(409));
    }
    if decision.kept {
        return Ok(Vec::new());
    }
    Ok(vec![Draft::new(id, &DecisionKept { task }).area(decision.area).by(by)])
}
