//! The router: the rooms' routes, the gateways, the API and the static files, behind one guard.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use page::{Face, Lang, NavItem, Tongue};
use record::Refusal;
use rooms::door::{Access, Guarding, House, Role, Route, Routes, Trouble, Visitor, guard};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::drain::drain;
use crate::{api, gateway};

/// Longest body a machine may send, in bytes. Forms have a limit of their own where they are read,
/// and so have the two pages that take in areas.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// Longest time a request may take.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(60);
/// When to ask again while the views are being rebuilt.
const REBUILDING_RETRY_SECS: &str = "20";
/// Static files have their content's hash in their name: they never change.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// All routes of the node, with who may pass each.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/health", Access::Street, get(health))
        .get("/static/{file}", Access::Street, get(static_file))
        .get("/sw.js", Access::Street, get(service_worker))
        .get("/favicon.ico", Access::Street, get(icon))
        .get("/kit", Access::Street, get(kit))
        .and(gateway::routes())
        .and(api::routes())
        .and(rooms::routes())
}

/// The node's service.
pub fn app(house: House, more: Routes) -> Router {
    within(REQUEST_TIME_MAX, house, more)
}

fn within(time_max: Duration, house: House, more: Routes) -> Router {
    let Routes { router, table } = routes().and(more);
    let guarding = Guarding::new(house.clone(), &table, nav);
    let timeout = |most| TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, most);
    router
        .fallback(|| async { Trouble::NotFound })
        // What stops or lasts too long in a handler still leaves by the guard, in plain words.
        .layer(CatchPanicLayer::new())
        .layer(timeout(time_max))
        .layer(from_fn_with_state(guarding, guard))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        // The same for the guard itself, which looks sessions up.
        .layer(CatchPanicLayer::new())
        .layer(timeout(2 * time_max))
        .layer(CompressionLayer::new())
        .layer(from_fn(drain))
        .with_state(house)
}

/// What answers while the views are brought to this version: a sentence in every language.
pub fn rebuilding() -> Router {
    let lines: String = Lang::ALL
        .iter()
        .map(|lang| format!("{}\n", Tongue::new(*lang, &crate::node::TEXTS).say("rebuilding")))
        .collect();
    let wait = |kind: &'static str, body: String| async move {
        let headers = [(header::CONTENT_TYPE, kind), (header::RETRY_AFTER, REBUILDING_RETRY_SECS)];
        (StatusCode::SERVICE_UNAVAILABLE, headers, body).into_response()
    };
    let health = move || wait("application/json", "{\"status\":\"rebuilding\"}".to_owned());
    Router::new()
        .route("/health", get(health))
        .fallback(move || wait("text/plain; charset=utf-8", lines.clone()))
}

/// The table of all routes, for the test that walks it.
#[must_use]
pub fn table() -> Vec<Route> {
    routes().table
}

fn nav(visitor: &Visitor, face: Face) -> Vec<NavItem> {
    const STREET: &[(&str, &str)] = &[
        ("/say", "door-nav-say"),
        ("/follow", "door-nav-follow"),
        ("/areas", "door-nav-areas"),
        ("/map", "door-nav-map"),
        ("/help-wanted", "resources-help-wanted"),
    ];
    const DESK: &[(&str, &str, &[Role])] = &[
        ("/desk", "door-nav-desk", &[]),
        ("/desk/voices", "door-nav-voices", &[Role::Operator, Role::Officer, Role::Steward]),
        ("/desk/needs", "door-nav-needs", &[]),
        (
            "/desk/tasks",
            "door-nav-tasks",
            &[Role::Steward, Role::Operator, Role::Facilitator, Role::Officer, Role::Committee],
        ),
        (
            "/desk/money",
            "door-nav-money",
            &[Role::Steward, Role::Operator, Role::Facilitator, Role::Officer, Role::Committee],
        ),
        ("/desk/requests", "resources-requests", &[]),
        ("/desk/paper", "door-nav-paper", &[Role::Operator, Role::Officer, Role::Facilitator]),
        ("/desk/assemblies", "door-nav-assemblies", &[]),
        ("/desk/places", "door-nav-places", &[Role::Steward, Role::Facilitator]),
        ("/desk/people", "door-nav-people", &[Role::Steward]),
        ("/desk/sealed", "door-nav-sealed", &[Role::FocalPoint]),
        ("/desk/node", "door-nav-node", &[Role::Steward]),
    ];
    if visitor.0.path.starts_with("/start") {
        // Nothing else is open before the city has a name.
        return Vec::new();
    }
    let tongue = visitor.tongue();
    let here = visitor.0.path.split('?').next().unwrap_or_default();
    let item = |path: &str, key: &str, href: String| NavItem {
        href,
        label: tongue.say(key),
        current: here == path,
    };
    match face {
        Face::Street => {
            STREET.iter().map(|(path, key)| item(path, key, visitor.link(path))).collect()
        }
        Face::Desk => DESK
            .iter()
            .filter(|(_, _, roles)| roles.is_empty() || roles.iter().any(|r| visitor.is(*r)))
            .map(|(path, key, _)| item(path, key, visitor.link(path)))
            .collect(),
    }
}

