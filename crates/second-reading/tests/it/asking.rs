//! Good answers, garbage, slow drip, refusals, and servers that point elsewhere.

use std::time::{Duration, Instant};

use inroad_model::{Deal, MessageId, Seller};
use inroad_second_reading::{
    Answer, AskError, Endpoint, Key, Material, Patience, Request, Sheet, ask,
};
use inroad_stories::{Manner, StandIn, wrapped};

const GOOD: &str = r#"{"causes": [{"cause": "price_too_high", "probability": 0.7,
    "for": [{"message": "<m1@x>", "quote": "too dear for us", "says": "The fee"}], "against": []}]}"#;

const QUICK: Patience = Patience {
    connect: Duration::from_millis(500),
    body: Duration::from_millis(600),
    whole: Duration::from_millis(1500),
};

fn request() -> Request {
    let deal: Deal = serde_json::from_str(r#"{"id": "d1", "name": "Warehouse"}"#).unwrap();
    let seller = Seller::default();
    let text = "It is too dear for us".to_owned();
    let sheet = Sheet {
        id: MessageId::new("m1@x").unwrap(),
        at: "2026-03-02T09:00:00Z".parse().unwrap(),
        from: None,
        to: Vec::new(),
        subject: "Offer".to_owned(),
        body: text.clone(),
        text,
        is_automatic: false,
    };
    let as_of = "2026-03-09T09:00:00Z".parse().unwrap();
    let people = std::collections::BTreeSet::new();
    let letters = vec![sheet];
    Request::about(&Material { deal: &deal, seller: &seller, people, letters, older: 0, as_of })
        .unwrap()
}

fn asked(manner: Manner) -> (Result<String, AskError>, StandIn, Duration) {
    let server = StandIn::start(manner).unwrap();
    let key = Key::new("sk-secret").unwrap();
    let endpoint = Endpoint::new(&server.url()).unwrap();
    let start = Instant::now();
    let answer = ask(&endpoint, Some(&key), "small", &request(), QUICK);
    (answer, server, start.elapsed())
}

fn says(status: u16, body: &str) -> Manner {
    Manner::Says(status, String::new(), body.to_owned())
}

#[test]
fn a_good_answer_comes_through() {
    let (answer, server, _) =
        asked(Manner::Replays(vec![("Warehouse".to_owned(), GOOD.to_owned())]));
    assert_eq!(Answer::read(&answer.unwrap()).unwrap().causes.len(), 1);
    let questions = server.asked();
    assert_eq!(questions.len(), 1);
    let question = &questions[0];
    assert!(question.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"), "{question:.80}");
    let head = question.to_lowercase();
    assert!(head.contains("authorization: bearer sk-secret\r\n"));
    assert!(!head.contains("accept-encoding"), "nothing is unpacked, so nothing can be a bomb");
    assert!(question.contains("too dear for us") && question.contains("json_schema"));
}

#[test]
fn a_server_without_schemas_is_asked_in_words_once_more() {
    let words = format!("Here:\n```json\n{GOOD}\n```");
    let (answer, server, _) = asked(Manner::KnowsNoSchema(words));
    assert_eq!(Answer::read(&answer.unwrap()).unwrap().causes.len(), 1);
    assert_eq!(server.asked().len(), 2);
    let (answer, server, _) = asked(says(400, "no such model"));
    assert!(matches!(answer, Err(AskError::Refused { status: 400, .. })), "{answer:?}");
    assert_eq!(server.asked().len(), 2, "and no more than once");
}

#[test]
fn garbage_is_no_answer() {
    let deep = format!("{{\"choices\":{}", "[".repeat(100_000));
    for body in ["<html>Bad gateway</html>", "", "{\"choices\": [", "{\"cause\": 1}", "null", &deep]
    {
        let (answer, ..) = asked(says(200, body));
        assert!(matches!(answer, Err(AskError::NotAModel { .. })), "{body:.40}: {answer:?}");
    }
    let (answer, ..) = asked(Manner::Floods(10 << 20));
    assert!(matches!(answer, Err(AskError::TooLarge { .. })), "{answer:?}");
    for words in ["<p>no</p>", GOOD.get(..80).unwrap(), "[]", "{\"answer\": 42}"] {
        let (answer, ..) = asked(says(200, &wrapped(words)));
        assert!(Answer::read(&answer.unwrap()).is_err(), "{words}");
    }
}

#[test]
fn what_drips_or_hangs_ends_in_time() {
    let (answer, _, took) = asked(Manner::Drips(Duration::from_millis(100)));
    assert!(matches!(answer, Err(AskError::TooSlow { .. })), "{answer:?}");
    assert!(took < QUICK.whole, "{took:?}");
    let (answer, _, took) = asked(Manner::Hangs(Duration::from_secs(20)));
    assert!(matches!(answer, Err(AskError::TooSlow { .. })), "{answer:?}");
    assert!(took < QUICK.whole + Duration::from_secs(1), "{took:?}");
}

#[test]
fn refusals_are_told_with_a_way_out_and_without_the_key() {
    for (status, way_out) in
        [(401, "check the key"), (429, "wait a while"), (500, "try again later")]
    {
        let (answer, server, _) = asked(says(status, "wrong key\n sk-secret\u{7}"));
        let told = answer.unwrap_err().to_string();
        assert!(told.contains(way_out) && told.contains("wrong key (key)"), "{told}");
        assert!(!told.contains("sk-secret"), "{told}");
        assert_eq!(server.asked().len(), 1, "nothing is tried again");
    }
    let declined = r#"{"choices": [{"message": {"content": null, "refusal": "I cannot help"}}]}"#;
    let (answer, ..) = asked(says(200, declined));
    assert!(matches!(answer, Err(AskError::Declined { .. })), "{answer:?}");
    let (answer, ..) = asked(says(200, &wrapped("I cannot help with that.")));
    assert!(Answer::read(&answer.unwrap()).is_err());
}

#[test]
fn nothing_goes_where_a_server_points() {
    let other = StandIn::start(says(200, &wrapped(GOOD))).unwrap();
    for status in [301, 302, 303, 307, 308] {
        let field = format!("Location: {}/chat/completions\r\n", other.url());
        let (answer, ..) = asked(Manner::Says(status, field, String::new()));
        assert!(matches!(answer, Err(AskError::Redirected { .. })), "{status}: {answer:?}");
    }
    assert!(other.asked().is_empty(), "nobody consented to that host");
}

#[test]
fn nobody_there_is_told() {
    let gone = Endpoint::new("http://127.0.0.1:9/v1").unwrap();
    let answer = ask(&gone, None, "small", &request(), QUICK);
    assert!(matches!(answer, Err(AskError::NotReached { .. })), "{answer:?}");
}
