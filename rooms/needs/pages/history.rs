//! What happened to a need, newest first, in words, with who wrote it down. It shows what was said
//! of the need, never who spoke.

use page::components::timeline::{Event, timeline};
use page::{Html, Tongue, text};
use record::{DAY_MS, Id, Payload, Record};

use super::need::names;
use super::parts::{self, known_why};
use crate::door::{House, Trouble};
use crate::needs::Need;
use crate::needs::records::{
    NeedClosed, NeedConfirmed, NeedDecided, NeedInProgress, NeedReferred, NeedReopened,
    NeedReworded, NeedWithdrawn,
};
use crate::voices::desk_parts as desk;

/// Records shown at most, the newest.
const SHOWN_MAX: usize = 50;

/// The history of a need.
pub async fn history(house: &House, t: Tongue, need: &Need) -> Result<Html, Trouble> {
    let records = house.store().records_of(need.id).await?;
    let authors: Vec<Id> = records.iter().filter_map(|record| record.author).collect();
    let names = names(house, &authors).await?;
    let events: Vec<Event> = records
        .iter()
        .rev()
        .take(SHOWN_MAX)
        .map(|record| {
            let by = record.author.and_then(|id| names.get(&id)).map(String::as_str);
            let ago = t.ago(record.clock.ms(), house.now_ms());
            let when = by.map_or_else(|| ago.clone(), |name| format!("{ago} · {name}"));
            let verb = record.kind.split_once('.').map_or("", |(_, verb)| verb);
            Event { when, icon: parts::verb_icon(verb), words: text(&said(t, record, verb)) }
        })
        .collect();
    Ok(Html::join([desk::part(t, "needs-history-title"), timeline(&events)]))
}

/// What one record says, in words.
fn said(t: Tongue, record: &Record, verb: &str) -> String {
    let day = |day: Option<i64>| match day {
        Some(day) => t.date(day.saturating_mul(DAY_MS)),
        None => t.say("needs-day-none"),
    };
    match record.kind.as_str() {
        NeedReworded::KIND => {
            let title = record.read::<NeedReworded>().and_then(|reworded| reworded.title);
            match title {
                Some(title) => t.with("needs-did-retitled", &[("title", title.into())]),
                None => t.say("needs-did-reworded"),
            }
        }
        NeedConfirmed::KIND => {
            let how = record.read::<NeedConfirmed>().map(|confirmed| confirmed.how);
            let how = how.map(|how| t.say(&format!("needs-how-{how}"))).unwrap_or_default();
            t.with("needs-did-confirmed", &[("how", how.into())])
        }
        NeedDecided::KIND => {
            let yes = record.read::<NeedDecided>().is_some_and(|decided| decided.yes);
            t.say(if yes {
                "needs-status-decided_yes"
            } else {
                "needs-status-declined_with_reason"
            })
        }
        NeedInProgress::KIND => {
            let work = record.read::<NeedInProgress>();
            let body = work.as_ref().and_then(|work| work.body.clone());
            let body = body.unwrap_or_else(|| t.say("needs-body-none"));
            let due = day(work.and_then(|work| work.due_day));
            t.with("needs-did-in-progress", &[("body", body.into()), ("day", due.into())])
        }
        NeedReferred::KIND => {
            let body = record.read::<NeedReferred>().map(|referred| referred.body);
            t.with("needs-did-referred", &[("body", body.unwrap_or_default().into())])
        }
        NeedReopened::KIND => {
            let why = record.read::<NeedReopened>().map(|reopened| reopened.why);
            t.say(&format!("needs-why-open-{}", known_why(&why.unwrap_or_default())))
        }
        NeedClosed::KIND => {
            let closed =
                record.read::<NeedClosed>().unwrap_or(NeedClosed { asked: 0, yes: 0, no: 0 });
            let n = |n: i64| page::Arg::from(t.number(n));
            let args = [("asked", n(closed.asked)), ("yes", n(closed.yes)), ("no", n(closed.no))];
            format!("{}. {}", t.say("needs-status-closed"), t.with("needs-arrived", &args))
        }
        NeedWithdrawn::KIND => {
            let reason = record.read::<NeedWithdrawn>().map(|withdrawn| withdrawn.reason);
            t.with("needs-did-withdrawn", &[("reason", reason.unwrap_or_default().into())])
        }
        _ if ["published", "hidden", "stated"].contains(&verb) => {
            t.say(&format!("needs-did-{verb}"))
        }
        _ if verb == "taken_up" => t.say("needs-status-in_assembly"),
        _ if verb == "delivered" => t.say("needs-status-delivered"),
        _ => t.say("needs-did-other"),
    }
}
