//! Windows for tests: from a seed, or written down in few numbers.

use fair::sharing::{Arc, Area, Giver, Partner, Pool, Taker, Weight, Window};

/// A small generator: xorshift64*.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        u32::try_from(mixed % u64::from(most.max(1))).unwrap()
    }

    pub fn amount(&mut self, most: u32) -> i64 {
        self.below(most).into()
    }
}

pub fn area(id: &str, need: i64, covered: i64, cap: i64) -> Area {
    Area {
        id: id.to_owned(),
        need,
        covered,
        cap,
        weight: Weight::ONE,
        risk_milli: 5_000,
        deferrals: 0,
        grant_min: 0,
    }
}

pub fn pool(id: &str, supply: i64) -> Pool {
    Pool { id: id.to_owned(), supply, held_back: 0 }
}

/// Any window of up to `areas` areas and amounts below `most`: with areas without need, cap or
/// arcs, with empty pools, ceilings and partners, and with many ties where `most` is small.
pub fn drawn(seed: u64, areas: u32, most: u32) -> Window {
    let mut chance = Chance::new(seed);
    let (areas, pools) = (1 + chance.below(areas), 1 + chance.below(5));
    let partners = chance.below(3);
    let mut window = Window::default();
    for at in 0..areas {
        let mut next = area(
            &format!("area {at}"),
            chance.amount(most),
            chance.amount(most) / 3,
            chance.amount(most),
        );
        next.weight = Weight { num: chance.below(6), den: 1 + chance.below(3) };
        next.risk_milli = chance.below(10) * 1_000;
        next.deferrals = chance.below(4) / 3;
        window.areas.push(next);
        for _ in 0..chance.below(4) {
            let ceiling = (chance.below(4) == 0).then(|| chance.amount(most));
            let from = match (partners, chance.below(4)) {
                (1.., 0) => Giver::Partner(chance.below(partners)),
                _ => Giver::Pool(chance.below(pools)),
            };
            window.arcs.push(Arc { from, to: Taker::Area(at), ceiling });
        }
    }
    for at in 0..pools {
        let mut next = pool(&format!("pool {at}"), chance.amount(most));
        next.held_back = next.supply * chance.amount(3) / 10;
        window.pools.push(next);
    }
    for by in 0..partners {
        let capacity = chance.amount(most);
        window.partners.push(Partner { id: format!("partner {by}"), capacity });
        for _ in 0..1 + chance.below(3) {
            let from = Giver::Pool(chance.below(pools));
            window.arcs.push(Arc { from, to: Taker::Partner(by), ceiling: None });
        }
    }
    window
}
