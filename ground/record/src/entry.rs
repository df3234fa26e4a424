//! Entry, envelope, body: the three shells of a record, their canonical bytes and their hashes.
//! Format 1 is frozen in `vectors/`; a change of any byte here is a new format.

use crate::payload::{Payload, decode, encode};
use crate::{Clock, Id, RecordError, WriterId, day_of};

/// The format version that opens every entry.
pub const FORMAT: u8 = 1;
/// Length of a hash in bytes.
pub const HASH_BYTES: usize = 32;
/// Length of a salt in bytes.
pub const SALT_BYTES: usize = 16;
/// Sizes in the public entry are rounded up to a multiple of this, so that they tell little.
pub const SIZE_STEP_BYTES: usize = 256;

/// A BLAKE3 hash.
pub type Hash = [u8; HASH_BYTES];

/// Who may be sent the envelope and body of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, minicbor::Encode, minicbor::Decode)]
#[cbor(index_only)]
pub enum Audience {
    /// Everyone.
    #[n(0)]
    Public,
    /// Cities of the Alliance.
    #[n(1)]
    Alliance,
    /// This city's own node and its processes.
    #[n(2)]
    City,
    /// Only those who hold a key.
    #[n(3)]
    Sealed,
}

/// What everyone may see: a link of one writer's chain. It gives nothing away about anybody.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub struct Entry {
    /// Format version ([`FORMAT`]).
    #[n(0)]
    pub format: u8,
    /// The writer of the chain.
    #[n(1)]
    pub writer: WriterId,
    /// Place in the chain, from 1.
    #[n(2)]
    pub seq: u64,
    /// Hash of the entry before, zeros for the first.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub before: Hash,
    /// Hash of the envelope.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub envelope: Hash,
    /// Salted hash of the plain half.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub plain: Hash,
    /// Salted hash of the sealed half; zeros when there never was one.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub sealed: Hash,
    /// Who may be sent the rest.
    #[n(7)]
    pub audience: Audience,
    /// Bytes of envelope and body, rounded up to [`SIZE_STEP_BYTES`].
    #[n(8)]
    pub size: u32,
    /// Day since 1970 (UTC).
    #[n(9)]
    pub day: i64,
}

impl Entry {
    /// The entry's hash: what its successor and the signature stand on.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash_of("baraza entry v1", &encode(self))
    }
}

/// Who spoke of what, where and when. It goes only to the audience.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub struct Envelope {
    /// Noun and verb, such as `voice.heard`.
    #[n(0)]
    pub kind: String,
    /// Version of the payload.
    #[n(1)]
    pub version: u8,
    /// What the record is about.
    #[n(2)]
    pub entity: Id,
    /// Where, if it has a place.
    #[n(3)]
    pub area: Option<Id>,
    /// When, in the order of all records.
    #[n(4)]
    pub clock: i64,
    /// The member who wrote it; none when it came from a resident or the node itself.
    #[n(5)]
    pub author: Option<Id>,
    /// Chance, so that nobody can guess an envelope from its hash.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub salt: [u8; SALT_BYTES],
}

/// One half of a body with its salt.
#[derive(Clone, Debug, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub struct Body {
    /// Chance, so that nobody can guess a half from its hash.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub salt: [u8; SALT_BYTES],
    /// A payload's canonical bytes (plain half) or ciphertext (sealed half).
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// What a rule asks to be written: a record before it has a place in a chain.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Noun and verb.
    pub kind: &'static str,
    /// Version of the payload.
    pub version: u8,
    /// What it is about.
    pub entity: Id,
    /// Where.
    pub area: Option<Id>,
    /// The member who writes it.
    pub author: Option<Id>,
    /// Who may be sent it.
    pub audience: Audience,
    /// The plain half.
    pub plain: Vec<u8>,
    /// The sealed half, already ciphertext.
    pub sealed: Option<Vec<u8>>,
}

impl Draft {
    /// A draft about `entity` that says `payload`, for the city.
    #[must_use]
    pub fn new<P: Payload>(entity: Id, payload: &P) -> Draft {
        Draft {
            kind: P::KIND,
            version: P::VERSION,
            entity,
            area: None,
            author: None,
            audience: Audience::City,
            plain: encode(payload),
            sealed: None,
        }
    }

    /// The same, in an area.
    #[must_use]
    pub fn area(mut self, area: Option<Id>) -> Draft {
        self.area = area;
        self
    }

    /// The same, by a member.
    #[must_use]
    pub fn by(mut self, author: Option<Id>) -> Draft {
        self.author = author;
        self
    }

    /// The same, with a sealed half.
    #[must_use]
    pub fn sealing(mut self, ciphertext: Vec<u8>) -> Draft {
        self.sealed = Some(ciphertext);
        self
    }

    /// The same, for everyone.
    #[must_use]
    pub fn public(mut self) -> Draft {
        self.audience = Audience::Public;
        self
    }

