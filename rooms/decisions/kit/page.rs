//! What the page of the kit holds: all that an evening needs, as data for its script and as words
//! for whoever has none. Nothing in it says who asked for it.

use page::html::text;
use page::{Arg, Tongue, look};
use serde_json::{Map, Value, json};

use super::pages::{SCRIPT, SCRIPT_PATH, STYLE, STYLE_PATH, WORKER, WORKER_PATH};
use super::texts::SCRIPT_TEXTS;
use super::views::Waiting;
use super::{motions, queries, rules};
use crate::decisions::assemblies::{Assembly, Counts, rules_of};
use crate::decisions::resolutions::{Decision, SECRET_ASKED_MIN};
use crate::door::{House, Trouble, Visitor};
use crate::people::{self, Ceiling};

/// All that the script knows of the evening.
///
/// # Errors
/// When the database fails.
pub(super) async fn known(house: &House, t: Tongue, assembly: &Assembly) -> Result<Value, Trouble> {
    let rules = rules_of(house, assembly.body).await?;
    let bodies = people::bodies(house).await?;
    let mandates = people::mandates(house).await?;
    let motions = motions::all(house, assembly.id).await?;
    let waits: Vec<Value> =
        queries::waiting(house, assembly.id).await?.iter().filter_map(waiting).collect();
    let mut subjects: Vec<&str> = mandates
        .iter()
        .filter(|mandate| mandate.body == assembly.body)
        .map(|mandate| mandate.subject.as_str())
        .collect();
    subjects.dedup();
    let names: Vec<Value> =
        bodies.iter().map(|body| json!([body.id.to_string(), body.name])).collect();
    let url = format!("/desk/assemblies/{}/kit", assembly.id);
    Ok(json!({
        "t": said(t),
        "a": assembly.id.to_string(),
        "lang": t.lang.code(),
        "url": url,
        "back": format!("/desk/assemblies/{}?lang={}", assembly.id, t.lang.code()),
        "worker": hashed(WORKER_PATH, &WORKER),
        "files": [
            format!("{url}?lang={}", t.lang.code()),
            look::css().0,
            hashed(STYLE_PATH, STYLE),
            hashed(SCRIPT_PATH, &SCRIPT),
        ],
        "title": assembly.title,
        "place": assembly.place,
        "share": rules.women_share_min_percent,
        "people": rules.attendance_min,
        "secret": SECRET_ASKED_MIN,
        "items": assembly.items.iter().map(|item| item.title.as_str()).collect::<Vec<_>>(),
        "childcare": assembly.childcare,
        "womenFirst": assembly.women_first,
        "women": assembly.women_session.as_ref()
            .map(|(held, words)| json!({ "held": held, "words": words })),
        "opened": assembly.opened_ms.map(|_| json!({
            "chair": assembly.chair_woman,
            "co": assembly.co_chair_woman,
            "why": assembly.exception.clone().unwrap_or_default(),
        })),
        "closed": assembly.closed_ms.is_some(),
        "bodies": names,
        "subjects": subjects,
        "motions": motions.iter().map(|(floor, one)| motion(t, *floor, one)).collect::<Vec<_>>(),
        "pads": pads(assembly, &motions),
        "waits": waits,
        "hidden": house.city().hidden,
    }))
}

/// What a fact that waits says, for whoever looks whether everything came.
fn waiting(one: &Waiting) -> Option<Value> {
    let value: Value = serde_json::from_str(&one.fact).ok()?;
    let (_, fact) = rules::read(&value).ok()?;
    let words: Vec<&str> = fact.said.words().into_iter().filter(|said| !said.is_empty()).collect();
    Some(json!({ "k": value.get("k"), "words": words.join(" · ") }))
}

fn named(floor: Option<u8>, decision: &Decision) -> String {
    floor.map_or_else(|| decision.id.to_string(), |n| format!("floor-{n}"))
}

fn motion(t: Tongue, floor: Option<u8>, one: &Decision) -> Value {
    json!({
        "of": named(floor, one),
        "floor": floor.unwrap_or(0),
        "number": one.number,
        "title": one.title,
        "effects": one.effects,
        "money": one.money.as_ref().map(|money| amount(t, money)),
        "options": one.options,
        "round": one.round,
        "secret": one.secret_asked,
        "conflict": one.conflict.as_ref().map(|said| json!({ "chair": said.chair })),
        "replaced": one.chair_replaced,
        "outcome": one.outcome,
        "promise": one.offered.as_ref().map(|promise| json!({
            "body": promise.body.to_string(),
            "what": promise.what,
            "due_day": promise.due_day,
        })),
    })
}

