//! Assemblies and proposals for everybody, without an account: what is proposed and how to support
//! it, what is on an agenda and what is left out with its reason, who was there as far as nobody
//! can be counted out. It shows no word that nobody has looked at for names.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::empty::empty;
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::notice::{Notice, Tone, notice};
use page::components::number::facts;
use page::components::row::{Row, pager, rows};
use page::{Html, Tongue, text};
use record::Refusal;
use serde::Deserialize;

use super::super::proposals as acts;
use super::super::queries::{self, PAGE};
use super::super::records::ProposedWords;
use super::super::rules::checking::public_check;
use super::super::rules::proposing::{self, Proposing};
use super::super::rules::{Figure, SHOWN_MIN, public_room};
use super::super::views::{Assembly, Proposal};
use super::desk::place;
use super::parts::{self, Asked, area_field, area_name, area_sent, heading, line, part, when};
use super::proposals::{said_as, status_tag, word_fields};
use super::{agenda, parts as shared};
use crate::decisions;
use crate::door::{House, Moved, Rate, Sent, Shown, Trouble, Visitor};

/// How many proposals one place may send.
const PROPOSALS: Rate = Rate { name: "propose", times: 5, within_ms: 60 * 60 * 1000 };

/// `GET /proposals`
pub(super) async fn proposals(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let before = asked.before.as_deref().and_then(place);
    let mut all = queries::proposals(&house, before, PAGE + 1).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = all.len() > size;
    all.truncate(size);
    let next = all
        .last()
        .filter(|_| more)
        .map(|last| visitor.link(&format!("/proposals?before={}-{}", last.made_ms, last.id)));
    let mut body = Html::join([
        heading(&t.say("proposals-title")),
        line(t, "proposals-street-lead"),
        buttons([link_button(
            &visitor.link("/propose"),
            &t.say("proposals-propose"),
            Kind::Main,
            Some(Icon::Speak),
        )]),
    ]);
    let told: Vec<&Proposal> = all.iter().collect();
    body.push(&if told.is_empty() {
        let (title, next) = (t.say("proposals-none"), t.say("proposals-none-next"));
        empty(Icon::Decide, &title, &next, &Html::none())
    } else {
        listed(&house, &visitor, &told)
    });
    body.push(&pager(t, None, next.as_deref()));
    Ok(Shown::street(t.say("proposals-title"), body))
}

