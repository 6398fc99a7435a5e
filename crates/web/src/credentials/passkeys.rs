//! The passkeys by which somebody signs in.

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Extension, Router};
use inroad_service::{Error, NewPasskeyAsked, Passkey, PasskeyAnswer, now, passkeys_open};
use maud::{Markup, html};

use super::{ADDRESS, back, not_here, page};
use crate::access::{CameFrom, Door};
use crate::forms::{OurForm, as_typed, hidden_key, one};
use crate::rights::As;
use crate::server::{App, failed};
use crate::sign_in::{PASSKEY_FORM_BYTES_MAX, PASSKEY_SCRIPT, passkey_asked};
use crate::visit::Visit;

pub(super) fn routes() -> Router<App> {
    let limit = || DefaultBodyLimit::max(PASSKEY_FORM_BYTES_MAX);
    Router::new()
        .route("/credentials/passkeys/ask", post(ask).layer(limit()))
        .route("/credentials/passkeys", post(add).layer(limit()))
        .route("/credentials/passkeys/{number}/end", post(remove))
}

/// The part of the page about them.
pub(super) async fn section(app: &App, visit: &Visit, has_password: bool) -> Result<Markup, Error> {
    let passkeys = app.inroad.passkeys(&visit.actor).await?;
    Ok(html! {
        section.setting {
            h2 { "Passkeys" }
            p { "A fingerprint, a face or a PIN of your device instead of your password. No code is asked for after it." }
            @if !passkeys.is_empty() { (list(&passkeys, visit)) }
            @if !passkeys_open(&app.address) {
                p.quiet { "Browsers make passkeys for a name as https://inroad.your-firm.example. These pages are at " (app.address) ", so that there can be none." }
            } @else if has_password {
                (another(visit))
            } @else {
                p { "Who has no password yet asks an administrator for a link, and sets one up by it." }
            }
        }
    })
}

fn list(passkeys: &[Passkey], visit: &Visit) -> Markup {
    html! {
        div.scroll { table {
            thead { tr { th scope="col" { "Name" } th scope="col" { "Made" } th scope="col" { "Last used" } th scope="col" { "Remove" } } }
            tbody { @for passkey in passkeys {
                tr {
                    th scope="row" { (passkey.name) br; small.quiet { @if passkey.is_copied { "on several devices" } @else { "on one device" } } }
                    td { (page::when(passkey.made_at)) }
                    td { @match passkey.used_at { Some(at) => (page::when(at)), None => span.quiet { "never" } } }
                    td { form method="post" action={ (ADDRESS) "/passkeys/" (passkey.number) "/end" } { (hidden_key(&visit.form_key)) button type="submit" aria-label={ "Remove " (passkey.name) } { "Remove" } } }
                }
            } }
        } }
        p.quiet { small { "When you remove one, your other browsers are signed out." } }
    }
}

fn another(visit: &Visit) -> Markup {
    html! {
        p.quiet data-without-passkey { "This browser makes none, or its scripts are off." }
        form method="post" action={ (ADDRESS) "/passkeys" } data-passkey={ (ADDRESS) "/passkeys/ask" } hidden {
            (hidden_key(&visit.form_key))
            input type="hidden" name="answer";
            label for="passkey-name" { "What you call this device, such as laptop" }
            input type="text" name="name" id="passkey-name" required maxlength="60" autocomplete="off";
            (page::now("for-passkey"))
            p.wrong role="alert" hidden {}
            div.row { button type="submit" { "Make a passkey" } }
        }
        script type="module" src=(PASSKEY_SCRIPT) {}
    }
}

async fn ask(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    As(actor): As,
    from: CameFrom,
    OurForm(fields): OurForm,
) -> Response {
    let Some(session) = from.session.filter(|_| door.is_network()) else { return not_here() };
    let (name, password) = (one(&fields, "name"), as_typed(&fields, "password"));
    let asked = NewPasskeyAsked { name, password, session };
    let question =
        app.inroad.ask_to_make_passkey(&actor, &app.address, &asked, &from.caller, now());
    passkey_asked(question.await)
}

async fn add(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    As(actor): As,
    from: CameFrom,
    headers: HeaderMap,
    OurForm(fields): OurForm,
) -> Response {
    let Some(session) = from.session.filter(|_| door.is_network()) else { return not_here() };
    let browser = Door::asked(&headers).unwrap_or_default();
    let answer = PasskeyAnswer { browser, given: one(&fields, "answer") };
    let added = app.inroad.add_passkey(&actor, &app.address, session, &answer, &from.caller, now());
    let page = match added.await {
        Ok(_) => Redirect::to(ADDRESS).into_response(),
        Err(error) => failed(&error),
    };
    Door::with_asked(page, None)
}

async fn remove(
    State(app): State<App>,
    Path(number): Path<i64>,
    As(actor): As,
    from: CameFrom,
    OurForm(_): OurForm,
) -> Response {
    back(app.inroad.remove_passkey(&actor, number, from.session, &from.caller, now()).await)
}
