//! One question to a server for tokens, and what its answer means for whoever asked.

use std::time::Duration;

use super::answer::{ANSWER_BYTES_MAX, Granted, Reply, read};
use crate::net::{Answer, Bounds, Form, Web};
use crate::{Error, WebAddress};

/// How long is waited, and how much is read.
pub(super) const BOUNDS: Bounds = Bounds {
    connect: Duration::from_secs(10),
    whole: Duration::from_secs(30),
    bytes_max: ANSWER_BYTES_MAX as u64,
};
/// Nobody is asked to wait longer than an hour.
const WAIT_S_MAX: u64 = 3_600;

/// Sends a form and gives the answer, if the server is in order.
pub(super) fn send(
    web: &dyn Web,
    address: &WebAddress,
    fields: &[(&str, &str)],
) -> Result<Answer, Error> {
    let host = address.host();
    let sent = web.post(address, &Form::new(fields), BOUNDS);
    let answer = sent.map_err(|why| why.at(host, BOUNDS))?;
    let wait = answer.retry_after_s.map(|seconds| Duration::from_secs(seconds.min(WAIT_S_MAX)));
    match answer.status {
        status @ (429 | 500..=599) => Err(Error::Busy { host: host.to_owned(), status, wait }),
        300..=399 => Err(Error::Unclear { host: host.to_owned(), what: "it sends elsewhere" }),
        _ => Ok(answer),
    }
}

/// Asks for tokens. What is refused becomes an error, by what it asks of a person.
pub(super) fn tokens(
    web: &dyn Web,
    address: &WebAddress,
    fields: &[(&str, &str)],
) -> Result<Granted, Error> {
    let answer = send(web, address, fields)?;
    match reply(address, &answer)? {
        Reply::Granted(granted) => Ok(granted),
        Reply::Refused { code, words } => {
            Err(refused(address.host(), &code, &words.shown(&secrets(fields))))
        }
    }
}

/// The answer, read; tokens count only with a status that says so.
pub(super) fn reply(address: &WebAddress, answer: &Answer) -> Result<Reply, Error> {
    let unclear = |what| Error::Unclear { host: address.host().to_owned(), what };
    match read(&answer.body).map_err(|why| unclear(why.what()))? {
        Reply::Granted(_) if answer.status != 200 => {
            Err(unclear("it holds a token and says that it does not"))
        }
        reply => Ok(reply),
    }
}

/// What of a question must never come back in an error.
pub(super) fn secrets<'a>(fields: &[(&'a str, &'a str)]) -> Vec<&'a str> {
    let secret = ["client_secret", "code", "code_verifier", "refresh_token", "device_code"];
    let held = fields.iter().filter(|(name, _)| secret.contains(name));
    held.map(|(_, value)| *value).collect()
}

/// The error that a server's code means (RFC 6749, RFC 8628, and those of Microsoft and `OpenID`
/// by which a person is asked for again).
pub(super) fn refused(host: &str, code: &str, words: &str) -> Error {
    let host = host.to_owned();
    let way_out = match code {
        "invalid_grant" | "interaction_required" | "login_required" | "consent_required" => {
            return Error::SignInAgain { host };
        }
        "access_denied" | "authorization_declined" => return Error::Declined { host },
        "expired_token" => return Error::TooLate { host },
        "temporarily_unavailable" | "server_error" => {
            return Error::Busy { host, status: 200, wait: None };
        }
        "invalid_client" => "check the client id and its secret",
        "unauthorized_client" => {
            "allow this way of signing in where the client id is registered, as a desktop app"
        }
        "invalid_scope" => "allow mail, calendars or contacts where the client id is registered",
        "redirect_uri_mismatch" => {
            "register the client id as a desktop app, with a loopback address"
        }
        _ => "check the client id and how it is registered",
    };
    Error::Refused { host, code: code.to_owned(), words: words.to_owned(), way_out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_codes_mean() {
        let of = |code| refused("id.example", code, "words");
        for (code, may_pass, needs_person) in [
            ("invalid_grant", false, true),
            ("access_denied", false, true),
            ("expired_token", false, true),
            ("temporarily_unavailable", true, false),
            ("invalid_client", false, true),
            ("whatever", false, true),
        ] {
            let error = of(code);
            assert_eq!(
                (error.may_pass(), error.needs_person()),
                (may_pass, needs_person),
                "{code}"
            );
        }
        let text = of("invalid_client").to_string();
        assert_eq!(
            text,
            "id.example refused (invalid_client: words); check the client id and its secret"
        );
    }
}
