//! How far decisions reach: quorum, mandate, notice, haste. Each guard is seen to fail.

use super::super::records::{DecisionMoved, Promise};
use super::super::rules;
use super::*;

fn force(decision: &Decision) -> (&str, &str, Option<Id>) {
    (decision.force.as_deref().unwrap_or(""), &decision.force_why, decision.routed_to)
}

fn moved(change: impl Fn(&mut DecisionMoved)) -> MotionAsked {
    let mut asked = motion();
    change(&mut asked.moved);
    asked
}

#[test]
fn an_assembly_with_a_mandate_binds_without_a_second_approval() {
    let decision = carried(motion(), (26, 15), &[delegated(), of_city_hall()]);
    assert_eq!(force(&decision), ("binding", "", None));
    assert_eq!(decision.mandate, Some(id("mandate")));
    assert_eq!(decision.waiting_on, None);
}

#[test]
fn two_women_of_twelve_give_an_opinion_and_never_a_decision() {
    let decision = carried(motion(), (2, 10), &[delegated(), of_city_hall()]);
    let to = Some(id("city hall"));
    assert_eq!(force(&decision), ("opinion_not_quorate", "women", to));
    assert!(!decision.binds());
    // Who left before the vote is not there at the vote.
    assert_eq!(force(&carried(motion(), (3, 4), &[delegated()])).1, "people");
    assert_eq!(force(&carried(motion(), (12, 18), &[delegated()])).0, "binding");
    assert_eq!(force(&carried(motion(), (11, 18), &[delegated()])).0, "opinion_not_quorate");
}

#[test]
fn what_its_body_may_not_decide_goes_to_the_one_that_may() {
    let all = [delegated(), of_city_hall()];
    let to = Some(id("city hall"));
    let check = |asked: MotionAsked, why: &str| {
        let decision = carried(asked, (26, 15), &all);
        assert_eq!(force(&decision), ("advisory", why, to), "{why}");
        assert_eq!((decision.waiting_on, decision.waiting_for.as_str()), (to, "routed"));
        assert!(!decision.promise_open(), "nobody has promised anything yet");
    };
    let promise = Promise { body: id("city hall"), what: "water".into(), due_day: TODAY + 2 };
    let dear = moved(|m| {
        m.money = Some(dollars(5_001));
        m.promise = Some(promise.clone());
    });
    check(dear, "over_ceiling");
    let euros = moved(|m| m.money = Some(Ceiling { currency: "EUR".into(), ..dollars(1) }));
    assert_eq!(force(&carried(euros, (26, 15), &all)).1, "over_ceiling");
    check(MotionAsked { area: Some(id("delmas")), ..motion() }, "outside_area");
    check(MotionAsked { area: None, ..motion() }, "outside_area");
    let roads = MandateRow { subject: "roads".into(), ..of_city_hall() };
    let decision = carried(moved(|m| m.subject = "Roads".into()), (26, 15), &[delegated(), roads]);
    assert_eq!(force(&decision), ("advisory", "subject", to));
    // At the very ceiling it binds.
    let exact = moved(|m| m.money = Some(dollars(5_000)));
    assert_eq!(force(&carried(exact, (26, 15), &all)).0, "binding");
}

#[test]
fn a_mandate_holds_until_the_citys_own_last_day_and_no_longer() {
    let check = |row: MandateRow, expected: &str| {
        let decision = carried(motion(), (26, 15), &[row]);
        assert_eq!(decision.force_why, expected);
    };
    check(MandateRow { expiry_day: TODAY, ..delegated() }, "");
    check(MandateRow { expiry_day: TODAY - 1, ..delegated() }, "expired");
    check(MandateRow { ended: Some((1, "new by-law".into())), ..delegated() }, "expired");
    check(MandateRow { instrument: None, ..delegated() }, "no_instrument");
    check(of_city_hall(), "no_mandate");
}

#[test]
fn without_any_mandate_it_is_advice_that_names_an_authority() {
    let decision = carried(motion(), (26, 15), &[]);
    assert_eq!(decision.force.as_deref(), Some("advisory"));
    let authorities = [id("city hall"), id("ombudswoman")];
    assert!(decision.routed_to.is_some_and(|to| authorities.contains(&to)));
}

