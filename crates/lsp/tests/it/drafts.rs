//! Drafts opened, typed into, asked about, saved.

use serde_json::{Value, json};

use crate::editor::{Editor, codes, titled};

const DRAFT: &str = "Subject: Nights\n\nHi Ann 😀,\n\nI hope this email finds you well. We are the \
                     best in Europe! Wow! Yes! How do you plan the nights?\n";

fn has(rule: &'static str) -> impl Fn(&[Value]) -> bool {
    move |marks| codes(marks).contains(&rule)
}

fn lacks(rule: &'static str) -> impl Fn(&[Value]) -> bool {
    move |marks| !codes(marks).contains(&rule)
}

#[test]
fn findings_stand_where_they_are_said() {
    let mut editor = Editor::new();
    let marks = editor.open("a.txt", DRAFT);
    let one = marks.iter().find(|mark| mark["code"] == "throat-clearing").unwrap();
    assert_eq!(one["range"]["start"], json!({ "line": 4, "character": 0 }));
    assert_eq!(one["range"]["end"], json!({ "line": 4, "character": 27 }));
    assert_eq!(one["severity"], 3);
    assert_eq!(one["source"], "inroad");
    let whole = marks.iter().find(|mark| mark["code"] == "exclamation-marks").unwrap();
    assert_eq!(whole["range"]["start"]["line"], 0, "what is of the whole stands at the subject");
    assert!(marks.iter().all(|mark| !mark["message"].as_str().unwrap().contains('\n')));
    editor.leave();
}

#[test]
fn typing_is_followed_place_by_place() {
    let mut editor = Editor::new();
    editor.open("a.txt", DRAFT);
    // Behind the emoji, so that units tell; then the sentence goes; both in one message.
    editor.change(
        "a.txt",
        2,
        &json!([
            { "range": { "start": { "line": 2, "character": 9 }, "end": { "line": 2, "character": 9 } },
              "text": "!!!!" },
            { "range": { "start": { "line": 4, "character": 0 }, "end": { "line": 4, "character": 34 } },
              "text": "" },
        ]),
    );
    editor.wait("a.txt", lacks("throat-clearing"));
    let hover = editor.hover("a.txt", 4, 14);
    assert!(hover.starts_with("**Praise of oneself** (warn, `superlatives`)"), "{hover}");
    editor.change("a.txt", 3, &json!([{ "text": "Hi Ann,\n\nI hope this email finds you well." }]));
    let marks = editor.wait("a.txt", has("throat-clearing"));
    assert_eq!(marks.iter().filter(|mark| mark["range"]["start"]["line"] == 2).count(), 1);
    editor.tell("textDocument/didClose", editor.about("a.txt"));
    editor.wait("a.txt", <[Value]>::is_empty);
    editor.leave();
}

#[test]
fn a_hover_says_why_and_what_it_rests_on() {
    let mut editor = Editor::new();
    editor.open("a.txt", DRAFT);
    let said = editor.hover("a.txt", 4, 3);
    for part in
        ["**Words before the first thought**", "**Instead:** Begin with", "**Rests on** good"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("**Facts:**"));
    let first = editor.hover("a.txt", 0, 2);
    assert!(first.contains("**Facts:** 21 words in 5 sentences"), "{first}");
    assert_eq!(editor.hover("a.txt", 1, 0), "");
    editor.leave();
}

#[test]
fn a_fix_is_an_edit_that_a_person_chooses() {
    let mut editor = Editor::new();
    editor.open("a.txt", DRAFT);
    let actions = editor.actions("a.txt", 4, 5);
    let fix = titled(&actions, "Take out “I hope this email");
    assert_eq!(fix["kind"], "quickfix");
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    assert_eq!(change["edits"][0]["newText"], "");
    assert_eq!(change["edits"][0]["range"]["end"], json!({ "line": 4, "character": 34 }));
    editor.change("a.txt", 2, &json!([{ "range": change["edits"][0]["range"], "text": "" }]));
    editor.wait("a.txt", lacks("throat-clearing"));
    titled(&editor.actions("a.txt", 0, 12), "Keep one exclamation mark");
    editor.leave();
}

#[test]
fn a_client_of_few_words_gets_commands() {
    let mut editor = Editor::connected(|_, _| {});
    editor.ask("initialize", json!({ "capabilities": {} })).unwrap();
    editor.open("a.txt", DRAFT);
    let actions = editor.actions("a.txt", 4, 5);
    assert_eq!(actions[0]["command"], "inroad.dismiss");
    assert!(actions.iter().all(|action| action["edit"].is_null()));
    editor.leave();
}

