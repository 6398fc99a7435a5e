//! Whole mails against the parse trees of another program: mail-parser's own, of its own samples.
//!
//! The trees are a regression, not a truth: where the two differ, the difference is printed.

use inroad_ingest::Limits;
use inroad_ingest::mail::parse_message;
use inroad_ingest::mime::Mime;
use inroad_model::{Mailbox, Message};
use proptest::prelude::*;
use serde_json::Value;

use crate::corpus;

/// How often the two agree about one thing.
#[derive(Default)]
struct Agreement {
    same: usize,
    of: usize,
}

impl Agreement {
    fn compare(&mut self, what: &str, ours: &str, theirs: &str) {
        self.of += 1;
        if ours == theirs {
            self.same += 1;
        } else {
            let shown = |text: &str| text.chars().take(100).collect::<String>();
            println!("{what}\n  ours:   {:?}\n  theirs: {:?}", shown(ours), shown(theirs));
        }
    }

    fn print(&self, what: &str) {
        println!("{what}: {} of {} agree", self.same, self.of);
    }

    fn agrees(&self, percent_min: usize) -> bool {
        self.of > 0 && self.same * 100 >= self.of * percent_min
    }
}

/// The value of a header of the message in the tree.
fn header<'t>(tree: &'t Value, name: &str) -> Option<&'t Value> {
    let headers = tree["parts"][0]["headers"].as_array()?;
    headers.iter().find(|header| header["name"] == name).map(|header| &header["value"])
}

/// The addresses in a header, from lists and groups.
fn addresses(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(address) = fields.get("address").and_then(Value::as_str) {
                found.push(address.to_lowercase());
            }
            fields.values().for_each(|value| addresses(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| addresses(value, found)),
        _ => {}
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn listed(mailboxes: &[Mailbox]) -> String {
    let list: Vec<&str> = mailboxes.iter().map(|mailbox| mailbox.address.as_str()).collect();
    list.join(" ")
}

fn compare_headers(path: &str, message: &Message, tree: &Value, sums: &mut [Agreement; 3]) {
    let [ids, subjects, people] = sums;
    if let Some(id) = header(tree, "message_id").and_then(|value| value["Text"].as_str()) {
        ids.compare(&format!("{path} Message-ID"), message.id.as_str(), id);
    }
    if let Some(subject) = header(tree, "subject").and_then(|value| value["Text"].as_str()) {
        let ours = squeezed(&message.subject);
        subjects.compare(&format!("{path} subject"), &ours, &squeezed(subject));
    }
    let from: Vec<Mailbox> = message.from.iter().cloned().collect();
    for (name, ours) in [("from", &from), ("to", &message.to), ("cc", &message.cc)] {
        let Some(value) = header(tree, name) else { continue };
        let mut theirs = Vec::new();
        addresses(value, &mut theirs);
        // What has no domain is no address for us.
        theirs.retain(|address| address.contains('@') && !address.contains(' '));
        if name == "from" {
            theirs.truncate(1);
        }
        people.compare(&format!("{path} {name}"), &listed(ours), &theirs.join(" "));
    }
}

/// Every text of the tree must be the text of one of our parts.
fn compare_texts(path: &str, raw: &[u8], tree: &Value, texts: &mut Agreement) {
    let (mime, _) = Mime::parse(raw, &Limits::default());
    let mime = mime.unwrap();
    let ours: Vec<String> = mime.parts().map(|part| squeezed(&part.text())).collect();
    for part in tree["parts"].as_array().unwrap() {
        let body = &part["body"];
        let Some(text) = body["Text"].as_str().or(body["Html"].as_str()) else { continue };
        let theirs = squeezed(text);
        let same = ours.iter().find(|ours| **ours == theirs);
        let closest = same.or_else(|| {
            let start: String = theirs.chars().take(20).collect();
            ours.iter().find(|ours| ours.starts_with(&start))
        });
        texts.compare(&format!("{path} text"), closest.map_or("", |text| text), &theirs);
    }
}

#[test]
fn trees_of_mail_parser() {
    let Some(folder) = corpus::folder("mail/mail-parser/eml") else { return };
    let mut sums = <[Agreement; 3]>::default();
    let mut texts = Agreement::default();
    let files = corpus::files(&folder, "eml");
    for (path, raw) in &files {
        let tree = std::fs::read_to_string(path.with_extension("json")).unwrap();
        let tree: Value = serde_json::from_str(&tree).unwrap();
        let (message, _) = parse_message(raw, &Limits::default());
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        compare_headers(&name, &message, &tree, &mut sums);
        compare_texts(&name, raw, &tree, &mut texts);
    }
    for (sum, what) in sums.iter().zip(["Message-ID", "subject", "addresses"]) {
        sum.print(what);
        assert!(sum.agrees(90), "{what}");
    }
    texts.print("texts");
    assert!(files.len() >= 50, "the corpus is too small");
    assert!(texts.agrees(85));
}

proptest! {
    #[test]
    fn any_bytes_are_a_message(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _read = parse_message(&bytes, &Limits::default());
    }

    #[test]
    fn any_lines_are_a_message(lines in prop::collection::vec(prop_oneof![
        Just("--b".to_owned()), Just("--b--".to_owned()), Just(String::new()),
        Just("Content-Type: multipart/mixed; boundary=b".to_owned()),
        Just("Content-Type: message/rfc822".to_owned()),
        Just("Content-Type: text/calendar; method=REQUEST".to_owned()),
        Just("Content-Transfer-Encoding: base64".to_owned()),
        Just("BEGIN:VCALENDAR".to_owned()), Just("BEGIN:VEVENT".to_owned()),
        "(From|To|Subject|Date|Message-ID|References|List-Id|Auto-Submitted): [ -~]{0,30}",
        "[ -~]{0,30}", "\\PC{0,30}",
    ], 0..40), line_end in "\n|\r\n|\r") {
        let raw = lines.join(&line_end);
        let (message, _) = parse_message(raw.as_bytes(), &Limits::default());
        prop_assert!(!message.text.contains('\r') && !message.text.contains('\0'));
    }
}
