//! The rules of tasks: who may do what; and the published rule, with its properties.

use proptest::prelude::*;
use record::{DAY_MS, Draft, Id, Record, Refusal};

use super::folds::{delivered, josue, nadege, record, set, task};
use crate::actions::records::{TaskClaimed, TaskDelivered, TaskPromised, TaskSet};
use crate::actions::rules::{
    self, ANSWER_DAYS, Actor, Asked, CLOSE_YES_PERCENT, Counts, Noes, Settling, noes_shown, settle,
};
use crate::actions::views::Hands;

const TODAY: i64 = 90;

fn refused(outcome: Result<Vec<Draft>, Refusal>) -> &'static str {
    outcome.map(|_| "done").unwrap_or_else(|refusal| refusal.code)
}

fn body() -> Id {
    Id::named("test", "committee of Pelikan")
}

fn of_body(member: Id) -> Actor {
    Actor { id: Some(member), bodies: vec![body()], coordinates: false }
}

fn stranger() -> Actor {
    Actor { id: Some(Id::named("member", "Wilner")), bodies: vec![], coordinates: false }
}

fn begun() -> Vec<Record> {
    vec![record(&set("do"), 0, None)]
}

fn held() -> Vec<Record> {
    vec![record(&set("do"), 0, None), record(&TaskClaimed {}, 1, Some(josue()))]
}

fn ended() -> Vec<Record> {
    vec![record(&set("do"), 0, None), record(&delivered(), 1, None)]
}

fn asked() -> Asked {
    Asked {
        what: "Water for Block 4".to_owned(),
        kind: "do".to_owned(),
        due_day: 97,
        ..Asked::default()
    }
}

#[test]
fn a_task_says_what_is_to_be_done_and_until_when() {
    let check = |asked: Asked, expected| {
        let outcome = rules::set(task(), &[], 1, &asked, TODAY, None);
        assert_eq!(refused(outcome), expected, "{asked:?}");
    };
    check(asked(), "done");
    check(Asked { what: " \n ".to_owned(), ..asked() }, "task-what-empty");
    check(Asked { what: "a".repeat(121), ..asked() }, "task-words-long");
    check(
        Asked { what: "Call +509 3700 0001 for water".to_owned(), ..asked() },
        "need-public-number",
    );
    check(Asked { kind: "wish".to_owned(), ..asked() }, "task-kind-unknown");
    check(Asked { due_day: TODAY - 1, ..asked() }, "task-when");
    check(Asked { due_day: TODAY, ..asked() }, "done");
    check(Asked { due_day: TODAY + rules::DUE_DAYS_MAX + 1, ..asked() }, "task-when");
    check(Asked { due_day: TODAY - 9, kind: "promise".to_owned(), ..asked() }, "done");
    let many = |n: i64| (0..n).map(|n| Id::named("need", &n.to_string())).collect();
    check(Asked { needs: many(20), ..asked() }, "done");
    check(Asked { needs: many(21), ..asked() }, "task-needs-many");
    let again = rules::set(task(), &begun(), 2, &asked(), TODAY, None).expect("no fault");
    assert!(again.is_empty(), "set twice is set once");
}

#[test]
fn only_its_own_body_and_those_who_coordinate_act_on_a_task() {
    let coordinates = Actor { coordinates: true, ..stranger() };
    let free = vec![record(&TaskSet { body: None, ..set("do") }, 0, None)];
    assert_eq!(refused(rules::claim(task(), &begun(), &of_body(josue()))), "done");
    assert_eq!(refused(rules::claim(task(), &begun(), &stranger())), "task-of-others");
    assert_eq!(refused(rules::claim(task(), &begun(), &coordinates)), "done");
    assert_eq!(refused(rules::claim(task(), &free, &stranger())), "done");
    assert_eq!(refused(rules::claim(task(), &[], &coordinates)), "task-unknown");
    // Whoever has it may act on it, though they belong to no body.
    let holder = Actor { id: Some(josue()), ..Actor::default() };
    assert_eq!(refused(rules::release(task(), &held(), &holder)), "done");
}

#[test]
fn a_task_that_somebody_has_is_taken_from_nobody() {
    assert_eq!(refused(rules::claim(task(), &held(), &of_body(nadege()))), "task-held");
    assert_eq!(refused(rules::release(task(), &held(), &of_body(nadege()))), "task-held");
    let coordinates = Actor { coordinates: true, ..stranger() };
    assert_eq!(refused(rules::release(task(), &held(), &coordinates)), "done");
    let again = rules::claim(task(), &held(), &of_body(josue())).expect("no fault");
    assert!(again.is_empty(), "a second tap says nothing new");
    let give = |here| refused(rules::hand_over(task(), &held(), nadege(), here, &of_body(josue())));
    assert_eq!((give(true), give(false)), ("done", "task-to-nobody"));
}

