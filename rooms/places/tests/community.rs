//! Areas drawn by communities: sealed until their own body releases them, never an office's to
//! change.

use minicbor::Encode;
use proptest::prelude::*;
use record::{Clock, DAY_MS, Draft, Id, Record, decode, encode};

use crate::door::{House, Member, Role, Trouble};
use crate::places::queries::{area_seen, own_areas, vote_of};
use crate::places::records::{AreaDrawn, AreaReleased, AreaRenamed, AreaWithdrawn, Rings, Source};
use crate::places::rules::corners::rings_of_typed;
use crate::places::rules::{self, Import, VOTE_CHARS_MAX, Vote};
use crate::places::tests::{NOW_MS, body, by_name, collection, house, member, square};
use crate::places::views::{AreaRow, Standing};
use crate::places::{
    atlas, draw_area, geojson_of, import_areas, release_area, rename_area, show_area, withdraw_area,
};

const CORNERS: &str = "0.001234, 0.002345\n0.001234, 0.007654\n0.006543, 0.007654";
const NAME: &str = "Lakou Manman Zara";

fn code<T>(done: Result<T, Trouble>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(Trouble::Refused(refusal)) => refusal.code,
        Err(Trouble::NotFound) => "not-found",
        Err(Trouble::Broken(what)) => panic!("broken: {what}"),
    }
}

fn rose() -> Member {
    member("Rose", &[Role::Facilitator], &[body("yard")])
}

async fn drawn(house: &House) -> Id {
    let rings = rings_of_typed(CORNERS).expect("three corners");
    draw_area(house, &rose(), body("yard"), NAME, rings).await.expect("Rose may draw")
}

/// What the yard decided, the day before.
fn voted() -> Vote {
    Vote { day: NOW_MS / DAY_MS - 1, result: "31 for, 2 against".to_owned() }
}

/// Whether some bytes are anywhere in the files of a house.
fn in_files(folder: &std::path::Path, bytes: &[u8]) -> bool {
    let files = std::fs::read_dir(folder).expect("the folder is there");
    files
        .filter_map(|file| std::fs::read(file.ok()?.path()).ok())
        .any(|file| file.windows(bytes.len()).any(|window| window == bytes))
}

#[tokio::test]
async fn before_release_name_and_border_are_nowhere_in_the_open() {
    let (house, folder) = house().await;
    let id = drawn(&house).await;
    let rings = rings_of_typed(CORNERS).expect("three corners");
    let corner = encode(&rings[0][0]);
    assert!(!in_files(folder.path(), NAME.as_bytes()), "the name is in a file");
    assert!(!in_files(folder.path(), &corner), "a corner is in a file");
    assert!(!in_files(folder.path(), b"Zara"));
    assert!(atlas(&house).area(id).is_none());
    assert!(!geojson_of(&atlas(&house)).contains("Zara"));
    assert_eq!(atlas(&house).find(NAME).map(|(id, ..)| id), None);
    // The search itself can fail: after release both are there.
    release_area(&house, &rose(), id, &voted()).await.expect("Rose may release");
    assert!(in_files(folder.path(), NAME.as_bytes()));
    assert!(in_files(folder.path(), &corner));
}

#[tokio::test]
async fn only_its_own_body_sees_and_releases_it() {
    let (house, _folder) = house().await;
    let id = drawn(&house).await;
    let stranger = member("Amina", &[Role::Facilitator, Role::Committee], &[body("market")]);
    let steward = member("Jean", &[Role::Steward], &[]);
    let neighbour = member("Paul", &[Role::Operator], &[body("yard")]);
    for one in [&stranger, &steward] {
        assert!(area_seen(&house, one, id).await.expect("read").is_none());
        assert_eq!(own_areas(&house, one).await.expect("read"), []);
        assert_eq!(code(release_area(&house, one, id, &voted()).await), "area-unknown");
        assert_eq!(code(withdraw_area(&house, one, id).await), "area-unknown");
        assert_eq!(code(rename_area(&house, one, id, "Zone 4").await), "area-unknown");
    }
    let seen = area_seen(&house, &neighbour, id).await.expect("read").expect("his own body's");
    assert_eq!((seen.name.as_str(), seen.rings.len()), (NAME, 1));
    assert_eq!(own_areas(&house, &neighbour).await.expect("read").len(), 1);
    assert_eq!(code(release_area(&house, &neighbour, id, &voted()).await), "area-other-body");
    assert_eq!(code(rename_area(&house, &rose(), id, "Zone 4").await), "area-not-public");
    let elder = member("Marie", &[Role::Committee], &[body("yard")]);
    assert_eq!(code(release_area(&house, &elder, id, &voted()).await), "done");
    assert_eq!(code(release_area(&house, &elder, id, &voted()).await), "area-so-already");
    assert_eq!(atlas(&house).area(id).map(|area| area.name.as_str()), Some(NAME));
}

