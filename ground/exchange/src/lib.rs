//! Files in which money is told to others, read and written: bytes in, values out, and back.
//!
//! Never reads a clock, opens a file, asks another machine or knows a database or a room. Money is
//! a whole number of minor units; nothing here rounds, and no float comes near it.
//!
//! | who reads it | format | here |
//! |---|---|---|
//! | donors, newspapers, anybody who follows aid | IATI 2.03, an XML of activities | [`iati`] |
//! | the United Nations' tracking of humanitarian money | tables of FTS (CSV) | [`fts`] |
//! | a resident or a treasurer with a spreadsheet | plain columns (CSV) | [`lines`] |
//!
//! # Telling what an activity does
//!
//! An activity is what is done with money from one decision to the last confirmation. Whoever
//! reports it names themselves, says who takes part as what, and lists what was promised and what
//! moved. The trace from hop to hop is in two ids of each transaction: the giver's own activity and
//! the receiver's.
//!
//! ```
//! use exchange::iati::codes::*;
//! use exchange::iati::{self, *};
//! use exchange::{Currency, Day, Moment, Money};
//!
//! let began: Day = "2026-03-02".parse()?;
//! let city = Organisation {
//!     id: Some("HT-COA-7".to_owned()),
//!     names: Texts::of("fr", "Ville de Jacmel"),
//!     activity: Some("HT-COA-7-41".to_owned()),
//!     ..Organisation::default()
//! };
//! // A savings group has no papers, so it is told by its name alone.
//! let group = Organisation { names: Texts::of("ht", "Fanm Bèlè"), ..Organisation::default() };
//! let payment = Transaction {
//!     reference: Some("P-31".to_owned()),
//!     kind: TransactionType::Disbursement,
//!     day: began,
//!     money: Money::read("3200.50", Currency::USD)?,
//!     value_day: began,
//!     description: Texts::of("ht", "De kamyon dlo"),
//!     provider: Some(city.clone()),
//!     receiver: Some(group.clone()),
//! };
//! let activity = Activity {
//!     id: "HT-COA-7-41".to_owned(),
//!     reporter: Reporter {
//!         id: "HT-COA-7".to_owned(),
//!         kind: OrganisationType::LocalGovernment,
//!         names: Texts::of("fr", "Ville de Jacmel"),
//!         secondary: false,
//!     },
//!     language: "fr".to_owned(),
//!     currency: Currency::USD,
//!     humanitarian: true,
//!     title: Texts::of("fr", "Eau à Fond Melon").and("ht", "Dlo nan Fon Melon"),
//!     descriptions: vec![(DescriptionType::General, Texts::of("fr", "Deux bornes"))],
//!     participants: vec![
//!         Participant { role: Role::Accountable, organisation: city },
//!         Participant { role: Role::Implementing, organisation: group },
//!     ],
//!     other_ids: vec![],
//!     status: Status::UnderWay,
//!     dates: Dates { actual_start: Some(began), ..Dates::default() },
//!     country: "HT".to_owned(),
//!     locations: vec![Location { names: Texts::of("ht", "Fon Melon"), ..Location::default() }],
//!     sectors: vec![Sector {
//!         vocabulary: SectorVocabulary::Dac,
//!         code: purpose::RELIEF.to_owned(),
//!         share: None,
//!         names: Texts::default(),
//!     }],
//!     scopes: vec![],
//!     flow: Some(FlowType::Oda),
//!     finance: Some(FinanceType::Grant),
//!     aid: Some(AidType::Project),
//!     tied: Some(TiedStatus::Untied),
//!     budgets: vec![],
//!     transactions: vec![payment],
//!     related: vec![],
//!     results: vec![],
//! };
//! let generated = Moment::begins("2026-11-27".parse()?);
//! let file = iati::write(&Activities { generated, activities: vec![activity.clone()] })?;
//!
//! // What is written is sound, also by the rules that IATI publishes.
//! let report = iati::check(&file, generated.day)?;
//! assert!(report.findings.is_empty());
//!
//! // What is lacking is told with its place, all of it at once, and nothing is written.
//! let untitled = Activity { title: Texts::default(), sectors: vec![], ..activity };
//! let lacks = iati::write(&Activities { generated, activities: vec![untitled] }).unwrap_err();
//! let told: Vec<String> = lacks.iter().map(ToString::to_string).collect();
//! assert_eq!(told, [
//!     "iati-activity[1]/title[1]: a text is missing: add it",
//!     "iati-activity[1]: a sector is missing: add it",
//! ]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Checking a file of somebody else
//!
//! [`iati::check()`] judges structure, codes and rules. Each finding has its line, its place, and
//! what to do. Bytes that are no XML, bring a document type, or go beyond a limit are not judged at
//! all.
//!
//! ```
//! use exchange::iati::check;
//!
//! let file = b"<iati-activities version=\"2.03\">\n<iati-activity/>\n</iati-activities>";
//! let report = check(file, "2026-11-27".parse()?)?;
//! assert_eq!(
//!     report.findings[0].to_string(),
//!     "line 2, iati-activities[1]/iati-activity[1]: iati-identifier is missing: add it \
//!      (shape-element-missing)"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Taking in what FTS knows
//!
//! Rows without a home, “Not specified” and “shared”, stay rows: totals would not add up without
//! them. A flow keeps its id, so that a table taken twice changes nothing.
//!
//! ```
//! use exchange::fts::{Book, Totals, read_flows, write_flows};
//!
//! let table = "date,amountUSD,boundary,onBoundary,status,id,destLocations\n\
//!              2026-02-25,606796,incoming,single,commitment,228238,HTI\n\
//!              2026-02-26,24654545,incoming,shared,paid,207188,\"DOM,HTI\"\n";
//! let flows = read_flows(table.as_bytes())?.rows;
//! let totals = Totals::of(&flows);
//! assert_eq!(totals.funded_usd_minor, 60_679_600);
//! assert_eq!(totals.shared_usd_minor, 2_465_454_500);
//!
//! let mut book = Book::default();
//! assert_eq!(book.take(&flows).new.len(), 2);
//! assert_eq!(book.take(&flows).same, 2);
//! assert_eq!(read_flows(write_flows(&flows)?.as_bytes())?.rows, flows);
//!
//! // One bad row, and nothing is taken; what is wrong is told with its row and column.
//! let refused = read_flows(table.replace("24654545", "24,6").as_bytes()).unwrap_err();
//! assert!(refused.to_string().starts_with("row 3, line 3"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod day;
pub mod fts;
pub mod iati;
pub mod lines;
mod money;
mod quote;
mod table;
mod xml;

pub use day::{Day, Moment, NoDay};
pub use money::{AMOUNT_MINOR_MAX, Currency, DECIMAL_DIGITS_MAX, Decimal, Money, NoMoney};
pub use table::{
    CELL_BYTES_MAX, COLUMNS_MAX, FAULTS_MAX, Fault, ID_CHARS_MAX, ROWS_MAX, Refused,
    TABLE_BYTES_MAX, Wrong,
};
