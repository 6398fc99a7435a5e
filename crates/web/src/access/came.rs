//! How somebody came in, beside each request that was let through: who they are, from where, and the key of their
//! forms.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::Extensions;
use axum::http::request::Parts;
use inroad_service::{Actor, Caller};

use super::Key;

/// How somebody came in.
#[derive(Debug, Clone)]
pub(super) struct CameIn {
    pub(super) actor: Actor,
    /// The number of their browser, where they signed in.
    pub(super) session: Option<i64>,
    /// The key of their forms.
    pub(super) form_key: Option<Key>,
}

/// The key of the forms on pages for whoever asks. Without one, no form changes anything.
#[derive(Debug, Clone)]
pub(crate) struct FormKey(Option<Key>);

impl FormKey {
    /// Whether a form holds it.
    pub(crate) fn is(&self, given: &str) -> bool {
        self.0.as_ref().is_some_and(|key| key.is(given))
    }

    /// As it stands in a form; one that opens nothing where nobody came in.
    pub(crate) fn key(&self) -> Key {
        self.0.clone().unwrap_or_else(|| Key::new([0; 16]))
    }

    /// The one of a request.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        Self(extensions.get::<CameIn>().and_then(|came| came.form_key.clone()))
    }
}

impl<S: Sync> FromRequestParts<S> for FormKey {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}

/// From where somebody asks, and by which browser that is signed in.
#[derive(Debug, Clone)]
pub(crate) struct CameFrom {
    pub(crate) caller: Caller,
    pub(crate) session: Option<i64>,
}

impl<S: Sync> FromRequestParts<S> for CameFrom {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let caller = parts.extensions.get::<Caller>().cloned().unwrap_or_default();
        let session = parts.extensions.get::<CameIn>().and_then(|came| came.session);
        Ok(Self { caller, session })
    }
}
