//! The day that is looked at: today, or a past one with what was known then.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use inroad_model::Moment;
use inroad_service::StoredDeal;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::forms::value_in_query;
use crate::parts;
use crate::server::App;

/// The day, by `as_of` in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    past: Option<Moment>,
}

/// So far back the slider reaches where nothing is known of the deal's beginning.
const DAYS_BACK: i32 = 180;

impl Day {
    /// The end of the past day that is asked for; `None` for today.
    pub(super) fn past(&self) -> Option<Moment> {
        self.past
    }

    /// The day as it stands behind an address; nothing for today.
    pub(super) fn query(&self) -> String {
        self.past.map_or_else(String::new, |past| format!("?as_of={}", past.date()))
    }
}

impl FromRequestParts<App> for Day {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let now = app.as_of();
        let asked = value_in_query(parts.uri.query().unwrap_or_default(), "as_of");
        let day: Option<Date> = asked.and_then(|day| day.parse().ok());
        let past = day.filter(|day| *day < now.date());
        let past = past.and_then(|day| Moment::end_of(day, now.offset()));
        Ok(Self { past })
    }
}

/// The slider over the life of a deal: a day to choose, and with a script a slider over it.
pub(super) fn slider(link: &str, day: &Day, stored: &StoredDeal, now: Moment) -> Markup {
    let today = now.date();
    let shown = day.past.map_or(today, Moment::date);
    let usual = today.checked_sub(jiff::Span::new().days(DAYS_BACK)).unwrap_or(today);
    let first = stored.deal.opened.unwrap_or(usual).min(shown);
    html! {
        form.as-of method="get" action=(link) data-slider data-first=(first.to_string()) data-today=(today.to_string()) {
            label { "As of" input type="date" name="as_of" value=(shown.to_string()) min=(first.to_string()) max=(today.to_string()); }
            button type="submit" { "Look" }
            @if day.past.is_some() {
                a.act href=(link) { "Today" }
                span.quiet { "With what was known on " (parts::date(shown)) ", and nothing later." }
            }
        }
        script type="module" src="/slider.js" {}
    }
}
