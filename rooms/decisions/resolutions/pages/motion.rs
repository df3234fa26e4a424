//! Motions: those of an assembly, those of a body that decides without one, and the door of the
//! hall, where whoever voted from afar gives their code.

use axum::extract::{Path, Query, State};
use page::components::button::{Kind, link_button};
use page::components::empty::empty;
use page::components::field;
use page::components::icon::Icon;
use page::components::row::{Row, pager, rows};
use page::{Html, text};
use record::{Id, Refusal};

use super::acting::promise_of;
use super::one::promise_fields;
use super::parts::{
    Around, Asked, Typed, act, actor, area_field, body_field, coded, line, long, needed, part,
    shown, tick, typed,
};
use super::result;
use crate::decisions::assemblies;
use crate::decisions::resolutions::acts;
use crate::decisions::resolutions::queries;
use crate::decisions::resolutions::records::{DecisionMoved, NewRules};
use crate::decisions::resolutions::rules::{KINDS, MotionAsked, SHORT_CHARS_MAX};
use crate::decisions::resolutions::views::Decision;
use crate::door::{House, Moved, Sent, Shown, Trouble, Visitor};
use crate::needs;
use crate::people::{self, Ceiling};
use crate::voices::Code;

/// Decisions on one page.
const PAGE: i64 = 50;
/// Most areas that one form declares as affected.
const AFFECTS_FIELDS: usize = 3;
/// Needs offered in the form.
const NEEDS_OFFERED: i64 = 20;

/// The decisions there are, the newest first.
pub async fn list(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let around = Around::read(&house, &visitor).await?;
    let t = around.t;
    let before = asked.before.unwrap_or(i64::MAX);
    let all = queries::newest(&house, before, PAGE).await?;
    let new = visitor.link("/desk/decisions/new");
    let waiting = visitor.link("/desk/waiting");
    let ways = [
        link_button(&new, &t.say("decisions-new"), Kind::Main, None),
        link_button(&waiting, &t.say("decisions-waiting"), Kind::Other, None),
    ];
    let ways = page::components::button::buttons(ways);
    let next = all
        .last()
        .filter(|_| all.len() as i64 == PAGE)
        .map(|last| visitor.link(&format!("/desk/decisions?before={}", last.number)));
    let list = listed(&around, &visitor, &all);
    let body = Html::join([ways, list, pager(t, None, next.as_deref())]);
    Ok(shown(&visitor, &t.say("decisions-list"), &asked, body))
}

/// Decisions as a list; a line when there is none.
pub(super) fn listed(around: &Around, visitor: &Visitor, all: &[Decision]) -> Html {
    let t = around.t;
    if all.is_empty() {
        let (title, next) = (t.say("decisions-none"), t.say("decisions-none-next"));
        return empty(Icon::Decide, &title, &next, &Html::none());
    }
    let shown: Vec<(String, String, Html, Html)> = all
        .iter()
        .map(|decision| {
            let title = format!("{} {}", decision.shown_number(), decision.title);
            let to = visitor.link(&format!("/desk/decisions/{}", decision.id));
            let note = note(around, decision);
            (title, to, result::tags(around, decision), text(&note))
        })
        .collect();
    let items: Vec<Row> = shown
        .iter()
        .map(|(title, href, tags, note)| Row {
            title,
            href,
            tags: tags.clone(),
            note: note.clone(),
            acts: Html::none(),
        })
        .collect();
    rows(&items)
}

/// Who it waits on, since when, until which day; or who has put it off until when.
fn note(around: &Around, decision: &Decision) -> String {
    let t = around.t;
    if around.put_off(decision) {
        return result::taken_said(around, decision).unwrap_or_default();
    }
    let Some(said) = result::waits_said(around, decision) else {
        return around.area(decision.area);
    };
    let promised = decision.promise_due_day.filter(|_| decision.promise_open());
    let Some(day) = decision.put_off_day().or(promised) else { return said };
    format!("{said} {}", t.with("decisions-by-day", &[("day", around.day(day).into())]))
}

