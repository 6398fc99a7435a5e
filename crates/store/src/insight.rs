//! What the user knows of people that no letter says: told, taken back, never forgotten.

use inroad_model::{EmailAddress, Insight, InsightNumber, KeptInsight, Moment};

use crate::away::{self, Told};
use crate::message::moment;
use crate::sql;
use crate::{Error, Result, Store};

/// What is read of one insight: number, moment of withdrawal, content.
type InsightRow = (i64, Option<i64>, String);

impl Store {
    /// Keeps what the user told. Its number is larger than all that were given before.
    pub async fn add_insight(&self, insight: &Insight) -> Result<InsightNumber> {
        let content = serde_json::to_string(insight).map_err(|e| Error::damaged(e.to_string()))?;
        let mut people = insight.known.people().map(EmailAddress::as_str);
        let mut tx = self.write().await?;
        let id: i64 = sql::query_scalar(
            "INSERT INTO insight (workspace_id, email, other_email, told_at, content) \
             VALUES (?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(self.workspace)
        .bind(people.next().unwrap_or_default())
        .bind(people.next().unwrap_or_default())
        .bind(insight.at.timestamp().as_microsecond())
        .bind(content)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        number(id)
    }

    /// Takes one back. Returns whether it counted.
    pub async fn withdraw_insight(&self, number: InsightNumber, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE insight SET withdrawn_at = ? \
             WHERE workspace_id = ? AND id = ? AND withdrawn_at IS NULL",
        )
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(i64::from(number.get()))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Lets an insight count again, from a moment on, that was taken back. Returns whether it was.
    pub async fn restore_insight(&self, number: InsightNumber, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let id = i64::from(number.get());
        let was_back = away::bring_back(&mut tx, Told::Insight, id, at).await?;
        tx.commit().await?;
        Ok(was_back)
    }

    /// All insights in the order in which they were told, those taken back among them.
    pub async fn insights(&self) -> Result<Vec<KeptInsight>> {
        let rows: Vec<InsightRow> = sql::query_as(
            "SELECT id, withdrawn_at, content FROM insight WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }

    /// What was told of somebody, at either end of a tie, as [`Store::insights`].
    pub async fn insights_about(&self, email: &EmailAddress) -> Result<Vec<KeptInsight>> {
        let rows: Vec<InsightRow> = sql::query_as(
            "SELECT id, withdrawn_at, content FROM insight \
             WHERE workspace_id = ?1 AND (email = ?2 OR other_email = ?2) ORDER BY id",
        )
        .bind(self.workspace)
        .bind(email.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &InsightRow) -> Result<KeptInsight> {
    let (id, withdrawn_at, content) = row;
    Ok(KeptInsight {
        number: number(*id)?,
        withdrawn_at: withdrawn_at.map(|at| moment(at, 0)).transpose()?,
        away: away::read(content)?,
        insight: parse(content)?,
    })
}

pub(crate) fn parse(content: &str) -> Result<Insight> {
    serde_json::from_str(content).map_err(|e| Error::damaged(format!("an insight: {e}")))
}

fn number(id: i64) -> Result<InsightNumber> {
    let number = u32::try_from(id).ok().and_then(InsightNumber::new);
    number.ok_or_else(|| Error::damaged("the number of an insight"))
}
