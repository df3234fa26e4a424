//! The city's own table: a line for each step that money took, for a spreadsheet.

use exchange::lines::{Line, Named, Step, write_lines};

use super::moves::{What, moves};
use super::{Books, Names, currency, day, money};
use crate::funds::views::Allocation;

impl Books {
    /// The table, as CSV (RFC 4180) with its columns in the first line.
    ///
    /// # Errors
    /// When a line could not be read again, which is a fault of this program.
    pub fn lines(&self) -> Result<String, exchange::Refused> {
        let mut all = Vec::new();
        for (window, purse) in &self.windows {
            let Some(currency) = currency(purse) else { continue };
            for step in moves(window.number, purse) {
                let Some(day) = day(step.day) else { continue };
                let said = said(&self.names, &step.what);
                let area = said.of.and_then(|of| of.of.area);
                let decision = said.of.and_then(|of| self.names.decisions.get(&of.of.decision?));
                all.push(Line {
                    flow: step.id,
                    part_of: step.part_of,
                    step: said.step,
                    day,
                    money: money(step.amount_minor, currency),
                    from: named(said.from),
                    to: named(said.to),
                    area: named(self.names.area(area)),
                    purpose: said.purpose.to_owned(),
                    window: format!("W-{}", window.number),
                    decision: decision.map(|number| format!("D-{number}")).unwrap_or_default(),
                });
            }
        }
        write_lines(&all)
    }
}

/// What a step says beside its amount.
struct Said<'a> {
    step: Step,
    from: &'a str,
    to: &'a str,
    /// Out of what.
    of: Option<&'a Allocation>,
    purpose: &'a str,
}

fn said<'a>(names: &'a Names, what: &What<'a>) -> Said<'a> {
    let city = names.city.as_str();
    let taker = |allocation: &Allocation| names.taker(allocation.of.of);
    let said = |step, from, to, of, purpose| Said { step, from, to, of, purpose };
    match *what {
        What::Pledged(by) => said(Step::Pledged, names.giver(by), city, None, ""),
        What::Committed(by) => said(Step::Committed, names.giver(by), city, None, ""),
        What::PaidIn(by) => said(Step::Disbursed, names.giver(by), city, None, ""),
        What::Allocated(to) => said(Step::Allocated, city, taker(to), Some(to), ""),
        What::Paid(to, payment) => {
            said(Step::Disbursed, city, taker(to), Some(to), &payment.asked.what)
        }
        What::Fee(to, payment) => said(Step::Spent, city, "", Some(to), &payment.asked.means),
        What::Spent(by, spend) => {
            said(Step::Spent, taker(by), &spend.of.supplier, Some(by), &spend.of.what)
        }
        What::Confirmed(by, spend) => {
            said(Step::Confirmed, taker(by), "", Some(by), &spend.of.what)
        }
        What::Returned(by, payment) => {
            said(Step::Returned, taker(by), city, Some(by), &payment.asked.what)
        }
        What::Repaid => said(Step::Returned, "", city, None, ""),
    }
}

fn named(name: &str) -> Named {
    Named { id: String::new(), name: name.to_owned() }
}
