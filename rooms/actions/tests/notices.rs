//! Asking a whole neighbourhood: each voice once, each person by one SMS, whatever stops in
//! between; and never a word of what anybody told us.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use record::Id;
use tokio::task::JoinSet;

use super::home::{Home, homes};
use crate::voices::notices;
use crate::voices::queries as voices;

/// Voices spoken at once.
const AT_ONCE: usize = 200;
/// Every so many voices come from a number that has spoken before.
const AGAIN_EVERY: usize = 10;
/// Longer than a process carries a notice before another goes on with it (milliseconds).
const LEASE_OVER_MS: i64 = 61_000;
/// Words that only the reports hold.
const REPORT: [&str; 3] = ["zanmann", "latrin", "Blòk"];

/// Waits until so many of a need were asked.
async fn reached(home: &Home, need: Id, asked: i64) {
    while voices::counts_of_need(&home.house, need).await.expect("read").asked < asked {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_many_people_stops_and_goes_on_and_tells_each_once() {
    for home in homes().await {
        asked_each_once(&home, 600, [100, 300]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_ten_thousand_people_stops_and_goes_on_and_tells_each_once() {
    for home in homes().await {
        asked_each_once(&home, 10_000, [1_000, 6_000]).await;
    }
}

async fn asked_each_once(home: &Home, count: usize, stopped_at: [i64; 2]) {
    let need = home.need(88, false).await;
    let all: Vec<usize> = (0..count).collect();
    let (firsts, agains): (Vec<usize>, Vec<usize>) =
        all.into_iter().partition(|n| n % AGAIN_EVERY != 1);
    let mut numbers = BTreeSet::new();
    for some in firsts.chunks(AT_ONCE).chain(agains.chunks(AT_ONCE)) {
        let mut under_way = JoinSet::new();
        for n in some.iter().copied() {
            let who = if n % AGAIN_EVERY == 1 { n - 1 } else { n };
            let number = format!("+509370{who:05}");
            numbers.insert(number.clone());
            let (words, house) =
                (format!("{} {n}: pa gen dlo", REPORT.join(" ")), home.house.clone());
            under_way.spawn(async move {
                super::home::says_of(&house, need, &words, Some(&number)).await
            });
        }
        while let Some(done) = under_way.join_next().await {
            done.expect("heard");
        }
    }
    // One of them shares the phone and asked for codes only.
    let quiet = "+50937000000";
    let person = voices::persons_at(&home.house, quiet).await.expect("read")[0];
    let sms = crate::voices::sms::Sms {
        from: quiet.to_owned(),
        text: "CODE".to_owned(),
        ..crate::voices::sms::Sms::default()
    };
    crate::voices::sms::receive(&home.house, &sms).await.expect("taken");
    let task = home.set(vec![need], None).await;
    home.tells().await;
    home.texts_out().await;
    home.delivers(task).await;
    // Stopped in the middle, twice: the future is dropped, as a kill would.
    for told in stopped_at {
        tokio::select! {
            _ = notices::carry(&home.house) => panic!("it was not stopped"),
            () = reached(home, need, told) => {}
        }
        // What was under way ends by itself, as what a killed process had sent does.
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(notices::owed(&home.house).await.expect("read"), 1);
        home.pass(LEASE_OVER_MS);
    }
    let other = home.other().await;
    other.tells().await;
    assert_eq!(notices::owed(&home.house).await.expect("read"), 0);
    assert_eq!(home.tells().await, 0);
    let voices_all = i64::try_from(count).expect("few");
    let counts = voices::counts_of_need(&home.house, need).await.expect("read");
    assert_eq!((counts.voices, counts.asked), (voices_all, voices_all));
    let mut after = None;
    loop {
        let page = voices::of_need(&home.house, need, after, 100).await.expect("read");
        let Some(last) = page.last() else { break };
        after = Some((last.grouped_ms.expect("grouped"), last.id));
        for voice in &page {
            let records = home.house.store().records_of(voice.id).await.expect("read");
            let told = records.iter().filter(|record| record.kind == "voice.told").count();
            assert_eq!(told, 2, "of the task and of the delivery, each once");
        }
    }
    let mut each: BTreeMap<String, usize> = BTreeMap::new();
    for (to, text) in home.texts_out().await {
        for word in REPORT {
            assert!(!text.contains(word), "{text}");
        }
        let asked = if to == quiet { "did it arrive?" } else { "a water truck arrived" };
        assert!(text.contains(asked), "{to}: {text}");
        *each.entry(to).or_default() += 1;
    }
    assert_eq!(each.keys().cloned().collect::<BTreeSet<_>>(), numbers);
    assert!(each.values().all(|n| *n == 1), "{each:?}");
    assert_eq!(voices::of_person(&home.house, person).await.expect("read").len(), 2);
}
