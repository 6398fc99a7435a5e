//! Mail is handed to a server by one crate, which demands a person's leave, and by no other way.
//!
//! `cargo deny` holds who may depend on that crate and keeps other senders of mail out. This rule looks
//! at the source: no crate but that one speaks SMTP or names a port at which mail is taken, and in the
//! whole of the program one place only turns a person's click into a leave.

use super::{Tree, lines};

/// The crate that sends.
const SENDER: &str = "crates/submission/";

/// What is said to a mail server, and what would say it for us.
const SMTP: [&str; 9] = [
    "EHLO",
    "HELO ",
    "MAIL FROM:",
    "RCPT TO:",
    "BDAT ",
    "lettre",
    "mail_send",
    "samotop",
    "sendmail",
];

/// Ports at which mail is taken.
const PORTS: [&str; 4] = ["25", "465", "587", "2525"];

/// What makes a leave.
const LEAVE: &str = "Leave::by_a_person";

pub(super) fn check(tree: &Tree<'_>) -> Vec<String> {
    let sources = || {
        tree.named("rs")
            .filter(|name| name.starts_with("crates/") && name.contains("/src/"))
            .filter(|name| !name.starts_with(SENDER))
    };
    let mut found: Vec<String> = sources()
        .flat_map(|name| {
            // Tests of the reader of delivery reports quote what servers said to each other.
            let text = tree.text(name);
            let program = text.split("#[cfg(test)]").next().unwrap_or_default();
            let found = if name.ends_with("/tests.rs") { Vec::new() } else { smtp(program) };
            found.into_iter().map(move |finding| format!("{name}:{finding}"))
        })
        .collect();
    let leaves: Vec<&str> = sources().filter(|name| tree.text(name).contains(LEAVE)).collect();
    found.extend(too_many_leaves(&leaves));
    found
}

fn smtp(text: &str) -> Vec<String> {
    let speaks = |line: &str| !is_comment(line) && SMTP.iter().any(|word| line.contains(word));
    let mut found = lines(text, speaks, "only inroad-submission speaks to mail servers");
    let connects = |line: &str| !is_comment(line) && names_a_port(line);
    found.extend(lines(text, connects, "only inroad-submission knows where mail is taken"));
    found
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// `:587` in an address, `587)` behind a host, or `port: 587`.
fn names_a_port(line: &str) -> bool {
    PORTS.iter().any(|port| {
        [
            format!(":{port}\""),
            format!("\", {port})"),
            format!("port: {port}"),
            format!("port = {port};"),
        ]
        .iter()
        .any(|form| line.contains(form.as_str()))
    })
}

fn too_many_leaves(files: &[&str]) -> Vec<String> {
    match files {
        [] => Vec::new(),
        [only] if only.starts_with("crates/service/") => Vec::new(),
        _ => files
            .iter()
            .map(|name| {
                format!("{name}: one function of service gives leaves, on a person's click")
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: usize) {
        assert_eq!(smtp(line).len(), expected, "{line}");
    }

    #[test]
    fn finds_who_speaks_smtp() {
        check("stream.write_all(b\"EHLO me\\r\\n\")", 1);
        check("write!(out, \"MAIL FROM:<{from}>\")", 1);
        check("use lettre::Message;", 1);
        check("connect(\"smtp.lindner.example:587\")", 1);
        check("connect((\"smtp.lindner.example\", 465))", 1);
        check("let port = 25;", 1);
        check("Endpoint { host, port: 587 }", 1);
        check("// EHLO is said by another crate", 0);
        check("let share = 25.0;", 0);
        check("let count = 587;", 0);
    }

    #[test]
    fn one_place_gives_leaves() {
        assert!(too_many_leaves(&[]).is_empty());
        assert!(too_many_leaves(&["crates/service/src/letters.rs"]).is_empty());
        assert_eq!(too_many_leaves(&["crates/web/src/letters.rs"]).len(), 1);
        assert_eq!(
            too_many_leaves(&["crates/service/src/a.rs", "crates/service/src/b.rs"]).len(),
            2
        );
    }
}
