//! What a voice gives to the totals: of its area, of the city, and of its need. Pure. Forgetting
//! changes none of them but what waits: what was said stays counted.

use record::Id;
use store::Count;

use super::views::Voice;

/// Upper bounds of the answer clock's classes, in hours; the last class has none.
pub const DELAY_HOURS: [i64; 9] = [1, 4, 12, 24, 48, 72, 120, 168, 336];

const HOUR_MS: i64 = 3_600_000;

/// Under a need's id: how many voices belong to it.
pub const NEED_VOICES: &str = "need/voices";
/// Under a need's id: of how many it was ever asked whether it arrived.
pub const NEED_ASKED: &str = "need/asked";
/// Under a need's id: how many said YES.
pub const NEED_YES: &str = "need/yes";
/// Under a need's id: how many said NO, and were not asked again since.
pub const NEED_NO: &str = "need/no";

impl Voice {
    /// What this voice gives to the totals of its need, counted under the need's own id.
    fn of_need(&self, counts: &mut Vec<Count>) {
        let Some(need) = self.need else { return };
        let mut count =
            |key: &'static str| counts.push(Count { area: need, key: key.into(), n: 1 });
        count(NEED_VOICES);
        if self.asked_ms.is_some() || self.status == "confirmed" || self.noes > 0 {
            count(NEED_ASKED);
        }
        match self.status.as_str() {
            "confirmed" => count(NEED_YES),
            "said_not_done" => count(NEED_NO),
            _ => {}
        }
    }

    /// What this voice gives to the totals of its area and of the city. Forgetting changes none of
    /// them but `waiting`: what was said is counted for ever, by whom for never.
    pub(super) fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::with_capacity(24);
        if self.code.is_empty() {
            // Nothing was heard yet: the records that began it have not arrived.
            return counts;
        }
        let mut both = |key: String| {
            for area in [self.area.unwrap_or(NOWHERE), Id::NONE] {
                counts.push(Count { area, key: key.clone().into(), n: 1 });
            }
        };
        both("heard".to_owned());
        both(format!("status/{}", self.status));
        both(format!("channel/{}", self.channel));
        both(format!("language/{}", self.language));
        for sector in &self.sectors {
            both(format!("sector/{sector}"));
        }
        if let Some(kind) = &self.kind {
            both(format!("kind/{kind}"));
        }
        if let Some(answered) = self.answered_ms {
            both(format!("delay/{}", delay_class(answered - self.heard_ms)));
        }
        // A held voice is counted as heard; that it waits is for focal points alone to know.
        if self.waiting && !self.held {
            both("waiting".to_owned());
            if self.urgency > 0 {
                both("waiting_urgent".to_owned());
            }
        }
        if self.asked_ms.is_some() || self.status == "confirmed" || self.noes > 0 {
            both("asked".to_owned());
        }
        if self.status == "confirmed" {
            both("said_yes".to_owned());
        }
        if self.status == "said_not_done" {
            both("said_no".to_owned());
        }
        self.of_need(&mut counts);
        counts
    }
}

/// Where voices without an area are counted.
pub const NOWHERE: Id = Id([255; 16]);

/// The class of an answer's delay: the place of its upper bound in [`DELAY_HOURS`].
#[must_use]
pub fn delay_class(delay_ms: i64) -> usize {
    DELAY_HOURS.iter().position(|hours| delay_ms <= hours * HOUR_MS).unwrap_or(DELAY_HOURS.len())
}
