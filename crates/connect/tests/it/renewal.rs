//! Renewing, with tokens that are given once.

use inroad_connect::net::http::Http;
use inroad_connect::oauth::{Client, Tokens, renew};
use inroad_connect::{Error, Token};
use jiff::Timestamp;

use crate::authority::StandIn;

fn now() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn token(text: &str) -> Token {
    Token::new(text.to_owned()).unwrap()
}

fn tokens(refresh: Option<&str>) -> Tokens {
    let scope = Some("mail".to_owned());
    Tokens { access: token("old"), refresh: refresh.map(token), ends: Some(now()), scope }
}

fn renewed(server: &StandIn, tokens: &Tokens) -> Result<Tokens, Error> {
    renew(&StandIn::client(), &server.authority(), tokens, &Http, now())
}

#[test]
fn each_counts_once() {
    let server = StandIn::start();
    let first = renewed(&server, &tokens(Some("refresh-0"))).unwrap();
    assert_eq!(first.access.reveal(), "access-1");
    assert_eq!(first.refresh.as_ref().unwrap().reveal(), "refresh-1");
    assert_eq!(first.scope.as_deref(), Some("mail"));
    assert!(!first.is_old(now()) && tokens(None).is_old(now()));
    let second = renewed(&server, &first).unwrap();
    assert_eq!(second.access.reveal(), "access-2");
    let again = renewed(&server, &first).unwrap_err();
    assert_eq!(again, Error::SignInAgain { host: "127.0.0.1".to_owned() });
    assert!(again.to_string().contains("sign in again"));
}

#[test]
fn a_server_that_gives_no_new_one_keeps_the_old() {
    let server = StandIn::start().says(&[(200, "{\"access_token\": \"next\"}")]);
    let next = renewed(&server, &tokens(Some("kept"))).unwrap();
    assert_eq!(next.refresh.unwrap().reveal(), "kept");
    assert_eq!(next.ends, None);
}

#[test]
fn without_anything_to_renew_with_a_person_signs_in_again() {
    let server = StandIn::start();
    assert!(matches!(renewed(&server, &tokens(None)), Err(Error::SignInAgain { .. })));
    assert!(server.asked().is_empty());
}

#[test]
fn what_may_pass() {
    let server = StandIn::start().says_with(503, "Retry-After: 17\r\n", "");
    let busy = renewed(&server, &tokens(Some("refresh-0"))).unwrap_err();
    assert!(busy.may_pass());
    assert_eq!(busy.wait().unwrap().as_secs(), 17);
    assert!(renewed(&server, &tokens(Some("refresh-0"))).is_ok());
}

#[test]
fn a_secret_is_sent_where_there_is_one() {
    let server = StandIn::start();
    let client = Client::new("inroad-of-jana", Some(token("not-a-secret"))).unwrap();
    let old = tokens(Some("refresh-0"));
    renew(&client, &server.authority(), &old, &Http, now()).unwrap();
    assert_eq!(server.asked()[0].1["client_secret"], "not-a-secret");
}
