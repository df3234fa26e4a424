//! The rules of ballots on records made here: every limit one beyond, a ballot that comes again,
//! the log that grows in batches.

use std::collections::HashMap;

use ballots::{Credential as Key, LogKey};
use record::{Clock, Draft, Id, Record, Refusal};

use super::super::card::{Card, credential_id};
use super::super::records::{BallotRoundAnnounced, ProjectSaid};
use super::super::rules::{
    self, APPEAL_DAYS_MAX, Announcing, CARDS_MAX, CREDENTIALS_MAX, Casting, Hand, Issuing,
    LOT_CHARS_MAX, NOTICE_HOURS_MIN, OPEN_DAYS_MAX, QUESTION_CHARS_MAX, RULES_OFFERED, SMS_MIN,
    TITLE_CHARS_MAX, TOGETHER_MIN, TURNOUT_MIN, WHO_CHARS_MAX,
};
use super::super::views::{Credential, Log, Round};
use super::home::{HOUR_MS, NOW_MS, asked};

fn id(name: &str) -> Id {
    Id::named("test", name)
}

fn hand(name: &str) -> Hand {
    Hand { id: id(name), bodies: vec![] }
}

fn key() -> LogKey {
    LogKey::from_seed(&[4; 32])
}

#[derive(Default)]
struct Told {
    records: HashMap<Id, Vec<Record>>,
    seq: u64,
}

impl Told {
    fn all(&mut self, drafts: Vec<Draft>) {
        for draft in drafts {
            self.seq += 1;
            let at = Clock::at(NOW_MS + i64::try_from(self.seq).unwrap());
            let placed = draft.place(id("writer"), self.seq, [0; 32], at, [[0; 16]; 3]);
            self.records.entry(placed.record.entity).or_default().push(placed.record);
        }
    }

    fn of(&self, id: Id) -> &[Record] {
        self.records.get(&id).map_or(&[], Vec::as_slice)
    }
}

fn announce(said: BallotRoundAnnounced) -> Result<Vec<Draft>, Refusal> {
    let asked = Announcing { said, area: None };
    let hands = (&hand("rose"), &hand("wilner"), &hand("mirlande"));
    rules::announce(id("round"), &asked, &key(), hands, NOW_MS)
}

fn announced() -> Told {
    let mut told = Told::default();
    told.all(announce(asked()).expect("announced"));
    told
}

fn code<T>(outcome: Result<T, Refusal>) -> &'static str {
    outcome.err().map_or("", |refusal| refusal.code)
}

