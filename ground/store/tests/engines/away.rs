//! When the line to PostgreSQL is cut at the worst moment: after a commit, before its answer. The
//! line here is a real one that lets everything through until it is told to cut.

use std::sync::Mutex;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::rebuilding::next_plan;
use super::*;

/// What the client says, in this order, before the answer is lost.
type Words = &'static [&'static [u8]];

/// A line to a server.
#[derive(Clone)]
struct Line {
    server: String,
    port: u16,
    /// Words after which the line is cut, once, and for how long nobody can connect then.
    cut: Arc<Mutex<Option<(Words, Duration)>>>,
    /// Told to all who talk over it.
    down: Arc<tokio::sync::Notify>,
}

impl Line {
    /// A line to the database, and the URL of its near end.
    async fn to(database: &Database) -> (Line, Database) {
        let Database::Postgres(url) = database else { panic!("only PostgreSQL is far away") };
        let (before, rest) = url.split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let line =
            Line { server: server.to_owned(), port, cut: Arc::default(), down: Arc::default() };
        let near = format!("{before}@127.0.0.1:{port}/{name}");
        tokio::spawn(line.clone().listen(listener));
        (line, Database::Postgres(near))
    }

    fn cut_after(&self, words: Words, away: Duration) {
        *self.cut.lock().unwrap() = Some((words, away));
    }

    fn was_cut(&self) -> bool {
        self.cut.lock().unwrap().is_none()
    }

    async fn listen(self, mut listener: TcpListener) {
        let (tell, mut told) = tokio::sync::mpsc::channel::<(Duration, [TcpStream; 2])>(1);
        loop {
            tokio::select! {
                near = listener.accept() => {
                    let far = TcpStream::connect(&self.server).await.unwrap();
                    let (line, tell) = (self.clone(), tell.clone());
                    tokio::spawn(async move {
                        if let Some(cut) = line.carry([near.unwrap().0, far]).await {
                            tell.send(cut).await.unwrap();
                        }
                    });
                }
                Some((away, ends)) = told.recv() => {
                    // Nobody answers here before the client can know that it was cut off.
                    drop(listener);
                    drop(ends);
                    self.down.notify_waiters();
                    tokio::time::sleep(away).await;
                    listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
                }
            }
        }
    }

    /// Carries what is said until an end hangs up, or the line is to be cut.
    async fn carry(&self, ends: [TcpStream; 2]) -> Option<(Duration, [TcpStream; 2])> {
        let [mut near, mut far] = ends;
        let (mut asked, mut answered) = ([0; 65_536], [0; 65_536]);
        let (mut heard, mut lost) = (0, None);
        loop {
            tokio::select! {
                n = near.read(&mut asked) => {
                    let asked = asked.get(..n.ok().filter(|n| *n > 0)?)?;
                    {
                        let mut cut = self.cut.lock().unwrap();
                        if let Some((words, away)) = *cut {
                            let says = |w: &&[u8]| asked.windows(w.len()).any(|part| part == *w);
                            heard += words[heard..].iter().take_while(|w| says(w)).count();
                            if heard == words.len() {
                                (lost, *cut) = (Some(away), None);
                            }
                        }
                    }
                    far.write_all(asked).await.ok()?;
                }
                () = self.down.notified() => return None,
                n = far.read(&mut answered) => {
                    let n = n.ok().filter(|n| *n > 0)?;
                    if let Some(away) = lost {
                        return Some((away, [near, far]));
                    }
                    near.write_all(&answered[..n]).await.ok()?;
                }
            }
        }
    }
}

/// Twenty bells in a store of the old version, and a store of the next over a line that can be cut.
async fn renewing(database: &Database) -> (Store, Line, Store) {
    let clock = Clock::default();
    let old = testkit::open(database, plan(), &clock, 1).await.unwrap();
    for n in 0..20 {
        old.append(ring(bell(n), 1)).await.unwrap();
    }
    let (line, near) = Line::to(database).await;
    let new = testkit::open(&near, next_plan(), &clock, 2).await.unwrap();
    (old, line, new)
}

#[test]
fn a_swap_whose_answer_was_lost_is_done_and_its_table_is_not_swept_away() {
    on_postgres(|database| async move {
        let (_old, line, new) = renewing(&database).await;
        line.cut_after(&[b"DROP TABLE IF EXISTS bells_1\0", b"COMMIT\0"], Duration::ZERO);
        let renewed = new.renew("bell", |_| {}).await;
        assert!(line.was_cut());
        assert_eq!(renewed.unwrap().records, 20);
        check_served(&new, 20).await;
    });
}

