//! A throw-away PostgreSQL for tests: one cluster for a whole test run, a new database for each
//! test that asks.
//!
//! Starting a cluster takes about two seconds and creating a database about a tenth of one, so the
//! cluster is shared by all test processes with the same parent (`cargo test`, `cargo nextest`),
//! or is the one that `cargo xtask ci` started and named in `BARAZA_TEST_POSTGRES`.
//!
//! Knows only the standard library, because `xtask` reads this same file. Never switches off
//! `fsync` (durability is among the things tested), never listens beyond this machine, never
//! touches a cluster that it did not start, and never outlives the run that asked for it.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Error};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

/// The name of the setting that says where the PostgreSQL for tests is.
pub const SETTING: &str = "BARAZA_TEST_POSTGRES";

/// The oldest server that the portable SQL is tried on.
pub const VERSION_MIN: u32 = 15;

/// The order of texts in the throw-away cluster, as unlike that of bytes as there is one: a dot, a
/// stroke or a space counts for nothing. What compares texts by less or greater, or relies on their
/// order, must hold in whatever a city's database was created with.
const ICU_LOCALE: &str = "und-u-ka-shifted";

/// How long one test process waits for another that is starting the shared cluster.
const SHARED_WAIT_SECS_MAX: u64 = 60;

/// How often a start is tried: between finding a free port and taking it another may come first.
const START_ATTEMPTS_MAX: u32 = 5;

/// The URL of a PostgreSQL that tests may fill: the one named in `BARAZA_TEST_POSTGRES`, else a
/// throw-away cluster shared by this test run. `None` when this machine has no PostgreSQL server
/// or it will not start; the reason is then on standard error.
#[must_use]
pub fn url() -> Option<String> {
    static URL: OnceLock<Option<String>> = OnceLock::new();
    URL.get_or_init(|| {
        if let Some(said) = std::env::var(SETTING).ok().filter(|said| !said.is_empty()) {
            return Some(said);
        }
        let programs = programs()?;
        match shared(&programs) {
            Ok(url) => Some(url),
            Err(error) => {
                report(&format!("the throw-away PostgreSQL did not start: {error}"));
                None
            }
        }
    })
    .clone()
}

/// Creates an empty database with a name of its own in the server at `server_url`, and gives the
/// URL of it. It goes when the throw-away cluster goes.
///
/// # Errors
/// When `createdb` is missing or the server refuses.
pub fn fresh_database(server_url: &str) -> io::Result<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let nanos = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos() as u64);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{:x}_{nanos:x}_{count:x}", std::process::id());
    let createdb = programs().map_or_else(|| "createdb".into(), |found| found.join("createdb"));
    let mut command = Command::new(createdb);
    command.arg("--template=template0").arg(format!("--maintenance-db={server_url}")).arg(&name);
    finish(&mut command)?;
    Ok(named(server_url, &name))
}

/// The folder of the newest PostgreSQL server programs on this machine (`initdb`, `pg_ctl`,
/// `postgres`, `createdb`), at least version 15.
#[must_use]
pub fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    for versions in ["/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt"] {
        let entries = fs::read_dir(versions).into_iter().flatten().flatten();
        folders.extend(entries.map(|entry| entry.path().join("bin")));
    }
    folders.push("/usr/local/pgsql/bin".into());
    // A distribution may link only some of the programs into PATH: the folder that the link
    // points to has all of them.
    let whole = |folder: PathBuf| {
        let real = folder.join("initdb").canonicalize().ok()?;
        let folder = real.parent()?.to_path_buf();
        let all = ["pg_ctl", "postgres", "createdb"];
        all.iter().all(|program| folder.join(program).is_file()).then_some(folder)
    };
    let known = folders.into_iter().filter_map(whole);
    let newest = known.filter_map(|folder| Some((version(&folder)?, folder))).max()?;
    (newest.0 >= VERSION_MIN).then_some(newest.1)
}

fn version(folder: &Path) -> Option<u32> {
    let said = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let number = said.split_whitespace().find(|word| word.starts_with(char::is_numeric))?;
    number.split(|c: char| !c.is_numeric()).next()?.parse().ok()
}

/// A running throw-away cluster. Dropping it stops it; should its owner be killed instead, a
/// watcher stops it within two seconds.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    /// Where it listens, as user `baraza`, database `postgres`.
    pub url: String,
}

