//! J8: forgetting by the right hand, proven on the raw bytes of the disk; old backups; the sealed
//! path that ordinary forgetting never touches.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing story is a failing test"
)]

use stories::{PASSPHRASE, Phone, Town, code_in, found_in, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");
const JUNIOR: &str = "+50937111222";
const SECRET: &str = "Nèg ak zam pran lajan nan men mwen bò ponwòch";
const MORE: &str = "Yo tounen yè swa, yo te twa, yo gen yon machin nwa";
/// Longest time until the node has tidied up after a forgetting.
const HOUSEKEEPING_MAX: std::time::Duration = std::time::Duration::from_secs(60);
const OTHER: &str = "Nou bezwen manje pou granmoun yo nan kan an";

/// Every file that belongs to the node: the data folder, and PostgreSQL's own where it is ours.
async fn bytes_of(town: &Town) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut files = town.raw_bytes();
    if let Some(folder) = postgres_folder(town).await {
        stories::collect(&folder, &mut files);
        assert!(files.len() > 100, "PostgreSQL's files cannot be read: nothing would be found");
    }
    files
}

/// The data folder and, on PostgreSQL, the database's own files under `base/`: not the write-ahead
/// log, whose files are used again rather than emptied, and until then may hold a wrapped key and
/// ciphertext. The handbook says so.
async fn bytes_after_housekeeping(town: &Town) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut files = town.raw_bytes();
    if let Some(folder) = postgres_folder(town).await {
        let sql = "SELECT CAST(oid AS BIGINT) FROM pg_database WHERE datname = current_database()";
        let node = town.open().await;
        let oid = node.house.store().read(sql, vec![]).await.unwrap()[0].int(0);
        let own = folder.join("base").join(oid.to_string());
        stories::collect(&own, &mut files);
        assert!(files.len() > 100, "PostgreSQL's files cannot be read: nothing would be found");
    }
    files
}

async fn postgres_folder(town: &Town) -> Option<std::path::PathBuf> {
    town.database.as_ref()?;
    let sql = "SELECT current_setting('data_directory')";
    let node = town.open().await;
    let folder = node.house.store().read(sql, vec![]).await.unwrap();
    Some(folder[0].text(0).into())
}

