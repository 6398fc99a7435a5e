//! The program fetches nothing and starts nothing: no code of its crates opens a connection to another
//! machine or runs another program. It only listens, for its own page.
//!
//! The ways out are named here, a file each: the second reading, by a consent that names the host, the
//! letter that a person lets go, and mailboxes, calendars and address books on servers that the person named;
//! other programs that the person named, told of what was done; and what asks name servers and web servers where somebody's mail is.

use super::{Tree, lines};

/// Ways out of the process.
const WAYS_OUT: [&str; 10] = [
    "TcpStream",
    "UdpSocket",
    "UnixStream",
    "process::Command",
    "tokio::process",
    "reqwest",
    "ureq",
    "hickory_resolver",
    "lettre",
    "SmtpTransport",
];

/// The only files from which something leaves.
const THE_WAYS_OUT: [&str; 10] = [
    "crates/second-reading/src/ask.rs",
    "crates/imap/src/connect.rs",
    "crates/dav/src/http.rs",
    "crates/submission/src/connect.rs",
    // Names the type of the connection that the former opened, and opens none.
    "crates/submission/src/submit.rs",
    // It looks at addresses for those that ask, and asks nobody.
    "crates/reach/src/named.rs",
    "crates/webhook/src/send.rs",
    "crates/openid/src/http.rs",
    "crates/connect/src/net/dns.rs",
    "crates/connect/src/net/http.rs",
];

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    tree.named("rs")
        .filter(|name| name.starts_with("crates/") && name.contains("/src/"))
        .filter(|name| !THE_WAYS_OUT.contains(name))
        .flat_map(|name| {
            findings(&tree.text(name)).into_iter().map(move |finding| format!("{name}:{finding}"))
        })
        .collect()
}

fn findings(text: &str) -> Vec<String> {
    lines(text, |line| WAYS_OUT.iter().any(|way| line.contains(way)), "nothing leaves this machine")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_ways_out() {
        assert_eq!(findings("let s = TcpStream::connect(host)?;\n").len(), 1);
        assert_eq!(findings("use std::process::Command;\n").len(), 1);
        assert!(findings("use std::process::ExitCode;\nTcpListener::bind(address)\n").is_empty());
    }
}
