//! What the pages show.

mod backtest;
mod deal;
mod layout;
mod lesson_form;
mod lessons;
mod list;
mod message;
mod overrule_form;
mod parts;
mod politics;
mod strip;

use inroad_advice::{DealReview, Review};
use inroad_model::{DealId, Moment};
use inroad_service::{BacktestReport, DealPolitics, LessonsReport, Reading};
use maud::{Markup, html};

pub use self::politics::standalone_map;

pub(crate) use self::lesson_form::{FORM_KEY, LessonForm};
use self::parts::Links;
use crate::access::Key;
use crate::picture::Layout;

/// The style sheet of all pages: the tokens, then what uses them.
pub(crate) const STYLE: &str = concat!(
    include_str!("../assets/tokens.css"),
    include_str!("../assets/style.css"),
    include_str!("../assets/map.css")
);

/// The list of all deals.
pub(crate) fn review(review: &Review) -> Markup {
    layout::page(&layout::title(review.as_of), &list::list(review, Links::Pages))
}

/// Where a deal's page stands.
pub(crate) fn link_to_deal(id: &DealId) -> String {
    parts::deal_link(id)
}

/// One deal; with the form for a decision of the user's own, and where it has ended for its lesson.
pub(crate) fn deal(
    deal: &DealReview,
    as_of: Moment,
    lesson: Option<&LessonForm<'_>>,
    form_key: &Key,
) -> Markup {
    let body = html! {
        (deal::deal(deal, as_of, Links::Pages, &overrule_form::form(deal, form_key)))
        @if let Some(lesson) = lesson { (lesson_form::form(lesson)) }
    };
    layout::page(&deal.name, &body)
}

/// Who moves a deal.
pub(crate) fn politics(politics: &DealPolitics, layout: Layout, deal: &DealId) -> Markup {
    let deal_at = format!("/deals/{}", parts::escape(deal.as_str()));
    let title = format!("Who moves it · {}", politics.name);
    layout::page(&title, &politics::politics(politics, layout, &deal_at))
}

/// What finished deals taught.
pub(crate) fn lessons(report: &LessonsReport, form_key: &Key) -> Markup {
    layout::page("What finished deals taught", &lessons::lessons(report, form_key))
}

/// The replay of the past.
pub(crate) fn backtest(report: &BacktestReport) -> Markup {
    layout::page("What the past says", &backtest::backtest(report))
}

/// One message, with the words marked that state something.
pub(crate) fn message(reading: &Reading) -> Markup {
    let subject = reading.message.subject.trim();
    let title = if subject.is_empty() { "A message without a subject" } else { subject };
    layout::page(title, &message::message(title, reading))
}

/// A page that says one thing.
pub(crate) fn notice(title: &str, text: &str) -> Markup {
    layout::page(
        title,
        &html! { h1 { (title) } p.lead { (text) } p { a href="/" { "To the review" } } },
    )
}

/// The whole review as one file that needs nothing else.
pub fn standalone(review: &Review) -> String {
    let body = html! {
        (list::list(review, Links::None))
        @for deal in review.by_attention() { (deal::deal(deal, review.as_of, Links::None, &html! {})) }
    };
    layout::single_file(&layout::title(review.as_of), &body).into_string()
}

/// The replay of the past as one file that needs nothing else.
pub fn standalone_backtest(report: &BacktestReport) -> String {
    layout::single_file("What the past says", &backtest::backtest(report)).into_string()
}
