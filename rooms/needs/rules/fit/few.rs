//! Counts of people below five, in figures and words, in six languages: whoever knows the place
//! knows who is meant. Days, water points and houses are no people. It judges no number of five or
//! more.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::FEW;
use super::tokens::Token;

/// How a language counts people.
struct Tongue {
    /// Words for nought to four.
    few: HashSet<String>,
    /// Words for people, one or several.
    people: HashSet<String>,
    /// Words that are two people by themselves.
    two: HashSet<String>,
    /// Whether the number stands after the people too.
    after: bool,
}

impl Tongue {
    fn of(few: &str, people: &str, two: &str, after: bool) -> Tongue {
        Tongue { few: folded(few), people: folded(people), two: folded(two), after }
    }
}

fn folded(list: &str) -> HashSet<String> {
    list.split_whitespace().map(words::plain).collect()
}

static TONGUES: LazyLock<[Tongue; 6]> = LazyLock::new(|| {
    [
        Tongue::of(
            "zero one two three four both",
            "person persons people woman women man men girl girls boy boys child children kid \
             kids baby babies infant infants family families household households resident \
             residents neighbour neighbours neighbor neighbors adult adults elder elders mother \
             mothers father fathers widow widows widower widowers orphan orphans patient \
             patients survivor survivors dead deaths injured wounded missing case cases student \
             students pupil pupils refugee refugees migrant migrants farmer farmers voice \
             voices",
            "",
            false,
        ),
        Tongue::of(
            "zéro deux trois quatre",
            "personne personnes gens femme femmes homme hommes fille filles fillette fillettes \
             garçon garçons enfant enfants bébé bébés nourrisson nourrissons famille familles \
             ménage ménages habitant habitants habitante habitantes voisin voisins voisine \
             voisines adulte adultes vieillard vieillards mère mères père pères veuve veuves \
             orphelin orphelins orpheline orphelines patient patients malade malades mort morts \
             décès blessé blessés disparu disparus élève élèves réfugié réfugiés déplacé \
             déplacés cas voix",
            "",
            false,
        ),
        Tongue::of(
            "cero dos tres cuatro",
            "persona personas mujer mujeres hombre hombres niña niñas niño niños chica chicas \
             chico chicos joven jóvenes bebé bebés familia familias hogar hogares vecina \
             vecinas vecino vecinos habitante habitantes adulto adultos anciano ancianos \
             anciana ancianas madre madres padre padres viuda viudas huérfano huérfanos \
             paciente pacientes muerto muertos muerta muertas herido heridos desaparecido \
             desaparecidos alumno alumnos refugiado refugiados desplazado desplazados caso \
             casos voz voces",
            "",
            false,
        ),
        Tongue::of(
            "zewo de twa kat",
            "moun fanm gason fi tifi tigason timoun bebe tibebe fanmi fwaye vwazen vwazin \
             granmoun manman papa vèv òfelen malad mò blese elèv vwa jèn abitan refijye",
            "",
            false,
        ),
        Tongue::of(
            "sifuri mmoja moja wawili mbili watatu tatu wanne nne",
            "mtu watu mwanamke wanawake mwanaume wanaume mwanamume msichana wasichana mvulana \
             wavulana mtoto watoto familia kaya jirani majirani mkazi wakazi mzee wazee mama \
             mjane wajane yatima mgonjwa wagonjwa vifo majeruhi mwanafunzi wanafunzi kijana \
             vijana mkimbizi wakimbizi sauti",
            "",
            true,
        ),
        Tongue::of(
            "صفر واحد واحدة اثنان اثنين اثنتان اثنتين ثلاث ثلاثة أربع أربعة اربعة",
            "شخص أشخاص امرأة إمرأة نساء رجل رجال فتاة فتيات بنت بنات ولد أولاد صبي طفل طفلة \
             أطفال رضيع رضع عائلة عائلات أسرة أسر جار جيران أمهات أرملة أرامل يتيم أيتام مريض \
             مريضة مرضى قتيل قتلى جريح جرحى مفقود مفقودين حالة حالات وفاة وفيات طالبة طلاب مسن \
             مسنة مسنين مسنات نازح نازحين لاجئ لاجئين أصوات",
            "شخصان شخصين امرأتان امرأتين رجلان رجلين فتاتان فتاتين بنتان بنتين ولدان ولدين \
             طفلان طفلين طفلتان طفلتين رضيعان رضيعين عائلتان عائلتين أسرتان أسرتين أرملتان \
             أرملتين مريضان مريضين جريحان جريحين قتيلان قتيلين حالتان حالتين",
            true,
        ),
    ]
});

