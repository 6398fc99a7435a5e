//! With which identity providers somebody signs in.

use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use axum::{Extension, Router};
use inroad_service::{Error, Identity, IdentityProvider, Wish, now};
use maud::{Markup, html};

use super::{ADDRESS, back, not_here, page};
use crate::access::{CameFrom, Door};
use crate::forms::{OurForm, as_typed, hidden_key};
use crate::rights::As;
use crate::server::{App, failed};
use crate::sign_in::{back_to, on_the_way};
use crate::visit::Visit;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/credentials/providers/{number}", post(link))
        .route("/credentials/identities/{number}/end", post(unlink))
}

/// The part of the page about them; nothing where none was named.
pub(super) async fn section(app: &App, visit: &Visit, has_password: bool) -> Result<Markup, Error> {
    let providers = app.inroad.identity_providers().await?;
    let identities = app.inroad.identities(&visit.actor).await?;
    Ok(html! { @for provider in &providers {
        section.setting {
            h2 { (provider.name) }
            @match identities.iter().find(|identity| identity.provider == provider.number) {
                Some(identity) => (linked(provider, identity, visit)),
                None if has_password => (unlinked(provider, visit)),
                None => p { "Who has no password yet asks an administrator for a link, and sets one up by it." },
            }
        }
    } })
}

fn linked(provider: &IdentityProvider, identity: &Identity, visit: &Visit) -> Markup {
    html! {
        p {
            "You sign in with " (provider.name)
            @if let Some(email) = &identity.email { ", as " (email) }
            ", since " (page::when(identity.since)) "."
        }
        form method="post" action={ (ADDRESS) "/identities/" (identity.number) "/end" } {
            (hidden_key(&visit.form_key))
            p.quiet { small { "Then your other browsers are signed out." } }
            div.row { button type="submit" { "Sign in with " (provider.name) " no more" } }
        }
    }
}

fn unlinked(provider: &IdentityProvider, visit: &Visit) -> Markup {
    html! {
        p { "Sign in with your account there instead of your password." }
        form method="post" action={ (ADDRESS) "/providers/" (provider.number) } {
            (hidden_key(&visit.form_key))
            (page::now(&format!("for-provider-{}", provider.number)))
            div.row { button type="submit" { "Sign in with " (provider.name) " from now on" } }
        }
    }
}

async fn link(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    Path(number): Path<i64>,
    As(actor): As,
    from: CameFrom,
    OurForm(fields): OurForm,
) -> Response {
    let Some(session) = from.session.filter(|_| door.is_network()) else { return not_here() };
    let wish = Wish::Link { actor: &actor, session, password: as_typed(&fields, "password") };
    let (back_to, passwords) = (back_to(&app), app.passwords.as_ref());
    let sent = app.inroad.send_to_provider(number, &wish, &back_to, passwords, &from.caller, now());
    match sent.await {
        Ok(sent) => on_the_way(&sent),
        Err(error) => failed(&error),
    }
}

async fn unlink(
    State(app): State<App>,
    Path(number): Path<i64>,
    As(actor): As,
    from: CameFrom,
    OurForm(_): OurForm,
) -> Response {
    back(app.inroad.unlink(&actor, number, from.session, &from.caller, now()).await)
}
