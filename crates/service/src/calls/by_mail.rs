//! Notes by mail: a letter that the user wrote to nobody but themselves, as one does from a telephone, becomes a
//! note of the deal that its subject names, or of which it names a person's address.
//!
//! One that names no deal waits until the user says of which it is, or lays it to rest.

use std::collections::BTreeSet;

use inroad_model::{Channel, EmailAddress, Entry, EntryNumber, MessageId, Moment, Remark, Subject};
use inroad_store::LetterToSelf;
use serde::{Deserialize, Serialize};

use super::whose::{Named, named};
use crate::deeds::Done;
use crate::inroad::Inroad;
use crate::looked::UpTo;
use crate::{Error, Result};

/// The setting under which it stands how far they were read, and which wait.
const SETTING: &str = "notes_by_mail";
/// So many are read at once.
const LETTERS_AT_ONCE: u32 = 200;
/// One that waits longer waits for nothing.
const WAITS_DAYS_MAX: f64 = 30.0;
/// Of more than these the latest wait.
const WAITING_MAX: usize = 200;
/// A title is cut here.
const TITLE_CHARS_MAX: usize = 120;
/// What stands at the end of a text that was cut.
const CUT: char = '…';

/// How far letters to oneself were read, by their rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    read_to: i64,
    /// Those that name no deal: when each was written, in seconds, and its row.
    #[serde(default)]
    waiting: BTreeSet<(i64, i64)>,
    /// Behind the last of them there was none up to there, from one's addresses as they were.
    #[serde(default)]
    none_up_to: Option<UpTo>,
}

/// A note by mail that names no deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingNote {
    /// The letter.
    pub id: MessageId,
    /// From which address of the user's.
    pub from: EmailAddress,
    /// When it was written.
    pub at: Moment,
    /// Its subject, or how it begins.
    pub title: String,
}

impl Inroad {
    /// Makes notes of letters to oneself that came in. Returns how many.
    pub(crate) async fn take_notes_by_mail(&self, now: Moment) -> Result<usize> {
        let own = self.own_addresses().await?;
        if own.is_empty() {
            return Ok(0);
        }
        let mut kept: Kept = self.store.setting(SETTING).await?.unwrap_or_default();
        let mut taken = 0;
        let end = self.end_of_mail(&own).await?;
        loop {
            let none_up_to = kept.none_up_to.as_ref().filter(|none| none.leads_to(&end));
            let from = none_up_to.map_or(0, |none| none.row).max(kept.read_to);
            let some = self.store.letters_to_self(&own, from, LETTERS_AT_ONCE).await?;
            let Some(last) = some.last().map(|letter| letter.row) else {
                if kept.none_up_to.as_ref() != Some(&end) {
                    kept.none_up_to = Some(end);
                    self.store.set_setting(SETTING, &kept).await?;
                }
                return Ok(taken);
            };
            let deals = self.store.deals().await?;
            for letter in &some {
                match named(&deals, &letter.subject, &letter.text) {
                    Named::Deal(id) => {
                        let about = Subject::Deal(id);
                        taken += usize::from(self.note_down(letter, about, now).await?);
                    }
                    Named::None | Named::Several(_) => {
                        let at = letter.at.map(|at| (at.timestamp().as_second(), letter.row));
                        kept.waiting.extend(at);
                    }
                }
            }
            while kept.waiting.len() > WAITING_MAX {
                kept.waiting.pop_first();
            }
            kept.read_to = last;
            self.store.set_setting(SETTING, &kept).await?;
        }
    }

    /// Keeps a letter as a note, unless it was one already: what was taken back does not come again.
    async fn note_down(&self, letter: &LetterToSelf, about: Subject, now: Moment) -> Result<bool> {
        let Some(entry) = entry_of(letter, now) else { return Ok(false) };
        // The program may have been stopped before it could tell how far it read.
        let all = self.store.entries().await?;
        if all.iter().any(|one| one.about == about && one.entry == entry) {
            return Ok(false);
        }
        self.write_down(about, entry, now).await?;
        Ok(true)
    }

    /// Notes by mail that wait for a deal, the latest first.
    ///
    /// # Errors
    /// Of the data file.
    pub async fn waiting_notes(&self, now: Moment) -> Result<Vec<WaitingNote>> {
        let own = self.own_addresses().await?;
        let Some(from) = own.first() else { return Ok(Vec::new()) };
        let note = |letter: LetterToSelf| {
            let begins = || letter.text.lines().find(|line| !line.trim().is_empty());
            let subject = Some(letter.subject.trim()).filter(|subject| !subject.is_empty());
            let title = subject.or_else(begins)?.chars().take(TITLE_CHARS_MAX).collect();
            Some(WaitingNote { id: letter.id.clone(), from: from.clone(), at: letter.at?, title })
        };
        let mut notes: Vec<WaitingNote> =
            self.waiting_letters(&own, now).await?.into_iter().filter_map(note).collect();
        notes.reverse();
        Ok(notes)
    }

