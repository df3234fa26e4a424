//! Every door of the house: each route with each role, forged and replayed webhooks, bad input.

#![expect(clippy::unwrap_used, reason = "a failing story is a failing test")]

use axum::body::Bytes;
use axum::http::{Method, Request};
use http_body_util::Full;
use rooms::door::{Access, Role};
use serde_json::json;
use stories::{Phone, SIGNING_KEY, TOKEN, Web, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");

fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(stories::Town) -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(story(towns(PROGRAM).remove(0)));
}

/// Walks every route of the table with nobody and with every role. The guard refuses a route that
/// is not in the table, and the table is all the router has: an unknown route cannot answer.
#[test]
fn every_route_opens_only_for_those_it_names() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        let names = ["mirlande", "josue", "nadege", "wilner", "ines", "rose"];
        let roles = [
            Role::Steward,
            Role::Operator,
            Role::Facilitator,
            Role::Officer,
            Role::Committee,
            Role::FocalPoint,
        ];
        let mut members = Vec::new();
        for name in names {
            members.push(node.web.sign_in(name).await);
        }
        let mut table = server::app::table();
        table.extend(server::start::routes().table);
        table.extend(server::simulator::routes().table);
        assert!(table.len() > 40, "only {} routes", table.len());
        for route in &table {
            // Signing out would end the session the test still needs.
            if route.path == "/sign-out" {
                continue;
            }
            let path = route.path.replace("{token}", "no").replace("{file}", "no");
            let path = path.replace("{code}", "AAAAAAAA").replace("{id}", &"0".repeat(26));
            let path = path.replace("{body}", &"0".repeat(26)).replace("{number}", "1");
            let nobody = walk(&node.web, &route.method, &path).await;
            let open = matches!(route.access, Access::Street | Access::Machine);
            let stopped = nobody.status == 401 || nobody.location.starts_with("/sign-in");
            assert_eq!(
                stopped,
                !open && nobody.status != 0,
                "{} {path}: {}",
                route.method,
                nobody.status
            );
            for (role, member) in roles.iter().zip(&members) {
                let answer = walk(member, &route.method, &path).await;
                let may = match route.access {
                    Access::Street | Access::Machine | Access::Members => true,
                    Access::Roles(roles) => roles.contains(role),
                };
                let refused = answer.status == 403 && answer.body.contains("role-missing");
                assert_eq!(refused, !may, "{} {path} as {role:?}: {}", route.method, answer.status);
                assert!(answer.status != 500, "{} {path} as {role:?}", route.method);
            }
        }
    });
}

async fn walk(web: &Web, method: &Method, path: &str) -> stories::Answer {
    if *method == Method::GET { web.get(path).await } else { web.post(path, &[]).await }
}

#[test]
fn a_members_form_without_its_token_or_from_elsewhere_is_refused() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        let mut steward = node.web.sign_in("mirlande").await;
        assert!(!steward.csrf.is_empty(), "no token was found in the desk's pages");
        steward.csrf = "another".to_owned();
        let answer = steward.post("/sign-out", &[]).await;
        assert_eq!(answer.status, 403, "{}", answer.body);
        let foreign = Request::post(format!("http://{}/say", node.web.address()))
            .header("host", node.web.address())
            .header("origin", "http://elsewhere.example")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from("words=hello")))
            .unwrap();
        assert_eq!(node.web.send(foreign).await.status, 403);
    });
}

fn webhook(web: &Web, body: &str, timestamp: i64, key: &str) -> Request<Full<Bytes>> {
    let stamp = timestamp.to_string();
    let signature = seal::hmac_sha256_hex(key.as_bytes(), &[body.as_bytes(), stamp.as_bytes()]);
    Request::post(format!("http://{}/gateway/android-sms/{TOKEN}", web.address()))
        .header("content-type", "application/json")
        .header("x-timestamp", stamp)
        .header("x-signature", signature)
        .body(Full::new(Bytes::from(body.to_owned())))
        .unwrap()
}

