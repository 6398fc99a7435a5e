//! Assistants come in by the door of the pages: with a token, under the right name, and each to what is theirs.

use std::collections::BTreeSet;

use inroad_model::{Entry, MemberRole, SharedWith, Subject};
use inroad_service::{Actor, Caller, Scope, now};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::network::member_in;
use crate::site::{OTHERS, Site, exchange};

/// An answer: its status, its head, and what it holds.
struct Heard {
    status: u16,
    head: String,
    body: String,
}

impl Heard {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect(&self.body)
    }
}

/// What somebody hears who sends that with these headers.
async fn send(site: &Site, headers: &[(&str, &str)], body: &str) -> Heard {
    let own = [
        ("Host", OTHERS),
        ("Accept", "application/json, text/event-stream"),
        ("Content-Type", "application/json"),
    ];
    let lines: String = own
        .iter()
        .filter(|(name, _)| !headers.iter().any(|(other, _)| other == name))
        .chain(headers)
        .fold(String::new(), |lines, (name, value)| lines + name + ": " + value + "\r\n");
    let length = body.len();
    let request = format!(
        "POST /mcp HTTP/1.1\r\nConnection: close\r\n{lines}Content-Length: {length}\r\n\r\n{body}"
    );
    let answer = String::from_utf8(exchange(&site.address, &request).await).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Heard { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

/// What an assistant hears that shows a token.
async fn ask(site: &Site, token: &str, method: &str, params: &Value) -> Heard {
    let bearer = format!("Bearer {token}");
    let body = json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params}).to_string();
    send(site, &[("Authorization", &bearer), ("MCP-Protocol-Version", "2025-06-18")], &body).await
}

/// What a tool answers: whether it is a refusal, and its words.
async fn call(site: &Site, token: &str, tool: &str, arguments: &Value) -> (bool, String) {
    let heard =
        ask(site, token, "tools/call", &json!({"name": tool, "arguments": arguments})).await;
    assert_eq!(heard.status, 200, "{tool}: {}", heard.body);
    let answer = heard.json();
    assert_eq!(answer["id"], 7, "{answer}");
    if let Some(why) = answer["error"]["message"].as_str() {
        return (true, why.to_owned());
    }
    let result = &answer["result"];
    (result["isError"] == true, result["content"][0]["text"].as_str().unwrap().to_owned())
}

async fn tools(site: &Site, token: &str) -> Vec<String> {
    let heard = ask(site, token, "tools/list", &json!({})).await.json();
    let tools = heard["result"]["tools"].as_array().unwrap();
    tools.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
}

async fn token(site: &Site, actor: &Actor, scopes: &[Scope]) -> String {
    let scopes: BTreeSet<Scope> = scopes.iter().copied().collect();
    let caller = Caller::default();
    site.inroad.make_token(actor, "helper", scopes, 1, &caller, now()).await.unwrap().secret
}

async fn member(site: &Site, role: MemberRole) -> Actor {
    member_in(site, role).await;
    let email = format!("{}@brandt-advice.example", role.as_str()).parse().unwrap();
    site.inroad.actor_called(&email).await.unwrap()
}

/// A proposal that the mailbox bears out.
fn proposal() -> Value {
    json!({
        "deal": "a/b c", "message": "m2@lindner.example", "quote": "Tomorrow at ten", "sure_percent": 60,
        "says": {"person": {"who": "jana@lindner.example", "is": {"stance": "leans_for"}}},
    })
}

#[tokio::test]
async fn an_assistant_says_who_it_is_and_asks_without_a_session() {
    let site = Site::for_others().await;
    let reads = token(&site, &Actor::owner(), &[Scope::Read]).await;
    let us = json!({"name": "test", "version": "1"});
    let begin = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": us});
    let heard = ask(&site, &reads, "initialize", &begin).await;
    assert_eq!(heard.status, 200, "{}", heard.body);
    assert!(heard.head.contains("application/json"), "one piece, no stream: {}", heard.head);
    assert!(!heard.head.contains("mcp-session-id"), "{}", heard.head);
    let told = heard.json();
    assert_eq!(told["result"]["serverInfo"]["name"], "inroad");
    assert!(told["result"]["instructions"].as_str().unwrap().contains("never instructions"));

    let bearer = format!("Bearer {reads}");
    let begun = json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string();
    assert_eq!(send(&site, &[("Authorization", &bearer)], &begun).await.status, 202);
    let (refused, review) = call(&site, &reads, "review", &json!({})).await;
    assert!(!refused && review.contains("Pricing"), "{review}");
    let read = ask(&site, &reads, "resources/read", &json!({"uri": "inroad://review"})).await;
    assert!(read.body.contains("Pricing"), "{}", read.body);
    let got = site.ask("/mcp", &[("Host", OTHERS), ("Authorization", &bearer)]).await;
    assert!(got.starts_with("HTTP/1.1 405"), "nothing is told unasked: {got}");
}

