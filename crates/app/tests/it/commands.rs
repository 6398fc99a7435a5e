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

#[test]
fn a_search_finds_every_kind_and_tells_what_it_did_not_understand() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mail) = (folder.path().join("data.db"), folder.path().join("mail.mbox"));
    let letters = "From x Mon Mar  2 09:00:00 2026\nFrom: Jana Wolf <jana@lindner.example>\n\
        To: ada@brandt.example\nSubject: Budget\nMessage-ID: <1@lindner.example>\n\
        Date: Mon, 2 Mar 2026 09:00:00 +0100\n\nOur quarterly \u{1b}[31mbudget is small.\n\n";
    std::fs::write(&mail, letters).unwrap();
    let deals = folder.path().join("deals.json");
    let deal = r#"{"me": {"emails": ["ada@brandt.example"]}, "deals": [{"id": "d1", "name": "Budget tool",
        "domain": "lindner.example", "notes": [{"date": "2026-03-05", "text": "The budget is cut."}]}]}"#;
    std::fs::write(&deals, deal).unwrap();
    inroad(&data, &["import", mail.to_str().unwrap(), deals.to_str().unwrap()]);

    let says = |args: &[&str]| {
        let done = inroad(&data, &[&["search"], args].concat());
        (done.status.success(), text(&done.stdout))
    };
    let (found, shown) = says(&["budget", "form:jana"]);
    assert!(found && shown.starts_with("'form:' is not known"), "{shown}");
    for words in
        ["Budget tool", "2026-03-02", "Jana Wolf", "budget is small.", "The budget is cut."]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains('\u{1b}'), "nothing steers the terminal: {shown}");
    let (found, shown) = says(&["quarter"]);
    assert!(!found && shown.contains("Nothing found"), "{shown}");
    assert!(says(&["quarter*", "from:Jana Wolf", "on:2026-03"]).0);
    assert!(says(&["state:warm state:cold state:dark state:cooling state:paused", "kind:deal"]).0);
    let (_, json) = says(&["budget", "--format", "json", "--", "-tool"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["deals"]["shown"].as_array().unwrap().is_empty());
    let mark = &json["messages"]["shown"][0]["subject"];
    assert_eq!(*mark, serde_json::json!({"text": "Budget", "marks": [{"start": 0, "end": 6}]}));
    let help = text(&inroad(&data, &["search", "--help"]).stdout);
    for operator in [
        "from:", "to:", "with:", "deal:", "state:", "on:", "before:", "after:", "has:", "kind:",
        "quart*",
    ] {
        assert!(help.contains(operator), "{operator}: {help}");
    }
}
