//! Who is told what of a decision: everyone whose voice belongs to one of its needs, once, in their
//! language; and what its needs say from then on. It never says a word of what somebody told us.

use record::{Draft, Id, Record};
use store::{Decision as Act, Known};

use super::super::views::Decision;
use crate::door::House;
use crate::needs;
use crate::people::Body;
use crate::voices::notices::{Notice, owe};

/// Longest name of a body in an SMS, in characters of its alphabet.
pub const OWNER_CHARS_MAX: usize = 22;

/// The names of bodies.
pub struct Names(Vec<(Id, String)>);

/// The names of these bodies.
#[must_use]
pub fn names_of(bodies: &[Body]) -> Names {
    Names(bodies.iter().map(|body| (body.id, body.name.clone())).collect())
}

impl Names {
    fn name(&self, id: Option<Id>) -> Option<String> {
        let id = id?;
        self.0.iter().find(|(body, _)| *body == id).map(|(_, name)| name.clone())
    }
}

/// What is told of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Where the voices stand since: a status of vocabulary 5.7.
    pub standing: &'static str,
    /// Key of the SMS.
    pub key: &'static str,
    /// The body that owns what comes next, by name.
    pub body: Option<String>,
    /// The day of a promise, or until when it waits.
    pub due_day: Option<i64>,
    /// Why, in few words.
    pub because: String,
}

/// What is told once it is resolved.
#[must_use]
pub fn told_of_resolving(decision: &Decision, names: &Names) -> Told {
    if !decision.carried() {
        let because = decision.because.clone();
        return said("declined_with_reason", "sms-decision-no", None, None, because);
    }
    if let Some(told) = promised(decision, names) {
        return told;
    }
    if decision.binds() {
        return said("decided_yes", "sms-decision-yes", None, None, String::new());
    }
    match names.name(decision.routed_to) {
        Some(body) => said("referred", "sms-decision-routed", Some(body), None, String::new()),
        None => said("decided_yes", "sms-decision-advice", None, None, String::new()),
    }
}

/// What is told once a body said what it does with it.
#[must_use]
pub fn told_of_taking(decision: &Decision, names: &Names, because: &str) -> Told {
    let by = names.name(decision.taken_by);
    match decision.taken_outcome.as_deref() {
        Some("accepted" | "accepted_changed") => promised(decision, names).unwrap_or_else(|| {
            let changed = decision.taken_outcome.as_deref() == Some("accepted_changed");
            let key = if changed { "sms-decision-changed" } else { "sms-decision-accepted" };
            said("decided_yes", key, by, None, String::new())
        }),
        Some("declined_reason") => {
            said("declined_with_reason", "sms-decision-no", by, None, because.to_owned())
        }
        Some("deferred_date") => {
            let day = decision.taken_until_day;
            said("referred", "sms-decision-deferred", by, day, String::new())
        }
        _ => {
            let to = names.name(decision.routed_to);
            said("referred", "sms-decision-routed", to, None, String::new())
        }
    }
}

fn promised(decision: &Decision, names: &Names) -> Option<Told> {
    let body = names.name(decision.promise_body)?;
    let day = decision.promise_due_day;
    Some(said("in_progress", "sms-decision-promised", Some(body), day, String::new()))
}

fn said(
    standing: &'static str,
    key: &'static str,
    body: Option<String>,
    due_day: Option<i64>,
    because: String,
) -> Told {
    Told { standing, key, body, due_day, because }
}

/// Adds to an act what its needs say and whom it tells.
pub(super) fn all(
    act: &mut Act,
    house: &House,
    known: &Known,
    decision: &Decision,
    told: &Told,
    by: Option<Id>,
) {
    for need in &decision.needs {
        act.drafts.extend(of_need(*need, known, decision, told, by));
        let owner = told.body.as_deref().map(short_name).unwrap_or_default();
        let args = [
            ("short", decision.short.clone()),
            ("number", decision.shown_number()),
            ("because", told.because.clone()),
            ("owner", owner),
        ];
        let notice = Notice {
            need: *need,
            about: decision.id,
            standing: told.standing.to_owned(),
            key: told.key.to_owned(),
            args: args.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            body: told.body.clone(),
            due_day: told.due_day,
        };
        owe(act, house, &notice);
    }
}

/// Adds that one of its needs is not answered, since something else was chosen.
pub(super) fn unchosen(
    act: &mut Act,
    house: &House,
    known: &Known,
    decision: &Decision,
    (need, title): (Id, &str),
    by: Option<Id>,
) {
    let apart = Decision { needs: vec![need], short: short_name(title), ..decision.clone() };
    let because = decision.because.clone();
    let told = said("declined_with_reason", "sms-decision-no", None, None, because);
    all(act, house, known, &apart, &told, by);
}

/// What a need says from then on. One that was closed or withdrawn meanwhile keeps its peace.
fn of_need(
    need: Id,
    known: &Known,
    decision: &Decision,
    told: &Told,
    by: Option<Id>,
) -> Vec<Draft> {
    let (records, about) = (known.of(need), decision.id);
    let yes = told.standing != "declined_with_reason";
    let mut drafts = needs::drafts::decided(need, records, about, yes, by).unwrap_or_default();
    let further = match (told.standing, &told.body) {
        ("in_progress", body) => {
            needs::drafts::in_progress(need, records, about, body.clone(), told.due_day, by)
        }
        ("referred", Some(body)) => needs::drafts::referred(need, records, body, by),
        _ => Ok(Vec::new()),
    };
    match further {
        // It stands there already, by the same decision: "decided" would only cover that up.
        Ok(none) if none.is_empty() && stands(need, records, about, told) => drafts.clear(),
        further => drafts.extend(further.unwrap_or_default()),
    }
    drafts
}

fn stands(need: Id, records: &[Record], about: Id, told: &Told) -> bool {
    let now = needs::Need::fold(need, records);
    now.decision == Some(about) && now.status == told.standing && told.standing != "decided_yes"
}

/// The name of a body as an SMS can carry it.
#[must_use]
pub fn short_name(name: &str) -> String {
    let fits = |words: &str| {
        let length = words::sms_length(&words::gsm7(words));
        let latin = length.alphabet == words::Alphabet::Gsm7;
        length.units <= if latin { OWNER_CHARS_MAX } else { OWNER_CHARS_MAX / 2 }
    };
    if fits(name) {
        return name.to_owned();
    }
    let mut cut = name.to_owned();
    while cut.pop().is_some() {
        let short = format!("{}.", cut.trim_end());
        if fits(&short) {
            return short;
        }
    }
    String::new()
}
