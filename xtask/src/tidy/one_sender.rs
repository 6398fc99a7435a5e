//! Mail is handed to a server by one crate, which demands a person's leave, and by no other way.
//!
//! `cargo deny` holds who may depend on that crate and keeps other senders of mail out. This rule looks
//! at the source: no crate but that one speaks SMTP or names a port at which mail is taken; in the whole of the
//! program one folder speaks to it, where one place turns a person's act into a leave and one hands a letter
//! over; and one file puts anything into a mailbox.

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

/// The one place that makes leaves and hands letters over, and the folder that speaks of it.
const ACT: &str = "crates/service/src/outgoing/act.rs";
const OUTGOING: &str = "crates/service/src/outgoing/";

/// The one file that puts a letter into a mailbox, and the crate whose word for it is.
const SHELVES: &str = "crates/service/src/outgoing/folders.rs";
const MAILBOXES: &str = "crates/imap/";

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
    for name in sources() {
        found.extend(other_ways(name, &tree.text(name)));
    }
    let acts = tree.text(ACT).matches(LEAVE).count();
    if acts != 1 {
        found.push(format!("{ACT}: {acts} places give a leave; one does, on a person's act"));
    }
    found
}

/// The ways past the one act: leaves, the crate that sends, and what puts letters into mailboxes.
fn other_ways(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if name != ACT && text.contains(LEAVE) {
        found.push(format!("{name}: only {ACT} gives a leave, on a person's act"));
    }
    let is_code = |line: &&str| !is_comment(line);
    if !name.starts_with(OUTGOING)
        && text.lines().filter(is_code).any(|line| line.contains("inroad_submission"))
    {
        found.push(format!("{name}: only {OUTGOING} speaks to inroad-submission"));
    }
    let hands_over = |line: &str| {
        !is_comment(line)
            && (line.contains("submit(") || line.contains("submit;") || line.contains("submit as"))
    };
    if name.starts_with(OUTGOING) && name != ACT && text.lines().any(hands_over) {
        found.push(format!("{name}: only {ACT} hands a letter over"));
    }
    if name != SHELVES && !name.starts_with(MAILBOXES) {
        found.extend(
            (1..)
                .zip(text.lines())
                .filter(|(_, line)| !is_comment(line) && puts_into_a_mailbox(line))
                .map(|(number, _): (usize, &str)| {
                    format!("{name}:{number}: only {SHELVES} puts a letter into a mailbox")
                }),
        );
    }
    found
}

/// `append` of a session takes a folder and more; that of a list takes one thing.
fn puts_into_a_mailbox(line: &str) -> bool {
    let Some((_, rest)) = line.split_once(".append(") else { return line.contains("APPEND ") };
    let arguments = rest.split(')').next().unwrap_or("");
    arguments.trim().is_empty() || arguments.contains(',')
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
    fn there_is_no_other_way() {
        let check = |name: &str, text: &str, expected: usize| {
            let found = other_ways(name, text);
            assert_eq!(found.len(), expected, "{name}: {found:?}");
        };
        let act = "use inroad_submission::{Leave, submit};\nlet leave = Leave::by_a_person(it);\nsubmit(leave)";
        check(ACT, act, 0);
        check("crates/service/src/outgoing/settle.rs", act, 2);
        check("crates/service/src/live/watch.rs", act, 2);
        check("crates/web/src/sending.rs", "inroad_submission::submit(leave)", 1);
        check("crates/service/src/outgoing/server.rs", "use inroad_submission::Endpoint;", 0);
        check("crates/service/src/outgoing/settle.rs", "use inroad_submission::submit as s;", 1);
        let put = "self.session.append(&folder, &flags, None, bytes).await?;";
        check(SHELVES, put, 0);
        check("crates/service/src/live/watch.rs", put, 1);
        check("crates/service/src/live/watch.rs", "session.append(", 1);
        check("crates/service/src/live/watch.rs", "all.append(&mut more);", 0);
        check("crates/web/src/x.rs", "stream.write_all(b\"a APPEND Sent {3}\")", 1);
        check("crates/imap/src/session/append.rs", put, 0);
        check("crates/web/src/x.rs", "// session.append(a, b) and inroad_submission", 0);
    }
}
