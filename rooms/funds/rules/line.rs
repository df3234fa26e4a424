//! The water line: what is known of areas becomes a question for `fair`, and its answer a record
//! that anybody can recompute. Pure. A risk that nobody knows is read as the highest that is known,
//! never as low.

use fair::sharing::{
    Arc, Area, Fault, Fraction, Giver, Grants, Level, Pool, Reason, Reasons, ShareError, Taker,
    Weight, Window as Question, check_grants, draw, measure, part, share_grants, varied,
};
use record::{Draft, Id, Refusal};

use super::{Actor, Drafts, NAME_CHARS_MAX, acts_for, files, money, said};
use crate::funds::records::{AreaLine, AreaShare, WindowShared};
use crate::funds::views::{Purse, Window};
use crate::needs::FEW;

/// Risk at which an area's need counts as it is, in tenths.
pub const NEUTRAL_TENTHS: i64 = 50;
/// The highest risk, in tenths.
pub const RISK_TENTHS_MAX: i64 = 100;
/// Draws by which it is told how firm the result is.
pub const DRAWS: u32 = 200;
/// Most people of one area.
const PEOPLE_MAX: i64 = 50_000_000;

/// The window's money is shared out between areas. `others` are windows with their purses: those
/// of the same fund that came earlier say who was left out there and counts more here.
///
/// # Errors
/// The body is another's; figures that cannot be; something was given to an application already.
pub fn share(
    (window, purse): (&Window, &Purse),
    others: &[(Window, Purse)],
    lines: &[AreaLine],
    today: i64,
    actor: &Actor,
) -> Drafts {
    super::window::known(window)?;
    acts_for(actor, window.terms.body)?;
    if !purse.allocations.is_empty() {
        return Err(Refusal::new("funds-shared-already").status(409));
    }
    let mut lines = sound(window, lines, today)?;
    for line in &mut lines {
        line.deferrals = Some(deferrals(window, others, line.area)).filter(|times| *times > 0);
    }
    let shared = shared(window, purse, &lines).ok_or(Refusal::new("funds-shares").status(409))?;
    Ok(vec![Draft::new(window.id, &shared).by(actor.id)])
}

/// Whether a window is an earlier one of the same fund: the same body shares out the same currency.
#[must_use]
pub fn is_earlier(window: &Window, other: &Window) -> bool {
    let order = |window: &Window| (window.terms.opens_day, window.number);
    let fund = |window: &Window| (window.terms.body, window.terms.currency.clone());
    other.shared.is_some() && fund(other) == fund(window) && order(other) < order(window)
}

/// How many sharings-out in a row an area was left out of for too small a share. Windows in which
/// nothing was asked for there are passed over; one that gave it something, by the line or against
/// it, ends the row.
#[must_use]
pub fn deferrals(window: &Window, others: &[(Window, Purse)], area: Id) -> i64 {
    let asked = others.iter().filter_map(|(other, purse)| {
        let shared = other.shared.as_ref().filter(|_| is_earlier(window, other))?;
        let line = shared.lines.iter().find(|line| line.area == area && line.cap_minor > 0)?;
        Some((other, purse, line))
    });
    let last = asked.max_by_key(|(other, ..)| (other.terms.opens_day, other.number));
    let Some((other, purse, line)) = last else { return 0 };
    let left_out = other.share_of(area).is_some_and(|share| share.why == "deferred");
    let given = other.envelope(area).unwrap_or(0) > 0 || purse.allocated_in(Some(area)) > 0;
    if left_out && !given { line.deferrals.unwrap_or(0).saturating_add(1) } else { 0 }
}

