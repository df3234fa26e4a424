//! The checker: whether shares are the fair ones, told by looking at every arc a few times.
//!
//! Never solves anything, and shares no code with the solver beyond the shapes of a window, of a
//! fraction and of the shares.

mod conditions;
mod feasible;
mod units;

use super::shares::Shares;
use super::window::{ShareError, Window};

/// The first thing found wrong, and where. Places are those of the window.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The window itself is wrong.
    #[error("the window: {0}")]
    Window(#[from] ShareError),
    /// As many numbers as there are of something.
    #[error("{what}: {given} numbers for {expected}; is this the result of another window?")]
    Count {
        /// Of what.
        what: &'static str,
        /// How many there are.
        given: usize,
        /// How many there should be.
        expected: usize,
    },
    /// More flows over an arc than its ceiling, or less than nothing.
    #[error("arc {arc}: its flow is below nought or above its ceiling")]
    Flow {
        /// The arc.
        arc: usize,
    },
    /// More flows out of a pool than there is.
    #[error("pool {pool}: more flows out of it than may be given")]
    Overspent {
        /// The pool.
        pool: usize,
    },
    /// What flows into a partner is not what flows out, or more than it can handle.
    #[error("partner {partner}: what flows in and out differ, or are more than it can handle")]
    Partner {
        /// The partner.
        partner: usize,
    },
    /// An area gets more than it can take, or something without a claim.
    #[error("area {area}: it gets more than it can take")]
    Overfilled {
        /// The area.
        area: usize,
    },
    /// Fractions at one node have no common denominator of 127 bits; the solver's always have.
    #[error("{what} {at}: the fractions there are too fine to add")]
    TooFine {
        /// Pool, partner or area.
        what: &'static str,
        /// Which.
        at: usize,
    },
    /// Something is left in a pool that is said to be dry.
    #[error("pool {pool}: something is left in it, so its level must be unbounded")]
    NotDry {
        /// The pool.
        pool: usize,
    },
    /// The level of an area is not what it has by its claim.
    #[error("area {area}: its level is not what it has, divided by its claim")]
    Level {
        /// The area.
        area: usize,
    },
    /// A partner that could handle more holds something back.
    #[error("partner {partner}: its levels differ in a way that its capacity does not explain")]
    Through {
        /// The partner.
        partner: usize,
    },
    /// There was room on an arc from a higher level to a lower one: the lower should have had more.
    #[error("arc {arc}: it has room, and leads from a higher level to a lower one")]
    Room {
        /// The arc.
        arc: usize,
    },
    /// Something flows to a level that is higher than the giver's: others needed it more.
    #[error("arc {arc}: it is used, and leads from a lower level to a higher one")]
    Use {
        /// The arc.
        arc: usize,
    },
    /// The whole units of an area are not its share, rounded down or up.
    #[error("area {area}: what it gets is not its share rounded down or up")]
    Rounding {
        /// The area.
        area: usize,
    },
    /// What flows into an area in whole units is not what it is said to get.
    #[error("area {area}: what flows into it is not what it is said to get")]
    Sum {
        /// The area.
        area: usize,
    },
    /// Whole units do not add up to the shares: a unit is lost or made.
    #[error("in whole units {whole} are given, in fractions {exact}")]
    Total {
        /// All amounts.
        whole: i128,
        /// All shares, rounded down.
        exact: i128,
    },
    /// An area is said to be left out that is not there, was left out already, or would not have
    /// got too little.
    #[error("area {area}: it is left out without the reason for it")]
    Deferred {
        /// The area.
        area: usize,
    },
    /// An area is left out before another whose turn came first.
    #[error("area {area}: it is left out when by the declared order area {first} was next")]
    Order {
        /// The area.
        area: usize,
        /// Whose turn it was.
        first: usize,
    },
    /// The share for which an area was left out was another.
    #[error("area {area}: it is left out for a share of {said}, and its share was {share}")]
    Share {
        /// The area.
        area: usize,
        /// What is said.
        said: i64,
        /// What it was.
        share: i64,
    },
    /// Sharing out anew went wrong: this says nothing of the result.
    #[error(
        "nothing is known of the order in which areas were left out: sharing out anew, this \
             program erred itself in round {}; tell its makers ({fault})",
        .round + 1
    )]
    Anew {
        /// The round, from nought.
        round: usize,
        /// What is wrong with it.
        fault: Box<Fault>,
    },
    /// An area gets less than the smallest grant with which something can be done.
    #[error("area {area}: it gets something, but less than its smallest grant")]
    TooSmall {
        /// The area.
        area: usize,
    },
    /// A unit that was left over went to an area, or to none, though another came first.
    #[error("area {area}: the unit rounded up elsewhere should have been rounded up here")]
    Remainder {
        /// The area that came first.
        area: usize,
    },
}

/// Whether `shares` are the fair shares of `window`.
///
/// Checked are, in this order: that the fractions flow where they may and no more than there is;
/// that the levels are what areas have by their claims; that **below its ceiling no arc leads from
/// a higher level to a lower one, and in use none from a lower to a higher**, which together mean
/// that nothing could be moved to anybody worse off; that whole units flow where they may, are the
/// fractions rounded down or up, and add up; and that those rounded up are the ones the declared
/// order names: larger remainder, then higher risk, then smaller name.
///
/// Time: each arc is looked at a few times, and areas with a remainder are sorted once.
///
/// # Errors
/// The first thing that is wrong, and where.
pub fn check(window: &Window, shares: &Shares) -> Result<(), Fault> {
    check_counts(window, shares)?;
    let sums = feasible::check(window, &shares.certificate)?;
    conditions::check(window, &shares.certificate, &sums)?;
    units::check(window, shares, &sums)
}

/// Whether the window is sound and the shares have a number for each of its things.
pub(super) fn check_counts(window: &Window, shares: &Shares) -> Result<(), Fault> {
    window.verify()?;
    count("flows", shares.flows.len(), window.arcs.len())?;
    count("amounts", shares.amounts.len(), window.areas.len())?;
    let certificate = &shares.certificate;
    count("flows of the certificate", certificate.flows.len(), window.arcs.len())?;
    count("levels of pools", certificate.pools.len(), window.pools.len())?;
    count("levels of areas", certificate.areas.len(), window.areas.len())?;
    count("levels of partners", certificate.partners.len(), window.partners.len())
}

fn count(what: &'static str, given: usize, expected: usize) -> Result<(), Fault> {
    if given == expected { Ok(()) } else { Err(Fault::Count { what, given, expected }) }
}
