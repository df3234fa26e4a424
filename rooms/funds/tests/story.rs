//! Money on both engines: from terms to a payment, walked back; two who ask at the same moment; a
//! second process; and what nobody may do.

use record::Id;

use super::home::{Home, area, code, home, homes, line, of, pledge, yes};
use crate::funds::acts::{self, Act};
use crate::funds::queries;
use crate::funds::records::{
    ApplicationMade, ApplicationPointed, PurseCommitted, PursePaidIn, PursePaymentApproved,
    PursePaymentRefused, PursePledged, PurseReleased, PurseRepaid, PurseReplied, PurseReturned,
    PurseSpent, PurseWithdrawn,
};
use crate::funds::rules::purse::{self, Keeping};
use crate::funds::views::Account;

/// A window with two applications, scored and closed.
async fn scored(home: &Home) -> (Id, Id, Id) {
    let window = home.window(|_| {}).await;
    home.filled(window, 1_000_000).await;
    home.pass(2);
    let women = home.applies(window, Some(home.women), 400_000, "Pelikan").await;
    let club = home.applies(window, Some(home.club), 300_000, "Bele").await;
    home.pass(10);
    for member in ["Ines", "Odile"] {
        home.scores(women, member, [4, 3]).await;
        home.scores(club, member, [2, 3]).await;
    }
    (window, women, club)
}

