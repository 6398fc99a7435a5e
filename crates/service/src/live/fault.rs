//! Why reading ended early: the other side, or this one.

use std::time::Duration;

use inroad_dav::Help;
use inroad_imap::Remedy;
use inroad_model::Issue;

use super::status::Trouble;
use crate::Error;

/// A server that wants not to be asked for longer is asked after so long.
const ASKED_LATER_MAX: Duration = Duration::from_hours(6);

/// Why reading ended early.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The mail server, or the way there.
    Mail(inroad_imap::Error),
    /// The same while a folder was read.
    InFolder(String, inroad_imap::Error),
    /// A server for calendars and address books, or the way there.
    Dav(inroad_dav::Error),
    /// Something of this machine that may come back by itself.
    Away(Trouble),
    /// Who gives out tokens, or the way there.
    SignIn(inroad_connect::Error),
    /// A person has to do something here first.
    NeedsYou(Trouble),
    /// This program or its data file.
    Own(Error),
}

impl From<inroad_imap::Error> for Fault {
    fn from(error: inroad_imap::Error) -> Self {
        Self::Mail(error)
    }
}

impl From<inroad_dav::Error> for Fault {
    fn from(error: inroad_dav::Error) -> Self {
        Self::Dav(error)
    }
}

impl From<inroad_connect::Error> for Fault {
    fn from(error: inroad_connect::Error) -> Self {
        Self::SignIn(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Own(error)
    }
}

impl From<inroad_store::Error> for Fault {
    fn from(error: inroad_store::Error) -> Self {
        Self::Own(error.into())
    }
}

impl Fault {
    /// In words, with the way out.
    pub(crate) fn trouble(&self) -> Trouble {
        match self {
            Self::Mail(error) => of_mail(error),
            Self::InFolder(folder, error) => {
                let Trouble { what, way_out } = of_mail(error);
                Trouble { what: format!("In the folder {folder}: {what}"), way_out }
            }
            Self::Dav(error) => of_dav(error),
            Self::SignIn(error) => of_sign_in(error),
            Self::NeedsYou(trouble) | Self::Away(trouble) => trouble.clone(),
            Self::Own(error) => Trouble {
                what: error.to_string(),
                way_out: "It is tried again; 'inroad doctor' looks whether the data file is whole"
                    .to_owned(),
            },
        }
    }

    /// As what stands in the way of an action.
    pub(crate) fn into_error(self) -> Error {
        if let Self::Own(error) = self {
            return error;
        }
        let Trouble { what, way_out } = self.trouble();
        Error::Unavailable { what: format!("{what}. {way_out}") }
    }

    /// Whether it may work later by itself.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Mail(error) | Self::InFolder(_, error) => {
                matches!(error.remedy(), Remedy::Later | Remedy::Server | Remedy::Caller)
            }
            Self::Dav(error) => !matches!(error.help(), Help::Person),
            Self::SignIn(error) => error.may_pass(),
            Self::NeedsYou(_) => false,
            Self::Own(_) | Self::Away(_) => true,
        }
    }

    /// How long the other side wants not to be asked.
    pub(super) fn not_before(&self) -> Duration {
        match self {
            Self::Dav(error) => match error.help() {
                Help::Later(after) => after.unwrap_or_default().min(ASKED_LATER_MAX),
                _ => Duration::ZERO,
            },
            _ => Duration::ZERO,
        }
    }
}

/// What a server said about one folder, as an issue.
pub(super) fn issue(error: &inroad_imap::Error, place: &str) -> Issue {
    let trouble = of_mail(error);
    Issue::new(trouble.what, &trouble.way_out).in_file(place)
}

fn of_mail(error: &inroad_imap::Error) -> Trouble {
    let mut what = format!("{}, while {}", error.kind.what(), error.step.words());
    if let Some(said) = &error.said {
        what = format!("{what}. It says: {}", said.trim_end_matches('.'));
    }
    Trouble { what, way_out: error.kind.way_out().to_owned() }
}

fn of_dav(error: &inroad_dav::Error) -> Trouble {
    let mut what = format!("{} {}", error.host, error.why);
    if let (Some(path), false) = (&error.path, error.method.is_empty()) {
        what = format!("{what} at {} {path}", error.method);
    }
    let mut way_out = error.why.way_out().to_owned();
    if let Some(first) = way_out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Trouble { what, way_out }
}

/// What helps where a sign-in counts no longer.
pub(super) const SIGN_IN_AGAIN: &str = "Sign in at your provider again: on the page Connections, or by 'inroad connect mailbox ADDRESS --oauth'";

/// Its sentences end with what helps.
fn of_sign_in(error: &inroad_connect::Error) -> Trouble {
    let said = error.to_string();
    let (what, way_out) = said.rsplit_once("; ").unwrap_or((&said, "try again"));
    if matches!(error, inroad_connect::Error::SignInAgain { .. }) {
        return Trouble { what: what.to_owned(), way_out: SIGN_IN_AGAIN.to_owned() };
    }
    let mut letters = way_out.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    Trouble { what: what.to_owned(), way_out: first + letters.as_str() }
}