/// Words that may stand between a number and people, in all languages.
static BETWEEN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    folded(
        "young old older elderly pregnant disabled deaf blind sick ill small little poor single \
         other more injured dead homeless hungry local displaced \
         jeunes jeune vieilles vieux vieille petits petites petit petite autres autre pauvres \
         ansent jèn lòt ti vye pòv andikape \
         otras otros otra otro pequeños pequeñas viejas viejos pobres \
         wengine",
    )
});

/// Words by which a number is a part of another: "2 of 12 women".
static OF: LazyLock<HashSet<String>> =
    LazyLock::new(|| folded("of sur sou nan de kati ya من أصل out among parmi entre"));

/// A count of people below five, as written.
pub(super) fn few(tokens: &[Token]) -> Option<String> {
    (0..tokens.len()).find_map(|at| {
        two(tokens, at)
            .or_else(|| ahead(tokens, at))
            .or_else(|| part(tokens, at))
            .or_else(|| behind(tokens, at))
    })
}

/// A word that is two people by itself.
fn two(tokens: &[Token], at: usize) -> Option<String> {
    let token = tokens.get(at)?;
    let found = TONGUES
        .iter()
        .any(|tongue| forms(&token.plain).iter().any(|form| tongue.two.contains(*form)));
    found.then(|| token.said.clone())
}

/// The number stands before the people, with one word between them at most.
fn ahead(tokens: &[Token], at: usize) -> Option<String> {
    let number = tokens.get(at)?;
    let gap = tokens.get(at + 1).is_some_and(|token| BETWEEN.contains(&token.plain));
    let gaps = if gap { [at + 1, at + 2] } else { [at + 1, at + 1] };
    gaps.into_iter().find_map(|who| {
        let people = tokens.get(who)?;
        let near = tokens.get(at + 1..=who)?.iter().all(|token| !ends(&token.before));
        (near && counts(number, people)).then(|| said(tokens, at, who))
    })
}

/// The number is a part of another number of people.
fn part(tokens: &[Token], at: usize) -> Option<String> {
    is_few(tokens.get(at)?).then_some(())?;
    let whole = (at + 2..=at + 3).find(|place| {
        let between = tokens.get(at + 1..*place).unwrap_or_default();
        between.iter().all(|token| OF.contains(&token.plain))
            && tokens.get(*place).is_some_and(|token| token.number().is_some())
    })?;
    let who = (whole + 1..=whole + 2).find(|who| {
        tokens.get(*who).is_some_and(|token| TONGUES.iter().any(|tongue| is_people(tongue, token)))
    })?;
    Some(said(tokens, at, who))
}

/// The number stands after the people, as in Swahili.
fn behind(tokens: &[Token], at: usize) -> Option<String> {
    let (people, number) = (tokens.get(at)?, tokens.get(at + 1)?);
    let found = TONGUES.iter().filter(|tongue| tongue.after).any(|tongue| {
        is_people(tongue, people)
            && (number.number().is_some_and(|n| n < FEW) || tongue.few.contains(&number.plain))
    });
    (found && number.follows()).then(|| said(tokens, at, at + 1))
}

/// Whether a number below five, in figures or in words of their language, counts these people.
fn counts(number: &Token, people: &Token) -> bool {
    let figure = number.number().is_some_and(|n| n < FEW);
    TONGUES.iter().any(|tongue| {
        let word = || forms(&number.plain).iter().any(|form| tongue.few.contains(*form));
        is_people(tongue, people) && (figure || word())
    })
}

fn is_few(token: &Token) -> bool {
    let said = |tongue: &Tongue| tongue.few.contains(&token.plain);
    token.number().map_or_else(|| TONGUES.iter().any(said), |n| n < FEW)
}

/// Whether a sentence ends between two words.
fn ends(before: &str) -> bool {
    before.contains(['.', ';', ':', '!', '?', '\n', '؟', '؛'])
}

/// A word, and in Arabic also without the letters that are written onto its front.
fn forms(plain: &str) -> Vec<&str> {
    let bare = plain.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']);
    let mut all: Vec<&str> = std::iter::once(plain).chain(bare).collect();
    let cut: Vec<&str> = all.iter().filter_map(|word| word.strip_prefix("ال")).collect();
    all.extend(cut);
    all
}

fn is_people(tongue: &Tongue, token: &Token) -> bool {
    forms(&token.plain).iter().any(|form| tongue.people.contains(*form))
}

fn said(tokens: &[Token], from: usize, to: usize) -> String {
    let all = tokens.get(from..=to).unwrap_or_default();
    all.iter().map(|token| token.said.as_str()).collect::<Vec<_>>().join(" ")
}
