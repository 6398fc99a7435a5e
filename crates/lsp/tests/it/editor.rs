//! An editor, as far as the protocol goes: it opens, types, asks, and keeps what it is told.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use inroad_lsp::Ended;
use lsp_server::{Connection, Message, Notification, Request, Response, ResponseError};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// No answer takes so long.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Editor {
    connection: Connection,
    server: JoinHandle<Ended>,
    pub(crate) runtime: Runtime,
    folder: TempDir,
    asked: i32,
    /// The marks of each document, as they were told last.
    pub(crate) marks: BTreeMap<String, Vec<Value>>,
    /// What the user was told.
    pub(crate) messages: Vec<String>,
}

impl Editor {
    /// One that only connected; `prepare` makes what lies in its folder beforehand.
    pub(crate) fn connected(prepare: impl FnOnce(&Path, &Runtime)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = Runtime::new().unwrap();
        prepare(folder.path(), &runtime);
        let (ours, theirs) = Connection::memory();
        let data = folder.path().join("inroad.db");
        let handle = runtime.handle().clone();
        let server = std::thread::spawn(move || inroad_lsp::serve(&data, &theirs, &handle));
        Self {
            connection: ours,
            server,
            runtime,
            folder,
            asked: 0,
            marks: BTreeMap::new(),
            messages: Vec::new(),
        }
    }

    /// One that has begun a conversation, with options of the user's own.
    pub(crate) fn begun(options: &Value, prepare: impl FnOnce(&Path, &Runtime)) -> Self {
        let mut editor = Self::connected(prepare);
        let params = json!({
            "processId": null,
            "rootUri": null,
            "capabilities": {
                "textDocument": { "codeAction": { "codeActionLiteralSupport": {
                    "codeActionKind": { "valueSet": ["quickfix"] } } } },
                "workspace": { "workspaceEdit": { "documentChanges": true } },
            },
            "initializationOptions": options,
        });
        let answer = editor.ask("initialize", params).unwrap();
        assert_eq!(answer["capabilities"]["textDocumentSync"]["change"], 2);
        editor.tell("initialized", json!({}));
        editor
    }

    /// One without anything beside it.
    pub(crate) fn new() -> Self {
        Self::begun(&Value::Null, |_, _| {})
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        url::Url::from_file_path(self.path(name)).unwrap().to_string()
    }

    pub(crate) fn tell(&self, method: &str, params: Value) {
        let told = Notification { method: method.to_owned(), params };
        self.connection.sender.send(told.into()).unwrap();
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Result<Value, ResponseError> {
        self.asked += 1;
        let id = self.asked.into();
        let request = Request { id, method: method.to_owned(), params };
        self.connection.sender.send(request.into()).unwrap();
        loop {
            if let Some(Response { id, response_result }) = self.hear(PATIENCE) {
                assert_eq!(id, self.asked.into());
                return response_result;
            }
        }
    }

    /// The next thing that is said; `Some` for an answer.
    fn hear(&mut self, patience: Duration) -> Option<Response> {
        match self.connection.receiver.recv_timeout(patience).unwrap() {
            Message::Response(response) => return Some(response),
            Message::Notification(Notification { method, params }) => match method.as_str() {
                "textDocument/publishDiagnostics" => {
                    let uri = params["uri"].as_str().unwrap().to_owned();
                    self.marks.insert(uri, params["diagnostics"].as_array().unwrap().clone());
                }
                "window/showMessage" => {
                    self.messages.push(params["message"].as_str().unwrap().to_owned());
                }
                other => panic!("{other}"),
            },
            Message::Request(request) => panic!("{}", request.method),
        }
        None
    }

    /// Waits until the marks of a document are as wanted.
    pub(crate) fn wait(&mut self, name: &str, wanted: impl Fn(&[Value]) -> bool) -> &[Value] {
        let (uri, begun) = (self.uri(name), Instant::now());
        while !self.marks.get(&uri).is_some_and(|marks| wanted(marks)) {
            assert!(begun.elapsed() < PATIENCE, "{:?}", self.marks.get(&uri));
            self.hear(PATIENCE);
        }
        &self.marks[&uri]
    }

    pub(crate) fn open(&mut self, name: &str, text: &str) -> Vec<Value> {
        let uri = self.uri(name);
        self.marks.remove(&uri);
        let item = json!({ "uri": uri, "languageId": "mail", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
        self.wait(name, |_| true).to_vec()
    }

    pub(crate) fn change(&self, name: &str, version: i32, changes: &Value) {
        let document = json!({ "uri": self.uri(name), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    pub(crate) fn about(&self, name: &str) -> Value {
        json!({ "textDocument": { "uri": self.uri(name) } })
    }

    /// The Markdown at a place.
    pub(crate) fn hover(&mut self, name: &str, line: u32, character: u32) -> String {
        let mut params = self.about(name);
        params["position"] = json!({ "line": line, "character": character });
        let answer = self.ask("textDocument/hover", params).unwrap();
        if answer.is_null() {
            return String::new();
        }
        assert_eq!(answer["contents"]["kind"], "markdown");
        answer["contents"]["value"].as_str().unwrap().to_owned()
    }

    /// What may be done at a place.
    pub(crate) fn actions(&mut self, name: &str, line: u32, character: u32) -> Vec<Value> {
        let place = json!({ "line": line, "character": character });
        let mut params = self.about(name);
        params["range"] = json!({ "start": place, "end": place });
        params["context"] = json!({ "diagnostics": [] });
        let answer = self.ask("textDocument/codeAction", params).unwrap();
        answer.as_array().unwrap().clone()
    }

    pub(crate) fn command(&mut self, action: &Value) -> Result<Value, ResponseError> {
        let command = &action["command"];
        self.ask(
            "workspace/executeCommand",
            json!({ "command": command["command"], "arguments": command["arguments"] }),
        )
    }

    /// Takes its leave as the protocol wants it.
    pub(crate) fn leave(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null).unwrap(), Value::Null);
        self.ask("textDocument/hover", json!({})).unwrap_err();
        self.tell("exit", Value::Null);
        assert_eq!(self.server.join().unwrap(), Ended::Orderly);
    }

    /// Leaves without it.
    pub(crate) fn exit(self) -> Ended {
        self.tell("exit", Value::Null);
        self.server.join().unwrap()
    }

    /// Is gone from one moment to the next.
    pub(crate) fn vanish(self) -> Ended {
        drop(self.connection);
        self.server.join().unwrap()
    }
}

/// The rules of some marks, in their order.
pub(crate) fn codes(marks: &[Value]) -> Vec<&str> {
    marks.iter().filter_map(|mark| mark["code"].as_str()).collect()
}

/// The action whose title begins so.
pub(crate) fn titled<'a>(actions: &'a [Value], begins: &str) -> &'a Value {
    let is_so = |action: &&Value| action["title"].as_str().is_some_and(|t| t.starts_with(begins));
    let titles: Vec<&Value> = actions.iter().map(|action| &action["title"]).collect();
    actions.iter().find(is_so).unwrap_or_else(|| panic!("no {begins:?} among {titles:?}"))
}
