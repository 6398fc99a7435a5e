//! The list: each connection with what is being done, when it last worked, what stands in the way, and the
//! way out.

use inroad_model::{Connection, Moment, Reads, SignIn};
use inroad_service::{
    Error, LiveState, LiveStatus, PasswordsAre, ShownConnection, Trouble, WriteBack,
};
use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::{about, card};
use crate::forms::hidden_key;
use crate::pager::{last, pager};
use crate::visit::Visit;

/// So many a page.
const A_PAGE: usize = 50;

/// What the page shows.
pub(super) struct Seen {
    pub connections: Vec<ShownConnection>,
    /// How the passwords are; nothing on pages where nothing is connected.
    pub passwords: Option<PasswordsAre>,
    /// Which page of the list, from 1.
    pub page: usize,
    /// The name of what was just connected, if the address tells of it.
    pub connected: String,
    /// What is today.
    pub now: Moment,
}

pub(super) fn page(seen: &Seen, wrong: Option<&Error>, visit: &Visit) -> Markup {
    let Seen { connections, passwords, connected, now, .. } = seen;
    let count = connections.len();
    let last = last(count, A_PAGE);
    let page = seen.page.clamp(1, last);
    let shown = connections.iter().skip((page - 1) * A_PAGE).take(A_PAGE);
    let is_connected = connections.iter().any(|it| it.connection.name.as_str() == connected);
    html! {
        h1 { "Connections" }
        p.lead { "What is read by itself while inroad runs. A mailbox is only ever opened for reading: nothing is marked, moved or deleted there." }
        @if is_connected { p.word role="status" { (connected) " works, and is being read." } }
        @if *passwords == Some(PasswordsAre::Sealed) && count > 0 { (unlock(wrong, visit)) }
        @if passwords.is_none() {
            p { "Nothing is connected to the sample. Open your own pages to connect a mailbox." }
        } @else if count == 0 {
            p { "Nothing is connected yet. Connect your mailbox, and new letters are here a moment after they arrive." }
            p { a.button.main href="/connections/new" { "Connect a mailbox" } }
        } @else {
            p.row {
                a.button.main href="/connections/new" { "Connect a mailbox" }
                a.act href={ "/connections?page=" (page) } { "Look again" }
            }
        }
        @if count > 0 {
            div.connections data-live {
                @for it in shown { (one(it, *now, visit)) }
            }
            (pager(page, last, |page| format!("/connections?page={page}")))
            script type="module" src="/connections.js" {}
        }
    }
}

/// What asks for the passphrase.
fn unlock(wrong: Option<&Error>, visit: &Visit) -> Markup {
    html! {
        form.box.server method="post" action="/connections/unlock" {
            (hidden_key(&visit.form_key))
            h2 { "Your passwords are sealed" }
            p { "inroad reads what is connected once you enter their passphrase. It is kept in memory alone, until inroad ends." }
            @if let Some(wrong) = wrong { p.wrong role="alert" { (wrong) } }
            (card::passphrase(PasswordsAre::Sealed, "unlock"))
            button.main type="submit" { "Open them" }
        }
    }
}

fn one(shown: &ShownConnection, now: Moment, visit: &Visit) -> Markup {
    let ShownConnection { connection, status, write_back } = shown;
    let name = &connection.name;
    let Said { word, class, says } = said(&status.state, status, now);
    html! {
        article.connection {
            h2 { (name) " " span.state.(class) { (word) } }
            p.quiet { (what(connection)) }
            p { (says) }
            @if let LiveState::Reading { done, total, part } = &status.state {
                progress max=(total) value=(done) aria-label={ "How far " (part) " is read" } {}
            }
            @if let Some(Trouble { what, way_out }) = trouble(&status.state) {
                p.trouble { (what) "." }
                p { strong { "What helps: " } (way_out) "." }
            }
            @for left in &status.left_out {
                p.trouble { "Not taken: " (left.what) ". " (left.way_out) "." }
            }
            @if matches!(connection.reads, Reads::Contacts(_)) { (writes(write_back.as_ref())) }
            p.quiet {
                @match status.worked_at {
                    Some(at) => { "Last worked " (time(at, now)) }
                    None => "Never worked yet",
                }
            }
            div.row {
                form method="post" action="/connections/read" {
                    (hidden_key(&visit.form_key))
                    input type="hidden" name="name" value=(name);
                    button type="submit" aria-label={ "Read now: " (name) } { "Read now" }
                }
                @if let Some(again) = again(connection) {
                    a.act href=(about("again", name)) aria-label={ (again) ": " (name) } { (again) }
                }
                @if matches!(connection.reads, Reads::Contacts(_)) { (leave(connection, visit)) }
                a.act href=(about("disconnect", name)) aria-label={ "Disconnect " (name) } { "Disconnect" }
            }
        }
    }
}

