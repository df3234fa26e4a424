//! Tests of following and of what a person does with their word: a code reads, it never acts; a
//! sealed report looks like any voice.

use record::DAY_MS;

use super::{Home, WORD, home};
use crate::voices::Code;

const SECRETS: [&str; 4] = ["Dlo antre", "legliz", "37000123", "0123"];

async fn act(home: &Home, code: &Code, act: &str, form: &str) -> (u16, String) {
    let answer = home.asks("POST", &format!("/follow/{}/{act}", code.plain()), form).await;
    (answer.status, if answer.to.is_empty() { answer.body } else { answer.to })
}

fn path(code: &Code) -> String {
    format!("/follow/{}", code.plain())
}

#[tokio::test]
async fn a_code_shows_the_way_and_never_the_words() {
    let home = home().await;
    let code = home.hear(None).await;
    for query in ["", "?new=1&danger=1", "?do=see", "?do=erase", "?said=yes", "?lang=ar"] {
        let page = home.page(&format!("{}{query}", path(&code))).await;
        for secret in SECRETS {
            assert!(!page.contains(secret), "{query} shows {secret}");
        }
    }
    let fresh = home.page(&format!("{}?new=1&danger=1", path(&code))).await;
    let (danger, shown) = (fresh.find("114"), fresh.find("code-large"));
    assert!(danger.is_some() && danger < shown, "the emergency number stands first");
    home.answer(&code, "in_progress", "The pump comes on Tuesday").await;
    let page = home.page(&path(&code)).await;
    assert!(page.contains("The pump comes on Tuesday") && page.contains("21 November 2026"));
    home.pass(3 * DAY_MS);
    assert!(home.page(&path(&code)).await.contains("This is late"));
}

#[tokio::test]
async fn a_wrong_word_loses_nothing_that_was_typed() {
    let home = home().await;
    let code = home.hear(None).await;
    let form = "words=The+pump+is+at+the+mosque&word=papaya";
    let (status, page) = act(&home, &code, "correct", form).await;
    assert_eq!(status, 403, "{page}");
    assert!(page.contains("The pump is at the mosque</textarea>"), "{page}");
    assert!(page.contains("aria-invalid") && !page.contains("papaya"), "{page}");
    let (status, page) = act(&home, &code, "correct", &format!("words=+&word={WORD}")).await;
    assert!(status == 422 && page.contains("<textarea"), "{status} {page}");
    let (status, page) = act(&home, &code, "erase", "word=papaya").await;
    assert!(status == 403 && page.contains(&format!("{}/erase", path(&code))), "{page}");
}

#[tokio::test]
async fn a_code_is_followed_however_it_is_typed() {
    let home = home().await;
    let code = home.hear(None).await;
    let typed = code.to_string().to_lowercase().replace('-', "+");
    let answer = home.get(&format!("/follow?lang=ht&code={typed}")).await;
    assert_eq!((answer.status, answer.to), (303, format!("{}?lang=ht", path(&code))));
    let answer = home.get("/follow?code=K7M4").await;
    assert!(answer.status == 422 && answer.body.contains("value=\"K7M4\""));
    assert_eq!(home.get("/follow?code=").await.status, 200);
}

#[tokio::test]
async fn codes_that_are_not_there_are_few() {
    let home = home().await;
    let code = home.hear(None).await;
    let mut wrong = code.plain();
    wrong.replace_range(0..1, if wrong.starts_with('A') { "B" } else { "A" });
    let wrong = home.get(&format!("/follow/{wrong}")).await;
    assert!(wrong.status == 404 && wrong.body.contains("one is mistyped"), "{}", wrong.body);
    for n in 0..20u8 {
        let unknown = Code::from_chance([0, 0, 0, 9, n]);
        // Slips of the hand are not counted.
        assert_eq!(home.get("/follow/ABCD").await.status, 404);
        assert_eq!(home.get(&path(&unknown)).await.status, 404, "{n}");
    }
    assert_eq!(home.get(&path(&Code::from_chance([0, 0, 0, 9, 20]))).await.status, 429);
    assert_eq!(home.get(&path(&code)).await.status, 429, "a hit would tell what misses cannot");
    home.pass(10 * 60 * 1000);
    assert_eq!(home.get(&path(&code)).await.status, 200);
}

#[tokio::test]
async fn a_sealed_report_has_the_page_of_any_voice() {
    let home = home().await;
    let (voice, report) = (home.hear(None).await, home.sealed().await);
    for query in ["", "?new=1", "?do=see", "?do=correct", "?do=withdraw", "?do=erase", "?lang=ar"] {
        let shown = async |code: &Code| {
            let page = home.page(&format!("{}{query}", path(code))).await;
            let grouped = code.to_string().replace('-', " ");
            let (left, right) = grouped.split_once(' ').expect("two groups");
            let large = format!("<span>{left}</span> <span>{right}</span>");
            page.replace(&large, "").replace(&grouped, "").replace(&code.plain(), "")
        };
        assert_eq!(shown(&report).await, shown(&voice).await, "{query}");
        home.pass(DAY_MS);
    }
    for name in ["see", "correct", "withdraw", "erase"] {
        let refused = async |code: &Code| {
            let (status, page) = act(&home, code, name, "word=wrong&words=x").await;
            let grouped = code.to_string().replace('-', " ");
            (status, page.replace(&grouped, "").replace(&code.plain(), ""))
        };
        assert_eq!(refused(&report).await, refused(&voice).await, "{name}");
        assert_eq!(refused(&voice).await.0, 403);
        home.pass(10 * 60 * 1000);
    }
}