impl Cluster {
    /// Starts a cluster that lives at most as long as this process.
    ///
    /// # Errors
    /// When the server programs refuse; the message carries what they said.
    pub fn start(programs: &Path) -> io::Result<Self> {
        let owner = std::process::id();
        let folder = std::env::temp_dir().join(format!("baraza-postgres-{owner}"));
        fs::create_dir(&folder)?;
        let url = start(programs, &folder, owner)?;
        Ok(Self { folder, programs: programs.to_path_buf(), url })
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let user = user_of(&self.folder);
        let mut stop = as_user(self.programs.join("pg_ctl"), user, &self.folder);
        stop.args(["stop", "--mode=immediate", "--wait", "--pgdata=data"]);
        // Nothing of value is in it, and the watcher tries again: a failure here costs nothing.
        let _ = finish(&mut stop);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The cluster of this test run: the first process of the run starts it, the others wait for the
/// file in which the first one writes where it listens.
fn shared(programs: &Path) -> io::Result<String> {
    let owner = std::os::unix::process::parent_id();
    // A process number comes round again: with the hour of birth it is a name for one run.
    let born = fs::metadata(format!("/proc/{owner}")).map_or(0, |run| run.mtime());
    let folder = std::env::temp_dir().join(format!("baraza-postgres-{owner}-{born}"));
    let told = folder.join("url");
    match fs::create_dir(&folder) {
        Ok(()) => {
            let url = start(programs, &folder, owner);
            // The others must not wait a minute for a cluster that never came.
            let said = url.as_ref().map_or_else(|error| format!("error {error}"), String::clone);
            fs::write(folder.join("url.new"), said)?;
            fs::rename(folder.join("url.new"), &told)?;
            url
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(SHARED_WAIT_SECS_MAX) {
                if let Ok(said) = fs::read_to_string(&told) {
                    return match said.strip_prefix("error ") {
                        Some(why) => Err(Error::other(why.to_owned())),
                        None => Ok(said),
                    };
                }
                sleep(Duration::from_millis(50));
            }
            Err(Error::other("the test process that was starting it never said where it listens"))
        }
        Err(error) => Err(error),
    }
}

/// Fills `folder` with a new cluster, starts it on a free port and sets the watcher beside it.
fn start(programs: &Path, folder: &Path, owner: u32) -> io::Result<String> {
    let user = user_of(folder);
    if let Some((uid, gid)) = user {
        std::os::unix::fs::chown(folder, Some(uid), Some(gid))?;
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    let icu = ["--locale-provider=icu".to_owned(), format!("--icu-locale={ICU_LOCALE}")];
    if let Err(error) = create(programs, folder, user, &icu) {
        // A server that was built without ICU knows the order of bytes only, on a bare machine.
        report(&format!("the texts of the throw-away PostgreSQL stand in byte order: {error}"));
        create(programs, folder, user, &[])?;
    }
    let mut last = Error::other("not tried");
    for _ in 0..START_ATTEMPTS_MAX {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let settings = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
             -c max_connections=300 -c fsync=on"
        );
        let mut begin = as_user(programs.join("pg_ctl"), user, folder);
        begin.args(["start", "--wait", "--pgdata=data", "--log=log", "-o", &settings]);
        match finish(&mut begin) {
            Ok(()) => {
                watch(programs, folder, user, owner)?;
                return Ok(format!("postgres://baraza@127.0.0.1:{port}/postgres"));
            }
            Err(error) => {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                last = Error::other(format!("{error}; its log ends: {}", tail(&log)));
            }
        }
    }
    Err(last)
}

fn create(
    programs: &Path,
    folder: &Path,
    user: Option<(u32, u32)>,
    locale: &[String],
) -> io::Result<()> {
    let mut initdb = as_user(programs.join("initdb"), user, folder);
    initdb.args(["--pgdata=data", "--username=baraza", "--auth=trust"]);
    // The empty cluster itself need not survive a power cut; everything after it is synced.
    initdb.args(["--no-sync", "--encoding=UTF8", "--no-locale"]);
    finish(initdb.args(locale))
}

/// Leaves a small process behind that stops the cluster and removes its folder once `owner` is
/// gone, however it went. It is in a group of its own, so that a runner that kills a test with
/// all its children does not kill the cluster of all other tests.
fn watch(programs: &Path, folder: &Path, user: Option<(u32, u32)>, owner: u32) -> io::Result<()> {
    const WATCH: &str = r#"while kill -0 "$0" 2>/dev/null || [ -d "/proc/$0" ]; do sleep 1; done
        "$1" stop --mode=immediate --wait --pgdata="$2/data"
        rm -rf "$2""#;
    let mut watcher = as_user("sh", user, folder);
    watcher.arg("-c").arg(WATCH).arg(owner.to_string()).arg(programs.join("pg_ctl")).arg(folder);
    watcher.current_dir("/").process_group(0).spawn()?;
    Ok(())
}

/// The server refuses to run as root: then it runs as `postgres`, else as `nobody`.
fn user_of(folder: &Path) -> Option<(u32, u32)> {
    let ours = fs::metadata("/proc/self").or_else(|_| fs::metadata(folder)).ok()?;
    if ours.uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let of = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut parts = line.split(':').skip(2);
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    of("postgres").or_else(|| of("nobody"))
}

/// A program in `folder`, as `user`, silent: a test's output pipes must close when the test ends.
fn as_user(program: impl AsRef<OsStr>, user: Option<(u32, u32)>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}

/// Runs a program to its end and turns anything but success into an error with what it said.
/// What it says goes through a file: the server inherits the pipes of `pg_ctl`, and a pipe that a
/// server holds open never ends.
fn finish(command: &mut Command) -> io::Result<()> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("baraza-postgres-said-{}-{count}", std::process::id());
    let said = std::env::temp_dir().join(name);
    let status = command.stderr(fs::File::create(&said)?).status();
    let text = fs::read_to_string(&said).unwrap_or_default();
    fs::remove_file(&said)?;
    let program = command.get_program().to_string_lossy().into_owned();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Error::other(format!("{program} ended with {status}: {}", tail(&text)))),
        Err(error) => Err(Error::other(format!("{program}: {error}"))),
    }
}

