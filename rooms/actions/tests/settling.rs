//! From the task to the person's YES or NO and back, on both engines: delivering asks everybody,
//! a NO opens the need again with one task and a day that was told, YES closes by the rule, silence
//! closes nothing; twice changes nothing, and nothing that was said is lost.

use record::{DAY_MS, Id};

use super::home::{Home, NOW_MS, a_truck, anybody, home, homes};
use crate::actions::rules::ANSWER_DAYS;
use crate::actions::views::Hands;
use crate::actions::{TaskPromised, acts, promises, queries};
use crate::door::Trouble;
use crate::voices::queries as voices;

const MARLENE: &str = "+50937000001";
const NADEGE: &str = "+50937000002";

fn code<T>(trouble: Result<T, Trouble>) -> &'static str {
    match trouble {
        Ok(_) => "done",
        Err(Trouble::Refused(refusal)) => refusal.code,
        Err(Trouble::NotFound) => "not-found",
        Err(other) => panic!("{other}"),
    }
}

/// A need of two people, delivered; both were asked.
async fn delivered(home: &Home) -> (Id, Id, [Id; 2]) {
    let need = home.need(88, false).await;
    let marlene = home.says_of(need, "No water in Block 4", Some(MARLENE)).await;
    let nadege = home.says_of(need, "We drink from the river", Some(NADEGE)).await;
    let task = home.set(vec![need], None).await;
    home.tells().await;
    home.delivers(task).await;
    home.tells().await;
    (need, task, [marlene, nadege])
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_spoke_is_told_who_works_on_it_and_then_asked() {
    for home in homes().await {
        let need = home.need(88, false).await;
        let body = home.body("Komite Pelikan").await;
        let marlene = home.says_of(need, "No water in Block 4", Some(MARLENE)).await;
        home.texts_out().await;
        let task = home.set(vec![need], Some(body)).await;
        assert_eq!(home.need_now(need).await.status, "in_progress");
        home.tells().await;
        let texts = home.texts_out().await;
        assert!(texts[0].1.contains("Komite Pelikan works on this"), "{texts:?}");
        assert_eq!(home.voice(marlene).await.status, "in_progress");
        // A second task for the same need tells nobody again.
        home.set(vec![need], Some(body)).await;
        assert_eq!(home.tells().await, 0);
        home.delivers(task).await;
        assert_eq!(home.need_now(need).await.status, "delivered");
        home.tells().await;
        let texts = home.texts_out().await;
        let [(to, text)] = texts.as_slice() else { panic!("{texts:?}") };
        assert_eq!(to, MARLENE);
        assert!(text.contains("a water truck arrived. Did you get it?"), "{text}");
        assert!(home.voice(marlene).await.asked_ms.is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_no_opens_it_again_with_one_task_until_the_day_that_was_told() {
    for home in homes().await {
        let (need, task, [marlene, nadege]) = delivered(&home).await;
        home.texts_out().await;
        home.answers(marlene, false).await;
        let told = home.texts_out().await;
        assert_eq!(home.settles().await, 1);
        assert_eq!(home.need_now(need).await.status, "reopened");
        let owed = home.owed_of(need).await;
        let [step] = owed.as_slice() else { panic!("{owed:?}") };
        assert!(step.is_open() && step.needs == [need]);
        let tongue = page::Tongue::new(page::Lang::En, home.house.texts());
        let day = tongue.weekday_at(step.due_day * DAY_MS, 0);
        assert!(told[0].1.contains(&day), "{told:?} says {day}");
        assert_eq!(step.due_day, queries::day_at(&home.house, NOW_MS + 3 * DAY_MS));
        // A second NO adds nothing but the count.
        home.answers(nadege, false).await;
        home.settles().await;
        assert_eq!(home.owed_of(need).await.len(), 1);
        assert_eq!(voices::counts_of_need(&home.house, need).await.expect("read").no, 2);
        assert_eq!(home.task(task).await.status, "delivered", "what was said stands");
        let figures = queries::figures(&home.house, Id::NONE).await.expect("read");
        assert_eq!((figures.said_done, figures.said_not_done), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn yes_of_all_closes_it_at_once_and_a_later_no_opens_it_again() {
    for home in homes().await {
        let (need, _, [marlene, nadege]) = delivered(&home).await;
        home.answers(marlene, true).await;
        home.settles().await;
        assert_eq!(home.need_now(need).await.status, "delivered", "one of two is not all");
        home.answers(nadege, true).await;
        assert_eq!(home.settles().await, 1);
        assert_eq!(home.need_now(need).await.status, "closed");
        assert_eq!(home.voice(marlene).await.status, "confirmed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_yes_and_no_no_closes_it_when_a_week_has_passed() {
    for home in homes().await {
        let (need, _, [marlene, _]) = delivered(&home).await;
        home.answers(marlene, true).await;
        for _ in 0..3 {
            assert_eq!(home.settles().await, 0);
        }
        home.pass(ANSWER_DAYS * DAY_MS - 1);
        assert_eq!(home.settles().await, 0);
        home.pass(1);
        assert_eq!(home.settles().await, 1, "what waited for its day is looked at again");
        assert_eq!(home.need_now(need).await.status, "closed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_closes_nothing_however_long() {
    let home = home().await;
    let (need, ..) = delivered(&home).await;
    home.pass(400 * DAY_MS);
    assert_eq!(home.settles().await, 0);
    assert_eq!(home.need_now(need).await.status, "delivered");
}

#[tokio::test(flavor = "multi_thread")]
async fn delivering_and_settling_twice_change_nothing() {
    for home in homes().await {
        let (need, task, [marlene, _]) = delivered(&home).await;
        let again = acts::deliver(&home.house, task, a_truck(), anybody()).await;
        assert_eq!(code(again), "task-ended");
        assert_eq!(home.tells().await, 0);
        home.answers(marlene, false).await;
        let other = home.other().await;
        let (one, two) =
            tokio::join!(crate::actions::settle(&home.house), crate::actions::settle(&other.house));
        assert!(one.is_ok() && two.is_ok());
        assert_eq!(home.owed_of(need).await.len(), 1, "two processes, one task");
        assert_eq!(home.need_now(need).await.reopenings, 1);
        let records = home.records().await;
        for _ in 0..3 {
            home.settles().await;
            other.settles().await;
        }
        assert_eq!(home.records().await, records);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_the_answer_and_its_settling_loses_nothing() {
    for home in homes().await {
        let (need, _, [marlene, _]) = delivered(&home).await;
        home.answers(marlene, false).await;
        // A process takes the need and ends before it settles it.
        let taken = crate::voices::notices::unsettled(&home.house).await.expect("read");
        assert_eq!(taken.len(), 1);
        home.pass(DAY_MS);
        let other = home.other().await;
        assert_eq!(other.settles().await, 1);
        assert_eq!(other.need_now(need).await.status, "reopened");
        let step = other.owed_of(need).await.pop().expect("a task");
        let told = queries::day_at(&home.house, NOW_MS + 3 * DAY_MS);
        assert_eq!(step.due_day, told, "the day that was told, not one counted from now");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_while_a_need_is_being_settled_is_settled_too() {
    let home = home().await;
    let (need, _, [marlene, nadege]) = delivered(&home).await;
    home.answers(marlene, true).await;
    let taken = crate::voices::notices::unsettled(&home.house).await.expect("read");
    // In the very same millisecond.
    home.answers(nadege, false).await;
    let done = crate::voices::notices::settled(&taken[0]);
    home.house.store().run(vec![done]).await.expect("done");
    assert_eq!(home.settles().await, 1);
    assert_eq!(home.need_now(need).await.status, "reopened");
}

#[tokio::test(flavor = "multi_thread")]
async fn bringing_it_again_answers_the_committees_task_and_asks_again() {
    for home in homes().await {
        let (need, _, [marlene, nadege]) = delivered(&home).await;
        home.answers(nadege, true).await;
        home.answers(marlene, false).await;
        home.settles().await;
        let step = home.owed_of(need).await.pop().expect("a task");
        home.pass(DAY_MS);
        let second = home.set(vec![need], None).await;
        home.tells().await;
        home.delivers(second).await;
        assert_eq!(home.task(step.id).await.status, "met");
        // While people are being asked again, the old NO opens nothing.
        home.settles().await;
        assert_eq!(home.need_now(need).await.status, "delivered");
        home.texts_out().await;
        home.tells().await;
        let asked = home.texts_out().await;
        assert_eq!(asked.len(), 1, "whoever said YES is asked no more: {asked:?}");
        home.answers(marlene, true).await;
        assert_eq!(home.settles().await, 1);
        assert_eq!(home.need_now(need).await.status, "closed");
        assert_eq!(home.owed_of(need).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_no_of_somebody_who_was_forgotten_opens_it_once_and_not_for_ever() {
    let home = home().await;
    let (need, _, [marlene, nadege]) = delivered(&home).await;
    home.answers(marlene, false).await;
    crate::voices::forget::voice(&home.house, marlene).await.expect("forgotten");
    home.settles().await;
    assert_eq!(home.need_now(need).await.status, "reopened", "what was said stands");
    let step = home.owed_of(need).await.pop().expect("a task");
    home.delivers(step.id).await;
    home.tells().await;
    home.answers(nadege, true).await;
    home.settles().await;
    assert_eq!(home.need_now(need).await.status, "delivered", "nobody says NO to this one");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_step_is_told_to_everybody_with_its_day() {
    for home in homes().await {
        let (need, _, [marlene, _]) = delivered(&home).await;
        home.answers(marlene, false).await;
        home.settles().await;
        home.texts_out().await;
        let step = home.owed_of(need).await.pop().expect("a task");
        let promised =
            TaskPromised { what: "the truck comes to Block 4".to_owned(), due_day: step.due_day };
        acts::promise(&home.house, step.id, promised.clone(), anybody()).await.expect("named");
        assert_eq!(home.tells().await, 2);
        let texts = home.texts_out().await;
        assert!(texts.iter().all(|(_, text)| text.contains("the truck comes to Block 4")));
        assert_eq!(home.need_now(need).await.status, "in_progress");
        home.settles().await;
        assert_eq!(home.owed_of(need).await.len(), 1);
        let again = acts::promise(&home.house, step.id, promised, anybody()).await;
        assert_eq!(code(again), "task-no-step");
        let dropped = acts::drop(&home.house, step.id, "No truck".to_owned(), anybody()).await;
        assert_eq!(code(dropped), "task-owed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn not_ours_tells_whose_it_is() {
    let home = home().await;
    let need = home.need(88, false).await;
    let marlene = home.says_of(need, "No water in Block 4", Some(MARLENE)).await;
    let task = home.set(vec![need], None).await;
    home.tells().await;
    home.texts_out().await;
    let refer = |body: &str| acts::refer(&home.house, task, body.to_owned(), anybody());
    assert_eq!(code(refer("  ").await), "task-refer-to-whom");
    assert_eq!(code(refer("Water board").await), "done");
    home.tells().await;
    assert!(home.texts_out().await[0].1.contains("This is for Water board"));
    assert_eq!(home.voice(marlene).await.status, "referred");
    assert_eq!(home.need_now(need).await.body.as_deref(), Some("Water board"));
}

#[tokio::test(flavor = "multi_thread")]
async fn hands_at_a_meeting_close_what_an_assembly_raised_and_open_what_did_not_arrive() {
    for home in homes().await {
        let need = home.need(1, true).await;
        let task = home.set(vec![need], None).await;
        let ask = |hands| acts::ask_at_meeting(&home.house, task, hands, None);
        let mostly_no = Hands { asked: 30, yes: 10, no: 15 };
        assert_eq!(code(ask(mostly_no).await), "task-not-delivered");
        home.delivers(task).await;
        home.tells().await;
        assert_eq!(code(ask(Hands { asked: 30, yes: 20, no: 11 }).await), "task-hands");
        assert_eq!(code(ask(mostly_no).await), "done");
        assert_eq!(home.need_now(need).await.status, "reopened");
        let step = home.owed_of(need).await.pop().expect("a task");
        home.delivers(step.id).await;
        home.tells().await;
        let mostly_yes = Hands { asked: 30, yes: 16, no: 2 };
        let said = acts::ask_at_meeting(&home.house, step.id, mostly_yes, None).await;
        assert_eq!(code(said), "done");
        assert_eq!(home.need_now(need).await.status, "closed");
        // Where residents raised it, hands alone close nothing.
        let need = home.need(2, false).await;
        let task = home.set(vec![need], None).await;
        home.delivers(task).await;
        home.tells().await;
        let said = acts::ask_at_meeting(&home.house, task, mostly_yes, None).await;
        assert_eq!(code(said), "done");
        assert_eq!(home.need_now(need).await.status, "delivered");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_taken_up_in_one_tap_and_kept_with_its_delivery() {
    for home in homes().await {
        let body = home.body("Komite Pelikan").await;
        let need = home.need(88, false).await;
        let due_day = queries::today(&home.house) + 4;
        let decision = home.decided(41, vec![need], body, due_day).await;
        let waiting = promises::to_take_up(&home.house).await.expect("read");
        assert_eq!(waiting.iter().map(|d| d.id).collect::<Vec<_>>(), [decision]);
        let figures =
            |open, overdue, kept, kept_late| promises::Promises { kept, kept_late, open, overdue };
        let now = || async { promises::promises(&home.house).await.expect("read") };
        assert_eq!(now().await, figures(1, 0, 0, 0));
        let other = home.other().await;
        let (one, two) = tokio::join!(
            promises::take_up(&home.house, decision, None),
            promises::take_up(&other.house, decision, None)
        );
        let task = one.expect("taken up");
        assert_eq!(two.expect("taken up"), task, "two taps, one task");
        let row = home.task(task).await;
        assert_eq!((row.body, row.due_day, row.kind.as_str()), (Some(body), due_day, "promise"));
        assert_eq!(row.needs, [need]);
        assert!(promises::to_take_up(&home.house).await.expect("read").is_empty());
        assert_eq!(now().await, figures(1, 0, 0, 0));
        home.pass(6 * DAY_MS);
        assert_eq!(now().await, figures(1, 1, 0, 0), "its day has passed");
        home.delivers(task).await;
        assert_eq!(now().await, figures(0, 0, 0, 1));
        let decision = crate::decisions::decision(&home.house, decision).await.expect("read");
        assert!(decision.expect("there").kept);
        let again = promises::take_up(&home.house, Id::named("decision", "41"), None).await;
        assert_eq!(code(again), "task-no-promise");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_with_somebody_elses_code_changes_nothing() {
    let home = home().await;
    let (need, _, [marlene, _]) = delivered(&home).await;
    home.texts_out().await;
    let records = home.records().await;
    let shown = crate::voices::acts::shown_code(&home.voice(marlene).await);
    for text in [format!("YES {shown}"), format!("NO {shown}")] {
        let sms = crate::voices::sms::Sms {
            id: text.clone(),
            from: "+50937999999".to_owned(),
            text,
            ..crate::voices::sms::Sms::default()
        };
        crate::voices::sms::receive(&home.house, &sms).await.expect("taken");
    }
    home.settles().await;
    assert_eq!(home.need_now(need).await.status, "delivered");
    assert!(home.voice(marlene).await.asked_ms.is_some());
    assert_eq!(home.records().await, records);
}
