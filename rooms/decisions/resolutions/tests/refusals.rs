//! What a motion and its vote are refused for, through HTTP where a page leads there: what is named
//! must be there, a meeting must be on, numbers must add up.

use record::{Draft, Id};

use super::super::{acts, queries};
use super::home::{Home, home_on};
use super::motion;
use crate::decisions::assemblies::records::{AssemblyCalled, AssemblyCalledOff, AssemblyClosed};
use crate::door::Trouble;

const MOTION: &str = "title=Two+trucks+of+water&short=two+water+trucks+a+day\
    &effects=Everybody+gets+water&subject=water+points&kind=ordinary";

async fn put(home: &Home, meeting: Id, more: &str, no: (u16, &str)) {
    let to = format!("/desk/assemblies/{meeting}/motions");
    home.is_refused("nadege", &to, &format!("{MOTION}&{more}"), no).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_motion_names_must_be_there() {
    let home = home_on(None).await;
    let meeting = home.meeting(false).await;
    put(&home, meeting, "affects1=Nowhere", (422, "decision-area")).await;
    for needs in ["N-99", "99", "water", "N-0"] {
        let named = format!("needs_typed={needs}");
        put(&home, meeting, &named, (422, "decision-need-unknown")).await;
        let named = format!("proposal={needs}");
        put(&home, meeting, &named, (422, "decision-need-unknown")).await;
    }
    let nobody = Id::named("test", "nobody");
    let promise = format!("promise_body={nobody}&promise_what=trucks&promise_day=2026-12-05");
    put(&home, meeting, &promise, (404, "decision-body-gone")).await;
    assert!(queries::of_assembly(&home.house, meeting).await.expect("read").is_empty());
    let d = home.moves(meeting, 600, "").await;
    for (verb, more) in [("hear", "words=We+were+not+asked"), ("notice", "how=loudspeaker")] {
        let to = format!("/desk/decisions/{}/{verb}", d.id);
        let form = format!("area=Nowhere&{more}");
        home.is_refused("nadege", &to, &form, (422, "decision-area")).await;
    }
    for (verb, form, no) in [
        ("hear", "area=&words=+", "decision-heard-empty"),
        ("notice", "area=&how=+", "decision-notice-how"),
    ] {
        let to = format!("/desk/decisions/{}/{verb}", d.id);
        home.is_refused("nadege", &to, form, (422, no)).await;
    }
    let to = format!("/desk/decisions/{}/resolve", d.id);
    let form = format!("reasons=Water+comes+first&{promise}");
    home.is_refused("nadege", &to, &form, (404, "decision-body-gone")).await;
    let d = home.decision(d.number).await;
    assert!(d.hearings.is_empty() && d.notices.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_motion_is_put_to_a_meeting_of_its_body_that_is_not_over() {
    let home = home_on(None).await;
    let closed = home.meeting(false).await;
    home.writes(vec![Draft::new(closed, &AssemblyClosed {})]).await;
    put(&home, closed, "", (409, "decision-assembly-over")).await;
    let off = home.meeting(false).await;
    let why = AssemblyCalledOff { reason: "The bridge is closed".to_owned() };
    home.writes(vec![Draft::new(off, &why)]).await;
    put(&home, off, "", (409, "decision-assembly-over")).await;
    // No page asks for these two; whoever calls the act is told all the same.
    let on = home.meeting(false).await;
    let puts = async |meeting: Id, body: Id| {
        let mut asked = motion();
        asked.moved.assembly = Some(meeting);
        asked.moved.body = body;
        asked.moved.needs = Vec::new();
        let put = acts::move_motion(&home.house, asked, &acts::Actor::default()).await;
        match put {
            Err(Trouble::Refused(refusal)) => refusal.code,
            other => panic!("not refused: {other:?}"),
        }
    };
    assert_eq!(puts(on, home.city_hall).await, "decision-assembly-body");
    assert_eq!(
        puts(Id::named("test", "no meeting"), home.assembly).await,
        "decision-assembly-gone"
    );
    assert!(queries::of_assembly(&home.house, on).await.expect("read").is_empty());
    home.moves(on, 600, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_begins_only_while_its_meeting_is_on() {
    let home = home_on(None).await;
    let called = AssemblyCalled {
        number: 8,
        body: home.assembly,
        title: "Water".to_owned(),
        place: "church".to_owned(),
        starts_ms: home.house.now_ms(),
        from_afar: String::new(),
        childcare: false,
        women_first: false,
        short_form: false,
        hour_reason: None,
    };
    let early = Id::named("test", "called and not opened");
    home.writes(vec![Draft::new(early, &called)]).await;
    let over = home.meeting(false).await;
    for meeting in [early, over] {
        let d = home.moves(meeting, 600, "").await;
        let to = |verb: &str| format!("/desk/decisions/{}/{verb}", d.id);
        home.does("nadege", &to("conflict"), "who=nobody").await;
        if meeting == over {
            home.writes(vec![Draft::new(over, &AssemblyClosed {})]).await;
        }
        home.is_refused("nadege", &to("begin"), "", (409, "decision-assembly-shut")).await;
        assert_eq!(home.decision(d.number).await.vote_begun_ms, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_of_the_sheet_that_does_not_add_up_is_not_taken() {
    let home = home_on(None).await;
    let meeting = home.meeting(false).await;
    let d = home.moves(meeting, 600, "").await;
    let to = |verb: &str| format!("/desk/decisions/{}/{verb}", d.id);
    home.does("nadege", &to("conflict"), "who=nobody").await;
    home.does("nadege", &to("begin"), "").await;
    let column = |n: u8, sum: i64| format!("s{n}-yes-women=20&s{n}-no-men=5&s{n}-sum={sum}");
    let sheet = |one: i64, two: i64| format!("{}&{}", column(1, one), column(2, two));
    for (one, two) in [(26, 25), (25, 24), (0, 25)] {
        home.is_refused("nadege", &to("sheet"), &sheet(one, two), (422, "decision-sums")).await;
    }
    assert!(home.decision(d.number).await.counts.is_empty());
    home.does("nadege", &to("sheet"), &sheet(25, 25)).await;
    assert_eq!(home.decision(d.number).await.counts.len(), 2);
    // Hands lie open now: nobody makes them secret.
    let no = (409, "decision-hands-counted");
    home.is_refused("nadege", &to("secret"), "by_n=3", no).await;
}
