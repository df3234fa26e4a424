//! What follows a decision: acceptance, refusal with a reason, appeal, review, promises.

use super::super::records::{DecisionAppealAnswered, DecisionReplied, DecisionReviewed, Promise};
use super::super::rules::{self, Taking};
use super::super::{acts, drafts};
use super::*;

/// Carried over its ceiling, and so handed to city hall.
fn routed() -> Told {
    let mut asked = motion();
    asked.moved.money = Some(dollars(9_000));
    let mut told = Told::begun(asked);
    told.counted(&votes((26, 15), (0, 0), (0, 0)));
    let quorum = quorum(26, 15);
    let (bodies, mandates) = (bodies(), [delegated(), of_city_hall()]);
    let ground = ground(&mandates, &bodies, Some(&quorum));
    let said = resolving(26, 15);
    let (drafts, reach) = rules::resolve(d(), told.of(), &said, &ground, None).expect("resolved");
    assert_eq!(reach.to, Some(id("city hall")));
    told.all(drafts);
    told
}

fn taking(outcome: &str) -> Taking {
    Taking {
        body: id("city hall"),
        outcome: outcome.into(),
        reason: "The road fund pays for it.".into(),
        ..Taking::default()
    }
}

fn take(told: &Told, taking: &Taking) -> Result<Vec<Draft>, Refusal> {
    let (bodies, mandates) = (bodies(), [delegated(), of_city_hall()]);
    rules::take(d(), told.of(), taking, &ground(&mandates, &bodies, None), None)
}

#[test]
fn the_municipality_says_yes_with_a_promise() {
    let mut told = routed();
    let promise = Promise { body: id("city hall"), what: "two trucks".into(), due_day: TODAY + 3 };
    let yes = Taking { promise: Some(promise), ..taking("accepted") };
    let drafts = take(&told, &yes).expect("accepted");
    told.all(drafts);
    let decision = told.row();
    assert_eq!(decision.taken_mandate, Some(id("law")));
    assert_eq!((decision.waiting_for.as_str(), decision.promise_open()), ("promise", true));
    assert_eq!(code(take(&told, &yes)), "decision-not-waiting", "it was answered");
    let names = acts::names_of(&bodies());
    let said = acts::told_of_taking(&decision, &names, "");
    assert_eq!((said.standing, said.key), ("in_progress", "sms-decision-promised"));
    assert_eq!(said.due_day, Some(TODAY + 3));
}

#[test]
fn a_no_has_its_reason_a_delay_its_day_and_not_ours_a_name() {
    let told = routed();
    let check = |taking: Taking, expected: &str| {
        assert_eq!(code(take(&told, &taking)), expected, "{taking:?}");
    };
    check(Taking { body: id("ombudswoman"), ..taking("accepted") }, "decision-not-waiting");
    check(taking("shrugged"), "decision-taken");
    check(taking("declined_reason"), "decision-because-empty");
    let because = |words: &str| Taking { because: words.into(), ..taking("declined_reason") };
    check(because("the road comes first"), "");
    check(because(&"x".repeat(37)), "decision-because-long");
    check(Taking { reason: " ".into(), ..because("no money") }, "decision-reasons-empty");
    check(Taking { reason: String::new(), ..taking("accepted") }, "");
    check(Taking { reason: String::new(), ..taking("accepted_changed") }, "decision-reasons-empty");
    let until = |day| Taking { until_day: day, ..taking("deferred_date") };
    check(until(None), "decision-until-day");
    check(until(Some(TODAY)), "decision-until-day");
    check(until(Some(TODAY + 1)), "");
    let to = |body: Option<&str>| Taking { to: body.map(id), ..taking("referred") };
    check(to(None), "decision-refer-to");
    check(to(Some("city hall")), "decision-refer-to");
    check(to(Some("nobody")), "decision-refer-to");
    check(to(Some("ombudswoman")), "");
}

#[test]
fn what_is_referred_waits_on_the_body_that_was_named_and_a_delay_still_waits() {
    let mut told = routed();
    let deferred = Taking { until_day: Some(TODAY + 9), ..taking("deferred_date") };
    let drafts = take(&told, &deferred).expect("deferred");
    told.all(drafts);
    assert_eq!(told.row().waiting_on, Some(id("city hall")));
    let names = acts::names_of(&bodies());
    let said = acts::told_of_taking(&told.row(), &names, "");
    assert_eq!((said.key, said.due_day), ("sms-decision-deferred", Some(TODAY + 9)));
    let to = Taking { to: Some(id("ombudswoman")), ..taking("referred") };
    let drafts = take(&told, &to).expect("referred");
    told.all(drafts);
    assert_eq!(told.row().waiting_on, Some(id("ombudswoman")));
    assert_eq!(told.row().taken_outcome, None);
}

