//! Tests of decisions: the rules and folds on records made here, the rest through a house on every
//! database there is. They never lean on the order in which they run.

mod folds;
mod force;
mod home;
mod later;
mod refusals;
mod texts;
mod vote;

use std::collections::HashMap;

use record::{Clock, Draft, Id, Record, Refusal};

use super::records::{
    DecisionConflictAsked, DecisionHandsCounted, DecisionMoved, DecisionNoticed, Present, Tally,
};
use super::rules::{self, Ground, MotionAsked, Resolving};
use super::views::Decision;
use crate::decisions::assemblies::{self, BodyRules, Counts, Quorum};
use crate::people::{Body, BodyKind, Ceiling, MandateRow};

/// A day in November 2026.
const TODAY: i64 = 20_784;

/// Something by name: the same id wherever it is asked for.
fn id(name: &str) -> Id {
    Id::named("test", name)
}

/// The decision all these tests are about.
fn d() -> Id {
    id("D-41")
}

/// The records of one decision, a minute apart.
#[derive(Default)]
struct Told {
    records: HashMap<Id, Vec<Record>>,
    seq: u64,
}

impl Told {
    fn says(&mut self, draft: Draft) -> &mut Told {
        self.seq += 1;
        let at = Clock::at(TODAY * record::DAY_MS + i64::try_from(self.seq).unwrap() * 60_000);
        let placed = draft.place(id("writer"), self.seq, [0; 32], at, [[0; 16]; 3]);
        self.records.entry(placed.record.entity).or_default().push(placed.record);
        self
    }

    fn all(&mut self, drafts: Vec<Draft>) -> &mut Told {
        drafts.into_iter().for_each(|draft| {
            self.says(draft);
        });
        self
    }

    fn of(&self) -> &[Record] {
        self.records.get(&d()).map_or(&[], Vec::as_slice)
    }

    fn row(&self) -> Decision {
        Decision::fold(d(), self.of())
    }

    /// A motion that was moved, asked about and begun.
    fn begun(asked: MotionAsked) -> Told {
        let mut told = Told::default();
        told.says(rules::move_motion(d(), &asked, TODAY, None).expect("moved"));
        told.all(rules::ask_conflict(d(), told.of(), &nobody_gains(), None).expect("asked"));
        told.all(rules::begin(d(), told.of(), None).expect("begun"));
        told
    }

    /// Two members count the same.
    fn counted(&mut self, tallies: &[Tally]) -> &mut Told {
        for (counter, who) in [(1, "Nadège"), (2, "Wilner")] {
            let counted = hands(counter, self.row().round, tallies);
            let drafts = rules::count(d(), self.of(), &counted, Some(id(who))).expect("counted");
            self.all(drafts);
        }
        self
    }
}

fn nobody_gains() -> DecisionConflictAsked {
    DecisionConflictAsked { declared: false, chair: false, what: String::new() }
}

fn hands(counter: u8, round: u8, tallies: &[Tally]) -> DecisionHandsCounted {
    DecisionHandsCounted { counter, round, tallies: tallies.to_vec(), via: "hall".into() }
}

/// Women and men who chose each of yes, no and abstain.
fn votes(yes: (i64, i64), no: (i64, i64), abstain: (i64, i64)) -> Vec<Tally> {
    [("yes", yes), ("no", no), ("abstain", abstain)]
        .map(|(choice, (women, men))| Tally {
            choice: choice.into(),
            women,
            men,
            ..Tally::default()
        })
        .to_vec()
}

/// Two trucks of water for Bel-Air, for 600 dollars.
fn motion() -> MotionAsked {
    let moved = DecisionMoved {
        number: 41,
        assembly: Some(id("A-7")),
        body: id("assembly"),
        subject: "water points".into(),
        title: "Two trucks of water a day".into(),
        short: "two water trucks a day".into(),
        effects: "Everybody behind the church gets water from Monday on.".into(),
        money: Some(dollars(600)),
        kind: "ordinary".into(),
        needs: vec![id("N-88")],
        ..DecisionMoved::default()
    };
    MotionAsked { moved, area: Some(id("bel-air")) }
}

fn dollars(whole: i64) -> Ceiling {
    Ceiling { amount_minor: whole * 100, currency: "USD".into() }
}

/// What the mayor passed on to the assembly: water points in Bel-Air up to 5 000 dollars.
fn delegated() -> MandateRow {
    MandateRow {
        id: id("mandate"),
        body: id("assembly"),
        subject: "Water points".into(),
        area: Some(id("bel-air")),
        ceiling: Some(dollars(5_000)),
        expiry_day: TODAY + 30,
        instrument: Some("Municipal by-law 12/2025".into()),
        given_ms: 1,
        ended: None,
        by: Some(id("city hall")),
    }
}

/// What the law gave to city hall: water points anywhere.
fn of_city_hall() -> MandateRow {
    MandateRow {
        id: id("law"),
        body: id("city hall"),
        area: None,
        ceiling: Some(dollars(100_000)),
        by: None,
        ..delegated()
    }
}

fn bodies() -> Vec<Body> {
    let body = |name: &str, kind, area: Option<&str>| Body {
        id: id(name),
        name: name.to_owned(),
        kind,
        area: area.map(id),
        constituency: None,
        contact: String::new(),
    };
    vec![
        body("assembly", BodyKind::Assembly, Some("bel-air")),
        body("city hall", BodyKind::Authority, None),
        body("ombudswoman", BodyKind::Authority, None),
        body("committee", BodyKind::Committee, Some("bel-air")),
    ]
}

fn quorum(women: i64, men: i64) -> Quorum {
    let counts = Counts { women, men, other: 0, ages: None };
    assemblies::quorum(&counts, &BodyRules::default())
}

fn ground<'a>(
    mandates: &'a [MandateRow],
    bodies: &'a [Body],
    quorum: Option<&'a Quorum>,
) -> Ground<'a> {
    Ground { mandates, bodies, quorum, day: TODAY }
}

fn resolving(women: i64, men: i64) -> Resolving {
    Resolving {
        present: Some(Present { women, men, other: 0 }),
        reasons: "Most said that water comes first.".into(),
        because: "the road comes first".into(),
        ..Resolving::default()
    }
}

/// Resolves with women and men there who all vote yes; gives the decision as it then stands.
fn carried(asked: MotionAsked, (women, men): (i64, i64), mandates: &[MandateRow]) -> Decision {
    let mut told = Told::begun(asked);
    told.counted(&votes((women, men), (0, 0), (0, 0)));
    let (quorum, bodies) = (quorum(women, men), bodies());
    let ground = ground(mandates, &bodies, Some(&quorum));
    let said = resolving(women, men);
    let (drafts, _) = rules::resolve(d(), told.of(), &said, &ground, None).expect("resolved");
    told.all(drafts).row()
}

fn code<T>(outcome: Result<T, Refusal>) -> &'static str {
    outcome.err().map_or("", |refusal| refusal.code)
}

fn noticed(area: &str, day: i64) -> DecisionNoticed {
    DecisionNoticed { area: id(area), how: "loudspeaker".into(), day }
}
