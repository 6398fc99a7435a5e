//! Forms: their fields, and the key without which none changes anything.

use axum::Form;
use axum::extract::{FromRequest, Query, Request};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::access::{FormKey, Key};
use crate::frame;
use crate::server::App;

/// The field that holds the key of the form.
const FORM_KEY: &str = "form_key";

/// Whether a field is the key of forms for whoever sends it.
pub(crate) fn is_our_key(key: &FormKey, name: &str, value: &str) -> bool {
    name == FORM_KEY && key.is(value)
}

/// The key as a field of a form.
pub(crate) fn hidden_key(key: &Key) -> Markup {
    html! { input type="hidden" name=(FORM_KEY) value=(key.as_str()); }
}

/// The key, and the page to go back to.
pub(crate) fn hidden(key: &Key, next: &str) -> Markup {
    html! {
        (hidden_key(key))
        input type="hidden" name="next" value=(next);
    }
}

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

/// The first of them as it was typed: a password may begin and end with blanks.
pub(crate) fn as_typed<'f>(fields: &'f Fields, wanted: &str) -> &'f str {
    all(fields, wanted).next().unwrap_or("")
}

/// The names and values of a query, in their order.
pub(crate) fn decoded_pairs(query: &str) -> Vec<(String, String)> {
    let uri = format!("/?{query}").parse::<Uri>();
    let pairs = uri.ok().and_then(|uri| Query::<Vec<(String, String)>>::try_from_uri(&uri).ok());
    pairs.map(|Query(pairs)| pairs).unwrap_or_default()
}

/// What stands under a name in the query of an address, as it was written there.
pub(crate) fn value_in_query<'q>(query: &'q str, wanted: &str) -> Option<&'q str> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| *name == wanted).map(|(_, value)| value).next()
}

/// The fields of a form that a page made for whoever sends it. Whoever takes one changes nothing without the
/// key: any other form is refused before its handler is asked.
pub(crate) struct OurForm(pub(crate) Fields);

impl FromRequest<App> for OurForm {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let key = FormKey::of(request.extensions());
        let form = Form::<Fields>::from_request(request, app).await;
        let Form(fields) = form.map_err(IntoResponse::into_response)?;
        let is_ours = fields.iter().any(|(name, value)| is_our_key(&key, name, value));
        if is_ours { Ok(Self(fields)) } else { Err(refused()) }
    }
}

/// The answer to a form without the key.
pub(crate) fn refused() -> Response {
    let text = "This form is of an earlier start, or of somebody else. Open its page again, and send it from there.";
    (StatusCode::FORBIDDEN, frame::notice("Not kept", text)).into_response()
}
