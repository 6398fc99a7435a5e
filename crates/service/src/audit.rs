//! Who did what that concerns who may do what: a list that only grows, and that nobody changes unseen.
//!
//! It names those who work here. It never names a person on the other side, nor what somebody typed in vain.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, Moment};
use inroad_store::AuditRow;
use serde::{Deserialize, Serialize};

use crate::entrance::{Caller, Scope, scopes_in_words};
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

/// Who it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Whose data it is, or whoever has the machine.
    Owner,
    /// One who works here.
    Member(EmailAddress),
    /// Somebody who did not come in.
    Nobody,
}

impl By {
    pub(crate) fn of(whose: Option<&EmailAddress>) -> Self {
        whose.map_or(Self::Owner, |email| Self::Member(email.clone()))
    }
}

impl std::fmt::Display for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Owner => f.write_str("whose data it is"),
            Self::Member(email) => email.fmt(f),
            Self::Nobody => f.write_str("nobody who is known"),
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Audited {
    /// A link to set up a login was made, for a member or for whose data it is.
    Invited {
        /// For whom.
        whom: Option<EmailAddress>,
    },
    /// A login was set up by such a link.
    LoginSetUp,
    /// A browser was signed in.
    SignedIn,
    /// A right password was shown; the code is still to come.
    PasswordShown,
    /// Somebody was not let in.
    Refused {
        /// Whose login it was; `Nobody` under a name that is nobody's.
        login: By,
        /// Whether they have to wait from then on.
        must_wait: bool,
    },
    /// The code of the second step was wrong.
    CodeRefused {
        /// Whose login it was.
        login: By,
        /// Whether they have to wait from then on.
        must_wait: bool,
    },
    /// A browser was signed out.
    SignedOut,
    /// A password was set anew.
    PasswordSet,
    /// A code is asked for from then on.
    SecondStepOn,
    /// A code is asked for no more.
    SecondStepOff,
    /// A token for a program was made.
    TokenMade {
        /// What it is called.
        name: String,
        /// What it may.
        scopes: BTreeSet<Scope>,
        /// For how many days.
        days: u16,
    },
    /// A token was taken back.
    TokenWithdrawn {
        /// What it was called.
        name: String,
    },
    /// Somebody was signed out everywhere.
    ShutOut {
        /// Who.
        whom: EmailAddress,
    },
    /// Somebody works here, or does other things here.
    MemberPut {
        /// Who.
        whom: EmailAddress,
        /// What they do.
        roles: Vec<String>,
    },
    /// Somebody left.
    MemberLeft {
        /// Who.
        whom: EmailAddress,
    },
    /// Somebody got a link that works on this machine.
    LinkMade {
        /// Who.
        whom: EmailAddress,
    },
    /// Another service may say who somebody is.
    ProviderPut {
        /// What it is called.
        provider: String,
        /// Its address.
        issuer: String,
        /// Whether it is believed whose a mail address is.
        by_address: bool,
    },
    /// Such a service says so no more.
    ProviderRemoved {
        /// What it was called.
        provider: String,
    },
    /// Such a service knows somebody from then on.
    Linked {
        /// What it is called.
        provider: String,
        /// How it was known who they are.
        known_by: LinkedBy,
    },
    /// Such a service knows them no more.
    Unlinked {
        /// What it is called.
        provider: String,
    },
    /// A browser was signed in by such a service.
    SignedInBy {
        /// What it is called.
        provider: String,
        /// Whether a code of theirs is still to come.
        awaits_code: bool,
    },
    /// Somebody whom such a service sent was not let in.
    TurnedAway {
        /// What it is called.
        provider: String,
        /// Why.
        why: TurnedAwayFor,
    },
    /// Somebody signs in by another passkey from then on, too.
    PasskeyAdded {
        /// What it is called.
        name: String,
    },
    /// By that passkey nobody signs in any more.
    PasskeyRemoved {
        /// What it was called.
        name: String,
    },
    /// A browser was signed in by a passkey.
    SignedInByPasskey {
        /// What it is called.
        name: String,
    },
    /// A passkey was not believed.
    PasskeyRefused {
        /// Whose it is, or is claimed to be; `Nobody` where it is nobody's.
        login: By,
        /// Why.
        why: PasskeyRefusedFor,
    },
    /// Somebody on the other side was erased; who, nobody can tell any more.
    Erased,
}

