//! What may be done with an assembly, from its call to its end: pure rules on its records. They
//! never take one count for two, and never let a meeting begin whose agenda nobody could read.

use record::{Draft, Id, Payload, Refusal};
use store::Known;

use super::super::records::{
    AssemblyAgendaSet, AssemblyCalled, AssemblyCalledOff, AssemblyClosed, AssemblyCounted,
    AssemblyInvited, AssemblyOpened, AssemblySheetKept, AssemblySpoken, AssemblyWitnessed,
    AssemblyWomenSession,
};
use super::super::views::Assembly;
use super::super::words::{
    FROM_AFAR_CHARS_MAX, PLACE_CHARS_MAX, REASON_CHARS_MAX, TITLE_CHARS_MAX, line, public_words,
};
use super::agenda::{ITEMS_MAX, Required, publishable};
use super::counting::{Counts, fit};
use super::hours;

/// How many witnesses the minutes need.
pub const WITNESSES_MIN: i64 = 2;
/// The most minutes that can be spoken at one assembly: a day.
pub const SPOKEN_MINUTES_MAX: i64 = 24 * 60;
/// The moments at which people are counted.
pub const MOMENTS: [&str; 2] = ["arrival", "vote"];

type Drafts = Result<Vec<Draft>, Refusal>;

/// An assembly somebody wants to call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calling {
    /// Its number.
    pub number: i64,
    /// The body that meets.
    pub body: Id,
    /// Where it is about; none for the whole city.
    pub area: Option<Id>,
    /// What it is called.
    pub title: String,
    /// Where it meets.
    pub place: String,
    /// When it begins, in milliseconds since 1970.
    pub starts_ms: i64,
    /// The city's clock, in minutes east of UTC.
    pub offset_minutes: i64,
    /// How to take part from afar; may be empty.
    pub from_afar: String,
    /// Whether somebody looks after the children.
    pub childcare: bool,
    /// Whether women meet first, alone.
    pub women_first: bool,
    /// Whether it is of the short form.
    pub short_form: bool,
    /// Why it begins outside the safe hours; may be empty.
    pub hour_reason: String,
}

/// Calls an assembly.
///
/// # Errors
/// A title or place is missing, too long or names somebody; the day is past or far; the hour is
/// outside the safe hours and no reason says why.
pub fn call(id: Id, asked: &Calling, now_ms: i64, by: Option<Id>) -> Drafts {
    let title = public_words(&asked.title, TITLE_CHARS_MAX, "assembly-title-empty")?;
    let place = line(&asked.place, PLACE_CHARS_MAX)?;
    if place.is_empty() {
        return Err(Refusal::new("assembly-place-empty"));
    }
    // The way to take part from afar is a number to call or send to: it is the meeting's, not a
    // person's, and is public on purpose.
    let from_afar = line(&asked.from_afar, FROM_AFAR_CHARS_MAX)?;
    let ahead = asked.starts_ms.saturating_sub(now_ms);
    let most = hours::AHEAD_DAYS_MAX * record::DAY_MS;
    if !(-hours::LATE_MS_MAX..=most).contains(&ahead) {
        let days = hours::AHEAD_DAYS_MAX;
        return Err(Refusal::new("assembly-day-wrong").naming("days", days));
    }
    let safe = hours::is_safe(asked.starts_ms, asked.offset_minutes);
    let hour_reason = match line(&asked.hour_reason, REASON_CHARS_MAX)? {
        _ if safe => None,
        reason if reason.is_empty() => {
            return Err(Refusal::new("assembly-hour-unsafe")
                .naming("from", hours::clock(hours::SAFE_FROM_MINUTE))
                .naming("until", hours::clock(hours::SAFE_UNTIL_MINUTE)));
        }
        reason => Some(public_words(&reason, REASON_CHARS_MAX, "assembly-reason-empty")?),
    };
    let called = AssemblyCalled {
        number: asked.number,
        body: asked.body,
        title,
        place,
        starts_ms: asked.starts_ms,
        from_afar,
        childcare: asked.childcare,
        women_first: asked.women_first,
        short_form: asked.short_form,
        hour_reason,
    };
    Ok(vec![Draft::new(id, &called).area(asked.area).by(by)])
}

