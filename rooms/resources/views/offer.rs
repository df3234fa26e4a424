//! The fold of an offer and of the parts that are taken of it. Pure. Who offers is not in it: that
//! stays with the voice it came with.

use minicbor::{Decode, Encode};
use record::{Id, Payload, Record};
use store::{Column, Count, Row, Value};

use super::{GAVE, TAKEN, both, ids, ids_of, in_order, under, words_of};
use crate::resources::lists::is_people;
use crate::resources::records::{
    OfferArranged, OfferBought, OfferClaimed, OfferCommitted, OfferConflicted, OfferExcluded,
    OfferGiven, OfferMade, OfferReleased, OfferSorted, OfferVouched, OfferWithdrawn,
};
use crate::resources::rules::CLAIM_OPEN_MAX;

/// With so many who vouch, of different bodies, what somebody can do ranks with what papers say.
pub const VOUCHES_WANTED: usize = 2;

/// The columns of `offers_2`, in order.
pub(super) const COLUMNS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("item", Column::Text),
    ("area", Column::Bytes),
    ("amount", Column::Int),
    ("price_minor", Column::Int),
    ("currency", Column::Text),
    ("from_day", Column::Int),
    ("until_day", Column::Int),
    ("languages", Column::Text),
    ("remote", Column::Bool),
    ("giver", Column::Text),
    ("body", Column::Bytes),
    ("voice", Column::Bytes),
    ("conflicts", Column::Bytes),
    ("excluded", Column::Bytes),
    ("vouches", Column::Bytes),
    ("trigger_said", Column::Text),
    ("trigger_day", Column::Int),
    ("standing", Column::Bool),
    ("takes", Column::Bytes),
    ("left_amount", Column::Int),
    ("withdrawn", Column::Bool),
    ("open", Column::Bool),
    ("made_ms", Column::Int),
    ("last_ms", Column::Int),
];

/// A part of an offer that is taken for a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Take {
    /// Its name.
    #[n(0)]
    pub take: Id,
    /// The request.
    #[n(1)]
    pub request: Id,
    /// The area of the request.
    #[n(2)]
    pub area: Option<Id>,
    /// How much.
    #[n(3)]
    pub amount: i64,
    /// `here`, `city` or `outside`.
    #[n(4)]
    pub from: String,
    /// `claimed`, `committed` or `given`.
    #[n(5)]
    pub status: String,
    /// The member who took it.
    #[n(6)]
    pub by: Option<Id>,
    /// How much came.
    #[n(7)]
    pub came: i64,
    /// Why not all came.
    #[n(8)]
    pub difference: String,
    /// The day it came, as the city counts days.
    #[n(9)]
    pub day: Option<i64>,
    /// When the giver said yes.
    #[n(10)]
    pub promised_ms: Option<i64>,
}

impl Take {
    /// How much of it is wanted and not promised yet.
    #[must_use]
    pub fn claimed(&self) -> i64 {
        if self.status == "claimed" { self.amount } else { 0 }
    }

    /// How much of it is promised: what came already, or what can still come. What was promised and
    /// did not come is promised no more.
    #[must_use]
    pub fn promised(&self) -> i64 {
        match self.status.as_str() {
            "claimed" => 0,
            "given" => self.came,
            _ => self.amount,
        }
    }
}

