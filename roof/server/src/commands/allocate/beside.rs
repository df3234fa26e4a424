//! What is told beside a result: how firm it is, whom more would lift first, what fairness costs,
//! what rounding did, and what nobody said.
//!
//! Never draws from anywhere but the seed that is told, so that whoever checks draws the same.

use fair::sharing::{
    Fraction, Grants, Marginal, Moves, Price, Reasons, ShareError, Window, draw, price, rounded_by,
    varied,
};
use serde_json::{Map, Value, json};

use super::file::Asked;
use super::sentence::listed;

/// Draws where nothing else is asked for.
pub(super) const DRAWS: u32 = 1_000;
/// The seed where nothing else is asked for.
pub(super) const SEED: u64 = 1;
/// Draws times arcs at most: some twenty seconds of one core.
pub(super) const DRAWN_ARCS_MAX: usize = 20_000_000;

/// How often everything is drawn anew, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drawing {
    pub(super) draws: u32,
    pub(super) seed: u64,
}

impl Drawing {
    /// Whether so much can be drawn while somebody waits.
    pub(super) fn fits(self, window: &Window) -> bool {
        (self.draws as usize).saturating_mul(window.arcs.len()) <= DRAWN_ARCS_MAX
    }
}

/// What is told beside a result.
pub(super) struct Beside {
    /// How firm it is, and from which seed; none where nothing was drawn.
    firm: Option<(Moves, u64)>,
    /// By pool.
    next: Vec<Marginal>,
    price: Price,
    in_people: bool,
    rounded: Option<Fraction>,
}

impl Beside {
    pub(super) fn of(
        asked: &Asked,
        grants: &Grants,
        reasons: &Reasons,
        drawing: Option<Drawing>,
    ) -> Result<Self, ShareError> {
        let window = &asked.window;
        let firm = drawing.filter(|drawing| drawing.draws > 0 && drawing.fits(window));
        let firm = firm.map(|Drawing { draws, seed }| {
            Ok((draw(window, draws, seed, |chance| varied(window, &asked.classes, chance))?, seed))
        });
        let next = (0..window.pools.len()).filter_map(|pool| reasons.marginal(pool).transpose());
        let costs = asked.costs.as_deref().unwrap_or_default();
        Ok(Self {
            firm: firm.transpose()?,
            next: next.collect::<Result<_, ShareError>>()?,
            price: price(window, &grants.shares.amounts, costs)?,
            in_people: asked.costs.is_some(),
            rounded: rounded_by(window, &grants.shares),
        })
    }

    pub(super) fn lines(&self, window: &Window) -> Vec<String> {
        let mut lines: Vec<String> = self.more(window).collect();
        let (reached, most) = (self.price.reached.to_integer(), self.price.most.to_integer());
        lines.push(match (!self.price.is_paid(), self.in_people) {
            (true, true) => "No other division reaches more people.".to_owned(),
            (true, false) => "No other division gives out more.".to_owned(),
            (false, true) => format!(
                "{reached} people are reached. The division that reaches the most, {most}, would \
                 leave those who stand lowest lower, or pay shares that are too small."
            ),
            (false, false) => format!(
                "{reached} are given out; with shares that are too small to be of use it would be \
                 {most}."
            ),
        });
        if let Some(rounded) = self.rounded.filter(|rounded| rounded.num() > 0) {
            lines.push(format!("Rounding moved no area by more than {rounded} of one unit."));
        }
        lines.extend(self.firmness(window));
        lines
    }

    /// Whom more in each pool would lift first.
    fn more<'a>(&'a self, window: &'a Window) -> impl Iterator<Item = String> + 'a {
        window.pools.iter().zip(&self.next).map(|(pool, next)| {
            let parts = next.parts.iter().filter_map(|(at, part)| {
                let area = window.areas.get(*at)?;
                Some(format!("{} ({part})", area.id))
            });
            let parts: Vec<String> = parts.collect();
            let to = listed(&parts);
            match (parts.is_empty(), next.amount) {
                (true, _) => format!("More in {} would change nothing.", pool.id),
                (_, Some(most)) => format!(
                    "More in {} would go first to {to}, up to {} more; then others join, or one \
                     can take no more.",
                    pool.id,
                    most.floor()
                ),
                (_, None) => format!("More in {} would go to {to}.", pool.id),
            }
        })
    }

    fn firmness(&self, window: &Window) -> Vec<String> {
        let Some((moves, seed)) = &self.firm else { return Vec::new() };
        let draws = moves.draws;
        let lead = format!(
            "How firm it is: every need and every risk drawn anew {draws} times, up to a tenth \
             more or less, from seed {seed}."
        );
        let areas = window.areas.iter().zip(moves.funded.iter().zip(&moves.moved));
        let areas = areas.map(|(area, (funded, moved))| {
            format!(
                "{}: gets something in {funded} of {draws}; moves by more than a tenth in {moved}.",
                area.id
            )
        });
        std::iter::once(lead).chain(areas).collect()
    }

    /// Its parts by name. Where nothing was drawn, nothing is said of it.
    pub(super) fn json(&self, asked: &Asked) -> Map<String, Value> {
        let window = &asked.window;
        let mut all = Map::new();
        if let Some((moves, seed)) = &self.firm {
            let by = |counts: &[u32]| {
                let all = window.areas.iter().zip(counts);
                all.map(|(area, n)| (area.id.clone(), json!(n))).collect::<Map<String, Value>>()
            };
            let robustness = json!({
                "draws": moves.draws,
                "seed": seed,
                "funded": by(&moves.funded),
                "moved": by(&moves.moved),
            });
            all.insert("robustness".to_owned(), robustness);
        }
        let next = window.pools.iter().zip(&self.next);
        let next = next.map(|(pool, next)| (pool.id.clone(), marginal(window, next)));
        all.insert("marginal".to_owned(), Value::Object(next.collect()));
        let price = json!({
            "counted_in": if self.in_people { "people" } else { "units" },
            "reached": self.price.reached.to_string(),
            "most": self.price.most.to_string(),
            "part": self.price.part().to_string(),
        });
        all.insert("price".to_owned(), price);
        let rounded = self.rounded.map(|rounded| rounded.to_string());
        all.insert("rounding".to_owned(), json!(rounded));
        let names = |marked: &[bool]| {
            let all = window.areas.iter().zip(marked).filter(|(_, marked)| **marked);
            all.map(|(area, _)| area.id.clone()).collect::<Vec<String>>()
        };
        let (covered, risk) = (names(&asked.uncovered), names(&asked.riskless));
        all.insert("unknown".to_owned(), json!({ "covered": covered, "risk": risk }));
        all
    }
}

fn marginal(window: &Window, next: &Marginal) -> Value {
    let parts = next.parts.iter().filter_map(|(at, part)| {
        Some((window.areas.get(*at)?.id.clone(), json!(part.to_string())))
    });
    let amount = next.amount.map(|most| most.to_string());
    json!({ "amount": amount, "parts": parts.collect::<Map<String, Value>>() })
}
