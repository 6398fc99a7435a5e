//! Nobody within the network is reached, whatever name leads there; this machine by a setting alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use inroad_webhook::{NotTold, Reach, Secret, Target, Told, send};

/// A server on this machine that answers once and tells what it was sent.
fn server(answer: &'static str) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, heard) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            connection.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
            let mut text = Vec::new();
            let mut part = [0; 4096];
            while let Ok(read) = connection.read(&mut part) {
                text.extend_from_slice(part.get(..read).unwrap());
                if read == 0 || text.ends_with(b"}") {
                    break;
                }
            }
            let _gone = tell.send(String::from_utf8_lossy(&text).into_owned());
            let _closed = connection.write_all(answer.as_bytes());
        }
    });
    (port, heard)
}

const TOLD: Told<'_> = Told { id: "deed-1", second: 1_772_000_000, text: "{\"type\":\"x\"}" };

fn tell(address: &str, reach: Reach) -> Result<u16, NotTold> {
    // What may be named is one guard, and what may be reached another: this one stands alone here.
    let target = Target::new(address, reach).unwrap();
    send(&target, &Secret::of([7; 32]), TOLD, reach)
}

#[test]
fn a_name_that_leads_to_this_machine_leads_nowhere() {
    let (port, heard) = server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let refused = tell(&format!("https://localhost:{port}/"), Reach::Public);
    assert_eq!(refused, Err(NotTold::NotPublic));
    assert!(heard.recv_timeout(Duration::from_millis(300)).is_err(), "a connection was opened");
    // Without the guard it would have been reached.
    let reached = tell(&format!("https://localhost:{port}/"), Reach::ThisMachineToo);
    assert!(matches!(reached, Err(NotTold::NoAnswer(_))), "{reached:?}");
    assert!(heard.recv_timeout(Duration::from_secs(5)).is_ok());
}

#[test]
fn what_is_told_is_signed() {
    let (port, heard) = server("HTTP/1.1 204 No Content\r\n\r\n");
    let address = format!("http://127.0.0.1:{port}/hook?a=b");
    assert_eq!(tell(&address, Reach::ThisMachineToo), Ok(204));
    let text = heard.recv_timeout(Duration::from_secs(5)).unwrap();
    assert!(text.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{text}");
    let lower = text.to_lowercase();
    for line in
        ["webhook-id: deed-1\r\n", "webhook-timestamp: 1772000000\r\n", "webhook-signature: v1,"]
    {
        assert!(lower.contains(line), "{line}: {text}");
    }
}

#[test]
fn a_redirect_is_not_followed_and_a_fault_is_told() {
    let (elsewhere, heard) = server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let to = format!(
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{elsewhere}/\r\nContent-Length: 0\r\n\r\n"
    );
    let (port, _own) = server(Box::leak(to.into_boxed_str()));
    let address = format!("http://127.0.0.1:{port}/");
    assert_eq!(tell(&address, Reach::ThisMachineToo), Err(NotTold::Status(302)));
    assert!(heard.recv_timeout(Duration::from_millis(300)).is_err(), "it was followed");
    let (port, _own) = server("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    let address = format!("http://127.0.0.1:{port}/");
    assert_eq!(tell(&address, Reach::ThisMachineToo), Err(NotTold::Status(503)));
    // Nobody listens on a port that was just given back.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("http://127.0.0.1:{free}/");
    assert!(matches!(tell(&address, Reach::ThisMachineToo), Err(NotTold::NoAnswer(_))));
}
