//! Asking for money by six SMS, following it by its code, and hearing what was decided. The node
//! leads with one question a message; the rule and the record are those of the page. It names no
//! number in any record, and answers nothing that sounds like danger: that never comes here.

use page::{Lang, Tongue};
use record::{DAY_MS, Draft, Id, Payload, Refusal};
use store::{Change, Decision, Name, StoreError};

use super::acts;
use super::pages::area_sent;
use super::pages::parts;
use super::queries::{self, today};
use super::records::{ApplicationDecided, ApplicationMade};
use super::rules::application::Verdict;
use super::rules::asking::{Asking, Question, cut, need_numbers};
use super::views::{Application, Phase, Window};
use crate::door::{House, Rate, Trouble};
use crate::needs::{self, FEW};
use crate::voices::dialogue::{self, Follower, Told};
use crate::voices::outbound::{self, Message};
use crate::voices::sms::{Dialogue, Fit, Follows, Led, Said, Turn};
use crate::voices::{Code, review};

/// Applications by SMS from one number.
const APPLIED: Rate = Rate { name: "applications by sms", times: 6, within_ms: 60 * 60 * 1000 };
/// How long after the days for an appeal a number is still told what becomes of its application.
const FOLLOWED_DAYS: i64 = 90;
/// Longest reason in an SMS, in characters; the whole of it stands on the page.
const REASON_CHARS_MAX: usize = 56;
/// So many words without a digit are no slip of somebody who was asked for a number.
const SPEECH_WORDS_MIN: usize = 4;
/// Longest list of areas in an SMS, in characters.
const AREAS_CHARS_MAX: usize = 90;

