//! Each rule is broken by a small change of a sound file, and by nothing else.
//!
//! Never proves that a rule means what IATI means by it; the validator's cases do, as far as they
//! go.

use std::collections::BTreeSet;

use super::super::{Report, check, rules};

/// A file with as many elements as the rules look at. Nothing in it is true.
const SOUND: &str = r#"<iati-activities version="2.03">
<iati-activity xml:lang="fr" default-currency="HTG" last-updated-datetime="2026-11-26T06:00:00Z">
<iati-identifier>HT-COA-7-41</iati-identifier>
<reporting-org ref="HT-COA-7" type="11"><narrative>Ville de Jacmel</narrative></reporting-org>
<title><narrative>Eau pour Fond Melon</narrative></title>
<description><narrative>Deux bornes</narrative></description>
<participating-org role="4" ref="HT-COA-8" activity-id="HT-COA-8-1"/>
<other-identifier ref="D-41" type="A3"><owner-org ref="HT-COA-9"/></other-identifier>
<other-identifier ref="HT-COA-6" type="B1"/>
<activity-status code="2"/>
<activity-date type="1" iso-date="2026-01-05"/>
<activity-date type="2" iso-date="2026-01-06"/>
<activity-date type="3" iso-date="2026-12-05"/>
<activity-date type="4" iso-date="2026-11-05"/>
<recipient-country code="HT" percentage="60"/>
<recipient-region code="1031" vocabulary="1" percentage="40"/>
<sector vocabulary="1" code="14030" percentage="33.33"/>
<sector vocabulary="1" code="72010" percentage="66.67"/>
<sector vocabulary="99" code="EAU"><narrative>Eau</narrative></sector>
<country-budget-items vocabulary="2"><budget-item code="1.1.1" percentage="50"/>
<budget-item code="1.2.1" percentage="50"/></country-budget-items>
<policy-marker vocabulary="1" code="10" significance="1"/>
<policy-marker vocabulary="99" code="A1" significance="1"><narrative>A1</narrative></policy-marker>
<default-aid-type code="C01"/>
<budget><period-start iso-date="2026-01-01"/><period-end iso-date="2026-12-31"/>
<value value-date="2026-01-01">100</value></budget>
<planned-disbursement><period-start iso-date="2026-02-01"/><period-end iso-date="2026-02-28"/>
<value value-date="2026-02-01">50</value></planned-disbursement>
<capital-spend percentage="80"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2026-03-01"/>
<value value-date="2026-03-01">50</value>
<provider-org ref="HT-COA-7" provider-activity-id="HT-COA-7-41"/>
<receiver-org ref="HT-COA-8" receiver-activity-id="HT-COA-8-1"/>
<aid-type code="C01" vocabulary="1"/><aid-type code="1" vocabulary="4"/></transaction>
<related-activity ref="HT-COA-8-1" type="2"/>
<result type="1"><title><narrative>Bornes</narrative></title>
<indicator measure="1"><title><narrative>Bornes ouvertes</narrative></title>
<reference vocabulary="99" code="B"/><baseline year="2025" value="0"/>
<period><period-start iso-date="2026-01-01"/><period-end iso-date="2026-06-30"/>
<target value="2"/><actual value="1.5"/></period></indicator></result>
</iati-activity></iati-activities>"#;

