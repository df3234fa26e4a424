//! SMS: which alphabet a text needs, how many units and parts it takes, and a spelling that fits
//! in the small alphabet.
//!
//! Never shortens a text and never changes Arabic: only letters the small alphabet lacks are
//! replaced by their nearest neighbour.

/// Units of one SMS in the 7-bit alphabet (septets), alone and as one of several.
const GSM7_UNITS: (usize, usize) = (160, 153);
/// Units of one SMS in UCS-2 (16-bit), alone and as one of several.
const UCS2_UNITS: (usize, usize) = (70, 67);

/// The basic table of GSM 03.38 beyond letters and digits of ASCII; one unit each.
const GSM7_BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
/// The extension table: each takes an escape as well, so two units.
const GSM7_EXTENDED: &str = "^{}\\[~]|€\u{000C}";

/// The alphabet in which a gateway sends a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// GSM 03.38, 7 bits a unit.
    Gsm7,
    /// UCS-2, 16 bits a unit.
    Ucs2,
}

/// How long a text is as SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmsLength {
    /// The smallest alphabet that holds every character.
    pub alphabet: Alphabet,
    /// Septets (GSM 7) or 16-bit units (UCS-2).
    pub units: usize,
    /// How many SMS are paid for; 0 for an empty text.
    pub parts: usize,
}

/// Measures `text` as a gateway would bill it.
#[must_use]
pub fn sms_length(text: &str) -> SmsLength {
    let septets: Option<Vec<usize>> = text.chars().map(gsm7_units).collect();
    match septets {
        Some(sizes) => length(Alphabet::Gsm7, GSM7_UNITS, &sizes),
        None => {
            let sizes: Vec<usize> = text.chars().map(char::len_utf16).collect();
            length(Alphabet::Ucs2, UCS2_UNITS, &sizes)
        }
    }
}

/// Respells `text` so that Latin-script languages stay in the 7-bit alphabet: `ê` becomes `e`,
/// curled quotes become straight, dots of an ellipsis three dots. What has no neighbour, such as
/// Arabic or an emoji, is left as it is.
#[must_use]
pub fn gsm7(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (gsm7_units(c), neighbour(c)) {
            (None, Some(near)) => out.push_str(near),
            _ => out.push(c),
        }
    }
    out
}

fn length(alphabet: Alphabet, (alone, joined): (usize, usize), sizes: &[usize]) -> SmsLength {
    let units = sizes.iter().sum();
    let parts = if units == 0 {
        0
    } else if units <= alone {
        1
    } else {
        // A character of two units is never cut in half, so a part may end one unit short.
        let (mut parts, mut room) = (1, joined);
        for size in sizes {
            if *size > room {
                parts += 1;
                room = joined;
            }
            room -= size;
        }
        parts
    };
    SmsLength { alphabet, units, parts }
}

fn gsm7_units(c: char) -> Option<usize> {
    if c.is_ascii_alphanumeric() || GSM7_BASIC.contains(c) {
        Some(1)
    } else if GSM7_EXTENDED.contains(c) {
        Some(2)
    } else {
        None
    }
}

fn neighbour(c: char) -> Option<&'static str> {
    Some(match c {
        'á' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => "a",
        'À' | 'Á' | 'Â' | 'Ã' | 'Ā' | 'Ă' | 'Ą' => "A",
        'ç' | 'ć' | 'č' => "c",
        'Ć' | 'Č' => "C",
        'ê' | 'ë' | 'ē' | 'ė' | 'ę' => "e",
        'È' | 'Ê' | 'Ë' | 'Ē' | 'Ė' | 'Ę' => "E",
        'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'Ì' | 'Í' | 'Î' | 'Ï' | 'Ī' | 'İ' => "I",
        'ó' | 'ô' | 'õ' | 'ō' => "o",
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ō' => "O",
        'ú' | 'û' | 'ū' => "u",
        'Ù' | 'Ú' | 'Û' | 'Ū' => "U",
        'ý' | 'ÿ' => "y",
        'Ý' | 'Ÿ' => "Y",
        'ń' | 'ň' => "n",
        'š' | 'ş' | 'ś' => "s",
        'Š' | 'Ş' | 'Ś' => "S",
        'ž' | 'ź' | 'ż' => "z",
        'Ž' | 'Ź' | 'Ż' => "Z",
        'ğ' => "g",
        'ł' => "l",
        'œ' => "oe",
        'Œ' => "OE",
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{2032}' | '\u{02BC}' | '`' | '´' => "'",
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '«' | '»' | '\u{2033}' => "\"",
        '\u{2039}' | '\u{203A}' => "'",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{2026}' => "...",
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' | '\t' => " ",
        '•' | '·' => "-",
        '×' => "x",
        '→' => "->",
        '✓' | '✔' => "*",
        // Accents written apart (decomposed) and unseen joiners carry no letter of their own.
        '\u{0300}'..='\u{036F}' | '\u{200B}' | '\u{FEFF}' | '\u{00AD}' => "",
        _ => return None,
    })
}
