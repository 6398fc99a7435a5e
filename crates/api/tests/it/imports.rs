//! Bulk imports: a result for each row, and nothing lost for one bad row.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use inroad_service::Actor;
use serde_json::{Value, json};

use crate::world::World;

async fn by_lines(world: &World, path: &str, rows: &str) -> Value {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-ndjson");
    let answered =
        world.send(Some(Actor::owner()), request.body(Body::from(rows.to_owned())).unwrap()).await;
    assert_eq!(answered.status, StatusCode::OK, "{answered:?}");
    answered.json
}

fn states(result: &Value) -> Vec<&str> {
    result["rows"].as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_bad_row_stops_none_of_the_others() {
    let world = World::new().await;
    let rows = "{\"name\": \"Audit\", \"id\": \"crm-7\"}\n{\"name\": 7}\n\nnonsense\n{\"name\": \"Pricing\", \"id\": \"d1\"}\n{\"name\": \"Rota\"}";
    let result = by_lines(&world, "/imports/deals", rows).await;
    assert_eq!(states(&result), ["new", "refused", "refused", "there", "new"]);
    assert_eq!(
        (&result["new"], &result["there"], &result["refused"]),
        (&json!(2), &json!(1), &json!(2))
    );
    assert_eq!(
        (&result["rows"][0]["id"], &result["rows"][4]["number"]),
        (&json!("crm-7"), &json!(5))
    );
    assert!(result["rows"][1]["because"].as_str().unwrap().contains("string"));
    // What was typed stays, and the same again brings nothing.
    assert_eq!(world.get("/deals/d1").await.json["value"], 48000.0);
    let again = by_lines(&world, "/imports/deals", rows).await;
    assert_eq!((&again["new"], &again["there"]), (&json!(0), &json!(3)));
    assert_eq!(world.get("/deals").await.json["items"].as_array().unwrap().len(), 4);

    let array = r#"[{"name": "Eva", "emails": ["eva@acme.example"]}, {}, {"emails": ["no address"]},
        {"name": "Eva", "emails": ["eva@acme.example"]}]"#;
    let contacts = world.ask("POST", "/imports/contacts", array).await.json;
    assert_eq!(states(&contacts), ["new", "refused", "refused", "there"]);
    assert_eq!(contacts["rows"][0]["id"], "eva@acme.example");
    let many = format!("[{}]", vec!["{}"; 5001].join(","));
    assert_eq!(
        world.ask("POST", "/imports/contacts", &many).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn whoever_was_erased_does_not_come_in_again() {
    let world = World::new().await;
    let jana = "jana@lindner.example".parse().unwrap();
    world.inroad.erase(&jana, &[], crate::world::now()).await.unwrap();
    let rows = r#"{"name": "Jana Kim", "emails": ["jana@lindner.example"]}"#;
    let result = by_lines(&world, "/imports/contacts", rows).await;
    assert_eq!(states(&result), ["left_out"]);
    assert_eq!(world.get("/people/jana@lindner.example").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_comes_in_as_on_the_page() {
    let world = World::new().await;
    let csv = "First Name,Last Name,Email\nOmar,Li,omar@acme.example\n";
    let request =
        Request::post("/imports/files?name=contacts.csv").header(header::CONTENT_TYPE, "text/csv");
    let begun = world.send(Some(Actor::owner()), request.body(Body::from(csv)).unwrap()).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED);
    let place = begun.headers[header::LOCATION].to_str().unwrap().replace("/api/v1", "");
    let mut job = world.get(&place).await.json;
    for _ in 0..200 {
        if job["state"] == "done" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
        job = world.get(&place).await.json;
    }
    assert_eq!((&job["state"], &job["imported"]["contacts"]), (&json!("done"), &json!(1)));
    assert_eq!(world.get("/jobs").await.json[0]["number"], begun.json["job"]);
    assert_eq!(world.get("/issues").await.json["items"], json!([]));
    assert_eq!(
        world.get("/people?words=omar").await.json["items"][0]["email"],
        "omar@acme.example"
    );
}
