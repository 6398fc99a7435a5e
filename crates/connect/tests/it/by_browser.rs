//! Signing in in a browser, which here is a connection to the door.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use inroad_connect::net::http::Http;
use inroad_connect::oauth::{Begun, Brought, Door};
use inroad_connect::providers::RedirectHost;
use inroad_connect::{Address, Error};
use jiff::Timestamp;

use crate::authority::StandIn;

const PATIENCE: Duration = Duration::from_secs(20);

fn now() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn begin(server: &StandIn, door: &Door) -> Begun {
    let address = Address::new("jana@lindner.example").unwrap();
    let scopes = ["mail".to_owned(), "calendar".to_owned()];
    let redirect = door.redirect();
    let authority = server.authority();
    Begun::new(&StandIn::client(), &authority, &scopes, &redirect, Some(&address)).unwrap()
}

/// What a browser asks, by its raw head; the page that comes.
fn visit(door: &str, head: &str) -> String {
    let mut stream = TcpStream::connect(door.trim_start_matches("http://")).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut page = String::new();
    // A connection may be broken off when it is not the one that is waited for.
    drop(stream.read_to_string(&mut page));
    page
}

fn get(door: &str, target: &str) -> String {
    let host = door.trim_start_matches("http://");
    visit(door, &format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n"))
}

/// Begins, lets a browser do something, and waits.
fn waited(
    server: &StandIn,
    browser: impl FnOnce(&str, &str) -> Vec<String> + Send,
) -> (Result<Brought, Error>, Vec<String>, Begun) {
    let door = Door::open(RedirectHost::Number).unwrap();
    let begun = begin(server, &door);
    let (place, url) = (door.redirect(), begun.url().to_owned());
    std::thread::scope(|scope| {
        let pages = scope.spawn(move || browser(&place, &url));
        let brought = door.wait(&begun, PATIENCE, &|| true);
        (brought, pages.join().unwrap(), begun)
    })
}

#[test]
fn a_whole_sign_in() {
    let server = StandIn::start();
    let (brought, pages, begun) = waited(&server, |door, url| {
        let (code, asked) = server.agree(url);
        assert_eq!(asked["scope"], "mail calendar");
        assert_eq!(asked["login_hint"], "jana@lindner.example");
        assert_eq!(asked["prompt"], "consent");
        assert_eq!(asked["redirect_uri"], door);
        let state = &asked["state"];
        let icon = get(door, "/favicon.ico");
        let none = get(door, "/");
        let page = get(door, &format!("/?state={state}&code={code}&iss=https%3A%2F%2Fid.example"));
        vec![icon, none, page]
    });
    assert!(pages[0].starts_with("HTTP/1.1 404") && pages[1].starts_with("HTTP/1.1 404"));
    assert!(pages[2].contains("You may close this window"), "{}", pages[2]);
    assert!(pages[2].contains("default-src 'none'") && !pages[2].contains("code-1"));
    let brought = brought.unwrap();
    let tokens = begun.exchange(&brought, &Http, now()).unwrap();
    assert_eq!(tokens.access.reveal(), "access-2");
    assert_eq!(tokens.refresh.as_ref().unwrap().reveal(), "refresh-2");
    assert_eq!(tokens.ends.unwrap().to_string(), "2026-03-02T10:00:00Z");
    assert!(!format!("{tokens:?} {brought:?}").contains("access-2"));
}

#[test]
fn a_code_counts_once_and_only_with_its_proof() {
    let server = StandIn::start();
    let mut code = String::new();
    let used = &mut code;
    let (brought, _, begun) = waited(&server, |door, url| {
        let (code, asked) = server.agree(url);
        used.clone_from(&code);
        vec![get(door, &format!("/?state={}&code={code}", asked["state"]))]
    });
    begun.exchange(&brought.unwrap(), &Http, now()).unwrap();

    // The same code again, in a sign-in of its own.
    let (brought, _, begun) = waited(&server, |door, url| {
        let (_, asked) = server.agree(url);
        vec![get(door, &format!("/?state={}&code={code}", asked["state"]))]
    });
    let twice = begun.exchange(&brought.unwrap(), &Http, now()).unwrap_err();
    assert_eq!(twice, Error::SignInAgain { host: "127.0.0.1".to_owned() });

    // A code that was given to somebody else, whose proof is another.
    let door = Door::open(RedirectHost::Number).unwrap();
    let (stolen, _) = server.agree(begin(&server, &door).url());
    let (brought, _, begun) = waited(&server, |door, url| {
        let (_, asked) = server.agree(url);
        vec![get(door, &format!("/?state={}&code={stolen}", asked["state"]))]
    });
    let stolen = begun.exchange(&brought.unwrap(), &Http, now()).unwrap_err();
    assert!(matches!(stolen, Error::SignInAgain { .. }));
}

#[test]
fn what_is_not_ours() {
    for query in [
        "state=guessed&code=c",
        "code=c",
        "state=guessed&error=access_denied",
        "state=STATE&code=c&iss=https%3A%2F%2Fevil.example",
    ] {
        let server = StandIn::start();
        let (brought, pages, _) = waited(&server, |door, url| {
            let (_, asked) = server.agree(url);
            vec![get(door, &format!("/?{}", query.replace("STATE", &asked["state"])))]
        });
        assert_eq!(brought, Err(Error::NotOurs), "{query}");
        assert!(pages[0].contains("does not belong to the sign-in"), "{}", pages[0]);
    }
}

#[test]
fn a_person_who_says_no() {
    let server = StandIn::start();
    let (brought, pages, _) = waited(&server, |door, url| {
        let (_, asked) = server.agree(url);
        vec![get(door, &format!("/?state={}&error=access_denied", asked["state"]))]
    });
    let declined = brought.unwrap_err();
    assert!(matches!(declined, Error::Declined { .. }) && declined.needs_person());
    assert!(pages[0].contains("No access was given"));
}

#[test]
fn only_this_door_is_answered() {
    let server = StandIn::start();
    let (brought, pages, _) = waited(&server, |door, url| {
        let (code, asked) = server.agree(url);
        let answer = format!("/?state={}&code={code}", asked["state"]);
        let by = |head: String| visit(door, &head);
        let pages = vec![
            by(format!("GET {answer} HTTP/1.1\r\nHost: evil.example\r\n\r\n")),
            by(format!("GET {answer} HTTP/1.1\r\n\r\n")),
            by(format!(
                "POST {answer} HTTP/1.1\r\nHost: {}\r\n\r\n",
                door.trim_start_matches("http://")
            )),
            by(format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(40_000))),
            by("\r\n\r\n".to_owned()),
            get(door, &answer),
        ];
        pages
    });
    assert!(brought.is_ok());
    for page in &pages[..5] {
        assert!(page.is_empty() || page.starts_with("HTTP/1.1 404"), "{page}");
    }
}

