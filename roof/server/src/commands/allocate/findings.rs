//! What is wrong with a result, as sentences that name the place.
//!
//! Never keeps more than people read: the rest is counted.

/// So many findings are told.
pub(super) const FINDINGS_MAX: usize = 100;
/// So much of one is told, in characters: names in it come from outside.
pub(super) const FINDING_CHARS_MAX: usize = 2_000;

/// Findings, in the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    said: Vec<String>,
    more: usize,
}

impl Findings {
    pub(super) fn add(&mut self, said: String) {
        if self.said.len() < FINDINGS_MAX {
            // What a terminal would obey is not passed on to it.
            let seen = |letter: char| if letter.is_control() { '\u{fffd}' } else { letter };
            self.said.push(said.chars().take(FINDING_CHARS_MAX).map(seen).collect());
        } else {
            self.more += 1;
        }
    }

    /// Notes that something is there and something else would be right.
    pub(super) fn differs(&mut self, place: &str, there: &str, right: &str) {
        if there != right {
            self.add(format!("{place}: {there} is there, and {right} is right"));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.said.len() + self.more
    }

    /// The sentences; where there were too many, the last one says how many more.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = self.said.clone();
        if self.more > 0 {
            lines.push(format!("and {} more", self.more));
        }
        lines
    }
}
