//! `/desk/paper`: sheets of paper typed fast, ten at once, by keyboard alone; after keeping, the
//! codes in order, to be written on the sheets. A sheet that cannot be kept stays on the page.

use axum::extract::{Query, State};
use page::calendar::{DAY_MS, HOUR_MS, MINUTE_MS};
use page::components::button::{button, buttons};
use page::components::code;
use page::components::field::{self, Choice, Field, Kind as FieldKind, hidden};
use page::components::form::{Form, form};
use page::components::notice::notice;
use page::components::table::{Column, table};
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{Id, Refusal};
use serde::Deserialize;

use super::parts;
use crate::door::{House, Sent, Shown, Trouble, Visitor};
use crate::voices::{CHOSEN_WORD_CHARS_MAX, Heard, Inbound, hear};

/// Sheets on one screen.
const SHEETS: usize = 10;
/// Longest id of a screen of sheets, in characters.
const STACK_CHARS_MAX: usize = 40;
/// Longest place, in characters.
const PLACE_CHARS_MAX: usize = 200;
/// Longest number as people write it, in characters.
const NUMBER_TYPED_CHARS_MAX: usize = 32;

/// What the address may say: whether these were spoken on the phone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Spoken {
    channel: String,
}

/// One sheet as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sheet {
    words: String,
    place: String,
    number: String,
    word: String,
}

/// A screen of sheets as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stack {
    /// Made when the screen was, so that sending it twice keeps each sheet once.
    id: String,
    channel: &'static str,
    said: String,
    language: String,
    sheets: Vec<Sheet>,
}

impl Stack {
    fn of(pairs: &[(String, String)]) -> Stack {
        let value = |name: &str| {
            let found = pairs.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let sheet = |n: usize| Sheet {
            words: value(&format!("words{n}")),
            place: value(&format!("place{n}")),
            number: value(&format!("number{n}")),
            word: value(&format!("word{n}")),
        };
        Stack {
            id: value("stack").chars().take(STACK_CHARS_MAX).collect(),
            channel: channel_of(&value("channel")),
            said: value("said"),
            language: value("language"),
            sheets: (0..SHEETS).map(sheet).collect(),
        }
    }

    fn fresh(now_ms: i64, channel: &'static str) -> Stack {
        Stack { id: Id::fresh(now_ms).to_string(), channel, ..Stack::default() }
    }
}

fn channel_of(code: &str) -> &'static str {
    if code == "call" { "call" } else { "paper" }
}

/// Ten empty sheets.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Query(spoken): Query<Spoken>,
) -> Result<Shown, Trouble> {
    let stack = Stack::fresh(house.now_ms(), channel_of(&spoken.channel));
    Ok(shown(&visitor, &stack, &[], Html::none()))
}

/// Keeps the sheets that were filled in.
pub async fn keep(
    State(house): State<House>,
    visitor: Visitor,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let stack = Stack::of(&pairs);
    let mut kept: Vec<(usize, Sheet, Heard)> = Vec::new();
    let mut left: Vec<(usize, Refusal)> = Vec::new();
    for (n, sheet) in stack.sheets.iter().enumerate().filter(|(_, s)| **s != Sheet::default()) {
        match keep_one(&house, &visitor, &stack, (n, sheet)).await {
            Ok(heard) => kept.push((n, sheet.clone(), heard)),
            Err(Trouble::Refused(refusal)) => left.push((n, refusal)),
            Err(trouble) => return Err(trouble),
        }
    }
    let codes = codes(t, &kept);
    if left.is_empty() {
        let mut next = Stack::fresh(house.now_ms(), stack.channel);
        // The next ten sheets are mostly of the same day and language.
        (next.said, next.language) = (stack.said, stack.language);
        return Ok(shown(&visitor, &next, &[], codes));
    }
    // Only what was not kept comes back, each where it was.
    let mut again = stack;
    for (n, sheet) in again.sheets.iter_mut().enumerate() {
        if !left.iter().any(|(at, _)| *at == n) {
            *sheet = Sheet::default();
        }
    }
    Ok(shown(&visitor, &again, &left, codes))
}

async fn keep_one(
    house: &House,
    visitor: &Visitor,
    stack: &Stack,
    (n, sheet): (usize, &Sheet),
) -> Result<Heard, Trouble> {
    let some = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    let now = house.now_ms();
    // A sheet has a day and no hour: noon of that day, where the city is, and never the future.
    let noon = |day: i64| day * DAY_MS + 12 * HOUR_MS - house.city().offset_minutes * MINUTE_MS;
    let spoken = stack.channel == "call";
    let inbound = Inbound {
        channel: stack.channel,
        words: sheet.words.clone(),
        number: some(&sheet.number),
        message_id: some(&stack.id).map(|id| ("paper".to_owned(), format!("{id}/{n}"))),
        said_ms: parts::day_sent(&stack.said).map(|day| noon(day).min(now)),
        place: some(&sheet.place),
        chosen_word: some(&sheet.word),
        language: some(&stack.language).filter(|code| words::LANGUAGES.contains(&code.as_str())),
        typed_by: visitor.author(),
        on_behalf: spoken,
        ..Inbound::default()
    };
    hear(house, inbound).await
}