/// Figures that can be.
fn sound(window: &Window, lines: &[AreaLine], today: i64) -> Result<Vec<AreaLine>, Refusal> {
    let most = super::window::AREAS_MAX;
    if lines.is_empty() || lines.len() > most {
        return Err(Refusal::new("funds-many").naming("most", most));
    }
    let mut all: Vec<AreaLine> = Vec::new();
    for line in lines {
        let allowed = window.terms.areas.is_empty() || window.terms.areas.contains(&line.area);
        if !allowed || all.iter().any(|other| other.area == line.area) {
            return Err(Refusal::new("funds-area-unknown"));
        }
        let people = line.people == 0 || (FEW..=PEOPLE_MAX).contains(&line.people);
        let amounts = [line.cost_minor, line.covered_minor, line.cap_minor, line.grant_min_minor];
        let amounts = amounts.iter().all(|n| (0..=money::AMOUNT_MINOR_MAX).contains(n));
        let risk = line.risk_tenths.is_none_or(|risk| (1..=RISK_TENTHS_MAX).contains(&risk));
        let whole = line.people.checked_mul(line.cost_minor);
        let whole = whole.is_some_and(|need| need <= money::AMOUNT_MINOR_MAX);
        let women = (0..=line.cap_minor).contains(&line.women_minor);
        let day = (0..=today).contains(&line.day);
        if !(people && amounts && risk && whole && women && day) {
            return Err(Refusal::new("funds-line").naming("area", &line.name));
        }
        let name = unique(&all, &line.name, line.area);
        all.push(AreaLine {
            name,
            source: said(&line.source, 2 * NAME_CHARS_MAX)?,
            ..line.clone()
        });
    }
    Ok(all)
}

/// A name of its own for each area of the files.
fn unique(known: &[AreaLine], name: &str, area: Id) -> String {
    if known.iter().any(|line| line.name == name) {
        format!("{name} {area}")
    } else {
        name.to_owned()
    }
}

/// The risk that an area is reckoned with: where nobody knows it, the highest that is known of
/// another, and at least the neutral one.
#[must_use]
pub fn reckoned_risk(line: &AreaLine, lines: &[AreaLine]) -> i64 {
    let known = lines.iter().filter_map(|other| other.risk_tenths).max().unwrap_or(0);
    line.risk_tenths.unwrap_or_else(|| known.max(NEUTRAL_TENTHS))
}

/// The question: areas, and pools without what is held back, each split where a part is set aside
/// for women-led bodies.
fn question(window: &Window, purse: &Purse, lines: &[AreaLine]) -> Result<Question, ShareError> {
    let areas = lines.iter().map(|line| {
        let risk = u32::try_from(reckoned_risk(line, lines)).unwrap_or(0) * 100;
        Area {
            id: line.name.clone(),
            need: line.people.saturating_mul(line.cost_minor),
            covered: line.covered_minor,
            cap: line.cap_minor,
            weight: Weight::of_risk(risk),
            risk_milli: risk,
            deferrals: u32::try_from(line.deferrals.unwrap_or(0)).unwrap_or(0),
            grant_min: line.grant_min_minor,
        }
    });
    let mut asked = Question { areas: areas.collect(), ..Question::default() };
    let all: Vec<u32> = (0u32..).zip(lines).map(|(area, _)| area).collect();
    let percent = |of: i64| u32::try_from(of).unwrap_or(0);
    for (at, pool) in window.terms.pools.iter().enumerate() {
        let supply = purse.supply(i64::try_from(at).unwrap_or(0));
        let held_back = part(supply, percent(window.terms.reserve_percent.unwrap_or(0)), 100);
        let aside = part(supply - held_back, percent(window.terms.women_led_percent), 100);
        let place = u32::try_from(asked.pools.len()).unwrap_or(0);
        asked.pools.push(Pool { id: pool.name.clone(), supply, held_back });
        for (area, line) in (0u32..).zip(lines) {
            if pool.areas.is_empty() || pool.areas.contains(&line.area) {
                asked.arcs.push(Arc::open(place, area));
            }
        }
        if aside > 0 {
            let name = format!("{} (women-led)", pool.name);
            let made = Giver::Pool(asked.set_aside(place, &name, aside, &all)?);
            for arc in asked.arcs.iter_mut().filter(|arc| arc.from == made) {
                let Taker::Area(area) = arc.to else { continue };
                arc.ceiling = lines.get(area as usize).map(|line| line.women_minor);
            }
        }
    }
    Ok(asked)
}

