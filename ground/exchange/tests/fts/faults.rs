//! Tables that are not taken: each fault with its row, its line and its column, and each limit one
//! beyond.

use exchange::fts::{Flow, read_clusters, read_flows, read_plans, write_flows, write_plans};
use exchange::{CELL_BYTES_MAX, COLUMNS_MAX, FAULTS_MAX, ID_CHARS_MAX, ROWS_MAX, TABLE_BYTES_MAX};

use crate::flow;

/// Reads a table; gives its faults as they are told.
fn faults(bytes: &[u8]) -> Vec<String> {
    match read_flows(bytes) {
        Ok(_) => Vec::new(),
        Err(refused) => refused.iter().map(ToString::to_string).collect(),
    }
}

/// A table of two flows, the second with one cell changed.
fn table(from: &str, to: &str) -> String {
    let one = Flow { description: "Water".to_owned(), ..flow() };
    let two = Flow { id: "228239".to_owned(), ..one.clone() };
    let text = write_flows(&[one, two]).unwrap();
    let (first, second) = text.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(second.matches(from).count(), 1, "{from} in {second}");
    format!("{first}\n{}\n", second.replace(from, to))
}

fn check(from: &str, to: &str, expected: &str) {
    assert_eq!(faults(table(from, to).as_bytes()), [expected], "{from} → {to}");
}

#[test]
fn each_fault_is_told_with_its_row_and_column() {
    assert_eq!(faults(table("228239", "7").as_bytes()), Vec::<String>::new());
    let at = |column: &str, said: &str| format!("row 3, line 3, column {column}: {said}");
    let day = "it is no day: write year, month and day, such as 2027-03-31";
    check("2026-02-25", "25.02.2026", &at("date", &format!("“25.02.2026”: {day}")));
    check("2026-02-25", "", &at("date", "the cell is empty: fill it in"));
    check("2026-02-24", "2026-02-30", &at("decisionDate", &format!("“2026-02-30”: {day}")));
    let plain = "it is no plain number: write digits and at most one point, such as 1200.50";
    check("606796.50", "\"606,796\"", &at("amountUSD", &format!("“606,796”: {plain}")));
    check("606796.50", "6e5", &at("amountUSD", &format!("“6e5”: {plain}")));
    check("606796.50", "", &at("amountUSD", "the cell is empty: fill it in"));
    let below = "the amount is below zero: write what flowed as a number of 0 or more";
    check("606796.50", "-1", &at("amountUSD", below));
    let fine = "it has more than 2 digits behind the point: write no more than the currency has";
    check("606796.50", "0.005", &at("amountUSD", &format!("“0.005”: {fine}")));
    let large = "it is too large: an amount has at most 1000000000000000 minor units";
    check(
        "606796.50",
        "10000000000000.01",
        &at("amountUSD", &format!("“10000000000000.01”: {large}")),
    );
    let money = "“EURO” is no currency: write a code of three capital letters, such as USD";
    check("EUR", "EURO", &at("originalCurrency", &format!("“EURO”: {money}")));
    let alone = "an amount is told without its currency: fill in the currency";
    check("500000,EUR", "500000,", &at("originalAmount", alone));
    check("0.824", "x", &at("exchangeRate", &format!("“x”: {plain}")));
    let word = "“promised” is not known here: write one of pledge, commitment or paid";
    check("commitment", "promised", &at("status", word));
    let side = "“both” is not known here: write one of single or shared";
    check("single", "both", &at("onBoundary", side));
    let way = "“in” is not known here: write one of incoming, internal or outgoing";
    check("incoming", "in", &at("boundary", way));
    let country = "“Haiti” is no country: write three capital letters each, with commas between \
                   them";
    check(",HTI,", ",Haiti,", &at("destLocations", country));
    check(",929,", ",x,", &at("destPlanId", "“x” is no whole number: write digits only"));
    check(
        ",929,",
        ",4294967296,",
        &at("destPlanId", "“4294967296” is no whole number: write digits only"),
    );
    check("228239", "", &at("id", "the cell is empty: fill it in"));
    check("228239", "228 239", &at("id", NO_ID));
}

