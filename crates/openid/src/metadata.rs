//! What a provider says of itself (OpenID Connect Discovery), and what of that is used.

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, DiscoveryError, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, JwsSigningAlgorithm as _, ProviderMetadata, RedirectUrl,
};
use serde::{Deserialize, Serialize};

use crate::http::{Unasked, asking};
use crate::{Client, Error};

/// What other documents add to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct More {
    /// Whether a browser that comes back says from where (RFC 9207).
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider that described itself.
#[derive(Debug)]
pub(crate) struct Known {
    /// By which it is spoken with.
    pub(crate) client: CoreClient<
        EndpointSet,
        EndpointNotSet,
        EndpointNotSet,
        EndpointNotSet,
        EndpointMaybeSet,
        EndpointMaybeSet,
    >,
    /// Whether a browser that comes back says from where.
    pub(crate) names_itself: bool,
}

/// Asks the provider what it is: anew each time, so that keys that it took back count no more.
pub(crate) fn known(client: &Client, back_to: &str) -> Result<Known, Error> {
    let issuer = IssuerUrl::new(client.issuer.as_str().to_owned())
        .map_err(|_odd| Error::Unclear { what: "its address cannot be used" })?;
    let metadata =
        Metadata::discover(&issuer, &asking(&client.issuer)).map_err(|why| undiscovered(&why))?;
    if !client.issuer.may_name(metadata.authorization_endpoint().url()) {
        return Err(Error::Unclear { what: "it sends browsers where nothing is encrypted" });
    }
    if metadata.token_endpoint().is_none() {
        return Err(Error::Unclear { what: "it says nowhere who came" });
    }
    // Of what is signed by a secret that both sides know, and of nothing that is not signed at all, nobody else can
    // tell whether the provider said it.
    let algorithms: Vec<_> = metadata
        .id_token_signing_alg_values_supported()
        .iter()
        .filter(|algorithm| algorithm.key_type().is_some() && !algorithm.uses_shared_secret())
        .cloned()
        .collect();
    let metadata = metadata.set_id_token_signing_alg_values_supported(algorithms);
    let back_to = RedirectUrl::new(back_to.to_owned())
        .map_err(|_odd| Error::Unclear { what: "it cannot send browsers back" })?;
    let names_itself =
        metadata.additional_metadata().authorization_response_iss_parameter_supported;
    let proves_by = proves_by(metadata.token_endpoint_auth_methods_supported());
    let client =
        CoreClient::from_provider_metadata(metadata, client.client_id(), client.client_secret())
            .set_auth_type(proves_by)
            .set_redirect_uri(back_to);
    Ok(Known { client, names_itself })
}

/// How inroad proves itself: in the head of a request, which is what goes without saying, or in its form.
fn proves_by(taken: Option<&Vec<CoreClientAuthMethod>>) -> AuthType {
    let takes = |method| taken.is_none_or(|taken| taken.contains(&method));
    if !takes(CoreClientAuthMethod::ClientSecretBasic)
        && takes(CoreClientAuthMethod::ClientSecretPost)
    {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}

fn undiscovered(why: &DiscoveryError<Unasked>) -> Error {
    match why {
        DiscoveryError::Request(Unasked::Address) => {
            Error::Unclear { what: "it names an address that is not encrypted" }
        }
        DiscoveryError::Request(cause) => Error::Unreached { cause: cause.to_string() },
        DiscoveryError::Response(status, _, _) => {
            Error::Unreached { cause: format!("status {}", status.as_u16()) }
        }
        DiscoveryError::Validation(_) => Error::Unclear { what: "it calls itself otherwise" },
        _ => Error::Unclear { what: "its description cannot be read" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_inroad_proves_itself() {
        use CoreClientAuthMethod::{ClientSecretBasic, ClientSecretPost, PrivateKeyJwt};
        for (taken, in_the_form) in [
            (None, false),
            (Some(vec![ClientSecretPost, ClientSecretBasic]), false),
            (Some(vec![ClientSecretPost]), true),
            (Some(vec![PrivateKeyJwt]), false),
        ] {
            let by = proves_by(taken.as_ref());
            assert_eq!(matches!(by, AuthType::RequestBody), in_the_form, "{taken:?}");
        }
    }
}
