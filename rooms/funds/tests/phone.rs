//! Asking for money with the cheapest phone, on both engines: the whole dialogue, odd answers,
//! danger in the middle, a process that dies, two phones, a gateway that tells things twice, and
//! forgetting.

use page::{Lang, Tongue};
use record::{DAY_MS, Id};
use words::{gsm7, sms_length};

use super::home::{Home, home, homes, yes};
use crate::door::House;
use crate::funds::queries;
use crate::funds::records::ApplicationPointed;
use crate::funds::views::Application;
use crate::voices::dialogue::{self, DIALOGUE_MS};
use crate::voices::outbound::{handed, lease};
use crate::voices::sms::{Sms, receive};
use crate::voices::{Code, forget};

const PHONE: &str = "+50937000001";
const OTHER: &str = "+50937000002";
const ANSWERS: [&str; 5] = ["1 Fanm Pelikan", "Two water trucks. Until May.", "0", "1500", "80"];

async fn sends(house: &House, from: &str, text: &str, id: &str) {
    let sms = Sms {
        gateway: "test".to_owned(),
        id: id.to_owned(),
        from: from.to_owned(),
        text: text.to_owned(),
        sent_ms: None,
    };
    receive(house, &sms).await.expect("the SMS is taken");
}

/// What waits to be sent, with its number.
async fn waiting(house: &House) -> Vec<(String, String)> {
    let leased = lease(house, 100).await.expect("leased");
    let ids: Vec<Id> = leased.iter().map(|message| message.id).collect();
    handed(house, &ids).await.expect("handed");
    leased.into_iter().map(|message| (message.to, message.text)).collect()
}

/// Sends an SMS; the one that answers it.
async fn ask(house: &House, from: &str, text: &str) -> String {
    sends(house, from, text, &Id::fresh(0).to_string()).await;
    let mut told = waiting(house).await;
    assert_eq!(told.len(), 1, "{text}: {told:?}");
    let (to, words) = told.remove(0);
    assert_eq!(to, from);
    words
}

async fn open(home: &Home) -> Id {
    let window = home.window(|_| {}).await;
    home.filled(window, 1_000_000).await;
    home.pass(2);
    window
}

fn code_in(text: &str) -> Code {
    let words = text.split(|c: char| c.is_whitespace() || ".:,".contains(c));
    let mut codes = words.filter_map(|word| word.parse().ok());
    codes.next().unwrap_or_else(|| panic!("no code in {text}"))
}

async fn of(home: &Home, window: Id) -> Vec<Application> {
    queries::applications_of(&home.house, window).await.expect("read")
}

#[tokio::test(flavor = "multi_thread")]
async fn six_messages_are_an_application_and_its_phone_hears_what_was_decided() {
    for home in homes().await {
        let window = open(&home).await;
        let pelikan = home.drawn("Pelikan").await;
        let dialogue = [
            ("Fon 1", "Ki gwoup"),
            ("1 Fanm Pelikan", "Kisa n ap fè"),
            ("De kamyon dlo. Chak maten jiska me.", "Ki kote"),
            ("pelikan", "6\u{a0}000 USD"),
            ("1500 USD", "Pou konbe moun"),
        ];
        for (text, expected) in dialogue {
            let answer = ask(&home.house, PHONE, text).await.replace(' ', "\u{a0}");
            let expected = gsm7(expected).replace(' ', "\u{a0}");
            assert!(answer.contains(&expected), "{text}: {answer}");
        }
        let receipt = ask(&home.house, PHONE, "80").await;
        let code = code_in(&receipt);
        assert!(receipt.contains("F-1"), "{receipt}");
        let all = of(&home, window).await;
        let [known] = all.as_slice() else { panic!("{all:?}") };
        let made = &known.made;
        assert_eq!((made.channel.as_str(), made.amount_minor, made.people), ("sms", 150_000, 80));
        assert_eq!((known.area, made.body), (Some(pelikan), None));
        assert_eq!(made.what, "De kamyon dlo");
        assert_eq!(home.kept("SELECT 1 FROM dialogues").await, 0, "it has ended");
        assert_eq!(home.kept("SELECT 1 FROM claims WHERE space = 'turn'").await, 0);
        // The code shows it on the page and by SMS; the desk sees how it came, and no number.
        let path = format!("/money/application?code={}&lang=en", code.plain());
        let (_, _, page) = home.asks(None, &path, None).await;
        assert!(page.contains("De kamyon dlo"), "{page}");
        let status = ask(&home.house, PHONE, &code.to_string()).await;
        assert!(status.contains("F-1") && status.contains(&code.to_string()), "{status}");
        let who = format!("committee.{}.Wilner", home.committee);
        let path = format!("/desk/application/{}?lang=en", known.id);
        let (_, _, page) = home.asks(Some(&who), &path, None).await;
        assert!(page.contains("by SMS") && !page.contains("37000001"), "{page}");
        decided(&home, known.id, &code).await;
    }
}

