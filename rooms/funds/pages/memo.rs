//! `/money/{number}/memo`: the advice in one page (R5): the ranking, how firm line and ranking are,
//! what is missing, who disagrees, and what would change it. Whoever has the same records gets the
//! same.

use axum::extract::{Path, State};
use page::{Html, Tongue, text};

use super::{beside, parts};
use crate::door::{House, Shown, Trouble, Visitor};
use crate::funds::queries::{self, today};
use crate::funds::rules::line::reckoned_risk;
use crate::funds::rules::ranking::{self, Standing};
use crate::funds::rules::told::DRAWS;
use crate::funds::views::{Application, Phase, Window};

/// From this part of the draws on, in thousandths, an area's share is said to be unsure.
const UNSURE_MILLI: i64 = 200;

/// The page.
pub async fn page(
    State(house): State<House>,
    visitor: Visitor,
    Path(number): Path<i64>,
) -> Result<Shown, Trouble> {
    let t = visitor.tongue();
    let window = queries::by_number(&house, number).await?.ok_or(Trouble::NotFound)?;
    let title = t.say("funds-memo");
    let mut body = parts::h1(&format!("{title}: W-{} {}", window.number, window.terms.name));
    body.push(&parts::line(&t.say("funds-memo-lead")));
    let all = queries::applications_of(&house, window.id).await?;
    let counted: Vec<&Application> = all.iter().filter(|one| one.counts()).collect();
    let weights: Vec<i64> = window.terms.criteria.iter().map(|known| known.weight).collect();
    let ranked = match window.phase(today(&house)) {
        Phase::Closed => ranking::rank(&counted, &weights),
        _ => Vec::new(),
    };
    body.push(&order(t, &ranked, &counted));
    body.push(&firmness(&house, t, &window));
    if !ranked.is_empty() {
        body.push(&firm_places(t, &window, &counted));
    }
    body.push(&missing(&house, t, &window, &ranked));
    body.push(&parts::h2(t, "funds-memo-dissent"));
    body.push(&items(t, window.dissents.iter().map(|words| parts::said(words)).collect()));
    body.push(&changes(t, (&ranked, &counted), beside::next(&house, t, &window)));
    for said in beside::costs(t, &window) {
        body.push(&Html(format!("<p>{said}</p>")));
    }
    let back = parts::link(&visitor, &format!("/money/{number}"), &window.terms.name);
    body.push(&Html(format!("<p>{back}</p>")));
    Ok(Shown::street(title, body))
}

fn items(t: Tongue, all: Vec<Html>) -> Html {
    if all.is_empty() {
        return parts::soft(&t.say("funds-memo-none"));
    }
    let items = all.into_iter().map(|item| Html(format!("<li>{item}</li>")));
    Html(format!("<ul>{}</ul>", Html::join(items)))
}

fn name(all: &[&Application], own: &Standing) -> String {
    let one = all.iter().find(|one| one.id == own.id);
    one.map_or_else(String::new, |one| format!("F-{} · {}", one.made.number, one.made.body_name))
}

fn order(t: Tongue, ranked: &[Standing], all: &[&Application]) -> Html {
    let listed = ranked.iter().filter_map(|own| {
        let place = t.number(i64::try_from(own.place?).unwrap_or(0));
        Some(Html(format!("{}. {}", text(&place), parts::said(&name(all, own)))))
    });
    Html::join([parts::h2(t, "funds-memo-order"), items(t, listed.collect())])
}

