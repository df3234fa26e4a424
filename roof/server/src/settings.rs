//! Settings of a node: one small file in the data folder, `baraza.toml`, with defaults that work.
//! It never holds a key of a person; gateway tokens are in it, so only the node's user may read it.

use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// The file's name in the data folder.
pub const FILE: &str = "baraza.toml";
/// Where the node listens when nothing else is said.
pub const LISTEN: &str = "127.0.0.1:8080";

/// What `baraza.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address to listen on.
    pub listen: Option<String>,
    /// Whether a proxy on this machine brings every request: it then tells from whom, and is
    /// believed.
    pub trusted_proxy: bool,
    /// Voices one address may send through the API in a minute: a whole camp may share one.
    pub api_voices_a_minute: Option<u32>,
    /// The gateway for SMS, when there is one.
    pub gateway: Option<Gateway>,
}

/// A phone or service that carries SMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// Which.
    pub kind: GatewayKind,
    /// The secret part of the addresses it calls.
    pub token: String,
    /// Android SMS Gateway: the key that signs its webhooks.
    #[serde(default)]
    pub signing_key: String,
    /// Android SMS Gateway: where to send, such as `http://192.168.1.20:8080`.
    #[serde(default)]
    pub url: String,
    /// Android SMS Gateway: its user name.
    #[serde(default)]
    pub user: String,
    /// Android SMS Gateway: its password.
    #[serde(default)]
    pub password: String,
}

/// Kinds of gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayKind {
    /// The simulator in the browser: nothing leaves the node.
    Simulator,
    /// A phone with the app Android SMS Gateway.
    Android,
    /// Anything that speaks our plain JSON and fetches what is to be sent.
    Json,
}

/// Reads the settings of a data folder; a missing file means the defaults.
///
/// # Errors
/// When the file is there but cannot be read or understood: says which line.
pub fn read(data: &Path) -> anyhow::Result<Settings> {
    let path = data.join(FILE);
    match std::fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text).with_context(|| {
            format!("{} is not understood: mend it, or delete it for the defaults", path.display())
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Writes the settings, readable by the node's user only.
///
/// # Errors
/// When the file cannot be written.
pub fn write(data: &Path, settings: &Settings) -> anyhow::Result<()> {
    let text = toml::to_string_pretty(settings)?;
    crate::node::write_private(&data.join(FILE), text.as_bytes())
}
