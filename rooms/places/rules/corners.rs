//! Corners as people type them: one a line, latitude first, as phones and paper maps show them.
//! Pure; it never guesses which number is which.

use record::Refusal;

use crate::places::records::Rings;
use crate::places::rules::name_of;
use crate::places::rules::rings::{Polygon, corner_of, shape_of};

/// Most lines of corners typed by hand.
pub const TYPED_CORNERS_MAX: usize = 500;

/// An area as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its name.
    pub name: String,
    /// Its borders.
    pub rings: Rings,
}

impl Outline {
    /// The name and the corners as they are kept.
    ///
    /// # Errors
    /// A refusal naming what cannot be read.
    pub fn typed(name: &str, corners: &str) -> Result<Outline, Refusal> {
        Ok(Outline { name: name_of(name)?, rings: rings_of_typed(corners)? })
    }
}

/// The rings of typed corners, `latitude, longitude` one a line.
///
/// # Errors
/// A refusal naming the line that cannot be read, or what is wrong with the outline.
pub fn rings_of_typed(typed: &str) -> Result<Rings, Refusal> {
    let mut outline = Vec::new();
    for (at, line) in typed.lines().enumerate() {
        let line = western(line);
        if line.trim().is_empty() {
            continue;
        }
        if outline.len() == TYPED_CORNERS_MAX {
            return Err(Refusal::new("area-corners-many").naming("most", TYPED_CORNERS_MAX));
        }
        let wrong = || Refusal::new("corner-unreadable").naming("line", at + 1);
        let (lat, lon) = pair_of(&line).ok_or_else(wrong)?;
        if corner_of((lon, lat)).is_err() {
            return Err(Refusal::new("corner-outside").naming("line", at + 1));
        }
        outline.push((lon, lat));
    }
    if outline.is_empty() {
        return Err(Refusal::new("area-empty"));
    }
    let polygon: Polygon = vec![outline];
    Ok(shape_of(&[polygon])?.rings)
}

/// The same line with plain digits and signs.
fn western(line: &str) -> String {
    let plain = |c: char| match c {
        '\u{0660}'..='\u{0669}' => digit(u32::from(c) - 0x0660),
        '\u{06F0}'..='\u{06F9}' => digit(u32::from(c) - 0x06F0),
        '\u{066B}' => '.',
        '\u{060C}' => ',',
        '\u{2212}' | '\u{2013}' => '-',
        '°' | '(' | ')' | '[' | ']' => ' ',
        other => other,
    };
    line.chars().filter(|c| !matches!(c, '\u{200E}' | '\u{200F}')).map(plain).collect()
}

fn digit(n: u32) -> char {
    char::from_digit(n, 10).unwrap_or('0')
}

fn pair_of(line: &str) -> Option<(f64, f64)> {
    let parts: Vec<&str> = if line.contains([';', '\t']) {
        line.split([';', '\t']).collect()
    } else if line.matches(',').count() == 1 {
        line.split(',').collect()
    } else {
        // "-6,8123 39,2123": each number has a decimal comma of its own.
        line.split_whitespace().collect()
    };
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect();
    let [lat, lon] = parts.as_slice() else { return None };
    // West is an O in French and Spanish.
    let lon = lon.replace(['O', 'o'], "W");
    Some((degrees(lat, 'N', 'S')?, degrees(&lon, 'E', 'W')?))
}

/// Degrees with a sign or a letter of the compass before or after.
fn degrees(part: &str, ahead: char, behind: char) -> Option<f64> {
    let upper = part.to_ascii_uppercase();
    let letter = upper.chars().find(char::is_ascii_alphabetic);
    let bare = upper.replace(',', ".");
    let bare = bare.trim_matches(|c: char| c == ahead || c == behind || c.is_whitespace());
    // "inf" and "1e9" are numbers to a machine only.
    if !bare.chars().all(|c| c.is_ascii_digit() || "+-.".contains(c)) {
        return None;
    }
    let number: f64 = bare.parse().ok()?;
    match letter {
        Some(l) if l == behind => (number >= 0.0).then_some(-number),
        Some(l) if l == ahead => (number >= 0.0).then_some(number),
        Some(_) => None,
        None => Some(number),
    }
}
