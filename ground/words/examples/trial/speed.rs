//! How long each answer takes, in microseconds a message, on this machine.
//!
//! Never a promise: one thread, warm, on whatever else the machine was doing.

use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

use words::{PlaceIndex, clean, gsm7, language, likeness, sketch, sms_length, suggest};

use crate::data::Message;

/// Rounds over all messages; the fastest counts.
const ROUNDS: usize = 3;

/// What is measured, and one call of it.
type Row<'a> = (&'a str, &'a dyn Fn(&str));

/// The table of speeds, as Markdown, and the time of the first answer in milliseconds.
pub fn report(messages: &[Message]) -> String {
    let texts: Vec<&str> = messages.iter().map(Message::sent).collect();
    let names: Vec<String> = (0..1_000).map(|at| format!("Kartye {} {at}", at * 7919)).collect();
    let places = PlaceIndex::new(names.iter().enumerate().map(|(at, name)| (at, name.as_str())));
    let pair = (sketch(texts[0]), sketch(texts[1]));
    let mut out = String::new();
    let _ = writeln!(out, "| answer | microseconds a message |\n|---|---:|");
    let rows: [Row<'_>; 7] = [
        ("clean", &|text| {
            let _ = black_box(clean(text));
        }),
        ("language", &|text| {
            let _ = black_box(language(text));
        }),
        ("suggest", &|text| {
            let _ = black_box(suggest(text, "ht"));
        }),
        ("sketch", &|text| {
            let _ = black_box(sketch(text));
        }),
        ("likeness of two sketches", &|_| {
            let _ = black_box(likeness(&pair.0, &pair.1));
        }),
        ("place, among 1,000 names", &|text| {
            let _ = black_box(places.find(text));
        }),
        ("gsm7 and length", &|text| {
            let _ = black_box(sms_length(&gsm7(text)));
        }),
    ];
    for (name, answer) in rows {
        let mut best = u128::MAX;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            texts.iter().for_each(|text| answer(text));
            best = best.min(start.elapsed().as_nanos());
        }
        let hundredths = best / 10 / texts.len() as u128;
        let _ = writeln!(out, "| {name} | {}.{:02} |", hundredths / 100, hundredths % 100);
    }
    out
}

/// Microseconds until the first language and the first suggestion: the models are built then.
pub fn start() -> (u128, u128) {
    let begun = Instant::now();
    black_box(language("nou bezwen dlo"));
    let first = begun.elapsed().as_micros();
    let begun = Instant::now();
    black_box(suggest("nou bezwen dlo", "ht"));
    (first, begun.elapsed().as_micros())
}
