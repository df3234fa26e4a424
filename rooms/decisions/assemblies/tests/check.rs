//! The roll checked by lot: who is asked, once; what they answer, and how little of it is shown.

use record::{DAY_MS, Draft, Id};

use super::evenings::{calling, need};
use super::{Home, NOW_MS, Told, homes, id, refused};
use crate::decisions::assemblies::records::{
    AgendaItem, AssemblyAgendaSet, AssemblyCalled, AssemblyClosed, AssemblyCounted,
};
use crate::decisions::assemblies::rules::checking::{
    self, ANSWER_DAYS_MAX, ASKED_MAX, PublicCheck, drawn, public_check,
};
use crate::decisions::assemblies::rules::meeting::{Chair, Counting};
use crate::decisions::assemblies::{self, Assembly, Counts, acts, check_rolls, queries};
use crate::voices::notices;

const PHONES: [&str; 7] = [
    "+50937000001",
    "+50937000002",
    "+50937000003",
    "+50937000004",
    "+50937000005",
    "+50937000006",
    "+50937000007",
];

#[test]
fn few_answers_are_no_number() {
    let check = |so, otherwise, expected: (i64, i64)| {
        let expected = PublicCheck { so: expected.0, otherwise: expected.1 };
        assert_eq!(public_check(so, otherwise), expected, "{so} and {otherwise}");
    };
    check(0, 0, (0, 0));
    check(4, 4, (0, 0));
    check(5, 1, (5, 0));
    check(9, 5, (5, 5));
    check(31, 14, (30, 10));
}

#[test]
fn the_lot_draws_by_hash_and_never_more_than_it_may() {
    let lots: Vec<([u8; 16], u32)> =
        (0..200u32).map(|n| (Id::named("lot", &n.to_string()).0, n)).collect();
    let first = drawn(lots.clone());
    assert_eq!(first.len(), ASKED_MAX);
    assert_ne!(first, (0..40).collect::<Vec<_>>(), "not whoever came first");
    let turned: Vec<_> = lots.into_iter().rev().collect();
    assert_eq!(drawn(turned), first, "the order of the list changes nothing");
}

fn closed() -> Told {
    let mut told = Told::nothing();
    let of = id("assembly");
    let called = AssemblyCalled {
        number: 7,
        body: id("body"),
        title: "Water".to_owned(),
        place: "church".to_owned(),
        starts_ms: NOW_MS,
        from_afar: String::new(),
        childcare: false,
        women_first: false,
        short_form: false,
        hour_reason: None,
    };
    told.happens(Ok(vec![Draft::new(of, &called)]));
    told
}

#[test]
fn answers_count_for_a_week_after_the_end_and_the_last_one_counts() {
    let mut told = closed();
    let (of, own) = (id("assembly"), id("own"));
    let say = |told: &Told, answer: &str, now_ms| {
        checking::told((of, &told.of(of)), (own, &told.of(own)), answer, now_ms)
    };
    assert_eq!(refused(say(&told, "so", NOW_MS)), "assembly-over", "it has not ended");
    told.happens(Ok(vec![Draft::new(of, &AssemblyClosed {})]));
    let ended = Assembly::fold(of, &told.of(of)).closed_ms.expect("closed");
    assert_eq!(refused(say(&told, "perhaps", ended)), "list-unknown");
    let last = ended + ANSWER_DAYS_MAX * DAY_MS;
    assert_eq!(refused(say(&told, "so", last + 1)), "assembly-over");
    told.happens(say(&told, "otherwise", last));
    told.happens(say(&told, "so", last));
    assert!(say(&told, "so", last).expect("said already").is_empty());
    assert_eq!(super::super::views::Told::fold(own, &told.of(own)).told, "so");
}

#[test]
fn nobody_is_asked_about_a_room_of_fewer_than_five() {
    let counted = |present: i64| {
        let mut told = closed();
        for counter in [1, 2] {
            let counted = AssemblyCounted {
                moment: "arrival".to_owned(),
                of: None,
                counter,
                women: present,
                men: 0,
                other: 0,
                ages: None,
                sheet: false,
            };
            told.happens(Ok(vec![Draft::new(id("assembly"), &counted)]));
        }
        checking::counted_least(&Assembly::fold(id("assembly"), &told.of(id("assembly"))))
    };
    assert_eq!(counted(4), None);
    assert_eq!(counted(5), Some(5));
    assert_eq!(counted(44), Some(40));
}

