//! `doctor`: looks at a node and says what to do next. Green, amber or red, each with its step.

use anyhow::bail;
use rooms::people;
use rooms::voices::outbound;

use crate::cli::{FOUND, Where};
use crate::node::{self, Node};
use crate::settings::{self, GatewayKind};
use crate::start;

/// Clocks before this are wrong: the release was made later (milliseconds, November 2026).
const CLOCK_MS_MIN: i64 = 1_793_000_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Light {
    Green,
    Amber,
    Red,
}

struct Look {
    light: Light,
    what: &'static str,
    found: String,
    step: String,
}

fn look(light: Light, what: &'static str, found: impl ToString, step: impl ToString) -> Look {
    Look { light, what, found: found.to_string(), step: step.to_string() }
}

/// Looks at everything.
///
/// # Errors
/// When there is no node to look at.
pub async fn doctor(at: &Where) -> anyhow::Result<u8> {
    if !node::exists(&at.data) {
        bail!("there is no node in {}: make one with `baraza init`", at.data.display());
    }
    let settings = settings::read(&at.data)?;
    let node = node::open(&at.place()).await?;
    let mut looks = vec![storage(&node), clock(), log(&node).await?, queue(&node).await?];
    looks.push(door(&node).await?);
    looks.extend(sheet(&node).await?);
    looks.push(gateway(&settings));
    looks.extend(languages(&node));
    looks.push(parked(&node).await?);
    looks.extend(durability(&node).await?);
    for look in &looks {
        let light = match look.light {
            Light::Green => "green",
            Light::Amber => "amber",
            Light::Red => "red",
        };
        if at.json {
            println!(
                "{}",
                serde_json::json!({ "light": light, "what": look.what,
                "found": look.found, "step": look.step })
            );
        } else {
            let step =
                if look.step.is_empty() { String::new() } else { format!(" → {}", look.step) };
            println!("{light:>5}  {}: {}{step}", look.what, look.found);
        }
    }
    Ok(if looks.iter().any(|look| look.light == Light::Red) { FOUND } else { 0 })
}

fn storage(node: &Node) -> Look {
    let probe = node.data.join(".doctor");
    match std::fs::write(&probe, [0u8; 1024 * 1024]) {
        Ok(()) => {
            let _ = std::fs::remove_file(&probe);
            look(Light::Green, "storage", "the folder takes what is written", "")
        }
        Err(error) => {
            let _ = std::fs::remove_file(&probe);
            look(Light::Red, "storage", error, "make room on the disk, or make the folder writable")
        }
    }
}

fn clock() -> Look {
    if node::wall_ms() < CLOCK_MS_MIN {
        return look(Light::Red, "clock", "it shows a time before this release", "set the clock");
    }
    look(Light::Green, "clock", "it shows a likely time", "")
}

async fn log(node: &Node) -> anyhow::Result<Look> {
    let changed = node.house.store().changed_views().await?;
    if !changed.is_empty() {
        return Ok(look(Light::Amber, "views", changed.join(", "), "run `baraza rebuild`"));
    }
    Ok(look(Light::Green, "views", "they are of this version", ""))
}

async fn queue(node: &Node) -> anyhow::Result<Look> {
    let backlog = outbound::backlog(&node.house).await?;
    let minutes = backlog.oldest_ms / 60_000;
    let found = format!("{} messages wait, the oldest for {minutes} minutes", backlog.waiting);
    if backlog.waiting > 0 && minutes > 15 {
        return Ok(look(
            Light::Amber,
            "queue",
            found,
            "look at the gateway phone: power, signal, credit",
        ));
    }
    Ok(look(Light::Green, "queue", found, ""))
}

async fn door(node: &Node) -> anyhow::Result<Look> {
    let door = people::sealed_door(&node.house).await?;
    if door.open {
        return Ok(look(Light::Green, "sealed door", "somebody is behind it", ""));
    }
    let why = door.why_closed.join(", ");
    Ok(look(
        Light::Amber,
        "sealed door",
        format!("closed ({why}); `9` answers with the outside number"),
        "confirm it at /desk/people/sealed-door",
    ))
}

/// Whether the recovery sheet was put away; nothing while there is no steward to do it.
async fn sheet(node: &Node) -> anyhow::Result<Option<Look>> {
    const WHAT: &str = "recovery sheet";
    if node.house.city().demo || !people::has_steward(&node.house).await? {
        return Ok(None);
    }
    Ok(Some(if start::sheet_is_away(&node.house).await? {
        look(Light::Green, WHAT, "a steward said that it is put away", "")
    } else {
        let step = "print it with `baraza sheet`, lock it up, and say so at /start";
        look(Light::Amber, WHAT, "nobody has said that it is put away", step)
    }))
}

fn gateway(settings: &settings::Settings) -> Look {
    match settings.gateway.as_ref().map(|g| g.kind) {
        None => look(
            Light::Amber,
            "gateway",
            "none: residents cannot send SMS yet",
            "add one at /start or in baraza.toml",
        ),
        Some(GatewayKind::Simulator) => {
            look(Light::Amber, "gateway", "the simulator", "for real SMS, set up a phone")
        }
        Some(GatewayKind::Json) => look(
            Light::Green,
            "gateway",
            "plain JSON; it fetches what is to be sent",
            "ask whoever runs it to delete what was delivered",
        ),
        Some(GatewayKind::Android) => look(
            Light::Amber,
            "gateway",
            "an Android phone; its SMS app keeps every message, and the gateway cannot delete them",
            "set the phone's SMS app to delete old messages, and lock the phone",
        ),
    }
}

fn languages(node: &Node) -> Vec<Look> {
    let city = node.house.city();
    let unreviewed: Vec<&str> = city
        .languages
        .iter()
        .filter(|lang| page::review_state(**lang) != "reviewed")
        .map(|lang| lang.own_name())
        .collect();
    if unreviewed.is_empty() {
        return vec![look(Light::Green, "languages", "all texts were reviewed", "")];
    }
    let found = format!("not reviewed by a native speaker: {}", unreviewed.join(", "));
    vec![look(
        Light::Amber,
        "languages",
        found,
        "have them read, or accept them by name at /desk/node",
    )]
}

async fn durability(node: &Node) -> anyhow::Result<Option<Look>> {
    let off = node.house.store().unsafe_settings().await?.join(", ");
    let step = "switch them on in the server's settings: a power cut may take back what was said";
    Ok((!off.is_empty()).then(|| look(Light::Red, "durability", format!("off: {off}"), step)))
}

async fn parked(node: &Node) -> anyhow::Result<Look> {
    let sql = "SELECT COUNT(*) FROM records WHERE parked = TRUE";
    let row = node.house.store().read_one(sql, vec![]).await?;
    let n = row.map_or(0, |row| row.int(0));
    if n > 0 {
        return Ok(look(
            Light::Amber,
            "parked",
            format!("{n} records are dated ahead of this clock"),
            "check the clocks of both nodes; they are taken in when their time comes",
        ));
    }
    Ok(look(Light::Green, "parked", "nothing is dated ahead", ""))
}
