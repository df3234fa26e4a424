//! Tests of what an SMS asks for: a command only when the whole message is one.

use crate::voices::Code;
use crate::voices::commands::{Intent, intent, language_of, only_a_code};

fn code() -> Code {
    Code::from_chance([9, 8, 7, 6, 5])
}

fn check(message: &str, expected: Intent) {
    assert_eq!(intent(message), expected, "{message}");
}

#[test]
fn yes_and_no_are_answers_only_when_they_are_the_whole_message() {
    for yes in ["WI", "wi", "Wi!", "oui", "YES", "sí", "Si", "ndiyo", "نعم"] {
        check(yes, Intent::Yes(None));
    }
    for no in ["NON", "no", "No.", "hapana", "لا"] {
        check(no, Intent::No(None));
    }
    for said in
        ["non nou pa jwenn dlo", "no water here since monday", "si llueve otra vez", "wi men"]
    {
        check(said, Intent::Say);
    }
}

#[test]
fn an_answer_may_name_its_code_before_or_after() {
    let shown = code().to_string();
    check(&format!("NON {shown}"), Intent::No(Some(code())));
    check(&format!("{shown} wi"), Intent::Yes(Some(code())));
    check(&format!("yes {}", shown.to_lowercase()), Intent::Yes(Some(code())));
}

#[test]
fn a_lone_code_follows_and_a_mistyped_one_is_told() {
    let shown = code().to_string();
    check(&shown, Intent::Follow(code()));
    check(&shown.replace('-', " ").to_lowercase(), Intent::Follow(code()));
    let plain = code().plain();
    let last = if plain.ends_with('2') { '3' } else { '2' };
    // What can hardly be anything but a code is told to be mistyped; all else is heard.
    check("K7M4-QX29", Intent::Mistyped);
    check("K7M4 QX29", Intent::Mistyped);
    check("NON K7M4-QX29", Intent::Mistyped);
    let nearly = format!("{}{last}", &plain[..7]);
    let expected = if only_a_code(&nearly) { Intent::Mistyped } else { Intent::Say };
    check(&nearly, expected);
}

#[test]
fn a_number_of_people_is_no_code() {
    for said in
        ["12 people", "20 malade", "10 deaths", "15 tentes", "5 maisons", "20 tant la", "3000 tant"]
    {
        check(said, Intent::Say);
        check(&format!("NON {said}"), Intent::Say);
    }
}

#[test]
fn forgetting_is_asked_alone_with_a_code_or_with_the_word() {
    for word in ["BLIYE", "erase", "EFFACER", "borrar", "futa", "امسح"] {
        check(word, Intent::Forget { code: None, word: None });
    }
    let shown = code().to_string();
    check(&format!("bliye {shown}"), Intent::Forget { code: Some(code()), word: None });
    check("bliye solèy", Intent::Forget { code: None, word: Some("soley".into()) });
    let both = Intent::Forget { code: Some(code()), word: Some("soley".into()) };
    check(&format!("BLIYE {shown} solèy"), both);
    check("erase the debt of my shop please", Intent::Say);
}

#[test]
fn nine_alone_opens_the_sealed_path_and_nine_people_do_not() {
    for sealed in ["9", " 9 ", "9 sekrè", "9 SECRET", "9 siri", "9 سر"] {
        check(sealed, Intent::Sealed);
    }
    for said in ["9 moun mouri", "99", "9 people need water", "9 timoun malad"] {
        check(said, Intent::Say);
    }
}

#[test]
fn the_other_commands_are_words_of_their_own() {
    check("EDE", Intent::Help);
    check("help", Intent::Help);
    check("?", Intent::Help);
    check("KENBE", Intent::Keep);
    check("STOP", Intent::Stop);
    check("kòd", Intent::CodesOnly);
    let choose = |old: Option<&str>, new: &str| Intent::ChooseWord {
        old: old.map(str::to_owned),
        new: new.to_owned(),
    };
    check("MO solèy", choose(None, "soley"));
    check("MO solèy lalin", choose(Some("soley"), "lalin"));
    check("mo mwen an se solèy", Intent::Say);
    check("Mò toupatou", Intent::Say);
    check("help us we are on the roof", Intent::Say);
    check("", Intent::Say);
}

