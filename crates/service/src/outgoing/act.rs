//! A person's act on a letter that was shown: it is written down as begun, goes out once, and is settled.

use inroad_model::{EmailAddress, Moment, Remark};
use inroad_store::{KeptConnection, NewOutgoing, OutgoingState, Turn};
use inroad_submission::{Leave, Outcome, Written, submit};
use serde::{Deserialize, Serialize};
use tokio::time::{Duration, Instant, sleep};

use super::SENDING;
use super::approval::Approval;
use super::asked::{Answering, SendAsked};
use super::checks::must_be_overruled;
use super::folders::{Shelf, Shelves};
use super::letter::{KeptLetter, mailbox_of, recipients, written};
use super::list::LetGo;
use super::look::no_mailbox;
use super::record::{CopyState, Record};
use super::server::{by_what_is_kept, endpoint};
use crate::deeds::Inverse;
use crate::inroad::Inroad;
use crate::live::Passwords;
use crate::live::fault::Fault;
use crate::{Error, Result};

/// Which way a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendWay {
    /// Into the drafts of the mailbox: the person sends it from their own mail program.
    Drafts,
    /// To the mail server, now.
    Now,
}

/// What a person did about a letter that was shown.
#[derive(Debug, Clone)]
pub struct SendAct {
    /// The letter, as it was shown.
    pub asked: SendAsked,
    /// Which way it goes.
    pub way: SendWay,
    /// What was shown with it.
    pub approval: Approval,
    /// Why it goes although the coach holds it up.
    pub although: Option<Remark>,
}

/// A letter that may go.
struct Ready {
    kept: KeptConnection,
    letter: KeptLetter,
    written: Written,
    recipients: Vec<EmailAddress>,
    record: Record,
    act: SendAct,
}

/// Another letter is waited for so long.
const TURN_WITHIN: Duration = Duration::from_secs(30);
const TURN_ASKED_EVERY: Duration = Duration::from_millis(50);

impl Inroad {
    /// Lets a letter go that was shown: once, to whom and as it was shown. An answer means that it is settled,
    /// or that nobody can tell; it says which.
    ///
    /// # Errors
    /// Nothing goes out then: [`Error::Conflict`] where it is not the letter that was shown, was let go before,
    /// was shown too long ago, or is held up by the coach without a reason; [`Error::Forbidden`] for who is not
    /// to be written to; [`Error::Invalid`] and [`Error::Unavailable`] where the mailbox cannot be used.
    pub async fn let_go(&self, act: SendAct, passwords: &Passwords, at: Moment) -> Result<LetGo> {
        let (this, passwords) = (self.clone(), passwords.clone());
        // Whoever asked may go away; what is begun comes to its end.
        let done = tokio::spawn(async move { this.let_go_here(act, &passwords, at).await });
        done.await.map_err(|task| Error::stopped(&task))?
    }

    /// Whether the letter that was approved was let go before and was not refused.
    ///
    /// # Errors
    /// As [`Inroad::let_go`] where no mailbox is found.
    pub async fn was_let_go(&self, asked: &SendAsked, approval: &Approval) -> Result<bool> {
        let kept = self.connection_to_send_from(asked).await?;
        let Some(mailbox) = mailbox_of(&kept) else { return Ok(false) };
        let id = approval.drawn().message_id(&mailbox.address);
        let before = self.store.outgoing_named(&id).await?;
        Ok(before.is_some_and(|before| before.state != OutgoingState::Refused))
    }

    async fn let_go_here(&self, act: SendAct, passwords: &Passwords, at: Moment) -> Result<LetGo> {
        let ready = self.ready(act, at).await?;
        let Some(mailbox) = mailbox_of(&ready.kept).cloned() else { return Err(no_mailbox()) };
        // What can go wrong before anything is written down, does.
        let way = match ready.act.way {
            SendWay::Now => {
                let server = endpoint(&mailbox)?;
                let by = by_what_is_kept(&ready.kept, &mailbox, passwords).await;
                Out::Server(server, by.map_err(Fault::into_error)?)
            }
            SendWay::Drafts => {
                let opened = Shelves::open(&ready.kept, &mailbox, passwords).await;
                Out::Drafts(Box::new(opened.map_err(Fault::into_error)?))
            }
        };
        if let Out::Drafts(shelves) = &way
            && shelves.name(Shelf::Drafts).is_none()
        {
            let what = "The mailbox has no folder for drafts; make one in your mail program";
            return Err(Error::Invalid { what: what.to_owned() });
        }
        let _turn = self.turn_to_send().await?;
        let row = self.write_down_as_begun(&ready, at).await?;
        let (state, record) = out(way, &ready).await;
        let is_settled =
            self.store.settle_outgoing(row, state, &record.to_json()?, crate::now()).await?;
        // It went: what fails from here on must not look as if it had not. What stays open of it is finished
        // at the next start.
        if is_settled && state == OutgoingState::Accepted {
            let _untold = self.tell_in_history(&record, at).await;
        }
        if record.open {
            let _open = self.finish(row, passwords).await;
        }
        self.let_go_letter(row).await
    }

    /// The turn of whoever sends; whoever clicks twice waits for the first click to end, and is told of it.
    pub(super) async fn turn_to_send(&self) -> Result<Turn> {
        let end = Instant::now() + TURN_WITHIN;
        loop {
            if let Some(turn) = self.store.take_turn(SENDING).await? {
                return Ok(turn);
            }
            if Instant::now() >= end {
                let what = "Another letter is just going out; try again when it is settled";
                return Err(Error::Conflict { what: what.to_owned() });
            }
            sleep(TURN_ASKED_EVERY).await;
        }
    }

