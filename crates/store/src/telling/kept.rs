//! What was read of a message, as one line of JSON: everything but its texts.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{
    Cue, EmailAddress, Fact, FactKind, FoundCue, Gist, Mailbox, Message, MessageId, Touch, Voice,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::fact::FactDetails;
use crate::import::{Details, fields};
use crate::message::{moment, parse_address};
use crate::{Error, Result};

/// The line, with what it borrows from it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
    /// Microseconds, as in `message`.
    at: Option<i64>,
    /// Seconds, of the writer's clock.
    offset: i64,
    #[serde(borrow)]
    from: Option<KeptMailbox<'l>>,
    #[serde(borrow)]
    to: Vec<Recipient<'l>>,
    #[serde(borrow)]
    subject: Cow<'l, str>,
    /// [`Details`], which are read only of lines that are wanted.
    #[serde(borrow)]
    details: Cow<'l, RawValue>,
    #[serde(borrow)]
    facts: Vec<KeptFact<'l>>,
    #[serde(borrow)]
    gist: Option<KeptGist<'l>>,
}

/// A [`Gist`]. Most of a line is cues, so they take as few bytes as they can: of each cue the
/// likeliest sentence, since a review asks for no other, and each sentence once.
#[derive(Debug, Serialize, Deserialize)]
struct KeptGist<'l> {
    words: usize,
    questions: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    voice: Option<Voice>,
    #[serde(borrow)]
    names: Vec<Cow<'l, str>>,
    #[serde(borrow)]
    cues: Vec<KeptSentence<'l>>,
    /// What is told only as the user taught.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    taught: Vec<KeptSentence<'l>>,
}

/// First byte, first byte behind it, the quote, and what it tells, how likely.
#[derive(Debug, Serialize, Deserialize)]
struct KeptSentence<'l>(usize, usize, #[serde(borrow)] Cow<'l, str>, Vec<(Cue, f32)>);

#[derive(Debug, Serialize, Deserialize)]
struct KeptMailbox<'l> {
    #[serde(borrow)]
    email: Cow<'l, str>,
    /// Empty if there is none.
    #[serde(borrow)]
    name: Cow<'l, str>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Recipient<'l> {
    /// As in `recipient`.
    field: i64,
    #[serde(borrow)]
    email: Cow<'l, str>,
    /// Empty if there is none.
    #[serde(borrow)]
    name: Cow<'l, str>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptFact<'l> {
    kind: FactKind,
    /// Empty if it is about the whole firm.
    #[serde(borrow)]
    email: Cow<'l, str>,
    details: FactDetails,
    #[serde(borrow)]
    quote: Cow<'l, str>,
}

/// Whose messages are wanted: addresses as they are spelled in the file.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) emails: BTreeSet<String>,
    pub(super) hosts: BTreeSet<String>,
}

impl Wanted {
    fn has(&self, email: &str) -> bool {
        let host = email.rsplit_once('@').map_or("", |(_, host)| host);
        self.hosts.contains(host) || self.emails.contains(email)
    }
}

impl<'l> Kept<'l> {
    /// The line of a message.
    pub(super) fn line_of(touch: &Touch) -> Result<String> {
        let message = &touch.message;
        let details = serde_json::value::to_raw_value(&Details::of(touch));
        let line = Kept {
            id: message.id.as_str().into(),
            at: message.date.map(|date| date.timestamp().as_microsecond()),
            offset: message.date.map_or(0, |date| i64::from(date.offset().seconds())),
            from: message.from.as_ref().map(KeptMailbox::of),
            to: recipients_of(message),
            subject: message.subject.as_str().into(),
            details: Cow::Owned(details.map_err(|e| Error::damaged(e.to_string()))?),
            facts: touch.facts.iter().map(KeptFact::of).collect(),
            gist: touch.gist.as_ref().map(KeptGist::of),
        };
        serde_json::to_string(&line).map_err(|e| Error::damaged(e.to_string()))
    }

    /// Reads a line.
    pub(super) fn read(line: &'l str) -> Result<Self> {
        serde_json::from_str(line).map_err(|e| Error::damaged(format!("a message kept: {e}")))
    }

