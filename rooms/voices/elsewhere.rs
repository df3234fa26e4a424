//! What a message asks of a room that comes later on the board, and how the roof hands it on. It
//! judges nothing.

use std::pin::Pin;

use record::Id;
use store::Change;

use crate::door::{House, Trouble};

/// What a message asks of a room that comes later on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To count its sender as a supporter of the proposal of this number.
    Support(i64),
    /// To count its sender's vote on the decision of this number.
    Vote {
        /// The number.
        number: i64,
        /// `yes`, `no`, or the number of an option.
        choice: String,
    },
    /// To count what its sender, asked by lot, says of the assembly of this number.
    Attendance {
        /// The number.
        number: i64,
        /// 1, 2 or 3: what was offered.
        digit: usize,
    },
    /// To put a ballot in the box of the round of this number. Nobody is told who sent it.
    Ballot {
        /// The number.
        number: i64,
        /// The code of a card, as typed.
        code: String,
        /// What is chosen, as typed: numbers, or points for numbers.
        chosen: String,
    },
}

/// What a later room makes of it: an act, and the texts that answer. Both are durable in one
/// breath, so that a gateway's retry does nothing twice.
pub struct Meant {
    /// The act.
    pub change: Change,
    /// Key of the reply once it is done.
    pub done: &'static str,
    /// Key of the reply when a name that the act takes is held already.
    pub again: &'static str,
    /// Key of the reply when its rule says no.
    pub refused: &'static str,
    /// What the replies name.
    pub args: Vec<(&'static str, String)>,
}

type Meaning = Pin<Box<dyn Future<Output = Result<Meant, Trouble>> + Send>>;

/// The table by which the roof hands on what is not for this room: given to the house when it is
/// opened. Without it such a message is heard like any other.
#[derive(Clone, Copy)]
pub struct Elsewhere(pub fn(House, Asked, Id) -> Meaning);
