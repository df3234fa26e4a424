//! The fold of a task, in whatever order its records come.

use proptest::prelude::*;
use record::{Clock, Draft, Id, Payload, Record, Signer};

use crate::actions::records::{
    TaskAskedAtMeeting, TaskClaimed, TaskDelivered, TaskDropped, TaskHandedOver, TaskMet,
    TaskPromised, TaskReferred, TaskReleased, TaskSet,
};
use crate::actions::views::{Hands, Task};

const HOUR_MS: i64 = 3_600_000;

pub(super) fn task() -> Id {
    Id::named("test", "task")
}

pub(super) fn josue() -> Id {
    Id::named("member", "Josué")
}

pub(super) fn nadege() -> Id {
    Id::named("member", "Nadège")
}

pub(super) fn set(kind: &str) -> TaskSet {
    TaskSet {
        number: 5,
        what: if kind == "committee" { String::new() } else { "Water for Block 4".to_owned() },
        kind: kind.to_owned(),
        decision: None,
        needs: vec![Id::named("test", "need")],
        body: Some(Id::named("test", "committee of Pelikan")),
        due_day: 100,
    }
}

pub(super) fn record<P: Payload>(payload: &P, hour: i64, by: Option<Id>) -> Record {
    let draft = Draft::new(task(), payload).area(Some(Id::named("test", "area"))).by(by);
    let writer = Signer::from_seed(&[1; 32]).writer();
    let seq = u64::try_from(hour).unwrap() + 1;
    draft.place(writer, seq, [0; 32], Clock::at(hour * HOUR_MS), [[0; 16]; 3]).record
}

pub(super) fn delivered() -> TaskDelivered {
    TaskDelivered {
        what: "a water truck".to_owned(),
        how: "It stands behind the church.".to_owned(),
        much: "5000 litres a day".to_owned(),
        day: 99,
    }
}

fn status(log: &[Record]) -> String {
    Task::fold(task(), log).status
}

#[test]
fn a_task_is_taken_on_handed_over_let_go_and_delivered() {
    let mut log = vec![record(&set("do"), 0, None)];
    assert_eq!(status(&log), "open");
    log.push(record(&TaskClaimed {}, 1, Some(josue())));
    assert_eq!(
        (status(&log).as_str(), Task::fold(task(), &log).holder),
        ("claimed", Some(josue()))
    );
    log.push(record(&TaskHandedOver { to: nadege() }, 2, Some(josue())));
    assert_eq!(Task::fold(task(), &log).holder, Some(nadege()));
    log.push(record(&TaskReleased {}, 3, Some(nadege())));
    assert_eq!((status(&log).as_str(), Task::fold(task(), &log).holder), ("open", None));
    log.push(record(&delivered(), 4, Some(nadege())));
    let done = Task::fold(task(), &log);
    assert_eq!((done.status.as_str(), done.done_ms), ("delivered", Some(4 * HOUR_MS)));
    assert_eq!(done.arrived.as_deref(), Some("a water truck"));
    assert!(!done.is_late() && !done.is_open());
}

#[test]
fn what_comes_after_the_end_changes_nothing() {
    let ends: [Record; 3] = [
        record(&TaskDropped { reason: "No truck".to_owned() }, 1, None),
        record(&TaskReferred { body: "Water board".to_owned() }, 1, None),
        record(&TaskMet { by: Id::named("test", "other") }, 1, None),
    ];
    for end in ends {
        let before = Task::fold(task(), &[record(&set("do"), 0, None), end.clone()]);
        let log = [
            record(&set("do"), 0, None),
            end,
            record(&TaskClaimed {}, 2, Some(josue())),
            record(&delivered(), 3, None),
        ];
        let after = Task::fold(task(), &log);
        assert_eq!(after.status, before.status);
        assert_eq!((after.arrived, after.holder), (None, None));
    }
}

#[test]
fn a_task_whose_beginning_has_not_arrived_is_in_no_list_and_no_total() {
    let log = [record(&TaskClaimed {}, 1, Some(josue())), record(&delivered(), 2, None)];
    let view = crate::actions::views().pop().expect("a view");
    let folded = (view.fold)(task(), &log);
    assert!(folded.counts.is_empty());
    assert_eq!(Task::fold(task(), &log).number, 0);
}

