//! Any activity that can be told: whatever the model can hold and nothing forbids.

use std::collections::BTreeMap;

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
use exchange::{AMOUNT_MINOR_MAX, Currency, Day, Moment, Money};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// The day on which the files are made, in days since 1970.
const TODAY: i64 = 20_784;

/// Any text that may stand in a file: every character but controls and the two that are none.
pub fn words() -> impl Strategy<Value = String> {
    let fits = |c: &char| !c.is_control() && !['\u{fffe}', '\u{ffff}'].contains(c);
    let any = prop_oneof![
        any::<char>().prop_filter("no control character", fits),
        select(vec!['\t', '\n', '\r', '&', '<', '>', '"', '\'', ']', ' ']),
    ];
    let text = vec(any, 1..30).prop_map(|all| all.into_iter().collect());
    text.prop_filter("some words", |text: &String| !text.trim().is_empty())
}

fn texts(least: usize) -> impl Strategy<Value = Texts> {
    let languages = select(vec!["en", "fr", "es", "ht", "sw", "ar"]).prop_map(str::to_owned);
    let most = least.max(2) + 1;
    prop::collection::btree_map(languages, words(), least..most).prop_map(Texts)
}

pub fn id() -> impl Strategy<Value = String> {
    "[^\\p{Cc}\u{fffe}\u{ffff}/&|? ]{1,20}".prop_filter("no blank", |id| id.trim() == id)
}

fn code<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

/// Any day until today.
fn past() -> impl Strategy<Value = Day> {
    (-719_162..=TODAY).prop_map(|days| Day::of_epoch(days).unwrap())
}

fn period() -> impl Strategy<Value = (Day, Day)> {
    (-700_000..TODAY, 0..365_i64).prop_map(|(start, days)| {
        (Day::of_epoch(start).unwrap(), Day::of_epoch(start + days).unwrap())
    })
}

fn money() -> impl Strategy<Value = Money> {
    let currency = select(vec!["USD", "JPY", "KWD", "CLF", "HTG"]);
    (-AMOUNT_MINOR_MAX..=AMOUNT_MINOR_MAX, currency)
        .prop_map(|(minor, code)| Money::new(minor, code.parse::<Currency>().unwrap()))
}

fn organisation() -> impl Strategy<Value = Organisation> {
    let parts =
        (option::of(id()), option::of(code(OrganisationType::ALL)), texts(0), option::of(id()));
    let any =
        parts.prop_map(|(id, kind, names, activity)| Organisation { id, kind, names, activity });
    any.prop_filter("told", |it| it.id.is_some() || !it.names.0.is_empty())
}

fn location() -> impl Strategy<Value = Location> {
    let administrative = (code(AreaVocabulary::ALL), option::of(0..5_u8), id()).prop_map(
        |(vocabulary, level, code)| {
            let country = vocabulary == AreaVocabulary::Country;
            let code = if country { "HT".to_owned() } else { code };
            Administrative { vocabulary, level, code }
        },
    );
    let parts = (
        option::of(code(Reach::ALL)),
        texts(1),
        vec(administrative, 0..3),
        option::of(code(Exactness::ALL)),
        option::of(code(PlaceClass::ALL)),
    );
    parts.prop_map(|(reach, names, administrative, exactness, class)| Location {
        reference: None,
        reach,
        names,
        administrative,
        exactness,
        class,
    })
}

/// Sectors of one or two vocabularies; each vocabulary's shares make a whole.
fn sectors() -> impl Strategy<Value = Vec<Sector>> {
    let named = |vocabulary, code: &str, share, names: &Texts| Sector {
        vocabulary,
        code: code.to_owned(),
        share: (share > 0).then_some(Share(share)),
        names: names.clone(),
    };
    (1..10_000_u16, any::<bool>(), any::<bool>(), texts(1)).prop_map(
        move |(share, several, own, names)| {
            let dac = SectorVocabulary::Dac;
            let mut all = if several {
                let rest = Share::WHOLE.0 - share;
                vec![
                    named(dac, purpose::FOOD, share, &names),
                    named(dac, purpose::RELIEF, rest, &Texts::default()),
                ]
            } else {
                vec![named(dac, purpose::URBAN, 0, &Texts::default())]
            };
            if own {
                all.push(named(SectorVocabulary::Own, "EAU", 10_000, &names));
            }
            all
        },
    )
}

