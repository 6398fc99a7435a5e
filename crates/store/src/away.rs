//! When something that the user told did not count, kept in its own JSON: `"away": [[from, until], …]` in
//! microseconds. A past day asks for it, so it is never forgotten.

use std::collections::BTreeMap;

use inroad_model::{Away, Moment};
use serde::Deserialize;
use serde_json::Value;

use crate::message::moment;
use crate::sql::{self, Transaction};
use crate::{Error, Result};

/// Something that can be taken back and brought back.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told {
    /// An entry of the desk.
    Entry,
    /// An insight.
    Insight,
}

/// Brings back what was taken back, with the while in between. None is noted where time stood still or ran
/// backwards, as on a desk that shows a past day. Returns false if it was not taken back.
pub(crate) async fn bring_back(
    tx: &mut Transaction,
    told: Told,
    number: i64,
    at: Moment,
) -> Result<bool> {
    let (find, put) = match told {
        Told::Entry => (
            "SELECT withdrawn_at, content FROM entry \
             WHERE workspace_id = ? AND id = ? AND withdrawn_at IS NOT NULL",
            "UPDATE entry SET withdrawn_at = NULL, content = ? WHERE workspace_id = ? AND id = ?",
        ),
        Told::Insight => (
            "SELECT withdrawn_at, content FROM insight \
             WHERE workspace_id = ? AND id = ? AND withdrawn_at IS NOT NULL",
            "UPDATE insight SET withdrawn_at = NULL, content = ? WHERE workspace_id = ? AND id = ?",
        ),
    };
    let row: Option<(i64, String)> =
        sql::query_as(find).bind(tx.workspace()).bind(number).fetch_optional(&mut **tx).await?;
    let Some((withdrawn_at, mut content)) = row else { return Ok(false) };
    let at = at.timestamp().as_microsecond();
    if withdrawn_at < at {
        content = with_while(&content, (withdrawn_at, at))?;
    }
    sql::query(put).bind(content).bind(tx.workspace()).bind(number).execute(&mut **tx).await?;
    Ok(true)
}

/// The same with one more while in which it did not count.
fn with_while(content: &str, (from, until): (i64, i64)) -> Result<String> {
    let damaged = |e: serde_json::Error| Error::damaged(format!("what was told: {e}"));
    let mut fields: BTreeMap<String, Value> = serde_json::from_str(content).map_err(damaged)?;
    let away = fields.entry("away".to_owned()).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(whiles) = away {
        whiles.push(Value::from(vec![from, until]));
    }
    serde_json::to_string(&fields).map_err(damaged)
}

/// Whether it did not count at a moment, since it had been taken back and was brought back later.
pub(crate) fn covers(content: &str, at: Moment) -> Result<bool> {
    // Hardly anything ever was.
    if !content.contains("\"away\"") {
        return Ok(false);
    }
    Ok(read(content)?.iter().any(|away| away.from <= at && at < away.until))
}

/// When that did not count of which this is the JSON.
pub(crate) fn read(content: &str) -> Result<Vec<Away>> {
    #[derive(Deserialize)]
    struct Kept {
        #[serde(default)]
        away: Vec<(i64, i64)>,
    }
    let kept: Kept =
        serde_json::from_str(content).map_err(|e| Error::damaged(format!("what was told: {e}")))?;
    let away = kept.away.into_iter();
    away.map(|(from, until)| Ok(Away { from: moment(from, 0)?, until: moment(until, 0)? }))
        .collect()
}
