//! The fold of a proposal, and of the lists on which people support it. Pure; words that nobody has
//! looked at never come here.

use std::borrow::Cow;

use minicbor::{Decode, Encode};
use record::{Id, Payload, Record};
use store::{Count, Row, Value};

use super::super::records::{
    ProposalCounted, ProposalDecided, ProposalLeftOut, ProposalMade, ProposalRefused,
    ProposalShown, ProposalSupported, ProposalTakenUp,
};

/// The signatures of one list, or the hands of one meeting, as counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct SupportList {
    /// Which.
    #[n(0)]
    pub list: Id,
    /// `paper` or `meeting`.
    #[n(1)]
    pub via: String,
    /// What each member found last.
    #[n(2)]
    pub found: Vec<(Id, i64)>,
}

impl SupportList {
    /// The number that two members found, the one agreed on last first.
    #[must_use]
    pub fn agreed(&self) -> Option<i64> {
        let counted_last = self.found.last()?;
        let mut others = self.found.iter().rev().skip(1);
        others.any(|(_, n)| *n == counted_last.1).then_some(counted_last.1)
    }

    /// Whether two counted and do not agree.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.found.len() > 1 && self.agreed().is_none()
    }
}

/// A proposal, as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Proposal {
    /// Which.
    #[n(0)]
    pub id: Id,
    /// The small number people say aloud; 0 before its making is known.
    #[n(1)]
    pub number: i64,
    /// Where; none for the whole city.
    #[n(2)]
    pub area: Option<Id>,
    /// `page`, `voice`, `paper`, `meeting` or `women`.
    #[n(3)]
    pub via: String,
    /// The voice it came from.
    #[n(4)]
    pub from_voice: Option<Id>,
    /// When it was made, in milliseconds since 1970.
    #[n(5)]
    pub made_ms: i64,
    /// What it is called and what it says, once it was looked at.
    #[n(6)]
    pub shown: Option<(String, String)>,
    /// Why it is not shown.
    #[n(7)]
    pub refused: Option<String>,
    /// Supporters by SMS.
    #[n(8)]
    pub by_sms: i64,
    /// Lists and shows of hands.
    #[n(9)]
    pub lists: Vec<SupportList>,
    /// The assembly on whose agenda it is.
    #[n(10)]
    pub assembly: Option<Id>,
    /// The assembly whose agenda leaves it out, and why.
    #[n(11)]
    pub left_out: Option<(Id, String)>,
    /// The decision about it, and whether it was carried.
    #[n(12)]
    pub decided: Option<(Id, bool)>,
}

/// The most lists of signatures of one proposal.
pub const LISTS_MAX: usize = 200;
/// The most members who count one list.
const COUNTERS_MAX: usize = 12;

impl Proposal {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Proposal {
        let mut proposal = Proposal { id, ..Proposal::default() };
        for record in records {
            proposal.step(record);
        }
        proposal
    }

    fn step(&mut self, record: &Record) {
        if let Some(made) = record.read::<ProposalMade>() {
            self.number = made.number;
            self.area = record.area;
            self.via = made.via;
            self.from_voice = made.from_voice;
            self.made_ms = record.clock.ms();
        } else if let Some(shown) = record.read::<ProposalShown>() {
            self.shown = Some((shown.title, shown.words));
            self.refused = None;
        } else if let Some(refused) = record.read::<ProposalRefused>() {
            self.refused = Some(refused.reason);
            self.shown = None;
        } else if record.kind == ProposalSupported::KIND {
            self.by_sms = self.by_sms.saturating_add(1);
        } else if let Some(counted) = record.read::<ProposalCounted>() {
            self.counted(counted, record.author.unwrap_or(Id::NONE));
        } else if let Some(taken) = record.read::<ProposalTakenUp>() {
            self.assembly = Some(taken.assembly);
            self.left_out = None;
        } else if let Some(left) = record.read::<ProposalLeftOut>() {
            self.left_out = Some((left.assembly, left.reason));
            self.assembly = self.assembly.filter(|assembly| *assembly != left.assembly);
        } else if let Some(decided) = record.read::<ProposalDecided>() {
            self.decided = Some((decided.decision, decided.yes));
        }
    }

    fn counted(&mut self, counted: ProposalCounted, by: Id) {
        let known = self.lists.iter().position(|list| list.list == counted.list);
        let mut list = known.map(|at| self.lists.remove(at)).unwrap_or_else(|| SupportList {
            list: counted.list,
            via: counted.via,
            found: Vec::new(),
        });
        list.found.retain(|(member, _)| *member != by);
        if list.found.len() < COUNTERS_MAX {
            list.found.push((by, counted.n));
        }
        if self.lists.len() < LISTS_MAX {
            self.lists.push(list);
        }
    }

    /// Supporters on one road: by `sms`, on `paper`, at a `meeting`.
    #[must_use]
    pub fn supporters_via(&self, via: &str) -> i64 {
        if via == "sms" {
            return self.by_sms;
        }
        let lists = self.lists.iter().filter(|list| list.via == via);
        lists.filter_map(SupportList::agreed).fold(0, i64::saturating_add)
    }

    /// All supporters that count.
    #[must_use]
    pub fn supporters(&self) -> i64 {
        let roads = ["sms", "paper", "meeting"];
        roads.into_iter().map(|via| self.supporters_via(via)).fold(0, i64::saturating_add)
    }

    /// What it is called; empty while nobody has looked at it, and when it is not shown.
    #[must_use]
    pub fn title(&self) -> &str {
        self.shown.as_ref().map_or("", |(title, _)| title)
    }

    /// `made`, `shown`, `refused`, `on_agenda`, `left_out`, `carried` or `rejected`; empty before
    /// its making is known.
    #[must_use]
    pub fn status(&self) -> &'static str {
        match (&self.decided, &self.shown) {
            _ if self.number == 0 => "",
            (Some((_, true)), _) => "carried",
            (Some((_, false)), _) => "rejected",
            (None, None) if self.refused.is_some() => "refused",
            (None, None) => "made",
            (None, Some(_)) if self.assembly.is_some() => "on_agenda",
            (None, Some(_)) if self.left_out.is_some() => "left_out",
            (None, Some(_)) => "shown",
        }
    }

    pub(super) fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.number.into(),
            self.area.into(),
            self.status().into(),
            self.supporters().into(),
            self.made_ms.into(),
            (self.via == "women").into(),
            record::encode(self).into(),
        ]
    }

    pub(super) fn counts(&self) -> Vec<Count> {
        let status = self.status();
        if status.is_empty() {
            return Vec::new();
        }
        let area = self.area.unwrap_or(Id::NONE);
        vec![Count { area, key: Cow::Owned(format!("proposal/{status}")), n: 1 }]
    }

    /// The row whose `whole` stands at a place of a query's answer.
    #[must_use]
    pub fn from_row(row: &Row, place: usize) -> Option<Proposal> {
        record::decode(&row.bytes(place)).ok()
    }
}
