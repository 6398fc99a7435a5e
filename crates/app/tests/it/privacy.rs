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

/// It is of what is really there, and names nobody but whose data it is.
#[test]
fn the_record_of_processing_tells_what_is_there() {
    let desk = Desk::new();
    desk.check(
        &["privacy", "record"],
        &[
            "# Record of processing activities",
            "marta@studio.example",
            "| messages | 2 | people who wrote to you",
            "Nobody: inroad sends to no server.",
            "which its owner alone may read",
            "_to be filled in_",
        ],
    );
    let notes = desk.0.path().join("notes");
    std::fs::create_dir(&notes).unwrap();
    desk.says(&["connect", "notes", notes.to_str().unwrap()]);
    let url = "http://127.0.0.1:9/v1";
    let on = [
        "second-reading",
        "on",
        "--url",
        url,
        "--model",
        "m",
        "--i-agree-to-send-to",
        "127.0.0.1:9",
    ];
    desk.says(&on);
    desk.check(
        &["privacy", "record"],
        &[
            "- this machine: a folder with notes and transcripts is read",
            "| 127.0.0.1:9 | letters of one deal at a time",
        ],
    );
    let said = desk.says(&["privacy", "record"]).to_lowercase();
    for word in ["jana", "omar", "lindner", "yard", "crane"] {
        assert!(!said.contains(word), "{word}");
    }
}

/// Nothing goes without --yes; what is of an open deal stays; whoever wants no mail is left alone as before.
#[test]
fn letters_are_kept_no_longer_than_a_rule_says() {
    let desk = Desk::new();
    let stop = "From x@y Mon Mar  2 09:00:00 2026\nFrom: Rik <rik@quiet.example>\nTo: marta@studio.example\n\
        Date: Mon, 2 Mar 2020 09:00:00 +0000\nMessage-ID: <s@quiet.example>\nSubject: Your letters\n\n\
        Please do not write to me again and take me off your list.\n\n\
        From x@y Mon Mar  2 09:00:00 2026\nFrom: Ilse <ilse@wharf.example>\nTo: marta@studio.example\n\
        Date: Mon, 2 Mar 2020 10:00:00 +0000\nMessage-ID: <w@wharf.example>\nSubject: Crates\n\nThe crates are here.\n";
    let old = desk.file("old.mbox", stop);
    let deals = r#"{"me": {"name": "Marta", "emails": ["marta@studio.example"]}, "deals": [{"id": "wharf", "name": "Wharf", "domain": "wharf.example", "people": []}]}"#;
    let deals = desk.file("deals.json", deals);
    desk.says(&["import", &old, &deals]);
    desk.check(&["privacy", "retention"], &["Letters are kept until you erase them."]);
    desk.check(
        &["privacy", "retention", "--letters-months", "36"],
        &["1 letter goes", "1 older one stays", "Nothing was changed", "--yes"],
    );
    desk.check(&["doctor"], &["4 messages"]);
    desk.check(&["privacy", "retention"], &["Letters are kept until you erase them."]);
    let args = ["privacy", "retention", "--letters-months", "36", "--daily", "--yes"];
    desk.check(&args, &["1 letter went"]);
    desk.check(&["doctor"], &["3 messages", "The data file is whole."]);
    desk.check(&args, &["0 letters went"]);
    desk.check(&["privacy", "retention"], &["36 months", "every day"]);
    desk.check(&["privacy", "record"], &["36 months"]);
    desk.check(&["do-not-contact"], &["rik@quiet.example", "too old to be kept"]);
    let bytes = std::fs::read(desk.0.path().join("data.db")).unwrap();
    let has = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    assert!(!has(b"s@quiet.example") && has(b"w@wharf.example"));
    // Imported once more it comes in, and the day's run of a server takes it out again; not twice a day.
    desk.says(&["import", &old]);
    desk.check(&["doctor"], &["4 messages"]);
    desk.check(&["privacy", "retention", "--off"], &["Letters are kept until you erase them."]);
    let done = desk.run(&["privacy", "retention", "--letters-months", "0"]);
    assert!(!done.status.success());
}