const NO_ID: &str = "“228 239” is no id: write up to 64 of a-z, 0-9 and . _ - : / without blanks";

#[test]
fn all_faults_of_a_table_are_told_and_nothing_is_half_read() {
    let text = table("228239", "228 239").replace("606796.50", "?");
    let told = faults(text.as_bytes());
    assert_eq!(told.len(), 3, "{told:?}");
    let places: Vec<&str> = told.iter().map(|it| it.split(": ").next().unwrap()).collect();
    let expected = [
        "row 2, line 2, column amountUSD",
        "row 3, line 3, column amountUSD",
        "row 3, line 3, column id",
    ];
    assert_eq!(places, expected);
}

#[test]
fn rows_of_several_lines_are_counted_as_rows() {
    let two = Flow { id: "228239".to_owned(), ..flow() };
    let text = write_flows(&[flow(), two]).unwrap().replacen("228239", "228 239", 1);
    let told = faults(text.as_bytes());
    assert!(told[0].starts_with("row 3, line 4, column id: “228 239” is no id"), "{told:?}");
}

#[test]
fn the_same_id_may_not_tell_two_things() {
    let twice = [flow(), Flow { amount_usd_minor: 1, ..flow() }];
    let told = write_flows(&twice).unwrap_err().to_string();
    assert!(told.ends_with("row 2 tells the same id otherwise: keep the row that is right"));
    assert!(write_flows(&[flow(), flow()]).is_ok());
}

#[test]
fn the_head_must_have_what_totals_need() {
    let text = table("228239", "7");
    let lost = text.replacen("amountUSD", "amount", 1);
    let no_column = "there is no such column: add it, or ask for the file as it was published";
    let expected = format!("row 1, line 1, column amountUSD: {no_column}");
    assert_eq!(faults(lost.as_bytes()), [expected]);
    let twice = text.replacen("keywords", "status", 1);
    let expected = "row 1, line 1, column status: this column is there twice: keep one";
    assert_eq!(faults(twice.as_bytes()), [expected]);
    assert_eq!(faults(b""), [format!("row 1, line 1: {no_column}")]);
    // A column that FTS added since is left out, and that is told.
    let new = text.replacen("keywords", "newMoney", 1);
    assert_eq!(read_flows(new.as_bytes()).unwrap().left_out, ["newMoney"]);
}

#[test]
fn columns_may_stand_in_any_order_and_tags_below_them() {
    let head = "id,status,onBoundary,boundary,amountUSD,date\n";
    let row = "7,paid,single,incoming,100,2026-01-01\n";
    let tags = "#activity+id,,,,#value+usd,#date\n";
    let plain = read_flows(format!("{head}{row}").as_bytes()).unwrap();
    let tagged = read_flows(format!("\u{feff}{head}{tags}{row}").as_bytes()).unwrap();
    let windows = read_flows(format!("{head}{row}").replace('\n', "\r\n").as_bytes()).unwrap();
    assert_eq!((plain.rows.len(), plain.rows[0].amount_usd_minor), (1, 10_000));
    assert_eq!(plain, tagged);
    assert_eq!(plain, windows);
    // Further down it is no row of tags.
    let late = format!("{head}{row}{tags}");
    assert!(read_flows(late.as_bytes()).is_err());
}

#[test]
fn rows_unlike_the_head_are_refused() {
    let text = table("228239", "7,8");
    let expected = "row 3, line 3: the row has 38 cells and the head 37: look for a comma or quote \
                    amiss";
    assert_eq!(faults(text.as_bytes()), [expected]);
    let mut bytes = table("228239", "7").into_bytes();
    bytes.push(0xff);
    let expected = "row 1, line 4: these bytes are no UTF-8 text: save the file as CSV in UTF-8";
    assert_eq!(faults(&bytes), [expected]);
}

