//! The texts: every SMS with the longest values there are fits one part, two in Arabic.

use std::sync::LazyLock;

use page::{KIT_TEXTS, Lang, Texts, Tongue};
use record::DAY_MS;
use words::{Alphabet, gsm7, sms_length};

use super::super::acts::OWNER_CHARS_MAX;
use super::super::rules::{BECAUSE_CHARS_MAX, SHORT_CHARS_MAX};
use crate::decisions::RESOLUTION_TEXTS;

fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        let sources: Vec<(Lang, &'static str)> =
            KIT_TEXTS.iter().chain(RESOLUTION_TEXTS).copied().collect();
        Texts::new(&sources).expect("the catalogues parse")
    });
    &TEXTS
}

/// The longest day of a year in a language.
fn longest_day(tongue: Tongue) -> String {
    let days = (0..366).map(|n| gsm7(&tongue.date((20_784 + n) * DAY_MS)));
    days.max_by_key(|day| day.chars().count()).unwrap_or_default()
}

#[test]
fn every_sms_of_a_decision_fits_one_part_and_in_arabic_two() {
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts());
        let args: Vec<(&str, page::Arg)> = vec![
            ("code", "K7M4-QX2R".into()),
            ("number", "D-99999".into()),
            ("short", "x".repeat(SHORT_CHARS_MAX).into()),
            ("because", "x".repeat(BECAUSE_CHARS_MAX).into()),
            ("owner", "x".repeat(OWNER_CHARS_MAX).into()),
            ("day", longest_day(tongue).into()),
        ];
        for key in texts().keys(Lang::En).filter(|key| key.starts_with("sms-")) {
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
fn every_language_says_everything() {
    let english: Vec<&str> = texts().keys(Lang::En).collect();
    for lang in Lang::ALL {
        let own: Vec<&str> = texts().keys(lang).collect();
        assert_eq!(own, english, "{}", lang.code());
    }
}

#[test]
fn the_words_of_a_vote_in_a_text_are_a_vote_of_its_language() {
    let cases = [
        (Lang::En, ["VOTE", "YES", "NO"]),
        (Lang::Fr, ["VOTE", "OUI", "NON"]),
        (Lang::Es, ["VOTO", "SI", "NO"]),
        (Lang::Ht, ["VOT", "WI", "NON"]),
        (Lang::Sw, ["KURA", "NDIYO", "HAPANA"]),
        (Lang::Ar, ["صوت", "نعم", "لا"]),
    ];
    for (lang, words) in cases {
        let args = [("number", "D-41".into()), ("short", "water".into())];
        let said = Tongue::new(lang, texts()).with("sms-vote-choices", &args);
        for word in words {
            assert!(said.contains(word), "{} says no {word}: {said}", lang.code());
        }
    }
}

#[test]
fn every_force_and_every_reason_has_its_words() {
    let why = [
        "people",
        "women",
        "no_mandate",
        "subject",
        "outside_area",
        "expired",
        "over_ceiling",
        "no_instrument",
        "not_heard",
        "only_assembly",
        "turnout",
        "referred",
    ];
    let forces = ["binding", "binding_emergency", "advisory", "opinion_not_quorate"];
    let tongue = Tongue::new(Lang::En, texts());
    for key in why.map(|why| format!("decisions-why-{why}")) {
        assert!(tongue.has(&key), "{key}");
    }
    for key in forces.map(|force| format!("decisions-force-{force}")) {
        assert!(tongue.has(&key), "{key}");
    }
}
