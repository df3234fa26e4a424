//! Refusals that stand at the edges: what is typed on forms, what comes too early, too late, twice
//! or too often.

use record::Id;

use super::home::{code, home, line, of, pledge, terms};
use crate::funds::acts::{self, Act};
use crate::funds::records::{Pool, WindowTriggered};
use crate::funds::rules::application::{APPLICATIONS_MAX, vouch};
use crate::funds::rules::window::{Saying, trigger};
use crate::funds::views::{Application, Window};

#[tokio::test(flavor = "multi_thread")]
async fn terms_stay_once_the_window_has_opened_and_a_change_says_why() {
    let home = home().await;
    let today = home.today();
    let set = async |id, terms, reason: &str| {
        code(acts::set_terms(&home.house, id, terms, reason.to_owned(), home.keeper()).await)
    };
    let stranger = acts::set_terms(
        &home.house,
        None,
        terms(home.committee, today),
        String::new(),
        of("Somebody", home.club),
    );
    assert_eq!(code(stranger.await), "funds-of-others");
    let draft = acts::set_terms(
        &home.house,
        None,
        terms(home.committee, today),
        String::new(),
        home.keeper(),
    );
    let draft = draft.await.expect("set");
    let early = home.refuses(draft, Act::Pledge(pledge(5, today)), home.keeper()).await;
    assert_eq!(early, "funds-purse-closed");
    assert_eq!(set(Some(draft), terms(home.committee, today), "").await, "done", "a draft");
    let window = home.window(|_| {}).await;
    assert_eq!(set(Some(window), terms(home.committee, today), "").await, "funds-change-reason");
    let mut other = terms(home.committee, today);
    other.currency = "EUR".to_owned();
    assert_eq!(set(Some(window), other, "Euros came").await, "funds-window-opened");
    assert_eq!(set(Some(window), terms(home.committee, today), "More days").await, "done");
    assert_eq!(home.window_now(window).await.version, 2);
    home.pass(1);
    let later = terms(home.committee, home.today());
    assert_eq!(set(Some(window), later, "Too late").await, "funds-window-opened");
    let nowhere = Id::named("window", "nowhere");
    let publish = acts::publish(&home.house, nowhere, home.keeper()).await;
    assert_eq!(code(publish), "funds-window-unknown");
    // A draft whose day has come is not published any more.
    home.pass(1);
    assert_eq!(code(acts::publish(&home.house, draft, home.keeper()).await), "funds-timetable");
    let happened = WindowTriggered { what: "Rain".to_owned(), ..WindowTriggered::default() };
    let known = home.window_now(window).await;
    let by = Saying {
        body: home.club,
        area: None,
        resolved_ms: i64::MAX,
        mandates: &[],
        today: home.today(),
    };
    let refused = |known: &Window, by: &Saying| {
        trigger(known, &happened, by, &home.keeper()).expect_err("refused").code
    };
    assert_eq!(refused(&known, &by), "funds-no-trigger", "it waits for nothing");
    let mut waits = known;
    waits.terms.mechanism = "pre_arranged".to_owned();
    assert_eq!(refused(&waits, &by), "funds-trigger-other", "a body without a mandate for it");
    let own = Saying { body: home.committee, ..by };
    assert!(trigger(&waits, &happened, &own, &home.keeper()).is_ok());
    let before = Saying { resolved_ms: 0, ..own };
    assert_eq!(refused(&waits, &before), "funds-trigger-other", "decided before the terms were");
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_on_a_form_are_numbers_or_refused() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    home.filled(window, 100_000).await;
    home.pass(2);
    home.applies(window, Some(home.women), 50_000, "Pelikan").await;
    home.pass(10);
    let who = format!("committee.{}.Wilner", home.committee);
    let path = format!("/desk/money/{window}/share?lang=en");
    let form = "cost=20.00&grant_min=&day=2026-11-20&people0=400&covered0=&risk0=7.3\
                &source0=Count+of+the+office";
    for (from, to, words) in [
        // funds-number, funds-risk, and what the amount and the day are refused with.
        ("people0=400", "people0=many", "This is not a whole number"),
        ("risk0=7.3", "risk0=7.3&severity0=bad", "This is not a whole number"),
        ("risk0=7.3", "risk0=7.3&severity0=2", "The figures of"),
        ("risk0=7.3", "risk0=high", "This risk is not clear"),
        ("risk0=7.3", "risk0=10.1", "This risk is not clear"),
        ("risk0=7.3", "risk0=0", "This risk is not clear"),
        ("cost=20.00", "cost=20,00", "A comma can mean two things"),
        ("day=2026-11-20", "day=yesterday", "This day cannot be right"),
    ] {
        let (status, _, page) = home.asks(Some(&who), &path, Some(&form.replace(from, to))).await;
        assert!(status == 422 && page.contains(words), "{to}: {page}");
    }
    let (status, _, page) = home.asks(Some(&who), &path, Some(form)).await;
    assert_eq!(status, 303, "{page}");
    let shared = home.window_now(window).await.shared.expect("shared");
    assert_eq!((shared.lines[0].risk_tenths, shared.lines[0].cap_minor), (Some(73), 50_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_pools_that_would_share_a_name_cannot_be_shared_out() {
    let home = home().await;
    let window = home
        .window(|terms| {
            let pool = |name: &str| Pool { name: name.to_owned(), areas: Vec::new() };
            terms.pools = vec![pool("Flood"), pool("Flood (women-led)")];
        })
        .await;
    home.filled(window, 100_000).await;
    let lines = vec![line("Pelikan", 300, Some(80), 400_000)];
    let shared = acts::share(&home.house, window, lines, home.keeper()).await;
    assert_eq!(code(shared), "funds-shares");
}

#[test]
fn what_is_not_there_is_not_vouched_for() {
    let nobody = of("Odile", Id::named("body", "women"));
    let refused = vouch(&Application::default(), Id::named("body", "women"), &nobody);
    assert_eq!(refused.expect_err("nothing").code, "funds-application-unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_too_often_waits_and_a_wrong_code_opens_nothing() {
    let home = home().await;
    home.window(|_| {}).await;
    home.pass(2);
    let form = "body_name=Neighbours&kind=grassroots_org&what=Clean+the+well&people=80\
                &amount=1500&how=With+spades.";
    for n in 0..6 {
        let (status, ..) = home.asks(None, "/money/1/apply?lang=en", Some(form)).await;
        assert_eq!(status, 303, "{n}");
    }
    let (status, _, page) = home.asks(None, "/money/1/apply?lang=en", Some(form)).await;
    let often = "That was too often";
    assert!(status == 429 && page.contains(often), "funds-too-often: {page}");
    assert!(page.contains("Clean the well"), "the words are kept: {page}");
    for n in 0..21 {
        let (status, _, page) =
            home.asks(None, "/money/application?code=AAAAAAAA&lang=en", None).await;
        let expected = if n < 20 { 404 } else { 429 };
        assert_eq!(status, expected, "{n}: {page}");
        let unknown = "This code is not one of an application";
        assert!(n > 0 || page.contains(unknown), "funds-code: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_takes_so_many_applications_and_no_more() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    home.pass(2);
    let made = home.made(window, Some(home.women), 100);
    for _ in 0..APPLICATIONS_MAX {
        acts::apply(&home.house, made.clone(), None, None).await.expect("applied");
    }
    assert_eq!(code(acts::apply(&home.house, made, None, None).await), "funds-many");
}
