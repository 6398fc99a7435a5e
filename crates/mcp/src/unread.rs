//! What cannot be read is answered in the words of the protocol, too: a body that is no JSON, and whatever is refused
//! before a request was read.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::de::IgnoredAny;

use crate::http::{BODY_BYTES_MAX, told};

/// By JSON-RPC: what came is no JSON.
const PARSE_ERROR: i32 = -32700;

/// Lets through what can be read.
pub(crate) async fn answered(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let body = if head.method == Method::POST && is_json(&head.headers) {
        let Ok(bytes) = to_bytes(body, BODY_BYTES_MAX).await else {
            return crate::refused(StatusCode::PAYLOAD_TOO_LARGE, "This is larger than 256 kB");
        };
        if serde_json::from_slice::<IgnoredAny>(&bytes).is_err() {
            return told(StatusCode::BAD_REQUEST, PARSE_ERROR, "This is no JSON");
        }
        Body::from(bytes)
    } else {
        body
    };
    let answer = next.run(Request::from_parts(head, body)).await;
    if answer.status().as_u16() < 400 || is_json(answer.headers()) {
        return answer;
    }
    let why = match answer.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "Send it as application/json",
        StatusCode::NOT_ACCEPTABLE => "Accept both application/json and text/event-stream",
        StatusCode::METHOD_NOT_ALLOWED => "Send it by POST; there are no sessions and no streams",
        StatusCode::PAYLOAD_TOO_LARGE => "This is larger than 256 kB",
        StatusCode::FORBIDDEN => "This is answered under its own address alone",
        _ => "This is no request of the protocol",
    };
    let mut said = crate::refused(answer.status(), why);
    if let Some(allowed) = answer.headers().get(header::ALLOW) {
        said.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    said
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("application/json"))
}
