//! Who could come to whom, with the reason; and what an SMS says.

use std::collections::HashMap;

use fair::matching::{Chosen, Lack};
use record::Id;

use super::folds::id;
use crate::resources::matching::{Known, Proposal, Source, Wanting, propose};
use crate::resources::rules::reading::{READ_AMOUNT_MAX, offer as read};
use crate::resources::views::{Lot, Offer, Request};

fn request(name: &str, item: &str, area: &str, amount: i64) -> Wanting {
    let request = Request {
        id: id(name),
        number: 1,
        item: item.to_owned(),
        area: Some(id(area)),
        amount,
        wanted_day: 10,
        urgency: 3,
        open: true,
        ..Request::default()
    };
    Wanting { request, lacks: amount, people: Some(100) }
}

fn offer(name: &str, item: &str, area: Option<&str>, amount: i64) -> Offer {
    Offer {
        id: id(name),
        number: 1,
        item: item.to_owned(),
        area: area.map(id),
        amount,
        until_day: 50,
        body: Some(id("a body")),
        languages: vec!["ht".to_owned()],
        ..Offer::default()
    }
}

fn known(requests: Vec<Wanting>, offers: Vec<Offer>) -> Known {
    let places = ["hill", "river", "port"]
        .iter()
        .zip(0..)
        .map(|(name, n)| (id(name), (36.0 + f64::from(n) * 0.02, 1.0)));
    Known {
        requests,
        offers,
        places: places.collect::<HashMap<_, _>>(),
        today: 5,
        ..Known::default()
    }
}

fn pairs(proposal: &Proposal) -> Vec<(Id, Source, i64)> {
    proposal.proposed.iter().map(|one| (one.request, one.source, one.amount)).collect()
}

#[test]
fn people_of_the_place_come_first_then_the_nearest() {
    let offers =
        vec![offer("far", "mason", Some("port"), 9), offer("near", "mason", Some("river"), 3)];
    let asked = vec![request("wall", "mason", "river", 5)];
    let found = propose(&known(asked, offers)).unwrap();
    let expected =
        [(id("wall"), Source::Offer(id("near")), 3), (id("wall"), Source::Offer(id("far")), 2)];
    let mut all = pairs(&found);
    all.sort_by_key(|(.., amount)| -amount);
    assert_eq!(all, expected);
    assert!(found.unserved.is_empty());
    let local = found.proposed.iter().find(|one| one.source == Source::Offer(id("near"))).unwrap();
    assert_eq!((local.why, local.minutes), (Chosen::Local, 0));
    let far = found.proposed.iter().find(|one| one.source == Source::Offer(id("far"))).unwrap();
    // 0.02 degrees at the equator are 2.2 km.
    assert!((30..=36).contains(&far.minutes), "{}", far.minutes);
}

#[test]
fn a_neighbour_whom_nobody_vouches_for_comes_before_a_stranger_and_vouching_ranks_strangers() {
    let unknown = |area: &str| Offer { body: None, ..offer("unknown", "mason", Some(area), 5) };
    let vouched = Offer {
        body: None,
        vouches: vec![(id("ana"), None), (id("bo"), None)],
        ..offer("vouched", "mason", Some("port"), 3)
    };
    let asked = || vec![request("wall", "mason", "hill", 5)];
    let first = Source::Offer(id("unknown"));
    let found = propose(&known(asked(), vec![unknown("hill"), vouched.clone()])).unwrap();
    assert_eq!(pairs(&found), [(id("wall"), first, 5)]);
    assert_eq!(found.proposed[0].why, Chosen::Local);
    // Of two from elsewhere the one whom others vouch for, though the other lives nearer.
    let found = propose(&known(asked(), vec![unknown("river"), vouched])).unwrap();
    let mut all = pairs(&found);
    all.sort_by_key(|(.., amount)| -amount);
    assert_eq!(all, [(id("wall"), Source::Offer(id("vouched")), 3), (id("wall"), first, 2)]);
    let chosen = found.proposed.iter().find(|one| one.amount == 3).map(|one| one.why);
    assert_eq!(chosen, Some(Chosen::AnsweredFor));
}

