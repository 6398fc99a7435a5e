//! Every value of every table, to look whether something is nowhere.

use crate::original::unpack;
use crate::sql;
use crate::{Result, Store};

impl Store {
    /// Gives every value of every table of a file, and of the workspace's rows on a server, to `look`, with the
    /// table and the column: texts and bytes as they stand, and bytes that are packed once more unpacked. It knows nothing of the tables, so that it sees
    /// what somebody forgot.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn every_value(&self, look: &mut (dyn FnMut(&str, &[u8]) + Send)) -> Result<()> {
        const FILE: &str = "SELECT t.name, c.name, 'BLOB' FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%'";
        const SERVER: &str = "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), \
             CASE data_type WHEN 'bytea' THEN 'BYTEA' ELSE 'TEXT' END \
             FROM information_schema.columns c WHERE table_schema = current_schema() \
             AND EXISTS (SELECT 1 FROM information_schema.columns w WHERE w.column_name = 'workspace_id' \
               AND w.table_schema = c.table_schema AND w.table_name = c.table_name)";
        let columns: Vec<(String, String, String)> =
            sql::query_as(if self.is_file() { FILE } else { SERVER })
                .fetch_all(&self.readers)
                .await?;
        for (table, column, kind) in columns {
            let value = match kind.as_str() {
                "TEXT" => format!("convert_to(CAST(\"{column}\" AS TEXT), 'UTF8')"),
                kind => format!("CAST(\"{column}\" AS {kind})"),
            };
            let whose = if self.is_file() {
                String::new()
            } else {
                format!(" WHERE workspace_id = {}", self.workspace)
            };
            let sql = format!("SELECT {value} FROM \"{table}\"{whose}");
            let rows = sql::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
            let place = format!("{table}.{column}");
            for row in rows {
                let Some(bytes) = row.try_get::<Option<Vec<u8>>>(0)? else { continue };
                look(&place, &bytes);
                if let Ok(unpacked) = unpack(&bytes) {
                    look(&place, &unpacked);
                }
            }
        }
        Ok(())
    }
}