/// The server stays away for so long that the rebuild must end as failed, and sweeps when it can.
#[test]
fn a_sweep_does_not_take_away_a_table_that_serves_after_all() {
    on_postgres(|database| async move {
        let (_old, line, new) = renewing(&database).await;
        let away = Duration::from_millis(350);
        line.cut_after(&[b"DROP TABLE IF EXISTS bells_1\0", b"COMMIT\0"], away);
        new.renew("bell", |_| {}).await.unwrap_err();
        assert!(line.was_cut());
        tokio::time::sleep(away).await;
        check_served(&new, 20).await;
    });
}

async fn check_served(store: &Store, count: i64) {
    assert!(store.changed_views().await.unwrap().is_empty());
    let rows = store.read("SELECT rung FROM bells_2", vec![]).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.int(0)).sum::<i64>(), count);
    assert_eq!(store.totals("bell", "rung").await.unwrap()[0].n, count);
    store.append(ring(bell(99), 1)).await.unwrap();
    assert_eq!(store.totals("bell", "rung").await.unwrap()[0].n, count + 1);
}

#[test]
fn a_batch_whose_answer_was_lost_is_written_once_though_nobody_can_connect() {
    const ACTS: i64 = 200;
    on_postgres(|database| async move {
        let (line, near) = Line::to(&database).await;
        let store = testkit::open(&near, plan(), &Clock::default(), 1).await.unwrap();
        line.cut_after(&[b"COMMIT\0"], Duration::from_millis(60));
        let acts = (0..ACTS).map(|n| ring(bell(u8::try_from(n).unwrap()), 1)).collect();
        for outcome in at_once(&store, acts).await {
            outcome.unwrap();
        }
        assert!(line.was_cut());
        assert_eq!(store.totals("bell", "rung").await.unwrap()[0].n, ACTS);
        let verified = store.verify(None, |_| {}).await.unwrap();
        assert_eq!((verified.entries, verified.findings), (200, vec![]));
    });
}

/// As after a firewall dropped the line: the server still keeps the old connection's lock.
#[test]
fn a_writer_waits_until_its_older_connection_is_gone() {
    on_postgres(|database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        store.append(ring(bell(1), 1)).await.unwrap();
        let Database::Postgres(url) = &database else { return };
        let (other, line) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(line);
        let sql = "SELECT pid, (classid::bigint << 32) | objid::bigint FROM pg_locks \
                   WHERE locktype = 'advisory' AND database = \
                   (SELECT oid FROM pg_database WHERE datname = current_database())";
        let locks = other.query(sql, &[]).await.unwrap();
        assert_eq!(locks.len(), 1, "the writer's own");
        let (pid, key): (i32, i64) = (locks[0].get(0), locks[0].get(1));
        let take = async { other.execute("SELECT pg_advisory_lock($1)", &[&key]).await };
        let cut = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let sql = "SELECT pg_terminate_backend(CAST($1 AS INTEGER))";
            store.read(sql, vec![i64::from(pid).into()]).await.unwrap();
        };
        let (taken, ()) = tokio::join!(take, cut);
        taken.unwrap();
        let waiting = store.clone();
        let act = tokio::spawn(async move { waiting.append(ring(bell(2), 1)).await });
        tokio::time::sleep(Duration::from_secs(12)).await;
        other.execute("SELECT pg_advisory_unlock($1)", &[&key]).await.unwrap();
        act.await.unwrap().unwrap();
        assert_eq!(store.totals("bell", "rung").await.unwrap()[0].n, 2);
    });
}

#[test]
fn both_ends_notice_soon_when_the_other_has_gone_without_a_word() {
    on_postgres(|database| async move {
        let store = testkit::open(&database, plan(), &Clock::default(), 1).await.unwrap();
        let sql = "SELECT current_setting('tcp_keepalives_idle'), \
                   current_setting('tcp_keepalives_interval'), \
                   current_setting('tcp_keepalives_count')";
        let row = store.read_one(sql, vec![]).await.unwrap().unwrap();
        assert_eq!([row.text(0), row.text(1), row.text(2)], ["15", "5", "3"]);
    });
}
