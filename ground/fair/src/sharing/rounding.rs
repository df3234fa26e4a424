//! From fractions to whole units: every area gets its share rounded down, and the units that are
//! left over go one by one to the largest remainder that they can still reach; of equal
//! remainders to the higher risk, then to the smaller name.
//!
//! Never gives an area more than its share rounded up, nor less than its share rounded down.
#![expect(clippy::indexing_slicing, reason = "numbers of nodes and arcs are the network's")]

use std::cmp::Ordering;

use super::flow::Flow;
use super::level::Fraction;
use super::network::{NO_CEILING, Network};
use super::solve::Optimum;
use super::window::{Area, Window};

/// Whole units.
#[derive(Debug)]
pub(super) struct Rounded {
    /// By area.
    pub(super) amounts: Vec<i64>,
    /// By arc of the network.
    pub(super) flows: Vec<i64>,
}

pub(super) fn round(window: &Window, network: &Network, optimum: &Optimum) -> Rounded {
    let areas_from = network.areas_from();
    let mut amounts: Vec<i64> = optimum.amounts.iter().map(|amount| down(*amount)).collect();
    let mut given = network.supply.clone();
    given.resize(network.nodes(), 0);
    let mut demand = vec![0; areas_from];
    demand.extend(&amounts);
    let ceiling = match network.ceiling.iter().all(|most| *most == NO_CEILING) {
        true => Vec::new(),
        false => network.ceiling.clone(),
    };
    let (from, to) = (network.from.clone(), network.to.clone());
    let mut flow = Flow::new(network.nodes(), from, to, ceiling);
    flow.flow = optimum.flows.iter().map(|flow| down(*flow)).collect();
    flow.start(&given, &demand);
    let filled = flow.fill();
    debug_assert!(filled, "a flow in fractions holds one in whole numbers between its bounds");
    for area in by_precedence(&window.areas, &optimum.amounts) {
        let node = areas_from + area;
        flow.want[node] = 1;
        if flow.pull(node) {
            amounts[area] += 1;
        }
        flow.want[node] = 0;
    }
    Rounded { amounts, flows: flow.flow }
}

/// Areas whose share is no whole number, in the order in which a unit that is left is offered.
fn by_precedence(areas: &[Area], amounts: &[Fraction]) -> Vec<usize> {
    let parts: Vec<Fraction> = amounts.iter().map(|amount| amount.remainder()).collect();
    let mut order: Vec<usize> = (0..areas.len()).filter(|area| parts[*area].num() > 0).collect();
    order.sort_unstable_by(|&one, &other| precedence(areas, &parts, one, other));
    order
}

fn precedence(areas: &[Area], parts: &[Fraction], one: usize, other: usize) -> Ordering {
    let risk = |area: usize| areas[area].risk_milli;
    (parts[other].cmp(&parts[one]))
        .then_with(|| risk(other).cmp(&risk(one)))
        .then_with(|| areas[one].id.cmp(&areas[other].id))
}

fn down(amount: Fraction) -> i64 {
    i64::try_from(amount.floor()).unwrap_or(i64::MAX)
}