#[test]
fn forged_stale_and_replayed_webhooks_do_no_harm() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        let now = server::node::wall_ms() / 1000;
        let said = |n: i32, words: &str| {
            json!({ "deviceId": "d", "event": "sms:received", "id": format!("hook{n}"),
                "webhookId": "w", "payload": { "messageId": "same-words", "message": words,
                "sender": format!("+5093700000{n}"), "recipient": "+50900000000",
                "phoneNumber": format!("+5093700000{n}"), "simNumber": 1,
                "receivedAt": "2026-11-22T08:00:00.000+00:00" } })
            .to_string()
        };
        let status = async |request| node.web.send(request).await.status;
        let body = said(1, "Nou bezwen dlo");
        assert_eq!(status(webhook(&node.web, &body, now, "another key")).await, 401);
        assert_eq!(status(webhook(&node.web, &body, now - 30 * 86_400, SIGNING_KEY)).await, 401);
        let mut moved = webhook(&node.web, &body, now, SIGNING_KEY);
        *moved.body_mut() = Full::new(Bytes::from(body.replace("dlo", "lajan")));
        assert_eq!(status(moved).await, 401);
        let phone = Phone::new(&node.web, "+50937000001");
        assert!(phone.receive().await.is_empty(), "a forged message was heard");
        // The right one, and its replay: heard once.
        for _ in 0..2 {
            assert_eq!(status(webhook(&node.web, &body, now, SIGNING_KEY)).await, 200);
        }
        assert_eq!(phone.receive().await.len(), 1);
        // The app names messages by their words: another person's same words are another voice.
        let other = said(2, "Nou bezwen dlo");
        assert_eq!(status(webhook(&node.web, &other, now, SIGNING_KEY)).await, 200);
        assert_eq!(Phone::new(&node.web, "+50937000002").receive().await.len(), 1);
        // Reports about what we sent, and what cannot be kept, do not come back for days.
        let report = json!({ "event": "sms:delivered", "id": "x", "payload": {} }).to_string();
        assert_eq!(status(webhook(&node.web, &report, now, SIGNING_KEY)).await, 200);
        let empty = said(3, "   ");
        assert_eq!(status(webhook(&node.web, &empty, now, SIGNING_KEY)).await, 200);
        // A wrong token is nowhere at all.
        let elsewhere = json!({ "id": "1", "from": "+1", "text": "a" });
        assert_eq!(node.web.json("/gateway/json/guess", &elsewhere).await.status, 404);
    });
}

#[test]
fn bad_words_get_a_clear_answer_and_nothing_is_lost() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        let say = async |words: &str, id: &str| {
            let answer =
                node.web.json("/api/v1/voices", &json!({ "id": id, "words": words })).await;
            let value: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            (answer.status, value)
        };
        let refused = async |words: &str, status: u16, code: &str| {
            let (got, value) = say(words, "bad").await;
            assert_eq!(got, status, "{value}");
            assert_eq!(value["type"], format!("urn:baraza:refusal:{code}"));
            assert!(value["detail"].as_str().unwrap().len() > 10, "no advice: {value}");
        };
        refused("", 422, "words-empty").await;
        refused(" \n\t\u{200b}", 422, "words-empty").await;
        refused(&"a".repeat(words::WORDS_BYTES_MAX + 1), 413, "words-too-long").await;
        refused(&"a".repeat(1_000_000), 413, "form-too-long").await;
        refused(&"\u{1}\u{2}\u{fffd}".repeat(40), 422, "words-not-text").await;
        // SQL and HTML are words like any other: kept, and shown as they were written.
        let sly = "'; DROP TABLE voices_2; -- <script>alert(1)</script> \u{202e}dlo";
        let (status, kept) = say(sly, "sly").await;
        assert_eq!(status, 201);
        let (again, same) = say(sly, "sly").await;
        assert_eq!((again, &same["code"]), (200, &kept["code"]), "sent twice, stored once");
        let desk = node.web.sign_in("josue").await;
        let list = desk.get("/desk/voices").await;
        assert!(list.body.contains("DROP TABLE voices_2"));
        assert!(!list.body.contains("<script>alert"), "unescaped");
        assert!(!list.body.contains('\u{202e}'), "a bidi override was kept");
        // JSON that is none, fields nobody knows, an id that is missing.
        let kind = "application/json";
        let not = node.web.ask(Method::POST, "/api/v1/voices", kind, "{").await;
        assert_eq!(not.status, 400);
        let unknown = json!({ "id": "1", "words": "a", "name": "x" });
        assert_eq!(node.web.json("/api/v1/voices", &unknown).await.status, 400);
        assert_eq!(node.web.json("/api/v1/voices", &json!({ "words": "a" })).await.status, 422);
        let area = json!({ "id": "2", "words": "a", "area": "nowhere" });
        assert_eq!(node.web.json("/api/v1/voices", &area).await.status, 422);
    });
}

