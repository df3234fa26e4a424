//! The pages through HTTP: an evening from the call to the end as a facilitator walks it, the
//! sheet, what the street may see, and who passes which door. On a house with all rooms.

use axum::middleware::from_fn_with_state;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{Home, home_on};
use crate::decisions::assemblies::pages::evening::{FORM_BYTES_MAX, PHOTO_MEGABYTES_MAX};
use crate::decisions::assemblies::queries;
use crate::door::{self, Access, Guarding, Role};

/// Status, where it leads, body.
type Answer = (u16, String, String);

const URLENCODED: &str = "application/x-www-form-urlencoded";

impl Home {
    /// Asks a page as somebody (`facilitator.nadege`) or nobody; a form makes it a POST.
    async fn asks(&self, who: &str, path: &str, form: Option<&str>) -> Answer {
        let csrf = if who.is_empty() { "" } else { "csrf=token&" };
        let form = form.map(|form| format!("{csrf}{form}"));
        let form = form.as_deref().map(|form| (URLENCODED, form.as_bytes()));
        self.sends(who, path, form).await
    }

    /// The same with a form that carries a file.
    async fn brings(&self, who: &str, path: &str, file: &[u8]) -> Answer {
        let head = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken\r\n--b\r\n\
                    Content-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
        let form = [head.as_bytes(), file, b"\r\n--b--\r\n"].concat();
        self.sends(who, path, Some(("multipart/form-data; boundary=b", &form))).await
    }

    async fn sends(&self, who: &str, path: &str, form: Option<(&str, &[u8])>) -> Answer {
        let routes = crate::routes();
        let guarding = Guarding::new(self.house.clone(), &routes.table, |_, _| Vec::new());
        let app = routes.router.with_state(self.house.clone());
        let app: axum::Router = app.layer(from_fn_with_state(guarding, door::guard));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let method = if form.is_some() { "POST" } else { "GET" };
        let cookie =
            if who.is_empty() { String::new() } else { format!("Cookie: baraza={who}\r\n") };
        let (kind, form) = form.unwrap_or((URLENCODED, b""));
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: node.test\r\nConnection: close\r\n{cookie}\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            form.len()
        );
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        // A server that refuses a long form may stop reading before its end.
        let _ = stream.write_all(form).await;
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        server.abort();
        let answer = String::from_utf8(bytes).expect("text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let to = head.lines().find_map(|line| line.strip_prefix("location: "));
        (status, to.unwrap_or_default().to_owned(), body.to_owned())
    }

    async fn sees(&self, who: &str, path: &str, parts: &[&str]) -> String {
        let (status, _, body) = self.asks(who, path, None).await;
        assert_eq!(status, 200, "{path}: {body}");
        for part in parts {
            assert!(body.contains(part), "{path} says no {part}: {body}");
        }
        body
    }

    async fn does(&self, who: &str, path: &str, form: &str) -> String {
        let (status, to, body) = self.asks(who, path, Some(form)).await;
        assert_eq!(status, 303, "{path} {form}: {body}");
        to
    }

    async fn is_refused(&self, who: &str, path: &str, form: &str, words: &str) {
        let (status, _, body) = self.asks(who, path, Some(form)).await;
        assert!((400..500).contains(&status), "{path} {form}: {status}");
        assert!(body.contains(words), "{path} {form} says no {words}: {body}");
    }

    /// The same by the code of the refusal: its words stand on the page.
    async fn is_refused_as(&self, who: &str, path: &str, form: &str, code: &str) {
        self.is_refused(who, path, form, &self.words_of(code)).await;
    }

    fn words_of(&self, code: &str) -> String {
        page::text(&self.tongue().say(&format!("refused-{code}"))).0
    }
}

const NADEGE: &str = "facilitator.nadege";
const JOSUE: &str = "operator.josue";

