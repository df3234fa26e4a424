//! `/desk/assemblies/{id}/kit`: the page that a phone keeps, its three files, and where it sends.
//! What a phone keeps holds nothing of who asked for it: no name, no token.

use std::sync::LazyLock;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use page::{Arg, Tongue};
use record::{Id, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};

use super::acts::{Receipt, Sender, Unsettled, receive};
use super::page::{document, known};
use super::rules::FACTS_MAX;
use crate::decisions::assemblies::{self, Assembly};
use crate::door::{Access, House, Role, Routes, Trouble, Visitor};

/// Who may count.
const COUNTER_ROLES: &[Role] = &[Role::Facilitator, Role::Operator, Role::Steward, Role::Committee];
const COUNTERS: Access = Access::Roles(COUNTER_ROLES);
/// Longest sending, in bytes: a hundred facts with all their words.
pub const SENDING_BYTES_MAX: usize = 512 * 1024;

/// The files of the kit. The page names them with the hash of what is in them.
pub(super) const SCRIPT_PATH: &str = "/desk/assemblies/kit.js";
pub(super) const STYLE_PATH: &str = "/desk/assemblies/kit.css";
pub(super) const WORKER_PATH: &str = "/desk/assemblies/kit-worker.js";

pub(super) static SCRIPT: LazyLock<String> = LazyLock::new(|| smaller(include_str!("look/kit.js")));
pub(super) static WORKER: LazyLock<String> =
    LazyLock::new(|| smaller(include_str!("look/worker.js")));
pub(super) static STYLE: &str = include_str!("look/kit.css");

/// Drops whole comment lines and indentation; line breaks stay, because they end sentences.
fn smaller(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// Whether a visitor may count at an assembly that is near or has begun.
#[must_use]
pub fn may_count(visitor: &Visitor, assembly: &Assembly) -> bool {
    let is_on = matches!(assembly.status(), "invited" | "open");
    is_on && COUNTER_ROLES.iter().any(|role| visitor.is(*role))
}

/// The routes of the kit.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk/assemblies/{id}/kit", COUNTERS, get(kit))
        .post("/desk/assemblies/{id}/kit", COUNTERS, post(sent))
        .get("/desk/assemblies/{id}/kit/pass", COUNTERS, get(pass))
        .get(SCRIPT_PATH, COUNTERS, get(|| file("text/javascript; charset=utf-8", &SCRIPT)))
        .get(WORKER_PATH, COUNTERS, get(|| file("text/javascript; charset=utf-8", &WORKER)))
        .get(STYLE_PATH, COUNTERS, get(|| file("text/css; charset=utf-8", STYLE)))
}

async fn file(kind: &'static str, body: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], body).into_response()
}

fn id_of(text: &str) -> Result<Id, Trouble> {
    text.parse().map_err(|_| Trouble::NotFound)
}

/// The page. It is made without its frame, which would say who is signed in.
async fn kit(
    State(house): State<House>,
    Path(id): Path<String>,
    visitor: Visitor,
) -> Result<Response, Trouble> {
    let id = id_of(&id)?;
    let assembly = assemblies::assembly(&house, id).await?.ok_or(Trouble::NotFound)?;
    let data = known(&house, visitor.tongue(), &assembly).await?;
    let html = document(&house, &visitor, &assembly, &data);
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

/// What a phone asks for just before it sends: whether somebody is still signed in, and the token
/// that their forms carry. It is never kept.
async fn pass(Path(id): Path<String>, visitor: Visitor) -> Result<Response, Trouble> {
    id_of(&id)?;
    Ok(Json(json!({ "csrf": visitor.csrf() })).into_response())
}

#[derive(Deserialize)]
struct Sending {
    csrf: String,
    assembly: String,
    facts: Vec<Value>,
}

/// What a phone sends.
async fn sent(
    State(house): State<House>,
    Path(id): Path<String>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Trouble> {
    let member = visitor.signed_in()?.clone();
    let unreadable = || Refusal::new("form-unreadable").status(400);
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    // A browser cannot send JSON across sites without asking first; the token is asked for besides.
    let is_json = kind.is_some_and(|kind| kind.starts_with("application/json"));
    let bytes = to_bytes(request.into_body(), SENDING_BYTES_MAX).await;
    let bytes = bytes.map_err(|_| Refusal::new("form-too-long").status(413))?;
    if !is_json {
        return Err(unreadable().into());
    }
    let sending: Sending = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    if sending.csrf != member.csrf {
        return Err(Refusal::new("form-stale").status(403).into());
    }
    if sending.assembly != id {
        return Err(Refusal::new("kit-other-assembly").status(409).into());
    }
    if sending.facts.len() > FACTS_MAX {
        return Err(Refusal::new("kit-many").status(413).naming("facts", FACTS_MAX).into());
    }
    let by = Sender { id: Some(member.id), groups: member.bodies.clone() };
    let receipt = receive(&house, id_of(&id)?, &sending.facts, &by).await?;
    Ok(Json(told(visitor.tongue(), &receipt)).into_response())
}

/// The receipt in the reader's language.
fn told(t: Tongue, receipt: &Receipt) -> Value {
    let one = |unsettled: &Unsettled| {
        let why = &unsettled.why;
        let args: Vec<(&str, Arg)> =
            why.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        json!({
            "id": unsettled.id,
            "code": why.code,
            "title": t.with(&format!("refused-{}", why.code), &args),
            "advice": t.with(&format!("refused-{}-advice", why.code), &args),
        })
    };
    let all = |list: &[Unsettled]| list.iter().map(one).collect::<Vec<_>>();
    json!({ "got": receipt.got, "waits": all(&receipt.waits), "no": all(&receipt.no) })
}
