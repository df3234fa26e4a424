//! What the phone looks like: a plain one with buttons, its messages both ways, and what one may
//! try. It shows nothing that is not on that phone.

use askama::Template;
use page::components::button::{Button, Kind, button};
use page::components::field::{self, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::{Html, Lang, Tongue};
use rooms::door::{House, Shown, Trouble, Visitor};

use super::{DEMO_PHONES, OnScreen, demo_number};

/// Where the phone's own style is; the street's sheet stays as small as it is.
pub(super) const CSS_PATH: &str = "/static/simulator.css";
/// The phone's own style.
pub(super) const CSS: &str = include_str!("../../static/simulator.css");
/// Longest message typed here, in characters: more than four SMS parts.
const WORDS_CHARS_MAX: usize = 600;
/// What one may try: texts that say what each word does, in the order of [`words_of`].
const TRIES: [&str; 6] = [
    "simulator-try-help",
    "simulator-try-code",
    "simulator-try-answer",
    "simulator-try-forget",
    "simulator-try-word",
    "simulator-try-sealed",
];
const KEYS: [(&str, &str); 12] = [
    ("1", ""),
    ("2", "abc"),
    ("3", "def"),
    ("4", "ghi"),
    ("5", "jkl"),
    ("6", "mno"),
    ("7", "pqrs"),
    ("8", "tuv"),
    ("9", "wxyz"),
    ("*", ""),
    ("0", "+"),
    ("#", ""),
];

struct Phone {
    href: Html,
    number: String,
    current: bool,
}

struct Bubble {
    own: bool,
    last: bool,
    words: String,
    about: String,
}

#[derive(Template)]
#[template(path = "pages/simulator.html")]
struct Page<'a> {
    t: Tongue,
    css: &'static str,
    number: &'a str,
    phones: Vec<Phone>,
    bubbles: Vec<Bubble>,
    compose: Html,
    other: Html,
    again: Html,
    tries: Vec<(&'static str, String)>,
    keys: &'static [(&'static str, &'static str)],
    city: String,
    clock: String,
}

/// The page of one phone.
pub(super) fn phone(
    house: &House,
    visitor: &Visitor,
    number: &str,
    screen: &[OnScreen],
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let city = house.city();
    let offset = city.offset_minutes;
    let link = |number: &str| {
        let digits = number.trim_start_matches('+');
        page::html::href(&visitor.link(&format!("/simulator?number=%2B{digits}")))
    };
    let phones = DEMO_PHONES.map(demo_number).map(|phone| Phone {
        href: link(&phone),
        current: phone == number,
        number: phone,
    });
    let bubbles = screen.iter().enumerate().map(|(at, message)| Bubble {
        own: message.own,
        last: at + 1 == screen.len(),
        words: message.words.clone(),
        about: about(t, message, offset),
    });
    let page = Page {
        t,
        css: CSS_PATH,
        number,
        phones: phones.into(),
        bubbles: bubbles.collect(),
        compose: compose(visitor, number),
        other: other(visitor),
        again: link(number),
        tries: words_of(t.lang).into_iter().zip(TRIES.map(|key| t.say(key))).collect(),
        keys: &KEYS,
        city: if city.sms_number.is_empty() { city.name.clone() } else { city.sms_number.clone() },
        clock: t.time_at(house.now_ms(), offset),
    };
    let body = page.render().map_err(Trouble::broken)?;
    Ok(Shown::street(t.say("simulator-title"), Html(body)))
}

/// The words one may send, in a language; every language's words are understood from everybody.
fn words_of(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::En => ["HELP", "K7M4-QX2R", "YES · NO", "ERASE", "WORD sea", "9"],
        Lang::Fr => ["AIDE", "K7M4-QX2R", "OUI · NON", "EFFACER", "MOT mer", "9"],
        Lang::Es => ["AYUDA", "K7M4-QX2R", "SI · NO", "BORRAR", "PALABRA mar", "9"],
        Lang::Ht => ["EDE", "K7M4-QX2R", "WI · NON", "BLIYE", "MO lanmè", "9"],
        Lang::Sw => ["MSAADA", "K7M4-QX2R", "NDIYO · HAPANA", "FUTA", "NENO bahari", "9"],
        Lang::Ar => ["مساعدة", "K7M4-QX2R", "نعم · لا", "امسح", "كلمة بحر", "9"],
    }
}

/// When it was, and how many SMS it takes.
fn about(t: Tongue, message: &OnScreen, offset: i64) -> String {
    let length = words::sms_length(&message.words);
    let parts = i64::try_from(length.parts).unwrap_or(i64::MAX);
    let when = format!("{} {}", t.date_at(message.at_ms, offset), t.time_at(message.at_ms, offset));
    t.with("simulator-about", &[("when", when.as_str().into()), ("parts", parts.into())])
}

fn compose(visitor: &Visitor, number: &str) -> Html {
    let t = visitor.tongue();
    let label = t.say("simulator-words");
    let words = Field {
        name: "words",
        label: &label,
        required: true,
        length_max: Some(WORDS_CHARS_MAX),
        ..Field::default()
    };
    let send = t.say("simulator-send");
    let fields = Html::join([
        field::hidden("number", number),
        field::area(t, &words, 3),
        button(&Button::new(&send, Kind::Main)),
    ]);
    form(t, &Form::post(&visitor.link("/simulator"), visitor.csrf()), &fields)
}

fn other(visitor: &Visitor) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("simulator-other"), t.say("simulator-other-hint"));
    let number = Field {
        name: "number",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(20),
        kind: FieldKind::Phone,
        ..Field::default()
    };
    let fields = Html::join([
        field::line(t, &number),
        field::hidden("lang", t.lang.code()),
        button(&Button::new(&t.say("simulator-take"), Kind::Other)),
    ]);
    form(t, &Form::get("/simulator"), &fields)
}