fn scope() -> impl Strategy<Value = Scope> {
    let parts = (code(ScopeType::ALL), code(ScopeVocabulary::ALL), id(), texts(1));
    parts.prop_map(|(kind, vocabulary, code, names)| Scope { kind, vocabulary, code, names })
}

fn budget() -> impl Strategy<Value = Budget> {
    let parts = (code(BudgetType::ALL), code(BudgetStatus::ALL), period(), money(), past());
    parts.prop_map(|(kind, status, (start, end), money, value_day)| Budget {
        kind,
        status,
        start,
        end,
        money,
        value_day,
    })
}

fn transaction() -> impl Strategy<Value = Transaction> {
    let ends = (option::of(organisation()), option::of(organisation()));
    let parts =
        (option::of(id()), code(TransactionType::ALL), past(), money(), past(), texts(0), ends);
    parts.prop_map(|(reference, kind, day, money, value_day, description, ends)| Transaction {
        reference,
        kind,
        day,
        money,
        value_day,
        description,
        provider: ends.0,
        receiver: ends.1,
    })
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let counts = (option::of(any::<u64>()), option::of(any::<u64>()), any::<bool>());
    let period = (period(), counts).prop_map(|((start, end), (target, actual, placed))| Period {
        start,
        end,
        target,
        actual,
        // Where nothing is counted there is no place to tell it of.
        area: (placed && (target.is_some() || actual.is_some())).then(|| "here".to_owned()),
    });
    let indicator = (code(Measure::ALL), texts(1), vec(period, 0..3))
        .prop_map(|(measure, title, periods)| Indicator { measure, title, people: false, periods });
    (code(ResultType::ALL), texts(1), vec(indicator, 1..3))
        .prop_map(|(kind, title, indicators)| Outcome { kind, title, indicators })
}

fn dates() -> impl Strategy<Value = Dates> {
    let parts = (past(), period(), option::of(period()), any::<bool>());
    parts.prop_map(|(start, planned, actual, planned_too)| Dates {
        planned_start: (planned_too || actual.is_none()).then_some(planned.0),
        planned_end: planned_too.then_some(planned.1),
        actual_start: actual.map(|_| start),
        actual_end: None,
    })
}

prop_compose! {
    fn activity()(
        who in (id(), code(OrganisationType::ALL), texts(1), any::<bool>(), id()),
        told in (texts(1), vec((code(DescriptionType::ALL), texts(1)), 1..3), dates()),
        participants in vec((code(Role::ALL), organisation()), 1..3),
        ids in (
            vec((code(OtherIdType::ALL), id()), 0..2),
            vec((code(Relation::ALL), id()), 0..2),
        ),
        state in (any::<bool>(), code(Status::ALL)),
        place in (vec(location(), 0..2), sectors(), vec(scope(), 0..2)),
        defaults in (
            option::of(code(FlowType::ALL)),
            option::of(code(FinanceType::ALL)),
            option::of(code(AidType::ALL)),
            option::of(code(TiedStatus::ALL)),
        ),
        moved in (vec(budget(), 0..2), vec(transaction(), 0..3), vec(outcome(), 0..2)),
    ) -> Activity {
        let (reporter, kind, names, secondary, own) = who;
        let mut locations = place.0;
        let here = Location {
            reference: Some("here".to_owned()),
            names: Texts::of("ht", "Isit"),
            ..Location::default()
        };
        locations.push(here);
        Activity {
            id: format!("{reporter}-{own}"),
            reporter: Reporter { id: reporter, kind, names, secondary },
            language: "fr".to_owned(),
            currency: Currency::HTG,
            humanitarian: state.0,
            title: told.0,
            descriptions: told.1,
            participants: participants
                .into_iter()
                .map(|(role, organisation)| Participant { role, organisation })
                .collect(),
            other_ids: ids.0,
            status: state.1,
            dates: told.2,
            country: "HT".to_owned(),
            locations,
            sectors: place.1,
            scopes: place.2,
            flow: defaults.0,
            finance: defaults.1,
            aid: defaults.2,
            tied: defaults.3,
            budgets: moved.0,
            transactions: moved.1,
            related: ids.1,
            results: moved.2,
        }
    }
}

/// A file of one to three activities.
pub fn file() -> impl Strategy<Value = Activities> {
    vec(activity(), 1..4).prop_map(|all| {
        let by_id: BTreeMap<String, Activity> =
            all.into_iter().map(|one| (one.id.clone(), one)).collect();
        let today = Day::of_epoch(TODAY).unwrap();
        let activities = by_id.into_values().collect();
        Activities { generated: Moment::begins(today), activities }
    })
}
