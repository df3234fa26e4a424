//! What the demo city lacked, decided and did: read from `story.toml` and done through the rooms'
//! own acts, each at its hour. It never writes a record by itself, and keeps nothing beyond the
//! names by which the story points at what it made.

mod ballots;
mod exchange;
mod meetings;
mod money;
mod motions;
mod needs;
mod tasks;

use std::collections::HashMap;

use page::{Lang, Tongue};
use record::{DAY_MS, Id, day_of};
use rooms::actions::rules::Actor as Doer;
use rooms::decisions::ballots::Card;
use rooms::decisions::resolutions::acts::Actor;
use rooms::door::{House, Member, Role, Trouble, Visitor, VisitorParts};
use rooms::people;
use rooms::places;
use serde::Deserialize;

use super::people::Cast;

const MINUTE_MS: i64 = 60_000;
/// The currency of the city's money.
const CURRENCY: &str = "USD";
/// The token of a session that is none.
const NO_TOKEN: &str = "";

/// Something that happened, so many days before today at an hour.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    d: i64,
    at: String,
    #[serde(flatten)]
    pub(super) act: Act,
}

/// A promise as the story makes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Promised {
    body: String,
    what: String,
    /// So many days before today.
    due: i64,
}

/// What is done. Names are those of the story; days are counted back from today.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(super) enum Act {
    State(needs::State),
    Publish {
        need: String,
        by: String,
    },
    Confirm {
        need: String,
        how: String,
        body: Option<String>,
        by: String,
    },
    Refer {
        need: String,
        to: String,
        by: String,
    },
    Withdraw {
        need: String,
        reason: String,
        by: String,
    },
    Quote {
        need: String,
        voice: String,
        words: String,
        by: String,
    },
    Rules {
        body: String,
        women: i64,
        attendance: i64,
        support: i64,
        voices: i64,
    },
    Propose(meetings::Proposed),
    FromVoice {
        proposal: String,
        voice: String,
        title: String,
        words: String,
        by: String,
    },
    Show {
        proposal: String,
        by: String,
    },
    Refuse {
        proposal: String,
        reason: String,
        by: String,
    },
    List {
        proposal: String,
        n: i64,
        counters: [String; 2],
    },
    Call(meetings::Call),
    Agenda(meetings::Agenda),
    CallOff {
        assembly: String,
        reason: String,
        by: String,
    },
    Open(meetings::Open),
    Roll(meetings::Roll),
    WomenSession {
        assembly: String,
        held: bool,
        words: String,
        by: String,
    },
    End(meetings::End),
    Move(Box<motions::Moved>),
    Notice {
        decision: String,
        areas: Vec<String>,
        how: String,
        by: String,
    },
    Hear {
        decision: String,
        area: String,
        words: String,
        by: String,
    },
    Conflict(motions::Conflict),
    Chair {
        decision: String,
        woman: bool,
        by: String,
    },
    Secret {
        decision: String,
        n: i64,
        by: String,
    },
    Vote(motions::Vote),
    Resolve(motions::Resolved),
    Take(motions::Taken),
    Appeal {
        decision: String,
        why: String,
        by: String,
    },
    Announce(ballots::Announced),
    Cards {
        round: String,
        area: String,
        n: usize,
    },
    Ballots {
        round: String,
        cast: Vec<ballots::Alike>,
    },
    CountBallots {
        round: String,
    },
    TakeUp {
        task: String,
        decision: String,
        by: String,
    },
    Task(tasks::Set),
    Claim {
        task: String,
        by: String,
    },
    HandOver {
        task: String,
        to: String,
        by: String,
    },
    Deliver(tasks::Delivered),
    Drop {
        task: String,
        reason: String,
        by: String,
    },
    ReferTask {
        task: String,
        to: String,
        by: String,
    },
    Step {
        need: String,
        what: String,
        due: i64,
        by: String,
    },
    Money(Box<money::Money>),
    Ask(exchange::Asking),
    Offer(exchange::Offering),
    TakePart(exchange::Taking),
    Commit {
        take: String,
        by: String,
    },
    Came {
        take: String,
        amount: i64,
        #[serde(default)]
        why: String,
        by: String,
    },
    Vouch {
        item: String,
        by: String,
        body: String,
    },
    Advise(exchange::Advising),
    Heed(exchange::Heeding),
    Stock(exchange::Stocking),
    Send(exchange::Sending),
    Receive {
        waybill: String,
        amount: i64,
        #[serde(default)]
        why: String,
        by: String,
    },
    /// Phones send an SMS; the story's teller does it, through the simulator.
    Sms {
        from: Vec<u32>,
        text: String,
    },
}

/// Reads what happened, in the order of time.
///
/// # Errors
/// When `story.toml` is not as it should be.
pub(super) fn read() -> Result<Vec<Event>, toml::de::Error> {
    #[derive(Deserialize)]
    struct File {
        event: Vec<Event>,
    }
    let mut file: File = toml::from_str(include_str!("story.toml"))?;
    file.event.sort_by_key(|event| event.at_ms(0));
    Ok(file.event)
}

impl Event {
    /// When it happened, in milliseconds since 1970.
    pub(super) fn at_ms(&self, now_ms: i64) -> i64 {
        let today_ms = now_ms - now_ms.rem_euclid(DAY_MS);
        today_ms - self.d * DAY_MS + minute(&self.at) * MINUTE_MS
    }
}

/// The minute of the day of an hour such as `06:40`.
pub(super) fn minute(at: &str) -> i64 {
    let (hours, minutes) = at.split_once(':').unwrap_or(("12", "00"));
    let part = |text: &str| text.parse::<i64>().unwrap_or_default();
    part(hours) * 60 + part(minutes)
}

