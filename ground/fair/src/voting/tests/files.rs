//! Tests of reading and writing `.pb` files.
//!
//! Never holds a real file: each is as small as what it shows.

use super::pb::{Remark, Unreadable, Why, read, write};
use super::*;

const SMALL: &str = "META\nkey;value\nbudget;100\nvote_type;approval\n\
    PROJECTS\nproject_id;cost\na;60\nb;50\nVOTES\nvoter_id;vote\n1;a\n2;a,b\n3;\n";

fn small() -> Election {
    read(SMALL.as_bytes()).unwrap().election
}

/// What is read instead when one piece of the small file is another.
fn with(piece: &str, other: &str) -> Result<pb::Read, Unreadable> {
    assert!(SMALL.contains(piece), "{piece}");
    read(SMALL.replacen(piece, other, 1).as_bytes())
}

#[test]
fn a_small_file_is_read() {
    let election = small();
    assert_eq!(election.kind(), Kind::Approval);
    assert_eq!((election.budget_parts(), election.decimals()), (100, 0));
    let ids: Vec<_> = election.projects().iter().map(|p| (p.id.as_str(), p.cost_parts)).collect();
    assert_eq!(ids, [("a", 60), ("b", 50)]);
    let ballots: Vec<_> = election.ballots().map(|ballot| ballot.chosen.to_vec()).collect();
    assert_eq!(ballots, [vec![0], vec![0, 1], vec![]], "an empty ballot is a ballot");
}

#[test]
fn the_same_election_is_read_whatever_the_files_habits() {
    let check = |text: &str| assert_eq!(read(text.as_bytes()).unwrap().election, small(), "{text}");
    check(&SMALL.replace('\n', "\r\n"));
    check(&format!("\u{feff}{SMALL}"));
    check(SMALL.trim_end());
    check(
        &SMALL.replace("META", "meta").replace("PROJECTS", " Projects ").replace("VOTES", "vOtEs"),
    );
    check(&SMALL.replace("PROJECTS\n", "\n \nPROJECTS;;\n\n"));
    check(&SMALL.replace("key;value\n", ""));
    check(&SMALL.replace("budget;100", "Budget; 100.00 "));
    check(&SMALL.replace("a;60", " a ;\"60,0\""));
    check(&SMALL.replace("2;a,b", "2; a , b ,"));
    check(&SMALL.replace("2;a,b", "2;a,b,a"));
    check(&SMALL.replace("approval", "Approval"));
    // The order of columns is free, the first being the id; what is about voters is not kept.
    check(
        "META\nkey;value\nvote_type;approval\nbudget;100\nPROJECTS\nname_of_it;COST\na;60\n\
        b;50\nVOTES\nwho;age;Vote;sex\nAnna;31;a;F\nBoris;52;a,b;M\nCem;19;;M\n",
    );
}

#[test]
fn amounts_of_all_decimals_come_to_one_scale() {
    let read = with("budget;100", "budget;100,25").unwrap().election;
    assert_eq!((read.budget_parts(), read.decimals()), (10025, 2));
    assert_eq!(read.projects()[0].cost_parts, 6000);
    assert_eq!(read.amount(6000), "60");
    assert_eq!(read.amount(10025), "100.25");
}

#[test]
fn what_else_is_said_is_kept() {
    let text = SMALL
        .replace(
            "project_id;cost\na;60\nb;50",
            "project_id;name;cost;category\n\
            a;\"A \"\"new\"\"; tap\";60;water\nb;Path;50",
        )
        .replace("budget;100", "budget;100\ncomment;one; two;\ncurrency;EUR;");
    let election = read(text.as_bytes()).unwrap().election;
    assert_eq!(election.columns(), ["name", "category"]);
    assert_eq!(election.said(0, "name"), Some("A \"new\"; tap"));
    assert_eq!(election.said(1, "category"), Some(""), "a short row says nothing there");
    assert_eq!(election.said(0, "score"), None);
    assert_eq!(election.meta_of("comment"), Some("one;two"));
    assert_eq!(election.meta_of("currency"), Some("EUR"));
}

