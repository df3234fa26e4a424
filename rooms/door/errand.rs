//! What a form sends: read once, bounded, and for members only with their session's token.

use axum::extract::{FromRequest, Request};
use axum::http::header;
use record::Refusal;
use serde::de::DeserializeOwned;

use crate::door::{Trouble, Visitor};

/// Longest form, in bytes: the longest words there may be, each letter escaped, and the rest.
const FORM_BYTES_MAX: usize = 256 * 1024;

/// The fields of a form. A member's form must carry `csrf`; the street has no session to ride on.
pub struct Sent<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, _: &S) -> Result<Sent<T>, Trouble> {
        let visitor = request.extensions().get::<Visitor>().cloned();
        let json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.starts_with("application/json"));
        let bytes = axum::body::to_bytes(request.into_body(), FORM_BYTES_MAX)
            .await
            .map_err(|_| Refusal::new("form-too-long").status(413))?;
        let unreadable = || Refusal::new("form-unreadable").status(400);
        let token = visitor.as_ref().map(|v| v.csrf().to_owned()).unwrap_or_default();
        if json {
            // A browser cannot send JSON across sites without asking first: that is the guard here.
            return Ok(Sent(serde_json::from_slice(&bytes).map_err(|_| unreadable())?));
        }
        let pairs: Vec<(String, String)> = serde_urlencoded_pairs(&bytes).ok_or_else(unreadable)?;
        let sent = pairs.iter().find(|(name, _)| name == "csrf").map(|(_, value)| value.as_str());
        if !token.is_empty() && sent != Some(token.as_str()) {
            return Err(Refusal::new("form-stale").status(403).into());
        }
        let form = axum::Form::<T>::from_request(
            Request::builder()
                .method("POST")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(axum::body::Body::from(bytes))
                .map_err(Trouble::broken)?,
            &(),
        )
        .await
        .map_err(|_| unreadable())?;
        Ok(Sent(form.0))
    }
}

fn serde_urlencoded_pairs(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    serde_urlencoded::from_bytes(bytes).ok()
}