/// The civic half of the story while it is told: who acts, and what was made so far.
pub(super) struct Civic<'a> {
    house: &'a House,
    cast: &'a Cast,
    /// Today, in days since 1970.
    today: i64,
    made: HashMap<String, Id>,
    /// Voices of a need that nobody has stated yet.
    waiting: HashMap<String, Vec<Id>>,
    /// Cards that nobody has voted with yet, by round.
    cards: HashMap<String, Vec<Card>>,
    /// Who keeps the box of a round.
    keepers: HashMap<String, String>,
}

impl<'a> Civic<'a> {
    pub(super) fn new(house: &'a House, cast: &'a Cast, now_ms: i64) -> Civic<'a> {
        let (made, waiting) = (HashMap::new(), HashMap::new());
        let (cards, keepers) = (HashMap::new(), HashMap::new());
        Civic { house, cast, today: day_of(now_ms), made, waiting, cards, keepers }
    }

    /// Does one thing. `voices` are those of the story that have a name.
    ///
    /// # Errors
    /// As the rooms refuse.
    pub(super) async fn act(
        &mut self,
        act: &Act,
        voices: &HashMap<String, Id>,
    ) -> Result<(), Trouble> {
        match act {
            Act::State(_)
            | Act::Publish { .. }
            | Act::Confirm { .. }
            | Act::Refer { .. }
            | Act::Withdraw { .. }
            | Act::Quote { .. } => self.about_needs(act, voices).await,
            Act::Propose(_)
            | Act::FromVoice { .. }
            | Act::Show { .. }
            | Act::Refuse { .. }
            | Act::List { .. } => self.about_proposals(act, voices).await,
            Act::Rules { .. }
            | Act::Call(_)
            | Act::Agenda(_)
            | Act::CallOff { .. }
            | Act::Open(_)
            | Act::Roll(_)
            | Act::WomenSession { .. }
            | Act::End(_) => self.about_meetings(act).await,
            Act::Move(_)
            | Act::Notice { .. }
            | Act::Hear { .. }
            | Act::Conflict(_)
            | Act::Chair { .. }
            | Act::Secret { .. }
            | Act::Vote(_)
            | Act::Resolve(_)
            | Act::Take(_)
            | Act::Appeal { .. } => self.about_decisions(act).await,
            Act::Announce(_)
            | Act::Cards { .. }
            | Act::Ballots { .. }
            | Act::CountBallots { .. } => self.about_ballots(act).await,
            Act::TakeUp { .. }
            | Act::Task(_)
            | Act::Claim { .. }
            | Act::HandOver { .. }
            | Act::Deliver(_)
            | Act::Drop { .. }
            | Act::ReferTask { .. }
            | Act::Step { .. } => self.about_tasks(act).await,
            Act::Money(step) => self.about_money(step).await,
            Act::Ask(_)
            | Act::Offer(_)
            | Act::TakePart(_)
            | Act::Commit { .. }
            | Act::Came { .. }
            | Act::Vouch { .. }
            | Act::Advise(_)
            | Act::Heed(_)
            | Act::Stock(_)
            | Act::Send(_)
            | Act::Receive { .. } => self.about_exchange(act).await,
            Act::Sms { .. } => Ok(()),
        }
    }

    /// What the story calls by this name.
    fn named(&self, name: &str) -> Result<Id, Trouble> {
        let made = self.made.get(name).copied();
        made.ok_or_else(|| Trouble::broken(format!("the story has made no {name} yet")))
    }

    fn body(&self, name: &str) -> Result<Id, Trouble> {
        let body = self.cast.body(name);
        body.ok_or_else(|| Trouble::broken(format!("there is no body {name}")))
    }

    fn member(&self, name: &str) -> Result<Id, Trouble> {
        let member = self.cast.member(name);
        member.ok_or_else(|| Trouble::broken(format!("there is no member {name}")))
    }

    fn area(&self, name: &str) -> Result<Id, Trouble> {
        let area = places::atlas(self.house).by_text(name).first().map(|area| area.id);
        area.ok_or_else(|| Trouble::broken(format!("there is no area {name}")))
    }

    /// The day so many days before today.
    fn day(&self, before: i64) -> i64 {
        self.today - before
    }

    async fn actor(&self, name: &str) -> Result<Actor, Trouble> {
        let id = self.member(name)?;
        Ok(Actor { id: Some(id), bodies: people::bodies_of(self.house, id).await? })
    }

    async fn doer(&self, name: &str) -> Result<Doer, Trouble> {
        let Actor { id, bodies } = self.actor(name).await?;
        let role = self.cast.role(name);
        let coordinates = [Role::Steward, Role::Operator, Role::Facilitator].contains(&role);
        Ok(Doer { id, bodies, coordinates })
    }

    /// A member as the acts of a meeting see who asks.
    async fn visitor(&self, name: &str) -> Result<Visitor, Trouble> {
        let id = self.member(name)?;
        let member = Member {
            id,
            name: name.to_owned(),
            roles: vec![self.cast.role(name)],
            bodies: people::bodies_of(self.house, id).await?,
            csrf: NO_TOKEN.to_owned(),
        };
        Ok(Visitor(std::sync::Arc::new(VisitorParts {
            tongue: self.tongue(),
            member: Some(member),
            large: false,
            path: String::new(),
            wants_json: false,
            origin: [0; 16],
        })))
    }

    fn tongue(&self) -> Tongue {
        Tongue::new(Lang::En, self.house.texts())
    }
}