#[tokio::test]
async fn an_area_stays_sealed_until_its_body_has_voted() {
    let (house, _folder) = house().await;
    let id = drawn(&house).await;
    let today = NOW_MS / DAY_MS;
    for (day, result, expected) in [
        (today + 1, "31 for", "area-vote-day".to_owned()),
        (-1, "31 for", "area-vote-day".to_owned()),
        (today, "  ", "area-vote-result".to_owned()),
        (today, &"a".repeat(VOTE_CHARS_MAX + 1), "places-text-long".to_owned()),
    ] {
        let vote = Vote { day, result: result.to_owned() };
        assert_eq!(code(release_area(&house, &rose(), id, &vote).await), expected);
        assert!(atlas(&house).area(id).is_none());
    }
    let vote = Vote { day: today, result: "a".repeat(VOTE_CHARS_MAX) };
    assert_eq!(code(release_area(&house, &rose(), id, &vote).await), "done");
    assert_eq!(vote_of(&house, id).await.expect("read"), Some(vote));
}

#[tokio::test]
async fn an_area_whose_key_has_gone_is_never_public() {
    let (house, _folder) = house().await;
    let own = AreaDrawn {
        name: String::new(),
        source: Source::Community,
        rings: Rings::new(),
        body: Some(body("yard")),
        ..official("")
    };
    let id = Id::named("test", "a yard that was forgotten");
    let drafts = vec![Draft::new(id, &own).sealing(vec![1, 2, 3])];
    let act = store::Decision { drafts, ..store::Decision::default() };
    let change = store::Change::on(vec![id], move |_| Ok(act.clone()));
    house.store().append(change).await.expect("written");
    assert_eq!(code(release_area(&house, &rose(), id, &voted()).await), "area-key-gone");
    assert!(atlas(&house).area(id).is_none());
}

#[test]
fn a_release_from_before_votes_were_asked_for_is_read_as_it_was_written() {
    /// The payload as it was first frozen.
    #[derive(Encode)]
    struct First {
        #[n(0)]
        name: String,
        #[n(1)]
        parent_name: String,
        #[n(2)]
        rings: Rings,
    }
    let rings = vec![vec![(0, 0), (10, 0), (10, 10)]];
    let first = First { name: NAME.to_owned(), parent_name: "Section 9".to_owned(), rings };
    let bytes = encode(&first);
    let read: AreaReleased = decode(&bytes).expect("it is read");
    assert_eq!((read.name.as_str(), read.voted_day, &read.vote_result), (NAME, None, &None));
    assert_eq!(encode(&read), bytes, "and written again in the same bytes");
}

#[tokio::test]
async fn nobody_draws_for_a_body_they_do_not_speak_for() {
    let (house, _folder) = house().await;
    for one in [
        member("Jean", &[Role::Steward], &[body("yard")]),
        member("Amina", &[Role::Facilitator], &[body("market")]),
        member("Paul", &[Role::Operator, Role::Officer], &[body("yard")]),
    ] {
        let rings = rings_of_typed(CORNERS).expect("three corners");
        let done = draw_area(&house, &one, body("yard"), NAME, rings).await;
        assert_eq!(code(done), "area-other-body", "{}", one.name);
    }
}

