//! A server as a card: where it is, how it was found, what is needed, and a form for each way of signing in.

use inroad_model::{
    ConnectionName, EmailAddress, MailboxConnection, OAuthServer, Security, ServerAddress, SignIn,
};
use inroad_service::{PasswordsAre, ProposedServer, WayIn, way_in_by_oauth};
use maud::{Markup, html};

use crate::access::Key;
use crate::forms::hidden_key;

/// What stands on a card.
#[derive(Debug)]
pub(super) struct Card {
    pub address: EmailAddress,
    /// Under which name it is connected already.
    pub name: Option<ConnectionName>,
    pub server: ServerAddress,
    pub user: Option<String>,
    pub how_found: Vec<String>,
    pub needs_a_look: bool,
    pub ways: Vec<WayIn>,
    pub notes: Vec<String>,
    /// A sign-in server of the firm's own, and the client id there or at the provider.
    pub own: Option<OAuthServer>,
    pub client_id: String,
}

impl Card {
    /// Of what was found for an address.
    pub(super) fn of(address: &EmailAddress, found: &ProposedServer) -> Self {
        Self {
            address: address.clone(),
            name: None,
            server: found.server.clone(),
            user: found.user.clone(),
            how_found: found.how_found.clone(),
            needs_a_look: found.needs_a_look,
            ways: found.ways.clone(),
            notes: found.notes.clone(),
            own: None,
            client_id: String::new(),
        }
    }

    /// Of a mailbox as it is kept or was typed.
    pub(super) fn again(name: Option<ConnectionName>, mailbox: &MailboxConnection) -> Self {
        let by_oauth = way_in_by_oauth(&mailbox.imap.host);
        let (own, client_id) = match &mailbox.sign_in {
            SignIn::Password => (None, String::new()),
            SignIn::OAuth(how) => {
                let own = matches!(how.server, OAuthServer::Own { .. });
                (own.then(|| how.server.clone()), how.client_id.clone())
            }
        };
        let mut ways: Vec<WayIn> = by_oauth.into_iter().collect();
        let at = if mailbox.sign_in.is_password() { 0 } else { ways.len() };
        ways.insert(at, WayIn::Password);
        Self {
            address: mailbox.address.clone(),
            name,
            server: mailbox.imap.clone(),
            user: Some(mailbox.user.clone()),
            how_found: Vec::new(),
            needs_a_look: false,
            ways,
            notes: Vec::new(),
            own,
            client_id,
        }
    }
}

pub(super) fn card(card: &Card, number: usize, passwords: PasswordsAre, key: &Key) -> Markup {
    let id = |what: &str| format!("{what}-{number}");
    let Card { server, needs_a_look, how_found, notes, .. } = card;
    html! {
        section.box.server aria-labelledby=(id("server")) {
            h2 id=(id("server")) { (server.host) }
            @if *needs_a_look {
                p.word role="note" { strong { "Look twice." } " This server stands elsewhere: neither below the domain of your address nor at a provider that inroad knows. That is right for many small providers, and it is also what somebody would name who wants your password." }
            }
            dl.pairs {
                dt { "Port" } dd { (server.port) ", " (guard(server.security)) }
                @if let Some(user) = &card.user { dt { "You sign in as" } dd.address { (user) } }
                @if !how_found.is_empty() {
                    dt { "How found" }
                    dd { @for (n, how) in how_found.iter().enumerate() { @if n > 0 { br; } (how) } }
                }
            }
            @for note in notes { p.quiet { (note) } }
            @for (n, way) in ways(card).iter().enumerate() {
                @let form = form(card, way, &format!("{number}-{n}"), passwords, key);
                @if n == 0 { (form) } @else { details { summary { (or_by(way)) } (form) } }
            }
        }
    }
}

