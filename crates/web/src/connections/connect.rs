//! A server that a person took is tried with what they sign in with, and kept if it works.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use inroad_model::{OAuthServer, Reads, SignIn};
use inroad_service::{Error, Passwords, PasswordsAre, WayIn};
use maud::{Markup, html};

use super::card::{Card, card};
use super::form::{Wish, as_typed};
use super::{named, opened};
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::parts::escape;
use crate::server::{App, failed};
use crate::visit::Visit;

/// Signs in anew at what is connected.
pub(super) async fn again(
    State(app): State<App>,
    Query(query): Query<Fields>,
    visit: Visit,
) -> Response {
    let shown = match named(&app, &query).await {
        Ok(shown) => shown,
        Err(error) => return failed(&error),
    };
    let Reads::Mailbox(mailbox) = &shown.connection.reads else {
        let what = "This is no mailbox; connect it anew in a terminal: inroad connect".to_owned();
        return failed(&Error::Invalid { what });
    };
    let name = shown.connection.name.clone();
    let title = format!("Sign in anew: {name}");
    let body = one_card(&title, &Card::again(Some(name), mailbox), None, &app, &visit);
    visit.page(&title, Place::Connections, &body).into_response()
}

fn one_card(title: &str, one: &Card, wrong: Option<&Error>, app: &App, visit: &Visit) -> Markup {
    let passwords = app.passwords.as_ref().map_or(PasswordsAre::NotMade, Passwords::are);
    html! {
        p { a href="/connections" { "← Connections" } }
        h1 { (title) }
        @if let Some(wrong) = wrong { p.wrong role="alert" { (wrong) "." } }
        div.ways { (card(one, 0, passwords, &visit.form_key)) }
    }
}

pub(super) async fn connect(
    State(app): State<App>,
    visit: Visit,
    OurForm(fields): OurForm,
) -> Response {
    // A mailbox is called by its address where nobody calls it otherwise.
    let asked = match one(&fields, "name") {
        "" => vec![("name".to_owned(), one(&fields, "address").to_lowercase())],
        _ => fields.clone(),
    };
    let known = named(&app, &asked).await.ok().map(|shown| shown.connection.reads);
    let known = known.and_then(|reads| match reads {
        Reads::Mailbox(mailbox) => Some(*mailbox),
        _ => None,
    });
    let wish = match Wish::read(&fields, known.as_ref(), app.as_of().date()) {
        Ok(wish) => wish.asked_from(app.is_for_others, known.as_ref()),
        Err(error) => return failed(&error),
    };
    match tried(&app, &fields, &wish).await {
        Ok(next) => Redirect::to(&next).into_response(),
        Err(error) => {
            let name = known.map(|_| wish.name.clone());
            let mut card = Card::again(name, &wish.mailbox);
            // What the person chose stands alone: another way is another try.
            if let SignIn::OAuth(_) = wish.mailbox.sign_in {
                card.ways.retain(|way| matches!(way, WayIn::OAuth { .. }) && card.own.is_none());
            }
            let title = "It does not work yet";
            let body = one_card(title, &card, Some(&error), &app, &visit);
            let page = visit.page(title, Place::Connections, &body);
            (failed(&error).status(), page).into_response()
        }
    }
}

/// Tries, and says where to go on.
async fn tried(app: &App, fields: &Fields, wish: &Wish) -> Result<String, Error> {
    let connection = wish.connection();
    let password = as_typed(fields, "password");
    if wish.mailbox.sign_in.is_password() && password.is_empty() {
        return Err(Error::Invalid { what: "Say the password of the mailbox".to_owned() });
    }
    let passwords = opened(app, fields).await?;
    // The page to which a provider sends a browser back lies on this very machine.
    if app.is_for_others
        && let SignIn::OAuth(how) = &wish.mailbox.sign_in
        && matches!(how.server, OAuthServer::Own { .. })
    {
        let what =
            "A sign-in server of your firm's own is named on the machine itself: inroad connect";
        return Err(Error::Invalid { what: what.to_owned() });
    }
    let SignIn::OAuth(how) = &wish.mailbox.sign_in else {
        let password = password.to_owned();
        app.inroad.connect(&connection, password, &passwords, app.as_of()).await?;
        return Ok(format!("/connections?connected={}", escape(wish.name.as_str())));
    };
    let client_secret = Some(one(fields, "client_secret").to_owned());
    let address = &wish.mailbox.address;
    let asked =
        app.inroad.sign_in_asked(address, how, client_secret, &wish.name, &passwords).await?;
    let begun = asked.by_browser()?;
    let number = app.sign_ins.follow(&app.inroad, &passwords, connection, begun);
    Ok(format!("/connections/sign-in/{number}"))
}
