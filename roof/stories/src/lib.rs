//! Stories across rooms: a whole node as a process, spoken to by HTTP and SMS as people do. Never
//! part of what a city runs.

#![expect(clippy::panic, reason = "a story that cannot be set up is a failing test")]

pub mod bele;
mod phone;
mod web;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

pub use phone::{Phone, ROUNDS_MAX, code_in};
pub use web::{Answer, Web};

/// The token of the gateway in stories.
pub const TOKEN: &str = "story-token";
/// The key that signs webhooks in stories.
pub const SIGNING_KEY: &str = "story-key";
/// The passphrase of every member in stories.
pub const PASSPHRASE: &str = "four small plain words";

const START_TIME_MAX: Duration = Duration::from_secs(60);

/// Where a story happens: a folder, and perhaps a PostgreSQL database.
pub struct Town {
    /// The data folder.
    pub data: PathBuf,
    /// The database's URL.
    pub database: Option<String>,
    /// The program.
    pub program: PathBuf,
    /// Keeps the folder for as long as the town.
    _folder: Option<tempfile::TempDir>,
}

/// The machine's clock and so many days: what takes weeks in a city takes seconds in a story.
#[derive(Clone, Default)]
pub struct Days(Arc<AtomicI64>);

impl Days {
    /// So many days go by.
    pub fn pass(&self, days: i64) {
        self.0.fetch_add(days, Ordering::SeqCst);
    }

    /// A day from today by this clock, as forms send it.
    #[must_use]
    pub fn day(&self, ahead: i64) -> String {
        day_from_now(self.0.load(Ordering::SeqCst) + ahead)
    }

    fn now(&self) -> store::Now {
        let days = self.0.clone();
        Arc::new(move || server::node::wall_ms() + days.load(Ordering::SeqCst) * record::DAY_MS)
    }
}

/// A running node.
pub struct Running {
    /// Its address.
    pub web: Web,
    /// How long it took until it listened.
    pub started_in: Duration,
    child: Child,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Kills it as a power cut does.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

/// The folder of trial data, if it is there.
///
/// # Panics
/// In CI, when it is not: there it must be.
#[must_use]
pub fn trial_data() -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("BARAZA_TRIAL_DATA").map_or(here, PathBuf::from);
    if folder.exists() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "CI has no trial data at {}", folder.display());
    eprintln!("not run: there is no trial data at {}", folder.display());
    None
}

/// The towns of a story: one on SQLite, one on PostgreSQL where there is one (in CI there must be).
///
/// # Panics
/// When a folder or database cannot be made.
#[must_use]
pub fn towns(program: &str) -> Vec<Town> {
    let mut towns = Vec::new();
    let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("a folder: {e}"));
    for (_, database) in testkit::databases(folder.path()) {
        let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("a folder: {e}"));
        let database = match database {
            store::Database::Sqlite(_) => None,
            store::Database::Postgres(url) => Some(url),
        };
        let data = folder.path().join("city");
        let town = Town { data, database, program: program.into(), _folder: Some(folder) };
        towns.push(town);
    }
    towns
}

impl Town {
    /// A town in a folder that outlives it.
    #[must_use]
    pub fn at(data: &Path, database: Option<String>, program: &str) -> Town {
        Town { data: data.to_owned(), database, program: program.into(), _folder: None }
    }

    /// Runs a command of the program; its exit code, what it printed, and what it complained.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn command(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.start(args).output().unwrap_or_else(|e| panic!("the program: {e}"));
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    fn start(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(args).arg("--data").arg(&self.data);
        if let Some(url) = &self.database {
            command.arg("--database").arg(url);
        }
        command.env_remove("BARAZA_DATA").env_remove("BARAZA_DATABASE");
        command
    }

