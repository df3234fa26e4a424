//! The rules of a body, agendas, hours and sheets: every guard refuses what it is there for.

use record::Id;

use super::{Told, id, refused};
use crate::decisions::assemblies::BodyRules;
use crate::decisions::assemblies::records::{AgendaItem, AssemblyAgendaSet, LeftOut};
use crate::decisions::assemblies::rules::agenda::ITEMS_MAX;
use crate::decisions::assemblies::rules::hours::{instant, is_safe};
use crate::decisions::assemblies::rules::sheet::{self, Sums};
use crate::decisions::assemblies::rules::{
    BodyAsked, Counts, NeedSeen, PEOPLE_MAX, ProposalSeen, Required, RulesBy, Standing, Why, fit,
    publishable, required, set_rules,
};
use crate::decisions::assemblies::views::{RulesRow, rules_id};

fn first(steward: bool, has_met: bool) -> RulesBy {
    RulesBy::First { steward, has_met }
}

fn decision(body: Id, kind: &str, carried: bool, force: &str) -> RulesBy {
    let (kind, force) = (kind.to_owned(), force.to_owned());
    RulesBy::Decision { id: id("D-41"), body, kind, carried, force, says: None }
}

fn asked(by: RulesBy, rules: BodyRules) -> BodyAsked {
    BodyAsked { body: id("Bèlè"), rules, by }
}

#[test]
fn rules_are_first_set_by_a_steward_and_then_by_the_body_alone() {
    let mut told = Told::nothing();
    let half = BodyRules { women_share_min_percent: 50, ..BodyRules::default() };
    let set = |told: &Told, by| set_rules(&told.known(), &asked(by, half.clone()), None);
    assert_eq!(refused(set(&told, first(false, false))), "assembly-rules-steward");
    assert_eq!(refused(set(&told, first(true, true))), "assembly-rules-decision");
    told.happens(set(&told, first(true, false)));
    let row = |told: &Told| {
        let id = rules_id(id("Bèlè"));
        RulesRow::fold(id, &told.of(id))
    };
    assert_eq!(row(&told).rules.women_share_min_percent, 50);
    // A second time it is for the body, whoever asks.
    assert_eq!(refused(set(&told, first(true, false))), "assembly-rules-decision");
    let bele = id("Bèlè");
    for (body, kind, carried, force) in [
        (id("another"), "rules", true, "binding"),
        (bele, "ordinary", true, "binding"),
        (bele, "rules", false, "binding"),
        (bele, "rules", true, "advisory"),
        (bele, "rules", true, "opinion_not_quorate"),
    ] {
        let by = decision(body, kind, carried, force);
        assert_eq!(refused(set(&told, by)), "assembly-rules-decision", "{kind} {force}");
    }
    let binding = decision(bele, "rules", true, "binding");
    let RulesBy::Decision { id: of, body, kind, carried, force, .. } = binding.clone() else {
        panic!("a decision")
    };
    let says = Some(BodyRules::default());
    let other = RulesBy::Decision { id: of, body, kind, carried, force, says };
    assert_eq!(refused(set(&told, other)), "assembly-rules-other");
    told.happens(set(&told, binding.clone()));
    assert_eq!(row(&told).by_decision, Some(id("D-41")));
    assert_eq!(refused(set(&told, binding)), "assembly-rules-used");
}

#[test]
fn each_rule_keeps_within_its_limits() {
    let told = Told::nothing();
    let check = |change: fn(&mut BodyRules, i64), least: i64, most: i64, code: &str| {
        for (n, fits) in [(least, true), (most, true), (least - 1, false), (most + 1, false)] {
            let mut rules = BodyRules::default();
            change(&mut rules, n);
            let outcome = set_rules(&told.known(), &asked(first(true, false), rules), None);
            assert_eq!(outcome.as_ref().err().map(|r| r.code), (!fits).then_some(code), "{n}");
        }
    };
    check(|r, n| r.women_share_min_percent = n, 30, 60, "assembly-rules-share");
    check(|r, n| r.attendance_min = n, 10, 10_000, "assembly-rules-attendance");
    check(|r, n| r.support_min = n, 5, 10_000, "assembly-rules-support");
    check(|r, n| r.agenda_voices_min = n, 1, 10_000, "assembly-rules-voices");
}

