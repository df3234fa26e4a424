//! What keeps an activity from being written: each lack, told with its place, and each limit one
//! beyond.

use exchange::iati::check::FILE_BYTES_MAX;
use exchange::iati::codes::{DescriptionType, ScopeVocabulary, SectorVocabulary};
use exchange::iati::{
    ACTIVITIES_MAX, Activities, Activity, ID_CHARS_MAX, LACKS_MAX, LISTED_MAX, PEOPLE_MIN,
    TEXT_CHARS_MAX, TRANSACTIONS_MAX, Texts, write,
};
use exchange::{AMOUNT_MINOR_MAX, Day};

use crate::activity::{activity, day, file, location, sector};

/// Changes the activity; the lacks must be those expected, `place: what`.
fn check(change: impl FnOnce(&mut Activity), expected: &[&str]) {
    let mut one = activity();
    change(&mut one);
    let written = write(&Activities { activities: vec![one], ..file() });
    let lacks = written
        .err()
        .map_or_else(Vec::new, |lacks| lacks.iter().map(ToString::to_string).collect());
    let expected: Vec<String> = expected.iter().map(|it| format!("iati-activity[1]{it}")).collect();
    assert_eq!(lacks, expected);
}

#[test]
fn what_is_missing_is_told_with_its_place() {
    check(|_| (), &[]);
    check(|it| it.title = Texts::default(), &["/title[1]: a text is missing: add it"]);
    check(|it| it.descriptions.clear(), &[": a description is missing: add it"]);
    let nobody = ": an organisation that takes part is missing: add it";
    check(|it| it.participants.clear(), &[nobody]);
    check(|it| it.sectors.clear(), &[": a sector is missing: add it"]);
    let begun = "/activity-date[1]: the day it began or is meant to begin is missing: add it";
    check(|it| (it.dates.planned_start, it.dates.actual_start) = (None, None), &[begun]);
    let nameless = "/transaction[5]/receiver-org[1]: the organisation's id or name is missing: \
                    add it";
    check(|it| it.transactions[4].receiver = Some(Default::default()), &[nameless]);
    let unplaced = "/location[1]: the area's name or code is missing: add it";
    let nowhere = |it: &mut Activity| {
        (it.locations[0].names, it.locations[0].administrative) = (Texts::default(), vec![]);
    };
    check(nowhere, &[unplaced]);
    let empty = "/result[1]: an indicator is missing: add it";
    check(|it| it.results[0].indicators.clear(), &[empty]);
    let unnamed = "/humanitarian-scope[1]: a text is missing: add it";
    check(|it| it.scopes[0].vocabulary = ScopeVocabulary::Own, &[unnamed]);
    let nothing = Activities { activities: vec![], ..file() };
    assert_eq!(write(&nothing).unwrap_err().to_string(), ": an activity is missing: add it");
}

#[test]
fn ids_are_built_on_the_reporter_and_lead_nobody_astray() {
    let own = "/iati-identifier[1]: the id must be the reporter's id, a hyphen and a number of \
               your own: change it";
    for id in ["HT-COA-7", "HT-COA-7-", "HT-COA-77-1", "41"] {
        check(|it| it.id = id.to_owned(), &[own]);
    }
    for id in ["HT-COA-7-4/1", "HT-COA-7-4?", "HT-COA-7-4|1", "HT-COA-7-4&1"] {
        let astray =
            format!("/iati-identifier[1]: the id “{id}” holds / & | or ?: write it without");
        check(|it| it.id = id.to_owned(), &[&astray]);
    }
    for id in ["HT-COA-7-41 ", "HT-COA-7-41\n"] {
        let shown = id.replace('\n', " ");
        let padded =
            format!("/iati-identifier[1]: “{shown}” begins or ends with a blank: write it without");
        check(|it| it.id = id.to_owned(), &[&padded]);
    }
    let symbols = "/participating-org[1]: the id “HT/1” holds / & | or ?: write it without";
    check(|it| it.participants[0].organisation.id = Some("HT/1".to_owned()), &[symbols]);
    // Codes and numbers of others are told as they are.
    check(|it| it.locations[0].administrative[0].code = "relation/12345".to_owned(), &[]);
    check(|it| it.transactions[0].reference = Some("AFG-20/3481/RA6".to_owned()), &[]);
    let none = "/transaction[1]: the id or code is missing: add it";
    check(|it| it.transactions[0].reference = Some(String::new()), &[none]);
    check(|it| it.other_ids[0].1 = "1".repeat(ID_CHARS_MAX), &[]);
    let long = "/other-identifier[1]: an id has more than 128 characters: shorten it";
    check(|it| it.other_ids[0].1 = "1".repeat(ID_CHARS_MAX + 1), &[long]);
    let twice = Activities { activities: vec![activity(), activity()], ..file() };
    let said = "iati-activity[2]: “HT-COA-7-41” is there twice: give each its own";
    assert_eq!(write(&twice).unwrap_err().to_string(), said);
    let same = "/location[2]: “fond-melon” is there twice: give each its own";
    check(|it| it.locations.push(location()), &[same]);
}