#[test]
fn every_limit_of_a_round_holds_one_beyond() {
    let check = |change: &dyn Fn(&mut BallotRoundAnnounced), expected: &str| {
        let mut said = asked();
        change(&mut said);
        assert_eq!(code(announce(said.clone())), expected, "{said:?}");
    };
    check(&|_| {}, "");
    check(&|s| s.question = "m".repeat(QUESTION_CHARS_MAX), "");
    check(&|s| s.question = "m".repeat(QUESTION_CHARS_MAX + 1), "ballot-words");
    check(&|s| s.question = "  ".to_owned(), "ballot-words");
    check(&|s| s.who = "m".repeat(WHO_CHARS_MAX + 1), "ballot-words");
    check(&|s| s.projects[0].title = "m".repeat(TITLE_CHARS_MAX + 1), "ballot-words");
    check(&|s| s.projects.clear(), "ballot-projects");
    check(&|s| s.right = None, "ballot-right");
    let many = |n: usize| {
        move |s: &mut BallotRoundAnnounced| {
            let title = "A tap".to_owned();
            let one = ProjectSaid { title, cost_minor: 1, ..ProjectSaid::default() };
            s.projects = vec![one; n];
        }
    };
    check(&many(40), "");
    check(&many(41), "ballot-projects");
    check(&|s| s.projects[0].cost_minor = 0, "ballot-projects");
    check(&|s| s.budget_minor = 0, "ballot-money");
    let most = i64::try_from(ballots::AMOUNT_MINOR_MAX).expect("it fits");
    check(&|s| (s.budget_minor, s.projects[0].cost_minor) = (most, most), "");
    check(&|s| s.budget_minor = most + 1, "ballot-amount");
    check(&|s| s.projects[0].cost_minor = most + 1, "ballot-amount");
    check(&|s| s.projects[0].cost_minor = i64::MAX, "ballot-amount");
    check(&|s| s.currency = "htg".to_owned(), "ballot-money");
    check(&|s| s.currency = "GOURDE".to_owned(), "ballot-money");
    check(&|s| s.currency = "ZZZ".to_owned(), "ballot-money");
    check(&|s| s.choices_max = 0, "ballot-limits");
    check(&|s| s.choices_max = 5, "ballot-limits");
    check(&|s| s.points = 1, "ballot-limits");
    check(&|s| s.appeal_days = 0, "ballot-limits");
    check(&|s| s.appeal_days = APPEAL_DAYS_MAX + 1, "ballot-limits");
    check(&|s| s.turnout_min = Some(TURNOUT_MIN), "");
    check(&|s| s.turnout_min = Some(TURNOUT_MIN - 1), "ballot-turnout");
    let most = i64::try_from(CREDENTIALS_MAX).expect("it fits");
    check(&|s| s.turnout_min = Some(most), "");
    check(&|s| s.turnout_min = Some(most + 1), "ballot-turnout");
    let needs = |n: usize| Some((0..n).map(|n| id(&n.to_string())).collect());
    check(&|s| s.projects[0].needs = needs(100), "");
    check(&|s| s.projects[0].needs = needs(101), "decision-many");
    check(&|s| s.opens_ms = NOW_MS + NOTICE_HOURS_MIN * HOUR_MS - 1, "ballot-hours");
    check(&|s| s.opens_ms = NOW_MS + NOTICE_HOURS_MIN * HOUR_MS, "");
    check(&|s| s.closes_ms = s.opens_ms + HOUR_MS - 1, "ballot-hours");
    check(&|s| s.closes_ms = s.opens_ms + OPEN_DAYS_MAX * 24 * HOUR_MS, "");
    check(&|s| s.closes_ms = s.opens_ms + OPEN_DAYS_MAX * 24 * HOUR_MS + 1, "ballot-hours");
    check(&|s| s.opens_ms = i64::MIN, "ballot-hours");
    check(&|s| s.rule = "mes_points_add1u".to_owned(), "ballot-rule");
    check(&|s| s.rule = "mes_luck".to_owned(), "ballot-rule");
    check(&|s| s.kind = "ranked".to_owned(), "ballot-rule");
    let points = |rule: &'static str, points: i64| {
        move |s: &mut BallotRoundAnnounced| {
            (s.kind, s.rule, s.points) = ("cumulative".to_owned(), rule.to_owned(), points);
        }
    };
    check(&points("greedy_points", 100), "");
    check(&points("mes_cost_add1u", 10), "");
    check(&points("greedy_points", 101), "ballot-limits");
    check(&|s| s.question = "Call +509 3700 0001 now".to_owned(), "need-public-number");
}

#[test]
fn an_amount_that_could_mean_two_things_is_refused() {
    let check = |typed: &str, currency: &str, expected: i64| {
        assert_eq!(rules::amount_typed(typed, currency), Ok(expected), "{typed} {currency}");
    };
    check("4000", "USD", 400_000);
    check(" 10 005 ", "USD", 1_000_500);
    check("0.10", "USD", 10);
    check("10 005,50", "HTG", 1_000_550);
    check("4000", "XOF", 4_000);
    check("10", "KWD", 10_000);
    let wrong = ["10.005", "10,005", "1.250.000", "0.1", "10.", ".50", "1.2.3", "-4", "4k", ""];
    let wrong = wrong.map(|typed| (typed, "USD")).into_iter();
    for (typed, currency) in wrong.chain([("10.5", "XOF"), ("10.005", "KWD")]) {
        let refused = rules::amount_typed(typed, currency).map_err(|refusal| refusal.code);
        assert_eq!(refused, Err("ballot-amount-unclear"), "{typed} {currency}");
    }
    let refused = rules::amount_typed("10", "ZZZ").map_err(|refusal| refusal.code);
    assert_eq!(refused, Err("ballot-money"));
}

