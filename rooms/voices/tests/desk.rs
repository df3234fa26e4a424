//! The desk through HTTP, and what it does by itself: who may see what, calls and alarms, texts
//! that may be sent, the same answer for every door. On a house with all rooms, on both engines.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::middleware::from_fn_with_state;
use page::{Lang, Texts};
use record::{DAY_MS, Id, Signer};
use seal::Vault;
use store::{Database, Opening, Plan, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::door::{self, Guarding, House, HouseParts, Member, Role};
use crate::places::{self, CityWords};
use crate::voices::pages::parts::day_sent;
use crate::voices::queries::{self, desk};
use crate::voices::{Heard, Inbound, acts, alarms, calls, forget, hear, outbound, review};

/// A noon in November 2026.
const NOW_MS: i64 = 20_776 * DAY_MS + DAY_MS / 2;
pub(super) const MINUTE_MS: i64 = 60_000;
pub(super) const NUMBER: &str = "+50937000001";

pub(super) struct Home {
    pub(super) house: House,
    now: Arc<AtomicI64>,
    _folder: TempDir,
}

async fn home_on(database: Option<Database>) -> Home {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = Database::Sqlite(folder.path().join("baraza.db"));
    let (signer, node) = (Signer::fresh(), Signer::fresh());
    let now = Arc::new(AtomicI64::new(NOW_MS));
    let clock = now.clone();
    let opening = Opening {
        database: database.unwrap_or(file),
        plan: Plan { views: crate::views(), drawers: crate::drawers() },
        delegation: node.delegate(signer.public(), NOW_MS),
        signer,
        node: node.public(),
        now: Arc::new(move || clock.load(Ordering::SeqCst)),
    };
    let all: Vec<_> = crate::texts().chain([page::KIT_TEXTS]).flatten().copied().collect();
    let texts: &'static Texts = Box::leak(Box::new(Texts::new(&all).expect("sound texts")));
    let house = House::new(HouseParts {
        store: Store::open(opening).await.expect("a new store opens"),
        vault: Vault::fresh(),
        texts,
        data: folder.path().to_path_buf(),
        // A test's session is its role.
        who: Arc::new(|_, token| Box::pin(async move { member(Role::from_code(&token)?) })),
    });
    let city = CityWords {
        name: "Port Kilima".to_owned(),
        country: "HTI".to_owned(),
        languages: vec![Lang::Ht, Lang::Fr],
        emergency: "114".to_owned(),
        sms_number: String::new(),
        offset_minutes: -300,
        demo: false,
    };
    places::name_city(&house, city, None).await.expect("the city is named");
    Home { house, now, _folder: folder }
}

pub(super) async fn home() -> Home {
    home_on(None).await
}

fn member(role: Role) -> Option<Member> {
    Some(Member {
        id: Id::named("member", role.code()),
        name: "Josué".to_owned(),
        roles: vec![role],
        bodies: Vec::new(),
        csrf: "token".to_owned(),
    })
}

/// Both engines, where this machine has both.
pub(super) async fn homes() -> Vec<Home> {
    let mut homes = vec![home().await];
    if let Some(url) = testkit::postgres::url() {
        let fresh = testkit::postgres::fresh_database(&url).expect("an empty database");
        homes.push(home_on(Some(Database::Postgres(fresh))).await);
    }
    homes
}

impl Home {
    pub(super) fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    async fn says(&self, words: &str, number: Option<&str>) -> (Heard, Id) {
        let inbound = Inbound {
            channel: if number.is_some() { "sms" } else { "page" },
            words: words.to_owned(),
            number: number.map(str::to_owned),
            chosen_word: Some("mango".to_owned()),
            ..Inbound::default()
        };
        let heard = hear(&self.house, inbound).await.expect("heard");
        let code = heard.code.parse().expect("a code");
        let voice = queries::by_code(&self.house, &code).await.expect("read").expect("kept");
        (heard, voice.id)
    }

    /// Status, where it leads, body.
    pub(super) async fn asks(
        &self,
        who: Option<Role>,
        path: &str,
        form: Option<&str>,
    ) -> (u16, String, String) {
        let csrf = if who.is_some() { "csrf=token&" } else { "" };
        let form = form.map(|form| format!("{csrf}{form}"));
        let kind = "application/x-www-form-urlencoded";
        self.sends_form(who, path, form.as_ref().map(|form| (kind, form.as_bytes()))).await
    }

    /// The same with a form that carries a file; its parts are divided by `b`.
    pub(super) async fn carries(
        &self,
        who: Option<Role>,
        path: &str,
        form: &[u8],
    ) -> (u16, String, String) {
        self.sends_form(who, path, Some(("multipart/form-data; boundary=b", form))).await
    }

    async fn sends_form(
        &self,
        who: Option<Role>,
        path: &str,
        form: Option<(&str, &[u8])>,
    ) -> (u16, String, String) {
        let routes = crate::routes();
        let guarding = Guarding::new(self.house.clone(), &routes.table, |_, _| Vec::new());
        let app = routes.router.with_state(self.house.clone());
        let app: axum::Router = app.layer(from_fn_with_state(guarding, door::guard));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app).await });
        let method = if form.is_some() { "POST" } else { "GET" };
        let cookie = who.map(|role| format!("Cookie: baraza={}\r\n", role.code()));
        let (kind, form) = form.unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: node.test\r\nConnection: close\r\n{}\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            cookie.unwrap_or_default(),
            form.len()
        );
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        // Whoever sends too much may be answered, and hung up on, before all of it is read.
        let _ = stream.write_all(form).await;
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        let answer = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let to = head.lines().find_map(|line| line.strip_prefix("location: "));
        (status, to.unwrap_or_default().to_owned(), body.to_owned())
    }

    async fn texts_out(&self) -> Vec<String> {
        let leased = outbound::lease(&self.house, 100).await.expect("leased");
        leased.into_iter().map(|message| message.text).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_call_is_one_task_and_its_number_goes_when_reached() {
    for home in homes().await {
        let house = &home.house;
        for (ring, known) in [("1", 1), ("1", 1), ("2", 1)] {
            calls::missed_call(house, NUMBER, ("phone", ring)).await.expect("kept");
            assert_eq!(desk::calls_waiting(house).await.expect("counted"), known);
        }
        let waiting = queries::calls(house).await.expect("read");
        let (id, _, _, number) = waiting.first().cloned().expect("one call");
        assert_eq!(number.as_deref(), Some(NUMBER));
        calls::returned(house, id, false, None).await.expect("nobody answered");
        assert_eq!(desk::calls_waiting(house).await.expect("counted"), 1);
        calls::returned(house, id, true, None).await.expect("reached");
        assert_eq!(desk::calls_waiting(house).await.expect("counted"), 0);
        assert_eq!(house.store().wrapped_key(id).await.expect("read"), None);
        assert!(calls::returned(house, id, true, None).await.is_err());
        // The gateway's retry revives nothing; a new ring is a new task.
        calls::missed_call(house, NUMBER, ("phone", "1")).await.expect("known");
        assert_eq!(desk::calls_waiting(house).await.expect("counted"), 0);
        calls::missed_call(house, NUMBER, ("phone", "3")).await.expect("kept");
        assert_eq!(desk::calls_waiting(house).await.expect("counted"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_tried_often_enough_leaves_the_list() {
    let home = home().await;
    calls::missed_call(&home.house, NUMBER, ("phone", "1")).await.expect("kept");
    let id = queries::calls(&home.house).await.expect("read").first().expect("one").0;
    for _ in 0..calls::CALL_TRIES_MAX {
        calls::returned(&home.house, id, false, None).await.expect("nobody answered");
    }
    assert_eq!(desk::calls_waiting(&home.house).await.expect("counted"), 0);
    assert_eq!(home.house.store().wrapped_key(id).await.expect("read"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_a_person_takes_their_missed_calls() {
    for home in homes().await {
        let (_, voice) = home.says("dlo antre nan kay la", Some(NUMBER)).await;
        let voice = queries::voice(&home.house, voice).await.expect("read").expect("kept");
        calls::missed_call(&home.house, NUMBER, ("phone", "1")).await.expect("kept");
        let id = queries::calls(&home.house).await.expect("read").first().expect("one").0;
        forget::person(&home.house, voice.person.expect("somebody")).await.expect("forgotten");
        assert_eq!(desk::calls_waiting(&home.house).await.expect("counted"), 0);
        assert_eq!(home.house.store().wrapped_key(id).await.expect("read"), None);
        let records = home.house.store().records_of(id).await.expect("read");
        assert!(records.iter().all(|record| record.sealed.is_none()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unread_danger_rings_once_and_only_where_somebody_is_called() {
    for home in homes().await {
        let house = &home.house;
        let ring = || async { alarms::ring(house).await.expect("rung") };
        let (_, first) = home.says("We are trapped on the roof, help", None).await;
        home.pass(alarms::UNREAD_MS_MAX - MINUTE_MS);
        alarms::set_on_call(house, "+509 3700 9999").await.expect("set");
        assert_eq!(alarms::on_call(house).await.expect("read").as_deref(), Some("+50937009999"));
        assert_eq!(ring().await, 0, "ten minutes are not over");
        home.pass(2 * MINUTE_MS);
        alarms::set_on_call(house, "").await.expect("taken away");
        assert_eq!(ring().await, 0, "nobody is on call");
        alarms::set_on_call(house, "+50937009999").await.expect("set");
        assert_eq!(ring().await, 1);
        assert_eq!(ring().await, 0, "once is enough");
        let texts = home.texts_out().await;
        assert!(texts.iter().any(|text| text.contains("11 minutes")), "{texts:?}");
        let (_, second) = home.says("My sister is bleeding and trapped", None).await;
        acts::read(house, second, None).await.expect("read");
        home.pass(alarms::UNREAD_MS_MAX * 2);
        assert_eq!(ring().await, 0, "somebody has read it");
        let unread = desk::danger_unread(house, true).await.expect("read");
        assert_eq!(unread.iter().map(|voice| voice.id).collect::<Vec<_>>(), [first]);
        assert!(alarms::set_on_call(house, "nobody").await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn real_people_get_unreviewed_texts_only_when_a_steward_took_them_on() {
    for home in homes().await {
        let words = "Nou bezwen dlo pou bwe, tanpri ede nou";
        home.says(words, Some(NUMBER)).await;
        let texts = home.texts_out().await;
        assert!(texts.iter().any(|text| text.starts_with("We have your message")), "{texts:?}");
        let take =
            |key: &'static str, taken| review::accept(&home.house, Lang::Ht, key, taken, None);
        take("sms-receipt", true).await.expect("taken on");
        assert!(take("sms-help", true).await.is_err(), "it speaks of life");
        assert!(take("sms-nothing-of-the-kind", true).await.is_err());
        home.says("Pa gen manje ankò nan katye a", Some("+50937000002")).await;
        let texts = home.texts_out().await;
        assert!(texts.iter().any(|text| text.starts_with("Nou resevwa")), "{texts:?}");
        take("sms-receipt", false).await.expect("no longer");
        assert!(!review::is_accepted(&home.house, Lang::Ht, "sms-receipt"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_is_there_for_focal_points_alone() {
    let home = home().await;
    let words = "My boss touches the girls who come for food, he raped one";
    let (_, id) = home.says(words, None).await;
    let voice = queries::voice(&home.house, id).await.expect("read").expect("kept");
    assert!(voice.held);
    let page = format!("/desk/voices/{id}");
    for role in [Role::Operator, Role::Officer, Role::Steward] {
        for path in [page.as_str(), "/desk/voices?queue=held"] {
            assert_eq!(home.asks(Some(role), path, None).await.0, 404, "{path}");
        }
        for verb in ["sort", "answer", "seal", "number", "link", "erase"] {
            let path = format!("{page}/{verb}");
            assert_eq!(home.asks(Some(role), &path, Some("words=x")).await.0, 404, "{path}");
        }
        for path in ["/desk/voices", "/desk/voices?queue=all", "/desk/search?q=touches"] {
            let (status, _, body) = home.asks(Some(role), path, None).await;
            assert_eq!((status, body.contains("girls")), (200, false), "{path}");
        }
    }
    let (status, _, body) = home.asks(Some(Role::FocalPoint), &page, None).await;
    assert_eq!((status, body.contains("touches the girls")), (200, true));
    let release = format!("{page}/release");
    assert_eq!(home.asks(Some(Role::Operator), &release, Some("")).await.0, 403);
    assert_eq!(home.asks(Some(Role::FocalPoint), &release, Some("")).await.0, 303);
    assert_eq!(home.asks(Some(Role::Operator), &page, None).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_forgotten_is_found_by_no_search() {
    let home = home().await;
    let (heard, id) = home.says("Dlo a sal anpil nan Katye Pelikan", None).await;
    let search = "/desk/search?q=PELIKAN";
    let link = format!("/desk/voices/{id}");
    let found = |body: &str| body.contains(&link);
    assert!(found(&home.asks(Some(Role::Operator), search, None).await.2));
    let erase = format!("{link}/erase");
    let form = |word: &str| format!("what=erase&code={}&word={word}", heard.code);
    for (word, status) in [("papay", 403), ("", 403), ("Mango", 303)] {
        let (told, ..) = home.asks(Some(Role::Operator), &erase, Some(&form(word))).await;
        assert_eq!(told, status, "{word}");
    }
    assert!(!found(&home.asks(Some(Role::Operator), search, None).await.2));
    assert!(!home.asks(Some(Role::Operator), &link, None).await.2.contains("Pelikan"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_keeps_the_words_it_refuses_and_says_twice_the_same_code() {
    let home = home().await;
    let bad = "words=Water+%3Cb%3E&number=abc&client_id=phone-1";
    let (status, _, body) = home.asks(None, "/say?lang=en", Some(bad)).await;
    assert_eq!(status, 422);
    for kept in ["Water &lt;b&gt;", "value=\"phone-1\"", "aria-invalid"] {
        assert!(body.contains(kept), "{kept}");
    }
    let good = "words=Water&client_id=phone-1";
    let (status, to, _) = home.asks(None, "/say?lang=en", Some(good)).await;
    assert_eq!(status, 303);
    assert!(to.starts_with("/follow/") && to.ends_with("?new=1&lang=en"), "{to}");
    assert_eq!(home.asks(None, "/say?lang=en", Some(good)).await.1, to);
    let (_, danger, _) = home.asks(None, "/say?lang=en", Some("words=We+are+trapped")).await;
    assert!(danger.contains("&danger=1"), "{danger}");
    // Nobody stands behind the door here: no link leads there, and the page names a number.
    assert!(!home.asks(None, "/say", None).await.2.contains("/say/sealed"));
    let (status, _, body) = home.asks(None, "/say/sealed", None).await;
    assert_eq!((status, body.contains("tel:114"), body.contains("<textarea")), (200, true, false));
    let (status, ..) = home.asks(None, "/say/sealed", Some("words=x")).await;
    assert_eq!(status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_shown_once_and_only_for_a_life() {
    let home = home().await;
    let (_, id) = home.says("Gen yon kamyon dlo ki kraze", Some(NUMBER)).await;
    let path = format!("/desk/voices/{id}/number");
    let look = || home.asks(Some(Role::Operator), &path, Some("reason=boat"));
    assert_eq!(look().await.0, 403);
    let sort = format!("/desk/voices/{id}/sort");
    assert_eq!(home.asks(Some(Role::Operator), &sort, Some("urgency=2")).await.0, 303);
    let (status, _, body) = look().await;
    assert_eq!((status, body.contains(NUMBER)), (200, true));
    assert_eq!(look().await.0, 409);
    for path in ["/desk", "/desk/voices", "/desk/voices?queue=all", &format!("/desk/voices/{id}")] {
        let body = home.asks(Some(Role::Operator), path, None).await.2;
        assert!(!body.contains("37000001"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_counts_and_looks_back_alike_on_both_engines() {
    for home in homes().await {
        let house = &home.house;
        for n in 0..5 {
            home.says(&format!("Lari {n} plen dlo"), None).await;
            home.pass(MINUTE_MS);
        }
        home.says("My boss touches the girls who come for food, he raped one", None).await;
        assert_eq!(desk::held(house).await.expect("counted"), 1);
        assert_eq!(desk::parked(house).await.expect("counted"), 0);
        assert!(desk::waiting(house).await.expect("counted").0 >= 5);
        let mut seen = Vec::new();
        let mut before = None;
        loop {
            let some = desk::newest(house, before, 2).await.expect("read");
            let Some(last) = some.last() else { break };
            before = Some((last.heard_ms, last.id));
            seen.extend(some.iter().map(|voice| voice.heard_ms));
        }
        let mut newest_first = seen.clone();
        newest_first.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!((seen.len(), &seen), (5, &newest_first));
    }
}

#[test]
fn a_day_is_read_as_browsers_send_it() {
    let check = |sent: &str, expected: Option<i64>| assert_eq!(day_sent(sent), expected, "{sent}");
    check("1970-01-01", Some(0));
    check("2026-11-19", Some(20_776));
    check(" 2024-02-29 ", Some(19_782));
    check("2099-12-31", Some(47_481));
    for none in
        ["", "2023-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "2026-11-00", "tomorrow"]
    {
        check(none, None);
    }
    for none in ["1969-12-31", "2100-01-01", "2026-11", "-1-1-1", "2026-11-19-1"] {
        check(none, None);
    }
}
