//! Grouping: into a new need, into one that is there, all or nothing; conflicts are told,
//! everything can be undone, and nobody sees a voice that is not for them.

use record::{Id, Refusal};

use super::home::{Home, committee, home, homes, said};
use crate::door::Trouble;
use crate::needs::acts::{self, GROUPED_AT_ONCE_MAX};
use crate::needs::proposals::WINDOW_VOICES;
use crate::needs::queries;
use crate::voices::queries::counts_of_need;
use crate::voices::{VoiceSorted, acts as spoken, forget};

fn refused<T: std::fmt::Debug>(outcome: Result<T, Trouble>) -> Refusal {
    match outcome {
        Err(Trouble::Refused(refusal)) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

async fn three(home: &Home) -> [Id; 3] {
    three_in(home, None).await
}

async fn three_in(home: &Home, area: Option<Id>) -> [Id; 3] {
    let one = home.says("Nou pa gen dlo pou bwe depi twa jou", area, true).await.id;
    let two = home.says("Pa gen dlo pou bwe nan katye a", area, false).await.id;
    let three = home.says("Dlo pou bwe fini, ede nou", area, false).await.id;
    [one, two, three]
}

async fn count(home: &Home, need: Id) -> i64 {
    counts_of_need(&home.house, need).await.expect("read").voices
}

#[tokio::test(flavor = "multi_thread")]
async fn voices_become_a_need_leave_the_queue_and_come_back() {
    for home in homes().await {
        let of = three(&home).await;
        let need = home.states(&of, None).await;
        assert_eq!((need.number, need.severity, need.source.as_str()), (1, 0, "voices"));
        assert_eq!(count(&home, need.id).await, 3);
        for id in of {
            let voice = home.voice(id).await;
            assert!(!voice.waiting && voice.status == "clustered" && voice.need == Some(need.id));
        }
        acts::ungroup(&home.house, need.id, &of[..1], None).await.expect("taken out");
        assert!(home.voice(of[0]).await.waiting);
        let other = home.states(&[], None).await;
        assert_eq!((other.number, other.source.as_str()), (2, "visit"));
        // Taking a voice out of a need it is not in changes nothing.
        acts::ungroup(&home.house, other.id, &of, None).await.expect("nothing to do");
        assert_eq!(count(&home, need.id).await, 2);
        let of_two: Vec<(Id, Id)> = vec![(of[0], other.id)];
        acts::group(&home.house, &of_two, None).await.expect("grouped");
        assert_eq!((count(&home, need.id).await, count(&home, other.id).await), (2, 1));
        let found = queries::by_number(&home.house, 2).await.expect("read").expect("there");
        assert_eq!(found.id, other.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_all_or_nothing_and_says_who_was_quicker() {
    for home in homes().await {
        let of = three(&home).await;
        let first = home.states(&of[..1], None).await;
        let pairs: Vec<(Id, Id)> = of.iter().map(|id| (*id, first.id)).collect();
        let other = home.states(&[], None).await;
        let into: Vec<(Id, Id)> = of.iter().map(|id| (*id, other.id)).collect();
        let refusal = refused(acts::group(&home.house, &into, None).await);
        assert_eq!(refusal.code, "need-voices-taken");
        let code = spoken::shown_code(&home.voice(of[0]).await);
        assert_eq!(refusal.args, [("codes", code)]);
        assert_eq!(count(&home, other.id).await, 0, "nothing was grouped");
        acts::group(&home.house, &into[1..], None).await.expect("the rest goes through");
        // To press twice is no fault.
        acts::group(&home.house, &into[1..], None).await.expect("again");
        let refusal = refused(acts::group(&home.house, &pairs, None).await);
        assert_eq!(refusal.args[0].1.split(", ").count(), 2);
        assert_eq!(refused(acts::group(&home.house, &[], None).await).code, "need-voices-none");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_grouped_is_named_and_two_hundred_is_the_most() {
    let home = home().await;
    let need = home.states(&[], None).await;
    let of = three(&home).await;
    spoken::hold(&home.house, of[0]).await.expect("held");
    spoken::withdraw(&home.house, of[1]).await.expect("taken back");
    forget::voice(&home.house, of[2]).await.expect("forgotten");
    for id in of {
        let refusal = refused(acts::group(&home.house, &[(id, need.id)], None).await);
        assert_eq!(refusal.code, "need-voices-taken");
    }
    let many: Vec<(Id, Id)> =
        (0..=GROUPED_AT_ONCE_MAX).map(|n| (Id::named("voice", &n.to_string()), need.id)).collect();
    assert_eq!(refused(acts::group(&home.house, &many, None).await).code, "need-voices-many");
    let fresh = home.says("Dlo", None, false).await.id;
    let nowhere = Id::named("need", "none");
    let refusal = refused(acts::group(&home.house, &[(fresh, nowhere)], None).await);
    assert_eq!(refusal.code, "need-unknown");
    acts::withdraw(&home.house, need.id, "Stated twice", None).await.expect("withdrawn");
    let refusal = refused(acts::group(&home.house, &[(fresh, need.id)], None).await);
    assert_eq!(refusal.code, "need-withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_voices_are_grouped_in_one_act() {
    for home in homes().await {
        let mut of = Vec::new();
        for n in 0..GROUPED_AT_ONCE_MAX {
            of.push(home.says(&format!("Dlo {n}"), None, false).await.id);
        }
        let need = home.states(&of, None).await;
        assert_eq!(count(&home, need.id).await, 200);
        acts::empty(&home.house, need.id, None, None).await.expect("all back");
        assert_eq!(count(&home, need.id).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_of_grouping_is_undone_and_only_ones_own() {
    for home in homes().await {
        let (house, of) = (&home.house, three(&home).await);
        let (me, you) = (Some(Id::named("member", "me")), Some(Id::named("member", "you")));
        let from = house.now_ms();
        let id = acts::state(house, said("Water"), "voices", &of[..2], me).await.expect("stated");
        acts::group(house, &[(of[2], id)], you).await.expect("another adds");
        acts::undo(house, id, from, "Grouped by mistake", me).await.expect("undone");
        assert_eq!(count(&home, id).await, 1, "the other's voice stays");
        assert_eq!(home.need(id).await.status, "stated", "and so does the need");
        acts::undo(house, id, from, "Grouped by mistake", you).await.expect("undone");
        assert_eq!(home.need(id).await.status, "stated", "whoever added did not state it");
        home.pass(1000);
        let from = house.now_ms();
        let id = acts::state(house, said("Water"), "voices", &of, me).await.expect("stated");
        acts::undo(house, id, from, "Grouped by mistake", me).await.expect("undone");
        assert_eq!((count(&home, id).await, home.need(id).await.status.as_str()), (0, "withdrawn"));
        assert!(home.voice(of[1]).await.waiting);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forgotten_voices_stay_counted_and_a_need_with_voices_is_not_withdrawn() {
    for home in homes().await {
        let of = three(&home).await;
        let need = home.states(&of, None).await;
        forget::voice(&home.house, of[0]).await.expect("forgotten");
        assert_eq!(count(&home, need.id).await, 3);
        let withdrawn = acts::withdraw(&home.house, need.id, "Stated twice", None).await;
        assert_eq!(refused(withdrawn).code, "need-has-voices");
        let other = home.states(&[], None).await;
        assert_eq!(
            refused(acts::empty(&home.house, need.id, Some(need.id), None).await).code,
            "need-itself"
        );
        acts::empty(&home.house, need.id, Some(other.id), None).await.expect("moved");
        assert_eq!((count(&home, need.id).await, count(&home, other.id).await), (1, 2));
        acts::withdraw(&home.house, need.id, "Stated twice", None).await.expect("withdrawn");
        let page = home.page("operator", &format!("/desk/needs/{}", need.id)).await;
        assert!(page.contains("Its words are gone"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_proposes_a_group_with_reasons_and_one_press_makes_the_need() {
    let home = home().await;
    let areas = home.areas(2).await;
    let mut of = Vec::new();
    for words in [
        "Nou pa gen dlo pou bwe depi twa jou",
        "Pa gen dlo pou bwe nan katye a",
        "Tanpri voye dlo pou bwe, dlo fini",
    ] {
        of.push(home.says(words, areas.first().copied(), false).await);
    }
    home.says("Lekòl la kraze, timoun yo pa ka aprann", areas.get(1).copied(), false).await;
    let page = home.page("operator", "/desk/grouping").await;
    for told in ["they lack the same: dlo", "all from one area", "data-key=\"g\"", "name=v"] {
        assert!(page.contains(told) || page.contains(&told.replace('=', "=\"")), "{told}: {page}");
    }
    assert!(!page.contains("kraze"), "the school stands alone");
    let form: String = of.iter().map(|v| format!("v={0}&m={0}&", v.id)).collect();
    let new = format!("{form}do=new&title=Water&sector=wash&severity=0&area={}", areas[0]);
    let to = home.does("/desk/grouping", &new).await;
    assert!(to.contains("done=grouped&undo="), "{to}");
    let need = queries::by_number(&home.house, 1).await.expect("read").expect("there");
    assert_eq!((need.area, count(&home, need.id).await), (Some(areas[0]), 3));
    let after = home.asks("operator", &to, None).await;
    assert!(after.body.contains("/desk/grouping/undo"), "{}", after.body);
    // What comes later is put to the need that is there.
    let late = home.says("Dlo pou bwe manke isit la", areas.first().copied(), false).await;
    let page = home.page("operator", &format!("/desk/grouping?voice={}", late.id)).await;
    assert!(page.contains(&format!("add:{}", need.id)), "{page}");
    let add = format!("v={0}&m={0}&do=add:{1}", late.id, need.id);
    home.does("/desk/grouping", &add).await;
    assert_eq!(count(&home, need.id).await, 4);
    let page = home.asks("operator", &format!("/desk/grouping?voice={}", late.id), None).await;
    assert_eq!(page.status, 409, "it is grouped already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_keeps_the_page_and_the_second_press_groups_the_rest() {
    let home = home().await;
    let of = three(&home).await;
    let form: String = of.iter().map(|id| format!("v={id}&m={id}&")).collect();
    let new = format!("{form}do=new&title=Water+for+all&sector=wash&severity=2");
    home.states(&of[..1], None).await;
    let answer = home.asks("operator", "/desk/grouping?lang=en", Some(&new)).await;
    assert_eq!(answer.status, 409);
    let code = spoken::shown_code(&home.voice(of[0]).await);
    assert!(
        answer.body.contains(&code) && answer.body.contains("Water for all"),
        "{}",
        answer.body
    );
    assert!(!answer.body.contains(&format!("value=\"{}\"", of[0])), "{}", answer.body);
    let rest: String = of[1..].iter().map(|id| format!("v={id}&m={id}&")).collect();
    home.does("/desk/grouping", &format!("{rest}do=new&title=Water+for+all&sector=wash")).await;
    // A title that names somebody comes back with what was typed, and the boxes as they were.
    let more = home.says("Dlo", None, false).await.id;
    let named = format!("m={more}&v={more}&do=new&title=Water+for+Mrs+Charles&sector=wash");
    let answer = home.asks("operator", "/desk/grouping?lang=en", Some(&named)).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Water for Mrs Charles"), "{}", answer.body);
    let none = home.asks("operator", "/desk/grouping?lang=en", Some("do=new&title=Water")).await;
    assert_eq!(none.status, 422);
    assert!(none.body.contains("No voice is chosen"), "{}", none.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn voices_that_stand_alone_go_to_the_needs_beside_them() {
    let home = home().await;
    let area = home.areas(1).await.first().copied();
    let need = home.states(&three_in(&home, area).await, area).await;
    let one = home.says("Pa gen dlo pou bwe nan katye a", area, false).await;
    home.says("Lekòl la kraze", None, false).await;
    let page = home.page("operator", "/desk/grouping?alone=1").await;
    let fit = format!("{}:{}", one.id, need.id);
    assert!(page.contains(&fit), "{page}");
    let to = home.does("/desk/grouping/suggested", &format!("fit={fit}&alone_of=1")).await;
    assert!(to.contains("alone=1"), "{to}");
    assert_eq!(count(&home, need.id).await, 4);
    let undo = format!("need={}&from={}", need.id, home.house.now_ms());
    assert_eq!(
        home.does("/desk/grouping/undo", &undo).await.split('?').next(),
        Some("/desk/grouping")
    );
    assert_eq!(count(&home, need.id).await, 3);
    let other = home.states(&[one.id], None).await;
    assert_eq!(count(&home, other.id).await, 1);
    let answer =
        home.asks("operator", "/desk/grouping/suggested", Some(&format!("fit={fit}"))).await;
    assert_eq!(answer.status, 409);
    let none = home.asks("operator", "/desk/grouping/suggested", Some("")).await;
    assert_eq!(none.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_or_accuses_ones_own_body_is_in_no_group() {
    let home = home().await;
    let of = three(&home).await;
    let held = home.says("My boss touches the girls who come for water, he raped one", None, false);
    let held = held.await;
    assert!(held.held);
    let sorted = VoiceSorted { about: Some(committee()), ..VoiceSorted::default() };
    spoken::sort(&home.house, of[0], sorted, None, None).await.expect("sorted");
    for who in ["operator", "operator/body"] {
        let page = home.page(who, "/desk/grouping").await;
        assert!(!page.contains("raped"), "{page}");
        let sees = page.contains(&of[0].to_string());
        assert_eq!(sees, who == "operator", "{who}");
    }
    let need = home.states(&of, None).await;
    let path = format!("/desk/needs/{}", need.id);
    let page = home.page("operator/body", &path).await;
    assert!(page.contains("dlo") && !page.contains(&of[0].to_string()), "{page}");
    // A committee sees the need, and no words of anybody.
    let page = home.page("committee", &path).await;
    assert!(page.contains("Drinking water") && !page.contains("dlo pou bwe"), "{page}");
    for (path, form) in [
        ("/desk/grouping".to_owned(), format!("v={0}&m={0}&do=add:{1}", of[0], need.id)),
        (format!("{path}/ungroup"), format!("v={}", of[0])),
        ("/desk/grouping".to_owned(), format!("v={0}&m={0}&do=add:{1}", held.id, need.id)),
    ] {
        let answer = home.asks("operator/body", &path, Some(&form)).await;
        assert_eq!(answer.status, 404, "{path} {form}");
    }
    assert_eq!(
        home.asks("operator/body", &format!("/desk/grouping?voice={}", of[0]), None).await.status,
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lists_lead_to_the_needs_a_voice_may_belong_to() {
    let home = home().await;
    let [one, ..] = three(&home).await;
    let link = format!("/desk/grouping?voice={one}");
    for path in ["/desk/voices".to_owned(), format!("/desk/voices/{one}")] {
        assert!(home.page("operator", &path).await.contains(&link), "{path}");
    }
    let need = home.states(&[one], None).await;
    let page = home.page("operator", &format!("/desk/voices/{one}")).await;
    assert!(!page.contains(&link) && page.contains(&format!("/desk/needs/{}", need.id)), "{page}");
    const { assert!(WINDOW_VOICES <= 500, "grouping compares no more at once") };
}

#[tokio::test(flavor = "multi_thread")]
async fn of_voices_that_stand_alone_a_person_chooses_which_belong_together() {
    for home in homes().await {
        let one = home.says("Bebe a cho anpil depi yè", None, true).await;
        let two = home.says("Timoun yo gen lafyèv", None, true).await;
        let vague = home.says("Tanpri ede nou", None, true).await;
        let page = home.page("operator", "/desk/grouping?alone=1&choose=1&lang=en").await;
        for told in ["Ask the ticked what they lack", "lafyèv", "Make a need of these"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(!page.contains("data-key=\"x\" checked"), "nothing is ticked beforehand");
        let all = format!("m={}&m={}&m={}&alone_of=1&choose_of=1", one.id, two.id, vague.id);
        let none = home.asks("operator", "/desk/grouping?lang=en", Some(&all)).await;
        assert_eq!(none.status, 422);
        assert!(none.body.contains("Ask the ticked what they lack"), "the same page again");
        let form = format!(
            "{all}&v={}&v={}&do=new&title=Children+with+fever&sector=health&severity=3",
            one.id, two.id
        );
        let to = home.does("/desk/grouping", &form).await;
        assert!(to.contains("&alone=1&choose=1"), "{to}");
        assert!(home.voice(two.id).await.need.is_some());
        // Words that name nothing are asked for it, and come back as a voice of their own.
        let to = home.does("/desk/grouping", &format!("{all}&v={}&do=ask", vague.id)).await;
        assert!(to.contains("done=asked"), "{to}");
        let asked = home.voice(vague.id).await;
        assert_eq!((asked.status.as_str(), asked.waiting), ("read", false));
        assert_eq!(asked.outcome.as_deref(), Some("asked_back"));
        // Whatever was grouped meanwhile is left in peace.
        home.does("/desk/grouping", &format!("{all}&v={}&do=ask", one.id)).await;
        assert_eq!(home.voice(one.id).await.outcome, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_group_at_once_read_different_voices_as_long_as_there_are_others() {
    let home = home().await;
    for words in ["Bebe a cho anpil depi yè", "Lekòl la kraze", "Nou bezwen travay"] {
        home.says(words, None, true).await;
    }
    let choose = "/desk/grouping?alone=1&choose=1";
    let held = |page: &str| page.matches("name=\"v\"").count();
    assert_eq!(held(&home.page("operator", choose).await), 3);
    assert_eq!(held(&home.page("officer", choose).await), 3, "nothing else is there");
    home.says("Pon an tonbe", None, true).await;
    let page = home.page("officer", choose).await;
    assert!(held(&page) < 4 && page.contains("Pon an tonbe"), "{page}");
    // A page left open by somebody who went to eat keeps no danger from the others.
    let grave = home.says("Dlo a nan kay la, timoun yo ap neye", None, true).await;
    assert!(grave.urgency > 1, "{grave:?}");
    assert!(home.page("operator", choose).await.contains("ap neye"));
    assert!(home.page("officer", choose).await.contains("ap neye"));
}
