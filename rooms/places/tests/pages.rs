//! The pages of places: what each shows and to whom, in every language.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::response::IntoResponse;
use page::{Lang, Tongue};
use record::Id;

use crate::door::{House, Member, Role, Sent, Shown, Trouble, Visitor, VisitorParts};
use crate::places::pages::draw::{Sheet, draw, empty_sheet};
use crate::places::pages::importing::import;
use crate::places::pages::{Asked, Done, Releasing, area, list, release};
use crate::places::queries::own_areas;
use crate::places::tests::{body, by_name, collection, house, member, square, texts};
use crate::places::{Brought, TEXTS, import_areas};

fn visitor(house: &House, member: &Member, lang: Lang) -> Visitor {
    Visitor(Arc::new(VisitorParts {
        large: false,
        tongue: Tongue::new(lang, house.texts()),
        member: Some(member.clone()),
        path: "/desk/places".to_owned(),
        wants_json: false,
        origin: [0; 16],
    }))
}

fn rose() -> Member {
    member("Rose", &[Role::Facilitator], &[body("yard"), body("market")])
}

async fn list_of(house: &House, member: &Member, q: &str, from: usize) -> String {
    let asked = Query(Asked { q: q.to_owned(), from });
    let shown = list(State(house.clone()), visitor(house, member, Lang::En), asked).await;
    whole(shown)
}

fn whole(shown: Result<Shown, Trouble>) -> String {
    let html = shown.expect("the page is shown").body.0;
    assert!(!html.contains('⟦'), "a text is missing: {html}");
    html
}

fn sheet(act: &str, corners: &str) -> Sent<Sheet> {
    Sent(Sheet {
        name: "Lakou Manman Zara".to_owned(),
        body: body("yard").to_string(),
        corners: corners.to_owned(),
        act: act.to_owned(),
    })
}

#[tokio::test]
async fn an_area_is_looked_at_before_it_is_kept() {
    let (house, _folder) = house().await;
    let rose = rose();
    let by = || visitor(&house, &rose, Lang::En);
    let sheet_page = whole(empty_sheet(State(house.clone()), by()).await);
    assert!(sheet_page.contains("name=\"corners\"") && !sheet_page.contains("value=\"keep\""));
    let shown = |response: axum::response::Response| {
        response
            .extensions()
            .get::<Shown>()
            .map(|shown| (shown.status.as_u16(), shown.body.0.clone()))
    };
    let corners = "0.001, 0.002\n0.001, 0.007\n0.006, 0.007";
    let looked = draw(State(house.clone()), by(), sheet("look", corners)).await;
    let (status, html) = shown(looked.expect("it is shown")).expect("a page");
    assert!(status == 200 && html.contains("<svg") && html.contains("value=\"keep\""));
    assert_eq!(own_areas(&house, &rose).await.expect("read"), []);
    let wrong = draw(State(house.clone()), by(), sheet("keep", "0.001, 0.002\nhere")).await;
    let (status, html) = shown(wrong.expect("it is shown")).expect("a page");
    assert!(status == 422 && html.contains("Line 2") && html.contains("0.001, 0.002\nhere"));
    let kept = draw(State(house.clone()), by(), sheet("keep", corners)).await;
    assert_eq!(kept.expect("kept").into_response().status().as_u16(), 303);
    let own = own_areas(&house, &rose).await.expect("read");
    assert_eq!(own.len(), 1);
    let page = list_of(&house, &rose, "", 0).await;
    assert!(page.contains("Zara"));
    let stranger = member("Jean", &[Role::Steward], &[]);
    assert!(!list_of(&house, &stranger, "", 0).await.contains("Zara"));
    let id = own[0].id;
    let path = || Path(id.to_string());
    let seen = |who: &Member| {
        area(State(house.clone()), visitor(&house, who, Lang::En), path(), Query(Done::default()))
    };
    assert!(matches!(seen(&stranger).await, Err(Trouble::NotFound)));
    assert!(whole(seen(&rose).await).contains("/release"));
    let vote = |day: &str| Releasing { day: day.to_owned(), result: "31 for".to_owned() };
    let unsaid = release(State(house.clone()), by(), path(), Sent(vote(""))).await;
    assert!(matches!(unsaid, Err(Trouble::Refused(refusal)) if refusal.code == "area-vote-day"));
    let done = release(State(house.clone()), by(), path(), Sent(vote("2026-11-01"))).await;
    assert_eq!(done.expect("released").0, format!("/desk/places/area/{id}?done=released"));
    let html = whole(seen(&stranger).await);
    assert!(html.contains("Zara") && html.contains("31 for"), "everybody sees who decided it");
}

