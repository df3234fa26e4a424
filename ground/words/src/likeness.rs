//! Likeness: a small fingerprint of a message, and how alike two of them are.
//!
//! Never tells the words: the fingerprint holds 16-bit minima of hashed letter groups. It still
//! belongs to the message and goes when the message is forgotten.

use crate::fold::Folded;

/// Bins of one sketch; more bins, less chance in the figure.
const BINS: usize = 128;
/// Letters in one group.
const GROUP_LETTERS: usize = 4;
/// A bin no group fell into.
const EMPTY: u16 = u16::MAX;

/// From this likeness on, two messages are put before a person as possibly the same.
pub const LIKENESS_SAME: u8 = 50;

/// The fingerprint of one message: 256 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    bins: [u16; BINS],
}

/// Makes the fingerprint of `text`: accents, case, punctuation and blanks do not matter.
#[must_use]
pub fn sketch(text: &str) -> Sketch {
    let folded = Folded::new(text);
    let mut bins = [EMPTY; BINS];
    let mut group = [' '; GROUP_LETTERS];
    // The text is led and followed by one blank, so that even "ok" makes a group.
    let letters = std::iter::once(' ').chain(folded.text().chars()).chain([' ', ' ']);
    if folded.spans().is_empty() {
        return Sketch { bins };
    }
    for letter in letters {
        group.rotate_left(1);
        if let Some(last) = group.last_mut() {
            *last = letter;
        }
        let hash = mix(&group);
        let value = u16::try_from((hash >> 32) & 0xFFFF).unwrap_or(0).min(EMPTY - 1);
        let bin = usize::try_from(hash & 127).unwrap_or(0);
        if let Some(least) = bins.get_mut(bin) {
            *least = (*least).min(value);
        }
    }
    Sketch { bins }
}

/// Tells how alike two messages are: 0 nothing in common, 100 the same words. It estimates the
/// share of letter groups the two have in common out of all they have (Jaccard).
#[must_use]
pub fn likeness(a: &Sketch, b: &Sketch) -> u8 {
    let (mut same, mut used) = (0_u32, 0_u32);
    for (a, b) in a.bins.iter().zip(&b.bins) {
        used += u32::from(*a != EMPTY || *b != EMPTY);
        same += u32::from(*a == *b && *a != EMPTY);
    }
    u8::try_from((same * 100).checked_div(used).unwrap_or(0)).unwrap_or(100)
}

/// One well-mixed 64-bit number per letter group (the finaliser of splitmix64).
pub(crate) fn mix(group: &[char]) -> u64 {
    let mut hash = 0x9E37_79B9_7F4A_7C15_u64;
    for letter in group {
        hash = (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        hash ^= hash >> 29;
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}
