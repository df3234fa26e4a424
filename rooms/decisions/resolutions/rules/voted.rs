//! What a vote on projects came to, as a decision: moved and resolved in one. Pure. It has the
//! force that was announced before anybody voted, and nothing is counted here a second time.

use record::{Draft, Id, Refusal};

use super::force::{ADVISORY, BINDING, Ground, reach};
use super::motion::{MotionAsked, few_words, move_motion};
use super::resolve::BECAUSE_CHARS_MAX;
use super::{LONG_BYTES_MAX, limited, public_line};
use crate::decisions::resolutions::records::{DecisionMoved, DecisionResolved, DecisionRouted};
use crate::decisions::resolutions::views::Decision;

/// What a vote came to, and what is said of it.
#[derive(Clone, Debug, Default)]
pub struct Voted {
    /// What would be done, for whom, for how much; its number is given with it.
    pub moved: DecisionMoved,
    /// The area it is for; none for the whole city.
    pub area: Option<Id>,
    /// Whether anything was chosen.
    pub carried: bool,
    /// Whether it was announced that the result binds.
    pub binds: bool,
    /// Why it does not bind, one code; empty when it does.
    pub force_why: String,
    /// The mandate that was announced.
    pub mandate: Option<Id>,
    /// Why it came to that, in plain words.
    pub reasons: String,
    /// The same in few words, for the SMS that says no.
    pub because: String,
    /// Needs that only what was not chosen would have answered, each with the name of that.
    pub unchosen: Vec<(Id, String)>,
}

/// The records of a decision that a vote came to. One that is advice goes on to the body that can
/// decide it, if there is one.
///
/// # Errors
/// Words are missing or too long; a promise does not fit.
pub fn voted(id: Id, said: &Voted, ground: &Ground, by: Option<Id>) -> Result<Vec<Draft>, Refusal> {
    let asked = MotionAsked { moved: said.moved.clone(), area: said.area };
    let moved = move_motion(id, &asked, ground.day, by)?;
    let because = if said.carried && said.unchosen.is_empty() {
        limited(&said.because, LONG_BYTES_MAX)?
    } else {
        let (empty, long) = ("decision-because-empty", "decision-because-long");
        few_words(&said.because, BECAUSE_CHARS_MAX, empty, long)?
    };
    let promise = said.moved.promise.as_ref().filter(|_| said.carried);
    let resolved = DecisionResolved {
        outcome: if said.carried { "carried" } else { "rejected" }.to_owned(),
        force: if said.binds { BINDING } else { ADVISORY }.to_owned(),
        force_why: said.force_why.clone(),
        mandate: said.mandate,
        secret: true,
        reasons: public_line(&said.reasons, LONG_BYTES_MAX, "decision-reasons-empty")?,
        because,
        promise: promise.cloned(),
        from_day: ground.day,
        ..DecisionResolved::default()
    };
    let draft = |draft: Draft| draft.area(said.area).by(by);
    let mut drafts = vec![moved, draft(Draft::new(id, &resolved))];
    if let Some(to) = routed_to(said, ground) {
        let routed = DecisionRouted { to, why: said.force_why.clone() };
        drafts.push(draft(Draft::new(id, &routed)));
    }
    Ok(drafts)
}

/// The body that can decide what a vote only advised.
fn routed_to(said: &Voted, ground: &Ground) -> Option<Id> {
    if said.binds || !said.carried {
        return None;
    }
    let DecisionMoved { body, subject, money, .. } = said.moved.clone();
    let decision = Decision { body, subject, money, area: said.area, ..Decision::default() };
    reach(&decision, ground).to
}
