//! What the line carries from one window to the next, what it holds back, and what is told beside
//! it.

use record::Id;

use super::home::{Home, area, code, home, homes, line, yes};
use crate::funds::acts;
use crate::funds::records::{AreaLine, AreaShare, WindowOverridden};

/// Lines of two areas; Bele can do nothing with less than its smallest grant.
fn lines(grant_min_minor: i64) -> Vec<AreaLine> {
    let bele = AreaLine { grant_min_minor, ..line("Bele", 100, Some(20), 300_000) };
    vec![line("Pelikan", 300, Some(80), 400_000), bele]
}

/// A window with 1,000 in it, shared out.
async fn shared(home: &Home, grant_min_minor: i64) -> Id {
    home.pass(20);
    let window = home.window(|terms| terms.women_led_percent = 0).await;
    home.filled(window, 100_000).await;
    let lines = lines(grant_min_minor);
    acts::share(&home.house, window, lines, home.keeper()).await.expect("shared");
    window
}

/// What Bele was told in a window, and how often it had been left out before.
async fn bele(home: &Home, window: Id) -> (AreaShare, Option<i64>) {
    let window = home.window_now(window).await;
    let shared = window.shared.as_ref().expect("a line");
    let known = shared.lines.iter().find(|line| line.area == area("Bele")).expect("a line");
    (window.share_of(area("Bele")).expect("a share").clone(), known.deferrals)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_left_out_for_too_small_a_share_counts_more_in_the_next_window() {
    for home in homes().await {
        let first = shared(&home, 50_000).await;
        let (left_out, times) = bele(&home, first).await;
        assert_eq!((left_out.amount_minor, left_out.why.as_str()), (0, "deferred"));
        assert_eq!(times, None);
        // Drawn anew it is not left out of an earlier one.
        acts::share(&home.house, first, lines(50_000), home.keeper()).await.expect("anew");
        assert_eq!(bele(&home, first).await.1, None);
        let (second, third) = (shared(&home, 50_000).await, shared(&home, 50_000).await);
        assert_eq!(bele(&home, second).await.1, Some(1));
        assert_eq!(bele(&home, third).await.1, Some(2));
        // Claims of 960,000 and of 80,000 · 1.1³: 1,000 × 106,480 / 1,066,480.
        let fourth = shared(&home, 0).await;
        let (share, times) = bele(&home, fourth).await;
        assert_eq!((share.amount_minor, times), (9_984, Some(3)));
        let question = home.window_now(fourth).await.shared.expect("a line").question;
        assert!(question.contains("\"deferrals\":3"), "{question}");
        // It got something: the row has ended.
        assert_eq!(bele(&home, shared(&home, 0).await).await.1, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_another_fund_nor_a_departure_leaves_anybody_out() {
    let home = home().await;
    let first = shared(&home, 50_000).await;
    let depart = WindowOverridden {
        area: area("Bele"),
        amount_minor: 20_000,
        reason: "The road is cut.".to_owned(),
    };
    let other = |currency: &str| {
        let currency = currency.to_owned();
        home.window(move |terms| terms.currency.clone_from(&currency))
    };
    home.pass(20);
    let gourdes = other("HTG").await;
    acts::share(&home.house, gourdes, lines(0), home.keeper()).await.expect("shared");
    assert_eq!(bele(&home, gourdes).await.1, None, "another fund");
    acts::depart(&home.house, first, depart.clone(), home.keeper()).await.expect_err("too much");
    let less = vec![line("Pelikan", 300, Some(80), 50_000), lines(90_000).remove(1)];
    acts::share(&home.house, first, less, home.keeper()).await.expect("anew");
    assert_eq!(bele(&home, first).await.0.why, "deferred");
    acts::depart(&home.house, first, depart, home.keeper()).await.expect("departed");
    assert_eq!(bele(&home, shared(&home, 0).await).await.1, None, "it was given something");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_back_is_not_shared_out_and_is_given_by_name_alone() {
    for home in homes().await {
        let window = home
            .window(|terms| {
                terms.women_led_percent = 0;
                terms.reserve_percent = Some(20);
            })
            .await;
        home.filled(window, 100_000).await;
        home.pass(2);
        let club = home.applies(window, Some(home.club), 90_000, "Pelikan").await;
        home.pass(10);
        home.scores(club, "Ines", [4, 4]).await;
        assert_eq!(home.decides(club, yes(80_001)).await, Err("funds-reserve"), "without a line");
        let lines = vec![line("Pelikan", 300, Some(80), 90_000)];
        acts::share(&home.house, window, lines, home.keeper()).await.expect("shared");
        let told = home.window_now(window).await.shared.expect("a line");
        assert_eq!((told.ready_minor, told.held_back_minor), (80_000, Some(20_000)));
        assert_eq!(told.shares[0].amount_minor, 80_000);
        let number = home.window_now(window).await.number;
        let (_, _, page) = home.asks(None, &format!("/money/{number}?lang=en"), None).await;
        assert!(page.contains("is held back for what comes suddenly"), "{page}");
        let mut depart = WindowOverridden {
            area: area("Pelikan"),
            amount_minor: 100_001,
            reason: "The river rose in the night.".to_owned(),
        };
        let much = acts::depart(&home.house, window, depart.clone(), home.keeper()).await;
        assert_eq!(code(much), "funds-pool-short");
        depart.amount_minor = 90_000;
        acts::depart(&home.house, window, depart, home.keeper()).await.expect("by name");
        let mut verdict = yes(90_000);
        assert_eq!(home.decides(club, verdict.clone()).await, Err("funds-reserve"));
        verdict.departs = "The river rose in the night.".to_owned();
        assert_eq!(home.decides(club, verdict).await, Ok(()));
    }
}
