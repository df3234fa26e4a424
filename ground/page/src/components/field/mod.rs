//! Things to fill in: words, long words, one of several, yes. Each with its label, what it is
//! for, and what is wrong with it.
//!
//! Never: a placeholder never stands for a label; an optional field never hides that it is
//! optional; no field asks for what the page does not need.

use crate::components::Example;
use crate::components::icon::{Icon, icon};
use crate::html::{Html, attribute, text};
use crate::tongue::Tongue;

/// What every field has.
#[derive(Clone, Debug, Default)]
pub struct Field<'a> {
    /// The name it is sent under; also its id in the page, so unique there. ASCII, ours.
    pub name: &'a str,
    /// What to fill in.
    pub label: &'a str,
    /// What it is used for. Empty for none.
    pub hint: &'a str,
    /// What is wrong with what was sent, and what to do.
    pub error: Option<&'a str>,
    /// What was filled in before. A form never loses a person's words.
    pub value: &'a str,
    /// Whether the form cannot do without it; all other fields say that they may stay empty.
    pub required: bool,
    /// The longest value taken, in characters.
    pub length_max: Option<usize>,
    /// What kind of text a phone's keyboard should offer.
    pub kind: Kind,
    /// The browser's autofill name (`username`, `current-password`, …); off when `None`.
    pub autocomplete: Option<&'a str>,
}

/// What kind of text a field takes.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub enum Kind {
    /// Words.
    #[default]
    Words,
    /// Whole numbers.
    Number,
    /// A phone number.
    Phone,
    /// A passphrase, hidden while typed.
    Secret,
    /// A code: capitals, no corrections.
    Code,
    /// A day.
    Day,
    /// Words to look for.
    Search,
}

impl Kind {
    fn attributes(self) -> &'static str {
        match self {
            Kind::Words => "type=text",
            Kind::Number => "type=text inputmode=numeric pattern=\"[0-9]*\"",
            Kind::Phone => "type=tel",
            Kind::Secret => "type=password",
            Kind::Code => {
                "type=text class=code-in autocapitalize=characters spellcheck=false dir=ltr"
            }
            Kind::Day => "type=date",
            Kind::Search => "type=search",
        }
    }
}

/// One of several answers.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What is shown.
    pub label: &'a str,
    /// A picture beside it (radio groups only).
    pub icon: Option<Icon>,
}

impl<'a> Choice<'a> {
    /// A choice without a picture.
    pub fn new(value: &'a str, label: &'a str) -> Choice<'a> {
        Choice { value, label, icon: None }
    }
}

/// One line of text.
pub fn line(t: Tongue, field: &Field<'_>) -> Html {
    let input = format!(
        "<input {} value=\"{}\"{}>",
        field.kind.attributes(),
        text(field.value),
        common(field)
    );
    around(t, field, &input)
}

/// Several lines of text. `rows` is the height to begin with.
pub fn area(t: Tongue, field: &Field<'_>, rows: u8) -> Html {
    // A line break right after the tag would be swallowed, so one is given to be swallowed.
    let input = format!(
        "<textarea rows={rows} dir=auto{}>\n{}</textarea>",
        common(field),
        text(field.value)
    );
    around(t, field, &input)
}

/// A file from the phone or computer, in a form that carries one. It offers every kind of file:
/// phones grey out what they do not know by name.
pub fn file(t: Tongue, field: &Field<'_>) -> Html {
    around(t, field, &format!("<input type=file{}>", common(field)))
}

/// One of many, in a list that opens. The first choice may have an empty value: "not said".
pub fn select(t: Tongue, field: &Field<'_>, choices: &[Choice<'_>]) -> Html {
    let options: String = choices
        .iter()
        .map(|choice| {
            let chosen = if choice.value == field.value { " selected" } else { "" };
            let (value, label) = (text(choice.value), text(choice.label));
            format!("<option value=\"{value}\"{chosen}>{label}</option>")
        })
        .collect();
    around(t, field, &format!("<select{}>{options}</select>", common(field)))
}

/// One of a few, all to be seen at once.
pub fn radios(t: Tongue, field: &Field<'_>, choices: &[Choice<'_>]) -> Html {
    let name = text(field.name);
    let required = if field.required { " required" } else { "" };
    let all: String = choices
        .iter()
        .map(|choice| {
            let chosen = if choice.value == field.value { " checked" } else { "" };
            let picture = choice.icon.map(icon).unwrap_or_default();
            let (value, label) = (text(choice.value), text(choice.label));
            format!(
                "<label class=pick><input type=radio name=\"{name}\" value=\"{value}\"\
                 {chosen}{required}>{picture}<span>{label}</span></label>"
            )
        })
        .collect();
    let (described, parts) = described(t, field);
    Html(format!(
        "<fieldset class=\"f{}\"{described}><legend>{}{}</legend>{parts}\
         <div class=picks>{all}</div></fieldset>",
        if field.error.is_some() { " wrong" } else { "" },
        text(field.label),
        optional(t, field),
    ))
}

