//! What an SMS must look like to be a ballot; a code is never heard as words.

use crate::voices::sms_intent;

#[test]
fn a_ballot_is_told_from_somebody_speaking() {
    let ballot = |text: &str| sms_intent(text);
    let check = |text: &str, expected: Option<(i64, &str, &str)>| {
        let found = ballot(text);
        let expected = expected.map(|(n, c, v)| (n, c.to_owned(), v.to_owned()));
        assert_eq!(found, expected, "{text}");
    };
    let code = "K7M4QX2R9TWB";
    check("V12 K7M4-QX2R-9TWB 1 3 5", Some((12, code, "1 3 5")));
    check("v12 K7M4 QX2R 9TWB 1,3", Some((12, code, "1 3")));
    check("V-12 K7M4QX2R9TWB 1", Some((12, code, "1")));
    check("v 12 K7M4-QX2R-9TWB 7", Some((12, code, "7")));
    check("V12 K7M4-QX2R-9TWB ١ ٣", Some((12, code, "1 3")));
    check("V12 ABCDEFGHJKMN 4", Some((12, "ABCDEFGHJKMN", "4")));
    // A symbol is missing, or no choice: still a ballot, so that the code is not kept as words.
    check("V12 K7M4-QX2R-9TW 1", Some((12, "K7M4QX2R9TW", "1")));
    check("V12 K7M4-QX2R-9TWB", Some((12, code, "")));
    check("V12 K7M4-QX2R-9TWB 1 and 3", Some((12, code, "1 and 3")));
    check("VOTE V12 K7M4-QX2R-9TWB 1 3", Some((12, code, "1 3")));
    check("vòt V12 K7M4-QX2R-9TWB 1=5", Some((12, code, "1=5")));
    check("صوت V12 K7M4-QX2R-9TWB 1", Some((12, code, "1")));
    // Points, with what people write between them; the room of ballots reads them.
    check("V12 K7M4-QX2R-9TWB 1=5, 4 = 3", Some((12, code, "1=5 4 = 3")));
    check("V12 K7M4 QX2R 9TWB ١:٥،۴:۳", Some((12, code, "1:5 4:3")));
    check("V12\r\nK7M4-QX2R-9TWB\r\n1-5", Some((12, code, "1-5")));
    for words in [
        "V12 is broken",
        "VOTE 41 YES",
        "VOTE V12",
        "V8 engine of the pump is broken",
        "We need water",
        "V",
        "V12",
        "12 K7M4-QX2R-9TWB 1",
        "V2 lari a inonde depi 3 jou",
    ] {
        check(words, None);
    }
}
