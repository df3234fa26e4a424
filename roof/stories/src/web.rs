//! A browser without a script: pages, forms, a session's cookie.

use axum::body::Bytes;
use axum::http::{Method, Request, header};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status; 0 when nobody answered.
    pub status: u16,
    /// Body as text.
    pub body: String,
    /// Where it leads.
    pub location: String,
    /// The cookie it sets.
    pub cookie: String,
    /// Header `x-baraza-hide`.
    pub hides: bool,
    /// What a browser may keep of it.
    pub cache: String,
    /// How long its body was on the wire.
    pub bytes: usize,
}

impl Answer {
    /// Where it leads, without what it says there.
    ///
    /// # Panics
    /// When it leads nowhere: the page says why.
    #[expect(clippy::must_use_candidate, reason = "that it leads on is often all a story asks")]
    #[track_caller]
    pub fn moved(&self) -> String {
        assert_eq!(self.status, 303, "{}", self.plain());
        self.location.split('?').next().unwrap_or_default().to_owned()
    }

    /// The page without its marks.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut inside = false;
        let text: String = self
            .body
            .chars()
            .filter(|c| {
                inside = *c == '<' || (inside && *c != '>');
                !inside && *c != '>'
            })
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A browser at one node.
#[derive(Clone)]
pub struct Web {
    client: Client<HttpConnector, Full<Bytes>>,
    address: String,
    cookie: String,
    /// The token of the session's forms.
    pub csrf: String,
}

impl Web {
    /// A browser at an address such as `127.0.0.1:8080`.
    #[must_use]
    pub fn new(address: &str) -> Web {
        let client = Client::builder(TokioExecutor::new()).build_http();
        Web { client, address: address.to_owned(), cookie: String::new(), csrf: String::new() }
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, "", "").await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = fields.to_vec();
        if !self.csrf.is_empty() {
            all.push(("csrf", &self.csrf));
        }
        let form: Vec<String> =
            all.iter().map(|(n, v)| format!("{}={}", escaped(n), escaped(v))).collect();
        let kind = "application/x-www-form-urlencoded";
        self.ask(Method::POST, path, kind, &form.join("&")).await
    }

    /// Sends JSON.
    pub async fn json(&self, path: &str, body: &serde_json::Value) -> Answer {
        self.ask(Method::POST, path, "application/json", &body.to_string()).await
    }

    /// Sends anything.
    pub async fn ask(&self, method: Method, path: &str, kind: &str, body: &str) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.address))
            .header(header::HOST, &self.address);
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if !self.cookie.is_empty() {
            request = request.header(header::COOKIE, &self.cookie);
        }
        let request = request.body(Full::new(Bytes::from(body.to_owned())));
        let Ok(request) = request else { return nothing() };
        self.send(request).await
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Answer {
        let Ok(response) = self.client.request(request).await else { return nothing() };
        let text = |name: &str| {
            let value = response.headers().get(name).and_then(|v| v.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let cookie = text("set-cookie").split(';').next().unwrap_or_default().to_owned();
        let (status, location) = (response.status().as_u16(), text("location"));
        let hides = !text("x-baraza-hide").is_empty();
        let cache = text("cache-control");
        let Ok(body) = response.into_body().collect().await else { return nothing() };
        let body = body.to_bytes();
        let bytes = body.len();
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status, body, location, cookie, hides, cache, bytes }
    }

    /// Signs in, as a member does; the browser that keeps the session.
    ///
    /// # Panics
    /// When the name or passphrase is refused.
    pub async fn sign_in(&self, name: &str) -> Web {
        let answer =
            self.post("/sign-in", &[("name", name), ("passphrase", crate::PASSPHRASE)]).await;
        assert_eq!(answer.status, 303, "{name} could not sign in: {}", answer.body);
        let mut web = Web { cookie: answer.cookie, ..self.clone() };
        let page = web.get("/desk").await;
        web.csrf = page
            .body
            .split("name=csrf value=")
            .nth(1)
            .or_else(|| page.body.split("name=\"csrf\" value=").nth(1))
            .map(|rest| rest.trim_start_matches('"'))
            .and_then(|rest| rest.split(['"', '>', ' ']).next())
            .unwrap_or_default()
            .to_owned();
        web
    }
}

fn nothing() -> Answer {
    Answer {
        status: 0,
        body: String::new(),
        location: String::new(),
        cookie: String::new(),
        hides: false,
        cache: String::new(),
        bytes: 0,
    }
}

fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}
