//! Refusals of terms, applications, scores and decisions, each with a test that could have failed.

use proptest::prelude::*;
use record::{Id, Refusal};

use super::home::{Home, area, code, home, line, of, terms, yes};
use crate::funds::acts;
use crate::funds::records::{
    ApplicationAppealAnswered, ApplicationMade, AreaLine, Criterion, Pool, Score, Seat, Terms,
    WindowOverridden,
};
use crate::funds::rules::application::{NEEDS_MAX, PEOPLE_MAX, POINTS_MAX, Verdict};
use crate::funds::rules::window::{
    AREAS_MAX, CRITERIA_MAX, OVERHEAD_PERCENT_MAX, POOLS_MAX, SEATS_MAX, sound,
};
use crate::funds::rules::{self, Actor, NAME_CHARS_MAX, REFERENCE_CHARS_MAX, ranking};
use crate::funds::views::{Application, Scored};

fn no<T>(answer: Result<T, Refusal>) -> &'static str {
    answer.map_or_else(|refusal| refusal.code, |_| "done")
}

#[test]
fn terms_that_cannot_be_are_refused_with_what_is_wrong() {
    let check = |change: &dyn Fn(&mut Terms), expected: &str| {
        let mut terms = terms(Id::named("body", "committee"), 20_000);
        change(&mut terms);
        assert_eq!(no(sound(&terms, 20_000)), expected);
    };
    let pool = |at: usize| Pool { name: format!("Pool {at}"), areas: Vec::new() };
    let seat = |at: usize| Seat {
        member: Id::named("member", &at.to_string()),
        seat: "resident".to_owned(),
        woman: true,
    };
    check(&|_| {}, "done");
    check(&|t| t.name = String::new(), "funds-words-empty");
    check(&|t| t.name = "n".repeat(NAME_CHARS_MAX + 1), "task-words-long");
    check(&|t| t.mechanism = "gift".to_owned(), "funds-choice");
    check(&|t| t.currency = "XBT".to_owned(), "funds-currency");
    check(&|t| t.body = None, "funds-body-unknown");
    check(&|t| t.application_minor_max = 0, "funds-amount-nothing");
    check(&|t| t.women_led_percent = 101, "funds-percent");
    check(&|t| t.reserve_percent = Some(101), "funds-percent");
    check(&|t| t.reserve_percent = Some(-1), "funds-percent");
    check(&|t| t.reserve_percent = Some(0), "done");
    check(&|t| t.overhead_percent = OVERHEAD_PERCENT_MAX + 1, "funds-percent");
    check(&|t| t.kinds = vec!["friends".to_owned()], "funds-choice");
    check(&|t| t.areas = vec![Id::NONE; AREAS_MAX + 1], "funds-many");
    check(&|t| t.pools = Vec::new(), "funds-pools");
    check(&|t| t.pools = vec![pool(1), pool(1)], "funds-pools");
    check(&|t| t.pools = (0..=POOLS_MAX).map(pool).collect(), "funds-pools");
    let criterion = |weight| Criterion { name: "Reach".to_owned(), weight };
    check(&|t| t.criteria = vec![criterion(99)], "funds-criteria");
    check(&|t| t.criteria = vec![criterion(0), criterion(100)], "funds-criteria");
    check(&|t| t.criteria = vec![criterion(1); CRITERIA_MAX + 1], "funds-criteria");
    check(&|t| t.panel.truncate(2), "funds-panel");
    check(&|t| t.panel[0].woman = false, "done");
    check(&|t| t.panel.iter_mut().take(2).for_each(|seat| seat.woman = false), "funds-panel");
    check(&|t| t.panel[1].member = t.panel[0].member, "funds-panel");
    check(&|t| t.panel.iter_mut().for_each(|s| s.seat = "officer".to_owned()), "funds-panel");
    check(&|t| t.panel[0].seat = "king".to_owned(), "funds-choice");
    check(&|t| t.panel = (0..=SEATS_MAX).map(seat).collect(), "funds-panel");
    check(&|t| t.panel = (0..SEATS_MAX).map(seat).collect(), "done");
    check(&|t| t.opens_day = 20_000, "funds-timetable");
    check(&|t| t.closes_day = t.opens_day - 1, "funds-timetable");
    check(&|t| t.decides_day = 30_000, "funds-timetable");
    check(&|t| t.appeal_days = 1, "funds-timetable");
    check(&|t| t.appeal_days = 61, "funds-timetable");
    check(&|t| t.mechanism = "pre_arranged".to_owned(), "funds-words-empty");
    check(&|t| t.mechanism = "matching".to_owned(), "funds-amount-nothing");
}

