//! The texts of this room in every language: refusals, lists, and what people are told by SMS.

use std::sync::LazyLock;

use page::{KIT_TEXTS, Lang, Texts, Tongue};
use words::{Alphabet, gsm7, sms_length};

use crate::actions::acts::SMS_BODY_CHARS_MAX;
use crate::resources::lists::{DISCIPLINES, GIVERS, ITEMS, UNITS};

fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        let all = KIT_TEXTS.iter().chain(crate::resources::TEXTS).chain(crate::voices::TEXTS);
        let sources: Vec<(Lang, &'static str)> = all.copied().collect();
        Texts::new(&sources).expect("the catalogues parse")
    });
    &TEXTS
}

/// The longest day of a language, as notices say it.
fn longest_day(tongue: Tongue) -> String {
    let days = (0..53).map(|week| week * 8 + 20_700);
    let said = days.map(|n| tongue.weekday_at(n * record::DAY_MS, 0));
    said.max_by_key(|day| day.chars().count()).unwrap_or_default()
}

/// What a giver is told is an answer to their voice, so it is measured as the SMS that carries it.
#[test]
fn what_a_giver_is_told_fits_two_parts_and_in_arabic_four() {
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts());
        let letters = |n: usize| if lang == Lang::Ar { "م" } else { "m" }.repeat(n);
        let args = [
            ("request", "R-1234".into()),
            ("area", letters(SMS_BODY_CHARS_MAX).into()),
            ("who", letters(SMS_BODY_CHARS_MAX).into()),
            ("day", longest_day(tongue).into()),
        ];
        for (key, carries) in [
            ("resources-told-asked", "sms-answer-asked-back"),
            ("resources-told-taken", "sms-answer"),
            ("resources-told-released", "sms-answer"),
        ] {
            let words = tongue.with(key, &args);
            let args = [("code", "K7M4-QX2R".into()), ("words", words.into())];
            let text = gsm7(&tongue.with(carries, &args));
            let length = sms_length(&text);
            let (most, alphabet) =
                if lang == Lang::Ar { (4, Alphabet::Ucs2) } else { (2, Alphabet::Gsm7) };
            if length.parts > most || length.alphabet != alphabet {
                wrong.push(format!("{} {key}: {length:?}: {text}", lang.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_of_a_list_has_a_name_in_six_languages() {
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts());
        let has = |key: String| assert!(tongue.has(&key), "{} {key}", lang.code());
        for item in &ITEMS {
            has(format!("resources-item-{}", item.code));
            assert!(UNITS.contains(&item.unit), "{}", item.code);
        }
        UNITS.iter().for_each(|unit| has(format!("resources-unit-{unit}")));
        GIVERS.iter().for_each(|giver| has(format!("resources-giver-{giver}")));
        DISCIPLINES.iter().for_each(|code| has(format!("resources-discipline-{code}")));
    }
}

#[test]
fn every_refusal_says_what_to_do_in_six_languages() {
    let english = Tongue::new(Lang::En, texts());
    let codes: Vec<&str> = texts()
        .keys(Lang::En)
        .filter_map(|key| key.strip_prefix("refused-")?.strip_suffix("-advice"))
        .collect();
    for code in ["offer-taken", "stock-short", "advice-not-yours", "waybill-own"] {
        assert!(codes.contains(&code), "{code}");
    }
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts());
        for code in &codes {
            assert!(english.has(&format!("refused-{code}")), "{code}");
            assert!(tongue.has(&format!("refused-{code}-advice")), "{} {code}", lang.code());
        }
    }
}