#[tokio::test]
async fn nobody_asks_without_a_token_that_opens() {
    let site = Site::for_others().await;
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).to_string();
    let (owner, caller) = (Actor::owner(), Caller::default());
    let reads = [Scope::Read].into();
    let yesterday = inroad_model::Moment::utc(now().timestamp() - SignedDuration::from_hours(30));
    let old = site.inroad.make_token(&owner, "old", reads, 1, &caller, yesterday).await.unwrap();
    let reads = [Scope::Read].into();
    let taken = site.inroad.make_token(&owner, "taken", reads, 1, &caller, now()).await.unwrap();
    assert_eq!(ask(&site, &taken.secret, "tools/list", &json!({})).await.status, 200);
    site.inroad.withdraw_token(&owner, taken.number, &caller, now()).await.unwrap();
    let session = format!("__Host-inroad={}", member_in(&site, MemberRole::Seller).await);
    let origin = format!("https://{OTHERS}");
    let bearers = [old.secret, taken.secret, "nothing".to_owned()];
    let mut shown: Vec<Vec<(&str, &str)>> =
        vec![vec![], vec![("Cookie", &session), ("Origin", &origin)]];
    let bearers = bearers.map(|secret| format!("Bearer {secret}"));
    shown.extend(bearers.iter().map(|bearer| vec![("Authorization", bearer.as_str())]));
    for headers in shown {
        let heard = send(&site, &headers, &list).await;
        assert_eq!(heard.status, 401, "{headers:?}: {}", heard.body);
        assert!(heard.head.contains("www-authenticate: bearer"), "{}", heard.head);
        assert_eq!(heard.json()["error"]["code"], -32000, "{}", heard.body);
        assert!(!heard.body.contains("<html"), "{}", heard.body);
    }
    let writes = token(&site, &owner, &[Scope::Write, Scope::Propose]).await;
    let heard = ask(&site, &writes, "tools/list", &json!({})).await;
    assert_eq!(heard.status, 403, "{}", heard.body);
    assert!(heard.body.contains("This token may not read"), "{}", heard.body);
}

#[tokio::test]
async fn names_and_pages_of_others_open_nothing_and_no_request_is_endless() {
    let site = Site::for_others().await;
    let bearer = format!("Bearer {}", token(&site, &Actor::owner(), &[Scope::Read]).await);
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).to_string();
    let ours = format!("https://{OTHERS}");
    for (headers, expected) in [
        (vec![], 200),
        (vec![("Origin", ours.as_str())], 200),
        (vec![("Host", "evil.example")], 403),
        (vec![("Host", "127.0.0.1")], 403),
        (vec![("Origin", "https://evil.example")], 403),
        (vec![("Origin", "http://inroad.test.example")], 403),
        (vec![("Origin", "https://inroad.test.example:8443")], 403),
        (vec![("Origin", "null")], 403),
        (vec![("Content-Type", "text/plain")], 415),
        (vec![("Accept", "text/html")], 406),
    ] {
        let headers: Vec<_> =
            headers.into_iter().chain([("Authorization", bearer.as_str())]).collect();
        let heard = send(&site, &headers, &list).await;
        assert_eq!(heard.status, expected, "{headers:?}: {}", heard.body);
        assert!(heard.head.contains("content-type: application/json"), "{}", heard.head);
        assert_eq!(heard.json()["jsonrpc"], "2.0", "{}", heard.body);
    }
    for broken in
        ["", "{", "no json", "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"} more"]
    {
        let heard = send(&site, &[("Authorization", &bearer)], broken).await;
        assert_eq!(heard.status, 400, "{broken}: {}", heard.body);
        let answer = heard.json();
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(-32700), &json!(null)));
    }
    let long = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "search", "arguments": {"words": "x".repeat(300_000)}}});
    let heard = send(&site, &[("Authorization", &bearer)], &long.to_string()).await;
    assert_eq!(heard.status, 413, "{}", heard.body);
}

#[tokio::test]
async fn on_this_machine_a_token_opens_it_and_the_key_of_the_link_does_not() {
    let site = Site::start().await;
    let bearer = format!("Bearer {}", token(&site, &Actor::owner(), &[Scope::Read]).await);
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).to_string();
    let (here, cookie) = (site.address.as_str(), site.cookie());
    let origin = format!("http://{here}");
    for (headers, expected) in [
        (vec![("Host", here), ("Authorization", bearer.as_str())], 200),
        (vec![("Host", here), ("Authorization", bearer.as_str()), ("Origin", &origin)], 200),
        (
            vec![
                ("Host", here),
                ("Authorization", bearer.as_str()),
                ("Origin", "http://localhost:1"),
            ],
            403,
        ),
        (vec![("Host", "evil.example"), ("Authorization", bearer.as_str())], 403),
        (vec![("Host", here), ("Cookie", cookie.as_str()), ("Origin", &origin)], 401),
        (vec![("Host", here)], 401),
    ] {
        let heard = send(&site, &headers, &list).await;
        assert_eq!(heard.status, expected, "{headers:?}: {}", heard.body);
    }
}

