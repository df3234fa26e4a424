//! The pages through HTTP and the guard: what a browser sends and gets. One house, one port, no
//! client library.

use std::collections::HashMap;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{Home, PASSPHRASE, homes};
use crate::door::{self, City, Guarding, Role};
use crate::people::pages::sessions::SIGN_IN_ORIGIN;
use crate::people::pages::sign::local;
use crate::people::{cookie, routes};

/// A house that listens.
struct Open {
    home: Home,
    address: std::net::SocketAddr,
}

/// What came back.
struct Answer {
    status: u16,
    headers: HashMap<String, String>,
    body: String,
}

/// Somebody with a browser: perhaps a cookie, and the token of the last page.
#[derive(Default)]
struct Browser {
    cookie: Option<String>,
    csrf: String,
}

async fn open() -> Open {
    let home = homes().await.swap_remove(0).1;
    home.house.keep(City { name: "Port Kilima".to_owned(), ..City::default() });
    let routes = routes();
    let guarding = Guarding::new(home.house.clone(), &routes.table, |_, _| Vec::new());
    let app: Router = routes
        .router
        .with_state(home.house.clone())
        .layer(from_fn_with_state(guarding, door::guard));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    Open { home, address }
}

impl Open {
    async fn asks(&self, browser: &Browser, method: &str, path: &str, form: &str) -> Answer {
        let cookie = browser.cookie.as_deref().map(|c| format!("Cookie: {c}\r\n"));
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: node.test\r\nConnection: close\r\n{}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            cookie.unwrap_or_default(),
            form.len()
        );
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it takes it");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("it answers");
        let text = String::from_utf8(bytes).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let mut lines = head.lines();
        let status = lines.next().and_then(|l| l.split(' ').nth(1)).expect("a status");
        let headers = lines.filter_map(|l| l.split_once(": "));
        let headers = headers.map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned())).collect();
        Answer { status: status.parse().expect("a number"), headers, body: body.to_owned() }
    }

    async fn gets(&self, browser: &mut Browser, path: &str) -> Answer {
        let answer = self.asks(browser, "GET", path, "").await;
        let csrf = answer.body.split("name=\"csrf\" value=\"").nth(1);
        if let Some(csrf) = csrf.and_then(|rest| rest.split('"').next()) {
            csrf.clone_into(&mut browser.csrf);
        }
        assert!(!answer.body.contains('⟦'), "{path} lacks a text: {}", answer.body);
        answer
    }

    async fn sends(&self, browser: &Browser, path: &str, form: &str) -> Answer {
        let form = format!("csrf={}&{form}", browser.csrf);
        self.asks(browser, "POST", path, &form).await
    }

    async fn signs_in(&self, name: &str) -> Browser {
        let token = self.home.signs_in(name, PASSPHRASE).await.expect("in");
        let mut browser = Browser { cookie: Some(format!("baraza={token}")), csrf: String::new() };
        self.gets(&mut browser, "/desk/me").await;
        assert_eq!(browser.csrf.len(), 32);
        browser
    }
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

#[tokio::test]
async fn signing_in_sets_a_cookie_and_goes_on() {
    let open = open().await;
    open.home.joins("Rose", &[Role::Steward]).await;
    let mut nobody = Browser::default();
    let page = open.gets(&mut nobody, "/sign-in?next=/desk/people").await;
    assert_eq!((page.status, page.header("set-cookie")), (200, ""));
    assert!(page.body.contains("value=\"/desk/people\""));
    let wrong = "name=Rose&passphrase=not+her+passphrase&next=/desk/people";
    let wrong = open.asks(&nobody, "POST", "/sign-in", wrong).await;
    assert_eq!((wrong.status, wrong.header("set-cookie")), (401, ""));
    assert!(wrong.body.contains("value=\"Rose\"") && !wrong.body.contains("not her passphrase"));
    let form = format!("name=Rose&passphrase={}&next=/desk/people", PASSPHRASE.replace(' ', "+"));
    let right = open.asks(&nobody, "POST", "/sign-in", &form).await;
    assert_eq!((right.status, right.header("location")), (303, "/desk/people?lang=en"));
    let set = right.header("set-cookie");
    assert!(set.contains("; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200"), "{set}");
    assert!(!set.contains("Secure"), "{set}");
    nobody.cookie = set.split(';').next().map(str::to_owned);
    assert_eq!(open.gets(&mut nobody, "/desk/people").await.status, 200);
}

#[tokio::test]
async fn signing_out_takes_the_cookie_back() {
    let open = open().await;
    open.home.joins("Rose", &[Role::Steward]).await;
    let mut rose = open.signs_in("Rose").await;
    let stale = Browser { cookie: rose.cookie.clone(), csrf: "wrong".to_owned() };
    assert_eq!(open.sends(&stale, "/sign-out", "").await.status, 403);
    assert_eq!(open.gets(&mut rose, "/desk/me").await.status, 200);
    let out = open.sends(&rose, "/sign-out", "").await;
    assert_eq!(out.status, 303);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    let after = open.gets(&mut rose, "/desk/me").await;
    assert_eq!((after.status, after.header("location")), (303, "/sign-in?next=/desk/me"));
}

