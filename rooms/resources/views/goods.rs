//! The folds of lots of goods at places and of waybills between them. Pure. What lies in a lot is
//! what came less all that left, whoever counts.

use minicbor::{Decode, Encode};
use record::{Id, Payload, Record};
use store::{Column, Count, Row, Value};

use super::{CARRIED, HANDED, both, in_order, under};
use crate::resources::records::{
    LotAsked, LotHandedOut, LotLost, LotReturned, LotSent, LotStocked, WaybillCancelled,
    WaybillReceived, WaybillSent,
};

/// The columns of `lots_2`, in order.
pub(super) const LOTS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("item", Column::Text),
    ("area", Column::Bytes),
    ("amount", Column::Int),
    ("here", Column::Int),
    ("handed", Column::Int),
    ("lost", Column::Int),
    ("good_until_day", Column::Int),
    ("source", Column::Text),
    ("came_by", Column::Bytes),
    ("request", Column::Bytes),
    ("wanted_at", Column::Bytes),
    ("hands", Column::Bytes),
    ("there", Column::Bool),
    ("stocked_ms", Column::Int),
    ("last_ms", Column::Int),
];

/// The columns of `waybills_2`, in order.
pub(super) const WAYBILLS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("lot", Column::Bytes),
    ("from_area", Column::Bytes),
    ("to_area", Column::Bytes),
    ("item", Column::Text),
    ("amount", Column::Int),
    ("carrier", Column::Bytes),
    ("request", Column::Bytes),
    ("wanted_at", Column::Bytes),
    ("good_until_day", Column::Int),
    ("status", Column::Text),
    ("sent_by", Column::Bytes),
    ("sent_ms", Column::Int),
    ("came", Column::Int),
    ("difference", Column::Text),
    ("came_day", Column::Int),
    ("reason", Column::Text),
    ("last_ms", Column::Int),
];

/// A handing out to people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Hand {
    /// Its name.
    #[n(0)]
    pub hand: Id,
    /// For which request.
    #[n(1)]
    pub request: Option<Id>,
    /// How much.
    #[n(2)]
    pub amount: i64,
    /// The task by which people are asked whether it arrived.
    #[n(3)]
    pub task: Option<Id>,
}

/// A lot of goods at a place, as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lot {
    /// Its id.
    pub id: Id,
    /// The small number people call it by; 0 while what began it has not arrived.
    pub number: i64,
    /// What.
    pub item: String,
    /// Where.
    pub area: Option<Id>,
    /// How much came.
    pub amount: i64,
    /// How much is here now.
    pub here: i64,
    /// How much was handed out.
    pub handed: i64,
    /// How much was lost.
    pub lost: i64,
    /// The last day it is good.
    pub good_until_day: Option<i64>,
    /// How it came.
    pub source: String,
    /// By which offer or waybill.
    pub by: Option<Id>,
    /// For which request.
    pub request: Option<Id>,
    /// The area of that request, when this is a stop on the way there.
    pub wanted_at: Option<Id>,
    /// Handed out to people.
    pub hands: Vec<Hand>,
    /// When it came.
    pub stocked_ms: i64,
    /// When it last changed.
    pub last_ms: i64,
}

