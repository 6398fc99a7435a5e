//! The way to the server: encryption from the first byte, by STARTTLS, and what may not be.

use std::sync::Arc;
use std::time::Duration;

use inroad_imap::{Endpoint, Error, Kind, Limits, Security, Trust, connect};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::reading::anna;
use crate::server::{Fault, Mailbox, serve};

/// An authority of this test run, and a certificate that it signed.
struct Signed {
    authority: Vec<u8>,
    acceptor: TlsAcceptor,
}

/// A certificate for these names that runs out in that year.
fn signed(names: &[&str], year: i32) -> Signed {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.not_before = rcgen::date_time_ymd(2001, 1, 1);
    params.not_after = rcgen::date_time_ymd(year, 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    Signed { authority: authority.der().to_vec(), acceptor: TlsAcceptor::from(Arc::new(config)) }
}

/// How a server behaves on a new connection.
#[derive(Clone, Copy)]
enum Manner {
    /// Encrypted from the first byte.
    Tls,
    /// This greeting in the open, then this answer to STARTTLS, then encryption.
    Open(&'static str, &'static str),
    /// Never a word.
    Silent,
}

async fn behave(mut stream: TcpStream, manner: Manner, acceptor: TlsAcceptor) {
    let mailbox = Mailbox::default();
    let handler = move |tag: &str, command: &str| mailbox.answer(tag, command);
    match manner {
        Manner::Tls => {
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream, Mailbox::default().greeting(), Fault::None, handler).await;
            }
        }
        Manner::Open(greeting, answer) => {
            stream.write_all(greeting.as_bytes()).await.unwrap();
            let mut line = Vec::new();
            while !line.ends_with(b"STARTTLS\r\n") {
                let mut byte = [0];
                if stream.read(&mut byte).await.unwrap_or(0) == 0 {
                    return;
                }
                line.push(byte[0]);
                if line.ends_with(b"CAPABILITY\r\n") {
                    let tag = String::from_utf8_lossy(&line).split(' ').next().unwrap().to_owned();
                    let offer = format!("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK Done\r\n");
                    stream.write_all(offer.as_bytes()).await.unwrap();
                    line.clear();
                }
            }
            let tag = String::from_utf8_lossy(&line).split(' ').next().unwrap().to_owned();
            stream.write_all(answer.replace("{tag}", &tag).as_bytes()).await.unwrap();
            if let Ok(stream) = acceptor.accept(stream).await {
                // Behind encryption there is no second greeting.
                serve(stream, Vec::new(), Fault::None, handler).await;
            }
        }
        Manner::Silent => tokio::time::sleep(Duration::from_mins(1)).await,
    }
}

/// Connects to such a server, signs in and lists its folders.
async fn try_out(
    manner: Manner,
    security: Security,
    signed: &Signed,
    besides: &[Vec<u8>],
) -> Result<usize, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = signed.acceptor.clone();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        behave(stream, manner, acceptor).await;
    });
    let endpoint = Endpoint { host: "127.0.0.1".to_owned(), port, security };
    let limits = Limits {
        connect: Duration::from_secs(2),
        silence: Duration::from_secs(2),
        ..Limits::default()
    };
    let mut session = connect(&endpoint, &Trust::new(besides)?, limits).await?;
    session.sign_in(&anna()).await?;
    Ok(session.folders().await?.len())
}

const HERE: &[&str] = &["127.0.0.1", "localhost"];
const OFFER: &str = "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hello\r\n";

async fn check(
    manner: Manner,
    security: Security,
    signed: &Signed,
    besides: &[Vec<u8>],
    expected: Result<usize, &[Kind]>,
) {
    match (try_out(manner, security, signed, besides).await, expected) {
        (Ok(count), Ok(expected)) => assert_eq!(count, expected),
        (Err(error), Err(kinds)) => assert!(kinds.contains(&error.kind), "{error:?}"),
        (other, _) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn encrypted_from_the_first_byte() {
    let good = signed(HERE, 2090);
    let authority = vec![good.authority.clone()];
    check(Manner::Tls, Security::Tls, &good, &authority, Ok(4)).await;
    // Signed by nobody we know; for another host; out of date.
    check(Manner::Tls, Security::Tls, &good, &[], Err(&[Kind::Certificate])).await;
    for bad in [signed(&["imap.lindner.example"], 2090), signed(HERE, 2020)] {
        let authority = vec![bad.authority.clone()];
        check(Manner::Tls, Security::Tls, &bad, &authority, Err(&[Kind::Certificate])).await;
    }
    // No encryption at all, and never a word.
    let open = Manner::Open(OFFER, "");
    check(open, Security::Tls, &good, &authority, Err(&[Kind::Encryption])).await;
    check(Manner::Silent, Security::Tls, &good, &authority, Err(&[Kind::TimedOut])).await;
}

#[tokio::test]
async fn encrypted_by_a_command() {
    let good = signed(HERE, 2090);
    let authority = vec![good.authority.clone()];
    let agreed = "{tag} OK Begin\r\n";
    let with = |greeting, answer| Manner::Open(greeting, answer);
    // What was offered in the open (no LOGIN) does not count behind encryption.
    check(with(OFFER, agreed), Security::StartTls, &good, &authority, Ok(4)).await;
    check(with(OFFER, agreed), Security::StartTls, &good, &[], Err(&[Kind::Certificate])).await;
    for (greeting, answer, kinds) in [
        // Somebody took the offer out.
        ("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n", agreed, &[Kind::NoEncryption][..]),
        ("* OK hello\r\n", agreed, &[Kind::NoEncryption]),
        (OFFER, "{tag} NO Not now\r\n", &[Kind::NoEncryption]),
        (OFFER, "{tag} BAD What?\r\n", &[Kind::NoEncryption]),
        // Somebody claims that we are signed in.
        ("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n", agreed, &[Kind::Encryption]),
        // Somebody slipped something in, to be taken for the server's word behind encryption.
        (
            OFFER,
            "{tag} OK Begin\r\n* CAPABILITY IMAP4rev1\r\ni2 OK Done\r\n",
            &[Kind::Protocol, Kind::Encryption],
        ),
        (OFFER, "{tag} OK Begin\r\n* BYE", &[Kind::Protocol, Kind::Encryption]),
        (OFFER, "* BYE No\r\n", &[Kind::Bye]),
    ] {
        check(with(greeting, answer), Security::StartTls, &good, &authority, Err(kinds)).await;
    }
}

#[tokio::test]
async fn in_the_open_only_here() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let trust = Trust::new(&[]).unwrap();
    let endpoint = |host: &str| Endpoint { host: host.to_owned(), port, security: Security::Plain };
    let refused = connect(&endpoint("imap.lindner.example"), &trust, Limits::default()).await;
    assert_eq!(refused.unwrap_err().kind, Kind::PlainToOthers);
    let nobody = connect(&endpoint("127.0.0.1"), &trust, Limits::default()).await;
    assert_eq!(nobody.unwrap_err().kind, Kind::Unreachable);
}
