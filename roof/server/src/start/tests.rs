//! The start: who may do which step when, and that there is never a second first steward.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use rooms::door::Trouble;
use rooms::people;
use rooms::places;
use tower::ServiceExt;

use super::rules::{Seen, Stage, may_do, plain_key, stage, start_key};
use super::steward::{first_steward, take_turn};
use super::{Filled, key_for, sms};
use crate::gateway::InForce;
use crate::node::{self, Node, Place};
use crate::settings::GatewayKind;
use crate::simulator::{self, Phones};

const PHRASE: &str = "four words by chance";
/// A browser on this machine.
const HERE: &str = "127.0.0.1:50000";
/// How a form with a file says what it is.
const MULTIPART: &str = "multipart/form-data; boundary=b0undary";
/// A browser somewhere else.
const AWAY: &str = "203.0.113.9:50000";

#[test]
fn the_start_stands_where_the_store_says() {
    let check = |seen: Seen, expected: Stage| assert_eq!(stage(seen), expected, "{seen:?}");
    let key = Seen { key: true, ..Seen::default() };
    check(Seen::default(), Stage::Key);
    check(Seen { named: true, ..Seen::default() }, Stage::Key);
    check(key, Stage::City);
    check(Seen { named: true, ..key }, Stage::Areas);
    check(Seen { named: true, areas: true, ..key }, Stage::Steward);
    let done = Seen { named: true, areas: true, steward: true, ..key };
    check(done, Stage::Away);
    check(Seen { key: false, ..done }, Stage::Away);
    check(Seen { own: true, ..done }, Stage::Sms);
    check(Seen { own: true, key: false, ..done }, Stage::Sms);
    check(Seen { own: true, sheet: true, ..done }, Stage::Sheet);
    check(Seen { own: true, demo: true, ..done }, Stage::Away);
    // A member who is no steward has nothing to start, whatever waits.
    check(Seen { sheet: true, ..done }, Stage::Away);
}

#[test]
fn a_step_is_done_only_at_its_stage() {
    use Stage::{Areas, Away, City, Key, Sheet, Sms, Steward};
    let all = [Key, City, Areas, Steward, Sheet, Sms, Away];
    let check = |step: &str, expected: &[Stage]| {
        let open: Vec<Stage> = all.into_iter().filter(|stage| may_do(step, *stage)).collect();
        assert_eq!(open, expected, "{step}");
    };
    check("key", &[Key]);
    check("city", &[City]);
    check("areas", &[Areas, Steward]);
    check("areas-choose", &[Areas, Steward]);
    check("draw", &[Areas, Steward]);
    check("steward", &[Areas, Steward]);
    check("sheet", &[Sheet]);
    check("sms", &[Sms]);
    check("test", &[Sms]);
    check("sheet-again", &[Sms]);
    check("", &[]);
    check("anything", &[]);
}

#[test]
fn a_key_is_read_as_people_type_it() {
    let key = start_key([0, 1, 31, 32, 10, 17, 18, 19, 20, 21, 22, 255]);
    assert_eq!(key, "01Z0-AHJK-MNPZ");
    let check =
        |typed: &str, same: bool| assert_eq!(plain_key(typed) == plain_key(&key), same, "{typed}");
    check("01Z0-AHJK-MNPZ", true);
    check("olzo ahjk mnpz", true);
    check("01Z0AHJKMNP", false);
    check("", false);
    check("01Z0-AHJK-MNPZ-MNPZ", false);
}

#[test]
fn a_phone_needs_its_address_and_its_user() {
    let check = |pairs: &[(&str, &str)], expected: Result<GatewayKind, &str>| {
        let map = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let found = sms::gateway_of(&Filled(map));
        assert_eq!(found.map(|g| g.kind).map_err(|r| r.code), expected, "{pairs:?}");
    };
    let phone = |url| [("gateway", "android"), ("url", url), ("user", "sms"), ("password", "p")];
    check(&[("gateway", "simulator")], Ok(GatewayKind::Simulator));
    check(&[("gateway", "json")], Ok(GatewayKind::Json));
    check(&phone("http://192.168.1.20:8080"), Ok(GatewayKind::Android));
    check(&phone("https://192.168.1.20"), Err("start-phone-url"));
    check(&phone("192.168.1.20:8080"), Err("start-phone-url"));
    check(&phone("http://"), Err("start-phone-url"));
    check(&phone("http://a b"), Err("start-phone-url"));
    check(&[("gateway", "android"), ("url", "http://a")], Err("start-phone-user"));
    check(&[("gateway", "pigeon")], Err("list-unknown"));
    check(&[], Err("list-unknown"));
}

