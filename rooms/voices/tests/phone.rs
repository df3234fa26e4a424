//! Whoever holds the phone: what an SMS may do and what it may not tell, on both engines. A report
//! to focal points is answered like any voice; a number that somebody typed is nobody's.

use record::{DAY_MS, Id};

use super::desk::{Home, MINUTE_MS, NUMBER, home, homes};
use crate::door::Role;
use crate::people::{self, NewMember};
use crate::voices::outbound::{Missed, failed, handed, lease};
use crate::voices::sms::{Sms, receive};
use crate::voices::{
    Code, Inbound, Voice, VoiceAnswered, acts, alarms, forget, hear, queries, sealed,
};

const OTHER: &str = "+50937000002";
const HOUR_MS: i64 = 60 * MINUTE_MS;

impl Home {
    /// Sends an SMS and reads what waits for that number.
    pub(super) async fn ask(&self, from: &str, text: &str) -> Vec<String> {
        let id = Id::fresh(0).to_string();
        self.sends(from, text, &id).await;
        self.replies(from).await
    }

    async fn sends(&self, from: &str, text: &str, id: &str) {
        let sms = Sms {
            gateway: "test".to_owned(),
            id: id.to_owned(),
            from: from.to_owned(),
            text: text.to_owned(),
            sent_ms: None,
        };
        receive(&self.house, &sms).await.expect("the SMS is taken");
    }

    async fn replies(&self, to: &str) -> Vec<String> {
        let leased = lease(&self.house, 100).await.expect("leased");
        let ids: Vec<Id> = leased.iter().map(|message| message.id).collect();
        handed(&self.house, &ids).await.expect("handed");
        leased.into_iter().filter(|message| message.to == to).map(|message| message.text).collect()
    }

    /// Says something by SMS; its code.
    async fn told(&self, from: &str, text: &str) -> Code {
        let replies = self.ask(from, text).await;
        let [receipt] = replies.as_slice() else { panic!("{text}: {replies:?}") };
        code_in(receipt)
    }

    async fn voice_of(&self, code: &Code) -> Voice {
        let found = queries::by_code(&self.house, code).await.expect("read");
        found.expect("the code is known")
    }

    pub(super) async fn delivered(&self, code: &Code) {
        let answered = VoiceAnswered { outcome: "delivered".to_owned(), body: None, due_day: None };
        let voice = self.voice_of(code).await;
        acts::answer(&self.house, &voice, answered, "Kamyon an rive".to_owned(), None)
            .await
            .expect("answered");
    }

    /// Two focal points, an outside number and a referral list: somebody is behind the door.
    pub(super) async fn open_door(&self) {
        let join = async |name: &str, woman, outside| {
            let new = NewMember {
                name: name.to_owned(),
                passphrase: PASSPHRASE.to_owned(),
                roles: vec![Role::FocalPoint],
            };
            let id = people::join(&self.house, new, None).await.expect("joined");
            people::train_focal_point(&self.house, id, woman, outside, PASSPHRASE, None)
                .await
                .expect("trained");
        };
        join("rose", true, false).await;
        join("amir", false, true).await;
        people::confirm_sealed_door(&self.house, "+50900000099", "clinic, shelter", None)
            .await
            .expect("confirmed");
    }
}

const PASSPHRASE: &str = "four small plain words";

fn code_in(text: &str) -> Code {
    let words = text.split(|c: char| c.is_whitespace() || c == ':' || c == ',');
    let mut codes = words.filter_map(|word| word.trim_end_matches('.').parse().ok());
    codes.next().unwrap_or_else(|| panic!("no code in {text}"))
}

async fn heard_on_page(home: &Home, number: &str, word: &str) -> Code {
    let inbound = Inbound {
        channel: "page",
        words: "Wout la bloke".to_owned(),
        number: Some(number.to_owned()),
        chosen_word: Some(word.to_owned()),
        codes_only: true,
        ..Inbound::default()
    };
    hear(&home.house, inbound).await.expect("heard").code.parse().expect("a code")
}

