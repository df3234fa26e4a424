//! Commands that look at a node or mend it: `trace`, `verify`, `rebuild`, `forget`,
//! `sheet`.

use anyhow::{Context, bail};
use rooms::voices::{self, Code, NotACode};

use crate::cli::{FOUND, Refused, Where};
use crate::node::{self, Node};

/// A mistyped folder must not become a node of its own.
///
/// # Errors
/// When there is no node in the folder.
pub fn must_exist(at: &Where) -> anyhow::Result<()> {
    if !node::exists(&at.data) {
        bail!(
            "there is no node in {}: give its folder with --data, or run `baraza init`",
            at.data.display()
        );
    }
    Ok(())
}

async fn existing(at: &Where) -> anyhow::Result<Node> {
    must_exist(at)?;
    node::open(&at.place()).await
}

/// A node whose views are of this version: else what is there would not be found.
///
/// # Errors
/// When there is none, it cannot be opened, or its views are of another version.
pub async fn folded(at: &Where) -> anyhow::Result<Node> {
    must_exist(at)?;
    opened_folded(at).await
}

/// The same of a node that is made when it is not there yet.
///
/// # Errors
/// When it cannot be opened, or its views are of another version.
pub async fn opened_folded(at: &Where) -> anyhow::Result<Node> {
    let node = node::open(&at.place()).await?;
    if !node.house.store().changed_views().await?.is_empty() {
        bail!("this version's views are not there yet: run `baraza rebuild` first");
    }
    Ok(node)
}

fn code(typed: &str) -> anyhow::Result<Code> {
    typed.parse().map_err(|wrong| {
        let why = match wrong {
            NotACode::Shape => "a code has eight symbols, such as K7M4-QX2R",
            NotACode::Check => "one symbol of that code is wrong: look at it again",
        };
        Refused(why.to_owned()).into()
    })
}

fn nobody() -> Refused {
    Refused("no voice bears that code".to_owned())
}

/// Prints the way of one voice.
///
/// # Errors
/// When there is no such node or code.
pub async fn trace(at: &Where, typed: &str) -> anyhow::Result<u8> {
    let node = folded(at).await?;
    let trace = rooms::thread::trace(&node.house, &code(typed)?)
        .await
        .map_err(|trouble| super::explain(&node.house, &trouble))?
        .ok_or_else(nobody)?;
    let value = serde_json::to_value(&trace)?;
    if at.json {
        println!("{value}");
    } else {
        println!("{}", serde_json::to_string_pretty(&value)?);
    }
    Ok(0)
}

/// Checks the whole log.
///
/// # Errors
/// When the node cannot be read; what is wrong is printed, and the exit code says so.
pub async fn verify(at: &Where) -> anyhow::Result<u8> {
    must_exist(at)?;
    let place = at.place();
    let own = node::keys(&place.data)?.node.public();
    if !store::Store::is_of(&place.database(), own).await? {
        return Ok(nobody_vouches(at));
    }
    let node = node::open(&place).await?;
    let bar = super::counter("entries checked");
    let store = node.house.store();
    // Where nothing was served for a while, records whose time has come are taken in first.
    store.unpark().await?;
    let vouching = Some(node.keys.node.public());
    let verified = store.verify(vouching, |done| bar.set_position(done)).await?;
    bar.finish_and_clear();
    let broken = voices::sealed::verify(&node.house).await?;
    let notes = voices::notes::verify(&node.house).await?;
    if at.json {
        let found: Vec<_> = verified
            .findings
            .iter()
            .map(|finding| {
                serde_json::json!({ "writer": finding.writer.to_string(), "entry": finding.seq,
            "what": finding.what })
            })
            .collect();
        println!(
            "{}",
            serde_json::json!({ "writers": verified.writers,
            "entries": verified.entries, "forgotten": verified.forgotten,
            "findings": found.len() + usize::from(broken.is_some()) + notes.len(),
            "found": found, "sealed_log_broken_at": broken,
            "notes_wrong": notes.iter().map(ToString::to_string).collect::<Vec<_>>() })
        );
    } else {
        println!(
            "{} entries of {} writers: every hash, link and signature was checked.",
            verified.entries, verified.writers
        );
        println!("{} sealed halves were forgotten, as their records say.", verified.forgotten);
    }
    for finding in &verified.findings {
        eprintln!("writer {} entry {}: {}", finding.writer, finding.seq, finding.what);
    }
    if let Some(place) = broken {
        eprintln!("the sealed log is broken at place {place}");
    }
    for voice in &notes {
        eprintln!("the note of voice {voice} is gone, or is not the one the log speaks of");
    }
    let sound = verified.findings.is_empty() && broken.is_none() && notes.is_empty();
    if sound && !at.json {
        println!("Nothing is wrong.");
    }
    Ok(if sound { 0 } else { FOUND })
}

