//! Everything that is concluded of one deal.

use inroad_service::Result;
use rmcp::model::{JsonObject, Tool};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{as_of, deal_name, reading, told};
use crate::asked::{arguments, moment, text};
use crate::server::Server;

pub(super) const NAME: &str = "deal";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    deal: String,
    as_of: Option<String>,
}

pub(super) fn tool() -> Tool {
    reading(
        NAME,
        "One deal",
        "Everything that is concluded of one deal: its state and chances, causes with what speaks for and against \
         each, who decides, who could move it and around whom, dated facts, what is unknown, the question worth most, \
         the next step and whom not to write to.",
        &json!({"deal": deal_name(), "as_of": as_of()}),
        &["deal"],
    )
}

pub(super) async fn call(server: &Server, given: JsonObject) -> Result<Value> {
    let asked: Asked = arguments(given)?;
    let at = moment(asked.as_of.as_deref(), server.now())?;
    told(&server.inroad.review_deal(text("The deal", &asked.deal)?, at).await?)
}
