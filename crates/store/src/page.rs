//! What the user found of firms and kept.

use inroad_model::{AccountKey, KeptPage, Moment, PageHead, PageNumber};

use crate::account::parse_key;
use crate::message::moment;
use crate::original::{Unpacker, pack};
use crate::sql;
use crate::{Error, Result, Store};

type Row = (i64, String, i64, Option<i64>, String);

impl Store {
    /// Keeps a text about a firm; returns its number.
    pub async fn add_page(
        &self,
        about: &AccountKey,
        head: &PageHead,
        text: &str,
        at: Moment,
    ) -> Result<PageNumber> {
        let details = serde_json::to_string(head).map_err(|e| Error::damaged(e.to_string()))?;
        let content = pack(text.as_bytes())?;
        let mut tx = self.write().await?;
        let number: i64 = sql::query_scalar(
            "INSERT INTO page (workspace_id, account_key, told_at, details, content) \
             VALUES (?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(self.workspace)
        .bind(about.as_str())
        .bind(at.timestamp().as_microsecond())
        .bind(details)
        .bind(content)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        PageNumber::new(number).ok_or_else(|| Error::damaged("the number of a page"))
    }

    /// Takes a text back, from that moment on, or with `None` lets it be kept again. Returns whether
    /// that changed anything.
    pub async fn withdraw_page(&self, number: PageNumber, at: Option<Moment>) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE page SET withdrawn_at = ?1 WHERE workspace_id = ?2 AND id = ?3 \
             AND (withdrawn_at IS NULL) = (?1 IS NOT NULL)",
        )
        .bind(at.map(|at| at.timestamp().as_microsecond()))
        .bind(self.workspace)
        .bind(number.get())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// What was kept of all firms, also what was taken back, without the texts, in its order.
    pub async fn pages(&self) -> Result<Vec<KeptPage>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, account_key, told_at, withdrawn_at, details FROM page \
             WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// The text of one of them; `None` if there is none of that number.
    pub async fn page_text(&self, number: PageNumber) -> Result<Option<String>> {
        let content: Option<Vec<u8>> =
            sql::query_scalar("SELECT content FROM page WHERE workspace_id = ? AND id = ?")
                .bind(self.workspace)
                .bind(number.get())
                .fetch_optional(&self.readers)
                .await?;
        let Some(content) = content else { return Ok(None) };
        let text = String::from_utf8(Unpacker::new()?.unpack(&content)?);
        text.map(Some).map_err(|_cause| Error::damaged(format!("the text of page {number}")))
    }
}

fn read((number, about, told_at, withdrawn_at, details): Row) -> Result<KeptPage> {
    Ok(KeptPage {
        number: PageNumber::new(number).ok_or_else(|| Error::damaged("the number of a page"))?,
        about: parse_key(&about)?,
        told_at: moment(told_at, 0)?,
        withdrawn_at: withdrawn_at.map(|at| moment(at, 0)).transpose()?,
        head: serde_json::from_str::<PageHead>(&details)
            .map_err(|e| Error::damaged(format!("a page: {e}")))?,
    })
}
