//! Other programs that the user wishes to be told of what was done, and what each of them is told.
//!
//! What is to be told is written down before it is sent, once for each event. Whoever sends takes rows for a while
//! within the one write of a workspace, so that no two programs send the same one at once; what a program left behind
//! is taken again when that while is over.

use std::str::FromStr;

use inroad_model::{DeedNumber, Moment};

use crate::message::moment;
use crate::sql;
use crate::{Error, Result, Store};

/// Somebody who is told.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptWebhook {
    /// Its number.
    pub id: i64,
    /// Where.
    pub url: String,
    /// Of which events, as JSON.
    pub events: String,
    /// With which what is told is signed.
    pub secret: String,
    /// Since when.
    pub told_at: Moment,
    /// How far it was told.
    pub seen: WebhookSeen,
}

impl std::fmt::Debug for KeptWebhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptWebhook")
            .field("id", &self.id)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// How far somebody was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookSeen {
    /// The last deed.
    pub deed: i64,
    /// The last undo, by its clock.
    pub undone: i64,
}

/// Something that was done or undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeedNews {
    /// The deed.
    pub number: DeedNumber,
    /// Whether it was about a deal.
    pub is_of_deal: bool,
    /// When it was done.
    pub done_at: Moment,
    /// When it was undone; `None` where the news is that it was done.
    pub undone_at: Option<Moment>,
    /// Which undo it is: each has a larger number than those before; 0 where the news is that it was done.
    pub undone_clock: i64,
    /// How it is undone, as JSON.
    pub inverse: String,
}

impl DeedNews {
    /// What it is called, the same each time that it is told.
    pub fn event(&self) -> String {
        match self.undone_at {
            Some(_) => format!("undone-{}-{}", self.number, self.undone_clock),
            None => format!("deed-{}", self.number),
        }
    }
}

/// What somebody is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The event: the same each time that it is told.
    pub event: String,
    /// What is told, as JSON.
    pub content: String,
}

/// How far something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is still to be told.
    Waiting,
    /// It was told.
    Told,
    /// It was tried often enough.
    GivenUp,
}

impl DeliveryState {
    /// The name in the database and outside.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Told => "told",
            Self::GivenUp => "given_up",
        }
    }
}

impl FromStr for DeliveryState {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let all = [Self::Waiting, Self::Told, Self::GivenUp];
        let found = all.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| Error::damaged("the state of what is told"))
    }
}

/// What somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDelivery {
    /// Its number.
    pub id: i64,
    /// Who is told.
    pub webhook: i64,
    /// The event.
    pub event: String,
    /// What is told, as JSON.
    pub content: String,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub tries: u32,
    /// Since when it is to be told.
    pub told_at: Moment,
    /// When it is to be tried.
    pub due_at: Moment,
    /// Until when whoever took it has it, in microseconds.
    pub held_until: i64,
    /// The status of the last answer; 0 if there was none.
    pub status: u16,
    /// Why it was not told.
    pub says: String,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// How far it is now.
    pub state: DeliveryState,
    /// When it is to be tried again.
    pub due_at: Moment,
    /// The status of the answer; 0 if there was none.
    pub status: u16,
    /// Why it was not told.
    pub says: String,
}

type WebhookRow = (i64, String, String, String, i64, i64, i64);
type NewsRow = (i64, String, i64, Option<i64>, Option<i64>, String);
type DeliveryRow = (i64, i64, String, String, String, i64, i64, i64, i64, i64, String);

fn micros(at: Moment) -> i64 {
    at.timestamp().as_microsecond()
}

