//! Whether an address can stand in a command and in a header, as it is, without quotes.
//!
//! Narrower than what a received mail may hold: what is sent must be understood by every server.

use inroad_model::EmailAddress;

const LOCAL_BYTES_MAX: usize = 64;
const DOMAIN_BYTES_MAX: usize = 253;
const LABEL_BYTES_MAX: usize = 63;

/// Why nothing is sent to that address; `None` if it is fit.
pub(crate) fn unfit(address: &EmailAddress) -> Option<&'static str> {
    let (local, domain) = (address.local(), address.domain());
    if !local.is_ascii() {
        return Some("it has letters before the @ that not every server takes");
    }
    if !domain.is_ascii() {
        return Some(
            "its domain has other letters than a-z; write it in its form that begins with xn--",
        );
    }
    let is_atom = |atom: &str| !atom.is_empty() && atom.bytes().all(is_atom_byte);
    if local.len() > LOCAL_BYTES_MAX || !local.split('.').all(is_atom) {
        return Some("what stands before the @ is no name of a mailbox");
    }
    let is_label = |label: &str| {
        (1..=LABEL_BYTES_MAX).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if domain.len() > DOMAIN_BYTES_MAX || !domain.split('.').all(is_label) {
        return Some("what stands behind the @ is no domain");
    }
    None
}

/// RFC 5322, 3.2.3.
fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, fit: bool) {
        let address: EmailAddress = text.parse().unwrap();
        assert_eq!(unfit(&address).is_none(), fit, "{text}: {:?}", unfit(&address));
    }

    #[test]
    fn addresses() {
        for good in [
            "jana@lindner.example",
            "o'neil+x@a-b.example",
            "a.b@xn--mller-kva.example",
            "x@localhost",
        ] {
            check(good, true);
        }
        let long = format!("{}@lindner.example", "x".repeat(65));
        for bad in [
            "jäna@lindner.example",
            "jana@müller.example",
            "\"a\"@lindner.example",
            ".a@lindner.example",
            "a..b@lindner.example",
            "a@b@lindner.example",
            "a@[127.0.0.1]",
            "a@lindner..example",
            "a@-lindner.example",
            "a@lindner.example.",
            "a(x)@lindner.example",
            "a:b@lindner.example",
            &long,
        ] {
            check(bad, false);
        }
    }
}