fn amount(t: Tongue, money: &Ceiling) -> String {
    format!("{} {}", t.number(money.amount_minor / 100), money.currency)
}

/// What was counted live before, by pad and counter, as the script names them.
fn pads(assembly: &Assembly, motions: &[(Option<u8>, Decision)]) -> Value {
    let mut pads = Map::new();
    let people = |counts: &Counts| {
        let mut cells = json!({ "w": counts.women, "m": counts.men, "o": counts.other });
        for (name, n) in ["a0", "a18", "a60"].into_iter().zip(counts.ages.unwrap_or_default()) {
            if let Some(cells) = cells.as_object_mut() {
                cells.insert(name.to_owned(), n.into());
            }
        }
        cells
    };
    for counted in &assembly.counted {
        let of = motions.iter().find(|(_, one)| Some(one.id) == counted.of);
        let pad = match (counted.of, of) {
            (None, _) => "roll".to_owned(),
            (Some(_), Some((floor, one))) => format!("here:{}", named(*floor, one)),
            (Some(_), None) => continue,
        };
        for (n, counts) in [(1, &counted.first), (2, &counted.second)] {
            if let Some(counts) = counts {
                pads.insert(format!("{pad}:{n}"), people(counts));
            }
        }
    }
    for (floor, one) in motions {
        if one.secret_asked > 0 {
            let pad = format!("secret:{}:1", named(*floor, one));
            pads.insert(pad, json!({ "n": one.secret_asked }));
        }
        for count in &one.counts {
            let mut cells = Map::new();
            for tally in &count.tallies {
                let kinds = ["w", "m", "o", "p"].into_iter();
                let ns = [tally.women, tally.men, tally.other, tally.papers];
                for (kind, n) in kinds.zip(ns) {
                    cells.insert(format!("{}.{kind}", tally.choice), n.into());
                }
            }
            let pad = format!("h:{}:{}:{}", named(*floor, one), count.round, count.counter);
            pads.insert(pad, cells.into());
        }
    }
    pads.into()
}

/// A path with the hash of what is there: a phone that keeps it keeps the right one.
fn hashed(path: &str, body: &str) -> String {
    let hash = body
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{path}?v={hash:08x}")
}

/// All texts of the script; what is put in later stands in braces.
fn said(t: Tongue) -> Value {
    let one = |(key, names): &(&str, &[&str])| {
        let args: Vec<(&str, Arg)> =
            names.iter().map(|name| (*name, Arg::from(format!("{{{name}}}")))).collect();
        ((*key).to_owned(), Value::from(t.with(&format!("evening-{key}"), &args)))
    };
    Value::Object(SCRIPT_TEXTS.iter().map(one).collect())
}

/// The page around it.
pub(super) fn document(
    house: &House,
    visitor: &Visitor,
    assembly: &Assembly,
    data: &Value,
) -> String {
    let t = visitor.tongue();
    // Inside a script element only its own end could end it.
    let data = data.to_string().replace('<', "\\u003c");
    let typed = visitor.link(&format!("/desk/assemblies/{}/type", assembly.id));
    let sheet = visitor.link(&format!("/desk/assemblies/{}/sheet", assembly.id));
    let back = visitor.link(&format!("/desk/assemblies/{}", assembly.id));
    let robots = if house.city().hidden { "<meta name=robots content=noindex>" } else { "" };
    format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><link rel=\"icon\" href=\"data:,\">{robots}\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"referrer\" content=\"same-origin\">\
         <link rel=\"stylesheet\" href=\"{css}\"><link rel=\"stylesheet\" href=\"{own}\">\
         <script defer src=\"{script}\"></script></head><body class=\"kit-page\">\
         <main id=\"main\"><h1>{title}</h1><noscript><p>{paper}</p>\
         <p><a class=\"b\" href=\"{sheet}\">{print}</a></p>\
         <p><a class=\"b\" href=\"{typed}\">{typing}</a></p></noscript>\
         <p><a href=\"{back}\">{leave}</a></p></main>\
         <script type=\"application/json\" id=\"kit\">{data}</script></body></html>\n",
        lang = t.lang.code(),
        dir = t.lang.dir(),
        title = text(&assembly.title),
        css = look::css().0,
        own = hashed(STYLE_PATH, STYLE),
        script = hashed(SCRIPT_PATH, &SCRIPT),
        paper = text(&t.say("evening-noscript")),
        sheet = text(&sheet),
        print = text(&t.say("evening-noscript-sheet")),
        typed = text(&typed),
        typing = text(&t.say("evening-noscript-type")),
        back = text(&back),
        leave = text(&t.say("evening-back")),
    )
}
