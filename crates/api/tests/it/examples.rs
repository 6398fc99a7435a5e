//! The examples of the document are requests that work, each answered with the status that it documents.

use axum::body::Body;
use axum::http::{Request, header};
use inroad_service::Actor;
use serde_json::Value;

use crate::document::{Operation, operations};
use crate::world::World;

/// The address of an operation by the examples of its parameters.
pub(crate) fn address(operation: &Operation) -> String {
    let mut path = operation.path.to_owned();
    let mut query = Vec::new();
    for parameter in operation.what["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap();
        let example = match &parameter["example"] {
            Value::String(text) => escaped(text),
            other => other.to_string(),
        };
        match parameter["in"].as_str().unwrap() {
            "path" => path = path.replace(&format!("{{{name}}}"), &example),
            "query" if parameter["required"] == true => query.push(format!("{name}={example}")),
            _ => {}
        }
    }
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'@' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}

/// The kind and the text of the example of a body.
pub(crate) fn body(operation: &Operation) -> Option<(String, String)> {
    let content = operation.what["requestBody"]["content"].as_object()?;
    let (kind, of) = content.iter().next()?;
    let own = &of["example"];
    let named = || {
        let to = of["schema"]["$ref"].as_str()?;
        let schema = inroad_api::document().pointer(to.trim_start_matches('#'))?;
        Some(&schema["example"])
    };
    let example = if own.is_null() { named().unwrap_or(own) } else { own };
    assert!(!example.is_null(), "{} {} has no example", operation.method, operation.path);
    let text = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
    Some((kind.clone(), text))
}

pub(crate) fn example(operation: &Operation) -> Request<Body> {
    let request =
        Request::builder().method(operation.method.to_uppercase().as_str()).uri(address(operation));
    match body(operation) {
        Some((kind, text)) => request.header(header::CONTENT_TYPE, kind).body(Body::from(text)),
        None => request.body(Body::empty()),
    }
    .unwrap()
}

#[tokio::test]
async fn each_example_is_answered_as_it_says() {
    let mut world = World::new().await;
    for operation in operations() {
        let Operation { path, method, what } = operation;
        let responses = what["responses"].as_object().unwrap();
        let expected = responses.keys().find(|status| status.starts_with('2')).unwrap();
        if path == "/jobs/{number}" {
            // Jobs are numbered by the clock; `imports` looks at one.
            continue;
        }
        if path.starts_with("/webhooks/") {
            told_in_vain(&world).await;
        }
        let mut request = example(&operation);
        if method == "patch" {
            let seen = world.get(request.uri().path()).await;
            request.headers_mut().insert(header::IF_MATCH, seen.headers[header::ETAG].clone());
        }
        let answered = world.send(Some(Actor::owner()), request).await;
        assert_eq!(answered.status.as_str(), expected, "{method} {path}: {answered:?}");
        if method != "get" {
            world = World::new().await;
        }
    }
}

/// A program that is told something and does not answer.
async fn told_in_vain(world: &World) {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    world.ask("POST", "/webhooks", &format!(r#"{{"url": "http://{free}/"}}"#)).await;
    world.ask("POST", "/deals/d1/notes", r#"{"text": "More"}"#).await;
    let now = inroad_model::Moment::utc(jiff::Timestamp::now());
    let reach = inroad_service::WebhookReach::ThisMachineToo;
    assert!(world.inroad.tell_webhooks_once(reach, now).await.unwrap() > 0);
}
