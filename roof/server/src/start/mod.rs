//! The first ten minutes of a node (`/start`): its city, its areas, its first steward with the
//! recovery sheet, how SMS come and go, and a test message answered. What is done is read from the
//! store at every step. It never makes a second steward, and is shut to everybody else once there
//! is one.

mod countries;
mod pages;
mod rules;
mod sms;
mod steward;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use page::{Lang, Notice, frame::Tone};
use record::{Id, Refusal};
use rooms::door::{Access, House, Moved, Rate, Role, Routes, Shown, Trouble, Visitor};
use rooms::people;
use rooms::places::{self, Brought, CityWords, GEOJSON_BYTES_MAX, Outline};
use store::{AppendError, Change, Decision, Name};

use rules::{Seen, Stage, may_do, stage};

/// The texts of the roof's own pages, by language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../../texts/en.ftl")),
    (Lang::Fr, include_str!("../../texts/fr.ftl")),
    (Lang::Es, include_str!("../../texts/es.ftl")),
    (Lang::Ht, include_str!("../../texts/ht.ftl")),
    (Lang::Sw, include_str!("../../texts/sw.ftl")),
    (Lang::Ar, include_str!("../../texts/ar.ftl")),
];

const PATH: &str = "/start";
/// The cookie that carries the start key from step to step.
const KEY_COOKIE: &str = "baraza-start";
const KEY_COOKIE_SECONDS: u32 = 3600;
/// Longest form of somebody who does not bear the key, in bytes.
const KEY_FORM_BYTES_MAX: usize = 4_000;
/// Longest form of the start, in bytes: a file of areas and a little more.
const FORM_BYTES_MAX: usize = GEOJSON_BYTES_MAX + 100_000;
/// How often one origin may try a start key.
const KEY_TRIES: Rate = Rate { name: "start-key", times: 10, within_ms: 10 * 60 * 1000 };

/// The start key, kept until there is a steward.
struct StartKey(String);

/// The routes of the start.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(PATH, Access::Street, get(shown)).post(PATH, Access::Street, post(done))
}

/// The start key, to be shown in the terminal; none once there is a steward. It is asked of
/// everybody: behind a proxy, whoever asks from anywhere seems to sit at this machine.
///
/// # Errors
/// When the store fails.
pub async fn key_for(house: &House) -> anyhow::Result<Option<String>> {
    if people::has_steward(house).await? {
        return Ok(None);
    }
    let mut chance = [0; rules::KEY_SYMBOLS];
    seal::chance(&mut chance);
    let key = rules::start_key(chance);
    house.keep(StartKey(key.clone()));
    Ok(Some(key))
}

/// Whether a country's code is one of ISO 3166.
#[must_use]
pub fn known_country(code: &str) -> bool {
    countries::known(code)
}

/// Whether the recovery sheet was put away, as a steward said. Read from the store: a node that
/// was stopped in between asks again.
///
/// # Errors
/// When the store fails.
pub async fn sheet_is_away(house: &House) -> Result<bool, store::StoreError> {
    Ok(house.store().holder(&sheet_name(house)).await?.is_some())
}

/// The name that is held once the sheet was put away.
fn sheet_name(house: &House) -> Name {
    Name { space: "start", key: house.vault().keyed("start", b"recovery sheet put away") }
}

/// What a form sends, by name.
#[derive(Clone, Debug, Default)]
struct Filled(HashMap<String, String>);

