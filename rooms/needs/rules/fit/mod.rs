//! Which texts may be public: those by which nobody is found. Numbers to call, addresses, codes,
//! names of people and counts below five are refused, each with what was found. It never rewrites:
//! whoever wrote the text says it otherwise. It knows no member and no area; whoever has a house
//! also asks for the names of members (`needs::fit_in_house`).

mod few;
mod figures;
mod names;
mod tokens;

use record::Refusal;

/// A name of fewer letters is no name to look for.
const NAME_LETTERS_MIN: usize = 3;
/// People are counted in public from this number on.
pub const FEW: i64 = 5;

/// Whether a text may be public.
///
/// # Errors
/// It holds an address, a number to call, a code, somebody's name, or a count of people below
/// [`FEW`]; the refusal names what was found.
pub fn fit_for_public(text: &str) -> Result<(), Refusal> {
    let no = |code: &'static str, found: String| Refusal::new(code).naming("found", found);
    if let Some(found) = figures::contact(text) {
        return Err(no("need-public-contact", found));
    }
    if let Some(found) = figures::code(text) {
        return Err(no("need-public-code", found));
    }
    if let Some(found) = figures::number(text) {
        return Err(no("need-public-number", found));
    }
    let tokens = tokens::tokens(text);
    if let Some(found) = few::few(&tokens) {
        return Err(no("need-public-few", found));
    }
    if let Some(found) = names::named(&tokens) {
        return Err(no("need-public-name", found));
    }
    Ok(())
}

/// Whether a text names one of these people, as a member of the desk: by their whole name.
///
/// # Errors
/// It does.
pub fn names_nobody_of<'a>(
    text: &str,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), Refusal> {
    let folded = format!(" {} ", words::plain(text));
    let tokens = tokens::tokens(text);
    for name in names {
        let plain = words::plain(name);
        // One name alone may be a word of the language too: it is one only as it is written.
        let found = if plain.contains(' ') {
            folded.contains(&format!(" {plain} "))
        } else {
            plain.chars().count() >= NAME_LETTERS_MIN
                && tokens.iter().any(|token| token.is_capital() && token.said == name.trim())
        };
        if found {
            return Err(Refusal::new("need-public-name").naming("found", name));
        }
    }
    Ok(())
}
