//! What is otherwise than a day before.

use inroad_advice::DealReview;
use inroad_model::Moment;
use inroad_service::{Morning, Then};

/// A deal with what changed about it, in words.
#[derive(Debug)]
pub(super) struct Changed<'m> {
    pub deal: &'m DealReview,
    pub says: String,
}

/// The changes, in the order of the review.
pub(super) fn since_yesterday(morning: &Morning) -> Vec<Changed<'_>> {
    let deals = morning.review.by_attention().into_iter();
    deals
        .filter_map(|deal| {
            let then = morning.yesterday.get(&deal.id)?;
            says(deal, *then, morning.review.as_of).map(|says| Changed { deal, says })
        })
        .collect()
}

fn says(deal: &DealReview, then: Then, as_of: Moment) -> Option<String> {
    let mut parts = Vec::new();
    if deal.heard_at.is_some_and(|at| as_of.hours_since(at) <= 24.0) {
        parts.push("they wrote".to_owned());
    }
    if deal.wrote_at.is_some_and(|at| as_of.hours_since(at) <= 24.0) {
        parts.push("you wrote".to_owned());
    }
    if deal.state != then.state {
        parts.push(format!("{}, was {}", deal.state.as_str(), then.state.as_str()));
    }
    if deal.advice != then.advice {
        parts.push(format!("now {}, was {}", deal.advice.in_words(), then.advice.in_words()));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}