/// Yes, or left alone. `field.value` of `yes` is a tick.
pub fn tick(t: Tongue, field: &Field<'_>) -> Html {
    let chosen = if field.value == "yes" { " checked" } else { "" };
    let (_, parts) = described(t, field);
    Html(format!(
        "<div class=\"f{}\"><label class=pick><input type=checkbox value=yes{chosen}{}>\
         <span>{}</span></label>{parts}</div>",
        if field.error.is_some() { " wrong" } else { "" },
        common(field),
        text(field.label),
    ))
}

/// A value sent unseen.
pub fn hidden(name: &str, value: &str) -> Html {
    Html(format!("<input type=hidden name=\"{}\" value=\"{}\">", text(name), text(value)))
}

fn around(t: Tongue, field: &Field<'_>, input: &str) -> Html {
    let (_, parts) = described(t, field);
    Html(format!(
        "<div class=\"f{}\"><label for=\"{}\">{}{}</label>{parts}{input}</div>",
        if field.error.is_some() { " wrong" } else { "" },
        text(field.name),
        text(field.label),
        optional(t, field),
    ))
}

/// The attributes every input has. Starts with a space.
fn common(field: &Field<'_>) -> String {
    let name = text(field.name);
    let length = field.length_max.map(|n| format!(" maxlength={n}")).unwrap_or_default();
    let mut out = format!(" id=\"{name}\" name=\"{name}\"{length}");
    if field.required {
        out.push_str(" required");
    }
    out.push_str(&attribute("autocomplete", field.autocomplete.or(Some("off"))));
    out.push_str(&described_by(field));
    out
}

fn described_by(field: &Field<'_>) -> String {
    let name = text(field.name);
    let wrong = field.error.map(|_| format!("{name}-wrong"));
    let hint = (!field.hint.is_empty()).then(|| format!("{name}-hint"));
    let ids: Vec<String> = wrong.into_iter().chain(hint).collect();
    let invalid = if field.error.is_some() { " aria-invalid=true" } else { "" };
    if ids.is_empty() {
        return String::new();
    }
    format!(" aria-describedby=\"{}\"{invalid}", ids.join(" "))
}

/// The attribute that points at the hint and the error, and the two themselves.
fn described(t: Tongue, field: &Field<'_>) -> (String, Html) {
    let name = text(field.name);
    let mut parts = Html::none();
    if !field.hint.is_empty() {
        let hint = text(field.hint);
        parts.push(&Html(format!("<p class=hint id=\"{name}-hint\">{hint}</p>")));
    }
    if let Some(error) = field.error {
        parts.push(&Html(format!(
            "<p class=error id=\"{name}-wrong\">{}<span><b>{}</b> {}</span></p>",
            icon(Icon::No),
            text(&t.say("field-wrong")),
            text(error)
        )));
    }
    let aria = described_by(field).replace(" aria-invalid=true", "");
    (aria, parts)
}

fn optional(t: Tongue, field: &Field<'_>) -> Html {
    if field.required {
        return Html::none();
    }
    Html(format!(" <small>{}</small>", text(&t.say("field-optional"))))
}

/// Every kind of field, one of them wrong.
pub fn examples(t: Tongue) -> Vec<Example> {
    let (label, hint) = (t.say("example-words"), t.say("example-words-hint"));
    let words = Field {
        name: "kit-words",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(2_000),
        ..Field::default()
    };
    let (place, wrong) = (t.say("example-place"), t.say("example-place-wrong"));
    let place = Field { name: "kit-place", label: &place, error: Some(&wrong), ..words.clone() };
    let (call, call_hint) = (t.say("example-call"), t.say("example-call-hint"));
    let call = Field {
        name: "kit-phone",
        label: &call,
        hint: &call_hint,
        kind: Kind::Phone,
        ..Field::default()
    };
    let (about, water, food, other) = (
        t.say("example-about"),
        t.say("example-water"),
        t.say("example-food"),
        t.say("example-other"),
    );
    let choices = [
        Choice { icon: Some(Icon::Water), ..Choice::new("water", &water) },
        Choice { icon: Some(Icon::Food), ..Choice::new("food", &food) },
        Choice { icon: Some(Icon::Other), ..Choice::new("other", &other) },
    ];
    let about = Field { name: "kit-about", label: &about, value: "water", ..Field::default() };
    let listed = Field { name: "kit-list", ..about.clone() };
    let (agree, agree_hint) = (t.say("example-agree"), t.say("example-agree-hint"));
    let agree = Field { name: "kit-agree", label: &agree, hint: &agree_hint, ..Field::default() };
    vec![
        Example::new("long words", area(t, &words, 4)),
        Example::new("a line that is wrong", line(t, &place)),
        Example::new("optional, for a phone number", line(t, &call)),
        Example::new("one of a few", radios(t, &about, &choices)),
        Example::new("one of many", select(t, &listed, &choices)),
        Example::new("a tick", tick(t, &agree)),
        Example::new("a file", file(t, &Field { name: "kit-file", ..listed })),
    ]
}
