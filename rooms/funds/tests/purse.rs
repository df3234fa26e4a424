//! The purse: whatever happens in whatever order, by however many writers, every amount has two
//! sides, no child takes more than its parent has, and nobody's forgetting changes a sum.

use proptest::prelude::*;
use record::{Clock, Draft, Id, Payload, Record, Signer};

use crate::funds::records::{
    Given, PurseAllocated, PurseCommitted, PurseConfirmed, PurseOpened, PursePaidIn,
    PursePaymentApproved, PursePaymentAsked, PursePledged, PurseReleased, PurseRepaid,
    PurseReturned, PurseSpent, PurseUnconfirmed, PurseWithdrawn,
};
use crate::funds::views::{Account, LINES_MAX, Line, Purse, purse_id};

fn window() -> Id {
    Id::named("test", "window")
}

pub(super) fn amara() -> Option<Id> {
    Some(Id::named("member", "Amara"))
}

pub(super) fn wilner() -> Option<Id> {
    Some(Id::named("member", "Wilner"))
}

/// A record of a writer, at an hour.
pub(super) fn record_by<P: Payload>(writer: u8, hour: i64, payload: &P, by: Option<Id>) -> Record {
    placed((writer, hour), hour, payload, by)
}

/// The same, at a place in the writer's chain that its clock does not tell.
fn placed<P: Payload>((writer, at): (u8, i64), hour: i64, payload: &P, by: Option<Id>) -> Record {
    let draft = Draft::new(purse_id(window()), payload).by(by);
    let writer = Signer::from_seed(&[writer; 32]).writer();
    let seq = u64::try_from(at).unwrap() + 1;
    draft.place(writer, seq, [0; 32], Clock::at(hour * 3_600_000), [[0; 16]; 3]).record
}

pub(super) fn opened() -> PurseOpened {
    PurseOpened { window: window(), currency: "USD".to_owned(), pools: 2 }
}

pub(super) fn pledged(pledge: i64, amount_minor: i64) -> PursePledged {
    let currency = "USD".to_owned();
    let given = Given { amount_minor, currency, rate_digits: 1, rate_scale: 0, rate_day: 10 };
    PursePledged { pledge, given, amount_minor, due_day: 100, ..PursePledged::default() }
}

fn committed(pledge: i64, amount_minor: i64) -> PurseCommitted {
    PurseCommitted { pledge, amount_minor, instrument: "Letter".to_owned() }
}

fn paid_in(pledge: i64, amount_minor: i64) -> PursePaidIn {
    PursePaidIn { pledge, amount_minor, day: 50, reference: String::new(), given: None }
}

pub(super) fn allocated(application: i64, amount_minor: i64) -> PurseAllocated {
    PurseAllocated {
        application,
        amount_minor,
        overhead_minor: amount_minor / 10,
        applied_day: 40,
        pay_from_day: 60,
        ..PurseAllocated::default()
    }
}

fn asked(number: i64, application: i64, amount_minor: i64) -> PursePaymentAsked {
    PursePaymentAsked { number, application, amount_minor, ..PursePaymentAsked::default() }
}

fn approved(number: i64, day: i64) -> PursePaymentApproved {
    PursePaymentApproved { number, day, reference: String::new() }
}

fn spent(spend: i64, payment: i64, amount_minor: i64) -> PurseSpent {
    PurseSpent { spend, payment, amount_minor, bill: format!("B{spend}"), ..PurseSpent::default() }
}

/// A purse in which all went well, up to a payment of 600.00.
pub(super) fn story() -> Vec<Record> {
    vec![
        record_by(1, 0, &opened(), amara()),
        record_by(1, 1, &pledged(1, 100_000), amara()),
        record_by(1, 2, &committed(1, 100_000), amara()),
        record_by(1, 3, &paid_in(1, 80_000), amara()),
        record_by(1, 4, &allocated(7, 70_000), amara()),
        record_by(1, 5, &asked(31, 7, 60_000), amara()),
        record_by(1, 6, &approved(31, 61), wilner()),
    ]
}

fn folded(records: &[Record]) -> Purse {
    Purse::fold(purse_id(window()), records)
}

fn no(records: &[Record], line: &Line, by: Option<Id>) -> Option<&'static str> {
    folded(records).take(line, by, 0).err()
}

