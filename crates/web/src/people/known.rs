//! What is known of somebody's place among others: seats in deals, ties, and what the user told.

use std::collections::BTreeMap;

use inroad_advice::DealReview;
use inroad_advice::politics::Tie;
use inroad_model::{EmailAddress, Remark};
use inroad_service::{Morning, PersonPage};
use maud::{Markup, html};

use super::sayings::{TIES, name_of, traits};
use crate::forms::hidden;
use crate::parts::{self, Links, deal_link, person_link};
use crate::picture;
use crate::visit::Visit;

/// Names that can be chosen by whoever tells of a tie.
const COLLEAGUES_MAX: usize = 60;

/// The deals that have the person.
pub(crate) fn deals_with<'m>(person: &PersonPage, morning: &'m Morning) -> Vec<&'m DealReview> {
    let has =
        |deal: &&DealReview| deal.people.iter().any(|seat| person.addresses.contains(&seat.email));
    morning.review.deals.iter().filter(has).collect()
}

/// The seats in deals.
pub(crate) fn seats(person: &PersonPage, deals: &[&DealReview]) -> Markup {
    html! {
        h2 { "Deals" }
        @if deals.is_empty() { p.quiet { "In none of them. Add the person on a deal's page, or give the deal the firm's domain." } }
        @else {
            div.scroll {
                table {
                    thead { tr { th { "Deal" } th { "Its state" } th { "Part" } th { "Advice" } } }
                    tbody { @for deal in deals {
                        tr {
                            td { a href=(deal_link(&deal.id)) { (deal.name) } }
                            td { (parts::state(deal.state)) }
                            td { (part(person, deal)) }
                            td { (deal.advice.in_words()) }
                        }
                    } }
                }
            }
        }
    }
}

fn part(person: &PersonPage, deal: &DealReview) -> Markup {
    let seat = deal.politics.seats.iter().find(|seat| person.addresses.contains(&seat.email));
    html! {
        @match seat.and_then(|seat| Some((seat, seat.part?))) {
            Some((seat, part)) => {
                (picture::part(part))
                " " small.quiet { (seat.confidence.in_percent()) @if let Some(because) = seat.because { ": " (because) } }
            }
            None => span.quiet { "not known" },
        }
    }
}

/// To whom they are tied, as letters show it, and what the user told, with a form for more.
pub(crate) fn ties(person: &PersonPage, deals: &[&DealReview], visit: &Visit) -> Markup {
    let names = names(deals);
    let name = |email: &EmailAddress| {
        if person.addresses.contains(email) {
            return person.label().to_owned();
        }
        names.get(email).map_or_else(|| email.to_string(), |name| (*name).to_owned())
    };
    let mut seen: Vec<&Tie> = Vec::new();
    let is_theirs =
        |tie: &&Tie| person.addresses.contains(&tie.from) || person.addresses.contains(&tie.to);
    for tie in deals.iter().flat_map(|deal| &deal.politics.ties).filter(is_theirs) {
        if !seen
            .iter()
            .any(|known| (&known.from, &known.to, known.kind) == (&tie.from, &tie.to, tie.kind))
        {
            seen.push(tie);
        }
    }
    html! {
        section aria-labelledby="ties" {
            h2 id="ties" { "Among the others" }
            @if seen.is_empty() && person.told.is_empty() { p.quiet { "Letters show no tie to anybody, and you told of none." } }
            @if !seen.is_empty() || !person.told.is_empty() { ul.evidence {
                @for tie in &seen {
                    li {
                        span { (tie.kind.in_words(&name(&tie.from), &name(&tie.to))) " " small.quiet { (tie.confidence.in_percent()) ", from letters" } }
                        @if let Some(quote) = &tie.quote { blockquote { (quote) } }
                        (parts::place(&tie.source, Links::Pages))
                    }
                }
                @for kept in &person.told {
                    li.told {
                        span { "You told: " (kept.insight.known.in_words(name)) }
                        @if let Some(because) = &kept.insight.because { small.quiet { (because) } }
                        form method="post" action={ (person_link(&person.email)) "/untell" } {
                            (hidden(&visit.form_key, &visit.address))
                            input type="hidden" name="number" value=(kept.number);
                            button.small type="submit" { "Take it back" }
                        }
                    }
                }
            } }
            (tell(person, &names, visit))
        }
    }
}

fn names<'d>(deals: &[&'d DealReview]) -> BTreeMap<&'d EmailAddress, &'d str> {
    let people = deals.iter().flat_map(|deal| &deal.people);
    people.map(|one| (&one.email, one.name.as_deref().unwrap_or(one.email.as_str()))).collect()
}

fn tell(person: &PersonPage, names: &BTreeMap<&EmailAddress, &str>, visit: &Visit) -> Markup {
    let at = format!("{}/tell", person_link(&person.email));
    let because = |id: &str| {
        html! {
            label for=(id) { "Where from" }
            input id=(id) name="because" maxlength=(Remark::CHARS_MAX);
            button type="submit" { "Note it" }
        }
    };
    html! {
        details.tell {
            summary { "Tell what you know" }
            p.quiet { small { "It counts for more than what letters look like, from now on, in every deal that has them. You can take it back." } }
            form.line method="post" action=(at) {
                (hidden(&visit.form_key, &visit.address))
                input type="hidden" name="what" value="is";
                label for="tell-is" { (person.label()) }
                select id="tell-is" name="is" required {
                    option value="" { "…" }
                    @for (kind, (group, values)) in traits().iter().enumerate() {
                        optgroup label=(group) {
                            @for (value, is) in values.iter().enumerate() { option value=(name_of(kind, value)) { (is.in_words()) } }
                        }
                    }
                }
                (because("tell-is-because"))
            }
            form.line method="post" action=(at) {
                (hidden(&visit.form_key, &visit.address))
                input type="hidden" name="what" value="tie";
                label for="tell-tie" { (person.label()) }
                select id="tell-tie" name="tie" required {
                    option value="" { "…" }
                    @for (_, value, words) in TIES { option value=(value) { (words) } }
                }
                label for="tell-other" { "Whom" }
                input id="tell-other" name="other" list="colleagues" placeholder="address or name" required;
                datalist id="colleagues" {
                    @for (email, name) in names.iter().filter(|(email, _)| !person.addresses.contains(**email)).take(COLLEAGUES_MAX) {
                        option value=(email) { (name) }
                    }
                }
                (because("tell-tie-because"))
            }
            form.line method="post" action=(at) {
                (hidden(&visit.form_key, &visit.address))
                input type="hidden" name="what" value="words";
                label for="tell-kind" { (person.label()) }
                select id="tell-kind" name="kind" {
                    option value="camp" { "is counted to the camp" }
                    option value="agenda" { "wants for themselves" }
                }
                label for="tell-words" { "In words" }
                input id="tell-words" name="words" maxlength="400" required;
                (because("tell-words-because"))
            }
        }
    }
}
