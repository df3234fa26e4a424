//! Voice notes: what is taken for a sound, who hears it, what happens when it is typed up, and that
//! nothing is left of it when its voice is forgotten or moved. On both engines.

use record::{Clock, Draft, Id, Payload, Record, Signer};

use super::desk::{Home, MINUTE_MS, home, homes};
use crate::door::Role;
use crate::voices::notes::{self, Container, NOTE_BYTES_MAX, Note};
use crate::voices::pages::note::piece_of;
use crate::voices::records::{VoiceCorrected, VoiceErased, VoiceHeard, VoiceNoted, VoiceTypedUp};
use crate::voices::{
    Code, Inbound, Voice, VoiceSorted, acts, alarms, forget, hear, queries, rules, sealed,
};

fn webm(about: &str) -> Vec<u8> {
    let head = [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84];
    [&head[..], b"webm", about.as_bytes()].concat()
}

fn note(about: &str) -> Note {
    Note { container: Container::Webm, bytes: webm(about), seconds: Some(12) }
}

async fn told(home: &Home, words: &str, about: &str) -> (Code, Id) {
    let inbound = Inbound {
        channel: "page",
        words: words.to_owned(),
        chosen_word: Some("mango".to_owned()),
        note: Some(note(about)),
        ..Inbound::default()
    };
    let code: Code = hear(&home.house, inbound).await.expect("heard").code.parse().expect("one");
    (code, queries::by_code(&home.house, &code).await.unwrap().unwrap().id)
}

async fn voice(home: &Home, id: Id) -> Voice {
    queries::voice(&home.house, id).await.expect("read").expect("kept")
}

async fn words(home: &Home, id: Id) -> Option<String> {
    queries::words(&home.house, id).await.expect("read").map(|words| words.words)
}

#[test]
fn a_sound_is_known_by_its_first_bytes_and_by_nothing_else() {
    let check = |bytes: &[u8], expected: Option<Container>| {
        assert_eq!(Container::of(bytes), expected, "{bytes:?}");
    };
    check(&webm(""), Some(Container::Webm));
    check(&[0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x88], None);
    check(b"OggS\0\x02", Some(Container::Ogg));
    check(b"\0\0\0\x20ftypM4A \0", Some(Container::Mp4));
    check(b"\0\0\0\x20ftypiso5", Some(Container::Mp4));
    check(b"\0\0\0\x18ftyp3gp4", Some(Container::ThreeGp));
    // Pictures of phones begin as their films do.
    check(b"\0\0\0\x18ftypheic", None);
    check(b"\0\0\0\x18ftypavif", None);
    check(b"ID3\x03", Some(Container::Mp3));
    check(&[0xFF, 0xFB, 0x90, 0x44], Some(Container::Mp3));
    check(&[0xFF, 0xD8, 0xFF, 0xE0], None);
    check(&[0xFF, 0xFE, 0x41, 0x00], None);
    check(b"RIFF\x24\0\0\0WAVEfmt ", Some(Container::Wav));
    check(b"RIFF\x24\0\0\0WEBPVP8 ", None);
    check(b"#!AMR\n", Some(Container::Amr));
    for none in [&b""[..], b"Og", b"<script>alert(1)</script>", b"%PDF-1.7", b"PK\x03\x04", &[0xFF]]
    {
        check(none, None);
    }
}

#[test]
fn a_player_gets_the_piece_it_asks_for() {
    let check = |asked: &str, expected| assert_eq!(piece_of(asked, 10), expected, "{asked}");
    check("bytes=0-", Some((0, 9)));
    check("bytes=0-1", Some((0, 1)));
    check("bytes=4-99", Some((4, 9)));
    check("bytes=-3", Some((7, 9)));
    check("bytes=-99", Some((0, 9)));
    for whole in ["bytes=10-", "bytes=5-4", "bytes=a-b", "lines=0-1", "bytes=0-1,3-4", "bytes=-0"] {
        check(whole, None);
    }
    assert_eq!(piece_of("bytes=0-", 0), None);
}

fn heard() -> VoiceHeard {
    VoiceHeard {
        code: "K7M4QX2R".into(),
        channel: "page".into(),
        language: "und".into(),
        confidence: 0,
        said_ms: 0,
        person: Id::named("test", "marlene"),
        kind: None,
        sectors: vec![],
        urgency: 0,
        held: false,
        reachable: false,
        on_behalf: false,
        area_suggested: false,
    }
}

fn record<P: Payload>(payload: &P, minute: i64) -> Record {
    let draft = Draft::new(Id::named("test", "voice"), payload);
    let seq = u64::try_from(minute).unwrap() + 1;
    let writer = Signer::from_seed(&[1; 32]).writer();
    draft.place(writer, seq, [0; 32], Clock::at(minute * MINUTE_MS), [[0; 16]; 3]).record
}

