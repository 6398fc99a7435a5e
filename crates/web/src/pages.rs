//! What the pages show.

mod deal;
mod layout;
mod list;
mod parts;

use inroad_advice::{DealReview, Review};
use inroad_model::Moment;
use maud::{Markup, html};

/// The style sheet of all pages.
pub(crate) const STYLE: &str = include_str!("../assets/style.css");

/// The list of all deals.
pub(crate) fn review(review: &Review) -> Markup {
    layout::page(&layout::title(review.as_of), &list::list(review, true))
}

/// One deal.
pub(crate) fn deal(deal: &DealReview, as_of: Moment) -> Markup {
    layout::page(&deal.name, &deal::deal(deal, as_of, true))
}

/// A page with a single message.
pub(crate) fn message(title: &str, text: &str) -> Markup {
    layout::page(
        title,
        &html! { h1 { (title) } p.lead { (text) } p { a href="/" { "To the review" } } },
    )
}

/// The whole review as one file that needs nothing else.
pub fn standalone(review: &Review) -> String {
    let body = html! {
        (list::list(review, false))
        @for deal in &review.deals { (deal::deal(deal, review.as_of, false)) }
    };
    layout::single_file(&layout::title(review.as_of), &body).into_string()
}
