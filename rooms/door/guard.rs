//! The guard at the door: finds who asks, lets them pass or not by the table of routes, and makes
//! what the handler answered into bytes. The only place where an error becomes a page.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use page::components::refusal::{Refused, refusal};
use page::frame::{LARGE, in_large_print, with_print};
use page::{Arg, Face, Frame, Lang, NavItem, Tongue};
use record::Refusal;
use serde_json::json;

use crate::door::origin::origin;
use crate::door::visitor::VisitorParts;
use crate::door::{Access, BehindProxy, House, Moved, Route, Shown, Trouble, Visitor};

/// The cookie of a member's session. The street sets none.
pub const SESSION_COOKIE: &str = "baraza";

/// What a page may load: the node's own files, the note that somebody has just recorded on the page
/// itself (`blob:`), and the one line that fetches the street's script when the page is there.
/// Words that somebody smuggled into a page run nowhere.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self' '{}'; img-src 'self' data:; \
         media-src 'self' blob:; \
         connect-src 'self'; form-action 'self'; manifest-src 'self'; worker-src 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
        page::look::LOADER_HASH
    );
    // Without it a page would load nothing at all, which is safe.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// Paths that stay open when the city hides: the way in for those who work, and the way to speak.
const OPEN_WHEN_HIDDEN: &[&str] =
    &["/sign-in", "/say", "/say/sealed", "/api/v1/voices", "/health", "/sw.js", "/static/{file}"];
/// The header by which phones are told to forget the pages they keep.
const HIDE: &str = "x-baraza-hide";
/// Paths that machines ask: their answers are data, whatever the request says it wants.
const MACHINE_PATHS: &[&str] = &["/api/", "/gateway/", "/health", "/openapi.json"];
/// Pages that belong to one person: no phone keeps them, because phones are shared.
const OWN_PAGES: &[&str] =
    &["/follow/", "/say/sealed", "/money/application", "/advise/", "/start", "/sign-in"];
/// Paths that are open before the node has been started.
const OPEN_BEFORE_START: &[&str] = &["/start", "/health", "/static/{file}", "/sw.js"];

/// The links of a face, by who asks.
pub type Nav = fn(&Visitor, Face) -> Vec<NavItem>;

/// What the guard knows.
#[derive(Clone)]
pub struct Guarding {
    house: House,
    table: Arc<HashMap<(Method, &'static str), Access>>,
    nav: Nav,
}

impl Guarding {
    /// A guard over these routes.
    #[must_use]
    pub fn new(house: House, routes: &[Route], nav: Nav) -> Guarding {
        let table = routes.iter().map(|r| ((r.method.clone(), r.path), r.access)).collect();
        Guarding { house, table: Arc::new(table), nav }
    }
}

/// The middleware.
pub async fn guard(State(guarding): State<Guarding>, mut request: Request, next: Next) -> Response {
    let house = guarding.house.clone();
    let visitor = visitor_of(&house, Asked::of(&house, &request)).await;
    let method =
        if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
    let matched = request.extensions().get::<MatchedPath>().map(|m| m.as_str().to_owned());
    let found = matched
        .as_deref()
        .and_then(|path| guarding.table.iter().find(|((m, p), _)| *m == method && *p == path))
        .map(|((_, path), access)| (*path, *access));
    let answer = match found {
        Some((path, access)) => match may_pass(&house, &visitor, path, access, &request) {
            Ok(()) => {
                request.extensions_mut().insert(visitor.clone());
                next.run(request).await
            }
            Err(answer) => *answer,
        },
        None if matched.is_some() => Refusal::new("method-unknown").status(405).into_trouble(),
        None => Trouble::NotFound.into_response(),
    };
    finish(&guarding, &visitor, &method, answer)
}

trait IntoTrouble {
    fn into_trouble(self) -> Response;
}
impl IntoTrouble for Refusal {
    fn into_trouble(self) -> Response {
        Trouble::Refused(self).into_response()
    }
}

fn may_pass(
    house: &House,
    visitor: &Visitor,
    path: &'static str,
    access: Access,
    request: &Request,
) -> Result<(), Box<Response>> {
    let city = house.city();
    if city.name.is_empty() && access != Access::Machine && !OPEN_BEFORE_START.contains(&path) {
        return Err(Box::new(Moved("/start".to_owned()).into_response()));
    }
    if city.hidden && access == Access::Street && !OPEN_WHEN_HIDDEN.contains(&path) {
        return Err(Box::new(Refusal::new("hidden").status(410).into_trouble()));
    }
    if request.method() != Method::GET && access != Access::Machine && foreign(request.headers()) {
        return Err(Box::new(Refusal::new("form-foreign").status(403).into_trouble()));
    }
    let allowed = match access {
        Access::Street | Access::Machine => return Ok(()),
        Access::Members => visitor.member().is_some(),
        Access::Roles(roles) => roles.iter().any(|role| visitor.is(*role)),
    };
    if allowed {
        return Ok(());
    }
    if visitor.member().is_some() {
        return Err(Box::new(Refusal::new("role-missing").status(403).into_trouble()));
    }
    if request.method() == Method::GET && !visitor.0.wants_json {
        let to = format!("/sign-in?next={}", request.uri().path());
        return Err(Box::new(Moved(to).into_response()));
    }
    Err(Box::new(Refusal::new("sign-in-first").status(401).into_trouble()))
}

/// Whether a browser says that another site sent this form.
fn foreign(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some("null"), _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").map(|(_, o)| o) != Some(host),
        _ => false,
    }
}

