//! Forms: their fields, and the key without which none changes anything.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::pages;
use crate::server::App;

/// The fields of a form, in their order; a name may stand several times.
pub(crate) type Fields = Vec<(String, String)>;

/// All that a form holds under a name.
pub(crate) fn all<'f>(fields: &'f Fields, wanted: &str) -> impl Iterator<Item = &'f str> {
    fields.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

/// The first of them without blanks around it; empty if there is none.
pub(crate) fn one<'f>(fields: &'f Fields, wanted: &str) -> &'f str {
    all(fields, wanted).next().unwrap_or("").trim()
}

/// Whether a page of this start made the form.
pub(crate) fn holds_key(app: &App, fields: &Fields) -> bool {
    all(fields, pages::FORM_KEY).any(|value| app.form_key.is(value))
}

/// The answer to a form without the key.
pub(crate) fn refused() -> Response {
    let text = "This form is of an earlier start. Open the deal again, and send it from there.";
    (StatusCode::FORBIDDEN, pages::notice("Not kept", text)).into_response()
}
