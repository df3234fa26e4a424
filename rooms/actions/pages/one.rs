//! `/desk/tasks/{id}`: one task: what is known of it, what those who asked for it say, and all that
//! can be done with it.

use axum::extract::{Path, Query, State};
use page::components::button::{Kind, buttons, link_button};
use page::components::notice::notice;
use page::components::number::facts;
use page::frame::Tone;
use page::{Html, Notice, text};

use super::parts::{self, Asked, id_of};
use super::{forms, public};
use crate::actions::promises::body_names;
use crate::actions::queries::{self, today};
use crate::actions::rules::Actor;
use crate::actions::views::{COMMITTEE, Task};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::{decisions, needs, people};

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let task = queries::task(&house, id_of(&id)?).await?.ok_or(Trouble::NotFound)?;
    let actor = Actor::of(&visitor);
    let names = body_names(&house).await?;
    let owner = task.body.and_then(|body| names.get(&body));
    let tags = parts::tags(t, &task, today(&house));
    let mut body = Html(format!("<p class=tags>{tags}</p>"));
    if task.kind == COMMITTEE {
        let words = t.say("actions-committee-lead");
        body.push(&notice(t, &Notice::new(Tone::Warn, &words)));
    }
    body.push(&public::own_facts(t, &task, owner.map(String::as_str)));
    body.push(&links(&house, &visitor, &task).await?);
    if forms::may_act(&visitor, &task, &actor) {
        body.push(&forms::holding(&house, &visitor, &task, &actor).await?);
        body.push(&forms::next_step(&visitor, &task));
        body.push(&forms::delivering(&visitor, &task));
        body.push(&forms::refusing(&house, &visitor, &task).await?);
    }
    if task.status == "delivered" && forms::may_count(&visitor) {
        body.push(&forms::hands(&visitor, &task));
    }
    body.push(&public::rule(t));
    let back = visitor.link("/desk/tasks");
    let back = link_button(&back, &t.say("actions-back"), Kind::Other, None);
    body.push(&buttons([back]));
    Ok(parts::shown(&visitor, &parts::title(t, &task), &asked, body))
}

/// Who has it, what it is for, and what is answered about that.
async fn links(house: &House, visitor: &Visitor, task: &Task) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let (held, of) = (t.say("actions-fact-holder"), t.say("actions-fact-decision"));
    let mut known: Vec<(&str, Html)> = Vec::new();
    if let Some(holder) = task.holder {
        let names = people::member_names(house, &[holder]).await?;
        let name = names.get(&holder).cloned();
        let name = name.unwrap_or_else(|| t.say("actions-member-former"));
        known.push((&held, page::html::bdi(&name)));
    }
    let decision = match task.decision {
        Some(decision) => decisions::decision(house, decision).await?,
        None => None,
    };
    if let Some(decision) = decision {
        let words = format!("D-{} · {}", decision.number, decision.title);
        let to = format!("/desk/decisions/{}", decision.id);
        known.push((&of, parts::link(visitor, &to, &words)));
    }
    let mut all = facts(&known);
    for need in &task.needs {
        let Some(need) = needs::need(house, *need).await? else { continue };
        let words = format!("N-{} · {}", need.number, need.title);
        let link = parts::link(visitor, &format!("/desk/needs/{}", need.id), &words);
        all.push(&Html(format!("<h2>{}</h2><p>{link}</p>", text(&t.say("actions-for-need")))));
        all.push(&public::answers(house, visitor, &need).await?);
    }
    Ok(all)
}
