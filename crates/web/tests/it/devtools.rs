//! One browser for many pages, driven by the `DevTools` protocol: lines of JSON, each ended by a NUL,
//! over two pipes that the browser takes as its files 3 and 4.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::BROWSERS;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser with one page, as wide as a telephone.
pub(crate) struct Browser {
    process: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    session: Option<String>,
    asked: u64,
    /// What it said meanwhile that was no answer.
    pub events: Vec<Value>,
    _profile: TempDir,
}

impl Browser {
    /// Starts it; `None` after saying that there is no browser.
    pub(crate) fn start(width_px: u32, height_px: u32) -> Option<Self> {
        let Some(name) = BROWSERS.into_iter().find(|name| is_installed(name)) else {
            println!("SKIPPED: no browser is installed (Debian: apt-get install chromium)");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let mut process = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>&2", name])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--remote-debugging-pipe"])
            // A frame in a process of its own would have to be asked apart.
            .arg("--disable-features=IsolateSandboxedIframes")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = process.stdin.take().unwrap();
        let mut pipe = BufReader::new(process.stdout.take().unwrap());
        let (sender, from) = channel();
        std::thread::spawn(move || {
            let mut line = Vec::new();
            while pipe.read_until(0, &mut line).is_ok_and(|n_bytes| n_bytes > 0) {
                line.pop();
                let Ok(said) = serde_json::from_slice(&line) else { break };
                if sender.send(said).is_err() {
                    break;
                }
                line.clear();
            }
        });
        let mut browser = Self {
            process,
            to,
            from,
            session: None,
            asked: 0,
            events: Vec::new(),
            _profile: profile,
        };
        let target = browser.ask("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = browser.ask("Target.attachToTarget", &attach);
        browser.session = Some(session["sessionId"].as_str().unwrap().to_owned());
        browser.ask("Page.enable", &json!({}));
        let screen =
            json!({"width": width_px, "height": height_px, "deviceScaleFactor": 1, "mobile": true});
        browser.ask("Emulation.setDeviceMetricsOverride", &screen);
        Some(browser)
    }

    /// Asks for one thing and waits for the answer.
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let mut question = json!({"id": self.asked, "method": method, "params": params});
        if let Some(session) = &self.session {
            question["sessionId"] = json!(session);
        }
        self.to.write_all(question.to_string().as_bytes()).unwrap();
        self.to.write_all(&[0]).unwrap();
        loop {
            let mut said = self.next_said(method);
            if said["id"] == json!(self.asked) {
                assert!(said["error"].is_null(), "{method} {params}: {said}");
                return said["result"].take();
            }
            self.events.push(said);
        }
    }

    fn next_said(&self, what_for: &str) -> Value {
        let said = self.from.recv_timeout(PATIENCE);
        assert!(said.is_ok(), "the browser says nothing of {what_for}");
        said.unwrap()
    }

    /// Opens an address in the one page and waits until it and its frames are loaded.
    pub(crate) fn open(&mut self, address: &str) {
        let is_load = |event: &Value| event["method"] == "Page.loadEventFired";
        self.events.retain(|event| !is_load(event));
        self.ask("Page.navigate", &json!({"url": address}));
        while !self.events.iter().any(is_load) {
            let said = self.next_said(address);
            self.events.push(said);
        }
    }

    /// What an expression gives in the page.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        self.evaluate_in(&json!({"expression": expression, "returnByValue": true}))
    }

    /// What an expression gives in the frame of the page, apart from what runs there.
    pub(crate) fn evaluate_in_frame(&mut self, expression: &str) -> Value {
        let tree = self.ask("Page.getFrameTree", &json!({}));
        let frame = &tree["frameTree"]["childFrames"][0]["frame"]["id"];
        let world = self.ask("Page.createIsolatedWorld", &json!({"frameId": frame}));
        let context = &world["executionContextId"];
        self.evaluate_in(
            &json!({"expression": expression, "returnByValue": true, "contextId": context}),
        )
    }

    fn evaluate_in(&mut self, params: &Value) -> Value {
        let mut answer = self.ask("Runtime.evaluate", params);
        assert!(answer["exceptionDetails"].is_null(), "{answer}");
        answer["result"]["value"].take()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _already_over = self.process.kill();
        let _status = self.process.wait();
    }
}

fn is_installed(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}
