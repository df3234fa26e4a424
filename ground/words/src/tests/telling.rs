//! Languages told apart.

use crate::{LANGUAGES, language};

fn check(text: &str, expected: &str) {
    let guess = language(text);
    assert_eq!(guess.code, expected, "{text:?} ({}%)", guess.confidence);
    assert!(guess.confidence <= 100);
}

#[test]
fn haitian_creole_as_people_type_it() {
    for text in [
        "Bonswa, timoun yo malad, nou pa jwenn doktè",
        "nou pa gen anyen poun manje",
        "ki le yap bay tant nan zon nou an",
        "MWEN PEDI KAY MWEN",
        "mesi anpil",
        "9 moun mouri",
        "dlo a rive",
        "mw bezwn ed souple",
        "kote pou m ale poum jwenn medikaman",
    ] {
        check(text, "ht");
    }
}

#[test]
fn french_is_not_creole() {
    for text in [
        "Nous n'avons pas mangé depuis hier",
        "Ou se trouve le centre de sante",
        "merci beaucoup pour votre reponse",
        "ma fille est malade et je n'ai pas d'argent",
        "bonjour je cherche mon frere",
    ] {
        check(text, "fr");
    }
}

#[test]
fn english_spanish_and_swahili() {
    for text in ["Where can we get blankets?", "the well is broken", "thanks for your help"] {
        check(text, "en");
    }
    for text in
        ["¿Dónde puedo conseguir cobijas?", "se rompio el pozo del barrio", "muchas gracias"]
    {
        check(text, "es");
    }
    for text in ["Tunapata wapi mablanketi?", "kisima kimeharibika mtaani kwetu", "asante sana"] {
        check(text, "sw");
    }
}

#[test]
fn urdu_in_latin_letters() {
    for text in [
        "hamein pani chahiye",
        "madad karein hamare bachay bhooke hain",
        "hmra ghr tbah ho gya he koi madad nhi mili",
        "Rashan kab mile ga?",
    ] {
        check(text, "ur-Latn");
    }
}

#[test]
fn arabic_by_its_script_and_not_its_neighbours() {
    check("نحن بحاجة إلى ماء وخبز", "ar");
    check("شكرا", "ar");
    check("وين أقدر آخذ خيمة؟", "ar");
    check("ہمیں پانی چاہیے اور کھانا بھی", "und");
    check("ما به آب و غذا نیاز داریم، لطفاً کمک کنید چون گرسنه هستیم", "und");
}

#[test]
fn what_cannot_be_told_is_und() {
    for text in ["", "?", "12345", "ABCD-EFGH", "zxqj wvk pltr", "нам нужна вода", "水が必要です"]
    {
        check(text, "und");
    }
}

#[test]
fn every_code_can_be_answered() {
    let told: Vec<&str> = ["nou bezwen dlo", "nous avons faim", "we need water", "tenemos hambre"]
        .into_iter()
        .chain(["tunahitaji maji", "نحتاج ماء", "hamein pani chahiye"])
        .map(|text| language(text).code)
        .collect();
    for code in LANGUAGES {
        assert!(told.contains(code), "{code} is never told");
    }
}

#[test]
fn a_very_long_text_is_read_from_its_head() {
    check(&"nou bezwen dlo ak manje ".repeat(5_000), "ht");
    check(&"é".repeat(2_001), "und");
}
