//! What can be recorded about lots of goods at places and about waybills between them. Public words
//! and numbers only: who drives stands on the paper alone.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

use super::payload;

/// Goods came to a place. The area is the envelope's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct LotStocked {
    /// The small number people call it by: `L-4`.
    #[n(0)]
    pub number: i64,
    /// What, a code of `lists`.
    #[n(1)]
    pub item: String,
    /// How much, in the item's unit.
    #[n(2)]
    pub amount: i64,
    /// The last day it is good, in days since 1970; none when it does not spoil.
    #[n(3)]
    pub good_until_day: Option<i64>,
    /// `bought`, `given`, `made`, `counted`, `offer` or `waybill`.
    #[n(4)]
    pub source: String,
    /// The offer or waybill it came by.
    #[n(5)]
    pub by: Option<Id>,
    /// The request it is for.
    #[n(6)]
    pub request: Option<Id>,
    /// The area of that request, when it lies at a stop on the way there.
    #[n(7)]
    pub wanted_at: Option<Id>,
}
payload!(LotStocked, "lot.stocked");

/// Some of it left on a waybill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LotSent {
    /// Which.
    #[n(0)]
    pub waybill: Id,
    /// How much.
    #[n(1)]
    pub amount: i64,
}
payload!(LotSent, "lot.sent");

/// What had left on a waybill came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LotReturned {
    /// Which.
    #[n(0)]
    pub waybill: Id,
    /// How much.
    #[n(1)]
    pub amount: i64,
}
payload!(LotReturned, "lot.returned");

/// Some of it was handed out to people.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LotHandedOut {
    /// The name of this handing out.
    #[n(0)]
    pub hand: Id,
    /// For which request.
    #[n(1)]
    pub request: Option<Id>,
    /// How much.
    #[n(2)]
    pub amount: i64,
}
payload!(LotHandedOut, "lot.handed_out");

/// Those who spoke of the need were asked whether it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LotAsked {
    /// Of which handing out.
    #[n(0)]
    pub hand: Id,
    /// By which task.
    #[n(1)]
    pub task: Id,
}
payload!(LotAsked, "lot.asked");

/// Some of it is gone: spoiled, stolen, miscounted.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LotLost {
    /// How much.
    #[n(0)]
    pub amount: i64,
    /// How, in public words.
    #[n(1)]
    pub reason: String,
}
payload!(LotLost, "lot.lost");

/// Goods are on their way. The area is where they go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct WaybillSent {
    /// The number on the paper; its check symbol is worked out from it.
    #[n(0)]
    pub number: i64,
    /// The lot they were taken from.
    #[n(1)]
    pub lot: Id,
    /// Where that lies.
    #[n(2)]
    pub from: Option<Id>,
    /// What.
    #[n(3)]
    pub item: String,
    /// How much.
    #[n(4)]
    pub amount: i64,
    /// The body that carries them.
    #[n(5)]
    pub carrier: Option<Id>,
    /// The request they are for.
    #[n(6)]
    pub request: Option<Id>,
    /// The last day they are good.
    #[n(7)]
    pub good_until_day: Option<i64>,
    /// The area of the request: what goes elsewhere goes to a stop on the way. Older records do
    /// not say it, and end where they go.
    #[n(8)]
    pub wanted_at: Option<Id>,
}
payload!(WaybillSent, "waybill.sent");

/// They came.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct WaybillReceived {
    /// How much of it.
    #[n(0)]
    pub amount: i64,
    /// Why not all, in public words.
    #[n(1)]
    pub difference: String,
    /// The day, in days since 1970 as the city counts them.
    #[n(2)]
    pub day: i64,
}
payload!(WaybillReceived, "waybill.received");

/// They were not sent after all, and lie where they lay.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct WaybillCancelled {
    /// Why, in public words.
    #[n(0)]
    pub reason: String,
}
payload!(WaybillCancelled, "waybill.cancelled");
