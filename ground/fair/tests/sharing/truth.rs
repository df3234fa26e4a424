//! Whatever is told of an area or a pool is true, in any window: each claim is held against the
//! flows themselves.

use fair::sharing::{
    Fraction, Giver, Left, Level, Reason, Reasons, Shares, Stop, Taker, Window, share,
};

use crate::windows::drawn;

/// What flows where, and the exact levels that follow.
struct Books<'a> {
    window: &'a Window,
    shares: &'a Shares,
    got: Vec<Fraction>,
}

impl Books<'_> {
    fn out_of(&self, from: Giver) -> impl Iterator<Item = (usize, Taker)> {
        let arcs = self.window.arcs.iter().enumerate();
        arcs.filter(move |(_, arc)| arc.from == from).map(|(at, arc)| (at, arc.to))
    }

    fn sum(&self, arcs: impl Fn(Giver, Taker) -> bool) -> Fraction {
        let flows = self.window.arcs.iter().zip(&self.shares.certificate.flows);
        let flows = flows.filter(|(arc, _)| arcs(arc.from, arc.to)).map(|(_, flow)| *flow);
        flows.fold(Fraction::ZERO, |sum, flow| sum.plus(flow).unwrap())
    }

    fn flows(&self, arc: usize) -> bool {
        self.shares.certificate.flows[arc].num() > 0
    }

    fn is_bound(&self, arc: usize) -> bool {
        let flow = self.shares.certificate.flows[arc];
        self.window.arcs[arc].ceiling.is_some_and(|most| flow == whole(most))
    }

    fn is_full(&self, area: usize) -> bool {
        self.got[area] == whole(self.window.areas[area].room())
    }

    /// What an area has by its claim, before rounding; none without a claim.
    fn level(&self, area: usize) -> Option<Level> {
        let of = &self.window.areas[area];
        let claim = of.claim().unwrap();
        let has = whole(of.covered).plus(self.got[area]).unwrap();
        Some(Level::At(has.times(Fraction::new(claim.den(), claim.num())?).unwrap()))
    }

    /// Areas that somebody may give to, and whether something reaches them there.
    fn takers(&self, from: Giver) -> Vec<(usize, bool, bool)> {
        let direct = self.out_of(from).map(|(arc, to)| match to {
            Taker::Area(area) => vec![(area as usize, self.flows(arc), !self.is_bound(arc))],
            Taker::Partner(by) => {
                let capacity = whole(self.window.partners[by as usize].capacity);
                let full = self.sum(|_, to| to == Taker::Partner(by)) == capacity;
                let on = self.takers(Giver::Partner(by)).into_iter();
                let open = !self.is_bound(arc) && !full;
                on.map(|(area, gets, has_room)| (area, gets && self.flows(arc), has_room && open))
                    .collect()
            }
        });
        direct.flatten().collect()
    }

    /// Whom it pays stands no higher than the line; to whom it could give more, no lower.
    fn line_holds(&self, from: Giver, line: Level) {
        for (area, gets, open) in self.takers(from) {
            let Some(level) = self.level(area) else { continue };
            assert!(!gets || level <= line, "{area} is paid and stands above: {:?}", self.window);
            let could = open && !self.is_full(area);
            assert!(!could || level >= line, "{area} stands below: {:?}", self.window);
        }
    }

    fn stop_is_true(&self, reasons: &Reasons<'_>, arc: usize, stop: Stop) {
        match stop {
            Stop::Dry { pool, line } => {
                let from = Giver::Pool(u32::try_from(pool).unwrap());
                assert_eq!(self.window.arcs[arc].from, from);
                let ready = self.window.pools[pool].ready();
                assert!(ready > 0 && self.sum(|one, _| one == from) == whole(ready));
                assert!(line < Level::Unbounded);
                self.line_holds(from, line);
            }
            Stop::Empty { pool } => assert_eq!(self.window.pools[pool].ready(), 0),
            Stop::Ceiling => assert!(self.is_bound(arc)),
            Stop::PartnerFull { partner } => {
                let by = Taker::Partner(u32::try_from(partner).unwrap());
                let capacity = whole(self.window.partners[partner].capacity);
                assert_eq!(self.sum(|_, to| to == by), capacity);
            }
            Stop::PartnerDry { partner } => {
                let stops = reasons.partner_stops(partner);
                let to = Taker::Partner(u32::try_from(partner).unwrap());
                let into = self.window.arcs.iter().filter(|arc| arc.to == to).count();
                assert!(into > 0 && stops.len() == into, "a way to it is open: {:?}", self.window);
                stops.iter().for_each(|(arc, stop)| self.stop_is_true(reasons, *arc, *stop));
            }
        }
    }

    fn left_is_true(&self, pool: usize, left: &Left) {
        let from = Giver::Pool(u32::try_from(pool).unwrap());
        let out: i64 = self.out_of(from).map(|(arc, _)| self.shares.flows[arc]).sum();
        let ready = self.window.pools[pool].ready();
        let line = self.shares.certificate.pools[pool];
        assert_eq!(left.amount, ready - out);
        if left.amount == 0 && ready > 0 && line < Level::Unbounded {
            self.line_holds(from, line);
        }
        if left.amount == 0 {
            return;
        }
        assert_eq!(line, Level::Unbounded, "something is left in a dry pool: {:?}", self.window);
        for (area, _, open) in self.takers(from) {
            assert!(!open || self.is_full(area), "{area} could have had it: {:?}", self.window);
        }
        let room = |area: &usize| self.window.areas[*area].room();
        assert!(left.full.first.iter().all(|area| self.is_full(*area) && room(area) > 0));
        assert!(left.idle.first.iter().all(|area| room(area) == 0));
        assert!(left.ceilings.first.iter().all(|arc| self.is_bound(*arc)));
        for by in &left.partners.first {
            let to = Taker::Partner(u32::try_from(*by).unwrap());
            let capacity = whole(self.window.partners[*by].capacity);
            assert_eq!(self.sum(|_, other| other == to), capacity);
        }
        let none = [&left.full, &left.idle, &left.ceilings, &left.partners];
        if none.iter().all(|few| few.is_empty()) {
            assert!(self.takers(from).is_empty(), "somebody may receive from it: {left:?}");
        }
    }
}

