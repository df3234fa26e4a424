//! How grouping looks: the reasons in words, the voices with their boxes, the needs they may belong
//! to, and the form of a new one. It decides nothing.

use std::collections::HashSet;

use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::card::{card, cards};
use page::components::empty::empty;
use page::components::field::{self, Field, hidden};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::notice::notice;
use page::components::row::{Row, rows};
use page::components::tag;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{Id, Refusal};
use words::Why;

use super::need::undo_button;
use super::parts::{self, Asked};
use super::stating::{self, Typed};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::needs::proposals::{self, Opened, Suggestion};
use crate::needs::reading;
use crate::needs::rules::TITLE_CHARS_MAX;
use crate::needs::title_line;
use crate::voices::acts::shown_code;
use crate::voices::desk_parts as desk;

/// The keys: a new need of the ticked, the next proposal, leave the chosen one out.
const KEY_NEW: char = 'g';
const KEY_NEXT: char = 'n';
const KEY_LEAVE: char = 'x';
/// The key that asks the ticked back.
const KEY_ASK: char = 'a';
/// The keys of the needs that are suggested.
const KEYS_NEED: [char; 3] = ['1', '2', '3'];
/// Words given for one reason.
const WHY_WORDS_MAX: usize = 6;
/// From this fit on, a voice that stands alone is ticked beforehand.
const TICKED_SCORE_MIN: u8 = 70;
const HOUR_MS: i64 = 3_600_000;

/// What a page of one group is drawn from.
pub struct Drawing<'a> {
    /// What the address asks.
    pub asked: &'a Asked,
    /// The voices.
    pub members: Vec<Opened>,
    /// Which of them are ticked; all, when nobody has said.
    pub ticked: Option<HashSet<Id>>,
    /// Why they are together.
    pub why: Option<Why>,
    /// Which of how many proposals.
    pub place: Option<(usize, usize)>,
    /// How many wait, and whether more do.
    pub wait: Option<(usize, bool)>,
    /// The new need, as typed.
    pub typed: Typed,
    /// What was refused.
    pub refusal: Option<&'a Refusal>,
    /// Whether nothing holds them together: a person chooses which do.
    pub choosing: bool,
}

/// An address that asks nothing.
static NOTHING_ASKED: std::sync::LazyLock<Asked> = std::sync::LazyLock::new(Asked::default);

impl Drawing<'_> {
    /// Voices as they were proposed.
    pub fn of(members: Vec<Opened>) -> Drawing<'static> {
        Drawing {
            asked: &NOTHING_ASKED,
            members,
            ticked: None,
            why: None,
            place: None,
            wait: None,
            typed: Typed::default(),
            refusal: None,
            choosing: false,
        }
    }
}

/// The page of one group.
pub async fn page_of_group(
    house: &House,
    visitor: &Visitor,
    drawing: Drawing<'_>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    reading::reads(house, visitor.author(), drawing.members.iter().map(|(voice, _)| voice.id));
    let areas: Vec<Id> = proposals::area_of(&drawing.members).into_iter().collect();
    let candidates = proposals::candidates(house, visitor, &areas).await?;
    let fits = if drawing.choosing {
        proposals::fits_any(&drawing.members, &candidates)
    } else {
        let first = drawing.members.first();
        first.map(|first| proposals::fits(first, &candidates)).unwrap_or_default()
    };
    let mut body = above(house, visitor, drawing.asked, drawing.wait);
    if drawing.members.is_empty() {
        let refusal = drawing.refusal.map(|refusal| desk::said(t, refusal)).unwrap_or_default();
        body.push(&empty(Icon::Ok, &refusal, &t.say("needs-group-none-next"), &Html::none()));
        body.push(&buttons([next_link(visitor, drawing.asked, 0)]));
        return Ok(parts::shown(visitor, &t.say("needs-group-title"), "", body));
    }
    if let Some((at, all)) = drawing.place {
        let n = |n: usize| page::Arg::from(i64::try_from(n).unwrap_or(i64::MAX));
        let said = t.with("needs-group-place", &[("at", n(at + 1)), ("all", n(all))]);
        body.push(&desk::soft(&text(&said)));
    }
    if let Some(why) = &drawing.why {
        body.push(&reasons(t, why));
    }
    let typed = if drawing.refusal.is_some() {
        drawing.typed.clone()
    } else {
        suggested_typed(house, t, &drawing)
    };
    body.push(&group_form(house, visitor, &drawing, &typed, &fits));
    let at = drawing.place.map_or(0, |(at, _)| at + 1);
    let ways = if drawing.choosing {
        [further_link(visitor, drawing.asked), next_link(visitor, drawing.asked, 0)]
    } else {
        [next_link(visitor, drawing.asked, at), alone_link(visitor, drawing.asked)]
    };
    let [first, second] = ways;
    body.push(&buttons([desk::keyed(first, "a", KEY_NEXT), second]));
    Ok(parts::shown(visitor, &t.say("needs-group-title"), &drawing.asked.done, body))
}

