//! By what right a round is held, and how its final result becomes a decision: on both engines.

use record::{DAY_MS, Id};

use super::super::records::{BallotRoundAnnounced, ProjectSaid, RightSaid};
use super::super::rules::{self, Deciding};
use super::super::views::Round;
use super::super::{acts, queries};
use super::home::{HOUR_MS, Home, asked, code, home_on, homes};
use crate::decisions::resolutions::acts::Actor;
use crate::decisions::resolutions::rules::{Ground, MotionAsked, Voted, move_motion};
use crate::decisions::{self, Promise};
use crate::people::{self, Body, BodyKind, Ceiling, MandateAsked, MandateRow};
use crate::{needs, voices};

const LAW: &str = "By-law 12/2026";

fn id(name: &str) -> Id {
    Id::named("test", name)
}

#[test]
fn a_result_binds_only_where_a_mandate_on_a_law_covers_it() {
    let bodies = [Body {
        id: id("women"),
        name: "Women".to_owned(),
        kind: BodyKind::Organisation,
        area: None,
        constituency: None,
        contact: String::new(),
    }];
    let whole = MandateRow {
        id: id("mandate"),
        body: id("women"),
        subject: "Small works".to_owned(),
        ceiling: Some(Ceiling { amount_minor: 1_000_000, currency: "HTG".to_owned() }),
        expiry_day: 20_800,
        instrument: Some(LAW.to_owned()),
        given_ms: 1,
        ..MandateRow::default()
    };
    let check = |change: &dyn Fn(&mut MandateRow), subject: &str, expected: (bool, &str)| {
        let mut mandate = whole.clone();
        change(&mut mandate);
        let named =
            RightSaid { body: id("women"), subject: subject.to_owned(), ..RightSaid::default() };
        let said = BallotRoundAnnounced { right: Some(named), ..asked() };
        let mandates = [mandate];
        let ground = Ground { mandates: &mandates, bodies: &bodies, quorum: None, day: 20_790 };
        let right = rules::right(&said, None, &ground).expect("there is such a body");
        assert_eq!((right.binds, right.why.as_str()), expected);
        assert_eq!(
            (right.decides.as_str(), right.mandate.is_some()),
            ("Women", right.binds || right.why == "no_instrument")
        );
    };
    check(&|_| {}, "small works", (true, ""));
    check(&|m| m.instrument = None, "Small works", (false, "no_instrument"));
    check(&|m| m.expiry_day = 20_789, "Small works", (false, "expired"));
    check(&|m| m.area = Some(id("elsewhere")), "Small works", (false, "outside_area"));
    check(&|m| m.body = id("others"), "Small works", (false, "no_mandate"));
    check(&|_| {}, "", (false, "subject"));
    let small = Ceiling { amount_minor: 999_999, currency: "HTG".to_owned() };
    check(&|m| m.ceiling = Some(small.clone()), "Small works", (false, "over_ceiling"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_announces_a_round_for_a_body_they_do_not_speak_for() {
    for home in homes().await {
        mandate(&home).await;
        let residents = people::form_body(&home.house, "Lavil", "assembly", None, None);
        let residents = residents.await.expect("formed");
        let law = mandate_of(residents);
        people::give_mandate(&home.house, law, None).await.expect("given");
        let (registrar, keeper) = (home.hand("rose").id, home.hand("wilner").id);
        let announce = |who: &str, bodies: Vec<Id>, body: Id, number: usize| {
            let subject = "Small works".to_owned();
            let right = Some(RightSaid { body, subject, ..RightSaid::default() });
            let question = format!("What shall come first, {number}?");
            let said = BallotRoundAnnounced { registrar, keeper, right, question, ..asked() };
            let by = Actor { id: Some(home.hand(who).id), bodies };
            let house = home.house.clone();
            async move {
                let asking = super::super::Announcing { said, area: None };
                acts::announce(&house, asking, &by).await
            }
        };
        let refused = announce("nadege", vec![home.market], home.women, 1).await;
        assert_eq!(code(refused), "decision-not-your-body");
        let refused = announce("mirlande", vec![], home.women, 1).await;
        assert_eq!(code(refused), "decision-not-your-body", "nor a steward");
        let own = announce("nadege", vec![home.women], home.women, 1).await.expect("hers");
        assert!(home.round(own).await.rules().right.expect("said").binds);
        let advice = announce("nadege", vec![residents], residents, 2).await.expect("hers");
        let right = home.round(advice).await.rules().right.expect("said");
        assert_eq!((right.binds, right.why.as_str()), (false, "only_assembly"));
        let page = home.page("", "/ballot/2?lang=en").await;
        assert!(page.contains("residents of this body decide only in an assembly"), "{page}");
    }
}

#[test]
fn a_round_from_before_says_at_last_whose_decision_it_is_and_stays_advice() {
    let outcome = ballots::Outcome {
        order: vec!["02".to_owned(), "04".to_owned()],
        cost_minor: 350_000,
        ..ballots::Outcome::default()
    };
    let told = serde_json::to_string(&(outcome, Vec::<ballots::Group>::new())).expect("JSON");
    let before = BallotRoundAnnounced { right: None, ..asked() };
    let round = Round { said: Some(before), told: Some(told), ..Round::default() };
    let refused = rules::voted(&round, &said()).expect_err("nobody said whose");
    assert_eq!(refused.code, "ballot-right");
    let named = Deciding { body: Some(id("women")), ..said() };
    let voted = rules::voted(&round, &named).expect("named");
    assert_eq!((voted.binds, voted.force_why.as_str()), (false, "no_mandate"));
    let expected = "Lamps on the stairs: 3000.00 HTG; A bench in the shade: 500.00 HTG";
    assert_eq!((voted.moved.effects.as_str(), voted.carried), (expected, true));
    assert_eq!(voted.moved.title, asked().question);
}

#[test]
fn the_longest_round_of_all_becomes_a_decision() {
    let order: Vec<String> = (1..=ballots::PROJECTS_MAX).map(rules::project_id).collect();
    let outcome = ballots::Outcome { order, cost_minor: 4_000, ..ballots::Outcome::default() };
    let told = serde_json::to_string(&(outcome, Vec::<ballots::Group>::new())).expect("JSON");
    let title = "ش".repeat(rules::TITLE_CHARS_MAX);
    let project = ProjectSaid { title, cost_minor: 100, ..ProjectSaid::default() };
    let long = BallotRoundAnnounced {
        question: "ش".repeat(rules::QUESTION_CHARS_MAX),
        projects: vec![project; ballots::PROJECTS_MAX],
        right: None,
        ..asked()
    };
    let round = Round { said: Some(long), told: Some(told), ..Round::default() };
    let named = Deciding { body: Some(id("women")), ..said() };
    let Voted { moved, area, .. } = rules::voted(&round, &named).expect("named");
    let asking = MotionAsked { moved, area };
    move_motion(id("decision"), &asking, 20_784, None).expect("it fits a decision");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_of_too_few_ballots_is_advice() {
    for home in homes().await {
        mandate(&home).await;
        let need = need(&home).await;
        let id = counted_of(&home, need, &[1], Some(13)).await;
        let street = home.page("", "/ballot/1?lang=en").await;
        for told in ["13 ballots at least", "Fewer than 13 ballots were counted"] {
            let plain = street.replace(['\u{2068}', '\u{2069}'], "");
            assert!(plain.contains(told), "{told}: {street}");
        }
        let json = queries::bundle(&home.house, id).await.expect("read").expect("published");
        let bundle = ballots::read(json.as_bytes()).expect("a bundle");
        assert_eq!(bundle.rules.turnout_min, Some(13));
        assert!(!bundle.rules.turned_out(&bundle.outcome));
        // Who sees only now that they gain says so, and makes no decision of it.
        home.at(home.house.now_ms() + 8 * DAY_MS);
        let josue = home.hand("josue").id;
        acts::say_conflict(&home.house, id, 1, josue).await.expect("said");
        let decision = acts::decide(&home.house, id, said(), home.hand("nadege")).await;
        let decision = decision.expect("decided");
        let made = decisions::decision(&home.house, decision).await.expect("read").expect("there");
        assert_eq!((made.force.as_deref(), made.binds()), (Some("advisory"), false));
        let page = home.page("", "/decision/1?lang=en").await;
        assert!(page.contains("fewer ballots came in than the vote asked for"), "{page}");
        let late = acts::say_conflict(&home.house, id, 1, home.hand("rose").id).await;
        assert_eq!(code(late), "ballot-over");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_after_the_count_that_they_gain_makes_no_decision() {
    let home = home_on(None).await;
    let need = need(&home).await;
    let id = counted(&home, need, &[1]).await;
    let nadege = home.hand("nadege");
    acts::say_conflict(&home.house, id, 1, nadege.id).await.expect("said");
    home.at(home.house.now_ms() + 8 * DAY_MS);
    let refused = acts::decide(&home.house, id, said(), nadege).await;
    assert_eq!(code(refused), "ballot-conflict");
}

/// A body that must say what it decides for: the women's, on a law.
async fn mandate(home: &Home) {
    people::give_mandate(&home.house, mandate_of(home.women), None).await.expect("given");
}

fn mandate_of(body: Id) -> MandateAsked {
    MandateAsked {
        body,
        subject: "Small works".to_owned(),
        area: None,
        ceiling: Some((1_000_000, "HTG".to_owned())),
        expiry_day: 20_784 + 60,
        instrument: LAW.to_owned(),
        by: None,
    }
}

/// A public need of somebody who spoke.
async fn need(home: &Home) -> Id {
    need_of(home, "+50937000001", "Drinking water at the school").await
}

async fn need_of(home: &Home, number: &str, title: &str) -> Id {
    let inbound = voices::Inbound {
        channel: "sms",
        words: "Nou pa gen dlo nan lekol la".to_owned(),
        number: Some(number.to_owned()),
        ..voices::Inbound::default()
    };
    let heard = voices::hear(&home.house, inbound).await.expect("heard");
    let voice = heard.code.parse().expect("a code");
    let voice = voices::queries::by_code(&home.house, &voice).await.expect("read").expect("kept");
    let said = needs::Said {
        title: title.to_owned(),
        sector: "wash".to_owned(),
        severity: 3,
        ..needs::Said::default()
    };
    let id = needs::acts::state(&home.house, said, "voices", &[voice.id], None).await;
    let id = id.expect("stated");
    let need = needs::need(&home.house, id).await.expect("read").expect("there");
    needs::acts::publish(&home.house, &need, None).await.expect("published");
    id
}

/// A round of the women's body whose first project answers a need; counted, so many for it.
async fn counted(home: &Home, need: Id, ticks: &[usize]) -> Id {
    counted_of(home, need, ticks, None).await
}

async fn counted_of(home: &Home, need: Id, ticks: &[usize], turnout_min: Option<i64>) -> Id {
    let named =
        RightSaid { body: home.women, subject: "Small works".to_owned(), ..RightSaid::default() };
    let mut said = BallotRoundAnnounced { right: Some(named), turnout_min, ..asked() };
    said.projects[0].needs = Some(vec![need]);
    let (id, cards) = home.open_as(said, 12).await;
    for card in &cards {
        home.cast(id, card, ticks).await.expect("cast");
    }
    home.result(id).await;
    id
}

fn said() -> Deciding {
    Deciding {
        short: "a tap at the school".to_owned(),
        reasons: "Most who voted chose it.".to_owned(),
        because: "it costs too much".to_owned(),
        ..Deciding::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_final_result_becomes_a_decision_with_the_force_that_was_announced() {
    for home in homes().await {
        mandate(&home).await;
        let need = need(&home).await;
        let id = counted(&home, need, &[1]).await;
        let street = home.page("", "/ballot/1?lang=en").await;
        for told in [LAW, "Women of Lavil", "/need/1", "binding"] {
            assert!(street.contains(told), "{told}: {street}");
        }
        let json = queries::bundle(&home.house, id).await.expect("read").expect("published");
        let force = ballots::read(json.as_bytes()).expect("a bundle").rules.force.expect("said");
        assert_eq!((force.binds, force.instrument.as_str()), (true, LAW));
        let decide =
            |who: &str, asked: Deciding| acts::decide(&home.house, id, asked, home.hand(who));
        assert_eq!(code(decide("nadege", said()).await), "ballot-not-final");
        home.at(home.house.now_ms() + 8 * DAY_MS);
        let promise = Promise {
            body: home.market,
            what: "They lay the pipe".to_owned(),
            due_day: record::day_of(home.house.now_ms()) + 20,
        };
        let with = |short: &str| Deciding {
            short: short.to_owned(),
            promise: Some(promise.clone()),
            ..said()
        };
        assert_eq!(code(decide("nadege", with("")).await), "decision-short-empty");
        let of = |asked: Deciding| format!("short={}&reasons={}", asked.short, asked.reasons);
        let form = of(said()).replace(' ', "+");
        let to = format!("/desk/ballots/{id}/decide?lang=en");
        assert!(home.page("nadege", &to.replace("/decide", "")).await.contains("Make this result"));
        assert_eq!(home.asks("ines", &to, Some(&form)).await.0, 403, "who leads decides");
        assert_eq!(code(decide("mirlande", said()).await), "decision-not-your-body");
        assert!(!home.page("mirlande", &to.replace("/decide", "")).await.contains("Make this"));
        let decision = decide("nadege", with("a tap at the school")).await.expect("decided");
        assert_eq!(code(decide("nadege", said()).await), "ballot-decided");
        let made = decisions::decision(&home.house, decision).await.expect("read").expect("there");
        assert!(made.carried() && made.binds(), "{made:?}");
        assert_eq!(made.needs, vec![need]);
        assert_eq!(made.money.map(|money| money.amount_minor), Some(400_000));
        assert_eq!(made.promise_body, Some(home.market));
        let now = needs::need(&home.house, need).await.expect("read").expect("there");
        assert_eq!((now.decision, now.status.as_str()), (Some(decision), "in_progress"));
        let street = home.page("", "/ballot/1?lang=en").await;
        assert!(street.contains("/decision/1"), "{street}");
        let page = home.page("", "/decision/1?lang=en").await;
        assert!(!page.contains(". ."), "{page}");
        for told in [
            "on projects these are chosen",
            "/ballot/1",
            "A tap at the school: 4000.00 HTG",
            LAW,
            "/need/1",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(home.page("", "/need/1?lang=en").await.contains("/decision/1"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn advice_stays_advice_and_whoever_gains_makes_no_decision_of_it() {
    let home = home_on(None).await;
    let need = need(&home).await;
    let id = counted(&home, need, &[1]).await;
    assert!(home.page("", "/ballot/1?lang=en").await.contains("Advice: this body has no mandate"));
    let nadege = home.hand("nadege");
    home.at(home.round(id).await.counted_ms + 8 * DAY_MS);
    // What is done on a law that came later does not change what was announced.
    mandate(&home).await;
    let decision = acts::decide(&home.house, id, said(), nadege).await.expect("decided");
    let made = decisions::decision(&home.house, decision).await.expect("read").expect("there");
    assert_eq!((made.carried(), made.force.as_deref()), (true, Some("advisory")));
    home.at(super::home::NOW_MS);
    let mut paid = asked();
    paid.projects[2].body = Some(home.market);
    let other = home.announces(paid).await.expect("announced");
    home.at(asked().closes_ms + HOUR_MS);
    let gains = acts::decide(&home.house, other, said(), home.hand("josue")).await;
    assert_eq!(code(gains), "ballot-conflict");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_without_a_body_or_for_an_unknown_need_is_not_announced() {
    let home = home_on(None).await;
    let none = BallotRoundAnnounced { right: None, ..home.for_women(asked()) };
    let (registrar, keeper) = (home.hand("rose").id, home.hand("wilner").id);
    let none = BallotRoundAnnounced { registrar, keeper, ..none };
    let asking = super::super::Announcing { said: none, area: None };
    assert_eq!(code(acts::announce(&home.house, asking, &Actor::default()).await), "ballot-right");
    let form = format!(
        "question=What&projects=A+tap;4000;;N-9&budget=10000&currency=HTG&who=Everybody&\
         kind=approval&choices_max=1&points=0&rule=mes_cost_add1u&tie=cost&\
         opens_day=2026-11-29&opens_hour=08:00&closes_day=2026-12-02&closes_hour=18:00&\
         publication=full&appeal_days=7&registrar={registrar}&keeper={keeper}&area=&right={}",
        home.women
    );
    let (status, _, body) = home.asks("nadege", "/desk/ballots?lang=en", Some(&form)).await;
    let tongue = page::Tongue::new(page::Lang::En, home.house.texts());
    let refused = tongue.with("refused-ballot-need", &[("need", "N-9".into())]);
    let plain = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!((status, plain(&body).contains(&plain(&refused))), (422, true), "{body}");
    assert!(body.contains("Women of Lavil"), "bodies are offered");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_spoke_of_what_lost_is_told_no_and_why() {
    for home in homes().await {
        let won = need(&home).await;
        let lost = need_of(&home, "+50937000002", "Light on the stairs").await;
        let mut said_of = asked();
        said_of.projects[0].needs = Some(vec![won]);
        said_of.projects[1].needs = Some(vec![won, lost]);
        let (id, cards) = home.open_as(said_of, 12).await;
        for card in &cards {
            home.cast(id, card, &[1]).await.expect("cast");
        }
        home.result(id).await;
        home.at(home.house.now_ms() + 8 * DAY_MS);
        let decide = |asked: Deciding| acts::decide(&home.house, id, asked, home.hand("nadege"));
        let unsaid = Deciding { because: String::new(), ..said() };
        assert_eq!(code(decide(unsaid).await), "decision-because-empty");
        home.out().await;
        let because = "the water had more votes".to_owned();
        let decision = decide(Deciding { because, ..said() }).await.expect("decided");
        let now = needs::need(&home.house, lost).await.expect("read").expect("there");
        assert_eq!(now.decision, Some(decision));
        voices::notices::carry(&home.house).await.expect("carried");
        let told = home.out().await;
        let no = told.iter().find(|(to, _)| to == "+50937000002").expect("told");
        assert!(no.1.contains("Lamps") && no.1.contains("the water had more votes"), "{told:?}");
        let yes = told.iter().find(|(to, _)| to == "+50937000001").expect("told");
        assert!(!yes.1.contains("the water had more votes"), "{told:?}");
    }
}
