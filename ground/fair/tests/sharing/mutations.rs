//! A checker that believes nothing: whatever is changed in a result or its proof, it says so.

use std::collections::BTreeMap;

use fair::sharing::{Fault, Fraction, Giver, Level, Shares, Taker, Window, check, share};

use crate::windows::{Chance, drawn};

/// A change that cannot be true, or none where the window has no place for it.
fn mutate(window: &Window, shares: &mut Shares, chance: &mut Chance) -> Option<&'static str> {
    let area = chance.below(u32::try_from(window.areas.len()).unwrap()) as usize;
    let arc = chance.below(u32::try_from(window.arcs.len().max(1)).unwrap()) as usize;
    let proof = &mut shares.certificate;
    match chance.below(10) {
        0 => shares.amounts[area] += 1,
        1 => shares.amounts[area] -= 1,
        2 => *shares.flows.get_mut(arc)? += i64::from(1 + chance.below(3)),
        3 => *shares.flows.get_mut(arc)? -= 1,
        4 => {
            let flow = proof.flows.get_mut(arc)?;
            *flow = Fraction::new(flow.num() + 1, flow.den())?;
        }
        5 => {
            let flow = proof.flows.get_mut(arc)?;
            *flow = Fraction::new(flow.num() - 1, flow.den())?;
        }
        6 => {
            // An area below its cap stands at one level and no other.
            let got = proof.amounts(window)[area];
            let open = &window.areas[area];
            if got >= Fraction::whole(open.room().unsigned_abs()) {
                return None;
            }
            proof.areas[area] = moved(proof.areas[area], chance)?;
        }
        7 => {
            // A pool that pays somebody below the cap stands at that one's level.
            let got = proof.amounts(window);
            let arc = window.arcs.get(arc)?;
            let (Giver::Pool(pool), Taker::Area(area)) = (arc.from, arc.to) else { return None };
            let at = window.arcs.iter().position(|other| other == arc)?;
            let open = &window.areas[area as usize];
            let full = got[area as usize] >= Fraction::whole(open.room().unsigned_abs());
            if full || proof.flows[at].num() == 0 || arc.ceiling.is_some() {
                return None;
            }
            let level = &mut proof.pools[pool as usize];
            *level = moved(*level, chance)?;
        }
        8 => unit_moved(window, shares, arc)?,
        _ => part_moved(window, shares, arc)?,
    }
    Some("changed")
}

/// A level a little higher or lower, or unbounded.
fn moved(level: Level, chance: &mut Chance) -> Option<Level> {
    let line = level.line()?;
    match chance.below(3) {
        0 => Some(Level::Unbounded),
        1 => Fraction::new(line.num() * 1_000_000 + 1, line.den() * 1_000_000).map(Level::At),
        _ => Fraction::new(line.num() * 1_000_000 - 1, line.den() * 1_000_000).map(Level::At),
    }
}

/// The other arc of the same giver to another area.
fn neighbour(window: &Window, arc: usize) -> Option<(usize, usize, usize)> {
    let this = window.arcs.get(arc)?;
    let Taker::Area(area) = this.to else { return None };
    let other =
        window.arcs.iter().position(|other| other.from == this.from && other.to != this.to)?;
    let Taker::Area(other_area) = window.arcs[other].to else { return None };
    Some((area as usize, other, other_area as usize))
}

/// A whole unit is taken from one and given to another, with the books in order.
fn unit_moved(window: &Window, shares: &mut Shares, arc: usize) -> Option<()> {
    let (area, other, other_area) = neighbour(window, arc)?;
    if shares.flows[arc] == 0 {
        return None;
    }
    shares.flows[arc] -= 1;
    shares.amounts[area] -= 1;
    shares.flows[other] += 1;
    shares.amounts[other_area] += 1;
    Some(())
}

/// A part of a unit is moved in the proof, with the books in order.
fn part_moved(window: &Window, shares: &mut Shares, arc: usize) -> Option<()> {
    let (_, other, _) = neighbour(window, arc)?;
    let flows = &mut shares.certificate.flows;
    let (from, den) = (flows[arc], flows[arc].den());
    flows[arc] = Fraction::new(from.num() - 1, den)?;
    flows[other] = flows[other].plus(Fraction::new(1, den)?)?;
    Some(())
}

