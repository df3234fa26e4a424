//! What IATI 2.03 says an element of an activity file may hold, as a table. Taken from its schema
//! (CC BY 4.0) as it stood in October 2024; a test reads the published schema and compares.
//!
//! Never judges: [`shape`](super::shape) does.

use super::kinds::Kind;
use super::shape::Shape;
use super::shape::Times::{Any, Maybe, Once, Some as Many};

/// An attribute that may be there.
const fn may(name: &'static str, kind: Kind) -> (&'static str, Kind, bool) {
    (name, kind, false)
}

/// An attribute that must be there.
const fn must(name: &'static str, kind: Kind) -> (&'static str, Kind, bool) {
    (name, kind, true)
}

/// An element that holds elements.
const fn holds(
    attributes: &'static [(&'static str, Kind, bool)],
    children: &'static [(&'static str, &'static Shape, super::shape::Times)],
) -> Shape {
    Shape { text: None, attributes, children, open_attributes: true, open_children: true }
}

/// An element that holds elements, and no attributes of others.
const fn closed(
    attributes: &'static [(&'static str, Kind, bool)],
    children: &'static [(&'static str, &'static Shape, super::shape::Times)],
) -> Shape {
    Shape { text: None, attributes, children, open_attributes: false, open_children: true }
}

/// An element that holds text.
const fn says(kind: Kind, attributes: &'static [(&'static str, Kind, bool)]) -> Shape {
    Shape {
        text: Some(kind),
        attributes,
        children: &[],
        open_attributes: true,
        open_children: false,
    }
}

/// An element that holds text and nothing else at all.
const fn bare(kind: Kind) -> Shape {
    Shape {
        text: Some(kind),
        attributes: &[],
        children: &[],
        open_attributes: false,
        open_children: false,
    }
}

