//! Tests of a voice's way: how each step stands, whatever the voice went through.

use record::{DAY_MS, Id};

use crate::thread::rules::way::{Moments, Standing, Trace, Why, way};
use crate::voices::Voice;

use Standing::{Broken, Done, NotYet, Waiting};

const HEARD_MS: i64 = 20_000 * DAY_MS + DAY_MS / 2;

fn heard(status: &str) -> Voice {
    let id = Id([7; 16]);
    Voice { id, status: status.to_owned(), heard_ms: HEARD_MS, ..Voice::default() }
}

fn read() -> Voice {
    Voice { read_ms: Some(HEARD_MS + DAY_MS), ..heard("read") }
}

fn answered(outcome: &str) -> Voice {
    Voice {
        answered_ms: Some(HEARD_MS + DAY_MS),
        outcome: Some(outcome.to_owned()),
        status: outcome.to_owned(),
        ..read()
    }
}

fn at(days: i64) -> Moments {
    Moments { now_ms: HEARD_MS + days * DAY_MS, ..Moments::default() }
}

type Seen = (Standing, Option<i64>, Option<i64>, Option<Why>);

/// State, day, last day (both in days after it was heard) and reason of each step.
fn seen(trace: &Trace) -> Vec<Seen> {
    let days = |day: Option<i64>| day.map(|day| day - 20_000);
    trace.knots.iter().map(|k| (k.state, days(k.day), days(k.due_day), k.why)).collect()
}

fn check(voice: &Voice, at: &Moments, expected: &[Seen]) {
    assert_eq!(seen(&way(voice, at)), expected, "{} of {voice:?}", voice.status);
}

const HEARD: Seen = (Done, Some(0), None, None);
const READ: Seen = (Done, Some(1), None, None);
const LATER: Seen = (NotYet, None, None, None);

#[test]
fn a_voice_waits_for_its_reader_and_then_for_its_answer() {
    let unread = |state, why| [HEARD, (state, None, Some(1), why), LATER, LATER, LATER];
    check(&heard("received"), &at(0), &unread(Waiting, None));
    check(&heard("received"), &at(1), &unread(Waiting, None));
    check(&heard("received"), &at(2), &unread(Broken, Some(Why::Late)));
    let unanswered = |state, why| [HEARD, READ, (state, None, Some(3), why), LATER, LATER];
    check(&read(), &at(3), &unanswered(Waiting, None));
    check(&read(), &at(4), &unanswered(Broken, Some(Why::Late)));
    let asked_back = Voice { status: "read".to_owned(), ..answered("asked_back") };
    let back = (Waiting, Some(1), None, Some(Why::AskedBack));
    check(&asked_back, &at(9), &[HEARD, READ, back, LATER, LATER]);
}

#[test]
fn an_urgent_voice_has_hours() {
    let voice = Voice { urgency: 2, ..heard("received") };
    let urgent = |state, why| [HEARD, (state, None, Some(0), Some(why)), LATER, LATER, LATER];
    check(&voice, &at(0), &urgent(Waiting, Why::Urgent));
    let after = |hours: i64| Moments { now_ms: HEARD_MS + hours * DAY_MS / 24, ..at(0) };
    check(&voice, &after(4), &urgent(Waiting, Why::Urgent));
    check(&voice, &after(5), &urgent(Broken, Why::Late));
}

#[test]
fn a_promise_has_its_day_and_only_the_person_ends_it() {
    let promised = Voice { due_day: Some(20_006), ..answered("in_progress") };
    let action = |state, why| [HEARD, READ, READ, (state, None, Some(6), why), LATER];
    check(&promised, &at(6), &action(Waiting, None));
    check(&promised, &at(7), &action(Broken, Some(Why::Late)));
    let asked_ms = Some(HEARD_MS + 5 * DAY_MS);
    let delivered = Voice { asked_ms, ..answered("delivered") };
    let said = Moments { answered_ms: asked_ms, ..at(6) };
    let done = (Done, Some(5), None, None);
    let open = |why| [HEARD, READ, READ, done, (Waiting, None, None, why)];
    check(&delivered, &said, &open(None));
    let silent = Moments { answered_ms: asked_ms, ..at(13) };
    check(&delivered, &silent, &open(Some(Why::NotConfirmed)));
    let said = Moments { confirmed_ms: Some(HEARD_MS + 6 * DAY_MS), ..said };
    let confirmed = Voice { status: "confirmed".to_owned(), ..answered("delivered") };
    check(&confirmed, &said, &[HEARD, READ, READ, done, (Done, Some(6), None, None)]);
    let denied = Voice { status: "said_not_done".to_owned(), ..answered("delivered") };
    let broken = (Broken, Some(6), Some(9), Some(Why::SaidNotDone));
    check(&denied, &said, &[HEARD, READ, READ, broken, LATER]);
}

#[test]
fn a_no_ends_the_way_and_a_referral_names_the_body() {
    let no = (Broken, Some(1), None, Some(Why::Declined));
    check(&answered("declined_with_reason"), &at(9), &[HEARD, READ, no]);
    let body = Some("Water board".to_owned());
    let referred = Voice { body: body.clone(), ..answered("referred") };
    let trace = way(&referred, &at(9));
    let given = (Done, Some(1), None, Some(Why::Referred));
    assert_eq!(seen(&trace), [HEARD, READ, given, (Waiting, None, None, None), LATER]);
    assert_eq!(trace.knots.iter().filter(|knot| knot.body == body).count(), 2);
}

#[test]
fn what_was_taken_back_waits_for_nobody() {
    let forgotten = |voice: Voice| Voice { erased: true, last_ms: HEARD_MS + 4 * DAY_MS, ..voice };
    check(&forgotten(heard("received")), &at(30), &[HEARD]);
    check(&forgotten(read()), &at(30), &[HEARD, READ]);
    let trace = way(&forgotten(answered("in_progress")), &at(30));
    assert_eq!((seen(&trace), trace.forgotten_day), (vec![HEARD, READ, READ], Some(20_004)));
    assert_eq!(trace.status, "erased");
    let withdrawn = |voice: Voice| Voice { status: "withdrawn".to_owned(), ..voice };
    check(&withdrawn(heard("received")), &at(30), &[HEARD]);
    let no = (Broken, Some(1), None, Some(Why::Declined));
    check(&withdrawn(answered("declined_with_reason")), &at(30), &[HEARD, READ, no]);
}

#[test]
fn a_sealed_report_goes_the_way_of_any_voice() {
    // What the sealed log knows: the day, and the state. The hour of an ordinary voice is not told.
    let sealed = |state: &str| Voice {
        heard_ms: 20_000 * DAY_MS,
        read_ms: (state != "received").then_some(20_000 * DAY_MS),
        ..heard(state)
    };
    for days in 0..6 {
        let now = at(days);
        assert_eq!(way(&sealed("received"), &now), way(&heard("received"), &now));
        let read_at_once = Voice { read_ms: Some(HEARD_MS), ..read() };
        assert_eq!(way(&sealed("read"), &now), way(&read_at_once, &now));
    }
}

#[test]
fn a_trace_is_written_with_days_as_dates() {
    let trace = way(&Voice { due_day: Some(20_006), ..answered("in_progress") }, &at(2));
    let json = serde_json::to_value(&trace).expect("it can be written");
    assert_eq!(json["status"], "in_progress");
    assert_eq!(json["knots"][0]["step"], "voice");
    assert_eq!(json["knots"][0]["day"], "2024-10-04");
    assert_eq!(json["knots"][3]["due_day"], "2024-10-10");
    assert_eq!(json["knots"][4]["state"], "not_yet");
}
