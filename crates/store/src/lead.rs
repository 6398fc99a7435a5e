//! Leads: what happened to each, a row a step.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, Moment};

use crate::message::moment;
use crate::sql::{self, Transaction, list};
use crate::{Error, Result, Store};

/// A step of a lead, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadEventRow {
    /// Its number.
    pub number: i64,
    /// Of which lead.
    pub lead: i64,
    /// When it was told.
    pub told_at: Moment,
    /// By whom; `None` for whose data file it is.
    pub told_by: Option<EmailAddress>,
    /// When it was taken back; `None` while it stands.
    pub withdrawn_at: Option<Moment>,
    /// What, as JSON.
    pub content: String,
}

/// What is kept of leads up to an event: as long as it is the same, nothing about these changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeadsState {
    /// The number of the last event looked at.
    pub last: i64,
    count: i64,
    withdrawn: i64,
    bytes: i64,
}

/// A lead that comes in.
#[derive(Debug, Clone, Copy)]
pub struct NewLead<'a> {
    /// The address of the person, if known.
    pub email: Option<&'a EmailAddress>,
    /// By which a row of a table is known again; empty for what was typed.
    pub import_key: &'a str,
    /// The hand-over, as JSON.
    pub content: &'a str,
}

/// Which leads are asked for.
#[derive(Debug, Clone, Copy)]
pub enum LeadsAsked {
    /// All of them.
    All,
    /// One.
    One(i64),
    /// Those to which something happened after that event.
    ChangedAfter(i64),
}

type Row = (i64, i64, i64, String, Option<i64>, String);

/// Something about leads that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadRow {
    /// A step of a lead.
    Event,
    /// A version of the definition.
    Definition,
    /// A signature below one.
    Signature,
    /// A word on a provider.
    ProviderWord,
}

