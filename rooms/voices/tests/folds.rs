//! Tests of the fold and the rules of a voice.

use record::{Clock, Draft, Id, Payload, Record, Refusal, Signer};

use crate::voices::records::{
    VoiceAnswered, VoiceConfirmed, VoiceConsented, VoiceErased, VoiceGrouped, VoiceHeard,
    VoiceQuoted, VoiceRead, VoiceSorted, VoiceTold, VoiceUngrouped, VoiceWithdrawn,
};
use crate::voices::{Voice, delay_class, rules};

const HOUR_MS: i64 = 3_600_000;

fn voice() -> Id {
    Id::named("test", "voice")
}

fn heard() -> VoiceHeard {
    VoiceHeard {
        code: "K7M4QX2R".into(),
        channel: "sms".into(),
        language: "ht".into(),
        confidence: 90,
        said_ms: 0,
        person: Id::named("test", "marlene"),
        kind: None,
        sectors: vec!["wash".into()],
        urgency: 2,
        held: false,
        reachable: true,
        on_behalf: false,
        area_suggested: true,
    }
}

fn record<P: Payload>(payload: &P, hour: i64) -> Record {
    let draft = Draft::new(voice(), payload).area(Some(Id::named("test", "area")));
    let writer = Signer::from_seed(&[1; 32]).writer();
    let seq = u64::try_from(hour).unwrap() + 1;
    draft.place(writer, seq, [0; 32], Clock::at(hour * HOUR_MS), [[0; 16]; 3]).record
}

fn answered(outcome: &str) -> VoiceAnswered {
    VoiceAnswered { outcome: outcome.into(), body: None, due_day: None }
}

fn fold(records: &[Record]) -> Voice {
    Voice::fold(voice(), records)
}

#[test]
fn a_voice_walks_from_received_to_confirmed() {
    let mut log = vec![record(&heard(), 0)];
    let check = |log: &[Record], status: &str, waiting: bool| {
        let voice = fold(log);
        assert_eq!((voice.status.as_str(), voice.waiting), (status, waiting));
    };
    check(&log, "received", true);
    log.push(record(&VoiceRead {}, 1));
    check(&log, "read", true);
    log.push(record(&answered("delivered"), 2));
    check(&log, "delivered", false);
    assert_eq!(fold(&log).asked_ms, Some(2 * HOUR_MS));
    log.push(record(&VoiceConfirmed { yes: false, via: "sms".into() }, 3));
    check(&log, "said_not_done", true);
    log.push(record(&answered("delivered"), 4));
    log.push(record(&VoiceConfirmed { yes: true, via: "sms".into() }, 5));
    check(&log, "confirmed", false);
    assert_eq!(fold(&log).noes, 1);
    assert_eq!(fold(&log).answered_ms, Some(2 * HOUR_MS), "the first answer stops the clock");
}

#[test]
fn sorting_replaces_only_what_it_names() {
    let sorted = VoiceSorted { kind: Some("complaint".into()), ..VoiceSorted::default() };
    let voice = fold(&[record(&heard(), 0), record(&sorted, 1)]);
    assert_eq!(voice.kind.as_deref(), Some("complaint"));
    assert_eq!((voice.sectors, voice.urgency), (vec!["wash".to_owned()], 2));
    assert!(!voice.area_suggested, "a person has looked");
}

#[test]
fn forgetting_leaves_a_row_that_says_nothing_of_the_person() {
    let log = [record(&heard(), 0), record(&VoiceErased {}, 1), record(&VoiceRead {}, 2)];
    let voice = fold(&log);
    assert!(voice.erased && !voice.waiting && !voice.reachable && voice.person.is_none());
}

#[test]
fn records_that_arrive_before_what_began_them_wait_for_it() {
    let early = fold(&[record(&VoiceRead {}, 1)]);
    assert!(early.code.is_empty());
    assert_eq!(
        rules::read(voice(), &[record(&VoiceRead {}, 1)], None).unwrap_err().code,
        "voice-unknown"
    );
}

#[test]
fn the_answer_clock_has_classes() {
    let check = |hours, class| assert_eq!(delay_class(hours * HOUR_MS), class, "{hours}");
    check(0, 0);
    check(1, 0);
    check(2, 1);
    check(72, 5);
    check(73, 6);
    check(10_000, 9);
}

fn refused(outcome: Result<Vec<Draft>, Refusal>) -> &'static str {
    outcome.map(|_| "done").unwrap_or_else(|refusal| refusal.code)
}

