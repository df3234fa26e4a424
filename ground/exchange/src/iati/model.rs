//! What Baraza tells about activities and their money, in plain values. Everything here is public
//! the moment it is written.
//!
//! Never has a place for a person's name, a phone number or a coordinate: organisations and areas
//! are told, people and houses are not.

use std::collections::BTreeMap;

use super::codes::{
    AidType, AreaVocabulary, BudgetStatus, BudgetType, DescriptionType, Exactness, FinanceType,
    FlowType, Measure, OrganisationType, OtherIdType, PlaceClass, Reach, Relation, ResultType,
    Role, ScopeType, ScopeVocabulary, SectorVocabulary, Status, TiedStatus, TransactionType,
};
use crate::day::{Day, Moment};
use crate::money::{Currency, Money};

/// A file of activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activities {
    /// When it is made. Nothing in it may have happened later.
    pub generated: Moment,
    /// The activities, in the order in which they are written.
    pub activities: Vec<Activity>,
}

/// The same words in several languages, by language (ISO 639-1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts(pub BTreeMap<String, String>);

impl Texts {
    /// Words in one language.
    #[must_use]
    pub fn of(language: &str, words: &str) -> Self {
        Self(BTreeMap::from([(language.to_owned(), words.to_owned())]))
    }

    /// The same words in one more language.
    #[must_use]
    pub fn and(mut self, language: &str, words: &str) -> Self {
        self.0.insert(language.to_owned(), words.to_owned());
        self
    }
}

/// Who reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporter {
    /// Its id as an organisation, such as `HT-MJSP-12345`.
    pub id: String,
    /// What it is.
    pub kind: OrganisationType,
    /// What it is called.
    pub names: Texts,
    /// It reports for others who do the work.
    pub secondary: bool,
}

/// An activity: what is done with money from one decision to the last confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its id for ever: the reporter's id, a hyphen, and the reporter's own number.
    pub id: String,
    /// Who reports it.
    pub reporter: Reporter,
    /// The language in which words are when nothing else is said.
    pub language: String,
    /// The currency of amounts when nothing else is said.
    pub currency: Currency,
    /// Whether it is humanitarian.
    pub humanitarian: bool,
    /// Its title.
    pub title: Texts,
    /// What it is about; at least one.
    pub descriptions: Vec<(DescriptionType, Texts)>,
    /// Who takes part; at least one.
    pub participants: Vec<Participant>,
    /// Its numbers in other books.
    pub other_ids: Vec<(OtherIdType, String)>,
    /// How far it is.
    pub status: Status,
    /// When.
    pub dates: Dates,
    /// In which country (ISO 3166-1, two letters).
    pub country: String,
    /// In which areas.
    pub locations: Vec<Location>,
    /// For what; at least one, and each vocabulary's shares make a whole.
    pub sectors: Vec<Sector>,
    /// Which emergency, which appeal.
    pub scopes: Vec<Scope>,
    /// Defaults of its transactions.
    pub flow: Option<FlowType>,
    /// The same.
    pub finance: Option<FinanceType>,
    /// The same.
    pub aid: Option<AidType>,
    /// The same.
    pub tied: Option<TiedStatus>,
    /// What it is meant to cost.
    pub budgets: Vec<Budget>,
    /// The money that moved.
    pub transactions: Vec<Transaction>,
    /// What it has to do with other activities.
    pub related: Vec<(Relation, String)>,
    /// What came of it.
    pub results: Vec<Outcome>,
}

/// An organisation in a place of a file: by id, by name, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// Its id in a register, when it has one. Those without papers have none.
    pub id: Option<String>,
    /// What it is.
    pub kind: Option<OrganisationType>,
    /// What it is called.
    pub names: Texts,
    /// The id of its own activity that this money comes from or goes to: the next hop of the trace.
    pub activity: Option<String>,
}

/// Who takes part, as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// As what.
    pub role: Role,
    /// Who.
    pub organisation: Organisation,
}

/// When an activity begins and ends; one of the two beginnings at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// Meant to begin.
    pub planned_start: Option<Day>,
    /// Began.
    pub actual_start: Option<Day>,
    /// Meant to end.
    pub planned_end: Option<Day>,
    /// Ended.
    pub actual_end: Option<Day>,
}

/// An area, by name and codes. It has no coordinates: a point can lead to a door.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Location {
    /// The reporter's own code for the area, which results may point to.
    pub reference: Option<String>,
    /// What it says about the activity.
    pub reach: Option<Reach>,
    /// What it is called, officially and by those who live there.
    pub names: Texts,
    /// Its codes: vocabulary, level from the country down, code.
    pub administrative: Vec<Administrative>,
    /// How exactly it is told.
    pub exactness: Option<Exactness>,
    /// What kind of place it is.
    pub class: Option<PlaceClass>,
}

/// A code of an administrative area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrative {
    /// Whose code.
    pub vocabulary: AreaVocabulary,
    /// The level below the country, when it is known.
    pub level: Option<u8>,
    /// The code.
    pub code: String,
}

/// What the money is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sector {
    /// Whose code.
    pub vocabulary: SectorVocabulary,
    /// The code.
    pub code: String,
    /// Its share within its vocabulary; none when it is the only one there.
    pub share: Option<Share>,
    /// What it is called; needed for the reporter's own codes.
    pub names: Texts,
}

/// A share in hundredths of a percent: 2500 is a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub u16);

impl Share {
    /// The whole.
    pub const WHOLE: Self = Self(10_000);
}

/// Which emergency or appeal an activity belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// What it names.
    pub kind: ScopeType,
    /// Whose code.
    pub vocabulary: ScopeVocabulary,
    /// The code, such as `EQ-2021-000116-HTI` or `HHTI26`.
    pub code: String,
    /// What it is called.
    pub names: Texts,
}

/// What a year or less is meant to cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// First or changed.
    pub kind: BudgetType,
    /// A guess, or somebody is bound.
    pub status: BudgetStatus,
    /// From this day.
    pub start: Day,
    /// To this day, at most a year later.
    pub end: Day,
    /// How much.
    pub money: Money,
    /// The day at whose rate it is to be read.
    pub value_day: Day,
}

/// Money that was promised or that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The reporter's own number for it.
    pub reference: Option<String>,
    /// What it does.
    pub kind: TransactionType,
    /// When.
    pub day: Day,
    /// How much; below nothing it takes back.
    pub money: Money,
    /// The day at whose rate it is to be read.
    pub value_day: Day,
    /// In words.
    pub description: Texts,
    /// From whom.
    pub provider: Option<Organisation>,
    /// To whom.
    pub receiver: Option<Organisation>,
}

/// What came of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How far from the work it lies.
    pub kind: ResultType,
    /// What it is called.
    pub title: Texts,
    /// What was counted; at least one.
    pub indicators: Vec<Indicator>,
}

/// Something counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// What it counts in.
    pub measure: Measure,
    /// What it counts.
    pub title: Texts,
    /// Whether it counts people or households: then a count below
    /// [`PEOPLE_MIN`](super::PEOPLE_MIN) is refused, zero too.
    pub people: bool,
    /// When, how many were meant, how many there were.
    pub periods: Vec<Period>,
}

/// A count over a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// From this day.
    pub start: Day,
    /// To this day.
    pub end: Day,
    /// How many were meant.
    pub target: Option<u64>,
    /// How many there were.
    pub actual: Option<u64>,
    /// The area, by the reference of one of the activity's locations.
    pub area: Option<String>,
}
