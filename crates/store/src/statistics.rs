//! What a server believes of how much there is of what.
//!
//! It plans by it, and learns it by itself only when a tenth of a whole table has changed. One more workspace among
//! many is less than that: the server would believe it empty, and read all of it for each of its rows.

use crate::sql::{self, Transaction};
use crate::tables::TABLES;
use crate::{Result, Store};

impl Store {
    /// Lets a server learn anew how much there is, after much came in at once. A file needs none of it.
    ///
    /// # Errors
    /// [`Error::Database`](crate::Error::Database).
    pub async fn take_statistics(&self) -> Result<()> {
        if self.is_file() {
            return Ok(());
        }
        let mut tx = self.writer.begin().await?;
        take(&mut tx).await?;
        Ok(tx.commit().await?)
    }
}

/// The same within a write, with what it has written itself.
pub(crate) async fn take(tx: &mut Transaction) -> Result<()> {
    let tables: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    let statement = format!("ANALYZE {}", tables.join(", "));
    sql::query(sqlx::AssertSqlSafe(statement)).execute(&mut **tx).await?;
    Ok(())
}
