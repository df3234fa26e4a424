//! What is published with every sharing-out: how unequal levels were before and after, who is
//! lowest, and how much reaches those at the highest risk.
//!
//! Never judges: these are figures beside the rule, not the rule.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::level::Fraction;
use super::network::Network;
use super::window::{ShareError, Window};

/// From this risk on, in thousandths, an area counts as at high risk.
pub const HIGH_RISK_MILLI: u32 = 7_000;

/// Figures of one sharing-out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measures {
    /// Lorenz–Gini of levels before anything was given: 0 when all stand alike, towards 1 when one
    /// has all. Each unit of claim counts once, so that it is the same whether areas are split or
    /// merged. Nought where nobody has anything.
    pub gini_before: BigRational,
    /// The same afterwards.
    pub gini_after: BigRational,
    /// The lowest level before; none without areas that have a claim.
    pub lowest_before: Option<Fraction>,
    /// The lowest level afterwards.
    pub lowest_after: Option<Fraction>,
    /// Which part of all that was given reaches areas at high risk; none where nothing was given.
    pub to_high_risk: Option<Fraction>,
}

/// Measures amounts in whole units, by area of the window.
///
/// # Errors
/// The first thing that is wrong with the window.
pub fn measure(window: &Window, amounts: &[i64]) -> Result<Measures, ShareError> {
    window.verify()?;
    let network = Network::new(window)?;
    let have = |given: &dyn Fn(usize) -> i64| {
        let all = network.claims.iter().enumerate().filter(|(_, claim)| claim.size > 0);
        let all = all.map(|(at, claim)| Have {
            claim: claim.size,
            amount: i128::from(claim.covered) + i128::from(given(at)),
        });
        let mut all: Vec<Have> = all.collect();
        all.sort_by_key(Have::level);
        all
    };
    let before = have(&|_| 0);
    let after = have(&|at| amounts.get(at).copied().unwrap_or_default());
    let lowest = |all: &[Have]| {
        let level = all.first()?.level();
        Some(level.times(Fraction::new(network.scale, 1)?)?.reduced())
    };
    let given = |least: u32| {
        let of = window.areas.iter().zip(amounts).filter(|(area, _)| area.risk_milli >= least);
        of.map(|(_, amount)| i128::from(*amount)).sum::<i128>()
    };
    Ok(Measures {
        gini_before: gini(&before),
        gini_after: gini(&after),
        lowest_before: lowest(&before),
        lowest_after: lowest(&after),
        to_high_risk: Fraction::new(given(HIGH_RISK_MILLI), given(0)).map(Fraction::reduced),
    })
}

struct Have {
    claim: i128,
    amount: i128,
}

impl Have {
    fn level(&self) -> Fraction {
        Fraction::new(self.amount, self.claim).unwrap_or(Fraction::ZERO)
    }
}

/// One less twice the area below the Lorenz curve, whose steps are claims wide and what is had
/// high; of those sorted by level.
fn gini(sorted: &[Have]) -> BigRational {
    let mut had = BigInt::zero();
    let mut claims = BigInt::zero();
    let mut below = BigInt::zero();
    for have in sorted {
        let (claim, amount) = (BigInt::from(have.claim), BigInt::from(have.amount));
        below += &claim * (&had * 2 + &amount);
        had += amount;
        claims += claim;
    }
    let all = claims * had;
    if all.is_zero() {
        return BigRational::zero();
    }
    BigRational::new(&all - below, all)
}
