//! How a community chooses among projects within its envelope: `.pb` files, greedy, the Method of
//! Equal Shares, sequential Phragmén.
//!
//! # The rules
//!
//! Three ways to spend a budget `B` on projects that ballots name, told for `n` ballots.
//!
//! **Greedy** (`greedy_cost`, `greedy_cardinality` …) puts the projects in line by what they are
//! worth to all voters per unit of money, and takes each that the money still reaches. With worth
//! by cost, that is the number of votes. A majority can so decide on all of the money.
//!
//! **Equal shares** (`mes_cost` …) gives every ballot the same share, `B/n`. A project can be
//! bought when those who chose it have its cost together. If each pays `ρ` for every unit that it
//! is worth to them, or the last they have, then `ρ` is fixed by the cost; the project with the
//! lowest `ρ` is bought, again and again. Every group that agrees can so decide on its part of the
//! money. What is left over stays (`mes_cost`), goes by votes (`mes_cost_utility`), is used by
//! giving everybody a step more as long as the budget bears it (`mes_cost_add1`), or both
//! (`mes_cost_add1u`, which is what we offer first).
//!
//! **Phragmén** (`phragmen`) lets supporters earn money at the same pace and buys whatever can be
//! paid first.
//!
//! # How it is counted
//!
//! Outcomes are those of the definitions, with whole numbers and fractions: a share of a thousandth
//! of a cent can decide, and does when the share is raised in small steps. Machine numbers are used
//! in front of that as a sieve, each with a bound on its error. What the sieve cannot tell apart
//! is compared as fractions, so that the outcome is the same on every machine.
//!
//! ```
//! use fair::voting::{Terms, count, explain, pb};
//!
//! let file = "META\nkey;value\nbudget;100\nvote_type;approval\n\
//!             PROJECTS\nproject_id;cost\ntap;60\npath;50\nlamp;40\n\
//!             VOTES\nvoter_id;vote\n1;tap\n2;tap,lamp\n3;tap,path\n4;path,lamp\n";
//! let election = pb::read(file.as_bytes())?.election;
//! let outcome = count(&election, &Terms::of("mes_cost_add1u".parse()?))?;
//!
//! assert_eq!(outcome.ids(&election), ["tap", "lamp"]);
//! assert_eq!(
//!     explain(&election, &outcome, 1),
//!     "Not funded: its 2 supporters still had 10 of the 50 it costs, 40 short; of what was left \
//!      over, 0 remained when its turn came."
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod count;
mod decimal;
mod election;
mod explain;
mod greedy;
mod more;
mod outcome;
pub mod pb;
mod phragmen;
mod profile;
mod rule;
mod shares;
mod tie;

#[cfg(test)]
mod tests;

pub use count::count;
pub use decimal::{AMOUNT_DECIMALS_MAX, AMOUNT_DIGITS_MAX, Decimal, NotAnAmount};
pub use election::{
    BALLOTS_MAX, Ballot, Builder, CHOICES_MAX, COLUMNS_MAX, Election, Fault, Kind, META_MAX,
    POINTS_PARTS_MAX, PROJECTS_MAX, Project,
};
pub use explain::{decimal, explain, money, money_exact};
pub use more::{CHOICES_TRIED_MAX, tell_votes_more};
pub use outcome::{
    Against, Exact, Fate, Loss, Met, Outcome, Paid, Raise, RaiseEnd, Turn, Uncounted, Win,
};
pub use rule::{NoRule, Rest, Rule, Terms, Worth};
pub use shares::RAISE_COUNTS_MAX;
pub use tie::{Tie, lot};
