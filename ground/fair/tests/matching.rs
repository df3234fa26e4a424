//! Matching from outside: who comes to whom, compared with trying everything, and every reason.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing test is a failing test"
)]

use fair::matching::{
    Asks, Chosen, Due, Gives, Kind, Lack, Matched, OFFERS_MAX, Offer, REQUESTS_MAX, Request,
    TRAVEL_MINUTES_MAX, matched, window,
};
use fair::sharing::{Area, Chance, Weight, share};

fn hours(id: &str, area: u32, urgency: u8, skill: &str, languages: &[&str], much: i64) -> Request {
    let languages = languages.iter().map(|&language| language.to_owned()).collect();
    let asks = Asks::Hours { skill: skill.to_owned(), languages, shift: 1, hours: much };
    Request { id: id.to_owned(), area, urgency, asks }
}

fn person(id: &str, area: u32, skills: &[&str], languages: &[&str], much: i64) -> Offer {
    let all = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let gives =
        Gives::Hours { skills: all(skills), languages: all(languages), shifts: vec![(1, much)] };
    Offer { id: id.to_owned(), area, answered_for: true, kept_from: vec![], gives }
}

fn goods(id: &str, area: u32, urgency: u8, count: i64) -> Request {
    Request { id: id.to_owned(), area, urgency, asks: Asks::Goods { item: "tarp".into(), count } }
}

fn store(id: &str, area: u32, count: i64) -> Offer {
    let gives = Gives::Goods { item: "tarp".into(), count };
    Offer { id: id.to_owned(), area, answered_for: true, kept_from: vec![], gives }
}

fn nursing(area: u32, amount: i64) -> Due {
    Due { kind: Kind::Hours { skill: "nursing".to_owned(), shift: 1 }, area, amount }
}

fn tarps(area: u32, amount: i64) -> Due {
    Due { kind: Kind::Goods { item: "tarp".to_owned() }, area, amount }
}

/// Areas lie on a line, ten minutes from one to the next; area 9 is cut off.
fn travel(from: u32, to: u32) -> Option<u32> {
    ((from == 9) == (to == 9)).then_some(from.abs_diff(to) * 10)
}

fn pairs(matched: &Matched) -> Vec<(usize, usize, i64)> {
    matched.matches.iter().map(|one| (one.request, one.offer, one.amount)).collect()
}

#[test]
fn people_of_the_place_come_first_and_speak_the_language() {
    let requests =
        [hours("clinic", 0, 3, "nursing", &["ht"], 4), hours("school", 1, 3, "nursing", &[], 4)];
    let offers = [
        person("Ana", 1, &["nursing"], &["es"], 4),
        person("Jean", 1, &["nursing", "driving"], &["fr", "ht"], 6),
    ];
    let found = matched(&requests, &offers, &[nursing(0, 4), nursing(1, 4)], travel).unwrap();
    assert_eq!(pairs(&found), [(0, 1, 4), (1, 0, 4)]);
    assert_eq!(found.matches[0].language.as_deref(), Some("ht"));
    assert_eq!(found.matches[0].why, Chosen::Nearest);
    assert_eq!(found.matches[0].minutes, 10);
    assert_eq!((found.matches[1].why, &found.matches[1].language), (Chosen::Local, &None));
    assert!(found.open.is_empty());
}

#[test]
fn a_neighbour_nobody_answers_for_comes_before_a_stranger_and_vouching_ranks_strangers() {
    let bare = |id: &str, area, much| Offer {
        answered_for: false,
        ..person(id, area, &["nursing"], &[], much)
    };
    let ask = |much| [hours("clinic", 0, 3, "nursing", &[], much)];
    let offers = [
        bare("neighbour", 0, 2),
        person("known, far", 4, &["nursing"], &["ht"], 2),
        bare("unknown, near", 1, 2),
    ];
    let found = matched(&ask(5), &offers, &[nursing(0, 5)], travel).unwrap();
    assert_eq!(pairs(&found), [(0, 1, 2), (0, 0, 2), (0, 2, 1)]);
    let why = |found: &Matched| found.matches.iter().map(|one| one.why).collect::<Vec<_>>();
    let expected = [Chosen::AnsweredFor, Chosen::Local, Chosen::Nearest];
    assert_eq!(why(&found), expected, "whoever comes too is not given elsewhere");
    let found = matched(&ask(2), &offers[1..], &[nursing(0, 2)], travel).unwrap();
    assert_eq!((pairs(&found), why(&found)), (vec![(0, 0, 2)], vec![Chosen::AnsweredFor]));
    let two = [ask(2), [hours("school", 0, 3, "nursing", &["ht"], 2)]].concat();
    let found = matched(&two, &offers[1..], &[nursing(0, 4)], travel).unwrap();
    assert_eq!(pairs(&found), [(0, 1, 2), (1, 0, 2)]);
    assert_eq!(found.matches[0].why, Chosen::AnsweredForGivenElsewhere { offer: 0 });
}

