//! Answering: what was said to the person before, and the form for what is said now. The person
//! reads exactly these words, and so can anyone with the code: the form says so.

use page::calendar::DAY_MS;
use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Choice, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::timeline::{Event, timeline};
use page::{Html, Tongue, text};

use super::parts;
use crate::door::{House, Trouble, Visitor};
use crate::people;
use crate::voices::rules::{ANSWER_CHARS_MAX, LINE_CHARS_MAX, OUTCOMES};
use crate::voices::{Voice, queries};

/// The key that goes to the words of the answer.
const KEY_WORDS: char = 'w';
/// The keys of the outcomes, in their order.
const OUTCOME_KEYS: [char; 5] = ['1', '2', '3', '4', '5'];
/// Bodies offered to choose from.
const BODIES_LISTED_MAX: usize = 200;

/// All answers so far.
pub async fn answers(house: &House, t: Tongue, voice: &Voice) -> Result<Html, Trouble> {
    let all = queries::answers(house, voice.id).await?;
    if all.is_empty() {
        return Ok(Html::none());
    }
    let by: Vec<record::Id> = all.iter().filter_map(|answer| answer.by).collect();
    let names = people::member_names(house, &by).await?;
    let events: Vec<Event> = all
        .iter()
        .map(|answer| {
            let who = answer.by.and_then(|id| names.get(&id)).cloned();
            let who = who.unwrap_or_else(|| t.say("voices-by-desk"));
            let outcome = parts::outcome_name(t, &answer.answered.outcome);
            let body = answer.answered.body.as_deref().map(|body| format!(" ({body})"));
            let due = answer.answered.due_day.map(|day| {
                let day = t.weekday_at(day * DAY_MS, 0);
                format!(" · {}", t.with("voices-due", &[("day", day.into())]))
            });
            let words = answer.words.clone().unwrap_or_else(|| t.say("voices-no-words"));
            let head = [outcome, body.unwrap_or_default(), due.unwrap_or_default()].concat();
            Event {
                when: format!("{} · {who}", parts::age(t, house, answer.at_ms)),
                icon: Icon::Speak,
                words: Html(format!(
                    "<b>{}</b><br><span dir=auto>{}</span>",
                    text(&head),
                    text(&words)
                )),
            }
        })
        .collect();
    Ok(Html::join([parts::part(t, "voices-answers"), timeline(&events)]))
}

/// The form. Each outcome is a button with its key: the words first, then what they mean.
pub async fn answer_form(house: &House, visitor: &Visitor, voice: &Voice) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let (label, hint) = (t.say("voices-answer-words"), words_hint(t, voice));
    let words = Field {
        name: "words",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(ANSWER_CHARS_MAX),
        ..Field::default()
    };
    let (label, hint) = (t.say("voices-answer-due"), t.say("voices-answer-due-hint"));
    let due =
        Field { name: "due", label: &label, hint: &hint, kind: FieldKind::Day, ..Field::default() };
    let names = OUTCOMES.map(|outcome| parts::outcome_name(t, outcome));
    let outcomes = OUTCOMES.iter().zip(&names).zip(OUTCOME_KEYS).map(|((outcome, name), key)| {
        button(&Button {
            sends: Some(("outcome", outcome)),
            key: Some(key),
            ..Button::new(name, Kind::Other)
        })
    });
    let fields = Html::join([
        parts::keyed(field::area(t, &words, 3), "textarea", KEY_WORDS),
        field::line(t, &due),
        body_fields(house, t).await?,
        parts::line(t, "voices-answer-then"),
        buttons(outcomes),
    ]);
    let to = visitor.link(&format!("/desk/voices/{}/answer", voice.id));
    let keys = t.with("voices-answer-keys", &[("key", KEY_WORDS.to_string().into())]);
    Ok(Html::join([
        parts::part(t, "voices-answer-title"),
        parts::soft(&text(&keys)),
        form(t, &Form::post(&to, visitor.csrf()), &fields),
    ]))
}

fn words_hint(t: Tongue, voice: &Voice) -> String {
    let most = i64::try_from(ANSWER_CHARS_MAX).unwrap_or(i64::MAX);
    let language = parts::language_name(t, &voice.language);
    t.with("voices-answer-words-hint", &[("most", most.into()), ("language", language.into())])
}

/// "Not ours" must say whose: one of the bodies, or a name.
async fn body_fields(house: &House, t: Tongue) -> Result<Html, Trouble> {
    let bodies = people::bodies(house).await?;
    let none = t.say("voices-not-said");
    let all = bodies.iter().take(BODIES_LISTED_MAX).map(|b| Choice::new(&b.name, &b.name));
    let all: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none)).chain(all).collect();
    let (label, hint) = (t.say("voices-answer-body"), t.say("voices-answer-body-hint"));
    let shape = Field { name: "body", label: &label, hint: &hint, ..Field::default() };
    let mut fields = if bodies.is_empty() { Html::none() } else { field::select(t, &shape, &all) };
    let label = t.say("voices-answer-body-other");
    let other = Field {
        name: "body_other",
        label: &label,
        length_max: Some(LINE_CHARS_MAX),
        ..Field::default()
    };
    fields.push(&field::line(t, &other));
    Ok(fields)
}
