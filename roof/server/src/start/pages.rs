//! What the start asks, page by page, until there is a steward. Everything goes by forms that work
//! without a script; what was typed comes back when something is wrong. It never shows a passphrase
//! again, and the recovery sheet only to the steward it was made for.

use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::card;
use page::components::field::{self, Choice, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::{Html, Lang, Tongue, text};
use record::Refusal;
use rooms::door::{House, Shown, Visitor};
use rooms::places::{self, Imported, NAME_CHARS_MAX, Outline};

use super::countries::COUNTRIES;
use super::{Asking, Filled, PATH};

/// Steps that are counted at the top of a page.
const STEPS: i64 = 6;
/// Minutes east of UTC at which clocks on land stand.
const OFFSETS: [i64; 38] = [
    -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120,
    180, 210, 240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765,
    780, 840,
];
/// Refused features told one by one.
const TOLD_MAX: usize = 20;

/// A page of the start with its step.
pub(super) fn framed(t: Tongue, step: i64, title: &str, body: Html) -> Shown {
    let said = t.say(title);
    let count = t.with("start-step", &[("n", step.into()), ("all", STEPS.into())]);
    let head = Html(format!("<p class=soft>{}</p><h1>{}</h1>", text(&count), text(&said)));
    Shown::street(said, Html::join([head, body]))
}

pub(super) fn line(t: Tongue, key: &str) -> Html {
    Html(format!("<p>{}</p>", text(&t.say(key))))
}

/// A form of a step: its fields, and the button that does it.
pub(super) fn step_form(visitor: &Visitor, step: &str, fields: Html, label: &str) -> Html {
    let t = visitor.tongue();
    let inner = Html::join([
        field::hidden("step", step),
        fields,
        buttons([button(&Button {
            icon: Some(Icon::Next),
            ..Button::new(&t.say(label), Kind::Main)
        })]),
    ]);
    form(t, &Form::post(&visitor.link(PATH), visitor.csrf()), &inner)
}

/// A line of a form: name, and whether it must be filled in. Label and hint are texts by its name.
pub(super) fn asked(t: Tongue, name: &str, value: &str, required: bool, kind: FieldKind) -> Html {
    let (label, hint) = (t.say(&format!("start-{name}")), format!("start-{name}-hint"));
    let hint = if t.has(&hint) { t.say(&hint) } else { String::new() };
    let secret = kind == FieldKind::Secret;
    let field = Field {
        name,
        label: &label,
        hint: &hint,
        value,
        required,
        length_max: Some(NAME_CHARS_MAX),
        kind,
        autocomplete: secret.then_some("new-password"),
        ..Field::default()
    };
    field::line(t, &field)
}

/// The start key is asked for.
pub(super) fn key(visitor: &Visitor) -> Shown {
    let t = visitor.tongue();
    let fields = asked(t, "key", "", true, FieldKind::Code);
    let body = Html::join([
        line(t, "start-key-lead"),
        step_form(visitor, "key", fields, "start-next"),
        line(t, "start-key-where"),
    ]);
    framed(t, 1, "start-key-title", body)
}

/// The first page: language, and whether to look or to begin.
pub(super) fn welcome(visitor: &Visitor) -> Shown {
    let t = visitor.tongue();
    let languages = Lang::ALL.map(|lang| {
        let to = page::html::href(&format!("{PATH}?lang={}", lang.code()));
        let current = if lang == t.lang { " aria-current=true" } else { "" };
        Html(format!(
            "<a class=b href=\"{to}\" lang={} dir={}{current}>{}</a>",
            lang.code(),
            lang.dir(),
            text(lang.own_name())
        ))
    });
    let door = |icon, step: &str, name: &str| {
        let to = visitor.link(&format!("{PATH}?step={step}"));
        let about = t.say(&format!("start-{name}-about"));
        card::door(icon, &to, &t.say(&format!("start-{name}")), &about)
    };
    let body = Html::join([
        Html(format!("<p class=lead>{}</p>", text(&t.say("start-lead")))),
        Html(format!("<h2>{}</h2>", text(&t.say("start-language")))),
        buttons(languages),
        Html(format!("<h2>{}</h2>", text(&t.say("start-which")))),
        door(Icon::Shelter, "city", "own"),
        Html("<p></p>".to_owned()),
        door(Icon::Search, "demo", "demo"),
    ]);
    framed(t, 1, "start-title", body)
}

/// How the demo city is opened: by a command of its own, so that nothing invented is ever mixed
/// into a real city's data.
pub(super) fn demo(visitor: &Visitor) -> Shown {
    let t = visitor.tongue();
    let body = Html::join([
        line(t, "start-demo-how"),
        command("baraza demo"),
        line(t, "start-demo-apart"),
        buttons([link_button(
            &visitor.link(PATH),
            &t.say("start-back"),
            Kind::Other,
            Some(Icon::Back),
        )]),
    ]);
    framed(t, 1, "start-demo", body)
}

/// A command to be typed.
pub(super) fn command(line: &str) -> Html {
    Html(format!("<p dir=ltr><code class=mono>{}</code></p>", text(line)))
}

/// The city's own facts.
pub(super) fn city(visitor: &Visitor, filled: &Filled) -> Shown {
    let t = visitor.tongue();
    let value = |name: &str, otherwise: &str| match filled.get(name) {
        "" => otherwise.to_owned(),
        typed => typed.to_owned(),
    };
    let countries: Vec<Choice<'_>> = std::iter::once(Choice::new("", ""))
        .chain(COUNTRIES.iter().map(|(code, name)| Choice::new(code, name)))
        .collect();
    let offsets = OFFSETS.map(|minutes| (minutes.to_string(), offset_name(minutes)));
    let offsets: Vec<Choice<'_>> =
        offsets.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let languages: Vec<Choice<'_>> =
        Lang::ALL.iter().map(|lang| Choice::new(lang.code(), lang.own_name())).collect();
    let ticks = Lang::ALL.map(|lang| {
        let name = format!("lang-{}", lang.code());
        let value = if filled.get(&name).is_empty() { "" } else { "yes" };
        field::tick(t, &Field { name: &name, label: lang.own_name(), value, ..Field::default() })
    });
    let select = |name: &str, value: &str, choices: &[Choice<'_>]| {
        let (label, hint) = (t.say(&format!("start-{name}")), t.say(&format!("start-{name}-hint")));
        let field =
            Field { name, label: &label, hint: &hint, value, required: true, ..Field::default() };
        field::select(t, &field, choices)
    };
    let fields = Html::join([
        asked(t, "name", filled.get("name"), true, FieldKind::Words),
        select("country", filled.get("country"), &countries),
        asked(t, "emergency", &value("emergency", ""), true, FieldKind::Phone),
        select("first", &value("first", t.lang.code()), &languages),
        Html(format!("<fieldset class=f><legend>{}</legend>", text(&t.say("start-languages")))),
        Html::join(ticks),
        Html("</fieldset>".to_owned()),
        select("offset", &value("offset", "0"), &offsets),
    ]);
    framed(t, 2, "start-city-title", step_form(visitor, "city", fields, "start-next"))
}

fn offset_name(minutes: i64) -> String {
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// The areas: from a file, drawn, or left for later.
pub(super) fn areas(visitor: &Visitor, pasted: &str) -> Shown {
    let t = visitor.tongue();
    let heading = |key: &str| Html(format!("<h2>{}</h2>", text(&t.say(key))));
    let to = |step: &str, key: &str, picture: Icon| {
        let to = visitor.link(&format!("{PATH}?step={step}"));
        buttons([link_button(&to, &t.say(key), Kind::Other, Some(picture))])
    };
    let file = Html::join([
        field::hidden("step", "areas"),
        places::file_fields(t, pasted),
        buttons([button(&Button {
            icon: Some(Icon::Search),
            ..Button::new(&t.say("places-import-look"), Kind::Main)
        })]),
    ]);
    let here = visitor.link(PATH);
    let shape = Form { carries_file: true, ..Form::post(&here, visitor.csrf()) };
    let body = Html::join([
        line(t, "start-areas-lead"),
        heading("start-areas-file"),
        form(t, &shape, &file),
        line(t, "start-areas-large"),
        command("baraza init --help"),
        heading("start-areas-draw"),
        line(t, "start-areas-draw-about"),
        to("draw", "start-areas-draw", Icon::Map),
        heading("start-areas-skip"),
        line(t, "start-areas-skip-about"),
        to("steward", "start-areas-skip", Icon::Next),
    ]);
    framed(t, 3, "start-areas-title", body)
}

/// What the properties of the file mean.
pub(super) fn choose(asking: &Asking) -> Shown {
    let visitor = &asking.visitor;
    let t = visitor.tongue();
    match places::choose_fields(t, &asking.house) {
        Ok(fields) => {
            let body = step_form(visitor, "areas-choose", fields, "places-import");
            framed(t, 3, "places-choose-title", body)
        }
        // Another process, or a restart in between: the file is asked for once more.
        Err(_) => areas(visitor, ""),
    }
}

/// An area drawn by its corners: looked at first, then kept.
pub(super) fn draw(asking: &Asking, filled: &Filled, looked: Option<Outline>) -> Shown {
    let visitor = &asking.visitor;
    let t = visitor.tongue();
    let kept = looked.as_ref().map(|_| "official");
    let typed = (filled.get("name"), filled.raw("corners"));
    let fields = Html::join([
        field::hidden("step", "draw"),
        places::drawing_fields(t, typed, Html::none(), kept),
    ]);
    let picture = looked.map(|outline| {
        places::outline_picture(t, &asking.house, outline, places::Source::Official)
    });
    let back =
        link_button(&visitor.link(PATH), &t.say("start-back"), Kind::Other, Some(Icon::Back));
    let body = Html::join([
        line(t, "start-areas-draw-about"),
        picture.unwrap_or_default(),
        form(t, &Form::post(&visitor.link(PATH), visitor.csrf()), &fields),
        buttons([back]),
    ]);
    framed(t, 3, "start-areas-draw", body)
}

/// An area is kept: another, or on.
pub(super) fn drawn(asking: &Asking, name: &str) -> Shown {
    let visitor = &asking.visitor;
    let t = visitor.tongue();
    let n = i64::try_from(places::atlas(&asking.house).areas().len()).unwrap_or(i64::MAX);
    let told = t.html("start-areas-drawn", &[("name", name.into()), ("n", n.into())]);
    let to = |step: &str| visitor.link(&format!("{PATH}?step={step}"));
    let body = Html::join([
        Html(format!("<p class=lead>{told}</p>")),
        buttons([
            link_button(&to("steward"), &t.say("start-next"), Kind::Main, Some(Icon::Next)),
            link_button(&to("draw"), &t.say("start-areas-draw-more"), Kind::Other, Some(Icon::Add)),
        ]),
    ]);
    framed(t, 3, "start-areas-title", body)
}

/// What became of the areas of a file; where some were left out, the choice once more.
pub(super) fn imported(asking: &Asking, done: &Imported) -> Shown {
    let visitor = &asking.visitor;
    let t = visitor.tongue();
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX).into();
    let args = [("new", n(done.new)), ("same", n(done.same)), ("changed", n(done.changed))];
    let on = visitor.link(&format!("{PATH}?step=steward"));
    let mut body = Html::join([
        Html(format!("<p class=lead>{}</p>", t.html("places-imported-counts", &args))),
        buttons([link_button(&on, &t.say("start-next"), Kind::Main, Some(Icon::Next))]),
    ]);
    let say = |refusal: &Refusal, after: &str| {
        let args: Vec<(&str, page::Arg)> =
            refusal.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        t.with(&format!("refused-{}{after}", refusal.code), &args)
    };
    let refused = done.refused.iter().take(TOLD_MAX).map(|(number, refusal)| {
        let why = say(refusal, "");
        let said = t.html("start-area-left-out", &[("n", n(*number)), ("why", why.into())]);
        Html(format!("<li>{said}</li>"))
    });
    let refused = Html::join(refused);
    if let Some((_, first)) = done.refused.first() {
        let more = done.refused.len().saturating_sub(TOLD_MAX);
        let more = match more {
            0 => Html::none(),
            more => Html(format!("<li>{}</li>", t.html("places-more", &[("n", n(more))]))),
        };
        let advice = say(first, "-advice");
        body.push(&Html(format!("<ul>{refused}{more}</ul><p>{}</p>", text(&advice))));
        body.push(&Html(format!("<h2>{}</h2>", text(&t.say("places-choose-again")))));
        if let Ok(fields) = places::choose_fields(t, &asking.house) {
            body.push(&step_form(visitor, "areas-choose", fields, "places-import"));
        }
    }
    framed(t, 3, "start-areas-title", body)
}

/// The first steward.
pub(super) fn steward(visitor: &Visitor, filled: &Filled) -> Shown {
    let t = visitor.tongue();
    let fields = Html::join([
        asked(t, "member", filled.get("member"), true, FieldKind::Words),
        asked(t, "passphrase", "", true, FieldKind::Secret),
        asked(t, "again", "", true, FieldKind::Secret),
    ]);
    let suggested = rooms::people::fresh_passphrase();
    let suggestion = t.html("start-phrase", &[("phrase", suggested.into())]);
    let body = Html::join([
        line(t, "start-steward-lead"),
        Html(format!("<p>{suggestion}</p>")),
        step_form(visitor, "steward", fields, "start-next"),
    ]);
    framed(t, 4, "start-steward-title", body)
}

/// The recovery sheet, to be printed or written down.
pub(super) fn sheet(house: &House, visitor: &Visitor) -> Shown {
    let t = visitor.tongue();
    let group = asked(t, "group", "", true, FieldKind::Code);
    let body = Html::join([
        line(t, "start-sheet-lead"),
        sheet_card(house, t),
        // Paper shows no buttons, and so not this form either.
        Html("<div class=bs>".to_owned()),
        step_form(visitor, "sheet", group, "start-sheet-done"),
        Html("</div>".to_owned()),
    ]);
    framed(t, 4, "start-sheet-title", body)
}

fn sheet_card(house: &House, t: Tongue) -> Html {
    let recovery = house.vault().recovery();
    let groups: String =
        recovery.split('-').map(|group| format!("<b class=mono>{}</b> ", text(group))).collect();
    let city = house.city();
    let made = t.date_at(house.now_ms(), city.offset_minutes);
    let about =
        t.html("start-sheet-of", &[("city", city.name.as_str().into()), ("when", made.into())]);
    Html(format!(
        "<section class=\"card sheet\"><p class=lead>{about}</p><p>{}</p>\
         <p class=lead dir=ltr>{}</p>\
         <p>{}</p>{}<p>{}</p></section>",
        text(&t.say("start-sheet-what")),
        groups.trim_end(),
        text(&t.say("start-sheet-use")),
        command("baraza restore FILE --recovery GROUPS"),
        text(&t.say("start-sheet-keep")),
    ))
}

/// Before the sheet is shown once more, the steward's own passphrase is asked for: an open screen
/// must not be enough.
pub(super) fn sheet_asked(visitor: &Visitor) -> Shown {
    let t = visitor.tongue();
    let (label, back) = (t.say("start-own-passphrase"), visitor.link(PATH));
    let passphrase = Field {
        name: "own-passphrase",
        label: &label,
        required: true,
        kind: FieldKind::Secret,
        autocomplete: Some("current-password"),
        ..Field::default()
    };
    let fields = field::line(t, &passphrase);
    let body = Html::join([
        line(t, "start-sheet-again-lead"),
        step_form(visitor, "sheet-again", fields, "start-sheet-again"),
        buttons([link_button(&back, &t.say("start-back"), Kind::Other, Some(Icon::Back))]),
    ]);
    framed(t, 4, "start-sheet-title", body)
}

/// The sheet once more.
pub(super) fn sheet_again(house: &House, visitor: &Visitor) -> Shown {
    let t = visitor.tongue();
    let back =
        link_button(&visitor.link(PATH), &t.say("start-back"), Kind::Other, Some(Icon::Back));
    framed(t, 4, "start-sheet-title", Html::join([sheet_card(house, t), buttons([back])]))
}
