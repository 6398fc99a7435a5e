//! Whether all is well, and metrics: who may ask, what is told, and that it names nobody.

use std::net::SocketAddr;

use inroad_web::{Server, Settings};

#[cfg(feature = "operations")]
use crate::site::OTHERS;
use crate::site::{Site, exchange, key};

async fn ask(address: &str, path: &str, host: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    String::from_utf8_lossy(&exchange(address, &request).await).into_owned()
}

#[tokio::test]
async fn it_tells_that_it_lives_and_is_ready_without_a_key() {
    let site = Site::start().await;
    for (path, word) in [("/healthz", "inroad answers."), ("/readyz", "Ready.")] {
        let answer = ask(&site.address, path, &site.address).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(word_line(word).as_str()));
    }
    // What is beside them still wants the key.
    let answer = ask(&site.address, "/readyz/more", &site.address).await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}

fn word_line(word: &str) -> String {
    format!("\r\n\r\n{word}\n")
}

#[tokio::test]
async fn it_is_not_ready_while_the_database_does_not_answer() {
    let site = Site::start().await;
    site.inroad.clone().close().await.unwrap();
    let answer = ask(&site.address, "/readyz", &site.address).await;
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(answer.ends_with(&word_line("The database does not answer.")), "{answer}");
    assert!(ask(&site.address, "/healthz", &site.address).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn it_says_that_it_stops_for_as_long_as_it_does() {
    let site = Site::start_empty().await;
    let settings = Settings::new(key());
    let server = Server::bind(site.inroad.clone(), settings, 0).await.unwrap();
    let watched = server.watched_at(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let address = watched.address().unwrap().to_string();
    tokio::spawn(watched.run());
    assert!(ask(&address, "/readyz", &address).await.starts_with("HTTP/1.1 200"));
    server.run(std::future::ready(())).await.unwrap();
    let answer = ask(&address, "/readyz", &address).await;
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(answer.ends_with(&word_line("Stopping.")), "{answer}");
    assert!(ask(&address, "/healthz", &address).await.starts_with("HTTP/1.1 200"));
    // Pages are not to be had there.
    assert!(ask(&address, "/", &address).await.starts_with("HTTP/1.1 404"));
}

#[cfg(not(feature = "operations"))]
#[tokio::test]
async fn metrics_are_not_there_unless_they_are_built() {
    let site = Site::start().await;
    assert!(ask(&site.address, "/metrics", &site.address).await.starts_with("HTTP/1.1 403"));
    assert!(site.see("/metrics").await.starts_with("HTTP/1.1 404"));
}

#[cfg(feature = "operations")]
#[tokio::test]
async fn metrics_count_requests_and_name_nobody() {
    let site = Site::start().await;
    for path in [
        "/",
        "/deals",
        "/deals?stage=won",
        "/people/jana%40lindner.example",
        "/search?q=Jana",
        "/nowhere/jana@lindner.example",
    ] {
        site.see(path).await;
    }
    let told = ask(&site.address, "/metrics", &site.address).await;
    for line in [
        r#"inroad_requests_total{route="/deals",method="GET",status="200"} 2"#,
        r#"inroad_requests_total{route="none",method="GET",status="404"} 1"#,
        r#"inroad_request_seconds_count{route="/deals",method="GET"} 2"#,
        "inroad_requests_under_way 0",
        r#"inroad_jobs{state="running"} 0"#,
    ] {
        assert!(told.lines().any(|found| found == line), "{line}\n{told}");
    }
    for part in
        [r#"route="/people/{"#, r#"inroad_database_connections{pool="writer",state="idle"}"#]
    {
        assert!(told.contains(part), "{part}\n{told}");
    }
    let told = told.to_lowercase();
    for word in ["jana", "lindner", "brandt", "pricing", "kühn", "stage", "%40"] {
        assert!(!told.contains(word), "{word}\n{told}");
    }
    assert!(told.ends_with("# eof\n"), "{told}");
}

/// Other programs are counted as the pages are, with the blanks unfilled.
#[cfg(all(feature = "api", feature = "operations"))]
#[tokio::test]
async fn metrics_count_what_programs_ask() {
    let site = Site::start().await;
    for path in [
        "/api/v1/deals",
        "/api/v1/deals/nobody-knows",
        "/api/v1/deals/a%2Fb",
        "/api/v1/nowhere/jana",
    ] {
        site.see(path).await;
    }
    let told = ask(&site.address, "/metrics", &site.address).await;
    for line in [
        r#"inroad_requests_total{route="/api/v1/deals",method="GET",status="200"} 1"#,
        r#"inroad_requests_total{route="/api/v1/deals/{id}",method="GET",status="404"} 2"#,
        r#"inroad_requests_total{route="none",method="GET",status="404"} 1"#,
    ] {
        assert!(told.lines().any(|found| found == line), "{line}\n{told}");
    }
    assert!(!told.contains("jana") && !told.contains("nobody-knows"), "{told}");
}

/// A page of another site reaches this machine by a name of its own, if it has one lead here.
#[cfg(feature = "operations")]
#[tokio::test]
async fn metrics_are_for_this_machine_and_for_the_address_that_was_named() {
    let site = Site::start().await;
    assert!(ask(&site.address, "/metrics", "evil.example").await.starts_with("HTTP/1.1 403"));
    let server = Server::bind(site.inroad.clone(), Settings::new(key()), 0).await;
    let server = server.unwrap();
    for (named, host, expected) in [
        ([127, 0, 0, 1], "evil.example", "HTTP/1.1 403"),
        ([127, 0, 0, 1], "localhost", "HTTP/1.1 200"),
        ([0, 0, 0, 0], "inside.example", "HTTP/1.1 200"),
    ] {
        let watched = server.watched_at(SocketAddr::from((named, 0))).await.unwrap();
        let address = format!("127.0.0.1:{}", watched.address().unwrap().port());
        tokio::spawn(watched.run());
        let answer = ask(&address, "/metrics", host).await;
        assert!(answer.starts_with(expected), "{named:?} as {host}: {answer}");
    }
}

/// A proxy asks from this machine, too, and may hand on whatever name it was asked for.
#[cfg(feature = "operations")]
#[tokio::test]
async fn metrics_are_not_for_those_for_whom_a_proxy_asks() {
    let site = Site::for_others().await;
    for host in ["localhost", "127.0.0.1", OTHERS] {
        let answer = ask(&site.address, "/metrics", host).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{host}: {answer}");
    }
    assert!(ask(&site.address, "/healthz", OTHERS).await.starts_with("HTTP/1.1 200"));
}