#[test]
fn a_note_weighs_until_it_is_typed_up_in_whatever_order_its_records_come() {
    let noted = VoiceNoted { hash: vec![1; 32], kilobytes: 40, seconds: Some(12) };
    let typed =
        |urgency| VoiceTypedUp { language: "ht".into(), urgency, ..VoiceTypedUp::default() };
    let fold = |log: &[Record]| Voice::fold(Id::named("test", "voice"), log);
    let log = vec![record(&heard(), 0), record(&noted, 0)];
    let voice = fold(&log);
    assert_eq!((voice.note_kb, voice.note_seconds), (Some(40), Some(12)));
    assert!(voice.note_waits && voice.urgency == 1, "read before what is known to have time");
    let sorted = VoiceSorted { urgency: Some(0), ..VoiceSorted::default() };
    let log_sorted = [log.clone(), vec![record(&sorted, 1)]].concat();
    assert_eq!(fold(&log_sorted).urgency, 0, "a person has decided");
    let calm = [log.clone(), vec![record(&typed(0), 1)]].concat();
    assert!(!fold(&calm).note_waits && fold(&calm).urgency == 0, "its words decide");
    assert_eq!(fold(&calm).language, "ht");
    let turned: Vec<Record> = calm.iter().rev().cloned().collect();
    assert!(!fold(&turned).note_waits && fold(&turned).note_kb == Some(40));
    let danger = [log.clone(), vec![record(&typed(2), 1)]].concat();
    assert_eq!((fold(&danger).urgency, fold(&danger).read_ms), (2, None));
    let gone = [log, vec![record(&VoiceErased {}, 1)]].concat();
    assert_eq!((fold(&gone).note_kb, fold(&gone).note_waits), (None, false));
    let corrected = [calm, vec![record(&VoiceCorrected::default(), 2)]].concat();
    assert!(!fold(&corrected).note_waits);
}

