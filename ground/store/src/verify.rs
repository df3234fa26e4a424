//! Verifying: every hash, every link and every signature of every chain, read from what is stored.
//! It trusts nothing that is stored and changes nothing.

use std::collections::HashMap;

use record::{
    Clock, Delegation, HASH_BYTES, Hash, Head, Id, Shelled, check_delegation, check_head, day_of,
};

use crate::{Store, StoreError, Value};

const PAGE_ROWS: i64 = 2000;
const FINDINGS_MAX: usize = 100;

/// What a verification found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whose chain.
    pub writer: Id,
    /// Where in it; 0 for the writer itself.
    pub seq: u64,
    /// What, in words.
    pub what: String,
}

/// The outcome of a verification.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Chains read.
    pub writers: usize,
    /// Entries read.
    pub entries: u64,
    /// Sealed halves rightly taken away.
    pub forgotten: u64,
    /// What is wrong, the first hundred.
    pub findings: Vec<Finding>,
}

/// What nobody vouched for, in each table of the log.
const STRANGERS: [(&str, &str); 2] = [
    ("records", "SELECT COUNT(*) FROM records WHERE writer NOT IN (SELECT writer FROM writers)"),
    ("heads", "SELECT COUNT(*) FROM heads WHERE writer NOT IN (SELECT writer FROM writers)"),
];

/// Who was forgotten, by which record, and still has a sealed half, or a key.
const LEFT_BEHIND: &str = "SELECT writer, seq, entity, half, kept FROM ( \
    SELECT r.writer, r.seq, r.entity, \
      EXISTS (SELECT 1 FROM records s WHERE s.entity = r.entity AND s.parked = FALSE \
        AND s.sealed IS NOT NULL) AS half, \
      EXISTS (SELECT 1 FROM person_keys k WHERE k.person = r.entity) AS kept \
    FROM records r WHERE r.kind LIKE '%.erased' AND r.parked = FALSE) AS forgotten \
    WHERE half OR kept LIMIT 100";

impl Verified {
    fn note(&mut self, writer: Id, seq: u64, what: impl ToString) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(Finding { writer, seq, what: what.to_string() });
        }
    }
}

struct Chain {
    writer: Id,
    public: [u8; 32],
    retired_seq: Option<u64>,
    seq: u64,
    hash: Hash,
    signed_to: u64,
}

impl Store {
    /// Reads every chain from its beginning. `node` is the key every writer must be delegated by,
    /// if it is known; `progress` is told the entries read so far.
    ///
    /// # Errors
    /// When the database fails; what is *wrong* is in the answer.
    pub async fn verify(
        &self,
        node: Option<[u8; 32]>,
        mut progress: impl FnMut(u64),
    ) -> Result<Verified, StoreError> {
        let mut verified = Verified::default();
        let sql = "SELECT writer, public, opened_ms, signature, node, retired_seq FROM writers \
                   ORDER BY writer";
        for row in self.read(sql, vec![]).await? {
            let writer = row.id(0);
            let public: [u8; 32] = row.bytes(1).try_into().unwrap_or([0; 32]);
            let by: [u8; 32] = row.bytes(4).try_into().unwrap_or([0; 32]);
            let signature: [u8; 64] = row.bytes(3).try_into().unwrap_or([0; 64]);
            let delegation = Delegation { writer, public, opened_ms: row.int(2), signature };
            if let Err(error) = check_delegation(&node.unwrap_or(by), &delegation) {
                verified.note(writer, 0, error);
            }
            let retired_seq = row.opt_int(5).and_then(|seq| u64::try_from(seq).ok());
            verified.writers += 1;
            let chain =
                Chain { writer, public, retired_seq, seq: 0, hash: [0; HASH_BYTES], signed_to: 0 };
            self.verify_chain(chain, &mut verified, &mut progress).await?;
        }
        for (what, sql) in STRANGERS {
            let strangers = self.read_one(sql, vec![]).await?.map_or(0, |row| row.int(0));
            if strangers > 0 {
                let what = format!("{strangers} {what} by writers nobody vouched for");
                verified.note(Id::NONE, 0, what);
            }
        }
        for row in self.read(LEFT_BEHIND, vec![]).await? {
            let seq = u64::try_from(row.int(1)).unwrap_or(0);
            for (left, what) in [(row.flag(3), "a sealed half"), (row.flag(4), "its key")] {
                if left {
                    let who = row.id(2);
                    let what =
                        format!("it says that {who} was forgotten, and {what} is still there");
                    verified.note(row.id(0), seq, what);
                }
            }
        }
        Ok(verified)
    }

