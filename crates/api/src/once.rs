//! What is asked for under an `Idempotency-Key` is done once, however often it is asked: whoever got no answer asks
//! again and gets the first one.
//!
//! Where a request was refused nothing was done, and the same key may be used again. Where nobody knows what came of
//! it the key is spent, and whoever asks again is told to look first.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use inroad_service::{Actor, ApiAnswer, ApiRequest, Error, Right};
use sha2::{Digest as _, Sha256};

use crate::asked::bounded;
use crate::problem::{Answer, Kind, PROBLEM_JSON, Problem};
use crate::router::Api;

/// The header that holds the key.
pub(crate) const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says of an answer that it was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// No key is longer.
pub(crate) const KEY_CHARS_MAX: usize = 200;
/// No answer that is kept is larger; results of a large import are.
const ANSWER_BYTES_MAX: usize = 4 << 20;
/// What of the head of an answer is part of it.
const HEAD: [HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];

/// How requests are done once.
#[derive(Debug, Clone)]
pub(crate) struct Once {
    pub(crate) api: Api,
    /// No request is larger.
    pub(crate) bytes_max: usize,
    /// What whoever asks has to be allowed before the request is read; `None` where `service` says what is theirs.
    pub(crate) right: Option<Right>,
}

pub(crate) async fn answer(State(once): State<Once>, request: Request, next: Next) -> Response {
    let is_post = request.method() == Method::POST;
    let actor = request.extensions().get::<Actor>().cloned();
    let Some(actor) = actor.filter(|_| is_post && request.headers().contains_key(KEY)) else {
        return next.run(request).await;
    };
    // Whoever hangs up meanwhile does not stop what is being done half-way, and finds its answer later.
    let done = tokio::spawn(async move { known_or_done(&once, &actor, request, next).await });
    match done.await {
        Ok(answer) => answer.unwrap_or_else(Problem::into_response),
        Err(task) => Problem::new(Kind::Internal, task.to_string()).into_response(),
    }
}

