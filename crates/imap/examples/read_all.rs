//! Measures reading a mailbox: `read_all PERSON` reads the inbox of that person on the server that
//! `cargo xtask beside` or `bench imap` started, and prints a line a step: what, count, bytes,
//! seconds, separated by tabs.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and stops when it cannot go on"
)]

use std::time::Instant;

use inroad_imap::{Credentials, Endpoint, Limits, Security, Trust, connect};
use inroad_secrets::Secret;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let told = |name: &str| std::env::var(name).unwrap();
    let user = std::env::args().nth(1).unwrap();
    let trust = Trust::new(&[std::fs::read(told("INROAD_IMAP_AUTHORITY")).unwrap()]).unwrap();
    let password = Secret::new(told("INROAD_IMAP_PASSWORD")).unwrap();
    let credentials = Credentials::Password { user, password };
    for (what, security, port) in [
        ("in the open", Security::Plain, "INROAD_IMAP_PORT"),
        ("encrypted", Security::Tls, "INROAD_IMAP_TLS_PORT"),
    ] {
        let port = told(port).parse().unwrap();
        let endpoint = Endpoint { host: "127.0.0.1".to_owned(), port, security };
        let mut session = connect(&endpoint, &trust, Limits::default()).await.unwrap();
        session.sign_in(&credentials).await.unwrap();
        let start = Instant::now();
        let exists = session.examine("INBOX", None).await.unwrap().told.exists;
        line(what, "opened", u64::from(exists), 0, start);
        let start = Instant::now();
        let uids = session.uids(None).await.unwrap();
        let sizes = session.sizes(&uids).await.unwrap();
        line(what, "sizes", sizes.len() as u64, 0, start);
        let start = Instant::now();
        let (mut count, mut bytes) = (0, 0);
        let mut fetching = session.fetch(&sizes).unwrap();
        while let Some(message) = fetching.next().await.unwrap() {
            count += 1;
            bytes += message.bytes.len() as u64;
        }
        line(what, "messages", count, bytes, start);
        let start = Instant::now();
        let changes = session.changes(&uids, None).await.unwrap();
        line(what, "marks", changes.flags.len() as u64, 0, start);
        session.leave().await.unwrap();
    }
}

fn line(what: &str, step: &str, count: u64, bytes: u64, start: Instant) {
    println!("{what}\t{step}\t{count}\t{bytes}\t{:.3}", start.elapsed().as_secs_f64());
}
