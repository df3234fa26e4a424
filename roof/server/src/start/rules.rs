//! Who may do which step of the start, and when: pure, on what is known. Before there is a steward
//! only whoever bears the start key may begin; after that only the steward goes on. It never looks
//! at what a form says, nor at where it comes from: a proxy would make all the world this machine.

use std::net::IpAddr;

/// Symbols of the start key: 60 bits.
pub(super) const KEY_SYMBOLS: usize = 12;
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What is known of the node and of who asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// The city has a name.
    pub named: bool,
    /// It is the demo city.
    pub demo: bool,
    /// It has areas.
    pub areas: bool,
    /// Somebody is a steward.
    pub steward: bool,
    /// Whoever asks is a steward.
    pub own: bool,
    /// The recovery sheet waits to be put away.
    pub sheet: bool,
    /// Whoever asks bears the start key.
    pub key: bool,
}

/// Where the start stands for whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The start key is asked for.
    Key,
    /// The city has no name yet.
    City,
    /// It has no areas yet; they may be left out.
    Areas,
    /// It has no steward yet.
    Steward,
    /// The recovery sheet waits to be put away.
    Sheet,
    /// The steward chooses how SMS come and go.
    Sms,
    /// There is nothing to start for whoever asks.
    Away,
}

/// Where the start stands.
pub(super) fn stage(seen: Seen) -> Stage {
    match seen {
        Seen { steward: true, demo: false, own: true, sheet: true, .. } => Stage::Sheet,
        Seen { steward: true, demo: false, own: true, .. } => Stage::Sms,
        Seen { steward: true, .. } => Stage::Away,
        Seen { key: false, .. } => Stage::Key,
        Seen { named: false, .. } => Stage::City,
        Seen { areas: false, .. } => Stage::Areas,
        _ => Stage::Steward,
    }
}

/// Whether a step may be done now by whoever asks.
pub(super) fn may_do(step: &str, stage: Stage) -> bool {
    match step {
        "key" => stage == Stage::Key,
        "city" => stage == Stage::City,
        // Areas can be brought in twice; the steward can be made without them.
        "areas" | "areas-choose" | "draw" | "steward" => {
            matches!(stage, Stage::Areas | Stage::Steward)
        }
        "sheet" => stage == Stage::Sheet,
        "sms" | "test" | "sheet-again" => stage == Stage::Sms,
        _ => false,
    }
}

/// Whether a host, with or without its port, names this machine.
pub(super) fn loopback_name(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

/// The start key of some bytes of chance, in groups of four.
pub(super) fn start_key(chance: [u8; KEY_SYMBOLS]) -> String {
    let symbol = |byte: &u8| SYMBOLS.get(usize::from(byte & 31)).copied().unwrap_or(b'0');
    let symbols: Vec<char> = chance.iter().map(symbol).map(char::from).collect();
    let groups: Vec<String> = symbols.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// A key as it is compared: without hyphens and spaces, O for 0, I and L for 1.
pub(super) fn plain_key(typed: &str) -> String {
    let symbols = typed.chars().filter(|c| c.is_ascii_alphanumeric()).take(KEY_SYMBOLS * 2);
    symbols
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}