/// Waits until the node's own housekeeping has taken all of these away.
async fn gone_by_itself(town: &Town, needles: &[(&str, Vec<u8>)]) {
    let began = std::time::Instant::now();
    loop {
        let files = bytes_after_housekeeping(town).await;
        let left = needles.iter().find_map(|(what, needle)| {
            found_in(&files, needle).map(|path| format!("{what} is left in {}", path.display()))
        });
        let Some(left) = left else { return };
        assert!(began.elapsed() < HOUSEKEEPING_MAX, "{left}");
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

fn needles() -> Vec<Vec<u8>> {
    let mut needles = [SECRET, MORE, JUNIOR].map(|text| text.as_bytes().to_vec()).to_vec();
    needles.push(SECRET.encode_utf16().flat_map(u16::to_le_bytes).collect());
    needles
}

async fn totals(town: &Town) -> Vec<(String, i64)> {
    let node = town.open().await;
    let totals = node.house.store().totals_of("voice", record::Id::NONE).await.unwrap();
    let kept = totals.into_iter().filter(|t| !t.key.starts_with("waiting"));
    kept.map(|t| (t.key, t.n)).collect()
}

async fn story(town: &Town) {
    town.settle().await;
    let node = town.serve();
    let (junior, other) = (Phone::new(&node.web, JUNIOR), Phone::new(&node.web, "+50937333444"));
    let code = code_in(&junior.ask(SECRET).await).unwrap();
    other.ask(OTHER).await;
    junior.ask("MO solèy").await;
    // One reply still waits for the gateway when all is forgotten.
    assert_eq!(junior.send(MORE).await, 200);

    // Nothing of it is in the clear on the disk even now.
    drop(node);
    for needle in needles() {
        let files = bytes_of(town).await;
        assert_eq!(found_in(&files, &needle), None, "in the clear before forgetting");
    }
    let wrapped = wrapped_key(town, &code).await;
    let sealed = sealed_half(town, &code).await;
    let waiting = waiting_reply(town).await;
    if town.database.is_some() {
        // From memory into the files, where it is to be gone from later.
        let checkpoint = vec![store::Statement::new("CHECKPOINT", vec![])];
        town.open().await.house.store().run(checkpoint).await.unwrap();
    }
    let files = bytes_after_housekeeping(town).await;
    for needle in [&wrapped, &sealed, &waiting] {
        assert!(found_in(&files, needle).is_some(), "the test looks in the wrong place");
    }
    let backup = town.data.with_extension("backup");
    assert_eq!(town.command(&["backup", &backup.to_string_lossy()]).0, 0);
    let before = totals(town).await;

    let node = town.serve();
    let (junior, other) = (Phone::new(&node.web, JUNIOR), Phone::new(&node.web, "+50937333444"));
    junior.receive().await;
    // A found code never erases.
    other.ask(&format!("BLIYE {code}")).await;
    assert_eq!(node.web.get(&format!("/api/v1/voices/{code}")).await.status, 200);
    // Without the word it waits a day and can be taken back.
    junior.ask("BLIYE").await;
    junior.ask("KENBE").await;
    // The wrong word is no command: somebody will read it, nothing is lost.
    junior.ask("BLIYE lalin").await;
    // With the word it is done at once.
    let forgotten = junior.ask("BLIYE solèy").await;
    assert!(!forgotten.contains(&code), "{forgotten}");
    // The gateway's retry of the first message never brings it back.
    let followed = node.web.get(&format!("/follow/{code}")).await;
    assert!(!followed.body.contains("zam"));
    let mut gone: Vec<(&str, Vec<u8>)> =
        needles().into_iter().map(|needle| ("what was said", needle)).collect();
    gone.extend([("the key", wrapped), ("the reply", waiting)]);
    if town.database.is_none() {
        // PostgreSQL frees the place of a sealed half in its page and writes over it one day. Its
        // key is gone from everywhere, and the handbook says so.
        gone.push(("the sealed half", sealed));
    }
    gone_by_itself(town, &gone).await;
    drop(node);

    assert_eq!(totals_of_heard(&totals(town).await), totals_of_heard(&before) + 1, "BLIYE lalin");
    let (status, out, err) = town.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
    let files = bytes_of(town).await;
    for needle in needles() {
        assert_eq!(found_in(&files, &needle), None, "left on the disk");
    }

    // An old backup, brought back into a new folder, forgets first.
    let list = town.data.join("erasures.list");
    let restored = restored(town, &backup, &list).await;
    let trace = restored.command(&["trace", &code, "--json"]);
    assert!(trace.1.contains("erased"), "{trace:?}");
    assert_eq!(restored.command(&["verify"]).0, 0);
    let files = restored.raw_bytes();
    for needle in needles() {
        assert_eq!(found_in(&files, &needle), None, "came back with the backup");
    }
}

fn totals_of_heard(totals: &[(String, i64)]) -> i64 {
    totals.iter().find(|(key, _)| key == "heard").map_or(0, |(_, n)| *n)
}

async fn restored(town: &Town, backup: &std::path::Path, list: &std::path::Path) -> Town {
    let data = town.data.with_extension("restored");
    let fresh = Town::at(&data, None, PROGRAM);
    let sheet = server::node::keys(&town.data).unwrap().vault.recovery();
    let args = [
        "restore",
        &backup.to_string_lossy(),
        "--recovery",
        &sheet,
        "--erasures",
        &list.to_string_lossy(),
    ];
    let (status, out, err) = fresh.command(&args);
    assert_eq!(status, 0, "{out}{err}");
    fresh
}

async fn wrapped_key(town: &Town, code: &str) -> Vec<u8> {
    let node = town.open().await;
    let voice = rooms::voices::queries::by_code(&node.house, &code.parse().unwrap()).await.unwrap();
    node.house.store().wrapped_key(voice.unwrap().id).await.unwrap().unwrap()
}

/// What the reply that waits for the gateway looks like in the queue.
async fn waiting_reply(town: &Town) -> Vec<u8> {
    let node = town.open().await;
    let sql = "SELECT sealed FROM outbound WHERE handed_ms IS NULL AND sealed IS NOT NULL";
    let rows = node.house.store().read(sql, vec![]).await.unwrap();
    rows[0].bytes(0)
}

async fn sealed_half(town: &Town, code: &str) -> Vec<u8> {
    let node = town.open().await;
    let voice = rooms::voices::queries::by_code(&node.house, &code.parse().unwrap()).await.unwrap();
    let records = node.house.store().records_of(voice.unwrap().id).await.unwrap();
    records[0].sealed.clone().unwrap()
}

#[test]
fn junior_is_forgotten_and_every_total_and_signature_holds() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(story(&town));
    }
}

