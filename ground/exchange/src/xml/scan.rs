//! A walk over the bytes of an XML file before it is parsed: what would cost too much is refused
//! while it is still only bytes.
//!
//! Never says that a file is sound; that is the parser's to say. Where the bytes are no XML, the
//! walk may end early.

use super::read::{ATTRIBUTES_MAX, DEPTH_MAX, ELEMENTS_MAX, NAMESPACES_MAX, NotXml};

/// Refuses document types, and what goes beyond the limits; with the place in the bytes.
pub(super) fn scan(bytes: &[u8]) -> Result<(), (usize, NotXml)> {
    if let Some(place) = memchr::memmem::find_iter(bytes, b"xmlns").nth(NAMESPACES_MAX) {
        return Err((place, NotXml::Namespaces));
    }
    let mut scan = Scan { bytes, at: 0, depth: 0, elements: 0 };
    while scan.to(b"<") {
        scan.tag()?;
    }
    Ok(())
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    elements: usize,
}

impl Scan<'_> {
    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Steps behind the next `mark`; no when there is none.
    fn to(&mut self, mark: &[u8]) -> bool {
        let found = match mark {
            [byte] => memchr::memchr(*byte, self.rest()),
            mark => memchr::memmem::find(self.rest(), mark),
        };
        self.at = found.map_or(self.bytes.len(), |found| self.at + found + mark.len());
        found.is_some()
    }

    fn tag(&mut self) -> Result<(), (usize, NotXml)> {
        let begins = |mark: &[u8]| self.rest().starts_with(mark);
        if begins(b"!--") {
            self.at += 3;
            self.to(b"-->");
        } else if begins(b"![CDATA[") {
            self.to(b"]]>");
        } else if begins(b"!") {
            return Err((self.at, NotXml::Dtd));
        } else if begins(b"?") {
            self.to(b"?>");
        } else if begins(b"/") {
            self.depth = self.depth.saturating_sub(1);
            self.to(b">");
        } else {
            self.element()?;
        }
        Ok(())
    }

    fn element(&mut self) -> Result<(), (usize, NotXml)> {
        let begun = self.at;
        self.elements += 1;
        if self.elements > ELEMENTS_MAX {
            return Err((begun, NotXml::Elements));
        }
        let (mut attributes, mut last) = (0, 0);
        while let Some(byte) = self.rest().first().copied() {
            self.at += 1;
            match byte {
                b'>' => {
                    self.depth += usize::from(last != b'/');
                    break;
                }
                b'"' | b'\'' => {
                    self.to(&[byte]);
                }
                b'=' => {
                    attributes += 1;
                    if attributes > ATTRIBUTES_MAX {
                        return Err((begun, NotXml::Attributes));
                    }
                }
                _ => {}
            }
            last = byte;
        }
        if self.depth > DEPTH_MAX {
            return Err((begun, NotXml::Depth));
        }
        Ok(())
    }
}