#[tokio::test]
async fn whoever_types_a_strangers_number_gets_nothing_of_theirs() {
    for home in homes().await {
        let before = heard_on_page(&home, NUMBER, "zaboka").await;
        let own = home.told(NUMBER, "Nou bezwen dlo").await;
        let after = heard_on_page(&home, NUMBER, "zaboka").await;
        let person = home.voice_of(&own).await.person.expect("somebody");
        for typed in [&before, &after] {
            assert_ne!(home.voice_of(typed).await.person, Some(person));
        }
        assert!(!acts::word_holds(&home.house, person, "zaboka").await.expect("read"));
        assert!(!acts::codes_only(&home.house, person).await.expect("read"));
        // With the typed word the phone erases what was typed with it, and no more.
        let reply = home.ask(NUMBER, "BLIYE zaboka").await.join("");
        assert!(home.voice_of(&before).await.erased && home.voice_of(&after).await.erased);
        assert!(!home.voice_of(&own).await.erased);
        assert!(reply.contains("24"), "the rest waits its day, and is said to: {reply}");
        home.pass(DAY_MS + 1);
        forget::due(&home.house).await.expect("done");
        assert!(home.voice_of(&own).await.erased);
    }
}

#[tokio::test]
async fn a_number_left_on_the_page_may_answer_and_be_forgotten() {
    for home in homes().await {
        let code = heard_on_page(&home, NUMBER, "zaboka").await;
        home.delivered(&code).await;
        assert_eq!(home.replies(NUMBER).await.len(), 1);
        home.ask(NUMBER, "WI").await;
        assert_eq!(home.voice_of(&code).await.status, "confirmed");
        home.ask(NUMBER, "BLIYE").await;
        home.pass(DAY_MS + 1);
        forget::due(&home.house).await.expect("done");
        assert!(home.voice_of(&code).await.erased);
        let left = home.house.store().read("SELECT 1 FROM choices", vec![]).await.expect("read");
        assert!(left.is_empty(), "the number's keyed hash goes with its last voice");
    }
}

#[tokio::test]
async fn a_word_is_set_once_and_a_late_one_waits_its_day() {
    let home = home().await;
    let code = home.told(NUMBER, "Nou bezwen dlo").await;
    home.pass(2 * HOUR_MS);
    home.ask(NUMBER, "MO chat").await;
    // Whoever took the phone cannot erase at once, nor change the word without the old one.
    home.ask(NUMBER, "MO chen").await;
    let taken = home.ask(NUMBER, "BLIYE chen").await;
    assert_ne!(code_in(&taken[0]), code, "it is heard, because nothing is lost");
    home.ask(NUMBER, "BLIYE chat").await;
    assert!(!home.voice_of(&code).await.erased, "chosen two hours later, it waits");
    home.pass(DAY_MS);
    home.ask(NUMBER, "MO chat chen").await;
    home.ask(NUMBER, "BLIYE chat").await;
    assert!(!home.voice_of(&code).await.erased, "the old word holds no more");
    home.ask(NUMBER, "BLIYE chen").await;
    assert!(home.voice_of(&code).await.erased);
    // Chosen at first contact it works at once, also as the very first message.
    home.ask(OTHER, "MO flè").await;
    let code = home.told(OTHER, "Nou bezwen manje").await;
    home.ask(OTHER, "BLIYE flè").await;
    assert!(home.voice_of(&code).await.erased);
}

#[tokio::test]
async fn short_answers_and_bitter_words_are_heard() {
    let home = home().await;
    for said in ["12 people", "20 malade", "Bliye nou", "Mò toupatou", "mo anba kay moun mouri"] {
        let code = home.told(OTHER, said).await;
        let words = queries::words(&home.house, home.voice_of(&code).await.id).await;
        assert_eq!(words.expect("read").expect("kept").words, said);
    }
}

#[tokio::test]
async fn a_sealed_report_is_answered_like_any_voice() {
    for home in homes().await {
        home.open_door().await;
        let ordinary = home.told(NUMBER, "Nou bezwen manje").await;
        home.ask(OTHER, "9").await;
        let secret = home.told(OTHER, "Mesye ki bay manje a mande tifi yo bagay").await;
        assert!(home.voice_of(&secret).await.sealed);
        let both = async |text: &str| {
            let said = async |from: &str, code: &Code| {
                let text = text.replace("CODE", &code.to_string());
                home.ask(from, &text).await.join("\n").replace(&code.to_string(), "")
            };
            let (a, b) = (said(NUMBER, &ordinary).await, said(OTHER, &secret).await);
            assert_eq!(a, b, "{text}");
            assert!(!a.is_empty(), "{text} is answered");
        };
        for text in ["CODE", "WI CODE", "NON CODE", "KENBE", "BLIYE CODE", "KENBE", "BLIYE CODE"] {
            both(text).await;
        }
        home.pass(DAY_MS + 1);
        forget::due(&home.house).await.expect("done");
        both("CODE").await;
        let (a, b) = (home.voice_of(&ordinary).await, home.voice_of(&secret).await);
        assert!(a.erased && b.erased, "both codes show a forgotten voice");
        assert_eq!(sealed::reports(&home.house).await.expect("read").len(), 1, "it is still there");
        // A stranger who found the code learns as little.
        let found = async |code: &Code| home.ask("+50937000009", &format!("WI {code}")).await;
        assert_eq!(found(&ordinary).await, found(&secret).await);
    }
}

