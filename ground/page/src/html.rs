//! Safe HTML: the one type that may reach a page unescaped, and the ways to make it.
//!
//! Never: nothing a person wrote becomes HTML other than through [`text`] or [`href`].

use std::fmt;

/// HTML that is safe to send. Build it from [`text`], from components, or from a literal.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Html(pub String);

impl Html {
    /// No HTML at all.
    pub const fn none() -> Html {
        Html(String::new())
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts `more` at the end.
    pub fn push(&mut self, more: &Html) {
        self.0.push_str(&more.0);
    }

    /// Joins pieces without anything between them.
    pub fn join<I: IntoIterator<Item = Html>>(pieces: I) -> Html {
        Html(pieces.into_iter().map(|piece| piece.0).collect())
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// Room templates write `{{ part }}` for a part that is already HTML.
impl askama::filters::HtmlSafe for Html {}

impl FromIterator<Html> for Html {
    fn from_iter<I: IntoIterator<Item = Html>>(pieces: I) -> Html {
        Html::join(pieces)
    }
}

/// Escapes words for use between tags and inside quoted attributes. Control characters other
/// than line breaks and tabs are dropped: no reader can see them and no page needs them.
pub fn text(words: &str) -> Html {
    let mut out = String::with_capacity(words.len().saturating_add(16));
    for symbol in words.chars() {
        match symbol {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(symbol),
            _ if symbol.is_control() => {}
            _ => out.push(symbol),
        }
    }
    Html(out)
}

/// Words that keep their own direction inside a sentence of another: codes, names, numbers.
pub fn bdi(words: &str) -> Html {
    Html(format!("<bdi>{}</bdi>", text(words)))
}

/// A link target, escaped. Only paths of this node, fragments, queries and the schemes a phone
/// can act on pass; anything else (`javascript:`, `//host`) becomes `#`.
pub fn href(target: &str) -> Html {
    const SCHEMES: [&str; 5] = ["https://", "http://", "tel:", "sms:", "mailto:"];
    let lower = target.trim().to_ascii_lowercase();
    let own =
        lower.starts_with(['/', '#', '?']) && !lower.starts_with("//") && !lower.starts_with("/\\");
    if own || SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
        text(target.trim())
    } else {
        Html("#".to_owned())
    }
}

/// ` name="value"` when there is a value, nothing otherwise. `name` is never from outside.
pub(crate) fn attribute(name: &'static str, value: Option<&str>) -> String {
    value.map(|value| format!(" {name}=\"{}\"", text(value))).unwrap_or_default()
}
