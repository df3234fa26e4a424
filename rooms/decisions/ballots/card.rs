//! The code on a card: twelve symbols in three groups of four, the last a check symbol as on the
//! codes of voices. From it and the round grows the key that signs ballots. It is shown once, when
//! a sheet is printed or an SMS is sent, and kept nowhere.

use std::fmt;
use std::str::FromStr;

use ballots::{Credential, log};
use record::Id;

use crate::voices::{SYMBOLS, check_of, digits_of};

/// Symbols of a card's code.
pub const CARD_SYMBOLS: usize = 12;
/// Bytes of chance that make one.
pub const CARD_CHANCE_BYTES: usize = 7;

const DATA_SYMBOLS: usize = CARD_SYMBOLS - 1;
const GROUP_SYMBOLS: usize = 4;

/// The code of a card.
#[derive(Clone, PartialEq, Eq)]
pub struct Card([u8; CARD_SYMBOLS]);

/// What was typed is no code of a card: a symbol is missing or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACard;

impl Card {
    /// The card of seven bytes of chance (55 bits are used).
    #[must_use]
    pub fn from_chance(chance: [u8; CARD_CHANCE_BYTES]) -> Card {
        let mut bits = chance.iter().fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
        let mut digits = [0; CARD_SYMBOLS];
        for digit in digits.iter_mut().take(DATA_SYMBOLS) {
            *digit = u8::try_from(bits & 31).unwrap_or(0);
            bits >>= 5;
        }
        let check = check_of(digits.split_at(DATA_SYMBOLS).0);
        if let Some(last) = digits.last_mut() {
            *last = check;
        }
        Card(digits)
    }

    /// A card of the operating system's chance.
    #[must_use]
    pub fn fresh() -> Card {
        let mut chance = [0; CARD_CHANCE_BYTES];
        seal::chance(&mut chance);
        Card::from_chance(chance)
    }

    /// The credential of this card in a round. Slow, so that nobody tries many.
    #[must_use]
    pub fn credential(&self, round: Id) -> Credential {
        let plain = self.to_string().replace('-', "");
        Credential::from_seed(&seal::key_from_code(&plain, &round.0).0)
    }
}

/// The entity of a credential.
#[must_use]
pub fn credential_id(public: &[u8; 32]) -> Id {
    let hash = log::leaf(public);
    Id::from_slice(hash.split_at(record::ID_BYTES).0).unwrap_or(Id::NONE)
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, digit) in self.0.iter().enumerate() {
            if at > 0 && at % GROUP_SYMBOLS == 0 {
                f.write_str("-")?;
            }
            let symbol = SYMBOLS.get(usize::from(*digit)).copied().unwrap_or(b'0');
            write!(f, "{}", char::from(symbol))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Card(…)")
    }
}

impl FromStr for Card {
    type Err = NotACard;

    fn from_str(typed: &str) -> Result<Card, NotACard> {
        let digits: [u8; CARD_SYMBOLS] = digits_of(typed).ok_or(NotACard)?;
        let (data, check) = digits.split_at(DATA_SYMBOLS);
        if check == [check_of(data)] { Ok(Card(digits)) } else { Err(NotACard) }
    }
}
