//! What the rules suggest of a voice, each with its reason in words and one button; and the form in
//! which a person sorts it otherwise. A suggestion changes nothing until somebody presses.

use page::Html;
use page::components::button::Button;
use page::components::card;
use page::components::field::{self, Choice, Field, hidden};
use page::components::number::facts;
use page::{Tongue, text};
use words::{Hint, suggest};

use super::parts;
use crate::door::{House, Visitor};
use crate::places;
use crate::voices::rules::{KINDS, SECTORS};
use crate::voices::{Voice, Words};

/// Sectors that the form asks for.
pub const SECTORS_ASKED: usize = 3;
/// The names of their fields.
pub const SECTOR_FIELDS: [&str; SECTORS_ASKED] = ["sector1", "sector2", "sector3"];
/// The key that takes all suggestions.
const KEY_ACCEPT: char = 'a';

/// One thing suggested: what, why, and the fields that say so.
struct Suggestion {
    name: String,
    why: String,
    fields: Html,
}

/// What the rules suggest; nothing once a person has sorted it.
pub fn suggestions(house: &House, visitor: &Visitor, voice: &Voice, words: &Words) -> Html {
    let t = visitor.tongue();
    let all = found(house, t, voice, words);
    if all.is_empty() || voice.sorted {
        return Html::none();
    }
    let to = format!("/desk/voices/{}/sort", voice.id);
    let take = t.say("voices-accept-one");
    let one = |suggestion: &Suggestion| {
        let why = Html(format!("<p>{}</p>", text(&suggestion.why)));
        let form = parts::act(visitor, &to, suggestion.fields.clone(), &parts::other_button(&take));
        card::card(&suggestion.name, None, &Html::join([why, form]))
    };
    let take_all = t.say("voices-accept-all");
    let take_all = Button { key: Some(KEY_ACCEPT), ..parts::other_button(&take_all) };
    let fields = all.iter().map(|suggestion| suggestion.fields.clone()).collect();
    Html::join([
        parts::part(t, "voices-suggested"),
        parts::soft(&text(&t.say("voices-suggested-note"))),
        parts::act(visitor, &to, fields, &take_all),
        card::cards(all.iter().map(one)),
    ])
}

fn found(house: &House, t: Tongue, voice: &Voice, words: &Words) -> Vec<Suggestion> {
    let suggested = suggest(&words.words, &voice.language);
    let mut all = Vec::new();
    if let Some(hint) = &suggested.kind {
        let what = parts::kind_name(t, hint.value);
        all.push(told(t, "voices-suggest-kind", what, hint, hidden("kind", hint.value)));
    }
    if let Some(hint) = suggested.life_at_risk.as_ref().or(suggested.urgency.as_ref()) {
        let level = match hint.value {
            "life_at_risk" => "2",
            "urgent" => "1",
            _ => "0",
        };
        let what = t.say(&format!("voices-urgency-{}", hint.value));
        all.push(told(t, "voices-suggest-urgency", what, hint, hidden("urgency", level)));
    }
    let mut sectors = hidden("with_sectors", "yes");
    let mut said: Vec<(String, String)> = Vec::new();
    for (name, hint) in SECTOR_FIELDS.iter().zip(&suggested.sectors) {
        sectors.push(&hidden(name, hint.value));
        said.push((parts::sector_name(t, hint.value), parts::why(t, &hint.reason)));
    }
    if let Some((_, why)) = said.first() {
        let what = said.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        let name = t.with("voices-suggest-sectors", &[("what", what.into())]);
        let why = if let [_] = said.as_slice() {
            why.clone()
        } else {
            let each = |(name, why): &(String, String)| format!("{name}: {why}");
            said.iter().map(each).collect::<Vec<_>>().join("; ")
        };
        all.push(Suggestion { name, why, fields: sectors });
    }
    all.extend(place(house, t, voice, words));
    all
}

fn told(t: Tongue, key: &str, what: String, hint: &Hint, fields: Html) -> Suggestion {
    let name = t.with(key, &[("what", what.into())]);
    Suggestion { name, why: parts::why(t, &hint.reason), fields }
}

/// The area that the place or the words name, unless it was chosen.
fn place(house: &House, t: Tongue, voice: &Voice, words: &Words) -> Option<Suggestion> {
    if voice.area.is_some() && !voice.area_suggested {
        return None;
    }
    let atlas = places::atlas(house);
    let named = words.place.as_deref().and_then(|place| atlas.find(place));
    let (id, reason, _) = named.or_else(|| atlas.find(&words.words))?;
    let what = parts::area_name(house, t, Some(id));
    Some(Suggestion {
        name: t.with("voices-suggest-area", &[("what", what.into())]),
        why: parts::why(t, &reason),
        fields: hidden("area", &id.to_string()),
    })
}

