//! `inroad targets`, `ideal-client`, `form`, `assume`, `found`: before the first call, from the command line.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.says(&["me", "marta@studio.example", "--name", "Marta Sol"]);
        desk
    }

    fn run(&self, args: &[&str], typed: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.arg("--data").arg(self.folder.path().join("data.db")).args(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// What the program prints, with single blanks; it must succeed.
    fn says(&self, args: &[&str]) -> String {
        self.says_to(args, "")
    }

    fn says_to(&self, args: &[&str], typed: &str) -> String {
        let done = self.run(args, typed);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        let said = String::from_utf8(done.stdout).unwrap();
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn refuses(&self, args: &[&str], typed: &str) -> String {
        let done = self.run(args, typed);
        assert!(!done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stdout));
        String::from_utf8(done.stderr).unwrap()
    }
}

fn check(text: &str, expected: &[&str]) {
    for words in expected {
        assert!(text.contains(words), "{words} is missing in:\n{text}");
    }
}

const IDEAL: &str = "[[qualifier]]\ntopic = \"industry\"\nlevel = \"must\"\nwords = [\"cranes\"]\n";

#[test]
fn a_firm_is_prepared_for_a_first_call() {
    let desk = Desk::new();
    check(
        &desk.says(&["ideal-client"]),
        &["You have not said yet", "inroad ideal-client set FILE"],
    );
    check(&desk.says_to(&["ideal-client", "set", "-"], IDEAL), &["1 qualifiers", "inroad undo 1"]);
    check(&desk.says(&["ideal-client"]), &["words = [\"cranes\"]", "weight = 3"]);
    check(&desk.says(&["targets"]), &["No targets yet"]);
    desk.says(&["targets", "add", "lindner.example", "--because", "They move cranes"]);
    desk.says(&["assume", "lindner.example", "industry", "Used", "cranes"]);
    let held = ["assume", "lindner.example", "department", "Marketing"];
    check(&desk.says(&held), &["Kept of lindner.example"]);
    desk.says(&["assume", "lindner.example", "department", "--wrong", "3", "Consumer insights"]);
    let form = desk.says(&["form", "lindner.example"]);
    check(&form, &["100 % (100 % known)", "2: Used cranes", "not so: Marketing"]);
    let sheet = desk.says(&["form", "lindner.example", "--call"]);
    check(&sheet, &["this is Marta Sol", "Listen for", "If it does not fit"]);
    check(&desk.says_to(&["found", "lindner.example", "-"], "About us\nCranes."), &["as 1"]);
    let json = desk.run(&["form", "lindner.example", "--format", "json"], "");
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["rows"][0]["topic"], "industry");
    assert_eq!(json["rows"][0]["assumed"][0]["text"], "Used cranes");
    check(&desk.says(&["targets"]), &["lindner.example", "1 of 20"]);
    check(&desk.says(&["targets", "remove", "lindner.example"]), &["off the target list"]);
}

#[test]
fn what_cannot_be_is_refused_with_the_way_out() {
    let desk = Desk::new();
    check(&desk.refuses(&["ideal-client", "set", "-"], "[[qualifier]]\ntopic = 1\n"), &["line 2"]);
    check(&desk.refuses(&["assume", "a.example", "colour", "red"], ""), &["industry, size"]);
    check(
        &desk.refuses(&["assume", "a.example", "need", "--wrong", "9"], ""),
        &["taken back already"],
    );
    check(&desk.refuses(&["targets", "remove", "a.example"], ""), &["not on the target list"]);
    check(&desk.refuses(&["targets", "add", "studio.example"], ""), &["your own house"]);
    check(&desk.refuses(&["found", "a.example", "-"], " "), &["Paste the words"]);
    check(&desk.refuses(&["found", "a.example", "/no/such/file"], ""), &["/no/such/file"]);
}
