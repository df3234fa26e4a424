//! The folds of assemblies, proposals and the rules of bodies: each entity's records to one row.
//! Pure. They never see words that nobody has looked at: those stay sealed in the log.

use std::borrow::Cow;

use minicbor::{Decode, Encode};
use record::{Id, Payload, Record};
use store::{Column, Count, Folded, OnConflict, Row, Table, Value, View};

use super::records::{
    AgendaItem, AssemblyAgendaSet, AssemblyCalled, AssemblyCalledOff, AssemblyClosed,
    AssemblyCounted, AssemblyInvited, AssemblyOpened, AssemblySheetKept, AssemblySpoken,
    AssemblyWitnessed, AssemblyWomenSession, BodyRulesSet, LeftOut, ProposalCounted,
    ProposalDecided, ProposalLeftOut, ProposalMade, ProposalRefused, ProposalShown,
    ProposalSupported, ProposalTakenUp,
};
use super::rules::{BodyRules, Counts};

/// Under an assembly's body in the totals: how many assemblies were held.
const HELD: &str = "assembly/held";

/// The views of this part.
#[must_use]
pub fn views() -> Vec<View> {
    let sql = include_str!("../views.sql");
    let view = |noun, name: &'static str, columns, fold| View {
        noun,
        table: Table { name: name.into(), key: 1, columns, on_conflict: OnConflict::Replace },
        sql,
        fold,
    };
    vec![
        view("assembly", "assemblies_1", ASSEMBLIES, |id, records| {
            let assembly = Assembly::fold(id, records);
            Folded { counts: assembly.counts(), row: assembly.row() }
        }),
        view("proposal", "proposals_1", PROPOSALS, |id, records| {
            let proposal = Proposal::fold(id, records);
            Folded { counts: proposal.counts(), row: proposal.row() }
        }),
        view("body_rules", "body_rules_1", BODY_RULES, |id, records| Folded {
            row: RulesRow::fold(id, records).row(),
            counts: Vec::new(),
        }),
    ]
}

const ASSEMBLIES: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("body", Column::Bytes),
    ("area", Column::Bytes),
    ("starts_ms", Column::Int),
    ("status", Column::Text),
    ("whole", Column::Bytes),
];
const PROPOSALS: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("number", Column::Int),
    ("area", Column::Bytes),
    ("status", Column::Text),
    ("supporters", Column::Int),
    ("made_ms", Column::Int),
    ("by_women", Column::Bool),
    ("whole", Column::Bytes),
];
const BODY_RULES: &[(&str, Column)] = &[
    ("id", Column::Bytes),
    ("body", Column::Bytes),
    ("women_share_min_percent", Column::Int),
    ("attendance_min", Column::Int),
    ("support_min", Column::Int),
    ("agenda_voices_min", Column::Int),
    ("set_ms", Column::Int),
    ("by_decision", Column::Bytes),
];

/// What two counters found of who was there at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Counted {
    /// `arrival` or `vote`.
    #[n(0)]
    pub moment: String,
    /// The decision voted on, of a count at its vote.
    #[n(1)]
    pub of: Option<Id>,
    /// What the first counter found last.
    #[n(2)]
    pub first: Option<Counts>,
    /// What the second counter found last.
    #[n(3)]
    pub second: Option<Counts>,
    /// The member who counted or typed as the first.
    #[n(4)]
    pub first_by: Option<Id>,
    /// The member who counted or typed as the second.
    #[n(5)]
    pub second_by: Option<Id>,
    /// When it was last counted, in milliseconds since 1970.
    #[n(6)]
    pub last_ms: i64,
    /// Whether it was typed from the paper sheet.
    #[n(7)]
    pub sheet: bool,
}

impl Counted {
    /// What both found, once they agree on women, men and others. Ages are the second's, or the
    /// first's where the second counted none.
    #[must_use]
    pub fn agreed(&self) -> Option<Counts> {
        let (first, second) = (self.first.as_ref()?, self.second.as_ref()?);
        first.same_people(second).then(|| {
            let ages = second.ages.or(first.ages);
            Counts { ages, ..second.clone() }
        })
    }

    /// Whether both counted and found different numbers: they count again.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.first.is_some() && self.second.is_some() && self.agreed().is_none()
    }
}

