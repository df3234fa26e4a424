//! Suggestions on hand-written messages, and the wordlists themselves.

use std::collections::HashSet;

use proptest::prelude::*;

use crate::fold::Folded;
use crate::suggest::{Area, RULES};
use crate::{language, suggest};

/// Checks kind, one sector and urgency; "" means none.
fn check(text: &str, kind: &str, sector: &str, urgency: &str) {
    let code = language(text).code;
    let hints = suggest(text, code);
    let found = hints.kind.as_ref().map_or("", |hint| hint.value);
    assert_eq!(found, kind, "kind of {text:?} ({code}): {hints:?}");
    let sectors: Vec<&str> = hints.sectors.iter().map(|hint| hint.value).collect();
    assert!(sectors.contains(&sector) || sector.is_empty(), "{text:?} ({code}): {sectors:?}");
    let found = hints.urgency.as_ref().map_or("", |hint| hint.value);
    assert_eq!(found, urgency, "urgency of {text:?} ({code}): {hints:?}");
    assert_eq!(hints.life_at_risk.is_some(), urgency == "life_at_risk");
}

#[test]
fn haitian_creole() {
    check("nou bezwen dlo nan katye a", "request", "wash", "");
    check("tanpri voye tant ban nou", "request", "shelter", "");
    check("timoun yo grangou, nou pa gen manje", "request", "food_security", "urgent");
    check("9 moun mouri", "", "", "urgent");
    check("gen moun anba dekonb, nou tande vwa", "alert_report", "", "life_at_risk");
    check("eske lekol ap louvri lendi?", "question", "education", "ordinary");
    check("mwen tande dlo a anpwazonnen", "rumour", "wash", "");
    check("mesi anpil dlo a rive", "thanks", "wash", "ordinary");
    check("mwen ka ede, mwen se enfimyè", "offer", "health", "ordinary");
    check("wout la bloke ak labou", "alert_report", "transport_roads", "");
    check("N ap pote plent, yo bay zanmi yo tout tant yo", "complaint", "shelter", "");
    check("nou reve yon plas piblik pou timoun jwe", "aspiration", "public_space", "ordinary");
}

#[test]
fn french() {
    check("nous avons besoin d'eau potable", "request", "wash", "");
    check("quand est-ce que l'école va ouvrir ?", "question", "education", "ordinary");
    check("ma mère est coincée sous les décombres", "alert_report", "", "life_at_risk");
    check("j'ai entendu que le pont va tomber", "rumour", "transport_roads", "");
    check("je suggère de mettre des lampes au marché", "suggestion", "energy", "ordinary");
    check("merci pour les tentes", "thanks", "shelter", "ordinary");
    check("je peux aider à distribuer la nourriture", "offer", "food_security", "ordinary");
    check("plainte : les ordures restent devant le marché", "complaint", "solid_waste_debris", "");
}

#[test]
fn english() {
    check("We need tents and blankets", "request", "shelter", "");
    check("Where can I find a clinic?", "question", "health", "ordinary");
    check("The house is on fire and people are trapped", "request", "", "life_at_risk");
    check("I can help, I have a truck", "offer", "transport_roads", "ordinary");
    check("People say the dam will break, is it true?", "rumour", "drainage_flood", "");
    check("It is unfair, they promised us cash", "complaint", "cash", "");
    check("I suggest a light near the toilets", "suggestion", "wash", "ordinary");
    check("Thank you, the water came", "thanks", "wash", "ordinary");
    check("The road is blocked by a tree", "alert_report", "transport_roads", "");
    check("We hope that one day there will be a park", "aspiration", "public_space", "ordinary");
    check("My mother needs insulin urgently", "request", "health", "urgent");
    check("Wrong number, sorry", "other", "", "");
}

#[test]
fn spanish() {
    check("necesitamos agua y comida", "request", "wash", "");
    check(
        "¿dónde puedo sacar mi acta de nacimiento?",
        "question",
        "governance_civil_docs",
        "ordinary",
    );
    check("hay niños atrapados bajo los escombros", "alert_report", "", "life_at_risk");
    check("gracias por las carpas", "thanks", "shelter", "ordinary");
    check("puedo ayudar, soy doctora", "offer", "health", "ordinary");
    check("dicen que va a subir el precio del arroz", "rumour", "food_security", "");
    check("queja: la basura lleva un mes", "complaint", "solid_waste_debris", "");
    check("mi hija está muy enferma, urgente", "request", "health", "urgent");
}

