//! What is read: the review with its words, deals, messages, people, firms, leads.

use axum::http::{Request, StatusCode, header};
use inroad_service::Actor;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn the_review_tells_why_with_the_words_that_show_it() {
    let world = World::new().await;
    let review = world.get("/review").await.json;
    assert_eq!(review["as_of"], "2026-01-12T09:00:00+00:00");
    let items = review["items"].as_array().unwrap();
    let ids: Vec<&str> = items.iter().map(|deal| deal["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["d/2 ü", "d1"]);
    let own = &items[1];
    assert_eq!((&own["advice"], &own["decided_by_user"]), (&json!("let_go"), &json!(true)));
    // Before anything was written nothing is known of it.
    let then = world.get("/review?as_of=2026-01-04").await.json;
    assert_eq!(then["items"][1]["decided_by_user"], false);

    let evidence = world.get("/deals/d1/evidence?as_of=2026-01-06").await.json;
    let fact = &evidence["facts"][0];
    assert_eq!((&fact["kind"], &fact["until"]), (&json!("out_of_office"), &json!("2026-01-09")));
    assert_eq!(fact["message"], "<m2@lindner.example>");
    assert!(fact["quote"].as_str().unwrap().contains("out of the office"));
    let one = world.get("/deals/d1/review").await.json;
    assert_eq!(one["overruled"]["because"], "No budget this year");
    let people = world.get("/deals/d1/people").await.json;
    assert_eq!(
        (&people[0]["email"], &people[0]["received"]),
        (&json!("jana@lindner.example"), &json!(1))
    );
    let only = world.get("/review?advice=let_go").await.json;
    assert_eq!(only["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_list_comes_in_pages_that_hold_everything_once() {
    let world = World::new().await;
    for (path, expected) in [
        ("/deals", 2),
        ("/review", 2),
        ("/deals/d1/touches", 3),
        ("/deeds", 4),
        ("/people", 3),
        ("/accounts", 2),
        ("/do-not-contact", 1),
    ] {
        let mut seen = Vec::new();
        let mut next = String::new();
        loop {
            let page = world.get(&format!("{path}?limit=1{next}")).await.json;
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 1, "{path}");
            seen.extend(items.iter().map(ToString::to_string));
            match page["next"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => break,
            }
        }
        let whole = world.get(path).await.json;
        let whole: Vec<String> =
            whole["items"].as_array().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(seen, whole, "{path}");
        assert_eq!(seen.len(), expected, "{path}: {seen:?}");
        let cursor = world.get("/deals?limit=1").await.json["next"].as_str().unwrap().to_owned();
        let other = world.get(&format!("{path}?cursor={cursor}")).await;
        assert_eq!(other.status == StatusCode::OK, path == "/deals", "{path}");
    }
}

#[tokio::test]
async fn what_somebody_has_already_is_not_sent_again() {
    let world = World::new().await;
    for path in [
        "/deals/d1",
        "/deals/d%2F2%20%C3%BC",
        "/deals/d1/review",
        "/messages/m2@lindner.example",
        "/messages/m2@lindner.example/text",
        "/people/jana@lindner.example",
        "/accounts/lindner.example",
        "/leads/1",
        "/deeds/1",
    ] {
        let first = world.get(path).await;
        assert_eq!(first.status, StatusCode::OK, "{path}: {:?}", first.json);
        let request =
            Request::get(path).header(header::IF_NONE_MATCH, &first.headers[header::ETAG]);
        let again = world.send(Some(Actor::owner()), request.body("".into()).unwrap()).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(again.headers[header::ETAG], first.headers[header::ETAG]);
    }
}

#[tokio::test]
async fn a_message_is_told_without_its_text_and_its_text_apart() {
    let world = World::new().await;
    let told = world.get("/messages/m2@lindner.example").await.json;
    assert_eq!(
        (&told["subject"], &told["thread"]),
        (&json!("Re: Pricing"), &json!(["m1@brandt-advice.example"]))
    );
    assert!(!told.to_string().contains("looks fine"));
    let text = world.get("/messages/m2@lindner.example/text").await.json;
    assert!(text["new"].as_str().unwrap().contains("The pricing looks fine"));
    let found = world.get("/search?words=pricing").await.json;
    assert_eq!(found["deals"][0]["id"], "d1");
    assert_eq!(found["messages"].as_array().unwrap().len(), 2);
    let early = world.get("/messages/m2@lindner.example?as_of=2026-01-04").await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn people_firms_and_leads_are_found() {
    let world = World::new().await;
    let person = world.get("/people/jana@lindner.example").await.json;
    assert_eq!(person["deals"][0]["deal"], "Pricing");
    assert_eq!(world.get("/people?words=jana").await.json["items"][0]["deals"], json!(["d1"]));
    assert_eq!(world.get("/accounts/lindner.example").await.json["deals"], json!(["d1"]));
    let leads = world.get("/leads?state=waiting&words=omar").await.json;
    assert_eq!(leads["items"][0]["account"], "Acme");
    assert_eq!(world.get("/leads?state=won").await.json["items"], json!([]));
    let deals = world.get("/deals?stage=discovery&words=lindner&status=open").await.json;
    assert_eq!(deals["items"].as_array().unwrap().len(), 1);
}
