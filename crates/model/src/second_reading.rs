//! What a language model made of one deal, once every quote in it was looked up.

use serde::{Deserialize, Serialize};

use crate::{Cause, EmailAddress, Moment, Probability, Source};

/// A checked second reading of one deal: what is kept of it. Each quote stands in the letter or
/// the note that it names; what had no such quote is not here any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SecondReading {
    /// The model that was asked, as the user named it.
    pub model: String,
    /// The host that was asked.
    pub host: String,
    /// The moment up to which mail was shown to it; nothing later went into it.
    pub as_of: Moment,
    /// When it was asked.
    pub made_at: Moment,
    /// The causes that it named with true quotes, in its order.
    pub causes: Vec<ReadCause>,
    /// What else it said. Nothing is concluded from it.
    pub remarks: Remarks,
    /// How many findings were left out, because their quote does not stand where it was said to.
    pub false_quotes: usize,
}

/// A cause that a second reading names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadCause {
    /// The cause.
    pub cause: Cause,
    /// How likely the model calls it; all that it named add up to one at most.
    pub probability: Probability,
    /// What speaks for it.
    #[serde(rename = "for")]
    pub findings_for: Vec<Finding>,
    /// What speaks against it.
    #[serde(rename = "against")]
    pub findings_against: Vec<Finding>,
}

/// Words that a second reading points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where they stand.
    #[serde(with = "reference")]
    pub message: Source,
    /// The words as they stand there, with white space folded.
    pub quote: String,
    /// What they say, in the model's words, on one line.
    pub says: String,
}

/// What a second reading says of people, and what it would ask. To be read by a person and by
/// nothing else: nobody is written to because of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    /// Who is against it, by its reading.
    pub resistor: Option<EmailAddress>,
    /// Who could move it, by its reading.
    pub levers: Vec<EmailAddress>,
    /// Who decides, by its reading.
    pub decision_maker: Option<EmailAddress>,
    /// What it would ask.
    pub question: Option<String>,
}

/// A place as a review writes it, read back.
mod reference {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use crate::Source;

    pub(super) fn serialize<S: Serializer>(source: &Source, to: S) -> Result<S::Ok, S::Error> {
        source.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Source, D::Error> {
        let text = String::deserialize(from)?;
        Source::from_reference(&text).ok_or_else(|| Error::custom(format!("'{text}' is no place")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MessageId;

    #[test]
    fn what_is_kept_is_read_back() {
        let finding = Finding {
            message: Source::Message(MessageId::new("m1@lindner.example").unwrap()),
            quote: "too dear".to_owned(),
            says: "The fee".to_owned(),
        };
        let text = serde_json::to_string(&finding).unwrap();
        assert!(text.contains("\"<m1@lindner.example>\""), "{text}");
        assert_eq!(serde_json::from_str::<Finding>(&text).unwrap(), finding);
    }
}
