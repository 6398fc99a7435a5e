//! Where a server lies is looked at before anybody is connected to.

use std::net::TcpListener;

use inroad_imap::{Endpoint, Kind, Limits, Security, Trust, connect_within};
use inroad_reach::Reach;

#[tokio::test]
async fn a_server_within_this_network_is_not_reached_for_somebody_elsewhere() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let trust = Trust::new(&[]).unwrap();
    let limits = Limits { connect: std::time::Duration::from_secs(2), ..Limits::default() };
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1"] {
        let endpoint = Endpoint { host: host.to_owned(), port, security: Security::Tls };
        let found = connect_within(Reach::Public, &endpoint, &trust, limits.clone()).await;
        let error = found.unwrap_err();
        assert_eq!(error.kind, Kind::Unreachable, "{host}");
        let said = error.said.unwrap_or_default();
        assert!(said.contains("a network of its own"), "{host}: {said}");
    }
    assert!(listener.accept().is_err(), "a connection was opened");
    // Without the guard it would have been reached.
    let endpoint = Endpoint { host: "localhost".to_owned(), port, security: Security::Tls };
    let _no_server = connect_within(Reach::Anywhere, &endpoint, &trust, limits).await;
    assert!(listener.accept().is_ok());
}