#[test]
fn requests_of_all_bodies_are_shared_out_together() {
    let lot = Lot { id: id("lot"), item: "tarpaulin".to_owned(), here: 90, ..Lot::default() };
    for bodies in [["a", "b"], ["b", "a"]] {
        let asked = ["hill", "river"].iter().zip(bodies).map(|(area, body)| {
            let one = request(area, "tarpaulin", area, 90);
            Wanting { request: Request { body: Some(id(body)), ..one.request }, ..one }
        });
        let known = Known { lots: vec![lot.clone()], ..known(asked.collect(), vec![]) };
        let found = propose(&known).unwrap();
        let amounts: Vec<i64> = found.proposed.iter().map(|one| one.amount).collect();
        assert_eq!(amounts, [45, 45], "no body is served before another");
    }
}

#[test]
fn what_an_area_got_already_counts() {
    let lot = Lot { id: id("lot"), item: "tarpaulin".to_owned(), here: 90, ..Lot::default() };
    let asked = ["hill", "river"].map(|area| request(area, "tarpaulin", area, 90));
    let split = |came: i64| {
        let came = [((id("hill"), "tarpaulin".to_owned()), came)].into_iter().collect();
        let lots = vec![lot.clone()];
        let known = Known { lots, came, ..known(asked.clone().into_iter().collect(), vec![]) };
        let found = propose(&known).unwrap();
        let much = |name: &str| {
            found.proposed.iter().filter(|p| p.request == id(name)).map(|p| p.amount).sum::<i64>()
        };
        (much("hill"), much("river"))
    };
    assert_eq!(split(0), (45, 45));
    assert_eq!(split(30), (30, 60), "both have sixty in the end");
    assert_eq!(split(500), (0, 90));
    // What is proposed for today counts for what is wanted later.
    let later = Wanting {
        request: Request { wanted_day: 11, ..request("later", "tarpaulin", "hill", 90).request },
        ..request("later", "tarpaulin", "hill", 90)
    };
    let river = Wanting {
        request: Request { wanted_day: 11, ..asked[1].request.clone() },
        ..asked[1].clone()
    };
    let today = request("today", "tarpaulin", "hill", 30);
    let known = Known { lots: vec![lot], ..known(vec![today, later, river], vec![]) };
    let found = propose(&known).unwrap();
    let amounts: Vec<(Id, i64)> = found.proposed.iter().map(|p| (p.request, p.amount)).collect();
    assert_eq!(amounts[0], (id("today"), 30));
    assert!(amounts.contains(&(id("later"), 15)) && amounts.contains(&(id("river"), 45)));
}

#[test]
fn what_stays_open_has_its_reason() {
    let why = |request: Wanting, offer: Offer| {
        let found = propose(&known(vec![request], vec![offer])).unwrap();
        assert!(found.proposed.is_empty(), "{found:?}");
        found.unserved[0].why
    };
    let ask = || request("wall", "mason", "river", 5);
    let spoken =
        Wanting { request: Request { languages: vec!["sw".to_owned()], ..ask().request }, ..ask() };
    assert_eq!(why(ask(), offer("x", "nurse", Some("river"), 5)), Lack::NoOffer);
    assert_eq!(why(spoken, offer("x", "mason", Some("river"), 5)), Lack::NoLanguage);
    let later = Offer { from_day: 30, ..offer("x", "mason", Some("river"), 5) };
    assert_eq!(why(ask(), later), Lack::NotThen);
}

#[test]
fn whoever_sits_where_it_is_decided_is_not_proposed() {
    let ask = request("wall", "mason", "river", 5);
    let ask = Wanting { request: Request { body: Some(id("committee")), ..ask.request }, ..ask };
    let owner = Offer { conflicts: vec![id("committee")], ..offer("x", "mason", Some("river"), 5) };
    let found = propose(&known(vec![ask], vec![owner])).unwrap();
    assert!(found.proposed.is_empty(), "{found:?}");
    assert_eq!(found.unserved[0].amount, 5);
}

#[test]
fn what_is_scarce_is_split_by_the_people_of_the_needs_and_unknown_is_not_few() {
    let lot = Lot {
        id: id("lot"),
        number: 1,
        item: "tarpaulin".to_owned(),
        area: Some(id("port")),
        amount: 90,
        here: 90,
        ..Lot::default()
    };
    let of =
        |name: &str, area: &str, people| Wanting { people, ..request(name, "tarpaulin", area, 90) };
    let split = |one: Option<i64>, other: Option<i64>| {
        let asked = vec![of("a", "hill", one), of("b", "river", other)];
        let known = Known { lots: vec![lot.clone()], ..known(asked, vec![]) };
        let found = propose(&known).unwrap();
        let much = |name: &str| {
            found.proposed.iter().filter(|p| p.request == id(name)).map(|p| p.amount).sum::<i64>()
        };
        (much("a"), much("b"))
    };
    assert_eq!(split(Some(200), Some(100)), (60, 30));
    assert_eq!(split(Some(200), None), (45, 45), "nobody counted there: not taken for few");
    // Nothing that is past its day.
    let spoiled = Lot { good_until_day: Some(4), ..lot };
    let asked = vec![of("a", "hill", Some(1))];
    let found = propose(&Known { lots: vec![spoiled], ..known(asked, vec![]) }).unwrap();
    assert!(found.proposed.is_empty());
}

