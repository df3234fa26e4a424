//! Proposals at the desk: those nobody has looked at come first; looked at for names only, shown or
//! refused with a reason everybody reads; lists of signatures counted by two.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use page::components::button::Kind;
use page::components::empty::empty;
use page::components::field::{self, Choice, Field};
use page::components::icon::Icon;
use page::components::number::facts;
use page::components::row::{Row, pager, rows};
use page::components::tag::tag;
use page::frame::Tone;
use page::{Html, Tongue, text};
use record::{Id, Refusal};
use serde::Deserialize;

use super::super::proposals as acts;
use super::super::queries::{self, PAGE};
use super::super::records::ProposedWords;
use super::super::rules::proposing::Proposing;
use super::super::rules::sheet;
use super::super::views::{Proposal, SupportList};
use super::super::words::{PROPOSED_CHARS_MAX, REASON_CHARS_MAX, TITLE_CHARS_MAX};
use super::desk::place;
use super::parts::{self, Asked, act, area_field, area_name, area_sent, line, number_field, part};
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::voices;

/// Proposals nobody has looked at that are shown above the list.
const UNLOOKED_MAX: i64 = 20;

/// How a proposal stands, by shape, word and colour.
pub(super) fn status_tag(t: Tongue, proposal: &Proposal) -> Html {
    let status = proposal.status();
    let tone = match status {
        "carried" | "on_agenda" => Tone::Good,
        "rejected" | "refused" => Tone::Bad,
        "made" | "left_out" => Tone::Warn,
        _ => Tone::Info,
    };
    tag(tone, &t.say(&format!("proposals-status-{status}")))
}

/// A proposal as people say it; by its number alone while its words are not public.
pub(super) fn said_as(proposal: &Proposal) -> String {
    format!("P-{} {}", proposal.number, proposal.title()).trim_end().to_owned()
}

