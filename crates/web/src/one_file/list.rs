//! The morning review: what asks for something today comes first.

use std::collections::BTreeSet;

use inroad_advice::{DealReview, Review};
use inroad_model::{Moment, State};
use maud::{Markup, html};

use crate::frame;
use crate::parts;
use crate::strip;

/// The list, with links to the deals' places in the same file.
pub(super) fn list(review: &Review) -> Markup {
    let deals = review.by_attention();
    html! {
        h1 { (frame::title(review.as_of)) }
        p.lead { (summary(review)) }
        @if deals.is_empty() {
            p { "No deal yet. Import your mail, then accept the deals that inroad proposes: " code { "inroad deals" } }
        } @else {
            ol.deals {
                @for deal in deals { (row(deal, review.as_of)) }
            }
            @if let Some(line) = second_readings(review) { p.quiet { (line) } }
        }
    }
}

fn row(deal: &DealReview, as_of: Moment) -> Markup {
    let link = format!("#{}", parts::escape(deal.id.as_str()));
    html! {
        li {
            div.head {
                (parts::state(deal.state))
                a.name href=(link) { (deal.name) }
                @if let Some(organization) = deal.organization.as_ref().filter(|o| **o != deal.name) {
                    span.quiet { (organization) }
                }
                span.side {
                    (strip::deal(deal, as_of))
                    @if let Some(sum) = parts::sum(deal) { span.sum { (sum) } }
                }
            }
            @if let Some(reason) = deal.reasons.first() { p.why { (reason.says) } }
            @if let Some(own) = &deal.overruled { p.why { (own.in_words()) } }
            p.next {
                strong { (deal.advice.in_words()) }
                @if let Some(step) = &deal.next_step { " · " (step.text) }
            }
        }
    }
}

/// How many deals were read a second time, and by whom.
fn second_readings(review: &Review) -> Option<String> {
    let read = review.deals.iter().filter_map(|deal| deal.second_reading.as_ref());
    let by: BTreeSet<&str> = read.clone().map(|second| second.reading.model.as_str()).collect();
    let models: Vec<&str> = by.into_iter().collect();
    let deals = match read.count() {
        0 => return None,
        1 => "1 deal has".to_owned(),
        n => format!("{n} deals have"),
    };
    Some(format!("{deals} a second reading, by {}.", models.join(" and ")))
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