#[tokio::test(flavor = "multi_thread")]
async fn money_goes_from_published_terms_to_a_payment_that_is_walked_back() {
    for home in homes().await {
        let (window, women, club) = scored(&home).await;
        let lines = vec![line("Pelikan", 300, Some(80), 400_000), line("Bele", 200, None, 300_000)];
        acts::share(&home.house, window, lines, home.keeper()).await.expect("shared");
        let shared = home.window_now(window).await.shared.expect("a line");
        assert_eq!(shared.shares.iter().map(|share| share.amount_minor).sum::<i64>(), 700_000);
        assert_eq!(home.decides(women, yes(400_000)).await, Ok(()));
        let purse = home.purse(window).await;
        let given = purse.allocation(1).expect("given");
        assert_eq!((given.of.amount_minor, given.of.overhead_minor), (400_000, 40_000));
        let asked = home.asked(1, 320_000);
        let early = acts::ask_payment(&home.house, window, asked, home.keeper()).await;
        let number = early.expect("it may be prepared");
        let approve = Act::Approve(PursePaymentApproved { number, ..Default::default() });
        let answer = home.refuses(window, approve.clone(), home.other_keeper()).await;
        assert_eq!(answer, "funds-appeal-days");
        home.pass(4);
        let own = home.refuses(window, approve.clone(), home.keeper()).await;
        assert_eq!(own, "funds-own-payment");
        acts::keep(&home.house, window, approve, home.other_keeper()).await.expect("approved");
        let spent = PurseSpent {
            payment: number,
            amount_minor: 300_000,
            supplier: "Depo dlo".to_owned(),
            local: true,
            bill: "F 12".to_owned(),
            what: "Water for six days".to_owned(),
            day: home.today(),
            ..PurseSpent::default()
        };
        home.keeps(window, Act::Spend(spent)).await;
        let (all, wait) = queries::figures(&home.house).await.expect("read");
        let figures = &all["USD"];
        assert_eq!(figures.states["disbursed"], 320_000);
        assert_eq!((figures.local_minor, figures.bought_minor), (300_000, 300_000));
        assert_eq!(wait, Some(14), "days from the application to the money");
        let (_, _, page) = home.asks(None, &format!("/money/payment/{number}?lang=en"), None).await;
        assert!(page.contains("Two water trucks") && page.contains("Fanm Pelikan"), "{page}");
        let money = queries::area_money(&home.house, area("Pelikan")).await.expect("read");
        assert_eq!((money.asked["USD"], money.allocated["USD"]), (400_000, 400_000));
        assert_eq!((money.disbursed["USD"], money.confirmed.get("USD")), (320_000, None));
        let t = page::Tongue::new(page::Lang::En, home.house.texts());
        let rows = crate::funds::of_area_cells(&home.house, t, area("Pelikan")).await;
        let row = rows.expect("read").remove(0).into_iter().map(|cell| cell.0).collect::<String>();
        for said in ["USD", "4,000 USD", "3,200 USD", ">0 USD<"] {
            assert!(row.contains(said), "asked, granted, paid out, nothing confirmed: {row}");
        }
        // A no is explained as well.
        let mut no = yes(0);
        no.funded = false;
        assert_eq!(home.decides(club, no.clone()).await, Err("funds-words-empty"));
        no.would_change = "A plan for the days after the sixth.".to_owned();
        assert_eq!(home.decides(club, no).await, Ok(()));
        let (_, _, page) = home.asks(None, "/money/1?lang=en", None).await;
        assert!(page.contains("A plan for the days after"), "{page}");
        assert!(home.purse(window).await.balances());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_give_out_the_same_money_at_once_do_not_both() {
    for home in homes().await {
        let window = home.window(|terms| terms.women_led_percent = 0).await;
        home.filled(window, 500_000).await;
        home.pass(2);
        let one = home.applies(window, Some(home.women), 400_000, "").await;
        let two = home.applies(window, Some(home.club), 400_000, "").await;
        home.pass(10);
        let other = home.other().await;
        let mut verdict = yes(400_000);
        verdict.departs = "The pump cannot wait.".to_owned();
        let (first, second) = tokio::join!(
            acts::decide(&home.house, one, verdict.clone(), home.keeper()),
            acts::decide(&other, two, verdict.clone(), home.other_keeper()),
        );
        let mut codes = [code(first), code(second)];
        codes.sort_unstable();
        assert_eq!(codes, ["done", "funds-pool-short"]);
        let purse = home.purse(window).await;
        assert_eq!(purse.holds(Account::Committed(0)), 100_000);
        assert!(purse.balances() && purse.aside.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_payments_at_once_get_two_numbers_and_never_more_than_there_is() {
    for home in homes().await {
        let (window, women, _) = scored(&home).await;
        assert_eq!(home.decides(women, yes(400_000)).await, Ok(()));
        home.pass(5);
        let other = home.other().await;
        let ask = |house: crate::door::House| {
            let (asked, keeper) = (home.asked(1, 250_000), home.keeper());
            async move { acts::ask_payment(&house, window, asked, keeper).await }
        };
        let (first, second) = tokio::join!(ask(home.house.clone()), ask(other));
        let mut codes = [code(first), code(second)];
        codes.sort_unstable();
        assert_eq!(codes, ["done", "funds-too-much"]);
        assert_eq!(home.purse(window).await.payments.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_gives_the_same_sums() {
    for home in homes().await {
        let (window, women, _) = scored(&home).await;
        assert_eq!(home.decides(women, yes(400_000)).await, Ok(()));
        home.pass(5);
        home.pays(window, 1, 100_000).await;
        let before = (home.purse(window).await, queries::figures(&home.house).await.expect("read"));
        for noun in ["window", "application", "purse"] {
            home.house.store().rebuild(noun, |_| ()).await.expect("rebuilt");
        }
        let after = (home.purse(window).await, queries::figures(&home.house).await.expect("read"));
        assert_eq!(before, after);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pledge_that_is_not_paid_turns_red_with_the_givers_word() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    let pledged = PursePledged { giver: Some(home.city), ..pledge(90_000, home.today() + 3) };
    home.keeps(window, Act::Pledge(pledged)).await;
    assert!(queries::red_pledges(&home.house).await.expect("read").is_empty());
    home.pass(4);
    let red = queries::red_pledges(&home.house).await.expect("read");
    assert_eq!(red.len(), 1);
    let (_, _, page) = home.asks(None, "/money?lang=en", None).await;
    assert!(page.contains("City of Port Kilima</bdi> still owes"), "{page}");
    assert!(page.contains("They have not said why"), "{page}");
    let words = "The bank opens on Monday.".to_owned();
    let reply = Act::Reply(PurseReplied { pledge: 1, words });
    let stranger = home.refuses(window, reply.clone(), of("Somebody", home.club)).await;
    assert_eq!(stranger, "funds-of-others");
    let giver = of("Samuel", home.city);
    acts::keep(&home.house, window, reply, giver).await.expect("said");
    let (_, _, page) = home.asks(None, "/money?lang=en", None).await;
    assert!(page.contains("The bank opens on Monday"), "{page}");
    let (all, _) = queries::figures(&home.house).await.expect("read");
    assert_eq!((all["USD"].due_minor, all["USD"].kept_minor), (90_000, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_keeps_no_purse_writes_into_none() {
    let home = home().await;
    let (window, women, _) = scored(&home).await;
    assert_eq!(home.decides(women, yes(100_000)).await, Ok(()));
    let number = acts::ask_payment(&home.house, window, home.asked(1, 10_000), home.keeper());
    let payment = number.await.expect("asked");
    let words = || "Because".to_owned();
    let all = [
        Act::Pledge(pledge(5, home.today())),
        Act::Commit(PurseCommitted { pledge: 1, amount_minor: 1, instrument: words() }),
        Act::PayIn(PursePaidIn {
            pledge: 1,
            amount_minor: 1,
            day: 1,
            reference: words(),
            given: None,
        }),
        Act::Withdraw(PurseWithdrawn { pledge: 1, amount_minor: 1, reason: words() }),
        Act::Release(PurseReleased { application: 1, amount_minor: 1, reason: words() }),
        Act::Approve(PursePaymentApproved { number: payment, ..Default::default() }),
        Act::Refuse(PursePaymentRefused { number: payment, reason: words() }),
        Act::GiveBack(PurseReturned { payment, amount_minor: 1, reason: words() }),
        Act::Repay(PurseRepaid { application: 1, amount_minor: 1 }),
    ];
    for act in all {
        let said = format!("{act:?}");
        let stranger = of("Somebody", home.club);
        assert_eq!(home.refuses(window, act, stranger).await, "funds-of-others", "{said}");
    }
    // Who is paid neither prepares nor approves it, whatever else they belong to.
    let mut both = home.other_keeper();
    both.bodies.push(home.women);
    let approve = Act::Approve(PursePaymentApproved { number: payment, ..Default::default() });
    assert_eq!(home.refuses(window, approve, both.clone()).await, "funds-own-body");
    let asked = acts::ask_payment(&home.house, window, home.asked(1, 1), both).await;
    assert_eq!(code(asked), "funds-own-body");
    // They say what they bought.
    home.pass(5);
    let approve = Act::Approve(PursePaymentApproved { number: payment, ..Default::default() });
    acts::keep(&home.house, window, approve, home.other_keeper()).await.expect("approved");
    let spent = PurseSpent {
        payment,
        amount_minor: 5_000,
        supplier: "Depo dlo".to_owned(),
        what: "Water".to_owned(),
        day: home.today(),
        ..PurseSpent::default()
    };
    let spend = Act::Spend(spent);
    let stranger = of("Somebody", home.club);
    assert_eq!(home.refuses(window, spend.clone(), stranger).await, "funds-of-others");
    acts::keep(&home.house, window, spend, of("Odile", home.women)).await.expect("said");
    let confirm = acts::confirm(&home.house, window, 1, home.keeper()).await;
    assert_eq!(code(confirm), "funds-not-confirmed", "nobody's word but people's own");
    let repay = Act::Repay(PurseRepaid { application: 1, amount_minor: 1 });
    assert_eq!(home.refuses(window, repay, home.keeper()).await, "funds-no-loan");
    let day = home.today() + 1;
    let ahead =
        PursePaidIn { pledge: 1, amount_minor: 1, day, reference: String::new(), given: None };
    assert_eq!(home.refuses(window, Act::PayIn(ahead), home.keeper()).await, "funds-day");
    let phone = PursePaidIn {
        pledge: 1,
        amount_minor: 1,
        day: 1,
        reference: "+509 3700".into(),
        given: None,
    };
    assert_eq!(home.refuses(window, Act::PayIn(phone), home.keeper()).await, "funds-reference");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leads_to_no_voice_is_not_paid_until_the_desk_names_what_it_is_for() {
    for home in homes().await {
        let window = home.window(|terms| terms.women_led_percent = 0).await;
        home.filled(window, 500_000).await;
        home.pass(2);
        let made = ApplicationMade { needs: Vec::new(), ..home.made(window, None, 40_000) };
        let id = acts::apply(&home.house, made, None, None).await.expect("applied").0;
        let theirs = home.applies(window, Some(home.women), 10_000, "").await;
        home.pass(10);
        let vouches = |body, name: &str| acts::vouch(&home.house, id, body, of(name, body));
        vouches(home.women, "Odile").await.expect("vouched");
        vouches(home.club, "Baraka").await.expect("vouched");
        home.scores(id, "Ines", [4, 3]).await;
        home.scores(theirs, "Ines", [1, 1]).await;
        assert_eq!(home.decides(id, yes(40_000)).await, Err("funds-no-need"));
        // A decision alone is enough where it is about a need.
        let nowhere = Some(Id::named("decision", "of nothing"));
        let about = ApplicationPointed { needs: Vec::new(), decision: nowhere };
        acts::point(&home.house, id, about, home.keeper()).await.expect("named");
        assert_eq!(home.decides(id, yes(40_000)).await, Err("funds-no-need"));
        let water = Id::named("need", "water");
        let point = |needs: Vec<Id>, actor| {
            acts::point(&home.house, id, ApplicationPointed { needs, decision: None }, actor)
        };
        assert_eq!(code(point(Vec::new(), home.keeper()).await), "funds-no-need");
        let stranger = of("Somebody", home.club);
        assert_eq!(code(point(vec![water], stranger).await), "funds-of-others");
        point(vec![water], home.keeper()).await.expect("named");
        let known = home.application(id).await;
        assert!(known.pointed && known.made.needs == [water]);
        assert_eq!(home.decides(id, yes(40_000)).await, Ok(()));
        assert_eq!(home.purse(window).await.allocations[0].of.needs, [water]);
        assert_eq!(code(point(vec![water], home.keeper()).await), "funds-decided");
        // What those who asked have named, nobody names for them.
        let other = ApplicationPointed { needs: vec![Id::named("need", "other")], decision: None };
        let refused = acts::point(&home.house, theirs, other, home.keeper()).await;
        assert_eq!(code(refused), "funds-named");
        assert_eq!(home.application(theirs).await.made.needs, [water]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_need_that_was_closed_before_something_was_bought_does_not_confirm_it() {
    let home = home().await;
    let (window, women, _) = scored(&home).await;
    assert_eq!(home.decides(women, yes(400_000)).await, Ok(()));
    home.pass(5);
    let payment = home.pays(window, 1, 100_000).await;
    let day = home.today();
    let spent = PurseSpent {
        payment,
        amount_minor: 5_000,
        supplier: "Depo dlo".to_owned(),
        what: "Water".to_owned(),
        day,
        ..PurseSpent::default()
    };
    home.keeps(window, Act::Spend(spent)).await;
    let (known, keeper) = (home.window_now(window).await, home.keeper());
    let id = crate::funds::views::purse_id(window);
    let records = home.house.store().records_of(id).await.expect("read");
    let keeping = Keeping { window: &known, actor: &keeper, today: day, now_ms: 0 };
    let water = Id::named("need", "water");
    let said = |closed: i64| purse::confirm(&keeping, &records, 1, &[(water, closed)]);
    assert_eq!(said(day - 1).expect_err("too early").code, "funds-not-confirmed");
    assert_eq!(said(day).expect("confirmed").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_mechanism_has_its_own_rule() {
    use crate::funds::records::Match;
    let home = home().await;
    let matching = home
        .window(|terms| {
            terms.mechanism = "matching".to_owned();
            terms.matching = Some(Match { percent: 100, ceiling_minor: 50_000 });
        })
        .await;
    home.filled(matching, 30_000).await;
    let ours = PursePledged { matches: true, ..pledge(80_000, home.today() + 9) };
    home.keeps(matching, Act::Pledge(ours.clone())).await;
    let commit = |amount_minor| {
        Act::Commit(PurseCommitted { pledge: 2, amount_minor, instrument: "Letter".to_owned() })
    };
    let more = home.refuses(matching, commit(30_001), home.keeper()).await;
    assert_eq!(more, "funds-match-ceiling");
    home.keeps(matching, commit(30_000)).await;
    let loan = home.window(|terms| terms.mechanism = "revolving_savings".to_owned()).await;
    assert_eq!(home.refuses(loan, Act::Pledge(ours), home.keeper()).await, "funds-no-matching");
    home.filled(loan, 100_000).await;
    let arranged = home
        .window(|terms| {
            terms.mechanism = "pre_arranged".to_owned();
            terms.trigger = "The river stands above the mark.".to_owned();
            terms.women_led_percent = 0;
        })
        .await;
    home.filled(arranged, 100_000).await;
    home.pass(2);
    let lent = home.applies(loan, Some(home.women), 50_000, "").await;
    let early = home.applies(arranged, Some(home.women), 50_000, "").await;
    home.pass(10);
    home.scores(early, "Ines", [4, 3]).await;
    // It is decided beforehand, so that nothing is waited for once it happens; paid it is not.
    assert_eq!(home.decides(early, yes(50_000)).await, Ok(()));
    let of = home.application(early).await.made.number;
    let asked = acts::ask_payment(&home.house, arranged, home.asked(of, 9), home.keeper()).await;
    assert_eq!(code(asked), "funds-not-triggered");
    let no = acts::trigger(&home.house, arranged, 99, "Rain".to_owned(), home.keeper()).await;
    assert_eq!(code(no), "funds-decision-unknown");
    assert_eq!(home.decides(lent, yes(50_000)).await, Err("funds-unscored"));
    home.scores(lent, "Ines", [4, 3]).await;
    assert_eq!(home.decides(lent, yes(50_000)).await, Ok(()));
    home.pass(5);
    let number = home.application(lent).await.made.number;
    home.pays(loan, number, 50_000).await;
    let repaid = |amount_minor| Act::Repay(PurseRepaid { application: number, amount_minor });
    assert_eq!(home.refuses(loan, repaid(50_001), home.keeper()).await, "funds-too-much");
    home.keeps(loan, repaid(20_000)).await;
    assert_eq!(home.purse(loan).await.holds(Account::Committed(0)), 70_000);
}
