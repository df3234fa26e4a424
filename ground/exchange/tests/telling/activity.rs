//! Water for Fond Melon: an activity with all that can be told of one. Nothing in it is true.

use exchange::iati::codes::{
    AidType, AreaVocabulary, BudgetStatus, BudgetType, DescriptionType, Exactness, FinanceType,
    FlowType, Measure, OrganisationType, OtherIdType, PlaceClass, Reach, Relation, ResultType,
    Role, ScopeType, ScopeVocabulary, SectorVocabulary, Status, TiedStatus, TransactionType,
    purpose,
};
use exchange::iati::{
    Activities, Activity, Administrative, Budget, Dates, Indicator, Location, Organisation,
    Outcome, Participant, Period, Reporter, Scope, Sector, Share, Texts, Transaction,
};
use exchange::{Currency, Day, Moment, Money};

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn dollars(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

pub fn city() -> Organisation {
    Organisation {
        id: Some("HT-COA-7".to_owned()),
        kind: Some(OrganisationType::LocalGovernment),
        names: Texts::of("fr", "Ville de Jacmel"),
        activity: Some("HT-COA-7-41".to_owned()),
    }
}

pub fn donor() -> Organisation {
    Organisation {
        id: Some("XM-DAC-701".to_owned()),
        kind: Some(OrganisationType::Government),
        names: Texts::default(),
        activity: Some("XM-DAC-701-9".to_owned()),
    }
}

/// Women who sell water: no papers, so no id.
pub fn group() -> Organisation {
    Organisation {
        kind: Some(OrganisationType::Other),
        names: Texts::of("ht", "Fanm Bèlè"),
        ..Organisation::default()
    }
}

pub fn transaction(
    kind: TransactionType,
    at: &str,
    minor: i64,
    provider: Organisation,
    receiver: Organisation,
) -> Transaction {
    Transaction {
        reference: Some(format!("T-{}", kind.code())),
        kind,
        day: day(at),
        money: dollars(minor),
        value_day: day(at),
        description: Texts::default(),
        provider: Some(provider),
        receiver: Some(receiver),
    }
}

pub fn file() -> Activities {
    Activities { generated: Moment::begins(day("2026-11-27")), activities: vec![activity()] }
}

pub fn activity() -> Activity {
    let place = |kind, minor| transaction(kind, "2026-03-02", minor, donor(), city());
    Activity {
        id: "HT-COA-7-41".to_owned(),
        reporter: Reporter {
            id: "HT-COA-7".to_owned(),
            kind: OrganisationType::LocalGovernment,
            names: Texts::of("fr", "Ville de Jacmel"),
            secondary: false,
        },
        language: "fr".to_owned(),
        currency: Currency::USD,
        humanitarian: true,
        title: Texts::of("fr", "Eau à Fond Melon").and("ht", "Dlo nan Fon Melon"),
        descriptions: vec![(DescriptionType::General, Texts::of("fr", "Deux bornes & un puits"))],
        participants: vec![
            Participant { role: Role::Funding, organisation: donor() },
            Participant { role: Role::Accountable, organisation: city() },
            Participant { role: Role::Implementing, organisation: group() },
        ],
        other_ids: vec![(OtherIdType::FtsFlow, "228238".to_owned())],
        status: Status::UnderWay,
        dates: Dates {
            planned_start: Some(day("2026-03-01")),
            actual_start: Some(day("2026-03-02")),
            planned_end: Some(day("2027-02-28")),
            actual_end: None,
        },
        country: "HT".to_owned(),
        locations: vec![location()],
        sectors: sectors(),
        scopes: vec![Scope {
            kind: ScopeType::Emergency,
            vocabulary: ScopeVocabulary::Glide,
            code: "EQ-2021-000116-HTI".to_owned(),
            names: Texts::default(),
        }],
        flow: Some(FlowType::Oda),
        finance: Some(FinanceType::Grant),
        aid: Some(AidType::Project),
        tied: Some(TiedStatus::Untied),
        budgets: vec![Budget {
            kind: BudgetType::Original,
            status: BudgetStatus::Committed,
            start: day("2026-03-01"),
            end: day("2027-02-28"),
            money: dollars(1_000_000),
            value_day: day("2026-03-01"),
        }],
        transactions: vec![
            place(TransactionType::IncomingPledge, 1_000_000),
            place(TransactionType::IncomingCommitment, 900_000),
            place(TransactionType::IncomingFunds, 320_050),
            transaction(
                TransactionType::OutgoingCommitment,
                "2026-03-03",
                320_000,
                city(),
                group(),
            ),
            transaction(TransactionType::Disbursement, "2026-03-04", 320_000, city(), group()),
            transaction(TransactionType::Expenditure, "2026-03-05", -50, city(), group()),
        ],
        related: vec![(Relation::Parent, "XM-DAC-701-9".to_owned())],
        results: vec![Outcome {
            kind: ResultType::Output,
            title: Texts::of("fr", "Bornes ouvertes"),
            indicators: vec![indicator()],
        }],
    }
}

pub fn location() -> Location {
    Location {
        reference: Some("fond-melon".to_owned()),
        reach: Some(Reach::People),
        names: Texts::of("fr", "Fond Melon").and("ht", "Fon Melon"),
        administrative: vec![Administrative {
            vocabulary: AreaVocabulary::Salb,
            level: Some(2),
            code: "HTI002001".to_owned(),
        }],
        exactness: Some(Exactness::Approximate),
        class: Some(PlaceClass::Settlement),
    }
}

pub fn sector(vocabulary: SectorVocabulary, code: &str, share: Option<u16>) -> Sector {
    Sector { vocabulary, code: code.to_owned(), share: share.map(Share), names: Texts::default() }
}

pub fn sectors() -> Vec<Sector> {
    vec![
        sector(SectorVocabulary::Dac, purpose::RELIEF, Some(6_667)),
        sector(SectorVocabulary::Dac, purpose::COORDINATION, Some(3_333)),
        sector(SectorVocabulary::Cluster, "11", None),
    ]
}

pub fn indicator() -> Indicator {
    Indicator {
        measure: Measure::Unit,
        title: Texts::of("fr", "Personnes qui ont dit oui"),
        people: true,
        periods: vec![Period {
            start: day("2026-03-01"),
            end: day("2026-06-30"),
            target: Some(400),
            actual: Some(5),
            area: Some("fond-melon".to_owned()),
        }],
    }
}