#[test]
fn swahili() {
    check("tunahitaji maji safi", "request", "wash", "");
    check("shule zitafunguliwa lini?", "question", "education", "ordinary");
    check("watu wamenaswa chini ya kifusi", "alert_report", "", "life_at_risk");
    check("asante kwa mahema", "thanks", "shelter", "ordinary");
    check("naweza kusaidia, nina gari", "offer", "transport_roads", "ordinary");
    check("nimesikia bei ya mchele itapanda", "rumour", "food_security", "");
    check("mfereji umeziba, mafuriko kila mvua", "", "drainage_flood", "");
    check("napendekeza taa karibu na vyoo", "suggestion", "wash", "ordinary");
    check("wagonjwa wa kipindupindu, tunaomba dawa haraka", "request", "health", "urgent");
}

#[test]
fn arabic() {
    check("نحتاج الماء والخبز", "request", "wash", "");
    check("متى تفتح المدرسة؟", "question", "education", "ordinary");
    check("أطفال عالقون تحت الأنقاض", "alert_report", "", "life_at_risk");
    check("شكرا على الخيام", "thanks", "shelter", "ordinary");
    check("أستطيع المساعدة أنا طبيب", "offer", "health", "ordinary");
    check("سمعت أن الكهرباء ستقطع", "rumour", "energy", "");
    check("نقترح وضع إنارة قرب الحمامات", "suggestion", "wash", "ordinary");
    check("شكوى: النفايات أمام السوق", "complaint", "solid_waste_debris", "");
}

#[test]
fn urdu_in_latin_letters() {
    check("hamein pani chahiye", "request", "wash", "");
    check("rashan kahan mil raha hai?", "question", "food_security", "ordinary");
    check("log malbay ke neeche phanse hue hain", "alert_report", "", "life_at_risk");
    check("shukriya, khaimay mil gaye", "thanks", "shelter", "ordinary");
    check("mera ghar gir gaya, madad karein", "request", "shelter", "");
    check("selab se sarak band hai", "alert_report", "drainage_flood", "");
}

fn check_held(text: &str, expected: &str) {
    for code in [language(text).code, "und", "en"] {
        let found = suggest(text, code).disclosure.map_or("", |hint| hint.value);
        assert_eq!(found, expected, "{text:?} read as {code}");
    }
}

#[test]
fn a_disclosure_is_held_in_every_language() {
    for (text, kind) in [
        ("chèf la mande fi yo kouche avè l pou jwenn manje", "sea"),
        ("mari m bat mwen chak swa", "gbv_disclosure"),
        ("yo fè nou peye pou mete non nou sou lis la", "fraud_corruption"),
        ("yo vann timoun nan kan an", "trafficking"),
        ("mon mari me bat", "gbv_disclosure"),
        ("il faut coucher avec le chef pour avoir une tente", "sea"),
        ("ils demandent de l'argent pour être sur la liste", "fraud_corruption"),
        ("un homme touche les fillettes du camp", "child_safeguarding"),
        ("he wants me to sleep with him for food", "sea"),
        ("my husband beats me", "gbv_disclosure"),
        ("they are selling the aid in the market", "fraud_corruption"),
        ("a teacher touches the girls", "child_safeguarding"),
        ("men with guns threatened my brother", "protection_threat"),
        ("they published our names on facebook", "data_breach"),
        ("a guard keeps harassing women at the tap", "sexual_harassment"),
        ("they take the girls away and keep their papers, trafficking", "trafficking"),
        ("mi esposo me pega", "gbv_disclosure"),
        ("nos piden dinero para darnos la comida", "fraud_corruption"),
        ("abusan de los niños en el albergue", "child_safeguarding"),
        ("mume wangu ananipiga", "gbv_disclosure"),
        ("mwenyekiti anaomba pesa ili tupate msaada", "fraud_corruption"),
        ("anataka nilale naye ndipo anipe chakula", "sea"),
        ("amembaka mtoto wa jirani", "child_safeguarding"),
        ("wanauza watoto mpakani", "trafficking"),
        ("زوجي يضربني كل يوم", "gbv_disclosure"),
        ("الموظف يطلب مال مقابل الاسم في القائمة", "fraud_corruption"),
        ("يتحرش بالبنات عند الحمامات", "sexual_harassment"),
        ("خطفوا بنت من المخيم", "trafficking"),
        ("shohar mujhe marta hai", "gbv_disclosure"),
        ("afsar rashan ke liye rishwat leta hai", "fraud_corruption"),
        ("bachi ke sath ziyadti hui", "child_safeguarding"),
    ] {
        check_held(text, kind);
    }
}

#[test]
fn an_indirect_disclosure_is_held_for_somebody() {
    for text in [
        "li mete men l anba wòb mwen",
        "chèf la kenbe mwatye diri a pou l vann",
        "mon beau-père vient dans mon lit la nuit",
        "my uncle comes into my bed at night",
        "you only get a tarpaulin if you give the clerk something",
        "my father drinks and hits us all",
        "girls go to work in another country and never come back",
        "me van a matar si hablo",
        "el líder se queda con la mitad de las despensas",
        "mlinzi ananiambia nimpe mwili wangu",
        "polisi anataka pesa ili amwachie kaka yangu",
        "الكاتب لا يوقع الورقة إلا بهدية",
        "زوجي حبسني وكسر يدي",
        "sotela baap raat ko mere bistar mein aata hai",
        "hum ne list ke liye paise diye",
    ] {
        let hints = suggest(text, language(text).code);
        assert!(hints.disclosure.is_some(), "{text:?} is not held");
    }
}