#[test]
fn nobody_is_moved_away_unheard() {
    let asked = moved(|m| m.kind = "relocation".into());
    let attempt = |notices: &[DecisionNoticed], emergency: bool, review: Option<i64>| {
        let mut told = Told::default();
        let mut asked = asked.clone();
        asked.moved.emergency = emergency;
        asked.moved.affects = vec![id("delmas")];
        told.says(rules::move_motion(d(), &asked, TODAY, None).expect("moved"));
        for notice in notices {
            let drafts = rules::notice(d(), told.of(), notice, TODAY, None).expect("noticed");
            told.all(drafts);
        }
        told.all(rules::ask_conflict(d(), told.of(), &nobody_gains(), None).expect("asked"));
        told.all(rules::begin(d(), told.of(), None).expect("begun"));
        told.counted(&votes((26, 15), (0, 0), (0, 0)));
        let (quorum, bodies, mandates) = (quorum(26, 15), bodies(), [delegated()]);
        let ground = ground(&mandates, &bodies, Some(&quorum));
        let said = Resolving { review_day: review, ..resolving(26, 15) };
        let outcome = rules::resolve(d(), told.of(), &said, &ground, None);
        outcome.map(|(drafts, _)| told.all(drafts).row())
    };
    let week = TODAY - rules::NOTICE_DAYS_MIN;
    assert_eq!(code(attempt(&[], false, None)), "decision-not-told");
    let one = [noticed("delmas", week)];
    assert_eq!(code(attempt(&one, false, None)), "decision-not-told", "its own area too");
    let late = [noticed("delmas", week), noticed("bel-air", week + 1)];
    assert_eq!(code(attempt(&late, false, None)), "decision-not-told", "a day too late");
    let both = [noticed("delmas", week), noticed("bel-air", week)];
    let heard = attempt(&both, false, None).expect("resolved");
    assert_eq!(heard.force.as_deref(), Some("binding"));
    assert_eq!(heard.conditions, ["independent_witness", "cooling_off", "own_consent"]);
    assert_eq!(heard.from_day, TODAY + rules::COOLING_OFF_DAYS);
    // In an emergency it is carried, and looked at again within two weeks whether asked or not.
    let hasty = attempt(&[], true, None).expect("resolved");
    assert_eq!(hasty.force.as_deref(), Some("binding_emergency"));
    assert_eq!(hasty.review_day, Some(TODAY + rules::EMERGENCY_REVIEW_DAYS_MAX));
    assert_eq!(code(attempt(&[], true, Some(TODAY + 15))), "decision-review-late");
    assert!(attempt(&[], true, Some(TODAY + 14)).is_ok());
}

#[test]
fn an_ordinary_decision_about_others_who_were_not_told_is_advice() {
    let asked = moved(|m| m.affects = vec![id("delmas")]);
    let decision = carried(asked, (26, 15), &[delegated()]);
    assert_eq!(
        (decision.force.as_deref(), decision.force_why.as_str()),
        (Some("advisory"), "not_heard")
    );
}

#[test]
fn a_short_evening_is_looked_at_again_by_itself() {
    let decision = carried(moved(|m| m.emergency = true), (26, 15), &[delegated()]);
    assert_eq!(decision.force.as_deref(), Some("binding_emergency"));
    assert_eq!(decision.review_day, Some(TODAY + 14));
    assert_eq!(decision.waiting_for, "review");
}

#[test]
fn a_promise_stands_with_its_owner_and_day_when_it_binds() {
    let promise = Promise { body: id("committee"), what: "two trucks".into(), due_day: TODAY };
    let asked = moved(|m| m.promise = Some(promise.clone()));
    let decision = carried(asked.clone(), (26, 15), &[delegated()]);
    assert_eq!(decision.promise_body, Some(id("committee")));
    assert_eq!(decision.promise_due_day, Some(TODAY));
    assert_eq!((decision.waiting_on, decision.promise_open()), (Some(id("committee")), true));
    assert!(!carried(asked, (2, 10), &[delegated()]).promise_open());
}
