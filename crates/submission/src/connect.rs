//! Reaching the server and making the connection private: the only file of this crate that opens a
//! connection.
//!
//! Must not: go on without encryption where it was asked for, or with a server whose certificate is
//! not one of the host that was named.

use std::net::SocketAddr;
use std::sync::Arc;

use inroad_reach::REFUSED;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::{Endpoint, Refusal, Security, Step, Why};

/// So many addresses of a server are tried.
const ADDRESSES_MAX: usize = 6;

/// Reaches the server, not yet encrypted.
pub(crate) async fn reach(endpoint: &Endpoint) -> Result<TcpStream, Refusal> {
    let refused = |what: String| Refusal { at: Step::Connection, why: Why::Unreachable(what) };
    let time = endpoint.patience().connection;
    let found = timeout(time, lookup_host((endpoint.host(), endpoint.port())))
        .await
        .map_err(|_late| refused(format!("{} was not found in time", endpoint.host())))?
        .map_err(|error| refused(format!("{}: {error}", endpoint.host())))?;
    let mut last = format!("{} has no address, or {REFUSED}", endpoint.host());
    for address in found.filter(|address| is_allowed(endpoint, *address)).take(ADDRESSES_MAX) {
        match timeout(time, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // A dialogue of short lines; without this each may wait for the last to be confirmed.
                let _hint = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => last = format!("{address}: {error}"),
            Err(_late) => last = format!("{address} does not answer"),
        }
    }
    Err(refused(last))
}

/// What is not encrypted stays on this machine, whatever a name is said to stand for, and nobody is reached beyond
/// where they may be.
fn is_allowed(endpoint: &Endpoint, address: SocketAddr) -> bool {
    endpoint.reach().allows(address.ip()) && is_private_enough(endpoint, address)
}

fn is_private_enough(endpoint: &Endpoint, address: SocketAddr) -> bool {
    endpoint.security() != Security::Plain || address.ip().is_loopback()
}

/// Encrypts a connection and makes sure of who is at its other end.
pub(crate) async fn encrypt(
    stream: TcpStream,
    endpoint: &Endpoint,
) -> Result<TlsStream<TcpStream>, Refusal> {
    let refused = |what: String| Refusal { at: Step::Encryption, why: Why::NotPrivate(what) };
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for root in endpoint.extra_roots() {
        roots
            .add(root.clone())
            .map_err(|error| refused(format!("A certificate to be trusted: {error}")))?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| refused(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(endpoint.host().to_owned())
        .map_err(|error| refused(error.to_string()))?;
    let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
    timeout(endpoint.patience().connection, connecting)
        .await
        .map_err(|_late| refused("The server took too long to encrypt".to_owned()))?
        .map_err(|error| refused(error.to_string()))
}
