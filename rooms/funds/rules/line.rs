//! The water line: what is known of areas becomes a question for `fair`, whose answer is told in a
//! record that anybody can recompute. Pure. A risk that nobody knows is read as the highest that is
//! known, never as low.

use fair::sharing::{
    Arc, Area, CLASS_IN_NEED, CLASS_WORST, Giver, Pool, ShareError, Taker, Weight,
    Window as Question, part,
};
use record::{Id, Refusal};

use super::{Actor, NAME_CHARS_MAX, acts_for, files, money, said, told};
use crate::funds::records::{AreaLine, WindowShared};
use crate::funds::views::{Purse, Window};
use crate::needs::FEW;

/// Risk at which an area's need counts as it is, in tenths.
pub const NEUTRAL_TENTHS: i64 = 50;
/// The highest risk, in tenths.
pub const RISK_TENTHS_MAX: i64 = 100;
/// Classes of severity in which people are in need.
const CLASSES: std::ops::RangeInclusive<i64> = CLASS_IN_NEED as i64..=CLASS_WORST as i64;
/// Most people of one area.
const PEOPLE_MAX: i64 = 50_000_000;

/// The window's money is shared out between areas. `others` are windows with their purses: those
/// of the same fund that came earlier say who was left out there and counts more here. Where
/// something was given to applications already, what is left is shared out, and what was given
/// counts as covered.
///
/// `ready` is what was reckoned of the same question before, which takes a while: what was asked
/// otherwise meanwhile is reckoned anew.
///
/// # Errors
/// The body is another's; figures that cannot be.
pub fn share(
    (window, purse): (&Window, &Purse),
    others: &[(Window, Purse)],
    (lines, ready): (&[AreaLine], Option<&WindowShared>),
    today: i64,
    actor: &Actor,
) -> Result<WindowShared, Refusal> {
    super::window::known(window)?;
    acts_for(actor, window.terms.body)?;
    let mut lines = sound(window, lines, today)?;
    for line in &mut lines {
        line.deferrals = Some(deferrals(window, others, line.area)).filter(|times| *times > 0);
        line.given_minor = Some(purse.allocated_in(Some(line.area))).filter(|given| *given > 0);
    }
    let cannot = || Refusal::new("funds-shares").status(409);
    let asked = question(window, purse, &lines).map_err(|_| cannot())?;
    let text = files::question(&asked, &lines);
    let same = |ready: &&WindowShared| ready.question == text && ready.lines == lines;
    match ready.filter(same) {
        Some(ready) => Ok(ready.clone()),
        None => told::shared(&asked, &lines, window.number).ok_or_else(cannot),
    }
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
        let class = line.severity.is_none_or(|class| CLASSES.contains(&class));
        let whole = line.need_minor() <= money::AMOUNT_MINOR_MAX;
        let women = (0..=line.cap_minor).contains(&line.women_minor);
        let day = (0..=today).contains(&line.day);
        if !(people && amounts && risk && class && whole && women && day) {
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
            need: line.need_minor(),
            covered: line.covered_minor.saturating_add(line.given_minor.unwrap_or(0)),
            cap: line.cap_minor,
            weight: Weight::of_risk(risk),
            risk_milli: risk,
            deferrals: u32::try_from(line.deferrals.unwrap_or(0)).unwrap_or(0),
            grant_min: line.grant_min_minor,
        }
    });
    let mut asked = Question { areas: areas.collect(), ..Question::default() };
    let all: Vec<u32> = (0u32..).zip(lines).map(|(area, _)| area).collect();
    for (at, pool) in window.terms.pools.iter().enumerate() {
        let Kept { left, held_back, aside } = kept(window, purse, i64::try_from(at).unwrap_or(0));
        let place = u32::try_from(asked.pools.len()).unwrap_or(0);
        asked.pools.push(Pool { id: pool.name.clone(), supply: left, held_back });
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

/// What of a pool is held back for what comes suddenly, whether it was used since or not.
pub(super) fn reserved(window: &Window, purse: &Purse, pool: i64) -> i64 {
    let percent = u32::try_from(window.terms.reserve_percent.unwrap_or(0)).unwrap_or(0);
    part(purse.supply(pool), percent, 100)
}

/// What of a pool may still be given.
struct Kept {
    /// Everything that was signed for and not yet given.
    left: i64,
    /// Of it, what waits for what comes suddenly.
    held_back: i64,
    /// Of the rest, what is set aside for women-led bodies.
    aside: i64,
}

fn kept(window: &Window, purse: &Purse, pool: i64) -> Kept {
    let women = u32::try_from(window.terms.women_led_percent).unwrap_or(0);
    let (supply, given) = (purse.supply(pool), purse.allocated_from(pool));
    let reserve = reserved(window, purse, pool);
    let left = supply.saturating_sub(given).max(0);
    let held_back = reserve.min(left);
    let aside = part(supply - reserve, women, 100);
    let to_women = given - purse.allocated_to_others(pool);
    Kept { left, held_back, aside: aside.saturating_sub(to_women).clamp(0, left - held_back) }
}