#[test]
fn a_proposal_is_supported_only_by_a_whole_message() {
    let words = ["SUPPORT", "SIPÒTE", "sipote", "SOUTENIR", "APOYAR", "UNGA", "ادعم"];
    for word in words {
        check(&format!("{word} 12"), Intent::Support(12));
        check(&format!(" {word} P-12 "), Intent::Support(12));
    }
    check("ادعم ١٢", Intent::Support(12));
    for said in [
        "SUPPORT",
        "support us, 12 families",
        "SUPPORT 12 13",
        "SIPÒTE 12 moun",
        "unga 1234567",
        "apoyar P",
        "we support 12",
        "unga 2 kg",
    ] {
        check(said, Intent::Say);
    }
}

#[test]
fn a_command_tells_its_language() {
    let check = |message, expected| assert_eq!(language_of(message), expected, "{message}");
    check("BLIYE", "ht");
    check("FUTA", "sw");
    check("effacer", "fr");
    check("borrar", "es");
    check("erase", "en");
    check("APOYAR 12", "es");
    check("unga 3", "sw");
    check("امسح", "ar");
    // A code looks like this language or that one, and says nothing of whoever sends it.
    for code in ["K7M4-QX2R-9TWB", "NOUB-EZWE-NDL0", "M0UN-Y0LA-PALE", "QUEL-ESTN0-TREM"] {
        for behind in ["1 3", "1=5 4=3"] {
            assert_eq!(language_of(&format!("V12 {code} {behind}")), "und", "{code}");
        }
        assert_eq!(language_of(&format!("صوت V12 {code} 1")), "ar", "{code}");
    }
}

#[test]
fn a_vote_is_a_number_and_one_choice_and_nothing_else() {
    let vote = |number, choice: &str| Intent::Vote { number, choice: choice.to_owned() };
    for yes in [
        "VOTE 41 YES",
        "vote D-41 yes",
        "VOT 41 WI",
        "VOTE 41 OUI",
        "VOTO 41 SI",
        "voto 41 sí",
        "KURA 41 NDIYO",
        "صوت 41 نعم",
        "صوّت 41 نعم",
    ] {
        check(yes, vote(41, "yes"));
    }
    for no in ["VOTE 41 NO", "VOT 41 NON", "KURA 41 HAPANA", "صوت 41 لا"] {
        check(no, vote(41, "no"));
    }
    check("VOTE 41 2", vote(41, "2"));
    for said in [
        "VOTE 41",
        "vote 41 maybe",
        "VOTE yes",
        "VOTE 41 4",
        "vote 1234567 yes",
        "we vote 41 yes",
        "vote 41 yes please",
    ] {
        check(said, Intent::Say);
    }
}

#[test]
fn an_answer_about_a_roll_is_a_number_and_one_digit_and_nothing_else() {
    for (said, number, digit) in
        [("A7 1", 7, 1), ("a-12 2", 12, 2), (" a7  3 ", 7, 3), ("a 7 1", 7, 1)]
    {
        check(said, Intent::Attendance { number, digit });
    }
    for said in ["A7", "A7 4", "A7 1 2", "A 1", "a 7 people", "A7 yes", "a1234567 1", "Aa 1"] {
        check(said, Intent::Say);
    }
}

#[test]
fn an_offer_begins_with_its_word_and_says_what() {
    for said in [
        "OFFER mason 20 yrs Bèlè",
        "Ofri bòs mason 5 jou",
        "offre maçon",
        "J'offre 200 bâches",
        "ofrezco albañil",
        "Natoa mwashi siku 3",
        "أعرض نجار",
    ] {
        check(said, Intent::Offer);
    }
    // The word alone offers nothing, and a longer word is another one.
    for said in ["OFFER", "offering is not what I want", "offrez nous de l'eau", "natoaje"] {
        check(said, Intent::Say);
    }
    assert_eq!(language_of("ofri bos mason"), "ht");
}
