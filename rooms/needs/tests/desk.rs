//! The desk through HTTP: lists, what may be public, what is shown with consent, who may do what.

use record::Id;

use super::home::{Home, WORD, committee, home, homes, said};
use crate::door::{Role, Trouble};
use crate::needs::{Need, acts, by_number, open_in, public_list, public_part};
use crate::people::{NewMember, join};
use crate::voices::queries::grouping::quotes_of_need;
use crate::voices::{acts as spoken, forget};

fn path(need: &Need, rest: &str) -> String {
    format!("/desk/needs/{}{rest}", need.id)
}

async fn refused(home: &Home, who: &str, path: &str, form: &str) -> (u16, String) {
    let mark = if path.contains('?') { '&' } else { '?' };
    let answer = home.asks(who, &format!("{path}{mark}lang=en"), Some(form)).await;
    (answer.status, answer.body)
}

/// What the street shows of a need, by a page that any visitor could be given.
async fn street(home: &Home, need: &Need) -> String {
    let page = home.page("operator", &path(need, "/publish")).await;
    let from = page.find("<section class=card>").expect("a part");
    page[from..].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_has_the_gravest_first_and_goes_on_where_it_ended() {
    for home in homes().await {
        let areas = home.areas(2).await;
        for n in 0..25u8 {
            let mut need = said(&format!("Need of level {}", n % 5));
            need.severity = n % 5;
            need.area = areas.get(usize::from(n % 2)).copied();
            need.sector = if n < 3 { "health".into() } else { "wash".into() };
            acts::state(&home.house, need, "visit", &[], None).await.expect("stated");
        }
        let page = home.page("operator", "/desk/needs").await;
        let at = |words: &str| page.find(words).unwrap_or(usize::MAX);
        assert!(at("of level 4") < at("of level 3") && at("of level 3") < at("of level 1"));
        assert!(!page.contains("of level 0"), "those come on the next page");
        let next = page.split("rel=next href=\"").nth(1).and_then(|rest| rest.split('"').next());
        let next = next.expect("a next page").replace("&amp;", "&");
        let second = home.asks("operator", &next, None).await.body;
        assert_eq!(second.matches("of level 0").count(), 5);
        for (query, count) in [
            (format!("area={}", areas[1]), 12),
            ("sector=health".to_owned(), 3),
            (format!("sector=health&area={}", areas[0]), 2),
            ("status=stated".to_owned(), 20),
            ("status=closed".to_owned(), 0),
            ("status=nonsense".to_owned(), 20),
        ] {
            let page = home.page("committee", &format!("/desk/needs?{query}")).await;
            assert_eq!(page.matches("of level").count(), count, "{query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_street_sees_is_previewed_and_only_then_public() {
    for home in homes().await {
        let house = &home.house;
        let mut of = Vec::new();
        for n in 0..7 {
            of.push(home.says(&format!("Dlo {n}"), None, false).await.id);
        }
        let need = home.states(&of, None).await;
        assert!(public_list(house, None, None).await.expect("read").is_empty());
        assert!(open_in(house, None, None, 10).await.expect("read").is_empty());
        let preview = street(&home, &need).await;
        for told in ["N-1 Drinking water", "5 or more", "not known", "?</b>"] {
            assert!(preview.contains(told), "{told}: {preview}");
        }
        assert!(!preview.contains("<dd>7</dd>"), "never the number itself");
        assert!(home.page("operator", &path(&need, "")).await.contains("<dd>7</dd>"));
        home.does(&path(&need, "/publish"), "").await;
        let need = home.need(need.id).await;
        let one = std::slice::from_ref(&need);
        assert_eq!(public_list(house, None, None).await.expect("read"), one);
        assert_eq!(open_in(house, None, None, 10).await.expect("read"), one);
        let now = street(&home, &need).await;
        let card = |html: &str| html.split("</section>").next().unwrap_or_default().to_owned();
        assert_eq!(card(&now), card(&preview), "as it was previewed");
        home.does(&path(&need, "/hide"), "").await;
        assert!(public_list(house, None, None).await.expect("read").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_that_names_somebody_is_neither_kept_nor_published() {
    let home = home().await;
    for (title, code) in [
        ("Water+for+Mrs+Charles", "name stands in it: Mrs Charles"),
        ("3+women+without+water", "3 women"),
        ("call+0712345678", "0712345678"),
        ("", "The words are missing"),
    ] {
        let form = format!("title={title}&sector=wash&source=visit&severity=2&people_min=300");
        let (status, body) = refused(&home, "operator", "/desk/needs", &form).await;
        assert_eq!(status, 422, "{title}");
        assert!(body.contains(code) && body.contains("value=\"300\""), "{title}: {body}");
    }
    let form = "title=Water&sector=wash&source=voices&severity=2";
    assert_eq!(refused(&home, "operator", "/desk/needs", form).await.0, 422);
    let need = home.states(&[], None).await;
    let form = "title=Water+for+madan+Wilner&sector=wash&severity=2";
    let (status, body) = refused(&home, "operator", &path(&need, "/reword"), form).await;
    assert!(status == 422 && body.contains("madan Wilner"), "{body}");
    let form =
        "title=Water&sector=wash&severity=4&people_min=1,200&people_max=1500&since=2026-11-01";
    home.does(&path(&need, "/reword"), form).await;
    let need = home.need(need.id).await;
    assert_eq!((need.severity, need.people_min, need.title.as_str()), (4, Some(1200), "Water"));
    let page = home.page("operator", &path(&need, "")).await;
    for told in ["1,200 to 1,500", "lives are in danger", "1 November 2026", "Said as: Water"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    for bad in ["people_min=many", "people_min=4", "severity=9", "since=2027-01-01", "since=soon"] {
        let form = format!("title=Water&sector=wash&{bad}");
        assert_eq!(
            refused(&home, "operator", &path(&need, "/reword"), &form).await.0,
            422,
            "{bad}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_of_the_desk_stands_in_no_title() {
    for home in homes().await {
        let new = NewMember {
            name: "Mirlande Joseph".to_owned(),
            passphrase: "mango tree river stone".to_owned(),
            roles: vec![Role::Operator],
        };
        join(&home.house, new, None).await.expect("she joins");
        let named = said("Water, says Mirlande Joseph");
        let told = acts::state(&home.house, named, "visit", &[], None).await;
        assert!(matches!(told, Err(Trouble::Refused(no)) if no.code == "need-public-name"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_need_is_confirmed_referred_and_withdrawn_at_the_desk() {
    let home = home().await;
    let need = home.states(&[], None).await;
    let confirm = path(&need, "/confirm");
    let by = format!("how=committee&body={}", committee());
    let (status, body) = refused(&home, "committee", &confirm, &by).await;
    assert!(status == 403 && body.contains("need-body-not-yours"), "not their body: {body}");
    assert_eq!(home.need(need.id).await.confirmed_by, None);
    assert_eq!(refused(&home, "committee/body", &confirm, "how=committee").await.0, 422);
    assert_eq!(refused(&home, "committee/body", &confirm, &by).await.0, 303);
    let confirmed = home.need(need.id).await;
    assert_eq!(
        (confirmed.status.as_str(), confirmed.confirmed_by),
        ("confirmed", Some(committee()))
    );
    assert_eq!(open_in(&home.house, None, None, 10).await.expect("read").len(), 1);
    let refer = path(&need, "/refer");
    assert_eq!(refused(&home, "operator", &refer, "body_name=").await.0, 422);
    assert_eq!(refused(&home, "operator", &refer, "body_name=Mrs+Charles").await.0, 422);
    home.does(&refer, "body_name=The+water+office").await;
    assert_eq!(home.need(need.id).await.body.as_deref(), Some("The water office"));
    let withdraw = path(&need, "/withdraw");
    assert_eq!(refused(&home, "operator", &withdraw, "reason=").await.0, 422);
    home.does(&withdraw, "reason=Stated+twice").await;
    let page = home.page("officer", &path(&need, "")).await;
    for told in ["Withdrawn: Stated twice", "For The water office", "Confirmed by a committee"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let (status, body) = refused(&home, "operator", &withdraw, "reason=again").await;
    assert!(status == 409 && body.contains("This need was withdrawn"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_shown_as_chosen_with_consent_and_go_with_it() {
    for home in homes().await {
        let house = &home.house;
        let words = "Dlo a sal anpil, madan Wilner malad, timoun yo swaf";
        let (yes, no) = (home.says(words, None, true).await, home.says(words, None, false).await);
        let need = home.states(&[yes.id, no.id], None).await;
        let quote = path(&need, "/quote");
        let form =
            |voice: Id, words: &str, act: &str| format!("voice={voice}&words={words}&do={act}");
        let try_it = async |voice: Id, words: &str, act: &str| {
            refused(&home, "operator", &quote, &form(voice, words, act)).await
        };
        let no_of = |code: &str| {
            let t = page::Tongue::new(page::Lang::En, house.texts());
            page::text(&t.say(&format!("refused-{code}"))).0
        };
        // Every no, at the preview and at the act alike.
        for act in ["preview", "show"] {
            for (voice, words, status, told) in [
                (no.id, "Dlo+a+sal", 403, no_of("need-quote-not-consented")),
                (yes.id, "madan+Wilner+malad", 422, "madan Wilner".to_owned()),
                (yes.id, "Dlo+a+pwòp", 422, no_of("need-quote-not-theirs")),
                (yes.id, "", 422, "The words are missing".to_owned()),
            ] {
                let (got, body) = try_it(voice, words, act).await;
                assert_eq!(got, status, "{words} {act}: {body}");
                assert!(body.contains(&told), "{told}: {body}");
            }
        }
        let long = "x".repeat(161);
        assert_eq!(try_it(yes.id, &long, "show").await.0, 422);
        let (status, preview) = try_it(yes.id, "timoun+yo++swaf", "preview").await;
        assert_eq!(status, 200);
        assert!(preview.contains("timoun yo swaf") && !preview.contains("Wilner"), "{preview}");
        assert!(quotes_of_need(house, need.id, 5).await.expect("read").is_empty());
        assert_eq!(try_it(yes.id, "timoun+yo+swaf", "show").await.0, 303);
        let shown = street(&home, &need).await;
        assert!(shown.contains("timoun yo swaf") && !shown.contains("sal anpil"), "{shown}");
        // It goes with the consent, and does not come back by itself.
        let code = yes.code.clone();
        let as_person = format!("word={WORD}");
        let unshow = home.asks("", &format!("/follow/{code}/unshow"), Some(&as_person)).await;
        assert!(unshow.to.contains("said=unshown"), "{}", unshow.body);
        assert!(!street(&home, &need).await.contains("swaf"));
        let show = home.asks("", &format!("/follow/{code}/show"), Some(&as_person)).await;
        assert!(show.to.contains("said=shown"), "{}", show.body);
        assert!(!street(&home, &need).await.contains("swaf"));
        assert_eq!(try_it(yes.id, "timoun+yo+swaf", "show").await.0, 303);
        // A wrong word changes nothing.
        let wrong = home.asks("", &format!("/follow/{code}/unshow"), Some("word=papay")).await;
        assert_eq!(wrong.status, 403);
        assert!(street(&home, &need).await.contains("swaf"));
        forget::voice(house, yes.id).await.expect("forgotten");
        assert!(!street(&home, &need).await.contains("swaf"));
        assert_eq!(
            home.asks("operator", &format!("{quote}?voice={}", yes.id), None).await.status,
            404
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_ends_when_the_person_takes_back_corrects_or_is_moved() {
    let home = home().await;
    let house = &home.house;
    let need = home.states(&[], None).await;
    let other = home.states(&[], None).await;
    let quoted = async || {
        let voice = home.says("Timoun yo swaf", None, true).await;
        acts::group(house, &[(voice.id, need.id)], None).await.expect("grouped");
        let voice = home.voice(voice.id).await;
        acts::quote(house, need.id, &voice, "Timoun yo swaf", None).await.expect("shown");
        assert!(home.voice(voice.id).await.quoted);
        voice.id
    };
    let count = async || quotes_of_need(house, need.id, 5).await.expect("read").len();
    let one = quoted().await;
    spoken::withdraw(house, one).await.expect("taken back");
    assert_eq!(count().await, 0);
    let two = quoted().await;
    spoken::correct(house, two, "Timoun yo byen").await.expect("corrected");
    assert_eq!(count().await, 0);
    let three = quoted().await;
    acts::ungroup(house, need.id, &[three], None).await.expect("taken out");
    acts::group(house, &[(three, other.id)], None).await.expect("moved");
    assert_eq!(count().await, 0);
    assert_eq!(quotes_of_need(house, other.id, 5).await.expect("read").len(), 0);
    let four = quoted().await;
    spoken::hold(house, four).await.expect("held");
    assert_eq!(count().await, 0);
    let five = quoted().await;
    let stop = format!("voice={five}&do=stop");
    home.does(&path(&need, "/quote"), &stop).await;
    assert_eq!(count().await, 0);
    let elsewhere = home.voice(three).await;
    let told = acts::quotable(house, need.id, &elsewhere, "Timoun yo swaf").await;
    assert!(matches!(told, Err(Trouble::Refused(no)) if no.code == "need-quote-elsewhere"));
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_is_asked_at_the_door_and_written_down_at_the_desk() {
    let home = home().await;
    let form = home.page("", "/say").await;
    assert!(form.contains("name=\"show_words\"") || form.contains("show_words"), "{form}");
    let said = home.asks("", "/say", Some("words=Dlo+a+sal&show_words=yes")).await;
    let code = said.to.split(['/', '?']).nth(2).unwrap_or_default().parse().expect("a code");
    let voice = crate::voices::queries::by_code(&home.house, &code).await.expect("read");
    assert!(voice.expect("kept").consented);
    let voice = home.says("Dlo", None, false).await;
    let consent = format!("/desk/voices/{}/consent", voice.id);
    home.does(&consent, "answer=yes").await;
    assert!(home.voice(voice.id).await.consented);
    home.does(&consent, "answer=no").await;
    assert!(!home.voice(voice.id).await.consented);
    assert_eq!(refused(&home, "operator", &consent, "answer=maybe").await.0, 422);
    assert_eq!(refused(&home, "committee", &consent, "answer=yes").await.0, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_route_opens_only_for_those_it_names() {
    let home = home().await;
    let need = home.states(&[], None).await;
    let table = crate::needs::routes().table;
    assert!(table.len() > 15);
    for route in table {
        let path = route.path.replace("{id}", &need.id.to_string());
        let form = (route.method == axum::http::Method::POST).then_some("");
        assert!(matches!(home.asks("", &path, form).await.status, 303 | 401), "{path}");
        for role in crate::door::Role::ALL {
            let answer = home.asks(role.code(), &path, form).await;
            let may = match route.access {
                crate::door::Access::Roles(roles) => roles.contains(&role),
                _ => true,
            };
            assert_eq!(answer.status == 403, !may, "{} {path} as {role:?}", route.method);
            assert!(answer.status < 500, "{path} as {role:?}: {}", answer.body);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_part_of_the_street_is_there_for_public_needs_alone() {
    let home = home().await;
    let need = home.states(&[], None).await;
    let visitor = visitor(&home);
    assert!(public_part(&home.house, &visitor, &need).await.expect("drawn").is_empty());
    acts::publish(&home.house, &need, None).await.expect("published");
    let need = by_number(&home.house, need.number).await.expect("read").expect("there");
    let part = public_part(&home.house, &visitor, &need).await.expect("drawn").0;
    assert!(part.contains("somebody went there and saw it"), "{part}");
    assert!(!part.contains("Who spoke"), "no voices, no count of them");
}

fn visitor(home: &Home) -> crate::door::Visitor {
    crate::door::Visitor(std::sync::Arc::new(crate::door::VisitorParts {
        tongue: page::Tongue::new(page::Lang::En, home.house.texts()),
        member: None,
        large: false,
        path: "/".to_owned(),
        wants_json: false,
        origin: [0; 16],
    }))
}
