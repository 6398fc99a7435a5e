//! The real client for the web, against servers that are slow, large, or send elsewhere.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use inroad_connect::WebAddress;
use inroad_connect::net::http::{Http, HttpWithin};
use inroad_connect::net::{Answer, Bounds, Unreached, Web};
use inroad_reach::Reach;

const BOUNDS: Bounds = Bounds {
    connect: Duration::from_millis(500),
    whole: Duration::from_millis(700),
    bytes_max: 1_000,
};

/// A server that says this once and then nothing, and how often it was asked.
fn get(says: &'static str) -> Result<Answer, Unreached> {
    get_by(&Http, says)
}

fn get_by(web: &impl Web, says: &'static str) -> Result<Answer, Unreached> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/x", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 2_000];
            let _count = stream.read(&mut head).unwrap();
            drop(stream.write_all(says.as_bytes()));
            kept.push(stream);
        }
    });
    web.get(&WebAddress::new(&address).unwrap(), BOUNDS)
}

#[test]
fn an_answer() {
    let answer = get("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi").unwrap();
    assert_eq!((answer.status, &answer.body[..]), (200, &b"hi"[..]));
    let answer = get("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n").unwrap();
    assert_eq!(answer.status, 404);
}

#[test]
fn a_redirect_is_an_answer() {
    let moved = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    let answer = get(moved).unwrap();
    assert_eq!((answer.status, answer.location.as_deref()), (302, Some("http://127.0.0.1:1/")));
}

#[test]
fn bounds() {
    let start = Instant::now();
    assert_eq!(get("").unwrap_err(), Unreached::Slow);
    assert_eq!(get("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi").unwrap_err(), Unreached::Slow);
    assert!(start.elapsed() < Duration::from_secs(4));
    let large: &'static str = Box::leak(
        format!("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n{}", "x".repeat(2_000))
            .into_boxed_str(),
    );
    assert_eq!(get(large).unwrap_err(), Unreached::TooLarge);
    let closed = WebAddress::new("http://127.0.0.1:1/").unwrap();
    assert!(matches!(Http.get(&closed, BOUNDS), Err(Unreached::Failed(_))));
}

#[test]
fn for_somebody_elsewhere_nobody_within_this_network_is_asked() {
    let here = "HTTP/1.1 204 No Content\r\n\r\n";
    assert!(get_by(&HttpWithin(Reach::Anywhere), here).is_ok());
    let refused = get_by(&HttpWithin(Reach::Public), here).unwrap_err();
    let Unreached::Failed(why) = refused else { panic!("{refused:?}") };
    assert!(why.contains("a network of its own"), "{why}");
}
