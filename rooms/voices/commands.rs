//! What an SMS asks for: a command when the whole message is one, in any of our languages; anything
//! else is a voice. Pure. It never guesses: `9 moun mouri` is somebody speaking.

use words::plain;

use super::code::{Code, NotACode};
use super::dialogue::Said;
use super::intake::CHOSEN_WORD_CHARS_MAX;

/// What a message asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Somebody speaks.
    Say,
    /// What became of this?
    Follow(Code),
    /// It looks like a code, but a symbol is wrong.
    Mistyped,
    /// It arrived.
    Yes(Option<Code>),
    /// It did not arrive.
    No(Option<Code>),
    /// Forget me, or this one voice; at once with the word that was chosen.
    Forget {
        /// Only this voice.
        code: Option<Code>,
        /// The chosen word, folded.
        word: Option<String>,
    },
    /// Do not forget me after all.
    Keep,
    /// I choose this word; with the old one before it, when there is one already.
    ChooseWord {
        /// The word that holds now, folded.
        old: Option<String>,
        /// The new one, folded.
        new: String,
    },
    /// Write to me with codes only.
    CodesOnly,
    /// Stop writing to me.
    Stop,
    /// The sealed path.
    Sealed,
    /// I support the proposal of this number.
    Support(i64),
    /// I vote on the decision of this number.
    Vote {
        /// Its number.
        number: i64,
        /// `yes`, `no`, or the number of an option.
        choice: String,
    },
    /// Asked by lot about the assembly of this number, I answer.
    Attendance {
        /// Its number.
        number: i64,
        /// 1, 2 or 3: what was offered.
        digit: usize,
    },
    /// I offer something: heard like everything else, and handed on to the room that lists it.
    Offer,
    /// I ask for money: which window, or a word about what I was asked.
    Apply(Said),
    /// A ballot of the round of this number.
    Ballot {
        /// The round's number.
        number: i64,
        /// The code of a card, as typed.
        code: String,
        /// What stands behind it, words parted by single blanks, figures in western digits.
        chosen: String,
    },
    /// What can I send?
    Help,
}

/// Commands and the words for them, folded by [`words::plain`]. One word, one meaning, in every
/// language together, so that nobody needs to name their language first.
const YES: &[&str] = &["wi", "oui", "yes", "si", "ndiyo", "ndio", "نعم", "اي", "ايوه"];
const NO: &[&str] = &["non", "no", "hapana", "لا", "كلا"];
const FORGET: &[&str] = &["bliye", "erase", "effacer", "efface", "borrar", "futa", "امسح", "احذف"];
const KEEP: &[&str] = &["kenbe", "keep", "garder", "conservar", "tunza", "ابق", "احتفظ"];
const WORD: &[&str] = &["mo", "word", "mot", "palabra", "neno", "كلمه", "كلمة"];
const CODES: &[&str] = &["kod", "code", "codigo", "msimbo", "رمز"];
const STOP: &[&str] = &["kanpe", "stop", "arret", "parar", "acha", "توقف", "قف"];
const SECRET: &[&str] = &["sekre", "secret", "secreto", "siri", "سر", "سري"];
const SUPPORT: &[&str] = &["sipote", "support", "soutenir", "apoyar", "unga", "ادعم"];
const VOTE: &[&str] = &["vot", "vote", "voter", "voto", "votar", "kura", "صوت", "اصوت"];
const OFFER: &[&str] = &[
    "ofri",
    "mwen ofri",
    "offer",
    "i offer",
    "offre",
    "j offre",
    "ofrezco",
    "oferta",
    "natoa",
    "ninatoa",
    "اعرض",
    "عرض",
];
/// The word for a window of money, one a language.
const FUND: &[&str] = &["fund", "fonds", "fondo", "fon", "mfuko", "صندوق"];
const HELP: &[&str] = &["ede", "help", "aide", "ayuda", "msaada", "مساعده", "مساعدة", "menu", "?"];

/// Most digits of a number that people say aloud.
const NUMBER_DIGITS_MAX: usize = 6;
/// The digit that opens the sealed path.
const SEALED_DIGIT: &str = "9";