/// An assembly of 26 women and 15 men that spoke of what these phones lack, and is over.
async fn held(home: &Home) -> Assembly {
    let (house, t) = (&home.house, home.tongue());
    let need = need(home, &PHONES).await;
    let body = home.body("Assembly of Bèlè").await;
    let id = acts::call(house, calling(body.id), None).await.expect("called");
    let assembly = queries::assembly(house, id).await.expect("read").expect("kept");
    let wanted = assemblies::required_items(house, t, &assembly).await.expect("read");
    let title = wanted[0].title.clone();
    let items = vec![AgendaItem { kind: "need".to_owned(), of: need, title }];
    let agenda = AssemblyAgendaSet { items, left_out: Vec::new() };
    acts::publish(house, t, id, agenda, None).await.expect("public");
    notices::carry(house).await.expect("carried");
    home.replies("").await;
    let chair = Chair { woman: true, ..Chair::default() };
    acts::open(house, id, chair, None).await.expect("open");
    for counter in [1u8, 2] {
        let counting = Counting {
            moment: "arrival".to_owned(),
            counter,
            counts: Counts { women: 26, men: 15, other: 0, ages: None },
            ..Counting::default()
        };
        let by = home.visitor(&format!("facilitator.counter{counter}"), &[]);
        acts::count(house, &by, id, counting).await.expect("counted");
    }
    acts::close(house, id, None).await.expect("closed");
    queries::assembly(house, id).await.expect("read").expect("kept")
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_were_invited_are_asked_by_lot_once_and_five_answers_are_shown() {
    for home in homes().await {
        let house = &home.house;
        let assembly = held(&home).await;
        // One of them asked for codes only: no word goes to that phone.
        home.sms(PHONES[6], "KOD").await;
        assert_eq!(check_rolls(house).await.expect("asked"), 6);
        let said = home.replies(PHONES[0]).await;
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("A1, the church hall: 40 or more"), "{said:?}");
        assert!(!said[0].contains("water"), "no word of what they told us");
        assert_eq!(check_rolls(house).await.expect("asked"), 0, "nobody is asked twice");
        assert!(home.replies(PHONES[1]).await.is_empty());
        let street = async || {
            let assembly = queries::assembly(house, assembly.id).await.expect("read");
            let visitor = home.visitor("operator", &[]);
            let part = assemblies::public_part(house, &visitor, &assembly.expect("kept")).await;
            part.expect("drawn").0
        };
        for phone in &PHONES[..4] {
            let thanks = home.sms(phone, "A1 1").await;
            assert!(thanks[0].contains("your name is not"), "{thanks:?}");
        }
        home.sms(PHONES[4], "a-1 2").await;
        let page = street().await;
        assert!(page.contains("Fewer than five have answered alike"), "{page}");
        // The last answer counts, and a retry of the gateway none.
        home.sms(PHONES[4], "A1 1").await;
        let page = street().await;
        assert!(page.contains("At least 5 say that it is."), "{page}");
        assert!(!page.contains("otherwise"), "{page}");
        // Whoever was not asked cannot answer, and no answer knows a person.
        let other = home.sms("+50937000099", "A1 2").await;
        assert!(other[0].contains("others were asked"), "{other:?}");
        let quiet = home.sms(PHONES[6], "A1 2").await;
        assert!(quiet[0].contains("others were asked"), "{quiet:?}");
        let unknown = home.sms(PHONES[0], "A99 2").await;
        assert!(unknown[0].contains("others were asked"), "{unknown:?}");
        assert_eq!(queries::told_of(house, assembly.id).await.expect("read"), (5, 0));
        for phone in PHONES {
            for person in crate::voices::queries::persons_at(house, phone).await.expect("read") {
                let sql = "SELECT COUNT(*) FROM attendance_1 WHERE id = $1";
                let row = house.store().read_one(sql, vec![person.into()]).await.expect("read");
                assert_eq!(row.expect("a row").int(0), 0);
                crate::voices::forget::person(house, person).await.expect("forgotten");
            }
        }
        let sql = "SELECT COUNT(*) FROM claims WHERE space = 'asked'";
        let left = house.store().read_one(sql, vec![]).await.expect("read").expect("a row");
        assert_eq!(left.int(0), 0, "nothing says any more who was asked");
        assert_eq!(queries::told_of(house, assembly.id).await.expect("read"), (5, 0));
    }
}
