//! Who speaks, where a line says it as `Name: text`.
//!
//! A colon stands behind other words too ("So here is the thing: …"), so the whole file is looked at
//! first: where nearly every caption begins with a name, each is believed; elsewhere a name must look
//! like one, or come back.
//! Must not: know who is who.

use std::collections::BTreeMap;

/// A name is at most so many characters long.
const NAME_CHARS_MAX: usize = 60;
/// … and has at most so many words.
const NAME_WORDS_MAX: usize = 6;
/// Where so large a share of the captions begins with what may be a name, all of them are names.
const LABELLED_SHARE_MIN: f64 = 0.8;
/// What comes back so often is a name, whatever it looks like.
const OFTEN: usize = 3;

/// Words that go on in small letters within a name.
const SMALL_WORDS: [&str; 24] = [
    "von", "van", "vom", "zu", "zum", "zur", "den", "der", "de", "di", "da", "do", "dos", "du",
    "la", "le", "el", "al", "bin", "ibn", "ter", "ten", "und", "and",
];

/// What stands before a colon at the head of minutes and mails, and is nobody.
const HEADINGS: [&str; 44] = [
    "meeting",
    "date",
    "time",
    "attendees",
    "participants",
    "present",
    "subject",
    "agenda",
    "note",
    "notes",
    "transcript",
    "recording",
    "duration",
    "topic",
    "title",
    "location",
    "from",
    "to",
    "cc",
    "host",
    "organizer",
    "summary",
    "action items",
    "next steps",
    "next step",
    "start",
    "end",
    "re",
    "language",
    "kind",
    "call",
    "deal",
    "example",
    "message-id",
    "reply-to",
    "content-type",
    "mime-version",
    "datum",
    "teilnehmer",
    "betreff",
    "thema",
    "dauer",
    "ort",
    "http",
];

/// Which beginnings of a file are names.
#[derive(Debug, Default)]
pub(super) struct Names {
    seen: BTreeMap<String, usize>,
    all_are: bool,
}

impl Names {
    /// Looks at the first lines of all captions, or at all lines of plain text.
    pub(super) fn among<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        let mut names = Self::default();
        let (mut count, mut with_one) = (0_usize, 0_usize);
        for line in lines.filter(|line| !line.trim().is_empty()) {
            count += 1;
            if let Some((name, _)) = candidate(line) {
                with_one += 1;
                *names.seen.entry(name.to_owned()).or_default() += 1;
            }
        }
        names.all_are = with_one as f64 >= LABELLED_SHARE_MIN * count as f64;
        names
    }

    /// Whether something is one of the names.
    pub(super) fn believes(&self, name: &str) -> bool {
        self.all_are
            || looks_like_one(name)
            || self.seen.get(name).is_some_and(|count| *count >= OFTEN)
    }

    /// The name at the head of a line, and the words behind it.
    pub(super) fn split<'t>(&self, line: &'t str) -> Option<(&'t str, &'t str)> {
        candidate(line).filter(|(name, _)| self.believes(name))
    }
}

/// What stands before the first colon of a line, if it may be a name.
fn candidate(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.trim_start().split_once(':')?;
    if !(text.is_empty() || text.starts_with(char::is_whitespace)) {
        return None;
    }
    let name = name.trim();
    may_be_one(name).then(|| (name, text.trim()))
}

/// Whether some words are short and bare enough for a name, and no heading.
pub(super) fn may_be_one(name: &str) -> bool {
    let is_heading = || HEADINGS.contains(&name.to_lowercase().as_str());
    let is_end_of_sentence = |word: &str| word.chars().count() > 3 && word.ends_with('.');
    name.chars().any(char::is_alphanumeric)
        && name.chars().count() <= NAME_CHARS_MAX
        && name.split_whitespace().count() <= NAME_WORDS_MAX
        && !name.contains(['?', '!', ';', '"', '<', '>', '…', '='])
        && !name.split_whitespace().any(is_end_of_sentence)
        && !is_heading()
}

/// Whether each word begins as words of names do.
pub(super) fn looks_like_one(name: &str) -> bool {
    let begins_well = |word: &str| {
        let bare = word.trim_start_matches(['(', '[', '"', '\'', '@', '|', '-', '/', '&']);
        let first = bare.chars().next();
        first.is_none_or(|c| !c.is_lowercase()) || SMALL_WORDS.contains(&bare)
    };
    let begins_large = |c: char| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase());
    let is_number = name.chars().all(|c| !c.is_alphabetic());
    !is_number
        && !name.contains(',')
        && name.chars().next().is_some_and(begins_large)
        && name.split_whitespace().all(begins_well)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: &[Option<&str>]) {
        let names = Names::among(lines.iter().copied());
        let found: Vec<_> =
            lines.iter().map(|line| names.split(line).map(|(name, _)| name)).collect();
        assert_eq!(found, expected, "{lines:?}");
    }

    #[test]
    fn names_that_look_like_names() {
        check(
            &["Jana Lindner: Hi", "so: listen", "Dr. Ruud van Rijswijk: Yes", "well"],
            &[Some("Jana Lindner"), None, Some("Dr. Ruud van Rijswijk"), None],
        );
        check(
            &["Jonas (Hartmann GmbH): a", "x", "y"],
            &[Some("Jonas (Hartmann GmbH)"), None, None],
        );
        check(&["Łukasz: a", "李雷: b", "x"], &[Some("Łukasz"), Some("李雷"), None]);
    }

    #[test]
    fn where_nearly_all_begin_with_a_name_each_is_one() {
        check(&["nixo: gm", "potuz: yes"], &[Some("nixo"), Some("potuz")]);
        check(
            &["nixo: gm", "a", "b", "nixo: c", "nixo: d"],
            &[Some("nixo"), None, None, Some("nixo"), Some("nixo")],
        );
    }

    #[test]
    fn what_is_no_name() {
        check(
            &["https://x.example", "at 10:30 we", "Date: 3 March", "He said. Then: no", "12: x"],
            &[None, None, None, None, None],
        );
    }
}