/// Reads a message.
#[must_use]
pub fn intent(message: &str) -> Intent {
    let trimmed = message.trim();
    if trimmed == "?" {
        return Intent::Help;
    }
    if let Some(intent) = code_alone(trimmed).or_else(|| ballot(trimmed)) {
        return intent;
    }
    let folded = plain(trimmed);
    let (first, rest) = folded.split_once(' ').unwrap_or((&folded, ""));
    let is = |list: &[&str], word: &str| list.contains(&word);
    if rest.is_empty() {
        return match first {
            SEALED_DIGIT => Intent::Sealed,
            w if is(YES, w) => Intent::Yes(None),
            w if is(NO, w) => Intent::No(None),
            w if is(FORGET, w) => Intent::Forget { code: None, word: None },
            w if is(KEEP, w) => Intent::Keep,
            w if is(CODES, w) => Intent::CodesOnly,
            w if is(STOP, w) => Intent::Stop,
            w if is(HELP, w) => Intent::Help,
            w if is(FUND, w) => Intent::Apply(Said::Again),
            _ => Intent::Say,
        };
    }
    if first == SEALED_DIGIT && is(SECRET, rest) {
        return Intent::Sealed;
    }
    if is(VOTE, first)
        && let Some(intent) = vote(rest)
    {
        return intent;
    }
    if let Some(intent) = attendance(first, rest) {
        return intent;
    }
    if is(YES, first) || is(NO, first) {
        return answer(first, rest);
    }
    // «wi K7M4-QX2R» and «K7M4-QX2R wi» are both how people write it.
    if let Some((head, last)) = folded.rsplit_once(' ')
        && (is(YES, last) || is(NO, last))
    {
        return answer(last, head);
    }
    if is(FORGET, first) {
        return forget(rest);
    }
    if is(FUND, first)
        && let Some(said) = applying(rest)
    {
        return Intent::Apply(said);
    }
    if is(SUPPORT, first)
        && let Some(number) = proposal_number(rest)
    {
        return Intent::Support(number);
    }
    if OFFER.iter().any(|word| folded.strip_prefix(word).is_some_and(|r| r.starts_with(' '))) {
        return Intent::Offer;
    }
    if is(WORD, first) && !DEAD.contains(&first_as_typed(trimmed).as_str()) {
        return choose_word(rest);
    }
    Intent::Say
}

/// Symbols of a card's code, give or take what may be missing or too many.
const CARD_SYMBOLS: std::ops::RangeInclusive<usize> = 9..=15;
/// Symbols of a card's code.
const CARD_SYMBOLS_EXACT: usize = 12;
/// Groups in which people write it.
const CARD_GROUPS_MAX: usize = 3;
/// Shorter than this no group of a code is written.
const CARD_GROUP_SYMBOLS_MIN: usize = 3;
/// What may stand between the words of a ballot.
const BALLOT_PARTING: &[char] = &[' ', ',', ';', '\n', '\r', '\t', '،', '؛'];

/// «V12 K7M4-QX2R-9TWB 1 3 5», in any case, the code in one piece or in groups; what is chosen is
/// read by the room of ballots. What looks like a mistyped one is a ballot too, so that no code is
/// ever heard and kept as somebody's words.
fn ballot(trimmed: &str) -> Option<Intent> {
    let typed = words::plain_digits(trimmed);
    let mut words = typed.split(BALLOT_PARTING).filter(|word| !word.is_empty());
    // «VOTE V12 …» is how the other votes begin.
    let first = words.next().filter(|word| !VOTE.contains(&plain(word).as_str()));
    let first = first.or_else(|| words.next())?.strip_prefix(['v', 'V'])?;
    let digits = if first.is_empty() { words.next()? } else { first };
    let number = small_number(digits.strip_prefix('-').unwrap_or(digits))?;
    let words: Vec<&str> = words.collect();
    let (groups, symbols) = card_code(&words)?;
    let rest = words.get(groups..).unwrap_or_default();
    let mixed = symbols.bytes().any(|b| b.is_ascii_digit())
        && symbols.bytes().any(|b| b.is_ascii_alphabetic());
    let exact = symbols.len() == CARD_SYMBOLS_EXACT && !rest.is_empty();
    if !(exact || mixed) {
        return None;
    }
    Some(Intent::Ballot { number, code: symbols, chosen: rest.join(" ") })
}

