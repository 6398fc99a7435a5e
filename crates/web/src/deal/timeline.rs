//! What happened about a deal, the latest first.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use inroad_model::{Channel, Deal, Entry, Moment};
use inroad_service::{Error, Happened, Happening, Timeline};
use maud::{Markup, html};

use super::{Day, Seen};
use crate::frame::Place;
use crate::pager::{self, pager};
use crate::parts;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

/// So many stand on the deal's own page.
const SHORT_MAX: usize = 12;
/// So many on one page of the whole.
const PAGE_MAX: usize = 60;

/// The latest, for the deal's own page.
pub(super) async fn short(
    app: &App,
    deal: &Deal,
    as_of: Moment,
    day: &Day,
) -> Result<Markup, Error> {
    let id = &deal.id;
    let timeline = app.inroad.timeline(deal, as_of, "", 0, SHORT_MAX).await?;
    let whole = format!("{}/timeline", parts::deal_link(id));
    Ok(html! {
        h2 id="timeline" { "What happened" }
        @if timeline.happenings.is_empty() {
            p.quiet { "No letter, note or meeting of this deal is here yet." }
        } @else {
            (search(&whole, "", day))
            (happenings(&timeline.happenings))
        }
        @if timeline.count > timeline.happenings.len() {
            p { a href={ (whole) (day.query()) } { "All " (timeline.count) } }
        }
    })
}

/// All of it, page by page.
pub(super) async fn whole(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    day: Day,
    visit: Visit,
) -> Response {
    let seen = match super::see(&app, &id, &day).await {
        Ok(seen) => seen,
        Err(answer) => return answer,
    };
    let deal = &seen.deal;
    let words = asked.get("q").map_or("", String::as_str).trim();
    let page: usize = asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
    let skip = (page - 1).saturating_mul(PAGE_MAX);
    match app.inroad.timeline(&seen.stored.deal, seen.as_of, words, skip, PAGE_MAX).await {
        Ok(timeline) => {
            let body = page_of(&seen, &timeline, words, page, &day);
            visit
                .page(&format!("What happened · {}", deal.name), Place::Deals, &body)
                .into_response()
        }
        Err(Error::NotFound { what }) => not_found(&what),
        Err(error) => failed(&error),
    }
}

fn page_of(seen: &Seen, timeline: &Timeline, words: &str, page: usize, day: &Day) -> Markup {
    let name = seen.deal.name.as_str();
    let link = parts::deal_link(&seen.deal.id);
    let past = day.past().map_or_else(String::new, |past| format!("&as_of={}", past.date()));
    let at = |page: usize| format!("{link}/timeline?q={}&page={page}{past}", parts::escape(words));
    html! {
        p { a href={ (link) (day.query()) } { "← " (name) } }
        h1 { "What happened" }
        @if let Some(past) = day.past() { p.lead { "Up to " (parts::date(past.date())) "." } }
        (search(&format!("{link}/timeline"), words, day))
        @if timeline.count == 0 {
            p { "Nothing with these words. " a href={ "/search?q=" (parts::escape(&format!("deal:\"{name}\" {words}"))) } { "Search the letters themselves" } }
        }
        (happenings(&timeline.happenings))
        (pager(page, pager::last(timeline.count, PAGE_MAX), at))
    }
}

fn search(action: &str, words: &str, day: &Day) -> Markup {
    html! {
        form.filters method="get" action=(action) role="search" {
            label { span.for-ears { "Words in what happened" } input type="search" name="q" value=(words) placeholder="Subject, name or note"; }
            @if let Some(past) = day.past() { input type="hidden" name="as_of" value=(past.date().to_string()); }
            button type="submit" { "Find" }
        }
    }
}

fn happenings(happenings: &[Happening]) -> Markup {
    html! {
        ol.timeline {
            @for happening in happenings {
                li {
                    time.quiet datetime=(happening.at.to_string()) { (happening.at.date().strftime("%-d %b %Y").to_string()) }
                    div { (what(&happening.what)) }
                }
            }
        }
    }
}

fn what(happened: &Happened) -> Markup {
    html! {
        @match happened {
            Happened::Letter { id, is_ours, from, subject, facts } => {
                span.way { @if *is_ours { "you wrote" } @else { (from) " wrote" } } " "
                a href=(parts::message_link(id, facts.first().map(|fact| fact.quote.as_str()))) {
                    @if subject.trim().is_empty() { "(without a subject)" } @else { (subject) }
                }
                @for fact in facts.iter().filter(|fact| !fact.quote.is_empty()) { blockquote { (fact.quote) } }
            }
            Happened::Meeting { title, is_cancelled } => {
                span.way { "meeting" } " " (title) @if *is_cancelled { " (called off)" }
            }
            Happened::Entry { number, entry: Entry::Note { by, text, .. } } => {
                span.way { (match by { Some(Channel::Call) => "call", Some(Channel::Meeting) => "meeting", Some(Channel::Mail) => "letter", None => "note" }) }
                " " (text.as_str()) " "
                a.quiet href={ "/entries/" (number) "/strike" } data-dialog { "Take back" }
            }
            Happened::Entry { entry: Entry::Plan { what, .. }, .. } => { span.way { "planned" } " " (what.as_str()) }
            Happened::Entry { .. } => {}
        }
    }
}
