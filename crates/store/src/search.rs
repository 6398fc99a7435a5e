//! Full-text search over every message, by the database's own index.

use crate::database::WORKSPACE;
use crate::{Result, Store};

/// A message that holds the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The message's row.
    pub row: i64,
    /// Its thread.
    pub thread: i64,
}

/// Nobody types more words into a search box; longer input is cut.
const WORDS_MAX: usize = 32;

impl Store {
    /// The newest messages that hold all the words, in any case and with or without accents.
    /// Words in double quotes must stand side by side; the last word may be unfinished.
    ///
    /// `limit` is the number of hits, newest first. No words, no hits.
    pub async fn search(&self, words: &str, limit: u32) -> Result<Vec<Hit>> {
        let Some(query) = to_query(words) else { return Ok(Vec::new()) };
        // Rows come in by time of import; the newest row first is near enough to pick
        // candidates from a word that stands in every mail, and they are sorted by date after.
        let hits: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT m.id, m.thread_id FROM \
               (SELECT rowid FROM message_words WHERE message_words MATCH ?1 \
                ORDER BY rowid DESC LIMIT ?2) w \
             JOIN message m ON m.id = w.rowid WHERE m.workspace_id = ?3 \
             ORDER BY m.sent_at DESC NULLS LAST, m.id DESC LIMIT ?4",
        )
        .bind(query)
        .bind(i64::from(limit.max(CANDIDATES)))
        .bind(WORKSPACE)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        Ok(hits.into_iter().map(|(row, thread)| Hit { row, thread }).collect())
    }
}

/// How many hits are looked at before the newest are taken.
const CANDIDATES: u32 = 2000;

/// The words as an FTS5 query in which nothing but words and phrases has a meaning.
fn to_query(words: &str) -> Option<String> {
    let mut terms: Vec<String> = Vec::new();
    for (n, piece) in words.split('"').enumerate() {
        let quoted = n % 2 == 1;
        let clean = |text: &str| text.replace(['"', '\0'], " ");
        if quoted && piece.chars().any(char::is_alphanumeric) {
            terms.push(format!("\"{}\"", clean(piece)));
        } else {
            let single = piece.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric));
            terms.extend(single.map(|word| format!("\"{}\"", clean(word))));
        }
    }
    terms.truncate(WORDS_MAX);
    let last_open = !words.ends_with([' ', '"']);
    if let (true, Some(last)) = (last_open, terms.last_mut()) {
        last.push('*');
    }
    (!terms.is_empty()).then(|| terms.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, query: Option<&str>) {
        assert_eq!(to_query(words).as_deref(), query);
    }

    #[test]
    fn words_become_terms() {
        check("", None);
        check(" - \" ", None);
        check("offer", Some("\"offer\"*"));
        check("annual offer ", Some("\"annual\" \"offer\""));
        check("\"annual offer\" jana", Some("\"annual offer\" \"jana\"*"));
        check("a AND NOT b*", Some("\"a\" \"AND\" \"NOT\" \"b*\"*"));
    }
}
