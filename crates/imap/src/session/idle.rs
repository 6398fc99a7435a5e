//! Waiting until something happens in a folder.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use imap_codec::imap_types::command::CommandBody;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use super::Session;
use crate::refusal::refusal;
use crate::wire::Patience;
use crate::wire::answer::{Answer, Outcome};
use crate::{Error, Step};

/// What happened in a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct News {
    /// Messages came.
    pub came: bool,
    /// Messages are gone.
    pub gone: bool,
    /// Marks changed.
    pub flags: bool,
}

impl News {
    /// Whether nothing happened.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// Why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idled {
    /// Something happened.
    Changed(News),
    /// Whoever waits was woken.
    Woken,
    /// The time is up.
    TimeUp,
    /// The server cannot tell by itself: it has to be [asked](Session::poll) now and then.
    NotOffered,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Waits until something happens in the open folder, for that long at the most, or until `wake`
    /// is done. What happened since the folder was opened and was not told yet ends it at once.
    ///
    /// Waiting is begun anew now and then, so that a connection that died unnoticed is noticed.
    pub async fn idle(
        &mut self,
        at_most: Duration,
        wake: impl Future<Output = ()>,
    ) -> Result<Idled, Error> {
        self.need_folder(Step::Wait)?;
        if !self.offered.has("IDLE") {
            return Ok(Idled::NotOffered);
        }
        let patience = self.patience(Step::Wait);
        self.begin(&patience).await?;
        let end = Instant::now() + at_most;
        let mut wake = pin!(wake);
        loop {
            let news = std::mem::take(&mut self.news);
            if !news.is_none() {
                return Ok(Idled::Changed(news));
            }
            let now = Instant::now();
            if now >= end {
                return Ok(Idled::TimeUp);
            }
            let round = end.min(now + self.limits.idle_renewal);
            if self.idle_round(round, wake.as_mut()).await? {
                // What came with the end of it is told the next time.
                return Ok(Idled::Woken);
            }
        }
    }

    /// One IDLE, until something happens, or until then; whether it was ended by `wake`.
    async fn idle_round(
        &mut self,
        round: Instant,
        mut wake: impl Future<Output = ()> + Unpin,
    ) -> Result<bool, Error> {
        let mut patience = self.patience(Step::Wait);
        let tag = self.send(CommandBody::Idle);
        self.is_idle = true;
        let (mut is_accepted, mut is_ending, mut is_woken) = (false, false, false);
        loop {
            if is_accepted
                && !is_ending
                && (is_woken || !self.news.is_none() || Instant::now() >= round)
            {
                is_ending = true;
                self.conversation.end_idle();
                patience = self.patience(Step::Wait);
            }
            tokio::select! {
                biased;
                () = &mut wake, if !is_woken => is_woken = true,
                answer = self.hear(&patience) => match answer? {
                    Answer::GoOn(_) if !is_accepted => {
                        is_accepted = true;
                        let until = round + self.limits.command;
                        patience = Patience { until, silence: at_most(until), step: Step::Wait };
                    }
                    Answer::Fetch(_) => self.news.flags = true,
                    Answer::Done(done, outcome, words) if done == tag => {
                        self.is_idle = false;
                        return match outcome {
                            Outcome::Ok => Ok(is_woken),
                            _ => Err(refusal(Step::Wait, outcome, &words)),
                        };
                    }
                    _ => {}
                },
                () = tokio::time::sleep_until(round), if is_accepted && !is_ending => {}
            }
        }
    }

    /// Asks once whether something happened in the open folder.
    pub async fn poll(&mut self) -> Result<News, Error> {
        self.need_folder(Step::Wait)?;
        let patience = self.patience(Step::Wait);
        let mut flags = false;
        self.run(CommandBody::Noop, &patience, |answer| {
            flags |= matches!(answer, Answer::Fetch(_));
            Ok(())
        })
        .await?;
        let mut news = std::mem::take(&mut self.news);
        news.flags |= flags;
        Ok(news)
    }
}

fn at_most(until: Instant) -> Duration {
    until.saturating_duration_since(Instant::now())
}
