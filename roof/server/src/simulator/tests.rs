//! The simulator's phones: nobody's numbers, bounded memory, and the real way in and out.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use rooms::voices::outbound::Leased;
use tower::ServiceExt;

use super::{Phones, demo_number, phone_number};
use crate::demo::{self, DemoClock};
use crate::gateway::{Carrier, InForce};
use crate::node::{self, Node, Place};
use crate::settings::{Gateway, GatewayKind};

#[test]
fn only_numbers_that_are_nobodys_are_lent() {
    let check = |typed: &str, expected: Option<&str>| {
        assert_eq!(phone_number(typed).ok().as_deref(), expected, "{typed}");
    };
    check("+99900500001", Some("+99900500001"));
    check("+999 00 50-0001", Some("+99900500001"));
    check("0099900500001", Some("+99900500001"));
    check("+50937000001", None);
    check("99900500001", None);
    check("+99900", None);
    check("+99900123456789", None);
    check("", None);
    check("112", None);
    check(&"9".repeat(400), None);
    assert_eq!(phone_number(&demo_number(1)), Ok(demo_number(1)));
}

#[test]
fn a_phone_keeps_its_last_messages_only() {
    let phones = Phones::default();
    for n in 0..60 {
        phones.sent("+99900500001", &n.to_string(), n);
    }
    let screen = phones.on_screen("+99900500001");
    assert_eq!((screen.len(), screen[0].words.as_str()), (50, "10"));
    // The phone that was silent longest makes room.
    for n in 2..=501 {
        phones.sent(&demo_number(n), "x", 1_000 + i64::from(n));
    }
    assert!(phones.on_screen("+99900500001").is_empty());
    assert_eq!(phones.on_screen(&demo_number(2)).len(), 1);
    assert_eq!(phones.on_screen(&demo_number(501)).len(), 1);
}

#[test]
fn what_is_carried_is_on_the_screen() {
    let phones = Phones::default();
    let id = record::Id::NONE;
    phones.carry(&Leased { id, to: demo_number(7), text: "K7M4-QX2R".to_owned() });
    let screen = phones.on_screen(&demo_number(7));
    assert_eq!((screen[0].own, screen[0].words.as_str()), (false, "K7M4-QX2R"));
}

async fn city(folder: &tempfile::TempDir, kind: Option<GatewayKind>) -> (Node, axum::Router) {
    let clock = DemoClock::default();
    let place = Place { now: clock.now(), ..Place::new(folder.path(), None) };
    let node = node::open(&place).await.unwrap();
    let phones = Phones::default();
    demo::seed(&node, &clock, &phones).await.unwrap();
    node.house.keep(phones);
    let gateway = kind.map(|kind| Gateway {
        kind,
        token: "t".to_owned(),
        signing_key: String::new(),
        url: String::new(),
        user: String::new(),
        password: String::new(),
    });
    node.house.keep(InForce(gateway));
    let app = crate::app::app(node.house.clone(), super::routes());
    (node, app)
}

async fn ask(app: &axum::Router, request: Request<Body>) -> (StatusCode, String) {
    let answer = app.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).header("accept-language", "en").body(Body::empty()).unwrap()
}

fn post(body: &str) -> Request<Body> {
    Request::post("/simulator")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_is_answered_on_the_same_phone() {
    let folder = tempfile::tempdir().unwrap();
    let (node, app) = city(&folder, Some(GatewayKind::Simulator)).await;
    let voices = async || {
        let sql = "SELECT COUNT(*) FROM voices_2";
        node.house.store().read_one(sql, vec![]).await.unwrap().unwrap().int(0)
    };
    let before = voices().await;
    let form = "number=%2B99900500777&words=No+water+in+Fontabel+since+Monday";
    let (status, _) = ask(&app, post(form)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, page) = ask(&app, get("/simulator?number=%2B99900500777")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("No water in Fontabel since Monday"), "its own words");
    assert!(page.contains("We have your message"), "and the receipt: {page}");
    assert_eq!(voices().await, before + 1, "it became a voice like any other");
    let (status, _) = ask(&app, post("number=%2B50937000001&words=x")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "no real number speaks here");
    let (status, css) = ask(&app, get("/static/simulator.css")).await;
    assert!(status == StatusCode::OK && css.contains(".phone-screen"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_simulator_there_is_no_simulator() {
    let folder = tempfile::tempdir().unwrap();
    let (node, app) = city(&folder, None).await;
    assert_eq!(ask(&app, get("/simulator")).await.0, StatusCode::NOT_FOUND);
    let form = "number=%2B99900500777&words=x";
    assert_eq!(ask(&app, post(form)).await.0, StatusCode::NOT_FOUND);
    let gateway = Gateway {
        kind: GatewayKind::Json,
        token: "t".to_owned(),
        signing_key: String::new(),
        url: String::new(),
        user: String::new(),
        password: String::new(),
    };
    node.house.keep(InForce(Some(gateway)));
    assert_eq!(ask(&app, get("/simulator")).await.0, StatusCode::NOT_FOUND);
}
