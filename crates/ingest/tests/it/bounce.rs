//! Delivery reports of many servers: who failed, and whether for good; and no alarm elsewhere.
//!
//! Class is compared by the status code of the gold: 5 is permanent, 4 temporary, 2 delivered. A
//! server that gives up after a code of 4 says nothing about the person, so that one is temporary
//! here, too.

use std::collections::BTreeSet;
use std::path::Path;

use inroad_ingest::Limits;
use inroad_ingest::mail::parse_message;
use inroad_model::{Bounce, BounceClass, Nature};
use serde_json::Value;

use crate::corpus;

fn report(raw: &[u8]) -> Option<Bounce> {
    let (message, _) = parse_message(raw, &Limits::default());
    match message.nature {
        Nature::Bounce(bounce) => Some(bounce),
        _ => None,
    }
}

/// The lines of a file of JSON objects.
fn rows(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_lowercase()).collect()
}

fn addresses(bounce: Option<&Bounce>) -> BTreeSet<String> {
    let recipients = bounce.iter().flat_map(|bounce| &bounce.recipients);
    recipients.map(|recipient| recipient.address.to_string()).collect()
}

/// The gravest class of a report.
fn class(bounce: &Bounce) -> Option<BounceClass> {
    bounce.recipients.iter().map(|recipient| recipient.class).min()
}

/// The same bytes with another line end.
fn with_line_end(raw: &[u8], end: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    for &byte in raw.iter().filter(|byte| **byte != b'\r') {
        if byte == b'\n' { out.extend(end) } else { out.push(byte) }
    }
    out
}

/// Counts what is right.
#[derive(Default)]
struct Score {
    right: usize,
    of: usize,
}

impl Score {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    #[expect(clippy::cast_precision_loss, reason = "a few hundred files")]
    fn share(&self) -> f64 {
        self.right as f64 / self.of as f64
    }

    fn print(&self, what: &str) {
        println!("{what}: {} of {} ({:.1} %)", self.right, self.of, 100.0 * self.share());
    }
}

/// Line ends must not change anything.
fn check_line_ends(raw: &[u8], path: &str) {
    let expected = report(&with_line_end(raw, b"\n"));
    for end in [b"\r\n".as_slice(), b"\r"] {
        let found = report(&with_line_end(raw, end));
        assert_eq!(addresses(found.as_ref()), addresses(expected.as_ref()), "{path} {end:?}");
    }
}

#[test]
fn reports_with_known_recipients() {
    let Some(folder) = corpus::folder("mail/flufl-bounce") else { return };
    let (mut recipients, mut classes) = (Score::default(), Score::default());
    for row in rows(&folder.join("gold.jsonl")) {
        let path = row["file"].as_str().unwrap();
        let raw = std::fs::read(folder.join(path)).unwrap();
        let bounce = report(&raw);
        let found = addresses(bounce.as_ref());
        let is_right = found == texts(&row["addresses"]);
        recipients.add(is_right);
        if !is_right {
            println!("{path}: {found:?}");
        }
        if let Some(class) = bounce.as_ref().and_then(class) {
            let temporary = row["temporary"].as_bool().unwrap();
            classes.add((class == BounceClass::Temporary) == temporary);
        }
        check_line_ends(&raw, path);
    }
    recipients.print("flufl-bounce, recipients exactly right");
    classes.print("flufl-bounce, class right");
    assert!(recipients.of >= 100, "the corpus is too small");
    assert!(recipients.share() >= 0.95 && classes.share() >= 0.95);
}

#[test]
fn reports_with_known_status() {
    let Some(folder) = corpus::folder("mail/sisimai") else { return };
    let named = rows(&folder.join("silver_recipients.jsonl"));
    let (mut recipients, mut classes, mut hard) =
        (Score::default(), Score::default(), Score::default());
    let mut originals = Score::default();
    let mut alarms = Vec::new();
    let mut others = 0;
    for row in rows(&folder.join("gold.jsonl")) {
        let path = row["file"].as_str().unwrap();
        let raw = std::fs::read(folder.join(path)).unwrap();
        let bounce = report(&raw);
        let expected = row["expected"].as_array().unwrap();
        let is = |field: &str, value: &str| {
            expected.iter().any(|item| item[field].as_str().unwrap().starts_with(value))
        };
        if is("reason", "feedback") || is("reason", "vacation") {
            others += 1;
            alarms.extend(bounce.is_some().then(|| path.to_owned()));
            continue;
        }
        let silver = named.iter().find(|other| other["file"] == row["file"]).unwrap();
        let found = addresses(bounce.as_ref());
        let is_right = found == texts(&silver["recipients"]);
        recipients.add(is_right);
        if !is_right {
            println!("{path}: {found:?}");
        }
        if let Some(bounce) = &bounce {
            originals.add(bounce.original.is_some());
            let by_status = match () {
                () if is("status", "5") => BounceClass::Permanent,
                () if is("status", "4") => BounceClass::Temporary,
                () => BounceClass::Delivered,
            };
            classes.add(class(bounce) == Some(by_status));
            let is_hard = expected.iter().any(|item| item["hardbounce"] == true);
            hard.add(is_hard == (class(bounce) == Some(BounceClass::Permanent)));
        }
        check_line_ends(&raw, path);
    }
    recipients.print("sisimai, recipients exactly right");
    classes.print("sisimai, class right by status code");
    hard.print(
        "sisimai, class against `hardbounce` (only an unknown user, host or a move is hard)",
    );
    originals.print("sisimai, reports with the Message-ID of the original");
    println!("sisimai, complaints and absences taken for a failure: {} of {others}", alarms.len());
    assert!(recipients.of >= 300, "the corpus is too small");
    assert!(recipients.share() >= 0.95 && classes.share() >= 0.95);
    assert!(alarms.is_empty(), "{alarms:?}");
}

/// A mail that a person wrote may not be taken for a report. What a mail server wrote into these
/// folders is one.
fn check_no_alarm(folder: &Path, extension: &str) -> usize {
    let files = corpus::files(folder, extension);
    let mut n_reports = 0;
    let mut alarms = Vec::new();
    for (path, raw) in &files {
        let (message, _) = parse_message(raw, &Limits::default());
        if matches!(message.nature, Nature::Bounce(_)) {
            n_reports += 1;
            let from = message.from.map(|from| from.address.local().to_owned()).unwrap_or_default();
            if !["mailer-daemon", "postmaster"].contains(&from.as_str()) {
                alarms.push(format!("{} {from}", path.display()));
            }
        }
    }
    println!("{}: {n_reports} reports in {} mails", folder.display(), files.len());
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
    assert!(n_reports * 500 <= files.len().max(500), "{n_reports} reports are too many");
    files.len()
}

#[test]
fn no_alarm_on_samples_of_mail() {
    for name in ["mail/talon", "mail/mail-parser/eml", "mail/sisimai/maildir/not"] {
        if let Some(folder) = corpus::folder(name) {
            check_no_alarm(&folder, "eml");
        }
    }
}

#[test]
fn no_alarm_on_ordinary_mail() {
    let Some(folder) = corpus::ham() else { return };
    let folders = ["easy-ham-1", "easy-ham-2", "hard-ham-1"];
    let n_mails: usize = folders.iter().map(|name| check_no_alarm(&folder.join(name), "txt")).sum();
    assert!(n_mails >= 4_000, "the corpus is too small");
}
