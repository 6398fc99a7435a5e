//! What somebody lets one look at: the parts they gave leave for, and nothing beside them.

use inroad_model::EmailAddress;
use inroad_service::Selling;
use maud::{Markup, html};

use super::{goal, profile};
use crate::visit::Visit;

pub(super) fn page(email: &EmailAddress, selling: &Selling, visit: &Visit) -> Markup {
    html! {
        p { a href="/sellers" { "← You" } }
        h1 { (selling.name) }
        @if selling.is_own {
            p { "This is you. " a href="/sellers/me" { "To your own page" } }
        } @else {
            p.lead { "They let you look at this, and can take it back at any time. It is for helping them; keep it to yourself." }
        }
        @if let Some(profile) = &selling.profile {
            h2 { "What is seen" }
            (profile::seen(profile))
            h2 { "What they say" }
            (profile::said(profile))
        }
        @if let Some(put_offs) = &selling.reluctance {
            h2 { "What they put off" }
            (profile::put_offs(put_offs))
        }
        @if let Some(goals) = &selling.goals {
            h2 { "What they practise" }
            @match &goals.now {
                Some(now) => { (goal::shown(now, None)) (goal::note_form(email, visit)) }
                None => p { "Nothing now." },
            }
        }
    }
}
