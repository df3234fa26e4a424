//! What is taken in of an evening, in whatever order the phones come, and only once.

use record::{Clock, Draft, Id, Record};
use serde_json::{Value, json};

use super::super::queries::WAITING_MAX;
use super::super::records::{KitKept, KitTakenIn};
use super::super::rules::{FACT_BYTES_MAX, FLOOR_MAX, Said, event_id, waits};
use super::super::views::Waiting;
use super::{Hall, codes, first, hall_on, halls, second};

const YES: [(i64, i64); 3] = [(20, 9), (4, 5), (2, 1)];

/// All that both phones say of one motion: the minute phone's, then the other's.
fn evening(hall: &Hall, of: &str, people: (i64, i64), votes: [(i64, i64); 3]) -> [Vec<Value>; 2] {
    let minute = vec![
        hall.opened(),
        hall.counted(1, "roll", people),
        hall.asked(of),
        hall.counted(1, of, people),
        hall.hands(1, of, 1, votes),
        hall.resolved(of, "Most said yes."),
        hall.fact(json!({ "k": "women", "held": true, "words": "Water near the school." })),
        hall.fact(json!({ "k": "spoken", "women": 40, "men": 35, "other": 0 })),
        hall.fact(json!({ "k": "witnessed", "witnesses": 2 })),
        hall.fact(json!({ "k": "closed" })),
    ];
    let other = vec![
        hall.counted(2, "roll", people),
        hall.counted(2, of, people),
        hall.hands(2, of, 1, votes),
    ];
    [minute, other]
}

#[tokio::test]
async fn an_evening_is_there_once_whichever_phone_sends_first_and_however_often() {
    for second_first in [false, true] {
        for hall in halls().await {
            let id = hall.motion(&[]).await;
            let [minute, other] = evening(&hall, &id.to_string(), (26, 15), YES);
            let mut sendings = vec![(first(), minute), (second(), other)];
            if second_first {
                sendings.reverse();
            }
            for (by, facts) in &sendings {
                let receipt = hall.sends(by, facts).await;
                assert_eq!(receipt.got.len(), facts.len(), "{:?}", codes(&receipt.no));
            }
            let (records, decided) = (hall.records(hall.assembly).await, hall.records(id).await);
            let decision = hall.decision(id).await;
            assert_eq!(decision.outcome.as_deref(), Some("carried"));
            assert_eq!(decision.force.as_deref(), Some("advisory"), "it has no mandate");
            assert_eq!(decision.dissent.as_deref(), Some("The road first."));
            assert_eq!(decision.counts.len(), 2);
            let now = hall.now().await;
            assert_eq!((now.status(), now.witnesses), ("closed", 2));
            assert_eq!(now.room().map(|room| (room.women, room.men)), Some((26, 15)));
            assert_eq!(now.spoken, Some((40, 35, 0)));
            // The answer was lost: both send everything again, in another order.
            for (by, facts) in &sendings {
                let mut facts = facts.clone();
                facts.reverse();
                let receipt = hall.sends(by, &facts).await;
                assert_eq!(receipt.got.len(), facts.len());
                assert!(receipt.no.is_empty() && receipt.waits.is_empty());
            }
            assert_eq!(hall.records(hall.assembly).await, records, "nothing is there twice");
            assert_eq!(hall.records(id).await, decided);
        }
    }
}

#[tokio::test]
async fn facts_of_one_sending_are_taken_in_by_the_order_of_their_phone() {
    for hall in halls().await {
        let id = hall.motion(&[]).await;
        let [mut minute, mut other] = evening(&hall, &id.to_string(), (26, 15), YES);
        minute.reverse();
        other.reverse();
        assert!(hall.sends(&first(), &minute).await.no.is_empty());
        assert!(hall.sends(&second(), &other).await.no.is_empty());
        assert_eq!(hall.now().await.status(), "closed");
        assert!(hall.decision(id).await.carried());
    }
}

