//! `inroad connect`, `sync`, `status` and `disconnect` of what needs no server: a folder of notes; and what is said
//! of addresses that cannot be used.

use std::path::Path;
use std::process::{Command, Stdio};

struct Seller {
    folder: tempfile::TempDir,
}

impl Seller {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    #[track_caller]
    fn check(&self, args: &[&str], succeeds: bool, words: &[&str]) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("INROAD_PASSPHRASE", "four plain words here");
        let done = command.args(["--data", "data.db"]).args(args).output().unwrap();
        let said = [done.stdout, done.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(done.status.success(), succeeds, "{args:?}: {said}");
        for words in words {
            assert!(said.contains(words), "{args:?} lacks {words}: {said}");
        }
    }
}

#[test]
fn a_folder_of_notes() {
    let seller = Seller::new();
    seller.write(
        "deals.json",
        r#"{"me": {"emails": ["a@b.example"]}, "deals": [{"id": "c", "name": "Cranes"}]}"#,
    );
    seller.write("notes/2026-03-10 Cranes.txt", "They decide in May.");
    seller.write("notes/call.txt", "Nothing in particular.");
    seller.check(&["import", "deals.json"], true, &[]);
    seller.check(&["connect", "notes", "nowhere"], false, &["There is no folder nowhere"]);
    seller.check(&["connect", "notes", "notes"], true, &["notes in notes works"]);
    seller.check(&["sync"], true, &["notes in notes: 1 note"]);
    seller.check(&["sync"], true, &["notes in notes: nothing new"]);
    seller.check(&["status"], true, &["not taken: call.txt: it names no deal. Put the name"]);
    assert!(!Path::new(&seller.folder.path().join("data.db.secrets")).exists());
    seller.check(&["disconnect", "notes in notes"], true, &["is read no more"]);
    seller.check(&["sync"], true, &["Nothing is connected"]);
}

#[test]
fn addresses_that_cannot_be_used() {
    let seller = Seller::new();
    seller.write("password", "geheim\n");
    let common = ["--user", "jana", "--password-file", "password"];
    for (kind, address, words) in [
        ("calendar", "http://dav.example", "without encryption"),
        ("calendar", "https://me:secret@dav.example", "must hold no password"),
        ("contacts", "a b", "is no address of a server"),
        ("feed", "http://cal.example/secret.ics", "without encryption"),
        ("calendar", "http://127.0.0.1:1/", "cannot be reached"),
    ] {
        let args = [&["connect", kind, address], &common[..]].concat();
        seller.check(&args, false, &[words]);
    }
    seller.check(&["status"], true, &["Nothing is connected"]);
}
