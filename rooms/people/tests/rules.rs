//! The rules: every refusal, and what is written when there is none.

use record::DAY_MS;
use seal::{PASSPHRASE_BYTES_MAX, PASSPHRASE_CHARS_MIN};

use super::{Told, id, joining, kinds, refused};
use crate::door::Role;
use crate::people::rules::{
    BodyAsked, MANDATE_DAYS_MAX, MEMBER_NAME_BYTES_MAX, MandateAsked, PHRASE_CHANCE_BYTES,
    change_body, day_typed, end_mandate, folded_name, form_body, give_mandate, give_role, join,
    leave, member_name, minor_of, minor_parts, passphrase_fits, phrase, renew_passphrase,
    set_membership, take_role,
};
use crate::people::views::{MandateRow, MemberRow, membership_id};

const ROSE: Option<&str> = Some("Rose");
const AMINA: Option<&str> = Some("Amina");

fn today() -> i64 {
    testkit::MORNING_MS / DAY_MS
}

fn body(name: &str) -> BodyAsked {
    BodyAsked { name: name.to_owned(), kind: "authority".to_owned(), ..BodyAsked::default() }
}

/// The morning with one body, the water board.
fn with_body() -> Told {
    let mut told = Told::morning();
    let formed = form_body(&told.known(), id("water"), &body("Water board"), ROSE.map(id));
    told.happens(formed.expect("a steward writes it down"));
    told
}

