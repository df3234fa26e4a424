//! Ids: 16 bytes, the first six a time in milliseconds, the rest chance; so that rows written
//! together lie together. An id never says anything about a person.

use std::fmt;
use std::str::FromStr;

/// Length of an id in bytes.
pub const ID_BYTES: usize = 16;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const TEXT_CHARS: usize = 26;

/// The name of an entity, a person, a member, a writer: 16 bytes, shown as 26 symbols of
/// Crockford's base 32 in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub [u8; ID_BYTES]);

impl Id {
    /// The id of nothing: stands for "the whole city" where an area is asked for.
    pub const NONE: Id = Id([0; ID_BYTES]);

    /// A new id at `now_ms` (milliseconds since 1970) with ten bytes of `chance`.
    #[must_use]
    pub fn new(now_ms: i64, chance: [u8; 10]) -> Id {
        let mut bytes = [0; ID_BYTES];
        let time = now_ms.max(0).to_be_bytes();
        bytes[..6].copy_from_slice(&time[2..]);
        bytes[6..].copy_from_slice(&chance);
        Id(bytes)
    }

    /// A new id at `now_ms` with chance from the operating system.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing safe can be done then.
    #[must_use]
    pub fn fresh(now_ms: i64) -> Id {
        let mut chance = [0; 10];
        fill_with_chance(&mut chance);
        Id::new(now_ms, chance)
    }

    /// An id that is the same wherever the same name is given (for places imported twice).
    #[must_use]
    pub fn named(space: &str, name: &str) -> Id {
        let mut hasher = blake3::Hasher::new_derive_key("baraza id of a name v1");
        hasher.update(space.as_bytes());
        hasher.update(&[0]);
        hasher.update(name.as_bytes());
        let mut bytes = [0; ID_BYTES];
        hasher.finalize_xof().fill(&mut bytes);
        Id(bytes)
    }

    /// The id in these bytes, if there are exactly sixteen.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Id> {
        bytes.try_into().ok().map(Id)
    }
}

/// Fills `bytes` with chance from the operating system.
///
/// # Panics
/// When the operating system has no randomness to give: no key or code may be made then.
#[expect(clippy::expect_used, reason = "without randomness no key or code is safe to make")]
pub(crate) fn fill_with_chance(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives randomness");
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u128::from_be_bytes(self.0);
        for place in (0..TEXT_CHARS).rev() {
            let digit = (number >> (place * 5)) & 31;
            let symbol = DIGITS.get(usize::try_from(digit).unwrap_or(0)).copied().unwrap_or(b'0');
            write!(f, "{}", char::from(symbol))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

impl FromStr for Id {
    type Err = crate::RecordError;

    fn from_str(text: &str) -> Result<Id, Self::Err> {
        let wrong = || crate::RecordError::Malformed("an id is 26 symbols".to_owned());
        if text.len() != TEXT_CHARS {
            return Err(wrong());
        }
        let mut number: u128 = 0;
        for (place, byte) in text.bytes().enumerate() {
            let digit = DIGITS.iter().position(|d| *d == byte.to_ascii_lowercase());
            let digit = digit.ok_or_else(wrong)?;
            // 26 × 5 bits are two more than an id has: the first symbol holds three bits.
            if place == 0 && digit > 7 {
                return Err(wrong());
            }
            number = (number << 5) | digit as u128;
        }
        Ok(Id(number.to_be_bytes()))
    }
}

impl<C> minicbor::Encode<C> for Id {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for Id {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Id::from_slice(d.bytes()?)
            .ok_or_else(|| minicbor::decode::Error::message("an id is 16 bytes"))
    }
}
