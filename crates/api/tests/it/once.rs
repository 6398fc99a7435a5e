//! What is asked for under one key is done once.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use inroad_model::MemberRole;
use inroad_service::Actor;
use sha2::{Digest as _, Sha256};

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

/// A program ended at some point of it, who knows where.
#[tokio::test]
async fn where_nobody_knows_what_came_of_it_it_is_not_done_again() {
    let world = World::new().await;
    let long_ago = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(11);
    let begun = inroad_model::Moment::utc(long_ago);
    let fingerprint = fingerprint("/deals", NEW);
    world.inroad.begin_request(&Actor::owner(), "k1", &fingerprint, begun).await.unwrap();
    let again = world.send(Some(Actor::owner()), keyed("/deals", "k1", NEW)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(again.json["type"], "urn:inroad:problem:outcome-unknown");
    assert_eq!(world.get("/deals?words=audit").await.json["items"].as_array().unwrap().len(), 0);
}

/// As the program tells requests from each other.
fn fingerprint(path: &str, body: &str) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in ["POST", path, "application/json", body] {
        hasher.update(u64::try_from(part.len()).unwrap().to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

/// Whoever may not ask is told so, and neither how their request was read nor that its key is odd.
#[tokio::test]
async fn who_may_not_ask_has_nothing_read() {
    let world = World::new().await;
    let large = format!(r#"{{"name": "{}"}}"#, "x".repeat(300 * 1024));
    for (key, body) in [("k1", large.as_str()), ("", NEW)] {
        let refused =
            world.send(Some(member(MemberRole::Seller)), keyed("/deals", key, body)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    let nobody = world.send(Some(Actor::nobody()), keyed("/deeds/1/undo", "", "")).await;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn results_of_many_odd_rows_are_kept_for_their_key() {
    let world = World::new().await;
    let row = format!(r#"{{"{}": 1}}"#, "x".repeat(3000));
    let rows = format!("[{}]", vec![row; 3000].join(","));
    let first = world.send(Some(Actor::owner()), keyed("/imports/deals", "k1", &rows)).await;
    assert_eq!((first.status, &first.json["refused"]), (StatusCode::OK, &3000.into()));
    let because = first.json["rows"][0]["because"].as_str().unwrap();
    assert_eq!(because.chars().count(), 301);
    let again = world.send(Some(Actor::owner()), keyed("/imports/deals", "k1", &rows)).await;
    assert_eq!((again.status, again.json), (first.status, first.json));
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
    // What a program asked of them is theirs to have, though its fingerprint is bytes.
    let mut zip = inroad_service::IntoZip::memory();
    world.inroad.export_person(&jana, crate::world::now(), &mut zip).await.unwrap();
    world.inroad.erase(&jana, &[], crate::world::now()).await.unwrap();
    let again = world.send(Some(Actor::owner()), keyed("/imports/contacts", "k1", rows)).await;
    assert!(!again.headers.contains_key("idempotency-replayed"), "{again:?}");
    assert_eq!(again.json["rows"][0]["state"], "left_out");
}