#[tokio::test]
async fn a_code_tells_nothing_to_another_phone() {
    for home in homes().await {
        home.open_door().await;
        home.ask(OTHER, "9").await;
        let secret = home.told(OTHER, "Mesye ki bay manje a mande tifi yo bagay").await;
        let id = home.voice_of(&secret).await.id;
        let mut strangers = Vec::new();
        for n in 0..160 {
            let number = format!("+509380{n:05}");
            if !sealed::may_be_from(&home.house, id, &number).await.expect("read") {
                strangers.push(number);
            }
        }
        assert!((120..160).contains(&strangers.len()), "about one in sixteen fits: no proof");
        for text in
            [format!("BLIYE {secret}"), "MO chat".to_owned(), format!("BLIYE {secret} chat")]
        {
            home.ask(&strangers[0], &text).await;
        }
        home.pass(DAY_MS + 1);
        forget::due(&home.house).await.expect("done");
        assert!(!home.voice_of(&secret).await.erased, "as a stranger's ordinary voice");
        assert!(sealed::may_be_from(&home.house, id, OTHER).await.expect("read"));
    }
}

/// Whoever holds the phone types its number on the page, with a word of their own.
#[tokio::test]
async fn a_word_that_was_left_on_the_page_tells_no_report_from_a_voice() {
    let home = home().await;
    home.open_door().await;
    let ordinary = home.told(OTHER, "Nou bezwen dlo").await;
    home.ask(OTHER, "9").await;
    let secret = home.told(OTHER, "Yon bagay ki rive m").await;
    heard_on_page(&home, OTHER, "zaboka").await;
    for code in [&ordinary, &secret] {
        let reply = home.ask(OTHER, &format!("BLIYE {code} zaboka")).await.join("");
        assert_ne!(code_in(&reply), *code, "it is heard as words: {reply}");
        assert!(!home.voice_of(code).await.erased);
    }
    // With the number's own word both are forgotten at once.
    home.ask(OTHER, "MO chat").await;
    for code in [&ordinary, &secret] {
        home.ask(OTHER, &format!("BLIYE {code} chat")).await;
        assert!(home.voice_of(code).await.erased);
    }
}

#[tokio::test]
async fn danger_that_could_not_be_kept_rings_when_it_is_sent_again() {
    let home = home().await;
    home.open_door().await;
    alarms::set_on_call(&home.house, "+50937999999").await.expect("set");
    let report = sealed::Report {
        words: "Moun mouri anba kay la".to_owned(),
        language: "ht".to_owned(),
        channel: "page".to_owned(),
        ..sealed::Report::default()
    };
    let gone = async |sql: &str| {
        let statement = store::Statement::new(sql.to_owned(), vec![]);
        home.house.store().run(vec![statement]).await.expect("done");
    };
    gone("ALTER TABLE sensitive_log RENAME TO away").await;
    sealed::hear(&home.house, &report, None).await.expect_err("it cannot be kept");
    gone("ALTER TABLE away RENAME TO sensitive_log").await;
    sealed::hear(&home.house, &report, None).await.expect("kept");
    assert_eq!(home.replies("+50937999999").await.len(), 1);
}

#[tokio::test]
async fn a_word_that_is_a_day_old_proves_nothing_on_a_page_either() {
    let home = home().await;
    let code = home.told(NUMBER, "Nou bezwen dlo").await;
    home.pass(2 * HOUR_MS);
    home.ask(NUMBER, "MO chat").await;
    let erase = async || {
        let path = format!("/follow/{}/erase", code.plain());
        home.asks(None, &path, Some("word=chat")).await
    };
    let (_, _, page) = erase().await;
    assert!(page.contains("poko gen yon jou") || page.contains("less than a day"), "{page}");
    let id = home.voice_of(&code).await.id;
    let form = format!("what=erase&code={}&word=chat", code.plain());
    let desk = format!("/desk/voices/{id}/erase");
    assert_eq!(home.asks(Some(Role::Operator), &desk, Some(&form)).await.0, 403);
    assert!(!home.voice_of(&code).await.erased);
    home.pass(DAY_MS);
    erase().await;
    assert!(home.voice_of(&code).await.erased);
}

