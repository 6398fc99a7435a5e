//! Signing in: by which of the ways that a server offers, and the lines of each.
//!
//! PLAIN is RFC 4616, LOGIN its older form, OAUTHBEARER RFC 7628, XOAUTH2 what Google and Microsoft
//! made before that. Only ever spoken over an encrypted connection or on this machine.

use mail_builder::encoders::Base64Encoder;
use zeroize::Zeroizing;

use crate::credentials::{Credentials, Proof};
use crate::offers::Offers;

/// One way to sign in, with what is said: the first line, and what is answered to each question.
pub(crate) struct Way {
    pub first: Zeroizing<String>,
    pub then: Vec<Zeroizing<String>>,
}

/// The best way that the server offers and the credentials fit.
pub(crate) fn way(
    credentials: &Credentials,
    offers: &Offers,
    host: &str,
    port: u16,
) -> Option<Way> {
    let user = credentials.user();
    let line =
        |name: &str, said: &str| Zeroizing::new(format!("AUTH {name} {}\r\n", &*encoded(said)));
    match credentials.proof() {
        Proof::Password(password) if offers.has_way("PLAIN") => {
            let said = Zeroizing::new(format!("\0{user}\0{}", password.expose()));
            Some(Way { first: line("PLAIN", &said), then: Vec::new() })
        }
        Proof::Password(password) if offers.has_way("LOGIN") => {
            let answer = |said| Zeroizing::new(format!("{}\r\n", &*encoded(said)));
            Some(Way {
                first: Zeroizing::new("AUTH LOGIN\r\n".to_owned()),
                then: vec![answer(user), answer(password.expose())],
            })
        }
        Proof::Token(token) if offers.has_way("XOAUTH2") => {
            let said =
                Zeroizing::new(format!("user={user}\x01auth=Bearer {}\x01\x01", token.expose()));
            // A refusal comes as a question, which wants an empty answer before the code.
            Some(Way {
                first: line("XOAUTH2", &said),
                then: vec![Zeroizing::new("\r\n".to_owned())],
            })
        }
        Proof::Token(token) if offers.has_way("OAUTHBEARER") => {
            // RFC 5801: the signs that part the head of the line are written otherwise in a name.
            let user = user.replace('=', "=3D").replace(',', "=2C");
            let said = Zeroizing::new(format!(
                "n,a={user},\x01host={host}\x01port={port}\x01auth=Bearer {}\x01\x01",
                token.expose()
            ));
            Some(Way {
                first: line("OAUTHBEARER", &said),
                then: vec![Zeroizing::new("AQ==\r\n".to_owned())],
            })
        }
        Proof::Password(_) | Proof::Token(_) => None,
    }
}

/// What of the credentials no server's words may repeat, longest first.
pub(crate) fn hidden(credentials: &Credentials, way: &Way) -> Vec<Zeroizing<String>> {
    let (Proof::Password(secret) | Proof::Token(secret)) = credentials.proof();
    let spoken = std::iter::once(&way.first).chain(&way.then).filter_map(|line| {
        // The last word of a line is what was encoded; short ones are no secret.
        line.trim_end().rsplit(' ').next().filter(|word| word.len() > 6)
    });
    let mut hidden: Vec<Zeroizing<String>> =
        spoken.map(|word| Zeroizing::new(word.to_owned())).collect();
    hidden.push(encoded(secret.expose()));
    hidden.push(Zeroizing::new(secret.expose().to_owned()));
    hidden.sort_by_key(|text| std::cmp::Reverse(text.len()));
    hidden
}

fn encoded(text: &str) -> Zeroizing<String> {
    let bytes = Base64Encoder::new().encode(text.as_bytes()).unwrap_or_default();
    Zeroizing::new(String::from_utf8(bytes).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use inroad_secrets::Secret;

    use super::*;

    fn check(credentials: &Credentials, ways: &str, expected: Option<(&str, &[&str])>) {
        let ways = ways.split_whitespace().map(str::to_owned).collect();
        let offers = Offers { ways, ..Offers::default() };
        let found = way(credentials, &offers, "smtp.lindner.example", 587);
        let found = found.map(|way| {
            (
                way.first.to_string(),
                way.then.iter().map(|line| line.to_string()).collect::<Vec<_>>(),
            )
        });
        let expected = expected.map(|(first, then)| {
            (
                format!("{first}\r\n"),
                then.iter().map(|line| format!("{line}\r\n")).collect::<Vec<_>>(),
            )
        });
        assert_eq!(found, expected);
    }

    /// Encoded by `printf … | base64` of GNU coreutils 9.1.
    #[test]
    fn ways() {
        let secret = |text: &str| Secret::new(text.to_owned()).unwrap();
        let password = Credentials::password("tim", secret("tanstaaftanstaaf")).unwrap();
        let plain = "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm";
        check(&password, "XOAUTH2 LOGIN PLAIN", Some((plain, &[])));
        check(&password, "LOGIN", Some(("AUTH LOGIN", &["dGlt", "dGFuc3RhYWZ0YW5zdGFhZg=="])));
        check(&password, "XOAUTH2 CRAM-MD5", None);
        check(&password, "", None);
        let token = Credentials::token("a=b,c@d.example", secret("vF9dft4qmT")).unwrap();
        let first = "AUTH XOAUTH2 dXNlcj1hPWIsY0BkLmV4YW1wbGUBYXV0aD1CZWFyZXIgdkY5ZGZ0NHFtVAEB";
        check(&token, "PLAIN OAUTHBEARER XOAUTH2", Some((first, &[""])));
        let first = "AUTH OAUTHBEARER bixhPWE9M0RiPTJDY0BkLmV4YW1wbGUsAWhvc3Q9c210cC5saW5kbmVyLmV4YW1w\
                     bGUBcG9ydD01ODcBYXV0aD1CZWFyZXIgdkY5ZGZ0NHFtVAEB";
        check(&token, "OAUTHBEARER", Some((first, &["AQ=="])));
        check(&token, "PLAIN LOGIN", None);
    }
}
