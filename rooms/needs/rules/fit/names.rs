//! Names of people, where something says that one follows: "Mrs", "madan", "named", "anaitwa". A
//! market woman and an area that is called something are nobody's name. It finds no name that
//! stands alone: nobody can tell it from a place.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::tokens::Token;

fn folded(list: &str) -> HashSet<String> {
    list.split_whitespace().map(words::plain).collect()
}

/// Titles that are written short, perhaps with a full stop.
static SHORT: LazyLock<HashSet<String>> =
    LazyLock::new(|| folded("mr mrs ms dr mme mlle sr sra srta prof dkt bw mwl rev"));
/// Titles in whole words.
static TITLES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    folded(
        "miss mister madam doctor professor pastor reverend sister brother aunt auntie uncle \
         monsieur madame mademoiselle docteur pasteur père sœur soeur frère tante oncle \
         señor señora señorita don doña doctora hermana hermano padre tía tío profesor profesora \
         msye misye mesye madan madmwazel manmzèl manzè doktè pastè pè sè frè tonton matant \
         bwana bibi bi mzee mama baba ndugu dada kaka mwalimu daktari mchungaji shangazi mjomba",
    )
});
/// Words after which a name follows.
static NAMING: LazyLock<HashSet<String>> = LazyLock::new(|| {
    folded(
        "named called nicknamed nommé nommée appelé appelée appelle prénommé prénommée surnommé \
         llamado llamada llama apodado apodada rele anaitwa aitwaye waitwao wanaitwa jina nombre \
         prénom",
    )
});
/// Small words between such a word and the name.
static FILLERS: LazyLock<HashSet<String>> =
    LazyLock::new(|| folded("is are se est es ni lake langu yake li mwen est :"));
/// The same in Arabic, which has no capitals: whatever follows is taken for a name.
static NAMING_ARABIC: LazyLock<HashSet<String>> = LazyLock::new(|| {
    folded(
        "السيد السيدة الأستاذ الأستاذة الدكتور الدكتورة الحاج الحاجة الشيخ الشيخة الآنسة المدعو \
         المدعوة المسمى المسماة اسمه اسمها اسمي يدعى تدعى",
    )
});
/// Offices that follow an Arabic title without a name.
static OFFICES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    folded("المحافظ الرئيس رئيس المدير مدير مديرة الوزير وزير العمدة المختار في من و على")
});
/// Words for places: what is called something then is one.
static PLACES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    folded(
        "zone area neighbourhood neighborhood quarter street road river bridge market school camp \
         village place hill ward block church clinic hospital \
         quartier rue rivière pont marché école village lieu colline église localité \
         zòn zon katye kartye lari ri rivyè pon mache lekòl kan vilaj kote mòn legliz lokalite \
         zona barrio calle río puente mercado escuela campamento pueblo lugar iglesia colonia \
         eneo mtaa barabara mto daraja soko shule kambi kijiji mahali kanisa kata \
         منطقة حي شارع نهر جسر سوق مدرسة مخيم قرية مكان كنيسة جامع مستشفى",
    )
});
/// Names that are no person's: women who trade at markets in Haiti.
const NOBODY: [(&str, &str); 2] = [("madan", "sara"), ("السيده", "زينب")];
/// How far before a word a place makes what follows the name of a place.
const PLACE_WITHIN: usize = 4;

/// Somebody's name, as written with what announces it.
pub(super) fn named(tokens: &[Token]) -> Option<String> {
    (0..tokens.len()).find_map(|at| {
        let word = tokens.get(at)?;
        let next = tokens.get(at + 1)?;
        let title = SHORT.contains(&word.plain) && (next.follows() || next.before.trim() == ".")
            || word.said == "M" && next.before.trim() == "."
            || TITLES.contains(&word.plain) && next.follows();
        if title && next.is_capital() && !is_nobody(word, next) {
            return Some(format!("{} {}", word.said, next.said));
        }
        if NAMING.contains(&word.plain) {
            return called(tokens, at);
        }
        let arabic = NAMING_ARABIC.contains(&word.plain) && next.is_arabic() && next.follows();
        let person = arabic && !OFFICES.contains(&next.plain) && !is_nobody(word, next);
        (person && !is_place(tokens, at)).then(|| format!("{} {}", word.said, next.said))
    })
}

fn called(tokens: &[Token], at: usize) -> Option<String> {
    let rest = tokens.get(at + 1..)?;
    let filler = rest.first().is_some_and(|token| FILLERS.contains(&token.plain));
    let name = rest.get(usize::from(filler))?;
    let near = name.before.chars().all(|c| c.is_whitespace() || matches!(c, ':' | '«' | '"' | '“'));
    let person = name.is_capital() && near && !is_place(tokens, at);
    let word = tokens.get(at)?;
    person.then(|| format!("{} {}", word.said, name.said))
}

fn is_nobody(word: &Token, next: &Token) -> bool {
    NOBODY.contains(&(word.plain.as_str(), next.plain.as_str()))
}

fn is_place(tokens: &[Token], at: usize) -> bool {
    let before = tokens.get(at.saturating_sub(PLACE_WITHIN)..at).unwrap_or_default();
    before.iter().any(|token| PLACES.contains(&token.plain))
}
