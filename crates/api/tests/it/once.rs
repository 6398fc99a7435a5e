//! What is asked for under one key is done once.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use inroad_model::MemberRole;
use inroad_service::Actor;

use crate::world::{World, member, request};

fn keyed(path: &str, key: &str, body: &str) -> Request<Body> {
    let mut request = request("POST", path, body);
    request.headers_mut().insert("idempotency-key", key.parse().unwrap());
    request
}

const NEW: &str = r#"{"name": "Audit"}"#;

#[tokio::test]
async fn asked_again_it_is_answered_as_before() {
    let world = World::new().await;
    let owner = || Some(Actor::owner());
    let first = world.send(owner(), keyed("/deals", "k1", NEW)).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let again = world.send(owner(), keyed("/deals", "k1", NEW)).await;
    assert_eq!((again.status, &again.json), (first.status, &first.json));
    for name in ["etag", "location", "content-type"] {
        assert_eq!(again.headers[name], first.headers[name], "{name}");
    }
    assert!(!first.headers.contains_key("idempotency-replayed"));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(world.get("/deals?words=audit").await.json["items"].as_array().unwrap().len(), 1);

    let other = world.send(owner(), keyed("/deals", "k1", r#"{"name": "Other"}"#)).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.json["type"], "urn:inroad:problem:key-reused");
    let elsewhere = world.send(owner(), keyed("/deals/d1/notes", "k1", NEW)).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Nobody gets an answer that somebody else was given.
    let stranger = world.send(Some(member(MemberRole::Seller)), keyed("/deals", "k1", NEW)).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn where_nothing_was_done_a_key_may_be_used_again() {
    let world = World::new().await;
    let owner = || Some(Actor::owner());
    let taken = world.send(owner(), keyed("/deals", "k1", r#"{"name": "Pricing"}"#)).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert_eq!(world.send(owner(), keyed("/deals", "k1", NEW)).await.status, StatusCode::CREATED);
    for key in ["", " ", &"k".repeat(201)] {
        assert_eq!(
            world.send(owner(), keyed("/deals", key, NEW)).await.status,
            StatusCode::BAD_REQUEST
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn at_once_it_is_done_once() {
    let world = std::sync::Arc::new(World::new().await);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let world = std::sync::Arc::clone(&world);
            tokio::spawn(async move {
                let rows = r#"[{"name": "At once"}]"#;
                world.send(Some(Actor::owner()), keyed("/imports/deals", "k1", rows)).await
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        let answered = task.await.unwrap();
        match answered.status {
            StatusCode::OK if !answered.headers.contains_key("idempotency-replayed") => done += 1,
            StatusCode::OK => assert_eq!(answered.json["new"], 1),
            status => assert_eq!(
                (status, &answered.json["type"]),
                (StatusCode::CONFLICT, &"urn:inroad:problem:under-way".into())
            ),
        }
    }
    assert_eq!(done, 1);
}

#[tokio::test]
async fn a_draft_is_kept_for_no_key() {
    let world = World::new().await;
    let draft = |text: &str| keyed("/coach/draft", "k1", &format!(r#"{{"text": "{text}"}}"#));
    for text in ["Hello", "Something else"] {
        let answered = world.send(Some(Actor::owner()), draft(text)).await;
        assert_eq!(answered.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn an_answer_about_somebody_goes_with_them() {
    let world = World::new().await;
    let rows = r#"[{"name": "Jana Kim", "emails": ["jana@lindner.example"]}]"#;
    let first = world.send(Some(Actor::owner()), keyed("/imports/contacts", "k1", rows)).await;
    assert_eq!(first.json["new"], 1);
    let jana = "jana@lindner.example".parse().unwrap();
    world.inroad.erase(&jana, &[], crate::world::now()).await.unwrap();
    let again = world.send(Some(Actor::owner()), keyed("/imports/contacts", "k1", rows)).await;
    assert!(!again.headers.contains_key("idempotency-replayed"), "{again:?}");
    assert_eq!(again.json["rows"][0]["state"], "left_out");
}