    /// Makes the city of the stories: four areas, Creole and French, a gateway, and its people.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn settle(&self) {
        let areas = self.data.with_extension("geojson");
        std::fs::write(&areas, AREAS).unwrap_or_else(|e| panic!("areas: {e}"));
        let (code, out, err) = self.command(&[
            "init",
            "--city",
            "Lavil",
            "--country",
            "HTI",
            "--areas",
            &areas.to_string_lossy(),
            "--area-name",
            "name",
            "--languages",
            "ht,fr,en",
            "--emergency",
            "114",
        ]);
        assert_eq!(code, 0, "{out}{err}");
        let settings = format!(
            "api_voices_a_minute = 1000000000\n\
             [gateway]\nkind = \"json\"\ntoken = \"{TOKEN}\"\nsigning_key = \"{SIGNING_KEY}\"\n"
        );
        std::fs::write(self.data.join("baraza.toml"), settings).unwrap_or_else(|e| panic!("{e}"));
        let node = self.open().await;
        people(&node.house).await.unwrap_or_else(|e| panic!("people: {e:?}"));
    }

    /// Opens the node within this process, beside whatever runs.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(&self) -> server::node::Node {
        let place = server::node::Place::new(&self.data, self.database.clone());
        server::node::open(&place).await.unwrap_or_else(|e| panic!("the node: {e:#}"))
    }

    /// Starts the node and waits until it listens.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn serve(&self) -> Running {
        self.listening("serve")
    }

    /// Serves the node within this process, by a clock that the story moves; a browser there. It
    /// stops with the runtime.
    ///
    /// # Panics
    /// When it cannot be opened or served.
    pub async fn serve_by(&self, clock: &Days) -> Web {
        let mut place = server::node::Place::new(&self.data, self.database.clone());
        place.now = clock.now();
        let node = server::node::open(&place).await.unwrap_or_else(|e| panic!("the node: {e:#}"));
        let settings = server::settings::read(&self.data);
        let settings = settings.unwrap_or_else(|e| panic!("its settings: {e:#}"));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.unwrap_or_else(|e| panic!("a port: {e}"));
        let address = listener.local_addr().unwrap_or_else(|e| panic!("its address: {e}"));
        let phones = server::simulator::Phones::default();
        tokio::spawn(server::commands::serve::serve_on(node, settings, phones, listener));
        Web::new(&address.to_string())
    }

    /// Opens the demo city there instead, and waits until it listens.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn demo(&self) -> Running {
        self.listening("demo")
    }

    fn listening(&self, command: &str) -> Running {
        let began = Instant::now();
        let mut child = self
            .start(&[command, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("the program: {e}"));
        let out = child.stdout.take().unwrap_or_else(|| panic!("its output"));
        let mut lines = BufReader::new(out).lines();
        let address = loop {
            assert!(began.elapsed() < START_TIME_MAX, "the node did not start");
            let line = lines.next().unwrap_or_else(|| panic!("the node stopped at once"));
            let line = line.unwrap_or_default();
            if let Some(address) = line.strip_prefix("Baraza listens on http://") {
                break address.to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        Running { web: Web::new(&address), started_in: began.elapsed(), child }
    }

    /// All bytes of the data folder and, on PostgreSQL, of the server's own files where they can be
    /// read: for looking whether something is left.
    ///
    /// # Panics
    /// When the folder cannot be read.
    #[must_use]
    pub fn raw_bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.data, &mut files);
        files
    }
}

/// Every file under a folder, with its bytes.
pub fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if let Ok(bytes) = std::fs::read(&path) {
            files.push((path, bytes));
        }
    }
}

/// A day from today by the clock of this machine, as forms send it.
#[must_use]
pub fn day_from_now(days: i64) -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now_ms = since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0));
    let day = page::calendar::moment(now_ms + days * record::DAY_MS, 0);
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

/// Whether `needle` is anywhere in these files; the first file that has it.
#[must_use]
pub fn found_in<'a>(files: &'a [(PathBuf, Vec<u8>)], needle: &[u8]) -> Option<&'a Path> {
    files
        .iter()
        .find(|(_, bytes)| memchr::memmem::find(bytes, needle).is_some())
        .map(|(path, _)| path.as_path())
}

async fn people(house: &rooms::door::House) -> Result<(), rooms::door::Trouble> {
    use rooms::door::Role;
    use rooms::people::{self, NewMember};
    let join = |name: &str, roles: Vec<Role>| {
        let new = NewMember { name: name.to_owned(), passphrase: PASSPHRASE.to_owned(), roles };
        async move { people::join(house, new, None).await }
    };
    join("mirlande", vec![Role::Steward]).await?;
    join("josue", vec![Role::Operator]).await?;
    join("nadege", vec![Role::Facilitator]).await?;
    join("wilner", vec![Role::Officer]).await?;
    join("ines", vec![Role::Committee]).await?;
    let rose = join("rose", vec![Role::FocalPoint]).await?;
    let amir = join("amir", vec![Role::FocalPoint]).await?;
    people::train_focal_point(house, rose, true, false, PASSPHRASE, None).await?;
    people::train_focal_point(house, amir, false, true, PASSPHRASE, None).await?;
    // Nobody in a story is real: the steward takes on the Creole texts that may be taken on.
    for key in rooms::voices::review::sms_keys(house) {
        if !rooms::voices::review::NEVER_UNREVIEWED.contains(&key) {
            rooms::voices::review::accept(house, page::Lang::Ht, key, true, None).await?;
        }
    }
    people::confirm_sealed_door(house, "+50900000099", "clinic, shelter, legal aid", None).await?;
    Ok(())
}

/// Four square areas of the city of the stories.
const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Bèlè"},"geometry":{"type":"Polygon",
"coordinates":[[[0,0],[0.01,0],[0.01,0.01],[0,0.01],[0,0]]]}},
{"type":"Feature","properties":{"name":"Ravin Blan"},"geometry":{"type":"Polygon",
"coordinates":[[[0.01,0],[0.02,0],[0.02,0.01],[0.01,0.01],[0.01,0]]]}},
{"type":"Feature","properties":{"name":"Fò Mèkredi"},"geometry":{"type":"Polygon",
"coordinates":[[[0,0.01],[0.01,0.01],[0.01,0.02],[0,0.02],[0,0.01]]]}},
{"type":"Feature","properties":{"name":"Kan Lanmè"},"geometry":{"type":"Polygon",
"coordinates":[[[0.01,0.01],[0.02,0.01],[0.02,0.02],[0.01,0.02],[0.01,0.01]]]}}]}"#;
