//! The two files of a sharing-out, in the formats that `baraza allocate` reads: the question, and
//! the result with its certificate. Pure. Nothing is in them that the record does not hold.
//!
//! Reasons stand on the window's page, in the reader's language, and not in the file.

use fair::sharing::{Giver, Grants, Level, Measures, Taker, Window as Question};
use serde_json::{Map, Value, json};

use super::told::Told;
use crate::funds::records::AreaLine;

/// The question. What stands in a `note` is for people: the program passes it over.
#[must_use]
pub fn question(asked: &Question, lines: &[AreaLine]) -> String {
    let areas = asked.areas.iter().zip(lines).map(|(area, line)| {
        json!({
            "id": area.id,
            "need": area.need,
            "severity": line.severity,
            "covered": area.covered,
            "cap": area.cap,
            "risk10": area.risk_milli / 100,
            "deferrals": area.deferrals,
            "grant_min": area.grant_min,
            "cost": line.cost_minor.max(1),
            "note": {
                "people": line.people,
                "source": line.source,
                "day": line.day,
                "risk_missing": line.risk_tenths.is_none(),
            },
        })
    });
    let pools = asked
        .pools
        .iter()
        .map(|pool| json!({ "id": pool.id, "supply": pool.supply, "held_back": pool.held_back }));
    let eligible = asked.arcs.iter().filter_map(|arc| {
        let (Giver::Pool(pool), Taker::Area(area)) = (arc.from, arc.to) else { return None };
        Some(match arc.ceiling {
            Some(ceiling) => json!([pool, area, ceiling]),
            None => json!([pool, area]),
        })
    });
    json!({
        "areas": areas.collect::<Vec<_>>(),
        "pools": pools.collect::<Vec<_>>(),
        "eligible": eligible.collect::<Vec<_>>(),
    })
    .to_string()
}

/// The result, with all that `baraza allocate --check` needs.
#[must_use]
pub fn result(
    asked: &Question,
    grants: &Grants,
    measures: &Measures,
    (told, seed): (&Told, u64),
) -> String {
    let shares = &grants.shares;
    let proof = &shares.certificate;
    let by_area = |value: &dyn Fn(usize) -> Value| {
        let areas = asked.areas.iter().enumerate();
        areas.map(|(at, area)| (area.id.clone(), value(at))).collect::<Map<String, Value>>()
    };
    let level = |level: Option<&Level>| json!(level.map(ToString::to_string));
    let pools = asked.pools.iter().zip(&proof.pools);
    let pools: Map<String, Value> =
        pools.map(|(pool, at)| (pool.id.clone(), level(Some(at)))).collect();
    let total: i64 = shares.amounts.iter().sum();
    json!({
        "total": total,
        "allocations": by_area(&|at| json!(shares.amounts.get(at))),
        "flows": flows(asked, grants),
        "certificate": {
            "pools": pools,
            "areas": by_area(&|at| level(proof.areas.get(at))),
            "partners": {},
        },
        "deferred": grants.deferred.iter().map(|deferred| json!({
            "area": asked.areas.get(deferred.area).map(|area| &area.id),
            "amount": deferred.amount,
            "deferrals": deferred.deferrals,
        })).collect::<Vec<_>>(),
        "measures": {
            "gini_before": measures.gini_before.to_string(),
            "gini_after": measures.gini_after.to_string(),
            "lowest_before": measures.lowest_before.map(|level| level.to_string()),
            "lowest_after": measures.lowest_after.map(|level| level.to_string()),
            "to_high_risk": measures.to_high_risk.map(|part| part.to_string()),
        },
        "robustness": {
            "draws": told.moves.draws,
            "seed": seed,
            "funded": by_area(&|at| json!(told.moves.funded.get(at))),
            "moved": by_area(&|at| json!(told.moves.moved.get(at))),
        },
        "marginal": marginal(asked, told),
        "price": {
            "counted_in": "people",
            "reached": told.price.reached.to_string(),
            "most": told.price.most.to_string(),
            "part": told.price.part().to_string(),
        },
        "rounding": told.rounded.map(|most| most.to_string()),
    })
    .to_string()
}

/// By pool, whom more of it would lift first, in which parts, and how far.
fn marginal(asked: &Question, told: &Told) -> Map<String, Value> {
    let name = |at: usize| asked.areas.get(at).map(|area| area.id.clone());
    let next = asked.pools.iter().zip(&told.next).map(|(pool, next)| {
        let parts = next.parts.iter().filter_map(|(at, part)| Some((name(*at)?, part)));
        let parts = parts.map(|(name, part)| (name, json!(part.to_string())));
        let amount = next.amount.map(|most| most.to_string());
        let parts: Map<String, Value> = parts.collect();
        (pool.id.clone(), json!({ "amount": amount, "parts": parts }))
    });
    next.collect()
}

fn flows(asked: &Question, grants: &Grants) -> Vec<Value> {
    let shares = &grants.shares;
    let flows = asked.arcs.iter().zip(shares.flows.iter().zip(&shares.certificate.flows));
    flows
        .map(|(arc, (amount, exact))| {
            let from = match arc.from {
                Giver::Pool(pool) => asked.pools.get(pool as usize).map(|pool| &pool.id),
                Giver::Partner(_) => None,
            };
            let to = match arc.to {
                Taker::Area(area) => asked.areas.get(area as usize).map(|area| &area.id),
                Taker::Partner(_) => None,
            };
            json!({ "from": from, "to": to, "amount": amount, "exact": exact.to_string() })
        })
        .collect()
}
