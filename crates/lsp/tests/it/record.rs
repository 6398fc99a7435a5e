//! Drafts to somebody who is on record, with a data file.

use std::path::Path;

use inroad_service::{ImportOptions, Inroad};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::editor::{Editor, codes, titled};

const MAILBOX: &str = "From a@b Mon Jan  5 10:00:00 2026\n\
    From: Jana Kuehn <jana@lindner.example>\nTo: Tom Ray <tom@ray.example>\n\
    Subject: Nights\nDate: Mon, 5 Jan 2026 10:00:00 +0100\nMessage-ID: <1@lindner.example>\n\n\
    Could you send the plan for the nights?\n\nJana Kuehn\n";

const DRAFT: &str = "To: Jana <jana@lindner.example>\nSubject: Re: Days\n\nHi Petra,\n\nWhen does \
                     the night shift begin?\n\nTom Ray\n";

fn with_mailbox(folder: &Path, runtime: &Runtime) {
    let mailbox = folder.join("mail.mbox");
    std::fs::write(&mailbox, MAILBOX).unwrap();
    runtime.block_on(async {
        let inroad = Inroad::open(&folder.join("inroad.db")).await.unwrap();
        inroad.import(&[mailbox], &ImportOptions::default(), &|_| {}).await.unwrap();
        inroad.close().await.unwrap();
    });
}

fn found(editor: &Editor, rule: &str) -> u32 {
    let data = editor.path("inroad.db");
    editor.runtime.block_on(async {
        let inroad = Inroad::open_existing(&data).await.unwrap();
        let tallies = inroad.coach_stats().await.unwrap();
        inroad.close().await.unwrap();
        tallies.get(rule).map_or(0, |tally| tally.found)
    })
}

#[test]
fn the_record_speaks_in_the_editor() {
    let mut editor = Editor::begun(&Value::Null, with_mailbox);
    let marks = editor.open("a.txt", DRAFT);
    assert!(codes(&marks).contains(&"answer-without-thread"), "{marks:?}");
    let name = marks.iter().find(|mark| mark["code"] == "wrong-name").unwrap();
    assert_eq!(name["severity"], 1);
    assert_eq!(name["message"], "The name is not the one on record (The record says Jana Kuehn)");
    let actions = editor.actions("a.txt", 3, 4);
    let fix = titled(&actions, "Write “Jana”, as the record has it");
    let edit = &fix["edit"]["documentChanges"][0]["edits"][0];
    editor.change("a.txt", 2, &json!([{ "range": edit["range"], "text": edit["newText"] }]));
    editor.wait("a.txt", |marks| !codes(marks).contains(&"wrong-name"));
    editor.leave();
}

#[test]
fn an_address_is_looked_up_when_it_is_typed() {
    let mut editor = Editor::begun(&Value::Null, with_mailbox);
    let marks = editor.open("a.txt", &DRAFT.replace("jana@lindner.example", ""));
    assert!(!codes(&marks).contains(&"wrong-name"));
    let place = json!({ "line": 0, "character": 10 });
    let range = json!({ "start": place, "end": place });
    editor.change("a.txt", 2, &json!([{ "range": range, "text": "jana@lindner.example" }]));
    editor.wait("a.txt", |marks| codes(marks).contains(&"wrong-name"));
    editor.leave();
}

#[test]
fn only_saving_and_dismissing_write() {
    let mut editor = Editor::begun(&Value::Null, with_mailbox);
    editor.open("a.txt", DRAFT);
    assert_eq!(found(&editor, "wrong-name"), 0);
    editor.tell("textDocument/didSave", editor.about("a.txt"));
    editor.hover("a.txt", 0, 0);
    assert_eq!(found(&editor, "wrong-name"), 1);
    let actions = editor.actions("a.txt", 3, 4);
    editor.command(titled(&actions, "Dismiss “The name is not")).unwrap();
    editor.wait("a.txt", |marks| !codes(marks).contains(&"wrong-name"));
    assert!(editor.messages.is_empty(), "{:?}", editor.messages);
    editor.leave();

    let mut later = Editor::begun(&Value::Null, |folder, runtime| {
        with_mailbox(folder, runtime);
        runtime.block_on(async {
            let inroad = Inroad::open(&folder.join("inroad.db")).await.unwrap();
            let rule = "wrong-name".to_owned();
            let quote = "Petra".to_owned();
            inroad.dismiss_finding(inroad_service::Dismissal { rule, quote }).await.unwrap();
            inroad.close().await.unwrap();
        });
    });
    let marks = later.open("a.txt", DRAFT);
    assert!(!codes(&marks).contains(&"wrong-name"), "what is kept holds in the next conversation");
    titled(&later.actions("a.txt", 3, 4), "Let “The name is not");
    later.leave();
}

#[test]
fn a_data_file_that_is_none_is_told_and_drafts_are_read_all_the_same() {
    let mut editor = Editor::begun(&Value::Null, |folder, _| {
        std::fs::write(folder.join("inroad.db"), "no database at all, but long enough").unwrap();
    });
    let marks = editor.open("a.txt", "Hi Ann,\n\nI hope this email finds you well. How is it?");
    assert!(codes(&marks).contains(&"throat-clearing"));
    editor.ask("inroad/refresh", Value::Null).unwrap();
    assert_eq!(editor.messages.len(), 1, "{:?}", editor.messages);
    let actions = editor.actions("a.txt", 2, 3);
    editor.command(titled(&actions, "Dismiss")).unwrap_err();
    editor.leave();
}
