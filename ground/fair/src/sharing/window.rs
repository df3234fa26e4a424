//! What is to be shared and among whom: areas, pools, partners, and who may give to whom.
//!
//! Never guesses: a window that contradicts itself is refused, with what to do about it.

use std::collections::HashSet;

use super::level::Fraction;

/// Areas of one window.
pub const AREAS_MAX: usize = 1_000_000;
/// Pools of one window, sub-pools too.
pub const POOLS_MAX: usize = 100_000;
/// Partners of one window.
pub const PARTNERS_MAX: usize = 100_000;
/// Arcs of one window.
pub const ARCS_MAX: usize = 10_000_000;
/// Any one amount, in whole units: ten million millions.
pub const AMOUNT_UNITS_MAX: i64 = 10_000_000_000_000;
/// Either part of a weight. A weight is a number that people publish in a table, with few digits.
pub const WEIGHT_PART_MAX: u32 = 10_000_000;
/// The common denominator of all weights of a window.
pub const WEIGHTS_DENOMINATOR_MAX: i128 = 1_000_000_000_000;

/// How much more, or less, than its need an area counts.
///
/// A published table says which risk has which weight; [`Weight::of_risk`] is the one that holds
/// where nobody resolved another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// Above the line.
    pub num: u32,
    /// Below the line; positive.
    pub den: u32,
}

impl Weight {
    /// Neutral.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// R / 5 of a risk R in thousandths: 5 is neutral, 10 counts double, 2.5 half.
    #[must_use]
    pub fn of_risk(risk_milli: u32) -> Self {
        let by = num_integer::gcd(risk_milli, 5_000);
        Self { num: risk_milli / by, den: 5_000 / by }
    }
}

/// A piece of the city with what it needs. All amounts are whole units of the window's kind: minor
/// units of money, hours, items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its name; breaks the last ties.
    pub id: String,
    /// Reference need: verified people times the published standard cost of one.
    pub need: i64,
    /// What others have given already.
    pub covered: i64,
    /// The validated request that is still open, or what can be absorbed if that is less.
    pub cap: i64,
    /// How much its need counts.
    pub weight: Weight,
    /// Its risk in thousandths (0 to 10,000); decides ties, and nothing else.
    pub risk_milli: u32,
    /// How many windows ago it was first left out for being too small a grant, in a row.
    pub deferrals: u32,
    /// The smallest grant with which something can be done; nought where any helps.
    pub grant_min: i64,
}

impl Area {
    /// The claim, w·N with the carry-over credit: the amount at which the area stands at level 1.
    /// None where it does not fit 127 bits.
    #[must_use]
    pub fn claim(&self) -> Option<Fraction> {
        let weight = Fraction::new(self.weight.num.into(), self.weight.den.into())?;
        let need = Fraction::new(self.need.into(), 1)?;
        need.times(weight)?.times(credit(self.deferrals))
    }

    /// What it can take at most: nothing where its claim is nought, since no line lifts it.
    #[must_use]
    pub fn room(&self) -> i64 {
        if self.need == 0 || self.weight.num == 0 { 0 } else { self.cap }
    }
}

/// The carry-over credit: a tenth more weight for each time that an area was left out, at most
/// one half more.
#[must_use]
pub fn credit(deferrals: u32) -> Fraction {
    const MOST: Fraction = Fraction::constant(3, 2);
    let (mut num, mut den) = (1i128, 1i128);
    for _ in 0..deferrals {
        (num, den) = (num * 11, den * 10);
        if num * 2 >= den * 3 {
            return MOST;
        }
    }
    Fraction::new(num, den).unwrap_or(Fraction::ONE)
}

/// A purse: one source of what is shared, with its supply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Its name.
    pub id: String,
    /// What is in it.
    pub supply: i64,
    /// What of it is kept for what comes suddenly.
    pub held_back: i64,
}

impl Pool {
    /// What may be given in this window.
    #[must_use]
    pub fn ready(&self) -> i64 {
        self.supply.saturating_sub(self.held_back)
    }
}

/// Somebody through whose hands it goes, and who can handle only so much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its name.
    pub id: String,
    /// What it can handle in this window.
    pub capacity: i64,
}

/// Where an arc begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Giver {
    /// A pool, by its place in the window.
    Pool(u32),
    /// A partner, by its place in the window.
    Partner(u32),
}

