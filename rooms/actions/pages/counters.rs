//! What earlier pages say of tasks: the desk's first page how many are mine and how many are
//! overdue, a voice's page what its need is and what is done about it. It names nobody.

use page::components::button::{Kind, buttons, link_button};
use page::components::icon::Icon;
use page::components::number::big;
use page::{Html, text};
use record::Id;

use crate::actions::queries::{self, COUNTED_MAX, today};
use crate::door::{House, Trouble, Visitor};
use crate::needs;

use super::parts;

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

/// The need that a voice belongs to, with its number, and the tasks for it.
///
/// # Errors
/// When the store fails.
pub async fn of_voice(house: &House, visitor: &Visitor, need: Id) -> Result<Html, Trouble> {
    let Some(need) = needs::need(house, need).await? else { return Ok(Html::none()) };
    let t = visitor.tongue();
    let to = format!("/desk/needs/{}", need.id);
    let link = parts::link(visitor, &to, &needs::title_line(t, &need));
    let heading = text(&t.say("actions-of-need"));
    let mut all = Html(format!("<h2>{heading}</h2><p>{link}</p>"));
    let tasks = queries::tasks_of_need(house, need.id).await?;
    let items: Vec<Html> = tasks
        .iter()
        .map(|task| {
            let link =
                parts::link(visitor, &format!("/desk/tasks/{}", task.id), &parts::title(t, task));
            let tags = parts::tags(t, task, today(house));
            Html(format!("<li>{link} <span class=tags>{tags}</span></li>"))
        })
        .collect();
    if !items.is_empty() {
        all.push(&Html(format!("<ul>{}</ul>", Html::join(items))));
    }
    Ok(all)
}
