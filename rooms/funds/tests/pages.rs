//! The pages through HTTP: who may pass, terms typed on a form, applying without an account, and
//! what no page shows.

use record::Id;

use super::home::{Home, home, of, yes};
use crate::door::{Access, Role};
use crate::funds::acts;
use crate::funds::queries;

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_in_whom_it_says_and_nobody_else() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    home.pass(2);
    let application = home.applies(window, Some(home.women), 400_000, "").await;
    for route in crate::funds::routes().table {
        let id = if route.path.contains("application") { application } else { window };
        let path = route.path.replace("{id}", &id.to_string()).replace("{number}", "1");
        let form = (route.method == axum::http::Method::POST).then_some("act=nothing");
        let (nobody, to, _) = home.asks(None, &path, form).await;
        if route.access == Access::Street {
            assert!(nobody < 500 && !to.starts_with("/sign-in"), "{path}: {nobody}");
        } else {
            assert!([303, 401, 403].contains(&nobody), "{path} for nobody: {nobody}");
        }
        for role in Role::ALL {
            let (status, _, body) = home.asks(Some(role.code()), &path, form).await;
            let may = match route.access {
                Access::Roles(roles) => roles.contains(&role),
                _ => true,
            };
            let refused = status == 403 && body.contains("role-missing");
            assert_eq!(!refused, may, "{path} for {}: {status} {body}", role.code());
            assert!(status < 500, "{path} for {}: {body}", role.code());
        }
    }
}

/// A session of the body that decides.
fn keeper(home: &Home) -> String {
    format!("committee.{}.Wilner", home.committee)
}

