//! A sign-in at the provider that is under way: the way there, and what came of it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use inroad_service::PendingSignIn;
use maud::{Markup, html};

use crate::frame::Place;
use crate::parts::escape;
use crate::server::{App, not_found};
use crate::visit::Visit;

pub(super) async fn show(
    State(app): State<App>,
    Path(number): Path<String>,
    visit: Visit,
) -> Response {
    let found = number.parse().ok().and_then(|number| app.sign_ins.look(number));
    let Some(stands) = found else {
        return not_found(
            "This sign-in is over, or was begun once more. Begin anew under Connections.",
        );
    };
    let body = html! {
        p { a href="/connections" { "← Connections" } }
        h1 { "Sign in: " (stands.name()) }
        div data-live { (how_it_stands(&stands, &visit.address)) }
        script type="module" src="/connections.js" {}
    };
    visit.page("Sign in", Place::Connections, &body).into_response()
}

fn how_it_stands(stands: &PendingSignIn, here: &str) -> Markup {
    html! {
        @match stands {
            PendingSignIn::Waiting { url, .. } => {
                p { "Say yes at your provider, in a browser of this machine. inroad waits for it a quarter of an hour." }
                p { a.button.main href=(url) target="_blank" rel="noopener noreferrer" { "Go to " (host(url)) } }
                p role="status" { "Waiting until the browser comes back. " a.act href=(here) { "Look again" } }
            }
            PendingSignIn::Connected(name) => {
                p.word role="status" { (name) " works, and is being read." }
                p { a.button.main href={ "/connections?connected=" (escape(name.as_str())) } { "To the connections" } }
            }
            PendingSignIn::Failed { why, .. } => {
                p.wrong role="alert" { (why) "." }
                p { a.button.main href="/connections" { "To the connections" } }
            }
        }
    }
}

/// Where an address leads.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest)
}
