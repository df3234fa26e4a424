//! The kit through HTTP: who may, with which token, how much at once; and that the page says
//! nothing of who asked for it.

use axum::middleware::from_fn_with_state;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::super::pages::SENDING_BYTES_MAX;
use super::super::rules::FACTS_MAX;
use super::{Hall, hall_on};
use crate::door::{self, Guarding, Role};

impl Hall {
    async fn asks(&self, who: Option<Role>, path: &str, json: Option<&str>) -> (u16, String) {
        let routes = crate::routes();
        let guarding = Guarding::new(self.house.clone(), &routes.table, |_, _| Vec::new());
        let app = routes.router.with_state(self.house.clone());
        let app: axum::Router = app.layer(from_fn_with_state(guarding, door::guard));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app).await });
        let cookie = who.map(|role| format!("Cookie: baraza={}\r\n", role.code()));
        let method = if json.is_some() { "POST" } else { "GET" };
        let body = json.unwrap_or_default();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: node.test\r\nConnection: close\r\n{}\
             Accept: application/json\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            cookie.unwrap_or_default(),
            body.len()
        );
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(head.as_bytes()).await.expect("it is sent");
        // A server that refuses a long body may stop reading before its end.
        let _ = stream.write_all(body.as_bytes()).await;
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        let answer = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        (status, body.to_owned())
    }

    fn path(&self) -> String {
        format!("/desk/assemblies/{}/kit", self.assembly)
    }

    fn sending(&self, csrf: &str, facts: &[Value]) -> String {
        json!({ "csrf": csrf, "assembly": self.assembly.to_string(), "facts": facts }).to_string()
    }
}

const COUNTERS: [Role; 4] = [Role::Facilitator, Role::Operator, Role::Steward, Role::Committee];

#[tokio::test]
async fn only_who_may_count_has_the_kit() {
    let hall = hall_on(None).await;
    let sending = hall.sending("token", &[]);
    for role in Role::ALL {
        let expected = if COUNTERS.contains(&role) { 200 } else { 403 };
        for path in [hall.path(), format!("{}/pass", hall.path())] {
            assert_eq!(hall.asks(Some(role), &path, None).await.0, expected, "{role:?} {path}");
        }
        let (status, _) = hall.asks(Some(role), &hall.path(), Some(&sending)).await;
        assert_eq!(status, expected, "{role:?} sends");
    }
    assert_eq!(hall.asks(None, &hall.path(), Some(&sending)).await.0, 401);
    assert_eq!(hall.asks(None, &format!("{}/pass", hall.path()), None).await.0, 401);
}

#[tokio::test]
async fn a_sending_without_its_token_or_of_another_assembly_or_too_long_is_refused() {
    let hall = hall_on(None).await;
    let check = async |body: String, expected: (u16, &str)| {
        let (status, said) = hall.asks(Some(Role::Facilitator), &hall.path(), Some(&body)).await;
        assert_eq!(status, expected.0, "{said}");
        assert!(said.contains(expected.1), "{said}");
    };
    check(hall.sending("another", &[]), (403, "form-stale")).await;
    let other = json!({ "csrf": "token", "assembly": "0".repeat(26), "facts": [] }).to_string();
    check(other, (409, "kit-other-assembly")).await;
    let fact = hall.opened();
    check(hall.sending("token", &vec![fact.clone(); FACTS_MAX + 1]), (413, "kit-many")).await;
    check(hall.sending("token", &vec![fact; FACTS_MAX]), (200, "got")).await;
    check("a".repeat(SENDING_BYTES_MAX + 1), (413, "form-too-long")).await;
    check("a".repeat(SENDING_BYTES_MAX), (400, "form-unreadable")).await;
}

#[tokio::test]
async fn the_page_that_a_phone_keeps_says_nothing_of_who_asked_for_it() {
    let hall = hall_on(None).await;
    hall.motion(&[]).await;
    for lang in ["en", "ht", "ar"] {
        let path = format!("{}?lang={lang}", hall.path());
        let (status, page) = hall.asks(Some(Role::Facilitator), &path, None).await;
        assert_eq!(status, 200, "{page}");
        assert!(!page.contains("Nadège") && !page.contains("token"), "{lang}");
        assert!(page.contains("Dig a well at the market") && page.contains("noscript"));
        assert!(!page.contains('⟦'), "a text is missing in {lang}");
        let data = page.split("id=\"kit\">").nth(1).and_then(|rest| rest.split('<').next());
        let data: Value = serde_json::from_str(data.expect("data")).expect("sound JSON");
        assert_eq!(data["share"], 40);
        assert_eq!(data["motions"][0]["round"], 1);
    }
    for path in ["kit.js", "kit.css", "kit-worker.js"] {
        let path = format!("/desk/assemblies/{path}?v=1");
        assert_eq!(hall.asks(Some(Role::Facilitator), &path, None).await.0, 200, "{path}");
        assert_eq!(hall.asks(Some(Role::Officer), &path, None).await.0, 403, "{path}");
    }
}

#[tokio::test]
async fn what_was_counted_live_is_in_the_page() {
    let hall = hall_on(None).await;
    let id = hall.motion(&[]).await;
    let of = id.to_string();
    let facts = [
        hall.opened(),
        hall.counted(1, "roll", (26, 15)),
        hall.asked(&of),
        hall.hands(1, &of, 1, [(3, 2), (1, 0), (0, 0)]),
    ];
    hall.sends(&super::first(), &facts).await;
    let (_, page) = hall.asks(Some(Role::Steward), &hall.path(), None).await;
    let data = page.split("id=\"kit\">").nth(1).and_then(|rest| rest.split('<').next());
    let data: Value = serde_json::from_str(data.expect("data")).expect("sound JSON");
    assert_eq!(data["pads"]["roll:1"]["w"], 26);
    assert_eq!(data["pads"][format!("h:{of}:1:1")]["yes.w"], 3);
    assert_eq!(data["motions"][0]["conflict"]["chair"], false);
    assert_eq!(data["opened"]["chair"], true);
}