/// The same server, another database: the last part of the URL's path, any `?settings` kept.
fn named(server_url: &str, database: &str) -> String {
    let (before, settings) = match server_url.split_once('?') {
        Some((before, settings)) => (before, format!("?{settings}")),
        None => (server_url, String::new()),
    };
    let host_from = before.find("://").map_or(0, |at| at + "://".len());
    let path_at = before.get(host_from..).and_then(|host| host.find('/'));
    let server = path_at.and_then(|at| before.get(..host_from + at)).unwrap_or(before);
    format!("{server}/{database}{settings}")
}

/// The last line, where programs say why.
fn tail(text: &str) -> &str {
    text.trim_end().rsplit('\n').next().unwrap_or_default()
}

fn report(what: &str) {
    use std::io::Write;
    let _ = writeln!(io::stderr(), "{what}");
}

#[cfg(test)]
mod tests {
    //! What can be told without a server, and one round with a server where there is one.

    use super::*;

    #[test]
    fn a_database_url_keeps_host_and_settings() {
        let check = |server: &str, expected: &str| assert_eq!(named(server, "t"), expected);
        check("postgres://b@127.0.0.1:5/postgres", "postgres://b@127.0.0.1:5/t");
        check("postgres://b@127.0.0.1:5", "postgres://b@127.0.0.1:5/t");
        check("postgres://b@h/p?sslmode=disable", "postgres://b@h/t?sslmode=disable");
    }

    #[test]
    fn each_test_gets_an_empty_database_of_its_own() {
        let Some(server) = url() else {
            report("no PostgreSQL on this machine: nothing to try");
            return;
        };
        let one = fresh_database(&server).unwrap();
        let two = fresh_database(&server).unwrap();
        assert_ne!(one, two);
        let psql = programs().unwrap().join("psql");
        let select = |url: &str| {
            let ask = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
            let said = Command::new(&psql).args([url, "-Atc", ask]).output().unwrap();
            String::from_utf8(said.stdout).unwrap().trim().to_owned()
        };
        assert_eq!(select(&one), "0");
        finish(Command::new(&psql).args([&one, "-qc", "CREATE TABLE t (n int)"])).unwrap();
        assert_eq!(select(&one), "1");
        assert_eq!(select(&two), "0");
    }

    #[test]
    fn texts_stand_in_an_order_that_is_not_that_of_their_bytes() {
        let Some(server) = url().filter(|_| std::env::var_os(SETTING).is_none()) else {
            report("no throw-away PostgreSQL on this machine: nothing to try");
            return;
        };
        let fresh = fresh_database(&server).unwrap();
        let ask = "SELECT 'voice.heard' < 'voice/'";
        let psql = programs().unwrap().join("psql");
        let said = Command::new(psql).args([&fresh, "-Atc", ask]).output().unwrap();
        assert_eq!(String::from_utf8(said.stdout).unwrap().trim(), "f");
    }

    #[test]
    fn a_server_that_is_not_there_is_an_error_in_words() {
        let error = fresh_database("postgres://baraza@127.0.0.1:1/postgres").unwrap_err();
        assert!(error.to_string().contains("createdb"), "{error}");
    }
}
