//! Who is who: addresses that may be one person's, joined and parted.

use inroad_model::EmailAddress;
use inroad_service::{PersonPage, Register};
use maud::{Markup, html};

use crate::forms::hidden;
use crate::parts::person_link;
use crate::visit::Visit;

/// Pairs on one page; the next ones follow when these are decided.
const PAIRS_MAX: usize = 50;

/// All pairs of which nobody said anything yet.
pub(crate) fn pairs(register: &Register, visit: &Visit) -> Markup {
    let pairs = &register.maybe_same;
    html! {
        p { a href="/people" { "← People" } }
        h1 { "The same person?" }
        @if pairs.is_empty() {
            p.lead { "Nothing to decide. When a name turns up under two addresses, it is asked here." }
        } @else {
            p.lead { "What passed with two addresses of one person is read together. The first pair is answered by a key: " kbd { "y" } " the same, " kbd { "n" } " two people." }
            ul.written {
                @for (n, (a, b, why)) in pairs.iter().take(PAIRS_MAX).enumerate() {
                    li data-row {
                        p { a href=(person_link(a)) { (a) } " and " a href=(person_link(b)) { (b) } }
                        p.quiet { (why) "." }
                        (keys(a, b, n == 0, visit))
                    }
                }
            }
            @if pairs.len() > PAIRS_MAX { p.quiet { "And " (pairs.len() - PAIRS_MAX) " more." } }
        }
    }
}

/// The two answers; the keys of the keyboard answer the row that is looked at, else the first.
fn keys(a: &EmailAddress, b: &EmailAddress, has_keys: bool, visit: &Visit) -> Markup {
    html! {
        form.line method="post" action="/people/same" {
            (hidden(&visit.form_key, &visit.address))
            input type="hidden" name="a" value=(a);
            input type="hidden" name="b" value=(b);
            button type="submit" name="same" value="yes" data-key="y" data-page-key=[has_keys.then_some("y")] aria-label={ (a) " and " (b) " are the same person" } { "The same person" }
            button type="submit" name="same" value="no" data-key="n" data-page-key=[has_keys.then_some("n")] aria-label={ (a) " and " (b) " are two people" } { "Two people" }
        }
    }
}

/// The addresses of one person: what may be theirs, what is, and how to join and part them.
pub(crate) fn addresses(person: &PersonPage, visit: &Visit) -> Markup {
    let at = person_link(&person.email);
    html! {
        section aria-labelledby="addresses" {
            h2 id="addresses" { "Addresses" }
            ul.written {
                @for address in &person.addresses {
                    li.line {
                        span { (address) }
                        @if person.addresses.len() > 1 {
                            form method="post" action={ (person_link(address)) "/split" } {
                                (hidden(&visit.form_key, &visit.address))
                                button.small type="submit" aria-label={ (address) " is somebody else's" } { "Somebody else's" }
                            }
                        }
                    }
                }
                @for (n, maybe) in person.maybe_same_as.iter().enumerate() {
                    li data-row {
                        p { "Perhaps also " a href=(person_link(&maybe.email)) { (maybe.email) } }
                        p.quiet { (maybe.why) "." }
                        (keys(&person.email, &maybe.email, n == 0, visit))
                    }
                }
            }
            details {
                summary { "Join with another address" }
                form.line method="post" action={ (at) "/same" } {
                    (hidden(&visit.form_key, &visit.address))
                    label for="other-address" { "Address or name" }
                    input id="other-address" name="other" required;
                    button type="submit" { "The same person" }
                }
            }
        }
    }
}
