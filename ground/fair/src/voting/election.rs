//! An election: what money there is, what it could pay, and the ballots, without who cast them.
//!
//! Never holds a voter's name, number, age or sex: counting needs none of these, and a ballot that
//! carries them leads back to a person.

use std::collections::HashMap;

use super::decimal::{AMOUNT_DECIMALS_MAX, Decimal, NotAnAmount};

/// Projects in one election; the largest published has a few hundred.
pub const PROJECTS_MAX: usize = 10_000;
/// Ballots in one election; the largest published has some 130,000.
pub const BALLOTS_MAX: usize = 2_000_000;
/// Projects named on all ballots together.
pub const CHOICES_MAX: usize = 20_000_000;
/// Columns of a table of projects or votes.
pub const COLUMNS_MAX: usize = 64;
/// Rows of what is said about an election.
pub const META_MAX: usize = 256;
/// Points that one ballot may give one project, in their smallest parts.
pub const POINTS_PARTS_MAX: u64 = 1_000_000_000;

/// How people voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Any number of projects, all alike.
    Approval,
    /// One project.
    ChooseOne,
    /// Projects in order, the dearest wish first.
    Ordinal,
    /// Points shared out among projects.
    Cumulative,
    /// Points given to each project on its own.
    Scoring,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] =
        [Kind::Approval, Kind::ChooseOne, Kind::Ordinal, Kind::Cumulative, Kind::Scoring];

    /// Its name in `.pb` files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Approval => "approval",
            Kind::ChooseOne => "choose-1",
            Kind::Ordinal => "ordinal",
            Kind::Cumulative => "cumulative",
            Kind::Scoring => "scoring",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a ballot gives points.
    #[must_use]
    pub fn has_points(self) -> bool {
        matches!(self, Kind::Cumulative | Kind::Scoring)
    }
}

/// What money could pay for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// What ballots call it.
    pub id: String,
    /// What it costs, in the election's parts.
    pub cost_parts: u64,
    /// What else is said of it, one for each of [`Election::columns`].
    pub said: Vec<String>,
}

/// One ballot: the projects by their place in [`Election::projects`], in the order in which the
/// voter named them, and the points of each where points are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ballot<'a> {
    /// The projects.
    pub chosen: &'a [u32],
    /// As many points, in the election's parts of a point; empty where none are given.
    pub points: &'a [u64],
}

/// An election that can be counted. Amounts are whole numbers of `10^-decimals` of the currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    meta: Vec<(String, String)>,
    kind: Kind,
    budget_parts: u64,
    decimals: u8,
    point_decimals: u8,
    columns: Vec<String>,
    projects: Vec<Project>,
    ends: Vec<usize>,
    chosen: Vec<u32>,
    points: Vec<u64>,
}

impl Election {
    /// What is said of the election beside budget, kind of vote and how many there are.
    #[must_use]
    pub fn meta(&self) -> &[(String, String)] {
        &self.meta
    }

    /// One thing said of the election.
    #[must_use]
    pub fn meta_of(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// How people voted.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The money there is, in parts.
    #[must_use]
    pub fn budget_parts(&self) -> u64 {
        self.budget_parts
    }

    /// How many digits of an amount stand behind the point.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        self.decimals
    }

    /// The same of points.
    #[must_use]
    pub fn point_decimals(&self) -> u8 {
        self.point_decimals
    }

    /// The names of what else is said of each project.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// What is said of a project in a column.
    #[must_use]
    pub fn said(&self, project: usize, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.projects.get(project)?.said.get(at).map(String::as_str)
    }

    /// The projects, in the order of the file.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// How many ballots there are, empty ones included.
    #[must_use]
    pub fn ballots_len(&self) -> usize {
        self.ends.len()
    }

    /// The ballots.
    pub fn ballots(&self) -> impl Iterator<Item = Ballot<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(from, to)| Ballot {
            chosen: self.chosen.get(from..*to).unwrap_or_default(),
            points: self.points.get(from..*to).unwrap_or_default(),
        })
    }

    /// How many choices stand on all ballots together.
    #[must_use]
    pub fn choices_len(&self) -> usize {
        self.chosen.len()
    }

    /// The same with so many ballots more that name one project alone, with one point where points
    /// are given; none when there is no such project, or there would be too many ballots.
    pub(super) fn with_more(&self, project: usize, more: usize) -> Option<Self> {
        let ballots = self.ends.len().checked_add(more)?;
        if ballots > BALLOTS_MAX || project >= self.projects.len() {
            return None;
        }
        let place = u32::try_from(project).ok()?;
        let point = 10u64.pow(u32::from(self.point_decimals));
        let mut election = self.clone();
        for _ in 0..more {
            election.chosen.push(place);
            if self.kind.has_points() {
                election.points.push(point);
            }
            election.ends.push(election.chosen.len());
        }
        Some(election)
    }

    /// An amount in parts as people read it: `9310` with two decimals is `93.10`.
    #[must_use]
    pub fn amount(&self, parts: u64) -> String {
        Decimal::new(parts, self.decimals).map_or_else(|| parts.to_string(), |d| d.to_string())
    }
}

