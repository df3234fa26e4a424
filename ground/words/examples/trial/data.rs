//! The shared messages of real people, read for measuring.
//!
//! Never copies a message anywhere: what leaves this module is counted, not quoted.

use std::path::PathBuf;

use serde_json::Value;

/// One message with what its readers said about it.
pub struct Message {
    pub id: String,
    pub event: String,
    pub english: String,
    pub original: Option<String>,
    pub silver: String,
    pub labels: Vec<String>,
}

impl Message {
    /// The words as they were sent, or the English ones where only those are kept.
    pub fn sent(&self) -> &str {
        self.original.as_deref().unwrap_or(&self.english)
    }
}

/// The workspace: two folders above this crate.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    here.join("../..")
}

/// Reads the direct messages.
pub fn messages() -> Result<Vec<Message>, String> {
    let folder = std::env::var_os("BARAZA_TRIAL_DATA")
        .map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let file = folder.join("messages/direct.jsonl");
    let text = std::fs::read_to_string(&file)
        .map_err(|why| format!("the trial data is not there (BARAZA_TRIAL_DATA): {why}"))?;
    text.lines().map(|line| read(line).ok_or_else(|| "a line cannot be read".into())).collect()
}

fn read(line: &str) -> Option<Message> {
    let value: Value = serde_json::from_str(line).ok()?;
    let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let labels = value.get("labels")?.as_array()?;
    Some(Message {
        id: field("id")?,
        event: field("event")?,
        english: field("text_en")?,
        original: field("text_original"),
        silver: field("lang_silver")?,
        labels: labels.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
    })
}