/// No writer of the log is one for whom this node's key vouched: all of it might be forged.
fn nobody_vouches(at: &Where) -> u8 {
    let what = "this folder's key vouched for no writer of this database";
    if at.json {
        let found = serde_json::json!({ "what": what });
        println!("{}", serde_json::json!({ "findings": 1, "found": [found] }));
    }
    eprintln!("{what}: it is another node's, or forged from end to end");
    FOUND
}

/// Folds all views anew, and compares them with those that served.
///
/// # Errors
/// When the node fails; the serving views are untouched then.
pub async fn rebuild(at: &Where) -> anyhow::Result<u8> {
    let node = existing(at).await?;
    let began = std::time::Instant::now();
    let store = node.house.store();
    let (mut records, mut apart) = (0, 0);
    for view in &store.plan().views {
        let bar = super::counter(view.noun);
        let told = |done| bar.set_position(done as u64);
        let rebuilt = store.rebuild_and_compare(view.noun, told).await?;
        bar.finish_and_clear();
        records += rebuilt.records;
        if rebuilt.apart > 0 {
            eprintln!(
                "{}: {} rows and totals were not what they are now",
                view.noun, rebuilt.apart
            );
        }
        apart += rebuilt.apart;
    }
    let seconds = began.elapsed().as_secs_f64();
    if at.json {
        let said = serde_json::json!({ "records": records, "seconds": seconds, "apart": apart });
        println!("{said}");
    } else {
        println!("{records} records folded anew in {seconds:.1} s.");
        if apart == 0 {
            println!("Every row and total is what it was.");
        }
    }
    Ok(if apart == 0 { 0 } else { FOUND })
}

/// Forgets one voice at the person's wish.
///
/// # Errors
/// When no voice bears the code.
pub async fn forget(at: &Where, typed: &str) -> anyhow::Result<u8> {
    let node = folded(at).await?;
    let voice = voices::queries::by_code(&node.house, &code(typed)?).await?;
    let voice = voice.ok_or_else(nobody)?;
    if voices::sealed::as_voice(&node.house, voice.id).await?.is_some() {
        // The same words as for a code that is not there: the terminal must not tell either.
        return Err(nobody().into());
    }
    voices::forget::voice(&node.house, voice.id)
        .await
        .map_err(|trouble| super::explain(&node.house, &trouble))?;
    // When this command says that it is gone, it is gone from the files too.
    node.house.store().housekeep_now().await.context(
        "the voice is forgotten, but traces may be left in the database's files until `serve` \
         cleans up within a minute; where none runs, run the same command again",
    )?;
    if at.json {
        println!("{}", serde_json::json!({ "forgotten": true }));
    } else {
        println!("Forgotten: its words, its number and its key are gone; every total holds.");
        println!(
            "Tell the person: their own phone, the gateway's phone and the carrier keep copies."
        );
    }
    Ok(0)
}

/// Prints the recovery sheet. Whoever may read the folder holds its key already.
///
/// # Errors
/// When there is no node.
pub fn sheet(at: &Where) -> anyhow::Result<u8> {
    must_exist(at)?;
    let recovery = node::keys(&at.data)?.vault.recovery();
    if at.json {
        println!("{}", serde_json::json!({ "recovery": recovery }));
    } else {
        println!("{recovery}");
        println!("Print or write it down, and lock it up apart from this machine and its backups.");
        println!("Whoever holds it together with a backup can read everything.");
    }
    Ok(0)
}
