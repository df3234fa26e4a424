//! The story of the demo city: what was said, by which door and when, and what became of it, told
//! through the rooms' own acts in the order of time. The words are in `voices/`, a file a language,
//! all written for this city. It never writes a record by itself.

use std::collections::HashMap;

use page::Lang;
use record::{DAY_MS, Id, Refusal, day_of};
use rooms::door::{House, Trouble};
use rooms::places;
use rooms::voices::notes::{Container, Note};
use rooms::voices::sms::Sms;
use rooms::voices::{Code, Inbound, Voice, VoiceAnswered, VoiceSorted};
use rooms::voices::{acts, hear, missed_call, notices, outbound, queries, sealed, sms};
use serde::Deserialize;
use store::StoreError;

use super::DemoClock;
use super::civic::{self, Civic, Event};
use super::people::Cast;
use crate::simulator::{self, GATEWAY, Phones, demo_number};

const MINUTE_MS: i64 = 60_000;
/// Paper reaches the desk so long after it was written.
const PAPER_LATE_MS: i64 = 5 * 60 * MINUTE_MS;

/// What was said, by language.
const FILES: [(Lang, &str); 6] = [
    (Lang::En, include_str!("voices/en.toml")),
    (Lang::Fr, include_str!("voices/fr.toml")),
    (Lang::Es, include_str!("voices/es.toml")),
    (Lang::Ht, include_str!("voices/ht.toml")),
    (Lang::Sw, include_str!("voices/sw.toml")),
    (Lang::Ar, include_str!("voices/ar.toml")),
];

/// The door through which a voice came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Door {
    /// A phone of the simulator.
    Sms,
    /// The page.
    Page,
    /// Paper, typed by the facilitator.
    Paper,
    /// `9`, and then a message that only focal points read.
    Nine,
    /// A call that nobody could take.
    Call,
}

/// A voice of the story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    /// Name by which another voice of the story points to it.
    key: Option<String>,
    /// Days before today, with `at`.
    #[serde(default)]
    d: i64,
    /// The hour, such as `06:40`.
    #[serde(default)]
    at: String,
    /// Minutes before now, in place of `d` and `at`.
    ago: Option<i64>,
    via: Door,
    /// The phone's number in the simulator.
    from: Option<u32>,
    /// The area chosen on the page or on paper.
    area: Option<String>,
    /// The type chosen on the page.
    kind: Option<String>,
    /// The need of the story that it speaks of.
    need: Option<String>,
    /// Whether the person lets some of the words be shown.
    #[serde(default)]
    consent: bool,
    /// Whether it was said aloud.
    #[serde(default)]
    note: bool,
    #[serde(default)]
    words: String,
    /// What became of it.
    #[serde(default)]
    then: Vec<Step>,
    #[serde(skip)]
    lang: Option<Lang>,
}

/// What became of a voice, so many hours after it was heard.
#[derive(Debug, Deserialize)]
pub(super) struct Step {
    h: f64,
    #[serde(flatten)]
    act: Act,
}

/// What is done.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Act {
    /// An operator opens it.
    Read,
    /// An operator opens and sorts it.
    Sort { kind: String, sectors: Vec<String>, urgency: Option<u8>, area: Option<String> },
    /// It is answered; `due` is the promise's day, counted from the day of the answer.
    Answer { outcome: String, words: String, body: Option<String>, due: Option<i64> },
    /// The person sends an SMS.
    Sms { text: String },
    /// The one look at the number.
    Number { reason: String },
    /// It says the same as the voice of this key.
    Link { to: String },
    /// A focal point lets it into the queue.
    Release,
    /// A focal point moves it to the sealed log.
    Seal,
}

/// Reads the story.
///
/// # Errors
/// When a file of `voices/` is not as it should be.
pub(super) fn read() -> Result<Vec<Told>, toml::de::Error> {
    #[derive(Deserialize)]
    struct File {
        voice: Vec<Told>,
    }
    let mut story = Vec::new();
    for (lang, text) in FILES {
        let file: File = toml::from_str(text)?;
        story.extend(file.voice.into_iter().map(|told| Told { lang: Some(lang), ..told }));
    }
    Ok(story)
}

