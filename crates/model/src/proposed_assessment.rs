//! What a program proposes to hold to be so about a deal: it counts for nothing until a person confirms it.

use serde::{Deserialize, Serialize};

use crate::{Cue, EmailAddress, Known, MessageId, Remark};

/// Something proposed about a deal, with the words of a letter that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedAssessment {
    /// What is proposed.
    pub says: Assessed,
    /// The letter that shows it.
    pub message: MessageId,
    /// The words that show it, as they stand there, with white space folded.
    pub quote: Remark,
    /// How sure whoever proposes it is, from 1 to 99 in a hundred; `None` if they do not say.
    pub sure_percent: Option<u8>,
    /// What the program is called that proposes it.
    pub by: Remark,
}

/// What may be proposed: what a person may say themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assessed {
    /// Something about the people, which a person would tell.
    People(Known),
    /// How the quoted sentence is to be read, which a person would correct.
    Sentence {
        /// What it tells, or does not.
        cue: Cue,
        /// Whether it tells that.
        holds: bool,
    },
}

impl Assessed {
    /// A sentence without a stop, with what `name` calls the people.
    ///
    /// ```
    /// use inroad_model::{Assessed, Cue, EmailAddress};
    /// let says = Assessed::Sentence { cue: Cue::Warmth, holds: false };
    /// assert_eq!(says.in_words(EmailAddress::to_string), "It is not so that this sentence is warm");
    /// ```
    pub fn in_words(&self, name: impl Fn(&EmailAddress) -> String) -> String {
        match self {
            Self::People(known) => known.in_words(name),
            Self::Sentence { cue, holds: true } => format!("This sentence {}", cue.says()),
            Self::Sentence { cue, holds: false } => {
                format!("It is not so that this sentence {}", cue.says())
            }
        }
    }

    /// The words in it that whoever proposes it chose freely.
    pub fn free_words(&self) -> Option<&Remark> {
        match self {
            Self::People(Known::Person { is, .. }) => is.free_words(),
            Self::People(Known::Tie { .. }) | Self::Sentence { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_as_plain_json() {
        let proposed = ProposedAssessment {
            says: Assessed::Sentence { cue: Cue::Warmth, holds: true },
            message: MessageId::new("m1@lindner.example").unwrap(),
            quote: Remark::new("We look forward to it").unwrap(),
            sure_percent: Some(70),
            by: Remark::new("helper").unwrap(),
        };
        let json = serde_json::to_string(&proposed).unwrap();
        assert!(
            json.starts_with(r#"{"says":{"sentence":{"cue":"warmth","holds":true}}"#),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<ProposedAssessment>(&json).unwrap(), proposed);
    }

    #[test]
    fn only_camps_and_agendas_hold_free_words() {
        for (is, expected) in [
            (r#"{"agenda": "a quiet year"}"#, Some("a quiet year")),
            (r#"{"camp": "the old guard"}"#, Some("the old guard")),
            (r#"{"veto": true}"#, None),
        ] {
            let json =
                format!(r#"{{"people": {{"person": {{"who": "eva@x.example", "is": {is}}}}}}}"#);
            let says: Assessed = serde_json::from_str(&json).unwrap();
            assert_eq!(says.free_words().map(Remark::as_str), expected);
        }
    }
}
