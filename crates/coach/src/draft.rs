//! A draft as a person typed it: a head if it has one, and what they are about to say.
//!
//! Places are bytes of the text as it was given, so that an editor can mark them: what is not read
//! (head, quotes, signature, what is still to be filled in) is blanked out of a copy of the same
//! length, never cut away.

use std::ops::Range;

use inroad_language::sentences;
use inroad_language::zones::{self, Zone};
use serde::{Deserialize, Serialize};

/// By which way the words reach the other person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// An e-mail.
    Email,
    /// A message on somebody's answering machine, as a script.
    Voicemail,
    /// What is said when a call begins, and what is to be asked in it.
    Call,
    /// A short message: chat, text, a note of a network.
    Text,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Email, Self::Voicemail, Self::Call, Self::Text];

    /// Its name in files, arguments and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Voicemail => "voicemail",
            Self::Call => "call",
            Self::Text => "text",
        }
    }

    /// Whether it is spoken.
    pub fn is_spoken(self) -> bool {
        matches!(self, Self::Voicemail | Self::Call)
    }
}

/// Where in a deal the draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The first word to somebody.
    FirstTouch,
    /// After an earlier word of ours that stands without an answer.
    FollowUp,
    /// To what they wrote last.
    Answer,
    /// An offer with a price.
    Proposal,
    /// The last word about a deal that is let go.
    Closing,
    /// Thanks, congratulations, get well: nothing is asked for.
    Courtesy,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::FirstTouch,
        Self::FollowUp,
        Self::Answer,
        Self::Proposal,
        Self::Closing,
        Self::Courtesy,
    ];

    /// Its name in files and arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstTouch => "first-touch",
            Self::FollowUp => "follow-up",
            Self::Answer => "answer",
            Self::Proposal => "proposal",
            Self::Closing => "closing",
            Self::Courtesy => "courtesy",
        }
    }

    /// As a person says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::FirstTouch => "a first message",
            Self::FollowUp => "a follow-up",
            Self::Answer => "an answer",
            Self::Proposal => "a proposal",
            Self::Closing => "a last message that closes the file",
            Self::Courtesy => "a word of courtesy",
        }
    }
}

/// A draft, cut into what is read and what is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft<'t> {
    /// The text as it was given.
    pub source: &'t str,
    /// The way it goes.
    pub channel: Channel,
    /// The bytes of the subject.
    pub subject: Option<Range<usize>>,
    /// The lines of the head, as name (lower case) and bytes of the value.
    pub head: Vec<(String, Range<usize>)>,
    /// `source` with everything blanked but the words of the draft itself, byte for byte as long.
    pub words: String,
    /// The bytes of the greeting line.
    pub greeting: Option<Range<usize>>,
    /// The bytes of the closing words, name and signature, if there are any.
    pub signature: Option<Range<usize>>,
    /// The sentences behind the greeting.
    pub sentences: Vec<Range<usize>>,
    /// `source` with only the quotes of other mails blanked.
    pub own: String,
}

/// Names that begin a line of a head. Only these: "Note:" may begin a sentence.
const HEAD: [&str; 16] = [
    "subject",
    "to",
    "cc",
    "bcc",
    "from",
    "date",
    "reply-to",
    "in-reply-to",
    "references",
    "message-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "x-mailer",
];
/// A greeting is no longer than this.
const GREETING_BYTES_MAX: usize = 80;
/// Words with which a greeting begins.
pub(crate) const GREETINGS: [&str; 12] = [
    "hi",
    "hello",
    "hey",
    "dear",
    "good",
    "morning",
    "afternoon",
    "greetings",
    "hallo",
    "liebe",
    "lieber",
    "bonjour",
];

impl<'t> Draft<'t> {
    /// Cuts a text into its parts.
    ///
    /// ```
    /// use inroad_coach::draft::{Channel, Draft};
    /// let draft = Draft::new("Subject: Tuesday\n\nHi Ann,\n\nDoes ten suit you?\n\nBest,\nTom", Channel::Email);
    /// assert_eq!(draft.subject(), Some("Tuesday"));
    /// assert_eq!(draft.sentence(&draft.sentences[0]), "Does ten suit you?");
    /// ```
    pub fn new(source: &'t str, channel: Channel) -> Self {
        let (head, body) = head(source);
        let subject = head.iter().find(|(name, _)| name == "subject").map(|(_, at)| at.clone());
        let mut draft = Self {
            source,
            channel,
            subject,
            head,
            words: String::new(),
            greeting: None,
            signature: None,
            sentences: Vec::new(),
            own: String::new(),
        };
        draft.blank(body);
        draft.find_greeting(body);
        let from = draft.greeting.as_ref().map_or(body, |greeting| greeting.end);
        let rest = draft.words.get(from..).unwrap_or("");
        draft.sentences = sentences::ranges(rest)
            .into_iter()
            .map(|range| range.start + from..range.end + from)
            .collect();
        draft
    }