#[test]
fn codes_are_those_of_the_lists() {
    let country = "/recipient-country[1]: “HTI” is not in the list Country: choose a code of that \
                   list";
    check(|it| it.country = "HTI".to_owned(), &[country]);
    let language = ": “fra” is not in the list Language: choose a code of that list";
    check(|it| it.language = "fra".to_owned(), &[language]);
    let purpose = "/sector[1]: “99999” is not in the list Sector: choose a code of that list";
    check(|it| it.sectors[0].code = "99999".to_owned(), &[purpose]);
}

#[test]
fn shares_make_a_whole() {
    let one = |it: &mut Activity| it.sectors[0].share = Some(exchange::iati::Share(6_666));
    check(one, &[": shares of one vocabulary make 99.99 %: let them make 100 %"]);
    let none = |it: &mut Activity| it.sectors[0].share = None;
    let several = ": several sectors of one vocabulary: give each its share of 100 %";
    check(none, &[several, ": shares of one vocabulary make 33.33 %: let them make 100 %"]);
    let lone = |it: &mut Activity| it.sectors[2] = sector(SectorVocabulary::Cluster, "11", Some(9));
    check(lone, &[": shares of one vocabulary make 0.09 %: let them make 100 %"]);
}

#[test]
fn nothing_ends_before_it_begins_or_happens_tomorrow() {
    let (late, early): (Day, Day) = (day("2026-11-28"), day("2026-02-01"));
    let future = "2026-11-28 is later than the day this file is made: tell it when it has happened";
    let at = |place: &str| format!("/{place}: {future}");
    check(|it| it.transactions[0].day = late, &[&at("transaction[1]")]);
    check(|it| it.transactions[0].value_day = late, &[&at("transaction[1]")]);
    check(|it| it.dates.actual_start = Some(late), &[&at("activity-date[1]")]);
    let ended = "/activity-date[1]: it ends on 2026-02-01, before it begins on 2026-03-02: correct \
                 one of the days";
    check(|it| it.dates.actual_end = Some(early), &[ended]);
    let meant = "/activity-date[1]: it ends on 2026-02-01, before it begins on 2026-03-01: correct \
                 one of the days";
    check(|it| it.dates.planned_end = Some(early), &[meant]);
    check(|it| it.budgets[0].end = day("2027-03-01"), &[]);
    let over = "/budget[1]: a budget spans at most a year: split it";
    check(|it| it.budgets[0].end = day("2027-03-02"), &[over]);
}

#[test]
fn a_count_by_which_people_could_be_recognised_is_refused() {
    let period = |it: &mut Activity, count: u64| {
        it.results[0].indicators[0].periods[0].actual = Some(count);
    };
    check(|it| period(it, PEOPLE_MIN), &[]);
    let few = "/result[1]/indicator[1]/period[1]: fewer than 5 people could be recognised: leave \
               this count out";
    for count in [PEOPLE_MIN - 1, 1, 0] {
        check(|it| period(it, count), &[few]);
    }
    let things = |it: &mut Activity| {
        period(it, 1);
        it.results[0].indicators[0].people = false;
    };
    check(things, &[]);
    let nowhere = "/result[1]/indicator[1]/period[1]: no location of this activity has the \
                   reference “x”: add it, or leave it out";
    let elsewhere = |it: &mut Activity| {
        it.results[0].indicators[0].periods[0].area = Some("x".to_owned());
    };
    check(elsewhere, &[nowhere]);
}

