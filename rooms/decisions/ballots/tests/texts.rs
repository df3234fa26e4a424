//! The texts of ballots: all languages say everything, and an SMS fits one part, two in Arabic,
//! with the longest values there are.

use page::{KIT_TEXTS, Lang, Texts, Tongue};
use words::{Alphabet, gsm7, sms_length};

use crate::decisions::ballots::TEXTS;
use crate::decisions::ballots::rules::RULE_KINDS;

fn texts() -> &'static Texts {
    let sources: Vec<(Lang, &'static str)> = KIT_TEXTS.iter().chain(TEXTS).copied().collect();
    Box::leak(Box::new(Texts::new(&sources).expect("the catalogues parse")))
}

#[test]
fn every_sms_fits_one_part_and_in_arabic_two() {
    let texts = texts();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for lang in Lang::ALL {
        let tongue = Tongue::new(lang, texts);
        let values = [
            ("number", "V-9999"),
            ("code", "K7M4-QX2R-9TWB"),
            ("until", "31.12. 18:00"),
            ("max", "40"),
            ("points", "100"),
            ("last", "40"),
            ("total", "9999+"),
            ("receipt", "0123456789abcdef"),
        ];
        let mut args: Vec<(&str, page::Arg)> = values.map(|(n, v)| (n, v.into())).to_vec();
        let forces = ["sms-ballot-binds", "sms-ballot-advises"].map(|key| tongue.say(key));
        let longest = forces.into_iter().max_by_key(|said| said.chars().count());
        args.push(("force", longest.unwrap_or_default().into()));
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
    assert_eq!(seen, 17 * 6);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
fn all_that_is_said_by_code_is_there() {
    let keys: Vec<&str> = texts().keys(Lang::En).collect();
    let statuses = ["announced", "open", "closed", "counted", "final", "void", "called_off"];
    let why = [
        "shares",
        "shared",
        "line",
        "completion",
        "earned",
        "free",
        "supporters-short",
        "passed",
        "over-budget",
        "stopped",
        "no-supporters",
        "few",
        "untold",
        "more",
    ];
    let all = statuses.map(|code| format!("ballots-status-{code}")).into_iter();
    let all = all.chain(why.map(|code| format!("ballots-why-{code}")));
    let all = all.chain(RULE_KINDS.map(|code| format!("ballots-rule-{code}")));
    let rests = ["add1u", "add1", "utility", "none"];
    let all = all.chain(rests.map(|code| format!("ballots-rest-{code}")));
    for key in all {
        assert!(keys.contains(&key.as_str()), "{key}");
    }
}