impl Lot {
    /// Folds a lot's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Lot {
        let ordered = in_order(records);
        let mut lot = Lot { id, ..Lot::default() };
        let begun = ordered.iter().find_map(|r| Some((r, r.read::<LotStocked>()?)));
        if let Some((record, stocked)) = begun {
            lot.number = stocked.number;
            lot.item = stocked.item;
            lot.area = record.area;
            lot.amount = stocked.amount;
            lot.here = stocked.amount;
            lot.good_until_day = stocked.good_until_day;
            lot.source = stocked.source;
            lot.by = stocked.by;
            lot.request = stocked.request;
            lot.wanted_at = stocked.wanted_at;
            lot.stocked_ms = record.clock.ms();
        }
        for record in ordered {
            lot.step(record);
            lot.last_ms = lot.last_ms.max(record.clock.ms());
        }
        lot
    }

    fn step(&mut self, record: &Record) {
        match record.kind.as_str() {
            LotSent::KIND => self.here -= record.read::<LotSent>().map_or(0, |sent| sent.amount),
            LotReturned::KIND => {
                self.here += record.read::<LotReturned>().map_or(0, |back| back.amount);
            }
            LotHandedOut::KIND => {
                let Some(handed) = record.read::<LotHandedOut>() else { return };
                self.here -= handed.amount;
                self.handed += handed.amount;
                let LotHandedOut { hand, request, amount } = handed;
                self.hands.push(Hand { hand, request, amount, task: None });
            }
            LotAsked::KIND => {
                let Some(asked) = record.read::<LotAsked>() else { return };
                let hand = self.hands.iter_mut().find(|hand| hand.hand == asked.hand);
                if let Some(hand) = hand {
                    hand.task = Some(asked.task);
                }
            }
            LotLost::KIND => {
                let lost = record.read::<LotLost>().map_or(0, |lost| lost.amount);
                self.here -= lost;
                self.lost += lost;
            }
            _ => {}
        }
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.number.into(),
            self.item.as_str().into(),
            self.area.into(),
            self.amount.into(),
            self.here.into(),
            self.handed.into(),
            self.lost.into(),
            self.good_until_day.into(),
            self.source.as_str().into(),
            self.by.into(),
            self.request.into(),
            self.wanted_at.into(),
            record::encode(&self.hands).into(),
            (self.number > 0 && self.here != 0).into(),
            self.stocked_ms.into(),
            self.last_ms.into(),
        ]
    }

    /// A lot from a row of `lots_2`.
    #[must_use]
    pub fn from_row(row: &Row) -> Lot {
        Lot {
            id: row.id(0),
            number: row.int(1),
            item: row.text(2),
            area: row.opt_id(3),
            amount: row.int(4),
            here: row.int(5),
            handed: row.int(6),
            lost: row.int(7),
            good_until_day: row.opt_int(8),
            source: row.text(9),
            by: row.opt_id(10),
            request: row.opt_id(11),
            wanted_at: row.opt_id(12),
            hands: record::decode(&row.bytes(13)).unwrap_or_default(),
            stocked_ms: row.int(15),
            last_ms: row.int(16),
        }
    }

    /// How much lies here on its way to a request: promised there, until it goes on.
    #[must_use]
    pub fn on_the_way_to(&self, request: Id) -> i64 {
        let stops = self.wanted_at.is_some() && self.request == Some(request);
        if stops { self.here.max(0) } else { 0 }
    }

    /// What this lot gives to the totals of its area, to the list under each request it was handed
    /// out for, and to the request on the way to which it lies here.
    pub(super) fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::new();
        if self.number <= 0 {
            return counts;
        }
        both(&mut counts, self.area, &format!("here/{}", self.item), self.here);
        both(&mut counts, self.area, &format!("handed/{}", self.item), self.handed);
        both(&mut counts, self.area, &format!("lost/{}", self.item), self.lost);
        for hand in &self.hands {
            let Some(request) = hand.request else { continue };
            under(&mut counts, request, "handed".to_owned(), hand.amount);
            under(&mut counts, request, format!("{HANDED}{}", self.id), 1);
        }
        if let Some(request) = self.request {
            let waits = self.on_the_way_to(request);
            both(&mut counts, self.wanted_at, &format!("pledged/{}", self.item), waits);
            under(&mut counts, request, "pledged".to_owned(), waits);
        }
        counts
    }
}

/// Goods between two places, as a waybill's records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waybill {
    /// Its id.
    pub id: Id,
    /// The number on the paper; 0 while what began it has not arrived.
    pub number: i64,
    /// The lot they were taken from.
    pub lot: Id,
    /// Where that lies.
    pub from: Option<Id>,
    /// Where they go.
    pub to: Option<Id>,
    /// What.
    pub item: String,
    /// How much.
    pub amount: i64,
    /// The body that carries them.
    pub carrier: Option<Id>,
    /// The request they are for.
    pub request: Option<Id>,
    /// The area of that request; none in older records, which end where they go.
    pub wanted_at: Option<Id>,
    /// The last day they are good.
    pub good_until_day: Option<i64>,
    /// `sent`, `received` or `cancelled`.
    pub status: String,
    /// The member who sent them.
    pub sent_by: Option<Id>,
    /// When.
    pub sent_ms: i64,
    /// How much came.
    pub came: Option<i64>,
    /// Why not all came.
    pub difference: Option<String>,
    /// The day they came, as the city counts days.
    pub came_day: Option<i64>,
    /// Why they were not sent after all.
    pub reason: Option<String>,
    /// When it last changed.
    pub last_ms: i64,
}

