//! The list as a table for other programs; it comes in again as it went out.

use inroad_ingest::export::KEYED_PREFIX;
use inroad_model::Moment;

use super::hashed::sha256;
use super::{NotContactedWho, SaidBy};
use crate::Result;
use crate::inroad::Inroad;

/// The columns.
const HEAD: &str = "email,domain,firm,hash,reason,since,source\n";

impl Inroad {
    /// Everybody who is not to be written to, as CSV: of each address also its SHA-256; of people who were
    /// erased a hash that only this data file knows again.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn export_not_contacted(&self, at: Moment) -> Result<String> {
        let mut text = HEAD.to_owned();
        for one in self.not_contacted("", at).await? {
            let (mut email, mut domain, mut firm, mut hash) = Default::default();
            match &one.whom {
                NotContactedWho::Person(address) => {
                    (email, hash) = (address.to_string(), sha256(address));
                }
                NotContactedWho::Firm(key) if key.as_domain().is_some() => domain = key.to_string(),
                NotContactedWho::Firm(key) => firm = key.to_string(),
                NotContactedWho::Sha256(known) => hash.clone_from(known),
                NotContactedWho::Erased(known) => hash = format!("{KEYED_PREFIX}{known}"),
            }
            let since = one.since.map(|day| day.to_string()).unwrap_or_default();
            let source = match &one.said {
                SaidBy::Letter(_) => "their letter",
                SaidBy::Contacts => "address book",
                SaidBy::You => "you",
                SaidBy::List(source) => source.as_str(),
                SaidBy::Erasing => "erased",
            };
            let cells = [&email, &domain, &firm, &hash, &one.because, &since, source];
            text.push_str(&cells.map(cell).join(","));
            text.push('\n');
        }
        Ok(text)
    }
}

/// A cell as every program reads it; nothing in it can be taken for a formula.
fn cell(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ");
    let text = if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text };
    if text.contains([',', '"', ';', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_what_they_hold() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a, \"b\"\nc", "\"a, \"\"b\"\" c\""),
            ("=1+1", "\"'=1+1\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
