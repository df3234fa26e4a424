//! The rules of goods: stock at places, moves on waybills, handing out. Pure. Stock never goes
//! below zero, a difference is never without its reason, whoever sent does not sign for what came,
//! and nobody's silence is a receipt.

use record::{Draft, Id, Record, Refusal};

use super::{
    Drafts, REASON_CHARS_MAX, WHAT_CHARS_MAX, amount_sound, item_known, offers, requests, said,
    supply,
};
use crate::resources::lists;
use crate::resources::records::{
    LotAsked, LotHandedOut, LotLost, LotReturned, LotSent, LotStocked, WaybillCancelled,
    WaybillReceived, WaybillSent,
};
use crate::resources::views::{Lot, Request, Waybill};

/// The symbols of a check: none that is read for another.
const SYMBOLS: &[u8; 31] = b"0123456789ABCDEFGHJKMNPQRSTVWXY";

/// The symbol behind a waybill's number. A wrong digit, or two that changed places, change it.
#[must_use]
pub fn check_symbol(number: i64) -> char {
    // The weights of decimal places modulo a prime are all different, for any number of a waybill.
    let at = usize::try_from(number.rem_euclid(31)).unwrap_or(0);
    SYMBOLS.get(at).map_or('0', |symbol| char::from(*symbol))
}

/// The number of a waybill as somebody typed it: `W-7-7`, `w 7 7`, `W-1041-J`.
///
/// # Errors
/// When it is none, or its check symbol is another one.
pub fn number_typed(typed: &str) -> Result<i64, Refusal> {
    let mistyped = || Refusal::new("waybill-mistyped");
    let all: String = typed.to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let rest = all.strip_prefix('W').unwrap_or(&all);
    let symbol = rest.chars().next_back().ok_or_else(mistyped)?;
    let number: i64 = rest.strip_suffix(symbol).unwrap_or(rest).parse().map_err(|_| mistyped())?;
    if number > 0 && check_symbol(number) == symbol { Ok(number) } else { Err(mistyped()) }
}

/// What came to a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stocking {
    /// The fields of the record; the number is not looked at.
    pub stocked: LotStocked,
    /// Where.
    pub area: Option<Id>,
}

/// Goods are taken into stock. The second time says nothing new.
///
/// # Errors
/// When they are no goods, of no amount, nowhere, or past their day.
pub fn stock(
    id: Id,
    records: &[Record],
    number: i64,
    stocking: &Stocking,
    today: i64,
    by: Option<Id>,
) -> Drafts {
    if Lot::fold(id, records).number > 0 {
        return Ok(Vec::new());
    }
    let stocked = &stocking.stocked;
    item_known(&stocked.item)?;
    if !lists::is_goods(&stocked.item) {
        return Err(Refusal::new("stock-no-goods"));
    }
    amount_sound(stocked.amount)?;
    if stocking.area.is_none() {
        return Err(Refusal::new("request-where"));
    }
    if !["bought", "given", "made", "counted", "offer", "waybill"]
        .contains(&stocked.source.as_str())
    {
        return Err(Refusal::new("list-unknown"));
    }
    if stocked.good_until_day.is_some_and(|day| day < today) {
        return Err(Refusal::new("stock-past"));
    }
    let stocked = LotStocked { number, ..stocked.clone() };
    Ok(vec![Draft::new(id, &stocked).area(stocking.area).by(by)])
}

fn lot(id: Id, records: &[Record]) -> Result<Lot, Refusal> {
    let lot = Lot::fold(id, records);
    if lot.number <= 0 {
        return Err(Refusal::new("stock-unknown").status(404));
    }
    Ok(lot)
}

/// A lot that has so much and is still good.
fn with(id: Id, records: &[Record], amount: i64, today: i64) -> Result<Lot, Refusal> {
    let lot = lot(id, records)?;
    amount_sound(amount)?;
    if lot.good_until_day.is_some_and(|day| day < today) {
        return Err(Refusal::new("stock-past").status(409));
    }
    enough(&lot, amount)?;
    Ok(lot)
}

fn enough(lot: &Lot, amount: i64) -> Result<(), Refusal> {
    if amount <= lot.here {
        return Ok(());
    }
    Err(Refusal::new("stock-short").status(409).naming("here", lot.here.max(0)))
}

/// What leaves on a waybill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wayward {
    /// From which lot.
    pub lot: Id,
    /// To where.
    pub to: Option<Id>,
    /// How much.
    pub amount: i64,
    /// The body that carries it.
    pub carrier: Option<Id>,
    /// For which request.
    pub request: Option<Id>,
}

/// The request for which goods leave a lot; they are of its kind, and not there already.
fn wanting(lot: &Lot, request: Id, of_request: &[Record]) -> Result<Request, Refusal> {
    let request = requests::open(request, of_request)?;
    if request.item != lot.item {
        return Err(Refusal::new("offer-other-item").status(409));
    }
    if request.area == lot.area {
        return Err(Refusal::new("waybill-there").status(409));
    }
    Ok(request)
}

