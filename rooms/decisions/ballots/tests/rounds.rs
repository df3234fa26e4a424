//! Rounds from the announcement to the last word, through acts and pages, on both engines.

use ballots::{read, verify};

use super::super::{acts, queries, tend};
use super::home::{HOUR_MS, Home, NOW_MS, asked, code, cumulative, home_on, homes};
use crate::decisions::ballots::records::{BallotLogGrown, BallotRoundAnnounced};
use crate::decisions::resolutions::acts::Actor;

async fn counted(home: &Home, votes: &[(usize, &[usize])]) -> record::Id {
    let all: usize = votes.iter().map(|(n, _)| n).sum();
    let (id, cards) = home.open(all).await;
    let mut cards = cards.iter();
    for (n, ticks) in votes {
        for card in cards.by_ref().take(*n) {
            home.cast(id, card, ticks).await.expect("cast");
        }
    }
    home.closes();
    acts::count(&home.house, id, home.hand("wilner")).await.expect("counted");
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_counted_and_anybody_can_recount_it() {
    for home in homes().await {
        let id = counted(&home, &[(14, &[1, 2]), (8, &[3]), (2, &[4])]).await;
        let json = queries::bundle(&home.house, id).await.expect("read").expect("published");
        let bundle = read(json.as_bytes()).expect("a bundle");
        let report = verify(&bundle);
        assert_eq!(report.found, vec![]);
        assert_eq!(bundle.outcome.ballots, Some(24));
        assert!(bundle.outcome.order.contains(&"02".to_owned()), "{:?}", bundle.outcome.order);
        let street = home.page("", "/ballot/1?lang=en").await;
        for said in ["24 ballots were counted", "Lamps on the stairs", "Fewer than five people"] {
            assert!(street.contains(said), "{said}: {street}");
        }
        let round = home.round(id).await;
        assert_eq!(round.status(home.house.now_ms()), "counted");
        let (status, _, file) = home.asks("", "/ballot/1/result.json", None).await;
        assert_eq!((status, file), (200, json));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_alike_are_published_in_full_and_a_changed_mind_counts_once() {
    let home = home_on(None).await;
    let (id, cards) = home.open(24).await;
    for (n, card) in cards.iter().enumerate() {
        home.cast(id, card, if n < 12 { &[1, 2] } else { &[3] }).await.expect("cast");
    }
    // Two change their mind; the later one counts.
    for card in cards.iter().take(2) {
        home.cast(id, card, &[3]).await.expect("cast again");
    }
    tend(&home.house).await.expect("tended");
    let log = queries::log(&home.house, id).await.expect("read");
    assert_eq!((log.size(), log.closed), (16, false), "ten stay behind to be mixed");
    home.closes();
    tend(&home.house).await.expect("tended");
    tend(&home.house).await.expect("repeated, it does nothing twice");
    let log = queries::log(&home.house, id).await.expect("read");
    assert_eq!((log.size(), log.closed, log.heads.len()), (26, true, 2));
    acts::count(&home.house, id, home.hand("wilner")).await.expect("counted");
    let json = queries::bundle(&home.house, id).await.expect("read").expect("published");
    let bundle = read(json.as_bytes()).expect("a bundle");
    assert_eq!(verify(&bundle).found, vec![]);
    assert!(home.round(id).await.full);
    let drain = &bundle.outcome.projects[2];
    assert_eq!((bundle.outcome.ballots, drain.supporters), (Some(24), Some(14)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_is_taken_from_the_opening_to_the_closing_only() {
    for home in homes().await {
        let id = home.announces(asked()).await.expect("announced");
        let cards = home.cards(id, 2).await.expect("printed");
        assert_eq!(code(home.cast(id, &cards[0], &[1]).await), "ballot-not-open");
        home.at(asked().opens_ms);
        home.cast(id, &cards[0], &[1]).await.expect("cast");
        home.at(asked().closes_ms - 1);
        home.cast(id, &cards[1], &[1]).await.expect("cast");
        home.at(asked().closes_ms);
        assert_eq!(code(home.cast(id, &cards[1], &[2]).await), "ballot-closed");
        assert_eq!(code(home.cards(id, 1).await), "ballot-closed");
        assert_eq!(queries::cast(&home.house, id).await.expect("read"), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_of_another_round_a_void_one_and_a_guess_are_refused() {
    for home in homes().await {
        let (id, cards) = home.open(3).await;
        home.at(NOW_MS);
        let other = home.announces(asked()).await.expect("announced");
        let strange = home.cards(other, 1).await.expect("printed");
        home.at(NOW_MS + 26 * HOUR_MS);
        assert_eq!(code(home.cast(id, &strange[0], &[1]).await), "ballot-card-unknown");
        let guess = super::super::Card::from_chance([1; 7]);
        assert_eq!(code(home.cast(id, &guess, &[1]).await), "ballot-card-unknown");
        let reason = || "It lay in the street".to_owned();
        let void = |who: &str, card: &super::super::Card| {
            acts::void_card(&home.house, id, card.clone(), reason(), home.hand(who))
        };
        assert_eq!(code(void("wilner", &cards[0]).await), "ballot-hands");
        assert_eq!(code(void("rose", &guess).await), "ballot-card-unknown");
        home.cast(id, &cards[0], &[1]).await.expect("cast");
        void("rose", &cards[0]).await.expect("void");
        assert_eq!(code(home.cast(id, &cards[0], &[2]).await), "ballot-card-void");
        for ticks in [&[][..], &[1, 2, 3, 4], &[5], &[0]] {
            assert_eq!(code(home.cast(id, &cards[1], ticks).await), "ballot-choices", "{ticks:?}");
        }
        let batch = queries::by_batch(&home.house, id).await.expect("read")[0].batch.expect("one");
        acts::void_batch(&home.house, id, batch, reason(), home.hand("rose")).await.expect("void");
        assert_eq!(code(home.cast(id, &cards[2], &[2]).await), "ballot-card-void");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gives_out_cards_does_not_open_the_box() {
    let home = home_on(None).await;
    let same = BallotRoundAnnounced {
        registrar: home.hand("rose").id,
        keeper: home.hand("rose").id,
        ..asked()
    };
    let asking = |said| super::super::Announcing { said: home.for_women(said), area: None };
    let refused = acts::announce(&home.house, asking(same), &Actor::default()).await;
    assert_eq!(code(refused), "ballot-same-hands");
    let (id, _) = home.open(2).await;
    home.closes();
    for who in ["rose", "josue", "mirlande"] {
        let counted = acts::count(&home.house, id, home.hand(who)).await;
        assert_eq!(code(counted), "ballot-hands", "{who}");
    }
    // Nor does a duty come to whoever had the other one.
    let give = |duty: &str, to: &str| {
        let given = (duty.to_owned(), home.hand(to).id);
        acts::transfer(&home.house, id, given, "She is ill".to_owned(), None)
    };
    assert_eq!(code(give("keeper", "rose").await), "ballot-same-hands");
    assert_eq!(code(give("registrar", "wilner").await), "ballot-same-hands");
    give("keeper", "josue").await.expect("given");
    assert_eq!(code(give("registrar", "wilner").await), "ballot-same-hands");
    let counted = acts::count(&home.house, id, home.hand("wilner")).await;
    assert_eq!(code(counted), "ballot-hands");
    acts::count(&home.house, id, home.hand("josue")).await.expect("counted");
    let again = acts::count(&home.house, id, home.hand("josue")).await;
    assert_eq!(code(again), "ballot-over");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gains_has_no_part() {
    let home = home_on(None).await;
    let mut said = asked();
    said.projects[2].body = Some(home.market);
    let named = BallotRoundAnnounced {
        registrar: home.hand("ines").id,
        keeper: home.hand("wilner").id,
        ..said.clone()
    };
    let asking = super::super::Announcing { said: home.for_women(named), area: None };
    assert_eq!(
        code(acts::announce(&home.house, asking, &Actor::default()).await),
        "ballot-conflict"
    );
    let id = home.announces(said).await.expect("announced");
    let rose = home.hand("rose").id;
    acts::say_conflict(&home.house, id, 1, rose).await.expect("said");
    acts::say_conflict(&home.house, id, 1, rose).await.expect("once");
    assert_eq!(home.round(id).await.conflicts.len(), 1);
    assert_eq!(code(home.cards(id, 1).await), "ballot-conflict");
    // Nor does she give her duty to somebody of her choice, or call it all off.
    let given = ("registrar".to_owned(), home.hand("josue").id);
    let gives =
        acts::transfer(&home.house, id, given, "I gain".to_owned(), Some(home.hand("rose")));
    assert_eq!(code(gives.await), "ballot-conflict");
    let off = |who: &str| {
        acts::call_off(&home.house, id, "The hall burnt".to_owned(), Some(home.hand(who)))
    };
    assert_eq!(code(off("rose").await), "ballot-conflict");
    assert_eq!(code(off("ines").await), "ballot-conflict", "her group would be paid");
    let wrong = acts::say_conflict(&home.house, id, 5, rose).await;
    assert_eq!(code(wrong), "form-unreadable");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_how_a_vote_goes_before_it_is_closed() {
    let home = home_on(None).await;
    let (id, cards) = home.open(12).await;
    for card in &cards {
        home.cast(id, card, &[2]).await.expect("cast");
    }
    for who in ["", "mirlande", "rose", "wilner", "nadege"] {
        let path =
            if who.is_empty() { "/ballot/1".to_owned() } else { format!("/desk/ballots/{id}") };
        let page = home.page(who, &format!("{path}?lang=en")).await;
        assert!(!page.contains("were counted") && !page.contains("Funded"), "{who}: {page}");
        assert!(page.contains("The log is still empty"), "{who}");
    }
    assert_eq!(home.asks("", "/ballot/1/result.json", None).await.0, 404);
    let early = acts::count(&home.house, id, home.hand("wilner")).await;
    assert_eq!(code(early), "ballot-not-closed");
    home.at(asked().closes_ms + super::super::rules::CLOSE_GRACE_MS - 1);
    let early = acts::count(&home.house, id, home.hand("wilner")).await;
    assert_eq!(code(early), "ballot-not-closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_kept_holds_a_code_or_a_choice() {
    let home = home_on(None).await;
    let (id, cards) = home.open(2).await;
    home.cast(id, &cards[0], &[3, 4]).await.expect("cast");
    let rows = home
        .house
        .store()
        .read("SELECT envelope, plain, sealed FROM records", vec![])
        .await
        .expect("read");
    let code = cards[0].to_string().replace('-', "");
    let choice = record::encode(&ballots::Choice { project: "04".to_owned(), points: 1 });
    let holds = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
    let mut used = 0;
    for row in &rows {
        for at in 0..3 {
            let bytes = row.opt_bytes(at).unwrap_or_default();
            assert!(!holds(&bytes, code.as_bytes()), "the code is kept");
            assert!(!holds(&bytes, &choice), "the choice is kept in the open");
        }
        used += usize::from(holds(&row.bytes(0), b"credential.used"));
    }
    assert_eq!(used, 1);
    let records = home.house.store().records_of(id).await.expect("read");
    assert!(records.iter().all(|record| record.kind.starts_with("ballot_round.")));
    let used = queries::credentials(&home.house, id).await.expect("read");
    let used = used.iter().find(|one| !one.ballots.is_empty()).expect("one");
    let records = home.house.store().records_of(used.id).await.expect("read");
    assert!(records.iter().any(|r| r.kind == "credential.used" && r.author.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_box_that_is_not_as_it_was_left_is_not_counted() {
    for home in homes().await {
        let (id, cards) = home.open(12).await;
        for card in &cards {
            home.cast(id, card, &[1]).await.expect("cast");
        }
        // Somebody writes a ballot into the log that never lay in the box.
        let (log, stuffed) = (acts::log_id(id), ballots::log::leaf(b"stuffed"));
        let (root, signature) = (ballots::log::root(&[stuffed]), [0; 64]);
        let leaves = stuffed.to_vec();
        let grown = BallotLogGrown { round: id, leaves, root, signature, last: false };
        let drafts = vec![record::Draft::new(log, &grown)];
        let act = store::Decision { drafts, ..store::Decision::default() };
        let change = store::Change::on(vec![log], move |_| Ok(act.clone()));
        home.house.store().append(change).await.expect("written");
        home.closes();
        let counted = acts::count(&home.house, id, home.hand("wilner")).await;
        assert_eq!(code(counted), "ballot-uncountable");
        assert_eq!(queries::bundle(&home.house, id).await.expect("read"), None);
        assert_eq!(home.round(id).await.status(home.house.now_ms()), "closed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_vote_is_not_known() {
    let home = home_on(None).await;
    let nothing = record::Id::named("test", "no round");
    let hand = || home.hand("wilner");
    assert_eq!(code(acts::count(&home.house, nothing, hand()).await), "ballot-unknown");
    let paper = acts::type_paper(&home.house, nothing, nothing, "x", hand()).await;
    assert_eq!(code(paper), "ballot-unknown");
    assert_eq!(code(home.cards(nothing, 1).await), "ballot-unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_votes_on_the_page_and_finds_the_receipt() {
    for home in homes().await {
        let (id, cards) = home.open(1).await;
        let form = home.page("", "/ballot/1/vote?lang=en").await;
        assert!(
            form.contains("Tick up to 3") && form.contains("4 000 HTG") || form.contains("4,000")
        );
        let code = cards[0].to_string().to_lowercase();
        let post = |form: String| async move { form };
        let sent = post(format!("code={code}&p01=yes&p03=yes")).await;
        let (status, to, body) = home.asks("", "/ballot/1/vote?lang=en", Some(&sent)).await;
        assert_eq!(status, 303, "{body}");
        let page = home.page("", &to).await;
        assert!(page.contains("Your ballot is in the box") && page.contains("goes into the log"));
        assert!(!page.contains("A tap at the school"), "it does not repeat what was chosen");
        let receipt = to.split("receipt=").nth(1).and_then(|r| r.get(..16)).expect("a receipt");
        let again = home.page("", &format!("/ballot/1/check?lang=en&receipt={receipt}")).await;
        assert!(again.contains("This ballot is in the box"));
        for none in ["0000000000000000", "abc", "zz"] {
            let page = home.page("", &format!("/ballot/1/check?lang=en&receipt={none}")).await;
            assert!(page.contains("No ballot has this receipt"), "{none}");
        }
        assert!(again.contains("Only the last ballot of a card counts"), "{again}");
        // A later one is not told to whoever holds the receipt of the first.
        home.asks("", "/ballot/1/vote?lang=en", Some(&format!("code={code}&p02=yes"))).await;
        let path = format!("/ballot/1/check?lang=en&receipt={receipt}");
        assert_eq!(home.page("", &path).await, again);
        let reason = "It lay in the street".to_owned();
        let void = acts::void_card(&home.house, id, cards[0].clone(), reason, home.hand("rose"));
        void.await.expect("void");
        let page = home.page("", &path).await;
        assert!(page.contains("its card is void"), "{page}");
        assert!(page.contains("It lay in the street"), "{page}");
        home.closes();
        tend(&home.house).await.expect("tended");
        let page = home.page("", &path).await;
        assert!(page.contains("of 2 in the log") && page.contains("its card is void"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_are_limited_and_the_form_comes_back_as_it_was() {
    let home = home_on(None).await;
    let (_, cards) = home.open(1).await;
    let send = |code: String| {
        let form = format!("code={code}&p02=yes");
        let home = &home;
        async move { home.asks("", "/ballot/1/vote?lang=en", Some(&form)).await }
    };
    let (status, _, page) = send("K7M4-QX2R".to_owned()).await;
    assert_eq!(status, 422);
    let mistyped = page::Tongue::new(page::Lang::En, home.house.texts());
    let mistyped = mistyped.say("refused-ballot-card-mistyped");
    assert!(page.contains(&mistyped) && page.contains("checked"), "{page}");
    for n in 0..19u8 {
        let wrong = super::super::Card::from_chance([n + 1; 7]);
        assert_eq!(send(wrong.to_string()).await.0, 404, "{n}");
    }
    assert_eq!(send(cards[0].to_string()).await.0, 429, "the 21st, even with a right code");
    home.at(home.house.now_ms() + HOUR_MS);
    assert_eq!(send(cards[0].to_string()).await.0, 303);
    // What was right is not counted as a try.
    for _ in 0..25 {
        assert_eq!(send(cards[0].to_string()).await.0, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn points_are_given_on_the_page() {
    let home = home_on(None).await;
    let (id, cards) = home.open_as(cumulative(), 12).await;
    for card in &cards {
        let form = format!("code={card}&p01=7&p02=3&p03=&p04=0");
        let (status, _, body) = home.asks("", "/ballot/1/vote?lang=en", Some(&form)).await;
        assert_eq!(status, 303, "{body}");
    }
    for bad in ["p01=11", "p01=ten", "p01=5&p02=6", ""] {
        let form = format!("code={}&{bad}", cards[0]);
        let (status, _, body) = home.asks("", "/ballot/1/vote?lang=en", Some(&form)).await;
        assert_eq!((status, body.contains("The points do not fit")), (422, true), "{bad}");
    }
    let round = home.round(id).await;
    for ticked in [vec![], vec![(1, 5), (2, 6)], vec![(1, u32::MAX), (2, u32::MAX)]] {
        let refused = acts::cast(&home.house, &round, cards[0].clone(), &ticked).await;
        assert_eq!(code(refused), "ballot-points", "{ticked:?}");
    }
    let bundle = home.result(id).await;
    assert_eq!(bundle.outcome.projects[0].points, Some(84));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_announced_and_steered_on_the_desks_pages() {
    for home in homes().await {
        let (rose, wilner) = (home.hand("rose").id, home.hand("wilner").id);
        let form = |more: &str| {
            format!(
                "question=What+for+Lavil&projects=A+tap;4000;Market+sellers%0AA+bench;500&\
                 budget=10000&currency=htg&who=Everybody+who+lives+here&kind=approval&\
                 choices_max=2&points=0&rule=mes_cost_add1u&tie=cost&opens_day=2026-11-29&\
                 opens_hour=08:00&closes_day=2026-12-02&closes_hour=18:00&publication=full&\
                 appeal_days=7&registrar={rose}&keeper={wilner}&right={}&area={more}",
                home.women
            )
        };
        let page = home.page("nadege", "/desk/ballots/new?lang=en").await;
        assert!(page.contains("Who keeps the box") && page.contains("and its mandate"), "{page}");
        let page = home.page("mirlande", "/desk/ballots/new?lang=en").await;
        assert!(
            page.contains("You belong to no body") && !page.contains("and its mandate"),
            "{page}"
        );
        let sent = |form: String| async { (form,) };
        let (whole,) = sent(form("")).await;
        let bad = whole.replace("budget=10000", "budget=ten");
        let (status, _, body) = home.asks("nadege", "/desk/ballots?lang=en", Some(&bad)).await;
        assert_eq!((status, body.contains("A tap;4000")), (422, true), "the words come back");
        let (status, to, body) = home.asks("nadege", "/desk/ballots?lang=en", Some(&whole)).await;
        assert_eq!(status, 303, "{body}");
        let page = home.page("rose", &to).await;
        assert!(page.contains("The vote is announced") && page.contains("/cards"), "{page}");
        assert!(!home.page("wilner", &to).await.contains("/cards?"), "not the keeper's part");
        let id = to.split(['/', '?']).nth(3).expect("an id").to_owned();
        let cards = format!("/desk/ballots/{id}/cards?lang=en");
        assert_eq!(home.asks("wilner", &cards, None).await.0, 403);
        let batch = record::Id::fresh(NOW_MS);
        let print = format!("n=3&batch={batch}&area=");
        let (status, _, sheet) = home.asks("rose", &cards, Some(&print)).await;
        assert_eq!((status, sheet.matches("V-1<").count()), (200, 3), "{sheet}");
        let again = home.asks("rose", &cards, Some(&print)).await;
        assert_eq!(again.0, 422, "a sheet is shown once");
        let duty = format!("duty=keeper&member={}&reason=He+is+ill", home.hand("josue").id);
        let (status, ..) =
            home.asks("mirlande", &format!("/desk/ballots/{id}/duty"), Some(&duty)).await;
        // Josué sells at the market, which would have money.
        assert_eq!(status, 403);
        let off = "off_reason=The+money+is+gone";
        let (status, ..) =
            home.asks("mirlande", &format!("/desk/ballots/{id}/off"), Some(off)).await;
        assert_eq!(status, 303);
        assert!(home.page("", "/ballots?lang=en").await.contains("called off"));
        let (status, ..) =
            home.asks("mirlande", &format!("/desk/ballots/{id}/off"), Some(off)).await;
        assert_eq!(status, 409);
    }
}