#[test]
fn ids_and_kinds_of_all_sorts() {
    let text = SMALL
        .replace("a;60", "BO.D16.8/23;60")
        .replace("a,b", "b,BO.D16.8/23")
        .replace("1;a", "1;BO.D16.8/23");
    let election = read(text.as_bytes()).unwrap().election;
    assert_eq!(election.ballots().nth(1).unwrap().chosen, [1, 0], "in the voter's order");
    let one = with("approval", "choose-1").unwrap_err();
    assert_eq!(
        one.to_string(),
        "line 12: this ballot names 2 projects, but the election lets \
        choose one: mend the ballot, or say vote_type approval"
    );
    let ranked = with("vote_type;approval", "vote_type;ordinal").unwrap().election;
    assert_eq!(ranked.kind(), Kind::Ordinal);
}

#[test]
fn points_go_with_their_projects() {
    let text = "META\nkey;value\nbudget;100\nvote_type;cumulative\nPROJECTS\nproject_id;cost\n\
        a;60\nb;50\nVOTES\nvoter_id;points;vote\n1;2,1.5;a,b\n2;0;b\n3;;\n4;1,5,3;a,b,a\n";
    let election = read(text.as_bytes()).unwrap().election;
    assert_eq!(election.point_decimals(), 1);
    let points: Vec<_> = election.ballots().map(|ballot| ballot.points.to_vec()).collect();
    // Of points given twice the later ones count.
    assert_eq!(points, [vec![20, 15], vec![0], vec![], vec![30, 50]]);
    assert_eq!(read(write(&election).as_bytes()).unwrap().election, election);
    let wrong = read(text.replace("2,1.5;a,b", "2;a,b").as_bytes()).unwrap_err();
    assert_eq!(wrong.line, Some(11));
    assert_eq!(wrong.why, Why::Fault(Fault::PointsCount { chosen: 2, points: 1 }));
    let wrong = read(text.replace(";points", ";marks").as_bytes()).unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "line 10: the table VOTES has no column “points”: its first \
        line names the columns"
    );
}

#[test]
fn a_wrong_file_is_told_by_its_line_and_what_to_do() {
    let check = |piece: &str, other: &str, expected: &str| {
        let told = with(piece, other).unwrap_err().to_string();
        assert!(told.starts_with(expected), "{told}");
        assert!(told.contains(':') && told.len() > 30, "it says what to do: {told}");
    };
    check("META\n", "", "line 1: a file begins with the line META");
    check(SMALL, "", "line 1: a file begins");
    check("key;value\nbudget;100\n", "", "META does not say budget");
    check("vote_type;approval\n", "", "META does not say vote_type");
    check("approval", "wishes", "line 4: vote_type “wishes” is not known");
    check("budget;100", "budget;1 000", "line 3: the budget “1 000” cannot be read");
    check("budget;100", "budget;100\nbudget;200", "line 4: META says budget twice");
    check("budget;100", "budget;100\n;x", "line 4: “” cannot be the name");
    check("a;60", "a;sixty", "line 7: the cost “sixty” cannot be read");
    check("a;60", "a;-60", "line 7: the cost “-60” cannot be read: it is below zero");
    check("a;60", "a", "line 7: the cost “” cannot be read: it is empty");
    check("a;60", ";60", "line 7: a project has no id");
    check("b;50", "a;50", "line 8: there are two projects “a”");
    check("a;60", "\"a,c\";60", "line 7: the id “a,c” has a comma");
    check("project_id;cost", "project_id;price", "line 6: the table PROJECTS has no column “cost”");
    check("voter_id;vote", "voter_id;ballot", "line 10: the table VOTES has no column “vote”");
    check("voter_id;vote\n1;a\n2;a,b\n3;\n", "", "line 9: the table VOTES has no column");
    check("VOTES\nvoter_id;vote\n1;a\n2;a,b\n3;\n", "", "there is no line VOTES");
    check("PROJECTS", "VOTES", "line 5: the heading VOTES comes twice or too late");
    check("1;a", "PROJECTS", "line 11: the heading PROJECTS comes twice or too late");
    check("2;a,b", "2;a,c", "line 12: a ballot names project “c”, which is not among");
}

#[test]
fn bytes_that_are_no_text_are_told_by_their_line() {
    let mut bytes = SMALL.as_bytes().to_vec();
    let at = SMALL.find("a;60").unwrap();
    bytes[at] = 0xff;
    let told = read(&bytes).unwrap_err();
    assert_eq!((told.line, told.why), (Some(7), Why::NotText));
}

