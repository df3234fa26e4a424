//! The lists of this room: what can be asked for and offered, in which unit, and by which words of
//! six languages an SMS names it. Source: made for this project from what people ask each other for
//! in a flood; version 1, checked in November 2026. It never says how much of anything is right.

/// What kind of thing is exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// People who can do something.
    People,
    /// Things.
    Goods,
    /// A place to be or to keep things.
    Space,
    /// A way to get there.
    Transport,
}

impl Kind {
    /// All kinds, in the order of pages.
    pub const ALL: [Kind; 4] = [Kind::People, Kind::Goods, Kind::Space, Kind::Transport];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Kind::People => "people",
            Kind::Goods => "goods",
            Kind::Space => "space",
            Kind::Transport => "transport",
        }
    }
}

/// Something that can be asked for and offered.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// Stable code.
    pub code: &'static str,
    /// Of which kind.
    pub kind: Kind,
    /// In which unit, one of [`UNITS`].
    pub unit: &'static str,
    /// Words that name it, folded, in any of our languages.
    words: &'static [&'static str],
}

/// The units there are. Amounts are whole numbers of them.
pub const UNITS: [&str; 9] =
    ["person_day", "piece", "kg", "litre", "set", "day", "night", "m2", "trip"];

/// Who offers.
pub const GIVERS: [&str; 4] = ["resident", "firm", "savings_group", "body"];

/// Where help came from, as it is counted in public: firms of the city by themselves, groups and
/// firms from outside under `other`.
pub const SOURCES: [&str; 4] = ["resident", "savings_group", "local_firm", "other"];

/// Disciplines of vocabulary 5.9.
pub const DISCIPLINES: [&str; 10] = [
    "municipal_government",
    "urban_planning",
    "environment",
    "finance_private_sector",
    "science",
    "technology_communications",
    "humanitarian",
    "development",
    "lived_local_expertise",
    "other",
];

const fn skill(code: &'static str, words: &'static [&'static str]) -> Item {
    Item { code, kind: Kind::People, unit: "person_day", words }
}

const fn goods(code: &'static str, unit: &'static str, words: &'static [&'static str]) -> Item {
    Item { code, kind: Kind::Goods, unit, words }
}

const fn space(code: &'static str, unit: &'static str, words: &'static [&'static str]) -> Item {
    Item { code, kind: Kind::Space, unit, words }
}

