//! Whoever was named is asked, and whom they name is asked in the public network alone.

#![cfg(feature = "http")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use inroad_reach::{Named, Reach, is_refused};
use ureq::config::Config;

/// A server on this machine that answers everybody.
fn server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut head = [0; 4096];
            let _read = connection.read(&mut head);
            let _gone =
                connection.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        }
    });
    port
}

/// Whether somebody at that address is asked, and not because nobody is there.
fn asks(named: Named, address: &str) -> bool {
    let config = Config::builder().timeout_global(Some(Duration::from_secs(3))).build();
    match named.agent(config).get(address).call() {
        Ok(_) => true,
        Err(error) => {
            assert!(is_refused(&error), "{address}: {error}");
            false
        }
    }
}

#[test]
fn nobody_within_this_network_is_asked_for_somebody_elsewhere() {
    let port = server();
    for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1"] {
        let there = format!("http://{host}:{port}/");
        assert!(!asks(Named::nobody(Reach::Public), &there), "{there}");
    }
    // Without the guard they would have been asked.
    assert!(asks(Named::nobody(Reach::Anywhere), &format!("http://localhost:{port}/")));
    assert!(asks(Named::nobody(Reach::ThisMachineToo), &format!("http://127.0.0.1:{port}/")));
}

#[test]
fn whoever_was_named_is_asked_wherever_they_lie_and_names_neighbours_alone() {
    let port = server();
    let (here, same) = (format!("http://127.0.0.1:{port}/"), format!("http://LOCALHOST:{port}/"));
    assert!(asks(Named::servers([here.as_str()]), &here));
    assert!(asks(Named::servers(["http://localhost:1/"]), &same));
    // One on this machine names another one on it.
    assert!(asks(Named::servers(["http://localhost:1/"]), &here));
    // One of the public network names none within this one.
    assert!(!asks(Named::servers(["https://8.8.8.8/"]), &here));
    assert!(!asks(Named::servers(["no address"]), &here));
}
