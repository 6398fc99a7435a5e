//! What comes with a request: who asks, and path, query and body, read and bounded. What cannot be read is told as
//! a problem, in words of ours.

use axum::body::{Body, to_bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use inroad_model::Moment;
use inroad_service::{Actor, Error, Right};
use jiff::civil::Date;
use serde::de::DeserializeOwned;

use crate::problem::{Answer, Kind, Problem};
use crate::router::Api;

/// No request but an import is larger.
pub(crate) const BODY_BYTES_MAX: usize = 256 * 1024;
/// A name or words to be looked for are no longer.
const TEXT_CHARS_MAX: usize = 1000;
/// Deals are of these years.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2200;

/// Who asks, as whoever serves this found out; nobody where they did not.
async fn who(parts: &Parts, api: &Api) -> Actor {
    api.inroad.as_known(parts.extensions.get::<Actor>()).await
}

/// Somebody who may look into the mailbox and what was concluded from it. It stands before everything else that a
/// handler takes, so that nobody else learns how their request was read.
pub(crate) struct Mailbox;

/// Somebody who may see leads, each those that are theirs.
pub(crate) struct Leads(pub(crate) Actor);

/// Anybody who is known: `service` says what of it is theirs.
pub(crate) struct Somebody(pub(crate) Actor);

impl FromRequestParts<Api> for Mailbox {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _api: &Api) -> Result<Self, Problem> {
        // Whose it is need not be known by name for that.
        let actor = parts.extensions.get::<Actor>().cloned().unwrap_or_else(Actor::nobody);
        actor.must(Right::Mailbox)?;
        Ok(Self)
    }
}

impl FromRequestParts<Api> for Leads {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let actor = who(parts, api).await;
        actor.must(Right::Leads)?;
        Ok(Self(actor))
    }
}

impl FromRequestParts<Api> for Somebody {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let actor = who(parts, api).await;
        if actor.roles().is_empty() {
            return Err(Problem::new(Kind::Forbidden, "Say first who you are"));
        }
        Ok(Self(actor))
    }
}

/// The parts of the path.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Api> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, api).await;
        match read {
            Ok(axum::extract::Path(read)) => Ok(Self(read)),
            Err(PathRejection::FailedToDeserializePathParams(_)) => {
                Err(Problem::unreadable("A part of the path is not what can stand there"))
            }
            Err(_other) => Err(Problem::new(Kind::Internal, "The path was not read")),
        }
    }
}

/// The query.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Api> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _api: &Api) -> Result<Self, Problem> {
        let read = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        let axum::extract::Query(read) = read.map_err(|why| {
            let why = std::error::Error::source(&why).map_or_else(|| why.to_string(), source_of);
            Problem::unreadable(format!("The query cannot be read: {why}"))
        })?;
        Ok(Self(read))
    }
}

fn source_of(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}

/// A body of JSON.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Api> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _api: &Api) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let what = "Send JSON, and say so: Content-Type: application/json";
            return Err(Problem::new(Kind::Unsupported, what));
        }
        let bytes = bounded(request.into_body(), BODY_BYTES_MAX).await?;
        parsed(&bytes).map(Self)
    }
}

/// Reads JSON; what is none cannot be read, and what says something else is not possible.
pub(crate) fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Answer<T> {
    serde_json::from_slice(bytes).map_err(|why| match why.classify() {
        serde_json::error::Category::Data => Problem::invalid(why),
        _ => Problem::unreadable(format!("This is no JSON: {why}")),
    })
}

/// A body whole, if it is no longer than that.
pub(crate) async fn bounded(body: Body, bytes_max: usize) -> Answer<Vec<u8>> {
    match to_bytes(body, bytes_max).await {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(_longer_or_broken) => {
            let what = format!("A request here holds {} kB at most", bytes_max / 1024);
            Err(Problem::new(Kind::TooLarge, what))
        }
    }
}

/// What kind of body a request says that it has, without its parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(kind.split(';').next()?.trim().to_ascii_lowercase())
}

fn is_json(headers: &HeaderMap) -> bool {
    media_type(headers).is_some_and(|kind| {
        kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
    })
}

/// A moment as `2026-09-01`, which means the end of that day, or with its time; now if there is none.
pub(crate) fn moment(asked: Option<&str>, now: Moment) -> Answer<Moment> {
    let Some(text) = asked else { return Ok(now) };
    let short: String = text.chars().take(40).collect();
    let wrong = || {
        let what = format!("'{short}' is no day; write 2026-09-01 or 2026-09-01T09:00:00Z");
        Problem::unreadable(what)
    };
    let moment = match text.parse::<Moment>() {
        Ok(moment) => moment,
        Err(_no_time) => {
            let day: Date = text.parse().map_err(|_no_day| wrong())?;
            Moment::end_of(day, now.offset()).ok_or_else(wrong)?
        }
    };
    if YEARS.contains(&moment.date().year()) { Ok(moment) } else { Err(wrong()) }
}

/// A name or words, if they are neither empty nor endless.
pub(crate) fn text<'t>(what: &str, text: &'t str) -> Answer<&'t str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::invalid(format!("{what} is empty")));
    }
    bounded_text(what, text)
}

/// Words that may be missing, if they are not endless.
pub(crate) fn bounded_text<'t>(what: &str, text: &'t str) -> Answer<&'t str> {
    if text.chars().count() > TEXT_CHARS_MAX {
        let what = format!("{what} is longer than {TEXT_CHARS_MAX} characters");
        return Err(Problem::invalid(what));
    }
    Ok(text)
}

/// JSON of something that can be written as JSON.
pub(crate) fn told(what: &impl serde::Serialize) -> Answer<serde_json::Value> {
    serde_json::to_value(what).map_err(|why| Error::Internal { what: why.to_string() }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_known_to_its_end_and_nothing_else_is_a_day() {
        let now: Moment = "2026-09-02T09:00:00Z".parse().unwrap();
        assert_eq!(moment(None, now).unwrap(), now);
        assert_eq!(moment(Some("2026-09-01"), now).unwrap().date(), jiff::civil::date(2026, 9, 1));
        assert!(moment(Some("2026-09-02T09:00:00Z"), now).is_ok());
        for wrong in ["", "-009999-01-01", "2026-13-01", &"x".repeat(9000)] {
            assert!(moment(Some(wrong), now).unwrap_err().detail.len() < 200, "{wrong}");
        }
    }

    #[test]
    fn only_json_is_read_as_json() {
        for (kind, expected) in [
            (Some("application/json"), true),
            (Some("application/json; charset=utf-8"), true),
            (Some("application/merge-patch+json"), true),
            (Some("text/json"), false),
            (Some("text/plain"), false),
            (None, false),
        ] {
            let mut headers = HeaderMap::new();
            kind.map(|kind| headers.insert(header::CONTENT_TYPE, kind.parse().unwrap()));
            assert_eq!(is_json(&headers), expected, "{kind:?}");
        }
    }
}