#[test]
fn a_thousand_changed_results_are_all_rejected() {
    let mut chance = Chance::new(1);
    let mut faults: BTreeMap<String, u32> = BTreeMap::new();
    let mut rejected = 0;
    for seed in 0.. {
        if rejected == 1_000 {
            break;
        }
        let window = drawn(seed, 20, if seed % 3 == 0 { 12 } else { 3_000 });
        let mut shares = share(&window).unwrap();
        check(&window, &shares).unwrap();
        if mutate(&window, &mut shares, &mut chance).is_none() {
            continue;
        }
        let found = check(&window, &shares);
        let fault = found.expect_err(&format!("seed {seed} was believed: {window:?} {shares:?}"));
        let name = format!("{fault:?}");
        let name = name.split([' ', '(']).next().unwrap_or_default().to_owned();
        *faults.entry(name).or_default() += 1;
        rejected += 1;
    }
    let kinds = ["Flow", "Level", "Overfilled", "Overspent", "Rounding", "Sum", "Use"];
    for kind in kinds {
        assert!(faults.contains_key(kind), "no {kind} among {faults:?}");
    }
}

type Change<'a> = &'a dyn Fn(&mut Shares);

#[test]
fn each_fault_is_found_where_it_is() {
    use crate::windows::{area, pool};
    use fair::sharing::{Arc, Partner};
    let window = Window {
        areas: vec![area("a", 10, 0, 10), area("b", 10, 0, 10), area("c", 10, 0, 10)],
        pools: vec![pool("p", 10), pool("q", 9)],
        partners: vec![Partner { id: "r".to_owned(), capacity: 4 }],
        arcs: vec![
            Arc::open(0, 0),
            Arc::open(0, 1),
            Arc { from: Giver::Pool(1), to: Taker::Partner(0), ceiling: None },
            Arc { from: Giver::Partner(0), to: Taker::Area(2), ceiling: None },
        ],
    };
    let shares = share(&window).unwrap();
    assert_eq!(shares.amounts, [5, 5, 4]);
    assert_eq!(shares.certificate.pools[1], Level::Unbounded);
    check(&window, &shares).unwrap();
    let with = |change: Change| {
        let mut shares = shares.clone();
        change(&mut shares);
        check(&window, &shares)
    };
    let whole = Fraction::whole;
    let counted = with(&|shares| _ = shares.amounts.pop());
    assert!(matches!(counted, Err(Fault::Count { .. })), "{counted:?}");
    let level = Level::At(Fraction::new(1, 2).unwrap());
    let all: [(Fault, Change); 8] = [
        (Fault::NotDry { pool: 1 }, &|s| s.certificate.pools[1] = level),
        (Fault::Level { area: 2 }, &|s| s.certificate.areas[2] = level),
        (Fault::Partner { partner: 0 }, &|s| s.certificate.flows[2] = whole(3)),
        (Fault::Through { partner: 0 }, &|s| {
            s.certificate.partners[0].0 = Level::At(Fraction::ZERO)
        }),
        (Fault::Overspent { pool: 0 }, &|s| s.certificate.flows[0] = whole(6)),
        (Fault::Room { arc: 0 }, &|s| s.certificate.pools[0] = Level::Unbounded),
        (Fault::Sum { area: 1 }, &|s| s.flows[1] = 4),
        (Fault::Rounding { area: 1 }, &|s| (s.flows[1], s.amounts[1]) = (4, 4)),
    ];
    for (fault, change) in all {
        assert_eq!(with(change), Err(fault));
    }
}

#[test]
fn the_last_unit_goes_where_the_declared_order_says_and_nowhere_else() {
    use crate::windows::{area, pool};
    use fair::sharing::Arc;
    let mut window = Window {
        areas: vec![area("a", 10, 0, 10), area("b", 10, 0, 10), area("c", 10, 0, 10)],
        pools: vec![pool("p", 10)],
        partners: vec![],
        arcs: vec![Arc::open(0, 0), Arc::open(0, 1), Arc::open(0, 2)],
    };
    let rounded = |window: &Window, up: usize| {
        let mut shares = share(window).unwrap();
        shares.amounts = vec![3; 3];
        shares.amounts[up] += 1;
        shares.flows.clone_from(&shares.amounts);
        check(window, &shares)
    };
    assert_eq!(rounded(&window, 0), Ok(()), "of equals the smaller name");
    assert_eq!(rounded(&window, 1), Err(Fault::Remainder { area: 0 }));
    window.areas[2].risk_milli += 1;
    assert_eq!(rounded(&window, 2), Ok(()), "the higher risk before the smaller name");
    assert_eq!(rounded(&window, 0), Err(Fault::Remainder { area: 2 }));
    window.areas[1].need += 1;
    // Its share is 10 · 11/31 = 3.55, the others' 3.23.
    assert_eq!(rounded(&window, 1), Ok(()), "the larger remainder before the higher risk");
    let mut short = share(&window).unwrap();
    (short.amounts, short.flows) = (vec![3; 3], vec![3; 3]);
    assert_eq!(check(&window, &short), Err(Fault::Total { whole: 9, exact: 10 }));
}
