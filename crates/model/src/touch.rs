//! What was read of one message: all that later steps need, without the message's full text.

use serde::{Deserialize, Serialize};

use crate::{Fact, FoundCue, Mailbox, Message, Moment};

/// What a signature block says about its writer. Unknown lines are not guessed into fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The name.
    pub name: Option<String>,
    /// Title or position.
    pub title: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// Phone numbers as written.
    pub phones: Vec<String>,
}

/// What is asked of the text of a letter again and again, so that it need not be read again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Gist {
    /// How many words the writer added.
    pub words: usize,
    /// How many questions the writer asked.
    pub questions: usize,
    /// Of whom it speaks; `None` in data files from before it was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
    /// The words and addresses, folded and sorted, on which it depends what the text states: as
    /// long as none of them means somebody whom the reader of it did not know, reading the text
    /// again tells nothing new. Empty for most letters.
    pub names: Vec<Box<str>>,
    /// What its sentences tell a seller, in their order.
    pub cues: Vec<FoundCue>,
    /// What its sentences tell by what the user had taught when it was read, and do not tell by
    /// itself: a review asks these sentences again, with what counts at its moment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taught: Vec<FoundCue>,
    /// Whether a sentence was read as telling something private that the user says it does not
    /// tell: it stays hidden all the same.
    #[serde(skip)]
    pub was_private: bool,
}

/// Of whom a letter speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Voice {
    /// Words for its writer's side: we, our, and what firms call themselves.
    pub ours: u32,
    /// Words for its reader's side: you, your.
    pub yours: u32,
}

impl From<(u32, u32)> for Voice {
    fn from((ours, yours): (u32, u32)) -> Self {
        Self { ours, yours }
    }
}

impl From<Voice> for (u32, u32) {
    fn from(voice: Voice) -> Self {
        (voice.ours, voice.yours)
    }
}

/// A message after reading: who wrote to whom, when, in what nature, what is new in it, and what
/// it states.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Touch {
    /// Headers, nature and invitation; `text` holds the whole decoded body.
    pub message: Message,
    /// The words that the writer added: without quotes and signature. `None` where they were left
    /// in the data file, because `gist` answers what is usually asked of them.
    pub new_text: Option<String>,
    /// What is asked of these words most; `None` where nobody has taken it down yet, and then
    /// `new_text` is there.
    pub gist: Option<Gist>,
    /// What the signature says.
    pub signature: Signature,
    /// What it states.
    pub facts: Vec<Fact>,
}

impl Touch {
    /// Everybody it was addressed to.
    pub fn recipients(&self) -> impl Iterator<Item = &Mailbox> {
        let m = &self.message;
        m.to.iter().chain(&m.cc).chain(&m.bcc)
    }

    /// How many words the writer added.
    pub fn words(&self) -> usize {
        let counted = || self.new_text.as_deref().map_or(0, |text| text.split_whitespace().count());
        self.gist.as_ref().map_or_else(counted, |gist| gist.words)
    }

    /// How many questions the writer asked.
    pub fn questions(&self) -> usize {
        let counted = || self.new_text.as_deref().map_or(0, |text| text.matches('?').count());
        self.gist.as_ref().map_or_else(counted, |gist| gist.questions)
    }

    /// When it was written.
    pub fn date(&self) -> Option<Moment> {
        self.message.date
    }
}
