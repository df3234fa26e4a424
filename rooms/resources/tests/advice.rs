//! Advice without authority: a link, one answer, what the local owner makes of it, the clock, and
//! taking one's words back.

use record::{DAY_MS, Id};

use super::home::{anybody, code, home, homes, just};
use crate::resources::acts::advice::{by_code, erase, give, invite, rate, settle, words};
use crate::resources::queries;
use crate::resources::records::{AdviceInvited, AdviceWords};

const HOUR_MS: i64 = 3_600_000;

fn invited(request: Id, until_day: i64) -> AdviceInvited {
    AdviceInvited { request, discipline: "science".to_owned(), until_day }
}

fn flap_gates() -> AdviceWords {
    AdviceWords {
        who: "Lakshmi of Surat".to_owned(),
        words: "Put flap gates at the mouths of the drains".to_owned(),
        wrong_if: "The tide stands above the gates".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expert_answers_by_a_link_and_the_local_owner_alone_decides() {
    for home in homes().await {
        let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
        let request = home.request("engineer", 5, area, ana).await;
        let asked = invited(request, home.day(14));
        let link = invite(&home.house, asked, "Lakshmi", anybody()).await.unwrap();
        assert!(!home.holds(&link).await && !home.holds("Lakshmi").await);
        let advice = by_code(&home.house, &link).await.unwrap();
        home.pass(3 * HOUR_MS);
        let early = give(&home.house, &advice, &flap_gates(), (false, false)).await;
        assert_eq!(code(early), "advice-limits");
        give(&home.house, &advice, &flap_gates(), (false, true)).await.unwrap();
        let again = give(&home.house, &advice, &flap_gates(), (false, true)).await;
        assert_eq!(code(again), "advice-given", "a link takes one answer");
        assert!(!home.holds("flap gates").await, "the words are sealed");
        let said = words(&home.house, advice.id).await.unwrap().unwrap();
        assert_eq!(said, flap_gates());
        // Nobody but the local owner, whatever else they may do.
        let reason = || "The gates fit our drains".to_owned();
        let other = settle(&home.house, &advice, true, reason(), anybody()).await;
        assert_eq!(code(other), "advice-not-yours");
        settle(&home.house, &advice, true, reason(), just(ana)).await.unwrap();
        let late = settle(&home.house, &advice, false, reason(), just(ana)).await;
        assert_eq!(code(late), "advice-settled");
        rate(&home.house, &advice, true, "Clear".to_owned(), just(ana)).await.unwrap();
        assert_eq!(queries::median_hours(&home.house).await.unwrap(), Some(4));
        let helped = home.request_now(request).await;
        assert_eq!(helped.helped_ms.map(|at| at - helped.asked_ms), Some(3 * HOUR_MS));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_expert_takes_back_is_gone_and_stays_counted() {
    for home in homes().await {
        let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
        let request = home.request("engineer", 5, area, ana).await;
        let asked = invited(request, home.day(14));
        let link = invite(&home.house, asked, "Lakshmi", anybody()).await.unwrap();
        let advice = by_code(&home.house, &link).await.unwrap();
        give(&home.house, &advice, &flap_gates(), (true, true)).await.unwrap();
        rate(&home.house, &advice, true, String::new(), just(ana)).await.unwrap();
        erase(&home.house, &advice).await.unwrap();
        erase(&home.house, &advice).await.unwrap();
        assert_eq!(words(&home.house, advice.id).await.unwrap(), None);
        let gone = by_code(&home.house, &link).await.unwrap();
        assert!(gone.erased && gone.useful == Some(true));
        let after = give(&home.house, &gone, &flap_gates(), (true, true)).await;
        assert_eq!(code(after), "advice-erased");
        let late = settle(&home.house, &gone, true, "It fits".to_owned(), just(ana)).await;
        assert_eq!(code(late), "advice-erased");
        assert!(queries::median_hours(&home.house).await.unwrap().is_some(), "still counted");
        // A restored backup forgets it again, and the node opens.
        crate::voices::forget::complete(&home.house).await.unwrap();
        let (status, _, page) = home.asks(None, &format!("/advise/{link}?lang=en"), None).await;
        assert!(status == 200 && page.contains("taken back"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_link_needs_no_account_and_keeps_what_was_written() {
    let home = home().await;
    let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
    let request = home.request("engineer", 5, area, ana).await;
    let officer = format!("officer.{ana}");
    let form = "who=Lakshmi&discipline=science&until=2026-12-10";
    let to = format!("/desk/requests/{request}/invite");
    let (status, _, page) = home.asks(Some(&officer), &to, Some(form)).await;
    assert_eq!(status, 200, "{page}");
    let link = page.split("/advise/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let path = format!("/advise/{link}");
    let (status, _, page) = home.asks(None, &format!("{path}?lang=en"), None).await;
    assert!(status == 200 && page.contains("no power here"), "{page}");
    let form = "words=Raise+the+floor&limits=";
    let (status, _, page) = home.asks(None, &path, Some(form)).await;
    assert!(status == 422 && page.contains("Raise the floor</textarea>"), "{page}");
    let (status, ..) = home.asks(None, &path, Some("words=Raise+the+floor&limits=yes")).await;
    assert_eq!(status, 303);
    let desk = format!("/desk/requests/{request}?lang=en");
    let (_, _, page) = home.asks(Some(&officer), &desk, None).await;
    assert!(page.contains("Raise the floor") && page.contains("Do as advised"), "{page}");
    let (_, _, page) = home.asks(Some("focal_point"), &desk, None).await;
    assert!(!page.contains("Raise the floor"), "not for who has nothing to do with it");
    let (_, _, page) = home.asks(None, "/request/1?lang=en", None).await;
    assert!(!page.contains("Raise the floor") && !page.contains("Lakshmi"), "{page}");
    // Links that open nothing are tried so often and no more.
    let mut last = 0;
    for n in 0..40 {
        last = home.asks(None, &format!("/advise/GUESS{n}"), None).await.0;
    }
    assert_eq!(last, 429);
    home.pass(30 * DAY_MS);
    let (_, _, page) = home.asks(None, &format!("{path}?lang=en"), None).await;
    assert!(page.contains("waits for the local owner"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn advice_that_comes_late_or_for_nothing_is_refused() {
    let home = home().await;
    let (area, ana) = (home.area("Kilima Kati", 0).await, home.member("Ana").await);
    let request = home.request("engineer", 5, area, ana).await;
    let asked = invited(request, home.day(2));
    let link = invite(&home.house, asked, "", anybody()).await.unwrap();
    let advice = by_code(&home.house, &link).await.unwrap();
    let empty = AdviceWords::default();
    assert_eq!(code(give(&home.house, &advice, &empty, (false, true)).await), "advice-empty");
    let waits = rate(&home.house, &advice, true, String::new(), just(ana)).await;
    assert_eq!(code(waits), "advice-not-given");
    home.pass(3 * DAY_MS);
    let late = give(&home.house, &advice, &flap_gates(), (false, true)).await;
    assert_eq!(code(late), "advice-late");
    let asked = invited(request, home.day(2));
    let link = invite(&home.house, asked, "", anybody()).await.unwrap();
    let advice = by_code(&home.house, &link).await.unwrap();
    let why = "We found another way".to_owned();
    crate::resources::acts::requests::close(&home.house, request, why, anybody()).await.unwrap();
    let closed = give(&home.house, &advice, &flap_gates(), (false, true)).await;
    assert_eq!(code(closed), "request-closed");
    assert_eq!(code(by_code(&home.house, "nothing").await), "not-found");
    let (status, _, page) = home.asks(None, "/advise/nothing", None).await;
    assert!(status == 404 && page.contains(">advice-unknown<"), "{page}");
    let nothing = crate::resources::views::Advice { id: Id::named("test", "x"), ..advice };
    assert_eq!(code(erase(&home.house, &nothing).await), "advice-unknown");
    assert_eq!(code(by_code(&home.house, &"x".repeat(33)).await), "not-found");
}
