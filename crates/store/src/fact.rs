//! Facts in rows: what does not deserve a column is kept as JSON.

use inroad_model::{EmailAddress, Fact, FactKind, MessageId, Source};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// What the columns of `fact` do not hold.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct FactDetails {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<EmailAddress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    whole_firm: bool,
}

impl FactDetails {
    pub(crate) fn of(fact: &Fact) -> Self {
        Self {
            from: fact.from,
            until: fact.until,
            on: fact.on,
            to: fact.to.clone(),
            to_name: fact.to_name.clone(),
            title: fact.title.clone(),
            whole_firm: fact.whole_firm,
        }
    }

    /// The fact with these details; `email` is empty where it is about the whole firm.
    pub(crate) fn into_fact(
        self,
        kind: FactKind,
        email: &str,
        message: &MessageId,
        quote: &str,
    ) -> Fact {
        let mut fact = Fact::new(kind, email.parse().ok(), Source::Message(message.clone()), quote);
        fact.from = self.from;
        fact.until = self.until;
        fact.on = self.on;
        fact.to = self.to;
        fact.to_name = self.to_name;
        fact.title = self.title;
        fact.whole_firm = self.whole_firm;
        fact
    }

    pub(crate) fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|e| Error::damaged(e.to_string()))
    }
}

/// A row of `fact` as it comes out of the database.
#[derive(Debug)]
pub(crate) struct FactRow<'a> {
    pub(crate) kind: &'a str,
    pub(crate) email: &'a str,
    pub(crate) details: &'a str,
    pub(crate) quote: &'a str,
}

impl FactRow<'_> {
    pub(crate) fn to_fact(&self, message: &MessageId) -> Result<Fact> {
        let kind = FactKind::from_name(self.kind)
            .ok_or_else(|| Error::damaged(format!("a fact of kind '{}'", self.kind)))?;
        let details: FactDetails = serde_json::from_str(self.details)
            .map_err(|e| Error::damaged(format!("a fact of message {message}: {e}")))?;
        Ok(details.into_fact(kind, self.email, message, self.quote))
    }
}
