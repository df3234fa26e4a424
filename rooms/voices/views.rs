//! The fold of a voice: its records in order to one row, and what it gives to the totals. Pure.
//! It never sees words: those stay sealed in the log.

use record::{Id, Record};
use store::{Column, Count, Folded, OnConflict, Row, Table, View};

use super::calls::CALL_TRIES_MAX;
use super::records::{
    CallErased, CallMissed, CallReturned, NumberSeen, VoiceAnswered, VoiceConfirmed,
    VoiceConsented, VoiceCorrected, VoiceErased, VoiceGrouped, VoiceHeard, VoiceLinked,
    VoiceQuoted, VoiceRead, VoiceReleased, VoiceSorted, VoiceTold, VoiceUngrouped, VoiceUnlinked,
    VoiceWithdrawn,
};
use record::Payload;

/// The columns of `voices_2`, in order.
pub(crate) const COLUMNS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("code", Column::Text),
    ("area", Column::Bytes),
    ("channel", Column::Text),
    ("language", Column::Text),
    ("confidence", Column::Int),
    ("said_ms", Column::Int),
    ("heard_ms", Column::Int),
    ("person", Column::Bytes),
    ("kind", Column::Text),
    ("sectors", Column::Text),
    ("urgency", Column::Int),
    ("held", Column::Bool),
    ("reachable", Column::Bool),
    ("on_behalf", Column::Bool),
    ("area_suggested", Column::Bool),
    ("status", Column::Text),
    ("waiting", Column::Bool),
    ("read_ms", Column::Int),
    ("answered_ms", Column::Int),
    ("outcome", Column::Text),
    ("body", Column::Text),
    ("due_day", Column::Int),
    ("asked_ms", Column::Int),
    ("noes", Column::Int),
    ("linked_to", Column::Bytes),
    ("number_seen", Column::Bool),
    ("erased", Column::Bool),
    ("sorted", Column::Bool),
    ("last_ms", Column::Int),
    ("about", Column::Bytes),
    ("need", Column::Bytes),
    ("grouped_ms", Column::Int),
    ("told", Column::Bytes),
    ("consented", Column::Bool),
    ("quoted", Column::Bool),
];

/// The views of this room.
#[must_use]
pub fn views() -> Vec<View> {
    let table = |name: &'static str, columns| Table {
        name: name.into(),
        key: 1,
        columns,
        on_conflict: OnConflict::Replace,
    };
    vec![
        View {
            noun: "voice",
            table: table("voices_2", COLUMNS),
            sql: include_str!("views.sql"),
            fold: |id, records| {
                let voice = Voice::fold(id, records);
                Folded { counts: voice.counts(), row: voice.row() }
            },
        },
        View {
            noun: "call",
            table: table(
                "calls_1",
                &[
                    ("id", Column::Bytes),
                    ("rang_ms", Column::Int),
                    ("waiting", Column::Bool),
                    ("tries", Column::Int),
                ],
            ),
            sql: include_str!("calls.sql"),
            fold: fold_call,
        },
    ]
}