/// Where an arc ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Taker {
    /// An area, by its place in the window.
    Area(u32),
    /// A partner, by its place in the window.
    Partner(u32),
}

/// A permission: this pool may give to that area (by its earmark, its window, its sector, its
/// law), or through that partner. An area without any gets nothing, and is told so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Who gives.
    pub from: Giver,
    /// Who takes.
    pub to: Taker,
    /// At most so much; nothing said is no ceiling.
    pub ceiling: Option<i64>,
}

impl Arc {
    /// A pool may give to an area, as much as there is.
    #[must_use]
    pub fn open(pool: u32, area: u32) -> Self {
        Self { from: Giver::Pool(pool), to: Taker::Area(area), ceiling: None }
    }
}

/// One sharing-out: one kind, one window of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Those who may receive.
    pub areas: Vec<Area>,
    /// What there is.
    pub pools: Vec<Pool>,
    /// Through whose hands it may go.
    pub partners: Vec<Partner>,
    /// Who may give to whom. Two arcs between the same two add up.
    pub arcs: Vec<Arc>,
}

/// A window that cannot be shared out, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// More of something than one window may hold.
    #[error("{what}: {count} are more than {most}; share out by district and add the results")]
    TooMany {
        /// What is too many.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// An amount that is negative or larger than [`AMOUNT_UNITS_MAX`].
    #[error("{of}: {what} is {amount}; give 0 to {AMOUNT_UNITS_MAX}, in larger units if need be")]
    Amount {
        /// Whose amount.
        of: String,
        /// Which amount.
        what: &'static str,
        /// What was given.
        amount: i64,
    },
    /// A weight that is not a fraction of small numbers.
    #[error("{of}: the weight {num}/{den} is none; give two numbers from 1 to {WEIGHT_PART_MAX}")]
    Weight {
        /// Whose weight.
        of: String,
        /// Above the line.
        num: u32,
        /// Below the line.
        den: u32,
    },
    /// More is held back than there is.
    #[error("{of}: {held_back} held back of {supply}; hold back at most all of it")]
    HeldBack {
        /// The pool.
        of: String,
        /// What is in it.
        supply: i64,
        /// What is kept.
        held_back: i64,
    },
    /// Two of one name: a result could not be told apart.
    #[error("two are called {id}; give each its own name")]
    Twice {
        /// The name.
        id: String,
    },
    /// An arc that names nobody, or goes from partner to partner.
    #[error(
        "arc {arc} leads nowhere; let it go from a pool or partner there is to an area or \
             from a pool to a partner"
    )]
    Arc {
        /// Its place in the window.
        arc: usize,
    },
    /// Numbers so large or so fine together that 127 bits do not hold their products.
    #[error(
        "these needs and weights together are too large or too fine to reckon exactly; give \
             amounts in larger units or weights with fewer digits"
    )]
    TooFine,
    /// More is set aside of a pool than may be given of it.
    #[error("{of}: {amount} set aside of {ready} that may be given; set aside at most all of it")]
    Aside {
        /// The pool.
        of: String,
        /// What was to be set aside.
        amount: i64,
        /// What may be given.
        ready: i64,
    },
}

impl Window {
    /// Whether it can be shared out at all.
    ///
    /// # Errors
    /// The first thing that is wrong with it, by kind and place.
    pub fn verify(&self) -> Result<(), ShareError> {
        many("areas", self.areas.len(), AREAS_MAX)?;
        many("pools", self.pools.len(), POOLS_MAX)?;
        many("partners", self.partners.len(), PARTNERS_MAX)?;
        many("arcs", self.arcs.len(), ARCS_MAX)?;
        for area in &self.areas {
            verify_area(area)?;
        }
        for pool in &self.pools {
            amount(&pool.id, "the supply", pool.supply)?;
            amount(&pool.id, "what is held back", pool.held_back)?;
            if pool.held_back > pool.supply {
                let (supply, held_back) = (pool.supply, pool.held_back);
                return Err(ShareError::HeldBack { of: pool.id.clone(), supply, held_back });
            }
        }
        for partner in &self.partners {
            amount(&partner.id, "the capacity", partner.capacity)?;
        }
        once(self.areas.iter().map(|area| area.id.as_str()))?;
        once(self.pools.iter().map(|pool| pool.id.as_str()))?;
        once(self.partners.iter().map(|partner| partner.id.as_str()))?;
        self.verify_arcs()
    }

