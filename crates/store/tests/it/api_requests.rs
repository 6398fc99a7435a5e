//! What other programs ask for under a key is done once.

use inroad_model::{EmailAddress, Moment};
use inroad_store::{ApiAnswer, ApiRequest, Store};

fn at(time: &str) -> Moment {
    format!("2026-03-{time}:00Z").parse().unwrap()
}

#[tokio::test]
async fn what_is_asked_under_a_key_is_done_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data.db")).await.unwrap();
    let mia: EmailAddress = "mia@brandt-advice.example".parse().unwrap();
    let begin = async |by: Option<&EmailAddress>, what: &[u8], on: &str| {
        store.begin_api_request(by, "k", what, at(on)).await.unwrap()
    };
    assert_eq!(begin(None, b"a", "02T09:00").await, ApiRequest::New);
    assert_eq!(begin(None, b"a", "02T09:01").await, ApiRequest::UnderWay);
    assert_eq!(begin(None, b"b", "02T09:01").await, ApiRequest::Another);
    // Keys of others are others.
    assert_eq!(begin(Some(&mia), b"b", "02T09:01").await, ApiRequest::New);

    let answer = ApiAnswer { status: 201, head: "[]".to_owned(), body: "{}".to_owned() };
    store.answer_api_request(None, "k", &answer).await.unwrap();
    assert_eq!(begin(None, b"a", "03T08:59").await, ApiRequest::Answered(answer));
    // What a program left behind that ended may be asked again, and so may everything a day later.
    assert_eq!(begin(Some(&mia), b"b", "02T09:12").await, ApiRequest::New);
    assert_eq!(begin(None, b"a", "03T09:01").await, ApiRequest::New);
    store.forget_api_request(None, "k").await.unwrap();
    assert_eq!(begin(None, b"b", "03T09:02").await, ApiRequest::New);
}
