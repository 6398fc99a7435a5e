//! Connecting a mailbox begins with its address; who may be asked for its server is chosen beforehand.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use inroad_model::EmailAddress;
use inroad_service::{Asking, Error, FoundServers, PasswordsAre, find_servers};
use maud::{Markup, html};

use super::card::{Card, card, passphrase};
use super::{form, passwords};
use crate::forms::{OurForm, hidden_key, one};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

/// Who may be asked, by the word in the form, with what that means.
const ASKING: [(&str, Asking, &str); 3] = [
    ("nobody", Asking::Nobody, "Nobody: only what inroad knows itself. Nobody learns anything."),
    (
        "domain",
        Asking::OwnDomain,
        "The domain of the address: its name servers, its web server and who sees the traffic on the way learn that somebody here looks for its mail servers; not for which address.",
    ),
    (
        "directory",
        Asking::PublicDirectory,
        "Thunderbird's public directory as well: whoever runs it learns which domain somebody here has to do with.",
    ),
];

pub(super) async fn ask(visit: Visit) -> Response {
    let body = html! {
        p { a href="/connections" { "← Connections" } }
        h1 { "Connect a mailbox" }
        p.lead { "From its address inroad finds where it may be read. Nothing is used until you take the server that you see." }
        (address_form("", Asking::Nobody, None, &visit))
    };
    visit.page("Connect a mailbox", Place::Connections, &body).into_response()
}

fn address_form(typed: &str, asking: Asking, wrong: Option<&Error>, visit: &Visit) -> Markup {
    html! {
        form.box.server method="post" action="/connections/new" {
            (hidden_key(&visit.form_key))
            @if let Some(wrong) = wrong { p.wrong role="alert" { (wrong) } }
            label for="address" { "Address of the mailbox" }
            input type="email" name="address" id="address" value=(typed) required autocomplete="email" maxlength="254";
            fieldset {
                legend { "Who may be asked for its server" }
                @for (word, who, means) in ASKING {
                    label.choice { input type="radio" name="ask" value=(word) checked[who == asking]; " " (means) }
                }
            }
            button.main type="submit" { "Find its server" }
        }
    }
}

pub(super) async fn find(
    State(app): State<App>,
    visit: Visit,
    OurForm(fields): OurForm,
) -> Response {
    let passwords = match passwords(&app) {
        Ok(passwords) => passwords.are(),
        Err(error) => return failed(&error),
    };
    let wished = one(&fields, "ask");
    let asking = ASKING.iter().find(|(word, ..)| *word == wished);
    let asking = asking.map_or(Asking::Nobody, |(_, asking, _)| *asking);
    let found = async {
        let address = form::address(&fields)?;
        let found = find_servers(&address, asking, app.may_reach()).await?;
        Ok::<_, Error>((address, found))
    };
    let (body, status) = match found.await {
        Ok((address, found)) => (proposals(&address, asking, &found, passwords, &visit), None),
        Err(error) => {
            let body = html! {
                p { a href="/connections" { "← Connections" } }
                h1 { "Connect a mailbox" }
                (address_form(one(&fields, "address"), asking, Some(&error), &visit))
            };
            (body, Some(failed(&error).status()))
        }
    };
    let page = visit.page("Connect a mailbox", Place::Connections, &body);
    (status.unwrap_or_default(), page).into_response()
}

fn proposals(
    address: &EmailAddress,
    asking: Asking,
    found: &FoundServers,
    passwords: PasswordsAre,
    visit: &Visit,
) -> Markup {
    let FoundServers { servers, issues, asked } = found;
    html! {
        p { a href="/connections/new" { "← Another address" } }
        h1 { "Where " (address) " may be read" }
        @if servers.is_empty() {
            p.lead { "No server was found." }
            @if asking < Asking::PublicDirectory {
                p { "inroad does not know who keeps the mail of this domain. You may let others be asked, or name the server yourself." }
                (address_form(address.as_str(), Asking::OwnDomain.max(asking), None, visit))
            }
        } @else {
            p.lead { "Take the server that is yours, and sign in. It is tried at once; what does not work is not kept." }
            div.ways {
                @for (number, proposed) in servers.iter().enumerate() {
                    (card(&Card::of(address, proposed), number, passwords, &visit.form_key))
                }
            }
        }
        @if !issues.is_empty() {
            p { "Not everything could be looked at:" }
            ul.problems { @for issue in issues { li { (issue) "." } } }
        }
        @if !asked.is_empty() {
            details {
                summary { "Who was asked" }
                ul.problems { @for one in asked { li { (one) } } }
            }
        }
        details open[servers.is_empty()] {
            summary { @if servers.is_empty() { "Name the server" } @else { "It is another server" } }
            (by_hand(address, passwords, visit))
        }
    }
}

/// A server that the person names.
fn by_hand(address: &EmailAddress, passwords: PasswordsAre, visit: &Visit) -> Markup {
    html! {
        form.box.server method="post" action="/connections/connect" {
            (hidden_key(&visit.form_key))
            input type="hidden" name="address" value=(address);
            label for="host" { "Mail server (IMAP)" }
            input type="text" name="host" id="host" required autocomplete="off" spellcheck="false" maxlength="253" placeholder="imap.firm.example";
            label for="port" { "Port, if it is not the usual one" }
            input type="text" name="port" id="port" inputmode="numeric" autocomplete="off" maxlength="5" placeholder="993";
            label for="security" { "What guards the way there" }
            select name="security" id="security" {
                option value="tls" { "TLS from the first byte" }
                option value="starttls" { "STARTTLS" }
                option value="plain" { "nothing; only for a server on this machine" }
            }
            label for="user" { "The name that you sign in with, if it is not the address" }
            input type="text" name="user" id="user" autocomplete="off" spellcheck="false" maxlength="300";
            label for="since" { "Letters of" }
            select name="since" id="since" {
                option value="2" { "the last two years" }
                option value="5" { "the last five years" }
                option value="all" { "all years" }
            }
            (passphrase(passwords, "by-hand"))
            label for="password" { "Password" }
            input type="password" name="password" id="password" autocomplete="off" maxlength="2000";
            button.main type="submit" name="way" value="password" { "Connect" }
            details {
                summary { "Sign in at a server of your firm's own (OAuth 2)" }
                p.quiet { "Whoever runs it knows what belongs here. inroad is registered there as a desktop app." }
                label for="authorize_url" { "Where you say yes" }
                input type="url" name="authorize_url" id="authorize_url" autocomplete="off" maxlength="2000" placeholder="https://id.firm.example/authorize";
                label for="token_url" { "Where tokens are given out" }
                input type="url" name="token_url" id="token_url" autocomplete="off" maxlength="2000" placeholder="https://id.firm.example/token";
                label for="scope" { "For what is asked" }
                input type="text" name="scope" id="scope" autocomplete="off" spellcheck="false" maxlength="2000";
                label for="client_id" { "Client id" }
                input type="text" name="client_id" id="client_id" autocomplete="off" spellcheck="false" maxlength="500";
                label for="client_secret" { "Client secret, if one came with the id" }
                input type="password" name="client_secret" id="client_secret" autocomplete="off" maxlength="2000";
                button type="submit" name="way" value="oauth" { "Sign in there" }
            }
        }
    }
}