#[test]
fn somebody_who_says_nothing_keeps_nobody_waiting() {
    let server = StandIn::start();
    let start = std::time::Instant::now();
    let (brought, ..) = waited(&server, |door, url| {
        let silent = TcpStream::connect(door.trim_start_matches("http://")).unwrap();
        let (code, asked) = server.agree(url);
        let page = get(door, &format!("/?state={}&code={code}", asked["state"]));
        drop(silent);
        vec![page]
    });
    assert!(brought.is_ok());
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn waiting_ends() {
    let server = StandIn::start();
    let door = Door::open(RedirectHost::Name).unwrap();
    assert!(door.redirect().starts_with("http://localhost:"));
    let begun = begin(&server, &door);
    let nobody = door.wait(&begun, Duration::from_millis(60), &|| true);
    assert_eq!(nobody, Err(Error::NobodyCame { minutes: 1 }));
    let door = Door::open(RedirectHost::Number).unwrap();
    assert_eq!(door.wait(&begun, PATIENCE, &|| false), Err(Error::Stopped));
}

#[test]
fn what_the_server_says_instead_of_tokens() {
    for (status, body, may_pass, expected) in [
        (
            400,
            "{\"error\": \"invalid_client\", \"error_description\": \"PROOF\"}",
            false,
            "check the client id",
        ),
        (400, "{\"error\": \"temporarily_unavailable\"}", true, "is busy"),
        (503, "<html>", true, "is busy"),
        (429, "", true, "is busy"),
        (200, "<html>", false, "not the JSON"),
        (200, "{}", false, "neither a token"),
        (200, "{\"access_token\": \"a b\"}", false, "signs that no token has"),
        (400, "{\"access_token\": \"a\"}", false, "says that it does not"),
        (302, "", false, "sends elsewhere"),
    ] {
        let server = StandIn::start();
        let (brought, _, begun) = waited(&server, |door, url| {
            let (code, asked) = server.agree(url);
            vec![get(door, &format!("/?state={}&code={code}", asked["state"]))]
        });
        let server = server.says(&[(status, body)]);
        let error = begun.exchange(&brought.unwrap(), &Http, now()).unwrap_err();
        assert!(error.to_string().contains(expected), "{status} {body}: {error}");
        assert_eq!(error.may_pass(), may_pass, "{error}");
        assert_eq!(server.asked().len(), 1);
    }
}

#[test]
fn errors_repeat_no_secret() {
    let server = StandIn::start();
    let (brought, _, begun) = waited(&server, |door, url| {
        let (code, asked) = server.agree(url);
        vec![get(door, &format!("/?state={}&code={code}", asked["state"]))]
    });
    let body = "{\"error\": \"invalid_request\", \"error_description\": \"code-1 is malformed\"}";
    let _server = server.says(&[(400, body)]);
    let error = begun.exchange(&brought.unwrap(), &Http, now()).unwrap_err();
    assert!(error.to_string().contains("(hidden) is malformed"), "{error}");
    assert!(!format!("{error:?}").contains("code-1"));
}
