//! `inroad do-not-contact`, `erase` and `export-person` from the command line.

use std::process::{Command, Output, Stdio};

const MAIL: &str = "From x@y Mon Mar  2 09:00:00 2026\nFrom: Jana <jana@lindner.example>\nTo: marta@studio.example\n\
    Date: Mon, 2 Mar 2026 09:00:00 +0000\nMessage-ID: <a@lindner.example>\nSubject: Yard\n\nThe yard is closed.\n\n\
    From x@y Tue Mar  3 09:00:00 2026\nFrom: Omar <omar@lindner.example>\nTo: marta@studio.example\nCc: jana@lindner.example\n\
    Date: Tue, 3 Mar 2026 09:00:00 +0000\nMessage-ID: <b@lindner.example>\nSubject: Crane\n\nThe crane is here.\n";

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.says(&["me", "marta@studio.example"]);
        let mail = desk.file("mail.mbox", MAIL);
        desk.says(&["import", &mail]);
        desk
    }

    fn file(&self, name: &str, content: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.arg("--data").arg(self.0.path().join("data.db")).args(args);
        command.stdin(Stdio::null()).output().unwrap()
    }

    fn says(&self, args: &[&str]) -> String {
        let done = self.run(args);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    fn check(&self, args: &[&str], expected: &[&str]) {
        let said = self.says(args);
        for words in expected {
            assert!(said.contains(words), "{args:?}: {words} is missing in:\n{said}");
        }
    }
}

#[test]
fn a_list_comes_in_and_goes_out() {
    let desk = Desk::new();
    desk.check(&["do-not-contact"], &["Nobody is on the list"]);
    let list = desk.file("list.txt", "jana@lindner.example\n@zenit.example\nnobody\n");
    desk.check(
        &["do-not-contact", "import", &list],
        &["2 listed", "inroad undo", "line 3", "'nobody'"],
    );
    desk.check(&["do-not-contact", "import", &list], &["0 listed, 2 known already"]);
    desk.check(&["do-not-contact", "list", "zenit"], &["everybody at zenit.example", "1 in all"]);
    desk.check(&["do-not-contact", "export", "-"], &["email,domain", "jana@lindner.example,,,"]);
    desk.check(&["undo"], &["Undone"]);
    desk.check(&["do-not-contact", "list"], &["Nobody is on the list"]);
}

#[test]
fn a_person_is_shown_what_is_held_and_then_erased() {
    let desk = Desk::new();
    let jana = "jana@lindner.example";
    let zip = desk.0.path().join("jana.zip");
    desk.check(
        &["export-person", jana, "--to", zip.to_str().unwrap()],
        &["2 letters", "summary.md"],
    );
    assert!(std::fs::metadata(&zip).unwrap().len() > 500);
    desk.check(
        &["erase", jana],
        &["1 letter: theirs", "1 letter of others", "cannot be undone", "--yes"],
    );
    desk.check(&["person", jana], &["Yard"]);
    let backup = desk.0.path().join("backup.db");
    desk.check(&["backup", backup.to_str().unwrap()], &["Everything is in"]);
    desk.check(
        &["erase", jana, "--yes", "--backups", backup.to_str().unwrap()],
        &["Erased: 1 letter gone, 1 of", "as well"],
    );
    assert!(!desk.run(&["person", jana]).status.success());
    for file in [backup, desk.0.path().join("data.db")] {
        let bytes = std::fs::read(&file).unwrap();
        let is_in =
            bytes.windows(jana.len()).any(|part| part.eq_ignore_ascii_case(jana.as_bytes()));
        assert!(!is_in, "{}", file.display());
    }
    let mail = desk.0.path().join("mail.mbox");
    desk.check(&["import", mail.to_str().unwrap()], &["who were erased"]);
    desk.check(&["erase", jana], &["Nothing is held but a hash"]);
    let out = desk.0.path().join("none");
    desk.check(
        &["export-person", jana, "--to", out.to_str().unwrap()],
        &["Nothing is held", "a hash"],
    );
}
