//! Every refusal and every code that people read has words in six languages.

use page::{KIT_TEXTS, Lang, Texts, Tongue};

use crate::funds::rules::{DIRECTNESS, MEANS, MECHANISMS, SEATS};

#[test]
fn every_code_has_words_in_six_languages() {
    let sources: Vec<(Lang, &'static str)> =
        KIT_TEXTS.iter().chain(crate::funds::TEXTS).copied().collect();
    let texts: &'static Texts = Box::leak(Box::new(Texts::new(&sources).expect("they parse")));
    let refusals = texts.keys(Lang::En).filter(|key| key.starts_with("refused-"));
    let refusals: Vec<String> = refusals.map(str::to_owned).collect();
    assert!(refusals.len() > 100 && refusals.len().is_multiple_of(2), "each has its advice");
    let of = |prefix: &str, codes: &[&str]| -> Vec<String> {
        codes.iter().map(|code| format!("funds-{prefix}-{code}")).collect()
    };
    let mut keys = refusals;
    keys.extend(of("mechanism", &MECHANISMS));
    keys.extend(of("directness", &DIRECTNESS));
    keys.extend(of("means", &MEANS));
    keys.extend(of("seat", &SEATS));
    keys.extend(of("phase", &["draft", "announced", "open", "closed"]));
    keys.extend(of(
        "status",
        &["waits", "received", "scored", "routed", "appealed", "funded", "declined"],
    ));
    let whys = ["lifted", "full", "ahead", "short", "no_claim", "no_request", "no_giver"];
    keys.extend(of("why", &whys));
    keys.extend(of("payment", &["asked", "paid", "refused"]));
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts);
        for key in &keys {
            assert!(tongue.has(key), "{} {key}", lang.code());
        }
    }
}

#[test]
fn every_refusal_of_this_room_has_words() {
    let known = include_str!("../texts/en.ftl");
    for source in [
        include_str!("../rules/mod.rs"),
        include_str!("../rules/money.rs"),
        include_str!("../rules/purse.rs"),
        include_str!("../rules/window.rs"),
        include_str!("../rules/application.rs"),
        include_str!("../rules/mandate.rs"),
        include_str!("../rules/line.rs"),
        include_str!("../views/purse/take.rs"),
    ] {
        for part in source.split("\"funds-").skip(1) {
            let code = part.split('"').next().expect("a quoted code");
            let keys =
                [format!("refused-funds-{code} ="), format!("refused-funds-{code}-advice =")];
            assert!(keys.iter().all(|key| known.contains(key.as_str())), "funds-{code}");
        }
    }
}
