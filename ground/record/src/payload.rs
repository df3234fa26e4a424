//! How a room's nouns become bytes: canonical CBOR by derive, one type a kind and version.
//! A payload is superseded by a new version, never edited.

use crate::RecordError;

/// A noun in the past tense that a room can write, such as `VoiceHeard`.
pub trait Payload: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()> {
    /// Noun and verb, such as `voice.heard`; what stands before the dot names the view it folds in.
    const KIND: &'static str;
    /// Version of this payload's fields.
    const VERSION: u8 = 1;
}

/// The canonical bytes of a value.
#[must_use]
pub fn encode<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(64);
    // Writing to a vector cannot fail, and our derived encoders never refuse a value.
    let written = minicbor::encode(value, &mut bytes);
    debug_assert!(written.is_ok());
    bytes
}

/// The value in canonical bytes.
///
/// # Errors
/// `Malformed` when the bytes are something else.
pub fn decode<T: for<'b> minicbor::Decode<'b, ()>>(bytes: &[u8]) -> Result<T, RecordError> {
    minicbor::decode(bytes).map_err(|e| RecordError::Malformed(e.to_string()))
}