    /// Whether it is the letter that was shown and nothing stands against it.
    async fn ready(&self, act: SendAct, at: Moment) -> Result<Ready> {
        act.approval.must_be_fresh(at)?;
        let kept = self.connection_to_send_from(&act.asked).await?;
        let Some(mailbox) = mailbox_of(&kept) else { return Err(no_mailbox()) };
        let drawn = act.approval.drawn();
        let parent = match &act.asked.answering {
            Answering::Letter(id) => Some(id.clone()),
            Answering::Nothing => None,
            Answering::BySubject => return Err(not_that_letter()),
        };
        let thread = self.thread_of(parent.as_ref()).await?;
        let letter = self.letter_to_send(&act.asked, mailbox, &drawn, thread).await?;
        let written = written(&letter)?;
        if written.fingerprint() != act.approval.fingerprint {
            return Err(not_that_letter());
        }
        if let Some(before) = self.store.outgoing_named(&letter.message_id).await? {
            return Err(was_let_go(before.state));
        }
        let recipients = recipients(&letter);
        self.must_be_allowed(&recipients).await?;
        let first = letter.to.first().map(|mailbox| mailbox.address.clone());
        let checked = self.checked(&act.asked, first.as_ref(), at).await?;
        if let Some(fixed) = checked.fixed.first() {
            return Err(Error::Forbidden { what: format!("Nothing is sent: {}", fixed.why) });
        }
        let addresses = |list: &[inroad_model::Mailbox]| {
            list.iter().map(|mailbox| mailbox.address.clone()).collect::<Vec<_>>()
        };
        let record = Record {
            way: act.way,
            from: mailbox.address.clone(),
            to: addresses(&letter.to),
            cc: addresses(&letter.cc),
            bcc: addresses(&letter.bcc),
            subject: letter.subject.clone(),
            overruled: must_be_overruled(&checked.held, act.although.clone())?,
            said: String::new(),
            copy: CopyState::None,
            copy_trouble: None,
            is_kept: false,
            by_person: false,
            open: false,
        };
        Ok(Ready { letter: KeptLetter::of(letter), kept, written, recipients, record, act })
    }

    /// Writes it down as begun; who is not to be written to is asked while nobody else can write.
    async fn write_down_as_begun(&self, ready: &Ready, at: Moment) -> Result<i64> {
        let content = ready.letter.to_json()?;
        let details = ready.record.to_json()?;
        let new = NewOutgoing {
            connection: ready.kept.id,
            message_id: &ready.letter.message_id,
            details: &details,
            content: &content,
        };
        let is_allowed = self.must_be_allowed(&ready.recipients);
        let row = self.store.begin_outgoing(&new, at, is_allowed).await?;
        row.ok_or_else(|| was_let_go(OutgoingState::Begun))
    }

    /// That it went stands in the history; it cannot be undone.
    pub(super) async fn tell_in_history(&self, record: &Record, at: Moment) -> Result<()> {
        let to: Vec<&str> = record.to.iter().map(EmailAddress::as_str).collect();
        let says = match record.way {
            SendWay::Now => format!("Sent to {}: {}", to.join(", "), record.subject),
            SendWay::Drafts => {
                format!("Put into your drafts for {}: {}", to.join(", "), record.subject)
            }
        };
        self.keep_deed(None, &says, &Inverse::Nothing, at).await.map(|_number| ())
    }
}

/// The way out, made ready.
enum Out {
    Server(inroad_submission::Endpoint, inroad_submission::Credentials),
    Drafts(Box<Shelves>),
}

/// The letter goes. What came of it, and what is to be kept.
async fn out(way: Out, ready: &Ready) -> (OutgoingState, Record) {
    let mut record = ready.record.clone();
    let Ready { written, act, letter, .. } = ready;
    let state = match way {
        Out::Server(endpoint, credentials) => {
            // The fingerprint that came back with the act, not one of what is about to go.
            let leave = Leave::by_a_person(act.approval.fingerprint);
            let outcome =
                submit(leave, &endpoint, Some(&credentials), &written.envelope, &written.message);
            match outcome.await {
                Outcome::Accepted { words } => {
                    record.was_sent(words);
                    OutgoingState::Accepted
                }
                Outcome::Refused(refusal) => {
                    record.said = refusal.to_string();
                    OutgoingState::Refused
                }
                Outcome::Unknown { because } => {
                    record.said = because;
                    OutgoingState::Unknown
                }
            }
        }
        Out::Drafts(mut shelves) => {
            let put = shelves.put(Shelf::Drafts, &letter.message_id, letter.date, &written.copy);
            let state = match put.await {
                Ok(_now) => OutgoingState::Accepted,
                Err(fault) => {
                    record.said = fault.trouble().what;
                    match fault {
                        // It may lie there, where the line broke.
                        Fault::Mail(error) if !error.kind.leaves_session() => {
                            OutgoingState::Unknown
                        }
                        _ => OutgoingState::Refused,
                    }
                }
            };
            shelves.leave().await;
            state
        }
    };
    (state, record)
}

fn not_that_letter() -> Error {
    let what = "That is not the letter that was shown; look at it once more and let it go anew";
    Error::Conflict { what: what.to_owned() }
}

fn was_let_go(state: OutgoingState) -> Error {
    let how = match state {
        OutgoingState::Begun => "it is on its way, or nobody knows yet",
        OutgoingState::Accepted => "it went",
        OutgoingState::Refused => "it was refused; look at it once more to send it",
        OutgoingState::Unknown => "nobody can tell whether it went",
    };
    Error::Conflict { what: format!("This letter was let go before: {how}. See 'Sent'") }
}
