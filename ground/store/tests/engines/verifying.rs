//! What `verify` must find: each way of changing, forging or cutting the log that a test could
//! think of.

use super::*;

async fn three_rung(database: &Database) -> Store {
    let store = testkit::open(database, plan(), &Clock::default(), 1).await.unwrap();
    for n in 1..=3 {
        store.append(ring(bell(n), 1)).await.unwrap();
    }
    store
}

/// After these statements, verification says `expected`; before them, nothing.
fn check(spoil: &'static [&'static str], expected: &'static str) {
    on_both(|engine, database| async move {
        let store = three_rung(&database).await;
        store.append(erase(bell(3))).await.unwrap();
        let node = Some(record::Signer::from_seed(&[200; 32]).public());
        assert_eq!(store.verify(node, |_| {}).await.unwrap().findings, vec![], "{engine}");
        store.run(spoil.iter().map(|sql| Statement::new(*sql, vec![])).collect()).await.unwrap();
        let found = store.verify(node, |_| {}).await.unwrap().findings;
        let told = found.iter().any(|f| f.what.contains(expected));
        assert!(told, "{engine}: {spoil:?}: {expected}: {found:?}");
    });
}

#[test]
fn a_tail_that_was_deleted_is_missed() {
    check(&["DELETE FROM records WHERE seq > 2"], "what followed is missing");
}

#[test]
fn a_chain_that_was_deleted_is_missed() {
    check(&["DELETE FROM records"], "what followed is missing");
}

#[test]
fn a_retired_chain_must_reach_where_it_was_retired() {
    let spoil = &["UPDATE writers SET retired_seq = 9"];
    check(spoil, "what followed is missing");
}

#[test]
fn heads_by_strangers_are_found() {
    check(&["DELETE FROM writers", "DELETE FROM records"], "heads by writers nobody vouched for");
}

#[test]
fn a_stored_hash_that_is_another_is_found() {
    let spoil =
        &["UPDATE records SET hash = (SELECT hash FROM records WHERE seq = 2) WHERE seq = 1"];
    check(spoil, "its stored hash is another");
}

#[test]
fn a_record_held_back_is_found() {
    check(&["UPDATE records SET parked = TRUE WHERE seq = 2"], "its time has come");
}

#[test]
fn a_sealed_half_that_came_back_is_found() {
    let spoil =
        &["UPDATE records SET sealed = (SELECT sealed FROM records WHERE seq = 1) WHERE seq = 3"];
    check(spoil, "a sealed half is still there");
}

#[test]
fn a_key_that_came_back_is_found() {
    let spoil = &["INSERT INTO person_keys (person, wrapped) \
                   SELECT entity, entity FROM records WHERE kind = 'bell.erased'"];
    check(spoil, "its key is still there");
}

/// A whole log by a key of somebody's own, vouched for by a node of their own, is well formed;
/// only the node's key tells.
#[test]
fn a_wholly_forged_log_is_found_by_the_nodes_key() {
    on_both(|engine, database| async move {
        let store = three_rung(&database).await;
        assert_eq!(store.verify(None, |_| {}).await.unwrap().findings, vec![], "{engine}");
        let other = record::Signer::from_seed(&[201; 32]).public();
        let found = store.verify(Some(other), |_| {}).await.unwrap().findings;
        assert_eq!(found.len(), 1, "{engine}: {found:?}");
    });
}
