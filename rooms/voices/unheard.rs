//! The fold of a voice's note: how large it is, whether somebody has typed it up, and what the
//! words then change. Pure, as all folds are: it sees no note and no words.

use record::{Payload, Record};

use super::records::{VoiceNoted, VoiceTypedUp};
use super::views::Voice;

/// How urgent a note is that nobody has typed up. No rule reads it, so nobody knows whether it
/// speaks of danger: it stands above what is known to have time, and below what is known to be
/// danger. It rings no alarm, or every note would ring and soon nobody would come. Once it is
/// typed up its words decide, and before that a person who sorts it.
pub(super) const UNHEARD_URGENCY: i64 = 1;

impl Voice {
    pub(super) fn note(&mut self, record: &Record) {
        let Some(noted) = record.read::<VoiceNoted>() else { return };
        self.note_kb = Some(i64::from(noted.kilobytes));
        self.note_seconds = noted.seconds.map(i64::from);
    }

    /// What was heard in the note is read like words that were written; what a person has sorted
    /// stays.
    pub(super) fn type_up(&mut self, record: &Record) {
        let Some(typed) = record.read::<VoiceTypedUp>() else { return };
        self.held |= typed.held;
        let urgency = i64::from(typed.urgency);
        if urgency > self.urgency {
            self.urgency = urgency;
            // The alarm rings for it as for danger that was written.
            self.read_ms = self.read_ms.filter(|_| urgency < 2);
        }
        if typed.held || urgency == 2 {
            self.waiting = self.status != "withdrawn";
        }
        if self.sorted {
            return;
        }
        self.language = typed.language;
        self.confidence = i64::from(typed.confidence);
        if !typed.sectors.is_empty() {
            self.sectors = typed.sectors;
        }
        if self.area.is_none() {
            self.area = record.area;
            self.area_suggested = record.area.is_some();
        }
    }

    /// Whether the note waits, in whatever order its records came, and what that weighs.
    pub(super) fn weigh_note(&mut self, records: &[Record]) {
        if self.erased {
            (self.note_kb, self.note_seconds) = (None, None);
        }
        let typed = records.iter().any(|record| record.kind == VoiceTypedUp::KIND);
        self.note_waits = self.note_kb.is_some() && !typed;
        if self.note_waits && !self.sorted {
            self.urgency = self.urgency.max(UNHEARD_URGENCY);
        }
    }
}