/// Whether an address book is written to, and how far that is.
fn writes(write_back: Option<&WriteBack>) -> Markup {
    html! {
        @match write_back {
            None => p { "It is only read: nothing that you decide on here is written to this address book." },
            Some(WriteBack { waiting, not_written, more_not_written }) => {
                p {
                    "Changes you decide on are written to this address book."
                    @match waiting { 0 => {}, 1 => { " One waits for the server." }, n => { " " (n) " wait for the server." } }
                }
                @for Trouble { what, way_out } in not_written {
                    p.trouble { "Not written: " (what) "." }
                    p { strong { "What helps: " } (way_out) "." }
                }
                @if *more_not_written > 0 { p.quiet { "And " (more_not_written) " more were not written." } }
            }
        }
    }
}

/// What gives the leave, or takes it back.
fn leave(connection: &Connection, visit: &Visit) -> Markup {
    let name = &connection.name;
    let (value, says) = if connection.reads.writes_back() {
        ("no", "Only read it")
    } else {
        ("yes", "Write my changes there")
    };
    html! {
        form method="post" action="/connections/write-back" {
            (hidden_key(&visit.form_key))
            input type="hidden" name="name" value=(name);
            button type="submit" name="leave" value=(value) aria-label={ (says) ": " (name) } { (says) }
        }
    }
}

/// What is connected, and where.
fn what(connection: &Connection) -> Markup {
    html! {
        @match &connection.reads {
            Reads::Mailbox(mailbox) => {
                "Mailbox " (mailbox.address) " at " (mailbox.imap.host)
                @match mailbox.sign_in {
                    SignIn::Password => ", by password",
                    SignIn::OAuth(_) => ", by a sign-in at the provider",
                }
                @if let Some(sends) = &mailbox.submission { "; letters go out over " (sends.host) }
            }
            Reads::Calendar(calendar) => { "Calendars of " (calendar.server.user) }
            Reads::Contacts(books) => { "Address books of " (books.server.user) }
            Reads::Feed(feed) => { "Calendar feed of " (feed.host) }
            Reads::Notes(notes) => { "Notes and transcripts in " (notes.folder.display()) }
        }
    }
}

/// What is offered where it is signed in anew.
fn again(connection: &Connection) -> Option<&'static str> {
    let Reads::Mailbox(mailbox) = &connection.reads else { return None };
    let is_password = mailbox.sign_in.is_password();
    Some(if is_password { "Another password" } else { "Sign in again" })
}

fn trouble(state: &LiveState) -> Option<&Trouble> {
    match state {
        LiveState::Off { trouble } => trouble.as_ref(),
        LiveState::TryingAgain { trouble, .. } | LiveState::NeedsYou { trouble } => Some(trouble),
        LiveState::Reaching
        | LiveState::Reading { .. }
        | LiveState::Listening
        | LiveState::Asking { .. } => None,
    }
}

/// How it is, in a word and in a sentence.
struct Said {
    word: &'static str,
    class: &'static str,
    says: Markup,
}

fn said(state: &LiveState, status: &LiveStatus, now: Moment) -> Said {
    let says = |word, class, says| Said { word, class, says };
    match state {
        LiveState::Off { trouble: None } => {
            says("not read", "paused", html! { "No program reads it now." })
        }
        LiveState::Off { trouble: Some(_) } => says(
            "not read",
            "paused",
            html! { "No program reads it now. The last time this stood in the way:" },
        ),
        LiveState::Reaching => says(
            "connecting",
            "cold",
            html! { "It is being reached since " (time(status.since, now)) "." },
        ),
        LiveState::Reading { part, done, total } => {
            says("reading", "cold", html! { (part) ": " (done) " of " (total) " read." })
        }
        LiveState::Listening => says(
            "works",
            "warm",
            html! { "All is read; it tells of new letters at once, since " (time(status.since, now)) "." },
        ),
        LiveState::Asking { next_at } => says(
            "works",
            "warm",
            html! { "All is read; it is asked again at " (time(*next_at, now)) "." },
        ),
        LiveState::TryingAgain { next_at, .. } => says(
            "tries again",
            "cooling",
            html! { "It does not work at the moment, and is tried again at " (time(*next_at, now)) "." },
        ),
        LiveState::NeedsYou { .. } => {
            says("needs you", "closed", html! { "It does not work before you do something." })
        }
    }
}

/// A time of this machine; with its day, where that is not today.
fn time(at: Moment, now: Moment) -> Markup {
    let here = |moment: Moment| moment.timestamp().to_zoned_datetime(TimeZone::system());
    let is_today = here(at).date() == here(now).date();
    let shown = here(at).strftime(if is_today { "%H:%M" } else { "%-d %B %Y, %H:%M" }).to_string();
    html! { time datetime=(at.to_string()) { (shown) } }
}
