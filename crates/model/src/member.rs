//! Who works with whoever's data file it is: what they do, and in which team.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::EmailAddress;

/// What a member does here. One person may do several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Takes leads on and follows them up.
    Seller,
    /// Finds leads and hands them over.
    Marketer,
    /// Answers for a team; without a team, for all of them.
    Manager,
    /// Says who works here.
    Administrator,
    /// Hands leads over from outside.
    Provider,
}

impl MemberRole {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Seller, Self::Marketer, Self::Manager, Self::Administrator, Self::Provider];

    /// The name in forms and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Seller => "seller",
            Self::Marketer => "marketer",
            Self::Manager => "manager",
            Self::Administrator => "administrator",
            Self::Provider => "provider",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// What it means, for whoever chooses.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Seller => "takes leads on and follows them up",
            Self::Marketer => "finds leads and hands them over",
            Self::Manager => "answers for a team",
            Self::Administrator => "says who works here",
            Self::Provider => "hands leads over from outside",
        }
    }
}

/// The name of a team, or of an outside provider of leads: one line, 1 to [`TeamName::CHARS_MAX`]
/// characters, without blanks around it.
///
/// ```
/// use inroad_model::TeamName;
/// assert_eq!(TeamName::new("  North \t shore ").unwrap().as_str(), "North shore");
/// assert!(TeamName::new(" ").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TeamName(Box<str>);

impl TeamName {
    /// The longest name, in characters.
    pub const CHARS_MAX: usize = 60;

    /// Takes a name; blanks within it become one.
    ///
    /// # Errors
    /// [`InvalidMember::NoTeam`] without a name, [`InvalidMember::LongName`].
    pub fn new(text: &str) -> Result<Self, InvalidMember> {
        let name = one_line(text);
        match name.chars().count() {
            0 => Err(InvalidMember::NoTeam),
            n if n > Self::CHARS_MAX => Err(InvalidMember::LongName),
            _ => Ok(Self(name.into())),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TeamName {
    type Error = InvalidMember;

    fn try_from(text: String) -> Result<Self, InvalidMember> {
        Self::new(&text)
    }
}

impl From<TeamName> for String {
    fn from(name: TeamName) -> Self {
        name.0.into_string()
    }
}

impl fmt::Display for TeamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn one_line(text: &str) -> String {
    let harmless = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = text.chars().map(harmless).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "UncheckedMember")]
pub struct Member {
    email: EmailAddress,
    name: String,
    roles: BTreeSet<MemberRole>,
    team: Option<TeamName>,
}

/// Why nobody can work here like that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMember {
    /// They would do nothing.
    #[error("Say what they do: seller, marketer, manager, administrator or provider")]
    NoRole,
    /// One cannot be inside and outside.
    #[error("Who hands leads over from outside does nothing else here")]
    InsideAndOutside,
    /// Nobody would know whose people they are.
    #[error("Name the team; of an outside provider, the firm")]
    NoTeam,
    /// Too much for a list.
    #[error("That is too long for a name; use {} characters at most", TeamName::CHARS_MAX)]
    LongName,
}

impl Member {
    /// Somebody who does at least one thing; an outside provider's people do nothing else, and their
    /// team is their firm. Without a name they are called by their address.
    ///
    /// # Errors
    /// [`InvalidMember`].
    pub fn new(
        email: EmailAddress,
        name: &str,
        roles: impl IntoIterator<Item = MemberRole>,
        team: Option<TeamName>,
    ) -> Result<Self, InvalidMember> {
        let roles: BTreeSet<MemberRole> = roles.into_iter().collect();
        let mut name = one_line(name);
        if name.is_empty() {
            email.as_str().clone_into(&mut name);
        } else if name.chars().count() > TeamName::CHARS_MAX {
            return Err(InvalidMember::LongName);
        }
        let is_outside = roles.contains(&MemberRole::Provider);
        match roles.len() {
            0 => Err(InvalidMember::NoRole),
            1 if is_outside && team.is_none() => Err(InvalidMember::NoTeam),
            n if is_outside && n > 1 => Err(InvalidMember::InsideAndOutside),
            _ => Ok(Self { email, name, roles, team }),
        }
    }

    /// By which they are known.
    pub fn email(&self) -> &EmailAddress {
        &self.email
    }

    /// What they are called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What they do; never nothing.
    pub fn roles(&self) -> &BTreeSet<MemberRole> {
        &self.roles
    }

    /// Whether they do that.
    pub fn is(&self, role: MemberRole) -> bool {
        self.roles.contains(&role)
    }

    /// Their team; of an outside provider's people, their firm.
    pub fn team(&self) -> Option<&TeamName> {
        self.team.as_ref()
    }
}

#[derive(Deserialize)]
struct UncheckedMember {
    email: EmailAddress,
    name: String,
    roles: BTreeSet<MemberRole>,
    team: Option<TeamName>,
}

impl TryFrom<UncheckedMember> for Member {
    type Error = InvalidMember;

    fn try_from(read: UncheckedMember) -> Result<Self, InvalidMember> {
        Self::new(read.email, &read.name, read.roles, read.team)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(roles: &[MemberRole], team: Option<&str>, expected: Result<(), InvalidMember>) {
        let email = "mia@brandt-advice.example".parse().unwrap();
        let team = team.map(|team| TeamName::new(team).unwrap());
        let made = Member::new(email, "", roles.iter().copied(), team);
        assert_eq!(made.as_ref().map(|_member| ()).map_err(|why| *why), expected, "{roles:?}");
        if let Ok(member) = made {
            assert_eq!(member.name(), "mia@brandt-advice.example");
            let read: Member =
                serde_json::from_str(&serde_json::to_string(&member).unwrap()).unwrap();
            assert_eq!(read, member);
        }
    }

    #[test]
    fn who_may_work_here() {
        use MemberRole::{Manager, Marketer, Provider, Seller};
        check(&[Seller], None, Ok(()));
        check(&[Seller, Marketer, Manager], Some("North"), Ok(()));
        check(&[], None, Err(InvalidMember::NoRole));
        check(&[Provider], Some("Lead House"), Ok(()));
        check(&[Provider], None, Err(InvalidMember::NoTeam));
        check(&[Provider, Seller], Some("Lead House"), Err(InvalidMember::InsideAndOutside));
    }

    #[test]
    fn names_are_one_line() {
        assert_eq!(TeamName::new(&"x".repeat(61)), Err(InvalidMember::LongName));
        assert_eq!(TeamName::new("a\nb\u{0}c").unwrap().as_str(), "a b c");
        let wrong = r#"{"email":"a@b.example","name":"A","roles":[],"team":null}"#;
        assert!(serde_json::from_str::<Member>(wrong).is_err());
    }

    #[test]
    fn roles_have_names() {
        for role in MemberRole::ALL {
            assert_eq!(MemberRole::from_name(role.as_str()), Some(role));
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.as_str()));
        }
    }
}
