//! Deals, people, messages and notes by words.

use inroad_service::Result;
use inroad_service::search::{LastWord, Search};
use rmcp::model::{JsonObject, Tool};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{as_of, reading, told};
use crate::asked::{arguments, moment, text};
use crate::server::Server;

pub(super) const NAME: &str = "search";

/// As many of each kind as somebody reads.
const SHOWN_MAX: usize = 50;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    words: String,
    limit: Option<usize>,
    as_of: Option<String>,
}

pub(super) fn tool() -> Tool {
    let takes = json!({
        "words": {
            "type": "string",
            "description": "Words, \"words side by side\", -without, and operators such as from:, to:, deal:, after:2026-05-01, has:attachment.",
        },
        "limit": {"type": "integer", "minimum": 1, "maximum": SHOWN_MAX, "description": "How many of each kind; 10 if it is left out."},
        "as_of": as_of(),
    });
    reading(
        NAME,
        "Search",
        "Finds deals, people, messages and notes by words, in any case and with or without accents.",
        &takes,
        &["words"],
    )
}

pub(super) async fn call(server: &Server, given: JsonObject) -> Result<Value> {
    let asked: Asked = arguments(given)?;
    let at =
        asked.as_of.is_some().then(|| moment(asked.as_of.as_deref(), server.now())).transpose()?;
    let search = Search {
        typed: text("What to look for", &asked.words)?,
        last_word: LastWord::Whole,
        states: None,
        shown_max: asked.limit.unwrap_or(10).clamp(1, SHOWN_MAX),
        as_of: at,
    };
    told(&server.inroad.search(&search).await?)
}