pub(super) static ACTIVITIES: Shape = holds(
    &[
        must("version", Kind::Text),
        may("generated-datetime", Kind::DateTime),
        may("linked-data-default", Kind::Uri),
    ],
    &[("iati-activity", &ACTIVITY, Many)],
);
static ACTIVITY: Shape = holds(
    &[
        may("budget-not-provided", Kind::Text),
        may("default-currency", Kind::Text),
        may("hierarchy", Kind::Int),
        may("humanitarian", Kind::Boolean),
        may("last-updated-datetime", Kind::DateTime),
        may("linked-data-uri", Kind::Uri),
        may("xml:lang", Kind::Language),
    ],
    &[
        ("iati-identifier", &LINE, Once),
        ("reporting-org", &REPORTING_ORG, Once),
        ("title", &WORDS, Once),
        ("description", &DESCRIPTION, Many),
        ("participating-org", &PARTICIPATING_ORG, Many),
        ("other-identifier", &OTHER_IDENTIFIER, Any),
        ("activity-status", &CODE, Once),
        ("activity-date", &ACTIVITY_DATE, Many),
        ("contact-info", &CONTACT_INFO, Any),
        ("activity-scope", &CODE, Maybe),
        ("recipient-country", &RECIPIENT_COUNTRY, Any),
        ("recipient-region", &SECTOR, Any),
        ("location", &LOCATION, Any),
        ("sector", &SECTOR, Any),
        ("tag", &TAG, Any),
        ("country-budget-items", &COUNTRY_BUDGET_ITEMS, Maybe),
        ("humanitarian-scope", &HUMANITARIAN_SCOPE, Any),
        ("policy-marker", &POLICY_MARKER, Any),
        ("collaboration-type", &CODE, Maybe),
        ("default-flow-type", &CODE, Maybe),
        ("default-finance-type", &CODE, Maybe),
        ("default-aid-type", &AID_TYPE, Any),
        ("default-tied-status", &CODE, Maybe),
        ("budget", &BUDGET, Any),
        ("planned-disbursement", &PLANNED_DISBURSEMENT, Any),
        ("capital-spend", &CAPITAL_SPEND, Maybe),
        ("transaction", &TRANSACTION, Any),
        ("document-link", &DOCUMENT_LINK, Any),
        ("related-activity", &RELATED_ACTIVITY, Any),
        ("legacy-data", &LEGACY_DATA, Any),
        ("conditions", &CONDITIONS, Maybe),
        ("result", &RESULT, Any),
        ("crs-add", &CRS_ADD, Maybe),
        ("fss", &FSS, Maybe),
    ],
);
static LINE: Shape = says(Kind::Text, &[]);
static REPORTING_ORG: Shape = holds(
    &[must("ref", Kind::Text), must("type", Kind::Text), may("secondary-reporter", Kind::Boolean)],
    &[("narrative", &NARRATIVE, Many)],
);
static NARRATIVE: Shape = says(Kind::Text, &[may("xml:lang", Kind::Language)]);
static WORDS: Shape = holds(&[], &[("narrative", &NARRATIVE, Many)]);
static DESCRIPTION: Shape = holds(&[may("type", Kind::Text)], &[("narrative", &NARRATIVE, Many)]);
static PARTICIPATING_ORG: Shape = holds(
    &[
        must("role", Kind::Text),
        may("activity-id", Kind::Text),
        may("crs-channel-code", Kind::Text),
        may("ref", Kind::Text),
        may("type", Kind::Text),
    ],
    &[("narrative", &NARRATIVE, Any)],
);
static OTHER_IDENTIFIER: Shape = holds(
    &[must("ref", Kind::Text), must("type", Kind::Text)],
    &[("owner-org", &OWNER_ORG, Maybe)],
);
static OWNER_ORG: Shape = holds(&[may("ref", Kind::Text)], &[("narrative", &NARRATIVE, Any)]);
static CODE: Shape = holds(&[must("code", Kind::Text)], &[]);
static ACTIVITY_DATE: Shape = holds(
    &[must("iso-date", Kind::Date), must("type", Kind::Text)],
    &[("narrative", &NARRATIVE, Any)],
);
static CONTACT_INFO: Shape = holds(
    &[may("type", Kind::Text)],
    &[
        ("organisation", &WORDS, Maybe),
        ("department", &WORDS, Maybe),
        ("person-name", &WORDS, Maybe),
        ("job-title", &WORDS, Maybe),
        ("telephone", &LINE, Any),
        ("email", &LINE, Any),
        ("website", &WEBSITE, Any),
        ("mailing-address", &WORDS, Any),
    ],
);
static WEBSITE: Shape = says(Kind::Uri, &[]);
static RECIPIENT_COUNTRY: Shape = holds(
    &[must("code", Kind::Text), may("percentage", Kind::Decimal)],
    &[("narrative", &NARRATIVE, Any)],
);
static SECTOR: Shape = holds(
    &[
        must("code", Kind::Text),
        may("percentage", Kind::Decimal),
        may("vocabulary", Kind::Text),
        may("vocabulary-uri", Kind::Uri),
    ],
    &[("narrative", &NARRATIVE, Any)],
);
static LOCATION: Shape = holds(
    &[may("ref", Kind::Text)],
    &[
        ("location-reach", &CODE, Maybe),
        ("location-id", &LOCATION_ID, Any),
        ("name", &WORDS, Maybe),
        ("description", &WORDS, Maybe),
        ("activity-description", &WORDS, Maybe),
        ("administrative", &ADMINISTRATIVE, Any),
        ("point", &POINT, Maybe),
        ("exactness", &CODE, Maybe),
        ("location-class", &CODE, Maybe),
        ("feature-designation", &CODE, Maybe),
    ],
);
static LOCATION_ID: Shape = holds(&[must("code", Kind::Text), must("vocabulary", Kind::Text)], &[]);
static ADMINISTRATIVE: Shape = holds(
    &[must("code", Kind::Text), must("vocabulary", Kind::Text), may("level", Kind::Count)],
    &[],
);
static POINT: Shape = holds(&[must("srsName", Kind::Text)], &[("pos", &BARE_LINE, Once)]);
static BARE_LINE: Shape = bare(Kind::Text);
static TAG: Shape = holds(
    &[must("code", Kind::Text), must("vocabulary", Kind::Text), may("vocabulary-uri", Kind::Uri)],
    &[("narrative", &NARRATIVE, Any)],
);
static COUNTRY_BUDGET_ITEMS: Shape =
    holds(&[must("vocabulary", Kind::Text)], &[("budget-item", &BUDGET_ITEM, Many)]);
