//! Why reading ended early: the other side, or this one.

use inroad_imap::Remedy;
use inroad_model::Issue;

use super::status::Trouble;
use crate::Error;

/// Why reading ended early.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The mail server, or the way there.
    Mail(inroad_imap::Error),
    /// The same while a folder was read.
    InFolder(String, inroad_imap::Error),
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
            Self::NeedsYou(trouble) => trouble.clone(),
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
            Self::NeedsYou(_) => false,
            Self::Own(_) => true,
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
