//! What must always hold for every page: languages whole, words plain, colours legible, files
//! small, and nothing a person writes able to become HTML.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::calendar::{DAY_MS, HOUR_MS, MINUTE_MS, moment};
use crate::components::map::{MapArea, MapPicture, map};
use crate::components::thread::{Knot, KnotState, summary, thread, thread_line};
use crate::components::{button, card, code, field, form, kit, number, quote, row, table, tag};
use crate::frame::{
    Face, Frame, NavItem, Notice, Tone, in_large_print, page, with_language, with_print,
};
use crate::html::{Html, href, text};
use crate::look;
use crate::texts::{KIT_TEXTS, TextError, Texts, review_state, review_state_of};
use crate::tongue::{Arg, Lang, Tongue};

fn texts() -> &'static Texts {
    static TEXTS: std::sync::OnceLock<Texts> = std::sync::OnceLock::new();
    TEXTS.get_or_init(|| Texts::new(KIT_TEXTS).unwrap())
}

fn tongue(lang: Lang) -> Tongue {
    Tongue::new(lang, texts())
}

fn whole_page(lang: Lang, face: Face, body: &Html) -> String {
    let nav = [NavItem { href: "/say".to_owned(), label: "Say".to_owned(), current: true }];
    page(
        &Frame {
            tongue: tongue(lang),
            title: "Title <&>",
            city: "City \"<b>",
            face,
            path: "/area/3?x=1&lang=fr",
            member: Some("Neema <i>"),
            csrf: "token",
            notice: Some(Notice::new(Tone::Warn, "<script>")),
            demo: true,
            nav: &nav,
            hidden: false,
            large: false,
        },
        body,
    )
}

#[test]
fn all_six_languages_say_the_same_keys() {
    let english: Vec<&str> = texts().keys(Lang::En).collect();
    assert!(english.len() > 100);
    for lang in Lang::ALL {
        assert_eq!(texts().keys(lang).collect::<Vec<_>>(), english, "{}", lang.code());
        assert!(english.iter().all(|key| tongue(lang).has(key)), "{}", lang.code());
    }
}

#[test]
fn every_language_asks_for_the_same_values() {
    fn values(source: &str) -> BTreeMap<&str, std::collections::BTreeSet<&str>> {
        let mut found: BTreeMap<&str, std::collections::BTreeSet<&str>> = BTreeMap::new();
        let mut key = "";
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                key = line.split_once(" =").unwrap().0;
            }
            for part in line.split('$').skip(1) {
                let end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap();
                found.entry(key).or_default().insert(&part[..end]);
            }
        }
        found
    }
    let english = values(KIT_TEXTS[0].1);
    for (lang, source) in KIT_TEXTS {
        assert_eq!(values(source), english, "{}", lang.code());
    }
}

#[test]
fn every_catalogue_states_its_review() {
    for (lang, source) in KIT_TEXTS {
        let state = review_state_of(source);
        let expected = if *lang == Lang::En { "reviewed" } else { "unreviewed" };
        assert_eq!(state, Some(expected), "{}", lang.code());
        assert_eq!(review_state(*lang), expected);
    }
    assert_eq!(review_state_of("key = value\n# review: late"), None);
}

#[test]
fn no_refused_word_is_said() {
    const REFUSED: [&str; 9] = [
        "beneficiar",
        "target group",
        "caseload",
        "victim",
        "bénéficiaire",
        "victime",
        "víctima",
        "beneficiario",
        "todo",
    ];
    for (lang, source) in KIT_TEXTS {
        let said = source.to_lowercase();
        for word in REFUSED.iter().filter(|word| **word != "todo" || *lang != Lang::Es) {
            assert!(!said.contains(word), "{word} in {}", lang.code());
        }
    }
}

