//! The log against RFC 6962's own tree and by properties. A proof that was changed proves nothing.

use proptest::prelude::*;

use crate::hex::written;
use crate::log::{Growing, Hash, consistency, consistent, includes, inclusion, leaf, root};

fn leaves(n: usize) -> Vec<Hash> {
    (0..n).map(|n| leaf(&(n as u64).to_be_bytes())).collect()
}

#[test]
fn it_is_the_tree_that_other_logs_build() {
    // The eight leaves with which logs of certificates are tested.
    let bytes: [&[u8]; 8] = [
        &[],
        &[0x00],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        &[
            0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d,
            0x6e, 0x6f,
        ],
    ];
    let hashes: Vec<Hash> = bytes.iter().map(|bytes| leaf(bytes)).collect();
    let check = |n: usize, expected: &str| assert_eq!(written(&root(&hashes[..n])), expected);
    check(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    check(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    check(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

#[test]
fn a_tree_that_grows_has_the_root_of_every_size() {
    let (all, mut grown) = (leaves(70), Growing::default());
    for (n, one) in all.iter().enumerate() {
        assert_eq!((grown.size(), grown.root()), (n, root(&all[..n])));
        grown.push(*one);
    }
    assert_eq!(grown.root(), root(&all));
}

#[test]
fn every_leaf_is_shown_to_be_in_every_tree() {
    for n in 0..40 {
        let leaves = leaves(n);
        assert_eq!(inclusion(&leaves, n), None, "there is no leaf behind the last");
        for (at, one) in leaves.iter().enumerate() {
            let path = inclusion(&leaves, at).expect("there");
            let whole = root(&leaves);
            let (n, at) = (n as u64, at as u64);
            assert!(includes(&whole, n, one, at, &path), "leaf {at} of {n}");
            assert!(!includes(&whole, n, one, n, &path), "a place behind the last");
            for other in (0..n).filter(|other| *other != at) {
                assert!(!includes(&whole, n, one, other, &path), "{at} is not at {other} of {n}");
            }
        }
    }
}

#[test]
fn every_tree_is_shown_to_begin_with_every_smaller_one() {
    for n in 0..40 {
        let leaves = leaves(n);
        assert_eq!(consistency(&leaves, n + 1), None);
        for before in 0..=n {
            let proof = consistency(&leaves, before).expect("there");
            let (old, new) = (root(&leaves[..before]), root(&leaves));
            let at = |size: usize| size as u64;
            assert!(consistent((at(before), &old), (at(n), &new), &proof), "{before} of {n}");
            if before > 0 && before < n {
                let another = leaf(b"another");
                assert!(!consistent((at(before), &another), (at(n), &new), &proof));
                assert!(!consistent((at(before), &old), (at(n), &another), &proof));
            }
        }
        assert!(!consistent((9, &root(&leaves)), (8, &root(&leaves)), &[]), "none grows smaller");
    }
}

proptest! {
    #[test]
    fn a_changed_proof_proves_nothing(n in 2usize..300, seed in any::<u64>(), bit in 0u8..=255) {
        let leaves = leaves(n);
        let at = usize::try_from(seed).unwrap_or(0) % n;
        let (whole, before) = (root(&leaves), (at + 1).min(n - 1));
        let mut path = inclusion(&leaves, at).expect("there");
        prop_assert!(includes(&whole, n as u64, &leaves[at], at as u64, &path));
        let which = usize::from(bit) % path.len();
        path[which][usize::from(bit) % 32] ^= 1 << (bit % 8);
        prop_assert!(!includes(&whole, n as u64, &leaves[at], at as u64, &path));
        path.pop();
        prop_assert!(!includes(&whole, n as u64, &leaves[at], at as u64, &path));
        let old = root(&leaves[..before]);
        let mut proof = consistency(&leaves, before).expect("there");
        let (small, large) = ((before as u64, &old), (n as u64, &whole));
        prop_assert!(consistent(small, large, &proof));
        let which = usize::from(bit) % proof.len();
        proof[which][usize::from(bit) % 32] ^= 1 << (bit % 8);
        prop_assert!(!consistent(small, large, &proof));
        proof.pop();
        prop_assert!(!consistent(small, large, &proof));
    }

    #[test]
    fn a_log_that_lost_or_changed_a_leaf_is_another(n in 2usize..120, at in 0usize..120) {
        let before = leaves(n);
        let mut lost = before.clone();
        lost.remove(at % n);
        prop_assert_ne!(root(&before), root(&lost));
        let mut changed = before.clone();
        changed[at % n][0] ^= 1;
        prop_assert_ne!(root(&before), root(&changed));
        let mut turned = before.clone();
        turned.swap(at % n, (at + 1) % n);
        prop_assert_ne!(root(&before), root(&turned));
    }
}
