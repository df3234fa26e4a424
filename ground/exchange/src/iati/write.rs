//! Activities as an IATI 2.03 file: elements in the order of the schema, the same bytes for the
//! same values.
//!
//! Never writes half a file: what is lacking is told instead.

use super::lack::Lacks;
use super::model::{
    Activities, Activity, Budget, Indicator, Location, Organisation, Outcome, Period, Sector,
    Share, Texts, Transaction,
};
use super::sound::sound;
use crate::day::Day;
use crate::money::Money;
use crate::xml::FILE_BYTES_MAX;
use crate::xml::write::{Attribute, Xml, attribute, maybe};

/// The version of the standard that is written.
pub const VERSION: &str = "2.03";

/// Writes a file.
///
/// # Errors
/// Everything that is lacking, each with its place.
pub fn write(all: &Activities) -> Result<Vec<u8>, Lacks> {
    sound(all)?;
    let mut xml = Xml::new();
    let generated = all.generated.to_string();
    let head = [attribute("version", VERSION), attribute("generated-datetime", generated.as_str())];
    xml.element("iati-activities", head, |xml| {
        for one in &all.activities {
            activity(xml, one, &generated);
        }
    });
    let bytes = xml.finish();
    if bytes.len() > FILE_BYTES_MAX { Err(Lacks::too_large()) } else { Ok(bytes) }
}

fn activity(xml: &mut Xml, one: &Activity, generated: &str) {
    let head = [
        attribute("xml:lang", one.language.as_str()),
        attribute("default-currency", one.currency.code()),
        attribute("last-updated-datetime", generated),
        attribute("humanitarian", flag(one.humanitarian)),
    ];
    xml.element("iati-activity", head, |xml| {
        who(xml, one);
        place(xml, one);
        defaults(xml, one);
        one.budgets.iter().for_each(|it| budget(xml, it));
        one.transactions.iter().for_each(|it| transaction(xml, it));
        for (relation, id) in &one.related {
            let head = [attribute("ref", id.as_str()), attribute("type", relation.code())];
            xml.empty("related-activity", head);
        }
        one.results.iter().for_each(|it| result(xml, it));
    });
}

fn flag(yes: bool) -> &'static str {
    if yes { "1" } else { "0" }
}

fn who(xml: &mut Xml, one: &Activity) {
    xml.words("iati-identifier", [], &one.id);
    let reporter = &one.reporter;
    let head = [
        attribute("ref", reporter.id.as_str()),
        attribute("type", reporter.kind.code()),
        attribute("secondary-reporter", flag(reporter.secondary)),
    ];
    texts(xml, "reporting-org", head, &reporter.names);
    texts(xml, "title", [], &one.title);
    for (kind, words) in &one.descriptions {
        texts(xml, "description", [attribute("type", kind.code())], words);
    }
    for it in &one.participants {
        let of = &it.organisation;
        let head = [
            maybe("ref", of.id.as_deref()),
            maybe("type", of.kind.map(|kind| kind.code())),
            attribute("role", it.role.code()),
            maybe("activity-id", of.activity.as_deref()),
        ];
        texts(xml, "participating-org", head, &of.names);
    }
    for (kind, id) in &one.other_ids {
        let head = [attribute("ref", id.as_str()), attribute("type", kind.code())];
        xml.empty("other-identifier", head);
    }
    code(xml, "activity-status", Some(one.status.code()));
    let dates = &one.dates;
    let dates = [
        ("1", dates.planned_start),
        ("2", dates.actual_start),
        ("3", dates.planned_end),
        ("4", dates.actual_end),
    ];
    for (kind, day) in dates {
        let Some(day) = day else { continue };
        let head = [attribute("type", kind), attribute("iso-date", day.to_string())];
        xml.empty("activity-date", head);
    }
}

fn code(xml: &mut Xml, name: &'static str, code: Option<&str>) {
    if let Some(code) = code {
        xml.empty(name, [attribute("code", code)]);
    }
}

/// An element whose children are the words in each language; closed in itself without any.
fn texts<'a>(
    xml: &mut Xml,
    name: &'static str,
    head: impl IntoIterator<Item = Attribute<'a>>,
    texts: &Texts,
) {
    if texts.0.is_empty() {
        return xml.empty(name, head);
    }
    xml.element(name, head, |xml| {
        for (language, words) in &texts.0 {
            xml.words("narrative", [attribute("xml:lang", language.as_str())], words);
        }
    });
}