async fn health(State(house): State<House>) -> Result<Response, Trouble> {
    house.store().read("SELECT 1 FROM views LIMIT 1", vec![]).await?;
    if !house.store().is_writing() {
        // Pages are still shown, but nothing is received: whoever watches restarts the process.
        return Err(Refusal::new("writer-stopped").status(503).into());
    }
    Ok(([(header::CONTENT_TYPE, "application/json")], "{\"status\":\"ok\"}").into_response())
}

async fn static_file(Path(file): Path<String>) -> Result<Response, Trouble> {
    let asked = format!("/static/{file}");
    let found = page::look::all().into_iter().find(|(path, _)| *path == asked);
    let (path, body) = found.ok_or(Trouble::NotFound)?;
    Ok(kept_for_ever(body, page::look::media_type(path)))
}

fn kept_for_ever(body: &'static str, kind: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER)),
    ];
    (headers, Body::from(body)).into_response()
}

async fn service_worker() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, page::service_worker().1).into_response()
}

async fn icon() -> Response {
    kept_for_ever(page::icon_svg().1, "image/svg+xml")
}

async fn kit(visitor: Visitor) -> rooms::door::Shown {
    rooms::door::Shown::street("Kit", page::kit(visitor.tongue()))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use http_body_util::BodyExt;
    use rooms::places::{CityWords, name_city};
    use tower::ServiceExt;

    use super::*;
    use crate::node::{self, Node, Place};
    use crate::settings::{Gateway, GatewayKind};

    const SHORT: Duration = Duration::from_millis(300);

    async fn town() -> (Node, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let node = node::open(&Place::new(folder.path().join("city"), None)).await.unwrap();
        let words = CityWords {
            name: "Lavil".to_owned(),
            country: "HTI".to_owned(),
            languages: vec![page::Lang::En],
            emergency: "114".to_owned(),
            sms_number: String::new(),
            offset_minutes: 0,
            demo: false,
        };
        name_city(&node.house, words, None).await.unwrap();
        let gateway = Gateway {
            kind: GatewayKind::Json,
            token: "t".to_owned(),
            signing_key: "k".to_owned(),
            url: String::new(),
            user: String::new(),
            password: String::new(),
        };
        node.house.keep(gateway::InForce(Some(gateway)));
        (node, folder)
    }

    fn broken() -> Routes {
        async fn stops() {
            panic!("a bug");
        }
        Routes::new().get("/stops", Access::Street, get(stops)).get(
            "/lasts",
            Access::Street,
            get(std::future::pending::<()>),
        )
    }

    /// The status, the code of the refusal and the kind of what is answered; every answer has the
    /// policy that keeps pages safe.
    async fn asked(service: &Router, method: &str, path: &str, body: Body) -> (u16, String, bool) {
        let form = "application/x-www-form-urlencoded";
        let request = Request::builder().method(method).uri(path).header("content-type", form);
        let answer = service.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let headers = answer.headers();
        assert!(headers.contains_key("content-security-policy"), "{method} {path}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        let status = answer.status().as_u16();
        if answer.status().is_redirection() {
            return (status, String::new(), false);
        }
        let json = headers["content-type"] == "application/problem+json";
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes);
        let code = if json {
            let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(problem["status"], status);
            problem["type"].as_str().unwrap().rsplit(':').next().unwrap().to_owned()
        } else {
            assert!(text.contains("<h1"), "{method} {path}: {text}");
            let shown = text.split("<bdi class=mono>").nth(1).unwrap_or_default();
            shown.split('<').next().unwrap_or_default().to_owned()
        };
        (status, code, json)
    }

    #[tokio::test]
    async fn whatever_goes_wrong_leaves_as_a_page_or_a_problem() {
        let (node, _folder) = town().await;
        let service = within(SHORT, node.house.clone(), broken());
        let check = async |method, path, body: &str, expected: (u16, &str, bool)| {
            let body = Body::from(body.to_owned());
            let (status, code, json) = asked(&service, method, path, body).await;
            assert_eq!((status, code.as_str(), json), expected, "{method} {path}");
        };
        // What the framework itself refuses.
        check("GET", "/follow/%FF", "", (404, "not-found", false)).await;
        check("GET", "/area/%FF", "", (404, "not-found", false)).await;
        check("POST", "/follow/%FF/see", "word=a", (400, "form-unreadable", false)).await;
        check("GET", "/api/v1/voices/%FF", "", (404, "not-found", true)).await;
        check("GET", "/gateway/json/t/outbox?max=many", "", (404, "not-found", true)).await;
        check("POST", "/gateway/json/t/handed", "{", (415, "form-unreadable", true)).await;
        check("DELETE", "/say", "", (405, "method-unknown", false)).await;
        check("POST", "/health", "", (405, "method-unknown", true)).await;
        check("GET", "/nowhere", "", (404, "not-found", false)).await;
        // Bugs, and what never ends.
        check("GET", "/stops", "", (500, "broken", false)).await;
        check("GET", "/lasts", "", (503, "too-slow", false)).await;
    }

    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("a bug where nobody looks for one");
        }
    }

    #[tokio::test]
    async fn a_node_that_can_receive_nothing_is_not_well() {
        let (node, _folder) = town().await;
        let service = app(node.house.clone(), Routes::new());
        let health = async || {
            let request = Request::builder().uri("/health").body(Body::empty()).unwrap();
            service.clone().oneshot(request).await.unwrap().status().as_u16()
        };
        assert_eq!(health().await, 200);
        let bomb = Bomb;
        let act = store::Change::on(vec![], move |_| {
            let _kept = &bomb;
            Ok(store::Decision::default())
        });
        let _ = node.house.store().append(act).await;
        while node.house.store().is_writing() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(health().await, 503);
        let found = asked(&service, "GET", "/health", Body::empty()).await;
        assert_eq!(found, (503, "writer-stopped".to_owned(), true));
    }

    #[tokio::test]
    async fn every_body_has_a_limit() {
        let (node, _folder) = town().await;
        let service = app(node.house.clone(), crate::start::routes());
        let street = 256 * 1024;
        let check = async |path: &str, most: usize, json: bool| {
            let long = Body::from("a".repeat(most + 1));
            let found = asked(&service, "POST", path, long).await;
            assert_eq!(found, (413, "form-too-long".to_owned(), json), "{path}");
            // One byte less is read, whatever is thought of it then.
            let full = Body::from("a".repeat(most));
            let (status, _, _) = asked(&service, "POST", path, full).await;
            assert_ne!(status, 413, "{path}");
        };
        check("/api/v1/voices", BODY_BYTES_MAX, true).await;
        check("/gateway/json/t", BODY_BYTES_MAX, true).await;
        check("/gateway/android-sms/t", BODY_BYTES_MAX, true).await;
        check("/say", street, false).await;
        check("/say/sealed", street, false).await;
        check("/sign-in", street, false).await;
        // Without the key; the reading of longer ones is tested with the places.
        check("/start", 4_000, false).await;
    }

    #[test]
    fn the_loader_is_the_one_the_policy_names() {
        use base64::Engine;
        use sha2::Digest;
        let hash = sha2::Sha256::digest(page::look::LOADER.as_bytes());
        let hash = base64::engine::general_purpose::STANDARD.encode(hash);
        assert_eq!(page::look::LOADER_HASH, format!("sha256-{hash}"));
    }
}
