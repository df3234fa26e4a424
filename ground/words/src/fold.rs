//! Folding: a message becomes lower-case words without accents, each remembering where it stood.
//!
//! Never loses a word and never joins two: what is not a letter or a digit parts words.

use crate::clean::digit;

/// One folded word: where it is in the folded text and in the message it came from (bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// A message as folded words, one blank between two of them.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    text: String,
    spans: Vec<Span>,
}

impl Folded {
    /// Folds `message`.
    pub(crate) fn new(message: &str) -> Self {
        Self::build(message, false)
    }

    /// Folds `message` and takes the article and the joined prepositions off Arabic words, so
    /// that one entry of a wordlist meets them all.
    pub(crate) fn stemmed(message: &str) -> Self {
        Self::build(message, true)
    }

    fn build(message: &str, stem: bool) -> Self {
        let mut folded = Self {
            text: String::with_capacity(message.len() + 8),
            spans: Vec::with_capacity(message.len() / 5 + 1),
        };
        let mut open: Option<(usize, usize)> = None;
        for (at, c) in message.char_indices() {
            let before = folded.text.len();
            if open.is_none() && before > 0 {
                folded.text.push(' ');
            }
            let start = folded.text.len();
            let kept = fold_char(c, &mut folded.text);
            if kept && folded.text.len() > start {
                let _ = open.get_or_insert((start, at));
                continue;
            }
            if open.is_none() {
                folded.text.truncate(before);
            }
            if !kept && let Some((start, from)) = open.take() {
                folded.close(start, from, at, stem);
            }
        }
        if let Some((start, from)) = open {
            folded.close(start, from, message.len(), stem);
        }
        folded
    }

    fn close(&mut self, start: usize, from: usize, to: usize, stem: bool) {
        if stem
            && let Some(word) = self.text.get(start..)
            && let Some(rest) = arabic_stem(word)
        {
            let cut = word.len() - rest.len();
            self.text.replace_range(start..start + cut, "");
        }
        self.spans.push(Span { start, end: self.text.len(), from, to });
    }

    /// The folded words, one blank between two.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The folded words as a string of their own.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Where each word is.
    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The folded words one by one.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().filter_map(|span| self.text.get(span.start..span.end))
    }
}

/// Returns what is left of an Arabic word without its joined particles, when it has any.
fn arabic_stem(word: &str) -> Option<&str> {
    if !word.starts_with(|c| ('\u{0621}'..='\u{064A}').contains(&c)) {
        return None;
    }
    // Longest first; what remains must still be a word of three letters (six bytes).
    for (joined, letters_min) in [
        ("وبال", 3),
        ("وال", 3),
        ("فال", 3),
        ("بال", 3),
        ("كال", 3),
        ("ولل", 3),
        ("لل", 3),
        ("ال", 3),
        ("و", 4),
    ] {
        if let Some(rest) = word.strip_prefix(joined)
            && rest.len() >= letters_min * 2
        {
            return Some(rest);
        }
    }
    None
}

/// Appends the folded form of `c` to `out`. Returns false when `c` parts words; a mark that is
/// simply dropped returns true and appends nothing.
pub(crate) fn fold_char(c: char, out: &mut String) -> bool {
    if c.is_ascii() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
            return true;
        }
        return false;
    }
    if let Some(folded) = fold_latin(c).or_else(|| fold_arabic(c)) {
        out.push_str(folded);
        return true;
    }
    // Digits of other scripts and full-width letters are the same digits and letters.
    if let Some(value) = digit(c) {
        push_from(out, b'0', value.into());
        return true;
    }
    match c {
        '\u{FF21}'..='\u{FF3A}' => push_from(out, b'a', u32::from(c) - 0xFF21),
        '\u{FF41}'..='\u{FF5A}' => push_from(out, b'a', u32::from(c) - 0xFF41),
        // Vowel signs count as letters for Unicode, so they are dropped before letters are kept.
        _ if is_unseen(c) => {}
        _ if c.is_alphanumeric() => {
            // A capital may only now be one of the letters that are folded.
            for low in c.to_lowercase().filter(|low| !is_unseen(*low)) {
                match fold_latin(low) {
                    Some(folded) => out.push_str(folded),
                    None => out.push(low),
                }
            }
        }
        _ => return false,
    }
    true
}

fn push_from(out: &mut String, first: u8, offset: u32) {
    // The ranges above keep `offset` under 26, so the sum stays inside ASCII.
    let offset = u8::try_from(offset).unwrap_or(0);
    out.push(char::from(first.saturating_add(offset)));
}

/// Marks and joiners inside a word do not part it.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}'
        | '\u{06D6}'..='\u{06ED}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}' | '\u{FE00}'..='\u{FE0F}')
}

fn fold_latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' | 'ă' | 'Ă' | 'ą' | 'Ą' | 'ǎ' | 'ạ' | 'ả' | 'ª' => {
            "a"
        }
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' | 'ć' | 'Ć' | 'č' | 'Č' => "c",
        'ď' | 'Ď' | 'đ' | 'Đ' | 'ð' | 'Ð' | 'ḍ' | 'Ḍ' => "d",
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' | 'ė' | 'Ė' | 'ę' | 'Ę' | 'ě' | 'Ě' | 'ẹ' => {
            "e"
        }
        'ğ' | 'Ğ' | 'ġ' | 'ģ' => "g",
        'ḥ' | 'Ḥ' | 'ħ' | 'Ħ' => "h",
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'Ī' | 'į' | 'ı' | 'İ' | 'ị' => "i",
        'ł' | 'Ł' | 'ľ' | 'ļ' => "l",
        'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ň' | 'Ň' | 'ņ' => "n",
        'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' | 'ō' | 'Ō' | 'ő' | 'Ő' | 'ọ' | 'º' => "o",
        'œ' | 'Œ' => "oe",
        'ř' | 'Ř' | 'ŗ' | 'ṛ' => "r",
        'ś' | 'Ś' | 'š' | 'Š' | 'ş' | 'Ş' | 'ș' | 'ṣ' => "s",
        'ß' => "ss",
        'ť' | 'Ť' | 'ţ' | 'ț' | 'ṭ' | 'Ṭ' => "t",
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' | 'ů' | 'Ů' | 'ű' | 'Ű' | 'ụ' => "u",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => "y",
        'ź' | 'Ź' | 'ż' | 'Ż' | 'ž' | 'Ž' => "z",
        _ => return None,
    })
}

fn fold_arabic(c: char) -> Option<&'static str> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' | 'ی' | 'ئ' => "ي",
        'ة' | 'ۀ' | 'ہ' => "ه",
        'ؤ' => "و",
        'ک' => "ك",
        _ => return None,
    })
}
