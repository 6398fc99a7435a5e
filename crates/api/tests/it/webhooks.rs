//! Other programs are told of what was done: signed, without words, tried again, and never within a network.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use axum::http::StatusCode;
use inroad_model::Moment;
use inroad_service::WebhookReach;
use serde_json::{Value, json};

use crate::world::World;

/// A program on this machine that answers each request with the next of some statuses, and tells what it was sent.
fn program(statuses: &'static [u16]) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    let (tell, heard) = channel();
    std::thread::spawn(move || {
        for status in statuses {
            let (mut connection, _) = listener.accept().unwrap();
            connection.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
            let mut text = Vec::new();
            let mut part = [0; 4096];
            while let Ok(read) = connection.read(&mut part) {
                text.extend_from_slice(part.get(..read).unwrap());
                if read == 0 || text.ends_with(b"}}") {
                    break;
                }
            }
            tell.send(String::from_utf8_lossy(&text).into_owned()).unwrap();
            write!(
                connection,
                "HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            .unwrap();
        }
    });
    (address, heard)
}

fn later(minutes: i64) -> Moment {
    let now = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(minutes);
    Moment::utc(now)
}

async fn tell(world: &World, minutes: i64) -> usize {
    world.inroad.tell_webhooks_once(WebhookReach::ThisMachineToo, later(minutes)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_done_is_told_signed_and_told_again_where_nobody_heard() {
    let world = World::new().await;
    let (address, heard) = program(&[503, 204, 200]);
    let new = json!({"url": address, "events": ["deal.changed"]}).to_string();
    let made = world.ask("POST", "/webhooks", &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    assert!(made.json["secret"].as_str().unwrap().starts_with("whsec_"));
    let listed = world.get("/webhooks").await;
    assert!(!listed.json.to_string().contains("whsec_"), "a secret is shown once");
    // What was done before is not told, and no more is what nobody asked for.
    assert_eq!(tell(&world, 0).await, 0);
    let note = world.ask("POST", "/deals/d1/notes", r#"{"text": "A private word"}"#).await;
    let whom = r#"{"whom": "omar@acme.example", "because": "He asked"}"#;
    world.ask("POST", "/do-not-contact", whom).await;
    assert_eq!(tell(&world, 0).await, 1);
    let first = heard.recv_timeout(Duration::from_secs(5)).unwrap();
    assert!(!first.contains("private"), "{first}");
    let (head, body) = first.split_once("\r\n\r\n").unwrap();
    let told: Value = serde_json::from_str(body).unwrap();
    assert_eq!(told["type"], "deal.changed");
    assert_eq!(told["data"], json!({"deed": note.json["deed"], "changed": "entry"}));
    let id =
        |head: &str| head.lines().find(|line| line.starts_with("webhook-id")).unwrap().to_owned();

    let list = world.get("/webhooks/1/deliveries").await.json;
    let waiting = &list["items"][0];
    assert_eq!(
        (&waiting["state"], &waiting["status"], &waiting["tries"]),
        (&json!("waiting"), &json!(503), &json!(1))
    );
    assert_eq!(tell(&world, 0).await, 0, "not before it is due");
    assert_eq!(tell(&world, 1).await, 1);
    let again = heard.recv_timeout(Duration::from_secs(5)).unwrap();
    assert_eq!(id(&again), id(head), "the same each time");
    assert_eq!(world.get("/webhooks/1/deliveries").await.json["items"][0]["state"], "told");

    let number = &waiting["number"];
    let replay = world.ask("POST", &format!("/webhooks/1/deliveries/{number}/replay"), "").await;
    assert_eq!(replay.status, StatusCode::NO_CONTENT);
    assert_eq!(tell(&world, 2).await, 1);
    assert!(heard.recv_timeout(Duration::from_secs(5)).is_ok());
    assert_eq!(world.ask("DELETE", "/webhooks/1", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.ask("DELETE", "/webhooks/1", "").await.status, StatusCode::NOT_FOUND);
    world.ask("POST", "/deals/d1/notes", r#"{"text": "More"}"#).await;
    assert_eq!(tell(&world, 3).await, 0);
}

/// The day that is looked at lies years before: what is undone on it is undone now all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn undos_are_told_from_then_on_whatever_day_is_looked_at() {
    let world = World::new().await;
    let note = async |text: &str| {
        let body = json!({"text": text}).to_string();
        world.ask("POST", "/deals/d1/notes", &body).await.json["deed"].clone()
    };
    let undo = async |deed: &Value| {
        let undone = world.ask("POST", &format!("/deeds/{deed}/undo"), "").await;
        assert_eq!(undone.status, StatusCode::OK, "{undone:?}");
    };
    undo(&note("One").await).await;
    let (address, heard) = program(&[200, 200]);
    let new = json!({"url": address, "events": ["deed.undone"]}).to_string();
    world.ask("POST", "/webhooks", &new).await;
    assert_eq!(tell(&world, 1).await, 0, "what was undone before is not told");
    for text in ["Two", "Three"] {
        let deed = note(text).await;
        undo(&deed).await;
        assert_eq!(tell(&world, 0).await, 0, "it is not told at once");
        assert_eq!(tell(&world, 1).await, 1);
        let told = heard.recv_timeout(Duration::from_secs(5)).unwrap();
        let (_, body) = told.split_once("\r\n\r\n").unwrap();
        let told: Value = serde_json::from_str(body).unwrap();
        assert_eq!(told["data"], json!({"deed": deed, "changed": "entry"}));
    }
    world.inroad.forget_old_deliveries(later(60 * 24 * 40)).await.unwrap();
    assert_eq!(world.get("/webhooks/1/deliveries").await.json["items"], json!([]));
    assert_eq!(tell(&world, 60 * 24 * 40).await, 0, "nor again when it was forgotten");
}

#[tokio::test]
async fn nobody_within_a_network_is_named_or_reached() {
    let world = World::guarded().await;
    for (url, status) in [
        ("https://hooks.example/a", 201),
        ("http://hooks.example/a", 422),
        ("http://127.0.0.1:8080/", 422),
        ("https://10.0.0.1/", 422),
        ("https://[fd00::1]/", 422),
        ("https://169.254.169.254/latest", 422),
        ("https://2130706433/", 422),
        ("https://me:pass@hooks.example/", 422),
        ("file:///etc/passwd", 422),
        ("nonsense", 422),
    ] {
        let new = json!({"url": url}).to_string();
        let answered = world.ask("POST", "/webhooks", &new).await;
        assert_eq!(answered.status.as_u16(), status, "{url}: {:?}", answered.json);
    }
    let odd = r#"{"url": "https://hooks.example/", "events": ["everything"]}"#;
    assert_eq!(world.ask("POST", "/webhooks", odd).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A name may lead anywhere: what it leads to is looked at when somebody is told.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let here = json!({"url": format!("https://localhost:{port}/")}).to_string();
    let made = world.ask("POST", "/webhooks", &here).await.json;
    let number = &made["webhook"]["number"];
    world.ask("DELETE", "/webhooks/1", "").await;
    world.ask("POST", "/deals/d1/notes", r#"{"text": "More"}"#).await;
    let told = world.inroad.tell_webhooks_once(WebhookReach::Public, later(0)).await.unwrap();
    assert_eq!(told, 1);
    assert!(listener.accept().is_err(), "it was reached");
    let list = world.get(&format!("/webhooks/{number}/deliveries")).await.json;
    assert!(list["items"][0]["because"].as_str().unwrap().contains("network of its own"), "{list}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_programs_tell_it_once() {
    let world = World::new().await;
    let (address, heard) = program(&[200, 200, 200]);
    let new = json!({"url": address}).to_string();
    world.ask("POST", "/webhooks", &new).await;
    world.ask("POST", "/deals/d1/notes", r#"{"text": "One"}"#).await;
    let at = later(0);
    let mut tells = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let inroad = world.inroad.clone();
        tells.spawn(async move {
            inroad.tell_webhooks_once(WebhookReach::ThisMachineToo, at).await.unwrap()
        });
    }
    let count: usize = tells.join_all().await.into_iter().sum();
    assert_eq!(count, 1);
    assert!(heard.recv_timeout(Duration::from_secs(5)).is_ok());
    assert!(heard.recv_timeout(Duration::from_millis(400)).is_err());
}