type Args = Vec<(&'static str, String)>;

/// What the roof hands on to this room.
#[must_use]
pub fn dialogue() -> Dialogue {
    Dialogue {
        turn: |house, turn| Box::pin(async move { take(&house, turn).await }),
        status: |house, code, lang| Box::pin(async move { status(&house, &code, lang).await }),
    }
}

async fn take(house: &House, turn: Turn) -> Result<Led, Trouble> {
    let asking: Option<Asking> = turn.kept.as_deref().and_then(|kept| record::decode(kept).ok());
    let lang = asking.as_ref().and_then(|asking| Lang::from_code(&asking.lang));
    let lang = lang.unwrap_or(turn.lang);
    match (&turn.said, asking) {
        (Said::Opening(number), asking) => opened(house, *number, asking, turn.lang).await,
        (_, None) => Ok(said(None, turn.lang, "sms-funds-how", Vec::new())),
        (Said::Stopping, Some(asking)) => {
            let window = queries::window(house, asking.window).await?;
            let args = vec![("number", window.map_or(0, |window| window.number).to_string())];
            Ok(said(None, lang, "sms-funds-ended", args))
        }
        (Said::Again, Some(asking)) => {
            let Some(window) = queries::window(house, asking.window).await? else {
                return Ok(said(None, lang, "sms-funds-how", Vec::new()));
            };
            let (key, args) = question(house, lang, &window, &asking);
            Ok(said(Some(&asking), lang, key, args))
        }
        (Said::Words(words), Some(asking)) => answered(house, &turn, &asking, lang, words).await,
    }
}

/// An answer that writes nothing but itself; what is kept stays kept.
fn said(asking: Option<&Asking>, lang: Lang, key: &'static str, args: Args) -> Led {
    let keeps = asking.map(record::encode);
    let change = Change::writing(Decision::default());
    Led { fit: Fit::Answer, change, keeps, lang, key, args, follows: None }
}

/// A window is named. One that is not there or not open leaves what was half said as it is.
async fn opened(
    house: &House,
    number: i64,
    before: Option<Asking>,
    lang: Lang,
) -> Result<Led, Trouble> {
    let Some(window) = queries::by_number(house, number).await? else {
        let args = vec![("number", number.to_string())];
        return Ok(said(before.as_ref(), lang, "sms-funds-unknown", args));
    };
    if window.phase(today(house)) != Phase::Open {
        return Ok(said(before.as_ref(), lang, "sms-funds-shut", days(house, lang, &window)));
    }
    // What a question names stands in one language with it: the one that may be sent.
    let lang = review::may_send(house, lang, "sms-funds-group");
    let lang_code = lang.code().to_owned();
    let asking = Asking { window: window.id, lang: lang_code, ..Asking::default() };
    let (key, args) = question(house, lang, &window, &asking);
    Ok(said(Some(&asking), lang, key, args))
}

fn days(house: &House, lang: Lang, window: &Window) -> Args {
    let t = Tongue::new(lang, house.texts());
    let day = |day: i64| parts::day(t, day);
    vec![
        ("number", window.number.to_string()),
        ("opens", day(window.terms.opens_day)),
        ("closes", day(window.terms.closes_day)),
    ]
}

/// What is asked next, with what it names.
fn question(house: &House, lang: Lang, window: &Window, asking: &Asking) -> (&'static str, Args) {
    match asking.question() {
        Some(Question::Group) => ("sms-funds-group", vec![("number", window.number.to_string())]),
        Some(Question::Work) => ("sms-funds-work", Vec::new()),
        Some(Question::Where) if window.terms.areas.is_empty() => ("sms-funds-where", Vec::new()),
        Some(Question::Where) => ("sms-funds-where-of", areas(house, lang, window)),
        Some(Question::Amount) => ("sms-funds-amount", money_args(house, lang, window)),
        Some(Question::People) | None => ("sms-funds-people", vec![("few", FEW.to_string())]),
    }
}

fn money_args(house: &House, lang: Lang, window: &Window) -> Args {
    let (terms, t) = (&window.terms, Tongue::new(lang, house.texts()));
    let most = parts::amount(t, terms.application_minor_max, &terms.currency);
    vec![("most", most), ("currency", terms.currency.clone())]
}

fn areas(house: &House, lang: Lang, window: &Window) -> Args {
    let t = Tongue::new(lang, house.texts());
    let names = window.terms.areas.iter().map(|area| parts::area_name(house, t, Some(*area)));
    let names: Vec<String> = names.collect();
    vec![("areas", cut(&names.join(", "), AREAS_CHARS_MAX))]
}

async fn answered(
    house: &House,
    turn: &Turn,
    asking: &Asking,
    lang: Lang,
    words: &str,
) -> Result<Led, Trouble> {
    let Some(window) = queries::window(house, asking.window).await? else {
        return Ok(said(None, lang, "sms-funds-how", Vec::new()));
    };
    let asked = asking.question().unwrap_or(Question::People);
    let find = |typed: &str| area_sent(house, typed);
    let next = match asking.answer(words, &window, find, today(house)) {
        Ok(next) => next,
        Err(refusal) => return Ok(refused(house, lang, &window, (asking, words), &refusal)),
    };
    let free = [(Question::Group, &next.group), (Question::Work, &next.work)];
    for (_, words) in free.iter().filter(|(of, _)| *of == asked) {
        match acts::fit(house, &[words.as_str()]).await {
            Err(Trouble::Refused(refusal)) => {
                return Ok(refused(house, lang, &window, (asking, words), &refusal));
            }
            fit => fit?,
        }
    }
    if next.question().is_some() {
        let (key, args) = question(house, lang, &window, &next);
        return Ok(said(Some(&next), lang, key, args));
    }
    applied(house, turn, (asking, &next), lang, &window).await
}

/// All is said: it is recorded as the page records it, and the number is told the code.
async fn applied(
    house: &House,
    turn: &Turn,
    (before, whole): (&Asking, &Asking),
    lang: Lang,
    window: &Window,
) -> Result<Led, Trouble> {
    // A message that is taken up again is counted once.
    if turn.tries == 0 && !house.limits().take(APPLIED, turn.origin, house.now_ms()) {
        return Ok(said(Some(before), lang, "sms-funds-often", Vec::new()));
    }
    let needs = needs_named(house, &whole.work).await?;
    let made = ApplicationMade { needs, ..whole.made(window) };
    let prepared = acts::prepared(house, made, whole.area, None).await;
    let prepared = match prepared {
        Err(Trouble::Refused(refusal)) => {
            return Ok(refused(house, lang, window, (before, ""), &refusal));
        }
        prepared => prepared?,
    };
    let number = acts::next_number(house, "application-number").await?;
    // A number that was taken meanwhile is read back, but for one that stands in no row yet.
    let number = number + (turn.tries - 1).max(0);
    let code = prepared.code.to_string();
    let terms = &window.terms;
    let last = terms.decides_day.saturating_add(terms.appeal_days).saturating_add(FOLLOWED_DAYS);
    let follows =
        Follows { entity: prepared.id, code: code.clone(), until_ms: last.saturating_mul(DAY_MS) };
    let args = vec![("number", number.to_string()), ("code", code)];
    let change = acts::recording(house, number, &prepared);
    let (key, follows) = ("sms-funds-received", Some(follows));
    Ok(Led { fit: Fit::Answer, change, keeps: None, lang, key, args, follows })
}

/// Needs that a plan names, as far as everybody knows them. The desk names the rest.
async fn needs_named(house: &House, plan: &str) -> Result<Vec<Id>, Trouble> {
    let mut all = Vec::new();
    for number in need_numbers(plan) {
        let need = needs::by_number(house, number).await?.filter(|need| need.published);
        all.extend(need.map(|need| need.id).filter(|id| !all.contains(id)));
    }
    Ok(all)
}

/// What to send instead. The place is kept, but in a window that takes nothing more: there every
/// later word would be lost in it.
fn refused(
    house: &House,
    lang: Lang,
    window: &Window,
    (asking, words): (&Asking, &str),
    no: &Refusal,
) -> Led {
    let asked = asking.question().unwrap_or(Question::People);
    let number = || vec![("number", window.number.to_string())];
    let few = || vec![("few", FEW.to_string())];
    let most = no.args.iter().find(|(name, _)| *name == "most");
    let (key, args) = match (no.code, asked) {
        ("funds-window-shut" | "funds-window-unknown", _) => {
            return said(None, lang, "sms-funds-shut", days(house, lang, window));
        }
        ("funds-many", _) => return said(None, lang, "sms-funds-full", number()),
        ("task-words-long", _) => {
            let most = most.map(|(_, most)| most.clone()).unwrap_or_default();
            ("sms-funds-long", vec![("most", most)])
        }
        ("funds-kind", _) => ("sms-funds-kind", Vec::new()),
        ("funds-currency", _) => ("sms-funds-currency", money_args(house, lang, window)),
        ("funds-application-large" | "funds-amount-large", _) => {
            ("sms-funds-amount-large", money_args(house, lang, window))
        }
        ("funds-choice" | "funds-words-empty", Question::Group) => {
            ("sms-funds-group-again", Vec::new())
        }
        (_, Question::Group | Question::Work) => ("sms-funds-words", few()),
        (_, Question::Where) if window.terms.areas.is_empty() => {
            ("sms-funds-where-again", Vec::new())
        }
        (_, Question::Where) => ("sms-funds-where-of", areas(house, lang, window)),
        (_, Question::Amount) => ("sms-funds-amount-again", money_args(house, lang, window)),
        (_, Question::People) => ("sms-funds-people-again", few()),
    };
    let fit = if is_speech(asked, words) { Fit::Speech } else { Fit::Unclear };
    Led { fit, ..said(Some(asking), lang, key, args) }
}

/// Whether words were never meant as a number: somebody tells something else meanwhile.
fn is_speech(asked: Question, words: &str) -> bool {
    let wants_number = matches!(asked, Question::Amount | Question::People);
    let has_digit = words.chars().any(char::is_numeric);
    wants_number && !has_digit && words.split_whitespace().count() >= SPEECH_WORDS_MIN
}

/// How an application stands, for whoever sends its code.
async fn status(house: &House, code: &Code, lang: Lang) -> Result<Option<Told>, Trouble> {
    let found = queries::by_code(house, acts::code_key(house, code)).await?;
    let Some(application) = found else { return Ok(None) };
    let Some(window) = queries::window(house, application.made.window).await? else {
        return Ok(None);
    };
    let follower = dialogue::follower(house, application.id).await?;
    let own = follower.and_then(|follower| Lang::from_code(&follower.lang)).unwrap_or(lang);
    let lang = review::may_send(house, own, "sms-funds-status");
    let t = Tongue::new(lang, house.texts());
    let status = application.status();
    Ok(Some(match &application.decided {
        Some(decided) if matches!(status, "funded" | "declined") => {
            decided_said(t, &window, &application, decided, &code.to_string())
        }
        _ => {
            let status = t.say(&format!("funds-status-{status}"));
            let number = application.made.number.to_string();
            let args = vec![("code", code.to_string()), ("number", number), ("status", status)];
            (lang, "sms-funds-status", args)
        }
    }))
}

fn decided_said(
    t: Tongue,
    window: &Window,
    application: &Application,
    decided: &ApplicationDecided,
    code: &str,
) -> Told {
    let mut args = vec![
        ("code", code.to_owned()),
        ("number", application.made.number.to_string()),
        ("reason", cut(&decided.reason, REASON_CHARS_MAX)),
    ];
    if decided.funded {
        args.push(("amount", parts::amount(t, decided.amount_minor, &window.terms.currency)));
        return (t.lang, "sms-funds-funded", args);
    }
    let last = decided.day.saturating_add(window.terms.appeal_days);
    args.push(("day", parts::day(t, last)));
    (t.lang, "sms-funds-declined", args)
}

/// The message that tells a phone what was decided, made before it is known under lock that it was.
#[derive(Clone)]
pub struct Telling {
    follower: Follower,
    message: Message,
    name: Name,
}

/// Who is told what is decided on an application, and with which words; nobody, when it was asked
/// for on the page.
///
/// # Errors
/// When the store fails.
pub async fn telling(
    house: &House,
    application: &Application,
    window: &Window,
    verdict: &Verdict,
) -> Result<Option<Telling>, StoreError> {
    let Some(follower) = dialogue::follower(house, application.id).await? else {
        return Ok(None);
    };
    let decided = ApplicationDecided {
        funded: verdict.funded,
        amount_minor: verdict.amount_minor,
        reason: verdict.reason.split_whitespace().collect::<Vec<_>>().join(" "),
        day: today(house),
        ..ApplicationDecided::default()
    };
    let lang = Lang::from_code(&follower.lang).unwrap_or(Lang::En);
    let t = Tongue::new(lang, house.texts());
    let (_, key, args) = decided_said(t, window, application, &decided, &follower.code);
    let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let (message, name) = dialogue::telling(house, &follower, key, &args).await?;
    Ok(Some(Telling { follower, message, name }))
}

impl Telling {
    /// Adds the message to what is decided; an application that only went up is not decided.
    pub fn tell(&self, house: &House, decision: &mut Decision) {
        let is_decided = |draft: &Draft| draft.kind == ApplicationDecided::KIND;
        if decision.drafts.iter().any(is_decided) {
            let about = (self.follower.person, Id::NONE);
            outbound::tell(decision, house, &self.message, about, 0);
        }
    }

    /// The same change, only while the number is that person's: nobody who was forgotten is told.
    #[must_use]
    pub fn holding(&self, change: Change) -> Change {
        change.while_held(self.name.clone(), self.follower.person)
    }
}
