//! The mail server to which letters are handed: where it is, and by what one signs in there.

use inroad_model::{MailboxConnection, Security, ServerAddress};
use inroad_submission::{Endpoint, try_account};

use crate::live::sign_in::Key;
use crate::{Error, Result};

/// The port at which servers usually take letters.
pub fn usual_sending_port(security: Security) -> u16 {
    guard(security).usual_port()
}

fn guard(security: Security) -> inroad_submission::Security {
    match security {
        Security::Tls => inroad_submission::Security::Tls,
        Security::StartTls => inroad_submission::Security::StartTls,
        Security::Plain => inroad_submission::Security::Plain,
    }
}

/// The server of a mailbox, with its own authority trusted as well.
///
/// # Errors
/// [`Error::Invalid`] where there is none, or it cannot be used as it is told.
pub(super) fn endpoint(mailbox: &MailboxConnection) -> Result<Endpoint> {
    let Some(ServerAddress { host, port, security }) = &mailbox.submission else {
        let what = format!(
            "No server is known that sends for {}; put the letter among your drafts, or connect the mailbox \
             once more with --smtp SERVER",
            mailbox.address
        );
        return Err(Error::Invalid { what });
    };
    let invalid = |no: &dyn std::error::Error| Error::Invalid { what: no.to_string() };
    let endpoint = Endpoint::new(host, *port, guard(*security)).map_err(|no| invalid(&no))?;
    let Some(path) = &mailbox.authority else { return Ok(endpoint) };
    let pem = std::fs::read(path).map_err(|cause| Error::file(path, cause))?;
    endpoint.trusting(&pem).map_err(|no| invalid(&no))
}

/// Signs in there and leaves; nothing is sent.
///
/// # Errors
/// [`Error::Unavailable`] with the server's words.
pub(crate) async fn try_server(mailbox: &MailboxConnection, key: &Key) -> Result<()> {
    let tried = try_account(&endpoint(mailbox)?, &key.for_sending(&mailbox.user)?).await;
    tried.map_err(|refusal| Error::Unavailable {
        what: format!("{refusal}. Check the server for sending (--smtp, --smtp-security)"),
    })
}
