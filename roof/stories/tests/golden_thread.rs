//! The golden thread: from an SMS in Creole through a need, an assembly led by women, a promise and
//! a delivery to NON and WI, and to being forgotten. On SQLite, and on PostgreSQL with two
//! processes of which one is killed in between.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing story is a failing test")]

use stories::bele::{self, City, MARLENE, decided, grouped, heard};
use stories::{ROUNDS_MAX, Running, Town, Web, found_in, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");

/// The city's processes: one, or two on PostgreSQL: phones reach one, the desk the other.
struct Processes {
    street: Running,
    desk: Option<Running>,
}

impl Processes {
    fn serve(town: &Town) -> Processes {
        let desk = town.database.is_some().then(|| town.serve());
        Processes { street: town.serve(), desk }
    }

    /// The process that phones reach is killed, and starts again.
    fn killed(self, town: &Town) -> Processes {
        self.street.kill();
        Processes { street: town.serve(), desk: self.desk }
    }

    fn city(&self) -> City {
        let street = self.street.web.clone();
        City { desk: self.desk.as_ref().map_or(street.clone(), |desk| desk.web.clone()), street }
    }
}

async fn story(town: &Town) {
    town.settle().await;
    let (assembly, committee) = bele::bodies(&town.open().await.house).await;
    let processes = Processes::serve(town);
    let city = processes.city();
    let code = heard(&city).await;
    let need = grouped(&city, &committee).await;
    let decision = decided(&city, (&assembly, &committee), &need).await;
    let told = city.phone(MARLENE).receives("2 kamyon dlo").await;
    assert!(told.contains(&code), "{told}");

    // What was acknowledged stands when a process is killed.
    let processes = processes.killed(town);
    let city = processes.city();
    let shown = city.street.get("/decision/1?lang=en").await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("By-law 12/2026"), "{}", shown.plain());

    // The promise is taken up, and said to be kept; Marlène is asked, and says NON.
    let yolande = city.member("yolande").await;
    let id = decision.rsplit('/').next().unwrap();
    let task = yolande.post("/desk/tasks/promise", &[("decision", id)]).await.moved();
    let delivered = [("what", "De kamyon dlo"), ("much", "8000 lit"), ("how", "Kamyon")];
    yolande.post(&format!("{task}/deliver"), &delivered).await.moved();
    let marlene = city.phone(MARLENE);
    let asked = marlene.receives("De kamyon dlo").await;
    assert!(asked.contains(&code), "{asked}");
    let stranger = city.phone("+50939999999");
    stranger.ask(&format!("WI {code}")).await;
    let believed = marlene.ask("NON").await;
    assert!(believed.contains(&code), "{believed}");
    let again = wait_for_task(&yolande).await;
    let page = city.street.get("/need/1?lang=en").await;
    assert!(!page.body.contains("zaboka") && !page.body.contains("3700000"), "a word is shown");

    // A second delivery; WI closes her voice.
    yolande.post(&format!("{again}/deliver"), &delivered).await.moved();
    marlene.receives("De kamyon dlo").await;
    let thanks = marlene.ask("WI").await;
    assert!(thanks.contains(&code), "{thanks}");
    let (status, out, err) = town.command(&["trace", &code, "--json"]);
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("confirmed") && out.contains("N-1") && out.contains("D-1"), "{out}");

    forgotten(town, processes, &code).await;
}

/// The committee's task that a NO gives.
async fn wait_for_task(yolande: &Web) -> String {
    for _ in 0..ROUNDS_MAX {
        let page = yolande.get("/desk/tasks?which=committee").await;
        let open = page.body.split("/desk/tasks/").skip(1);
        let mut ids = open.filter_map(|rest| rest.get(..26));
        if let Some(id) = ids.find(|id| id.parse::<record::Id>().is_ok()) {
            return format!("/desk/tasks/{id}");
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    panic!("no task for the committee");
}

/// She asks to be forgotten: nothing of hers is left, and everything still holds.
async fn forgotten(town: &Town, processes: Processes, code: &str) {
    let before = processes.street.web.get("/decision/1?lang=en").await.plain();
    drop(processes);
    let (status, out, err) = town.command(&["forget", code]);
    assert_eq!(status, 0, "{out}{err}");
    let (status, out, err) = town.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
    if town.database.is_none() {
        let files = town.raw_bytes();
        for left in ["zaboka", "37000001"] {
            assert_eq!(found_in(&files, left.as_bytes()), None, "{left} is left");
        }
    }
    let processes = Processes::serve(town);
    let city = processes.city();
    let after = city.street.get("/decision/1?lang=en").await.plain();
    assert_eq!(before, after, "a decision changes when a person is forgotten");
    let followed = city.street.get(&format!("/follow/{code}?lang=en")).await;
    assert_eq!(followed.status, 200);
}

#[test]
fn marlene_walks_the_whole_thread() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(story(&town));
    }
}
