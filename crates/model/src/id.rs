//! Identifiers as newtypes, so that one cannot be passed for another.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text cannot be an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("An identifier must hold 1 to {bytes_max} bytes and no control characters")]
pub struct InvalidId {
    /// The longest identifier allowed.
    pub bytes_max: usize,
}

/// RFC 5322 allows header lines of 998 bytes; nothing longer is an identifier.
const ID_BYTES_MAX: usize = 998;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes the text without surrounding blanks and angle brackets.
            ///
            /// # Errors
            /// [`InvalidId`] if nothing is left, if it is too long, or if a control character
            /// stands in it.
            pub fn new(text: &str) -> Result<Self, InvalidId> {
                let bare = text.trim().trim_start_matches('<').trim_end_matches('>').trim();
                if bare.is_empty() || bare.len() > ID_BYTES_MAX || bare.chars().any(char::is_control)
                {
                    return Err(InvalidId { bytes_max: ID_BYTES_MAX });
                }
                Ok(Self(bare.into()))
            }

            /// The bare identifier.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// The `Message-ID` of a message without angle brackets; case matters (RFC 5322, 3.6.4).
    MessageId
}
text_id! {
    /// A deal, as the user's file or the database names it.
    DealId
}
