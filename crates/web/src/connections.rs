//! What is connected and read by itself: how each is, connecting a mailbox, and letting go of one.
//!
//! Only whose data file it is comes here. Passwords and the passphrase go from a form to `service`, and stand
//! on no page again.
//!
//! Must not: change anything without the key that our own forms hold, or ask anybody on a GET.

mod card;
mod connect;
mod form;
mod list;
mod new;
mod signing;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use inroad_model::ConnectionName;
use inroad_service::{Error, Passwords, PasswordsAre, ShownConnection};
use maud::html;

use crate::assets;
use crate::forms::{Fields, OurForm, hidden_key, one};
use crate::frame::Place;
use crate::parts::escape;
use crate::server::{App, failed};
use crate::visit::Visit;

const SCRIPT: &str = include_str!("../assets/connections.js");

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/connections", get(show))
        .route("/connections/new", get(new::ask).post(new::find))
        .route("/connections/again", get(connect::again))
        .route("/connections/connect", post(connect::connect))
        .route("/connections/sign-in/{number}", get(signing::show))
        .route("/connections/unlock", post(unlock))
        .route("/connections/read", post(read))
        .route("/connections/write-back", post(write_back))
        .route("/connections/disconnect", get(ask_to_disconnect).post(disconnect))
        .route("/connections.js", get(async || assets::script(SCRIPT)))
}

async fn show(State(app): State<App>, Query(query): Query<Fields>, visit: Visit) -> Response {
    match seen(&app, &query).await {
        Ok(seen) => {
            let body = list::page(&seen, None, &visit);
            visit.page("Connections", Place::Connections, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn seen(app: &App, query: &Fields) -> Result<list::Seen, Error> {
    Ok(list::Seen {
        connections: app.inroad.connections().await?,
        passwords: app.passwords.as_ref().map(Passwords::are),
        page: one(query, "page").parse().unwrap_or(1),
        connected: one(query, "connected").to_owned(),
        now: app.as_of(),
    })
}

/// Where passwords lie; the sample has none.
fn passwords(app: &App) -> Result<Passwords, Error> {
    app.passwords.clone().ok_or_else(|| Error::Conflict {
        what: "Nothing is connected to the sample; open your own pages for that".to_owned(),
    })
}

/// The passwords, opened by what a form says, if nobody opened them before.
async fn opened(app: &App, fields: &Fields) -> Result<Passwords, Error> {
    let passwords = passwords(app)?;
    let invalid = |what: &str| Err(Error::Invalid { what: what.to_owned() });
    let typed = form::as_typed(fields, "passphrase");
    match passwords.are() {
        PasswordsAre::Open => {}
        _ if typed.is_empty() => return invalid("Say the passphrase of your passwords"),
        PasswordsAre::NotMade if form::as_typed(fields, "passphrase_again") != typed => {
            return invalid("The two passphrases are not the same; type them once more");
        }
        PasswordsAre::Sealed | PasswordsAre::NotMade => passwords.unlock(typed.to_owned()).await?,
    }
    Ok(passwords)
}

/// Opens the passwords, so that reading begins.
async fn unlock(State(app): State<App>, visit: Visit, OurForm(fields): OurForm) -> Response {
    match opened(&app, &fields).await {
        Ok(passwords) => {
            // Letters that were begun before the last end could not be looked for until now.
            let inroad = app.inroad.clone();
            tokio::spawn(async move { inroad.settle_what_was_begun(&passwords).await });
            Redirect::to("/connections").into_response()
        }
        Err(error) => match seen(&app, &Fields::new()).await {
            Ok(seen) => {
                let body = list::page(&seen, Some(&error), &visit);
                let page = visit.page("Connections", Place::Connections, &body);
                (failed(&error).status(), page).into_response()
            }
            Err(error) => failed(&error),
        },
    }
}

async fn read(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let done = async { app.inroad.read_now(&name(&fields)?).await };
    match done.await {
        Ok(()) => Redirect::to("/connections").into_response(),
        Err(error) => failed(&error),
    }
}

/// Gives or takes back the leave to write to an address book.
async fn write_back(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let leave = one(&fields, "leave") == "yes";
    let done = async { app.inroad.set_write_back(&name(&fields)?, leave, app.as_of()).await };
    match done.await {
        Ok(()) => Redirect::to("/connections").into_response(),
        Err(error) => failed(&error),
    }
}

/// The name of a connection that a form or an address says.
fn name(fields: &Fields) -> Result<ConnectionName, Error> {
    ConnectionName::new(one(fields, "name")).map_err(|no| Error::Invalid { what: no.to_string() })
}

/// The connection that a form or an address names.
async fn named(app: &App, fields: &Fields) -> Result<ShownConnection, Error> {
    let name = name(fields)?;
    let mut all = app.inroad.connections().await?.into_iter();
    let found = all.find(|shown| shown.connection.name == name);
    found.ok_or_else(|| Error::NotFound { what: format!("'{name}' is not connected") })
}

/// The address of a page about one connection.
fn about(page: &str, name: &ConnectionName) -> String {
    format!("/connections/{page}?name={}", escape(name.as_str()))
}

async fn ask_to_disconnect(
    State(app): State<App>,
    Query(query): Query<Fields>,
    visit: Visit,
) -> Response {
    let name = match named(&app, &query).await {
        Ok(shown) => shown.connection.name,
        Err(error) => return failed(&error),
    };
    let body = html! {
        p { a href="/connections" { "← Connections" } }
        h1 { "Read " (name) " no more?" }
        p { "What was read stays, with everything that was learned from it. Nothing changes on the server. What opens it is forgotten, so to read it again you connect it anew; there is no undo." }
        form method="post" action="/connections/disconnect" {
            (hidden_key(&visit.form_key))
            input type="hidden" name="name" value=(name);
            div.row {
                button.main type="submit" { "Disconnect" }
                a.act href="/connections" { "Leave it connected" }
            }
        }
    };
    visit.page("Disconnect", Place::Connections, &body).into_response()
}

async fn disconnect(State(app): State<App>, visit: Visit, OurForm(fields): OurForm) -> Response {
    let done = async {
        let (name, passwords) = (name(&fields)?, passwords(&app)?);
        app.inroad.disconnect(&name, &passwords, app.as_of()).await
    };
    match done.await {
        Ok(None) => Redirect::to("/connections").into_response(),
        Ok(Some(why)) => {
            let body = html! {
                p { a href="/connections" { "← Connections" } }
                h1 { "It is read no more" }
                p { "What was read stays. Its password stays sealed, though: " (why) "." }
            };
            visit.page("Disconnected", Place::Connections, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}