struct Walk {
    node: Node,
    app: axum::Router,
    /// The start key, and the cookie that bears it.
    key: String,
    bearing: String,
    _folder: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    to: String,
    cookie: String,
    page: String,
}

impl Walk {
    async fn begin() -> Walk {
        Walk::on(tempfile::tempdir().unwrap()).await
    }

    async fn on(folder: tempfile::TempDir) -> Walk {
        let node = node::open(&Place::new(folder.path(), None)).await.unwrap();
        node.house.keep(Phones::default());
        node.house.keep(InForce(None));
        let routes = super::routes().and(simulator::routes());
        let app = crate::app::app(node.house.clone(), routes);
        let key = key_for(&node.house).await.unwrap().unwrap_or_default();
        let bearing = format!("baraza-start={}", plain_key(&key));
        Walk { node, app, key, bearing, _folder: folder }
    }

    /// The same node after its process was stopped and started.
    async fn restarted(self) -> Walk {
        let Walk { node, app, _folder: folder, .. } = self;
        drop((node, app));
        Walk::on(folder).await
    }

    async fn ask(&self, from: &str, cookie: &str, form: Option<&str>, path: &str) -> Answer {
        let form = form.map(|form| ("application/x-www-form-urlencoded", form));
        self.ask_with(from, cookie, form, path).await
    }

    /// A form with a file, by whoever bears the key.
    async fn send(&self, form: &str) -> Answer {
        self.ask_with(HERE, &self.bearing, Some((MULTIPART, form)), "/start?lang=en").await
    }

    async fn ask_with(
        &self,
        from: &str,
        cookie: &str,
        form: Option<(&str, &str)>,
        path: &str,
    ) -> Answer {
        let (kind, form) = form.map_or(("", None), |(kind, form)| (kind, Some(form)));
        let method = if form.is_some() { "POST" } else { "GET" };
        let from: SocketAddr = from.parse().unwrap();
        let host = if from.ip().is_loopback() { "127.0.0.1:8080" } else { "city.example" };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, host)
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, kind)
            .extension(ConnectInfo(from))
            .body(Body::from(form.unwrap_or_default().to_owned()))
            .unwrap();
        let answer = self.app.clone().oneshot(request).await.unwrap();
        let text = |name| {
            let value = answer.headers().get(name).and_then(|v| v.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (to, set) = (text(header::LOCATION), text(header::SET_COOKIE));
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        let page = String::from_utf8(body.to_vec()).unwrap();
        let cookie = set.split(';').next().unwrap_or_default().to_owned();
        Answer { status, to, cookie, page }
    }

    async fn get(&self, from: &str, cookie: &str) -> Answer {
        self.ask(from, cookie, None, "/start?lang=en").await
    }

    async fn post(&self, from: &str, cookie: &str, form: &str) -> Answer {
        self.ask(from, cookie, Some(form), "/start?lang=en").await
    }

    async fn stewards(&self) -> i64 {
        let sql = "SELECT COUNT(*) FROM members_1 WHERE steward = TRUE";
        self.node.house.store().read_one(sql, vec![]).await.unwrap().unwrap().int(0)
    }
}

const CITY: &str =
    "step=city&name=Kisumani&country=KEN&emergency=999&first=sw&lang-en=yes&offset=180";
const STEWARD: &str =
    "step=steward&member=Ana&passphrase=four+words+by+chance&again=four+words+by+chance";

#[tokio::test(flavor = "multi_thread")]
async fn a_city_is_started_by_whoever_bears_the_key() {
    let walk = Walk::begin().await;
    let house = &walk.node.house;
    let first = walk.ask(HERE, "", None, "/").await;
    assert!(first.to.starts_with("/start"), "an unnamed city opens at the start: {}", first.to);
    assert!(walk.get(HERE, &walk.bearing).await.page.contains("Welcome to Baraza"));
    // A step too early changes nothing.
    assert_eq!(walk.post(HERE, &walk.bearing, STEWARD).await.status, StatusCode::SEE_OTHER);
    assert_eq!(walk.stewards().await, 0);
    let wrong = walk.post(HERE, &walk.bearing, &CITY.replace("KEN", "XXX")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("Kisumani"), "what was typed comes back");
    assert_eq!(walk.post(HERE, &walk.bearing, CITY).await.status, StatusCode::SEE_OTHER);
    let city = house.city();
    assert_eq!((city.name.as_str(), city.offset_minutes), ("Kisumani", 180));
    assert_eq!(city.languages, [page::Lang::Sw, page::Lang::En]);
    assert!(walk.get(HERE, &walk.bearing).await.page.contains("Areas of your city"));
    areas_come_in(&walk).await;
    let differ = walk.post(HERE, &walk.bearing, &STEWARD.replace("again=four", "again=five")).await;
    assert!(differ.page.contains("not the same") && !differ.page.contains("words by chance\""));
    let made = walk.post(HERE, &walk.bearing, STEWARD).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    assert!(made.cookie.starts_with("baraza="), "{}", made.cookie);
    steward_goes_on(&walk, &made.cookie).await;
}