/// What is changed in the sound file, and the rules that are broken then.
const CHANGES: &[(&[&str], &str, &str)] = &[
    (&["1.1.3", "1.1.21"], ">HT-COA-7-41<", ">HT-COA-7<"),
    (&["1.1.21"], ">HT-COA-7-41<", ">HT-COA-77-41<"),
    (&["1.14.8"], "<reporting-org ref=\"HT-COA-7\"", "<reporting-org ref=\"HAITI-7\""),
    (&["1.3.13"], ">HT-COA-7-41<", ">HT-COA-7-4/1<"),
    (&["1.14.13"], "<reporting-org ref=\"HT-COA-7\"", "<reporting-org ref=\"HT-COA-6|7\""),
    (&["1.3.1"], ">HT-COA-7-41<", ">HT-COA-7-41\n<"),
    (&["1.14.1"], "<reporting-org ref=\"HT-COA-7\"", "<reporting-org ref=\"HT-COA-6 \""),
    (&["1.16.1"], "ref=\"HT-COA-6\" type=\"B1\"", "ref=\" HT-COA-6\" type=\"B1\""),
    (&["1.6.1"], "ref=\"D-41\"", "ref=\"D-41 \""),
    (&["1.7.1"], "<related-activity ref=\"", "<related-activity ref=\" "),
    (&["4.1.1"], " xml:lang=\"fr\"", ""),
    (&["7.8.1"], " default-currency=\"HTG\"", ""),
    (&["11.1.1"], "2026-11-26T06:00:00Z", "2026-11-28T06:00:00Z"),
    (&["11.1.2"], "type=\"3\" iso-date=\"2026-12-05\"", "type=\"3\" iso-date=\"2026-01-04\""),
    (&["11.1.3"], "type=\"4\" iso-date=\"2026-11-05\"", "type=\"4\" iso-date=\"2026-01-05\""),
    (&["11.1.3", "11.1.4"], "iso-date=\"2026-01-06\"", "iso-date=\"2026-11-28\""),
    (&["11.1.5"], "iso-date=\"2026-11-05\"", "iso-date=\"2026-11-28\""),
    (&["11.2.1"], "transaction-date iso-date=\"2026", "transaction-date iso-date=\"2027"),
    (&["11.2.2"], "<value value-date=\"2026-03-01\"", "<value value-date=\"2027-03-01\""),
    (&["2.1.1"], "code=\"14030\" percentage=\"33.33\"", "code=\"14030\""),
    (&["2.1.2"], "33.33", "33.34"),
    (&["2.1.4"], "code=\"EAU\"", "code=\"EAU\" percentage=\"99\""),
    (&["2.2.1"], "<narrative>Eau</narrative>", ""),
    (&["3.1.1", "3.1.2"], REGION, "<recipient-country code=\"DO\"/>"),
    (&["3.1.2"], REGION, "<recipient-country code=\"DO\" percentage=\"50\"/>"),
    (&["3.1.4"], REGION, ""),
    (
        &["3.4.1", "3.4.2"],
        REGION,
        "<recipient-region code=\"1031\"/><recipient-region code=\"389\"/>",
    ),
    (
        &["3.4.2"],
        "code=\"1031\" vocabulary=\"1\" percentage=\"40\"",
        "code=\"1031\" percentage=\"41\"",
    ),
    (&["3.4.4"], COUNTRY, ""),
    (&["7.9.1", "7.9.2"], ITEMS, "<budget-item code=\"1.1.1\"/><budget-item code=\"1.2.1\"/>"),
    (&["7.9.2"], "code=\"1.1.1\" percentage=\"50\"", "code=\"1.1.1\" percentage=\"49.9\""),
    (&["7.9.4"], ITEMS, "<budget-item code=\"1.1.1\" percentage=\"50\"/>"),
    (&["12.1.1", "3.4.2"], "code=\"HT\" percentage=\"60\"", "code=\"HT\" percentage=\"-1\""),
    (&["12.3.1", "2.1.2"], "33.33", "100.01"),
    (&["12.2.1"], "<capital-spend percentage=\"80\"", "<capital-spend percentage=\"101\""),
    (
        &["107.1.2"],
        "<default-aid-type code=\"C01\"/>",
        "<default-aid-type code=\"C01\"/><default-aid-type code=\"B01\"/>",
    ),
    (
        &["107.1.1"],
        "<default-aid-type code=\"C01\"",
        "<default-aid-type code=\"1\" vocabulary=\"2\"",
    ),
    (&["107.2.2"], "<aid-type code=\"1\" vocabulary=\"4\"/>", "<aid-type code=\"B01\"/>"),
    (&["107.2.1"], "<aid-type code=\"C01\" vocabulary=\"1\"/>", ""),
    (&["6.14.1"], "code=\"10\" significance=\"1\"", "code=\"10\""),
    (&["6.13.1"], "<narrative>A1</narrative>", ""),
    (&["6.6.2"], "<aid-type code=\"C01\" v", "<sector code=\"14030\"/><aid-type code=\"C01\" v"),
    (
        &["3.6.2"],
        "<aid-type code=\"C01\" v",
        "<recipient-country code=\"HT\"/><aid-type code=\"C01\" v",
    ),
    (&["6.8.1"], "<owner-org ref=\"HT-COA-9\"/>", "<owner-org/>"),
    (&["1.11.1"], "<owner-org ref=\"HT-COA-9\"/>", "<owner-org ref=\"HT-COA-9 \"/>"),
    (&["1.11.13"], "<owner-org ref=\"HT-COA-9\"/>", "<owner-org ref=\"HT?\"/>"),
    (&["6.9.1"], "<provider-org ref=\"HT-COA-7\"", "<provider-org ref=\"\""),
    (&["1.10.1"], "<provider-org ref=\"HT-COA-7\"", "<provider-org ref=\" HT-COA-7\""),
    (&["1.10.13"], "<provider-org ref=\"HT-COA-7\"", "<provider-org ref=\"HT/7\""),
    (&["1.4.1"], "provider-activity-id=\"", "provider-activity-id=\" "),
    (&["6.9.2"], "<receiver-org ref=\"HT-COA-8\"", "<receiver-org"),
    (&["1.15.1"], "<receiver-org ref=\"HT-COA-8\"", "<receiver-org ref=\" HT-COA-8\""),
    (&["1.15.13"], "<receiver-org ref=\"HT-COA-8\"", "<receiver-org ref=\"HT|8\""),
    (&["1.5.1"], "receiver-activity-id=\"", "receiver-activity-id=\" "),
    (&["6.10.1"], "role=\"4\" ref=\"HT-COA-8\"", "role=\"4\""),
    (&["1.8.1"], "role=\"4\" ref=\"HT-COA-8\"", "role=\"4\" ref=\"HT-COA-8&#10;\""),
    (&["1.8.13"], "role=\"4\" ref=\"HT-COA-8\"", "role=\"4\" ref=\"HT&amp;8\""),
    (&["1.9.1"], " activity-id=\"HT-COA-8-1\"", " activity-id=\"HT-COA-8-1 \""),
    (&["8.6.3"], "<period-end iso-date=\"2026-02-28\"", "<period-end iso-date=\"2026-01-31\""),
    (&["8.6.3"], "<period-end iso-date=\"2026-12-31\"", "<period-end iso-date=\"2025-12-31\""),
    (&["8.6.1"], "<period-end iso-date=\"2026-06-30\"", "<period-end iso-date=\"2025-06-30\""),
    (&["7.5.3"], "<period-end iso-date=\"2026-12-31\"", "<period-end iso-date=\"2027-01-02\""),
    (&["8.11.1"], "<indicator", "<reference vocabulary=\"99\" code=\"B\"/><indicator"),
    (&["8.8.1"], "year=\"2025\" value=\"0\"", "year=\"2025\""),
    (&["8.8.2"], "year=\"2025\" value=\"0\"", "year=\"2025\" value=\"none\""),
    (&["8.9.1"], "<target value=\"2\"/>", "<target/>"),
    (&["8.9.2"], "<target value=\"2\"/>", "<target value=\"2e1\"/>"),
    (&["8.10.1"], "<actual value=\"1.5\"/>", "<actual/>"),
    (&["8.10.2"], "<actual value=\"1.5\"/>", "<actual value=\"\"/>"),
    (&["8.8.3", "8.9.3", "8.10.3"], "measure=\"1\"", "measure=\"5\""),
    (&["4.3.1"], "<narrative>Bornes ouvertes</narrative>", "<narrative> </narrative>"),
    (&["4.4.1"], "<narrative>Deux bornes</narrative>", "<narrative/>"),
];

