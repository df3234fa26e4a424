//! J1, from the SMS to WI and NON: on SQLite, and on PostgreSQL with two processes of which one is
//! killed in between.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing story is a failing test")]

use stories::{Phone, Running, Town, Web, code_in, towns};

const PROGRAM: &str = env!("CARGO_BIN_EXE_town");
const MARLENE: &str = "+50937000001";
const WORDS: &str = "Dlo antre nan kay la. 3 timoun. Nou bezwen dlo pou bwè. Dèyè legliz Bèlè";

fn seconds(n: u64) -> std::time::Duration {
    std::time::Duration::from_secs(n)
}

/// One process, or two on PostgreSQL: the resident's phone reaches one, the desk the other.
fn serve(town: &Town) -> (Running, Option<Running>) {
    let second = town.database.is_some().then(|| town.serve());
    (town.serve(), second)
}

async fn voice_page(desk: &Web, code: &str) -> String {
    let found = desk.get(&format!("/desk/search?q={code}")).await;
    let page = if found.status == 303 {
        found.location
    } else {
        let start = found.body.find("/desk/voices/").unwrap_or_else(|| panic!("{}", found.body));
        let rest = found.body.split_at(start).1;
        rest.split(['"', '?', ' ', '>']).next().unwrap().to_owned()
    };
    page.split('?').next().unwrap().to_owned()
}

async fn story(town: &Town) {
    town.settle().await;
    let (street, second) = serve(town);
    let phone = Phone::new(&street.web, MARLENE);
    let desk_web = second.as_ref().map_or(&street.web, |r| &r.web);

    // 1–2. She says it; within the minute she has a receipt in her language, one part, a code.
    let receipt = phone.ask(WORDS).await;
    let code = code_in(&receipt).unwrap_or_else(|| panic!("no code in {receipt}"));
    let length = words::sms_length(&receipt);
    assert_eq!((length.alphabet, length.parts), (words::Alphabet::Gsm7, 1), "{receipt}");
    assert_eq!(words::language(&receipt).code, "ht", "{receipt}");

    // A gateway's retry is heard once, with the same answer and no second receipt.
    assert_eq!(phone.send_as("mesi anpil pou dlo a", "twice").await, 200);
    assert_eq!(phone.send_as("mesi anpil pou dlo a", "twice").await, 200);
    assert_eq!(phone.receive().await.len(), 1);

    // 3. The desk sees words, place and language, never the number.
    let desk = desk_web.sign_in("josue").await;
    let list = desk.get("/desk/voices").await;
    assert_eq!(list.status, 200);
    assert!(list.body.contains("Dlo antre"), "{}", list.body);
    assert!(!list.body.contains("37000001"), "a number on the list");
    let page = voice_page(&desk, &code).await;
    let shown = desk.get(&page).await;
    assert!(shown.body.contains("Dlo antre") && !shown.body.contains("37000001"));
    assert!(shown.body.contains("Bèlè"), "the place was not found in the words");

    // One process is killed in between; what was acknowledged is there.
    let (street, second) = match second {
        Some(desk_process) => {
            street.kill();
            (town.serve(), Some(desk_process))
        }
        None => {
            street.kill();
            (town.serve(), None)
        }
    };
    let phone = Phone::new(&street.web, MARLENE);
    let desk = match &second {
        Some(_) => desk,
        None => street.web.sign_in("josue").await,
    };

    // 5–6. It is answered as delivered; she is asked in her language.
    let fields = [("outcome", "delivered"), ("words", "2 kamyon dlo dèyè legliz la.")];
    let answer = desk.post(&format!("{page}/answer"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    tokio::time::sleep(seconds(1)).await;
    let asked = phone.receive().await;
    assert!(asked.iter().any(|text| text.contains("2 kamyon dlo")), "{asked:?}");

    // Somebody else's YES with her code does nothing.
    let stranger = Phone::new(&street.web, "+50937000002");
    stranger.ask(&format!("WI {code}")).await;
    let trace = street.web.get(&format!("/api/v1/voices/{code}")).await;
    assert!(!trace.body.contains("confirmed"), "{}", trace.body);

    // 7. NON, alone, because only one question is open: the voice is open again, she is believed.
    let believed = phone.ask("NON").await;
    assert!(believed.contains(&code), "{believed}");
    let (status, out, err) = town.command(&["trace", &code, "--json"]);
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("said_not_done"), "{out}");

    // 8. The second truck; WI closes it.
    let answer = desk.post(&format!("{page}/answer"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    phone.receive().await;
    let thanks = phone.ask(&format!("wi {code}")).await;
    assert!(thanks.contains(&code), "{thanks}");
    let followed = street.web.get(&format!("/follow/{code}?lang=ht")).await;
    assert_eq!(followed.status, 200);
    assert!(!followed.body.contains("Dlo antre"), "the street shows words");
    assert!(!followed.body.contains("37000001"), "the street shows a number");

    // The log holds, and following by SMS says where it stands.
    let status = phone.ask(&code).await;
    assert!(status.contains(&code), "{status}");
    drop((street, second));
    let (status, out, err) = town.command(&["verify"]);
    assert_eq!(status, 0, "{out}{err}");
}

#[test]
fn marlene_is_heard_answered_and_believed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for town in towns(PROGRAM) {
        runtime.block_on(story(&town));
    }
}
