//! Random histories of requests, offers, waybills and lots, on two nodes that do not hear of each
//! other and then do: whatever happened, nothing is promised below nought, no more came than was
//! sent, areas add up to the city, and both nodes come to the same rows and sums.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use record::{Clock, Draft, Id, Record, Refusal, Signer};
use store::{Row, Value};

use super::folds::id;
use super::home::{anybody, just};
use crate::resources::records::{LotStocked, OfferMade, RequestAsked};
use crate::resources::rules::{
    Asking, Claim, Given, Making, Stocking, Supply, Wayward, ask, cancel, claim, close, commit,
    given, made, receive, released, send, stock, supplies_named, withdraw,
};
use crate::resources::views::{Offer, Waybill, views};

const TODAY: i64 = 100;
const NOUNS: [&str; 4] = ["request", "offer", "lot", "waybill"];

/// One node: what it knows of each entity, and its own chain.
#[derive(Clone)]
struct Node {
    logs: HashMap<Id, (&'static str, Vec<Record>)>,
    writer: [u8; 32],
    seq: u64,
}

impl Node {
    fn of(&self, entity: Id) -> &[Record] {
        self.logs.get(&entity).map_or(&[], |(_, log)| log)
    }

    fn all(&self, noun: &str) -> Vec<Id> {
        let own = self.logs.iter().filter(|(_, (kind, _))| *kind == noun).map(|(id, _)| *id);
        let mut own: Vec<Id> = own.collect();
        own.sort_unstable();
        own
    }

    /// Writes what a rule said; a refusal writes nothing.
    fn keep(&mut self, drafts: Result<Vec<Draft>, Refusal>) {
        for draft in drafts.unwrap_or_default() {
            self.seq += 1;
            let writer = Signer::from_seed(&self.writer).writer();
            let at = Clock::at(i64::try_from(self.seq).unwrap() * 1_000);
            let record = draft.place(writer, self.seq, [0; 32], at, [[0; 16]; 3]).record;
            let noun = NOUNS.into_iter().find(|noun| record.kind.starts_with(noun)).unwrap();
            self.logs.entry(record.entity).or_insert((noun, Vec::new())).1.push(record);
        }
    }

