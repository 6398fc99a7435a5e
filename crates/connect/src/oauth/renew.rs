//! The next token for the one that ends (RFC 6749, section 6).

use jiff::Timestamp;

use super::{Authority, Client, Tokens, ask};
use crate::Error;
use crate::net::Web;

/// Renews. Where the server gives a new token to renew with, it is in what comes back, and the one
/// that was used counts no longer: whoever keeps them keeps the new ones before using them.
///
/// # Errors
/// [`Error::SignInAgain`] where there is nothing to renew with, or the server takes it no more; and
/// what else it refused. After [`Error::may_pass`] the old ones may still count.
pub fn renew(
    client: &Client,
    authority: &Authority,
    tokens: &Tokens,
    web: &dyn Web,
    now: Timestamp,
) -> Result<Tokens, Error> {
    let none = || Error::SignInAgain { host: authority.token.host().to_owned() };
    let refresh = tokens.refresh.as_ref().ok_or_else(none)?;
    let mut fields = vec![("grant_type", "refresh_token"), ("refresh_token", refresh.reveal())];
    fields.extend(client.fields());
    let granted = ask::tokens(web, &authority.token, &fields)?;
    let mut renewed = Tokens::of(granted, Some(refresh), now);
    if renewed.scope.is_none() {
        renewed.scope.clone_from(&tokens.scope);
    }
    Ok(renewed)
}
