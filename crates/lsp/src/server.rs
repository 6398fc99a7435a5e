//! One conversation with an editor: where it stands, and who answers what.
//!
//! Nothing that a client says ends it but `exit` and silence for good: what makes no sense is answered with
//! an error, or passed over where the protocol wants no answer.

use std::path::Path;
use std::time::Instant;

use gen_lsp_types::{CodeActionParams, ExecuteCommandParams, HoverParams, MessageType};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::Handle;

use crate::coaches::Coaches;
use crate::drafts::{Change, Drafts, Named, Opened, Versioned};
use crate::settings::Settings;
use crate::{actions, hover};

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The editor took its leave.
    Orderly,
    /// The editor left without it.
    Abrupt,
}

/// Where a conversation stands.
#[derive(Debug)]
enum Stand {
    /// Nothing but `initialize` is understood yet.
    Begins,
    /// Drafts may be opened.
    Open(Box<Drafts>),
    /// Nothing but `exit` is understood any more.
    Over,
}

/// A request that cannot be answered: its code, and why.
type Refusal = (ErrorCode, String);
type Answer = Result<Value, Refusal>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DidOpen {
    text_document: Opened,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DidChange {
    text_document: Versioned,
    content_changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct About {
    text_document: Named,
}

/// Speaks with an editor until it leaves. `data` is the data file, which need not be there; `runtime` is
/// where the data file is asked, and must not be the one that this is called on.
pub fn serve(data: &Path, connection: &Connection, runtime: &Handle) -> Ended {
    let mut server = Server { data, runtime, connection, stand: Stand::Begins };
    let ended = converse(&mut server);
    server.end();
    ended
}

fn converse(server: &mut Server<'_>) -> Ended {
    let connection = server.connection;
    loop {
        // What waits is taken first, so that fast typing is read once and not letter by letter.
        if connection.receiver.is_empty() {
            server.look_at_due();
        }
        let next = match server.due() {
            None => connection.receiver.recv().map_err(|_gone| false),
            Some(due) => {
                let wait = due.saturating_duration_since(Instant::now());
                connection.receiver.recv_timeout(wait).map_err(|why| why.is_timeout())
            }
        };
        match next {
            Ok(message) => {
                if let Some(ended) = server.take(message) {
                    return ended;
                }
            }
            Err(true) => {}
            Err(false) => return Ended::Abrupt,
        }
    }
}

struct Server<'s> {
    data: &'s Path,
    runtime: &'s Handle,
    connection: &'s Connection,
    stand: Stand,
}

impl Server<'_> {
    fn take(&mut self, message: Message) -> Option<Ended> {
        match message {
            Message::Request(request) => self.answer(request),
            Message::Notification(told) if told.method == "exit" => {
                let orderly = matches!(self.stand, Stand::Over);
                return Some(if orderly { Ended::Orderly } else { Ended::Abrupt });
            }
            Message::Notification(told) => {
                if let Stand::Open(drafts) = &mut self.stand
                    && let Err(why) = hear(drafts, told)
                {
                    drafts.say(MessageType::Warning, why);
                }
            }
            // Nothing is asked of the editor.
            Message::Response(_) => {}
        }
        self.tell();
        None
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = match (&mut self.stand, method.as_str()) {
            (Stand::Begins, "initialize") => Ok(self.begin(&params)),
            (Stand::Begins, _) => {
                Err((ErrorCode::ServerNotInitialized, "The conversation has not begun".to_owned()))
            }
            (Stand::Over, _) => {
                Err((ErrorCode::InvalidRequest, "The conversation is over".to_owned()))
            }
            (Stand::Open(_), "initialize") => {
                Err((ErrorCode::InvalidRequest, "The conversation has begun already".to_owned()))
            }
            (Stand::Open(drafts), "shutdown") => {
                drafts.end();
                self.stand = Stand::Over;
                Ok(Value::Null)
            }
            (Stand::Open(drafts), method) => asked(drafts, method, params),
        };
        let response = match answer {
            Ok(result) => Response { id, response_result: Ok(result) },
            Err((code, why)) => Response::new_err(id, code as i32, why),
        };
        self.send(response.into());
    }

    fn begin(&mut self, params: &Value) -> Value {
        let (settings, complaint) = Settings::of(params);
        let answer = written(settings.answer()).unwrap_or(Value::Null);
        let coaches = Coaches::new(self.data, self.runtime.clone());
        let mut drafts = Drafts::new(coaches, settings);
        if let Some(complaint) = complaint {
            drafts.say(MessageType::Warning, complaint);
        }
        self.stand = Stand::Open(Box::new(drafts));
        answer
    }

    fn end(&mut self) {
        if let Stand::Open(drafts) = &mut self.stand {
            drafts.end();
        }
    }

    fn due(&self) -> Option<Instant> {
        match &self.stand {
            Stand::Open(drafts) => drafts.due(),
            Stand::Begins | Stand::Over => None,
        }
    }

    fn look_at_due(&mut self) {
        if let Stand::Open(drafts) = &mut self.stand {
            drafts.look_at_due();
        }
        self.tell();
    }

    /// Hands over what the drafts have to say.
    fn tell(&mut self) {
        let Stand::Open(drafts) = &mut self.stand else { return };
        for told in drafts.told() {
            self.send(told.into());
        }
    }

    fn send(&self, message: Message) {
        // Who no longer listens is found gone when the next message is waited for.
        let _unheard = self.connection.sender.send(message);
    }
}

