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
        refused(&"a".repeat(1_000_000), 413, "words-too-long").await;
        refused(&"\u{1}\u{2}\u{fffd}".repeat(40), 422, "words-not-text").await;
        // SQL and HTML are words like any other: kept, and shown as they were written.
        let sly = "'; DROP TABLE voices_1; -- <script>alert(1)</script> \u{202e}dlo";
        let (status, kept) = say(sly, "sly").await;
        assert_eq!(status, 201);
        let (again, same) = say(sly, "sly").await;
        assert_eq!((again, &same["code"]), (200, &kept["code"]), "sent twice, stored once");
        let desk = node.web.sign_in("josue").await;
        let list = desk.get("/desk/voices").await;
        assert!(list.body.contains("DROP TABLE voices_1"));
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
        assert_eq!(node.web.get("/api/v1/voices/AAAAAAAA").await.status, 429);
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
        assert_eq!(node.web.get("/say").await.status, 200, "people can still speak");
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
    });
}