/// What is wrong with an election, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An amount that cannot be read.
    #[error("the {of} “{text}” cannot be read: {why}")]
    Amount {
        /// Whose amount: budget, cost, points.
        of: &'static str,
        /// What stands there.
        text: String,
        /// Why it cannot be read.
        why: NotAnAmount,
    },
    /// Amounts that no common scale holds.
    #[error(
        "{of} has so many digits that together with the decimals of others it is too large: \
             write fewer decimals"
    )]
    Scale {
        /// Whose amount.
        of: String,
    },
    /// A project without a name.
    #[error("a project has no id: give it one in the first column")]
    NoId,
    /// An id that ballots could not name, or that reads like a heading.
    #[error("the id “{0}” has a comma in it, so no ballot could name it: use another sign")]
    BadId(String),
    /// Two projects of one id.
    #[error("there are two projects “{0}”: give one of them another id")]
    TwiceId(String),
    /// A ballot for what is not there.
    #[error("a ballot names project “{0}”, which is not among the projects: add it or mend the id")]
    UnknownId(String),
    /// Several projects where one may be chosen.
    #[error(
        "this ballot names {0} projects, but the election lets choose one: mend the ballot, or \
             say vote_type approval"
    )]
    ManyChosen(usize),
    /// Points and projects do not go together.
    #[error(
        "this ballot names {chosen} projects and gives {points} times points: give each \
             project its points, in the same order"
    )]
    PointsCount {
        /// Projects named.
        chosen: usize,
        /// Points given.
        points: usize,
    },
    /// More points than a ballot may give.
    #[error(
        "one ballot gives “{0}” more than {POINTS_PARTS_MAX} parts of a point: write smaller \
             or rounder points"
    )]
    PointsMany(String),
    /// More of something than there may be.
    #[error("there are more than {max} {of}: split the election, or leave out what does not count")]
    TooMany {
        /// Of what.
        of: &'static str,
        /// How many there may be.
        max: usize,
    },
    /// What is said of the election has a name that the file format keeps for itself.
    #[error("“{0}” cannot be the name of something said about an election: use another one")]
    BadKey(String),
}

/// Builds an election piece by piece, each checked as it comes.
#[derive(Debug)]
pub struct Builder {
    election: Election,
    budget: Decimal,
    costs: Vec<Decimal>,
    points: Vec<Decimal>,
    places: HashMap<String, u32>,
    /// The last ballot that named a project, so that a second naming is seen without a search.
    named: Vec<usize>,
}

/// Keys that are told by the election itself.
pub(crate) const OWN_KEYS: [&str; 4] = ["budget", "vote_type", "num_projects", "num_votes"];
/// The headings of a file.
pub(crate) const HEADINGS: [&str; 3] = ["META", "PROJECTS", "VOTES"];

impl Builder {
    /// An election of that kind about that money.
    #[must_use]
    pub fn new(kind: Kind, budget: Decimal) -> Self {
        let election = Election {
            meta: Vec::new(),
            kind,
            budget_parts: 0,
            decimals: 0,
            point_decimals: 0,
            columns: Vec::new(),
            projects: Vec::new(),
            ends: Vec::new(),
            chosen: Vec::new(),
            points: Vec::new(),
        };
        let (costs, points, named) = (Vec::new(), Vec::new(), Vec::new());
        Self { election, budget, costs, points, places: HashMap::new(), named }
    }

    /// Says something of the election.
    ///
    /// # Errors
    /// When the name is kept for something else, or too much is said.
    pub fn say(&mut self, key: &str, value: &str) -> Result<(), Fault> {
        let key = key.trim();
        let kept = OWN_KEYS.contains(&key) || HEADINGS.iter().any(|h| h.eq_ignore_ascii_case(key));
        if kept || key.is_empty() {
            return Err(Fault::BadKey(key.to_owned()));
        }
        at_most(self.election.meta.len(), META_MAX, "rows under META")?;
        self.election.meta.push((key.to_owned(), value.trim().to_owned()));
        Ok(())
    }

    /// Names what else is said of projects.
    ///
    /// # Errors
    /// When there are too many columns.
    pub fn columns<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> Result<(), Fault> {
        let names: Vec<String> = names.into_iter().map(|name| name.trim().to_owned()).collect();
        // Id and cost are columns too.
        at_most(names.len() + 1, COLUMNS_MAX, "columns of projects")?;
        self.election.columns = names;
        Ok(())
    }