/// A number forgotten after nine months asks nothing twice: the day without the word passes, then
/// the job forgets.
#[test]
fn without_the_word_forgetting_waits_its_day() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(async {
            town.settle().await;
            let node = town.serve();
            let phone = Phone::new(&node.web, JUNIOR);
            let code = code_in(&phone.ask(SECRET).await).unwrap();
            phone.ask("BLIYE").await;
            drop(node);
            let mut place = server::node::Place::new(&town.data, town.database.clone());
            let check = |ahead_ms: i64, due: usize, place: &mut server::node::Place| {
                place.now = std::sync::Arc::new(move || server::node::wall_ms() + ahead_ms);
                (place.clone(), due)
            };
            let hour = 60 * 60 * 1000;
            for (place, due) in [check(23 * hour, 0, &mut place), check(25 * hour, 1, &mut place)] {
                let node = server::node::open(&place).await.unwrap();
                let done = rooms::voices::forget::due(&node.house).await.unwrap();
                assert_eq!(done, due);
            }
            let trace = town.command(&["trace", &code, "--json"]);
            assert!(trace.1.contains("erased"), "{trace:?}");
        });
    }
}

/// The sealed path: `9`, then words that only focal points can open; its receipt is like any other,
/// and BLIYE does not touch it.
#[test]
fn the_sealed_path_leaves_no_ordinary_trace() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(sealed_story(&town));
    }
}

async fn sealed_story(town: &Town) {
    const REPORT: &str = "Mesye ki bay manje a mande tifi yo bagay";
    town.settle().await;
    let node = town.serve();
    let (phone, plain) = (Phone::new(&node.web, "+50937555666"), Phone::new(&node.web, JUNIOR));
    let ordinary = plain.ask("Nou bezwen manje nan Kan Lanmè").await;
    let open = phone.ask("9").await;
    assert!(code_in(&open).is_none(), "{open}");
    let receipt = phone.ask(REPORT).await;
    let (code, other) = (code_in(&receipt).unwrap(), code_in(&ordinary).unwrap());
    assert_eq!(receipt.replace(&code, ""), ordinary.replace(&other, ""), "byte for byte");

    // `9 moun mouri` is somebody speaking, urgently.
    let urgent = phone.ask("9 moun mouri anba kay la").await;
    assert!(urgent.contains("114"), "{urgent}");

    // No operator, search, list, export or total knows of it.
    let desk = node.web.sign_in("josue").await;
    for page in ["/desk/voices", "/desk/voices?queue=all", "/desk/search?q=tifi"] {
        let shown = desk.get(page).await;
        assert!(!shown.body.contains("Mesye ki bay"), "{page}");
        assert!(!shown.body.contains(&code), "{page}");
    }
    // Followed by its code it is a voice like any other.
    let (a, b) = (
        node.web.get(&format!("/follow/{code}?lang=ht")).await,
        node.web.get(&format!("/follow/{other}?lang=ht")).await,
    );
    assert_eq!((a.status, b.status), (200, 200));
    assert!(!a.body.contains("Mesye"), "{}", a.body);
    // Ordinary forgetting does not touch it.
    phone.ask("MO chat").await;
    phone.ask("BLIYE chat").await;
    assert_eq!(node.web.get(&format!("/follow/{code}")).await.status, 200);
    drop(node);

    // A focal point opens it with their own passphrase; the node alone cannot.
    let open = town.open().await;
    let house = &open.house;
    let door = rooms::people::sealed_door(house).await.unwrap();
    let focal = door.to[0].0;
    let key = rooms::people::focal_key(house, focal, PASSPHRASE).await.unwrap();
    let reports = rooms::voices::sealed::reports(house).await.unwrap();
    let read = rooms::voices::sealed::open(&reports[0], focal, &key).unwrap();
    assert_eq!(read.words, REPORT);
    assert!(rooms::people::focal_key(house, focal, "a wrong passphrase").await.is_err());
    assert_eq!(rooms::voices::sealed::verify(house).await.unwrap(), None);
    let files = bytes_of(town).await;
    assert_eq!(found_in(&files, REPORT.as_bytes()), None, "in the clear on the disk");
}