async fn known_or_done(
    once: &Once,
    actor: &Actor,
    request: Request,
    next: Next,
) -> Answer<Response> {
    // Nobody has a request read, or a key kept, who may not ask for it.
    match once.right {
        Some(right) => actor.must(right)?,
        None if actor.roles().is_empty() => {
            return Err(Problem::new(Kind::Forbidden, "Say first who you are"));
        }
        None => {}
    }
    let key = key_of(request.headers())?;
    let (parts, body) = request.into_parts();
    let body = bounded(body, once.bytes_max).await?;
    let target = parts.uri.path_and_query().map_or("", |target| target.as_str());
    let kind = parts.headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let fingerprint = fingerprint(parts.method.as_str(), target, kind, &body);
    let inroad = &once.api.inroad;
    // Keys last for a day of the clock, whatever day is looked at.
    let now = inroad_service::now();
    match inroad.begin_request(actor, &key, &fingerprint, now).await? {
        ApiRequest::Answered(answer) => return again(answer),
        ApiRequest::UnderWay => {
            let what = "A request with that key is under way; ask again in a moment";
            return Err(Problem::new(Kind::UnderWay, what));
        }
        ApiRequest::Unknown => return Err(unknown()),
        ApiRequest::Another => {
            let what = "That Idempotency-Key was used for another request; take a new one";
            return Err(Problem::new(Kind::KeyReused, what));
        }
        ApiRequest::New => {}
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (response, kept) = if response.status().is_client_error() {
        (response, None)
    } else {
        let (response, kept) = with_what_is_kept(response).await?;
        (response, Some(kept))
    };
    if let Err(error) = inroad.end_request(actor, &key, now, kept.as_ref()).await {
        // What was done is done: whoever asked is told of it all the same, and whoever asks again that it is not known.
        tracing::warn!(target: "inroad::api", fault = error.kind(), "an answer was not kept");
    }
    Ok(response)
}

/// An answer, and what is kept of it for whoever asks again.
async fn with_what_is_kept(response: Response) -> Answer<(Response, ApiAnswer)> {
    if !response.status().is_success() {
        return Ok((response, as_kept(&unknown())));
    }
    let (parts, body) = response.into_parts();
    let broken = |_| Problem::new(Kind::Internal, "The answer was not made");
    // All answers here were made whole before.
    let body = to_bytes(body, usize::MAX).await.map_err(broken)?;
    let kept = if body.len() > ANSWER_BYTES_MAX {
        let what = "It was done, and its answer was too large to be kept; look at what is there";
        as_kept(&Problem::new(Kind::Conflict, what))
    } else {
        ApiAnswer {
            status: parts.status.as_u16(),
            head: head_of(&parts.headers)?,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    };
    Ok((Response::from_parts(parts, Body::from(body)), kept))
}

fn unknown() -> Problem {
    let what = "It is not known what came of the request with that key. Look first whether it was done; if not, ask \
                with a new key";
    Problem::new(Kind::OutcomeUnknown, what)
}

fn as_kept(problem: &Problem) -> ApiAnswer {
    ApiAnswer {
        status: problem.status,
        head: format!(r#"[["content-type","{PROBLEM_JSON}"]]"#),
        body: serde_json::to_string(problem).unwrap_or_default(),
    }
}

/// The key, if it is one.
fn key_of(headers: &HeaderMap) -> Answer<String> {
    let wrong = || {
        let what = format!(
            "An Idempotency-Key has 1 to {KEY_CHARS_MAX} letters, digits and signs of ASCII"
        );
        Problem::unreadable(what)
    };
    let mut given = headers.get_all(KEY).into_iter();
    let key = given.next().and_then(|key| key.to_str().ok()).ok_or_else(wrong)?.trim();
    let is_key = key.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    if key.is_empty() || key.len() > KEY_CHARS_MAX || !is_key || given.next().is_some() {
        return Err(wrong());
    }
    Ok(key.to_owned())
}

/// What tells one request from another. Lengths stand before the parts, so that no two are cut alike.
fn fingerprint(method: &str, target: &str, kind: &[u8], body: &[u8]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in [method.as_bytes(), target.as_bytes(), kind, body] {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

fn head_of(headers: &HeaderMap) -> Answer<String> {
    let texts = HEAD.iter().filter_map(|name| {
        let value = headers.get(name)?.to_str().ok()?;
        Some((name.as_str(), value))
    });
    let head: Vec<(&str, &str)> = texts.collect();
    serde_json::to_string(&head).map_err(|why| Error::Internal { what: why.to_string() }.into())
}

fn again(answer: ApiAnswer) -> Answer<Response> {
    let damaged = |_| Problem::new(Kind::Internal, "A former answer cannot be read");
    let status = StatusCode::from_u16(answer.status)
        .map_err(|_none| Problem::new(Kind::Internal, "A former answer cannot be read"))?;
    let head: Vec<(String, String)> = serde_json::from_str(&answer.head).map_err(damaged)?;
    let mut response = (status, answer.body).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    for (name, value) in head {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_key_is_short_ascii_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let Ok(value) = HeaderValue::from_bytes(&bytes) else { return Ok(()) };
            let headers = HeaderMap::from_iter([(KEY, value)]);
            match key_of(&headers) {
                Ok(key) => {
                    prop_assert!(!key.is_empty() && key.len() <= KEY_CHARS_MAX && key.is_ascii());
                    prop_assert_eq!(key.trim(), key.as_str());
                }
                Err(problem) => prop_assert_eq!(problem.status, 400),
            }
        }

        #[test]
        fn other_requests_have_other_fingerprints(a in ".{0,6}", b in ".{0,6}", c in ".{0,6}", d in ".{0,6}") {
            let (one, other) =
                (fingerprint("POST", &a, b"", b.as_bytes()), fingerprint("POST", &c, b"", d.as_bytes()));
            prop_assert_eq!(one == other, (a, b) == (c, d));
        }
    }
}