/// What may be the code of a card, in one piece or in groups: how many words it takes, and its
/// symbols.
fn card_code(words: &[&str]) -> Option<(usize, String)> {
    let choice = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let mut symbols = String::new();
    for (at, word) in words.iter().enumerate().take(CARD_GROUPS_MAX) {
        let own: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if choice(word) || own.len() < CARD_GROUP_SYMBOLS_MIN {
            return None;
        }
        symbols.push_str(&own);
        if CARD_SYMBOLS.contains(&symbols.len()) {
            return Some((at + 1, symbols));
        }
    }
    None
}

/// The number of a proposal as people write it: «12», «P12», «P-12», «p 12».
fn proposal_number(rest: &str) -> Option<i64> {
    let digits: String = rest.strip_prefix('p').unwrap_or(rest).trim_start().to_owned();
    small_number(digits.strip_prefix('-').unwrap_or(&digits))
}

/// «FUND 1», «FUND W-1», «FUND STOP»: and nothing else.
fn applying(rest: &str) -> Option<Said> {
    if STOP.contains(&rest) {
        return Some(Said::Stopping);
    }
    let digits = rest.strip_prefix('w').unwrap_or(rest).trim_start();
    small_number(digits.strip_prefix('-').unwrap_or(digits)).map(Said::Opening)
}

/// A number that people say aloud.
fn small_number(digits: &str) -> Option<i64> {
    let sound = (1..=NUMBER_DIGITS_MAX).contains(&digits.len())
        && digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|_| sound)
}

/// «41 YES», «D-41 wi», «41 2»: a number and one choice, and nothing else.
fn vote(rest: &str) -> Option<Intent> {
    let (number, choice) = rest.rsplit_once(' ')?;
    let digits = match number.strip_prefix('d').map(str::trim_start) {
        Some(rest) => rest.strip_prefix('-').unwrap_or(rest),
        None => number,
    };
    let number = small_number(digits)?;
    let choice = match choice {
        word if YES.contains(&word) => "yes",
        word if NO.contains(&word) => "no",
        option @ ("1" | "2" | "3") => option,
        _ => return None,
    };
    Some(Intent::Vote { number, choice: choice.to_owned() })
}

/// «A7 1», «a-7 2», «a 7 3»: the number of an assembly and one of the three answers, and nothing
/// else.
fn attendance(first: &str, rest: &str) -> Option<Intent> {
    let (digits, answer) = match first.strip_prefix('a')? {
        "" => rest.split_once(' ')?,
        digits => (digits, rest),
    };
    let digit = match answer {
        "1" => 1,
        "2" => 2,
        "3" => 3,
        _ => return None,
    };
    Some(Intent::Attendance { number: small_number(digits)?, digit })
}

/// «Mò toupatou», dead everywhere, is no chosen word, though without its accent it looks like one.
const DEAD: &[&str] = &["mò", "mó", "mort"];

fn first_as_typed(message: &str) -> String {
    message.split_whitespace().next().unwrap_or_default().to_lowercase()
}

fn choose_word(rest: &str) -> Intent {
    let fits = |word: &str| word.chars().count() <= CHOSEN_WORD_CHARS_MAX;
    match rest.split(' ').collect::<Vec<_>>().as_slice() {
        [new] if fits(new) => Intent::ChooseWord { old: None, new: (*new).to_owned() },
        [old, new] if fits(old) && fits(new) => {
            Intent::ChooseWord { old: Some((*old).to_owned()), new: (*new).to_owned() }
        }
        _ => Intent::Say,
    }
}

/// What stands where a code would: in one piece or in its two groups of four. «12 people» has as
/// many symbols as a code, and is somebody speaking.
fn code_of(typed: &str) -> Option<Result<Code, NotACode>> {
    let groups: Vec<&str> = typed.split_whitespace().collect();
    let whole = match groups.as_slice() {
        [one] => (*one).to_owned(),
        [left, right] if left.chars().count() == 4 && right.chars().count() == 4 => {
            [*left, *right].concat()
        }
        _ => return None,
    };
    Some(whole.parse::<Code>())
}