#[tokio::test]
async fn the_list_is_searched_and_turned_page_by_page() {
    let (house, _folder) = house().await;
    let names: Vec<String> = (0..150).map(|n| format!("Block {n}")).collect();
    let features: Vec<(&str, String)> =
        names.iter().zip(0..).map(|(name, n)| (name.as_str(), square(n, 0))).collect();
    let features: Vec<(&str, &str)> = features.iter().map(|(n, s)| (*n, s.as_str())).collect();
    let file = collection(&features);
    import_areas(&house, file.as_bytes(), &by_name(), None, |_, _| ()).await.expect("imported");
    let steward = member("Jean", &[Role::Steward], &[]);
    let first = list_of(&house, &steward, "", 0).await;
    assert!(first.contains("Block 99<") && !first.contains("Block 100<"));
    assert!(first.contains("from=100") && first.contains("name=\"geojson\""));
    let second = list_of(&house, &steward, "", 100).await;
    assert!(second.contains("Block 100<") && !second.contains("Block 99<"));
    let found = list_of(&house, &rose(), "block 14", 0).await;
    assert!(found.contains("Block 14<") && found.contains("Block 149<"));
    assert!(!found.contains("Block 2<") && !found.contains("name=\"geojson\""));
    assert!(list_of(&house, &rose(), "<b>&", usize::MAX).await.contains("class=empty"));
}

async fn sent(house: &House, fields: &[(&str, &str)]) -> Result<Shown, Trouble> {
    let steward = member("Jean", &[Role::Steward], &[]);
    let form = serde_urlencoded::to_string(fields).expect("a form");
    let request = Request::new(Body::from(form));
    import(State(house.clone()), visitor(house, &steward, Lang::En), request).await
}

