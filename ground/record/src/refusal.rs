//! An expected no: a rule's answer when what is asked may not be done. Never an error of ours.

/// A refusal with a stable code; its text and advice are in the rooms' Fluent files under
/// `refused-<code>` and `refused-<code>-advice`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code in kebab case, such as `words-empty`.
    pub code: &'static str,
    /// HTTP status that fits.
    pub status: u16,
    /// What the text may name, such as `("bytes", "4000")`.
    pub args: Vec<(&'static str, String)>,
}

impl Refusal {
    /// The asked thing cannot be done as asked (422).
    #[must_use]
    pub fn new(code: &'static str) -> Refusal {
        Refusal { code, status: 422, args: Vec::new() }
    }

    /// The same with another HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Refusal {
        self.status = status;
        self
    }

    /// The same, naming something in its text.
    #[must_use]
    pub fn naming(mut self, name: &'static str, value: impl ToString) -> Refusal {
        self.args.push((name, value.to_string()));
        self
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "refused: {}", self.code)
    }
}

impl std::error::Error for Refusal {}
