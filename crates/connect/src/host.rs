//! Names of hosts, as DNS writes them.

/// Longest name that DNS knows.
const NAME_BYTES_MAX: usize = 253;
/// Longest piece between two dots.
const LABEL_BYTES_MAX: usize = 63;

/// The name in ASCII and small letters, without a dot at its end, or nothing where it is no name of
/// a host on the Internet: numbers, names without a dot, and names that stand for this machine or
/// the own network are none.
pub(crate) fn name(text: &str) -> Option<String> {
    let bare = text.trim().trim_end_matches('.');
    if bare.is_empty() || bare.len() > 4 * NAME_BYTES_MAX || bare.contains('%') {
        return None;
    }
    let url::Host::Domain(ascii) = url::Host::parse(bare).ok()? else { return None };
    let labels: Vec<&str> = ascii.split('.').collect();
    let fits = ascii.len() <= NAME_BYTES_MAX
        && labels.len() > 1
        && labels.iter().all(|label| is_label(label))
        && !labels.last().is_some_and(|last| is_local(last));
    fits.then_some(ascii)
}

/// Whether a name is the domain, or stands below it.
pub(crate) fn belongs_to(name: &str, domain: &str) -> bool {
    name == domain || name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// Whether a host is this very machine: what only shipped data may name.
pub(crate) fn is_loopback(host: &str) -> bool {
    host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn is_label(label: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    (1..=LABEL_BYTES_MAX).contains(&label.len())
        && label.bytes().all(plain)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Endings that no public name server answers for (RFC 6761, RFC 6762 and ICANN's `internal`).
fn is_local(last: &str) -> bool {
    matches!(last, "localhost" | "local" | "internal" | "onion" | "arpa")
        || last.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(name(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn names() {
        check("Mail.Lindner.example.", Some("mail.lindner.example"));
        check("büro.example", Some("xn--bro-hoa.example"));
        check("_dmarc.lindner.example", Some("_dmarc.lindner.example"));
        for none in [
            "",
            ".",
            "localhost",
            "imap.localhost",
            "printer.local",
            "10.0.0.1",
            "127.1",
            "[::1]",
            "a..b",
            "-a.example",
            "a b.example",
            "a/b.example",
            "a@b.example",
            "%6c.example",
            "1.0.0.127.in-addr.arpa",
        ] {
            check(none, None);
        }
        check(&format!("{}.example", "a".repeat(64)), None);
        check(&format!("{}example", "a.".repeat(130)), None);
    }

    #[test]
    fn below_a_domain() {
        assert!(belongs_to("lindner.example", "lindner.example"));
        assert!(belongs_to("mx.lindner.example", "lindner.example"));
        assert!(!belongs_to("evil-lindner.example", "lindner.example"));
        assert!(!belongs_to("example", "lindner.example"));
    }
}