fn mark_of(html: &str) -> String {
    let rest = html.split("name=\"mark\" value=\"").nth(1).expect("the file has a mark");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn brought_areas_are_imported_as_chosen_with_the_token_of_the_session() {
    let (house, _folder) = house().await;
    let bow = r#"{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}"#;
    let file = collection(&[("Kilima", &square(0, 0)), ("<b>Mtoni", bow)]);
    let refused = sent(&house, &[("csrf", "another token"), ("geojson", &file)]).await;
    assert_eq!(refused.err().expect("no token, no import").status().as_u16(), 403);
    let asked = whole(sent(&house, &[("csrf", "a token"), ("geojson", &file)]).await);
    assert!(asked.contains("name (Kilima)") && asked.contains("2 areas"), "{asked}");
    assert_eq!(crate::places::atlas(&house).areas().len(), 0);
    let mark = mark_of(&asked);
    let choose = |mark: &str, name: &str| {
        [("csrf", "a token"), ("mark", mark), ("prop-name", name)].map(|(n, v)| (n, v.to_owned()))
    };
    let choosing = async |mark: &str, name: &str| {
        let fields = choose(mark, name);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        sent(&house, &fields).await
    };
    let code = |done: Result<Shown, Trouble>| match done {
        Err(Trouble::Refused(refusal)) => refusal.code,
        _ => "done",
    };
    assert_eq!(code(choosing("another", "name").await), "geojson-gone");
    assert_eq!(code(choosing(&mark, "nom").await), "geojson-no-property");
    let html = whole(choosing(&mark, "name").await);
    assert!(html.contains("1 new") && html.contains("1.00000"), "{html}");
    assert_eq!(crate::places::atlas(&house).areas().len(), 1);
    // One was left out: the file waits on, for another choice.
    assert!(html.contains("Choose again") && html.contains(&mark));
    let file = collection(&[("Kilima", &square(0, 0))]);
    let asked = whole(sent(&house, &[("csrf", "a token"), ("geojson", &file)]).await);
    let mark = mark_of(&asked);
    assert!(whole(choosing(&mark, "name").await).contains("1 as they were"));
    assert_eq!(code(choosing(&mark, "name").await), "geojson-gone", "it was taken in");
}

#[tokio::test]
async fn a_form_has_no_more_bytes_and_parts_than_it_may() {
    let part = |name: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let read = async |parts: &[String], most: usize| {
        let kind = "multipart/form-data; boundary=b";
        let form = format!("{}--b--\r\n", parts.concat());
        let request = Request::builder().header("content-type", kind).body(Body::from(form));
        match Brought::read(request.expect("a request"), most).await {
            Ok(brought) => (brought.fields.len(), "read"),
            Err(Trouble::Refused(refusal)) => (0, refusal.code),
            Err(_) => (0, "broken"),
        }
    };
    let ten = part("a", &"x".repeat(10));
    assert_eq!(read(std::slice::from_ref(&ten), 10).await, (1, "read"));
    assert_eq!(read(std::slice::from_ref(&ten), 9).await, (0, "geojson-long"));
    let many: Vec<String> = (0..60).map(|n| part(&format!("f{n}"), "")).collect();
    assert_eq!(read(&many[..59], 1000).await, (59, "read"));
    assert_eq!(read(&many, 1000).await, (0, "form-unreadable"));
    assert_eq!(read(&["--b no part".to_owned()], 1000).await, (0, "form-unreadable"));
}

#[tokio::test]
async fn what_cannot_be_chosen_from_is_refused_before_the_choice() {
    let (house, _folder) = house().await;
    let check = async |geojson: &str, expected: &str| match sent(
        &house,
        &[("csrf", "a token"), ("geojson", geojson)],
    )
    .await
    {
        Err(Trouble::Refused(refusal)) => assert_eq!(refusal.code, expected, "{geojson}"),
        _ => panic!("{geojson} was taken"),
    };
    check("", "geojson-missing").await;
    check("  \n ", "geojson-missing").await;
    check("[1, 2", "geojson-unreadable").await;
    check(r#"{"type":"FeatureCollection","features":[]}"#, "geojson-no-features").await;
    check(&square(0, 0), "geojson-nameless").await;
}

#[tokio::test]
async fn a_steward_draws_official_areas_and_nobody_else_does() {
    let (house, _folder) = house().await;
    let office = |who: &Member, act: &str| {
        let sheet = Sheet {
            name: "Section 4".to_owned(),
            body: "office".to_owned(),
            corners: "0.001, 0.002\n0.001, 0.007\n0.006, 0.007".to_owned(),
            act: act.to_owned(),
        };
        draw(State(house.clone()), visitor(&house, who, Lang::En), Sent(sheet))
    };
    let refused = office(&rose(), "keep").await.expect("the sheet comes back");
    assert_eq!(refused.into_response().status().as_u16(), 422);
    let steward = member("Jean", &[Role::Steward], &[]);
    let looked = office(&steward, "look").await.expect("it is shown").into_response();
    assert_eq!(looked.status().as_u16(), 200);
    assert!(crate::places::atlas(&house).areas().is_empty(), "a look keeps nothing");
    let kept = office(&steward, "keep").await.expect("kept").into_response();
    assert_eq!(kept.status().as_u16(), 303);
    let atlas = crate::places::atlas(&house);
    assert_eq!(atlas.areas()[0].source, crate::places::Source::Official);
    // A file that holds the same name without a code draws the same area again.
    let file = collection(&[("Section 4", &square(3, 3))]);
    let done = import_areas(&house, file.as_bytes(), &by_name(), None, |_, _| ()).await;
    assert_eq!(done.expect("imported").changed, 1);
}

#[tokio::test]
async fn every_page_is_complete_in_every_language() {
    let (house, _folder) = house().await;
    let file = collection(&[("Kilima", &square(0, 0))]);
    import_areas(&house, file.as_bytes(), &by_name(), None, |_, _| ()).await.expect("imported");
    let all = member("Rose", &[Role::Steward, Role::Facilitator], &[body("yard")]);
    let id = Id::named("area", "/Kilima").to_string();
    for lang in Lang::ALL {
        let by = || visitor(&house, &all, lang);
        whole(list(State(house.clone()), by(), Query(Asked::default())).await);
        whole(empty_sheet(State(house.clone()), by()).await);
        for done in ["drawn", "named", "released", "withdrawn", "shown", "other"] {
            let done = Query(Done { done: done.to_owned() });
            let shown = area(State(house.clone()), by(), Path(id.clone()), done).await;
            let notice = shown.as_ref().ok().and_then(|s| s.notice.clone());
            assert!(notice.is_none_or(|notice| !notice.words.0.contains('⟦')));
            whole(shown);
        }
    }
}

/// What the sources say that is no refusal, but begins like one.
const KEYS: [&str; 5] =
    ["places-file", "places-geojson", "places-prop", "places-choose", "places-import"];

/// Every refusal that the code can say, taken from the sources themselves.
#[test]
fn every_refusal_has_its_text_in_every_language() {
    let texts = texts();
    let sources = [
        include_str!("../rules/mod.rs"),
        include_str!("../rules/rings.rs"),
        include_str!("../rules/reading.rs"),
        include_str!("../rules/corners.rs"),
        include_str!("../records/keep.rs"),
        include_str!("../pages/bringing.rs"),
    ];
    let quoted = sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2));
    let codes: std::collections::BTreeSet<&str> = quoted
        .filter(|word| {
            ["area-", "city-", "corner-", "geojson-", "places-"].iter().any(|p| word.starts_with(p))
                && !KEYS.iter().any(|key| word.starts_with(key))
        })
        .collect();
    assert!(codes.len() > 30, "{codes:?}");
    for lang in Lang::ALL {
        let keys: std::collections::BTreeSet<&str> = texts.keys(lang).collect();
        for code in &codes {
            let mended = code.starts_with("places-mended-");
            let key = if mended { (*code).to_owned() } else { format!("refused-{code}") };
            assert!(keys.contains(key.as_str()), "{key} in {}", lang.code());
            let advice = format!("{key}-advice");
            assert!(mended || keys.contains(advice.as_str()), "{advice} in {}", lang.code());
        }
    }
    assert_eq!(TEXTS.len(), Lang::ALL.len());
}
