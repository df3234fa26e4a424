//! How long sharing out takes: windows of a given size from a seed, shared out and checked.
//!
//! Run in release: `cargo run --release -p fair --example shares -- [AREAS POOLS ARCS_PER_AREA
//! SEED [SHAPE]]`, the shape being `mixed` (any pool may reach any area), `districts` (pools reach
//! their neighbourhood) or `bounded` (districts, with a ceiling on every third arc).
//!
//! Never part of what is built for a city.

#![expect(clippy::expect_used, reason = "a measuring tool: a slip should stop it loudly")]

use std::time::Instant;

use fair::sharing::{Arc, Area, Pool, Weight, Window, check, share};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
    if let (Some(areas), Some(pools), Some(arcs)) = (number(0), number(1), number(2)) {
        let shape = words.get(4).map_or("mixed", String::as_str);
        time(areas, pools, arcs, number(3).unwrap_or(1), shape);
        return;
    }
    for shape in ["mixed", "districts", "bounded"] {
        time(20_000, 40, 5, 1, shape);
        time(20_000, 200, 5, 2, shape);
        time(100_000, 60, 10, 3, shape);
        time(100_000, 300, 10, 4, shape);
        time(200_000, 1_000, 5, 5, shape);
    }
}

fn time(areas: u64, pools: u64, arcs: u64, seed: u64, shape: &str) {
    let window = window(areas, pools, arcs, seed, shape);
    let begun = Instant::now();
    let shares = share(&window).expect("the window is sound");
    let solved = begun.elapsed();
    let checking = Instant::now();
    check(&window, &shares).expect("the certificate holds");
    let checked = checking.elapsed();
    let mut levels = shares.certificate.pools.clone();
    levels.sort_unstable();
    levels.dedup();
    println!(
        "{areas} areas, {pools} pools, {} arcs, {}: {} levels; shared out in {:.3} s, checked in \
         {:.3} s",
        window.arcs.len(),
        shape,
        levels.len(),
        solved.as_secs_f64(),
        checked.as_secs_f64(),
    );
}

/// A small generator: xorshift64*.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % most.max(1)
    }
}

/// Half of what is asked for is there, unevenly spread over the pools.
fn window(areas: u64, pools: u64, arcs: u64, seed: u64, shape: &str) -> Window {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut window = Window::default();
    let mut asked = 0;
    for at in 0..areas {
        let need = 1_000 + chance.below(100_000) * (1 + chance.below(20));
        let covered = need * chance.below(50) / 100;
        let cap = (need - covered) * (40 + chance.below(60)) / 100;
        let risk = 1_500 + chance.below(7_500);
        asked += cap;
        window.areas.push(Area {
            id: format!("A{at:06}"),
            need: i64::try_from(need).expect("small"),
            covered: i64::try_from(covered).expect("small"),
            cap: i64::try_from(cap).expect("small"),
            weight: Weight::of_risk(u32::try_from(risk).expect("small")),
            risk_milli: u32::try_from(risk).expect("small"),
            deferrals: 0,
            grant_min: 0,
        });
        let home = at * pools / areas;
        for _ in 0..1 + chance.below(2 * arcs - 1) {
            let near = home + pools - 3 + chance.below(7);
            let pool = if shape == "mixed" { chance.below(pools) } else { near % pools };
            let (pool, at) = (u32::try_from(pool).expect("few"), u32::try_from(at).expect("few"));
            let bound = i64::try_from(1 + cap / 3).expect("small");
            let ceiling = (shape == "bounded" && chance.below(3) == 0).then_some(bound);
            window.arcs.push(Arc { ceiling, ..Arc::open(pool, at) });
        }
    }
    for at in 0..pools {
        let supply = asked / pools * (1 + chance.below(100)) / 100;
        let supply = i64::try_from(supply).expect("small");
        window.pools.push(Pool { id: format!("P{at:04}"), supply, held_back: 0 });
    }
    window
}
