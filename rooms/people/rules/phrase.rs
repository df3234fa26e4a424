//! First passphrases that can be read out over a telephone in any of our languages: four made-up
//! words such as `dalo miru tusa vogi`. It draws no chance itself, and keeps nothing.

/// Bytes of chance that a passphrase is made of.
pub const PHRASE_CHANCE_BYTES: usize = 16;

const WORDS: usize = 4;
const WORD_BITS: u32 = 12;
const CONSONANTS: &[u8; 16] = b"bdfghjklmnrstvwz";
const VOWELS: &[u8; 4] = b"aiou";

/// Words that are rude or grim in one of our languages: nobody shall have to say them.
const REFUSED: [&str; 20] = [
    "bolo", "dago", "fuka", "fuki", "fuku", "jodo", "kaga", "kago", "kufa", "kuma", "kusu", "mavi",
    "nazi", "nika", "niku", "tako", "tizi", "wafu", "zibi", "zubi",
];

/// Four words from chance: nearly 48 bits, ten words being there to choose from.
#[must_use]
pub fn phrase(chance: [u8; PHRASE_CHANCE_BYTES]) -> String {
    let bits = u128::from_be_bytes(chance);
    let drawn = (0..u128::BITS / WORD_BITS).map(|place| word(bits >> (place * WORD_BITS)));
    let words: Vec<String> = drawn.filter(|word| fit(word)).take(WORDS).collect();
    words.join(" ")
}

/// The word of the last twelve bits: consonant, vowel, consonant, vowel.
fn word(bits: u128) -> String {
    let letter = |letters: &[u8], place: u128| {
        let at = usize::try_from(place % letters.len() as u128).unwrap_or(0);
        letters.get(at).copied().map_or('a', char::from)
    };
    [
        letter(CONSONANTS, bits >> 8),
        letter(VOWELS, bits >> 6),
        letter(CONSONANTS, bits >> 2),
        letter(VOWELS, bits),
    ]
    .into_iter()
    .collect()
}

/// A syllable said twice is hard to count when read out, and often rude.
fn fit(word: &str) -> bool {
    let (first, second) = word.split_at(word.len() / 2);
    first != second && !REFUSED.contains(&word)
}
