//! What a review looks at: every message that can tell something, without its texts, and the texts
//! themselves for the few that it has to read again.
//!
//! To fetch a row costs more than to read it, so many messages come as one text, a line each.

mod kept;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use inroad_model::{MessageId, Nature, Touch};
use tokio::task::spawn_blocking;

use self::kept::{Kept, Wanted};
use crate::database::READERS;
use crate::import::NewMessage;
use crate::original::Unpacker;
use crate::sql::{self, Builder, List, Transaction, list};
use crate::{Concerning, Error, Result, Store};

/// Rows per statement, as in an import.
const ROWS_PER_STATEMENT: usize = 200;

/// Whether a message can tell something about a deal.
fn tells(touch: &Touch) -> bool {
    let to_many =
        matches!(touch.message.nature, Nature::MailingList { .. } | Nature::Newsletter { .. });
    !to_many || !touch.facts.is_empty()
}

/// The line of a message; `None` if it can tell nothing.
pub(crate) fn telling_line(touch: &Touch) -> Result<Option<String>> {
    tells(touch).then(|| Kept::line_of(touch)).transpose()
}

pub(crate) async fn insert_telling(tx: &mut Transaction, rows: &[(i64, NewMessage)]) -> Result<()> {
    let telling: Vec<(i64, &Touch)> =
        rows.iter().map(|(id, new)| (*id, new.touch())).filter(|(_, touch)| tells(touch)).collect();
    for chunk in telling.chunks(ROWS_PER_STATEMENT) {
        let lines =
            chunk.iter().map(|(_, touch)| Kept::line_of(touch)).collect::<Result<Vec<_>>>()?;
        let mut query =
            Builder::new("INSERT INTO telling (message_id, workspace_id, sent_at, touch) ");
        query.push_values(chunk.iter().zip(&lines), |mut row, ((id, touch), line)| {
            row.push_bind(*id)
                .push_bind(tx.workspace())
                .push_bind(touch.date().map(|date| date.timestamp().as_microsecond()))
                .push_bind(line.as_str());
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// Messages that are fetched as one text.
const ROWS_AT_A_TIME: usize = 1024;
/// Up to so many addresses and domains their messages are looked for whatever there is beside them.
const WANTED_FEW_MAX: usize = 50;
/// Where there is one of them to so many messages, or more, nearly everything is about one of them, and it is not
/// worth looking for their messages.
const MESSAGES_A_WANTED_MIN: usize = 64;
/// A message that is fetched by itself costs as much as so many that lie side by side, with reading that most of
/// those are about nobody who is wanted.
const SIDE_BY_SIDE: usize = 4;

/// Which rows come as one text.
enum Piece {
    /// All between two, both included.
    Between(i64, i64),
    /// These, as a JSON list.
    These(List),
}

impl Store {
    /// What was read of the messages from, to or about some people, without mail to lists and
    /// newsletters that states nothing: most mailboxes hold far more of it than of letters. In no
    /// particular order. The texts of those with a gist are left in the file, see [`Store::texts`].
    ///
    /// # Errors
    /// [`Error::Damaged`] if a row cannot be read, [`Error::Database`].
    pub async fn telling(&self, concerning: &Concerning) -> Result<Vec<Touch>> {
        let wanted = Arc::new(Wanted {
            emails: concerning.emails.iter().map(|email| email.as_str().to_owned()).collect(),
            hosts: self.hosts_at(&concerning.domains).await?,
        });
        let read = |piece: Piece| {
            let wanted = Arc::clone(&wanted);
            async move {
                let lines = self.lines(&piece, concerning.until()).await?;
                let read = spawn_blocking(move || read_lines(&lines, &wanted)).await;
                read.map_err(|stopped| Error::damaged(stopped.to_string()))?
            }
        };
        let pieces = self.pieces(concerning).await?;
        let pieces: Vec<Vec<Touch>> = stream::iter(pieces.into_iter().map(read))
            .buffered(READERS as usize)
            .try_collect()
            .await?;
        let mut touches: Vec<Touch> = pieces.into_iter().flatten().collect();
        self.add_texts_without_gist(&mut touches).await?;
        Ok(touches)
    }

    /// Rows of older files may have no gist.
    async fn add_texts_without_gist(&self, touches: &mut [Touch]) -> Result<()> {
        let without = || touches.iter().filter(|touch| touch.gist.is_none());
        let mut texts = self.texts(&without().map(|touch| &touch.message.id).collect()).await?;
        for touch in touches.iter_mut().filter(|touch| touch.gist.is_none()) {
            touch.new_text = Some(texts.remove(&touch.message.id).unwrap_or_default());
        }
        Ok(())
    }

    /// The cheaper of two ways: the messages of those who are wanted, so that what it costs does not grow with all the
    /// others; or everything, where most of it is about them.
    async fn pieces(&self, concerning: &Concerning) -> Result<Vec<Piece>> {
        let (last,): (Option<i64>,) = sql::query_as(
            "SELECT (SELECT message_id FROM telling WHERE +workspace_id = ? \
                 ORDER BY message_id DESC LIMIT 1)",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        let last = last.unwrap_or(0);
        let all = usize::try_from(last).unwrap_or(usize::MAX);
        let wanted = concerning.emails.len() + concerning.domains.len();
        if wanted <= WANTED_FEW_MAX.max(all / MESSAGES_A_WANTED_MIN) {
            let rows = self.message_rows_of(concerning).await?;
            if wanted <= WANTED_FEW_MAX || rows.len() < all / SIDE_BY_SIDE {
                let chunks = rows.chunks(ROWS_AT_A_TIME);
                return chunks.map(|rows| Ok(Piece::These(list(rows)))).collect();
            }
        }
        let starts = (1..=last).step_by(ROWS_AT_A_TIME);
        let to = |start: i64| start.saturating_add_unsigned(ROWS_AT_A_TIME as u64 - 1);
        Ok(starts.map(|start| Piece::Between(start, to(start))).collect())
    }

    /// The lines of a piece, one below the other.
    async fn lines(&self, piece: &Piece, (until, undated): (i64, i64)) -> Result<String> {
        const BETWEEN: &str = "SELECT group_concat(touch, char(10) ORDER BY message_id) FROM telling \
             WHERE message_id BETWEEN ?4 AND ?5 AND workspace_id = ?1 \
               AND COALESCE(sent_at, ?3) <= ?2";
        const THESE: &str = "SELECT group_concat(touch, char(10) ORDER BY message_id) FROM telling \
             WHERE message_id IN (SELECT value FROM json_each(?4)) AND workspace_id = ?1 \
               AND COALESCE(sent_at, ?3) <= ?2";
        let of_until = |sql| {
            sql::query_as::<(Option<String>,)>(sql).bind(self.workspace).bind(until).bind(undated)
        };
        let query = match piece {
            Piece::Between(first, last) => of_until(BETWEEN).bind(*first).bind(*last),
            Piece::These(list) => of_until(THESE).bind(list),
        };
        let (lines,) = query.fetch_one(&self.readers).await?;
        Ok(lines.unwrap_or_default())
    }

    /// What the writers of some letters added: [`Touch::new_text`] where it was left in the file.
    ///
    /// # Errors
    /// [`Error::Damaged`] if a row cannot be unpacked, [`Error::Database`].
    pub async fn texts(&self, ids: &BTreeSet<&MessageId>) -> Result<BTreeMap<MessageId, String>> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows: Vec<(String, Vec<u8>)> = sql::query_as(
            "SELECT message_id, new_text FROM message \
             WHERE workspace_id = ? AND message_id IN (SELECT value FROM json_each(?))",
        )
        .bind(self.workspace)
        .bind(list(ids))
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

fn read_lines(lines: &str, wanted: &Wanted) -> Result<Vec<Touch>> {
    let mut touches = Vec::new();
    for line in lines.lines() {
        let kept = Kept::read(line)?;
        if kept.concerns(wanted) {
            touches.push(kept.into_touch()?);
        }
    }
    Ok(touches)
}