#[test]
fn a_fault_in_a_catalogue_is_named() {
    let twice = Texts::new(&[(Lang::Fr, "one = un"), (Lang::Fr, "two = deux\none = une")]);
    assert_eq!(twice.err(), Some(TextError::Duplicate { lang: Lang::Fr, key: "one".into() }));
    let broken = Texts::new(&[(Lang::Sw, "good = sawa\nbad = { $n ->\n  [one] x\n}\n")]);
    let fault = broken.err().unwrap();
    assert!(matches!(&fault, TextError::Unparsable { near, .. } if near == "bad"), "{fault}");
    assert!(fault.to_string().starts_with("texts in sw: near `bad`"));
}

#[test]
fn a_missing_key_is_english_and_then_shown_as_missing() {
    let few: &'static Texts = Box::leak(Box::new(
        Texts::new(&[(Lang::En, "one = one"), (Lang::Fr, "two = deux")]).unwrap(),
    ));
    let t = Tongue::new(Lang::Fr, few);
    assert_eq!(t.say("one"), "one");
    assert_eq!(t.say("two"), "deux");
    assert_eq!(t.say("three"), "⟦three⟧");
    assert!(!t.has("one"));
}

#[test]
fn languages_are_agreed_on() {
    let check = |header: &str, offered: &[Lang], expected| {
        assert_eq!(Lang::negotiate(header, offered), expected, "{header}");
    };
    let all = &Lang::ALL;
    check("fr-CA,fr;q=0.9,en;q=0.8", all, Lang::Fr);
    check("en;q=0.5,ar", all, Lang::Ar);
    check("en;q=0.3, sw;q=0.7", all, Lang::Sw);
    check("ht", &[Lang::Sw, Lang::En], Lang::Sw);
    check("en;q=0,fr;q=0.1", all, Lang::Fr);
    check("", &[Lang::Ht], Lang::Ht);
    check("", &[], Lang::En);
    check("fr;q=NaN,es;q=9,,;;q=", all, Lang::En);
    assert_eq!(Lang::from_code("FR_ca"), Some(Lang::Fr));
    assert_eq!(Lang::from_code("f"), None);
}

#[test]
fn numbers_follow_the_language() {
    let check = |lang, n, expected: &str| assert_eq!(tongue(lang).number(n), expected);
    check(Lang::En, 1_234_567, "1,234,567");
    check(Lang::En, -1_000, "-1,000");
    check(Lang::En, 999, "999");
    check(Lang::Fr, 12_345, "12\u{202F}345");
    check(Lang::Es, 1_234, "1234");
    check(Lang::Es, 12_345, "12.345");
    check(Lang::Ar, 12_345, "12,345");
    check(Lang::Sw, i64::MIN, "-9,223,372,036,854,775,808");
    let said = tongue(Lang::Fr).with("span-days", &[("n", 12_000.into())]);
    assert_eq!(said, "12\u{202F}000 jours");
}

#[test]
fn waits_are_said_with_the_right_plural() {
    let now = 1_772_500_000_000;
    let check = |lang, past, expected: &str| {
        assert_eq!(tongue(lang).ago(now - past, now), expected);
    };
    check(Lang::En, 0, "just now");
    check(Lang::En, MINUTE_MS, "1 minute ago");
    check(Lang::En, 47 * HOUR_MS, "47 hours ago");
    check(Lang::En, 2 * DAY_MS, "2 days ago");
    check(Lang::En, -3 * DAY_MS, "in 3 days");
    check(Lang::Fr, HOUR_MS, "il y a 1 heure");
    check(Lang::Fr, 3 * HOUR_MS, "il y a 3 heures");
    check(Lang::Ht, 3 * HOUR_MS, "sa gen 3 èdtan");
    check(Lang::Sw, MINUTE_MS, "dakika 1 iliyopita");
    check(Lang::Ar, 2 * DAY_MS, "منذ يومين");
    check(Lang::Ar, 5 * DAY_MS, "منذ 5 أيام");
    check(Lang::Ar, 11 * DAY_MS, "منذ 11 يومًا");
    assert_eq!(tongue(Lang::Ar).span(2 * HOUR_MS), "ساعتان");
    assert_eq!(tongue(Lang::En).span(30_000), "under a minute");
    assert_eq!(tongue(Lang::En).ago(i64::MIN, i64::MAX), "106,751,991,167 days ago");
}

