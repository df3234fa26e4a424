//! What the line carries from one window to the next, what it holds back, and what is told beside
//! it.

use record::Id;

use super::home::{Home, area, code, home, homes, line, terms, yes};
use crate::funds::acts;
use crate::funds::queries;
use crate::funds::records::{AreaLine, AreaShare, Match, Terms, WindowOverridden, WindowShared};

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

#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_nobody_scored_is_funded_with_a_reason_or_not_at_all() {
    let home = home().await;
    let window = home.window(|terms| terms.women_led_percent = 0).await;
    home.filled(window, 100_000).await;
    home.pass(2);
    let bare = home.applies(window, Some(home.club), 50_000, "Pelikan").await;
    home.pass(10);
    let mut verdict = yes(50_000);
    assert_eq!(home.decides(bare, verdict.clone()).await, Err("funds-unscored"));
    verdict.departs = "The panel could not meet: the road is cut.".to_owned();
    assert_eq!(home.decides(bare, verdict).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_after_the_first_grant_is_shared_out_and_nothing_twice() {
    for home in homes().await {
        let window = home
            .window(|terms| {
                terms.women_led_percent = 20;
                terms.reserve_percent = Some(10);
            })
            .await;
        home.filled(window, 100_000).await;
        home.pass(2);
        let first = home.applies(window, Some(home.women), 30_000, "Pelikan").await;
        home.applies(window, Some(home.women), 40_000, "Pelikan").await;
        home.applies(window, Some(home.club), 40_000, "Bele").await;
        home.pass(10);
        home.scores(first, "Ines", [4, 4]).await;
        assert_eq!(home.decides(first, yes(30_000)).await, Ok(()));
        let who = format!("committee.{}.Wilner", home.committee);
        let path = format!("/desk/money/{window}/share?lang=en");
        let (_, _, page) = home.asks(Some(&who), &path, None).await;
        assert!(
            page.contains("400 USD asked") && !page.contains("700 USD"),
            "who has an answer: {page}"
        );
        let cap = |name, women_minor, cap_minor| AreaLine {
            women_minor,
            cap_minor,
            ..line(name, 100, Some(50), 0)
        };
        let lines = vec![cap("Pelikan", 40_000, 40_000), cap("Bele", 0, 40_000)];
        acts::share(&home.house, window, lines, home.keeper()).await.expect("what is left");
        let now = home.window_now(window).await;
        let told = now.shared.as_ref().expect("a line");
        // Of 1,000 there are 300 given and 100 held back; the women's 180 are among the 300.
        assert_eq!((told.ready_minor, told.held_back_minor), (60_000, Some(10_000)));
        let shares: Vec<i64> = told.shares.iter().map(|share| share.amount_minor).collect();
        assert_eq!(shares, [20_000, 40_000], "30,000 of before count for Pelikan; Bele is full");
        assert_eq!(now.envelope(area("Pelikan")), Some(50_000), "in all");
        let (_, _, page) = home.asks(None, &format!("/money/{}?lang=en", now.number), None).await;
        assert!(page.contains("was given here already"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_and_the_memo_say_how_firm_it_is_what_it_costs_and_what_would_change_it() {
    let home = home().await;
    let window = home.window(|terms| terms.women_led_percent = 0).await;
    home.filled(window, 100_000).await;
    home.pass(2);
    let (pelikan, bele) = (home.drawn("Pelikan").await, home.drawn("Bele").await);
    for (body, points) in [(home.women, [4, 0]), (home.club, [0, 4])] {
        let id = home.applies(window, Some(body), 400_000, "").await;
        home.scores(id, "Ines", points).await;
    }
    home.pass(10);
    let dear = AreaLine { area: bele, cost_minor: 8_000, ..line("Bele", 100, None, 300_000) };
    let lines = vec![AreaLine { area: pelikan, ..line("Pelikan", 300, Some(80), 400_000) }, dear];
    acts::share(&home.house, window, lines, home.keeper()).await.expect("shared");
    let now = home.window_now(window).await;
    let shared = now.shared.as_ref().expect("a line");
    let beside = shared.beside.as_ref().expect("told");
    assert_eq!((beside.draws, beside.seed), (1_000, now.number));
    assert!(shared.shares.iter().all(|share| share.funded_draws == Some(1_000)), "{shared:?}");
    // 1,000 would reach 50 people of Pelikan at 20 each; Bele's cost 80.
    assert_eq!(beside.most, 50);
    assert!(beside.reached < 50 && beside.price_milli > 0, "{beside:?}");
    assert_eq!(beside.next.len(), 1);
    assert_eq!(beside.next[0].areas.len(), 2);
    let (_, _, page) = home.asks(None, &format!("/money/{}?lang=en", now.number), None).await;
    for said in [
        "in 1,000 of 1,000 trials",
        "follow the published seed",
        "would go first to Pelikan",
        "To reach as many as possible, 50",
        "rounded to the smallest coin",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let (_, _, memo) = home.asks(None, &format!("/money/{}/memo?lang=en", now.number), None).await;
    let memo = memo.replace("<bdi>", "").replace("</bdi>", "");
    for said in ["reckoned as 8.0", "would go first to Pelikan", "kept its place each time"] {
        assert!(memo.contains(said), "{said}: {memo}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_with_known_risk_that_no_window_covered_is_named() {
    use crate::places::risk;
    let home = home().await;
    let (hill, river) = (home.drawn("Hill").await, home.drawn("River").await);
    let index = "dimension,dimension_weight,category,category_weight,component,component_weight,\
                 measure,weight,scale,from,to,source\n\
                 Hazard,1,Natural,1,Water,1,Flood days,1,even,0,50,River office\n";
    risk::set_index(&home.house, index.as_bytes(), "The river", None).await.expect("set");
    let sheet = "area,Flood days\nHill,45\nRiver,5\n";
    risk::bring_readings(&home.house, sheet.as_bytes(), 20_770, None).await.expect("brought");
    risk::refresh(&home.house).await.expect("read");
    assert_eq!(queries::neglected(&home.house).await.expect("read"), [], "nothing is shared out");
    let window = home.window(|terms| terms.women_led_percent = 0).await;
    home.filled(window, 100_000).await;
    let covered = AreaLine { area: river, covered_minor: 90_000, ..line("River", 90, None, 9) };
    acts::share(&home.house, window, vec![covered], home.keeper()).await.expect("shared");
    let all = queries::neglected(&home.house).await.expect("read");
    let told: Vec<_> = all.iter().map(|one| (one.area, one.gap(), one.a_person_minor)).collect();
    assert_eq!(told, [(hill, 1, 0), (river, -1, 1_000)]);
    let (_, _, page) = home.asks(None, "/money?lang=en", None).await;
    assert!(page.contains("High risk, little money") && page.contains("Hill"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_fares_worse_counts_more_and_draws_move_it_by_a_class() {
    let home = home().await;
    let window = home.window(|terms| terms.women_led_percent = 0).await;
    home.filled(window, 90_000).await;
    let class = |severity| AreaLine { severity, ..line("Bele", 100, Some(50), 300_000) };
    let lines = vec![line("Pelikan", 100, Some(50), 300_000), class(Some(4))];
    acts::share(&home.house, window, lines, home.keeper()).await.expect("shared");
    let now = home.window_now(window).await;
    let shared = now.shared.as_ref().expect("a line");
    let amounts: Vec<i64> = shared.shares.iter().map(|share| share.amount_minor).collect();
    assert_eq!(amounts, [30_000, 60_000]);
    assert!(shared.shares[0].moved_milli > 500, "a class is a lot: {shared:?}");
    let (_, _, page) = home.asks(None, &format!("/money/{}?lang=en", now.number), None).await;
    assert!(page.contains("each counted"), "{page}");
}

/// What older records did not have stands at their ends and is left out where there is none, so
/// that a record without it is written byte for byte as before.
#[test]
fn a_record_without_what_is_new_is_written_as_before() {
    let parts = |bytes: Vec<u8>| usize::from(bytes[0] & 0x1f);
    let matching = Some(Match { percent: 100, ceiling_minor: 1 });
    let terms = Terms { matching, ..terms(Id::NONE, 20_000) };
    assert_eq!(parts(record::encode(&terms)), 20);
    assert_eq!(parts(record::encode(&AreaLine::default())), 11);
    assert_eq!(parts(record::encode(&AreaShare::default())), 6);
    assert_eq!(parts(record::encode(&WindowShared::default())), 8);
}
