//! The program writes to nobody, fetches nothing and starts nothing: no code of its crates opens a
//! connection to another machine or runs another program. It only listens, for its own page.
//!
//! The ways out are the files that are named here: the second reading, and what asks name servers
//! and web servers for where somebody's mail is. What fetches or sends gets a file of its own too.

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

/// The only files from which something leaves: by a consent that names the host, or to the hosts
/// that a person allowed to ask.
const THE_WAYS_OUT: [&str; 3] = [
    "crates/second-reading/src/ask.rs",
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