fn listed(house: &House, visitor: &Visitor, all: &[&Proposal]) -> Html {
    let t = visitor.tongue();
    let shown: Vec<(String, String, Html, String)> = all
        .iter()
        .map(|proposal| {
            let to = visitor.link(&format!("/proposal/{}", proposal.number));
            let note = [area_name(house, t, proposal.area), supporters(t, proposal.supporters())];
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

/// Supporters as everybody may read them: in steps of five.
fn supporters(t: Tongue, n: i64) -> String {
    if n < SHOWN_MIN {
        return t.say("proposals-supporters-few");
    }
    t.with("proposals-supporters-least", &[("n", (n / SHOWN_MIN * SHOWN_MIN).into())])
}

/// `GET /proposal/{number}`
pub(super) async fn proposal(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let number: i64 = number.parse().map_err(|_| Trouble::NotFound)?;
    let found = queries::proposal_by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    let title = said_as(&found);
    let mut body =
        Html::join([heading(&title), Html(format!("<p class=tags>{}</p>", status_tag(t, &found)))]);
    match (&found.shown, &found.refused) {
        (Some((_, words)), _) => body.push(&shared::para(words)),
        (None, Some(reason)) => {
            body.push(&line(t, "proposals-refused-lead"));
            body.push(&shared::para(reason));
        }
        (None, None) => body.push(&line(t, "proposals-waits")),
    }
    let area = text(&area_name(&house, t, found.area));
    let count = text(&supporters(t, found.supporters()));
    let (place, support) = (t.say("assemblies-area"), t.say("proposals-support"));
    let via = t.say("proposals-via");
    let road = text(&t.say(&format!("proposals-via-{}", found.via)));
    body.push(&facts(&[(&place, area), (&via, road), (&support, count)]));
    body.push(&what_became(&house, &visitor, &found).await?);
    if matches!(found.status(), "shown" | "on_agenda" | "left_out") {
        body.push(&how_to_support(&house, t, &found));
    }
    body.push(&buttons([link_button(
        &visitor.link("/proposals"),
        &t.say("proposals-title"),
        Kind::Other,
        None,
    )]));
    Ok(parts::said(t, Shown::street(title, body), &asked))
}

async fn what_became(house: &House, visitor: &Visitor, found: &Proposal) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut out = Html::none();
    if let Some(id) = found.assembly
        && let Some(assembly) = queries::assembly(house, id).await?
    {
        let to = format!("/assembly/{}", assembly.number);
        out.push(&Html(format!(
            "<p>{} {}</p>",
            text(&t.say("proposals-on-agenda")),
            parts::link(visitor, &to, &parts::said_as(&assembly))
        )));
    }
    if let Some((_, reason)) = &found.left_out {
        out.push(&line(t, "proposals-left-out"));
        out.push(&shared::para(reason));
    }
    Ok(out)
}

fn how_to_support(house: &House, t: Tongue, found: &Proposal) -> Html {
    let number = found.number.to_string();
    let sms = house.city().sms_number.clone();
    let args = [("number", number.as_str().into()), ("sms", sms.as_str().into())];
    let by_sms = if sms.is_empty() { "proposals-how-desk" } else { "proposals-how-sms" };
    Html::join([
        part(t, "proposals-how"),
        if sms.is_empty() { line(t, by_sms) } else { shared::para(&t.with(by_sms, &args)) },
        line(t, "proposals-how-else"),
    ])
}

/// What somebody proposes, as sent; `send` once they have seen how it will look.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Proposed {
    title: String,
    words: String,
    area: String,
    send: String,
}

/// `GET /propose`
pub(super) async fn propose(State(house): State<House>, visitor: Visitor) -> Shown {
    form_page(&house, &visitor, &Proposed::default(), &Html::none())
}

fn form_page(house: &House, visitor: &Visitor, sent: &Proposed, above: &Html) -> Shown {
    let t = visitor.tongue();
    let mut fields =
        Html::join([word_fields(t, &sent.title, &sent.words), area_field(house, t, &sent.area)]);
    let see = t.say("proposals-see");
    let mut presses = vec![button(&Button::new(&see, Kind::Main))];
    if !above.is_empty() {
        let send = t.say("proposals-send");
        let press = Button { sends: Some(("send", "yes")), ..Button::new(&send, Kind::Main) };
        presses = vec![button(&press), button(&Button::new(&see, Kind::Other))];
    }
    fields.push(&buttons(presses));
    let to = visitor.link("/propose");
    let body = Html::join([
        heading(&t.say("proposals-propose")),
        line(t, "proposals-propose-lead"),
        above.clone(),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ]);
    Shown::street(t.say("proposals-propose"), body)
}

/// `POST /propose`: first shown as it would be read by everybody, then sent.
pub(super) async fn send(
    State(house): State<House>,
    visitor: Visitor,
    Sent(sent): Sent<Proposed>,
) -> Result<Response, Trouble> {
    let t = visitor.tongue();
    let words = ProposedWords { title: sent.title.clone(), words: sent.words.clone() };
    let looked = area_sent(&house, &sent.area).and_then(|area| Ok((area, proposing::fit(&words)?)));
    let (area, words) = match looked {
        Ok(looked) => looked,
        Err(refusal) => {
            let page = form_page(&house, &visitor, &sent, &Html::none());
            return Ok(parts::again(t, page, &refusal).into_response());
        }
    };
    if sent.send != "yes" {
        return Ok(form_page(&house, &visitor, &sent, &preview(t, &words)).into_response());
    }
    if !house.limits().take(PROPOSALS, visitor.0.origin, house.now_ms()) {
        let refusal = Refusal::new("too-often").status(429);
        let page = form_page(&house, &visitor, &sent, &preview(t, &words));
        return Ok(parts::again(t, page, &refusal).into_response());
    }
    let asked = Proposing { area, via: "page".to_owned(), ..Proposing::default() };
    let (_, number) = acts::make(&house, asked, words, false, None).await?;
    let to = format!("/proposal/{number}?done=proposal");
    Ok(Moved(visitor.link(&to)).into_response())
}

fn preview(t: Tongue, words: &ProposedWords) -> Html {
    Html(format!(
        "<div class=card><p class=soft>{}</p><h2 dir=auto>{}</h2><p dir=auto>{}</p></div>",
        text(&t.say("proposals-preview")),
        text(&words.title),
        text(&words.words)
    ))
}

/// `GET /assemblies`
pub(super) async fn assemblies(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let before = asked.before.as_deref().and_then(place);
    let mut all = queries::assemblies(&house, before, PAGE + 1).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = all.len() > size;
    all.truncate(size);
    let next = all
        .last()
        .filter(|_| more)
        .map(|last| visitor.link(&format!("/assemblies?before={}-{}", last.starts_ms, last.id)));
    let shown: Vec<(String, String, Html, String)> = all
        .iter()
        .map(|assembly| {
            let to = visitor.link(&format!("/assembly/{}", assembly.number));
            let note = [when(&house, t, assembly.starts_ms), assembly.place.clone()];
            (parts::said_as(assembly), to, parts::status_tag(t, assembly), note.join(" · "))
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
        let (title, next) = (t.say("assemblies-none"), t.say("assemblies-street-none-next"));
        empty(Icon::People, &title, &next, &Html::none())
    } else {
        rows(&list)
    };
    let body = Html::join([
        heading(&t.say("assemblies-title")),
        line(t, "assemblies-street-lead"),
        list,
        pager(t, None, next.as_deref()),
    ]);
    Ok(Shown::street(t.say("assemblies-title"), body))
}

/// `GET /assembly/{number}`
pub(super) async fn assembly(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Shown, Trouble> {
    let number: i64 = number.parse().map_err(|_| Trouble::NotFound)?;
    let found = queries::assembly_by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    let title = parts::said_as(&found);
    let body = Html::join([heading(&title), public_part(&house, &visitor, &found).await?]);
    Ok(Shown::street(title, body))
}

/// An assembly as everybody may read it: where and when, its agenda, why what is left out is, who
/// was there as far as nobody can be counted out, and what women found by themselves.
///
/// # Errors
/// When the database fails.
pub async fn public_part(
    house: &House,
    visitor: &Visitor,
    assembly: &Assembly,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let body = parts::body_name(house, t, assembly.body).await?;
    let names = [
        "assemblies-body",
        "assemblies-area",
        "assemblies-place",
        "assemblies-when",
        "assemblies-from-afar",
        "assemblies-hour-reason",
        "assemblies-exception",
        "assemblies-off-reason",
    ];
    let values = [
        body,
        area_name(house, t, assembly.area),
        assembly.place.clone(),
        when(house, t, assembly.starts_ms),
        assembly.from_afar.clone(),
        assembly.hour_reason.clone().unwrap_or_default(),
        assembly.exception.clone().unwrap_or_default(),
        assembly.called_off.clone().unwrap_or_default(),
    ];
    let named: Vec<(String, Html)> = names
        .iter()
        .zip(&values)
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (t.say(key), page::html::bdi(value)))
        .collect();
    let all: Vec<(&str, Html)> = named.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    let mut out = Html::join([
        Html(format!("<p class=tags>{}</p>", parts::status_tag(t, assembly))),
        facts(&all),
    ]);
    if assembly.childcare {
        out.push(&line(t, "assemblies-childcare-there"));
    }
    if assembly.invited_ms.is_some() {
        out.push(&agenda::section(visitor, assembly));
    } else {
        out.push(&line(t, "assemblies-agenda-soon"));
    }
    if let Some(counts) = assembly.room() {
        let rules = queries::rules_of(house, assembly.body).await?;
        out.push(&part(t, "assemblies-roll"));
        out.push(&who_came(t, &public_room(&counts, &rules)));
        out.push(&checked(house, t, assembly).await?);
    }
    let motions = decisions::of_assembly(house, assembly.id).await?;
    if motions.iter().any(|motion| motion.outcome.is_some()) {
        out.push(&part(t, "assemblies-resolved"));
    }
    for motion in motions.iter().filter(|motion| motion.outcome.is_some()) {
        out.push(&decisions::public_line(house, visitor, motion).await?);
    }
    if let Some((held, words)) = &assembly.women_session {
        let key = if *held { "assemblies-women-result" } else { "assemblies-women-not-held" };
        out.push(&part(t, key));
        out.push(&shared::para(words));
    }
    Ok(out)
}

/// The figures of a room that everybody may see.
#[must_use]
pub fn who_came(t: Tongue, room: &super::super::PublicRoom) -> Html {
    let said = |figure: Figure| match figure {
        Figure::Exactly(n) => t.number(n),
        Figure::FewerThanFive => t.say("assemblies-fewer-than-five"),
        Figure::Unsaid => t.say("assemblies-unsaid"),
    };
    let names = ["assemblies-all", "assemblies-women", "assemblies-men", "assemblies-other"];
    let names = names.map(|key| t.say(key));
    let values = [t.number(room.present), said(room.women), said(room.men), said(room.other)];
    let all: Vec<(&str, Html)> =
        names.iter().map(String::as_str).zip(values.iter().map(|value| text(value))).collect();
    let word = if room.quorate { "assemblies-quorate" } else { "assemblies-not-quorate" };
    Html::join([facts(&all), line(t, word)])
}

/// What those who were asked by lot say of the count.
pub(super) async fn checked(
    house: &House,
    t: Tongue,
    assembly: &Assembly,
) -> Result<Html, Trouble> {
    let Some(asked) = assembly.checked.filter(|asked| *asked >= SHOWN_MIN) else {
        return Ok(Html::none());
    };
    let (so, otherwise) = queries::told_of(house, assembly.id).await?;
    let shown = public_check(so, otherwise);
    let said = |key: &str, n: i64| t.with(key, &[("n", n.into())]);
    let mut words = said("assemblies-check-asked", asked);
    if shown.so > 0 {
        words = format!("{words} {}", said("assemblies-check-so", shown.so));
    } else if shown.otherwise == 0 {
        words = format!("{words} {}", t.say("assemblies-check-few"));
    }
    let mut out = Html(format!("<p>{}</p>", text(&words)));
    if shown.otherwise > 0 {
        let otherwise = said("assemblies-check-otherwise", shown.otherwise);
        out.push(&notice(t, &Notice::new(Tone::Bad, &otherwise)));
    }
    Ok(out)
}
