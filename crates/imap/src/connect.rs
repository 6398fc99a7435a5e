//! The way to another machine: the only file of this crate that opens a connection.
//!
//! Must not: connect anywhere but to the endpoint it is given, speak without encryption to another
//! machine, or believe anything that was said before encryption.

use std::net::SocketAddr;

use inroad_reach::{REFUSED, Reach};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, CertificateError};

use crate::{Endpoint, Error, Kind, Limits, Security, Session, Step, Trust};

/// A connection, encrypted or to this very machine.
pub trait Link: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Link for T {}

/// Connects to a server, agrees on encryption, and hears its greeting. Nobody is signed in then.
pub async fn connect(
    endpoint: &Endpoint,
    trust: &Trust,
    limits: Limits,
) -> Result<Session<Box<dyn Link>>, Error> {
    connect_within(Reach::Anywhere, endpoint, trust, limits).await
}

/// The same, if the server lies where it may be reached.
pub async fn connect_within(
    reach: Reach,
    endpoint: &Endpoint,
    trust: &Trust,
    limits: Limits,
) -> Result<Session<Box<dyn Link>>, Error> {
    endpoint.check()?;
    let stream = timeout(limits.connect, open(endpoint, reach))
        .await
        .map_err(|_why| Error::new(Kind::TimedOut, Step::Connect))??;
    match endpoint.security {
        Security::Plain => {
            let stream: Box<dyn Link> = Box::new(stream);
            Session::greet(stream, limits).await
        }
        Security::Tls => {
            let stream = encrypt(stream, endpoint, trust, &limits).await?;
            Session::greet(stream, limits).await
        }
        Security::StartTls => {
            let stream = ask_for_encryption(stream, &limits).await?;
            let stream = encrypt(stream, endpoint, trust, &limits).await?;
            // The greeting was in the open, and is forgotten with what it offered.
            Ok(Session::behind_greeting(stream, limits))
        }
    }
}

async fn open(endpoint: &Endpoint, reach: Reach) -> Result<TcpStream, Error> {
    let unreachable = |error: std::io::Error| {
        Error::new(Kind::Unreachable, Step::Connect).saying(&error.to_string())
    };
    let host = endpoint.host.trim().trim_matches(['[', ']']);
    let found = lookup_host((host, endpoint.port)).await.map_err(unreachable)?;
    // The very addresses that were looked at: a name may lead elsewhere a moment later.
    let found: Vec<SocketAddr> = found.filter(|address| reach.allows(address.ip())).collect();
    if found.is_empty() {
        return Err(Error::new(Kind::Unreachable, Step::Connect).saying(REFUSED));
    }
    let stream = TcpStream::connect(found.as_slice()).await.map_err(unreachable)?;
    // A name of this machine may have been given to another.
    let is_here = stream.peer_addr().map_err(unreachable)?.ip().is_loopback();
    if endpoint.security == Security::Plain && !is_here {
        return Err(Error::new(Kind::PlainToOthers, Step::Connect));
    }
    stream.set_nodelay(true).map_err(unreachable)?;
    Ok(stream)
}

/// The talk in the open, up to the line in which encryption is agreed on and not a byte further:
/// anybody could have sent it.
async fn ask_for_encryption(stream: TcpStream, limits: &Limits) -> Result<TcpStream, Error> {
    let mut session = Session::greet(stream, limits.clone()).await?;
    if session.is_signed_in() {
        // Nothing may be asked of a server that claims to know us, not even encryption.
        return Err(Error::new(Kind::Encryption, Step::Encrypt));
    }
    session.ask_offer().await?;
    if !session.offered().has("STARTTLS") {
        return Err(Error::new(Kind::NoEncryption, Step::Encrypt));
    }
    session.start_tls().await.map_err(|error| match error.kind {
        Kind::Refused | Kind::NotAllowed => Error { kind: Kind::NoEncryption, ..error },
        _ => error,
    })?;
    // A server is silent until encryption begins. What stands there was slipped in by somebody.
    session.into_silent_stream().ok_or_else(|| Error::new(Kind::Protocol, Step::Encrypt))
}

async fn encrypt(
    stream: TcpStream,
    endpoint: &Endpoint,
    trust: &Trust,
    limits: &Limits,
) -> Result<Box<dyn Link>, Error> {
    let host = endpoint.host.trim().trim_matches(['[', ']']);
    let name = ServerName::try_from(host.to_owned())
        .map_err(|error| Error::new(Kind::Certificate, Step::Encrypt).saying(&error.to_string()))?;
    let handshake = TlsConnector::from(trust.config()).connect(name, stream);
    let stream = timeout(limits.connect, handshake)
        .await
        .map_err(|_why| Error::new(Kind::TimedOut, Step::Encrypt))?
        .map_err(|error| not_encrypted(&error))?;
    Ok(Box::new(stream))
}

fn not_encrypted(error: &std::io::Error) -> Error {
    let kind = match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(CertificateError::BadSignature)) => Kind::Encryption,
        Some(rustls::Error::InvalidCertificate(_)) => Kind::Certificate,
        Some(_) => Kind::Encryption,
        None => Kind::Closed,
    };
    Error::new(kind, Step::Encrypt).saying(&error.to_string())
}