/// Whether it can hardly be anything but a code: both halves have a digit, or a hyphen parts them.
/// Words of eight letters are common, and so are «3000 tant».
#[must_use]
pub fn only_a_code(typed: &str) -> bool {
    let symbols: Vec<char> = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let parted = symbols.iter().position(|c| *c == '-') == Some(4);
    let plain: Vec<char> = symbols.into_iter().filter(|c| *c != '-').collect();
    let digit = |half: &[char]| half.iter().any(char::is_ascii_digit);
    let (left, right) = plain.split_at(plain.len() / 2);
    if parted { digit(&plain) } else { digit(left) && digit(right) }
}

fn code_alone(trimmed: &str) -> Option<Intent> {
    match code_of(trimmed)? {
        Ok(code) => Some(Intent::Follow(code)),
        Err(NotACode::Check) if only_a_code(trimmed) => Some(Intent::Mistyped),
        Err(_) => None,
    }
}

fn answer(word: &str, code: &str) -> Intent {
    match code_of(code) {
        Some(Ok(code)) if YES.contains(&word) => Intent::Yes(Some(code)),
        Some(Ok(code)) => Intent::No(Some(code)),
        Some(Err(NotACode::Check)) if only_a_code(code) => Intent::Mistyped,
        _ => Intent::Say,
    }
}

fn forget(rest: &str) -> Intent {
    let tokens: Vec<&str> = rest.split(' ').collect();
    // A code stands in one piece or in its two groups of four.
    for groups in [1, 2] {
        let Some((head, tail)) = tokens.split_at_checked(groups) else { continue };
        if let (Ok(code), [] | [_]) = (head.concat().parse::<Code>(), tail) {
            let word = tail.first().map(|word| (*word).to_owned());
            return Intent::Forget { code: Some(code), word };
        }
    }
    match tokens.as_slice() {
        [word] if word.chars().count() <= CHOSEN_WORD_CHARS_MAX => {
            Intent::Forget { code: None, word: Some((*word).to_owned()) }
        }
        _ => Intent::Say,
    }
}

/// The language a command is written in, for replies to those who never said anything else.
#[must_use]
pub fn language_of(message: &str) -> &'static str {
    const BY_WORD: &[(&str, &[&str])] = &[
        (
            "ht",
            &[
                "wi", "bliye", "kenbe", "mo", "kod", "kanpe", "sekre", "ede", "sipote", "ofri",
                "fon",
            ],
        ),
        (
            "fr",
            &[
                "oui", "effacer", "efface", "garder", "mot", "arret", "aide", "soutenir", "offre",
                "fonds",
            ],
        ),
        (
            "es",
            &[
                "si",
                "borrar",
                "conservar",
                "palabra",
                "codigo",
                "parar",
                "secreto",
                "ayuda",
                "apoyar",
                "ofrezco",
                "oferta",
                "fondo",
            ],
        ),
        (
            "sw",
            &[
                "ndiyo", "ndio", "hapana", "futa", "tunza", "neno", "msimbo", "acha", "siri",
                "msaada", "unga", "natoa", "ninatoa", "mfuko",
            ],
        ),
        (
            "en",
            &["yes", "erase", "keep", "word", "code", "stop", "help", "support", "offer", "fund"],
        ),
    ];
    let folded = plain(message);
    // The code of a card is chance, whatever language its letters look like.
    if let Some(Intent::Ballot { chosen, .. }) = ballot(message.trim()) {
        let first = folded.split(' ').next().unwrap_or_default();
        return language_of(&format!("{first} {chosen}"));
    }
    if folded.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)) {
        return "ar";
    }
    let found = BY_WORD
        .iter()
        .find(|(_, list)| folded.split(' ').any(|word| list.contains(&word)))
        .map(|(code, _)| *code);
    found.unwrap_or_else(|| words::language(message).code)
}
