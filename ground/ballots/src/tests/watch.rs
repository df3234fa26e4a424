//! What somebody saw of the log is held against the bundle; a receipt is found in it.

use super::{alike_round, bundle, key, rules};
use crate::{Bundle, Head, Hex, Watch, log, receipt};

fn seen(bundle: &Bundle, from: usize, to: usize) -> Option<Watch> {
    let leaves: Vec<_> = bundle.leaves.iter().map(|leaf| leaf.0).collect();
    let heads = bundle.heads.iter().take(2).cloned().collect();
    Watch::of((bundle.rules.round, bundle.rules.log_key), heads, &leaves, (from, to))
}

#[test]
fn every_earlier_size_is_the_beginning_of_every_later_one() {
    let made = bundle(&rules(), &["Anba", "Bèlè"], &alike_round());
    let size = made.leaves.len();
    for to in 0..=size {
        for from in 0..=to {
            let watch = seen(&made, from, to).expect("there are so many");
            assert_eq!(watch.against(&made), vec![], "{from} to {to}");
        }
    }
    assert_eq!(seen(&made, 3, 2), None);
    assert_eq!(seen(&made, 0, size + 1), None);
}

#[test]
fn a_log_that_was_changed_since_is_found() {
    let made = bundle(&rules(), &["Anba", "Bèlè"], &alike_round());
    let watch = seen(&made, 5, 20).expect("there are so many");
    let found = |changed: &Bundle, watch: &Watch| -> Vec<String> {
        watch.against(changed).into_iter().map(|one| one.at).collect()
    };
    let mut changed = made.clone();
    changed.leaves.remove(2);
    let at = found(&changed, &watch);
    for expected in ["log.heads[1]", "log.from", "log.to"] {
        assert!(at.iter().any(|one| one == expected), "{expected}: {at:?}");
    }
    let mut proof = watch.clone();
    proof.proof.reverse();
    assert_eq!(found(&made, &proof), ["log.proof"]);
    let mut other = watch.clone();
    other.round = Hex([9; 16]);
    assert_eq!(found(&made, &other), ["log.round"]);
    let mut forged = watch;
    let root = log::root(&[]);
    forged.heads[1] = key().sign_head(&Head { round: [8; 16], size: 0, root });
    assert_eq!(found(&made, &forged), ["log.heads[1]"]);
}

#[test]
fn a_receipt_leads_to_the_last_head_or_is_not_there() {
    let made = bundle(&rules(), &["Anba", "Bèlè"], &alike_round());
    for (at, leaf) in made.leaves.iter().enumerate() {
        let begins: String = leaf.to_string().chars().take(16).collect();
        assert_eq!(receipt(&made, &begins), Ok((at + 1, made.leaves.len())));
    }
    let wrong = |bundle: &Bundle, begins: &str| receipt(bundle, begins).expect_err("wrong").what;
    assert!(wrong(&made, "0000000000000000").contains("not in the log"));
    assert!(wrong(&made, "").contains("several"));
    let mut lost = made.clone();
    lost.leaves.pop();
    let first = made.leaves[0].to_string();
    assert!(wrong(&lost, &first).contains("does not lead"));
}
