//! The door for sensitive reports: closed for each thing that is missing, open when all is there;
//! and the keys of those who stand behind it.

use record::DAY_MS;
use seal::{FocalPublic, open_report, seal_report};

use super::{Home, PASSPHRASE, Told, code, homes, id, kinds, refused};
use crate::door::Role;
use crate::people::rules::{
    Behind, CONFIRMED_MS_MAX, Training, WHY_CLOSED, confirm_door, confirm_focal, door_state, leave,
    renew_passphrase, set_membership, stand_down, take_role, train,
};
use crate::people::views::{DoorRow, FocalRow, door_id, focal_id, membership_id};
use crate::people::{
    change_passphrase, confirm_sealed_door, focal_key, form_body, renew_passphrase as renew,
    sealed_door, set_membership as belong, set_role, train_focal_point,
};

const NOW_MS: i64 = testkit::MORNING_MS;

fn behind(name: &str, woman: bool, outside: bool) -> Behind {
    let focal = FocalRow {
        id: focal_id(id(name)),
        member: id(name),
        woman,
        outside,
        public: [7; 32],
        confirmed_ms: NOW_MS - DAY_MS,
        stands: true,
    };
    Behind { focal, holds_role: true, in_a_body: false }
}

fn two() -> Vec<Behind> {
    vec![behind("Mirlande", true, false), behind("Jean", false, true)]
}

fn checked() -> DoorRow {
    DoorRow {
        id: door_id(),
        outside_number: "+509 100".into(),
        referral_list: "Health: the clinic".into(),
        confirmed_ms: NOW_MS,
    }
}

#[test]
fn the_door_is_open_only_while_all_is_there() {
    let check = |behind: &[Behind], door: &DoorRow, missing: &[&str]| {
        let state = door_state(behind, door, NOW_MS);
        assert_eq!(state.why_closed, missing);
        assert_eq!(state.open, missing.is_empty());
        assert!(missing.iter().all(|why| WHY_CLOSED.contains(why)));
    };
    let with = |change: &dyn Fn(&mut Behind, &mut Behind)| {
        let mut all = two();
        let [first, second] = all.as_mut_slice() else { panic!("there are two") };
        change(first, second);
        all
    };
    check(&two(), &checked(), &[]);
    check(&[], &checked(), &["focal-points-few", "no-woman", "nobody-outside"]);
    check(&two()[..1], &checked(), &["focal-points-few", "nobody-outside"]);
    check(&with(&|a, _| a.focal.woman = false), &checked(), &["no-woman"]);
    check(&with(&|_, b| b.focal.outside = false), &checked(), &["nobody-outside"]);
    check(&with(&|_, b| b.in_a_body = true), &checked(), &["nobody-outside"]);
    check(&with(&|a, _| a.in_a_body = true), &checked(), &[]);
    check(
        &with(&|_, b| b.focal.stands = false),
        &checked(),
        &["focal-points-few", "nobody-outside"],
    );
    check(&with(&|a, _| a.holds_role = false), &checked(), &["focal-points-few", "no-woman"]);
    let last = NOW_MS - CONFIRMED_MS_MAX;
    check(&with(&|a, _| a.focal.confirmed_ms = last), &checked(), &[]);
    check(
        &with(&|a, _| a.focal.confirmed_ms = last - 1),
        &checked(),
        &["focal-points-few", "no-woman"],
    );
    let door = |change: &dyn Fn(&mut DoorRow)| {
        let mut door = checked();
        change(&mut door);
        door
    };
    check(&two(), &door(&|d| d.outside_number.clear()), &["outside-number-missing"]);
    check(&two(), &door(&|d| d.referral_list.clear()), &["referral-old"]);
    check(&two(), &door(&|d| d.confirmed_ms = last), &[]);
    check(&two(), &door(&|d| d.confirmed_ms = last - 1), &["referral-old"]);
    check(&two(), &DoorRow::default(), &["outside-number-missing", "referral-old"]);
}

#[test]
fn reports_go_to_the_fresh_and_disclosures_to_whoever_stands() {
    let mut all = two();
    all.push(Behind {
        focal: FocalRow { confirmed_ms: 0, ..behind("Ana", true, true).focal },
        ..behind("Ana", true, true)
    });
    all.push(Behind { holds_role: false, ..behind("Paul", false, true) });
    let to = |door: &DoorRow| {
        let to = door_state(&all, door, NOW_MS).to;
        to.into_iter().map(|(member, _)| member).collect::<Vec<_>>()
    };
    assert_eq!(to(&checked()), [id("Mirlande"), id("Jean")]);
    assert_eq!(to(&DoorRow::default()), [id("Mirlande"), id("Jean"), id("Ana")]);
}