    /// The record's shells at its place in a chain: entry, envelope bytes, plain bytes, sealed
    /// bytes. `salts` are three times sixteen bytes of chance.
    #[must_use]
    pub fn place(
        self,
        writer: WriterId,
        seq: u64,
        before: Hash,
        clock: Clock,
        salts: [[u8; SALT_BYTES]; 3],
    ) -> Shelled {
        let [envelope_salt, plain_salt, sealed_salt] = salts;
        let envelope = encode(&Envelope {
            kind: self.kind.to_owned(),
            version: self.version,
            entity: self.entity,
            area: self.area,
            clock: clock.0,
            author: self.author,
            salt: envelope_salt,
        });
        let plain = encode(&Body { salt: plain_salt, bytes: self.plain.clone() });
        let sealed =
            self.sealed.as_ref().map(|c| encode(&Body { salt: sealed_salt, bytes: c.clone() }));
        let size = envelope.len() + plain.len() + sealed.as_ref().map_or(0, Vec::len);
        let entry = Entry {
            format: FORMAT,
            writer,
            seq,
            before,
            envelope: hash_of("baraza envelope v1", &envelope),
            plain: half_hash(&plain),
            sealed: sealed.as_deref().map_or([0; HASH_BYTES], half_hash),
            audience: self.audience,
            size: u32::try_from(size.next_multiple_of(SIZE_STEP_BYTES)).unwrap_or(u32::MAX),
            day: day_of(clock.ms()),
        };
        let record = Record {
            writer,
            seq,
            kind: self.kind.to_owned(),
            version: self.version,
            entity: self.entity,
            area: self.area,
            clock,
            author: self.author,
            plain: self.plain,
            sealed: self.sealed,
        };
        Shelled { hash: entry.hash(), entry: encode(&entry), envelope, plain, sealed, record }
    }
}

/// A record with the canonical bytes of its shells, as kept and sent.
#[derive(Clone, Debug)]
pub struct Shelled {
    /// The entry's hash.
    pub hash: Hash,
    /// Canonical bytes of the [`Entry`].
    pub entry: Vec<u8>,
    /// Canonical bytes of the [`Envelope`].
    pub envelope: Vec<u8>,
    /// Canonical bytes of the plain [`Body`].
    pub plain: Vec<u8>,
    /// Canonical bytes of the sealed [`Body`], unless forgotten or never there.
    pub sealed: Option<Vec<u8>>,
    /// The same, read.
    pub record: Record,
}

impl Shelled {
    /// Reads the shells and checks every hash. A missing sealed half is accepted: that is what
    /// forgetting leaves; whether it was *rightly* forgotten is for `verify` to say.
    ///
    /// # Errors
    /// `Malformed` or `HashMismatch`, naming the shell.
    pub fn read(
        entry_bytes: Vec<u8>,
        envelope_bytes: Vec<u8>,
        plain_bytes: Vec<u8>,
        sealed_bytes: Option<Vec<u8>>,
    ) -> Result<(Entry, Shelled), RecordError> {
        let entry: Entry = decode(&entry_bytes)?;
        if entry.format != FORMAT || encode(&entry) != entry_bytes {
            return Err(RecordError::Malformed("the entry is not canonical".to_owned()));
        }
        if hash_of("baraza envelope v1", &envelope_bytes) != entry.envelope {
            return Err(RecordError::HashMismatch("envelope"));
        }
        if half_hash(&plain_bytes) != entry.plain {
            return Err(RecordError::HashMismatch("plain half"));
        }
        if sealed_bytes.as_deref().is_some_and(|s| half_hash(s) != entry.sealed) {
            return Err(RecordError::HashMismatch("sealed half"));
        }
        let record = Record::read_shells(
            entry.writer,
            entry.seq,
            &envelope_bytes,
            &plain_bytes,
            sealed_bytes.as_deref(),
        )?;
        let shelled = Shelled {
            hash: entry.hash(),
            entry: entry_bytes,
            envelope: envelope_bytes,
            plain: plain_bytes,
            sealed: sealed_bytes,
            record,
        };
        Ok((entry, shelled))
    }
}

/// A record as folds see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Who wrote it down (a process, not a person).
    pub writer: WriterId,
    /// Its place in the writer's chain.
    pub seq: u64,
    /// Noun and verb.
    pub kind: String,
    /// Version of the payload.
    pub version: u8,
    /// What it is about.
    pub entity: Id,
    /// Where.
    pub area: Option<Id>,
    /// When.
    pub clock: Clock,
    /// The member who wrote it.
    pub author: Option<Id>,
    /// Canonical bytes of the payload.
    pub plain: Vec<u8>,
    /// Ciphertext; absent once forgotten.
    pub sealed: Option<Vec<u8>>,
}

impl Record {
    /// Reads a record from its stored shells, trusting their hashes (as a rebuild does).
    ///
    /// # Errors
    /// `Malformed` when a shell is not canonical CBOR.
    pub fn read_shells(
        writer: WriterId,
        seq: u64,
        envelope: &[u8],
        plain: &[u8],
        sealed: Option<&[u8]>,
    ) -> Result<Record, RecordError> {
        let envelope: Envelope = decode(envelope)?;
        let plain: Body = decode(plain)?;
        let sealed: Option<Body> = sealed.map(decode).transpose()?;
        Ok(Record {
            writer,
            seq,
            kind: envelope.kind,
            version: envelope.version,
            entity: envelope.entity,
            area: envelope.area,
            clock: Clock(envelope.clock),
            author: envelope.author,
            plain: plain.bytes,
            sealed: sealed.map(|b| b.bytes),
        })
    }

    /// The payload, if this record is of that kind and version.
    #[must_use]
    pub fn read<P: Payload>(&self) -> Option<P> {
        if self.kind != P::KIND || self.version != P::VERSION {
            return None;
        }
        decode(&self.plain).ok()
    }

    /// The order folds follow: clock, then writer and place, so that it is the same everywhere.
    #[must_use]
    pub fn order(&self) -> (Clock, WriterId, u64) {
        (self.clock, self.writer, self.seq)
    }
}

/// The hash of a body half's canonical bytes (salt included).
#[must_use]
pub fn half_hash(bytes: &[u8]) -> Hash {
    hash_of("baraza half v1", bytes)
}

fn hash_of(context: &'static str, bytes: &[u8]) -> Hash {
    *blake3::Hasher::new_derive_key(context).update(bytes).finalize().as_bytes()
}