/// An assembly that was called and is neither over nor called off.
fn alive(id: Id, known: &Known) -> Result<Assembly, Refusal> {
    let assembly = Assembly::fold(id, known.of(id));
    match assembly.status() {
        "" => Err(Refusal::new("assembly-unknown").status(404)),
        "closed" | "called_off" => Err(Refusal::new("assembly-over").status(409)),
        _ => Ok(assembly),
    }
}

/// An assembly that has begun and is not over.
fn open_now(id: Id, known: &Known) -> Result<Assembly, Refusal> {
    let assembly = alive(id, known)?;
    if assembly.status() == "open" {
        Ok(assembly)
    } else {
        Err(Refusal::new("assembly-not-open").status(409))
    }
}

/// An assembly that has not begun.
fn ahead(id: Id, known: &Known) -> Result<Assembly, Refusal> {
    let assembly = alive(id, known)?;
    if assembly.status() == "open" {
        Err(Refusal::new("assembly-open-already").status(409))
    } else {
        Ok(assembly)
    }
}

fn draft<P: Payload>(assembly: &Assembly, payload: &P, by: Option<Id>) -> Draft {
    Draft::new(assembly.id, payload).area(assembly.area).by(by)
}

/// Writes an agenda down without making it public, so that she can go on later.
///
/// # Errors
/// The assembly has begun or is over; there are too many items.
pub fn set_agenda(id: Id, known: &Known, agenda: &AssemblyAgendaSet, by: Option<Id>) -> Drafts {
    let assembly = ahead(id, known)?;
    if agenda.items.len() > ITEMS_MAX || agenda.left_out.len() > ITEMS_MAX {
        return Err(Refusal::new("assembly-agenda-long").naming("items", ITEMS_MAX));
    }
    Ok(vec![draft(&assembly, agenda, by)])
}

/// Makes an agenda public. What was public before belongs on it like everything required.
///
/// # Errors
/// As [`publishable`]; the assembly has begun or is over.
pub fn publish(
    id: Id,
    known: &Known,
    agenda: &AssemblyAgendaSet,
    required: &[Required],
    by: Option<Id>,
) -> Drafts {
    let assembly = ahead(id, known)?;
    let mut all = required.to_vec();
    all.extend(public_before(&assembly));
    publishable(agenda, &all)?;
    Ok(vec![draft(&assembly, agenda, by), draft(&assembly, &AssemblyInvited {}, by)])
}

/// What an assembly's public agenda holds of needs, proposals and decisions: it stays there, or is
/// left out with a reason.
#[must_use]
pub fn public_before(assembly: &Assembly) -> Vec<Required> {
    if assembly.invited_ms.is_none() {
        return Vec::new();
    }
    let kinds = ["need", "proposal", "review", "promise"];
    let items = assembly.items.iter().filter_map(|item| {
        let kind = kinds.into_iter().find(|kind| *kind == item.kind)?;
        let (of, title) = (item.of, item.title.clone());
        Some(Required { kind, of, title, why: super::Why::Voices })
    });
    items.collect()
}

/// Calls an assembly off, for a reason that everybody may read.
///
/// # Errors
/// It has begun or is over; the reason is missing or names somebody.
pub fn call_off(id: Id, known: &Known, reason: &str, by: Option<Id>) -> Drafts {
    let assembly = ahead(id, known)?;
    let reason = public_words(reason, REASON_CHARS_MAX, "assembly-reason-empty")?;
    Ok(vec![draft(&assembly, &AssemblyCalledOff { reason }, by)])
}

/// Who is in the chair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chair {
    /// Whether a woman is.
    pub woman: bool,
    /// Whether the co-chair is a woman; none when there is no co-chair.
    pub co_woman: Option<bool>,
    /// Why neither is; may be empty.
    pub exception: String,
}

/// Opens an assembly. The chair or the co-chair is a woman, or a reason says why not.
///
/// # Errors
/// Its agenda was never made public; it has begun or is over; neither is a woman and there is no
/// reason.
pub fn open(id: Id, known: &Known, chair: &Chair, by: Option<Id>) -> Drafts {
    let assembly = ahead(id, known)?;
    if assembly.invited_ms.is_none() {
        return Err(Refusal::new("assembly-not-invited").status(409));
    }
    Ok(vec![draft(&assembly, &opened(chair)?, by)])
}

