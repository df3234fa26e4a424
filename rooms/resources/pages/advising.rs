//! Advice without authority: the desk invites by a link, whoever has it advises without an account,
//! and the local owner says what is made of it. The page of the link opens nothing else, and its
//! limits stand on it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use page::components::button::Kind;
use page::components::notice::notice;
use page::components::number::facts;
use page::frame::Tone;
use page::{Html, Notice, Tongue, text};
use record::{Id, Refusal};

use super::doing::Fields;
use super::parts::{self, Ask, day_sent, id_of};
use super::public;
use crate::actions::today;
use crate::door::{House, Moved, Rate, Sent, Shown, Trouble, Visitor};
use crate::resources::acts;
use crate::resources::queries;
use crate::resources::records::{AdviceInvited, AdviceWords};
use crate::resources::rules::{ADVICE_CHARS_MAX, Actor, REASON_CHARS_MAX, WHO_CHARS_MAX};
use crate::resources::views::{Advice, Request};
use crate::voices::desk_parts::said;

/// Links that open nothing, one origin may try in ten minutes.
const GUESSES: Rate = Rate { name: "advice-code", times: 30, within_ms: 10 * 60 * 1000 };

/// The advice a link opens, and its request.
async fn opened(
    house: &House,
    visitor: &Visitor,
    code: &str,
) -> Result<(Advice, Request), Trouble> {
    match acts::advice::by_code(house, code.trim()).await {
        Ok(advice) => {
            let request = queries::request(house, advice.request).await?;
            Ok((advice, request.ok_or(Trouble::NotFound)?))
        }
        Err(Trouble::NotFound) => {
            let few = house.limits().take(GUESSES, visitor.0.origin, house.now_ms());
            few.then_some(()).ok_or(Refusal::new("too-often").status(429))?;
            Err(Refusal::new("advice-unknown").status(404).into())
        }
        Err(trouble) => Err(trouble),
    }
}

/// `/advise/{code}`: what is asked, and the form; once it was given, what became of it.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Shown, Trouble> {
    let (advice, request) = opened(&house, &visitor, &code).await?;
    shown(&house, &visitor, &code, (&advice, &request), &Fields::default(), None).await
}

async fn shown(
    house: &House,
    visitor: &Visitor,
    code: &str,
    (advice, request): (&Advice, &Request),
    sent: &Fields,
    refusal: Option<&Refusal>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let title = parts::request_title(t, request);
    let mut body = parts::h1(&title);
    body.push(&public::own_facts(house, t, request).await?);
    if let Some(refusal) = refusal {
        body.push(&notice(t, &Notice::new(Tone::Bad, &said(t, refusal))));
    }
    body.push(&notice(t, &Notice::new(Tone::Info, &t.say("resources-advice-limits"))));
    if advice.erased {
        body.push(&parts::line(&t.say("resources-advice-gone")));
    } else if advice.given_ms.is_some() {
        body.push(&became(t, advice, request));
        body.push(&parts::soft(&t.say("resources-advice-erase-about")));
        let to = format!("/advise/{code}/erase");
        body.push(&parts::act(visitor, &to, Html::none(), "resources-advice-erase", Kind::Grave));
    } else if !request.open || advice.until_day < today(house) {
        body.push(&parts::line(&t.say("resources-advice-over")));
    } else {
        body.push(&advice_form(visitor, code, sent));
    }
    let status = refusal.and_then(|refusal| StatusCode::from_u16(refusal.status).ok());
    Ok(Shown::street(title, body).with_status(status.unwrap_or_default()))
}

fn advice_form(visitor: &Visitor, code: &str, sent: &Fields) -> Html {
    let t = visitor.tongue();
    let value = |name: &str| sent.get(name).to_owned();
    let (words, wrong, who) = (value("words"), value("wrong_if"), value("who"));
    let ask = |name, key, value| Ask { value, ..Ask::words(name, key, ADVICE_CHARS_MAX) };
    let tick = |name, key| Ask { value: "", ..Ask::words(name, key, 3).perhaps() }.tick(t);
    let fields = Html::join([
        ask("words", "resources-advice-words", &words).area(t, 6),
        ask("wrong_if", "resources-advice-wrong", &wrong).perhaps().area(t, 3),
        Ask { value: &who, ..Ask::words("who", "resources-advice-who", WHO_CHARS_MAX).perhaps() }
            .line(t),
        tick("gains", "resources-advice-gains"),
        tick("limits", "resources-advice-limits-read"),
    ]);
    let to = format!("/advise/{code}");
    parts::act(visitor, &to, fields, "resources-advice-send", Kind::Main)
}

