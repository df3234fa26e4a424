//! `backup` and `restore`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use seal::Vault;

use crate::cli::{Refused, Where};
use crate::{backup as sealed, node};
use rooms::voices::forget::{self, ERASURE_FILE};

/// Bring a backup back into an empty folder or database.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    at: Where,
    /// The backup
    #[arg(required_unless_present = "key_only")]
    file: Option<PathBuf>,
    /// Only bring the folder's key back from the recovery sheet; the database is there
    #[arg(long, conflicts_with_all = ["file", "erasures", "no_erasures"])]
    key_only: bool,
    /// The list of what was forgotten since, from the folder of the lost node
    #[arg(long)]
    erasures: Option<PathBuf>,
    /// There is no such list: whoever was forgotten after the backup was made will be back
    #[arg(long, conflicts_with = "erasures")]
    no_erasures: bool,
    /// The recovery sheet's groups, when the folder holds no keys
    #[arg(long, env = "BARAZA_RECOVERY")]
    recovery: Option<String>,
}

/// Writes everything to one sealed file.
///
/// # Errors
/// When there is no node or the file cannot be written.
pub async fn backup(at: &Where, file: &Path) -> anyhow::Result<u8> {
    super::look::must_exist(at)?;
    let node = node::open(&at.place()).await?;
    let bar = super::counter("rows");
    let rows = sealed::write(&node.house, file, |done| bar.set_position(done)).await?;
    bar.finish_and_clear();
    let bytes = std::fs::metadata(file)?.len();
    if at.json {
        println!("{}", serde_json::json!({ "rows": rows, "bytes": bytes }));
    } else {
        println!(
            "{rows} rows in {} ({bytes} bytes), sealed under this node's secret.",
            file.display()
        );
        println!("Keep the recovery sheet and a copy of {ERASURE_FILE} apart from it.");
    }
    Ok(0)
}

/// The list of what was forgotten, read before anything is written: a wrong file must neither be
/// believed nor spoil the folder's own list.
fn list_in(file: &Path) -> anyhow::Result<String> {
    let told = file.display();
    let bytes = std::fs::read(file).with_context(|| format!("{told} cannot be read"))?;
    let (kept, other) = forget::listed_in(&bytes);
    if kept.is_empty() || other > kept.len() {
        return Err(Refused(format!(
            "{told} is no list of what was forgotten ({ERASURE_FILE}): {} of its lines say so, \
             {other} do not. If nobody was forgotten since, say --no-erasures",
            kept.len()
        ))
        .into());
    }
    Ok(kept.iter().map(|line| format!("{line}\n")).collect())
}

impl Restore {
    /// Restores: keys, rows, views, then what was forgotten, before anyone may serve it.
    ///
    /// # Errors
    /// When the backup, the sheet or the folder are not what they should be.
    pub async fn run(&self) -> anyhow::Result<u8> {
        let Some(file) = &self.file else { return self.key_back().await };
        let data = &self.at.data;
        let place = self.at.place();
        let vault = self.vault()?;
        self.knows_who_was_forgotten()?;
        let erasures = self.erasures.as_deref().map(list_in).transpose()?;
        // Nothing is written before the backup is known to be whole, and to have a place.
        let bar = super::counter("rows checked");
        sealed::check(file, &vault, |done| bar.set_position(done))?;
        bar.finish_and_clear();
        self.clear_what_was_begun(&place)?;
        if store::Store::holds_records(&place.database()).await? {
            bail!(
                "this node holds records already: restore into a new folder or an empty database"
            );
        }
        std::fs::create_dir_all(data)?;
        if !node::exists(data) {
            node::new_keys(data, &vault)?;
        }
        let marker = data.join(node::RESTORING);
        node::write_private(&marker, place.engine().as_bytes())?;
        if let Some(lines) = erasures {
            let mut ours = std::fs::read(data.join(ERASURE_FILE)).unwrap_or_default();
            ours.extend_from_slice(b"\n");
            ours.extend_from_slice(lines.as_bytes());
            node::write_private(&data.join(ERASURE_FILE), &ours)?;
        }
        // A restored node never continues a chain from an older end: it opens a new one.
        node::retire_writers(data)?;
        let node = node::open_restoring(&place).await?;
        let bar = super::counter("rows");
        let rows = sealed::read(&node.house, file, |done| bar.set_position(done)).await?;
        bar.finish_and_clear();
        for view in node.house.store().plan().views.clone() {
            node.house.store().rebuild(view.noun, |_| {}).await?;
        }
        self.retire_old(&node).await?;
        rooms::places::refresh(&node.house).await?;
        let forgotten = rooms::voices::forget::complete(&node.house)
            .await
            .map_err(|trouble| super::explain(&node.house, &trouble))?;
        if node.house.store().owes_housekeeping() {
            node.house.store().housekeep_now().await?;
        }
        std::fs::remove_file(&marker)?;
        if self.at.json {
            println!("{}", serde_json::json!({ "rows": rows, "forgotten_again": forgotten }));
        } else {
            println!(
                "{rows} rows are back. {forgotten} voices forgotten since were forgotten again."
            );
            println!("Next: baraza verify, then baraza serve.");
        }
        Ok(0)
    }

