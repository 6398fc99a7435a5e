//! A found message as it is shown: its subject and the words around what was found, without private
//! ones. Texts are unpacked here and nowhere else in a search.

use inroad_ingest::Limits;
use inroad_ingest::mail::parse_message;
use inroad_model::{Mailbox, MessageId, Moment};
use inroad_store::MessageLine;
use serde::Serialize;

use super::pattern::{Marked, Pattern, line_of};
use super::snippet::{discreet, snippet};
use crate::Result;
use crate::inroad::Inroad;

/// One message that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundMessage {
    /// The message.
    pub message: MessageId,
    /// When it was written.
    pub date: Option<Moment>,
    /// Who wrote it.
    pub from: Option<Mailbox>,
    /// What about; without private words, and empty where nothing else stands there.
    pub subject: Marked,
    /// The words around what was found, without private ones; `None` where nothing may be shown.
    pub snippet: Option<Marked>,
}

impl Inroad {
    pub(super) async fn shown(
        &self,
        line: MessageLine,
        patterns: &[Pattern],
    ) -> Result<FoundMessage> {
        Ok(FoundMessage {
            snippet: self.words_around(&line, patterns).await?,
            subject: discreet(&line.subject, patterns),
            message: line.message,
            date: line.date,
            from: line.from,
        })
    }

    /// The words around what was found; how a letter begins, where its subject and its people
    /// hold all that was looked for.
    async fn words_around(
        &self,
        line: &MessageLine,
        patterns: &[Pattern],
    ) -> Result<Option<Marked>> {
        let text = line_of(&line.new_text);
        if patterns.is_empty() || patterns.iter().any(|pattern| pattern.is_in(&text)) {
            return Ok(snippet(&line.new_text, patterns, &line.ill));
        }
        let told = line_of(&format!("{} {}", line.subject, people_words(line)));
        if patterns.iter().all(|pattern| pattern.is_in(&told)) {
            return Ok(snippet(&line.new_text, &[], &line.ill));
        }
        // What the letter quotes, or mail of which no text is kept beside the original.
        let Some(raw) = self.store.original(line.row).await? else { return Ok(None) };
        let (message, _) = parse_message(&raw, &Limits::default());
        Ok(snippet(&message.text, patterns, &line.ill))
    }
}

/// The words by which a message is found, as far as its row holds them.
pub(super) fn words_of(line: &MessageLine) -> String {
    format!("{} {} {}", line.subject, people_words(line), line.new_text)
}

fn people_words(line: &MessageLine) -> String {
    let from = line.from.as_ref().map_or_else(String::new, ToString::to_string);
    format!("{from} {}", line.to)
}
