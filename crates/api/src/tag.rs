//! Versions of a resource: told with each answer, and asked for where something is changed, so that nobody
//! overwrites what they have not seen.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::problem::{Answer, Kind, Problem};

/// So much of a digest tells versions apart.
const DIGEST_BYTES: usize = 12;

/// A resource with the version that it has.
#[derive(Debug)]
pub(crate) struct Tagged {
    status: StatusCode,
    version: String,
    body: Vec<u8>,
    location: Option<String>,
}

impl Tagged {
    /// Something that is known by its content.
    pub(crate) fn by_content(what: &impl Serialize) -> Answer<Self> {
        let body = written(what)?;
        let digest = Sha256::digest(&body);
        let digits = digest.iter().take(DIGEST_BYTES).map(|byte| format!("{byte:02x}"));
        Ok(Self { status: StatusCode::OK, version: digits.collect(), body, location: None })
    }

    /// Something that has a version of its own.
    pub(crate) fn of_version(version: String, what: &impl Serialize) -> Answer<Self> {
        Ok(Self { status: StatusCode::OK, version, body: written(what)?, location: None })
    }

    /// The same as something that was made, at that place.
    pub(crate) fn made(self, location: String) -> Self {
        Self { status: StatusCode::CREATED, location: Some(location), ..self }
    }

    /// The answer to whoever may have it already.
    pub(crate) fn unless_seen(self, headers: &HeaderMap) -> Response {
        if names(headers, &header::IF_NONE_MATCH, &self.version) {
            let mut response = StatusCode::NOT_MODIFIED.into_response();
            if let Some(tag) = tag_of(&self.version) {
                response.headers_mut().insert(header::ETAG, tag);
            }
            return response;
        }
        self.into_response()
    }
}

impl IntoResponse for Tagged {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(tag) = tag_of(&self.version) {
            headers.insert(header::ETAG, tag);
        }
        if let Some(place) = self.location.and_then(|place| HeaderValue::from_str(&place).ok()) {
            headers.insert(header::LOCATION, place);
        }
        response
    }
}

/// Something that was made, without a version.
pub(crate) fn made(what: &impl Serialize) -> Answer<Response> {
    let kind = HeaderValue::from_static("application/json");
    Ok((StatusCode::CREATED, [(header::CONTENT_TYPE, kind)], written(what)?).into_response())
}

fn written(what: &impl Serialize) -> Answer<Vec<u8>> {
    serde_json::to_vec(what).map_err(|why| Problem::new(Kind::Internal, why.to_string()))
}

fn tag_of(version: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{version}\"")).ok()
}

/// Refuses a change by whoever did not say which version they saw, or saw another.
pub(crate) fn must_have_seen(headers: &HeaderMap, version: &str) -> Answer<()> {
    if !headers.contains_key(header::IF_MATCH) {
        let what = "Ask for it first, and send its ETag as If-Match";
        return Err(Problem::new(Kind::VersionNeeded, what));
    }
    if names(headers, &header::IF_MATCH, version) {
        return Ok(());
    }
    Err(changed())
}

pub(crate) fn changed() -> Problem {
    let what = "Somebody changed it since you saw it. Nothing was overwritten: ask for it again";
    Problem::new(Kind::Changed, what)
}

/// Whether a header names a version, or any.
fn names(headers: &HeaderMap, header: &HeaderName, version: &str) -> bool {
    let texts = headers.get_all(header).into_iter().filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).map(str::trim).any(|tag| {
        // Bytes are not promised to be the same by a weak tag, and need not be here.
        let bare =
            tag.strip_prefix("W/").filter(|_| header == header::IF_NONE_MATCH).unwrap_or(tag);
        bare == "*" || bare.strip_prefix('"').and_then(|t| t.strip_suffix('"')) == Some(version)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_named_or_not() {
        for (sent, seen, expected) in [
            ("\"a1\"", Some(true), true),
            ("\"x\", \"a1\"", Some(true), true),
            ("*", Some(true), true),
            ("W/\"a1\"", Some(false), true),
            ("a1", Some(false), false),
            ("\"a\"", Some(false), false),
            ("", Some(false), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, sent.parse().unwrap());
            headers.insert(header::IF_NONE_MATCH, sent.parse().unwrap());
            assert_eq!(Some(must_have_seen(&headers, "a1").is_ok()), seen, "{sent}");
            assert_eq!(names(&headers, &header::IF_NONE_MATCH, "a1"), expected, "{sent}");
        }
        let nothing = must_have_seen(&HeaderMap::new(), "a1").unwrap_err();
        assert_eq!(nothing.status, 428);
    }
}
