//! The texts: every key that the code says is there, in all six languages.

use page::{Lang, Texts};

use crate::door::Role;
use crate::people::{BodyKind, CONSTITUENCIES, TEXTS, WHY_CLOSED};

/// What the pages of this room say.
pub fn all() -> Texts {
    let all = page::KIT_TEXTS.iter().chain(crate::door::TEXTS).chain(TEXTS);
    Texts::new(&all.copied().collect::<Vec<_>>()).expect("the texts are sound")
}

const SOURCES: [&str; 13] = [
    include_str!("../rules/mod.rs"),
    include_str!("../rules/mandates.rs"),
    include_str!("../rules/measures.rs"),
    include_str!("../rules/sealed.rs"),
    include_str!("../pages/acts.rs"),
    include_str!("../pages/bodies.rs"),
    include_str!("../pages/mandates.rs"),
    include_str!("../pages/members.rs"),
    include_str!("../pages/own.rs"),
    include_str!("../pages/parts.rs"),
    include_str!("../pages/sealed.rs"),
    include_str!("../pages/sessions.rs"),
    include_str!("../pages/sign.rs"),
];

/// Every key in quotes in the sources: `people-…` without a place for a value.
fn named() -> Vec<&'static str> {
    let quoted = SOURCES.iter().flat_map(|source| source.split('"'));
    let mut keys: Vec<&str> = quoted
        .filter(|text| text.starts_with("people-"))
        .filter(|text| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[test]
fn everything_the_code_says_is_said_in_six_languages() {
    let texts = all();
    let mut wanted: Vec<String> = Vec::new();
    let keys: Vec<String> = texts.keys(Lang::En).map(str::to_owned).collect();
    for key in named() {
        let (title, advice) = (format!("refused-{key}"), format!("refused-{key}-advice"));
        let refusal = SOURCES.iter().any(|s| s.contains(&format!("Refusal::new(\"{key}\")")));
        let page = keys.iter().any(|k| k == key);
        assert!(page || refusal || keys.contains(&title), "{key} is said nowhere");
        if refusal || keys.contains(&title) {
            wanted.extend([title, advice]);
        }
        if page {
            wanted.push(key.to_owned());
        }
    }
    for role in Role::ALL {
        wanted.push(format!("people-role-{}", role.code()));
        wanted.push(format!("people-role-{}-about", role.code()));
    }
    wanted.extend(BodyKind::ALL.map(|kind| format!("people-kind-{}", kind.code())));
    wanted.extend(CONSTITUENCIES.map(|code| format!("people-constituency-{code}")));
    wanted.extend(WHY_CLOSED.map(|why| format!("people-door-{why}")));
    let done = crate::people::pages::parts::DONE.iter().map(|code| format!("people-done-{code}"));
    wanted.extend(done);
    assert!(wanted.len() > 200, "only {} keys were found", wanted.len());
    for lang in Lang::ALL {
        let there: Vec<&str> = texts.keys(lang).collect();
        for key in &wanted {
            assert!(there.contains(&key.as_str()), "{key} is missing in {}", lang.code());
        }
    }
}
