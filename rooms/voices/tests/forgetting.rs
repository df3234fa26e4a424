//! Forgetting by the right hand: what is erased and what is not, what a correction raises, what an
//! old backup must forget again.

use record::{DAY_MS, Id};

use super::desk::{Home, MINUTE_MS, NUMBER, home, homes};
use crate::voices::{
    Code, Inbound, acts, alarms, calls, forget, hear, missed_call, queries, sealed,
};

async fn told(home: &Home, text: &str) -> (Code, Id) {
    let replies = home.ask(NUMBER, text).await.join(" ");
    let words = replies.split(|c: char| c.is_whitespace() || c == ':' || c == ',');
    let mut codes = words.filter_map(|word| word.trim_end_matches('.').parse().ok());
    let code: Code = codes.next().unwrap_or_else(|| panic!("no code in {replies}"));
    let voice = queries::by_code(&home.house, &code).await.expect("read").expect("known");
    (code, voice.id)
}

#[tokio::test]
async fn what_is_said_after_asking_to_be_forgotten_stays() {
    for home in homes().await {
        let (_, before) = told(&home, "Nou bezwen dlo").await;
        home.pass(MINUTE_MS);
        home.ask(NUMBER, "BLIYE").await;
        home.pass(MINUTE_MS);
        let (_, after) = told(&home, "Tanpri voye manje").await;
        home.pass(DAY_MS);
        forget::due(&home.house).await.expect("done");
        let erased = async |id| queries::voice(&home.house, id).await.unwrap().unwrap().erased;
        assert!(erased(before).await && !erased(after).await);
        // The second asking finds what is left, and lets the number go.
        home.ask(NUMBER, "BLIYE").await;
        home.pass(DAY_MS + 1);
        forget::due(&home.house).await.expect("done");
        assert!(erased(after).await);
        assert!(queries::persons_at(&home.house, NUMBER).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_correction_is_held_or_raised_and_never_brings_back_what_was_taken_back() {
    let home = home().await;
    let (_, id) = told(&home, "Nou bezwen dlo").await;
    acts::read(&home.house, id, None).await.expect("read");
    alarms::set_on_call(&home.house, "+50937999999").await.expect("set");
    home.pass(3 * DAY_MS);
    acts::correct(&home.house, id, "9 moun mouri anba kay la").await.expect("corrected");
    assert_eq!(alarms::ring(&home.house).await.expect("rung"), 0, "not before ten minutes");
    home.pass(11 * MINUTE_MS);
    assert_eq!(alarms::ring(&home.house).await.expect("rung"), 1);
    let voice = queries::voice(&home.house, id).await.unwrap().unwrap();
    assert_eq!((voice.urgency, voice.read_ms), (2, None), "the alarm rings for it");
    acts::correct(&home.house, id, "Pwofesè a manyen pitit fi mwen an").await.expect("corrected");
    let voice = queries::voice(&home.house, id).await.unwrap().unwrap();
    assert!(voice.held && voice.urgency == 2, "held for a focal point, never lowered");
    acts::withdraw(&home.house, id).await.expect("withdrawn");
    assert!(acts::correct(&home.house, id, "ankò").await.is_err());
}

#[tokio::test]
async fn nothing_is_sent_about_a_voice_that_was_taken_back() {
    let home = home().await;
    let (code, id) = told(&home, "Nou bezwen dlo").await;
    home.delivered(&code).await;
    acts::withdraw(&home.house, id).await.expect("withdrawn");
    let waiting = crate::voices::outbound::backlog(&home.house).await.expect("read").waiting;
    assert_eq!(waiting, 0);
}

#[tokio::test]
async fn a_moved_disclosure_keeps_its_day_its_receipt_and_its_status() {
    for home in homes().await {
        home.open_door().await;
        let (code, id) = told(&home, "Nou bezwen dlo").await;
        acts::read(&home.house, id, None).await.expect("read");
        home.delivered(&code).await;
        home.pass(3 * DAY_MS);
        let heard_ms = queries::voice(&home.house, id).await.unwrap().unwrap().heard_ms;
        sealed::move_here(&home.house, id).await.expect("moved");
        let shown = queries::by_code(&home.house, &code).await.unwrap().unwrap();
        assert!(shown.sealed);
        assert_eq!(record::day_of(shown.heard_ms), record::day_of(heard_ms), "its own day");
        assert_eq!(shown.status, "read");
        let waiting = crate::voices::outbound::backlog(&home.house).await.expect("read").waiting;
        assert_eq!(waiting, 1, "silence would tell it from any other voice");
    }
}

#[tokio::test]
async fn a_moved_disclosure_is_shown_as_forgotten_when_its_person_asked() {
    for home in homes().await {
        home.open_door().await;
        let (one, first) = told(&home, "Yon bagay ki rive m").await;
        let (two, second) = told(&home, "Yon lòt bagay").await;
        // Asked for before the move, by its code; the other by everything of the number.
        home.ask(NUMBER, &format!("BLIYE {one}")).await;
        for id in [first, second] {
            sealed::move_here(&home.house, id).await.expect("moved");
        }
        home.ask(NUMBER, "BLIYE").await;
        home.pass(DAY_MS + 1);
        forget::due(&home.house).await.expect("done");
        for code in [&one, &two] {
            let shown = queries::by_code(&home.house, code).await.unwrap().unwrap();
            assert!(shown.sealed && shown.erased, "as any forgotten voice");
        }
        // Whatever a focal point writes down later.
        sealed::set_state(&home.house, first, "in_progress").await.expect("set");
        assert!(queries::by_code(&home.house, &one).await.unwrap().unwrap().erased);
        assert_eq!(sealed::reports(&home.house).await.expect("read").len(), 2);
    }
}

#[tokio::test]
async fn nothing_leads_from_a_number_that_was_left_to_a_moved_disclosure() {
    let home = home().await;
    home.open_door().await;
    let inbound = Inbound {
        channel: "page",
        words: "Yon bagay ki rive m".to_owned(),
        number: Some(NUMBER.to_owned()),
        chosen_word: Some("zaboka".to_owned()),
        ..Inbound::default()
    };
    let code: Code = hear(&home.house, inbound).await.expect("heard").code.parse().expect("one");
    let voice = queries::by_code(&home.house, &code).await.unwrap().unwrap();
    sealed::move_here(&home.house, voice.id).await.expect("moved");
    let left = home.house.store().read("SELECT 1 FROM choices", vec![]).await.expect("read");
    assert!(left.is_empty());
}

/// A node restored elsewhere may have no focal points for a while.
#[tokio::test]
async fn what_a_backup_brought_back_is_held_while_nobody_is_behind_the_door() {
    for home in homes().await {
        let (_, moved) = told(&home, "Yon bagay ki rive m").await;
        let line = format!("moved {moved} {}\n", Id::NONE);
        std::fs::write(home.house.data().join(forget::ERASURE_FILE), line).expect("written");
        forget::complete(&home.house).await.expect("the node opens");
        assert!(queries::voice(&home.house, moved).await.unwrap().unwrap().held);
        home.open_door().await;
        forget::complete(&home.house).await.expect("completed");
        assert!(queries::words(&home.house, moved).await.unwrap().is_none());
        assert_eq!(sealed::reports(&home.house).await.expect("read").len(), 1);
    }
}

/// An old backup brings everything back; the list, which is not in it, says what must go again.
#[tokio::test]
async fn an_old_backup_forgets_persons_calls_and_moved_words_again() {
    for home in homes().await {
        home.open_door().await;
        let (code, moved) = told(&home, "Yon bagay ki rive m").await;
        let person = queries::voice(&home.house, moved).await.unwrap().unwrap().person.unwrap();
        home.ask(NUMBER, "MO chat").await;
        missed_call(&home.house, "+50937000077", ("test", "ring")).await.expect("kept");
        let call = queries::calls(&home.house).await.expect("read")[0].0;
        // As the list stands after the backup: cut short in one place, whole in the others.
        let list = format!("voice 0000\nmoved {moved} {person}\nperson {person}\ncall {call}\n");
        std::fs::write(home.house.data().join(forget::ERASURE_FILE), list).expect("written");
        assert_eq!(forget::complete(&home.house).await.expect("completed"), 3);
        assert_eq!(forget::complete(&home.house).await.expect("completed"), 0, "and only once");
        assert!(queries::words(&home.house, moved).await.unwrap().is_none());
        let report = queries::by_code(&home.house, &code).await.unwrap().unwrap();
        assert!(report.sealed, "its words went where they belong");
        assert!(queries::persons_at(&home.house, NUMBER).await.unwrap().is_empty());
        assert!(!acts::word_holds(&home.house, person, "chat").await.unwrap());
        assert!(queries::calls(&home.house).await.expect("read").is_empty());
        assert!(calls::returned(&home.house, call, true, None).await.is_err());
    }
}

#[tokio::test]
async fn the_list_takes_in_what_another_folder_has_forgotten() {
    let home = home().await;
    let (_, id) = told(&home, "Nou bezwen dlo").await;
    forget::voice(&home.house, id).await.expect("forgotten");
    let file = home.house.data().join(forget::ERASURE_FILE);
    std::fs::remove_file(&file).expect("removed");
    forget::complete(&home.house).await.expect("completed");
    let listed = forget::listed(home.house.data()).expect("read");
    assert!(listed.iter().any(|line| matches!(line, forget::Listed::Voice(own, _) if *own == id)));
}

#[tokio::test]
async fn a_line_cut_short_swallows_no_other() {
    let home = home().await;
    let (_, id) = told(&home, "Nou bezwen dlo").await;
    let file = home.house.data().join(forget::ERASURE_FILE);
    std::fs::write(&file, "voice 01k3").expect("written");
    forget::voice(&home.house, id).await.expect("forgotten");
    assert_eq!(forget::listed(home.house.data()).expect("read").len(), 1);
}
