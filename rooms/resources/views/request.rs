//! The fold of a request. Pure. What came for it is told by offers and waybills, never by itself.

use record::{Id, Payload, Record};
use store::{Column, Count, Row, Value};

use super::{HELPED, OF_NEED, STARS, both, in_order, under, words_of};
use crate::resources::lists::{is_goods, item};
use crate::resources::records::{
    RequestAnswered, RequestAsked, RequestAskedAbout, RequestClosed, RequestHandedOver,
    RequestHelped, RequestRated,
};
use crate::voices::delay_class;

/// The columns of `requests_2`, in order.
pub(super) const COLUMNS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("item", Column::Text),
    ("what", Column::Text),
    ("area", Column::Bytes),
    ("amount", Column::Int),
    ("need", Column::Bytes),
    ("body", Column::Bytes),
    ("counterpart", Column::Bytes),
    ("wanted_day", Column::Int),
    ("hand_over_day", Column::Int),
    ("languages", Column::Text),
    ("remote", Column::Bool),
    ("urgency", Column::Int),
    ("open", Column::Bool),
    ("asked_ms", Column::Int),
    ("closed_ms", Column::Int),
    ("reason", Column::Text),
    ("handed_over_ms", Column::Int),
    ("helped_ms", Column::Int),
    ("answered_yes", Column::Bool),
    ("answered_amount", Column::Int),
    ("asked_by", Column::Bytes),
    ("asked_about", Column::Bytes),
    ("stars", Column::Int),
    ("word", Column::Text),
    ("rated_received", Column::Int),
    ("rated_by", Column::Bytes),
    ("last_ms", Column::Int),
];

/// What whoever asked says it was worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rated {
    /// 1 no use … 5 just what was needed.
    pub stars: i64,
    /// A word on it.
    pub word: String,
    /// How much had been received by then.
    pub received: i64,
    /// Who said so.
    pub by: Option<Id>,
}

/// A request as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: Id,
    /// The small number people call it by; 0 while what began it has not arrived.
    pub number: i64,
    /// What kind of thing or work.
    pub item: String,
    /// What for.
    pub what: String,
    /// Where.
    pub area: Option<Id>,
    /// How much, in the item's unit.
    pub amount: i64,
    /// The need it is for.
    pub need: Option<Id>,
    /// The body that answers for it.
    pub body: Option<Id>,
    /// The member who works beside whoever comes.
    pub counterpart: Id,
    /// The day it is wanted by.
    pub wanted_day: i64,
    /// The day from which the counterpart does it alone.
    pub hand_over_day: i64,
    /// Languages of which one must be spoken.
    pub languages: Vec<String>,
    /// Whether it can be done from afar.
    pub remote: bool,
    /// 1 can wait … 5 danger to life.
    pub urgency: u8,
    /// Whether it is still asked for.
    pub open: bool,
    /// When it was asked.
    pub asked_ms: i64,
    /// When it was closed.
    pub closed_ms: Option<i64>,
    /// Why it was closed.
    pub reason: Option<String>,
    /// When it was handed over.
    pub handed_over_ms: Option<i64>,
    /// When the first useful answer was given.
    pub helped_ms: Option<i64>,
    /// Whether those who spoke of its need say YES, and how much had been received.
    pub answered: Option<(bool, i64)>,
    /// The member who asked.
    pub asked_by: Option<Id>,
    /// The task by which those who spoke of its need are asked whether it came.
    pub asked_about: Option<Id>,
    /// What whoever asked says it was worth.
    pub rated: Option<Rated>,
    /// When it last changed.
    pub last_ms: i64,
}

