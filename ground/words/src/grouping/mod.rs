//! Grouping: which voices may lack the same thing, at the same place and in the same days, so that
//! a person can group them into one need; each proposal with its reason.
//!
//! Never joins anything, never says how grave or urgent a matter is, and never counts voices as
//! weight: ten voices make a group longer, not surer. Every answer is a hint; `docs/grouping.md`
//! has the figures and where it is poor.

mod heard;
mod join;
mod reason;
mod score;

use std::cmp::Reverse;

use heard::Window;

/// The most voices one call compares; of more, the latest are taken and the rest are counted in
/// [`Grouping::left_out`].
pub const ITEMS_MAX: usize = 500;
/// The most voices in one proposed group: what a person can read before saying yes.
pub const GROUP_VOICES_MAX: usize = 24;
/// A pair under this score (0 to 100) is not proposed.
pub const PAIR_SCORE_MIN: u8 = 50;
/// The most pairs given.
const PAIRS_MAX: usize = 2_000;
/// The most needs one voice is compared with.
pub const NEEDS_MAX: usize = 50;
/// The most voices of one need that are looked at, the latest first.
pub const NEED_VOICES_MAX: usize = 8;
/// The most needs given for one voice.
pub const FITS_MAX: usize = 3;
/// Of a need's voices and title the likest half speaks for it, and at most this many.
const NEED_LIKEST_MAX: usize = 3;

/// A place on the map, in millionths of a degree (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// North is positive; -90,000,000 to 90,000,000.
    pub lat_udeg: i32,
    /// East is positive; -180,000,000 to 180,000,000.
    pub lon_udeg: i32,
}

/// One voice as grouping sees it. All of it is borrowed, nothing is kept.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The caller's own id; parts equals, so that no order of the list changes an answer. Of two
    /// items with one id, one is looked at.
    pub id: u128,
    /// The words, as said.
    pub text: &'a str,
    /// A code of [`crate::language()`]; an unknown code means any.
    pub language: &'a str,
    /// Sectors, sorted by a person or suggested; any codes.
    pub sectors: &'a [&'a str],
    /// The area, as any key of the caller; equal keys are one place. `None`: not known.
    pub area: Option<u128>,
    /// The exact place in words ("behind the blue church"), if it was asked for.
    pub landmark: Option<&'a str>,
    /// Where it is, if that is known.
    pub point: Option<Point>,
    /// When it was said, in milliseconds since 1970.
    pub said_ms: i64,
}

/// A thing that voices lack, and how they say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// A stable code of `rules/things.txt`: `water`, `shelter`, `doctor`.
    pub code: &'static str,
    /// The words that say so, as said, at most three, each once: "dlo", "water".
    pub words: Vec<String>,
}

/// Why voices are proposed together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    /// What they lack: in at least half of them and in two or more.
    pub things: Vec<Thing>,
    /// Other words that they share and few others use, as said, rarest first: often a place.
    pub words: Vec<String>,
    /// Sectors that at least half of them, and two or more, have.
    pub sectors: Vec<String>,
    /// All are known to be in one area.
    pub same_area: bool,
    /// Metres between the two furthest apart, if all points are known.
    pub near_m: Option<u32>,
    /// Whole hours between the first and the last.
    pub hours_apart: u32,
}

/// Two voices that may lack the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Where in the caller's list: the one with the lesser id.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// 0 to 100: how well they fit. Says nothing about how grave it is.
    pub score: u8,
    /// Why.
    pub why: Why,
}

/// Voices that may lack the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Where in the caller's list, by id; two to [`GROUP_VOICES_MAX`].
    pub members: Vec<usize>,
    /// 0 to 100: the mean over its pairs, so that a longer group is not a surer one.
    pub score: u8,
    /// Why.
    pub why: Why,
}

/// All that is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grouping {
    /// No voice is in two. The best fitting first.
    pub groups: Vec<Group>,
    /// How many items were not looked at, because more than [`ITEMS_MAX`] came.
    pub left_out: usize,
}

/// A need that is there already.
#[derive(Debug, Clone, Copy)]
pub struct Need<'a> {
    /// The caller's own id.
    pub id: u128,
    /// Its title.
    pub title: &'a str,
    /// The language of the title.
    pub language: &'a str,
    /// Its sectors.
    pub sectors: &'a [&'a str],
    /// Its area.
    pub area: Option<u128>,
    /// Voices grouped into it; the latest [`NEED_VOICES_MAX`] are looked at.
    pub voices: &'a [Item<'a>],
}

/// A need that a voice may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// Where in the caller's list of needs.
    pub need: usize,
    /// 0 to 100.
    pub score: u8,
    /// Why: the voice beside the likest of the need.
    pub why: Why,
}