    /// The folder's own secret, or the recovery sheet's.
    fn vault(&self) -> anyhow::Result<Vault> {
        let data = &self.at.data;
        let folder = node::exists(data).then(|| node::keys(data)).transpose()?;
        let sheet = self.recovery.as_deref().map(Vault::from_recovery).transpose();
        let sheet = sheet
            .map_err(|_| anyhow::anyhow!("the recovery sheet is mistyped: check each group"))?;
        match (folder.map(|keys| keys.vault), sheet) {
            (Some(own), Some(sheet)) if own.secret() != sheet.secret() => bail!(
                "{} holds a key already, of another node than the sheet's: restore into an empty \
                 folder",
                data.display()
            ),
            (Some(own), _) => Ok(own),
            (None, Some(sheet)) => Ok(sheet),
            (None, None) => bail!(
                "{} holds no keys: give the recovery sheet's groups with --recovery",
                data.display()
            ),
        }
    }

    /// Brings the folder's key back from the recovery sheet, when the database is this node's.
    async fn key_back(&self) -> anyhow::Result<u8> {
        let place = self.at.place();
        let data = &place.data;
        if node::exists(data) {
            bail!(
                "{} holds a key: put it aside first, if it is damaged or another node's",
                data.display()
            );
        }
        let vault = self.vault()?;
        let of = node::key_of(&vault).public();
        if !store::Store::holds_records(&place.database()).await? {
            bail!("{} holds no records: use `baraza restore BACKUP`", place.engine());
        }
        if !store::Store::is_of(&place.database(), of).await? {
            bail!("{} belongs to another node than this sheet", place.engine());
        }
        node::new_keys(data, &vault)?;
        if self.at.json {
            println!("{}", serde_json::json!({ "key": true }));
        } else {
            println!("The key is back in {}. Next: baraza verify.", data.display());
        }
        Ok(0)
    }

    /// A backup does not know who was forgotten after it was made: somebody must say.
    fn knows_who_was_forgotten(&self) -> anyhow::Result<()> {
        let told = self.erasures.is_some() || self.no_erasures;
        if told || self.at.data.join(ERASURE_FILE).exists() {
            return Ok(());
        }
        Err(Refused(format!(
            "a backup does not know who was forgotten since: give the list ({ERASURE_FILE}) with \
             --erasures; if there is none, --no-erasures, and whoever was forgotten is back"
        ))
        .into())
    }

    /// What an earlier restore left half done goes, when it was begun in this very file.
    fn clear_what_was_begun(&self, place: &node::Place) -> anyhow::Result<()> {
        if !place.restoring() {
            return Ok(());
        }
        let store::Database::Sqlite(path) = place.database() else { return Ok(()) };
        for end in ["", "-wal", "-shm"] {
            let mut file = path.clone().into_os_string();
            file.push(end);
            match std::fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).context("what was begun cannot be taken away");
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Every writer but this process's ends where the backup ends.
    async fn retire_old(&self, node: &node::Node) -> anyhow::Result<()> {
        let sql = "UPDATE writers SET retired_seq = (SELECT COALESCE(MAX(seq), 0) FROM records \
                     WHERE records.writer = writers.writer) \
                   WHERE writer <> $1 AND retired_seq IS NULL";
        let params = vec![node.house.store().writer().into()];
        node.house.store().run(vec![store::Statement::new(sql, params)]).await?;
        Ok(())
    }
}
