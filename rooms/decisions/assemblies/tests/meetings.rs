//! An assembly from its call to its end, and a proposal from its making: what each rule refuses.

use record::{DAY_MS, Draft, Id, Refusal};

use super::{NOW_MS, Told, id, refused};
use crate::decisions::assemblies::Counts;
use crate::decisions::assemblies::records::{
    AgendaItem, AssemblyAgendaSet, ProposalCounted, ProposedWords,
};
use crate::decisions::assemblies::rules::hours::AHEAD_DAYS_MAX;
use crate::decisions::assemblies::rules::meeting::{self, Calling, Chair, Counting, Evening};
use crate::decisions::assemblies::rules::proposing::{self, Proposing};
use crate::decisions::assemblies::rules::{PEOPLE_MAX, Required, Why};
use crate::decisions::assemblies::views::{Assembly, LISTS_MAX, Proposal};
use crate::decisions::assemblies::words::{FROM_AFAR_CHARS_MAX, PLACE_CHARS_MAX, TITLE_CHARS_MAX};

fn assembly() -> Id {
    id("A-7")
}

fn calling() -> Calling {
    Calling {
        number: 7,
        body: id("Bèlè"),
        title: "Water in the lower streets".to_owned(),
        place: "the church hall".to_owned(),
        starts_ms: NOW_MS + DAY_MS,
        ..Calling::default()
    }
}

fn agenda() -> AssemblyAgendaSet {
    let title = "Water trucks".to_owned();
    let item = AgendaItem { kind: "own".to_owned(), of: Id::NONE, title };
    AssemblyAgendaSet { items: vec![item], left_out: Vec::new() }
}

fn she() -> Chair {
    Chair { woman: true, co_woman: None, exception: String::new() }
}

/// An assembly that was called and whose agenda is public.
fn invited() -> Told {
    let mut told = Told::nothing();
    told.happens(meeting::call(assembly(), &calling(), NOW_MS, Some(id("Nadège"))));
    told.happens(meeting::publish(assembly(), &told.known(), &agenda(), &[], None));
    told
}

/// The same, open with a woman in the chair.
fn opened() -> Told {
    let mut told = invited();
    told.happens(meeting::open(assembly(), &told.known(), &she(), None));
    told
}

fn fold(told: &Told) -> Assembly {
    Assembly::fold(assembly(), &told.of(assembly()))
}

#[test]
fn a_call_says_where_and_when_in_public_words() {
    let check = |change: &dyn Fn(&mut Calling), expected: Option<&str>| {
        let mut asked = calling();
        change(&mut asked);
        let outcome = meeting::call(assembly(), &asked, NOW_MS, None);
        assert_eq!(outcome.err().map(|refusal| refusal.code), expected, "{asked:?}");
    };
    check(&|_| {}, None);
    check(&|c| c.title = " ".to_owned(), Some("assembly-title-empty"));
    check(&|c| c.title = "x".repeat(TITLE_CHARS_MAX), None);
    check(&|c| c.title = "x".repeat(TITLE_CHARS_MAX + 1), Some("assembly-words-long"));
    check(&|c| c.title = "Help for two women".to_owned(), Some("need-public-few"));
    check(&|c| c.place.clear(), Some("assembly-place-empty"));
    check(&|c| c.place = "é".repeat(PLACE_CHARS_MAX), None);
    check(&|c| c.place = "é".repeat(PLACE_CHARS_MAX + 1), Some("assembly-words-long"));
    check(&|c| c.from_afar = "x".repeat(FROM_AFAR_CHARS_MAX + 1), Some("assembly-words-long"));
    check(&|c| c.starts_ms = NOW_MS + AHEAD_DAYS_MAX * DAY_MS, None);
    check(&|c| c.starts_ms = NOW_MS + (AHEAD_DAYS_MAX + 1) * DAY_MS, Some("assembly-day-wrong"));
    check(&|c| c.starts_ms = NOW_MS - 4 * DAY_MS, Some("assembly-day-wrong"));
    // Seven in the evening.
    let late = |c: &mut Calling| c.starts_ms += 7 * 60 * 60 * 1000;
    check(&late, Some("assembly-hour-unsafe"));
    check(
        &|c| {
            late(c);
            c.hour_reason = "The bridge opens only then".to_owned();
        },
        None,
    );
}