#[tokio::test]
async fn nothing_is_resolved_before_both_phones_have_said_the_same() {
    for hall in halls().await {
        let id = hall.motion(&[]).await;
        let [minute, other] = evening(&hall, &id.to_string(), (26, 15), YES);
        let receipt = hall.sends(&first(), &minute).await;
        assert_eq!(codes(&receipt.waits), ["decision-counts-missing", "kit-other-phone"]);
        assert_eq!(hall.decision(id).await.outcome, None);
        assert_eq!(hall.now().await.status(), "open");
        hall.sends(&second(), &other).await;
        assert!(hall.decision(id).await.carried());
        assert_eq!(hall.now().await.status(), "closed");
    }
}

#[tokio::test]
async fn nobody_who_is_not_there_promises_anything() {
    let hall = hall_on(None).await;
    let id = hall.motion(&[]).await;
    let [mut minute, other] = evening(&hall, &id.to_string(), (26, 15), YES);
    minute.truncate(6);
    for body in ["nobody".to_owned(), Id::named("test", "nobody").to_string()] {
        let mut facts = minute.clone();
        let mut resolved = hall.resolved(&id.to_string(), "Most said yes.");
        resolved["promise"] = json!({ "body": body, "what": "two trucks", "due_day": 20_800 });
        facts[5] = resolved;
        hall.sends(&second(), &other).await;
        let receipt = hall.sends(&first(), &facts).await;
        assert_eq!(codes(&receipt.no), ["decision-body-gone"], "{body}");
        assert_eq!(hall.decision(id).await.outcome, None);
    }
}

#[tokio::test]
async fn counts_that_differ_are_counted_again_and_the_old_round_changes_nothing() {
    for hall in halls().await {
        let id = hall.motion(&[]).await;
        let of = id.to_string();
        let [mut minute, _] = evening(&hall, &of, (26, 15), YES);
        minute.truncate(6);
        hall.sends(&first(), &minute).await;
        let wrong = [(19, 9), (4, 5), (2, 1)];
        hall.sends(
            &second(),
            &[
                hall.counted(2, "roll", (26, 15)),
                hall.counted(2, &of, (26, 15)),
                hall.hands(2, &of, 1, wrong),
            ],
        )
        .await;
        assert_eq!(hall.decision(id).await.outcome, None, "they differ");
        let again = [
            hall.fact(json!({ "k": "again", "of": of, "round": 2 })),
            hall.hands(1, &of, 2, wrong),
            hall.resolved(&of, "Counted twice."),
        ];
        assert!(hall.sends(&first(), &again).await.no.is_empty());
        assert_eq!(hall.decision(id).await.round, 2);
        // What was counted in the first round comes late, and does no harm.
        let late = hall.hands(2, &of, 1, YES);
        let receipt = hall.sends(&second(), &[late, hall.hands(2, &of, 2, wrong)]).await;
        assert!(receipt.no.is_empty() && receipt.waits.is_empty());
        let decision = hall.decision(id).await;
        assert_eq!((decision.outcome.as_deref(), decision.round), (Some("carried"), 2));
        assert_eq!(decision.reasons, "Counted twice.", "the newer result is the one meant");
    }
}

#[tokio::test]
async fn a_chair_who_gains_stops_the_vote_until_somebody_else_leads() {
    for hall in halls().await {
        let id = hall.motion(&[]).await;
        let of = id.to_string();
        let opened = hall.opened();
        let gains = hall.fact(json!({ "k": "conflict", "of": of, "declared": true, "chair": true,
            "what": "The well is on their land." }));
        let vote = hall.hands(1, &of, 1, YES);
        let receipt = hall.sends(&first(), &[opened, gains, vote.clone()]).await;
        assert_eq!(codes(&receipt.no), ["decision-chair-conflict"], "it stays on the phone");
        assert_eq!(receipt.got.len(), 2, "the rest goes through");
        // The other phone did nothing wrong: what it counted waits.
        let receipt = hall.sends(&second(), &[hall.hands(2, &of, 1, YES)]).await;
        assert_eq!(codes(&receipt.waits), ["decision-chair-conflict"]);
        let other = hall.fact(json!({ "k": "replaced", "of": of, "woman": true }));
        assert!(hall.sends(&first(), &[other, vote]).await.no.is_empty());
        assert_eq!(hall.decision(id).await.counts.len(), 2);
    }
}

