//! What holds for any words and amounts: they are found again in what was written.

use exchange::iati::check::check;
use exchange::iati::{Activities, Texts, write};
use exchange::{AMOUNT_MINOR_MAX, Currency, Money};
use proptest::prelude::*;

use crate::activity::{activity, file};
use crate::any::{self, id, words};
use crate::back;
use crate::written::judge;

/// The text of the first element of a name, as a reader of XML finds it.
fn found(bytes: &[u8], name: &str) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    let tree = roxmltree::Document::parse(text).unwrap();
    let all = tree.descendants().filter(|node| node.has_tag_name(name));
    all.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

/// What may turn one file into another.
const CHANGES: [&str; 11] = ["<", ">", "/", "\"", "=", "&", "é", "<a>", "]]>", "-->", ""];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_told_is_sound_and_is_read_as_it_was(all in any::file()) {
        let bytes = write(&all).unwrap();
        let report = judge(&bytes);
        prop_assert!(report.is_sound(), "{:#?}", report.findings);
        prop_assert_eq!(back::activities(&bytes), all);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_words_survive(title in words(), description in words(), name in words()) {
        let mut one = activity();
        one.title = Texts::of("ar", &title);
        one.descriptions[0].1 = Texts::of("sw", &description);
        one.reporter.names = Texts::of("ht", &name);
        let bytes = write(&Activities { activities: vec![one], ..file() }).unwrap();
        let narratives = found(&bytes, "narrative");
        prop_assert_eq!(&narratives[..3], &[name, title, description]);
        prop_assert!(judge(&bytes).is_sound());
    }

    #[test]
    fn any_id_survives_in_an_attribute(id in id()) {
        let mut one = activity();
        one.transactions[0].reference = Some(id.clone());
        let bytes = write(&Activities { activities: vec![one], ..file() }).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap();
        let tree = roxmltree::Document::parse(text).unwrap();
        let first = tree.descendants().find(|node| node.has_tag_name("transaction")).unwrap();
        prop_assert_eq!(first.attribute("ref"), Some(id.as_str()));
    }

    #[test]
    fn any_amount_survives(
        minor in -AMOUNT_MINOR_MAX..=AMOUNT_MINOR_MAX,
        code in prop::sample::select(vec!["USD", "JPY", "KWD", "CLF", "HTG"]),
    ) {
        let currency: Currency = code.parse().unwrap();
        let mut one = activity();
        one.budgets.clear();
        one.transactions.truncate(1);
        one.transactions[0].money = Money::new(minor, currency);
        let bytes = write(&Activities { activities: vec![one], ..file() }).unwrap();
        let value = found(&bytes, "value").remove(0);
        prop_assert_eq!(Money::read(&value, currency), Ok(Money::new(minor, currency)));
        prop_assert!(judge(&bytes).is_sound());
    }

    #[test]
    fn no_file_ends_the_checker(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = check(&bytes, activity().dates.actual_start.unwrap());
    }

    #[test]
    fn no_changed_file_ends_the_checker(
        at in any::<prop::sample::Index>(),
        put in prop::sample::select(CHANGES.to_vec()),
        cut in 0..40_usize,
    ) {
        let mut bytes = write(&file()).unwrap();
        let from = at.index(bytes.len());
        let to = (from + cut).min(bytes.len());
        bytes.splice(from..to, put.bytes());
        let _ = check(&bytes, activity().dates.actual_start.unwrap());
    }
}