const REGION: &str = "<recipient-region code=\"1031\" vocabulary=\"1\" percentage=\"40\"/>";
const COUNTRY: &str = "<recipient-country code=\"HT\" percentage=\"60\"/>";
const ITEMS: &str = "<budget-item code=\"1.1.1\" percentage=\"50\"/>\n\
                     <budget-item code=\"1.2.1\" percentage=\"50\"/>";
const SECTORS: &str = "<sector vocabulary=\"1\" code=\"14030\" percentage=\"33.33\"/>\n\
                       <sector vocabulary=\"1\" code=\"72010\" percentage=\"66.67\"/>\n\
                       <sector vocabulary=\"99\" code=\"EAU\"><narrative>Eau</narrative></sector>";

fn judge(file: &str) -> Report {
    check(file.as_bytes(), "2026-11-27".parse().unwrap()).unwrap()
}

/// The numbers of the rules that a file breaks; structure and codes are left out.
fn broken(file: &str) -> BTreeSet<&'static str> {
    let numbered = |rule: &&str| rule.starts_with(|c: char| c.is_ascii_digit());
    judge(file).findings.iter().map(|it| it.rule).filter(numbered).collect()
}

/// The sound file with a change, which must be possible.
fn changed(file: &str, from: &str, to: &str) -> String {
    assert_eq!(file.matches(from).count(), 1, "{from}");
    file.replace(from, to)
}