    /// Adds a project.
    ///
    /// # Errors
    /// When its id cannot be named by a ballot or is there already, or there are too many.
    pub fn project<'a>(
        &mut self,
        id: &str,
        cost: Decimal,
        said: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Fault> {
        let id = id.trim();
        if id.is_empty() {
            return Err(Fault::NoId);
        }
        if id.contains(',') {
            return Err(Fault::BadId(id.to_owned()));
        }
        at_most(self.election.projects.len(), PROJECTS_MAX, "projects")?;
        let place = u32::try_from(self.election.projects.len()).unwrap_or(u32::MAX);
        if self.places.insert(id.to_owned(), place).is_some() {
            return Err(Fault::TwiceId(id.to_owned()));
        }
        let mut said: Vec<String> = said.into_iter().map(|s| s.trim().to_owned()).collect();
        said.resize(self.election.columns.len(), String::new());
        self.election.projects.push(Project { id: id.to_owned(), cost_parts: 0, said });
        self.costs.push(cost);
        self.named.push(usize::MAX);
        Ok(())
    }

    /// Adds a ballot that gives no points. An id that is named twice counts once, where it stood
    /// first.
    ///
    /// # Errors
    /// When it names what is not there, or more than it may.
    pub fn ballot<'a>(&mut self, ids: impl IntoIterator<Item = &'a str>) -> Result<(), Fault> {
        self.cast(ids.into_iter().map(|id| (id, None)))
    }

    /// Adds a ballot with points. Of an id that is named twice the later points count.
    ///
    /// # Errors
    /// When it names what is not there, or more than it may.
    pub fn ballot_of_points<'a>(
        &mut self,
        given: impl IntoIterator<Item = (&'a str, Decimal)>,
    ) -> Result<(), Fault> {
        self.cast(given.into_iter().map(|(id, points)| (id, Some(points))))
    }

    fn cast<'a>(
        &mut self,
        given: impl Iterator<Item = (&'a str, Option<Decimal>)>,
    ) -> Result<(), Fault> {
        let (number, start) = (self.election.ends.len(), self.election.chosen.len());
        at_most(number, BALLOTS_MAX, "ballots")?;
        for (id, points) in given {
            let id = id.trim();
            let place = self.places.get(id).ok_or_else(|| Fault::UnknownId(id.to_owned()))?;
            let named = self.named.get_mut(*place as usize);
            let again = named.is_some_and(|at| std::mem::replace(at, number) == number);
            if again {
                let so_far = self.election.chosen.get(start..).unwrap_or_default();
                let at = so_far.iter().position(|one| one == place).map(|at| start + at);
                if let (Some(points), Some(at)) = (points, at)
                    && let Some(before) = self.points.get_mut(at)
                {
                    *before = points;
                }
                continue;
            }
            self.election.chosen.push(*place);
            if self.election.kind.has_points() {
                self.points.push(points.unwrap_or(Decimal::from(1)));
            }
        }
        let chosen = self.election.chosen.len() - start;
        if self.election.kind == Kind::ChooseOne && chosen > 1 {
            return Err(Fault::ManyChosen(chosen));
        }
        at_most(self.election.chosen.len().saturating_sub(1), CHOICES_MAX, "choices")?;
        self.election.ends.push(self.election.chosen.len());
        Ok(())
    }

    /// The election, its amounts brought to one scale.
    ///
    /// # Errors
    /// When no scale holds them all, or points are too many.
    pub fn finish(self) -> Result<Election, Fault> {
        let mut election = self.election;
        let amounts = self.costs.iter().chain([&self.budget]);
        election.decimals = amounts.map(|amount| amount.decimals()).max().unwrap_or(0);
        let scale = |amount: Decimal, of: &str| {
            amount.at(election.decimals).ok_or_else(|| Fault::Scale { of: of.to_owned() })
        };
        election.budget_parts = scale(self.budget, "the budget")?;
        for (project, cost) in election.projects.iter_mut().zip(&self.costs) {
            project.cost_parts = scale(*cost, &format!("the cost of “{}”", project.id))?;
        }
        let finest = self.points.iter().map(|points| points.decimals()).max();
        election.point_decimals = finest.unwrap_or(0).min(AMOUNT_DECIMALS_MAX);
        for (points, place) in self.points.iter().zip(&election.chosen) {
            let parts = points.at(election.point_decimals).filter(|p| *p <= POINTS_PARTS_MAX);
            let id = || election.projects.get(*place as usize).map(|p| p.id.clone());
            election.points.push(parts.ok_or_else(|| Fault::PointsMany(id().unwrap_or_default()))?);
        }
        Ok(election)
    }
}

/// Refuses one more of what there are `there` already.
fn at_most(there: usize, max: usize, of: &'static str) -> Result<(), Fault> {
    if there < max { Ok(()) } else { Err(Fault::TooMany { of, max }) }
}