#[test]
fn nobody_who_waits_for_a_code_is_left_over() {
    for all in 0..=2 * CARDS_MAX + 2 * SMS_MIN {
        let mut left = all;
        while left >= SMS_MIN {
            let sent = rules::sent_together(left);
            assert!((SMS_MIN..=CARDS_MAX).contains(&sent), "{sent} of {left}");
            left -= sent;
        }
        assert_eq!(left, if all < SMS_MIN { all } else { 0 }, "of {all}");
    }
}

#[test]
fn what_cannot_be_counted_is_told_as_what_it_is() {
    use ballots::{NoCount, NotMade};
    let check = |why: NotMade, expected: &str, says: &str| {
        let refusal = rules::uncountable(&why);
        let said = refusal.args.iter().any(|(_, value)| value.contains(says));
        assert_eq!((refusal.code, said || says.is_empty()), (expected, true), "{why}");
    };
    let rule = || NoCount::Rule("mes_luck".to_owned());
    check(NotMade::NoCount(rule()), "ballot-no-count", "mes_luck");
    check(NotMade::Stranger("0f".to_owned()), "ballot-uncountable", "");
    check(NotMade::Leaves(3, 2), "ballot-uncountable", "");
}

#[test]
fn every_rule_offered_is_one_of_the_counting_command() {
    for rule in RULES_OFFERED {
        assert!(rule.parse::<fair_rule::Rule>().is_ok(), "{rule}");
    }
}

/// The names of rules, as the bundle reads them.
mod fair_rule {
    pub struct Rule;
    impl std::str::FromStr for Rule {
        type Err = ();
        fn from_str(name: &str) -> Result<Rule, ()> {
            let rules = super::rules::rules_of(&super::Round::default());
            let kind = if name.contains("points") { "cumulative" } else { "approval" };
            let named = ballots::Rules { rule: name.to_owned(), kind: kind.to_owned(), ..rules };
            named.rule().map(|_| Rule).ok_or(())
        }
    }
}

fn issue(told: &Told, asked: &Issuing, who: &str) -> Result<Vec<Draft>, Refusal> {
    rules::issue(id("round"), told.of(id("round")), asked, &hand(who), NOW_MS)
}

#[test]
fn cards_are_limited_and_given_out_by_the_registrar_alone() {
    let told = announced();
    let of = |n: usize, there: usize| Issuing {
        batch: id("sheet"),
        via: "card".to_owned(),
        keys: (0..n).map(|n| ([u8::try_from(n % 250).unwrap(); 32], None)).collect(),
        there,
        lot: String::new(),
    };
    assert_eq!(code(issue(&told, &of(1, 0), "wilner")), "ballot-hands");
    assert_eq!(issue(&told, &of(CARDS_MAX, 0), "rose").expect("given").len(), CARDS_MAX);
    assert_eq!(code(issue(&told, &of(CARDS_MAX + 1, 0), "rose")), "ballot-cards-many");
    assert_eq!(code(issue(&told, &of(0, 0), "rose")), "ballot-cards-many");
    assert_eq!(code(issue(&told, &of(1, CREDENTIALS_MAX - 1), "rose")), "");
    assert_eq!(code(issue(&told, &of(1, CREDENTIALS_MAX), "rose")), "ballot-cards-many");
    let for_whom = |lot: String| Issuing { lot, ..of(1, 0) };
    assert_eq!(code(issue(&told, &for_whom("m".repeat(LOT_CHARS_MAX)), "rose")), "");
    let long = for_whom("m".repeat(LOT_CHARS_MAX + 1));
    assert_eq!(code(issue(&told, &long, "rose")), "ballot-words");
    for way in ["sms", "SMS", " card "] {
        assert_eq!(code(issue(&told, &for_whom(way.to_owned()), "rose")), "ballot-lot", "{way}");
    }
    let keys: Vec<Id> =
        issue(&told, &of(3, 0), "rose").expect("given").iter().map(|d| d.entity).collect();
    assert_eq!(keys, (0..3u8).map(|n| credential_id(&[n; 32])).collect::<Vec<_>>());
}