fn whole(amount: i64) -> Fraction {
    Fraction::whole(u64::try_from(amount).unwrap())
}

fn area_is_true(books: &Books<'_>, reasons: &Reasons<'_>, area: usize) -> &'static str {
    let mine = Taker::Area(u32::try_from(area).unwrap());
    let (got, amount) = (books.got[area], books.shares.amounts[area]);
    let arcs = books.window.arcs.iter().filter(|arc| arc.to == mine).count();
    let ways = |stops: &[(usize, Stop)]| {
        assert!(stops.len() <= arcs && !stops.is_empty());
        stops.iter().for_each(|(arc, stop)| books.stop_is_true(reasons, *arc, *stop));
    };
    match reasons.why_not_more(area).unwrap() {
        Reason::NoClaim | Reason::NoRequest => {
            assert_eq!(books.window.areas[area].room(), 0);
            "idle"
        }
        Reason::NoGiver => {
            let pools = (0u32..).take(books.window.pools.len()).map(Giver::Pool);
            let reached = |pool| books.takers(pool).iter().any(|(taker, ..)| *taker == area);
            assert!(!pools.into_iter().any(reached), "{:?}", books.window);
            "no giver"
        }
        Reason::Full => {
            assert_eq!(amount, books.window.areas[area].cap);
            "full"
        }
        Reason::Unit { share } => {
            assert!(share == got && share < Fraction::ONE && share.num() > 0 && amount == 0);
            "unit"
        }
        Reason::Ahead { level, stops } => {
            ways(&stops);
            assert_eq!((got, Some(level)), (Fraction::ZERO, books.level(area)));
            for (arc, stop) in stops {
                // Nobody whom any of these pays stands as high.
                if let Stop::Dry { line, .. } = stop {
                    assert!(line < level);
                }
                for (taker, gets, _) in books.takers(books.window.arcs[arc].from) {
                    let below = books.level(taker).is_none_or(|other| other < level);
                    assert!(!gets || below, "{:?}", books.window);
                }
            }
            "ahead"
        }
        Reason::Short { level, stops } => {
            ways(&stops);
            assert_eq!(Some(level), books.level(area));
            "short"
        }
    }
}

#[test]
fn whatever_is_told_is_true() {
    let mut told = std::collections::BTreeMap::<&str, u32>::new();
    for seed in 0..3_000 {
        let window = drawn(seed, 12, if seed % 2 == 0 { 12 } else { 500 });
        let shares = share(&window).unwrap();
        let reasons = Reasons::new(&window, &shares).unwrap();
        let got = shares.certificate.amounts(&window);
        let books = Books { window: &window, shares: &shares, got };
        for area in 0..window.areas.len() {
            *told.entry(area_is_true(&books, &reasons, area)).or_default() += 1;
        }
        for (pool, left) in reasons.what_is_left().iter().enumerate() {
            books.left_is_true(pool, left);
        }
    }
    for kind in ["idle", "no giver", "full", "unit", "ahead", "short"] {
        assert!(told.get(kind).is_some_and(|count| *count > 20), "{kind}: {told:?}");
    }
}

#[test]
fn few_are_named_and_others_are_said_to_be_there() {
    use crate::windows::{area, pool};
    use fair::sharing::Arc;
    let areas = ["a", "b", "c", "d"].map(|id| area(id, 10, 0, 1)).to_vec();
    let mut window = Window { areas, pools: vec![pool("p", 9)], ..Window::default() };
    let named = |window: &Window| {
        let shares = share(window).unwrap();
        let reasons = Reasons::new(window, &shares).unwrap();
        let full = reasons.what_is_left()[0].full.clone();
        (full.first, full.more)
    };
    window.arcs = vec![Arc::open(0, 2), Arc::open(0, 1), Arc::open(0, 2), Arc::open(0, 0)];
    assert_eq!(named(&window), (vec![2, 1, 0], false));
    window.arcs.push(Arc::open(0, 3));
    assert_eq!(named(&window), (vec![2, 1, 0], true));
}