#[test]
fn an_answer_needs_words_a_day_for_promises_and_a_name_for_others() {
    let log = [record(&heard(), 0)];
    let try_it = |answered: &VoiceAnswered, words: &str| {
        refused(rules::answer(voice(), &log, answered, (words, vec![]), 100, None))
    };
    let check = |answered: VoiceAnswered, words: &str, expected| {
        assert_eq!(try_it(&answered, words), expected, "{answered:?}");
    };
    check(answered("delivered"), " ", "answer-empty");
    check(answered("delivered"), &"a".repeat(281), "answer-long");
    check(answered("delivered"), "Two trucks stand behind the church.", "done");
    check(answered("in_progress"), "Soon.", "promise-when");
    let promise = |day| VoiceAnswered { due_day: Some(day), ..answered("in_progress") };
    check(promise(99), "By Thursday.", "promise-when");
    check(promise(100), "By tonight.", "done");
    check(answered("referred"), "Not ours.", "refer-to-whom");
    let referred = VoiceAnswered { body: Some("Water board".into()), ..answered("referred") };
    check(referred, "They repair pipes.", "done");
    check(answered("closed"), "Closed.", "list-unknown");
}

#[test]
fn a_held_voice_is_answered_by_nobody_until_a_focal_point_lets_it_go() {
    let held = VoiceHeard { held: true, ..heard() };
    let log = [record(&held, 0)];
    let words = ("We will come.", vec![]);
    let refusal = rules::answer(voice(), &log, &answered("delivered"), words, 0, None);
    assert_eq!(refused(refusal), "voice-held");
    assert_eq!(refused(rules::release(voice(), &log, None)), "done");
    assert_eq!(refused(rules::release(voice(), &[record(&heard(), 0)], None)), "voice-not-held");
}

#[test]
fn only_an_open_question_takes_a_yes_or_no() {
    let log = [record(&heard(), 0)];
    assert_eq!(refused(rules::confirm(voice(), &log, true, "sms", None)), "nothing-asked");
    let asked = [record(&heard(), 0), record(&answered("delivered"), 1)];
    assert_eq!(refused(rules::confirm(voice(), &asked, true, "sms", None)), "done");
}

#[test]
fn a_withdrawn_voice_is_not_written_to_and_an_erased_one_not_touched() {
    let withdrawn = [record(&heard(), 0), record(&VoiceWithdrawn {}, 1)];
    let words = ("Hello.", vec![]);
    let refusal = rules::answer(voice(), &withdrawn, &answered("delivered"), words, 0, None);
    assert_eq!(refused(refusal), "voice-withdrawn");
    let erased = [record(&heard(), 0), record(&VoiceErased {}, 1)];
    assert_eq!(refused(rules::read(voice(), &erased, None)), "voice-erased");
    assert_eq!(rules::erase(voice(), &erased).unwrap().len(), 0, "asking twice is no fault");
}

#[test]
fn a_number_is_looked_at_once_for_a_life_and_with_a_reason() {
    let log = vec![record(&heard(), 0)];
    let see =
        |log: &[Record], why: &str| refused(rules::see_number(voice(), log, why, vec![1], None));
    assert_eq!(see(&log, " "), "reason-empty");
    assert_eq!(see(&log, "trapped, no answer by SMS"), "done");
    let calm = VoiceHeard { urgency: 1, ..heard() };
    assert_eq!(see(&[record(&calm, 0)], "curious"), "number-not-for-this");
    let drafts = rules::see_number(voice(), &log, "trapped", vec![1], None).unwrap();
    let writer = Signer::from_seed(&[1; 32]).writer();
    let seen = drafts[0].clone().place(writer, 9, [0; 32], Clock::at(HOUR_MS), [[0; 16]; 3]).record;
    assert_eq!(see(&[log[0].clone(), seen], "again"), "number-seen-once");
}

#[test]
fn codes_outside_the_lists_are_refused() {
    let log = [record(&heard(), 0)];
    let check = |sorted: VoiceSorted, expected| {
        assert_eq!(refused(rules::sort(voice(), &log, &sorted, None, None)), expected);
    };
    check(VoiceSorted { kind: Some("nonsense".into()), ..VoiceSorted::default() }, "list-unknown");
    check(VoiceSorted { urgency: Some(3), ..VoiceSorted::default() }, "list-unknown");
    check(VoiceSorted { language: Some("tlh".into()), ..VoiceSorted::default() }, "list-unknown");
    let many = rules::SECTORS.iter().take(5).map(|s| (*s).to_owned()).collect();
    check(VoiceSorted { sectors: Some(many), ..VoiceSorted::default() }, "sectors-many");
    check(VoiceSorted { language: Some("sw".into()), ..VoiceSorted::default() }, "done");
}

fn told(about: &str, standing: &str) -> VoiceTold {
    let about = Id::named("test", about);
    VoiceTold { about, standing: standing.into(), body: None, due_day: None }
}

