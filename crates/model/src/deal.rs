//! Deals, the people in them, and what the seller typed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{DealId, EmailAddress, Insight};

/// The user: whose mailbox this is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// The name, if known.
    #[serde(default)]
    pub name: Option<String>,
    /// All own addresses.
    pub emails: Vec<EmailAddress>,
    /// Addresses of colleagues in the seller's own firm.
    #[serde(default)]
    pub colleagues: Vec<EmailAddress>,
}

impl Seller {
    /// Whether an address is the seller's own or a colleague's.
    pub fn is_ours(&self, address: &EmailAddress) -> bool {
        self.emails.contains(address) || self.colleagues.contains(address)
    }
}

/// An opportunity with one organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deal {
    /// Its identifier.
    pub id: DealId,
    /// Its name.
    pub name: String,
    /// The organisation on the other side.
    #[serde(default)]
    pub organization: Option<String>,
    /// The mail domain of that organisation.
    #[serde(default)]
    pub domain: Option<String>,
    /// How far it is, as last typed.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// The day since which it is that far, or since which it is over; not later than it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_since: Option<Date>,
    /// What it is worth, in `currency`.
    #[serde(default)]
    pub value: Option<f64>,
    /// ISO 4217 code.
    #[serde(default)]
    pub currency: Option<String>,
    /// The fee that was quoted.
    #[serde(default)]
    pub fee_quoted: Option<f64>,
    /// The usual range of fees for such work.
    #[serde(default)]
    pub usual_fee_range: Option<(f64, f64)>,
    /// A long-term account that must be handled with care.
    #[serde(default)]
    pub ongoing_account: bool,
    /// The day on which it was opened.
    #[serde(default)]
    pub opened: Option<Date>,
    /// Where it came from, in the words of the program or the person that said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The trade of the organisation, in such words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// The people, as far as they were typed in.
    #[serde(default)]
    pub people: Vec<Seat>,
    /// Notes of calls and meetings.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// What the seller knows of its people beyond that, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insights: Vec<Insight>,
}

/// How far a deal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// First contact.
    Lead,
    /// Finding out what they need.
    Discovery,
    /// A proposal is being made or lies with them.
    Proposal,
    /// Terms are being settled.
    Negotiation,
    /// It was won.
    Won,
    /// It was lost.
    Lost,
}

impl Stage {
    /// All of them, in their order.
    pub const ALL: [Self; 6] =
        [Self::Lead, Self::Discovery, Self::Proposal, Self::Negotiation, Self::Won, Self::Lost];

    /// The name in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Discovery => "discovery",
            Self::Proposal => "proposal",
            Self::Negotiation => "negotiation",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// The stage of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// The name as people read it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Lead => "First contact",
            Self::Discovery => "Discovery",
            Self::Proposal => "Proposal",
            Self::Negotiation => "Negotiation",
            Self::Won => "Won",
            Self::Lost => "Lost",
        }
    }

    /// Whether the deal is over with it.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Won | Self::Lost)
    }
}

/// A person's part in one deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The address.
    pub email: EmailAddress,
    /// The name, if known.
    #[serde(default)]
    pub name: Option<String>,
    /// The title, if known.
    #[serde(default)]
    pub title: Option<String>,
    /// The parts played, as far as known.
    #[serde(default)]
    pub roles: Vec<Role>,
}

/// What somebody does in a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Whom we talk to.
    PrimaryContact,
    /// Buys on others' behalf.
    Purchaser,
    /// Would use it or be helped by it.
    EndUser,
    /// Has the problem.
    ProblemOwner,
    /// Decides.
    DecisionMaker,
    /// Is listened to.
    Influencer,
}

/// A note that the seller typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The day.
    pub date: Date,
    /// The words.
    pub text: String,
}