#[test]
fn wrong_codes_get_a_hint_and_guessing_is_limited() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        let heard = node.web.json("/api/v1/voices", &json!({ "id": "1", "words": "dlo" })).await;
        let value: serde_json::Value = serde_json::from_str(&heard.body).unwrap();
        let code = value["code"].as_str().unwrap().to_owned();
        let last = if code.ends_with('2') { "3" } else { "2" };
        let wrong = format!("{}{last}", &code[..8]);
        let mistyped = node.web.get(&format!("/follow/{wrong}")).await;
        assert!(mistyped.body.contains("code-wrong"), "{}", mistyped.body);
        assert!(!mistyped.body.contains(&code), "another person's code was shown");
        let mut last = 0;
        for n in 0..40u8 {
            let guess = rooms::voices::Code::from_chance([n, 1, 2, 3, 4]);
            last = node.web.get(&format!("/follow/{guess}")).await.status;
        }
        assert_eq!(last, 429);
        // Whoever shares that network and has a right code still needs to wait only minutes; the
        // API says the same.
        let guess = rooms::voices::Code::from_chance([9, 9, 2, 3, 4]);
        assert_eq!(node.web.get(&format!("/api/v1/voices/{guess}")).await.status, 429);
        assert_eq!(node.web.get(&format!("/follow/{code}")).await.status, 429);
    });
}

#[test]
fn guesses_sent_at_once_are_no_more_than_guesses_sent_one_by_one() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        let heard = node.web.json("/api/v1/voices", &json!({ "id": "1", "words": "dlo" })).await;
        let value: serde_json::Value = serde_json::from_str(&heard.body).unwrap();
        let code = value["code"].as_str().unwrap().to_owned();
        // A right code is no guess, however often its page is opened.
        for _ in 0..60 {
            assert_eq!(node.web.get(&format!("/follow/{code}")).await.status, 200);
        }
        let guesses: Vec<_> = (0..80u8)
            .map(|n| {
                let (web, guess) = (node.web.clone(), [n, 7, 7, 3, 4]);
                let guess = rooms::voices::Code::from_chance(guess);
                tokio::spawn(async move { web.get(&format!("/follow/{guess}")).await.status })
            })
            .collect();
        let mut looked_at = 0;
        for guess in guesses {
            looked_at += u32::from(guess.await.unwrap() == 404);
        }
        assert_eq!(looked_at, 20);
    });
}

#[test]
fn behind_a_proxy_each_visitor_has_limits_of_their_own() {
    on_sqlite(|town| async move {
        town.settle().await;
        let guess = async |web: &Web, n: u8, told: &str| {
            let code = rooms::voices::Code::from_chance([n, 5, 5, 5, 5]);
            let request = Request::get(format!("http://{}/follow/{code}", web.address()))
                .header("x-forwarded-for", told)
                .body(Full::new(Bytes::new()));
            web.send(request.unwrap()).await.status
        };
        let node = town.serve();
        for n in 0..20 {
            assert_eq!(guess(&node.web, n, &format!("203.0.113.{n}")).await, 404);
        }
        // Nobody named a proxy: what the header says is nothing.
        assert_eq!(guess(&node.web, 20, "203.0.113.20").await, 429);
        drop(node);
        let file = town.data.join("baraza.toml");
        let settings = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("trusted_proxy = true\n{settings}")).unwrap();
        let node = town.serve();
        for n in 0..20 {
            // What a visitor writes before the proxy's own word changes nothing.
            let told = format!("198.51.100.{n}, 203.0.113.1");
            assert_eq!(guess(&node.web, n, &told).await, 404);
        }
        assert_eq!(guess(&node.web, 20, "203.0.113.1").await, 429);
        assert_eq!(guess(&node.web, 21, "203.0.113.2").await, 404, "somebody else");
    });
}

#[test]
fn too_many_reports_are_refused_with_their_words() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        for path in ["/say", "/say/sealed"] {
            let mut last = node.web.post(path, &[("words", "nou bezwen dlo anpil")]).await;
            assert_eq!(last.status, 303, "{}", last.body);
            for _ in 0..60 {
                last = node.web.post(path, &[("words", "nou bezwen dlo anpil")]).await;
            }
            assert_eq!(last.status, 429, "{path}");
            assert!(last.body.contains("nou bezwen dlo anpil</textarea>"), "{}", last.body);
        }
    });
}

/// The area of the voice that an answer of the street leads to.
async fn area_of(town: &stories::Town, location: &str) -> Option<record::Id> {
    let code = location.trim_start_matches("/follow/").split('?').next().unwrap();
    let open = town.open().await;
    let voice = rooms::voices::queries::by_code(&open.house, &code.parse().unwrap()).await;
    voice.unwrap().unwrap().area
}

