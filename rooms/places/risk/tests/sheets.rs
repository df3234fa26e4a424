//! Both sheets: what is read, what is refused and on which line, and that what is written can be
//! read again.

use super::{DAY, INDEX, area, set_in};
use crate::places::risk::sheets::{
    MEASURES_MAX, SHEET_BYTES_MAX, areas_sheet, index_sheet, measures, readings,
};
use crate::places::risk::{bring_readings, risks, rules};
use crate::places::tests::house;
use crate::places::{Atlas, atlas};

/// The index with something else in it is refused.
fn index_refused(from: &str, to: &str, code: &str, args: &[(&str, &str)]) {
    assert!(INDEX.contains(from), "{from}");
    let sheet = INDEX.replacen(from, to, 1);
    let done = measures(sheet.as_bytes()).and_then(|measures| rules::index(&measures));
    let refused = done.expect_err(code);
    assert_eq!(refused.code, code, "{to}");
    for (name, value) in args {
        let said = refused.args.iter().find(|(known, _)| known == name);
        assert_eq!(said.map(|(_, said)| said.as_str()), Some(*value), "{code}");
    }
}

#[test]
fn an_index_that_is_none_is_refused_and_says_where() {
    index_refused(",scale,", ",stairs,", "risk-column", &[("column", "scale")]);
    index_refused("Flood days,1", "Flood days,0", "risk-weight", &[("name", "Flood days")]);
    index_refused("Flood days,1", "Flood days,101", "risk-weight", &[("most", "100")]);
    index_refused("Flood days,1", "Flood days,-1", "risk-number", &[("line", "2")]);
    index_refused("0,50,River", "50,50,River", "risk-scale", &[("name", "Flood days")]);
    index_refused("even,0,50", "log,0,50", "risk-scale", &[]);
    index_refused("even,0,50", "steep,0,50", "risk-number", &[("column", "scale")]);
    index_refused("even,0,50", "even,\"0,5\",50", "risk-number", &[("column", "from")]);
    index_refused("Poor,1,even", "flood DAYS,1,even", "risk-measure-twice", &[]);
    index_refused("Poor,1,even", "Risk,1,even", "risk-measure-twice", &[("name", "Risk")]);
    index_refused("People,1,Care", "People,2,Care", "risk-weights-differ", &[("name", "People")]);
    index_refused("Hazard,1", ",1", "risk-name", &[]);
    index_refused("Hazard,1", &format!("{},1", "x".repeat(61)), "risk-name", &[("most", "60")]);
    index_refused("River office", &"x".repeat(161), "risk-name", &[]);
    index_refused("River office", "River,office", "risk-sheet-unreadable", &[("line", "2")]);
    let head = INDEX.lines().next().expect("a head");
    let refused = measures(format!("{head}\n").as_bytes()).expect_err("nothing is measured");
    assert_eq!(refused.code, "risk-sheet-empty");
    let many = |n: usize| {
        let row = |n| format!("H,1,C,1,P,1,m{n},1,even,0,1,s\n");
        format!("{head}\n{}", (0..n).map(row).collect::<String>())
    };
    assert!(measures(many(MEASURES_MAX).as_bytes()).is_ok());
    let refused = measures(many(MEASURES_MAX + 1).as_bytes()).expect_err("too many");
    assert_eq!(refused.code, "risk-measures-many");
    let refused = measures(&vec![b'x'; SHEET_BYTES_MAX + 1]).expect_err("too long");
    assert_eq!(refused.code, "risk-sheet-long");
    let sides = |n: usize| {
        let row = |n| format!("H{n},1,C,1,P,1,m{n},1,even,0,1,s\n");
        let sheet = format!("{head}\n{}", (0..n).map(row).collect::<String>());
        rules::index(&measures(sheet.as_bytes()).expect("read"))
    };
    assert!(sides(rules::DIMENSIONS_MAX).is_ok());
    assert_eq!(sides(5).expect_err("too many").code, "risk-dimensions");
}

