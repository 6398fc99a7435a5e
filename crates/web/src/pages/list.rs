//! The morning review: what asks for something today comes first.

use inroad_advice::{DealReview, Review};
use inroad_model::{Advice, State};
use maud::{Markup, html};

use super::{layout, parts};

/// The list. With links to the deals' pages, or to their places on the same page.
pub(super) fn list(review: &Review, pages: bool) -> Markup {
    let mut deals: Vec<&DealReview> = review.deals.iter().collect();
    deals.sort_by_key(|deal| rank(deal));
    html! {
        h1 { (layout::title(review.as_of)) }
        p.lead { (summary(review)) }
        @if deals.is_empty() {
            p { "No deal yet. Import your mail, then accept the deals that inroad proposes: " code { "inroad deals" } }
        } @else {
            ol.deals {
                @for deal in deals { (row(deal, pages)) }
            }
        }
    }
}

fn row(deal: &DealReview, pages: bool) -> Markup {
    let link = if pages {
        format!("/deals/{}", escape(deal.id.as_str()))
    } else {
        format!("#{}", escape(deal.id.as_str()))
    };
    html! {
        li {
            div.head {
                (parts::state(deal.state))
                a.name href=(link) { (deal.name) }
                @if let Some(organization) = deal.organization.as_ref().filter(|o| **o != deal.name) {
                    span.quiet { (organization) }
                }
                @if let Some(sum) = parts::sum(deal) { span.sum { (sum) } }
            }
            @if let Some(reason) = deal.reasons.first() { p.why { (reason.says) } }
            p.next {
                strong { (parts::advice(deal.advice)) }
                @if let Some(step) = &deal.next_step { " · " (step.text) }
            }
        }
    }
}

/// What asks for something today comes first; what is over comes last.
fn rank(deal: &DealReview) -> (u8, u8) {
    let state = match deal.state {
        State::Dark => 0,
        State::Cold => 1,
        State::Cooling => 2,
        State::Warm => 3,
        State::Paused => 4,
        State::Closed => 5,
    };
    let advice = match deal.advice {
        Advice::Pursue => 0,
        Advice::LetGo => 1,
        Advice::Wait => 2,
        Advice::Stop => 3,
    };
    (state, advice)
}

fn summary(review: &Review) -> String {
    let counted =
        [State::Dark, State::Cold, State::Cooling, State::Warm, State::Paused, State::Closed]
            .into_iter()
            .map(|state| (state, review.deals.iter().filter(|deal| deal.state == state).count()))
            .filter(|(_, n)| *n > 0)
            .map(|(state, n)| format!("{n} {state}"))
            .collect::<Vec<_>>();
    match counted.as_slice() {
        [] => "Nothing to review yet.".to_owned(),
        counted => format!("{}.", counted.join(" · ")),
    }
}

/// An identifier as a part of a link.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~@".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            for digit in [byte >> 4, byte & 15] {
                escaped.extend(char::from_digit(digit.into(), 16));
            }
        }
    }
    escaped
}