    /// The subject.
    pub fn subject(&self) -> Option<&'t str> {
        self.source.get(self.subject.clone()?)
    }

    /// The lines of the head that name whom it goes to, each with its name.
    pub fn recipients(&self) -> impl Iterator<Item = (&str, &'t str)> {
        let names =
            self.head.iter().filter(|(name, _)| ["to", "cc", "bcc"].contains(&name.as_str()));
        names.filter_map(|(name, at)| Some((name.as_str(), self.source.get(at.clone())?)))
    }

    /// A line of the head.
    pub fn header(&self, name: &str) -> Option<&'t str> {
        let (_, at) = self.head.iter().find(|(known, _)| known == name)?;
        self.source.get(at.clone())
    }

    /// The words at some bytes, as they stand.
    pub fn sentence(&self, range: &Range<usize>) -> &'t str {
        self.source.get(range.clone()).unwrap_or("")
    }

    /// Blanks what is not the writer's own word out of the copy.
    fn blank(&mut self, body: usize) {
        let text = self.source.get(body..).unwrap_or("");
        let zones = zones::split(text, None);
        self.own = self.source.get(..body).unwrap_or("").to_owned();
        self.words = blanked(&self.own);
        let mut zones = zones.lines().iter();
        for line in text.split_inclusive('\n') {
            let zone = zones.next().copied().unwrap_or(Zone::New);
            let start = self.words.len();
            match zone {
                Zone::New => self.words.push_str(line),
                Zone::Quoted | Zone::Signature => self.words.push_str(&blanked(line)),
            }
            match zone {
                Zone::Quoted => self.own.push_str(&blanked(line)),
                Zone::New | Zone::Signature => self.own.push_str(line),
            }
            if zone == Zone::Signature {
                let first = self.signature.as_ref().map_or(start, |range| range.start);
                self.signature = Some(first..self.words.len());
            }
        }
        self.words = without_gaps(&self.words);
    }

    /// The first line with words, if it greets.
    fn find_greeting(&mut self, body: usize) {
        let text = self.words.get(body..).unwrap_or("");
        let mut at = body;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            // A heading of a part is no greeting; one may come behind it.
            if trimmed.is_empty() || trimmed.ends_with(':') && greeting(trimmed).is_none() {
                at += line.len();
                continue;
            }
            let start = at + (line.len() - line.trim_start().len());
            self.greeting = greeting(trimmed).map(|length| start..start + length);
            return;
        }
    }
}

/// How many bytes of a first line greet: all of it, or its words up to the comma.
fn greeting(line: &str) -> Option<usize> {
    let first = line.split(|c: char| !c.is_alphanumeric()).next()?.to_lowercase();
    let greets = GREETINGS.contains(&first.as_str());
    let short = line.len() <= GREETING_BYTES_MAX;
    let ends = line.ends_with([',', '!', ':', '-', '–', '—']);
    let words = line.split_whitespace().count();
    if line.ends_with(':') && !greets {
        return None;
    }
    if short
        && words <= 5
        && (greets || words <= 2)
        && (ends || greets)
        && !line.ends_with(['?', '.'])
    {
        return Some(line.len());
    }
    if !greets {
        return None;
    }
    // "Hi Ann, I saw …": the greeting is what stands before the comma.
    let comma = line.find([',', '!', '–', '—', '.'])?;
    let words = line.get(..comma)?.split_whitespace().count();
    let mark = line.get(comma..)?.chars().next().map_or(1, char::len_utf8);
    (words <= 5 && comma <= GREETING_BYTES_MAX).then_some(comma + mark)
}

/// How a place begins that a person has still to fill: what stands in it is a hint for them.
const GAP: &str = "[fill in";

/// The words without the hints of what is still to be filled in, byte for byte as long.
fn without_gaps(words: &str) -> String {
    let mut rest = words;
    let mut without = String::with_capacity(words.len());
    while let Some((before, gap)) = rest.split_once(GAP) {
        let length = gap.find(']').map_or(gap.len(), |end| end + 1);
        without.push_str(before);
        without.push_str(&blanked(GAP));
        without.push_str(&blanked(gap.get(..length).unwrap_or("")));
        rest = gap.get(length..).unwrap_or("");
    }
    without.push_str(rest);
    without
}

/// As many bytes without a word.
fn blanked(text: &str) -> String {
    let mut blank = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\n' | '\r') {
            blank.push(c);
        } else {
            (0..c.len_utf8()).for_each(|_| blank.push(' '));
        }
    }
    blank
}

