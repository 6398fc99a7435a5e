//! The leads that whoever asks may see.

use inroad_service::{LeadWhich, LeadsAsked, Result};
use rmcp::model::{JsonObject, Tool};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{reading, told};
use crate::asked::{arguments, text};
use crate::asker::Asker;
use crate::server::Server;

pub(super) const NAME: &str = "leads";

/// As many as somebody reads.
const SHOWN_MAX: usize = 100;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    words: Option<String>,
    #[serde(default)]
    after: i64,
    limit: Option<usize>,
}

pub(super) fn tool() -> Tool {
    let takes = json!({
        "words": {"type": "string", "description": "Words in name, address, firm, source or campaign; all have to stand there."},
        "after": {"type": "integer", "minimum": 0, "description": "Only leads behind this number: the last one of the list before."},
        "limit": {"type": "integer", "minimum": 1, "maximum": SHOWN_MAX, "description": "How many leads; 50 if it is left out."},
    });
    reading(
        NAME,
        "Leads",
        "Leads between marketing and sales that are open to whoever asks, by number: where each stands and since when, whose \
         it is, what it waits for, and whether they asked to be left alone.",
        &takes,
        &[],
    )
}

pub(super) async fn call(server: &Server, asker: &Asker, given: JsonObject) -> Result<Value> {
    let asked: Asked = arguments(given)?;
    let words = asked.words.as_deref().map(|words| text("What to look for", words)).transpose()?;
    let wanted = LeadsAsked {
        which: LeadWhich::All,
        words: words.unwrap_or_default().to_owned(),
        ..LeadsAsked::default()
    };
    let limit = asked.limit.unwrap_or(50).clamp(1, SHOWN_MAX);
    let now = server.now();
    let rows = server.inroad.leads_after(&asker.actor, &wanted, asked.after, limit, now).await?;
    Ok(json!({"as_of": told(&now)?, "leads": told(&rows)?}))
}