#[test]
fn whoever_is_kept_from_a_request_serves_others_only() {
    let requests =
        [hours("clinic", 0, 3, "nursing", &[], 2), hours("school", 0, 1, "nursing", &[], 2)];
    let judge =
        Offer { kept_from: vec!["clinic".to_owned()], ..person("judge", 0, &["nursing"], &[], 4) };
    let found = matched(&requests, &[judge], &[nursing(0, 4)], travel).unwrap();
    assert_eq!(pairs(&found), [(1, 0, 2)]);
    assert_eq!((found.open[0].request, found.open[0].why), (0, Lack::NoOffer));
}

#[test]
fn a_near_store_may_serve_another_and_it_is_said() {
    // The far request can be served from the near store only, so the near one goes farther.
    let requests = [goods("a", 1, 2, 10), goods("b", 0, 2, 10)];
    let offers = [store("depot", 1, 10), store("port", 3, 10)];
    let only_depot =
        |from: u32, to: u32| if (from, to) == (3, 0) { None } else { travel(from, to) };
    let found = matched(&requests, &offers, &[tarps(0, 10), tarps(1, 10)], only_depot).unwrap();
    assert_eq!(pairs(&found), [(0, 1, 10), (1, 0, 10)]);
    assert_eq!(found.matches[0].why, Chosen::NearerGivenElsewhere { offer: 0 });
    assert_eq!(found.matches[1].why, Chosen::Nearest);
}

#[test]
fn the_more_urgent_is_served_first_within_what_an_area_is_due() {
    let requests = [goods("roof", 0, 2, 8), goods("birth", 0, 5, 8)];
    let found = matched(&requests, &[store("depot", 5, 100)], &[tarps(0, 10)], travel).unwrap();
    assert_eq!(pairs(&found), [(0, 0, 2), (1, 0, 8)]);
    assert_eq!(found.open.len(), 1);
    assert_eq!((found.open[0].amount, found.open[0].why), (6, Lack::NotDue));
}

#[test]
fn what_stays_open_has_its_reason() {
    let lack = |request: Request, offers: &[Offer], dues: &[Due]| {
        matched(&[request], offers, dues, travel).unwrap().open[0].why
    };
    let ask = || hours("clinic", 0, 3, "nursing", &["ht"], 4);
    let due = [nursing(0, 4)];
    let driver = person("Ana", 0, &["driving"], &["ht"], 4);
    assert_eq!(lack(ask(), &[driver], &due), Lack::NoOffer);
    let mut late = person("Ana", 0, &["nursing"], &["ht"], 4);
    late.gives = Gives::Hours {
        skills: vec!["nursing".to_owned()],
        languages: vec!["ht".to_owned()],
        shifts: vec![(2, 8)],
    };
    assert_eq!(lack(ask(), &[late], &due), Lack::NotThen);
    let foreign = person("Ana", 0, &["nursing"], &["es"], 4);
    assert_eq!(lack(ask(), &[foreign], &due), Lack::NoLanguage);
    let cut_off = person("Ana", 9, &["nursing"], &["ht"], 4);
    assert_eq!(lack(ask(), &[cut_off], &due), Lack::NoWay);
    let near = || person("Ana", 0, &["nursing"], &["ht"], 3);
    assert_eq!(lack(ask(), &[near()], &due), Lack::GivenElsewhere);
    assert_eq!(lack(ask(), &[near()], &[]), Lack::NotDue);
    let far = |_: u32, _: u32| Some(TRAVEL_MINUTES_MAX + 1);
    let found = matched(&[ask()], &[near()], &due, far).unwrap();
    assert_eq!(found.open[0].why, Lack::NoWay);
}

