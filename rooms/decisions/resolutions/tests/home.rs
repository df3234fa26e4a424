//! Decisions through HTTP and the gateway, on a house with all rooms, on both engines: Nadège
//! leads, Wilner counts with her and answers for city hall, Marlène sends SMS.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::middleware::from_fn_with_state;
use page::{Lang, Texts};
use record::{DAY_MS, Draft, Id, Signer};
use seal::Vault;
use store::{Change, Database, Decision as Act, Opening, Plan, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::super::{acts, queries};
use crate::decisions::assemblies::records::{AssemblyCalled, AssemblyCounted, AssemblyOpened};
use crate::decisions::{self, Decision};
use crate::door::{self, Guarding, House, HouseParts, Member, Role};
use crate::people::{self, MandateAsked};
use crate::places::{self, CityWords};
use crate::voices::sms::{Elsewhere, Sms, receive};
use crate::{needs, voices};

const NOW_MS: i64 = 20_784 * DAY_MS + DAY_MS / 2;
pub(super) const MARLENE: &str = "+50937000001";
const JOSUE: &str = "+50937000002";

pub(super) struct Home {
    pub(super) house: House,
    pub(super) now: Arc<AtomicI64>,
    members: Arc<Mutex<HashMap<String, Member>>>,
    pub(super) assembly: Id,
    pub(super) city_hall: Id,
    pub(super) area: Id,
    _folder: TempDir,
}

pub(super) async fn home_on(database: Option<Database>) -> Home {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = Database::Sqlite(folder.path().join("baraza.db"));
    let (signer, node) = (Signer::fresh(), Signer::fresh());
    let now = Arc::new(AtomicI64::new(NOW_MS));
    let clock = now.clone();
    let opening = Opening {
        database: database.unwrap_or(file),
        plan: Plan { views: crate::views(), drawers: crate::drawers() },
        delegation: node.delegate(signer.public(), NOW_MS),
        signer,
        node: node.public(),
        now: Arc::new(move || clock.load(Ordering::SeqCst)),
    };
    let all: Vec<_> = crate::texts().chain([page::KIT_TEXTS]).flatten().copied().collect();
    let texts: &'static Texts = Box::leak(Box::new(Texts::new(&all).expect("sound texts")));
    let members: Arc<Mutex<HashMap<String, Member>>> = Arc::default();
    let known = members.clone();
    let house = House::new(HouseParts {
        store: Store::open(opening).await.expect("a new store opens"),
        vault: Vault::fresh(),
        texts,
        data: folder.path().to_path_buf(),
        who: Arc::new(move |_, token| {
            let found = known.lock().expect("nobody broke it").get(&token).cloned();
            Box::pin(async move { found })
        }),
    });
    let city = CityWords {
        name: "Port Kilima".to_owned(),
        country: "HTI".to_owned(),
        languages: vec![Lang::En, Lang::Ht],
        emergency: "114".to_owned(),
        sms_number: String::new(),
        offset_minutes: -300,
        demo: false,
    };
    places::name_city(&house, city, None).await.expect("the city is named");
    house.keep(Elsewhere(|house, asked, person| Box::pin(decisions::by_sms(house, asked, person))));
    let area = Id::named("test", "bel-air");
    let body = |name: &'static str, kind| people::form_body(&house, name, kind, Some(area), None);
    let assembly = body("Assembly of Bel-Air", "assembly").await.expect("formed");
    let city_hall = body("City hall", "authority").await.expect("formed");
    let home = Home { house, now, members, assembly, city_hall, area, _folder: folder };
    home.joins("Nadege", &[Role::Facilitator], &[]);
    home.joins("Mirlande", &[Role::Committee], &[]);
    home.joins("Wilner", &[Role::Officer], &[home.city_hall]);
    home.joins("Josue", &[Role::Operator], &[]);
    home
}

pub(super) async fn homes() -> Vec<Home> {
    let mut homes = vec![home_on(None).await];
    if let Some(url) = testkit::postgres::url() {
        let fresh = testkit::postgres::fresh_database(&url).expect("an empty database");
        homes.push(home_on(Some(Database::Postgres(fresh))).await);
    }
    homes
}

impl Home {
    pub(super) fn joins(&self, name: &str, roles: &[Role], bodies: &[Id]) {
        let member = Member {
            id: Id::named("member", name),
            name: name.to_owned(),
            roles: roles.to_vec(),
            bodies: bodies.to_vec(),
            csrf: "token".to_owned(),
        };
        self.members.lock().expect("nobody broke it").insert(name.to_lowercase(), member);
    }

    pub(super) async fn mandate(&self, body: Id, whole: i64, by: Option<Id>) {
        let asked = MandateAsked {
            body,
            subject: "Water points".to_owned(),
            area: Some(self.area),
            ceiling: Some((whole * 100, "USD".to_owned())),
            expiry_day: acts::today(&self.house) + 30,
            instrument: "Municipal by-law 12/2025".to_owned(),
            by,
        };
        people::give_mandate(&self.house, asked, None).await.expect("given");
    }

    pub(super) async fn writes(&self, drafts: Vec<Draft>) {
        // What is written about something is folded with all that was written before.
        let entities = drafts.iter().map(|draft| draft.entity).collect();
        let act = Act { drafts, ..Act::default() };
        let change = Change::on(entities, move |_| Ok(act.clone()));
        self.house.store().append(change).await.expect("written");
    }

    /// An assembly that is open.
    pub(super) async fn meeting(&self, short_form: bool) -> Id {
        let id = Id::fresh(self.house.now_ms());
        let called = AssemblyCalled {
            number: 7,
            body: self.assembly,
            title: "Water".to_owned(),
            place: "church".to_owned(),
            starts_ms: self.house.now_ms(),
            from_afar: String::new(),
            childcare: true,
            women_first: false,
            short_form,
            hour_reason: None,
        };
        let opened = AssemblyOpened { chair_woman: true, co_chair_woman: None, exception: None };
        let area = Some(self.area);
        self.writes(vec![Draft::new(id, &called).area(area), Draft::new(id, &opened).area(area)])
            .await;
        id
    }

    /// Both counters find the same people at a vote.
    pub(super) async fn present(&self, meeting: Id, of: Id, (women, men): (i64, i64)) {
        let counted = |counter| AssemblyCounted {
            moment: "vote".to_owned(),
            of: Some(of),
            counter,
            women,
            men,
            other: 0,
            ages: None,
            sheet: false,
        };
        let by = |counter, who: &str| {
            let draft = Draft::new(meeting, &counted(counter)).area(Some(self.area));
            draft.by(Some(Id::named("member", who)))
        };
        self.writes(vec![by(1, "Nadege"), by(2, "Mirlande")]).await;
    }

    pub(super) async fn sends(&self, from: &str, id: &str, text: &str) {
        let sms = Sms {
            gateway: "phone".to_owned(),
            id: id.to_owned(),
            from: from.to_owned(),
            text: text.to_owned(),
            sent_ms: None,
        };
        receive(&self.house, &sms).await.expect("received");
    }

    /// A voice from a number, and the need that it says; the code of the voice.
    pub(super) async fn voice(&self, from: &str, words: &str) -> (String, Id) {
        let inbound = voices::Inbound {
            channel: "sms",
            words: words.to_owned(),
            number: Some(from.to_owned()),
            area: Some(self.area),
            ..voices::Inbound::default()
        };
        let heard = voices::hear(&self.house, inbound).await.expect("heard");
        let code = heard.code.parse().expect("a code");
        let voice = voices::queries::by_code(&self.house, &code).await.expect("read");
        (heard.code, voice.expect("kept").id)
    }

    pub(super) async fn need(&self, of: &[Id]) -> Id {
        let said = needs::Said {
            title: "Drinking water behind the church".to_owned(),
            area: Some(self.area),
            sector: "wash".to_owned(),
            severity: 3,
            ..needs::Said::default()
        };
        needs::acts::state(&self.house, said, "voices", of, None).await.expect("stated")
    }

    pub(super) async fn out(&self) -> Vec<(String, String)> {
        voices::notices::carry(&self.house).await.expect("carried");
        let leased = voices::outbound::lease(&self.house, 100).await.expect("leased");
        leased.into_iter().map(|message| (message.to, message.text)).collect()
    }

    /// Status, where it leads, body.
    pub(super) async fn asks(
        &self,
        who: &str,
        path: &str,
        form: Option<&str>,
    ) -> (u16, String, String) {
        let routes = crate::routes();
        let guarding = Guarding::new(self.house.clone(), &routes.table, |_, _| Vec::new());
        let app = routes.router.with_state(self.house.clone());
        let app: axum::Router = app.layer(from_fn_with_state(guarding, door::guard));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app).await });
        let method = if form.is_some() { "POST" } else { "GET" };
        let form = form.map(|form| format!("csrf=token&{form}")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: node.test\r\nConnection: close\r\n\
             Cookie: baraza={who}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("it answers");
        let answer = String::from_utf8(bytes).expect("text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let to = head.lines().find_map(|line| line.strip_prefix("location: "));
        (status, to.unwrap_or_default().to_owned(), body.to_owned())
    }

    pub(super) async fn does(&self, who: &str, path: &str, form: &str) {
        let (status, to, body) = self.asks(who, path, Some(form)).await;
        assert_eq!(status, 303, "{who} {path} {form}: {to} {body}");
    }

    /// Refused with this status, and the page names this code.
    pub(super) async fn is_refused(&self, who: &str, path: &str, form: &str, no: (u16, &str)) {
        let (status, to, body) = self.asks(who, path, Some(form)).await;
        assert_eq!(status, no.0, "{who} {path} {form}: {to} {body}");
        assert!(body.contains(&format!(">{}<", no.1)), "{path} {form} is not {}: {body}", no.1);
    }

    pub(super) async fn decision(&self, number: i64) -> Decision {
        queries::by_number(&self.house, number).await.expect("read").expect("moved")
    }

    /// The motion of water, put to a meeting; which decision it is.
    pub(super) async fn moves(&self, meeting: Id, amount: i64, more: &str) -> Decision {
        let form = format!(
            "title=Two+trucks+of+water&short=two+water+trucks+a+day&effects=Everybody+gets+water\
             &subject=water+points&amount={amount}&currency=USD&kind=ordinary&{more}"
        );
        let to = format!("/desk/assemblies/{meeting}/motions");
        self.does("nadege", &to, &form).await;
        queries::of_assembly(&self.house, meeting).await.expect("read").pop().expect("moved")
    }

    /// Asks who gains, begins, counts the same by two, and resolves.
    pub(super) async fn votes(
        &self,
        meeting: Id,
        d: &Decision,
        present: (i64, i64),
        yes: (i64, i64),
        no: (i64, i64),
    ) {
        let to = |verb: &str| format!("/desk/decisions/{}/{verb}", d.id);
        self.does("nadege", &to("conflict"), "who=nobody").await;
        self.does("nadege", &to("begin"), "").await;
        self.present(meeting, d.id, present).await;
        for (counter, who) in [(1, "nadege"), (2, "mirlande")] {
            let form = format!(
                "counter={counter}&round=1&yes-women={}&yes-men={}&no-women={}&no-men={}",
                yes.0, yes.1, no.0, no.1
            );
            self.does(who, &to("count"), &form).await;
        }
        let form = "reasons=Water+comes+first&because=the+road+comes+first";
        self.does("nadege", &to("resolve"), form).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binding_yes_with_its_promise_reaches_everyone_who_spoke_once() {
    for home in homes().await {
        home.mandate(home.assembly, 5_000, Some(home.city_hall)).await;
        let (_, first) = home.voice(MARLENE, "Nou pa gen dlo pou bwe").await;
        let (_, second) = home.voice(MARLENE, "Toujou pa gen dlo").await;
        let need = home.need(&[first, second]).await;
        home.out().await;
        let meeting = home.meeting(false).await;
        let due = "2026-12-05";
        let more = format!(
            "needs={need}&promise_body={}&promise_what=Two+trucks&promise_day={due}",
            home.city_hall
        );
        let d = home.moves(meeting, 600, &more).await;
        home.votes(meeting, &d, (26, 15), (20, 10), (6, 5)).await;
        let d = home.decision(d.number).await;
        assert_eq!((d.outcome.as_deref(), d.force.as_deref()), (Some("carried"), Some("binding")));
        let out = home.out().await;
        let told: Vec<_> = out.iter().filter(|(to, _)| to == MARLENE).collect();
        assert_eq!(told.len(), 1, "{out:?}");
        assert!(told.iter().all(|(_, text)| text.contains("yes to two water trucks a day")));
        assert!(home.out().await.is_empty(), "nobody is told twice");
        let now = needs::need(&home.house, need).await.expect("read").expect("there");
        assert_eq!((now.status.as_str(), now.decision), ("in_progress", Some(d.id)));
        let open = decisions::open_promises(&home.house, 10).await.expect("read");
        assert_eq!(open.iter().map(|d| d.number).collect::<Vec<_>>(), [d.number]);
        let page = home.asks("nadege", &format!("/desk/decisions/{}?lang=en", d.id), None).await.2;
        for said in ["Municipal by-law 12/2025", "City hall", "26", "Two trucks"] {
            assert!(page.contains(said), "{said}");
        }
        // The day of the promise goes by: red, and first on the list of who is waited for.
        home.now.fetch_add(60 * DAY_MS, Ordering::SeqCst);
        let late = decisions::overdue(&home.house, acts::today(&home.house)).await.expect("read");
        assert_eq!(late.len(), 1);
        let page = home.asks("wilner", "/desk/waiting?lang=en", None).await.2;
        assert!(page.contains("late") && page.contains("to keep its promise"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_women_of_twelve_bind_nobody_and_cannot_be_worked_out() {
    for home in homes().await {
        home.mandate(home.assembly, 5_000, None).await;
        let meeting = home.meeting(false).await;
        let d = home.moves(meeting, 600, "").await;
        home.votes(meeting, &d, (2, 10), (2, 7), (0, 3)).await;
        let d = home.decision(d.number).await;
        assert_eq!(d.force.as_deref(), Some("opinion_not_quorate"));
        let visitor = visitor(&home);
        let part = decisions::public_part(&home.house, &visitor, &d).await.expect("shown").0;
        let meeting = crate::decisions::assemblies::assembly(&home.house, meeting).await;
        let meeting = meeting.expect("read").expect("there");
        let minutes = decisions::public_minutes(&home.house, &visitor, &meeting, "http://n.test");
        let minutes = minutes.await.expect("shown").0;
        assert!(part.contains("Fewer than 5 women"), "{part}");
        assert!(part.contains("An opinion: the women"), "{part}");
        for page in [&part, &minutes] {
            // Nine said yes and three no, twelve were there; neither 2 nor 10 nor 7 stands there.
            assert!(page.contains(">9<") && page.contains(">3<"), "{page}");
            for small in [">2<", ">10<", ">7<"] {
                assert!(!page.contains(small), "{small}: {page}");
            }
        }
        assert!(minutes.contains("<svg") && minutes.contains("A-7"));
        let desk = home.asks("nadege", &format!("/desk/decisions/{}", d.id), None).await.2;
        assert!(desk.contains(">7<"), "the desk sees all");
    }
}

fn visitor(home: &Home) -> door::Visitor {
    door::Visitor(Arc::new(door::VisitorParts {
        tongue: page::Tongue::new(Lang::En, home.house.texts()),
        member: None,
        large: false,
        path: "/".to_owned(),
        wants_json: false,
        origin: [0; 16],
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_the_ceiling_waits_at_city_hall_which_says_no_because() {
    for home in homes().await {
        home.mandate(home.assembly, 500, Some(home.city_hall)).await;
        home.mandate(home.city_hall, 100_000, None).await;
        let (_, voice) = home.voice(MARLENE, "Nou pa gen dlo pou bwe").await;
        let need = home.need(&[voice]).await;
        home.out().await;
        let meeting = home.meeting(false).await;
        let d = home.moves(meeting, 501, &format!("needs={need}")).await;
        home.votes(meeting, &d, (26, 15), (20, 10), (6, 5)).await;
        let d = home.decision(d.number).await;
        assert_eq!((d.force_why.as_str(), d.waiting_on), ("over_ceiling", Some(home.city_hall)));
        let out = home.out().await;
        assert!(out.iter().any(|(_, text)| text.contains("Now City hall must answer")), "{out:?}");
        let waiting = decisions::waiting_by_body(&home.house).await.expect("read");
        assert_eq!(
            waiting.iter().map(|w| (w.body, w.decisions)).collect::<Vec<_>>(),
            [(home.city_hall, 1)]
        );
        let page = home.asks("wilner", "/desk/waiting?lang=en", None).await.2;
        assert!(page.contains(&d.shown_number()), "{page}");
        assert_eq!(page.matches("How much waits, by body").count(), 1, "{page}");
        let take = format!("/desk/decisions/{}/take", d.id);
        let form = format!("body={}&outcome=declined_reason&reason=No+money", home.city_hall);
        let no = |because: &str| format!("{form}&because={because}");
        // She does not belong to city hall.
        let not_hers = (403, "decision-not-your-body");
        home.is_refused("mirlande", &take, &no("no+money"), not_hers).await;
        assert_eq!(home.asks("wilner", &take, Some(&no(""))).await.0, 422);
        let nobody = Id::named("test", "nobody");
        let promised = "promise_what=trucks&promise_day=2026-12-05&outcome=accepted";
        let yes = format!("body={}&{promised}&promise_body={nobody}", home.city_hall);
        home.is_refused("wilner", &take, &yes, (404, "decision-body-gone")).await;
        home.does("wilner", &take, &no("the+road+comes+first")).await;
        let out = home.out().await;
        assert!(
            out.iter().any(|(_, text)| text.contains("because the road comes first")),
            "{out:?}"
        );
        let now = needs::need(&home.house, need).await.expect("read").expect("there");
        assert_eq!(now.status, "declined_with_reason");
        assert_eq!(home.asks("wilner", &take, Some(&no("again"))).await.0, 409);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_off_says_until_when_and_waits_only_from_that_day_on() {
    for home in homes().await {
        home.mandate(home.assembly, 500, Some(home.city_hall)).await;
        home.mandate(home.city_hall, 100_000, None).await;
        let meeting = home.meeting(false).await;
        let d = home.moves(meeting, 501, "").await;
        home.votes(meeting, &d, (26, 15), (20, 10), (6, 5)).await;
        // It has waited for three weeks, to 18 December, when it is put off for nine days more.
        home.now.fetch_add(21 * DAY_MS, Ordering::SeqCst);
        let take = format!("/desk/decisions/{}/take", d.id);
        let form = format!(
            "body={}&outcome=deferred_date&reason=The+money+comes+then&until_day=2026-12-27",
            home.city_hall
        );
        home.does("wilner", &take, &form).await;
        let own = format!("/desk/decisions/{}?lang=en", d.id);
        let pages = async || {
            let number = home.decision(d.number).await;
            let street = decisions::public_part(&home.house, &visitor(&home), &number).await;
            let waiting = home.asks("wilner", "/desk/waiting?lang=en", None).await.2;
            let desk = home.asks("wilner", &own, None).await.2;
            [waiting, desk, street.expect("shown").0]
        };
        let counted = async || {
            let all = decisions::waiting_by_body(&home.house).await.expect("read");
            all.iter().map(|waiting| waiting.decisions).sum::<i64>()
        };
        for page in pages().await {
            assert!(page.contains("City hall answers by 27 December 2026"), "{page}");
            assert!(!page.contains("Waits on") && !page.contains("late</span>"), "{page}");
        }
        assert_eq!(counted().await, 0, "nothing waits by now");
        // On the day itself it is not late, the day after it is.
        home.now.fetch_add(9 * DAY_MS, Ordering::SeqCst);
        assert!(pages().await.iter().all(|page| !page.contains("late</span>")));
        assert_eq!(counted().await, 1);
        home.now.fetch_add(DAY_MS, Ordering::SeqCst);
        for page in pages().await {
            let waits = "Waits on City hall: to say what it does with this, 36 hours ago";
            assert!(page.contains(waits), "{page}");
            assert!(page.contains("late</span>"), "{page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_votes_by_hand_and_by_sms() {
    for home in homes().await {
        let (marlene, _) = home.voice(MARLENE, "Nou pa gen dlo pou bwe").await;
        home.out().await;
        let meeting = home.meeting(false).await;
        let d = home.moves(meeting, 600, "").await;
        let votes = || async {
            let all = queries::afar(&home.house, d.id).await.expect("read");
            all.iter().map(|t| (t.choice.clone(), t.papers)).collect::<Vec<_>>()
        };
        let said = |n: i64, word: &str| format!("VOTE {} {word}", n);
        home.sends(MARLENE, "1", &said(d.number, "YES")).await;
        assert_eq!(votes().await, [("yes".to_owned(), 1)]);
        // The gateway sends it again, and then she changes her mind: one vote, the last.
        home.sends(MARLENE, "1", &said(d.number, "YES")).await;
        home.sends(MARLENE, "2", &format!("vot D-{} NON", d.number)).await;
        assert_eq!(votes().await, [("no".to_owned(), 1)]);
        // Josué never said anything here.
        home.sends(JOSUE, "3", &said(d.number, "YES")).await;
        assert_eq!(votes().await, [("no".to_owned(), 1)]);
        let out = home.out().await;
        assert!(out.iter().any(|(to, text)| to == JOSUE && text.contains("for people who")));
        assert!(out.iter().all(|(_, text)| !text.contains("YES") || !text.contains("is taken")));
        // She comes: her vote is set aside, and a later one is refused.
        let came = format!("/desk/assemblies/{meeting}/came");
        home.does("nadege", &came, &format!("code={marlene}")).await;
        assert_eq!(votes().await, []);
        home.sends(MARLENE, "4", &said(d.number, "YES")).await;
        assert_eq!(votes().await, []);
        let out = home.out().await;
        assert!(out.iter().any(|(_, text)| text.contains("You came in person")), "{out:?}");
        let of_nobody = voices::Code::from_chance([9, 8, 7, 6, 5]).to_string();
        let (forgotten, voice) = home.voice(JOSUE, "Nou pa gen limyè").await;
        voices::forget::voice(&home.house, voice).await.expect("forgotten");
        for unknown in ["", "K7M4-QX2R", of_nobody.as_str(), forgotten.as_str()] {
            let no = (404, "decision-code-unknown");
            home.is_refused("nadege", &came, &format!("code={unknown}"), no).await;
        }
        // Of a motion that is moved later that evening she votes by hand too.
        let later = home.moves(meeting, 700, "").await;
        home.sends(MARLENE, "5", &said(later.number, "YES")).await;
        assert!(queries::afar(&home.house, later.id).await.expect("read").is_empty());
        // No vote from afar says whose it is.
        let persons = voices::queries::persons_at(&home.house, MARLENE).await.expect("read");
        let sql = "SELECT id FROM afar_1 ORDER BY id";
        let rows = home.house.store().read(sql, vec![]).await.expect("read");
        assert!(!rows.is_empty());
        for row in rows {
            for record in home.house.store().records_of(row.id(0)).await.expect("read") {
                assert!(!persons.contains(&record.entity));
                let said = |person: &Id| record.plain.windows(16).any(|bytes| bytes == person.0);
                assert!(!persons.iter().any(said), "no person stands in {}", record.kind);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_from_afar_counts_for_the_result_and_ends_when_the_hall_begins() {
    for home in homes().await {
        home.mandate(home.assembly, 5_000, None).await;
        let (code, _) = home.voice(MARLENE, "Nou pa gen dlo pou bwe").await;
        let meeting = home.meeting(false).await;
        let d = home.moves(meeting, 600, "").await;
        home.sends(MARLENE, "1", &format!("VOTE {} YES", d.number)).await;
        home.votes(meeting, &d, (6, 6), (5, 1), (1, 5)).await;
        let d = home.decision(d.number).await;
        // Six to six in the hall: hers decides, and the women's share is of those in the hall.
        assert_eq!((d.outcome.as_deref(), d.force.as_deref()), (Some("carried"), Some("binding")));
        home.sends(MARLENE, "2", &format!("VOTE {} NO", d.number)).await;
        let all = queries::afar(&home.house, d.id).await.expect("read");
        assert_eq!(
            all.iter().map(|t| (t.choice.as_str(), t.papers)).collect::<Vec<_>>(),
            [("yes", 1)]
        );
        let out = home.out().await;
        assert!(out.iter().any(|(_, text)| text.contains("has begun or is over")), "{out:?}");
        // She comes late: her vote counts already, and the door says so.
        let came = format!("/desk/assemblies/{meeting}/came");
        let (_, to, _) = home.asks("nadege", &came, Some(&format!("code={code}"))).await;
        assert!(to.contains(&format!("hands_down=D-{}", d.number)), "{to}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_votes_from_afar_on_what_is_not_theirs_or_is_no_assemblys() {
    for home in homes().await {
        home.mandate(home.city_hall, 100_000, None).await;
        home.joins("Wilner", &[Role::Officer], &[home.city_hall]);
        let meeting = home.meeting(false).await;
        let of_assembly = home.moves(meeting, 600, "").await;
        let form = format!(
            "body={}&title=Clear+the+drain&short=clear+the+drain&effects=Water+flows\
             &subject=Water+points&kind=ordinary",
            home.city_hall
        );
        home.does("wilner", "/desk/decisions", &form).await;
        let of_city_hall = home.decision(of_assembly.number + 1).await;
        let stranger = Id::named("test", "whoever never wrote");
        for (number, no, said) in [
            (of_assembly.number, "decision-afar-not-yours", "sms-vote-not-yours"),
            (of_city_hall.number, "decision-afar-nowhere", "sms-vote-unknown"),
            (99, "decision-unknown", "sms-vote-unknown"),
        ] {
            let meant = acts::by_sms(&home.house, stranger, number, "yes".to_owned()).await;
            let meant = meant.expect("read");
            assert_eq!(meant.refused, said);
            match home.house.store().append(meant.change).await {
                Err(store::AppendError::Refused(refusal)) => assert_eq!(refusal.code, no),
                other => panic!("not refused: {other:?}"),
            }
            let all = queries::afar(&home.house, of_assembly.id).await.expect("read");
            assert!(all.is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_evening_is_looked_at_again_within_two_weeks() {
    for home in homes().await {
        home.mandate(home.assembly, 5_000, None).await;
        home.joins("Nadege", &[Role::Facilitator], &[home.assembly]);
        let meeting = home.meeting(true).await;
        let d = home.moves(meeting, 600, "").await;
        home.votes(meeting, &d, (8, 7), (8, 7), (0, 0)).await;
        let d = home.decision(d.number).await;
        assert_eq!(d.force.as_deref(), Some("binding_emergency"));
        let day = acts::today(&home.house) + 14;
        assert_eq!(d.review_day, Some(day));
        assert!(decisions::reviews_due(&home.house, day - 1).await.expect("read").is_empty());
        home.now.fetch_add(15 * DAY_MS, Ordering::SeqCst);
        let today = acts::today(&home.house);
        assert_eq!(decisions::reviews_due(&home.house, today).await.expect("read").len(), 1);
        let page = home.asks("nadege", "/desk/waiting?lang=en", None).await.2;
        assert!(page.contains(&d.shown_number()), "{page}");
        let review = format!("/desk/decisions/{}/review", d.id);
        home.does("nadege", &review, "review=ended&reason=The+water+has+gone").await;
        assert!(!home.decision(d.number).await.stands());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_decides_by_its_own_act_and_residents_only_in_an_assembly() {
    for home in homes().await {
        home.mandate(home.city_hall, 100_000, None).await;
        home.joins("Wilner", &[Role::Officer], &[home.city_hall, home.assembly]);
        let form = |body: Id| {
            format!(
                "body={body}&title=Clear+the+drain&short=clear+the+drain&effects=Water+flows\
                 &subject=Water+points&kind=ordinary"
            )
        };
        let refuses = async |who: &str, body: Id, no: (u16, &str)| {
            home.is_refused(who, "/desk/decisions", &form(body), no).await;
        };
        refuses("wilner", home.assembly, (409, "decision-needs-assembly")).await;
        refuses("nadege", home.city_hall, (403, "decision-not-your-body")).await;
        refuses("wilner", Id::named("test", "nobody"), (404, "decision-body-gone")).await;
        home.does("wilner", "/desk/decisions", &form(home.city_hall)).await;
        let d = home.decision(1).await;
        let to = |verb: &str| format!("/desk/decisions/{}/{verb}", d.id);
        home.does("wilner", &to("conflict"), "who=nobody").await;
        let act = "act=carried&reasons=The+rain+comes";
        let not_hers = (403, "decision-not-your-body");
        home.is_refused("nadege", &to("resolve"), act, not_hers).await;
        home.does("wilner", &to("resolve"), act).await;
        let d = home.decision(1).await;
        // Its mandate is for Bel-Air, and nobody said that this is there.
        assert_eq!((d.force.as_deref(), d.force_why.as_str()), (Some("advisory"), "outside_area"));
        // What was put to an assembly is counted there, and decided by nobody's act.
        let meeting = home.meeting(false).await;
        let d = home.moves(meeting, 600, "").await;
        let to = |verb: &str| format!("/desk/decisions/{}/{verb}", d.id);
        home.does("nadege", &to("conflict"), "who=nobody").await;
        home.is_refused("wilner", &to("resolve"), act, (409, "decision-by-act")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_by_which_somebody_is_found_is_refused_and_says_why() {
    let home = home_on(None).await;
    let meeting = home.meeting(false).await;
    let to = format!("/desk/assemblies/{meeting}/motions");
    let form = |title: &str| {
        format!(
            "title={title}&short=water&effects=Everybody+gets+water&subject=water&kind=ordinary"
        )
    };
    let (status, _, body) =
        home.asks("nadege", &to, Some(&form("Call+%2B50937000001+for+water"))).await;
    assert_eq!(status, 422, "{body}");
    home.does("nadege", &to, &form("Water+for+all")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_opens_in_every_language_and_every_form_wants_its_role() {
    let home = home_on(None).await;
    let meeting = home.meeting(false).await;
    let d = home.moves(meeting, 600, "option1=trucks&option2=a+pipe").await;
    let pages = [
        format!("/desk/assemblies/{meeting}/motions"),
        format!("/desk/assemblies/{meeting}/minutes"),
        "/desk/decisions".to_owned(),
        "/desk/decisions/new".to_owned(),
        format!("/desk/decisions/{}", d.id),
        "/desk/waiting".to_owned(),
    ];
    for page in &pages {
        for lang in Lang::ALL {
            let path = format!("{page}?lang={}", lang.code());
            let (status, _, body) = home.asks("nadege", &path, None).await;
            assert_eq!(status, 200, "{path}");
            for raw in ["decisions-", "refused-"] {
                let shown = body.replace("/desk/decisions", "");
                assert!(!shown.contains(&format!(">{raw}")), "{path} shows a key");
            }
        }
        assert_ne!(home.asks("nobody", page, None).await.0, 200, "{page}");
    }
    for verb in ["conflict", "begin", "resolve", "take", "review", "recount", "sheet", "secret"] {
        let path = format!("/desk/decisions/{}/{verb}", d.id);
        assert_eq!(home.asks("josue", &path, Some("")).await.0, 403, "{path}");
    }
}
