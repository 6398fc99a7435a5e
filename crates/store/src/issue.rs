//! What was wrong with imported input: kept, so that nothing is lost silently.

use inroad_model::Issue;

use crate::original::ContentHash;
use crate::sql;
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
            sql::query(
                "INSERT INTO import_issue (workspace_id, hash, content) VALUES (?, ?, ?) \
                 ON CONFLICT (workspace_id, hash) DO NOTHING",
            )
            .bind(self.workspace)
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
        let rows: Vec<(String,)> = sql::query_as(
            "SELECT content FROM import_issue WHERE workspace_id = ? ORDER BY id LIMIT ?",
        )
        .bind(self.workspace)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|(content,)| read(content)).collect()
    }

    /// The issues that came up last, the last one first, each with its number: at most `limit`, of
    /// those with smaller numbers than `before`.
    pub async fn latest_issues(
        &self,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<(i64, Issue)>> {
        let rows: Vec<(i64, String)> = sql::query_as(
            "SELECT id, content FROM import_issue WHERE workspace_id = ? AND id < ? \
             ORDER BY id DESC LIMIT ?",
        )
        .bind(self.workspace)
        .bind(before.unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|(number, content)| Ok((*number, read(content)?))).collect()
    }
}

fn read(content: &str) -> Result<Issue> {
    serde_json::from_str(content).map_err(|e| Error::damaged(format!("an issue: {e}")))
}