fn opened(chair: &Chair) -> Result<AssemblyOpened, Refusal> {
    let woman = chair.woman || chair.co_woman == Some(true);
    let exception = if woman {
        None
    } else if chair.exception.trim().is_empty() {
        return Err(Refusal::new("assembly-chair").status(409));
    } else {
        Some(public_words(&chair.exception, REASON_CHARS_MAX, "assembly-reason-empty")?)
    };
    Ok(AssemblyOpened { chair_woman: chair.woman, co_chair_woman: chair.co_woman, exception })
}

/// A count by one of the two counters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// One of [`MOMENTS`].
    pub moment: String,
    /// The decision voted on, of a count at its vote.
    pub of: Option<Id>,
    /// 1 or 2.
    pub counter: u8,
    /// What was found.
    pub counts: Counts,
    /// The groups whoever counts belongs to.
    pub groups: Vec<Id>,
    /// The groups of the other counter, where one has counted.
    pub other_groups: Vec<Id>,
}

/// One of the two counters counted. Both are different members, of different groups where that is
/// known; the body that meets is no group in this sense, since both may belong to it.
///
/// # Errors
/// The assembly is not open; the count cannot be right; the other counter is the same member, or of
/// the same group.
pub fn count(id: Id, known: &Known, counting: &Counting, by: Option<Id>) -> Drafts {
    let assembly = open_now(id, known)?;
    let is_moment = MOMENTS.contains(&counting.moment.as_str());
    if !is_moment || !matches!(counting.counter, 1 | 2) {
        return Err(Refusal::new("assembly-counter-unknown"));
    }
    fit(&counting.counts)?;
    let seen = assembly.counted_at(&counting.moment, counting.of);
    let other = seen.and_then(|seen| {
        if counting.counter == 1 {
            seen.second.as_ref().and(seen.second_by)
        } else {
            seen.first.as_ref().and(seen.first_by)
        }
    });
    if other.is_some() && other == by {
        return Err(Refusal::new("assembly-counter-same").status(409));
    }
    let shared = |group: &Id| *group != assembly.body && counting.other_groups.contains(group);
    if other.is_some() && counting.groups.iter().any(shared) {
        return Err(Refusal::new("assembly-counter-group").status(409));
    }
    Ok(vec![draft(&assembly, &counted(counting, false), by)])
}

fn counted(counting: &Counting, sheet: bool) -> AssemblyCounted {
    let Counts { women, men, other, ages } = counting.counts.clone();
    AssemblyCounted {
        moment: counting.moment.clone(),
        of: counting.of,
        counter: counting.counter,
        women,
        men,
        other,
        ages: ages.map(Vec::from),
        sheet,
    }
}

/// How long who spoke.
///
/// # Errors
/// The assembly is not open; the minutes cannot be right.
pub fn spoken(id: Id, known: &Known, minutes: (i64, i64, i64), by: Option<Id>) -> Drafts {
    let assembly = open_now(id, known)?;
    Ok(vec![draft(&assembly, &spoke(minutes)?, by)])
}

fn spoke((women, men, other): (i64, i64, i64)) -> Result<AssemblySpoken, Refusal> {
    let sound = [women, men, other].iter().all(|n| (0..=SPOKEN_MINUTES_MAX).contains(n));
    if !sound || women + men + other > SPOKEN_MINUTES_MAX {
        return Err(Refusal::new("assembly-minutes-wrong").naming("most", SPOKEN_MINUTES_MAX));
    }
    Ok(AssemblySpoken { women_minutes: women, men_minutes: men, other_minutes: other })
}

/// What the women's session found, or why it was not held.
///
/// # Errors
/// The assembly is not open; the words are missing or name somebody.
pub fn women_session(id: Id, known: &Known, held: bool, words: &str, by: Option<Id>) -> Drafts {
    let assembly = open_now(id, known)?;
    let words = public_words(words, REASON_CHARS_MAX, "assembly-reason-empty")?;
    Ok(vec![draft(&assembly, &AssemblyWomenSession { held, words }, by)])
}