#[test]
fn an_appeal_never_goes_to_whoever_decided() {
    let mut told = routed();
    let (bodies, mandates) = (bodies(), [delegated(), of_city_hall()]);
    let ground = ground(&mandates, &bodies, None);
    let appeal = |told: &Told, why: &str| rules::appeal(d(), told.of(), why, &ground, None);
    assert_eq!(code(appeal(&told, " ")), "decision-appeal-why");
    let own = Decision { body: id("city hall"), ..told.row() };
    assert_eq!(rules::appeal_goes_to(&own, &ground), Some(id("ombudswoman")));
    let drafts = appeal(&told, "Nobody asked the tenants.").expect("appealed");
    told.all(drafts);
    assert_eq!(code(appeal(&told, "Once more.")), "decision-appeal-open");
    let to = told.row().waiting_on.expect("somebody");
    assert_ne!(to, id("assembly"));
    let answer = |by: Id| DecisionAppealAnswered { stands: false, reason: "True.".into(), by };
    let wrong = rules::answer_appeal(d(), told.of(), &answer(id("assembly")), None);
    assert_eq!(code(wrong), "decision-not-waiting");
    let right = rules::answer_appeal(d(), told.of(), &answer(to), None).expect("answered");
    told.all(right);
    assert!(!told.row().stands());
    assert_eq!(told.row().waiting_on, None);
    let lonely: Vec<Body> = bodies.iter().filter(|b| b.id == id("assembly")).cloned().collect();
    let ground = Ground { bodies: &lonely, ..ground };
    let nobody = rules::appeal(d(), routed().of(), "Why?", &ground, None);
    assert_eq!(code(nobody), "decision-appeal-nobody");
}

#[test]
fn an_appeal_goes_to_whoever_the_subject_belongs_to() {
    let authority = |name: &str, area: Option<&str>| Body {
        id: id(name),
        name: name.to_owned(),
        kind: BodyKind::Authority,
        area: area.map(id),
        constituency: None,
        contact: String::new(),
    };
    let commune = authority("commune", Some("bel-air"));
    let water_office = authority("water office", Some("delmas"));
    let all = [bodies(), vec![commune, water_office]].concat();
    let without = |names: &[&str]| -> Vec<Body> {
        all.iter().filter(|body| !names.contains(&body.name.as_str())).cloned().collect()
    };
    let decision = Told::begun(motion()).row();
    let check = |decision: &Decision, bodies: &[Body], mandates: &[MandateRow], to: &str| {
        let found = rules::appeal_goes_to(decision, &ground(mandates, bodies, None));
        assert_eq!(found, Some(id(to)), "{to}");
    };
    let of_office = MandateRow { body: id("water office"), ..of_city_hall() };
    check(&decision, &all, std::slice::from_ref(&of_office), "water office");
    let only_here = MandateRow { area: Some(id("bel-air")), ..of_office.clone() };
    check(&decision, &all, &[only_here], "water office");
    let little = MandateRow { ceiling: Some(dollars(1)), ..of_office.clone() };
    check(&decision, &all, &[little], "water office");
    // A mandate for something else, somewhere else or until yesterday is none.
    for other in [
        MandateRow { subject: "roads".into(), ..of_office.clone() },
        MandateRow { area: Some(id("delmas")), ..of_office.clone() },
        MandateRow { expiry_day: TODAY - 1, ..of_office.clone() },
    ] {
        check(&decision, &all, &[other], "commune");
    }
    check(&decision, &all, &[], "commune");
    // Whoever decided or took it up judges nothing of it.
    let own = Decision { body: id("water office"), ..decision.clone() };
    check(&own, &all, std::slice::from_ref(&of_office), "commune");
    let taken = Decision { taken_by: Some(id("water office")), ..decision.clone() };
    check(&taken, &all, &[of_office], "commune");
    let far = without(&["commune", "city hall", "ombudswoman"]);
    check(&decision, &far, &[], "water office");
    let no_authority = without(&["commune", "city hall", "ombudswoman", "water office"]);
    check(&decision, &no_authority, &[delegated()], "committee");
}

#[test]
fn a_hasty_decision_is_kept_for_two_weeks_more_or_ends() {
    let mut asked = motion();
    asked.moved.emergency = true;
    let mut told = Told::begun(asked);
    told.counted(&votes((26, 15), (0, 0), (0, 0)));
    let quorum = quorum(26, 15);
    let (bodies, mandates) = (bodies(), [delegated()]);
    let ground = ground(&mandates, &bodies, Some(&quorum));
    let (drafts, _) =
        rules::resolve(d(), told.of(), &resolving(26, 15), &ground, None).expect("resolved");
    told.all(drafts);
    let review = |told: &Told, kept, reason: &str, next_day| {
        let review = DecisionReviewed { kept, reason: reason.into(), next_day };
        rules::review(d(), told.of(), &review, TODAY + 14, None)
    };
    assert_eq!(code(review(&told, true, "", None)), "decision-reasons-empty");
    assert_eq!(code(review(&told, true, "Still wet.", Some(TODAY + 29))), "decision-review-late");
    let kept = review(&told, true, "Still wet.", None).expect("kept");
    told.all(kept);
    assert_eq!(told.row().review_day, Some(TODAY + 28));
    let ended = review(&told, false, "The water has gone.", None).expect("ended");
    told.all(ended);
    assert!(!told.row().stands());
    assert_eq!(code(review(&told, true, "Again.", None)), "decision-no-review");
}

