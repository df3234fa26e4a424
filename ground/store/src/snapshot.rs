//! Reading everything as it was at one moment, while the node goes on: a backup's way through the
//! tables. It writes nothing.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use tokio_postgres::Client;

use crate::{Engine, Row, Store, StoreError, Table, Value, postgres, sqlite};

/// The store as it was when this was taken.
pub struct Snapshot {
    held: Held,
}

enum Held {
    Sqlite(Arc<Mutex<Connection>>),
    Postgres(Box<Client>),
}

impl Store {
    /// Takes a snapshot. What is deleted meanwhile stays in the files until it is dropped.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let held = match &self.engine {
            Engine::Sqlite(engine) => {
                let conn = engine.reader()?;
                conn.execute_batch("BEGIN")?;
                Held::Sqlite(Arc::new(Mutex::new(conn)))
            }
            Engine::Postgres(engine) => {
                let client = engine.connect().await?;
                client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                Held::Postgres(Box::new(client))
            }
        };
        let snapshot = Snapshot { held };
        // The moment is that of the first look, on either engine.
        snapshot.read("SELECT 1 FROM records LIMIT 1", vec![]).await?;
        Ok(snapshot)
    }
}

impl Snapshot {
    /// Runs a query, as [`Store::read`].
    ///
    /// # Errors
    /// When the database fails or the SQL is wrong.
    pub async fn read(&self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        match &self.held {
            Held::Postgres(client) => postgres::query_once(client, sql, &params).await,
            Held::Sqlite(conn) => {
                let (conn, sql) = (conn.clone(), sql.to_owned());
                let task = tokio::task::spawn_blocking(move || {
                    let broken = |_| StoreError::Engine("a reader has failed".to_owned());
                    let conn = conn.lock().map_err(broken)?;
                    sqlite::query(&conn, &sql, &params)
                });
                task.await.map_err(|e| StoreError::Engine(e.to_string()))?
            }
        }
    }

    /// One page of a table's rows in the order of its key, after the row whose key is `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page_of(
        &self,
        table: &Table,
        after: Option<Vec<Value>>,
        limit: i64,
    ) -> Result<Vec<Row>, StoreError> {
        let keys: Vec<&str> = table.columns.iter().take(table.key).map(|(name, _)| *name).collect();
        let keys = keys.join(", ");
        let mut params = after.unwrap_or_default();
        let from: Cow<str> = if params.is_empty() {
            "".into()
        } else {
            format!("WHERE ({keys}) > ({})", crate::marks(1, params.len())).into()
        };
        let place = params.len() + 1;
        params.push(limit.into());
        let sql = format!(
            "SELECT {} FROM {} {from} ORDER BY {keys} LIMIT ${place}",
            table.column_names(),
            table.name
        );
        self.read(&sql, params).await
    }
}
