//! A batch of paper is typed by two counters. What the first one typed is kept without any code;
//! once the second has the same, the codes just typed sign the ballots.

use ballots::{Choice, Credential as Key, Rules};
use record::{Id, Refusal};
use store::{Change, Decision};

use super::super::card::Card;
use super::super::queries;
use super::super::rules::{self, Hand, LINES_MAX, Line, Ticked, Typed, chosen_in};
use super::super::views::Round;
use super::casting::{Ready, choices_of, key_of, ready};
use super::{box_key, log_key, the_round};
use crate::door::{House, Trouble};
use crate::people;

/// A line as it was typed: a code and what is ticked.
type Read = (Card, Ticked);

/// A counter types a batch: `CODE 1 3 5`, or `CODE 1:4 3:6` with points, a line each. Returns
/// whether the papers are in the box now; if not, they wait for the other counter, or both differ.
///
/// # Errors
/// A line cannot be read or names no credential that holds; as [`rules::typed`] refuses.
pub async fn type_paper(
    house: &House,
    id: Id,
    batch: Id,
    text: &str,
    hand: Hand,
) -> Result<bool, Trouble> {
    let round = the_round(house, id).await?;
    let read = lines(text, &rules::rules_of(&round))?;
    let mut lines = Vec::with_capacity(read.len());
    let mut signed: Vec<Ready> = Vec::with_capacity(read.len());
    for (n, (card, ticked)) in read.into_iter().enumerate() {
        let key = key_of(card, id).await?;
        let choices = choices_of(&ticked);
        signed.push(sound(house, &round, &key, &choices, n + 1).await?);
        lines.push(Line { credential: key.public(), choices });
    }
    let sealed = seal::seal(&box_key(house, id), &batch.0, &record::encode(&lines));
    let groups = groups(house, batch, &hand).await?;
    let typed = Typed { lines, sealed };
    let mut entities: Vec<Id> = signed.iter().map(|ready| ready.credential).collect();
    entities.extend([id, batch]);
    let key = log_key(house, id);
    let change = Change::on(entities, move |known| {
        let (about, own) = ((id, known.of(id)), (batch, known.of(batch)));
        let (mut drafts, same) = rules::typed(about, own, &typed, &hand, known.now_ms)?;
        if same {
            let by = Some(hand.id);
            drafts.push(rules::taken((id, batch), &typed.lines, groups.clone(), &key, by));
            for ready in &signed {
                let own = known.of(ready.credential);
                drafts.extend(rules::cast(about, own, &ready.casting, known.now_ms)?);
            }
        }
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await?;
    let now = queries::papers(house, id).await?;
    Ok(now.iter().any(|paper| paper.id == batch && paper.status() == "taken"))
}

/// One line's ballot, if its card and its choices are sound.
async fn sound(
    house: &House,
    round: &Round,
    key: &Key,
    choices: &[Choice],
    n: usize,
) -> Result<Ready, Trouble> {
    let ready = ready(house, round, key, choices).await?;
    let own = house.store().records_of(ready.credential).await?;
    let records = house.store().records_of(round.id).await?;
    match rules::cast((round.id, &records), &own, &ready.casting, house.now_ms()) {
        Ok(_) => Ok(ready),
        // What concerns the round and not this line is said as it is.
        Err(why) if matches!(why.code, "ballot-closed" | "ballot-not-open") => Err(why.into()),
        Err(_) => Err(Refusal::new("ballot-paper-line").naming("line", n).into()),
    }
}

/// The groups of both counters in words: one each, not the same.
async fn groups(house: &House, batch: Id, hand: &Hand) -> Result<[String; 2], Trouble> {
    let bodies = people::bodies(house).await?;
    let first = house.store().records_of(batch).await?;
    let first = super::super::views::Paper::fold(batch, &first);
    let first = first.typed.first().map(|typed| typed.groups.clone()).unwrap_or_default();
    let name = |ids: &[Id]| {
        let found = bodies.iter().find(|body| ids.contains(&body.id));
        found.map(|body| body.name.clone()).unwrap_or_default()
    };
    Ok([name(&first), name(&hand.bodies)])
}

/// Lines as typed.
///
/// # Errors
/// A line cannot be read, or there are too many.
fn lines(text: &str, rules: &Rules) -> Result<Vec<Read>, Refusal> {
    let all = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let all: Vec<&str> = all.take(LINES_MAX + 1).collect();
    if all.is_empty() || all.len() > LINES_MAX {
        return Err(Refusal::new("ballot-paper-many").naming("max", LINES_MAX));
    }
    let read = |(n, line): (usize, &&str)| {
        let unread = || Refusal::new("ballot-paper-line").naming("line", n + 1);
        one_line(line, rules).ok_or_else(unread)
    };
    all.iter().enumerate().map(read).collect()
}

fn one_line(line: &str, rules: &Rules) -> Option<Read> {
    let (code, rest) = line.split_once(char::is_whitespace)?;
    Some((code.parse().ok()?, chosen_in(rules, rest).ok()?))
}

/// The counters differed, and begin again.
///
/// # Errors
/// As [`rules::recount`] refuses.
pub async fn recount(house: &House, id: Id, batch: Id, hand: Hand) -> Result<(), Trouble> {
    let change = Change::on(vec![id, batch], move |known| {
        let (about, own) = ((id, known.of(id)), (batch, known.of(batch)));
        let drafts = rules::recount(about, own, &hand, known.now_ms)?;
        Ok(Decision { drafts, ..Decision::default() })
    });
    house.store().append(change).await?;
    Ok(())
}
