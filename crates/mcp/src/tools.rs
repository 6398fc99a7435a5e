//! What may be asked. Each tool is a file: what it is for, what it takes, and its answer.

mod coach;
mod deal;
mod evidence;
mod leads;
mod message;
mod propose;
mod review;
mod search;
mod shared;

use inroad_service::{Result, Right};
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

use crate::asker::{Asker, Leave};
use crate::server::Server;

/// What a tool takes beside its arguments: a right of whoever asks, and for some a leave.
struct Needs {
    tool: fn() -> Tool,
    right: Right,
    leave: fn(Leave) -> bool,
}

const ALWAYS: fn(Leave) -> bool = |_leave| true;
const LETTERS: fn(Leave) -> bool = |leave| leave.letters;
const PROPOSALS: fn(Leave) -> bool = |leave| leave.proposals;

/// All tools by name, in the order in which they are told. What concerns the mailbox is for whose it is alone, as the
/// pages are.
const TOOLS: [(&str, Needs); 9] = [
    (review::NAME, Needs { tool: review::tool, right: Right::Mailbox, leave: ALWAYS }),
    (deal::NAME, Needs { tool: deal::tool, right: Right::Mailbox, leave: ALWAYS }),
    (evidence::NAME, Needs { tool: evidence::tool, right: Right::Mailbox, leave: ALWAYS }),
    (search::NAME, Needs { tool: search::tool, right: Right::Mailbox, leave: ALWAYS }),
    (coach::NAME, Needs { tool: coach::tool, right: Right::Mailbox, leave: ALWAYS }),
    (message::NAME, Needs { tool: message::tool, right: Right::Mailbox, leave: LETTERS }),
    (propose::NAME, Needs { tool: propose::tool, right: Right::Mailbox, leave: PROPOSALS }),
    (shared::NAME, Needs { tool: shared::tool, right: Right::Inside, leave: ALWAYS }),
    (leads::NAME, Needs { tool: leads::tool, right: Right::Leads, leave: ALWAYS }),
];

/// All tools that there are.
pub(crate) fn all() -> Vec<Tool> {
    TOOLS.iter().map(|(_, needs)| (needs.tool)()).collect()
}

/// The tools that are open to whoever asks.
pub(crate) fn open_to(asker: &Asker) -> Vec<Tool> {
    let is_open = |needs: &Needs| (needs.leave)(asker.leave) && asker.must(needs.right).is_ok();
    TOOLS.iter().filter(|(_, needs)| is_open(needs)).map(|(_, needs)| (needs.tool)()).collect()
}

/// Answers; `None` if there is no such tool, or no leave for it. Who may not is told before anything of their
/// question is read.
pub(crate) async fn call(
    server: &Server,
    asker: &Asker,
    name: &str,
    given: JsonObject,
) -> Result<Option<Value>> {
    let Some((_, needs)) = TOOLS.iter().find(|(known, _)| *known == name) else { return Ok(None) };
    if !(needs.leave)(asker.leave) {
        return Ok(None);
    }
    asker.must(needs.right)?;
    let answer = match name {
        review::NAME => review::call(server, given).await?,
        deal::NAME => deal::call(server, given).await?,
        evidence::NAME => evidence::call(server, given).await?,
        search::NAME => search::call(server, given).await?,
        coach::NAME => coach::call(server, given).await?,
        message::NAME => message::call(server, given).await?,
        propose::NAME => propose::call(server, asker, given).await?,
        shared::NAME => shared::call(server, asker, given).await?,
        leads::NAME => leads::call(server, asker, given).await?,
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
    let reads = ToolAnnotations::with_title(title)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    Tool::new(name, description, schema(takes, needs)).with_title(title).with_annotations(reads)
}

fn schema(takes: &Value, needs: &[&str]) -> JsonObject {
    let schema = json!({
        "type": "object",
        "properties": takes,
        "required": needs,
        "additionalProperties": false,
    });
    schema.as_object().cloned().unwrap_or_default()
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
