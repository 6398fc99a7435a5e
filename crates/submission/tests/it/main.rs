//! Letters, and servers on this machine that take them, refuse them, or break.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that cannot go on should stop"
)]
#![expect(clippy::print_stdout, reason = "a test that skips says so")]

mod breaks;
mod encryption;
mod hostile;
mod letter;
mod reach;
mod receiver;
mod refusals;
mod server;

use inroad_model::{EmailAddress, Mailbox, Moment};
use inroad_submission::{
    Credentials, Endpoint, Fingerprint, Leave, Letter, Outcome, Thread, Written, new_message_id,
    submit,
};

fn address(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

fn mailbox(text: &str) -> Mailbox {
    Mailbox { name: None, address: address(text) }
}

/// A short letter to so many people.
fn letter(recipients: usize) -> Letter {
    let from = mailbox("me@seller.example");
    Letter {
        message_id: new_message_id(&from.address, [1; 16]),
        date: "2026-03-02T09:30:00+01:00".parse::<Moment>().unwrap(),
        from,
        to: (0..recipients).map(|n| mailbox(&format!("to{n}@buyer.example"))).collect(),
        cc: Vec::new(),
        bcc: Vec::new(),
        subject: "The offer".to_owned(),
        text: "Dear Jana,\n.\nas agreed.\n..\nYours\n".to_owned(),
        thread: Thread::default(),
    }
}

/// A person lets it go, and it is sent.
async fn sent(
    written: &Written,
    endpoint: &Endpoint,
    credentials: Option<&Credentials>,
) -> Outcome {
    let shown: Fingerprint = written.fingerprint().to_string().parse().unwrap();
    let leave = Leave::by_a_person(shown);
    submit(leave, endpoint, credentials, &written.envelope, &written.message).await
}
