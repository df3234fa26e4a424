//! The pages of tasks through HTTP: who may do what, what is shown, and what is not.

use record::{DAY_MS, Id};

use super::home::{Home, home};
use crate::actions::queries;
use crate::door::{Access, Role};

/// All routes of this room, with a path that leads somewhere.
fn walked(task: Id) -> Vec<(axum::http::Method, String, Access)> {
    let routes = crate::actions::routes().table;
    routes
        .into_iter()
        .map(|route| (route.method, route.path.replace("{id}", &task.to_string()), route.access))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_in_whom_it_says_and_nobody_else() {
    let home = home().await;
    let task = home.set(Vec::new(), None).await;
    for (method, path, access) in walked(task) {
        let form = (method == axum::http::Method::POST).then_some("what=x");
        let (status, ..) = home.asks(None, &path, form).await;
        assert!([303, 401, 403].contains(&status), "{path} for nobody: {status}");
        for role in Role::ALL {
            let (status, ..) = home.asks(Some(role.code()), &path, form).await;
            let may = match access {
                Access::Members => true,
                Access::Roles(roles) => roles.contains(&role),
                _ => panic!("{path} is no desk's"),
            };
            assert_eq!(status != 403, may, "{path} for {}: {status}", role.code());
        }
    }
}

/// A need with voices, delivered, and somebody says NO.
async fn reopened(home: &Home, noes: usize) -> Id {
    let need = home.need(88, false).await;
    let mut said = Vec::new();
    for n in 0..noes.max(1) {
        let number = format!("+5093700{n:04}");
        said.push(home.says_of(need, "No water in Block 4", Some(&number)).await);
    }
    let task = home.set(vec![need], None).await;
    home.tells().await;
    home.delivers(task).await;
    home.tells().await;
    for voice in said.iter().take(noes) {
        home.answers(*voice, false).await;
    }
    home.settles().await;
    need
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_taken_on_let_go_and_delivered_from_its_page() {
    let home = home().await;
    let set = "what=Bring+water+to+Block+4&due=2026-12-01";
    let (status, to, _) = home.asks(Some("operator"), "/desk/tasks/new?lang=en", Some(set)).await;
    assert_eq!(status, 303, "{to}");
    let path = to.split('?').next().expect("a path").to_owned();
    let (_, _, page) = home.asks(Some("operator"), &format!("{path}?lang=en"), None).await;
    assert!(page.contains("T-1 · Bring water to Block 4"), "{page}");
    // In the window's title and in the heading, and nowhere else.
    let (_, _, street) = home.asks(None, "/task/1?lang=en", None).await;
    assert_eq!(street.matches("Bring water to Block 4").count(), 2, "{street}");
    let post = |verb: &str, form: &'static str| {
        let path = format!("{path}/{verb}?lang=en");
        let home = &home;
        async move { home.asks(Some("operator"), &path, Some(form)).await }
    };
    assert_eq!(post("claim", "").await.0, 303);
    let (_, _, mine) = home.asks(Some("operator"), "/desk/tasks?which=mine&lang=en", None).await;
    assert!(mine.contains("T-1") && mine.contains("Let it go"), "{mine}");
    assert_eq!(post("release", "").await.0, 303);
    let (status, _, page) = post("deliver", "what=&how=By+truck").await;
    assert!(status == 422 && page.contains("does not say what arrived"), "{page}");
    let (status, _, page) = post("deliver", "what=a+truck&how=Ask+at+%2B509+3700+0001").await;
    assert!(status == 422 && page.contains("3700"), "{page}");
    assert_eq!(post("refer", "body=").await.0, 422);
    assert_eq!(post("drop", "reason=").await.0, 422);
    assert_eq!(post("hand-over", "to=").await.0, 422);
    assert_eq!(post("deliver", "what=a+truck&how=Behind+the+church").await.0, 303);
    assert_eq!(post("claim", "").await.0, 409);
    assert_eq!(post("hands", "asked=x&yes=1&no=1").await.0, 422);
    assert_eq!(post("hands", "asked=20&yes=12&no=1").await.0, 303);
    let (_, _, done) = home.asks(Some("operator"), "/desk/tasks?which=done&lang=en", None).await;
    assert!(done.contains("T-1"), "{done}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_belongs_to_another_group_sees_a_task_and_cannot_act_on_it() {
    let home = home().await;
    let body = home.body("Komite Pelikan").await;
    let task = home.set(Vec::new(), Some(body)).await;
    let path = format!("/desk/tasks/{task}");
    let claim = format!("{path}/claim");
    let (_, _, page) = home.asks(Some("committee"), &format!("{path}?lang=en"), None).await;
    assert!(page.contains("Komite Pelikan") && !page.contains("I take this on"), "{page}");
    assert_eq!(home.asks(Some("committee"), &claim, Some("")).await.0, 403);
    let own = format!("committee.{body}");
    assert_eq!(home.asks(Some(&own), &claim, Some("")).await.0, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn few_who_said_no_are_some_people_and_never_a_number_a_code_or_an_hour() {
    let home = home().await;
    let need = reopened(&home, 2).await;
    let step = home.owed_of(need).await.pop().expect("a task");
    let path = format!("/desk/tasks/{}?lang=en", step.id);
    let (_, _, page) = home.asks(Some("committee"), &path, None).await;
    assert!(page.contains("Some people say it did not arrive"), "{page}");
    assert!(page.contains("some people") && !page.contains("at least 2"), "{page}");
    for voice in crate::voices::queries::of_need(&home.house, need, None, 9).await.expect("read") {
        let code = crate::voices::acts::shown_code(&voice);
        assert!(!page.contains(&code) && !page.contains(&voice.code), "{page}");
    }
    home.pass(DAY_MS);
    let (_, _, page) = home.asks(Some("committee"), &path, None).await;
    assert!(page.contains("fewer than 5"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_many_say_is_shown_rounded_down() {
    let home = home().await;
    let need = reopened(&home, 7).await;
    let step = home.owed_of(need).await.pop().expect("a task");
    let path = format!("/desk/tasks/{}?lang=en", step.id);
    let (_, _, page) = home.asks(Some("committee"), &path, None).await;
    assert!(page.contains("at least 5") && !page.contains("at least 7"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_go_on_page_by_page_and_overdue_is_said_in_words() {
    let home = home().await;
    for _ in 0..25 {
        home.set(Vec::new(), None).await;
    }
    let seen = |page: &str| -> Vec<i64> {
        let numbers = page.split("T-").skip(1);
        let numbers = numbers.filter_map(|rest| rest.split(' ').next()?.parse().ok());
        numbers.collect()
    };
    let (_, _, first) = home.asks(Some("officer"), "/desk/tasks?lang=en", None).await;
    let next = first.split("href=\"").find(|part| part.contains("after=")).expect("a next page");
    let next = next.split('"').next().expect("a link").replace("&amp;", "&");
    let (_, _, second) = home.asks(Some("officer"), &next, None).await;
    let mut all = [seen(&first), seen(&second)].concat();
    all.sort_unstable();
    assert_eq!(all, (1..=25).collect::<Vec<_>>(), "each once");
    home.pass(9 * DAY_MS);
    let (_, _, late) = home.asks(Some("officer"), "/desk/tasks?which=overdue&lang=en", None).await;
    assert!(late.contains("overdue by 4 days") && late.contains("tag bad"), "{late}");
    let day = queries::today(&home.house);
    assert_eq!(queries::overdue_count(&home.house, day).await.expect("read"), 25);
    let (_, _, desk) = home.asks(Some("officer"), "/desk?lang=en", None).await;
    assert!(desk.contains("tasks overdue") && desk.contains("tasks of mine"), "{desk}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_that_nobody_took_up_is_listed_and_taken_up_in_one_tap() {
    let home = home().await;
    let body = home.body("Komite Pelikan").await;
    let decision = home.decided(41, Vec::new(), body, queries::today(&home.house) - 2).await;
    let (_, _, page) = home.asks(Some("officer"), "/desk/tasks?which=overdue&lang=en", None).await;
    assert!(page.contains("D-41 · Bring water to Block 4"), "{page}");
    assert!(page.contains("overdue by") && page.contains("Komite Pelikan"), "{page}");
    let form = format!("decision={decision}");
    let (status, to, _) = home.asks(Some("officer"), "/desk/tasks/promise", Some(&form)).await;
    assert_eq!(status, 303, "{to}");
    let (_, again, _) = home.asks(Some("officer"), "/desk/tasks/promise", Some(&form)).await;
    assert_eq!(again, to, "a second tap leads to the same task");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_handed_to_a_member_who_is_here() {
    let home = home().await;
    let new = crate::people::NewMember {
        name: "Wilner".to_owned(),
        passphrase: "four small plain words".to_owned(),
        roles: vec![Role::Committee],
    };
    let wilner = crate::people::join(&home.house, new, None).await.expect("joined");
    let task = home.set(Vec::new(), None).await;
    let (_, _, page) =
        home.asks(Some("operator"), &format!("/desk/tasks/{task}?lang=en"), None).await;
    assert!(page.contains("Wilner"), "{page}");
    let give = format!("/desk/tasks/{task}/hand-over");
    let (status, ..) = home.asks(Some("operator"), &give, Some(&format!("to={wilner}"))).await;
    assert_eq!((status, home.task(task).await.holder), (303, Some(wilner)));
    let nobody = format!("to={}", Id::named("member", "nobody"));
    assert_eq!(home.asks(Some("operator"), &give, Some(&nobody)).await.0, 422);
    // No page shows who brings it, or anybody's name, to the street.
    let row = home.task(task).await;
    let public = crate::actions::pages::public::own_facts(
        page::Tongue::new(page::Lang::En, home.house.texts()),
        &row,
        None,
    );
    assert!(!public.0.contains("Wilner"));
}
