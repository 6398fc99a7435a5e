//! `inroad coach`: files, standard input, exit codes, what is remembered.

use std::io::Write;
use std::process::{Command, Stdio};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [
  {"id": "d1", "name": "Warehouse", "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]}]}"#;
const DRAFT: &str = "To: Jana <jana@lindner.example>\nSubject: Warehouse\n\nHi Hanna,\n\nJust checking in. \
                     Could we meet on Monday, 20 March 2026?\n\nMarta\n";

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn run(&self, args: &[&str], typed: &str) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.current_dir(self.folder.path()).args(["--data", "data.db"]).args(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Whoever reads files does not wait for what is typed.
        drop(child.stdin.take().unwrap().write_all(typed.as_bytes()));
        let done = child.wait_with_output().unwrap();
        let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
        (done.status.code(), said)
    }

    fn check(&self, args: &[&str], typed: &str, code: i32, words: &str) {
        let (ended, said) = self.run(args, typed);
        assert_eq!(ended, Some(code), "{args:?}: {said}");
        assert!(said.contains(words), "{args:?} lacks {words}: {said}");
    }
}

fn place() -> Place {
    let place = Place { folder: tempfile::tempdir().unwrap() };
    std::fs::write(place.folder.path().join("draft.txt"), DRAFT).unwrap();
    place
}

#[test]
fn a_draft_is_read_without_a_data_file() {
    let place = place();
    place.check(
        &["coach", "draft.txt", "--on", "2026-03-02"],
        "",
        0,
        "block 6:36 The weekday and the date do not fit",
    );
    place.check(
        &["coach", "draft.txt", "--on", "2026-03-02", "--fail-on", "block"],
        "",
        3,
        "20 March 2026 is a Friday",
    );
    place.check(
        &["coach", "--fail-on", "warn"],
        "Hello Ann,\n\nThank you. Friday is fine.\n",
        0,
        "Not checked",
    );
    place.check(
        &["coach", "--channel", "voicemail"],
        "Hi, it is about the roof.",
        0,
        "seconds when spoken",
    );
    place.check(&["coach", "none.txt"], "", 1, "none.txt");
    place.check(&["coach", "rules", "no-way-out"], "", 0, "Instead:");
    place.check(&["coach", "rules", "nothing"], "", 1, "'inroad coach rules' lists them");
    place.check(&["coach", "stats"], "", 1, "inroad import");
    std::fs::write(place.folder.path().join("bad.txt"), b"Hi \xff").unwrap();
    place.check(&["coach", "bad.txt"], "", 1, "Byte 3 is no UTF-8 text");
    let long = "word ".repeat(20_000);
    place.check(&["coach"], &long, 1, "standard input: That is more than 64 kB");
    let encoded = "To: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
                   Content-Transfer-Encoding: base64\n\nSGkgQW5uLAoKSnVzdCBjaGVja2luZyBpbi4K\n";
    std::fs::write(place.folder.path().join("mail.eml"), encoded).unwrap();
    place.check(&["coach", "mail.eml"], "", 0, "Checking in with nothing new");
}

#[test]
fn programs_get_one_object_a_file() {
    let place = place();
    let (_, said) =
        place.run(&["coach", "draft.txt", "--on", "2026-03-02", "--format", "json"], "");
    let one: serde_json::Value = serde_json::from_str(&said).unwrap();
    let found = one["findings"].as_array().unwrap();
    let date = found.iter().find(|found| found["rule"] == "wrong-weekday").unwrap();
    let range: Vec<usize> = serde_json::from_value(date["range"].clone()).unwrap();
    assert_eq!(DRAFT.get(range[0]..range[1]), Some("Monday, 20 March 2026"));
    assert_eq!(date["severity"], "block");
    for field in ["message", "why", "fix", "quote"] {
        assert!(!date[field].as_str().unwrap().is_empty(), "{field}");
    }
    assert_eq!(one["metrics"]["words"], 12);
    assert_eq!(one["metrics"]["seconds"], serde_json::Value::Null);
    let (_, said) = place.run(&["coach", "draft.txt", "draft.txt", "--format", "json"], "");
    let both: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(both.as_array().unwrap().len(), 2);
}

#[test]
fn the_record_of_the_addressee_is_used_and_findings_are_followed() {
    let place = place();
    std::fs::write(place.folder.path().join("deals.json"), DEALS).unwrap();
    place.check(&["import", "deals.json"], "", 0, "");
    place.check(&["coach", "draft.txt"], "", 0, "The record says Jana Kühn");
    place.check(&["coach", "dismiss", "wrong-name", "Hanna"], "", 0, "until they change");
    place.check(&["coach", "draft.txt"], "", 0, "1 dismissed by you for these words");
    std::fs::write(place.folder.path().join("draft.txt"), DRAFT.replace("Monday", "Friday"))
        .unwrap();
    place.check(&["coach", "draft.txt"], "", 0, "dismissed");
    place.check(&["coach", "stats"], "", 0, "wrong-weekday");
    place.check(&["coach", "dismiss", "wrong-name", "Hanna", "--undo"], "", 0, "speaks up again");
    place.check(
        &["do-not-contact", "add", "jana@lindner.example", "--because", "They asked"],
        "",
        0,
        "",
    );
    place.check(
        &["coach", "draft.txt", "--fail-on", "block"],
        "",
        3,
        "You decided to leave them alone",
    );
}
