//! A server's answers, as far as this crate needs them: what `imap-codec` read, in our words.

use imap_codec::imap_types::fetch::MessageDataItem;
use imap_codec::imap_types::flag::{Flag as TheirFlag, FlagFetch};
use imap_codec::imap_types::mailbox::Mailbox;
use imap_codec::imap_types::response::{
    CommandContinuationRequest, Data, Greeting, GreetingKind, Status, StatusKind,
};
use imap_codec::imap_types::sequence::{SeqOrUid, Sequence, SequenceSet};
use jiff::Timestamp;

pub use super::code::Code;
use crate::{Capabilities, Flag, Flags, UidSet, moment};

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Ok,
    /// It was not.
    No,
    /// It was not understood.
    Bad,
}

/// What a server says about how something went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The word in brackets, if there is one.
    pub code: Option<Code>,
    /// For a person.
    pub text: String,
}

/// What a server says of one message. What it does not say is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Its number in the folder at the moment.
    pub sequence: u32,
    /// Its lasting number.
    pub uid: Option<u32>,
    /// Its marks.
    pub flags: Option<Flags>,
    /// When it came into the mailbox.
    pub internal_date: Option<Timestamp>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// The state of changes at which it last changed.
    pub modseq: Option<u64>,
    /// The part that was asked for.
    pub body: Option<Vec<u8>>,
}

/// One line of a list of folders, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// `\Noselect`, `\Sent` and the like.
    pub attributes: Vec<String>,
    /// What stands between the parts of the name.
    pub delimiter: Option<char>,
    /// The name as it came.
    pub name: Vec<u8>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The first words; whether we are signed in already.
    Greeting(Words, bool),
    /// The end of the command with that tag.
    Done(String, Outcome, Words),
    /// A remark.
    Remark(Outcome, Words),
    /// The server leaves.
    Bye(Words),
    /// The server waits for us to go on.
    GoOn(Vec<u8>),
    /// What the server offers.
    Capability(Capabilities),
    /// What was agreed on.
    Enabled(Capabilities),
    /// A folder.
    List(Listed),
    /// Numbers that were looked for.
    Search(UidSet),
    /// How many messages there are.
    Exists(u32),
    /// The message with that number at the moment is gone.
    Expunge(u32),
    /// These messages are gone: since some former state, or just now.
    Vanished {
        /// Whether they went before now.
        earlier: bool,
        /// Which.
        uids: UidSet,
    },
    /// What the server says of a message.
    Fetch(Box<Fetched>),
    /// Something that is understood and does not matter here.
    Other,
    /// Something that cannot be understood.
    Strange(Strange),
}

/// What an answer that cannot be understood was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strange {
    /// A remark of its own accord, which need not be understood.
    Untagged,
    /// A message or which messages there are, of which something is lost then.
    Message,
    /// Nothing that a server may say: the two sides no longer agree where an answer begins.
    Outside,
}

impl Answer {
    pub(crate) fn of_greeting(greeting: &Greeting<'_>) -> Self {
        let code = greeting.code.as_ref().map(Code::of);
        let words = Words { code, text: greeting.text.inner().trim().to_owned() };
        match greeting.kind {
            GreetingKind::Ok => Self::Greeting(words, false),
            GreetingKind::PreAuth => Self::Greeting(words, true),
            GreetingKind::Bye => Self::Bye(words),
        }
    }

    pub(crate) fn of_status(status: Status<'_>) -> Self {
        let text = status.text().inner().trim().to_owned();
        let words = Words { code: status.code().map(Code::of), text };
        let outcome = |kind| match kind {
            StatusKind::Ok => Outcome::Ok,
            StatusKind::No => Outcome::No,
            StatusKind::Bad => Outcome::Bad,
        };
        match status {
            Status::Untagged(body) => Self::Remark(outcome(body.kind), words),
            Status::Tagged(tagged) => {
                Self::Done(tagged.tag.inner().to_owned(), outcome(tagged.body.kind), words)
            }
            Status::Bye(_) => Self::Bye(words),
        }
    }