#[test]
fn a_voice_of_a_need_goes_its_way_and_waits_no_longer_at_the_desk() {
    let need = Id::named("test", "need");
    let mut log = vec![record(&heard(), 0), record(&VoiceGrouped { need }, 1)];
    let check = |log: &[Record], status: &str, asked: bool| {
        let voice = fold(log);
        assert_eq!((voice.status.as_str(), voice.asked_ms.is_some()), (status, asked));
        assert!(!voice.waiting, "{status}: it waits with its need");
    };
    check(&log, "clustered", false);
    assert_eq!(fold(&log).read_ms, Some(HOUR_MS), "who grouped it has read it");
    log.push(record(&told("assembly", "in_assembly"), 2));
    check(&log, "in_assembly", false);
    assert_eq!(fold(&log).answered_ms, None, "an invitation is no answer");
    log.push(record(&told("decision", "in_progress"), 3));
    check(&log, "in_progress", false);
    assert_eq!(fold(&log).answered_ms, Some(3 * HOUR_MS));
    log.push(record(&told("task", "delivered"), 4));
    check(&log, "delivered", true);
    log.push(record(&VoiceConfirmed { yes: false, via: "sms".into() }, 5));
    check(&log, "said_not_done", false);
    log.push(record(&told("second task", "delivered"), 6));
    check(&log, "delivered", true);
    log.push(record(&VoiceConfirmed { yes: true, via: "sms".into() }, 7));
    log.push(record(&told("third task", "delivered"), 8));
    check(&log, "confirmed", false);
}

#[test]
fn what_is_no_longer_grouped_waits_at_the_desk_again() {
    let need = Id::named("test", "need");
    let log =
        [record(&heard(), 0), record(&VoiceGrouped { need }, 1), record(&VoiceUngrouped {}, 2)];
    let voice = fold(&log);
    assert_eq!((voice.status.as_str(), voice.waiting, voice.need), ("read", true, None));
    let erased =
        [record(&heard(), 0), record(&VoiceGrouped { need }, 1), record(&VoiceErased {}, 2)];
    assert_eq!(fold(&erased).need, Some(need), "a forgotten voice stays counted");
}

#[test]
fn words_are_shown_only_while_the_person_allows_it() {
    let said = |given| VoiceConsented { what: "words".into(), given, via: "told".into() };
    let quoted = VoiceQuoted { shown: true };
    let mut log = vec![record(&heard(), 0), record(&quoted, 1)];
    assert!(!fold(&log).quoted, "nobody has allowed it");
    log.push(record(&said(true), 2));
    assert!(fold(&log).quoted);
    let shown = log.clone();
    let ends: [Record; 3] =
        [record(&said(false), 3), record(&VoiceWithdrawn {}, 3), record(&VoiceErased {}, 3)];
    for end in ends {
        let mut log = shown.clone();
        log.push(end);
        assert!(!fold(&log).quoted);
    }
}

#[test]
fn a_person_is_told_of_each_thing_once_and_of_nothing_once_they_have_gone() {
    let log = [record(&heard(), 0), record(&told("decision", "in_progress"), 1)];
    let again = |log: &[Record], about: &str, standing: &str| {
        rules::tell(voice(), log, &told(about, standing)).unwrap().len()
    };
    assert_eq!(again(&log, "decision", "in_progress"), 0);
    assert_eq!(again(&log, "decision", "declined_with_reason"), 1);
    assert_eq!(again(&log, "task", "in_progress"), 1);
    for gone in [record(&VoiceErased {}, 2), record(&VoiceWithdrawn {}, 2)] {
        let mut log = log.to_vec();
        log.push(gone);
        assert_eq!(again(&log, "task", "delivered"), 0);
    }
}

#[test]
fn neither_a_held_voice_nor_one_taken_back_is_grouped_or_shown() {
    let need = Id::named("test", "need");
    let held = [record(&VoiceHeard { held: true, ..heard() }, 0)];
    let code = |answer: Result<Vec<Draft>, Refusal>| answer.unwrap_err().code;
    assert_eq!(code(rules::group(voice(), &held, need, None)), "voice-held");
    assert_eq!(code(rules::quote(voice(), &held, Some(vec![1]), None)), "voice-held");
    let back = [record(&heard(), 0), record(&VoiceWithdrawn {}, 1)];
    assert_eq!(code(rules::group(voice(), &back, need, None)), "voice-withdrawn");
    assert_eq!(code(rules::consent(voice(), &back, true, "told", None)), "voice-withdrawn");
    let plain = [record(&heard(), 0)];
    assert_eq!(code(rules::quote(voice(), &plain, Some(vec![1]), None)), "voice-not-consented");
    let grouped = [record(&heard(), 0), record(&VoiceGrouped { need }, 1)];
    assert!(rules::group(voice(), &grouped, need, None).unwrap().is_empty());
    assert!(rules::ungroup(voice(), &plain, None).unwrap().is_empty());
}
