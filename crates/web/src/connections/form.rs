//! What a form wishes to be connected, read strictly.

use inroad_model::{
    Connection, ConnectionName, Deleted, EmailAddress, FoldersWanted, MailboxConnection,
    OAuthServer, OAuthSignIn, Reads, Security, ServerAddress, SignIn,
};
use inroad_service::Error;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::forms::{Fields, all, one};

/// Ports of IMAP: encrypted from the first byte, and by STARTTLS or not at all.
const PORT_TLS: u16 = 993;
const PORT_OPEN: u16 = 143;

/// What a form wishes.
#[derive(Debug)]
pub(super) struct Wish {
    pub name: ConnectionName,
    pub mailbox: MailboxConnection,
}

/// What stands under a name, with blanks around it, as passwords may have.
pub(super) fn as_typed<'f>(fields: &'f Fields, name: &str) -> &'f str {
    all(fields, name).next().unwrap_or("")
}

/// An address as it is typed.
pub(super) fn address(fields: &Fields) -> Result<EmailAddress, Error> {
    let typed = one(fields, "address");
    typed.parse().map_err(|_fault| {
        invalid(format!("'{typed}' is no mail address; write it as name@firm.example"))
    })
}

impl Wish {
    /// Reads a form. Of a mailbox that is `known`, what a form does not say stays.
    pub(super) fn read(
        fields: &Fields,
        known: Option<&MailboxConnection>,
        today: Date,
    ) -> Result<Self, Error> {
        let address = address(fields)?;
        let name = match one(fields, "name") {
            "" => address.as_str(),
            name => name,
        };
        let name = ConnectionName::new(name).map_err(|no| invalid(no.to_string()))?;
        let user = match one(fields, "user") {
            "" => address.to_string(),
            user => user.to_owned(),
        };
        let mailbox = MailboxConnection {
            user,
            imap: server(fields)?,
            submission: known.and_then(|known| known.submission.clone()),
            sign_in: sign_in(fields)?,
            authority: known.and_then(|known| known.authority.clone()),
            since: match known {
                Some(known) => known.since,
                None => since(one(fields, "since"), today),
            },
            folders: known.map_or(FoldersWanted::Usual, |known| known.folders.clone()),
            deleted: known.map_or_else(Deleted::default, |known| known.deleted),
            public_only: known.is_some_and(|known| known.public_only),
            address,
        };
        Ok(Self { name, mailbox })
    }

    /// The same as whoever asks may wish it. From elsewhere a server has to lie in the public network, but for one
    /// that was named on this machine and is not named anew.
    pub(super) fn asked_from(
        mut self,
        is_elsewhere: bool,
        known: Option<&MailboxConnection>,
    ) -> Self {
        let is_named_here = known.is_some_and(|known| {
            !known.public_only
                && known.imap == self.mailbox.imap
                && known.submission == self.mailbox.submission
        });
        self.mailbox.public_only = is_elsewhere && !is_named_here;
        self
    }

    /// As it is kept.
    pub(super) fn connection(&self) -> Connection {
        let reads = Reads::Mailbox(Box::new(self.mailbox.clone()));
        Connection { name: self.name.clone(), reads }
    }
}

fn server(fields: &Fields) -> Result<ServerAddress, Error> {
    let host = one(fields, "host").to_owned();
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "/@".contains(c);
    if host.is_empty() || host.contains(is_odd) {
        return Err(invalid(format!("'{host}' is no server; write it as imap.firm.example")));
    }
    let security = match one(fields, "security") {
        "starttls" => Security::StartTls,
        "plain" => Security::Plain,
        _ => Security::Tls,
    };
    let port =
        match one(fields, "port") {
            "" if security == Security::Tls => PORT_TLS,
            "" => PORT_OPEN,
            typed => typed.parse().ok().filter(|port| *port > 0).ok_or_else(|| {
                invalid(format!("'{typed}' is no port; usually it is {PORT_TLS}"))
            })?,
        };
    Ok(ServerAddress { host, port, security })
}