/// The lines of the head with the bytes of their values, and where the body begins. Behind a mark of the
/// order of bytes; a head that a mail program wrote may have lines of any name, a typed one only known ones.
fn head(source: &str) -> (Vec<(String, Range<usize>)>, usize) {
    let mark = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let whole = head_while(source, mark, |_| true);
    let is_head = whole.2 && whole.0.iter().any(|(name, _)| HEAD.contains(&name.as_str()));
    let (found, end, _) = if is_head {
        whole
    } else {
        head_while(source, mark, |name| HEAD.contains(&name) || name.starts_with("x-"))
    };
    let end = if found.is_empty() { mark } else { end };
    (found, end)
}

/// The lines that name a field, as long as they do; where they end, and whether a blank line ends them.
fn head_while(
    source: &str,
    from: usize,
    known: impl Fn(&str) -> bool,
) -> (Vec<(String, Range<usize>)>, usize, bool) {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut at = from;
    for line in source.get(from..).unwrap_or("").split_inclusive('\n') {
        let end = at + line.len();
        let trimmed = line.trim_end();
        if trimmed.is_empty() {
            return (found, end, true);
        }
        let folded = line.starts_with([' ', '\t']);
        let field = trimmed.split_once(':').map(|(name, _)| name).filter(|name| is_field(name));
        let name = field.map(str::to_ascii_lowercase);
        if folded && let Some((_, range)) = found.last_mut() {
            range.end = at + trimmed.len();
        } else if let Some(name) = name.filter(|name| known(name)) {
            let value = at + name.len() + 1;
            let rest = source.get(value..at + trimmed.len()).unwrap_or("");
            let start = value + (rest.len() - rest.trim_start().len());
            found.push((name, start..at + trimmed.len()));
        } else {
            // A draft may begin with its subject and go straight on.
            return (found, at, false);
        }
        at = end;
    }
    (found, at, false)
}

/// Whether it can be the name of a field (RFC 5322).
fn is_field(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(text: &str) -> (Option<&str>, Option<String>, Vec<String>) {
        let draft = Draft::new(text, Channel::Email);
        let greeting = draft.greeting.clone().map(|range| draft.sentence(&range).to_owned());
        let sentences = draft.sentences.iter().map(|range| draft.sentence(range).to_owned());
        (draft.subject(), greeting, sentences.collect())
    }

    #[test]
    fn a_head_is_no_part_of_the_words() {
        let (subject, greeting, sentences) = parts(
            "Subject: Your\n trial\nTo: ann@firm.example\n\nHi Ann,\n\nOne. Two?\n\nBest,\nTom\n",
        );
        assert_eq!(subject, Some("Your\n trial"));
        assert_eq!(greeting.as_deref(), Some("Hi Ann,"));
        assert_eq!(sentences, ["One.", "Two?"]);
    }

    #[test]
    fn a_text_without_a_head_is_all_body() {
        let (subject, greeting, sentences) = parts("Note: this is no head.\n\nTwo.");
        assert_eq!((subject, greeting), (None, None));
        assert_eq!(sentences, ["Note: this is no head.", "Two."]);
    }

    #[test]
    fn a_greeting_may_stand_in_the_first_sentence() {
        let (_, greeting, sentences) = parts("Hi Ann, I saw your note. Thanks.");
        assert_eq!(greeting.as_deref(), Some("Hi Ann,"));
        assert_eq!(sentences, ["I saw your note.", "Thanks."]);
        let (_, greeting, _) = parts("Good of you to write back so soon about the audit.");
        assert_eq!(greeting, None);
    }

    #[test]
    fn quotes_are_not_read() {
        let (_, _, sentences) =
            parts("Fine.\n\nOn 4 March 2025, Piet wrote:\n> We are the best!\n");
        assert_eq!(sentences, ["Fine."]);
    }

    #[test]
    fn what_is_still_to_be_filled_in_says_nothing() {
        let (_, _, sentences) =
            parts("Hi Ann,\n\n[fill in: one question, such as: may I call?]\n\nThanks. [fill in");
        assert_eq!(sentences, ["Thanks."]);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_at_characters(text in "(Subject: \\PC{0,9}\n|To:\n|\n|\\PC{0,20}[.?!\n ]){0,8}") {
            let draft = Draft::new(&text, Channel::Email);
            prop_assert_eq!(draft.words.len(), text.len());
            let ranges = draft.sentences.iter().chain(&draft.greeting).chain(&draft.subject);
            for range in ranges {
                prop_assert!(text.get(range.clone()).is_some());
            }
        }
    }
}