impl Told {
    /// When it was heard, in milliseconds since 1970.
    fn heard_ms(&self, now_ms: i64) -> i64 {
        if let Some(minutes) = self.ago {
            return now_ms - minutes * MINUTE_MS;
        }
        let (hours, minutes) = self.at.split_once(':').unwrap_or(("12", "00"));
        let part = |text: &str| text.parse::<i64>().unwrap_or_default();
        let today_ms = now_ms - now_ms.rem_euclid(DAY_MS);
        today_ms - self.d * DAY_MS + (part(hours) * 60 + part(minutes)) * MINUTE_MS
    }
}

/// All that happens to voices, in the order of time: when, which voice, and which step of it (none:
/// it is heard).
pub(super) fn timeline(story: &[Told], now_ms: i64) -> Vec<(i64, usize, Option<usize>)> {
    let mut timeline = Vec::new();
    for (voice, told) in story.iter().enumerate() {
        let heard_ms = told.heard_ms(now_ms);
        timeline.push((heard_ms, voice, None));
        for (step, then) in told.then.iter().enumerate() {
            #[expect(clippy::cast_possible_truncation, reason = "hours of a story of some days")]
            let after_ms = (then.h * 60.0) as i64 * MINUTE_MS;
            timeline.push((heard_ms + after_ms, voice, Some(step)));
        }
    }
    timeline.sort_unstable();
    timeline
}

/// Something that happens: to a voice, or in the civic half of the story.
#[derive(Clone, Copy, Debug)]
enum Happens {
    Voice(usize, Option<usize>),
    Civic(usize),
}

/// Both halves of the story, in the order of time.
fn all(story: &[Told], civic: &[Event], now_ms: i64) -> Vec<(i64, Happens)> {
    let voices = timeline(story, now_ms).into_iter();
    let mut all: Vec<_> =
        voices.map(|(at, voice, step)| (at, Happens::Voice(voice, step))).collect();
    let civic = civic.iter().enumerate();
    all.extend(civic.map(|(nth, event)| (event.at_ms(now_ms), Happens::Civic(nth))));
    all.sort_by_key(|(at, _)| *at);
    all
}

/// Tells the story: every event through the act that a person would have done, at its hour; and
/// after each what the node does by itself.
///
/// # Errors
/// When a rule refuses something in the story, or the store fails.
pub(super) async fn tell(
    house: &House,
    (story, civic): (&[Told], &[Event]),
    cast: &Cast,
    (clock, phones): (&DemoClock, &Phones),
    now_ms: i64,
) -> Result<(), Trouble> {
    let mut teller = Teller {
        house,
        cast,
        phones,
        heard: HashMap::new(),
        keyed: HashMap::new(),
        civic: Civic::new(house, cast, now_ms),
        sent: 0,
    };
    let (mut day, mut taken) = (0, Vec::new());
    for (at_ms, happens) in all(story, civic, now_ms) {
        let ids = std::mem::take(&mut taken);
        // What reached a phone is said to be handed over beside the next event, before the clock
        // goes on: one durable write for both halves the time until the city stands.
        let (handed, happened) = tokio::join!(
            biased;
            handed(house, &ids),
            async {
                clock.go(at_ms);
                if day_of(at_ms) > day {
                    day = day_of(at_ms);
                    daily(house).await?;
                }
                match happens {
                    Happens::Voice(voice, step) => teller.of_voice(story, voice, step).await,
                    Happens::Civic(nth) => teller.of_city(civic.get(nth)).await,
                }
            }
        );
        handed?;
        happened.inspect_err(|_| tracing::error!(?happens, at_ms, "here the story stops"))?;
        chores(house).await?;
        // Every message reaches its phone at the hour at which it was sent.
        taken = taken_all(house, phones).await?;
    }
    Ok(handed(house, &taken).await?)
}