/// An offer as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: Id,
    /// The small number people call it by; 0 while what began it has not arrived.
    pub number: i64,
    /// What kind of thing or work.
    pub item: String,
    /// Where; none outside the city, or when it was not said.
    pub area: Option<Id>,
    /// How much, in the item's unit; 0 when it was not said.
    pub amount: i64,
    /// What one unit costs, in minor units; 0 is a gift.
    pub price_minor: i64,
    /// Of which currency.
    pub currency: String,
    /// The first day it can be had.
    pub from_day: i64,
    /// The last one.
    pub until_day: i64,
    /// Languages that are spoken.
    pub languages: Vec<String>,
    /// Whether it can be done from afar.
    pub remote: bool,
    /// `resident`, `firm`, `savings_group` or `body`.
    pub giver: String,
    /// The body that offers, when one does.
    pub body: Option<Id>,
    /// The voice it came with.
    pub voice: Option<Id>,
    /// Bodies that decide and on which the giver sits.
    pub conflicts: Vec<Id>,
    /// Requests it was kept away from because of that.
    pub excluded: Vec<Id>,
    /// Who vouches: the member, and the body they speak for.
    pub vouches: Vec<(Id, Option<Id>)>,
    /// What calls it, when that was agreed beforehand, and until when it holds.
    pub trigger: Option<(String, i64)>,
    /// Whether amount, place and price were agreed beforehand: then the yes is given already.
    pub standing: bool,
    /// The parts that are taken.
    pub takes: Vec<Take>,
    /// Whether it is offered no more.
    pub withdrawn: bool,
    /// When it was made.
    pub made_ms: i64,
    /// When it last changed.
    pub last_ms: i64,
}

