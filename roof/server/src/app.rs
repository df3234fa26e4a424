//! The router: the rooms' routes, the gateways, the API and the static files, behind one guard.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use page::{Face, Lang, NavItem, Tongue};
use rooms::door::{Access, Guarding, House, Role, Route, Routes, Trouble, Visitor, guard};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::{api, gateway};

/// Largest request, in bytes: the desk pastes areas up to the size of a city.
const REQUEST_BYTES_MAX: usize = 52 * 1024 * 1024;
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
    let Routes { router, table } = routes().and(more);
    let guarding = Guarding::new(house.clone(), &table, nav);
    router
        .fallback(|| async { Trouble::NotFound })
        .layer(from_fn_with_state(guarding, guard))
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_TIME_MAX))
        .layer(CompressionLayer::new())
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
    ];
    const DESK: &[(&str, &str, &[Role])] = &[
        ("/desk", "door-nav-desk", &[]),
        ("/desk/voices", "door-nav-voices", &[Role::Operator, Role::Officer, Role::Steward]),
        ("/desk/paper", "door-nav-paper", &[Role::Operator, Role::Officer, Role::Facilitator]),
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
