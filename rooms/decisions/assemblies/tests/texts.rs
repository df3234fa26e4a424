//! The texts of assemblies: all languages say everything, and an SMS fits one part (two in Arabic)
//! with the longest values there are.

use page::{KIT_TEXTS, Lang, Texts, Tongue};
use words::{Alphabet, gsm7, sms_length};

use crate::decisions::ASSEMBLY_TEXTS;
use crate::decisions::assemblies::words::{FROM_AFAR_CHARS_MAX, PLACE_CHARS_MAX};

fn texts() -> &'static Texts {
    let sources: Vec<(Lang, &'static str)> =
        KIT_TEXTS.iter().chain(ASSEMBLY_TEXTS).copied().collect();
    Box::leak(Box::new(Texts::new(&sources).expect("the catalogues parse")))
}

/// The longest day there is in a language, as a notice says it.
fn longest_day(tongue: Tongue) -> String {
    let days = (0..366).map(|n| tongue.date((20_820 + n) * record::DAY_MS));
    days.max_by_key(|day| day.chars().count()).unwrap_or_default()
}

#[test]
fn every_sms_fits_one_part_and_in_arabic_two() {
    let texts = texts();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts);
        let (place, afar) = ("m".repeat(PLACE_CHARS_MAX), "5".repeat(FROM_AFAR_CHARS_MAX));
        let day = longest_day(tongue);
        let values = [
            ("code", "K7M4-QX2R"),
            ("day", &day),
            ("hour", "15:00"),
            ("place", &place),
            ("afar", &afar),
            ("body", ""),
            ("proposal", "P-999999"),
            ("number", "A9999"),
            ("n", "2000"),
        ];
        let args: Vec<(&str, page::Arg)> = values.map(|(n, v)| (n, v.into())).to_vec();
        for key in texts.keys(Lang::En).filter(|key| key.starts_with("sms-")) {
            seen += 1;
            let text = gsm7(&tongue.with(key, &args));
            let length = sms_length(&text);
            let (parts_max, alphabet) =
                if lang == Lang::Ar { (2, Alphabet::Ucs2) } else { (1, Alphabet::Gsm7) };
            if length.parts > parts_max || length.alphabet != alphabet {
                wrong.push(format!("{} {key}: {length:?}: {text}", lang.code()));
            }
        }
    }
    assert!(seen >= 6 * 6, "only {seen} texts");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_invitation_says_where_when_and_how_from_afar() {
    let texts = texts();
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts);
        let args = [
            ("code", "K7M4-QX2R".into()),
            ("day", "DAY".into()),
            ("hour", "15:00".into()),
            ("place", "HALL".into()),
            ("afar", "+50937000099".into()),
        ];
        let said = tongue.with("sms-invited", &args);
        for part in ["K7M4-QX2R", "DAY", "15:00", "HALL", "+50937000099"] {
            assert!(said.contains(part), "{} says no {part}: {said}", lang.code());
        }
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
fn the_word_that_supports_is_a_command_in_every_language() {
    let texts = texts();
    let words = [
        (Lang::En, "SUPPORT"),
        (Lang::Fr, "SOUTENIR"),
        (Lang::Es, "APOYAR"),
        (Lang::Ht, "SIPÒTE"),
        (Lang::Sw, "UNGA"),
        (Lang::Ar, "ادعم"),
    ];
    for (lang, word) in words {
        let args = [("number", "12".into()), ("sms", "+50937000099".into())];
        for key in ["proposals-how-sms", "proposals-support-how"] {
            let said = Tongue::new(lang, texts).with(key, &args);
            let plain: String = said.chars().filter(|c| !"\u{2068}\u{2069}".contains(*c)).collect();
            assert!(plain.contains(&format!("{word} 12")), "{} {key}: {said}", lang.code());
        }
    }
}