#[test]
fn money_passes_from_a_pledge_to_what_people_confirmed() {
    let mut log = story();
    log.push(record_by(1, 7, &spent(1, 31, 45_000), amara()));
    log.push(record_by(1, 8, &PurseConfirmed { spend: 1, need: Id::NONE }, amara()));
    let purse = folded(&log);
    let states = purse.states();
    assert_eq!((states.pledged, states.committed, states.paid_in), (100_000, 100_000, 80_000));
    assert_eq!((states.allocated, states.disbursed), (70_000, 60_000));
    assert_eq!((states.spent, states.confirmed), (45_000, 45_000));
    let view = crate::funds::views::views().into_iter().find(|view| view.noun == "purse");
    let folded = (view.expect("a view").fold)(purse.id, &log);
    let confirmed = folded.counts.iter().filter(|count| count.key.ends_with("/confirmed"));
    let of_area: Vec<i64> = confirmed.filter(|c| c.area != Id::NONE).map(|c| c.n).collect();
    assert_eq!(of_area, [45_000], "and of the area it is for");
    assert_eq!(purse.holds(Account::Cash(0)), 20_000);
    assert!(purse.balances() && purse.aside.is_empty());
}

#[test]
fn no_child_takes_more_than_its_parent_has() {
    let log = story();
    let check = |line: Line, expected: &str| {
        assert_eq!(no(&log, &line, wilner()), Some(expected), "{line:?}");
    };
    check(Line::Committed(committed(1, 1)), "funds-too-much");
    check(Line::Committed(committed(9, 1)), "funds-pledge-unknown");
    check(Line::PaidIn(paid_in(1, 20_001)), "funds-too-much");
    check(Line::Allocated(allocated(8, 30_001)), "funds-pool-short");
    check(Line::Allocated(allocated(7, 1)), "funds-allocation-unknown");
    let other_pool = PurseAllocated { pool: 1, ..allocated(8, 1) };
    check(Line::Allocated(other_pool), "funds-pool-short");
    check(Line::Approved(approved(31, 61)), "funds-payment-ended");
    check(Line::Approved(approved(99, 61)), "funds-payment-unknown");
    check(Line::Spent(spent(1, 31, 60_001)), "funds-too-much");
    check(Line::Spent(spent(1, 99, 1)), "funds-payment-unknown");
    let back = PurseReturned { payment: 31, amount_minor: 60_001, reason: String::new() };
    check(Line::Returned(back), "funds-too-much");
    let repaid = PurseRepaid { application: 7, amount_minor: 60_001 };
    check(Line::Repaid(repaid), "funds-too-much");
    let released = PurseReleased { application: 7, amount_minor: 10_001, reason: String::new() };
    check(Line::Released(released), "funds-too-much");
    let confirmed = PurseConfirmed { spend: 1, need: Id::NONE };
    check(Line::Confirmed(confirmed), "funds-spend-unknown");
    check(Line::Pledged(pledged(1, 5)), "funds-pledge-unknown");
    check(Line::Pledged(pledged(2, 0)), "funds-rate");
    check(Line::Pledged(PursePledged { amount_minor: 7, ..pledged(2, 5) }), "funds-rate");
    check(Line::Pledged(PursePledged { pool: 2, ..pledged(2, 5) }), "funds-pledge-unknown");
}

#[test]
fn nobody_approves_what_they_prepared_and_nothing_is_paid_before_appeals() {
    let log = story();
    let with = |line: Record| [&log[..5], &[line]].concat();
    let log = with(record_by(1, 5, &asked(31, 7, 60_000), amara()));
    let approve = |day| Line::Approved(approved(31, day));
    assert_eq!(no(&log, &approve(61), amara()), Some("funds-own-payment"));
    assert_eq!(no(&log, &approve(61), None), Some("funds-own-payment"));
    assert_eq!(no(&log, &approve(59), wilner()), Some("funds-appeal-days"));
    assert_eq!(no(&log, &approve(60), wilner()), None);
    let dear = PursePaymentAsked { overhead_minor: 7_001, ..asked(32, 7, 1) };
    let log = [log, vec![record_by(1, 6, &dear, amara())]].concat();
    assert_eq!(no(&log, &Line::Approved(approved(32, 61)), wilner()), Some("funds-overhead"));
}

#[test]
fn money_that_has_not_come_is_not_paid_out() {
    let mut log = story();
    log.push(record_by(1, 7, &allocated(8, 30_000), amara()));
    log.push(record_by(1, 8, &asked(32, 8, 25_000), amara()));
    let line = Line::Approved(approved(32, 61));
    assert_eq!(no(&log, &line, wilner()), Some("funds-not-come"));
    log.push(record_by(1, 9, &paid_in(1, 20_000), amara()));
    assert_eq!(no(&log, &line, wilner()), None);
}