#[test]
fn texts_have_words_and_no_control_characters() {
    let title = |words: &str| Texts::of("fr", words);
    check(|it| it.title = title("\tl'eau\r\nvient\u{85}"), &[CONTROL]);
    check(|it| it.title = title("\tl'eau\r\nvient"), &[]);
    check(|it| it.title = title("\u{ffff}"), &[NO_CHARACTER]);
    let empty = "/title[1]: the text in “fr” is empty: write it, or leave the language out";
    check(|it| it.title = title(" \n"), &[empty]);
    check(|it| it.title = title(&"é".repeat(TEXT_CHARS_MAX)), &[]);
    let long = "/title[1]: the text in “fr” has more than 10000 characters: shorten it";
    check(|it| it.title = title(&"é".repeat(TEXT_CHARS_MAX + 1)), &[long]);
}

const CONTROL: &str = "/title[1]: the character U+0085 may not stand in a file: take it out";
const NO_CHARACTER: &str = "/title[1]: the character U+FFFF may not stand in a file: take it out";

#[test]
fn an_absurd_amount_is_refused() {
    check(|it| it.transactions[0].money.minor = -AMOUNT_MINOR_MAX, &[]);
    let absurd = "/transaction[1]: the amount is larger than any that is known: look at it again";
    for minor in [AMOUNT_MINOR_MAX + 1, i64::MIN] {
        check(|it| it.transactions[0].money.minor = minor, &[absurd]);
    }
}

#[test]
fn one_beyond_the_most_of_anything_is_refused() {
    let fill = |it: &mut Activity, count: usize| {
        let first = it.participants[0].clone();
        it.participants = vec![first; count];
    };
    check(|it| fill(it, LISTED_MAX), &[]);
    check(|it| fill(it, LISTED_MAX + 1), &[": more than 500 of these: tell the most important"]);

    let small = |count: usize| -> Activities {
        let mut one = activity();
        one.transactions.clear();
        let numbered =
            (0..count).map(|at| Activity { id: format!("HT-COA-7-{at}"), ..one.clone() });
        Activities { activities: numbered.collect(), ..file() }
    };
    assert!(write(&small(ACTIVITIES_MAX)).is_ok());
    let said = ": more than 10000 of these: split the file";
    assert_eq!(write(&small(ACTIVITIES_MAX + 1)).unwrap_err().to_string(), said);

    let moved = |count: usize| {
        let mut one = activity();
        one.transactions = vec![one.transactions[0].clone(); count];
        Activities { activities: vec![one], ..file() }
    };
    assert!(write(&moved(TRANSACTIONS_MAX)).is_ok());
    let said = ": more than 100000 of these: split the file";
    assert_eq!(write(&moved(TRANSACTIONS_MAX + 1)).unwrap_err().to_string(), said);

    let wrong = |count: usize| {
        let mut one = activity();
        one.transactions = vec![one.transactions[0].clone(); count];
        one.transactions.iter_mut().for_each(|it| it.day = day("2027-01-01"));
        write(&Activities { activities: vec![one], ..file() }).unwrap_err().iter().count()
    };
    assert_eq!(wrong(LACKS_MAX - 1), LACKS_MAX - 1);
    assert_eq!(wrong(LACKS_MAX + 1), LACKS_MAX);
}

#[test]
fn one_byte_beyond_the_largest_file_is_not_written() {
    // Fourteen activities full of long descriptions fill the file but for less than one text.
    let filled = |descriptions: usize, last: usize| {
        let words = |chars: usize| (DescriptionType::Other, Texts::of("fr", &"x".repeat(chars)));
        let each = descriptions / 14;
        let all = (0..14).map(|at| {
            let mut one = activity();
            one.id = format!("HT-COA-7-{at:02}");
            let count = if at == 0 { descriptions - 13 * each } else { each };
            one.descriptions = vec![words(TEXT_CHARS_MAX); count];
            one
        });
        let mut all: Vec<Activity> = all.collect();
        all[0].descriptions.push(words(last));
        write(&Activities { activities: all, ..file() })
    };
    let empty = filled(1_400, 1).unwrap().len();
    let text = filled(1_401, 1).unwrap().len() - empty;
    let texts = (FILE_BYTES_MAX - empty) / text;
    let rest = (FILE_BYTES_MAX - empty) % text;
    assert_eq!(filled(1_400 + texts, 1 + rest).unwrap().len(), FILE_BYTES_MAX);
    let said = "iati-activities[1]: the file would have more than 67108864 bytes: split it into \
                several files";
    assert_eq!(filled(1_400 + texts, 2 + rest).unwrap_err().to_string(), said);
}
