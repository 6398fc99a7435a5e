//! `inroad touches`: begun, listed, shown, decided, undone.

use std::process::{Command, Stdio};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [
  {"id": "d1", "name": "Warehouse", "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]}]}"#;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn run(&self, args: &[&str], succeeds: bool) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.arg("--data").arg(self.folder.path().join("data.db")).args(args);
        let done = command.stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
        assert_eq!(done.status.success(), succeeds, "{args:?}: {said}");
        said
    }

    fn check(&self, args: &[&str], succeeds: bool, words: &str) {
        let said = self.run(args, succeeds);
        assert!(said.contains(words), "{args:?} lacks {words}: {said}");
    }
}

#[test]
fn a_plan_is_begun_decided_and_undone() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let deals = desk.folder.path().join("deals.json");
    std::fs::write(&deals, DEALS).unwrap();
    desk.check(&["import", deals.to_str().unwrap()], true, "");
    desk.check(&["touches"], true, "with nobody yet");
    let begin = ["touches", "begin", "jana@lindner.example", "--deal", "warehouse"];
    desk.check(&begin, true, "to stay in touch until they respond. To undo it: inroad undo 1");
    desk.check(&begin, false, "already");
    desk.check(&["touches", "list"], true, "Jana Kühn: mail");
    desk.check(&["touches", "show", "jana"], true, "Nothing was tried yet");
    let json = desk.run(&["touches", "--format", "json"], true);
    let plans: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(plans[0]["person"], "jana@lindner.example");
    assert_eq!(plans[0]["deal"], "d1");
    assert!(plans[0]["next"]["why_day"].is_array(), "{json}");
    let one = desk.run(&["touches", "show", "jana", "--format", "json"], true);
    assert!(one.contains("\"begun_on\""), "{one}");
    let past = desk.run(&["touches", "--as-of", "2020-01-01"], true);
    assert!(past.contains("with nobody yet"), "{past}");

    let approve = ["touches", "approve", "jana", "--on", "2199-01-02", "--what", "The study"];
    desk.check(&approve, true, "approved for 2 January 2199: The study");
    desk.check(&["touches"], true, "approved");
    desk.check(&["undo"], true, "Undone");
    desk.check(&["touches", "approve", "jana", "--on", "2001-01-01"], false, "has not passed");
    desk.check(&["touches", "put-off", "jana", "2199-02-01"], true, "not before 1 February 2199");
    desk.check(&["touches"], true, "paused    2199-02-01");
    desk.check(&["undo"], true, "Undone");
    desk.check(&["touches", "skip", "jana", "--because", "A fair"], true, "is left out");
    desk.check(&["touches", "done", "jana", "--by", "call", "--answered"], true, "they answered");
    desk.check(&["touches", "show", "jana"], true, "You spoke on");
    desk.check(&["undo"], true, "Undone");
    desk.check(&["touches", "end", "jana", "--because", "They bought"], true, "no longer");
    desk.check(&["touches"], true, "ended");
    desk.check(&["touches", "done", "jana"], false, "It does not go on");
    desk.check(&["touches", "show", "omar@acme.example"], false, "'inroad touches' lists them");
    let alone = ["do-not-contact", "add", "omar@acme.example", "--because", "They asked"];
    desk.check(&alone, true, "");
    desk.check(&["touches", "begin", "omar@acme.example"], false, "not to be contacted");
}
