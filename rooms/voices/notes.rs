//! The voice note: what somebody said aloud instead of writing it. Its bytes are told by their
//! beginning, sealed under their voice's own key, kept in a drawer that forgetting empties, and
//! opened only for whoever may read that voice's words. The log holds a hash of the sealed bytes.
//! It never trusts what a sender calls a file, never lies in the plain, and is in no index.

use minicbor::{Decode, Encode};
use record::Id;
use store::{Put, StoreError};

use super::drawers::NOTES;
use super::queries;
use super::records::VoiceNoted;
use super::views::Voice;
use crate::door::House;

/// Longest note, in seconds: the recorder stops by itself.
pub const NOTE_SECONDS_MAX: u8 = 60;
/// Largest note, in bytes: a minute as phones record it into a file. The page's own recorder needs
/// a fifth of it.
pub const NOTE_BYTES_MAX: usize = 1024 * 1024;
/// How long somebody who proved by their word that a voice is theirs may listen (milliseconds).
const OWN_LISTENING_MS: i64 = 15 * 60 * 1000;

/// What a note is sealed about, beside its voice: its key seals words too.
const PURPOSE: &[u8] = b"note";
/// How much of a file is looked at for the kind of its container, in bytes.
const BEGINNING_BYTES: usize = 64;

/// The containers that browsers and phones record into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Container {
    /// WebM.
    #[n(0)]
    Webm,
    /// Ogg.
    #[n(1)]
    Ogg,
    /// MP4, and M4A, which is one.
    #[n(2)]
    Mp4,
    /// MP3.
    #[n(3)]
    Mp3,
    /// WAV.
    #[n(4)]
    Wav,
    /// AMR, of old phones.
    #[n(5)]
    Amr,
    /// 3GP.
    #[n(6)]
    ThreeGp,
}

/// Brands of MP4 that hold sound; pictures (`heic`, `avif`) begin alike and are none.
const MP4_BRANDS: [&[u8; 4]; 12] = [
    b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash",
    b"MSNV", b"qt  ",
];

impl Container {
    /// The container of these bytes, by how they begin; none when it is no sound we know.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Container> {
        let begin = bytes.get(..BEGINNING_BYTES.min(bytes.len())).unwrap_or_default();
        let at = |from: usize, what: &[u8]| begin.get(from..).is_some_and(|b| b.starts_with(what));
        let brand = begin.get(8..12).unwrap_or_default();
        match begin {
            _ if at(0, &[0x1A, 0x45, 0xDF, 0xA3]) => {
                begin.windows(4).any(|four| four == b"webm").then_some(Container::Webm)
            }
            _ if at(0, b"OggS") => Some(Container::Ogg),
            _ if at(4, b"ftyp3g") => Some(Container::ThreeGp),
            _ if at(4, b"ftyp") && MP4_BRANDS.iter().any(|known| brand == *known) => {
                Some(Container::Mp4)
            }
            _ if at(0, b"RIFF") && at(8, b"WAVE") => Some(Container::Wav),
            _ if at(0, b"#!AMR") => Some(Container::Amr),
            _ if at(0, b"ID3") => Some(Container::Mp3),
            // A frame of layer III without tags: sync, a version that exists, rates that exist.
            [0xFF, second, third, ..] => {
                let layer_three = second & 0b1110_0110 == 0b1110_0010;
                let version = second & 0b0001_1000 != 0b0000_1000;
                let rates = third & 0b1111_0000 != 0b1111_0000 && third & 0b1100 != 0b1100;
                (layer_three && version && rates).then_some(Container::Mp3)
            }
            _ => None,
        }
    }

    /// The type it is served as, whatever its sender called it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Container::Webm => "audio/webm",
            Container::Ogg => "audio/ogg",
            Container::Mp4 => "audio/mp4",
            Container::Mp3 => "audio/mpeg",
            Container::Wav => "audio/wav",
            Container::Amr => "audio/amr",
            Container::ThreeGp => "audio/3gpp",
        }
    }
}

/// A note as it was said.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Note {
    /// What its bytes are.
    #[n(0)]
    pub container: Container,
    /// The bytes as they came.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// How long the recorder says it is; unknown of a file.
    #[n(2)]
    pub seconds: Option<u8>,
}

impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A log line never holds anybody's voice.
        write!(f, "Note({:?}, {} bytes)", self.container, self.bytes.len())
    }
}

/// A note sealed for a new voice: its row, and what the log says of it. The hash is of the sealed
/// bytes: of a note that was forgotten it proves nothing, also to somebody who has a copy.
#[must_use]
pub fn sealed(note: &Note, voice: Id, key: &seal::PersonKey) -> (Put, VoiceNoted) {
    let sealed = seal::seal(key, &about(voice), &record::encode(note));
    let noted = VoiceNoted {
        hash: record::half_hash(&sealed).to_vec(),
        kilobytes: u32::try_from(note.bytes.len().div_ceil(1024)).unwrap_or(u32::MAX),
        seconds: note.seconds,
    };
    (Put { table: NOTES, row: vec![voice.into(), sealed.into()] }, noted)
}

fn about(voice: Id) -> Vec<u8> {
    [&voice.0[..], PURPOSE].concat()
}

/// The note of a voice, opened. Whoever asks has seen to it that it may be heard.
///
/// # Errors
/// When the store fails.
pub async fn of(house: &House, voice: Id) -> Result<Option<Note>, StoreError> {
    let Some(key) = queries::key_of(house, voice).await? else { return Ok(None) };
    let sealed = queries::sealed_note(house, voice).await?;
    let opened = sealed.and_then(|sealed| seal::open(&key, &about(voice), &sealed).ok());
    Ok(opened.and_then(|bytes| record::decode(&bytes).ok()))
}

/// Voices whose note is not the one the log speaks of, or is gone though nobody was forgotten.
///
/// # Errors
/// When the store fails.
pub async fn verify(house: &House) -> Result<Vec<Id>, StoreError> {
    let mut wrong = Vec::new();
    for voice in queries::noted(house).await? {
        let said = queries::sealed_note(house, voice).await?;
        let hash = said.map(|sealed| record::half_hash(&sealed).to_vec());
        let records = house.store().records_of(voice).await?;
        let noted = records.iter().find_map(|record| record.read::<VoiceNoted>());
        if hash.is_none() || hash != noted.map(|noted| noted.hash) {
            wrong.push(voice);
        }
    }
    Ok(wrong)
}

/// The end of the address at which whoever has just proven that a voice is theirs hears its note:
/// until when, and the node's word for that.
#[must_use]
pub fn own_address(house: &House, voice: &Voice) -> String {
    let until_ms = house.now_ms() + OWN_LISTENING_MS;
    format!("until={until_ms}&proof={}", proof(house, voice, until_ms))
}

/// Whether the end of an address is one that [`own_address`] made, and not too old.
#[must_use]
pub fn may_hear_own(house: &House, voice: &Voice, until_ms: i64, said: &str) -> bool {
    let now = house.now_ms();
    let young = now <= until_ms && until_ms <= now + OWN_LISTENING_MS;
    young && !voice.erased && said == proof(house, voice, until_ms)
}

fn proof(house: &House, voice: &Voice, until_ms: i64) -> String {
    let about = [&voice.id.0[..], &until_ms.to_be_bytes()].concat();
    Id(house.vault().keyed("hear own note", &about)).to_string()
}
