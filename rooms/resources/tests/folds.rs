//! The folds, in whatever order records come, and what they give to the totals.

use proptest::prelude::*;
use record::{Clock, Draft, Id, Payload, Record, Signer};
use store::{Row, View};

use crate::resources::records::{
    AdviceAccepted, AdviceErased, AdviceGiven, AdviceInvited, AdviceRated, LotHandedOut, LotLost,
    LotReturned, LotSent, LotStocked, OfferClaimed, OfferCommitted, OfferConflicted, OfferGiven,
    OfferMade, OfferReleased, OfferVouched, OfferWithdrawn, RequestAnswered, RequestAsked,
    RequestClosed, RequestHelped, WaybillCancelled, WaybillReceived, WaybillSent,
};
use crate::resources::views::{Advice, Lot, Offer, Request, Waybill, views};

const HOUR_MS: i64 = 3_600_000;

pub(super) fn id(name: &str) -> Id {
    Id::named("test", name)
}

fn view(noun: &str) -> View {
    views().into_iter().find(|view| view.noun == noun).expect("a view")
}

fn record<P: Payload>(payload: &P, hour: i64, by: Option<Id>) -> Record {
    let draft = Draft::new(id("it"), payload).area(Some(id("area"))).by(by);
    let writer = Signer::from_seed(&[1; 32]).writer();
    let seq = u64::try_from(hour).unwrap() + 1;
    draft.place(writer, seq, [0; 32], Clock::at(hour * HOUR_MS), [[0; 16]; 3]).record
}

fn made(amount: i64) -> OfferMade {
    OfferMade {
        number: 5,
        item: "mason".to_owned(),
        amount,
        giver: "resident".to_owned(),
        until_day: 100,
        ..OfferMade::default()
    }
}

fn claimed(take: &str, amount: i64) -> OfferClaimed {
    OfferClaimed {
        take: id(take),
        request: id("request"),
        area: Some(id("area")),
        amount,
        from: "here".to_owned(),
    }
}

fn given(take: &str, amount: i64) -> OfferGiven {
    OfferGiven { take: id(take), amount, difference: "rain".to_owned(), day: 50 }
}

fn count(noun: &str, log: &[Record], area: Id, key: &str) -> i64 {
    let folded = (view(noun).fold)(id("it"), log);
    folded.counts.iter().filter(|c| c.area == area && c.key == key).map(|c| c.n).sum()
}

#[test]
fn a_part_is_taken_promised_and_comes_and_each_is_counted_once() {
    let mut log = vec![record(&made(10), 0, None), record(&claimed("a", 6), 1, None)];
    assert_eq!(Offer::fold(id("it"), &log).left(), 4);
    assert_eq!(count("offer", &log, id("request"), "claimed"), 6);
    assert_eq!(count("offer", &log, id("area"), "pledged/mason"), 0, "a wish is no promise");
    log.push(record(&OfferCommitted { take: id("a") }, 2, None));
    assert_eq!(count("offer", &log, id("area"), "pledged/mason"), 6);
    log.push(record(&given("a", 5), 3, None));
    assert_eq!(count("offer", &log, id("area"), "received/mason"), 5);
    assert_eq!(count("offer", &log, id("area"), "days/here"), 5);
    assert_eq!(count("offer", &log, id("request"), "received"), 5);
    // Of an offer that is gone nobody says yes any more: what was only wanted is lacked again.
    log.push(record(&claimed("b", 2), 3, None));
    assert_eq!(count("offer", &log, id("request"), "claimed"), 2);
    let gone = [log.clone(), vec![record(&OfferWithdrawn {}, 4, None)]].concat();
    assert_eq!(count("offer", &gone, id("request"), "claimed"), 0);
    assert_eq!(Offer::fold(id("it"), &gone).taken_for(id("request")), 5);
    log.pop();
    // What came is not let go any more.
    log.push(record(&OfferReleased { take: id("a") }, 4, None));
    assert_eq!(Offer::fold(id("it"), &log).takes.len(), 1);
}

#[test]
fn a_released_part_is_there_again_and_an_offer_without_amount_serves_one_at_a_time() {
    let mut log = vec![record(&made(0), 0, None)];
    assert!(Offer::fold(id("it"), &log).left() > 0);
    log.push(record(&claimed("a", 3), 1, None));
    assert_eq!(Offer::fold(id("it"), &log).left(), 0);
    log.push(record(&OfferReleased { take: id("a") }, 2, None));
    assert!(Offer::fold(id("it"), &log).left() > 0);
}