/// Calls an assembly and makes its agenda public; its path at the desk.
async fn invited(home: &Home) -> String {
    let body = home.body("Assembly of Bèlè").await;
    home.sees(NADEGE, "/desk/assemblies/new", &["Assembly of Bèlè"]).await;
    let words = "title=Water+trucks&place=the+church+hall&day=2026-11-28&from_afar=";
    let late = format!("body={}&{words}&hour=20:00", body.id);
    home.is_refused(NADEGE, "/desk/assemblies", &late, "outside the safe hours").await;
    let form = format!("body={}&{words}&hour=15:00&women_first=yes", body.id);
    let to = home.does(NADEGE, "/desk/assemblies", &form).await;
    let path = to.split("/agenda").next().expect("a path").to_owned();
    let own = "own-0=Where+the+trucks+stand";
    let agenda = format!("{path}/agenda");
    home.sees(NADEGE, &agenda, &["Place in the order", "Nothing waits"][1..]).await;
    home.is_refused(NADEGE, &agenda, "do=publish", "nothing on this agenda").await;
    home.does(NADEGE, &agenda, &format!("{own}&do=keep")).await;
    home.sees(NADEGE, &agenda, &["Where the trucks stand"]).await;
    home.sees("", "/assembly/1", &["The agenda is not public yet"]).await;
    home.does(NADEGE, &agenda, &format!("{own}&do=publish")).await;
    home.sees("", "/assembly/1", &["Where the trucks stand"]).await;
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn an_evening_is_walked_from_its_call_to_its_end() {
    let home = home_on(None).await;
    let path = invited(&home).await;
    home.sees("", "/assemblies", &["Water trucks"]).await;
    let open = format!("{path}/open");
    let men = "chair=other&co_chair=none&exception=";
    home.is_refused(NADEGE, &open, men, "Neither the chair nor the co-chair").await;
    home.does(NADEGE, &open, "chair=other&co_chair=woman").await;
    let roll = format!("{path}/roll");
    // A press on a plus asks the node, which remembers nothing but what stands in the address.
    let to =
        home.does(NADEGE, &roll, "moment=arrival&counter=1&women=1&men=10&step=women%2B1").await;
    let body = home.sees(NADEGE, &to, &["name=\"women\" value=\"2\"", "data-step=\"men\""]).await;
    assert!(body.contains("Count 1"), "{body}");
    let count = |n: u8| format!("moment=arrival&counter={n}&women=2&men=10&other=");
    home.does(NADEGE, &roll, &count(1)).await;
    home.sees(NADEGE, &path, &["One has counted"]).await;
    home.is_refused(NADEGE, &roll, &count(2), "You were the other counter").await;
    home.does(JOSUE, &roll, &count(2)).await;
    home.sees(NADEGE, &path, &["2 of 12 women", "Women are too few: 2 of 12"]).await;
    // Everybody else cannot work the two out.
    let street = home.sees("", "/assembly/1", &["fewer than 5", "Not enough to decide"]).await;
    assert!(!street.contains(">2<") && !street.contains(">10<"), "{street}");
    home.does(NADEGE, &format!("{path}/women"), "held=yes&words=A+light+at+the+pump").await;
    home.does(NADEGE, &format!("{path}/spoken"), "women=20&men=30&other=0").await;
    home.is_refused(NADEGE, &format!("{path}/witnesses"), "n=1", "Two witnesses").await;
    home.does(NADEGE, &format!("{path}/witnesses"), "n=2").await;
    home.does(NADEGE, &format!("{path}/close"), "").await;
    home.sees(NADEGE, &path, &["women 20, men 30", "A light at the pump"]).await;
    home.sees("", "/assembly/1", &["What the women found by themselves", "A light at the pump"])
        .await;
    home.is_refused(JOSUE, &roll, &count(1), "over or called off").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_printed_and_typed_and_says_which_row_is_wrong() {
    let home = home_on(None).await;
    let path = invited(&home).await;
    let printed = home.sees(NADEGE, &format!("{path}/sheet"), &["Where the trucks stand"]).await;
    assert!(printed.matches("class=box").count() >= 24, "{printed}");
    home.sees(JOSUE, "/desk/assemblies/sheet", &["class=rule", "tickbox"]).await;
    let typing = format!("{path}/type");
    home.sees(NADEGE, &typing, &["At the beginning · Count 1", "At the vote · Count 2"]).await;
    let row = |name: &str, parts: [i64; 4]| {
        ["a", "b", "c", "s"]
            .iter()
            .zip(parts)
            .map(|(end, n)| format!("&{name}{end}={n}"))
            .collect::<String>()
    };
    let rest = "chair=woman&co_chair=none&n=2&held=yes&words=A+light+at+the+pump";
    let sound = [row("a1", [26, 15, 0, 41]), row("a2", [26, 15, 0, 41])].concat();
    let wrong = [row("a1", [26, 15, 0, 41]), row("a2", [62, 15, 0, 41])].concat();
    let whole = format!("{rest}&signed=yes{wrong}");
    let row_said = "At the beginning · Count 2";
    home.is_refused(NADEGE, &typing, &whole, row_said).await;
    let (_, _, body) = home.asks(NADEGE, &typing, Some(&whole)).await;
    assert!(body.contains("value=\"62\""), "what was typed comes back: {body}");
    home.is_refused_as(NADEGE, &typing, &format!("{rest}{sound}"), "assembly-sheet-signed").await;
    let vote = [row("v1", [20, 15, 0, 35]), row("v2", [20, 15, 0, 35])].concat();
    let whole = format!("{rest}&signed=yes{sound}{vote}{}", row("sp", [20, 30, 0, 50]));
    home.does(NADEGE, &typing, &whole).await;
    home.sees(NADEGE, &path, &["26 of 41 women", "20 of 35 women"]).await;
    home.does(NADEGE, &format!("{path}/close"), "").await;
    let kept = queries::assembly_by_number(&home.house, 1).await.expect("read").expect("kept");
    assert_eq!((kept.status(), kept.witnesses, kept.spoken), ("closed", 2, Some((20, 30, 0))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photograph_of_the_sheet_is_neither_empty_nor_longer_than_anybody_sends() {
    let home = home_on(None).await;
    let path = invited(&home).await;
    home.does(NADEGE, &format!("{path}/open"), "chair=woman&co_chair=none").await;
    let photo = format!("{path}/photo");
    let most = PHOTO_MEGABYTES_MAX * 1_000_000;
    for (length, expected) in [(0, 422), (most + 1, 422), (most + FORM_BYTES_MAX, 413)] {
        let (status, _, body) = home.brings(NADEGE, &photo, &vec![1; length]).await;
        assert_eq!(status, expected, "{length}: {body}");
        assert!(body.contains(&home.words_of("assembly-sheet-file")), "{length}: {body}");
    }
    let kept = async || {
        let kept = queries::assembly_by_number(&home.house, 1).await.expect("read");
        kept.expect("kept").sheets.len()
    };
    assert_eq!(kept().await, 0);
    assert_eq!(home.brings(NADEGE, &photo, &vec![1; most]).await.0, 303);
    assert_eq!(kept().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_nobody_knows_is_never_taken_for_the_whole_city() {
    let home = home_on(None).await;
    let body = home.body("Assembly of Bèlè").await;
    let call = format!(
        "body={}&title=Water&place=the+church&day=2026-11-28&hour=15:00&from_afar=",
        body.id
    );
    let words = "title=A+light+at+the+pump&words=It+is+dark+there&send=yes";
    let doors = [
        (NADEGE, "/desk/assemblies", call),
        (JOSUE, "/desk/proposals", format!("{words}&via=paper")),
        ("", "/propose", words.to_owned()),
    ];
    for (who, door, form) in &doors {
        let nowhere = format!("{form}&area=Nowhere");
        home.is_refused_as(who, door, &nowhere, "assembly-area-unknown").await;
    }
    assert!(queries::assembly_by_number(&home.house, 1).await.expect("read").is_none());
    assert!(queries::proposal_by_number(&home.house, 1).await.expect("read").is_none());
    for (who, door, form) in &doors {
        home.does(who, door, &format!("{form}&area=")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_proposes_without_an_account_and_sees_first_what_all_will_read() {
    let home = home_on(None).await;
    home.sees("", "/propose", &["No account, no name"]).await;
    let named = "title=Light&words=Call+3712+4455+for+it";
    home.is_refused("", "/propose", &format!("{named}&send=yes"), "A number to call").await;
    let words = "title=A+light+at+the+pump&words=It+is+dark+there+and+many+fetch+water";
    let (status, _, body) = home.asks("", "/propose", Some(words)).await;
    assert_eq!(status, 200);
    assert!(body.contains("Everybody will read this"), "{body}");
    assert!(queries::proposal_by_number(&home.house, 1).await.expect("read").is_none());
    let to = home.does("", "/propose", &format!("{words}&send=yes")).await;
    assert!(to.starts_with("/proposal/1"), "{to}");
    // Nobody reads it before it was looked at; that it waits is no secret.
    let waits = home.sees("", "/proposal/1", &["looks at it for names first"]).await;
    assert!(!waits.contains("pump"), "{waits}");
    let made = queries::proposal_by_number(&home.house, 1).await.expect("read").expect("kept");
    let desk = format!("/desk/proposals/{}", made.id);
    home.sees(JOSUE, "/desk/proposals", &["To be looked at", "P-1"]).await;
    home.sees(JOSUE, &desk, &["A light at the pump"]).await;
    home.is_refused(JOSUE, &format!("{desk}/refuse"), "reason=", "A reason is missing").await;
    home.is_refused(JOSUE, &format!("{desk}/show"), named, "A number to call").await;
    home.does(JOSUE, &format!("{desk}/show"), words).await;
    home.sees("", "/proposal/1", &["SUPPORT 1", "Fewer than 5 support it"]).await;
    home.sees("", "/proposals", &["A light at the pump"]).await;
    home.does(JOSUE, &format!("{desk}/count"), "via=paper&n=17").await;
    let list = queries::proposal(&home.house, made.id).await.expect("read").expect("kept");
    let list = list.lists[0].list;
    home.does(NADEGE, &format!("{desk}/count"), &format!("list={list}&via=paper&n=17")).await;
    home.sees(JOSUE, &desk, &["Counted by two", "Supporters: 17"]).await;
    let street = home.sees("", "/proposal/1", &["At least 15 support it"]).await;
    assert!(!street.contains("17 support") && !street.contains(">17"), "{street}");
    for n in 0..4 {
        home.does("", "/propose", &format!("{words}+{n}&send=yes")).await;
    }
    let (status, _, body) = home.asks("", "/propose", Some(&format!("{words}&send=yes"))).await;
    assert_eq!(status, 429, "one beyond the limit");
    assert!(body.contains("many fetch water"), "nobody's words are lost: {body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_of_a_body_are_shown_with_their_defaults_and_set_once() {
    let home = home_on(None).await;
    let body = home.body("Assembly of Bèlè").await;
    let path = format!("/desk/assemblies/rules/{}", body.id);
    home.sees("steward", "/desk/assemblies/rules", &["Assembly of Bèlè"]).await;
    home.sees("steward", &path, &["40", "Nothing was set", "Set the first rules"]).await;
    let shown = home.sees(NADEGE, &path, &["40"]).await;
    assert!(!shown.contains("Set the first rules"), "only a steward sets them");
    let low = "share=29&attendance=10&support=10&voices=5";
    home.is_refused("steward", &path, low, "cannot be a rule").await;
    home.does("steward", &path, "share=50&attendance=20&support=10&voices=5").await;
    home.sees("steward", &path, &["50", "only a carried, binding decision"]).await;
    let again = "share=30&attendance=10&support=10&voices=5";
    home.is_refused("steward", &path, again, "only by a decision of the body").await;
}

/// Every route of this part with every role: it opens for those it names and nobody else, and
/// nothing that does not exist breaks it.
#[tokio::test(flavor = "multi_thread")]
async fn every_door_opens_only_for_those_it_names() {
    let home = home_on(None).await;
    let table = crate::decisions::assemblies::routes().table;
    assert!(table.len() > 30, "{}", table.len());
    for route in table {
        let path = route.path.replace("{id}", &"0".repeat(26)).replace("{number}", "1");
        let path = path.replace("{body}", &"0".repeat(26));
        let form = (route.method == axum::http::Method::POST).then_some("");
        let (status, to, _) = home.asks("", &path, form).await;
        let stopped = status == 401 || to.starts_with("/sign-in");
        assert_eq!(stopped, route.access != Access::Street, "{path}: {status}");
        for role in Role::ALL {
            let (status, _, body) = home.asks(role.code(), &path, form).await;
            let may = match route.access {
                Access::Roles(roles) => roles.contains(&role),
                _ => true,
            };
            let refused = status == 403 && body.contains("role-missing");
            assert_eq!(refused, !may, "{path} as {role:?}: {status}");
            assert!(status < 500, "{path} as {role:?}: {status}");
        }
    }
}
