//! What is read of assemblies, proposals and rules. SQL stands here in named constants, portable.
//! It judges nothing and writes nothing.

use record::Id;
use store::{StoreError, Value};

use super::rules::{BodyRules, NeedSeen, ProposalSeen, Standing};
use super::views::{Assembly, Proposal, RulesRow, rules_id};
use crate::decisions::Decision;
use crate::door::House;
use crate::{needs, voices};

/// Assemblies or proposals on one page.
pub const PAGE: i64 = 50;
/// The most proposals that one agenda looks at.
const SEEN_MAX: i64 = 200;

const RULES: &str = "SELECT id, body, women_share_min_percent, attendance_min, support_min, \
    agenda_voices_min, set_ms, by_decision FROM body_rules_1 WHERE id = $1";

/// The rules of a body as they were set; a row of defaults that was never set otherwise.
///
/// # Errors
/// When the database fails.
pub async fn rules_row(house: &House, body: Id) -> Result<RulesRow, StoreError> {
    let id = rules_id(body);
    let row = house.store().read_one(RULES, vec![id.into()]).await?;
    Ok(row.as_ref().map(RulesRow::from_row).unwrap_or(RulesRow { id, body, ..RulesRow::default() }))
}

/// The rules by which a body decides: its own, else the defaults.
///
/// # Errors
/// When the database fails.
pub async fn rules_of(house: &House, body: Id) -> Result<BodyRules, StoreError> {
    Ok(rules_row(house, body).await?.rules)
}

const ASSEMBLY: &str = "SELECT whole FROM assemblies_1 WHERE id = $1 AND number > 0";

/// One assembly.
///
/// # Errors
/// When the database fails.
pub async fn assembly(house: &House, id: Id) -> Result<Option<Assembly>, StoreError> {
    let row = house.store().read_one(ASSEMBLY, vec![id.into()]).await?;
    Ok(row.as_ref().and_then(|row| Assembly::from_row(row, 0)))
}

const ASSEMBLY_BY_NUMBER: &str =
    "SELECT whole FROM assemblies_1 WHERE number = $1 ORDER BY id LIMIT 1";

/// The assembly of a number people say aloud.
///
/// # Errors
/// When the database fails.
pub async fn assembly_by_number(house: &House, n: i64) -> Result<Option<Assembly>, StoreError> {
    let row = house.store().read_one(ASSEMBLY_BY_NUMBER, vec![n.max(1).into()]).await?;
    Ok(row.as_ref().and_then(|row| Assembly::from_row(row, 0)))
}

const ASSEMBLIES: &str = "SELECT whole FROM assemblies_1 WHERE number > 0 \
    AND (starts_ms < $1 OR (starts_ms = $1 AND id < $2)) \
    ORDER BY starts_ms DESC, id DESC LIMIT $3";

/// Assemblies, the latest first, before one of them.
///
/// # Errors
/// When the database fails.
pub async fn assemblies(
    house: &House,
    before: Option<(i64, Id)>,
    limit: i64,
) -> Result<Vec<Assembly>, StoreError> {
    let (ms, id) = before.unwrap_or((i64::MAX, Id([255; 16])));
    let rows = house.store().read(ASSEMBLIES, vec![ms.into(), id.into(), limit.into()]).await?;
    Ok(rows.iter().filter_map(|row| Assembly::from_row(row, 0)).collect())
}

const BODY_MET: &str = "SELECT 1 FROM assemblies_1 WHERE body = $1 AND number > 0 LIMIT 1";

/// Whether a body was ever called to an assembly.
///
/// # Errors
/// When the database fails.
pub async fn has_met(house: &House, body: Id) -> Result<bool, StoreError> {
    Ok(house.store().read_one(BODY_MET, vec![body.into()]).await?.is_some())
}

const PROPOSAL: &str = "SELECT whole FROM proposals_1 WHERE id = $1 AND number > 0";

/// One proposal.
///
/// # Errors
/// When the database fails.
pub async fn proposal(house: &House, id: Id) -> Result<Option<Proposal>, StoreError> {
    let row = house.store().read_one(PROPOSAL, vec![id.into()]).await?;
    Ok(row.as_ref().and_then(|row| Proposal::from_row(row, 0)))
}

const PROPOSAL_BY_NUMBER: &str =
    "SELECT whole FROM proposals_1 WHERE number = $1 ORDER BY id LIMIT 1";

/// The proposal of a number people say aloud.
///
/// # Errors
/// When the database fails.
pub async fn proposal_by_number(house: &House, n: i64) -> Result<Option<Proposal>, StoreError> {
    let row = house.store().read_one(PROPOSAL_BY_NUMBER, vec![n.max(1).into()]).await?;
    Ok(row.as_ref().and_then(|row| Proposal::from_row(row, 0)))
}

