//! Signing in by a code on another device.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use inroad_connect::net::http::Http;
use inroad_connect::oauth::{Code, Tokens, Wait};
use inroad_connect::{Error, oauth::Authority};
use jiff::{SignedDuration, Timestamp};

use crate::authority::StandIn;

const CODE: &str = "{\"device_code\": \"dev-secret\", \"user_code\": \"WDJB-MJHT\", \
    \"verification_uri\": \"https://id.example/device\", \
    \"verification_uri_complete\": \"https://id.example/device?user_code=WDJB-MJHT\", \
    \"expires_in\": 60, \"interval\": 5}";
const PENDING: (u16, &str) = (400, "{\"error\": \"authorization_pending\"}");
const SLOW: (u16, &str) = (400, "{\"error\": \"slow_down\"}");
const YES: (u16, &str) = (200, "{\"access_token\": \"at\", \"refresh_token\": \"rt\"}");

fn code(server: &StandIn) -> Result<Code, Error> {
    Code::new(&StandIn::client(), &server.authority(), &["mail".to_owned()], &Http)
}

/// What comes of these answers, and how long was waited before each question, in seconds.
fn check(answers: &[(u16, &str)]) -> (Result<Tokens, Error>, Vec<u64>) {
    let mut says = vec![(200, CODE)];
    says.extend(answers);
    let server = StandIn::start().says(&says);
    let code = code(&server).unwrap();
    let start: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    let (passed, pauses) = (Cell::new(0), RefCell::new(Vec::new()));
    let moment = || start + SignedDuration::from_secs(passed.get());
    let mut pause = |pause: Duration| {
        passed.set(passed.get() + i64::try_from(pause.as_secs()).unwrap());
        pauses.borrow_mut().push(pause.as_secs());
        if pauses.borrow().len() > 30 { Wait::Stop } else { Wait::GoOn }
    };
    let tokens = code.wait(&StandIn::client(), &server.authority(), &Http, &moment, &mut pause);
    for (path, fields) in &server.asked()[1..] {
        assert_eq!(path, "/token");
        assert_eq!(fields["device_code"], "dev-secret");
        assert_eq!(fields["grant_type"], "urn:ietf:params:oauth:grant-type:device_code");
    }
    (tokens, pauses.into_inner())
}

#[test]
fn what_a_person_sees() {
    let server = StandIn::start().says(&[(200, CODE)]);
    let code = code(&server).unwrap();
    assert_eq!(code.user_code, "WDJB-MJHT");
    assert_eq!(code.page.as_str(), "https://id.example/device");
    assert!(code.page_with_code.is_some());
    assert_eq!(code.lasts, Duration::from_mins(1));
    assert!(!format!("{code:?}").contains("dev-secret"));
    assert_eq!(server.asked()[0].1["scope"], "mail");
}

#[test]
fn a_person_who_takes_a_while() {
    let (tokens, pauses) = check(&[PENDING, PENDING, YES]);
    assert_eq!(tokens.unwrap().access.reveal(), "at");
    assert_eq!(pauses, [5, 5, 5]);
}

#[test]
fn slower_stays_slower() {
    let (tokens, pauses) = check(&[PENDING, SLOW, PENDING, SLOW, YES]);
    assert!(tokens.is_ok());
    assert_eq!(pauses, [5, 5, 10, 10, 15]);
}

#[test]
fn a_server_that_is_busy_is_asked_less_often() {
    let (tokens, pauses) =
        check(&[(503, ""), (400, "{\"error\": \"temporarily_unavailable\"}"), PENDING]);
    assert!(matches!(tokens, Err(Error::TooLate { .. })), "{tokens:?}");
    assert_eq!(pauses, [5, 10, 20, 20]);
}

#[test]
fn how_it_ends() {
    for (answer, expected) in [
        ((400, "{\"error\": \"access_denied\"}"), "declined"),
        ((400, "{\"error\": \"authorization_declined\"}"), "declined"),
        ((400, "{\"error\": \"expired_token\"}"), "in time"),
        ((400, "{\"error\": \"invalid_grant\"}"), "in time"),
        (
            (400, "{\"error\": \"invalid_client\", \"error_description\": \"dev-secret\"}"),
            "(invalid_client: (hidden))",
        ),
        ((200, "<html>"), "cannot be read"),
    ] {
        let (tokens, pauses) = check(&[PENDING, answer]);
        let error = tokens.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(error.needs_person(), "{error}");
        assert_eq!(pauses.len(), 2);
    }
}

#[test]
fn nobody_enters_it() {
    let (tokens, pauses) = check(&[PENDING; 20]);
    assert!(matches!(tokens, Err(Error::TooLate { .. })));
    assert_eq!(pauses.iter().sum::<u64>(), 60);
}

#[test]
fn a_person_stops() {
    let server = StandIn::start().says(&[(200, CODE)]);
    let code = code(&server).unwrap();
    let moment = || "2026-03-02T09:00:00Z".parse().unwrap();
    let stopped =
        code.wait(&StandIn::client(), &server.authority(), &Http, &moment, &mut |_| Wait::Stop);
    assert_eq!(stopped, Err(Error::Stopped));
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn what_is_no_code() {
    for (status, body, expected) in [
        (200, "{}", "no code"),
        (200, "<html>", "JSON"),
        (200, "{\"device_code\": \"d\", \"user_code\": \"u\"}", "no page"),
        (
            200,
            "{\"device_code\": \"d\", \"user_code\": \"u\", \"verification_uri\": \"http://id.example/\"}",
            "no page",
        ),
        (
            200,
            "{\"device_code\": \"d\", \"user_code\": \"\\u202eu\", \"verification_uri\": \"https://id.example/\"}",
            "no code",
        ),
        (400, "{\"error\": \"unauthorized_client\"}", "as a desktop app"),
    ] {
        let server = StandIn::start().says(&[(status, body)]);
        let error = code(&server).unwrap_err();
        assert!(error.to_string().contains(expected), "{body}: {error}");
    }
    let other = CODE.replace("https://id.example/device?", "https://evil.example/device?");
    let server = StandIn::start().says(&[(200, &other)]);
    assert_eq!(code(&server).unwrap().page_with_code, None);
    let server = StandIn::start();
    let none = Authority { device: None, ..server.authority() };
    let none = Code::new(&StandIn::client(), &none, &[], &Http);
    assert!(matches!(none, Err(Error::NoCodes { .. })));
}
