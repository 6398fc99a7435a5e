//! What people and outsiders bring in is text on every page: every field of every form, and every word of mail,
//! calendars, cards, tables and programs, is filled with markup, and no page has an element, an attribute or an
//! address that was born from it.
//!
//! The forms are those that the pages themselves show, so that none of tomorrow is forgotten, and the test counts
//! what it reached, so that it cannot pass over nothing.

mod brought;
mod form;
mod look;
mod payload;
mod walk;

use inroad_model::MemberRole;

use self::brought::Brought;
use self::payload::Payloads;
use self::walk::Walk;
use crate::network::{Browser, PASSWORD, held, member_in, owner};
use crate::site::Site;

#[tokio::test]
async fn what_is_brought_in_is_text_everywhere() {
    let mut payloads = Payloads::default();
    let brought = Brought::new(&mut payloads);
    let site = Site::for_others_over(&brought.files()).await;
    let me = owner(&site).await;
    brought.by_programs(&site, &mut payloads).await;
    let mut walk = Walk::new(&site, payloads);
    // A browser may call itself whatever it likes, and its name stands in the list of those that are signed in.
    walk.sign_in_as_marked("ada@brandt-advice.example", PASSWORD).await;
    walk.shows(&me.cookie);
    walk.pages(3).await;
    walk.forms().await;
    for role in [
        MemberRole::Provider,
        MemberRole::Marketer,
        MemberRole::Seller,
        MemberRole::Manager,
        MemberRole::Administrator,
    ] {
        walk.shows(&Browser::of(&site, &member_in(&site, role).await).cookie);
        walk.pages(2).await;
        walk.forms().await;
    }
    walk.shows("");
    walk.pages(2).await;
    walk.forms().await;
    walk.shows(&again(&site).await);
    walk.pages(6).await;
    walk.programs().await;
    assert!(walk.faults.is_empty(), "{}", walk.faults.join("\n"));
    walk.reached_enough();
}

/// The owner once more, whose password a form may have changed.
async fn again(site: &Site) -> String {
    let now = inroad_service::now();
    let link = site.inroad.invite_owner(now).await.unwrap();
    let form = format!("email=ada@brandt-advice.example&password={PASSWORD}&again={PASSWORD}");
    let nobody = Browser::of(site, "");
    let answer = nobody.post(&format!("/begin/{link}"), &form.replace(' ', "+")).await;
    Browser::of(site, &held(&answer)).cookie
}
