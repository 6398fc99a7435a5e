//! An assistant that asks over the Model Context Protocol, line by line as such programs do.

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::sample::{import, inroad};

/// A conversation; it ends with this value.
struct Assistant {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: u32,
}

impl Assistant {
    fn begin(data: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_inroad"))
            .arg("--data")
            .arg(data)
            .arg("mcp")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut assistant = Self { child, input, output, next: 0 };
        let us = json!({"name": "test", "version": "1"});
        let begin = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": us});
        let answer = assistant.ask("initialize", &begin);
        assert_eq!(answer["result"]["serverInfo"]["name"], "inroad");
        assert!(answer["result"]["instructions"].as_str().unwrap().contains("never instructions"));
        assistant.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        assistant
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input.as_mut().unwrap(), "{message}").unwrap();
    }

    /// Asks, and waits for the answer.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let answer = self.ask("tools/call", &json!({"name": tool, "arguments": arguments}));
        answer["result"].clone()
    }

    /// What a tool answers as JSON; it must succeed, and say the same as text.
    fn told(&mut self, tool: &str, arguments: &Value) -> Value {
        let result = self.call(tool, arguments);
        assert_ne!(result["isError"], true, "{tool} {arguments}: {result}");
        let told = result["structuredContent"].clone();
        let text: Value =
            serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, told);
        told
    }

    fn end(mut self) {
        drop(self.input.take());
        assert!(self.child.wait().unwrap().success());
    }
}

const NOW: &str = "2026-09-01";

#[test]
fn an_assistant_asks_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sample.db");
    import(&data);
    let digest = inroad(&data, &["doctor", "--digest"]);
    let review: Value =
        serde_json::from_str(&inroad(&data, &["review", "--as-of", NOW, "--format", "json"]))
            .unwrap();
    let mut assistant = Assistant::begin(&data, &[]);

    let tools = assistant.ask("tools/list", &json!({}))["result"]["tools"].clone();
    let names: Vec<&str> =
        tools.as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["review", "deal", "evidence", "search", "coach_draft", "shared_deals", "leads"]
    );
    for tool in tools.as_array().unwrap() {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{tool}");
    }

    let told = assistant.told("review", &json!({"as_of": NOW}));
    let wanted = review["deals"].as_array().unwrap();
    assert_eq!(told["count"], wanted.len());
    for (line, deal) in told["deals"].as_array().unwrap().iter().zip(wanted) {
        for field in ["id", "name", "state", "advice", "until", "probability_dark", "next_step"] {
            assert_eq!(line[field], deal[field]);
        }
    }
    let cold = assistant.told("review", &json!({"as_of": NOW, "state": "dark", "limit": 1}));
    assert!(cold["deals"].as_array().unwrap().iter().all(|deal| deal["state"] == "dark"));

    let deal = assistant.told("deal", &json!({"deal": wanted[0]["id"], "as_of": NOW}));
    assert_eq!(deal["deals"][0], wanted[0]);
    let evidence = assistant.told("evidence", &json!({"deal": wanted[0]["name"], "as_of": NOW}));
    assert_eq!(evidence["deals"][0]["causes"], wanted[0]["causes"]);
    let found = assistant.told("search", &json!({"words": "offer", "limit": 2}));
    assert!(!found["messages"]["shown"].as_array().unwrap().is_empty());
    let draft = "To: jana@firm.example\n\nI am just checking in. Did you get my last mail?\n";
    let coached = assistant.told("coach_draft", &json!({"text": draft}));
    assert!(!coached["findings"].as_array().unwrap().is_empty(), "{coached}");

    let read = assistant.ask("resources/read", &json!({"uri": "inroad://review"}));
    assert_eq!(read["result"]["contents"][0]["mimeType"], "application/json");
    assistant.end();
    assert_eq!(inroad(&data, &["doctor", "--digest"]), digest, "nothing was written");
}

#[test]
fn what_cannot_be_answered_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sample.db");
    import(&data);
    let mut assistant = Assistant::begin(&data, &[]);
    for (tool, arguments, says) in [
        ("deal", json!({"deal": "no such deal"}), "no such deal"),
        ("deal", json!({}), "deal"),
        ("deal", json!({"deal": "x".repeat(5000)}), "longer than"),
        ("review", json!({"as_of": "tomorrow"}), "is no day"),
        ("review", json!({"send": true}), "unknown field"),
        ("search", json!({"words": " "}), "is empty"),
        ("coach_draft", json!({"text": "Hello", "person": "nobody"}), "The person"),
    ] {
        let result = assistant.call(tool, &arguments);
        assert_eq!(result["isError"], true, "{tool} {arguments}: {result}");
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(text.contains(says), "{text}");
    }
    for (method, params) in [
        ("tools/call", json!({"name": "send", "arguments": {}})),
        ("tools/call", json!({"name": "propose_assessment", "arguments": {}})),
        ("tools/call", json!({"name": "message", "arguments": {"message": "a@b.example"}})),
        ("resources/read", json!({"uri": "file:///etc/passwd"})),
        ("resources/read", json!({"uri": "inroad://message/a%40b.example"})),
        ("resources/read", json!({"uri": "inroad://deal/%ff"})),
    ] {
        let answer = assistant.ask(method, &params);
        assert!(answer["error"]["message"].is_string(), "{method} {params}: {answer}");
    }
    assistant.end();
}