/// What a request says of who asks; read before anything is awaited.
struct Asked {
    parts: VisitorParts,
    session: Option<String>,
}

impl Asked {
    fn of(house: &House, request: &Request) -> Asked {
        let headers = request.headers();
        let text = |name: header::HeaderName| {
            headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
        };
        let path = request.uri().path().to_owned();
        let asked = request.uri().query().and_then(lang_of_query);
        let city = house.city();
        let lang = asked
            .unwrap_or_else(|| Lang::negotiate(text(header::ACCEPT_LANGUAGE), &city.languages));
        let behind = house.kept::<BehindProxy>().map_or(BehindProxy(false), |behind| *behind);
        let address = origin(request, behind).map(|a| a.to_string()).unwrap_or_default();
        let wants_json = MACHINE_PATHS.iter().any(|begin| path.starts_with(begin))
            || text(header::ACCEPT).starts_with("application/json");
        let parts = VisitorParts {
            tongue: Tongue::new(lang, house.texts()),
            member: None,
            large: request.uri().query().is_some_and(|q| q.split('&').any(|pair| pair == LARGE)),
            path: request.uri().path_and_query().map_or(path, |p| p.as_str().to_owned()),
            wants_json,
            origin: house.vault().keyed("origin", address.as_bytes()),
        };
        Asked { parts, session: session_token(text(header::COOKIE)) }
    }
}

async fn visitor_of(house: &House, asked: Asked) -> Visitor {
    let Asked { mut parts, session } = asked;
    if let Some(token) = session {
        parts.member = house.who(token).await;
    }
    Visitor(Arc::new(parts))
}

fn lang_of_query(query: &str) -> Option<Lang> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::from_code)
}

fn session_token(cookies: &str) -> Option<String> {
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == SESSION_COOKIE)
        .map(|(_, value)| value.to_owned())
}

/// Makes pages and refusals into bytes, and says on every answer what a browser may do with it.
fn finish(
    guarding: &Guarding,
    visitor: &Visitor,
    method: &Method,
    mut answer: Response,
) -> Response {
    let trouble = answer.extensions_mut().remove::<Trouble>();
    if let Some(trouble) = trouble.or_else(|| unsaid(method, &answer)) {
        if let Trouble::Broken(what) = &trouble {
            tracing::error!(%what, path = %path_shape(&visitor.0.path), "a request failed");
        }
        answer = if visitor.0.wants_json {
            problem(visitor.tongue(), &trouble)
        } else {
            let hidden = guarding.house.city().hidden;
            framed(guarding, visitor, refusal_page(visitor, &trouble, hidden))
        };
    } else if let Some(shown) = answer.extensions_mut().remove::<Shown>() {
        let said = std::mem::take(answer.headers_mut());
        answer = framed(guarding, visitor, shown);
        for name in [header::SET_COOKIE, header::CACHE_CONTROL] {
            for value in said.get_all(&name) {
                answer.headers_mut().append(name.clone(), value.clone());
            }
        }
    }
    let headers = answer.headers_mut();
    if visitor.0.large {
        lead_on_large(headers);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // A file named after its content shows nothing of the city, and every page needs it.
    let own = OWN_PAGES.iter().any(|begin| visitor.0.path.starts_with(begin));
    let no_store = HeaderValue::from_static("no-store");
    if guarding.house.city().hidden && !visitor.0.path.starts_with("/static/") {
        headers.insert(HIDE, HeaderValue::from_static("1"));
        headers.insert(header::CACHE_CONTROL, no_store);
    } else if (own || visitor.member().is_some()) && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, no_store);
    }
    answer
}

/// A way onward keeps the large print that was chosen.
fn lead_on_large(headers: &mut HeaderMap) {
    let to = headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
    let to = to.filter(|to| to.starts_with('/')).map(|to| with_print(to, true));
    if let Some(to) = to.and_then(|to| HeaderValue::from_str(&to).ok()) {
        headers.insert(header::LOCATION, to);
    }
}

