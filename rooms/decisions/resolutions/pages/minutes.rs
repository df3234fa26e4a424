//! The minutes of an assembly on one printed page: what was resolved, in sentences to be read
//! aloud; who was there; what those said who were against; promises; witnesses; the way to the
//! public page as a code and a picture. No name stands in them.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use page::components::quote::quote;
use page::{Html, text};
use record::Id;

use super::parts::{Around, heading, para};
use super::{qr, result, voting};
use crate::decisions::assemblies::{self, Assembly};
use crate::decisions::resolutions::queries;
use crate::decisions::resolutions::views::Decision;
use crate::door::{House, Shown, Trouble, Visitor};

/// How much of a photograph's hash is printed, in bytes: enough to tell two apart.
const HASH_SHOWN_BYTES: usize = 8;
/// Longest name of a host that is believed.
const HOST_BYTES_MAX: usize = 120;

/// The minutes at the desk: every figure exactly, for those who were there.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Shown, Trouble> {
    let id = id.parse::<Id>().map_err(|_| Trouble::NotFound)?;
    let assembly = assemblies::assembly(&house, id).await?.ok_or(Trouble::NotFound)?;
    let base = base_of(&headers);
    let body = written(&house, &visitor, &assembly, &base, true).await?;
    let title = visitor.tongue().say("decisions-minutes");
    Ok(Shown::desk(title, body))
}

/// The minutes as the street may read and print them. `base` is the address of this node, such as
/// `https://baraza.example`, for the picture that leads to the page.
///
/// # Errors
/// When the database fails.
pub async fn public_minutes(
    house: &House,
    visitor: &Visitor,
    assembly: &Assembly,
    base: &str,
) -> Result<Html, Trouble> {
    written(house, visitor, assembly, base, false).await
}

/// The address of this node as the request names it.
fn base_of(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let sound = host.len() <= HOST_BYTES_MAX
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'));
    let secure = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let scheme = if secure { "https" } else { "http" };
    if sound { format!("{scheme}://{host}") } else { String::new() }
}

async fn written(
    house: &House,
    visitor: &Visitor,
    assembly: &Assembly,
    base: &str,
    full: bool,
) -> Result<Html, Trouble> {
    let around = Around::read(house, visitor).await?;
    let t = around.t;
    let motions = queries::of_assembly(house, assembly.id).await?;
    let offset = house.city().offset_minutes;
    let day = t.date_at(assembly.starts_ms, offset);
    let number = format!("A-{}", assembly.number);
    let args = [
        ("number", number.as_str().into()),
        ("body", around.body(assembly.body).into()),
        ("day", day.into()),
        ("place", assembly.place.as_str().into()),
    ];
    let mut body = Html::join([
        heading(&format!("{number} {}", assembly.title)),
        para(&t.with("decisions-minutes-head", &args)),
        chair(&around, assembly),
    ]);
    let resolved: Vec<&Decision> = motions.iter().filter(|d| d.outcome.is_some()).collect();
    if resolved.is_empty() {
        body.push(&para(&t.say("decisions-minutes-none")));
    }
    for decision in resolved {
        body.push(&one(&around, decision, full));
    }
    body.push(&closing(&around, assembly));
    let address = format!("{base}/assembly/{}", assembly.number);
    let label = t.with("decisions-minutes-way", &[("number", number.as_str().into())]);
    body.push(&qr::picture(&address, &label));
    body.push(&Html(format!(
        "<p><b class=mono><bdi>{}</bdi></b> {}</p>",
        text(&number),
        page::html::bdi(&address)
    )));
    Ok(Html(format!("<article class=minutes>{body}</article>")))
}

fn chair(around: &Around, assembly: &Assembly) -> Html {
    let t = around.t;
    if assembly.opened_ms.is_none() {
        return Html::none();
    }
    let woman = assembly.chair_woman || assembly.co_chair_woman == Some(true);
    match (&assembly.exception, woman) {
        (Some(why), false) => {
            para(&t.with("decisions-minutes-no-woman", &[("why", why.as_str().into())]))
        }
        _ => para(&t.say("decisions-minutes-woman")),
    }
}

fn one(around: &Around, decision: &Decision, full: bool) -> Html {
    let mut body = para(&result::aloud(around, decision));
    body.push(&result::counted(around, decision, full));
    body.push(&voting::conflict_said(around.t, decision));
    if decision.chair_replaced {
        body.push(&para(&around.t.say("decisions-chair-replaced")));
    }
    if let Some(dissent) = &decision.dissent {
        body.push(&Html(format!("<h3>{}</h3>", text(&around.t.say("decisions-dissent")))));
        body.push(&quote(dissent, None, &Html::none()));
    }
    Html(format!("<section>{body}</section>"))
}

fn closing(around: &Around, assembly: &Assembly) -> Html {
    let t = around.t;
    let mut body = Html::none();
    if let Some((held, words)) = &assembly.women_session {
        let key = if *held { "decisions-minutes-women" } else { "decisions-minutes-women-not" };
        body.push(&para(&t.with(key, &[("words", words.as_str().into())])));
    }
    if assembly.witnesses > 0 {
        body.push(&para(
            &t.with("decisions-minutes-witnesses", &[("n", assembly.witnesses.into())]),
        ));
    }
    for sheet in &assembly.sheets {
        let shown = sheet.iter().take(HASH_SHOWN_BYTES);
        let hash: String = shown.map(|byte| format!("{byte:02x}")).collect();
        let words = t.say("decisions-minutes-sheet");
        body.push(&Html(format!("<p>{} <bdi class=mono>{hash}</bdi></p>", text(&words))));
    }
    body
}