/// What became of an advice that was given.
fn became(t: Tongue, advice: &Advice, request: &Request) -> Html {
    let keys = ["resources-advice", "resources-fact-reason", "resources-worth"];
    let [status, why, worth] = &keys.map(|key| t.say(key));
    let stands = t.say(&format!("resources-advice-{}", advice.status));
    let mut all = vec![(status.as_str(), text(&stands))];
    if let Some(reason) = &advice.reason {
        all.push((why, Html(format!("<span dir=auto>{}</span>", text(reason)))));
    }
    if let Some(useful) = advice.useful {
        let key = if useful { "resources-useful" } else { "resources-not-useful" };
        let word = [t.say(key), advice.word.clone()].join(" ");
        all.push((worth, Html(format!("<span dir=auto>{}</span>", text(word.trim())))));
    }
    let came = t.say(&format!("resources-advice-then-{}", request.open));
    Html::join([facts(&all), parts::soft(&came)])
}

/// The advice comes.
pub async fn give(
    State(house): State<House>,
    visitor: Visitor,
    Path(code): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Response, Trouble> {
    let (advice, request) = opened(&house, &visitor, &code).await?;
    let words = AdviceWords {
        who: sent.get("who").to_owned(),
        words: sent.get("words").to_owned(),
        wrong_if: sent.get("wrong_if").to_owned(),
    };
    let ticks = (sent.get("gains") == "yes", sent.get("limits") == "yes");
    match acts::advice::give(&house, &advice, &words, ticks).await {
        Ok(()) => Ok(Moved(visitor.link(&format!("/advise/{code}"))).into_response()),
        // What was written comes back with what is wrong.
        Err(Trouble::Refused(refusal)) if !visitor.0.wants_json => {
            let known = (&advice, &request);
            let page = shown(&house, &visitor, &code, known, &sent, Some(&refusal)).await?;
            Ok(page.into_response())
        }
        Err(trouble) => Err(trouble),
    }
}

/// The adviser takes the words back.
pub async fn erase(
    State(house): State<House>,
    visitor: Visitor,
    Path(code): Path<String>,
    Sent(_): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let (advice, _) = opened(&house, &visitor, &code).await?;
    acts::advice::erase(&house, &advice).await?;
    Ok(Moved(visitor.link(&format!("/advise/{code}"))))
}

/// Somebody is invited; the link is shown once, to be sent by whatever means reaches them.
pub async fn invite(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let request = id_of(&id)?;
    let invited = AdviceInvited {
        request,
        discipline: sent.get("discipline").to_owned(),
        until_day: day_sent(sent.get("until"))?,
    };
    let who = sent.get("who").to_owned();
    let code = acts::advice::invite(&house, invited, &who, Actor::of(&visitor)).await?;
    let title = t.say("resources-invited");
    let path = format!("/advise/{code}");
    let mut body = parts::line(&t.say("resources-invited-lead"));
    body.push(&Html(format!("<p dir=ltr><code class=mono>{}</code></p>", text(&path))));
    body.push(&parts::soft(&t.say("resources-advice-limits")));
    let back =
        parts::link(&visitor, &format!("/desk/requests/{request}"), &t.say("resources-back"));
    body.push(&Html(format!("<p>{back}</p>")));
    Ok(Shown::desk(title.clone(), Html::join([parts::h1(&title), body])))
}

async fn known(house: &House, id: &str) -> Result<Advice, Trouble> {
    let advice = queries::advice(house, id_of(id)?).await?;
    advice
        .filter(|advice| advice.request != Id::NONE)
        .ok_or(Refusal::new("advice-unknown").status(404).into())
}

fn back(visitor: &Visitor, advice: &Advice) -> Moved {
    Moved(visitor.link(&format!("/desk/requests/{}?done=advice", advice.request)))
}

/// The local owner does as advised, or not.
pub async fn settle(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let advice = known(&house, &id).await?;
    let (yes, reason) = (sent.get("accept") == "yes", sent.get("reason").to_owned());
    acts::advice::settle(&house, &advice, yes, reason, Actor::of(&visitor)).await?;
    Ok(back(&visitor, &advice))
}

/// The local owner says what it was worth.
pub async fn rate(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(sent): Sent<Fields>,
) -> Result<Moved, Trouble> {
    let advice = known(&house, &id).await?;
    let (useful, word) = (sent.get("useful") == "yes", sent.get("word").to_owned());
    acts::advice::rate(&house, &advice, useful, word, Actor::of(&visitor)).await?;
    Ok(back(&visitor, &advice))
}

/// All advice on a request at the desk, with what its local owner can say to it.
pub async fn on_request(
    house: &House,
    visitor: &Visitor,
    request: &Request,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let mut all = parts::part(t, "resources-advice");
    let given = queries::advice_on(house, request.id).await?;
    let owner = visitor.author() == Some(request.counterpart);
    for advice in given {
        all.push(&one(house, visitor, &advice, owner).await?);
    }
    if parts::may_do(visitor) && request.open {
        all.push(&inviting(house, visitor, request));
    }
    Ok(all)
}

async fn one(
    house: &House,
    visitor: &Visitor,
    advice: &Advice,
    owner: bool,
) -> Result<Html, Trouble> {
    let t = visitor.tongue();
    let words = acts::advice::words(house, advice.id).await?;
    let words = words.filter(|_| parts::may_do(visitor) && !advice.erased);
    let discipline = t.say(&format!("resources-discipline-{}", advice.discipline));
    let mut all = Html(format!("<h3>{}</h3>", text(&discipline)));
    let stands = t.say(&format!("resources-advice-{}", advice.status));
    let mut line = vec![stands];
    if advice.erased {
        line.push(t.say("resources-advice-gone"));
    }
    if advice.gains {
        line.push(t.say("resources-advice-gains-said"));
    }
    line.extend(advice.reason.clone());
    if let Some(useful) = advice.useful {
        let key = if useful { "resources-useful" } else { "resources-not-useful" };
        line.push([t.say(key), advice.word.clone()].join(" ").trim().to_owned());
    }
    all.push(&parts::line(&line.join(" · ")));
    if let Some(words) = words {
        all.push(&parts::soft(&words.who));
        if advice.given_ms.is_some() {
            all.push(&parts::line(&words.words));
            if !words.wrong_if.is_empty() {
                let wrong = [("words", words.wrong_if.into())];
                all.push(&parts::line(&t.with("resources-advice-wrong-said", &wrong)));
            }
            all.push(&parts::soft(&t.say("resources-advice-limits")));
        }
    }
    if owner && advice.given_ms.is_some() {
        all.push(&owning(visitor, advice));
    }
    Ok(all)
}

/// What the local owner can say to an advice.
fn owning(visitor: &Visitor, advice: &Advice) -> Html {
    let t = visitor.tongue();
    let mut all = Html::none();
    let to = format!("/desk/advice/{}/settle", advice.id);
    if advice.status == "given" {
        for (yes, key) in [("yes", "resources-accept"), ("no", "resources-decline")] {
            let name = format!("reason.{yes}.{}", advice.id);
            let fields = Html::join([
                page::components::field::hidden("accept", yes),
                Ask::words(&name, "resources-reason", REASON_CHARS_MAX).area(t, 2),
            ]);
            let inside = parts::act(visitor, &to, fields, key, Kind::Other);
            all.push(&parts::folded(&t.say(key), &inside));
        }
    }
    let to = format!("/desk/advice/{}/rate", advice.id);
    let [word, useful] = ["word", "useful"].map(|name| format!("{name}.{}", advice.id));
    let word = Ask::words(&word, "resources-word-on-it", REASON_CHARS_MAX).perhaps().line(t);
    let useful = Ask::words(&useful, "resources-useful", 3).perhaps().tick(t);
    let inside =
        parts::act(visitor, &to, Html::join([useful, word]), "resources-rate", Kind::Other);
    all.push(&parts::folded(&t.say("resources-rate"), &inside));
    all
}

fn inviting(house: &House, visitor: &Visitor, request: &Request) -> Html {
    use crate::resources::lists::DISCIPLINES;
    use page::components::field::Choice;
    let t = visitor.tongue();
    let named: Vec<(&str, String)> = DISCIPLINES
        .iter()
        .map(|code| (*code, t.say(&format!("resources-discipline-{code}"))))
        .collect();
    let choices: Vec<Choice<'_>> =
        named.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let day = super::doing::in_days(house, acts::advice::WAIT_DAYS);
    let fields = Html::join([
        Ask::words("who", "resources-invite-who", WHO_CHARS_MAX).perhaps().line(t),
        Ask::words("discipline", "resources-discipline", 40).select(t, &choices),
        parts::day_field(t, "until.invite", "resources-invite-until", day),
    ]);
    let to = format!("/desk/requests/{}/invite", request.id);
    let inside = parts::act(visitor, &to, fields, "resources-invite", Kind::Other);
    parts::folded(&t.say("resources-invite"), &inside)
}