    async fn verify_chain(
        &self,
        mut chain: Chain,
        verified: &mut Verified,
        progress: &mut impl FnMut(u64),
    ) -> Result<(), StoreError> {
        loop {
            let sql = "SELECT seq, entry, envelope, plain, sealed, entity, hash, clock, kind, \
                       parked FROM records WHERE writer = $1 AND seq > $2 ORDER BY seq LIMIT $3";
            let params: Vec<Value> =
                vec![chain.writer.into(), crate::batch::seq_value(chain.seq), PAGE_ROWS.into()];
            let rows = self.read(sql, params).await?;
            let Some(last) = rows.last() else { break };
            let heads = self.heads(&chain, last.int(0)).await?;
            let missing = self.erased_among(&rows).await?;
            for row in &rows {
                let seq = u64::try_from(row.int(0)).unwrap_or(0);
                check_row(&mut chain, row, seq, &missing, verified);
                if row.flag(9) && Clock(row.int(7)).ms() <= self.now_ms() {
                    verified.note(chain.writer, seq, "it is held back though its time has come");
                }
                if let Some((hash, signature)) = heads.get(&seq) {
                    let head = Head { writer: chain.writer, seq, hash: *hash };
                    if *hash != chain.hash {
                        verified.note(chain.writer, seq, "the signed head is another entry");
                    } else if let Err(error) = check_head(&chain.public, &head, signature) {
                        verified.note(chain.writer, seq, error);
                    } else {
                        chain.signed_to = seq;
                    }
                }
            }
            progress(verified.entries);
        }
        if chain.signed_to < chain.seq {
            verified.note(chain.writer, chain.seq, "the end of the chain is not signed");
        }
        let sql = "SELECT MAX(seq) FROM heads WHERE writer = $1";
        let head = self.read_one(sql, vec![chain.writer.into()]).await?;
        let head = head.and_then(|row| u64::try_from(row.int(0)).ok()).unwrap_or(0);
        let promised = head.max(chain.retired_seq.unwrap_or(0));
        if promised > chain.seq {
            let what = format!("the chain once went on to {promised}: what followed is missing");
            verified.note(chain.writer, chain.seq, what);
        }
        Ok(())
    }

    async fn heads(
        &self,
        chain: &Chain,
        to: i64,
    ) -> Result<HashMap<u64, (Hash, [u8; 64])>, StoreError> {
        let sql = "SELECT seq, hash, signature FROM heads \
                   WHERE writer = $1 AND seq > $2 AND seq <= $3";
        let mut params = crate::writer::head_params(chain.writer, chain.seq);
        params.push(to.into());
        let rows = self.read(sql, params).await?;
        let head = |row: &crate::Row| {
            let hash = row.bytes(1).try_into().ok()?;
            let signature = row.bytes(2).try_into().ok()?;
            Some((u64::try_from(row.int(0)).ok()?, (hash, signature)))
        };
        Ok(rows.iter().filter_map(head).collect())
    }

    /// Which entities of these rows were forgotten by a record that says so.
    async fn erased_among(&self, rows: &[crate::Row]) -> Result<HashMap<Id, bool>, StoreError> {
        let mut erased = HashMap::new();
        for row in rows.iter().filter(|row| row.opt_bytes(4).is_none()) {
            let entity = row.id(5);
            if erased.contains_key(&entity) {
                continue;
            }
            let sql = "SELECT kind FROM records WHERE entity = $1";
            let kinds = self.read(sql, vec![entity.into()]).await?;
            let said = kinds.iter().any(|row| row.text(0).ends_with(crate::batch::ERASED));
            erased.insert(entity, said);
        }
        Ok(erased)
    }
}

fn check_row(
    chain: &mut Chain,
    row: &crate::Row,
    seq: u64,
    erased: &HashMap<Id, bool>,
    verified: &mut Verified,
) {
    verified.entries += 1;
    let follows = seq == chain.seq + 1;
    let before = chain.hash;
    chain.seq = seq;
    let sealed = row.opt_bytes(4);
    let gone = sealed.is_none();
    let (entry, shelled) = match Shelled::read(row.bytes(1), row.bytes(2), row.bytes(3), sealed) {
        Ok(read) => read,
        Err(error) => {
            chain.hash = row.bytes(6).try_into().unwrap_or([0; HASH_BYTES]);
            return verified.note(chain.writer, seq, error);
        }
    };
    chain.hash = shelled.hash;
    let record = &shelled.record;
    if !follows || entry.before != before || entry.seq != seq || entry.writer != chain.writer {
        verified.note(chain.writer, seq, "it does not follow the entry before it");
    }
    if chain.retired_seq.is_some_and(|retired| seq > retired) {
        verified.note(chain.writer, seq, "it was written after its writer was retired");
    }
    if row.bytes(6) != shelled.hash {
        verified.note(chain.writer, seq, "its stored hash is another");
    }
    if entry.day != day_of(record.clock.ms()) {
        verified.note(chain.writer, seq, "its day is not that of its clock");
    }
    if record.entity != row.id(5) || record.clock.0 != row.int(7) || record.kind != row.text(8) {
        verified.note(chain.writer, seq, "its columns are not those of its envelope");
    }
    if gone && entry.sealed != [0; HASH_BYTES] {
        if erased.get(&record.entity).copied().unwrap_or(false) {
            verified.forgotten += 1;
        } else {
            verified.note(chain.writer, seq, "its sealed half is gone and nobody asked for that");
        }
    }
}
