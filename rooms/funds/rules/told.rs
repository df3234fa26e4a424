//! What is told of a sharing-out: the answer to a question, checked before anybody acts on it, with
//! a reason for each area, how firm it is, what more money would lift next, and what fairness
//! costs. Pure: all of it follows from the question and a seed.

use fair::sharing::{
    Area, Fraction, Giver, Grants, Level, Moves, Pool, Reason, Reasons, ShareError,
    Window as Question, check_grants, draw, measure, price, rounded_by, share_grants, varied,
    water_line,
};

use super::files;
use crate::funds::records::{AreaLine, AreaShare, Beside, Next, NextArea, WindowShared};

/// Draws by which it is told how firm a result is.
pub const DRAWS: u32 = 1_000;
/// What those were in records that do not say it.
pub const DRAWS_BEFORE: i64 = 200;

/// The answer; none where it cannot be reckoned, or does not pass its checks.
#[must_use]
pub fn shared(asked: &Question, lines: &[AreaLine], number: i64) -> Option<WindowShared> {
    let grants = share_grants(asked).ok()?;
    check_grants(asked, &grants).ok()?;
    // Reasons are those of the question in which the small grants had been left out.
    let mut rest = asked.clone();
    for deferred in &grants.deferred {
        rest.areas.get_mut(deferred.area)?.cap = 0;
    }
    agrees(&rest, &grants).ok().filter(|agrees| *agrees)?;
    let reasons = Reasons::new(&rest, &grants.shares).ok()?;
    let amounts = &grants.shares.amounts;
    let measures = measure(asked, amounts).ok()?;
    let seed = u64::try_from(number).unwrap_or(0);
    let classes: Vec<Option<u8>> = lines.iter().map(AreaLine::class).collect();
    let moves = draw(asked, DRAWS, seed, |chance| varied(asked, &classes, chance)).ok()?;
    let told = Told::of((asked, lines), &grants, &reasons, moves).ok()?;
    let shares = lines.iter().enumerate().map(|(at, line)| {
        let (area, amount) = (asked.areas.get(at)?, *amounts.get(at)?);
        let (before, after) = levels(area, amount);
        let moved = told.moves.moved.get(at).copied().unwrap_or(0);
        Some(AreaShare {
            area: line.area,
            amount_minor: amount,
            before_milli: milli(before),
            after_milli: milli(after),
            why: why(&grants, &reasons, at).to_owned(),
            moved_milli: i64::from(moved) * 1000 / i64::from(DRAWS),
            funded_draws: told.moves.funded.get(at).map(|funded| i64::from(*funded)),
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
        question: files::question(asked, lines),
        result: files::result(asked, &grants, &measures, (&told, seed)),
        gini_before_milli: ratio_milli(&measures.gini_before.to_string()),
        gini_after_milli: ratio_milli(&measures.gini_after.to_string()),
        beside: Some(told.beside(asked, lines, number)),
    })
}

/// Where one pool may give to all, without ceilings, the closed form must find the same line.
fn agrees(rest: &Question, grants: &Grants) -> Result<bool, ShareError> {
    let open = |arc: &fair::sharing::Arc| arc.ceiling.is_none() && arc.from == Giver::Pool(0);
    let single = rest.pools.len() == 1 && rest.arcs.len() == rest.areas.len();
    if !single || !rest.arcs.iter().all(open) {
        return Ok(true);
    }
    let same = |at: usize, exact: Fraction| {
        grants.shares.certificate.amounts(rest).get(at) == Some(&exact)
    };
    Ok(water_line(rest)?.amounts.into_iter().enumerate().all(|(at, exact)| same(at, exact)))
}

/// Figures beside a result, before they are rounded for people.
pub struct Told {
    /// How firm it is.
    pub moves: Moves,
    /// By pool, what more would do.
    pub next: Vec<fair::sharing::Marginal>,
    /// What fairness costs.
    pub price: fair::sharing::Price,
    /// What rounding did.
    pub rounded: Option<Fraction>,
}

impl Told {
    fn of(
        (asked, lines): (&Question, &[AreaLine]),
        grants: &Grants,
        reasons: &Reasons,
        moves: Moves,
    ) -> Result<Told, ShareError> {
        let next = (0..asked.pools.len()).filter_map(|pool| reasons.marginal(pool).transpose());
        let costs: Vec<i64> = lines.iter().map(|line| line.cost_minor).collect();
        Ok(Told {
            moves,
            next: next.collect::<Result<_, ShareError>>()?,
            price: price(asked, &grants.shares.amounts, &costs)?,
            rounded: rounded_by(asked, &grants.shares),
        })
    }

    fn beside(&self, asked: &Question, lines: &[AreaLine], number: i64) -> Beside {
        let next = asked.pools.iter().zip(&self.next).map(|(pool, next)| Next {
            pool: pool.id.clone(),
            amount_minor: next.amount.and_then(|most| i64::try_from(most.floor()).ok()),
            areas: next
                .parts
                .iter()
                .filter_map(|(at, part)| {
                    let area = lines.get(*at)?.area;
                    Some(NextArea { area, part_milli: milli(Some(*part)) })
                })
                .collect(),
        });
        Beside {
            draws: i64::from(self.moves.draws),
            seed: number.max(0),
            next: next.collect(),
            reached: self.price.reached.to_integer().try_into().unwrap_or(i64::MAX),
            most: self.price.most.to_integer().try_into().unwrap_or(i64::MAX),
            price_milli: ratio_milli(&self.price.part().to_string()),
            rounded_milli: milli(self.rounded),
        }
    }
}

/// The levels of an area before and after; none of one without a claim.
fn levels(area: &Area, amount: i64) -> (Option<Fraction>, Option<Fraction>) {
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

/// Why an area gets no more, one code, as `baraza allocate` says it.
fn why(grants: &Grants, reasons: &Reasons, at: usize) -> &'static str {
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
}