#[test]
fn two_words_for_who_do_not_make_a_disclosure() {
    check_held("the chief and the manager are at the clinic", "");
    assert!(suggest("the manager sells half", "en").disclosure.is_some());
}

#[test]
fn ordinary_needs_are_not_held() {
    for text in [
        "nou bezwen dlo ak manje",
        "nous avons besoin de tentes",
        "We need water and tents",
        "necesitamos comida y agua",
        "tunahitaji chakula na maji",
        "نحتاج ماء وخبز",
        "hamein khana chahiye",
        "Is the food free of charge?",
    ] {
        check_held(text, "");
    }
}

#[test]
fn the_reason_gives_the_words_of_the_message() {
    let hints = suggest("There are people TRAPPED under the rubble!", "en");
    let reason = hints.life_at_risk.expect("life at risk").reason;
    assert_eq!(reason.code, "says");
    assert_eq!(reason.words, ["TRAPPED", "under the rubble"]);
    let asks = suggest("mango?", "und").kind.expect("a question");
    assert_eq!((asks.value, asks.reason.code), ("question", "asks"));
}

#[test]
fn a_wrongly_told_language_hides_no_danger() {
    let hints = suggest("gen moun anba dekonb", "ar");
    assert!(hints.life_at_risk.is_some());
    assert!(suggest("my husband beats me", "sw").disclosure.is_some());
}

#[test]
fn a_phrase_that_means_something_else_does_not_count() {
    assert!(suggest("I need baby formula and body wash", "en").urgency.is_none());
    assert!(suggest("we have a dead battery", "en").urgency.is_none());
    assert!(suggest("she is dead", "en").urgency.is_some());
}

#[test]
fn a_cry_at_the_end_of_a_long_message_is_heard() {
    let mut text = "water food tent road school ".repeat(130);
    text.push_str("my husband beats me and people are trapped");
    assert!(text.len() <= crate::WORDS_BYTES_MAX);
    let hints = suggest(&text, "en");
    assert!(hints.disclosure.is_some() && hints.life_at_risk.is_some());
}

#[test]
fn nothing_is_suggested_for_nothing() {
    for text in ["", "...", "abc"] {
        assert_eq!(suggest(text, "en"), crate::Suggested::default(), "{text:?}");
    }
}

#[test]
fn every_entry_of_every_wordlist_is_reachable() {
    for (at, rule) in RULES.rules.iter().enumerate() {
        let said = rule.phrase.replace(" .. ", " xx ").replace('*', "");
        let hits = RULES.matcher.find(&Folded::stemmed(&said));
        assert!(
            hits.iter().any(|hit| hit.rule == at),
            "{:?} {} {:?} is never found",
            rule.area,
            rule.value,
            rule.phrase
        );
    }
}

#[test]
fn every_value_is_a_code_of_the_vocabulary() {
    let of = |area: Area| -> HashSet<&str> {
        RULES.rules.iter().filter(|r| r.area == area).map(|r| r.value).collect()
    };
    let kinds = "request complaint suggestion question rumour thanks aspiration offer \
                 alert_report other not";
    let sectors = "wash food_security nutrition shelter health mhpss protection education energy \
                   transport_roads drainage_flood solid_waste_debris markets_livelihoods cash \
                   governance_civil_docs telecom_info logistics public_space environment not";
    let disclosures = "sea sexual_harassment child_safeguarding gbv_disclosure fraud_corruption \
                       staff_misconduct protection_threat data_breach trafficking not";
    for (area, values) in [
        (Area::Kind, kinds),
        (Area::Sector, sectors),
        (Area::Urgency, "life_at_risk urgent not"),
        (Area::Disclosure, disclosures),
    ] {
        assert_eq!(of(area), values.split_whitespace().collect(), "{area:?}");
    }
}

#[test]
fn every_grave_value_is_known_in_every_language() {
    for area in [Area::Urgency, Area::Disclosure] {
        for tongue in ["ht", "fr", "en", "es", "sw", "ar", "ur"] {
            let values: HashSet<&str> = RULES.values_in(area, tongue);
            let all = if area == Area::Urgency { 2 } else { 9 };
            assert_eq!(values.len(), all, "{area:?} in {tongue}: {values:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_message_is_survived(text in ".{0,300}|[a-z ]{0,300}") {
        let hints = suggest(&text, "und");
        prop_assert!(hints.sectors.len() <= 4);
        let _ = language(&text);
    }
}
