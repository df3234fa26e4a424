//! The SMS texts of this room in every language with the longest values there are: one part each,
//! two in Arabic; and every refusal in words.

use std::sync::LazyLock;

use page::{KIT_TEXTS, Lang, Texts, Tongue};
use words::{Alphabet, gsm7, sms_length};

use crate::actions::acts::SMS_BODY_CHARS_MAX;
use crate::actions::rules::{ARRIVED_CHARS_MAX, STEP_CHARS_MAX};

fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        let sources: Vec<(Lang, &'static str)> =
            KIT_TEXTS.iter().chain(crate::actions::TEXTS).copied().collect();
        Texts::new(&sources).expect("the catalogues parse")
    });
    &TEXTS
}

/// The longest day of a language, as notices say it.
fn longest_day(tongue: Tongue) -> String {
    let days = (0..53).map(|week| week * 8 + 20_700).map(|n| tongue.date(n * record::DAY_MS));
    days.max_by_key(|day| day.chars().count()).unwrap_or_default()
}

#[test]
fn every_sms_fits_one_part_and_in_arabic_two() {
    let texts = texts();
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts);
        for key in texts.keys(Lang::En).filter(|key| key.starts_with("sms-")) {
            let letters = |n: usize| if lang == Lang::Ar { "م" } else { "m" }.repeat(n);
            let what = if key == "sms-next-step" { STEP_CHARS_MAX } else { ARRIVED_CHARS_MAX };
            let args = [
                ("code", "K7M4-QX2R".into()),
                ("what", letters(what).into()),
                ("who", letters(SMS_BODY_CHARS_MAX).into()),
                ("day", longest_day(tongue).into()),
            ];
            let text = gsm7(&tongue.with(key, &args));
            let length = sms_length(&text);
            let parts_max = if lang == Lang::Ar { 2 } else { 1 };
            let alphabet = if lang == Lang::Ar { Alphabet::Ucs2 } else { Alphabet::Gsm7 };
            if length.parts > parts_max || length.alphabet != alphabet {
                wrong.push(format!("{} {key}: {length:?}: {text}", lang.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whoever_is_asked_is_told_what_to_answer() {
    let words = [
        (Lang::En, ["YES", "NO"]),
        (Lang::Fr, ["OUI", "NON"]),
        (Lang::Es, ["SI", "NO"]),
        (Lang::Ht, ["WI", "NON"]),
        (Lang::Sw, ["NDIYO", "HAPANA"]),
        (Lang::Ar, ["نعم", "لا"]),
    ];
    for (lang, said) in words {
        let args = [("code", "K7M4-QX2R".into()), ("what", "-".into())];
        let text = Tongue::new(lang, texts()).with("sms-did-it-arrive", &args);
        for word in said {
            assert!(text.contains(word), "{} says no {word}: {text}", lang.code());
        }
    }
}

#[test]
fn every_refusal_says_what_to_do_in_six_languages() {
    let codes = [
        "task-unknown",
        "task-ended",
        "task-of-others",
        "task-held",
        "task-to-nobody",
        "task-what-empty",
        "task-arrived-empty",
        "task-how-empty",
        "task-reason-empty",
        "task-refer-to-whom",
        "task-words-long",
        "task-needs-many",
        "task-need-unknown",
        "task-body-unknown",
        "task-kind-unknown",
        "task-when",
        "task-owed",
        "task-no-step",
        "task-not-delivered",
        "task-hands",
        "task-no-promise",
    ];
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts());
        for code in codes {
            for key in [format!("refused-{code}"), format!("refused-{code}-advice")] {
                assert!(tongue.has(&key), "{} {key}", lang.code());
            }
        }
    }
}

#[test]
fn the_published_rule_names_its_numbers() {
    use crate::actions::rules::{ANSWER_DAYS, CLOSE_YES_PERCENT, NEXT_STEP_DAYS, NO_BATCH_PEOPLE};
    for lang in Lang::ALL {
        let said = crate::actions::rule(Tongue::new(lang, texts())).0;
        for number in [ANSWER_DAYS, CLOSE_YES_PERCENT, NEXT_STEP_DAYS, NO_BATCH_PEOPLE] {
            assert!(said.contains(&number.to_string()), "{} {number}: {said}", lang.code());
        }
        assert!(!said.contains('⟦'), "{said}");
    }
}