    fn verify_arcs(&self) -> Result<(), ShareError> {
        for (arc, &Arc { from, to, ceiling }) in self.arcs.iter().enumerate() {
            let known = match (from, to) {
                (Giver::Partner(_), Taker::Partner(_)) => false,
                (Giver::Pool(pool), _) if pool as usize >= self.pools.len() => false,
                (Giver::Partner(by), _) if by as usize >= self.partners.len() => false,
                (_, Taker::Partner(by)) => (by as usize) < self.partners.len(),
                (_, Taker::Area(area)) => (area as usize) < self.areas.len(),
            };
            if !known {
                return Err(ShareError::Arc { arc });
            }
            if !ceiling.is_none_or(|most| (0..=AMOUNT_UNITS_MAX).contains(&most)) {
                amount(&format!("arc {arc}"), "the ceiling", ceiling.unwrap_or_default())?;
            }
        }
        Ok(())
    }

    /// Sets an amount of what is ready in a pool aside for some areas: the pool is split in two,
    /// and the new one, called `name`, may give only to those of `only` to whom the whole pool may
    /// give directly, under the same ceilings. The rest of the pool keeps its arcs and what is held
    /// back. What the set-aside does not use stays unused, so publish a day on which it returns.
    ///
    /// For a share of the pool, [`part`] says how much that is. Returns the place of the new pool.
    ///
    /// # Errors
    /// When the pool or an area is not there, or more is set aside than is ready.
    pub fn set_aside(
        &mut self,
        pool: u32,
        name: &str,
        amount: i64,
        only: &[u32],
    ) -> Result<u32, ShareError> {
        let nowhere = ShareError::Arc { arc: self.arcs.len() };
        let made = u32::try_from(self.pools.len()).map_err(|_| nowhere.clone())?;
        if only.iter().any(|&area| area as usize >= self.areas.len()) {
            return Err(nowhere);
        }
        let only: HashSet<u32> = only.iter().copied().collect();
        let whole = self.pools.get_mut(pool as usize).ok_or(nowhere)?;
        let ready = whole.ready();
        if !(0..=ready).contains(&amount) {
            return Err(ShareError::Aside { of: whole.id.clone(), amount, ready });
        }
        whole.supply -= amount;
        self.pools.push(Pool { id: name.to_owned(), supply: amount, held_back: 0 });
        let chosen = |arc: &&Arc| match arc.to {
            Taker::Area(area) => arc.from == Giver::Pool(pool) && only.contains(&area),
            Taker::Partner(_) => false,
        };
        let arcs: Vec<Arc> = self.arcs.iter().filter(chosen).copied().collect();
        self.arcs.extend(arcs.into_iter().map(|arc| Arc { from: Giver::Pool(made), ..arc }));
        Ok(made)
    }
}

/// A part of an amount, rounded down: for ceilings such as "at most a fifth of this pool", and for
/// what is held back.
#[must_use]
pub fn part(amount: i64, num: u32, den: u32) -> i64 {
    let share = i128::from(amount) * i128::from(num) / i128::from(den.max(1));
    i64::try_from(share).unwrap_or(amount)
}

fn verify_area(area: &Area) -> Result<(), ShareError> {
    amount(&area.id, "the need", area.need)?;
    amount(&area.id, "what is covered", area.covered)?;
    amount(&area.id, "the cap", area.cap)?;
    amount(&area.id, "the smallest grant", area.grant_min)?;
    let Weight { num, den } = area.weight;
    if den == 0 || num > WEIGHT_PART_MAX || den > WEIGHT_PART_MAX {
        return Err(ShareError::Weight { of: area.id.clone(), num, den });
    }
    Ok(())
}

fn amount(of: &str, what: &'static str, amount: i64) -> Result<(), ShareError> {
    if (0..=AMOUNT_UNITS_MAX).contains(&amount) {
        return Ok(());
    }
    Err(ShareError::Amount { of: of.to_owned(), what, amount })
}

fn many(what: &'static str, count: usize, most: usize) -> Result<(), ShareError> {
    if count <= most { Ok(()) } else { Err(ShareError::TooMany { what, count, most }) }
}

fn once<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), ShareError> {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair.first() == pair.last()) {
        Some(pair) => {
            Err(ShareError::Twice { id: pair.first().copied().unwrap_or_default().to_owned() })
        }
        None => Ok(()),
    }
}