/// How firm the line is: which areas' shares move when figures do.
fn firmness(house: &House, t: Tongue, window: &Window) -> Html {
    let Some(shared) = &window.shared else {
        return Html::join([parts::h2(t, "funds-memo-firm"), items(t, Vec::new())]);
    };
    let draws = beside::draws(shared);
    let name = |area| ("area", parts::area_name(house, t, Some(area)).into());
    let moved = shared.shares.iter().filter(|share| share.moved_milli >= UNSURE_MILLI);
    let moved = moved.map(|share| {
        let percent = parts::percent_of_milli(t, share.moved_milli).into();
        t.html("funds-memo-moves", &[name(share.area), ("percent", percent)])
    });
    let funded = shared.shares.iter().filter_map(|share| {
        let n = share.funded_draws.filter(|n| *n > 0 && *n < draws)?;
        let args = [name(share.area), ("n", n.into()), ("draws", draws.into())];
        Some(t.html("funds-memo-funded", &args))
    });
    let unsure: Vec<Html> = moved.chain(funded).collect();
    let lead = t.with("funds-memo-firm-lead", &[("draws", draws.into())]);
    let firm = if unsure.is_empty() {
        parts::line(&t.say("funds-memo-all-firm"))
    } else {
        items(t, unsure)
    };
    Html::join([parts::h2(t, "funds-memo-firm"), parts::line(&lead), firm])
}

/// Which places of the ranking move when the weights of the criteria do.
fn firm_places(t: Tongue, window: &Window, all: &[&Application]) -> Html {
    let weights: Vec<i64> = window.terms.criteria.iter().map(|known| known.weight).collect();
    let seed = u64::try_from(window.number).unwrap_or(0);
    let firm = ranking::firmness(all, &weights, (DRAWS, seed));
    let draws = i64::from(DRAWS);
    let place = |place: usize| t.number(i64::try_from(place).unwrap_or(0));
    let moved = firm.iter().filter(|one| one.kept < draws).map(|one| {
        let args = [
            ("number", format!("F-{}", one.number).into()),
            ("n", one.kept.into()),
            ("draws", draws.into()),
            ("best", place(one.best).into()),
            ("worst", place(one.worst).into()),
        ];
        t.html("funds-memo-weights", &args)
    });
    let moved: Vec<Html> = moved.collect();
    let lead = parts::line(&t.with("funds-memo-weights-lead", &[("draws", draws.into())]));
    let told = if moved.is_empty() {
        parts::line(&t.say("funds-memo-weights-firm"))
    } else {
        items(t, moved)
    };
    Html::join([lead, told])
}

/// What nobody knows, and how it was read.
fn missing(house: &House, t: Tongue, window: &Window, ranked: &[Standing]) -> Html {
    let lines = window.shared.as_ref().map(|shared| shared.lines.as_slice()).unwrap_or_default();
    let areas = lines.iter().filter(|line| line.risk_tenths.is_none()).map(|line| {
        let risk = reckoned_risk(line, lines);
        let args = [
            ("area", parts::area_name(house, t, Some(line.area)).into()),
            ("risk", format!("{}.{}", risk / 10, risk % 10).into()),
        ];
        t.html("funds-memo-risk", &args)
    });
    let scores = ranked.iter().filter(|own| !own.missing.is_empty()).map(|own| {
        let n = i64::try_from(own.missing.len()).unwrap_or(0);
        let args = [("number", format!("F-{}", own.number).into()), ("n", n.into())];
        t.html("funds-memo-scores", &args)
    });
    let all: Vec<Html> = areas.chain(scores).collect();
    Html::join([parts::h2(t, "funds-memo-missing"), items(t, all)])
}

/// What would change it: how far apart neighbours stand, what was said to those told no, and whom
/// more money would lift.
fn changes(t: Tongue, (ranked, all): (&[Standing], &[&Application]), next: Vec<Html>) -> Html {
    let gaps = ranked.windows(2).filter_map(|two| {
        let [above, below] = two else { return None };
        below.place?;
        let apart = above.milli - below.milli;
        let points = format!("{}.{}", t.number(apart / 1000), apart % 1000 / 100);
        let args = [
            ("above", format!("F-{}", above.number).into()),
            ("below", format!("F-{}", below.number).into()),
            ("points", points.into()),
        ];
        Some(t.html("funds-memo-gap", &args))
    });
    let said = all.iter().filter_map(|one| {
        let decided = one.decided.as_ref().filter(|decided| !decided.would_change.is_empty())?;
        let words = parts::said(&decided.would_change);
        Some(Html(format!("F-{}: {words}", one.made.number)))
    });
    Html::join([
        parts::h2(t, "funds-memo-change"),
        items(t, gaps.chain(said).chain(next).collect()),
    ])
}