    fn with_supply<T>(&self, request: Id, then: impl FnOnce(Supply<'_>) -> T) -> T {
        let sources: Vec<Id> = supplies_named(self.of(request)).collect();
        let by: Vec<(Id, &[Record])> = sources.iter().map(|id| (*id, self.of(*id))).collect();
        then(Supply { of_request: self.of(request), by: &by })
    }

    /// One step: what is done, to which of the things there are, and how much.
    fn step(&mut self, (what, first, second, amount): (u8, usize, usize, i64)) {
        let pick = |all: Vec<Id>, at: usize| all.get(at % all.len().max(1)).copied();
        let areas = [id("hill"), id("port"), id("stop")];
        let requests = self.all("request");
        let Some(request) = pick(requests, first) else { return };
        let Some(offer) = pick(self.all("offer"), second) else { return };
        let part = Offer::fold(offer, self.of(offer)).takes;
        let part = part.get(first % part.len().max(1)).cloned();
        let name = format!("{:?} {}", self.writer[0], self.seq);
        match what {
            0 | 1 => {
                let wanted =
                    Claim { take: id(&name), request, amount, alive: true, ..Claim::default() };
                let answer = self.with_supply(request, |supply| {
                    claim(offer, (self.of(offer), supply), &wanted, TODAY, &anybody())
                });
                self.keep(answer.map(|(drafts, _)| drafts));
            }
            2 => {
                let Some(part) = part else { return };
                let records = (self.of(offer), self.of(part.request));
                self.keep(commit(offer, records, part.take, true, &anybody()));
            }
            3 => {
                let Some(part) = part else { return };
                let records = (self.of(offer), self.of(part.request));
                self.keep(released(offer, records, part.take, &anybody()));
            }
            4 => {
                let Some(part) = part else { return };
                let said = Given { take: part.take, amount, difference: "Rain".to_owned() };
                let records = (self.of(offer), self.of(part.request));
                let answer =
                    given(offer, records, &said, (TODAY, 9), &just(id("ana"))).map(|of| of.0);
                self.keep(answer);
            }
            5 | 6 => {
                let Some(lot) = pick(self.all("lot"), second) else { return };
                let wayward = Wayward {
                    lot,
                    to: Some(areas[first % areas.len()]),
                    amount,
                    carrier: None,
                    request: Some(request),
                };
                let records = (self.of(lot), self.of(request));
                self.keep(send(id(&name), records, 1, &wayward, TODAY, Some(id("bo"))));
            }
            7 | 8 => {
                let Some(way) = pick(self.all("waybill"), second) else { return };
                let waybill = Waybill::fold(way, self.of(way));
                let of_request = waybill.request.map_or(&[][..], |request| self.of(request));
                let lot = (Id::named("lot of a waybill", &way.to_string()), 9);
                let came = (amount.min(waybill.amount), "Torn");
                let by = (Some(id("ana")), &[][..]);
                let records = (self.of(way), of_request);
                self.keep(receive(way, records, lot, came, TODAY, by));
            }
            9 => {
                let Some(way) = pick(self.all("waybill"), second) else { return };
                let lot = Waybill::fold(way, self.of(way)).lot;
                self.keep(cancel(way, (self.of(way), self.of(lot)), "No truck", None));
            }
            10 => {
                let answer = self
                    .with_supply(request, |supply| close(request, supply, "Enough", &anybody()));
                self.keep(answer);
            }
            _ => self.keep(withdraw(offer, self.of(offer), None)),
        }
    }

    /// What this node now knows of another's chain too, in the order in which it came.
    fn hears(&mut self, other: &Node) {
        for (entity, (noun, log)) in &other.logs {
            let own = &mut self.logs.entry(*entity).or_insert((noun, Vec::new())).1;
            for record in log {
                if !own.contains(record) {
                    own.push(record.clone());
                }
            }
        }
    }

    /// Rows, and sums by noun, area and key.
    fn told(&self) -> (BTreeMap<Id, Row>, BTreeMap<(Id, String), i64>) {
        let (mut rows, mut sums) = (BTreeMap::new(), BTreeMap::new());
        for view in views() {
            for entity in self.all(view.noun) {
                let folded = (view.fold)(entity, self.of(entity));
                rows.insert(entity, Row(folded.row));
                for count in folded.counts {
                    *sums.entry((count.area, count.key.to_string())).or_insert(0) += count.n;
                }
            }
        }
        (rows, sums)
    }

    /// How much was taken, sent or bought for each request at the most.
    fn sent(&self, request: Id) -> i64 {
        let offers = self.all("offer").into_iter().map(|offer| {
            let takes = Offer::fold(offer, self.of(offer)).takes;
            takes.iter().filter(|part| part.request == request).map(|part| part.amount).sum::<i64>()
        });
        let ways = self.all("waybill").into_iter().map(|way| {
            let waybill = Waybill::fold(way, self.of(way));
            if waybill.request == Some(request) { waybill.amount } else { 0 }
        });
        offers.sum::<i64>() + ways.sum::<i64>()
    }
}

/// A city with two requests, two offers and two lots, known to everybody.
fn city() -> Node {
    let mut node = Node { logs: HashMap::new(), writer: [1; 32], seq: 0 };
    for (name, area) in [("one", "hill"), ("two", "port")] {
        let asked = RequestAsked {
            item: "tarpaulin".to_owned(),
            what: "Roofs".to_owned(),
            amount: 40,
            counterpart: id("ana"),
            wanted_day: TODAY,
            hand_over_day: TODAY,
            urgency: 3,
            ..RequestAsked::default()
        };
        let asking = Asking { asked, area: Some(id(area)), counterpart_here: true };
        node.keep(ask(id(name), 1, &asking, TODAY, None));
        let offered = OfferMade {
            item: "tarpaulin".to_owned(),
            amount: 30,
            giver: "firm".to_owned(),
            from_day: TODAY,
            until_day: TODAY + 9,
            ..OfferMade::default()
        };
        let making = Making { made: offered, area: Some(id(area)) };
        node.keep(made(id(&format!("offer {name}")), &[], 1, &making, TODAY, None));
        let stocked = LotStocked {
            item: "tarpaulin".to_owned(),
            amount: 60,
            source: "bought".to_owned(),
            ..LotStocked::default()
        };
        let stocking = Stocking { stocked, area: Some(id(area)) };
        node.keep(stock(id(&format!("lot {name}")), &[], 1, &stocking, TODAY, None));
    }
    node
}

fn steps() -> impl Strategy<Value = Vec<(u8, usize, usize, i64)>> {
    proptest::collection::vec((0..12u8, 0..6usize, 0..6usize, 0..25i64), 0..24)
}

proptest! {
    #[test]
    fn whatever_happened_on_two_nodes_the_sums_hold_and_both_tell_the_same(
        ours in steps(), theirs in steps(), after in steps(),
    ) {
        let (mut here, mut there) = (city(), city());
        there.writer = [2; 32];
        ours.into_iter().for_each(|step| here.step(step));
        theirs.into_iter().for_each(|step| there.step(step));
        let (mine, yours) = (here.clone(), there.clone());
        here.hears(&yours);
        there.hears(&mine);
        prop_assert_eq!(here.told(), there.told());
        here.seq = here.seq.max(there.seq) + 1;
        after.into_iter().for_each(|step| here.step(step));
        let (_, sums) = here.told();
        let of = |area: Id, key: &str| sums.get(&(area, key.to_owned())).copied().unwrap_or(0);
        let areas = ["hill", "port", "stop"].map(id);
        for key in ["pledged/tarpaulin", "received/tarpaulin", "asked/tarpaulin"] {
            let parts: Vec<i64> = areas.iter().map(|area| of(*area, key)).collect();
            prop_assert!(parts.iter().all(|n| *n >= 0), "{} {:?}", key, parts);
            prop_assert_eq!(parts.iter().sum::<i64>(), of(Id::NONE, key), "{}", key);
        }
        for request in ["one", "two"].map(id) {
            let (claimed, pledged) = (of(request, "claimed"), of(request, "pledged"));
            let received = of(request, "received");
            prop_assert!(claimed >= 0 && received >= 0, "{} {}", claimed, received);
            prop_assert!(pledged >= received, "{} promised, {} came", pledged, received);
            prop_assert!(received <= here.sent(request), "{} came", received);
        }
    }

    #[test]
    fn on_one_node_no_more_is_taken_than_is_lacked(history in steps()) {
        let mut node = city();
        for step in history {
            // Goods on a waybill are sent by whoever has them, asked for or not.
            if (5..=9).contains(&step.0) {
                continue;
            }
            node.step(step);
            let (_, sums) = node.told();
            for request in ["one", "two"].map(id) {
                let of = |key: &str| sums.get(&(request, key.to_owned())).copied().unwrap_or(0);
                prop_assert!(of("claimed") + of("pledged") <= 40);
            }
        }
    }
}

#[test]
fn a_history_does_something() {
    let mut node = city();
    for step in [(0, 0, 0, 10), (2, 0, 0, 0), (4, 0, 0, 7)] {
        node.step(step);
    }
    for what in [5, 7] {
        for (first, second) in (0..6).flat_map(|first| (0..6).map(move |second| (first, second))) {
            node.step((what, first, second, 2));
        }
    }
    let (rows, sums) = node.told();
    assert!(rows.values().all(|row| row.0.iter().any(|value| *value != Value::Null)));
    let received = sums.get(&(Id::NONE, "received/tarpaulin".to_owned()));
    assert!(received.is_some_and(|n| *n > 7), "{sums:?}");
}
