//! The mail server to which letters are handed: where it is, and by what one signs in there.

use inroad_model::{MailboxConnection, Security, ServerAddress, SignIn};
use inroad_store::KeptConnection;
use inroad_submission::{Credentials, Endpoint, try_account};

use crate::Passwords;
use crate::live::fault::Fault;
use crate::live::mailbox::reach;
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
    let endpoint = endpoint.within(reach(mailbox));
    let Some(path) = &mailbox.authority else { return Ok(endpoint) };
    let pem = std::fs::read(path).map_err(|cause| Error::file(path, cause))?;
    endpoint.trusting(&pem).map_err(|no| invalid(&no))
}

/// By what one signs in there, as it is kept. A token is renewed where its time is over.
pub(super) async fn by_what_is_kept(
    kept: &KeptConnection,
    mailbox: &MailboxConnection,
    passwords: &Passwords,
) -> std::result::Result<Credentials, Fault> {
    let user = &mailbox.user;
    let made = if let SignIn::OAuth(how) = &mailbox.sign_in {
        Credentials::token(user, passwords.token(kept.id, how, None).await?)
    } else {
        Credentials::password(user, passwords.get(kept.id).await?)
    };
    made.map_err(|no| Fault::Own(Error::Invalid { what: no.to_string() }))
}

/// The same of what is not kept yet: what reads the mailbox sends for it, too.
fn by_key(mailbox: &MailboxConnection, key: &Key) -> Result<Credentials> {
    let made = match key.credentials(&mailbox.user)? {
        inroad_imap::Credentials::Password { user, password } => {
            Credentials::password(&user, password)
        }
        inroad_imap::Credentials::Token { user, token } => Credentials::token(&user, token),
    };
    made.map_err(|no| Error::Invalid { what: no.to_string() })
}

/// Signs in there and leaves; nothing is sent.
///
/// # Errors
/// [`Error::Unavailable`] with the server's words.
pub(crate) async fn try_server(mailbox: &MailboxConnection, key: &Key) -> Result<()> {
    let tried = try_account(&endpoint(mailbox)?, &by_key(mailbox, key)?).await;
    tried.map_err(|refusal| Error::Unavailable {
        what: format!("{refusal}. Check the server for sending (--smtp, --smtp-security)"),
    })
}