/// Rose is steward, Mirlande focal point and trained, Amina operator.
fn trained() -> Told {
    let mut told = Told::morning();
    told.joins("Mirlande", &[Role::FocalPoint]);
    told.happens(train(&told.known(), &training("Mirlande"), Some(id("Mirlande"))).expect("ok"));
    told
}

fn training(name: &str) -> Training {
    Training {
        member: id(name),
        woman: true,
        outside: true,
        public: FocalPublic([7; 32]),
        wrapped: vec![1],
        memberships: vec![membership_id(id("water"), id(name))],
    }
}

fn stands(told: &Told) -> bool {
    let focal = focal_id(id("Mirlande"));
    FocalRow::fold(focal, told.known().of(focal)).stands
}

#[test]
fn only_focal_points_are_trained_and_only_by_themselves_or_a_steward() {
    let told = trained();
    let known = told.known();
    let check = |name: &str, author: Option<&str>, expected: &str| {
        let outcome = train(&known, &training(name), author.map(id));
        assert_eq!(outcome.err().map_or("", |r| r.code), expected, "{name} {author:?}");
    };
    check("Mirlande", Some("Mirlande"), "");
    check("Mirlande", Some("Rose"), "");
    check("Mirlande", None, "");
    check("Mirlande", Some("Amina"), "role-missing");
    check("Amina", Some("Amina"), "people-focal-role");
    check("nobody", Some("Rose"), "people-member-gone");
}

#[test]
fn who_belongs_to_a_body_cannot_say_they_stand_outside() {
    let mut told = trained();
    let rose = Some(id("Rose"));
    let asked = crate::people::BodyAsked {
        name: "Water board".into(),
        kind: "authority".into(),
        ..Default::default()
    };
    let formed = crate::people::rules::form_body(&told.known(), id("water"), &asked, rose);
    told.happens(formed.expect("ok"));
    let begun = set_membership(&told.known(), id("water"), id("Mirlande"), true, rose);
    told.happens(begun.expect("ok"));
    let again = train(&told.known(), &training("Mirlande"), rose);
    assert_eq!(refused(again), "people-focal-not-outside");
    let inside = Training { outside: false, ..training("Mirlande") };
    assert!(train(&told.known(), &inside, rose).is_ok());
}

#[test]
fn only_who_stands_behind_the_door_confirms() {
    let mut told = trained();
    let untrained = "people-focal-untrained";
    assert_eq!(
        kinds(&confirm_focal(&told.known(), id("Mirlande")).expect("ok")),
        ["focal.confirmed"]
    );
    assert_eq!(refused(confirm_focal(&told.known(), id("Amina"))), untrained);
    assert_eq!(refused(stand_down(&told.known(), id("Amina"), Some(id("Amina")))), untrained);
    let by_amina = stand_down(&told.known(), id("Mirlande"), Some(id("Amina")));
    assert_eq!(refused(by_amina), "role-missing");
    let down = stand_down(&told.known(), id("Mirlande"), Some(id("Mirlande"))).expect("ok");
    told.happens(down);
    assert!(!stands(&told));
    assert_eq!(refused(confirm_focal(&told.known(), id("Mirlande"))), untrained);
}

#[test]
fn losing_the_role_the_key_or_the_place_is_standing_down() {
    let (rose, all) = (Some(id("Rose")), [id("Rose")]);
    type Act = fn(&Told, Option<record::Id>, &[record::Id]) -> store::Decision;
    let acts: [Act; 3] = [
        |told, by, all| {
            take_role(&told.known(), id("Mirlande"), Role::FocalPoint, all, by).expect("ok")
        },
        |told, by, _| renew_passphrase(&told.known(), id("Mirlande"), &[9], by).expect("ok"),
        |told, by, all| leave(&told.known(), id("Mirlande"), all, by).expect("ok"),
    ];
    for act in acts {
        let mut told = trained();
        assert!(stands(&told));
        let decision = act(&told, rose, &all);
        assert!(kinds(&decision).contains(&"focal.stood_down"), "{:?}", kinds(&decision));
        told.happens(decision);
        assert!(!stands(&told));
    }
}

#[test]
fn the_outside_number_can_be_called_and_the_list_be_read() {
    let told = Told::morning();
    let check = |number: &str, list: &str, expected: &str| {
        let outcome = confirm_door(&told.known(), number, list, Some(id("Rose")));
        assert_eq!(outcome.err().map_or("", |r| r.code), expected, "{number} {list}");
    };
    check("+509 22-22 (10)", "Health: the clinic\nLaw: Room 3", "");
    check("116", "x", "");
    check("12", "x", "people-door-number");
    check("", "x", "people-door-number");
    check("call Rose", "x", "people-door-number");
    check(&"1".repeat(33), "x", "people-door-number");
    check("116", " ", "people-door-list");
    check("116", &"x".repeat(4001), "people-door-list");
    let by_amina = confirm_door(&told.known(), "116", "x", Some(id("Amina")));
    assert_eq!(refused(by_amina), "role-missing");
}