#[tokio::test]
async fn a_released_area_lies_in_its_official_one_with_both_names() {
    let (house, _folder) = house().await;
    let file = collection(&[("Section 9", &square(0, 0))]);
    import_areas(&house, file.as_bytes(), &by_name(), None, |_, _| ()).await.expect("imported");
    let id = drawn(&house).await;
    release_area(&house, &rose(), id, &voted()).await.expect("Rose may release");
    let area = atlas(&house).area(id).cloned().expect("it is public");
    assert_eq!((area.parent_name.as_str(), area.source), ("Section 9", Source::Community));
    let steward = member("Jean", &[Role::Steward], &[]);
    rename_area(&house, &steward, id, " Zone  4 ").await.expect("a steward may");
    assert_eq!(atlas(&house).area(id).expect("public").both_names(), format!("{NAME} (Zone 4)"));
    assert_eq!(atlas(&house).find("ede zone 4").map(|(id, ..)| id), Some(id));
    let official = Id::named("area", "/Section 9");
    rename_area(&house, &rose(), official, "Anba Mango").await.expect("a facilitator may");
    assert_eq!(
        code(rename_area(&house, &rose(), official, &"a".repeat(121)).await),
        "places-text-long"
    );
    let other = atlas(&house).area(official).and_then(|area| area.other_name.clone());
    assert_eq!(other.as_deref(), Some("Anba Mango"));
    rename_area(&house, &rose(), official, "").await.expect("it is taken away");
    assert_eq!(atlas(&house).area(official).and_then(|area| area.other_name.clone()), None);
}

#[tokio::test]
async fn a_withdrawn_area_leaves_all_lists_and_can_come_back() {
    let (house, _folder) = house().await;
    let id = drawn(&house).await;
    release_area(&house, &rose(), id, &voted()).await.expect("released");
    withdraw_area(&house, &rose(), id).await.expect("withdrawn");
    assert!(atlas(&house).area(id).is_none());
    assert_eq!(code(withdraw_area(&house, &rose(), id).await), "area-so-already");
    let seen = area_seen(&house, &rose(), id).await.expect("read").expect("still theirs");
    assert_eq!((seen.name.as_str(), seen.standing), (NAME, Standing::Withdrawn));
    release_area(&house, &rose(), id, &voted()).await.expect("released again");
    assert!(atlas(&house).area(id).is_some());
}

#[tokio::test]
async fn a_withdrawn_official_area_is_brought_back_by_a_steward_and_not_by_a_file() {
    let (house, _folder) = house().await;
    let file = collection(&[("Section 9", &square(0, 0))]);
    let id = Id::named("area", "/Section 9");
    import_areas(&house, file.as_bytes(), &by_name(), None, |_, _| ()).await.expect("imported");
    assert_eq!(code(withdraw_area(&house, &rose(), id).await), "role-missing");
    let steward = member("Jean", &[Role::Steward], &[]);
    withdraw_area(&house, &steward, id).await.expect("a steward may");
    let file = collection(&[("Section 9", &square(7, 0))]);
    let done = import_areas(&house, file.as_bytes(), &by_name(), None, |_, _| ()).await;
    assert_eq!(done.map(|d| (d.new, d.same)).map_err(|_| ()), Ok((0, 1)));
    assert!(atlas(&house).area(id).is_none());
    assert!(area_seen(&house, &rose(), id).await.expect("read").is_none());
    assert_eq!(code(show_area(&house, &rose(), id).await), "area-unknown");
    show_area(&house, &steward, id).await.expect("a steward may");
    assert!(atlas(&house).area(id).is_some());
}

