//! What those who sell say of their own selling, and the numbers of calls that were kept.

use inroad_model::{
    CallTalk, EmailAddress, EntryNumber, KeptSellerWord, Moment, SellerWord, SellerWordNumber,
};

use crate::message::moment;
use crate::sql;
use crate::{Error, Result, Store};

type Row = (i64, String, String, i64, Option<i64>, String);

macro_rules! words_where {
    ($which:literal) => {
        concat!(
            "SELECT id, whose, told_by, told_at, withdrawn_at, content FROM seller_word \
             WHERE workspace_id = ? AND ",
            $which,
            " ORDER BY id"
        )
    };
}

fn key(email: Option<&EmailAddress>) -> &str {
    email.map_or("", EmailAddress::as_str)
}

impl Store {
    /// Keeps a word about somebody's selling; `None` stands for whose data file it is. Returns its number.
    pub async fn add_seller_word(
        &self,
        whose: Option<&EmailAddress>,
        by: Option<&EmailAddress>,
        word: &SellerWord,
        at: Moment,
    ) -> Result<SellerWordNumber> {
        let content = serde_json::to_string(word).map_err(|e| Error::damaged(e.to_string()))?;
        let mut tx = self.write().await?;
        let number: i64 = sql::query_scalar(
            "INSERT INTO seller_word (workspace_id, whose, told_by, kind, told_at, content) \
             VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(self.workspace)
        .bind(key(whose))
        .bind(key(by))
        .bind(word.kind())
        .bind(at.timestamp().as_microsecond())
        .bind(content)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        SellerWordNumber::new(number).ok_or_else(|| Error::damaged("the number of a word"))
    }

    /// Takes a word back, or with `None` lets it count again. Returns whether that changed anything.
    pub async fn withdraw_seller_word(
        &self,
        number: SellerWordNumber,
        at: Option<Moment>,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE seller_word SET withdrawn_at = ?1 WHERE workspace_id = ?2 AND id = ?3 \
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

    /// All words about somebody's selling, also those that were taken back, in their order.
    pub async fn seller_words_of(
        &self,
        whose: Option<&EmailAddress>,
    ) -> Result<Vec<KeptSellerWord>> {
        let rows: Vec<Row> = sql::query_as(words_where!("whose = ?"))
            .bind(self.workspace)
            .bind(key(whose))
            .fetch_all(&self.readers)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// The words of one kind about anybody, in their order.
    pub async fn seller_words_of_kind(&self, kind: &str) -> Result<Vec<KeptSellerWord>> {
        let rows: Vec<Row> = sql::query_as(words_where!("kind = ?"))
            .bind(self.workspace)
            .bind(kind)
            .fetch_all(&self.readers)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// One word, if it is there.
    pub async fn seller_word(&self, number: SellerWordNumber) -> Result<Option<KeptSellerWord>> {
        let row: Option<Row> = sql::query_as(words_where!("id = ?"))
            .bind(self.workspace)
            .bind(number.get())
            .fetch_optional(&self.readers)
            .await?;
        row.map(read).transpose()
    }

    /// Keeps the numbers of a call beside the note that tells of it.
    pub async fn add_call_talk(&self, entry: EntryNumber, talk: &CallTalk) -> Result<()> {
        let content = serde_json::to_string(talk).map_err(|e| Error::damaged(e.to_string()))?;
        let mut tx = self.write().await?;
        sql::query("DELETE FROM call_talk WHERE +workspace_id = ? AND entry_id = ?")
            .bind(self.workspace)
            .bind(entry.get())
            .execute(&mut *tx)
            .await?;
        sql::query("INSERT INTO call_talk (entry_id, workspace_id, content) VALUES (?, ?, ?)")
            .bind(entry.get())
            .bind(self.workspace)
            .bind(content)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The numbers of all calls, each with the note that tells of it.
    pub async fn call_talks(&self) -> Result<Vec<(EntryNumber, CallTalk)>> {
        let rows: Vec<(i64, String)> = sql::query_as(
            "SELECT entry_id, content FROM call_talk WHERE workspace_id = ? ORDER BY entry_id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(number, content)| {
                let damaged = || Error::damaged("the numbers of a call");
                let talk = serde_json::from_str(&content).map_err(|_cause| damaged())?;
                Ok((EntryNumber::new(number).ok_or_else(damaged)?, talk))
            })
            .collect()
    }
}

fn read((number, whose, by, told_at, withdrawn_at, content): Row) -> Result<KeptSellerWord> {
    let damaged = || Error::damaged("a word about somebody's selling");
    let address = |text: &str| -> Result<Option<EmailAddress>> {
        (!text.is_empty()).then(|| text.parse()).transpose().map_err(|_invalid| damaged())
    };
    Ok(KeptSellerWord {
        number: SellerWordNumber::new(number).ok_or_else(damaged)?,
        whose: address(&whose)?,
        by: address(&by)?,
        told_at: moment(told_at, 0)?,
        withdrawn_at: withdrawn_at.map(|at| moment(at, 0)).transpose()?,
        word: serde_json::from_str(&content)
            .map_err(|e| Error::damaged(format!("a word about somebody's selling: {e}")))?,
    })
}