/// The ways that are offered: those that are known, else a password; and the firm's own server.
fn ways(card: &Card) -> Vec<Offered<'_>> {
    let known = card.ways.iter().map(Offered::Known);
    let mut ways: Vec<Offered<'_>> = card.own.iter().map(Offered::Own).chain(known).collect();
    if ways.is_empty() {
        ways.push(Offered::Known(&WayIn::Password));
    }
    ways
}

/// A way that stands behind the first.
fn or_by(way: &Offered<'_>) -> String {
    match way {
        Offered::Own(_) => "Or sign in at your firm's own server".to_owned(),
        Offered::Known(WayIn::OAuth { name, .. }) => format!("Or sign in at {name}"),
        Offered::Known(WayIn::AppPassword { .. }) => {
            "Or with a password made for inroad".to_owned()
        }
        Offered::Known(WayIn::Password) => "Or with the password".to_owned(),
    }
}

#[derive(Clone, Copy)]
enum Offered<'c> {
    Known(&'c WayIn),
    Own(&'c OAuthServer),
}

fn form(card: &Card, way: &Offered<'_>, id: &str, passwords: PasswordsAre, key: &Key) -> Markup {
    html! {
        form method="post" action="/connections/connect" {
            (hidden_key(key))
            (hidden(card))
            @if card.user.is_none() {
                label for={ "user-" (id) } { "The name that you sign in with" }
                input type="text" name="user" id={ "user-" (id) } required autocomplete="off" spellcheck="false" maxlength="300";
            }
            @if card.name.is_none() { (since(id)) }
            (match way {
                Offered::Known(WayIn::OAuth { provider, name, register, has_secret, .. }) => html! {
                    input type="hidden" name="provider" value=(provider);
                    p { "You say yes at " (name) " in your browser, and inroad gets no password. For that it needs an id of your own, which you or your administrator get " a href=(register) target="_blank" rel="noopener noreferrer" { "at " (name) } " once (" a href="/help/connections#signing-in" { "how" } ")." }
                    (client(card, id, *has_secret))
                    (passphrase(passwords, id))
                    button.main type="submit" name="way" value="oauth" { "Sign in at " (name) }
                },
                Offered::Own(server) => html! {
                    (own(server))
                    p { "You say yes at your firm's own sign-in server in your browser, and inroad gets no password." }
                    (client(card, id, true))
                    (passphrase(passwords, id))
                    button.main type="submit" name="way" value="oauth" { "Sign in there" }
                },
                Offered::Known(way) => html! {
                    (needs(way))
                    label for={ "password-" (id) } { @if **way == WayIn::Password { "Password" } @else { "Password made for inroad" } }
                    input type="password" name="password" id={ "password-" (id) } required autocomplete="off" maxlength="2000";
                    (passphrase(passwords, id))
                    button.main type="submit" name="way" value="password" { "Connect" }
                },
            })
        }
    }
}

/// Where it is, as fields that nobody sees.
fn hidden(card: &Card) -> Markup {
    let security = match card.server.security {
        Security::Tls => "tls",
        Security::StartTls => "starttls",
        Security::Plain => "plain",
    };
    html! {
        input type="hidden" name="address" value=(card.address);
        @if let Some(name) = &card.name { input type="hidden" name="name" value=(name); }
        input type="hidden" name="host" value=(card.server.host);
        input type="hidden" name="port" value=(card.server.port);
        input type="hidden" name="security" value=(security);
        @if let Some(user) = &card.user { input type="hidden" name="user" value=(user); }
    }
}

fn own(server: &OAuthServer) -> Markup {
    let OAuthServer::Own { authorize, token, scopes, .. } = server else { return html! {} };
    html! {
        input type="hidden" name="authorize_url" value=(authorize);
        input type="hidden" name="token_url" value=(token);
        input type="hidden" name="scope" value=(scopes.join(" "));
    }
}

/// How far back letters are read.
fn since(id: &str) -> Markup {
    html! {
        label for={ "since-" (id) } { "Letters of" }
        select name="since" id={ "since-" (id) } {
            option value="2" { "the last two years" }
            option value="5" { "the last five years" }
            option value="all" { "all years" }
        }
    }
}

/// By which id this program is known there.
pub(super) fn client(card: &Card, id: &str, has_secret: bool) -> Markup {
    html! {
        label for={ "client-" (id) } { "Client id" }
        input type="text" name="client_id" id={ "client-" (id) } value=(card.client_id) required autocomplete="off" spellcheck="false" maxlength="500";
        @if has_secret {
            label for={ "secret-" (id) } { "Client secret, if one came with the id" }
            input type="password" name="client_secret" id={ "secret-" (id) } autocomplete="off" maxlength="2000";
        }
    }
}

/// What a person has to do beforehand.
fn needs(way: &WayIn) -> Markup {
    html! {
        @if let WayIn::AppPassword { page, needs } = way {
            p {
                "Your provider wants a password made for this program"
                @if let Some(page) = page { ", which you make " a href=(page) target="_blank" rel="noopener noreferrer" { "there" } }
                "."
                @if let Some(needs) = needs { " " (needs) "." }
            }
        }
    }
}

/// What asks for the passphrase, if nobody told it yet.
pub(super) fn passphrase(passwords: PasswordsAre, id: &str) -> Markup {
    html! {
        @match passwords {
            PasswordsAre::Open => {}
            PasswordsAre::Sealed => {
                label for={ "passphrase-" (id) } { "Passphrase of your passwords" }
                input type="password" name="passphrase" id={ "passphrase-" (id) } required autocomplete="off" maxlength="1000";
            }
            PasswordsAre::NotMade => {
                p { "Your passwords are sealed in a file beside your data. A passphrase opens it; nobody can bring it back for you. Eight characters or more; a few words in a row are good." }
                label for={ "passphrase-" (id) } { "Choose a passphrase" }
                input type="password" name="passphrase" id={ "passphrase-" (id) } required autocomplete="off" maxlength="1000";
                label for={ "passphrase-again-" (id) } { "The passphrase once more" }
                input type="password" name="passphrase_again" id={ "passphrase-again-" (id) } required autocomplete="off" maxlength="1000";
            }
        }
    }
}

fn guard(security: Security) -> &'static str {
    match security {
        Security::Tls | Security::StartTls => "encrypted",
        Security::Plain => "not encrypted; only for a server on this machine",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: &ProposedServer) -> String {
        let address = "jana@lindner.example".parse().unwrap();
        let card_of = Card::of(&address, found);
        card(&card_of, 0, PasswordsAre::Open, &Key::new([1; 16])).into_string()
    }

    fn found() -> ProposedServer {
        ProposedServer {
            server: ServerAddress {
                host: "mail.elsewhere.example".to_owned(),
                port: 143,
                security: Security::StartTls,
            },
            user: None,
            how_found: vec!["the domain's records <say> so".to_owned()],
            needs_a_look: true,
            ways: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_server_elsewhere_is_warned_of_and_told_how_it_was_found() {
        let card = shown(&found());
        for words in
            ["Look twice.", "mail.elsewhere.example", "143, encrypted", "records &lt;say&gt; so"]
        {
            assert!(card.contains(words), "{words}: {card}");
        }
        // Its user's name is asked, and without a word on ways a password.
        assert!(card.contains("The name that you sign in with") && card.contains("Password"));
        assert!(!card.contains("passphrase"), "{card}");
        assert!(!shown(&ProposedServer { needs_a_look: false, ..found() }).contains("Look twice"));
    }

    #[test]
    fn the_best_way_is_open_and_the_others_are_folded() {
        let app = WayIn::AppPassword { page: None, needs: None };
        let card = shown(&ProposedServer { ways: vec![WayIn::Password, app], ..found() });
        let (open, folded) = card.split_once("<details>").unwrap();
        assert!(
            open.contains(">Password<") && folded.contains("Or with a password made for inroad")
        );
    }
}
