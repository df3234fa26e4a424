//! How far a decision reaches: by quorum, mandate, notice and haste; and who decides what its body
//! may not. Pure: days are the city's own. It never lets volume of voices stand for a mandate.

use record::Id;

use crate::decisions::assemblies::{Lack, Quorum};
use crate::decisions::resolutions::views::Decision;
use crate::people::{Body, BodyKind, Ceiling, MandateRow};

/// It binds, by the legal instrument of its mandate.
pub const BINDING: &str = "binding";
/// It binds for now, and is looked at again within [`EMERGENCY_REVIEW_DAYS_MAX`].
pub const BINDING_EMERGENCY: &str = "binding_emergency";
/// It is advice.
pub const ADVISORY: &str = "advisory";
/// It is an opinion: too few people, or too few women among them.
pub const OPINION: &str = "opinion_not_quorate";

/// How long before a vote those it affects must be told of it, in days.
pub const NOTICE_DAYS_MIN: i64 = 7;
/// When a decision in an emergency must be looked at again, in days.
pub const EMERGENCY_REVIEW_DAYS_MAX: i64 = 14;
/// How long a relocation waits after it was resolved, in days (safety 12).
pub const COOLING_OFF_DAYS: i64 = 14;

/// What the force of a decision stands on, apart from the decision itself.
#[derive(Clone, Debug)]
pub struct Ground<'a> {
    /// All mandates there are.
    pub mandates: &'a [MandateRow],
    /// All bodies there are.
    pub bodies: &'a [Body],
    /// Whether enough people and enough women were there; none for an authority's own act.
    pub quorum: Option<&'a Quorum>,
    /// The day of the vote, by the city's calendar (days since 1970).
    pub day: i64,
}

/// How far a decision reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// How far, one code.
    pub force: &'static str,
    /// Why it does not bind, one code; empty when it does.
    pub why: &'static str,
    /// The mandate it stands on.
    pub mandate: Option<Id>,
    /// The body that can decide it, when its own cannot.
    pub to: Option<Id>,
}

/// How far a decision reaches once it is carried.
#[must_use]
pub fn reach(decision: &Decision, ground: &Ground) -> Reach {
    if let Some(why) = ground.quorum.and_then(lacking) {
        let to = competent(decision, ground);
        return Reach { force: OPINION, why, mandate: None, to };
    }
    let mandate = match covering(decision, decision.body, ground) {
        Ok(mandate) => mandate,
        Err(why) => {
            let to = competent(decision, ground);
            return Reach { force: ADVISORY, why, mandate: None, to };
        }
    };
    let stands_on = Some(mandate.id);
    if mandate.instrument.is_none() {
        let to = competent(decision, ground);
        return Reach { force: ADVISORY, why: "no_instrument", mandate: stands_on, to };
    }
    if decision.emergency {
        return Reach { force: BINDING_EMERGENCY, why: "", mandate: stands_on, to: None };
    }
    if !told_in_time(decision, ground.day) {
        let to = competent(decision, ground);
        return Reach { force: ADVISORY, why: "not_heard", mandate: stands_on, to };
    }
    Reach { force: BINDING, why: "", mandate: stands_on, to: None }
}

fn lacking(quorum: &Quorum) -> Option<&'static str> {
    let people = quorum.why.iter().any(|lack| matches!(lack, Lack::People { .. }));
    match (quorum.quorate, people) {
        (true, _) => None,
        (false, true) => Some("people"),
        (false, false) => Some("women"),
    }
}

/// The mandate of a body that covers a decision on a day: one with a legal instrument before one
/// without.
///
/// # Errors
/// The first thing that no mandate of the body passes, in the order in which it is asked.
pub fn covering<'a>(
    decision: &Decision,
    body: Id,
    ground: &Ground<'a>,
) -> Result<&'a MandateRow, &'static str> {
    let own: Vec<&MandateRow> = ground.mandates.iter().filter(|m| m.body == body).collect();
    let step = |from: &[&'a MandateRow], passes: &dyn Fn(&MandateRow) -> bool, why| {
        let left: Vec<&MandateRow> = from.iter().copied().filter(|m| passes(m)).collect();
        if left.is_empty() { Err(why) } else { Ok(left) }
    };
    let own = step(&own, &|_| true, "no_mandate")?;
    let subject = words::plain(&decision.subject);
    let own = step(&own, &|m| words::plain(&m.subject) == subject, "subject")?;
    let own = step(&own, &|m| m.area.is_none() || m.area == decision.area, "outside_area")?;
    let own = step(&own, &|m| m.holds_on(ground.day), "expired")?;
    let money = decision.money.as_ref();
    let own = step(&own, &|m| within(money, m.ceiling.as_ref()), "over_ceiling")?;
    let bound = own.iter().find(|m| m.instrument.is_some());
    bound.or(own.first()).copied().ok_or("no_mandate")
}

fn within(money: Option<&Ceiling>, ceiling: Option<&Ceiling>) -> bool {
    match (money, ceiling) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(money), Some(ceiling)) => {
            money.currency == ceiling.currency && money.amount_minor <= ceiling.amount_minor
        }
    }
}

/// The body that can decide it instead: who delegated to its body, if that covers it; else the
/// nearest body with a binding mandate that does; else an authority of the place, to say whose it
/// is. Never its own body.
fn competent(decision: &Decision, ground: &Ground) -> Option<Id> {
    let others = ground.bodies.iter().filter(|body| body.id != decision.body);
    let binding = |body: Id| {
        let mandate = covering(decision, body, ground).ok()?;
        let ceiling = mandate.ceiling.as_ref().map_or(i64::MAX, |c| c.amount_minor);
        mandate.instrument.as_ref().map(|_| (mandate.area.is_none(), ceiling))
    };
    let own = ground.mandates.iter().filter(|m| m.body == decision.body);
    let givers: Vec<Id> = own.filter_map(|mandate| mandate.by).collect();
    let covering = others
        .clone()
        .filter_map(|body| Some((!givers.contains(&body.id), binding(body.id)?, body.id)))
        .min();
    let authority = || {
        let near = |body: &&Body| body.area.is_none() || body.area == decision.area;
        let authorities = others.filter(|body| body.kind == BodyKind::Authority);
        authorities.filter(near).map(|body| (body.area.is_none(), body.id)).min()
    };
    covering.map(|(_, _, id)| id).or_else(|| authority().map(|(_, id)| id))
}

/// The areas that must be told before it is voted on: those it declares, and its own when it moves
/// people away.
#[must_use]
pub fn to_be_told(decision: &Decision) -> Vec<Id> {
    let own = decision.area.filter(|_| decision.kind == "relocation");
    let mut areas: Vec<Id> = own.into_iter().chain(decision.affects.iter().copied()).collect();
    areas.sort_unstable();
    areas.dedup();
    areas
}

/// Whether every affected area was told early enough before `day`.
#[must_use]
pub fn told_in_time(decision: &Decision, day: i64) -> bool {
    let told = |area: &Id| {
        let mut notices = decision.notices.iter().filter(|notice| notice.area == *area);
        notices.any(|notice| day - notice.day >= NOTICE_DAYS_MIN)
    };
    to_be_told(decision).iter().all(told)
}
