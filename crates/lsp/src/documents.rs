//! The drafts that are open in the editor, and what the coach said of each as it was read last.

use std::ops::Range;
use std::path::PathBuf;
use std::time::Instant;

use inroad_coach::draft::{Channel, Draft};
use inroad_coach::report::Finding;
use inroad_model::EmailAddress;
use inroad_service::{Coached, DRAFT_BYTES_MAX, addressee, draft_text};
use url::Url;

use crate::positions::Text;

/// What is known of a draft since it was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Look {
    /// What the coach says.
    Coached(Box<Coached>),
    /// Why the coach says nothing.
    Unread(String),
}

/// A draft that is open.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) text: Text,
    pub(crate) version: Option<i32>,
    pub(crate) channel: Channel,
    /// `None` before the first look.
    pub(crate) look: Option<Look>,
    /// Where stands what is said of the draft as a whole, as of the last look.
    pub(crate) front: Range<usize>,
    /// Since when it differs from what was looked at.
    pub(crate) changed: Option<Instant>,
}

impl Document {
    pub(crate) fn new(text: Text, version: Option<i32>, channel: Channel) -> Self {
        Self { text, version, channel, look: None, front: 0..0, changed: None }
    }

    /// Keeps what was seen in the draft as it stands.
    pub(crate) fn saw(&mut self, look: Look) {
        self.front = match look {
            Look::Coached(_) => self.find_front(),
            Look::Unread(_) => self.text.line(0),
        };
        self.look = Some(look);
        self.changed = None;
    }

    /// Why it cannot be read, if so.
    pub(crate) fn unreadable(&self) -> Option<String> {
        let text = self.text.as_str();
        if text.len() > DRAFT_BYTES_MAX {
            let most = DRAFT_BYTES_MAX / 1024;
            return Some(format!("That is more than {most} kB; no draft is so long"));
        }
        let is_as_it_stands = draft_text(text.as_bytes().to_vec()).is_ok_and(|(_, as_is)| as_is);
        (!is_as_it_stands).then(|| {
            "The words of this mail are encoded, so no place in it can be shown; 'inroad coach FILE' reads it"
                .to_owned()
        })
    }

    /// Whom it is for, as its head says.
    pub(crate) fn person(&self) -> Option<EmailAddress> {
        addressee(self.text.as_str())
    }

    pub(crate) fn draft(&self) -> Draft<'_> {
        Draft::new(self.text.as_str(), self.channel)
    }

    /// What the coach says of it, if it could be read.
    pub(crate) fn coached(&self) -> Option<&Coached> {
        match self.look.as_ref()? {
            Look::Coached(coached) => Some(coached),
            Look::Unread(_) => None,
        }
    }

    /// The line on which stands what is said of the draft as a whole: the subject, else the first with
    /// words.
    fn find_front(&self) -> Range<usize> {
        let draft = self.draft();
        if let Some(subject) = draft.subject.filter(|subject| !subject.is_empty()) {
            return self.text.line(self.text.line_of(subject.start));
        }
        let first = draft.words.find(|c: char| !c.is_whitespace());
        self.text.line(self.text.line_of(first.unwrap_or(0)))
    }

    /// Where a finding is shown.
    pub(crate) fn place(&self, finding: &Finding) -> Range<usize> {
        finding.range.clone().unwrap_or_else(|| self.front.clone())
    }
}

/// The way that the name of a draft tells, as `monday.voicemail.txt` does.
pub(crate) fn channel_of(uri: &str) -> Option<Channel> {
    let name = uri.to_lowercase();
    let stem = name.strip_suffix(".txt").or_else(|| name.strip_suffix(".md"))?;
    Channel::ALL
        .into_iter()
        .find(|channel| stem.strip_suffix(channel.as_str()).is_some_and(|rest| rest.ends_with('.')))
}

/// The file of a document; `None` of one that is not saved.
pub(crate) fn file_of(uri: &str) -> Option<PathBuf> {
    let file = Url::parse(uri).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()?;
    Some(file.canonicalize().unwrap_or(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::positions::Encoding;

    #[test]
    fn names_tell_the_way() {
        for (uri, expected) in [
            ("file:///a/monday.voicemail.txt", Some(Channel::Voicemail)),
            ("file:///a/Monday.CALL.TXT", Some(Channel::Call)),
            ("untitled:note.text.md", Some(Channel::Text)),
            ("file:///a/call.txt", None),
            ("file:///a/recall.txt", None),
            ("file:///a/draft.eml", None),
        ] {
            assert_eq!(channel_of(uri), expected, "{uri}");
        }
    }

    #[test]
    fn the_front_is_the_subject_or_the_first_line_with_words() {
        for (text, expected) in [
            ("To: a@b.example\nSubject: Tuesday\n\nHi", "Subject: Tuesday"),
            ("To: a@b.example\nSubject:\n\nHi Ann,\n", "Hi Ann,"),
            ("\n\n  One. Two.\r\nThree", "  One. Two."),
            ("> quoted\n\nMine", "Mine"),
            ("", ""),
        ] {
            let known = Text::new(text.to_owned(), Encoding::Utf16);
            let document = Document::new(known, None, Channel::Email);
            assert_eq!(text.get(document.find_front()), Some(expected), "{text:?}");
        }
    }
}
