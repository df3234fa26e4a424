//! Money of a round as it is typed. Pure. It guesses nothing: a point or a comma stands before the
//! cents of the currency or nowhere.

use record::Refusal;

use crate::people::{CURRENCIES, minor_of, minor_parts};

/// Digits behind the point with which cents cannot be told from thousands.
const THOUSANDS: usize = 3;

/// An amount in minor units: whole units, blanks between their thousands if there are any, and
/// perhaps a point or a comma before exactly as many digits as the currency has.
///
/// # Errors
/// A currency that is not in use; an amount that could mean two things, or is none.
pub fn amount_typed(typed: &str, currency: &str) -> Result<i64, Refusal> {
    if !CURRENCIES.contains(&currency) {
        return Err(Refusal::new("ballot-money"));
    }
    let unclear = || Refusal::new("ballot-amount-unclear").naming("typed", typed.trim());
    let places = minor_parts(0, currency).1.len();
    let mut parts = typed.trim().split(['.', ',']);
    let whole = minor_of(parts.next().unwrap_or_default(), currency).map_err(|_| unclear())?;
    let Some(cents) = parts.next() else { return Ok(whole) };
    let fits = cents.len() == places && cents.bytes().all(|b| b.is_ascii_digit());
    if !fits || places == THOUSANDS || parts.next().is_some() {
        return Err(unclear());
    }
    let cents: i64 = cents.parse().map_err(|_| unclear())?;
    whole.checked_add(cents).ok_or_else(unclear)
}