/// A photograph of the sheet was hashed: of an assembly that has begun or is over.
///
/// # Errors
/// The assembly is not known or has not begun.
pub fn sheet_kept(id: Id, known: &Known, hash: [u8; 32], by: Option<Id>) -> Drafts {
    let assembly = begun(id, known)?;
    Ok(vec![draft(&assembly, &AssemblySheetKept { hash }, by)])
}

/// Witnesses said that the minutes are true: of an assembly that has begun or is over.
///
/// # Errors
/// The assembly is not known or has not begun; there are fewer than two.
pub fn witnessed(id: Id, known: &Known, n: i64, by: Option<Id>) -> Drafts {
    let assembly = begun(id, known)?;
    if !(WITNESSES_MIN..=super::PEOPLE_MAX).contains(&n) {
        return Err(Refusal::new("assembly-witnesses"));
    }
    Ok(vec![draft(&assembly, &AssemblyWitnessed { n }, by)])
}

fn begun(id: Id, known: &Known) -> Result<Assembly, Refusal> {
    let assembly = Assembly::fold(id, known.of(id));
    match assembly.status() {
        "" => Err(Refusal::new("assembly-unknown").status(404)),
        "open" | "closed" => Ok(assembly),
        _ => Err(Refusal::new("assembly-not-open").status(409)),
    }
}

/// Ends an assembly. Who came must have been counted by both, alike.
///
/// # Errors
/// It is not open; the two counts of the arrival differ or one is missing.
pub fn close(id: Id, known: &Known, by: Option<Id>) -> Drafts {
    let assembly = open_now(id, known)?;
    let arrival = assembly.counted_at("arrival", None);
    if arrival.and_then(super::super::views::Counted::agreed).is_none() {
        return Err(Refusal::new("assembly-counts-differ").status(409));
    }
    Ok(vec![draft(&assembly, &AssemblyClosed {}, by)])
}

/// What a paper sheet says of an evening, checked already ([`super::sheet::read`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evening {
    /// Who was in the chair.
    pub chair: Chair,
    /// Who came.
    pub arrival: Counts,
    /// Who was there at the vote; none when nothing was voted on.
    pub vote: Option<Counts>,
    /// Minutes spoken by women, men and others; none when nobody looked at a watch.
    pub spoken: Option<(i64, i64, i64)>,
    /// Whether the women's session was held, and what it found; none when there was to be none.
    pub women_session: Option<(bool, String)>,
    /// How many witnesses signed.
    pub witnesses: i64,
}

/// An evening typed from its sheet: as much as if it had been counted live. Both counters signed
/// the paper, so that whoever types stands for both.
///
/// # Errors
/// As for each of its steps.
pub fn typed(id: Id, known: &Known, evening: &Evening, by: Option<Id>) -> Drafts {
    let assembly = alive(id, known)?;
    if assembly.invited_ms.is_none() {
        return Err(Refusal::new("assembly-not-invited").status(409));
    }
    let mut drafts = Vec::new();
    if assembly.status() != "open" {
        drafts.push(draft(&assembly, &opened(&evening.chair)?, by));
    }
    let counts = [("arrival", Some(&evening.arrival)), ("vote", evening.vote.as_ref())];
    for (moment, counts) in counts.into_iter().filter_map(|(m, c)| Some((m, c?))) {
        fit(counts)?;
        for counter in [1, 2] {
            let counting = Counting {
                moment: moment.to_owned(),
                counter,
                counts: counts.clone(),
                ..Counting::default()
            };
            drafts.push(draft(&assembly, &counted(&counting, true), by));
        }
    }
    if let Some(minutes) = evening.spoken {
        drafts.push(draft(&assembly, &spoke(minutes)?, by));
    }
    if let Some((held, words)) = &evening.women_session {
        let words = public_words(words, REASON_CHARS_MAX, "assembly-reason-empty")?;
        drafts.push(draft(&assembly, &AssemblyWomenSession { held: *held, words }, by));
    }
    if !(WITNESSES_MIN..=super::PEOPLE_MAX).contains(&evening.witnesses) {
        return Err(Refusal::new("assembly-witnesses"));
    }
    drafts.push(draft(&assembly, &AssemblyWitnessed { n: evening.witnesses }, by));
    Ok(drafts)
}
