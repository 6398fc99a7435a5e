//! The cookie that a browser shows.

use axum::http::{HeaderMap, header};

use super::reach::Reach;

/// Browsers keep cookies by host without the port; the name tells two servers of this machine apart, so that
/// they do not log each other out. The name that begins with `__Host-` is taken by browsers only encrypted, from
/// that very host and for all of it.
pub(super) fn name(reach: &Reach, port: u16) -> String {
    match reach {
        Reach::ThisMachine { .. } => format!("inroad_key_{port}"),
        Reach::Network { .. } => "__Host-inroad".to_owned(),
    }
}

/// The header that sets it. From elsewhere a link in a mail may lead to a page, so that browsers show it there;
/// what changes anything is asked for by our pages alone.
pub(super) fn set(reach: &Reach, port: u16, held: &str) -> String {
    let name = name(reach, port);
    match reach {
        Reach::ThisMachine { .. } => format!("{name}={held}; HttpOnly; SameSite=Strict; Path=/"),
        Reach::Network { .. } => {
            let seconds = inroad_service::SESSION_LASTS.as_secs();
            format!("{name}={held}; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}")
        }
    }
}

/// The header that takes it away.
pub(super) fn clear(reach: &Reach, port: u16) -> String {
    format!("{}=; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=0", name(reach, port))
}

/// What a browser alone shows that was sent to an identity provider, when it comes back. A page of that provider leads
/// it here, and nobody reads it there.
#[cfg(feature = "oidc")]
pub(super) const SENT: &str = "__Host-inroad-sent";

/// The header that sets it; `None` takes it away.
#[cfg(feature = "oidc")]
pub(super) fn set_sent(browser: Option<&str>) -> String {
    let (held, seconds) = browser.map_or(("", 0), |held| (held, 600));
    format!("{SENT}={held}; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}")
}

/// What a browser alone shows that was asked for a passkey, when it answers by a form of ours.
#[cfg(feature = "passkeys")]
pub(super) const ASKED: &str = "__Host-inroad-asked";

/// The header that sets it; `None` takes it away.
#[cfg(feature = "passkeys")]
pub(super) fn set_asked(browser: Option<&str>) -> String {
    let lasts = inroad_service::PASSKEY_ANSWERED_WITHIN.as_secs();
    let (held, seconds) = browser.map_or(("", 0), |held| (held, lasts));
    format!("{ASKED}={held}; Secure; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}")
}

/// What a browser shows under a name.
pub(super) fn held<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}
