//! What is done: deals made and changed, notes, decisions, undo, whom to leave alone, drafts.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use inroad_service::Actor;
use serde_json::json;

use crate::world::{Answered, World};

async fn change(world: &World, tag: &str, body: &str) -> Answered {
    let request = Request::patch("/deals/d1")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::IF_MATCH, tag);
    world.send(Some(Actor::owner()), request.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn a_deal_is_made_changed_and_put_back() {
    let world = World::new().await;
    let made =
        world.ask("POST", "/deals", r#"{"name": "Audit", "id": "a/1", "stage": "lead"}"#).await;
    assert_eq!(made.status, StatusCode::CREATED);
    assert_eq!(made.headers[header::LOCATION], "/api/v1/deals/a%2F1");
    let kept = world.get("/deals/a%2F1").await;
    assert_eq!(kept.json, made.json["deal"]);
    assert_eq!(kept.headers[header::ETAG], made.headers[header::ETAG]);

    let before = world.get("/deals/d1").await;
    let tag = before.headers[header::ETAG].to_str().unwrap();
    let changed =
        change(&world, tag, r#"{"stage": "proposal", "value": 52000, "organization": null}"#).await;
    assert_eq!(changed.status, StatusCode::OK);
    let deal = &changed.json["deal"];
    assert_eq!(
        (&deal["stage"], &deal["value"], &deal["currency"]),
        (&json!("proposal"), &json!(52000.0), &json!("EUR"))
    );
    assert!(deal["organization"].is_null());
    assert_eq!(world.get("/deals/d1/review").await.json["stage"], "proposal");
    // Whoever saw it as it was overwrites nothing; what is so already is no deed.
    assert_eq!(
        change(&world, tag, r#"{"stage": "won"}"#).await.status,
        StatusCode::PRECONDITION_FAILED
    );
    let now = changed.headers[header::ETAG].to_str().unwrap();
    let same = change(&world, now, r#"{"stage": "proposal"}"#).await;
    assert_eq!((same.status, &same.json["deed"]), (StatusCode::OK, &json!(null)));
    let wrong = change(&world, now, r#"{"name": "Other", "usual_fees": [9, 3]}"#).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    let history = world.get("/deals/d1/history").await.json;
    assert_eq!(history["items"][0]["number"], changed.json["deed"]);
    let undone = world.ask("POST", &format!("/deeds/{}/undo", changed.json["deed"]), "").await;
    assert_eq!(undone.status, StatusCode::OK);
    assert_eq!(world.get("/deals/d1").await.json, before.json);
    let again = world.ask("POST", &format!("/deeds/{}/undo", changed.json["deed"]), "").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_written_down_is_seen_at_once_and_taken_back() {
    let world = World::new().await;
    let note =
        world.ask("POST", "/deals/d1/notes", r#"{"text": "He signs in May", "by": "call"}"#).await;
    assert_eq!(note.status, StatusCode::CREATED);
    let plan = r#"{"what": "Ask who signs", "day": "2026-01-20", "by": "mail", "with": "jana@lindner.example"}"#;
    assert_eq!(world.ask("POST", "/deals/d1/plans", plan).await.status, StatusCode::CREATED);
    let aside = r#"{"until": "2026-02-01", "because": "They decide then"}"#;
    assert_eq!(world.ask("POST", "/deals/d1/aside", aside).await.status, StatusCode::CREATED);
    let touches = world.get("/deals/d1/touches?words=signs").await.json;
    assert_eq!(touches["items"].as_array().unwrap().len(), 2);
    let entry = format!("/entries/{}", note.json["entry"]);
    assert_eq!(world.ask("DELETE", &entry, "").await.status, StatusCode::OK);
    assert_eq!(world.ask("DELETE", &entry, "").await.status, StatusCode::NOT_FOUND);

    let back = world.ask("DELETE", "/deals/d1/decision", "").await;
    assert_eq!((back.status, &back.json["is_own"]), (StatusCode::OK, &json!(false)));
    assert_eq!(world.ask("DELETE", "/deals/d1/decision", "").await.status, StatusCode::NOT_FOUND);
    let own = world
        .ask("PUT", "/deals/d1/decision", r#"{"advice": "let_go", "because": "No budget"}"#)
        .await;
    assert_eq!((own.status, &own.json["is_own"]), (StatusCode::OK, &json!(true)));
    assert_eq!(world.get("/deals/d1/review").await.json["overruled"]["because"], "No budget");
}

#[tokio::test]
async fn whom_to_leave_alone_is_said_and_taken_back() {
    let world = World::new().await;
    let whom = r#"{"whom": "jana@lindner.example", "because": "She asked on the phone"}"#;
    assert_eq!(world.ask("POST", "/do-not-contact", whom).await.status, StatusCode::CREATED);
    let listed = world.get("/do-not-contact?words=jana").await.json;
    assert_eq!(
        (&listed["items"][0]["said_by"], &listed["items"][0]["because"]),
        (&json!("you"), &json!("She asked on the phone"))
    );
    assert_eq!(world.get("/deals/d1/review").await.json["advice"], "stop");
    let draft = r#"{"text": "Hello Jana", "person": "jana@lindner.example"}"#;
    let coached = world.ask("POST", "/coach/draft", draft).await.json;
    assert!(coached["left_alone"].as_str().is_some(), "{coached}");
    let back = world.ask("DELETE", "/do-not-contact/jana@lindner.example", "").await;
    assert_eq!((back.status, &back.json["is_still_listed"]), (StatusCode::OK, &json!(false)));
    assert_eq!(world.get("/do-not-contact?words=jana").await.json["items"], json!([]));
}

#[tokio::test]
async fn a_draft_is_read_and_not_kept() {
    let world = World::new().await;
    let draft =
        r#"{"text": "To: jana@lindner.example\nSubject: Hi\n\nJust checking in. Any news?"}"#;
    let read = world.ask("POST", "/coach/draft", draft).await.json;
    assert_eq!(read["person"], "jana@lindner.example");
    assert!(!read["findings"].as_array().unwrap().is_empty());
    assert!(read["metrics"]["words"].as_u64().unwrap() > 3);
    assert_eq!(world.get("/search?words=checking").await.json["messages"], json!([]));
}