/// The codes in the order of the sheets, with the first words to tell them by.
fn codes(t: Tongue, kept: &[(usize, Sheet, Heard)]) -> Html {
    if kept.is_empty() {
        return Html::none();
    }
    let columns = ["voices-paper-sheet", "voices-paper-code", "voices-paper-words"]
        .map(|key| Column::words(&t.say(key)));
    let rows: Vec<Vec<Html>> = kept
        .iter()
        .map(|(n, sheet, heard)| {
            let number = t.number(i64::try_from(n + 1).unwrap_or(0));
            let words: String = sheet.words.chars().take(40).collect();
            let mut code = code::inline(&heard.code);
            if heard.life_at_risk {
                code.push(&parts::haste(t, 2));
            }
            vec![text(&number), code, Html(format!("<span dir=auto>{}</span>", text(&words)))]
        })
        .collect();
    table(&t.say("voices-paper-kept"), &columns, &rows)
}

fn shown(visitor: &Visitor, stack: &Stack, left: &[(usize, Refusal)], codes: Html) -> Shown {
    let t = visitor.tongue();
    let title =
        t.say(if stack.channel == "call" { "voices-calls-type" } else { "voices-paper-title" });
    let mut body = codes;
    if !left.is_empty() {
        let notes = Notice::new(Tone::Warn, &t.say("voices-paper-left"));
        body.push(&notice(t, &notes));
    }
    let lead = if stack.channel == "call" { "voices-calls-type-lead" } else { "voices-paper-lead" };
    body.push(&parts::line(t, lead));
    let mut fields = Html::join([
        hidden("stack", &stack.id),
        hidden("channel", stack.channel),
        whole_stack(t, stack),
    ]);
    for n in 0..SHEETS {
        let sheet = stack.sheets.get(n).cloned().unwrap_or_default();
        let wrong = left.iter().find(|(at, _)| *at == n).map(|(_, refusal)| refusal);
        fields.push(&one_sheet(t, n, &sheet, wrong));
    }
    let keep = t.say("voices-paper-keep");
    fields.push(&buttons([button(&parts::main_button(&keep))]));
    let to = visitor.link("/desk/paper");
    body.push(&form(t, &Form::post(&to, visitor.csrf()), &fields));
    parts::shown(visitor, &title, &parts::Asked::default(), body)
}

/// What all sheets of a screen share: the day they were written and their language.
fn whole_stack(t: Tongue, stack: &Stack) -> Html {
    let (label, hint) = (t.say("voices-paper-said"), t.say("voices-paper-said-hint"));
    let said = Field {
        name: "said",
        label: &label,
        hint: &hint,
        value: &stack.said,
        kind: FieldKind::Day,
        ..Field::default()
    };
    let (label, none) = (t.say("voices-paper-language"), t.say("voices-paper-language-tell"));
    let names: Vec<String> =
        words::LANGUAGES.iter().map(|code| parts::language_name(t, code)).collect();
    let all = words::LANGUAGES.iter().zip(&names).map(|(code, name)| Choice::new(code, name));
    let all: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none)).chain(all).collect();
    let language =
        Field { name: "language", label: &label, value: &stack.language, ..Field::default() };
    Html::join([field::line(t, &said), field::select(t, &language, &all)])
}

fn one_sheet(t: Tongue, n: usize, sheet: &Sheet, wrong: Option<&Refusal>) -> Html {
    let names = ["words", "place", "number", "word"].map(|name| format!("{name}{n}"));
    let [words_name, place_name, number_name, word_name] = &names;
    let error = wrong.map(|refusal| (refusal.code == "number-wrong", parts::said(t, refusal)));
    let error_at = |number: bool| {
        error.as_ref().filter(|(at, _)| *at == number).map(|(_, words)| words.as_str())
    };
    let shown_n = t.number(i64::try_from(n + 1).unwrap_or(0));
    let legend = t.with("voices-paper-nth", &[("n", shown_n.into())]);
    let [words, place, number, word, word_hint] = ["words", "place", "number", "word", "word-hint"]
        .map(|key| t.say(&format!("voices-paper-{key}")));
    let words = Field {
        name: words_name,
        label: &words,
        error: error_at(false),
        value: &sheet.words,
        ..Field::default()
    };
    let place = Field {
        name: place_name,
        label: &place,
        value: &sheet.place,
        length_max: Some(PLACE_CHARS_MAX),
        ..Field::default()
    };
    let number = Field {
        name: number_name,
        label: &number,
        error: error_at(true),
        value: &sheet.number,
        length_max: Some(NUMBER_TYPED_CHARS_MAX),
        kind: FieldKind::Phone,
        ..Field::default()
    };
    let word = Field {
        name: word_name,
        label: &word,
        hint: &word_hint,
        value: &sheet.word,
        length_max: Some(CHOSEN_WORD_CHARS_MAX),
        ..Field::default()
    };
    Html(format!(
        "<div class=card><fieldset class=f><legend>{}</legend>{}<div class=cards>{}{}{}</div>\
         </fieldset></div>",
        text(&legend),
        field::area(t, &words, 2),
        field::line(t, &place),
        field::line(t, &number),
        field::line(t, &word),
    ))
}
