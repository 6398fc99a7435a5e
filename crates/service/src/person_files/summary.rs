//! The page of words in front of the files: what is held, where it came from, and what was concluded.

use std::collections::BTreeMap;
use std::fmt::Write;

use inroad_model::{EmailAddress, Moment};
use serde_json::Value;

use super::{LetterLine, PersonExport};
use crate::erase::Whom;

/// Letters that are listed; all of them stand in `person.json`.
const LETTERS_MAX: usize = 200;

/// What stands in a table, and where it comes from.
const TABLES: [(&str, &str); 17] = [
    ("account", "Firms, as exports and the user describe them"),
    ("contact", "Cards of address books and rows of exports"),
    ("correction", "Sentences of which the user said how they are to be read"),
    ("deal", "Deals with a seat or a word of theirs, as typed or taken from an export"),
    ("deed", "What the user did, as the history says it"),
    ("do_not_contact", "Lists of whom not to write to"),
    ("entry", "Notes, plans and tags that the user wrote"),
    ("event", "Entries of the user's calendar"),
    ("ideal_client", "Whom the user helps best"),
    ("import_issue", "Faults of imported files"),
    ("insight", "What the user told of them"),
    ("lesson", "What finished deals taught"),
    ("overruling", "Where the user decided otherwise than advised"),
    ("page", "Pages about firms that the user kept"),
    ("same_person", "Which addresses the user said are one person's"),
    ("second_reading", "What a language model made of letters, where the user had it asked"),
    ("telling", "What was read of letters: statements, and what sentences tell"),
];

pub(super) fn of(
    export: &PersonExport,
    whom: &Whom,
    rows: &BTreeMap<&'static str, Vec<Value>>,
    letters: &[LetterLine],
    concluded: &Value,
    at: Moment,
) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _never = write(&mut text, export, whom, rows, letters, concluded, at);
    text
}

fn write(
    text: &mut String,
    export: &PersonExport,
    whom: &Whom,
    rows: &BTreeMap<&'static str, Vec<Value>>,
    letters: &[LetterLine],
    concluded: &Value,
    at: Moment,
) -> std::fmt::Result {
    writeln!(text, "# What is held about you\n\nAs of {}.\n", at.date().strftime("%-d %B %Y"))?;
    writeln!(text, "- Addresses: {}", list(whom.emails.iter().map(EmailAddress::as_str)))?;
    if !whom.names.is_empty() {
        writeln!(text, "- Names: {}", list(whom.names.iter().map(String::as_str)))?;
    }
    match &export.not_contacted {
        Some(why) => writeln!(text, "- Nobody is to write to you: {}", on_one_line(why))?,
        None => writeln!(text, "- You are on no list of people not to be written to")?,
    }
    writeln!(
        text,
        "\nAll of it, word for word, stands in `person.json`; letters lie in `letters`."
    )?;
    writeln!(text, "\n## What was written down\n")?;
    for (table, rows) in rows {
        let noun = TABLES.iter().find(|(name, _)| name == table).map_or(*table, |(_, noun)| noun);
        writeln!(text, "- {noun}: {}", rows.len())?;
    }
    writeln!(text, "\n## Letters\n\n{} in all.\n", export.letters)?;
    for letter in letters.iter().take(LETTERS_MAX) {
        let day = letter.date.map_or("undated".to_owned(), |at| at.date().to_string());
        let from = letter.from.as_deref().unwrap_or("nobody named");
        let subject = on_one_line(&letter.subject);
        writeln!(
            text,
            "- {day}, from {}: {subject} ({}; {})",
            on_one_line(from),
            letter.why,
            letter.file
        )?;
    }
    writeln!(text, "\n## What was concluded\n")?;
    let deals = concluded.get("deals").and_then(Value::as_array);
    match deals.filter(|deals| !deals.is_empty()) {
        None => writeln!(text, "Nothing of a deal.")?,
        Some(deals) => {
            for deal in deals {
                let word = |name: &str| deal.get(name).and_then(Value::as_str).unwrap_or("unknown");
                writeln!(
                    text,
                    "- Deal {}: {}. Your part in it, with what shows it, stands in `person.json` under `concluded`.",
                    on_one_line(word("deal")),
                    word("state")
                )?;
            }
        }
    }
    Ok(())
}

fn list<'t>(words: impl Iterator<Item = &'t str>) -> String {
    words.map(on_one_line).collect::<Vec<_>>().join(", ")
}

/// Words on one line, in which nothing is a mark of Markdown.
fn on_one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::with_capacity(line.len());
    for c in line.chars() {
        if "\\`*_[]<>#|".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
