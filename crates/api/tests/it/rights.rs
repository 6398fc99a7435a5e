//! Who may what: nobody may nothing, and whoever works here sees leads and no mailbox.

use axum::http::StatusCode;
use inroad_model::MemberRole;
use inroad_service::Actor;

use crate::document::operations;
use crate::examples::example;
use crate::world::{World, member};

#[tokio::test]
async fn nobody_may_nothing_and_a_member_no_more_than_is_theirs() {
    let world = World::new().await;
    for operation in operations() {
        let (method, path) = (operation.method, operation.path);
        let what = format!("{method} {path}");
        for actor in [None, Some(Actor::nobody())] {
            let answered = world.send(actor, example(&operation)).await;
            assert_eq!(answered.status, StatusCode::FORBIDDEN, "{what}");
        }
        // Leads are for sellers, and for nobody who only says who works here. Deeds are whose they are.
        let administrator =
            world.send(Some(member(MemberRole::Administrator)), example(&operation)).await;
        assert_eq!(administrator.status, StatusCode::FORBIDDEN, "{what}");
        let seller = world.send(Some(member(MemberRole::Seller)), example(&operation)).await;
        match path {
            "/leads" => assert_eq!(seller.status, StatusCode::OK, "{what}"),
            // There is one, and it is not theirs.
            "/leads/{number}" => assert!(seller.status.is_client_error(), "{what}"),
            _ => assert_eq!(seller.status, StatusCode::FORBIDDEN, "{what}"),
        }
    }
}

#[tokio::test]
async fn a_right_is_asked_for_before_a_request_is_read() {
    let world = World::new().await;
    for (method, path, body) in [
        ("GET", "/review?limit=0", ""),
        ("GET", "/deals?nonsense=1", ""),
        ("POST", "/deals", "{"),
        ("PATCH", "/deals/d1", "[]"),
        ("POST", "/imports/deals", "x"),
    ] {
        let request = crate::world::request(method, path, body);
        let answered = world.send(Some(member(MemberRole::Manager)), request).await;
        assert_eq!(answered.status, StatusCode::FORBIDDEN, "{method} {path}");
    }
}