#[test]
fn only_a_steward_or_the_node_itself_changes_people() {
    let told = with_body();
    let known = told.known();
    for (author, expected) in
        [(ROSE, ""), (None, ""), (AMINA, "role-missing"), (Some("Jean"), "role-missing")]
    {
        let by = author.map(id);
        let outcomes = [
            join(&known, &joining("Ana", &[]), by),
            give_role(&known, id("Amina"), Role::Officer, by),
            take_role(&known, id("Amina"), Role::Operator, &[id("Rose")], by),
            leave(&known, id("Amina"), &[id("Rose")], by),
            renew_passphrase(&known, id("Amina"), &[3], by),
            form_body(&known, id("new"), &body("New"), by),
            change_body(&known, id("water"), "Water office", "", by),
            set_membership(&known, id("water"), id("Amina"), true, by),
            give_mandate(&known, id("mandate"), &mandate(), 0, by),
        ];
        for (place, outcome) in outcomes.into_iter().enumerate() {
            match outcome {
                Ok(decision) => {
                    assert_eq!(expected, "", "{author:?} may not do {place}");
                    assert!(!decision.drafts.is_empty(), "{place} writes nothing");
                    assert!(decision.drafts.iter().all(|draft| draft.author == by), "{place}");
                }
                Err(refusal) => {
                    assert_eq!(
                        (refusal.code, refusal.status),
                        (expected, 403),
                        "{author:?} {place}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_role_that_is_there_is_not_given_again() {
    let told = Told::morning();
    let given = give_role(&told.known(), id("Amina"), Role::Operator, ROSE.map(id)).expect("ok");
    assert!(given.drafts.is_empty());
    let taken =
        take_role(&told.known(), id("Amina"), Role::Officer, &[], ROSE.map(id)).expect("ok");
    assert!(taken.drafts.is_empty());
}

#[test]
fn somebody_is_always_steward() {
    let mut told = Told::morning();
    let rose = ROSE.map(id);
    let all = [id("Rose")];
    let steward = Role::Steward;
    assert_eq!(
        refused(take_role(&told.known(), id("Rose"), steward, &all, rose)),
        "people-last-steward"
    );
    assert_eq!(refused(leave(&told.known(), id("Rose"), &all, rose)), "people-last-steward");
    assert_eq!(refused(leave(&told.known(), id("Rose"), &all, None)), "people-last-steward");
    told.happens(give_role(&told.known(), id("Amina"), steward, rose).expect("ok"));
    let all = [id("Rose"), id("Amina")];
    let taken =
        take_role(&told.known(), id("Rose"), steward, &all, rose).expect("Amina is steward");
    assert_eq!(kinds(&taken), ["member.role_taken"]);
    told.happens(taken);
    // Amina is the last one now, even when somebody still believes that Rose is one too.
    let amina = AMINA.map(id);
    assert_eq!(
        refused(take_role(&told.known(), id("Amina"), steward, &all, amina)),
        "people-last-steward"
    );
}

#[test]
fn who_has_left_can_be_given_nothing() {
    let mut told = with_body();
    let left = leave(&told.known(), id("Amina"), &[id("Rose")], ROSE.map(id)).expect("ok");
    assert_eq!(kinds(&left), ["member.left"]);
    assert_eq!(left.release, [id("Amina")]);
    assert_eq!(left.statements.len(), 2);
    told.happens(left);
    let (known, rose) = (told.known(), ROSE.map(id));
    for outcome in [
        give_role(&known, id("Amina"), Role::Officer, rose),
        take_role(&known, id("Amina"), Role::Operator, &[id("Rose")], rose),
        renew_passphrase(&known, id("Amina"), &[3], rose),
        set_membership(&known, id("water"), id("Amina"), true, rose),
        leave(&known, id("Amina"), &[id("Rose")], rose),
        give_role(&known, id("nobody"), Role::Officer, rose),
    ] {
        assert_eq!(refused(outcome), "people-member-gone");
    }
    assert_eq!(
        refused(give_role(&known, id("Rose"), Role::Officer, AMINA.map(id))),
        "role-missing"
    );
}

#[test]
fn a_body_has_a_name_a_known_kind_and_perhaps_a_contact() {
    let told = Told::morning();
    let check = |asked: BodyAsked, expected: &str| {
        let outcome = form_body(&told.known(), id("b"), &asked, ROSE.map(id));
        assert_eq!(outcome.err().map_or("", |refusal| refusal.code), expected, "{asked:?}");
    };
    check(body("Water board"), "");
    check(body(" \u{200b} "), "people-body-name-empty");
    check(body(&"x".repeat(160)), "");
    check(body(&"x".repeat(161)), "people-body-name-long");
    check(body(&"x".repeat(5000)), "people-body-name-long");
    check(BodyAsked { kind: "kingdom".into(), ..body("Court") }, "people-body-kind");
    check(BodyAsked { constituency: "resident".into(), ..body("B") }, "");
    check(BodyAsked { constituency: "cats".into(), ..body("B") }, "people-body-constituency");
    check(BodyAsked { contact: "Room 3,\nMondays".into(), ..body("B") }, "");
    check(BodyAsked { contact: "x".repeat(201), ..body("B") }, "people-contact-long");
    check(BodyAsked { contact: "\u{1}\u{2}".into(), ..body("B") }, "people-contact-unclear");
}

#[test]
fn a_body_is_changed_by_what_differs() {
    let told = with_body();
    let change = |name: &str, contact: &str| {
        change_body(&told.known(), id("water"), name, contact, ROSE.map(id)).map(|d| kinds(&d))
    };
    assert_eq!(change("Water board", ""), Ok(vec![]));
    assert_eq!(change("Water office", ""), Ok(vec!["body.renamed"]));
    assert_eq!(change("Water board", "Room 3"), Ok(vec!["body.contact_given"]));
    assert_eq!(change("", "Room 3").map_err(|r| r.code), Err("people-body-name-empty"));
    let gone = change_body(&told.known(), id("fire"), "Fire", "", ROSE.map(id));
    assert_eq!(refused(gone), "people-body-gone");
}

#[test]
fn a_membership_begins_once_and_ends_once() {
    let mut told = with_body();
    let set = |told: &Told, belongs| {
        set_membership(&told.known(), id("water"), id("Amina"), belongs, ROSE.map(id))
    };
    assert_eq!(kinds(&set(&told, false).expect("ok")), [""; 0]);
    let begun = set(&told, true).expect("ok");
    assert_eq!(kinds(&begun), ["membership.begun"]);
    assert_eq!(begun.drafts[0].entity, membership_id(id("water"), id("Amina")));
    told.happens(begun);
    assert_eq!(kinds(&set(&told, true).expect("ok")), [""; 0]);
    assert_eq!(kinds(&set(&told, false).expect("ok")), ["membership.ended"]);
    let nowhere = set_membership(&told.known(), id("fire"), id("Amina"), true, ROSE.map(id));
    assert_eq!(refused(nowhere), "people-body-gone");
}

fn mandate() -> MandateAsked {
    MandateAsked {
        by: None,
        body: id("water"),
        subject: "Water points".to_owned(),
        area: None,
        ceiling: Some((500_000, "HTG".to_owned())),
        expiry_day: today() + 90,
        instrument: "By-law 12 of 2024".to_owned(),
    }
}

#[test]
fn a_mandate_says_who_what_how_much_and_until_when() {
    let told = with_body();
    let check = |asked: MandateAsked, expected: &str| {
        let outcome = give_mandate(&told.known(), id("m"), &asked, 0, ROSE.map(id));
        assert_eq!(outcome.err().map_or("", |refusal| refusal.code), expected, "{asked:?}");
    };
    check(mandate(), "");
    check(MandateAsked { body: id("fire"), ..mandate() }, "people-body-gone");
    check(MandateAsked { by: Some(id("fire")), ..mandate() }, "people-body-gone");
    check(MandateAsked { by: Some(mandate().body), ..mandate() }, "people-mandate-own");
    check(MandateAsked { subject: " ".into(), ..mandate() }, "people-mandate-subject-empty");
    check(MandateAsked { subject: "x".repeat(161), ..mandate() }, "people-mandate-text-long");
    check(MandateAsked { ceiling: None, ..mandate() }, "");
    check(MandateAsked { ceiling: Some((0, "HTG".into())), ..mandate() }, "people-mandate-amount");
    check(MandateAsked { ceiling: Some((-1, "HTG".into())), ..mandate() }, "people-mandate-amount");
    check(
        MandateAsked { ceiling: Some((1, "htg".into())), ..mandate() },
        "people-mandate-currency",
    );
    check(
        MandateAsked { ceiling: Some((1, "HTGX".into())), ..mandate() },
        "people-mandate-currency",
    );
    check(MandateAsked { expiry_day: today() - 1, ..mandate() }, "people-mandate-past");
    check(MandateAsked { expiry_day: today(), ..mandate() }, "");
    check(MandateAsked { expiry_day: today() + MANDATE_DAYS_MAX, ..mandate() }, "");
    check(
        MandateAsked { expiry_day: today() + MANDATE_DAYS_MAX + 1, ..mandate() },
        "people-mandate-far",
    );
    check(MandateAsked { instrument: "x".repeat(401), ..mandate() }, "people-mandate-text-long");
    check(
        MandateAsked { instrument: "\u{1}".into(), ..mandate() },
        "people-mandate-instrument-unclear",
    );
}

#[test]
fn the_city_decides_which_day_it_is() {
    let told = with_body();
    let asked = MandateAsked { expiry_day: today(), ..mandate() };
    // 08:00 in London is still yesterday nowhere, and already tomorrow 16 hours further east.
    let outcome = give_mandate(&told.known(), id("m"), &asked, 16 * 60, ROSE.map(id));
    assert_eq!(refused(outcome), "people-mandate-past");
}

#[test]
fn without_a_legal_instrument_a_mandate_is_advice() {
    for (instrument, force) in [("By-law 12", "binding"), ("", "advisory"), ("  ", "advisory")] {
        let mut told = with_body();
        let asked = MandateAsked { instrument: instrument.to_owned(), ..mandate() };
        let given = give_mandate(&told.known(), id("m"), &asked, 0, ROSE.map(id));
        told.happens(given.expect("ok"));
        let row = MandateRow::fold(id("m"), told.known().of(id("m")));
        assert_eq!(row.force().code(), force, "{instrument:?}");
    }
}

#[test]
fn a_mandate_ends_once_and_with_a_reason() {
    let mut told = with_body();
    let rose = ROSE.map(id);
    let over = "people-mandate-over";
    assert_eq!(refused(end_mandate(&told.known(), id("m"), "why", 0, rose)), over);
    told.happens(give_mandate(&told.known(), id("m"), &mandate(), 0, rose).expect("ok"));
    let end = |told: &Told, why: &str| end_mandate(&told.known(), id("m"), why, 0, rose);
    assert_eq!(refused(end(&told, " ")), "people-mandate-reason-empty");
    assert_eq!(
        refused(end_mandate(&told.known(), id("m"), "why", 0, AMINA.map(id))),
        "role-missing"
    );
    told.happens(end(&told, "The by-law was repealed").expect("ok"));
    assert_eq!(refused(end(&told, "again")), over);
    let row = MandateRow::fold(id("m"), told.known().of(id("m")));
    assert!(!row.holds_on(today()));
    assert_eq!(row.ended.map(|(_, why)| why).as_deref(), Some("The by-law was repealed"));
}

#[test]
fn a_mandate_runs_out_after_its_last_day() {
    let mut told = with_body();
    told.happens(give_mandate(&told.known(), id("m"), &mandate(), 0, ROSE.map(id)).expect("ok"));
    let row = MandateRow::fold(id("m"), told.known().of(id("m")));
    assert!(row.holds_on(today()) && row.holds_on(today() + 90) && !row.holds_on(today() + 91));
    told.now_ms += 91 * DAY_MS;
    let late = end_mandate(&told.known(), id("m"), "too late", 0, ROSE.map(id));
    assert_eq!(refused(late), "people-mandate-over");
}

#[test]
fn names_are_one_line_and_compared_folded() {
    let check = |raw: &str, expected: Result<&str, &str>| {
        let name = member_name(raw);
        assert_eq!(name.as_deref().map_err(|r| r.code), expected, "{raw:?}");
    };
    check("  Rose\n Jean ", Ok("Rose Jean"));
    check("مريم", Ok("مريم"));
    check("", Err("people-name-empty"));
    check("\u{202e}", Err("people-name-empty"));
    check(&"é".repeat(MEMBER_NAME_BYTES_MAX / 2), Ok(&"é".repeat(MEMBER_NAME_BYTES_MAX / 2)));
    check(&"é".repeat(MEMBER_NAME_BYTES_MAX / 2 + 1), Err("people-name-long"));
    assert_eq!(folded_name("Ána  PÉREZ"), folded_name("ana perez"));
    assert_ne!(folded_name("Ana"), folded_name("Anna"));
    assert_ne!(folded_name("★"), folded_name("☆"), "signs alone are names too");
}

#[test]
fn a_passphrase_has_a_least_and_a_most() {
    let check = |passphrase: String, expected: &str| {
        let outcome = passphrase_fits(&passphrase);
        assert_eq!(outcome.err().map_or("", |r| r.code), expected, "{passphrase}");
    };
    check("x".repeat(PASSPHRASE_CHARS_MIN), "");
    check("x".repeat(PASSPHRASE_CHARS_MIN - 1), "people-passphrase-short");
    check("é".repeat(PASSPHRASE_CHARS_MIN - 1), "people-passphrase-short");
    check("x".repeat(PASSPHRASE_BYTES_MAX), "");
    check("x".repeat(PASSPHRASE_BYTES_MAX + 1), "people-passphrase-long");
}

#[test]
fn a_first_passphrase_is_four_words_to_be_read_out() {
    let mut seen = std::collections::HashSet::new();
    for n in 0..2000_u64 {
        let mut chance = [0; PHRASE_CHANCE_BYTES];
        let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        chance[..8].copy_from_slice(&mixed.to_be_bytes());
        chance[8..].copy_from_slice(&mixed.rotate_left(29).to_be_bytes());
        if n == 0 {
            continue; // All zeros have no four words, and never come from a real source of chance.
        }
        let said = phrase(chance);
        let words: Vec<&str> = said.split(' ').collect();
        assert!(words.len() == 4 && words.iter().all(|word| word.len() == 4), "{said}");
        assert!(words.iter().all(|word| word[..2] != word[2..] && *word != "kuma"), "{said}");
        assert_eq!(passphrase_fits(&said), Ok(()), "{said}");
        seen.insert(said);
    }
    assert!(seen.len() > 1990, "only {} different ones", seen.len());
}

#[test]
fn amounts_are_kept_in_minor_units_without_rounding() {
    let check = |typed: &str, currency: &str, expected: Option<i64>| {
        assert_eq!(minor_of(typed, currency).ok(), expected, "{typed} {currency}");
    };
    check("5000", "HTG", Some(500_000));
    check(" 1 250 000 ", "HTG", Some(125_000_000));
    check("1,250,000", "USD", Some(125_000_000));
    check("5000", "XOF", Some(5000));
    check("5000", "KWD", Some(5_000_000));
    check("12.50", "USD", None);
    check("1,25", "USD", None);
    check("-5", "USD", None);
    check("5 or so", "USD", None);
    check("", "USD", None);
    check("1234567890123", "USD", None);
    assert_eq!(minor_parts(125_005, "USD"), (1250, "05".to_owned()));
    assert_eq!(minor_parts(5000, "XOF"), (5000, String::new()));
    assert_eq!(minor_parts(5_000_007, "KWD"), (5000, "007".to_owned()));
}

#[test]
fn days_are_days_of_a_calendar() {
    let check = |typed: &str, expected: Option<i64>| {
        assert_eq!(day_typed(typed).ok(), expected, "{typed}");
    };
    check("1970-01-01", Some(0));
    check("1970-12-31", Some(364));
    check("2000-02-29", Some(11_016));
    check("2026-11-22", Some(today()));
    check("2024-02-29", Some(19_782));
    check("2023-02-29", None);
    check("2100-02-29", None);
    check("2026-04-31", None);
    check("2026-13-01", None);
    check("2026-00-10", None);
    check("2026-1-1", None);
    check("2026-11-22-1", None);
    check("1969-12-31", None);
    check("soon", None);
}

#[test]
fn roles_are_kept_once_and_in_order() {
    let mut told = Told::nothing();
    told.joins("Ana", &[Role::Officer, Role::Steward, Role::Officer]);
    let row = MemberRow::fold(id("Ana"), told.known().of(id("Ana")));
    assert_eq!(row.roles, [Role::Steward, Role::Officer]);
}
