//! A server that stands in for a language model: it listens on this machine, answers as it was
//! told, and remembers what it was asked. For tests and measurements; nothing outside is reached.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// What the server does with a question.
#[derive(Debug, Clone)]
pub enum Manner {
    /// Answers with the words beside the first text that stands in the question; with an empty
    /// reading if none does.
    Replays(Vec<(String, String)>),
    /// Answers with that status, that head field and that body.
    Says(u16, String, String),
    /// Refuses a question with a schema, and answers one without by these words.
    KnowsNoSchema(String),
    /// Sends the head of an answer at once and then one byte at a time.
    Drips(Duration),
    /// Takes the question and says nothing.
    Hangs(Duration),
    /// Sends so many bytes.
    Floods(usize),
}

/// The server. It ends with the process; a thread holds it.
#[derive(Debug, Clone)]
pub struct StandIn {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

/// A question larger than this is cut off.
const QUESTION_BYTES_MAX: usize = 1 << 20;

impl StandIn {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// If there is none.
    pub fn start(manner: Manner) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let server =
            Self { port: listener.local_addr()?.port(), asked: Arc::new(Mutex::new(Vec::new())) };
        let asked = Arc::clone(&server.asked);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let Ok(question) = read_question(&mut stream) else { continue };
                let body = question.split_once("\r\n\r\n").map_or("", |(_, body)| body).to_owned();
                asked.lock().unwrap_or_else(PoisonError::into_inner).push(question);
                let manner = manner.clone();
                // Whoever hangs up early has heard enough.
                thread::spawn(move || answer(&manner, &body, &mut stream).ok());
            }
        });
        Ok(server)
    }

    /// Where to ask.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// The host, as a consent names it.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// All that was asked so far, with its head.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// An answer as such servers wrap it.
pub fn wrapped(words: &str) -> String {
    json!({"object": "chat.completion", "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": words}}]})
    .to_string()
}

fn read_question(stream: &mut impl Read) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let mut piece = [0_u8; 4096];
    loop {
        let count = stream.read(&mut piece)?;
        bytes.extend_from_slice(piece.get(..count).unwrap_or_default());
        let text = String::from_utf8_lossy(&bytes);
        let is_whole = text.split_once("\r\n\r\n").is_some_and(|(head, _)| {
            let head = head.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
            bytes.len() >= head.len() + 4 + length
        });
        if is_whole || count == 0 || bytes.len() > QUESTION_BYTES_MAX {
            return Ok(text.into_owned());
        }
    }
}

fn answer(manner: &Manner, question: &str, stream: &mut impl Write) -> std::io::Result<()> {
    let parsed: Value = serde_json::from_str(question).unwrap_or_default();
    match manner {
        Manner::Replays(answers) => {
            let words = answers.iter().find(|(place, _)| asks_about(&parsed, place));
            let words = words.map_or("{\"causes\": []}", |(_, words)| words.as_str());
            say(stream, 200, "", &wrapped(words))
        }
        Manner::Says(status, field, body) => say(stream, *status, field, body),
        Manner::KnowsNoSchema(_) if parsed.get("response_format").is_some() => {
            say(stream, 400, "", "{\"error\": \"response_format is not known\"}")
        }
        Manner::KnowsNoSchema(words) => say(stream, 200, "", &wrapped(words)),
        Manner::Drips(pause) => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")?;
            for _ in 0..1000 {
                stream.write_all(b" ")?;
                stream.flush()?;
                thread::sleep(*pause);
            }
            Ok(())
        }
        Manner::Hangs(pause) => {
            thread::sleep(*pause);
            Ok(())
        }
        Manner::Floods(bytes) => say(stream, 200, "", &"x".repeat(*bytes)),
    }
}

/// Whether a text stands in what the user's message holds.
fn asks_about(question: &Value, text: &str) -> bool {
    let messages = question.get("messages").and_then(Value::as_array);
    let contents = messages.into_iter().flatten().filter_map(|m| m.get("content")?.as_str());
    contents.into_iter().any(|content| content.contains(text))
}

fn say(stream: &mut impl Write, status: u16, field: &str, body: &str) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status} So\r\nContent-Type: application/json\r\nConnection: close\r\n{field}Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    stream.flush()
}