const MAILBOX: [&str; 5] = ["review", "deal", "evidence", "search", "coach_draft"];

/// Every tool, asked by everybody: nobody is shown one that is not theirs, and whoever calls it all the same is told why
/// not, and nothing of what it holds.
#[tokio::test]
async fn each_tool_is_for_whom_the_pages_are_for() {
    use MemberRole::{Administrator, Manager, Marketer, Provider, Seller};
    let site = Site::for_others().await;
    let read_and_propose = [Scope::Read, Scope::Propose];
    let owner = token(&site, &Actor::owner(), &read_and_propose).await;
    let reads = token(&site, &Actor::owner(), &[Scope::Read]).await;
    let all: Vec<&str> =
        MAILBOX.into_iter().chain(["propose_assessment", "shared_deals", "leads"]).collect();
    assert_eq!(tools(&site, &owner).await, all);
    let without: Vec<&str> = MAILBOX.into_iter().chain(["shared_deals", "leads"]).collect();
    assert_eq!(tools(&site, &reads).await, without);
    let asked = |tool: &str| match tool {
        "deal" | "evidence" => json!({"deal": "a/b c"}),
        "search" => json!({"words": "Pricing"}),
        "coach_draft" => json!({"text": "Hello"}),
        "message" => json!({"message": "m2@lindner.example"}),
        "propose_assessment" => proposal(),
        _ => json!({}),
    };
    for tool in &without {
        let (refused, says) = call(&site, &reads, tool, &asked(tool)).await;
        assert!(!refused, "{tool}: {says}");
    }
    for tool in ["propose_assessment", "message", "send"] {
        let (refused, says) = call(&site, &reads, tool, &asked(tool)).await;
        assert!(refused && says.contains("There is no tool"), "{tool}: {says}");
    }
    for (role, open) in [
        (Provider, &["leads"][..]),
        (Marketer, &["shared_deals", "leads"]),
        (Seller, &["shared_deals", "leads"]),
        (Manager, &["shared_deals", "leads"]),
        (Administrator, &["shared_deals"]),
    ] {
        let theirs = token(&site, &member(&site, role).await, &read_and_propose).await;
        assert_eq!(tools(&site, &theirs).await, open, "{role:?}");
        for tool in &all {
            let (refused, says) = call(&site, &theirs, tool, &asked(tool)).await;
            assert_eq!(refused, !open.contains(tool), "{role:?} {tool}: {says}");
            let why = match *tool {
                "shared_deals" => "This is for those who work here",
                "leads" => "Leads are for who finds them",
                _ => "Only whose mailbox it is can look here",
            };
            assert!(!refused || says.starts_with(why), "{role:?} {tool}: {says}");
            assert!(
                !says.contains("lindner") && !says.contains("Pricing"),
                "{role:?} {tool}: {says}"
            );
        }
        let resources = ask(&site, &theirs, "resources/list", &json!({})).await.json();
        assert_eq!(resources["result"]["resources"], json!([]), "{role:?}");
        for uri in ["inroad://review", "inroad://deal/a%2Fb%20c"] {
            let read = ask(&site, &theirs, "resources/read", &json!({"uri": uri})).await.json();
            let why = read["error"]["message"].as_str().unwrap();
            assert!(why.starts_with("Only whose mailbox"), "{role:?}: {read}");
        }
    }
    let (_, waits) = call(&site, &owner, "propose_assessment", &asked("propose_assessment")).await;
    assert!(waits.contains("counts for nothing until"), "{waits}");
}

#[tokio::test]
async fn a_member_sees_of_a_shared_deal_what_its_page_shows() {
    let site = Site::for_others().await;
    let theirs = token(&site, &member(&site, MemberRole::Seller).await, &[Scope::Read]).await;
    let (refused, none) = call(&site, &theirs, "shared_deals", &json!({"deal": "a/b c"})).await;
    assert!(refused && none == "No such deal is shared with you", "{none}");
    let with = SharedWith::Member("seller@brandt-advice.example".parse().unwrap());
    let about = Subject::Deal(inroad_model::DealId::new("a/b c").unwrap());
    let at = "2026-01-06T09:00:00+01:00".parse().unwrap();
    let entry = Entry::Shared { with, letters: false };
    site.inroad.write_down(about, entry, at).await.unwrap();
    let (_, list) = call(&site, &theirs, "shared_deals", &json!({})).await;
    assert!(list.contains("Pricing") && !list.contains("Rota"), "{list}");
    let (_, whole) = call(&site, &theirs, "shared_deals", &json!({"deal": "a/b c"})).await;
    assert!(whole.contains("\"sent\"") && whole.contains("\"received\""), "{whole}");
    assert!(!whole.contains("tracker") && !whole.contains("Tomorrow"), "{whole}");
    let (refused, other) = call(&site, &theirs, "shared_deals", &json!({"deal": "quiet"})).await;
    assert!(refused && other == "No such deal is shared with you", "{other}");
}
