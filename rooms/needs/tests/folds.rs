//! The fold and the rules of a need: any order, every refusal.

use proptest::prelude::*;
use record::{Clock, Draft, Id, Payload, Record, Refusal, Signer};

use crate::needs::records::{
    NeedClosed, NeedConfirmed, NeedDecided, NeedDelivered, NeedHidden, NeedInProgress,
    NeedPublished, NeedReferred, NeedReopened, NeedReworded, NeedStated, NeedTakenUp,
    NeedWithdrawn, PEOPLE_UNKNOWN,
};
use crate::needs::rules::{self, drafts};
use crate::needs::{Need, STATUSES, Said};

const HOUR_MS: i64 = 3_600_000;
const TODAY: i64 = 20_776;

fn id() -> Id {
    Id::named("test", "need")
}

fn area() -> Id {
    Id::named("test", "area")
}

fn record_in<P: Payload>(payload: &P, hour: i64, area: Option<Id>) -> Record {
    let draft = Draft::new(id(), payload).area(area);
    let writer = Signer::from_seed(&[1; 32]).writer();
    let seq = u64::try_from(hour).unwrap() + 1;
    draft.place(writer, seq, [0; 32], Clock::at(hour * HOUR_MS), [[0; 16]; 3]).record
}

fn record<P: Payload>(payload: &P, hour: i64) -> Record {
    record_in(payload, hour, None)
}

fn stated() -> NeedStated {
    NeedStated {
        number: 88,
        title: "Drinking water in Block 4".into(),
        sector: "wash".into(),
        severity: 3,
        people_min: Some(200),
        people_max: Some(300),
        since_day: Some(20_000),
        source: Some("visit".into()),
    }
}

fn begun() -> Record {
    record_in(&stated(), 0, Some(area()))
}

fn fold(records: &[Record]) -> Need {
    Need::fold(id(), records)
}

fn refused(outcome: Result<Vec<Draft>, Refusal>) -> String {
    match outcome {
        Ok(drafts) => drafts.first().map_or("nothing", |draft| draft.kind).to_owned(),
        Err(refusal) => refusal.code.to_owned(),
    }
}

fn said() -> Said {
    Said {
        title: "  Drinking   water in Block 4 ".into(),
        area: Some(area()),
        sector: "wash".into(),
        severity: 3,
        people_min: Some(200),
        people_max: None,
        since_day: Some(TODAY),
    }
}

#[test]
fn a_need_walks_from_stated_to_closed_and_back() {
    let mut log = vec![begun()];
    let check = |log: &[Record], status: &str| assert_eq!(fold(log).status, status);
    check(&log, "stated");
    log.push(record(&NeedConfirmed { by: Some(Id([7; 16])), how: "committee".into() }, 1));
    check(&log, "confirmed");
    log.push(record(&NeedTakenUp { assembly: Id([8; 16]) }, 2));
    check(&log, "in_assembly");
    log.push(record(&NeedDecided { decision: Id([9; 16]), yes: true }, 3));
    check(&log, "decided_yes");
    let work = NeedInProgress { about: Id([1; 16]), body: Some("DINEPA".into()), due_day: Some(9) };
    log.push(record(&work, 4));
    check(&log, "in_progress");
    assert_eq!(fold(&log).body.as_deref(), Some("DINEPA"));
    log.push(record(&NeedDelivered { task: Id([2; 16]) }, 5));
    check(&log, "delivered");
    log.push(record(&NeedReopened { why: "said_not_done".into() }, 6));
    check(&log, "reopened");
    let need = fold(&log);
    assert_eq!((need.deliveries, need.reopenings, need.for_agenda()), (1, 1, true));
    log.push(record(&NeedDelivered { task: Id([2; 16]) }, 7));
    log.push(record(&NeedClosed { asked: 9, yes: 9, no: 0 }, 8));
    check(&log, "closed");
    assert!(!fold(&log).stands());
    log.push(record(&NeedReferred { body: "EDH".into() }, 9));
    check(&log, "referred");
    log.push(record(&NeedWithdrawn { reason: "stated twice".into() }, 10));
    check(&log, "withdrawn");
    assert_eq!(fold(&log).reason.as_deref(), Some("stated twice"));
}

#[test]
fn rewording_replaces_only_what_it_names() {
    let reworded = NeedReworded { people_max: Some(PEOPLE_UNKNOWN), ..NeedReworded::default() };
    let need = fold(&[begun(), record(&reworded, 5)]);
    assert_eq!((need.people_min, need.people_max), (Some(200), None));
    assert_eq!((need.area, need.people_ms), (Some(area()), Some(5 * HOUR_MS)));
    let moved = record_in(&NeedReworded::default(), 6, Some(Id::NONE));
    assert_eq!(fold(&[begun(), moved]).area, None);
}

