//! Servers that are no provider, or none that is believed: nobody waits for them, nothing is followed.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use inroad_openid::{Client, Error, Issuer, authorization_address};

/// A server that gives one answer to everything, and what it was asked.
fn answers(answer: impl Fn(&str) -> String + Send + 'static) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (here, noted) = (address.clone(), Arc::clone(&asked));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream: TcpStream = stream.unwrap();
            let mut line = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            reader.read_line(&mut line).unwrap();
            noted.lock().unwrap().push(line.trim().to_owned());
            // Whoever asks may be gone already.
            let _gone = stream.write_all(answer(&here).as_bytes());
            let _rest = reader.take(1 << 20).read_to_end(&mut Vec::new());
        }
    });
    (address, asked)
}

fn ok(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

/// What a provider says of itself, with some of it in another way.
fn description(issuer: &str, more: &str) -> String {
    format!(
        "{{\"issuer\":\"{issuer}\",\"jwks_uri\":\"{issuer}/keys\",\"response_types_supported\":[\"code\"],\
         \"subject_types_supported\":[\"public\"],\"id_token_signing_alg_values_supported\":[\"ES256\"],\
         \"keys\":[]{more}}}"
    )
}

fn asked_of(issuer: &str) -> Result<String, Error> {
    let client =
        Client { issuer: Issuer::new(issuer).unwrap(), id: "inroad".to_owned(), secret: None };
    authorization_address(&client, "https://inroad.test.example/sign-in/back", "s", "b")
}

#[test]
fn what_is_no_provider_is_not_used() {
    type Answer = fn(&str) -> String;
    let cases: [(&str, Answer, &str); 7] = [
        (
            "a redirect",
            |_| {
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()
            },
            "does not answer (status 302)",
        ),
        ("no JSON", |_| ok("<html>"), "its description cannot be read"),
        ("too much", |_| ok(&"x".repeat(300 * 1024)), "does not answer"),
        (
            "another name",
            |_| {
                ok(&description(
                    "https://other.example",
                    ",\"authorization_endpoint\":\"https://other.example/a\"",
                ))
            },
            "it calls itself otherwise",
        ),
        (
            "no tokens",
            |here| ok(&description(here, &format!(",\"authorization_endpoint\":\"{here}/a\""))),
            "it says nowhere who came",
        ),
        (
            "in the open",
            |here| ok(&description(here, ",\"authorization_endpoint\":\"http://firm.example/a\"")),
            "it sends browsers where nothing is encrypted",
        ),
        (
            "keys in the open",
            |here| {
                ok(&description(here, ",\"authorization_endpoint\":\"https://firm.example/a\"")
                    .replace(&format!("{here}/keys"), "http://firm.example/keys"))
            },
            "it names an address that is not encrypted",
        ),
    ];
    for (what, answer, expected) in cases {
        let (address, asked) = answers(answer);
        let why = asked_of(&address).unwrap_err().to_string();
        assert!(why.contains(expected), "{what}: {why}");
        let asked = asked.lock().unwrap();
        assert!(asked[0].starts_with("GET /.well-known/openid-configuration "), "{asked:?}");
        assert!(asked.len() <= 2, "nothing is tried again: {asked:?}");
    }
}

#[test]
fn who_is_not_there_is_not_waited_for() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let why = asked_of(&format!("http://{gone}")).unwrap_err();
    assert!(matches!(why, Error::Unreached { .. }), "{why}");
}
