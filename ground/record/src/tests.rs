//! Tests of the record: codecs, hashes, order and signatures.

use proptest::prelude::*;

use crate::{
    Clock, Draft, Entry, Head, Id, Payload, RecordError, Shelled, Signer, check_delegation,
    check_head, decode, encode,
};

#[derive(Debug, PartialEq, minicbor::Encode, minicbor::Decode)]
struct BellRung {
    #[n(0)]
    times: u32,
}
impl Payload for BellRung {
    const KIND: &'static str = "bell.rung";
}

fn shelled(times: u32, sealed: Option<Vec<u8>>) -> Shelled {
    let mut draft = Draft::new(Id::named("test", "bell"), &BellRung { times });
    draft.sealed = sealed;
    let writer = Signer::from_seed(&[7; 32]).writer();
    draft.place(writer, 1, [0; 32], Clock::at(1_700_000_000_000), [[1; 16], [2; 16], [3; 16]])
}

fn reread(s: &Shelled, sealed: Option<Vec<u8>>) -> Result<(Entry, Shelled), RecordError> {
    Shelled::read(s.entry.clone(), s.envelope.clone(), s.plain.clone(), sealed)
}

#[test]
fn a_record_reads_back_as_it_was_written() {
    let written = shelled(3, Some(vec![9; 40]));
    let (entry, read) = reread(&written, written.sealed.clone()).unwrap();
    assert_eq!(read.record, written.record);
    assert_eq!(entry.hash(), written.hash);
    assert_eq!(read.record.read::<BellRung>(), Some(BellRung { times: 3 }));
}

#[test]
fn the_sealed_half_can_be_taken_away_and_the_entry_still_holds() {
    let written = shelled(3, Some(vec![9; 40]));
    let (entry, read) = reread(&written, None).unwrap();
    assert_eq!(entry.hash(), written.hash);
    assert_eq!(read.record.sealed, None);
}

#[test]
fn a_changed_byte_in_any_shell_is_found() {
    let written = shelled(3, Some(vec![9; 40]));
    let turn = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        bytes
    };
    let sealed = written.sealed.clone();
    let envelope = Shelled::read(
        written.entry.clone(),
        turn(&written.envelope),
        written.plain.clone(),
        sealed.clone(),
    );
    assert_eq!(envelope.unwrap_err(), RecordError::HashMismatch("envelope"));
    let plain = Shelled::read(
        written.entry.clone(),
        written.envelope.clone(),
        turn(&written.plain),
        sealed.clone(),
    );
    assert_eq!(plain.unwrap_err(), RecordError::HashMismatch("plain half"));
    let half = reread(&written, sealed.map(|s| turn(&s)));
    assert_eq!(half.unwrap_err(), RecordError::HashMismatch("sealed half"));
}

#[test]
fn a_head_signed_by_another_key_is_refused() {
    let (node, writer) = (Signer::from_seed(&[1; 32]), Signer::from_seed(&[2; 32]));
    let head = Head { writer: writer.writer(), seq: 4, hash: [5; 32] };
    let signature = writer.sign_head(&head);
    assert!(check_head(&writer.public(), &head, &signature).is_ok());
    assert!(check_head(&node.public(), &head, &signature).is_err());
    let moved = Head { seq: 5, ..head };
    assert!(check_head(&writer.public(), &moved, &signature).is_err());
}

#[test]
fn a_writer_needs_the_nodes_word() {
    let (node, writer) = (Signer::from_seed(&[1; 32]), Signer::from_seed(&[2; 32]));
    let mut delegation = node.delegate(writer.public(), 10);
    assert!(check_delegation(&node.public(), &delegation).is_ok());
    delegation.opened_ms = 11;
    assert!(check_delegation(&node.public(), &delegation).is_err());
}

#[test]
fn the_clock_never_goes_back_even_when_the_wall_does() {
    let now = Clock::at(1_000).tick(1_000);
    assert!(now.tick(400) > now);
    assert_eq!(now.tick(5_000).ms(), 5_000);
}

proptest! {
    #[test]
    fn ids_survive_their_text(bytes in any::<[u8; 16]>()) {
        let id = Id(bytes);
        prop_assert_eq!(id.to_string().parse::<Id>().unwrap(), id);
    }

    #[test]
    fn any_text_is_an_id_or_an_error(text in ".{0,40}") {
        let _ = text.parse::<Id>();
    }

    #[test]
    fn payload_bytes_are_canonical(times in any::<u32>()) {
        let bytes = encode(&BellRung { times });
        prop_assert_eq!(encode(&decode::<BellRung>(&bytes).unwrap()), bytes);
    }

    #[test]
    fn any_bytes_are_an_entry_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Shelled::read(bytes.clone(), bytes.clone(), bytes, None);
    }
}