static BUDGET_ITEM: Shape = holds(
    &[must("code", Kind::Text), may("percentage", Kind::Decimal)],
    &[("description", &WORDS, Maybe)],
);
static HUMANITARIAN_SCOPE: Shape = holds(
    &[
        must("code", Kind::Text),
        must("type", Kind::Text),
        must("vocabulary", Kind::Text),
        may("vocabulary-uri", Kind::Uri),
    ],
    &[("narrative", &NARRATIVE, Any)],
);
static POLICY_MARKER: Shape = holds(
    &[
        must("code", Kind::Text),
        may("significance", Kind::Text),
        may("vocabulary", Kind::Text),
        may("vocabulary-uri", Kind::Uri),
    ],
    &[("narrative", &NARRATIVE, Any)],
);
static AID_TYPE: Shape = holds(&[must("code", Kind::Text), may("vocabulary", Kind::Text)], &[]);
static BUDGET: Shape = holds(
    &[may("status", Kind::Text), may("type", Kind::Text)],
    &[("period-start", &DAY, Once), ("period-end", &DAY, Once), ("value", &VALUE, Once)],
);
static DAY: Shape = holds(&[must("iso-date", Kind::Date)], &[]);
static VALUE: Shape =
    says(Kind::Decimal, &[must("value-date", Kind::Date), may("currency", Kind::Text)]);
static PLANNED_DISBURSEMENT: Shape = holds(
    &[may("type", Kind::Text)],
    &[
        ("period-start", &DAY, Once),
        ("period-end", &DAY, Maybe),
        ("value", &VALUE, Once),
        ("provider-org", &PROVIDER_ORG, Maybe),
        ("receiver-org", &RECEIVER_ORG, Maybe),
    ],
);
static PROVIDER_ORG: Shape = holds(
    &[may("provider-activity-id", Kind::Text), may("ref", Kind::Text), may("type", Kind::Text)],
    &[("narrative", &NARRATIVE, Any)],
);
static RECEIVER_ORG: Shape = holds(
    &[may("receiver-activity-id", Kind::Text), may("ref", Kind::Text), may("type", Kind::Text)],
    &[("narrative", &NARRATIVE, Any)],
);
static CAPITAL_SPEND: Shape = holds(&[must("percentage", Kind::Decimal)], &[]);
static TRANSACTION: Shape = holds(
    &[may("humanitarian", Kind::Boolean), may("ref", Kind::Text)],
    &[
        ("transaction-type", &CODE, Once),
        ("transaction-date", &DAY, Once),
        ("value", &VALUE, Once),
        ("description", &WORDS, Maybe),
        ("provider-org", &PROVIDER_ORG, Maybe),
        ("receiver-org", &RECEIVER_ORG, Maybe),
        ("disbursement-channel", &CODE, Maybe),
        ("sector", &TRANSACTION_SECTOR, Any),
        ("recipient-country", &TRANSACTION_COUNTRY, Maybe),
        ("recipient-region", &TRANSACTION_SECTOR, Maybe),
        ("flow-type", &CODE, Maybe),
        ("finance-type", &CODE, Maybe),
        ("aid-type", &AID_TYPE, Any),
        ("tied-status", &CODE, Maybe),
    ],
);
static TRANSACTION_SECTOR: Shape = holds(
    &[must("code", Kind::Text), may("vocabulary", Kind::Text), may("vocabulary-uri", Kind::Uri)],
    &[("narrative", &NARRATIVE, Any)],
);
static TRANSACTION_COUNTRY: Shape =
    holds(&[must("code", Kind::Text)], &[("narrative", &NARRATIVE, Any)]);
static DOCUMENT_LINK: Shape = holds(
    &[must("format", Kind::Text), must("url", Kind::Uri)],
    &[
        ("title", &WORDS, Once),
        ("description", &WORDS, Maybe),
        ("category", &CODE, Many),
        ("language", &CODE, Any),
        ("document-date", &DAY, Maybe),
    ],
);
static RELATED_ACTIVITY: Shape = closed(&[must("ref", Kind::Text), must("type", Kind::Text)], &[]);
static LEGACY_DATA: Shape = closed(
    &[must("name", Kind::Text), must("value", Kind::Text), may("iati-equivalent", Kind::Token)],
    &[],
);
static CONDITIONS: Shape =
    holds(&[must("attached", Kind::Boolean)], &[("condition", &CONDITION, Any)]);
