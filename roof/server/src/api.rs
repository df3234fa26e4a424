//! The JSON API: a voice in, its way out. Client-made ids make a second sending harmless; refusals
//! are RFC 9457. What it offers is described in `/openapi.json`, from the same constants.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use record::{Id, Refusal};
use rooms::door::{Access, House, Rate, Routes, Trouble, Visitor};
use rooms::voices::{self, Inbound};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Voices one origin may send in a minute, unless the settings say otherwise.
pub const VOICES_A_MINUTE: u32 = 600;
/// Longest client-made id, in characters.
const CLIENT_ID_CHARS_MAX: usize = 100;

/// The limit in force, kept in the house.
pub struct VoicesAMinute(pub u32);

/// A voice as a client sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct NewVoice {
    id: String,
    words: String,
    place: Option<String>,
    area: Option<String>,
    language: Option<String>,
    number: Option<String>,
    word: Option<String>,
    said_at: Option<String>,
}

/// What the client is told.
#[derive(Debug, Serialize)]
struct Kept {
    code: String,
    follow: String,
    again: bool,
}

/// The routes of the API.
#[must_use]
pub fn routes() -> Routes {
    use axum::routing::{get, post};
    Routes::new()
        .post("/api/v1/voices", Access::Street, post(say))
        .get("/api/v1/voices/{code}", Access::Street, get(follow))
        .get("/openapi.json", Access::Street, get(describe))
}

async fn say(
    State(house): State<House>,
    visitor: Visitor,
    body: axum::body::Bytes,
) -> Result<Response, Trouble> {
    let times = house.kept::<VoicesAMinute>().map_or(VOICES_A_MINUTE, |limit| limit.0);
    let rate = Rate { name: "api voices", times, within_ms: 60_000 };
    if !house.limits().take(rate, visitor.0.origin, house.now_ms()) {
        return Err(Refusal::new("too-often").status(429).into());
    }
    let new: NewVoice = serde_json::from_slice(&body)
        .map_err(|error| Refusal::new("json-wrong").status(400).naming("what", error))?;
    if new.id.is_empty() || new.id.chars().count() > CLIENT_ID_CHARS_MAX {
        return Err(Refusal::new("client-id").naming("most", CLIENT_ID_CHARS_MAX).into());
    }
    let area = match new.area.as_deref() {
        Some(area) => Some(area.parse::<Id>().map_err(|_| Refusal::new("area-not-known"))?),
        None => None,
    };
    if area.is_some_and(|area| rooms::places::atlas(&house).area(area).is_none()) {
        return Err(Refusal::new("area-not-known").into());
    }
    let said_ms = new.said_at.as_deref().and_then(crate::gateway::rfc3339_ms);
    let heard = voices::hear(
        &house,
        Inbound {
            channel: "api",
            words: new.words,
            number: new.number.filter(|n| !n.is_empty()),
            message_id: Some(("api".to_owned(), new.id)),
            said_ms,
            area,
            place: new.place,
            language: new.language,
            chosen_word: new.word,
            ..Inbound::default()
        },
    )
    .await?;
    let follow = format!("/follow/{}", heard.code);
    let status = if heard.again { StatusCode::OK } else { StatusCode::CREATED };
    let kept = Kept { code: heard.code, follow: follow.clone(), again: heard.again };
    Ok((status, [(header::LOCATION, follow)], Json(kept)).into_response())
}

async fn follow(
    State(house): State<House>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Json<Value>, Trouble> {
    let trace = rooms::thread::traced(&house, &visitor, &code).await?;
    Ok(Json(serde_json::to_value(trace).map_err(Trouble::broken)?))
}

async fn describe() -> Json<Value> {
    Json(openapi())
}

/// The description of the API (OpenAPI 3.1).
#[must_use]
pub fn openapi() -> Value {
    let problem = json!({
        "description": "A refusal in plain words (RFC 9457)",
        "content": { "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" } } }
    });
    let kept = json!({
        "description": "Kept, and durable",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Kept" } } }
    });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Baraza",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Say what you need, and follow what becomes of it",
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" }
        },
        "servers": [{ "url": "/" }],
        "security": [],
        "tags": [{ "name": "voices", "description": "What residents say" }],
        "paths": {
            "/api/v1/voices": { "post": {
                "operationId": "say", "tags": ["voices"], "summary": "Say something",
                "description": "Sent twice with the same id it is kept once, with the same code.",
                "requestBody": { "required": true, "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/NewVoice" } } } },
                "responses": { "201": kept, "200": kept, "400": problem, "413": problem,
                    "422": problem, "429": problem, "507": problem }
            } },
            "/api/v1/voices/{code}": { "get": {
                "operationId": "follow", "tags": ["voices"], "summary": "What became of it",
                "parameters": [{ "name": "code", "in": "path", "required": true,
                    "description": "Eight symbols, with or without the hyphen",
                    "schema": { "type": "string" } }],
                "responses": { "200": { "description": "The way so far",
                    "content": { "application/json": { "schema": { "type": "object" } } } },
                    "404": problem, "429": problem }
            } },
            "/health": { "get": {
                "operationId": "health", "tags": ["voices"], "summary": "Whether the node works",
                "responses": { "200": { "description": "It does",
                    "content": { "application/json": { "schema": { "type": "object" } } } },
                    "500": problem }
            } }
        },
        "components": { "schemas": {
            "NewVoice": { "type": "object", "required": ["id", "words"],
                "additionalProperties": false, "properties": {
                "id": { "type": "string", "minLength": 1, "maxLength": CLIENT_ID_CHARS_MAX,
                    "description": "Made by the client, such as a UUID" },
                "words": { "type": "string", "minLength": 1, "maxLength": words::WORDS_BYTES_MAX },
                "place": { "type": "string", "description": "In the person's own words" },
                "area": { "type": "string", "description": "Id of an area" },
                "language": { "type": "string", "description": "BCP 47" },
                "number": { "type": "string", "description": "E.164; only to be answered" },
                "word": { "type": "string", "maxLength": voices::CHOSEN_WORD_CHARS_MAX,
                    "description": "Chosen by the person; with it they see, correct and erase" },
                "said_at": { "type": "string", "format": "date-time" } } },
            "Kept": { "type": "object", "required": ["code", "follow", "again"], "properties": {
                "code": { "type": "string" }, "follow": { "type": "string" },
                "again": { "type": "boolean" } } },
            "Problem": { "type": "object", "properties": {
                "type": { "type": "string" }, "title": { "type": "string" },
                "status": { "type": "integer" }, "detail": { "type": "string" } } }
        } }
    })
}
