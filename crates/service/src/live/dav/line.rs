//! What waits for a server, on threads of their own: whoever ends the program does not wait for them.

use tokio::sync::{mpsc, oneshot};

use super::Done;
use crate::Error;

/// Asks on a thread of its own.
pub(super) async fn on_a_thread<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, inroad_dav::Error> + Send + 'static,
) -> Done<T> {
    let (to, answer) = oneshot::channel();
    std::thread::spawn(move || {
        // Nobody may listen any more.
        let _heard = to.send(ask());
    });
    let lost = |_| Error::Internal { what: "a look ended without a word".to_owned() };
    Ok(answer.await.map_err(lost)??)
}

/// A look that is under way: what it finds comes one by one, and its end behind.
pub(super) struct Found<T> {
    pub parts: mpsc::Receiver<T>,
    end: oneshot::Receiver<Result<inroad_dav::Kept, inroad_dav::Error>>,
}

impl<T> Found<T> {
    /// How it ended, once there are no more parts.
    pub(super) async fn end(self) -> Done<inroad_dav::Kept> {
        // Whoever wants no more parts ends it.
        drop(self.parts);
        let lost = |_| Error::Internal { what: "a look ended without a word".to_owned() };
        Ok(self.end.await.map_err(lost)??)
    }
}

/// Looks on a thread of its own, a part ahead of whoever keeps what it finds.
pub(super) fn looked<T: Send + 'static>(
    look: impl FnOnce(mpsc::Sender<T>) -> Result<inroad_dav::Kept, inroad_dav::Error> + Send + 'static,
) -> Found<T> {
    let (to, parts) = mpsc::channel(1);
    let (end_to, end) = oneshot::channel();
    std::thread::spawn(move || {
        // Nobody may listen any more.
        let _heard = end_to.send(look(to));
    });
    Found { parts, end }
}