/// How it was known who somebody is whom an identity provider sent for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkedBy {
    /// They were signed in.
    Themselves,
    /// They held a link to set up a login.
    Invitation,
    /// The provider vouches for an address that is theirs.
    Address,
}

/// Why somebody was not let in whom an identity provider sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnedAwayFor {
    /// They are nobody here, or work here no more.
    Unknown,
    /// They are somebody else here already, or are known there as somebody else.
    Taken,
    /// Another browser came back than the one that was sent.
    OtherBrowser,
    /// The provider did not confirm it, with the code that it gave.
    NotConfirmed(String),
    /// What it said was not believed, and what of it.
    NotBelieved(String),
}

/// Why a passkey was not believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasskeyRefusedFor {
    /// It is nobody's here, or no more.
    Unknown,
    /// It is somebody else's than it says.
    SomebodyElse,
    /// What it said was not believed, and what of it.
    NotBelieved(String),
}

impl std::fmt::Display for PasskeyRefusedFor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown => f.write_str("it is nobody's here"),
            Self::SomebodyElse => f.write_str("it is somebody else's than it says"),
            Self::NotBelieved(what) if what == "counter" => {
                f.write_str("its counter went backwards, so there may be a copy of it")
            }
            Self::NotBelieved(what) => write!(f, "what it said was not believed ({what})"),
        }
    }
}

impl std::fmt::Display for TurnedAwayFor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown => f.write_str("nobody here is known by that"),
            Self::Taken => f.write_str("somebody is known otherwise"),
            Self::OtherBrowser => f.write_str("another browser came back than was sent"),
            Self::NotConfirmed(code) => write!(f, "it did not confirm the sign-in ({code})"),
            Self::NotBelieved(what) => write!(f, "what it said was not believed ({what})"),
        }
    }
}

impl std::fmt::Display for Audited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let waits = |must_wait: &bool| if *must_wait { "; they have to wait now" } else { "" };
        match self {
            Self::Invited { whom: Some(whom) } => write!(f, "A link to sign in for {whom}"),
            Self::Invited { whom: None } => f.write_str("A link to sign in for whose data it is"),
            Self::LoginSetUp => f.write_str("Set up how they sign in"),
            Self::SignedIn => f.write_str("Signed in"),
            Self::PasswordShown => f.write_str("Showed the right password; a code is asked for"),
            Self::Refused { login, must_wait } => {
                write!(f, "A wrong password for {login}{}", waits(must_wait))
            }
            Self::CodeRefused { login, must_wait } => {
                write!(f, "The right password and a wrong code for {login}{}", waits(must_wait))
            }
            Self::SignedOut => f.write_str("Signed out"),
            Self::PasswordSet => f.write_str("Changed the password"),
            Self::SecondStepOn => f.write_str("Asks for a code from then on"),
            Self::SecondStepOff => f.write_str("Asks for no code any more"),
            Self::TokenMade { name, scopes, days } => {
                let may = scopes_in_words(scopes);
                write!(f, "Made the token '{name}', which may {may} for {days} days")
            }
            Self::TokenWithdrawn { name } => write!(f, "Took the token '{name}' back"),
            Self::ShutOut { whom } => write!(f, "Signed {whom} out everywhere"),
            Self::MemberPut { whom, roles } => write!(f, "{whom} works here: {}", roles.join(", ")),
            Self::MemberLeft { whom } => write!(f, "{whom} works here no more"),
            Self::LinkMade { whom } => write!(f, "A link for {whom} on this machine"),
            Self::ProviderPut { provider, issuer, by_address } => {
                let more = if *by_address { ", also by their mail address" } else { "" };
                write!(f, "Lets people sign in with {provider} ({issuer}){more}")
            }
            Self::ProviderRemoved { provider } => write!(f, "Nobody signs in with {provider} now"),
            Self::Linked { provider, known_by } => {
                let by = match known_by {
                    LinkedBy::Themselves => "while signed in",
                    LinkedBy::Invitation => "by their link",
                    LinkedBy::Address => "by their mail address",
                };
                write!(f, "Signs in with {provider} from then on, set up {by}")
            }
            Self::Unlinked { provider } => write!(f, "Signs in with {provider} no more"),
            Self::SignedInBy { provider, awaits_code } => {
                let more = if *awaits_code { "; a code is asked for" } else { "" };
                write!(f, "Signed in with {provider}{more}")
            }
            Self::TurnedAway { provider, why } => {
                write!(f, "{provider} sent somebody who was not let in: {why}")
            }
            Self::PasskeyAdded { name } => write!(f, "Made the passkey '{name}'"),
            Self::PasskeyRemoved { name } => write!(f, "Removed the passkey '{name}'"),
            Self::SignedInByPasskey { name } => write!(f, "Signed in by the passkey '{name}'"),
            Self::PasskeyRefused { login: By::Nobody, why } => {
                write!(f, "A refused passkey: {why}")
            }
            Self::PasskeyRefused { login, why } => {
                write!(f, "A refused passkey of {login}: {why}")
            }
            Self::Erased => f.write_str("Somebody was erased"),
        }
    }
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// Who did it.
    pub by: By,
    /// From where.
    pub from: String,
    /// What happened.
    pub what: Audited,
    /// Of this line and all before it.
    pub hash: String,
}