#[test]
fn a_ballot_that_comes_again_is_refused() {
    let mut told = announced();
    let card = Key::from_seed(&[1; 32]);
    let own = credential_id(&card.public());
    let keys = vec![(card.public(), None)];
    let via = "card".to_owned();
    let given = Issuing { batch: id("sheet"), via, keys, ..Issuing::default() };
    told.all(issue(&told, &given, "rose").expect("given"));
    let casting = |turn: u32| {
        let tick = ballots::Choice { project: "01".to_owned(), points: 1 };
        let ballot = card.vote(id("round").0, turn, &[tick], [0; 16]);
        Casting { ballot, sealed: vec![1] }
    };
    let cast = |told: &Told, turn: u32| {
        let about = (id("round"), told.of(id("round")));
        rules::cast(about, told.of(own), &casting(turn), asked().opens_ms)
    };
    assert_eq!(code(cast(&told, 2)), "ballot-replayed", "before its turn");
    told.all(cast(&told, 1).expect("cast"));
    assert_eq!(code(cast(&told, 1)), "ballot-replayed");
    told.all(cast(&told, 2).expect("cast"));
    assert_eq!(Credential::fold(own, told.of(own)).ballots.len(), 2);
    let mut forged = casting(3);
    forged.ballot.signature[0] ^= 1;
    let about = (id("round"), told.of(id("round")));
    let outcome = rules::cast(about, told.of(own), &forged, asked().opens_ms);
    assert_eq!(code(outcome), "ballot-card-unknown");
}

#[test]
fn the_log_grows_in_batches_and_closes_with_all() {
    let mut told = announced();
    let round = Round::fold(id("round"), told.of(id("round")));
    let leaves = |n: u8| -> Vec<[u8; 32]> { (0..n).map(|n| ballots::log::leaf(&[n])).collect() };
    let grow = |told: &Told, n: u8, now| {
        rules::grow(&round, (id("log"), told.of(id("log"))), &leaves(n), &key(), now)
    };
    let open = asked().opens_ms;
    let two = u8::try_from(2 * TOGETHER_MIN).unwrap();
    assert!(grow(&told, two - 1, open).is_none(), "one fewer than two batches");
    told.all(grow(&told, two, open).into_iter().collect());
    let log = Log::fold(id("log"), told.of(id("log")));
    assert_eq!(log.size(), 10);
    let mut sorted = log.hashes();
    sorted.sort_unstable();
    assert_eq!(log.hashes(), sorted, "in the order of hashes, not of hours");
    assert!(grow(&told, two, open).is_none(), "as many stay behind");
    let closing = asked().closes_ms + rules::CLOSE_GRACE_MS;
    assert!(grow(&told, two, closing - 1).is_none());
    told.all(grow(&told, two, closing).into_iter().collect());
    let log = Log::fold(id("log"), told.of(id("log")));
    assert_eq!((log.size(), log.closed), (20, true));
    assert!(grow(&told, two + 1, closing).is_none(), "nothing comes after");
    let heads = [(10, &log.heads[0].root), (20, &log.heads[1].root)];
    let proof = ballots::log::consistency(&log.hashes(), 10).expect("one");
    assert!(ballots::log::consistent(heads[0], heads[1], &proof));
}

#[test]
fn a_code_is_read_as_people_type_it_and_no_other() {
    let card = Card::from_chance([0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde]);
    let shown = card.to_string();
    assert_eq!(shown.len(), 14);
    for typed in
        [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('-', "")]
    {
        assert_eq!(typed.parse(), Ok(card.clone()), "{typed}");
    }
    let plain: Vec<char> = shown.replace('-', "").chars().collect();
    for at in 0..plain.len() {
        let mut wrong = plain.clone();
        wrong[at] = if wrong[at] == '7' { '8' } else { '7' };
        assert!(wrong.iter().collect::<String>().parse::<Card>().is_err(), "{at}");
        if at > 0 && plain[at] != plain[at - 1] {
            let mut swapped = plain.clone();
            swapped.swap(at, at - 1);
            assert!(swapped.iter().collect::<String>().parse::<Card>().is_err(), "{at}");
        }
    }
    assert_eq!(format!("{card:?}"), "Card(…)", "no log shows a code");
}
