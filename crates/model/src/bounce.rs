//! Delivery reports: which address failed, and whether for good.

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, MessageId};

/// What a delivery report says (RFC 3464, and the usual ways of not following it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// The addresses it is about.
    pub recipients: Vec<FailedRecipient>,
    /// The Message-ID of the mail that was not delivered, if the report holds it.
    pub original: Option<MessageId>,
}

/// One address in a delivery report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedRecipient {
    /// The address that the mail was meant for.
    pub address: EmailAddress,
    /// Whether it failed for good.
    pub class: BounceClass,
    /// The enhanced status code, such as `5.1.1`, if given.
    pub status: Option<String>,
    /// The server's words, on one line, at most 500 bytes.
    pub diagnostic: Option<String>,
}

/// Whether delivery is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BounceClass {
    /// The server refused or gave up, by its code (5.x.x), or in words without any code.
    Permanent,
    /// Tried again later, or given up for a passing reason (4.x.x): says nothing about the person.
    Temporary,
    /// The report tells of a delivery that worked, or was passed on.
    Delivered,
}

impl Bounce {
    /// The addresses whose delivery is over. Only these count as facts about a person.
    pub fn permanent(&self) -> impl Iterator<Item = &FailedRecipient> {
        self.recipients.iter().filter(|r| r.class == BounceClass::Permanent)
    }
}