/// The answer, checked before anybody acts on it; none where it cannot be reckoned.
fn shared(window: &Window, purse: &Purse, lines: &[AreaLine]) -> Option<WindowShared> {
    let asked = question(window, purse, lines).ok()?;
    let grants = share_grants(&asked).ok()?;
    check_grants(&asked, &grants).ok()?;
    let whys = whys(&asked, &grants).ok()?;
    let amounts = &grants.shares.amounts;
    let measures = measure(&asked, amounts).ok()?;
    let seed = u64::try_from(window.number).unwrap_or(0);
    let moves = draw(&asked, DRAWS, seed, |chance| varied(&asked, chance)).ok()?;
    let shares = lines.iter().enumerate().map(|(at, line)| {
        let (area, amount) = (asked.areas.get(at)?, *amounts.get(at)?);
        let (before, after) = levels(area, amount);
        let moved = moves.moved.get(at).copied().unwrap_or(0);
        Some(AreaShare {
            area: line.area,
            amount_minor: amount,
            before_milli: milli(before),
            after_milli: milli(after),
            why: (*whys.get(at)?).to_owned(),
            moved_milli: i64::from(moved) * 1000 / i64::from(DRAWS),
        })
    });
    let widest =
        asked.pools.iter().enumerate().max_by_key(|(at, pool)| (pool.supply, usize::MAX - at));
    let level = widest.and_then(|(at, _)| grants.shares.certificate.pools.get(at).copied());
    Some(WindowShared {
        lines: lines.to_vec(),
        shares: shares.collect::<Option<_>>()?,
        ready_minor: asked.pools.iter().map(Pool::ready).sum(),
        held_back_minor: Some(asked.pools.iter().map(|pool| pool.held_back).sum()),
        line_milli: level.and_then(Level::line).map(|line| milli(Some(line))),
        question: files::question(&asked, lines),
        result: files::result(&asked, &grants, &measures),
        gini_before_milli: ratio_milli(&measures.gini_before.to_string()),
        gini_after_milli: ratio_milli(&measures.gini_after.to_string()),
    })
}

/// The levels of an area before and after; none of one without a claim.
#[must_use]
pub fn levels(area: &Area, amount: i64) -> (Option<Fraction>, Option<Fraction>) {
    let of = |has: i128| {
        let claim = area.claim()?;
        Fraction::new(has, 1)?.times(Fraction::new(claim.den(), claim.num())?)
    };
    let covered = i128::from(area.covered);
    (of(covered), of(covered + i128::from(amount)))
}

/// A ratio as it is written (`3/7`), in thousandths. Its parts may be longer than a machine word:
/// then as many last digits of both are left out as leaves eighteen of the lower part.
fn ratio_milli(written: &str) -> i64 {
    let (above, below) = written.split_once('/').unwrap_or((written, "1"));
    let cut = below.len().saturating_sub(18);
    let kept = |digits: &str| {
        let kept = digits.get(..digits.len().saturating_sub(cut)).unwrap_or_default();
        kept.parse::<i128>().unwrap_or(0)
    };
    i64::try_from(kept(above) * 1000 / kept(below).max(1)).unwrap_or(0)
}

fn milli(level: Option<Fraction>) -> i64 {
    level.map_or(0, |level| i64::try_from(level.per_mille()).unwrap_or(i64::MAX))
}

/// Why each area gets no more, one code each, as `baraza allocate` says it.
fn whys(asked: &Question, grants: &Grants) -> Result<Vec<&'static str>, Fault> {
    // Reasons are those of the question in which the small grants had been left out.
    let mut rest = asked.clone();
    for deferred in &grants.deferred {
        if let Some(area) = rest.areas.get_mut(deferred.area) {
            area.cap = 0;
        }
    }
    let reasons = Reasons::new(&rest, &grants.shares)?;
    let why = |at: usize| {
        let amount = grants.shares.amounts.get(at).copied().unwrap_or(0);
        if grants.deferred.iter().any(|deferred| deferred.area == at) {
            return "deferred";
        }
        match reasons.why_not_more(at) {
            Some(Reason::NoClaim) => "no_claim",
            Some(Reason::NoRequest) => "no_request",
            Some(Reason::NoGiver) => "no_giver",
            Some(Reason::Full) => "full",
            Some(Reason::Ahead { .. }) => "ahead",
            Some(Reason::Short { .. }) if amount > 0 => "lifted",
            Some(Reason::Short { .. } | Reason::Unit { .. }) | None => "short",
        }
    };
    Ok((0..asked.areas.len()).map(why).collect())
}