#[test]
fn what_arrives_before_its_beginning_waits_for_it() {
    let need = fold(&[record(&NeedPublished {}, 1)]);
    assert!(!need.is_stated() && !need.stands() && !need.for_agenda());
    assert_eq!(
        refused(rules::publish(id(), &[record(&NeedPublished {}, 1)], None)),
        "need-unknown"
    );
}

fn anything() -> Vec<Record> {
    vec![
        begun(),
        record(&NeedReworded { title: Some("Water".into()), ..NeedReworded::default() }, 1),
        record(&NeedPublished {}, 2),
        record(&NeedConfirmed { by: None, how: "residents".into() }, 3),
        record(&NeedTakenUp { assembly: Id([8; 16]) }, 4),
        record(&NeedDecided { decision: Id([9; 16]), yes: false }, 5),
        record(&NeedReopened { why: "appeal".into() }, 6),
        record(&NeedInProgress { about: Id([1; 16]), body: None, due_day: None }, 7),
        record(&NeedDelivered { task: Id([2; 16]) }, 8),
        record(&NeedClosed { asked: 1, yes: 1, no: 0 }, 9),
        record(&NeedHidden {}, 10),
        Record { kind: "need.sung".into(), ..record(&NeedHidden {}, 11) },
        Record { plain: vec![0xff], ..record(&NeedReferred { body: "x".into() }, 12) },
        record(&NeedWithdrawn { reason: "over".into() }, 13),
    ]
}

proptest! {
    #[test]
    fn the_same_records_give_the_same_need_in_any_order(
        order in Just((0..14usize).collect::<Vec<_>>()).prop_shuffle(),
        kept in 0..15usize,
    ) {
        let all = anything();
        let some: Vec<usize> = order.into_iter().take(kept).collect();
        let mut sorted = some.clone();
        sorted.sort_unstable();
        let pick = |places: &[usize]| -> Vec<Record> {
            places.iter().map(|at| all[*at].clone()).collect()
        };
        let need = fold(&pick(&some));
        prop_assert_eq!(&need, &fold(&pick(&sorted)));
        prop_assert!(STATUSES.contains(&need.status.as_str()));
    }
}

#[test]
fn what_is_said_of_a_need_must_hold_together() {
    let check = |said: Said, expected: &str| {
        let told = rules::state(id(), 1, &said, "visit", TODAY, None);
        assert_eq!(
            told.map_or_else(|refusal| refusal.code, |draft| draft.kind),
            expected,
            "{said:?}"
        );
    };
    check(said(), "need.stated");
    check(Said { people_min: None, since_day: None, area: None, ..said() }, "need.stated");
    check(Said { title: " ".into(), ..said() }, "need-words-missing");
    check(Said { title: "w".repeat(91), ..said() }, "need-line-long");
    check(Said { title: "Water for 3 women".into(), ..said() }, "need-public-few");
    check(Said { sector: "magic".into(), ..said() }, "need-list-unknown");
    check(Said { severity: 5, ..said() }, "need-list-unknown");
    check(Said { people_max: Some(100), ..said() }, "need-people-wrong");
    check(Said { people_max: Some(rules::PEOPLE_MAX + 1), ..said() }, "need-people-wrong");
    check(Said { people_min: Some(4), ..said() }, "need-people-few");
    check(Said { since_day: Some(TODAY + 1), ..said() }, "need-since-ahead");
    let source = rules::state(id(), 1, &said(), "rumour", TODAY, None);
    assert_eq!(source.unwrap_err().code, "need-list-unknown");
    let stated = rules::state(id(), 1, &said(), "visit", TODAY, None).unwrap();
    let stated: NeedStated = record::decode(&stated.plain).unwrap();
    assert_eq!(stated.title, "Drinking water in Block 4", "blanks are set right");
}

#[test]
fn the_desk_says_a_need_otherwise_shows_it_and_takes_it_back() {
    let log = [begun()];
    let with = |said: Said| refused(rules::reword(id(), &log, &said, TODAY, None));
    assert_eq!(with(Said { people_max: None, ..said() }), "need.reworded");
    let same = Said { people_max: Some(300), since_day: Some(20_000), ..said() };
    assert_eq!(with(same), "nothing");
    assert_eq!(with(Said { title: "call 0712345678".into(), ..said() }), "need-public-number");
    let publish = |log: &[Record]| refused(rules::publish(id(), log, None));
    assert_eq!(publish(&log), "need.published");
    assert_eq!(publish(&[begun(), record(&NeedPublished {}, 1)]), "nothing");
    let named = NeedStated { title: "Water for Mrs Charles".into(), ..stated() };
    assert_eq!(publish(&[record(&named, 0)]), "need-public-name");
    assert_eq!(refused(rules::hide(id(), &log, None)), "nothing");
    assert_eq!(refused(rules::hide(id(), &[], None)), "need-unknown");
    assert_eq!(
        refused(rules::hide(id(), &[begun(), record(&NeedPublished {}, 1)], None)),
        "need.hidden"
    );
    let withdraw = |reason: &str| refused(rules::withdraw(id(), &log, reason, None));
    assert_eq!(withdraw("Stated twice"), "need.withdrawn");
    assert_eq!(withdraw(""), "need-words-missing");
    assert_eq!(withdraw("Pastor Joseph said so"), "need-public-name");
    let gone = [begun(), record(&NeedWithdrawn { reason: "twice".into() }, 1)];
    assert_eq!(refused(rules::withdraw(id(), &gone, "again", None)), "need-withdrawn");
    let over = [begun(), record(&NeedClosed { asked: 1, yes: 1, no: 0 }, 1)];
    assert_eq!(refused(rules::withdraw(id(), &over, "again", None)), "need-closed");
}

