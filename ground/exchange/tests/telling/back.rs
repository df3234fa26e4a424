//! Reads back what was written, value by value, to compare it with what was told.
//!
//! Never meant for files of others: it knows only what the writer writes.

use exchange::iati::{
    Activities, Activity, Administrative, Budget, Dates, Indicator, Location, Organisation,
    Outcome, Participant, Period, Reporter, Scope, Sector, Share, Texts, Transaction, codes,
};
use exchange::{Currency, Day, Moment, Money};
use roxmltree::Node;

const LANG: (&str, &str) = ("http://www.w3.org/XML/1998/namespace", "lang");

macro_rules! coded {
    ($name:ident, $of:expr, $attribute:literal) => {
        $of.attribute($attribute)
            .map(|code| *codes::$name::ALL.iter().find(|known| known.code() == code).unwrap())
    };
}

pub fn activities(bytes: &[u8]) -> Activities {
    let tree = roxmltree::Document::parse(std::str::from_utf8(bytes).unwrap()).unwrap();
    let root = tree.root_element();
    let generated = attribute(root, "generated-datetime").unwrap();
    let generated: Day = generated[..10].parse().unwrap();
    let activities = all(root, "iati-activity").map(activity).collect();
    Activities { generated: Moment::begins(generated), activities }
}

fn all<'a>(of: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    of.children().filter(move |child| child.has_tag_name(name))
}

fn one<'a>(of: Node<'a, 'a>, name: &'static str) -> Option<Node<'a, 'a>> {
    all(of, name).next()
}

fn attribute(of: Node<'_, '_>, name: &str) -> Option<String> {
    of.attribute(name).map(str::to_owned)
}

fn texts(of: Node<'_, '_>) -> Texts {
    let narratives = of.children().filter(|child| child.has_tag_name("narrative"));
    let told = narratives.map(|words| {
        let language = words.attribute(LANG).unwrap().to_owned();
        (language, words.text().unwrap().to_owned())
    });
    Texts(told.collect())
}

fn day(of: Node<'_, '_>, name: &str) -> Day {
    of.attribute(name).unwrap().parse().unwrap()
}

fn activity(of: Node<'_, '_>) -> Activity {
    let org = one(of, "reporting-org").unwrap();
    let flag = |of: Node<'_, '_>, name: &str| of.attribute(name) == Some("1");
    let date = |code: &str| {
        let dated = all(of, "activity-date").find(|it| it.attribute("type") == Some(code));
        dated.map(|it| day(it, "iso-date"))
    };
    Activity {
        id: one(of, "iati-identifier").unwrap().text().unwrap().to_owned(),
        reporter: Reporter {
            id: attribute(org, "ref").unwrap(),
            kind: coded!(OrganisationType, org, "type").unwrap(),
            names: texts(org),
            secondary: flag(org, "secondary-reporter"),
        },
        language: of.attribute(LANG).unwrap().to_owned(),
        currency: of.attribute("default-currency").unwrap().parse().unwrap(),
        humanitarian: flag(of, "humanitarian"),
        title: texts(one(of, "title").unwrap()),
        descriptions: all(of, "description")
            .map(|it| (coded!(DescriptionType, it, "type").unwrap(), texts(it)))
            .collect(),
        participants: all(of, "participating-org")
            .map(|it| Participant {
                role: coded!(Role, it, "role").unwrap(),
                organisation: organisation(it, "activity-id"),
            })
            .collect(),
        other_ids: all(of, "other-identifier")
            .map(|it| (coded!(OtherIdType, it, "type").unwrap(), attribute(it, "ref").unwrap()))
            .collect(),
        status: coded!(Status, one(of, "activity-status").unwrap(), "code").unwrap(),
        dates: Dates {
            planned_start: date("1"),
            actual_start: date("2"),
            planned_end: date("3"),
            actual_end: date("4"),
        },
        country: attribute(one(of, "recipient-country").unwrap(), "code").unwrap(),
        locations: all(of, "location").map(location).collect(),
        sectors: all(of, "sector").map(sector).collect(),
        scopes: all(of, "humanitarian-scope").map(scope).collect(),
        flow: one(of, "default-flow-type").and_then(|it| coded!(FlowType, it, "code")),
        finance: one(of, "default-finance-type").and_then(|it| coded!(FinanceType, it, "code")),
        aid: one(of, "default-aid-type").and_then(|it| coded!(AidType, it, "code")),
        tied: one(of, "default-tied-status").and_then(|it| coded!(TiedStatus, it, "code")),
        budgets: all(of, "budget").map(budget).collect(),
        transactions: all(of, "transaction").map(transaction).collect(),
        related: all(of, "related-activity")
            .map(|it| (coded!(Relation, it, "type").unwrap(), attribute(it, "ref").unwrap()))
            .collect(),
        results: all(of, "result").map(result).collect(),
    }
}