#[tokio::test]
async fn a_gateways_retry_does_not_undo_a_choice() {
    let home = home().await;
    for _ in 0..2 {
        home.sends(NUMBER, "KOD", "same").await;
    }
    assert_eq!(home.replies(NUMBER).await.len(), 1);
    let receipt = home.ask(NUMBER, "Nou bezwen dlo").await.join("");
    assert_eq!(receipt, code_in(&receipt).to_string(), "still codes only");
}

#[tokio::test]
async fn numbers_of_whom_nothing_is_known_are_answered_alike() {
    let home = home().await;
    home.told(NUMBER, "Nou bezwen manje").await;
    for text in ["BLIYE", "KENBE", "KANPE", "BLIYE", "EDE"] {
        let known = home.ask(NUMBER, text).await;
        assert_eq!(known, home.ask("+50937000007", text).await, "{text}");
    }
}

#[tokio::test]
async fn the_last_focal_point_stands_down_and_nothing_is_lost() {
    let home = home().await;
    home.open_door().await;
    home.ask(NUMBER, "9").await;
    let ids = home.house.store().read("SELECT id FROM members_1", vec![]).await.expect("read");
    for row in ids {
        people::stand_down(&home.house, row.id(0), None).await.expect("stood down");
    }
    let code = home.told(NUMBER, "Yon bagay sekrè").await;
    let voice = home.voice_of(&code).await;
    assert!(voice.held && !voice.sealed, "only a focal point will see it");
}

#[tokio::test]
async fn danger_promises_a_call_only_when_there_is_somebody_to_call() {
    let home = home().await;
    home.open_door().await;
    let alone = home.ask(NUMBER, "9 moun mouri anba kay la").await.join("");
    alarms::set_on_call(&home.house, "+50937999999").await.expect("set");
    let called = home.ask(NUMBER, "9 moun mouri anba kay la").await.join("");
    assert_ne!(
        alone.replace(&code_in(&alone).to_string(), ""),
        called.replace(&code_in(&called).to_string(), "")
    );
    assert!(alone.contains("114") && called.contains("114"));
    // Danger that only focal points may read fetches one at once, and says nothing of it.
    home.ask(OTHER, "9").await;
    home.sends(OTHER, "Moun mouri anba kay la", "danger").await;
    let rung = home.replies("+50937999999").await;
    assert_eq!(rung.len(), 1, "{rung:?}");
    assert!(rung[0].contains("focal point"), "{rung:?}");
    // One call brings somebody to all that came meanwhile.
    let again = async |id: &str| {
        home.ask(OTHER, "9").await;
        home.sends(OTHER, "Moun mouri anba kay la", id).await;
        home.replies("+50937999999").await.len()
    };
    assert_eq!(again("danger again").await, 0);
    home.pass(11 * MINUTE_MS);
    assert_eq!(again("danger later").await, 1);
}

#[tokio::test]
async fn danger_that_a_phone_sent_late_rings_all_the_same() {
    let home = home().await;
    alarms::set_on_call(&home.house, "+50937999999").await.expect("set");
    let sms = Sms {
        from: NUMBER.to_owned(),
        text: "9 moun mouri anba kay la".to_owned(),
        sent_ms: Some(home.house.now_ms() - 3 * DAY_MS),
        ..Sms::default()
    };
    receive(&home.house, &sms).await.expect("taken");
    home.pass(11 * MINUTE_MS);
    assert_eq!(alarms::ring(&home.house).await.expect("rung"), 1);
}

#[tokio::test]
async fn old_lists_ring_for_nobody() {
    let home = home().await;
    alarms::set_on_call(&home.house, "+50937999999").await.expect("set");
    for (channel, days) in [("import", 0), ("paper", 3), ("sms", 0)] {
        let inbound = Inbound {
            channel,
            words: "9 moun mouri anba kay la".to_owned(),
            said_ms: Some(home.house.now_ms() - days * DAY_MS),
            number: (channel == "sms").then(|| NUMBER.to_owned()),
            ..Inbound::default()
        };
        hear(&home.house, inbound).await.expect("heard");
    }
    home.pass(11 * MINUTE_MS);
    assert_eq!(alarms::ring(&home.house).await.expect("rung"), 1);
}

#[tokio::test]
async fn codes_only_reaches_every_reply_about_a_voice() {
    let home = home().await;
    home.ask(NUMBER, "KOD").await;
    let receipt = home.ask(NUMBER, "Nou bezwen dlo").await.join("");
    assert_eq!(receipt, code_in(&receipt).to_string(), "the code and nothing else");
    let code = code_in(&receipt);
    home.delivered(&code).await;
    assert!(!home.replies(NUMBER).await.join("").contains("Kamyon"));
    assert_eq!(home.ask(NUMBER, "NON").await, [code.to_string()]);
    home.ask(NUMBER, "KOD").await;
    assert!(home.ask(NUMBER, "Nou bezwen manje").await.join("").len() > 40, "words again");
}