#[test]
fn where_the_risk_is_higher_more_goes_and_first_and_an_unknown_one_is_not_low() {
    let lot = |here: i64| Lot {
        id: id("lot"),
        number: 1,
        item: "tarpaulin".to_owned(),
        area: Some(id("port")),
        amount: here,
        here,
        ..Lot::default()
    };
    let split = |here: i64, risks: &[(&str, u32)]| {
        let asked = ["hill", "river"]
            .map(|area| request(area, "tarpaulin", area, 90))
            .into_iter()
            .collect();
        let risks = risks.iter().map(|(area, milli)| (id(area), *milli)).collect();
        let known = Known { lots: vec![lot(here)], risks, ..known(asked, vec![]) };
        let found = propose(&known).unwrap();
        let much = |name: &str| {
            found.proposed.iter().filter(|p| p.request == id(name)).map(|p| p.amount).sum::<i64>()
        };
        (much("hill"), much("river"))
    };
    assert_eq!(split(90, &[("hill", 8_000), ("river", 4_000)]), (60, 30), "of as many people");
    assert_eq!(split(90, &[("hill", 4_000), ("river", 8_000)]), (30, 60));
    // One piece that cannot be parted goes where the risk is higher.
    assert_eq!(split(1, &[("hill", 8_000), ("river", 7_900)]), (1, 0));
    assert_eq!(split(1, &[("hill", 7_900), ("river", 8_000)]), (0, 1));
    // Where nobody knows it, no less goes than where it is known to be highest.
    for milli in [100, 4_000, 9_000, 10_000] {
        assert_eq!(split(90, &[("river", milli)]), (45, 45), "{milli}");
        assert_eq!(split(90, &[("hill", milli)]), (45, 45), "{milli}");
    }
    let both = [("hill", 2_000), ("port", 10_000)];
    assert_eq!(split(90, &both), (15, 75), "of all that are known, not only of those who ask");
    assert_eq!(split(90, &[]), (45, 45), "the city has set none");
}

#[test]
fn whoever_is_outside_answers_from_afar_only_where_that_will_do() {
    let afar = Offer { remote: true, ..offer("x", "hall", None, 5) };
    let there = request("wall", "hall", "river", 2);
    let found = propose(&known(vec![there.clone()], vec![afar.clone()])).unwrap();
    assert!(found.proposed.is_empty());
    let remote = Wanting { request: Request { remote: true, ..there.request }, ..there };
    let found = propose(&known(vec![remote], vec![afar])).unwrap();
    assert_eq!(found.proposed[0].amount, 2);
}

#[test]
fn an_sms_says_what_is_offered_in_any_of_our_languages() {
    let check = |message: &str, expected: Option<(&str, i64)>| {
        assert_eq!(read(message).map(|read| (read.item, read.amount)), expected, "{message}");
    };
    check("OFFER mason 20 yrs Bèlè", Some(("mason", 0)));
    check("OFFER mason 3 days", Some(("mason", 3)));
    check("Ofri bòs mason, 5 jou, Bèlè", Some(("mason", 5)));
    check("Offre infirmière 2 jours", Some(("nurse", 2)));
    check("Ofrezco albañil", Some(("mason", 0)));
    check("Natoa mwashi siku 3", Some(("mason", 3)));
    check("أعرض نجار", Some(("carpenter", 0)));
    check("OFFER 200 tarps", Some(("tarpaulin", 200)));
    check("offer 50 kg rice", Some(("food", 50)));
    check("offer rice 40 kg", Some(("food", 40)));
    check("offer my help", None);
    check(&format!("offer {} tarps", READ_AMOUNT_MAX), Some(("tarpaulin", READ_AMOUNT_MAX)));
    check(&format!("offer {} tarps", READ_AMOUNT_MAX + 1), Some(("tarpaulin", 0)));
}
