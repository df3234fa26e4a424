//! The folds: what a row says for the records there are, whichever have arrived.

use proptest::prelude::*;
use record::{Draft, Record};

use super::{Told, id};
use crate::door::Role;
use crate::people::records::{
    BodyContactGiven, BodyFormed, BodyRenamed, MemberJoined, MemberLeft, MemberRoleGiven,
    MemberRoleTaken, MembershipBegun, MembershipEnded,
};
use crate::people::views;
use crate::people::views::{BodyRow, MemberRow, MembershipRow};

/// Records of one entity, in order.
fn told(drafts: Vec<Draft>) -> Vec<Record> {
    let mut told = Told::nothing();
    let entity = drafts.first().map(|draft| draft.entity).unwrap_or_default();
    drafts.into_iter().for_each(|draft| told.says(draft));
    told.records.remove(&entity).unwrap_or_default()
}

fn joined(roles: &[&str]) -> Draft {
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    Draft::new(id("Rose"), &MemberJoined { roles }).sealing(b"Rose".to_vec())
}

fn given(role: &str) -> Draft {
    Draft::new(id("Rose"), &MemberRoleGiven { role: role.to_owned() })
}

fn taken(role: &str) -> Draft {
    Draft::new(id("Rose"), &MemberRoleTaken { role: role.to_owned() })
}

#[test]
fn a_member_is_what_was_given_and_not_taken() {
    let check = |drafts: Vec<Draft>, roles: &[Role], here: bool| {
        let row = MemberRow::fold(id("Rose"), &told(drafts));
        assert_eq!((row.roles.as_slice(), row.here), (roles, here));
    };
    let left = || Draft::new(id("Rose"), &MemberLeft {});
    check(vec![joined(&["steward"])], &[Role::Steward], true);
    check(vec![joined(&["steward"]), taken("steward")], &[], true);
    check(vec![joined(&[]), given("officer"), given("officer")], &[Role::Officer], true);
    check(vec![joined(&["officer"]), taken("officer"), given("officer")], &[Role::Officer], true);
    check(vec![joined(&["wizard", "officer"])], &[Role::Officer], true);
    check(vec![joined(&["steward"]), left()], &[Role::Steward], false);
    // Until the joining itself arrives, nobody is here.
    check(vec![given("steward")], &[Role::Steward], false);
}

#[test]
fn a_forgotten_name_leaves_the_rest_of_the_row() {
    let mut records = told(vec![joined(&["officer"]), given("operator")]);
    let before = MemberRow::fold(id("Rose"), &records);
    assert_eq!(before.name.as_deref(), Some(&b"Rose"[..]));
    records.iter_mut().for_each(|record| record.sealed = None);
    let after = MemberRow::fold(id("Rose"), &records);
    assert_eq!(after, MemberRow { name: None, ..before });
}

#[test]
fn the_name_of_a_member_is_in_no_plain_half() {
    let records = told(vec![joined(&["officer"])]);
    assert!(records.iter().all(|r| !r.plain.windows(4).any(|w| w == b"Rose")));
}

#[test]
fn a_body_has_its_last_name_and_contact() {
    let formed = BodyFormed {
        name: "Water board".into(),
        kind: "authority".into(),
        area: Some(id("harbour")),
        constituency: None,
        contact: "Room 3".into(),
    };
    let records = told(vec![
        Draft::new(id("water"), &formed),
        Draft::new(id("water"), &BodyRenamed { name: "Water office".into() }),
        Draft::new(id("water"), &BodyContactGiven { contact: "Room 5".into() }),
    ]);
    let row = BodyRow::fold(id("water"), &records);
    assert_eq!((row.name.as_str(), row.contact.as_str()), ("Water office", "Room 5"));
    assert_eq!((row.kind.as_str(), row.area), ("authority", Some(id("harbour"))));
    let early = BodyRow::fold(id("water"), &records[1..]);
    assert_eq!((early.name.as_str(), early.formed_ms), ("Water office", 0));
}

#[test]
fn the_last_word_on_a_membership_counts() {
    let (body, member) = (id("water"), id("Rose"));
    let begun = || Draft::new(id("m"), &MembershipBegun { body, member });
    let ended = || Draft::new(id("m"), &MembershipEnded { body, member });
    let holds = |drafts| MembershipRow::fold(id("m"), &told(drafts)).holds;
    assert!(holds(vec![begun()]));
    assert!(!holds(vec![begun(), ended()]));
    assert!(holds(vec![begun(), ended(), begun()]));
    assert!(!holds(vec![]));
}

#[test]
fn every_row_fits_its_table() {
    for view in views::views() {
        let folded = (view.fold)(id("anything"), &[]);
        assert_eq!(folded.row.len(), view.table.columns.len(), "{}", view.noun);
        assert!(view.sql.contains(&format!("EXISTS {} (", view.table.name)), "{}", view.noun);
    }
}

proptest! {
    /// However a steward's acts are spread over writers, sorting them gives the one row.
    #[test]
    fn the_order_of_arrival_does_not_matter(
        acts in proptest::collection::vec((0..3_usize, any::<bool>()), 0..12),
        shuffle in any::<u64>(),
    ) {
        let roles = ["steward", "operator", "officer"];
        let mut drafts = vec![joined(&["steward"])];
        drafts.extend(acts.iter().map(|(role, give)| {
            if *give { given(roles[*role]) } else { taken(roles[*role]) }
        }));
        let records = told(drafts);
        let expected = MemberRow::fold(id("Rose"), &records);
        let mut mixed = records;
        mixed.sort_by_key(|r| r.seq.wrapping_mul(shuffle | 1));
        mixed.sort_by_key(Record::order);
        prop_assert_eq!(MemberRow::fold(id("Rose"), &mixed), expected);
    }
}