const fn ride(code: &'static str, words: &'static [&'static str]) -> Item {
    Item { code, kind: Kind::Transport, unit: "trip", words }
}

/// All items, in the order of pages.
pub const ITEMS: [Item; 36] = [
    skill("mason", &["mason", "bricklayer", "macon", "albanil", "bos mason", "mwashi", "بناء"]),
    skill(
        "carpenter",
        &["carpenter", "menuisier", "charpentier", "carpintero", "chapant", "seremala", "نجار"],
    ),
    skill("plumber", &["plumber", "plombier", "plomero", "fontanero", "plonbye", "bomba", "سباك"]),
    skill(
        "electrician",
        &["electrician", "electricien", "electricista", "elektrisyen", "umeme", "كهربائي"],
    ),
    skill(
        "drains",
        &["drain builder", "drains", "drainage", "desague", "drenaj", "mifereji", "صرف"],
    ),
    skill("driver", &["driver", "chauffeur", "chofer", "conductor", "chofe", "dereva", "سائق"]),
    skill(
        "nurse",
        &["nurse", "infirmier", "infirmiere", "enfermera", "enfimye", "muuguzi", "ممرضه", "ممرض"],
    ),
    skill("doctor", &["doctor", "medecin", "medico", "medica", "dokte", "daktari", "طبيب"]),
    skill("midwife", &["midwife", "sage femme", "partera", "fanmsaj", "mkunga", "قابله"]),
    skill("counsellor", &["counsellor", "psychologue", "psicologa", "sikolog", "nasaha", "مرشد"]),
    skill(
        "teacher",
        &["teacher", "professeur", "maestra", "maestro", "pwofese", "mwalimu", "معلم"],
    ),
    skill(
        "translator",
        &["translator", "traducteur", "traductor", "tradikte", "mkalimani", "مترجم"],
    ),
    skill("cook", &["cook", "cuisinier", "cuisiniere", "cocinera", "kizinye", "mpishi", "طباخ"]),
    skill("engineer", &["engineer", "ingenieur", "ingeniero", "enjenye", "mhandisi", "مهندس"]),
    skill("planner", &["planner", "urbaniste", "urbanista", "ibanis", "mpangaji", "مخطط"]),
    skill("land_law", &["lawyer", "avocat", "abogado", "avoka", "wakili", "محامي"]),
    skill("accounts", &["accountant", "comptable", "contador", "kontab", "mhasibu", "محاسب"]),
    skill("other_skill", &[]),
    goods("water", "litre", &["water", "eau", "agua", "dlo", "maji", "ماء"]),
    goods(
        "food",
        "kg",
        &["rice", "food", "riz", "arroz", "comida", "diri", "manje", "mchele", "رز"],
    ),
    goods(
        "tarpaulin",
        "piece",
        &["tarp", "tarps", "bache", "baches", "lona", "lonas", "prela", "turubai", "شادر"],
    ),
    goods(
        "blanket",
        "piece",
        &[
            "blanket",
            "blankets",
            "couverture",
            "couvertures",
            "cobija",
            "cobijas",
            "manta",
            "dra",
            "blanketi",
            "بطانيه",
            "بطانيات",
        ],
    ),
    goods("hygiene_kit", "set", &["soap", "savon", "jabon", "savon lave", "sabuni", "صابون"]),
    goods("medicine", "set", &["medicine", "medicament", "medicina", "medikaman", "dawa", "دواء"]),
    goods("tools", "set", &["tools", "outils", "herramientas", "zouti", "zana", "ادوات"]),
    goods(
        "fuel",
        "litre",
        &["fuel", "diesel", "carburant", "combustible", "gazolin", "mafuta", "وقود"],
    ),
    goods(
        "building",
        "piece",
        &["bricks", "blocks", "briques", "ladrillos", "blok", "matofali", "طوب"],
    ),
    goods("other_goods", "piece", &[]),
    space("hall", "day", &["hall", "salle", "salon", "sal", "ukumbi", "قاعه"]),
    space(
        "beds",
        "night",
        &["bed", "beds", "lit", "lits", "cama", "camas", "kabann", "kitanda", "سرير"],
    ),
    space("storage", "m2", &["storage", "depot", "bodega", "almacen", "depo", "ghala", "مخزن"]),
    space("land", "m2", &["land", "terrain", "terreno", "teren", "kiwanja", "ارض"]),
    ride("truck", &["truck", "lorry", "camion", "kamyon", "lori", "شاحنه"]),
    ride("car", &["car", "voiture", "coche", "carro", "machin", "gari", "سياره"]),
    ride("boat", &["boat", "bateau", "bote", "lancha", "bato", "mashua", "قارب"]),
    ride("motorbike", &["motorbike", "moto", "pikipiki", "دراجه"]),
];

/// The item of a code.
#[must_use]
pub fn item(code: &str) -> Option<&'static Item> {
    ITEMS.iter().find(|item| item.code == code)
}

/// The unit in which an item is counted; pieces for one that this version does not know.
#[must_use]
pub fn unit_of(code: &str) -> &'static str {
    item(code).map_or("piece", |item| item.unit)
}

/// Whether an item is people's time.
#[must_use]
pub fn is_people(code: &str) -> bool {
    item(code).is_some_and(|item| item.kind == Kind::People)
}

/// Whether an item is a thing that lies in stock.
#[must_use]
pub fn is_goods(code: &str) -> bool {
    item(code).is_some_and(|item| item.kind == Kind::Goods)
}

/// The first item that folded words name, with the place of the word behind its name and the place
/// of its name, both counted in words.
#[must_use]
pub fn named(words: &[&str]) -> Option<(&'static Item, usize, usize)> {
    for at in 0..words.len() {
        for item in &ITEMS {
            for name in item.words {
                let parts: Vec<&str> = name.split(' ').collect();
                if words.get(at..at + parts.len()) == Some(parts.as_slice()) {
                    return Some((item, at, at + parts.len()));
                }
            }
        }
    }
    None
}
