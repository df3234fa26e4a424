//! The pages of risk: what everybody sees, in every language, and what the desk gives back.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::response::Response;
use page::{Lang, Tongue};

use super::{INDEX, set_in};
use crate::door::{House, Role, Shown, Trouble, Visitor, VisitorParts};
use crate::places::risk::pages::{Asked, area_part, desk, page};
use crate::places::risk::{bring_readings, risks};
use crate::places::tests::{house, member};

fn visitor(house: &House, lang: Lang) -> Visitor {
    Visitor(Arc::new(VisitorParts {
        large: false,
        tongue: Tongue::new(lang, house.texts()),
        member: Some(member("Odile", &[Role::Officer], &[])),
        path: "/risk".to_owned(),
        wants_json: false,
        origin: [0; 16],
    }))
}

fn whole(shown: Result<Shown, Trouble>) -> String {
    let html = shown.expect("the page is shown").body.0;
    assert!(!html.contains('⟦'), "a text is missing: {html}");
    html
}

async fn street(house: &House, lang: Lang, from: usize) -> String {
    whole(page(State(house.clone()), visitor(house, lang), Query(Asked { from })).await)
}

/// The line of an area's page without the marks around what is put in.
fn plain(house: &House, name: &str) -> String {
    let line = area_part(house, &visitor(house, Lang::En), super::area(name)).0;
    line.replace("<bdi>", "").replace("</bdi>", "")
}

#[tokio::test]
async fn a_risk_never_stands_without_what_is_missing() {
    let (house, _folder) = house().await;
    assert!(street(&house, Lang::En, 0).await.contains("has not yet said"));
    assert!(area_part(&house, &visitor(&house, Lang::En), super::area("Hill")).0.is_empty());
    set_in(&house).await;
    let sheet = "area,Flood days,Poor,Clinics\nHill,5,20,8\nRiver,45,,1\n";
    bring_readings(&house, sheet.as_bytes(), super::DAY, None).await.expect("brought");
    for lang in Lang::ALL {
        let html = street(&house, lang, 0).await;
        assert!(html.contains("River") && html.contains("Flood days"), "{lang:?}");
        let line = area_part(&house, &visitor(&house, lang), super::area("River"));
        assert!(!line.0.contains('⟦') && line.0.contains("/risk"), "{}", line.0);
    }
    let html = street(&house, Lang::En, 0).await;
    let first = html.find(">Port<").zip(html.find(">River<")).zip(html.find(">Hill<"));
    let ((port, river), hill) = first.expect("all three are there");
    assert!(port < river && river < hill, "of the port nothing is known: it is not read as low");
    let line = plain(&house, "River");
    assert!(line.contains("place 2 of 3; one thing is not measured here."), "{line}");
    let line = plain(&house, "Hill");
    assert!(line.contains("Risk: 1.4 of 10, place 3 of 3."), "{line}");
    assert!(!street(&house, Lang::En, 60).await.contains(">Hill<"), "a page beyond the last");
}

fn sent(fields: &[(&str, &str)]) -> Request {
    let body = serde_urlencoded::to_string(fields).expect("a form");
    let kind = "application/x-www-form-urlencoded";
    Request::post("/").header("content-type", kind).body(Body::from(body)).expect("a request")
}

fn told(response: &Response) -> (u16, String) {
    let shown = response.extensions().get::<Shown>().expect("a page");
    (shown.status.as_u16(), shown.body.0.clone())
}

#[tokio::test]
async fn the_desk_sets_both_sheets_and_gives_back_what_does_not_fit() {
    let (house, _folder) = house().await;
    set_in(&house).await;
    let by = || visitor(&house, Lang::En);
    let form = whole(desk::page(State(house.clone()), by(), Query(desk::Done::default())).await);
    assert!(form.contains("Flood days,1,even,0,50"), "what is set stands in the form");
    let other = INDEX.replace("Flood days,1", "Flood days,7");
    let fields = [("csrf", "a token"), ("index", other.as_str()), ("reason", "A worse flood")];
    let done = desk::set(State(house.clone()), by(), sent(&fields)).await.expect("set");
    assert_eq!(done.status().as_u16(), 303);
    assert_eq!(risks(&house).index()[0].weight, 7);
    let bad = [("csrf", "a token"), ("index", "dimension\nx\n"), ("reason", "Why not")];
    let (status, html) =
        told(&desk::set(State(house.clone()), by(), sent(&bad)).await.expect("told"));
    assert_eq!(status, 422);
    assert!(html.contains("is missing") && html.contains("Why not"), "{html}");
    for day in ["", "2126-01-01", "soon"] {
        let fields = [("csrf", "a token"), ("readings", "area,Poor\nHill,3\n"), ("day", day)];
        let answer = desk::bring(State(house.clone()), by(), sent(&fields)).await.expect("told");
        let (status, html) = told(&answer);
        let said = Tongue::new(Lang::En, house.texts()).say("refused-risk-day");
        assert!(status == 422 && html.contains(&said) && html.contains("Hill,3"), "{html}");
    }
    let fields = [("csrf", "a token"), ("readings", "area,Poor\nHill,3\n"), ("day", "2026-09-01")];
    let done = desk::bring(State(house.clone()), by(), sent(&fields)).await.expect("brought");
    assert_eq!(
        done.headers()["location"],
        "/desk/places/risk?done=readings&changed=1&same=0&lang=en"
    );
    let stale = [("csrf", "another"), ("readings", "area,Poor\nHill,3\n"), ("day", "2026-09-01")];
    let refused = desk::bring(State(house.clone()), by(), sent(&stale)).await;
    assert!(matches!(refused, Err(Trouble::Refused(refusal)) if refusal.code == "form-stale"));
}
