//! Who is who: addresses that may be one person's, joined and parted.

use inroad_model::EmailAddress;
use inroad_service::{OpenDoubles, PersonPage};
use maud::{Markup, html};

use crate::doubles::{self, Kind};
use crate::forms::hidden;
use crate::parts::person_link;
use crate::visit::Visit;

/// How pairs of people are spoken of.
pub(crate) const PEOPLE: Kind<EmailAddress> =
    Kind { action: "/people/same", link: person_link, same: "The same person", two: "Two people" };

/// All pairs of which nobody said anything yet.
pub(crate) fn pairs(found: &OpenDoubles, visit: &Visit) -> Markup {
    html! {
        p { a href="/people" { "← People" } " · " a href="/doubles/firms" { "The same firm?" } }
        h1 { "The same person?" }
        @if found.people.is_empty() {
            p.lead { "Nothing to decide. When somebody seems to be there twice, it is asked here." }
        } @else {
            p.lead { "What passed with two addresses of one person is read together; nothing is merged for good. The first pair is answered by a key: " kbd { "y" } " the same, " kbd { "n" } " two people." }
            (doubles::pairs(&found.people, &PEOPLE, visit))
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
                        (doubles::answers(&person.email, &maybe.email, n == 0, &PEOPLE, visit))
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
