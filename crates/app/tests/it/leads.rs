//! `inroad leads` and `inroad definition`, from the command line.

use std::process::{Command, Output};

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.arg("--data").arg(self.folder.path().join("data.db")).args(args);
        command.output().unwrap()
    }

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
}

fn check(text: &str, expected: &[&str]) {
    for words in expected {
        assert!(text.contains(words), "{words} is missing in:\n{text}");
    }
}

#[test]
fn a_lead_goes_its_way() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    desk.says(&["me", "ada@studio.example", "--name", "Ada"]);
    check(&desk.says(&["leads"]), &["No leads", "inroad leads hand-over"]);
    let file = desk.folder.path().join("definition.toml");
    let text = desk.says(&["definition"]);
    check(&text, &["# Nothing is signed yet", "accept_hours = 8.0"]);
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    check(&desk.says(&["definition", "propose", file]), &["Version 1", "was proposed"]);
    check(&desk.says(&["definition", "sign", "1"]), &["marketing and sales"]);
    check(&desk.says(&["definition"]), &["# Version 1 counts", "# sales: signed by Ada"]);
    check(
        &desk.says(&[
            "team",
            "put",
            "mia@studio.example",
            "--name",
            "Mia",
            "--role",
            "marketer",
            "--team",
            "Marketing",
        ]),
        &["Mia works here"],
    );
    let hand_over = [
        "leads",
        "hand-over",
        "--name",
        "Jana",
        "--email",
        "jana@lindner.example",
        "--source",
        "Fair",
        "--answer",
        "need=yes",
        "--promised",
        "A price list",
        "--as",
        "mia@studio.example",
    ];
    check(&desk.says(&hand_over), &["Jana: handed over to Ada", "number 1"]);
    check(&desk.refuses(&hand_over), &["open lead already", "same mail address"]);
    check(&desk.says(&["leads"]), &["1 leads", "Jana: waiting", "yours to do"]);
    let returned = ["leads", "return", "1", "--reason", "No need", "--because", "They said so"];
    check(&desk.says(&returned), &["returned, No need", "To undo it: inroad undo"]);
    check(&desk.refuses(&["leads", "accept", "1"]), &["is returned now"]);
    check(
        &desk.says(&[
            "leads",
            "answer",
            "1",
            "--because",
            "Another branch",
            "--as",
            "mia@studio.example",
        ]),
        &["handed over again"],
    );
    check(&desk.says(&["leads", "accept", "1"]), &["accepted"]);
    check(&desk.says(&["leads", "outcome", "1", "meeting"]), &["meeting"]);
    let feedback =
        ["leads", "feedback", "1", "--held", "need=did_not_hold", "--because", "Only a price"];
    check(&desk.says(&feedback), &["a word on the lead"]);
    let shown = desk.says(&["leads", "show", "1"]);
    check(&shown, &["promised: A price list (open)", "Ada says (number", "returned it: No need"]);
    let read: serde_json::Value =
        serde_json::from_str(&desk.says(&["leads", "show", "1", "--format", "json"])).unwrap();
    assert_eq!(read["lead"]["state"], "accepted");
    let stranger = desk.refuses(&["leads", "--as", "tom@studio.example"]);
    check(&stranger, &["does not work here"]);
}

#[test]
fn a_table_comes_in() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    desk.says(&["me", "ada@studio.example", "--name", "Ada"]);
    let file = desk.folder.path().join("leads.csv");
    std::fs::write(
        &file,
        "Name,Email,Lead Source\nJana,jana@lindner.example,Fair\nOmar,no address,Fair\n",
    )
    .unwrap();
    let file = file.to_str().unwrap();
    let dry = desk.says(&["leads", "import", file, "--dry-run"]);
    check(&dry, &["1 leads would come in", "line 3", "no mail address"]);
    check(&desk.says(&["leads", "import", file]), &["1 leads came in; 0 rows"]);
    check(&desk.says(&["leads", "import", file]), &["0 leads came in; 1 rows"]);
}