    /// Whether it is from, to or about somebody.
    pub(super) fn concerns(&self, wanted: &Wanted) -> bool {
        let about = |fact: &KeptFact<'_>| {
            let to = fact.details.to.as_ref().map_or("", EmailAddress::as_str);
            wanted.has(&fact.email) || wanted.has(to)
        };
        self.from.as_ref().is_some_and(|from| wanted.has(&from.email))
            || self.to.iter().any(|to| wanted.has(&to.email))
            || self.facts.iter().any(about)
    }

    /// The message, without its texts.
    pub(super) fn into_touch(self) -> Result<Touch> {
        let what = |e: String| Error::damaged(format!("message {}: {e}", self.id));
        let id = MessageId::new(&self.id).map_err(|e| what(e.to_string()))?;
        let details: Details =
            serde_json::from_str(self.details.get()).map_err(|e| what(e.to_string()))?;
        let facts = self.facts.into_iter().map(|fact| fact.into_fact(&id)).collect();
        let [mut to, mut cc, mut bcc, mut reply_to] = [const { Vec::new() }; 4];
        for recipient in &self.to {
            let list = match recipient.field {
                0 => &mut to,
                1 => &mut cc,
                2 => &mut bcc,
                _ => &mut reply_to,
            };
            list.push(mailbox(&recipient.email, &recipient.name)?);
        }
        let message = Message {
            id,
            in_reply_to: details.in_reply_to,
            references: Vec::new(),
            date: self.at.map(|at| moment(at, self.offset)).transpose()?,
            from: self.from.map(|from| mailbox(&from.email, &from.name)).transpose()?,
            reply_to,
            to,
            cc,
            bcc,
            subject: self.subject.into_owned(),
            text: String::new(),
            origin: details.origin,
            attachments: details.attachments,
            nature: details.nature,
            invitation: details.invitation,
        };
        let gist = self.gist.map(KeptGist::into_gist);
        Ok(Touch { message, new_text: None, gist, signature: details.signature, facts })
    }
}

impl<'l> KeptMailbox<'l> {
    fn of(mailbox: &'l Mailbox) -> Self {
        Self {
            email: mailbox.address.as_str().into(),
            name: mailbox.name.as_deref().unwrap_or("").into(),
        }
    }
}

impl<'l> KeptGist<'l> {
    fn of(gist: &'l Gist) -> Self {
        let Gist { words, questions, voice, .. } = *gist;
        let names = gist.names.iter().map(|name| Cow::Borrowed(&**name)).collect();
        let (cues, taught) = (likeliest(&gist.cues), likeliest(&gist.taught));
        Self { words, questions, voice, names, cues, taught }
    }

    fn into_gist(self) -> Gist {
        Gist {
            words: self.words,
            questions: self.questions,
            voice: self.voice,
            names: self.names.into_iter().map(|name| name.into_owned().into()).collect(),
            cues: found(self.cues),
            taught: found(self.taught),
            was_private: false,
        }
    }
}

/// Of each cue the likeliest sentence.
fn likeliest(cues: &[FoundCue]) -> Vec<KeptSentence<'_>> {
    let mut likeliest: BTreeMap<Cue, &FoundCue> = BTreeMap::new();
    for found in cues {
        let best = likeliest.entry(found.cue).or_insert(found);
        if found.probability > best.probability {
            *best = found;
        }
    }
    let mut sentences: BTreeMap<usize, KeptSentence<'_>> = BTreeMap::new();
    for found in likeliest.into_values() {
        let std::ops::Range { start, end } = found.range;
        let quote = found.quote.as_str();
        let kept = || KeptSentence(start, end, quote.into(), Vec::new());
        let KeptSentence(.., told) = sentences.entry(start).or_insert_with(kept);
        told.push((found.cue, found.probability));
    }
    sentences.into_values().collect()
}

fn found<'l>(sentences: Vec<KeptSentence<'l>>) -> Vec<FoundCue> {
    let found = |KeptSentence(start, end, quote, told): KeptSentence<'l>| {
        told.into_iter().map(move |(cue, probability)| FoundCue {
            cue,
            probability,
            range: start..end,
            quote: quote.clone().into_owned(),
            // Which words mattered is asked of one message at a time, and then its text is read.
            words: Vec::new(),
        })
    };
    sentences.into_iter().flat_map(found).collect()
}

impl<'l> KeptFact<'l> {
    fn of(fact: &'l Fact) -> Self {
        Self {
            kind: fact.kind,
            email: fact.email.as_ref().map_or("", EmailAddress::as_str).into(),
            details: FactDetails::of(fact),
            quote: fact.quote.as_str().into(),
        }
    }

    fn into_fact(self, message: &MessageId) -> Fact {
        self.details.into_fact(self.kind, &self.email, message, &self.quote)
    }
}

/// Everybody it is addressed to, once in each header.
fn recipients_of(message: &Message) -> Vec<Recipient<'_>> {
    let mut seen = BTreeSet::new();
    let all = fields(message).flat_map(|(field, list)| list.iter().map(move |m| (field, m)));
    all.filter(|(field, mailbox)| seen.insert((*field, &mailbox.address)))
        .map(|(field, mailbox)| {
            let KeptMailbox { email, name } = KeptMailbox::of(mailbox);
            Recipient { field, email, name }
        })
        .collect()
}

fn mailbox(email: &str, name: &str) -> Result<Mailbox> {
    let name = Some(name).filter(|name| !name.is_empty()).map(ToOwned::to_owned);
    Ok(Mailbox { name, address: parse_address(email)? })
}
