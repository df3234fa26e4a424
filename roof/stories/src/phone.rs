//! A phone that sends SMS through the plain JSON gateway, and reads what comes back.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{TOKEN, Web};

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

/// A phone with a number that was never assigned.
#[derive(Clone)]
pub struct Phone {
    web: Web,
    /// The number.
    pub number: String,
}

impl Phone {
    /// A phone that reaches a node.
    #[must_use]
    pub fn new(web: &Web, number: &str) -> Phone {
        Phone { web: web.clone(), number: number.to_owned() }
    }

    /// Sends an SMS; the gateway's status for it.
    pub async fn send(&self, text: &str) -> u16 {
        let id = NEXT_ID.fetch_add(1, Ordering::SeqCst);
        self.send_as(text, &format!("{}-{id}", std::process::id())).await
    }

    /// Sends an SMS under an id of its own, as a gateway's retry does.
    pub async fn send_as(&self, text: &str, id: &str) -> u16 {
        let body = serde_json::json!({ "id": id, "from": self.number, "text": text });
        self.web.json(&format!("/gateway/json/{TOKEN}"), &body).await.status
    }

    /// Everything that waits for this number, taken as the gateway takes it: other numbers'
    /// messages are handed over too and lost to the story, so a story reads one phone at a time.
    ///
    /// # Panics
    /// When the gateway's routes do not answer.
    pub async fn receive(&self) -> Vec<String> {
        let mut mine = Vec::new();
        loop {
            let answer = self.web.get(&format!("/gateway/json/{TOKEN}/outbox?max=50")).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let messages: Vec<serde_json::Value> =
                serde_json::from_str(&answer.body).unwrap_or_default();
            if messages.is_empty() {
                return mine;
            }
            let ids: Vec<&serde_json::Value> = messages.iter().map(|m| &m["id"]).collect();
            let handed = serde_json::json!({ "ids": ids });
            self.web.json(&format!("/gateway/json/{TOKEN}/handed"), &handed).await;
            for message in &messages {
                if message["to"] == self.number.as_str() {
                    mine.push(message["text"].as_str().unwrap_or_default().to_owned());
                }
            }
        }
    }

    /// The message that says something, as soon as it is there.
    ///
    /// # Panics
    /// When it never comes.
    pub async fn receives(&self, what: &str) -> String {
        let mut seen = Vec::new();
        for _ in 0..ROUNDS_MAX {
            seen.extend(self.receive().await);
            if let Some(text) = seen.iter().find(|text| text.contains(what)) {
                return text.clone();
            }
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
        panic!("{what} never came: {seen:?}");
    }

    /// Sends an SMS and reads the one reply.
    ///
    /// # Panics
    /// When the gateway refuses it or there is not exactly one reply.
    pub async fn ask(&self, text: &str) -> String {
        assert_eq!(self.send(text).await, 200, "{text}");
        let replies = self.receive().await;
        assert_eq!(replies.len(), 1, "{text}: {replies:?}");
        replies.into_iter().next().unwrap_or_default()
    }
}

/// How long a node takes at most to carry what is owed to all phones, in rounds of a second.
pub const ROUNDS_MAX: usize = 30;

/// The code in a text: the one word that reads as one.
#[must_use]
pub fn code_in(text: &str) -> Option<String> {
    text.split(|c: char| c.is_whitespace() || c == ':' || c == ',')
        .map(|word| word.trim_end_matches('.'))
        .find(|word| word.contains('-') && word.parse::<rooms::voices::Code>().is_ok())
        .map(str::to_owned)
}