/// The trouble behind an error that came without words: what the framework itself refuses (a path
/// or body it cannot read, one too long), a request that took too long, a bug that stopped one.
fn unsaid(method: &Method, answer: &Response) -> Option<Trouble> {
    let status = answer.status();
    let said = answer.headers().get(header::CONTENT_TYPE);
    let bare = said.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !bare || answer.extensions().get::<Shown>().is_some() {
        return None;
    }
    let unreadable = || Some(Refusal::new("form-unreadable").status(status.as_u16()).into());
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Some(Refusal::new("form-too-long").status(413).into()),
        StatusCode::REQUEST_TIMEOUT => Some(Refusal::new("too-slow").status(503).into()),
        StatusCode::NOT_FOUND => Some(Trouble::NotFound),
        // Nothing was sent: it is the address that cannot be read.
        _ if status.is_client_error() && method == Method::GET => Some(Trouble::NotFound),
        _ if status.is_client_error() => unreadable(),
        _ if status.is_server_error() => Some(Trouble::broken("a handler stopped")),
        _ => None,
    }
}

/// A path without what identifies anybody, for the log.
fn path_shape(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default().split_inclusive('/').next().unwrap_or("/")
}

fn framed(guarding: &Guarding, visitor: &Visitor, shown: Shown) -> Response {
    let city = guarding.house.city();
    let mut nav = (guarding.nav)(visitor, shown.face);
    if city.hidden && shown.face == Face::Street {
        // No way leads to a page that is withdrawn.
        nav.retain(|item| {
            let path = item.href.split('?').next().unwrap_or_default();
            OPEN_WHEN_HIDDEN.contains(&path)
        });
    }
    let frame = Frame {
        tongue: visitor.tongue(),
        title: &shown.title,
        city: &city.name,
        face: shown.face,
        path: &visitor.0.path,
        member: visitor.member().map(|m| m.name.as_str()),
        csrf: visitor.csrf(),
        notice: shown.notice,
        demo: city.demo,
        nav: &nav,
        hidden: city.hidden,
        large: visitor.0.large,
    };
    let html = if visitor.0.large {
        page::page(&frame, &in_large_print(&shown.body))
    } else {
        page::page(&frame, &shown.body)
    };
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response =
        (shown.status, [(header::CONTENT_TYPE, kind)], Body::from(html)).into_response();
    let vary = HeaderValue::from_static("accept-language, cookie");
    response.headers_mut().insert(header::VARY, vary);
    response
}

fn words_of(tongue: Tongue, trouble: &Trouble) -> (String, String) {
    let (code, args) = match trouble {
        Trouble::Refused(refusal) => (refusal.code, refusal.args.as_slice()),
        Trouble::NotFound => ("not-found", &[][..]),
        Trouble::Broken(_) => ("broken", &[][..]),
    };
    let args: Vec<(&str, Arg)> = args.iter().map(|(n, v)| (*n, Arg::from(v.as_str()))).collect();
    let key = format!("refused-{code}");
    let advice = format!("refused-{code}-advice");
    (tongue.with(&key, &args), tongue.with(&advice, &args))
}

fn refusal_page(visitor: &Visitor, trouble: &Trouble, hidden: bool) -> Shown {
    let tongue = visitor.tongue();
    let (title, advice) = words_of(tongue, trouble);
    let code = match trouble {
        Trouble::Refused(refusal) => refusal.code,
        Trouble::NotFound => "not-found",
        Trouble::Broken(_) => "broken",
    };
    // Where the first page is withdrawn too, the way to speak is the one that is open.
    let (next, label) = match visitor.member() {
        Some(_) => ("/desk", "door-first-page"),
        None if hidden => ("/say", "door-nav-say"),
        None => ("/", "door-first-page"),
    };
    let (next, label) = (visitor.link(next), tongue.say(label));
    let refused = Refused { title: &title, advice: &advice, code, next: Some((&next, &label)) };
    let face = if visitor.member().is_some() { Face::Desk } else { Face::Street };
    Shown { face, ..Shown::street(title.clone(), refusal(tongue, &refused)) }
        .with_status(trouble.status())
}

/// RFC 9457.
fn problem(tongue: Tongue, trouble: &Trouble) -> Response {
    let (what, advice) = words_of(tongue, trouble);
    let code = match trouble {
        Trouble::Refused(refusal) => refusal.code,
        Trouble::NotFound => "not-found",
        Trouble::Broken(_) => "broken",
    };
    let status = trouble.status();
    let body = json!({
        "type": format!("urn:baraza:refusal:{code}"),
        "title": what,
        "status": status.as_u16(),
        "detail": advice,
    });
    let kind = HeaderValue::from_static("application/problem+json");
    let mut response =
        (status, [(header::CONTENT_TYPE, kind)], Body::from(body.to_string())).into_response();
    if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::INSUFFICIENT_STORAGE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}