#[tokio::test]
async fn one_member_is_never_both_counters() {
    for hall in halls().await {
        let id = hall.motion(&[]).await;
        let [minute, other] = evening(&hall, &id.to_string(), (26, 15), YES);
        hall.sends(&first(), &minute).await;
        let receipt = hall.sends(&first(), &other).await;
        let same = ["assembly-counter-same", "assembly-counter-same", "decision-same-counter"];
        assert_eq!(codes(&receipt.no), same);
        assert_eq!(hall.decision(id).await.outcome, None);
    }
}

#[tokio::test]
async fn two_women_of_twelve_give_an_opinion() {
    for hall in halls().await {
        let id = hall.motion(&[]).await;
        let [minute, other] = evening(&hall, &id.to_string(), (2, 10), [(2, 8), (0, 2), (0, 0)]);
        hall.sends(&second(), &other).await;
        hall.sends(&first(), &minute).await;
        let decision = hall.decision(id).await;
        assert_eq!(decision.force.as_deref(), Some("opinion_not_quorate"));
    }
}

#[tokio::test]
async fn a_motion_from_the_floor_is_put_once_and_the_other_phone_may_count_it_before() {
    for hall in halls().await {
        let of = "floor-1";
        let moved = |title: &str| {
            hall.fact(json!({ "k": "moved", "floor": 1, "title": title, "short": title,
                "subject": "water", "effects": "Everybody has water.", "options": ["A", "B"] }))
        };
        let tally = |choice: &str, women: i64| json!({ "choice": choice, "women": women });
        let votes = |counter: u8| {
            let all = [tally("1", 20), tally("2", 4), tally("no", 1), tally("abstain", 1)];
            hall.fact(json!({ "k": "hands", "of": of, "counter": counter, "round": 1,
                "tallies": all }))
        };
        let count = hall.counted(2, of, (26, 15));
        let receipt = hall.sends(&second(), &[count, votes(2)]).await;
        assert_eq!(codes(&receipt.waits), ["kit-motion-waits", "kit-motion-waits"]);
        let motion = moved("A tank at the school");
        let minute = [
            hall.opened(),
            motion.clone(),
            hall.asked(of),
            hall.counted(1, of, (26, 15)),
            votes(1),
            hall.resolved(of, "Most want the first."),
        ];
        let receipt = hall.sends(&first(), &minute).await;
        assert!(receipt.no.is_empty() && receipt.waits.is_empty(), "{:?}", codes(&receipt.no));
        assert_eq!(hall.sends(&first(), &[motion]).await.got.len(), 1);
        let motions = hall.motions().await;
        let [decision] = motions.as_slice() else { panic!("{} motions", motions.len()) };
        assert_eq!((decision.outcome.as_deref(), decision.option), (Some("carried"), 1));
        let receipt = hall.sends(&second(), &[moved("Another thing")]).await;
        assert_eq!(codes(&receipt.no), ["kit-floor-taken"]);
        let far = |n: u8| {
            hall.fact(json!({ "k": "moved", "floor": n, "title": "A", "short": "A",
                "subject": "water", "effects": "A", "options": [] }))
        };
        let receipt = hall.sends(&first(), &[far(FLOOR_MAX), far(FLOOR_MAX + 1), far(0)]).await;
        assert_eq!(codes(&receipt.no), ["kit-unreadable", "kit-unreadable"]);
    }
}

#[tokio::test]
async fn a_fact_has_its_length_and_what_waits_its_number() {
    let hall = hall_on(None).await;
    let said = |letters: usize| {
        hall.fact(json!({ "k": "women", "held": true, "words": "a".repeat(letters) }))
    };
    let around = said(0).to_string().len();
    let receipt = hall.sends(&first(), &[said(FACT_BYTES_MAX - around + 9)]).await;
    assert_eq!(codes(&receipt.no), ["kit-unreadable"]);
    let receipt = hall.sends(&first(), &[said(FACT_BYTES_MAX - around - 9)]).await;
    assert_eq!(codes(&receipt.waits), ["assembly-not-open"], "it is read");
    let most = usize::try_from(WAITING_MAX).expect("small");
    let many: Vec<Value> = (0..most).map(|_| hall.counted(2, "roll", (3, 3))).collect();
    let receipt = hall.sends(&second(), &many).await;
    assert_eq!(receipt.got.len(), most - 1);
    assert_eq!(codes(&receipt.no), ["kit-many"]);
}

