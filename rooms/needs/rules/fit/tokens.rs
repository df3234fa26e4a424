//! A text cut into words and numbers, each with what stood before it. A number written in groups
//! of three is one number. It judges nothing.

/// One word or number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// As written.
    pub(super) said: String,
    /// Small letters, without accents, plain digits.
    pub(super) plain: String,
    /// What stood between it and the one before.
    pub(super) before: String,
}

impl Token {
    /// The number it is, if it is one.
    pub(super) fn number(&self) -> Option<i64> {
        let digits: String = self.plain.chars().filter(|c| *c != ' ').collect();
        digits.parse().ok()
    }

    /// Whether it begins with a capital letter.
    pub(super) fn is_capital(&self) -> bool {
        self.said.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether only blanks part it from the one before.
    pub(super) fn follows(&self) -> bool {
        self.before.chars().all(char::is_whitespace)
    }

    /// Whether it is written in Arabic letters.
    pub(super) fn is_arabic(&self) -> bool {
        self.said.chars().any(|c| ('\u{0620}'..='\u{064A}').contains(&c))
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Sort {
    Letter,
    Digit,
    Between,
}

fn sort(c: char) -> Sort {
    let mark =
        matches!(c, '\u{0300}'..='\u{036F}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}');
    match c {
        _ if c.is_alphabetic() || mark => Sort::Letter,
        _ if c.is_numeric() => Sort::Digit,
        _ => Sort::Between,
    }
}

/// Digits a group of thousands has.
const GROUP_DIGITS: usize = 3;

/// The words and numbers of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    let (mut said, mut before, mut last) = (String::new(), String::new(), Sort::Between);
    for c in text.chars().chain([' ']) {
        let now = sort(c);
        if now != last && last != Sort::Between {
            take(&mut all, &mut said, &mut before);
        }
        if now == Sort::Between {
            before.push(c);
        } else {
            said.push(c);
        }
        last = now;
    }
    all
}

fn take(all: &mut Vec<Token>, said: &mut String, before: &mut String) {
    let (said, before) = (std::mem::take(said), std::mem::take(before));
    let plain = words::plain(&said);
    let is_number = |plain: &str| !plain.is_empty() && plain.chars().all(char::is_numeric);
    let grouped = is_number(&plain)
        && plain.chars().count() == GROUP_DIGITS
        && matches!(before.as_str(), " " | "\u{A0}" | "\u{202F}" | "," | "." | "'" | "’" | "٬");
    match all.last_mut() {
        Some(number) if grouped && number_goes_on(number) => {
            number.said = format!("{}{before}{said}", number.said);
            number.plain.push_str(&plain);
        }
        _ => all.push(Token { said, plain, before }),
    }
}

/// Whether a number may be the beginning of one written in groups: it has one to three digits, or
/// whole groups already, and does not begin with nought.
fn number_goes_on(token: &Token) -> bool {
    let whole = token.plain.chars().all(char::is_numeric);
    let first = token.said.chars().take_while(|c| c.is_numeric()).count();
    whole && (1..=GROUP_DIGITS).contains(&first) && !token.plain.starts_with('0')
}
