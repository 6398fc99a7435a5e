//! Connections that are private, and those that only seem to be.

use std::sync::Arc;

use inroad_secrets::Secret;
use inroad_submission::{Credentials, Endpoint, Outcome, Refusal, Security, Step, Why};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::server::{Script, Seen, Server};
use crate::{letter, sent};

/// An authority's certificate, and what a server of that name proves itself by.
fn certified(host: &str) -> (String, TlsAcceptor) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let root = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let leaf =
        CertificateParams::new(vec![host.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    (root, TlsAcceptor::from(Arc::new(config)))
}

async fn run(script: Script, security: Security, trusted: Option<&str>) -> (Outcome, Seen) {
    let server = Server::start(script).await;
    let mut endpoint = server.endpoint(security);
    if let Some(root) = trusted {
        endpoint = endpoint.trusting(root.as_bytes()).unwrap();
    }
    let (outcome, endpoint) = with_password(endpoint).await;
    drop(endpoint);
    (outcome, server.seen().await)
}

async fn with_password(endpoint: Endpoint) -> (Outcome, Endpoint) {
    let password = Secret::new("hunter2".to_owned()).unwrap();
    let credentials = Credentials::password("me@seller.example", password).unwrap();
    (sent(&letter(1).written().unwrap(), &endpoint, Some(&credentials)).await, endpoint)
}

fn is_accepted(outcome: &Outcome, seen: &Seen) {
    assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    assert!(seen.encrypted && seen.taken.len() == 1);
}

/// Nothing private was said.
fn is_not_private(outcome: Outcome, seen: &Seen, words: &str) {
    let Outcome::Refused(refusal) = outcome else { panic!("{outcome:?}") };
    let Refusal { at: Step::Encryption, why: Why::NotPrivate(what) } = refusal else {
        panic!("{refusal:?}")
    };
    assert!(what.contains(words), "{what}");
    let said = |verb: &str| seen.lines.iter().any(|line| line.starts_with(verb));
    assert!(!said("AUTH") && !said("MAIL") && seen.taken.is_empty(), "{seen:?}");
}

#[tokio::test]
async fn from_the_first_byte_on() {
    let (root, tls) = certified("localhost");
    let script = Script { tls: Some(tls), ..Script::default() };
    let (outcome, seen) = run(script, Security::Tls, Some(&root)).await;
    is_accepted(&outcome, &seen);
}

#[tokio::test]
async fn midway() {
    let (root, tls) = certified("localhost");
    let script = Script { start_tls: Some(tls), ..Script::default() };
    let (outcome, seen) = run(script, Security::StartTls, Some(&root)).await;
    is_accepted(&outcome, &seen);
    let verbs: Vec<&str> = seen.lines.iter().map(|line| &line[..4]).collect();
    assert_eq!(verbs, ["EHLO", "STAR", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]);
}

#[tokio::test]
async fn a_server_that_offers_none() {
    // Somebody on the way takes the offer out.
    let (outcome, seen) = run(Script::default(), Security::StartTls, None).await;
    is_not_private(outcome, &seen, "offers no encryption");
}

#[tokio::test]
async fn a_server_that_takes_its_offer_back() {
    for said in ["454 not now\r\n", "501 what\r\n", "250 ok\r\n"] {
        let (root, tls) = certified("localhost");
        let answers = [("STARTTLS", said.to_owned())].into();
        let script = Script { start_tls: Some(tls), answers, ..Script::default() };
        let (outcome, seen) = run(script, Security::StartTls, Some(&root)).await;
        is_not_private(outcome, &seen, "does not begin");
    }
}

#[tokio::test]
async fn answers_that_were_put_in_front_of_the_encryption() {
    // Somebody on the way adds answers that would be taken for the server's.
    for injected in ["250 AUTH PLAIN\r\n", "250-x\r\n", "x"] {
        let (root, tls) = certified("localhost");
        let answers = [("STARTTLS", format!("220 go\r\n{injected}"))].into();
        let script = Script { start_tls: Some(tls), answers, ..Script::default() };
        let (outcome, seen) = run(script, Security::StartTls, Some(&root)).await;
        // Seen before the encryption begins, or by the encryption itself.
        is_not_private(outcome, &seen, "");
    }
}

#[tokio::test]
async fn what_was_offered_before_the_encryption_does_not_count() {
    let (root, tls) = certified("localhost");
    let answers = [("EHLO", "250-here\r\n250-AUTH XOAUTH2\r\n250 STARTTLS\r\n".to_owned())].into();
    let script = Script { start_tls: Some(tls), answers, ..Script::default() };
    // The script says the same after it: no way to sign in by a password either.
    let (outcome, seen) = run(script, Security::StartTls, Some(&root)).await;
    let refusal = Refusal { at: Step::SignIn, why: Why::NoWayToSignIn };
    assert_eq!(outcome, Outcome::Refused(refusal));
    assert!(seen.encrypted && seen.taken.is_empty());
}

#[tokio::test]
async fn certificates_of_others() {
    let (root, _tls) = certified("localhost");
    let (other_root, other) = certified("mail.lindner.example");
    for security in [Security::Tls, Security::StartTls] {
        // Of another name; of an authority that nobody trusts; of no trusted authority at all.
        for (trusted, words) in [
            (Some(&other_root), "not valid for name"),
            // Both authorities have the same name, so the signature is what tells them apart.
            (Some(&root), "invalid peer certificate"),
            (None, "UnknownIssuer"),
        ] {
            let script = match security {
                Security::Tls => Script { tls: Some(other.clone()), ..Script::default() },
                _ => Script { start_tls: Some(other.clone()), ..Script::default() },
            };
            let (outcome, seen) = run(script, security, trusted.map(String::as_str)).await;
            is_not_private(outcome, &seen, words);
        }
    }
}

#[tokio::test]
async fn no_encryption_where_it_was_promised() {
    // A plain server on the port of an encrypted one.
    let (outcome, seen) = run(Script::default(), Security::Tls, None).await;
    is_not_private(outcome, &seen, "");
}

#[tokio::test]
async fn breaks_under_encryption() {
    let (root, tls) = certified("localhost");
    let whole = Script { tls: Some(tls.clone()), ..Script::default() };
    let (_outcome, whole) = run(whole, Security::Tls, Some(&root)).await;
    let content_at = whole.bytes_before_content.unwrap();
    for breaks_after in (0..=whole.bytes).step_by(11) {
        let script = Script {
            tls: Some(tls.clone()),
            breaks_after: Some(breaks_after),
            ..Script::default()
        };
        let (outcome, seen) = run(script, Security::Tls, Some(&root)).await;
        match outcome {
            Outcome::Accepted { .. } => assert!(seen.said_yes, "{breaks_after}"),
            Outcome::Refused(_) => assert!(seen.taken.is_empty(), "{breaks_after}"),
            Outcome::Unknown { .. } => assert!(breaks_after >= content_at, "{breaks_after}"),
        }
    }
}