fn sign_in(fields: &Fields) -> Result<SignIn, Error> {
    if one(fields, "way") != "oauth" {
        return Ok(SignIn::Password);
    }
    let server = match one(fields, "provider") {
        "" => {
            let scopes: Vec<String> =
                one(fields, "scope").split_whitespace().map(str::to_owned).collect();
            let (authorize, token) = (one(fields, "authorize_url"), one(fields, "token_url"));
            if authorize.is_empty() || token.is_empty() || scopes.is_empty() {
                let what = "A sign-in server of your firm's own has two addresses, and is asked for something; \
                            whoever runs it knows all three";
                return Err(invalid(what.to_owned()));
            }
            let (authorize, token) = (authorize.to_owned(), token.to_owned());
            OAuthServer::Own { authorize, token, device: None, scopes }
        }
        id => OAuthServer::Provider(id.to_owned()),
    };
    let client_id = one(fields, "client_id").to_owned();
    Ok(SignIn::OAuth(Box::new(OAuthSignIn { client_id, server })))
}

/// From which day on letters are read.
fn since(typed: &str, today: Date) -> Option<Date> {
    let years = match typed {
        "all" => return None,
        "5" => 5,
        _ => 2,
    };
    today.checked_sub(years.years()).ok()
}

fn invalid(what: String) -> Error {
    Error::Invalid { what }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(more: &[(&str, &str)]) -> Result<Wish, Error> {
        let usual = [("address", "jana@lindner.example"), ("host", "imap.lindner.example")];
        let fields = more.iter().chain(&usual);
        let fields: Fields =
            fields.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Wish::read(&fields, None, date(2026, 3, 2))
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let Wish { name, mailbox } = read(&[]).unwrap();
        assert_eq!(name.as_str(), "jana@lindner.example");
        assert_eq!((mailbox.user.as_str(), mailbox.imap.port), ("jana@lindner.example", 993));
        assert_eq!((mailbox.sign_in, mailbox.since), (SignIn::Password, Some(date(2024, 3, 2))));
        let open = read(&[("security", "starttls"), ("since", "all"), ("user", "jana")]).unwrap();
        assert_eq!((open.mailbox.imap.port, open.mailbox.since), (143, None));
        assert_eq!(open.mailbox.user, "jana");
    }

    #[test]
    fn what_is_no_mailbox_says_so() {
        for (field, expected) in [
            (("address", "jana"), "no mail address"),
            (("host", "a b"), "no server"),
            (("host", "http://x.example/"), "no server"),
            (("port", "0"), "no port"),
            (("port", "65536"), "no port"),
            (("name", "a\nb"), "one line"),
            (("way", "oauth"), "two addresses"),
        ] {
            let said = read(&[field]).unwrap_err().to_string();
            assert!(said.contains(expected), "{field:?}: {said}");
        }
    }

    #[test]
    fn from_elsewhere_only_what_was_named_here_may_lie_within_the_network() {
        let named = read(&[]).unwrap().mailbox;
        let asked = |is_elsewhere, host, known: Option<&MailboxConnection>| {
            let wish = read(&[("host", host)]).unwrap();
            let mut wish = Wish { name: wish.name, mailbox: wish.mailbox };
            host.clone_into(&mut wish.mailbox.imap.host);
            wish.asked_from(is_elsewhere, known).mailbox.public_only
        };
        let host = "imap.lindner.example";
        assert!(asked(true, host, None));
        assert!(!asked(false, host, None));
        // Somebody who only signs in anew at what was named on the machine.
        assert!(!asked(true, host, Some(&named)));
        assert!(asked(true, "10.0.0.1", Some(&named)));
        let named_elsewhere = MailboxConnection { public_only: true, ..named };
        assert!(asked(true, host, Some(&named_elsewhere)));
    }

    #[test]
    fn of_what_is_known_the_rest_stays() {
        let mut known = read(&[("since", "all")]).unwrap().mailbox;
        known.folders = FoldersWanted::These(vec!["INBOX".to_owned()]);
        let fields = [("address", "jana@lindner.example"), ("host", "imap.lindner.example")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let again = Wish::read(&fields, Some(&known), date(2026, 3, 2)).unwrap();
        assert_eq!(again.mailbox, known);
    }
}
