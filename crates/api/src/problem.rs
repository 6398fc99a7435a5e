//! What is wrong with a request, as RFC 9457 has it. Every refusal goes this way, also of what leads nowhere.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use inroad_service::{Error, Fault};
use serde::Serialize;
use utoipa::ToSchema;

/// The kind of what is sent.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

/// What is wrong, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Which kind of problem it is, for programs. It does not change.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The same in words.
    pub(crate) title: String,
    /// The status of the answer.
    pub(crate) status: u16,
    /// What is wrong here, and the way out.
    pub(crate) detail: String,
    /// Which fault it was, in one word, for those who run the program; nobody who asks is told it.
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) fault: Option<&'static str>,
}

/// The kinds of problems, each with its status and its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Unreadable,
    Unknown,
    Forbidden,
    NotFound,
    NotAllowed,
    Conflict,
    UnderWay,
    OutcomeUnknown,
    Changed,
    TooLarge,
    Unsupported,
    Invalid,
    KeyReused,
    VersionNeeded,
    TooMany,
    Internal,
    Unavailable,
}

impl Kind {
    /// The last part of its name, its status, its title.
    pub(crate) fn told(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::Unreadable => {
                ("unreadable", StatusCode::BAD_REQUEST, "The request cannot be read")
            }
            Self::Unknown => ("unknown", StatusCode::UNAUTHORIZED, "Say who you are"),
            Self::TooMany => ("too-many", StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
            Self::Forbidden => ("forbidden", StatusCode::FORBIDDEN, "Not open to you"),
            Self::NotFound => ("not-found", StatusCode::NOT_FOUND, "Not found"),
            Self::NotAllowed => {
                ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "Not that way")
            }
            Self::Conflict => ("conflict", StatusCode::CONFLICT, "It stands against what is there"),
            Self::UnderWay => ("under-way", StatusCode::CONFLICT, "It is under way"),
            Self::OutcomeUnknown => {
                ("outcome-unknown", StatusCode::CONFLICT, "It is not known what came of it")
            }
            Self::Changed => {
                ("changed-meanwhile", StatusCode::PRECONDITION_FAILED, "It was changed meanwhile")
            }
            Self::TooLarge => ("too-large", StatusCode::PAYLOAD_TOO_LARGE, "Too large"),
            Self::Unsupported => (
                "wrong-kind",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Not of a kind that is read here",
            ),
            Self::Invalid => ("invalid", StatusCode::UNPROCESSABLE_ENTITY, "Not possible"),
            Self::KeyReused => {
                ("key-reused", StatusCode::UNPROCESSABLE_ENTITY, "Another request had that key")
            }
            Self::VersionNeeded => {
                ("version-needed", StatusCode::PRECONDITION_REQUIRED, "Say which version you saw")
            }
            Self::Internal => {
                ("internal", StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong")
            }
            Self::Unavailable => ("no-answer", StatusCode::BAD_GATEWAY, "No answer"),
        }
    }

    pub(crate) fn status(self) -> StatusCode {
        self.told().1
    }
}

impl Problem {
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        let (name, status, title) = kind.told();
        Self {
            kind: format!("urn:inroad:problem:{name}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            fault: None,
        }
    }

    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, what)
    }

    pub(crate) fn invalid(what: impl std::fmt::Display) -> Self {
        Self::new(Kind::Invalid, what.to_string())
    }

    pub(crate) fn unreadable(what: impl Into<String>) -> Self {
        Self::new(Kind::Unreadable, what)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let kind = match &error {
            Error::Forbidden { .. } => Kind::Forbidden,
            Error::TooOften { .. } => Kind::TooMany,
            Error::NotFound { .. } => Kind::NotFound,
            Error::Conflict { .. } => Kind::Conflict,
            Error::Invalid { .. } => Kind::Invalid,
            Error::Unavailable { .. } => Kind::Unavailable,
            Error::File { .. } | Error::Store(_) | Error::Internal { .. } => Kind::Internal,
        };
        Self { fault: Some(error.kind()), ..Self::new(kind, error.to_string()) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let kind = HeaderValue::from_static(PROBLEM_JSON);
        let mut response = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
        if let Some(fault) = self.fault {
            response.extensions_mut().insert(Fault(fault));
        }
        response
    }
}

/// A refusal by whoever serves the routes, before one of them is reached.
pub fn refused(status: StatusCode, detail: &str) -> Response {
    let kind = match status {
        StatusCode::UNAUTHORIZED => Kind::Unknown,
        StatusCode::FORBIDDEN => Kind::Forbidden,
        StatusCode::TOO_MANY_REQUESTS => Kind::TooMany,
        StatusCode::NOT_FOUND => Kind::NotFound,
        StatusCode::BAD_REQUEST => Kind::Unreadable,
        _ => Kind::Internal,
    };
    Problem { status: status.as_u16(), ..Problem::new(kind, detail) }.into_response()
}

/// What a handler gives.
pub(crate) type Answer<T> = Result<T, Problem>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_beside_the_answer_and_not_in_it() {
        let problem = Problem::from(Error::Internal { what: "the disk".to_owned() });
        let body = serde_json::to_value(&problem).unwrap();
        assert!(body.get("fault").is_none(), "{body}");
        let response = problem.into_response();
        assert_eq!(response.extensions().get(), Some(&Fault("internal")));
        let refused = Problem::unreadable("nonsense").into_response();
        assert_eq!(refused.extensions().get::<Fault>(), None);
    }
}