impl Offer {
    /// Folds an offer's records, whatever order they come in.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Offer {
        let ordered = in_order(records);
        let mut offer = Offer { id, ..Offer::default() };
        let begun = ordered.iter().find_map(|r| Some((r, r.read::<OfferMade>()?)));
        if let Some((record, made)) = begun {
            offer.begin(record, made);
        }
        for record in ordered {
            offer.step(record);
            offer.part(record);
            offer.last_ms = offer.last_ms.max(record.clock.ms());
        }
        offer
    }

    fn begin(&mut self, record: &Record, made: OfferMade) {
        self.number = made.number;
        self.item = made.item;
        self.area = record.area;
        self.amount = made.amount;
        self.price_minor = made.price_minor;
        self.currency = made.currency;
        self.from_day = made.from_day;
        self.until_day = made.until_day;
        self.languages = made.languages;
        self.remote = made.remote;
        self.giver = made.giver;
        self.body = made.body;
        self.voice = made.voice;
        self.conflicts = made.conflict.into_iter().collect();
        self.made_ms = record.clock.ms();
    }

    fn step(&mut self, record: &Record) {
        match record.kind.as_str() {
            OfferSorted::KIND => {
                let Some(sorted) = record.read::<OfferSorted>() else { return };
                self.item = sorted.item;
                self.amount = sorted.amount;
            }
            OfferVouched::KIND => {
                let (Some(by), Some(vouched)) = (record.author, record.read::<OfferVouched>())
                else {
                    return;
                };
                if !self.vouches.iter().any(|(other, _)| *other == by) {
                    self.vouches.push((by, vouched.body));
                }
            }
            OfferConflicted::KIND => {
                let body = record.read::<OfferConflicted>().map(|conflict| conflict.body);
                self.conflicts.extend(body.filter(|body| !self.conflicts.contains(body)));
            }
            OfferExcluded::KIND => {
                let request = record.read::<OfferExcluded>().map(|excluded| excluded.request);
                self.excluded.extend(request.filter(|id| !self.excluded.contains(id)));
            }
            OfferArranged::KIND => {
                let Some(arranged) = record.read::<OfferArranged>() else { return };
                self.arranged(arranged);
            }
            OfferWithdrawn::KIND => self.withdrawn = true,
            _ => {}
        }
    }

    fn part(&mut self, record: &Record) {
        match record.kind.as_str() {
            OfferClaimed::KIND => {
                let Some(claimed) = record.read::<OfferClaimed>() else { return };
                if self.takes.iter().any(|part| part.take == claimed.take) {
                    return;
                }
                self.takes.push(Take {
                    take: claimed.take,
                    request: claimed.request,
                    area: claimed.area,
                    amount: claimed.amount,
                    from: claimed.from,
                    status: "claimed".to_owned(),
                    by: record.author,
                    ..Take::default()
                });
            }
            OfferCommitted::KIND => {
                let take = record.read::<OfferCommitted>().map(|committed| committed.take);
                if let Some(part) = self.live(take) {
                    part.status = "committed".to_owned();
                    part.promised_ms = part.promised_ms.or(Some(record.clock.ms()));
                }
            }
            OfferReleased::KIND => {
                let take = record.read::<OfferReleased>().map(|released| released.take);
                self.takes.retain(|part| Some(part.take) != take || part.status == "given");
            }
            OfferBought::KIND => {
                let Some(bought) = record.read::<OfferBought>() else { return };
                self.bought(bought, record.author);
            }
            OfferGiven::KIND => {
                let Some(given) = record.read::<OfferGiven>() else { return };
                if let Some(part) = self.live(Some(given.take)) {
                    part.status = "given".to_owned();
                    part.came = given.amount;
                    part.difference = given.difference;
                    part.day = Some(given.day);
                }
            }
            _ => {}
        }
    }

    /// What was agreed beforehand stands in the place of what was offered first.
    fn arranged(&mut self, arranged: OfferArranged) {
        self.trigger = Some((arranged.trigger, arranged.until_day));
        let Some(amount) = arranged.amount else { return };
        self.standing = true;
        self.amount = amount;
        self.until_day = arranged.until_day;
        self.price_minor = arranged.price_minor.unwrap_or(0);
        self.currency = arranged.currency.unwrap_or_default();
        self.area = arranged.place.or(self.area);
    }

    /// A part that was bought has come, and is for no request.
    fn bought(&mut self, bought: OfferBought, by: Option<Id>) {
        if self.takes.iter().any(|part| part.take == bought.take) {
            return;
        }
        self.takes.push(Take {
            take: bought.take,
            area: bought.area,
            amount: bought.amount,
            from: bought.from,
            status: "given".to_owned(),
            by,
            came: bought.amount,
            day: Some(bought.day),
            ..Take::default()
        });
    }

    /// The part of this name, unless it came already.
    fn live(&mut self, take: Option<Id>) -> Option<&mut Take> {
        self.takes.iter_mut().find(|part| Some(part.take) == take && part.status != "given")
    }

    /// How much of it can still be taken.
    #[must_use]
    pub fn left(&self) -> i64 {
        if self.amount == 0 {
            // How much was not said: one at a time.
            let busy = self.takes.iter().any(|part| part.status != "given");
            return if busy { 0 } else { CLAIM_OPEN_MAX };
        }
        self.amount - self.takes.iter().map(|part| part.amount).sum::<i64>()
    }

    /// How much of it is taken for a request: wanted, promised or come.
    #[must_use]
    pub fn taken_for(&self, request: Id) -> i64 {
        let own = self.takes.iter().filter(|part| part.request == request);
        own.map(|part| self.wanted(part) + part.promised()).sum()
    }

    /// How much of a part is wanted and not promised yet: nothing once nobody can say yes any more.
    fn wanted(&self, part: &Take) -> i64 {
        if self.withdrawn { 0 } else { part.claimed() }
    }

    /// Which source of the area's help it belongs to, one of `SOURCES`.
    fn source(&self) -> &'static str {
        match (self.giver.as_str(), self.area) {
            ("resident", _) => "resident",
            ("savings_group", _) => "savings_group",
            ("firm", Some(_)) => "local_firm",
            _ => "other",
        }
    }

    /// Whether enough people of different bodies vouch for it, or a body answers for it.
    #[must_use]
    pub fn is_vouched(&self) -> bool {
        let differ = |one: &Option<Id>, other: &Option<Id>| one.is_none() || one != other;
        let pair = self.vouches.iter().enumerate().any(|(at, (_, body))| {
            self.vouches.iter().skip(at + 1).any(|(_, other)| differ(body, other))
        });
        self.body.is_some() || (self.vouches.len() >= VOUCHES_WANTED && pair)
    }

    /// Whether it can be had on a day.
    #[must_use]
    pub fn is_there(&self, day: i64) -> bool {
        (self.from_day..=self.until_day).contains(&day)
    }

    pub(super) fn row(&self) -> Vec<Value> {
        let vouches: Vec<Id> =
            self.vouches.iter().flat_map(|(by, body)| [*by, body.unwrap_or(Id::NONE)]).collect();
        let left = self.left();
        vec![
            self.id.into(),
            self.number.into(),
            self.item.as_str().into(),
            self.area.into(),
            self.amount.into(),
            self.price_minor.into(),
            self.currency.as_str().into(),
            self.from_day.into(),
            self.until_day.into(),
            self.languages.join(" ").into(),
            self.remote.into(),
            self.giver.as_str().into(),
            self.body.into(),
            self.voice.into(),
            ids(&self.conflicts),
            ids(&self.excluded),
            ids(&vouches),
            self.trigger.as_ref().map(|(said, _)| said.clone()).into(),
            self.trigger.as_ref().map(|(_, day)| *day).into(),
            self.standing.into(),
            record::encode(&self.takes).into(),
            left.into(),
            self.withdrawn.into(),
            (self.number > 0 && !self.withdrawn).into(),
            self.made_ms.into(),
            self.last_ms.into(),
        ]
    }

    /// An offer from a row of `offers_2`.
    #[must_use]
    pub fn from_row(row: &Row) -> Offer {
        let vouches = ids_of(&row.bytes(16));
        let vouches = vouches.chunks(2).filter_map(|pair| match pair {
            [by, body] => Some((*by, Some(*body).filter(|body| *body != Id::NONE))),
            _ => None,
        });
        Offer {
            id: row.id(0),
            number: row.int(1),
            item: row.text(2),
            area: row.opt_id(3),
            amount: row.int(4),
            price_minor: row.int(5),
            currency: row.text(6),
            from_day: row.int(7),
            until_day: row.int(8),
            languages: words_of(&row.text(9)),
            remote: row.flag(10),
            giver: row.text(11),
            body: row.opt_id(12),
            voice: row.opt_id(13),
            conflicts: ids_of(&row.bytes(14)),
            excluded: ids_of(&row.bytes(15)),
            vouches: vouches.collect(),
            trigger: row.opt_text(17).map(|said| (said, row.int(18))),
            standing: row.flag(19),
            takes: record::decode(&row.bytes(20)).unwrap_or_default(),
            withdrawn: row.flag(22),
            made_ms: row.int(24),
            last_ms: row.int(25),
        }
    }

    /// What this offer gives to the totals: of its area as a supplier; of each request it helps,
    /// and of that request's area.
    pub(super) fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::new();
        if self.number <= 0 {
            return counts;
        }
        let open = i64::from(!self.withdrawn);
        both(&mut counts, self.area, &format!("offers/{}", self.item), open);
        both(&mut counts, self.area, &format!("givers/{}", self.giver), open);
        let mut counted: Vec<(Option<Id>, &String)> = Vec::new();
        let source = self.source();
        for part in &self.takes {
            let promised = part.promised();
            both(&mut counts, part.area, &format!("pledged/{}", self.item), promised);
            both(&mut counts, part.area, &format!("received/{}", self.item), part.came);
            if part.came > 0 {
                both(&mut counts, part.area, &format!("{GAVE}{source}/{}", part.from), 1);
            }
            if is_people(&self.item) && part.came > 0 {
                both(&mut counts, part.area, &format!("days/{}", part.from), part.came);
                if !counted.contains(&(part.area, &part.from)) {
                    // Whoever comes several times is one person.
                    counted.push((part.area, &part.from));
                    both(&mut counts, part.area, &format!("people/{}", part.from), 1);
                }
            }
            if part.request == Id::NONE {
                continue;
            }
            under(&mut counts, part.request, "claimed".to_owned(), self.wanted(part));
            under(&mut counts, part.request, "pledged".to_owned(), promised);
            under(&mut counts, part.request, "received".to_owned(), part.came);
            under(&mut counts, part.request, format!("{TAKEN}{}", self.id), 1);
        }
        counts
    }
}
