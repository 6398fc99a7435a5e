//! Who came back: the code is redeemed once, and what the provider says of them is checked before any of it is used.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use openidconnect::core::{CoreRequestTokenError, CoreUserInfoClaims};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, EndUserEmail, OAuth2TokenResponse as _,
    RequestTokenError, TokenResponse as _,
};

use crate::flow::{nonce, verifier};
use crate::http::{Unasked, asking};
use crate::metadata::{Known, known};
use crate::{Client, Doubt, Error};

/// Longer ones are no names of anybody (OpenID Connect Core, 2).
const SUBJECT_BYTES_MAX: usize = 255;

/// What a browser came back with.
#[derive(Clone, Copy)]
pub struct Returned<'a> {
    /// What the provider gave it.
    pub code: &'a str,
    /// From where it says that it comes (RFC 9207).
    pub issuer: Option<&'a str>,
    /// Where it came to.
    pub back_to: &'a str,
    /// The secret that it alone shows.
    pub browser: &'a str,
    /// When.
    pub at: Timestamp,
}

impl std::fmt::Debug for Returned<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Returned(…)")
    }
}

/// Whom the provider knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who that is there, and always will be.
    pub subject: String,
    /// An address of theirs, if the provider says that it made sure of it.
    pub verified_email: Option<String>,
}

/// Tells who came back.
///
/// # Errors
/// [`Error`], in all its ways.
pub fn redeem(client: &Client, returned: &Returned<'_>) -> Result<Person, Error> {
    let known = known(client, returned.back_to)?;
    let came_from = returned.issuer.map(|issuer| issuer == client.issuer.as_str());
    // Where a provider names itself, a browser that does not say so was sent by another.
    if !came_from.unwrap_or(!known.names_itself) {
        return Err(Error::NotBelieved(Doubt::Issuer));
    }
    let ask = asking(&client.issuer);
    let code = AuthorizationCode::new(returned.code.to_owned());
    let answer = known
        .client
        .exchange_code(code)
        .map_err(|_unset| Error::Unclear { what: "it says nowhere who came" })?
        .set_pkce_verifier(verifier(returned.browser))
        .request(&ask)
        .map_err(|why| unredeemed(&why))?;
    let now = moment(returned.at)?;
    let checker = known.client.id_token_verifier().set_time_fn(move || now);
    let token = answer.id_token().ok_or(Error::NotBelieved(Doubt::Form))?;
    let claims = token
        .claims(&checker, &nonce(returned.browser))
        .map_err(|why| Error::NotBelieved(doubt(&why)))?;
    // The library leaves this to whoever uses it: what was given to another program is not ours, whomever it is for.
    if claims.authorized_party().is_some_and(|party| party.as_str() != client.id) {
        return Err(Error::NotBelieved(Doubt::Audience));
    }
    let subject = claims.subject();
    if subject.is_empty() || subject.len() > SUBJECT_BYTES_MAX {
        return Err(Error::NotBelieved(Doubt::Form));
    }
    let verified_email = match claims.email() {
        Some(email) => verified(email, claims.email_verified()),
        None => asked_for_email(&known, answer.access_token(), subject, &ask),
    };
    Ok(Person { subject: subject.to_string(), verified_email })
}

/// Many providers tell addresses only to whoever asks once more. Nobody is turned away for want of one.
fn asked_for_email(
    known: &Known,
    token: &openidconnect::AccessToken,
    subject: &openidconnect::SubjectIdentifier,
    ask: &impl Fn(openidconnect::HttpRequest) -> Result<openidconnect::HttpResponse, Unasked>,
) -> Option<String> {
    let request = known.client.user_info(token.clone(), Some(subject.clone())).ok()?;
    let told: CoreUserInfoClaims = request.request(ask).ok()?;
    verified(told.email()?, told.email_verified())
}

fn verified(email: &EndUserEmail, is_verified: Option<bool>) -> Option<String> {
    (is_verified == Some(true)).then(|| email.to_string())
}

/// The one clock that the library knows.
fn moment(at: Timestamp) -> Result<DateTime<Utc>, Error> {
    DateTime::from_timestamp(at.as_second(), 0).ok_or(Error::NotBelieved(Doubt::Expired))
}

fn doubt(why: &ClaimsVerificationError) -> Doubt {
    match why {
        ClaimsVerificationError::Expired(_) => Doubt::Expired,
        ClaimsVerificationError::InvalidAudience(_) => Doubt::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Doubt::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => Doubt::Nonce,
        ClaimsVerificationError::SignatureVerification(_) => Doubt::Signature,
        _ => Doubt::Form,
    }
}

fn unredeemed(why: &CoreRequestTokenError<Unasked>) -> Error {
    // RFC 6749, 5.2.
    const CODES: [&str; 6] = [
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
    ];
    match why {
        RequestTokenError::ServerResponse(said) => {
            let said = said.error().as_ref();
            let code = CODES.into_iter().find(|code| *code == said).unwrap_or("another reason");
            Error::Refused { code }
        }
        RequestTokenError::Request(Unasked::Address) => {
            Error::Unclear { what: "it names an address that is not encrypted" }
        }
        RequestTokenError::Request(cause) => Error::Unreached { cause: cause.to_string() },
        _ => Error::NotBelieved(Doubt::Form),
    }
}
