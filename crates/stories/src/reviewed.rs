//! What of a review is looked at: its JSON, as any outside program would read it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::story::TrueFact;

/// A review.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Reviewed {
    /// Its deals.
    pub deals: Vec<ReviewedDeal>,
}

/// A deal.
#[derive(Debug, Clone, Deserialize)]
pub struct ReviewedDeal {
    /// Which.
    pub id: String,
    /// Its state.
    pub state: inroad_model::State,
    /// The causes, likeliest first.
    pub causes: Vec<ReviewedCause>,
    /// What was seen, with its strength from 0 to 1.
    #[serde(default)]
    pub signs: BTreeMap<String, f64>,
    /// What to do.
    pub advice: inroad_model::Advice,
    /// Who is against it.
    pub resistor: Option<String>,
    /// Who could move it.
    pub levers: Vec<ReviewedLever>,
    /// Who decides.
    pub decision_maker: Option<String>,
    /// What was stated.
    pub facts: Vec<ReviewedFact>,
}

/// A cause.
#[derive(Debug, Clone, Deserialize)]
pub struct ReviewedCause {
    /// Which.
    pub cause: inroad_model::Cause,
    /// How likely, 0 to 1.
    pub probability: Option<f64>,
    /// What speaks for it.
    #[serde(rename = "for")]
    pub speaks_for: Vec<Quoted>,
    /// What speaks against it.
    #[serde(rename = "against")]
    pub speaks_against: Vec<Quoted>,
}

/// Words and where they are said to stand.
#[derive(Debug, Clone, Deserialize)]
pub struct Quoted {
    /// Where.
    pub message: Option<String>,
    /// The words.
    pub quote: Option<String>,
}

/// Somebody who could move a deal.
#[derive(Debug, Clone, Deserialize)]
pub struct ReviewedLever {
    /// Who.
    pub email: String,
}

/// A fact with its words. More fields than these may come.
#[derive(Debug, Clone, Deserialize)]
pub struct ReviewedFact {
    /// What kind of thing.
    pub kind: inroad_model::FactKind,
    /// About whom.
    pub email: Option<String>,
    /// `out_of_office`: until when.
    pub until: Option<jiff::civil::Date>,
    /// `come_back`: when.
    pub on: Option<jiff::civil::Date>,
    /// `referred`: to whom.
    pub to: Option<String>,
    /// `title`: the title.
    pub title: Option<String>,
    /// Where it stands, and the words.
    #[serde(flatten)]
    pub words: Quoted,
}

impl ReviewedFact {
    /// The same without its words.
    pub(crate) fn bare(&self) -> TrueFact {
        TrueFact {
            kind: self.kind,
            email: self.email.clone(),
            until: self.until,
            on: self.on,
            to: self.to.clone(),
            title: self.title.clone(),
        }
    }
}