fn need(name: &str, severity: i64, voices: i64, from_silence: bool) -> NeedSeen {
    NeedSeen { id: id(name), title: name.to_owned(), severity, voices, from_silence }
}

fn proposal(name: &str, supporters: i64, by_women: bool) -> ProposalSeen {
    ProposalSeen { id: id(name), title: name.to_owned(), supporters, by_women }
}

#[test]
fn severe_unheard_and_womens_things_need_no_number() {
    let rules = BodyRules::default();
    let needs = [
        need("few", 1, 4, false),
        need("many", 2, 5, false),
        need("silent", 0, 0, true),
        need("severe", 3, 0, false),
    ];
    let proposals =
        [proposal("weak", 9, false), proposal("strong", 10, false), proposal("hers", 0, true)];
    let decision = |name: &str, review| Standing {
        id: id(name),
        title: name.to_owned(),
        review,
        late: !review,
    };
    let decisions = [decision("pump", false), decision("hasty", true)];
    let found = required(&needs, &proposals, &decisions, &rules);
    let found: Vec<(&str, Why)> = found.iter().map(|r| (r.title.as_str(), r.why)).collect();
    let expected = [
        ("severe", Why::Severe),
        ("hasty", Why::Review),
        ("pump", Why::Overdue),
        ("strong", Why::Support),
        ("hers", Why::Women),
        ("many", Why::Voices),
        ("silent", Why::Silence),
    ];
    assert_eq!(found, expected);
}

fn item(kind: &str, name: &str) -> AgendaItem {
    AgendaItem { kind: kind.to_owned(), of: id(name), title: name.to_owned() }
}

fn left(kind: &str, name: &str, reason: &str) -> LeftOut {
    let (kind, title) = (kind.to_owned(), name.to_owned());
    LeftOut { kind, of: id(name), title, reason: reason.to_owned() }
}

#[test]
fn an_agenda_without_a_supported_proposal_is_refused_unless_it_says_why() {
    let wanted =
        |kind, name: &str, why| Required { kind, of: id(name), title: name.to_owned(), why };
    let all = [wanted("proposal", "P-12", Why::Support), wanted("need", "N-88", Why::Severe)];
    let check = |items: &[AgendaItem], left_out: &[LeftOut], expected: Option<&str>| {
        let agenda = AssemblyAgendaSet { items: items.to_vec(), left_out: left_out.to_vec() };
        let outcome = publishable(&agenda, &all);
        assert_eq!(outcome.err().map(|refusal| refusal.code), expected, "{agenda:?}");
    };
    let (need, proposal) = (item("need", "N-88"), item("proposal", "P-12"));
    check(&[need.clone(), proposal.clone()], &[], None);
    check(std::slice::from_ref(&need), &[], Some("assembly-agenda-omits-proposal"));
    let unsaid = left("proposal", "P-12", "  ");
    check(std::slice::from_ref(&need), &[unsaid], Some("assembly-agenda-omits-proposal"));
    let why = left("proposal", "P-12", "It waits for the report on the canal");
    check(std::slice::from_ref(&need), &[why], None);
    check(std::slice::from_ref(&proposal), &[], Some("assembly-agenda-omits"));
    // Something of another kind with the same id stands for nothing.
    check(&[item("own", "P-12"), need], &[], Some("assembly-agenda-omits-proposal"));
    check(&[], &[], Some("assembly-agenda-empty"));
    let long = vec![item("own", "x"); ITEMS_MAX + 1];
    check(&long, &[], Some("assembly-agenda-long"));
    let named = left("proposal", "P-12", "Call 3712 4455 for the reason");
    check(&[item("need", "N-88")], &[named], Some("need-public-number"));
    let nameless = [item("need", "N-88"), proposal, item("own", "")];
    check(&nameless, &[], Some("assembly-title-empty"));
}