#[test]
fn who_is_waited_for_may_reply_and_nobody_else() {
    let told = routed();
    let reply = |by: &str, words: &str| {
        let reply = DecisionReplied { by: id(by), words: words.into() };
        code(rules::reply(d(), told.of(), &reply, None))
    };
    assert_eq!(reply("assembly", "We wait."), "decision-not-waiting");
    assert_eq!(reply("city hall", ""), "decision-reply-empty");
    assert_eq!(reply("city hall", "The money comes on Monday."), "");
}

#[test]
fn a_promise_is_kept_once_and_only_where_one_was_made() {
    let mut told = routed();
    let kept = |told: &Told| drafts::kept(d(), told.of(), id("T-5"), None);
    assert_eq!(code(kept(&told)), "decision-no-promise");
    assert_eq!(code(drafts::kept(id("other"), &[], id("T-5"), None)), "decision-unknown");
    let promise = Promise { body: id("city hall"), what: "two trucks".into(), due_day: TODAY };
    let yes = Taking { promise: Some(promise), ..taking("accepted") };
    let drafts = take(&told, &yes).expect("accepted");
    told.all(drafts);
    let drafts = kept(&told).expect("kept");
    told.all(drafts);
    assert!(told.row().kept && !told.row().promise_open());
    assert_eq!(kept(&told).map(|drafts| drafts.len()), Ok(0));
}

#[test]
fn a_motion_says_all_that_people_must_know() {
    let check = |change: &dyn Fn(&mut MotionAsked), expected: &str| {
        let mut asked = motion();
        change(&mut asked);
        assert_eq!(code(rules::move_motion(d(), &asked, TODAY, None)), expected);
    };
    check(&|_| {}, "");
    check(&|m| m.moved.kind = "coup".into(), "decision-kind");
    check(&|m| m.moved.subject.clear(), "decision-subject-empty");
    check(&|m| m.moved.title.clear(), "decision-title-empty");
    check(&|m| m.moved.title = "x".repeat(241), "decision-long");
    check(&|m| m.moved.effects = " ".into(), "decision-effects-empty");
    check(&|m| m.moved.short.clear(), "decision-short-empty");
    check(&|m| m.moved.short = "x".repeat(70), "");
    check(&|m| m.moved.short = "x".repeat(71), "decision-short-long");
    check(&|m| m.moved.short = "ماء".repeat(12), "decision-short-long");
    check(
        &|m| m.moved.money = Some(Ceiling { currency: "usd".into(), ..dollars(1) }),
        "decision-money",
    );
    check(&|m| m.moved.money = Some(dollars(0)), "decision-money");
    check(&|m| m.moved.options = vec!["one".into()], "decision-options");
    check(&|m| m.moved.options = vec!["a".into(); 4], "decision-options");
    check(&|m| m.moved.affects = vec![d(); rules::AREAS_MAX + 1], "decision-many");
    check(&|m| m.moved.kind = "rules".into(), "decision-rules");
    let moved_away = |m: &mut MotionAsked| {
        m.moved.kind = "relocation".into();
        m.area = None;
    };
    check(&moved_away, "decision-affects-empty");
    let promise = |what: &str, due_day| Promise { body: d(), what: what.into(), due_day };
    check(&|m| m.moved.promise = Some(promise("water", TODAY)), "");
    check(&|m| m.moved.promise = Some(promise("water", TODAY - 1)), "decision-promise-day");
    check(&|m| m.moved.promise = Some(promise("", TODAY)), "decision-promise-what");
}

#[test]
fn what_is_resolved_is_resolved() {
    let told = routed();
    let r = told.of();
    assert_eq!(code(rules::begin(d(), r, None)), "decision-resolved");
    assert_eq!(code(rules::ask_secret(d(), r, 3, None)), "decision-resolved");
    assert_eq!(code(rules::ask_secret(d(), &[], 3, None)), "decision-unknown");
    let fresh = Told::begun(motion());
    let asked = rules::ask_conflict(d(), fresh.of(), &nobody_gains(), None);
    assert_eq!(code(asked), "decision-vote-begun");
    assert_eq!(code(rules::ask_secret(d(), fresh.of(), 0, None)), "decision-number");
    assert_eq!(code(rules::recount(d(), fresh.of(), None)), "decision-counts-missing");
    let tomorrow = noticed("delmas", TODAY + 1);
    assert_eq!(code(rules::notice(d(), fresh.of(), &tomorrow, TODAY, None)), "decision-notice-day");
    let early = rules::appeal(d(), fresh.of(), "No.", &ground(&[], &bodies(), None), None);
    assert_eq!(code(early), "decision-open");
}
