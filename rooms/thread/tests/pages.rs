//! Tests of the other pages: all of them in all languages, with nothing heard and with much.

use page::Lang;
use record::Id;

use super::{Home, home};
use crate::thread::freeze;
use crate::voices::rules::{KINDS, SECTORS};

/// Every page of the street that this room shows, in a city with these areas.
fn paths(areas: &[Id]) -> Vec<String> {
    let mut paths: Vec<String> =
        ["/", "/follow", "/areas", "/map", "/about", "/privacy"].map(str::to_owned).to_vec();
    paths.extend(["/areas?q=mtaa", "/areas?q=nowhere", "/map?by=waiting"].map(str::to_owned));
    paths.extend(areas.iter().take(2).map(|id| format!("/area/{id}")));
    paths
}

async fn every_page_in_every_language(home: &Home, areas: &[Id]) {
    for path in paths(areas) {
        for lang in Lang::ALL {
            let mark = if path.contains('?') { '&' } else { '?' };
            let page = home.page(&format!("{path}{mark}lang={}", lang.code())).await;
            assert!(page.contains(&format!("dir=\"{}\"", lang.dir())), "{path}");
            assert_eq!(page.matches("<h1").count(), 1, "{path}: one first heading");
            assert!(!page.contains("<script>") && !page.contains(" style="), "{path}");
            let lost = page.split("href=\"/").skip(1).map(|rest| rest.split('"').next());
            let lost: Vec<_> = lost
                .flatten()
                .filter(|to| !to.contains("lang=") && !to.starts_with("static/") && !to.is_empty())
                .collect();
            assert!(lost.is_empty(), "{path} drops the language: {lost:?}");
        }
    }
}

#[tokio::test]
async fn a_city_where_nobody_has_spoken_has_all_its_pages() {
    let home = home().await;
    every_page_in_every_language(&home, &[]).await;
    freeze(&home.house).await.expect("frozen");
    let areas = home.areas(3).await;
    every_page_in_every_language(&home, &areas).await;
    let quiet = home.page(&format!("/area/{}", areas[0])).await;
    assert!(quiet.contains("Fewer than 5 voices, or none yet"));
    assert!(quiet.contains(&format!("/say?area={}", areas[0])));
    let front = home.page("/").await;
    assert!(front.contains("114") && front.contains("sms:+50937000000"));
}

#[tokio::test]
async fn a_city_that_speaks_shows_what_became_of_it() {
    let home = home().await;
    let areas = home.areas(4).await;
    for n in 0..12 {
        let code = home.hear(areas.first().copied()).await;
        match n {
            0..6 => home.answer(&code, "delivered", "It is there").await,
            6..11 => home.answer(&code, "in_progress", "It comes").await,
            _ => {}
        }
    }
    for _ in 0..6 {
        home.hear(areas.get(1).copied()).await;
    }
    freeze(&home.house).await.expect("frozen");
    every_page_in_every_language(&home, &areas).await;
    let front = home.page("/").await;
    for said in ["Said to be done", "The person said YES", "The person said NO", "not confirmed"] {
        assert!(front.contains(said), "{said}");
    }
    assert!(front.contains("up to 1 hour"), "the answer clock");
    assert!(front.contains("19 November 2026"), "the day of the counts");
    let area = home.page(&format!("/area/{}", areas[0])).await;
    assert!(area.contains("<b><bdi>10</bdi></b>") && area.contains("near-map"));
    let map = home.page("/map").await;
    assert_eq!(map.matches("<path class=m0").count(), 2, "areas without figures are hatched");
    assert_eq!(map.matches("fewer than 5").count(), 9, "and so are their cells in the table");
}

#[tokio::test]
async fn a_long_list_of_areas_comes_in_parts() {
    let home = home().await;
    home.areas(330).await;
    let groups = home.page("/areas").await;
    assert!(groups.contains("Kaskazini") && !groups.contains("Mtaa 7<"));
    let south = "/areas?in=Kusini+%26+Pwani&from=";
    assert!(groups.contains("in=Kusini+%26amp%3B") || groups.contains("in=Kusini+%26+Pwani"));
    let (first, last) =
        (home.page(&format!("{south}0")).await, home.page(&format!("{south}200")).await);
    let lines = |page: &str| page.matches("/area/").count();
    assert_eq!((lines(&first), lines(&last)), (100, 20));
    assert!(first.contains("rel=next") && !last.contains("rel=next"));
    assert_eq!(
        home.page(&format!("{south}nonsense")).await,
        first.replace("from=0", "from=nonsense")
    );
    assert!(home.page("/areas?q=mtaa%20329").await.contains("Mtaa 329"));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let home = home().await;
    for path in ["/area/nothing", "/area/00000000000000000000000000"] {
        assert_eq!(home.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn every_kind_and_sector_that_is_counted_has_its_words() {
    let home = home().await;
    for lang in Lang::ALL {
        let tongue = page::Tongue::new(lang, home.house.texts());
        for kind in KINDS {
            assert!(tongue.has(&format!("voices-kind-{kind}")), "{kind} in {}", lang.code());
        }
        for sector in SECTORS {
            assert!(tongue.has(&format!("voices-sector-{sector}")), "{sector} in {}", lang.code());
        }
    }
}

#[test]
fn whether_a_text_is_reviewed_is_told_by_the_room_that_says_it() {
    let of = |key: &str| crate::voices::review::catalogues_of(key);
    assert_eq!(of("sms-receipt"), crate::voices::TEXTS);
    assert_eq!(of("sms-invited"), crate::decisions::ASSEMBLY_TEXTS);
    assert_eq!(of("sms-did-it-arrive"), crate::actions::TEXTS);
    assert_eq!(of("sms-nobody-says-this"), crate::voices::TEXTS);
}
