//! What makes no sense is answered, and the conversation goes on.

use inroad_lsp::Ended;
use lsp_server::ErrorCode;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::editor::{Editor, codes};

const DRAFT: &str = "Hi Ann,\n\nI hope this email finds you well. How is it?";

#[test]
fn everything_has_its_time() {
    let mut editor = Editor::connected(|_, _| {});
    let early = editor.ask("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(early.code, ErrorCode::ServerNotInitialized as i32);
    editor.tell("textDocument/didOpen", json!({}));
    editor.ask("initialize", json!({ "capabilities": {} })).unwrap();
    let twice = editor.ask("initialize", json!({ "capabilities": {} })).unwrap_err();
    assert_eq!(twice.code, ErrorCode::InvalidRequest as i32);
    editor.leave();
    assert_eq!(Editor::connected(|_, _| {}).exit(), Ended::Abrupt);
    assert_eq!(Editor::new().exit(), Ended::Abrupt);
    assert_eq!(Editor::new().vanish(), Ended::Abrupt);
}

#[test]
fn what_is_wrong_is_said() {
    let mut editor = Editor::new();
    editor.open("a.txt", DRAFT);
    for (method, params, code) in [
        ("textDocument/rename", json!({}), ErrorCode::MethodNotFound),
        ("textDocument/hover", json!({}), ErrorCode::InvalidParams),
        ("textDocument/codeAction", json!([1]), ErrorCode::InvalidParams),
        ("workspace/executeCommand", json!({ "command": "rm" }), ErrorCode::InvalidParams),
        (
            "workspace/executeCommand",
            json!({ "command": "inroad.dismiss", "arguments": [{ "rule": 1 }] }),
            ErrorCode::InvalidParams,
        ),
        (
            "workspace/executeCommand",
            json!({ "command": "inroad.dismiss",
                "arguments": [{ "rule": "harsh", "quote": "x".repeat(70_000) }] }),
            ErrorCode::InvalidParams,
        ),
    ] {
        let refused = editor.ask(method, params).unwrap_err();
        assert_eq!(refused.code, code as i32, "{method}: {}", refused.message);
    }
    let unknown = json!({ "textDocument": { "uri": "file:///other" },
        "position": { "line": 0, "character": 0 } });
    assert_eq!(editor.ask("textDocument/hover", unknown).unwrap(), Value::Null);
    // A place below zero is no place, and the text stays as it is.
    editor.change(
        "a.txt",
        2,
        &json!([{ "range": { "start": { "line": -1, "character": 0 },
        "end": { "line": 0, "character": 0 } }, "text": "all new" }]),
    );
    editor.ask("inroad/refresh", Value::Null).unwrap();
    assert!(editor.messages.iter().any(|said| said.contains("didChange")), "{:?}", editor.messages);
    editor.wait("a.txt", |marks| codes(marks).contains(&"throat-clearing"));
    editor.leave();
}

/// Parameters that are nearly right.
fn params(uri: &str) -> impl Strategy<Value = Value> + use<> {
    let texts = [uri, "", "quickfix", "throat-clearing", "😀\r\n", "file:"].map(str::to_owned);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<u32>().prop_map(Value::from),
        (-3i64..5).prop_map(Value::from),
        prop::sample::select(texts.to_vec()).prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "textDocument",
        "uri",
        "position",
        "range",
        "start",
        "end",
        "line",
        "character",
        "context",
        "diagnostics",
        "only",
        "contentChanges",
        "text",
        "version",
        "command",
        "arguments",
        "rule",
        "quote",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names.clone(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

#[test]
fn nothing_that_is_said_ends_the_conversation() {
    let mut editor = Editor::new();
    let uri = editor.uri("a.txt");
    editor.open("a.txt", DRAFT);
    let places = (any::<u32>(), 0u32..6, 0u32..90, 0u32..90, "[a😀\r\n!]{0,6}");
    let strategy = (params(&uri), 0usize..8, places);
    let mut runner = TestRunner::new(ProptestConfig { cases: 400, ..ProptestConfig::default() });
    let cell = std::cell::RefCell::new(editor);
    runner
        .run(&strategy, |(params, method, (line, to, from, until, text))| {
            let mut editor = cell.borrow_mut();
            let range = json!({ "start": { "line": line % 7, "character": from },
                "end": { "line": to, "character": until } });
            match method {
                0 => drop(editor.ask("textDocument/hover", params)),
                1 => drop(editor.ask("textDocument/codeAction", params)),
                2 => drop(editor.ask("workspace/executeCommand", params)),
                3 => editor.tell("textDocument/didChange", params),
                4 => editor.tell("textDocument/didOpen", params),
                5 => editor.tell("textDocument/didSave", params),
                _ => editor.change("a.txt", 1, &json!([{ "range": range, "text": text }])),
            }
            editor.hover("a.txt", to, from);
            editor.actions("a.txt", to, until);
            Ok(())
        })
        .unwrap();
    let mut editor = cell.into_inner();
    assert!(codes(&editor.open("b.txt", DRAFT)).contains(&"throat-clearing"));
    editor.leave();
}
