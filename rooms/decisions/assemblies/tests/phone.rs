//! `SUPPORT 12` from a phone, on both engines: counted once, whatever the gateway does, and gone
//! from the person when they are forgotten.

use super::homes;
use crate::decisions::assemblies::proposals::{make, refuse};
use crate::decisions::assemblies::queries;
use crate::decisions::assemblies::records::ProposedWords;
use crate::decisions::assemblies::rules::proposing::Proposing;
use crate::voices::forget;

const PHONE: &str = "+50937000001";
const OTHER: &str = "+50937000002";

fn light() -> ProposedWords {
    ProposedWords {
        title: "A light at the pump".to_owned(),
        words: "It is dark there after six, and many fetch water then.".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_supports_a_proposal_once() {
    for home in homes().await {
        let house = &home.house;
        let asked = Proposing { via: "paper".to_owned(), ..Proposing::default() };
        let (_, n) = make(house, asked, light(), true, None).await.expect("made");
        let supporters = async || {
            let found = queries::proposal_by_number(house, n).await.expect("read");
            found.expect("kept").supporters()
        };
        let said = home.sms_again(PHONE, &format!("SIPÒTE {n}"), "once").await;
        assert!(said[0].contains("P-1: nou konte"), "{said:?}");
        assert_eq!(supporters().await, 1);
        // The gateway's retry says and does nothing; the person is told that they were counted.
        assert!(home.sms_again(PHONE, &format!("SIPÒTE {n}"), "once").await.is_empty());
        let again = home.sms(PHONE, &format!("support {n}")).await;
        assert!(again[0].contains("counted already"), "{again:?}");
        assert_eq!(supporters().await, 1);
        home.sms(OTHER, &format!("UNGA {n}")).await;
        assert_eq!(supporters().await, 2);
        let unknown = home.sms(PHONE, "SUPPORT 4242").await;
        assert!(unknown[0].contains("no proposal P-4242"), "{unknown:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_learns_nothing_of_a_proposal_that_nobody_looked_at() {
    for home in homes().await {
        let house = &home.house;
        let asked = Proposing { via: "page".to_owned(), ..Proposing::default() };
        let (id, n) = make(house, asked, light(), false, None).await.expect("made");
        let waits = home.sms(PHONE, &format!("SUPPORT {n}")).await;
        assert!(waits[0].contains("We know no proposal"), "{waits:?}");
        refuse(house, id, "It tells who lives where".to_owned(), None).await.expect("refused");
        let gone = home.sms(PHONE, &format!("SUPPORT {n}")).await;
        assert!(gone[0].contains("We know no proposal"), "{gone:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_takes_the_link_and_leaves_the_count() {
    for home in homes().await {
        let house = &home.house;
        let asked = Proposing { via: "paper".to_owned(), ..Proposing::default() };
        let (id, n) = make(house, asked, light(), true, None).await.expect("made");
        home.voice(PHONE, "We need water in the lower streets").await;
        home.sms(PHONE, &format!("SUPPORT {n}")).await;
        let sql = "SELECT COUNT(*) FROM claims WHERE space = 'support'";
        let held = async || house.store().read(sql, vec![]).await.expect("read")[0].int(0);
        assert_eq!(held().await, 1);
        let persons = crate::voices::queries::persons_at(house, PHONE).await.expect("read");
        for person in persons {
            forget::person(house, person).await.expect("forgotten");
        }
        assert_eq!(held().await, 0, "nothing says any more that this phone supported it");
        let found = queries::proposal(house, id).await.expect("read").expect("kept");
        assert_eq!(found.supporters(), 1);
    }
}
