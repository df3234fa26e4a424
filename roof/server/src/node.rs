//! A node on its disk: the data folder with its keys, the writers' slots, and how a house is opened
//! from it. It never writes a key anywhere but into that folder, readable by its user only.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use page::{Lang, Texts};
use record::Signer;
use rooms::door::{House, HouseParts};
use seal::Vault;
use store::{Database, Now, Opening, Plan, Store, StoreError};

/// The file of the node's secret and signing seed, 64 bytes.
const NODE_KEY: &str = "node.key";
/// The file whose lock is held while keys are looked for and made.
const KEYS_LOCK: &str = "keys.lock";
const UNREACHABLE: &str =
    "the database cannot be opened: check that the folder is writable, or the --database URL";
/// The database's file when it is embedded.
const DATABASE: &str = "baraza.sqlite";
/// The file that stands in the folder while a backup is brought back; it says into what database.
pub const RESTORING: &str = "restoring";
/// What the node's own key grows from, within the vault.
const NODE_PURPOSE: &str = "node's signing key v1";
/// Most processes on one data folder at once.
const WRITERS_MAX: usize = 64;

/// All texts of all rooms, read once.
#[expect(clippy::panic, reason = "a text that does not parse is a bug that every test finds")]
pub static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    let sources: Vec<(Lang, &'static str)> = [page::KIT_TEXTS, crate::start::TEXTS]
        .into_iter()
        .chain(rooms::texts())
        .flatten()
        .copied()
        .collect();
    Texts::new(&sources).unwrap_or_else(|error| panic!("the texts: {error}"))
});

/// The keys of a node.
pub struct Keys {
    /// The master secret and what grows from it.
    pub vault: Vault,
    /// The key that vouches for writers.
    pub node: Signer,
}

/// An open node.
pub struct Node {
    /// The house.
    pub house: House,
    /// Its keys.
    pub keys: Keys,
    /// The data folder.
    pub data: PathBuf,
    /// Holds this process's writer slot for as long as it lives.
    _slot: File,
}

/// Where a node is and when it lives.
#[derive(Clone)]
pub struct Place {
    /// The data folder.
    pub data: PathBuf,
    /// A `postgres://` URL; the embedded database when there is none.
    pub database: Option<String>,
    /// The time.
    pub now: Now,
}

impl Place {
    /// A node in this folder, living now.
    #[must_use]
    pub fn new(data: impl Into<PathBuf>, database: Option<String>) -> Place {
        Place { data: data.into(), database, now: Arc::new(wall_ms) }
    }

    /// Its database.
    #[must_use]
    pub fn database(&self) -> Database {
        match &self.database {
            Some(url) => Database::Postgres(url.clone()),
            None => Database::Sqlite(self.data.join(DATABASE)),
        }
    }

    /// Its database, as people are told of it; never with a password.
    #[must_use]
    pub fn engine(&self) -> String {
        match self.database() {
            Database::Postgres(_) => "the PostgreSQL database".to_owned(),
            Database::Sqlite(path) => path.display().to_string(),
        }
    }

    /// Whether a backup was begun to be brought back into this very database, and is not whole.
    #[must_use]
    pub fn restoring(&self) -> bool {
        std::fs::read(self.data.join(RESTORING)).is_ok_and(|into| into == self.engine().as_bytes())
    }
}

/// Milliseconds since 1970 by the machine's clock.
#[must_use]
pub fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The tables of all rooms.
#[must_use]
pub fn plan() -> Plan {
    Plan { views: rooms::views(), drawers: rooms::drawers() }
}

/// Whether there is a node in this folder.
#[must_use]
pub fn exists(data: &Path) -> bool {
    data.join(NODE_KEY).exists()
}

/// Holds the folder's keys for one process at a time, while they are looked for and made.
fn alone(data: &Path) -> anyhow::Result<File> {
    std::fs::create_dir_all(data)
        .with_context(|| format!("the data folder {} cannot be made", data.display()))?;
    let path = data.join(KEYS_LOCK);
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| format!("{} cannot be written", path.display()))?;
    file.lock()?;
    Ok(file)
}

/// Reads the keys, or makes them when the folder holds none yet.
///
/// # Errors
/// When the folder cannot be made or the file is not what it should be.
pub fn keys(data: &Path) -> anyhow::Result<Keys> {
    let _alone = alone(data)?;
    let path = data.join(NODE_KEY);
    if !path.exists() {
        return new_keys(data, &Vault::fresh());
    }
    let bytes =
        std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let (secret, seed) = bytes.split_at_checked(32).unwrap_or_default();
    let (Ok(secret), Ok(seed)) = (secret.try_into(), <[u8; 32]>::try_from(seed)) else {
        bail!(
            "{0} is damaged: put it aside, and run `baraza restore --key-only --recovery …` with \
             the recovery sheet's groups",
            path.display()
        );
    };
    Ok(Keys { vault: Vault::from_secret(secret), node: Signer::from_seed(&seed) })
}

/// The key that vouches for writers, as it grows from a vault.
#[must_use]
pub fn key_of(vault: &Vault) -> Signer {
    Signer::from_seed(&vault.key_for(NODE_PURPOSE).0)
}