#[test]
fn a_sound_file_has_no_finding() {
    assert_eq!(judge(SOUND), Report { activities: 1, ..Report::default() });
}

#[test]
fn each_rule_is_broken_by_a_change_and_by_nothing_else() {
    let mut seen = BTreeSet::new();
    for (rules, from, to) in CHANGES {
        let file = changed(SOUND, from, to);
        let expected: BTreeSet<&str> = rules.iter().copied().collect();
        let found = broken(&file);
        // Another reporter's id breaks what is built on it too.
        let found: BTreeSet<&str> = found
            .into_iter()
            .filter(|rule| {
                expected.contains(rule) || !from.contains("<reporting-org") || *rule != "1.1.21"
            })
            .collect();
        assert_eq!(found, expected, "{from} → {to}");
        seen.extend(expected);
    }
    // These need more than one change.
    let bare = changed(SOUND, SECTORS, "");
    let moved = changed(
        &bare,
        "<aid-type code=\"C01\" v",
        "<sector code=\"14030\"/><aid-type code=\"C01\" v",
    );
    assert_eq!(broken(&bare), BTreeSet::from(["6.2.2"]));
    assert_eq!(broken(&moved), BTreeSet::new());
    let second = changed(
        &moved,
        "<related-activity",
        concat!(
            "<transaction><transaction-type code=\"3\"/>",
            "<transaction-date iso-date=\"2026-03-01\"/>",
            "<value value-date=\"2026-03-01\">50</value></transaction>",
            "<related-activity",
        ),
    );
    assert_eq!(broken(&second), BTreeSet::from(["6.7.2"]));
    let bare = changed(&changed(SOUND, COUNTRY, ""), REGION, "");
    assert_eq!(broken(&bare), BTreeSet::from(["3.7.1", "3.7.2"]));
    let moved = changed(
        &bare,
        "<aid-type code=\"C01\" v",
        "<recipient-country code=\"HT\"/><aid-type code=\"C01\" v",
    );
    assert_eq!(broken(&moved), BTreeSet::new());
    let own = changed(SOUND, &SECTORS[..SECTORS.rfind('\n').unwrap()], "");
    assert_eq!(broken(&own), BTreeSet::from(["102.1.1"]));
    let undated = changed(SOUND, "<activity-date type=\"1\" iso-date=\"2026-01-05\"/>", "");
    let undated = changed(&undated, "<activity-date type=\"2\" iso-date=\"2026-01-06\"/>", "");
    assert_eq!(broken(&undated), BTreeSet::from(["6.11.1"]));
    seen.extend(["6.2.2", "6.7.2", "3.7.1", "3.7.2", "102.1.1", "6.11.1"]);
    let all: BTreeSet<&str> = rules::all().map(|rule| rule.id).collect();
    assert_eq!(seen, all);
}
