//! Which texts may be public, in six languages: what must be refused and what must pass.

use crate::needs::fit_for_public;

fn check(text: &str, expected: &str) {
    let told = fit_for_public(text).map_or_else(|refusal| refusal.code, |()| "fit");
    assert_eq!(told, expected, "{text}");
}

#[test]
fn harmless_texts_pass_in_six_languages() {
    for text in [
        "20 families without water in Martissant since 3 days",
        "3 water points are broken, the next one is 2 km away",
        "Water for the quarter called Morne Rouge",
        "Tents for 2,000 women and 1 500 children",
        "Open 06:00 to 18:00, from 2026-11-27 to 2026-12-24",
        "A clinic for a woman in labour is missing",
        "Repair of the road for 1 500 000 gourdes, budget 2026-2027",
        "Pump costs USD 25000000",
        "The doctor. Water is far away",
        "N-88 belongs to D-41 and T-5",
        "COVID-19 tests at the school",
        "De l'eau pour 20 familles, 3 points d'eau sont cassés depuis 3 jours",
        "Une femme ne peut pas traverser la rivière; zone appelée Bellevue",
        "Beaucoup de femmes, de personnes âgées et de familles sans toit",
        "Agua para 20 familias, 3 puntos de agua rotos hace 3 días",
        "Una mujer camina una hora; el barrio llamado San Martín",
        "Muchas de mujeres y de personas sin techo",
        "Dlo pou 20 fanmi, 3 pwen dlo kase depi 3 jou",
        "Madan Sara yo pa ka pase nan lari a",
        "Yon katye ki rele Delmas 33 pa gen limyè",
        "Maji kwa familia 20, visima 3 vimeharibika kwa siku 3",
        "Eneo linaloitwa Kibera, mtaa unaitwa Kisima",
        "Watoto wa miaka 3 hawana maziwa",
        "ماء لعشرين عائلة، 3 نقاط ماء معطلة منذ 3 أيام",
        "منطقة السيدة زينب بلا ماء",
        "٢٠ عائلة بلا ماء",
        "",
    ] {
        check(text, "fit");
    }
}

#[test]
fn addresses_numbers_and_codes_are_refused() {
    for text in ["write to marlene@example.org", "WhatsApp @nadege", "m.j@ville.ht, please"] {
        check(text, "need-public-contact");
    }
    for text in [
        "call +509 3700 0001",
        "rele 37 00 00 01",
        "Call 555-1234",
        "0712345678",
        "اتصل ٠٧١٢٣٤٥٦٧٨",
        "tel 70 123 456",
        "(509) 3700-0001",
        "1234567",
        "+12 345 678",
    ] {
        check(text, "need-public-number");
    }
    for text in ["the voice K7M4-QX2R said it", "K7M4QX2R", "passport AB1234567", "NIF-003456789A"]
    {
        check(text, "need-public-code");
    }
}

#[test]
fn names_that_are_announced_are_refused_in_six_languages() {
    for text in [
        "Mrs. Wilner has no water",
        "the woman named Nadège has no roof",
        "Dr. Baptiste left",
        "Pastor Joseph holds the key",
        "Mme Charles attend l'eau",
        "M. Charles attend l'eau",
        "une dame nommée Marlène",
        "elle s'appelle Mirlande",
        "la señora Pérez espera agua",
        "un hombre que se llama Pedro",
        "Sra. Pérez",
        "madan Wilner pa gen dlo",
        "yon fi ki rele Mirlande",
        "Pastè Josué gen kle a",
        "Mama Amina hana maji",
        "mtoto anaitwa Juma",
        "Bwana Otieno",
        "السيد محمود بلا ماء",
        "امرأة اسمها فاطمة",
        "المدعو سمير",
    ] {
        check(text, "need-public-name");
    }
}

#[test]
fn counts_of_people_below_five_are_refused_in_six_languages() {
    for text in [
        "3 women have no water",
        "two young women",
        "4 families",
        "2 of 12 women voted",
        "one person died",
        "three pregnant women",
        "0 women came",
        "2 femmes enceintes",
        "trois jeunes filles",
        "1 famille",
        "dos mujeres",
        "3 familias sin agua",
        "3 fanm",
        "de fanm ansent",
        "twa timoun",
        "3fanm",
        "wanawake wawili",
        "wanawake 3",
        "mtu mmoja",
        "3 wanawake",
        "3 نساء",
        "٣ نساء",
        "ثلاث نساء",
        "امرأتان بلا ماء",
        "وعائلتين",
        "امرأة واحدة",
        "4 أطفال",
    ] {
        check(text, "need-public-few");
    }
    check("5 women have no water", "fit");
    check("12 women voted", "fit");
}

#[test]
fn the_refusal_names_what_was_found() {
    let found = |text: &str| fit_for_public(text).unwrap_err().args;
    assert_eq!(found("In Jalousie 3 women wait"), [("found", "3 women".to_owned())]);
    assert_eq!(found("call +509 3700 0001 now"), [("found", "+509 3700 0001".to_owned())]);
    assert_eq!(found("ask madan Wilner"), [("found", "madan Wilner".to_owned())]);
}