fn terms_form(home: &Home) -> String {
    let day = |ahead: i64| crate::funds::pages::day_value(home.today() + ahead);
    let seat = |at: usize, name: &str, seat: &str| {
        format!("&member{at}={}&seat{at}={seat}&woman{at}=yes", Id::named("member", name))
    };
    let seats: String = ["Ines", "Odile", "Rose"]
        .iter()
        .enumerate()
        .map(|(at, name)| seat(at, name, "resident"))
        .collect();
    format!(
        "name=First+ninety+days&purpose=Small+works&mechanism=grant&currency=USD&body={}\
         &subject=Small+repairs+of+water+points&most=6000.00&overhead_percent=10&women_led=30\
         &pool0=Common+pool&criterion0=Does+it+reach+people&weight0=60\
         &criterion1=Can+they&weight1=40{seats}&opens={}&closes={}&decides={}&appeal_days=3",
        home.committee,
        day(1),
        day(9),
        day(12)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_are_typed_published_and_then_stay() {
    let home = home().await;
    let who = keeper(&home);
    let form = terms_form(&home);
    let wrong = form.replace("most=6000.00", "most=6,000.00");
    let (status, _, page) = home.asks(Some(&who), "/desk/money/new?lang=en", Some(&wrong)).await;
    assert!(status == 422 && page.contains("A comma can mean two things"), "{page}");
    let (status, to, page) = home.asks(Some(&who), "/desk/money/new?lang=en", Some(&form)).await;
    assert_eq!(status, 303, "{page}");
    let path = to.split('?').next().expect("a path").to_owned();
    assert_eq!(home.asks(None, "/money/1", None).await.0, 404, "a draft is nobody's yet");
    let publish = format!("{path}/do?lang=en");
    assert_eq!(home.asks(Some(&who), &publish, Some("act=publish")).await.0, 303);
    let (_, _, street) = home.asks(None, "/money/1?lang=en", None).await;
    for words in ["First ninety days", "6,000 USD", "at least 3 are women", "30 %"] {
        assert!(street.contains(words), "{words}: {street}");
    }
    let terms = format!("{path}/terms?lang=en");
    let (status, _, page) = home.asks(Some(&who), &terms, None).await;
    assert!(status == 200 && page.contains("value=\"6000.00\""), "{page}");
    let (status, _, page) = home.asks(Some(&who), &terms, Some(&form)).await;
    assert!(status == 422 && page.contains("Say why they are changed"), "{page}");
    let because = format!("{form}&reason=More+days+are+needed");
    assert_eq!(home.asks(Some(&who), &terms, Some(&because)).await.0, 303);
    let (_, _, street) = home.asks(None, "/money/1?lang=en", None).await;
    assert!(street.contains("More days are needed"), "{street}");
    home.pass(2);
    let (status, _, page) = home.asks(Some(&who), &terms, Some(&because)).await;
    assert!(status == 409 && page.contains("can no longer be changed"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_an_account_applies_is_vouched_for_and_appeals() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    let form = "body_name=Neighbours+of+the+well&kind=grassroots_org&area=&what=Clean+the+well\
                &people=80&amount=1500&how=With+spades+in+two+days.";
    let (status, ..) = home.asks(None, "/money/1/apply?lang=en", None).await;
    assert_eq!(status, 409, "it has not opened");
    home.pass(2);
    let slip = form.replace("amount=1500", "amount=1.500,00");
    let (status, _, page) = home.asks(None, "/money/1/apply?lang=en", Some(&slip)).await;
    assert!(status == 422 && page.contains("Clean the well") && page.contains("comma"), "{page}");
    let few = form.replace("people=80", "people=4");
    let (status, _, page) = home.asks(None, "/money/1/apply?lang=en", Some(&few)).await;
    assert!(status == 422 && page.contains("at least 5"), "{page}");
    let (status, to, page) = home.asks(None, "/money/1/apply?lang=en", Some(form)).await;
    assert_eq!(status, 303, "{page}");
    let (_, _, receipt) = home.asks(None, &to, None).await;
    assert!(receipt.contains("Keep this code") && receipt.contains("0 of 2"), "{receipt}");
    // Nobody else is shown it before somebody vouches.
    let (_, _, street) = home.asks(None, "/money/1?lang=en", None).await;
    assert!(!street.contains("Neighbours of the well") && street.contains("0 so far"), "{street}");
    let id = queries::applications_of(&home.house, window).await.expect("read")[0].id;
    let vouch = |body: Id, name: &'static str| acts::vouch(&home.house, id, body, of(name, body));
    vouch(home.women, "Odile").await.expect("vouched");
    assert_eq!(super::home::code(vouch(home.club, "Odile").await), "funds-vouched");
    assert_eq!(super::home::code(vouch(home.women, "Rose").await), "funds-vouched");
    vouch(home.club, "Baraka").await.expect("vouched");
    home.pass(10);
    let mut no = yes(0);
    no.funded = false;
    no.would_change = "A body that keeps the tools.".to_owned();
    assert_eq!(home.decides(id, no).await, Ok(()));
    let follow = to.replace("&new=1", "");
    let (_, _, page) = home.asks(None, &follow, None).await;
    assert!(page.contains("A body that keeps the tools") && !page.contains("Keep this code"));
    let code = to.split("code=").nth(1).and_then(|c| c.split('&').next()).expect("a code");
    let why = format!("code={code}&why=The+tools+are+there.");
    let appeal = "/money/application/appeal?lang=en";
    assert_eq!(home.asks(None, appeal, Some(&why)).await.0, 303);
    assert_eq!(home.asks(None, appeal, Some(&why)).await.0, 409, "one at a time");
    let wrong = "code=AAAAAAAA&why=x";
    assert_eq!(home.asks(None, appeal, Some(wrong)).await.0, 404);
    let form = format!("act=answer&by={}&reason=The+tools+were+seen.", home.committee);
    let path = format!("/desk/application/{id}/do?lang=en");
    let (status, ..) = home.asks(Some(&keeper(&home)), &path, Some(&form)).await;
    assert_eq!(status, 403, "not the body that decided");
    let vouched = format!("officer.{}.Baraka", home.club);
    let form = format!("act=answer&by={}&reason=The+tools+were+seen.", home.club);
    let (status, _, page) = home.asks(Some(&vouched), &path, Some(&form)).await;
    assert!(status == 403 && page.contains("funds-appeal-other"), "nor one that vouched: {page}");
    let city = format!("officer.{}.Samuel", home.city);
    let form = format!("act=answer&by={}&reason=The+tools+were+seen.", home.city);
    assert_eq!(home.asks(Some(&city), &path, Some(&form)).await.0, 303);
    assert_eq!(home.application(id).await.status(), "received", "it is decided anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_weights_are_tried_and_nothing_is_recorded() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    home.pass(2);
    let one = home.applies(window, Some(home.women), 100_000, "").await;
    let two = home.applies(window, Some(home.club), 100_000, "").await;
    home.pass(10);
    home.scores(one, "Ines", [4, 1]).await;
    home.scores(two, "Ines", [1, 4]).await;
    let count = "SELECT COUNT(*) FROM records";
    let before = home.house.store().read_one(count, vec![]).await.expect("read");
    let path = "/money/1/what-if?w0=10&w1=90&lang=en";
    let (status, _, page) = home.asks(None, path, None).await;
    assert_eq!(status, 200);
    let words = "than others in “Does it reach those in need?”, which counts less";
    for way in ["it is weaker", "it is stronger"] {
        assert!(page.contains(&format!("{way} {words}")), "{page}");
    }
    let after = home.house.store().read_one(count, vec![]).await.expect("read");
    assert_eq!(before, after);
    let (_, _, memo) = home.asks(None, "/money/1/memo?lang=en", None).await;
    assert!(memo.contains("stands <bdi>15.0</bdi> points before"), "{memo}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_the_street_names_a_member() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    home.filled(window, 500_000).await;
    home.pass(2);
    let one = home.applies(window, Some(home.women), 100_000, "").await;
    home.pass(10);
    home.scores(one, "Ines", [4, 1]).await;
    assert_eq!(home.decides(one, yes(100_000)).await, Ok(()));
    home.pass(5);
    home.pays(window, 1, 50_000).await;
    for path in ["/money", "/money/1", "/money/1/memo", "/money/1/what-if", "/money/payment/1"] {
        let (status, _, page) = home.asks(None, &format!("{path}?lang=en"), None).await;
        assert_eq!(status, 200, "{path}");
        for name in ["Ines", "Wilner", "Nadège", &Id::named("member", "Wilner").to_string()] {
            assert!(!page.contains(name), "{path} names {name}");
        }
        assert!(!page.contains('⟦'), "{path} has words missing: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_and_page_has_its_words_in_every_language() {
    let home = home().await;
    let window = home.window(|_| {}).await;
    home.filled(window, 500_000).await;
    home.pass(2);
    let one = home.applies(window, Some(home.women), 100_000, "Pelikan").await;
    let open = home.window(|_| {}).await;
    home.pass(10);
    home.scores(one, "Ines", [4, 1]).await;
    let lines = vec![super::home::line("Pelikan", 300, None, 100_000)];
    acts::share(&home.house, window, lines, home.keeper()).await.expect("shared");
    let acts = [
        "publish",
        "trigger",
        "depart",
        "dissent",
        "pledge",
        "commit",
        "pay_in",
        "withdraw",
        "reply",
        "release",
        "pay",
        "approve",
        "refuse",
        "spend",
        "confirm",
        "give_back",
        "repay",
    ];
    let on_application = ["vouch", "score", "conflict", "fund", "decline", "answer"];
    let mut paths: Vec<String> = vec![
        "/desk/money?x=1".to_owned(),
        "/desk/money/new?x=1".to_owned(),
        format!("/desk/money/{window}?done=1"),
        format!("/desk/money/{open}/terms?x=1"),
        format!("/desk/money/{window}/share?x=1"),
        format!("/desk/application/{one}?done=1"),
        "/money?x=1".to_owned(),
        "/money/1?x=1".to_owned(),
        "/money/2/apply?x=1".to_owned(),
        "/money/1/memo?x=1".to_owned(),
        "/money/1/what-if?w0=1".to_owned(),
        "/money/application?x=1".to_owned(),
    ];
    paths.extend(acts.map(|act| format!("/desk/money/{window}/do?act={act}&of=1")));
    paths.extend(on_application.map(|act| format!("/desk/application/{one}/do?act={act}")));
    let who = keeper(&home).replace("Wilner", "Ines");
    for lang in page::Lang::ALL {
        for path in &paths {
            let path = format!("{path}&lang={}", lang.code());
            let (status, _, page) = home.asks(Some(&who), &path, None).await;
            assert!(status == 200 && !page.contains('⟦'), "{path}: {status} {page}");
        }
    }
    let nothing = format!("/desk/money/{window}/do?act=steal");
    assert_eq!(home.asks(Some(&who), &nothing, None).await.0, 404);
    let form = "act=steal";
    let (status, _, page) = home.asks(Some(&who), &format!("{nothing}&lang=en"), Some(form)).await;
    assert!(status == 422 && page.contains("not one of the choices"), "{page}");
}
