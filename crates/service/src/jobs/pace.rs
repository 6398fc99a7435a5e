//! How far a job is, and how long it may still take.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Progress;

/// How far a job is.
#[derive(Debug, Clone)]
pub struct Pace {
    began: Instant,
    /// What is done so far, in `of_total`'s measure: bytes of an import, messages of a reading.
    pub done: u64,
    /// What is to be done; 0 while that is not known.
    pub total: u64,
    /// Messages seen so far.
    pub messages: u64,
    /// New messages that are kept by now.
    pub added: u64,
    /// The file that was read last.
    pub file: Option<Arc<str>>,
    /// So long it went on until this was told.
    pub took: Duration,
}

/// Before that, nothing can be said about the rest.
const SURE_AFTER: Duration = Duration::from_secs(2);

impl Pace {
    pub(super) fn begin() -> Self {
        let took = Duration::ZERO;
        Self { began: Instant::now(), done: 0, total: 0, messages: 0, added: 0, file: None, took }
    }

    pub(super) fn now(&self) -> Self {
        Self { took: self.began.elapsed(), ..self.clone() }
    }

    pub(super) fn at(&self, progress: Progress) -> Self {
        Self {
            done: progress.bytes_done,
            total: progress.bytes_total,
            messages: progress.messages,
            added: progress.added,
            file: progress.file,
            ..self.now()
        }
    }

    pub(super) fn of(&self, done: u64, total: u64) -> Self {
        Self { done, total, messages: done, ..self.now() }
    }

    /// How much of it is done, from 0 to 1; `None` while that is not known. What is packed unpacks to
    /// more than its size.
    pub fn share(&self) -> Option<f64> {
        (self.total > 0).then(|| (self.done as f64 / self.total as f64).min(1.0))
    }

    /// How long it may still take, if it goes on as it did.
    pub fn left(&self) -> Option<Duration> {
        let share = self.share().filter(|share| *share > 0.0 && *share < 1.0)?;
        let all = self.took.as_secs_f64() / share;
        (self.took >= SURE_AFTER)
            .then(|| Duration::try_from_secs_f64(all * (1.0 - share)).ok())
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(done: u64, total: u64, took: u64) -> Pace {
        Pace { done, total, took: Duration::from_secs(took), ..Pace::begin() }
    }

    #[test]
    fn tells_what_is_left_once_it_can() {
        for (done, total, took, expected) in [
            (0, 0, 9, None),
            (0, 100, 9, None),
            (50, 100, 1, None),
            (25, 100, 10, Some(30)),
            (300, 100, 10, None),
        ] {
            let left = pace(done, total, took).left().map(|left| left.as_secs());
            assert_eq!(left, expected, "{done} of {total} in {took} s");
        }
    }
}
