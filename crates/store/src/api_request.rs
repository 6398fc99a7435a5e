//! What other programs asked to be done, by the key that they gave it, with the answer that they got.

use inroad_model::{EmailAddress, Moment};

use crate::sql;
use crate::{Result, Store};

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiAnswer {
    /// The status.
    pub status: u16,
    /// What stood above it, as JSON.
    pub head: String,
    /// The answer.
    pub body: String,
}

/// What is known of a request with that key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiRequest {
    /// Nothing: it is noted as under way from now on.
    New,
    /// It was done and answered.
    Answered(ApiAnswer),
    /// It is under way.
    UnderWay,
    /// It was begun long ago, and nobody knows what came of it.
    Unknown,
    /// Something else was asked under that key.
    Another,
}

/// An answer is known for so long.
const KEPT_HOURS: i64 = 24;
/// What is under way for longer was left behind by a program that ended, who knows at which point.
const UNDER_WAY_MINUTES_MAX: i64 = 10;

impl Store {
    /// Notes that something is asked to be done, unless it is known already. `by` is as with a deed.
    pub async fn begin_api_request(
        &self,
        by: Option<&EmailAddress>,
        key: &str,
        fingerprint: &[u8],
        at: Moment,
    ) -> Result<ApiRequest> {
        let now = at.timestamp().as_microsecond();
        let by = by.map_or("", EmailAddress::as_str);
        let mut tx = self.write_aside().await?;
        sql::query("DELETE FROM api_request WHERE workspace_id = ? AND told_at < ?")
            .bind(self.workspace)
            .bind(old_before(at))
            .execute(&mut *tx)
            .await?;
        let known: Option<(Vec<u8>, i64, i64, String, String)> = sql::query_as(
            "SELECT fingerprint, told_at, status, head, body FROM api_request \
             WHERE workspace_id = ? AND asked_by = ? AND request_key = ?",
        )
        .bind(self.workspace)
        .bind(by)
        .bind(key)
        .fetch_optional(&mut *tx)
        .await?;
        let found = match known {
            Some((other, ..)) if other != fingerprint => ApiRequest::Another,
            Some((_, told_at, 0, ..)) if told_at < now - UNDER_WAY_MINUTES_MAX * 60_000_000 => {
                ApiRequest::Unknown
            }
            Some((_, _, 0, ..)) => ApiRequest::UnderWay,
            Some((_, _, status, head, body)) => {
                let status = u16::try_from(status).unwrap_or_default();
                ApiRequest::Answered(ApiAnswer { status, head, body })
            }
            None => {
                sql::query(
                    "INSERT INTO api_request (workspace_id, asked_by, request_key, fingerprint, told_at, \
                     status, head, body) VALUES (?, ?, ?, ?, ?, 0, '', '')",
                )
                .bind(self.workspace)
                .bind(by)
                .bind(key)
                .bind(fingerprint)
                .bind(now)
                .execute(&mut *tx)
                .await?;
                ApiRequest::New
            }
        };
        tx.commit().await?;
        Ok(found)
    }

    /// Keeps the answer to what is under way since a moment, and to nothing that was begun later under the same key.
    pub async fn answer_api_request(
        &self,
        by: Option<&EmailAddress>,
        key: &str,
        begun: Moment,
        answer: &ApiAnswer,
    ) -> Result<()> {
        let mut tx = self.write_aside().await?;
        sql::query(
            "UPDATE api_request SET status = ?, head = ?, body = ? \
             WHERE workspace_id = ? AND asked_by = ? AND request_key = ? AND status = 0 AND told_at = ?",
        )
        .bind(i64::from(answer.status))
        .bind(answer.head.as_str())
        .bind(answer.body.as_str())
        .bind(self.workspace)
        .bind(by.map_or("", EmailAddress::as_str))
        .bind(key)
        .bind(begun.timestamp().as_microsecond())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets what is under way since a moment: nothing was done, and it may be asked again.
    pub async fn forget_api_request(
        &self,
        by: Option<&EmailAddress>,
        key: &str,
        begun: Moment,
    ) -> Result<()> {
        let mut tx = self.write_aside().await?;
        sql::query(
            "DELETE FROM api_request \
             WHERE workspace_id = ? AND asked_by = ? AND request_key = ? AND status = 0 AND told_at = ?",
        )
        .bind(self.workspace)
        .bind(by.map_or("", EmailAddress::as_str))
        .bind(key)
        .bind(begun.timestamp().as_microsecond())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets what was asked a day ago. Nothing is written where there is none.
    pub async fn forget_old_api_requests(&self, at: Moment) -> Result<()> {
        let old: Option<i64> = sql::query_scalar(
            "SELECT id FROM api_request WHERE workspace_id = ? AND told_at < ? LIMIT 1",
        )
        .bind(self.workspace)
        .bind(old_before(at))
        .fetch_optional(&self.readers)
        .await?;
        if old.is_none() {
            return Ok(());
        }
        let mut tx = self.write_aside().await?;
        sql::query("DELETE FROM api_request WHERE workspace_id = ? AND told_at < ?")
            .bind(self.workspace)
            .bind(old_before(at))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

fn old_before(at: Moment) -> i64 {
    at.timestamp().as_microsecond() - KEPT_HOURS * 3_600_000_000
}