fn place(xml: &mut Xml, one: &Activity) {
    code(xml, "recipient-country", Some(&one.country));
    one.locations.iter().for_each(|it| location(xml, it));
    one.sectors.iter().for_each(|it| sector(xml, it));
    for it in &one.scopes {
        let head = [
            attribute("type", it.kind.code()),
            attribute("vocabulary", it.vocabulary.code()),
            attribute("code", it.code.as_str()),
        ];
        texts(xml, "humanitarian-scope", head, &it.names);
    }
}

fn location(xml: &mut Xml, one: &Location) {
    xml.element("location", [maybe("ref", one.reference.as_deref())], |xml| {
        code(xml, "location-reach", one.reach.map(|it| it.code()));
        if !one.names.0.is_empty() {
            texts(xml, "name", [], &one.names);
        }
        for it in &one.administrative {
            let head = [
                attribute("vocabulary", it.vocabulary.code()),
                maybe("level", it.level.map(|level| level.to_string())),
                attribute("code", it.code.as_str()),
            ];
            xml.empty("administrative", head);
        }
        code(xml, "exactness", one.exactness.map(|it| it.code()));
        code(xml, "location-class", one.class.map(|it| it.code()));
    });
}

fn sector(xml: &mut Xml, one: &Sector) {
    let head = [
        attribute("vocabulary", one.vocabulary.code()),
        attribute("code", one.code.as_str()),
        maybe("percentage", one.share.map(percent)),
    ];
    texts(xml, "sector", head, &one.names);
}

fn percent(share: Share) -> String {
    let (whole, rest) = (share.0 / 100, share.0 % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}") }
}

fn defaults(xml: &mut Xml, one: &Activity) {
    code(xml, "default-flow-type", one.flow.map(|it| it.code()));
    code(xml, "default-finance-type", one.finance.map(|it| it.code()));
    code(xml, "default-aid-type", one.aid.map(|it| it.code()));
    code(xml, "default-tied-status", one.tied.map(|it| it.code()));
}

fn budget(xml: &mut Xml, one: &Budget) {
    let head = [attribute("type", one.kind.code()), attribute("status", one.status.code())];
    xml.element("budget", head, |xml| {
        day(xml, "period-start", one.start);
        day(xml, "period-end", one.end);
        value(xml, one.money, one.value_day);
    });
}

fn day(xml: &mut Xml, name: &'static str, day: Day) {
    xml.empty(name, [attribute("iso-date", day.to_string())]);
}

fn value(xml: &mut Xml, money: Money, at: Day) {
    let head =
        [attribute("currency", money.currency.code()), attribute("value-date", at.to_string())];
    xml.words("value", head, &money.decimal());
}

fn transaction(xml: &mut Xml, one: &Transaction) {
    xml.element("transaction", [maybe("ref", one.reference.as_deref())], |xml| {
        code(xml, "transaction-type", Some(one.kind.code()));
        day(xml, "transaction-date", one.day);
        value(xml, one.money, one.value_day);
        if !one.description.0.is_empty() {
            texts(xml, "description", [], &one.description);
        }
        let ends = [
            ("provider-org", "provider-activity-id", &one.provider),
            ("receiver-org", "receiver-activity-id", &one.receiver),
        ];
        for (name, activity, organisation) in ends {
            if let Some(of) = organisation {
                end(xml, name, activity, of);
            }
        }
    });
}

fn end(xml: &mut Xml, name: &'static str, activity: &'static str, of: &Organisation) {
    let head = [
        maybe("ref", of.id.as_deref()),
        maybe(activity, of.activity.as_deref()),
        maybe("type", of.kind.map(|kind| kind.code())),
    ];
    texts(xml, name, head, &of.names);
}

fn result(xml: &mut Xml, one: &Outcome) {
    xml.element("result", [attribute("type", one.kind.code())], |xml| {
        texts(xml, "title", [], &one.title);
        one.indicators.iter().for_each(|it| indicator(xml, it));
    });
}

fn indicator(xml: &mut Xml, one: &Indicator) {
    xml.element("indicator", [attribute("measure", one.measure.code())], |xml| {
        texts(xml, "title", [], &one.title);
        for it in &one.periods {
            xml.element("period", [], |xml| {
                day(xml, "period-start", it.start);
                day(xml, "period-end", it.end);
                counted(xml, "target", it.target, it);
                counted(xml, "actual", it.actual, it);
            });
        }
    });
}

fn counted(xml: &mut Xml, name: &'static str, count: Option<u64>, period: &Period) {
    let Some(count) = count else { return };
    let head = [attribute("value", count.to_string())];
    match period.area.as_deref() {
        None => xml.empty(name, head),
        Some(area) => {
            xml.element(name, head, |xml| xml.empty("location", [attribute("ref", area)]));
        }
    }
}
