//! `backup` and `restore`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use seal::Vault;

use crate::cli::Where;
use crate::{backup as sealed, node};
use rooms::voices::forget::ERASURE_FILE;

/// Bring a backup back into an empty folder or database.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    at: Where,
    /// The backup
    file: PathBuf,
    /// The list of what was forgotten since, from the folder of the lost node
    #[arg(long)]
    erasures: Option<PathBuf>,
    /// The recovery sheet's groups, when the folder holds no keys
    #[arg(long, env = "BARAZA_RECOVERY")]
    recovery: Option<String>,
}

/// Writes everything to one sealed file.
///
/// # Errors
/// When there is no node or the file cannot be written.
pub async fn backup(at: &Where, file: &Path) -> anyhow::Result<u8> {
    if !node::exists(&at.data) {
        bail!("there is no node in {}: give its folder with --data", at.data.display());
    }
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

impl Restore {
    /// Restores: keys, rows, views, then what was forgotten, before anyone may serve it.
    ///
    /// # Errors
    /// When the backup, the sheet or the folder are not what they should be.
    pub async fn run(&self) -> anyhow::Result<u8> {
        let data = &self.at.data;
        if !node::exists(data) {
            let Some(sheet) = &self.recovery else {
                bail!(
                    "{} holds no keys: give the recovery sheet's groups with --recovery",
                    data.display()
                );
            };
            let vault = Vault::from_recovery(sheet)
                .map_err(|_| anyhow::anyhow!("the recovery sheet is mistyped: check each group"))?;
            sealed::check(&self.file, &vault)?;
            std::fs::create_dir_all(data)?;
            node::new_keys(data, &vault)?;
        }
        if let Some(list) = &self.erasures {
            let lines = std::fs::read(list)
                .with_context(|| format!("{} cannot be read", list.display()))?;
            let mut ours = std::fs::read(data.join(ERASURE_FILE)).unwrap_or_default();
            ours.extend_from_slice(&lines);
            node::write_private(&data.join(ERASURE_FILE), &ours)?;
        }
        // A restored node never continues a chain from an older end: it opens a new one.
        node::retire_writers(data)?;
        let node = node::open(&self.at.place()).await?;
        let bar = super::counter("rows");
        let rows = sealed::read(&node.house, &self.file, |done| bar.set_position(done)).await?;
        bar.finish_and_clear();
        for view in node.house.store().plan().views.clone() {
            node.house.store().rebuild(view.noun, |_| {}).await?;
        }
        self.retire_old(&node).await?;
        rooms::places::refresh(&node.house).await?;
        let forgotten = rooms::voices::forget::complete(&node.house)
            .await
            .map_err(|trouble| super::explain(&node.house, &trouble))?;
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