#[test]
fn days_are_true_and_said_in_each_language() {
    let check = |ms, offset, expected: (i64, i64, i64, i64, i64)| {
        let at = moment(ms, offset);
        assert_eq!((at.year, at.month, at.day, at.hour, at.weekday), expected);
    };
    check(0, 0, (1970, 1, 1, 0, 4));
    check(-1, 0, (1969, 12, 31, 23, 3));
    check(951_782_400_000, 0, (2000, 2, 29, 0, 2));
    check(1_772_500_000_000, 0, (2026, 3, 3, 1, 2));
    check(1_772_500_000_000, -300, (2026, 3, 2, 20, 1));
    let at = 1_772_323_200_000; // 2026-03-01, a Sunday
    assert_eq!(tongue(Lang::En).date(at), "1 March 2026");
    assert_eq!(tongue(Lang::Fr).date(at), "1er mars 2026");
    assert_eq!(tongue(Lang::Es).date(at), "1 de marzo de 2026");
    assert_eq!(tongue(Lang::Ht).date(at), "premye mas 2026");
    assert_eq!(tongue(Lang::Sw).weekday_at(at, 180), "Jumapili 1 Machi");
    assert_eq!(tongue(Lang::Ar).date_at(at, -60), "28 فبراير 2026");
    assert_eq!(tongue(Lang::En).time_at(at, 125), "02:05");
}

#[test]
fn values_in_a_sentence_keep_their_direction_and_stay_words() {
    let t = tongue(Lang::Ar);
    let said = t.html("knot-owner-open", &[("owner", "<b>\u{E000}K7M4".into())]);
    assert_eq!(said.0, "ننتظر <bdi>&lt;b&gt;K7M4</bdi>");
    let plain = t.with("knot-owner-open", &[("owner", "K7M4".into())]);
    assert_eq!(plain, "ننتظر K7M4", "an SMS must hold no isolation marks");
    assert_eq!(Arg::from(3), Arg::N(3));
    assert_eq!(Arg::from(String::from("x")), Arg::S("x".into()));
}

/// The tokens of one theme: name to colour.
fn tokens(theme: &str) -> BTreeMap<&str, (f64, f64, f64)> {
    theme
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"))
        .filter(|(_, hex)| hex.len() == 6)
        .map(|(name, hex)| {
            let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            let linear = |value: u8| {
                let share = f64::from(value) / 255.0;
                if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            };
            (name, (linear(part(0)), linear(part(2)), linear(part(4))))
        })
        .collect()
}

