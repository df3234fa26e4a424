//! The numbers of an outcome as English sentences, for the command line and for whoever reads the
//! code; pages tell them in six languages from the same numbers.
//!
//! Never says more than the numbers do: where something would have to be guessed, nothing is said.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::election::Election;
use super::outcome::{Against, Exact, Fate, Loss, Outcome, Paid, Turn, Win};

/// Why a project won or lost, as one English sentence; empty when there is no such project.
#[must_use]
pub fn explain(election: &Election, outcome: &Outcome, project: usize) -> String {
    let found = outcome.fates.get(project).zip(election.projects().get(project));
    let Some((fate, about)) = found else { return String::new() };
    let teller = Teller { election, fate, cost: money(election, about.cost_parts) };
    match &fate.turn {
        Turn::Won { round, by } => teller.won(*round, by),
        Turn::Lost(loss) => teller.lost(loss),
    }
}

/// An amount with a comma between thousands: `9,310.50`.
#[must_use]
pub fn money(election: &Election, parts: u64) -> String {
    with_commas(&election.amount(parts))
}

/// The same of a fraction of parts that is not below nothing, rounded to hundredths of the
/// currency, or finer where it is less than one.
#[must_use]
pub fn money_exact(election: &Election, parts: &Exact) -> String {
    let one = BigInt::from(10u32).pow(election.decimals().into());
    let amount = parts / one;
    let digits = if amount < Exact::one() { 6 } else { 2 };
    with_commas(&decimal(&amount, digits))
}

/// A fraction as a decimal, so many digits behind the point, the last one rounded to the nearest
/// (halves away from nothing). Zeros at the end are left out.
#[must_use]
pub fn decimal(fraction: &Exact, digits: u8) -> String {
    let one = BigInt::from(10u32).pow(u32::from(digits));
    let (above, below): (BigInt, BigInt) =
        (fraction.numer() * &one * 2u32, fraction.denom() * 2u32);
    let rounded: BigInt = (above.abs() + fraction.denom()) / below;
    let (whole, behind) = (&rounded / &one, &rounded % &one);
    let sign = if fraction.is_negative() && !rounded.is_zero() { "-" } else { "" };
    let width = usize::from(digits);
    let behind = format!("{behind:0>width$}");
    let behind = behind.trim_end_matches('0');
    if behind.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{behind}") }
}

fn with_commas(plain: &str) -> String {
    let (whole, behind) = plain.split_once('.').unwrap_or((plain, ""));
    let whole = grouped(whole);
    if behind.is_empty() { whole } else { format!("{whole}.{behind}") }
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

struct Teller<'a> {
    election: &'a Election,
    fate: &'a Fate,
    cost: String,
}

impl Teller<'_> {
    fn won(&self, round: usize, by: &Win) -> String {
        let (cost, supporters) = (&self.cost, self.supporters());
        match by {
            Win::Free => format!("Won: it costs nothing, and {supporters} chose it."),
            Win::Shares(paid) => self.paid(round, paid),
            Win::Line { left_parts, completion } => {
                let left = self.money(*left_parts);
                let with = if *completion { " with what was left over" } else { "" };
                format!(
                    "Won in round {round}{with}: it costs {cost}, {left} were left, and \
                     {supporters} chose it."
                )
            }
            Win::Earned { load: Some(load), left_parts } => {
                let (left, load) = (self.money(*left_parts), self.fraction(load));
                format!(
                    "Won in round {round}: {supporters} could pay it first, when each had paid \
                     {load} for all they got; it costs {cost}, and {left} were left."
                )
            }
            Win::Earned { load: None, left_parts } => {
                let left = self.money(*left_parts);
                format!("Won in round {round}: nobody chose it, but {left} were left for it.")
            }
        }
    }

    fn paid(&self, round: usize, paid: &Paid) -> String {
        let (cost, supporters) = (&self.cost, self.supporters());
        let payers = self.count(paid.payers);
        let mut told = format!("Won in round {round}: {payers} of {supporters} paid its {cost}");
        let most = if paid.gave_all > 0 { "at most " } else { "" };
        told += &match &paid.price {
            Some(price) => format!(", {most}{} each", self.fraction(price)),
            None => {
                let point = BigInt::from(10u32).pow(self.election.point_decimals().into());
                let price = self.fraction(&(&paid.rho * point));
                format!(", {most}{price} for each point it is worth to them")
            }
        };
        if paid.gave_all > 0 {
            told += &format!("; {} gave the last they had", self.count(paid.gave_all));
        }
        told + "."
    }

    fn lost(&self, loss: &Loss) -> String {
        let (cost, left) = (&self.cost, self.money(loss.left_parts));
        let had = loss.had_parts.zip(loss.short_parts).filter(|_| self.fate.supporters > 0);
        let had = had.map(|(had, short)| {
            let (had, short) = (self.money(had), self.money(short));
            let whose = if self.fate.supporters == 1 {
                "its only supporter".to_owned()
            } else {
                format!("its {} supporters", self.count(self.fate.supporters))
            };
            format!("{whose} still had {had} of the {cost} it costs, {short} short")
        });
        let told = match (loss.why, had) {
            (Against::OverBudget, _) => {
                let budget = self.money(self.election.budget_parts());
                format!("it costs {cost}, and the whole budget is {budget}")
            }
            (Against::SupportersShort, Some(had)) => had,
            (Against::MoneyShort, Some(had)) => {
                format!("{had}; of what was left over, {left} remained when its turn came")
            }
            (Against::NoSupporters, _) if loss.had_parts.is_some() => "nobody chose it".to_owned(),
            (Against::NoSupporters, _) => {
                format!("nobody chose it, it costs {cost}, and {left} were left")
            }
            (Against::Stopped, _) => {
                format!(
                    "the count ended before its turn, since {left} were left and the next in \
                     turn costs more"
                )
            }
            (Against::MoneyShort | Against::SupportersShort, None) => {
                format!("it costs {cost}, and {left} were left when its turn came")
            }
        };
        let more = match loss.votes_more {
            Some(1) => "; 1 vote more would have won".to_owned(),
            Some(more) => format!("; {} votes more would have won", self.count(more)),
            None => String::new(),
        };
        format!("Not funded: {told}{more}.")
    }

    fn supporters(&self) -> String {
        match self.fate.supporters {
            1 => "1 voter".to_owned(),
            many => format!("{} voters", self.count(many)),
        }
    }

    fn count(&self, number: u64) -> String {
        grouped(&number.to_string())
    }

    fn fraction(&self, parts: &Exact) -> String {
        money_exact(self.election, parts)
    }

    fn money(&self, parts: u64) -> String {
        money(self.election, parts)
    }
}
