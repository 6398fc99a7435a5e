//! Letters: those that go, those that stay without somebody, and the words by which both were found.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{EmailAddress, MessageId};
use tokio::task::spawn_blocking;

use super::{Erased, Erasure, ReadMail};
use crate::import::{NewMessage, rewrite};
use crate::original::{ContentHash, Unpacker, pack};
use crate::sql::{self, Transaction, list};
use crate::{Error, Result, Store, words};

pub(super) async fn take_out(
    tx: &mut Transaction,
    erasure: &Erasure,
    told: &mut BTreeMap<&'static str, Erased>,
) -> Result<()> {
    let counts = Erased {
        gone: erasure.letters_gone.len() as u64,
        changed: erasure.letters_rewritten.len() as u64,
    };
    told.insert("original", counts);
    for row in &erasure.letters_gone {
        remove(tx, *row).await?;
    }
    let mut anew = Vec::new();
    for letter in &erasure.letters_rewritten {
        sql::query("UPDATE original SET content = ?, bytes = ? WHERE workspace_id = ? AND id = ?")
            .bind(pack(&letter.raw)?)
            .bind(i64::try_from(letter.raw.len()).unwrap_or(i64::MAX))
            .bind(tx.workspace())
            .bind(letter.row)
            .execute(&mut **tx)
            .await?;
        let Some(touch) = &letter.touch else { continue };
        // An id may have been made of an address.
        sql::query("UPDATE message SET message_id = ? WHERE workspace_id = ? AND id = ?")
            .bind(touch.message.id.as_str())
            .bind(tx.workspace())
            .bind(letter.row)
            .execute(&mut **tx)
            .await?;
        anew.push((letter.row, NewMessage::reread(touch.clone())?));
    }
    rewrite(tx, &anew).await?;
    let sources: Vec<String> =
        sql::query_scalar("SELECT DISTINCT source FROM original WHERE workspace_id = ?")
            .bind(tx.workspace())
            .fetch_all(&mut **tx)
            .await?;
    for source in sources {
        let Some(left) = erasure.traces.blank(&source) else { continue };
        sql::query("UPDATE original SET source = ? WHERE workspace_id = ? AND source = ?")
            .bind(left)
            .bind(tx.workspace())
            .bind(source)
            .execute(&mut **tx)
            .await?;
    }
    // A thread of which nothing is left is known by nothing.
    sql::query(
        "DELETE FROM thread_node WHERE workspace_id = ?1 \
         AND NOT EXISTS (SELECT 1 FROM message m \
           WHERE m.workspace_id = ?1 AND m.thread_id = thread_node.thread_id)",
    )
    .bind(tx.workspace())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a letter out with all that was read of it. The last one leaves its number behind: what comes in
/// next must not be taken for a part of its thread.
pub(crate) async fn remove(tx: &mut Transaction, row: i64) -> Result<()> {
    for sql in [
        "DELETE FROM telling WHERE +workspace_id = ? AND message_id = ?",
        "DELETE FROM fact WHERE +workspace_id = ? AND message_id = ?",
        "DELETE FROM recipient WHERE +workspace_id = ? AND message_id = ?",
        "DELETE FROM message WHERE +workspace_id = ? AND id = ?",
    ] {
        sql::query(sql).bind(tx.workspace()).bind(row).execute(&mut **tx).await?;
    }
    let empty = ContentHash::of(format!("nothing in row {row}").as_bytes());
    let last: Option<i64> = sql::query_scalar(
        "SELECT id FROM original WHERE +workspace_id = ? ORDER BY id DESC LIMIT 1",
    )
    .bind(tx.workspace())
    .fetch_optional(&mut **tx)
    .await?;
    let query = if last == Some(row) {
        sql::query(
            "UPDATE original SET hash = ?, bytes = 0, source = '', content = ? \
             WHERE +workspace_id = ? AND id = ?",
        )
        .bind(empty.bytes())
        .bind(Vec::new())
    } else {
        sql::query("DELETE FROM original WHERE +workspace_id = ? AND id = ?")
    };
    query.bind(tx.workspace()).bind(row).execute(&mut **tx).await?;
    Ok(())
}

/// Takes out their addresses, with whatever an earlier reader had said of them.
pub(super) async fn take_out_addresses(
    tx: &mut Transaction,
    erasure: &Erasure,
    told: &mut BTreeMap<&'static str, Erased>,
) -> Result<()> {
    let all: Vec<(i64, String, String)> =
        sql::query_as("SELECT id, email, name FROM address WHERE workspace_id = ?")
            .bind(tx.workspace())
            .fetch_all(&mut **tx)
            .await?;
    let counts = told.entry("address").or_default();
    for (id, email, name) in all {
        let is_theirs = email.parse().is_ok_and(|email| erasure.traces.has(&email));
        if is_theirs {
            counts.gone += 1;
            for sql in [
                "UPDATE message SET from_id = NULL, from_name = '' WHERE workspace_id = ? AND from_id = ?",
                "DELETE FROM recipient WHERE workspace_id = ? AND address_id = ?",
                "DELETE FROM address WHERE +workspace_id = ? AND id = ?",
            ] {
                sql::query(sql).bind(tx.workspace()).bind(id).execute(&mut **tx).await?;
            }
        } else if let Some(left) = erasure.traces.blank(&name) {
            counts.changed += 1;
            sql::query("UPDATE address SET name = ? WHERE +workspace_id = ? AND id = ?")
                .bind(left)
                .bind(tx.workspace())
                .bind(id)
                .execute(&mut **tx)
                .await?;
        }
    }
    let facts: Vec<(i64, String, String, String)> =
        sql::query_as("SELECT id, email, details, quote FROM fact WHERE workspace_id = ?")
            .bind(tx.workspace())
            .fetch_all(&mut **tx)
            .await?;
    for (id, email, details, quote) in facts {
        let is_theirs = email.parse().is_ok_and(|email| erasure.traces.has(&email));
        if is_theirs || [details, quote].iter().any(|text| erasure.traces.blank(text).is_some()) {
            told.entry("fact").or_default().gone += 1;
            sql::query("DELETE FROM fact WHERE +workspace_id = ? AND id = ?")
                .bind(tx.workspace())
                .bind(id)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

/// Messages of which the words are read at once.
const LETTERS_AT_ONCE: i64 = 200;

/// Empties the index of words and fills it with those of the letters that are there.
pub(crate) async fn index_anew(tx: &mut Transaction, read: ReadMail) -> Result<()> {
    words::clear(tx).await?;
    let mut last = 0_i64;
    loop {
        let rows: Vec<(i64, Vec<u8>)> = sql::query_as(
            "SELECT m.id, o.content FROM message m JOIN original o ON o.id = m.id AND +o.workspace_id = m.workspace_id \
             WHERE +m.workspace_id = ? AND m.id > ? ORDER BY m.id LIMIT ?",
        )
        .bind(tx.workspace())
        .bind(last)
        .bind(LETTERS_AT_ONCE)
        .fetch_all(&mut **tx)
        .await?;
        let Some((row, _)) = rows.last() else { return Ok(()) };
        last = *row;
        let read = ReadMail::clone(&read);
        let messages = spawn_blocking(move || {
            let mut unpacker = Unpacker::new()?;
            let read =
                |(row, content): (i64, Vec<u8>)| Ok((row, read(&unpacker.unpack(&content)?)));
            rows.into_iter().map(read).collect::<Result<Vec<_>>>()
        });
        let messages = messages.await.map_err(|task| Error::damaged(task.to_string()))??;
        let messages: Vec<_> = messages.iter().map(|(row, message)| (*row, message)).collect();
        words::put(tx, &messages).await?;
    }
}

pub(super) async fn after(
    store: &Store,
    row: i64,
    letters_max: u32,
) -> Result<Vec<(i64, Option<MessageId>)>> {
    let rows: Vec<(i64, Option<String>)> = sql::query_as(
        "SELECT o.id, m.message_id FROM original o LEFT JOIN message m ON m.id = o.id AND +m.workspace_id = o.workspace_id \
         WHERE +o.workspace_id = ? AND o.id > ? AND o.bytes > 0 ORDER BY o.id LIMIT ?",
    )
    .bind(store.workspace)
    .bind(row)
    .bind(letters_max)
    .fetch_all(&store.readers)
    .await?;
    let read = |(row, id): (i64, Option<String>)| {
        let id = id.map(|id| MessageId::new(&id)).transpose();
        Ok((row, id.map_err(|_cause| Error::damaged(format!("the message in row {row}")))?))
    };
    rows.into_iter().map(read).collect()
}

pub(super) async fn names_beside(
    store: &Store,
    emails: &BTreeSet<EmailAddress>,
) -> Result<BTreeSet<String>> {
    let names: Vec<String> = sql::query_scalar(
        "WITH theirs AS (SELECT id FROM address WHERE workspace_id = ?1 \
           AND email IN (SELECT value FROM json_each(?2))) \
         SELECT name FROM address WHERE +workspace_id = ?1 AND id IN (SELECT id FROM theirs) \
         UNION SELECT from_name FROM message WHERE workspace_id = ?1 AND from_id IN (SELECT id FROM theirs) \
         UNION SELECT name FROM recipient WHERE workspace_id = ?1 AND address_id IN (SELECT id FROM theirs)",
    )
    .bind(store.workspace)
    .bind(list(emails))
    .fetch_all(&store.readers)
    .await?;
    Ok(names.into_iter().filter(|name| !name.trim().is_empty()).collect())
}