/// An assembly, as its records tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Assembly {
    /// Which.
    #[n(0)]
    pub id: Id,
    /// The small number people say aloud; 0 before its call is known.
    #[n(1)]
    pub number: i64,
    /// The body that meets.
    #[n(2)]
    pub body: Id,
    /// Where it is about; none for the whole city.
    #[n(3)]
    pub area: Option<Id>,
    /// What it is called.
    #[n(4)]
    pub title: String,
    /// Where it meets.
    #[n(5)]
    pub place: String,
    /// When it begins, in milliseconds since 1970.
    #[n(6)]
    pub starts_ms: i64,
    /// How to take part from afar; may be empty.
    #[n(7)]
    pub from_afar: String,
    /// Whether somebody looks after the children.
    #[n(8)]
    pub childcare: bool,
    /// Whether women meet first, alone.
    #[n(9)]
    pub women_first: bool,
    /// Whether it is of the short form.
    #[n(10)]
    pub short_form: bool,
    /// Why it begins outside the safe hours, when it does.
    #[n(11)]
    pub hour_reason: Option<String>,
    /// What is on the agenda, in order.
    #[n(12)]
    pub items: Vec<AgendaItem>,
    /// What is left out, and why.
    #[n(13)]
    pub left_out: Vec<LeftOut>,
    /// When the agenda was last made public, in milliseconds since 1970.
    #[n(14)]
    pub invited_ms: Option<i64>,
    /// When it began.
    #[n(15)]
    pub opened_ms: Option<i64>,
    /// Whether a woman is in the chair.
    #[n(16)]
    pub chair_woman: bool,
    /// Whether the co-chair is a woman; none when there is no co-chair.
    #[n(17)]
    pub co_chair_woman: Option<bool>,
    /// Why neither is.
    #[n(18)]
    pub exception: Option<String>,
    /// Who was there, at each moment that was counted.
    #[n(19)]
    pub counted: Vec<Counted>,
    /// Minutes spoken by women, men and others.
    #[n(20)]
    pub spoken: Option<(i64, i64, i64)>,
    /// Whether the women's session was held, and its result or why not.
    #[n(21)]
    pub women_session: Option<(bool, String)>,
    /// Hashes of photographs of the sheet.
    #[n(22)]
    pub sheets: Vec<Vec<u8>>,
    /// How many witnesses said that the minutes are true.
    #[n(23)]
    pub witnesses: i64,
    /// When it ended.
    #[n(24)]
    pub closed_ms: Option<i64>,
    /// Why it does not take place.
    #[n(25)]
    pub called_off: Option<String>,
}

/// The most counts that are kept of one assembly: an arrival and a vote for each decision.
const COUNTED_MAX: usize = 64;
/// The most hashes of sheets that are kept of one assembly.
const SHEETS_MAX: usize = 16;

impl Assembly {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> Assembly {
        let mut assembly = Assembly { id, ..Assembly::default() };
        for record in records {
            if let Some(called) = record.read::<AssemblyCalled>() {
                assembly.called(called, record.area);
            } else if let Some(counted) = record.read::<AssemblyCounted>() {
                assembly.counts_heard(&counted, record);
            } else {
                assembly.step(record);
            }
        }
        assembly
    }

    fn called(&mut self, called: AssemblyCalled, area: Option<Id>) {
        self.number = called.number;
        self.body = called.body;
        self.area = area;
        self.title = called.title;
        self.place = called.place;
        self.starts_ms = called.starts_ms;
        self.from_afar = called.from_afar;
        self.childcare = called.childcare;
        self.women_first = called.women_first;
        self.short_form = called.short_form;
        self.hour_reason = called.hour_reason;
    }

    fn step(&mut self, record: &Record) {
        if let Some(agenda) = record.read::<AssemblyAgendaSet>() {
            self.items = agenda.items;
            self.left_out = agenda.left_out;
        } else if record.kind == AssemblyInvited::KIND {
            self.invited_ms = Some(record.clock.ms());
        } else if let Some(off) = record.read::<AssemblyCalledOff>() {
            self.called_off.get_or_insert(off.reason);
        } else if let Some(opened) = record.read::<AssemblyOpened>() {
            self.opened_ms.get_or_insert(record.clock.ms());
            self.chair_woman = opened.chair_woman;
            self.co_chair_woman = opened.co_chair_woman;
            self.exception = opened.exception;
        } else if let Some(spoken) = record.read::<AssemblySpoken>() {
            self.spoken = Some((spoken.women_minutes, spoken.men_minutes, spoken.other_minutes));
        } else if let Some(session) = record.read::<AssemblyWomenSession>() {
            self.women_session = Some((session.held, session.words));
        } else if let Some(kept) = record.read::<AssemblySheetKept>() {
            let hash = kept.hash.to_vec();
            if !self.sheets.contains(&hash) && self.sheets.len() < SHEETS_MAX {
                self.sheets.push(hash);
            }
        } else if let Some(witnessed) = record.read::<AssemblyWitnessed>() {
            self.witnesses = witnessed.n;
        } else if record.kind == AssemblyClosed::KIND {
            self.closed_ms.get_or_insert(record.clock.ms());
        }
    }

