//! IATI 2.03: an activity for each window, with what came in and what went out of it.
//!
//! Never tells as spent by the city what those who were paid spend: that is theirs to report.

use std::collections::BTreeSet;

use exchange::iati::codes::{
    AidType, DescriptionType, FinanceType, Measure, OrganisationType, Reach, ResultType, Role,
    SectorVocabulary, Status, TransactionType, purpose,
};
use exchange::iati::{
    Activities, Activity, Dates, Indicator, Lacks, Location, Organisation, Outcome, Participant,
    Period, Reporter, Sector, Texts, Transaction, write,
};
use exchange::{Currency, Day, Moment};
use record::Id;

use super::moves::{Move, What, moves};
use super::{Books, Names, currency, day, money};
use crate::funds::views::{Phase, Purse, Window};

/// Who reports, as IATI wants to know it.
#[derive(Clone, Debug)]
pub struct Reporting {
    /// The city's id as an organisation, such as `HT-COA-7`.
    pub reporter: String,
    /// The country, in the two letters of ISO 3166-1.
    pub country: String,
    /// The language of its words (ISO 639-1).
    pub language: String,
    /// When the file is made.
    pub generated: Moment,
    /// The city's day, in days since 1970.
    pub today: i64,
}

/// A file of activities.
#[derive(Clone, Debug)]
pub struct Reported {
    /// The XML.
    pub file: String,
    /// How many activities are in it.
    pub activities: usize,
    /// How many movements of money.
    pub transactions: usize,
}

impl Books {
    /// The activities of all windows whose first day has come or that have money.
    ///
    /// # Errors
    /// What is lacking, all of it at once, each with its place.
    pub fn iati(&self, by: &Reporting) -> Result<Reported, Lacks> {
        let told = self.windows.iter().filter_map(|(window, purse)| {
            let own = OfWindow { names: &self.names, by, window, purse };
            own.activity(currency(purse)?)
        });
        let activities: Vec<Activity> = told.collect();
        let transactions = activities.iter().map(|activity| activity.transactions.len()).sum();
        let count = activities.len();
        let file = write(&Activities { generated: by.generated, activities })?;
        let file = String::from_utf8_lossy(&file).into_owned();
        Ok(Reported { file, activities: count, transactions })
    }
}

struct OfWindow<'a> {
    names: &'a Names,
    by: &'a Reporting,
    window: &'a Window,
    purse: &'a Purse,
}