/// Makes a node's keys around a vault: a new one, or the one of a recovery sheet. The key that
/// vouches for writers grows from the vault, so that a node that came back from its sheet knows the
/// writers of its backup.
///
/// # Errors
/// When the file cannot be written.
pub fn new_keys(data: &Path, vault: &Vault) -> anyhow::Result<Keys> {
    let node = key_of(vault);
    let bytes = [&vault.secret()[..], &node.seed()[..]].concat();
    write_private(&data.join(NODE_KEY), &bytes)?;
    Ok(Keys { vault: vault.clone(), node })
}

/// Writes a file that only the node's user may read, durably: the old one is there, or the new one
/// whole, whatever happens meanwhile.
///
/// # Errors
/// When it cannot be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".new");
    let part = PathBuf::from(part);
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file =
        options.open(&part).with_context(|| format!("{} cannot be written", path.display()))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    put_in_place(&part, path)
}

/// Renames a finished file, durably: the folder's own entry is on the disk too.
///
/// # Errors
/// When it cannot be renamed.
pub fn put_in_place(part: &Path, path: &Path) -> anyhow::Result<()> {
    std::fs::rename(part, path).with_context(|| format!("{} cannot be written", path.display()))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Opens a node: keys, a free writer slot, the store, and what the rooms keep in memory. What was
/// promised to be forgotten is forgotten before anything else.
///
/// # Errors
/// When the folder, the keys or the database fail; the message says what to do.
pub async fn open(place: &Place) -> anyhow::Result<Node> {
    if place.restoring() {
        bail!(
            "a backup was not brought back whole into {}: run `baraza restore` again, with the \
             same --data and --database",
            place.engine()
        );
    }
    open_restoring(place).await
}

/// Opens a node into which a backup is being brought back; else as [`open`].
///
/// # Errors
/// As for [`open`].
pub async fn open_restoring(place: &Place) -> anyhow::Result<Node> {
    let keys = keys(&place.data)?;
    let (store, slot) = open_store(place, &keys).await?;
    let house = House::new(HouseParts {
        store,
        vault: keys.vault.clone(),
        texts: &TEXTS,
        data: place.data.clone(),
        who: Arc::new(rooms::people::who),
    });
    // What a message asks of a room later on the board is handed on by this table.
    house.keep(rooms::voices::sms::Elsewhere(|house, asked, person| {
        Box::pin(rooms::decisions::by_sms(house, asked, person))
    }));
    house.keep(rooms::funds::dialogue());
    house.keep(rooms::voices::sms::Offered(|house, voice| {
        Box::pin(rooms::resources::acts::offers::by_sms(house, voice))
    }));
    rooms::places::refresh(&house).await?;
    rooms::people::refresh(&house).await?;
    rooms::voices::review::refresh(&house).await?;
    rooms::voices::forget::complete(&house).await?;
    Ok(Node { house, keys, data: place.data.clone(), _slot: slot })
}

/// Opens the store as the first writer that is free and whose chain was not ended by a restore.
async fn open_store(place: &Place, keys: &Keys) -> anyhow::Result<(Store, File)> {
    if !Store::is_of(&place.database(), keys.node.public()).await.context(UNREACHABLE)? {
        bail!(
            "{} belongs to another node than the folder {}: what was sealed there cannot be \
             opened with this folder's key. Copy that node's node.key here, or bring it back with \
             `baraza restore --key-only`",
            place.engine(),
            place.data.display()
        );
    }
    for _ in 0..WRITERS_MAX {
        let (signer, slot, path) = writer_slot(&place.data)?;
        let delegation = keys.node.delegate(signer.public(), (place.now)());
        let opening = Opening {
            database: place.database(),
            plan: plan(),
            signer,
            delegation,
            node: keys.node.public(),
            now: place.now.clone(),
        };
        match Store::open(opening).await {
            Ok(store) => return Ok((store, slot)),
            // Its chain has ended: a fresh key takes its place.
            Err(StoreError::Retired) => std::fs::remove_file(path)?,
            Err(error) => {
                return Err(error).context(UNREACHABLE);
            }
        }
    }
    bail!("every writer of {} was retired: delete its writer-*.key files", place.data.display())
}

/// The first writer's key that no other process holds; made when there is none yet.
fn writer_slot(data: &Path) -> anyhow::Result<(Signer, File, PathBuf)> {
    let _alone = alone(data)?;
    for n in 0..WRITERS_MAX {
        let path = data.join(format!("writer-{n}.key"));
        if !path.exists() {
            write_private(&path, &Signer::fresh().seed())?;
        }
        let file = OpenOptions::new().read(true).write(true).open(&path)?;
        if file.try_lock().is_err() {
            continue;
        }
        let seed: [u8; 32] = std::fs::read(&path)?
            .try_into()
            .map_err(|_| anyhow::anyhow!("{} is damaged: delete it", path.display()))?;
        return Ok((Signer::from_seed(&seed), file, path));
    }
    bail!("{WRITERS_MAX} processes are open on {} already", data.display())
}

/// Retires every writer of this folder, so that the next process opens a new chain: after a
/// restore, no chain may be continued from an older end.
///
/// # Errors
/// When the keys cannot be removed.
pub fn retire_writers(data: &Path) -> anyhow::Result<()> {
    for n in 0..WRITERS_MAX {
        let path = data.join(format!("writer-{n}.key"));
        if path.exists() {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}