const PROPOSALS: &str = "SELECT whole FROM proposals_1 WHERE number > 0 \
    AND (made_ms < $1 OR (made_ms = $1 AND id < $2)) ORDER BY made_ms DESC, id DESC LIMIT $3";

/// Proposals, the newest first, before one of them; also those nobody has looked at.
///
/// # Errors
/// When the database fails.
pub async fn proposals(
    house: &House,
    before: Option<(i64, Id)>,
    limit: i64,
) -> Result<Vec<Proposal>, StoreError> {
    let (ms, id) = before.unwrap_or((i64::MAX, Id([255; 16])));
    let rows = house.store().read(PROPOSALS, vec![ms.into(), id.into(), limit.into()]).await?;
    Ok(rows.iter().filter_map(|row| Proposal::from_row(row, 0)).collect())
}

const UNLOOKED: &str =
    "SELECT whole FROM proposals_1 WHERE status = 'made' ORDER BY made_ms, id LIMIT $1";

/// Proposals that nobody has looked at yet, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn unlooked(house: &House, limit: i64) -> Result<Vec<Proposal>, StoreError> {
    let rows = house.store().read(UNLOOKED, vec![limit.into()]).await?;
    Ok(rows.iter().filter_map(|row| Proposal::from_row(row, 0)).collect())
}

const SUPPORTED: &str = "SELECT whole FROM proposals_1 WHERE (status = 'shown' \
    OR status = 'left_out' OR status = 'on_agenda') AND supporters >= $1 \
    ORDER BY supporters DESC, made_ms, id LIMIT $2";

const SUPPORTED_IN: &str = "SELECT whole FROM proposals_1 WHERE (status = 'shown' \
    OR status = 'left_out' OR status = 'on_agenda') AND supporters >= $1 \
    AND (area = $3 OR area IS NULL) ORDER BY supporters DESC, made_ms, id LIMIT $2";

/// Proposals that are shown, not decided, and have at least so many supporters: those of an area
/// and of the whole city, or of anywhere for none.
///
/// # Errors
/// When the database fails.
pub async fn proposals_over(
    house: &House,
    area: Option<Id>,
    min: i64,
) -> Result<Vec<Proposal>, StoreError> {
    let mut params: Vec<Value> = vec![min.into(), SEEN_MAX.into()];
    let sql = if let Some(area) = area {
        params.push(area.into());
        SUPPORTED_IN
    } else {
        SUPPORTED
    };
    let rows = house.store().read(sql, params).await?;
    Ok(rows.iter().filter_map(|row| Proposal::from_row(row, 0)).collect())
}

/// Whether something may come to an agenda: nobody took it up, this assembly did, or one that is
/// over or called off, and nothing was decided there. So nothing is lost by calling off.
async fn waits_for(house: &House, taken_by: Option<Id>, here: Id) -> Result<bool, StoreError> {
    let Some(other) = taken_by.filter(|other| *other != here) else { return Ok(true) };
    let other = assembly(house, other).await?;
    Ok(other.is_none_or(|other| matches!(other.status(), "closed" | "called_off")))
}

/// The same, as far as an agenda looks at them; one on another assembly's agenda waits for that.
pub(crate) async fn proposals_seen(
    house: &House,
    assembly: &Assembly,
    min: i64,
) -> Result<Vec<ProposalSeen>, StoreError> {
    let mut all = proposals_over(house, assembly.area, min).await?;
    all.extend(
        by_women(house).await?.into_iter().filter(|p| {
            p.supporters() < min && (assembly.area.is_none() || p.area == assembly.area)
        }),
    );
    let mut mine = Vec::new();
    for proposal in all {
        if waits_for(house, proposal.assembly, assembly.id).await? {
            mine.push(proposal);
        }
    }
    Ok(mine
        .into_iter()
        .map(|p| ProposalSeen {
            id: p.id,
            title: format!("P-{} {}", p.number, p.title()),
            supporters: p.supporters(),
            by_women: p.via == "women",
        })
        .collect())
}

const BY_WOMEN: &str = "SELECT whole FROM proposals_1 WHERE by_women = TRUE \
    AND (status = 'shown' OR status = 'left_out' OR status = 'on_agenda') \
    ORDER BY made_ms, id LIMIT $1";

/// Proposals that women put forward in a session of their own, not decided yet.
async fn by_women(house: &House) -> Result<Vec<Proposal>, StoreError> {
    let rows = house.store().read(BY_WOMEN, vec![SEEN_MAX.into()]).await?;
    Ok(rows.iter().filter_map(|row| Proposal::from_row(row, 0)).collect())
}

