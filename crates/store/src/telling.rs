//! What a review asks of the texts of messages, taken down when they came in, and the texts
//! themselves for the few that it has to read again.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{Gist, MessageId, Nature, Touch};
use sqlx::{QueryBuilder, Sqlite, Transaction};

use crate::database::WORKSPACE;
use crate::import::NewMessage;
use crate::message::json_list;
use crate::original::Unpacker;
use crate::{Error, Result, Store};

/// Rows per statement, as in an import.
const ROWS_PER_STATEMENT: usize = 200;

/// Whether a message can tell something about a deal.
fn tells(touch: &Touch) -> bool {
    let to_many =
        matches!(touch.message.nature, Nature::MailingList { .. } | Nature::Newsletter { .. });
    !to_many || !touch.facts.is_empty()
}

/// The gist of a row; `None` where it was not taken down.
pub(crate) fn gist_of(words: Option<i64>, names: Option<&str>) -> Option<Gist> {
    let words = usize::try_from(words?).ok()?;
    let names = names?.lines().map(Into::into).collect();
    Some(Gist { words, names })
}

pub(crate) async fn insert_telling(
    tx: &mut Transaction<'_, Sqlite>,
    rows: &[(i64, NewMessage)],
) -> Result<()> {
    let telling: Vec<(i64, &Touch)> =
        rows.iter().map(|(id, new)| (*id, new.touch())).filter(|(_, touch)| tells(touch)).collect();
    for chunk in telling.chunks(ROWS_PER_STATEMENT) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO telling (message_id, workspace_id, sent_at, words, names) ",
        );
        query.push_values(chunk, |mut row, (id, touch)| {
            let gist = touch.gist.as_ref();
            row.push_bind(*id)
                .push_bind(WORKSPACE)
                .push_bind(touch.date().map(|date| date.timestamp().as_microsecond()))
                .push_bind(gist.map(|gist| i64::try_from(gist.words).unwrap_or(i64::MAX)))
                .push_bind(gist.map(|gist| gist.names.join("\n")));
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

impl Store {
    /// What the writers of some letters added: [`Touch::new_text`] where it was left in the file.
    ///
    /// # Errors
    /// [`Error::Damaged`] if a row cannot be unpacked, [`Error::Database`].
    pub async fn texts(&self, ids: &BTreeSet<&MessageId>) -> Result<BTreeMap<MessageId, String>> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
            "SELECT message_id, new_text FROM message \
             WHERE workspace_id = ? AND message_id IN (SELECT value FROM json_each(?))",
        )
        .bind(WORKSPACE)
        .bind(json_list(ids)?)
        .fetch_all(&self.readers)
        .await?;
        let mut unpacker = Unpacker::new()?;
        rows.into_iter()
            .map(|(id, packed)| {
                let text = unpacker.unpack_text(&packed, &id)?;
                let id = MessageId::new(&id)
                    .map_err(|_cause| Error::damaged(format!("the message {id}")))?;
                Ok((id, text))
            })
            .collect()
    }
}
