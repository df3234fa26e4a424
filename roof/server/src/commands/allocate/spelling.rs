//! JSON whose fields are all known: one that is not is named, with the known one that is nearest.
//!
//! Never guesses what was meant: it says which name is nearest and stops.

use anyhow::anyhow;
use serde::de::DeserializeOwned;

/// So much of an unknown name is compared and shown, in characters.
const NAME_CHARS_MAX: usize = 64;

/// Reads JSON.
///
/// # Errors
/// When it is not JSON, lacks a field, or has one that is not known.
pub(super) fn understood<T: DeserializeOwned>(bytes: &[u8]) -> anyhow::Result<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        let said = error.to_string();
        advice(&said, error.line()).map_or_else(|| error.into(), |advice| anyhow!(advice))
    })
}

/// What is said of an unknown field, from the reader's own words: the name and the known ones stand
/// there in backticks. None where those words are about something else.
fn advice(said: &str, line: usize) -> Option<String> {
    let rest = said.strip_prefix("unknown field `")?;
    // The name comes from outside and may hold anything, also these words: the last ones count.
    let (name, known) = rest.rsplit_once("`, expected ")?;
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    // What a terminal would obey is not passed on to it.
    let seen = |letter: char| if letter.is_control() { '\u{fffd}' } else { letter };
    let name: String = name.chars().take(NAME_CHARS_MAX).map(seen).collect();
    let nearest = known.iter().min_by_key(|known| steps(&name, known))?;
    Some(format!(
        "line {line}: the field `{name}` is not known, and the nearest that is known is \
         `{nearest}`; nothing is passed over in silence, so correct the name or take the field out \
         (known are {})",
        known.join(", ")
    ))
}

/// How many letters must be changed, added or taken away to make one name of the other.
fn steps(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut next = vec![at + 1];
        for ((above, beside), known) in row.iter().zip(row.iter().skip(1)).zip(other.chars()) {
            let changed = above + usize::from(letter != known);
            let left = next.last().copied().unwrap_or_default() + 1;
            next.push(changed.min(left).min(beside + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    //! Names beside names.

    use super::*;

    #[test]
    fn the_steps_between_two_names_are_counted() {
        let check = |one: &str, other: &str, expected| assert_eq!(steps(one, other), expected);
        check("held_back", "held_back", 0);
        check("heldback", "held_back", 1);
        check("held_bakc", "held_back", 2);
        check("", "cap", 3);
        check("cap", "", 3);
        check("grant_mim", "grant_min", 1);
    }

    #[test]
    fn an_unknown_name_is_told_with_its_nearest_and_cut_where_it_is_long() {
        let said = advice("unknown field `suply`, expected one of `id`, `supply` at line 1", 1);
        assert!(
            said.unwrap().contains("`suply` is not known, and the nearest that is known is `su")
        );
        let said = advice("unknown field `a`, expected `b`", 1).unwrap();
        assert!(said.contains("(known are b)"), "{said}");
        let tricky = "unknown field `x`, expected `y`, expected `need` or `cap`";
        assert!(advice(tricky, 1).unwrap().contains("`x`, expected `y` is not known"));
        let long = format!("unknown field `{}`, expected `b`", "a".repeat(NAME_CHARS_MAX + 1));
        let said = advice(&long, 1).unwrap();
        assert!(said.contains(&format!("`{}` is", "a".repeat(NAME_CHARS_MAX))), "{said}");
        let unruly = advice("unknown field `a\u{1b}[2J`, expected `b`", 1).unwrap();
        assert!(unruly.contains("`a\u{fffd}[2J` is not known"), "{unruly}");
        assert_eq!(advice("missing field `need`", 1), None);
    }
}