/// Vouched for and closed: the phone is told what was decided.
async fn decided(home: &Home, id: Id, code: &Code) {
    for (body, name) in [(home.women, "Rose"), (home.club, "Jean")] {
        let actor = super::home::of(name, body);
        crate::funds::acts::vouch(&home.house, id, body, actor).await.expect("vouched");
    }
    home.pass(10);
    home.scores(id, "Ines", [4, 3]).await;
    let mut verdict = yes(150_000);
    // Whoever asked named no need: the desk reads the plan and does.
    assert_eq!(home.decides(id, verdict.clone()).await, Err("funds-no-need"));
    let needs = vec![Id::named("need", "water")];
    let pointed = ApplicationPointed { needs, decision: None };
    crate::funds::acts::point(&home.house, id, pointed, home.keeper()).await.expect("named");
    assert_eq!(home.decides(id, verdict.clone()).await, Ok(()));
    let told = waiting(&home.house).await;
    let [(to, words)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(to, PHONE);
    assert!(words.contains(&code.to_string()) && words.contains("most of those"), "{words}");
    // The code says the same to whoever sends it later.
    assert_eq!(&ask(&home.house, PHONE, &code.to_string()).await, words);
    // What is refused tells nobody anything.
    verdict.funded = false;
    assert_eq!(home.decides(id, verdict).await, Err("funds-decided"));
    assert!(waiting(&home.house).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_is_told_with_its_reason_and_the_day_for_an_appeal() {
    let home = home().await;
    let window = open(&home).await;
    ask(&home.house, PHONE, "FUND 1").await;
    for text in ANSWERS {
        ask(&home.house, PHONE, text).await;
    }
    let id = of(&home, window).await[0].id;
    for (body, name) in [(home.women, "Rose"), (home.club, "Jean")] {
        let actor = super::home::of(name, body);
        crate::funds::acts::vouch(&home.house, id, body, actor).await.expect("vouched");
    }
    home.pass(10);
    let mut verdict = yes(0);
    verdict.funded = false;
    verdict.would_change = "A plan for the days after.".to_owned();
    assert_eq!(home.decides(id, verdict).await, Ok(()));
    let told = waiting(&home.house).await;
    assert!(told[0].1.contains("no money") && told[0].1.contains("Appeal"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_cannot_be_used_says_what_to_send_and_keeps_the_place() {
    for home in homes().await {
        let window = open(&home).await;
        for (text, expected) in [
            ("FUND", "FUND 1"),
            ("FUND 7", "no money window 7"),
            ("Fund W-1", "Which group"),
            ("Fanm Pelikan", "Begin with a digit"),
            ("1 Fanm Pelikan", "What will you do"),
            ("Call +50937000009", "Everybody may read it"),
            ("FUND 7", "no money window 7"),
            ("FUND", "What will you do"),
            ("Offer two water trucks. Until May.", "Where?"),
            ("Mars", "do not know this place"),
            ("0", "How much money"),
            ("1,500", "cannot read"),
            ("1500 HTG", "pays in USD"),
            ("7000", "more than one application"),
            ("1500", "how many people"),
            ("4", "at least 5"),
            ("FUND 1", "Which group"),
            ("FUND STOP", "nothing of it is kept"),
        ] {
            let answer = ask(&home.house, PHONE, text).await;
            let expected = expected.to_lowercase();
            assert!(answer.to_lowercase().contains(&expected), "{text}: {answer}");
        }
        assert!(of(&home, window).await.is_empty());
        assert_eq!(home.kept("SELECT 1 FROM dialogues").await, 0);
        // Without a dialogue the same words are a voice like any other.
        code_in(&ask(&home.house, PHONE, "1 Fanm Pelikan").await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_tells_something_else_meanwhile_is_heard() {
    for home in homes().await {
        let window = open(&home).await;
        for text in ["FON 1", ANSWERS[0], ANSWERS[1], ANSWERS[2]] {
            ask(&home.house, PHONE, text).await;
        }
        // One sounds urgent, one has no digit: neither is a slip of somebody who types an amount.
        for text in ["Malad yo ap mouri", "Wout la bloke depi maten isit la"] {
            let heard = ask(&home.house, PHONE, text).await;
            assert!(heard.contains("Kòd"), "{text}: {heard}");
        }
        let slip = ask(&home.house, PHONE, "mil dola").await;
        assert!(slip.contains("USD") && !slip.contains("Kòd"), "{slip}");
        for text in &ANSWERS[3..] {
            ask(&home.house, PHONE, text).await;
        }
        assert_eq!(of(&home, window).await.len(), 1, "the place was kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn danger_and_commands_come_before_the_dialogue() {
    for home in homes().await {
        let window = open(&home).await;
        ask(&home.house, PHONE, "FUND 1").await;
        let danger = ask(&home.house, PHONE, "9 moun mouri anba kay la").await;
        assert!(danger.contains("114"), "{danger}");
        let sealed = ask(&home.house, PHONE, "9").await;
        assert!(sealed.contains("114"), "nobody is behind the door here: {sealed}");
        let help = ask(&home.house, PHONE, "HELP").await;
        assert!(help.contains("114"), "{help}");
        let status = ask(&home.house, PHONE, &code_in(&danger).to_string()).await;
        assert!(status.contains(&code_in(&danger).to_string()), "{status}");
        for text in ANSWERS {
            ask(&home.house, PHONE, text).await;
        }
        assert_eq!(of(&home, window).await.len(), 1, "the place was kept");
        ask(&home.house, PHONE, "FUND 1").await;
        ask(&home.house, PHONE, "STOP").await;
        assert_eq!(home.kept("SELECT 1 FROM dialogues").await, 0);
        assert_eq!(home.kept("SELECT 1 FROM followed").await, 0, "nobody writes again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_process_goes_on_where_the_last_one_died_and_nothing_counts_twice() {
    for home in homes().await {
        let window = open(&home).await;
        ask(&home.house, PHONE, "FUND 1").await;
        sends(&home.house, PHONE, ANSWERS[0], "same").await;
        let first = waiting(&home.house).await;
        let other = home.other().await;
        for house in [&home.house, &other] {
            sends(house, PHONE, ANSWERS[0], "same").await;
            assert!(waiting(house).await.is_empty(), "the gateway told it again");
        }
        assert!(first[0].1.contains("What will you do"), "{first:?}");
        // A second phone asks between two answers of the first.
        ask(&other, OTHER, "FUND 1").await;
        for text in &ANSWERS[1..] {
            ask(&other, PHONE, text).await;
        }
        for text in ANSWERS {
            ask(&home.house, OTHER, text).await;
        }
        let all = of(&home, window).await;
        let numbers: Vec<i64> = all.iter().map(|known| known.made.number).collect();
        assert_eq!(numbers, [1, 2]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_last_answers_at_once_are_one_application() {
    for home in homes().await {
        let window = open(&home).await;
        let other = home.other().await;
        ask(&home.house, PHONE, "FUND 1").await;
        for text in &ANSWERS[..4] {
            ask(&home.house, PHONE, text).await;
        }
        tokio::join!(sends(&home.house, PHONE, "80", "a"), sends(&other, PHONE, "80", "b"));
        assert_eq!(of(&home, window).await.len(), 1);
        // Two phones that end at the same moment are two, each with its own number.
        for phone in [PHONE, OTHER] {
            ask_all_but_the_last(&home, phone).await;
        }
        tokio::join!(sends(&home.house, PHONE, "80", "c"), sends(&other, OTHER, "80", "d"));
        let numbers: Vec<i64> = of(&home, window).await.iter().map(|a| a.made.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
    }
}

async fn ask_all_but_the_last(home: &Home, phone: &str) {
    waiting(&home.house).await;
    ask(&home.house, phone, "FUND 1").await;
    for text in &ANSWERS[..4] {
        ask(&home.house, phone, text).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_to_be_forgotten_leaves_nothing_of_it() {
    for home in homes().await {
        let window = open(&home).await;
        ask(&home.house, PHONE, "FUND 1").await;
        for text in ANSWERS {
            ask(&home.house, PHONE, text).await;
        }
        ask(&home.house, PHONE, "FUND 1").await;
        ask(&home.house, PHONE, ANSWERS[0]).await;
        let sealed = home.sealed().await;
        assert_eq!(sealed.len(), 2, "what is half said, and whom to tell");
        ask(&home.house, PHONE, "ERASE").await;
        assert_eq!(home.kept("SELECT 1 FROM dialogues").await, 0, "at once");
        assert_eq!(home.kept("SELECT 1 FROM claims WHERE space = 'turn'").await, 0);
        home.pass(2);
        forget::due(&home.house).await.expect("done");
        assert_eq!(home.kept("SELECT 1 FROM followed").await, 0);
        assert_eq!(home.kept("SELECT 1 FROM claims WHERE space = 'number'").await, 0);
        home.house.store().housekeep_now().await.expect("done");
        let left = sealed.iter().filter(|bytes| home.on_disk(bytes)).count();
        assert_eq!(left, 0, "nor in any file of the node");
        assert_eq!(of(&home, window).await.len(), 1, "the group's own application stays");
        // Nobody is told any more.
        let id = of(&home, window).await[0].id;
        let told = dialogue::follower(&home.house, id).await.expect("read");
        assert_eq!(told, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dialogue_lapses_and_one_in_a_window_that_closes_ends() {
    for home in homes().await {
        home.window(|terms| {
            terms.closes_day += 30;
            terms.decides_day += 30;
        })
        .await;
        home.pass(2);
        ask(&home.house, PHONE, "FUND 1").await;
        home.pass(DIALOGUE_MS / DAY_MS + 1);
        let answer = ask(&home.house, PHONE, ANSWERS[0]).await;
        assert_eq!(home.kept("SELECT 1 FROM voices_2").await, 1, "heard as a voice: {answer}");
        forget::due(&home.house).await.expect("done");
        assert_eq!(home.kept("SELECT 1 FROM dialogues").await, 0);
        let window = home.window(|terms| terms.closes_day = terms.opens_day + 3).await;
        let early = ask(&home.house, PHONE, "FUND 2").await;
        assert!(early.contains("not today"), "{early}");
        home.pass(2);
        ask(&home.house, PHONE, "FUND 2").await;
        home.pass(4);
        let shut = ask(&home.house, PHONE, ANSWERS[0]).await;
        assert!(shut.contains("not today"), "{shut}");
        assert!(of(&home, window).await.is_empty());
        assert_eq!(home.kept("SELECT 1 FROM dialogues").await, 0, "no later word is lost in it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_too_often_waits_and_loses_no_answer() {
    let home = home().await;
    let window = open(&home).await;
    for n in 0..7_u8 {
        // Several phones' worth of replies are not counted here: only what is recorded is.
        sends(&home.house, PHONE, "FUND 1", &format!("{n} opens")).await;
        for (at, text) in ANSWERS.iter().enumerate() {
            sends(&home.house, PHONE, text, &format!("{n} {at}")).await;
        }
    }
    assert_eq!(of(&home, window).await.len(), 6);
    home.pass(1);
    waiting(&home.house).await;
    assert!(ask(&home.house, PHONE, "80").await.contains("F-7"), "the last answer again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_windows_page_says_how_in_six_languages() {
    let home = home().await;
    open(&home).await;
    home.reachable_by_sms("+50931234567").await;
    for (lang, word) in [
        ("en", "FUND"),
        ("fr", "FONDS"),
        ("es", "FONDO"),
        ("ht", "FON"),
        ("sw", "MFUKO"),
        ("ar", "صندوق"),
    ] {
        let (_, _, page) = home.asks(None, &format!("/money/1?lang={lang}"), None).await;
        assert!(page.contains(word) && page.contains("+50931234567"), "{lang}: {page}");
        let answer = ask(&home.house, PHONE, &format!("{word} 1")).await;
        assert_eq!(home.kept("SELECT 1 FROM dialogues").await, 1, "{word}: {answer}");
        assert!(sms_length(&answer).parts <= 2, "{answer}");
        ask(&home.house, PHONE, &format!("{word} STOP")).await;
    }
}

#[test]
fn every_sms_fits_one_part_and_in_arabic_two() {
    let all: Vec<_> = crate::texts().chain([page::KIT_TEXTS]).flatten().copied().collect();
    let texts: &'static page::Texts = Box::leak(Box::new(page::Texts::new(&all).expect("sound")));
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let t = Tongue::new(lang, texts);
        let statuses = ["waits", "received", "scored", "routed", "appealed"];
        let said = statuses.map(|status| t.say(&format!("funds-status-{status}")));
        let status = said.into_iter().max_by_key(|said| said.len()).unwrap_or_default();
        let amount = crate::funds::pages::parts::amount(t, 60_000_050, "USD");
        let day = crate::funds::pages::parts::day(t, 20_811);
        let args = [
            ("number", "1234"),
            ("code", "K7M4-QX2R"),
            ("most", &amount),
            ("amount", &amount),
            ("currency", "USD"),
            ("few", "5"),
            ("areas", &"x".repeat(90)),
            ("reason", &"x".repeat(56)),
            ("status", &status),
            ("day", &day),
            ("opens", &day),
            ("closes", &day),
        ];
        let args: Vec<(&str, page::Arg)> = args.iter().map(|(n, v)| (*n, (*v).into())).collect();
        for key in texts.keys(Lang::En).filter(|key| key.starts_with("sms-funds-")) {
            let text = gsm7(&t.with(key, &args));
            let most = if lang == Lang::Ar { 2 } else { 1 };
            let length = sms_length(&text);
            if length.parts > most {
                wrong.push(format!("{} {key} {length:?}: {text}", lang.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