/// The motions of an assembly, the form for a further one, and the door.
pub async fn of_assembly(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let id = id.parse::<Id>().map_err(|_| Trouble::NotFound)?;
    let assembly = assemblies::assembly(&house, id).await?.ok_or(Trouble::NotFound)?;
    let around = Around::read(&house, &visitor).await?;
    let t = around.t;
    let motions = queries::of_assembly(&house, id).await?;
    let minutes = visitor.link(&format!("/desk/assemblies/{id}/minutes"));
    let mut body = Html::join([
        listed(&around, &visitor, &motions),
        page::components::button::buttons([link_button(
            &minutes,
            &t.say("decisions-minutes"),
            Kind::Other,
            None,
        )]),
    ]);
    if assembly.closed_ms.is_none() && assembly.called_off.is_none() {
        let door = format!("/desk/assemblies/{id}/came");
        let code = typed(t, "code", "decisions-came-code", field::Kind::Code, Some(12));
        body.push(&part(t, "decisions-came"));
        body.push(&line(t, "decisions-came-lead"));
        body.push(&act(&visitor, &door, code, "decisions-came-keep", Kind::Other));
        let to = format!("/desk/assemblies/{id}/motions");
        body.push(&motion_form(&around, &visitor, &to, assembly.area, false).await?);
    }
    let title = format!("{} · {}", t.say("decisions-motions"), assembly.title);
    Ok(shown(&visitor, &title, &asked, body))
}