/// The form in which a person says what it is.
pub fn sort_form(house: &House, visitor: &Visitor, voice: &Voice) -> Html {
    let t = visitor.tongue();
    let label = t.say("voices-sort-send");
    let fields = Html::join([
        kind_field(t, voice),
        urgency_field(t, voice),
        sector_fields(t, voice),
        parts::area_field(house, t, voice.area, parts::AREAS_LISTED_MAX),
        language_field(t, voice),
        about_field(house, t, voice),
    ]);
    let to = format!("/desk/voices/{}/sort", voice.id);
    let inside = parts::act(visitor, &to, fields, &parts::other_button(&label));
    let folded = parts::folded(&t.say("voices-sort"), &inside);
    let now = [(t.say("voices-sort-now"), sorted_now(t, voice))];
    let now: Vec<(&str, Html)> = now.iter().map(|(name, v)| (name.as_str(), text(v))).collect();
    Html::join([parts::part(t, "voices-sort-title"), facts(&now), folded])
}

fn sorted_now(t: Tongue, voice: &Voice) -> String {
    if !voice.sorted {
        return t.say("voices-sort-not-yet");
    }
    let kind = voice.kind.as_deref().map(|kind| parts::kind_name(t, kind));
    let sectors = voice.sectors.iter().map(|sector| parts::sector_name(t, sector));
    kind.into_iter().chain(sectors).collect::<Vec<_>>().join(", ")
}

fn kind_field(t: Tongue, voice: &Voice) -> Html {
    let (label, none) = (t.say("voices-sort-kind"), t.say("voices-not-said"));
    let names: Vec<String> = KINDS.iter().map(|kind| parts::kind_name(t, kind)).collect();
    let all = KINDS.iter().zip(&names).map(|(kind, name)| Choice::new(kind, name));
    let all: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none)).chain(all).collect();
    let value = voice.kind.clone().unwrap_or_default();
    field::select(
        t,
        &Field { name: "kind", label: &label, value: &value, ..Field::default() },
        &all,
    )
}

/// The body a complaint is about: its own members stop seeing the voice.
fn about_field(house: &House, t: Tongue, voice: &Voice) -> Html {
    let bodies = house.kept::<places::BodyNames>().unwrap_or_default();
    if bodies.0.is_empty() {
        return Html::none();
    }
    let mut named: Vec<(String, String)> =
        bodies.0.iter().map(|(id, name)| (name.clone(), id.to_string())).collect();
    named.sort();
    let none = t.say("voices-about-nobody");
    let all = named.iter().map(|(name, id)| Choice::new(id, name));
    let all: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none)).chain(all).collect();
    let (label, hint) = (t.say("voices-about"), t.say("voices-about-hint"));
    let value = voice.about.map(|about| about.to_string()).unwrap_or_default();
    let shape =
        Field { name: "about", label: &label, hint: &hint, value: &value, ..Field::default() };
    field::select(t, &shape, &all)
}

fn urgency_field(t: Tongue, voice: &Voice) -> Html {
    let label = t.say("voices-sort-urgency");
    let names = ["ordinary", "urgent", "life_at_risk"]
        .map(|value| t.say(&format!("voices-urgency-{value}")));
    let all: Vec<Choice<'_>> =
        ["0", "1", "2"].iter().zip(&names).map(|(value, name)| Choice::new(value, name)).collect();
    let value = voice.urgency.to_string();
    let shape =
        Field { name: "urgency", label: &label, value: &value, required: true, ..Field::default() };
    field::radios(t, &shape, &all)
}

fn sector_fields(t: Tongue, voice: &Voice) -> Html {
    let none = t.say("voices-not-said");
    let mut named: Vec<(String, &str)> =
        SECTORS.iter().map(|sector| (parts::sector_name(t, sector), *sector)).collect();
    named.sort();
    let all = named.iter().map(|(name, sector)| Choice::new(sector, name));
    let all: Vec<Choice<'_>> = std::iter::once(Choice::new("", &none)).chain(all).collect();
    let mut fields = hidden("with_sectors", "yes");
    for (at, name) in SECTOR_FIELDS.iter().enumerate() {
        let n = i64::try_from(at + 1).unwrap_or(0);
        let label = t.with("voices-sort-sector", &[("n", n.into())]);
        let value = voice.sectors.get(at).cloned().unwrap_or_default();
        let shape = Field { name, label: &label, value: &value, ..Field::default() };
        fields.push(&field::select(t, &shape, &all));
    }
    fields
}

fn language_field(t: Tongue, voice: &Voice) -> Html {
    let label = t.say("voices-sort-language");
    let codes: Vec<&str> = words::LANGUAGES.iter().copied().chain(["und"]).collect();
    let names: Vec<String> = codes.iter().map(|code| parts::language_name(t, code)).collect();
    let all: Vec<Choice<'_>> =
        codes.iter().zip(&names).map(|(code, name)| Choice::new(code, name)).collect();
    let shape = Field {
        name: "language",
        label: &label,
        value: &voice.language,
        required: true,
        ..Field::default()
    };
    field::select(t, &shape, &all)
}
