//! An assembly through a house, on both engines: numbers, invitations once each, counters of
//! different groups, the proposal of a voice.

use record::{DAY_MS, Id};

use super::{Home, NOW_MS, code, homes, id};
use crate::decisions::assemblies::proposals::{count, from_voice, make, words};
use crate::decisions::assemblies::records::{
    AgendaItem, AssemblyAgendaSet, LeftOut, ProposedWords,
};
use crate::decisions::assemblies::rules::meeting::{Calling, Chair, Counting};
use crate::decisions::assemblies::rules::proposing::Proposing;
use crate::decisions::assemblies::{self, BodyRules, Counts, acts, queries, required_items};
use crate::voices::{self, VoiceSorted, notices};
use crate::{needs, people};

pub(super) fn calling(body: Id) -> Calling {
    Calling {
        body,
        title: "Water in the lower streets".to_owned(),
        place: "the church hall".to_owned(),
        from_afar: "+50937000099".to_owned(),
        starts_ms: NOW_MS + 2 * DAY_MS,
        offset_minutes: -300,
        ..Calling::default()
    }
}

fn light() -> ProposedWords {
    ProposedWords {
        title: "A light at the pump".to_owned(),
        words: "It is dark there after six, and many fetch water then.".to_owned(),
    }
}

/// A need that is severe, public and that one voice from each of these phones belongs to.
pub(super) async fn need(home: &Home, phones: &[&str]) -> Id {
    let mut of = Vec::new();
    for phone in phones {
        of.push(home.voice(phone, "There is no water in the lower streets").await);
    }
    let said = needs::Said {
        title: "No water in the lower streets".to_owned(),
        area: None,
        sector: "wash".to_owned(),
        severity: 4,
        people_min: None,
        people_max: None,
        since_day: None,
    };
    let need = needs::acts::state(&home.house, said, "voices", &of, None).await.expect("stated");
    needs::acts::confirm(&home.house, need, None, "residents", None).await.expect("confirmed");
    need
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_spoke_is_invited_once_with_place_hour_and_the_way_from_afar() {
    for home in homes().await {
        let (house, t) = (&home.house, home.tongue());
        let phones = ["+50937000001", "+50937000002"];
        let need = need(&home, &phones).await;
        let body = home.body("Assembly of Bèlè").await;
        let id = acts::call(house, calling(body.id), None).await.expect("called");
        let assembly = queries::assembly(house, id).await.expect("read").expect("kept");
        assert_eq!(assembly.number, 1);
        let wanted = required_items(house, t, &assembly).await.expect("read");
        assert_eq!(wanted.iter().map(|w| (w.kind, w.of)).collect::<Vec<_>>(), [("need", need)]);
        let own = AgendaItem { kind: "own".to_owned(), of: Id::NONE, title: "Chairs".to_owned() };
        let without = AssemblyAgendaSet { items: vec![own.clone()], left_out: Vec::new() };
        let refused = acts::publish(house, t, id, without, None).await;
        assert_eq!(code(refused), "assembly-agenda-omits");
        let item = AgendaItem { kind: "need".to_owned(), of: need, title: wanted[0].title.clone() };
        let agenda = AssemblyAgendaSet { items: vec![item, own], left_out: Vec::new() };
        acts::publish(house, t, id, agenda.clone(), None).await.expect("public");
        notices::carry(house).await.expect("carried");
        // Sunday noon in Port Kilima is 12:00 UTC less five hours.
        for phone in phones {
            let said = home.replies(phone).await;
            // The lease took all messages at once, so the second phone's are read with the first.
            let Some(said) = said.first() else { continue };
            for part in ["07:00", "the church hall", "+50937000099"] {
                assert!(said.contains(part), "{said}");
            }
        }
        let standing = needs::need(house, need).await.expect("read").expect("kept");
        assert_eq!((standing.status.as_str(), standing.assembly), ("in_assembly", Some(id)));
        // Published again, nobody hears of it a second time.
        acts::publish(house, t, id, agenda, None).await.expect("public again");
        notices::carry(house).await.expect("carried");
        for phone in phones {
            assert!(home.replies(phone).await.is_empty(), "{phone} was told twice");
        }
        assert_eq!(queries::assemblies(house, None, 10).await.expect("read").len(), 1);
        // Another assembly waits for this one; when it is called off, nothing is lost.
        let next = acts::call(house, calling(body.id), None).await.expect("called");
        let next = queries::assembly(house, next).await.expect("read").expect("kept");
        assert!(required_items(house, t, &next).await.expect("read").is_empty());
        acts::call_off(house, id, "The bridge is closed".to_owned(), None).await.expect("off");
        let wanted = required_items(house, t, &next).await.expect("read");
        assert_eq!(wanted.iter().map(|w| w.of).collect::<Vec<_>>(), [need]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supported_proposal_is_on_the_agenda_or_its_page_says_why_not() {
    for home in homes().await {
        let (house, t) = (&home.house, home.tongue());
        let body = home.body("Assembly of Bèlè").await;
        let rules = BodyRules { support_min: 5, ..BodyRules::default() };
        let steward = home.visitor("steward", &[]);
        acts::first_rules(house, &steward, body.id, rules).await.expect("set");
        let asked = Proposing { via: "meeting".to_owned(), ..Proposing::default() };
        let (of, _) = make(house, asked, light(), true, None).await.expect("made");
        let by = |name: &str| Some(id(name));
        count(house, of, None, "paper", 5, by("Nadège")).await.expect("counted");
        let list = queries::proposal(house, of).await.expect("read").expect("kept").lists[0].list;
        let meeting = acts::call(house, calling(body.id), None).await.expect("called");
        let one = queries::assembly(house, meeting).await.expect("read").expect("kept");
        assert!(required_items(house, t, &one).await.expect("read").is_empty());
        count(house, of, Some(list), "paper", 5, by("Wilner")).await.expect("counted");
        let wanted = required_items(house, t, &one).await.expect("read");
        assert_eq!(wanted.first().map(|w| w.of), Some(of));
        let own = AgendaItem { kind: "own".to_owned(), of: Id::NONE, title: "Chairs".to_owned() };
        let silent = AssemblyAgendaSet { items: vec![own.clone()], left_out: Vec::new() };
        let refused = acts::publish(house, t, meeting, silent, None).await;
        assert_eq!(code(refused), "assembly-agenda-omits-proposal");
        let reason = "It waits for the report on the canal".to_owned();
        let title = wanted[0].title.clone();
        let left = LeftOut { kind: "proposal".to_owned(), of, title, reason: reason.clone() };
        let said = AssemblyAgendaSet { items: vec![own], left_out: vec![left] };
        acts::publish(house, t, meeting, said, None).await.expect("public");
        let proposal = queries::proposal(house, of).await.expect("read").expect("kept");
        assert_eq!(proposal.left_out, Some((meeting, reason)));
        // It waits for the next one.
        let next = acts::call(house, calling(body.id), None).await.expect("called");
        let next = queries::assembly(house, next).await.expect("read").expect("kept");
        assert_eq!(required_items(house, t, &next).await.expect("read").len(), 1);
        assert_eq!(assemblies::proposals_over(house, None, 5).await.expect("read").len(), 1);
        assert_eq!(assemblies::proposals_over(house, None, 6).await.expect("read").len(), 0);
        let again = acts::first_rules(house, &steward, body.id, BodyRules::default()).await;
        assert_eq!(code(again), "assembly-rules-decision");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counters_of_the_same_group_are_refused_where_it_is_known() {
    for home in homes().await {
        let (house, t) = (&home.house, home.tongue());
        let body = home.body("Assembly of Bèlè").await;
        let savings = people::form_body(house, "Savings group", "organisation", None, None)
            .await
            .expect("formed");
        let meeting = acts::call(house, calling(body.id), None).await.expect("called");
        let own = AgendaItem { kind: "own".to_owned(), of: Id::NONE, title: "Chairs".to_owned() };
        let agenda = AssemblyAgendaSet { items: vec![own], left_out: Vec::new() };
        acts::publish(house, t, meeting, agenda, None).await.expect("public");
        let chair = Chair { woman: true, ..Chair::default() };
        acts::open(house, meeting, chair, None).await.expect("open");
        let new = people::NewMember {
            name: "Mirlande".to_owned(),
            passphrase: "nine kites over the harbour".to_owned(),
            roles: Vec::new(),
        };
        let mirlande = people::join(house, new, None).await.expect("joined");
        people::set_membership(house, savings, mirlande, true, None).await.expect("belongs");
        let counting = |counter| Counting {
            moment: "arrival".to_owned(),
            counter,
            counts: Counts { women: 26, men: 15, other: 0, ages: None },
            ..Counting::default()
        };
        let mut first = home.visitor("committee", &[savings]);
        if let Some(parts) = std::sync::Arc::get_mut(&mut first.0)
            && let Some(member) = parts.member.as_mut()
        {
            member.id = mirlande;
        }
        acts::count(house, &first, meeting, counting(1)).await.expect("counted");
        let same = home.visitor("operator", &[savings]);
        let refused = acts::count(house, &same, meeting, counting(2)).await;
        assert_eq!(code(refused), "assembly-counter-group");
        let other = home.visitor("operator", &[]);
        acts::count(house, &other, meeting, counting(2)).await.expect("counted");
        let room = queries::assembly(house, meeting).await.expect("read").expect("kept").room();
        assert_eq!(room.map(|room| room.present()), Some(41));
        acts::keep_sheet(house, meeting, b"a photograph", None).await.expect("hashed");
        acts::close(house, meeting, None).await.expect("closed");
        let closed = queries::assembly(house, meeting).await.expect("read").expect("kept");
        assert_eq!(closed.sheets, [seal::sha256(b"a photograph").to_vec()]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suggestion_becomes_a_proposal_only_when_its_person_says_yes() {
    for home in homes().await {
        let house = &home.house;
        let voice = home.voice("+50937000001", "You should put a light at the pump").await;
        let sort = VoiceSorted { kind: Some("suggestion".to_owned()), ..VoiceSorted::default() };
        voices::acts::sort(house, voice, sort, None, None).await.expect("sorted");
        let refused = from_voice(house, voice, light(), None).await;
        assert_eq!(code(refused), "proposal-voice");
        voices::acts::consent(house, voice, true, "told", None).await.expect("said yes");
        let named = ProposedWords { words: "Ask me on 3712 4455".to_owned(), ..light() };
        let refused = from_voice(house, voice, named, None).await;
        assert_eq!(code(refused), "need-public-number");
        let (id, number) = from_voice(house, voice, light(), None).await.expect("made");
        assert_eq!(number, 1);
        let kept = words(house, id).await.expect("read");
        assert_eq!(kept, Some(light()));
        let unknown = from_voice(house, Id::NONE, light(), None).await;
        assert_eq!(code(unknown), "proposal-voice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_given_once_even_when_two_call_at_the_same_moment() {
    for home in homes().await {
        let house = &home.house;
        let body = home.body("Assembly of Bèlè").await;
        let calls = (0..4).map(|_| {
            let (house, asked) = (house.clone(), calling(body.id));
            tokio::spawn(async move { acts::call(&house, asked, None).await.expect("called") })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.expect("no panic");
        }
        let all = queries::assemblies(house, None, 10).await.expect("read");
        let mut numbers: Vec<i64> = all.iter().map(|assembly| assembly.number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4]);
        let asked = calling(id("no body"));
        assert_eq!(code(acts::call(house, asked, None).await), "assembly-body-unknown");
    }
}
