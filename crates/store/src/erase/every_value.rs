//! Every value of every table, to look whether something is nowhere.

use sqlx::Row as _;

use crate::original::unpack;
use crate::{Result, Store};

impl Store {
    /// Gives every value of every table to `look`, with the table and the column: texts and bytes as they
    /// stand, and bytes that are packed once more unpacked. It knows nothing of the tables, so that it sees
    /// what somebody forgot.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn every_value(&self, look: &mut (dyn FnMut(&str, &[u8]) + Send)) -> Result<()> {
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%'",
        )
        .fetch_all(&self.readers)
        .await?;
        for (table, column) in columns {
            let sql = format!("SELECT CAST(\"{column}\" AS BLOB) FROM \"{table}\"");
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
            let place = format!("{table}.{column}");
            for row in rows {
                let Some(bytes) = row.try_get::<Option<Vec<u8>>, _>(0)? else { continue };
                look(&place, &bytes);
                if let Ok(unpacked) = unpack(&bytes) {
                    look(&place, &unpacked);
                }
            }
        }
        Ok(())
    }
}