    pub(crate) fn of_continuation(request: CommandContinuationRequest<'_>) -> Self {
        Self::GoOn(match request {
            CommandContinuationRequest::Basic(basic) => basic.text().inner().as_bytes().to_vec(),
            CommandContinuationRequest::Base64(data) => data.into_owned(),
        })
    }

    pub(crate) fn of_data(data: Data<'_>) -> Self {
        match data {
            Data::Capability(all) => {
                let names: Vec<String> = all.as_ref().iter().map(ToString::to_string).collect();
                Self::Capability(Capabilities::of(names.iter().map(String::as_str)))
            }
            Data::Enabled { capabilities } => {
                let names: Vec<String> = capabilities.iter().map(ToString::to_string).collect();
                Self::Enabled(Capabilities::of(names.iter().map(String::as_str)))
            }
            Data::List { items, delimiter, mailbox } => Self::List(Listed {
                attributes: items.iter().map(ToString::to_string).collect(),
                delimiter: delimiter.map(|delimiter| delimiter.inner()),
                name: match mailbox {
                    Mailbox::Inbox => b"INBOX".to_vec(),
                    Mailbox::Other(other) => other.inner().as_ref().to_vec(),
                },
            }),
            Data::Search(uids, _) => Self::Search(uids.iter().map(|uid| uid.get()).collect()),
            Data::Exists(count) => Self::Exists(count),
            Data::Expunge(sequence) => Self::Expunge(sequence.get()),
            Data::Vanished { earlier, known_uids } => match set(&known_uids) {
                Some(uids) => Self::Vanished { earlier, uids },
                None => Self::Strange(Strange::Message),
            },
            Data::Fetch { seq, items } => {
                Self::Fetch(Box::new(fetched(seq.get(), items.into_inner())))
            }
            _ => Self::Other,
        }
    }
}

/// `None` where a server says "up to the last", which it must not.
fn set(theirs: &SequenceSet) -> Option<UidSet> {
    let number = |one: &SeqOrUid| match one {
        SeqOrUid::Value(number) => Some(number.get()),
        SeqOrUid::Asterisk => None,
    };
    let mut all = Vec::new();
    for part in theirs.0.as_ref() {
        let (first, last) = match part {
            Sequence::Single(one) => (number(one)?, number(one)?),
            Sequence::Range(first, last) => (number(first)?, number(last)?),
        };
        all.push((first, last));
    }
    Some(UidSet::of_ranges(all))
}

fn fetched(sequence: u32, items: Vec<MessageDataItem<'_>>) -> Fetched {
    let mut found = Fetched { sequence, ..Fetched::default() };
    for item in items {
        match item {
            MessageDataItem::Uid(uid) => found.uid = Some(uid.get()),
            MessageDataItem::Flags(flags) => {
                found.flags = Some(flags.iter().filter_map(flag).collect());
            }
            MessageDataItem::InternalDate(moment) => {
                found.internal_date = moment::of_library(&moment);
            }
            MessageDataItem::Rfc822Size(size) => found.size = Some(u64::from(size)),
            MessageDataItem::ModSeq(state) => found.modseq = Some(state.get()),
            MessageDataItem::BodyExt { data, origin: None, .. } | MessageDataItem::Rfc822(data) => {
                found.body = data.0.map(|body| body.into_inner().into_owned());
            }
            _ => {}
        }
    }
    found
}

fn flag(theirs: &FlagFetch<'_>) -> Option<Flag> {
    match theirs {
        FlagFetch::Recent => None,
        FlagFetch::Flag(TheirFlag::Seen) => Some(Flag::Seen),
        FlagFetch::Flag(TheirFlag::Answered) => Some(Flag::Answered),
        FlagFetch::Flag(TheirFlag::Flagged) => Some(Flag::Flagged),
        FlagFetch::Flag(TheirFlag::Deleted) => Some(Flag::Deleted),
        FlagFetch::Flag(TheirFlag::Draft) => Some(Flag::Draft),
        FlagFetch::Flag(other) => Flag::parse(&other.to_string()),
    }
}