#[tokio::test]
async fn wrong_tries_from_one_place_have_an_end_whatever_the_names() {
    let open = open().await;
    let nobody = Browser::default();
    for n in 0..SIGN_IN_ORIGIN.times {
        let form = format!("name=person{n}&passphrase=guess");
        assert_eq!(open.asks(&nobody, "POST", "/sign-in", &form).await.status, 401);
    }
    let last = open.asks(&nobody, "POST", "/sign-in", "name=one&passphrase=guess").await;
    assert_eq!(last.status, 429);
}

#[tokio::test]
async fn a_role_that_was_taken_opens_nothing_any_more() {
    let open = open().await;
    let rose = open.home.joins("Rose", &[Role::Steward]).await;
    let amina = open.home.joins("Amina", &[Role::Steward]).await;
    let mut her = open.signs_in("Amina").await;
    assert_eq!(open.gets(&mut her, "/desk/people").await.status, 200);
    let by = open.signs_in("Rose").await;
    let form = format!("member={amina}&role=steward&give=no");
    assert_eq!(open.sends(&by, "/desk/people/roles", &form).await.status, 303);
    assert_eq!(open.gets(&mut her, "/desk/people").await.status, 403);
    assert_eq!(open.gets(&mut her, "/desk/me").await.status, 200);
    let form = format!("member={rose}&role=steward&give=no");
    assert_eq!(open.sends(&by, "/desk/people/roles", &form).await.status, 409);
}

#[tokio::test]
async fn a_steward_runs_the_desk_of_people_from_its_pages() {
    let open = open().await;
    open.home.joins("Rose", &[Role::Steward]).await;
    let mut rose = open.signs_in("Rose").await;
    let added = "name=Mirlande+%3Cb%3E&role-focal_point=yes&role-operator=yes";
    let added = open.sends(&rose, "/desk/people/members", added).await;
    assert_eq!(added.status, 200);
    assert!(added.body.contains("Mirlande &lt;b&gt;") && !added.body.contains("<b>&lt;"));
    let passphrase = added.body.split("dir=ltr>").nth(1).and_then(|r| r.split('<').next());
    let passphrase = passphrase.expect("it is shown once").to_owned();
    let token = open.home.signs_in("mirlande <b>", &passphrase).await.expect("it opens");
    let member = open.home.house.who(token).await.expect("a session");
    assert_eq!(member.roles, [Role::Operator, Role::FocalPoint]);

    let body = "name=Water+board&kind=authority&area=&constituency=local_government&contact=Room+3";
    assert_eq!(open.sends(&rose, "/desk/people/bodies", body).await.status, 303);
    let nowhere = "name=Fire+board&kind=authority&area=Atlantis";
    assert_eq!(open.sends(&rose, "/desk/people/bodies", nowhere).await.status, 422);
    let bodies = crate::people::bodies(&open.home.house).await.expect("read");
    let body = bodies.first().map(|body| body.id).expect("one body");
    let belongs = format!("body={body}&member={}&belongs=yes", member.id);
    assert_eq!(open.sends(&rose, "/desk/people/memberships", &belongs).await.status, 303);

    let mandate = format!(
        "body={body}&subject=Water+points&amount=5%2C000&currency=htg&expiry=2027-12-31&instrument="
    );
    assert_eq!(open.sends(&rose, "/desk/people/mandates", &mandate).await.status, 303);
    let list = open.gets(&mut rose, "/desk/people/mandates?done=mandate").await;
    for said in ["Water board", "Water points", "5,000.00 HTG", "31 December 2027", "advice"] {
        assert!(list.body.contains(said), "{said} is not in the list");
    }
    let door = "outside_number=116&referral_list=Health";
    assert_eq!(open.sends(&rose, "/desk/people/sealed-door", door).await.status, 303);
    for path in [
        "/desk/people".to_owned(),
        format!("/desk/people/member/{}", member.id),
        "/desk/people/bodies".to_owned(),
        format!("/desk/people/body/{body}"),
        "/desk/people/sealed-door?done=door".to_owned(),
    ] {
        let page = open.gets(&mut rose, &path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains("Mirlande") || !path.contains("member"), "{path}");
    }
    let gone = format!("/desk/people/member/{}", super::id("nobody"));
    assert_eq!(open.gets(&mut rose, &gone).await.status, 404);
    let own = open.gets(&mut rose, "/desk/sealed/confirm").await;
    assert_eq!(own.status, 403, "a steward is no focal point");
}

