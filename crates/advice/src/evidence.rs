//! The words that show it: what a conclusion points at.

use inroad_model::{Cause, FactKind, Source};
use serde::Serialize;

use crate::dealings::{Dealings, Exchange, Stated};
use crate::standing::{Reason, Standing};
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
}

/// A cause with what speaks for and against it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CauseReview {
    /// The cause.
    pub cause: Cause,
    /// How likely; `None` as long as it is not calibrated.
    pub probability: Option<inroad_model::Probability>,
    /// What speaks for it.
    #[serde(rename = "for")]
    pub evidence_for: Vec<Evidence>,
    /// What speaks against it.
    #[serde(rename = "against")]
    pub evidence_against: Vec<Evidence>,
}

/// The causes that somebody states outright. Causes that have to be inferred are the playbook's.
pub fn stated_causes(dealings: &Dealings<'_>, standing: &Standing<'_>) -> Vec<CauseReview> {
    let deciding = match standing.reason {
        Reason::OptedOut(stated) | Reason::Gone(stated) => Some(stated),
        Reason::Away(absence) => Some(absence.stated),
        _ => None,
    };
    // What was said first of a merger is enough.
    let is_merger = |stated: &&Stated| stated.fact.kind == FactKind::Acquired;
    let acquired =
        dealings.facts.iter().find(is_merger).filter(|_| !deciding.iter().any(is_merger));
    deciding
        .into_iter()
        .chain(acquired)
        .filter_map(|stated| {
            let cause = match stated.fact.kind {
                FactKind::OptedOut => Cause::OptedOut,
                FactKind::LeftCompany => Cause::ContactLeft,
                FactKind::Ill => Cause::ContactIll,
                FactKind::OutOfOffice => Cause::BusyOrTravelling,
                FactKind::Acquired => Cause::CompanyAcquired,
                _ => return None,
            };
            Some(CauseReview {
                cause,
                probability: None,
                evidence_for: vec![of_fact(dealings, stated)],
                evidence_against: Vec::new(),
            })
        })
        .collect()
}

/// A fact as evidence.
pub fn of_fact(dealings: &Dealings<'_>, stated: &Stated) -> Evidence {
    Evidence {
        message: stated.fact.source.clone(),
        quote: Some(stated.fact.quote.clone()).filter(|quote| !quote.is_empty()),
        says: say(dealings, stated),
    }
}

/// A whole message as evidence.
pub fn of_message(exchange: &Exchange<'_>, says: String) -> Evidence {
    Evidence { message: Source::Message(exchange.touch.message.id.clone()), quote: None, says }
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
        FactKind::OptedOut if fact.whole_firm => "The firm asked for no more mail".to_owned(),
        FactKind::OptedOut => format!("{who} asked for no more mail"),
        FactKind::Ill => format!("{who} is ill"),
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