#[test]
fn two_who_vouch_from_different_groups_are_enough_and_two_of_one_group_are_not() {
    let vouch = |by: &str, body: Option<&str>, hour| {
        record(&OfferVouched { body: body.map(id) }, hour, Some(id(by)))
    };
    let check = |all: Vec<Record>, expected: bool| {
        let log = [vec![record(&made(1), 0, None)], all].concat();
        assert_eq!(Offer::fold(id("it"), &log).is_vouched(), expected);
    };
    check(vec![], false);
    check(vec![vouch("ana", None, 1)], false);
    check(vec![vouch("ana", None, 1), vouch("ana", None, 2)], false);
    check(vec![vouch("ana", Some("x"), 1), vouch("bo", Some("x"), 2)], false);
    check(vec![vouch("ana", Some("x"), 1), vouch("bo", Some("y"), 2)], true);
    check(vec![vouch("ana", None, 1), vouch("bo", None, 2)], true);
}

#[test]
fn stock_is_what_came_less_all_that_left() {
    let stocked = LotStocked {
        number: 4,
        item: "tarpaulin".to_owned(),
        amount: 100,
        ..LotStocked::default()
    };
    let hand = LotHandedOut { hand: id("hand"), request: Some(id("request")), amount: 30 };
    let log = [
        record(&stocked, 0, None),
        record(&LotSent { waybill: id("w"), amount: 40 }, 1, None),
        record(&LotReturned { waybill: id("w"), amount: 40 }, 2, None),
        record(&hand, 3, None),
        record(&LotLost { amount: 5, reason: "Torn".to_owned() }, 4, None),
    ];
    let lot = Lot::fold(id("it"), &log);
    assert_eq!((lot.here, lot.handed, lot.lost), (65, 30, 5));
    assert_eq!(count("lot", &log, id("area"), "here/tarpaulin"), 65);
    assert_eq!(count("lot", &log, id("request"), "handed"), 30);
}

#[test]
fn a_waybill_ends_once_and_what_is_cancelled_is_no_promise() {
    let sent = WaybillSent {
        number: 7,
        item: "tarpaulin".to_owned(),
        amount: 40,
        request: Some(id("request")),
        ..WaybillSent::default()
    };
    let received = WaybillReceived { amount: 38, difference: "Two were torn".to_owned(), day: 3 };
    let cancelled = WaybillCancelled { reason: "No truck".to_owned() };
    let log = [record(&sent, 0, None), record(&received, 1, None), record(&cancelled, 2, None)];
    let waybill = Waybill::fold(id("it"), &log);
    assert_eq!((waybill.status.as_str(), waybill.came), ("received", Some(38)));
    assert_eq!(count("waybill", &log, id("request"), "received"), 38);
    let log = [record(&sent, 0, None), record(&cancelled, 1, None)];
    assert_eq!(count("waybill", &log, id("request"), "pledged"), 0);
}

#[test]
fn only_people_confirm_and_a_later_no_takes_it_back() {
    let asked = RequestAsked {
        number: 3,
        item: "tarpaulin".to_owned(),
        amount: 60,
        need: Some(id("need")),
        ..RequestAsked::default()
    };
    let mut log = vec![record(&asked, 0, None)];
    assert_eq!(count("request", &log, id("area"), "confirmed/tarpaulin"), 0);
    log.push(record(&RequestAnswered { yes: true, amount: 38 }, 1, None));
    assert_eq!(count("request", &log, id("area"), "confirmed/tarpaulin"), 38);
    log.push(record(&RequestAnswered { yes: false, amount: 38 }, 2, None));
    assert_eq!(count("request", &log, id("area"), "confirmed/tarpaulin"), 0);
    assert_eq!(count("request", &log, id("area"), "asked/tarpaulin"), 60);
}

#[test]
fn the_first_useful_advice_ends_the_clock_whatever_comes_later() {
    let asked = RequestAsked { number: 3, ..RequestAsked::default() };
    let log = [
        record(&asked, 0, None),
        record(&RequestHelped { given_ms: 9 * HOUR_MS }, 9, None),
        record(&RequestHelped { given_ms: 3 * HOUR_MS }, 10, None),
    ];
    assert_eq!(Request::fold(id("it"), &log).helped_ms, Some(3 * HOUR_MS));
    // Three hours: the class of at most four.
    assert_eq!(count("request", &log, Id::NONE, "helped/1"), 1);
}

