//! A mailbox read from its greeting to its last message, as one who begins does.

use inroad_imap::{Credentials, Error, Limits, Message, Session};
use inroad_secrets::Secret;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::server::Mailbox;

/// What one sees of a message.
pub(crate) type Seen = (u32, Vec<String>, Vec<u8>);

pub(crate) fn anna() -> Credentials {
    Credentials::Password { user: "anna".to_owned(), password: secret("hunter22") }
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned()).unwrap()
}

/// Bounds that a small mailbox reaches.
pub(crate) fn small() -> Limits {
    Limits {
        message_bytes_max: 20_000,
        response_bytes_max: 40_000,
        responses_max: 500,
        strange_responses_max: 20,
        chunk_messages_max: 5,
        chunk_bytes_max: 400,
        ..Limits::default()
    }
}

pub(crate) async fn signed_in<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
) -> Result<Session<S>, Error> {
    let mut session = Session::greet(stream, small()).await?;
    session.sign_in(&anna()).await?;
    Ok(session)
}

/// Reads everything in the inbox.
pub(crate) async fn read<S: AsyncRead + AsyncWrite + Unpin>(stream: S) -> Result<Vec<Seen>, Error> {
    let mut session = signed_in(stream).await?;
    session.folders().await?;
    session.examine("INBOX", None).await?;
    let uids = session.uids(None).await?;
    let sizes = session.sizes(&uids).await?;
    let mut fetching = session.fetch(&sizes)?;
    let mut all = Vec::new();
    while let Some(message) = fetching.next().await? {
        all.push(seen(message));
    }
    all.sort();
    let missing = fetching.missing().len();
    session.leave().await?;
    assert_eq!(missing, 0);
    Ok(all)
}

fn seen(message: Message) -> Seen {
    let mut flags: Vec<String> = message.flags.iter().map(ToString::to_string).collect();
    flags.sort();
    (message.uid, flags, message.bytes)
}

/// What reading a mailbox has to give.
pub(crate) fn expected(mailbox: &Mailbox) -> Vec<Seen> {
    let letters = mailbox.letters.iter();
    letters
        .map(|letter| {
            let mut flags: Vec<String> = letter.flags.split(' ').map(str::to_owned).collect();
            flags.sort();
            (letter.uid, flags, letter.bytes.clone())
        })
        .collect()
}
