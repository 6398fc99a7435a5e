//! The list of people, a hundred a page.

use inroad_model::{Moment, State};
use inroad_service::{PeopleAsked, PeopleOrder, PersonRow};
use maud::{Markup, html};

use super::spark::spark;
use crate::pager::{self, pager};
use crate::parts::{self, account_link, deal_link, escape, person_link};

/// What the list shows.
pub(crate) struct Showing<'r> {
    pub rows: Vec<PersonRow<'r>>,
    pub everybody: usize,
    pub maybe_same: usize,
    pub tags: Vec<&'r str>,
    pub asked: &'r PeopleAsked,
    pub page: usize,
    pub as_of: Moment,
}

/// People of one page.
pub(crate) const A_PAGE: usize = 100;
/// Deals that are named in one line.
const DEALS_NAMED: usize = 2;

pub(crate) fn list(showing: &Showing<'_>) -> Markup {
    let found = showing.rows.len();
    let first = (showing.page - 1).saturating_mul(A_PAGE);
    let rows = showing.rows.iter().skip(first).take(A_PAGE);
    html! {
        h1 { "People" }
        p.lead {
            (count(showing.everybody, "person", "people")) " on the other side · "
            a href="/accounts" { "Accounts" } " · "
            a href="/do-not-contact" { "Do not contact" }
            @if showing.maybe_same > 0 {
                " · " a href="/people/same" { (count(showing.maybe_same, "pair", "pairs")) " may be the same person" }
            }
        }
        @if showing.everybody == 0 {
            p { "Nobody yet. Everybody with whom letters pass stands here once your mail is in: " a href="/import" { "import it" } "." }
        } @else {
            (filter(showing))
            @if found == 0 {
                p { "Nobody is like that. " a href="/people" { "Show everybody" } "." }
            } @else {
                p.quiet { (count(found, "person", "people")) ", " (order(showing.asked.order)) "." }
                div.scroll {
                    table.people {
                        thead { tr { th { "Who" } th { "State" } th { "Half a year" } th { "They wrote" } th { "You wrote" } th { "Deals" } } }
                        tbody { @for row in rows { (line(row, showing.as_of)) } }
                    }
                }
                (pages(showing.page, found, &query(showing.asked)))
            }
        }
    }
}

fn line(row: &PersonRow<'_>, as_of: Moment) -> Markup {
    let person = &row.who.acquaintance.person;
    html! {
        tr data-row {
            td {
                a data-key="Enter" href=(person_link(row.who.email())) { (row.who.label()) }
                @if let Some(title) = &person.title { br; small { (title) } }
                @if let Some(firm) = &row.who.firm { br; small.quiet { a href=(account_link(row.who.email().domain())) { (firm) } } }
                @else { br; small.quiet { (row.who.email()) } }
                @if !row.tags.is_empty() { br; small.tag { (row.tags.join(", ")) } }
            }
            td {
                (standing(row))
                @if !row.who.acquaintance.doubts.is_empty() { br; small.quiet { "to check" } }
            }
            td { (spark(person, as_of)) }
            td { (parts::day(person.heard_at)) " " small.quiet { (person.received) } }
            td { (parts::day(person.wrote_at)) " " small.quiet { (person.sent) } }
            td {
                @for (n, deal) in row.deals.iter().take(DEALS_NAMED).enumerate() {
                    @if n > 0 { br; }
                    a href=(deal_link(&deal.id)) { (deal.name) }
                }
                @if row.deals.len() > DEALS_NAMED { br; small.quiet { "and " (row.deals.len() - DEALS_NAMED) " more" } }
            }
        }
    }
}

/// The state, or what takes its place.
fn standing(row: &PersonRow<'_>) -> Markup {
    html! {
        @if row.is_left_alone { span.state.closed { "left alone" } }
        @else if row.who.opted_out { span.state.closed { "no mail" } }
        @else if let Some(state) = row.state { (parts::state(state)) }
        @else { span.quiet { "no letter" } }
    }
}

fn filter(showing: &Showing<'_>) -> Markup {
    let asked = showing.asked;
    html! {
        form.filter method="get" action="/people" role="search" {
            label { "Name, address or firm" input type="search" name="q" value=(asked.words); }
            label {
                "State"
                select name="state" {
                    option value="" { "any" }
                    @for state in State::ALL { option value=(state.as_str()) selected[asked.state == Some(state)] { (state.as_str()) } }
                }
            }
            @if !showing.tags.is_empty() {
                label {
                    "Tag"
                    select name="tag" {
                        option value="" { "any" }
                        @for tag in &showing.tags { option value=(tag) selected[asked.tag.as_deref() == Some(tag)] { (tag) } }
                    }
                }
            }
            label {
                "Order"
                select name="by" {
                    option value="" { "what matters" }
                    option value="name" selected[asked.order == PeopleOrder::Name] { "name" }
                    option value="heard" selected[asked.order == PeopleOrder::Heard] { "last heard" }
                }
            }
            label.choice { input type="checkbox" name="alone" value="1" checked[asked.left_alone]; " left alone" }
            label.choice { input type="checkbox" name="stale" value="1" checked[asked.stale]; " to check" }
            button type="submit" { "Show" }
        }
    }
}

fn order(order: PeopleOrder) -> &'static str {
    match order {
        PeopleOrder::Matters => "those in open deals first",
        PeopleOrder::Name => "by name",
        PeopleOrder::Heard => "who wrote last first",
    }
}

/// The query that asks for the same, without the page.
fn query(asked: &PeopleAsked) -> String {
    let mut query = format!("/people?q={}", escape(&asked.words));
    let mut add = |name: &str, value: &str| {
        query = format!("{query}&{name}={}", escape(value));
    };
    if let Some(state) = asked.state {
        add("state", state.as_str());
    }
    if let Some(tag) = &asked.tag {
        add("tag", tag);
    }
    if asked.left_alone {
        add("alone", "1");
    }
    if asked.stale {
        add("stale", "1");
    }
    match asked.order {
        PeopleOrder::Matters => {}
        PeopleOrder::Name => add("by", "name"),
        PeopleOrder::Heard => add("by", "heard"),
    }
    query
}

/// The ways to the pages before and after; `here` is the address without its page.
pub(crate) fn pages(page: usize, found: usize, here: &str) -> Markup {
    pager(page, pager::last(found, A_PAGE), |page| format!("{here}&page={page}"))
}

/// A number with its noun.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
