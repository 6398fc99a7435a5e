//! A session with a server: what is known of it, and how a command is run.
//!
//! What may be asked stands in the files of this folder, one a file. All of them go through
//! [`Session::run`] or [`Session::hear`], so that bounds, good-byes and errors are looked after
//! once. A session reads: it opens folders by EXAMINE only, and the only thing that it ever changes
//! is a folder that [`Session::append`] puts a message into.

mod append;
mod changes;
mod examine;
mod fetch;
mod find;
mod folders;
mod idle;
mod sign_in;
mod uids;

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::time::Duration;

use imap_codec::imap_types::command::CommandBody;
use imap_codec::imap_types::core::{AString, IString};
use imap_codec::imap_types::extensions::utf8::QuotedUtf8;
use imap_codec::imap_types::mailbox::Mailbox;
use imap_codec::imap_types::sequence::{SeqOrUid, Sequence, SequenceSet};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

pub use append::Appended;
pub use changes::Changes;
pub use examine::{Opened, Since};
pub use fetch::{Fetching, Message};
pub use idle::{Idled, News};
pub use uids::Measured;

use crate::name::Writing;
use crate::plan::Told;
use crate::refusal::refusal;
use crate::wire::answer::{Answer, Code, Outcome, Strange, Words};
use crate::wire::{Conversation, Outstanding, Patience};
use crate::{Capabilities, Error, Kind, Limits, Step, UidSet, name};

/// A session with a server over a connection. After an error that
/// [does not leave it](Kind::leaves_session) every further command is refused.
#[derive(Debug)]
pub struct Session<S> {
    conversation: Conversation<S>,
    limits: Limits,
    offered: Capabilities,
    /// Whether what is offered was told since we signed in.
    is_offered_fresh: bool,
    enabled: Capabilities,
    stage: Stage,
    is_idle: bool,
    open: Option<Open>,
    news: News,
    outstanding: Outstanding,
    /// Since the last command.
    heard: u64,
    strange: u32,
    alerts: Vec<String>,
    /// Names of folders that are not written as they would be by us.
    odd_names: BTreeMap<String, Vec<u8>>,
}

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The server does not know us.
    Stranger,
    /// It does.
    SignedIn,
    /// We said good-bye.
    Leaving,
    /// Nothing more can be said.
    Over,
}

/// The folder that is open.
#[derive(Debug)]
struct Open {
    name: String,
    /// What the server told of it when it was opened and since.
    told: Told,
}

