//! Letters that go out: shown as they will go, let go by a person's act on that very text, put among the drafts or
//! handed to the mail server once, and settled.
//!
//! The way through: [`SendAsked`] is what a person wants, [`Inroad::look_before_sending`] shows the letter as the
//! bytes that would go, with everybody who gets it, what the coach finds and who is not to be written to, and
//! gives an [`Approval`]. The act on it comes back to [`Inroad::let_go`], the one function that hands a letter to a
//! mail server or puts anything into a mailbox. It writes the letter down as begun, by which who is not to be
//! written to is asked once more, before the first byte leaves. What was begun and not settled, since the program
//! was killed or the line broke, is looked for in the mailbox by its Message-ID ([`Inroad::settle_what_was_begun`])
//! and never sent again. `send at` is a plan of the user's: nothing here waits for its hour.
//!
//! Must not: send or file what no person approved, send anything again, override a word of whom not to write to.

mod act;
mod addresses;
mod approval;
mod asked;
mod checks;
mod finish;
mod folders;
mod letter;
mod list;
mod look;
mod record;
mod remind;
mod server;
mod settle;
mod thread;

pub use act::{SendAct, SendWay};
pub use approval::{Approval, InvalidApproval};
pub use asked::{Answering, SendAsked};
pub use checks::{Forbidden, Overruled};
pub use list::{LetGo, LetGoPage, LetGoState};
pub use look::{SendLook, ThreadChoice};
pub use record::CopyState;
pub(crate) use server::try_server;
pub use server::usual_sending_port;
pub use settle::Settling;

/// The lock of whoever sends: one letter of a data file at a time, so that what is begun and not settled
/// while nobody holds it was left behind.
pub(crate) const SENDING: &str = "send.lock";