fn any_offer() -> impl Strategy<Value = Vec<Record>> {
    proptest::collection::vec((0..8u8, 0..3usize), 0..10).prop_map(|steps| {
        let mut log = vec![record(&made(20), 0, None)];
        for (at, (kind, take)) in steps.into_iter().enumerate() {
            let hour = i64::try_from(at).unwrap() + 1;
            let take = ["a", "b", "c"][take];
            log.push(match kind {
                0 | 1 => record(&claimed(take, 4), hour, None),
                2 => record(&OfferCommitted { take: id(take) }, hour, None),
                3 => record(&OfferReleased { take: id(take) }, hour, None),
                4 => record(&given(take, 3), hour, None),
                5 => record(&OfferVouched { body: None }, hour, Some(id(take))),
                6 => record(&OfferConflicted { body: id(take) }, hour, None),
                _ => record(&OfferWithdrawn {}, hour, None),
            });
        }
        log
    })
}

fn any_advice() -> impl Strategy<Value = Vec<Record>> {
    proptest::collection::vec(0..4u8, 0..6).prop_map(|steps| {
        let invited = AdviceInvited {
            request: id("request"),
            discipline: "science".to_owned(),
            until_day: 9,
        };
        let mut log = vec![record(&invited, 0, None)];
        for (at, kind) in steps.into_iter().enumerate() {
            let hour = i64::try_from(at).unwrap() + 1;
            log.push(match kind {
                0 => record(&AdviceGiven { gains: false }, hour, None),
                1 => record(&AdviceAccepted { reason: "It fits".to_owned() }, hour, None),
                2 => record(&AdviceRated { useful: true, word: String::new() }, hour, None),
                _ => record(&AdviceErased {}, hour, None),
            });
        }
        log
    })
}

fn turned(log: &[Record], turn: usize) -> Vec<Record> {
    let mut other = log.to_vec();
    other.rotate_left(turn % log.len());
    other.reverse();
    other
}

proptest! {
    #[test]
    fn the_order_in_which_records_arrive_changes_nothing(
        offer in any_offer(), advice in any_advice(), turn in 0..9usize,
    ) {
        let other = turned(&offer, turn);
        prop_assert_eq!(Offer::fold(id("it"), &other), Offer::fold(id("it"), &offer));
        let other = turned(&advice, turn);
        prop_assert_eq!(Advice::fold(id("it"), &other), Advice::fold(id("it"), &advice));
    }

    #[test]
    fn a_row_reads_back_as_it_was_written(offer in any_offer(), advice in any_advice()) {
        let row = Row((view("offer").fold)(id("it"), &offer).row);
        prop_assert_eq!(row.0.len(), view("offer").table.columns.len());
        prop_assert_eq!(Offer::from_row(&row), Offer::fold(id("it"), &offer));
        let row = Row((view("advice").fold)(id("it"), &advice).row);
        prop_assert_eq!(Advice::from_row(&row), Advice::fold(id("it"), &advice));
    }
}

#[test]
fn requests_lots_and_waybills_read_back_as_they_were_written() {
    let asked = RequestAsked {
        number: 3,
        item: "mason".to_owned(),
        languages: vec!["en".to_owned(), "ht".to_owned()],
        ..RequestAsked::default()
    };
    let log = [
        record(&asked, 0, None),
        record(&RequestAnswered { yes: true, amount: 4 }, 1, None),
        record(&RequestClosed { reason: "Done".to_owned() }, 2, None),
    ];
    let row = Row((view("request").fold)(id("it"), &log).row);
    assert_eq!(row.0.len(), view("request").table.columns.len());
    assert_eq!(Request::from_row(&row), Request::fold(id("it"), &log));
    let stocked = LotStocked { number: 4, amount: 9, ..LotStocked::default() };
    let hand = LotHandedOut { hand: id("hand"), request: None, amount: 2 };
    let log = [record(&stocked, 0, None), record(&hand, 1, None)];
    let row = Row((view("lot").fold)(id("it"), &log).row);
    assert_eq!(row.0.len(), view("lot").table.columns.len());
    assert_eq!(Lot::from_row(&row), Lot::fold(id("it"), &log));
    let sent = WaybillSent { number: 7, amount: 9, ..WaybillSent::default() };
    let log = [record(&sent, 0, Some(id("ana")))];
    let row = Row((view("waybill").fold)(id("it"), &log).row);
    assert_eq!(row.0.len(), view("waybill").table.columns.len());
    assert_eq!(Waybill::from_row(&row), Waybill::fold(id("it"), &log));
}

#[test]
fn what_began_nothing_is_in_no_total() {
    let log = [record(&claimed("a", 4), 1, None)];
    for noun in ["request", "offer", "advice", "lot", "waybill"] {
        assert!((view(noun).fold)(id("it"), &log).counts.is_empty(), "{noun}");
    }
}