/// Answers a request about drafts.
fn asked(drafts: &mut Drafts, method: &str, params: Value) -> Answer {
    match method {
        "textDocument/hover" => {
            let at = read::<HoverParams>(params)?.text_document_position_params;
            let document = drafts.looked_at(&at.text_document.uri.0);
            written(document.and_then(|document| hover::at(document, at.position)))
        }
        "textDocument/codeAction" => {
            let params: CodeActionParams = read(params)?;
            let settings = drafts.settings().clone();
            let document = drafts.looked_at(&params.text_document.uri.0);
            written(document.map(|document| actions::at(document, &params, &settings)))
        }
        "workspace/executeCommand" => {
            let params: ExecuteCommandParams = read(params)?;
            let arguments = params.arguments.unwrap_or_default();
            let asked = actions::asked(&params.command, &arguments)
                .map_err(|why| (ErrorCode::InvalidParams, why))?;
            drafts.obey(asked).map_err(|why| (ErrorCode::RequestFailed, why.to_string()))?;
            Ok(Value::Null)
        }
        "inroad/refresh" => {
            drafts.refresh();
            Ok(Value::Null)
        }
        other => Err((ErrorCode::MethodNotFound, format!("There is no method '{other}'"))),
    }
}

/// Takes in what the editor tells.
///
/// # Errors
/// What of it makes no sense.
fn hear(drafts: &mut Drafts, told: Notification) -> Result<(), String> {
    let Notification { method, params } = told;
    let said = |(_, why): Refusal| format!("{method} was not understood: {why}");
    match method.as_str() {
        "textDocument/didOpen" => {
            drafts.open(read::<DidOpen>(params).map_err(said)?.text_document);
        }
        "textDocument/didChange" => {
            let change: DidChange = read(params).map_err(said)?;
            drafts.change(&change.text_document, &change.content_changes);
        }
        "textDocument/didSave" => {
            drafts.save(&read::<About>(params).map_err(said)?.text_document.uri);
        }
        "textDocument/didClose" => {
            drafts.close(&read::<About>(params).map_err(said)?.text_document.uri);
        }
        "inroad/refresh" => drafts.refresh(),
        // Settings, traces, what is cancelled: nothing hangs on them.
        _ => {}
    }
    Ok(())
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|why| (ErrorCode::InvalidParams, why.to_string()))
}

fn written<T: serde::Serialize>(answer: T) -> Answer {
    serde_json::to_value(answer).map_err(|why| (ErrorCode::InternalError, why.to_string()))
}