#[tokio::test]
async fn a_mandate_is_ended_on_its_own_page_and_stays_in_the_list() {
    let open = open().await;
    open.home.joins("Rose", &[Role::Steward]).await;
    open.home.joins("Paul", &[Role::Officer]).await;
    let house = &open.home.house;
    let body = crate::people::form_body(house, "Water board", "authority", None, None).await;
    let asked = crate::people::MandateAsked {
        by: None,
        body: body.expect("ok"),
        subject: "Water points".into(),
        area: None,
        ceiling: None,
        expiry_day: testkit::MORNING_MS / record::DAY_MS + 30,
        instrument: "By-law 12".into(),
    };
    let id = crate::people::give_mandate(house, asked, None).await.expect("ok");
    let (mut rose, mut paul) = (open.signs_in("Rose").await, open.signs_in("Paul").await);
    let page = format!("/desk/people/mandate/{id}");
    let seen = open.gets(&mut paul, &page).await;
    assert!(seen.status == 200 && seen.body.contains("By-law 12"));
    assert!(!seen.body.contains("name=\"reason\""), "only stewards end it");
    assert!(open.gets(&mut rose, &page).await.body.contains("name=\"reason\""));
    let form = format!("mandate={id}&reason=Repealed");
    assert_eq!(open.sends(&paul, "/desk/people/mandate", &form).await.status, 403);
    assert_eq!(open.sends(&rose, "/desk/people/mandate", &form).await.status, 303);
    assert_eq!(open.sends(&rose, "/desk/people/mandate", &form).await.status, 409);
    let list = open.gets(&mut paul, "/desk/people/mandates").await.body;
    assert!(list.contains("was ended") && list.contains("Water points"));
    assert!(open.gets(&mut paul, &page).await.body.contains("Repealed"));
}

#[tokio::test]
async fn a_focal_point_trains_confirms_and_stands_down() {
    let open = open().await;
    open.home.joins("Mirlande", &[Role::FocalPoint]).await;
    let mut her = open.signs_in("Mirlande").await;
    let path = "/desk/sealed/confirm";
    assert!(open.gets(&mut her, path).await.body.contains("name=\"passphrase\""));
    assert_eq!(open.sends(&her, path, "").await.status, 409, "not trained yet");
    let wrong = "woman=yes&passphrase=not+her+passphrase";
    assert_eq!(open.sends(&her, "/desk/sealed/train", wrong).await.status, 403);
    let right = format!("woman=yes&outside=yes&passphrase={}", PASSPHRASE.replace(' ', "+"));
    assert_eq!(open.sends(&her, "/desk/sealed/train", &right).await.status, 303);
    assert!(!open.gets(&mut her, path).await.body.contains("name=\"passphrase\""));
    assert_eq!(open.sends(&her, path, "").await.status, 303);
    assert_eq!(open.sends(&her, "/desk/sealed/stand-down", "").await.status, 303);
    assert!(open.gets(&mut her, path).await.body.contains("name=\"passphrase\""));
}

#[tokio::test]
async fn a_changed_passphrase_brings_a_new_cookie() {
    let open = open().await;
    open.home.joins("Rose", &[Role::Steward]).await;
    let mut rose = open.signs_in("Rose").await;
    let old = PASSPHRASE.replace(' ', "+");
    let form = |again: &str| format!("old={old}&new=seven+boats+by+the+bridge&again={again}");
    let differs = open.sends(&rose, "/desk/me/passphrase", &form("something+else")).await;
    assert_eq!(differs.status, 422);
    let changed =
        open.sends(&rose, "/desk/me/passphrase", &form("seven+boats+by+the+bridge")).await;
    assert_eq!(changed.status, 303);
    assert_eq!(
        open.gets(&mut rose, "/desk/me").await.status,
        303,
        "the old cookie is worth nothing"
    );
    rose.cookie = changed.header("set-cookie").split(';').next().map(str::to_owned);
    assert_eq!(open.gets(&mut rose, "/desk/me?done=passphrase").await.status, 200);
}

#[tokio::test]
async fn every_page_is_said_in_every_language() {
    let open = open().await;
    open.home.joins("Rose", &[Role::Steward, Role::FocalPoint]).await;
    let mut rose = open.signs_in("Rose").await;
    for lang in page::Lang::ALL {
        for path in [
            "/desk/me",
            "/desk/people",
            "/desk/people/bodies",
            "/desk/people/mandates",
            "/desk/people/sealed-door",
            "/desk/sealed/confirm",
        ] {
            let page = open.gets(&mut rose, &format!("{path}?lang={}", lang.code())).await;
            assert_eq!(page.status, 200, "{path} {}", lang.code());
        }
        let path = format!("/sign-in?lang={}", lang.code());
        assert_eq!(open.gets(&mut Browser::default(), &path).await.status, 200);
    }
}

#[test]
fn one_goes_on_only_to_a_path_of_this_node() {
    let check = |next: &str, expected: &str| assert_eq!(local(next), expected, "{next}");
    check("/desk/people?after=1", "/desk/people?after=1");
    check("", "/desk");
    check("//elsewhere.example", "/desk");
    check("/\\elsewhere.example", "/desk");
    check("https://elsewhere.example", "/desk");
    check("desk", "/desk");
    check("/desk\r\nset-cookie: x", "/desk");
    check("/sign-out", "/desk");
    check("/sign-in?next=/sign-in", "/desk");
    check(&format!("/{}", "x".repeat(400)), "/desk");
}

#[test]
fn a_cookie_is_secure_where_the_way_is() {
    assert!(cookie("token", true).ends_with("; Max-Age=43200; Secure"));
    assert!(cookie("token", false).starts_with("baraza=token; HttpOnly; SameSite=Strict"));
}