#[test]
fn an_hour_is_given_once() {
    let requests =
        [hours("clinic", 0, 3, "nursing", &[], 4), hours("bus", 0, 4, "driving", &[], 4)];
    let driving = Due { kind: requests[1].kind(), area: 0, amount: 4 };
    let offers = [person("Jean", 0, &["nursing", "driving", "driving"], &[], 6)];
    let found = matched(&requests, &offers, &[nursing(0, 4), driving], travel).unwrap();
    assert_eq!(pairs(&found), [(0, 0, 2), (1, 0, 4)]);
    assert_eq!(found.open[0].why, Lack::GivenElsewhere);
}

#[test]
fn lists_that_contradict_themselves_are_refused() {
    let refused = |requests: &[Request], offers: &[Offer], dues: &[Due]| {
        matched(requests, offers, dues, travel).unwrap_err().to_string()
    };
    let check = |said: String, expected: &str| assert!(said.contains(expected), "{said}");
    check(refused(&[goods("a", 0, 0, 1)], &[], &[]), "a: the urgency 0");
    check(refused(&[goods("a", 0, 6, 1)], &[], &[]), "a: the urgency 6");
    check(refused(&[goods("a", 0, 1, -1)], &[], &[]), "a: -1 hours or things");
    check(refused(&[], &[store("s", 0, -1)], &[]), "s: -1 hours or things");
    check(refused(&[], &[person("p", 0, &[], &[], -1)], &[]), "p: -1 hours or things");
    check(refused(&[goods("a", 0, 1, 1), goods("a", 0, 1, 1)], &[], &[]), "two are called a");
    check(refused(&[], &[store("s", 0, 1), store("s", 0, 1)], &[]), "two are called s");
    check(refused(&[], &[], &[tarps(0, 1), tarps(0, 2)]), "is due to area 0 twice");
    check(refused(&[], &[], &[tarps(0, -2)]), "what is due: -2");
}

#[test]
fn one_more_than_is_matched_at_once_is_refused() {
    let said = |requests: &[Request], offers: &[Offer]| {
        matched(requests, offers, &[], travel).unwrap_err().to_string()
    };
    let requests = vec![goods("a", 0, 1, 1); REQUESTS_MAX + 1];
    assert!(said(&requests, &[]).starts_with("requests: more than 100000"));
    let offers = vec![store("s", 0, 1); OFFERS_MAX + 1];
    assert!(said(&[], &offers).starts_with("offers: more than 100000"));
    // 2,237 squared is a little more than the pairs that are looked at.
    let requests: Vec<Request> = (0..2_237).map(|at| goods(&at.to_string(), 0, 1, 1)).collect();
    let offers: Vec<Offer> = (0..2_237).map(|at| store(&at.to_string(), 0, 1)).collect();
    assert!(said(&requests, &offers).starts_with("fitting pairs: more than 5000000"));
    let kind = requests[0].kind();
    let areas = vec![];
    assert_eq!(window(&kind, &areas, &requests, &offers, travel).unwrap().pools.len(), 0);
}

/// What a matching is worth, the best the smallest: what is missing, how little urgent, how many
/// hours from elsewhere, how far.
fn worth(requests: &[Request], offers: &[Offer], given: &[(usize, usize, i64)]) -> [i64; 4] {
    let mut worth = [0; 4];
    for &(request, offer, much) in given {
        let (to, from) = (&requests[request], &offers[offer]);
        let people = matches!(from.gives, Gives::Hours { .. });
        worth[0] -= much;
        worth[1] += much * i64::from(5 - to.urgency);
        worth[2] += much * i64::from(people && to.area != from.area);
        let minutes = i64::from(travel(from.area, to.area).unwrap());
        worth[3] += much * minutes * i64::from(to.urgency);
    }
    worth
}

/// The best worth, by trying everything.
fn best(requests: &[Request], offers: &[Offer], due: [i64; 2], given: &mut Given) -> [i64; 4] {
    let at = given.len();
    if at == requests.len() * offers.len() {
        return worth(requests, offers, given);
    }
    let (request, offer) = (at / offers.len(), at % offers.len());
    let had = |of: &dyn Fn(&(usize, usize, i64)) -> bool| {
        given.iter().filter(|one| of(one)).map(|one| one.2).sum::<i64>()
    };
    let area = requests[request].area;
    let stock = match &offers[offer].gives {
        Gives::Goods { count, .. } => *count,
        Gives::Hours { shifts, .. } => shifts[0].1,
    };
    let most = (requests[request].amount() - had(&|one| one.0 == request))
        .min(stock - had(&|one| one.1 == offer))
        .min(due[area as usize] - had(&|one| requests[one.0].area == area));
    let tries = (0..=most).map(|much| {
        given.push((request, offer, much));
        let found = best(requests, offers, due, given);
        given.pop();
        found
    });
    tries.min().unwrap()
}

