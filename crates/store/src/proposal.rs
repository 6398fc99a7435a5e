//! Who writes with whom, counted: what proposals of deals and of "who am I" are made from.

use std::collections::BTreeSet;

use inroad_model::EmailAddress;

use crate::message::parse_address;
use crate::sql::{self, QueryAs, list};
use crate::{Concerning, Result, Store};

/// What was received and sent, by address: the end of a statement.
macro_rules! summed {
    () => {
        " SELECT a.email, a.name, CAST(COALESCE(SUM(counts.received), 0) AS BIGINT), \
           CAST(COALESCE(SUM(counts.sent), 0) AS BIGINT), COALESCE(MIN(counts.first_at), 0) \
         FROM (SELECT id, n AS received, 0 AS sent, first_at FROM received \
               UNION ALL SELECT id, 0, n, first_at FROM sent) counts \
         JOIN address a ON a.id = counts.id AND +a.workspace_id = ?1 \
         GROUP BY a.id, a.email, a.name ORDER BY a.email"
    };
}

/// An address with what passed between it and the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// The address.
    pub email: EmailAddress,
    /// The name seen last, if any.
    pub name: Option<String>,
    /// Personal messages from it to the user.
    pub received: u64,
    /// Personal messages from the user to it.
    pub sent: u64,
    /// When the first of them was written, in microseconds.
    pub first_at: i64,
}

/// What passed between the user and somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    /// The address.
    pub email: EmailAddress,
    /// Letters from it to the user.
    pub received: u64,
    /// Letters from the user to it.
    pub sent: u64,
    /// When the last of them was written, in microseconds.
    pub last_at: i64,
}

impl Store {
    /// Everybody who wrote to the user or was written to, by address. Whether letters went both
    /// ways is asked of the whole organisation.
    pub async fn correspondents(&self, own: &[EmailAddress]) -> Result<Vec<Correspondent>> {
        let all = concat!(
            "WITH mine AS (SELECT id FROM address WHERE workspace_id = ?1 \
                AND email IN (SELECT value FROM json_each(?2))), \
             received AS (SELECT m.from_id AS id, COUNT(DISTINCT m.id) AS n, MIN(m.sent_at) AS first_at \
               FROM message m JOIN recipient r ON r.message_id = m.id AND +r.workspace_id = m.workspace_id \
               WHERE m.workspace_id = ?1 AND m.nature = 'correspondence' \
                 AND r.address_id IN (SELECT id FROM mine) AND m.from_id NOT IN (SELECT id FROM mine) GROUP BY m.from_id), \
             sent AS (SELECT r.address_id AS id, COUNT(DISTINCT m.id) AS n, MIN(m.sent_at) AS first_at \
               FROM message m JOIN recipient r ON r.message_id = m.id AND +r.workspace_id = m.workspace_id \
               WHERE m.workspace_id = ?1 AND m.nature = 'correspondence' \
                 AND m.from_id IN (SELECT id FROM mine) AND r.address_id NOT IN (SELECT id FROM mine) GROUP BY r.address_id) ",
            summed!()
        );
        self.counted(sql::query_as(all).bind(self.workspace).bind(list(own))).await
    }

