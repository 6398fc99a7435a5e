//! The words that show it: what a conclusion points at.

use inroad_model::{Cause, FactKind, Source, Touch};
use serde::Serialize;

use crate::dealings::{Dealings, Exchange, Stated};
use crate::discreet;
use crate::wording;

/// One piece of evidence: where it stands, its words, and what it says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Where it stands.
    pub message: Source,
    /// The words as they stand there; `None` where the message as a whole is meant.
    pub quote: Option<String>,
    /// What it says, in one line.
    pub says: String,
    /// Who read it.
    pub source: Reader,
}

/// Who found a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Reader {
    /// This program.
    #[serde(rename = "built-in reading")]
    BuiltIn,
    /// A language model that the user had asked; its quotes were looked up.
    #[serde(rename = "second reading")]
    Second,
}

/// A cause with what speaks for and against it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CauseReview {
    /// The cause.
    pub cause: Cause,
    /// The cause as a person says it.
    pub name: String,
    /// How likely.
    pub probability: Option<inroad_model::Probability>,
    /// What speaks for it.
    #[serde(rename = "for")]
    pub evidence_for: Vec<Evidence>,
    /// What speaks against it.
    #[serde(rename = "against")]
    pub evidence_against: Vec<Evidence>,
}

/// A fact as evidence.
pub fn of_fact(dealings: &Dealings<'_>, stated: &Stated) -> Evidence {
    Evidence {
        message: stated.fact.source.clone(),
        quote: Some(stated.fact.quote.clone()).filter(|quote| !quote.is_empty()),
        says: say(dealings, stated),
        source: Reader::BuiltIn,
    }
}

/// A whole message as evidence.
pub fn of_message(exchange: &Exchange<'_>, says: String) -> Evidence {
    of_touch(exchange.touch, says)
}

/// The same of any message.
pub fn of_touch(touch: &Touch, says: String) -> Evidence {
    let message = Source::Message(touch.message.id.clone());
    Evidence { message, quote: None, says, source: Reader::BuiltIn }
}

/// A fact in one line.
pub fn say(dealings: &Dealings<'_>, stated: &Stated) -> String {
    let fact = &stated.fact;
    let who = fact.email.as_ref().map_or("The firm", |email| dealings.name(email));
    let to = fact.to_name.as_deref().or_else(|| fact.to.as_ref().map(|to| dealings.name(to)));
    match fact.kind {
        FactKind::OutOfOffice => match fact.until {
            Some(until) => format!("{who} is away until {}", wording::day(until)),
            None => format!("{who} is away"),
        },
        FactKind::LeftCompany => match to {
            Some(to) => format!("{who} has left; {to} follows"),
            None => format!("{who} has left the company"),
        },
        FactKind::Acquired => "The company was acquired or merged".to_owned(),
        FactKind::Reorganised => "They are reorganising".to_owned(),
        FactKind::OptedOut if matches!(fact.source, Source::Own(_)) => {
            let whom = fact.domain.as_deref().unwrap_or(who);
            format!("You said to leave {whom} alone")
        }
        FactKind::OptedOut if fact.whole_firm => "The firm asked for no more mail".to_owned(),
        FactKind::OptedOut => format!("{who} asked for no more mail"),
        FactKind::Ill => match stated.fact.source {
            Source::Message(_) => {
                format!("{} (letter of {})", discreet::about(who), wording::day(stated.at.date()))
            }
            _ => discreet::about(who),
        },
        FactKind::Bounced => format!("Mail to {who} comes back"),
        FactKind::Referred => format!("{who} points to {}", to.unwrap_or("a colleague")),
        FactKind::ComeBack => match fact.on {
            Some(on) => format!("{who} named {}", wording::day(on)),
            None => format!("{who} asked to come back later"),
        },
        FactKind::Title => {
            format!("{who} signs as {}", fact.title.as_deref().unwrap_or("somebody new"))
        }
    }
}
