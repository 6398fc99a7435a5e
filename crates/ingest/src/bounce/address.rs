//! Finds e-mail addresses within a line, with what stands before and behind each.
//!
//! Must not: judge what an address is there for.

use std::ops::Range;

use inroad_model::EmailAddress;

/// An address in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) address: EmailAddress,
    /// Where it stands in the line, without brackets.
    pub(super) range: Range<usize>,
}

/// Longest part before an `@` that is taken; RFC 5321 allows 64, programs write more.
const LOCAL_BYTES_MAX: usize = 200;
/// Lines hold few addresses; what a program lists on one line is bounded.
const PER_LINE_MAX: usize = 50;

/// The addresses of a line, from left to right.
pub(super) fn in_line(line: &str) -> Vec<Found> {
    let bytes = line.as_bytes();
    let mut found: Vec<Found> = Vec::new();
    let mut from = 0;
    for at in memchr::memchr_iter(b'@', bytes) {
        if found.len() >= PER_LINE_MAX {
            break;
        }
        if at < from {
            continue;
        }
        let start = local_start(bytes, from, at);
        let end = domain_end(bytes, at + 1);
        let text = line.get(start..end).unwrap_or_default();
        if let Some(address) = address(text) {
            found.push(Found { address, range: start..end });
            from = end;
        }
    }
    found
}

/// The address that a field value holds: behind its type and its route, or the first one in it.
pub(super) fn in_value(value: &str) -> Option<EmailAddress> {
    in_line(value).into_iter().map(|found| found.address).next()
}

fn local_start(bytes: &[u8], from: usize, at: usize) -> usize {
    let lowest = from.max(at.saturating_sub(LOCAL_BYTES_MAX));
    let before = bytes.get(lowest..at).unwrap_or_default();
    if before.last() == Some(&b'"') {
        let open = before.iter().rev().skip(1).position(|&b| b == b'"');
        return open.map_or(at, |n| at - n - 2);
    }
    let n = before.iter().rev().take_while(|&&b| is_local(b)).count();
    let local = before.get(before.len() - n..).unwrap_or_default();
    // `dda:SMTP=name@`, `rfc822;name@`, and VERP addresses, which keep their `=`.
    let label = local
        .iter()
        .position(|&b| b == b'=')
        .filter(|&eq| local.get(..eq).is_some_and(|name| name.eq_ignore_ascii_case(b"smtp")));
    let start = at - n + label.map_or(0, |eq| eq + 1);
    let lead = bytes.get(start..at).unwrap_or_default();
    start + lead.iter().take_while(|&&b| b".'".contains(&b)).count()
}

fn domain_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let n = rest.iter().take(255).take_while(|&&b| is_domain(b)).count();
    let domain = rest.get(..n).unwrap_or_default();
    let trailing = domain.iter().rev().take_while(|&&b| matches!(b, b'.' | b'-' | b'_')).count();
    from + n - trailing
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte) || byte >= 0x80
}

fn is_domain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') || byte >= 0x80
}

fn address(text: &str) -> Option<EmailAddress> {
    let address: EmailAddress = text.parse().ok()?;
    let domain = address.domain();
    // Words of scripts without blanks run into an address; none has both a domain like that.
    // An ellipsis stands for what somebody left out; a host of one word is nobody's domain.
    let is_name = !domain.contains("..")
        && domain.contains('.')
        && !domain.starts_with('-')
        && !address.local().ends_with("...");
    is_name.then_some(address)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(line: &str, expected: &[&str]) {
        let found = in_line(line);
        let texts: Vec<&str> = found.iter().map(|found| found.address.as_str()).collect();
        assert_eq!(texts, expected, "{line}");
    }

    #[test]
    fn addresses_as_servers_write_them() {
        check("<Jana@Lindner.Example>: no", &["jana@lindner.example"]);
        check("550 jana@lindner.example... User unknown", &["jana@lindner.example"]);
        check("c=US;a= ;dda:SMTP=jana@lindner.example; on Fri", &["jana@lindner.example"]);
        check("rfc822;\"a b\"@lindner.example", &[]);
        check("\"a..b\"@lindner.example", &["\"a..b\"@lindner.example"]);
        check("'a@x.example' and b@y.example.", &["a@x.example", "b@y.example"]);
        check("@relay.example:a@x.example", &["a@x.example"]);
        check("a@ @b @", &[]);
        check("bounce+a=x.example@y.example", &["bounce+a=x.example@y.example"]);
    }

    proptest! {
        #[test]
        fn any_line_is_read(line in "[a-c@.\"<>=;:é \\PC]{0,60}") {
            for found in in_line(&line) {
                prop_assert!(line.get(found.range.clone()).is_some());
            }
        }
    }
}