impl Request {
    /// Folds a request's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Request {
        let ordered = in_order(records);
        let mut request = Request { id, ..Request::default() };
        let begun = ordered.iter().find_map(|r| Some((r, r.read::<RequestAsked>()?)));
        if let Some((record, asked)) = begun {
            request.begin(record, asked);
        }
        for record in ordered {
            request.step(record);
            request.last_ms = request.last_ms.max(record.clock.ms());
        }
        request
    }

    fn begin(&mut self, record: &Record, asked: RequestAsked) {
        self.number = asked.number;
        self.item = asked.item;
        self.what = asked.what;
        self.area = record.area;
        self.amount = asked.amount;
        self.need = asked.need;
        self.body = asked.body;
        self.counterpart = asked.counterpart;
        self.wanted_day = asked.wanted_day;
        self.hand_over_day = asked.hand_over_day;
        self.languages = asked.languages;
        self.remote = asked.remote;
        self.urgency = asked.urgency;
        self.open = true;
        self.asked_ms = record.clock.ms();
        self.asked_by = record.author;
    }

    fn step(&mut self, record: &Record) {
        match record.kind.as_str() {
            RequestClosed::KIND if self.closed_ms.is_none() => {
                self.open = false;
                self.closed_ms = Some(record.clock.ms());
                self.reason = record.read::<RequestClosed>().map(|closed| closed.reason);
            }
            RequestHandedOver::KIND if self.handed_over_ms.is_none() => {
                self.handed_over_ms = Some(record.clock.ms());
            }
            RequestHelped::KIND => {
                let given = record.read::<RequestHelped>().map(|helped| helped.given_ms);
                self.helped_ms = match (self.helped_ms, given) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
            RequestAnswered::KIND => {
                let answered = record.read::<RequestAnswered>();
                self.answered = answered.map(|said| (said.yes, said.amount)).or(self.answered);
            }
            RequestAskedAbout::KIND => {
                let task = record.read::<RequestAskedAbout>().map(|asked| asked.task);
                self.asked_about = task.or(self.asked_about);
            }
            RequestRated::KIND => {
                let Some(rated) = record.read::<RequestRated>() else { return };
                let RequestRated { stars, word, received } = rated;
                let stars = i64::from(stars);
                self.rated = Some(Rated { stars, word, received, by: record.author });
            }
            _ => {}
        }
    }

    /// Whether its hand-over day has come and it was not handed over.
    #[must_use]
    pub fn is_hand_over_due(&self, today: i64) -> bool {
        self.number > 0 && self.handed_over_ms.is_none() && self.hand_over_day <= today
    }

    /// How much is confirmed: by those who spoke of its need; without a need, for what is no goods,
    /// by whoever asked, when that is another than the counterpart who says that it came.
    #[must_use]
    pub fn confirmed(&self) -> i64 {
        match (&self.answered, &self.rated) {
            (Some((yes, amount)), _) => i64::from(*yes) * amount,
            (None, Some(rated)) if self.need.is_none() && !is_goods(&self.item) => {
                let other = rated.by.is_some() && rated.by != Some(self.counterpart);
                i64::from(other) * rated.received
            }
            _ => 0,
        }
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.number.into(),
            self.item.as_str().into(),
            self.what.as_str().into(),
            self.area.into(),
            self.amount.into(),
            self.need.into(),
            self.body.into(),
            self.counterpart.into(),
            self.wanted_day.into(),
            self.hand_over_day.into(),
            self.languages.join(" ").into(),
            self.remote.into(),
            i64::from(self.urgency).into(),
            self.open.into(),
            self.asked_ms.into(),
            self.closed_ms.into(),
            self.reason.clone().into(),
            self.handed_over_ms.into(),
            self.helped_ms.into(),
            self.answered.map_or(Value::Null, |(yes, _)| yes.into()),
            self.answered.map(|(_, amount)| amount).into(),
            self.asked_by.into(),
            self.asked_about.into(),
            self.rated.as_ref().map(|rated| rated.stars).into(),
            self.rated.as_ref().map(|rated| rated.word.clone()).into(),
            self.rated.as_ref().map(|rated| rated.received).into(),
            self.rated.as_ref().and_then(|rated| rated.by).into(),
            self.last_ms.into(),
        ]
    }

    /// A request from a row of `requests_2`.
    #[must_use]
    pub fn from_row(row: &Row) -> Request {
        Request {
            id: row.id(0),
            number: row.int(1),
            item: row.text(2),
            what: row.text(3),
            area: row.opt_id(4),
            amount: row.int(5),
            need: row.opt_id(6),
            body: row.opt_id(7),
            counterpart: row.id(8),
            wanted_day: row.int(9),
            hand_over_day: row.int(10),
            languages: words_of(&row.text(11)),
            remote: row.flag(12),
            urgency: u8::try_from(row.int(13)).unwrap_or(0),
            open: row.flag(14),
            asked_ms: row.int(15),
            closed_ms: row.opt_int(16),
            reason: row.opt_text(17),
            handed_over_ms: row.opt_int(18),
            helped_ms: row.opt_int(19),
            answered: row.opt_int(21).map(|amount| (row.flag(20), amount)),
            asked_by: row.opt_id(22),
            asked_about: row.opt_id(23),
            rated: row.opt_int(24).map(|stars| Rated {
                stars,
                word: row.text(25),
                received: row.int(26),
                by: row.opt_id(27),
            }),
            last_ms: row.int(28),
        }
    }

    /// What this request gives to the totals of its area and of the city, and to the list under
    /// its need.
    pub(super) fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::new();
        if self.number <= 0 {
            return counts;
        }
        both(&mut counts, self.area, &format!("asked/{}", self.item), self.amount);
        both(&mut counts, self.area, "open", i64::from(self.open));
        let kind = item(&self.item).map_or("", |item| item.kind.code());
        if let Some(helped) = self.helped_ms {
            let class = delay_class(helped - self.asked_ms);
            both(&mut counts, self.area, &format!("helped/{class}"), 1);
            both(&mut counts, self.area, &format!("{HELPED}{kind}/{class}"), 1);
        }
        if let Some(rated) = &self.rated {
            both(&mut counts, self.area, &format!("{STARS}{kind}/{}", rated.stars), 1);
        }
        both(&mut counts, self.area, &format!("confirmed/{}", self.item), self.confirmed());
        if let Some(need) = self.need {
            under(&mut counts, need, format!("{OF_NEED}{}", self.id), 1);
        }
        counts
    }
}