/// Proposes groups among `items`. The order of the list does not matter.
#[must_use]
pub fn groups(items: &[Item<'_>]) -> Grouping {
    let window = Window::new(items, ITEMS_MAX);
    let joined = join::join(window.len(), &score::scores(&window));
    let mut groups: Vec<Group> = joined
        .into_iter()
        .map(|(score, members)| Group {
            why: reason::why(&window, &members),
            members: members.iter().map(|at| window.index(*at)).collect(),
            score,
        })
        .collect();
    groups.sort_by_key(|group| (Reverse(group.score), id_of(items, group.members.first())));
    Grouping { groups, left_out: window.left_out }
}

/// Proposes pairs among `items`, the best first; at most 2,000.
#[must_use]
pub fn pairs(items: &[Item<'_>]) -> Vec<Pair> {
    let window = Window::new(items, ITEMS_MAX);
    let mut found = score::scores(&window);
    found.retain(|(_, _, score)| *score >= PAIR_SCORE_MIN);
    found.sort_by_key(|(one, other, score)| (Reverse(*score), *one, *other));
    found.truncate(PAIRS_MAX);
    let pair = |(one, other, score): (usize, usize, u8)| Pair {
        why: reason::why(&window, &[one, other]),
        one: window.index(one),
        other: window.index(other),
        score,
    };
    found.into_iter().map(pair).collect()
}

/// Which of `needs` the `voice` may belong to, the likest first, at most [`FITS_MAX`].
#[must_use]
pub fn fits(voice: &Item<'_>, needs: &[Need<'_>]) -> Vec<Fit> {
    let mut order: Vec<usize> = (0..needs.len()).collect();
    let elsewhere = |need: &Need<'_>| match (need.area, voice.area) {
        (Some(theirs), Some(own)) => theirs != own,
        _ => false,
    };
    order.sort_by_key(|at| needs.get(*at).map(|n| (elsewhere(n), Reverse(latest(n)), n.id)));
    order.truncate(NEEDS_MAX);
    // The voice is the first item; after it, each need's title and latest voices.
    let mut items = vec![Item { id: 0, ..*voice }];
    let mut owners = vec![usize::MAX];
    for at in order {
        let Some(need) = needs.get(at) else { continue };
        for item in speaking(need, voice) {
            let id = u128::try_from(items.len()).unwrap_or(u128::MAX);
            items.push(Item { id, ..item });
            owners.push(at);
        }
    }
    let window = Window::new(&items, items.len());
    let mut by_need: Vec<(usize, Vec<(u8, usize)>)> = Vec::new();
    for other in 1..window.len() {
        let Some(owner) = owners.get(window.index(other)) else { continue };
        let score = score::score(&window, 0, other);
        match by_need.iter_mut().find(|(need, _)| need == owner) {
            Some((_, scores)) => scores.push((score, other)),
            None => by_need.push((*owner, vec![(score, other)])),
        }
    }
    let mut found: Vec<Fit> =
        by_need.into_iter().filter_map(|(need, scores)| fit(&window, need, scores)).collect();
    found.sort_by_key(|fit| (Reverse(fit.score), needs.get(fit.need).map(|need| need.id)));
    found.truncate(FITS_MAX);
    found
}

fn fit(window: &Window<'_>, need: usize, mut scores: Vec<(u8, usize)>) -> Option<Fit> {
    scores.sort_by_key(|(score, at)| (Reverse(*score), *at));
    scores.truncate(scores.len().div_ceil(2).min(NEED_LIKEST_MAX));
    let (_, likest) = *scores.first()?;
    let sum: usize = scores.iter().map(|(score, _)| usize::from(*score)).sum();
    let score = u8::try_from(sum / scores.len()).unwrap_or(100);
    (score >= PAIR_SCORE_MIN).then(|| Fit { need, score, why: reason::why(window, &[0, likest]) })
}

/// A need's latest voices, and its title as if said with the latest of them.
fn speaking<'a>(need: &Need<'a>, voice: &Item<'_>) -> Vec<Item<'a>> {
    let mut voices: Vec<Item<'a>> = need.voices.to_vec();
    voices.sort_by_key(|item| (Reverse(item.said_ms), item.id));
    voices.truncate(NEED_VOICES_MAX);
    voices.push(Item {
        id: need.id,
        text: need.title,
        language: need.language,
        sectors: need.sectors,
        area: need.area,
        landmark: None,
        point: None,
        said_ms: latest(need).unwrap_or(voice.said_ms),
    });
    voices
}

fn latest(need: &Need<'_>) -> Option<i64> {
    need.voices.iter().map(|item| item.said_ms).max()
}

fn id_of(items: &[Item<'_>], at: Option<&usize>) -> Option<u128> {
    items.get(*at?).map(|item| item.id)
}
