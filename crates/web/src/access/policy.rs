//! What browsers are told of every page: what it may do, and what not.

use axum::http::header;

/// Nothing is loaded from elsewhere, framed, guessed, or kept by the browser. A `blob:` is what the
/// script of the map makes of the picture on the page.
pub(super) const HEADERS: [(header::HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

macro_rules! policy_and {
    ($more:literal) => {
        concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; ",
            "img-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            $more
        )
    };
}

const POLICY: &str = policy_and!("");
const FRAMING_POLICY: &str = policy_and!("; frame-src 'self'");
const LISTENING_POLICY: &str = policy_and!("; media-src blob:");

/// Nothing but styles that stand in the page itself. A link opens apart when a person clicks it, and
/// the page that it opens is an ordinary one.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; \
    base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// What a few pages may do beyond all others, and what one of them may not. A response that carries it
/// gets its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// It holds a frame with a page of ours.
    Holds,
    /// It plays what a person recorded in it.
    Listens,
    /// It is held: a mail alone, which may do nothing but be styled and be left by a click. Whatever
    /// is opened so is not bound by what binds the mail.
    IsHeld,
}

impl Beyond {
    pub(super) fn headers(self) -> Vec<(header::HeaderName, &'static str)> {
        match self {
            Self::Holds => vec![(header::CONTENT_SECURITY_POLICY, FRAMING_POLICY)],
            Self::Listens => vec![(header::CONTENT_SECURITY_POLICY, LISTENING_POLICY)],
            Self::IsHeld => vec![
                (header::CONTENT_SECURITY_POLICY, MAIL_POLICY),
                (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
            ],
        }
    }
}

/// Where pages go out encrypted, browsers ask for them in no other way for a year.
pub(super) const ENCRYPTED_ONLY: (header::HeaderName, &str) =
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
