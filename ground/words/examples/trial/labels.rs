//! Suggestions against the labels of the shared messages: by rule, and by a model trained here.
//!
//! Never trains on a message it is measured on, and never keeps the model.

use std::collections::BTreeSet;
use std::fmt::Write;

use words::{language, suggest};

use crate::data::Message;
use crate::figures::{Tally, micro_macro};
use crate::learn::{Learned, Lesson, learn};
use crate::tongues::share;

/// Our class, and the labels of the shared data that mean it. The last two have no label of
/// their own there: the nearest labels stand in, and the report says so.
const CLASSES: &[(&str, &[&str])] = &[
    ("request", &["request"]),
    ("offer", &["offer"]),
    ("wash", &["water"]),
    ("food_security", &["food"]),
    ("shelter", &["shelter", "clothing"]),
    ("health", &["medical_help", "medical_products", "hospitals"]),
    ("protection", &["security", "missing_people", "military"]),
    ("drainage_flood", &["floods"]),
    ("transport_roads", &["transport"]),
    ("energy", &["electricity"]),
    ("cash", &["money"]),
    ("markets_livelihoods", &["shops"]),
    ("logistics", &["aid_centers"]),
    ("life_at_risk", &["search_and_rescue"]),
    ("urgent", &["search_and_rescue", "death", "medical_help", "missing_people"]),
];

/// One way of dividing the messages, and which text of them is read.
pub struct Split {
    pub name: &'static str,
    pub test: fn(&Message) -> bool,
    pub train: fn(&Message) -> bool,
    pub text: fn(&Message) -> Option<&str>,
}

fn english(message: &Message) -> Option<&str> {
    Some(&message.english)
}

fn original(message: &Message) -> Option<&str> {
    message.original.as_deref()
}

/// One message in five, by a sum over its id, so that nobody chose them.
pub fn is_fifth(message: &Message) -> bool {
    let sum = message.id.bytes().fold(7_u32, |sum, b| sum.wrapping_mul(31) ^ u32::from(b));
    (sum.wrapping_mul(0x9E37_79B9) >> 16) % 5 == 0
}

fn is_rest(message: &Message) -> bool {
    !is_fifth(message)
}

const SPLITS: &[Split] = &[
    Split { name: "random fifth, English", test: is_fifth, train: is_rest, text: english },
    Split { name: "random fifth, as sent", test: is_fifth, train: is_rest, text: original },
    Split {
        name: "Sandy held out, English",
        test: |m| m.event == "usa_sandy",
        train: |m| m.event != "usa_sandy",
        text: english,
    },
    Split {
        name: "Pakistan held out, English",
        test: |m| m.event == "pakistan_floods",
        train: |m| m.event != "pakistan_floods",
        text: english,
    },
    Split {
        name: "Pakistan held out, as sent",
        test: |m| m.event == "pakistan_floods",
        train: |m| m.event != "pakistan_floods",
        text: original,
    },
];

/// The tables by split, as Markdown, and the classes that are poor on an event held out.
pub fn report(messages: &[Message]) -> (String, Vec<&'static str>) {
    let mut out = String::new();
    let mut poor: BTreeSet<&'static str> = BTreeSet::new();
    for split in SPLITS {
        let train: Vec<&Message> = messages.iter().filter(|m| (split.train)(m)).collect();
        let test: Vec<&Message> =
            messages.iter().filter(|m| (split.test)(m) && (split.text)(m).is_some()).collect();
        let taught = Taught::new(&train, split.text, CLASSES.len(), gold);
        let (mut ruled, mut learned, mut both) = (blank(), blank(), blank());
        for message in &test {
            let Some(text) = (split.text)(message) else { continue };
            let right = gold(message);
            let by_rule = by_rule(text);
            let by_model = taught.says(text);
            for at in 0..CLASSES.len() {
                let (gold, rule, model) = (right.contains(&at), by_rule[at], by_model[at]);
                ruled[at].count(rule, gold);
                learned[at].count(model, gold);
                both[at].count(rule || model, gold);
            }
        }
        let _ = writeln!(out, "### {} ({} messages)\n", capital(split.name), test.len());
        let _ = writeln!(
            out,
            "| class | messages | by rule: P / R / F1 | by model: P / R / F1 | either |"
        );
        let _ = writeln!(out, "|---|---:|---|---|---|");
        for (at, (class, _)) in CLASSES.iter().enumerate() {
            let cells = [ruled[at].cell(), learned[at].cell(), both[at].cell()].join(" | ");
            let _ = writeln!(out, "| {class} | {} | {cells} |", ruled[at].support());
            if split.name.contains("held out") && ruled[at].support() >= 5 && ruled[at].f1() < 500 {
                poor.insert(class);
            }
        }
        let cells = [&ruled, &learned, &both].map(|t| micro_macro(t)).join(" | ");
        let _ = writeln!(out, "| **micro / macro F1** | | {cells} |\n");
    }
    (out, poor.into_iter().collect())
}

