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
    let begun = at("02T09:00");
    // Somebody who is late with their answer to a request of before changes nothing.
    store.answer_api_request(None, "k", at("02T08:00"), &answer).await.unwrap();
    store.forget_api_request(None, "k", at("02T08:00")).await.unwrap();
    assert_eq!(begin(None, b"a", "02T09:02").await, ApiRequest::UnderWay);
    store.answer_api_request(None, "k", begun, &answer).await.unwrap();
    assert_eq!(begin(None, b"a", "03T08:59").await, ApiRequest::Answered(answer));
    // What came of what a program left behind that ended, nobody knows; everything may be asked again a day later.
    assert_eq!(begin(Some(&mia), b"b", "02T09:12").await, ApiRequest::Unknown);
    assert_eq!(begin(Some(&mia), b"b", "03T09:00").await, ApiRequest::Unknown);
    store.forget_old_api_requests(at("03T09:00")).await.unwrap();
    assert_eq!(begin(Some(&mia), b"a", "03T09:00").await, ApiRequest::Another);
    store.forget_old_api_requests(at("03T09:02")).await.unwrap();
    assert_eq!(begin(Some(&mia), b"b", "03T09:02").await, ApiRequest::New);
    assert_eq!(begin(None, b"a", "03T09:01").await, ApiRequest::New);
    store.forget_api_request(None, "k", at("03T09:01")).await.unwrap();
    assert_eq!(begin(None, b"b", "03T09:02").await, ApiRequest::New);
}
