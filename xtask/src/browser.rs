//! The browser checks: an empty node and the demo city served by the dev build, walked through by
//! Chromium.
//!
//! Never talks to another machine, and leaves no node running.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::house;

/// The checks themselves, seen from the workspace.
const CHECK: &str = "roof/stories/browser/check.mjs";
/// The start of a node that nobody has started.
const START: &str = "roof/stories/browser/start.mjs";
/// What is said without a network reaches the node once.
const OFFLINE: &str = "roof/stories/browser/offline.mjs";
/// What is spoken, read aloud and written large.
const NOTE: &str = "roof/stories/browser/note.mjs";
/// A whole evening with the node stopped, on two phones. It starts and ends its node itself.
const KIT: &str = "roof/stories/browser/kit.mjs";
/// Ten voices a minute from the keyboard.
const DESK: &str = "roof/stories/browser/desk.mjs";

/// How long a node may take from its start to its first page, in the dev build.
const START_SECS_MAX: u64 = 120;

/// How much of a node's own log is shown when it does not start.
const LOG_LINES_SHOWN: usize = 30;

/// What the checks need from outside.
pub struct Tools {
    /// The Node program.
    pub node: PathBuf,
    /// The Chromium program.
    pub chromium: PathBuf,
    /// The folder whose `node_modules` has the driver and axe.
    pub packages: PathBuf,
}

/// Builds the program, serves an empty node and the demo on free ports, walks through their pages
/// and stops them. Says where the screenshots are.
///
/// # Errors
/// When the program does not build or start, or a page has a finding.
pub fn run(root: &Path, target: &Path, tools: &Tools) -> Result<String> {
    house::run(house::cargo(root).args(["build", "--locked", "-p", "server", "--bin", "baraza"]))?;
    let shots = target.join("browser");
    let data = target.join("browser-demo");
    for folder in [&shots, &data] {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)?;
    }
    let program = target.join("debug/baraza");
    let walk = |script: &str, served: &Served| {
        let mut node = Command::new(&tools.node);
        node.current_dir(root).arg(script).arg(format!("http://{}", served.address)).arg(&shots);
        node.env("BARAZA_BROWSER_TOOLS", &tools.packages).env("BARAZA_CHROMIUM", &tools.chromium);
        node.env("BARAZA_START_KEY", served.start_key());
        house::run(&mut node)
    };
    let empty = Served::start(&program, "serve", &data.join("empty"))?;
    walk(START, &empty)?;
    drop(empty);
    let demo = Served::start(&program, "demo", &data.join("city"))?;
    for script in [CHECK, OFFLINE, DESK, NOTE] {
        walk(script, &demo)?;
    }
    drop(demo);
    let mut evening = Command::new(&tools.node);
    evening.current_dir(root).arg(KIT).arg(&program).arg(data.join("evening")).arg(&shots);
    evening.env("BARAZA_BROWSER_TOOLS", &tools.packages);
    house::run(evening.env("BARAZA_CHROMIUM", &tools.chromium))?;
    Ok(format!("screenshots in {}", shots.strip_prefix(root).unwrap_or(&shots).display()))
}

/// A node as a process, stopped when this is dropped.
struct Served {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Served {
    /// Runs `demo` or `serve` on a data folder; what it says goes to a file beside it.
    fn start(program: &Path, how: &str, data: &Path) -> Result<Self> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let log = data.with_extension("log");
        let output = File::create(&log)?;
        let mut command = Command::new(program);
        command.arg(how).arg("--listen").arg(address.to_string()).arg("--data").arg(data);
        command.stdout(output.try_clone()?).stderr(output);
        let child = command.spawn().context("cannot start the node")?;
        let mut served = Self { child, address, log };
        let begun = Instant::now();
        while !served.is_healthy() {
            let ended = served.child.try_wait()?;
            if ended.is_some() || begun.elapsed() > Duration::from_secs(START_SECS_MAX) {
                let said = std::fs::read_to_string(&served.log).unwrap_or_default();
                let lines: Vec<&str> = said.lines().rev().take(LOG_LINES_SHOWN).collect();
                let last: Vec<&str> = lines.into_iter().rev().collect();
                bail!("`baraza {how}` did not answer on /health; it said:\n{}", last.join("\n"));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(served)
    }

    /// The key that its window shows while nobody has started it; empty afterwards.
    fn start_key(&self) -> String {
        let said = std::fs::read_to_string(&self.log).unwrap_or_default();
        let key = said.split_once("/start?key=").map(|(_, rest)| rest);
        key.and_then(|rest| rest.split_whitespace().next()).unwrap_or_default().to_owned()
    }

    fn is_healthy(&self) -> bool {
        let ask = || -> std::io::Result<String> {
            let wait = Duration::from_secs(2);
            let mut wire = TcpStream::connect_timeout(&self.address, wait)?;
            wire.set_read_timeout(Some(wait))?;
            wire.write_all(
                b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            )?;
            let mut first = [0; 12];
            wire.read_exact(&mut first)?;
            Ok(String::from_utf8_lossy(&first).into_owned())
        };
        ask().is_ok_and(|first| first.ends_with(" 200"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself, which is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