#[test]
fn only_a_note_that_waits_is_typed_up() {
    let id = Id::named("test", "voice");
    let noted = VoiceNoted { hash: vec![1; 32], kilobytes: 40, seconds: None };
    let understood = rules::Understood {
        language: "ht".into(),
        confidence: 50,
        area: None,
        area_suggested: false,
        sectors: vec![],
        urgency: 0,
        held: false,
    };
    let check = |log: &[Record], expected: &str| {
        let done = rules::type_up(id, log, understood.clone(), vec![1], None);
        assert_eq!(done.map(|_| "done").unwrap_or_else(|refusal| refusal.code), expected);
    };
    let log = [record(&heard(), 0)];
    check(&log, "note-none");
    let log = [record(&heard(), 0), record(&noted, 0)];
    check(&log, "done");
    let again = [&log[..], &[record(&VoiceTypedUp::default(), 1)]].concat();
    check(&again, "note-typed");
    let back = [&log[..], &[record(&crate::voices::records::VoiceWithdrawn {}, 1)]].concat();
    check(&back, "voice-withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_alone_is_a_voice_that_is_heard_and_then_typed_up() {
    for home in homes().await {
        let (_, id) = told(&home, "", "dlo antre").await;
        assert_eq!(words(&home, id).await.as_deref(), Some(""));
        let kept = notes::of(&home.house, id).await.expect("read").expect("kept");
        assert_eq!(kept, note("dlo antre"));
        let lies = queries::sealed_note(&home.house, id).await.unwrap().unwrap();
        assert!(!lies.windows(4).any(|four| four == b"webm"), "it lies in the plain");
        assert!(notes::verify(&home.house).await.expect("read").is_empty());
        let (_, _, list) = home.asks(Some(Role::Operator), "/desk/voices?lang=en", None).await;
        assert!(list.contains("12 seconds") && list.contains("not yet typed up"), "{list}");
        let page = format!("/desk/voices/{id}");
        let (_, _, shown) = home.asks(Some(Role::Operator), &page, None).await;
        assert!(shown.contains("<audio") && shown.contains(&format!("{page}/note")), "{shown}");
        home.pass(20 * MINUTE_MS);
        alarms::set_on_call(&home.house, "+50937999999").await.expect("set");
        assert_eq!(alarms::ring(&home.house).await.expect("rung"), 0, "a note rings for nobody");
        let typed = "9 moun mouri anba kay la nan Fò Mèkredi";
        let form = format!("heard={}", typed.replace(' ', "+"));
        let (status, to, _) =
            home.asks(Some(Role::Operator), &format!("{page}/type"), Some(&form)).await;
        assert_eq!(status, 303);
        assert!(to.starts_with("/desk/voices?done=typed"), "{to}");
        assert_eq!(words(&home, id).await.as_deref(), Some(typed));
        let now = voice(&home, id).await;
        assert_eq!((now.urgency, now.read_ms, now.language.as_str()), (2, None, "ht"));
        home.pass(11 * MINUTE_MS);
        assert_eq!(alarms::ring(&home.house).await.expect("rung"), 1, "its words ring");
        let (again, ..) =
            home.asks(Some(Role::Operator), &format!("{page}/type"), Some(&form)).await;
        assert_eq!(again, 409);
        assert!(notes::of(&home.house, id).await.unwrap().is_some(), "it can be heard again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_beside_a_note_stays_and_a_disclosure_in_it_is_held() {
    let home = home().await;
    let (_, id) = told(&home, "Nan Kan Lanmè", "son").await;
    acts::type_up(&home.house, id, "Pwofesè a manyen pitit fi mwen an lekòl la", None)
        .await
        .expect("typed up");
    let all = words(&home, id).await.expect("words");
    assert!(all.starts_with("Nan Kan Lanmè") && all.ends_with("lekòl la"), "{all}");
    assert!(voice(&home, id).await.held);
    let path = format!("/desk/voices/{id}/note");
    assert_eq!(home.asks(Some(Role::Operator), &path, None).await.0, 404);
    assert!(acts::type_up(&home.house, id, " ", None).await.is_err(), "nothing was typed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_note_is_heard_by_focal_points_alone() {
    let home = home().await;
    let (_, id) = told(&home, "", "son").await;
    acts::hold(&home.house, id).await.expect("held");
    let (note, typing) = (format!("/desk/voices/{id}/note"), format!("/desk/voices/{id}/type"));
    for role in [Role::Operator, Role::Officer, Role::Steward] {
        assert_eq!(home.asks(Some(role), &note, None).await.0, 404, "{role:?}");
        assert_eq!(home.asks(Some(role), &typing, Some("heard=x")).await.0, 404, "{role:?}");
    }
    assert_eq!(home.asks(Some(Role::Committee), &note, None).await.0, 403);
    assert_eq!(home.asks(None, &note, None).await.0, 303, "to the way in");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_note_that_was_forgotten() {
    for home in homes().await {
        let (code, id) = told(&home, "", "son").await;
        let seen = voice(&home, id).await;
        forget::voice(&home.house, id).await.expect("forgotten");
        assert_eq!(queries::sealed_note(&home.house, id).await.unwrap(), None);
        assert!(notes::of(&home.house, id).await.unwrap().is_none());
        assert!(notes::verify(&home.house).await.unwrap().is_empty(), "that it is gone is right");
        let end = notes::own_address(&home.house, &seen);
        let path = format!("/follow/{}/note?{end}", code.plain());
        assert_eq!(home.asks(None, &path, None).await.0, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_moved_only_with_what_was_heard_in_it_and_is_destroyed() {
    for home in homes().await {
        home.open_door().await;
        let (_, id) = told(&home, "", "son").await;
        let refused = sealed::move_here(&home.house, id).await;
        assert!(format!("{refused:?}").contains("note-words-first"), "{refused:?}");
        let path = format!("/desk/voices/{id}/seal");
        let form = Some("told=Li+di+yon+bagay+grav");
        assert_eq!(home.asks(Some(Role::Operator), &path, form).await.0, 303);
        assert_eq!(queries::sealed_note(&home.house, id).await.unwrap(), None);
        assert_eq!(words(&home, id).await, None);
        assert_eq!(sealed::reports(&home.house).await.expect("read").len(), 1);
    }
}

/// The words that went with the move are in no old backup: somebody must hear the note again.
#[tokio::test(flavor = "multi_thread")]
async fn a_moved_note_that_a_backup_brought_back_is_held() {
    let home = home().await;
    home.open_door().await;
    let (_, id) = told(&home, "", "son").await;
    let line = format!("moved {id} {}\n", Id::NONE);
    std::fs::write(home.house.data().join(forget::ERASURE_FILE), line).expect("written");
    forget::complete(&home.house).await.expect("the node opens");
    assert!(voice(&home, id).await.held);
    assert!(sealed::reports(&home.house).await.expect("read").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_that_was_exchanged_or_lost_is_found() {
    for home in homes().await {
        let (_, one) = told(&home, "", "youn").await;
        let (_, other) = told(&home, "", "lòt").await;
        let spoil = store::Statement::new(
            "UPDATE notes SET sealed = $1 WHERE voice = $2",
            vec![queries::sealed_note(&home.house, one).await.unwrap().into(), other.into()],
        );
        let lose = store::Statement::new("DELETE FROM notes WHERE voice = $1", vec![one.into()]);
        home.house.store().run(vec![spoil, lose]).await.expect("done");
        let mut wrong = notes::verify(&home.house).await.expect("read");
        wrong.sort();
        let mut both = vec![one, other];
        both.sort();
        assert_eq!(wrong, both);
        assert_eq!(
            notes::of(&home.house, other).await.unwrap(),
            None,
            "it opens for its own alone"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sent_twice_a_note_is_kept_once_and_another_one_is_another_voice() {
    for home in homes().await {
        let send = async |about: &str| {
            let inbound = Inbound {
                channel: "page",
                message_id: Some(("page".to_owned(), "phone-1".to_owned())),
                note: Some(note(about)),
                ..Inbound::default()
            };
            hear(&home.house, inbound).await.expect("heard")
        };
        let (first, again) = (send("youn").await, send("youn").await);
        assert_eq!((first.code.as_str(), again.again), (again.code.as_str(), true));
        assert_ne!(send("lòt").await.code, first.code);
        assert_eq!(queries::noted(&home.house).await.unwrap().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_hears_their_own_note_with_their_word_and_for_a_while() {
    let home = home().await;
    let (code, id) = told(&home, "", "son").await;
    let see = format!("/follow/{}/see", code.plain());
    let (status, _, page) = home.asks(None, &see, Some("word=mango")).await;
    assert_eq!(status, 200);
    let from = page.split(" src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("one");
    let from = from.replace("&amp;", "&");
    assert!(from.starts_with("/follow/"), "{from}");
    assert_eq!(home.asks(None, &from, None).await.0, 200);
    let forged = from.replace("until=1", "until=2");
    assert_eq!(home.asks(None, &forged, None).await.0, 404);
    home.pass(16 * MINUTE_MS);
    assert_eq!(home.asks(None, &from, None).await.0, 404, "too late");
    let bare = format!("/follow/{}/note", code.plain());
    assert_eq!(home.asks(None, &bare, None).await.0, 404);
    assert!(voice(&home, id).await.read_ms.is_none(), "that they listened is nobody's affair");
}

/// A form as a browser sends it that carries a file.
fn carrying(fields: &[(&str, &str)], file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    // Whatever the sender calls it.
    body.extend_from_slice(
        b"--b\r\nContent-Disposition: form-data; name=\"note\"; filename=\"a.png\"\r\n\
          Content-Type: image/png\r\n\r\n",
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--b--\r\n");
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_takes_a_file_and_never_loses_the_words_beside_one_it_cannot_take() {
    let home = home().await;
    let say = async |fields: &[(&str, &str)], file: &[u8]| {
        home.carries(None, "/say?lang=en", &carrying(fields, file)).await
    };
    let (status, to, _) = say(&[("words", ""), ("note_seconds", "7")], &webm("son")).await;
    assert_eq!(status, 303, "a note alone is enough");
    let code: Code = to.split(['/', '?']).nth(2).expect("a code").parse().expect("one");
    let kept = queries::by_code(&home.house, &code).await.unwrap().unwrap();
    assert_eq!(kept.note_seconds, Some(7));
    let words = [("words", "Water & <b>"), ("note_seconds", "400")];
    for (file, status, code) in [
        (b"<html>".to_vec(), 415, "note-no-sound"),
        (vec![0; NOTE_BYTES_MAX + 1], 413, "note-too-large"),
        ([webm(""), vec![0; NOTE_BYTES_MAX]].concat(), 413, "note-too-large"),
    ] {
        let (found, _, page) = say(&words, &file).await;
        assert_eq!(found, status);
        let t = page::Tongue::new(page::Lang::En, home.house.texts());
        let told = page::text(&t.say(&format!("refused-{code}"))).0;
        assert!(page.contains(&told), "it does not say {code}");
        assert!(page.contains("Water &amp; &lt;b&gt;"), "the words are lost");
        assert!(page.contains("id=\"note-wrong\""), "it does not say which field");
    }
    let (status, to, _) = say(&words, b"").await;
    assert_eq!(status, 303, "no file was chosen");
    let code: Code = to.split(['/', '?']).nth(2).expect("a code").parse().expect("one");
    assert_eq!(queries::by_code(&home.house, &code).await.unwrap().unwrap().note_kb, None);
    assert_eq!(say(&[("words", "")], b"").await.0, 422, "nothing was said");
    // Words that are wrong otherwise: the recording has to be given again, and the page says so.
    let (_, _, page) = say(&[("words", "Water"), ("number", "abc")], &webm("son")).await;
    assert!(page.contains("Your recording was not kept"), "{page}");
    let (status, ..) = say(&words, &vec![0; 9 * 1024 * 1024]).await;
    assert_eq!(status, 413, "longer than anybody reads");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_notes_are_refused_and_words_are_heard_all_the_same() {
    let home = home().await;
    let file = carrying(&[("words", "")], &webm("son"));
    let mut last = 0;
    for _ in 0..21 {
        last = home.carries(None, "/say?lang=en", &file).await.0;
    }
    assert_eq!(last, 429);
    assert_eq!(home.asks(None, "/say", Some("words=Water")).await.0, 303);
}