    /// The rows of the letters that wait.
    pub(crate) async fn rows_of_waiting_notes(&self, now: Moment) -> Result<BTreeSet<i64>> {
        let own = self.own_addresses().await?;
        let letters = self.waiting_letters(&own, now).await?;
        Ok(letters.into_iter().map(|letter| letter.row).collect())
    }

    /// The letters that wait: young enough, and no note of any deal.
    async fn waiting_letters(
        &self,
        own: &BTreeSet<EmailAddress>,
        now: Moment,
    ) -> Result<Vec<LetterToSelf>> {
        let kept: Kept = self.store.setting(SETTING).await?.unwrap_or_default();
        let rows: BTreeSet<i64> = kept.waiting.iter().map(|(_, row)| *row).collect();
        let Some(first) = rows.first() else { return Ok(Vec::new()) };
        let mut letters = self.store.letters_to_self(own, first - 1, u32::MAX).await?;
        letters.retain(|letter| rows.contains(&letter.row) && is_young(letter, now));
        letters.sort_by_key(|letter| letter.at);
        if letters.is_empty() {
            return Ok(letters);
        }
        let counting = self.entries(now).await?;
        let is_placed = |letter: &LetterToSelf| {
            let words = words_of(letter);
            counting.iter().any(|kept| match &kept.entry {
                Entry::Note { text, .. } => words.as_ref() == Some(text),
                _ => false,
            })
        };
        letters.retain(|letter| !is_placed(letter));
        Ok(letters)
    }

    /// Keeps a note by mail that waits as one of a deal. It can be undone.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a note that does not wait, or a deal that is not there.
    pub async fn place_note(
        &self,
        id: &MessageId,
        deal: &str,
        now: Moment,
    ) -> Result<Done<EntryNumber>> {
        let about = Subject::Deal(self.deal_called(deal).await?.deal.id);
        let own = self.own_addresses().await?;
        let letters = self.waiting_letters(&own, now).await?;
        let letter = letters.iter().find(|letter| letter.id == *id);
        let Some(entry) = letter.and_then(|letter| entry_of(letter, now)) else {
            return Err(Error::NotFound { what: "That note does not wait any more".to_owned() });
        };
        self.write_down(about, entry, now).await
    }

    async fn own_addresses(&self) -> Result<BTreeSet<EmailAddress>> {
        Ok(self
            .seller()
            .await?
            .map(|seller| seller.emails.into_iter().collect())
            .unwrap_or_default())
    }
}

fn is_young(letter: &LetterToSelf, now: Moment) -> bool {
    letter.at.is_some_and(|at| (0.0..=WAITS_DAYS_MAX * 24.0).contains(&now.hours_since(at)))
}

/// The note that it is; `None` if nothing stands in it.
fn entry_of(letter: &LetterToSelf, now: Moment) -> Option<Entry> {
    let text = words_of(letter)?;
    let day = letter.at.unwrap_or(now).date().min(now.date());
    let by = is_of_a_call(&letter.subject, text.as_str()).then_some(Channel::Call);
    Some(Entry::Note { day, by, text })
}

/// Its words; of one that has none its subject.
fn words_of(letter: &LetterToSelf) -> Option<Remark> {
    let text = if letter.text.trim().is_empty() { &letter.subject } else { &letter.text };
    note_of(text)
}

/// Words for a call, in the languages that are read.
const OF_A_CALL: [&str; 12] = [
    "call",
    "called",
    "phone",
    "phoned",
    "spoke",
    "telefonat",
    "anruf",
    "telefoniert",
    "gesprochen",
    "appel",
    "llamada",
    "chiamata",
];

/// Whether a note tells of a call: its subject or its first line says so.
fn is_of_a_call(subject: &str, text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let lower = format!("{subject} {first}").to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| OF_A_CALL.contains(&word))
}

/// A text as a note, without what lies beyond the longest one; `None` if nothing stands there.
pub(crate) fn note_of(text: &str) -> Option<Remark> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().count() <= Remark::CHARS_MAX {
        return Remark::new(text).ok();
    }
    let mut cut: String = text.chars().take(Remark::CHARS_MAX - 1).collect();
    cut.truncate(cut.trim_end().len());
    cut.push(CUT);
    Remark::new(&cut).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_of_a_call() {
        let check = |subject: &str, text: &str, expected: bool| {
            assert_eq!(is_of_a_call(subject, text), expected, "{subject} {text}");
        };
        check("Call with Jana", "", true);
        check("Lindner", "Telefonat: sie will im Mai entscheiden.", true);
        check("Lindner", "Idea for the offer.\nI called it phase 2.", false);
        check("Recall the crane", "", false);
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(note_of(" \n "), None);
        assert_eq!(note_of("\u{feff}a\r\nb ").unwrap().as_str(), "a\nb");
        let long = note_of(&"word ".repeat(2000)).unwrap();
        assert!(
            long.as_str().chars().count() <= Remark::CHARS_MAX && long.as_str().ends_with("word…")
        );
    }
}
