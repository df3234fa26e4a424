//! What only the inside can ask: that both passes of the solver find the same.

use super::network::Network;
use super::solve::{Optimum, is_in_order, quick, slow};
use super::window::{Arc, Area, Giver, Partner, Pool, Taker, Weight, Window};

/// A small generator: xorshift64*.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        u32::try_from(mixed % u64::from(most.max(1))).unwrap()
    }
}

fn window(seed: u64, most: u32) -> Window {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let (areas, pools) = (1 + chance.below(20), 1 + chance.below(6));
    let partners = chance.below(3);
    let mut amount = |most| i64::from(chance.below(most));
    let mut window = Window {
        areas: (0..areas)
            .map(|at| Area {
                id: format!("area {at}"),
                need: 1 + amount(most),
                covered: amount(most) / 3,
                cap: amount(most),
                weight: Weight { num: 1 + u32::try_from(amount(4)).unwrap(), den: 2 },
                risk_milli: 5_000,
                deferrals: 0,
                grant_min: 0,
            })
            .collect(),
        pools: (0..pools)
            .map(|at| Pool { id: format!("pool {at}"), supply: amount(most), held_back: 0 })
            .collect(),
        partners: (0..partners)
            .map(|at| Partner { id: format!("partner {at}"), capacity: amount(most) })
            .collect(),
        arcs: Vec::new(),
    };
    for area in 0..areas {
        for _ in 0..chance.below(4) {
            let ceiling = (chance.below(3) == 0).then(|| i64::from(chance.below(most)));
            let from = match (partners, chance.below(3)) {
                (1.., 0) => Giver::Partner(chance.below(partners)),
                _ => Giver::Pool(chance.below(pools)),
            };
            window.arcs.push(Arc { from, to: Taker::Area(area), ceiling });
        }
    }
    for by in 0..partners {
        for _ in 0..1 + chance.below(3) {
            let from = Giver::Pool(chance.below(pools));
            window.arcs.push(Arc { from, to: Taker::Partner(by), ceiling: None });
        }
    }
    window
}

fn check(network: &Network, one: &Optimum, other: &Optimum) {
    assert_eq!(one.amounts, other.amounts, "{network:?}");
}

#[test]
fn both_passes_find_the_same_and_a_pass_too_coarse_is_noticed() {
    let (mut noticed, mut right) = (0, 0);
    for seed in 0..3_000 {
        let window = window(seed, if seed % 2 == 0 { 12 } else { 1_000 });
        let network = Network::new(&window).unwrap();
        let exact = slow(&network);
        assert!(is_in_order(&network, &exact), "{window:?}");
        check(&network, &exact, &super::solve::solve(&network));
        // In whole units the quick pass may well cut at the wrong place.
        let coarse = quick(&network, 0);
        if is_in_order(&network, &coarse) {
            check(&network, &exact, &coarse);
            right += 1;
        } else {
            noticed += 1;
        }
    }
    assert!(right > 2_000, "{right}");
    assert!(noticed > 0, "the way back is walked at least once");
}