/// A house whose door is open, with Mirlande and Jean behind it.
async fn opens(home: &Home) -> (record::Id, record::Id) {
    let house = &home.house;
    home.joins("Rose", &[Role::Steward]).await;
    let mirlande = home.joins("Mirlande", &[Role::FocalPoint]).await;
    let jean = home.joins("Jean", &[Role::FocalPoint]).await;
    train_focal_point(house, mirlande, true, false, PASSPHRASE, Some(mirlande)).await.expect("ok");
    train_focal_point(house, jean, false, true, PASSPHRASE, Some(jean)).await.expect("ok");
    confirm_sealed_door(house, "116", "Health: the clinic", None).await.expect("ok");
    (mirlande, jean)
}

#[tokio::test]
async fn the_door_opens_and_closes_with_what_stands_behind_it() {
    for (database, home) in homes().await {
        let house = &home.house;
        let state = async || sealed_door(house).await.expect("read");
        assert_eq!(state().await.why_closed, WHY_CLOSED, "{database}");
        let (mirlande, jean) = opens(&home).await;
        let open = state().await;
        assert!(open.open && open.to.len() == 2, "{database}: {open:?}");
        assert_eq!(open.outside_number, "116");

        let body = form_body(house, "Water board", "authority", None, None).await.expect("ok");
        belong(house, body, jean, true, None).await.expect("ok");
        assert_eq!(state().await.why_closed, ["nobody-outside"], "{database}");
        belong(house, body, jean, false, None).await.expect("ok");
        assert!(state().await.open, "{database}");

        home.clock.pass_ms(CONFIRMED_MS_MAX + 1);
        assert_eq!(state().await.why_closed.len(), 4, "{database}");
        crate::people::confirm_focal(house, mirlande).await.expect("ok");
        crate::people::confirm_focal(house, jean).await.expect("ok");
        assert_eq!(state().await.why_closed, ["referral-old"], "{database}");
        confirm_sealed_door(house, "117", "Health: the clinic", None).await.expect("ok");
        assert!(state().await.open, "{database}");

        set_role(house, mirlande, Role::FocalPoint, false, None).await.expect("ok");
        assert_eq!(state().await.why_closed, ["focal-points-few", "no-woman"], "{database}");
    }
}

#[tokio::test]
async fn only_their_own_passphrase_opens_a_focal_points_key() {
    for (database, home) in homes().await {
        let house = &home.house;
        let (mirlande, _) = opens(&home).await;
        let to: Vec<FocalPublic> =
            sealed_door(house).await.expect("read").to.into_iter().map(|(_, key)| key).collect();
        let member = sealed_door(house).await.expect("read").to;
        let place = member.iter().position(|(id, _)| *id == mirlande).expect("she is there");
        let (sealed, keys) = seal_report(b"words", &to);
        let reads = async |passphrase: &str| match focal_key(house, mirlande, passphrase).await {
            Ok(key) => Ok(open_report(&key, &keys[place], &sealed).ok()),
            Err(trouble) => Err(code(&trouble)),
        };
        assert_eq!(reads(PASSPHRASE).await, Ok(Some(b"words".to_vec())), "{database}");
        assert_eq!(reads("not her passphrase").await, Err("people-passphrase-wrong"));

        // A new passphrase of her own keeps the key.
        let new = "seven boats by the bridge";
        change_passphrase(house, mirlande, PASSPHRASE, new).await.expect("ok");
        assert_eq!(reads(new).await, Ok(Some(b"words".to_vec())), "{database}");
        assert_eq!(reads(PASSPHRASE).await, Err("people-passphrase-wrong"));
        train_focal_point(house, mirlande, true, false, new, None).await.expect("again");
        assert_eq!(reads(new).await, Ok(Some(b"words".to_vec())), "{database}");

        // One given by a steward does not: whoever knows it reads nothing.
        let steward_knows = "given by the steward";
        renew(house, mirlande, steward_knows, None).await.expect("ok");
        assert_eq!(reads(steward_knows).await, Err("people-focal-untrained"), "{database}");
        train_focal_point(house, mirlande, true, false, steward_knows, None).await.expect("ok");
        assert_eq!(reads(steward_knows).await, Ok(None), "{database}: an old report is not hers");
    }
}

#[tokio::test]
async fn training_needs_ones_own_passphrase() {
    let home = homes().await.swap_remove(0).1;
    let mirlande = home.joins("Mirlande", &[Role::FocalPoint]).await;
    let wrong =
        train_focal_point(&home.house, mirlande, true, true, "somebody else's", Some(mirlande))
            .await;
    assert_eq!(wrong.map_err(|t| code(&t)), Err("people-passphrase-wrong"));
    assert!(sealed_door(&home.house).await.expect("read").to.is_empty());
}
