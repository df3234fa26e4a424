//! Signing in and out through the store, on every database: who gets in, how often one may try,
//! and what ends a session.

use seal::PASSPHRASE_BYTES_MAX;

use super::{NewMember, PASSPHRASE, code, homes};
use crate::door::Role;
use crate::people::pages::sessions::{
    OWN_PASSPHRASE, SESSION_MS, SIGN_IN_NAME, SIGN_IN_NAME_ANYWHERE, check_passphrase, name_key,
    sign_in, sign_in_from,
};
use crate::people::{
    bodies, change_passphrase, form_body, has_steward, join, leave, member_names, renew_passphrase,
    set_membership, set_role, sign_out,
};

#[tokio::test]
async fn a_member_signs_in_and_out() {
    for (database, home) in homes().await {
        let house = &home.house;
        let rose = home.joins("Rose", &[Role::Steward]).await;
        let token = home.signs_in("  rose ", PASSPHRASE).await.expect("her name in any spelling");
        let member = house.who(token.clone()).await.expect("a session");
        assert_eq!((member.id, member.name.as_str()), (rose, "Rose"), "{database}");
        assert_eq!((member.roles.as_slice(), member.csrf.len()), (&[Role::Steward][..], 32));
        let other = home.signs_in("Rose", PASSPHRASE).await.expect("a second place");
        assert_ne!(token, other);
        assert_ne!(house.who(other.clone()).await.expect("a session").csrf, member.csrf);
        sign_out(house, &token).await.expect("out");
        assert_eq!(home.name_of(&token).await, None, "{database}");
        assert_eq!(home.name_of(&other).await.as_deref(), Some("Rose"), "{database}");
        assert_eq!(home.name_of("").await, None);
        assert_eq!(home.name_of(&"0".repeat(64)).await, None);
    }
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_passphrase_are_one_refusal() {
    let home = homes().await.swap_remove(0).1;
    home.joins("Rose", &[Role::Steward]).await;
    let long = "x".repeat(PASSPHRASE_BYTES_MAX + 1);
    for (name, passphrase) in [
        ("Rose", "not her passphrase"),
        ("Jean", PASSPHRASE),
        ("", ""),
        ("Rose", ""),
        ("Rose", long.as_str()),
        (&"x".repeat(5000), PASSPHRASE),
    ] {
        assert_eq!(home.signs_in(name, passphrase).await, Err("people-sign-in-wrong"), "{name}");
    }
}

#[tokio::test]
async fn a_session_lasts_twelve_hours_and_no_longer() {
    for (database, home) in homes().await {
        home.joins("Rose", &[Role::Steward]).await;
        let token = home.signs_in("Rose", PASSPHRASE).await.expect("in");
        home.clock.pass_ms(SESSION_MS - 1);
        assert!(home.name_of(&token).await.is_some(), "{database}");
        home.clock.pass_ms(1);
        assert!(home.name_of(&token).await.is_none(), "{database}: it does not grow by use");
        // The next one to sign in sweeps it away.
        home.signs_in("Rose", PASSPHRASE).await.expect("in");
        let rows = home.house.store().read("SELECT token FROM sessions", vec![]).await;
        assert_eq!(rows.expect("read").len(), 1, "{database}");
    }
}

#[tokio::test]
async fn no_token_and_no_passphrase_is_kept_as_it_is() {
    for (database, home) in homes().await {
        home.joins("Rose", &[Role::Steward]).await;
        let token = home.signs_in("Rose", PASSPHRASE).await.expect("in");
        let store = home.house.store();
        let mut kept = store.read("SELECT token FROM sessions", vec![]).await.expect("read");
        kept.extend(store.read("SELECT hash FROM credentials", vec![]).await.expect("read"));
        kept.extend(store.read("SELECT name FROM members_1", vec![]).await.expect("read"));
        assert_eq!(kept.len(), 3, "{database}");
        for row in kept {
            let bytes = row.bytes(0);
            for secret in [token.as_bytes(), PASSPHRASE.as_bytes(), b"Rose"] {
                assert!(!bytes.windows(secret.len()).any(|w| w == secret), "{database}");
            }
        }
    }
}

#[tokio::test]
async fn ten_tries_under_a_name_and_then_a_wait() {
    let home = homes().await.swap_remove(0).1;
    home.joins("Rose", &[Role::Steward]).await;
    for _ in 0..SIGN_IN_NAME.times {
        assert_eq!(home.signs_in("Rose", "guess guess guess").await, Err("people-sign-in-wrong"));
    }
    assert_eq!(home.signs_in("ROSE", PASSPHRASE).await, Err("too-often"));
    assert_eq!(home.signs_in("Jean", PASSPHRASE).await, Err("people-sign-in-wrong"));
    home.clock.pass_ms(SIGN_IN_NAME.within_ms);
    assert!(home.signs_in("Rose", PASSPHRASE).await.is_ok());
}

#[tokio::test]
async fn a_guesser_shuts_a_name_for_themselves_only() {
    let home = homes().await.swap_remove(0).1;
    home.joins("Rose", &[Role::Steward]).await;
    let from = async |origin: u8, passphrase: &str| {
        let done = sign_in_from(&home.house, [origin; 16], "Rose", passphrase).await;
        done.map(drop).map_err(|trouble| code(&trouble))
    };
    for _ in 0..SIGN_IN_NAME.times {
        assert_eq!(from(1, "guess guess guess").await, Err("people-sign-in-wrong"));
    }
    assert_eq!(from(1, PASSPHRASE).await, Err("too-often"));
    assert_eq!(from(2, PASSPHRASE).await, Ok(()), "Rose herself, elsewhere");
    // Many origins together guess no faster than one name allows.
    let rose = name_key(&home.house, "Rose").key;
    for _ in SIGN_IN_NAME.times..SIGN_IN_NAME_ANYWHERE.times {
        assert!(home.house.limits().take(SIGN_IN_NAME_ANYWHERE, rose, home.clock.ms()));
    }
    assert_eq!(from(3, PASSPHRASE).await, Err("too-often"));
}

#[tokio::test]
async fn a_right_passphrase_is_no_attempt() {
    let home = homes().await.swap_remove(0).1;
    let rose = home.joins("Rose", &[Role::Steward]).await;
    for _ in 0..=SIGN_IN_NAME.times {
        assert!(home.signs_in("Rose", PASSPHRASE).await.is_ok());
    }
    for _ in 0..=OWN_PASSPHRASE.times {
        assert!(check_passphrase(&home.house, rose, PASSPHRASE).await.is_ok());
    }
}

#[tokio::test]
async fn of_guesses_sent_at_once_no_more_are_looked_at() {
    let home = homes().await.swap_remove(0).1;
    home.joins("Rose", &[Role::Steward]).await;
    let guesses: Vec<_> = (0..2 * SIGN_IN_NAME.times)
        .map(|_| {
            let house = home.house.clone();
            tokio::spawn(async move { sign_in(&house, "Rose", "guess guess guess").await })
        })
        .collect();
    let mut looked_at = 0;
    for guess in guesses {
        let said = guess.await.expect("ends").map_err(|trouble| code(&trouble));
        looked_at += u32::from(said == Err("people-sign-in-wrong"));
    }
    assert_eq!(looked_at, SIGN_IN_NAME.times);
}

#[tokio::test]
async fn ones_own_passphrase_cannot_be_guessed_behind_a_session() {
    let home = homes().await.swap_remove(0).1;
    let rose = home.joins("Rose", &[Role::Steward]).await;
    let guess = || change_passphrase(&home.house, rose, "a guess of hers", "a new passphrase");
    for _ in 0..OWN_PASSPHRASE.times {
        assert_eq!(guess().await.map_err(|t| code(&t)), Err("people-passphrase-wrong"));
    }
    assert_eq!(guess().await.map_err(|t| code(&t)), Err("too-often"));
}

#[tokio::test]
async fn a_changed_passphrase_ends_the_other_sessions() {
    for (database, home) in homes().await {
        let house = &home.house;
        let rose = home.joins("Rose", &[Role::Steward]).await;
        let old = home.signs_in("Rose", PASSPHRASE).await.expect("in");
        let new = "seven boats by the bridge";
        let short = change_passphrase(house, rose, PASSPHRASE, "short").await;
        assert_eq!(short.map_err(|t| code(&t)), Err("people-passphrase-short"));
        let wrong = change_passphrase(house, rose, "not her passphrase", new).await;
        assert_eq!(wrong.map_err(|t| code(&t)), Err("people-passphrase-wrong"));
        assert!(home.name_of(&old).await.is_some(), "{database}: a refusal ends nothing");
        let token = change_passphrase(house, rose, PASSPHRASE, new).await.expect("changed");
        assert_eq!(home.name_of(&old).await, None, "{database}");
        assert_eq!(home.name_of(&token).await.as_deref(), Some("Rose"), "{database}");
        assert_eq!(home.signs_in("Rose", PASSPHRASE).await, Err("people-sign-in-wrong"));
        assert!(home.signs_in("Rose", new).await.is_ok(), "{database}");
    }
}

#[tokio::test]
async fn a_steward_gives_a_new_passphrase_and_it_is_written_down() {
    for (database, home) in homes().await {
        let house = &home.house;
        let rose = home.joins("Rose", &[Role::Steward]).await;
        let amina = home.joins("Amina", &[Role::Operator]).await;
        let token = home.signs_in("Amina", PASSPHRASE).await.expect("in");
        let by_amina =
            renew_passphrase(house, rose, "seven boats by the bridge", Some(amina)).await;
        assert_eq!(by_amina.map_err(|t| code(&t)), Err("role-missing"));
        renew_passphrase(house, amina, "seven boats by the bridge", Some(rose)).await.expect("ok");
        assert_eq!(home.name_of(&token).await, None, "{database}");
        assert!(home.signs_in("Amina", PASSPHRASE).await.is_err());
        assert!(home.signs_in("Amina", "seven boats by the bridge").await.is_ok());
        let records = house.store().records_of(amina).await.expect("read");
        let last = records.last().expect("a record");
        assert_eq!((last.kind.as_str(), last.author), ("member.passphrase_renewed", Some(rose)));
    }
}

#[tokio::test]
async fn a_session_has_the_roles_and_bodies_of_this_moment() {
    for (database, home) in homes().await {
        let house = &home.house;
        let rose = home.joins("Rose", &[Role::Steward]).await;
        let amina = home.joins("Amina", &[Role::Steward]).await;
        let token = home.signs_in("Amina", PASSPHRASE).await.expect("in");
        set_role(house, amina, Role::Steward, false, Some(rose)).await.expect("taken");
        set_role(house, amina, Role::Officer, true, Some(rose)).await.expect("given");
        let body =
            form_body(house, "Water board", "authority", None, Some(rose)).await.expect("ok");
        set_membership(house, body, amina, true, Some(rose)).await.expect("ok");
        let member = house.who(token.clone()).await.expect("a session");
        assert_eq!((member.roles, member.bodies), (vec![Role::Officer], vec![body]), "{database}");
        let by_her = set_role(house, amina, Role::Steward, true, Some(amina)).await;
        assert_eq!(by_her.map_err(|t| code(&t)), Err("role-missing"), "{database}");
        let last = set_role(house, rose, Role::Steward, false, Some(rose)).await;
        assert_eq!(last.map_err(|t| code(&t)), Err("people-last-steward"), "{database}");
        leave(house, amina, Some(rose)).await.expect("left");
        assert_eq!(home.name_of(&token).await, None, "{database}");
        assert_eq!(home.signs_in("Amina", PASSPHRASE).await, Err("people-sign-in-wrong"));
        let names = member_names(house, &[rose, amina, body]).await.expect("read");
        assert_eq!(
            names.get(&amina).map(String::as_str),
            Some("Amina"),
            "what she did keeps a name"
        );
        assert_eq!(names.len(), 2, "{database}");
    }
}

#[tokio::test]
async fn a_name_is_one_members_until_they_leave() {
    for (database, home) in homes().await {
        let house = &home.house;
        assert!(!has_steward(house).await.expect("read"));
        let rose = home.joins("Rose", &[Role::Steward]).await;
        assert!(has_steward(house).await.expect("read"));
        let ana = |name: &str, passphrase: &str| NewMember {
            name: name.to_owned(),
            passphrase: passphrase.to_owned(),
            roles: vec![],
        };
        let first = join(house, ana("Ana Pérez", PASSPHRASE), Some(rose)).await.expect("ok");
        let joins = async |name: &str, passphrase: &str, author| {
            join(house, ana(name, passphrase), author).await.map(|_| ()).map_err(|t| code(&t))
        };
        assert_eq!(joins("ana  perez", PASSPHRASE, Some(rose)).await, Err("people-name-taken"));
        assert_eq!(joins("Paul", PASSPHRASE, Some(first)).await, Err("role-missing"));
        assert_eq!(joins(" ", PASSPHRASE, None).await, Err("people-name-empty"));
        assert_eq!(joins("Paul", "short", None).await, Err("people-passphrase-short"));
        leave(house, first, Some(rose)).await.expect("left");
        assert_eq!(joins("ana perez", PASSPHRASE, Some(rose)).await, Ok(()), "{database}");
    }
}

#[tokio::test]
async fn of_two_stewards_who_take_each_other_one_stays() {
    for (database, home) in homes().await {
        let house = &home.house;
        let rose = home.joins("Rose", &[Role::Steward]).await;
        let amina = home.joins("Amina", &[Role::Steward]).await;
        let (one, other) = tokio::join!(
            set_role(house, rose, Role::Steward, false, Some(amina)),
            set_role(house, amina, Role::Steward, false, Some(rose)),
        );
        assert!(one.is_ok() != other.is_ok(), "{database}: {one:?} {other:?}");
        assert!(has_steward(house).await.expect("read"), "{database}");
    }
}

#[tokio::test]
async fn many_attempts_at_once_all_get_their_turn() {
    let home = homes().await.swap_remove(0).1;
    home.joins("Rose", &[Role::Steward]).await;
    let tries = (0..6).map(|_| {
        let house = home.house.clone();
        tokio::spawn(async move { sign_in(&house, "Rose", PASSPHRASE).await.is_ok() })
    });
    for attempt in tries.collect::<Vec<_>>() {
        assert!(attempt.await.expect("it ran"));
    }
}

#[tokio::test]
async fn bodies_are_listed_by_name_and_told_to_places() {
    for (database, home) in homes().await {
        let house = &home.house;
        for name in ["Water board", "Assembly of the harbour"] {
            form_body(house, name, "assembly", None, None).await.expect("ok");
        }
        let kind = form_body(house, "Court", "kingdom", None, None).await;
        assert_eq!(kind.map_err(|t| code(&t)), Err("people-body-kind"));
        let names: Vec<String> =
            bodies(house).await.expect("read").into_iter().map(|body| body.name).collect();
        assert_eq!(names, ["Assembly of the harbour", "Water board"], "{database}");
        let told = house.kept::<crate::places::BodyNames>().expect("kept");
        assert_eq!(told.0.len(), 2, "{database}");
    }
}
