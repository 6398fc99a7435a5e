//! Whom one asks for tokens: a provider that is known, or a server that the user named.

use inroad_connect::oauth::{Authority, scopes};
use inroad_connect::providers::{self, RedirectHost};
use inroad_connect::{Error, Service, WebAddress};
use inroad_model::OAuthServer;

/// Whom, and for what.
///
/// # Errors
/// [`Error::NotAllowed`] for an address that is never asked, or a provider that is known no more.
pub(super) fn authority(server: &OAuthServer) -> Result<(Authority, Vec<String>), Error> {
    match server {
        OAuthServer::Provider(id) => {
            let provider = providers::by_id(id);
            let known =
                provider.and_then(|it| Some((Authority::of(it)?, scopes(it, &[Service::Imap]))));
            known.ok_or_else(|| Error::NotAllowed {
                shown: id.clone(),
                why: "inroad knows no sign-in of that provider; name its server, or use a password",
            })
        }
        OAuthServer::Own { authorize, token, device, scopes } => {
            let authority = Authority {
                authorize: WebAddress::new(authorize)?,
                token: WebAddress::new(token)?,
                device: device.as_deref().map(WebAddress::new).transpose()?,
                issuer: None,
                redirect_host: RedirectHost::Number,
                extra: Vec::new(),
            };
            Ok((authority, scopes.clone()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_with_tokens_is_asked_for_something() {
        let mut seen = 0;
        for provider in providers::all().iter().filter(|provider| provider.oauth.is_some()) {
            let (_, scopes) = authority(&OAuthServer::Provider(provider.id.clone())).unwrap();
            assert!(!scopes.is_empty(), "{}", provider.id);
            seen += 1;
        }
        assert!(seen > 0);
        assert!(authority(&OAuthServer::Provider("posteo".to_owned())).is_err());
        let own = |token: &str| OAuthServer::Own {
            authorize: "https://id.firm.example/authorize".to_owned(),
            token: token.to_owned(),
            device: None,
            scopes: vec!["mail".to_owned()],
        };
        assert!(authority(&own("https://id.firm.example/token")).is_ok());
        assert!(authority(&own("http://id.firm.example/token")).is_err());
    }
}
