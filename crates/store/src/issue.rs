//! What was wrong with imported input: kept, so that nothing is lost silently.

use inroad_model::Issue;

use crate::database::WORKSPACE;
use crate::original::ContentHash;
use crate::{Error, Result, Store};

impl Store {
    /// Keeps issues, each once.
    pub async fn put_issues(&self, issues: &[Issue]) -> Result<()> {
        if issues.is_empty() {
            return Ok(());
        }
        let mut tx = self.write().await?;
        for issue in issues {
            let content =
                serde_json::to_string(issue).map_err(|e| Error::damaged(e.to_string()))?;
            sqlx::query(
                "INSERT INTO import_issue (workspace_id, hash, content) VALUES (?, ?, ?) \
                 ON CONFLICT (workspace_id, hash) DO NOTHING",
            )
            .bind(WORKSPACE)
            .bind(ContentHash::of(content.as_bytes()).bytes())
            .bind(&content)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The issues in the order in which they came up, at most `limit`.
    pub async fn issues(&self, limit: u32) -> Result<Vec<Issue>> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT content FROM import_issue WHERE workspace_id = ? ORDER BY id LIMIT ?",
        )
        .bind(WORKSPACE)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|(content,)| {
                serde_json::from_str(content).map_err(|e| Error::damaged(format!("an issue: {e}")))
            })
            .collect()
    }
}