#[test]
fn a_meeting_may_be_asked_again_and_the_last_count_holds() {
    let hands = |yes, no| TaskAskedAtMeeting { asked: 30, yes, no };
    let log = [
        record(&set("do"), 0, None),
        record(&delivered(), 1, None),
        record(&hands(3, 20), 2, None),
        record(&hands(25, 1), 3, None),
    ];
    let said = Task::fold(task(), &log).hands;
    assert_eq!(said, Some(Hands { asked: 30, yes: 25, no: 1 }));
}

#[test]
fn a_promise_counts_as_kept_late_or_given_up() {
    let view = crate::actions::views().pop().expect("a view");
    let check = |log: &[Record], key: &str| {
        let folded = (view.fold)(task(), log);
        let own: Vec<_> = folded.counts.iter().filter(|c| c.key.starts_with("promise/")).collect();
        assert_eq!(own.len(), 2, "once in its area, once in the city");
        assert!(own.iter().all(|count| count.key == key && count.n == 1), "{own:?}");
    };
    let begun = record(&set("promise"), 0, None);
    check(std::slice::from_ref(&begun), "promise/open");
    check(&[begun.clone(), record(&delivered(), 1, None)], "promise/kept");
    let late = TaskDelivered { day: 101, ..delivered() };
    check(&[begun.clone(), record(&late, 1, None)], "promise/kept_late");
    let dropped = TaskDropped { reason: "No truck".to_owned() };
    check(&[begun, record(&dropped, 1, None)], "promise/given_up");
}

#[test]
fn said_done_and_said_not_done_are_counted_apart() {
    let view = crate::actions::views().pop().expect("a view");
    let count = |log: &[Record], key: &str| {
        let folded = (view.fold)(task(), log);
        folded
            .counts
            .iter()
            .filter(|c| c.key == key && c.area == Id::NONE)
            .map(|c| c.n)
            .sum::<i64>()
    };
    let done = [record(&set("do"), 0, None), record(&delivered(), 1, None)];
    assert_eq!((count(&done, "said_done"), count(&done, "said_not_done")), (1, 0));
    let not = [record(&set("committee"), 0, None)];
    assert_eq!((count(&not, "said_done"), count(&not, "said_not_done")), (0, 1));
}

fn any_log() -> impl Strategy<Value = Vec<Record>> {
    let step = (0..9u8).prop_map(|kind| kind);
    proptest::collection::vec(step, 0..9).prop_map(|kinds| {
        let mut log = vec![record(&set("committee"), 0, None)];
        for (at, kind) in kinds.into_iter().enumerate() {
            let hour = i64::try_from(at).unwrap() + 1;
            log.push(match kind {
                0 => record(&TaskClaimed {}, hour, Some(josue())),
                1 => record(&TaskHandedOver { to: nadege() }, hour, Some(josue())),
                2 => record(&TaskReleased {}, hour, None),
                3 => record(&delivered(), hour, None),
                4 => record(&TaskDropped { reason: "No".to_owned() }, hour, None),
                5 => record(&TaskReferred { body: "Water board".to_owned() }, hour, None),
                6 => record(&TaskAskedAtMeeting { asked: 9, yes: 5, no: 4 }, hour, None),
                7 => record(&TaskPromised { what: "A truck".to_owned(), due_day: 7 }, hour, None),
                _ => record(&TaskMet { by: Id::NONE }, hour, None),
            });
        }
        log
    })
}

proptest! {
    #[test]
    fn the_order_in_which_records_arrive_changes_nothing(log in any_log(), turn in 0..9usize) {
        let folded = Task::fold(task(), &log);
        let mut other = log.clone();
        other.rotate_left(turn % log.len());
        other.reverse();
        prop_assert_eq!(Task::fold(task(), &other), folded);
    }

    #[test]
    fn a_row_reads_back_as_it_was_written(log in any_log()) {
        let folded = Task::fold(task(), &log);
        let view = crate::actions::views().pop().expect("a view");
        let row = store::Row((view.fold)(task(), &log).row);
        prop_assert_eq!(row.0.len(), view.table.columns.len());
        prop_assert_eq!(Task::from_row(&row), folded);
    }
}