#[test]
fn one_beyond_each_limit_is_refused() {
    let head = "id,status,onBoundary,boundary,amountUSD,date,description\n";
    let row = |at: usize, words: &str| format!("{at},paid,single,incoming,1,2026-01-01,{words}\n");
    let with = |words: String| faults(format!("{head}{}", row(1, &words)).as_bytes());
    assert!(with("x".repeat(CELL_BYTES_MAX)).is_empty());
    assert!(with("x".repeat(CELL_BYTES_MAX + 1))[0].contains("more than 100000 bytes"));

    let rows = |count: usize| {
        let all: String = (0..count).map(|at| row(at, "")).collect();
        faults(format!("{head}{all}").as_bytes())
    };
    assert!(rows(ROWS_MAX).is_empty());
    assert!(rows(ROWS_MAX + 1)[0].contains("more than 200000 rows"));

    let columns = |count: usize| {
        let more: String = (7..count).map(|at| format!(",c{at}")).collect();
        let cells = ",".repeat(count - 7);
        faults(format!("{}{more}\n{}{cells}\n", head.trim_end(), row(1, "").trim_end()).as_bytes())
    };
    assert!(columns(COLUMNS_MAX).is_empty());
    assert!(columns(COLUMNS_MAX + 1)[0].contains("more than 200 columns"));

    let mut large = format!("{head}{}", row(1, "")).into_bytes();
    large.resize(TABLE_BYTES_MAX, b'\n');
    assert!(faults(&large).is_empty());
    large.push(b'\n');
    assert!(faults(&large)[0].contains("more than 33554432 bytes"));

    let named = |chars: usize| write_flows(&[Flow { id: "7".repeat(chars), ..flow() }]);
    assert!(named(ID_CHARS_MAX).is_ok());
    assert!(named(ID_CHARS_MAX + 1).unwrap_err().to_string().contains("is no id"));

    let wrong = |count: usize| {
        let all = row(1, "").replace("paid", "x").repeat(count);
        faults(format!("{head}{all}").as_bytes()).len()
    };
    assert_eq!((wrong(FAULTS_MAX), wrong(FAULTS_MAX + 1)), (FAULTS_MAX, FAULTS_MAX));
}

#[test]
fn rows_without_an_id_are_rows_without_a_home_or_refused() {
    let plans = |id: &str, name: &str| {
        let table =
            format!("countryCode,id,name,year,requirements,funding\nHTI,{id},{name},2026,,100\n");
        read_plans(table.as_bytes()).map(|(rows, _)| rows)
    };
    assert!(plans("929", "Haiti 2026").is_ok());
    assert!(plans("", "Not specified").is_ok());
    assert!(plans("", "Multiple plans (shared)").is_ok());
    let told = plans("", "Haiti 2026").unwrap_err().to_string();
    let expected = "row 2, line 2, column id: a row without id is “Not specified” or “Multiple … \
                    (shared)”: add the id";
    assert_eq!(told, expected);
    let cluster = "countryCode,id,name,year,clusterCode,cluster,requirements,funding\n\
                   HTI,929,Haiti 2026,2026,,Water,,100\n";
    let told = read_clusters(cluster.as_bytes()).unwrap_err().to_string();
    assert!(told.starts_with("row 2, line 2, column clusterCode: a row without id"));
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let said = |flow: Flow| write_flows(&[flow]).unwrap_err().to_string();
    let lost = "row 2, line 2: read again, this row would say something else: fill in all that \
                belongs together";
    let mut alone = flow();
    alone.original.currency = None;
    assert_eq!(said(alone), lost);
    assert!(said(Flow { amount_usd_minor: -1, ..flow() }).contains("below zero"));
    assert!(said(Flow { id: "=1+1".to_owned(), ..flow() }).contains("is no id"));
    let (mut plans, _) =
        read_plans(b"countryCode,id,name,year,requirements,funding\nHTI,,Not specified,2026,,1\n")
            .unwrap();
    plans[0].country = "Haiti".to_owned();
    assert!(write_plans(&plans).unwrap_err().to_string().contains("is no country"));
}
