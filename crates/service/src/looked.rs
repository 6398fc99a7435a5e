//! Up to where the mail was looked through, so that only what comes in later is looked through again.

use inroad_store::ContentHash;
use serde::{Deserialize, Serialize};

use crate::inroad::Inroad;
use crate::{Error, Result};

/// A place in the mail, by which nobody is known. It holds, since no row is given to another message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UpTo {
    /// The row of the newest message.
    pub row: i64,
    /// A hash of what was looked for.
    of: String,
}

impl UpTo {
    /// Whether it leads from here to there by letters that came in.
    pub(crate) fn leads_to(&self, there: &Self) -> bool {
        self.of == there.of && self.row <= there.row
    }
}

impl Inroad {
    /// The end of the mail, as it is now, for whoever looks for that.
    pub(crate) async fn end_of_mail(&self, of: &(impl Serialize + Sync)) -> Result<UpTo> {
        let of = serde_json::to_vec(of)
            .map_err(|odd| Error::Internal { what: odd.to_string() })
            .map(|of| ContentHash::of(&of).to_hex())?;
        Ok(UpTo { row: self.store.last_message_row().await?, of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_for_the_same() {
        let place = |row, of: &str| UpTo { row, of: of.to_owned() };
        let here = place(7, "a");
        assert!(here.leads_to(&here));
        assert!(here.leads_to(&place(9, "a")));
        for there in [place(6, "a"), place(9, "b")] {
            assert!(!here.leads_to(&there), "{there:?}");
        }
    }
}