#[test]
fn a_task_that_ended_takes_nothing_more() {
    let actor = of_body(josue());
    let outcomes = [
        refused(rules::claim(task(), &ended(), &actor)),
        refused(rules::release(task(), &ended(), &actor)),
        refused(rules::hand_over(task(), &ended(), nadege(), true, &actor)),
        refused(rules::deliver(task(), &ended(), &delivered(), &actor).map(|(drafts, _)| drafts)),
        refused(rules::drop(task(), &ended(), "No truck", &actor)),
        refused(rules::refer(task(), &ended(), "Water board", &actor)),
    ];
    assert_eq!(outcomes, ["task-ended"; 6]);
    assert!(rules::met(task(), &ended(), Id::NONE, None).is_empty());
}

#[test]
fn a_delivery_says_what_and_how_in_words_that_anybody_may_read() {
    let check = |delivered: TaskDelivered, expected| {
        let outcome = rules::deliver(task(), &begun(), &delivered, &of_body(josue()));
        assert_eq!(refused(outcome.map(|(drafts, _)| drafts)), expected, "{delivered:?}");
    };
    check(delivered(), "done");
    check(TaskDelivered { what: " ".to_owned(), ..delivered() }, "task-arrived-empty");
    check(TaskDelivered { how: String::new(), ..delivered() }, "task-how-empty");
    check(TaskDelivered { much: String::new(), ..delivered() }, "done");
    check(TaskDelivered { what: "a".repeat(33), ..delivered() }, "task-words-long");
    check(TaskDelivered { how: "a".repeat(401), ..delivered() }, "task-words-long");
    let named = "Given to two women behind the church";
    check(TaskDelivered { how: named.to_owned(), ..delivered() }, "need-public-few");
}

#[test]
fn a_no_has_a_reason_and_not_ours_says_whose() {
    let actor = of_body(josue());
    assert_eq!(refused(rules::drop(task(), &begun(), " ", &actor)), "task-reason-empty");
    assert_eq!(refused(rules::drop(task(), &begun(), "No truck this month", &actor)), "done");
    assert_eq!(refused(rules::refer(task(), &begun(), "\n", &actor)), "task-refer-to-whom");
    assert_eq!(refused(rules::refer(task(), &begun(), "Water board", &actor)), "done");
    let owed = [record(&set("committee"), 0, None)];
    assert_eq!(refused(rules::drop(task(), &owed, "No truck", &actor)), "task-owed");
}

#[test]
fn the_next_step_is_named_once_with_its_day() {
    let owed = vec![record(&set("committee"), 0, None)];
    let step = |log: &[Record], what: &str, due_day| {
        let promised = TaskPromised { what: what.to_owned(), due_day };
        let outcome = rules::promise(task(), log, &promised, TODAY, &of_body(josue()));
        refused(outcome.map(|(drafts, _)| drafts))
    };
    assert_eq!(step(&owed, "The truck comes to Block 4", 92), "done");
    assert_eq!(step(&owed, "", 92), "task-what-empty");
    assert_eq!(step(&owed, "The truck comes", 89), "task-when");
    assert_eq!(step(&begun(), "The truck comes", 92), "task-no-step");
    let said = TaskPromised { what: "The truck comes".to_owned(), due_day: 92 };
    let named = [owed, vec![record(&said, 1, None)]].concat();
    assert_eq!(step(&named, "The truck comes again", 93), "task-no-step");
}

#[test]
fn more_hands_than_people_are_no_count() {
    let ask = |log: &[Record], asked, yes, no| {
        refused(rules::ask_at_meeting(task(), log, Hands { asked, yes, no }, None))
    };
    assert_eq!(ask(&ended(), 30, 20, 10), "done");
    assert_eq!(ask(&ended(), 30, 20, 11), "task-hands");
    assert_eq!(ask(&ended(), 0, 0, 0), "task-hands");
    assert_eq!(ask(&ended(), 30, -1, 1), "task-hands");
    assert_eq!(ask(&ended(), rules::HANDS_MAX + 1, 0, 0), "task-hands");
    assert_eq!(ask(&begun(), 30, 20, 10), "task-not-delivered");
}

const DELIVERED_MS: i64 = 1_000 * DAY_MS;

fn said(asked: i64, yes: i64, no: i64) -> Counts {
    Counts { asked, yes, no, ..Counts::default() }
}

