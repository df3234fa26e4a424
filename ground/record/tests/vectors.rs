//! The frozen format: `vectors/format-1.txt` holds a small signed log, byte for byte. It is never
//! regenerated; a change that makes this test fail is a new format with a file of its own.

#![expect(clippy::unwrap_used, reason = "a failing test is a failing test")]

use record::{
    Audience, Clock, Delegation, Draft, Head, Id, Payload, Shelled, Signer, check_delegation,
    check_head,
};

#[derive(minicbor::Encode, minicbor::Decode)]
struct BellRung {
    #[n(0)]
    times: u32,
    #[n(1)]
    by: Option<String>,
}
impl Payload for BellRung {
    const KIND: &'static str = "bell.rung";
}

#[derive(minicbor::Encode, minicbor::Decode)]
struct BellErased {}
impl Payload for BellErased {
    const KIND: &'static str = "bell.erased";
}

/// 2026-11-22T08:00:00Z, in milliseconds.
const MOMENT_MS: i64 = 1_795_334_400_000;

/// The log that the file holds: seeds, salts and times are constants.
fn sample() -> (Signer, Delegation, Vec<Shelled>, Head, [u8; 64]) {
    let (node, signer) = (Signer::from_seed(&[1; 32]), Signer::from_seed(&[2; 32]));
    let delegation = node.delegate(signer.public(), MOMENT_MS);
    let (bell, area, member) =
        (Id::named("vector", "bell"), Id::named("vector", "area"), Id::named("vector", "member"));
    let first = Draft::new(bell, &BellRung { times: 3, by: None }).area(Some(area));
    let second = BellRung { times: 1, by: Some("nadege".to_owned()) };
    let drafts = [
        first.clone().sealing(vec![0xab; 40]),
        Draft::new(bell, &second).by(Some(member)).public(),
        Draft { audience: Audience::Alliance, ..first },
        Draft::new(bell, &BellErased {}),
    ];
    let mut log: Vec<Shelled> = Vec::new();
    let mut clock = Clock::at(MOMENT_MS);
    for (n, draft) in drafts.into_iter().enumerate() {
        let n = u8::try_from(n).unwrap();
        let salts = [[n * 3 + 10; 16], [n * 3 + 11; 16], [n * 3 + 12; 16]];
        let before = log.last().map_or([0; 32], |last| last.hash);
        log.push(draft.place(signer.writer(), u64::from(n) + 1, before, clock, salts));
        clock = clock.tick(MOMENT_MS + i64::from(n / 2) * 60_000);
    }
    let last = log.last().unwrap();
    let head = Head { writer: signer.writer(), seq: 4, hash: last.hash };
    let signature = signer.sign_head(&head);
    (node, delegation, log, head, signature)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn written() -> String {
    let (node, delegation, log, head, signature) = sample();
    let mut text = format!(
        "node {}\nwriter {} {} {}\n",
        hex(&node.public()),
        hex(&delegation.public),
        delegation.opened_ms,
        hex(&delegation.signature)
    );
    for shelled in &log {
        let sealed = shelled.sealed.as_deref().map_or("-".to_owned(), hex);
        text += &format!(
            "record {} {} {} {} {sealed}\n",
            hex(&shelled.hash),
            hex(&shelled.entry),
            hex(&shelled.envelope),
            hex(&shelled.plain)
        );
    }
    text + &format!("head {} {} {}\n", head.seq, hex(&head.hash), hex(&signature))
}

fn frozen() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vectors/format-1.txt");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

#[test]
fn what_is_written_today_is_byte_for_byte_what_was_frozen() {
    assert!(written() == frozen(), "the format changed; it would write:\n{}", written());
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn the_frozen_log_is_read_and_holds() {
    let text = frozen();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(' ').collect()).collect();
    let all =
        |name: &'static str| lines.iter().filter(move |line| line.first() == Some(&name)).cloned();
    let node: [u8; 32] = bytes(all("node").next().unwrap().get(1).unwrap()).try_into().unwrap();
    let writer = all("writer").next().unwrap();
    let public: [u8; 32] = bytes(writer.get(1).unwrap()).try_into().unwrap();
    let (mut before, mut seq, mut id) = ([0; 32], 0, Id::NONE);
    for line in all("record") {
        let part = |n: usize| line.get(n).copied().unwrap_or_default();
        let sealed = (part(5) != "-").then(|| bytes(part(5)));
        let (entry, shelled) =
            Shelled::read(bytes(part(2)), bytes(part(3)), bytes(part(4)), sealed).unwrap();
        assert_eq!(
            (entry.before, entry.seq, hex(&shelled.hash)),
            (before, seq + 1, part(1).into())
        );
        (before, seq, id) = (shelled.hash, entry.seq, entry.writer);
    }
    let delegation = Delegation {
        writer: id,
        public,
        opened_ms: writer.get(2).unwrap().parse().unwrap(),
        signature: bytes(writer.get(3).unwrap()).try_into().unwrap(),
    };
    check_delegation(&node, &delegation).unwrap();
    let head = all("head").next().unwrap();
    let signature: [u8; 64] = bytes(head.get(3).unwrap()).try_into().unwrap();
    check_head(&public, &Head { writer: id, seq, hash: before }, &signature).unwrap();
}