impl Waybill {
    /// Folds a waybill's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Waybill {
        let ordered = in_order(records);
        let mut waybill = Waybill { id, status: "sent".to_owned(), ..Waybill::default() };
        let begun = ordered.iter().find_map(|r| Some((r, r.read::<WaybillSent>()?)));
        if let Some((record, sent)) = begun {
            waybill.number = sent.number;
            waybill.lot = sent.lot;
            waybill.from = sent.from;
            waybill.to = record.area;
            waybill.item = sent.item;
            waybill.amount = sent.amount;
            waybill.carrier = sent.carrier;
            waybill.request = sent.request;
            waybill.wanted_at = sent.wanted_at;
            waybill.good_until_day = sent.good_until_day;
            waybill.sent_by = record.author;
            waybill.sent_ms = record.clock.ms();
        }
        for record in ordered {
            waybill.step(record);
            waybill.last_ms = waybill.last_ms.max(record.clock.ms());
        }
        waybill
    }

    fn step(&mut self, record: &Record) {
        // What came after the end changes nothing: another node did not know of it yet.
        if self.status != "sent" {
            return;
        }
        match record.kind.as_str() {
            WaybillReceived::KIND => {
                let Some(received) = record.read::<WaybillReceived>() else { return };
                self.status = "received".to_owned();
                self.came = Some(received.amount);
                self.difference = Some(received.difference).filter(|why| !why.is_empty());
                self.came_day = Some(received.day);
            }
            WaybillCancelled::KIND => {
                self.status = "cancelled".to_owned();
                self.reason = record.read::<WaybillCancelled>().map(|said| said.reason);
            }
            _ => {}
        }
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.number.into(),
            self.lot.into(),
            self.from.into(),
            self.to.into(),
            self.item.as_str().into(),
            self.amount.into(),
            self.carrier.into(),
            self.request.into(),
            self.wanted_at.into(),
            self.good_until_day.into(),
            self.status.as_str().into(),
            self.sent_by.into(),
            self.sent_ms.into(),
            self.came.into(),
            self.difference.clone().into(),
            self.came_day.into(),
            self.reason.clone().into(),
            self.last_ms.into(),
        ]
    }

    /// A waybill from a row of `waybills_2`.
    #[must_use]
    pub fn from_row(row: &Row) -> Waybill {
        Waybill {
            id: row.id(0),
            number: row.int(1),
            lot: row.id(2),
            from: row.opt_id(3),
            to: row.opt_id(4),
            item: row.text(5),
            amount: row.int(6),
            carrier: row.opt_id(7),
            request: row.opt_id(8),
            wanted_at: row.opt_id(9),
            good_until_day: row.opt_int(10),
            status: row.text(11),
            sent_by: row.opt_id(12),
            sent_ms: row.int(13),
            came: row.opt_int(14),
            difference: row.opt_text(15),
            came_day: row.opt_int(16),
            reason: row.opt_text(17),
            last_ms: row.int(18),
        }
    }

    /// Whether they go to where the request is, not to a stop on the way.
    #[must_use]
    pub fn ends(&self) -> bool {
        self.wanted_at.is_none() || self.wanted_at == self.to
    }

    /// What is promised by it: what is on its way, or what came at the end of the way. What came
    /// to a stop lies there in a lot, and what did not come is promised no more.
    #[must_use]
    pub fn promised(&self) -> i64 {
        match self.status.as_str() {
            "sent" => self.amount,
            _ if self.ends() => self.came.unwrap_or(0),
            _ => 0,
        }
    }

    /// What this waybill gives to the totals of its request and of the area where that is. Only the
    /// way that ends there brings anything: on each other one the same goods are still to come.
    pub(super) fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::new();
        let Some(request) = self.request.filter(|_| self.number > 0) else { return counts };
        let area = self.wanted_at.or(self.to);
        let came = if self.ends() { self.came.unwrap_or(0) } else { 0 };
        both(&mut counts, area, &format!("pledged/{}", self.item), self.promised());
        both(&mut counts, area, &format!("received/{}", self.item), came);
        under(&mut counts, request, "pledged".to_owned(), self.promised());
        under(&mut counts, request, "received".to_owned(), came);
        under(&mut counts, request, format!("{CARRIED}{}", self.id), 1);
        counts
    }
}