impl OfWindow<'_> {
    fn activity(&self, currency: Currency) -> Option<Activity> {
        let terms = &self.window.terms;
        let steps = moves(self.window.number, self.purse);
        let transactions: Vec<Transaction> =
            steps.iter().filter_map(|step| self.transaction(step, currency)).collect();
        let opens = day(terms.opens_day)?;
        let has_begun = opens <= self.by.generated.day;
        Some(Activity {
            id: self.id(),
            reporter: Reporter {
                id: self.by.reporter.clone(),
                kind: OrganisationType::LocalGovernment,
                names: self.words(&self.names.city),
                secondary: false,
            },
            language: self.by.language.clone(),
            currency,
            humanitarian: true,
            title: self.words(&terms.name),
            descriptions: vec![(DescriptionType::General, self.words(&terms.purpose))],
            participants: self.participants(),
            other_ids: Vec::new(),
            status: self.status(),
            dates: Dates {
                planned_start: Some(opens),
                actual_start: has_begun.then_some(opens),
                planned_end: day(terms.decides_day),
                actual_end: None,
            },
            country: self.by.country.clone(),
            locations: self.locations(),
            sectors: vec![Sector {
                vocabulary: SectorVocabulary::Dac,
                code: purpose::RELIEF.to_owned(),
                share: None,
                names: Texts::default(),
            }],
            scopes: Vec::new(),
            flow: None,
            finance: Some(match terms.mechanism.as_str() {
                "revolving_savings" => FinanceType::Loan,
                _ => FinanceType::Grant,
            }),
            aid: Some(AidType::Pooled),
            tied: None,
            budgets: Vec::new(),
            transactions,
            related: Vec::new(),
            results: self.results(opens),
        })
    }

    fn id(&self) -> String {
        format!("{}-W{}", self.by.reporter, self.window.number)
    }

    fn words(&self, words: &str) -> Texts {
        Texts::of(&self.by.language, words)
    }

    fn status(&self) -> Status {
        match self.window.phase(self.by.today) {
            Phase::Draft | Phase::Announced => Status::Planned,
            Phase::Open => Status::UnderWay,
            // It is over when everything that was given is confirmed or came back.
            Phase::Closed if self.is_over() => Status::Closed,
            Phase::Closed => Status::UnderWay,
        }
    }

    fn is_over(&self) -> bool {
        let states = self.purse.states();
        states.allocated > 0
            && states.allocated == states.confirmed + states.fees + states.overheads
    }

    fn city(&self) -> Organisation {
        Organisation {
            id: Some(self.by.reporter.clone()),
            kind: Some(OrganisationType::LocalGovernment),
            names: self.words(&self.names.city),
            activity: Some(self.id()),
        }
    }

    fn giver(&self, giver: Option<Id>) -> Organisation {
        let kind = match giver {
            None => Some(OrganisationType::Private),
            Some(_) => self.names.constituency(giver).and_then(kind_of),
        };
        Organisation { kind, names: self.words(self.names.giver(giver)), ..Organisation::default() }
    }

    fn taker(&self, application: Id) -> Organisation {
        let names = self.words(self.names.taker(application));
        Organisation { names, ..Organisation::default() }
    }

    /// The city answers for it, whoever gives funds it, and those who were given some do it.
    fn participants(&self) -> Vec<Participant> {
        let part = |role, organisation| Participant { role, organisation };
        let mut all = vec![part(Role::Accountable, self.city())];
        let givers: BTreeSet<Option<Id>> =
            self.purse.pledges.iter().map(|pledge| pledge.giver).collect();
        all.extend(givers.into_iter().map(|giver| part(Role::Funding, self.giver(giver))));
        let mut known = BTreeSet::new();
        for allocation in &self.purse.allocations {
            if known.insert(self.names.taker(allocation.of.of)) {
                all.push(part(Role::Implementing, self.taker(allocation.of.of)));
            }
        }
        all
    }

    fn locations(&self) -> Vec<Location> {
        let named = self.window.terms.areas.iter().copied();
        let given = self.purse.allocations.iter().filter_map(|allocation| allocation.of.area);
        let areas: BTreeSet<Id> = named.chain(given).collect();
        let public = areas.into_iter().filter(|area| self.names.areas.contains_key(area));
        let told = public.map(|area| Location {
            reach: Some(Reach::People),
            names: self.words(self.names.area(Some(area))),
            ..Location::default()
        });
        told.collect()
    }

    fn transaction(&self, step: &Move<'_>, currency: Currency) -> Option<Transaction> {
        use TransactionType::{
            Disbursement, Expenditure, IncomingCommitment, IncomingFunds, IncomingPledge,
            OutgoingCommitment,
        };
        let city = || Some(self.city());
        let (kind, provider, receiver, what, amount) = match step.what {
            What::Pledged(by) => (IncomingPledge, Some(self.giver(by)), city(), "", 1),
            What::Committed(by) => (IncomingCommitment, Some(self.giver(by)), city(), "", 1),
            What::PaidIn(by) => (IncomingFunds, Some(self.giver(by)), city(), "", 1),
            What::Allocated(to) => (OutgoingCommitment, city(), Some(self.taker(to.of.of)), "", 1),
            What::Paid(to, payment) => {
                let what = payment.asked.what.as_str();
                (Disbursement, city(), Some(self.taker(to.of.of)), what, 1)
            }
            What::Returned(by, payment) => {
                let what = payment.asked.what.as_str();
                (Disbursement, city(), Some(self.taker(by.of.of)), what, -1)
            }
            What::Fee(_, payment) => (Expenditure, city(), None, payment.asked.means.as_str(), 1),
            What::Repaid => (IncomingFunds, None, city(), "", 1),
            What::Spent(..) | What::Confirmed(..) => return None,
        };
        let day = day(step.day)?;
        let description = if what.is_empty() { Texts::default() } else { self.words(what) };
        Some(Transaction {
            reference: Some(step.id.clone()),
            kind,
            day,
            money: money(step.amount_minor * amount, currency),
            value_day: day,
            description,
            provider,
            receiver,
        })
    }

    /// How many needs those who asked say were met. Needs are counted, not people.
    fn results(&self, opens: Day) -> Vec<Outcome> {
        let needs: BTreeSet<Id> =
            self.purse.spends.iter().filter_map(|spend| spend.confirmed_by).collect();
        if needs.is_empty() || opens > self.by.generated.day {
            return Vec::new();
        }
        let title = Texts::of("en", "Needs that those who asked say were met");
        let period = Period {
            start: opens,
            end: self.by.generated.day,
            target: None,
            actual: u64::try_from(needs.len()).ok(),
            area: None,
        };
        let indicator = Indicator {
            measure: Measure::Unit,
            title: title.clone(),
            people: false,
            periods: vec![period],
        };
        vec![Outcome { kind: ResultType::Outcome, title, indicators: vec![indicator] }]
    }
}

/// What a body is for IATI, by the constituency it speaks for.
fn kind_of(constituency: &str) -> Option<OrganisationType> {
    Some(match constituency {
        "local_government" => OrganisationType::LocalGovernment,
        "national_government" => OrganisationType::Government,
        "un" => OrganisationType::Multilateral,
        "ingo" => OrganisationType::InternationalNgo,
        "nngo" => OrganisationType::NationalNgo,
        "grassroots_org" | "women_led_org" => OrganisationType::LocalNgo,
        "academia_knowledge" => OrganisationType::Academic,
        "private_sector" => OrganisationType::Private,
        "funder" => OrganisationType::Foundation,
        _ => return None,
    })
}
