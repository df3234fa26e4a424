//! The six languages, and one reader's way of hearing: sentences, numbers, days, waits.
//!
//! Never: it does not choose a language for someone who chose one; it keeps no cookie.

use fluent_bundle::{FluentArgs, FluentValue};

use crate::calendar::{DAY_MS, HOUR_MS, MINUTE_MS, moment};
use crate::html::{Html, text};
use crate::texts::Texts;

/// A language of the pages and messages.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Debug, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Haitian Creole.
    Ht,
    /// Swahili.
    Sw,
    /// Arabic, right to left.
    Ar,
}

/// Parts of an `Accept-Language` header that are looked at; phones send two to five.
const ACCEPTED_LANGUAGES_MAX: usize = 16;

impl Lang {
    /// All languages, in the order of the language switch.
    pub const ALL: [Lang; 6] = [Lang::En, Lang::Fr, Lang::Es, Lang::Ht, Lang::Sw, Lang::Ar];

    /// The ISO 639-1 code, as in `lang="…"`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Fr => "fr",
            Lang::Es => "es",
            Lang::Ht => "ht",
            Lang::Sw => "sw",
            Lang::Ar => "ar",
        }
    }

    /// The language's name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Fr => "Français",
            Lang::Es => "Español",
            Lang::Ht => "Kreyòl",
            Lang::Sw => "Kiswahili",
            Lang::Ar => "العربية",
        }
    }

    /// `ltr` or `rtl`, as in `dir="…"`.
    pub fn dir(self) -> &'static str {
        if self == Lang::Ar { "rtl" } else { "ltr" }
    }

    /// The language of a code such as `fr` or `fr-CA`.
    pub fn from_code(code: &str) -> Option<Lang> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    /// The offered language a browser likes best; the first one offered when it likes none of
    /// them; English when nothing is offered.
    pub fn negotiate(accept_language: &str, offered: &[Lang]) -> Lang {
        let mut best: Option<(u32, Lang)> = None;
        for part in accept_language.split(',').take(ACCEPTED_LANGUAGES_MAX) {
            let (code, quality) = part.split_once(";q=").unwrap_or((part, "1"));
            let quality = thousandths(quality.trim());
            let Some(lang) = Lang::from_code(code.trim()) else { continue };
            let better = best.is_none_or(|(other, _)| quality > other);
            if quality > 0 && better && offered.contains(&lang) {
                best = Some((quality, lang));
            }
        }
        best.map(|(_, lang)| lang).or(offered.first().copied()).unwrap_or(Lang::En)
    }
}

/// A quality such as `0.8` in thousandths; what is not a quality counts nothing.
fn thousandths(quality: &str) -> u32 {
    let value: f32 = quality.parse().unwrap_or(0.0);
    if (0.0..=1.0).contains(&value) { (value * 1000.0).round() as u32 } else { 0 }
}

/// A value put into a sentence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Arg {
    /// A number: chooses the plural, written with the language's grouping.
    N(i64),
    /// Words, put in as they are.
    S(String),
}

impl From<i64> for Arg {
    fn from(n: i64) -> Arg {
        Arg::N(n)
    }
}

impl From<&str> for Arg {
    fn from(words: &str) -> Arg {
        Arg::S(words.to_owned())
    }
}

impl From<String> for Arg {
    fn from(words: String) -> Arg {
        Arg::S(words)
    }
}

/// One reader's language, with every sentence there is. Small: pass it by value.
#[derive(Clone, Copy)]
pub struct Tongue {
    /// The reader's language.
    pub lang: Lang,
    texts: &'static Texts,
}

// Private-use marks that stand around a value until it is escaped; they cannot come from outside
// because a value that holds one loses it first.
const VALUE_BEGINS: char = '\u{E000}';
const VALUE_ENDS: char = '\u{E001}';

impl Tongue {
    /// A reader of `lang`.
    pub fn new(lang: Lang, texts: &'static Texts) -> Tongue {
        Tongue { lang, texts }
    }

    /// The same sentences for a reader of another language.
    pub fn in_lang(self, lang: Lang) -> Tongue {
        Tongue { lang, ..self }
    }

