//! The list of assemblies at the desk, the latest first, with what comes next for each.

use axum::extract::{Query, State};
use page::Html;
use page::components::empty::empty;
use page::components::icon::Icon;
use page::components::row::{Row, pager, rows};
use page::text;
use record::Id;

use super::super::queries::{self, PAGE};
use super::parts::{self, Asked, area_name, said_as, status_tag, when};
use crate::door::{House, Role, Shown, Trouble, Visitor};

/// `GET /desk/assemblies`
pub(super) async fn list(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let before = asked.before.as_deref().and_then(place);
    let mut all = queries::assemblies(&house, before, PAGE + 1).await?;
    let more = all.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    all.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = all.last().filter(|_| more).map(|last| {
        visitor.link(&format!("/desk/assemblies?before={}-{}", last.starts_ms, last.id))
    });
    let shown: Vec<(String, String, Html, String)> = all
        .iter()
        .map(|assembly| {
            let to = visitor.link(&format!("/desk/assemblies/{}", assembly.id));
            let note = [
                when(&house, t, assembly.starts_ms),
                area_name(&house, t, assembly.area),
                assembly.place.clone(),
            ];
            (said_as(assembly), to, status_tag(t, assembly), note.join(" · "))
        })
        .collect();
    let list: Vec<Row> = shown
        .iter()
        .map(|(title, href, tags, note)| Row {
            title,
            href,
            tags: tags.clone(),
            note: text(note),
            acts: Html::none(),
        })
        .collect();
    let list = if list.is_empty() {
        let (title, next) = (t.say("assemblies-none"), t.say("assemblies-none-next"));
        empty(Icon::People, &title, &next, &Html::none())
    } else {
        rows(&list)
    };
    let mut ways = Vec::new();
    if visitor.is(Role::Facilitator) || visitor.is(Role::Steward) {
        ways.push(("/desk/assemblies/new", "assemblies-call"));
    }
    if [Role::Operator, Role::Facilitator, Role::Steward].iter().any(|role| visitor.is(*role)) {
        ways.push(("/desk/proposals", "proposals-title"));
    }
    ways.push(("/desk/ballots", "ballots-title"));
    ways.push(("/desk/assemblies/rules", "assemblies-rules"));
    ways.push(("/desk/assemblies/sheet", "assemblies-sheet-blank"));
    let body = Html::join([parts::ways(&visitor, &ways), list, pager(t, None, next.as_deref())]);
    Ok(parts::shown(&visitor, &t.say("assemblies-title"), &asked, body))
}

/// Where a list goes on: the start and the id of the last one before.
pub(super) fn place(typed: &str) -> Option<(i64, Id)> {
    let (ms, id) = typed.rsplit_once('-')?;
    Some((ms.parse().ok()?, id.parse().ok()?))
}