    /// The same of those with these addresses and those at these very domains. It costs what their letters cost.
    pub async fn correspondents_among(
        &self,
        own: &[EmailAddress],
        emails: &BTreeSet<EmailAddress>,
        domains: &BTreeSet<String>,
    ) -> Result<Vec<Correspondent>> {
        // Their letters first, by themselves: a server that is asked for all at once may begin at the other end.
        let theirs = Concerning { emails: emails.clone(), domains: domains.clone(), until: None };
        let rows = self.message_rows_of(&theirs).await?;
        let some = concat!(
            "WITH mine AS (SELECT id FROM address WHERE workspace_id = ?1 \
                AND email IN (SELECT value FROM json_each(?2))), \
             letters AS MATERIALIZED (SELECT id, from_id, sent_at FROM message \
               WHERE workspace_id = ?1 AND id IN (SELECT value FROM json_each(?3)) \
                 AND nature = 'correspondence'), \
             got AS MATERIALIZED (SELECT m.id, m.from_id, m.sent_at, r.address_id FROM letters m \
               CROSS JOIN recipient r ON r.message_id = m.id AND r.workspace_id = ?1), \
             received AS (SELECT from_id AS id, COUNT(DISTINCT id) AS n, MIN(sent_at) AS first_at FROM got \
               WHERE address_id IN (SELECT id FROM mine) AND from_id NOT IN (SELECT id FROM mine) GROUP BY from_id), \
             sent AS (SELECT address_id AS id, COUNT(DISTINCT id) AS n, MIN(sent_at) AS first_at FROM got \
               WHERE from_id IN (SELECT id FROM mine) AND address_id NOT IN (SELECT id FROM mine) GROUP BY address_id) ",
            summed!()
        );
        let asked = sql::query_as(some).bind(self.workspace).bind(list(own)).bind(list(&rows));
        let mut found = self.counted(asked).await?;
        // Of others who got the same letters not all is counted.
        found.retain(|one| emails.contains(&one.email) || domains.contains(one.email.domain()));
        Ok(found)
    }

    /// The row of the message that came in last; 0 if none is there.
    pub async fn last_message_row(&self) -> Result<i64> {
        let (row,): (Option<i64>,) = sql::query_as(
            "SELECT (SELECT id FROM message WHERE +workspace_id = ? ORDER BY id DESC LIMIT 1)",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        Ok(row.unwrap_or(0))
    }

    /// Who wrote the messages that came in behind a row, and to whom they went.
    pub async fn addresses_behind(&self, row: i64) -> Result<BTreeSet<EmailAddress>> {
        let rows: Vec<(String,)> = sql::query_as(
            "WITH found AS (SELECT m.from_id AS id FROM message m WHERE +m.workspace_id = ?1 AND m.id > ?2 \
               UNION SELECT r.address_id FROM recipient r WHERE +r.workspace_id = ?1 AND r.message_id > ?2) \
             SELECT a.email FROM found CROSS JOIN address a ON a.id = found.id AND +a.workspace_id = ?1",
        )
        .bind(self.workspace)
        .bind(row)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(|(email,)| parse_address(&email)).collect()
    }

    async fn counted(
        &self,
        asked: QueryAs<'_, (String, String, i64, i64, i64)>,
    ) -> Result<Vec<Correspondent>> {
        let rows = asked.fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|(email, name, received, sent, first_at)| {
                Ok(Correspondent {
                    email: parse_address(&email)?,
                    name: Some(name).filter(|name| !name.is_empty()),
                    received: received.unsigned_abs(),
                    sent: sent.unsigned_abs(),
                    first_at,
                })
            })
            .collect()
    }