#[tokio::test]
async fn an_import_changes_what_changed_and_nothing_of_a_community() {
    let (house, _folder) = house().await;
    let own = drawn(&house).await;
    release_area(&house, &rose(), own, &voted()).await.expect("released");
    let file = collection(&[("A", &square(0, 0)), ("B", &square(2, 0)), (NAME, &square(4, 0))]);
    let mut told = Vec::new();
    let props = by_name();
    let tell = |done, all| told.push((done, all));
    let first = import_areas(&house, file.as_bytes(), &props, None, tell).await.expect("imported");
    assert_eq!((first.new, first.same, first.changed), (3, 0, 0));
    assert_eq!(told, [(3, 3)]);
    let file = collection(&[("A", &square(0, 0)), ("B", &square(9, 0)), (NAME, &square(4, 0))]);
    let second = import_areas(&house, file.as_bytes(), &by_name(), None, |_, _| ()).await;
    let second = second.expect("imported");
    assert_eq!((second.new, second.same, second.changed), (0, 2, 1));
    let community = atlas(&house).area(own).cloned().expect("still public");
    assert_eq!((community.source, community.rings[0].len()), (Source::Community, 3));
    let totals = house.store().totals("area", "").await.expect("totals");
    let totals: Vec<(&str, i64)> = totals.iter().map(|t| (t.key.as_str(), t.n)).collect();
    assert_eq!(totals, [("community", 1), ("official", 3)]);
}

/// The records of one area with these payloads, a millisecond apart.
fn record_at(ms: i64, draft: Draft) -> Record {
    let writer = Id::named("writer", "one");
    draft.place(writer, 1, [0; 32], Clock::at(ms), [[0; 16]; 3]).record
}

fn official(name: &str) -> AreaDrawn {
    AreaDrawn {
        name: name.to_owned(),
        code: String::new(),
        parent_name: String::new(),
        population: None,
        source: Source::Official,
        rings: vec![vec![(0, 0), (10, 0), (10, 10)]],
        body: None,
    }
}

#[test]
fn a_community_area_is_never_a_files_to_change() {
    let id = Id::named("area", "x");
    let own = AreaDrawn {
        name: String::new(),
        source: Source::Community,
        rings: Rings::new(),
        body: Some(body("yard")),
        ..official("")
    };
    let known = [record_at(1, Draft::new(id, &own))];
    assert_eq!(rules::import(id, &known, &official("Section 9")), Import::Same);
    let forced = [known[0].clone(), record_at(2, Draft::new(id, &official("Section 9")))];
    let row = AreaRow::of(id, &forced);
    assert_eq!((row.standing, row.name.as_str()), (Standing::Sealed, ""));
    assert_eq!(rules::import(id, &[], &official("Section 9")), Import::New);
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let id = Id::named("area", "x");
    let own = move |name: &str| AreaDrawn {
        source: Source::Community,
        rings: Rings::new(),
        body: Some(body("yard")),
        ..official(name)
    };
    prop_oneof![
        "[a-c]".prop_map(move |name| Draft::new(id, &official(&name))),
        Just(()).prop_map(move |()| Draft::new(id, &own(""))),
        "[a-c]?".prop_map(move |other_name| Draft::new(id, &AreaRenamed { other_name })),
        "[a-c]".prop_map(move |name| {
            let rings = vec![vec![(0, 0), (10, 0), (10, 10)]];
            let parent_name = String::new();
            let (voted_day, vote_result) = (Some(20_000), Some("31 for".to_owned()));
            Draft::new(id, &AreaReleased { name, parent_name, rings, voted_day, vote_result })
        }),
        Just(()).prop_map(move |()| Draft::new(id, &AreaWithdrawn {})),
    ]
}

proptest! {
    #[test]
    fn a_row_reads_back_as_it_was_folded(drafts in prop::collection::vec(any_draft(), 0..6)) {
        let id = Id::named("area", "x");
        let records: Vec<Record> =
            drafts.into_iter().zip(1..).map(|(draft, ms)| record_at(ms, draft)).collect();
        let row = AreaRow::of(id, &records);
        let views = crate::places::views();
        let view = views.iter().find(|view| view.noun == "area").expect("the view of areas");
        let folded = (view.fold)(id, &records);
        prop_assert_eq!(folded.row.len(), view.table.columns.len());
        prop_assert_eq!(AreaRow::from_row(&store::Row(folded.row)), row.clone());
        let public = row.standing == Standing::Public;
        prop_assert_eq!(folded.counts.len(), usize::from(public));
        let nothing = row.name.is_empty() && row.rings.is_empty();
        let community = row.source == Some(Source::Community);
        prop_assert!(public || !community || nothing);
    }
}
