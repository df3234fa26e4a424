//! Tests of voting: files, hand-made elections, and every rule against its definition written down
//! as plainly as it is told.
//!
//! Never repeats a real election here: these are counted in `trial`.

mod definition;
mod files;
mod numbers;
mod reasons;
mod rules;
mod sure;
mod trial;

use super::*;

/// An approval election: budget, `id:cost` parted by blanks, and ballots parted by `|`.
fn approval(budget: &str, projects: &str, ballots: &str) -> Election {
    election(Kind::Approval, budget, projects, ballots)
}

/// An election of any kind. With points, a ballot reads `a=3,b=1`.
fn election(kind: Kind, budget: &str, projects: &str, ballots: &str) -> Election {
    let mut builder = Builder::new(kind, budget.parse().unwrap());
    for project in projects.split_whitespace() {
        let (id, cost) = project.split_once(':').unwrap();
        builder.project(id, cost.parse().unwrap(), []).unwrap();
    }
    for ballot in ballots.split('|') {
        let chosen = ballot.split(',').map(str::trim).filter(|id| !id.is_empty());
        if kind.has_points() {
            let given = chosen.map(|one| {
                let (id, points) = one.split_once('=').unwrap();
                (id, points.parse().unwrap())
            });
            builder.ballot_of_points(given).unwrap();
        } else {
            builder.ballot(chosen).unwrap();
        }
    }
    builder.finish().unwrap()
}

fn counted(election: &Election, rule: &str) -> Outcome {
    count(election, &Terms::of(rule.parse().unwrap())).unwrap()
}

/// The winners in order, parted by blanks.
fn order(election: &Election, outcome: &Outcome) -> String {
    outcome.ids(election).join(" ")
}