/// Somebody says it aloud: a recording goes in by the form, is heard at the desk and nowhere else,
/// typed up, brought through a backup, and forgotten with the words that were typed.
#[test]
fn a_voice_note_is_heard_typed_up_and_forgotten_to_the_last_byte() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(note_story(&town));
    }
}

const TYPED: &str = "Ponp dlo nou an kraze depi madi bò legliz la";
/// What no other file holds: a part of the recording.
const SOUND: &[u8] = b"the sound of somebody who says it aloud";

/// A recording of a tenth of a megabyte, as a browser makes it.
fn recording() -> Vec<u8> {
    let head = [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84];
    [&head[..], b"webm", &SOUND.repeat(2_600)].concat()
}

/// Sends the form with a recording, as a browser does without a script.
async fn sends_note(web: &stories::Web, sound: &[u8]) -> stories::Answer {
    let mut body = Vec::new();
    for (name, value) in [("words", ""), ("word", "mango"), ("client_id", "phone-1")] {
        let part =
            format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(
        b"--b\r\ncontent-disposition: form-data; name=\"note\"; filename=\"x.webm\"\r\n\
          content-type: audio/webm\r\n\r\n",
    );
    body.extend_from_slice(sound);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let request = axum::http::Request::post(format!("http://{}/say?lang=ht", web.address()))
        .header("host", web.address())
        .header("content-type", "multipart/form-data; boundary=b")
        .body(http_body_util::Full::new(axum::body::Bytes::from(body)));
    web.send(request.unwrap()).await
}

async fn note_story(town: &Town) {
    town.settle().await;
    let node = town.serve();
    let kept = sends_note(&node.web, &recording()).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    let again = sends_note(&node.web, &recording()).await;
    assert_eq!(again.location, kept.location, "sent twice, kept once");
    let code = kept.location.split(['/', '?']).nth(2).unwrap().to_owned();
    let followed = node.web.get(&format!("/follow/{code}?lang=ht")).await;
    assert!(!followed.body.contains("<audio"), "never on the street");

    // Heard at the desk, by those who may read words.
    let desk = node.web.sign_in("josue").await;
    let list = desk.get("/desk/voices?lang=en").await.body;
    assert!(list.contains("A voice note"), "{list}");
    let id = list.split("/desk/voices/").nth(1).unwrap().get(..26).unwrap().to_owned();
    let path = format!("/desk/voices/{id}/note");
    let heard = desk.get(&path).await;
    assert_eq!((heard.status, heard.bytes), (200, recording().len()));
    assert_eq!(heard.cache, "no-store");
    for other in ["nadege", "ines"] {
        assert_eq!(node.web.sign_in(other).await.get(&path).await.status, 403, "{other}");
    }
    assert_eq!(node.web.get(&path).await.status, 303, "to the way in");
    let typed = desk.post(&format!("/desk/voices/{id}/type"), &[("heard", TYPED)]).await;
    assert_eq!(typed.status, 303, "{}", typed.body);
    let shown = desk.get(&format!("/desk/voices/{id}?lang=en")).await.body;
    assert!(shown.contains(TYPED) && shown.contains("<audio"), "{shown}");
    assert!(desk.get("/desk/search?q=legliz").await.body.contains(&id));
    drop(node);

    // Nothing lies in the plain, and the log speaks of this note and no other.
    let files = bytes_of(town).await;
    for needle in [SOUND, TYPED.as_bytes()] {
        assert_eq!(found_in(&files, needle), None, "in the clear before forgetting");
    }
    let sealed = sealed_note(town, &code).await.unwrap();
    let begin = sealed[..64].to_vec();
    let key = wrapped_key(town, &code).await;
    if town.database.is_some() {
        let checkpoint = vec![store::Statement::new("CHECKPOINT", vec![])];
        town.open().await.house.store().run(checkpoint).await.unwrap();
    }
    assert!(found_in(&bytes_after_housekeeping(town).await, &begin).is_some(), "the wrong place");
    let (status, out, err) = town.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
    let backup = town.data.with_extension("backup");
    assert_eq!(town.command(&["backup", &backup.to_string_lossy()]).0, 0);
    note_comes_back(town, &backup, &sealed, &code).await;

    // Forgotten with its words, now and from an old backup.
    let node = town.serve();
    let erase = format!("/follow/{code}/erase");
    assert_eq!(node.web.post(&erase, &[("word", "mango")]).await.status, 303);
    assert_eq!(node.web.sign_in("josue").await.get(&path).await.status, 404);
    gone_by_itself(town, &[("the note", begin.clone()), ("the key", key)]).await;
    drop(node);
    assert_eq!(sealed_note(town, &code).await, None);
    let (status, out, err) = town.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
    let list = town.data.join("erasures.list");
    let restored =
        restored_in(town, "forgotten", &backup, &["--erasures", &list.to_string_lossy()]);
    let files = restored.raw_bytes();
    for needle in [SOUND, TYPED.as_bytes(), begin.as_slice()] {
        assert_eq!(found_in(&files, needle), None, "came back with the backup");
    }
}

/// A backup carries the note, whole.
async fn note_comes_back(town: &Town, backup: &std::path::Path, sealed: &[u8], code: &str) {
    let restored = restored_in(town, "whole", backup, &["--no-erasures"]);
    assert_eq!(sealed_note(&restored, code).await.unwrap(), sealed);
    assert_eq!(restored.command(&["verify"]).0, 0);
}

fn restored_in(town: &Town, name: &str, backup: &std::path::Path, more: &[&str]) -> Town {
    let fresh = Town::at(&town.data.with_extension(name), None, PROGRAM);
    let sheet = server::node::keys(&town.data).unwrap().vault.recovery();
    let backup = backup.to_string_lossy();
    let args = [&["restore", &*backup, "--recovery", &*sheet][..], more].concat();
    let (status, out, err) = fresh.command(&args);
    assert_eq!(status, 0, "{out}{err}");
    fresh
}

async fn sealed_note(town: &Town, code: &str) -> Option<Vec<u8>> {
    let node = town.open().await;
    let voice = rooms::voices::queries::by_code(&node.house, &code.parse().unwrap()).await.unwrap();
    rooms::voices::queries::sealed_note(&node.house, voice.unwrap().id).await.unwrap()
}

/// An operator finds a disclosure in ordinary words: one key moves it, and its words are gone from
/// every ordinary place.
#[test]
fn a_disclosure_is_moved_with_one_key() {
    const TOLD: &str = "Pwofesè a manyen pitit fi mwen an lekòl la";
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(async {
            town.settle().await;
            let open = town.open().await;
            let house = &open.house;
            let inbound = rooms::voices::Inbound {
                channel: "paper",
                words: TOLD.to_owned(),
                ..rooms::voices::Inbound::default()
            };
            let heard = rooms::voices::hear(house, inbound).await.unwrap();
            let code: rooms::voices::Code = heard.code.parse().unwrap();
            let voice = rooms::voices::queries::by_code(house, &code).await.unwrap().unwrap();
            assert!(voice.held, "likely disclosures are held out of the general queue");
            rooms::voices::sealed::move_here(house, voice.id).await.unwrap();
            assert!(rooms::voices::queries::words(house, voice.id).await.unwrap().is_none());
            let followed = rooms::voices::queries::by_code(house, &code).await.unwrap().unwrap();
            assert_eq!(followed.status, "received", "its code shows what it showed");
            let reports = rooms::voices::sealed::reports(house).await.unwrap();
            let door = rooms::people::sealed_door(house).await.unwrap();
            let key = rooms::people::focal_key(house, door.to[0].0, PASSPHRASE).await.unwrap();
            let read = rooms::voices::sealed::open(&reports[0], door.to[0].0, &key).unwrap();
            assert_eq!((read.words.as_str(), read.moved), (TOLD, true));
        });
    }
}