    /// The sentence of a key, as plain words (not HTML). A missing one falls back to English,
    /// and then to the key in ⟦⟧, which the tests over all texts never let happen.
    pub fn say(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The sentence of a key with values, as plain words: for SMS, titles and attributes.
    pub fn with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            values.set((*name).to_owned(), value_of(arg));
        }
        self.find(key, &values)
    }

    /// The sentence of a key with values, as HTML: escaped, and each text value in a `<bdi>`, so
    /// that a code or a Latin name does not tumble inside an Arabic sentence.
    ///
    /// A text value here cannot choose a variant (`{ $state -> … }`); use [`Tongue::with`].
    pub fn html(&self, key: &str, args: &[(&str, Arg)]) -> Html {
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            let value = match arg {
                Arg::N(_) => value_of(arg),
                Arg::S(words) => {
                    let clean = words.replace([VALUE_BEGINS, VALUE_ENDS], "");
                    FluentValue::from(format!("{VALUE_BEGINS}{clean}{VALUE_ENDS}"))
                }
            };
            values.set((*name).to_owned(), value);
        }
        let said = text(&self.find(key, &values)).0;
        Html(said.replace(VALUE_BEGINS, "<bdi>").replace(VALUE_ENDS, "</bdi>"))
    }

    /// Whether the reader's own language says this key.
    pub fn has(&self, key: &str) -> bool {
        self.texts.has(self.lang, key)
    }

    /// A number with the language's grouping: `12,345`, `12 345`, `12.345`. Digits are the ones
    /// of phone keypads in every language, so that they can be compared with a code or an SMS.
    pub fn number(&self, n: i64) -> String {
        group_digits(self.lang, n)
    }

    /// The day in UTC: `3 March 2026`.
    pub fn date(&self, epoch_ms: i64) -> String {
        self.date_at(epoch_ms, 0)
    }

    /// The day at `offset_minutes` east of UTC: `3 March 2026`.
    pub fn date_at(&self, epoch_ms: i64, offset_minutes: i64) -> String {
        let at = moment(epoch_ms, offset_minutes);
        let month = self.say(&format!("month-{}", at.month));
        // The year is words: nobody groups its digits.
        let year = at.year.to_string();
        self.with("date", &[("day", at.day.into()), ("month", month.into()), ("year", year.into())])
    }

    /// The weekday and day, without the year: `Thursday 3 March`. For promises.
    pub fn weekday_at(&self, epoch_ms: i64, offset_minutes: i64) -> String {
        let at = moment(epoch_ms, offset_minutes);
        let month = self.say(&format!("month-{}", at.month));
        let weekday = self.say(&format!("weekday-{}", at.weekday));
        self.with(
            "date-weekday",
            &[("weekday", weekday.into()), ("day", at.day.into()), ("month", month.into())],
        )
    }

    /// The hour at `offset_minutes` east of UTC, by the 24-hour clock: `14:05`.
    pub fn time_at(&self, epoch_ms: i64, offset_minutes: i64) -> String {
        let at = moment(epoch_ms, offset_minutes);
        format!("{:02}:{:02}", at.hour, at.minute)
    }

    /// How long ago (or how far ahead) an instant is: `3 hours ago`, `in 2 days`, `just now`.
    pub fn ago(&self, from_ms: i64, now_ms: i64) -> String {
        let past = now_ms.saturating_sub(from_ms);
        match waited(past.saturating_abs()) {
            None => self.say("just-now"),
            Some((unit, n)) => {
                let way = if past >= 0 { "ago" } else { "ahead" };
                self.with(&format!("{way}-{unit}"), &[("n", n.into())])
            }
        }
    }

    /// A length of time in its largest whole unit: `3 days`, `5 hours`, `under a minute`.
    pub fn span(&self, ms: i64) -> String {
        match waited(ms.saturating_abs()) {
            None => self.say("span-moment"),
            Some((unit, n)) => self.with(&format!("span-{unit}"), &[("n", n.into())]),
        }
    }

    fn find(&self, key: &str, values: &FluentArgs<'_>) -> String {
        self.texts
            .format(self.lang, key, values)
            .or_else(|| self.texts.format(Lang::En, key, values))
            .unwrap_or_else(|| format!("⟦{key}⟧"))
    }
}

/// The unit in which people speak of a wait, and how many; `None` under a minute. Hours run to
/// two days, because "30 hours" tells more about a promise than "1 day".
fn waited(ms: i64) -> Option<(&'static str, i64)> {
    match ms {
        ..MINUTE_MS => None,
        MINUTE_MS..HOUR_MS => Some(("minutes", ms / MINUTE_MS)),
        _ if ms < 2 * DAY_MS => Some(("hours", ms / HOUR_MS)),
        _ => Some(("days", ms / DAY_MS)),
    }
}

fn value_of(arg: &Arg) -> FluentValue<'static> {
    match arg {
        Arg::N(n) => FluentValue::from(*n),
        Arg::S(words) => FluentValue::from(words.clone()),
    }
}

/// Groups digits by threes in the manner of the language (CLDR): a comma for English, Swahili and
/// Arabic, a narrow no-break space for French and Creole, a point for Spanish from five digits on.
pub(crate) fn group_digits(lang: Lang, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let (mark, least) = match lang {
        Lang::En | Lang::Sw | Lang::Ar => (',', 4),
        Lang::Fr | Lang::Ht => ('\u{202F}', 4),
        Lang::Es => ('.', 5),
    };
    let mut out = String::new();
    if n < 0 {
        out.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len() - index;
        if index > 0 && left.is_multiple_of(3) && digits.len() >= least {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}
