//! Folders at which reading ended: one that always ends the session must not hide those behind it.
//!
//! What happens once may be chance, so the folder is read again where it stands. At the second time the
//! others are read before it, and at the third it is left out for a while.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

/// After so many sessions in a row that ended in a folder and brought nothing of it, the others come first.
const LAST_AFTER: u32 = 2;
/// After so many it is left out for a while.
const LEFT_OUT_AFTER: u32 = 3;

/// Folders at which reading ended.
#[derive(Debug, Default)]
pub(super) struct Obstacles {
    folders: BTreeMap<String, Ended>,
}

#[derive(Debug)]
struct Ended {
    times: u32,
    at: Instant,
}

/// The folders of a mailbox in the order in which they are read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) read: Vec<String>,
    pub(super) left_out: Vec<String>,
}

impl Obstacles {
    /// The folders in the order in which they are read; those that ended one session too many are left out
    /// for that long.
    pub(super) fn order(&self, folders: &[String], left_out_for: Duration) -> Order {
        let mut order = Order::default();
        let mut last = Vec::new();
        for folder in folders {
            match self.folders.get(folder) {
                Some(ended) if ended.is_left_out(left_out_for) => {
                    order.left_out.push(folder.clone());
                }
                Some(ended) if ended.times >= LAST_AFTER => last.push(folder.clone()),
                _ => order.read.push(folder.clone()),
            }
        }
        order.read.append(&mut last);
        order
    }

    /// A session ended in a folder. Whether that is so often now that it is left out.
    pub(super) fn ended_in(&mut self, folder: &str, brought_something: bool) -> bool {
        let at = Instant::now();
        let ended = self.folders.entry(folder.to_owned()).or_insert(Ended { times: 0, at });
        ended.at = at;
        ended.times = if brought_something { 1 } else { ended.times.saturating_add(1) };
        ended.times >= LEFT_OUT_AFTER
    }

    /// A folder was read to its end.
    pub(super) fn passed(&mut self, folder: &str) {
        self.folders.remove(folder);
    }

    /// Whether any folder is left out now.
    pub(super) fn leaves_one_out(&self, left_out_for: Duration) -> bool {
        self.folders.values().any(|ended| ended.is_left_out(left_out_for))
    }

    /// Whether a folder is left out now.
    pub(super) fn leaves_out(&self, folder: &str, left_out_for: Duration) -> bool {
        self.folders.get(folder).is_some_and(|ended| ended.is_left_out(left_out_for))
    }
}

impl Ended {
    fn is_left_out(&self, left_out_for: Duration) -> bool {
        self.times >= LEFT_OUT_AFTER && self.at.elapsed() < left_out_for
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHILE: Duration = Duration::from_mins(10);

    #[tokio::test(start_paused = true)]
    async fn others_come_first_and_then_it_is_left_out_for_a_while() {
        let folders = ["INBOX", "Bad", "Sent"].map(str::to_owned);
        let mut obstacles = Obstacles::default();
        let check = |obstacles: &Obstacles, read: &[&str], left_out: &[&str]| {
            let order = obstacles.order(&folders, WHILE);
            assert_eq!(
                (&order.read[..], &order.left_out[..]),
                (&owned(read)[..], &owned(left_out)[..])
            );
        };
        check(&obstacles, &["INBOX", "Bad", "Sent"], &[]);
        assert!(!obstacles.ended_in("Bad", false));
        check(&obstacles, &["INBOX", "Bad", "Sent"], &[]);
        assert!(!obstacles.ended_in("Bad", false));
        check(&obstacles, &["INBOX", "Sent", "Bad"], &[]);
        assert!(obstacles.ended_in("Bad", false));
        check(&obstacles, &["INBOX", "Sent"], &["Bad"]);
        assert!(obstacles.leaves_out("Bad", WHILE) && !obstacles.leaves_out("INBOX", WHILE));
        tokio::time::advance(WHILE).await;
        check(&obstacles, &["INBOX", "Sent", "Bad"], &[]);
        assert!(obstacles.ended_in("Bad", false), "and again for a while");
        check(&obstacles, &["INBOX", "Sent"], &["Bad"]);
        obstacles.passed("Bad");
        check(&obstacles, &["INBOX", "Bad", "Sent"], &[]);
        // A large folder that comes in pieces is none.
        for _ in 0..9 {
            assert!(!obstacles.ended_in("INBOX", true));
        }
        check(&obstacles, &["INBOX", "Bad", "Sent"], &[]);
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }
}
