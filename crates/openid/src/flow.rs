//! The way of one browser to the provider and back: what it takes along, all of it made of what the browser keeps.

use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};

use crate::metadata::known;
use crate::{Client, Error};

/// Where a browser goes to sign in. It comes back to `back_to` with `state`; `browser` is the secret that it alone
/// shows then, of 128 random bits at least.
///
/// # Errors
/// [`Error::Unreached`]; [`Error::Unclear`].
pub fn authorization_address(
    client: &Client,
    back_to: &str,
    state: &str,
    browser: &str,
) -> Result<String, Error> {
    let known = known(client, back_to)?;
    let (state, nonce) = (CsrfToken::new(state.to_owned()), nonce(browser));
    let flow = CoreAuthenticationFlow::AuthorizationCode;
    let request = known.client.authorize_url(flow, move || state, move || nonce);
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier(browser));
    let (address, _state, _nonce) =
        request.add_scope(Scope::new("email".to_owned())).set_pkce_challenge(challenge).url();
    Ok(address.into())
}

/// What the provider puts into the token, so that it is of this very sign-in.
pub(crate) fn nonce(browser: &str) -> Nonce {
    Nonce::new(derived("inroad 2026 OpenID Connect nonce", browser))
}

/// By what a code is redeemed, so that nobody does who only saw it pass.
pub(crate) fn verifier(browser: &str) -> PkceCodeVerifier {
    PkceCodeVerifier::new(derived("inroad 2026 OpenID Connect code verifier", browser))
}

/// 64 letters of which nobody comes back to what they were made of.
fn derived(purpose: &str, browser: &str) -> String {
    blake3::Hash::from_bytes(blake3::derive_key(purpose, browser.as_bytes())).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_browser_has_its_own_and_no_two_are_alike() {
        let (a, b) = ("one browser", "another browser");
        assert_eq!(nonce(a).secret(), nonce(a).secret());
        assert_ne!(nonce(a).secret(), nonce(b).secret());
        assert_ne!(verifier(a).secret(), verifier(b).secret());
        assert_ne!(nonce(a).secret(), verifier(a).secret());
        assert!((43..=128).contains(&verifier(a).secret().len()), "RFC 7636, 4.1");
        assert!(!nonce(a).secret().contains(a));
    }
}