#[test]
fn fees_and_running_costs_are_entries_of_their_own() {
    let mut log = story();
    log.truncate(5);
    let asked = PursePaymentAsked { fee_minor: 300, overhead_minor: 2_000, ..asked(31, 7, 50_000) };
    log.push(record_by(1, 5, &asked, amara()));
    log.push(record_by(1, 6, &approved(31, 61), wilner()));
    let purse = folded(&log);
    assert_eq!(purse.holds(Account::Fees(31)), 300);
    assert_eq!(purse.holds(Account::Overheads(31)), 2_000);
    assert_eq!(purse.holds(Account::Cash(0)), 80_000 - 52_300);
    assert_eq!(purse.states().disbursed, 52_300);
    assert!(purse.balances());
}

#[test]
fn a_withdrawn_pledge_frees_nothing_that_was_signed_for() {
    let mut log = story();
    log.push(record_by(1, 7, &pledged(2, 5_000), amara()));
    log.push(record_by(1, 8, &committed(2, 2_000), amara()));
    let withdrawn = |amount_minor| PurseWithdrawn { pledge: 2, amount_minor, reason: "-".into() };
    let line = Line::Withdrawn(withdrawn(3_001));
    assert_eq!(no(&log, &line, amara()), Some("funds-too-much"));
    log.push(record_by(1, 9, &withdrawn(3_000), amara()));
    let purse = folded(&log);
    assert_eq!(purse.states().pledged, 102_000);
    assert!(purse.balances() && purse.aside.is_empty());
}

#[test]
fn what_comes_back_can_be_given_again_and_a_loan_is_repaid() {
    let mut log = story();
    let back = PurseReturned { payment: 31, amount_minor: 10_000, reason: "left".into() };
    log.push(record_by(1, 7, &back, amara()));
    log.push(record_by(1, 8, &PurseRepaid { application: 7, amount_minor: 5_000 }, amara()));
    let purse = folded(&log);
    let states = purse.states();
    assert_eq!((states.allocated, states.disbursed, states.returned), (60_000, 50_000, 10_000));
    assert_eq!(states.committed, 105_000);
    assert_eq!(purse.holds(Account::Committed(0)), 45_000);
    assert_eq!(purse.holds(Account::Cash(0)), 35_000);
    assert!(purse.balances());
}

#[test]
fn what_is_released_takes_its_part_of_the_running_costs_along() {
    let mut log = story();
    let released = PurseReleased { application: 7, amount_minor: 10_000, reason: "left".into() };
    log.push(record_by(1, 7, &released, amara()));
    let purse = folded(&log);
    let given = &purse.allocation(7).expect("given").of;
    assert_eq!((given.amount_minor, given.overhead_minor), (60_000, 6_000));
    assert_eq!(purse.holds(Account::Committed(0)), 40_000);
    assert!(purse.balances());
}

#[test]
fn nothing_is_bought_with_what_was_not_paid_nor_confirmed_twice() {
    let unpaid = &story()[..6];
    assert_eq!(no(unpaid, &Line::Spent(spent(1, 31, 5)), amara()), Some("funds-payment-unpaid"));
    let mut log = story();
    log.push(record_by(1, 7, &spent(1, 31, 45_000), amara()));
    let confirmed = PurseConfirmed { spend: 1, need: Id::NONE };
    log.push(record_by(1, 8, &confirmed, amara()));
    assert_eq!(no(&log, &Line::Confirmed(confirmed), amara()), Some("funds-spend-ended"));
    let again = PurseSpent { bill: "B9".to_owned(), ..spent(1, 31, 5) };
    assert_eq!(no(&log, &Line::Spent(again), amara()), Some("funds-spend-unknown"));
}

/// Euros promised at 1.10, of which some came at another rate.
fn came(amount_minor: i64, digits: i64, day: i64) -> PursePaidIn {
    let currency = "EUR".to_owned();
    let given = Given { amount_minor, currency, rate_digits: digits, rate_scale: 2, rate_day: day };
    let worth = crate::funds::rules::money::worth(&given, "USD").expect("a sound rate");
    PursePaidIn { pledge: 2, amount_minor: worth, day, given: Some(given), ..Default::default() }
}

