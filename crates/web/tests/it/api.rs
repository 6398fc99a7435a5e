//! Other programs come in by the door of the pages.

use inroad_model::MemberRole;
use inroad_service::{Actor, Caller, Scope, now};

use crate::network::member_in;
use crate::site::{OTHERS, Site};

/// What a program hears that shows a token.
async fn asks(site: &Site, token: &str, path: &str) -> String {
    let bearer = format!("Bearer {token}");
    site.ask(path, &[("Host", OTHERS), ("Authorization", &bearer)]).await
}

#[tokio::test]
async fn a_token_opens_what_whose_it_is_may_see() {
    let site = Site::for_others().await;
    let make = async |actor: &Actor, scopes: &[Scope]| {
        let scopes = scopes.iter().copied().collect();
        let made = site.inroad.make_token(actor, "t", scopes, 1, &Caller::default(), now()).await;
        made.unwrap().secret
    };
    let reads = make(&Actor::owner(), &[Scope::Read]).await;
    let deals = asks(&site, &reads, "/api/v1/deals").await;
    assert!(deals.starts_with("HTTP/1.1 200") && deals.contains("Pricing"), "{deals}");
    let bearer = format!("Bearer {reads}");
    let headers = [("Host", OTHERS), ("Authorization", bearer.as_str())];
    let refused = site.send("/api/v1/deals", &headers, "").await;
    assert!(refused.starts_with("HTTP/1.1 403") && refused.contains("may not write"), "{refused}");
    let writes = make(&Actor::owner(), &[Scope::Read, Scope::Write]).await;
    let bearer = format!("Bearer {writes}");
    let headers = [("Host", OTHERS), ("Authorization", bearer.as_str())];
    let heard = site.send("/api/v1/deals", &headers, "").await;
    assert!(heard.starts_with("HTTP/1.1 415"), "a form is no JSON: {heard}");

    member_in(&site, MemberRole::Seller).await;
    let email = "seller@brandt-advice.example".parse().unwrap();
    let seller = site.inroad.actor_called(&email).await.unwrap();
    let theirs = make(&seller, &[Scope::Read]).await;
    for path in ["/api/v1/deals", "/api/v1/review", "/api/v1/search?q=Pricing", "/api/v1/people"] {
        let answer = asks(&site, &theirs, path).await;
        assert!(answer.starts_with("HTTP/1.1 403"), "{path}: {answer}");
        assert!(!answer.contains("lindner"), "{path}: {answer}");
    }
    let leads = asks(&site, &theirs, "/api/v1/leads").await;
    assert!(leads.starts_with("HTTP/1.1 200"), "{leads}");
}

#[tokio::test]
async fn a_program_with_the_key_is_answered_and_one_without_is_told() {
    let site = Site::start().await;
    let described = site.see_whole("/api/v1/openapi.json").await;
    assert!(described.contains("\"openapi\":\"3.1.0\""), "{described}");
    let deal = site.see_whole("/api/v1/deals/a%2Fb%20c").await;
    assert!(deal.starts_with("HTTP/1.1 200") && deal.contains("\"value\":48000.0"), "{deal}");
    let nowhere = site.see_whole("/api/v1/nowhere").await;
    assert!(nowhere.starts_with("HTTP/1.1 404") && nowhere.contains("problem+json"), "{nowhere}");
    let stranger = site.ask("/api/v1/deals", &[]).await;
    assert!(stranger.starts_with("HTTP/1.1 401"), "{stranger}");
    assert!(stranger.contains("application/problem+json"), "{stranger}");
}
