//! Reviews as files of their own, which need nothing else.

mod list;

use inroad_advice::Review;
use inroad_service::BacktestReport;
use maud::html;

use crate::{backtest, deal, frame};

/// The whole review as one file that needs nothing else.
pub fn standalone(review: &Review) -> String {
    let body = html! {
        (list::list(review))
        @for deal in review.by_attention() { (deal::page::in_one_file(deal, review.as_of)) }
    };
    frame::single_file(&frame::title(review.as_of), &body).into_string()
}

/// The replay of the past as one file that needs nothing else.
pub fn standalone_backtest(report: &BacktestReport) -> String {
    frame::single_file("What the past says", &backtest::page::backtest(report)).into_string()
}
