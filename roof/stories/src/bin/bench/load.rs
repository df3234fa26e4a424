//! Durable voices a second through the API, at 1, 8 and 32 connections, on both engines.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{at_share, memory_mb, program};

const SECONDS: u64 = 12;
const WORDS: [&str; 6] = [
    "Nou bezwen dlo pou bwè dèyè legliz la, 3 timoun malad",
    "Water came into the house last night and the road is closed",
    "Besoin de nourriture pour quinze familles au marché",
    "Necesitamos medicinas para mi madre, calle del puerto",
    "Tunahitaji maji safi hapa mtaa wa bandari",
    "نحتاج إلى خيام وأغطية للأطفال قرب المدرسة",
];

/// Runs and prints the table.
pub async fn voices() {
    println!("| engine | connections | durable voices/s | p50 ms | p95 ms | memory MB |");
    println!("|---|---|---|---|---|---|");
    for town in stories::towns(&program()) {
        town.settle().await;
        let engine = if town.database.is_some() { "PostgreSQL" } else { "SQLite" };
        // One process, one warm run before the first figure.
        let node = town.serve();
        run(node.web.address(), 8, Duration::from_secs(2)).await;
        for connections in [1, 8, 32] {
            let mut times =
                run(node.web.address(), connections, Duration::from_secs(SECONDS)).await;
            times.sort_unstable();
            let per_second = times.len() as u64 / SECONDS;
            println!(
                "| {engine} | {connections} | {per_second} | {} | {} | {} |",
                at_share(&times, 0.5),
                at_share(&times, 0.95),
                memory_mb(node.pid())
            );
        }
    }
}

/// Speaks on so many connections for so long; microseconds of every acknowledged voice.
async fn run(address: &str, connections: usize, time: Duration) -> Vec<u64> {
    let end = Instant::now() + time;
    let tasks: Vec<_> =
        (0..connections).map(|lane| tokio::spawn(speak(address.to_owned(), lane, end))).collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    all
}

async fn speak(address: String, lane: usize, end: Instant) -> Vec<u64> {
    let mut stream = TcpStream::connect(&address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let run = end.elapsed().as_nanos() + Instant::now().elapsed().as_nanos();
    let (mut times, mut buffer) = (Vec::new(), vec![0; 4096]);
    let mut n = 0usize;
    while Instant::now() < end {
        let words = WORDS[(n + lane) % WORDS.len()];
        let began = Instant::now();
        let id = format!("{lane}-{n}-{run}-{:?}", began);
        let body = format!("{{\"id\":{id:?},\"words\":\"{words} {n}\"}}");
        let request = format!(
            "POST /api/v1/voices HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let read = stream.read(&mut buffer).await.unwrap();
        let head = String::from_utf8_lossy(buffer.get(..read.min(40)).unwrap());
        assert!(head.starts_with("HTTP/1.1 201"), "{}", String::from_utf8_lossy(&buffer[..read]));
        times.push(u64::try_from(began.elapsed().as_micros()).unwrap());
        n += 1;
    }
    times
}
