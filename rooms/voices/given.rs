//! What a voice gives to the totals: of its need, of its area and of the city. Pure, as the fold it
//! belongs to; it never counts a person.

use record::Id;
use store::Count;

use super::views::{NEED_ASKED, NEED_NO, NEED_VOICES, NEED_YES, NOWHERE, Voice, delay_class};

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