/// What stands above: how to undo the last, how many wait, of which area.
fn above(house: &House, visitor: &Visitor, asked: &Asked, wait: Option<(usize, bool)>) -> Html {
    let t = visitor.tongue();
    let mut all = Html::none();
    if asked.from > 0 {
        for need in asked.undo.split(',').filter_map(|id| id.parse::<Id>().ok()) {
            let to = visitor.link(&format!("/desk/needs/{need}"));
            let open = link_button(&to, &t.say("needs-open-last"), Kind::Other, None);
            all.push(&buttons([undo_button(visitor, need, asked.from), open]));
        }
    }
    if let Some((n, more)) = wait {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        let key = if more { "needs-group-wait-more" } else { "needs-group-wait" };
        all.push(&desk::soft(&text(&t.with(key, &[("n", n.into())]))));
    }
    all.push(&by_area(house, visitor, asked));
    all
}

fn by_area(house: &House, visitor: &Visitor, asked: &Asked) -> Html {
    let t = visitor.tongue();
    let show = t.say("needs-filter-show");
    let area = desk::area_sent(house, &asked.area).ok().flatten();
    let field = desk::area_field(house, t, area, desk::AREAS_LISTED_MAX);
    // The form of the need below has a field of the same name: ids stand once in a page.
    let field = Html(
        field.0.replace("id=\"area\"", "id=\"area-of\"").replace("for=\"area\"", "for=\"area-of\""),
    );
    let fields = Html::join([
        hidden("lang", t.lang.code()),
        field,
        buttons([button(&desk::other_button(&show))]),
    ]);
    desk::folded(&t.say("needs-group-by-area"), &form(t, &Form::get("/desk/grouping"), &fields))
}

/// Why these voices stand together, in words.
fn reasons(t: Tongue, why: &Why) -> Html {
    let said = reasons_said(t, why);
    let items: String = said.iter().map(|one| format!("<li>{}</li>", text(one))).collect();
    Html(format!("<h2>{}</h2><ul>{items}</ul>", text(&t.say("needs-group-why"))))
}

/// Each reason in words.
fn reasons_said(t: Tongue, why: &Why) -> Vec<String> {
    let list = |all: Vec<&str>| all.into_iter().take(WHY_WORDS_MAX).collect::<Vec<_>>().join(", ");
    let mut all = Vec::new();
    let things: Vec<&str> =
        why.things.iter().flat_map(|thing| thing.words.iter().map(String::as_str)).collect();
    if !things.is_empty() {
        all.push(t.with("needs-why-things", &[("words", list(things).into())]));
    }
    if !why.words.is_empty() {
        let words = why.words.iter().map(String::as_str).collect();
        all.push(t.with("needs-why-words", &[("words", list(words).into())]));
    }
    let sectors: Vec<String> = why.sectors.iter().map(|code| desk::sector_name(t, code)).collect();
    if !sectors.is_empty() {
        all.push(t.with("needs-why-sectors", &[("sectors", sectors.join(", ").into())]));
    }
    if why.same_area {
        all.push(t.say("needs-why-area"));
    }
    if let Some(metres) = why.near_m {
        all.push(t.with("needs-why-near", &[("m", i64::from(metres).into())]));
    }
    let span = t.span((i64::from(why.hours_apart) + 1) * HOUR_MS);
    all.push(t.with("needs-why-hours", &[("span", span.into())]));
    all
}

