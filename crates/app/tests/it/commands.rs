//! What commands leave alone, and what they say when there is nothing to do.

use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) fn inroad(data: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inroad"))
        .env("INROAD_DATA", data)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_demo_leaves_the_named_data_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("mine.db");
    let done = inroad(&data, &["demo", "--no-serve"]);
    assert!(!data.exists(), "{}", text(&done.stdout));
    assert!(folder.path().join("sample/demo.db").exists(), "{}", text(&done.stderr));
}

/// Scripts clear a variable by giving it nothing.
#[test]
fn an_empty_environment_names_no_data_file() {
    let folder = tempfile::tempdir().unwrap();
    let run = |data: &str, args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
        command.env("INROAD_DATA", data).env("HOME", folder.path());
        command.env("XDG_DATA_HOME", folder.path()).args(args).output().unwrap()
    };
    let done = run("", &["deals"]);
    let said = text(&done.stderr);
    assert!(said.contains("There is no data file") && said.contains("inroad.db"), "{said}");
    let named = folder.path().join("named.db");
    let said = text(&run("other.db", &["--data", named.to_str().unwrap(), "deals"]).stderr);
    assert!(said.contains("named.db"), "what is said beats the environment: {said}");
}

#[test]
fn a_mistyped_data_file_is_told_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("typo.db");
    for command in ["review", "doctor", "deals", "serve"] {
        let done = inroad(&data, &[command]);
        assert!(!done.status.success(), "{command}");
        assert!(text(&done.stderr).contains("There is no data file"), "{command}");
        assert!(!data.exists(), "{command}");
    }
}

#[test]
fn an_import_of_nothing_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (data, empty) = (folder.path().join("data.db"), folder.path().join("empty"));
    std::fs::create_dir(&empty).unwrap();
    let binary = folder.path().join("program.bin");
    std::fs::write(&binary, [1, 2, 3, 0, 255]).unwrap();
    for (path, says) in [(&binary, "cannot be imported"), (&empty, "nothing to import")] {
        let done = inroad(&data, &["import", path.to_str().unwrap()]);
        let out = text(&done.stdout);
        assert!(out.starts_with("Nothing was imported."), "{out}");
        assert!(out.contains(says) && !out.contains("everything else"), "{out}");
        assert_eq!(done.status.code(), Some(1));
    }
}

#[test]
fn a_dry_run_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    let mail = folder.path().join("all.mbox");
    std::fs::write(&mail, mailbox(6)).unwrap();
    let mail = mail.to_str().unwrap();
    let done = inroad(&data, &["import", "--dry-run", mail]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(text(&inroad(&data, &["deals"]).stdout).starts_with("No deals yet"));
}

/// Whoever reads the output has read enough, as in `inroad review --format json | head -1`.
#[cfg(unix)]
#[test]
fn json_into_a_closed_pipe_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    let mail = folder.path().join("all.mbox");
    std::fs::write(&mail, mailbox(40)).unwrap();
    inroad(&data, &["import", mail.to_str().unwrap()]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_inroad"))
        .env("INROAD_DATA", &data)
        .args(["person", "jana@lindner.example", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
}

/// Letters to and fro, one an hour.
fn mailbox(letters: u32) -> String {
    let letter = |n: u32| {
        let people = ["marta@studio.example", "jana@lindner.example"];
        let (from, to) =
            if n.is_multiple_of(2) { (people[0], people[1]) } else { (people[1], people[0]) };
        format!(
            "From x Mon Mar  2 09:00:00 2026\nMessage-ID: <{n}@mail.example>\n\
             Date: {} Mar 2026 {:02}:00:00 +0100\nFrom: {from}\nTo: {to}\n\
             Subject: Offer {n}\n\nGood morning.\n\n",
            1 + n / 24,
            n % 24,
        )
    };
    (0..letters).map(letter).collect::<Vec<_>>().concat()
}
