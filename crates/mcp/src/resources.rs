//! The same to be read by an address: `inroad://review`, `inroad://deal/ID`, `inroad://message/ID`.

use std::borrow::Cow;

use inroad_service::{Error, Result, Right};
use percent_encoding::percent_decode_str;
use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};
use serde_json::json;

use crate::asker::Asker;
use crate::server::Server;
use crate::tools;

const REVIEW: &str = "inroad://review";
const DEAL: &str = "inroad://deal/";
const MESSAGE: &str = "inroad://message/";
const JSON: &str = "application/json";

pub(crate) fn listed(asker: &Asker) -> Vec<Resource> {
    if asker.must(Right::Mailbox).is_err() {
        return Vec::new();
    }
    vec![
        Resource::new(REVIEW, "review")
            .with_title("The morning review")
            .with_description("All deals as they stand now")
            .with_mime_type(JSON),
    ]
}

pub(crate) fn templates(asker: &Asker) -> Vec<ResourceTemplate> {
    if asker.must(Right::Mailbox).is_err() {
        return Vec::new();
    }
    let template = |uri: &str, name: &str, says: &str| {
        ResourceTemplate::new(format!("{uri}{{id}}"), name)
            .with_description(says)
            .with_mime_type(JSON)
    };
    let mut templates = vec![template(DEAL, "deal", "Everything that is concluded of one deal")];
    if asker.leave.letters {
        templates.push(template(MESSAGE, "message", "One letter, by its Message-ID"));
    }
    templates
}

pub(crate) async fn read(server: &Server, asker: &Asker, uri: &str) -> Result<ReadResourceResult> {
    let absent = || Error::NotFound { what: "There is nothing at that address".to_owned() };
    let (tool, arguments) = if uri == REVIEW {
        ("review", json!({}))
    } else if let Some(id) = uri.strip_prefix(DEAL) {
        ("deal", json!({"deal": unescaped(id).ok_or_else(absent)?}))
    } else if let Some(id) = uri.strip_prefix(MESSAGE) {
        ("message", json!({"message": unescaped(id).ok_or_else(absent)?}))
    } else {
        return Err(absent());
    };
    let arguments = arguments.as_object().cloned().unwrap_or_default();
    let answer = tools::call(server, asker, tool, arguments).await?.ok_or_else(absent)?;
    let contents = ResourceContents::text(answer.to_string(), uri).with_mime_type(JSON);
    Ok(ReadResourceResult::new(vec![contents]))
}

/// What stands in an address, without its escapes.
fn unescaped(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_are_read_or_refused() {
        for (text, expected) in [
            ("a%20b%40c", Some("a b@c")),
            ("plain", Some("plain")),
            ("100%", Some("100%")),
            ("%ff", None),
        ] {
            assert_eq!(unescaped(text).as_deref(), expected);
        }
    }
}