#[test]
fn the_published_rule_by_example() {
    let check = |counts: Counts, days: i64, expected| {
        let now = DELIVERED_MS + days * DAY_MS;
        assert_eq!(settle(&counts, now, DELIVERED_MS), expected, "{counts:?} after {days} days");
    };
    let until = Settling::WaitUntil(DELIVERED_MS + ANSWER_DAYS * DAY_MS);
    check(said(10, 9, 1), 0, Settling::Reopen);
    check(said(10, 10, 0), 0, Settling::Close);
    check(said(10, 5, 0), 6, until);
    check(said(10, 5, 0), 7, Settling::Close);
    check(said(10, 4, 0), 700, Settling::NotConfirmed);
    check(said(10, 0, 0), 700, Settling::NotConfirmed);
    check(said(0, 0, 0), 700, Settling::NotConfirmed);
    let hands = |asked, yes, no, by_assembly| Counts {
        hands: Some(Hands { asked, yes, no }),
        by_assembly,
        ..said(0, 0, 0)
    };
    check(hands(20, 11, 5, true), 0, Settling::Close);
    check(hands(20, 10, 5, true), 700, Settling::NotConfirmed);
    check(hands(20, 11, 5, false), 700, Settling::NotConfirmed);
    check(hands(20, 5, 6, true), 0, Settling::Reopen);
    check(hands(20, 5, 6, false), 0, Settling::Reopen);
    check(hands(20, 5, 5, true), 0, Settling::NotConfirmed);
    let one_no = Counts { no: 1, ..hands(20, 20, 0, true) };
    check(one_no, 700, Settling::Reopen);
}

#[test]
fn noes_are_shown_in_batches_and_never_below_five() {
    let day = Some(DELIVERED_MS);
    let check = |no, since, hours: i64, expected| {
        let now = DELIVERED_MS + hours * 3_600_000;
        assert_eq!(noes_shown(no, since, now), expected, "{no} after {hours} hours");
    };
    check(0, day, 99, Noes::None);
    check(1, day, 1, Noes::Some);
    check(4, day, 23, Noes::Some);
    check(4, day, 24, Noes::Few);
    check(1, None, 99, Noes::Some);
    check(5, day, 0, Noes::AtLeast(5));
    check(9, day, 48, Noes::AtLeast(5));
    check(10, day, 0, Noes::AtLeast(10));
}

proptest! {
    #[test]
    fn silence_never_closes_a_need(asked in 0..5000i64, days in 0..5000i64) {
        let now = DELIVERED_MS + days * DAY_MS;
        prop_assert_eq!(settle(&said(asked, 0, 0), now, DELIVERED_MS), Settling::NotConfirmed);
    }

    #[test]
    fn an_open_no_opens_it_whatever_else_is_said(
        asked in 0..5000i64, yes in 0..5000i64, no in 1..50i64, days in 0..500i64,
        hands_yes in 0..99i64, by_assembly: bool,
    ) {
        let hands = Some(Hands { asked: 99, yes: hands_yes, no: 0 });
        let counts = Counts { hands, by_assembly, ..said(asked, yes, no) };
        let now = DELIVERED_MS + days * DAY_MS;
        prop_assert_eq!(settle(&counts, now, DELIVERED_MS), Settling::Reopen);
    }

    #[test]
    fn without_an_assembly_it_closes_only_with_enough_yes(
        asked in 0..5000i64, yes in 0..5000i64, days in 0..500i64,
    ) {
        let yes = yes.min(asked);
        let now = DELIVERED_MS + days * DAY_MS;
        let closes = settle(&said(asked, yes, 0), now, DELIVERED_MS) == Settling::Close;
        let enough = yes * 100 >= asked * CLOSE_YES_PERCENT && asked > 0;
        prop_assert!(!closes || (enough && (days >= ANSWER_DAYS || yes == asked)));
    }

    #[test]
    fn a_further_yes_never_keeps_a_need_from_closing(
        asked in 1..5000i64, yes in 0..5000i64, days in 0..500i64,
    ) {
        let yes = yes.min(asked - 1);
        let now = DELIVERED_MS + days * DAY_MS;
        let of = |yes| settle(&said(asked, yes, 0), now, DELIVERED_MS) == Settling::Close;
        prop_assert!(!of(yes) || of(yes + 1));
    }

    #[test]
    fn one_no_more_is_rarely_seen(no in 0..500i64) {
        let now = DELIVERED_MS + 30 * DAY_MS;
        let shown = |no| noes_shown(no, Some(DELIVERED_MS), now);
        if no % 5 != 4 && no > 0 {
            prop_assert_eq!(shown(no), shown(no + 1));
        }
    }
}
