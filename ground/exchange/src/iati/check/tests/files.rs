//! Files that somebody sent: what is refused before it is judged, and where findings are told.
//!
//! Never takes a file of a city.

use super::super::{
    ATTRIBUTES_MAX, DEPTH_MAX, ELEMENTS_MAX, FILE_BYTES_MAX, FINDINGS_MAX, NAMESPACES_MAX, NotXml,
    Report, Unreadable, check,
};

fn judge(bytes: &[u8]) -> Result<Report, Unreadable> {
    check(bytes, "2026-11-27".parse().unwrap())
}

fn refused(bytes: &[u8], line: usize, expected: &NotXml) {
    let refused = judge(bytes).expect_err("the file is refused");
    assert_eq!((refused.line, &refused.why), (line, expected));
}

fn broken(bytes: &[u8]) {
    let refused = judge(bytes).expect_err("the file is refused");
    assert!(matches!(refused.why, NotXml::Broken(_)), "{refused}");
}

#[test]
fn a_document_type_is_refused_wherever_it_stands() {
    refused(b"<!DOCTYPE a>\n<a/>", 1, &NotXml::Dtd);
    refused(
        b"<?xml version='1.0'?>\n<!-- < -->\n<!DOCTYPE a SYSTEM 'file:///x'><a/>",
        3,
        &NotXml::Dtd,
    );
    let laughs = b"<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>";
    refused(laughs, 1, &NotXml::Dtd);
    refused(b"<a>\n\n<!ENTITY b 'x'></a>", 3, &NotXml::Dtd);
    broken(b"<a>&b;</a>");
    // In a comment or as text it is only words.
    assert!(judge(b"<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>").is_ok());
}

#[test]
fn what_is_not_utf_8_is_refused_with_its_line() {
    refused(b"<a>\n\xff</a>", 2, &NotXml::NotText);
    let utf_16: Vec<u8> = "\u{feff}<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&utf_16, 1, &NotXml::NotText);
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>";
    refused(latin, 1, &NotXml::Encoding("ISO-8859-1".to_owned()));
    assert!(judge("\u{feff}<?xml version='1.0' encoding='utf-8'?><a/>".as_bytes()).is_ok());
}

#[test]
fn what_is_no_xml_is_refused() {
    for bytes in ["", "<", "<a", "<a b='", "<a></b>", "<a><b></a>", "<a/><a/>", "a", "<a>&#0;</a>"]
    {
        broken(bytes.as_bytes());
    }
}

#[test]
fn one_byte_beyond_the_largest_file_is_refused() {
    let mut file = vec![b' '; FILE_BYTES_MAX];
    file[..4].copy_from_slice(b"<a/>");
    assert!(judge(&file).is_ok());
    file.push(b' ');
    refused(&file, 1, &NotXml::TooLarge);
}

#[test]
fn one_level_beyond_the_deepest_file_is_refused() {
    let nested = |depth: usize| "<a>\n".repeat(depth) + &"</a>".repeat(depth);
    assert!(judge(nested(DEPTH_MAX).as_bytes()).is_ok());
    refused(nested(DEPTH_MAX + 1).as_bytes(), DEPTH_MAX + 1, &NotXml::Depth);
    // A million open elements end before a tree is built.
    refused("<a>".repeat(1_000_000).as_bytes(), 1, &NotXml::Depth);
}

#[test]
fn one_attribute_beyond_the_most_is_refused() {
    let element = |count: usize| {
        let attributes: String = (0..count).map(|at| format!(" a{at}='>'")).collect();
        format!("<a>\n<b{attributes}/></a>")
    };
    assert!(judge(element(ATTRIBUTES_MAX).as_bytes()).is_ok());
    refused(element(ATTRIBUTES_MAX + 1).as_bytes(), 2, &NotXml::Attributes);
}

