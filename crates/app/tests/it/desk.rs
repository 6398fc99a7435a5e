//! `inroad today`, `note`, `plan`, `aside`, `history`, `undo`: written down, shown, taken back.

use std::process::{Command, Output, Stdio};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [
  {"id": "d1", "name": "Warehouse", "people": [{"email": "jana@lindner.example"}]},
  {"id": "d2", "name": "Audit", "people": [{"email": "omar@acme.example"}]}]}"#;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.arg("--data").arg(self.folder.path().join("data.db")).args(args);
        command.stdin(Stdio::null()).output().unwrap()
    }

    fn check(&self, args: &[&str], succeeds: bool, words: &str) {
        let done = self.run(args);
        let said = [done.stdout, done.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(done.status.success(), succeeds, "{args:?}: {said}");
        assert!(said.contains(words), "{args:?} lacks {words}: {said}");
    }
}

#[test]
fn what_is_written_down_is_listed_and_taken_back() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let deals = desk.folder.path().join("deals.json");
    std::fs::write(&deals, DEALS).unwrap();
    desk.check(&["import", deals.to_str().unwrap()], true, "");
    desk.check(&["history"], true, "Nothing was changed yet");
    let note = ["note", "warehouse", "Met Jana at the fair", "--by", "meeting"];
    desk.check(&note, true, "Warehouse: a note. To take it back: inroad undo 1");
    desk.check(&["plan", "warehouse", "2999-01-01", "Send the drawings"], true, "inroad undo 2");
    let aside = ["aside", "audit", "2999-01-01", "--because", "They move house"];
    desk.check(&aside, true, "inroad undo 3");
    desk.check(&["history"], true, "planned for 1 January 2999: Send the drawings");
    desk.check(&["today"], true, "rests     Audit: Laid aside until 1 January 2999");
    desk.check(&["undo"], true, "Undone: Audit: laid aside until 1 January 2999");
    desk.check(&["history"], true, "laid aside until 1 January 2999 (undone)");
    desk.check(&["undo", "3"], false, "undone already");
    desk.check(&["undo", "99"], false, "Nothing was done");
    desk.check(&["undo", "x"], false, "'inroad history' lists them");
    desk.check(&["aside", "audit", "2001-01-01", "--because", "x"], false, "coming day");
    desk.check(&["note", "nothing", "x"], false, "No deal is called");
}
