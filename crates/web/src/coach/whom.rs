//! Whom a draft is for: found by a name, as everywhere.

use inroad_service::{Error, PeopleAsked, PeopleOrder};
use maud::{Markup, html};

use super::Asked;
use crate::parts;
use crate::server::App;

/// So many are offered where a name is that of several.
const OFFERED_MAX: usize = 12;

/// Whom a name may mean: label, address, and where they are.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The name that nobody has, or several.
    typed: String,
    offered: Vec<(String, String)>,
}

/// Puts the address of whom a name means in its place; tells whom it may mean where that is not clear.
pub(super) async fn find(app: &App, asked: &mut Asked) -> Result<Found, Error> {
    if asked.person.is_empty() || asked.person.contains('@') {
        return Ok(Found::default());
    }
    let typed = std::mem::take(&mut asked.person);
    let wanted = PeopleAsked {
        words: typed.clone(),
        state: None,
        tag: None,
        left_alone: false,
        stale: false,
        order: PeopleOrder::Matters,
    };
    let register = app.desk.register().await?;
    let morning = app.desk.glance().await?;
    let entries = app.inroad.entries(app.as_of()).await?;
    let rows = register.list(&wanted, &morning, &entries);
    let mut offered: Vec<(String, String)> = rows
        .iter()
        .take(OFFERED_MAX)
        .map(|row| (row.who.label().to_owned(), row.who.email().to_string()))
        .collect();
    if let ([(_, email)], 1) = (&mut offered[..], rows.len()) {
        asked.person = std::mem::take(email);
        return Ok(Found::default());
    }
    Ok(Found { typed, offered })
}

/// The field, and whom it may mean.
pub(super) fn form(asked: &Asked, name: Option<&str>, found: &Found) -> Markup {
    let value = if found.typed.is_empty() { &asked.person } else { &found.typed };
    html! {
        form.filters method="get" action="/coach" {
            label { "Whom it is for " input type="search" name="person" value=(value) list="people-found" placeholder="A name or an address" autocomplete="off" data-whom; }
            datalist id="people-found" {}
            input type="hidden" name="channel" value=(asked.channel.as_str());
            button type="submit" { "Choose" }
            @if let Ok(email) = asked.person.parse() {
                a href=(parts::person_link(&email)) { (name.unwrap_or(&asked.person)) }
            }
        }
        @if !found.typed.is_empty() {
            @if found.offered.is_empty() {
                p role="status" { "Nobody is known under “" (found.typed) "”. An address will do as well." }
            } @else {
                p role="status" { "Several may be meant:" }
                ul {
                    @for (label, email) in &found.offered {
                        li { a href={ "/coach?person=" (parts::escape(email)) "&channel=" (asked.channel.as_str()) } { (label) } " " span.quiet { (email) } }
                    }
                }
            }
        }
    }
}
