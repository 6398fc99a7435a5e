//! One firm: its people, its deals, and what the user wrote down of it.

use inroad_advice::DealReview;
use inroad_model::{KeptEntry, Moment};
use inroad_service::{AccountRow, Registered, camps_of};
use maud::{Markup, html};

use crate::parts::{self, account_link, deal_link, person_link};
use crate::people::spark::spark;
use crate::people::written;

use super::same;
use crate::visit::Visit;

/// People that are listed.
const PEOPLE_MAX: usize = 100;
/// Tags that say what a firm is.
const TAGS_PROPOSED: [&str; 3] = inroad_service::ACCOUNT_KINDS;

pub(crate) fn account(
    row: &AccountRow<'_>,
    own: &[KeptEntry],
    visit: &Visit,
    as_of: Moment,
) -> Markup {
    let at = account_link(row.key().as_str());
    html! {
        article.account {
            p { a href="/accounts" { "← Accounts" } }
            h1 { (row.label()) }
            p.lead {
                (row.key())
                @if !row.tags.is_empty() { " · " (row.tags.join(", ")) }
                @if row.left_alone.is_some() { " · " span.state.closed { "left alone" } }
            }
            p { a href={ (at) "/form" } { "Analysis form" } " · " a href={ (at) "/call" } { "Sheet for a call" } @if row.target.is_some() { " · on your " a href="/targets" { "target list" } } }
            section.alone aria-labelledby="alone" {
                h2 id="alone" { "Do not contact" }
                @let asked = row.people.iter().filter(|who| who.opted_out).count();
                @if asked > 0 { p { (asked) @if asked == 1 { " person here" } @else { " people here" } " asked for no more mail; that stands whatever you decide." } }
                (written::alone_section(row.left_alone, &at, "the whole firm", visit))
            }
            (deals(&row.deals))
            (camps(&row.deals))
            h2 { "People" }
            @if row.people.is_empty() { p.quiet { "Nobody there has written or was written to." } }
            @else {
                div.scroll { table {
                    thead { tr { th { "Who" } th { "State" } th { "Half a year" } th { "They wrote" } th { "You wrote" } } }
                    tbody { @for who in row.people.iter().take(PEOPLE_MAX) { (person(who, as_of)) } }
                } }
                @if row.people.len() > PEOPLE_MAX {
                    p { a href={ "/people?q=" (parts::escape(row.key().as_str())) } { "All " (row.people.len()) " people" } }
                }
            }
            (same::names(row, visit))
            (written::notes_section(own, &at, visit))
            (written::tags_section(own, &at, &TAGS_PROPOSED, visit))
        }
    }
}

fn deals(deals: &[&DealReview]) -> Markup {
    html! {
        h2 { "Deals" }
        @if deals.is_empty() { p.quiet { "None. " a href="/deals" { "To the deals" } } }
        @else {
            div.scroll { table {
                thead { tr { th { "Deal" } th { "State" } th { "Advice" } th { "Worth" } } }
                tbody { @for deal in deals { tr {
                    td { a href=(deal_link(&deal.id)) { (deal.name) } }
                    td { (parts::state(deal.state)) }
                    td { (deal.advice.in_words()) }
                    td { @if let Some(sum) = parts::sum(deal) { (sum) } }
                } } }
            } }
        }
    }
}

/// Who stands with whom, where it is known.
fn camps(deals: &[&DealReview]) -> Markup {
    let told: Vec<_> = deals.iter().map(|deal| (deal, camps_of(deal))).collect();
    html! {
        @if told.iter().any(|(_, camps)| !camps.is_empty()) {
            h2 { "Camps" }
            @for (deal, camps) in told.iter().filter(|(_, camps)| !camps.is_empty()) {
                p { a href={ (deal_link(&deal.id)) "/politics" } { (deal.name) } " " small.quiet { @if camps.iter().any(|camp| camp.is_told) { "as you told" } @else { "as letters suggest" } } }
                ul { @for camp in camps { li { (camp.name) ": " (camp.people.join(", ")) } } }
            }
        }
    }
}

fn person(who: &Registered, as_of: Moment) -> Markup {
    let review = &who.acquaintance.person;
    html! {
        tr data-row {
            td {
                a data-key="Enter" href=(person_link(who.email())) { (who.label()) }
                @if let Some(title) = &review.title { br; small { (title) } }
            }
            td {
                @if who.opted_out { span.state.closed { "no mail" } }
                @else if let Some(state) = review.state { (parts::state(state)) }
                @else { span.quiet { "no letter" } }
            }
            td { (spark(review, as_of)) }
            td { (parts::day(review.heard_at)) " " small.quiet { (review.received) } }
            td { (parts::day(review.wrote_at)) " " small.quiet { (review.sent) } }
        }
    }
}