/// A form with a file, as a browser without a script sends it.
fn with_file(fields: &[(&str, &str)], file: &str) -> String {
    let field = |(name, value): &(&str, &str)| {
        format!("--b0undary\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = fields.iter().map(field).collect();
    format!(
        "{fields}--b0undary\r\nContent-Disposition: form-data; name=\"file\"; \
         filename=\"areas.geojson\"\r\nContent-Type: application/octet-stream\r\n\r\n\
         {file}\r\n--b0undary--\r\n"
    )
}

/// A file is sent, one of its properties chosen, and one more area drawn by hand.
async fn areas_come_in(walk: &Walk) {
    let house = &walk.node.house;
    let shown = walk.get(HERE, &walk.bearing).await.page;
    assert!(shown.contains("multipart/form-data") && shown.contains("type=file"), "{shown}");
    let empty = walk.send(&with_file(&[("step", "areas")], "")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.page.contains("No file has come"));
    let broken = walk.send(&with_file(&[("step", "areas")], "{\"type\"")).await;
    assert!(broken.page.contains("not GeoJSON"));
    let square = r#"{"type":"Feature","properties":{"fid":7,"n":"Nyalu"},"geometry":
        {"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}"#;
    let asked = walk.send(&with_file(&[("step", "areas")], square)).await.page;
    assert!(asked.contains("n (Nyalu)") && asked.contains("fid (7)"), "{asked}");
    assert!(places::atlas(house).areas().is_empty(), "nothing comes in before the choice");
    let mark = asked.split("name=\"mark\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let choose = |mark: &str| format!("step=areas-choose&mark={mark}&prop-name=n&prop-code-0=yes");
    let other = walk.post(HERE, &walk.bearing, &choose("another")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    let told = walk.post(HERE, &walk.bearing, &choose(mark)).await;
    assert!(told.page.contains("1 new"), "{}", told.page);
    assert_eq!(places::atlas(house).areas()[0].name, "Nyalu");
    let drawing = |act: &str, corners: &str| {
        format!("step=draw&act={act}&name=Kizingo&corners={}", corners.replace(' ', "%0A"))
    };
    let wrong = walk.post(HERE, &walk.bearing, &drawing("keep", "2,2 2,3 here")).await;
    assert!(wrong.page.contains("Line 3") && wrong.page.contains("Kizingo"));
    let looked = walk.post(HERE, &walk.bearing, &drawing("look", "2,2 2,3 3,3")).await.page;
    assert!(looked.contains("<svg") && looked.contains("Keep it as an official area"));
    assert_eq!(places::atlas(house).areas().len(), 1, "a look keeps nothing");
    let kept = walk.post(HERE, &walk.bearing, &drawing("keep", "2,2 2,3 3,3")).await.page;
    assert!(kept.contains("Areas so far: 2"), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_no_file_is_read() {
    let walk = Walk::begin().await;
    let long = with_file(&[("step", "areas")], &" ".repeat(5_000));
    let refused = walk.ask_with(HERE, "", Some((MULTIPART, &long)), "/start?lang=en").await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
}

/// The sheet is put away, the simulator chosen, the test answered; nobody else sees any of it.
async fn steward_goes_on(walk: &Walk, cookie: &str) {
    let house = &walk.node.house;
    let recovery = house.vault().recovery();
    let group = recovery.rsplit('-').next().unwrap();
    let sheet = walk.get(HERE, cookie).await;
    assert!(sheet.page.contains(group) && sheet.page.contains("Recovery sheet of"));
    assert_eq!(walk.get(HERE, "").await.to, "/?lang=en", "nobody else sees the sheet");
    let who = house.who(cookie.trim_start_matches("baraza=").to_owned()).await.unwrap();
    let form = |rest: &str| format!("csrf={}&{rest}", who.csrf);
    let stale = walk.post(HERE, cookie, &format!("step=sheet&group={group}")).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN, "a form without the session's token");
    let wrong = walk.post(HERE, cookie, &form("step=sheet&group=0000")).await;
    assert!(wrong.page.contains("not the last group"));
    let away = walk.post(HERE, cookie, &form(&format!("step=sheet&group={group}"))).await;
    assert_eq!(away.status, StatusCode::SEE_OTHER);
    let next = walk.get(HERE, cookie).await;
    assert!(!next.page.contains(group), "the sheet is not shown again by itself");
    sheet_once_more(walk, cookie, group, &who.csrf).await;
    assert!(next.page.contains("How do messages come"));
    assert_eq!(walk.ask(HERE, "", None, "/simulator").await.status, StatusCode::NOT_FOUND);
    walk.post(HERE, cookie, &form("step=sms&gateway=simulator")).await;
    let kept = crate::settings::read(house.data()).unwrap().gateway.unwrap();
    assert_eq!(kept.kind, GatewayKind::Simulator);
    assert_eq!(walk.ask(HERE, "", None, "/simulator").await.status, StatusCode::OK);
    walk.post(HERE, cookie, &form("step=test")).await;
    assert!(walk.get(HERE, cookie).await.page.contains("The answer came"));
    let phone =
        "step=sms&gateway=android&url=http%3A%2F%2F192.168.1.20%3A8080&user=sms&password=hush-hush";
    walk.post(HERE, cookie, &form(phone)).await;
    let shown = walk.get(HERE, cookie).await.page;
    let kept = crate::settings::read(house.data()).unwrap().gateway.unwrap();
    assert!(shown.contains(&kept.token) && shown.contains(&kept.signing_key));
    assert!(!shown.contains("hush-hush"), "the phone's password is not shown again");
}

/// The sheet comes back for the steward's own passphrase, and for nothing else.
async fn sheet_once_more(walk: &Walk, cookie: &str, group: &str, csrf: &str) {
    let page = walk.ask(HERE, cookie, None, "/start?lang=en&step=sheet").await.page;
    assert!(page.contains("Your passphrase") && !page.contains(group));
    let form = |phrase: &str| format!("csrf={csrf}&step=sheet-again&own-passphrase={phrase}");
    let wrong = walk.post(HERE, cookie, &form("somebody+elses+words")).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    assert!(!wrong.page.contains(group));
    let right = walk.post(HERE, cookie, &form("four+words+by+chance")).await;
    assert!(right.page.contains(group), "{}", right.page);
    let nobody = walk.post(HERE, "", "step=sheet-again&own-passphrase=four+words+by+chance").await;
    assert_eq!(nobody.to, "/?lang=en");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_was_not_put_away_is_shown_again_after_a_restart() {
    let walk = Walk::begin().await;
    walk.post(HERE, &walk.bearing, CITY).await;
    let cookie = walk.post(HERE, &walk.bearing, STEWARD).await.cookie;
    let walk = walk.restarted().await;
    let recovery = walk.node.house.vault().recovery();
    let group = recovery.rsplit('-').next().unwrap();
    let sheet = walk.get(HERE, &cookie).await.page;
    assert!(sheet.contains(group) && sheet.contains("Recovery sheet of"));
    let who = walk.node.house.who(cookie.trim_start_matches("baraza=").to_owned()).await.unwrap();
    let away = format!("csrf={}&step=sheet&group={group}", who.csrf);
    assert_eq!(walk.post(HERE, &cookie, &away).await.status, StatusCode::SEE_OTHER);
    let walk = walk.restarted().await;
    assert!(!walk.get(HERE, &cookie).await.page.contains(group), "it was put away for good");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_in_the_terminal_carries_the_key() {
    let walk = Walk::begin().await;
    let opened = walk.ask(HERE, "", None, &format!("/start?lang=en&key={}", walk.key)).await;
    assert_eq!((opened.status, opened.to.as_str()), (StatusCode::SEE_OTHER, "/start?lang=en"));
    assert_eq!(opened.cookie, walk.bearing);
    assert!(walk.get(HERE, &opened.cookie).await.page.contains("Welcome to Baraza"));
    let wrong = walk.ask(HERE, "", None, "/start?lang=en&key=AAAA-BBBB-CCCC").await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    assert!(wrong.cookie.is_empty() && wrong.page.contains("not the start key"));
}

#[tokio::test(flavor = "multi_thread")]
async fn wherever_one_asks_from_the_start_asks_for_its_key() {
    let walk = Walk::begin().await;
    let key = walk.key.clone();
    // A proxy that adds no header makes everybody come from this machine.
    assert!(walk.get(HERE, "").await.page.contains("type the key"));
    walk.post(HERE, "", CITY).await;
    assert_eq!(walk.node.house.city().name, "", "the own machine proves nothing");
    assert!(walk.get(AWAY, "").await.page.contains("type the key"));
    assert_eq!(walk.post(AWAY, "", CITY).await.status, StatusCode::SEE_OTHER);
    assert_eq!(walk.node.house.city().name, "", "without the key nothing is done");
    assert_eq!(
        walk.post(AWAY, "", "step=key&key=AAAA-BBBB-CCCC").await.status,
        StatusCode::FORBIDDEN
    );
    let taken = walk.post(AWAY, "", &format!("step=key&key={}", key.to_lowercase())).await;
    assert!(taken.cookie.starts_with("baraza-start="), "{}", taken.cookie);
    assert_eq!(walk.get(AWAY, "baraza-start=AAAABBBBCCCC").await.status, StatusCode::OK);
    walk.post(AWAY, "baraza-start=AAAABBBBCCCC", CITY).await;
    assert_eq!(walk.node.house.city().name, "");
    walk.post(AWAY, &taken.cookie, CITY).await;
    assert_eq!(walk.node.house.city().name, "Kisumani");
    let made = walk.post(AWAY, &taken.cookie, STEWARD).await;
    assert!(made.cookie.starts_with("baraza="));
    // The key ends with the steward.
    assert_eq!(walk.get(AWAY, &taken.cookie).await.to, "/?lang=en");
    assert_eq!(key_for(&walk.node.house).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_the_key_ends_soon() {
    let walk = Walk::begin().await;
    let key = walk.key.clone();
    for _ in 0..10 {
        walk.post(AWAY, "", "step=key&key=AAAA-BBBB-CCCC").await;
    }
    let late = walk.post(AWAY, "", &format!("step=key&key={key}")).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_never_a_second_first_steward() {
    let walk = Walk::begin().await;
    walk.post(HERE, &walk.bearing, CITY).await;
    let house = walk.node.house.clone();
    let tries = (0..4).map(|n| {
        let house = house.clone();
        tokio::spawn(async move { first_steward(&house, &format!("steward {n}"), PHRASE).await })
    });
    let tries: Vec<_> = tries.collect();
    let mut made = 0;
    for task in tries {
        match task.await.unwrap() {
            Ok(_) => made += 1,
            Err(trouble) => assert_eq!(trouble.status(), StatusCode::CONFLICT),
        }
    }
    assert_eq!((made, walk.stewards().await), (1, 1));
    // The same form once more, as a browser sends it on reload.
    assert_eq!(walk.post(HERE, &walk.bearing, STEWARD).await.to, "/?lang=en");
    assert_eq!(walk.stewards().await, 1);
    assert!(people::has_steward(&house).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_make_one_steward() {
    let walk = Walk::begin().await;
    walk.post(HERE, &walk.bearing, CITY).await;
    let other = node::open(&Place::new(walk.node.data.clone(), None)).await.unwrap();
    let (one, two) = tokio::join!(
        first_steward(&walk.node.house, "one", PHRASE),
        first_steward(&other.house, "two", PHRASE)
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
    assert_eq!(walk.stewards().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_try_that_was_cut_off_gives_its_turn_back() {
    let folder = tempfile::tempdir().unwrap();
    let at_ms = Arc::new(AtomicI64::new(1_800_000_000_000));
    let held = at_ms.clone();
    let now: store::Now = Arc::new(move || held.load(Ordering::SeqCst));
    let place = Place { now, ..Place::new(folder.path(), None) };
    let node = node::open(&place).await.unwrap();
    // Another process took its turn and was cut off before there was a steward.
    take_turn(&node.house).await.unwrap();
    at_ms.fetch_add(59_000, Ordering::SeqCst);
    let busy = first_steward(&node.house, "Ana", PHRASE).await.unwrap_err();
    assert!(matches!(busy, Trouble::Refused(refusal) if refusal.code == "start-busy"));
    at_ms.fetch_add(1_000, Ordering::SeqCst);
    assert!(first_steward(&node.house, "Ana", PHRASE).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_try_that_was_refused_can_be_made_again() {
    let walk = Walk::begin().await;
    walk.post(HERE, &walk.bearing, CITY).await;
    let house = &walk.node.house;
    assert!(first_steward(house, "   ", PHRASE).await.is_err(), "a name of blanks");
    assert!(first_steward(house, "Ana", "short").await.is_err(), "a short passphrase");
    assert_eq!(walk.stewards().await, 0);
    assert!(first_steward(house, "Ana", PHRASE).await.is_ok());
}
