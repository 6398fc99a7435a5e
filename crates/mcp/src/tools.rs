//! What may be asked. Each tool is a file: what it is for, what it takes, and its answer.

mod coach;
mod deal;
mod evidence;
mod message;
mod review;
mod search;

use inroad_service::Result;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

use crate::server::{Access, Server};

/// All tools that the user lets an assistant use.
pub(crate) fn all(access: Access) -> Vec<Tool> {
    let mut tools =
        vec![review::tool(), deal::tool(), evidence::tool(), search::tool(), coach::tool()];
    if access == Access::Letters {
        tools.push(message::tool());
    }
    tools
}

/// Answers; `None` if there is no such tool.
pub(crate) async fn call(
    server: &Server,
    name: &str,
    arguments: JsonObject,
) -> Result<Option<Value>> {
    let answer = match name {
        review::NAME => review::call(server, arguments).await?,
        deal::NAME => deal::call(server, arguments).await?,
        evidence::NAME => evidence::call(server, arguments).await?,
        search::NAME => search::call(server, arguments).await?,
        coach::NAME => coach::call(server, arguments).await?,
        message::NAME if server.access == Access::Letters => {
            message::call(server, arguments).await?
        }
        _ => return Ok(None),
    };
    Ok(Some(answer))
}

/// A tool that reads and changes nothing, here or elsewhere. `takes` are its arguments by name, `needs` those
/// without which it cannot answer.
fn reading(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    takes: &Value,
    needs: &[&str],
) -> Tool {
    let schema = json!({
        "type": "object",
        "properties": takes,
        "required": needs,
        "additionalProperties": false,
    });
    let schema = schema.as_object().cloned().unwrap_or_default();
    let reads = ToolAnnotations::with_title(title)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    Tool::new(name, description, schema).with_title(title).with_annotations(reads)
}

/// How "as of" is told to whoever asks.
fn as_of() -> Value {
    json!({
        "type": "string",
        "description": "A day such as 2026-09-01, or a time: only what was known by then counts. Now if it is left out.",
    })
}

/// How a deal is told to whoever asks.
fn deal_name() -> Value {
    json!({"type": "string", "description": "The deal's id or its name, as in the review."})
}

/// What was concluded, as JSON.
fn told(what: &impl serde::Serialize) -> Result<Value> {
    serde_json::to_value(what)
        .map_err(|why| inroad_service::Error::Internal { what: why.to_string() })
}
