//! The way in over streamable HTTP.
//!
//! Each request stands for itself: there is no session. Any number of programs on one database then answer the same
//! assistant, whichever of them a proxy asks; none has to find its way back to the one that it spoke with before, and a
//! token that is taken back opens nothing from the next request on. Nothing is told unasked, so that no connection has to
//! be held open, and an answer is one piece of JSON.

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use inroad_service::{Desk, Inroad};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;

use crate::asker::Asker;
use crate::server::Server;
use crate::unread;

/// Where it lies.
pub const PLACE: &str = "/mcp";

/// No request is larger: a draft for the coach is the most that one holds.
pub(crate) const BODY_BYTES_MAX: usize = 256 * 1024;

/// The names under which it answers. Any other name that leads here, and any page elsewhere, is refused: an
/// attacker's page that has its own name point to this machine (DNS rebinding) opens nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnsweredAt {
    /// Hosts, with a port where only one counts.
    pub hosts: Vec<String>,
    /// Origins of pages, with their port.
    pub origins: Vec<String>,
}

/// The route. Whoever puts it behind a door finds out who asks, and puts an [`Asker`] beside the request: without
/// one it is nobody, who may nothing.
pub fn router<S>(inroad: &Inroad, desk: &Desk, at: AnsweredAt) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let server = Server { inroad: inroad.clone(), desk: desk.clone(), otherwise: Asker::nobody() };
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(BODY_BYTES_MAX)
        .with_allowed_hosts(at.hosts)
        .with_allowed_origins(at.origins)
        .enforce_origin_validation();
    let sessions = Arc::new(NeverSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(server.clone()), sessions, config);
    Router::new().route_service(PLACE, service).layer(from_fn(unread::answered))
}

/// A refusal at the door, as the protocol tells it: no request was read, so it answers none by its number.
pub fn refused(status: StatusCode, why: &str) -> Response {
    told(status, REFUSED, why)
}

/// By JSON-RPC: the server says why, in words of its own.
const REFUSED: i32 = -32000;

pub(crate) fn told(status: StatusCode, code: i32, why: &str) -> Response {
    let body = json!({"jsonrpc": "2.0", "id": null, "error": {"code": code, "message": why}});
    let kind = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, kind)], body.to_string()).into_response()
}