/// `GET /desk/proposals`
pub(super) async fn list(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let before = asked.before.as_deref().and_then(place);
    let mut all = queries::proposals(&house, before, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = all.len() > page;
    all.truncate(page);
    let next = all
        .last()
        .filter(|_| more)
        .map(|last| visitor.link(&format!("/desk/proposals?before={}-{}", last.made_ms, last.id)));
    let unlooked = queries::unlooked(&house, UNLOOKED_MAX).await?;
    let mut body = Html::join([
        parts::ways(
            &visitor,
            &[("/desk/assemblies", "assemblies-title"), ("/desk/proposals/new", "proposals-write")],
        ),
        line(t, "proposals-lead"),
    ]);
    if !unlooked.is_empty() {
        body.push(&part(t, "proposals-unlooked"));
        body.push(&listed(&house, &visitor, &unlooked));
    }
    body.push(&part(t, "proposals-all"));
    body.push(&if all.is_empty() {
        let (title, next) = (t.say("proposals-none"), t.say("proposals-none-next"));
        empty(Icon::Speak, &title, &next, &Html::none())
    } else {
        listed(&house, &visitor, &all)
    });
    body.push(&pager(t, None, next.as_deref()));
    Ok(parts::shown(&visitor, &t.say("proposals-title"), &asked, body))
}

fn listed(house: &House, visitor: &Visitor, all: &[Proposal]) -> Html {
    let t = visitor.tongue();
    let shown: Vec<(String, String, Html, String)> = all
        .iter()
        .map(|proposal| {
            let to = visitor.link(&format!("/desk/proposals/{}", proposal.id));
            let supporters = [("n", proposal.supporters().into())];
            let note = [
                area_name(house, t, proposal.area),
                t.with("proposals-supporters", &supporters),
                t.date_at(proposal.made_ms, house.city().offset_minutes),
            ];
            (said_as(proposal), to, status_tag(t, proposal), note.join(" · "))
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
    rows(&list)
}

async fn the_one(house: &House, id: &str) -> Result<Proposal, Trouble> {
    let id: Id = id.parse().map_err(|_| Trouble::NotFound)?;
    queries::proposal(house, id).await?.ok_or(Trouble::NotFound)
}

/// What a proposal says, as sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Proposed {
    title: String,
    words: String,
    area: String,
    via: String,
    voice: String,
}

/// Title and words: shared by writing down and looking at.
pub(super) fn word_fields(t: Tongue, title: &str, words: &str) -> Html {
    let (label, hint) = (t.say("proposals-name"), t.say("proposals-name-hint"));
    let shape =
        Field { name: "title", label: &label, hint: &hint, value: title, ..Field::default() };
    let first =
        field::line(t, &Field { length_max: Some(TITLE_CHARS_MAX), required: true, ..shape });
    let (label, hint) = (t.say("proposals-words"), t.say("proposals-words-hint"));
    let shape =
        Field { name: "words", label: &label, hint: &hint, value: words, ..Field::default() };
    let second =
        field::area(t, &Field { length_max: Some(PROPOSED_CHARS_MAX), required: true, ..shape }, 5);
    Html::join([first, second])
}

/// `GET /desk/proposals/new`: from paper or a meeting, or from a voice with `?voice=`.
pub(super) async fn new(
    State(house): State<House>,
    visitor: Visitor,
    Query(sent): Query<Proposed>,
) -> Result<Shown, Trouble> {
    let mut sent = sent;
    if let Ok(voice) = sent.voice.parse::<Id>()
        && let Some(said) = voices::queries::words(&house, voice).await?
        && sent.words.is_empty()
        && is_for_all_eyes(&house, voice).await?
    {
        sent.words = said.words;
    }
    form_page(&house, &visitor, &sent)
}

/// Whether this page may show a voice's words: a suggestion whose person said yes, held for nobody.
async fn is_for_all_eyes(house: &House, voice: Id) -> Result<bool, Trouble> {
    let voice = voices::queries::voice(house, voice).await?;
    Ok(voice.is_some_and(|v| {
        v.consented && !v.held && !v.erased && v.kind.as_deref() == Some("suggestion")
    }))
}

fn form_page(house: &House, visitor: &Visitor, sent: &Proposed) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let mut fields = Html::none();
    if sent.voice.is_empty() {
        let names =
            ["paper", "meeting", "women"].map(|via| (via, t.say(&format!("proposals-via-{via}"))));
        let choices: Vec<Choice> = names.iter().map(|(via, name)| Choice::new(via, name)).collect();
        let label = t.say("proposals-via");
        let value = if sent.via.is_empty() { "paper" } else { &sent.via };
        let via = Field { name: "via", label: &label, value, required: true, ..Field::default() };
        fields.push(&field::radios(t, &via, &choices));
        fields.push(&area_field(house, t, &sent.area));
    } else {
        fields.push(&line(t, "proposals-from-voice"));
        fields.push(&field::hidden("voice", &sent.voice));
    }
    fields.push(&word_fields(t, &sent.title, &sent.words));
    let body = Html::join([
        line(t, "proposals-write-lead"),
        act(visitor, "/desk/proposals", fields, "proposals-write", Kind::Main),
    ]);
    Ok(parts::shown(visitor, &t.say("proposals-write"), &Asked::default(), body))
}

/// `POST /desk/proposals`
pub(super) async fn make(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Proposed>,
) -> Result<Response, Trouble> {
    match made(&house, &visitor, &sent).await {
        Ok(moved) => Ok(moved.into_response()),
        Err(Trouble::Refused(refusal)) => {
            let page = form_page(&house, &visitor, &sent)?;
            Ok(parts::again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

async fn made(house: &House, visitor: &Visitor, sent: &Proposed) -> Result<Moved, Trouble> {
    let words = ProposedWords { title: sent.title.clone(), words: sent.words.clone() };
    let (id, _) = if sent.voice.is_empty() {
        let area = area_sent(house, &sent.area)?;
        let asked = Proposing { area, via: sent.via.clone(), ..Proposing::default() };
        acts::make(house, asked, words, true, visitor.author()).await?
    } else {
        let voice = sent.voice.parse().map_err(|_| Refusal::new("proposal-voice").status(409))?;
        acts::from_voice(house, voice, words, visitor.author()).await?
    };
    Ok(Moved(visitor.link(&format!("/desk/proposals/{id}?done=proposal"))))
}

/// `GET /desk/proposals/{id}`
pub(super) async fn one(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let proposal = the_one(&house, &id).await?;
    let page = one_page(&house, &visitor, &proposal, None).await?;
    Ok(parts::said(visitor.tongue(), page, &asked))
}

async fn one_page(
    house: &House,
    visitor: &Visitor,
    proposal: &Proposal,
    sent: Option<&Proposed>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let mut body = Html::join([
        Html(format!("<p class=tags>{}</p>", status_tag(t, proposal))),
        about(house, t, proposal),
    ]);
    if matches!(proposal.status(), "made" | "refused") {
        let kept = acts::words(house, proposal.id).await?.unwrap_or_default();
        let (title, words) = sent.map_or((kept.title.as_str(), kept.words.as_str()), |sent| {
            (sent.title.as_str(), sent.words.as_str())
        });
        let to = format!("/desk/proposals/{}/show", proposal.id);
        body.push(&part(t, "proposals-look"));
        body.push(&line(t, "proposals-look-lead"));
        let fields = word_fields(t, title, words);
        body.push(&act(visitor, &to, fields, "proposals-show", Kind::Main));
    }
    if proposal.status() == "made" {
        let label = t.say("proposals-refuse-reason");
        let shape = Field { name: "reason", label: &label, required: true, ..Field::default() };
        let reason = field::area(t, &Field { length_max: Some(REASON_CHARS_MAX), ..shape }, 2);
        let to = format!("/desk/proposals/{}/refuse", proposal.id);
        let fields = Html::join([line(t, "proposals-refuse-lead"), reason]);
        let refuse = act(visitor, &to, fields, "proposals-refuse", Kind::Grave);
        body.push(&Html(format!(
            "<details><summary>{}</summary>{refuse}</details>",
            text(&t.say("proposals-refuse"))
        )));
    }
    if matches!(proposal.status(), "shown" | "on_agenda" | "left_out") {
        body.push(&support(visitor, proposal));
    }
    Ok(parts::shown(visitor, &said_as(proposal), &Asked::default(), body))
}

fn about(house: &House, t: Tongue, proposal: &Proposal) -> Html {
    let names = ["assemblies-area", "proposals-via", "proposals-words", "proposals-refuse-reason"];
    let shown = proposal.shown.as_ref().map(|(_, words)| words.clone());
    let values = [
        area_name(house, t, proposal.area),
        t.say(&format!("proposals-via-{}", proposal.via)),
        shown.unwrap_or_default(),
        proposal.refused.clone().unwrap_or_default(),
    ];
    let named: Vec<(String, Html)> = names
        .iter()
        .zip(&values)
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (t.say(key), page::html::bdi(value)))
        .collect();
    let all: Vec<(&str, Html)> = named.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    facts(&all)
}

/// Supporters by road, and the lists that two people count.
fn support(visitor: &Visitor, proposal: &Proposal) -> Html {
    let t = visitor.tongue();
    let roads = ["sms", "paper", "meeting"];
    let names = roads.map(|via| t.say(&format!("proposals-support-{via}")));
    let numbers = roads.map(|via| text(&t.number(proposal.supporters_via(via))));
    let all: Vec<(&str, Html)> = names.iter().map(String::as_str).zip(numbers).collect();
    let mut out = Html::join([part(t, "proposals-support"), facts(&all)]);
    let hint = [("number", proposal.number.to_string().into())];
    out.push(&parts::para(&t.with("proposals-support-how", &hint)));
    let to = format!("/desk/proposals/{}/count", proposal.id);
    for (at, list) in proposal.lists.iter().enumerate() {
        out.push(&one_list(visitor, &to, at, list));
    }
    out.push(&part(t, "proposals-list-new"));
    out.push(&line(t, "proposals-list-lead"));
    let names = ["paper", "meeting"].map(|via| (via, t.say(&format!("proposals-support-{via}"))));
    let choices: Vec<Choice> = names.iter().map(|(via, name)| Choice::new(via, name)).collect();
    let label = t.say("proposals-via");
    let via =
        Field { name: "via", label: &label, required: true, value: "paper", ..Field::default() };
    let fields = Html::join([
        field::radios(t, &via, &choices),
        number_field(t, "n", &t.say("proposals-signatures"), ""),
    ]);
    out.push(&act(visitor, &to, fields, "proposals-count", Kind::Other));
    out
}

fn one_list(visitor: &Visitor, to: &str, at: usize, list: &SupportList) -> Html {
    let t = visitor.tongue();
    let number = [("n", (at + 1).to_string().into())];
    let title = t.with("proposals-list", &number);
    let (tone, word) = match list.agreed() {
        Some(_) => (Tone::Good, "proposals-list-agreed"),
        None if list.differs() => (Tone::Bad, "assemblies-recount"),
        None => (Tone::Warn, "proposals-list-once"),
    };
    let mut card = Html(format!(
        "<h3>{} · {}</h3><p class=tags>{}</p>",
        text(&title),
        text(&t.say(&format!("proposals-support-{}", list.via))),
        tag(tone, &t.say(word)),
    ));
    if let Some(n) = list.agreed() {
        card.push(&parts::para(&t.with("proposals-supporters", &[("n", n.into())])));
    } else {
        let fields = Html::join([
            field::hidden("list", &list.list.to_string()),
            field::hidden("via", &list.via),
            number_field(t, "n", &t.say("proposals-signatures"), ""),
        ]);
        card.push(&act(visitor, to, fields, "proposals-count-again", Kind::Other));
    }
    Html(format!("<div class=card>{card}</div>"))
}

/// `POST /desk/proposals/{id}/show`
pub(super) async fn show(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Proposed>,
) -> Result<Response, Trouble> {
    let proposal = the_one(&house, &id).await?;
    let words = ProposedWords { title: sent.title.clone(), words: sent.words.clone() };
    match acts::show(&house, proposal.id, words, visitor.author()).await {
        Ok(()) => {
            let to = format!("/desk/proposals/{}?done=proposal", proposal.id);
            Ok(Moved(visitor.link(&to)).into_response())
        }
        Err(Trouble::Refused(refusal)) => {
            let page = one_page(&house, &visitor, &proposal, Some(&sent)).await?;
            Ok(parts::again(visitor.tongue(), page, &refusal).into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

/// A reason.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reason {
    reason: String,
}

/// `POST /desk/proposals/{id}/refuse`
pub(super) async fn refuse(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Reason>,
) -> Result<Moved, Trouble> {
    let proposal = the_one(&house, &id).await?;
    acts::refuse(&house, proposal.id, sent.reason, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/proposals/{}?done=refused", proposal.id))))
}

/// A list as somebody counted it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Listed {
    list: String,
    via: String,
    n: String,
}

/// `POST /desk/proposals/{id}/count`
pub(super) async fn count(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Listed>,
) -> Result<Moved, Trouble> {
    let proposal = the_one(&house, &id).await?;
    let n = sheet::number(&sent.n)?;
    let list = sent.list.parse().ok();
    acts::count(&house, proposal.id, list, &sent.via, n, visitor.author()).await?;
    Ok(Moved(visitor.link(&format!("/desk/proposals/{}?done=counted", proposal.id))))
}
