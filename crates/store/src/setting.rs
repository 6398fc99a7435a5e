//! Settings: named JSON values of a workspace.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sql;
use crate::{Error, Result, Store};

impl Store {
    /// The setting of that name, if it was ever written.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it holds something else than asked for, [`Error::Database`].
    pub async fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let row: Option<(String,)> =
            sql::query_as("SELECT value FROM setting WHERE workspace_id = ? AND name = ?")
                .bind(self.workspace)
                .bind(name)
                .fetch_optional(&self.readers)
                .await?;
        row.map(|(value,)| serde_json::from_str(&value))
            .transpose()
            .map_err(|e| Error::damaged(format!("the setting '{name}': {e}")))
    }

    /// Writes a setting.
    pub async fn set_setting<T: Serialize + Sync>(&self, name: &str, value: &T) -> Result<()> {
        let json = serde_json::to_string(value).map_err(|e| Error::damaged(e.to_string()))?;
        let mut tx = self.write().await?;
        sql::query(
            "INSERT INTO setting (workspace_id, name, value) VALUES (?, ?, ?) \
             ON CONFLICT (workspace_id, name) DO UPDATE SET value = excluded.value",
        )
        .bind(self.workspace)
        .bind(name)
        .bind(json)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets a setting, as if it had never been written.
    pub async fn forget_setting(&self, name: &str) -> Result<()> {
        let mut tx = self.write().await?;
        sql::query("DELETE FROM setting WHERE workspace_id = ? AND name = ?")
            .bind(self.workspace)
            .bind(name)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
