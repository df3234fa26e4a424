//! The comparison: a linear model over hashed letter groups, trained by our own code.
//!
//! Never ships: on an event it was not trained on it does worse than the wordlists, so it stays
//! here. Groups seen in fewer than [`LEARN_DOCUMENTS_MIN`] messages are left out, so that no
//! weight speaks of one person.

use words::plain;

/// Messages in which a letter group must occur before it gets a weight.
pub const LEARN_DOCUMENTS_MIN: u32 = 5;

/// Slots that letter groups are hashed into.
const SLOTS: usize = 1 << 18;
/// Letters in the shortest and the longest group.
const GROUP_LETTERS: (usize, usize) = (2, 5);
/// Letters of a message that are looked at.
const LOOKED_AT_LETTERS_MAX: usize = 1_000;
/// Times the lessons are gone through.
const ROUNDS: usize = 12;
/// First step of the descent; each slot's own steps shrink as it is used (Adagrad).
const STEP: f32 = 0.25;
/// What keeps weights small.
const SHRINK: f32 = 2e-6;

/// One message with the labels people gave it (indexes below the count given to [`learn`]).
#[derive(Debug, Clone)]
pub struct Lesson<'a> {
    /// The words.
    pub text: &'a str,
    /// Which labels are right.
    pub labels: Vec<usize>,
}

/// A trained model: one logistic regression per label over the same features.
#[derive(Debug, Clone)]
pub struct Learned {
    labels: usize,
    /// For each slot its number among those kept, or none.
    kept: Vec<Option<u32>>,
    rarity: Vec<f32>,
    /// `labels` weights per kept slot.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// Trains on `lessons` for `labels` labels. The same lessons in the same order give the same model.
#[must_use]
pub fn learn(lessons: &[Lesson<'_>], labels: usize) -> Learned {
    let groups: Vec<Vec<(usize, f32)>> = lessons.iter().map(|l| slots(l.text)).collect();
    let mut model = Learned::blank(&groups, labels);
    let rows: Vec<Vec<(usize, f32)>> = groups.iter().map(|g| model.weigh(g)).collect();
    let mut steps = vec![1e-6_f32; model.weights.len()];
    let mut bias_steps = vec![1e-6_f32; labels];
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut chance = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut chance);
        for at in &order {
            if let (Some(row), Some(lesson)) = (rows.get(*at), lessons.get(*at)) {
                model.step(row, &lesson.labels, &mut steps, &mut bias_steps);
            }
        }
    }
    model
}

impl Learned {
    /// The model's certainty (0 to 1) for every label of `text`.
    #[must_use]
    pub fn scores(&self, text: &str) -> Vec<f32> {
        let row = self.weigh(&slots(text));
        self.sums(&row).into_iter().map(logistic).collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of messages, far below 2^23")]
    fn blank(groups: &[Vec<(usize, f32)>], labels: usize) -> Self {
        let mut documents = vec![0_u32; SLOTS];
        for (slot, _) in groups.iter().flatten() {
            if let Some(count) = documents.get_mut(*slot) {
                *count += 1;
            }
        }
        let mut kept = vec![None; SLOTS];
        let mut rarity = Vec::new();
        for (slot, count) in kept.iter_mut().zip(&documents) {
            if *count >= LEARN_DOCUMENTS_MIN {
                *slot = u32::try_from(rarity.len()).ok();
                rarity.push((groups.len() as f32 / *count as f32).ln() + 1.0);
            }
        }
        let weights = vec![0.0; rarity.len() * labels];
        Self { labels, kept, rarity, weights, bias: vec![-2.0; labels] }
    }

    /// Turns counted slots into a row of unit length over the kept ones.
    fn weigh(&self, groups: &[(usize, f32)]) -> Vec<(usize, f32)> {
        let mut row: Vec<(usize, f32)> = Vec::with_capacity(groups.len());
        for (slot, count) in groups {
            let Some(Some(at)) = self.kept.get(*slot) else { continue };
            let at = usize::try_from(*at).unwrap_or(0);
            let rarity = self.rarity.get(at).copied().unwrap_or(0.0);
            row.push((at, (1.0 + count.ln()) * rarity));
        }
        let length = row.iter().map(|(_, v)| v * v).sum::<f32>().sqrt().max(1e-6);
        for (_, value) in &mut row {
            *value /= length;
        }
        row
    }

    fn sums(&self, row: &[(usize, f32)]) -> Vec<f32> {
        let mut sums = self.bias.clone();
        for (at, value) in row {
            let from = at * self.labels;
            let weights = self.weights.get(from..from + self.labels).unwrap_or_default();
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight * value;
            }
        }
        sums
    }

    fn step(
        &mut self,
        row: &[(usize, f32)],
        right: &[usize],
        steps: &mut [f32],
        bias_steps: &mut [f32],
    ) {
        let mut errors: Vec<f32> = self.sums(row).into_iter().map(logistic).collect();
        for label in right {
            if let Some(error) = errors.get_mut(*label) {
                *error -= 1.0;
            }
        }
        for (at, value) in row {
            let from = at * self.labels;
            let to = from + self.labels;
            let (Some(weights), Some(steps)) =
                (self.weights.get_mut(from..to), steps.get_mut(from..to))
            else {
                continue;
            };
            for ((weight, step), error) in weights.iter_mut().zip(steps).zip(&errors) {
                let slope = error * value + SHRINK * *weight;
                *step += slope * slope;
                *weight -= STEP * slope / step.sqrt();
            }
        }
        for ((bias, step), error) in self.bias.iter_mut().zip(bias_steps).zip(&errors) {
            *step += error * error;
            *bias -= STEP * error / step.sqrt();
        }
    }
}

fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// Counts the letter groups of a message by slot. Groups span two words, so that word order
/// leaves a trace.
fn slots(text: &str) -> Vec<(usize, f32)> {
    let folded = plain(text);
    let letters: Vec<char> = std::iter::once(' ')
        .chain(folded.chars().take(LOOKED_AT_LETTERS_MAX))
        .chain([' '])
        .collect();
    let mut found: Vec<usize> = Vec::with_capacity(letters.len() * 4);
    for size in GROUP_LETTERS.0..=GROUP_LETTERS.1 {
        found.extend(letters.windows(size).map(slot));
    }
    // Whole words as well, marked so that they fall into slots of their own.
    for word in folded.split(' ') {
        let marked: Vec<char> = word.chars().chain(['\u{1}']).collect();
        found.push(slot(&marked));
    }
    found.sort_unstable();
    let mut counted: Vec<(usize, f32)> = Vec::new();
    for slot in found {
        match counted.last_mut() {
            Some((last, count)) if *last == slot => *count += 1.0,
            _ => counted.push((slot, 1.0)),
        }
    }
    counted
}

fn slot(group: &[char]) -> usize {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for letter in group {
        hash = (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x0100_0000_01B3);
        hash ^= hash >> 31;
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0x94D0_49BB_1331_11EB);
    usize::try_from(hash >> 40).unwrap_or(0) & (SLOTS - 1)
}

/// Shuffles by a fixed rule (xorshift), so that training gives the same model every time.
fn shuffle(order: &mut [usize], chance: &mut u64) {
    for at in (1..order.len()).rev() {
        *chance ^= *chance << 13;
        *chance ^= *chance >> 7;
        *chance ^= *chance << 17;
        let other = usize::try_from(*chance % (at as u64 + 1)).unwrap_or(0);
        order.swap(at, other);
    }
}