type Given = Vec<(usize, usize, i64)>;

#[test]
fn no_other_matching_is_better() {
    let mut chance = Chance::new(5);
    for round in 0..300 {
        let people = round % 2 == 0;
        let mut amount = |least: u32, most: u32| least + chance.below(most);
        let requests: Vec<Request> = (0..3)
            .map(|at| {
                let (area, urgency) = (amount(0, 2), u8::try_from(amount(1, 5)).unwrap());
                let (id, much) = (format!("request {at}"), i64::from(amount(0, 4)));
                if people {
                    hours(&id, area, urgency, "nursing", &[], much)
                } else {
                    goods(&id, area, urgency, much)
                }
            })
            .collect();
        let offers: Vec<Offer> = (0..2)
            .map(|at| {
                let (area, much) = (amount(0, 4), i64::from(amount(0, 5)));
                let id = format!("offer {at}");
                if people {
                    person(&id, area, &["nursing"], &[], much)
                } else {
                    store(&id, area, much)
                }
            })
            .collect();
        let due = [i64::from(amount(0, 6)), i64::from(amount(0, 6))];
        let dues = match people {
            true => [nursing(0, due[0]), nursing(1, due[1])],
            false => [tarps(0, due[0]), tarps(1, due[1])],
        };
        let found = matched(&requests, &offers, &dues, travel).unwrap();
        let known = best(&requests, &offers, due, &mut Vec::new());
        assert_eq!(worth(&requests, &offers, &pairs(&found)), known, "{requests:?} {offers:?}");
        let asked: i64 = requests.iter().map(Request::amount).sum();
        let open: i64 = found.open.iter().map(|open| open.amount).sum();
        assert_eq!(asked - open, -known[0], "what is not matched is told");
        // The order of the lists changes nothing.
        let turned: Vec<Request> = requests.iter().rev().cloned().collect();
        let other = matched(&turned, &offers, &dues, travel).unwrap();
        let mut other: Given =
            pairs(&other).into_iter().map(|(at, offer, much)| (2 - at, offer, much)).collect();
        other.sort_unstable();
        let mut first = pairs(&found);
        first.sort_unstable();
        assert_eq!(first, other);
    }
}

#[test]
fn fair_shares_are_due_and_can_be_matched_to_the_last_hour() {
    let area = |id: &str, need: i64, risk_milli: u32| Area {
        id: id.to_owned(),
        need,
        covered: 0,
        cap: 0,
        weight: Weight::of_risk(risk_milli),
        risk_milli,
        deferrals: 0,
        grant_min: 0,
    };
    let areas = [area("hill", 20, 8_000), area("river", 20, 4_000), area("port", 10, 5_000)];
    let requests = [
        hours("hill clinic", 0, 5, "nursing", &["ht"], 12),
        hours("hill school", 0, 2, "nursing", &[], 8),
        hours("river clinic", 1, 4, "nursing", &[], 20),
        hours("a bus", 1, 4, "driving", &[], 20),
    ];
    let offers = [
        person("Ana", 0, &["nursing"], &["es"], 6),
        person("Jean", 1, &["nursing"], &["ht"], 9),
        person("Rosa", 9, &["nursing"], &["ht"], 9),
    ];
    let kind = requests[0].kind();
    let question = window(&kind, &areas, &requests, &offers, travel).unwrap();
    assert_eq!(question.pools.len(), 2, "who cannot get there is no pool");
    let shares = share(&question).unwrap();
    // Fifteen hours at two to one.
    assert_eq!(shares.amounts, [10, 5, 0]);
    let dues: Vec<Due> = (0u32..)
        .zip(&shares.amounts)
        .map(|(area, amount)| Due { kind: kind.clone(), area, amount: *amount })
        .collect();
    let found = matched(&requests, &offers, &dues, travel).unwrap();
    let come: i64 = found.matches.iter().map(|one| one.amount).sum();
    assert_eq!(come, 15);
    assert_eq!(found.open.len(), 4);
}