fn contrast(one: (f64, f64, f64), other: (f64, f64, f64)) -> f64 {
    let light = |c: (f64, f64, f64)| 0.2126 * c.0 + 0.7152 * c.1 + 0.0722 * c.2;
    let (a, b) = (light(one), light(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_colours_is_legible_in_light_and_dark() {
    let css = include_str!("look/tokens.css");
    let (light, dark) = css.split_once("@media").unwrap();
    let mut pairs = Vec::new();
    for ground in ["paper", "card", "sunk"] {
        for words in ["ink", "soft", "sea", "clay", "good", "warn", "bad"] {
            pairs.push((words, ground, 4.5));
        }
        pairs.push(("edge", ground, 3.0));
        pairs.push(("rope", ground, 3.0));
        pairs.push(("m-line", ground, 3.0));
    }
    for tone in ["good", "warn", "bad", "sea", "clay"] {
        let wash: &str = Box::leak(format!("{tone}-wash").into_boxed_str());
        pairs.extend([(tone, wash, 4.5), ("ink", wash, 4.5)]);
    }
    pairs.extend([("sea-on", "sea", 4.5), ("roof-on", "roof", 4.5), ("ochre", "roof", 3.0)]);
    pairs.extend([("card", "bad", 4.5), ("soft", "warn-wash", 4.5), ("soft", "bad-wash", 4.5)]);
    pairs.extend([("ink", "m1", 4.5), ("ink", "m2", 4.5), ("ink", "m3", 4.5)]);
    pairs.extend([("m-on", "m4", 4.5), ("m-on", "m5", 4.5), ("card", "rope", 3.0)]);
    pairs.extend([("clay", "line", 3.0), ("edge", "warn-wash", 3.0)]);
    let light = tokens(light);
    for (theme, colours) in [
        ("light", light.clone()),
        ("dark", {
            let mut all = light;
            all.extend(tokens(dark));
            all
        }),
    ] {
        for (one, other, least) in &pairs {
            let found = contrast(colours[one], colours[other]);
            assert!(found >= *least, "{theme}: {one} on {other} is {found:.2}, wants {least}");
        }
        for (pale, dark) in [("m1", "m2"), ("m2", "m3"), ("m3", "m4"), ("m4", "m5")] {
            let found = contrast(colours[pale], colours[dark]);
            assert!(found >= 1.3, "{theme}: {pale} and {dark} are too alike: {found:.2}");
        }
    }
}

#[test]
fn the_files_are_small_and_named_after_their_content() {
    let (css_path, css) = look::css();
    // Measured 4.4 KB by brotli and 5.0 KB by gzip at 17.2 KB; the page pays for it on 2G.
    assert!(css.len() <= 20_000, "{}", css.len());
    assert!(css_path.starts_with("/static/baraza-") && css_path.ends_with(".css"));
    assert_eq!(css_path.len(), "/static/baraza-01234567.css".len());
    let scripts =
        look::street_js().1.len() + look::desk_js().1.len() + look::service_worker().1.len();
    // The street's two come after the first view: 6 KB together by gzip.
    assert!(scripts < 14_336, "{scripts}");
    // And these only where they are of use.
    let more = look::note_js().1.len() + look::aloud_js().1.len();
    assert!(more < 8_192, "{more}");
    for (path, _) in [look::note_js(), look::aloud_js()] {
        assert!(look::service_worker().1.contains(path), "the worker keeps {path}");
    }
    assert!(look::service_worker().1.contains(css_path), "the worker keeps the style sheet");
    assert!(look::manifest().1.contains(look::icon_svg().0));
    for (path, body) in look::all() {
        assert_ne!(look::media_type(path), "application/octet-stream", "{path}");
        assert!(!body.contains("/*") && !body.contains("http:") || path.ends_with(".svg"));
    }
    assert!(!css.contains("url(") && !css.contains("@import"), "no other host, no data");
}

#[test]
fn pages_hold_no_inline_style_or_script_and_no_missing_text() {
    for lang in Lang::ALL {
        // On the street the one line that the policy names by its hash, and nothing else.
        let street = whole_page(lang, Face::Street, &kit(tongue(lang)));
        assert_eq!(street.matches("<script").count(), 1);
        assert!(street.contains(&format!(">{}</script>", look::LOADER)));
        let html = whole_page(lang, Face::Desk, &kit(tongue(lang)));
        assert!(!html.contains("style="), "{}", lang.code());
        assert!(!html.contains(" on") || !html.contains("onclick"), "{}", lang.code());
        assert_eq!(html.matches("<script").count(), 1);
        assert!(html.contains("<script defer src="));
        assert!(!html.contains('⟦'), "a text is missing in {}", lang.code());
        assert!(html.contains(&format!("lang=\"{}\" dir=\"{}\"", lang.code(), lang.dir())));
    }
}

#[test]
fn a_frame_escapes_what_it_is_given() {
    let html = whole_page(Lang::En, Face::Street, &Html::none());
    assert!(!html.contains("City \"<b>") && !html.contains("Neema <i>"));
    assert!(html.contains("&lt;script&gt;"));
    assert_eq!(html.matches("<script").count(), 1);
    assert!(html.contains("/area/3?x=1&amp;lang=sw"), "links keep the query");
}

#[test]
fn hide_mode_keeps_nothing_on_a_phone() {
    let frame = |hidden, face| Frame {
        tongue: tongue(Lang::En),
        title: "t",
        city: "c",
        face,
        path: "/",
        member: None,
        csrf: "",
        notice: None,
        demo: false,
        nav: &[],
        hidden,
        large: false,
    };
    let open = page(&frame(false, Face::Street), &Html::none());
    let hidden = page(&frame(true, Face::Street), &Html::none());
    // The script then only sends what waits, and forgets what is kept.
    assert!(!open.contains("data-hidden") && hidden.contains("data-hidden=1"));
    assert!(!open.contains("noindex") && hidden.contains("noindex"));
    let desk = page(&frame(true, Face::Desk), &Html::none());
    assert!(desk.contains(&tongue(Lang::En).say("hidden-banner")));
}

#[test]
fn large_print_is_carried_by_every_own_link_and_by_no_other() {
    let check = |part: &str, expected: &str| {
        let large = in_large_print(&Html(part.to_owned())).0;
        assert_eq!(large, expected);
        assert_eq!(
            in_large_print(&Html(large.clone())).0.matches("large=1").count(),
            large.matches("large=1").count(),
            "{large}"
        );
    };
    check("<a href=\"/say\">", "<a href=\"/say?large=1\">");
    check("<a href=\"/say?lang=ht\">", "<a href=\"/say?lang=ht&amp;large=1\">");
    check("<a class=b href=\"/a?x=1#last\">", "<a class=b href=\"/a?x=1&amp;large=1#last\">");
    check("<a href=\"/say?large=1&amp;lang=ht\">", "<a href=\"/say?large=1&amp;lang=ht\">");
    check("<form method=post action=\"/say\">", "<form method=post action=\"/say?large=1\">");
    for other in ["<a href=\"tel:114\">", "<a href=\"#main\">", "<i src=\"/static/a.js\">"] {
        check(other, other);
    }
    let asks = in_large_print(&Html("<form method=get action=\"/follow\"><b>".to_owned())).0;
    assert!(asks.ends_with("><input type=hidden name=large value=1><b>"), "{asks}");
    assert_eq!(with_print("/a?lang=ht&large=1&x=2", false), "/a?lang=ht&x=2");
    assert_eq!(with_print("/a?large=1", false), "/a");
    assert_eq!(with_print("/a?x=2", true), "/a?x=2&large=1");
    let usual = whole_page(Lang::En, Face::Street, &Html::none());
    assert!(
        usual.contains("/area/3?x=1&amp;lang=fr&amp;large=1") && !usual.contains("class=\"large\"")
    );
}

#[test]
fn language_links_replace_only_the_language() {
    let check = |path, expected: &str| assert_eq!(with_language(path, Lang::Ht), expected);
    check("/", "/?lang=ht");
    check("/a?lang=fr", "/a?lang=ht");
    check("/a?x=1&lang=fr&y=2", "/a?x=1&y=2&lang=ht");
    check("/a?", "/a?lang=ht");
}

#[test]
fn only_safe_targets_become_links() {
    let check = |target, expected: &str| assert_eq!(href(target).0, expected, "{target}");
    check("/follow/K7M4QX2R?a=1&b=2", "/follow/K7M4QX2R?a=1&amp;b=2");
    check("#main", "#main");
    check("tel:112", "tel:112");
    check("javascript:alert(1)", "#");
    check(" JaVaScRiPt:alert(1)", "#");
    check("//elsewhere.example", "#");
    check("/\\elsewhere.example", "#");
    check("data:text/html,x", "#");
    check("/a\"onmouseover=\"x", "/a&quot;onmouseover=&quot;x");
}

#[test]
fn codes_stand_in_two_groups_of_four() {
    let check = |given, expected: &str| assert_eq!(code::grouped(given), expected);
    check("K7M4QX2R", "K7M4 QX2R");
    check("k7m4-qx2r", "K7M4 QX2R");
    check("K7M4", "K7M4");
    check("K7M4QX2RX", "K7M4QX2RX");
    check("é7M4QX2R", "é7M4QX2R");
}

fn knot(name: &str, state: KnotState) -> Knot {
    Knot { name: name.to_owned(), state, when: None, note: None, owner: None, href: None }
}

#[test]
fn a_thread_says_first_where_it_broke_then_where_it_waits() {
    use KnotState::{Broken, Done, NotYet, Pending};
    let t = tongue(Lang::En);
    let check = |states: &[KnotState], expected: &str| {
        let names = ["Voice", "Need", "Decision"];
        let knots: Vec<Knot> =
            names.iter().zip(states).map(|(name, state)| knot(name, *state)).collect();
        assert_eq!(summary(t, &knots).0, expected);
    };
    check(&[Done, Pending, NotYet], "1 of 3 steps are done. Waiting now: <bdi>Need</bdi>.");
    check(&[Done, Broken, Pending], "1 of 3 steps are done. It stopped at: <bdi>Need</bdi>.");
    check(&[Done, Done, Done], "All 3 steps are done.");
    check(&[Done, NotYet, NotYet], "1 of 3 steps are done.");
    check(&[], "0 of 0 steps are done.");
    let html = thread(t, &[knot("Voice", Done), knot("Need", Pending)]).0;
    assert_eq!(html.matches("aria-current=step").count(), 1);
    assert!(html.contains("<table"), "the picture has its table");
}

fn area(id: usize, rings: Vec<Vec<(f64, f64)>>, value: Option<u32>) -> MapArea {
    MapArea {
        id: id.to_string(),
        name: format!("Area {id}"),
        href: Some(format!("/area/{id:04}")),
        rings,
        value,
        label_value: value.map(|n| n.to_string()).unwrap_or_default(),
        own: false,
        community: false,
    }
}

#[test]
fn areas_without_figures_are_hatched_and_never_vanish() {
    let square =
        |x: f64, side: f64| vec![vec![(x, 0.0), (x + side, 0.0), (x + side, side), (x, side)]];
    let areas = [
        area(1, square(0.0, 1.0), Some(3)),
        area(2, square(1.0, 1.0), None),
        area(3, square(2.0, 1e-9), Some(0)),
    ];
    let html = map(tongue(Lang::En), &areas, &MapPicture::city("Map", "voices")).0;
    assert!(html.contains("fill=\"url(#city-map)\""));
    assert!(html.contains("Area 2: no figures"));
    assert!(html.contains("<title>Area 3: 0</title><path class=m1 d=\"M"), "a dot is left: {html}");
    assert!(!html.contains("NaN") && !html.contains("inf"));
    for broken in [vec![], vec![vec![]], vec![vec![(f64::NAN, 1.0), (2.0, f64::INFINITY)]]] {
        map(tongue(Lang::En), &[area(1, broken, Some(1))], &MapPicture::city("Map", "voices"));
    }
}

#[test]
fn a_neighbourhood_map_fits_the_street() {
    let examples = crate::components::map::examples(tongue(Lang::En));
    let html = &examples[0].html.0;
    let svg = &html[..html.find("</svg>").unwrap()];
    assert!(svg.len() <= 3_072, "{}", svg.len());
}

/// The trial's city of 452 areas, where the shared data is at hand.
#[test]
fn a_whole_city_fits_the_map_page() {
    let folder = std::env::var("BARAZA_TRIAL_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let file = format!("{folder}/boundaries/dar_es_salaam_subwards.geojson");
    let Ok(read) = std::fs::read_to_string(&file) else {
        assert!(std::env::var_os("CI").is_none(), "no trial data in CI");
        println!("trial not run: no {file}");
        return;
    };
    let json: serde_json::Value = serde_json::from_str(&read).unwrap();
    let ring = |ring: &serde_json::Value| {
        let point = |p: &serde_json::Value| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap());
        ring.as_array().unwrap().iter().map(point).collect::<Vec<_>>()
    };
    let areas: Vec<MapArea> = (0..)
        .zip(json["features"].as_array().unwrap())
        .map(|(id, feature)| {
            let shape = &feature["geometry"];
            let parts = shape["coordinates"].as_array().unwrap();
            let rings: Vec<Vec<(f64, f64)>> = if shape["type"] == "Polygon" {
                parts.iter().map(ring).collect()
            } else {
                parts.iter().flat_map(|part| part.as_array().unwrap().iter().map(ring)).collect()
            };
            let value = (id % 9 > 0).then_some(u32::try_from(id % 13).unwrap() * 5);
            MapArea {
                name: feature["properties"]["subward"].as_str().unwrap_or("?").to_owned(),
                ..area(id, rings, value)
            }
        })
        .collect();
    assert_eq!(areas.len(), 452);
    let html = map(tongue(Lang::En), &areas, &MapPicture::city("Map", "voices")).0;
    assert_eq!(html.matches("<a data-area=").count(), 452);
    assert!(html.len() <= 90_000, "{}", html.len());
    println!("map of 452 areas: {} bytes", html.len());
    if let Ok(out) = std::env::var("BARAZA_MAP_OUT") {
        std::fs::write(out, whole_page(Lang::En, Face::Desk, &Html(html))).unwrap();
    }
}

/// Every part that takes words, given the same words wherever it takes any.
const PARTS: [fn(Tongue, &str) -> Html; 11] = [
    |t, w| {
        let all = field::Field { hint: "h", error: Some(w), ..named(w) };
        field::line(t, &all)
    },
    |t, w| field::area(t, &named(w), 3),
    |t, w| field::radios(t, &named(w), &[field::Choice::new(w, w)]),
    |_, w| button::link_button(w, w, button::Kind::Main, None),
    |_, w| card::card(w, Some(w), &text(w)),
    |_, w| quote::quote(w, Some(w), &text(w)),
    |_, w| {
        let sorts = table::Column { sort: Some(w.to_owned()), ..table::Column::number(w) };
        table::table(w, &[table::Column::words(w), sorts], &[vec![text(w), text(w)]])
    },
    |t, w| form::form(t, &form::Form::post(w, "token"), &tag::tag(Tone::Good, w)),
    |t, w| thread(t, &[Knot { owner: Some(w.to_owned()), ..knot(w, KnotState::Broken) }]),
    |t, w| thread_line(t, &[knot(w, KnotState::Pending)]),
    |_, w| {
        let none = Html::none;
        let (tags, acts) = (none(), none());
        row::rows(&[row::Row { title: w, href: w, tags, note: text(w), acts }])
    },
];

fn named(words: &str) -> field::Field<'_> {
    field::Field { name: "n", label: words, value: words, ..field::Field::default() }
}

#[test]
fn a_big_number_is_large_and_a_span_of_time_is_read_as_words() {
    let check = |lang: Lang, value: &str, words: bool| {
        let html = number::big(tongue(lang), Some(value), "voices", "").0;
        assert_eq!(html.contains("<b class=w>"), words, "{value}");
    };
    check(Lang::En, "55", false);
    check(Lang::En, "up to 4 hours", true);
    // The blank within a number is no blank between words.
    check(Lang::Fr, &tongue(Lang::Fr).number(1_240), false);
    check(Lang::Ar, "حتى 4 ساعات", true);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_a_person_writes_becomes_html(words in "\\PC{1,40}|[<>&\"'=/ a-z]{1,40}") {
        let escaped = text(&words).0;
        prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
        let t = tongue(Lang::Ar);
        // Each part holds as many tags and quotes with hostile words as with harmless ones.
        for part in PARTS {
            let (hostile, harmless) = (part(t, &words).0, part(t, "words").0);
            prop_assert_eq!(hostile.matches('<').count(), harmless.matches('<').count());
            prop_assert_eq!(hostile.matches('"').count(), harmless.matches('"').count());
        }
    }

    #[test]
    fn any_shape_can_be_drawn(
        points in prop::collection::vec((-180.0..180.0_f64, -90.0..90.0_f64), 0..30),
        value in any::<Option<u32>>(),
    ) {
        let picture = MapPicture::neighbourhood("Map", "voices");
        let html = map(tongue(Lang::En), &[area(1, vec![points], value)], &picture).0;
        prop_assert!(html.contains("</svg>") && !html.contains("NaN"));
    }
}
