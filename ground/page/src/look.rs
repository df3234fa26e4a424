//! The files a page needs beside itself: one style sheet, small scripts, the icon, the manifest.
//!
//! Each is served under a name that holds its hash, so a browser may keep it for ever. Serve
//! them with the type of [`media_type`]; the service worker alone has a fixed name and must be
//! asked for again each time.
//!
//! Never: no bundler, no third-party file, no font, no inline style; of inline scripts only the one
//! line [`LOADER`], which the content security policy names by its hash.

use std::sync::LazyLock;

/// Where the service worker lives. At the root, because a worker governs only what is below it.
pub const SERVICE_WORKER_PATH: &str = "/sw.js";

/// Fetches the street's script once the page is there, so that the first view waits for nothing but
/// the page and its style sheet. It is the same on every page: what differs is in its attributes.
pub const LOADER: &str = concat!(
    "{const own=document.currentScript.dataset;addEventListener(\"load\",()=>{",
    "const script=document.createElement(\"script\");script.src=own.src;",
    "Object.assign(script.dataset,own);document.head.append(script)})}",
);
/// The hash of [`LOADER`] for `script-src`.
pub const LOADER_HASH: &str = "sha256-BddaL2QV3/ItcmdOt5T8DQrhu+pgqTrJuT8Owui9kjg=";

/// A path and what is served there.
type Asset = (&'static str, &'static str);

// From the ground up: tokens, then elements, then the frame, then each component.
const STYLES: &[&str] = &[
    include_str!("look/tokens.css"),
    include_str!("look/elements.css"),
    include_str!("look/frame.css"),
    include_str!("look/components.css"),
    include_str!("look/pictures.css"),
    include_str!("look/print.css"),
];

static CSS: LazyLock<(String, String)> =
    LazyLock::new(|| hashed("css", smaller_css(&STYLES.concat())));
static STREET_JS: LazyLock<(String, String)> =
    LazyLock::new(|| hashed("street.js", smaller_js(include_str!("look/street.js"))));
static NOTE_JS: LazyLock<(String, String)> =
    LazyLock::new(|| hashed("note.js", smaller_js(include_str!("look/note.js"))));
static ALOUD_JS: LazyLock<(String, String)> =
    LazyLock::new(|| hashed("aloud.js", smaller_js(include_str!("look/aloud.js"))));
static DESK_JS: LazyLock<(String, String)> =
    LazyLock::new(|| hashed("desk.js", smaller_js(include_str!("look/desk.js"))));
static ICON: LazyLock<(String, String)> =
    LazyLock::new(|| hashed("svg", include_str!("look/icon.svg").to_owned()));
static MANIFEST: LazyLock<(String, String)> = LazyLock::new(|| {
    let manifest = include_str!("look/manifest.json").replace("ICON", icon_svg().0);
    hashed("webmanifest", manifest)
});
static WORKER: LazyLock<String> = LazyLock::new(|| {
    smaller_js(include_str!("look/sw.js"))
        .replace("CSS_PATH", css().0)
        .replace("JS_PATH", street_js().0)
        .replace("NOTE_PATH", note_js().0)
        .replace("ALOUD_PATH", aloud_js().0)
});

/// The style sheet: `(path, body)`.
pub fn css() -> Asset {
    (CSS.0.as_str(), CSS.1.as_str())
}

/// The street's script: registers the service worker, keeps a report written without a network.
pub fn street_js() -> Asset {
    (STREET_JS.0.as_str(), STREET_JS.1.as_str())
}

/// The recorder of the page on which people speak; the street's script fetches it there alone.
pub fn note_js() -> Asset {
    (NOTE_JS.0.as_str(), NOTE_JS.1.as_str())
}

/// Reads a page of the street aloud; fetched only where the phone has a voice.
pub fn aloud_js() -> Asset {
    (ALOUD_JS.0.as_str(), ALOUD_JS.1.as_str())
}

/// The desk's script: the keyboard.
pub fn desk_js() -> Asset {
    (DESK_JS.0.as_str(), DESK_JS.1.as_str())
}

/// The service worker: keeps the street's pages on the phone, and forgets them when told to.
pub fn service_worker() -> Asset {
    (SERVICE_WORKER_PATH, WORKER.as_str())
}

/// The node's icon.
pub fn icon_svg() -> Asset {
    (ICON.0.as_str(), ICON.1.as_str())
}

/// The manifest with which a phone puts the street on its home screen.
pub fn manifest() -> Asset {
    (MANIFEST.0.as_str(), MANIFEST.1.as_str())
}

/// Every file, for the router.
pub fn all() -> [Asset; 8] {
    let (street, note, aloud, desk) = (street_js(), note_js(), aloud_js(), desk_js());
    [css(), street, note, aloud, desk, service_worker(), icon_svg(), manifest()]
}

/// The content type of a file by its path.
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// Names a file after its content: `/static/baraza-1a2b3c4d.css`. The hash (FNV-1a) only tells
/// versions apart; nothing is trusted because of it.
fn hashed(ending: &str, body: String) -> (String, String) {
    let hash = body
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (format!("/static/baraza-{hash:08x}.{ending}"), body)
}

/// Drops whole comment lines and indentation. Line breaks stay, because they end sentences in
/// JavaScript; our scripts hold no text of several lines.
fn smaller_js(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// Drops comments and the space that only people need. Enough for a style sheet written here by
/// hand: strings in it hold no comment marks, and a test compares what is left.
fn smaller_css(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::with_capacity(css.len());
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let words: Vec<&str> = bare.split_whitespace().collect();
    let mut out = words.join(" ");
    for mark in ["{", "}", ";", ",", ">"] {
        out = out.replace(&format!(" {mark}"), mark).replace(&format!("{mark} "), mark);
    }
    out.replace(": ", ":").replace(";}", "}")
}
