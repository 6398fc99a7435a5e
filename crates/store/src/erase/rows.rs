//! One table, row by row: what goes, and what stays without what pointed to somebody.

use std::collections::BTreeMap;

use inroad_model::{Account, CalendarEvent, Contact, Deal, EmailAddress, Entry, Moment};
use serde_json::Value;

use super::cell::{Cell, cell_of};
use super::plan::{How, Kind, Table};
use super::{Erased, Erasure};
use crate::contact::content_of;
use crate::do_not_contact::NewListed;
use crate::original::{ContentHash, Unpacker, pack};
use crate::sql::{self, Connection, Transaction};
use crate::{Error, Result, Store, tables};

/// A value of a column as it is written back.
#[derive(Debug, Clone)]
enum Put {
    Text(String),
    Bytes(Vec<u8>),
}

/// What becomes of a row.
enum Row {
    Stays,
    Changes(Vec<(&'static str, Put)>),
    Goes,
}

/// Rows that are held at once.
const ROWS_AT_ONCE: i64 = 500;

/// The rows that do not stay as they are, by their keys.
async fn look(
    connection: &mut Connection,
    table: &'static Table,
    erasure: &Erasure,
) -> Result<Vec<(String, Row)>> {
    let looked_at: Vec<(&'static str, How)> = table
        .columns
        .iter()
        .filter(|(_, how)| !matches!(how, How::Nobody(_) | How::HashOfContent | How::WithLetters))
        .copied()
        .collect();
    // Nothing in it can point to anybody: its rows go with those that they belong to.
    if looked_at.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<&str> = looked_at.iter().map(|(name, _)| *name).collect();
    let query = format!(
        "SELECT CAST({key} AS TEXT), {names} FROM {table} WHERE workspace_id = ? \
         ORDER BY {key} LIMIT {ROWS_AT_ONCE} OFFSET ?",
        key = table.key,
        names = names.join(", "),
        table = table.name,
    );
    let mut unpacker = Unpacker::new()?;
    let mut found: Vec<(String, Row)> = Vec::new();
    let mut offset = 0_i64;
    loop {
        let rows = sql::query(sqlx::AssertSqlSafe(query.clone()))
            .bind(connection.workspace())
            .bind(offset)
            .fetch_all(&mut *connection)
            .await?;
        for row in &rows {
            let mut values = Vec::with_capacity(looked_at.len());
            for (at, (name, how)) in looked_at.iter().enumerate() {
                let value = match how {
                    How::Packed | How::PackedJson => {
                        let packed: Vec<u8> = row.try_get(at + 1)?;
                        String::from_utf8_lossy(&unpacker.unpack(&packed)?).into_owned()
                    }
                    _ => row.try_get(at + 1)?,
                };
                values.push((*name, *how, value));
            }
            match left_of(table, &values, erasure)? {
                Row::Stays => {}
                other => found.push((row.try_get(0)?, other)),
            }
        }
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) < ROWS_AT_ONCE {
            return Ok(found);
        }
        offset += ROWS_AT_ONCE;
    }
}

pub(super) async fn take_out(
    tx: &mut Transaction,
    table: &'static Table,
    erasure: &Erasure,
    told: &mut BTreeMap<&'static str, Erased>,
) -> Result<()> {
    let found = look(tx, table, erasure).await?;
    let counts = told.entry(table.name).or_default();
    let place = format!("WHERE workspace_id = ? AND CAST({} AS TEXT) = ?", table.key);
    for (key, row) in found {
        match row {
            Row::Stays => {}
            Row::Goes => {
                counts.gone += 1;
                // What went over a connection goes with it, whoever it went to.
                if table.name == "connection" {
                    sql::query("DELETE FROM outgoing WHERE workspace_id = ? AND connection_id = CAST(? AS BIGINT)")
                        .bind(tx.workspace())
                        .bind(&key)
                        .execute(&mut **tx)
                        .await?;
                }
                let sql = format!("DELETE FROM {} {place}", table.name);
                let query = sql::query(sqlx::AssertSqlSafe(sql));
                query.bind(tx.workspace()).bind(key).execute(&mut **tx).await?;
            }
            Row::Changes(puts) => {
                counts.changed += 1;
                change(tx, table, &key, puts).await?;
            }
        }
    }
    Ok(())
}

/// Writes a row anew. Two rows may be alike once what told them apart is gone; then one is enough.
async fn change(
    tx: &mut Transaction,
    table: &'static Table,
    key: &str,
    puts: Vec<(&'static str, Put)>,
) -> Result<()> {
    let set: Vec<String> = puts.iter().map(|(name, _)| format!("{name} = ?")).collect();
    let place = format!("WHERE workspace_id = ? AND CAST({} AS TEXT) = ?", table.key);
    let or = if tx.is_sqlite() { "OR REPLACE " } else { "" };
    let sql = format!("UPDATE {or}{} SET {} {place}", table.name, set.join(", "));
    let mut query = sql::query(sqlx::AssertSqlSafe(sql));
    for (_, put) in puts {
        query = match put {
            Put::Text(text) => query.bind(text),
            Put::Bytes(bytes) => query.bind(bytes),
        };
    }
    let query = query.bind(tx.workspace()).bind(key.to_owned());
    if tx.is_sqlite() {
        query.execute(&mut **tx).await?;
        return Ok(());
    }
    sql::query("SAVEPOINT changing").execute(&mut **tx).await?;
    match query.execute(&mut **tx).await {
        Ok(_done) => {
            sql::query("RELEASE SAVEPOINT changing").execute(&mut **tx).await?;
        }
        Err(sqlx::Error::Database(why)) if why.is_unique_violation() => {
            sql::query("ROLLBACK TO SAVEPOINT changing").execute(&mut **tx).await?;
            let sql = format!("DELETE FROM {} {place}", table.name);
            let query = sql::query(sqlx::AssertSqlSafe(sql));
            query.bind(tx.workspace()).bind(key.to_owned()).execute(&mut **tx).await?;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// Whether a column holds bytes: hashes and what is packed, for which JSON has no word.
fn holds_bytes(table: &Table, column: &str) -> bool {
    let known = tables::TABLES.iter().find(|known| known.name == table.name);
    let mut columns = known.into_iter().flat_map(|known| known.columns);
    columns.any(|known| known.name == column && known.kind == tables::Kind::Bytes)
}

/// The rows of a table that tell something of somebody, as JSON, without bytes.
pub(super) async fn concerning(
    store: &Store,
    table: &'static Table,
    erasure: &Erasure,
) -> Result<Vec<Value>> {
    let mut connection = store.readers.acquire().await?;
    let found = look(&mut connection, table, erasure).await?;
    let fields = table
        .columns
        .iter()
        .filter(|(_, how)| !matches!(how, How::HashOfContent | How::Packed | How::PackedJson))
        .filter(|(name, _)| !holds_bytes(table, name))
        .map(|(name, how)| match how {
            How::Json(_) => format!("'{name}', json({name})"),
            _ => format!("'{name}', {name}"),
        })
        .collect::<Vec<_>>();
    let sql = format!(
        "SELECT CAST(json_object({}) AS TEXT) FROM {} WHERE workspace_id = ? AND CAST({} AS TEXT) = ?",
        fields.join(", "),
        table.name,
        table.key
    );
    let mut rows = Vec::with_capacity(found.len());
    for (key, _) in found {
        let text: String = sql::query_scalar(sqlx::AssertSqlSafe(sql.clone()))
            .bind(store.workspace)
            .bind(key)
            .fetch_one(&mut connection)
            .await?;
        rows.push(serde_json::from_str(&text).map_err(|e| Error::damaged(e.to_string()))?);
    }
    Ok(rows)
}

fn left_of(
    table: &Table,
    values: &[(&'static str, How, String)],
    erasure: &Erasure,
) -> Result<Row> {
    let traces = &*erasure.traces;
    let mut puts: Vec<(&'static str, Put)> = Vec::new();
    for (name, how, text) in values {
        let is_address = || text.parse::<EmailAddress>().is_ok_and(|email| traces.has(&email));
        match how {
            How::Whose if is_address() => return Ok(Row::Goes),
            How::Naming if traces.blank(text).is_some() => return Ok(Row::Goes),
            How::Letter if is_gone(erasure, text) => return Ok(Row::Goes),
            How::Text => puts.extend(traces.blank(text).map(|left| (*name, Put::Text(left)))),
            How::Folder if traces.blank(text).is_some() => {
                puts.push((*name, Put::Text((erasure.folder_without_name)(text))));
            }
            How::Packed => {
                if let Some(left) = traces.blank(text) {
                    puts.push((*name, Put::Bytes(pack(left.as_bytes())?)));
                }
            }
            How::PackedJson if is_about_them(text, erasure) => return Ok(Row::Goes),
            How::Inverse if json_of(text, erasure)? != Cell::Same => {
                puts.push((*name, Put::Text(r#"{"undo":"nothing"}"#.to_owned())));
            }
            How::Json(kind) => match json_of(text, erasure)? {
                Cell::Same => {}
                Cell::Gone => return Ok(Row::Goes),
                Cell::Changed(left) => {
                    let Some(content) = kept_as(*kind, text, left, erasure)? else {
                        return Ok(Row::Goes);
                    };
                    if table.columns.iter().any(|(_, how)| *how == How::HashOfContent) {
                        let hash = ContentHash::of(content.as_bytes());
                        puts.push(("hash", Put::Bytes(hash.bytes().to_vec())));
                    }
                    puts.push((*name, Put::Text(content)));
                }
            },
            _ => {}
        }
    }
    Ok(if puts.is_empty() { Row::Stays } else { Row::Changes(puts) })
}

fn is_gone(erasure: &Erasure, text: &str) -> bool {
    let bare = text.trim_start_matches('<').trim_end_matches('>');
    erasure.ids_gone.iter().any(|id| id.as_str() == bare)
}

fn json_of(text: &str, erasure: &Erasure) -> Result<Cell> {
    let value: Value = serde_json::from_str(text)
        .map_err(|cause| Error::damaged(format!("a row that is no JSON: {cause}")))?;
    Ok(cell_of(&value, &*erasure.traces, &|text| is_gone(erasure, text)))
}

/// Whether anything in a text that should be JSON points to them.
fn is_about_them(text: &str, erasure: &Erasure) -> bool {
    match json_of(text, erasure) {
        Ok(cell) => cell != Cell::Same,
        Err(_no_json) => erasure.traces.blank(text).is_some(),
    }
}

/// What is left, written as its kind is written; `None` if it is none any more, or tells of nobody.
fn kept_as(kind: Kind, before: &str, left: Value, erasure: &Erasure) -> Result<Option<String>> {
    let text = left.to_string();
    Ok(match kind {
        Kind::Any => Some(text),
        // What else stands in it (while it did not count) is no part of the entry itself.
        Kind::Entry => serde_json::from_value::<Entry>(left).is_ok().then_some(text),
        // A lead without an address, of somebody who is called as they are, is taken for theirs.
        Kind::LeadEvent => {
            let was: Value = serde_json::from_str(before)
                .map_err(|cause| Error::damaged(format!("an event of a lead: {cause}")))?;
            let is_theirs = was.pointer("/lead/person").is_some_and(|person| {
                person["email"].is_null() && left.pointer("/lead/person") != Some(person)
            });
            (!is_theirs).then_some(text)
        }
        Kind::Deal => {
            serde_json::from_value::<Deal>(left).ok().map(|deal| content_of(&deal)).transpose()?
        }
        Kind::Account => serde_json::from_value::<Account>(left)
            .ok()
            .map(|kept| content_of(&kept))
            .transpose()?,
        Kind::Contact => {
            let kept = serde_json::from_value::<Contact>(left).ok();
            // A card that bore their name and nobody's address was theirs.
            let was: Contact = serde_json::from_str(before)
                .map_err(|cause| Error::damaged(format!("a contact: {cause}")))?;
            kept.filter(|kept| kept.name == was.name).map(|kept| content_of(&kept)).transpose()?
        }
        Kind::Event => {
            let was: CalendarEvent = serde_json::from_str(before)
                .map_err(|cause| Error::damaged(format!("a calendar entry: {cause}")))?;
            let others = |event: &CalendarEvent| {
                let all = event.attendees.iter().map(|attendee| &attendee.mailbox);
                let all = all.chain(event.organizer.as_ref());
                all.filter(|one| !erasure.ours.contains(&one.address)).count()
            };
            let kept = serde_json::from_value::<CalendarEvent>(left).ok();
            let is_with_others = |kept: &CalendarEvent| others(kept) > 0 || others(&was) == 0;
            kept.filter(is_with_others).map(|kept| content_of(&kept)).transpose()?
        }
    })
}

/// A lead of which the hand-over went goes with all that happened to it.
pub(super) async fn take_out_leads(tx: &mut Transaction) -> Result<()> {
    sql::query(
        "DELETE FROM lead WHERE workspace_id = ?1 AND id NOT IN (SELECT lead_id FROM lead_event \
         WHERE workspace_id = ?1 AND json_extract(content, '$.kind') = 'handed_over')",
    )
    .bind(tx.workspace())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lists what stands in their place.
pub(super) async fn list(tx: &mut Transaction, listed: &[NewListed], at: Moment) -> Result<()> {
    for one in listed {
        crate::do_not_contact::insert(tx, one, at).await?;
    }
    Ok(())
}
