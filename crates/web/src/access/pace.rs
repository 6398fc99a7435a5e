//! How often a program may ask by a token: so often a minute, in each program that serves.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many requests a minute.
pub(super) const A_MINUTE_MAX: u32 = 600;
const MINUTE: Duration = Duration::from_mins(1);

/// When the minute of a token began, and how often it asked since.
type Minutes = BTreeMap<i64, (Instant, u32)>;

/// The pace of every token.
#[derive(Debug, Clone, Default)]
pub(super) struct Pace(Arc<Mutex<Minutes>>);

impl Pace {
    /// Counts a request; so many seconds it has to wait, if it came too early.
    pub(super) fn take(&self, token: i64, now: Instant) -> Option<u64> {
        let mut minutes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody has more than some tokens, but they come and go.
        minutes.retain(|_, (began, _)| now.duration_since(*began) < MINUTE);
        let (began, count) = minutes.entry(token).or_insert((now, 0));
        *count += 1;
        let left = MINUTE.saturating_sub(now.duration_since(*began));
        (*count > A_MINUTE_MAX).then(|| left.as_secs() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_has_its_minute() {
        let (pace, start) = (Pace::default(), Instant::now());
        for _ in 0..A_MINUTE_MAX {
            assert_eq!(pace.take(1, start), None);
        }
        assert_eq!(pace.take(1, start + Duration::from_secs(20)), Some(41));
        assert_eq!(pace.take(2, start), None, "others are not held up");
        assert_eq!(pace.take(1, start + MINUTE), None);
    }
}
