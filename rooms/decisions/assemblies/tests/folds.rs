//! The folds: any order, missing halves and kinds of newer programs give a row and never a panic.

use proptest::prelude::*;
use record::{Clock, Draft, Id, Payload, Record};

use super::{NOW_MS, id};
use crate::decisions::assemblies::records::{
    AssemblyCalled, AssemblyClosed, AssemblyCounted, AssemblyInvited, AssemblyOpened, BodyRulesSet,
    ProposalCounted, ProposalMade, ProposalShown, ProposalSupported,
};
use crate::decisions::assemblies::views::{Assembly, Proposal, RulesRow, views};

fn record<P: Payload>(payload: &P, hour: i64, by: &str) -> Record {
    let draft = Draft::new(id("one"), payload).area(Some(id("area"))).by(Some(id(by)));
    let seq = u64::try_from(hour).unwrap() + 1;
    let clock = Clock::at(NOW_MS + hour * 3_600_000);
    draft.place(id("writer"), seq, [0; 32], clock, [[0; 16]; 3]).record
}

fn counted(counter: u8, women: i64) -> AssemblyCounted {
    AssemblyCounted {
        moment: "arrival".to_owned(),
        of: None,
        counter,
        women,
        men: 15,
        other: 0,
        ages: Some(vec![1, 2]),
        sheet: false,
    }
}

fn evening() -> Vec<Record> {
    let called = AssemblyCalled {
        number: 7,
        body: id("Bèlè"),
        title: "Water".to_owned(),
        place: "the hall".to_owned(),
        starts_ms: NOW_MS,
        from_afar: String::new(),
        childcare: true,
        women_first: false,
        short_form: false,
        hour_reason: None,
    };
    let opened = AssemblyOpened { chair_woman: true, co_chair_woman: None, exception: None };
    vec![
        record(&called, 0, "Nadège"),
        record(&AssemblyInvited {}, 1, "Nadège"),
        record(&opened, 2, "Nadège"),
        record(&counted(1, 26), 3, "Josué"),
        record(&counted(2, 26), 4, "Mirlande"),
        record(&counted(9, 99), 5, "a newer program"),
        record(&AssemblyClosed {}, 6, "Nadège"),
    ]
}

fn support() -> Vec<Record> {
    let made = ProposalMade { number: 12, from_voice: None, via: "page".to_owned() };
    let words = ProposalShown { title: "Light".to_owned(), words: "At the pump".to_owned() };
    let list = |n| ProposalCounted { list: id("list"), via: "paper".to_owned(), n };
    vec![
        record(&made, 0, "nobody"),
        record(&words, 1, "Nadège"),
        record(&ProposalSupported { via: "sms".to_owned() }, 2, "nobody"),
        record(&list(31), 3, "Nadège"),
        record(&list(31), 4, "Wilner"),
    ]
}

#[test]
fn an_evening_folds_to_what_both_counters_found() {
    let assembly = Assembly::fold(id("one"), &evening());
    assert_eq!((assembly.status(), assembly.area), ("closed", Some(id("area"))));
    let room = assembly.room().expect("both agree");
    assert_eq!((room.women, room.present(), room.ages), (26, 41, None));
    assert_eq!(Proposal::fold(id("one"), &support()).supporters(), 32);
}

#[test]
fn before_its_beginning_is_known_a_thing_has_no_status_and_counts_nothing() {
    let later: Vec<Record> = evening().into_iter().skip(1).collect();
    assert_eq!(Assembly::fold(id("one"), &later).status(), "");
    let later: Vec<Record> = support().into_iter().skip(1).collect();
    assert_eq!(Proposal::fold(id("one"), &later).status(), "");
    for view in views() {
        for records in [&[][..], &later] {
            let folded = (view.fold)(id("one"), records);
            assert_eq!(folded.row.len(), view.table.columns.len(), "{}", view.noun);
            assert!(folded.counts.is_empty(), "{}", view.noun);
        }
    }
}

#[test]
fn the_rules_set_last_hold() {
    let set = |share| BodyRulesSet {
        body: id("Bèlè"),
        women_share_min_percent: share,
        attendance_min: 20,
        support_min: 10,
        agenda_voices_min: 5,
        by_decision: None,
    };
    let row = RulesRow::fold(id("one"), &[record(&set(40), 0, "a"), record(&set(50), 1, "a")]);
    assert_eq!((row.rules.women_share_min_percent, row.body), (50, id("Bèlè")));
    assert_eq!(RulesRow::fold(id("one"), &[]).rules.women_share_min_percent, 40);
}

proptest! {
    #[test]
    fn any_order_and_any_part_folds(
        order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        most in 0..12_usize,
    ) {
        let all: Vec<Record> = evening().into_iter().chain(support()).collect();
        let some: Vec<Record> = order.iter().take(most).map(|at| all[*at].clone()).collect();
        for view in views() {
            let folded = (view.fold)(Id::NONE, &some);
            prop_assert_eq!(folded.row.len(), view.table.columns.len());
        }
        // What has arrived in whatever order comes to the same once it is all there and sorted.
        let mut sorted: Vec<Record> = order.iter().map(|at| all[*at].clone()).collect();
        sorted.sort_by_key(|record| (record.kind.clone(), record.order()));
        let mut whole = all.clone();
        whole.sort_by_key(|record| (record.kind.clone(), record.order()));
        prop_assert_eq!(Assembly::fold(id("one"), &sorted), Assembly::fold(id("one"), &whole));
    }
}