    fn counts_heard(&mut self, heard: &AssemblyCounted, record: &Record) {
        let known = self
            .counted
            .iter()
            .position(|counted| counted.moment == heard.moment && counted.of == heard.of);
        let mut counted = known.map(|at| self.counted.remove(at)).unwrap_or_else(|| Counted {
            moment: heard.moment.clone(),
            of: heard.of,
            ..Counted::default()
        });
        let counts = Counts {
            women: heard.women,
            men: heard.men,
            other: heard.other,
            ages: heard.ages.as_deref().and_then(|ages| <[i64; 3]>::try_from(ages).ok()),
        };
        match heard.counter {
            1 => (counted.first, counted.first_by) = (Some(counts), record.author),
            2 => (counted.second, counted.second_by) = (Some(counts), record.author),
            // A newer program counts otherwise: it is passed over.
            _ => {}
        }
        counted.last_ms = record.clock.ms();
        counted.sheet = heard.sheet;
        if self.counted.len() < COUNTED_MAX {
            // The one counted last stands last.
            self.counted.push(counted);
        }
    }

    /// `called`, `invited`, `open`, `closed` or `called_off`; empty before its call is known.
    #[must_use]
    pub fn status(&self) -> &'static str {
        if self.number == 0 {
            ""
        } else if self.called_off.is_some() && self.opened_ms.is_none() {
            "called_off"
        } else if self.closed_ms.is_some() {
            "closed"
        } else if self.opened_ms.is_some() {
            "open"
        } else if self.invited_ms.is_some() {
            "invited"
        } else {
            "called"
        }
    }

    /// The count at a moment, of a decision's vote or of the arrival.
    #[must_use]
    pub fn counted_at(&self, moment: &str, of: Option<Id>) -> Option<&Counted> {
        self.counted.iter().find(|counted| counted.moment == moment && counted.of == of)
    }

    /// Who is there now, as both counters agreed last: at the last vote, else at the arrival.
    #[must_use]
    pub fn room(&self) -> Option<Counts> {
        self.counted.iter().rev().find_map(Counted::agreed)
    }

    fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.number.into(),
            self.body.into(),
            self.area.into(),
            self.starts_ms.into(),
            self.status().into(),
            record::encode(self).into(),
        ]
    }

    fn counts(&self) -> Vec<Count> {
        let held = self.status() == "closed";
        let of = |area| Count { area, key: Cow::Borrowed(HELD), n: 1 };
        if held { vec![of(self.area.unwrap_or(Id::NONE))] } else { Vec::new() }
    }

    /// The row whose `whole` stands at a place of a query's answer.
    #[must_use]
    pub fn from_row(row: &Row, place: usize) -> Option<Assembly> {
        record::decode(&row.bytes(place)).ok()
    }
}

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

    fn row(&self) -> Vec<Value> {
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

    fn counts(&self) -> Vec<Count> {
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

/// The rules of a body, as folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesRow {
    /// [`rules_id`] of the body.
    pub id: Id,
    /// The body.
    pub body: Id,
    /// The rules that hold.
    pub rules: BodyRules,
    /// When they were set, in milliseconds since 1970; 0 when they never were.
    pub set_ms: i64,
    /// The decision that set them; none the first time.
    pub by_decision: Option<Id>,
}

impl RulesRow {
    /// The fold.
    #[must_use]
    pub fn fold(id: Id, records: &[Record]) -> RulesRow {
        let mut row = RulesRow { id, ..RulesRow::default() };
        for record in records {
            if let Some(set) = record.read::<BodyRulesSet>() {
                row.body = set.body;
                row.rules = BodyRules {
                    women_share_min_percent: set.women_share_min_percent,
                    attendance_min: set.attendance_min,
                    support_min: set.support_min,
                    agenda_voices_min: set.agenda_voices_min,
                };
                row.set_ms = record.clock.ms();
                row.by_decision = set.by_decision;
            }
        }
        row
    }

    fn row(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.body.into(),
            self.rules.women_share_min_percent.into(),
            self.rules.attendance_min.into(),
            self.rules.support_min.into(),
            self.rules.agenda_voices_min.into(),
            self.set_ms.into(),
            self.by_decision.into(),
        ]
    }

    /// The row in the columns of `body_rules_1`.
    #[must_use]
    pub fn from_row(row: &Row) -> RulesRow {
        RulesRow {
            id: row.id(0),
            body: row.id(1),
            rules: BodyRules {
                women_share_min_percent: row.int(2),
                attendance_min: row.int(3),
                support_min: row.int(4),
                agenda_voices_min: row.int(5),
            },
            set_ms: row.int(6),
            by_decision: row.opt_id(7),
        }
    }
}

/// The entity of the rules of a body.
#[must_use]
pub fn rules_id(body: Id) -> Id {
    Id::named("body_rules", &body.to_string())
}
