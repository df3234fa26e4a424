//! Asking for money by SMS as a pure rule: what each answer may be, and that the record is the
//! page's.

use record::{Id, Refusal};

use super::home::{area, terms};
use crate::funds::rules::WHAT_CHARS_MAX;
use crate::funds::rules::asking::{Asking, Question, cut, need_numbers};
use crate::funds::views::Window;

fn window() -> Window {
    Window {
        id: Id::named("window", "one"),
        number: 1,
        terms: terms(Id::named("body", "committee"), 20_000),
        published_ms: Some(1),
        ..Window::default()
    }
}

fn find(typed: &str) -> Result<Option<Id>, Refusal> {
    let known = typed.eq_ignore_ascii_case("pelikan");
    if known { Ok(Some(area("Pelikan"))) } else { Err(Refusal::new("funds-area-unknown")) }
}

fn after(answers: &[&str]) -> Asking {
    let first = Asking { window: window().id, ..Asking::default() };
    answers.iter().fold(first, |asking, text| {
        asking.answer(text, &window(), find, 20_002).unwrap_or_else(|no| panic!("{text}: {no:?}"))
    })
}

const GROUP: &str = "1 Fanm Pelikan";
const WORK: &str = "Two water trucks. Each morning until the pump works again.";

#[test]
fn a_plan_may_name_the_needs_it_is_for() {
    assert_eq!(need_numbers("De kamyon dlo pou N-88, n-90 (N-7). N-0 N-x N88 an-5"), [88, 90, 7]);
    assert!(need_numbers("Dlo chak maten").is_empty());
}

#[test]
fn five_answers_are_the_application_of_the_page() {
    let whole = after(&[GROUP, WORK, "Pelikan", "1500.50 USD", "80"]);
    assert_eq!((whole.question(), whole.area), (None, Some(area("Pelikan"))));
    let made = whole.made(&window());
    assert_eq!((made.kind.as_str(), made.body_name.as_str()), ("women_led_org", "Fanm Pelikan"));
    assert_eq!((made.what.as_str(), made.how.as_str()), ("Two water trucks", WORK));
    assert_eq!((made.amount_minor, made.people, made.channel.as_str()), (150_050, 80, "sms"));
    assert_eq!(made.body, None, "a phone is no body's");
}

#[test]
fn each_answer_is_read_as_people_write_it_or_refused_by_its_code() {
    let all = [GROUP, WORK, "pelikan", "1500", "80"];
    let check = |question: Question, text: &str, expected: &str| {
        let at = Question::ALL.iter().position(|known| *known == question).expect("one of them");
        let answer = after(&all[..at]).answer(text, &window(), find, 20_002);
        assert_eq!(answer.map_or_else(|no| no.code, |_| "done"), expected, "{text}");
    };
    for (text, expected) in [
        ("2. Neighbours of the well", "done"),
        ("٣ جمعية الماء", "done"),
        ("1Fanm Pelikan", "done"),
        ("Fanm Pelikan", "funds-choice"),
        ("4 Fanm Pelikan", "funds-choice"),
        ("12 friends", "funds-choice"),
        ("", "funds-choice"),
        ("1 ", "funds-words-empty"),
    ] {
        check(Question::Group, text, expected);
    }
    check(Question::Group, &format!("1 {}", "x".repeat(81)), "task-words-long");
    check(Question::Work, "Call +50937000001 for it", "need-public-number");
    check(Question::Work, "", "funds-words-empty");
    check(Question::Work, &"water ".repeat(200), "task-words-long");
    for (text, expected) in
        [("PELIKAN", "done"), ("0", "done"), ("٠", "done"), ("Mars", "funds-area-unknown")]
    {
        check(Question::Where, text, expected);
    }
    check(Question::Where, " ", "funds-area-unknown");
    for (text, expected) in [
        ("1500 usd", "done"),
        ("USD 1500.50", "done"),
        ("1 500", "done"),
        ("1500 EUR", "funds-currency"),
        ("1,500", "funds-amount-comma"),
        ("1500.5", "funds-amount-cents"),
        ("a lot", "funds-amount"),
        ("0", "funds-amount-nothing"),
        ("6001", "funds-application-large"),
    ] {
        check(Question::Amount, text, expected);
    }
    for (text, expected) in
        [("٨٠", "done"), ("5", "done"), ("4", "funds-people"), ("many", "funds-people")]
    {
        check(Question::People, text, expected);
    }
}

#[test]
fn what_the_terms_refuse_is_refused_at_its_own_answer() {
    let mut narrow = window();
    narrow.terms.kinds = vec!["grassroots_org".to_owned()];
    narrow.terms.areas = vec![area("Bele")];
    let first = Asking { window: narrow.id, ..Asking::default() };
    let code = |asking: &Asking, text: &str, window: &Window, today| {
        asking.answer(text, window, find, today).map_or_else(|no| no.code, |_| "done")
    };
    assert_eq!(code(&first, GROUP, &narrow, 20_002), "funds-kind");
    assert_eq!(code(&first, "2 Neighbours", &narrow, 20_002), "done");
    let there = after(&[GROUP, WORK]);
    narrow.terms.kinds.clear();
    for place in ["Pelikan", "0"] {
        assert_eq!(code(&there, place, &narrow, 20_002), "funds-area-unknown");
    }
    // Closed meanwhile, whatever the answer.
    assert_eq!(code(&there, "Pelikan", &window(), 20_011), "funds-window-shut");
}

#[test]
fn a_line_is_cut_between_words() {
    assert_eq!(cut("one two", 7), "one two");
    assert_eq!(cut("one two three", 11), "one two...");
    assert_eq!(cut(&"x".repeat(9), 5), "xx...");
    let long = format!("Fanm Pelikan {}", "gives water to all who live here ".repeat(9));
    let whole = after(&[GROUP, &long]).made(&window());
    assert!(whole.what.chars().count() <= WHAT_CHARS_MAX && whole.what.ends_with("..."));
    assert_eq!(whole.how, long.trim());
}