/// A voice as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// Its id.
    pub id: Id,
    /// Its code, plain.
    pub code: String,
    /// Where.
    pub area: Option<Id>,
    /// How it came.
    pub channel: String,
    /// Language of its words.
    pub language: String,
    /// How sure of the language, 0 to 100.
    pub confidence: i64,
    /// When it was said.
    pub said_ms: i64,
    /// When the node heard it.
    pub heard_ms: i64,
    /// A random name for whoever said it; none once forgotten.
    pub person: Option<Id>,
    /// Type of vocabulary 5.7.
    pub kind: Option<String>,
    /// Sectors of vocabulary 5.3.
    pub sectors: Vec<String>,
    /// 2 danger to life, 1 urgent, 0 ordinary.
    pub urgency: i64,
    /// Held for a focal point.
    pub held: bool,
    /// Whether a number was left.
    pub reachable: bool,
    /// Whether somebody typed it for them.
    pub on_behalf: bool,
    /// Whether the area came from the words.
    pub area_suggested: bool,
    /// Status of vocabulary 5.7.
    pub status: String,
    /// Whether it waits for the desk.
    pub waiting: bool,
    /// When an operator first opened it.
    pub read_ms: Option<i64>,
    /// When it was first answered by a person.
    pub answered_ms: Option<i64>,
    /// The last answer's outcome.
    pub outcome: Option<String>,
    /// The body it was referred to.
    pub body: Option<String>,
    /// The day a promise falls due.
    pub due_day: Option<i64>,
    /// When the person was asked whether it arrived, while that question is open.
    pub asked_ms: Option<i64>,
    /// How often the person said NO.
    pub noes: i64,
    /// The voice it says the same as.
    pub linked_to: Option<Id>,
    /// Whether the one look at the number was taken.
    pub number_seen: bool,
    /// Whether its words are gone.
    pub erased: bool,
    /// Whether a person has sorted it.
    pub sorted: bool,
    /// When anything last happened to it.
    pub last_ms: i64,
    /// The body it complains about: its members do not see it.
    pub about: Option<Id>,
    /// The need it belongs to.
    pub need: Option<Id>,
    /// When it was grouped into that need.
    pub grouped_ms: Option<i64>,
    /// What the person was last told of: an assembly, a decision or a task.
    pub told: Option<Id>,
    /// Whether some of its words may be shown in public.
    pub consented: bool,
    /// Whether some of its words are shown in public.
    pub quoted: bool,
    /// Whether this stands for a sealed report. Never a column: no row of `voices_2` is one.
    pub sealed: bool,
}

