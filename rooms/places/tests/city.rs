//! The city's own facts: named, named again, hidden and shown.

use page::Lang;
use record::Refusal;

use crate::door::Trouble;
use crate::places::rules::{CityWords, city_named};
use crate::places::tests::house;
use crate::places::{hide_city, name_city};

fn words() -> CityWords {
    CityWords {
        name: " Port-au-Prince ".to_owned(),
        country: "hti".to_owned(),
        languages: vec![Lang::Ht, Lang::Fr, Lang::Ht],
        emergency: "114".to_owned(),
        sms_number: "+509 3700-0000".to_owned(),
        offset_minutes: -300,
        demo: false,
    }
}

fn check(change: impl FnOnce(&mut CityWords), code: &str) {
    let mut words = words();
    change(&mut words);
    assert_eq!(city_named(&words).map_err(|r| r.code), Err(code));
}

#[test]
fn facts_are_kept_in_one_form() {
    let named = city_named(&words()).expect("all facts can be right");
    assert_eq!(named.name, "Port-au-Prince");
    assert_eq!(named.country, "HTI");
    assert_eq!(named.languages, ["ht", "fr"]);
    assert_eq!(named.sms_number, "+50937000000");
}

#[test]
fn facts_that_cannot_be_right_are_refused() {
    check(|w| w.name = " \u{202e} ".to_owned(), "city-no-name");
    check(|w| w.name = "a".repeat(121), "places-text-long");
    check(|w| w.country = "HT".to_owned(), "city-country");
    check(|w| w.country = "HT1".to_owned(), "city-country");
    check(|w| w.languages.clear(), "city-no-language");
    check(|w| w.emergency = String::new(), "city-number");
    check(|w| w.emergency = "one one two".to_owned(), "city-number");
    check(|w| w.sms_number = "1234567890123456".to_owned(), "city-number");
    check(|w| w.offset_minutes = 841, "city-clock");
}

#[tokio::test]
async fn a_city_is_named_once_for_the_same_words() {
    let (house, _folder) = house().await;
    assert_eq!(house.city().name, "");
    name_city(&house, words(), None).await.expect("the city is named");
    name_city(&house, words(), None).await.expect("the same again");
    assert_eq!(house.city().name, "Port-au-Prince");
    assert_eq!(house.city().languages, [Lang::Ht, Lang::Fr]);
    assert_eq!(house.city().offset_minutes, -300);
    let records = house.store().records_of(crate::places::city_id()).await.expect("records");
    assert_eq!(records.len(), 1);
    name_city(&house, CityWords { demo: true, ..words() }, None).await.expect("named anew");
    assert!(house.city().demo);
}

#[tokio::test]
async fn a_city_hides_with_a_reason_and_shows_itself_again() {
    let (house, _folder) = house().await;
    name_city(&house, words(), None).await.expect("the city is named");
    let refused = hide_city(&house, true, "  ", None).await;
    assert!(matches!(refused, Err(Trouble::Refused(Refusal { code: "city-no-reason", .. }))));
    assert!(!house.city().hidden);
    hide_city(&house, true, "Armed men ask for the map", None).await.expect("hidden");
    assert!(house.city().hidden);
    assert_eq!(house.city().name, "Port-au-Prince");
    hide_city(&house, true, "Again", None).await.expect("it is so already");
    hide_city(&house, false, "They have left", None).await.expect("shown");
    assert!(!house.city().hidden);
    let records = house.store().records_of(crate::places::city_id()).await.expect("records");
    let kinds: Vec<&str> = records.iter().map(|record| record.kind.as_str()).collect();
    assert_eq!(kinds, ["city.named", "city.hidden", "city.shown"]);
}