/// What a look at the whole log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditCheck {
    /// How many lines there are.
    pub lines: i64,
    /// Of all of them: note it elsewhere, and a later look tells whether any of them was changed.
    pub hash: String,
    /// The number of the first line that was changed or is missing.
    pub broken_at: Option<i64>,
    /// The number of the line whose hash was noted; `None` where none has it, or nothing was noted.
    pub noted: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Content {
    by: By,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(flatten)]
    what: Audited,
}

impl Inroad {
    /// Writes a line.
    pub(crate) async fn audit(
        &self,
        by: Option<&EmailAddress>,
        caller: &Caller,
        what: Audited,
        at: Moment,
    ) -> Result<()> {
        self.audit_by(By::of(by), caller, what, at).await
    }

    /// The same of somebody who may not have come in.
    pub(crate) async fn audit_by(
        &self,
        by: By,
        caller: &Caller,
        what: Audited,
        at: Moment,
    ) -> Result<()> {
        let content = Content { by, from: caller.from.clone(), what };
        let content = serde_json::to_string(&content)
            .map_err(|cause| Error::Internal { what: cause.to_string() })?;
        self.store.add_audit(&content, at).await?;
        Ok(())
    }

    /// Writes a line about what somebody did to whoever works here, from wherever they did it.
    pub(crate) async fn audit_here(&self, actor: &Actor, what: Audited, at: Moment) -> Result<()> {
        self.audit(actor.signs(), &Caller::default(), what, at).await
    }

    /// Lines with a smaller number, the last one first.
    ///
    /// # Errors
    /// [`Error::Forbidden`] but for an administrator.
    pub async fn audit_log(
        &self,
        actor: &Actor,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditLine>> {
        actor.must(Right::Members)?;
        self.store.audit(before, limit).await?.iter().map(read).collect()
    }

    /// Goes through the whole log: whether each line is what it was, and where the one is whose hash somebody noted.
    ///
    /// # Errors
    /// [`Error::Forbidden`] but for an administrator; [`Error::Invalid`] for what is no hash.
    pub async fn check_audit_log(&self, actor: &Actor, noted: Option<&str>) -> Result<AuditCheck> {
        actor.must(Right::Members)?;
        let noted = noted.map(|noted| {
            blake3::Hash::from_hex(noted.trim()).map_err(|_odd| Error::Invalid {
                what: "A hash of the log has 64 digits, of 0 to 9 and a to f".to_owned(),
            })
        });
        let noted = noted.transpose()?;
        let found = self.store.check_audit(noted.as_ref().map(|hash| &hash.as_bytes()[..])).await?;
        Ok(AuditCheck {
            lines: found.lines,
            hash: hex(found.head),
            broken_at: found.broken_at,
            noted: found.noted,
        })
    }
}

fn read(row: &AuditRow) -> Result<AuditLine> {
    let content: Content = serde_json::from_str(&row.content).map_err(|cause| Error::Internal {
        what: format!("line {} of the audit log: {cause}", row.number),
    })?;
    let Content { by, from, what } = content;
    Ok(AuditLine { number: row.number, at: row.told_at, by, from, what, hash: hex(row.hash) })
}

fn hex(hash: [u8; 32]) -> String {
    blake3::Hash::from_bytes(hash).to_hex().to_string()
}