#[test]
fn a_meeting_begins_with_a_public_agenda_and_a_woman_in_the_chair() {
    let mut told = Told::nothing();
    let open = |told: &Told, chair: &Chair| meeting::open(assembly(), &told.known(), chair, None);
    assert_eq!(refused(open(&told, &she())), "assembly-unknown");
    told.happens(meeting::call(assembly(), &calling(), NOW_MS, None));
    assert_eq!(refused(open(&told, &she())), "assembly-not-invited");
    let told = invited();
    let chair = |woman, co_woman, exception: &str| Chair {
        woman,
        co_woman,
        exception: exception.to_owned(),
    };
    assert_eq!(refused(open(&told, &chair(false, None, ""))), "assembly-chair");
    assert_eq!(refused(open(&told, &chair(false, Some(false), " "))), "assembly-chair");
    let named = chair(false, None, "Call 3712 4455");
    assert_eq!(refused(open(&told, &named)), "need-public-number");
    assert!(open(&told, &chair(false, Some(true), "")).is_ok());
    let mut with_reason = invited();
    let reason = "The chair fell ill this morning";
    with_reason.happens(open(&with_reason, &chair(false, None, reason)));
    assert_eq!(fold(&with_reason).exception.as_deref(), Some(reason));
    assert_eq!(refused(open(&with_reason, &she())), "assembly-open-already");
}

fn count(told: &Told, counter: u8, women: i64, who: &str) -> Result<Vec<Draft>, Refusal> {
    count_in(told, counter, women, who, &[], &[])
}

fn count_in(
    told: &Told,
    counter: u8,
    women: i64,
    who: &str,
    groups: &[&str],
    other: &[&str],
) -> Result<Vec<Draft>, Refusal> {
    let ids = |names: &[&str]| names.iter().map(|name| id(name)).collect();
    let counting = Counting {
        moment: "arrival".to_owned(),
        of: None,
        counter,
        counts: Counts { women, men: 15, other: 0, ages: None },
        groups: ids(groups),
        other_groups: ids(other),
    };
    meeting::count(assembly(), &told.known(), &counting, Some(id(who)))
}

#[test]
fn two_people_of_different_groups_count_and_count_again_until_they_agree() {
    assert_eq!(refused(count(&invited(), 1, 26, "Josué")), "assembly-not-open");
    let mut told = opened();
    assert_eq!(refused(count(&told, 3, 26, "Josué")), "assembly-counter-unknown");
    assert_eq!(refused(count(&told, 1, PEOPLE_MAX + 1, "Josué")), "assembly-count-wrong");
    told.happens(count(&told, 1, 26, "Josué"));
    assert_eq!(fold(&told).room(), None);
    assert_eq!(refused(count(&told, 2, 26, "Josué")), "assembly-counter-same");
    let same = count_in(&told, 2, 26, "Mirlande", &["savings"], &["youth", "savings"]);
    assert_eq!(refused(same), "assembly-counter-group");
    // Both belong to the body that meets: that is no group in this sense.
    assert!(count_in(&told, 2, 26, "Mirlande", &["Bèlè"], &["Bèlè"]).is_ok());
    told.happens(count(&told, 2, 25, "Mirlande"));
    let counted = fold(&told).counted_at("arrival", None).cloned().expect("counted");
    assert!(counted.differs());
    let close = |told: &Told| meeting::close(assembly(), &told.known(), None);
    assert_eq!(refused(close(&told)), "assembly-counts-differ");
    told.happens(count(&told, 2, 26, "Mirlande"));
    assert_eq!(fold(&told).room().map(|room| room.women), Some(26));
    told.happens(close(&told));
    assert_eq!(fold(&told).status(), "closed");
    assert_eq!(refused(count(&told, 1, 26, "Josué")), "assembly-over");
    assert_eq!(refused(close(&told)), "assembly-over");
}

#[test]
fn women_who_leave_before_the_vote_no_longer_count() {
    let mut told = opened();
    told.happens(count(&told, 1, 26, "Josué"));
    told.happens(count(&told, 2, 26, "Mirlande"));
    for (counter, who) in [(1, "Josué"), (2, "Mirlande")] {
        let counting = Counting {
            moment: "vote".to_owned(),
            of: Some(id("D-41")),
            counter,
            counts: Counts { women: 2, men: 15, other: 0, ages: None },
            ..Counting::default()
        };
        told.happens(meeting::count(assembly(), &told.known(), &counting, Some(id(who))));
    }
    assert_eq!(fold(&told).room().map(|room| room.women), Some(2));
    let arrival = fold(&told).counted_at("arrival", None).and_then(|c| c.agreed());
    assert_eq!(arrival.map(|room| room.women), Some(26));
}

