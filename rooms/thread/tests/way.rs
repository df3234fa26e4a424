//! Tests of a voice's way: how each step stands, whatever the voice went through.

use record::{DAY_MS, Id};

use crate::thread::rules::way::{Along, Knot, Moments, Standing, Trace, Why, need_way, way};
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
    assert_eq!(seen(&way(voice, None, at)), expected, "{} of {voice:?}", voice.status);
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
    let trace = way(&referred, None, &at(9));
    let given = (Done, Some(1), None, Some(Why::Referred));
    assert_eq!(seen(&trace), [HEARD, READ, given, (Waiting, None, None, None), LATER]);
    assert_eq!(trace.knots.iter().filter(|knot| knot.body == body).count(), 2);
}

#[test]
fn what_was_taken_back_waits_for_nobody() {
    let forgotten = |voice: Voice| Voice { erased: true, last_ms: HEARD_MS + 4 * DAY_MS, ..voice };
    check(&forgotten(heard("received")), &at(30), &[HEARD]);
    check(&forgotten(read()), &at(30), &[HEARD, READ]);
    let trace = way(&forgotten(answered("in_progress")), None, &at(30));
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
        assert_eq!(way(&sealed("received"), None, &now), way(&heard("received"), None, &now));
        let read_at_once = Voice { read_ms: Some(HEARD_MS), ..read() };
        assert_eq!(way(&sealed("read"), None, &now), way(&read_at_once, None, &now));
    }
}

#[test]
fn a_trace_is_written_with_days_as_dates() {
    let trace = way(&Voice { due_day: Some(20_006), ..answered("in_progress") }, None, &at(2));
    let json = serde_json::to_value(&trace).expect("it can be written");
    assert_eq!(json["status"], "in_progress");
    assert_eq!(json["knots"][0]["step"], "voice");
    assert_eq!(json["knots"][0]["day"], "2024-10-04");
    assert_eq!(json["knots"][3]["due_day"], "2024-10-10");
    assert_eq!(json["knots"][4]["state"], "not_yet");
}

/// A need of which the voice became a part on the second day.
fn along(status: &str) -> Along {
    Along { number: 88, day: 20_001, status: status.to_owned(), ..Along::default() }
}

fn grouped(status: &str) -> Voice {
    Voice { need: Some(Id([8; 16])), ..heard(status) }
}

const GROUPED: Seen = (Done, Some(1), None, None);

fn check_along(voice: &Voice, along: &Along, at: &Moments, expected: &[Seen]) {
    let seen = seen(&way(voice, Some(along), at));
    assert_eq!(seen, expected, "{} of a need that is {}", voice.status, along.status);
}

#[test]
fn a_voice_of_a_need_goes_by_the_decision_and_what_is_done() {
    let called = Along { assembly: Some((7, 20_005)), ..along("in_assembly") };
    let decided = Along {
        decision: Some((41, 20_005)),
        due_day: Some(20_008),
        body: Some("Komite Bèlè".to_owned()),
        ..along("in_progress")
    };
    let done = Along { task: Some((5, Some(20_007))), ..decided.clone() };
    let done = |status: &str| Along { status: status.to_owned(), ..done.clone() };
    let voice = grouped("clustered");
    let waits = |state, due, why| [HEARD, GROUPED, (state, None, due, why), LATER, LATER];
    check_along(&voice, &along("confirmed"), &at(3), &waits(Waiting, Some(3), None));
    check_along(&voice, &along("confirmed"), &at(4), &waits(Broken, Some(3), Some(Why::Late)));
    let meets = waits(Waiting, Some(5), Some(Why::Called));
    check_along(&grouped("in_assembly"), &called, &at(5), &meets);
    let answered = Voice { answered_ms: Some(HEARD_MS), ..grouped("in_progress") };
    let decision = (Done, Some(5), None, None);
    let promised = |state, why| [HEARD, GROUPED, decision, (state, None, Some(8), why), LATER];
    check_along(&answered, &decided, &at(8), &promised(Waiting, None));
    check_along(&answered, &decided, &at(9), &promised(Broken, Some(Why::Late)));
    let arrived = (Done, Some(7), None, None);
    let told = |last| [HEARD, GROUPED, decision, arrived, last];
    let asked = Voice { asked_ms: Some(HEARD_MS + 7 * DAY_MS), ..grouped("delivered") };
    check_along(&asked, &done("delivered"), &at(8), &told((Waiting, None, None, None)));
    let silent = (Waiting, None, None, Some(Why::NotConfirmed));
    check_along(&asked, &done("delivered"), &at(15), &told(silent));
}