#[test]
fn a_file_that_was_cut_off_is_remarked_on() {
    let read = with("budget;100", "budget;100\nnum_votes;400\nnum_projects;2").unwrap();
    let said = "400".to_owned();
    assert_eq!(read.remarks, [Remark::Count { key: "num_votes", said, held: 3 }]);
    assert!(read.remarks[0].to_string().contains("ask whether it is whole"));
}

#[test]
fn one_more_than_a_limit_is_refused() {
    let check = |result: Result<(), Fault>, of: &str| match result {
        Err(Fault::TooMany { of: what, .. }) => assert_eq!(what, of),
        other => panic!("{of}: {other:?}"),
    };
    let fresh = || Builder::new(Kind::Approval, Decimal::from(1));
    let mut builder = fresh();
    for at in 0..PROJECTS_MAX {
        builder.project(&at.to_string(), Decimal::from(1), []).unwrap();
    }
    check(builder.project("more", Decimal::from(1), []), "projects");
    let ids: Vec<String> = (0..PROJECTS_MAX).map(|at| at.to_string()).collect();
    for _ in 0..CHOICES_MAX / PROJECTS_MAX {
        builder.ballot(ids.iter().map(String::as_str)).unwrap();
    }
    check(builder.ballot(["1"]), "choices");
    let mut builder = fresh();
    for _ in 0..BALLOTS_MAX {
        builder.ballot([]).unwrap();
    }
    check(builder.ballot([]), "ballots");
    let mut builder = fresh();
    // Id and cost are columns too.
    builder.columns(vec!["x"; COLUMNS_MAX - 2]).unwrap();
    check(builder.columns(vec!["x"; COLUMNS_MAX - 1]), "columns of projects");
    for at in 0..META_MAX {
        builder.say(&format!("key{at}"), "value").unwrap();
    }
    check(builder.say("more", "value"), "rows under META");
}

#[test]
fn one_more_than_a_limit_of_files_is_refused() {
    let large = vec![b' '; pb::FILE_BYTES_MAX + 1];
    assert_eq!(read(&large).unwrap_err().why, Why::TooLarge);
    let wide = format!("project_id;cost{}", ";x".repeat(COLUMNS_MAX - 1));
    assert!(
        with("project_id;cost", &wide).unwrap_err().to_string().starts_with("line 6: there are")
    );
    let wide = format!("voter_id;vote{}", ";x".repeat(COLUMNS_MAX - 1));
    assert!(with("voter_id;vote", &wide).unwrap_err().to_string().starts_with("line 10: there"));
    let long = format!("budget;100{}", "\nx;y".repeat(META_MAX + 4));
    assert!(with("budget;100", &long).unwrap_err().to_string().contains("256 rows under META"));
    let many = format!("1;a{}", "\n1;".repeat(BALLOTS_MAX));
    assert!(with("1;a", &many).unwrap_err().to_string().contains("ballots"));
}

#[test]
fn points_and_scales_have_ends() {
    let points = |text: &str| {
        let mut builder = Builder::new(Kind::Scoring, Decimal::from(1));
        builder.project("a", Decimal::from(1), []).unwrap();
        builder.ballot_of_points([("a", text.parse().unwrap())]).unwrap();
        builder.finish().map(|election| election.ballots().next().unwrap().points.to_vec())
    };
    assert_eq!(points("1000000000"), Ok(vec![POINTS_PARTS_MAX]));
    assert_eq!(points("1000000001"), Err(Fault::PointsMany("a".into())));
    let mut builder = Builder::new(Kind::Approval, "0.000001".parse().unwrap());
    builder.project("a", "999999999999999".parse().unwrap(), []).unwrap();
    let told = builder.finish().unwrap_err();
    assert_eq!(told, Fault::Scale { of: "the cost of “a”".into() });
}

#[test]
fn what_is_said_cannot_take_the_formats_own_names() {
    let mut builder = Builder::new(Kind::Approval, Decimal::from(1));
    for key in ["budget", "num_votes", "votes", "META", " "] {
        assert!(matches!(builder.say(key, "x"), Err(Fault::BadKey(_))), "{key}");
    }
}
