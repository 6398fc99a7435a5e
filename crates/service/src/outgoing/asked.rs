//! What a person wants to go out, as it was typed.

use inroad_coach::draft::{Channel, Draft};
use inroad_model::{ConnectionName, MessageId};

/// Which letter is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Answering {
    /// The last one with them of the same subject, where the subject says that it answers.
    #[default]
    BySubject,
    /// None: a conversation begins.
    Nothing,
    /// This one.
    Letter(MessageId),
}

/// A letter as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SendAsked {
    /// From which mailbox; `None` where one alone can be meant.
    pub from: Option<ConnectionName>,
    /// To whom: addresses with commas between.
    pub to: String,
    /// To whom as a copy.
    pub cc: String,
    /// To whom as a blind copy.
    pub bcc: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// Which letter is answered.
    pub answering: Answering,
}

impl SendAsked {
    /// What a draft with a head asks for: `To`, `Cc`, `Bcc`, `Subject`, `In-Reply-To`, and the text behind it.
    pub fn of_draft(text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let draft = Draft::new(&text, Channel::Email);
        let field = |name: &str| {
            let values = draft.head.iter().filter(|(known, _)| known == name);
            let values = values.filter_map(|(_, at)| text.get(at.clone()));
            let lines = values.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
            lines.collect::<Vec<_>>()
        };
        let parent = field("in-reply-to").into_iter().next();
        let parent = parent.and_then(|id| MessageId::new(id.trim_matches(['<', '>'])).ok());
        let body = draft.head.iter().map(|(_, at)| at.end).max().unwrap_or(0);
        let body = text.get(body..).unwrap_or("");
        let body = if draft.head.is_empty() { body } else { body.trim_start_matches(['\n', '\r']) };
        Self {
            from: None,
            to: field("to").join(", "),
            cc: field("cc").join(", "),
            bcc: field("bcc").join(", "),
            subject: field("subject").into_iter().next().unwrap_or_default(),
            text: body.trim_start_matches('\u{feff}').to_owned(),
            answering: parent.map_or(Answering::BySubject, Answering::Letter),
        }
    }

    /// The same as a draft with its head, as the coach reads it.
    pub(super) fn as_draft(&self) -> String {
        let mut draft = String::new();
        for (name, value) in
            [("To", &self.to), ("Cc", &self.cc), ("Bcc", &self.bcc), ("Subject", &self.subject)]
        {
            if !value.trim().is_empty() {
                draft.extend([name, ": ", &one_line(value), "\n"]);
            }
        }
        draft.push('\n');
        draft.push_str(&self.text);
        draft
    }
}

/// On one line: a head ends with its line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A subject without what says that it answers or hands on, for comparing; and whether it said so.
pub(super) fn bare_subject(subject: &str) -> (String, bool) {
    const MARKS: [&str; 12] =
        ["re", "aw", "antw", "sv", "vs", "odp", "ynt", "fw", "fwd", "wg", "tr", "rv"];
    let mut bare = subject.trim();
    let mut has_mark = false;
    while let Some((mark, rest)) = bare.split_once(':') {
        let mark = mark.trim().to_lowercase();
        let word = mark.split(['[', '(']).next().unwrap_or("");
        if !MARKS.contains(&word) {
            break;
        }
        (bare, has_mark) = (rest.trim(), true);
    }
    (bare.to_lowercase(), has_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_with_its_head() {
        let asked = SendAsked::of_draft(
            "To: Jana <jana@l.example>,\r\n omar@l.example\r\nCc: tom@a.example\r\nSubject: Re: The\r\n offer\r\n\
             In-Reply-To: <m1@l.example>\r\n\r\nHi Jana,\r\n\r\nas agreed.\r\n",
        );
        assert_eq!(asked.to, "Jana <jana@l.example>, omar@l.example");
        assert_eq!((asked.cc.as_str(), asked.bcc.as_str()), ("tom@a.example", ""));
        assert_eq!(asked.subject, "Re: The offer");
        assert_eq!(asked.text, "Hi Jana,\n\nas agreed.\n");
        let parent = MessageId::new("m1@l.example").unwrap();
        assert_eq!(asked.answering, Answering::Letter(parent));
    }

    #[test]
    fn a_text_without_a_head_is_all_text() {
        let asked = SendAsked::of_draft("Hi Jana,\n\nNote: as agreed.\n");
        assert_eq!(asked.text, "Hi Jana,\n\nNote: as agreed.\n");
        assert_eq!((asked.to.as_str(), &asked.answering), ("", &Answering::BySubject));
        let again =
            SendAsked::of_draft(&SendAsked { to: "a@b.example".into(), ..asked }.as_draft());
        assert_eq!(again.text, "Hi Jana,\n\nNote: as agreed.\n");
        assert_eq!(again.to, "a@b.example");
    }

    #[test]
    fn subjects() {
        let check = |subject: &str, bare: &str, has_mark: bool| {
            assert_eq!(bare_subject(subject), (bare.to_owned(), has_mark), "{subject}");
        };
        check("Re: AW: The offer", "the offer", true);
        check("RE[2]: The offer", "the offer", true);
        check("The offer: now", "the offer: now", false);
        check("Reply: x", "reply: x", false);
        check("", "", false);
    }
}