/// The most needs that one agenda looks at.
const NEEDS_SEEN_MAX: i64 = 60;

/// Needs that an agenda may offer, the gravest first, as far as an agenda looks at them.
pub(crate) async fn needs_seen(
    house: &House,
    assembly: &Assembly,
    t: page::Tongue,
) -> Result<Vec<NeedSeen>, StoreError> {
    let silent = needs::quiet::silent_areas(house).await?;
    let mut seen = Vec::new();
    let mut all = needs::open_in(house, assembly.area, None, NEEDS_SEEN_MAX).await?;
    let taken = needs::queries::Which::Status("in_assembly");
    for need in needs::queries::list(house, taken, assembly.area, None, NEEDS_SEEN_MAX).await? {
        let elsewhere = need.assembly.filter(|other| *other != assembly.id);
        if elsewhere.is_some() && waits_for(house, elsewhere, assembly.id).await? {
            all.push(need);
        }
    }
    for need in all {
        seen.push(NeedSeen {
            id: need.id,
            title: needs::title_line(t, &need),
            severity: need.severity,
            voices: voices::queries::counts_of_need(house, need.id).await?.voices,
            from_silence: need.area.is_some_and(|area| silent.contains(&area)),
        });
    }
    Ok(seen)
}

const CLOSED_SINCE: &str = "SELECT whole FROM assemblies_1 WHERE starts_ms >= $1 \
    AND status = 'closed' ORDER BY starts_ms DESC, id LIMIT $2";

/// Assemblies that are over and began at `since_ms` (milliseconds since 1970) or later, the newest
/// first.
///
/// # Errors
/// When the database fails.
pub(crate) async fn closed_since(
    house: &House,
    since_ms: i64,
    count: i64,
) -> Result<Vec<Assembly>, StoreError> {
    let rows = house.store().read(CLOSED_SINCE, vec![since_ms.into(), count.into()]).await?;
    Ok(rows.iter().filter_map(|row| Assembly::from_row(row, 0)).collect())
}

const TOLD: &str = "SELECT told, COUNT(*) FROM attendance_1 WHERE assembly = $1 GROUP BY told";

/// How many of those who were asked by lot say that the count is right, and that it was otherwise.
///
/// # Errors
/// When the database fails.
pub(crate) async fn told_of(house: &House, assembly: Id) -> Result<(i64, i64), StoreError> {
    let rows = house.store().read(TOLD, vec![assembly.into()]).await?;
    let of = |told: &str| rows.iter().find(|row| row.text(0) == told).map_or(0, |row| row.int(1));
    Ok((of("so"), of("otherwise")))
}

const ASSEMBLY_NEXT: &str = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM assemblies_1";
const PROPOSAL_NEXT: &str = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM proposals_1";

/// The next number of assemblies, as far as the view knows.
///
/// # Errors
/// When the database fails.
pub async fn assembly_next(house: &House) -> Result<i64, StoreError> {
    let row = house.store().read_one(ASSEMBLY_NEXT, vec![]).await?;
    Ok(row.map_or(0, |row| row.int(0)) + 1)
}

/// The next number of proposals, as far as the view knows.
///
/// # Errors
/// When the database fails.
pub async fn proposal_next(house: &House) -> Result<i64, StoreError> {
    let row = house.store().read_one(PROPOSAL_NEXT, vec![]).await?;
    Ok(row.map_or(0, |row| row.int(0)) + 1)
}

/// Decisions that come back, of the body that meets or of the place it is about: those it must look
/// at again by the day it meets, and promises whose day has passed.
///
/// # Errors
/// When the database fails.
pub(crate) async fn decisions_seen(
    house: &House,
    assembly: &Assembly,
) -> Result<Vec<Standing>, StoreError> {
    let day = |ms| record::day_of(ms + house.city().offset_minutes * 60_000);
    let (today, meets) = (day(house.now_ms()), day(assembly.starts_ms));
    let title = |d: &Decision| format!("{} {}", d.shown_number(), d.title);
    let due = crate::decisions::reviews_due(house, meets.max(today)).await?;
    let late = crate::decisions::overdue(house, today).await?;
    // A review is the business of whoever decided.
    let due = due.into_iter().filter(|d| d.body == assembly.body).map(|d| Standing {
        id: d.id,
        title: title(&d),
        review: true,
        late: false,
    });
    let late = late
        .into_iter()
        .filter(|d| d.body == assembly.body || d.area == assembly.area)
        .map(|d| Standing { id: d.id, title: title(&d), review: false, late: true });
    Ok(due.chain(late).collect())
}
