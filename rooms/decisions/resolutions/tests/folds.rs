//! The folds: what a row says for the records there are, whichever have arrived.

use proptest::prelude::*;

use super::super::records::{DecisionKept, DecisionResolved, DecisionSecretAsked, Present, Tally};
use super::super::views::Decision;
use super::*;

fn whole() -> Vec<Record> {
    let mut told = Told::begun(motion());
    told.counted(&votes((26, 15), (0, 0), (0, 0)));
    let quorum = quorum(26, 15);
    let (bodies, mandates) = (bodies(), [delegated(), of_city_hall()]);
    let ground = ground(&mandates, &bodies, Some(&quorum));
    let said = resolving(26, 15);
    let (drafts, _) = rules::resolve(d(), told.of(), &said, &ground, None).expect("resolved");
    told.all(drafts);
    told.all(rules::appeal(d(), told.of(), "Nobody was asked.", &ground, None).expect("appealed"));
    told.of().to_vec()
}

#[test]
fn a_row_reads_back_as_it_was_folded() {
    let decision = Decision::fold(d(), &whole());
    let read: Decision = record::decode(&record::encode(&decision)).expect("it reads");
    assert_eq!(read, decision);
}

#[test]
fn nothing_is_there_before_the_motion_arrives() {
    let early = Decision::fold(d(), whole().get(1..).unwrap_or_default());
    assert_eq!((early.number, early.moved_ms), (0, 0));
    assert_eq!(early.outcome.as_deref(), Some("carried"));
}

#[test]
fn a_second_resolution_changes_nothing() {
    let mut told = Told::default();
    told.records.insert(d(), whole());
    let no = DecisionResolved { outcome: "rejected".into(), ..DecisionResolved::default() };
    told.seq = 50;
    told.says(Draft::new(d(), &no));
    assert!(told.row().carried());
}

#[test]
fn a_resolved_decision_is_counted_by_who_had_the_say() {
    let decision = Decision::fold(d(), &whole());
    let keys = decision.power_keys();
    let has = |key: &str| keys.iter().any(|known| known == key);
    assert!(has("power/resolved") && has(&format!("power/body/{}", decision.body)), "{keys:?}");
    assert!(has("power/votes") && has("power/women"), "26 of 41 are enough: {keys:?}");
    assert_eq!(has("power/needs"), decision.proposal.is_none() && !decision.needs.is_empty());
    let few = Present { women: 2, men: 10, other: 0 };
    let few = Decision { present: Some(few), ..decision.clone() }.power_keys();
    assert!(!few.contains(&"power/women".to_owned()), "2 of 12 are not: {few:?}");
    let open = Decision { resolved_ms: None, ..decision };
    assert!(open.power_keys().is_empty(), "a motion is no decision yet");
}

#[test]
fn few_votes_by_sms_are_told_apart_by_nothing() {
    let by_sms = |papers| Tally { choice: "yes".into(), papers, ..Tally::default() };
    for (votes, shown) in [(0, true), (1, false), (4, false), (5, true)] {
        assert_eq!(rules::afar_shown(&[by_sms(votes), by_sms(9)]), shown, "{votes}");
    }
}

proptest! {
    #[test]
    fn any_records_in_any_order_fold_and_what_is_missing_is_no_fault(
        order in Just(whole()).prop_shuffle(), some in 0usize..12,
    ) {
        let some: Vec<Record> = order.into_iter().take(some).collect();
        let folded = Decision::fold(d(), &some);
        prop_assert_eq!(folded.waiting_on.is_none(), folded.waiting_for.is_empty());
        prop_assert!(!folded.promise_open() || folded.carried());
        let mut sorted = some.clone();
        sorted.sort_by_key(Record::order);
        let again = Decision::fold(d(), &sorted);
        prop_assert_eq!(again.outcome, folded.outcome);
        prop_assert_eq!(again.number, folded.number);
    }

    #[test]
    fn unknown_kinds_are_passed_over(at in 0usize..10) {
        let mut records = whole();
        let known = Decision::fold(d(), &records);
        let mut stranger = records.first().cloned().expect("some");
        stranger.kind = "decision.sung".into();
        records.insert(at.min(records.len()), stranger);
        prop_assert_eq!(Decision::fold(d(), &records), known);
    }

    #[test]
    fn as_many_asked_for_secrecy_as_the_most_that_were_said(n in 1i64..9, m in 1i64..9) {
        let mut told = Told::default();
        told.says(rules::move_motion(d(), &motion(), TODAY, None).expect("moved"));
        told.says(Draft::new(d(), &DecisionSecretAsked { by_n: n }));
        told.says(Draft::new(d(), &DecisionSecretAsked { by_n: m }));
        told.says(Draft::new(d(), &DecisionKept { task: id("T-1") }));
        prop_assert_eq!(told.row().secret_asked, n.max(m));
        prop_assert!(!told.row().promise_open());
    }
}