/// Goods leave a lot on a waybill: for a request straight to where it is, or to a stop on the way.
///
/// # Errors
/// When there is not so much, it is past its day, or goes nowhere; when the request is closed, asks
/// for something else, or is where they lie.
pub fn send(
    id: Id,
    (of_lot, of_request): (&[Record], &[Record]),
    number: i64,
    wayward: &Wayward,
    today: i64,
    by: Option<Id>,
) -> Drafts {
    let lot = with(wayward.lot, of_lot, wayward.amount, today)?;
    let request = match wayward.request {
        Some(request) => Some(wanting(&lot, request, of_request)?),
        None => None,
    };
    if wayward.to.is_none() || wayward.to == lot.area {
        return Err(Refusal::new("waybill-where"));
    }
    let sent = WaybillSent {
        number,
        lot: lot.id,
        from: lot.area,
        item: lot.item.clone(),
        amount: wayward.amount,
        carrier: wayward.carrier,
        request: wayward.request,
        good_until_day: lot.good_until_day,
        wanted_at: request.as_ref().and_then(|request| request.area),
    };
    let left = LotSent { waybill: id, amount: wayward.amount };
    let mut drafts = vec![
        Draft::new(id, &sent).area(wayward.to).by(by),
        Draft::new(lot.id, &left).area(lot.area).by(by),
    ];
    if let Some(request) = request {
        drafts.extend(supply::supplied(&request, of_request, id, by));
    }
    Ok(drafts)
}

fn on_its_way(id: Id, records: &[Record]) -> Result<Waybill, Refusal> {
    let waybill = Waybill::fold(id, records);
    if waybill.number <= 0 {
        return Err(Refusal::new("waybill-unknown").status(404));
    }
    if waybill.status != "sent" {
        return Err(Refusal::new("waybill-over").status(409));
    }
    Ok(waybill)
}

/// They came, in full or with a reason, says somebody else than who sent them. They lie in a new
/// lot there.
///
/// # Errors
/// When they came or were cancelled already, whoever sent or carried them signs, more came than was
/// sent, or a difference is not explained.
pub fn receive(
    id: Id,
    (records, of_request): (&[Record], &[Record]),
    (lot, number): (Id, i64),
    (amount, why): (i64, &str),
    today: i64,
    (by, bodies): (Option<Id>, &[Id]),
) -> Drafts {
    let waybill = on_its_way(id, records)?;
    if by.is_some() && waybill.sent_by == by {
        return Err(Refusal::new("waybill-own").status(403));
    }
    if waybill.carrier.is_some_and(|carrier| bodies.contains(&carrier)) {
        return Err(Refusal::new("waybill-carrier").status(403));
    }
    let difference = offers::difference(amount, waybill.amount, why)?;
    let received = WaybillReceived { amount, difference, day: today };
    let mut drafts = vec![Draft::new(id, &received).area(waybill.to).by(by)];
    if amount > 0 {
        let stocked = LotStocked {
            number,
            item: waybill.item.clone(),
            amount,
            good_until_day: waybill.good_until_day,
            source: "waybill".to_owned(),
            by: Some(id),
            request: waybill.request,
            wanted_at: waybill.wanted_at.filter(|_| !waybill.ends()),
        };
        drafts.push(Draft::new(lot, &stocked).area(waybill.to).by(by));
        if let Some(request) = waybill.request.filter(|_| !waybill.ends()) {
            let request = Request::fold(request, of_request);
            drafts.extend(supply::supplied(&request, of_request, lot, by));
        }
        if let Some(request) = waybill.request.filter(|_| waybill.ends()) {
            drafts.extend(requests::helped(request, of_request, waybill.sent_ms, by));
        }
    }
    Ok(drafts)
}

/// They were not sent after all: they lie where they lay.
///
/// # Errors
/// When they came or were cancelled already, or nobody says why.
pub fn cancel(
    id: Id,
    (records, of_lot): (&[Record], &[Record]),
    reason: &str,
    by: Option<Id>,
) -> Drafts {
    let waybill = on_its_way(id, records)?;
    let reason = said(reason, REASON_CHARS_MAX, "resource-reason-empty")?;
    let lot = lot(waybill.lot, of_lot)?;
    let back = LotReturned { waybill: id, amount: waybill.amount };
    Ok(vec![
        Draft::new(id, &WaybillCancelled { reason }).area(waybill.to).by(by),
        Draft::new(lot.id, &back).area(lot.area).by(by),
    ])
}

/// Goods are handed out to people.
///
/// # Errors
/// When there is not so much, or it is past its day.
pub fn hand_out(
    id: Id,
    records: &[Record],
    handed: &LotHandedOut,
    today: i64,
    by: Option<Id>,
) -> Drafts {
    let lot = with(id, records, handed.amount, today)?;
    Ok(vec![Draft::new(id, handed).area(lot.area).by(by)])
}

/// Those who spoke of the need are being asked about a handing out.
///
/// # Errors
/// When there is no such lot.
pub fn asked(id: Id, records: &[Record], asked: LotAsked, by: Option<Id>) -> Drafts {
    let lot = lot(id, records)?;
    Ok(vec![Draft::new(id, &asked).area(lot.area).by(by)])
}

/// Some of it is gone, and how.
///
/// # Errors
/// When there is not so much, or nobody says how.
pub fn lose(id: Id, records: &[Record], amount: i64, reason: &str, by: Option<Id>) -> Drafts {
    let lot = lot(id, records)?;
    amount_sound(amount)?;
    enough(&lot, amount)?;
    let reason = said(reason, WHAT_CHARS_MAX, "resource-reason-empty")?;
    Ok(vec![Draft::new(id, &LotLost { amount, reason }).area(lot.area).by(by)])
}