/// Fields of a form as a browser would send them: those that hold an area.
fn areas_in(page: &str) -> Vec<(bool, String)> {
    let chosen = page
        .split("<option value=\"")
        .skip(1)
        .filter(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("selected")));
    let hidden = page.split("name=\"area\" value=\"").skip(1);
    let value = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
    let listed = chosen.map(|rest| (true, value(rest)));
    listed.chain(hidden.map(|rest| (false, value(rest)))).collect()
}

#[test]
fn who_speaks_from_an_areas_page_is_heard_in_that_area() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        let areas = node.web.get("/areas").await.body;
        let id = areas.split("/area/").nth(1).unwrap().get(..26).unwrap().to_owned();
        let page = node.web.get(&format!("/say?area={id}")).await;
        assert_eq!(areas_in(&page.body), [(true, id.clone())], "{}", page.body);
        let fields = [("words", "nou bezwen dlo"), ("area", id.as_str())];
        let sent = node.web.post("/say", &fields).await;
        let area = area_of(&town, &sent.location).await;
        assert_eq!(area.map(|area| area.to_string()), Some(id));
        // What is no area of this city is nothing.
        let unknown = node.web.get(&format!("/say?area={}", "7".repeat(26))).await;
        assert!(!unknown.body.contains(&format!("value=\"{}\"", "7".repeat(26))));
    });
}

#[test]
fn in_a_city_of_many_areas_the_area_is_named_and_sent_unseen() {
    on_sqlite(|town| async move {
        let square = |n: u32| {
            let (x, y) = (f64::from(n % 6) / 100.0, f64::from(n / 6) / 100.0);
            json!({ "type": "Feature", "properties": { "name": format!("Blòk {n}") },
                "geometry": { "type": "Polygon", "coordinates": [[[x, y], [x + 0.01, y],
                [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]] } })
        };
        let squares: Vec<_> = (0..36).map(square).collect();
        let file = town.data.with_extension("geojson");
        let city = json!({ "type": "FeatureCollection", "features": squares });
        std::fs::write(&file, city.to_string()).unwrap();
        let areas = file.to_string_lossy();
        let init = ["init", "--name", "Lavil", "--country", "HTI", "--areas", &areas];
        let more = ["--area-name", "name", "--languages", "en,ht"];
        let (code, out, err) = town.command(&[&init[..], &more[..]].concat());
        assert_eq!(code, 0, "{out}{err}");
        let node = town.serve();
        let list = node.web.get("/areas").await.body;
        let id = list.split("/area/").nth(1).unwrap().get(..26).unwrap().to_owned();
        assert!(areas_in(&node.web.get("/say").await.body).is_empty());
        let page = node.web.get(&format!("/say?area={id}")).await;
        assert_eq!(areas_in(&page.body), [(false, id.clone())], "{}", page.body);
        assert!(page.body.contains("Blòk"), "the area is named");
        let empty = node.web.post("/say", &[("words", ""), ("area", &id)]).await;
        assert_eq!(areas_in(&empty.body), [(false, id.clone())], "lost when the form came back");
        let sent = node.web.post("/say", &[("words", "nou bezwen dlo"), ("area", &id)]).await;
        let area = area_of(&town, &sent.location).await;
        assert_eq!(area.map(|area| area.to_string()), Some(id));
    });
}

#[test]
fn what_one_person_opens_with_a_code_is_kept_by_no_phone() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        for path in ["/follow/AAAAAAAA", "/money/application?code=AAAAAAAA", "/advise/AAAAAAAA"] {
            let answer = node.web.get(path).await;
            assert_eq!(answer.cache, "no-store", "{path}: {}", answer.status);
        }
        assert_ne!(node.web.get("/help-wanted").await.cache, "no-store", "everybody's page");
    });
}

