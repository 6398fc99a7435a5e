//! The list: each target with how well it fits and what to find out next.

use inroad_model::AccountKey;
use inroad_service::{Other, Prospect, TARGETS_AT_LEAST, TARGETS_AT_MOST, Target};
use maud::{Markup, html};

use crate::fits;
use crate::forms::hidden;
use crate::parts::{self, account_link};
use crate::visit::Visit;

/// What the page shows.
pub(super) struct Seen {
    pub(super) targets: Vec<(Target, Prospect)>,
    pub(super) others: Vec<Other>,
    pub(super) has_ideal: bool,
}

impl Seen {
    /// Whether a firm is on the list.
    pub(super) fn holds(&self, key: &AccountKey) -> bool {
        self.targets.iter().any(|(target, prospect)| target.key == *key || prospect.key == *key)
    }
}

pub(super) fn page(seen: &Seen, visit: &Visit) -> Markup {
    let count = seen.targets.len();
    html! {
        h1 { "Targets" }
        p.lead {
            "The " (TARGETS_AT_LEAST) " to " (TARGETS_AT_MOST) " firms that you work on, and get to know well · "
            a href="/ideal-client" { "Whom you help best" }
        }
        (word(count))
        (add(visit))
        @if count > 0 {
            div.scroll { table {
                thead { tr { th { "Firm" } th { "Fits" } th { "To find out next" } th { "Because" } th { "Since" } } }
                tbody { @for (target, prospect) in &seen.targets { (line(target, prospect)) } }
            } }
        }
        (others(seen, visit))
    }
}

fn word(count: usize) -> Markup {
    html! {
        p {
            @match count {
                0 => { "Nobody yet. Begin with a client you like working for: who is like them?" }
                n if n < TARGETS_AT_LEAST => { (n) " so far; there is room for " (TARGETS_AT_MOST - n) " more." }
                n if n < TARGETS_AT_MOST => { (n) " firms, as it should be." }
                n => { (n) " firms: the list is full. For the next one you say which one leaves." }
            }
        }
    }
}

fn add(visit: &Visit) -> Markup {
    html! {
        form.filter method="post" action="/targets/add" {
            (hidden(&visit.form_key, "/targets"))
            label { "Domain or name" input name="account" required maxlength="200" placeholder="lindner.example"; }
            label { "Why they" input name="because" maxlength="400"; }
            button type="submit" { "Put on the list" }
        }
    }
}

fn line(target: &Target, prospect: &Prospect) -> Markup {
    let link = account_link(prospect.key.as_str());
    html! {
        tr data-row {
            td {
                a data-key="Enter" href={ (link) "/form" } { (prospect.label) }
                @if prospect.label != prospect.key.as_str() { br; small.quiet { (prospect.key) } }
            }
            td { (fits::short(&prospect.fit())) }
            td { @match prospect.to_find_out() { Some(what) => { (what) } None => { span.quiet { "nothing open" } } } }
            td { @if let Some(because) = &target.because { (because) } }
            td { time datetime=(target.since.date()) { (parts::date(target.since.date())) } }
        }
    }
}

fn others(seen: &Seen, visit: &Visit) -> Markup {
    html! {
        section aria-labelledby="others" {
            h2 id="others" { "Who else fits" }
            @if !seen.has_ideal {
                p.quiet { "Say " a href="/ideal-client" { "whom you help best" } ", and the firms of your mail and imports are held against it here." }
            } @else if seen.others.is_empty() {
                p.quiet { "Of no other firm enough is known to say so. An import of firms from your CRM, or a page that you paste into a form, would tell more." }
            } @else {
                ul.written {
                    @for other in &seen.others {
                        li data-row {
                            p { a data-key="Enter" href={ (account_link(other.key.as_str())) "/form" } { (other.label) } " · " (fits::of_shares(other.score, other.known)) }
                            form method="post" action="/targets/add" {
                                (hidden(&visit.form_key, "/targets"))
                                input type="hidden" name="account" value=(other.key);
                                button.small type="submit" aria-label={ "Put " (other.label) " on the list" } { "Put on the list" }
                            }
                        }
                    }
                }
            }
        }
    }
}