    /// How many letters went each way between the user and these people, and when the last one was
    /// written, in microseconds, by address; nobody is named with whom there was none.
    pub async fn exchanged(
        &self,
        own: &[EmailAddress],
        with: &[EmailAddress],
    ) -> Result<Vec<Exchanged>> {
        let rows: Vec<(String, i64, i64, i64)> = sql::query_as(
            "WITH mine AS (SELECT id FROM address WHERE workspace_id = ?1 \
                AND email IN (SELECT value FROM json_each(?2))), \
             theirs AS (SELECT id, email FROM address WHERE workspace_id = ?1 \
                AND email IN (SELECT value FROM json_each(?3))), \
             received AS (SELECT t.email, COUNT(*) AS n, MAX(m.sent_at) AS last_at \
               FROM theirs t CROSS JOIN message m ON m.workspace_id = ?1 AND m.from_id = t.id \
               WHERE m.nature = 'correspondence' AND EXISTS (SELECT 1 FROM recipient r \
                 WHERE r.message_id = m.id AND +r.workspace_id = m.workspace_id \
                   AND r.address_id IN (SELECT id FROM mine)) GROUP BY t.email), \
             sent AS (SELECT t.email, COUNT(DISTINCT m.id) AS n, MAX(m.sent_at) AS last_at \
               FROM theirs t CROSS JOIN recipient r ON r.workspace_id = ?1 AND r.address_id = t.id \
               JOIN message m ON m.id = r.message_id AND +m.workspace_id = r.workspace_id \
               WHERE m.nature = 'correspondence' AND m.from_id IN (SELECT id FROM mine) GROUP BY t.email) \
             SELECT email, CAST(SUM(received) AS BIGINT), CAST(SUM(sent) AS BIGINT), COALESCE(MAX(last_at), 0) \
             FROM (SELECT email, n AS received, 0 AS sent, last_at FROM received \
                   UNION ALL SELECT email, 0, n, last_at FROM sent) counts GROUP BY email ORDER BY email",
        )
        .bind(self.workspace)
        .bind(list(own))
        .bind(list(with))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(email, received, sent, last_at)| {
                Ok(Exchanged {
                    email: parse_address(&email)?,
                    received: received.unsigned_abs(),
                    sent: sent.unsigned_abs(),
                    last_at,
                })
            })
            .collect()
    }

    /// Whether nothing was ever taken in: no message, calendar, contact or deal.
    pub async fn is_empty(&self) -> Result<bool> {
        let (any,): (bool,) = sql::query_as(
            "SELECT EXISTS (SELECT 1 FROM message WHERE workspace_id = ?1) \
               OR EXISTS (SELECT 1 FROM deal WHERE workspace_id = ?1) \
               OR EXISTS (SELECT 1 FROM event WHERE workspace_id = ?1) \
               OR EXISTS (SELECT 1 FROM contact WHERE workspace_id = ?1)",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        Ok(!any)
    }

    /// For each file that a message of these people came from first: who wrote how many.
    pub async fn sources_of(
        &self,
        writers: &[EmailAddress],
    ) -> Result<Vec<(EmailAddress, String, u64)>> {
        let rows: Vec<(String, String, i64)> = sql::query_as(
            "SELECT a.email, o.source, COUNT(*) FROM address a \
             JOIN message m ON m.from_id = a.id JOIN original o ON o.id = m.id AND +o.workspace_id = ?1 \
             WHERE a.workspace_id = ?1 AND m.workspace_id = ?1 \
               AND a.email IN (SELECT value FROM json_each(?2)) \
             GROUP BY a.email, o.source ORDER BY a.email, o.source",
        )
        .bind(self.workspace)
        .bind(list(writers))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(email, source, n)| Ok((parse_address(&email)?, source, n.unsigned_abs())))
            .collect()
    }

    /// The addresses that look most like the owner of the mailbox: for each address, how many
    /// messages it received and how many it sent, most of both first, at most ten.
    ///
    /// The owner is the one who is on nearly every message, on either side.
    pub async fn owner_candidates(&self) -> Result<Vec<(EmailAddress, u64, u64)>> {
        let rows: Vec<(String, i64, i64)> = sql::query_as(
            "WITH got AS (SELECT address_id AS id, COUNT(DISTINCT message_id) AS n FROM recipient \
               WHERE workspace_id = ?1 AND field < 3 GROUP BY address_id), \
             wrote AS (SELECT from_id AS id, COUNT(*) AS n FROM message \
               WHERE workspace_id = ?1 AND nature = 'correspondence' GROUP BY from_id) \
             SELECT a.email, got.n, COALESCE(wrote.n, 0) FROM got \
             LEFT JOIN wrote ON wrote.id = got.id JOIN address a ON a.id = got.id AND +a.workspace_id = ?1 \
             ORDER BY COALESCE(wrote.n, 0) * got.n DESC, got.n DESC, a.email LIMIT 10",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(email, got, wrote)| {
                Ok((parse_address(&email)?, got.unsigned_abs(), wrote.unsigned_abs()))
            })
            .collect()
    }
}
