//! Who did something, and to whom a lead goes.

use std::fmt;

use inroad_model::{EmailAddress, TeamName};
use serde::{Deserialize, Serialize};

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Option<EmailAddress>", into = "Option<EmailAddress>")]
pub enum Who {
    /// Whose data file it is.
    Own,
    /// Somebody else, by address.
    Member(EmailAddress),
}

impl Who {
    /// The address; `None` for whose data file it is.
    pub fn email(&self) -> Option<&EmailAddress> {
        match self {
            Self::Own => None,
            Self::Member(email) => Some(email),
        }
    }
}

impl From<Option<EmailAddress>> for Who {
    fn from(email: Option<EmailAddress>) -> Self {
        email.map_or(Self::Own, Self::Member)
    }
}

impl From<Who> for Option<EmailAddress> {
    fn from(who: Who) -> Self {
        match who {
            Who::Own => None,
            Who::Member(email) => Some(email),
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("you"),
            Self::Member(email) => email.fmt(f),
        }
    }
}

/// To whom a lead goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// One person.
    Person(Who),
    /// A team: whoever of it takes it first.
    Team(TeamName),
}
