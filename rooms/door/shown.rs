//! How an answer leaves: a page for its frame, a way onward, or trouble in plain words. Handlers
//! return these; the guard makes them into bytes, in one place.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use page::{Face, Html, Notice};
use record::Refusal;
use store::{AppendError, StoreError};

/// A page without its frame.
#[derive(Clone)]
pub struct Shown {
    /// Title.
    pub title: String,
    /// What stands between header and footer.
    pub body: Html,
    /// Street or desk.
    pub face: Face,
    /// A line above the page, such as "kept".
    pub notice: Option<Notice>,
    /// HTTP status.
    pub status: StatusCode,
}

impl Shown {
    /// A page of the street.
    #[must_use]
    pub fn street(title: impl Into<String>, body: Html) -> Shown {
        let title = title.into();
        Shown { title, body, face: Face::Street, notice: None, status: StatusCode::OK }
    }

    /// A page of the desk.
    #[must_use]
    pub fn desk(title: impl Into<String>, body: Html) -> Shown {
        Shown { face: Face::Desk, ..Shown::street(title, body) }
    }

    /// The same, with a line above it.
    #[must_use]
    pub fn noticing(mut self, notice: Notice) -> Shown {
        self.notice = Some(notice);
        self
    }

    /// The same, with another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Shown {
        self.status = status;
        self
    }
}

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A way onward after something was done (303).
#[derive(Clone, Debug)]
pub struct Moved(pub String);

impl IntoResponse for Moved {
    fn into_response(self) -> Response {
        let to = HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
    }
}

/// What keeps a handler from answering.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Trouble {
    /// An expected no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nothing of that name.
    #[error("not found")]
    NotFound,
    /// A failure of ours, told to the log and not to the visitor.
    #[error("{0}")]
    Broken(String),
}

impl Trouble {
    /// A failure of ours.
    pub fn broken(what: impl ToString) -> Trouble {
        Trouble::Broken(what.to_string())
    }

    /// The HTTP status that fits.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Trouble::Refused(refusal) => {
                StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
            }
            Trouble::NotFound => StatusCode::NOT_FOUND,
            Trouble::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        Trouble::broken(error)
    }
}

impl From<AppendError> for Trouble {
    fn from(error: AppendError) -> Trouble {
        match error {
            AppendError::Refused(refusal) => Trouble::Refused(refusal),
            AppendError::DiskFull => Refusal::new("disk-full").status(507).into(),
            AppendError::Taken { space, .. } => {
                Refusal::new("taken").status(409).naming("what", space).into()
            }
            AppendError::Gone => Refusal::new("gone-meanwhile").status(409).into(),
            AppendError::Store(what) => Trouble::Broken(what),
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