#[test]
fn one_namespace_beyond_the_most_is_refused() {
    let file = |count: usize| format!("<a>\n{}</a>", "<b xmlns:c='d'/>\n".repeat(count));
    assert!(judge(file(NAMESPACES_MAX).as_bytes()).is_ok());
    refused(file(NAMESPACES_MAX + 1).as_bytes(), NAMESPACES_MAX + 2, &NotXml::Namespaces);
}

#[test]
fn lines_are_counted_far_down_a_file() {
    for blank in [0, 1, 1_022, 1_023, 1_024, 1_025, 5_000] {
        let file = format!("<a>{}<!DOCTYPE a></a>", "\n".repeat(blank));
        refused(file.as_bytes(), blank + 1, &NotXml::Dtd);
    }
}

#[test]
fn many_of_anything_are_judged_in_good_time() {
    // Each of these would take hours if the checker compared everything with everything.
    let judged = |parts: String| {
        let activity = format!("<iati-activity>{parts}</iati-activity>");
        let file = format!("<iati-activities version='2.03'>{activity}</iati-activities>");
        assert!(!judge(file.as_bytes()).unwrap().is_sound());
    };
    let many = |part: &str| part.repeat(100_000);
    let dates = [
        "<activity-date type='1' iso-date='2026-01-01'/>",
        "<activity-date type='3' iso-date='2026-01-01'/>",
    ];
    judged(dates.map(many).concat());
    let regions = (0..100_000).map(|at| format!("<recipient-region code='1' vocabulary='{at}'/>"));
    let regions: String = regions.collect();
    judged(many("<recipient-country code='HT' percentage='1'/>") + &regions);
    judged(many("<transaction/>") + &many("<result/>"));
}

#[test]
fn one_element_beyond_the_most_is_refused() {
    let file = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count - 1));
    assert!(judge(file(ELEMENTS_MAX).as_bytes()).is_ok());
    refused(file(ELEMENTS_MAX + 1).as_bytes(), 1, &NotXml::Elements);
}

#[test]
fn findings_beyond_the_most_are_counted() {
    let file = |count: usize| {
        let unknown = "<x/>\n".repeat(count);
        format!("<iati-activities version='2.03'>\n{unknown}<iati-activity/></iati-activities>")
    };
    let few = judge(file(1).as_bytes()).unwrap();
    let rest = few.findings.len() - 1;
    let full = judge(file(FINDINGS_MAX - rest).as_bytes()).unwrap();
    assert_eq!((full.findings.len(), full.left_off), (FINDINGS_MAX, 0));
    let over = judge(file(FINDINGS_MAX - rest + 1).as_bytes()).unwrap();
    assert_eq!((over.findings.len(), over.left_off), (FINDINGS_MAX, 1));
    assert!(!over.is_sound());
}

#[test]
fn a_finding_says_where_and_what_to_do() {
    let file = b"<iati-activities version='2.03'>\n <iati-activity/>\n <iati-activity>\n  \
                 <sector code='72010' percentage='all'/>\n </iati-activity>\n</iati-activities>";
    let report = judge(file).unwrap();
    let said = report.findings.iter().find(|it| it.rule == "shape-value").unwrap();
    assert_eq!(
        said.to_string(),
        "line 4, iati-activities[1]/iati-activity[2]/sector[1]: percentage says “all”: write a \
         number, such as 1200 or 1200.50 (shape-value)"
    );
    assert_eq!(report.activities, 2);
}

#[test]
fn long_names_from_outside_are_shortened() {
    let name = "x".repeat(10_000);
    let report = judge(format!("<{name}/>").as_bytes()).unwrap();
    assert!(report.findings[0].to_string().len() < 300);
    let breaks = "<iati-activities version='a&#10;\u{202e}b'/>";
    let report = judge(breaks.as_bytes()).unwrap();
    assert!(report.findings[0].says.contains("version a  b:"), "{:?}", report.findings);
}

#[test]
fn a_file_of_organisations_is_not_taken_for_one_of_activities() {
    let report = judge(b"<iati-organisations version='2.03'/>").unwrap();
    assert_eq!(report.findings[0].rule, "shape-root");
}
