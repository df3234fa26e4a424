//! Elements as canonical bytes: one element a line, two blanks a level, attributes in the order in
//! which they are given, empty elements closed in themselves.
//!
//! Never writes what XML cannot hold: whoever writes has asked [`refused`] before.

/// The first character of a text that may not stand in a file: control characters other than a
/// tab and line ends, and the two that are no characters.
pub(crate) fn refused(text: &str) -> Option<char> {
    let fits = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    text.chars().find(|c| !fits(*c))
}

/// A file being written.
pub(crate) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    pub(crate) fn new() -> Self {
        let text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Self { text, open: Vec::new() }
    }

    /// An element with what `inside` writes.
    pub(crate) fn element<'a>(
        &mut self,
        name: &'static str,
        attributes: impl IntoIterator<Item = Attribute<'a>>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.begin(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
        inside(self);
        self.open.pop();
        self.indent();
        self.end(name);
    }

    /// An element with nothing in it.
    pub(crate) fn empty<'a>(
        &mut self,
        name: &'static str,
        attributes: impl IntoIterator<Item = Attribute<'a>>,
    ) {
        self.begin(name, attributes);
        self.text.push_str("/>\n");
    }

    /// An element with text in it.
    pub(crate) fn words<'a>(
        &mut self,
        name: &'static str,
        attributes: impl IntoIterator<Item = Attribute<'a>>,
        words: &str,
    ) {
        self.begin(name, attributes);
        self.text.push('>');
        for c in words.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                // A reader turns a bare one into a line feed.
                '\r' => self.text.push_str("&#13;"),
                c => self.text.push(c),
            }
        }
        self.end(name);
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        debug_assert!(self.open.is_empty(), "every element is closed");
        self.text.into_bytes()
    }

    fn begin<'a>(
        &mut self,
        name: &'static str,
        attributes: impl IntoIterator<Item = Attribute<'a>>,
    ) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for attribute in attributes {
            let Some(value) = attribute.value else { continue };
            self.text.push(' ');
            self.text.push_str(attribute.name);
            self.text.push_str("=\"");
            for c in value.chars() {
                match c {
                    '&' => self.text.push_str("&amp;"),
                    '<' => self.text.push_str("&lt;"),
                    '>' => self.text.push_str("&gt;"),
                    '"' => self.text.push_str("&quot;"),
                    // A reader turns bare ones into blanks.
                    '\t' => self.text.push_str("&#9;"),
                    '\n' => self.text.push_str("&#10;"),
                    '\r' => self.text.push_str("&#13;"),
                    c => self.text.push(c),
                }
            }
            self.text.push('"');
        }
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.text.push_str("  ");
        }
    }

    fn end(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
    }
}

/// An attribute; without a value it is left out.
pub(crate) struct Attribute<'a> {
    name: &'static str,
    value: Option<std::borrow::Cow<'a, str>>,
}

/// An attribute that is there.
pub(crate) fn attribute<'a>(
    name: &'static str,
    value: impl Into<std::borrow::Cow<'a, str>>,
) -> Attribute<'a> {
    Attribute { name, value: Some(value.into()) }
}

/// An attribute that is there when its value is.
pub(crate) fn maybe<'a>(
    name: &'static str,
    value: Option<impl Into<std::borrow::Cow<'a, str>>>,
) -> Attribute<'a> {
    Attribute { name, value: value.map(Into::into) }
}