#[test]
fn places_are_counted_as_the_client_offers() {
    let text = "Hi Ann,\n\nÜber 😀. I hope this email finds you well. How is it?";
    for (offered, agreed, expected) in [
        (json!(["utf-32", "utf-16"]), "utf-16", 9),
        (json!(["utf-16", "utf-8"]), "utf-8", 12),
        (Value::Null, "utf-16", 9),
    ] {
        let mut editor = Editor::connected(|_, _| {});
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let answer = editor.ask("initialize", json!({ "capabilities": capabilities })).unwrap();
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed);
        let marks = editor.open("a.txt", text);
        let one = marks.iter().find(|mark| mark["code"] == "throat-clearing").unwrap();
        assert_eq!(one["range"]["start"], json!({ "line": 2, "character": expected }));
        editor.leave();
    }
}

#[test]
fn only_what_is_asked_for_is_offered() {
    let mut editor = Editor::new();
    editor.open("a.txt", DRAFT);
    let mut params = editor.about("a.txt");
    let all =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    params["range"] = all;
    params["context"] = json!({ "diagnostics": [], "only": ["source.organizeImports"] });
    assert_eq!(editor.ask("textDocument/codeAction", params.clone()).unwrap(), json!([]));
    params["context"]["only"] = json!(["quickfix"]);
    let offered = editor.ask("textDocument/codeAction", params).unwrap();
    assert!(offered.as_array().unwrap().len() > 3);
    editor.leave();
}

#[test]
fn a_dismissal_without_a_data_file_lasts_for_the_conversation() {
    let mut editor = Editor::new();
    editor.open("a.txt", DRAFT);
    let actions = editor.actions("a.txt", 4, 5);
    editor.command(titled(&actions, "Dismiss “Words before the first thought”")).unwrap();
    editor.wait("a.txt", lacks("throat-clearing"));
    assert_eq!(editor.messages.len(), 1, "{:?}", editor.messages);
    assert!(!editor.path("inroad.db").exists());
    let marks = editor.open("b.txt", &DRAFT.replace("Ann", "Eva"));
    assert!(lacks("throat-clearing")(&marks), "the same words in another draft");
    editor.ask("inroad/refresh", Value::Null).unwrap();
    editor.wait("a.txt", lacks("throat-clearing"));
    let actions = editor.actions("a.txt", 4, 5);
    editor.command(titled(&actions, "Let “Words before the first thought”")).unwrap();
    editor.wait("a.txt", has("throat-clearing"));
    editor.leave();
}

#[test]
fn the_name_of_a_draft_tells_its_way() {
    let text = "Hi Ann, this is Tom Ray. How do you plan the nights?";
    let mut editor = Editor::begun(&json!({ "channel": "text" }), |_, _| {});
    let marks = editor.open("monday.voicemail.txt", text);
    assert!(has("no-number-to-call")(&marks), "{marks:?}");
    let marks = editor.open("monday.txt", text);
    assert!(lacks("no-number-to-call")(&marks));
    assert!(has("length-of-text")(&editor.open("long.txt", &"How do you plan it? ".repeat(30))));
    editor.leave();
}

#[test]
fn what_is_no_draft_is_told_in_one_mark() {
    let mut editor = Editor::new();
    for text in [
        "word ".repeat(20_000),
        "Subject: A\nContent-Transfer-Encoding: base64\n\nSGkgQW5uLA==\n".to_owned(),
    ] {
        let marks = editor.open("a.txt", &text);
        assert_eq!(codes(&marks), ["not-read"]);
        assert_eq!(editor.actions("a.txt", 0, 0), [Value::Null; 0]);
        assert_eq!(editor.hover("a.txt", 0, 0), "");
    }
    editor.change("a.txt", 2, &json!([{ "text": DRAFT }]));
    editor.wait("a.txt", has("throat-clearing"));
    editor.leave();
}

#[test]
fn rules_that_cannot_be_used_are_told_once_and_the_others_go_on() {
    let mut editor = Editor::begun(&Value::Null, |folder, _| {
        std::fs::create_dir(folder.join("coach")).unwrap();
        std::fs::write(folder.join("coach/mine.toml"), "group = 3").unwrap();
    });
    assert!(has("throat-clearing")(&editor.open("a.txt", DRAFT)));
    editor.open("b.txt", &format!("To: eva@firm.example\n{DRAFT}"));
    editor.ask("inroad/refresh", Value::Null).unwrap();
    assert_eq!(editor.messages.len(), 1, "{:?}", editor.messages);
    assert!(editor.messages[0].contains("mine.toml"), "{:?}", editor.messages);
    editor.leave();
}