fn organisation(of: Node<'_, '_>, activity: &str) -> Organisation {
    Organisation {
        id: attribute(of, "ref"),
        kind: coded!(OrganisationType, of, "type"),
        names: texts(of),
        activity: attribute(of, activity),
    }
}

fn location(of: Node<'_, '_>) -> Location {
    Location {
        reference: attribute(of, "ref"),
        reach: one(of, "location-reach").and_then(|it| coded!(Reach, it, "code")),
        names: one(of, "name").map(texts).unwrap_or_default(),
        administrative: all(of, "administrative")
            .map(|it| Administrative {
                vocabulary: coded!(AreaVocabulary, it, "vocabulary").unwrap(),
                level: it.attribute("level").map(|level| level.parse().unwrap()),
                code: attribute(it, "code").unwrap(),
            })
            .collect(),
        exactness: one(of, "exactness").and_then(|it| coded!(Exactness, it, "code")),
        class: one(of, "location-class").and_then(|it| coded!(PlaceClass, it, "code")),
    }
}

fn sector(of: Node<'_, '_>) -> Sector {
    let share = |text: &str| {
        let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
        Share(whole.parse::<u16>().unwrap() * 100 + part.parse::<u16>().unwrap())
    };
    Sector {
        vocabulary: coded!(SectorVocabulary, of, "vocabulary").unwrap(),
        code: attribute(of, "code").unwrap(),
        share: of.attribute("percentage").map(share),
        names: texts(of),
    }
}

fn scope(of: Node<'_, '_>) -> Scope {
    Scope {
        kind: coded!(ScopeType, of, "type").unwrap(),
        vocabulary: coded!(ScopeVocabulary, of, "vocabulary").unwrap(),
        code: attribute(of, "code").unwrap(),
        names: texts(of),
    }
}

fn money(of: Node<'_, '_>) -> (Money, Day) {
    let value = one(of, "value").unwrap();
    let currency: Currency = value.attribute("currency").unwrap().parse().unwrap();
    (Money::read(value.text().unwrap(), currency).unwrap(), day(value, "value-date"))
}

fn budget(of: Node<'_, '_>) -> Budget {
    let (money, value_day) = money(of);
    Budget {
        kind: coded!(BudgetType, of, "type").unwrap(),
        status: coded!(BudgetStatus, of, "status").unwrap(),
        start: day(one(of, "period-start").unwrap(), "iso-date"),
        end: day(one(of, "period-end").unwrap(), "iso-date"),
        money,
        value_day,
    }
}

fn transaction(of: Node<'_, '_>) -> Transaction {
    let (money, value_day) = money(of);
    let end = |name, activity| one(of, name).map(|it| organisation(it, activity));
    Transaction {
        reference: attribute(of, "ref"),
        kind: coded!(TransactionType, one(of, "transaction-type").unwrap(), "code").unwrap(),
        day: day(one(of, "transaction-date").unwrap(), "iso-date"),
        money,
        value_day,
        description: one(of, "description").map(texts).unwrap_or_default(),
        provider: end("provider-org", "provider-activity-id"),
        receiver: end("receiver-org", "receiver-activity-id"),
    }
}

fn result(of: Node<'_, '_>) -> Outcome {
    let indicator = |of: Node<'_, '_>| Indicator {
        measure: coded!(Measure, of, "measure").unwrap(),
        title: texts(one(of, "title").unwrap()),
        people: false,
        periods: all(of, "period").map(period).collect(),
    };
    Outcome {
        kind: coded!(ResultType, of, "type").unwrap(),
        title: texts(one(of, "title").unwrap()),
        indicators: all(of, "indicator").map(indicator).collect(),
    }
}

fn period(of: Node<'_, '_>) -> Period {
    let count = |name| one(of, name).map(|it| attribute(it, "value").unwrap().parse().unwrap());
    let place =
        |name| one(of, name).and_then(|it| one(it, "location")).map(|it| attribute(it, "ref"));
    Period {
        start: day(one(of, "period-start").unwrap(), "iso-date"),
        end: day(one(of, "period-end").unwrap(), "iso-date"),
        target: count("target"),
        actual: count("actual"),
        area: place("target").or_else(|| place("actual")).flatten(),
    }
}