#[test]
fn the_safe_hours_are_those_of_the_citys_clock() {
    let check = |hour: &str, offset, expected| {
        let at = instant("2026-12-05", hour, offset).expect("an instant");
        assert_eq!(is_safe(at, offset), expected, "{hour} {offset}");
    };
    for offset in [-300, 0, 180, 330] {
        check("07:00", offset, true);
        check("18:00", offset, true);
        check("6:59", offset, false);
        check("18:01", offset, false);
        check("00:00", offset, false);
    }
    for (day, hour) in [
        ("2026-02-30", "15:00"),
        ("", "15:00"),
        ("2026-12-05", "24:00"),
        ("2026-12-05", "15"),
        ("2026-12-05", "15:60"),
        ("2026-12-05", "-1:00"),
        ("2026-12-05", "015:00"),
    ] {
        assert_eq!(instant(day, hour, 0).unwrap_err().code, "assembly-day-wrong", "{day} {hour}");
    }
}

#[test]
fn a_count_is_a_number_of_people() {
    let check = |women, ages, expected: Option<&str>| {
        let counts = Counts { women, men: 5, other: 0, ages };
        assert_eq!(fit(&counts).err().map(|r| r.code), expected, "{counts:?}");
    };
    check(26, None, None);
    check(26, Some([1, 28, 2]), None);
    check(26, Some([1, 28, 3]), Some("assembly-ages-differ"));
    check(-1, None, Some("assembly-count-wrong"));
    check(PEOPLE_MAX, None, None);
    check(PEOPLE_MAX + 1, None, Some("assembly-count-wrong"));
    check(26, Some([-1, 30, 2]), Some("assembly-count-wrong"));
    let typed = [("", Ok(0)), (" 41 ", Ok(41)), ("٤١", Ok(41)), ("-3", Err(())), ("x", Err(()))];
    for (typed, expected) in typed {
        assert_eq!(sheet::number(typed).map_err(|_| ()), expected, "{typed}");
    }
    assert!(sheet::number("4 1").is_err());
    assert!(sheet::number(&(PEOPLE_MAX + 1).to_string()).is_err());
    assert!(sheet::number("99999999999999999999").is_err());
}

#[test]
fn an_error_on_the_sheet_says_in_which_row() {
    let row = |a, b, c, sum| Sums { parts: [a, b, c], sum };
    let names = ["first", "second", "ages"];
    let check = |first: Sums, second: Sums, ages: Option<Sums>, expected: Option<(&str, &str)>| {
        let read = sheet::read(&first, &second, ages.as_ref(), names);
        let said = read.err().map(|refusal| {
            let row = refusal.args.iter().find(|(name, _)| *name == "row");
            (refusal.code, row.map(|(_, row)| row.clone()).unwrap_or_default())
        });
        let expected = expected.map(|(code, row)| (code, row.to_owned()));
        assert_eq!(said, expected);
    };
    let sound = || row(26, 15, 0, 41);
    check(sound(), sound(), None, None);
    check(sound(), sound(), Some(row(1, 38, 2, 41)), None);
    check(row(62, 15, 0, 41), sound(), None, Some(("assembly-sheet-sums", "first")));
    check(sound(), row(26, 51, 0, 41), None, Some(("assembly-sheet-sums", "second")));
    check(sound(), row(25, 16, 0, 41), None, Some(("assembly-sheet-differs", "second")));
    check(sound(), sound(), Some(row(1, 38, 2, 40)), Some(("assembly-sheet-sums", "ages")));
    check(sound(), sound(), Some(row(1, 38, 1, 40)), Some(("assembly-sheet-sums", "ages")));
}