#[tokio::test]
async fn a_no_is_kept_with_its_message_or_not_at_all() {
    for home in homes().await {
        let code = home.told(NUMBER, "Nou bezwen dlo").await;
        home.delivered(&code).await;
        home.replies(NUMBER).await;
        for _ in 0..2 {
            home.sends(NUMBER, "NON", "same").await;
        }
        let voice = home.voice_of(&code).await;
        assert_eq!((voice.noes, voice.status.as_str()), (1, "said_not_done"));
        assert_eq!(home.replies(NUMBER).await.len(), 1, "told once");
        let total = home.house.store().totals_of("voice", Id::NONE).await.expect("read");
        let heard = total.iter().find(|t| t.key == "heard").map_or(0, |t| t.n);
        assert_eq!(heard, 1, "the gateway's retry is no new voice");
    }
}

#[tokio::test]
async fn a_number_that_cannot_be_reached_keeps_nobody_waiting() {
    let home = home().await;
    home.sends("+50911111111", "Nou bezwen dlo", "bad").await;
    home.pass(1000);
    home.sends(NUMBER, "Nou bezwen dlo", "good").await;
    for round in 0..3 {
        let leased = lease(&home.house, 1).await.expect("leased");
        let [message] = leased.as_slice() else { panic!("round {round}: {leased:?}") };
        if message.to == NUMBER {
            handed(&home.house, &[message.id]).await.expect("handed");
        } else {
            failed(&home.house, &[(message.id, Missed::Refused)]).await.expect("noted");
        }
        // The worker's pause is shorter than the rest of what was refused.
        home.pass(if round == 0 { 5_000 } else { HOUR_MS });
    }
    let leased = lease(&home.house, 1).await.expect("leased");
    let refused: Vec<_> = leased.iter().map(|message| (message.id, Missed::Refused)).collect();
    failed(&home.house, &refused).await.expect("noted");
    let backlog = crate::voices::outbound::backlog(&home.house).await.expect("read");
    assert_eq!((backlog.waiting, backlog.given_up), (0, 1));
}

#[tokio::test]
async fn a_gateway_that_was_away_is_no_refusal() {
    let home = home().await;
    home.sends(NUMBER, "Nou bezwen dlo", "away").await;
    let miss = async |why| {
        let leased = lease(&home.house, 1).await.expect("leased");
        let missed: Vec<_> = leased.iter().map(|message| (message.id, why)).collect();
        failed(&home.house, &missed).await.expect("noted");
        home.pass(HOUR_MS);
    };
    for _ in 0..5 {
        miss(Missed::Away).await;
    }
    miss(Missed::Refused).await;
    let backlog = crate::voices::outbound::backlog(&home.house).await.expect("read");
    assert_eq!((backlog.waiting, backlog.given_up), (1, 0), "it is refused once, not six times");
}

#[tokio::test]
async fn another_machine_that_answers_everything_makes_no_endless_loop() {
    let home = home().await;
    let mut replies = 0;
    for n in 0..40 {
        replies +=
            home.ask(NUMBER, &format!("Your balance is {n} gourdes, buy more now")).await.len();
    }
    assert_eq!(replies, 30);
    let total = home.house.store().totals_of("voice", Id::NONE).await.expect("read");
    assert_eq!(total.iter().find(|t| t.key == "heard").map_or(0, |t| t.n), 40, "all are kept");
}

#[tokio::test]
async fn what_a_program_sends_stays_out_of_the_open_half() {
    let home = home().await;
    let say = async |id: &str, words: &str, language: &str| {
        let inbound = Inbound {
            channel: "api",
            words: words.to_owned(),
            language: Some(language.to_owned()),
            message_id: Some(("api".to_owned(), id.to_owned())),
            ..Inbound::default()
        };
        hear(&home.house, inbound).await.expect("heard")
    };
    let heard = say("1", "Nou bezwen dlo pou bwè", "my name is Marlène\0").await;
    let voice = home.voice_of(&heard.code.parse().expect("a code")).await;
    assert_eq!(voice.language, "ht");
    // Two programs that both count from one are two people.
    let other = say("1", "We need food", "en").await;
    assert_ne!(other.code, heard.code);
    assert!(say("1", "We need food", "en").await.again);
}
