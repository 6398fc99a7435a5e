//! What the words say about who wrote, where no header does: subject prefixes and first lines.
//!
//! Must not: believe one phrase. "I am out of office next week" stands in letters, too; what no
//! letter does is to greet nobody, ask nothing, say thanks for "your message" and name a deputy.

use inroad_model::Message;

use super::headers::Signs;
use super::phrases::{self, Found, Kind, Subject};

/// How much of the text is looked at, in bytes.
const HEAD_BYTES: usize = 1_200;
/// Within how many bytes an automatic reply says what it is about.
const OPENING_BYTES: usize = 500;
/// Longer texts are letters.
const NEW_TEXT_BYTES_MAX: usize = 2_500;

/// The start of a text with the phrases in it.
pub(super) struct Head {
    text: String,
    found: Vec<Found>,
    /// How many bytes of the text are no quote; counted up to somewhat more than a letter has.
    new_bytes: usize,
}

impl Head {
    pub(super) fn of(message: &Message) -> Self {
        let (text, new_bytes) = new_head(&message.text);
        let found = phrases::find(&text);
        Self { text, found, new_bytes }
    }

    fn has(&self, kind: Kind) -> bool {
        self.first(kind).is_some()
    }

    fn first(&self, kind: Kind) -> Option<&Found> {
        self.found.iter().find(|found| found.kind == kind)
    }

    /// The words of a phrase, to show why.
    fn words(&self, found: &Found) -> String {
        self.text.get(found.range.clone()).unwrap_or_default().to_owned()
    }

    fn shown(&self, kind: Kind) -> Option<String> {
        self.first(kind).map(|found| self.words(found))
    }

    /// Where the opening says that the writer is away: "I am … out of office" in one sentence.
    fn away(&self) -> Option<&Found> {
        let opening = self.found.iter().filter(|found| found.range.start < OPENING_BYTES);
        let mut away = opening.clone().filter(|found| found.kind == Kind::Away);
        away.find(|away| {
            opening.clone().filter(|found| found.kind == Kind::Person).any(|person| {
                let (first, last) = if person.range.start < away.range.start {
                    (&person.range, &away.range)
                } else {
                    (&away.range, &person.range)
                };
                last.start < first.end + 120 && !self.ends_sentence(first.end, last.start)
            })
        })
    }

    /// Whether a sentence ends between two places. "12. March" ends none.
    fn ends_sentence(&self, from: usize, to: usize) -> bool {
        let between = self.text.get(from..to).unwrap_or_default();
        between.char_indices().any(|(at, c)| match c {
            '!' | '?' => true,
            '.' => {
                let after = between.get(at + 1..).unwrap_or_default();
                let before = between.get(..at).unwrap_or_default();
                after.starts_with(' ') && !before.ends_with(|c: char| c.is_ascii_digit())
            }
            _ => false,
        })
    }
}

/// Why a message is an answer by a machine, if its words say so.
pub(super) fn automatic_reply(message: &Message, signs: &Signs, head: &Head) -> Option<String> {
    let subject = phrases::subject(&message.subject);
    let answers = is_answer(message);
    let shown = || format!("Subject: {}", message.subject.chars().take(60).collect::<String>());
    if subject == Subject::Program {
        return Some(shown());
    }
    let is_letter =
        head.new_bytes > NEW_TEXT_BYTES_MAX || asks(&head.text) || greets_recipient(message);
    let away = head.away().or_else(|| head.first(Kind::Left));
    if let Some(away) = away
        && signs.generated.is_some()
    {
        return Some(head.words(away));
    }
    if is_letter {
        return None;
    }
    if head.has(Kind::Machine) && (away.is_some() || answers) {
        return head.shown(Kind::Machine);
    }
    let formal = head.has(Kind::Thanks) || head.has(Kind::Handover);
    if let Some(away) = away
        && (formal || signs.hint.is_some())
    {
        return Some(head.words(away));
    }
    if subject != Subject::Other && (away.is_some() || subject == Subject::State && answers) {
        return Some(shown());
    }
    if answers && head.has(Kind::Unread) {
        return head.shown(Kind::Unread);
    }
    let promised = head.has(Kind::Ticket) && answers
        || (head.has(Kind::Ticket) || head.has(Kind::Soon)) && head.has(Kind::Thanks);
    if head.has(Kind::Received) && promised {
        return head.shown(Kind::Received);
    }
    None
}

/// Why a message was written by a machine on its own account, if its words say so.
pub(super) fn automatic_notice(message: &Message, head: &Head) -> Option<String> {
    let speaks = head.has(Kind::Machine) && !is_answer(message) && !greets_recipient(message);
    if speaks && !asks(&head.text) { head.shown(Kind::Machine) } else { None }
}

/// The first words that are no quote, folded, and how many bytes of such words there are.
fn new_head(text: &str) -> (String, usize) {
    let mut head = String::with_capacity(HEAD_BYTES);
    let mut new_bytes = 0;
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with('>') {
            continue;
        }
        if line.starts_with("-----") || line.starts_with("_____") {
            break;
        }
        new_bytes += line.len();
        if head.len() < HEAD_BYTES {
            // Programs break lines where they like; phrases do not end there. An empty line ends
            // a sentence as a full stop does.
            head.push_str(if line.is_empty() { "." } else { line });
            head.push(' ');
        } else if new_bytes > NEW_TEXT_BYTES_MAX {
            break;
        }
    }
    head.truncate(head.floor_char_boundary(HEAD_BYTES));
    (crate::folding::folded(&head), new_bytes)
}

fn is_answer(message: &Message) -> bool {
    !message.in_reply_to.is_empty() || !message.references.is_empty()
}

/// Whether a question of more than a few words is asked. "Urgent? Call me" asks nothing.
fn asks(head: &str) -> bool {
    let mut from = 0;
    for (at, _) in head.match_indices('?') {
        if head.as_bytes().get(at + 1).is_some_and(|next| !next.is_ascii_whitespace()) {
            continue;
        }
        let before = head.get(from..at).unwrap_or_default();
        let sentence = before.rsplit(['.', '!', ':']).next().unwrap_or(before);
        if sentence.split_whitespace().count() >= 4 {
            return true;
        }
        from = at + 1;
    }
    false
}

/// Whether the first line calls somebody by the name of a recipient.
pub(super) fn greets_recipient(message: &Message) -> bool {
    let Some(line) = message.text.lines().map(str::trim).find(|line| !line.is_empty()) else {
        return false;
    };
    let greeting: String = line.chars().take(60).collect::<String>().to_lowercase();
    let greeted: Vec<&str> = greeting.split(|c: char| !c.is_alphanumeric()).collect();
    message.to.iter().chain(&message.cc).take(10).any(|to| {
        let name = to.name.as_deref().unwrap_or_default().to_lowercase();
        let local = to.address.local().split(['.', '-', '_', '+']);
        let words = name.split(|c: char| !c.is_alphanumeric()).chain(local);
        words.clone().any(|word| word.chars().count() >= 3 && greeted.contains(&word))
    })
}