impl Filled {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// As it was typed, for what may begin or end with a blank.
    fn raw(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// Who asks, by which way, and where the start stands for them.
struct Asking {
    house: House,
    visitor: Visitor,
    headers: HeaderMap,
    stage: Stage,
}

impl Asking {
    async fn of(house: House, visitor: Visitor, headers: HeaderMap) -> Result<Asking, Trouble> {
        let own = visitor.is(Role::Steward);
        let city = house.city();
        let seen = Seen {
            named: !city.name.is_empty(),
            demo: city.demo,
            areas: !places::atlas(&house).areas().is_empty(),
            steward: people::has_steward(&house).await?,
            own,
            sheet: own && !sheet_is_away(&house).await?,
            key: bears_key(&house, &headers),
        };
        Ok(Asking { house, visitor, headers, stage: stage(seen) })
    }

    fn home(&self) -> Response {
        Moved(self.visitor.link("/")).into_response()
    }

    fn onward(&self, query: &str) -> Response {
        Moved(self.visitor.link(&format!("{PATH}{query}"))).into_response()
    }
}

fn bears_key(house: &House, headers: &HeaderMap) -> bool {
    let cookies = headers.get(header::COOKIE).and_then(|c| c.to_str().ok()).unwrap_or_default();
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == KEY_COOKIE).is_some_and(|(_, key)| is_key(house, key))
}

fn is_key(house: &House, typed: &str) -> bool {
    // Keyed hashes are compared, so that the time taken says nothing of the key.
    let keyed = |key: &str| house.vault().keyed("start key", rules::plain_key(key).as_bytes());
    house.kept::<StartKey>().is_some_and(|key| keyed(&key.0) == keyed(typed))
}

async fn shown(
    State(house): State<House>,
    visitor: Visitor,
    Query(query): Query<HashMap<String, String>>,
    request: Request,
) -> Result<Response, Trouble> {
    let asking = Asking::of(house, visitor, request.headers().clone()).await?;
    let step = query.get("step").map_or("", String::as_str);
    let filled = Filled::default();
    if asking.stage == Stage::Key
        && let Some(key) = query.get("key")
    {
        // The link that the terminal shows. The key leaves the address at once.
        return take_key(&asking, key).or_else(|trouble| refused(&asking, "key", &filled, trouble));
    }
    Ok(match (asking.stage, step) {
        (Stage::Away, _) => asking.home(),
        (Stage::Key, _) => pages::key(&asking.visitor).into_response(),
        (Stage::City, "city") => pages::city(&asking.visitor, &filled).into_response(),
        (Stage::City, "demo") => pages::demo(&asking.visitor).into_response(),
        (Stage::City, _) => pages::welcome(&asking.visitor).into_response(),
        (Stage::Areas | Stage::Steward, "draw") => {
            pages::draw(&asking, &filled, None).into_response()
        }
        (Stage::Areas, step) if step != "steward" => {
            pages::areas(&asking.visitor, "").into_response()
        }
        (Stage::Areas | Stage::Steward, _) => {
            pages::steward(&asking.visitor, &filled).into_response()
        }
        (Stage::Sheet, _) => pages::sheet(&asking.house, &asking.visitor).into_response(),
        (Stage::Sms, "sheet") => pages::sheet_asked(&asking.visitor).into_response(),
        (Stage::Sms, "change") => sms::choose(&asking, &filled).into_response(),
        (Stage::Sms, _) => sms::page(&asking).await?.into_response(),
    })
}

async fn done(
    State(house): State<House>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Trouble> {
    let asking = Asking::of(house, visitor, request.headers().clone()).await?;
    if asking.stage == Stage::Away {
        return Ok(asking.home());
    }
    let (filled, file) = read_form(&asking, request).await?;
    let step = filled.get("step").to_owned();
    if !may_do(&step, asking.stage) {
        // A step that was done already, or one too early: back to where the start stands.
        return Ok(asking.onward(""));
    }
    let outcome = match step.as_str() {
        "key" => take_key(&asking, filled.get("key")),
        "city" => name_city(&asking, &filled).await,
        "areas" => take_areas(&asking, &filled, file),
        "areas-choose" => import(&asking, &filled).await,
        "draw" => draw(&asking, &filled).await,
        "steward" => steward::make(&asking, &filled).await,
        "sheet" => put_away(&asking, &filled).await,
        "sheet-again" => sheet_again(&asking, &filled).await,
        "test" => sms::test(&asking).await,
        _ => sms::choose_gateway(&asking, &filled).await,
    };
    outcome.or_else(|trouble| refused(&asking, &step, &filled, trouble))
}

/// A refusal becomes the form again; anything else goes on.
fn refused(
    asking: &Asking,
    step: &str,
    filled: &Filled,
    trouble: Trouble,
) -> Result<Response, Trouble> {
    match trouble {
        Trouble::Refused(refusal) if !asking.visitor.0.wants_json => {
            Ok(again(asking, step, filled, &refusal).into_response())
        }
        trouble => Err(trouble),
    }
}

/// What the form says, and the file it carries.
async fn read_form(asking: &Asking, request: Request) -> Result<(Filled, Vec<u8>), Trouble> {
    let Brought { fields, file } = if asking.stage == Stage::Key {
        // No file is read from somebody who has not shown the key.
        let short = Brought::read(request, KEY_FORM_BYTES_MAX).await;
        short.map_err(|_| Refusal::new("form-too-long").status(413))?
    } else {
        Brought::read(request, FORM_BYTES_MAX).await?
    };
    let filled = Filled(fields);
    let token = asking.visitor.csrf();
    if !token.is_empty() && filled.get("csrf") != token {
        return Err(Refusal::new("form-stale").status(403).into());
    }
    Ok((filled, file))
}

/// The form again, with what was typed and what is wrong with it.
fn again(asking: &Asking, step: &str, filled: &Filled, refusal: &Refusal) -> Shown {
    let visitor = &asking.visitor;
    let page = match step {
        "key" => pages::key(visitor),
        "city" => pages::city(visitor, filled),
        "areas" => pages::areas(visitor, filled.raw("geojson")),
        "areas-choose" => pages::choose(asking),
        "draw" => pages::draw(asking, filled, None),
        "steward" => pages::steward(visitor, filled),
        "sheet" => pages::sheet(&asking.house, visitor),
        "sheet-again" => pages::sheet_asked(visitor),
        _ => sms::choose(asking, filled),
    };
    let t = visitor.tongue();
    let args: Vec<(&str, page::Arg)> =
        refusal.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let what = t.with(&format!("refused-{}", refusal.code), &args);
    let advice = t.with(&format!("refused-{}-advice", refusal.code), &args);
    let status = Trouble::Refused(refusal.clone()).status();
    page.noticing(Notice::new(Tone::Bad, &format!("{what}. {advice}"))).with_status(status)
}

fn take_key(asking: &Asking, typed: &str) -> Result<Response, Trouble> {
    let house = &asking.house;
    if !house.limits().take(KEY_TRIES, asking.visitor.0.origin, house.now_ms()) {
        return Err(Refusal::new("too-often").status(429).into());
    }
    if !is_key(house, typed) {
        return Err(Refusal::new("start-key-wrong").status(403).into());
    }
    let secure = if encrypted(&asking.headers) { "; Secure" } else { "" };
    let key = rules::plain_key(typed);
    let rest = format!("HttpOnly; SameSite=Strict; Path={PATH}; Max-Age={KEY_COOKIE_SECONDS}");
    let cookie = format!("{KEY_COOKIE}={key}; {rest}{secure}");
    with_cookie(asking.onward(""), &cookie)
}

/// Whether the way to the visitor is encrypted: what stands before the node says so.
fn encrypted(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes() == b"https")
}

fn with_cookie(mut response: Response, cookie: &str) -> Result<Response, Trouble> {
    let value = HeaderValue::from_str(cookie).map_err(Trouble::broken)?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(response)
}

async fn name_city(asking: &Asking, filled: &Filled) -> Result<Response, Trouble> {
    let first = Lang::from_code(filled.get("first"));
    let ticked = Lang::ALL
        .into_iter()
        .filter(|lang| !filled.get(&format!("lang-{}", lang.code())).is_empty());
    let words = CityWords {
        name: filled.get("name").to_owned(),
        country: filled.get("country").to_owned(),
        languages: first.into_iter().chain(ticked).collect(),
        emergency: filled.get("emergency").to_owned(),
        sms_number: String::new(),
        offset_minutes: filled.get("offset").parse().unwrap_or(i64::MAX / 2),
        demo: false,
    };
    if !countries::known(&words.country) {
        return Err(Refusal::new("city-country").into());
    }
    places::name_city(&asking.house, words, None).await?;
    Ok(asking.onward(""))
}

/// A file of areas: looked at, and kept until its properties are chosen.
fn take_areas(asking: &Asking, filled: &Filled, file: Vec<u8>) -> Result<Response, Trouble> {
    places::take_file(&asking.house, Brought { fields: filled.0.clone(), file })?;
    Ok(pages::choose(asking).into_response())
}

async fn import(asking: &Asking, filled: &Filled) -> Result<Response, Trouble> {
    let done = places::import_chosen(&asking.house, &filled.0, None).await?;
    Ok(pages::imported(asking, &done).into_response())
}

/// An area that is drawn here is an official one: there is no community's body yet.
async fn draw(asking: &Asking, filled: &Filled) -> Result<Response, Trouble> {
    let outline = Outline::typed(filled.get("name"), filled.raw("corners"))?;
    if filled.get("act") != "keep" {
        return Ok(pages::draw(asking, filled, Some(outline)).into_response());
    }
    let name = outline.name.clone();
    places::draw_official(&asking.house, outline, None).await?;
    Ok(pages::drawn(asking, &name).into_response())
}

async fn put_away(asking: &Asking, filled: &Filled) -> Result<Response, Trouble> {
    let house = &asking.house;
    let sheet = house.vault().recovery();
    let last = sheet.rsplit('-').next().unwrap_or_default();
    if rules::plain_key(filled.get("group")) != rules::plain_key(last) {
        return Err(Refusal::new("start-sheet-group").into());
    }
    let held = Id::fresh(house.now_ms());
    let change = Change::writing(Decision::default()).claiming(sheet_name(house), held);
    match house.store().append(change).await {
        Ok(_) | Err(AppendError::Taken { .. }) => Ok(asking.onward("")),
        Err(error) => Err(error.into()),
    }
}

/// The sheet once more, for a steward who says their own passphrase.
async fn sheet_again(asking: &Asking, filled: &Filled) -> Result<Response, Trouble> {
    let member = asking.visitor.signed_in()?.id;
    people::check_passphrase(&asking.house, member, filled.raw("own-passphrase")).await?;
    Ok(pages::sheet_again(&asking.house, &asking.visitor).into_response())
}