/// How many messages in a thousand raise an alarm or are held for a focal point.
pub fn rates(messages: &[Message]) -> String {
    let (mut life, mut urgent, mut held) = (0, 0, 0);
    for message in messages {
        let hints = suggest(message.sent(), language(message.sent()).code);
        life += usize::from(hints.life_at_risk.is_some());
        urgent += usize::from(hints.urgency.is_some_and(|hint| hint.value == "urgent"));
        held += usize::from(hints.disclosure.is_some());
    }
    let all = messages.len();
    format!(
        "Of {all} messages as sent: danger to life {life} ({}), urgent {urgent} ({}), held as a \
         likely sensitive report {held} ({}). There is no label for sensitive reports here; their \
         wordlists are tested on hand-written messages in every language.\n",
        share(life, all),
        share(urgent, all),
        share(held, all)
    )
}

/// The model alone on the data's own labels, to stand beside the published baseline.
pub fn baseline(messages: &[Message]) -> String {
    let names: BTreeSet<&str> =
        messages.iter().flat_map(|m| m.labels.iter().map(String::as_str)).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let own = |m: &Message| -> Vec<usize> {
        (0..names.len()).filter(|at| m.labels.iter().any(|l| l == names[*at])).collect()
    };
    let mut out = String::new();
    let _ = writeln!(out, "| random fifth | our linear model | published TF-IDF + linear |");
    let _ = writeln!(out, "|---|---|---|");
    for (split, published) in SPLITS.iter().zip(["0.655 / 0.440", "0.603 / 0.377"]) {
        let train: Vec<&Message> = messages.iter().filter(|m| (split.train)(m)).collect();
        let taught = Taught::new(&train, split.text, names.len(), own);
        let mut tallies = vec![Tally::default(); names.len()];
        for message in messages.iter().filter(|m| (split.test)(m)) {
            let Some(text) = (split.text)(message) else { continue };
            let right = own(message);
            for (at, said) in taught.says(text).into_iter().enumerate() {
                tallies[at].count(said, right.contains(&at));
            }
        }
        let _ = writeln!(out, "| {} | {} | {published} |", split.name, micro_macro(&tallies));
    }
    out
}

/// A trained model with, for each class, the certainty from which it is believed: chosen on a
/// tenth of the training messages kept apart for that.
struct Taught {
    model: Learned,
    from: Vec<f32>,
}

impl Taught {
    fn new(
        train: &[&Message],
        text: fn(&Message) -> Option<&str>,
        labels: usize,
        gold: impl Fn(&Message) -> Vec<usize>,
    ) -> Self {
        let lessons: Vec<Lesson<'_>> =
            train.iter().filter_map(|m| Some(Lesson { text: text(m)?, labels: gold(m) })).collect();
        let (tenth, rest): (Vec<_>, Vec<_>) =
            lessons.into_iter().enumerate().partition(|(at, _)| at % 10 == 3);
        let rest: Vec<Lesson<'_>> = rest.into_iter().map(|(_, lesson)| lesson).collect();
        let model = learn(&rest, labels);
        let said: Vec<(Vec<f32>, &Vec<usize>)> =
            tenth.iter().map(|(_, lesson)| (model.scores(lesson.text), &lesson.labels)).collect();
        let best = |label: usize| {
            let f1 = |from: f32| {
                let mut tally = Tally::default();
                for (scores, right) in &said {
                    tally.count(scores[label] >= from, right.contains(&label));
                }
                tally.f1()
            };
            let mut best = (0.4, 0);
            for from in [0.4, 0.5, 0.3, 0.6, 0.2, 0.25, 0.35, 0.45, 0.15, 0.1, 0.07, 0.05] {
                if f1(from) > best.1 {
                    best = (from, f1(from));
                }
            }
            best.0
        };
        Self { from: (0..labels).map(best).collect(), model }
    }

    fn says(&self, text: &str) -> Vec<bool> {
        self.model.scores(text).iter().zip(&self.from).map(|(score, from)| score >= from).collect()
    }
}

fn gold(message: &Message) -> Vec<usize> {
    let has = |names: &&[&str]| names.iter().any(|n| message.labels.iter().any(|l| l == n));
    CLASSES.iter().enumerate().filter(|(_, (_, names))| has(names)).map(|(at, _)| at).collect()
}

/// What the wordlists say, class by class.
pub fn by_rule(text: &str) -> Vec<bool> {
    let hints = suggest(text, language(text).code);
    CLASSES
        .iter()
        .map(|(class, _)| match *class {
            "request" | "offer" => hints.kind.as_ref().is_some_and(|h| h.value == *class),
            "life_at_risk" => hints.life_at_risk.is_some(),
            "urgent" => hints.urgency.as_ref().is_some_and(|h| h.value != "ordinary"),
            sector => hints.sectors.iter().any(|h| h.value == sector),
        })
        .collect()
}

fn blank() -> Vec<Tally> {
    vec![Tally::default(); CLASSES.len()]
}

fn capital(name: &str) -> String {
    let (head, tail) = name.split_at(1);
    head.to_uppercase() + tail
}