#[test]
fn what_is_noted_of_an_evening_is_measured_and_public() {
    let told = opened();
    let known = told.known();
    let spoken = |minutes| meeting::spoken(assembly(), &known, minutes, None);
    assert!(spoken((30, 20, 0)).is_ok());
    assert_eq!(refused(spoken((-1, 20, 0))), "assembly-minutes-wrong");
    assert_eq!(refused(spoken((24 * 60, 1, 0))), "assembly-minutes-wrong");
    let women = |words| meeting::women_session(assembly(), &known, true, words, None);
    assert!(women("They want a light at the pump").is_ok());
    assert_eq!(refused(women(" ")), "assembly-reason-empty");
    assert_eq!(refused(women("Call 3712 4455")), "need-public-number");
    let witnessed = |n| meeting::witnessed(assembly(), &known, n, None);
    assert_eq!(refused(witnessed(1)), "assembly-witnesses");
    assert!(witnessed(2).is_ok());
    let called = invited();
    let before = meeting::witnessed(assembly(), &called.known(), 2, None);
    assert_eq!(refused(before), "assembly-not-open");
    let photo = meeting::sheet_kept(assembly(), &called.known(), [1; 32], None);
    assert_eq!(refused(photo), "assembly-not-open");
    let off = meeting::call_off(assembly(), &known, "It rains", None);
    assert_eq!(refused(off), "assembly-open-already");
    let unsaid = meeting::call_off(assembly(), &called.known(), "", None);
    assert_eq!(refused(unsaid), "assembly-reason-empty");
}

#[test]
fn what_was_public_stays_on_the_agenda_or_says_why_not() {
    let mut told = Told::nothing();
    told.happens(meeting::call(assembly(), &calling(), NOW_MS, None));
    let of = id("P-12");
    let title = "A light at the pump".to_owned();
    let mut with = agenda();
    with.items.push(AgendaItem { kind: "proposal".to_owned(), of, title: title.clone() });
    let wanted = [Required { kind: "proposal", of, title, why: Why::Support }];
    let publish = |told: &Told, agenda: &AssemblyAgendaSet, wanted: &[Required]| {
        meeting::publish(assembly(), &told.known(), agenda, wanted, None)
    };
    let without = publish(&told, &agenda(), &wanted);
    assert_eq!(refused(without), "assembly-agenda-omits-proposal");
    told.happens(publish(&told, &with, &wanted));
    // Now it is taken up, and nothing else asks for it any more: it stays.
    assert_eq!(refused(publish(&told, &agenda(), &[])), "assembly-agenda-omits-proposal");
    let long = AssemblyAgendaSet { items: vec![agenda().items[0].clone(); 41], left_out: vec![] };
    let kept = meeting::set_agenda(assembly(), &told.known(), &long, None);
    assert_eq!(refused(kept), "assembly-agenda-long");
}

#[test]
fn a_typed_sheet_is_worth_as_much_as_an_evening_on_phones() {
    let mut live = opened();
    live.happens(count(&live, 1, 26, "Josué"));
    live.happens(count(&live, 2, 26, "Mirlande"));
    let arrival = Counts { women: 26, men: 15, other: 0, ages: None };
    let evening =
        Evening { chair: she(), arrival: arrival.clone(), witnesses: 2, ..Evening::default() };
    let mut paper = invited();
    let typed = |told: &Told, evening: &Evening| {
        meeting::typed(assembly(), &told.known(), evening, Some(id("Nadège")))
    };
    paper.happens(typed(&paper, &evening));
    let (live, typed_one) = (fold(&live), fold(&paper));
    assert_eq!(live.room(), Some(arrival.clone()));
    assert_eq!(typed_one.room(), live.room());
    assert_eq!((typed_one.status(), typed_one.chair_woman), ("open", true));
    assert_eq!(typed_one.witnesses, 2);
    let mut alone = evening.clone();
    alone.witnesses = 1;
    assert_eq!(refused(typed(&invited(), &alone)), "assembly-witnesses");
    let mut men = evening.clone();
    men.chair = Chair::default();
    assert_eq!(refused(typed(&invited(), &men)), "assembly-chair");
    let mut called = Told::nothing();
    called.happens(meeting::call(assembly(), &calling(), NOW_MS, None));
    assert_eq!(refused(typed(&called, &evening)), "assembly-not-invited");
}

fn light() -> ProposedWords {
    ProposedWords {
        title: "A light at the pump".to_owned(),
        words: "It is dark there after six, and many fetch water then.".to_owned(),
    }
}

fn made(looked: bool) -> Told {
    let mut told = Told::nothing();
    let looked = looked.then(light);
    let asked = Proposing { number: 12, via: "page".to_owned(), looked, ..Proposing::default() };
    told.happens(proposing::make(id("P-12"), &asked, None));
    told
}

