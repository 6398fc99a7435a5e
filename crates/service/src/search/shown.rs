//! A found message as it is shown: its subject and the words around what was found, without private
//! ones. Texts are unpacked here and nowhere else in a search.

use std::collections::BTreeMap;

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
    /// What is shown of some messages.
    pub(super) async fn shown(
        &self,
        lines: Vec<MessageLine>,
        patterns: &[Pattern],
    ) -> Result<Vec<FoundMessage>> {
        let around: Vec<Around> = lines.iter().map(|line| around(line, patterns)).collect();
        let wanted = lines.iter().zip(&around);
        let wanted = wanted.filter(|(_, around)| **around == Around::InOriginal);
        let wanted: Vec<i64> = wanted.map(|(line, _)| line.row).collect();
        let originals =
            if wanted.is_empty() { BTreeMap::new() } else { self.store.originals(&wanted).await? };
        let show = |(line, around): (MessageLine, Around)| FoundMessage {
            snippet: match around {
                Around::Snippet(snippet) => snippet,
                Around::InOriginal => originals.get(&line.row).and_then(|raw| {
                    let (message, _) = parse_message(raw, &Limits::default());
                    snippet(&message.text, patterns, &line.ill)
                }),
            },
            subject: discreet(&line.subject, patterns),
            message: line.message,
            date: line.date,
            from: line.from,
        };
        Ok(lines.into_iter().zip(around).map(show).collect())
    }
}

/// The words around what was found.
#[derive(Debug, PartialEq)]
enum Around {
    /// These; none where nothing may be shown.
    Snippet(Option<Marked>),
    /// They stand in what the letter quotes, or in mail of which no text is kept beside the
    /// original.
    InOriginal,
}

/// The words around what was found in a letter's own text; how it begins, where its subject and
/// its people hold all that was looked for.
fn around(line: &MessageLine, patterns: &[Pattern]) -> Around {
    let text = line_of(&line.new_text);
    if patterns.is_empty() || patterns.iter().any(|pattern| pattern.is_in(&text)) {
        return Around::Snippet(snippet(&line.new_text, patterns, &line.ill));
    }
    let told = line_of(&format!("{} {}", line.subject, people_words(line)));
    if patterns.iter().all(|pattern| pattern.is_in(&told)) {
        return Around::Snippet(snippet(&line.new_text, &[], &line.ill));
    }
    Around::InOriginal
}

/// The words by which a message is found, as far as its row holds them.
pub(super) fn words_of(line: &MessageLine) -> String {
    format!("{} {} {}", line.subject, people_words(line), line.new_text)
}

fn people_words(line: &MessageLine) -> String {
    let from = line.from.as_ref().map_or_else(String::new, ToString::to_string);
    format!("{from} {}", line.to)
}
