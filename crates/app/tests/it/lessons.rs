//! `inroad lessons` and `inroad overrule`: from a deal that ends to what it taught, and back.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [
  {"id": "d1", "name": "Warehouse", "domain": "lindner.example", "stage": "proposal",
   "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]},
  {"id": "d2", "name": "Audit", "domain": "acme.example", "stage": "discovery"}]}"#;

/// A data file of a few letters and two deals.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let letter = |n: u32| {
            let people = ["marta@studio.example", "jana@lindner.example"];
            let (from, to) =
                if n.is_multiple_of(2) { (people[0], people[1]) } else { (people[1], people[0]) };
            format!(
                "From x Mon Mar  2 09:00:00 2026\nMessage-ID: <{n}@mail.example>\n\
                 Date: {} Mar 2026 09:00:00 +0100\nFrom: {from}\nTo: {to}\nSubject: Offer\n\n\
                 That is far above our budget. Could you come down with the price?\n\n",
                n + 1
            )
        };
        let mail = (0..9).map(letter).collect::<Vec<_>>().concat();
        desk.import("mail.mbox", &mail);
        desk.import("deals.json", DEALS);
        desk
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.arg("--data").arg(self.path().join("data.db")).args(args);
        command.stdin(Stdio::null()).output().unwrap()
    }

    /// What the program prints; it must succeed.
    fn says(&self, args: &[&str]) -> String {
        let done = self.run(args);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    fn refuses(&self, args: &[&str]) -> String {
        let done = self.run(args);
        assert!(!done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stdout));
        String::from_utf8(done.stderr).unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        let args = [args, &["--format", "json"]].concat();
        serde_json::from_str(&self.says(&args)).unwrap()
    }

    fn import(&self, name: &str, content: &str) -> String {
        let path = self.path().join(name);
        std::fs::write(&path, content).unwrap();
        self.says(&["import", path.to_str().unwrap()])
    }
}

fn check(text: &str, expected: &[&str]) {
    for words in expected {
        assert!(text.contains(words), "{words} is missing in:\n{text}");
    }
}

#[test]
fn a_deal_that_ends_is_offered_told_counted_and_taken_back() {
    let desk = Desk::new();
    check(&desk.says(&["lessons"]), &["No lessons yet. When a deal has ended"]);
    let lost = DEALS.replace("\"proposal\"", "\"lost\"");
    let offered = "Warehouse has ended. What did it teach? inroad lessons review \"Warehouse\"";
    check(&desk.import("deals.json", &lost), &[offered]);
    assert!(!desk.import("deals.json", &lost).contains("has ended"), "offered once");
    let review = desk.says(&["lessons", "review", "warehouse"]);
    let shown = [
        "The people\n  Jana Kühn: 4 from them, last on 8 March 2026, 5 from you\n",
        "How it went\n  It had come as far as: proposal\n",
        "What may have been behind it\n  1. The fee is too dear for them",
        "Your answer: inroad lessons review DEAL --outcome",
    ];
    check(&review, &shown);
    let told = desk.says(&[
        "lessons",
        "review",
        "warehouse",
        "--outcome",
        "no-decision",
        "--cause",
        "price_too_high",
        "--cause",
        "political-fear",
        "--play",
        "price_too_high",
        "--people",
        "Her boss was new",
    ]);
    check(&told, &["Thank you. Lesson 1: Warehouse, no decision."]);
    let report = desk.says(&["lessons"]);
    let shown = [
        "Won, of all deals with a lesson: too few to tell (0 of 1)",
        "The fee is too dear for them",
        "how common it is",
        "no decision",
        "price too high, political fear",
    ];
    check(&report, &shown);
    let json = desk.json(&["lessons"]);
    assert_eq!(json["all"]["share"], Value::Null);
    assert_eq!(json["lessons"][0]["lesson"]["words"]["people"], "Her boss was new");
    assert_eq!(json["by_play"][0]["scenario"], "price_too_high");
    check(&desk.says(&["lessons", "undo", "1"]), &["Lesson 1 on d1 is taken back"]);
    check(&desk.says(&["lessons"]), &["taken back", "Ended, without a word yet:\n- Warehouse"]);
    assert_eq!(desk.json(&["lessons"])["changes"], Value::Array(Vec::new()));
}

#[test]
fn what_cannot_be_read_is_told() {
    let desk = Desk::new();
    let review = ["lessons", "review", "warehouse"];
    for (args, part) in [
        (&["--outcome", "drawn"][..], "write won, lost, no-decision or let-go"),
        (&["--cause", "luck"], "'inroad playbook show' lists the causes"),
        (&["--cause", "opted_out"], "How did 'Warehouse' end?"),
        (&["--outcome", "lost", "--play", "luck"], "No play is called 'luck'"),
    ] {
        check(&desk.refuses(&[&review[..], args].concat()), &[part]);
    }
    check(&desk.refuses(&["lessons", "undo", "7"]), &["There is no lesson 7"]);
    check(&desk.refuses(&["overrule", "warehouse", "win", "--because", "x"]), &["write pursue"]);
}

#[test]
fn a_deal_that_is_dropped_is_offered() {
    let desk = Desk::new();
    check(&desk.says(&["deals", "dismiss", "audit"]), &["1 dismissed.", "Audit has ended."]);
    let offer = desk.json(&["lessons", "review", "audit"]);
    assert_eq!(offer["outcome"], "let_go");
}

#[test]
fn a_decision_of_ones_own_stands_in_the_review_and_is_asked_about_once() {
    let desk = Desk::new();
    let review = desk.json(&["review"]);
    assert!(
        !review.to_string().contains("overruled"),
        "nothing is said before anything is decided"
    );
    let ours = review["deals"][0]["advice"].as_str().unwrap().to_owned();
    let because = "She told me on the phone";
    let noted = desk.says(&["overrule", "warehouse", "wait", "--because", because]);
    check(&noted, &["Noted: wait, where inroad says"]);
    let deal = &desk.json(&["review"])["deals"][0];
    assert_eq!(deal["advice"], "wait");
    assert_eq!(deal["overruled"]["advised"], ours);
    assert_eq!(deal["overruled"]["because"], because);
    for shown in [&["review"][..], &["deal", "warehouse"], &["review", "--format", "md"]] {
        let text = desk.says(shown).split_whitespace().collect::<Vec<_>>().join(" ");
        check(&text, &["Your own decision"]);
    }
    check(&desk.says(&["overrule", "warehouse", "--undo"]), &["Noted: back to what inroad says"]);
    check(&desk.refuses(&["overrule", "warehouse", "--undo"]), &["There is no decision of yours"]);
    check(&desk.refuses(&["overrule", "warehouse", "wait"]), &["--because"]);
    check(&desk.refuses(&["overrule", "warehouse", "wait", "--undo"]), &["cannot be used with"]);
    assert!(!desk.json(&["review"]).to_string().contains("overruled"));
    desk.says(&["overrule", "warehouse", "wait", "--because", because]);
    let won = DEALS.replace("\"proposal\"", "\"won\"");
    let asked =
        format!("You decided to wait on Warehouse, where inroad said {}", ours.replace('_', " "));
    check(&desk.import("deals.json", &won), &[&asked, because]);
    assert!(!desk.says(&["lessons"]).contains("You decided to wait on"), "asked once");
}