#[test]
fn a_community_confirms_by_a_body_or_by_those_who_live_there() {
    let log = [begun()];
    let body = Some(Id([7; 16]));
    let confirm = |body, how: &str| refused(rules::confirm(id(), &log, body, how, None));
    assert_eq!(confirm(body, "committee"), "need.confirmed");
    assert_eq!(confirm(None, "residents"), "need.confirmed");
    assert_eq!(confirm(None, "assembly"), "need-confirmed-by-whom");
    assert_eq!(confirm(body, "mayor"), "need-list-unknown");
    let again = [begun(), record(&NeedConfirmed { by: body, how: "committee".into() }, 1)];
    assert_eq!(refused(rules::confirm(id(), &again, body, "committee", None)), "nothing");
}

#[test]
fn what_other_rooms_say_is_said_once_and_never_of_a_need_that_is_gone() {
    let gone = [begun(), record(&NeedWithdrawn { reason: "twice".into() }, 1)];
    let over = [begun(), record(&NeedClosed { asked: 1, yes: 1, no: 0 }, 1)];
    let other = Id([9; 16]);
    type Rule = Box<dyn Fn(&[Record]) -> Result<Vec<Draft>, Refusal>>;
    let rules: [(&str, Rule); 5] = [
        ("need.taken_up", Box::new(move |log| drafts::taken_up(id(), log, other, None))),
        ("need.decided", Box::new(move |log| drafts::decided(id(), log, other, true, None))),
        (
            "need.in_progress",
            Box::new(move |log| {
                drafts::in_progress(id(), log, other, Some("DINEPA".into()), Some(1), None)
            }),
        ),
        ("need.referred", Box::new(move |log| drafts::referred(id(), log, " EDH ", None))),
        ("need.delivered", Box::new(move |log| drafts::delivered(id(), log, other, None))),
    ];
    for (kind, rule) in rules {
        let once = rule(&[begun()]).unwrap();
        assert_eq!(once[0].kind, kind);
        assert_eq!(once[0].area, Some(area()));
        let writer = Signer::from_seed(&[1; 32]).writer();
        let kept = once[0].clone().place(writer, 9, [0; 32], Clock::at(9), [[0; 16]; 3]).record;
        assert_eq!(refused(rule(&[begun(), kept])), "nothing", "{kind} twice");
        assert_eq!(refused(rule(&[])), "need-unknown");
        assert_eq!(refused(rule(&gone)), "need-withdrawn");
        assert_eq!(refused(rule(&over)), "need-closed");
    }
    assert_eq!(refused(drafts::referred(id(), &[begun()], " ", None)), "need-refer-to-whom");
    let long = "x".repeat(161);
    assert_eq!(refused(drafts::referred(id(), &[begun()], &long, None)), "need-line-long");
}

#[test]
fn a_need_opens_again_when_it_was_over_and_closes_when_it_was_delivered() {
    let delivered = [begun(), record(&NeedDelivered { task: Id([2; 16]) }, 1)];
    let closed = [begun(), record(&NeedClosed { asked: 1, yes: 1, no: 0 }, 1)];
    let gone = [begun(), record(&NeedWithdrawn { reason: "twice".into() }, 1)];
    let reopen = |log: &[Record], why| refused(drafts::reopened(id(), log, why, None));
    assert_eq!(reopen(&delivered, "said_not_done"), "need.reopened");
    assert_eq!(reopen(&closed, "said_again"), "need.reopened");
    assert_eq!(reopen(&[begun()], "appeal"), "nothing");
    assert_eq!(reopen(&delivered, "boredom"), "need-list-unknown");
    assert_eq!(reopen(&gone, "appeal"), "need-withdrawn");
    let close = |log: &[Record]| refused(drafts::closed(id(), log, (9, 8, 0), None));
    assert_eq!(close(&delivered), "need.closed");
    assert_eq!(close(&closed), "nothing");
    assert_eq!(close(&[begun()]), "need-not-delivered");
    assert_eq!(close(&gone), "need-withdrawn");
}