#[test]
fn a_city_that_hides_withdraws_its_pages_at_once() {
    on_sqlite(|town| async move {
        town.settle().await;
        let node = town.serve();
        assert_eq!(node.web.get("/map").await.status, 200);
        let open = town.open().await;
        rooms::places::hide_city(&open.house, true, "people are hunted by what is shown", None)
            .await
            .unwrap();
        drop(open);
        // Another process hid the city: this one reads it again within seconds.
        let mut hidden = node.web.get("/map").await;
        for _ in 0..20 {
            if hidden.status == 410 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            hidden = node.web.get("/map").await;
        }
        assert!(hidden.status == 410 && hidden.hides, "{}", hidden.status);
        for path in ["/", "/areas", "/follow", "/areas.geojson", "/counts.csv", "/openapi.json"] {
            assert_eq!(node.web.get(path).await.status, 410, "{path}");
        }
        for path in ["/", "/say", "/say/sealed", "/sign-in", "/nowhere", "/health"] {
            let answer = node.web.get(path).await;
            assert!(answer.hides && answer.cache == "no-store", "{path}: {}", answer.cache);
        }
        let style = node.web.get(page::css().0).await;
        assert!(!style.hides && style.cache.contains("immutable"));
        let say = node.web.get("/say").await;
        assert_eq!(say.status, 200, "people can still speak");
        for closed in ["href=\"/areas", "href=\"/map", "href=\"/follow", "Ravin Blan", "data-kept"]
        {
            assert!(!say.body.contains(closed), "{closed}");
        }
        // The code is shown where no page leads on; a sealed report's answer is the same.
        let mut answers = Vec::new();
        for path in ["/say", "/say/sealed"] {
            let said = node.web.post(path, &[("words", "nou bezwen dlo")]).await;
            assert!((said.status, said.hides) == (303, true), "{path}: {}", said.body);
            let code = said.location.split(['=', '&']).nth(1).unwrap().to_owned();
            let (first, last) = code.split_once('-').unwrap();
            let large = format!("<span>{first}</span> <span>{last}</span>");
            let shown = node.web.get(&said.location).await;
            assert_eq!((shown.status, shown.cache.as_str()), (200, "no-store"), "{path}");
            assert!(shown.body.contains(&large), "{path}: {}", shown.body);
            answers.push(shown.body.replace(&large, "").replace(&code, ""));
        }
        assert_eq!(answers.first(), answers.last());
        let api = node.web.json("/api/v1/voices", &json!({ "id": "1", "words": "dlo" })).await;
        assert_eq!(api.status, 201, "{}", api.body);
        let phone = Phone::new(&node.web, "+50937000009");
        assert_eq!(phone.send("Nou bezwen dlo").await, 200);
    });
}

#[test]
fn a_complaint_never_reaches_the_accused() {
    on_sqlite(|town| async move {
        town.settle().await;
        let open = town.open().await;
        let house = &open.house;
        let body = rooms::people::form_body(house, "Komite dlo", "committee", None, None);
        let body = body.await.unwrap();
        let inbound = rooms::voices::Inbound {
            channel: "page",
            words: "Komite dlo a vann dlo a ba zanmi yo".to_owned(),
            ..rooms::voices::Inbound::default()
        };
        let heard = rooms::voices::hear(house, inbound).await.unwrap();
        let code: rooms::voices::Code = heard.code.parse().unwrap();
        let voice = rooms::voices::queries::by_code(house, &code).await.unwrap().unwrap();
        let sorted = rooms::voices::VoiceSorted {
            kind: Some("complaint".to_owned()),
            about: Some(body),
            ..rooms::voices::VoiceSorted::default()
        };
        rooms::voices::acts::sort(house, voice.id, sorted, None, None).await.unwrap();
        // Nobody has sorted this one: its own words say whom it is about.
        let inbound = rooms::voices::Inbound {
            channel: "page",
            words: "Mwen gen plent. Komite dlo a neglije nou, pa gen jistis".to_owned(),
            ..rooms::voices::Inbound::default()
        };
        let heard = rooms::voices::hear(house, inbound).await.unwrap();
        let code: rooms::voices::Code = heard.code.parse().unwrap();
        let fresh = rooms::voices::queries::by_code(house, &code).await.unwrap().unwrap();
        let wilner = "SELECT id FROM members_1";
        let members = house.store().read(wilner, vec![]).await.unwrap();
        let ids: Vec<_> = members.iter().map(|row| row.id(0)).collect();
        let names = rooms::people::member_names(house, &ids).await.unwrap();
        let (wilner, _) = names.iter().find(|(_, name)| *name == "wilner").unwrap();
        rooms::people::set_membership(house, body, *wilner, true, None).await.unwrap();
        drop(open);
        let node = town.serve();
        let (accused, other) = (node.web.sign_in("wilner").await, node.web.sign_in("josue").await);
        let page = format!("/desk/voices/{}", voice.id);
        assert_eq!((accused.get(&page).await.status, other.get(&page).await.status), (404, 200));
        for path in ["/desk/voices?queue=all", "/desk/search?q=zanmi"] {
            assert!(!accused.get(path).await.body.contains("ba zanmi yo"), "{path}");
            assert!(other.get(path).await.body.contains("ba zanmi yo"), "{path}");
        }
        let page = format!("/desk/voices/{}", fresh.id);
        assert_eq!((accused.get(&page).await.status, other.get(&page).await.status), (404, 200));
        for path in ["/desk/voices", "/desk/search?q=neglije"] {
            assert!(!accused.get(path).await.body.contains("neglije nou"), "{path}");
            assert!(other.get(path).await.body.contains("neglije nou"), "{path}");
        }
    });
}