#[test]
fn what_comes_at_another_rate_makes_the_promise_larger_or_smaller() {
    let currency = "EUR".to_owned();
    let given =
        Given { amount_minor: 10_000, currency, rate_digits: 110, rate_scale: 2, rate_day: 10 };
    let mut log = story();
    log.push(record_by(1, 7, &PursePledged { given, ..pledged(2, 11_000) }, amara()));
    log.push(record_by(1, 8, &committed(2, 11_000), amara()));
    log.push(record_by(1, 9, &came(6_000, 120, 90), amara()));
    let own = |log: &[Record]| folded(log).pledge(2).cloned().expect("promised");
    let pledge = own(&log);
    assert_eq!((pledge.amount_minor, pledge.paid_minor), (11_600, 7_200), "the euro rose");
    log.push(record_by(1, 10, &came(4_000, 100, 101), amara()));
    let pledge = own(&log);
    assert_eq!((pledge.amount_minor, pledge.paid_minor), (11_200, 11_200), "and fell");
    assert!(!pledge.is_red(500));
    assert_eq!((pledge.promised_minor, pledge.kept_minor), (11_000, 6_600), "a part came late");
    assert!(folded(&log).balances() && folded(&log).aside.is_empty());
    let more = Line::PaidIn(came(1, 120, 102));
    assert_eq!(no(&log, &more, amara()), Some("funds-too-much"), "all of it is there");
    // What is missing by a worse rate cannot be taken from what was given out.
    let mut log = log[..9].to_vec();
    log.push(record_by(1, 9, &allocated(8, 41_000), amara()));
    let less = Line::PaidIn(came(6_000, 100, 90));
    assert_eq!(no(&log, &less, amara()), Some("funds-rate-loss"));
    let mut other = came(6_000, 120, 90);
    other.given.as_mut().expect("euros").currency = "HTG".to_owned();
    assert_eq!(no(&log, &Line::PaidIn(other), amara()), Some("funds-rate"));
}

#[test]
fn a_promise_that_was_withdrawn_or_came_late_was_not_kept() {
    let mut log = story();
    log.push(record_by(1, 7, &pledged(2, 5_000), amara()));
    log.push(record_by(
        1,
        8,
        &PurseWithdrawn { pledge: 2, amount_minor: 5_000, reason: "-".into() },
        amara(),
    ));
    log.push(record_by(1, 9, &PursePaidIn { day: 101, ..paid_in(1, 20_000) }, amara()));
    let purse = folded(&log);
    let sum =
        |of: fn(&crate::funds::views::Pledge) -> i64| purse.pledges.iter().map(of).sum::<i64>();
    assert_eq!((sum(|p| p.promised_minor), sum(|p| p.kept_minor)), (105_000, 80_000));
    let (figures, _) = crate::funds::queries::figures_of(&purse, 200);
    assert_eq!((figures.due_minor, figures.kept_minor), (105_000, 80_000));
}

#[test]
fn a_no_takes_back_what_was_confirmed() {
    let mut log = story();
    let need = Id::named("need", "water");
    log.push(record_by(1, 7, &spent(1, 31, 45_000), amara()));
    log.push(record_by(1, 8, &PurseConfirmed { spend: 1, need }, amara()));
    let drafts = crate::funds::rules::purse::unconfirm(&folded(&log), need);
    assert_eq!(drafts.len(), 1);
    log.push(record_by(1, 9, &PurseUnconfirmed { spend: 1, need }, None));
    let purse = folded(&log);
    assert_eq!((purse.states().spent, purse.states().confirmed), (45_000, 0));
    assert!(purse.balances() && purse.aside.is_empty());
    // It may be confirmed anew, by those who closed it anew.
    log.push(record_by(1, 10, &PurseConfirmed { spend: 1, need }, amara()));
    assert_eq!(folded(&log).states().confirmed, 45_000);
    let other = Line::Unconfirmed(PurseUnconfirmed { spend: 1, need: Id::NONE });
    assert_eq!(no(&log, &other, None), Some("funds-spend-ended"));
}

#[test]
fn one_bill_is_paid_once() {
    let mut log = story();
    let bill = |spend, bill: &str| PurseSpent {
        supplier: "Depo Jan".to_owned(),
        bill: bill.to_owned(),
        ..spent(spend, 31, 1_000)
    };
    log.push(record_by(1, 7, &bill(1, "F 12"), amara()));
    assert_eq!(no(&log, &Line::Spent(bill(2, "f 12")), amara()), Some("funds-bill-twice"));
    assert_eq!(no(&log, &Line::Spent(bill(2, "F 13")), amara()), None);
}