/// Words for the person that are kept.
const ALERTS_MAX: usize = 8;

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Begins a session on a connection that is protected already, and waits for the greeting.
    pub async fn greet(stream: S, limits: Limits) -> Result<Self, Error> {
        let mut session = Self::silent(stream, limits, false);
        let patience = session.patience(Step::Greet);
        match session.hear(&patience).await? {
            Answer::Greeting(words, is_signed_in) => {
                if is_signed_in {
                    session.stage = Stage::SignedIn;
                }
                session.take_offer(&words);
                Ok(session)
            }
            // A greeting in eight bits.
            Answer::Remark(Outcome::Ok, words) => {
                session.take_offer(&words);
                Ok(session)
            }
            Answer::Remark(outcome, words) => Err(refusal(Step::Greet, outcome, &words)),
            _ => Err(session.broken(Kind::Protocol, Step::Greet)),
        }
    }

    /// Begins a session behind the greeting, with nothing known.
    pub(crate) fn behind_greeting(stream: S, limits: Limits) -> Self {
        Self::silent(stream, limits, true)
    }

    fn silent(stream: S, limits: Limits, is_greeted: bool) -> Self {
        Self {
            conversation: Conversation::new(stream, &limits, is_greeted),
            limits,
            offered: Capabilities::default(),
            is_offered_fresh: false,
            enabled: Capabilities::default(),
            stage: Stage::Stranger,
            is_idle: false,
            open: None,
            news: News::default(),
            outstanding: Outstanding::new(),
            heard: 0,
            strange: 0,
            alerts: Vec::new(),
            odd_names: BTreeMap::new(),
        }
    }

    /// What the server offers.
    pub fn offered(&self) -> &Capabilities {
        &self.offered
    }

    /// What was agreed on, such as `QRESYNC`.
    pub fn enabled(&self) -> &Capabilities {
        &self.enabled
    }

    /// What the server wants the person to be told, the latest last.
    pub fn alerts(&self) -> &[String] {
        &self.alerts
    }

    /// The folder that is open.
    pub fn opened(&self) -> Option<&str> {
        self.open.as_ref().map(|open| open.name.as_str())
    }

    /// Whether it has ended, by an error or by a good-bye.
    pub fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }

    /// Signs out. Whatever comes of it, the session is over.
    pub async fn leave(mut self) -> Result<(), Error> {
        if !self.is_over() {
            self.stage = Stage::Leaving;
        }
        let patience = self.patience(Step::Leave);
        self.run(CommandBody::Logout, &patience, |_| Ok(())).await.map(|_words| ())
    }

    pub(crate) fn is_signed_in(&self) -> bool {
        self.stage == Stage::SignedIn
    }

    /// The connection, if nothing was said on it behind the last answer.
    pub(crate) fn into_silent_stream(self) -> Option<S> {
        self.conversation.into_silent_stream()
    }

    /// Asks what the server offers, if that is not known.
    pub(crate) async fn ask_offer(&mut self) -> Result<(), Error> {
        if self.offered.is_empty() {
            let patience = self.patience(Step::Capabilities);
            self.run(CommandBody::Capability, &patience, |_| Ok(())).await?;
        }
        Ok(())
    }

    pub(crate) async fn start_tls(&mut self) -> Result<(), Error> {
        let patience = self.patience(Step::Encrypt);
        self.run(CommandBody::StartTLS, &patience, |_| Ok(())).await.map(|_words| ())
    }

    fn patience(&self, step: Step) -> Patience {
        self.patience_for(step, self.limits.command)
    }

    fn transfer_patience(&self, step: Step) -> Patience {
        self.patience_for(step, self.limits.transfer)
    }

    fn patience_for(&self, step: Step, time: Duration) -> Patience {
        Patience { until: Instant::now() + time, silence: self.limits.silence, step }
    }

    /// Runs a command to its end, and hands over all that comes before it.
    async fn run(
        &mut self,
        body: CommandBody<'static>,
        patience: &Patience,
        mut each: impl FnMut(Answer) -> Result<(), Kind>,
    ) -> Result<Words, Error> {
        self.begin(patience).await?;
        let tag = self.send(body);
        loop {
            match self.hear(patience).await? {
                Answer::Done(done, outcome, words) if done == tag => {
                    return self.ended(outcome, words, patience.step);
                }
                answer => {
                    each(answer).map_err(|kind| self.broken(kind, patience.step))?;
                }
            }
        }
    }

    /// Waits for the end of what was given up on, so that nothing of it is taken for something else.
    async fn begin(&mut self, patience: &Patience) -> Result<(), Error> {
        if self.is_over() {
            return Err(Error::new(Kind::Over, patience.step));
        }
        while !self.outstanding.is_empty() {
            if self.is_idle && self.conversation.end_idle() {
                self.is_idle = false;
            }
            self.hear(patience).await?;
        }
        self.is_idle = false;
        Ok(())
    }

    fn send(&mut self, body: CommandBody<'static>) -> String {
        (self.heard, self.strange) = (0, 0);
        let tag = self.conversation.send(body);
        self.outstanding.push_back(tag.clone());
        tag
    }

    fn ended(&mut self, outcome: Outcome, words: Words, step: Step) -> Result<Words, Error> {
        if outcome == Outcome::Ok {
            return Ok(words);
        }
        let error = refusal(step, outcome, &words);
        self.end_with(error.kind);
        Err(error)
    }

    fn end_with(&mut self, kind: Kind) {
        if !kind.leaves_session() {
            self.stage = Stage::Over;
        }
    }

    /// The error that ends the session.
    fn broken(&mut self, kind: Kind, step: Step) -> Error {
        self.end_with(kind);
        Error::new(kind, step).at(self.conversation.received())
    }

    /// The next answer, with all that holds for any of them looked after.
    async fn hear(&mut self, patience: &Patience) -> Result<Answer, Error> {
        if self.is_over() {
            return Err(Error::new(Kind::Over, patience.step));
        }
        let answer = match self.conversation.next(patience).await {
            Ok(answer) => answer,
            Err(error) => {
                self.stage = Stage::Over;
                return Err(error);
            }
        };
        self.heard += 1;
        if self.heard > self.limits.responses_max {
            return Err(self.broken(Kind::TooLarge, patience.step));
        }
        match &answer {
            Answer::Done(tag, _, words) => {
                let Some(at) = self.outstanding.iter().position(|sent| sent == tag) else {
                    return Err(self.broken(Kind::Protocol, patience.step));
                };
                self.outstanding.remove(at);
                self.take_offer(words);
                self.take_alert(words);
            }
            Answer::Bye(words) if self.stage != Stage::Leaving => {
                let said = words.text.clone();
                return Err(self.broken(Kind::Bye, patience.step).saying(&said));
            }
            Answer::Remark(_, words) => {
                self.take_offer(words);
                self.take_alert(words);
                if let (Some(Code::HighestModSeq(state)), Some(open)) =
                    (&words.code, &mut self.open)
                {
                    open.told.highest_modseq = NonZeroU64::new(*state);
                }
            }
            Answer::Capability(offered) => self.offer(offered.clone()),
            Answer::Strange(Strange::Outside) => {
                return Err(self.broken(Kind::Protocol, patience.step));
            }
            Answer::Strange(_) => {
                self.strange += 1;
                if self.strange > self.limits.strange_responses_max {
                    return Err(self.broken(Kind::Protocol, patience.step));
                }
            }
            Answer::Exists(_) | Answer::Expunge(_) | Answer::Vanished { earlier: false, .. } => {
                self.take_news(&answer);
            }
            Answer::Fetch(fetched) => self.take_state(fetched.modseq.unwrap_or(0)),
            _ => {}
        }
        Ok(answer)
    }

    /// Notes up to which state of changes the server told of the open folder, where it counts them.
    fn take_state(&mut self, state: u64) {
        if let Some(open) = &mut self.open {
            open.told.highest_modseq = open
                .told
                .highest_modseq
                .map(|told| NonZeroU64::new(state).map_or(told, |new| new.max(told)));
        }
    }

    fn take_news(&mut self, answer: &Answer) {
        let Some(open) = &mut self.open else { return };
        match answer {
            Answer::Exists(count) => {
                self.news.came |= *count > open.told.exists;
                self.news.gone |= *count < open.told.exists;
                open.told.exists = *count;
            }
            Answer::Expunge(_) => {
                self.news.gone = true;
                open.told.exists = open.told.exists.saturating_sub(1);
            }
            Answer::Vanished { uids, .. } => {
                self.news.gone = true;
                let count = u32::try_from(uids.len()).unwrap_or(u32::MAX);
                open.told.exists = open.told.exists.saturating_sub(count);
            }
            _ => {}
        }
    }

    fn take_offer(&mut self, words: &Words) {
        if let Some(Code::Capability(offered)) = &words.code {
            self.offer(offered.clone());
        } else if let Some(offered) = Capabilities::in_text(&words.text) {
            self.offer(offered);
        }
    }

    fn offer(&mut self, offered: Capabilities) {
        self.offered = offered;
        self.is_offered_fresh = true;
    }

    fn take_alert(&mut self, words: &Words) {
        if words.code == Some(Code::Alert)
            && let Some(said) = Error::new(Kind::Refused, Step::Greet).saying(&words.text).said
        {
            if self.alerts.len() == ALERTS_MAX {
                self.alerts.remove(0);
            }
            self.alerts.push(said);
        }
    }

    /// An error where no folder is open.
    fn need_folder(&self, step: Step) -> Result<(), Error> {
        match self.open {
            Some(_) => Ok(()),
            None if self.is_over() => Err(Error::new(Kind::Over, step)),
            None => Err(Error::new(Kind::NoFolder, step)),
        }
    }

    /// How names of folders are written here.
    fn writing(&self) -> Writing {
        if self.enabled.has("UTF8=ACCEPT") { Writing::Utf8 } else { Writing::ModifiedUtf7 }
    }

    /// A folder's name as a command holds it.
    fn mailbox(&self, folder: &str, step: Step) -> Result<Mailbox<'static>, Error> {
        let cannot = || Error::new(Kind::CannotSend, step);
        if folder.chars().any(char::is_control) {
            return Err(cannot());
        }
        let writing = self.writing();
        if let Some(odd) = self.odd_names.get(folder) {
            return Mailbox::try_from(odd.clone()).map_err(|_why| cannot());
        }
        if writing == Writing::Utf8 && !folder.is_ascii() {
            let quoted = QuotedUtf8::try_from(folder.to_owned()).map_err(|_why| cannot())?;
            return Ok(Mailbox::from(AString::String(IString::QuotedUtf8(quoted))));
        }
        Mailbox::try_from(name::encode(folder, writing)).map_err(|_why| cannot())
    }
}

/// A set as a command holds it; `None` where it is empty.
fn sequence(uids: &UidSet) -> Option<SequenceSet> {
    let parts = uids.ranges().iter().filter_map(|(first, last)| {
        let first = SeqOrUid::Value(std::num::NonZeroU32::new(*first)?);
        let last = SeqOrUid::Value(std::num::NonZeroU32::new(*last)?);
        Some(if first == last { Sequence::Single(first) } else { Sequence::Range(first, last) })
    });
    let parts: Vec<Sequence> = parts.collect();
    parts.try_into().ok()
}
