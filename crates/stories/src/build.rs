//! A story as the files that the program reads.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::json;

use crate::letter::{self, address, moment};
use crate::story::{Letter, Story};

/// What stands in the files, and what is needed to look quotes up.
#[derive(Debug, Clone)]
pub struct Built {
    /// `mail.mbox`.
    pub mail: String,
    /// `deals.json`.
    pub deals: String,
    /// `truth.json`.
    pub truth: String,
    /// The text of each message and each day's notes with white space folded, by the name that a
    /// review gives it: a Message-ID without brackets, or `note:DAY`.
    pub sources: BTreeMap<String, String>,
}

/// Turns a story into files. The same story gives the same bytes.
pub fn build(story: &Story) -> Built {
    let sent = |letter: &Letter| moment(&letter.date);
    let by_id: BTreeMap<&str, &Letter> =
        story.mail.iter().map(|letter| (letter.id.as_str(), letter)).collect();
    let mut letters: Vec<&Letter> = story.mail.iter().collect();
    letters.sort_by_key(|letter| sent(letter));
    let mut mail = String::new();
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    for letter in letters {
        let id = message_id(story, letter);
        let mut answers = Vec::new();
        let mut last = letter;
        // A story answers no mail by itself, but one that was not checked might.
        while let Some(first) = last.reply_to_id.as_deref().and_then(|id| by_id.get(id)) {
            if answers.len() >= story.mail.len() {
                break;
            }
            answers.insert(0, format!("<{}>", message_id(story, first)));
            last = first;
        }
        let parted = moment(&letter.date).map(|at| {
            let at = jiff::tz::Offset::UTC.to_datetime(at.timestamp());
            at.strftime("%a %b %e %H:%M:%S %Y").to_string()
        });
        let parted = parted.unwrap_or_default();
        // To a text nothing can go wrong.
        let _ = writeln!(mail, "From {} {parted}", address(&letter.from));
        mail.push_str(&letter::write(letter, &id, &answers));
        mail.push('\n');
        sources.insert(id, folded(&letter.body));
    }
    for note in story.deals.iter().flat_map(|deal| &deal.notes) {
        let text = sources.entry(format!("note:{}", note.date)).or_default();
        text.push(' ');
        text.push_str(&folded(&note.text));
    }
    let deals = json!({
        "me": story.me, "colleagues": story.colleagues, "as_of": story.as_of, "deals": story.deals,
    });
    let truth = json!({"as_of": story.as_of, "deals": story.truth.deals});
    Built { mail, deals: format!("{deals:#}\n"), truth: format!("{truth:#}\n"), sources }
}

pub(crate) fn message_id(story: &Story, letter: &Letter) -> String {
    let domain = address(&letter.from).rsplit_once('@').map_or("none.example", |(_, d)| d);
    format!("{}.{}@{domain}", letter.id, story.slug)
}

/// White space folded, as quotes are compared.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