/// The form for a body that decides without an assembly.
pub async fn new(
    State(house): State<House>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Shown, Trouble> {
    let around = Around::read(&house, &visitor).await?;
    let t = around.t;
    let body = motion_form(&around, &visitor, "/desk/decisions", None, true).await?;
    Ok(shown(&visitor, &t.say("decisions-new"), &asked, body))
}

async fn motion_form(
    around: &Around,
    visitor: &Visitor,
    to: &str,
    area: Option<Id>,
    alone: bool,
) -> Result<Html, Trouble> {
    let t = around.t;
    let open = needs::open_in(&around.house, area, None, NEEDS_OFFERED).await?;
    let own = visitor.member().map(|member| member.bodies.clone()).unwrap_or_default();
    let mut fields = Html::none();
    if alone {
        fields.push(&body_field(around, "body", "decisions-body", Some(&own)));
        fields.push(&area_field(around, "area", "decisions-area", "decisions-whole-city"));
    }
    let number = field::Kind::Number;
    fields.push(&Html::join([
        needed(t, "title", "decisions-title-field", 200),
        needed(t, "short", "decisions-short", SHORT_CHARS_MAX),
        long(t, "effects", "decisions-effects", true),
        subject_field(around),
        typed(t, "amount", "decisions-amount", number, Some(15)),
        typed(t, "currency", "decisions-currency", field::Kind::Code, Some(3)),
        need_fields(around, &open),
        typed(t, "needs_typed", "decisions-needs-typed", field::Kind::Words, Some(200)),
        typed(t, "proposal", "decisions-proposal", field::Kind::Words, Some(12)),
        options(around),
        coded(t, "kind", "decisions-kind", &KINDS),
        affects(around),
        typed(t, "affects_whom", "decisions-affects-whom", field::Kind::Words, Some(240)),
        tick(t, "emergency", "decisions-emergency"),
        promise_fields(around, false),
        rules_fields(around),
    ]));
    let form = act(visitor, to, fields, "decisions-move", Kind::Main);
    Ok(Html::join([part(t, "decisions-move"), form]))
}

/// The subject is said in the words of a mandate, which are offered.
fn subject_field(around: &Around) -> Html {
    let t = around.t;
    let mut subjects: Vec<&str> = around.mandates.iter().map(|m| m.subject.as_str()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let options: String =
        subjects.iter().map(|said| format!("<option value=\"{}\">", text(said))).collect();
    let (label, hint) = (text(&t.say("decisions-subject")), text(&t.say("decisions-subject-hint")));
    Html(format!(
        "<div class=f><label for=subject>{label}</label><p class=hint id=subject-hint>{hint}</p>\
         <input id=subject name=subject type=text list=subjects required maxlength=160 dir=auto \
         aria-describedby=subject-hint autocomplete=off><datalist id=subjects>{options}</datalist>\
         </div>"
    ))
}

fn need_fields(around: &Around, open: &[needs::Need]) -> Html {
    if open.is_empty() {
        return Html::none();
    }
    let ticks: String = open
        .iter()
        .map(|need| {
            let said = needs::title_line(around.t, need);
            format!(
                "<label class=pick><input type=checkbox name=needs value=\"{}\"> \
                 <span dir=auto>{}</span></label>",
                need.id,
                text(&said)
            )
        })
        .collect();
    let legend = text(&around.t.say("decisions-needs"));
    Html(format!(
        "<fieldset class=f><legend>{legend}</legend><div class=picks>{ticks}</div></fieldset>"
    ))
}

fn options(around: &Around) -> Html {
    let fields = (1..=3i64).map(|n| {
        let label = around.t.with("decisions-option", &[("n", n.into())]);
        let name = format!("option{n}");
        let shape = field::Field {
            name: &name,
            label: &label,
            length_max: Some(240),
            ..field::Field::default()
        };
        field::line(around.t, &shape)
    });
    let lead = text(&around.t.say("decisions-options-lead"));
    let title = text(&around.t.say("decisions-options"));
    Html(format!(
        "<details><summary>{title}</summary><p>{lead}</p>{}</details>",
        Html::join(fields)
    ))
}

fn affects(around: &Around) -> Html {
    let names: Vec<String> = (1..=AFFECTS_FIELDS).map(|n| format!("affects{n}")).collect();
    let fields =
        names.iter().map(|name| area_field(around, name, "decisions-affects", "decisions-nobody"));
    Html::join(fields)
}

fn rules_fields(around: &Around) -> Html {
    let t = around.t;
    let number = field::Kind::Number;
    let fields = Html::join([
        typed(t, "women_share", "decisions-rule-women", number, Some(3)),
        typed(t, "attendance", "decisions-rule-attendance", number, Some(6)),
        typed(t, "support", "decisions-rule-support", number, Some(6)),
        typed(t, "voices", "decisions-rule-voices", number, Some(6)),
    ]);
    let title = text(&t.say("decisions-rules"));
    Html(format!("<details><summary>{title}</summary>{fields}</details>"))
}

/// A motion is put to an assembly.
pub async fn put_to_assembly(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let id = id.parse::<Id>().map_err(|_| Trouble::NotFound)?;
    let assembly = assemblies::assembly(&house, id).await?.ok_or(Trouble::NotFound)?;
    let mut asked = motion_of(&house, &typed).await?;
    asked.moved.assembly = Some(id);
    asked.moved.body = assembly.body;
    asked.area = assembly.area;
    let decision = acts::move_motion(&house, asked, &actor(&visitor)).await?;
    Ok(Moved(visitor.link(&format!("/desk/decisions/{decision}?done=moved"))))
}

/// A motion is put to a body that decides without an assembly.
pub async fn put_to_body(
    State(house): State<House>,
    visitor: Visitor,
    Sent(typed): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let mut asked = motion_of(&house, &typed).await?;
    asked.moved.body = typed.id("body")?.unwrap_or(Id::NONE);
    asked.area = typed.area(&house, "area")?;
    let decision = acts::move_motion(&house, asked, &actor(&visitor)).await?;
    Ok(Moved(visitor.link(&format!("/desk/decisions/{decision}?done=moved"))))
}

async fn motion_of(house: &House, typed: &Typed) -> Result<MotionAsked, Trouble> {
    let mut affects = Vec::new();
    for n in 1..=AFFECTS_FIELDS {
        affects.extend(typed.area(house, &format!("affects{n}"))?);
    }
    let kind = typed.words("kind");
    let rules = (kind == "rules").then(|| rules_of(typed)).transpose()?;
    let options = (1..=3).map(|n| typed.words(&format!("option{n}")));
    let moved = DecisionMoved {
        subject: typed.words("subject"),
        title: typed.words("title"),
        short: typed.words("short"),
        effects: typed.words("effects"),
        money: money_of(typed)?,
        needs: needs_of(house, typed).await?,
        proposal: proposal_of(house, typed).await?,
        options: options.filter(|option| !option.is_empty()).collect(),
        affects,
        affects_whom: Some(typed.words("affects_whom")).filter(|whom| !whom.is_empty()),
        emergency: typed.on("emergency"),
        promise: promise_of(typed)?,
        rules,
        kind,
        ..DecisionMoved::default()
    };
    Ok(MotionAsked { moved, area: None })
}

fn rules_of(typed: &Typed) -> Result<NewRules, Refusal> {
    Ok(NewRules {
        women_share_min_percent: typed.number("women_share")?,
        attendance_min: typed.number("attendance")?,
        support_min: typed.number("support")?,
        agenda_voices_min: typed.number("voices")?,
    })
}

fn money_of(typed: &Typed) -> Result<Option<Ceiling>, Refusal> {
    if typed.get("amount").is_empty() {
        return Ok(None);
    }
    let currency = typed.get("currency").to_ascii_uppercase();
    let wrong = |_| Refusal::new("decision-money");
    let amount_minor = people::minor_of(typed.get("amount"), &currency).map_err(wrong)?;
    Ok(Some(Ceiling { amount_minor, currency }))
}

/// Needs that were ticked, and those whose numbers were typed: «N-88 90».
async fn needs_of(house: &House, typed: &Typed) -> Result<Vec<Id>, Trouble> {
    let ticked = typed.all("needs").map(str::parse::<Id>);
    let mut all: Vec<Id> = ticked.collect::<Result<_, _>>().map_err(|_| Trouble::NotFound)?;
    for word in typed.get("needs_typed").split([' ', ',', ';']).filter(|word| !word.is_empty()) {
        let unknown = || Refusal::new("decision-need-unknown").naming("what", word);
        let number = numbered(word).ok_or_else(unknown)?;
        let need = needs::by_number(house, number).await?.ok_or_else(unknown)?;
        all.push(need.id);
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

async fn proposal_of(house: &House, typed: &Typed) -> Result<Option<Id>, Trouble> {
    let word = typed.get("proposal");
    if word.is_empty() {
        return Ok(None);
    }
    let unknown = || Refusal::new("decision-need-unknown").naming("what", word);
    let number = numbered(word).ok_or_else(unknown)?;
    let proposal = assemblies::proposal_by_number(house, number).await?.ok_or_else(unknown)?;
    Ok(Some(proposal.id))
}

/// The number in «N-88», «n88» or «88».
fn numbered(word: &str) -> Option<i64> {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
    digits.parse().ok().filter(|n| *n > 0)
}

/// Somebody at the door gives the code of what they said.
pub async fn came(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Moved, Trouble> {
    let id = id.parse::<Id>().map_err(|_| Trouble::NotFound)?;
    let unknown = || Refusal::new("decision-code-unknown").status(404);
    let code = typed.get("code").parse::<Code>().map_err(|_| unknown())?;
    let came = acts::came(&house, id, &code, &actor(&visitor)).await?;
    let numbers: Vec<String> = came.counted.iter().map(|n| format!("D-{n}")).collect();
    let down = numbers.join("+");
    let to = format!("/desk/assemblies/{id}/motions?done=came&hands_down={down}");
    Ok(Moved(visitor.link(&to)))
}
