//! The conversation over standard input and output.
//!
//! `lsp-server` has one of its own; it ends at the first message that is no JSON and lets the length in a
//! head reserve any amount of memory. Here both are answered with an error.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::thread;

use lsp_server::{Connection, ErrorCode, Message};
use serde_json::{Value, json};
use tokio::runtime::Handle;

use crate::server::{Ended, serve};

/// No line of a head is longer.
const HEAD_LINE_BYTES_MAX: u64 = 4096;
/// A longer message is passed over. A draft may have 64 kB; editors send any file that is opened.
const MESSAGE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// What came in.
#[derive(Debug)]
enum Came {
    Message(Message),
    /// An error is owed to this id, which may be unknown.
    Nonsense(Value, ErrorCode, String),
}

/// Speaks with an editor on standard input and output until it leaves. Whoever calls must not hold the lock
/// of either, and calls it where waiting is allowed.
///
/// # Errors
/// If no thread can be started, or the editor cannot be written to.
pub fn serve_stdio(data: &Path, runtime: &Handle) -> io::Result<Ended> {
    let (server, editor) = Connection::memory();
    let Connection { sender: to_server, receiver: from_server } = editor;
    let writer = thread::Builder::new().name("lsp-writer".to_owned()).spawn(move || {
        from_server.iter().try_for_each(|message| message.write(&mut io::stdout().lock()))
    })?;
    // It may wait for an editor that says nothing any more, so nobody waits for it.
    let _reader = thread::Builder::new().name("lsp-reader".to_owned()).spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(came)) = read_one(&mut input) {
            let went_on = match came {
                Came::Message(message) => to_server.send(message).is_ok(),
                Came::Nonsense(id, code, why) => refuse(&id, code, &why).is_ok(),
            };
            if !went_on {
                break;
            }
        }
    })?;
    let ended = serve(data, &server, runtime);
    drop(server);
    match writer.join() {
        Ok(written) => written.map(|()| ended),
        Err(_panic) => Err(io::Error::other("The thread that writes to the editor broke off")),
    }
}

/// An error whose id may be null, which the types of `lsp-server` do not have.
fn refuse(id: &Value, code: ErrorCode, why: &str) -> io::Result<()> {
    let error = json!({ "code": code as i32, "message": why });
    let text = json!({ "jsonrpc": "2.0", "id": id, "error": error }).to_string();
    let mut out = io::stdout().lock();
    write!(out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    out.flush()
}

/// The next message; `None` at the end.
///
/// # Errors
/// For a head that cannot be read: where the next message begins is not known then.
fn read_one(input: &mut impl BufRead) -> io::Result<Option<Came>> {
    let Some(length) = read_head(input)? else { return Ok(None) };
    if length > MESSAGE_BYTES_MAX {
        io::copy(&mut input.take(length), &mut io::sink())?;
        let why = format!("A message of more than {MESSAGE_BYTES_MAX} bytes is not read");
        return Ok(Some(Came::Nonsense(Value::Null, ErrorCode::InvalidRequest, why)));
    }
    let mut text = Vec::new();
    if input.take(length).read_to_end(&mut text)? as u64 != length {
        return Ok(None);
    }
    Ok(Some(message(&text)))
}

/// The length of the message behind a head.
fn read_head(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = input.take(HEAD_LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let broken = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why);
        if !line.ends_with('\n') {
            return Err(broken("A line of a head is too long"));
        }
        let line = line.trim();
        if line.is_empty() {
            return length.map(Some).ok_or_else(|| broken("A head has no Content-Length"));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            let read = value.trim().parse();
            length = Some(read.map_err(|_why| broken("A Content-Length is no number"))?);
        }
    }
}

fn message(text: &[u8]) -> Came {
    let value: Value = match serde_json::from_slice(text) {
        Ok(value) => value,
        Err(why) => return Came::Nonsense(Value::Null, ErrorCode::ParseError, why.to_string()),
    };
    let id = value.get("id").cloned();
    // What names an id that no message can have would be taken for one that wants no answer.
    let has_id = id.as_ref().is_some_and(|id| !id.is_null());
    match serde_json::from_value(value) {
        Ok(Message::Notification(_)) if has_id => nonsense(id),
        Ok(message) => Came::Message(message),
        Err(_no_message) => nonsense(id),
    }
}

fn nonsense(id: Option<Value>) -> Came {
    let why = "That is neither a request nor a notification nor a response".to_owned();
    Came::Nonsense(id.unwrap_or(Value::Null), ErrorCode::InvalidRequest, why)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Everything that is read of an input, shortly.
    fn read_all(input: &[u8]) -> Vec<String> {
        let mut input = input;
        let mut all = Vec::new();
        loop {
            match read_one(&mut input) {
                Ok(None) => return all,
                Ok(Some(Came::Message(Message::Request(request)))) => all.push(request.method),
                Ok(Some(Came::Message(Message::Notification(told)))) => all.push(told.method),
                Ok(Some(Came::Message(Message::Response(_)))) => all.push("response".to_owned()),
                Ok(Some(Came::Nonsense(id, code, _))) => all.push(format!("{id} {}", code as i32)),
                Err(why) => {
                    all.push(why.to_string());
                    return all;
                }
            }
        }
    }

    fn framed(texts: &[&str]) -> Vec<u8> {
        let frame = |text: &&str| format!("Content-Length: {}\r\n\r\n{text}", text.len());
        texts.iter().map(frame).collect::<String>().into_bytes()
    }

    #[test]
    fn nonsense_is_answered_and_the_rest_goes_on() {
        let input = framed(&[
            r#"{"id":1,"method":"a"}"#,
            "{",
            "[]",
            r#"{"id":2,"method":3}"#,
            r#"{"id":2.5,"method":"a"}"#,
            r#"{"method":"b","params":{}}"#,
            r#"{"id":7,"result":null}"#,
        ]);
        let expected =
            ["a", "null -32700", "null -32600", "2 -32600", "2.5 -32600", "b", "response"];
        assert_eq!(read_all(&input), expected);
    }

    #[test]
    fn a_length_reserves_nothing() {
        assert_eq!(read_all(b"Content-Length: 18446744073709551615\r\n\r\n{}"), ["null -32600"]);
        assert_eq!(read_all(b"Content-Length: 10\r\n\r\n{}"), [""; 0]);
        assert_eq!(read_all(b"Content-Length: x\r\n\r\n{}"), ["A Content-Length is no number"]);
        assert_eq!(read_all(b"A: 1\r\n\r\n{}"), ["A head has no Content-Length"]);
        assert_eq!(read_all(&[b'x'; 5000]), ["A line of a head is too long"]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_an_end(input in prop::collection::vec(any::<u8>(), 0..200)) {
            read_all(&input);
            let mut framed = b"Content-Length: 20\r\n\r\n".to_vec();
            framed.extend(input);
            read_all(&framed);
        }
    }
}