/// What the public may see is frozen once a day, as it would have been, and needs whose day to
/// close has come are settled.
async fn daily(house: &House) -> Result<(), Trouble> {
    rooms::actions::settle(house).await?;
    let (areas, needs) = tokio::join!(rooms::thread::freeze(house), rooms::needs::freeze(house));
    Ok(areas.and(needs)?)
}

/// The node's short chores: everybody is told what they are owed, and what was answered is settled.
async fn chores(house: &House) -> Result<(), Trouble> {
    if notices::owed(house).await? > 0 {
        notices::carry(house).await?;
    }
    rooms::actions::settle(house).await?;
    Ok(())
}

/// Shows all that waits on its phones; returns what is still to be said to be handed over.
async fn taken_all(house: &House, phones: &Phones) -> Result<Vec<Id>, StoreError> {
    let mut all = Vec::new();
    loop {
        let some = simulator::take(house, phones).await?;
        if some.is_empty() {
            return Ok(all);
        }
        all.extend(some);
    }
}

async fn handed(house: &House, ids: &[Id]) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    outbound::handed(house, ids).await
}

struct Teller<'a> {
    house: &'a House,
    cast: &'a Cast,
    phones: &'a Phones,
    /// Voices heard so far, by their place in the story.
    heard: HashMap<usize, Id>,
    /// Those that have a name.
    keyed: HashMap<String, Id>,
    civic: Civic<'a>,
    /// SMS sent so far.
    sent: usize,
}