impl Store {
    /// Whether anything stands on a lead beside some events, the one that handed it over among them.
    pub async fn is_said_on_handed_over(&self, events: &[i64]) -> Result<bool> {
        let found: bool = sql::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM lead_event e \
             WHERE e.workspace_id = ?1 AND e.withdrawn_at IS NULL \
             AND e.id NOT IN (SELECT value FROM json_each(?2)) \
             AND e.lead_id IN (SELECT h.lead_id FROM lead_event h WHERE h.workspace_id = ?1 \
               AND h.id IN (SELECT value FROM json_each(?2)) \
               AND json_extract(h.content, '$.kind') = 'handed_over'))",
        )
        .bind(self.workspace)
        .bind(list(events))
        .fetch_one(&self.readers)
        .await?;
        Ok(found)
    }

    /// What the people of some addresses are called on their leads.
    pub async fn lead_names_of(&self, emails: &BTreeSet<EmailAddress>) -> Result<BTreeSet<String>> {
        let names: Vec<String> = sql::query_scalar(
            "SELECT DISTINCT named.name FROM (SELECT json_extract(e.content, '$.lead.person.name') AS name \
               FROM lead l JOIN lead_event e ON e.workspace_id = l.workspace_id AND e.lead_id = l.id \
               WHERE l.workspace_id = ? AND l.email IN (SELECT value FROM json_each(?))) named \
             WHERE named.name IS NOT NULL AND named.name <> ''",
        )
        .bind(self.workspace)
        .bind(list(emails))
        .fetch_all(&self.readers)
        .await?;
        Ok(names.into_iter().collect())
    }

    /// Keeps leads that are handed over, each with its first event; gives lead and event, or `None` for a
    /// row of a table that is there already.
    pub async fn add_leads(
        &self,
        leads: &[NewLead<'_>],
        by: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<Vec<Option<(i64, i64)>>> {
        let mut tx = self.write().await?;
        let mut kept = Vec::with_capacity(leads.len());
        for new in leads {
            let Some(lead) = lead_for(&mut tx, new).await? else {
                kept.push(None);
                continue;
            };
            let event = insert(&mut tx, lead, new.content, by, at).await?;
            kept.push(Some((lead, event)));
        }
        tx.commit().await?;
        Ok(kept)
    }

    /// Keeps a step of a lead, unless anything happened to it after the event that was seen last. Gives
    /// its number, or `None` if something did.
    pub async fn add_lead_event(
        &self,
        lead: i64,
        seen: i64,
        content: &str,
        by: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<Option<i64>> {
        let mut tx = self.write().await?;
        let last: Option<i64> = sql::query_scalar(
            "SELECT MAX(id) FROM lead_event \
             WHERE workspace_id = ? AND lead_id = ? AND withdrawn_at IS NULL",
        )
        .bind(self.workspace)
        .bind(lead)
        .fetch_one(&mut *tx)
        .await?;
        if last != Some(seen) {
            return Ok(None);
        }
        let number = insert(&mut tx, lead, content, by, at).await?;
        tx.commit().await?;
        Ok(Some(number))
    }

    /// Takes back rows of one kind. Returns whether any of them stood.
    pub async fn withdraw_lead_rows(
        &self,
        kind: LeadRow,
        numbers: &[i64],
        at: Moment,
    ) -> Result<bool> {
        let sql = match kind {
            LeadRow::Event => {
                "UPDATE lead_event SET withdrawn_at = ? WHERE workspace_id = ? \
                 AND id IN (SELECT value FROM json_each(?)) AND withdrawn_at IS NULL"
            }
            LeadRow::Definition => {
                "UPDATE lead_definition SET withdrawn_at = ? WHERE workspace_id = ? \
                 AND id IN (SELECT value FROM json_each(?)) AND withdrawn_at IS NULL"
            }
            LeadRow::Signature => {
                "UPDATE lead_signature SET withdrawn_at = ? WHERE workspace_id = ? \
                 AND id IN (SELECT value FROM json_each(?)) AND withdrawn_at IS NULL"
            }
            LeadRow::ProviderWord => {
                "UPDATE provider_word SET withdrawn_at = ? WHERE workspace_id = ? \
                 AND id IN (SELECT value FROM json_each(?)) AND withdrawn_at IS NULL"
            }
        };
        let mut tx = self.write().await?;
        let done = sql::query(sql)
            .bind(at.timestamp().as_microsecond())
            .bind(self.workspace)
            .bind(list(numbers))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// What happened to some leads, also what was taken back, by lead and then in order.
    pub async fn lead_events(&self, asked: LeadsAsked) -> Result<Vec<LeadEventRow>> {
        let (sql, number) = match asked {
            LeadsAsked::All => (
                "SELECT id, lead_id, told_at, told_by, withdrawn_at, content FROM lead_event \
                 WHERE workspace_id = ?1 AND lead_id > ?2 ORDER BY lead_id, id",
                0,
            ),
            LeadsAsked::One(lead) => (
                "SELECT id, lead_id, told_at, told_by, withdrawn_at, content FROM lead_event \
                 WHERE workspace_id = ?1 AND lead_id = ?2 ORDER BY lead_id, id",
                lead,
            ),
            LeadsAsked::ChangedAfter(event) => (
                "SELECT id, lead_id, told_at, told_by, withdrawn_at, content FROM lead_event \
                 WHERE workspace_id = ?1 AND lead_id IN (SELECT lead_id FROM lead_event \
                   WHERE +workspace_id = ?1 AND id > ?2) \
                 ORDER BY lead_id, id",
                event,
            ),
        };
        let rows: Vec<Row> =
            sql::query_as(sql).bind(self.workspace).bind(number).fetch_all(&self.readers).await?;
        rows.into_iter().map(read).collect()
    }

    /// What is kept up to an event, or in all.
    pub async fn leads_state(&self, up_to: Option<i64>) -> Result<LeadsState> {
        let (last, count, withdrawn, bytes): (i64, i64, i64, i64) = sql::query_as(
            "SELECT COALESCE(MAX(id), 0), COUNT(*), COUNT(withdrawn_at), \
             CAST(COALESCE(SUM(LENGTH(content)), 0) AS BIGINT) FROM lead_event WHERE workspace_id = ? AND id <= ?",
        )
        .bind(self.workspace)
        .bind(up_to.unwrap_or(i64::MAX))
        .fetch_one(&self.readers)
        .await?;
        Ok(LeadsState { last, count, withdrawn, bytes })
    }

    /// Which of some keys of rows of tables belong to leads that stand.
    pub async fn lead_import_keys(&self, keys: &[&str]) -> Result<BTreeSet<String>> {
        let rows: Vec<String> = sql::query_scalar(
            "SELECT l.import_key FROM lead l WHERE l.workspace_id = ? AND l.import_key <> '' \
               AND l.import_key IN (SELECT value FROM json_each(?)) \
               AND EXISTS (SELECT 1 FROM lead_event e WHERE e.workspace_id = l.workspace_id \
                 AND e.lead_id = l.id AND e.withdrawn_at IS NULL)",
        )
        .bind(self.workspace)
        .bind(list(keys))
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().collect())
    }

    /// When letters went from some addresses to some others: to whom, and when, the oldest first.
    pub async fn sent_to(
        &self,
        from: &BTreeSet<EmailAddress>,
        to: &BTreeSet<EmailAddress>,
    ) -> Result<Vec<(EmailAddress, Moment)>> {
        if from.is_empty() || to.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(String, i64, i64, i64)> = sql::query_as(
            "WITH wanted AS (SELECT id, email FROM address WHERE workspace_id = ?1 \
               AND email IN (SELECT value FROM json_each(?2))), \
             writers AS (SELECT id FROM address WHERE workspace_id = ?1 \
               AND email IN (SELECT value FROM json_each(?3))) \
             SELECT DISTINCT w.email, m.sent_at, m.offset_seconds, m.id FROM wanted w \
             CROSS JOIN recipient r ON r.address_id = w.id \
             CROSS JOIN message m ON m.id = r.message_id \
             WHERE r.workspace_id = ?1 AND m.workspace_id = ?1 AND m.from_id IN (SELECT id FROM writers) \
               AND m.sent_at IS NOT NULL ORDER BY m.sent_at, m.id",
        )
        .bind(self.workspace)
        .bind(list(to))
        .bind(list(from))
        .fetch_all(&self.readers)
        .await?;
        let read = |(email, at, offset, _): (String, i64, i64, i64)| {
            let email = email.parse().map_err(|_odd| Error::damaged("an address"))?;
            Ok((email, moment(at, offset)?))
        };
        rows.into_iter().map(read).collect()
    }
}

/// The lead that a new one becomes; `None` if it is there already. One whose hand-over was taken back is
/// used again.
async fn lead_for(tx: &mut Transaction, new: &NewLead<'_>) -> Result<Option<i64>> {
    if !new.import_key.is_empty() {
        let known: Option<(i64, bool)> = sql::query_as(
            "SELECT l.id, EXISTS (SELECT 1 FROM lead_event e WHERE e.workspace_id = l.workspace_id \
               AND e.lead_id = l.id AND e.withdrawn_at IS NULL) \
             FROM lead l WHERE l.workspace_id = ? AND l.import_key = ? AND l.import_key <> ''",
        )
        .bind(tx.workspace())
        .bind(new.import_key)
        .fetch_optional(&mut **tx)
        .await?;
        match known {
            Some((_, true)) => return Ok(None),
            // It comes in again, perhaps with another address.
            Some((lead, false)) => {
                sql::query("UPDATE lead SET email = ? WHERE workspace_id = ? AND id = ?")
                    .bind(new.email.map_or("", EmailAddress::as_str))
                    .bind(tx.workspace())
                    .bind(lead)
                    .execute(&mut **tx)
                    .await?;
                return Ok(Some(lead));
            }
            None => {}
        }
    }
    let lead = sql::query_scalar(
        "INSERT INTO lead (workspace_id, email, import_key) VALUES (?, ?, ?) RETURNING id",
    )
    .bind(tx.workspace())
    .bind(new.email.map_or("", EmailAddress::as_str))
    .bind(new.import_key)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Some(lead))
}

async fn insert(
    tx: &mut Transaction,
    lead: i64,
    content: &str,
    by: Option<&EmailAddress>,
    at: Moment,
) -> Result<i64> {
    Ok(sql::query_scalar(
        "INSERT INTO lead_event (workspace_id, lead_id, told_at, told_by, content) \
         VALUES (?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(tx.workspace())
    .bind(lead)
    .bind(at.timestamp().as_microsecond())
    .bind(by.map_or("", EmailAddress::as_str))
    .bind(content)
    .fetch_one(&mut **tx)
    .await?)
}

fn read((number, lead, told_at, told_by, withdrawn_at, content): Row) -> Result<LeadEventRow> {
    Ok(LeadEventRow {
        number,
        lead,
        told_at: moment(told_at, 0)?,
        told_by: teller(&told_by)?,
        withdrawn_at: withdrawn_at.map(|at| moment(at, 0)).transpose()?,
        content,
    })
}

/// Who told something, by what is kept of them.
pub(crate) fn teller(kept: &str) -> Result<Option<EmailAddress>> {
    let email = (!kept.is_empty()).then(|| kept.parse()).transpose();
    email.map_err(|_odd| Error::damaged("the address of a member"))
}
