//! Versions of what a qualified lead is, who signed them, and words on outside providers of leads.

use inroad_model::{EmailAddress, Moment};

use crate::lead::teller;
use crate::message::moment;
use crate::sql;
use crate::{Result, Store};

/// Something that somebody told, as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldRow {
    /// Its number.
    pub number: i64,
    /// Of what: the firm of a provider; empty for a definition.
    pub about: String,
    /// When it was told.
    pub told_at: Moment,
    /// By whom; `None` for whose data file it is.
    pub told_by: Option<EmailAddress>,
    /// When it was taken back; `None` while it stands.
    pub withdrawn_at: Option<Moment>,
    /// What, as JSON.
    pub content: String,
}

/// A signature below a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureRow {
    /// Its number.
    pub number: i64,
    /// Below which version.
    pub definition: i64,
    /// For which side.
    pub side: String,
    /// When.
    pub told_at: Moment,
    /// By whom; `None` for whose data file it is.
    pub told_by: Option<EmailAddress>,
    /// When it was taken back; `None` while it stands.
    pub withdrawn_at: Option<Moment>,
}

type Row = (i64, String, i64, String, Option<i64>, String);
type SignedRow = (i64, i64, String, i64, String, Option<i64>);

impl Store {
    /// Keeps a version that somebody proposes; gives its number.
    pub async fn add_lead_definition(
        &self,
        content: &str,
        by: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<i64> {
        let mut tx = self.write().await?;
        let number = sql::query_scalar(
            "INSERT INTO lead_definition (workspace_id, told_at, told_by, content) \
             VALUES (?, ?, ?, ?) RETURNING id",
        )
        .bind(self.workspace)
        .bind(at.timestamp().as_microsecond())
        .bind(by.map_or("", EmailAddress::as_str))
        .bind(content)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(number)
    }

    /// All versions, also those that were taken back, in order.
    pub async fn lead_definitions(&self) -> Result<Vec<ToldRow>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, '', told_at, told_by, withdrawn_at, content FROM lead_definition \
             WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// Signs a version for sides; gives the numbers, or `None` if one of them is signed already.
    pub async fn sign_lead_definition(
        &self,
        definition: i64,
        sides: &[&str],
        by: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<Option<Vec<i64>>> {
        let mut tx = self.write().await?;
        let mut numbers = Vec::new();
        for side in sides {
            let number: Option<i64> = sql::query_scalar(
                "INSERT INTO lead_signature (workspace_id, definition_id, side, told_at, told_by) \
                 VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
            )
            .bind(self.workspace)
            .bind(definition)
            .bind(side)
            .bind(at.timestamp().as_microsecond())
            .bind(by.map_or("", EmailAddress::as_str))
            .fetch_optional(&mut *tx)
            .await?;
            let Some(number) = number else { return Ok(None) };
            numbers.push(number);
        }
        tx.commit().await?;
        Ok(Some(numbers))
    }

    /// All signatures, also those that were taken back, in order.
    pub async fn lead_signatures(&self) -> Result<Vec<SignatureRow>> {
        let rows: Vec<SignedRow> = sql::query_as(
            "SELECT id, definition_id, side, told_at, told_by, withdrawn_at FROM lead_signature \
             WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        let read = |(number, definition, side, told_at, told_by, withdrawn_at): SignedRow| {
            Ok(SignatureRow {
                number,
                definition,
                side,
                told_at: moment(told_at, 0)?,
                told_by: teller(&told_by)?,
                withdrawn_at: withdrawn_at.map(|at| moment(at, 0)).transpose()?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Keeps a word on how a provider works; gives its number.
    pub async fn add_provider_word(
        &self,
        firm: &str,
        content: &str,
        by: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<i64> {
        let mut tx = self.write().await?;
        let number = sql::query_scalar(
            "INSERT INTO provider_word (workspace_id, firm, told_at, told_by, content) \
             VALUES (?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(self.workspace)
        .bind(firm)
        .bind(at.timestamp().as_microsecond())
        .bind(by.map_or("", EmailAddress::as_str))
        .bind(content)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(number)
    }

    /// All words on providers, also those that were taken back, in order.
    pub async fn provider_words(&self) -> Result<Vec<ToldRow>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, firm, told_at, told_by, withdrawn_at, content FROM provider_word \
             WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }
}

fn read((number, about, told_at, told_by, withdrawn_at, content): Row) -> Result<ToldRow> {
    Ok(ToldRow {
        number,
        about,
        told_at: moment(told_at, 0)?,
        told_by: teller(&told_by)?,
        withdrawn_at: withdrawn_at.map(|at| moment(at, 0)).transpose()?,
        content,
    })
}
