//! When something that the user told did not count, kept in its own JSON: `"away": [[from, until], …]` in
//! microseconds. A past day asks for it, so it is never forgotten.

use inroad_model::{Away, Moment};
use serde::Deserialize;
use sqlx::{Sqlite, Transaction};

use crate::database::WORKSPACE;
use crate::message::moment;
use crate::{Error, Result};

/// Something that can be taken back and brought back.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told {
    /// An entry of the desk.
    Entry,
    /// An insight.
    Insight,
}

/// The while that ends now is noted; the same of a table of either kind. None is noted where time
/// stood still or ran backwards, as on a desk that shows a past day.
macro_rules! bring_back {
    ($table:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET withdrawn_at = NULL, content = CASE WHEN withdrawn_at < ?1 THEN \
               json_set(content, '$.away', json(json_insert( \
                 COALESCE(json_extract(content, '$.away'), '[]'), '$[#]', \
                 json_array(withdrawn_at, ?1)))) ELSE content END \
             WHERE workspace_id = ?2 AND id = ?3 AND withdrawn_at IS NOT NULL"
        )
    };
}

/// Lets something count again from a moment on. Returns whether it had been taken back.
pub(crate) async fn bring_back(
    tx: &mut Transaction<'_, Sqlite>,
    told: Told,
    number: i64,
    at: Moment,
) -> Result<bool> {
    let sql = match told {
        Told::Entry => bring_back!("entry"),
        Told::Insight => bring_back!("insight"),
    };
    let done = sqlx::query(sql)
        .bind(at.timestamp().as_microsecond())
        .bind(WORKSPACE)
        .bind(number)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
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
