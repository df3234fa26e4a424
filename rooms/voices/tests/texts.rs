//! The SMS texts in every language with the longest values there are: one part each, two in Arabic.

use std::sync::LazyLock;

use page::{KIT_TEXTS, Lang, Texts, Tongue};
use words::{Alphabet, gsm7, sms_length};

use crate::voices::review::{Accepted, NEVER_UNREVIEWED, choose};

/// Longest values: a code, a city of 24 letters, a short and a long number, an hour of minutes.
const LONGEST: [(&str, &str); 5] = [
    ("code", "K7M4-QX2R"),
    ("city", "Dar es Salaam Kinondoni!"),
    ("emergency", "112112"),
    ("number", "+2557000000001"),
    ("minutes", "1440"),
];
/// Texts whose length the desk's own words decide; their beginnings are short.
const WORDED: [(&str, usize); 5] = [
    ("sms-answer", 20),
    ("sms-answer-referred", 45),
    ("sms-answer-asked-back", 65),
    ("sms-asked", 70),
    ("sms-answer-quiet", 160),
];

fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        let sources: Vec<(Lang, &'static str)> =
            KIT_TEXTS.iter().chain(crate::voices::TEXTS).copied().collect();
        Texts::new(&sources).expect("the catalogues parse")
    });
    &TEXTS
}

/// The longest status and the longest weekday of a language.
fn longest(tongue: Tongue, texts: &'static Texts) -> (String, String) {
    let statuses = texts.keys(Lang::En).filter(|key| key.starts_with("voices-status-"));
    let said = statuses.map(|key| gsm7(&tongue.say(key)));
    let status = said.max_by_key(|said| said.chars().count()).unwrap_or_default();
    // Every weekday with every month: one day of each week is enough of a year.
    let days = (0..53).map(|week| week * 8).map(|n| tongue.weekday_at(n * record::DAY_MS, 0));
    let day = days.max_by_key(|day| day.chars().count()).unwrap_or_default();
    (status, day)
}

fn said(tongue: Tongue, key: &str, worded: &str) -> String {
    let (status, day) = longest(tongue, texts());
    let own = [("status", status), ("day", day), ("words", worded.into()), ("body", worded.into())];
    let args: Vec<(&str, page::Arg)> = LONGEST
        .iter()
        .map(|(name, value)| (*name, (*value).into()))
        .chain(own.into_iter().map(|(name, value)| (name, value.into())))
        .collect();
    gsm7(&tongue.with(key, &args))
}

#[test]
fn every_sms_fits_one_part_and_in_arabic_two() {
    let texts = texts();
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts);
        for key in texts.keys(Lang::En).filter(|key| key.starts_with("sms-")) {
            if WORDED.iter().any(|(worded, _)| *worded == key) {
                continue;
            }
            let text = said(tongue, key, "");
            let length = sms_length(&text);
            let parts_max = if lang == Lang::Ar { 2 } else { 1 };
            // A code alone has no script of its own.
            let own_script = lang == Lang::Ar && key != "sms-code-only";
            let alphabet = if own_script { Alphabet::Ucs2 } else { Alphabet::Gsm7 };
            if length.parts > parts_max || length.alphabet != alphabet {
                wrong.push(format!("{} {key}: {length:?}: {text}", lang.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_stands_around_the_desks_words_is_short() {
    let texts = texts();
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts);
        for (key, units_max) in WORDED {
            let length = sms_length(&said(tongue, key, ""));
            assert!(length.units <= units_max, "{} {key}: {length:?}", lang.code());
        }
    }
}

#[test]
fn a_receipt_names_the_code_and_who_reads_it() {
    let texts = texts();
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts);
        for key in ["sms-receipt", "sms-receipt-late"] {
            let text = said(tongue, key, "");
            assert!(text.contains("K7M4-QX2R"), "{} {key}: {text}", lang.code());
            assert!(text.contains("Kinondoni"), "{} {key}: {text}", lang.code());
        }
        let short = said(tongue, "sms-receipt-short", "");
        assert!(short.contains("K7M4-QX2R"), "{} {short}", lang.code());
        assert_eq!(sms_length(&short).parts, 1, "{}", lang.code());
    }
}

#[test]
fn every_language_says_everything() {
    let texts = texts();
    let english: Vec<&str> = texts.keys(Lang::En).collect();
    for lang in Lang::ALL {
        let own: Vec<&str> = texts.keys(lang).collect();
        assert_eq!(own, english, "{}", lang.code());
    }
}

#[test]
fn the_words_of_commands_in_a_text_are_commands_of_its_language() {
    let texts = texts();
    let cases = [
        (Lang::En, ["HELP", "KEEP", "ERASE"]),
        (Lang::Fr, ["AIDE", "GARDER", "EFFACER"]),
        (Lang::Es, ["AYUDA", "CONSERVAR", "BORRAR"]),
        (Lang::Ht, ["EDE", "KENBE", "BLIYE"]),
        (Lang::Sw, ["MSAADA", "TUNZA", "FUTA"]),
        (Lang::Ar, ["مساعدة", "احتفظ", "امسح"]),
    ];
    for (lang, [help, keep, erase]) in cases {
        let tongue = Tongue::new(lang, texts);
        let keys = [("sms-receipt", help), ("sms-forget-asked", keep), ("sms-help", erase)];
        for (key, word) in keys {
            let text = said(tongue, key, "");
            assert!(text.contains(word), "{} {key} says no {word}: {text}", lang.code());
            let intent = crate::voices::commands::intent(word);
            assert_ne!(intent, crate::voices::commands::Intent::Say, "{word}");
        }
    }
}

#[test]
fn unreviewed_texts_are_sent_only_when_taken_on_and_never_on_life() {
    let nobody = Accepted::default();
    let taken = Accepted(["fr/sms-receipt".to_owned(), "fr/sms-help".to_owned()].into());
    let english = |lang: Lang| lang == Lang::En;
    let french = |lang: Lang| lang == Lang::Fr;
    let check = |key: &str, accepted: &Accepted, reviewed: &dyn Fn(Lang) -> bool, expected| {
        let sent = choose(Lang::Fr, key, &[Lang::Ht, Lang::Fr], accepted, reviewed);
        assert_eq!(sent, expected, "{key}");
    };
    check("sms-receipt", &nobody, &english, Lang::En);
    check("sms-receipt", &taken, &english, Lang::Fr);
    check("sms-asked", &taken, &english, Lang::En);
    // Taken on or not: it speaks of life.
    check("sms-help", &taken, &english, Lang::En);
    for key in NEVER_UNREVIEWED {
        check(key, &taken, &english, Lang::En);
        check(key, &nobody, &french, Lang::Fr);
    }
    // With nothing reviewed anywhere, the person's own language is the least wrong.
    check("sms-asked", &nobody, &|_| false, Lang::Fr);
}

#[test]
fn the_question_that_many_are_asked_at_once_fits_too() {
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts());
        let text = said(tongue, "sms-answer-asked-back", &tongue.say("voices-ask-what"));
        let parts_max = if lang == Lang::Ar { 2 } else { 1 };
        assert!(sms_length(&text).parts <= parts_max, "{}: {text}", lang.code());
    }
}
