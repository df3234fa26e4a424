//! Questions that are refused or not understood, and the published ones, which are both answered
//! and checked.

use super::*;

#[test]
fn what_cannot_be_shared_out_is_refused_or_not_understood() {
    let desk = Desk::new();
    let check = |from: &str, to: &str, is_refused: bool, expected: &str| {
        let question = desk.put("town.json", &TOWN.replace(from, to));
        let error = line(&[&question]).run().unwrap_err();
        let said = format!("{error:#}");
        assert!(said.contains(expected), "{said}");
        assert_eq!(error.downcast_ref::<Refused>().is_some(), is_refused, "{said}");
    };
    check("\"river\"", "\"hill\"", true, "two are called hill");
    check("[0, 1]", "[7, 1]", true, "arc 1 leads nowhere");
    check("\"supply\": 810", "\"supply\": -1", true, "city: the supply is -1");
    check("[0, 1]", "[0]", false, "eligible 1: give a pool");
    check("[0, 1]", "[-1, 1]", false, "eligible 1: -1 is no place");
    check("\"risk10\": 100", "\"risk10\": 101", false, "hill: risk10 is 101");
    check("\"risk10\": 100", "\"risk10\": 0", false, "hill: risk10 is 0; give 1 to 100, or leave");
    check(
        "\"risk10\": 100",
        "\"risk10\": 9, \"severity\": 2",
        false,
        "hill: severity is 2; give 3",
    );
    check("\"risk10\": 100", "\"risk10\": 9, \"cost\": 0", false, "hill: cost is 0; give what one");
    check("\"supply\": 810", "\"supply\": 1.5", false, "town.json is not understood");
    let nowhere = desk.folder.path().join("nowhere.json");
    let error = line(&[&nowhere]).run().unwrap_err();
    assert!(format!("{error:#}").contains("nowhere.json cannot be read"), "{error:#}");
}

/// Fields of tomorrow were once passed over, so that newer files could be read. But a name that is
/// not known is far more often a slip than a novelty, and either may change who gets what: an
/// answer that heeds a part of the question is an answer to another question.
#[test]
fn a_field_that_is_not_known_is_named_with_the_nearest_that_is() {
    let check = |from: &str, to: &str, name: &str, nearest: &str| {
        let text = TOWN.replace(from, to);
        assert_ne!(text, TOWN, "{from}");
        let error = file::asked(text.as_bytes()).err().unwrap();
        let expected = format!(
            "the field `{name}` is not known, and the nearest that is known is `{nearest}`"
        );
        assert!(format!("{error:#}").contains(&expected), "{error:#}");
    };
    check("\"held_back\"", "\"held_bakc\"", "held_bakc", "held_back");
    check("\"supply\"", "\"suply\"", "suply", "supply");
    check("\"cap\": 10,", "\"cap\": 10, \"grant_mn\": 20,", "grant_mn", "grant_min");
    check("\"cap\": 10,", "\"cap\": 10, \"deferral\": 2,", "deferral", "deferrals");
    check("\"covered\": 100", "\"coverd\": 100", "coverd", "covered");
    check("\"eligible\"", "\"elegible\"", "elegible", "eligible");
    check("\"name\"", "\"partner\"", "partner", "partners");
    check("\"name\"", "\"a field of tomorrow\"", "a field of tomorrow", "areas");
    let partner = r#""partners": [{ "id": "c", "capactiy": 3, "pools": [0], "areas": [3] }]"#;
    check("\"name\": \"a town\"", partner, "capactiy", "capacity");
}

#[test]
fn what_only_describes_may_stand_anywhere() {
    let text = TOWN
        .replace(
            "\"name\": \"a town\"",
            r#""name": 1, "note": "x", "seed": 4, "expected": {"x": []}"#,
        )
        .replace("\"id\": \"hill\"", "\"name\": \"the hill\", \"note\": [], \"id\": \"hill\"")
        .replace("\"id\": \"city\"", "\"name\": \"the city\", \"note\": null, \"id\": \"city\"");
    assert_eq!(window(&text), window(TOWN));
}

#[test]
fn a_file_too_large_to_hold_is_not_read() {
    let desk = Desk::new();
    let large = desk.put("large.json", "");
    let file = std::fs::File::options().write(true).open(&large).unwrap();
    file.set_len((1 << 30) + 1).unwrap();
    let error = line(&[&large]).run().unwrap_err();
    assert!(format!("{error:#}").contains("1073741825 bytes"), "{error:#}");
}

/// Published instances; none where the folder of real data is not at hand.
fn published() -> Vec<PathBuf> {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let data = std::env::var_os("BARAZA_TRIAL_DATA").filter(|said| !said.is_empty());
    let folder = data.map_or_else(|| here.into(), PathBuf::from).join("alloc");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("BARAZA_TRIAL_DATA has no alloc: this trial did not run");
        return Vec::new();
    };
    files.map(|file| file.unwrap().path()).collect()
}

#[test]
fn published_questions_are_answered_and_their_answers_pass_the_check() {
    let desk = Desk::new();
    for question in published() {
        let printed = result(&file::asked(&file::read(&question).unwrap()).unwrap());
        let answer = desk.put("answer.json", &printed.to_string());
        let check = line(&[Path::new("--check"), &question, &answer]);
        assert_eq!(check.run().unwrap(), 0, "{}", question.display());
    }
}

#[test]
fn the_example_of_the_handbook_is_understood_and_shared_out() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/handbook/exit-codes.md");
    let page = std::fs::read_to_string(page).unwrap();
    let example = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let printed = result(&asked(example));
    assert_eq!(printed["total"], 810);
    // The handbook lists the parts of a result.
    for part in printed.as_object().unwrap().keys() {
        assert!(page.contains(&format!("`{part}`")), "{part}");
    }
}