impl Voice {
    /// Folds a voice's records, in order.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Voice {
        let mut voice = Voice { id, status: "received".to_owned(), ..Voice::default() };
        // What began it is read first, whatever the clocks of two nodes say.
        for record in records.iter().filter(|r| r.kind == VoiceHeard::KIND) {
            voice.hear(record);
        }
        for record in records {
            voice.step(record);
            voice.last_ms = voice.last_ms.max(record.clock.ms());
        }
        if voice.erased {
            voice.waiting = false;
            voice.held = false;
            voice.person = None;
            voice.reachable = false;
            voice.asked_ms = None;
            voice.consented = false;
        }
        voice.quoted &= voice.consented;
        voice
    }

    fn hear(&mut self, record: &Record) {
        let Some(heard) = record.read::<VoiceHeard>() else { return };
        self.code = heard.code;
        self.area = record.area;
        self.channel = heard.channel;
        self.language = heard.language;
        self.confidence = i64::from(heard.confidence);
        self.said_ms = heard.said_ms;
        self.heard_ms = record.clock.ms();
        self.person = Some(heard.person);
        self.kind = heard.kind;
        self.sectors = heard.sectors;
        self.urgency = i64::from(heard.urgency);
        self.held = heard.held;
        self.reachable = heard.reachable;
        self.on_behalf = heard.on_behalf;
        self.area_suggested = heard.area_suggested;
        self.waiting = true;
    }

    fn step(&mut self, record: &Record) {
        let at = record.clock.ms();
        match record.kind.as_str() {
            VoiceRead::KIND => {
                self.read_ms = self.read_ms.or(Some(at));
                if self.status == "received" {
                    self.status = "read".to_owned();
                }
            }
            VoiceSorted::KIND => self.sort(record),
            VoiceReleased::KIND => self.held = false,
            VoiceAnswered::KIND => self.answer(record, at),
            VoiceConfirmed::KIND => {
                let Some(confirmed) = record.read::<VoiceConfirmed>() else { return };
                self.asked_ms = None;
                // What belongs to a need is taken up with it, by those who promised.
                self.waiting = !confirmed.yes && self.need.is_none();
                self.noes += i64::from(!confirmed.yes);
                self.status = if confirmed.yes { "confirmed" } else { "said_not_done" }.to_owned();
            }
            VoiceWithdrawn::KIND => {
                self.status = "withdrawn".to_owned();
                self.waiting = false;
                self.reachable = false;
                self.asked_ms = None;
                self.consented = false;
            }
            VoiceGrouped::KIND => self.group(record, at),
            VoiceUngrouped::KIND => self.ungroup(),
            VoiceTold::KIND => self.tell(record, at),
            VoiceConsented::KIND => {
                let consented = record.read::<VoiceConsented>();
                self.consented = consented.is_some_and(|said| said.given);
                // Whoever says yes again is asked again which words.
                self.quoted &= self.consented;
            }
            VoiceQuoted::KIND => {
                self.quoted = record.read::<VoiceQuoted>().is_some_and(|quoted| quoted.shown);
            }
            VoiceLinked::KIND => {
                self.linked_to = record.read::<VoiceLinked>().map(|linked| linked.to);
            }
            VoiceUnlinked::KIND => self.linked_to = None,
            NumberSeen::KIND => self.number_seen = true,
            VoiceCorrected::KIND => self.correct(record),
            VoiceErased::KIND => self.erased = true,
            _ => {}
        }
    }

    fn correct(&mut self, record: &Record) {
        let corrected = record.read::<VoiceCorrected>().unwrap_or_default();
        // What was shown is not what the person says now.
        self.quoted = false;
        self.waiting = self.status != "withdrawn";
        self.held |= corrected.held.unwrap_or(false);
        let urgency = i64::from(corrected.urgency.unwrap_or(0));
        if urgency > self.urgency {
            // Nobody has read these words yet: the alarm rings for them as for new ones.
            self.urgency = urgency;
            self.read_ms = None;
        }
    }

    fn sort(&mut self, record: &Record) {
        let Some(sorted) = record.read::<VoiceSorted>() else { return };
        self.held |= sorted.held.unwrap_or(false);
        self.sorted |= sorted.held.is_none();
        if let Some(area) = record.area {
            self.area = Some(area).filter(|area| *area != Id::NONE);
            self.area_suggested = false;
        }
        self.about = sorted.about.or(self.about).filter(|body| *body != Id::NONE);
        self.kind = sorted.kind.or(self.kind.take()).filter(|kind| !kind.is_empty());
        self.sectors = sorted.sectors.unwrap_or_else(|| std::mem::take(&mut self.sectors));
        self.urgency = sorted.urgency.map_or(self.urgency, i64::from);
        if let Some(language) = sorted.language {
            self.language = language;
            self.confidence = 100;
        }
    }

    fn answer(&mut self, record: &Record, at: i64) {
        let Some(answered) = record.read::<VoiceAnswered>() else { return };
        self.answered_ms = self.answered_ms.or(Some(at));
        self.waiting = false;
        self.asked_ms = (answered.outcome == "delivered").then_some(at);
        self.due_day = answered.due_day;
        self.body = answered.body;
        // To ask back is to have read it, not to have decided anything.
        self.status = if answered.outcome == "asked_back" {
            "read".to_owned()
        } else {
            answered.outcome.clone()
        };
        self.outcome = Some(answered.outcome);
    }

    /// What is grouped has been read, and waits with its need, no longer at the desk.
    fn group(&mut self, record: &Record, at: i64) {
        let Some(grouped) = record.read::<VoiceGrouped>() else { return };
        // Words are shown with the need for which they were chosen.
        self.quoted &= self.need == Some(grouped.need);
        self.need = Some(grouped.need);
        self.grouped_ms = Some(at);
        self.read_ms = self.read_ms.or(Some(at));
        self.waiting = false;
        if matches!(self.status.as_str(), "received" | "read") {
            self.status = "clustered".to_owned();
        }
    }

    fn ungroup(&mut self) {
        self.need = None;
        self.quoted = false;
        self.grouped_ms = None;
        if self.status == "clustered" {
            self.status = "read".to_owned();
        }
        self.waiting = matches!(self.status.as_str(), "read" | "said_not_done");
    }

    /// What became of its need. Whoever has said YES has closed their voice, and whoever took it
    /// back is told nothing more.
    fn tell(&mut self, record: &Record, at: i64) {
        let Some(told) = record.read::<VoiceTold>() else { return };
        self.told = Some(told.about);
        if matches!(self.status.as_str(), "confirmed" | "withdrawn") {
            return;
        }
        // An invitation is no answer; what was decided is.
        if told.standing != "in_assembly" {
            self.answered_ms = self.answered_ms.or(Some(at));
            self.due_day = told.due_day;
            self.body = told.body;
        }
        self.waiting = false;
        self.asked_ms = (told.standing == "delivered").then_some(at);
        self.status = told.standing;
    }

    fn row(&self) -> Vec<store::Value> {
        vec![
            self.id.into(),
            self.code.as_str().into(),
            self.area.into(),
            self.channel.as_str().into(),
            self.language.as_str().into(),
            self.confidence.into(),
            self.said_ms.into(),
            self.heard_ms.into(),
            self.person.into(),
            self.kind.clone().into(),
            self.sectors.join(",").into(),
            self.urgency.into(),
            self.held.into(),
            self.reachable.into(),
            self.on_behalf.into(),
            self.area_suggested.into(),
            self.status.as_str().into(),
            self.waiting.into(),
            self.read_ms.into(),
            self.answered_ms.into(),
            self.outcome.clone().into(),
            self.body.clone().into(),
            self.due_day.into(),
            self.asked_ms.into(),
            self.noes.into(),
            self.linked_to.into(),
            self.number_seen.into(),
            self.erased.into(),
            self.sorted.into(),
            self.last_ms.into(),
            self.about.into(),
            self.need.into(),
            self.grouped_ms.into(),
            self.told.into(),
            self.consented.into(),
            self.quoted.into(),
        ]
    }

    /// A voice from a row of `voices_2`.
    #[must_use]
    pub fn from_row(row: &Row) -> Voice {
        let sectors = row.text(10);
        Voice {
            id: row.id(0),
            code: row.text(1),
            area: row.opt_id(2),
            channel: row.text(3),
            language: row.text(4),
            confidence: row.int(5),
            said_ms: row.int(6),
            heard_ms: row.int(7),
            person: row.opt_id(8),
            kind: row.opt_text(9),
            sectors: sectors.split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect(),
            urgency: row.int(11),
            held: row.flag(12),
            reachable: row.flag(13),
            on_behalf: row.flag(14),
            area_suggested: row.flag(15),
            status: row.text(16),
            waiting: row.flag(17),
            read_ms: row.opt_int(18),
            answered_ms: row.opt_int(19),
            outcome: row.opt_text(20),
            body: row.opt_text(21),
            due_day: row.opt_int(22),
            asked_ms: row.opt_int(23),
            noes: row.int(24),
            linked_to: row.opt_id(25),
            number_seen: row.flag(26),
            erased: row.flag(27),
            sorted: row.flag(28),
            last_ms: row.int(29),
            about: row.opt_id(30),
            need: row.opt_id(31),
            grouped_ms: row.opt_int(32),
            told: row.opt_id(33),
            consented: row.flag(34),
            quoted: row.flag(35),
            sealed: false,
        }
    }
}

fn fold_call(id: Id, records: &[Record]) -> Folded {
    let rang = records.iter().find_map(|r| r.read::<CallMissed>());
    let tries = records.iter().filter_map(|r| r.read::<CallReturned>());
    let (mut count, mut reached) = (0i64, false);
    for try_ in tries {
        count += 1;
        reached |= try_.reached;
    }
    let gone = records.iter().any(|r| r.kind == CallErased::KIND);
    let waiting = rang.is_some() && !reached && !gone && count < CALL_TRIES_MAX;
    let counts = if waiting {
        vec![Count { area: Id::NONE, key: "waiting".into(), n: 1 }]
    } else {
        Vec::new()
    };
    let rang_ms = rang.map_or(0, |call| call.rang_ms);
    Folded { row: vec![id.into(), rang_ms.into(), waiting.into(), count.into()], counts }
}
