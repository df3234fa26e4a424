//! What keeps activities from being written, each lack with its place and with what to do.
//!
//! Never stops at the first: whoever mends a file wants the whole list.

use std::fmt;

use super::{
    ACTIVITIES_MAX, ID_CHARS_MAX, LACKS_MAX, LISTED_MAX, PEOPLE_MIN, TEXT_CHARS_MAX,
    TRANSACTIONS_MAX,
};
use crate::xml::FILE_BYTES_MAX;

/// Everything that is lacking; at least one thing, at most [`LACKS_MAX`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacks(pub(super) Vec<Lack>);

impl Lacks {
    /// One by one, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Lack> {
        self.0.iter()
    }

    /// All is there, and it is too much for one file.
    pub(super) fn too_large() -> Self {
        let lack = Lack { path: "iati-activities[1]".to_owned(), why: Why::TooLarge };
        Self(vec![lack])
    }
}

impl fmt::Display for Lacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, lack) in self.0.iter().enumerate() {
            write!(f, "{}{lack}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Lacks {}

/// Something that is lacking, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {why}")]
pub struct Lack {
    /// Where, as the elements of the file: `iati-activity[2]/transaction[1]/value`.
    pub path: String,
    /// What, and what to do.
    pub why: Why,
}

/// What is lacking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Nothing is there.
    #[error("{0} is missing: add it")]
    Missing(&'static str),
    /// A text that is empty in one language.
    #[error("the text in “{0}” is empty: write it, or leave the language out")]
    Empty(String),
    /// A text that is too long.
    #[error("the text in “{0}” has more than {TEXT_CHARS_MAX} characters: shorten it")]
    Long(String),
    /// A character that no file may hold.
    #[error("the character U+{0:04X} may not stand in a file: take it out")]
    Character(u32),
    /// A code that no list has.
    #[error("“{code}” is not in the list {list}: choose a code of that list")]
    Code {
        /// IATI's name of the list.
        list: &'static str,
        /// The code.
        code: String,
    },
    /// An id or code with blanks around it.
    #[error("“{0}” begins or ends with a blank: write it without")]
    Padded(String),
    /// An id with a symbol that leads astray in links.
    #[error("the id “{0}” holds / & | or ?: write it without")]
    Symbols(String),
    /// An id that is too long.
    #[error("an id has more than {ID_CHARS_MAX} characters: shorten it")]
    IdLong,
    /// An activity's id that is not built on the reporter's.
    #[error("the id must be the reporter's id, a hyphen and a number of your own: change it")]
    IdOwn,
    /// The same id or reference twice.
    #[error("“{0}” is there twice: give each its own")]
    Twice(String),
    /// A reference to an area that is not there.
    #[error("no location of this activity has the reference “{0}”: add it, or leave it out")]
    NoArea(String),
    /// Several codes of a vocabulary, one of them without its share.
    #[error("several sectors of one vocabulary: give each its share of 100 %")]
    Shares,
    /// Shares that make no whole.
    #[error("shares of one vocabulary make {}.{:02} %: let them make 100 %", .0 / 100, .0 % 100)]
    Sum(u64),
    /// Something ends before it begins.
    #[error("it ends on {end}, before it begins on {start}: correct one of the days")]
    Backwards {
        /// From this day.
        start: crate::Day,
        /// To this day.
        end: crate::Day,
    },
    /// Something that is said to have happened and cannot have.
    #[error("{0} is later than the day this file is made: tell it when it has happened")]
    Future(crate::Day),
    /// A budget over more than a year.
    #[error("a budget spans at most a year: split it")]
    OverYear,
    /// More than an amount may be.
    #[error("the amount is larger than any that is known: look at it again")]
    Amount,
    /// A count by which people could be recognised.
    #[error("fewer than {PEOPLE_MIN} people could be recognised: leave this count out")]
    TooFew,
    /// A file that nobody would take.
    #[error("the file would have more than {FILE_BYTES_MAX} bytes: split it into several files")]
    TooLarge,
    /// More of something than a file may have.
    #[error("more than {0} of these: {1}")]
    Many(usize, &'static str),
}

impl Why {
    pub(super) const ACTIVITIES: Self = Self::Many(ACTIVITIES_MAX, "split the file");
    pub(super) const TRANSACTIONS: Self = Self::Many(TRANSACTIONS_MAX, "split the file");
    pub(super) const LISTED: Self = Self::Many(LISTED_MAX, "tell the most important");
}

/// Where the walk is, and what it found.
pub(super) struct Walk {
    place: Vec<(&'static str, usize)>,
    lacks: Vec<Lack>,
}

impl Walk {
    pub(super) fn new() -> Self {
        Self { place: Vec::new(), lacks: Vec::new() }
    }

    /// Looks at what lies one step further in.
    pub(super) fn inside<T>(
        &mut self,
        name: &'static str,
        at: usize,
        look: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.place.push((name, at));
        let seen = look(self);
        self.place.pop();
        seen
    }

    /// Looks at each of several.
    pub(super) fn each<'a, T: 'a>(
        &mut self,
        name: &'static str,
        all: impl IntoIterator<Item = &'a T>,
        mut look: impl FnMut(&mut Self, &'a T),
    ) {
        for (at, one) in all.into_iter().enumerate() {
            self.inside(name, at, |walk| look(walk, one));
        }
    }

    pub(super) fn lacks(&mut self, why: Why) {
        if self.lacks.len() >= LACKS_MAX {
            return;
        }
        let steps = self.place.iter().map(|(name, at)| format!("{name}[{}]", at + 1));
        let path = steps.collect::<Vec<_>>().join("/");
        self.lacks.push(Lack { path, why });
    }

    /// Notes a lack unless all is well.
    pub(super) fn need(&mut self, well: bool, why: impl FnOnce() -> Why) {
        if !well {
            self.lacks(why());
        }
    }

    pub(super) fn done(self) -> Result<(), Lacks> {
        if self.lacks.is_empty() { Ok(()) } else { Err(Lacks(self.lacks)) }
    }
}