#[test]
fn an_index_is_read_as_it_was_written() {
    let index = measures(INDEX.as_bytes()).expect("read");
    rules::index(&index).expect("an index");
    assert_eq!((index[2].from_micros, index[2].to_micros), (10_000_000, 0));
    assert_eq!(measures(index_sheet(&index).as_bytes()), Ok(index.clone()));
    // As spreadsheets save it in many languages.
    let semicolons = format!("\u{feff}{}", INDEX.replace(',', ";").replace('\n', "\r\n"));
    assert_eq!(measures(semicolons.as_bytes()), Ok(index));
    assert_eq!(measures(b"\xff\xfe,a\nb,c\n").expect_err("no text").code, "risk-sheet-unreadable");
}

/// What is measured in one cell of the first line.
fn read_as(cell: &str, known: &Atlas) -> Result<Option<i64>, &'static str> {
    let index = measures(INDEX.as_bytes()).expect("read");
    let sheet = format!("area,Poor\nHill,\"{cell}\"\n");
    let all = readings(sheet.as_bytes(), &index, known, DAY).map_err(|refusal| refusal.code)?;
    Ok(all[0].1[0].micros)
}

#[tokio::test]
async fn what_is_missing_is_not_nought_and_what_cannot_be_read_is_not_missing() {
    let (house, _folder) = house().await;
    set_in(&house).await;
    let known = atlas(&house);
    for missing in ["", "?", "x", "X", "-", "n/a", " N/A "] {
        assert_eq!(read_as(missing, &known), Ok(None), "{missing}");
    }
    assert_eq!(read_as("0", &known), Ok(Some(0)));
    assert_eq!(read_as("12.5", &known), Ok(Some(12_500_000)));
    assert_eq!(read_as("-3", &known), Ok(Some(-3_000_000)));
    assert_eq!(read_as("١٢", &known), Ok(Some(12_000_000)));
    for unread in ["1,250", "1 250", "12%", "many", "1e3", "12٫5", "NaN", "99999999999999"] {
        assert_eq!(read_as(unread, &known), Err("risk-number"), "{unread}");
    }
}

#[tokio::test]
async fn an_area_is_known_by_its_id_or_one_name_and_stands_once() {
    let (house, _folder) = house().await;
    set_in(&house).await;
    let index = measures(INDEX.as_bytes()).expect("read");
    let read = |sheet: &str| {
        let all = readings(sheet.as_bytes(), &index, &atlas(&house), DAY);
        all.map(|all| all.into_iter().map(|(area, _)| area).collect::<Vec<_>>())
    };
    assert_eq!(read(&format!("id,Poor\n{},1\n", area("Port"))), Ok(vec![area("Port")]));
    assert_eq!(read("area,Poor\nPORT,1\n"), Ok(vec![area("Port")]));
    let code = |sheet: &str| read(sheet).expect_err("refused").code;
    assert_eq!(code("area,Poor\nPort,1\nport,2\n"), "risk-area-twice");
    assert_eq!(code("area,Poor\nNowhere,1\n"), "risk-area");
    assert_eq!(code("id,Poor\nport,1\n"), "risk-area");
    assert_eq!(code("code,Poor\nP1,1\n"), "risk-area");
    assert_eq!(code("area,Rich\nPort,1\n"), "risk-column-unknown");
    assert_eq!(code("area,code\nPort,1\n"), "risk-column");
}

#[tokio::test]
async fn the_sheet_of_areas_can_be_filled_in_and_brought_again() {
    let (house, _folder) = house().await;
    set_in(&house).await;
    let sheet = "area,Flood days,Poor,Clinics\nHill,5,20.25,8\nRiver,45,,1\n";
    bring_readings(&house, sheet.as_bytes(), DAY, None).await.expect("brought");
    let written = areas_sheet(&risks(&house), &atlas(&house));
    let line = |name: &str| written.lines().find(|line| line.contains(name)).expect("it is there");
    assert!(line("Hill").contains(",Hill,,5,20.25,8,"), "{written}");
    assert!(line("River").contains(",River,,45,,1,"), "{written}");
    assert!(line("Port").contains(",Port,,,,,,"), "nothing is known, and no number stands there");
    let again = bring_readings(&house, written.as_bytes(), DAY, None).await.expect("again");
    assert_eq!((again.changed, again.same), (1, 2), "only of the port it is now said: missing");
    let index = measures(INDEX.replace("Hazard", "=1+1").as_bytes()).expect("read");
    assert!(index_sheet(&index).contains("'=1+1"), "a spreadsheet runs nothing");
}