#[test]
fn of_two_writers_who_spend_the_same_the_later_is_set_aside_and_shown() {
    let mut log = story();
    log.push(record_by(1, 7, &allocated(8, 20_000), amara()));
    log.push(record_by(2, 8, &allocated(9, 20_000), wilner()));
    for log in [log.clone(), log.iter().rev().cloned().collect()] {
        let purse = folded(&log);
        assert!(purse.allocation(8).is_some() && purse.allocation(9).is_none());
        assert_eq!(purse.aside.len(), 1);
        assert_eq!(purse.aside[0].why, "funds-pool-short");
        assert!(purse.balances());
    }
}

#[test]
fn a_purse_without_its_beginning_takes_nothing_and_a_full_one_no_more() {
    assert_eq!(folded(&story()[1..]).aside.len(), 6);
    let mut purse = folded(&story());
    let line = purse.journal[0].clone();
    purse.journal = vec![line; LINES_MAX];
    let next = Line::Pledged(pledged(2, 5));
    assert_eq!(purse.take(&next, amara(), 0), Err("funds-purse-full"));
}

#[test]
fn nothing_of_a_purse_is_sealed_so_nobodys_forgetting_changes_a_sum() {
    for record in story() {
        assert!(record.sealed.is_none(), "{}", record.kind);
    }
}

/// What somebody tries next: most of it does not fit.
#[derive(Clone, Debug)]
struct Tried {
    kind: u8,
    of: i64,
    amount: i64,
    writer: u8,
    late: i64,
}

fn tried() -> impl Strategy<Value = Tried> {
    (0..14u8, 1..5i64, 0..6_000i64, 1..3u8, 0..3i64)
        .prop_map(|(kind, of, amount, writer, late)| Tried { kind, of, amount, writer, late })
}

fn record_of(at: i64, tried: &Tried) -> Record {
    let Tried { kind, of, amount, writer, late } = *tried;
    let by = if amount % 2 == 0 { amara() } else { wilner() };
    // Two clocks that are apart: what one wrote may stand before what the other did.
    let hour = (at - late * i64::from(writer == 2)).max(0);
    let reason = String::new();
    match kind {
        0 => placed((writer, at), hour, &pledged(of, amount), by),
        1 => placed((writer, at), hour, &committed(of, amount), by),
        2 => placed((writer, at), hour, &paid_in(of, amount), by),
        3 => placed((writer, at), hour, &allocated(of, amount), by),
        4 => placed((writer, at), hour, &asked(of, 1 + of % 2, amount), by),
        5 => placed((writer, at), hour, &approved(of, 60 + at), by),
        6 => placed((writer, at), hour, &spent(at, of, amount), by),
        7 => placed((writer, at), hour, &PurseConfirmed { spend: at - 1, need: Id::NONE }, by),
        8 => placed(
            (writer, at),
            hour,
            &PurseReturned { payment: of, amount_minor: amount, reason },
            by,
        ),
        9 => placed((writer, at), hour, &PurseRepaid { application: of, amount_minor: amount }, by),
        10 => {
            let released = PurseReleased { application: of, amount_minor: amount, reason };
            placed((writer, at), hour, &released, by)
        }
        11 => {
            let withdrawn = PurseWithdrawn { pledge: of, amount_minor: amount, reason };
            placed((writer, at), hour, &withdrawn, by)
        }
        12 => {
            let back = PurseUnconfirmed { spend: at - 1 - of % 3, need: Id::NONE };
            placed((writer, at), hour, &back, by)
        }
        _ => placed((writer, at), hour, &PurseAllocated { pool: 1, ..allocated(of, amount) }, by),
    }
}

/// A beginning in which money is there, so that what follows has something to take.
fn histories() -> impl Strategy<Value = Vec<Record>> {
    proptest::collection::vec(tried(), 0..60).prop_map(|all| {
        let mut log = story();
        let tried = all.iter().zip(7..);
        log.extend(tried.map(|(tried, at)| record_of(at, tried)));
        log
    })
}

proptest! {
    #[test]
    fn a_purse_balances_whatever_happens(log in histories()) {
        for end in 0..=log.len() {
            let purse = folded(&log[..end]);
            prop_assert!(purse.balances(), "{:?}", purse.books);
        }
    }

    #[test]
    fn the_order_in_which_records_arrive_changes_no_sum(log in histories(), turn in 0..60usize) {
        let mut other = log.clone();
        other.rotate_left(turn % log.len());
        other.reverse();
        prop_assert_eq!(folded(&other), folded(&log));
    }
}