static CONDITION: Shape = closed(&[must("type", Kind::Text)], &[("narrative", &NARRATIVE, Many)]);
static RESULT: Shape = holds(
    &[must("type", Kind::Text), may("aggregation-status", Kind::Boolean)],
    &[
        ("title", &WORDS, Once),
        ("description", &WORDS, Maybe),
        ("document-link", &DOCUMENT_LINK, Any),
        ("reference", &RESULT_REFERENCE, Any),
        ("indicator", &INDICATOR, Many),
    ],
);
static RESULT_REFERENCE: Shape = holds(
    &[must("code", Kind::Text), must("vocabulary", Kind::Text), may("vocabulary-uri", Kind::Uri)],
    &[],
);
static INDICATOR: Shape = holds(
    &[
        must("measure", Kind::Text),
        may("aggregation-status", Kind::Boolean),
        may("ascending", Kind::Boolean),
    ],
    &[
        ("title", &WORDS, Once),
        ("description", &WORDS, Maybe),
        ("document-link", &DOCUMENT_LINK, Any),
        ("reference", &INDICATOR_REFERENCE, Any),
        ("baseline", &BASELINE, Any),
        ("period", &PERIOD, Any),
    ],
);
static INDICATOR_REFERENCE: Shape = holds(
    &[must("code", Kind::Text), must("vocabulary", Kind::Text), may("indicator-uri", Kind::Uri)],
    &[],
);
static BASELINE: Shape = holds(
    &[must("year", Kind::Positive), may("iso-date", Kind::Date), may("value", Kind::Text)],
    &[
        ("location", &LOCATION_REF, Any),
        ("dimension", &DIMENSION, Any),
        ("document-link", &DOCUMENT_LINK, Any),
        ("comment", &WORDS, Maybe),
    ],
);
static LOCATION_REF: Shape = holds(&[may("ref", Kind::Text)], &[]);
static DIMENSION: Shape = holds(&[may("name", Kind::Text), may("value", Kind::Text)], &[]);
static PERIOD: Shape = holds(
    &[],
    &[
        ("period-start", &DAY, Once),
        ("period-end", &DAY, Once),
        ("target", &COUNTED, Any),
        ("actual", &COUNTED, Any),
    ],
);
static COUNTED: Shape = closed(
    &[may("value", Kind::Text)],
    &[
        ("location", &LOCATION_REF, Any),
        ("dimension", &DIMENSION, Any),
        ("comment", &WORDS, Maybe),
        ("document-link", &DOCUMENT_LINK, Any),
    ],
);
static CRS_ADD: Shape = holds(
    &[],
    &[
        ("other-flags", &OTHER_FLAGS, Any),
        ("loan-terms", &LOAN_TERMS, Maybe),
        ("loan-status", &LOAN_STATUS, Maybe),
        ("channel-code", &BARE_LINE, Maybe),
    ],
);
static OTHER_FLAGS: Shape =
    holds(&[must("code", Kind::Text), must("significance", Kind::Boolean)], &[]);
static LOAN_TERMS: Shape = holds(
    &[may("rate-1", Kind::Decimal), may("rate-2", Kind::Decimal)],
    &[
        ("repayment-type", &CODE, Maybe),
        ("repayment-plan", &CODE, Maybe),
        ("commitment-date", &DAY, Maybe),
        ("repayment-first-date", &DAY, Maybe),
        ("repayment-final-date", &DAY, Maybe),
    ],
);
static LOAN_STATUS: Shape = holds(
    &[must("value-date", Kind::Date), must("year", Kind::Decimal), may("currency", Kind::Text)],
    &[
        ("interest-received", &BARE_AMOUNT, Maybe),
        ("principal-outstanding", &BARE_AMOUNT, Maybe),
        ("principal-arrears", &BARE_AMOUNT, Maybe),
        ("interest-arrears", &BARE_AMOUNT, Maybe),
    ],
);
static BARE_AMOUNT: Shape = bare(Kind::Decimal);
static FSS: Shape = holds(
    &[
        must("extraction-date", Kind::Date),
        may("phaseout-year", Kind::Decimal),
        may("priority", Kind::Boolean),
    ],
    &[("forecast", &FORECAST, Any)],
);
static FORECAST: Shape = says(
    Kind::Decimal,
    &[must("year", Kind::Decimal), may("currency", Kind::Text), may("value-date", Kind::Date)],
);
