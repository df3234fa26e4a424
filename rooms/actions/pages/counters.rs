//! What the desk's first page says of tasks: how many are mine, how many are overdue. It names
//! nobody.

use page::Html;
use page::components::button::{Kind, buttons, link_button};
use page::components::icon::Icon;
use page::components::number::big;
use record::Id;

use crate::actions::queries::{self, COUNTED_MAX, today};
use crate::door::{House, Trouble, Visitor};

/// Tasks of mine, and what is overdue, for `/desk`.
///
/// # Errors
/// When the store fails.
pub async fn desk_counters(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    if !super::forms::may_do(visitor) {
        return Ok(Html::none());
    }
    let t = visitor.tongue();
    let mine = queries::mine_count(house, visitor.author().unwrap_or(Id::NONE)).await?;
    let overdue = queries::overdue_count(house, today(house)).await?;
    let number = |n: i64, key: &str| {
        let shown = t.number(n);
        let shown = if n >= COUNTED_MAX { format!("{shown}+") } else { shown };
        big(t, Some(&shown), &t.say(key), "")
    };
    let numbers =
        Html::join([number(mine, "actions-count-mine"), number(overdue, "actions-count-overdue")]);
    let way = |which: &str| {
        let to = visitor.link(&format!("/desk/tasks?which={which}"));
        link_button(&to, &t.say(&format!("actions-list-{which}")), Kind::Other, Some(Icon::Act))
    };
    let ways = buttons(["mine", "overdue", "open"].map(way));
    Ok(Html(format!("<div class=bigs>{numbers}</div>{ways}")))
}
