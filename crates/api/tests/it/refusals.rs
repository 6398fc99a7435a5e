//! What cannot be answered is told as a problem, whatever is wrong with it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use inroad_service::Actor;

use crate::world::World;

#[tokio::test]
async fn every_refusal_is_a_problem() {
    let world = World::new().await;
    let long = format!("/search?words={}", "x".repeat(1001));
    let huge = format!("{{\"name\": \"{}\"}}", "x".repeat(300_000));
    for (method, path, body, status) in [
        ("GET", "/nowhere", "", 404),
        ("GET", "/", "", 404),
        ("PUT", "/deals", "{}", 405),
        ("DELETE", "/review", "", 405),
        ("GET", "/deals/none", "", 404),
        ("GET", "/deals/%FF", "", 400),
        ("GET", "/deals/d1/review?as_of=yesterday", "", 400),
        ("GET", "/deals/d1/evidence?cause=none", "", 400),
        ("GET", "/review?limit=0", "", 400),
        ("GET", "/review?limit=201", "", 400),
        ("GET", "/review?limit=x", "", 400),
        ("GET", "/review?state=lukewarm", "", 400),
        ("GET", "/review?nonsense=1", "", 400),
        ("GET", "/review?cursor=nonsense", "", 400),
        ("GET", "/search", "", 400),
        ("GET", &long, "", 422),
        ("GET", "/messages/none", "", 404),
        ("GET", "/messages/none/text", "", 404),
        ("GET", "/people/nobody", "", 404),
        ("GET", "/people/none@nowhere.example", "", 404),
        ("GET", "/accounts/nowhere.example", "", 404),
        ("GET", "/leads/x", "", 404),
        ("GET", "/leads/99", "", 404),
        ("GET", "/leads?which=theirs", "", 400),
        ("GET", "/leads?state=lost_in_time", "", 400),
        ("GET", "/jobs/7", "", 404),
        ("GET", "/deeds/0", "", 404),
        ("POST", "/deals", "{", 400),
        ("POST", "/deals", "[]", 422),
        ("POST", "/deals", r#"{"name": " "}"#, 422),
        ("POST", "/deals", r#"{"name": "A", "value": -1}"#, 422),
        ("POST", "/deals", r#"{"name": "A", "currency": "Euro"}"#, 422),
        ("POST", "/deals", r#"{"name": "A", "nonsense": 1}"#, 422),
        ("POST", "/deals", r#"{"name": "Pricing"}"#, 409),
        ("POST", "/deals", &huge, 413),
        ("PATCH", "/deals/d1", r#"{"stage": "won"}"#, 428),
        ("POST", "/deals/none/notes", r#"{"text": "x"}"#, 404),
        ("POST", "/deals/d1/notes", r#"{"text": ""}"#, 422),
        ("POST", "/deals/d1/notes", r#"{"text": "x", "day": "2199-01-01"}"#, 422),
        ("POST", "/deals/d1/plans", r#"{"what": "x", "day": "2001-01-01", "by": "call"}"#, 422),
        ("DELETE", "/entries/99", "", 404),
        ("PUT", "/deals/d1/decision", r#"{"advice": "wait", "because": ""}"#, 422),
        ("POST", "/deeds/99/undo", "", 404),
        ("POST", "/do-not-contact", r#"{"whom": "nobody known", "because": "x"}"#, 404),
        ("POST", "/do-not-contact", r#"{"whom": "eva@quiet.example", "because": "x"}"#, 409),
        ("DELETE", "/do-not-contact/rik@quiet.example", "", 404),
        ("POST", "/imports/deals", "{}", 422),
        ("POST", "/imports/files?name=x.csv", "", 422),
        ("POST", "/imports/files", "x", 400),
    ] {
        let answered = world.ask(method, path, body).await;
        assert_eq!(answered.status.as_u16(), status, "{method} {path}: {:?}", answered.json);
    }
}

#[tokio::test]
async fn a_body_says_what_it_is() {
    let world = World::new().await;
    for (path, kind) in [
        ("/deals", "text/plain"),
        ("/coach/draft", "application/x-www-form-urlencoded"),
        ("/imports/contacts", "text/csv"),
    ] {
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        let answered =
            world.send(Some(Actor::owner()), request.body(Body::from("x")).unwrap()).await;
        assert_eq!(answered.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path}");
    }
    let refused = world.ask("PUT", "/deals", "{}").await;
    let allowed = refused.headers[header::ALLOW].to_str().unwrap();
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
}