#[test]
fn what_the_person_says_stands_above_what_is_said_of_the_need() {
    let reopened = Along {
        decision: Some((41, 20_005)),
        due_day: Some(20_011),
        task: Some((5, Some(20_007))),
        ..along("reopened")
    };
    let decision = (Done, Some(5), None, None);
    let yes_at = Moments { confirmed_ms: Some(HEARD_MS + 8 * DAY_MS), ..at(9) };
    let yes = grouped("confirmed");
    let seen_yes = seen(&way(&yes, Some(&reopened), &yes_at));
    assert_eq!(seen_yes[2..], [decision, (Done, None, None, None), (Done, Some(8), None, None)]);
    let others = Voice { asked_ms: Some(HEARD_MS), ..grouped("delivered") };
    let open = seen(&way(&others, Some(&reopened), &at(9)));
    assert_eq!(open[3], (Broken, Some(7), Some(11), Some(Why::OthersSaidNotDone)));
    let no = Along { decision: Some((41, 20_005)), ..along("declined_with_reason") };
    let declined = Voice { answered_ms: Some(HEARD_MS), ..grouped("declined_with_reason") };
    let ended = [HEARD, GROUPED, (Broken, Some(5), None, Some(Why::Declined))];
    check_along(&declined, &no, &at(9), &ended);
}

#[test]
fn each_step_of_a_need_leads_to_its_page() {
    let done = Along {
        assembly: Some((7, 20_004)),
        decision: Some((41, 20_005)),
        task: Some((5, None)),
        due_day: Some(20_008),
        ..along("in_progress")
    };
    let refers = |knots: &[Knot]| -> Vec<String> {
        knots.iter().map(|knot| knot.refers.clone().unwrap_or_default()).collect()
    };
    assert_eq!(refers(&need_way(&done, &at(6))), ["N-88", "D-41", "T-5"]);
    let trace = way(&grouped("in_progress"), Some(&done), &at(6));
    assert_eq!(refers(&trace.knots), ["", "N-88", "D-41", "T-5", ""]);
    let called = Along { assembly: Some((7, 20_008)), ..along("in_assembly") };
    assert_eq!(refers(&need_way(&called, &at(6))), ["N-88", "A-7", ""]);
    let given =
        Along { payment: Some((31, 20_006)), request: Some((9, 20_005, true)), ..done.clone() };
    assert_eq!(refers(&need_way(&given, &at(6))), ["N-88", "D-41", "P-31", "R-9", "T-5"]);
    let trace = way(&grouped("in_progress"), Some(&given), &at(6));
    assert_eq!(seen(&trace)[3..5], [(Done, Some(6), None, None), (Waiting, Some(5), None, None)]);
}

#[test]
fn what_is_for_another_body_or_put_off_was_promised_by_nobody() {
    let referred = Along { body: Some("Town hall".to_owned()), ..along("referred") };
    let knots = need_way(&referred, &at(6));
    assert_eq!(knots[2].why, Some(Why::Referred), "its body is named");
    let put_off = Along { decision: Some((41, 20_005)), ..along("decided_yes") };
    let knots = need_way(&put_off, &at(6));
    assert_eq!((knots[2].state, knots[2].due_day, knots[2].why), (Waiting, None, None));
}