#[tokio::test]
async fn what_is_of_another_evening_or_names_somebody_is_refused_and_the_rest_goes_through() {
    for hall in halls().await {
        let stranger = hall_on(None).await;
        let id = hall.motion(&[]).await;
        let other = super::called(&hall.house, hall.body).await;
        let asked = [hall.asked(&id.to_string())];
        let receipt = super::receive(&hall.house, other, &asked, &first()).await;
        assert_eq!(codes(&receipt.expect("received").no), ["kit-other-assembly"]);
        let unknown = super::receive(&hall.house, stranger.assembly, &[], &first()).await;
        assert!(unknown.is_err(), "an assembly of another node");
        let named = json!({ "k": "women", "held": true, "words": "Call +50937000001" });
        let facts = [
            hall.fact(named),
            hall.fact(json!({ "k": "sung" })),
            json!({ "id": "x", "n": 1, "k": "closed" }),
            hall.opened(),
        ];
        let receipt = hall.sends(&first(), &facts).await;
        assert_eq!(receipt.no.len(), 3, "{:?}", codes(&receipt.no));
        assert_eq!(codes(&receipt.no).iter().filter(|c| **c == "kit-unreadable").count(), 2);
        assert_eq!(receipt.got.len(), 1);
        assert_eq!(hall.now().await.status(), "open");
    }
}

#[test]
fn only_what_the_other_phone_may_still_bring_is_waited_for() {
    let hands = |counter| Said::Hands { of: "x".into(), counter, round: 1, tallies: vec![] };
    for code in ["decision-vote-not-begun", "decision-chair-conflict", "decision-secret"] {
        assert!(waits(&hands(2), code, false) && !waits(&hands(1), code, false), "{code}");
    }
    assert!(!waits(&hands(2), "decision-secret", true), "it is wrong, and nothing will mend it");
    assert!(!waits(&hands(2), "decision-more-hands", false));
    assert!(!waits(&Said::Closed {}, "decision-counts-differ", false));
    assert!(waits(&Said::Closed {}, "assembly-counts-differ", false));
    assert_eq!(FLOOR_MAX, 40);
}

#[test]
fn an_event_is_named_by_thirty_two_digits() {
    assert!(event_id(&"0f".repeat(16)).is_some());
    for wrong in ["", "0f", &"0g".repeat(16), &"0f".repeat(17)] {
        assert_eq!(event_id(wrong), None, "{wrong}");
    }
}

/// Records of an entity in order, as a log would give them.
fn log(id: Id, drafts: Vec<Draft>) -> Vec<Record> {
    let placed = (1u64..).zip(drafts).map(|(seq, draft)| {
        let clock = Clock::at(i64::try_from(seq).expect("small"));
        draft.place(id, seq, [0; 32], clock, [[0; 16]; 3]).record
    });
    placed.collect()
}

#[test]
fn what_waits_folds_in_any_order_and_without_its_half() {
    let id = Id::named("event", "one");
    let kept = KitKept {
        assembly: Id::named("assembly", "A-7"),
        place: 3,
        fact: "{}".to_owned(),
        groups: vec![Id::named("body", "group")],
    };
    let taken = KitTakenIn { late: false };
    let all = log(id, vec![Draft::new(id, &kept), Draft::new(id, &taken)]);
    let whole = Waiting::fold(id, &all);
    let mut turned = all.clone();
    turned.reverse();
    assert_eq!(Waiting::fold(id, &turned), whole);
    assert!(whole.taken_in && whole.place == 3);
    let early = Waiting::fold(id, all.get(1..).unwrap_or_default());
    assert!(early.taken_in && early.fact.is_empty());
    let mut stranger = all.first().cloned().expect("some");
    stranger.kind = "kit.sung".to_owned();
    assert_eq!(Waiting::fold(id, &[stranger]), Waiting { id, ..Waiting::default() });
}