#[test]
fn a_reference_is_letters_and_digits() {
    assert_eq!(rules::reference(" MM 31-7 ").expect("sound"), "MM 31-7");
    assert_eq!(no(rules::reference("+509 3700")), "funds-reference");
    assert_eq!(no(rules::reference("a@b")), "funds-reference");
    let long = "7".repeat(REFERENCE_CHARS_MAX + 1);
    assert_eq!(no(rules::reference(&long)), "task-words-long");
}

async fn applied(home: &Home, made: ApplicationMade, place: Option<Id>) -> &'static str {
    code(acts::apply(&home.house, made, place, None).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_keeps_within_the_terms() {
    let home = home().await;
    let window = home
        .window(|terms| {
            terms.areas = vec![area("Pelikan")];
            terms.kinds = vec!["women_led_org".to_owned()];
        })
        .await;
    let made = home.made(window, Some(home.women), 500_000);
    let place = Some(area("Pelikan"));
    assert_eq!(applied(&home, made.clone(), place).await, "funds-window-shut");
    home.pass(2);
    let check = async |change: &dyn Fn(&mut ApplicationMade), expected: &str| {
        let mut made = made.clone();
        change(&mut made);
        assert_eq!(applied(&home, made, place).await, expected);
    };
    check(&|made| made.window = Id::named("window", "none"), "funds-window-unknown").await;
    check(&|made| made.kind = "grassroots_org".to_owned(), "funds-kind").await;
    check(&|made| made.kind = "friends".to_owned(), "funds-choice").await;
    check(&|made| made.amount_minor = 600_001, "funds-application-large").await;
    check(&|made| made.amount_minor = 0, "funds-amount-nothing").await;
    check(&|made| made.people = 4, "funds-people").await;
    check(&|made| made.people = PEOPLE_MAX + 1, "funds-people").await;
    check(&|made| made.needs = vec![Id::NONE; NEEDS_MAX + 1], "funds-many").await;
    check(&|made| made.what = String::new(), "funds-words-empty").await;
    check(&|made| made.how = "Ask at +509 3700 0001".to_owned(), "need-public-number").await;
    assert_eq!(applied(&home, made.clone(), Some(area("Bele"))).await, "funds-area-unknown");
    assert_eq!(applied(&home, made.clone(), None).await, "funds-area-unknown");
    check(&|_| {}, "done").await;
    home.pass(10);
    check(&|_| {}, "funds-window-shut").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_panel_scores_and_whoever_is_close_does_not() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    home.pass(2);
    let id = home.applies(window, Some(home.women), 100_000, "").await;
    let bare = home.applies(window, None, 100_000, "").await;
    let who = |name: &str| Actor { id: Some(Id::named("member", name)), ..Actor::default() };
    let scores = |criterion, points| {
        vec![Score { criterion, points, reason: "They know the place.".to_owned() }]
    };
    let score = async |id, scores, actor| code(acts::score(&home.house, id, scores, actor).await);
    assert_eq!(score(id, scores(0, 3), who("Wilner")).await, "funds-not-on-panel");
    assert_eq!(score(id, scores(2, 3), who("Ines")).await, "funds-score");
    assert_eq!(score(id, scores(0, POINTS_MAX + 1), who("Ines")).await, "funds-score");
    assert_eq!(score(id, scores(0, -1), who("Ines")).await, "funds-score");
    assert_eq!(score(id, Vec::new(), who("Ines")).await, "funds-score");
    let twice = [scores(0, 1), scores(0, 2)].concat();
    assert_eq!(score(id, twice, who("Ines")).await, "funds-score");
    assert_eq!(score(bare, scores(0, 3), who("Ines")).await, "funds-waits");
    assert_eq!(score(id, scores(0, 3), of("Ines", home.women)).await, "funds-conflict");
    assert_eq!(score(id, scores(0, 3), who("Ines")).await, "done");
    assert_eq!(home.application(id).await.scores.len(), 1);
    let close = || "My sister works there.".to_owned();
    let conflict = acts::conflict(&home.house, id, close(), who("Ines")).await;
    assert_eq!(code(conflict), "done");
    assert_eq!(home.application(id).await.scores.len(), 0, "what was said before is gone");
    assert_eq!(score(id, scores(0, 3), who("Ines")).await, "funds-conflict");
    assert_eq!(
        code(acts::vouch(&home.house, id, home.club, of("B", home.club)).await),
        "funds-no-vouching"
    );
    assert_eq!(
        code(acts::vouch(&home.house, bare, home.club, of("B", home.women)).await),
        "funds-of-others"
    );
    let words = "It forgets the hill.".to_owned();
    let stranger = acts::dissent(&home.house, window, words.clone(), who("Wilner")).await;
    assert_eq!(code(stranger), "funds-not-on-panel");
    acts::dissent(&home.house, window, words, who("Rose")).await.expect("said");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_stands_on_a_mandate_or_goes_up_or_is_impossible() {
    let home = home().await;
    let window = home.window(|terms| terms.women_led_percent = 0).await;
    home.filled(window, 1_000_000).await;
    home.pass(2);
    let id = home.applies(window, Some(home.women), 600_000, "").await;
    let elsewhere = home.window(|terms| terms.subject = "Use of public places".to_owned()).await;
    assert_eq!(home.decides(id, yes(600_000)).await, Err("funds-too-early"));
    home.pass(10);
    let other = home.application(id).await;
    assert_eq!(other.status(), "received");
    home.scores(id, "Ines", [4, 3]).await;
    // A stranger, a role without the body, a funder, somebody who is close.
    let decide = async |actor: Actor, verdict: Verdict| {
        code(acts::decide(&home.house, id, verdict, actor).await)
    };
    let steward = Actor { coordinates: true, ..of("Mirlande", home.club) };
    assert_eq!(decide(steward, yes(1)).await, "funds-of-others");
    assert_eq!(decide(of("Amara", home.committee), yes(1)).await, "funds-funder");
    let mut both = home.keeper();
    both.bodies.push(home.women);
    assert_eq!(decide(both, yes(1)).await, "funds-conflict");
    assert_eq!(home.decides(id, yes(600_001)).await, Err("funds-application-large"));
    // 6,000 is above the committee's 5,000: it goes to the city by itself.
    assert_eq!(home.decides(id, yes(600_000)).await, Ok(()));
    let routed = home.application(id).await;
    assert_eq!((routed.status(), routed.routed.map(|r| r.to)), ("routed", Some(home.city)));
    assert!(home.purse(window).await.allocations.is_empty(), "nothing was given");
    assert_eq!(home.decides(id, yes(100)).await, Err("funds-of-others"));
    assert_eq!(decide(of("Samuel", home.city), yes(600_000)).await, "done");
    assert_eq!(home.application(id).await.status(), "funded");
    assert_eq!(home.decides(id, yes(600_000)).await, Err("funds-of-others"));
    assert_eq!(decide(of("Samuel", home.city), yes(1)).await, "funds-decided");
    let _ = elsewhere;
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_the_mandate_nothing_is_given_and_above_all_nobody_decides() {
    let home = home().await;
    let window = home.window(|terms| terms.subject = "Use of public places".to_owned()).await;
    let dear = home.window(|terms| terms.application_minor_max = 20_000_000).await;
    home.pass(2);
    let id = home.applies(window, Some(home.women), 100, "").await;
    let much = home.applies(dear, Some(home.women), 20_000_000, "").await;
    home.pass(10);
    assert_eq!(home.decides(id, yes(100)).await, Err("funds-outside-mandate"));
    assert_eq!(home.decides(much, yes(20_000_000)).await, Err("funds-above-all"));
}

#[tokio::test(flavor = "multi_thread")]
async fn earmarks_set_asides_rank_and_line_hold_unless_somebody_says_why() {
    let home = home().await;
    let window = home
        .window(|terms| {
            terms.pools.push(Pool { name: "For Bele".to_owned(), areas: vec![area("Bele")] });
        })
        .await;
    home.filled(window, 500_000).await;
    home.pass(2);
    let club = home.applies(window, Some(home.club), 400_000, "Pelikan").await;
    let women = home.applies(window, Some(home.women), 400_000, "Pelikan").await;
    home.pass(10);
    home.scores(women, "Ines", [4, 4]).await;
    home.scores(club, "Ines", [1, 1]).await;
    let other_pool = Verdict { pool: 1, ..yes(100) };
    assert_eq!(home.decides(club, other_pool).await, Err("funds-earmark"));
    let no_pool = Verdict { pool: 2, ..yes(100) };
    assert_eq!(home.decides(club, no_pool).await, Err("funds-pool-unknown"));
    // Of 5,000 thirty percent wait for women-led bodies.
    assert_eq!(home.decides(club, yes(350_001)).await, Err("funds-set-aside"));
    assert_eq!(home.decides(club, yes(100_000)).await, Err("funds-passed-over"));
    let depart = WindowOverridden {
        area: area("Pelikan"),
        amount_minor: 1,
        reason: "The road is cut.".to_owned(),
    };
    let early = acts::depart(&home.house, window, depart.clone(), home.keeper()).await;
    assert_eq!(code(early), "funds-not-shared");
    let lines = vec![line("Pelikan", 100, Some(50), 500_000)];
    let share = async |lines| code(acts::share(&home.house, window, lines, home.keeper()).await);
    assert_eq!(share(Vec::new()).await, "funds-many");
    assert_eq!(share(vec![line("Pelikan", 3, None, 1)]).await, "funds-line");
    assert_eq!(share(vec![line("Pelikan", 9, Some(101), 1)]).await, "funds-line");
    assert_eq!(share(vec![line("Pelikan", 9, Some(0), 1)]).await, "funds-line");
    let class = |severity| AreaLine { severity, ..line("Pelikan", 9, Some(5), 1) };
    assert_eq!(share(vec![class(Some(2))]).await, "funds-line");
    assert_eq!(share(vec![class(Some(6))]).await, "funds-line");
    assert_eq!(share([lines.clone(), lines.clone()].concat()).await, "funds-area-unknown");
    let capped = vec![line("Pelikan", 100, Some(50), 300_000)];
    assert_eq!(share(capped).await, "done");
    assert_eq!(home.decides(women, yes(400_000)).await, Err("funds-beyond-line"));
    let much = WindowOverridden { amount_minor: 500_001, ..depart.clone() };
    let answer = acts::depart(&home.house, window, much, home.keeper()).await;
    assert_eq!(code(answer), "funds-pool-short");
    let elsewhere = WindowOverridden { area: area("Bele"), ..depart.clone() };
    let answer = acts::depart(&home.house, window, elsewhere, home.keeper()).await;
    assert_eq!(code(answer), "funds-area-unknown");
    let silent = WindowOverridden { reason: String::new(), ..depart.clone() };
    let answer = acts::depart(&home.house, window, silent, home.keeper()).await;
    assert_eq!(code(answer), "funds-words-empty");
    let more = WindowOverridden { amount_minor: 450_000, ..depart };
    acts::depart(&home.house, window, more, home.keeper()).await.expect("departed");
    assert_eq!(home.decides(women, yes(400_000)).await, Ok(()));
    let mut why = yes(60_000);
    assert_eq!(home.decides(club, why.clone()).await, Err("funds-beyond-line"));
    assert_eq!(share(lines).await, "done", "what is left is shared out");
    let left = home.window_now(window).await.shared.expect("shared");
    assert_eq!((left.lines[0].given_minor, left.ready_minor), (Some(400_000), 100_000));
    let envelope = home.window_now(window).await.envelope(area("Pelikan"));
    assert_eq!(envelope, Some(500_000), "with what it had been given");
    why.departs = "Their spades are there today.".to_owned();
    assert_eq!(home.decides(club, why).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_has_its_days_and_another_body() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    home.pass(2);
    let made = home.made(window, Some(home.women), 100);
    let (id, own) = acts::apply(&home.house, made, None, None).await.expect("applied");
    let appeal = async || code(acts::appeal(&home.house, &own, "The pump broke.".into()).await);
    home.pass(10);
    assert_eq!(appeal().await, "funds-no-appeal");
    let no = Verdict { would_change: "A plan.".to_owned(), funded: false, ..yes(0) };
    assert_eq!(home.decides(id, no).await, Ok(()));
    let answered = |by| ApplicationAppealAnswered {
        by,
        stands: true,
        reason: "It was looked at again.".to_owned(),
    };
    let answer = async |by, actor| code(acts::answer(&home.house, id, answered(by), actor).await);
    assert_eq!(answer(home.city, of("Samuel", home.city)).await, "funds-no-appeal");
    assert_eq!(appeal().await, "done");
    assert_eq!(appeal().await, "funds-appeal-over");
    assert_eq!(answer(home.women, of("Odile", home.women)).await, "funds-appeal-other");
    assert_eq!(answer(home.committee, home.keeper()).await, "funds-appeal-other");
    assert_eq!(answer(home.city, of("Samuel", home.club)).await, "funds-of-others");
    assert_eq!(answer(home.city, of("Samuel", home.city)).await, "done");
    assert_eq!(home.application(id).await.status(), "declined");
    home.pass(4);
    assert_eq!(appeal().await, "funds-appeal-over");
}

fn scored(number: i64, scores: &[(i64, i64)]) -> Application {
    let mut application =
        Application { id: Id::named("test", &number.to_string()), ..Default::default() };
    application.made.number = number;
    application.scores = scores
        .iter()
        .enumerate()
        .map(|(at, (criterion, points))| Scored {
            member: Id::named("member", &at.to_string()),
            criterion: *criterion,
            points: *points,
            reason: String::new(),
        })
        .collect();
    application
}

#[test]
fn a_missing_score_is_no_nought_and_equal_scores_share_a_place() {
    let all = [
        scored(1, &[(0, 2), (1, 2)]),
        scored(2, &[(0, 4)]),
        scored(3, &[(0, 2), (1, 2)]),
        scored(4, &[(0, 4), (1, 4), (0, 2), (1, 2)]),
    ];
    let all: Vec<&Application> = all.iter().collect();
    let ranked = ranking::rank(&all, &[60, 40]);
    let places: Vec<_> = ranked.iter().map(|own| (own.number, own.place)).collect();
    assert_eq!(places, [(4, Some(1)), (1, Some(2)), (3, Some(2)), (2, None)]);
    assert_eq!((ranked[0].milli, ranked[1].milli), (75_000, 50_000));
    let half = &ranked[3];
    assert_eq!((half.milli, half.milli_most, half.missing.clone()), (60_000, 100_000, vec![1]));
    assert_eq!(ranking::passed_over(&all, &[60, 40], all[0].id), 1);
    assert_eq!(ranking::passed_over(&all, &[60, 40], all[1].id), 3);
}

#[test]
fn places_that_hang_on_a_weight_are_told() {
    let all = [
        scored(1, &[(0, 4), (1, 0)]),
        scored(2, &[(0, 0), (1, 4)]),
        scored(3, &[(0, 0), (1, 0), (1, 0)]),
        scored(4, &[(0, 4)]),
    ];
    let all: Vec<&Application> = all.iter().collect();
    let firm = ranking::firmness(&all, &[51, 49], (1_000, 7));
    assert_eq!(firm, ranking::firmness(&all, &[51, 49], (1_000, 7)), "the seed says all");
    assert_eq!(firm.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert!((500..900).contains(&firm[0].kept), "{firm:?}");
    assert_eq!((firm[0].best, firm[0].worst, firm[1].best), (1, 2, 1));
    assert_eq!((firm[2].kept, firm[2].best, firm[2].worst), (1_000, 3, 3));
    let clear = ranking::firmness(&all, &[80, 20], (1_000, 7));
    assert!(clear.iter().all(|one| one.kept == 1_000), "{clear:?}");
}

proptest! {
    /// More points never rank lower, and names change nothing.
    #[test]
    fn more_points_never_rank_lower(
        points in proptest::collection::vec((0..=4i64, 0..=4i64), 2..8),
        weight in 1..100i64,
        at in 0..8usize,
    ) {
        let weights = [weight, 100 - weight];
        let make = |points: &[(i64, i64)]| -> Vec<Application> {
            let all = points.iter().zip(1..);
            all.map(|((one, two), n)| scored(n, &[(0, *one), (1, *two)])).collect()
        };
        let at = at % points.len();
        let place = |all: &[Application]| {
            let all: Vec<&Application> = all.iter().collect();
            let number = i64::try_from(at).unwrap() + 1;
            let ranked = ranking::rank(&all, &weights);
            ranked.iter().find(|own| own.number == number).and_then(|own| own.place)
        };
        let before = place(&make(&points));
        let mut more = points.clone();
        more[at].0 = (more[at].0 + 1).min(4);
        prop_assert!(place(&make(&more)) <= before);
    }
}
