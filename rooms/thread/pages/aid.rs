//! What was asked for an area and what became of it: money, people and goods side by side, each
//! asked, promised, received and confirmed, with a sentence beside each word for whoever never
//! heard of it. Amounts of different things are never added up.

use page::components::number::facts;
use page::components::table::{Column, table};
use page::{Html, Tongue, text};
use record::Id;

use super::{h2, say};
use crate::door::{House, Trouble, Visitor};
use crate::{funds, resources};

/// The four words, in the order in which help passes them.
const WORDS: [&str; 4] = ["asked", "promised", "received", "confirmed"];

/// Money, people and goods of an area.
pub(super) async fn part(house: &House, visitor: &Visitor, area: Id) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let money = funds::of_area_cells(house, t, area).await?;
    let things = resources::area_cells(house, t, area).await?;
    let more = resources::area_part(house, visitor, area).await?;
    if money.is_empty() && things.is_empty() {
        return Ok(Html::join([h2(t, "thread-aid"), say(t, "thread-aid-none"), more]));
    }
    let (people, goods): (Vec<_>, Vec<_>) = things.into_iter().partition(|(people, _)| *people);
    let cells = |rows: Vec<(bool, Vec<Html>)>| rows.into_iter().map(|(_, cells)| cells).collect();
    let kinds = [("money", money), ("people", cells(people)), ("goods", cells(goods))];
    let mut out = h2(t, "thread-aid");
    out.push(&words(t));
    for (kind, rows) in kinds {
        out.push(&of_kind(t, kind, &rows));
    }
    out.push(&more);
    Ok(out)
}

/// What the four words mean.
fn words(t: Tongue) -> Html {
    let said = WORDS.map(|word| {
        let about = t.say(&format!("thread-aid-{word}-about"));
        (t.say(&format!("thread-aid-{word}")), text(&about))
    });
    let said = said.each_ref().map(|(word, about)| (word.as_str(), about.clone()));
    facts(&said)
}

/// One kind of help; that nothing of it was asked for is said too.
fn of_kind(t: Tongue, kind: &str, rows: &[Vec<Html>]) -> Html {
    if rows.is_empty() {
        return say(t, &format!("thread-aid-no-{kind}"));
    }
    let name = t.say(&format!("thread-aid-{kind}"));
    let mut columns = vec![Column::words(&t.say("thread-aid-what"))];
    columns.extend(WORDS.map(|word| Column::number(&t.say(&format!("thread-aid-{word}")))));
    table(&name, &columns, rows)
}
