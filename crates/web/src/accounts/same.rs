//! Which firm is which: names that may be one firm's, joined and parted.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use inroad_model::AccountKey;
use inroad_service::{AccountRow, OpenDoubles};
use maud::{Markup, html};

use crate::deeds;
use crate::doubles::{self, Kind};
use crate::forms::{OurForm, hidden, one};
use crate::frame::Place;
use crate::parts::account_link;
use crate::server::{App, failed};
use crate::visit::Visit;

use super::nothing_there;

/// How pairs of firms are spoken of.
pub(crate) const FIRMS: Kind<AccountKey> = Kind {
    action: "/doubles/firms",
    link: |key| account_link(key.as_str()),
    same: "The same firm",
    two: "Two firms",
};

pub(super) async fn ask(State(app): State<App>, visit: Visit) -> Response {
    match app.desk.open_doubles().await {
        Ok(found) => {
            visit.page("The same firm?", Place::People, &pairs(&found, &visit)).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn pairs(found: &OpenDoubles, visit: &Visit) -> Markup {
    html! {
        p { a href="/accounts" { "← Accounts" } " · " a href="/people/same" { "The same person?" } }
        h1 { "The same firm?" }
        @if found.accounts.is_empty() {
            p.lead { "Nothing to decide. When a firm seems to be there twice, it is asked here." }
        } @else {
            p.lead { "What is known of two names of one firm is read together; nothing is merged for good. The first pair is answered by a key: " kbd { "y" } " the same, " kbd { "n" } " two firms." }
            (doubles::pairs(&found.accounts, &FIRMS, visit))
        }
    }
}

pub(super) async fn decide(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let (Ok(a), Ok(b)) =
        (one(&fields, "a").parse::<AccountKey>(), one(&fields, "b").parse::<AccountKey>())
    else {
        return nothing_there();
    };
    let is_same = one(&fields, "same") == "yes";
    match app.inroad.decide_same_account(&a, &b, is_same, app.as_of()).await {
        Ok(done) => {
            let next = one(&fields, "next");
            deeds::back(if next.is_empty() { "/doubles/firms" } else { next }, Some(done.deed))
        }
        Err(error) => failed(&error),
    }
}

/// The names of one firm: how to join and part them.
pub(super) fn names(row: &AccountRow<'_>, visit: &Visit) -> Markup {
    let at = account_link(row.key().as_str());
    html! {
        section aria-labelledby="names" {
            h2 id="names" { "Names" }
            ul.written {
                @for key in row.firm.keys() {
                    li.line {
                        span { (key) }
                        @if row.firm.others.contains(key) {
                            form method="post" action={ (account_link(key.as_str())) "/split" } {
                                (hidden(&visit.form_key, &visit.address))
                                button.small type="submit" aria-label={ (key) " is another firm" } { "Another firm" }
                            }
                        }
                    }
                }
            }
            details {
                summary { "Join with another name" }
                form.line method="post" action={ (at) "/same" } {
                    (hidden(&visit.form_key, &visit.address))
                    label for="other-name" { "Domain or name" }
                    input id="other-name" name="other" required maxlength="200";
                    button type="submit" { "The same firm" }
                }
            }
        }
    }
}