impl Store {
    /// Somebody is told from now on.
    pub async fn add_webhook(
        &self,
        url: &str,
        events: &str,
        secret: &str,
        at: Moment,
    ) -> Result<i64> {
        let mut tx = self.write_aside().await?;
        let last: Option<i64> =
            sql::query_scalar("SELECT MAX(id) FROM deed WHERE workspace_id = ?")
                .bind(self.workspace)
                .fetch_one(&mut *tx)
                .await?;
        let undone: Option<i64> =
            sql::query_scalar("SELECT MAX(undone_clock) FROM deed WHERE workspace_id = ?")
                .bind(self.workspace)
                .fetch_one(&mut *tx)
                .await?;
        let id: i64 = sql::query_scalar(
            "INSERT INTO webhook (workspace_id, url, events, secret, told_at, seen_deed, seen_undone) \
             VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(self.workspace)
        .bind(url)
        .bind(events)
        .bind(secret)
        .bind(micros(at))
        .bind(last.unwrap_or(0))
        .bind(undone.unwrap_or(0))
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Everybody who is told, in the order in which they came.
    pub async fn webhooks(&self) -> Result<Vec<KeptWebhook>> {
        let rows: Vec<WebhookRow> = sql::query_as(
            "SELECT id, url, events, secret, told_at, seen_deed, seen_undone FROM webhook \
             WHERE workspace_id = ? AND removed_at IS NULL ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        let read = |(id, url, events, secret, told_at, deed, undone): WebhookRow| {
            let seen = WebhookSeen { deed, undone };
            Ok(KeptWebhook { id, url, events, secret, told_at: moment(told_at, 0)?, seen })
        };
        rows.into_iter().map(read).collect()
    }

    /// Somebody is told no more, also not what is still to be told. Returns false if there was nobody.
    pub async fn remove_webhook(&self, id: i64, at: Moment) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let done = sql::query(
            "UPDATE webhook SET removed_at = ?, secret = '' \
             WHERE workspace_id = ? AND id = ? AND removed_at IS NULL",
        )
        .bind(micros(at))
        .bind(self.workspace)
        .bind(id)
        .execute(&mut *tx)
        .await?;
        sql::query("DELETE FROM webhook_delivery WHERE workspace_id = ? AND webhook_id = ?")
            .bind(self.workspace)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// What was done and undone since, in the order in which it came: at most `limit` of each. An undo later than
    /// `undone_until` is left for later: what cannot be undone to its end stands again a moment after.
    pub async fn deed_news(
        &self,
        seen: WebhookSeen,
        undone_until: Moment,
        limit: u32,
    ) -> Result<Vec<DeedNews>> {
        let done: Vec<NewsRow> = sql::query_as(
            "SELECT id, deal_id, done_at, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), inverse FROM deed \
             WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?",
        )
        .bind(self.workspace)
        .bind(seen.deed)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        let undone: Vec<NewsRow> = sql::query_as(
            "SELECT id, deal_id, done_at, undone_at, undone_clock, inverse FROM deed \
             WHERE workspace_id = ? AND undone_clock > ? AND undone_clock <= ? AND undone_at IS NOT NULL \
             ORDER BY undone_clock LIMIT ?",
        )
        .bind(self.workspace)
        .bind(seen.undone)
        .bind(micros(undone_until))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        let read = |(number, deal, done_at, undone_at, clock, inverse): NewsRow| {
            Ok(DeedNews {
                number: DeedNumber::new(number).ok_or_else(|| Error::damaged("a deed"))?,
                is_of_deal: !deal.is_empty(),
                done_at: moment(done_at, 0)?,
                undone_at: undone_at.map(|at| moment(at, 0)).transpose()?,
                undone_clock: clock.unwrap_or(0),
                inverse,
            })
        };
        done.into_iter().chain(undone).map(read).collect()
    }

    /// Writes down what somebody is to be told, each event once, and how far they were told with it. Whoever is told no
    /// more by then gets nothing.
    pub async fn put_deliveries(
        &self,
        webhook: i64,
        new: &[NewDelivery],
        seen: WebhookSeen,
        at: Moment,
    ) -> Result<()> {
        let mut tx = self.write_aside().await?;
        let here: Option<i64> = sql::query_scalar(
            "SELECT id FROM webhook WHERE workspace_id = ? AND id = ? AND removed_at IS NULL",
        )
        .bind(self.workspace)
        .bind(webhook)
        .fetch_optional(&mut *tx)
        .await?;
        if here.is_none() {
            return Ok(());
        }
        for one in new {
            sql::query(
                "INSERT INTO webhook_delivery (workspace_id, webhook_id, event, content, state, tries, told_at, \
                 due_at, held_until, status, says) VALUES (?1, ?2, ?3, ?4, 'waiting', 0, ?5, ?5, 0, 0, '') \
                 ON CONFLICT (workspace_id, webhook_id, event) DO NOTHING",
            )
            .bind(self.workspace)
            .bind(webhook)
            .bind(one.event.as_str())
            .bind(one.content.as_str())
            .bind(micros(at))
            .execute(&mut *tx)
            .await?;
        }
        sql::query(
            "UPDATE webhook SET seen_deed = ?1 WHERE workspace_id = ?2 AND id = ?3 AND seen_deed < ?1",
        )
        .bind(seen.deed)
        .bind(self.workspace)
        .bind(webhook)
        .execute(&mut *tx)
        .await?;
        sql::query(
            "UPDATE webhook SET seen_undone = ?1 WHERE workspace_id = ?2 AND id = ?3 AND seen_undone < ?1",
        )
        .bind(seen.undone)
        .bind(self.workspace)
        .bind(webhook)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets what was settled of what was written down before a moment. Nothing is written where there is none.
    pub async fn forget_old_deliveries(&self, before: Moment) -> Result<()> {
        let old: Option<i64> = sql::query_scalar(
            "SELECT id FROM webhook_delivery \
             WHERE workspace_id = ? AND state <> 'waiting' AND told_at < ? LIMIT 1",
        )
        .bind(self.workspace)
        .bind(micros(before))
        .fetch_optional(&self.readers)
        .await?;
        if old.is_none() {
            return Ok(());
        }
        let mut tx = self.write_aside().await?;
        sql::query(
            "DELETE FROM webhook_delivery WHERE workspace_id = ? AND state <> 'waiting' AND told_at < ?",
        )
        .bind(self.workspace)
        .bind(micros(before))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Whether something is due. It takes no write, so that asking often costs nothing.
    pub async fn is_delivery_due(&self, at: Moment) -> Result<bool> {
        let found: Option<i64> = sql::query_scalar(
            "SELECT id FROM webhook_delivery \
             WHERE workspace_id = ?1 AND state = 'waiting' AND due_at <= ?2 AND held_until <= ?2 LIMIT 1",
        )
        .bind(self.workspace)
        .bind(micros(at))
        .fetch_optional(&self.readers)
        .await?;
        Ok(found.is_some())
    }

    /// Takes what is due until a moment: until then nobody else has it. The oldest come first, and no more than
    /// `each_max` for one who is told, so that whoever does not answer holds up none of the others.
    pub async fn take_deliveries(
        &self,
        at: Moment,
        held_until: Moment,
        limit: u32,
        each_max: u32,
    ) -> Result<Vec<KeptDelivery>> {
        // Whoever writes in the workspace, an import for minutes, holds up nobody who is to be told; and what another
        // is just taking is passed over instead of waited for.
        let mut tx = self.writer.begin().await?;
        let passing_over = if self.is_file() { "" } else { "FOR UPDATE SKIP LOCKED" };
        let take = format!(
            "WITH free AS MATERIALIZED (SELECT id, webhook_id, due_at FROM webhook_delivery \
               WHERE workspace_id = ?1 AND state = 'waiting' AND due_at <= ?2 AND held_until <= ?2 {passing_over}), \
             ready AS (SELECT f.id, f.due_at, \
               ROW_NUMBER() OVER (PARTITION BY f.webhook_id ORDER BY f.due_at, f.id) AS place FROM free f \
               JOIN webhook w ON w.workspace_id = ?1 AND w.id = f.webhook_id AND w.removed_at IS NULL) \
             UPDATE webhook_delivery SET held_until = ?3, tries = tries + 1 WHERE workspace_id = ?1 AND id IN \
               (SELECT id FROM ready WHERE place <= ?5 ORDER BY due_at, id LIMIT ?4) \
             RETURNING id, webhook_id, event, content, state, tries, told_at, due_at, held_until, status, says"
        );
        let rows: Vec<DeliveryRow> = sql::query_as(sqlx::AssertSqlSafe(take))
            .bind(self.workspace)
            .bind(micros(at))
            .bind(micros(held_until))
            .bind(limit)
            .bind(each_max)
            .fetch_all(&mut *tx)
            .await?;
        tx.commit().await?;
        rows.into_iter().map(read).collect()
    }

    /// Keeps what came of a try, if whoever tried still had it.
    pub async fn settle_delivery(&self, taken: &KeptDelivery, tried: &Tried) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let done = sql::query(
            "UPDATE webhook_delivery SET state = ?, due_at = ?, status = ?, says = ?, held_until = 0 \
             WHERE workspace_id = ? AND id = ? AND held_until = ? AND tries = ?",
        )
        .bind(tried.state.as_str())
        .bind(micros(tried.due_at))
        .bind(i64::from(tried.status))
        .bind(tried.says.as_str())
        .bind(self.workspace)
        .bind(taken.id)
        .bind(taken.held_until)
        .bind(i64::from(taken.tries))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Tells something again from now on, unless somebody is at it. Returns false if there is no such thing, or
    /// somebody is.
    pub async fn tell_again(&self, webhook: i64, id: i64, at: Moment) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let done = sql::query(
            "UPDATE webhook_delivery SET state = 'waiting', tries = 0, due_at = ?1, held_until = 0 \
             WHERE workspace_id = ?2 AND webhook_id = ?3 AND id = ?4 AND held_until <= ?1",
        )
        .bind(micros(at))
        .bind(self.workspace)
        .bind(webhook)
        .bind(id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// What somebody is told, the last first: at most `limit`, of those with smaller numbers than `before`.
    pub async fn deliveries(
        &self,
        webhook: i64,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<KeptDelivery>> {
        let rows: Vec<DeliveryRow> = sql::query_as(
            "SELECT id, webhook_id, event, content, state, tries, told_at, due_at, held_until, status, says \
             FROM webhook_delivery WHERE workspace_id = ? AND webhook_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
        )
        .bind(self.workspace)
        .bind(webhook)
        .bind(before.unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }
}

fn read(row: DeliveryRow) -> Result<KeptDelivery> {
    let (id, webhook, event, content, state, tries, told_at, due_at, held_until, status, says) =
        row;
    Ok(KeptDelivery {
        id,
        webhook,
        event,
        content,
        state: state.parse()?,
        tries: u32::try_from(tries).unwrap_or(u32::MAX),
        told_at: moment(told_at, 0)?,
        due_at: moment(due_at, 0)?,
        held_until,
        status: u16::try_from(status).unwrap_or_default(),
        says,
    })
}
