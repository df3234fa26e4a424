//! Values that pass between our code and either database: integers, text, bytes and booleans only,
//! because only these mean the same on both. Never a float, a date type or JSON.

use record::Id;

/// One value of a row or a parameter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing known.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes, such as an id or ciphertext.
    Bytes(Vec<u8>),
    /// Yes or no.
    Bool(bool),
}

impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::Int(n)
    }
}
impl From<bool> for Value {
    fn from(b: bool) -> Value {
        Value::Bool(b)
    }
}
impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::from(text.to_owned())
    }
}
impl From<String> for Value {
    /// PostgreSQL keeps no NUL within a text: it is left out, so that both engines keep the same.
    fn from(text: String) -> Value {
        Value::Text(if text.contains('\0') { text.replace('\0', "") } else { text })
    }
}
impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        Value::Bytes(bytes)
    }
}
impl<const N: usize> From<[u8; N]> for Value {
    fn from(bytes: [u8; N]) -> Value {
        Value::Bytes(bytes.to_vec())
    }
}
impl From<Id> for Value {
    fn from(id: Id) -> Value {
        Value::Bytes(id.0.to_vec())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// One row of an answer. Accessors take the place of a column in the `SELECT`; a column that is
/// not there or of another type is a bug of the query, and reads as empty in release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The value at a place.
    #[must_use]
    pub fn value(&self, place: usize) -> &Value {
        debug_assert!(place < self.0.len(), "the query has no column {place}");
        self.0.get(place).unwrap_or(&Value::Null)
    }

    /// A whole number, 0 for none.
    #[must_use]
    pub fn int(&self, place: usize) -> i64 {
        self.opt_int(place).unwrap_or(0)
    }

    /// A whole number, if there is one.
    #[must_use]
    pub fn opt_int(&self, place: usize) -> Option<i64> {
        match self.value(place) {
            Value::Int(n) => Some(*n),
            Value::Bool(b) => Some(i64::from(*b)),
            _ => None,
        }
    }

    /// Text, empty for none.
    #[must_use]
    pub fn text(&self, place: usize) -> String {
        self.opt_text(place).unwrap_or_default()
    }

    /// Text, if there is any.
    #[must_use]
    pub fn opt_text(&self, place: usize) -> Option<String> {
        match self.value(place) {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// Bytes, empty for none.
    #[must_use]
    pub fn bytes(&self, place: usize) -> Vec<u8> {
        self.opt_bytes(place).unwrap_or_default()
    }

    /// Bytes, if there are any.
    #[must_use]
    pub fn opt_bytes(&self, place: usize) -> Option<Vec<u8>> {
        match self.value(place) {
            Value::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }

    /// An id; the id of nothing where there is none.
    #[must_use]
    pub fn id(&self, place: usize) -> Id {
        self.opt_id(place).unwrap_or(Id::NONE)
    }

    /// An id, if there is one.
    #[must_use]
    pub fn opt_id(&self, place: usize) -> Option<Id> {
        match self.value(place) {
            Value::Bytes(bytes) => Id::from_slice(bytes),
            _ => None,
        }
    }

    /// Yes or no; no for none.
    #[must_use]
    pub fn flag(&self, place: usize) -> bool {
        match self.value(place) {
            Value::Bool(b) => *b,
            Value::Int(n) => *n != 0,
            _ => false,
        }
    }
}