fn seen(told: &Told) -> Proposal {
    Proposal::fold(id("P-12"), &told.of(id("P-12")))
}

#[test]
fn a_proposal_is_looked_at_for_names_and_not_kept_back_in_silence() {
    let of = id("P-12");
    let mut told = made(false);
    assert_eq!((seen(&told).status(), seen(&told).title()), ("made", ""));
    assert_eq!(refused(proposing::support(of, &told.known())), "proposal-not-open");
    let refuse = |told: &Told, why| proposing::refuse(of, &told.known(), why, None);
    assert_eq!(refused(refuse(&told, " ")), "assembly-reason-empty");
    assert_eq!(refused(refuse(&told, "Ask 3712 4455")), "need-public-number");
    let named = ProposedWords { words: "Dismiss Pastor Jean Batis at once".to_owned(), ..light() };
    assert_eq!(refused(proposing::show(of, &told.known(), &named, None)), "need-public-name");
    let empty = ProposedWords::default();
    assert_eq!(refused(proposing::show(of, &told.known(), &empty, None)), "proposal-empty");
    told.happens(refuse(&told, "It tells who lives where"));
    assert_eq!(seen(&told).status(), "refused");
    // What was refused may be shown after all; what is shown cannot be taken away.
    told.happens(proposing::show(of, &told.known(), &light(), None));
    assert_eq!(seen(&told).status(), "shown");
    assert_eq!(refused(refuse(&told, "I do not like it")), "proposal-looked");
    let again = proposing::show(of, &told.known(), &light(), None);
    assert_eq!(refused(again), "proposal-looked");
    assert_eq!(refused(proposing::support(id("P-13"), &told.known())), "proposal-unknown");
}

#[test]
fn signatures_and_hands_count_when_two_members_find_the_same() {
    let of = id("P-12");
    let mut told = made(true);
    let counted = |told: &Told, list: &str, via: &str, n, who: &str| {
        let counted = ProposalCounted { list: id(list), via: via.to_owned(), n };
        proposing::counted(of, &told.known(), &counted, Some(id(who)))
    };
    told.happens(counted(&told, "sheet 1", "paper", 31, "Nadège"));
    assert_eq!(seen(&told).supporters(), 0);
    told.happens(counted(&told, "sheet 1", "paper", 31, "Nadège"));
    assert_eq!(seen(&told).supporters(), 0, "the same member twice is one");
    told.happens(counted(&told, "sheet 1", "paper", 30, "Wilner"));
    assert_eq!((seen(&told).supporters(), seen(&told).lists[0].differs()), (0, true));
    told.happens(counted(&told, "sheet 1", "paper", 31, "Wilner"));
    assert_eq!(seen(&told).supporters(), 31);
    for who in ["Nadège", "Josué"] {
        told.happens(counted(&told, "hall", "meeting", 12, who));
    }
    told.happens(proposing::support(of, &told.known()));
    assert_eq!((seen(&told).supporters_via("meeting"), seen(&told).supporters()), (12, 44));
    let wrong = counted(&told, "sheet 2", "paper", PEOPLE_MAX + 1, "Nadège");
    assert_eq!(refused(wrong), "assembly-count-wrong");
    let none = counted(&told, "sheet 2", "paper", 0, "Nadège");
    assert_eq!(refused(none), "assembly-count-wrong");
    let road = counted(&told, "sheet 2", "sms", 40, "Nadège");
    assert_eq!(refused(road), "assembly-counter-unknown");
    for n in seen(&told).lists.len()..LISTS_MAX {
        told.happens(counted(&told, &format!("more {n}"), "paper", 1, "Nadège"));
    }
    let more = counted(&told, "one beyond", "paper", 1, "Nadège");
    assert_eq!(refused(more), "proposal-lists-many");
}

#[test]
fn what_an_assembly_does_with_a_proposal_is_told() {
    let of = id("P-12");
    let mut told = made(true);
    let left = |told: &Told, why| proposing::left_out(of, &told.known(), assembly(), why, None);
    assert_eq!(refused(left(&told, "")), "assembly-reason-empty");
    told.happens(left(&told, "It waits for the report"));
    assert_eq!(seen(&told).status(), "left_out");
    told.happens(proposing::taken_up(of, &told.known(), assembly(), None));
    assert_eq!(seen(&told).status(), "on_agenda");
    let again = proposing::taken_up(of, &told.known(), assembly(), None).expect("nothing new");
    assert!(again.is_empty());
    told.happens(proposing::decided(of, &told.known(), id("D-41"), true, None));
    assert_eq!(seen(&told).status(), "carried");
    assert_eq!(refused(proposing::support(of, &told.known())), "proposal-not-open");
}