impl Teller<'_> {
    async fn of_voice(
        &mut self,
        story: &[Told],
        voice: usize,
        step: Option<usize>,
    ) -> Result<(), Trouble> {
        let told = story.get(voice).ok_or(Trouble::NotFound)?;
        match step.and_then(|step| told.then.get(step)) {
            None => self.hear(voice, told).await,
            Some(step) => self.act(voice, told, &step.act).await,
        }
    }

    async fn of_city(&mut self, event: Option<&Event>) -> Result<(), Trouble> {
        let event = event.ok_or(Trouble::NotFound)?;
        let civic::Act::Sms { from, text } = &event.act else {
            return self.civic.act(&event.act, &self.keyed).await;
        };
        for phone in from {
            self.send(&demo_number(*phone), text).await?;
        }
        Ok(())
    }

    async fn hear(&mut self, voice: usize, told: &Told) -> Result<(), Trouble> {
        let now_ms = self.house.now_ms();
        let number = told.from.map(demo_number);
        match (told.via, &number) {
            (Door::Nine, Some(number)) => {
                self.send(number, "9").await?;
                simulator::deliver(self.house, self.phones).await?;
                return self.send(number, &told.words).await;
            }
            (Door::Call, Some(number)) => {
                return missed_call(self.house, number, (GATEWAY, "demo call")).await;
            }
            (Door::Sms, Some(number)) => self.phones.sent(number, &told.words, now_ms),
            _ => {}
        }
        self.sent += 1;
        let written = told.via != Door::Sms;
        let code = |lang: Lang| lang.code().to_owned();
        let inbound = Inbound {
            channel: match told.via {
                Door::Paper => "paper",
                Door::Page => "page",
                _ => "sms",
            },
            words: told.words.clone(),
            message_id: number
                .as_ref()
                .map(|_| (GATEWAY.to_owned(), format!("demo {}", self.sent))),
            number,
            said_ms: (told.via == Door::Paper).then(|| now_ms - PAPER_LATE_MS),
            area: self.area(told.area.as_deref()),
            language: told.lang.map(code).filter(|_| written),
            kind: told.kind.clone(),
            typed_by: self.cast.member("nadege").filter(|_| told.via == Door::Paper),
            on_behalf: told.via == Door::Paper,
            show_words: told.consent,
            note: told.note.then(tone),
            ..Inbound::default()
        };
        let heard = hear(self.house, inbound).await?;
        let code: Code =
            heard.code.parse().map_err(|_| Trouble::broken("a receipt without a code"))?;
        let kept = queries::by_code(self.house, &code).await?.ok_or(Trouble::NotFound)?;
        self.heard.insert(voice, kept.id);
        self.keyed.extend(told.key.clone().map(|key| (key, kept.id)));
        Ok(())
    }

    /// An SMS of the person's, through the simulator like any other.
    async fn send(&mut self, number: &str, text: &str) -> Result<(), Trouble> {
        self.sent += 1;
        let now_ms = self.house.now_ms();
        self.phones.sent(number, text, now_ms);
        let message = Sms {
            gateway: GATEWAY.to_owned(),
            id: format!("demo {}", self.sent),
            from: number.to_owned(),
            text: text.to_owned(),
            sent_ms: Some(now_ms),
        };
        sms::receive(self.house, &message).await
    }

    async fn act(&mut self, voice: usize, told: &Told, act: &Act) -> Result<(), Trouble> {
        let house = self.house;
        let (josue, wilner) = (self.cast.member("josue"), self.cast.member("wilner"));
        let rose = self.cast.member("rose");
        let id = *self.heard.get(&voice).ok_or(Trouble::NotFound)?;
        match act {
            Act::Read => acts::read(house, id, josue).await,
            Act::Sort { kind, sectors, urgency, area } => {
                let sorted = VoiceSorted {
                    kind: Some(kind.clone()),
                    sectors: Some(sectors.clone()),
                    urgency: *urgency,
                    language: told.lang.map(|lang| lang.code().to_owned()),
                    ..VoiceSorted::default()
                };
                let area = self.area(area.as_deref());
                let (read, sort) = tokio::join!(
                    biased;
                    acts::read(house, id, josue),
                    acts::sort(house, id, sorted, area, josue)
                );
                read.and(sort)?;
                match &told.need {
                    Some(need) => self.civic.sorted(need, id, josue).await,
                    None => Ok(()),
                }
            }
            Act::Answer { outcome, words, body, due } => {
                let today = day_of(house.now_ms());
                let answered = VoiceAnswered {
                    outcome: outcome.clone(),
                    body: body.clone(),
                    due_day: due.map(|days| today + days),
                };
                let voice = self.voice(id).await?;
                acts::answer(house, &voice, answered, words.clone(), wilner).await
            }
            Act::Sms { text } => {
                let number =
                    told.from.map(demo_number).ok_or_else(|| Refusal::new("number-none"))?;
                self.send(&number, text).await
            }
            Act::Number { reason } => {
                acts::see_number(house, id, reason.clone(), josue).await.map(|_| ())
            }
            Act::Link { to } => {
                let other = self.keyed.get(to).copied();
                acts::link(house, id, Some(other.ok_or(Trouble::NotFound)?), josue).await
            }
            Act::Release => acts::release(house, id, rose).await,
            Act::Seal => sealed::move_here(house, id).await,
        }
    }

    async fn voice(&self, id: Id) -> Result<Voice, Trouble> {
        queries::voice(self.house, id).await?.ok_or(Trouble::NotFound)
    }

    fn area(&self, name: Option<&str>) -> Option<Id> {
        places::atlas(self.house).by_text(name?).first().map(|area| area.id)
    }
}

/// Samples of the tone in a second.
const TONE_RATE: u32 = 8_000;
/// Samples until the tone begins anew: 250 times a second.
const TONE_WAVE: u32 = 32;

/// A second of a tone in place of a person's voice: WAV, one channel, eight bits.
fn tone() -> Note {
    let sample = |n: u32| match n % TONE_WAVE {
        n if n < TONE_WAVE / 2 => 96u8,
        _ => 160,
    };
    let mut bytes = Vec::new();
    bytes.extend(b"RIFF");
    bytes.extend((36 + TONE_RATE).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16u32.to_le_bytes());
    // PCM, one channel; samples and bytes a second; one byte a sample, of eight bits.
    bytes.extend([1u16, 1].map(u16::to_le_bytes).concat());
    bytes.extend([TONE_RATE; 2].map(u32::to_le_bytes).concat());
    bytes.extend([1u16, 8].map(u16::to_le_bytes).concat());
    bytes.extend(b"data");
    bytes.extend(TONE_RATE.to_le_bytes());
    bytes.extend((0..TONE_RATE).map(sample));
    Note { container: Container::Wav, bytes, seconds: Some(1) }
}