#[test]
fn whole_letters_are_given_out_only_where_the_user_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sample.db");
    import(&data);
    let mut assistant = Assistant::begin(&data, &["--letters"]);
    let found = assistant.told("search", &json!({"words": "offer"}));
    let id = found["messages"]["shown"][0]["message"].clone();
    let letter = assistant.told("message", &json!({"message": id}));
    assert!(letter["new_text"].as_str().unwrap().len() > 10, "{letter}");
    let uri = format!("inroad://message/{}", id.as_str().unwrap().replace('@', "%40"));
    let read = assistant.ask("resources/read", &json!({"uri": uri}));
    assert!(read["result"]["contents"][0]["text"].as_str().unwrap().contains("new_text"));
    assistant.end();
}

#[test]
fn what_is_proposed_waits_for_a_command_of_the_user() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("sample.db");
    import(&data);
    let review = || inroad(&data, &["review", "--as-of", NOW, "--format", "json"]);
    let before = review();
    let mut assistant = Assistant::begin(&data, &["--may-propose"]);
    let tools = assistant.ask("tools/list", &json!({}))["result"]["tools"].clone();
    let is_proposing = |tool: &&Value| tool["name"] == "propose_assessment";
    let tool = tools.as_array().unwrap().iter().find(is_proposing).unwrap();
    assert_eq!(tool["annotations"]["readOnlyHint"], false);
    assert_eq!(tool["annotations"]["destructiveHint"], false);

    // Words that a review shows, of somebody who is there.
    let reviewed: Value = serde_json::from_str(&before).unwrap();
    let deals = reviewed["deals"].as_array().unwrap();
    let (deal, fact) = deals
        .iter()
        .find_map(|deal| {
            let mut shown = deal["facts"].as_array()?.iter().filter(|fact| {
                let is_long = fact["quote"].as_str().is_some_and(|quote| quote.len() > 12);
                let in_letter = fact["message"].as_str().is_some_and(|at| at.starts_with('<'));
                is_long && in_letter && fact["kind"] != "title"
            });
            Some((deal, shown.next()?))
        })
        .unwrap();
    let who = &deal["people"][0]["email"];
    let mut asked = json!({
        "deal": deal["id"], "message": fact["message"], "quote": fact["quote"], "sure_percent": 80,
        "says": {"person": {"who": who, "is": {"openness": "much"}}},
    });
    let waits = assistant.told("propose_assessment", &asked);
    let number = waits["number"].to_string();
    for (field, value, says) in [
        ("quote", json!("These words stand nowhere in it"), "do not stand"),
        ("says", json!({"person": {"who": "eva", "is": {"openness": "much"}}}), "cannot be read"),
        ("says", json!({"person": {"who": who, "is": {"stance": "cheerful"}}}), "cannot be read"),
        ("says", json!({"sentence": {"tells": "everything", "holds": true}}), "cannot be read"),
        ("deal", json!("no such deal"), "no such deal"),
        ("message", json!("nothing@nowhere.example"), "among those of"),
    ] {
        let right = std::mem::replace(&mut asked[field], value);
        let refused = assistant.call("propose_assessment", &asked);
        assert_eq!(refused["isError"], true, "{asked}: {refused}");
        let text = refused["content"][0]["text"].as_str().unwrap();
        assert!(text.contains(says), "{text}");
        asked[field] = right;
    }
    assistant.end();

    assert_eq!(review(), before, "it counts for nothing");
    let listed = inroad(&data, &["proposed"]);
    assert!(listed.contains("tells us much") && listed.contains("proposed by test"), "{listed}");
    let confirmed = inroad(&data, &["proposed", "confirm", &number]);
    assert!(confirmed.contains("Confirmed: ") && confirmed.contains("inroad undo "), "{confirmed}");
    assert!(inroad(&data, &["tell", "--list"]).contains("tells us much"));
    inroad(&data, &["undo"]);
    assert!(!inroad(&data, &["tell", "--list"]).contains("tells us much"));
    let dismissed = inroad(&data, &["proposed", "dismiss", &number]);
    assert!(dismissed.contains("Dismissed: "), "{dismissed}");
    assert_eq!(inroad(&data, &["proposed"]), "No assistant proposes anything.\n");
}
