//! Who is in the room: counts by tally, whether they are enough to decide, and what of them may be
//! shown. Pure. It knows no names, and nothing but sex and age band.

use minicbor::{Decode, Encode};
use record::Refusal;

/// Fewer people of a kind than this are never shown as a number.
pub const SHOWN_MIN: i64 = 5;
/// Of rooms with fewer people nothing is said of a small group, not even that it is small.
pub const SPLIT_PRESENT_MIN: i64 = 10;
/// The most people one tally may hold: more is a typing error.
pub const PEOPLE_MAX: i64 = 100_000;

/// Who is in the room, by tally.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Counts {
    /// Women.
    #[n(0)]
    pub women: i64,
    /// Men.
    #[n(1)]
    pub men: i64,
    /// Others, and who did not say.
    #[n(2)]
    pub other: i64,
    /// By age band 0 to 17, 18 to 59, 60 and more; none when it was not counted.
    #[n(3)]
    pub ages: Option<[i64; 3]>,
}

impl Counts {
    /// Everybody there.
    #[must_use]
    pub fn present(&self) -> i64 {
        self.women.saturating_add(self.men).saturating_add(self.other)
    }

    /// The women's share in percent, rounded down; nought when nobody is there.
    #[must_use]
    pub fn women_percent(&self) -> i64 {
        self.women.saturating_mul(100).checked_div(self.present()).unwrap_or(0)
    }

    /// Whether another count found as many women, men and others.
    #[must_use]
    pub fn same_people(&self, other: &Counts) -> bool {
        (self.women, self.men, self.other) == (other.women, other.men, other.other)
    }
}

/// A count as it may be kept.
///
/// # Errors
/// A number below nought or beyond the limit; age bands that do not add up to everybody there.
pub fn fit(counts: &Counts) -> Result<(), Refusal> {
    let ages = counts.ages.iter().flatten();
    let mut all = [counts.women, counts.men, counts.other].into_iter().chain(ages.copied());
    if all.any(|n| !(0..=PEOPLE_MAX).contains(&n)) {
        return Err(Refusal::new("assembly-count-wrong").naming("most", PEOPLE_MAX));
    }
    let Some(ages) = counts.ages else { return Ok(()) };
    let (sum, present) = (ages.iter().sum::<i64>(), counts.present());
    if sum != present {
        return Err(Refusal::new("assembly-ages-differ")
            .naming("ages", sum)
            .naming("all", present));
    }
    Ok(())
}

/// The rules by which a body decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyRules {
    /// The least share of women at a vote, in percent.
    pub women_share_min_percent: i64,
    /// How many people must be there.
    pub attendance_min: i64,
    /// How many supporters put a proposal on the agenda.
    pub support_min: i64,
    /// How many voices put a need on the agenda.
    pub agenda_voices_min: i64,
}

impl Default for BodyRules {
    /// The rules of a body that has set none.
    fn default() -> BodyRules {
        BodyRules {
            women_share_min_percent: 40,
            attendance_min: 10,
            support_min: 10,
            agenda_voices_min: 5,
        }
    }
}

/// Something that keeps a room from deciding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Too few people.
    People {
        /// How many are there.
        present: i64,
        /// How many must be.
        min: i64,
    },
    /// Too small a share of women.
    Women {
        /// The share, in percent, rounded down.
        percent: i64,
        /// The least there must be, in percent.
        min: i64,
    },
}

/// Whether a room may decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quorum {
    /// Whether it may.
    pub quorate: bool,
    /// The women's share, in percent, rounded down.
    pub women_percent: i64,
    /// Everybody there.
    pub present: i64,
    /// What is lacking, if anything.
    pub why: Vec<Lack>,
}

/// Whether those who are there may decide, by the rules of their body. Asked at the vote: who left
/// before it does not count.
#[must_use]
pub fn quorum(counts: &Counts, rules: &BodyRules) -> Quorum {
    let (present, women_percent) = (counts.present(), counts.women_percent());
    let mut why = Vec::new();
    if present < rules.attendance_min || present == 0 {
        why.push(Lack::People { present, min: rules.attendance_min });
    }
    // Not by the rounded share: 39.9 percent is not 40.
    let share = counts.women.saturating_mul(100);
    if share < rules.women_share_min_percent.saturating_mul(present) {
        why.push(Lack::Women { percent: women_percent, min: rules.women_share_min_percent });
    }
    Quorum { quorate: why.is_empty(), women_percent, present, why }
}

/// One figure of a room as everybody may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    /// The number itself.
    Exactly(i64),
    /// Fewer than five.
    FewerThanFive,
    /// Not said, because a small number could be worked out with it.
    Unsaid,
}

/// What everybody may see of who was in a room.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PublicRoom {
    /// Everybody there: an open count, which each of them saw.
    pub present: i64,
    /// Whether they may decide.
    pub quorate: bool,
    /// Women.
    pub women: Figure,
    /// Men.
    pub men: Figure,
    /// Others, and who did not say.
    pub other: Figure,
}

/// What may be shown of a room so that no group of one to four people can be worked out: neither
/// from a figure, nor from the difference of two, nor with the word whether the room may decide.
///
/// The whole is an open count and is shown. Women are shown where they and all others are each none
/// or at least five. A small number of women is told as "fewer than five" only where they are too
/// few to decide: in a room of ten that may, it could only be four. That each class of rooms which
/// look alike leaves every small number open is tested for all rooms up to a size; it rests on the
/// limits of a body's rules ([`super::body::SHARE_PERCENT`], [`super::body::ATTENDANCE`]).
#[must_use]
pub fn public_room(counts: &Counts, rules: &BodyRules) -> PublicRoom {
    let open = |n: i64| n == 0 || n >= SHOWN_MIN;
    let quorate = quorum(counts, rules).quorate;
    let unsaid = PublicRoom {
        present: counts.present(),
        quorate,
        women: Figure::Unsaid,
        men: Figure::Unsaid,
        other: Figure::Unsaid,
    };
    if !(open(counts.women) && open(counts.men.saturating_add(counts.other))) {
        // Of a smaller room the word "fewer" would leave too little open.
        let is_split = unsaid.present >= SPLIT_PRESENT_MIN;
        let few = counts.women < SHOWN_MIN && !quorate && is_split;
        return PublicRoom {
            women: if few { Figure::FewerThanFive } else { unsaid.women },
            ..unsaid
        };
    }
    let women = Figure::Exactly(counts.women);
    if !(open(counts.men) && open(counts.other)) {
        return PublicRoom { women, ..unsaid };
    }
    let (men, other) = (Figure::Exactly(counts.men), Figure::Exactly(counts.other));
    PublicRoom { women, men, other, ..unsaid }
}
