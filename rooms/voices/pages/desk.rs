//! `/desk`: where a member begins: whose life may be in danger, how much waits, how far the
//! messages out are behind, and the ways to everything their roles open. It shows no words and no
//! number.

use axum::extract::{Query, State};
use page::components::card::{cards, door};
use page::components::icon::Icon;
use page::components::notice::notice;
use page::components::number::big;
use page::frame::Tone;
use page::{Html, Notice, Tongue};

use super::parts::{self, Asked};
use crate::door::{House, Role, Shown, Trouble, Visitor};
use crate::voices::queries::desk;
use crate::voices::{Voice, acts, outbound};

const READERS: &[Role] = &[Role::Operator, Role::Officer, Role::Steward, Role::FocalPoint];
const TYPISTS: &[Role] = &[Role::Operator, Role::Officer, Role::Facilitator, Role::Steward];
const CALLERS: &[Role] = &[Role::Operator, Role::FocalPoint];
const STEWARDS: &[Role] = &[Role::Steward];
const FOCAL_POINTS: &[Role] = &[Role::FocalPoint];
const EVERYONE: &[Role] = &Role::ALL;

/// The ways from here: where to, a picture, the texts' key, and who may go.
const WAYS: [(&str, Icon, &str, &[Role]); 13] = [
    ("/desk/voices", Icon::Hear, "voices-way-voices", READERS),
    ("/desk/grouping", Icon::Add, "voices-way-grouping", READERS),
    ("/desk/needs", Icon::Follow, "voices-way-needs", EVERYONE),
    ("/desk/voices?queue=held", Icon::Lock, "voices-way-held", FOCAL_POINTS),
    ("/desk/paper", Icon::Paper, "voices-way-paper", TYPISTS),
    ("/desk/calls", Icon::Phone, "voices-way-calls", CALLERS),
    ("/desk/search", Icon::Search, "voices-way-search", READERS),
    ("/desk/sealed", Icon::Safety, "voices-way-sealed", FOCAL_POINTS),
    ("/desk/places", Icon::Map, "voices-way-places", EVERYONE),
    ("/desk/people", Icon::People, "voices-way-people", STEWARDS),
    ("/desk/people/mandates", Icon::Decide, "voices-way-mandates", EVERYONE),
    ("/desk/node", Icon::Home, "voices-way-node", STEWARDS),
    ("/desk/me", Icon::Other, "voices-way-me", EVERYONE),
];

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let mut body = danger_banner(&house, &visitor).await?;
    if any(&visitor, READERS) {
        body.push(&counts(&house, &visitor).await?);
    }
    let ways = WAYS.iter().filter(|(.., roles)| any(&visitor, roles)).map(|(to, icon, key, _)| {
        let about = t.say(&format!("{key}-about"));
        door(*icon, &visitor.link(to), &t.say(key), &about)
    });
    body.push(&cards(ways));
    Ok(parts::shown(&visitor, &t.say("voices-desk-title"), &asked, body))
}

fn any(visitor: &Visitor, roles: &[Role]) -> bool {
    roles.iter().any(|role| visitor.is(*role))
}

/// Danger to life that nobody has read: on top of the desk whether or not somebody was called.
pub async fn danger_banner(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    if !any(visitor, READERS) {
        return Ok(Html::none());
    }
    let t = visitor.tongue();
    let unread = desk::danger_unread(house, visitor.is(Role::FocalPoint)).await?;
    let known = unread.iter().filter(|voice| parts::may_see(visitor, voice));
    Ok(known.map(|voice| danger_line(house, visitor, t, voice)).collect())
}

fn danger_line(house: &House, visitor: &Visitor, t: Tongue, voice: &Voice) -> Html {
    let waited = t.span(house.now_ms() - voice.heard_ms);
    let code = acts::shown_code(voice);
    let words = t.html("voices-danger-unread", &[("code", code.into()), ("span", waited.into())]);
    let words = parts::link(visitor, &format!("/desk/voices/{}", voice.id), &words);
    notice(t, &Notice { tone: Tone::Warn, words })
}

async fn counts(house: &House, visitor: &Visitor) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let number = |n: i64, key: &str, note: &str| {
        let most = n >= desk::COUNTED_MAX && note.is_empty();
        let shown = if most { format!("{}+", t.number(n)) } else { t.number(n) };
        big(t, Some(&shown), &t.say(key), note)
    };
    let (waiting, urgent) = desk::waiting(house).await?;
    let mut all = vec![
        number(urgent, "voices-count-urgent", &t.say("voices-count-urgent-note")),
        number(waiting, "voices-count-waiting", &t.say("voices-count-waiting-note")),
    ];
    if visitor.is(Role::FocalPoint) {
        all.push(number(desk::held(house).await?, "voices-count-held", ""));
    }
    if any(visitor, CALLERS) {
        all.push(number(desk::calls_waiting(house).await?, "voices-count-calls", ""));
    }
    all.push(backlog(house, t).await?);
    Ok(Html(format!("<div class=bigs>{}</div>", Html::join(all))))
}

/// How far behind the messages out are: never hidden, because people wait for them.
pub async fn backlog(house: &House, t: Tongue) -> Result<Html, Trouble> {
    let backlog = outbound::backlog(house).await?;
    let mut notes = Vec::new();
    if backlog.waiting > 0 {
        let span = t.span(backlog.oldest_ms);
        notes.push(t.with("voices-backlog-oldest", &[("span", span.into())]));
    }
    if let Some(median) = backlog.median_ms {
        notes.push(t.with("voices-backlog-median", &[("span", t.span(median).into())]));
    }
    if backlog.given_up > 0 {
        notes.push(t.with("voices-backlog-given-up", &[("n", backlog.given_up.into())]));
    }
    let shown = t.number(backlog.waiting);
    Ok(big(t, Some(&shown), &t.say("voices-count-outbound"), &notes.join(" · ")))
}
