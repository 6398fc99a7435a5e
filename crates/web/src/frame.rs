//! The frame around every page: where one is, what was just done, and the way everywhere else.

use inroad_model::Moment;
use inroad_service::Actor;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::deeds;
use crate::help;
use crate::icons::{self, Icon};
use crate::rights;
use crate::visit::Visit;

/// The places that every page leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The morning review.
    Today,
    /// All deals, and each of them.
    Deals,
    /// The firms that are worked on.
    Targets,
    /// With whom one stays in touch.
    Touches,
    /// Leads between marketing and sales.
    Leads,
    /// People and firms.
    People,
    /// Drafts, read before they go.
    Coach,
    /// Everything by its words.
    Search,
    /// What finished deals taught.
    Lessons,
    /// How one sells, and who helps whom.
    Sellers,
    /// Deals that others show.
    Shared,
    /// The replay of the past.
    Backtest,
    /// Why deals go quiet, and what to do.
    Playbook,
    /// What comes in.
    Import,
    /// What is read by itself.
    Connections,
    /// Who the user is, and what they chose.
    Settings,
    /// Who works here.
    Team,
    /// The manual.
    Help,
    /// None of them.
    None,
}

/// The place, its address, its name and its picture, in the order in which they are shown.
const PLACES: [(Place, &str, &str, Icon); 18] = [
    (Place::Today, "/", "Today", Icon::Sun),
    (Place::Deals, "/deals", "Deals", Icon::Columns),
    (Place::Targets, "/targets", "Targets", Icon::Rings),
    (Place::Touches, "/touches", "Touches", Icon::Thread),
    (Place::Leads, "/leads", "Leads", Icon::Baton),
    (Place::People, "/people", "People", Icon::People),
    (Place::Coach, "/coach", "Coach", Icon::Pen),
    (Place::Search, "/search", "Search", Icon::Glass),
    (Place::Lessons, "/lessons", "Lessons", Icon::Book),
    (Place::Sellers, "/sellers", "You", Icon::Person),
    (Place::Shared, "/shared", "Shared", Icon::Columns),
    (Place::Backtest, "/backtest", "The past", Icon::Chart),
    (Place::Playbook, "/playbook", "Playbook", Icon::Scroll),
    (Place::Import, "/import", "Import", Icon::Inbox),
    (Place::Connections, "/connections", "Connections", Icon::Plug),
    (Place::Settings, "/settings", "Settings", Icon::Sliders),
    (Place::Team, "/team", "Team", Icon::Desk),
    (Place::Help, "/help", "Help", Icon::Question),
];

/// The title of a review.
pub(crate) fn title(as_of: Moment) -> String {
    format!("Review of {}", as_of.date().strftime("%-d %B %Y"))
}

/// A page of the server. Without a visit it has no word of what was just done.
pub(crate) fn page(title: &str, place: Place, visit: Option<&Visit>, body: &Markup) -> Markup {
    let head = html! {
        link rel="stylesheet" href="/style.css";
        link rel="icon" href="/icon.svg" type="image/svg+xml";
        script type="module" src="/app.js" {}
    };
    let content = html! {
        a.skip href="#content" { "To the content" }
        header.top {
            a.brand href="/" { "inroad" }
            (places(place, visit.map(|visit| &visit.actor)))
        }
        main id="content" tabindex="-1" {
            @if let Some(visit) = visit {
                (sample_word(visit))
                (word(visit))
            }
            @if !matches!(place, Place::None | Place::Help) {
                a.about href=(help::about(place)) { "About this page" }
            }
            (body)
        }
        footer {
            "A person decides, and a person sends."
            @if visit.is_some_and(|visit| !visit.actor.is_nobody()) { " " a href="/credentials" { "Signing in" } }
        }
    };
    frame(title, "paged", &head, &content)
}

/// A page for whoever did not come in yet: it leads nowhere, and runs nothing.
pub(crate) fn outside(title: &str, body: &Markup) -> Markup {
    outside_running(title, None, body)
}

/// The same, with the one script without which a passkey cannot be asked for.
pub(crate) fn outside_running(title: &str, script: Option<&str>, body: &Markup) -> Markup {
    let head = html! {
        link rel="stylesheet" href="/style.css";
        link rel="icon" href="/icon.svg" type="image/svg+xml";
        @if let Some(script) = script { script type="module" src=(script) {} }
    };
    let content = html! {
        header.top { span.brand { "inroad" } }
        main id="content" { section.setting { (body) } }
        footer { "A person decides, and a person sends." }
    };
    frame(title, "outside", &head, &content)
}

/// A page that says one thing.
pub(crate) fn notice(title: &str, text: &str) -> Markup {
    let body = html! {
        h1 { (title) }
        p.lead { (text) }
        p { a href="/" { "To the review" } }
    };
    page(title, Place::None, None, &body)
}

/// A page that is a file of its own.
pub(crate) fn single_file(title: &str, body: &Markup) -> Markup {
    let head = html! { style { (PreEscaped(crate::assets::STYLE)) } };
    let content = html! {
        header.top { span.brand { "inroad" } }
        main { (body) }
        footer { "A person decides, and a person sends." }
    };
    frame(title, "alone", &head, &content)
}

fn places(here: Place, actor: Option<&Actor>) -> Markup {
    let is_open = |place: Place| actor.is_none_or(|actor| rights::leads_to(actor, place));
    html! {
        nav.places aria-label="Pages" {
            @for (place, address, name, icon) in PLACES.into_iter().filter(|(place, ..)| is_open(*place)) {
                a href=(address) aria-current=[(place == here).then_some("page")] {
                    (icons::icon(icon)) span { (name) }
                }
            }
        }
    }
}

/// That this is the sample, where it is, with the way back.
fn sample_word(visit: &Visit) -> Markup {
    html! {
        @if let Some(own) = &visit.own {
            p.word role="note" {
                span { "This is the sample mailbox: invented people, in a data file of its own. Try whatever you like." }
                a href=(own) { "To your own" }
            }
        }
    }
}

/// What was just done, with its undo; and whether something newer is on its way.
fn word(visit: &Visit) -> Markup {
    html! {
        @if let Some(deed) = &visit.deed { (deeds::word(deed, visit)) }
        p.stale role="status" hidden[!visit.is_stale() || !visit.actor.is_owner()] data-stale data-news=(visit.news) { "Something new came in; the review is being worked out." }
    }
}

fn frame(title: &str, kind: &str, head: &Markup, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · inroad" }
                (head)
            }
            body class=(kind) { (content) }
        }
    }
}
