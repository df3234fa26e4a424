//! What is done with care: what is held, the way to the trained people, the one look at a number,
//! and what a person asks for at the desk. Each act says what it does before it does it.

use page::components::button::{Button, Kind, button, buttons};
use page::components::field::{self, Field, Kind as FieldKind, hidden};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::notice::notice;
use page::frame::Tone;
use page::{Html, Notice, text};

use super::parts;
use crate::door::{House, Role, Visitor};
use crate::voices::rules::LINE_CHARS_MAX;
use crate::voices::{CHOSEN_WORD_CHARS_MAX, CODE_SYMBOLS, Voice};

/// The one key that moves a voice to the trained people.
const KEY_SEAL: char = 'x';
/// Longest code as people type it, with blanks.
const CODE_TYPED_CHARS_MAX: usize = 2 * CODE_SYMBOLS;

/// What stands above all else: what is held, the way to the trained people, the number.
pub fn first(house: &House, visitor: &Visitor, voice: &Voice) -> Html {
    let t = visitor.tongue();
    let mut all = Html::none();
    if voice.held {
        let held = Notice::new(Tone::Warn, &t.say("voices-held-note"));
        all.push(&notice(t, &held));
        let release = t.say("voices-release");
        let to = format!("/desk/voices/{}/release", voice.id);
        all.push(&parts::act(visitor, &to, Html::none(), &parts::other_button(&release)));
    }
    let seal = t.say("voices-seal");
    let pressed =
        Button { key: Some(KEY_SEAL), icon: Some(Icon::Lock), ..Button::new(&seal, Kind::Grave) };
    let to = format!("/desk/voices/{}/seal", voice.id);
    let inside = Html::join([
        parts::act(visitor, &to, Html::none(), &pressed),
        parts::soft(&text(&t.say("voices-seal-note"))),
    ]);
    all.push(&inside);
    if voice.urgency == 2 && voice.reachable && !voice.number_seen {
        all.push(&number_form(house, visitor, voice));
    }
    all
}

fn number_form(house: &House, visitor: &Visitor, voice: &Voice) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("voices-number-reason"), t.say("voices-number-reason-hint"));
    let reason = Field {
        name: "reason",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(LINE_CHARS_MAX),
        ..Field::default()
    };
    let see = t.say("voices-number-see");
    let to = format!("/desk/voices/{}/number", voice.id);
    let number = house.city().emergency.clone();
    let first = t.html("voices-number-first", &[("emergency", number.into())]);
    let inside = Html::join([
        Html(format!("<p>{first}</p>")),
        parts::act(visitor, &to, field::line(t, &reason), &Button::new(&see, Kind::Grave)),
    ]);
    parts::folded(&t.say("voices-number-title"), &inside)
}

/// What a person asks for who stands at the desk: to say that it arrived or not, to take back their
/// consent, to be forgotten.
pub fn last(visitor: &Visitor, voice: &Voice) -> Html {
    let t = visitor.tongue();
    let mut all = parts::part(t, "voices-person-title");
    if visitor.is(Role::FocalPoint) && voice.asked_ms.is_some() {
        all.push(&confirm_form(visitor, voice));
    }
    if voice.status != "withdrawn" {
        all.push(&consent_form(visitor, voice));
    }
    all.push(&erase_form(visitor, voice));
    all
}

/// Whether some of the words may be shown in public: only the person says so, and a member writes
/// down what they said.
fn consent_form(visitor: &Visitor, voice: &Voice) -> Html {
    let t = visitor.tongue();
    let (value, key, now) = if voice.consented {
        ("no", "voices-consent-no", "voices-consent-given")
    } else {
        ("yes", "voices-consent-yes", "voices-consent-not-given")
    };
    let label = t.say(key);
    let to = format!("/desk/voices/{}/consent", voice.id);
    let fields = Html::join([parts::line(t, now), hidden("answer", value)]);
    let inside = parts::act(visitor, &to, fields, &parts::other_button(&label));
    parts::folded(&t.say("voices-consent"), &inside)
}

fn confirm_form(visitor: &Visitor, voice: &Voice) -> Html {
    let t = visitor.tongue();
    let (yes, no) = (t.say("voices-confirm-yes"), t.say("voices-confirm-no"));
    let pressed = [("yes", &yes), ("no", &no)].map(|(value, label)| {
        button(&Button { sends: Some(("answer", value)), ..Button::new(label, Kind::Other) })
    });
    let to = visitor.link(&format!("/desk/voices/{}/confirm", voice.id));
    let fields = Html::join([parts::line(t, "voices-confirm-note"), buttons(pressed)]);
    let inside = form(t, &Form::post(&to, visitor.csrf()), &fields);
    parts::folded(&t.say("voices-confirm"), &inside)
}

fn erase_form(visitor: &Visitor, voice: &Voice) -> Html {
    let t = visitor.tongue();
    let (label, hint) = (t.say("voices-erase-code"), t.say("voices-erase-code-hint"));
    let code = Field {
        name: "code",
        label: &label,
        hint: &hint,
        required: true,
        length_max: Some(CODE_TYPED_CHARS_MAX),
        kind: FieldKind::Code,
        ..Field::default()
    };
    let (label, hint) = (t.say("voices-erase-word"), t.say("voices-erase-word-hint"));
    let word = Field {
        name: "word",
        label: &label,
        hint: &hint,
        length_max: Some(CHOSEN_WORD_CHARS_MAX),
        ..Field::default()
    };
    let mut fields = Html::join([field::line(t, &code), field::line(t, &word)]);
    if visitor.is(Role::FocalPoint) {
        let label = t.say("voices-erase-present");
        let present = Field { name: "present", label: &label, ..Field::default() };
        fields.push(&field::tick(t, &present));
    } else {
        fields.push(&hidden("present", ""));
    }
    let (withdraw, erase) = (t.say("voices-withdraw"), t.say("voices-erase"));
    let pressed = [("withdraw", &withdraw, Kind::Other), ("erase", &erase, Kind::Grave)].map(
        |(value, label, kind)| {
            button(&Button { sends: Some(("what", value)), ..Button::new(label, kind) })
        },
    );
    fields.push(&parts::soft(&text(&t.say("voices-erase-note"))));
    fields.push(&buttons(pressed));
    let to = visitor.link(&format!("/desk/voices/{}/erase", voice.id));
    let inside = form(t, &Form::post(&to, visitor.csrf()), &fields);
    parts::folded(&t.say("voices-erase-title"), &inside)
}
