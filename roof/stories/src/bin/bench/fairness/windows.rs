//! Windows of a given size from a seed, shared out and checked; and one that is drawn a thousand
//! times, to see how firm it is.

use fair::sharing::{Arc, Area, Pool, Reasons, Shares, Weight, Window, check, draw, share, varied};

use super::timed;
use crate::held;

/// Any pool may reach any area; or only its neighbourhood; or that with a ceiling on every third
/// arc.
const SHAPES: [&str; 3] = ["mixed", "districts", "bounded"];
/// Areas, pools and arcs of an area in the middle.
const LARGE: [(u32, u32, u32); 2] = [(20_000, 40, 5), (20_000, 200, 5)];
const HUGE: [(u32, u32, u32); 3] = [(100_000, 60, 10), (100_000, 300, 10), (200_000, 1_000, 5)];
/// What the slowest of each may take, shared out and checked, in seconds.
const LARGE_S_MAX: f64 = 0.5;
const HUGE_S_MAX: f64 = 5.0;
/// What a thousand draws of a city's own window may take, in seconds: it is waited for once, when
/// the window is shared out.
const DRAWS_S_MAX: f64 = 5.0;
/// A city's own window, and how often it is drawn.
const CITY: (u32, u32, u32) = (400, 20, 3);
const DRAWS: u32 = 1_000;

/// Measures and prints the tables.
pub(super) fn windows() {
    println!(
        "| areas | pools | arcs | shape | lines | shared out s | checked s | together s |\n\
         |---|---|---|---|---|---|---|---|"
    );
    let mut slowest = Vec::new();
    for (sizes, most) in [(LARGE.as_slice(), LARGE_S_MAX), (HUGE.as_slice(), HUGE_S_MAX)] {
        let mut worst = 0.0f64;
        for (seed, size) in (1u64..).zip(sizes) {
            for shape in SHAPES {
                worst = worst.max(time(*size, seed, shape));
            }
        }
        slowest.push((worst, most));
    }
    let said = |at: usize| format!("{:.2} s, at most {} s", slowest[at].0, slowest[at].1);
    println!(
        "\nProcessor seconds of one core. The slowest of some 100,000 arcs: {}; of some 1,000,000: \
         {}. Windows of one size differ by seed and shape; half of what is asked for is there.\n",
        said(0),
        said(1)
    );
    for (what, (worst, most)) in ["100,000 arcs", "1,000,000 arcs"].iter().zip(&slowest) {
        held(&format!("the slowest of some {what}"), *worst, *most);
    }
    firmness();
}

/// Shares one window out, checks it and prints its row; gives the seconds together.
fn time(size: (u32, u32, u32), seed: u64, shape: &str) -> f64 {
    let window = window(size, seed, shape);
    let (shares, solved) = timed(|| share(&window).unwrap());
    let (found, checked) = timed(|| check(&window, &shares));
    assert_eq!(found, Ok(()), "the certificate holds");
    let (areas, pools, _) = size;
    println!(
        "| {areas} | {pools} | {} | {shape} | {} | {solved:.3} | {checked:.3} | {:.3} |",
        window.arcs.len(),
        lines(&shares),
        solved + checked
    );
    solved + checked
}

fn lines(shares: &Shares) -> usize {
    let mut lines = shares.certificate.pools.clone();
    lines.sort_unstable();
    lines.dedup();
    lines.len()
}

fn firmness() {
    let window = window(CITY, 1, "mixed");
    let (moves, drawn) = timed(|| draw(&window, DRAWS, 1, |chance| varied(&window, &[], chance)));
    let shares = share(&window).unwrap();
    let (pools, asked) = timed(|| {
        let reasons = Reasons::new(&window, &shares).unwrap();
        let pools = 0..window.pools.len();
        pools.filter(|at| reasons.marginal(*at).unwrap().is_some()).count()
    });
    let moved = moves.unwrap().moved;
    let half = moved.iter().filter(|times| **times * 2 > DRAWS).count();
    let (areas, arcs) = (window.areas.len(), window.arcs.len());
    println!("| areas | arcs | asked | processor s |\n|---|---|---|---|");
    println!(
        "| {areas} | {arcs} | {DRAWS} draws, needs and risks up to a tenth more or less, \
         at most {DRAWS_S_MAX} s | {drawn:.2} |"
    );
    println!(
        "| {areas} | {arcs} | what one unit more in each of {pools} pools does | {asked:.3} |"
    );
    println!("\nOf the {areas} areas {half} move by more than a tenth in over half of the draws.");
    held(&format!("{DRAWS} draws"), drawn, DRAWS_S_MAX);
}

/// A small generator: xorshift64*.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        u32::try_from(mixed % u64::from(most.max(1))).unwrap()
    }

    fn amount(&mut self, most: u32) -> i64 {
        self.below(most).into()
    }
}

/// Half of what is asked for is there, unevenly spread over the pools.
fn window((areas, pools, arcs): (u32, u32, u32), seed: u64, shape: &str) -> Window {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut window = Window::default();
    let mut asked = 0;
    for at in 0..areas {
        let need = 1_000 + chance.amount(100_000) * (1 + chance.amount(20));
        let covered = need * chance.amount(50) / 100;
        let cap = (need - covered) * (40 + chance.amount(60)) / 100;
        let risk_milli = 1_500 + chance.below(7_500);
        asked += cap;
        window.areas.push(Area {
            id: format!("A{at:06}"),
            need,
            covered,
            cap,
            weight: Weight::of_risk(risk_milli),
            risk_milli,
            deferrals: 0,
            grant_min: 0,
        });
        let home = u32::try_from(u64::from(at) * u64::from(pools) / u64::from(areas)).unwrap();
        for _ in 0..1 + chance.below(2 * arcs - 1) {
            let near = (home + pools - 3 + chance.below(7)) % pools;
            let pool = if shape == "mixed" { chance.below(pools) } else { near };
            let is_bound = shape == "bounded" && chance.below(3) == 0;
            let ceiling = is_bound.then_some(1 + cap / 3);
            window.arcs.push(Arc { ceiling, ..Arc::open(pool, at) });
        }
    }
    for at in 0..pools {
        let supply = asked / i64::from(pools) * (1 + chance.amount(100)) / 100;
        window.pools.push(Pool { id: format!("P{at:04}"), supply, held_back: 0 });
    }
    window
}