#[tokio::test]
async fn a_code_alone_changes_nothing_and_words_are_few() {
    let home = home().await;
    let code = home.hear(None).await;
    home.answer(&code, "delivered", "The pump is there").await;
    let before = home.voice(&code).await;
    for (name, form) in
        [("confirm", "arrived=yes"), ("withdraw", "word="), ("erase", "word=banana"), ("see", "")]
    {
        let (status, body) = act(&home, &code, name, form).await;
        assert_eq!(status, 403, "{name}: {body}");
    }
    for _ in 0..6 {
        assert_eq!(act(&home, &code, "see", "word=banana").await.0, 403);
    }
    let right = format!("word={WORD}");
    assert_eq!(act(&home, &code, "see", &right).await.0, 429, "ten words in ten minutes");
    assert_eq!(home.voice(&code).await, before);
    home.pass(10 * 60 * 1000);
    assert_eq!(act(&home, &code, "see", &right).await.0, 200);
}

#[tokio::test]
async fn an_address_of_an_act_that_is_only_looked_at_leads_to_its_form() {
    let home = home().await;
    let code = home.hear(None).await;
    for (name, to) in [("see", "?do=see"), ("erase", "?do=erase"), ("confirm", "")] {
        let answer = home.get(&format!("{}/{name}?lang=en", path(&code))).await;
        let mark = if to.is_empty() { '?' } else { '&' };
        assert_eq!((answer.status, answer.to), (303, format!("{}{to}{mark}lang=en", path(&code))));
    }
}

#[tokio::test]
async fn the_word_opens_corrects_confirms_and_takes_back() {
    let home = home().await;
    let code = home.hear(None).await;
    let (status, page) = act(&home, &code, "see", "word=Mango").await;
    assert!(status == 200 && page.contains("Dlo antre nan kay la") && page.contains("legliz"));
    assert!(page.contains("<bdi>23</bdi>") && !page.contains("0123"), "{page}");
    let form = format!("word={WORD}&words=De+kay");
    assert_eq!(act(&home, &code, "correct", &form).await.0, 303);
    let page = act(&home, &code, "see", &form).await.1;
    assert!(page.contains("De kay") && !page.contains("Dlo antre"));
    home.pass(10 * 60 * 1000);
    assert!(!home.page(&path(&code)).await.contains("name=\"arrived\""), "nothing is asked yet");
    let no = format!("word={WORD}&arrived=no");
    assert_eq!(act(&home, &code, "confirm", &no).await.0, 409);
    home.answer(&code, "delivered", "The pump is there").await;
    assert!(home.page(&path(&code)).await.contains("name=\"arrived\""));
    let (status, to) = act(&home, &code, "confirm", &no).await;
    assert_eq!((status, to), (303, format!("{}?said=no&lang=en", path(&code))));
    let page = home.page(&path(&code)).await;
    assert!(page.contains("that it was not done"));
    assert_eq!(act(&home, &code, "confirm", &no.replace("no", "perhaps")).await.0, 422);
    home.answer(&code, "delivered", "Now it is there").await;
    assert_eq!(act(&home, &code, "confirm", &no.replace("=no", "=yes")).await.0, 303);
    assert_eq!(home.voice(&code).await.status, "confirmed");
    assert_eq!(act(&home, &code, "withdraw", &no).await.0, 303);
    assert!(home.page(&path(&code)).await.contains("You took this back"));
}

#[tokio::test]
async fn what_was_erased_is_said_to_be_forgotten() {
    let home = home().await;
    let code = home.hear(None).await;
    home.answer(&code, "in_progress", "The pump comes on Tuesday").await;
    home.pass(DAY_MS);
    let erased = act(&home, &code, "erase", &format!("word={WORD}")).await;
    assert_eq!(erased.0, 303, "{}", erased.1);
    let page = home.page(&path(&code)).await;
    assert!(page.contains("Forgotten on <bdi>20 November 2026</bdi>"), "{page}");
    assert!(!page.contains("The pump comes") && !page.contains("?do="));
    assert_eq!(act(&home, &code, "see", &format!("word={WORD}")).await.0, 403);
    let trace = crate::thread::trace(&home.house, &code).await.expect("read").expect("known");
    assert_eq!((trace.status.as_str(), trace.knots.len()), ("erased", 3));
}