/// A new need of these voices, as it may be said; whoever presses says it.
fn suggested_typed(house: &House, t: Tongue, drawing: &Drawing<'_>) -> Typed {
    let area = proposals::area_of(&drawing.members);
    if drawing.choosing {
        let area = area.map(|id| id.to_string()).unwrap_or_default();
        return Typed { area, severity: "0".to_owned(), ..Typed::default() };
    }
    let sector = drawing
        .why
        .as_ref()
        .and_then(|why| why.sectors.first().cloned())
        .or_else(|| drawing.members.iter().find_map(|(voice, _)| voice.sectors.first().cloned()))
        .unwrap_or_default();
    let things = drawing.why.as_ref().and_then(|why| why.things.first());
    let what = match things.and_then(|thing| thing.words.first()) {
        // "d'eau" is "eau" where it stands alone.
        Some(word) => word.rsplit(['\'', '’']).next().unwrap_or(word).to_owned(),
        None if sector.is_empty() => String::new(),
        None => desk::sector_name(t, &sector),
    };
    let place = area.map(|id| desk::area_name(house, t, Some(id)));
    let title = match place {
        Some(place) if !what.is_empty() => t.with(
            "needs-title-suggested",
            &[("what", capital(&what).into()), ("area", place.into())],
        ),
        _ => capital(&what),
    };
    Typed {
        title: title.chars().take(TITLE_CHARS_MAX).collect(),
        sector,
        area: area.map(|id| id.to_string()).unwrap_or_default(),
        severity: "0".to_owned(),
        since: proposals::since_day(&drawing.members).map(stating::day_typed).unwrap_or_default(),
        ..Typed::default()
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

fn group_form(
    house: &House,
    visitor: &Visitor,
    drawing: &Drawing<'_>,
    typed: &Typed,
    fits: &[Suggestion],
) -> Html {
    let t = visitor.tongue();
    let state = t.say("needs-group-new");
    let area = desk::area_sent(house, &drawing.asked.area).ok().flatten();
    let area = area.map(|id| id.to_string()).unwrap_or_default();
    // Enter in a field presses the first button of a form: that is to state the need.
    let first = "<button class=vh name=do value=new tabindex=-1 aria-hidden=true></button>";
    let mut all = Html(first.to_owned());
    all.push(&hidden("area_of", &area));
    if drawing.choosing {
        all.push(&hidden("alone_of", "1"));
        all.push(&hidden("choose_of", "1"));
        all.push(&desk::soft(&text(&t.say("needs-choose-lead"))));
    }
    if drawing.refusal.is_some_and(|refusal| refusal.code.starts_with("need-voices-")) {
        let said = drawing.refusal.map(|refusal| desk::said(t, refusal)).unwrap_or_default();
        all.push(&notice(t, &Notice::new(Tone::Bad, &said)));
    }
    all.push(&desk::soft(&text(&t.say("needs-group-keys"))));
    let ticked = |id: &Id| drawing.ticked.as_ref().is_none_or(|ticked| ticked.contains(id));
    all.push(&voice_rows(house, visitor, &drawing.members, |voice| {
        let id = voice.0.id;
        let kept = hidden("m", &id.to_string());
        Html::join([kept, tick("v", &id.to_string(), &t.say("needs-group-in"), ticked(&id))])
    }));
    if drawing.choosing {
        let label = t.say("needs-choose-ask");
        let ask = Button { sends: Some(("do", "ask")), ..desk::other_button(&label) };
        all.push(&desk::soft(&text(&t.say("needs-choose-ask-lead"))));
        all.push(&buttons([button(&Button { key: Some(KEY_ASK), ..ask })]));
    }
    if !fits.is_empty() {
        all.push(&desk::part(t, "needs-group-fits"));
        all.push(&cards(fits.iter().zip(KEYS_NEED).map(|(fit, key)| fit_card(t, fit, key))));
    }
    let title = if fits.is_empty() { "needs-group-new-only" } else { "needs-group-new-title" };
    all.push(&desk::part(t, title));
    let refusal = drawing.refusal.filter(|refusal| !refusal.code.starts_with("need-voices-"));
    all.push(&stating::fields(house, t, typed, refusal));
    let new =
        Button { key: Some(KEY_NEW), sends: Some(("do", "new")), ..desk::main_button(&state) };
    all.push(&buttons([button(&new)]));
    all.push(&by_number(t));
    let to = visitor.link("/desk/grouping");
    form(t, &Form::post(&to, visitor.csrf()), &all)
}

/// A need by its number, where none of the suggested is the right one.
fn by_number(t: Tongue) -> Html {
    let (label, hint) = (t.say("needs-group-to"), t.say("needs-move-to-hint"));
    let shape = Field {
        name: "to",
        label: &label,
        hint: &hint,
        length_max: Some(12),
        kind: field::Kind::Code,
        ..Field::default()
    };
    let send = t.say("needs-group-to-send");
    let pressed = Button { sends: Some(("do", "to")), ..desk::other_button(&send) };
    let inside = Html::join([field::line(t, &shape), buttons([button(&pressed)])]);
    desk::folded(&t.say("needs-group-to-title"), &inside)
}

fn fit_card(t: Tongue, fit: &Suggestion, key: char) -> Html {
    let label = t.say("needs-group-add");
    let add = format!("add:{}", fit.need.id);
    let pressed =
        Button { key: Some(key), sends: Some(("do", &add)), ..desk::other_button(&label) };
    let why = reasons_said(t, &fit.why).join(" · ");
    let inside = Html::join([
        Html(format!("<p class=tags>{}</p>", super::list::tags(t, &fit.need))),
        desk::soft(&text(&why)),
        buttons([button(&pressed)]),
    ]);
    card(&title_line(t, &fit.need), None, &inside)
}

/// A box in a row, reached by a key.
fn tick(name: &str, value: &str, label: &str, ticked: bool) -> Html {
    let checked = if ticked { " checked" } else { "" };
    Html(format!(
        "<label class=pick><input type=checkbox name=\"{}\" value=\"{}\" \
         data-key=\"{KEY_LEAVE}\"{checked}><span>{}</span></label>",
        text(name),
        text(value),
        text(label)
    ))
}

fn voice_rows(
    house: &House,
    visitor: &Visitor,
    all: &[Opened],
    acts: impl Fn(&Opened) -> Html,
) -> Html {
    let t = visitor.tongue();
    let shown: Vec<(String, Html, Html, Html)> = all
        .iter()
        .map(|one| {
            let (voice, words) = one;
            let mut tags = desk::haste(t, voice.urgency);
            for sector in &voice.sectors {
                tags.push(&tag::mark(desk::sector_icon(sector), &desk::sector_name(t, sector)));
            }
            tags.push(&page::components::code::inline(&shown_code(voice)));
            let area = desk::area_name(house, t, voice.area);
            let place = words.place.as_deref().map(|place| format!(" · {place}"));
            let ago = desk::age(t, house, voice.said_ms);
            let note = format!("{ago} · {area}{}", place.unwrap_or_default());
            let to = visitor.link(&format!("/desk/voices/{}", voice.id));
            (to, tags, text(&note), acts(one))
        })
        .collect();
    let rowed: Vec<Row<'_>> = shown
        .iter()
        .zip(all)
        .map(|((href, tags, note, acts), (_, words))| Row {
            title: &words.words,
            href,
            tags: tags.clone(),
            note: note.clone(),
            acts: acts.clone(),
        })
        .collect();
    rows(&rowed)
}

fn next_link(visitor: &Visitor, asked: &Asked, at: usize) -> Html {
    let area = area_asked(asked);
    let to = visitor.link(&format!("/desk/grouping?at={at}{area}"));
    link_button(&to, &visitor.tongue().say("needs-group-next"), Kind::Other, Some(Icon::Next))
}

fn alone_link(visitor: &Visitor, asked: &Asked) -> Html {
    let to = visitor.link(&format!("/desk/grouping?alone=1{}", area_asked(asked)));
    link_button(&to, &visitor.tongue().say("needs-group-alone"), Kind::Other, None)
}

/// Further voices that stand alone, to choose among.
fn further_link(visitor: &Visitor, asked: &Asked) -> Html {
    let to = format!("/desk/grouping?alone=1&choose=1&at={}{}", asked.at + 1, area_asked(asked));
    let say = visitor.tongue().say("needs-group-next");
    link_button(&visitor.link(&to), &say, Kind::Other, Some(Icon::Next))
}

fn area_asked(asked: &Asked) -> String {
    asked.area.parse::<Id>().map(|id| format!("&area={id}")).unwrap_or_default()
}

/// The page when nothing is left to group.
pub fn page_of_none(house: &House, visitor: &Visitor, asked: &Asked) -> Shown {
    let t = visitor.tongue();
    let mut body = above(house, visitor, asked, None);
    let (title, next) = (t.say("needs-group-none"), t.say("needs-group-none-next"));
    let to = visitor.link("/desk/voices");
    let way = link_button(&to, &t.say("needs-way-voices"), Kind::Other, Some(Icon::Hear));
    body.push(&empty(Icon::Ok, &title, &next, &buttons([way])));
    parts::shown(visitor, &t.say("needs-group-title"), &asked.done, body)
}

/// The page of voices that no proposal holds: each with the need it fits best, if any.
pub async fn page_of_alone(
    house: &House,
    visitor: &Visitor,
    asked: &Asked,
    (shown, more, wait): (Vec<Opened>, bool, (usize, bool)),
    (refusal, ticked): (Option<&Refusal>, &HashSet<String>),
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    reading::reads(house, visitor.author(), shown.iter().map(|(voice, _)| voice.id));
    let mut areas: Vec<Id> = shown.iter().filter_map(|(voice, _)| voice.area).collect();
    areas.sort_unstable();
    areas.dedup();
    let candidates = proposals::candidates(house, visitor, &areas).await?;
    let mut body = above(house, visitor, asked, Some(wait));
    if let Some(refusal) = refusal {
        body.push(&notice(t, &Notice::new(Tone::Bad, &desk::said(t, refusal))));
    }
    body.push(&desk::soft(&text(&t.say("needs-alone-lead"))));
    let mut any = false;
    let acts: Vec<(Id, Html)> = shown
        .iter()
        .map(|one| {
            let best = proposals::fits(one, &candidates).into_iter().next();
            any |= best.is_some();
            (one.0.id, alone_acts(visitor, one, best.as_ref(), (refusal.is_some(), ticked)))
        })
        .collect();
    let of =
        |one: &Opened| acts.iter().find(|(id, _)| *id == one.0.id).map(|(_, html)| html.clone());
    let mut all = Html::join([
        hidden("area_of", &asked.area),
        hidden("alone_of", "1"),
        voice_rows(house, visitor, &shown, |one| of(one).unwrap_or_default()),
    ]);
    if any {
        let label = t.say("needs-alone-send");
        let pressed = Button { key: Some(KEY_NEW), ..desk::main_button(&label) };
        all.push(&buttons([button(&pressed)]));
    }
    let to = visitor.link("/desk/grouping/suggested");
    body.push(&form(t, &Form::post(&to, visitor.csrf()), &all));
    let mut ways = Vec::new();
    if more {
        let area = area_asked(asked);
        let to = visitor.link(&format!("/desk/grouping?alone=1&at={}{area}", asked.at + 1));
        let next = link_button(&to, &t.say("needs-group-next"), Kind::Other, Some(Icon::Next));
        ways.push(desk::keyed(next, "a", KEY_NEXT));
    }
    let choose = format!("/desk/grouping?alone=1&choose=1&at={}{}", asked.at, area_asked(asked));
    let say = t.say("needs-alone-choose");
    ways.push(link_button(&visitor.link(&choose), &say, Kind::Other, None));
    let groups = visitor.link(&format!("/desk/grouping?at=0{}", area_asked(asked)));
    ways.push(link_button(&groups, &t.say("needs-alone-groups"), Kind::Other, None));
    body.push(&buttons(ways));
    Ok(parts::shown(visitor, &t.say("needs-group-alone"), &asked.done, body))
}

fn alone_acts(
    visitor: &Visitor,
    one: &Opened,
    best: Option<&Suggestion>,
    (again, ticked): (bool, &HashSet<String>),
) -> Html {
    let t = visitor.tongue();
    let mut all = Html::none();
    if let Some(fit) = best {
        let value = format!("{}:{}", one.0.id, fit.need.id);
        let sure = if again { ticked.contains(&value) } else { fit.score >= TICKED_SCORE_MIN };
        let into = t.with("needs-alone-into", &[("need", title_line(t, &fit.need).into())]);
        all.push(&tick("fit", &value, &into, sure));
        let why = reasons_said(t, &fit.why).join(" · ");
        all.push(&Html(format!("<small>{}</small>", text(&why))));
    }
    all.push(&desk::group_link(visitor, &one.0));
    all
}
